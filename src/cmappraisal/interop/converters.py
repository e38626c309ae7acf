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

import enum
import json
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, overload

from cmappraisal.clauses import Answers
from cmappraisal.errors import (
    AppraisalError,
    DecodingError,
    FieldError,
    Problem,
    ProblemCode,
)
from cmappraisal.fields import as_tuple, is_int, is_tuple_of, require
from cmappraisal.interop.catalogue import (
    BOUNDS,
    FORMATS,
    KINDS,
    MAXIMUM_ELEMENTS,
    TYPES,
    Document,
    Member,
    RulebookReference,
    alternatives_of,
    element_of,
    is_tagged,
    is_union,
    members_of,
    members_of_union,
    names,
)
from cmappraisal.interop.checks import disagreements_of, placed
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.json_texts import TOO_DEEP, parsed
from cmappraisal.interop.leaves import READERS, WRITERS, is_choice, read_choice
from cmappraisal.interop.rejections import (
    Flaw,
    ProblemList,
    RejectedError,
    missing,
    quoted,
    rejected,
    step_to,
)
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.standards.error_points import ERROR_POINTS

with needs_extra("json", "cattrs"):
    from cattrs import Converter


T = TypeVar("T")

MAXIMUM_INDENT = 80
"""The most spaces by which each level of a document is indented, as wide as a line of text."""

_converter = Converter()

# Those that a call of decode was given: an argument, though the hooks of a converter take none.
_rulebooks: ContextVar[tuple[Rulebook, ...]] = ContextVar("_rulebooks", default=())


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
    token = _rulebooks.set((*known, ERROR_POINTS))
    value = None
    try:
        value = _read_whole(fields, kind) if kind in TYPES else _converter.structure(fields, kind)
    except RejectedError as error:
        listed.take(error)
    except RecursionError:
        listed.add(Problem("$", ProblemCode.MALFORMED, TOO_DEEP))
    finally:
        _rulebooks.reset(token)
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
        data.setdefault("format", Flaw("is missing", ProblemCode.MISSING))
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


# Reading collections and unions.


def _read_elements(value: Any, kind: Any) -> Any:
    if not isinstance(value, (list, tuple)):
        raise rejected(value, "a list")
    element = element_of(kind)
    most = BOUNDS.get(element, MAXIMUM_ELEMENTS)
    if len(value) > most:
        message = f"there are {len(value)} elements; allowed: at most {most}"
        raise RejectedError([Problem("$", ProblemCode.TOO_MANY, message)])
    listed = ProblemList()
    elements = []
    for index, each in enumerate(value):
        try:
            elements.append(_converter.structure(each, element))
        except RejectedError as error:
            listed.take(error, f"[{index}]")
            if listed.is_full:
                break
    if listed:
        raise listed.rejection()
    return get_origin(kind)(elements)


def _read_mapping(value: Any, kind: Any) -> Any:
    key, element = get_args(kind)
    if key is str and isinstance(value, (list, tuple)):
        # Ids alone, as whoever writes TOML by hand gives them, which has no null.
        return _read_elements(value, tuple[str, ...])
    if not isinstance(value, dict):
        raise rejected(value, "an object, or a list" if key is str else "an object")
    listed = ProblemList()
    elements = {}
    for name, each in value.items():
        try:
            elements[_converter.structure(name, key)] = _converter.structure(each, element)
        except RejectedError as error:
            listed.take(error, step_to(name))
            if listed.is_full:
                break
    if listed:
        raise listed.rejection()
    return elements


@cache
def _by_tag(union: Any) -> dict[str, type]:
    return {KINDS[member]: member for member in members_of_union(union)}


def _read_union(value: Any, union: Any) -> Any:
    if value is None and NoneType in get_args(union):
        return None
    with_parts, leaves = alternatives_of(union)
    if leaves and not (with_parts and isinstance(value, dict)):
        return _converter.structure(value, leaves[0])
    if len(with_parts) == 1:
        return _converter.structure(value, with_parts[0])
    by_tag = _by_tag(union)
    if not isinstance(value, dict):
        raise rejected(value, f"an object of kind {quoted(by_tag)}")
    tag = value.get("kind")
    if not isinstance(tag, str) or tag not in by_tag:
        raise _wrong_kind(tag, by_tag)
    return _converter.structure(value, by_tag[tag])


def _wrong_kind(tag: Any, allowed: Iterable[str]) -> RejectedError:
    if tag is None:
        return RejectedError([missing("kind", quoted(allowed))])
    return rejected(tag, quoted(allowed), "$.kind")


# Reading values that have parts.


def _read_whole(value: Any, kind: type) -> Any:
    """A value that has parts, from the fields of an object."""
    fields = _fields_of(value, kind)
    given, listed = _members_read(fields, kind)
    if not listed:
        try:
            whole = kind(**given)
        except AppraisalError as error:
            listed.take(placed(error, given))
        else:
            for problem in disagreements_of(whole):
                listed.add(problem)
                if listed.is_full:
                    break
            if not listed:
                return whole
    elif not listed.is_full:
        # It cannot be made, so its fields are checked one by one.
        for member in members_of(kind):
            if member.name in given:
                _check(member, given[member.name], kind, listed)
    raise listed.rejection()


