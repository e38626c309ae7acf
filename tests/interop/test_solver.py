"""The solver: what it promises is kept, what it finds is best, what it cannot find is not there."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cmappraisal import Adjustment, FieldError, Period, Text, WorkCalendar
from cmappraisal.interop.solver import MAXIMUM_SHOWN, assign, reassign
from cmappraisal.training import (
    VENUE_TEAM,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    Cause,
    Course,
    Curriculum,
    Domain,
    Group,
    Quota,
    Rescheduled,
    ResourceConflict,
    Room,
    Schedule,
    Session,
    Span,
    Target,
    TargetUnit,
    Trainee,
    Trainer,
    TrainingError,
    TrainingPlan,
    reschedule,
    schedule,
)

MARCH = Period.month(2026, 3)
CALENDAR = WorkCalendar()


def text(id: str) -> Text:
    return Text(id, id, en=id)


def activity(id: str, **fields: Any) -> Activity:
    given = {"kind": ActivityKind.COURSE, "timing": Cadence("FREQ=MONTHLY;BYMONTHDAY=10"), **fields}
    return Activity(id, text(id), **given)


def plan(*activities: Activity, targets: Iterable[Target] = ()) -> TrainingPlan:
    courses = [Course(id, text(id), domain=Domain.SKILL) for id in ("law", "sales", "care")]
    curriculum = Curriculum("courses", "1", text=text("courses"), courses=courses)
    return TrainingPlan(
        "plan",
        "1",
        text=text("plan"),
        curriculum=curriculum,
        activities=activities,
        targets=targets,
    )


def team(id: str, size: int = 1) -> Group:
    return Group(id, [Trainee(f"{id}-{number}") for number in range(size)])


def teams(*sizes: int) -> list[Group]:
    return [team(f"g{number}", size) for number, size in enumerate(sizes)]


def day(number: int) -> date:
    return date(2026, 3, number)


def off_but(*numbers: int) -> WorkCalendar:
    """March with no other working days than these."""
    kept = {day(number) for number in numbers}
    return WorkCalendar(holidays=[each for each in MARCH if each not in kept], workdays=kept)


def placed(schedule: Schedule) -> list[tuple[str, int, str | None, str | None]]:
    return [(each.id, each.on.day, each.room, each.trainer) for each in schedule.sessions]


def by_day(schedule: Schedule) -> list[tuple[int, str | None, str | None, str | None]]:
    return [(each.on.day, each.group, each.room, each.trainer) for each in schedule.sessions]


STUDY = activity("study", courses=["law"])
TEST = activity(
    "test", kind=ActivityKind.TEST, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=11"), follows="study"
)
TALK = activity("talk", in_room=False)


def march(
    *activities: Activity,
    groups: Iterable[Group] = (),
    calendar: WorkCalendar = CALENDAR,
    **more: Any,
) -> Schedule:
    return schedule(plan(*activities), MARCH, calendar=calendar, groups=groups, **more)


# What is promised.


def is_needy(schedule: Schedule, session: Session) -> bool:
    there_are = bool(schedule.rooms or schedule.trainers)
    return there_are and schedule.activity_of(session).in_room


def window(schedule: Schedule, session: Session) -> Period:
    timing = schedule.activity_of(session).timing
    weekly = isinstance(timing, Cadence) and timing.rrule.startswith(("FREQ=WEEKLY", "FREQ=DAILY"))
    weekly = weekly or (isinstance(timing, Quota) and timing.per is Span.WEEK)
    if not weekly:
        return Period.month(session.planned_on.year, session.planned_on.month)
    monday = session.planned_on - timedelta(days=session.planned_on.weekday())
    return Period(monday, monday + timedelta(days=6))


def is_open(schedule: Schedule, on: date) -> bool:
    return schedule.calendar.is_working_day(on) and on not in schedule.blackouts


def may_be_on(schedule: Schedule, session: Session, before: Session, on: date) -> bool:
    if on == before.on:
        never_moves = schedule.activity_of(session).adjustment is Adjustment.NONE
        return is_open(schedule, on) or never_moves
    fits = on in window(schedule, session) and on in schedule.period
    return fits and is_open(schedule, on) and on not in schedule.full_days


def followed(schedule: Schedule, session: Session) -> Session | None:
    """By the words of the promise: the last one planned up to it in its month."""
    found = [
        each
        for each in schedule.sessions
        if each.activity == schedule.activity_of(session).follows
        and (each.group, each.person) == (session.group, session.person)
        and each.planned_on <= session.planned_on
        and (each.planned_on.year, each.planned_on.month)
        == (session.planned_on.year, session.planned_on.month)
    ]
    return max(found, key=lambda each: each.planned_on, default=None)


def broken(after: Schedule, before: Schedule, since: date = date.min) -> Iterator[str]:
    """Every promise that a schedule breaks."""
    rooms = {room.id: room for room in after.rooms}
    trainers = {trainer.id: trainer for trainer in after.trainers}
    used: Counter[tuple[Any, ...]] = Counter()
    was = {session.id: session for session in before.sessions}
    for session in after.sessions:
        if session.on < since:
            if session != was.get(session.id):
                yield f"{session.id} is of the past"
            continue
        if not is_needy(after, session):
            if (session.room, session.trainer) != (None, None):
                yield f"{session.id} needs nothing"
            continue
        earlier = was.get(session.id, session)
        if session.on < since or not may_be_on(after, session, earlier, session.on):
            yield f"{session.id} cannot be on {session.on}"
        if (session.room is not None) is not bool(rooms):
            yield f"{session.id} has no room, or one that it does not need"
        if (session.trainer is not None) is not bool(trainers and session.courses):
            yield f"{session.id} has no trainer, or one that it does not need"
        if session.room is not None:
            room = rooms[session.room]
            if room.capacity < len(after.attendees(session)) or session.on in room.closed:
                yield f"{session.id} does not fit into {room.id}"
            used["room", room.id, session.on] += 1
        if session.trainer is not None:
            trainer = trainers[session.trainer]
            if not set(session.courses) <= trainer.teaches or session.on in trainer.away:
                yield f"{session.id} cannot be taught by {trainer.id}"
            used["trainer", trainer.id, session.on] += 1
        whom = session.group if session.person is None else session.person
        used["whom", session.person is None, whom, session.on] += 1
        first = followed(after, session)
        if first is not None and first.on >= since and not first.on < session.on:
            yield f"{session.id} is not after {first.id}"
    yield from (f"{key} is used twice" for key, times in used.items() if times > 1)
    keys = [
        (session.on, [each.id for each in after.plan.activities].index(session.activity))
        for session in after.sessions
    ]
    if keys != sorted(keys):
        yield "sessions are not in order"


def check(after: Schedule, before: Schedule, since: date = date.min) -> None:
    assert list(broken(after, before, since)) == []
    assert Counter(each.id for each in after.sessions) == Counter(
        each.id for each in before.sessions
    )


# What is best, by trying everything.


Option = tuple[date, str | None, str | None]


def options(given: Schedule, session: Session, before: Session, since: date) -> Iterator[Option]:
    """All days, rooms and trainers that a session could have, were it alone."""
    size = max(1, len(given.attendees(session)))
    days = {*window(given, session), before.on}
    for on in sorted(each for each in days if each >= since):
        if not may_be_on(given, session, before, on):
            continue
        rooms = [each.id for each in given.rooms if each.capacity >= size and on not in each.closed]
        able = [each for each in given.trainers if set(session.courses) <= each.teaches]
        trainers = [each.id for each in able if on not in each.away]
        for room in rooms if given.rooms else [None]:
            for trainer in trainers if given.trainers and session.courses else [None]:
                yield on, room, trainer


def best(
    given: Schedule,
    before: Schedule,
    since: date = date.min,
    *,
    only: Iterable[str] | None = None,
    changes_count: bool = True,
) -> tuple[int, int] | None:
    """The fewest changes and the fewest days, by trying everything; None where nothing fits."""
    was = {session.id: session for session in before.sessions}
    asked = [
        each
        for each in given.sessions
        if each.on >= since and is_needy(given, each) and (only is None or each.id in only)
    ]
    fixed = [each for each in given.sessions if not is_needy(given, each)]
    after = {each.id: followed(given, each) for each in given.sessions}
    found: list[tuple[int, int]] = []

    def fits(session: Session, on: date, chosen: dict[str, Option]) -> bool:
        first = after[session.id]
        if first is None or first.on < since:
            return True
        if first in fixed:
            return first.on < on
        return first.id not in chosen or chosen[first.id][0] < on

    def collide(one: Session, option: Option, other: Session, taken: Option) -> bool:
        if option[0] != taken[0]:
            return False
        same = (one.person or "", one.group or "") == (other.person or "", other.group or "")
        rooms = option[1] is not None and option[1] == taken[1]
        return same or rooms or (option[2] is not None and option[2] == taken[2])

    def search(place: int, chosen: dict[str, Option], cost: tuple[int, int]) -> None:
        if found and cost >= found[0]:
            return
        if place == len(asked):
            found[:] = [cost]
            return
        session = asked[place]
        earlier = was.get(session.id, session)
        for option in options(given, session, earlier, since):
            if any(collide(session, option, each, chosen[each.id]) for each in asked[:place]):
                continue
            new = {**chosen, session.id: option}
            follows = [each for each in (*asked[: place + 1], *fixed) if each.on >= since]
            if all(
                fits(each, new[each.id][0] if each.id in new else each.on, new)
                for each in follows
                if is_needy(given, each) or after[each.id] in asked
            ):
                changed = option != (earlier.on, earlier.room, earlier.trainer)
                days = abs((option[0] - earlier.on).days)
                search(place + 1, new, (cost[0] + (changed and changes_count), cost[1] + days))

    search(0, {}, (0, 0))
    return found[0] if found else None


def cost(before: Schedule, after: Schedule) -> tuple[int, int]:
    """How many sessions changed, and by how many days in all."""
    was = {session.id: session for session in before.sessions}
    pairs = [(was[each.id], each) for each in after.sessions if each.id in was]
    changed = [
        one
        for one, other in pairs
        if (one.on, one.room, one.trainer) != (other.on, other.room, other.trainer)
    ]
    return len(changed), sum(abs((one.on - other.on).days) for one, other in pairs)


@st.composite
def instances(draw: st.DrawFn) -> tuple[Schedule, list[Room], list[Trainer]]:
    """A few sessions in a few days, with hardly enough rooms and trainers."""
    worked = draw(st.sets(st.sampled_from([9, 10, 11, 12]), min_size=1, max_size=3))
    closed = st.sets(st.sampled_from([day(number) for number in (9, 10, 11, 12)]), max_size=2)
    sizes = draw(st.lists(st.integers(0, 3), min_size=1, max_size=2))
    second = draw(st.sampled_from([None, TEST, activity("more", courses=["sales"]), TALK]))
    first = evolve(
        STUDY,
        courses=draw(st.sampled_from([["law"], ["law", "sales"], []])),
        adjustment=draw(st.sampled_from([Adjustment.FOLLOWING, Adjustment.NONE])),
        in_room=draw(st.sampled_from([True, True, True, False])),
    )
    activities = [first] if second is None else [first, second]
    year = march(*activities, groups=teams(*sizes), calendar=off_but(*worked))
    if draw(st.booleans()) and len(year.sessions) > 1:
        together = [evolve(each, on=year.sessions[0].on) for each in year.sessions]
        year = evolve(year, sessions=together)
    rooms = [
        Room(f"R{number}", capacity, closed=draw(closed))
        for number, capacity in enumerate(draw(st.lists(st.integers(1, 3), max_size=2)))
    ]
    trainers = [
        Trainer(f"T{number}", taught, away=draw(closed))
        for number, taught in enumerate(
            draw(st.lists(st.sets(st.sampled_from(["law", "sales"]), min_size=1), max_size=2))
        )
    ]
    return year, rooms, trainers


def given_resources(year: Schedule, rooms: Iterable[Room], trainers: Iterable[Trainer]) -> Schedule:
    return evolve(year, rooms=rooms, trainers=trainers)


def check_irreducible(
    conflict: ResourceConflict, given: Schedule, before: Schedule, since: date = date.min
) -> None:
    ids = conflict.sessions
    assert ids
    assert best(given, before, since, only=ids) is None
    for left_out in ids:
        assert best(given, before, since, only=set(ids) - {left_out}) is not None
    assert all(f'"{id}"' in str(conflict) for id in ids[:MAXIMUM_SHOWN])
    assert conflict.resource in str(conflict)


@settings(max_examples=150, deadline=None)
@given(instances())
def test_what_is_assigned_is_best_and_what_cannot_be_is_irreducible(
    instance: tuple[Schedule, list[Room], list[Trainer]],
) -> None:
    year, rooms, trainers = instance
    given = given_resources(year, rooms, trainers)
    found = best(given, year, changes_count=False)
    try:
        after = assign(year, rooms=rooms, trainers=trainers)
    except ResourceConflict as conflict:
        assert found is None
        check_irreducible(conflict, given, year)
    else:
        check(after, year)
        assert found is not None
        assert cost(year, after)[1] == found[1]


@settings(max_examples=150, deadline=None)
@given(instances(), st.data())
def test_what_is_reassigned_changes_least(
    instance: tuple[Schedule, list[Room], list[Trainer]], data: st.DataObject
) -> None:
    year, rooms, trainers = instance
    try:
        before = assign(year, rooms=rooms, trainers=trainers)
    except ResourceConflict:
        return
    some = st.sets(st.sampled_from([day(number) for number in (9, 10, 11, 12)]), max_size=1)
    rooms = [evolve(each, closed=each.closed | data.draw(some)) for each in rooms]
    trainers = [evolve(each, away=each.away | data.draw(some)) for each in trainers]
    since = data.draw(st.sampled_from([day(1), day(10), day(11)]))
    calendar = data.draw(st.sampled_from([before.calendar, off_but(9, 10, 11, 12), off_but(10)]))
    if year.plan.activities[0].in_room is False:
        calendar = before.calendar
    now = evolve(before, calendar=calendar, rooms=rooms, trainers=trainers)
    found = best(now, before, since)
    try:
        again = reassign(
            before, not_before=since, calendar=calendar, rooms=rooms, trainers=trainers
        )
    except ResourceConflict as conflict:
        assert found is None
        check_irreducible(conflict, now, before, since)
        return
    check(again.schedule, before, since)
    if all(is_needy(now, each) for each in now.sessions):
        assert found == cost(before, again.schedule)
        assert len(again.changes) == cost(before, again.schedule)[0]
    for change in again.changes:
        assert change.before is not None
        assert change.after is not None
        assert change.after.sequence == change.before.sequence + 1
    repeated = reassign(again.schedule, not_before=since)
    assert repeated == Rescheduled(again.schedule, ())


# Tables by hand.


def test_one_room_spreads_the_groups_over_the_nearest_days() -> None:
    after = assign(march(STUDY, groups=teams(1, 1, 1)), rooms=[Room("R", 5)])
    assert sorted(each.on.day for each in after.sessions) == [9, 10, 11]
    assert {each.room for each in after.sessions} == {"R"}
    assert {each.trainer for each in after.sessions} == {None}
    causes = {each.on.day: each.cause for each in after.sessions}
    assert causes == {9: Cause.RESOURCES, 10: None, 11: Cause.RESOURCES}
    assert {each.sequence for each in after.sessions} == {0}


def test_a_room_is_the_smallest_that_seats_everybody() -> None:
    rooms = [Room("C", 30), Room("B", 3), Room("A", 3), Room("D", 10)]
    after = assign(march(STUDY, groups=teams(2, 3, 4)), rooms=rooms)
    assert by_day(after) == [
        (10, "g0", "B", None),
        (10, "g1", "A", None),
        (10, "g2", "D", None),
    ]


def test_a_group_without_members_needs_a_room_too() -> None:
    after = assign(march(STUDY), rooms=[Room("R", 1)])
    assert by_day(after) == [(10, None, "R", None)]


def test_a_trainer_teaches_all_courses_and_is_there() -> None:
    both = activity("study", courses=["law", "sales"])
    trainers = [
        Trainer("half", ["law"]),
        Trainer("away", ["law", "sales"], away=[day(10)]),
        Trainer("more", ["law", "sales", "care"]),
        Trainer("exact", ["law", "sales"]),
    ]
    after = assign(march(both, groups=teams(1)), trainers=trainers)
    assert by_day(after) == [(10, "g0", None, "exact")]


def test_trainers_change_places_until_everybody_has_one() -> None:
    year = march(STUDY, activity("sales", courses=["sales"]), groups=teams(1, 1))
    moved = [evolve(each, on=day(10 + (each.group == "g1"))) for each in year.sessions]
    together = [each for each in moved if (each.activity == "study") is (each.group == "g0")]
    year = evolve(year, sessions=[evolve(each, on=day(10)) for each in together])
    trainers = [Trainer("A", ["law", "sales"]), Trainer("B", ["law", "care"])]
    after = assign(year, trainers=trainers)
    assert by_day(after) == [(10, "g0", None, "B"), (10, "g1", None, "A")]
    # Who could teach both is asked first, and then gives way.
    before = evolve(
        after, sessions=[evolve(each, trainer=None) for each in after.sessions], trainers=[]
    )
    before = evolve(before, trainers=trainers)
    again = reassign(before, not_before=day(1)).schedule
    assert by_day(again) == by_day(after)


def test_what_needs_nothing_stays_as_it_is() -> None:
    year = march(STUDY, TALK, groups=teams(1))
    after = assign(year, rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    assert placed(after) == [
        ("study/2026-03-10/group:g0", 10, "R", "T"),
        ("talk/2026-03-10/group:g0", 10, None, None),
    ]


def test_without_rooms_and_trainers_nothing_is_assigned() -> None:
    year = march(STUDY, groups=teams(1, 1))
    assert assign(year) == year
    after = assign(assign(year, rooms=[Room("R", 1)]))
    assert {each.room for each in after.sessions} == {None}
    assert after.rooms == ()


def test_a_session_without_courses_needs_no_trainer() -> None:
    after = assign(march(STUDY, TEST), trainers=[Trainer("T", ["law"])])
    assert [each.trainer for each in after.sessions] == ["T", None]


def test_what_needs_no_trainer_moves_rather_than_what_does_where_that_is_nearer() -> None:
    study, more = evolve(STUDY, courses=[]), activity("more", courses=["sales"])
    year = march(study, more, groups=teams(0, 0), calendar=off_but(9, 10, 12))
    after = assign(year, trainers=[Trainer("T", ["law", "sales"])])
    assert cost(year, after)[1] == 2


def test_a_group_has_one_session_a_day() -> None:
    year = march(STUDY, activity("more"), groups=teams(1))
    rooms = [Room("A", 1), Room("B", 1)]
    assert [each.on.day for each in assign(year, rooms=rooms).sessions] in ([9, 10], [10, 11])


def test_a_person_has_one_session_a_day() -> None:
    year = march(
        activity("own", per_person=True), activity("also", per_person=True), groups=teams(2)
    )
    after = assign(year, rooms=[Room(f"R{number}", 1) for number in range(4)])
    check(after, year)
    assert cost(year, after)[1] == 2


def test_what_follows_stays_behind() -> None:
    closed = Room("R", 1, closed=Period(day(1), day(10)))
    after = assign(march(STUDY, TEST), rooms=[closed])
    assert placed(after) == [
        ("study/2026-03-10", 11, "R", None),
        ("test/2026-03-11", 12, "R", None),
    ]


@pytest.mark.parametrize(
    ("study", "test", "days"),
    [
        (STUDY, evolve(TEST, in_room=False), {"study": [9], "test": [11]}),
        (evolve(STUDY, in_room=False), TEST, {"study": [10], "test": [12]}),
    ],
)
def test_what_stays_is_followed_too(
    study: Activity, test: Activity, days: dict[str, list[int]]
) -> None:
    closed = Room("R", 1, closed=Period(day(10), day(11)))
    after = assign(march(study, test), rooms=[closed])
    found = {each.activity: [each.on.day] for each in after.sessions}
    assert found == days


WEEK = Period(day(9), day(13))


@pytest.mark.parametrize(
    ("timing", "within"),
    [
        (Cadence("FREQ=MONTHLY;BYMONTHDAY=10"), MARCH),
        (Cadence("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10"), MARCH),
        (Cadence("FREQ=WEEKLY;BYDAY=TU;COUNT=11"), WEEK),
        (Cadence("FREQ=DAILY;COUNT=1", date(2026, 3, 10)), WEEK),
        (Quota(1, per=Span.WEEK), WEEK),
        (Quota(1, per=Span.MONTH), MARCH),
        (Quota(1, per=Span.QUARTER), MARCH),
        (Quota(1, per=Span.YEAR), MARCH),
    ],
)
def test_a_session_moves_within_its_window(timing: Any, within: Period) -> None:
    year = march(evolve(STUDY, timing=timing))
    year = evolve(year, sessions=[Session("study", day(10), on=day(10))])
    last = max(each for each in within if CALENDAR.is_working_day(each))
    (found,) = assign(year, rooms=[Room("R", 1, closed=set(within) - {last})]).sessions
    assert found.on == last
    closed = Room("R", 1, closed=within)
    with pytest.raises(ResourceConflict):
        assign(year, rooms=[closed])


def test_a_stage_moves_within_its_month() -> None:
    stage = activity("course", timing=CareerStage(0, 2), courses=["law"])
    new = Trainee("new", date(2026, 2, 20))
    year = schedule(
        plan(stage), Period.quarter(2026, 1), calendar=CALENDAR, groups=[Group("g", [new])]
    )
    (session,) = year.sessions
    month = Period.month(session.planned_on.year, session.planned_on.month)
    closed = [each for each in month if each != month.first + timedelta(days=3)]
    (found,) = assign(year, rooms=[Room("R", 1, closed=closed)]).sessions
    assert found.on == month.first + timedelta(days=3)


def test_nothing_moves_to_a_day_that_is_kept_free_or_full_or_out_of_the_period() -> None:
    year = schedule(
        plan(evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=31"))),
        Period(day(24), day(31)),
        calendar=CALENDAR,
        groups=teams(1, 1, 1),
        blackouts=[day(30)],
        full_days=[day(27), day(26)],
    )
    after = assign(year, rooms=[Room("R", 1)])
    assert [each.on.day for each in after.sessions] == [24, 25, 31]


def test_a_session_may_stay_out_of_its_month() -> None:
    year = schedule(
        plan(evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=31"))),
        Period(date(2026, 1, 1), date(2026, 2, 10)),
        calendar=CALENDAR,
    )
    after = assign(year, rooms=[Room("R", 1)])
    assert [(str(each.on), each.cause) for each in after.sessions] == [
        ("2026-02-02", Cause.DAY_OFF)
    ]
    closed = assign(year, rooms=[Room("R", 1, closed=[date(2026, 2, 2)])])
    assert [str(each.on) for each in closed.sessions] == ["2026-01-30"]


def test_what_never_moves_for_a_day_off_may_stay_on_it() -> None:
    sunday = evolve(STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"), adjustment=Adjustment.NONE)
    year = march(sunday, groups=teams(1, 1))
    assert [each.on.day for each in assign(year, rooms=[Room("R", 1)]).sessions] == [15, 16]


def test_what_moves_back_to_its_planned_day_has_no_cause() -> None:
    session = Session("study", day(10), on=day(12), cause=Cause.ORDER)
    year = evolve(march(STUDY), sessions=[session])
    (stays,) = assign(year, rooms=[Room("R", 1)]).sessions
    assert (stays.on, stays.cause) == (day(12), Cause.ORDER)
    shut = Room("R", 1, closed=Period(day(11), day(31)))
    (back,) = assign(year, rooms=[shut]).sessions
    assert (back.on, back.cause) == (day(10), None)


def test_a_second_assignment_counts_as_a_change() -> None:
    once = assign(march(STUDY, groups=teams(1, 1)), rooms=[Room("A", 1), Room("B", 1)])
    twice = assign(once, rooms=[Room("A", 1), Room("B", 1)])
    assert twice == once
    other = assign(once, rooms=[Room("A", 1), Room("C", 1)])
    assert [(each.room, each.sequence) for each in other.sessions] == [("A", 0), ("C", 1)]


# Made again.


def both(again: Rescheduled) -> list[tuple[Session, Session]]:
    """Each session that changed, as it was and as it is."""
    changes = [(each.before, each.after) for each in again.changes]
    return [(one, other) for one, other in changes if one is not None and other is not None]


def test_only_what_has_to_change_changes_and_by_the_fewest_days() -> None:
    rooms = [Room("A", 1), Room("B", 1)]
    before = assign(march(STUDY, groups=teams(1, 1)), rooms=rooms)
    again = reassign(before, not_before=day(1), rooms=[rooms[0], Room("B", 1, closed=[day(10)])])
    ((one, other),) = both(again)
    assert one == before.sessions[1]
    assert other == evolve(one, on=other.on, cause=Cause.RESOURCES, sequence=1)
    assert other.on in (day(9), day(11))
    assert other.room == "B"


def test_another_room_on_the_same_day_is_better_than_another_day() -> None:
    before = assign(march(STUDY), rooms=[Room("A", 1)])
    rooms = [Room("A", 1, closed=[day(10)]), Room("B", 9)]
    (change,) = reassign(before, not_before=day(1), rooms=rooms).changes
    assert change.after == evolve(before.sessions[0], room="B", sequence=1)


def test_fewer_changes_come_before_fewer_days() -> None:
    before = assign(march(STUDY, groups=teams(1, 1, 1)), rooms=[Room("R", 1)])
    shut = [day(number) for number in (6, 10, 12, 13)]
    again = reassign(before, not_before=day(1), rooms=[Room("R", 1, closed=shut)])
    assert [(one.id, one.on, other.on) for one, other in both(again)] == [
        (before.sessions[1].id, day(10), day(5))
    ]


def test_two_change_where_one_cannot() -> None:
    # Whoever needs the large room on the last day that is left can only have it from another.
    rooms = [Room("large", 9), Room("small", 1)]
    year = march(STUDY, groups=teams(1, 9), calendar=off_but(10, 11))
    before = assign(year, rooms=rooms)
    moved = [
        evolve(each, on=day(10 + number), room="large")
        for number, each in enumerate(before.sessions)
    ]
    before = evolve(before, sessions=moved)
    shut = Room("large", 9, closed=[day(11)])
    again = reassign(before, not_before=day(1), rooms=[shut, rooms[1]])
    assert by_day(again.schedule) == [(10, "g0", "small", None), (10, "g1", "large", None)]
    assert len(again.changes) == 2


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"blackouts": [day(10)]}, Cause.BLACKOUT),
        ({"calendar": WorkCalendar(holidays=[day(10)])}, Cause.DAY_OFF),
        ({"rooms": [Room("R", 1, closed=[day(10)])]}, Cause.RESOURCES),
        ({"trainers": [Trainer("T", ["law"], away=[day(10)])]}, Cause.RESOURCES),
    ],
)
def test_what_moves_says_why(change: dict[str, Any], cause: Cause) -> None:
    before = assign(march(STUDY), rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    again = reassign(before, not_before=day(10), **change)
    (session,) = again.schedule.sessions
    assert (session.on, session.cause, session.sequence) == (day(11), cause, 1)
    assert (session.room, session.trainer) == ("R", "T")
    for name, value in change.items():
        assert getattr(again.schedule, name) == getattr(evolve(before, **{name: value}), name)


def test_the_past_stays_as_it_is() -> None:
    before = assign(march(STUDY, TEST, groups=teams(1)), rooms=[Room("R", 1)])
    shut = Room("R", 1, closed=Period(day(9), day(11)))
    again = reassign(before, not_before=day(11), rooms=[shut])
    assert placed(again.schedule) == [
        ("study/2026-03-10/group:g0", 10, "R", None),
        ("test/2026-03-11/group:g0", 12, "R", None),
    ]
    with pytest.raises(TrainingError, match=r'has room "R", which is not there; give it too'):
        reassign(before, not_before=day(11), rooms=[Room("S", 1)])


def test_what_is_followed_may_move_behind_what_is_past() -> None:
    sessions = [
        Session("study", day(10), on=day(12), room="R"),
        Session("test", day(11), on=day(11), room="R"),
    ]
    before = evolve(march(STUDY, TEST), rooms=[Room("R", 1)], sessions=sessions[::-1])
    shut = Room("R", 1, closed=[day(12)])
    again = reassign(before, not_before=day(12), rooms=[shut])
    assert [(each.activity, each.on.day) for each in again.schedule.sessions] == [
        ("test", 11),
        ("study", 13),
    ]


def test_what_needs_nothing_is_rescheduled() -> None:
    year = march(STUDY, TALK, groups=teams(1))
    before = assign(year, rooms=[Room("R", 1)])
    off = WorkCalendar(holidays=[day(10)])
    again = reassign(before, not_before=day(1), calendar=off)
    alone = evolve(year, plan=plan(TALK), sessions=year.sessions[1:])
    expected = reschedule(alone, calendar=off, not_before=day(1)).schedule.sessions
    assert again.schedule.sessions[1:] == expected
    assert len(again.changes) == 2


def test_without_rooms_and_trainers_all_is_rescheduled() -> None:
    year = march(STUDY, TEST, groups=teams(1))
    off = WorkCalendar(holidays=[day(11), day(12)])
    expected = reschedule(year, calendar=off, not_before=day(1), blackouts=[day(10)])
    assert reassign(year, not_before=day(1), calendar=off, blackouts=[day(10)]) == expected


def test_rooms_and_trainers_that_are_given_up_are_taken_away() -> None:
    before = assign(march(STUDY), rooms=[Room("R", 1)], trainers=[Trainer("T", ["law"])])
    changes: list[tuple[dict[str, Any], str | None, str | None]] = [
        ({"rooms": ()}, None, "T"),
        ({"trainers": ()}, "R", None),
        ({"rooms": (), "trainers": ()}, None, None),
    ]
    for change, room, trainer in changes:
        (session,) = reassign(before, not_before=day(1), **change).schedule.sessions
        assert (session.room, session.trainer, session.sequence) == (room, trainer, 1)
        assert (session.on, session.cause) == (day(10), None)


def test_what_skips_days_off_is_cancelled_and_comes_back_with_a_room() -> None:
    skips = evolve(STUDY, adjustment=Adjustment.SKIP)
    before = assign(march(skips), rooms=[Room("R", 1)])
    off = WorkCalendar(holidays=[day(10)])
    gone = reassign(before, not_before=day(1), calendar=off)
    assert gone.schedule.sessions == ()
    assert [each.sequence for each in gone.schedule.cancelled] == [1]
    back = reassign(gone.schedule, not_before=day(1), calendar=CALENDAR)
    assert [(each.on, each.room, each.sequence) for each in back.schedule.sessions] == [
        (day(10), "R", 2)
    ]
    assert back.schedule.cancelled == ()


def test_what_makes_up_for_a_target_gets_a_room() -> None:
    skips = evolve(TALK, adjustment=Adjustment.SKIP, kind=ActivityKind.STUDY)
    target = Target(ActivityKind.STUDY, 2, unit=TargetUnit.SESSIONS, per=Span.MONTH)
    year = schedule(
        plan(evolve(STUDY, kind=ActivityKind.STUDY), skips, targets=[target]),
        MARCH,
        calendar=CALENDAR,
    )
    before = assign(year, rooms=[Room("R", 1)])
    again = reassign(before, not_before=day(1), calendar=WorkCalendar(holidays=[day(10)]))
    assert [(each.make_up, each.room) for each in again.schedule.sessions] == [
        (False, "R"),
        (True, "R"),
    ]
    check_again = reassign(again.schedule, not_before=day(1))
    assert check_again == Rescheduled(again.schedule, ())


def test_what_was_double_booked_is_set_right() -> None:
    year = march(STUDY, groups=teams(1, 1))
    rooms, trainers = [Room("R", 1)], [Trainer("T", ["law"]), Trainer("U", ["law"])]
    sessions = [evolve(each, room="R", trainer="T") for each in year.sessions]
    before = evolve(year, rooms=rooms, trainers=trainers, sessions=sessions)
    again = reassign(before, not_before=day(1))
    check(again.schedule, before)
    assert len(again.changes) == 1


def test_a_year_without_a_change_is_as_it_was() -> None:
    year = schedule(VIP_SERVICE, Period.year(2026), calendar=CALENDAR, groups=teams(3, 3, 3))
    trainers = [
        Trainer("T", list(VIP_SERVICE.curriculum)),
        Trainer("U", list(VIP_SERVICE.curriculum)),
    ]
    before = assign(year, rooms=[Room("R", 3), Room("S", 3)], trainers=trainers)
    check(before, year)
    again = reassign(before, not_before=date(2026, 1, 1))
    assert again == Rescheduled(before, ())


# Conflicts.


def conflict_of(year: Schedule, **resources: Any) -> ResourceConflict:
    with pytest.raises(ResourceConflict) as caught:
        assign(year, **resources)
    return caught.value


def test_a_conflict_over_rooms_says_what_there_is() -> None:
    year = march(STUDY, groups=teams(30, 30, 30, 5), calendar=off_but(12, 13))
    conflict = conflict_of(year, rooms=[Room("R", 30), Room("S", 5)])
    assert str(conflict) == (
        'schedule of "plan 1" for 2026-03-01..2026-03-31: 3 sessions need a room for 30 people on '
        "2 days (2026-03-12, 2026-03-13) and there is 1 such room: "
        '"study/2026-03-10/group:g0", "study/2026-03-10/group:g1", "study/2026-03-10/group:g2"; '
        "give another such room, or open one on another of the days, or leave out one of the "
        "sessions"
    )
    assert conflict.resource == "a room for 30 people on 2 days (2026-03-12, 2026-03-13)"
    assert conflict.sessions == tuple(f"study/2026-03-10/group:g{number}" for number in range(3))


ROOM = Room("R", 9)


@pytest.mark.parametrize(
    ("activities", "sizes", "days", "rooms", "trainers", "message"),
    [
        ([STUDY], [9], [10], [Room("R", 8)], [], "1 session needs a room for 9 people on 1 day (2026-03-10) and there is no such room: "),  # noqa: E501
        ([STUDY], [1, 1], [10], [Room("R", 8)], [], "2 sessions need a room for 1 person on 1 day (2026-03-10) and there is 1 such room: "),  # noqa: E501
        ([STUDY], [1, 2, 2], [10], [ROOM, Room("S", 2)], [], "3 sessions need a room for 1 to 2 people on 1 day (2026-03-10) and there are 2 such rooms: "),  # noqa: E501
        ([STUDY], [1, 1], [10, 11], [Room("R", 1, closed=[day(10)])], [], "and there is 1 such room, free for 1 session in all: "),  # noqa: E501
        ([STUDY], [1], [10], [], [Trainer("T", ["sales"])], '1 session needs a trainer of "law" on 1 day (2026-03-10) and there is no such trainer: '),  # noqa: E501
        ([STUDY], [1, 1, 1], [10], [], [Trainer("T", ["law"]), Trainer("U", ["law"])], '3 sessions need a trainer of "law" on 1 day (2026-03-10) and there are 2 such trainers: '),  # noqa: E501
        ([STUDY], [1], [2, 3, 4, 5, 6, 10], [], [Trainer("T", ["care"])], "on 6 days (2026-03-02 to 2026-03-10)"),  # noqa: E501
        ([STUDY], [9], [10, 11], [Room("R", 9, closed=[day(10)])], [Trainer("T", ["law"], away=[day(11)])], '1 session needs a room for 9 people and a trainer of "law" on 2 days (2026-03-10, 2026-03-11) and there is 1 such room, free for 1 session in all'),  # noqa: E501
        ([STUDY], [9], [10], [Room("R", 8)], [Trainer("T", ["sales"])], "and there is no such room, and there is no such trainer, and of neither enough"),  # noqa: E501
        ([STUDY, evolve(TEST, timing=STUDY.timing, adjustment=Adjustment.NONE)], [9], [10], [ROOM, Room("S", 9)], [], "2 sessions need a day each for the same group or person, in their order, on 1 day (2026-03-10) and there are not enough of them: "),  # noqa: E501
        ([STUDY, activity("more")], [9], [10], [ROOM, Room("S", 9)], [], "2 sessions need a day each for the same group or person, on 1 day (2026-03-10)"),  # noqa: E501
        ([STUDY, TEST], [9], [10, 11], [Room("R", 9, closed=[day(10)]), Room("S", 9, closed=[day(10)])], [], "2 sessions need a room for 9 people on 2 days (2026-03-10, 2026-03-11) and there are 2 such rooms, free for 2 sessions in all, but each group and person has one session a day, in order"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_conflict_names_what_blocks(
    activities: Sequence[Activity],
    sizes: Sequence[int],
    days: Sequence[int],
    rooms: Sequence[Room],
    trainers: Sequence[Trainer],
    message: str,
) -> None:
    year = march(*activities, groups=teams(*sizes), calendar=off_but(*days))
    conflict = conflict_of(year, rooms=rooms, trainers=trainers)
    assert message in str(conflict)
    check_irreducible(conflict, given_resources(year, rooms, trainers), year)


def test_a_conflict_over_many_courses_is_short() -> None:
    courses = [["law"], ["sales"], ["care"], ["law", "sales"]]
    several = [activity(f"a{number}", courses=each) for number, each in enumerate(courses)]
    year = march(*several, calendar=off_but(10, 11, 12, 13))
    trainers = [Trainer("T", ["law", "sales", "care"], away=[day(13)])]
    conflict = conflict_of(year, trainers=trainers)
    assert 'a trainer of "law" or of "sales" or of "care" or of 1 more on 4 days' in str(conflict)
    assert len(conflict.sessions) == 4


def test_a_session_without_a_day_is_a_conflict() -> None:
    session = Session("study", day(10), on=day(15))
    year = evolve(march(STUDY), calendar=off_but(), sessions=[session])
    conflict = conflict_of(year, rooms=[ROOM])
    assert "1 session needs a working day and there is none where it may go: " in str(conflict)
    assert "; let more days be worked, or leave out" in str(conflict)
    assert conflict.resource == "a working day"


def test_a_conflict_of_many_sessions_names_some() -> None:
    year = march(STUDY, groups=teams(*[1] * 25), calendar=off_but(10))
    conflict = conflict_of(year, rooms=[Room(f"R{number}", 1) for number in range(23)])
    assert len(conflict.sessions) == 24
    assert str(conflict).count('"study/') == MAXIMUM_SHOWN
    assert '"study/2026-03-10/group:g19" and 4 more; give' in str(conflict)


def test_a_conflict_leaves_out_what_is_not_to_blame() -> None:
    year = schedule(
        plan(STUDY, TEST), Period.quarter(2026, 1), calendar=CALENDAR, groups=teams(1, 5, 1, 5)
    )
    shut = {each for each in MARCH if each not in (day(16), day(17), day(18), day(19))}
    rooms = [Room("R", 5, closed=shut), Room("S", 2)]
    conflict = conflict_of(year, rooms=[Room("R", 5, closed=shut | {day(19)}), rooms[1]])
    assert set(conflict.sessions) == {
        f"{id}/group:{group}"
        for id in ("study/2026-03-10", "test/2026-03-11")
        for group in ("g1", "g3")
    }
    check(assign(year, rooms=rooms), year)


# The same everywhere, and what is refused.


_PROGRAM = """
from datetime import date
from cmappraisal import *
from cmappraisal.interop.solver import assign, reassign
groups = [Group(f"組{n}", [Trainee(f"{n}-{m}") for m in range(n % 5)]) for n in range(9)]
year = schedule(VIP_SERVICE, Period.quarter(2026, 1), calendar=WorkCalendar(), groups=groups)
courses = list(VIP_SERVICE.curriculum)
rooms = [Room(f"R{n}", 3 + n) for n in range(5)]
trainers = [Trainer(f"T{n}", courses[n:] or courses) for n in range(8)]
before = assign(year, rooms=rooms, trainers=trainers)
after = reassign(
    before,
    not_before=date(2026, 1, 10),
    calendar=WorkCalendar(holidays=[date(2026, 1, 15), date(2026, 2, 25)]),
    rooms=[Room("R0", 3, closed=Period.month(2026, 3)), *rooms[1:]],
)
print(repr(before.sessions), repr(after.changes))
try:
    assign(year, rooms=rooms[:1])
