"""Rules: what a standard asks and what a breach costs, in a book that cannot contradict itself."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice
from typing import ClassVar, TypeAlias

import attrs
from attrs import field, frozen

from cmappraisal.errors import MAXIMUM_PROBLEMS, RulebookError, UnknownRuleError
from cmappraisal.fields import (
    as_ids,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    checked,
    did_you_mean,
    identifier,
    identifiers,
    instance_of,
    int_between,
    is_identifier,
    is_identifier_set,
    optional_identifier,
    repeated,
    require,
    shown_id,
    tuple_of,
)
from cmappraisal.points import MAXIMUM_POINTS, as_points, points_between
from cmappraisal.texts import Text


def _as_rule_ids(value: Iterable[str]) -> tuple[str, ...]:
    ids = as_tuple(value)
    return tuple(map(as_text, ids)) if isinstance(ids, tuple) else ids


def _as_rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
    return as_tuple(value)


def _as_circumstances(value: Iterable[Circumstance]) -> tuple[Circumstance, ...]:
    return as_tuple(value)


def _as_parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return as_tuple(value)


_text = instance_of(Text, allowed="a Text in three languages")
MAXIMUM_ORDINAL = 9_999
"""The highest number of a part or a clause: more than any standard has, and short to write."""

_ordinal = int_between(1, MAXIMUM_ORDINAL)


@frozen
class Circumstance:
    """A fact about a violation that a rule can ask for, such as risk to the bank.

    Args:
        id: The name by which rules and violations refer to it.
        text: The wording.
        implies: Ids of the circumstances that hold wherever this one does.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> severe = Circumstance(
    ...     "severe-effect",
    ...     Text("惡劣影響", "恶劣影响", en="severe effect"),
    ...     implies={"adverse-effect"},
    ... )
    >>> severe.implies
    frozenset({'adverse-effect'})
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=_text)
    implies: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("circumstance ids"),
        kw_only=True,
    )


class Unit(enum.Enum):
    """What the points of a deduction are counted by.

    >>> Unit("customer") is Unit.CUSTOMER
    True
    """

    OCCURRENCE = "occurrence"
    """Each time it happens (每次)."""
    CUSTOMER = "customer"
    """Each customer concerned (每戶)."""
    UNSTATED = "unstated"
    """The standard says no unit; ``Policy.unstated_unit`` does."""


_unit = instance_of(Unit, allowed="Unit.OCCURRENCE, Unit.CUSTOMER or Unit.UNSTATED")


@frozen
class Deduction:
    """A penalty of points.

    Args:
        points: Points for one unit, above 0.
        unit: What a unit is.
        discretionary: Whether the standard lets an assessor set the amount, up to ``points``
            for each unit.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Deduction("2.5", Unit.OCCURRENCE)
    Deduction(points=Decimal('2.5'), unit=<Unit.OCCURRENCE: 'occurrence'>, discretionary=False)
    """

    points: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS, above=True)
    )
    unit: Unit = field(validator=_unit)
    discretionary: bool = field(default=False, validator=boolean, kw_only=True)


@frozen
class Revocation:
    """A penalty of no points: the qualification as a relationship manager is revoked outright.

    >>> Revocation()
    Revocation()
    """


@frozen
class Referral:
    """A penalty of another rule: the violation names which, within a range.

    Args:
        to: Ids of the rules that a violation may name, in the order of the standard.

    Raises:
        FieldError: ``to`` is not a non-empty list of ids.

    >>> Referral(to=["3.1a", "3.1b"])
    Referral(to=('3.1a', '3.1b'))
    """

    to: tuple[str, ...] = field(
        converter=_as_rule_ids,
        validator=checked(
            lambda value: (
                isinstance(value, tuple) and bool(value) and all(map(is_identifier, value))
            ),
            "a non-empty list of rule ids",
        ),
        kw_only=True,
    )


Penalty: TypeAlias = Deduction | Revocation | Referral
"""What a rule costs."""


@frozen
class Citation:
    """Where in the standard a rule stands.

    Args:
        chapter: The chapter's number, from 1.
        clause: The clause's number within the chapter, from 1.
        limb: The limb of a clause that states several penalties, such as ``"b"``.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Citation(3, 2, limb="b"))
    3.2b
    """

    chapter: int = field(validator=_ordinal)
    clause: int = field(validator=_ordinal)
    limb: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    def __str__(self) -> str:
        return f"{self.chapter}.{self.clause}{self.limb or ''}"


