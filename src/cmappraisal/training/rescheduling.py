"""Rescheduling: a schedule made again after a change, with as little changed as can be.

What lies before a day stays as it is. After it, a session moves only where its day can no longer be
used. Those of one team that have to move are placed together: none is lost that could be kept, each
goes where its adjustment sends it, no other has to move where that can be helped, and then as few
days as the search finds. What belongs to the order of a month stays in its month where it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any

from attrs import evolve

from cmappraisal.calendars import WorkCalendar
from cmappraisal.errors import Problem, UnknownCourseError
from cmappraisal.fields import DATE, as_date, is_date
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage
from cmappraisal.training.changes import Change, Rescheduled
from cmappraisal.training.choices import Conditions
from cmappraisal.training.contradictions import checked_fields, reject_contradictions
from cmappraisal.training.days import Days, evenly, shared
from cmappraisal.training.demands import asked_of
from cmappraisal.training.editions import under
from cmappraisal.training.findings import people_of, sessions_of
from cmappraisal.training.losses import losses_of
from cmappraisal.training.missed import held_without
from cmappraisal.training.moving import (
    Moving,
    broken,
    keep_order,
    move,
    restore_lost,
)
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.plans import Activity, Target, TrainingPlan
from cmappraisal.training.restaffing import staffed, withdrawn
from cmappraisal.training.restoring import gains, participants_of_all, restore
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.sessions import Participants, Session, is_for
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import problems_of_stages, without_a_day
from cmappraisal.training.targets import (
    asked_for,
    extendable,
    is_individual,
    missing_of,
    worth,
)
from cmappraisal.training.timetables import (
    Timetable,
    in_order,
    of_kind,
)
from cmappraisal.training.trainees import Group, Trainee


def reschedule(
    schedule: Schedule,
    *,
    calendar: WorkCalendar,
    not_before: date,
    blackouts: Iterable[date] | None = None,
    full_days: Iterable[date] | None = None,
    plan: TrainingPlan | None = None,
    trainees: Iterable[Trainee] | None = None,
    groups: Iterable[Group] | None = None,
) -> Rescheduled:
    """A schedule made again, after a change of the days, of the plan or of the people.

    A holiday was announced, a day became a blackout; or people came, left, changed team or went on
    leave.

    What has to move of one team is placed together, and so is that of each person; teams and people
    are placed one after another. Of the ways to place it, a search looks for the one that loses the
    fewest sessions, then leaves their adjustments least, then moves the fewest other sessions, then
    goes the fewest days. Sessions that come in one another's way are searched for together, in at
    most 20,000 steps, or the square of their number where that is more. Where the steps are too few
    to compare every way, they have the best way that was found, and ``Rescheduled.cuts`` names
    them.

    Of a calendar year whose days the calendar decides, this is what :func:`schedule` makes anew.
    What chooses its day stays on the day that it chose, where it can: so quotas and stages have as
    much as in a new schedule, but on other days.

    Who comes, or is not where the person was before, gets all that the plan asks of that person
    from the first day that may change on, or a shortfall; the sessions that can stay do. What was
    for somebody and is not any more is taken back: individual sessions are cancelled, those of a
    team are among ``Schedule.withdrawn``.

    Args:
        schedule: The schedule as it is, without rooms and trainers; those are what
            ``cmappraisal.interop.solver.reassign`` is for.
        calendar: Which days are worked now.
        not_before: The first day that may change: what takes place before it stays, and nothing
            moves to a day before it.
        blackouts: Dates without any session now; None for those of the schedule.
        full_days: Dates that are full already now; None for those of the schedule.
        plan: The edition of the plan that holds from ``not_before`` on; None for that of the
            schedule. What it asks for too keeps its days, its id and its UID; what it does not is
            cancelled; what it asks for besides is added.
        trainees: Those in no group now; None for those of the schedule. Who leaves stays among
            them, with tenures that end.
        groups: The groups now, which are the same teams; None for those of the schedule.

    Returns:
        The new schedule, what became of each session that changed, and where the search was cut.
        What moves or is cancelled has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: Sessions have a room or a trainer; sessions of a stage have to move whose
            person or day of hiring is not there; the plan is no edition of that of the schedule; or
            somebody is missing among the new people, or the teams are others.

    >>> from cmappraisal.training import VENUE_TEAM, schedule
    >>> weekly = schedule(VENUE_TEAM, Period.month(2026, 9), calendar=WorkCalendar())
    >>> again = reschedule(
    ...     weekly,
    ...     calendar=WorkCalendar(holidays=[date(2026, 9, 14)]),
    ...     not_before=date(2026, 9, 10),
    ... )
    >>> for change in again.changes:
    ...     print(change.before.on, change.after.on, change.after.cause.text.en)
    2026-09-14 2026-09-15 a day off
    """
    given = {
        "blackouts": blackouts,
        "full_days": full_days,
        "plan": plan,
        "trainees": trainees,
        "groups": groups,
    }
    changed = checked_fields(
        "reschedule",
        Schedule,
        {"calendar": calendar} | {name: each for name, each in given.items() if each is not None},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("not_before", not_before, is_date(not_before), DATE),
    )
    first = as_date(not_before)
    reject_contradictions(_problems_of_plan(schedule, plan))
    edition = changed.pop("plan", schedule.plan)
    now = staffed(schedule, changed, first, also=_problems_of_resources(schedule))
    before = _edited(now, changed, edition, first)
    days = _days_of(schedule, changed)
    after = filled(
        before, before.sessions, before.shortfalls, cancelled=before.cancelled, days=days
    )
    conditions = Conditions.of(before, after, first)
    if before is schedule and _is_kept(conditions):
        return Rescheduled(after, ())
    reject_contradictions(chain(_problems_of_resources(schedule), _problems_of_stages(conditions)))
    moving, anew = Moving(conditions), edition != schedule.plan
    restore(moving)
    move(moving)
    keep_order(moving, of_all=anew)
    restore_lost(moving)
    _note_unkept(moving, of_all=anew)
    for target in before.plan.targets:
        _meet(target, moving, anew=anew)
    made = _result(moving, anew=anew)
    if before is not schedule:
        made = _as_changed(schedule, made)
    taken = tuple(withdrawn(schedule, made, first))
    if taken != made.withdrawn:
        made = filled(
            made, made.sessions, made.shortfalls, cancelled=made.cancelled, withdrawn=taken
        )
    return evolve(rescheduled(schedule, made), cuts=moving.cuts)


def _days_of(
    schedule: Schedule, changed: Mapping[str, Any]
) -> tuple[WorkCalendar, frozenset[date], frozenset[date]]:
    """The calendar, the blackouts and the full days as they are now."""
    return (
        changed["calendar"],
        changed.get("blackouts", schedule.blackouts),
        changed.get("full_days", schedule.full_days),
    )


def _edited(
    schedule: Schedule, changed: Mapping[str, Any], plan: TrainingPlan, first: date
) -> Schedule:
    """A schedule under the edition of its plan that holds now, before anything moves."""
    if plan == schedule.plan:
        return schedule
    asked = evolve(schedule, plan=plan, sessions=(), cancelled=(), withdrawn=(), shortfalls=())
    reject_contradictions(problems_of_stages(asked), all_unknown=UnknownCourseError)
    usable = Days.of(filled(asked, (), days=_days_of(schedule, changed)))
    return under(schedule, plan, first, usable)


def _problems_of_plan(schedule: Schedule, plan: TrainingPlan | None) -> Iterator[Problem]:
    if plan is not None and plan.id != schedule.plan.id:
        yield PlanFlaw.NO_EDITION_OF_THE_PLAN.problem("$.plan.id", plan, schedule.plan)


def _as_changed(before: Schedule, after: Schedule) -> Schedule:
    """A schedule in which the sequence of each session says how often it was changed."""
    was = {each.id: each for each in (*before.sessions, *before.cancelled)}
    held = {each.id for each in before.sessions}

    def counted(session: Session, *, cancelled: bool) -> Session:
        known = was.get(session.id)
        if known is None:
            return evolve(session, sequence=0)
        same = evolve(session, sequence=known.sequence)
        stayed = same == known and (session.id not in held) is cancelled
        return known if stayed else evolve(same, sequence=known.sequence + 1)

    return filled(
        after,
        [counted(each, cancelled=False) for each in after.sessions],
        after.shortfalls,
        # What the edition asked for and found no day is new, and was never there.
        cancelled=tuple(
            counted(each, cancelled=True) for each in after.cancelled if each.id in was
        ),
    )


def _is_kept(conditions: Conditions) -> bool:
    """Whether it is seen at once that everything stays as it is, whoever it is for."""
    before = conditions.before
    if any(each.on >= conditions.not_before for each in before.cancelled):
        return False
    if gains(conditions):
        return False
    kept: Session | None = None
    for session in before.sessions:
        if session.room is not None or session.trainer is not None:
            return False
        # Sessions of many teams share their day and all else that decides whether they stay.
        if kept is None or not (
            session.on is kept.on
            and session.activity is kept.activity
            and session.planned_on is kept.planned_on
            and session.make_up is kept.make_up
        ):
            if not conditions.stays(session):
                return False
            kept = session
    return True


def _problems_of_resources(schedule: Schedule) -> Iterator[Problem]:
    for place, session in enumerate(schedule.sessions):
        if session.room is not None or session.trainer is not None:
            path = f"$.schedule.sessions[{place}]"
            yield PlanFlaw.HAS_RESOURCES.problem(path, session.id)


def _problems_of_stages(conditions: Conditions) -> Iterator[Problem]:
    """What keeps sessions of stages that have to move from being reckoned."""
    schedule = conditions.before
    paths = {trainee.id: path for path, trainee in people_of(schedule)}
    seen: set[str] = set()
    for path, session in sessions_of(schedule):
        activity = schedule.activity_of(session)
        is_cancelled = path.startswith("$.cancelled")
        stays = session.on < conditions.not_before if is_cancelled else conditions.stays(session)
        if stays or session.make_up or not isinstance(activity.timing, CareerStage):
            continue
        if is_cancelled and not is_for(session, activity):
            continue
        if session.person is None:
            yield PlanFlaw.STAGE_OF_NOBODY.problem(f"$.schedule{path[1:]}.person", session.id)
        elif session.person not in seen:
            seen.add(session.person)
            trainee = conditions.trainees[session.person]
            if trainee.since is None:
                yield without_a_day(f"$.schedule{paths[trainee.id][1:]}", trainee, activity)


def rescheduled(before: Schedule, after: Schedule) -> Rescheduled:
    """A schedule that was made again, with what changed."""
    earlier = {session.id: session for session in before.sessions}
    later = {session.id: session for session in after.sessions}
    changes = [
        Change(earlier.get(id), session)
        for id, session in later.items()
        if earlier.get(id) != session
    ]
    changes += [Change(session, None) for id, session in earlier.items() if id not in later]
    return Rescheduled(after, changes)


def _note_unkept(moving: Moving, *, of_all: bool) -> None:
    """Note what changed, or whichever it is, that does not keep to its order or its month."""
    for session in moving.timetable.sessions.values():
        if of_all or moving.was.get(session.id) != session:
            for cause in broken(session, moving.timetable):
                moving.note(session, CalendarSpan.MONTH.of(session.planned_on), cause)


# Adding: what was lost, where there is room for it again or elsewhere.


def _meet(target: Target, moving: Moving, *, anew: bool) -> None:
    """Add make-up sessions for what a target lost; for all that it asks for where it is anew."""
    before = moving.conditions.before
    individual = is_individual(target, moving.plan)
    for participants in participants_of_all(moving.conditions, individual=individual):
        for span in target.per.whole_within(before.period):
            there_was = of_kind(target.kind, participants, moving.was_alike, before)
            there_is = moving.timetable.of_kind(target.kind, participants)
            asked = asked_of(asked_for(target), span, participants[1], before)
            was = missing_of(target, span, there_was, before.activity_of, asked)
            missing = missing_of(target, span, there_is, before.activity_of, asked)
            lost = missing if anew else missing - max(was, 0)
            if lost > 0 and span.last >= moving.conditions.not_before:
                _add_make_up_sessions(target, span, participants, lost, moving)


def _add_make_up_sessions(
    target: Target, span: Period, participants: Participants, lost: int, moving: Moving
) -> None:
    group, person = participants
    activity = next(extendable(target, moving.plan), None)
    if activity is not None:
        wanted = -(-lost // worth(target, activity))
        for day in evenly(_free(target, activity, span, participants, moving), wanted):
            left = moving.lost[activity.id, participants]
            courses = left.pop(0).courses if left else ()
            session = Session(activity.id, day, on=day, courses=courses, make_up=True)
            session = session.for_participants(group=group, person=person)
            moving.add(_numbered(session, moving.timetable))
    moving.shortfalls.append(
        Shortfall(
            kind=target.kind,
            unit=target.unit,
            period=span,
            missing=1,
            cause=ShortfallCause.AT_MOST if activity is None else ShortfallCause.NO_OPEN_DAY,
            group=group,
            person=person,
        )
    )


def _numbered(session: Session, timetable: Timetable) -> Session:
    """A session with a number that none like it has."""
    while session.id in timetable.sessions:
        session = evolve(session, number=session.number + 1)
    return session


def _free(
    target: Target, activity: Activity, span: Period, participants: Participants, moving: Moving
) -> list[date]:
    conditions, timetable = moving.conditions, moving.timetable
    group, person = participants
    used = {each.on for each in timetable.of_kind(target.kind, participants)}
    like = Session(activity.id, span.first, on=span.first).for_participants(
        group=group, person=person
    )
    return [
        day
        for within in shared(span, conditions.open_since(participants))
        for day in within
        if day not in used
        and (person is None or conditions.presence(person).is_there(day))
        and conditions.days.holds(day, timetable.minutes(like, day) + activity.duration)
    ]


def _result(moving: Moving, *, anew: bool) -> Schedule:
    """The schedule as it is now."""
    after = moving.conditions.after
    sessions = in_order(moving.timetable.sessions.values(), after)
    return filled(
        after,
        sessions,
        chain(losses_of(moving, anew=anew), held_without(after, sessions)),
        cancelled=tuple(in_order(moving.cancelled.values(), after)),
    )
