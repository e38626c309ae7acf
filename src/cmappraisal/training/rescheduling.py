"""Rescheduling: a schedule made again after a change, with as little changed as can be.

What lies before a day stays as it is. After it, a session moves only where its day can no longer be
used. Those of one team that have to move are placed together: none is lost that could be kept, each
goes where its adjustment sends it, no other has to move where that can be helped, and then as few
days as the search finds. What belongs to the order of a month stays in its month where it can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from attrs import evolve

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import DATE, as_date, is_date
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.choices import Conditions, best_day, best_days
from cmappraisal.training.contradictions import checked_fields, reject_contradictions
from cmappraisal.training.days import Days, evenly, shared
from cmappraisal.training.plans import Activity, CareerStage, Quota, Target
from cmappraisal.training.schedules import Change, Rescheduled, Schedule, people_of, sessions_of
from cmappraisal.training.sessions import Cause, Participants, Session, moved, participants_of
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import without_a_day
from cmappraisal.training.targets import extendable, in_units, is_individual, missing_of, worth
from cmappraisal.training.timetables import (
    Alike,
    Timetable,
    by_activity,
    in_order,
    of_kind,
    with_turn,
)


def reschedule(
    schedule: Schedule,
    *,
    calendar: WorkCalendar,
    not_before: date,
    blackouts: Iterable[date] | None = None,
    full_days: Iterable[date] | None = None,
) -> Rescheduled:
    """A schedule made again, after a holiday was announced or a day became a blackout.

    What has to move of one team is placed together, and so is that of each person; teams and people
    are placed one after another. Of the ways to place it, a search looks for the one that loses the
    fewest sessions, then leaves their adjustments least, then moves the fewest other sessions, then
    goes the fewest days. It looks at the 31 best days of each session by itself, and at one more
    for each session that moves with it, and it stops after 2,000 steps once it has found a way. So
    what it returns is the best way found, which need not be the best there is.

    Args:
        schedule: The schedule as it is, without rooms and trainers; those are what
            ``cmappraisal.interop.solver.reassign`` is for.
        calendar: Which days are worked now.
        not_before: The first day that may change: what takes place before it stays, and nothing
            moves to a day before it.
        blackouts: Dates without any session now; None for those of the schedule.
        full_days: Dates that are full already now; None for those of the schedule.

    Returns:
        The new schedule, and what became of each session that changed. What moves or is cancelled
        has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: Sessions have a room or a trainer; or sessions of a stage have to move whose
            person or day of hiring is not there.

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
    days = {"blackouts": blackouts, "full_days": full_days}
    changed = checked_fields(
        "reschedule",
        Schedule,
        {"calendar": calendar} | {name: each for name, each in days.items() if each is not None},
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        ("not_before", not_before, is_date(not_before), DATE),
    )
    conditions = Conditions.of(schedule, evolve(schedule, **changed), as_date(not_before))
    reject_contradictions(chain(_problems_of_resources(schedule), _problems_of_stages(conditions)))
    moving = _Moving(conditions)
    _restore(moving)
    _move(moving)
    _keep_order(moving)
    _restore_lost(moving)
    for target in schedule.plan.targets:
        _meet(target, moving)
    return rescheduled(schedule, _result(moving))


def _problems_of_resources(schedule: Schedule) -> Iterator[Problem]:
    for place, session in enumerate(schedule.sessions):
        if session.room is not None or session.trainer is not None:
            message = (
                f'session "{session.id}" has a room or a trainer; let '
                "cmappraisal.interop.solver.reassign find it another day"
            )
            yield Problem(f"$.schedule.sessions[{place}]", ProblemCode.NOT_ALLOWED, message)


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
        if session.person is None:
            message = f'session "{session.id}" is of a stage and for no person; name the person'
            yield Problem(f"$.schedule{path[1:]}.person", ProblemCode.MISSING, message)
        elif session.person not in seen:
            seen.add(session.person)
            trainee = conditions.trainees[session.person]
            if trainee.hired_on is None:
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


