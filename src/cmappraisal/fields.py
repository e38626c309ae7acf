"""Fields: how a value takes its natural input and refuses the rest.

A converter takes what people naturally write (a list for a tuple, an int for a Decimal) and hands
on unchanged what it cannot take; the validator, which knows the field, then refuses it with a
:class:`~cmappraisal.FieldError` that names the field, the value and what is allowed.
"""

from __future__ import annotations

import difflib
import enum
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, NoReturn, TypeVar, cast

import attrs

from cmappraisal.errors import FieldError

T = TypeVar("T")

MAXIMUM_ID_LENGTH = 200
"""Characters in an id: more than any numbering of people or cases needs, and short enough to
stand in a message."""

MAXIMUM_SHOWN_LENGTH = 80
"""Characters of a refused value that a message repeats."""

MAXIMUM_COMPARED = 50_000
"""Pairs of characters that are looked at to find the id that was meant: a moment's work."""

# What would break a line of text, reorder it on the screen, or not show on it at all.
_UNSTABLE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f\u2028\u2029"  # controls, separators of lines and paragraphs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # marks of direction
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u2800\u3164"  # unseen
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"  # unseen too
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)

DATE = "a datetime.date, not a datetime"

MOMENT = "a datetime with a time zone, in the years 1 to 9999 of UTC"

_IDENTIFIER = (
    f"a non-empty string of at most {MAXIMUM_ID_LENGTH} characters on one line, "
    "without spaces around it"
)


def a(noun: str) -> str:
    """A noun with its indefinite article."""
    return f"{'an' if noun[0] in 'AEIOUaeiou' else 'a'} {noun}"


def shown(value: object) -> str:
    """The repr of any value, cut to a readable length; safe for values whose repr fails."""
    try:
        text = as_text(repr(value))
    except Exception:
        return f"<{type(value).__name__} that cannot be shown>"
    text = one_line(text.encode("utf-8", "backslashreplace").decode())
    return text if len(text) <= MAXIMUM_SHOWN_LENGTH else f"{text[:MAXIMUM_SHOWN_LENGTH]}..."


def one_line(text: str) -> str:
    """Any text on one line, without what would break or reorder it."""
    return " ".join(_UNSTABLE.sub(" ", text).split())


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """The remedy for a misspelt id: ``; did you mean "3.9"?``, or nothing where none is close."""
    known = list(known)
    if len(given) * sum(map(len, known)) > MAXIMUM_COMPARED:
        return ""
    close = difflib.get_close_matches(given, known, n=1)
    return f'; did you mean "{close[0]}"?' if close else ""


def shown_id(value: object) -> str:
    """An id as it is, and anything else as far as it can be shown."""
    return cast(str, value) if is_identifier(value) else shown(value)


def repeated(values: Iterable[T]) -> list[T]:
    """The values that come more than once, each time but the first."""
    seen: set[T] = set()
    again = []
    for value in values:
        if value in seen:
            again.append(value)
        seen.add(value)
    return again


def refuse(instance: Any, field: str, value: object, allowed: str) -> NoReturn:
    """Raise the one error of a field that does not allow its value."""
    owner = type(instance).__name__
    # An id that is worked out of other fields cannot be, before they are right.
    has_id = any(attribute.name == "id" for attribute in attrs.fields(type(instance)))
    own_id = getattr(instance, "id", None) if has_id else None
    if field != "id" and is_identifier(own_id):
        owner = f'{owner} "{own_id}"'
    raise FieldError(owner, field, shown(value), allowed)


def is_line(value: object) -> bool:
    """Whether a value is a non-empty string that fits on one line, without spaces around it."""
    if not isinstance(value, str) or not value or value != value.strip():
        return False
    return (value.isascii() and value.isprintable()) or not _UNSTABLE.search(value)


def is_identifier(value: object) -> bool:
    """Whether a value can serve as an id."""
    return is_line(value) and len(cast(str, value)) <= MAXIMUM_ID_LENGTH


def is_utf8(value: object) -> bool:
    """Whether a value is a string that has a UTF-8 form, which a lone surrogate has not."""
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_iterable(value: object) -> bool:
    """Whether a value can be iterated over, which some that have ``__iter__`` refuse."""
    try:
        iter(value)  # type: ignore[call-overload]
    except TypeError:
        return False
    return True


def is_int(value: object, least: int | None = None, most: int | None = None) -> bool:
    """Whether a value is a plain int within bounds where there are any; a bool is none."""
    if type(value) is not int:
        return False
    return (least is None or least <= value) and (most is None or value <= most)


def is_date(value: object) -> bool:
    """Whether a value is a date, and not a moment of a day."""
    return isinstance(value, date) and not isinstance(value, datetime)


def is_moment(value: object) -> bool:
    """Whether a value is a datetime with an offset of whole seconds from UTC, and a UTC form."""
    if not isinstance(value, datetime):
        return False
    try:
        offset = value.utcoffset()
        return offset is not None and not offset.microseconds and bool(value.astimezone(UTC))
    except Exception:
        # A time zone is the caller's own code, and a datetime that is no time, such as pandas' NaT,
        # has none.
        return False


def as_date(value: date) -> date:
    """A plain date from any date that is no datetime."""
    if type(value) is date or not is_date(value):
        return value
    return date(value.year, value.month, value.day)


