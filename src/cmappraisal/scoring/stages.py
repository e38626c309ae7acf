"""Stages: the one table of what scoring does, in its order.

Each row names its stage, its scope and what it does. An individual stage looks at the facts of one
violation; a stage over an incident or over the period looks at the lines that are tied together
there, and a line that is tied to no other meets none of these. A row that standard and policy do
not use is left out before the first violation is looked at. Whoever adds a row here changes the
totals and the explained appraisals alike.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from itertools import chain
from typing import Any

from attrs import field, frozen

from cmappraisal.alternatives import Concurrence, Displacement, UnstatedUnit
from cmappraisal.caps import Counted, Over
from cmappraisal.clauses import Clause
from cmappraisal.consequences import Consequence, Status
from cmappraisal.points import canonical, total_of
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Between, Rule
from cmappraisal.scoring.appraisals import CapLine
from cmappraisal.scoring.bounding import (
    Bound,
    Summed,
    Sums,
    bound_incidents,
    bound_parts,
    bound_period,
)
from cmappraisal.scoring.facts import Facts, Key, key_of
from cmappraisal.scoring.flaws import problems_of
from cmappraisal.scoring.judgements import (
    Judged,
    Judgement,
    aggravate,
    cap,
    choose_edition,
    decide,
    follow,
    is_out,
    limit,
    mitigate,
    once_a_period_tie,
    quantify,
    repeat,
    resolve,
    set_amount,
    share,
    uphold,
)
from cmappraisal.scoring.settlement import (
    Changed,
    Charges,
    RunningLine,
    changed_in,
    concur,
    displace,
    honour_once,
    incidents_of,
    keep_once_a_period,
    lines_of,
)
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms, latest_of
from cmappraisal.scoring.weighing import Question, has_unstated_unit
from cmappraisal.standards.editions import Edition, Editions
from cmappraisal.weights import SetTo


class Scope(enum.Enum):
    """What a stage looks at together."""

    INDIVIDUAL = "individual"
    """One violation."""
    INCIDENT = "incident"
    """The violations of one manager and incident in the period."""
    PERIOD = "period"
    """The violations of one manager in the period that a tie of the stage's holds together."""
    SUMS = "sums"
    """What the violations of one manager deduct together, once they are settled."""


def _always(rulebook: Rulebook, policy: Policy) -> bool:
    return True


@frozen
class Row:
    """A row of the table.

    Args:
        stage: The stage.
        scope: What it looks at together.
        act: An individual stage is given a question and the points so far, and yields
            moves; one over an incident or over the period is given lines and the terms of the
            latest edition among them, and gives lines with a move each; one over sums is given
            these and what those before it took away, and yields what it takes away.
        tie: Of a stage over the period, what ties a violation to others; None where it is not.
        of: Of a stage over an incident: whether it looks at what is deducted, or at what is
            awarded.
        least: How many lines tied together it takes for it to do anything.
        by_judgement: Whether what it does to the lines of an incident depends on nothing but their
            judgements, so that it is kept; not where it asks for an id or a day.
        is_used: Whether a rulebook and a policy use it at all.
    """

    stage: Stage
    scope: Scope
    act: Callable[..., Iterable[Any]]
    tie: Callable[[Question], Hashable | None] | None = field(default=None, kw_only=True)
    of: Counted = field(default=Counted.DEDUCTIONS, kw_only=True)
    least: int = field(default=2, kw_only=True)
    by_judgement: bool = field(default=False, kw_only=True)
    is_used: Callable[[Rulebook, Policy], bool] = field(default=_always, kw_only=True)


def _sets_amounts(rulebook: Rulebook, policy: Policy) -> bool:
    of_rules = any(
        isinstance(getattr(rule.penalty, "points", None), Between) for rule in rulebook.values()
    )
    return of_rules or any(
        isinstance(weight, SetTo) for of in rulebook.provisions for weight in _weights_of(of)
    )


def _weights_of(provision: Rule | Clause) -> Iterator[object]:
    for weights in (provision.aggravated_by, provision.mitigated_by):
        yield from weights.values()
    if provision.again is not None:
        yield from (time.weight for time in provision.again.times)


def _mitigates(rulebook: Rulebook, policy: Policy) -> bool:
    mitigated = any(of.mitigated_by for of in rulebook.provisions)
    return mitigated or policy.smallest_unit is not None


