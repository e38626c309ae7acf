"""Conclusions: the appraisal of one manager, from what each violation deducts individually."""

from __future__ import annotations

from datetime import date, datetime

from attrs import evolve, frozen

from cmappraisal.caps import Counted
from cmappraisal.people import in_order
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.audits import due_caps, result_of, subtotals_of, sum_of
from cmappraisal.scoring.charges import Charge
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.judges import Judge
from cmappraisal.scoring.milder import milder
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


@frozen
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


def appraised(manager: str, of_manager: list[Charge], judge: Judge, frame: Frame) -> Appraisal:
    """The appraisal of one manager.

    Args:
        manager: The id of the relationship manager.
        of_manager: The charges under the edition of each violation's own day.
        judge: What judged them.
        frame: What it has in common with others.
    """
    pipeline = judge.pipeline
    charges = governed(manager, of_manager, judge)
    settled = pipeline.settle(charges)
    lines: list[Line] = []
    merits: list[Line] = []
    for violation, judgement in sorted(charges, key=_by_day):
        points, steps = judgement.points, judgement.steps
        edition = judgement.terms.rulebook.edition
        is_own = judgement.answers_as is None
        earlier = judge.earlier.get((violation.id, edition)) if is_own else None
        if earlier is not None:
            steps = _naming(judgement, earlier)
        running = settled.get(violation.id)
        if running is not None:
            for move, terms in running.moves:
                points = canonical(EXACT.add(points, move.change))
                steps = (*steps, move.step(points, terms))
        kind = merits if judgement.counted is Counted.AWARDS else lines
        kind.append(
            Line(
                violation,
                judgement.rule.id,
                edition=edition,
                points=points,
                money=judgement.money,
                revokes=judgement.revokes,
                answers_as=judgement.answers_as,
                steps=steps,
            )
        )
    caps = due_caps((*lines, *merits), pipeline)
    points = sum_of(lines, caps, Counted.DEDUCTIONS)
    awards = sum_of(merits, caps, Counted.AWARDS)
    revoked = any(line.revokes for line in lines)
    mark, grade = result_of(points, awards, pipeline.closing.policy, revoked=revoked)
    people = tuple(in_order(judge.read.get(manager, ())))
    return Appraisal(
        manager,
        frame.period,
        as_of=frame.as_of,
        standard=pipeline.standard,
        policy=frame.policy,
        points=points,
        awards=awards,
        score=mark,
        grade=grade,
        revoked=revoked,
        subtotals=subtotals_of(lines, caps, pipeline.standard, pipeline.closing.rulebook),
        lines=tuple(lines),
        merits=tuple(merits),
        people=people,
        caps=caps,
    )