def as_moment(value: datetime) -> datetime:
    """A plain datetime with a fixed offset from UTC, so that moments compare by when they are.

    Two datetimes of one changing time zone compare by what the clock on the wall said, which runs
    backwards for an hour a year.
    """
    if type(value) is datetime and type(value.tzinfo) is timezone:
        return value
    if not is_moment(value):
        return value
    return datetime(
        *(value.year, value.month, value.day),
        *(value.hour, value.minute, value.second, value.microsecond),
        tzinfo=timezone(cast(timedelta, value.utcoffset())),
    )


def require(where: str, name: str, value: object, fits: bool, allowed: str) -> None:
    """Refuse an argument of a function that does not fit."""
    if not fits:
        raise FieldError(where, name, shown(value), allowed)


def require_elements(where: str, name: str, values: object, kinds: tuple[type, ...]) -> None:
    """Refuse an argument that is no tuple of some types, and name what in it does not fit."""
    allowed = f"a list of {', '.join(kind.__name__ for kind in kinds)}"
    require(where, name, values, isinstance(values, tuple), allowed)
    for index, value in enumerate(cast("tuple[object, ...]", values)):
        require(where, f"{name}[{index}]", value, type(value) in kinds, allowed)


def checked(fits: Callable[[Any], bool], allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator of attrs from a predicate and the words for what it allows."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not fits(value):
            refuse(instance, attribute.name, value, allowed)

    return validate


def require_date(where: str, name: str, value: date) -> date:
    """An argument that is a date, as a plain one; anything else is refused."""
    require(where, name, value, is_date(value), DATE)
    return as_date(value)


def require_moment(where: str, name: str, value: datetime) -> datetime:
    """An argument that is a moment, with its offset fixed; anything else is refused."""
    require(where, name, value, is_moment(value), MOMENT)
    return as_moment(value)


def instance_of(*types: type, allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the instances of some types."""
    return checked(lambda value: isinstance(value, types), allowed)


def int_between(least: int, most: int) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the ints of a range."""
    return checked(lambda value: is_int(value, least, most), f"an int from {least} to {most}")


def optional_int_between(least: int, most: int) -> Callable[[Any, Any, Any], None]:
    """A validator that allows None and the ints of a range."""
    return checked(
        lambda value: value is None or is_int(value, least, most),
        f"None, or an int from {least} to {most}",
    )


def optional_instance_of(kind: type) -> Callable[[Any, Any, Any], None]:
    """A validator that allows None and the instances of a type."""
    return instance_of(kind, type(None), allowed=f"{a(kind.__name__)}, or None")


def choice_of(kind: type[enum.Enum]) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the members of an enumeration."""
    return instance_of(kind, allowed=", ".join(str(choice) for choice in kind))


def tuple_of(kind: type, allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows tuples of one type."""
    return checked(
        lambda value: (
            isinstance(value, tuple) and all(isinstance(element, kind) for element in value)
        ),
        allowed,
    )


def as_text(value: str) -> str:
    """A plain string from any string, such as a member of the caller's own enumeration."""
    if type(value) is str or not isinstance(value, str):
        return value
    # What a subclass makes of its own str() need not be what it compares equal to.
    return str.__str__(value)


def as_optional_text(value: str | None) -> str | None:
    """None, or a plain string from any string."""
    return value if value is None or type(value) is str else as_text(value)


def as_tuple(value: Iterable[T]) -> tuple[T, ...]:
    """A tuple from any iterable but a string or a mapping."""
    if isinstance(value, (tuple, str, bytes, Mapping)) or not is_iterable(value):
        return cast("tuple[T, ...]", value)
    return tuple(value)


def as_ids(value: Iterable[str]) -> frozenset[str]:
    """A frozenset of ids from any iterable but a string or a mapping."""
    if type(value) is frozenset and all(type(element) is str for element in value):
        return value
    if isinstance(value, (str, bytes, Mapping)) or not is_iterable(value):
        return cast("frozenset[str]", value)
    elements = tuple(map(as_text, value))
    if all(isinstance(element, str) for element in elements):
        return frozenset(elements)
    return cast("frozenset[str]", elements)


def as_optional_date(value: date | None) -> date | None:
    """None, or a plain date from any date."""
    return value if value is None else as_date(value)


a_date = checked(is_date, DATE)
optional_date = checked(lambda value: value is None or is_date(value), f"None, or {DATE}")
identifier = checked(is_identifier, _IDENTIFIER)
line = checked(is_line, "a non-empty string on one line, without spaces around it")
prose = checked(lambda value: is_utf8(value) and bool(value.strip()), "a string with words in it")
optional_prose = checked(is_utf8, "a string, which may be empty")
optional_identifier = checked(
    lambda value: value is None or is_identifier(value), f"None, or {_IDENTIFIER}"
)
boolean = instance_of(bool, allowed="True or False")


def is_identifier_set(value: object) -> bool:
    """Whether a value is a frozenset of ids."""
    return isinstance(value, frozenset) and all(map(is_identifier, value))


def identifiers(of_what: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows frozensets of ids."""
    return checked(is_identifier_set, f"a set or list of {of_what}")


def as_id_tuple(value: Iterable[str]) -> tuple[str, ...]:
    """Ids in their order, as plain strings, from any iterable but a string or a mapping."""
    ids = as_tuple(value)
    return tuple(map(as_text, ids)) if isinstance(ids, tuple) else cast("tuple[str, ...]", ids)


def id_tuple(of_what: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows tuples of ids, none of them twice."""
    return checked(
        lambda value: (
            isinstance(value, tuple) and all(map(is_identifier, value)) and not repeated(value)
        ),
        f"a list of {of_what}, none of them twice",
    )