@frozen
class Rule:
    """One penalty of a standard.

    Args:
        id: The name by which violations refer to it, such as ``"3.2b"``.
        text: The wording.
        penalty: A :class:`Deduction`, a :class:`Revocation` or a :class:`Referral`.
        citation: Where it stands in the standard.
        aggravated_by: Ids of the circumstances that make the deduction heavier.
        revoked_by: Ids of the circumstances that revoke the qualification.
        displaces: Ids of the more general rules that give way to this one in one incident.
        residual: Whether it applies only where no other rule of its part was recorded
            for the same incident.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> rule = Rule(
    ...     "1.2",
    ...     Text("怠慢客戶", "怠慢客户", en="Neglecting a customer"),
    ...     penalty=Deduction(10, Unit.OCCURRENCE),
    ...     citation=Citation(1, 2),
    ...     revoked_by=["egregious"],
    ... )
    >>> rule.revoked_by
    frozenset({'egregious'})
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=_text)
    penalty: Penalty = field(
        validator=instance_of(
            Deduction, Revocation, Referral, allowed="a Deduction, a Revocation or a Referral"
        ),
        kw_only=True,
    )
    citation: Citation = field(validator=instance_of(Citation, allowed="a Citation"), kw_only=True)
    aggravated_by: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("circumstance ids"),
        kw_only=True,
    )
    revoked_by: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("circumstance ids"),
        kw_only=True,
    )
    displaces: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("rule ids"),
        kw_only=True,
    )
    residual: bool = field(default=False, validator=boolean, kw_only=True)


@frozen
class Part:
    """A part of a standard.

    Args:
        number: Its number, from 1.
        text: Its heading.
        rules: Its rules, in the order of the standard.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> [len(part.rules) for part in ERROR_POINTS.parts]
    [9, 4, 25, 4]
    """

    number: int = field(validator=_ordinal)
    text: Text = field(validator=_text)
    rules: tuple[Rule, ...] = field(
        converter=_as_rules, validator=tuple_of(Rule, "a list of Rule"), kw_only=True
    )


@frozen
class Rulebook(Mapping[str, Rule]):
    """A standard: parts of rules, and the circumstances that the rules ask for.

    It is a read-only mapping from rule id to :class:`Rule`, in the order of the standard.

    Args:
        id: The name of the standard.
        edition: Which edition of it.
        text: Its title.
        circumstances: Every circumstance that a rule or a violation may name.
        parts: Its parts, in order.

    Raises:
        FieldError: A field has a value that it does not allow.
        RulebookError: The rules contradict one another; the message names the rule and the remedy.

    >>> from cmappraisal import ERROR_POINTS
    >>> len(ERROR_POINTS)
    42
    >>> ERROR_POINTS["3.2b"].penalty.points
    Decimal('10')
    >>> ERROR_POINTS["3.99"]
    Traceback (most recent call last):
    cmappraisal.errors.UnknownRuleError: rule "3.99" is not in rulebook "error-points 1.0"; did \
