"""Rules: what a standard asks, and what a breach of it leads to."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.citations import (
    CITATION,
    MAXIMUM_LEVELS,
    Citation,
    as_citation,
    as_optional_citation,
)
from cmappraisal.fields import (
    as_id_tuple,
    as_ids,
    as_optional_text,
    as_text,
    as_tuple,
    beside,
    boolean,
    checked,
    choice_of,
    id_tuple,
    identifier,
    identifiers,
    instance_of,
    is_identifier_set,
    member_of,
    optional_identifier,
    optional_instance_of,
    tuple_of,
)
from cmappraisal.lapses import Lapse, optional_lapse
from cmappraisal.mappings import ReadOnlyMapping, by_id, mapping_of
from cmappraisal.points import MAXIMUM_POINTS, Points, as_points, is_points, points_between
from cmappraisal.repetition import Again
from cmappraisal.responsibilities import (
    Responsibility,
    as_responsibilities,
    responsibilities,
)
from cmappraisal.texts import Text, a_text
from cmappraisal.weights import Heavier, Lighter, is_heavier, is_lighter


def _as_rules(value: Iterable[Rule]) -> tuple[Rule, ...]:
    return as_tuple(value)


def _as_parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return as_tuple(value)


def as_heavier(
    value: Mapping[str, Heavier | None] | Iterable[str],
) -> Mapping[str, Heavier | None]:
    """A read-only mapping from circumstances to what makes deductions heavier."""
    return cast("Mapping[str, Heavier | None]", by_id(value, None))


def as_lighter(
    value: Mapping[str, Lighter | None] | Iterable[str],
) -> Mapping[str, Lighter | None]:
    """A read-only mapping from circumstances to what makes deductions lighter."""
    return cast("Mapping[str, Lighter | None]", by_id(value, None))


def _as_triggers(
    value: Mapping[str, Iterable[str]] | Iterable[str],
) -> Mapping[str, frozenset[str]]:
    triggers = by_id(value, frozenset())
    if isinstance(triggers, ReadOnlyMapping):
        return ReadOnlyMapping((id, as_ids(given)) for id, given in triggers.items())
    return cast("Mapping[str, frozenset[str]]", triggers)


heavier_by = mapping_of(
    is_heavier,
    "a set or list of circumstance ids, or a mapping from them to SetTo, Add, Multiply by at "
    "least 1, Assessed, or None for the policy's",
)
"""A validator of what makes deductions heavier."""

lighter_by = mapping_of(
    is_lighter,
    "a set or list of circumstance ids, or a mapping from them to SetTo, Multiply by at most 1, "
    "Waive, or None for the policy's",
)
"""A validator of what makes deductions lighter."""


@frozen
class Circumstance:
    """A fact about a violation that a rule can ask for, such as risk to the bank.

    Args:
        id: The name by which rules and violations refer to it.
        text: The wording.
        implies: Ids of the circumstances that hold wherever this one does.
        group: The name of a group of which one circumstance at most is recorded, such as who found
            it; None where it excludes no other.

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
    text: Text = field(validator=a_text)
    implies: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("circumstance ids"),
        kw_only=True,
    )
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


def excluding(ids: Collection[str], circumstances: Iterable[Circumstance]) -> dict[str, list[str]]:
    """By group, the circumstances of which one at most is recorded, where there are several.

    Args:
        ids: Ids of what is recorded, and of what that implies.
        circumstances: The circumstances of the rulebook, whose order the answer has.
    """
    grouped: dict[str, list[str]] = {}
    for circumstance in circumstances:
        if circumstance.group is not None and circumstance.id in ids:
            grouped.setdefault(circumstance.group, []).append(circumstance.id)
    return {group: members for group, members in grouped.items() if len(members) > 1}


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


def _points_above_zero(value: object) -> bool:
    return is_points(value, Decimal(0), MAXIMUM_POINTS) and value != 0


@frozen
class Between:
    """A range of points, within which the assessor sets the amount of one unit.

    Args:
        least: The fewest points.
        most: The most points, above the fewest.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Between(10, 20).most
    Decimal('20')
    """

    least: Decimal = field(
        converter=as_points, validator=points_between(Decimal(0), MAXIMUM_POINTS)
    )
    most: Decimal = field(
        converter=as_points,
        validator=[
            points_between(Decimal(0), MAXIMUM_POINTS),
            beside(
                lambda between, most: most > between.least,
                lambda between: f"points above least ({between.least})",
            ),
        ],
    )


