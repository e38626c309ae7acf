"""Clock times: a time of any day, by the clock on the wall, in whole minutes."""

from __future__ import annotations

from datetime import time

from cmappraisal.fields import checked

TIME = "a datetime.time in whole minutes and without a time zone, such as time(9, 30)"


def is_time(value: object) -> bool:
    """Whether a value is a time of any day, in whole minutes."""
    return isinstance(value, time) and not (value.second or value.microsecond or value.tzinfo)


def as_time(value: time) -> time:
    """A plain time from any time in whole minutes."""
    return time(value.hour, value.minute) if is_time(value) else value


def as_optional_time(value: time | None) -> time | None:
    """None, or a plain time from any time in whole minutes."""
    return value if value is None else as_time(value)


a_time = checked(is_time, TIME)
optional_time = checked(lambda value: value is None or is_time(value), f"None, or {TIME}")