except ResourceConflict as conflict:
    print(conflict)
"""


def test_the_same_input_gives_the_same_whatever_the_hashes() -> None:
    told = [
        subprocess.check_output(
            [sys.executable, "-X", "utf8", "-c", _PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        for seed in ("0", "1", "77")
    ]
    assert len(told[0]) > 1000
    assert told[0] == told[1] == told[2]


def test_the_order_of_rooms_and_trainers_does_not_matter() -> None:
    year = march(STUDY, groups=teams(1, 2, 3))
    rooms = [Room(f"R{number}", 3) for number in range(2)]
    trainers = [Trainer(f"T{number}", ["law"]) for number in range(2)]
    one = assign(year, rooms=rooms, trainers=trainers)
    other = assign(year, rooms=rooms[::-1], trainers=trainers[::-1])
    assert one.sessions == other.sessions


def test_ids_may_be_in_any_script() -> None:
    groups = [Group("東/区", [Trainee("張三")]), Group("西", [Trainee("李四")])]
    year = march(STUDY, groups=groups)
    trainers = [Trainer("王老師", ["law"])]
    after = assign(year, rooms=[Room("會議室", 1)], trainers=trainers)
    assert {(each.room, each.trainer) for each in after.sessions} == {("會議室", "王老師")}
    off = off_but(10)
    conflict = conflict_of(evolve(year, calendar=off), rooms=[Room("會議室", 1)])
    assert '"study/2026-03-10/group:東%2F区"' in str(conflict)


def test_rooms_come_in_any_iterable() -> None:
    year = march(STUDY, groups=teams(1))
    after = assign(
        year, rooms=iter([Room("R", 1)]), trainers=(each for each in [Trainer("T", ["law"])])
    )
    assert reassign(after, not_before=day(1), rooms=iter(after.rooms)).schedule == after


@pytest.mark.parametrize(
    ("function", "given", "message"),
    [
        (assign, {"schedule": "year"}, "assign: schedule is 'year'; allowed: a Schedule"),
        (assign, {"rooms": ["R"]}, "Schedule: rooms is .* allowed: a list of Room"),
        (assign, {"rooms": 5}, "Schedule: rooms is 5; allowed: a list of Room"),
        (assign, {"trainers": "T"}, "Schedule: trainers is 'T'; allowed: a list of Trainer"),
        (reassign, {"schedule": None}, "reassign: schedule is None; allowed: a Schedule"),
        (reassign, {"not_before": 5}, "reassign: not_before is 5; allowed: a datetime.date"),
        (reassign, {"calendar": 5}, "Schedule: calendar is 5; allowed: a WorkCalendar"),
        (reassign, {"blackouts": 5}, "Schedule: blackouts is 5; allowed: dates"),
        (reassign, {"rooms": [5]}, "Schedule: rooms is "),
        (reassign, {"trainers": [5]}, "Schedule: trainers is "),
    ],
)
def test_what_is_no_resource_is_refused(function: Any, given: dict[str, Any], message: str) -> None:
    arguments = {"schedule": march(STUDY), **given}
    if function is reassign:
        arguments = {"not_before": day(1), **arguments}
    with pytest.raises(FieldError, match=message):
        function(**arguments)


def test_resources_are_there_once() -> None:
    with pytest.raises(TrainingError, match='room "R" is there twice; give each an id of its own'):
        assign(march(STUDY), rooms=[Room("R", 1), Room("R", 2)])
    with pytest.raises(TrainingError, match='trainer "T" is there twice'):
        assign(march(STUDY), trainers=[Trainer("T", ["law"]), Trainer("T", ["law"])])


def test_the_weekly_training_of_many_teams_fits_into_one_room() -> None:
    weeks = Period(day(2), day(29))
    year = schedule(VENUE_TEAM, weeks, calendar=CALENDAR, groups=teams(*[3] * 5))
    trainers = [Trainer("T", list(VENUE_TEAM.curriculum))]
    after = assign(year, rooms=[Room("R", 3)], trainers=trainers)
    check(after, year)
