"""Fields: how a value takes its natural input and rejects the rest.

A converter takes what people naturally write (a list for a tuple, an int for a Decimal) and hands
on unchanged what it cannot take; the validator, which knows the field, then rejects it with a
:class:`~cmappraisal.FieldError`. The first field that does not fit looks at those after it, so that
one error names every such field, its value and what is allowed.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from itertools import dropwhile, islice
from typing import Any, NoReturn, TypeVar, cast

import attrs

from cmappraisal.allowances import not_allowed
from cmappraisal.errors import MAXIMUM_PROBLEMS, FieldError, Problem
from cmappraisal.showing import UNSTABLE, a, shown

T = TypeVar("T")
E = TypeVar("E", bound=enum.Enum)

MAXIMUM_ID_LENGTH = 200
"""Characters in an id: more than any numbering of people or cases needs, and short enough to
stand in a message."""

DATE = "a datetime.date such as date(2025, 3, 2), no datetime and no string"

MOMENT = "a datetime with a time zone, in the years 1 to 9999 of UTC"

# What Unicode lets a program leave out of sight (Default_Ignorable_Code_Point): two ids that differ
# in these alone look alike. And spaces that are not the one on the keyboard.
UNSEEN = re.compile(
    "["
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\xa0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000"
    "]"
)

_IDENTIFIER = (
    f"a non-empty string of at most {MAXIMUM_ID_LENGTH} characters on one line, in NFKC, "
    "without spaces around it"
)


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


def reject(instance: Any, field: str, value: object, allowed: str) -> NoReturn:
    """Raise the error of a value one of whose fields does not allow what it was given.

    Args:
        instance: The value.
        field: The name of the field.
        value: What the field was given.
        allowed: What it allows.
    """
    reject_for(instance, field, not_allowed(f"$.{field}", value, allowed))


def reject_for(instance: Any, field: str, *found: Problem) -> NoReturn:
    """Raise the one error of a value whose fields do not allow what they were given.

    Validators run in the order of the fields, and the first that rejects its value ends that. So
    it looks at the fields after its own, too; a validator of theirs that rejects does the same.
    """
    problems = list(found)
    more = 0
    kind: Any = type(instance)
    for attribute, validate in _checked_after(kind, field):
        try:
            validate(instance, attribute, getattr(instance, attribute.name))
        except FieldError as error:
            problems += error.problems
            more = error.more
            break
        except (ArithmeticError, AttributeError, TypeError):
            # It compares its value with a field that does not fit (no order has a NaN), or that is
            # not there yet.
            continue
    raise FieldError(problems, more, owner_of(instance, field))


@cache
def _checked_after(
    kind: Hashable, field: str
) -> tuple[tuple[attrs.Attribute[Any], Callable[[Any, Any, Any], object]], ...]:
    """The fields of a type that come after one and are checked, each with its validator."""
    from_there = dropwhile(lambda each: each.name != field, attrs.fields(cast(type, kind)))
    after = islice(from_there, 1, None)
    return tuple((each, each.validator) for each in after if each.validator is not None)


@cache
def _has_id(kind: Hashable) -> bool:
    """Whether a type has an id that is given; one worked out of other fields may not be there."""
    return any(attribute.name == "id" for attribute in attrs.fields(cast(type, kind)))


def owner_of(instance: Any, field: str = "") -> str:
    """What a problem is of: the type of the value, with its id where that is right."""
    kind: Any = type(instance)
    owner = kind.__name__
    own_id = getattr(instance, "id", None) if _has_id(kind) else None
    return f'{owner} "{own_id}"' if field != "id" and is_identifier(own_id) else owner


def is_line(value: object) -> bool:
    """Whether a value is a non-empty string that fits on one line, without spaces around it."""
    if not isinstance(value, str) or not value or value != value.strip():
        return False
    return (value.isascii() and value.isprintable()) or not UNSTABLE.search(value)


def is_identifier(value: object) -> bool:
    """Whether a value can serve as an id."""
    if not isinstance(value, str) or not 0 < len(value) <= MAXIMUM_ID_LENGTH:
        return False
    # Most ids are plain, and there are more of them than of anything else.
    if value.isascii():
        return value.isprintable() and value == value.strip()
    return is_line(value) and not _flaw_of_id(value)


def _flaw_of_id(value: object) -> str:
    """What looks alike in another id, in words; nothing where that is not what is wrong."""
    if not isinstance(value, str):
        return ""
    # Longer, it is no id whatever it holds, and may be longer than is worth reading.
    value = value[: MAXIMUM_ID_LENGTH + 1]
    if unseen := UNSEEN.search(value):
        return f"; this one has U+{ord(unseen[0]):04X}, which makes ids look alike"
    normal = unicodedata.normalize("NFKC", value) if is_utf8(value) else value
    return "" if normal == value else f"; the normal form of this one is {shown(normal)}"


def identifier_allowed(value: object) -> str:
    """What is allowed of an id, and what keeps this one from it where that is not to be seen."""
    return f"{_IDENTIFIER}{_flaw_of_id(value)}"


def is_utf8(value: object) -> bool:
    """Whether a value is a string that has a UTF-8 form, which a lone surrogate has not."""
    if not isinstance(value, str):
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_iterable(value: object) -> bool:
    """Whether a value can be iterated over, which some that have ``__iter__`` reject."""
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
        if offset is None or offset.microseconds:
            return False
        # An offset is less than a day, so that only at the ends of the calendar UTC has no form.
        return 1 < value.year < 9999 or bool(value.astimezone(UTC))
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
    """Reject an argument of a function that does not fit."""
    if not fits:
        require_all(where, (name, value, fits, allowed))


def require_all(where: str, *arguments: tuple[str, object, bool, str]) -> None:
    """Reject the arguments of a function that do not fit, in one error.

    Each argument is its name, its value, whether it fits, and the words for what is allowed.
    """
    unfit = [argument for argument in arguments if not argument[2]]
    problems = [
        not_allowed(f"$.{name}", value, allowed)
        for name, value, _, allowed in unfit[:MAXIMUM_PROBLEMS]
    ]
    if problems:
        raise FieldError(problems, len(unfit) - len(problems), where)


def require_elements(where: str, name: str, values: object, kinds: tuple[type, ...]) -> None:
    """Reject an argument that is no tuple of some types, and name what in it does not fit."""
    if isinstance(values, tuple) and all(map(kinds.__contains__, map(type, values))):
        return
    allowed = f"a list of {', '.join(kind.__name__ for kind in kinds)}"
    require(where, name, values, isinstance(values, tuple), allowed)
    strays = (
        (f"{name}[{index}]", value, False, allowed)
        for index, value in enumerate(cast("tuple[object, ...]", values))
        if type(value) not in kinds
    )
    require_all(where, *strays)


def checked(fits: Callable[[Any], bool], allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator of attrs from a predicate and the words for what it allows."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not fits(value):
            reject(instance, attribute.name, value, allowed)

    return validate


def require_date(where: str, name: str, value: date) -> date:
    """An argument that is a date, as a plain one; anything else is rejected."""
    require(where, name, value, is_date(value), DATE)
    return as_date(value)


def require_moment(where: str, name: str, value: datetime) -> datetime:
    """An argument that is a moment, with its offset fixed; anything else is rejected."""
    require(where, name, value, is_moment(value), MOMENT)
    return as_moment(value)


def instance_of(*types: type, allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the instances of some types."""
    return checked(lambda value: isinstance(value, types), allowed)


