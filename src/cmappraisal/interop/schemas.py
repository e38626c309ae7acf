"""Schemas: JSON Schema (2020-12) of whatever is encoded, generated from the types themselves.

Needs the extra ``json``. A schema tells another program the shape of a document. It allows whatever
decoding allows, and somewhat more: what the fields of a value mean to one another only decoding
knows.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin

import attrs

from cmappraisal.entries import Entry
from cmappraisal.fields import require
from cmappraisal.interop.converters import (
    DAY_PATTERN,
    DECIMAL_PATTERN,
    FORMATS,
    KINDS,
    MOMENT_PATTERN,
    READ,
    TYPES,
)
from cmappraisal.ledger import Ledger

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LEAVES: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    date: {"type": "string", "pattern": f"^{DAY_PATTERN}$"},
    datetime: {"type": "string", "pattern": f"^{MOMENT_PATTERN}$"},
    Decimal: {
        "anyOf": [{"type": "string", "pattern": f"^{DECIMAL_PATTERN}$"}, {"type": "integer"}]
    },
}


def schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of what :func:`~cmappraisal.interop.converters.encode` makes of a type.

    For what makes a document of its own, such as a ledger, it is that of the document, with its
    format on top.

    Args:
        kind: One of :data:`~cmappraisal.interop.converters.TYPES`.

    Returns:
        The schema, as JSON-ready data.

    Raises:
        FieldError: ``kind`` is no such type.

    >>> from cmappraisal import Period
    >>> schema(Period)["$defs"]["Period"]["required"]
    ['first', 'last']
    """
    require("schema", "kind", kind, kind in TYPES, ", ".join(each.__name__ for each in TYPES))
    definitions: dict[str, Any] = {}
    if kind in FORMATS:
        top = _object(kind, _fields(kind, definitions), {"format": FORMATS[kind]})
    else:
        top = _of(kind, definitions)
    return {"$schema": DIALECT, "title": kind.__name__, **top, "$defs": definitions}


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; those with fields are put among the definitions."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [_of(member, definitions) for member in get_args(kind)]}
    if get_origin(kind) in (tuple, frozenset):
        return {"type": "array", "items": _of(get_args(kind)[0], definitions)}
    if issubclass(kind, enum.Enum):
        return {"enum": [choice.value for choice in kind]}
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _defined(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _defined(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    constants = {"kind": KINDS[kind]} if kind in KINDS else {}
    fields = _fields(kind, definitions)
    if kind not in READ:
        return _object(kind, fields, constants)
    owner, names = READ[kind]
    values = _fields(owner, definitions)
    return {
        "oneOf": [
            _object(
                kind, {**fields, "value": (values[name][0], True)}, {**constants, "field": name}
            )
            for name in names
        ]
    }


_Fields: TypeAlias = dict[str, tuple[dict[str, Any], bool]]
"""The schema of each field, and whether the field is required."""


def _fields(kind: type, definitions: dict[str, Any]) -> _Fields:
    if kind is Ledger:
        return {"entries": (_of(tuple[Entry, ...], definitions), True)}
    return {
        field.name: (_of(field.type, definitions), field.default is attrs.NOTHING)
        for field in attrs.fields(attrs.resolve_types(kind))
        # What a step read is of the type of the field it was read from.
        if field.init and not (kind in READ and field.name == "value")
    }


def _object(kind: type, fields: _Fields, constants: Mapping[str, str]) -> dict[str, Any]:
    constant = {name: {"const": value} for name, value in constants.items()}
    properties = {**constant, **{name: field for name, (field, _) in fields.items()}, **constant}
    needed = [*constants, *(name for name, (_, is_needed) in fields.items() if is_needed)]
    # Without docstrings, as Python runs with -OO, there is nothing to describe it by.
    description, *_ = (inspect.getdoc(kind) or "").splitlines() or [kind.__name__]
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(dict.fromkeys(needed)),
        "additionalProperties": False,
    }
