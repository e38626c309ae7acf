"""Schemas: JSON Schema (2020-12) of whatever is encoded, generated from the types themselves.

A schema describes the shape of a document to another program. It allows whatever
decoding allows, and somewhat more: what the fields of a value mean to one another only decoding
knows.
"""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from types import MappingProxyType, NoneType
from typing import Any, TypeAlias, get_args, get_origin

from cmappraisal.clauses import Answers
from cmappraisal.fields import require
from cmappraisal.interop.catalogue import (
    BOUNDS,
    FORMATS,
    KINDS,
    MAXIMUM_ELEMENTS,
    NAMES,
    REFERENCES,
    TYPES,
    element_of,
    is_union,
    members_of,
    names,
)
from cmappraisal.interop.leaves import (
    BYTES_PATTERN,
    DAY_PATTERN,
    DECIMAL_PATTERN,
    MOMENT_PATTERN,
    TIME_PATTERN,
    is_choice,
)
from cmappraisal.policy import Policy

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LEAVES: Mapping[Any, dict[str, Any]] = MappingProxyType(
    {
        str: {"type": "string"},
        int: {"type": "integer"},
        bool: {"type": "boolean"},
        NoneType: {"type": "null"},
        date: {"type": "string", "pattern": f"^{DAY_PATTERN}$"},
        datetime: {"type": "string", "pattern": f"^{MOMENT_PATTERN}$"},
        time: {"type": "string", "pattern": f"^{TIME_PATTERN}$"},
        bytes: {"type": "string", "pattern": f"^{BYTES_PATTERN}$"},
        Decimal: {
            "anyOf": [{"type": "string", "pattern": f"^{DECIMAL_PATTERN}$"}, {"type": "integer"}]
        },
    }
)


def schema(kind: type) -> dict[str, Any]:
    """The JSON Schema of what :func:`~cmappraisal.interop.converters.encode` makes of a type.

    For what makes a document of its own, such as a ledger, it is that of the document, with its
    format on top.

    Args:
        kind: One of :data:`~cmappraisal.interop.catalogue.TYPES`.

    Returns:
        The schema, as JSON-ready data.

    Raises:
        FieldError: ``kind`` is no such type.

    >>> from cmappraisal import Period
    >>> schema(Period)["$defs"]["Period"]["required"]
    ['first', 'last']
    """
    is_known = isinstance(kind, type) and kind in TYPES
    require("schema", "kind", kind, is_known, names(TYPES))
    definitions: dict[str, Any] = {}
    if kind in FORMATS:
        top = _object(kind, _fields(kind, definitions), {"format": FORMATS[kind]})
    else:
        top = _of(kind, definitions)
    return {"$schema": DIALECT, "title": kind.__name__, **top, "$defs": definitions}


def _of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a type; those with fields are put among the definitions."""
    if kind in _LEAVES or kind is Answers:
        return _answers(definitions) if kind is Answers else _LEAVES[kind]
    if is_union(kind):
        return {"anyOf": [_of(member, definitions) for member in get_args(kind)]}
    if get_origin(kind) in (tuple, frozenset):
        element = element_of(kind)
        most = BOUNDS.get(element, MAXIMUM_ELEMENTS)
        return {"type": "array", "items": _of(element, definitions), "maxItems": most}
    if get_origin(kind) is get_origin(Mapping[str, Any]):
        key, value = get_args(kind)
        return _mapping(key, value, definitions)
    if is_choice(kind):
        return _choices(kind)
    kind = REFERENCES.get(kind, kind)
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        definitions[name] = _defined(kind, definitions)
    return {"$ref": f"#/$defs/{name}"}


def _mapping(key: Any, value: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    mapped = {"type": "object", "additionalProperties": _of(value, definitions)}
    if key is str:
        # Ids alone are as good.
        return {"anyOf": [mapped, _of(tuple[str, ...], definitions)]}
    return {**mapped, "propertyNames": _of(key, definitions)}


def _choices(kind: type[enum.Enum]) -> dict[str, Any]:
    return {"enum": [choice.value for choice in kind]}


def _answers(definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of answers to fields of the policy, none of them required."""
    properties = {name: field for name, (field, _) in _fields(Policy, definitions).items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _defined(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    constants = {"kind": KINDS[kind]} if kind in KINDS else {}
    return _object(kind, _fields(kind, definitions), constants)


_Fields: TypeAlias = dict[str, tuple[dict[str, Any], bool]]
"""The schema of each field, and whether the field is required."""


def _fields(kind: type, definitions: dict[str, Any]) -> _Fields:
    return {
        member.name: (
            _named(member.kind, NAMES[kind, member.name])
            if (kind, member.name) in NAMES
            else _of(member.kind, definitions),
            member.is_needed,
        )
        for member in members_of(kind)
    }


def _named(kind: Any, known: tuple[str, ...]) -> dict[str, Any]:
    """The schema of a string that names a field of a type, or of None where that is allowed."""
    return {"enum": [*known, *([None] if NoneType in get_args(kind) else [])]}


def _object(kind: type, fields: _Fields, constants: Mapping[str, str]) -> dict[str, Any]:
    constant = {name: {"const": value} for name, value in constants.items()}
    needed = [*constants, *(name for name, (_, is_needed) in fields.items() if is_needed)]
    # Without docstrings, as Python runs with -OO, there is only its name to describe it by.
    description, *_ = inspect.cleandoc(kind.__doc__ or kind.__name__).splitlines()
    return {
        "description": description,
        "type": "object",
        "properties": {**constant, **{name: field for name, (field, _) in fields.items()}},
        "required": needed,
        "additionalProperties": False,
    }
