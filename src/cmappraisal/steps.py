"""Steps: one link in the chain from a violation to its points, with the reason for it."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.policy import Assumption
from cmappraisal.rules import Circumstance, Provision


class Stage(enum.Enum):
    """The stages of scoring a line, in their order.

    >>> [stage.value for stage in Stage][:3]
    ['stand', 'resolve', 'quantify']
    """

    STAND = "stand"
    """Which cases stand."""
    RESOLVE = "resolve"
    """A rule that refers gives way to the rule it refers to."""
    QUANTIFY = "quantify"
    """Stated points, units, an assessor's discretion."""
    AGGRAVATE = "aggravate"
    """Circumstances that make it heavier."""
    REVOKE = "revoke"
    """Whether the qualification is revoked."""
    DISPLACE = "displace"
    """Special over general; residual rules."""
    LIMIT = "limit"
    """A rule that counts once a period."""
    CONCUR = "concur"
    """One incident under several rules."""


class Effect(enum.Enum):
    """What a step does.

    >>> Effect.DISPLACED.stage
    <Stage.DISPLACE: 'displace'>
    """

    _value_: str
    stage: Stage

    def __new__(cls, value: str, stage: Stage) -> Effect:  # noqa: D102
        effect = object.__new__(cls)
        effect._value_ = value
        effect.stage = stage
        return effect

    APPEAL_COUNTS = "appeal-counts", Stage.STAND
    APPEAL_SUSPENDS = "appeal-suspends", Stage.STAND
    REFERRED = "referred", Stage.RESOLVE
    STATED = "stated", Stage.QUANTIFY
    UNIT_ASSUMED = "unit-assumed", Stage.QUANTIFY
    ASSESSED = "assessed", Stage.QUANTIFY
    NO_POINTS = "no-points", Stage.QUANTIFY
    AGGRAVATED = "aggravated", Stage.AGGRAVATE
    NO_EFFECT = "no-effect", Stage.AGGRAVATE
    REVOKED = "revoked", Stage.REVOKE
    REVOKED_OUTRIGHT = "revoked-outright", Stage.REVOKE
    DISPLACED = "displaced", Stage.DISPLACE
    GAVE_WAY = "gave-way", Stage.DISPLACE
    REPEATED = "repeated", Stage.LIMIT
    CONCURRENT = "concurrent", Stage.CONCUR


Reason: TypeAlias = Provision | Assumption
"""Why a step does what it does: what it read from the standard, or from the policy."""


@frozen
class Step:
    """One step of a line.

    Args:
        effect: What it does.
        points: The line's points after it.
        change: The points it adds (or, negative, takes away).
        reason: The :class:`~cmappraisal.Provision` of the standard or the
            :class:`~cmappraisal.Assumption` of the policy that it rests on.
        circumstances: The circumstances that it took into account.
        because_of: Ids of the other violations that it took into account.
    """

    effect: Effect
    points: Decimal
    change: Decimal = field(kw_only=True)
    reason: Reason = field(kw_only=True)
    circumstances: tuple[Circumstance, ...] = field(default=(), kw_only=True)
    because_of: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def stage(self) -> Stage:
        """The stage that the step belongs to."""
        return self.effect.stage
