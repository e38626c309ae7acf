"""Training: what holds for every schedule, whatever the plan, the calendar and the people."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from cmappraisal import Adjustment, CalendarSpan, Period, Rounding, Text, WorkCalendar
from cmappraisal.interop.plan_strategies import (
    activities,
    career_stages,
    curricula,
    nth_working_days,
    training_plans,
    work_calendars,
)
from cmappraisal.interop.record_strategies import compliances
from cmappraisal.interop.training_strategies import (
    TrainingScenario,
    changed_people,
    next_editions,
    training_scenarios,
)
from cmappraisal.training import (
    ASK,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    Compliance,
    ComplianceStatus,
    CountedDays,
    Group,
    Leave,
    LeaveKind,
    NthWorkingDay,
    Quota,
    Reduction,
    Rescheduled,
    Schedule,
    Session,
    ShortfallCause,
    Target,
    Trainee,
    TrainingPlan,
    join_schedules,
    reschedule,
    schedule,
    schedule_each,
)
from cmappraisal.training.schedules import presence_of
from cmappraisal.training.stages import courses_of
from cmappraisal.training.targets import asked_for
from costly import costly, one_in

DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
FREE = st.frozensets(DAYS, max_size=8)


def open_on(made: Schedule, day: date) -> bool:
    return made.calendar.is_working_day(day) and day not in made.blackouts


def never_moves(made: Schedule, session: Session) -> bool:
    activity = made.activity_of(session)
    by_calendar = activity.by_calendar and not session.make_up
    return by_calendar and activity.adjustment is Adjustment.NONE


@costly
@given(training_scenarios())
def test_no_session_is_on_a_day_off_but_what_never_moves(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for session in made.sessions:
        assert open_on(made, session.on) or never_moves(made, session)
        assert (session.cause is None) == (session.on == session.planned_on)


@costly
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
        if (each.activity, each.group, each.person) == (activity, group, person)
        # A week of two years is planned in two parts.
        if each.period.first in span and each.period.last in span
    )


def participants(made: Schedule, *, individual: bool) -> Iterable[tuple[str | None, str | None]]:
    if individual:
        return [(None, trainee.id) for trainee in made.people]
    return [(group, None) for group, _ in made.teams]


def is_there_always(made: Schedule, person: str | None) -> bool:
    """Whether somebody is there from the day of hiring on, full time."""
    return not any(each.tenures or each.leaves for each in made.people if each.id == person)


@costly
@given(training_scenarios())
def test_every_count_is_within_its_quota_or_reported(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    for activity in made.plan.activities:
        if not isinstance(activity.timing, Quota):
            continue
        for group, person in participants(made, individual=activity.per_person):
            there = sessions_of(made, activity.id, group, person)
            for span in activity.timing.per.within(made.period):
                count = sum(day in span for day in there)
                shortfall = missing(made, activity.id, span, group, person)
                asked = activity.timing.to_plan
                if span != activity.timing.per.of(span.first):
                    assert count + shortfall <= asked
                elif person is None:
                    assert count + shortfall == asked
                else:
                    assert count + shortfall == proportional(made, person, asked, span)


def sessions_of(made: Schedule, activity: str, group: str | None, person: str | None) -> list[date]:
    """The days of the sessions of an activity for some participants, but for make-up sessions."""
    return [
        each.on
        for each in made.sessions
        if (each.activity, each.group, each.person) == (activity, group, person)
        and not each.make_up
    ]


def proportional(made: Schedule, person: str, count: int, span: Period) -> int:
    """How much of a count is asked of somebody in a span, day by day."""
    terms = made.plan.presence
    (trainee,) = [each for each in made.people if each.id == person]
    on_duty = evolve(trainee, leaves=())
    if all(is_away(made, on_duty, day) for day in span):
        return 0
    counted = [
        day for day in span if terms.days is CountedDays.ALL or made.calendar.is_working_day(day)
    ]
    present = Fraction(0)
    for day in counted:
        if not is_away(made, trainee, day):
            tenure = next((each for each in trainee.tenures if each.holds(day)), None)
            share = tenure.full_time if tenure and terms.part_time else 1
            present += Fraction(share)
    if terms.reduction is Reduction.NONE or present == len(counted):
        return count
    if terms.reduction is Reduction.WAIVED:
        return 0
    exact = count * present / len(counted)
    return {
        Rounding.UP: math.ceil(exact),
        Rounding.DOWN: math.floor(exact),
        Rounding.HALF_UP: math.floor(exact + Fraction(1, 2)),
        Rounding.HALF_EVEN: round(exact),
    }[terms.rounding]


def is_away(made: Schedule, trainee: Trainee, day: date) -> bool:
    """Whether somebody is elsewhere, or on leave that counts."""
    groups = {group.id for group in made.groups}
    there = [
        each for each in trainee.tenures if each.holds(day) and (not groups or each.group in groups)
    ]
    on_leave = [
        each for each in trainee.leaves if each.kind in made.plan.presence.leave and each.holds(day)
    ]
    not_hired = trainee.hired_on is not None and day < trainee.hired_on
    return not_hired or bool(on_leave) or bool(trainee.tenures and not there)


@costly
@given(training_scenarios())
def test_nothing_is_asked_of_anybody_who_is_not_there(scenario: TrainingScenario) -> None:
    made = scenario.schedule()
    people = {each.id: each for each in made.people}
    for session in made.sessions:
        for person in made.attendees(session):
            trainee = people[person]
            if is_there_always(made, person):
                since = trainee.hired_on or date.min
                assert since <= session.on
            else:
                assert not is_away(made, trainee, session.on)


@costly
@given(compliances())
def test_what_is_waived_done_and_missing_is_what_is_asked(compliance: Compliance) -> None:
    plan = compliance.plan
    quotas = {
        each.id: each.timing.at_least for each in plan.activities if isinstance(each.timing, Quota)
    }
    for each in compliance.requirements:
        counts = each.counts
        assert counts.waived + min(counts.done, counts.needed) + counts.missing == counts.asked
        if each.proportion is not None:
            assert (counts.needed, counts.waived) == (
                each.proportion.needed,
                each.proportion.waived,
            )
        if each.kind is not None:
            alike = [t for t in plan.targets if (t.kind, t.unit) == (each.kind, each.unit)]
            assert counts.asked in map(asked_for, alike)
        if each.status is ComplianceStatus.WAIVED:
            assert counts.needed == 0 < counts.waived
        if each.status is ComplianceStatus.MET:
            assert counts.missing == 0
        quota = plan.activity(each.activity) if each.activity else None
        if quota is not None and quota.id in quotas and (each.person is None or quota.per_person):
            assert counts.asked == quotas[quota.id]


@costly
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
                if not made.activity_of(session).by_calendar or session.make_up:
                    chosen.add(session.on)
        halves = made.calendar.half_days
        length = made.plan.day_length
        assert all(filled[day] <= length // (1 + (day in halves)) for day in chosen), who
        assert not chosen & made.full_days


@costly
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


@costly
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


@costly
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


@costly
@given(training_scenarios(), DAYS)
def test_nothing_changes_where_nothing_changed(scenario: TrainingScenario, day: date) -> None:
    made = scenario.schedule()
    again = reschedule(made, calendar=made.calendar, not_before=day)
    assert again.schedule == made
    assert again.changes == ()


@costly
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
            short = new.plan.day_length // (1 + (before.on in new.calendar.half_days))
            fits = new.activity_of(before).duration <= short
            stayed = (open_on(new, before.on) and fits) or never_moves(new, before)
            cause = None if after is None or after.cause is None else after.cause.value
            # Which working day is due is another where others are worked.
            renumbered = isinstance(new.activity_of(before).timing, NthWorkingDay)
            pushed = renumbered or cause == "order"
            assert pushed or not stayed
        if before is not None and after is not None:
            assert after.sequence == before.sequence + 1
            assert after.id == before.id


@costly
@given(training_scenarios(), work_calendars(), DAYS, FREE)
def test_rescheduling_twice_is_as_once(
    scenario: TrainingScenario, calendar: WorkCalendar, day: date, free: frozenset[date]
) -> None:
    once = reschedule(scenario.schedule(), calendar=calendar, not_before=day, blackouts=free)
    twice = reschedule(once.schedule, calendar=calendar, not_before=day, blackouts=free)
    assert twice.schedule == once.schedule
    assert twice.changes == ()


@costly
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


@costly
@given(training_scenarios(), work_calendars(), DAYS, FREE)
def test_the_lessons_of_a_stage_keep_their_order(
    scenario: TrainingScenario, calendar: WorkCalendar, day: date, free: frozenset[date]
) -> None:
    made = scenario.schedule()
    again = reschedule(made, calendar=calendar, not_before=day, blackouts=free).schedule
    for each in (made, again):
        stages = defaultdict(list)
        for session in each.sessions:
            if isinstance(each.activity_of(session).timing, CareerStage):
                turn = session.planned_on, session.number
                stages[session.activity, session.person].append((turn, session.on))
        for lessons in stages.values():
            days = [on for _, on in sorted(lessons)]
            assert days == sorted(days)


@st.composite
def plans_of_stages(draw: st.DrawFn) -> TrainingPlan:
    """Plans of which each person takes every course in stages."""
    curriculum = draw(curricula())
    ids = list(curriculum)
    stages = [
        draw(activities(ids, id=f"stage-{place}", timings=career_stages()))
        for place in range(draw(st.integers(1, 2)))
    ]
    return TrainingPlan(
        "plan", "1.0", text=Text.same("plan"), curriculum=curriculum, activities=stages
    )


@costly
@given(training_scenarios(plans=plans_of_stages()), st.data(), DAYS)
def test_lessons_that_are_added_come_in_the_order_of_courses_and_none_twice(
    scenario: TrainingScenario, data: st.DataObject, day: date
) -> None:
    made = evolve(scenario, period=Period.year(2025), groups=()).schedule()
    ids = st.lists(st.sampled_from(list(made.plan.curriculum)), min_size=1, unique=True)
    people = [evolve(each, needs=data.draw(ids)) for each in data.draw(changed_people(made))]
    asked = [evolve(each, courses=data.draw(ids), each_time=()) for each in made.plan.activities]
    plan = evolve(made.plan, edition="2.0", activities=asked)
    again = reschedule(
        made,
        calendar=made.calendar,
        not_before=day,
        **data.draw(
            st.sampled_from([{"trainees": people}, {"plan": plan}])  # type: ignore[arg-type]
        ),
    )
    new = again.schedule
    for trainee in new.people:
        for activity in new.plan.activities:
            assert isinstance(activity.timing, CareerStage)
            mine = [each for each in new.of(trainee.id) if each.activity == activity.id]
            taught = [each.courses[0] for each in mine]
            assert len({*taught}) == len(taught)
            courses = courses_of(activity, activity.timing, trainee, new.plan.curriculum)
            to_come = [each.courses[0] for each in mine if each.on >= day]
            assert to_come == [each for each in courses if each in to_come]


# The parts of a period make the whole.


@costly
@given(training_scenarios(), st.lists(DAYS, min_size=1, max_size=3))
def test_the_parts_of_a_period_make_the_whole(scenario: TrainingScenario, cuts: list[date]) -> None:
    period = scenario.period
    lasts = sorted({day for day in cuts if day in period and day < period.last})
    parts = []
    first = period.first
    for last in [*lasts, period.last]:
        parts.append(evolve(scenario, period=Period(first, last)).schedule())
        first = last + timedelta(1)
    whole = scenario.schedule()
    assert join_schedules(parts) == whole


# What is scheduled is what rescheduling makes of a schedule under which every day is worked: day
# by day where the calendar decides, and in number where something chooses its day, since a day
# chosen once stays where it can.


def from_nothing(scenario: TrainingScenario) -> tuple[Schedule, Rescheduled]:
    """A schedule of the year, and a reschedule of one under which every day is worked."""
    whole = evolve(scenario, period=Period.year(2025))
    known = scenario.calendar.known
    every_day = evolve(whole, calendar=WorkCalendar((), known=known), blackouts=frozenset())
    again = reschedule(
        every_day.schedule(),
        calendar=scenario.calendar,
        not_before=date(2025, 1, 1),
        blackouts=scenario.blackouts,
    )
    return whole.schedule(), again


def uncut_from_nothing(scenario: TrainingScenario) -> tuple[Schedule, Schedule]:
    """The same, where the search compared every way, without which rescheduling claims less."""
    made, again = from_nothing(scenario)
    assume(not again.cuts)
    return made, again.schedule


def places(made: Schedule) -> dict[str, object]:
    return {each.id: (each.on, each.cause) for each in made.sessions}


@one_in(10)
@given(training_scenarios(plans=training_plans(by_calendar_only=True)))
def test_a_schedule_and_a_reschedule_from_nothing_agree(scenario: TrainingScenario) -> None:
    # The days of a team are as full as those of who is there all the time make them.
    groups = (Group("G", [Trainee("M")]),)
    made, again = uncut_from_nothing(evolve(scenario, trainees=(Trainee("P"),), groups=groups))
    assert places(again) == places(made)
    assert set(again.shortfalls) == set(made.shortfalls)


def alike(plan: TrainingPlan, *, per_person: bool) -> TrainingPlan:
    """A plan whose activities are all of a team, or all of each person."""
    # Only what is individual can be taught to a class.
    return evolve(
        plan,
        activities=[
            evolve(each, per_person=per_person, in_class=per_person and each.in_class)
            for each in plan.activities
        ],
    )


@one_in(10)
@given(training_scenarios(plans=training_plans(by_calendar_only=True)), st.booleans())
def test_they_agree_for_who_comes_and_goes_where_teams_and_people_do_not_meet(
    scenario: TrainingScenario, per_person: bool
) -> None:
    plan = alike(scenario.plan, per_person=per_person)
    if per_person:
        made, again = uncut_from_nothing(evolve(scenario, plan=plan, groups=()))
    else:
        made, again = uncut_from_nothing(evolve(scenario, plan=plan, trainees=()))
    assert places(again) == places(made)
    assert set(again.shortfalls) == set(made.shortfalls)


def test_they_agree_why_somebody_on_leave_at_first_finds_no_day() -> None:
    # The last of May is the only day of the month on which the person is there, and it is closed.
    timing, kind = Cadence("FREQ=DAILY"), ActivityKind.REQUEST
    modified = Adjustment.MODIFIED_FOLLOWING
    words = ASK.text
    daily = Activity("daily", words, kind=kind, timing=timing, adjustment=modified, per_person=True)
    leave = Leave("P", LeaveKind.PATERNITY, last=date(2025, 5, 30))
    scenario = TrainingScenario(
        plan=evolve(ASK, activities=[daily]),
        period=Period.year(2025),
        calendar=WorkCalendar({3, 4, 6}),
        trainees=(Trainee("P", date(2024, 9, 30), leaves=[leave]),),
        groups=(),
        blackouts=frozenset({date(2025, 5, 31)}),
        full_days=frozenset(),
    )
    made, again = from_nothing(scenario)
    assert set(again.schedule.shortfalls) == set(made.shortfalls)
    assert made.shortfalls[0].cause is ShortfallCause.AWAY


@st.composite
def plans_by_number(draw: st.DrawFn) -> TrainingPlan:
    """Plans of one activity, on the working day of a month with a number."""
    plan = draw(training_plans(by_calendar_only=True))
    timing = draw(nth_working_days())
    # What is cancelled where its day is a day off does not come back on another.
    adjustment = draw(st.sampled_from([each for each in Adjustment if each is not Adjustment.SKIP]))
    return evolve(
        plan, activities=[evolve(plan.activities[0], timing=timing, adjustment=adjustment)]
    )


@costly
@given(training_scenarios(plans=plans_by_number()))
def test_they_agree_on_the_working_days_of_months(scenario: TrainingScenario) -> None:
    # What its number sends to a full day keeps off it, and what is planned for it does not.
    alone = evolve(scenario, trainees=(Trainee("P"),), groups=(), full_days=frozenset())
    made, again = uncut_from_nothing(alone)
    assert [each.on for each in again.sessions] == [each.on for each in made.sessions]
    without = [
        {each for each in one.shortfalls if each.cause is ShortfallCause.NO_SUCH_DAY}
        for one in (made, again)
    ]
    assert without[0] == without[1]


@costly
@given(training_scenarios(plans=plans_by_number()), work_calendars())
def test_working_days_that_months_lose_and_get_again_are_as_in_a_new_schedule(
    scenario: TrainingScenario, calendar: WorkCalendar
) -> None:
    alone = evolve(
        scenario,
        trainees=(Trainee("P"),),
        groups=(),
        full_days=frozenset(),
        period=Period.year(2025),
    )
    made = evolve(alone, calendar=calendar).schedule()
    first = made.period.first
    other = reschedule(made, calendar=scenario.calendar, not_before=first).schedule
    back = reschedule(other, calendar=calendar, not_before=first).schedule
    months = [CalendarSpan.MONTH.of(each.planned_on) for each in alone.schedule().sessions]
    assert [CalendarSpan.MONTH.of(each.planned_on) for each in other.sessions] == months
    ids = {each.id for each in back.sessions}
    assert {each.id for each in made.sessions} == ids


@costly
@given(training_scenarios())
def test_they_agree_on_how_much_a_quota_and_a_stage_ask(scenario: TrainingScenario) -> None:
    made, again = uncut_from_nothing(scenario)
    assert much_of_quotas(again) == much_of_quotas(made)
    taught, taught_again = lessons(made), lessons(again)
    assert taught.keys() == taught_again.keys()
    for key, (courses, short) in taught.items():
        courses_again, short_again = taught_again[key]
        assert len(courses_again) + short_again == len(courses) + short
        if not (short or short_again):
            assert courses_again == courses


def much_of_quotas(made: Schedule) -> dict[object, int]:
    """What is held and what is missing of each quota, together."""
    found: dict[object, int] = {}
    for activity in made.plan.activities:
        if isinstance(activity.timing, Quota):
            for group, person in participants(made, individual=activity.per_person):
                there = [
                    each.planned_on
                    for each in made.sessions
                    if (each.activity, each.group, each.person) == (activity.id, group, person)
                    and not each.make_up
                ]
                for span in activity.timing.per.whole_within(made.period):
                    count = sum(day in span for day in there)
                    short = missing(made, activity.id, span, group, person)
                    found[activity.id, group, person, span] = count + short
    return found


def lessons(made: Schedule) -> dict[object, tuple[list[tuple[str, ...]], int]]:
    """The courses of each stage that lies in the year, in their order, and how many are missing."""
    found: dict[object, tuple[list[tuple[str, ...]], int]] = {}
    for activity in made.plan.activities:
        for trainee in made.people if isinstance(activity.timing, CareerStage) else ():
            assert isinstance(activity.timing, CareerStage)
            assert trainee.hired_on is not None
            if in_whole(activity.timing, trainee.hired_on, made.period):
                mine = [each for each in made.of(trainee.id) if each.activity == activity.id]
                short = missing(made, activity.id, made.period, None, trainee.id)
                found[activity.id, trainee.id] = [each.courses for each in mine], short
    return found


# Another edition of the plan, from a day on.


@costly
@given(training_scenarios(), st.data(), work_calendars(), DAYS)
def test_another_edition_holds_from_its_day_on(
    scenario: TrainingScenario, data: st.DataObject, calendar: WorkCalendar, day: date
) -> None:
    made = scenario.schedule()
    plan = data.draw(next_editions(made.plan))
    again = reschedule(made, calendar=calendar, not_before=day, plan=plan)
    new = again.schedule
    assert new.plan == plan
    past = [each for each in made.sessions if each.on < day]
    # On one day the order is that of the plan, which may be another.
    assert {each for each in new.sessions if each.on < day} == set(past)
    for session in past:
        assert new.activity_of(session) == made.activity_of(session)
    known = {each.id: each for each in plan.activities}
    was = {each.id: each for each in (*made.sessions, *made.cancelled)}
    for session in new.sessions:
        if session.on >= day:
            assert new.activity_of(session) == known[session.activity]
            assert open_on(new, session.on) or never_moves(new, session)
        before = was.get(session.id)
        assert session.sequence - (before.sequence if before else 0) in (0, 1)
    # What is cancelled was there once.
    assert {each.id for each in new.cancelled} <= set(was)
    twice = reschedule(new, calendar=calendar, not_before=day, plan=plan)
    assert twice.changes == ()


@costly
@given(training_scenarios(), DAYS)
def test_an_edition_that_changes_nothing_changes_nothing(
    scenario: TrainingScenario, day: date
) -> None:
    made = scenario.schedule()
    plan = evolve(made.plan, edition="2.0")
    again = reschedule(made, calendar=made.calendar, not_before=day, plan=plan)
    assert [each for each in again.changes if not (each.after and each.after.make_up)] == []
    assert again.schedule.plan == plan


def in_whole(stage: CareerStage, hired_on: date, period: Period) -> bool:
    """Whether a period has all that a person does in a stage; of one without end, in a year."""
    days = stage.days_of(hired_on)
    if days is None or days.first > period.last:
        return False
    if stage.lasts_months is not None:
        return period.first <= days.first and days.last <= period.last
    years = (CalendarSpan.YEAR.of(part.first) for part in CalendarSpan.YEAR.within(period))
    return any(
        period.first <= max(days.first, year.first) <= year.last <= period.last for year in years
    )


@one_in(10)
@given(training_scenarios())
def test_no_need_is_dropped(scenario: TrainingScenario) -> None:
    """It is taught by an activity that takes needs, to come outside of the period, or reported."""
    made = scenario.schedule()
    years = [CalendarSpan.YEAR.of(part.first) for part in CalendarSpan.YEAR.within(made.period)]
    for trainee in made.people:
        hired_on = trainee.hired_on
        assert hired_on is not None
        if not is_there_always(made, trainee.id):
            continue
        mine = [each for each in made.shortfalls if each.person == trainee.id]
        for need in trainee.needs:
            takers = {
                activity.id: activity.timing
                for activity in made.plan.activities
                if isinstance(activity.timing, CareerStage)
                and activity.timing.needed_only
                and need in activity.courses
            }
            lasts = [days.last for stage in takers.values() if (days := stage.days_of(hired_on))]
            reported = [each.period.last for each in mine if each.course == need]
            assert reported == [
                year.last
                for year in years
                if hired_on <= year.last
                and max(hired_on, year.first) <= made.period.last
                and not any(last >= max(hired_on, year.first) for last in lasts)
            ]
            for id, stage in takers.items():
                if in_whole(stage, hired_on, made.period):
                    sessions = [each for each in made.of(trainee.id) if each.activity == id]
                    taught = any(need in each.courses for each in sessions)
                    assert taught or any(each.activity == id for each in mine)


@costly
@given(training_scenarios())
def test_each_lesson_of_a_stage_is_held_or_reported_on_leave_too(
    scenario: TrainingScenario,
) -> None:
    made = scenario.schedule()
    for trainee in made.people:
        stays = presence_of(made, trainee.id)
        for activity in made.plan.activities:
            stage = activity.timing
            if not isinstance(stage, CareerStage) or stage.lasts_months is None:
                continue
            days = stage.days_of(trainee.since or date.min)
            if days is None or days.first.year != days.last.year:
                continue
            if made.period.first <= days.first and days.last <= made.period.last:
                asked = len(courses_of(activity, stage, trainee, made.plan.curriculum))
                place = activity.id, None, trainee.id
                held = len(sessions_of(made, *place))
                lost = sum(
                    each.missing
                    for each in made.shortfalls
                    if (each.activity, each.person) == (activity.id, trainee.id)
                )
                assert held + lost == (asked if stays.is_in(days) else 0)


@costly
@given(training_scenarios(), st.data(), DAYS)
def test_after_a_change_of_people_nothing_is_for_who_is_not_there_and_the_past_stays(
    scenario: TrainingScenario, data: st.DataObject, day: date
) -> None:
    made = scenario.schedule()
    people = data.draw(changed_people(made))
    again = reschedule(made, calendar=made.calendar, not_before=day, trainees=people)
    new = again.schedule
    assert [each for each in new.sessions if each.on < day] == [
        each for each in made.sessions if each.on < day
    ]
    by_id = {each.id: each for each in new.people}
    for session in new.sessions:
        assert (
            not session.person
            or session.on < day
            or not is_away(new, by_id[session.person], session.on)
        )
    changed = {each.id for each in people} - {each.id for each in made.trainees if each in people}
    for session in new.sessions:
        stage = new.activity_of(session).timing
        trainee = by_id.get(session.person or "")
        if trainee and isinstance(stage, CareerStage) and session.on >= day:
            days = stage.days_of(trainee.since or date.min)
            assert session.make_up or trainee.id not in changed or (days and session.on in days)
    for change in again.changes:
        of_whom = change.after or change.before
        assert of_whom is not None
        assert of_whom.person in changed
    # Whoever had a session has it still, or it is taken back.
    taken = {(each.session.id, each.person) for each in new.withdrawn}
    cancelled = {each.id for each in new.cancelled}
    for session in made.sessions:
        now = new.session(session.id)
        for attendee in made.attendees(session) if session.on >= day else ():
            kept = attendee in new.attendees(now)
            assert kept or session.id in cancelled or (session.id, attendee) in taken
    twice = reschedule(new, calendar=new.calendar, not_before=day, trainees=people)
    assert twice.schedule == new
