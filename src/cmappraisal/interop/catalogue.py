"""The catalogue: which public types hold data, and what each of them is made of.

Nothing is listed here that the types say themselves. A type that a public namespace exports, or
that one of those holds, can be encoded, described and drawn by what its fields say; so a field or a
type that is added needs no word here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from inspect import Parameter, signature
from itertools import chain
from types import MappingProxyType, NoneType, UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import field, frozen

import cmappraisal
import cmappraisal.accounts
import cmappraisal.comparison
import cmappraisal.evidence
import cmappraisal.merkle
import cmappraisal.procedure
import cmappraisal.standards
import cmappraisal.training
from cmappraisal.accounts import PointsAccount
from cmappraisal.calendars import MAXIMUM_DATES
from cmappraisal.canonical import kind_name
from cmappraisal.clauses import Clause
from cmappraisal.coherence import MAXIMUM_CIRCUMSTANCES, MAXIMUM_RULES
from cmappraisal.consequences import Consequence
from cmappraisal.evidence import Evidence, PeopleTree
from cmappraisal.fields import as_text, checked, identifier
from cmappraisal.grades import MAXIMUM_GRADES, Grade
from cmappraisal.ledger import Ledger
from cmappraisal.merkle import MerkleTree
from cmappraisal.policy import Assumption, Policy
from cmappraisal.provisions import Provision
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Circumstance, Part, Rule
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.silences import Silence
from cmappraisal.standards.editions import MAXIMUM_EDITIONS, Edition
from cmappraisal.thresholds import MAXIMUM_THRESHOLDS, MAXIMUM_TIMES, FromTime, Threshold
from cmappraisal.training.compliance import Compliance
from cmappraisal.training.courses import Curriculum
from cmappraisal.training.plans import TrainingPlan
from cmappraisal.training.schedules import Schedule

NAMESPACES = (
    cmappraisal,
    cmappraisal.standards,
    cmappraisal.accounts,
    cmappraisal.comparison,
    cmappraisal.evidence,
    cmappraisal.merkle,
    cmappraisal.procedure,
    cmappraisal.training,
)
"""The packages whose exported names are public."""

NOT_DATA: frozenset[type] = frozenset({MerkleTree})
"""Exported types that are no data: what a tree holds is made from the entries of a ledger."""

MAXIMUM_ELEMENTS = 1_000_000
"""The most elements of a list in a document, where its type has no bound of its own: more than any
bank has of entries, sessions or people."""

BOUNDS: Mapping[Any, int] = MappingProxyType(
    {
        Part: MAXIMUM_RULES,
        Rule: MAXIMUM_RULES,
        Circumstance: MAXIMUM_CIRCUMSTANCES,
        Silence: MAXIMUM_CIRCUMSTANCES,
        Clause: MAXIMUM_RULES,
        Consequence: MAXIMUM_CIRCUMSTANCES,
        Edition: MAXIMUM_EDITIONS,
        Grade: MAXIMUM_GRADES,
        Threshold: MAXIMUM_THRESHOLDS,
        FromTime: MAXIMUM_TIMES,
        date: MAXIMUM_DATES,
    }
)
"""The most elements of one type in a list: as many as the values themselves take, so that a list
that is too long is rejected before the first element is looked at."""

DIGEST_PATTERN = "[0-9a-f]{64}"


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef")


@frozen
class RulebookReference:
    """A rulebook by its name and its digest, as a result refers to it.

    Args:
        id: The name of the standard.
        edition: Which edition of it.
        digest: What tells it from any other of that name, 64 hexadecimal digits.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> print(RulebookReference.of(ERROR_POINTS))
    error-points 1.0
    """

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    digest: str = field(
        converter=as_text,
        validator=checked(_is_digest, "64 hexadecimal digits in lower case"),
    )

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    @classmethod
    def of(cls, rulebook: Rulebook) -> RulebookReference:
        """The reference to a rulebook.

        Args:
            rulebook: The rulebook.
        """
        return cls(rulebook.id, rulebook.edition, rulebook.digest)


REFERENCES: Mapping[type, type] = MappingProxyType({Rulebook: RulebookReference})
"""The types that a document of another value refers to and does not copy, with what stands there
for them."""


@frozen(eq=False)
class Member:
    """One of the parts that a value is made of, as its constructor takes it.

    Args:
        name: Its name as an argument and as an attribute.
        kind: Its type.
        default: What it is where nothing is given; ``attrs.NOTHING`` where it has to be.
        attribute: The field of attrs; None of a type whose constructor is written by hand.
        positional: Whether it can be given without its name.
    """

    name: str
    kind: Any
    default: Any
    attribute: attrs.Attribute[Any] | None = None
    positional: bool = True

    @property
    def is_needed(self) -> bool:
        """Whether a document has to have it."""
        return self.default is attrs.NOTHING


@cache
def members_of(kind: type) -> tuple[Member, ...]:
    """What the values of a type are made of, in their order.

    Args:
        kind: A type of attrs.

    >>> from cmappraisal import Period
    >>> [member.name for member in members_of(Period)]
    ['first', 'last']
    """
    # attrs puts its own constructor there where the class has written one.
    if hasattr(kind, "__attrs_init__"):
        return tuple(_parameters_of(kind))
    hints = get_type_hints(kind)
    return tuple(
        Member(each.alias, hints[each.name], each.default, each, not each.kw_only)
        for each in attrs.fields(kind)
        if each.init
    )


def _parameters_of(kind: type) -> Iterator[Member]:
    """The arguments of a constructor that takes lists from any iterable.

    A document has all of them: what is no ledger at all must not pass for an empty one.
    """
    hints = get_type_hints(kind.__init__)  # type: ignore[misc]
    _, *parameters = signature(kind.__init__).parameters.values()  # type: ignore[misc]
    for parameter in parameters:
        hint = hints[parameter.name]
        if get_origin(hint) is get_origin(Iterable[Any]):
            hint = tuple[get_args(hint)[0], ...]  # type: ignore[misc]
        positional = parameter.kind is not Parameter.KEYWORD_ONLY
        yield Member(parameter.name, hint, attrs.NOTHING, positional=positional)


def is_union(kind: Any) -> bool:
    """Whether a type is a union, such as ``str | None``."""
    return get_origin(kind) in (Union, UnionType)


def members_of_union(kind: Any) -> tuple[Any, ...]:
    """The types of a union, without None."""
    return tuple(member for member in get_args(kind) if member is not NoneType)


def element_of(kind: Any) -> Any:
    """The type of the elements of a tuple or a set."""
    return get_args(kind)[0]


def _within(kind: Any) -> Iterator[Any]:
    """A type and all the types that its annotation names."""
    yield kind
    for inner in get_args(kind):
        if inner is not Ellipsis:
            yield from _within(inner)


def _exported() -> Iterator[Any]:
    for namespace in NAMESPACES:
        for name in namespace.__all__:
            yield getattr(namespace, name)


def _is_data(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind) and kind not in NOT_DATA


def _annotations() -> Iterator[Any]:
    """The types of all the parts of all the values there are, and the unions that are exported."""
    yield from (each for each in _exported() if is_union(each))
    for kind in TYPES:
        yield from (member.kind for member in members_of(kind))


def _reached(kinds: Iterable[type]) -> dict[type, None]:
    """Types, and all that their values hold, each once."""
    reached: dict[type, None] = {}
    ahead = list(kinds)[::-1]
    while ahead:
        kind = ahead.pop()
        if kind not in reached:
            reached[kind] = None
            named = chain.from_iterable(_within(member.kind) for member in members_of(kind))
            ahead += filter(_is_data, named)
    return reached


TYPES: tuple[type, ...] = tuple(_reached(filter(_is_data, _exported())))
"""Every type that can be encoded, decoded, described and drawn."""


def alternatives_of(union: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The types of a union without None: those with parts of their own, and the others.

    Args:
        union: The union.
    """
    members = members_of_union(union)
    with_parts = tuple(filter(_is_data, members))
    return with_parts, tuple(member for member in members if member not in with_parts)


