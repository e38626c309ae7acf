"""Steps: one link in the chain from a violation to its points, with the reason for it."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias, cast

from attrs import field, frozen

from cmappraisal.fields import (
    as_id_tuple,
    as_optional_text,
    id_tuple,
    instance_of,
    optional_identifier,
)
from cmappraisal.points import a_number
from cmappraisal.policy import Assumption
from cmappraisal.provisions import Provision

MAXIMUM_NAMED = 20
"""How many other violations a step names: enough to look them up, and few enough that each line of
a huge incident can be read."""


def named(ids: Iterable[str]) -> tuple[str, ...]:
    """The ids of violations that a step names: the first of them, sorted."""
    return tuple(sorted(ids)[:MAXIMUM_NAMED])


class Stage(enum.Enum):
    """The stages of scoring, in their order.

    >>> [stage.value for stage in Stage][:3]
    ['uphold', 'edition', 'limitation']
    """

    UPHOLD = "uphold"
    """Whether a violation under appeal counts."""
    EDITION = "edition"
    """Which edition of the standard governs the act."""
    LIMITATION = "limitation"
    """Whether it was found or recorded in time."""
    RESOLVE = "resolve"
    """A rule that refers gives way to the rule it refers to."""
    AMOUNT = "amount"
    """The points of one unit, where they are not simply those stated."""
    QUANTIFY = "quantify"
    """Stated points, units, an assessor's discretion."""
    AGGRAVATE = "aggravate"
    """Circumstances that make it heavier."""
    MITIGATE = "mitigate"
    """Circumstances that make it lighter."""
    AGAIN = "again"
    """A breach that comes again within a time."""
    DECIDE = "decide"
    """Points that the decision on an appeal set."""
    SHARE = "share"
    """What somebody answers with who is responsible beside the doer."""
    CAP = "cap"
    """The most that one violation deducts."""
    FOLLOW = "follow"
    """What follows beside points."""
    DISPLACE = "displace"
    """Special over general; residual rules."""
    CONCUR = "concur"
    """One incident under several rules."""
    HONOUR = "honour"
    """One event under several merits."""
    ONCE_A_PERIOD = "once-a-period"
    """A rule that counts once a period."""
    CAP_INCIDENT = "cap-incident"
    """The most that one incident deducts."""
    CAP_PART = "cap-part"
    """The most that one part of the standard deducts."""
    CAP_PERIOD = "cap-period"
    """The most that a period deducts."""