def _repeats(rulebook: Rulebook, policy: Policy) -> bool:
    return any(of.again for of in rulebook.provisions)


def _shares(rulebook: Rulebook, policy: Policy) -> bool:
    return any(of.responsible for of in rulebook.provisions)


def _caps(over: Over, rulebook: Rulebook, policy: Policy) -> bool:
    return any(of.cap is not None and of.cap.over is over for of in rulebook.provisions)


def _displaces(rulebook: Rulebook, policy: Policy) -> bool:
    special = policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    return any(rule.residual or (special and rule.displaces) for rule in rulebook.values())


def _honours(rulebook: Rulebook, policy: Policy) -> bool:
    highest = policy.concurrence is Concurrence.HIGHEST
    return highest and any(rule.award for rule in rulebook.values())


def _counts_once(rulebook: Rulebook, policy: Policy) -> bool:
    once = policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    return once and any(map(has_unstated_unit, rulebook.values()))


STAGES: tuple[Row, ...] = (
    Row(Stage.UPHOLD, Scope.INDIVIDUAL, uphold),
    Row(Stage.EDITION, Scope.INDIVIDUAL, choose_edition),
    Row(Stage.LIMITATION, Scope.INDIVIDUAL, limit),
    Row(Stage.RESOLVE, Scope.INDIVIDUAL, resolve),
    Row(Stage.AMOUNT, Scope.INDIVIDUAL, set_amount, is_used=_sets_amounts),
    Row(Stage.QUANTIFY, Scope.INDIVIDUAL, quantify),
    Row(Stage.AGGRAVATE, Scope.INDIVIDUAL, aggravate),
    Row(Stage.MITIGATE, Scope.INDIVIDUAL, mitigate, is_used=_mitigates),
    Row(Stage.AGAIN, Scope.INDIVIDUAL, repeat, is_used=_repeats),
    Row(Stage.DECIDE, Scope.INDIVIDUAL, decide),
    Row(Stage.SHARE, Scope.INDIVIDUAL, share, is_used=_shares),
    Row(Stage.CAP, Scope.INDIVIDUAL, cap, is_used=partial(_caps, Over.VIOLATION)),
    Row(Stage.FOLLOW, Scope.INDIVIDUAL, follow),
    Row(Stage.DISPLACE, Scope.INCIDENT, displace, by_judgement=True, is_used=_displaces),
    Row(
        Stage.CONCUR,
        Scope.INCIDENT,
        concur,
        by_judgement=True,
        is_used=lambda rulebook, policy: policy.concurrence is Concurrence.HIGHEST,
    ),
    Row(Stage.HONOUR, Scope.INCIDENT, honour_once, of=Counted.AWARDS, is_used=_honours),
    Row(
        Stage.ONCE_A_PERIOD,
        Scope.PERIOD,
        keep_once_a_period,
        tie=once_a_period_tie,
        is_used=_counts_once,
    ),
    Row(Stage.CAP_INCIDENT, Scope.SUMS, bound_incidents, is_used=partial(_caps, Over.INCIDENT)),
    Row(Stage.CAP_PART, Scope.SUMS, bound_parts, is_used=partial(_caps, Over.PART)),
    Row(Stage.CAP_PERIOD, Scope.SUMS, bound_period, is_used=partial(_caps, Over.PERIOD)),
)
"""The table."""

_OF_ALL = (Stage.UPHOLD, Stage.EDITION, Stage.LIMITATION, Stage.RESOLVE)
"""The stages that a violation meets too that does not count."""


_KEPT_PIPELINES = 16
_KEPT_JUDGEMENTS = 10_000
"""How many are kept for the next time: of facts that are much alike there are fewer."""
_KEPT_SETTLEMENTS = 30_000
"""How many are kept for the next time, each of which takes a sixth of a judgement's memory."""


