"""Promises: what every result of the solver must fulfil, and the best one, by trying everything."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from cmappraisal import Adjustment, CalendarSpan, Period
from cmappraisal.interop import solver
from cmappraisal.interop.solver import reassign
from cmappraisal.training import (
    Blockage,
    Cadence,
    Cause,
    Hours,
    Quota,
    Rescheduled,
    Room,
    Schedule,
    Session,
    ShortfallCause,
    Trainer,
)
from marches import STUDY, TALK, TEST, activity, day, march, off_but, teams

Instance = tuple[Schedule, list[Room], list[Trainer]]
"""What is drawn: a schedule, rooms and trainers."""


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


def days_to_move_to(
    schedule: Schedule, session: Session, before: Session, since: date
) -> list[date]:
    """The usable days of its window, or, if it has none, of the month it is sent on to."""

    def is_usable(on: date) -> bool:
        return on >= since and is_open(schedule, on) and on not in schedule.full_days

    found = [on for on in window(schedule, session) if on in schedule.period and is_usable(on)]
    if found or schedule.activity_of(session).adjustment is Adjustment.NONE:
        return found
    later = (max(before.on, since) + timedelta(days=number) for number in range(366))
    first = next(on for on in later if is_usable(on))
    month = Period.month(first.year, first.month)
    return [on for on in month if on >= max(before.on, since) and is_usable(on)]


def may_be_on(schedule: Schedule, session: Session, before: Session, on: date, since: date) -> bool:
    if on == before.on:
        never_moves = schedule.activity_of(session).adjustment is Adjustment.NONE
        return is_open(schedule, on) or never_moves
    return on in days_to_move_to(schedule, session, before, since)


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


def hours_of(given: Schedule, resource: Room | Trainer, on: date) -> list[tuple[int, int]]:
    """The hours of a resource on a day, in minutes; none where it has one session on it."""
    own = [each for each in resource.hours if each.on == on]
    every_day = [each for each in resource.hours if each.on is None]
    spans = [(minutes(each.opens), minutes(each.closes)) for each in own or every_day]
    if on in given.calendar.half_days and not own:
        spans = [(opens, min(closes, 720)) for opens, closes in spans]
    # Hours that adjoin are as good as one.
    for opens, closes in sorted(spans):
        for other in [each for each in spans if each[1] == opens]:
            spans = [each for each in spans if each not in (other, (opens, closes))]
            spans.append((other[0], closes))
    return spans


def minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def span_of(given: Schedule, session: Session) -> tuple[int, int]:
    begins = minutes(session.start or time())
    return begins, begins + given.activity_of(session).duration


def resources_of(given: Schedule, session: Session) -> list[Room | Trainer]:
    rooms = [each for each in given.rooms if each.id == session.room]
    return [*rooms, *(each for each in given.trainers if each.id == session.trainer)]


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
        if session.on < since or not may_be_on(after, session, earlier, session.on, since):
            yield f"{session.id} cannot be on {session.on}"
        if (session.room is not None) is not bool(rooms):
            yield f"{session.id} has no room, or one that it does not need"
        if (session.trainer is not None) is not bool(trainers and session.courses):
            yield f"{session.id} has no trainer, or one that it does not need"
        if session.room is not None:
            room = rooms[session.room]
            if room.capacity < len(after.attendees(session)) or session.on in room.closed:
                yield f"{session.id} does not fit into {room.id}"
            used["room", room.id, session.on] += not hours_of(after, room, session.on)
        if session.trainer is not None:
            trainer = trainers[session.trainer]
            if not set(session.courses) <= trainer.teaches or session.on in trainer.away:
                yield f"{session.id} cannot be taught by {trainer.id}"
            used["trainer", trainer.id, session.on] += not hours_of(after, trainer, session.on)
        mine = [each for each in resources_of(after, session) if hours_of(after, each, session.on)]
        if (session.start is not None) is not bool(mine):
            yield f"{session.id} has no start, or one that it does not need"
        elif session.start is not None:
            begins, ends = span_of(after, session)
            for each in mine:
                spans = hours_of(after, each, session.on)
                if not any(opens <= begins and ends <= closes for opens, closes in spans):
                    yield f"{session.id} is out of the hours of {each.id}"
                yield from (
                    f"{session.id} and {other.id} overlap in {each.id}"
                    for other in after.sessions
                    if other.id > session.id
                    and other.on == session.on
                    and each in resources_of(after, other)
                    and other.start is not None
                    and begins < span_of(after, other)[1] + each.gap
                    and span_of(after, other)[0] < ends + each.gap
                )
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
    there = (*after.sessions, *after.cancelled)
    was = (*before.sessions, *before.cancelled)
    assert Counter(each.id for each in there) == Counter(each.id for each in was)
    out = [each for each in after.cancelled if each.cause is Cause.RESOURCES]
    missing = [each for each in after.shortfalls if each.cause is ShortfallCause.RESOURCES]
    assert sum(each.missing for each in missing if each.activity is not None) == len(out)


Option = tuple[date, str | None, str | None, int | None]
"""A day, a room, a trainer and a minute of the day to begin."""

STEP = 30
"""All hours, lengths and gaps are so many minutes, or a multiple: then so is what is best."""


def options(given: Schedule, session: Session, before: Session, since: date) -> Iterator[Option]:
    """All days, rooms and trainers that a session could have without the others."""
    size = max(1, len(given.attendees(session)))
    days = {*days_to_move_to(given, session, before, since), before.on}
    for on in sorted(each for each in days if each >= since):
        if not may_be_on(given, session, before, on, since):
            continue
        rooms = [each.id for each in given.rooms if each.capacity >= size and on not in each.closed]
        able = [each for each in given.trainers if set(session.courses) <= each.teaches]
        trainers = [each.id for each in able if on not in each.away]
        for room in rooms if given.rooms else [None]:
            for trainer in trainers if given.trainers and session.courses else [None]:
                yield from timed_options(given, session, on, room, trainer)


def timed_options(
    given: Schedule, session: Session, on: date, room: str | None, trainer: str | None
) -> Iterator[Option]:
    placed = evolve(session, room=room, trainer=trainer)
    spans = [hours_of(given, each, on) for each in resources_of(given, placed)]
    timed = [each for each in spans if each]
    if not any(
        resource.hours and any(each.on in (None, on) for each in resource.hours)
        for resource in resources_of(given, placed)
    ):
        yield on, room, trainer, None
        return
    lasts = given.activity_of(session).duration
    for begins in range(0, 1440, STEP):
        ends = begins + lasts
        if all(any(opens <= begins and ends <= closes for opens, closes in each) for each in timed):
            yield on, room, trainer, begins


Worth = tuple[int, int, int, int, int]
"""What is to be least: required ones and others left out, how early, changes, days."""


def best(
    given: Schedule,
    before: Schedule,
    since: date = date.min,
    *,
    only: Iterable[str] | None = None,
    whole: bool = False,
) -> Worth | None:
    """The best there is, by trying everything; None where not all can be had and all are asked."""
    was = {session.id: session for session in before.sessions}
    asked = [
        each
        for each in given.sessions
        if each.on >= since and needs_resources(given, each) and (only is None or each.id in only)
    ]
    last = max((each.planned_on for each in asked), default=date.min)
    fixed = [each for each in given.sessions if not needs_resources(given, each)]
    after = {each.id: followed(given, each) for each in given.sessions}
    found: list[Worth] = []

    def fits(session: Session, on: date, chosen: dict[str, Option | None]) -> bool:
        first = after[session.id]
        if first is None or first.on < since:
            return True
        if first in fixed:
            return first.on < on
        option = chosen.get(first.id)
        return option is None or option[0] < on

    def collide(one: Session, option: Option, other: Session, other_option: Option) -> bool:
        if option[0] != other_option[0]:
            return False
        met = set(given.attendees(one)) & set(given.attendees(other))
        same = (one.person, one.group) == (other.person, other.group)
        shared = [
            each
            for kind, there in ((1, given.rooms), (2, given.trainers))
            for each in there
            if each.id == option[kind] == other_option[kind]
        ]
        return bool(met) or same or any(in_the_way(one, option, other, other_option, shared))

    def in_the_way(
        one: Session,
        option: Option,
        other: Session,
        other_option: Option,
        shared: Iterable[Room | Trainer],
    ) -> Iterator[bool]:
        begins, first = option[3], other_option[3]
        for each in shared:
            if not hours_of(given, each, option[0]) or begins is None or first is None:
                yield True
            else:
                ends = begins + given.activity_of(one).duration
                last = first + given.activity_of(other).duration
                yield begins < last + each.gap and first < ends + each.gap

    def search(place: int, chosen: dict[str, Option | None], worth: Worth) -> None:
        if found and worth >= found[0]:
            return
        if place == len(asked):
            found[:] = [worth]
            return
        session = asked[place]
        earlier = was.get(session.id, session)
        others = [(each, chosen[each.id]) for each in asked[:place]]
        for option in options(given, session, earlier, since):
            if any(there and collide(session, option, each, there) for each, there in others):
                continue
            new = {**chosen, session.id: option}
            follows = [each for each in (*asked[: place + 1], *fixed) if each.on >= since]
            if all(
                fits(each, there[0] if there else each.on, new)
                for each in follows
                for there in (new.get(each.id),)
                if there or each in fixed
            ):
                start = None if earlier.start is None else minutes(earlier.start)
                changed = option != (earlier.on, earlier.room, earlier.trainer, start)
                days = abs((option[0] - earlier.on).days)
                search(place + 1, new, _sum(worth, (0, 0, 0, int(changed), days)))
        if not whole:
            required = given.activity_of(session).required
            early = (last - session.planned_on).days
            lost = (int(required), int(not required), early, 1, 0)
            search(place + 1, {**chosen, session.id: None}, _sum(worth, lost))

    search(0, {}, (0, 0, 0, 0, 0))
    return found[0] if found else None


def _sum(one: Worth, other: Worth) -> Worth:
    required, others, early, changes, days = map(sum, zip(one, other, strict=True))
    return required, others, early, changes, days


def worth_of(made: Rescheduled) -> list[int]:
    """How good a schedule says it is, all of which is proved."""
    assert made.is_proved
    return [goal.value for goal in made.goals]


def changes_and_days(before: Schedule, after: Schedule) -> tuple[int, int]:
    """How many sessions changed, and by how many days in all."""
    was = {session.id: session for session in before.sessions}
    pairs = [(was[each.id], each) for each in after.sessions if each.id in was]
    changed = [
        one
        for one, other in pairs
        if (one.on, one.room, one.trainer, one.start)
        != (other.on, other.room, other.trainer, other.start)
    ]
    return len(changed), sum(abs((one.on - other.on).days) for one, other in pairs)


@st.composite
def instances(draw: st.DrawFn) -> Instance:
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
        required=draw(st.booleans()),
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


def hours(draw: st.DrawFn) -> dict[str, Any]:
    """A few hours, so that some sessions find a place in them beside others."""
    spans = draw(
        st.sampled_from(
            [
                [],
                [(9, 10)],
                [(9, 11)],
                [(9, 10), (11, 12)],
                [(10, 12)],
                [(9, 11), (11, 12)],
                [(11, 13)],
            ]
        )
    )
    kept = [Hours(time(opens), time(closes)) for opens, closes in spans]
    of_day = draw(st.sampled_from([[], [], [Hours(time(10), time(11), on=day(10))]]))
    return {"hours": [*kept, *of_day], "gap": draw(st.sampled_from([0, 0, 30]))}


@st.composite
def timed_instances(draw: st.DrawFn) -> Instance:
    """A few sessions in a few days with rooms and trainers that have hours."""
    worked = sorted(draw(st.sets(st.sampled_from([9, 10, 11]), min_size=1, max_size=2)))
    calendar = off_but(*worked)
    if draw(st.booleans()):
        calendar = evolve(calendar, half_days=[day(worked[0])])
    lasts = st.sampled_from([30, 60, 90])
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=3))
    first = evolve(
        STUDY,
        courses=draw(st.sampled_from([["law"], []])),
        duration=draw(lasts),
        required=draw(st.booleans()),
    )
    second = draw(st.sampled_from([None, TEST, activity("more", courses=["sales"])]))
    activities = [first] if second is None else [first, evolve(second, duration=draw(lasts))]
    if second is not None:
        sizes = sizes[:2]
    year = march(*activities, groups=teams(*sizes), calendar=calendar)
    rooms = [
        Room(f"R{number}", capacity, **hours(draw))
        for number, capacity in enumerate(draw(st.lists(st.integers(1, 3), max_size=2)))
    ]
    trainers = [
        Trainer(f"T{number}", taught, **hours(draw))
        for number, taught in enumerate(
            draw(st.lists(st.sets(st.sampled_from(["law", "sales"]), min_size=1), max_size=2))
        )
    ]
    return year, rooms, trainers


def given_resources(year: Schedule, rooms: Iterable[Room], trainers: Iterable[Trainer]) -> Schedule:
    return evolve(year, rooms=rooms, trainers=trainers)


def check_irreducible(
    blockage: Blockage, given: Schedule, before: Schedule, since: date = date.min
) -> None:
    assert blockage.is_irreducible
    ids = {blockage.session, *blockage.beside}
    assert best(given, before, since, only=ids, whole=True) is None
    for left_out in ids:
        assert best(given, before, since, only=ids - {left_out}, whole=True) is not None


def check_assigned(instance: Instance) -> None:
    """What is assigned is best, and what blocks the rest is irreducible."""
    year, rooms, trainers = instance
    given = given_resources(year, rooms, trainers)
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    check(made.schedule, year)
    found = best(given, year)
    assert found is not None
    if made.goals:
        required, others, early, _, days = found
        assert worth_of(made) == [required, others, early, days]
    left_out = {each.id for each in made.schedule.cancelled}
    assert {each.session for each in made.blockages} == left_out
    held = {each.id for each in made.schedule.sessions}
    for blockage in made.blockages:
        assert held.issuperset(blockage.beside)
        check_irreducible(blockage, given, year)


def check_reassigned(again: Rescheduled, before: Schedule, now: Schedule, since: date) -> None:
    """What is reassigned changes least, and nothing where it is done once more."""
    check(again.schedule, before, since)
    if all(needs_resources(now, each) for each in now.sessions) and not before.cancelled:
        found = best(now, before, since)
        assert found is not None
        if again.goals:
            assert worth_of(again) == list(found)
            assert len(again.changes) == found[3]
        for blockage in again.blockages:
            check_irreducible(blockage, now, before, since)
    for change in again.changes:
        one, other = change.before, change.after
        if one is not None and other is not None:
            assert other.sequence == one.sequence + 1
    repeated = reassign(again.schedule, not_before=since)
    assert (repeated.schedule, repeated.changes) == (again.schedule, ())