class _Moving:
    """The sessions of a schedule, as they find other days, and what became of them."""

    def __init__(self, conditions: Conditions) -> None:
        before = conditions.before
        self.conditions = conditions
        self.plan = before.plan
        self.timetable = Timetable(before)
        self.was = {session.id: session for session in before.sessions}
        self.was_alike = by_activity(before.sessions)
        self.was_cancelled = {session.id: session for session in before.cancelled}
        self.cancelled = dict(self.was_cancelled)
        self.lost: defaultdict[tuple[str, Participants], list[Session]] = defaultdict(list)
        self.shortfalls: list[Shortfall] = []

    def replace(self, session: Session, on: date, cause: Cause) -> None:
        """Let a session take place on another day."""
        self.timetable.remove(session)
        self.timetable.add(self._changed(moved(session, on, cause)))

    def cancel(self, session: Session) -> None:
        """Cancel a session."""
        self.timetable.remove(session)
        self.lost[session.activity, participants_of(session)].append(session)
        self.cancelled[session.id] = self._changed(session)

    def add(self, session: Session) -> None:
        """Add a session, or undo its being cancelled."""
        if session.id not in self.timetable.sessions:
            cancelled = self.cancelled.pop(session.id, None)
            if cancelled is not None:
                lost = self.lost[session.activity, participants_of(session)]
                lost[:] = [each for each in lost if each.id != session.id]
                session = self._changed(evolve(session, courses=cancelled.courses))
            self.timetable.add(session)

    def note(self, session: Session, span: Period, cause: ShortfallCause) -> None:
        """Note that a session is missing in a span."""
        group, person = participants_of(session)
        self.shortfalls.append(
            Shortfall(
                session.activity, period=span, missing=1, cause=cause, group=group, person=person
            )
        )

    def _changed(self, session: Session) -> Session:
        """A session with the sequence of its change, one for all that happens to it here."""
        was = self.was.get(session.id) or self.was_cancelled.get(session.id)
        return session if was is None else evolve(session, sequence=was.sequence + 1)


def _participants(
    conditions: Conditions, *, individual: bool, on: date = date.max
) -> Iterator[Participants]:
    """The teams, or the people who are hired by a day."""
    if individual:
        people = conditions.trainees.values()
        yield from ((None, each.id) for each in people if each.is_hired(on))
        return
    yield from ((group, None) for group, _ in conditions.before.teams)


def _spans(
    of: Callable[[Period], Iterable[Period]], participants: Participants, conditions: Conditions
) -> Iterator[Period]:
    """The spans of the days on which something is asked of some participants."""
    since = Period(conditions.since(participants), date.max)
    for period in shared(conditions.before.period, since):
        yield from of(period)


# Restoring: what takes place on each working day, on the days that became one.


def _restore(moving: _Moving) -> None:
    """Add what is skipped on days off, on the days that are none any more."""
    conditions = moving.conditions
    before = Days.of(conditions.before).open
    for activity in moving.plan.activities:
        timing = activity.timing
        if isinstance(timing, Cadence) and activity.adjustment is Adjustment.SKIP:
            for place, day in enumerate(timing.days(conditions.before.period)):
                now_open = conditions.days.open.is_working_day(day)
                if day >= conditions.not_before and now_open and not before.is_working_day(day):
                    session = with_turn(Session(activity.id, day, on=day), activity, place)
                    _add_for_all(session, activity, moving)


def _add_for_all(session: Session, activity: Activity, moving: _Moving) -> None:
    there = _participants(moving.conditions, individual=activity.per_person, on=session.on)
    for group, person in there:
        moving.add(session.for_participants(group=group, person=person))


# Moving: what cannot stay, all of the same participants together.


def _move(moving: _Moving) -> None:
    """Move what cannot stay: of a team first, then of each person."""
    order = {activity.id: place for place, activity in enumerate(moving.plan.activities)}
    displaced: defaultdict[Participants, list[Session]] = defaultdict(list)
    for session in moving.conditions.before.sessions:
        if not moving.conditions.stays(session):
            displaced[participants_of(session)].append(session)
    for participants in sorted(displaced, key=lambda each: each[1] is not None):
        _move_together(
            sorted(displaced[participants], key=lambda each: order[each.activity]), moving
        )


def _move_together(displaced: Sequence[Session], moving: _Moving) -> None:
    conditions, timetable = moving.conditions, moving.timetable
    together: list[Session] = []
    for session in displaced:
        if conditions.adjustment(session) is Adjustment.SKIP:
            moving.cancel(session)
        else:
            timetable.remove(session)
            together.append(session)
    chosen = best_days(together, timetable, conditions)
    for session, on in zip(together, chosen, strict=True):
        timetable.add(session)
        if on is None:
            moving.cancel(session)
            _note_lost(session, moving)
        else:
            moving.replace(session, on, conditions.cause(session.on))


def _note_lost(session: Session, moving: _Moving) -> None:
    timing = moving.conditions.before.activity_of(session).timing
    if session.make_up:
        return
    spans = [CalendarSpan.MONTH.of(session.planned_on)]
    if isinstance(timing, Quota):
        there = _spans(timing.per.within, participants_of(session), moving.conditions)
        spans = [span for span in there if session.planned_on in span]
    for span in spans:
        moving.note(session, span, ShortfallCause.NO_OPEN_DAY)


# Order.


def _keep_order(moving: _Moving) -> None:
    """Move what would no longer come after what it follows, since one of the two changed."""
    for activity in moving.plan.activities:
        if activity.follows is not None:
            sessions = moving.timetable.sessions.values()
            for session in [each for each in sessions if each.activity == activity.id]:
                _keep_after(session, moving)


