"""Canonical bytes: the one form of a value that digests and proofs are about.

It is a JSON object by RFC 8785: in UTF-8, on one line, keys sorted, no spaces between tokens, no
escapes but those that JSON asks for. A field at its default is absent, so that a field that a later
version adds changes no earlier byte. Each value names its kind, and the document its format. Days
and moments are in ISO 8601, a moment with its offset, since the day of a recording depends on it;
points are strings without exponent or trailing zeros; sets are sorted lists. Prose and salts are
there as digests, so that they can be taken out of a ledger that still proves what it proved. The
form depends on nothing else: no version of Python, no hash seed, no locale.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from operator import attrgetter
from typing import Any, TypeAlias, cast

import attrs

from cmappraisal.fields import require
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.points import plain
from cmappraisal.redactions import Redacted, digest_of_salt, digest_of_words


def canonical_bytes(value: Any) -> bytes:
    """The canonical bytes of an entry, a rulebook, a policy or the leaf of a person.

    Args:
        value: The value; its type has a ``FORMAT``.

    Returns:
        UTF-8 text on one line. That of an entry is its leaf in the ledger's tree.

    Raises:
        FieldError: The argument is of another type.

    >>> from datetime import timedelta, timezone
    >>> from cmappraisal import Appealed
    >>> noon = datetime(2025, 4, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    >>> print(canonical_bytes(Appealed("V-1", "on leave", at=noon)).decode())
    {"at":"2025-04-01T12:00:00+08:00","format":"cmappraisal/entry/2","grounds":"sha256:...",...}
    """
    kind: Any = type(value)
    write = _document_writer(kind)
    if write is None:
        allowed = "an entry of a ledger, a Rulebook, a Policy or a PersonLeaf"
        require("canonical_bytes", "value", value, False, allowed)
    return cast("_Form", write)(value, getattr(value, "salt", None)).encode()


@cache
def _document_writer(kind: Hashable) -> _Form | None:
    """What writes the documents of a type; None where it makes none."""
    of = cast(type, kind)
    form = getattr(of, "FORMAT", None) if attrs.has(of) else None
    return _writer(of, form) if isinstance(form, str) else None


def digest_of(value: Any) -> str:
    """The SHA-256 of the canonical bytes of a value, in hexadecimal."""
    return sha256(canonical_bytes(value)).hexdigest()


def kind_name(kind: type) -> str:
    """The name by which documents tell a type from others, such as ``"lapses-after"``."""
    return re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


_Salt: TypeAlias = bytes | Redacted | None

_Form: TypeAlias = Callable[[Any, _Salt], str]
"""What writes a value, with the salt of the entry that holds it."""

_Row: TypeAlias = tuple[str, bool, Any, _Form | None]
"""A member's name, whether it is always there, else the value at which it is not, and its form;
None is the form of whatever it holds."""


# Each value becomes its text at once: data for a writer of JSON would take twice the time.


def _writer(kind: type, format: str | None = None) -> _Form:
    """What writes the values of a type as objects, with their format where that is given."""
    read, plan = _plan_of(kind, format)

    def write(value: Any, salt: _Salt) -> str:
        text = ""
        # They are of one length; to have that checked would take a tenth of the time.
        for held, (name, needed, default, form) in zip(read(value), plan):  # noqa: B905
            if held is default or not (needed or held != default):
                continue
            # Most members are strings, which take no call of their own.
            is_text = form is None and type(held) is str
            text += name + (_quoted(held) if is_text else (form or _FORMS[type(held)])(held, salt))
        return f"{{{text[1:]}}}"

    return write


def _plan_of(kind: type, format: str | None) -> tuple[Callable[[Any], tuple[Any, ...]], list[_Row]]:
    """What reads the fields of a type, and how each is written, by name."""
    rows: dict[str, tuple[str, _Row]] = {
        field.name: (
            field.name,
            (
                f',"{field.name}":',
                field.default is attrs.NOTHING,
                field.default,
                _form_of_field(field),
            ),
        )
        for field in attrs.fields(kind)
        if field.init
    }
    said = f',"kind":{_quoted(kind_name(kind))}'
    # All values of the type say it, whatever attribute is read for it.
    rows["kind"] = "__class__", (said, True, None, lambda *_: "")
    if format:
        rows["format"] = "FORMAT", (',"format":', True, None, None)
    names = [rows[name][0] for name in sorted(rows)]
    return _reader_of(names), [rows[name][1] for name in sorted(rows)]


def _reader_of(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What reads attributes as a tuple, which ``attrgetter`` does of two or more."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _form_of_field(field: attrs.Attribute[Any]) -> _Form | None:
    """What writes a field of words or a salt; None for any other."""
    if field.metadata.get("prose"):
        return lambda held, salt: f'"{digest_of_words(held, salt)}"'
    if field.metadata.get("salt"):
        return lambda held, _: f'"{digest_of_salt(held)}"'
    return None


@lru_cache(maxsize=10_000)
def _day_text(day: date) -> str:
    # Much happens on one day.
    return f'"{day.isoformat()}"'


class _Forms(dict[type, _Form]):
    """What writes the values of each type; that of a type is made when one first comes."""

    def __missing__(self, kind: type) -> _Form:
        self[kind] = form = _form_of(kind)
        return form


def _form_of(kind: type) -> _Form:
    """What writes the values of a type."""
    if issubclass(kind, ReadOnlyMapping):
        return _mapping_text
    if issubclass(kind, enum.Enum):
        return lambda value, salt: _form(value.value, salt)
    return _writer(kind)


_FORMS = _Forms(
    {
        str: lambda value, _: _quoted(value),
        bytes: lambda value, _: f'"{value.hex()}"',
        int: lambda value, _: str(value),
        bool: lambda value, _: "true" if value else "false",
        type(None): lambda *_: "null",
        Decimal: lambda value, _: f'"{plain(value)}"',
        date: lambda value, _: _day_text(value),
        datetime: lambda value, _: f'"{value.isoformat()}"',
        frozenset: lambda value, _: f"[{','.join(map(_quoted, sorted(value)))}]",
        tuple: lambda value, salt: f"[{','.join(_form(each, salt) for each in value)}]",
    }
)


def _form(value: Any, salt: _Salt) -> str:
    return _FORMS[type(value)](value, salt)


def _mapping_text(value: Mapping[Any, Any], salt: _Salt) -> str:
    held = (f"{_quoted(str(name))}:{_form(value[name], salt)}" for name in sorted(value))
    return f"{{{','.join(held)}}}"
