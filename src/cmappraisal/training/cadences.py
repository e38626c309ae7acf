"""Cadences: what comes round by the calendar, written as a recurrence rule of RFC 5545.

The rule is read by dateutil. What dateutil accepts although RFC 5545 does not allow it, what it
cannot read, and what no year has, is rejected when the cadence is made, not when a year is planned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TypeAlias, cast

from attrs import field, frozen
from dateutil.rrule import rrulestr

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import as_optional_date, as_text, checked, optional_date, require
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.contradictions import reject_fields

MAXIMUM_INTERVAL = 1000
"""The longest interval and the highest count of a cadence: years of it fit in any plan."""

MAXIMUM_RULE_LENGTH = 500
"""Characters of a recurrence rule: every part of it can be there, and it can be read."""

_CYCLE_YEARS, _CYCLE = 400, timedelta(days=146_097)
"""After so many years, which are whole weeks, the calendar is the same again."""

_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAYS_OF: Mapping[str, int] = {"DAILY": 1, "WEEKLY": 7}
"""Frequencies whose intervals all have the same number of days."""

_WEEKS_OF_A_MONTH = 5
"""How often a month can have a day of the week."""
_WEEKDAYS = "MO|TU|WE|TH|FR|SA|SU"


def _number(value: str, least: int, most: int) -> bool:
    return re.fullmatch("[0-9]{1,4}", value, re.ASCII) is not None and least <= int(value) <= most


def _numbers(most: int, *, signed: bool = True) -> Callable[[str], bool]:
    sign = "[+-]?" if signed else ""
    pattern = re.compile(f"{sign}([0-9]{{1,{len(str(most))}}})", re.ASCII)

    def fits(value: str) -> bool:
        found = [pattern.fullmatch(part) for part in value.split(",")]
        return all(match and 1 <= int(match[1]) <= most for match in found)

    return fits


def _until(value: str) -> date | None:
    if re.fullmatch("[0-9]{8}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return None


_VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "FREQ": (lambda value: value in _FREQUENCIES, "one of " + ", ".join(_FREQUENCIES)),
    "INTERVAL": (
        lambda value: _number(value, 1, MAXIMUM_INTERVAL),
        f"a number from 1 to {MAXIMUM_INTERVAL}",
    ),
    "COUNT": (
        lambda value: _number(value, 1, MAXIMUM_INTERVAL),
        f"a number from 1 to {MAXIMUM_INTERVAL}",
    ),
    "UNTIL": (lambda value: _until(value) is not None, "a day such as 20261231"),
    "WKST": (lambda value: value in _WEEKDAYS.split("|"), "a day of the week such as MO"),
    "BYDAY": (
        lambda value: all(
            re.fullmatch(
                f"([+-]?0?[1-9]|[+-]?[1-4][0-9]|[+-]?5[0-3])?({_WEEKDAYS})", part, re.ASCII
            )
            for part in value.split(",")
        ),
        "days of the week such as MO,WE or 1MO,-1FR",
    ),
    "BYMONTH": (_numbers(12, signed=False), "months from 1 to 12"),
    "BYMONTHDAY": (_numbers(31), "days from 1 to 31, or from -1 to -31"),
    "BYYEARDAY": (_numbers(366), "days from 1 to 366, or from -1 to -366"),
    "BYWEEKNO": (_numbers(53), "weeks from 1 to 53, or from -1 to -53"),
    "BYSETPOS": (_numbers(366), "places from 1 to 366, or from -1 to -366"),
}
"""The parts of a rule about days, each with the values it allows, by RFC 5545, 3.3.10."""

_ONLY_WITH: Mapping[str, tuple[str, ...]] = {
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
    "BYYEARDAY": ("YEARLY",),
    "BYWEEKNO": ("YEARLY",),
}
"""The parts that RFC 5545 does not give to every frequency."""


_OF_MONTHS = frozenset(
    {"FREQ", "INTERVAL", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS"}
)
"""The parts of a rule that is on the same days of each of its months."""

_SHORTEST_MONTH = 28
"""The days that every month has."""

_Fault: TypeAlias = tuple[ProblemCode, str]
"""What is wrong with a rule: the kind of problem, and what would be allowed in its place."""


def _as_rule(value: str) -> str:
    text = as_text(value)
    # Letters outside of ASCII could turn into others here, as the dotless i does into I.
    if not isinstance(text, str) or not text.isascii():
        return value
    return text.strip().upper().removeprefix("RRULE:")


@frozen
class Cadence:
    """What comes round by the calendar, such as on the 15th of each month.

    Args:
        rrule: A recurrence rule of RFC 5545, of days: ``FREQ`` is ``DAILY``, ``WEEKLY``,
            ``MONTHLY`` or ``YEARLY``.
        starts_on: The day from which intervals and counts are reckoned, and which a rule without
            days takes its day from; None for 1 January of the year in which the days asked for
            begin.

    Raises:
        FieldError: The rule is none, or could never come round.

    >>> monthly = Cadence("FREQ=MONTHLY;BYMONTHDAY=15")
    >>> [str(day) for day in monthly.days(Period.quarter(2026, 1))]
    ['2026-01-15', '2026-02-15', '2026-03-15']
    >>> Cadence("FREQ=MONTHLY;BYMONTHDAY=32")
    Traceback (most recent call last):
    cmappraisal.errors.FieldError: Cadence: rrule is 'FREQ=MONTHLY;BYMONTHDAY=32'; allowed:
    BYMONTHDAY with days from 1 to 31, or from -1 to -31
    """

    rrule: str = field(
        converter=_as_rule,
        validator=checked(
            lambda value: isinstance(value, str) and 0 < len(value) <= MAXIMUM_RULE_LENGTH,
            "a recurrence rule of RFC 5545, such as FREQ=MONTHLY;BYMONTHDAY=15, of at most "
            f"{MAXIMUM_RULE_LENGTH} characters",
        ),
    )
    starts_on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date
    )

    def __attrs_post_init__(self) -> None:
        reject_fields(self, (("rrule", code, allowed) for code, allowed in _faults(self.rrule)))

    def days(self, period: Period) -> Iterator[date]:
        """The days of a period on which it comes round, in order.

        Args:
            period: The period.

        Raises:
            FieldError: ``period`` is no Period.
        """
        require("Cadence.days", "period", period, isinstance(period, Period), "a Period")
        parts = _parts(self.rrule)
        until = _until(parts.pop("UNTIL", "")) or date.max
        start = self.starts_on or period.first.replace(month=1, day=1)
        first, last = max(start, period.first), min(period.last, until)
        if first > last:
            return
        if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts and "COUNT" in parts:
            # The first week is expanded whole, and only what comes from the first day on counts.
            counted = int(parts.pop("COUNT"))
            each = _expanded(parts, start, start, last)
            yield from (day for day in islice(each, counted) if first <= day)
            return
        yield from _expanded(parts, _nearer(start, first, parts), first, last)

    def months_without(self, period: Period) -> Iterator[Period]:
        """The months of a period that it passes over, since they have not its day.

        What comes round on the 31st of each month comes round in seven months of a year, and what
        does on the fifth Friday in four or five; ``BYMONTHDAY=-1`` is the last day of every month,
        and ``BYDAY=-1FR`` its last Friday. Of a rule that names both days of the month and days of
        the week, such as Friday the 13th, no month is passed over.

        Args:
            period: The period; the months that it touches are looked at.

        Raises:
            FieldError: ``period`` is no Period.

        >>> monthly = Cadence("FREQ=MONTHLY;BYMONTHDAY=31")
        >>> [str(month) for month in monthly.months_without(Period.quarter(2026, 1))]
        ['2026-02-01..2026-02-28']
        """
        require("Cadence.months_without", "period", period, isinstance(period, Period), "a Period")
        parts = _parts_of_months(_parts(self.rrule), self.starts_on)
        if not _may_pass_over(parts):
            return
        first, last = CalendarSpan.MONTH.of(period.first), CalendarSpan.MONTH.of(period.last)
        months = Period(first.first, last.last)
        # Whether a month has the day does not depend on when in a month it all begins and ends.
        begins = self.starts_on and CalendarSpan.MONTH.of(self.starts_on).first
        whole = Cadence(_text({**parts, "UNTIL": ""}), begins)
        there = {(day.year, day.month) for _, day in whole.numbered_days(months)}
        of_all = {name: each for name, each in parts.items() if name not in ("BYDAY", "BYSETPOS")}
        due = Cadence(_text({**of_all, "BYMONTHDAY": "1"}), begins)
        for _, day in due.numbered_days(months):
            if (day.year, day.month) not in there:
                yield CalendarSpan.MONTH.of(day)

    def numbered_days(self, period: Period) -> Iterator[tuple[int, date]]:
        """The days of a period, each with its number in its calendar year, from 0.

        Each year is by itself, so that the days of two periods that follow one another are those of
        the two together.

        Args:
            period: The period.

        Raises:
            FieldError: ``period`` is no Period.

        >>> list(Cadence("FREQ=MONTHLY;BYMONTHDAY=15").numbered_days(Period.month(2026, 3)))
        [(2, datetime.date(2026, 3, 15))]
        """
        for part in CalendarSpan.YEAR.within(period):
            whole = Period(CalendarSpan.YEAR.of(part.first).first, part.last)
            yield from (each for each in enumerate(self.days(whole)) if each[1] in part)


def _expanded(parts: Mapping[str, str], start: date, first: date, last: date) -> Iterator[date]:
    """The days of a rule from a first to a last, where it is reckoned from a start."""
    shift = _away_from_the_edge(start, last)
    begins = start + shift
    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        begins = _first_of_week(begins, parts)
    rule = rrulestr(_text(parts), dtstart=_midnight(begins))
    # Nothing is far from both edges of a calendar of which it takes the whole.
    with suppress(ValueError):
        for moment in rule.xafter(_midnight(first + shift), inc=True):
            if moment.date() > last + shift:
                return
            yield moment.date() - shift


def _first_of_week(day: date, parts: Mapping[str, str]) -> date:
    """The first day of the week of a day, of which dateutil expands the rest only.

    A place within a week would be one among the days that are left of it.
    """
    names: tuple[str, ...] = tuple(_WEEKDAYS.split("|"))
    begins = names.index(parts.get("WKST", "MO"))
    return day - timedelta(min((day.weekday() - begins) % 7, (day - date.min).days))


def _nearer(start: date, first: date, parts: Mapping[str, str]) -> date:
    """A later start with the same days from a first day on, so that none before are worked out.

    One interval is kept before the first day: the week of a start is cut where the start is.
    """
    if "COUNT" in parts or parts["FREQ"] not in _DAYS_OF:
        return start
    length = _DAYS_OF[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    return start + timedelta(max((first - start).days // length - 1, 0) * length)


def _away_from_the_edge(first: date, last: date) -> timedelta:
    """How far to shift days so that dateutil, which looks around them, stays in the calendar.

    They come to lie near its end, since dateutil goes on to the end where nothing comes any more.
    """
    cycles = (date.max.year - 1 - last.year) // _CYCLE_YEARS
    return _CYCLE * cycles if first.year + cycles * _CYCLE_YEARS >= date.min.year else timedelta(0)


def _midnight(day: date) -> datetime:
    # What dateutil recurs on are datetimes without a zone.
    return datetime.combine(day, time())


def _parts(rule: str) -> dict[str, str]:
    return dict(cast("tuple[str, str]", part.split("=")) for part in rule.split(";"))


def _text(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def _parts_of_months(parts: dict[str, str], starts_on: date | None) -> dict[str, str]:
    """The parts of a rule with the days of the months on which it is; none of any other rule."""
    yearly = parts["FREQ"] == "YEARLY"
    if not (yearly or parts["FREQ"] == "MONTHLY") or not parts.keys() <= _OF_MONTHS:
        return {}
    if "BYDAY" not in parts and "BYMONTHDAY" not in parts and starts_on is not None:
        own = {"BYMONTH": str(starts_on.month)} if yearly else {}
        parts = {**own, **parts, "BYMONTHDAY": str(starts_on.day)}
    # Places are places of the year, and so are numbers of days of the week without a month.
    of_the_year = yearly and ("BYSETPOS" in parts or not {"BYMONTH", "BYMONTHDAY"} & parts.keys())
    return {} if of_the_year else parts


def _may_pass_over(parts: Mapping[str, str]) -> bool:
    """Whether there are months, of those of a rule, that may have none of its days."""
    days, weekdays = parts.get("BYMONTHDAY", ""), parts.get("BYDAY", "")
    if bool(days) is bool(weekdays):
        return False
    late = all(abs(int(each)) > _SHORTEST_MONTH for each in days.split(",") if each)
    fifth = all(each[:-2].endswith(str(_WEEKS_OF_A_MONTH)) for each in weekdays.split(",") if each)
    return "BYSETPOS" in parts or (late and fifth)


def _faults(rule: str) -> Iterator[_Fault]:
    """What is wrong with a rule, as what would be allowed in its place."""
    pairs = [part.split("=") for part in rule.split(";")]
    if any(len(pair) != 2 for pair in pairs):
        allowed = "parts such as FREQ=MONTHLY, with semicolons between them"
        yield ProblemCode.NOT_ALLOWED, allowed
        return
    wrong = list(_wrong_parts([(name, value) for name, value in pairs]))
    yield from wrong
    if not wrong:
        # What parts mean together can only be read where each of them can.
        contradictions = list(_contradictions(_parts(rule)))
        yield from ((ProblemCode.CONTRADICTION, allowed) for allowed in contradictions)
        if not (contradictions or _comes_round(_parts(rule))):
            yield ProblemCode.CONTRADICTION, "a rule that comes round at least once"


def _wrong_parts(pairs: Sequence[tuple[str, str]]) -> Iterator[_Fault]:
    names = [name for name, _ in pairs]
    unknown = not set(names) <= _VALUES.keys()
    if unknown:
        yield ProblemCode.NOT_ALLOWED, f"the parts {', '.join(_VALUES)}"
    if len(set(names)) < len(names):
        yield ProblemCode.REPEATED, "each part once"
    # What is unknown may be a FREQ that is misspelt.
    if "FREQ" not in names and not unknown:
        yield ProblemCode.MISSING, f"a rule with FREQ, {_VALUES['FREQ'][1]}"
    known = [(name, value) for name, value in pairs if name in _VALUES]
    for name in dict.fromkeys(name for name, value in known if not _VALUES[name][0](value)):
        yield ProblemCode.NOT_ALLOWED, f"{name} with {_VALUES[name][1]}"


def _contradictions(parts: Mapping[str, str]) -> Iterator[str]:
    frequency = parts["FREQ"]
    for name, frequencies in _ONLY_WITH.items():
        if name in parts and frequency not in frequencies:
            yield f"{name} with FREQ={' or '.join(frequencies)} only"
    yield from _contradictions_of_weekdays(parts)
    if "COUNT" in parts and "UNTIL" in parts:
        yield "COUNT or UNTIL, not both"
    if "BYSETPOS" in parts and not any(
        name.startswith("BY") and name != "BYSETPOS" for name in parts
    ):
        yield "BYSETPOS beside another part that begins with BY"


def _contradictions_of_weekdays(parts: Mapping[str, str]) -> Iterator[str]:
    frequency, weekdays = parts["FREQ"], parts.get("BYDAY", "").split(",")
    numbers = [int(each[:-2]) for each in weekdays if each[:-2]]
    of_a_month = frequency == "MONTHLY" or "BYMONTH" in parts
    if numbers and (frequency not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts):
        yield "BYDAY with numbers with FREQ=MONTHLY or YEARLY only, and without BYWEEKNO"
    elif numbers and len(numbers) < len(weekdays):
        yield "BYDAY with a number for each day or for none: dateutil reads no mixture"
    elif of_a_month and any(abs(number) > _WEEKS_OF_A_MONTH for number in numbers):
        # No month has a sixth Monday, and dateutil looks for the eighth beyond the end of its year.
        yield (
            f"BYDAY with numbers from 1 to {_WEEKS_OF_A_MONTH}, or from -1 to "
            f"-{_WEEKS_OF_A_MONTH}, with FREQ=MONTHLY or BYMONTH"
        )


def _comes_round(parts: Mapping[str, str]) -> bool:
    # Where days never come, dateutil looks for them up to the year 9999. The 28 years before it
    # have every kind of year there is, so what does not come round then never does.
    forever = {
        name: value for name, value in parts.items() if name not in ("INTERVAL", "COUNT", "UNTIL")
    }
    rule = rrulestr(_text(forever), dtstart=datetime(9971, 1, 1))  # noqa: DTZ001
    return next(iter(rule), None) is not None
