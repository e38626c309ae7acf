"""Stages: the one table of what scoring does, in its order.

Each row names its stage, its scope and what it does. An individual stage looks at the facts of one
violation; a stage over an incident or over the period looks at the lines that are tied together
there, and a line that is tied to no other meets none of these. A row that standard and policy do
not use is left out before the first violation is looked at. Whoever adds a row here changes the
totals and the explained appraisals alike.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from cmappraisal.points import EXACT, canonical
from cmappraisal.policy import Concurrence, Displacement, Policy, UnstatedUnit
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.judgements import (
    Judgement,
    Question,
    aggravate,
    has_unstated_unit,
    once_a_period_tie,
    quantify,
    resolve,
    revoke,
    uphold,
)
from cmappraisal.scoring.settlement import (
    RunningLine,
    concur,
    displace,
    keep_once_a_period,
)
from cmappraisal.scoring.steps import Stage
from cmappraisal.violations import Violation


class Scope(enum.Enum):
    """What a stage looks at together."""

    INDIVIDUAL = "individual"
    """One violation."""
    INCIDENT = "incident"
    """The violations of one manager and incident in the period."""
    PERIOD = "period"
    """The violations of one manager in the period that a tie of the stage's holds together."""


def _always(rulebook: Rulebook, policy: Policy) -> bool:
    return True


@frozen
class Row:
    """A row of the table.

    Args:
        stage: The stage.
        scope: What it looks at together.
        act: An individual stage is given a question and the points so far, and yields
            moves; any other is given lines and the policy, and yields lines with a move each.
        tie: Of a stage over the period, what ties a violation to others; None where it is not.
        least: How many lines tied together it takes for it to do anything.
        is_used: Whether a rulebook and a policy use it at all.
    """

    stage: Stage
    scope: Scope
    act: Callable[..., Iterator[Any]]
    tie: Callable[[Question], Hashable | None] | None = field(default=None, kw_only=True)
    least: int = field(default=2, kw_only=True)
    is_used: Callable[[Rulebook, Policy], bool] = field(default=_always, kw_only=True)


def _displaces(rulebook: Rulebook, policy: Policy) -> bool:
    special = policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    return any(rule.residual or (special and rule.displaces) for rule in rulebook.values())


def _counts_once(rulebook: Rulebook, policy: Policy) -> bool:
    once = policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    return once and any(map(has_unstated_unit, rulebook.values()))


STAGES: tuple[Row, ...] = (
    Row(Stage.UPHOLD, Scope.INDIVIDUAL, uphold),
    Row(Stage.RESOLVE, Scope.INDIVIDUAL, resolve),
    Row(Stage.QUANTIFY, Scope.INDIVIDUAL, quantify),
    Row(Stage.AGGRAVATE, Scope.INDIVIDUAL, aggravate),
    Row(Stage.REVOKE, Scope.INDIVIDUAL, revoke),
    Row(Stage.DISPLACE, Scope.INCIDENT, displace, is_used=_displaces),
    Row(
        Stage.CONCUR,
        Scope.INCIDENT,
        concur,
        is_used=lambda rulebook, policy: policy.concurrence is Concurrence.HIGHEST,
    ),
    Row(
        Stage.ONCE_A_PERIOD,
        Scope.PERIOD,
        keep_once_a_period,
        tie=once_a_period_tie,
        is_used=_counts_once,
    ),
)
"""The table."""


@frozen
class Pipeline:
    """The stages that a rulebook and a policy use."""

    rulebook: Rulebook
    policy: Policy
    individual: tuple[Row, ...]
    settling: tuple[Row, ...]

    @classmethod
    def of(cls, rulebook: Rulebook, policy: Policy) -> Pipeline:
        """The rows of the table that are used."""
        used = [row for row in STAGES if row.is_used(rulebook, policy)]
        individual = tuple(row for row in used if row.scope is Scope.INDIVIDUAL)
        settling = tuple(row for row in used if row.scope is not Scope.INDIVIDUAL)
        return cls(rulebook, policy, individual, settling)

    def judge(self, facts: Facts) -> Judgement:
        """The judgement of facts that nothing keeps from being judged.

        A suspended violation meets no stage but those that say so, and which rule applies.
        """
        question = Question.of(facts, self.rulebook, self.policy)
        suspended = question.is_suspended
        points, steps = Decimal(0), []
        for row in self.individual:
            if suspended and row.stage not in (Stage.UPHOLD, Stage.RESOLVE):
                continue
            for move in row.act(question, points):
                points = canonical(EXACT.add(points, move.change))
                steps.append(move.step(points, self.rulebook))
        ties = {row.stage: row.tie(question) for row in self.settling if row.tie and not suspended}
        return Judgement(
            question.rule,
            rank=self.rulebook.ranks[question.rule.id],
            part=self.rulebook.part_of(question.rule.id).number,
            points=points,
            revokes=any(step.stage is Stage.REVOKE for step in steps),
            suspended=suspended,
            ties={stage: tie for stage, tie in ties.items() if tie is not None},
            steps=tuple(steps),
        )

    def settle(self, charges: Iterable[tuple[Violation, Judgement]]) -> dict[str, RunningLine]:
        """The lines of one manager that any settling stage did something to, by violation id."""
        lines = [
            RunningLine(violation, judgement, judgement.points, counts=True)
            for violation, judgement in charges
            if not judgement.suspended and (violation.incident is not None or judgement.ties)
        ]
        for row in self.settling:
            for tied in _tied(row, lines):
                for line, move in list(row.act(tied, self.policy)):
                    line.take(move)
        return {line.violation.id: line for line in lines if line.moves}


def _tied(row: Row, lines: Sequence[RunningLine]) -> Iterator[list[RunningLine]]:
    """The lines that a stage looks at together, several at a time."""
    together: dict[Hashable, list[RunningLine]] = {}
    for line in lines:
        if row.scope is Scope.INCIDENT:
            tie: Hashable | None = line.violation.incident
        else:
            tie = line.judgement.ties.get(row.stage)
        if tie is not None and line.counts:
            together.setdefault(tie, []).append(line)
    return (tied for tied in together.values() if len(tied) >= row.least)
