"""Restaffing: the individual sessions of people who come, go, change team or go on leave.

Who is as before keeps everything. Of who is not, what took place stays, and so does what still can;
what cannot moves to a day on which the person is there, or is cancelled; and what is asked of the
person besides is added, or reported as a shortfall.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, cast

from attrs import evolve

from cmappraisal.errors import Problem, UnknownCourseError
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.days import Load
from cmappraisal.training.drafts import Draft, drafts_around
from cmappraisal.training.findings import people_of
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.plans import Activity
from cmappraisal.training.schedules import Schedule, filled, presence_of, sequence_for
from cmappraisal.training.scheduling import sessions_of_person
from cmappraisal.training.sessions import Cause, Session, for_participants, moved
from cmappraisal.training.shortfalls import Shortfall
from cmappraisal.training.stages import (
    courses_of,
    in_order_of_courses,
    is_asked_of,
    is_in_its_stage,
    problems_of_stages,
)
from cmappraisal.training.timetables import Alike, by_activity, done_for_others, in_order
from cmappraisal.training.trainees import Trainee
from cmappraisal.training.withdrawals import Withdrawal


def problems_of_people(before: Schedule, after: Schedule) -> Iterator[Problem]:
    """What keeps some people from taking the place of others.

    Args:
        before: The schedule as it was.
        after: The schedule with the new people, without sessions.
    """
    known = {trainee.id for trainee in after.people}
    for path, trainee in people_of(before):
        if trainee.id not in known:
            yield PlanFlaw.LEFT_OUT.problem(f"$.schedule{path[1:]}", trainee.id)
    if {group for group, _ in before.teams} != {group for group, _ in after.teams}:
        yield PlanFlaw.OTHER_TEAMS.problem("$.groups")
    yield from problems_of_stages(after)


def staffed(
    schedule: Schedule,
    changed: Mapping[str, Any],
    not_before: date,
    *,
    left_out: Iterable[Session] = (),
    also: Iterable[Problem] = (),
) -> Schedule:
    """A schedule with the people as they are now, under the calendar that it had.

    Args:
        schedule: The schedule as it was; it is the same where nobody changed.
        changed: The fields of a schedule that are others now, people and days among them.
        not_before: The first day that may change.
        left_out: Cancelled sessions that are tried again; those of who has changed are among what
            the person had.
        also: What else keeps people from changing.

    Raises:
        TrainingError: Somebody is missing among the new people, or the teams are others.
    """
    people = {"trainees": schedule.trainees, "groups": schedule.groups}
    if all(changed.get(name, each) == each for name, each in people.items()):
        return schedule
    empty = evolve(schedule, **changed, sessions=(), cancelled=(), withdrawn=(), shortfalls=())
    problems = chain(also, problems_of_people(schedule, empty))
    reject_contradictions(problems, all_unknown=UnknownCourseError)
    people_now = people_changed(schedule, empty)
    had = [each for each in left_out if each.person in people_now]
    return restaffed(with_again(schedule, had), empty, not_before)


def with_again(schedule: Schedule, sessions: Iterable[Session]) -> Schedule:
    """A schedule with some of its cancelled sessions among those that take place.

    Args:
        schedule: The schedule as it was.
        sessions: The sessions, as they were cancelled.
    """
    there = {each.id: evolve(each, cause=None) for each in sessions}
    if not there:
        return schedule
    cancelled = tuple(each for each in schedule.cancelled if each.id not in there)
    held = in_order([*schedule.sessions, *there.values()], schedule)
    return filled(schedule, held, schedule.shortfalls, cancelled=cancelled)


def restaffed(before: Schedule, after: Schedule, not_before: date) -> Schedule:
    """A schedule with other people, under the calendar that it had.

    Args:
        before: The schedule as it was.
        after: The schedule with the new people and days, without sessions.
        not_before: The first day that may change.
    """
    changed = people_changed(before, after)
    others = [each for each in after.people if each.id in changed]
    sessions = [each for each in before.sessions if each.person not in changed]
    shortfalls = [each for each in before.shortfalls if each.person not in changed]
    cancelled = {session.id: session for session in before.cancelled}
    individual: defaultdict[str | None, list[Session]] = defaultdict(list)
    for session in before.sessions:
        individual[session.person].append(session)
    loads, alike = _loads(before), by_activity(before.sessions)
    for trainee in others:
        had = individual[trainee.id]
        with_team = _with_the_team(trainee, alike, after)
        drafts = drafts_around(after, _load(trainee.id, after, loads))
        placed, missing = _of_person(trainee, had, after, drafts, not_before, with_team=with_team)
        for session in _numbered_on(placed, had, cancelled):
            cancelled.pop(session.id, None)
            sessions.append(session)
        stays = {session.id for session in placed}
        for each in (session for session in had if session.id not in stays):
            cause = Cause.AWAY if _is_asked_of(each, trainee, after) else each.cause
            cancelled[each.id] = evolve(each, cause=cause, sequence=each.sequence + 1)
        shortfalls += missing
    return evolve(
        before,
        trainees=after.trainees,
        groups=after.groups,
        sessions=in_order(sessions, after),
        cancelled=in_order(cancelled.values(), after),
        shortfalls=shortfalls,
    )


def people_changed(before: Schedule, after: Schedule) -> set[str]:
    """The ids of the people who are new, or for whom something is otherwise than it was.

    Args:
        before: The schedule as it was.
        after: The schedule with the people as they are.
    """
    was = {trainee.id: _where(trainee, before) for trainee in before.people}
    return {each.id for each in after.people if was.get(each.id) != _where(each, after)}


def _where(trainee: Trainee, schedule: Schedule) -> tuple[object, ...]:
    """All that decides what somebody does, to be compared."""
    stays = presence_of(schedule, trainee.id).stays
    return trainee, tuple((each.group, each.first, each.last, each.full_time) for each in stays)


def _loads(schedule: Schedule) -> Mapping[str | None, Load]:
    """How full the sessions of each team make the days."""
    loads: defaultdict[str | None, Load] = defaultdict(Counter)
    for session in schedule.sessions:
        if session.person is None:
            loads[session.group][session.on] += schedule.activity_of(session).duration
    return loads


def _load(person: str, after: Schedule, loads: Mapping[str | None, Load]) -> Load:
    """How full the teams that somebody is in make the days."""
    load: Load = Counter()
    for stay in presence_of(after, person).stays:
        there: Mapping[date, int] = loads.get(stay.group, {})
        load.update({day: minutes for day, minutes in there.items() if stay.holds(day)})
    return load


def _of_person(
    trainee: Trainee,
    had: Sequence[Session],
    after: Schedule,
    drafts: Sequence[Draft],
    not_before: date,
    *,
    with_team: Sequence[Session],
) -> tuple[list[Session], list[Shortfall]]:
    """The sessions and shortfalls of somebody who is not as before.

    What the person did with the team that each person does now, counts as the person's own.
    """
    presence = presence_of(after, trainee.id)
    kept = [
        each
        for each in had
        if each.on < not_before
        or (
            presence.is_there(each.on)
            and _is_asked_of(each, trainee, after)
            and is_in_its_stage(each, after.activity_of(each), trainee)
        )
    ]
    lost = [each for each in had if each not in kept]
    placed, missing = sessions_of_person(
        trainee, after, drafts, {}, not_before=not_before, kept=[*kept, *with_team]
    )
    if not presence.works_in(after.period):
        placed = kept
    known = {session.id for session in kept}
    # What was held taught what it taught, whatever its turn would be now.
    past = {session.id: session for session in kept if session.on < not_before}
    stays = [past.get(each.id, each) for each in placed if each.id in known]
    known.update(session.id for session in with_team)
    added = [each for each in placed if each.id not in known]
    in_place = list(_in_place(lost, added, trainee, after))
    return _in_order([*stays, *in_place], trainee, after, not_before), missing


def _with_the_team(trainee: Trainee, alike: Alike, after: Schedule) -> list[Session]:
    """What somebody did with the team under an earlier edition, as if it were the person's own."""
    participants = None, trainee.id
    return [
        for_participants(session, *participants)
        for activity in after.plan.activities
        if activity.per_person
        for session in done_for_others(activity.id, participants, alike, after)
    ]


