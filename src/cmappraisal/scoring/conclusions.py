"""Conclusions: the appraisal of one manager, from what each violation deducts individually."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from attrs import evolve, frozen

from cmappraisal.caps import Counted
from cmappraisal.making import copier, made_when_read, maker
from cmappraisal.people import Tenure, in_order
from cmappraisal.periods import Period
from cmappraisal.points import canonical, total_of
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.charges import Charge, Charges
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.judges import Judge
from cmappraisal.scoring.milder import milder
from cmappraisal.scoring.outcomes import outcome_of
from cmappraisal.scoring.settlement import RunningLine
from cmappraisal.scoring.sharing import Sharing
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Effect, Step


def governed(manager: str, of_manager: list[Charge], judge: Judge) -> list[Charge]:
    """The charges of one manager under the editions that govern them.

    Args:
        manager: The id of the relationship manager.
        of_manager: The charges under the edition of each violation's own day.
        judge: What judged them.
    """
    otherwise = judge.otherwise.get(manager)
    return milder(of_manager, otherwise, judge.pipeline) if otherwise else of_manager


def points_of(manager: str, deductions: list[Charge], judge: Judge) -> Decimal:
    """The error points of one manager, without a word about how they came about.

    Args:
        manager: The id of the relationship manager.
        deductions: The charges of violations under the edition of each one's own day.
        judge: What judged them.
    """
    pipeline = judge.pipeline
    governing = governed(manager, deductions, judge)
    if pipeline.bounding:
        summed = tuple(pipeline.summed(governing))
        caps = pipeline.bound(summed, Counted.DEDUCTIONS)
        return total_of([*(each.points for each in summed), *(cap.points for cap in caps)])
    settled = pipeline.settled_points(governing)
    return total_of(
        [settled.get(violation.id, judgement.points) for violation, judgement in governing]
    )


@frozen(eq=False)
class Frame:
    """What all the appraisals of one scoring have in common.

    Args:
        period: The days to appraise.
        policy: What is decided where the standard is silent.
        as_of: The moment as of which it was known; None for everything recorded.
    """

    period: Period
    policy: Policy
    as_of: datetime | None


def _by_day(charge: Charge) -> tuple[date, str]:
    return charge[0].occurred_on, charge[0].id


_OF_REPETITION = (Effect.UNIT_REPEATED, Effect.REPEATED)


def _naming(judgement: Judgement, earlier: tuple[str, ...]) -> tuple[Step, ...]:
    """The steps of a judgement, which name the earlier violations that make it a repeated one."""
    return tuple(
        evolve(step, because_of=earlier) if step.effect in _OF_REPETITION else step
        for step in judgement.steps
    )


Repeated: TypeAlias = Mapping[tuple[str, str], tuple[str, ...]]
"""By violation id and edition, the earlier violations that make it a repeated one."""

# What a line is made from was checked before, and there is one for every violation.
_made_line = maker(Line)


def _line(charge: Charge, settled: Mapping[str, RunningLine], repeated: Repeated) -> Line:
    """The line of a violation or a merit, with what others did to it."""
    violation, judgement = charge
    points, steps = judgement.points, judgement.steps
    edition = judgement.edition
    earlier = repeated.get((violation.id, edition))
    if earlier is not None:
        steps = _naming(judgement, earlier)
    running = settled.get(violation.id)
    if running is not None:
        for move, terms in running.moves:
            before, points = points, canonical(move.after(points))
            steps = (*steps, move.step(before, points, terms))
    return _made_line(
        violation,
        judgement.rule.id,
        edition,
        points,
        judgement.money,
        judgement.revokes,
        judgement.answers_as,
        steps,
    )


def _lines_of(
    charges: Sequence[Charge], pipeline: Pipeline, repeated: Repeated
) -> dict[str, tuple[Line, ...]]:
    """The lines of one manager, by the fields of an appraisal."""
    settled = pipeline.settle(charges)
    lines: dict[str, list[Line]] = {"lines": [], "merits": []}
    for charge in sorted(charges, key=_by_day):
        name = "merits" if charge[1].counted is Counted.AWARDS else "lines"
        lines[name].append(_line(charge, settled, repeated))
    return {name: tuple(of_kind) for name, of_kind in lines.items()}


def _read(manager: str, of_manager: Iterable[Charge], sharing: Sharing) -> dict[Tenure, None]:
    """The tenures that say for whom a manager answers."""
    read: dict[Tenure, None] = {}
    if not sharing.is_used:
        return read
    for violation, judgement in of_manager:
        if judgement.answers_as is not None:
            read |= dict.fromkeys(sharing.read[manager, violation.id])
    return read


def _missing(manager: str, charges: Charges, frame: Frame) -> tuple[str, ...]:
    """The ids of the erased cases that the appraisal of a manager would have read."""
    return charges.incompleteness.missing(frame.period).get(manager, ())


_of_manager = copier(Appraisal, "manager", "incomplete")


def appraised(manager: str, of_manager: list[Charge], charges: Charges, frame: Frame) -> Appraisal:
    """The appraisal of one manager.

    Args:
        manager: The id of the relationship manager.
        of_manager: The charges under the edition of each violation's own day.
        charges: What they are of.
        frame: What it has in common with others.
    """
    if of_manager:
        return _appraised(manager, of_manager, charges, frame)
    empty = charges.empty.get(frame)
    if empty is None:
        empty = charges.empty[frame] = _appraised(manager, [], charges, frame)
    return _of_manager(empty, manager, _missing(manager, charges, frame))


def _appraised(manager: str, of_manager: list[Charge], charges: Charges, frame: Frame) -> Appraisal:
    judge = charges.judge
    pipeline = judge.pipeline
    governing = governed(manager, of_manager, judge)
    if pipeline.bounding or len(pipeline.terms) > 1:
        # Caps, and parts that another edition has, come in the order of the lines.
        governing = sorted(governing, key=_by_day)
    lines: list[Summed] = []
    merits: list[Summed] = []
    for summed in pipeline.summed(governing):
        (merits if summed.judged.counted is Counted.AWARDS else lines).append(summed)
    outcome = outcome_of(lines, merits, pipeline)
    # What it is made from was checked before, and one is made for every period. Whoever asks for
    # totals alone never reads its lines.
    return made_when_read(
        Appraisal,
        partial(_lines_of, governing, pipeline, judge.earlier),
        manager=manager,
        period=frame.period,
        as_of=frame.as_of,
        standard=pipeline.standard,
        policy=frame.policy,
        people=tuple(in_order(_read(manager, governing, charges.sharing))),
        incomplete=_missing(manager, charges, frame),
        **outcome._asdict(),
    )
