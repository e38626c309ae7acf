"""People who come and go, in plans that are made by calendar years, quarters and editions."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from cmappraisal import CalendarSpan, Period, Tenure, WorkCalendar
from cmappraisal.errors import FieldError, TrainingError
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
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