@frozen(eq=False)
class Pipeline:
    """The stages that a standard and a policy use, and what they came to.

    Judgements depend on facts, standard and policy alone, so they are kept: whoever scores again,
    or one manager after another, judges nothing twice. Where what becomes of an incident depends
    on the judgements of its violations alone, that is kept too.

    Args:
        standard: The editions of the standard.
        closing: The terms of the edition by which the period is closed.
        terms: The terms of each edition, by its name, in the order of the editions.
        rows: The rows that each edition uses, by its name.
        settling: The rows over several violations that the rulebook of any edition uses with the
            policy of any.
        bounding: The rows over sums that any edition uses.
    """

    standard: Editions
    closing: Terms
    terms: Mapping[str, Terms]
    rows: Mapping[str, tuple[Row, ...]]
    settling: tuple[Row, ...]
    bounding: tuple[Row, ...]
    kept: dict[Key, Judgement] = field(factory=dict, init=False)
    """The judgements that are kept, by what their facts hold."""
    settled: dict[tuple[Judgement, ...], Changed] = field(factory=dict, init=False)
    """What became of incidents that is kept, by their judgements in order."""

    @classmethod
    @lru_cache(maxsize=_KEPT_PIPELINES)
    def of(cls, standard: Editions, policy: Policy, closing: Edition) -> Pipeline:
        """The rows of the table that are used.

        Args:
            standard: The editions of the standard.
            policy: The policy that scoring is given.
            closing: The edition that closes the period.
        """
        terms = {each.rulebook.edition: Terms.of(each, policy) for each in standard}
        rows = {
            name: tuple(row for row in STAGES if row.is_used(of.rulebook, of.policy))
            for name, of in terms.items()
        }
        # In an incident under several editions, the rules of one meet the policy of another.
        policies = dict.fromkeys(of.policy for of in terms.values())
        several = [
            row
            for row in STAGES
            if row.scope is not Scope.INDIVIDUAL
            and any(row.is_used(of.rulebook, each) for of in terms.values() for each in policies)
        ]
        return cls(
            standard,
            terms[closing.rulebook.edition],
            terms,
            rows,
            settling=tuple(row for row in several if row.scope is not Scope.SUMS),
            bounding=tuple(row for row in several if row.scope is Scope.SUMS),
        )

    def uses(self, stage: Stage) -> bool:
        """Whether any edition uses a stage.

        Args:
            stage: The stage.
        """
        return any(row.stage is stage for rows in self.rows.values() for row in rows)

    def terms_of(self, facts: Facts) -> Terms:
        """The terms that facts come under.

        Args:
            facts: The facts of one act.
        """
        return self.closing if facts.edition is None else self.terms[facts.edition]

    def judged(self, facts: Facts, *, remedies: bool = True) -> Judged:
        """The judgement of facts, or what keeps them from being judged.

        Args:
            facts: The facts; what somebody answers with is checked where it is the doer's.
            remedies: Whether what is wrong is said with its remedy, which costs a search.
        """
        key = key_of(facts)
        judgement = self.kept.get(key)
        if judgement is not None:
            return judgement
        if facts.answers_as is None:
            problems = tuple(problems_of(facts, self.terms_of(facts), remedies=remedies))
            if problems:
                return problems
        judgement = self.judge(facts)
        if len(self.kept) < _KEPT_JUDGEMENTS:
            self.kept[key] = judgement
        return judgement

    def judge(self, facts: Facts) -> Judgement:
        """The judgement of facts that nothing keeps from being judged, made anew.

        A violation that does not count meets no stage but those that say so, and which rule
        applies.

        Args:
            facts: The facts of one act.
        """
        terms = self.terms_of(facts)
        question = Question.of(facts, terms)
        is_left_out = is_out(question)
        points, steps = Decimal(0), []
        used = self.rows[terms.rulebook.edition]
        for row in used:
            if row.scope is Scope.INDIVIDUAL and not (is_left_out and row.stage not in _OF_ALL):
                # Which edition governs is read in the one that closes the period.
                read_in = self.closing if row.stage is Stage.EDITION else terms
                for move in row.act(question, points):
                    before, points = points, canonical(move.after(points))
                    steps.append(move.step(before, points, read_in))
        ties = {row.stage: row.tie(question) for row in used if row.tie and not is_left_out}
        following = [step.consequence for step in steps if step.consequence is not None]
        consequences = tuple(map(terms.rulebook.consequence, following))
        return Judgement(
            question.rule,
            terms=terms,
            points=points,
            money=_money(facts, consequences, is_left_out=is_left_out),
            revokes=any(each.status is Status.REVOKED for each in consequences),
            answers_as=facts.answers_as,
            is_out=is_left_out,
            ties={stage: tie for stage, tie in ties.items() if tie is not None},
            steps=tuple(steps),
        )

    @cached_property
    def _fewest(self) -> int:
        """How many lines of one incident it takes for any stage to look at them."""
        return min((row.least for row in self.settling), default=2)

    @cached_property
    def _settles_by_judgement(self) -> bool:
        """Whether what becomes of an incident depends on nothing but its judgements."""
        return all(row.by_judgement for row in self.settling)

    def settled_points(self, charges: Charges) -> dict[str, Decimal]:
        """What those violations of one manager deduct that others change, by their ids.

        It is what :meth:`settle` says, without a word about how it came about. What becomes of an
        incident is kept for the next one whose violations are judged alike.

        Args:
            charges: Each act of the manager with its judgement.
        """
        if not self._settles_by_judgement:
            return {id: line.points for id, line in self.settle(charges).items()}
        found: dict[str, Decimal] = {}
        for of_incident in incidents_of(charges, self._fewest)[0]:
            for place, points in self._changed(of_incident):
                found[of_incident[place][0].id] = points
        return found

    def _changed(self, of_incident: Charges) -> Changed:
        judgements = tuple([judgement for _, judgement in of_incident])
        kept = self.settled.get(judgements)
        if kept is not None:
            return kept
        lines = lines_of(of_incident)
        self._act([lines], lines)
        changed = changed_in(of_incident, lines)
        if len(self.settled) < _KEPT_SETTLEMENTS:
            self.settled[judgements] = changed
        return changed

    def settle(self, charges: Charges) -> dict[str, RunningLine]:
        """The lines of one manager that any settling stage did something to, by violation id.

        Args:
            charges: Each act of the manager with its judgement.
        """
        incidents, others = incidents_of(charges, self._fewest)
        tied = [lines_of(of_incident) for of_incident in incidents]
        lines = [
            *chain.from_iterable(tied),
            *lines_of([charge for charge in others if charge[1].ties]),
        ]
        self._act(tied, lines)
        return {line.violation.id: line for line in lines if line.moves}

    def _act(self, incidents: Iterable[list[RunningLine]], lines: list[RunningLine]) -> None:
        """Do what each settling stage says to lines, of which some are tied by an incident."""
        for row in self.settling:
            of_period = row.scope is Scope.PERIOD
            for tied in _by_tie(row.stage, lines) if of_period else incidents:
                # What is deducted and what is awarded do nothing to one another.
                still = [
                    line
                    for line in tied
                    if line.counts and (of_period or line.judgement.counted is row.of)
                ]
                if len(still) >= row.least:
                    terms = self._latest(still)
                    for line, move in tuple(row.act(still, terms)):
                        line.take(move, terms)

    def summed(self, charges: Charges) -> Iterator[Summed]:
        """What each violation of one manager deducts, once all are settled.

        Args:
            charges: Each act of the manager with its judgement.
        """
        settled = self.settled_points(charges)
        for violation, judgement in charges:
            yield Summed(violation, judgement, settled.get(violation.id, judgement.points))

    def bound(
        self, summed: Iterable[Summed], of: Counted, *, only: Stage | None = None
    ) -> list[CapLine]:
        """What the stages over sums take away, or one of them alone, from what is settled.

        Args:
            summed: What each violation deducts, and each merit is awarded.
            of: Which of the two is bounded.
            only: The one stage that acts; None for all.
        """
        if not self.bounding:
            return []
        counting = [each for each in summed if each.points and each.judged.counted is of]
        sums = Sums(counting, of, self.terms, self.closing)
        made: list[Bound] = []
        for row in self.bounding:
            if only in (None, row.stage):
                made += row.act(sums, tuple(made))
        return [each.line for each in made]

    def _latest(self, lines: Sequence[RunningLine]) -> Terms:
        """The terms of the latest edition among lines."""
        if len(self.terms) == 1:
            return self.closing
        return latest_of(self.terms, {line.judgement.terms.rulebook.edition for line in lines})


def _money(facts: Facts, consequences: Iterable[Consequence], *, is_left_out: bool) -> Decimal:
    """The money that is withheld for a violation."""
    if facts.decided_money is not None and not is_left_out:
        return facts.decided_money
    return total_of(each.money for each in consequences if each.money is not None)


def _by_tie(stage: Stage, lines: Iterable[RunningLine]) -> Iterable[list[RunningLine]]:
    """The lines that a tie of a stage over the period holds together."""
    together: dict[Hashable, list[RunningLine]] = {}
    for line in lines:
        tie = line.judgement.ties.get(stage) if line.judgement.ties else None
        if tie is not None:
            together.setdefault((line.judgement.counted, tie), []).append(line)
    return together.values()
