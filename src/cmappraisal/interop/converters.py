"""Converters: every value as JSON-ready data, and back from data that nobody vouches for.

Needs the extra ``json``. Points are strings without exponent, days and moments are ISO 8601, sets
are sorted lists, and a value that can be of several types says in ``kind`` which it is. A document,
such as a ledger or a schedule, says its format and version on top.

Decoding trusts nothing. Whatever is wrong is told in one :class:`~cmappraisal.DecodingError`, each
problem with its path, and nothing is decoded. Each value is checked by the converters and
validators of its own type, so that there is one set of rules for what is written in Python and for
what is read.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from types import GenericAlias, MappingProxyType, NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, overload

import attrs
from attrs import frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.cases import Case
from cmappraisal.entries import ENTRY_KINDS, Entry
from cmappraisal.errors import (
    MAXIMUM_PROBLEMS,
    AppraisalError,
    DecodingError,
    FieldError,
    LedgerError,
    Misfit,
    Problem,
    RulebookError,
    ScoringError,
)
from cmappraisal.fields import MAXIMUM_SHOWN_LENGTH, as_moment, is_int, is_moment, require, shown
from cmappraisal.grades import Grade
from cmappraisal.interop.extras import needs_extra
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.points import as_points, plain
from cmappraisal.policy import Assumption, Policy, Silence
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import (
    Circumstance,
    Citation,
    Deduction,
    Part,
    Provision,
    Referral,
    Revocation,
    Rule,
)
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.score import misplaced, rescore
from cmappraisal.scoring.steps import Step
from cmappraisal.texts import Text
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.certificates import CertificateStatus, Completion
from cmappraisal.training.compliance import AttendanceRate, Compliance
from cmappraisal.training.courses import (
    Course,
    Curriculum,
    LapsesAfter,
    LapsesYearly,
    NeverLapses,
)
from cmappraisal.training.needs import Need
from cmappraisal.training.performance import Component, Performance
from cmappraisal.training.plans import Activity, CareerStage, Quota, Target, TrainingPlan
from cmappraisal.training.records import Attendance, Delivered, TestResult
from cmappraisal.training.requirements import Counts, Requirement
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Change, Rescheduled, Schedule
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall
from cmappraisal.training.trainees import Group, Trainee
from cmappraisal.violations import Violation
from cmappraisal.weights import Add, Assessed, Multiply

with needs_extra("json", "cattrs"):
    from cattrs import Converter
    from cattrs.errors import (
        AttributeValidationNote,
        BaseValidationError,
        ForbiddenExtraKeysError,
    )
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

T = TypeVar("T")

FORMATS: Mapping[type, str] = MappingProxyType(
    {
        Rulebook: "cmappraisal/rulebook/1",
        Policy: "cmappraisal/policy/1",
        Ledger: "cmappraisal/ledger/1",
        Appraisal: "cmappraisal/appraisal/1",
        Curriculum: "cmappraisal/curriculum/1",
        TrainingPlan: "cmappraisal/training-plan/1",
        Schedule: "cmappraisal/schedule/1",
        Compliance: "cmappraisal/compliance/1",
    }
)
"""The types that make a document of their own, each with the name and version of its format."""

Document: TypeAlias = (
    Rulebook | Policy | Ledger | Appraisal | Curriculum | TrainingPlan | Schedule | Compliance
)
"""What makes a document of its own."""

KINDS: Mapping[type, str] = MappingProxyType(
    {
        kind: re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__).lower()
        for kind in (
            *(Deduction, Revocation, Referral),
            *(Multiply, Add, Assessed),
            *ENTRY_KINDS,
            *(Provision, Assumption),
            *(NeverLapses, LapsesAfter, LapsesYearly),
            *(Cadence, Quota, CareerStage),
            *(Attendance, TestResult, Delivered),
        )
    }
)
"""The types that stand where another could, each with the ``kind`` that tells it apart."""

READ: Mapping[type, tuple[type, tuple[str, ...]]] = MappingProxyType(
    {
        Provision: (Rule, Provision.FIELDS),
        Assumption: (
            Policy,
            (
                "aggravation",
                "unstated_unit",
                "discretion",
                "concurrence",
                "displacement",
                "pending_appeals",
            ),
        ),
    }
)
"""The types whose ``value`` was read from a named field, with the type and the fields read."""

TYPES: tuple[type, ...] = (
    *(Text, Period, Circumstance, Citation, *KINDS, Rule, Part, Rulebook),
    *(Violation, Ledger, Grade, Policy, Silence),
    *(Step, Line, Subtotal, Case, Appraisal, Problem, Misfit),
    *(WorkCalendar, Course, Curriculum, Target, Activity, TrainingPlan, Need),
    *(Trainee, Group, Room, Trainer, Session, Shortfall, Schedule, Change, Rescheduled),
    *(
        Counts,
        Requirement,
        AttendanceRate,
        Compliance,
        Completion,
        CertificateStatus,
        Component,
        Performance,
    ),
)
"""Every type that can be encoded and decoded."""

MAXIMUM_INDENT = 80
"""The most spaces by which each level of a document is indented, as wide as a line of text."""

MAXIMUM_DIGITS = 20
"""The most digits that a number has before its point, or after it, in a document."""

DECIMAL_PATTERN = rf"-?[0-9]{{1,{MAXIMUM_DIGITS}}}(\.[0-9]{{1,{MAXIMUM_DIGITS}}})?"
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = (
    rf"{DAY_PATTERN}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]{{1,6}})?)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)"
)

_DECIMAL = re.compile(DECIMAL_PATTERN, re.ASCII)
_DAY = re.compile(DAY_PATTERN, re.ASCII)
_MOMENT = re.compile(MOMENT_PATTERN, re.ASCII)
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

_converter = Converter(
    forbid_extra_keys=True, unstruct_collection_overrides={tuple: list, frozenset: sorted}
)


def encode(value: object) -> dict[str, Any]:
    """A value as JSON-ready data: dicts, lists, strings, ints, booleans and None.

    Args:
        value: A value of one of :data:`TYPES`.

    Returns:
        A dict with the fields of the value, in their order.

    Raises:
        FieldError: The value is of another type.

    >>> from cmappraisal.standards import Unit
    >>> encode(Deduction("2.50", Unit.OCCURRENCE))
    {'kind': 'deduction', 'points': '2.5', 'unit': 'occurrence', 'discretionary': False}
    """
    require("encode", "value", value, type(value) in TYPES, _names(TYPES))
    return cast("dict[str, Any]", _converter.unstructure(value))


@overload
def decode(data: object, kind: type[T]) -> T: ...


@overload
def decode(data: object, kind: UnionType) -> Any: ...


def decode(data: object, kind: Any) -> Any:
    """A value from the data that :func:`encode` makes, or that somebody wrote by hand.

    What has a default may be left out. A document may say its format on top, and then the right
    one. Points may also be Decimals, and days dates, as readers of TOML give them.

    Args:
        data: A dict, of dicts, lists, strings, ints, booleans and None.
        kind: One of :data:`TYPES`, or a union of those that say their ``kind``, such as
            :data:`~cmappraisal.Entry`.

    Returns:
        The value.

    Raises:
        DecodingError: The data is no such value; it lists every problem with its path.
        FieldError: ``kind`` is no such type.

    >>> decode({"zh_hant": "風險", "zh_hans": "风险", "en": "risk"}, Text).en
    'risk'
    >>> decode({"zh_hant": "風險", "zh_hans": 5, "EN": "risk"}, Text)
    Traceback (most recent call last):
    cmappraisal.errors.DecodingError: 3 problem(s) keep the document from being read:
    - $.zh_hans: 5; allowed: a string
    - $.en: is missing
    - $.EN: unknown; allowed: zh_hant, zh_hans, en
    """
    require("decode", "kind", kind, kind in TYPES or _is_tagged(kind), _names(TYPES))
    fields, misfits = _without_format(data, kind)
    value = None
    try:
        value = _converter.structure(fields, kind)
    except (BaseValidationError, _FaultsError, _MismatchError) as error:
        misfits = chain(misfits, _misfits(error, "$"))
    problems = tuple(islice(misfits, MAXIMUM_PROBLEMS))
    if problems:
        raise DecodingError(problems, sum(1 for _ in misfits))
    return value


def dumps(document: Document, *, indent: int | None = None) -> str:
    """A document as JSON text, with its format on top.

    Args:
        document: A value of one of the types of :data:`FORMATS`.
        indent: How many spaces to indent by; None for one line.

    Raises:
        FieldError: The document is of another type.

    >>> dumps(Ledger())
    '{"format": "cmappraisal/ledger/1", "entries": []}'
    """
    kind = type(document)
    require("dumps", "document", document, kind in FORMATS, _names(FORMATS))
    fits = indent is None or is_int(indent, 0, MAXIMUM_INDENT)
    require("dumps", "indent", indent, fits, f"None, or an int from 0 to {MAXIMUM_INDENT}")
    return json.dumps(
        {"format": FORMATS[kind], **encode(document)}, ensure_ascii=False, indent=indent
    )


def loads(text: str, kind: type[T]) -> T:
    """A document from JSON text, from whomever it comes.

    Args:
        text: The text.
        kind: One of the types of :data:`FORMATS`.

    Returns:
        The document.

    Raises:
        DecodingError: The text is no such document; it lists every problem with its path.
        FieldError: ``kind`` is no such type.

    >>> loads('{"format": "cmappraisal/policy/1", "floor": 0.5}', Policy)
    Traceback (most recent call last):
    cmappraisal.errors.DecodingError: 1 problem(s) keep the document from being read:
    - $.floor: the float 0.5; allowed: a string such as "2.5", or an int (never a float)
    """
    fits = isinstance(kind, type) and kind in FORMATS
    require("loads", "kind", kind, fits, _names(FORMATS))
    data = _parsed(text)
    if isinstance(data, dict):
        data.setdefault("format", _Flaw("is missing"))
    return decode(data, kind)


def _names(kinds: Iterable[type]) -> str:
    return ", ".join(kind.__name__ for kind in kinds)


# Text: JSON, with what no document may hold marked until its path is known.


@frozen
class _Flaw:
    message: str


def _parsed(text: str) -> Any:
    if not isinstance(text, str):
        raise DecodingError([Misfit("$", f"{shown(text)}; allowed: a string of JSON")])
    try:
        return json.loads(
            text,
            object_pairs_hook=_paired,
            parse_int=_parsed_int,
            parse_float=lambda number: _Flaw(f"the float {_cut(number)}"),
            parse_constant=_Flaw,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DecodingError([Misfit("$", f"no JSON: {error.msg} at {place}")]) from None
    except RecursionError:
        raise DecodingError([Misfit("$", "lists or objects nested too deep")]) from None


def _paired(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in pairs:
        fields[name] = _Flaw("there twice") if name in fields else value
    return fields


def _parsed_int(number: str) -> int | _Flaw:
    digits = len(number.lstrip("-"))
    return int(number) if digits <= MAXIMUM_DIGITS else _Flaw(f"a number of {digits} digits")


def _cut(number: str) -> str:
    return number if len(number) <= MAXIMUM_DIGITS else f"{number[:MAXIMUM_DIGITS]}..."


# Problems: what was found wrong, until all of it is told with its path.


class _MismatchError(ValueError):
    """A value is not what its type allows."""


class _FaultsError(ValueError):
    """Several things are wrong, each at a path from here."""

    def __init__(self, faults: Iterable[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)


def _mismatch(value: object, allowed: str) -> _MismatchError:
    given = value.message if isinstance(value, _Flaw) else shown(value)
    return _MismatchError(f"{given}; allowed: {allowed}")


def _misfits(error: Exception, path: str) -> Iterator[Misfit]:
    match error:
        case BaseValidationError():
            for each in error.exceptions:
                yield from _misfits(each, path + _step_to(each))
        case _FaultsError():
            yield from (Misfit(path + further, message) for further, message in error.faults)
        case ForbiddenExtraKeysError(cl=kind, extra_fields=names):
            allowed = ", ".join(field.name for field in attrs.fields(kind) if field.init)
            for name in sorted(names, key=str):
                yield Misfit(path + _field(name), f"unknown; allowed: {allowed or 'none'}")
        case FieldError():
            # In the making of a whole value it is the error that knows the field.
            field = "" if _step_to(error) else _field(error.field)
            yield Misfit(path + field, f"{error.given}; allowed: {error.allowed}")
        case RulebookError(contradictions=contradictions):
            yield from (Misfit(path, contradiction) for contradiction in contradictions)
        case AppraisalError() | _MismatchError():
            yield Misfit(path, str(error))
        case KeyError():
            yield Misfit(path, "is missing")
        case _:  # pragma: no cover - nothing else is raised; were it, it must not pass for a misfit
            raise error


def _step_to(error: Exception) -> str:
    notes: list[Any] = getattr(error, "__notes__", [])
    if not notes:
        return ""
    note = notes[0]
    return _field(note.name) if isinstance(note, AttributeValidationNote) else f"[{note.index}]"


def _field(name: object) -> str:
    if isinstance(name, str) and _NAME.fullmatch(name) and len(name) <= MAXIMUM_SHOWN_LENGTH:
        return f".{name}"
    return f"[{json.dumps(name[:MAXIMUM_SHOWN_LENGTH]) if isinstance(name, str) else shown(name)}]"


# Leaves.


def _exactly(kind: type, allowed: str) -> Callable[[Any, Any], Any]:
    def structured(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _mismatch(value, allowed)
        return value

    return structured


def _is_match(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _structure_decimal(value: Any, _: Any) -> Any:
    if isinstance(value, Decimal) or type(value) is int or _is_match(_DECIMAL, value):
        points = as_points(value)
        # What is beyond the arithmetic comes back as it was, which is not in its one form.
        if isinstance(points, Decimal) and points.is_finite() and _places(points) >= 0:
            return points
    raise _mismatch(value, 'a string such as "2.5", or an int (never a float)')


def _places(value: Decimal) -> int:
    return -cast(int, value.as_tuple().exponent)


def _structure_day(value: Any, _: Any) -> Any:
    if type(value) is date:
        return value
    if _is_match(_DAY, value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise _mismatch(value, 'a day of the calendar such as "2025-03-04"')


def _structure_moment(value: Any, _: Any) -> Any:
    moment = value
    if _is_match(_MOMENT, value):
        with suppress(ValueError):
            moment = datetime.fromisoformat(value)
    if is_moment(moment):
        return as_moment(moment)
    raise _mismatch(value, 'a moment with its offset such as "2025-03-04T12:00:00+08:00"')


def _structure_choice(value: Any, kind: type[enum.Enum]) -> enum.Enum:
    choices = [choice.value for choice in kind]
    if not isinstance(value, str) or value not in choices:
        raise _mismatch(value, _quoted(choices))
    return kind(value)


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)


# Collections and unions.


def _structure_elements(
    collection: Callable[[Any], Any],
) -> Callable[[Any], Callable[[Any, Any], Any]]:
    def hook_for(kind: Any) -> Callable[[Any, Any], Any]:
        as_list = GenericAlias(list, get_args(kind)[:1])
        structure_list = _converter.get_structure_hook(as_list)

        def structured(value: Any, _: Any) -> Any:
            if not isinstance(value, (list, tuple)):
                raise _mismatch(value, "a list")
            return collection(structure_list(value, as_list))

        return structured

    return hook_for


def _is_tagged(kind: Any) -> bool:
    is_union = get_origin(kind) in (Union, UnionType)
    members = set(get_args(kind)) - {NoneType}
    return is_union and len(members) > 1 and all(member in KINDS for member in members)


def _structure_tagged(value: Any, union: Any) -> Any:
    members = get_args(union)
    if value is None and NoneType in members:
        return None
    by_tag = {KINDS[member]: member for member in members if member is not NoneType}
    if not isinstance(value, dict):
        raise _mismatch(value, f"an object of kind {_quoted(by_tag)}")
    tag = value.get("kind")
    if not isinstance(tag, str) or tag not in by_tag:
        raise _fault(".kind", tag, _quoted(by_tag))
    return _converter.structure(value, by_tag[tag])


def _fault(path: str, value: object, allowed: str) -> _FaultsError:
    if value is None:
        return _FaultsError([(path, f"is missing; allowed: {allowed}")])
    return _FaultsError([(path, str(_mismatch(value, allowed)))])


# Values with fields.


def _fields_of(value: Any, kind: type) -> dict[str, Any]:
    """The fields of an object, once its ``kind`` is seen to be right."""
    if not isinstance(value, dict):
        raise _mismatch(value, f"an object with the fields of {kind.__name__}")
    fields = dict(value)
    if kind in KINDS and (tag := fields.pop("kind", None)) != KINDS[kind]:
        raise _fault(".kind", tag, _quoted([KINDS[kind]]))
    return fields


def _without_format(data: Any, kind: Any) -> tuple[Any, Iterator[Misfit]]:
    """A document without its format, and what is wrong with that."""
    if kind not in FORMATS or not isinstance(data, dict) or "format" not in data:
        return data, iter(())
    fields = dict(data)
    given = fields.pop("format")
    if given == FORMATS[kind]:
        return fields, iter(())
    return fields, iter([Misfit("$.format", str(_mismatch(given, _quoted([FORMATS[kind]]))))])


def _taken_by(attribute: attrs.Attribute[Any], owner: type, kind: Any) -> Any:
    """How a field is decoded: by its type, and then as the field itself takes and checks it."""

    def structured(value: Any, declared: Any) -> Any:
        value = _converter.structure(value, kind or declared)
        if attribute.converter is not None:
            value = cast("Callable[[Any], Any]", attribute.converter)(value)
        if attribute.validator is not None:
            # A validator that looks at other fields finds none; the making of the value calls it.
            with suppress(AttributeError):
                attribute.validator(object.__new__(owner), attribute, value)
        return value

    return override(struct_hook=structured)


def _from_fields(kind: type, **kinds: Any) -> Callable[[dict[str, Any]], Any]:
    overrides = {
        field.name: _taken_by(field, kind, kinds.get(field.name))
        for field in attrs.fields(attrs.resolve_types(kind))
        if field.init
    }
    structure: Callable[[Any, Any], Any] = make_dict_structure_fn(
        kind, _converter, _cattrs_forbid_extra_keys=True, _cattrs_use_linecache=False, **overrides
    )
    return lambda fields: structure(fields, kind)


def _structure_whole(
    kind: type, faults_of: Callable[[Any], Iterable[tuple[str, str]]] = lambda _: ()
) -> Callable[[Any, Any], Any]:
    from_fields = _from_fields(kind)

    def structured(value: Any, _: Any) -> Any:
        whole = from_fields(_fields_of(value, kind))
        if faults := tuple(faults_of(whole)):
            raise _FaultsError(faults)
        return whole

    return structured


def _structure_read(kind: type) -> Callable[[Any, Any], Any]:
    owner, names = READ[kind]
    kinds = {field.name: field.type for field in attrs.fields(attrs.resolve_types(owner))}
    from_fields = {name: _from_fields(kind, value=kinds[name]) for name in names}

    def structured(value: Any, _: Any) -> Any:
        fields = _fields_of(value, kind)
        name = fields.get("field")
        if not isinstance(name, str) or name not in from_fields:
            raise _fault(".field", name, _quoted(names))
        return from_fields[name](fields)

    return structured


@frozen
class _Entries:
    entries: tuple[Entry, ...]


def _structure_ledger(value: Any, _: Any) -> Ledger:
    entries = _converter.structure(_fields_of(value, Ledger), _Entries).entries
    try:
        return Ledger(entries)
    except LedgerError:
        raise _FaultsError(_unfitting(entries)) from None


def _unfitting(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The entries that do not fit; of a case that goes wrong, no more than the first."""
    ledger = Ledger()
    gone_wrong: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.violation_id not in gone_wrong:
            try:
                ledger = ledger.extend([entry])
            except LedgerError as error:
                gone_wrong.add(entry.violation_id)
                yield f".entries[{index}]", str(error).removeprefix("entry 0 of those added: ")


