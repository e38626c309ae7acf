"""Settlement: what the violations of one manager do to one another.

Each function here is given lines that are tied together, those of one incident or of one rule in
the period, and says which of them lose what. *Displace* lets special and residual rules act,
*concur* says what one incident under several rules deducts, and *once a period* keeps the heaviest
line that still counts. Which stages there are, :mod:`cmappraisal.scoring.stages` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import TypeAlias

from attrs import define

from cmappraisal.acts import Act
from cmappraisal.alternatives import Concurrence, Displacement
from cmappraisal.points import total_of
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.moves import Move
from cmappraisal.scoring.steps import Effect
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

Settled: TypeAlias = Iterable[tuple[RunningLine, Move]]
"""What a stage does to which line."""


Charges: TypeAlias = Sequence[tuple[Act, Judgement]]
"""Acts of one manager, each with its judgement."""


def incidents_of(
    charges: Iterable[tuple[Act, Judgement]], fewest: int
) -> tuple[list[Charges], Charges]:
    """The charges of each incident that a stage can look at, and all others.

    Args:
        charges: Each act of one manager with its judgement.
        fewest: How many lines of one incident it takes for any stage to look at them.
    """
    together: defaultdict[str | None, list[tuple[Act, Judgement]]] = defaultdict(list)
    for charge in charges:
        together[charge[0].incident].append(charge)
    # Without an incident a violation is one of its own.
    others = together.pop(None, [])
    incidents: list[Charges] = []
    for of_incident in together.values():
        if len(of_incident) < fewest:
            others += of_incident
        else:
            incidents.append(of_incident)
    return incidents, others


def lines_of(charges: Charges) -> list[RunningLine]:
    """Lines for what a stage can look at together.

    Args:
        charges: Acts with their judgements, of which some may not count.
    """
    return [
        RunningLine(violation, judgement, judgement.points)
        for violation, judgement in charges
        if not judgement.is_out
    ]


Changed: TypeAlias = tuple[tuple[int, Decimal], ...]
"""What those violations of an incident deduct that others change, by their places in it."""


def changed_in(of_incident: Charges, lines: Iterable[RunningLine]) -> Changed:
    """What became of an incident.

    Args:
        of_incident: Its violations with their judgements.
        lines: The lines of those that count, once they are settled.
    """
    points = {line.violation.id: line.points for line in lines if line.moves}
    return tuple(
        [
            (place, points[charge[0].id])
            for place, charge in enumerate(of_incident)
            if charge[0].id in points
        ]
    )


_REACHES_OTHERS = attrgetter("judgement.reaches_others")


def displace(lines: Lines, terms: Terms) -> Settled:
    """A special rule takes the place of general ones, and a residual rule gives way to all others.

    A rule that is itself displaced still displaces, and still makes a residual rule give way.
    """
    return _displaced(lines, terms) if any(map(_REACHES_OTHERS, lines)) else ()


def _displaced(lines: Lines, terms: Terms) -> Settled:
    displacing: dict[str, list[RunningLine]] = {}
    special = terms.policy.displacement is Displacement.SPECIAL_OVER_GENERAL
    for line in lines:
        for id in line.judgement.rule.displaces if special else ():
            displacing.setdefault(id, []).append(line)
    displaced_by = {
        rule_id: _lost(Effect.DISPLACED, "displacement", because_of=others)
        for rule_id, others in displacing.items()
    }
    others_of = _others(lines)
    for line in lines:
        rule = line.judgement.rule
        others = others_of.get(rule.id)
        if rule.id in displaced_by:
            yield line, displaced_by[rule.id]
        elif others:
            yield line, _lost(Effect.GAVE_WAY, "residual", rule.id, because_of=others)


def _others(lines: Lines) -> dict[str, list[RunningLine]]:
    """By each residual rule, the lines of other rules of the part that it names."""
    rules = {line.judgement.rule.id: line.judgement.rule for line in lines}
    return {
        id: [
            line
            for line in lines
            if rule.residual in line.judgement.parts and line.judgement.rule.id != id
        ]
        for id, rule in rules.items()
        if rule.residual is not None
    }


def concur(lines: Lines, terms: Terms) -> Settled:
    """Of several rules in one incident, the one whose lines deduct the most together counts."""
    if terms.policy.concurrence is not Concurrence.HIGHEST:
        return ()
    by_rule: defaultdict[str, list[RunningLine]] = defaultdict(list)
    for line in lines:
        judgement = line.judgement
        if judgement.deducts:
            by_rule[judgement.rule.id].append(line)
    if len(by_rule) < 2:
        return ()
    kept = _heaviest(by_rule.values())
    lost = _lost(Effect.CONCURRENT, "concurrence", because_of=kept)
    return [(line, lost) for of_rule in by_rule.values() if of_rule is not kept for line in of_rule]


def _heaviest(by_rule: Iterable[Lines]) -> Lines:
    """The lines that deduct the most together; of equal ones those of the first rule."""
    kept: Lines = ()
    most = Decimal(0)
    for of_rule in by_rule:
        first = of_rule[0]
        total = first.points if len(of_rule) == 1 else total_of(line.points for line in of_rule)
        if not kept or total > most or (total == most and _place(first) < _place(kept[0])):
            kept, most = of_rule, total
    return kept


def _place(line: RunningLine) -> tuple[int, str]:
    """The place of the rule applied to a line; of two editions' rules, by their ids."""
    return line.judgement.rank, line.judgement.rule.id


def honour_once(lines: Lines, terms: Terms) -> Settled:
    """Of the merits of one event, the highest counts; of equal ones that of the first rule."""
    if terms.policy.concurrence is not Concurrence.HIGHEST:
        return
    kept = min(lines, key=lambda line: (-line.points, line.judgement.rank, line.violation.id))
    lost = _lost(Effect.HONOURED_ONCE, "concurrence", because_of=(kept,))
    for line in lines:
        if line is not kept:
            yield line, lost


def keep_once_a_period(lines: Lines, terms: Terms) -> Settled:
    """Of the lines of one rule, the heaviest counts; of equal ones that of the smaller id."""
    kept = min(lines, key=lambda line: (-line.points, line.violation.id))
    lost = _lost(Effect.ONCE_A_PERIOD, "unstated_unit", because_of=(kept,))
    for line in lines:
        if line is not kept:
            yield line, lost


def _lost(effect: Effect, read: str, id: str | None = None, *, because_of: Lines) -> Move:
    """A line loses all that it deducts so far, and counts no more."""
    return Move(effect, None, read, id, because_of=because_of, ends=True)