def _as_amount(value: Points | Between) -> Decimal | Between:
    return value if isinstance(value, Between) else as_points(value)


@frozen
class Deduction:
    """A penalty of points.

    Args:
        points: Points for one unit, above 0; or a :class:`Between`, within which an assessor sets
            them for each violation.
        unit: What a unit is.
        discretionary: Whether the standard lets an assessor set the amount, up to ``points``
            for each unit.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Deduction("2.5", Unit.OCCURRENCE)
    Deduction(points=Decimal('2.5'), unit=<Unit.OCCURRENCE: 'occurrence'>, discretionary=False)
    """

    points: Decimal | Between = field(
        converter=_as_amount,
        validator=checked(
            lambda value: isinstance(value, Between) or _points_above_zero(value),
            "a Decimal, an int or a string such as '2.5' above 0 to 1000000, of at most 4 decimal "
            "places (never a float), or Between",
        ),
    )
    unit: Unit = field(converter=_as_unit, validator=choice_of(Unit))
    discretionary: bool = field(
        default=False,
        validator=[
            boolean,
            beside(
                lambda deduction, value: not (value and isinstance(deduction.points, Between)),
                "False where points are Between, within which an assessor sets the amount anyway",
            ),
        ],
        kw_only=True,
    )

    @property
    def least(self) -> Decimal:
        """The fewest points of one unit."""
        return self.points.least if isinstance(self.points, Between) else self.points

    @property
    def most(self) -> Decimal:
        """The most points of one unit."""
        return self.points.most if isinstance(self.points, Between) else self.points


@frozen
class Award:
    """Points that a merit is honoured with; they stand beside what is deducted.

    Args:
        points: Points for one unit, above 0.
        unit: What a unit is.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Award("0.5", Unit.OCCURRENCE)
    Award(points=Decimal('0.5'), unit=<Unit.OCCURRENCE: 'occurrence'>)
    """

    points: Decimal = field(
        converter=as_points,
        validator=checked(
            _points_above_zero,
            "a Decimal, an int or a string such as '2.5' above 0 to 1000000, of at most 4 decimal "
            "places (never a float)",
        ),
    )
    unit: Unit = field(converter=_as_unit, validator=choice_of(Unit))


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


Penalty: TypeAlias = Deduction | Referral
"""What a breach of a rule deducts."""