def int_between(least: int, most: int) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the ints of a range."""
    return checked(
        lambda value: type(value) is int and least <= value <= most,
        f"an int from {least} to {most}",
    )


def optional_int_between(least: int, most: int) -> Callable[[Any, Any, Any], None]:
    """A validator that allows None and the ints of a range."""
    return checked(
        lambda value: value is None or is_int(value, least, most),
        f"None, or an int from {least} to {most}",
    )


def optional_instance_of(*kinds: type) -> Callable[[Any, Any, Any], None]:
    """A validator that allows None and the instances of one type, or of several."""
    named = ", ".join(a(kind.__name__) for kind in kinds)
    return instance_of(*kinds, type(None), allowed=f"{named}, or None")


def member_of(kind: type[E], value: E | str) -> E:
    """The member of an enumeration that its value names; anything else stays as it is."""
    if isinstance(value, str):
        with suppress(ValueError):
            return kind(as_text(value))
    return cast(E, value)


def as_choice(kind: type[E]) -> Callable[[E | str], E]:
    """A converter from a member of an enumeration, or from its value, to the member."""
    return lambda value: member_of(kind, value)


def choice_of(kind: type[enum.Enum], *, optional: bool = False) -> Callable[[Any, Any, Any], None]:
    """A validator that allows the members of an enumeration, and None where it is optional."""
    choices = ", ".join(f'{choice} or "{choice.value}"' for choice in kind)
    if optional:
        return instance_of(kind, type(None), allowed=f"None, or {choices}")
    return instance_of(kind, allowed=choices)


def beside(
    fits: Callable[[Any, Any], bool], allowed: str | Callable[[Any], str]
) -> Callable[[Any, Any, Any], None]:
    """A validator that looks at fields before this one.

    Args:
        fits: Whether the value, the second argument, fits the instance, the first.
        allowed: What is allowed; where that depends on the instance, what says so.
    """

    def validate(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
        words = allowed if isinstance(allowed, str) else allowed(instance)
        checked(lambda given: fits(instance, given), words)(instance, attribute, value)

    return validate


def is_tuple_of(value: object, kind: type | tuple[type, ...]) -> bool:
    """Whether a value is a tuple of one type, or of several."""
    return isinstance(value, tuple) and all(isinstance(element, kind) for element in value)


def tuple_of(kind: type | tuple[type, ...], allowed: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows tuples of one type, or of several."""
    return checked(lambda value: is_tuple_of(value, kind), allowed)


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
    """A tuple from any iterable but a string, a mapping, or a set, whose order is chance."""
    unordered = (str, bytes, Mapping, set, frozenset)
    if isinstance(value, (tuple, *unordered)) or not is_iterable(value):
        return cast("tuple[T, ...]", value)
    return tuple(value)


