"""Canonical bytes: the one form of a value that digests and proofs are about.

It is a JSON object by RFC 8785: in UTF-8, on one line, keys sorted, no spaces between tokens, no
escapes but those that JSON asks for. A field at its default is absent, so that a field that a later
version adds changes no earlier byte. Each value names its kind, and the document its format. Days
and moments are in ISO 8601, a moment with its offset, since the day of a recording depends on it;
points are strings without exponent or trailing zeros; sets are sorted lists. Prose is there as its
digest, so that its words can be taken out of a ledger that still proves what it proved. The form
depends on nothing else: no version of Python, no hash seed, no locale.
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
from typing import Any, cast

import attrs

from cmappraisal.fields import require
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.points import plain

PROSE = MappingProxyType({"prose": True})
"""The metadata of a field whose words are for people alone: a note, grounds, a reason."""


# Made once: json.dumps would make one for every value.
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_bytes(value: Any) -> bytes:
    """The canonical bytes of an entry of a ledger, a rulebook or a policy.

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
    {"at":"2025-04-01T12:00:00+08:00","format":"cmappraisal/entry/2","grounds":"sha256:\
1fbb4deaccd4e4b953b8a8f6151a2964bfe3e110c3ea3880889487c42861c92f","kind":"appealed",\
"violation_id":"V-1"}
    """
    form = getattr(type(value), "FORMAT", None) if attrs.has(type(value)) else None
    fits = isinstance(form, str)
    require("canonical_bytes", "value", value, fits, "an entry of a ledger, a Rulebook or a Policy")
    document = {"format": form, **_fields_of(value)}
    return _JSON.encode(document).encode()


def digest_of(value: Any) -> str:
    """The SHA-256 of the canonical bytes of a value, in hexadecimal."""
    return sha256(canonical_bytes(value)).hexdigest()


def kind_name(kind: type) -> str:
    """The name by which documents tell a type from others, such as ``"lapses-after"``."""
    return re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def _fields_of(value: Any) -> dict[str, Any]:
    name_of_kind, plan = _plan_of(cast(Hashable, type(value)))
    written: dict[str, Any] = {"kind": name_of_kind}
    for name, default, form in plan:
        held = getattr(value, name)
        if held != default:
            written[name] = form(held)
    return written


@cache
def _plan_of(kind: Hashable) -> tuple[str, tuple[tuple[str, Any, Callable[[Any], Any]], ...]]:
    """The name of a type, and its fields, each with its default and the way it is written."""
    of = cast(type, kind)
    return kind_name(of), tuple(
        (field.name, field.default, _digest_of_prose if field.metadata.get("prose") else _form)
        for field in attrs.fields(of)
        if field.init
    )


def _digest_of_prose(text: str) -> str:
    return f"sha256:{sha256(text.encode()).hexdigest()}"


_FORMS: Mapping[type, Callable[[Any], Any]] = MappingProxyType(
    {
        str: lambda value: value,
        int: lambda value: value,
        bool: lambda value: value,
        type(None): lambda value: value,
        Decimal: plain,
        date: date.isoformat,
        datetime: datetime.isoformat,
        tuple: lambda value: [_form(element) for element in value],
        frozenset: sorted,
    }
)


def _form(value: Any) -> Any:
    form = _FORMS.get(type(value))
    if form is not None:
        return form(value)
    if isinstance(value, ReadOnlyMapping):
        return {name: _form(held) for name, held in value.items()}
    return value.value if isinstance(value, enum.Enum) else _fields_of(value)