def _told_otherwise(case: Case) -> Iterator[tuple[str, str]]:
    """Where a case says other than its own history does."""
    try:
        told = Ledger(case.history).case(case.violation.id)
    except LedgerError as error:
        yield ".history", str(error)
    else:
        if case != told:
            yield ".history", "makes another state or violation than is given here"


def _disagreements(appraisal: Appraisal) -> Iterator[tuple[str, str]]:
    """Where an appraisal says other than its own violations, rulebook and policy do."""
    out_of_place = list(misplaced(appraisal))
    if out_of_place:
        for index, field, message in out_of_place:
            yield f".lines[{index}].violation.{field}", message
        return
    places = {line.violation.id: index for index, line in enumerate(appraisal.lines)}
    try:
        due = rescore(appraisal)
    except ScoringError as error:
        for problem in error.problems:
            yield f".lines[{places[problem.violation_id]}].violation", problem.message
        return
    for index, (line, line_due) in enumerate(zip(appraisal.lines, due.lines, strict=True)):
        for name in ("violation", "rule", "referred_from", "steps", "points", "revokes"):
            if getattr(line, name) != getattr(line_due, name):
                yield f".lines[{index}].{name}", "is not what the violation comes to"
    for name in ("points", "score", "grade", "revoked", "subtotals"):
        if getattr(appraisal, name) != getattr(due, name):
            yield f".{name}", "is not what the lines come to"


