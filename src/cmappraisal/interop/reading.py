"""Reading: values from data that nobody vouches for, by what their types are made of.

What reads the values of a type is made once for all of them. It tells everything that is wrong with
a value at once, each problem with its path from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, TypeAlias, get_args, get_origin

import attrs
from attrs import frozen

from cmappraisal.clauses import Answers
from cmappraisal.errors import AppraisalError, FieldError
from cmappraisal.flaw_wordings import NONE
from cmappraisal.interop.catalogue import (
    BOUNDS,
    KINDS,
    MAXIMUM_ELEMENTS,
    RulebookReference,
    alternatives_of,
    element_of,
    is_union,
    members_of,
)
from cmappraisal.interop.checks import disagreements_of, placed
from cmappraisal.interop.leaves import READERS, is_choice, read_choice
from cmappraisal.interop.reading_flaws import ReadingFlaw
from cmappraisal.interop.rejections import (
    ProblemList,
    RejectedError,
    missing,
    quoted,
    rejected,
    step_to,
)
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook

Reader: TypeAlias = Callable[[Any], Any]
"""What reads a value, or raises a RejectedError."""

Trial: TypeAlias = Callable[[Any], tuple[Any, ProblemList | None]]
"""What reads a value that has parts, or says what is wrong: an error for each value that holds
another would take longer than all else where a document is bad."""

_ABSENT = object()
"""What stands for a field that an object does not have."""

# Those that a call of decode was given: an argument, though what reads a value takes none.
known_rulebooks: ContextVar[tuple[Rulebook, ...]] = ContextVar("known_rulebooks", default=())
"""The rulebooks that a result may refer to."""


# Reading collections and unions.


@cache
def reader_of(kind: Any) -> Reader:
    """What reads the values of a type, which is looked into once for all of them."""
    if kind in _READERS:
        return _READERS[kind]
    if is_choice(kind):
        return lambda value: read_choice(value, kind)
    if is_union(kind):
        return _union_reader(kind)
    collection = get_origin(kind)
    if collection is None:
        return whole_reader(kind)
    return (_elements_reader if collection in (tuple, frozenset) else _mapping_reader)(kind)


def _elements_reader(kind: Any) -> Reader:
    gather, element = get_origin(kind), element_of(kind)
    # A trial does not know of None.
    attempt = None if _may_be_none(element) else _trial_of(element)
    try_element = attempt or _tried(reader_of(element))
    most = BOUNDS.get(element, MAXIMUM_ELEMENTS)

    def read(value: Any) -> Any:
        if not isinstance(value, (list, tuple)):
            raise rejected(value, "a list")
        if len(value) > most:
            flaw = ReadingFlaw.TOO_MANY_ELEMENTS
            raise RejectedError([flaw.problem("$", len(value), most)])
        listed = None
        elements = []
        for index, each in enumerate(value):
            made, found = try_element(each)
            if found is None:
                elements.append(made)
                continue
            listed = (listed or ProblemList()).take(found, f"[{index}]")
            if listed.is_full:
                break
        if listed is not None:
            raise listed.rejection()
        return gather(elements)

    return read


def _mapping_reader(kind: Any) -> Reader:
    key, element = get_args(kind)
    read_key, read_element = reader_of(key), reader_of(element)
    read_ids = reader_of(tuple[str, ...])

    def read(value: Any) -> Any:
        if key is str and isinstance(value, (list, tuple)):
            # Ids alone, as whoever writes TOML by hand gives them, which has no null.
            return read_ids(value)
        if not isinstance(value, dict):
            raise rejected(value, "an object, or a list" if key is str else "an object")
        listed = None
        elements = {}
        for name, each in value.items():
            try:
                elements[read_key(name)] = read_element(each)
            except RejectedError as error:
                listed = (listed or ProblemList()).take(error, step_to(name))
                if listed.is_full:
                    break
        if listed is not None:
            raise listed.rejection()
        return elements

    return read


def _may_be_none(kind: Any) -> bool:
    return is_union(kind) and NoneType in get_args(kind)


def _union_reader(union: Any) -> Reader:
    read = _reader_of_what_is_there(union)
    if not _may_be_none(union):
        return read
    return lambda value: None if value is None else read(value)


def _reader_of_what_is_there(kind: Any) -> Reader:
    """What reads the values of a type but for None, which is looked for before."""
    attempt = _trial_of(kind)
    if attempt is not None:
        return _raising(attempt)
    if not is_union(kind):
        return reader_of(kind)
    with_parts, leaves = alternatives_of(kind)
    if with_parts and leaves:
        return _whole_or_leaf_reader(with_parts[0], leaves[0])
    return reader_of((with_parts or leaves)[0])


def _trial_of(kind: Any) -> Trial | None:
    """What reads the values of a type but for None, where they have parts; None where not."""
    with_parts, leaves = alternatives_of(kind) if is_union(kind) else ((kind,), ())
    if len(with_parts) > 1:
        return _tagged_trial(with_parts)
    is_whole = not leaves and all(attrs.has(each) and each not in _READERS for each in with_parts)
    return _whole_trial(*with_parts) if is_whole else None


def _raising(attempt: Trial) -> Reader:
    """What reads a value as a trial does, and raises what is wrong."""

    def read(value: Any) -> Any:
        made, listed = attempt(value)
        if listed is not None:
            raise listed.rejection()
        return made

    return read


def _tried(read: Reader) -> Trial:
    """What reads a value as a reader does, and says what is wrong."""

    def attempt(value: Any) -> tuple[Any, ProblemList | None]:
        try:
            return read(value), None
        except RejectedError as error:
            return None, ProblemList().take(error)

    return attempt


def _whole_or_leaf_reader(whole: type, leaf: Any) -> Reader:
    read_whole, read_leaf = reader_of(whole), reader_of(leaf)
    return lambda value: (read_whole if isinstance(value, dict) else read_leaf)(value)


def _tagged_trial(kinds: Iterable[type]) -> Trial:
    by_tag = {
        KINDS[kind]: _tried(_READERS[kind]) if kind in _READERS else _fields_trial(kind)
        for kind in kinds
    }

    def attempt(value: Any) -> tuple[Any, ProblemList | None]:
        if not isinstance(value, dict):
            return _nothing(rejected(value, f"an object of kind {quoted(by_tag)}"))
        tag = value.get("kind")
        if not isinstance(tag, str) or tag not in by_tag:
            return _nothing(_wrong_kind(tag, by_tag))
        return by_tag[tag](value)

    return attempt


def _nothing(error: RejectedError) -> tuple[None, ProblemList]:
    return None, ProblemList().take(error)


def _wrong_kind(tag: Any, allowed: Iterable[str]) -> RejectedError:
    if tag is None:
        return RejectedError([missing("kind", quoted(allowed))])
    return rejected(tag, quoted(allowed), "$.kind")


# Reading values that have parts.


@frozen
class _Plan:
    """How the values of a type that has parts are read.

    It is made when the first value is read, since a type may hold itself.
    """

    tag: str | None
    """What they say in ``kind``; None where no other type could stand in their place."""
    readers: tuple[tuple[str, Reader, Trial | None, bool, bool], ...]
    """The name of each part, what reads it where it is not None, what does where it has parts,
    whether it is needed, and whether it may be None."""


@cache
def _plan_of(kind: type) -> _Plan:
    readers = (
        (
            each.name,
            _reader_of_what_is_there(each.kind),
            _trial_of(each.kind),
            each.is_needed,
            _may_be_none(each.kind),
        )
        for each in members_of(kind)
    )
    return _Plan(KINDS.get(kind), tuple(readers))


def whole_reader(kind: type) -> Reader:
    """What reads the values of a type that has parts, from the fields of an object."""
    return _raising(_whole_trial(kind))


@cache
def _whole_trial(kind: type) -> Trial:
    tag, try_fields = KINDS.get(kind), _fields_trial(kind)

    def attempt(value: Any) -> tuple[Any, ProblemList | None]:
        if not isinstance(value, dict):
            return _nothing(rejected(value, f"an object with the fields of {kind.__name__}"))
        if tag is not None and value.get("kind") != tag:
            return _nothing(_wrong_kind(value.get("kind"), [tag]))
        return try_fields(value)

    return attempt


def _fields_trial(kind: type) -> Trial:
    """What reads the values of a type from objects of its kind."""

    def attempt(fields: dict[str, Any]) -> tuple[Any, ProblemList | None]:
        given, listed = _members_read(fields, _plan_of(kind))
        if listed is None:
            return _made(kind, given)
        if not listed.is_full:
            # It cannot be made, so its fields are checked one by one.
            _check(kind, given, listed)
        return None, listed

    return attempt


def _made(kind: type, given: Mapping[str, Any]) -> tuple[Any, ProblemList | None]:
    """A value from its parts, each of which is as its type says, or what is wrong."""
    try:
        whole = kind(**given)
    except AppraisalError as error:
        return None, ProblemList().take(placed(error, given))
    listed = None
    for problem in disagreements_of(whole):
        listed = (listed or ProblemList()).add(problem)
        if listed.is_full:
            break
    return whole, listed


def _members_read(
    fields: Mapping[str, Any], plan: _Plan
) -> tuple[dict[str, Any], ProblemList | None]:
    """The parts of a value by name, and what is wrong with the fields, where anything is."""
    listed = None
    given: dict[str, Any] = {}
    failed = 0
    for name, read, attempt, is_needed, may_be_none in plan.readers:
        value = fields.get(name, _ABSENT)
        if value is None and may_be_none:
            given[name] = None
        elif value is _ABSENT:
            if is_needed:
                listed = (listed or ProblemList()).add(missing(name))
        elif attempt is None:
            try:
                given[name] = read(value)
            except RejectedError as error:
                failed += 1
                listed = (listed or ProblemList()).take(error, f".{name}")
        else:
            made, found = attempt(value)
            if found is None:
                given[name] = made
            else:
                failed += 1
                listed = (listed or ProblemList()).take(found, f".{name}")
    if len(given) + failed + (plan.tag is not None) < len(fields):
        listed = listed or ProblemList()
        _note_unknown(fields, plan, listed)
    return given, listed


def _note_unknown(fields: Mapping[str, Any], plan: _Plan, listed: ProblemList) -> None:
    """Take the fields of an object that its type does not have."""
    known = [name for name, *_ in plan.readers]
    allowed = ", ".join(known) or NONE
    known += ["kind"] * (plan.tag is not None)
    unknown = [name for name in fields if name not in known]
    for place, name in enumerate(unknown):
        if listed.is_full:
            listed.more += len(unknown) - place
            return
        listed.add(ReadingFlaw.UNKNOWN_FIELD.problem(f"${step_to(name)}", allowed, ""))


@cache
def _checks_of(kind: type) -> tuple[tuple[str, Any, Any, Any], ...]:
    """The name of each part that is checked by itself, its attribute, converter and validator."""
    return tuple(
        (each.name, each.attribute, each.attribute.converter, each.attribute.validator)
        for each in members_of(kind)
        if each.attribute is not None and each.attribute.validator is not None
    )


def _check(kind: type, given: Mapping[str, Any], listed: ProblemList) -> None:
    """Take what fields themselves say against their values, where the whole cannot be made."""
    instance: Any = object.__new__(kind)
    for name, attribute, convert, validate in _checks_of(kind):
        if name not in given:
            continue
        value = given[name] if convert is None else convert(given[name])
        try:
            validate(instance, attribute, value)
        except FieldError as error:
            listed.take(error)
        except AttributeError:
            # It compares the value with another field, and there is none.
            continue


def _read_answers(value: Any) -> dict[str, Any]:
    """Answers to fields of the policy, by their names."""
    if not isinstance(value, dict):
        raise rejected(value, "an object with fields of Policy")
    given, listed = _members_read(value, _plan_of(Policy))
    if listed is not None:
        raise listed.rejection()
    return {name: given[name] for name in value}


def _read_reference(value: Any) -> Rulebook:
    """The rulebook that a result refers to, out of those that are known."""
    reference = whole_reader(RulebookReference)(value)
    known = known_rulebooks.get()
    named = [each for each in known if (each.id, each.edition) == (reference.id, reference.edition)]
    for rulebook in named:
        if rulebook.digest == reference.digest:
            return rulebook
    if named:
        values = reference.digest, reference, named[0].digest
        raise RejectedError([ReadingFlaw.OTHER_DIGEST.problem("$.digest", *values)])
    others = quoted(dict.fromkeys(map(str, known)))
    raise RejectedError([ReadingFlaw.UNKNOWN_RULEBOOK.problem("$", reference, others)])


_READERS: Mapping[Any, Reader] = MappingProxyType(
    {**READERS, Answers: _read_answers, Rulebook: _read_reference}
)
