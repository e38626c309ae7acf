"""Marks: the records that fit their schedule, by person and by session.

A record fits its schedule or is rejected, whoever asks; what follows from it is decided elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

from attrs import field, frozen

from cmappraisal.errors import Problem
from cmappraisal.flaw_wordings import choice_named, perhaps
from cmappraisal.points import plain
from cmappraisal.training.activity_timings import Quota
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.extensions import Extension
from cmappraisal.training.plans import Activity, ActivityKind
from cmappraisal.training.record_flaws import (
    A_PARTICIPANT,
    A_SESSION,
    AN_ACTIVITY,
    SOMEBODY_TRAINED,
    RecordFlaw,
)
from cmappraisal.training.records import (
    ATTENDED,
    Attendance,
    AttendanceStatus,
    Delivered,
    Record,
    TestResult,
    record_named,
)
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Session
from cmappraisal.training.trainees import Trainee

_DELIVERED_KINDS = frozenset({ActivityKind.REPORT, ActivityKind.REQUEST, ActivityKind.SELF_STUDY})


@frozen(eq=False)
class Occasion:
    """What can be counted: a session, with what is often asked of it, or something delivered."""

    activity: Activity
    on: date
    session: Session | None = None
    id: str | None = None


@frozen(eq=False)
class Marks:
    """Records that fit their schedule.

    Args:
        occasions: The sessions, by id.
        attendance: How each person attended, by session.
        results: The results of each person, by session and attempt.
        delivered: What was delivered, by activity and person.
        guests: The sessions of other teams that each person attended.
    """

    occasions: dict[str, Occasion]
    attendance: defaultdict[str, dict[str, AttendanceStatus]] = field(
        factory=lambda: defaultdict(dict)
    )
    results: defaultdict[str, dict[tuple[str, int], TestResult]] = field(
        factory=lambda: defaultdict(dict)
    )
    delivered: defaultdict[tuple[str, str], set[tuple[date, int]]] = field(
        factory=lambda: defaultdict(set)
    )
    guests: defaultdict[str, dict[str, Occasion]] = field(factory=lambda: defaultdict(dict))

    def deliveries(self, activity: Activity, person: str) -> list[Occasion]:
        """What a person delivered for an activity, by day."""
        there = sorted(self.delivered.get((activity.id, person), ()))
        return [Occasion(activity, on) for on, _ in there]

    def results_of(self, person: str) -> Iterable[TestResult]:
        """The results of a person."""
        return self.results.get(person, {}).values()

    def statuses(self, person: str) -> dict[str, AttendanceStatus]:
        """How a person attended, by session."""
        tested = dict.fromkeys(
            (each.session for each in self.results_of(person) if not self.is_later(each)),
            AttendanceStatus.PRESENT,
        )
        return tested | self.attendance.get(person, {})

    def day_of(self, result: TestResult) -> date:
        """The day of a result: its own, or that of its session."""
        return result.on or self.occasions[result.session].on

    def is_later(self, result: TestResult) -> bool:
        """Whether a result is of a later day than its session."""
        return self.day_of(result) > self.occasions[result.session].on

    def attempt_before(self, result: TestResult) -> TestResult | None:
        """The result of the last attempt before that of a result."""
        results = self.results.get(result.person, {})
        before = (results.get((result.session, it)) for it in range(result.attempt - 1, 0, -1))
        return next(filter(None, before), None)


@frozen(eq=False)
class _Reading:
    schedule: Schedule
    activities: Mapping[str, Activity]
    trainees: Mapping[str, Trainee]
    on: date | None
    cancelled: frozenset[str]
    extensions: Mapping[tuple[str, str], Sequence[Extension]]


_Fault: TypeAlias = tuple[str, RecordFlaw, tuple[object, ...]]
"""What is wrong with a record: its field, the flaw, and what its wording names."""


def is_delivered(activity: Activity) -> bool:
    """Whether it is delivered, on whatever day, rather than attended in its sessions.

    Each person delivers what is individual. What is of the team, somebody delivers for it; but a
    talk to the team is attended.
    """
    is_talk = activity.kind is ActivityKind.TALK and activity.per_person
    is_of_kind = is_talk or activity.kind in _DELIVERED_KINDS
    return is_of_kind and isinstance(activity.timing, Quota)


def is_delivered_for_team(activity: Activity) -> bool:
    """Whether somebody delivers it for the team, so that it asks nothing of each person."""
    return is_delivered(activity) and not activity.per_person


def read_records(
    schedule: Schedule,
    records: Sequence[Record],
    on: date | None = None,
    *,
    extensions: Iterable[Extension] = (),
    besides: Iterable[Problem] = (),
) -> Marks:
    """The records of a schedule; those that do not fit it are rejected, all in one error.

    Args:
        schedule: The schedule.
        records: The records.
        on: The last day that they can be of; None for any day.
        extensions: Who has more time for what.
        besides: What else is wrong, reported in the same error.
    """
    marks = Marks({str(occasion.id): occasion for occasion in _occasions(schedule)})
    activities = {activity.id: activity for activity in schedule.activities}
    trainees = {trainee.id: trainee for trainee in schedule.people}
    cancelled = frozenset(session.id for session in schedule.cancelled)
    extended: defaultdict[tuple[str, str], list[Extension]] = defaultdict(list)
    for each in extensions:
        extended[str(each.activity), each.person].append(each)
    reading = _Reading(schedule, activities, trainees, on, cancelled, extended)
    reject_contradictions(chain(besides, _problems(marks, records, reading)), str(schedule))
    return marks


def _problems(marks: Marks, records: Sequence[Record], reading: _Reading) -> Iterator[Problem]:
    """What keeps some records from fitting their schedule; the marks take those that do."""
    for place, record in enumerate(records):
        for name, flaw, values in _READERS[type(record)](marks, record, reading):
            yield flaw.problem(f"$.records[{place}].{name}", record_named(record), *values)
    # Whether somebody attended, and the days of other attempts, are known once all are read.
    for place, record in enumerate(records):
        if isinstance(record, TestResult) and record.session in marks.occasions:
            for name, flaw, values in _faults_beside_others(marks, record):
                yield flaw.problem(f"$.records[{place}]{name}", record_named(record), *values)


def _faults_beside_others(marks: Marks, record: TestResult) -> Iterator[_Fault]:
    """What the attendance and the attempts before it say against a result."""
    status = marks.attendance.get(record.person, {}).get(record.session)
    # Who was not there can take the test on a later day.
    if not (status is None or status in ATTENDED or marks.is_later(record)):
        yield "", RecordFlaw.ABSENT_FROM_THE_TEST, (choice_named(status),)
    before, day = marks.attempt_before(record), marks.day_of(record)
    if before is not None and marks.day_of(before) > day:
        yield ".on", RecordFlaw.BEFORE_AN_EARLIER_ATTEMPT, (day, marks.day_of(before))


def _occasions(schedule: Schedule) -> Iterator[Occasion]:
    for session in schedule.sessions:
        yield Occasion(schedule.activity_of(session), session.on, session, session.id)


def _faults_of_sitting(
    marks: Marks, record: Attendance | TestResult, reading: _Reading
) -> Iterator[_Fault]:
    """What keeps a record of a session out, whatever it states."""
    occasion = marks.occasions.get(record.session)
    if occasion is None or occasion.session is None:
        yield _unknown_session(marks, record, reading)
        return
    yield from _faults_of_person(record, occasion.session, reading)
    if reading.on is not None and occasion.on > reading.on:
        yield "session", RecordFlaw.SESSION_IN_THE_FUTURE, (occasion.on, reading.on)


def _faults_of_person(
    record: Attendance | TestResult, session: Session, reading: _Reading
) -> Iterator[_Fault]:
    """What keeps the person of a record from having been at its session."""
    schedule, person = reading.schedule, record.person
    if person in reading.trainees and session.person in (None, person):
        there = presence_of(schedule, person).team_on(session.on)
        if there is None:
            yield _not_there("person", person, session.on, reading)
        elif session.person is None and there.group != session.group and not _is_sitting(record):
            yield "person", RecordFlaw.OF_ANOTHER_TEAM, (person, session.on)
        return
    attendees = schedule.attendees(session)
    is_known = person in reading.trainees
    flaw = RecordFlaw.NO_PARTICIPANT if is_known else RecordFlaw.UNKNOWN_PARTICIPANT
    yield "person", flaw, (person, perhaps(person, sorted(attendees)) or A_PARTICIPANT)


def _is_sitting(record: Attendance | TestResult) -> bool:
    """Whether a record states that somebody was there."""
    return isinstance(record, TestResult) or record.status in ATTENDED


def _unknown_session(marks: Marks, record: Attendance | TestResult, reading: _Reading) -> _Fault:
    if record.session in reading.cancelled:
        return "session", RecordFlaw.SESSION_CANCELLED, ()
    remedy = perhaps(record.session, marks.occasions) or A_SESSION
    return "session", RecordFlaw.UNKNOWN_SESSION, (remedy,)


def _not_there(field: str, person: str, day: date, reading: _Reading) -> _Fault:
    trainee = reading.trainees[person]
    if trainee.hired_on is not None and day < trainee.hired_on:
        return field, RecordFlaw.BEFORE_HIRING, (person, trainee.hired_on, day)
    return field, RecordFlaw.NO_TENURE, (person, day)


def _note_guest(marks: Marks, record: Attendance | TestResult, reading: _Reading) -> None:
    """Note that somebody attended a session of a team that was not their own that day."""
    occasion = marks.occasions[record.session]
    session = occasion.session
    if session is not None and session.person is None and _is_sitting(record):
        there = presence_of(reading.schedule, record.person).team_on(occasion.on)
        if there is not None and there.group != session.group:
            marks.guests[record.person][record.session] = occasion


def _read_attendance(marks: Marks, record: Attendance, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_sitting(marks, record, reading))
    occasion = marks.occasions.get(record.session)
    if occasion is not None and is_delivered(occasion.activity):
        flaw = RecordFlaw.DELIVERED_NOT_ATTENDED
        faults.append(("session", flaw, (occasion.activity.id,)))
    yield from faults
    if faults:
        return
    _note_guest(marks, record, reading)
    known = marks.attendance[record.person].setdefault(record.session, record.status)
    if known is not record.status:
        both = (each for each in AttendanceStatus if each in (known, record.status))
        yield "status", RecordFlaw.TWO_STATUSES, tuple(map(choice_named, both))


def _read_result(marks: Marks, record: TestResult, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_sitting(marks, record, reading))
    occasion = marks.occasions.get(record.session)
    if occasion is not None and occasion.activity.kind is not ActivityKind.TEST:
        activity = occasion.activity
        named = activity.id, choice_named(activity.kind)
        faults.append(("session", RecordFlaw.NO_TEST, named))
    faults += _faults_of_attempt(marks, record, reading)
    yield from faults
    if faults:
        return
    _note_guest(marks, record, reading)
    known = marks.results[record.person].setdefault((record.session, record.attempt), record)
    if known.on != record.on:
        yield "on", RecordFlaw.TWO_DAYS, (known.on, record.on)
    elif known != record:
        both = map(plain, sorted((known.score, record.score)))
        yield "score", RecordFlaw.TWO_SCORES, tuple(both)


def _faults_of_attempt(marks: Marks, record: TestResult, reading: _Reading) -> Iterator[_Fault]:
    """What keeps a result of a day of its own out."""
    occasion, on = marks.occasions.get(record.session), record.on
    if occasion is None or on is None or record.person not in reading.trainees:
        return
    if on < occasion.on:
        yield "on", RecordFlaw.BEFORE_THE_SESSION, (on, occasion.on)
    elif presence_of(reading.schedule, record.person).team_on(on) is None:
        yield _not_there("on", record.person, on, reading)
    if reading.on is not None and on > max(reading.on, occasion.on):
        yield "on", RecordFlaw.DAY_IN_THE_FUTURE, (reading.on,)


def _read_delivered(marks: Marks, record: Delivered, reading: _Reading) -> Iterator[_Fault]:
    faults = list(_faults_of_delivery(record, reading))
    yield from faults
    if not faults:
        marks.delivered[record.activity, record.person].add((record.on, record.number))


def _faults_of_delivery(record: Delivered, reading: _Reading) -> Iterator[_Fault]:
    activity = reading.activities.get(record.activity)
    if activity is None:
        remedy = perhaps(record.activity, reading.activities) or AN_ACTIVITY
        yield "activity", RecordFlaw.UNKNOWN_ACTIVITY, (remedy,)
    elif not is_delivered(activity):
        yield "activity", RecordFlaw.ATTENDED_NOT_DELIVERED, (activity.id,)
    if record.person not in reading.trainees:
        remedy = perhaps(record.person, sorted(reading.trainees)) or SOMEBODY_TRAINED
        yield "person", RecordFlaw.UNKNOWN_PERSON, (record.person, remedy)
    elif presence_of(reading.schedule, record.person).team_on(record.on) is None:
        yield _not_there("on", record.person, record.on, reading)
    extended = reading.extensions.get((record.activity, record.person), ())
    in_extension = any(each.period.last < record.on <= each.until for each in extended)
    if record.on not in reading.schedule.period and not in_extension:
        yield "on", RecordFlaw.OUTSIDE_THE_PERIOD, ()
    if reading.on is not None and record.on > reading.on:
        yield "on", RecordFlaw.DAY_IN_THE_FUTURE, (reading.on,)


_READERS: Mapping[type, Callable[[Marks, Any, _Reading], Iterator[_Fault]]] = {
    Attendance: _read_attendance,
    TestResult: _read_result,
    Delivered: _read_delivered,
}
