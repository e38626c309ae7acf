"""Verdicts: what became of something that is asked, by a day, and which occasion decided it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from cmappraisal.periods import Period
from cmappraisal.training.marks import Occasion
from cmappraisal.training.plans import Activity, Target
from cmappraisal.training.proportions import Proportion
from cmappraisal.training.requirements import ComplianceStatus, Counts, Requirement
from cmappraisal.training.rolls import Roll


@frozen(eq=False)
class Verdict:
    """What became of something by the day, and what decided it."""

    status: ComplianceStatus
    counts: Counts
    by: str | None = None
    on: date | None = None
    proportion: Proportion | None = None
    extended_to: date | None = None


def requirement_of(
    result: Verdict,
    period: Period,
    *,
    activity: Activity | None = None,
    target: Target | None = None,
    group: str | None = None,
    person: str | None = None,
    delivered_on: Iterable[date] = (),
) -> Requirement:
    """What is asked in a span of days, of whom, with what became of it."""
    return Requirement(
        activity.id if activity else None,
        target.kind if target else None,
        unit=target.unit if target else None,
        period=period,
        group=group,
        person=person,
        status=result.status,
        counts=result.counts,
        decided_by=result.by,
        decided_on=result.on,
        delivered_on=delivered_on,
        proportion=result.proportion,
        extended_to=result.extended_to,
    )


def attendance(roll: Roll, activity: Activity) -> Verdict:
    """What became of sessions that have to be attended."""
    terms = activity.attendance
    counts, absences = roll.counts(terms), roll.absences(terms)
    asked = roll.asked(counts.excused)
    allowed = asked - counts.needed
    if counts.waived and not asked:
        return Verdict(ComplianceStatus.WAIVED, counts)
    if len(absences) > allowed:
        return decided(ComplianceStatus.BREACHED, counts, absences[allowed:])
    if counts.done >= counts.needed:
        decisive = nth(roll.attended, counts.needed + counts.late_absences)
        return decided(ComplianceStatus.MET, counts, decisive)
    if counts.done + counts.to_come < counts.needed:
        unrecorded = roll.those(None)[allowed - len(absences) :]
        return decided(ComplianceStatus.SHORT, counts, unrecorded)
    return Verdict(ComplianceStatus.ON_TRACK, counts)


def delivery(
    counts: Counts,
    last: date,
    done: Sequence[Occasion],
    overdue: Sequence[Occasion],
    on: date,
) -> Verdict:
    """What became by a day of what is delivered until a last day; overdue is what is late."""
    if counts.waived and not counts.needed:
        return Verdict(ComplianceStatus.WAIVED, counts)
    if counts.done >= counts.needed:
        return decided(ComplianceStatus.MET, counts, nth(done, counts.needed))
    if last < on:
        return Verdict(ComplianceStatus.BREACHED, counts, on=last)
    too_few = counts.done + counts.to_come < counts.needed
    status = ComplianceStatus.SHORT if overdue or too_few else ComplianceStatus.ON_TRACK
    return decided(status, counts, overdue)


def progress(counts: Counts, last: date, decisive: Sequence[Occasion], on: date) -> Verdict:
    """What became by a day of what is counted until a last day; decisive is what meets it."""
    if counts.waived and not counts.needed:
        return Verdict(ComplianceStatus.WAIVED, counts)
    if counts.done >= counts.needed:
        return decided(ComplianceStatus.MET, counts, decisive)
    if counts.done + counts.to_come >= counts.needed:
        return Verdict(ComplianceStatus.ON_TRACK, counts)
    if last < on:
        return Verdict(ComplianceStatus.BREACHED, counts, on=last)
    return Verdict(ComplianceStatus.SHORT, counts)


def decided(status: ComplianceStatus, counts: Counts, decisive: Sequence[Occasion]) -> Verdict:
    """A result that the first of some occasions decided, if there is any."""
    for occasion in decisive[:1]:
        return Verdict(status, counts, occasion.id, occasion.on)
    return Verdict(status, counts)


def nth(occasions: Sequence[Occasion], number: int) -> Sequence[Occasion]:
    """The occasion of a number, from 1 on, and no other; none where there are not so many."""
    return occasions[max(number - 1, 0) : number]