def _keep_after(session: Session, moving: _Moving) -> None:
    conditions, timetable = moving.conditions, moving.timetable
    followed = timetable.followed_by(session)
    if followed is None or followed.on < session.on or session.on < conditions.not_before:
        return
    if all(moving.was.get(each.id) == each for each in (session, followed)):
        return
    timetable.remove(session)
    on = best_day(session, timetable, conditions)
    timetable.add(session)
    if on is not None and conditions.adjustment(session) is not Adjustment.NONE:
        moving.replace(session, on, Cause.ORDER)
    else:
        moving.note(session, CalendarSpan.MONTH.of(session.planned_on), ShortfallCause.ORDER)


# Adding: what was lost, where there is room for it again or elsewhere.


def _restore_lost(moving: _Moving) -> None:
    """Add again what was cancelled for want of a day, where there is one now.

    What the search for the best days of all lost is among it: it is bounded, and a day may be left.
    """
    conditions = moving.conditions
    for session in list(moving.cancelled.values()):
        skipped = conditions.adjustment(session) is Adjustment.SKIP
        lost = not (session.make_up or skipped)
        if lost and session.on >= conditions.not_before:
            on = best_day(session, moving.timetable, conditions)
            if on is not None:
                moving.add(moved(session, on, conditions.cause(session.planned_on)))


def _meet(target: Target, moving: _Moving) -> None:
    """Add make-up sessions for what a target lost."""
    individual = is_individual(target, moving.plan)
    for participants in _participants(moving.conditions, individual=individual):
        for span in _spans(target.per.whole_within, participants, moving.conditions):
            there_was = of_kind(target.kind, participants, moving.was_alike, moving.plan.activities)
            there_is = moving.timetable.of_kind(target.kind, participants)
            was = missing_of(target, span, there_was, moving.plan)
            lost = missing_of(target, span, there_is, moving.plan) - max(was, 0)
            if lost > 0:
                _add_make_up_sessions(target, span, participants, lost, moving)


def _add_make_up_sessions(
    target: Target, span: Period, participants: Participants, lost: int, moving: _Moving
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
    target: Target, activity: Activity, span: Period, participants: Participants, moving: _Moving
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
        and conditions.days.holds(day, timetable.minutes(like, day) + activity.duration)
    ]


# Reporting: what is still missing of what was, and what is now.


def _result(moving: _Moving) -> Schedule:
    """The schedule as it is now."""
    after = moving.conditions.after
    return evolve(
        after,
        sessions=in_order(moving.timetable.sessions.values(), after),
        cancelled=in_order(moving.cancelled.values(), after),
        shortfalls=_shortfalls(moving),
    )


def _shortfalls(moving: _Moving) -> Iterator[Shortfall]:
    before = moving.conditions.before.shortfalls
    if moving.timetable.sessions == moving.was:
        yield from before
        return
    missing = {evolve(each, missing=1): each.missing for each in before}
    missing.update((each, 0) for each in moving.shortfalls if each not in missing)
    cancelled, were_cancelled = (
        by_activity(there.values()) for there in (moving.cancelled, moving.was_cancelled)
    )
    for shortfall, was in missing.items():
        still = _still_missing(shortfall, was, cancelled, were_cancelled, moving)
        if still > 0:
            yield evolve(shortfall, missing=still)


def _still_missing(
    shortfall: Shortfall, was: int, cancelled: Alike, were_cancelled: Alike, moving: _Moving
) -> int:
    """How much is missing now of something that was missing, or that was lost."""
    if shortfall.kind is not None:
        return _still_missing_of_target(shortfall, was, moving)
    key = str(shortfall.activity), (shortfall.group, shortfall.person)
    if shortfall.cause is ShortfallCause.ORDER:
        there = _planned_in(shortfall.period, moving.timetable.alike[key].values())
        return sum(_is_out_of_order(each, moving.timetable) for each in there)
    lost, were_lost = (
        len(_planned_in(shortfall.period, there[key].values()))
        for there in (cancelled, were_cancelled)
    )
    return max(was - were_lost, 0) + lost


def _planned_in(period: Period, sessions: Iterable[Session]) -> list[Session]:
    return [session for session in sessions if session.planned_on in period]


def _still_missing_of_target(shortfall: Shortfall, was: int, moving: _Moving) -> int:
    for target in moving.plan.targets:
        if (target.kind, target.unit) == (shortfall.kind, shortfall.unit):
            participants = shortfall.group, shortfall.person
            there = moving.timetable.of_kind(target.kind, participants)
            return in_units(target, missing_of(target, shortfall.period, there, moving.plan))
    return was


def _is_out_of_order(session: Session, timetable: Timetable) -> bool:
    followed = timetable.followed_by(session)
    return followed is not None and followed.on >= session.on
