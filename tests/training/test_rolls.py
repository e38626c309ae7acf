"""Rolls: lateness, tolerance, quorum and what makes up for what was missed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, Tenure, Text, WorkCalendar
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Attendance,
    AttendanceRate,
    AttendanceStatus,
    AttendanceTerms,
    Cadence,
    Compliance,
    ComplianceStatus,
    Course,
    Curriculum,
    Domain,
    Group,
    Leave,
    Quota,
    Record,
    Requirement,
    Schedule,
    Session,
    Target,
    TargetUnit,
    TestResult,
    Trainee,
    TrainingError,
    TrainingPlan,
    check_compliance,
    schedule,
)

PRESENT, LATE, ABSENT, EXCUSED = AttendanceStatus
MET, WAIVED, CLOSED, ON_TRACK, SHORT, BREACHED = ComplianceStatus
YEAR = Period.year(2026)
TEXT = Text.same("text")
COURSES = [Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b")]
CURRICULUM = Curriculum("courses", "1", text=TEXT, courses=COURSES)
DAYS = [date(2026, month, 15) for month in range(1, 11)]


def plan(
    *targets: Target, kind: ActivityKind = ActivityKind.MEETING, duration: int = 60, **terms: Any
) -> TrainingPlan:
    meeting = Activity(
        "meeting",
        TEXT,
        kind=kind,
        timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"),
        duration=duration,
        attendance=AttendanceTerms(**terms),
    )
    return TrainingPlan(
        "plan", "1", text=TEXT, curriculum=CURRICULUM, activities=[meeting], targets=targets
    )


def ten(of: TrainingPlan, *people: Trainee, groups: Iterable[Group] = ()) -> Schedule:
    """A schedule of ten meetings of each team."""
    teams: list[str | None] = [each.id for each in groups] or [None]
    sessions = [
        Session("meeting", day, on=day, group=team, courses=["ab"[place % 2]])
        for place, day in enumerate(DAYS)
        for team in teams
    ]
    return Schedule(
        of,
        YEAR,
        calendar=WorkCalendar(()),
        trainees=people,
        groups=groups,
        sessions=sessions,
    )


ONE = Trainee("RM-01")


def attended(made: Schedule, *statuses: AttendanceStatus | None) -> list[Record]:
    return [
        Attendance(session.id, "RM-01", status=status)
        for session, status in zip(made.sessions, statuses, strict=False)
        if status is not None
    ]


def checked(made: Schedule, records: Iterable[Record], on: date = YEAR.last) -> Compliance:
    return check_compliance(made, records, on=on)


def only(made: Schedule, *statuses: AttendanceStatus | None, on: date = YEAR.last) -> Requirement:
    (requirement,) = checked(made, attended(made, *statuses), on).of("RM-01")
    return requirement


def test_of_ten_meetings_one_may_be_missed_where_nine_tenths_are_asked() -> None:
    made = ten(plan(at_least="0.9"), ONE)
    one = only(made, ABSENT, *[PRESENT] * 9)
    assert (one.status, one.counts.needed, one.counts.done) == (MET, 9, 9)
    assert one.decided_on == DAYS[9]
    two = only(made, ABSENT, PRESENT, ABSENT, *[PRESENT] * 7)
    assert (two.status, two.decided_on, two.counts.missing) == (BREACHED, DAYS[2], 1)
    strict = only(ten(plan(), ONE), ABSENT, *[PRESENT] * 9)
    assert (strict.status, strict.decided_on) == (BREACHED, DAYS[0])


def test_what_is_not_recorded_is_short_where_it_could_be_too_much() -> None:
    made = ten(plan(at_least="0.9"), ONE)
    assert only(made, None, PRESENT, on=DAYS[1]).status is ON_TRACK
    short = only(made, ABSENT, None, on=DAYS[1])
    assert (short.status, short.decided_on) == (SHORT, DAYS[1])
    # Who has attended enough before the end has met it.
    early = only(ten(plan(at_least="0.5"), ONE), *[PRESENT] * 5, on=DAYS[4])
    assert (early.status, early.decided_on) == (MET, DAYS[4])


def test_what_is_excused_is_not_among_what_is_asked() -> None:
    made = ten(plan(at_least="0.9"), ONE)
    # 9 tenths of 8 are 7.2, and 8 are needed.
    counts = only(made, EXCUSED, EXCUSED, *[PRESENT] * 8).counts
    assert (counts.needed, counts.done, counts.excused) == (8, 8, 2)


@pytest.mark.parametrize(
    ("lates", "status", "absences", "decided_on"),
    [(None, MET, 0, DAYS[9]), (11, MET, 0, DAYS[9]), (4, BREACHED, 2, DAYS[3])],
)
def test_late_arrivals_are_absences_as_the_plan_says(
    lates: int | None, status: ComplianceStatus, absences: int, decided_on: date
) -> None:
    found = only(ten(plan(lates_an_absence=lates), ONE), *[LATE] * 10)
    assert (found.status, found.counts.late_absences) == (status, absences)
    assert (found.counts.done, found.counts.late) == (10 - absences, 10)
    assert found.decided_on == decided_on


def test_late_arrivals_and_absences_share_what_may_be_missed() -> None:
    made = ten(plan(at_least="0.8", lates_an_absence=2), ONE)
    three = only(made, LATE, ABSENT, LATE, ABSENT, *[PRESENT] * 6)
    assert (three.status, three.decided_on) == (BREACHED, DAYS[3])
    two = only(made, LATE, ABSENT, LATE, *[PRESENT] * 7)
    assert (two.status, two.counts.done, two.counts.needed) == (MET, 8, 8)


DAYS_OF_MEETINGS = Target(ActivityKind.MEETING, 2, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)


@pytest.mark.parametrize(
    ("statuses", "quorum", "done"),
    [
        ([ABSENT, ABSENT, ABSENT], "0.5", 0),
        ([None, None, None], "0.5", 0),
        ([PRESENT, ABSENT, ABSENT], "0.5", 0),
        ([PRESENT, LATE, ABSENT], "0.5", 1),
        ([PRESENT, EXCUSED, ABSENT], "0.5", 1),
        ([PRESENT, PRESENT, ABSENT], 1, 0),
        ([PRESENT, PRESENT, EXCUSED], 1, 1),
        ([PRESENT, ABSENT, ABSENT], 0, 1),
        ([EXCUSED, EXCUSED, EXCUSED], 0, 0),
    ],
)
def test_attendance_by_people_decides_what_a_team_did(
    statuses: list[AttendanceStatus | None], quorum: Any, done: int
) -> None:
    people = [Trainee("RM-01"), Trainee("RM-02"), Trainee("RM-03")]
    made = ten(plan(DAYS_OF_MEETINGS, quorum=quorum), *people)
    records = [
        Attendance(made.sessions[0].id, person.id, status=status)
        for person, status in zip(people, statuses, strict=True)
        if status is not None
    ]
    (team,) = checked(made, records, DAYS[0]).of_team()
    assert (team.counts.done, team.status) == (done, ON_TRACK)
    after = checked(made, records, date(2027, 1, 1)).of_team()[0]
    assert after.status is BREACHED


def test_a_quota_of_a_team_is_met_by_who_attends() -> None:
    workshop = Activity(
        "workshop", TEXT, kind=ActivityKind.WORKSHOP, timing=Quota(1, per=CalendarSpan.YEAR)
    )
    of = evolve(plan(), activities=[workshop])
    made = schedule(of, YEAR, calendar=WorkCalendar(()), trainees=[ONE])
    id = made.sessions[0].id
    for status, expected in ((ABSENT, BREACHED), (PRESENT, MET)):
        records = [Attendance(id, "RM-01", status=status)]
        (team,) = checked(made, records, date(2027, 1, 1)).of_team()
        assert team.status is expected
    empty = evolve(made, trainees=())
    assert checked(empty, []).of_team()[0].status is MET


def test_a_day_counts_from_so_many_minutes_on() -> None:
    whole = evolve(DAYS_OF_MEETINGS, minutes_a_day=240)
    for duration, needed in ((15, 0), (240, 10)):
        made = ten(plan(whole, duration=duration), ONE)
        records = attended(made, *[PRESENT] * 10)
        target = checked(made, records).of("RM-01")[1]
        assert target.counts.done == needed
    # Two short ones on one day are long enough together.
    twice = [evolve(each, number=2) for each in ten(plan(), ONE).sessions]
    made = ten(plan(whole, duration=120), ONE)
    both = evolve(made, sessions=[*made.sessions, *twice])
    records = [Attendance(each.id, "RM-01", status=PRESENT) for each in both.sessions]
    assert checked(both, records).of("RM-01")[1].counts.done == 10


def test_short_sessions_are_not_added_for_days_that_they_do_not_make() -> None:
    study = Target(
        ActivityKind.STUDY, 24, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR, minutes_a_day=240
    )
    for duration, added, missing in ((240, 12, 0), (239, 0, 24)):
        of = plan(study, kind=ActivityKind.STUDY, duration=duration)
        made = schedule(of, YEAR, calendar=WorkCalendar(()), trainees=[ONE])
        assert sum(each.make_up for each in made.sessions) == added
        assert sum(each.missing for each in made.shortfalls) == missing


TEAMS = [Group("A", [ONE]), Group("B", [Trainee("RM-02")])]


def guest(made: Schedule, month: int, status: AttendanceStatus = PRESENT) -> Attendance:
    return Attendance(f"meeting/2026-{month:02}-15/group:B", "RM-01", status=status)


def own(month: int, status: AttendanceStatus) -> Attendance:
    return Attendance(f"meeting/2026-{month:02}-15/group:A", "RM-01", status=status)


def all_but(month: int) -> list[Record]:
    return [own(each, PRESENT) for each in range(1, 11) if each != month]


@pytest.mark.parametrize("missed", [ABSENT, EXCUSED, None])
@pytest.mark.parametrize("with_month", [3, 5])
def test_a_session_with_another_team_makes_up_for_one_that_was_missed(
    missed: AttendanceStatus | None, with_month: int
) -> None:
    # January, March and May teach the same.
    made = ten(plan(DAYS_OF_MEETINGS), groups=TEAMS)
    records = [*all_but(3), guest(made, with_month)]
    if missed is not None:
        records.append(own(3, missed))
    compliance = checked(made, records)
    meeting, target = compliance.of("RM-01")
    assert (meeting.status, meeting.counts.made_up) == (MET, 1)
    assert (meeting.counts.done, meeting.counts.needed, meeting.counts.absent) == (10, 10, 0)
    # In May the person was at two on one day.
    assert target.counts.done == (10 if with_month == 3 else 9)
    assert compliance.rate_of("RM-01") == AttendanceRate(10, 10)


def test_what_teaches_something_else_makes_up_for_nothing() -> None:
    made = ten(plan(), groups=TEAMS)
    (meeting,) = checked(made, [*all_but(3), own(3, ABSENT), guest(made, 4)]).of("RM-01")
    assert (meeting.status, meeting.counts.made_up) == (BREACHED, 0)
    # Nor does what was before it.
    (meeting,) = checked(made, [*all_but(3), own(3, ABSENT), guest(made, 1)]).of("RM-01")
    assert (meeting.status, meeting.counts.made_up) == (BREACHED, 0)


def test_the_same_session_of_another_team_can_come_first() -> None:
    made = ten(plan(), groups=TEAMS)
    early = date(2026, 1, 12)
    moved = [
        evolve(each, on=early, cause="full") if each.id == "meeting/2026-01-15/group:B" else each
        for each in made.sessions
    ]
    made = evolve(made, sessions=moved)
    (meeting,) = checked(made, [guest(made, 1)], on=early).of("RM-01")
    assert (meeting.status, meeting.counts.made_up, meeting.counts.to_come) == (ON_TRACK, 1, 9)


def test_a_guest_is_there_and_no_other_record_is_taken() -> None:
    made = ten(plan(), groups=TEAMS)
    with pytest.raises(TrainingError, match="is of another team on 2026-03-15; record only that"):
        checked(made, [guest(made, 3, EXCUSED)])


def test_who_attends_on_leave_attended() -> None:
    leave = Leave("RM-01", "annual", first=date(2026, 3, 1), last=date(2026, 4, 30))
    made = ten(plan(), evolve(ONE, leaves=[leave]))
    records = attended(made, PRESENT, PRESENT, PRESENT, ABSENT, *[PRESENT] * 6)
    (meeting,) = checked(made, records).of("RM-01")
    counts = meeting.counts
    assert (meeting.status, counts.needed, counts.done, counts.waived) == (MET, 9, 9, 1)
    away = Leave("RM-01", "annual", first=date(2026, 1, 1))
    (all_away,) = checked(ten(plan(), evolve(ONE, leaves=[away])), []).of("RM-01")
    assert (all_away.status, all_away.counts.asked) == (WAIVED, 10)


def test_who_was_in_both_teams_is_a_guest_in_none() -> None:
    tenures = [
        Tenure("RM-01", "A", last=date(2026, 4, 30)),
        Tenure("RM-01", "B", first=date(2026, 5, 1)),
    ]
    teams = [Group("A", [evolve(ONE, tenures=tenures)]), TEAMS[1]]
    made = ten(plan(), groups=teams)
    records = [
        *(own(month, PRESENT) for month in range(1, 5)),
        *(guest(made, month) for month in range(5, 11)),
    ]
    (meeting,) = checked(made, records).of("RM-01")
    assert (meeting.status, meeting.counts.present, meeting.counts.made_up) == (MET, 10, 0)


TESTS = ten(plan(kind=ActivityKind.TEST), groups=TEAMS)


def result(month: int, score: int, **fields: Any) -> TestResult:
    return TestResult(f"meeting/2026-{month:02}-15/group:A", "RM-01", score=score, **fields)


def test_who_missed_a_test_can_take_it_on_a_later_day() -> None:
    again = result(3, 80, on=date(2026, 3, 20))
    records = [*all_but(3), own(3, ABSENT), again]
    (test,) = checked(TESTS, records).of("RM-01")
    assert (test.status, test.counts.made_up, test.counts.absent) == (MET, 1, 0)
    # Of two later days the first counts.
    twice = result(3, 90, attempt=2, on=date(2026, 4, 1))
    assert checked(TESTS, [*records, twice]).of("RM-01")[0].counts == test.counts
    # A second attempt of who was there changes nothing of that.
    second = result(4, 80, attempt=2, on=date(2026, 4, 18))
    third = result(4, 90, attempt=3, on=date(2026, 4, 20))
    (test,) = checked(TESTS, [*records, second, third]).of("RM-01")
    assert (test.counts.present, test.counts.made_up) == (9, 1)


@pytest.mark.parametrize(
    ("records", "on", "code", "words"),
    [
        (
            [result(3, 80, on=date(2026, 3, 14))],
            YEAR.last,
            "contradiction",
            "the day (2026-03-14) is before the session (2026-03-15); correct it",
        ),
        (
            [result(3, 80, on=date(2026, 3, 20))],
            date(2026, 3, 19),
            "in-the-future",
            "the day is after 2026-03-19; leave the record out, or check on a later day",
        ),
        (
            [result(3, 80), result(3, 80, on=date(2026, 3, 20))],
            YEAR.last,
            "contradiction",
            "the day is both None and 2026-03-20; number the attempts, from 1",
        ),
        (
            [own(3, ABSENT), result(3, 80)],
            YEAR.last,
            "contradiction",
            "the attendance is absent; correct one of them",
        ),
        (
            # The second attempt has no record.
            [result(3, 80, attempt=3), result(3, 40, on=date(2026, 3, 20))],
            YEAR.last,
            "contradiction",
            "the day (2026-03-15) is before that of an earlier attempt (2026-03-20); "
            "correct one of them, or the numbers",
        ),
    ],
)
def test_results_of_days_that_cannot_be_are_rejected(
    records: list[Record], on: date, code: str, words: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        checked(TESTS, records, on)
    (problem,) = caught.value.problems
    assert (problem.code.value, problem.message.partition(": ")[2]) == (code, words)


def test_nobody_takes_a_test_after_leaving() -> None:
    gone = evolve(ONE, tenures=[Tenure("RM-01", "A", last=date(2026, 3, 17))])
    made = ten(plan(kind=ActivityKind.TEST), groups=[Group("A", [gone])])
    with pytest.raises(TrainingError, match=r"records\[0\].on|no tenure on 2026-03-20"):
        checked(made, [result(3, 80, on=date(2026, 3, 20))])