def _unstructure(kind: type) -> Callable[[Any], dict[str, Any]]:
    to_fields: Callable[[Any], dict[str, Any]] = make_dict_unstructure_fn(
        kind, _converter, _cattrs_use_linecache=False
    )
    if kind not in KINDS:
        return to_fields
    return lambda value: {"kind": KINDS[kind], **to_fields(value)}


def _is_of(collection: type) -> Callable[[Any], bool]:
    return lambda kind: get_origin(kind) is collection


def _is_choice(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _set_up() -> None:
    _converter.register_structure_hook(str, _exactly(str, "a string"))
    _converter.register_structure_hook(int, _exactly(int, "an int"))
    _converter.register_structure_hook(bool, _exactly(bool, "true or false"))
    _converter.register_structure_hook(Decimal, _structure_decimal)
    _converter.register_structure_hook(date, _structure_day)
    _converter.register_structure_hook(datetime, _structure_moment)
    _converter.register_structure_hook_func(_is_choice, _structure_choice)
    _converter.register_structure_hook_func(_is_tagged, _structure_tagged)
    _converter.register_structure_hook_factory(_is_of(tuple), _structure_elements(tuple))
    _converter.register_structure_hook_factory(_is_of(frozenset), _structure_elements(frozenset))
    _converter.register_unstructure_hook(Decimal, plain)
    _converter.register_unstructure_hook(date, date.isoformat)
    _converter.register_unstructure_hook(datetime, datetime.isoformat)
    special: dict[type, Callable[[Any, Any], Any]] = {
        Ledger: _structure_ledger,
        Case: _structure_whole(Case, _told_otherwise),
        Appraisal: _structure_whole(Appraisal, _disagreements),
        Provision: _structure_read(Provision),
        Assumption: _structure_read(Assumption),
    }
    for kind in (*TYPES, _Entries):
        _converter.register_structure_hook(kind, special.get(kind) or _structure_whole(kind))
        _converter.register_unstructure_hook(kind, _unstructure(kind))
    _converter.register_unstructure_hook(
        Ledger, lambda ledger: _converter.unstructure(_Entries(tuple(ledger)))
    )


_set_up()