def _fields_of(value: Any, kind: type) -> dict[str, Any]:
    """The fields of an object, once its ``kind`` is seen to be right."""
    if not isinstance(value, dict):
        raise rejected(value, f"an object with the fields of {kind.__name__}")
    if kind not in KINDS:
        return value
    fields = dict(value)
    if (tag := fields.pop("kind", None)) != KINDS[kind]:
        raise _wrong_kind(tag, [KINDS[kind]])
    return fields


def _members_read(fields: Mapping[str, Any], kind: type) -> tuple[dict[str, Any], ProblemList]:
    """The parts of a value by name, and what is wrong with the fields of the object."""
    listed = ProblemList()
    given: dict[str, Any] = {}
    seen = 0
    for member in members_of(kind):
        name = member.name
        if name in fields:
            seen += 1
            try:
                given[name] = _converter.structure(fields[name], member.kind)
            except RejectedError as error:
                listed.take(error, f".{name}")
        elif member.is_needed:
            listed.add(missing(name))
    if seen < len(fields):
        known = [member.name for member in members_of(kind)]
        _note_unknown(fields, known, listed)
    return given, listed


def _note_unknown(fields: Mapping[str, Any], known: list[str], listed: ProblemList) -> None:
    allowed = ", ".join(known) or "none"
    unknown = [name for name in fields if name not in known]
    for place, name in enumerate(unknown):
        if listed.is_full:
            listed.more += len(unknown) - place
            return
        message = f"unknown; allowed: {allowed}"
        listed.add(Problem(f"${step_to(name)}", ProblemCode.UNKNOWN_FIELD, message))


def _check(member: Member, value: Any, kind: type, listed: ProblemList) -> None:
    """What a field itself says against a value, where the whole cannot be made."""
    attribute = member.attribute
    if attribute is None or attribute.validator is None:
        return
    if attribute.converter is not None:
        value = cast("Callable[[Any], Any]", attribute.converter)(value)
    try:
        attribute.validator(object.__new__(kind), attribute, value)
    except FieldError as error:
        listed.take(error)
    except AttributeError:
        # It compares the value with another field, and there is none.
        return


def _read_answers(value: Any) -> dict[str, Any]:
    """Answers to fields of the policy, by their names."""
    if not isinstance(value, dict):
        raise rejected(value, "an object with fields of Policy")
    given, listed = _members_read(value, Policy)
    if listed:
        raise listed.rejection()
    return {name: given[name] for name in value}


def _read_reference(value: Any, _: Any) -> Rulebook:
    """The rulebook that a result refers to, out of those that are known."""
    reference = _read_whole(value, RulebookReference)
    known = _rulebooks.get()
    named = [each for each in known if (each.id, each.edition) == (reference.id, reference.edition)]
    for rulebook in named:
        if rulebook.digest == reference.digest:
            return rulebook
    if named:
        code = ProblemCode.DISAGREES
        message = (
            f'{reference.digest} is not the digest of the rulebook "{reference}" that is known '
            f"here ({named[0].digest}); give the one that was scored by in rulebooks="
        )
        raise RejectedError([Problem("$.digest", code, message)])
    others = quoted(dict.fromkeys(map(str, known)))
    message = f'rulebook "{reference}" is not known; known: {others}; give it in rulebooks='
    raise RejectedError([Problem("$", ProblemCode.UNKNOWN_ID, message)])


# The hooks.


def _is_of(collection: Any) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is collection


def _set_up() -> None:
    def hook(read: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
        return lambda value, _: read(value)

    for leaf, read in READERS.items():
        _converter.register_structure_hook(leaf, hook(read))
    for leaf, write in WRITERS.items():
        _converter.register_unstructure_hook(leaf, write)
    for fits, of_form in (
        (is_choice, read_choice),
        (is_union, _read_union),
        (_is_of(tuple), _read_elements),
        (_is_of(frozenset), _read_elements),
        (_is_of(get_origin(Mapping[str, Any])), _read_mapping),
    ):
        _converter.register_structure_hook_func(fits, of_form)
    # Before version 25 a hook of cattrs for enumerations came first.
    _converter.register_structure_hook(enum.Enum, read_choice)
    _converter.register_unstructure_hook(tuple, _write_list)
    _converter.register_unstructure_hook(frozenset, _write_set)
    _converter.register_structure_hook(Answers, hook(_read_answers))
    _converter.register_unstructure_hook(Answers, _write_mapping)
    _converter.register_unstructure_hook(ReadOnlyMapping, _write_mapping)
    _converter.register_unstructure_hook(dict, _write_mapping)
    _converter.register_unstructure_hook(MappingProxyType, _write_mapping)
    for kind in TYPES:
        _converter.register_structure_hook(kind, _read_whole)
        _converter.register_unstructure_hook(kind, _written)
    _converter.register_structure_hook(Rulebook, _read_reference)
    _converter.register_unstructure_hook(
        Rulebook, lambda rulebook: _written(RulebookReference.of(rulebook))
    )


_set_up()
