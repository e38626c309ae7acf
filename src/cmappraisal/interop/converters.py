"""Converters: every value as JSON-ready data, and back from data that nobody vouches for.

Needs the extra ``json``. Points are strings without exponent, days and moments are ISO 8601, sets
are sorted lists, and a value that can be of several types says in ``kind`` which it is. A field at
its default is written too, so that a document can be read without its reader knowing the defaults.
A document, such as a ledger or a schedule, says its format and version on top. What a result refers
to, its rulebooks, it names by id, edition and digest; whoever reads it gives them.

Decoding trusts nothing. Whatever is wrong is reported in one :class:`~cmappraisal.DecodingError`,
each problem with its path, and nothing is decoded; where there are more problems than one error
lists, reading stops. Each value is checked by the converters and validators of its own type, so
that there is one set of rules for what is written in Python and for what is read. The work is
linear in the size of the document, and lists have named bounds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, overload

from cmappraisal.clauses import Answers
from cmappraisal.errors import (
    DecodingError,
)
from cmappraisal.fields import as_tuple, is_int, is_tuple_of, require
from cmappraisal.interop.catalogue import (
    FORMATS,
    KINDS,
    TYPES,
    Document,
    RulebookReference,
    is_tagged,
    members_of,
    names,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.json_texts import parsed
from cmappraisal.interop.leaves import WRITERS
from cmappraisal.interop.reading import known_rulebooks, reader_of, whole_reader
from cmappraisal.interop.reading_flaws import ReadingFlaw
from cmappraisal.interop.rejections import (
    ABSENT,
    ProblemList,
    RejectedError,
    quoted,
    rejected,
)
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.rulebooks import Rulebook
from cmappraisal.standards.error_points import ERROR_POINTS

with needs_extra("json", "cattrs"):
    from cattrs import Converter


T = TypeVar("T")

MAXIMUM_INDENT = 80
"""The most spaces by which each level of a document is indented, as wide as a line of text."""

_converter = Converter()


def encode(value: object) -> dict[str, Any]:
    """A value as JSON-ready data: dicts, lists, strings, ints, booleans and None.

    Args:
        value: A value of one of :data:`~cmappraisal.interop.catalogue.TYPES`.

    Returns:
        A dict with the fields of the value, in their order.

    Raises:
        FieldError: The value is of another type.

    >>> from cmappraisal.standards import Deduction, Unit
    >>> encode(Deduction("2.50", Unit.OCCURRENCE))
    {'kind': 'deduction', 'points': '2.5', 'unit': 'occurrence', 'discretionary': False}
    """
    require("encode", "value", value, type(value) in TYPES, names(TYPES))
    return _written(value)


@overload
def decode(data: object, kind: type[T], *, rulebooks: Iterable[Rulebook] = ()) -> T: ...


@overload
def decode(data: object, kind: UnionType, *, rulebooks: Iterable[Rulebook] = ()) -> Any: ...


def decode(data: object, kind: Any, *, rulebooks: Iterable[Rulebook] = ()) -> Any:
    """A value from the data that :func:`encode` makes, or that somebody wrote by hand.

    What has a default may be left out. A document may say its format on top, and then the right
    one. Points may also be Decimals, and days dates, as readers of TOML give them.

    Args:
        data: A dict, of dicts, lists, strings, ints, booleans and None.
        kind: One of :data:`~cmappraisal.interop.catalogue.TYPES`, or a union of those that say
            their ``kind``, such as :data:`~cmappraisal.Entry`.
        rulebooks: The rulebooks that an appraisal may refer to; it may always refer to
            :data:`~cmappraisal.ERROR_POINTS`.

    Returns:
        The value.

    Raises:
        DecodingError: The data is no such value; it lists every problem with its path.
        FieldError: Another argument has a value that it does not allow.

    >>> from cmappraisal import Text
    >>> decode({"zh_hant": "風險", "zh_hans": "风险", "en": "risk"}, Text).en
    'risk'
    >>> decode({"zh_hant": "風險", "zh_hans": 5, "EN": "risk"}, Text)
    Traceback (most recent call last):
    cmappraisal.errors.DecodingError: 3 problem(s) keep the document from being read:
    - $.zh_hans: 5; allowed: a string
    - $.en: is missing
    - $.EN: unknown; allowed: zh_hant, zh_hans, en
    """
    is_known = (isinstance(kind, type) and kind in TYPES) or is_tagged(kind)
    require("decode", "kind", kind, is_known, f"{names(TYPES)}, or a union such as Entry")
    known = as_tuple(rulebooks)
    fits = is_tuple_of(known, Rulebook)
    require("decode", "rulebooks", rulebooks, fits, "a list of Rulebook")
    fields, listed = _without_format(data, kind)
    token = known_rulebooks.set((*known, ERROR_POINTS))
    value = None
    try:
        read = whole_reader(kind) if kind in TYPES else reader_of(kind)
        value = read(fields)
    except RejectedError as error:
        listed.take(error)
    except RecursionError:
        listed.add(ReadingFlaw.TOO_DEEP.problem("$"))
    finally:
        known_rulebooks.reset(token)
    if listed:
        raise DecodingError(listed.problems, listed.more)
    return value


def dumps(document: Document, *, indent: int | None = None) -> str:
    """A document as JSON text, with its format on top.

    Args:
        document: A value of one of the types of :data:`~cmappraisal.interop.catalogue.FORMATS`.
        indent: How many spaces to indent by; None for one line.

    Raises:
        FieldError: The document is of another type.

    >>> from cmappraisal import Ledger
    >>> dumps(Ledger())
    '{"format": "cmappraisal/ledger/2", "entries": []}'
    """
    kind = type(document)
    require("dumps", "document", document, kind in FORMATS, names(FORMATS))
    fits = indent is None or is_int(indent, 0, MAXIMUM_INDENT)
    require("dumps", "indent", indent, fits, f"None, or an int from 0 to {MAXIMUM_INDENT}")
    return json.dumps(
        {"format": FORMATS[kind], **encode(document)}, ensure_ascii=False, indent=indent
    )


def loads(text: str, kind: type[T], *, rulebooks: Iterable[Rulebook] = ()) -> T:
    """A document from JSON text, from whomever it comes.

    Args:
        text: The text.
        kind: One of the types of :data:`~cmappraisal.interop.catalogue.FORMATS`.
        rulebooks: The rulebooks that an appraisal may refer to; it may always refer to
            :data:`~cmappraisal.ERROR_POINTS`.

    Returns:
        The document. An appraisal agrees with itself and with its rulebooks; whether it is what a
        ledger makes, :func:`~cmappraisal.rescore` says.

    Raises:
        DecodingError: The text is no such document; it lists every problem with its path.
        FieldError: Another argument has a value that it does not allow.

    >>> from cmappraisal import Policy
    >>> loads('{"format": "cmappraisal/policy/2", "floor": 0.5}', Policy)
    Traceback (most recent call last):
    cmappraisal.errors.DecodingError: 1 problem(s) keep the document from being read:
    - $.floor: the float 0.5; allowed: a string such as "2.5", or an int (never a float)
    """
    fits = isinstance(kind, type) and kind in FORMATS
    require("loads", "kind", kind, fits, names(FORMATS))
    data = parsed(text)
    if isinstance(data, dict):
        data.setdefault("format", ABSENT)
    return decode(data, kind, rulebooks=rulebooks)


def _without_format(data: Any, kind: Any) -> tuple[Any, ProblemList]:
    """A document without its format, and what is wrong with that."""
    listed = ProblemList()
    if kind not in FORMATS or not isinstance(data, dict) or "format" not in data:
        return data, listed
    fields = dict(data)
    given = fields.pop("format")
    if given != FORMATS[kind]:
        listed.take(rejected(given, quoted([FORMATS[kind]])), ".format")
    return fields, listed


# Writing.


def _written(value: Any) -> dict[str, Any]:
    """A value that has parts, as the fields of an object."""
    kind: type = type(value)
    written = {"kind": KINDS[kind]} if kind in KINDS else {}
    for member in members_of(kind):
        written[member.name] = _converter.unstructure(getattr(value, member.name))
    return written


def _write_list(values: Iterable[Any]) -> list[Any]:
    return [_converter.unstructure(value) for value in values]


def _write_set(values: Iterable[Any]) -> list[Any]:
    return sorted(_write_list(values))


def _write_mapping(values: Mapping[Any, Any]) -> dict[Any, Any]:
    return {_converter.unstructure(key): _converter.unstructure(values[key]) for key in values}


def _set_up() -> None:
    for leaf, write in WRITERS.items():
        _converter.register_unstructure_hook(leaf, write)
    _converter.register_unstructure_hook(tuple, _write_list)
    _converter.register_unstructure_hook(frozenset, _write_set)
    for mapping in (Answers, ReadOnlyMapping, dict, MappingProxyType):
        _converter.register_unstructure_hook(mapping, _write_mapping)
    for kind in TYPES:
        _converter.register_unstructure_hook(kind, _written)
    _converter.register_unstructure_hook(
        Rulebook, lambda rulebook: _written(RulebookReference.of(rulebook))
    )


_set_up()