def is_tagged(kind: Any) -> bool:
    """Whether a type is a union of several types, or None, whose values say which they are."""
    members = members_of_union(kind) if is_union(kind) else ()
    return len(members) > 1 and all(map(_is_data, members))


KINDS: Mapping[type, str] = MappingProxyType(
    {
        member: kind_name(member)
        for annotation in _annotations()
        for union in _within(annotation)
        if is_tagged(union)
        for member in members_of_union(union)
    }
)
"""The types that stand where another could, each with the ``kind`` that tells it apart."""

Document: TypeAlias = (
    Rulebook
    | Policy
    | Ledger
    | Appraisal
    | PointsAccount
    | Evidence
    | PeopleTree
    | Curriculum
    | TrainingPlan
    | Schedule
    | Compliance
)
"""What makes a document of its own."""

_VERSIONS: Mapping[type, int] = MappingProxyType(
    {
        Ledger: 2,
        Appraisal: 3,
        PointsAccount: 1,
        PeopleTree: 1,
        Curriculum: 2,
        TrainingPlan: 2,
        Schedule: 2,
        Compliance: 2,
    }
)

FORMATS: Mapping[type, str] = MappingProxyType(
    {
        # The digest of a value is over its format too, so that of a rulebook is its own to say.
        kind: getattr(kind, "FORMAT", None) or f"cmappraisal/{kind_name(kind)}/{_VERSIONS[kind]}"
        for kind in get_args(Document)
    }
)
"""The types that make a document of their own, each with the name and version of its format."""

NAMES: Mapping[tuple[type, str], tuple[str, ...]] = MappingProxyType(
    {
        (Assumption, "field"): tuple(attrs.fields_dict(Policy)),
        (Silence, "field"): tuple(attrs.fields_dict(Policy)),
        (Provision, "field"): Provision.FIELDS,
    }
)
"""The strings that name a field of another type, with the names of those."""


def names(kinds: Iterable[type]) -> str:
    """The names of types, as errors list them."""
    return ", ".join(kind.__name__ for kind in kinds)
