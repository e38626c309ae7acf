"""Reach of training: what the strategies of schedules, compliance and certificates come upon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis.strategies import SearchStrategy

from cmappraisal import CalendarSpan
from cmappraisal.interop.record_strategies import certifications_due, compliances, records_of
from cmappraisal.interop.training_strategies import (
    TrainingScenario,
    reschedulings,
    schedules,
    training_scenarios,
)
from cmappraisal.training import (
    CareerStage,
    CertificateState,
    CertificateStatus,
    Compliance,
    ComplianceStatus,
    LeaveKind,
    Quota,
    Record,
    Reduction,
    Rescheduled,
    Schedule,
    Session,
    TestResult,
)
from reaching import unreached


def of_compliance(compliance: Compliance) -> Iterator[Any]:
    for each in compliance.requirements:
        yield each.status
        counts = each.counts
        for name in ("waived", "excused", "unrecorded"):
            if getattr(counts, name):
                yield name
        if each.extended_to is not None:
            yield "extended"
        if each.proportion is not None:
            yield each.proportion.reduction
        parts = min(counts.done, counts.needed), counts.waived, counts.missing
        if sum(map(bool, parts)) > 1:
            yield "parts"
        if all(parts):
            yield "every part"


def of_records(records: Iterable[Record]) -> Iterator[str]:
    for each in records:
        yield type(each).__name__
        if isinstance(each, TestResult):
            yield from ("again" for _ in range(1, each.attempt))
            if each.on is not None:
                yield "later"


def of_rescheduled(again: Rescheduled) -> Iterator[str]:
    for change in again.changes:
        if change.before is None:
            yield "added"
        elif change.after is None:
            yield "cancelled"
        else:
            yield "moved"
    yield from ("withdrawn" for _ in again.schedule.withdrawn)
    for person in again.schedule.people:
        yield from ("tenure" for _ in person.tenures)
        yield from ("part time" for each in person.tenures if each.full_time < 1)
        yield from (leave.kind.value for leave in person.leaves)


def of_absences(made: Schedule) -> Iterator[str]:
    """Sessions of a team on days on which somebody of it is away, and why."""
    groups = [each.group for each in made.sessions if each.person is None]
    for trainee in made.people if groups else ():
        first = trainee.hired_on or date.min
        stays = [each for each in trainee.tenures if not made.groups or each.group in groups]
        last = max((each.last or date.max for each in stays), default=date.max)
        for session in made.sessions:
            is_there = trainee.id in made.attendees(session)
            kinds = {each.kind for each in trainee.leaves if each.holds(session.on)}
            if session.person is None and not is_there and session.on < first:
                yield "before joining"
            elif session.person is None and not is_there and session.on > last:
                yield "after leaving"
            elif session.person is None and not is_there and kinds & made.plan.presence.leave:
                yield "on leave"
            elif is_there and kinds:
                yield "asked on leave"


def of_parts(made: Schedule) -> Iterator[str]:
    """What a year has to have in more than one of its parts."""
    quarters = CalendarSpan.QUARTER.within(made.period)
    parts = [[each for each in made.sessions if each.planned_on in part] for part in quarters]
    held = sum(map(bool, parts))
    if held > 1:
        yield "quarters"
        yield from ("person" for each in made.sessions if each.person)
        yield from ("adjusted" for each in made.sessions if each.cause)
        yield from ("make-up" for each in made.sessions if each.make_up)
        yield from ("of quotas" for each in made.sessions if is_of(made, each, Quota))
        yield from ("of stages" for each in made.sessions if is_of(made, each, CareerStage))
        yield from ("short" for _ in made.shortfalls)
    if made.period.first.year < made.period.last.year:
        yield "years"


def is_of(made: Schedule, session: Session, timing: type) -> bool:
    return isinstance(made.activity_of(session).timing, timing)


def state_of(status: CertificateStatus) -> list[CertificateState]:
    return [status.state]


ABSENCES = {"before joining", "after leaving", "on leave", "asked on leave"}
PARTS = {"quarters", "years", "person", "adjusted", "make-up", "of quotas", "of stages", "short"}
COUNTS = {"waived", "excused", "unrecorded", "extended", "parts", "every part"}
RECORDS = {"Attendance", "TestResult", "Delivered", "again", "later"}
CHANGES = {"added", "cancelled", "moved", "withdrawn", "tenure", "part time"}


def of_scenario(scenario: TrainingScenario) -> Iterator[str]:
    made = scenario.schedule()
    yield from of_absences(made)
    yield from of_parts(made)


@pytest.mark.parametrize(
    ("strategy", "what", "wanted"),
    [
        pytest.param(
            compliances(),
            of_compliance,
            {*ComplianceStatus, *COUNTS, Reduction.PROPORTIONAL},
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            reschedulings(),
            of_rescheduled,
            CHANGES | {kind.value for kind in LeaveKind},
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            training_scenarios(), of_scenario, ABSENCES | PARTS, marks=pytest.mark.thorough
        ),
        (certifications_due(), state_of, set(CertificateState)),
        pytest.param(
            schedules().flatmap(records_of), of_records, RECORDS, marks=pytest.mark.thorough
        ),
    ],
    ids=["compliances", "reschedulings", "scenarios", "certificates", "records"],
)
def test_draws_reach_everything(strategy: SearchStrategy[Any], what: Any, wanted: set[Any]) -> None:
    assert unreached(strategy, what, wanted) == set()
