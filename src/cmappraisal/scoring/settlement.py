"""Settlement: what the violations of one manager do to one another.

Each function here is given lines that are tied together, those of one incident or of one rule in
the period, and says which of them lose what. *Displace* lets special and residual rules act,
*concur* says what one incident under several rules deducts, and *once a period* keeps the heaviest
line that still counts. Which stages there are, :mod:`cmappraisal.scoring.stages` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

from attrs import define

from cmappraisal.acts import Act
from cmappraisal.alternatives import Concurrence, Displacement
from cmappraisal.points import total_of
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.moves import Move
from cmappraisal.scoring.steps import Effect, named
from cmappraisal.scoring.terms import Terms


@define(eq=False)
class RunningLine:
    """A line while it is being settled; it lives no longer than that.

    Args:
        violation: The violation.
        judgement: What it deducts individually.
        points: What it deducts so far.
        counts: Whether it still counts.
        moves: What the stages did to it, in order, each with the terms that it was read in.
    """

    violation: Act
    judgement: Judgement
    points: Decimal
    counts: bool = True
    # A tuple, since most lines are never touched and a list would be made for each.
    moves: tuple[tuple[Move, Terms], ...] = ()

    def take(self, move: Move, terms: Terms) -> None:
        """Do to it what a stage says, by the terms that hold for the lines looked at together."""
        self.points = move.after(self.points)
        self.counts = self.counts and not move.ends
        # What is read of a rule is read in the edition that the line was judged by.
        self.moves = (*self.moves, (move, self.judgement.terms if move.id else terms))


Lines: TypeAlias = Sequence[RunningLine]
"""Lines that are tied together and still count; those of an incident come as they were recorded."""

Settled: TypeAlias = Iterator[tuple[RunningLine, Move]]
"""What a stage does to which line."""


def running(
    charges: Iterable[tuple[Act, Judgement]], fewest: int
) -> tuple[list[list[RunningLine]], list[RunningLine]]:
    """Lines for what a stage can look at together: those of each incident, and all there are.

    Args:
        charges: Each act of one manager with its judgement.
        fewest: How many lines of one incident it takes for any stage to look at them.
    """
    together: defaultdict[str | None, list[tuple[Act, Judgement]]] = defaultdict(list)
    for charge in charges:
        together[charge[0].incident].append(charge)
    # Without an incident a violation is one of its own.
    individual = together.pop(None, [])
    incidents = []
    for of_incident in together.values():
        if len(of_incident) < fewest:
            individual += of_incident
        else:
            incidents.append(_lines_of(of_incident))
    tied = _lines_of(charge for charge in individual if charge[1].ties)
    return incidents, [*chain.from_iterable(incidents), *tied]


def _lines_of(charges: Iterable[tuple[Act, Judgement]]) -> list[RunningLine]:
    return [
        RunningLine(violation, judgement, judgement.points)
        for violation, judgement in charges
        if not judgement.is_out
    ]


_REACHES_OTHERS = attrgetter("judgement.reaches_others")


def displace(lines: Lines, terms: Terms) -> Settled:
    """A special rule takes the place of general ones, and a residual rule gives way to all others.

    A rule that is itself displaced still displaces, and still makes a residual rule give way.
    """
    if not any(map(_REACHES_OTHERS, lines)):
        return
    displacing: dict[str, list[str]] = {}
    special = terms.policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    for line in lines:
        for id in line.judgement.rule.displaces if special else ():
            displacing.setdefault(id, []).append(line.violation.id)
    displaced_by = {
        rule_id: _lost(Effect.DISPLACED, "displacement", because_of=named(ids))
        for rule_id, ids in displacing.items()
    }
    others_of = _others(lines)
    for line in lines:
        rule = line.judgement.rule
        others = others_of.get(rule.id)
        if rule.id in displaced_by:
            yield line, displaced_by[rule.id]
        elif others:
            yield line, _lost(Effect.GAVE_WAY, "residual", rule.id, because_of=others)


def _others(lines: Lines) -> dict[str, tuple[str, ...]]:
    """By each residual rule, the violations of other rules of the part that it names."""
    of_part: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        for part in line.judgement.parts:
            of_rule = of_part.setdefault(part, {})
            of_rule.setdefault(line.judgement.rule.id, []).append(line.violation.id)
    found = {}
    for rule in {line.judgement.rule.id: line.judgement.rule for line in lines}.values():
        if rule.residual is not None:
            in_part = of_part.get(rule.residual, {})
            found[rule.id] = named(
                id for other, ids in in_part.items() if other != rule.id for id in ids
            )
    return found


def concur(lines: Lines, terms: Terms) -> Settled:
    """Of several rules in one incident, the one whose lines deduct the most together counts."""
    if terms.policy.concurrence is not Concurrence.HIGHEST:
        return
    by_rule: defaultdict[str, list[RunningLine]] = defaultdict(list)
    for line in lines:
        judgement = line.judgement
        if judgement.deducts:
            by_rule[judgement.rule.id].append(line)
    if len(by_rule) < 2:
        return
    totals = {id: _together(of_rule) for id, of_rule in by_rule.items()}
    most = max(totals.values())
    heaviest = [id for id, total in totals.items() if total == most]
    kept = min(heaviest, key=lambda of: (by_rule[of][0].judgement.rank, of))
    because_of = named(line.violation.id for line in by_rule.pop(kept))
    lost = _lost(Effect.CONCURRENT, "concurrence", because_of=because_of)
    for line in chain.from_iterable(by_rule.values()):
        yield line, lost


def _together(lines: Lines) -> Decimal:
    """What lines deduct together."""
    return lines[0].points if len(lines) == 1 else total_of(line.points for line in lines)


def honour_once(lines: Lines, terms: Terms) -> Settled:
    """Of the merits of one event, the highest counts; of equal ones that of the first rule."""
    if terms.policy.concurrence is not Concurrence.HIGHEST:
        return
    kept = min(lines, key=lambda line: (-line.points, line.judgement.rank, line.violation.id))
    lost = _lost(Effect.HONOURED_ONCE, "concurrence", because_of=(kept.violation.id,))
    for line in lines:
        if line is not kept:
            yield line, lost


def keep_once_a_period(lines: Lines, terms: Terms) -> Settled:
    """Of the lines of one rule, the heaviest counts; of equal ones that of the smaller id."""
    kept = min(lines, key=lambda line: (-line.points, line.violation.id))
    lost = _lost(Effect.ONCE_A_PERIOD, "unstated_unit", because_of=(kept.violation.id,))
    for line in lines:
        if line is not kept:
            yield line, lost


def _lost(effect: Effect, read: str, id: str | None = None, *, because_of: tuple[str, ...]) -> Move:
    """A line loses all that it deducts so far, and counts no more."""
    return Move(effect, None, read, id, because_of=because_of, ends=True)
