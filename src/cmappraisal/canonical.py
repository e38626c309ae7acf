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
import json
import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Any, TypeAlias, cast

import attrs

from cmappraisal.fields import require
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.points import plain
from cmappraisal.redactions import Redacted, digest_of_salt, digest_of_words

# Made once: json.dumps would make one for every value.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


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
    form = getattr(type(value), "FORMAT", None) if attrs.has(type(value)) else None
    fits = isinstance(form, str)
    allowed = "an entry of a ledger, a Rulebook, a Policy or a PersonLeaf"
    require("canonical_bytes", "value", value, fits, allowed)
    document = {"format": form, **_fields_of(value, getattr(value, "salt", None))}
    return _JSON.encode(document).encode()


def digest_of(value: Any) -> str:
    """The SHA-256 of the canonical bytes of a value, in hexadecimal."""
    return sha256(canonical_bytes(value)).hexdigest()


def kind_name(kind: type) -> str:
    """The name by which documents tell a type from others, such as ``"lapses-after"``."""
    return re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


_Salt: TypeAlias = bytes | Redacted | None


def _fields_of(value: Any, salt: _Salt) -> dict[str, Any]:
    name_of_kind, plan = _plan_of(cast(Hashable, type(value)))
    written: dict[str, Any] = {"kind": name_of_kind}
    for name, default, form in plan:
        held = getattr(value, name)
        if held != default:
            written[name] = form(held, salt)
    return written


@cache
def _plan_of(
    kind: Hashable,
) -> tuple[str, tuple[tuple[str, Any, Callable[[Any, _Salt], Any]], ...]]:
    """The name of a type, and its fields."""
    of = cast(type, kind)
    return kind_name(of), tuple(
        (field.name, field.default, _form_of(field)) for field in attrs.fields(of) if field.init
    )


def _form_of(field: attrs.Attribute[Any]) -> Callable[[Any, _Salt], Any]:
    if field.metadata.get("prose"):
        return digest_of_words
    return _salted if field.metadata.get("salt") else _form


def _salted(held: Any, _: _Salt) -> str:
    return digest_of_salt(held)


_FORMS: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        str: lambda value: value,
        bytes: bytes.hex,
        int: lambda value: value,
        bool: lambda value: value,
        type(None): lambda value: value,
        Decimal: plain,
        date: date.isoformat,
        datetime: datetime.isoformat,
        frozenset: sorted,
    }
)


def _form(value: Any, salt: _Salt) -> Any:
    form = _FORMS.get(type(value))
    if form is not None:
        return form(value)
    if type(value) is tuple:
        return [_form(element, salt) for element in value]
    if isinstance(value, ReadOnlyMapping):
        return {name: _form(held, salt) for name, held in value.items()}
    return value.value if isinstance(value, enum.Enum) else _fields_of(value, salt)
