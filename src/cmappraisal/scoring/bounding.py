"""Bounding: what violations of one manager deduct together at most, and merits are awarded.

A cap over several violations leaves each line as it is. What is more than the cap is taken away by
a line of its own, without a violation: of incidents first, then of parts from the innermost, then
of the period. Each cap acts on what the caps before it left. What a cap takes away belongs to the
part of its heaviest line, as far as that part has so much in it, and then to that of the next.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from attrs import frozen

from cmappraisal.acts import Act, incident_of
from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.points import EXACT, canonical, total_of
from cmappraisal.rules import Part
from cmappraisal.scoring.appraisals import CapLine, Line, Subtotal
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.steps import Effect, Step, named
from cmappraisal.scoring.terms import Terms, latest_of

Chain: TypeAlias = tuple[str, ...]
"""The ids of the parts that a rule stands in, from the outermost."""


class JudgedLine(NamedTuple):
    """What is read of how a line was judged, where there is the line alone.

    Args:
        edition: The edition that governs it.
        parts: The ids of the parts that the rule applied stands in, from the outermost.
        rank: The place of the rule applied in the order of the standard.
        counted: Whether its points are deducted or awarded.
        revokes: Whether it revokes the qualification.
    """

    edition: str
    parts: tuple[str, ...]
    rank: int
    counted: Counted
    revokes: bool


class Summed(NamedTuple):
    """What one violation deducts, once all are settled.

    Args:
        violation: The violation, or the merit.
        judged: How it was judged.
        points: What it deducts, or is awarded.
    """

    violation: Act
    judged: Judgement | JudgedLine
    points: Decimal

    @classmethod
    def of_line(cls, line: Line, terms: Terms) -> Summed:
        """What a line deducts, by the terms of its edition.

        Args:
            line: The line of an appraisal.
            terms: The terms of its edition.
        """
        rulebook = terms.rulebook
        places, rank = rulebook.places[line.rule], rulebook.ranks[line.rule]
        of = rulebook[line.rule].counted
        judged = JudgedLine(line.edition, places, rank, of, line.revokes)
        return cls(line.violation, judged, line.points)


class Bound(NamedTuple):
    """A cap that acts.

    Args:
        line: The line that takes away what is more.
        taken: What it takes from the violations in each chain of parts.
    """

    line: CapLine
    taken: Mapping[Chain, Decimal]


@frozen(eq=False)
class Sums:
    """What a stage over sums looks at.

    Args:
        summed: What each violation deducts that deducts anything, or each merit is awarded.
        of: Which of the two is bounded.
        terms: The terms of each edition, by its name, in the order of the editions.
        closing: The terms of the edition by which the period is closed.
    """

    summed: Sequence[Summed]
    of: Counted
    terms: Mapping[str, Terms]
    closing: Terms


Bounds: TypeAlias = Iterator[Bound]
"""What a stage over sums takes away."""


def bound_incidents(sums: Sums, before: Sequence[Bound]) -> Bounds:
    """One incident deducts so much at most, by the latest edition among its lines."""
    together: dict[Hashable, list[Summed]] = {}
    for each in sums.summed:
        together.setdefault(incident_of(each.violation), []).append(each)
    for of_incident in together.values():
        terms = latest_of(sums.terms, {each.judged.edition for each in of_incident})
        stated = terms.cap_over(Over.INCIDENT, of=sums.of)
        of = of_incident[0].violation.incident
        yield from _bound(Over.INCIDENT, of, of_incident, before, stated, terms)


def bound_parts(sums: Sums, before: Sequence[Bound]) -> Bounds:
    """One part of the standard deducts so much at most; of nested parts the inner ones first."""
    made = list(before)
    for part, stated, terms in caps_over_parts(sums.terms, sums.closing, sums.of):
        within = [each for each in sums.summed if part in each.judged.parts]
        found = list(_bound(Over.PART, part, within, made, stated, terms))
        made += found
        yield from found


def caps_over_parts(
    terms: Mapping[str, Terms], closing: Terms, of: Counted
) -> Iterator[tuple[str, tuple[Cap, str], Terms]]:
    """The id of each part that is bounded, with what states it, from the innermost.

    Each part is as the closing edition has it, or the latest that does; one that only an earlier
    edition has comes before the parts that it stands in there.

    Args:
        terms: The terms of each edition, by its name, in the order of the editions.
        closing: The terms of the edition by which the period is closed.
        of: Whether deductions are bounded, or awards.
    """
    latest = [(part, closing) for part in reversed(closing.rulebook.all_parts)]
    seen = {part.id for part, _ in latest}
    for each in reversed(tuple(terms.values())):
        for part in reversed(each.rulebook.all_parts):
            if part.id not in seen:
                seen.add(part.id)
                outer = _outer_parts(part, each)
                places = (at for at, (other, _) in enumerate(latest) if other.id in outer)
                latest.insert(next(places, len(latest)), (part, each))
    for part, each in latest:
        stated = each.cap_over(Over.PART, part.id, of=of)
        if stated is None and part in each.rulebook.parts:
            stated = each.cap_over(Over.PART, of=of)
        if stated is not None:
            yield part.id, stated, each


def _outer_parts(part: Part, terms: Terms) -> set[str]:
    """The ids of the parts that a part stands in."""
    parts = terms.rulebook.all_parts
    return {each.id for each in parts if part.id in {inner.id for inner in each.all_parts}}


def bound_period(sums: Sums, before: Sequence[Bound]) -> Bounds:
    """The period deducts so much at most."""
    terms = sums.closing
    stated = terms.cap_over(Over.PERIOD, of=sums.of)
    return _bound(Over.PERIOD, None, sums.summed, before, stated, terms)


_EFFECTS = {
    Over.INCIDENT: Effect.INCIDENT_CAPPED,
    Over.PART: Effect.PART_CAPPED,
    Over.PERIOD: Effect.PERIOD_CAPPED,
}
_VIOLATION_ID = attrgetter("violation.id")
_ZERO = Decimal(0)


def _bound(  # noqa: PLR0917 - what a cap looks at, in one order for all three
    over: Over,
    of: str | None,
    summed: Sequence[Summed],
    before: Iterable[Bound],
    stated: tuple[Cap, str] | None,
    terms: Terms,
) -> Bounds:
    if stated is None:
        return
    left = _left(summed, before)
    total = total_of(left.values())
    cap, id = stated
    change = canonical(EXACT.subtract(cap.points, total))
    if change >= 0:
        return
    taken = taken_from(left, change)
    step = Step(
        _EFFECTS[over],
        change,
        change=change,
        reason=terms.reason(id, "cap"),
        because_of=named(map(_VIOLATION_ID, summed)),
    )
    line = CapLine(
        over,
        of=cap.of,
        id=of,
        parts=() if over is Over.PERIOD else _by_outermost(taken),
        total=total,
        points=change,
        steps=(step,),
    )
    yield Bound(line, taken)


def _left(summed: Iterable[Summed], before: Iterable[Bound]) -> dict[Chain, Decimal]:
    """What the caps before left in each chain of parts, by outermost part, the heaviest first."""
    left: dict[Chain, Decimal] = {}
    for each in sorted(
        summed, key=lambda each: (-each.points, each.judged.rank, each.violation.id)
    ):
        parts = each.judged.parts
        left[parts] = EXACT.add(left.get(parts, _ZERO), each.points)
    for bound in before:
        for chain in left.keys() & bound.taken.keys():
            left[chain] = EXACT.add(left[chain], bound.taken[chain])
    return by_outermost(left)


def by_outermost(left: Mapping[Chain, Decimal]) -> dict[Chain, Decimal]:
    """What is in chains of parts, those in one outermost part together, each where its first is.

    Args:
        left: The points in each chain.
    """
    outermost = list(dict.fromkeys(chain[0] for chain in left))
    return {chain: left[chain] for chain in sorted(left, key=lambda of: outermost.index(of[0]))}


def taken_from(left: Mapping[Chain, Decimal], change: Decimal) -> dict[Chain, Decimal]:
    """What is taken from each chain of parts, none of which comes below 0 by it.

    Args:
        left: The points in each chain, in the order in which they are taken from.
        change: What is taken from them together, below 0.
    """
    taken: dict[Chain, Decimal] = {}
    for chain, points in left.items():
        taken[chain] = max(EXACT.minus(points), change)
        change = EXACT.subtract(change, taken[chain])
    return taken


def _by_outermost(taken: Mapping[Chain, Decimal]) -> Iterator[Subtotal]:
    """What is taken from each outermost part from which anything is."""
    parts: dict[str, Decimal] = {}
    for chain, points in taken.items():
        parts[chain[0]] = EXACT.add(parts.get(chain[0], _ZERO), points)
    return (Subtotal(part, canonical(points)) for part, points in parts.items() if points)
