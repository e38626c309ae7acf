"""Milder: of the editions in force from an act to its recording, the one that treats it lighter.

It is chosen for an incident as a whole, settled by itself under each edition: one that revokes no
qualification comes before fewer points. Where none treats it lighter than those of its own days
together, each violation keeps the edition of its day; of others that are equally mild, the earliest
governs.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal

from cmappraisal.acts import incident_of
from cmappraisal.caps import Counted
from cmappraisal.points import total_of
from cmappraisal.scoring.charges import Charge
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage


def milder(
    charges: Sequence[Charge],
    otherwise: Mapping[str, Mapping[str, Judgement]],
    pipeline: Pipeline,
) -> list[Charge]:
    """The charges of one manager, each incident under the milder edition.

    Args:
        charges: The charges under the edition of each violation's own day.
        otherwise: By violation id, the judgement under each other edition that may govern it.
        pipeline: The stages.
    """
    incidents: dict[Hashable, list[Charge]] = {}
    chosen: dict[str, Charge] = {}
    for charge in charges:
        violation, judgement = charge
        if judgement.counted is Counted.AWARDS:
            # Milder is said of what is deducted; a merit keeps the edition of its day.
            chosen[violation.id] = charge
            continue
        incidents.setdefault(incident_of(violation), []).append(charge)
    for of_incident in incidents.values():
        for charge in _lightest(of_incident, otherwise, pipeline):
            chosen[charge[0].id] = charge
    return [chosen[violation.id] for violation, _ in charges]


def _lightest(
    of_incident: list[Charge],
    otherwise: Mapping[str, Mapping[str, Judgement]],
    pipeline: Pipeline,
) -> list[Charge]:
    best, least = of_incident, _weight(of_incident, pipeline)
    named = {name for violation, _ in of_incident for name in otherwise.get(violation.id, ())}
    for name in pipeline.terms:
        if name in named:
            under = [
                (violation, otherwise.get(violation.id, {}).get(name, judgement))
                for violation, judgement in of_incident
            ]
            weight = _weight(under, pipeline)
            if weight < least:
                best, least = under, weight
    return best


def _weight(charges: Sequence[Charge], pipeline: Pipeline) -> tuple[bool, Decimal]:
    """Whether charges revoke the qualification, and what they come to when settled."""
    summed = tuple(pipeline.summed(charges))
    caps = pipeline.bound(summed, Counted.DEDUCTIONS, only=Stage.CAP_INCIDENT)
    total = total_of([*(each.points for each in summed), *(cap.points for cap in caps)])
    return any(judgement.revokes for _, judgement in charges), total