@frozen
class Rule:
    """One provision of a standard that can be breached, or that honours a merit.

    Args:
        id: The name by which violations refer to it, such as ``"3.2b"``.
        text: The wording.
        penalty: A :class:`Deduction` or a :class:`Referral`; None where only ``consequences``
            follow.
        award: What a merit is honoured with; a rule that awards points has no penalty.
        citation: Its place in the standard.
        aggravated_by: What makes the deduction heavier: a mapping from ids of circumstances to
            :class:`SetTo`, :class:`~cmappraisal.Add`, :class:`~cmappraisal.Multiply`,
            :class:`~cmappraisal.Assessed`, or None where the standard does not say by how much. A
            set of ids leaves it to the policy for all. Of several that fit, the one that leaves the
            most points acts, once.
        mitigated_by: What makes it lighter: a mapping to :class:`SetTo`,
            :class:`~cmappraisal.Multiply`, :class:`Waive` or None. Of several that fit, the one
            that leaves the fewest points acts, once.
        consequences: What follows beside points: a mapping from ids of the rulebook's consequences
            to the circumstances of which one has to be recorded. An empty set of circumstances
            means always, as a list of ids does for all of them.
        again: What a breach weighs that comes again within a time; None for no more.
        responsible: Who answers with the doer, one for each role; none where nobody does, or where
            a clause says.
        cap: The most points that one violation deducts, or one merit is awarded; None without a
            bound.
        lapse: When its points lapse in a points account; None where a clause or the policy says.
        displaces: Ids of the more general rules that give way to this one in one incident.
        residual: The id of the part of which no other rule may have been recorded for the same
            incident, or else this one gives way; None where it applies beside others.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal.standards import SetTo
    >>> rule = Rule(
    ...     "1.2",
    ...     Text("怠慢客戶", "怠慢客户", en="Neglecting a customer"),
    ...     penalty=Deduction(10, Unit.OCCURRENCE),
    ...     citation="1.2",
    ...     aggravated_by={"loss": SetTo(20), "complaint": None},
    ...     consequences={"revoked": ["egregious"]},
    ... )
    >>> rule.aggravated_by["loss"].points
    Decimal('20')
    >>> rule.consequences
    {'revoked': frozenset({'egregious'})}
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    penalty: Penalty | None = field(
        default=None,
        validator=checked(
            lambda value: value is None or isinstance(value, (Deduction, Referral)),
            "a Deduction, a Referral or None",
        ),
        kw_only=True,
    )
    award: Award | None = field(default=None, validator=optional_instance_of(Award), kw_only=True)
    citation: Citation = field(
        converter=as_citation, validator=instance_of(Citation, allowed=CITATION), kw_only=True
    )
    aggravated_by: Mapping[str, Heavier | None] = field(
        default=ReadOnlyMapping(), converter=as_heavier, validator=heavier_by, kw_only=True
    )
    mitigated_by: Mapping[str, Lighter | None] = field(
        default=ReadOnlyMapping(), converter=as_lighter, validator=lighter_by, kw_only=True
    )
    consequences: Mapping[str, frozenset[str]] = field(
        default=ReadOnlyMapping(),
        converter=_as_triggers,
        validator=mapping_of(
            is_identifier_set,
            "a list of consequence ids, or a mapping from them to sets of circumstance ids",
        ),
        kw_only=True,
    )
    again: Again | None = field(default=None, validator=optional_instance_of(Again), kw_only=True)
    responsible: tuple[Responsibility, ...] = field(
        default=(), converter=as_responsibilities, validator=responsibilities, kw_only=True
    )
    cap: Cap | None = field(
        default=None,
        validator=checked(
            lambda cap: cap is None or (isinstance(cap, Cap) and cap.over is Over.VIOLATION),
            "a Cap over one violation, or None",
        ),
        kw_only=True,
    )
    lapse: Lapse | None = field(default=None, validator=optional_lapse, kw_only=True)
    displaces: frozenset[str] = field(
        default=frozenset(),
        converter=as_ids,
        validator=identifiers("rule ids"),
        kw_only=True,
    )
    residual: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    @property
    def counted(self) -> Counted:
        """Whether points under it are deducted or awarded."""
        return Counted.DEDUCTIONS if self.award is None else Counted.AWARDS


@frozen
class Part:
    """A part of a standard, with rules, with parts of its own, or with both.

    Args:
        id: The name by which residual rules and subtotals refer to it.
        text: Its heading.
        citation: Its place in the standard; None where it has a heading alone.
        rules: Its own rules, in the order of the standard.
        parts: Its own parts, after its rules.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import ERROR_POINTS
    >>> [len(part.rules) for part in ERROR_POINTS.parts]
    [9, 4, 25, 4]
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    citation: Citation | None = field(
        default=None,
        converter=as_optional_citation,
        validator=optional_instance_of(Citation),
        kw_only=True,
    )
    rules: tuple[Rule, ...] = field(
        default=(),
        converter=_as_rules,
        validator=tuple_of(Rule, "a list of Rule"),
        kw_only=True,
    )
    parts: tuple[Part, ...] = field(
        default=(),
        converter=_as_parts,
        validator=checked(
            lambda parts: (
                isinstance(parts, tuple)
                and all(isinstance(part, Part) and part.depth < MAXIMUM_LEVELS for part in parts)
            ),
            f"a list of Part, {MAXIMUM_LEVELS} levels deep at most",
        ),
        kw_only=True,
    )

    @property
    def depth(self) -> int:
        """How many levels of parts there are, itself among them."""
        return 1 + max((part.depth for part in self.parts), default=0)

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """It and the parts within it, each before its own."""
        return (self, *(inner for part in self.parts for inner in part.all_parts))

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Its rules and those of the parts within it, in the order of the standard."""
        return tuple(rule for part in self.all_parts for rule in part.rules)
