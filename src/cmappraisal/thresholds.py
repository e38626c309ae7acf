"""Thresholds: what follows when points, a score or grades in a row reach a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_tuple,
    beside,
    checked,
    choice_of,
    id_tuple,
    int_between,
    is_int,
    is_tuple_of,
    member_of,
    require,
)
from cmappraisal.points import (
    MAXIMUM_POINTS,
    Points,
    as_optional_points,
    as_points,
    points_between,
)
from cmappraisal.spans import Span
from cmappraisal.texts import Choice, Text

MAXIMUM_THRESHOLDS = 100
"""The most thresholds of one table."""

MAXIMUM_TIMES = 100
"""The latest time for which something else can be stated."""

Ids: TypeAlias = str | Iterable[str]


class Reached(Choice):
    """What follows where several thresholds are reached.

    >>> Reached("highest").text.en
    'what follows from the highest of those reached at once'
    """

    EACH = "each", Text("各自適用", "各自适用", en="what follows from each of them")
    HIGHEST = (
        "highest",
        Text(
            "同時達到數級的，適用最高一級",
            "同时达到数级的，适用最高一级",
            en="what follows from the highest of those reached at once",
        ),
    )
    IN_ORDER = (
        "in-order",
        Text(
            "逐級適用，前一級執行後再有違規的，適用後一級",
            "逐级适用，前一级执行后再有违规的，适用后一级",
            en="in order, the next with a violation after the one before it was taken",
        ),
    )


class ThresholdsOf(Choice):
    """What a table of thresholds looks at.

    >>> ThresholdsOf("score").text.en
    'the score of an assessment period'
    """

    POINTS = "points", Text("積分", "积分", en="points")
    SCORE = "score", Text("考核期的得分", "考核期的得分", en="the score of an assessment period")
    GRADES = (
        "grades",
        Text(
            "連續考核期的等級", "连续考核期的等级", en="the grades of assessment periods in a row"
        ),
    )


def _as_of(value: ThresholdsOf | str) -> ThresholdsOf:
    return member_of(ThresholdsOf, value)


def _as_reached(value: Reached | str) -> Reached:
    return member_of(Reached, value)


def _as_consequences(value: Ids) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else as_id_tuple(value)


_CONSEQUENCES = id_tuple("consequence ids", empty=False)


@frozen
class FromTime:
    """What follows from a time on.

    Args:
        nth: From which time on, 2 or later.
        consequences: Ids of the consequences, in order.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> FromTime(2, ["study", "road-test"]).consequences
    ('study', 'road-test')
    """

    nth: int = field(validator=int_between(2, MAXIMUM_TIMES))
    consequences: tuple[str, ...] = field(converter=_as_consequences, validator=_CONSEQUENCES)


def _as_times(value: Mapping[int, Ids] | Iterable[FromTime]) -> tuple[FromTime, ...]:
    """Times from a list of them, or from a mapping from the time to ids of consequences."""
    if isinstance(value, Mapping):
        return tuple(FromTime(nth, ids) for nth, ids in cast("Mapping[int, Ids]", value).items())
    return as_tuple(value)


def _are_times(value: object) -> bool:
    return is_tuple_of(value, FromTime) and all(
        one.nth < after.nth for one, after in pairwise(cast("tuple[FromTime, ...]", value))
    )


@frozen
class Threshold:
    """A number of points, and what follows where it is reached.

    Args:
        at: The points: what follows does so at as many or more, or, where points kept or a score
            are looked at, at as few or fewer; of grades how many periods in a row.
        consequences: Ids of the consequences, in order.
        times: What follows instead from the second time on, or a later one: a list of
            :class:`FromTime`, or a mapping such as ``{2: ["study", "road-test"]}``.
        every: By how many further points it is reached once more; None where it is not.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Threshold(12, "study", times={2: ["study", "road-test"]}, every=12).of_time(3)
    ('study', 'road-test')
    """

    at: Decimal = field(
        converter=as_points,
        validator=points_between(MAXIMUM_POINTS.copy_negate(), MAXIMUM_POINTS),
    )
    consequences: tuple[str, ...] = field(converter=_as_consequences, validator=_CONSEQUENCES)
    times: tuple[FromTime, ...] = field(
        default=(),
        converter=_as_times,
        validator=checked(
            _are_times,
            "a list of FromTime, or a mapping from times to consequence ids, in rising order",
        ),
        kw_only=True,
    )
    every: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, above=True, optional=True),
        kw_only=True,
    )

    def of_time(self, nth: int) -> tuple[str, ...]:
        """The ids of what follows the n-th time.

        Args:
            nth: Which time it is, from 1.

        Raises:
            FieldError: ``nth`` is no such number.
        """
        require("Threshold.of_time", "nth", nth, is_int(nth, 1), "an int from 1")
        held = [each.consequences for each in self.times if each.nth <= nth]
        return held[-1] if held else self.consequences

    @property
    def named(self) -> tuple[str, ...]:
        """The ids of all consequences that it names."""
        of_times = (id for each in self.times for id in each.consequences)
        return tuple(dict.fromkeys((*self.consequences, *of_times)))


# The keys of a mapping are of one type, whichever.
ByPoints: TypeAlias = Mapping[int, Ids] | Mapping[str, Ids] | Mapping[Decimal, Ids]


def _as_thresholds(value: ByPoints | Iterable[Threshold]) -> tuple[Threshold, ...]:
    """Thresholds from a list of them, or from a mapping from points to ids of consequences."""
    if isinstance(value, Mapping):
        rows = cast("Mapping[Points, Ids]", value)
        return tuple(Threshold(at, ids) for at, ids in rows.items())
    return as_tuple(value)


def _are_thresholds(value: object) -> bool:
    return (
        is_tuple_of(value, Threshold)
        and 0 < len(cast("tuple[Threshold, ...]", value)) <= MAXIMUM_THRESHOLDS
        and all(one.at < after.at for one, after in pairwise(cast("tuple[Threshold, ...]", value)))
    )


def _fits(table: Thresholds, of: ThresholdsOf) -> bool:
    """Whether what is looked at fits the fields before it."""
    if of is ThresholdsOf.POINTS:
        return True
    if table.within is not None:
        return False
    if of is ThresholdsOf.SCORE:
        return table.reached is not Reached.IN_ORDER
    return all(row.at >= 1 and row.at == row.at.to_integral_value() for row in table.rows)


def _fitting(table: Thresholds) -> str:
    return (
        "what fits the other fields: of a score or of grades without within, of a score not in "
        "order, of grades with whole numbers from 1"
    )


@frozen
class Thresholds:
    """A table of thresholds.

    Points are looked at with each violation or merit; the score and the grade of an assessment
    period once it has ended, where anything was charged in it or revoked the qualification.

    Args:
        rows: The thresholds, from the fewest points to the most: a list of :class:`Threshold`, or a
            mapping such as ``{8: "warning", 12: ["study", "test"]}``.
        reached: What follows where several are reached; of a score there is no order.
        within: Within which time points count together, which ends on the day of the violation or
            merit that is looked at; that is the day on which it counts, whatever ``by`` says. None
            where the balance of the account is looked at, or a score or grades are.
        of: What is looked at: points, the score, or grades in a row.
        grades: Which grades count in a row, by their ids; none but of grades.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> table = Thresholds({4: "demerit", 5: "demotion"}, within=Span(months=36))
    >>> [str(row.at) for row in table.rows]
    ['4', '5']
    >>> Thresholds({2: "no-managing"}, of="grades", grades=["D"]).of
    <ThresholdsOf.GRADES: 'grades'>
    """

    rows: tuple[Threshold, ...] = field(
        converter=_as_thresholds,
        validator=checked(
            _are_thresholds,
            f"a list of 1 to {MAXIMUM_THRESHOLDS} Threshold, or a mapping from points to "
            "consequence ids, from the fewest points to the most",
        ),
    )
    reached: Reached = field(
        default=Reached.EACH, converter=_as_reached, validator=choice_of(Reached), kw_only=True
    )
    within: Span | None = field(
        default=None,
        validator=checked(
            lambda span: span is None or (isinstance(span, Span) and span.cycle is None),
            "None, or a Span of months or of the calendar",
        ),
        kw_only=True,
    )
    of: ThresholdsOf = field(
        default=ThresholdsOf.POINTS,
        converter=_as_of,
        validator=[choice_of(ThresholdsOf), beside(_fits, _fitting)],
        kw_only=True,
    )
    grades: tuple[str, ...] = field(
        default=(),
        converter=as_id_tuple,
        validator=[
            id_tuple("ids of grades"),
            beside(
                lambda table, ids: bool(ids) is (table.of is ThresholdsOf.GRADES),
                "ids of grades where grades are looked at, and else none",
            ),
        ],
        kw_only=True,
    )
