"""Moving: what cannot stay on its day finds another, and what belongs in an order keeps it.

A schedule that is made and one that is made again move in the same way. What has to move of one
team is placed together, and then what of each person. None is lost that could be kept, each goes
where its adjustment sends it, no other has to move where that can be helped, and then as few days
as the search finds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from cmappraisal.calendars import Adjustment
from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.choices import Conditions, allowed, best_day
from cmappraisal.training.cuts import SearchCut
from cmappraisal.training.days import in_turn, nearest, shared
from cmappraisal.training.demands import asked_of
from cmappraisal.training.plans import Activity, TrainingPlan
from cmappraisal.training.searching import best_days
from cmappraisal.training.sessions import (
    Cause,
    Participants,
    Session,
    counted,
    is_for,
    moved,
    participants_of,
    turn_of,
)
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import courses_of, span_of
from cmappraisal.training.timetables import Alike, Timetable, by_activity
from cmappraisal.training.working_days import NthWorkingDay

_IN_MONTH = (Adjustment.MODIFIED_FOLLOWING, Adjustment.MODIFIED_PRECEDING)


class Moving:
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
        self.cuts: list[SearchCut] = []

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
        return session if was is None else counted(session, was.sequence + 1)


# What cannot stay, all of the same participants together.


def move(moving: Moving) -> None:
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


def _move_together(displaced: Sequence[Session], moving: Moving) -> None:
    conditions, timetable = moving.conditions, moving.timetable
    together: list[Session] = []
    stages: dict[str, Session] = {}
    for session in displaced:
        adjustment, due = conditions.adjustment(session), conditions.due_instead(session)
        if conditions.is_without_a_day(session):
            moving.cancel(session)
            month = CalendarSpan.MONTH.of(session.planned_on)
            moving.note(session, month, ShortfallCause.NO_SUCH_DAY)
        elif adjustment is Adjustment.SKIP and due is None:
            moving.cancel(session)
        elif adjustment is Adjustment.NONE and due is not None:
            moving.replace(session, due, Cause.NUMBER)
        elif isinstance(conditions.before.activity_of(session).timing, CareerStage):
            stages.setdefault(session.activity, session)
        else:
            timetable.remove(session)
            together.append(session)
    days, cut = best_days(together, timetable, conditions)
    for part in cut:
        group, person = participants_of(part[0])
        moving.cuts.append(SearchCut([each.id for each in part], group=group, person=person))
    for session, on in zip(together, days, strict=True):
        timetable.add(session)
        _settle(session, on, conditions.cause(session), moving)
    for session in stages.values():
        _move_lessons(session, moving)


def _settle(session: Session, on: date | None, cause: Cause, moving: Moving) -> None:
    if on is None:
        moving.cancel(session)
        _note_lost(session, moving)
    elif on != session.on:
        moving.replace(session, on, cause)


def _move_lessons(one: Session, moving: Moving) -> None:
    """Move the lessons of a stage, in their order, one of which cannot stay."""
    conditions, timetable = moving.conditions, moving.timetable
    activity = conditions.before.activity_of(one)
    lessons = sorted(timetable.like(one), key=turn_of)
    past = [each.on for each in lessons if each.on < conditions.not_before]
    left = [each for each in lessons if each.on >= conditions.not_before]
    for lesson in left:
        timetable.remove(lesson)
    first = max([*past, conditions.open_since(participants_of(one)).first])
    windows = [
        window
        for each in allowed(one, activity, conditions)
        for window in shared(each, Period(first, date.max))
    ]
    there = in_turn(
        [each.on for each in left],
        lambda day: timetable.minutes(one, day),
        activity.duration,
        windows,
        conditions.days_of(participants_of(one)),
    )
    for lesson, on in zip(left, there, strict=True):
        timetable.add(lesson)
        cause = Cause.ORDER if conditions.stays(lesson) else conditions.cause(lesson)
        _settle(lesson, on, cause, moving)


def _note_lost(session: Session, moving: Moving) -> None:
    conditions = moving.conditions
    timing = conditions.before.activity_of(session).timing
    if session.make_up or conditions.adjustment(session) is Adjustment.SKIP:
        return
    spans = [CalendarSpan.MONTH.of(session.planned_on)]
    cause = cause_of_loss(session, conditions)
    if isinstance(timing, Quota):
        there = timing.per.within(conditions.before.period)
        spans = [span for span in there if session.planned_on in span]
    elif isinstance(timing, CareerStage):
        trainee = conditions.trainees[str(session.person)]
        spans = [span_of(timing, trainee, session.planned_on) or spans[0]]
    for span in spans:
        moving.note(session, span, cause)


def cause_of_loss(session: Session, conditions: Conditions) -> ShortfallCause:
    """Why a session finds no day: for want of one, or because the person is away in its month."""
    presence = conditions.coming_and_going(participants_of(session))
    month = CalendarSpan.MONTH.of(session.planned_on)
    by_calendar = conditions.adjustment(session) is not None
    is_away = by_calendar and presence is not None and bool(presence.absences(month))
    return ShortfallCause.AWAY if is_away else ShortfallCause.NO_OPEN_DAY


# Order.


def keep_order(moving: Moving, *, of_all: bool = False) -> None:
    """Move what does not come after what it follows, of which one changed, or whichever it is."""
    for activity in moving.plan.activities:
        if activity.follows is not None:
            sessions = moving.timetable.sessions.values()
            for session in [each for each in sessions if each.activity == activity.id]:
                _keep_after(session, moving, of_all=of_all)


def _keep_after(session: Session, moving: Moving, *, of_all: bool) -> None:
    conditions, timetable = moving.conditions, moving.timetable
    followed = timetable.followed_by(session)
    if followed is None or followed.on < session.on or session.on < conditions.not_before:
        return
    unchanged = all(moving.was.get(each.id) == each for each in (session, followed))
    if unchanged and not of_all:
        return
    month = CalendarSpan.MONTH.of(session.planned_on)
    timetable.remove(session)
    on = best_day(session, timetable, conditions)
    timetable.add(session)
    if conditions.adjustment(session) is Adjustment.NONE:
        on = None
    sooner = None if on is not None and on in month else _sooner(followed, session, moving)
    if sooner is not None:
        moving.replace(followed, sooner, Cause.ORDER)
    elif on is not None:
        moving.replace(session, on, Cause.ORDER)
    else:
        moving.note(session, month, ShortfallCause.ORDER)


def _sooner(session: Session, follower: Session, moving: Moving) -> date | None:
    """The nearest day of its month on which a session comes before its follower."""
    conditions, timetable = moving.conditions, moving.timetable
    if conditions.adjustment(session) is Adjustment.NONE:
        return None
    duration = conditions.before.activity_of(session).duration
    presence = conditions.coming_and_going(participants_of(session))
    followed, held = timetable.followed_by(session), timetable.days_like(session)
    window = shared(
        CalendarSpan.MONTH.of(session.planned_on),
        conditions.open_since(participants_of(session)),
    )
    found = (
        nearest(
            follower.on,
            days,
            lambda day: (
                (followed is None or followed.on < day)
                and day < follower.on
                and not held[day]
                and (presence is None or presence.is_there(day))
                and conditions.days.holds(day, timetable.minutes(session, day) + duration)
            ),
        )
        for days in window
    )
    return next(found, None)


# What was lost, where there is room for it again.


def restore_lost(moving: Moving) -> None:
    """Add again what was cancelled for want of a day, where there is one now.

    What the search for the best days of all lost is among it: it is bounded, and a day may be left.
    """
    conditions = moving.conditions
    for session in list(moving.cancelled.values()):
        skipped = conditions.adjustment(session) is Adjustment.SKIP
        lost = not (session.make_up or skipped or session.cause is Cause.AWAY)
        if (
            lost
            and session.on >= conditions.not_before
            and is_asked_for(session, moving.timetable.alike, moving)
        ):
            on = best_day(session, moving.timetable, conditions)
            if on is not None:
                planned = evolve(session, on=session.planned_on)
                moving.add(moved(session, on, conditions.cause(planned)))


def is_asked_for(session: Session, alike: Alike, moving: Moving) -> bool:
    """Whether the plan asks for a session that was cancelled; an earlier edition may have."""
    activity = next((each for each in moving.plan.activities if each.id == session.activity), None)
    if activity is None or not is_for(session, activity):
        return False
    there = alike[session.activity, participants_of(session)].values()
    timing = activity.timing
    if isinstance(timing, Quota):
        span = timing.per.of(session.planned_on)
        held = sum(each.planned_on in span and not each.make_up for each in there)
        return held < asked_of(timing.to_plan, span, session.person, moving.conditions.before)
    if isinstance(timing, CareerStage):
        trainee = moving.conditions.trainees.get(str(session.person))
        courses = (
            () if trainee is None else courses_of(activity, timing, trainee, moving.plan.curriculum)
        )
        taught = {course for each in there for course in each.courses[:1]}
        return bool(set(session.courses[:1]) & set(courses) - taught)
    if isinstance(timing, Cadence):
        day = Period(session.planned_on, session.planned_on)
        return any(True for _ in timing.numbered_days(day))
    if isinstance(timing, NthWorkingDay):
        month = CalendarSpan.MONTH.of(session.planned_on)
        held = any(each.planned_on in month and not each.make_up for each in there)
        return not held and any(True for _ in timing.days(month, moving.conditions.days.worked))
    return activity.has_sessions


# What does not keep to its order or its month.


def unkept(sessions: Iterable[Session], timetable: Timetable) -> Iterator[Shortfall]:
    """The shortfalls of sessions out of their order, and of those held outside of their month."""
    missing: Counter[tuple[ShortfallCause, str, Participants, Period]] = Counter()
    for session in sessions:
        for cause in broken(session, timetable):
            month = CalendarSpan.MONTH.of(session.planned_on)
            missing[cause, session.activity, participants_of(session), month] += 1
    for (cause, activity, (group, person), month), count in missing.items():
        yield Shortfall(
            activity, period=month, missing=count, cause=cause, group=group, person=person
        )


def broken(session: Session, timetable: Timetable) -> Iterator[ShortfallCause]:
    """What a session does not keep to."""
    followed = timetable.followed_by(session)
    if followed is not None and followed.on >= session.on:
        yield ShortfallCause.ORDER
    activity = timetable.schedule.activity_of(session)
    if (
        (session.on.year, session.on.month) != (session.planned_on.year, session.planned_on.month)
        and not session.make_up
        and _is_of_its_month(activity, timetable.plan)
    ):
        yield ShortfallCause.OUTSIDE


def _is_of_its_month(activity: Activity, plan: TrainingPlan) -> bool:
    """Whether an activity promises to stay within a month: by its adjustment, or by an order."""
    return activity.by_calendar and (
        activity.adjustment in _IN_MONTH
        or activity.follows is not None
        or any(each.follows == activity.id for each in plan.activities)
    )
