"""Procedural acts: what is done in a case without setting points."""

from __future__ import annotations

import enum


class ProceduralAct(enum.Enum):
    """What is done in a case without setting points.

    >>> ProceduralAct("notified") is ProceduralAct.NOTIFIED
    True
    """

    PROPOSED = "proposed"
    """A violation is put forward, to be verified; until then it counts nothing."""
    VERIFIED = "verified"
    """Somebody has looked at the facts and found them right."""
    NOTIFIED = "notified"
    """Whoever is at fault has received notice of how the case stands."""
    APPEAL_WITHDRAWN = "appeal-withdrawn"
    """An appeal is taken back, and the case is as it was before it."""
    REOPENED = "reopened"
    """A case that was final is open again, because of new facts."""