def _is_asked_of(session: Session, trainee: Trainee, schedule: Schedule) -> bool:
    return is_asked_of(session, schedule.activity_of(session), trainee, schedule.plan)


def _in_order(
    placed: Sequence[Session], trainee: Trainee, after: Schedule, not_before: date
) -> list[Session]:
    """Sessions of a person; the lessons of each stage teach their courses in order."""
    lessons: defaultdict[Activity, list[Session]] = defaultdict(list)
    others: list[Session] = []
    for session in placed:
        activity = after.activity_of(session)
        staged = isinstance(activity.timing, CareerStage)
        (lessons[activity] if staged else others).append(session)
    for activity, there in lessons.items():
        stage = cast(CareerStage, activity.timing)
        courses = courses_of(activity, stage, trainee, after.plan.curriculum)
        others += in_order_of_courses(there, courses, not_before)
    return others


def _in_place(
    lost: Iterable[Session], added: Iterable[Session], trainee: Trainee, after: Schedule
) -> Iterator[Session]:
    """New sessions; those that take the place of lost ones are these, on another day."""
    left = [each for each in lost if not each.make_up]
    for session in added:
        timing = after.activity_of(session).timing
        for was in left:
            same = was.activity == session.activity and not session.make_up
            if isinstance(timing, Quota):
                same = same and session.planned_on in timing.per.of(was.planned_on)
            else:
                same = same and session.courses == was.courses
            if same:
                left.remove(was)
                in_stage = is_in_its_stage(was, after.activity_of(was), trainee)
                cause = Cause.AWAY if in_stage else Cause.HIRING
                yield moved(evolve(was, courses=session.courses), session.on, cause)
                break
        else:
            yield session


def _numbered_on(
    placed: Iterable[Session], had: Iterable[Session], cancelled: Mapping[str, Session]
) -> Iterator[Session]:
    """Sessions with the sequence of what became of them."""
    was = {session.id: session for session in had}
    for session in placed:
        before = was.get(session.id) or cancelled.get(session.id)
        if before is None or session == was.get(session.id):
            yield session
        else:
            yield evolve(session, sequence=before.sequence + 1)


def withdrawn(before: Schedule, after: Schedule, not_before: date) -> Iterator[Withdrawal]:
    """What was published to somebody for whom it is not any more, from a first day on.

    Args:
        before: The schedule as it was.
        after: The schedule as it is.
        not_before: The first day that may change.
    """
    found = {(each.session.id, each.person): each for each in before.withdrawn}
    same_people = (before.trainees, before.groups) == (after.trainees, after.groups)
    for session in before.sessions:
        now = after.session(session.id)
        if session.person or session.on < not_before or (same_people and now == session):
            continue
        there = set(after.attendees(now))
        for person in before.attendees(session):
            if person not in there:
                sequence = sequence_for(before, session, person) + 1
                taken = Withdrawal(evolve(session, sequence=sequence), person)
                found[session.id, person] = taken
    yield from found.values()