_ONLY_TEXT = frozenset({str})
_SHORT = 200
"""The most letters of ids whose sets are shared, so that what is kept of them stays small."""


def as_ids(value: Iterable[str]) -> frozenset[str]:
    """A frozenset of ids from any iterable but a string or a mapping."""
    if type(value) is frozenset and _ONLY_TEXT.issuperset(map(type, value)):
        return _shared(value)
    if isinstance(value, (str, bytes, Mapping)) or not is_iterable(value):
        return cast("frozenset[str]", value)
    elements = tuple(map(as_text, value))
    if _ONLY_TEXT.issuperset(map(type, elements)):
        return _shared(frozenset(elements))
    return cast("frozenset[str]", elements)


def _shared(ids: frozenset[str]) -> frozenset[str]:
    """The set that stands for all that equal it where it is short: violations say the same few."""
    return _first_alike(ids) if sum(map(len, ids)) <= _SHORT else ids


@lru_cache(maxsize=1_000)
def _first_alike(ids: frozenset[str]) -> frozenset[str]:
    return ids


def as_optional_date(value: date | None) -> date | None:
    """None, or a plain date from any date."""
    return value if value is None else as_date(value)


def as_optional_moment(value: datetime | None) -> datetime | None:
    """None, or a plain datetime with a fixed offset from UTC."""
    return value if value is None else as_moment(value)


a_date = checked(is_date, DATE)
optional_date = checked(lambda value: value is None or is_date(value), f"None, or {DATE}")


def identifier(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A validator that allows ids."""
    if not is_identifier(value):
        reject(instance, attribute.name, value, identifier_allowed(value))


def optional_identifier(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
    """A validator that allows None and ids."""
    if value is not None and not is_identifier(value):
        reject(instance, attribute.name, value, f"None, or {identifier_allowed(value)}")


line = checked(is_line, "a non-empty string on one line, without spaces around it")
prose = checked(lambda value: is_utf8(value) and bool(value.strip()), "a string with words in it")
optional_prose = checked(is_utf8, "a string, which may be empty")
boolean = instance_of(bool, allowed="True or False")


def is_identifier_set(value: object) -> bool:
    """Whether a value is a frozenset of ids."""
    return isinstance(value, frozenset) and all(map(is_identifier, value))


def _ids_allowed(allowed: str, value: object) -> str:
    """What is allowed of several ids, and what is wrong with the first that only looks right."""
    ids = value if isinstance(value, (tuple, frozenset)) else ()
    flaws = (_flaw_of_id(id) for id in sorted(map(as_text, filter(_is_text, ids))))
    return f"{allowed}{next(filter(None, flaws), '')}"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def identifiers(of_what: str) -> Callable[[Any, Any, Any], None]:
    """A validator that allows frozensets of ids."""

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        if not is_identifier_set(value):
            allowed = _ids_allowed(f"a set or list of {of_what}", value)
            reject(instance, attribute.name, value, allowed)

    return validate


def as_id_tuple(value: Iterable[str]) -> tuple[str, ...]:
    """Ids in their order, as plain strings, from any iterable but a string or a mapping."""
    ids = as_tuple(value)
    return tuple(map(as_text, ids)) if isinstance(ids, tuple) else cast("tuple[str, ...]", ids)


def id_tuple(of_what: str, *, empty: bool = True) -> Callable[[Any, Any, Any], None]:
    """A validator that allows tuples of ids, none of them twice, and empty ones where said."""
    words = f"a {'' if empty else 'non-empty '}list of {of_what}, none of them twice"

    def validate(instance: object, attribute: attrs.Attribute[Any], value: object) -> None:
        fits = isinstance(value, tuple) and all(map(is_identifier, value)) and not repeated(value)
        if not fits or not (empty or value):
            reject(instance, attribute.name, value, _ids_allowed(words, value))

    return validate