class Effect(enum.Enum):
    """What a step does.

    >>> Effect.DISPLACED.stage
    <Stage.DISPLACE: 'displace'>
    """

    _value_: str
    stage: Stage

    # To look a member up takes its value alone, for type checkers too.
    def __new__(cls, value: str, stage: Stage | None = None) -> Effect:  # noqa: D102
        effect = object.__new__(cls)
        effect._value_ = value
        effect.stage = cast(Stage, stage)
        return effect

    APPEAL_COUNTS = "appeal-counts", Stage.UPHOLD
    """The violation counts while an appeal against it is open."""
    APPEAL_SUSPENDS = "appeal-suspends", Stage.UPHOLD
    """The violation does not count while an appeal against it is open."""
    REFERRED = "referred", Stage.RESOLVE
    """The rule recorded refers to another, which applies."""
    OTHER_EDITION = "other-edition", Stage.EDITION
    """Another edition governs than that of the day it happened."""
    TIME_BARRED = "time-barred", Stage.LIMITATION
    """It was found or recorded too late, so it does not count."""
    UNIT_ASSESSED = "unit-assessed", Stage.AMOUNT
    """The assessor set the points of one unit, within the stated range."""
    UNIT_RAISED = "unit-raised", Stage.AMOUNT
    """Circumstances set other, higher points of one unit."""
    UNIT_LOWERED = "unit-lowered", Stage.AMOUNT
    """Circumstances set other, lower points of one unit."""
    UNIT_REPEATED = "unit-repeated", Stage.AMOUNT
    """The breach comes again, which sets other, higher points of one unit."""
    COUNTED = "counted", Stage.QUANTIFY
    """The points of one unit, times the quantity."""
    STATED = "stated", Stage.QUANTIFY
    """The stated points, times the quantity."""
    UNIT_ASSUMED = "unit-assumed", Stage.QUANTIFY
    """The stated points of a rule without a unit, counted as the policy says."""
    ASSESSED = "assessed", Stage.QUANTIFY
    """The amount that the assessor set, within the stated points."""
    NO_POINTS = "no-points", Stage.QUANTIFY
    """The rule deducts no points."""
    AGGRAVATED = "aggravated", Stage.AGGRAVATE
    """Circumstances make the deduction heavier."""
    NO_EFFECT = "no-effect", Stage.AGGRAVATE
    """Circumstances were recorded that the rule does not ask for."""
    AGGRAVATION_ROUNDED = "aggravation-rounded", Stage.AGGRAVATE
    """The aggravated points are rounded to the smallest unit."""
    AGGRAVATION_OUTWEIGHED = "aggravation-outweighed", Stage.AGGRAVATE
    """Circumstances fit that make the deduction heavier, but another leaves more points."""
    MITIGATED = "mitigated", Stage.MITIGATE
    """Circumstances make the deduction lighter."""
    WAIVED = "waived", Stage.MITIGATE
    """The points are waived."""
    MITIGATION_ROUNDED = "mitigation-rounded", Stage.MITIGATE
    """The mitigated points are rounded to the smallest unit."""
    MITIGATION_OUTWEIGHED = "mitigation-outweighed", Stage.MITIGATE
    """Circumstances fit that make the deduction lighter, but another leaves fewer points."""
    REPEATED = "repeated", Stage.AGAIN
    """The breach comes again, which makes the deduction heavier."""
    REPETITION_ROUNDED = "repetition-rounded", Stage.AGAIN
    """The points of the repeated breach are rounded to the smallest unit."""
    DECIDED = "decided", Stage.DECIDE
    """The decision on an appeal sets other points."""
    SHARED = "shared", Stage.SHARE
    """Somebody answers with the doer, with so much of the points."""
    SHARE_ROUNDED = "share-rounded", Stage.SHARE
    """What somebody answers with is rounded to the smallest unit."""
    CAPPED = "capped", Stage.CAP
    """One violation deducts no more."""
    FOLLOWS = "follows", Stage.FOLLOW
    """A consequence follows beside points."""
    DISPLACED = "displaced", Stage.DISPLACE
    """A special rule takes its place in the incident."""
    GAVE_WAY = "gave-way", Stage.DISPLACE
    """A residual rule gives way to another rule of its part in the incident."""
    CONCURRENT = "concurrent", Stage.CONCUR
    """Another rule of the incident deducts the most, and it alone counts."""
    HONOURED_ONCE = "honoured-once", Stage.HONOUR
    """Another merit is for the same event, and it alone counts."""
    ONCE_A_PERIOD = "once-a-period", Stage.ONCE_A_PERIOD
    """The rule counts once a period, and another line of it does."""
    INCIDENT_CAPPED = "incident-capped", Stage.CAP_INCIDENT
    """One incident deducts no more."""
    PART_CAPPED = "part-capped", Stage.CAP_PART
    """One part of the standard deducts no more."""
    PERIOD_CAPPED = "period-capped", Stage.CAP_PERIOD
    """The period deducts no more."""


Reason: TypeAlias = Provision | Assumption
"""Why a step does what it does: the field of a rule, or the field of the policy, that it read."""


@frozen
class Step:
    """One step of a line.

    Args:
        effect: What it does.
        points: The line's points after it.
        change: The points it adds (or, negative, takes away).
        reason: The :class:`~cmappraisal.Provision` of the standard or the
            :class:`~cmappraisal.Assumption` of the policy that it rests on;
            :meth:`Appraisal.value_of <cmappraisal.Appraisal.value_of>` looks its value up.
        circumstances: Ids of the circumstances that it read, in the order of the rulebook.
        because_of: Ids of other violations that it read, sorted, at most :data:`MAXIMUM_NAMED`.
        consequence: The id of the consequence that follows; None of any other step.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    effect: Effect = field(validator=instance_of(Effect, allowed="an Effect"))
    points: Decimal = field(validator=a_number)
    change: Decimal = field(validator=a_number, kw_only=True)
    reason: Reason = field(
        validator=instance_of(Provision, Assumption, allowed="a Provision or an Assumption"),
        kw_only=True,
    )
    circumstances: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("circumstance ids"), kw_only=True
    )
    because_of: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("violation ids"), kw_only=True
    )

    consequence: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    @property
    def stage(self) -> Stage:
        """The stage that the step belongs to."""
        return self.effect.stage
