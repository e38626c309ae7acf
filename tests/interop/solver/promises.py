"""Promises: what every result of the solver must fulfil, and the best one, by trying everything."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from cmappraisal import Adjustment, CalendarSpan, Period
from cmappraisal.interop.solver.conflicts import MAXIMUM_SHOWN
from cmappraisal.training import (
    Cadence,
    Quota,
    ResourceConflict,
    Room,
    Schedule,
    Session,
    Trainer,
)
from marches import STUDY, TALK, TEST, activity, day, march, off_but, teams


def needs_resources(schedule: Schedule, session: Session) -> bool:
    there_are = bool(schedule.rooms or schedule.trainers)
    return there_are and schedule.activity_of(session).in_room


def window(schedule: Schedule, session: Session) -> Period:
    timing = schedule.activity_of(session).timing
    weekly = isinstance(timing, Cadence) and timing.rrule.startswith(("FREQ=WEEKLY", "FREQ=DAILY"))
    weekly = weekly or (isinstance(timing, Quota) and timing.per is CalendarSpan.WEEK)
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
    """As the promise has it: the last one planned up to it in its month."""
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
        if not needs_resources(after, session):
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
        participants = session.group if session.person is None else session.person
        used["participants", session.person is None, participants, session.on] += 1
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


Option = tuple[date, str | None, str | None]


def options(given: Schedule, session: Session, before: Session, since: date) -> Iterator[Option]:
    """All days, rooms and trainers that a session could have without the others."""
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
        if each.on >= since and needs_resources(given, each) and (only is None or each.id in only)
    ]
    fixed = [each for each in given.sessions if not needs_resources(given, each)]
    after = {each.id: followed(given, each) for each in given.sessions}
    found: list[tuple[int, int]] = []

    def fits(session: Session, on: date, chosen: dict[str, Option]) -> bool:
        first = after[session.id]
        if first is None or first.on < since:
            return True
        if first in fixed:
            return first.on < on
        return first.id not in chosen or chosen[first.id][0] < on

    def collide(one: Session, option: Option, other: Session, other_option: Option) -> bool:
        if option[0] != other_option[0]:
            return False
        same = (one.person or "", one.group or "") == (other.person or "", other.group or "")
        rooms = option[1] is not None and option[1] == other_option[1]
        return same or rooms or (option[2] is not None and option[2] == other_option[2])

    def search(place: int, chosen: dict[str, Option], change: tuple[int, int]) -> None:
        if found and change >= found[0]:
            return
        if place == len(asked):
            found[:] = [change]
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
                if needs_resources(given, each) or after[each.id] in asked
            ):
                changed = option != (earlier.on, earlier.room, earlier.trainer)
                days = abs((option[0] - earlier.on).days)
                search(place + 1, new, (change[0] + (changed and changes_count), change[1] + days))

    search(0, {}, (0, 0))
    return found[0] if found else None


def changes_and_days(before: Schedule, after: Schedule) -> tuple[int, int]:
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
        on_one_day = [evolve(each, on=year.sessions[0].on) for each in year.sessions]
        year = evolve(year, sessions=on_one_day)
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