you mean "3.9"?
    """

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=_text, kw_only=True)
    circumstances: tuple[Circumstance, ...] = field(
        default=(),
        converter=_as_circumstances,
        validator=tuple_of(Circumstance, "a list of Circumstance"),
        kw_only=True,
    )
    parts: tuple[Part, ...] = field(
        converter=_as_parts,
        validator=tuple_of(Part, "a list of Part"),
        kw_only=True,
    )
    _part_by_rule: dict[str, Part] = field(init=False, repr=False, eq=False)
    _rules: dict[str, Rule] = field(init=False, repr=False, eq=False)
    _implied: dict[str, frozenset[str]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check(self)
        placed = [(rule, part) for part in self.parts for rule in part.rules]
        implies = {circumstance.id: circumstance.implies for circumstance in self.circumstances}
        by_rule = {rule.id: part for rule, part in placed}
        object.__setattr__(self, "_rules", {rule.id: rule for rule, _ in placed})
        object.__setattr__(self, "_part_by_rule", by_rule)
        object.__setattr__(self, "_implied", {id: _reached(id, implies) for id in implies})

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    def __getitem__(self, rule_id: str) -> Rule:
        return self._rules[self._known(rule_id)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return isinstance(rule_id, str) and as_text(rule_id) in self._rules

    def part_of(self, rule_id: str) -> Part:
        """The part that a rule stands in.

        Args:
            rule_id: The rule's id.

        Raises:
            UnknownRuleError: The rulebook has no such rule.

        >>> from cmappraisal import ERROR_POINTS
        >>> ERROR_POINTS.part_of("4.1b").number
        4
        """
        return self._part_by_rule[self._known(rule_id)]

    def implied_by(self, circumstance_ids: Iterable[str]) -> frozenset[str]:
        """The circumstances given, with all that they imply.

        Args:
            circumstance_ids: Ids of circumstances that the rulebook declares.

        Raises:
            FieldError: ``circumstance_ids`` is no set or list of ids.
            RulebookError: The rulebook declares no such circumstance.

        >>> from cmappraisal import ERROR_POINTS
        >>> sorted(ERROR_POINTS.implied_by({"severe-effect"}))
        ['adverse-effect', 'severe-effect']
        """
        given = as_ids(circumstance_ids)
        fits = is_identifier_set(given)
        require("implied_by", "circumstance_ids", given, fits, "a set or list of circumstance ids")
        for id in sorted(given):
            if id not in self._implied:
                raise RulebookError(
                    f'circumstance "{id}" is not in rulebook "{self}"'
                    f"{did_you_mean(id, self._implied)}"
                )
        return frozenset().union(*(self._implied[id] for id in given))

    def _known(self, rule_id: str) -> str:
        rule_id = as_text(rule_id)
        if rule_id in self:
            return rule_id
        given = shown_id(rule_id)
        raise UnknownRuleError(
            f'rule "{given}" is not in rulebook "{self}"{did_you_mean(given, self._rules)}'
        )


@frozen
class Provision:
    """What a step of an appraisal read from the standard.

    Args:
        rule: The id of the rule read.
        field: The name of the field of :class:`Rule` read.
        value: The value read.
        citation: Where the rule stands in the standard.
        rulebook: The id of the standard.
        edition: The edition of the standard.

    >>> from cmappraisal import ERROR_POINTS
    >>> provision = Provision.of(ERROR_POINTS, "3.18", "residual")
    >>> provision.value, str(provision.citation), provision.edition
    (True, '3.18', '1.0')
    """

    FIELDS: ClassVar = ("penalty", "aggravated_by", "revoked_by", "displaces", "residual")
    """The names of the fields of :class:`Rule` that a step can read."""

    rule: str = attrs.field(converter=as_text, validator=identifier)
    field: str
    value: Penalty | frozenset[str] | bool = attrs.field(kw_only=True)
    citation: Citation = attrs.field(kw_only=True)
    rulebook: str = attrs.field(converter=as_text, validator=identifier, kw_only=True)
    edition: str = attrs.field(converter=as_text, validator=identifier, kw_only=True)

    @classmethod
    def of(cls, rulebook: Rulebook, rule_id: str, name: str) -> Provision:
        """The provision that a field of a rule is.

        Args:
            rulebook: The standard.
            rule_id: The rule's id.
            name: The name of the field, one of ``Provision.FIELDS``.

        Raises:
            FieldError: No step reads such a field.
            UnknownRuleError: The rulebook has no such rule.
        """
        fits = isinstance(rulebook, Rulebook)
        require("Provision.of", "rulebook", rulebook, fits, "a Rulebook")
        require("Provision.of", "name", name, name in cls.FIELDS, ", ".join(cls.FIELDS))
        rule = rulebook[rule_id]
        return cls(
            rule.id,
            name,
            value=getattr(rule, name),
            citation=rule.citation,
            rulebook=rulebook.id,
            edition=rulebook.edition,
        )


def _reached(start: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    reached = {start}
    ahead = [start]
    while ahead:
        found = set(edges[ahead.pop()]) - reached
        reached |= found
        ahead.extend(found)
    return frozenset(reached)


def _check(rulebook: Rulebook) -> None:
    # Each kind presumes that those before it are mended.
    for kind in (_contents, _faults, _circles):
        contradictions = tuple(islice(kind(rulebook), MAXIMUM_PROBLEMS))
        if contradictions:
            told = "".join(f"\n- {each}" for each in contradictions[1:])
            raise RulebookError(f'rulebook "{rulebook}": {contradictions[0]}{told}', contradictions)


def _contents(rulebook: Rulebook) -> Iterator[str]:
    parts = rulebook.parts
    if not parts:
        yield "there is no part; give at least one, with its rules"
    for number in repeated(part.number for part in parts):
        yield f"part {number} is there twice; number each part once"
    for part in parts:
        if not part.rules:
            yield f"part {part.number} is empty; give it rules, or leave it out"
    for id in repeated(rule.id for part in parts for rule in part.rules):
        yield f'rule "{id}" is there twice; give each rule an id of its own'
    for id in repeated(circumstance.id for circumstance in rulebook.circumstances):
        yield f'circumstance "{id}" is declared twice; declare it once'
    citations = [rule.citation for part in parts for rule in part.rules]
    for citation in repeated(citations):
        yield f"two rules cite {citation}; give each penalty of a clause a limb of its own"
    whole = {(each.chapter, each.clause) for each in citations if each.limb is None}
    for citation in citations:
        if citation.limb is not None and (citation.chapter, citation.clause) in whole:
            yield (
                f"{citation} is a limb of a clause that another rule cites whole; give that one "
                "a limb too"
            )


def _faults(rulebook: Rulebook) -> Iterator[str]:
    declared = {circumstance.id: circumstance.implies for circumstance in rulebook.circumstances}
    for circumstance in rulebook.circumstances:
        for id in sorted(circumstance.implies - declared.keys()):
            yield (
                f'circumstance "{circumstance.id}" implies "{id}", which is not declared; '
                "declare it among the circumstances"
            )
    by_id = {rule.id: rule for part in rulebook.parts for rule in part.rules}
    for part in rulebook.parts:
        for rule in part.rules:
            faults = chain(
                _faults_of_place(rule, part),
                _faults_of_triggers(rule, declared),
                _faults_of_ties(rule, by_id),
            )
            yield from (f'rule "{rule.id}" {fault}' for fault in faults)


def _circles(rulebook: Rulebook) -> Iterator[str]:
    implies = {circumstance.id: circumstance.implies for circumstance in rulebook.circumstances}
    if circle := _circle(implies):
        yield f"circumstances imply one another in a circle: {circle}; break it at one of them"
    if circle := _circle(_gives_way_to(rulebook)):
        yield (
            f"rules give way to one another in a circle: {circle}; an incident under all of them "
            "would cost nothing, so let one of them stand"
        )


def _faults_of_place(rule: Rule, part: Part) -> Iterator[str]:
    if rule.citation.chapter != part.number:
        yield (
            f"stands in part {part.number} but cites part {rule.citation.chapter}; make them agree"
        )
    for kind, names in _WITHOUT_EFFECT.items():
        for name in names:
            if isinstance(rule.penalty, kind) and getattr(rule, name):
                yield f"has {name}, without effect on a {kind.__name__}; leave it out"


def _faults_of_triggers(rule: Rule, declared: Mapping[str, object]) -> Iterator[str]:
    for name in ("aggravated_by", "revoked_by"):
        for id in sorted(getattr(rule, name) - declared.keys()):
            yield (
                f'is {name.replace("_", " ")} "{id}", which is not declared; declare it among the '
                f"circumstances{did_you_mean(id, declared)}"
            )


def _faults_of_ties(rule: Rule, by_id: Mapping[str, Rule]) -> Iterator[str]:
    to = rule.penalty.to if isinstance(rule.penalty, Referral) else ()
    for id in repeated(to):
        yield f'refers to "{id}" twice; name it once'
    for verb, ids in (("displaces", sorted(rule.displaces)), ("refers to", to)):
        for id in ids:
            if id not in by_id:
                yield (
                    f'{verb} "{id}", which is not there; name a rule of this rulebook'
                    f"{did_you_mean(id, by_id)}"
                )
            elif isinstance(by_id[id].penalty, Referral):
                yield f'{verb} "{id}", which only refers; name the rules that it refers to'


_WITHOUT_EFFECT: Mapping[type, tuple[str, ...]] = {
    Revocation: ("aggravated_by", "revoked_by"),
    Referral: ("aggravated_by", "revoked_by", "displaces", "residual"),
}


def _gives_way_to(rulebook: Rulebook) -> dict[str, set[str]]:
    yielding: dict[str, set[str]] = {
        rule.id: set() for part in rulebook.parts for rule in part.rules
    }
    for part in rulebook.parts:
        for rule in part.rules:
            for id in rule.displaces:
                yielding[id].add(rule.id)
            if rule.residual:
                yielding[rule.id].update(other.id for other in part.rules if other != rule)
    return yielding


def _circle(edges: Mapping[str, Iterable[str]]) -> str:
    ordered = {start: sorted(edges[start]) for start in sorted(edges)}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        return " - ".join(f'"{id}"' for id in error.args[1])
    return ""
