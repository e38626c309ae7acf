"""People who come and go, in plans that are made by calendar years, quarters and editions."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, Tenure, WorkCalendar
from cmappraisal.errors import FieldError, TrainingError
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Activity,
    Attendance,
    AttendanceStatus,
    Group,
    Leave,
    Quota,
    Schedule,
    Target,
    Trainee,
    TrainingPlan,
    check_compliance,
    join_schedules,
    reschedule,
    schedule,
    vip_service,
)


def with_reports(count: int) -> TrainingPlan:
    """The plan with so many reports a year."""
    plan = vip_service()
    return evolve(
        plan,
        edition=str(count),
        activities=[
            evolve(each, timing=Quota(count, per=CalendarSpan.YEAR))
            if each.id == "report"
            else each
            for each in plan.activities
        ],
    )


PLAN = with_reports(4)
YEAR = Period.year(2026)
JULY = date(2026, 7, 1)
WEEKDAYS = WorkCalendar()
MOVES = Trainee(
    "A",
    date(2020, 1, 1),
    tenures=[
        Tenure("A", "north", last=date(2026, 6, 30)),
        Tenure("A", "south", first=date(2026, 9, 1)),
    ],
)
STAYS = Trainee("B", date(2020, 1, 1))
SICK = evolve(STAYS, leaves=[Leave("B", "sick", first=date(2026, 3, 2), last=date(2026, 10, 30))])
TEAMS = [Group("north", [MOVES]), Group("south", [SICK])]


def quarters(groups: list[Group]) -> list[Schedule]:
    return [
        schedule(PLAN, Period.quarter(2026, number), calendar=WEEKDAYS, groups=groups)
        for number in (1, 2, 3, 4)
    ]


def test_the_quarters_of_who_comes_and_goes_make_the_year() -> None:
    year = schedule(PLAN, YEAR, calendar=WEEKDAYS, groups=TEAMS)
    assert join_schedules(quarters(TEAMS)) == year
    assert {each.on.month for each in year.of("B")} <= {1, 2, 3, 11, 12}


def test_who_is_in_which_team_depends_on_the_day() -> None:
    year = schedule(PLAN, YEAR, calendar=WEEKDAYS, groups=TEAMS)
    days = (date(2026, 6, 30), JULY, date(2026, 9, 1))
    assert [year.team_of("A", day) for day in days] == ["north", None, "south"]
    with pytest.raises(TrainingError, match='is "C"'):
        year.team_of("C", JULY)
    with pytest.raises(FieldError, match="day"):
        year.team_of("A", None)  # type: ignore[arg-type]


def test_in_a_quarter_that_is_made_again_nobody_is_asked_for_the_rest_of_the_year() -> None:
    third = schedule(PLAN, Period.quarter(2026, 3), calendar=WEEKDAYS, trainees=[STAYS])
    (report,) = [each for each in third.of("B") if each.activity == "report"]
    away = Leave("B", "annual", first=report.on, last=report.on)
    again = reschedule(
        third, calendar=WEEKDAYS, not_before=JULY, trainees=[evolve(STAYS, leaves=[away])]
    ).schedule
    mine = [each for each in again.of("B") if each.activity == "report"]
    assert len(mine) == 1
    assert mine[0].on != report.on
    assert mine[0].planned_on in third.period


def test_people_and_the_edition_change_at_once() -> None:
    made = schedule(PLAN, YEAR, calendar=WEEKDAYS, trainees=[STAYS])
    edition = with_reports(2)
    comes = Trainee("C", JULY)
    again = reschedule(
        made, calendar=WEEKDAYS, not_before=JULY, plan=edition, trainees=[STAYS, comes]
    ).schedule
    reports = [each for each in again.of("B") if each.activity == "report"]
    assert len(reports) == 2
    # Who is there for half of the year owes half as many.
    assert [each.person for each in again.sessions if each.activity == "report"].count("C") == 1
    assert all(each.on >= JULY for each in again.of("C"))
    assert all(each.sequence == 0 for each in again.of("C"))


@pytest.mark.parametrize("in_tenures", [False, True], ids=["hired", "tenure"])
@pytest.mark.parametrize(
    ("first", "owed"), [("2026-12-30", 0), ("2026-10-01", 0), ("2026-07-01", 1), ("2026-01-02", 1)]
)
def test_a_newcomer_is_planned_what_a_check_asks_for(
    first: str, owed: int, *, in_tenures: bool
) -> None:
    day = date.fromisoformat(first)
    tenures = [Tenure("C", "team", first=day)]
    comes = Trainee("C", tenures=tenures) if in_tenures else Trainee("C", day)
    made = schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, trainees=[STAYS, comes])
    joined = reschedule(
        schedule(VIP_SERVICE, YEAR, calendar=WEEKDAYS, trainees=[STAYS]),
        calendar=WEEKDAYS,
        not_before=day,
        trainees=[STAYS, comes],
    ).schedule
    for each in (made, joined):
        planned = [one.activity for one in each.sessions if one.person == "C"]
        assert planned == ["report", "talk"][: 2 * owed]
        assert each.shortfalls == ()
        compliance = check_compliance(each, [], on=date(2027, 1, 5))
        asked = {one.activity: one.counts.needed for one in compliance.of("C")}
        assert (asked["report"], asked["talk"]) == (owed, owed)


@pytest.mark.parametrize(("first", "owed"), [("2026-01-02", 4), ("2026-07-01", 2)])
def test_a_newcomer_has_the_targets_of_the_first_year_in_proportion(first: str, owed: int) -> None:
    meeting = vip_service().activity("morning-meeting")
    target = Target("talk", 4, unit="sessions", per="year")
    plan = TrainingPlan(
        "plan",
        "1",
        text=meeting.text,
        curriculum=vip_service().curriculum,
        activities=[
            Activity(
                "talk", meeting.text, kind="talk", timing=Quota(0, per="year"), per_person=True
            )
        ],
        targets=[target],
    )
    comes = Trainee("C", date.fromisoformat(first))
    made = schedule(plan, YEAR, calendar=WEEKDAYS, trainees=[comes])
    assert len(made.of("C")) == owed
    compliance = check_compliance(made, [], on=YEAR.first)
    assert [each.counts.needed for each in compliance.of("C") if each.kind] == [owed]


def on_leave(hired_on: str, first: str, last: str | None, *needs: str) -> Trainee:
    day = date.fromisoformat
    leave = Leave("C", "sick", first=day(first), last=day(last) if last else None)
    return Trainee("C", day(hired_on), needs=needs, leaves=[leave])


def lost(made: Schedule) -> list[tuple[str | None, int, str, str]]:
    return [(e.activity, e.missing, str(e.period), e.cause.value) for e in made.shortfalls]


ONBOARDING = "2026-01-05..2026-02-04"


@pytest.mark.parametrize(
    ("person", "missing", "asked"),
    [
        # Onboarding is over when the person comes back: nobody is onboarded unnoticed.
        (
            on_leave("2026-01-05", "2026-01-05", "2026-02-04"),
            [("knowledge", 8, ONBOARDING, "away")],
            {"knowledge": ("waived", 0, 8)},
        ),
        (
            on_leave("2026-01-05", "2026-01-05", None, "negotiation"),
            [
                ("knowledge", 8, ONBOARDING, "away"),
                ("skill", 1, "2026-04-05..2026-12-31", "away"),
            ],
            {"knowledge": ("waived", 0, 8), "skill": ("waived", 0, 1)},
        ),
        # Four lessons fit into the one day that is left.
        (
            on_leave("2026-01-05", "2026-01-06", "2026-06-30"),
            [("knowledge", 4, ONBOARDING, "no-open-day")],
            {"knowledge": ("short", 8, 0)},
        ),
        # Of two years the stage is reported when it ends, and not at all where it can be taken.
        (
            on_leave("2025-12-15", "2025-12-01", "2026-03-31"),
            [("knowledge", 8, "2026-01-01..2026-01-14", "away")],
            {"knowledge": ("waived", 0, 8)},
        ),
        (on_leave("2025-12-15", "2025-12-01", "2025-12-31"), [], {"knowledge": ("on-track", 8, 0)}),
        # What is needed is taught after the leave, as in the year before.
        (
            on_leave("2020-01-01", "2026-01-01", "2026-11-30", "negotiation"),
            [],
            {"skill": ("on-track", 2, 0)},
        ),
    ],
    ids=["onboarding", "for good", "but one day", "two years", "the first of two", "a need"],
)
def test_what_a_leave_takes_of_a_stage_is_reported_and_waived(
    person: Trainee, missing: list[object], asked: dict[str, tuple[str, int, int]]
) -> None:
    whole = Period(date(2025, 1, 1), date(2026, 12, 31))
    made = schedule(ASK, whole, calendar=WEEKDAYS, trainees=[person])
    assert lost(made) == missing
    parts = [Period.year(2025), *(Period.quarter(2026, number) for number in (1, 2, 3, 4))]
    each = [schedule(ASK, part, calendar=WEEKDAYS, trainees=[person]) for part in parts]
    assert join_schedules(each) == made
    before = schedule(ASK, whole, calendar=WEEKDAYS, trainees=[evolve(person, leaves=())])
    again = reschedule(before, calendar=WEEKDAYS, not_before=whole.first, trainees=[person])
    assert lost(again.schedule) == missing
    found = {e.activity: e for e in check_compliance(made, [], on=date(2025, 1, 1)).of("C")}
    for activity, expected in asked.items():
        counts = found[activity].counts
        assert (found[activity].status.value, counts.needed, counts.waived) == expected


def test_who_took_part_of_a_stage_before_a_leave_was_known_lacks_the_rest() -> None:
    person = on_leave("2026-01-05", "2026-01-05", "2026-03-31")
    made = schedule(ASK, YEAR, calendar=WEEKDAYS, trainees=[evolve(person, leaves=())])
    lessons = [each for each in made.of("C") if each.activity == "knowledge"]
    taken = [each for each in lessons if each.on < date(2026, 1, 20)]
    again = reschedule(made, calendar=WEEKDAYS, not_before=date(2026, 1, 20), trainees=[person])
    assert lost(again.schedule) == [("knowledge", 8 - len(taken), ONBOARDING, "away")]
    everything = evolve(person, leaves=[Leave("C", "sick", first=date(2026, 1, 5))])
    last = reschedule(made, calendar=WEEKDAYS, not_before=date(2026, 3, 1), trainees=[everything])
    assert lost(last.schedule) == []


def test_lessons_that_no_day_was_found_for_leave_a_stage_short() -> None:
    person = on_leave("2026-01-05", "2026-01-06", "2026-06-30")
    made = schedule(ASK, YEAR, calendar=WEEKDAYS, trainees=[person])
    records = [
        Attendance(each.id, "C", status=AttendanceStatus.PRESENT)
        for each in made.of("C")
        if each.activity == "knowledge"
    ]
    compliance = check_compliance(made, records, on=date(2026, 1, 31))
    (stage,) = [each for each in compliance.of("C") if each.activity == "knowledge"]
    assert (stage.status.value, stage.counts.done, stage.counts.needed) == ("short", 4, 8)
    # A part of the stage asks for what it has.
    january = schedule(ASK, Period.month(2026, 1), calendar=WEEKDAYS, trainees=[person])
    compliance = check_compliance(january, records, on=date(2026, 1, 31))
    (stage,) = [each for each in compliance.of("C") if each.activity == "knowledge"]
    assert (stage.status.value, stage.counts.needed) == ("met", 4)
