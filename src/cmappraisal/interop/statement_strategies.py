"""Strategies for what a rule or a clause can state: amounts, weights, caps, repetition and others.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from cmappraisal.alternatives import CountedOn
from cmappraisal.balances import Balance, BalanceOf, CleanTime
from cmappraisal.caps import Cap, Over
from cmappraisal.clauses import Limitation
from cmappraisal.consequences import AtMost, CancelThose, Consequence, SettlesWhen, Status
from cmappraisal.interop.derived_strategies import identifiers, points, texts
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.policy_strategies import LOWEST_GRADES, factors
from cmappraisal.lapses import WithPeriod
from cmappraisal.repetition import Again, Repeating, Same, Time, falls
from cmappraisal.responsibilities import Responsibility, Sharing
from cmappraisal.rules import Award, Between, Deduction, Unit
from cmappraisal.spans import CalendarSpan, Span
from cmappraisal.texts import Text
from cmappraisal.thresholds import FromTime, Reached, Threshold, Thresholds, ThresholdsOf
from cmappraisal.weights import Add, Assessed, Heavier, Lighter, Multiply, SetTo, Waive

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


ROLES = ("head", "reviewer")
"""The roles that are drawn of those who answer with a doer."""

UNITS = st.sampled_from([*Unit, Unit.UNSTATED])
STATUSES = st.sampled_from([None, None, Status.SUSPENDED, Status.REVOKED])
MONEY = st.none() | points(0, 5000)


_DAYS = st.sampled_from([(None, None), (7, None), (7, 30)])


ASKED_FOR = ("professional-knowledge", "teamwork")
"""The courses that consequences ask for."""

_ASKED_FOR = st.sampled_from([(), (), ASKED_FOR[:1], ASKED_FOR])


@st.composite
def consequences(
    draw: DrawFn,
    ids: SearchStrategy[str] = identifiers(),  # noqa: B008
    wordings: SearchStrategy[Text] = texts(),  # noqa: B008
) -> Consequence:
    """Consequences of every kind.

    Args:
        ids: The ids to draw from.
        wordings: The wordings to draw from.
    """
    days, days_at_most = draw(_DAYS)
    return Consequence(
        draw(ids),
        draw(wordings),
        status=draw(STATUSES),
        money=draw(MONEY),
        elsewhere=draw(st.booleans()),
        days=days,
        days_at_most=days_at_most,
        courses=draw(_ASKED_FOR),
        settles=draw(_SETTLING),
        settles_when=draw(_SETTLES_WHEN),
    )


_SETTLES_WHEN = st.sampled_from([SettlesWhen.TAKEN, SettlesWhen.TAKEN, SettlesWhen.SERVED])
_SETTLING = st.sampled_from([None, *[CancelThose()] * 3, *[AtMost(0)] * 2, AtMost(2)])


@st.composite
def balances(draw: DrawFn) -> Balance:
    """How points are counted, those collected and those kept, with bounds on either side."""
    opening = draw(st.sampled_from([0, 0, 5, 12]))
    return Balance(
        opening,
        of=draw(st.sampled_from(BalanceOf)),
        least=draw(st.sampled_from([None, opening - 5, -20, 0])),
        most=draw(st.sampled_from([None, opening + 5, 24])),
        awards_below=draw(st.sampled_from([None, None, 12])),
    )


def clean_times() -> SearchStrategy[CleanTime]:
    """What is awarded for clean time."""
    return st.builds(
        CleanTime,
        points(Decimal("0.5"), 3),
        months=st.sampled_from([1, 3, 12]),
        in_one_group=st.booleans(),
    )


@st.composite
def thresholds(draw: DrawFn, ids: SearchStrategy[str] = identifiers()) -> Thresholds:  # noqa: B008
    """Tables of thresholds, some reached once more for further points.

    Args:
        ids: The ids of consequences to draw from.
    """
    several = st.lists(ids, min_size=1, max_size=2, unique=True)
    of = draw(_OF)
    rows = [
        Threshold(
            at,
            draw(several),
            times={2: draw(several)} if draw(st.booleans()) else {},
            every=draw(st.sampled_from([None, None, 10])),
        )
        for at in sorted(draw(st.sets(st.sampled_from(_NUMBERS[of]), min_size=1, max_size=3)))
    ]
    reached = draw(st.sampled_from(Reached))
    if of is ThresholdsOf.POINTS:
        within = draw(_WITHIN)
        return Thresholds(rows, reached=reached, within=within)
    if of is ThresholdsOf.SCORE:
        reached = Reached.EACH if reached is Reached.IN_ORDER else reached
        return Thresholds(rows, reached=reached, of=of)
    return Thresholds(rows, reached=reached, of=of, grades=draw(_SOME_GRADES))


_OF = st.sampled_from([*[ThresholdsOf.POINTS] * 3, ThresholdsOf.SCORE, ThresholdsOf.GRADES])
_OF_CALENDAR = st.sampled_from(CalendarSpan).map(lambda each: Span(calendar=each))
_WITHIN = st.none() | st.builds(Span, months=st.sampled_from([1, 6, 12])) | _OF_CALENDAR
_SOME_GRADES = st.sampled_from([LOWEST_GRADES[:1], LOWEST_GRADES, LOWEST_GRADES[1:]])
# Those that a single violation or period reaches most often.
_NUMBERS: Mapping[ThresholdsOf, Sequence[int]] = MappingProxyType(
    {
        ThresholdsOf.POINTS: (-2, 0, 1, 1, 2, 2, 5, 12),
        ThresholdsOf.SCORE: (60, 80, 90, 95, 99, 99),
        ThresholdsOf.GRADES: (1, 1, 2, 3),
    }
)


def _times_of(table: Thresholds) -> SearchStrategy[FromTime]:
    ids = table.rows[0].consequences
    return st.builds(FromTime, st.integers(2, 5), st.just(ids))


def ranges() -> SearchStrategy[Between]:
    """Ranges of whole points, so that every smallest unit that is drawn has a multiple in them."""
    bounds = st.tuples(st.integers(0, 20), st.integers(1, 20))
    return bounds.map(lambda pair: Between(pair[0], pair[0] + pair[1]))


def heavier_weights() -> SearchStrategy[Heavier | None]:
    """What makes deductions heavier, or None where that is left open."""
    return st.one_of(
        st.none(),
        st.builds(SetTo, points(0, 60)),
        st.builds(SetTo, points(20, 60)),
        st.builds(Multiply, points(1, 4)),
        st.builds(Add, points(0, 20)),
        st.just(Assessed()),
    )


def lighter_weights() -> SearchStrategy[Lighter | None]:
    """What makes deductions lighter, or None where that is left open."""
    return st.one_of(
        st.none(),
        st.builds(SetTo, points(0, 20)),
        st.builds(SetTo, points(0, 5)),
        factors().map(Multiply),
        factors().map(Multiply),
        st.just(Waive()),
        st.just(Waive()),
    )


def limitations() -> SearchStrategy[Limitation]:
    """Time limits."""
    days = st.sampled_from(
        [
            (CountedOn.OCCURRED, CountedOn.RECORDED),
            (CountedOn.OCCURRED, CountedOn.FOUND),
            (CountedOn.FOUND, CountedOn.RECORDED),
        ]
    )
    months = st.sampled_from([1, 1, 2, 6, 24])
    return st.tuples(months, days).map(
        lambda pair: Limitation(pair[0], start=pair[1][0], end=pair[1][1])
    )


def awards() -> SearchStrategy[Award]:
    """Awards of every unit."""
    return st.builds(Award, points(Decimal("0.5"), 5), UNITS)


def spans() -> SearchStrategy[Span]:
    """Spans of months and of the calendar, by every day."""
    days = st.sampled_from([*[CountedOn.OCCURRED] * 3, *CountedOn])
    of_months = st.builds(Span, months=st.sampled_from([1, 12, 24, 24]), by=days)
    calendar = st.sampled_from([*CalendarSpan, *[CalendarSpan.YEAR] * 3])
    return of_months | st.builds(Span, calendar=calendar, by=days)


def times() -> SearchStrategy[Time]:
    """What a violation weighs from the second or third time on."""
    return st.builds(Time, st.integers(2, 3), _repeating())


def _repeating() -> SearchStrategy[Repeating]:
    return st.one_of(
        st.builds(SetTo, points(0, 60)),
        st.builds(SetTo, points(0, 60)),
        st.builds(Multiply, points(1, 3)),
        *[st.just(Multiply("1.15"))] * 3,
        st.builds(Add, points(0, 20)),
    )


def repetitions() -> SearchStrategy[Again]:
    """Repetition with a weight of the second time, of the third, or of both in rising order."""
    weights = st.lists(_repeating(), min_size=1, max_size=2)
    rising = weights.filter(lambda given: len(given) < 2 or not falls(*given))
    of_times = st.tuples(rising, st.sampled_from([2, 2, 2, 3])).map(
        lambda pair: {pair[1] + place: weight for place, weight in enumerate(pair[0])}
    )
    return st.builds(Again, of_times, within=spans(), same=st.sampled_from(Same))


def responsibilities() -> SearchStrategy[Responsibility]:
    """Who answers with the doer, with some of the points, all of them or more."""
    role, text = ROLES[0], Text("負責人", "负责人", en="the head")
    return st.builds(Responsibility, st.just(role), st.just(text), weight=_sharing())


def _sharing() -> SearchStrategy[Sharing]:
    return st.one_of(
        factors().map(Multiply),
        factors().map(Multiply),
        st.builds(Multiply, points(1, 2)),
        st.builds(SetTo, points(0, 10)),
        st.builds(Add, points(0, 5)),
    )


def several_responsible() -> SearchStrategy[list[Responsibility]]:
    """Nobody who answers with the doer, the head, or the head and another."""
    other = Text("覆核人", "复核人", en="the reviewer")
    of_other = st.builds(Responsibility, st.just(ROLES[1]), st.just(other), weight=_sharing())
    both = st.tuples(responsibilities(), of_other).map(list)
    return st.just([]) | responsibilities().map(lambda one: [one]) | both | both


def deductions() -> SearchStrategy[Deduction]:
    """Deductions of every unit, ranges and discretionary ones among them."""
    of_points = st.builds(Deduction, points(Decimal("0.5"), 50), UNITS, discretionary=st.booleans())
    return st.one_of(of_points, of_points, st.builds(Deduction, ranges(), UNITS))


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        AtMost: st.builds(AtMost, points()),
        Balance: balances(),
        CleanTime: clean_times(),
        Consequence: consequences(),
        Thresholds: thresholds(),
        Threshold: thresholds().flatmap(lambda table: st.sampled_from(table.rows)),
        FromTime: thresholds().flatmap(_times_of),
        WithPeriod: st.builds(
            WithPeriod,
            unless_unserved=st.none() | identifiers(),
            below=st.none() | points(1, 100),
        ),
        Between: ranges(),
        Deduction: deductions(),
        Limitation: limitations(),
        Cap: st.builds(Cap, points(0, 100), over=st.sampled_from(Over)),
        Award: awards(),
        Responsibility: responsibilities(),
        Span: spans(),
        Time: times(),
        Again: repetitions(),
        SetTo: st.builds(SetTo, points(0, 100)),
    }
)
"""The strategies of those types here that their fields alone do not make."""
