"""Training: what holds for every schedule, whatever the plan, the calendar and the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import Adjustment, Period, WorkCalendar
from cmappraisal.interop.training_strategies import (
    TrainingScenario,
    training_scenarios,
    work_calendars,
)
from cmappraisal.training import (
    Cadence,
    CareerStage,
    Group,
    Quota,
    Schedule,
    Session,
    Target,
    reschedule,
    schedule,
    schedule_each,
)

DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
FREE = st.frozensets(DAYS, max_size=8)


def open_on(made: Schedule, day: date) -> bool:
    return made.calendar.is_working_day(day) and day not in made.blackouts


def never_moves(made: Schedule, session: Session) -> bool:
    activity = made.activity_of(session)
    by_calendar = isinstance(activity.timing, Cadence) and not session.make_up
    return by_calendar and activity.adjustment is Adjustment.NONE


@given(training_scenarios())
def test_no_session_is_on_a_day_off_but_what_never_moves(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for session in made.sessions:
        assert open_on(made, session.on) or never_moves(made, session)
        assert (session.cause is None) == (session.on == session.planned_on)


@given(training_scenarios())
def test_every_session_has_an_id_of_its_own_and_a_place_in_order(
    scenario: TrainingScenario,
) -> None:
    made = scenario.schedule()
    assert len({session.id for session in made.sessions}) == len(made.sessions)
    assert [session.on for session in made.sessions] == sorted(
        session.on for session in made.sessions
    )
    for session in made.sessions:
        assert made.session(session.id) == session
        assert session.planned_on in made.period


def missing(
    made: Schedule, activity: str, span: Period, group: str | None, person: str | None
) -> int:
    return sum(
        each.missing
        for each in made.shortfalls
        if (each.activity, each.period, each.group, each.person) == (activity, span, group, person)
    )


def participants(made: Schedule, *, individual: bool) -> Iterable[tuple[str | None, str | None]]:
    if individual:
        return [(None, trainee.id) for trainee in made.people]
    unnamed = [(None, None)] if made.trainees or not made.groups else []
    return [*((group.id, None) for group in made.groups), *unnamed]


def since_of(made: Schedule, person: str | None) -> date:
    hired = [each.hired_on for each in made.people if each.id == person and each.hired_on]
    return max([date.min, *hired])


def spans_of(quota: Quota, made: Schedule, person: str | None) -> Iterable[Period]:
    """The spans of a quota, for one person those since the day of hiring."""
    period = made.period
    first = max(period.first, since_of(made, person))
    return quota.per.within(Period(first, period.last)) if first <= period.last else ()


@given(training_scenarios())
def test_every_count_is_within_its_quota_or_reported(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for activity in made.plan.activities:
        if not isinstance(activity.timing, Quota):
            continue
        for group, person in participants(made, individual=activity.per_person):
            there = [
                each.on
                for each in made.sessions
                if (each.activity, each.group, each.person) == (activity.id, group, person)
                and not each.make_up
            ]
            for span in spans_of(activity.timing, made, person):
                count = sum(day in span for day in there)
                shortfall = missing(made, activity.id, span, group, person)
                whole = activity.timing.per.of(span.first)
                if span == Period(max(whole.first, since_of(made, person)), whole.last):
                    assert count + shortfall == activity.timing.to_plan
                else:
                    assert count + shortfall <= activity.timing.to_plan


@given(training_scenarios())
def test_nothing_is_asked_of_anybody_before_the_day_of_hiring(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    hired = {each.id: each.hired_on for each in made.people}
    for session in made.sessions:
        for person in made.attendees(session):
            hired_on = hired[person]
            assert hired_on is None or hired_on <= max(session.on, session.planned_on)


@given(training_scenarios())
def test_what_may_choose_its_day_overfills_none(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for group, person in [
        *participants(made, individual=False),
        *participants(made, individual=True),
    ]:
        who = {group, person} - {None}
        filled: Counter[date] = Counter()
        chosen = set()
        for session in made.sessions:
            mine = (
                person in made.attendees(session)
                if person
                else (session.group == group and session.person is None)
            )
            if mine:
                filled[session.on] += made.activity_of(session).duration
                timing = made.activity_of(session).timing
                if not isinstance(timing, Cadence) or session.make_up:
                    chosen.add(session.on)
        assert all(filled[day] <= made.plan.day_length for day in chosen), who
        assert not chosen & made.full_days


@given(training_scenarios())
def test_the_later_comes_after_the_earlier_in_its_month_or_is_reported(
    scenario: TrainingScenario,
) -> None:
    made = scenario.schedule()
    if "test" not in {activity.id for activity in made.plan.activities}:
        return
    reported = {(each.activity, each.period) for each in made.shortfalls}
    for test in made.sessions:
        if test.activity != "test" or test.make_up:
            continue
        month = Period.month(test.planned_on.year, test.planned_on.month)
        before = [
            each
            for each in made.sessions
            if each.activity == "study"
            and not each.make_up
            and each.group == test.group
            and each.planned_on in month
            and each.planned_on <= test.planned_on
        ]
        if before:
            study = max(before, key=lambda each: each.planned_on)
            assert study.on < test.on or ("test", month) in reported


def amount(target: Target, made: Schedule, span: Period, group: str | None) -> int:
    of_kind = [
        each
        for each in made.sessions
        if made.activity_of(each).kind is target.kind
        and each.on in span
        and each.group == group
        and each.person is None
    ]
    return {
        "days": len({each.on for each in of_kind}),
        "sessions": len(of_kind),
        "hours": sum(made.activity_of(each).duration for each in of_kind) // 60,
    }[target.unit.value]


@given(training_scenarios())
def test_every_target_of_a_team_is_met_or_reported(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for target in made.plan.targets:
        individual = [
            each.per_person or isinstance(each.timing, CareerStage)
            for each in made.plan.activities
            if each.kind is target.kind
        ]
        if individual and all(individual):
            continue
        for group, _ in participants(made, individual=False):
            for span in target.per.whole_within(made.period):
                shortfall = sum(
                    each.missing
                    for each in made.shortfalls
                    if (each.kind, each.period, each.group) == (target.kind, span, group)
                )
                assert amount(target, made, span, group) + shortfall >= target.at_least


@given(training_scenarios())
def test_one_at_a_time_is_as_all_at_once(scenario: TrainingScenario) -> None:
    each = schedule_each(
        scenario.plan,
        scenario.period,
        calendar=scenario.calendar,
        groups=scenario.groups,
        blackouts=scenario.blackouts,
        full_days=scenario.full_days,
    )
    for group, made in zip(scenario.groups, each, strict=True):
        assert made == schedule(
            scenario.plan,
            scenario.period,
            calendar=scenario.calendar,
            groups=[group],
            blackouts=scenario.blackouts,
            full_days=scenario.full_days,
        )


@given(training_scenarios(), DAYS)
def test_nothing_changes_where_nothing_changed(scenario: TrainingScenario, day: date) -> None:
    made = scenario.schedule()
    again = reschedule(made, calendar=made.calendar, not_before=day)
    assert again.schedule == made
    assert again.changes == ()


@given(training_scenarios(), work_calendars(), DAYS, FREE)
def test_rescheduling_keeps_what_is_past_and_moves_only_what_must(
    scenario: TrainingScenario, calendar: WorkCalendar, day: date, free: frozenset[date]
) -> None:
    made = scenario.schedule()
    again = reschedule(made, calendar=calendar, not_before=day, blackouts=free)
    new = again.schedule
    assert [each for each in new.sessions if each.on < day] == [
        each for each in made.sessions if each.on < day
    ]
    for session in new.sessions:
        assert session.on < day or open_on(new, session.on) or never_moves(new, session)
    for change in again.changes:
        before, after = change.before, change.after
        if before is not None:
            assert before.on >= day
            stayed = open_on(new, before.on) or never_moves(new, before)
            pushed = after is not None and after.cause is not None and after.cause.value == "order"
            assert pushed or not stayed
        if before is not None and after is not None:
            assert after.sequence == before.sequence + 1
            assert after.id == before.id


@given(training_scenarios(), work_calendars(), DAYS, FREE)
def test_rescheduling_twice_is_as_once(
    scenario: TrainingScenario, calendar: WorkCalendar, day: date, free: frozenset[date]
) -> None:
    once = reschedule(scenario.schedule(), calendar=calendar, not_before=day, blackouts=free)
    twice = reschedule(once.schedule, calendar=calendar, not_before=day, blackouts=free)
    assert twice.schedule == once.schedule
    assert twice.changes == ()


@given(training_scenarios(), st.lists(st.sampled_from(["A", "B"]), max_size=2, unique=True))
def test_every_group_has_the_same_days(scenario: TrainingScenario, names: list[str]) -> None:
    assume(names)
    made = schedule(
        scenario.plan,
        scenario.period,
        calendar=scenario.calendar,
        groups=[Group(name, ()) for name in names],
    )
    days = [
        [(each.activity, each.planned_on, each.on) for each in made.sessions if each.group == name]
        for name in names
    ]
    assert days[0] == days[-1]
