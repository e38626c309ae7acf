"""Days: how the day in a cell is read, whether it is a day, a moment or a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any

from attrs import frozen

from cmappraisal.interop.tables.cells import (
    CellError,
    Note,
    as_written,
    has_odd_digits,
    text_of,
    unreadable,
)
from cmappraisal.interop.tables.wordings import Finding


@frozen
class Days:
    """How days are read.

    Args:
        formats: The formats of days that are written as text, as ``datetime.strptime`` has them.
        zone: The zone of time of whoever enters them.
    """

    formats: tuple[str, ...]
    zone: tzinfo | None

    def __call__(self, value: Any, note: Note) -> date:
        """The day of a date, of a moment, or of a text in one of the formats."""
        if isinstance(value, str):
            return self._written(value, note)
        if isinstance(value, datetime):
            return self._of_moment(value, value, note)
        if not isinstance(value, date):
            raise self._no_day(value)
        return date(value.year, value.month, value.day)

    def _of_moment(self, value: Any, moment: datetime, note: Note) -> date:
        """The day of a moment, if that is the same for whoever enters it."""
        try:
            day, is_day = moment.date(), moment.time() == time()
        except (ValueError, NotImplementedError):
            # pandas has moments in years that Python has not.
            raise self._no_day(value) from None
        if is_day:
            return day
        here = _day_in_zone(moment, self.zone)
        if here is None:
            raise self._no_day(value)
        if here != day:
            raise unreadable(Finding.TWO_ZONES, as_written(value), day, here)
        note(as_written(value), str(day))
        return day

    def _written(self, value: str, note: Note) -> date:
        if has_odd_digits(value):
            raise self._no_day(value)
        moments = tuple(moments_in(text_of(value, note), self.formats))
        days = sorted({moment.date() for moment in moments})
        if not days:
            raise self._no_day(value)
        if len(days) > 1:
            raise unreadable(Finding.TWO_DAYS, as_written(value), ", ".join(map(str, days)))
        return self._of_moment(value, moments[0], note)

    def _no_day(self, value: Any) -> CellError:
        return unreadable(
            Finding.NO_DAY, as_written(value), ", ".join(map(_example_of, self.formats))
        )


def moments_in(text: str, formats: Iterable[str]) -> Iterator[datetime]:
    """What a text says by each of the formats that it fits."""
    for form in formats:
        # A format that names a part twice makes a pattern that is none. One of a day without a
        # year makes newer versions of Python warn.
        with suppress(ValueError, re.error, DeprecationWarning):
            yield datetime.strptime(text, form)  # noqa: DTZ007 - most days have no zone


_DIRECTIVE = re.compile("%[aAbBcdfGHIjmMpSuUVwWxXyYzZ%]")
_TRIED = tuple(datetime(*day, 14, 30, tzinfo=UTC) for day in ((2025, 3, 2), (1999, 11, 30)))


def is_format_of_days(form: str) -> bool:
    """Whether a format says which day it is, and can be read.

    >>> is_format_of_days("%d/%m/%Y"), is_format_of_days("%d/%m")
    (True, False)
    """
    written = [_example_of(form, moment) for moment in _TRIED]
    read = [{moment.date() for moment in moments_in(text, (form,))} for text in written]
    return read == [{moment.date()} for moment in _TRIED]


def _example_of(form: str, moment: datetime = _TRIED[0]) -> str:
    """How a day is written in a format, for people who do not know what ``%Y`` is."""
    # Windows takes neither what is not ASCII nor directives of others in a format.
    return _DIRECTIVE.sub(lambda directive: moment.strftime(directive[0]), form)


def _day_in_zone(moment: datetime, zone: tzinfo | None) -> date | None:
    """The day of a moment in a zone; None where the calendar ends before."""
    if moment.tzinfo is None:
        return moment.date()
    try:
        return moment.astimezone(zone).date()
    except (OverflowError, ValueError):
        return None
