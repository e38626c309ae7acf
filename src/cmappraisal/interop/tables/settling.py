"""Settling: what the rows of one manager do to one another, by the engine.

Every stage here is made of flags, and of maxima, minima and sums over keys: nothing depends on the
order of the rows, and no engine is asked for the first of anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from cmappraisal.alternatives import Concurrence, Displacement
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.tables.backends import Frame
from cmappraisal.interop.tables.charging import Judged
from cmappraisal.interop.tables.columns import name_of
from cmappraisal.policy import Policy
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage

with needs_extra("tables", "narwhals"):
    import narwhals as nw

INCIDENT = ("manager", "incident")
Pair: TypeAlias = tuple[Any, Any]
"""A condition on rows, and one on those that give way where any row of the incident fulfils it."""

_LAST = 2**62
"""An order after that of every rule."""

OF_INCIDENTS = (Stage.DISPLACE, Stage.CONCUR, Stage.HONOUR)
SETTLING = (*OF_INCIDENTS, Stage.ONCE_A_PERIOD)


def settled(judged: Judged, pipeline: Pipeline) -> Frame:
    """The rows with what each deducts once all are settled, and what each stage took from it.

    Args:
        judged: The rows, with what each deducts individually.
        pipeline: The stages.
    """
    used = {row.stage for row in pipeline.settling}
    frame = judged.frame.with_columns(counts=~nw.col("is_out"), after=nw.col("points"))
    names = [*frame.collect_schema().names(), *map(name_of, SETTLING)]
    is_alone = nw.col("incident").is_null()
    # Only rows of an incident are tied by it, and most rows are of none.
    tied = frame.filter(~is_alone).with_columns(**_flag("of_incident", ~nw.col("is_out")))
    alone = frame.filter(is_alone)
    for stage in OF_INCIDENTS:
        tied = _after(_STAGES[stage](tied, judged, pipeline), stage) if stage in used else tied
    together = [_whole(each, names) for each in (tied, alone)]
    frame = nw.concat(together)
    if Stage.ONCE_A_PERIOD not in used:
        return frame
    return _after(_once(frame, judged), Stage.ONCE_A_PERIOD)


def _after(frame: Frame, stage: Stage) -> Frame:
    """The rows after a stage that says which of them are lost."""
    lost = nw.col("lost")
    return frame.with_columns(
        nw.when(lost).then(nw.col("minus")).otherwise(nw.col("zero")).alias(name_of(stage)),
        counts=nw.col("counts") & ~lost,
        after=nw.when(lost).then(nw.col("zero")).otherwise(nw.col("after")),
    )


def _whole(frame: Frame, names: Sequence[str]) -> Frame:
    """The rows with all the columns of some names; of a stage that took nothing it is zero."""
    there = frame.collect_schema().names()
    return frame.select(*(nw.col(each if each in there else "zero").alias(each) for each in names))


def _flag(name: str, condition: Any) -> dict[str, Any]:
    """A column that is 1 where a condition holds, and 0 elsewhere."""
    return {name: nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0))}


def _holds(
    frame: Frame, among: Any, judged: Judged, pipeline: Pipeline, fits: Callable[[Policy], bool]
) -> Frame:
    """The rows with ``holds``: whether the policy of the latest edition among some of them fits."""
    fitting = [fits(terms.policy) for terms in pipeline.terms.values()]
    if len(set(fitting)) == 1:
        return frame.with_columns(holds=nw.lit(fitting[0]))
    places = [place for place, each in enumerate(fitting) if each]
    frame = frame.with_columns(at=nw.when(among).then(nw.col("place")).otherwise(nw.lit(-1)))
    frame = judged.backend.over(frame, INCIDENT, latest=("at", "max"))
    return frame.with_columns(holds=nw.col("latest").is_in(places))


def _displaced(frame: Frame, judged: Judged, pipeline: Pipeline) -> Frame:
    """Special rules take the place of general ones, and residual rules give way to all others."""
    among = (nw.col("of_incident") == 1) & ~nw.col("is_award")
    frame = _holds(
        frame,
        among,
        judged,
        pipeline,
        lambda policy: policy.displacement is Displacement.SPECIAL_OVER_GENERAL,
    )
    rule = nw.col("rule_applied")
    pairs: list[Pair] = []
    for number, ids in judged.displaces.items():
        pairs.append((nw.col("displacing") == number, nw.col("holds") & rule.is_in(sorted(ids))))
    for number, (id, part) in judged.residuals.items():
        pairs.append((nw.col(part) & (rule != id), nw.col("residual") == number))
    if not pairs:
        return frame.with_columns(lost=nw.lit(False))
    for number, (taking, _) in enumerate(pairs):
        frame = frame.with_columns(**_flag(f"takes_{number}", among & taking))
    # All at once, since engines look for the rows of an incident anew each time they are asked.
    found = {f"taken_{number}": (f"takes_{number}", "max") for number in range(len(pairs))}
    frame = judged.backend.over(frame, INCIDENT, **found)
    lost = [(nw.col(f"taken_{number}") == 1) & giving for number, (_, giving) in enumerate(pairs)]
    return frame.with_columns(lost=among & nw.any_horizontal(*lost, ignore_nulls=False))


def _concurring(frame: Frame, judged: Judged, pipeline: Pipeline) -> Frame:
    """Of several rules in one incident, the one whose rows deduct the most together counts."""
    among = (nw.col("of_incident") == 1) & ~nw.col("is_award") & nw.col("counts")
    frame = _holds(frame, among, judged, pipeline, _is_highest)
    frame = frame.with_columns(deducting=among & nw.col("deducts"))
    chosen = nw.col("deducting")
    by_rule = (*INCIDENT, "rule_applied")
    frame = frame.with_columns(
        share=nw.when(chosen).then(nw.col("after")).otherwise(nw.col("zero")),
        first=nw.when(chosen).then(nw.col("order")).otherwise(nw.lit(_LAST)),
    )
    frame = judged.backend.over(
        frame, by_rule, together=("share", "sum"), earliest=("first", "min")
    )
    frame = frame.with_columns(
        weight=nw.when(chosen).then(nw.col("together")).otherwise(nw.col("zero"))
    )
    frame = judged.backend.over(frame, INCIDENT, most=("weight", "max"))
    is_heaviest = chosen & (nw.col("weight") == nw.col("most"))
    frame = frame.with_columns(
        candidate=nw.when(is_heaviest).then(nw.col("earliest")).otherwise(nw.lit(_LAST))
    )
    frame = judged.backend.over(frame, INCIDENT, kept=("candidate", "min"))
    lost = chosen & nw.col("holds") & (nw.col("earliest") != nw.col("kept"))
    return frame.with_columns(lost=lost)


def _is_highest(policy: Policy) -> bool:
    return policy.concurrence is Concurrence.HIGHEST


def _honoured(frame: Frame, judged: Judged, pipeline: Pipeline) -> Frame:
    """Of the merits of one event, the highest counts."""
    among = (nw.col("of_incident") == 1) & nw.col("is_award") & nw.col("counts")
    frame = _holds(frame, among, judged, pipeline, _is_highest)
    frame = _heaviest(frame, among, INCIDENT, judged)
    at_rank = nw.when(nw.col("is_heaviest")).then(nw.col("rank")).otherwise(nw.lit(_LAST))
    frame = frame.with_columns(at_rank=at_rank)
    frame = judged.backend.over(frame, INCIDENT, least_rank=("at_rank", "min"))
    is_first = nw.col("is_heaviest") & (nw.col("rank") == nw.col("least_rank"))
    frame = _first_id(frame, is_first, INCIDENT, judged)
    return frame.with_columns(lost=among & nw.col("holds") & ~nw.col("is_kept"))


def _once(frame: Frame, judged: Judged) -> Frame:
    """Of the rows of a rule that counts once a period, the heaviest counts."""
    among = nw.col("counts") & ~nw.col("once").is_null()
    keys = ("manager", "once")
    frame = _first_id(_heaviest(frame, among, keys, judged), nw.col("is_heaviest"), keys, judged)
    return frame.with_columns(lost=among & ~nw.col("is_kept"))


def _heaviest(frame: Frame, among: Any, keys: tuple[str, ...], judged: Judged) -> Frame:
    """The rows with ``is_heaviest``: whether none of some rows with the same keys has more."""
    points = nw.when(among).then(nw.col("after")).otherwise(nw.col("zero"))
    frame = frame.with_columns(weight=points, is_among=among)
    frame = judged.backend.over(frame, keys, most=("weight", "max"))
    is_heaviest = nw.col("is_among") & (nw.col("weight") == nw.col("most"))
    return frame.with_columns(is_heaviest=is_heaviest)


def _first_id(frame: Frame, among: Any, keys: tuple[str, ...], judged: Judged) -> Frame:
    """The rows with ``is_kept``: whether theirs is the smallest id of some with the same keys."""
    frame = frame.with_columns(candidate_id=nw.when(among).then(nw.col("id")))
    frame = judged.backend.over(frame, keys, kept_id=("candidate_id", "min"))
    return frame.with_columns(is_kept=(nw.col("id") == nw.col("kept_id")).fill_null(False))


_STAGES: dict[Stage, Callable[[Frame, Judged, Pipeline], Frame]] = {
    Stage.DISPLACE: _displaced,
    Stage.CONCUR: _concurring,
    Stage.HONOUR: _honoured,
}
