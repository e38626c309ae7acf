"""Presence: who comes, goes, changes team and is away, and what is asked of them then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import CalendarSpan, Period, Tenure, Text, WorkCalendar
from cmappraisal.interop.training_strategies import trainees
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Attendance,
    AttendanceStatus,
    Cadence,
    CareerStage,
    Compliance,
    ComplianceStatus,
    Course,
    Curriculum,
    Delivered,
    Domain,
    Group,
    Leave,
    LeaveKind,
    PresenceTerms,
    Quota,
    Record,
    Requirement,
    Schedule,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    check_compliance,
    schedule,
    schedule_each,
)
from cmappraisal.training.presence import Presence

YEAR = Period.year(2026)
PRESENT, ABSENT = AttendanceStatus.PRESENT, AttendanceStatus.ABSENT
CALENDAR = WorkCalendar(holidays=[date(2026, 1, 1), date(2026, 1, 2)])
FIRST_WORKING_DAY = date(2026, 1, 5)
MARCH_END, JULY = date(2026, 3, 31), date(2026, 7, 1)
TEXT = Text.same("text")


def plan(*activities: Activity, targets: Iterable[Target] = (), **fields: Any) -> TrainingPlan:
    courses = [Course(id, TEXT, domain=Domain.SKILL) for id in ("a", "b", "c", "d")]
    return TrainingPlan(
        "plan",
        "1",
        text=TEXT,
        curriculum=Curriculum("courses", "1", text=TEXT, courses=courses),
        activities=activities,
        targets=targets,
        **fields,
    )


STUDY = Activity(
    "study", TEXT, kind=ActivityKind.STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15")
)
REPORT = Activity(
    "report",
    TEXT,
    kind=ActivityKind.REPORT,
    timing=Quota(1, per=CalendarSpan.YEAR),
    per_person=True,
)
TWELVE_DAYS = Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)
PLAN = plan(STUDY, REPORT, targets=[TWELVE_DAYS])


def made(*people: Trainee, of: TrainingPlan = PLAN, **fields: Any) -> Schedule:
    return schedule(of, YEAR, calendar=CALENDAR, trainees=people, **fields)


def everything(made: Schedule, until: date = YEAR.last) -> list[Record]:
    """Everybody attended everything that was for them."""
    return [
        Attendance(session.id, person, status=PRESENT)
        for session in made.sessions
        if session.on <= until and session.activity != "report"
        for person in made.attendees(session)
    ]


def by_what(compliance: Compliance, person: str) -> dict[str, Requirement]:
    return {
        each.activity or (each.unit.value if each.unit else ""): each
        for each in compliance.of(person)
    }


def stay(person: str, group: str, first: Any = None, last: Any = None, **fields: Any) -> Tenure:
    return Tenure(person, group, first=first, last=last, **fields)


def test_who_is_hired_two_days_before_the_end_owes_nothing_impossible() -> None:
    there = made(Trainee("RM-01", date(2026, 12, 30)))
    compliance = check_compliance(there, [], on=date(2027, 1, 5))
    found = by_what(compliance, "RM-01")
    assert {each.status for each in found.values()} == {ComplianceStatus.WAIVED}
    assert (found["report"].counts.needed, found["report"].counts.waived) == (0, 1)
    assert (found["days"].counts.needed, found["days"].counts.asked) == (0, 12)
    assert found["days"].proportion is not None
    assert found["days"].proportion.explain() == "12 × 2 / 259 = 0.09, rounded to 0"


def test_who_is_hired_on_the_first_working_day_has_the_whole_year() -> None:
    there = made(Trainee("RM-01", FIRST_WORKING_DAY))
    compliance = check_compliance(there, everything(there), on=YEAR.last)
    target = by_what(compliance, "RM-01")["days"]
    assert (target.counts.needed, target.counts.waived, target.proportion) == (12, 0, None)
    assert target.status is ComplianceStatus.MET


MATERNITY = Leave("RM-01", LeaveKind.MATERNITY, first=date(2026, 4, 1), last=date(2026, 8, 31))


def test_five_months_of_maternity_leave_do_not_breach_the_target() -> None:
    mother = made(Trainee("RM-01", date(2020, 1, 6), leaves=[MATERNITY]), Trainee("RM-02"))
    records = everything(mother)
    assert len([each for each in records if each.person == "RM-01"]) == 7
    found = by_what(check_compliance(mother, records, on=date(2027, 1, 5)), "RM-01")
    target, study, report = found["days"], found["study"], found["report"]
    assert (target.status, target.counts.needed) == (ComplianceStatus.MET, 7)
    # Of the 12 sessions 5 are waived, and what is needed and what is waived is what is asked.
    assert (study.status, study.counts.needed, study.counts.waived) == (ComplianceStatus.MET, 7, 5)
    assert (report.counts.needed, report.proportion) == (
        1,
        report.proportion and evolve(report.proportion, asked=1),
    )
    others = by_what(check_compliance(mother, records, on=date(2027, 1, 5)), "RM-02")
    assert others["study"].counts.needed == 12


def test_nothing_is_due_on_a_day_of_leave() -> None:
    # The report of somebody who is there is due in the middle of the year.
    usual, mother = made(Trainee("RM-01")), made(Trainee("RM-01", leaves=[MATERNITY]))
    (then,) = (each.on for each in usual.sessions if each.activity == "report")
    (now,) = (each.on for each in mother.sessions if each.activity == "report")
    assert MATERNITY.holds(then)
    assert not MATERNITY.holds(now)
    assert "RM-01" not in mother.attendees(mother.session("study/2026-06-15"))


def test_a_leave_that_does_not_count_changes_nothing() -> None:
    strict = evolve(PLAN, presence=PresenceTerms(leave=[LeaveKind.ANNUAL]))
    usual = made(Trainee("RM-01"), of=strict)
    assert made(Trainee("RM-01", leaves=[MATERNITY]), of=strict).sessions == usual.sessions


@pytest.mark.parametrize(
    ("terms", "needed"),
    [
        (PresenceTerms(), 6),
        (PresenceTerms(part_time=False), 12),
        (PresenceTerms(reduction="none"), 12),
        (PresenceTerms(reduction="waived"), 0),
    ],
)
def test_half_time_is_half_of_it_by_the_terms_of_the_plan(
    terms: PresenceTerms, needed: int
) -> None:
    half = Trainee("RM-01", tenures=[stay("RM-01", "team", full_time="0.5")])
    there = made(half, of=evolve(PLAN, presence=terms))
    target = by_what(check_compliance(there, [], on=YEAR.first), "RM-01")["days"]
    assert target.counts.needed == needed
    assert target.counts.asked == 12


LEAVER = Trainee("RM-01", tenures=[stay("RM-01", "team", last=MARCH_END)])


def test_a_leaver_is_closed_and_not_short() -> None:
    there = made(LEAVER, Trainee("RM-02"))
    attended = Attendance("study/2026-01-15", "RM-01", status=PRESENT)
    records = [attended, Attendance("study/2026-02-15", "RM-01", status=ABSENT)]
    before = by_what(check_compliance(there, records, on=MARCH_END), "RM-01")
    assert before["study"].status is ComplianceStatus.BREACHED
    after = by_what(check_compliance(there, records, on=JULY), "RM-01")
    assert {each.status for each in after.values()} == {
        ComplianceStatus.CLOSED,
        ComplianceStatus.WAIVED,
    }
    assert after["study"].decided_on == MARCH_END
    # Three of twelve studies were for the person.
    assert (after["study"].counts.needed, after["days"].counts.needed) == (3, 3)


def test_what_a_leaver_met_stays_met() -> None:
    there = made(LEAVER)
    found = by_what(check_compliance(there, everything(there), on=YEAR.last), "RM-01")
    assert found["study"].status is found["days"].status is ComplianceStatus.MET


def test_nothing_takes_place_for_anybody_who_is_not_there() -> None:
    there = made(LEAVER, Trainee("RM-02", tenures=[stay("RM-02", "team", first=JULY)]))
    days = {
        person: [each.on for each in there.sessions if person in there.attendees(each)]
        for person in ("RM-01", "RM-02")
    }
    assert max(days["RM-01"]) <= MARCH_END
    assert min(days["RM-02"]) >= JULY


MOVER = Trainee(
    "RM-01", tenures=[stay("RM-01", "A", last=date(2026, 6, 30)), stay("RM-01", "B", first=JULY)]
)
TEAMS = [Group("A", [MOVER, Trainee("RM-02")]), Group("B", [Trainee("RM-03")])]


def test_who_changes_team_is_judged_by_where_they_were() -> None:
    there = made(groups=TEAMS)
    (june,) = (each for each in there.sessions if each.id == "study/2026-06-15/group:A")
    assert there.attendees(june) == ("RM-01", "RM-02")
    assert there.attendees(there.session("study/2026-07-15/group:B")) == ("RM-01", "RM-03")
    records = everything(there)
    found = by_what(check_compliance(there, records, on=YEAR.last), "RM-01")
    assert found["study"].counts.present == 12
    assert found["days"].status is ComplianceStatus.MET
    assert there.teams == (("A", TEAMS[0].trainees), ("B", TEAMS[1].trainees))


def test_who_is_listed_in_no_group_can_have_tenures_in_several() -> None:
    listed = made(MOVER, groups=[Group("A", [Trainee("RM-02")]), Group("B", [Trainee("RM-03")])])
    assert [group for group, _ in listed.teams] == ["A", "B"]
    assert listed.attendees(listed.session("study/2026-07-15/group:B")) == ("RM-03", "RM-01")
    assert [each.id for each in listed.people] == ["RM-02", "RM-03", "RM-01"]


def test_a_leave_after_the_last_tenure_changes_nothing() -> None:
    later = Leave("RM-01", LeaveKind.SICK, first=JULY)
    there, away = made(LEAVER), made(evolve(LEAVER, leaves=[later]))
    assert away.sessions == there.sessions


def test_who_returns_is_asked_again() -> None:
    back = Trainee(
        "RM-01", tenures=[stay("RM-01", "A", last=MARCH_END), stay("RM-01", "A", first=JULY)]
    )
    there = made(groups=[Group("A", [back])])
    found = by_what(check_compliance(there, everything(there), on=YEAR.last), "RM-01")
    assert found["study"].counts.needed == 9
    assert found["study"].status is ComplianceStatus.MET
    # Until then nothing of it is closed.
    may = by_what(check_compliance(there, [], on=date(2026, 5, 4)), "RM-01")
    assert may["study"].status is ComplianceStatus.SHORT


def test_every_record_that_does_not_fit_is_reported_beside_those_of_people() -> None:
    there = made(groups=TEAMS)
    records: list[Record] = [
        Attendance("study/2026-07-15/group:A", "RM-01", status=ABSENT),
        Attendance("study/2026-07-15/group:B", "RM-99", status=PRESENT),
        Delivered("report", "RM-98", on=JULY),
    ]
    with pytest.raises(TrainingError) as caught:
        check_compliance(there, records, on=YEAR.last)
    assert [(each.path, each.code.value) for each in caught.value.problems] == [
        ("$.records[0].person", "contradiction"),
        ("$.records[1].person", "unknown-id"),
        ("$.records[2].person", "unknown-id"),
    ]
    assert "is of another team on 2026-07-15; record only that" in str(caught.value)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            Attendance("study/2026-04-15", "RM-01", status=PRESENT),
            '"RM-01" has no tenure on 2026-04-15; correct the day, or the tenures',
        ),
        (
            Delivered("report", "RM-01", on=date(2026, 4, 1)),
            '"RM-01" has no tenure on 2026-04-01; correct the day, or the tenures',
        ),
    ],
)
def test_nobody_does_anything_after_leaving(record: Record, message: str) -> None:
    with pytest.raises(TrainingError, match=message):
        check_compliance(made(LEAVER), [record], on=YEAR.last)


@pytest.mark.parametrize(
    ("listed", "groups", "place", "code", "message"),
    [
        (
            [],
            [Group("B", [Trainee("RM-01", tenures=[stay("RM-01", "A")])])],
            "$.groups[0].trainees[0].tenures",
            "contradiction",
            'trainee "RM-01" is listed in group "B", which none of the tenures names',
        ),
        (
            [Trainee("RM-01", tenures=[stay("RM-01", "branch1")])],
            [Group("branch2", [])],
            "$.trainees[0].tenures",
            "unknown-id",
            'no tenure in a group of the schedule; did you mean "branch2"?',
        ),
        (
            [Trainee("RM-01", tenures=[stay("RM-01", "north")])],
            [Group("B", [])],
            "$.trainees[0].tenures",
            "unknown-id",
            "no tenure in a group of the schedule; name one of its groups",
        ),
    ],
)
def test_tenures_name_groups_that_are_there(
    listed: Any, groups: Any, place: str, code: str, message: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        schedule(PLAN, YEAR, calendar=CALENDAR, trainees=listed, groups=groups)
    (problem,) = caught.value.problems
    assert (problem.path, problem.code.value) == (place, code)
    assert message in problem.message


def test_tenures_name_the_group_that_lists_them_whichever_it_is() -> None:
    elsewhere = Group("B", [Trainee("RM-01", tenures=[stay("RM-01", "A")])])
    each = schedule_each(PLAN, YEAR, calendar=CALENDAR, groups=[Group("A", []), elsewhere])
    next(each)
    with pytest.raises(TrainingError) as caught:
        next(each)
    assert [each.path for each in caught.value.problems] == ["$.groups[1].trainees[0].tenures"]


STAGE = Activity(
    "skill",
    TEXT,
    kind=ActivityKind.COURSE,
    timing=CareerStage(0, 6),
    courses=["a", "b", "c", "d"],
)


def test_a_stage_is_held_while_the_person_is_there() -> None:
    hired = date(2026, 1, 12)
    comes_and_goes = Trainee(
        "RM-01", hired, tenures=[stay("RM-01", "A", first=hired, last=date(2026, 3, 13))]
    )
    there = made(comes_and_goes, of=plan(STAGE))
    assert [each.courses for each in there.sessions] == [("a",), ("b",), ("c",), ("d",)]
    assert max(each.on for each in there.sessions) <= date(2026, 3, 13)
    assert there.shortfalls == ()
    gone = evolve(comes_and_goes, hired_on=date(2020, 1, 6), tenures=[stay("RM-01", "A", None)])
    assert made(gone, of=plan(STAGE)).sessions == ()


def test_a_stage_is_reckoned_from_the_first_tenure_where_no_hiring_is_known() -> None:
    tenure = stay("RM-01", "A", first=FIRST_WORKING_DAY)
    from_tenure = made(Trainee("RM-01", tenures=[tenure]), of=plan(STAGE))
    assert (
        from_tenure.sessions == made(Trainee("RM-01", FIRST_WORKING_DAY), of=plan(STAGE)).sessions
    )
    open_ended = Trainee("RM-01", tenures=[stay("RM-01", "A")])
    with pytest.raises(TrainingError, match="has no hired_on, from which"):
        made(open_ended, of=plan(STAGE))


def test_a_stage_is_not_held_before_who_was_hired_elsewhere_came() -> None:
    comes = Trainee("RM-01", date(2026, 1, 5), tenures=[stay("RM-01", "A", first=date(2026, 5, 4))])
    there = made(comes, of=plan(STAGE))
    assert len(there.sessions) == 4
    assert min(each.on for each in there.sessions) >= date(2026, 5, 4)
    assert max(each.on for each in there.sessions) < date(2026, 7, 5)


def test_a_stage_that_the_year_cuts_is_held_on_the_days_of_who_is_there_all_the_time() -> None:
    hired = date(2026, 9, 14)
    # Gone after the stage, but in the time that the draft looks at.
    tenure = stay("RM-01", "A", first=hired, last=date(2027, 9, 30))
    there = made(Trainee("RM-01", hired, tenures=[tenure]), of=plan(STAGE))
    assert there.sessions == made(Trainee("RM-01", hired), of=plan(STAGE)).sessions
    assert [each.courses for each in there.sessions] == [("a",), ("b",)]


def test_a_stage_of_years_is_spread_over_those_in_which_the_person_is_there() -> None:
    hired, gone = date(2026, 1, 12), date(2028, 1, 31)
    tenure = stay("RM-01", "A", first=hired, last=gone)
    of_years = plan(evolve(STAGE, timing=CareerStage(0, 60)))
    there = made(Trainee("RM-01", hired, tenures=[tenure]), of=of_years)
    assert [each.courses for each in there.sessions] == [("a",), ("b",)]


def test_on_leave_all_through_a_stage_nothing_is_held_and_that_is_reported() -> None:
    away = Leave("RM-01", LeaveKind.SICK, first=date(2025, 12, 1), last=date(2026, 8, 1))
    there = made(Trainee("RM-01", date(2026, 1, 5), leaves=[away]), of=plan(STAGE))
    assert there.sessions == ()
    assert [(each.missing, each.cause) for each in there.shortfalls] == [(4, ShortfallCause.AWAY)]
    # Whoever is in no team then is not to be taught.
    elsewhere = stay("RM-01", "A", first=date(2026, 8, 1))
    there = made(Trainee("RM-01", date(2026, 1, 5), tenures=[elsewhere]), of=plan(STAGE))
    assert (there.sessions, there.shortfalls) == ((), ())


CALLS = Activity(
    "call",
    TEXT,
    kind=ActivityKind.MEETING,
    timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"),
    per_person=True,
)


def test_a_call_before_a_leave_comes_earlier_or_is_reported() -> None:
    # The 15th of August is a Saturday, and the leave begins on the Monday after it.
    away = Leave("RM-01", LeaveKind.SICK, first=date(2026, 8, 17), last=date(2026, 12, 31))
    there = made(Trainee("RM-01", leaves=[away]), of=plan(CALLS))
    last = there.sessions[-1]
    assert (last.planned_on, last.on) == (date(2026, 8, 15), date(2026, 8, 14))
    assert there.shortfalls == ()
    closed = made(
        Trainee("RM-01", leaves=[away]),
        of=plan(CALLS),
        blackouts=Period(date(2026, 8, 1), date(2026, 8, 14)),
    )
    (shortfall,) = closed.shortfalls
    assert (shortfall.activity, shortfall.cause) == ("call", ShortfallCause.AWAY)


def test_a_session_that_moves_to_a_day_before_somebody_came_is_reported() -> None:
    new = Trainee("C", date(2026, 7, 15))
    earlier = evolve(STUDY, adjustment="preceding")
    there = schedule(
        plan(earlier),
        YEAR,
        calendar=WorkCalendar(holidays=[date(2026, 7, 15)]),
        trainees=[Trainee("A"), new],
    )
    assert there.session("study/2026-07-15").on == date(2026, 7, 14)
    assert [(each.person, each.activity, each.missing) for each in there.shortfalls] == [
        ("C", "study", 1)
    ]
    voluntary = plan(evolve(earlier, required=False))
    calendar = WorkCalendar(holidays=[date(2026, 7, 15)])
    assert schedule(voluntary, YEAR, calendar=calendar, trainees=[new]).shortfalls == ()


@given(trainees(group_ids=["G0", "G1"]), st.sampled_from([(), ("G0",), ("G0", "G1")]))
def test_presence_is_what_is_true_of_each_day(trainee: Trainee, groups: Any) -> None:
    terms = PresenceTerms(days="all", part_time=False)
    presence = Presence.of(trainee, "G0", groups, terms)
    period = Period(date(2024, 12, 25), date(2025, 3, 10))

    def is_there(day: date) -> bool:
        there = [each for each in trainee.tenures if each.holds(day)]
        known = [each for each in there if not groups or each.group in groups]
        hired = trainee.hired_on is None or trainee.hired_on <= day
        return hired and (not trainee.tenures or bool(known))

    expected = [
        day
        for day in period
        if is_there(day) and not any(each.holds(day) for each in trainee.leaves)
    ]
    assert [day for day in period if presence.is_there(day)] == expected
    assert [day for day in period if presence.team_on(day)] == list(filter(is_there, period))
    assert presence.days(period, CALENDAR, terms) == Decimal(len(expected))
    assert presence.absences(period) == set(period) - set(expected)
    assert presence.works_in(period) is bool(expected)
    assert presence.is_in(period) is any(map(is_there, period))
    full_time = all(each.full_time == 1 for each in trainee.tenures)
    if full_time:
        assert presence.is_whole(period) is (len(expected) == period.days)
    for before, after in zip(presence.work, presence.work[1:], strict=False):
        assert before.last < after.first


def test_the_example_of_the_library_goes_on_as_it_did() -> None:
    usual = made(Trainee("RM-01"), of=VIP_SERVICE)
    tenure = stay("RM-01", "team", first=date(2019, 1, 1))
    assert made(Trainee("RM-01", tenures=[tenure]), of=VIP_SERVICE).sessions == usual.sessions
    last = date(2026, 1, 1) - timedelta(days=1)
    gone = Trainee("RM-01", tenures=[stay("RM-01", "team", last=last)])
    there = made(gone, of=VIP_SERVICE)
    assert not any(each.person for each in there.sessions)
    assert check_compliance(there, [], on=YEAR.last).of("RM-01") == ()
