"""Editions: what another edition of a plan makes of a schedule, from a day on."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, FieldError, Period, Text, WorkCalendar
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Cadence,
    CareerStage,
    ComplianceStatus,
    Course,
    Curriculum,
    Domain,
    Leave,
    NthWorkingDay,
    Ongoing,
    PastPlan,
    Quota,
    Rescheduled,
    Schedule,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    UnknownCourseError,
    check_compliance,
    reschedule,
    schedule,
    vip_service,
    year_grid,
)

TEXT = Text.same("text")
YEAR = Period.year(2026)
WEEKDAYS = WorkCalendar()
JULY = date(2026, 7, 1)
COURSES = Curriculum(
    "few",
    "1",
    text=TEXT,
    courses=[Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b", "c", "d")],
)


def activity(id: str, timing: Any, **fields: Any) -> Activity:
    return Activity(id, TEXT, timing=timing, **{"kind": ActivityKind.STUDY, **fields})


def plan(edition: str, *activities: Activity, **fields: Any) -> TrainingPlan:
    return TrainingPlan(
        "plan", edition, text=TEXT, curriculum=COURSES, activities=activities, **fields
    )


def monthly(day: int) -> Cadence:
    return Cadence(f"FREQ=MONTHLY;BYMONTHDAY={day}")


def a_year(count: int) -> Quota:
    return Quota(count, per=CalendarSpan.YEAR)


def again(made: Schedule, edition: TrainingPlan, **given: Any) -> Rescheduled:
    given = {"calendar": WEEKDAYS, "not_before": JULY, **given}
    return reschedule(made, plan=edition, **given)


def days(made: Schedule, id: str) -> list[str]:
    return [f"{each.on:%m-%d}" for each in made.sessions if each.activity == id]


def test_the_ids_of_what_is_the_same_survive_an_edition() -> None:
    people = [Trainee("RM-01"), Trainee("RM-02")]
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, trainees=people)
    edition = evolve(vip_service(workshops=2), edition="2.0")
    new = again(made, edition)
    before, after = ({each.id for each in of.sessions} for of in (made, new.schedule))
    assert before <= after
    assert len(after - before) == 1
    [change] = new.changes
    assert change.before is None
    assert change.after is not None
    assert change.after.activity == "consultancy-workshop"
    assert change.after.on >= JULY
    assert new.schedule.past_plans == (PastPlan(VIP_SERVICE, JULY),)
    assert str(new.schedule.past_plans[0]) == "vip-service 1.0 until 2026-07-01"


def test_another_day_of_the_month_holds_from_then_on() -> None:
    made = schedule(plan("1", activity("study", monthly(15))), YEAR, calendar=WEEKDAYS)
    new = again(made, plan("2", activity("study", monthly(10))))
    assert days(new.schedule, "study") == [
        *("01-15", "02-16", "03-16", "04-15", "05-15", "06-15"),
        *("07-10", "08-10", "09-10", "10-12", "11-10", "12-10"),
    ]
    assert [each.id for each in new.schedule.cancelled] == [
        f"study/2026-{month:02}-15" for month in range(7, 13)
    ]
    assert {each.sequence for each in new.schedule.cancelled} == {1}
    assert {each.sequence for each in new.schedule.sessions} == {0}
    assert new.schedule.shortfalls == ()
    # Back to the first edition, what was cancelled is there again.
    back = again(new.schedule, evolve(made.plan, edition="3")).schedule
    assert days(back, "study") == days(made, "study")
    assert [each.sequence for each in back.sessions] == [0] * 6 + [2] * 6
    assert len(back.past_plans) == 2


def test_another_adjustment_sends_what_is_on_a_day_off_the_other_way() -> None:
    made = schedule(plan("1", activity("study", monthly(15))), YEAR, calendar=WEEKDAYS)
    other = plan("2", activity("study", monthly(15), adjustment="preceding"))
    new = again(made, other)
    moved = [
        (f"{each.before.on:%m-%d}", f"{each.after.on:%m-%d}")
        for each in new.changes
        if each.before and each.after
    ]
    assert moved == [("08-17", "08-14"), ("11-16", "11-13")]


def test_what_is_skipped_is_not_there_on_days_off() -> None:
    made = schedule(plan("1", activity("study", monthly(15))), YEAR, calendar=WEEKDAYS)
    new = again(made, plan("2", activity("meeting", monthly(15), adjustment="skip"))).schedule
    assert days(new, "meeting") == ["07-15", "09-15", "10-15", "12-15"]
    assert all(each.activity == "study" for each in new.cancelled)


def test_a_quota_counts_what_was_held() -> None:
    made = schedule(plan("1", activity("talk", a_year(2))), YEAR, calendar=WEEKDAYS)
    assert days(made, "talk") == ["04-02", "10-01"]
    assert days(again(made, plan("2", activity("talk", a_year(1)))).schedule, "talk") == ["04-02"]
    four = again(made, plan("2", activity("talk", a_year(4)))).schedule
    assert len(days(four, "talk")) == 4
    assert set(days(four, "talk")) > {"04-02", "10-01"}
    closed = Period(JULY, YEAR.last)
    none = again(made, plan("2", activity("talk", a_year(4))), blackouts=closed).schedule
    assert days(none, "talk") == ["04-02"]
    assert [(each.missing, each.cause) for each in none.shortfalls] == [
        (3, ShortfallCause.NO_OPEN_DAY)
    ]


def test_a_quota_of_a_year_asks_its_share_of_a_part_of_the_year() -> None:
    most_of_it = Period(date(2026, 5, 1), YEAR.last)
    made = schedule(plan("1", activity("talk", a_year(1))), most_of_it, calendar=WEEKDAYS)
    four = plan("2", activity("talk", a_year(4)))
    assert len(days(schedule(four, most_of_it, calendar=WEEKDAYS), "talk")) == 3
    assert len(days(again(made, four).schedule, "talk")) == 3


def test_a_quota_of_spans_that_are_over_stays() -> None:
    quarterly = Quota(1, per=CalendarSpan.QUARTER)
    made = schedule(plan("1", activity("talk", quarterly)), YEAR, calendar=WEEKDAYS)
    more = plan("2", activity("talk", evolve(quarterly, at_least=2)))
    new = again(made, more, not_before=date(2026, 5, 1)).schedule
    months = [each.on.month for each in new.sessions]
    assert months[0] == 2
    assert len(months) == 7
    part = schedule(made.plan, Period(date(2026, 2, 1), date(2026, 8, 31)), calendar=WEEKDAYS)
    assert len(again(part, more, not_before=date(2026, 5, 1)).schedule.sessions) == 4


def test_courses_go_on_in_turn() -> None:
    asked = activity("study", monthly(15), courses=["a", "b"])
    made = schedule(plan("1", asked), YEAR, calendar=WEEKDAYS)
    other = evolve(asked, courses=["c", "d", "a"], each_time=["b"])
    new = again(made, plan("2", other)).schedule
    assert [each.courses for each in new.sessions] == [
        *[("a",), ("b",)] * 3,
        *[("c", "b"), ("d", "b"), ("a", "b")] * 2,
    ]


def test_a_stage_asks_for_what_was_not_taken() -> None:
    people = [Trainee("old", date(2026, 6, 15)), Trainee("later", date(2027, 1, 1))]
    stage = activity("stage", CareerStage(0, 2), courses=["a", "b", "c"], kind=ActivityKind.COURSE)
    made = schedule(plan("1", stage), YEAR, calendar=WEEKDAYS, trainees=people)
    assert [each.on.month for each in made.sessions] == [6, 7, 8]
    other = evolve(stage, courses=["d", "a", "c"])
    new = again(made, plan("2", other)).schedule
    # What is to come keeps its days, and teaches in the order of the courses.
    assert [each.courses for each in new.sessions] == [("a",), ("d",), ("c",)]
    assert {each.on for each in made.sessions if each.courses != ("b",)} < {
        each.on for each in new.sessions
    }
    assert [each.courses for each in new.cancelled] == [("b",)]
    assert new.sessions[1].id == made.sessions[2].id
    over = again(made, plan("2", other), not_before=date(2026, 8, 20)).schedule
    assert over.sessions == made.sessions
    closed = Period(date(2026, 7, 1), date(2026, 8, 31))
    none = again(made, plan("2", other), blackouts=closed).schedule
    assert [each.courses for each in none.sessions] == [("a",)]
    assert sum(each.missing for each in none.shortfalls) == 2


def test_a_stage_that_has_room_for_some_lessons_has_these() -> None:
    people = [Trainee("1", date(2026, 7, 1))]
    stage = activity("stage", CareerStage(0, 1), courses=["a"], duration=300)
    made = schedule(plan("1", stage), YEAR, calendar=WEEKDAYS, trainees=people)
    closed = WorkCalendar(range(7), workdays=[date(2026, 7, 30), made.sessions[0].on])
    other = evolve(stage, courses=["a", "b", "c"])
    new = again(made, plan("2", other), calendar=closed).schedule
    assert [each.courses for each in new.sessions] == [("a",), ("b",)]
    assert [each.missing for each in new.shortfalls] == [1]


def test_what_goes_on_all_the_time_has_no_sessions() -> None:
    made = schedule(plan("1", activity("talk", a_year(2))), YEAR, calendar=WEEKDAYS)
    new = again(made, plan("2", activity("talk", Ongoing()))).schedule
    assert days(new, "talk") == ["04-02"]
    assert again(new, new.plan).changes == ()
    # An activity that only a later edition has is that edition's.
    third = again(new, plan("3", activity("talk", Ongoing()), activity("study", monthly(1))))
    assert third.schedule.activity_of(third.schedule.sessions[-1]).id == "study"
    early = third.schedule.session("study/2026-07-01")
    assert third.schedule.activity_of(evolve(early, on=date(2026, 6, 30))).id == "study"


def test_a_target_of_an_edition_has_make_up_sessions() -> None:
    target = Target(ActivityKind.STUDY, 14, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)
    asked = activity("study", monthly(15))
    made = schedule(plan("1", asked), YEAR, calendar=WEEKDAYS)
    new = again(made, plan("2", asked, targets=[target])).schedule
    assert [each.make_up for each in new.sessions].count(True) == 2
    assert all(each.on >= JULY for each in new.sessions if each.make_up)
    # Without the target, nobody asks for them any more.
    less = again(new, plan("3", asked), not_before=date(2026, 7, 2)).schedule
    assert [each.id for each in less.sessions] == [each.id for each in made.sessions]
    # What was held under an activity of before counts.
    other = activity("reading", monthly(15))
    renamed = again(made, plan("2", other, targets=[target])).schedule
    assert len(renamed.sessions) == 14


def test_months_without_the_day_of_an_edition_are_reported_from_then_on() -> None:
    made = schedule(plan("1", activity("study", monthly(15))), YEAR, calendar=WEEKDAYS)
    new = again(made, plan("2", activity("study", monthly(31)))).schedule
    assert [each.period.first.month for each in new.shortfalls] == [9, 11]
    # What was missing before, is so still.
    first = schedule(plan("1", activity("study", monthly(31))), YEAR, calendar=WEEKDAYS)
    kept = again(first, plan("2", activity("study", monthly(15)))).schedule
    assert [each.period.first.month for each in kept.shortfalls] == [2, 4, 6]


def test_what_is_past_is_checked_by_what_it_was() -> None:
    people = [Trainee("RM-01")]
    asked = activity("study", monthly(15), duration=60)
    made = schedule(plan("1", asked), YEAR, calendar=WEEKDAYS, trainees=people)
    longer = evolve(asked, duration=240)
    new = again(made, plan("2", longer, activity("talk", monthly(20)))).schedule
    first, last = new.sessions[0], new.sessions[-1]
    assert (new.activity_of(first).duration, new.activity_of(last).duration) == (60, 60)
    assert new.activity_of(new.session("study/2026-12-15")).duration == 240
    removed = again(made, plan("2", activity("talk", monthly(20)))).schedule
    assert [each.id for each in removed.activities] == ["talk", "study"]
    assert removed.activity_of(first) == asked
    record = Attendance(first.id, "RM-01", status=AttendanceStatus.PRESENT)
    compliance = check_compliance(removed, [record], on=first.on)
    assert compliance.status is ComplianceStatus.ON_TRACK
    assert "2026" in year_grid(removed)


def test_an_edition_may_need_what_is_not_known_of_people() -> None:
    made = schedule(
        plan("1", activity("talk", a_year(1))), YEAR, calendar=WEEKDAYS, trainees=[Trainee("1")]
    )
    stage = activity("stage", CareerStage(0), courses=["a"], kind=ActivityKind.COURSE)
    with pytest.raises(TrainingError, match='trainee "1" has no hired_on'):
        again(made, plan("2", stage))
    needed = evolve(stage, timing=CareerStage(0, needed_only=True))
    need = evolve(made, trainees=[Trainee("1", JULY, needs=["x"])])
    with pytest.raises(UnknownCourseError, match='needs course "x"'):
        again(need, plan("2", needed))


def test_only_an_edition_of_the_plan_is_taken() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS)
    with pytest.raises(TrainingError) as caught:
        again(made, ASK)
    assert str(caught.value) == (
        'plan "ask 1.0" is no edition of "vip-service 1.0"; give a plan of that id, or make '
        "another schedule"
    )
    assert [each.path for each in caught.value.problems] == ["$.plan.id"]
    with pytest.raises(FieldError, match="plan is 5; allowed: a TrainingPlan"):
        again(made, 5)  # type: ignore[arg-type]
    assert again(made, VIP_SERVICE).schedule.past_plans == ()


def test_past_plans_are_in_their_order_and_of_one_id() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS)
    late, early = PastPlan(VIP_SERVICE, JULY), PastPlan(ASK, date(2026, 1, 1))
    with pytest.raises(TrainingError) as caught:
        evolve(made, past_plans=[late, early])
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.past_plans[1].until", "contradiction"),
        ("$.past_plans[1].plan", "contradiction"),
    ]
    with pytest.raises(FieldError, match="until is 1"):
        PastPlan(VIP_SERVICE, 1)  # type: ignore[arg-type]


STAGE = CareerStage(3, 13)
TIMINGS: dict[str, dict[str, Any]] = {
    "team": {"timing": monthly(15)},
    "each": {"timing": monthly(15), "per_person": True},
    "team's quota": {"timing": a_year(24)},
    "each one's quota": {"timing": a_year(24), "per_person": True},
    "stage": {"timing": STAGE, "courses": ["a", "b", "c"]},
}


@pytest.mark.parametrize("old", TIMINGS)
@pytest.mark.parametrize("new", TIMINGS)
def test_what_was_the_teams_and_is_each_ones_is_cancelled_for_the_team(old: str, new: str) -> None:
    people = [Trainee(id, hired_on=date(2025, 12, 1)) for id in ("RM-01", "RM-02")]
    was, now = (activity("study", **TIMINGS[each]) for each in (old, new))
    made = schedule(plan("1", was), YEAR, calendar=WEEKDAYS, trainees=people)
    edited = again(made, plan("2", now)).schedule
    later = [each for each in edited.sessions if each.on >= JULY]
    assert {each.person for each in later} == ({"RM-01", "RM-02"} if now.individual else {None})
    changed = was.individual is not now.individual
    lost = [each for each in edited.cancelled if (each.person is not None) is was.individual]
    if changed:
        assert [each.id for each in lost] == [each.id for each in made.sessions if each.on >= JULY]
    # Another calendar does not bring back what is for others now.
    moved = reschedule(
        edited, calendar=WorkCalendar(holidays=[date(2026, 9, 15)]), not_before=date(2026, 8, 1)
    ).schedule
    assert {each.person for each in moved.sessions if each.on >= JULY} <= {
        each.person for each in later
    }


def of_each(made: Schedule, *ids: str) -> TrainingPlan:
    """The next edition of a plan, under which each person does some activities of the team."""
    changed = [
        evolve(each, per_person=True) if each.id in ids else each for each in made.plan.activities
    ]
    return evolve(made.plan, edition="2.0", activities=changed)


def test_what_was_done_with_the_team_counts_for_who_was_there() -> None:
    early, late = Trainee("early"), Trainee("late", date(2026, 4, 1))
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, trainees=[early, late])
    edition = of_each(made, "study", "test", "consultancy-workshop")
    new = again(made, edition).schedule
    # The workshop of February is done by who was there, and so is half of the year's study.
    found = {
        each.id: sorted(
            session.activity
            for session in new.of(each.id)
            if session.on >= JULY and session.activity != "morning-meeting"
        )
        for each in new.people
    }
    usual = ["report", "service-competition", *["study"] * 6, "talk", *["test"] * 6]
    competition = [each for each in new.sessions if each.activity == "service-competition"]
    if competition[0].on < JULY:
        usual.remove("service-competition")
    assert found["early"] == usual
    assert found["late"].count("consultancy-workshop") == 1
    assert new.shortfalls == ()
    records = [
        Attendance(session.id, person, status=AttendanceStatus.PRESENT)
        for session in new.sessions
        if session.activity in {"study", "consultancy-workshop"}
        for person in new.attendees(session)
    ]
    compliance = check_compliance(new, records, on=YEAR.last)
    study, workshop, target = (
        next(each for each in compliance.of("early") if (each.activity, each.kind) == asked)
        for asked in (
            ("study", None),
            ("consultancy-workshop", None),
            (None, ActivityKind.STUDY),
        )
    )
    assert [each.counts.done for each in (study, workshop, target)] == [12, 1, 12]
    assert {each.status for each in (study, workshop, target)} == {ComplianceStatus.MET}


def test_it_counts_too_when_somebody_then_goes_on_leave() -> None:
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, trainees=[Trainee("A"), Trainee("B")])
    edition = of_each(made, "study", "test", "consultancy-workshop")
    new = again(made, edition).schedule
    away = Leave("A", "sick", first=date(2026, 9, 14), last=date(2026, 9, 18))
    after = reschedule(
        new,
        calendar=WEEKDAYS,
        not_before=date(2026, 9, 1),
        trainees=[Trainee("A", leaves=[away]), Trainee("B")],
    )
    gone = [each.before.id for each in after.changes if each.before and not each.after]
    come = [each.after for each in after.changes if each.after and not each.before]
    assert gone == ["study/2026-09-15/person:A"]
    # In its place comes one day, and nothing that was done with the team is done again.
    assert [(each.activity, each.make_up) for each in come] == [("study", True)]
    assert len([each for each in after.schedule.of("A") if each.activity == "study"]) == 12


@pytest.mark.parametrize(("hired_on", "left"), [(None, 1), (date(2026, 4, 1), 2)])
def test_what_everybody_did_counts_for_the_team(hired_on: date | None, left: int) -> None:
    people = [Trainee("A"), Trainee("B", hired_on)]
    target = Target(ActivityKind.STUDY, 3, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    was = activity("study", Cadence("FREQ=YEARLY;BYMONTH=3,5,9;BYMONTHDAY=2"), per_person=True)
    made = schedule(plan("1", was), YEAR, calendar=WEEKDAYS, trainees=people)
    for timing, targets in ((a_year(3), ()), (a_year(1), (target,))):
        now = evolve(was, per_person=False, timing=timing)
        new = again(made, plan("2", now, targets=targets)).schedule
        assert len([each for each in new.sessions if each.person is None]) == left
    # Of nobody nothing was done.
    nobody = schedule(plan("1", was), YEAR, calendar=WEEKDAYS)
    new = again(nobody, plan("2", evolve(was, per_person=False, timing=a_year(3)))).schedule
    assert len(new.sessions) == 3


def test_what_is_still_of_each_counts_for_no_team() -> None:
    own = activity("own", a_year(2), per_person=True)
    shared = activity("shared", a_year(1))
    target = Target(ActivityKind.STUDY, 2, unit=TargetUnit.SESSIONS, per=CalendarSpan.YEAR)
    made = schedule(
        plan("1", own, shared), YEAR, calendar=WEEKDAYS, trainees=[Trainee("A"), Trainee("B")]
    )
    new = again(made, plan("2", own, shared, targets=[target])).schedule
    assert len([each for each in new.sessions if each.person is None]) == 2


def test_what_was_held_taught_what_it_taught_whoever_was_away_before() -> None:
    each_month = activity(
        "report",
        NthWorkingDay(1),
        adjustment="none",
        courses=["a", "b"],
        per_person=True,
    )
    away = Leave("RM-01", "annual", first=date(2024, 9, 1), last=date(2025, 1, 1))
    person = Trainee("RM-01", date(2024, 6, 1), leaves=[away])
    february = Period.month(2025, 2)
    made = schedule(plan("1", each_month), february, calendar=WEEKDAYS, trainees=[person])
    [held] = made.sessions
    assert held.courses == ("a",)
    new = reschedule(
        made,
        calendar=WEEKDAYS,
        not_before=date(2025, 3, 1),
        trainees=[evolve(person, leaves=[])],
    )
    assert new.schedule.sessions == (held,)
    assert new.changes == ()


def test_an_edition_from_the_second_year_on_leaves_the_first_as_it_was() -> None:
    people, two = [Trainee("P", date(2020, 1, 1))], Period(date(2025, 1, 1), date(2026, 12, 31))
    made = schedule(ASK, two, calendar=WorkCalendar(), trainees=people)
    second = evolve(ASK, edition="2")
    again = reschedule(made, calendar=made.calendar, not_before=date(2026, 3, 1), plan=second)
    assert [each.on for each in again.schedule.sessions] == [each.on for each in made.sessions]
    assert len(again.schedule.past_plans) == 1


def asked_of(made: Schedule, records: list[Attendance], id: str) -> list[tuple[Any, ...]]:
    compliance = check_compliance(made, records, on=date(2026, 6, 30))
    counts = (
        (each.status.value, each.counts.needed, each.counts.absent, each.decided_by)
        for each in compliance.of("A")
        if each.activity == id
    )
    return list(counts)


def test_what_was_missed_stays_missed_where_an_edition_does_not_ask_for_it_any_more() -> None:
    meeting = activity("meeting", monthly(5), kind=ActivityKind.MEETING)
    study, missed = activity("study", monthly(15)), "meeting/2026-02-05"
    made = schedule(plan("1", meeting, study), YEAR, calendar=WEEKDAYS, trainees=[Trainee("A")])
    records = [
        Attendance(
            each.id,
            "A",
            status=AttendanceStatus.ABSENT if each.id == missed else AttendanceStatus.PRESENT,
        )
        for each in made.sessions
        if each.activity == "meeting" and each.on < JULY
    ]
    assert asked_of(made, records, "meeting") == [("breached", 12, 1, missed)]
    gone = again(made, plan("2", study)).schedule
    optional = again(made, plan("2", evolve(meeting, required=False), study)).schedule
    for new in (gone, optional):
        # Of the meetings that come after, nothing is asked.
        assert asked_of(new, records, "meeting") == [("breached", 6, 1, missed)]
    # What was optional when it was held is not asked afterwards.
    before = evolve(optional, plan=evolve(optional.plan, edition="1"), past_plans=())
    required = again(before, made.plan).schedule
    assert asked_of(required, records, "meeting") == [("on-track", 6, 0, None)]


def test_what_was_delivered_is_not_attended_under_another_edition() -> None:
    report = activity("report", a_year(2), kind=ActivityKind.REPORT, per_person=True)
    made = schedule(plan("1", report), YEAR, calendar=WEEKDAYS, trainees=[Trainee("A")])
    assert [each.on < JULY for each in made.sessions] == [True, False]
    workshop = activity("report", monthly(15), kind=ActivityKind.WORKSHOP)
    new = again(made, plan("2", workshop)).schedule
    assert asked_of(new, [], "report") == [("on-track", 6, 0, None)]
    # A report that no edition asks for any more is owed by nobody.
    none = again(made, plan("2", activity("study", monthly(15)))).schedule
    assert asked_of(none, [], "report") == []
