"""Pydantic: every exported type as Pydantic takes it, and with it whatever is built on Pydantic.

Needs the extra ``pydantic``. Nothing of this has to be imported to use an exported type in a model,
a ``TypeAdapter`` or a signature of FastAPI. An instance passes as it is, data is read as
:func:`~cmappraisal.interop.converters.decode` reads it, what is written is the library's own JSON,
and the JSON Schema is that of :mod:`cmappraisal.interop.schemas`. What makes a document of its own,
such as a ledger, has its format on top.

A ``ValidationError`` has every problem, each with its place as ``loc``, its code as ``type``, and
as ``input`` what is there, on one line where it is not plain, so that any answer can repeat it. The
rulebooks that an appraisal may refer to are given as the context of the validation:
``validate_json(text, context={"rulebooks": [...]})``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType
from typing import Any, get_args

from cmappraisal.errors import DecodingError
from cmappraisal.fields import is_int, is_utf8, require
from cmappraisal.interop.catalogue import FORMATS, TYPES, is_tagged, is_union, names
from cmappraisal.interop.converters import decode, encode
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.json_texts import MAXIMUM_DIGITS
from cmappraisal.interop.rejections import ABSENT
from cmappraisal.interop.schemas import schema
from cmappraisal.showing import MAXIMUM_SHOWN_LENGTH, shown

with needs_extra("pydantic", "pydantic"):
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

_STEP = re.compile(
    r'\.(?P<name>\w+)|\[(?P<index>\d+)\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\](?=[.\[]|$)'
    # An id stands in a path as it is, even with a quote or a backslash in it.
    r'|\["(?P<id>.*?)"\](?=[.\[]|$)|\[(?P<other>[^\]]*)\]',
    re.ASCII,
)

_HUGE = 10**MAXIMUM_DIGITS

# Where Pydantic looks for what makes the JSON Schema of a core schema.
_MADE_BY = "pydantic_js_annotation_functions"


def core_schema_of(kind: Any) -> Any:
    """What Pydantic is told of a type: how to validate, to write and to describe its values.

    Args:
        kind: One of :data:`~cmappraisal.interop.catalogue.TYPES`, or a union of those that say
            their ``kind``.

    Returns:
        A core schema of ``pydantic_core``.

    Raises:
        FieldError: ``kind`` is no such type.

    >>> from cmappraisal import Period
    >>> core_schema_of(Period)["type"]
    'function-plain'
    """
    is_known = (isinstance(kind, type) and kind in TYPES) or is_tagged(kind)
    require("core_schema_of", "kind", kind, is_known, f"{names(TYPES)}, or a union such as Entry")
    return core_schema.with_info_plain_validator_function(
        _validator_of(kind),
        serialization=core_schema.plain_serializer_function_ser_schema(_data, when_used="json"),
        metadata={_MADE_BY: [lambda _, handler: _described(kind, handler)]},
    )


class ByKind:
    """Lets Pydantic read a union by the ``kind`` that a value says, as the library does.

    Without it Pydantic tries each type of the union, and tells of each why it did not fit.

    >>> from typing import Annotated
    >>> from pydantic import TypeAdapter
    >>> from cmappraisal import Entry
    >>> TypeAdapter(Annotated[Entry, ByKind()]).validate_python({"kind": "erased"})
    Traceback (most recent call last):
    pydantic_core._pydantic_core.ValidationError: 1 validation error for ...
    """

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return core_schema_of(source)


def _validator_of(kind: Any) -> Callable[[object, core_schema.ValidationInfo[Any]], Any]:
    """What makes a value of a type or a union of what Pydantic is given, as it is or as data."""
    name: str = getattr(kind, "__name__", str(kind))

    def validate(value: object, info: core_schema.ValidationInfo[Any]) -> Any:
        if type(value) in (get_args(kind) or (kind,)):
            return value
        data = value
        if kind in FORMATS and isinstance(value, dict):
            data = {"format": ABSENT, **value}
        context = info.context if isinstance(info.context, Mapping) else {}
        try:
            return decode(data, kind, rulebooks=context.get("rulebooks", ()))
        except DecodingError as error:
            raise ValidationError.from_exception_data(name, [*_line_errors(error, value)]) from None

    # Pydantic shows it above the problems.
    validate.__name__ = validate.__qualname__ = name
    return validate


def _data(value: Any) -> dict[str, Any]:
    """A value as it is written: a document has its format on top."""
    kind = type(value)
    return {"format": FORMATS[kind], **encode(value)} if kind in FORMATS else encode(value)


# Errors.


def _line_errors(error: DecodingError, value: object) -> Iterator[InitErrorDetails]:
    """Each problem of an error as Pydantic has it, and how many more there are."""
    for problem in error.problems:
        loc = location_of(problem.path)
        yield _line_error(problem.code.value, problem.message, loc, _found(value, loc))
    if error.more:
        yield _line_error("more", DecodingError.rest.format(error.more), (), None)


def _line_error(code: Any, message: Any, loc: tuple[str | int, ...], found: object) -> Any:
    # Without a context, what is in braces stays as it is.
    return InitErrorDetails(type=PydanticCustomError(code, message), loc=loc, input=found)


def location_of(path: str) -> tuple[str | int, ...]:
    """The steps of a problem's path, as Pydantic has them.

    Args:
        path: The path, from ``$``.

    >>> location_of('$.entries[3]["V-12"].rule')
    ('entries', 3, 'V-12', 'rule')
    """
    return tuple(map(_step, _STEP.finditer(path)))


def _step(found: re.Match[str]) -> str | int:
    if found["index"]:
        return int(found["index"])
    if not found["quoted"]:
        return found["name"] or found["id"] or found["other"]
    try:
        name: str = json.loads(found["quoted"])
    except ValueError:
        return found["quoted"][1:-1]
    # A name that no UTF-8 can hold stays as the path has it.
    return name if is_utf8(name) else found["quoted"]


def _found(value: Any, loc: Iterable[str | int]) -> object:
    """What stands at a place, or else the last that is there on the way; safe to repeat."""
    for step in loc:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            break
    return value if _is_plain(value) else shown(value)


def _is_plain(value: Any) -> bool:
    """Whether any JSON can have a value as it is, and briefly."""
    if type(value) is str:
        return len(value) <= MAXIMUM_SHOWN_LENGTH and is_utf8(value)
    return value is None or type(value) is bool or is_int(value, -_HUGE, _HUGE)


# The JSON Schema.


def _described(kind: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
    """The JSON Schema of a type, with each of its definitions handed to Pydantic by its name."""
    if is_union(kind):
        return {"anyOf": [_described(each, handler) for each in get_args(kind)]}
    if kind is NoneType:
        return {"type": "null"}
    described = schema(kind)
    definitions = described.pop("$defs")
    del described["$schema"]
    references = {
        f"#/$defs/{name}": handler(core_schema.definition_reference_schema(_reference(name)))
        for name in definitions
    }
    parts = [_part(name, _pointed(part, references)) for name, part in definitions.items()]
    if "$ref" in described:
        handler(core_schema.tuple_schema(parts))
        return dict(references[described["$ref"]])
    name = f"document.{kind.__name__}"
    *_, document = handler(
        core_schema.tuple_schema([*parts, _part(name, _pointed(described, references))])
    )["prefixItems"]
    return dict(document)


def _reference(name: str) -> str:
    """By what Pydantic knows a definition, from which it makes the name that it shows."""
    return f"cmappraisal.{name}:0"


def _part(name: str, described: dict[str, Any]) -> core_schema.CoreSchema:
    """What Pydantic makes a definition of: nothing is validated by it."""
    return core_schema.any_schema(ref=_reference(name), metadata={_MADE_BY: [lambda *_: described]})


def _pointed(described: Any, references: Mapping[str, dict[str, Any]]) -> Any:
    """A schema that points to the definitions where Pydantic has them."""
    if isinstance(described, list):
        return [_pointed(each, references) for each in described]
    if not isinstance(described, dict):
        return described
    if "$ref" in described:
        return dict(references[described["$ref"]])
    return {key: _pointed(each, references) for key, each in described.items()}
