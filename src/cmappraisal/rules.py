"""Rules: what a standard asks and what a breach leads to, in a book without contradictions."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, TypeAlias

import attrs
from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_ids,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    checked,
    choice_of,
    id_tuple,
    identifier,
    identifiers,
    instance_of,
    int_between,
    member_of,
    optional_identifier,
    tuple_of,
)
from cmappraisal.points import MAXIMUM_POINTS, as_points, points_between
from cmappraisal.policy import Policy
from cmappraisal.texts import Text


def _as_rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
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


def _as_unit(value: Unit | str) -> Unit:
    """The member from the member itself or from its value."""
    return member_of(Unit, value)


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
    unit: Unit = field(converter=_as_unit, validator=choice_of(Unit))
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
        FieldError: ``to`` is not a non-empty list of ids, each there once.

    >>> Referral(to=["3.1a", "3.1b"])
    Referral(to=('3.1a', '3.1b'))
    """

    to: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("rule ids", empty=False), kw_only=True
    )


Penalty: TypeAlias = Deduction | Revocation | Referral
"""What a breach of a rule leads to."""


@frozen
class Citation:
    """The place of a rule in the standard.

    Args:
        chapter: The chapter's number, from 1.
        clause: The clause's number within the chapter, from 1.
        limb: The limb of a clause that states several penalties, such as ``"b"``; it begins with no
            digit, so that no two citations read alike.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Citation(3, 2, limb="b"))
    3.2b
    """

    chapter: int = field(validator=_ordinal)
    clause: int = field(validator=_ordinal)
    limb: str | None = field(
        default=None,
        converter=as_optional_text,
        validator=[
            optional_identifier,
            checked(
                lambda limb: limb is None or not limb[:1].isdecimal(),
                'None, or an id that begins with no digit, such as "b"',
            ),
        ],
        kw_only=True,
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
        citation: Its place in the standard.
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
class Silence:
    """Something that a standard leaves open.

    Args:
        text: What the standard says, or does not, such as "says heavier, not how much"; it goes on
            from "the standard".
        field: The name of the field of :class:`~cmappraisal.Policy` that decides it; None for a gap
            that the policy does not decide.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Silence(
    ...     Text("未設下限", "未设下限", en="has no lower end"), field="floor"
    ... ).field
    'floor'
    """

    text: Text = attrs.field(validator=_text)
    field: str | None = attrs.field(
        default=None,
        converter=as_optional_text,
        validator=checked(
            lambda name: name is None or name in attrs.fields_dict(Policy),
            f"None, or a field of Policy: {', '.join(attrs.fields_dict(Policy))}",
        ),
        kw_only=True,
    )


@frozen
class Provision:
    """A field of a rule, which a step of an appraisal read.

    Args:
        rule: The id of the rule read.
        field: The name of the field of :class:`Rule` read, one of ``Provision.FIELDS``.
        edition: The edition of the standard.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(Provision("3.18", "residual", edition="1.0"))
    3.18 residual
    """

    FIELDS: ClassVar = tuple(
        name for name in attrs.fields_dict(Rule) if name not in ("id", "text", "citation")
    )
    """The names of the fields of :class:`Rule` that a step can read."""

    rule: str = attrs.field(converter=as_text, validator=identifier)
    field: str = attrs.field(
        validator=checked(
            lambda name: name in Provision.FIELDS, f"a field of Rule: {', '.join(FIELDS)}"
        )
    )
    edition: str = attrs.field(converter=as_text, validator=identifier, kw_only=True)

    def __str__(self) -> str:
        return f"{self.rule} {self.field}"
