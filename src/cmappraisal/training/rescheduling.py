"""Rescheduling: a schedule made again after a change, with as little changed as can be.

What lies before a day stays as it is. After it, a session moves only where its day can no longer be
used. Those of one team that have to move are placed together: none is lost that could be kept, each
goes where its adjustment says, no other has to move where that can be helped, and then as few days
as possible. What belongs to the order of a month stays in its month where it can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeAlias

from attrs import evolve

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import TrainingError
from cmappraisal.fields import require, require_date
from cmappraisal.periods import Period
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.plans import Activity, CareerStage, Quota, Span, Target
from cmappraisal.training.schedules import (
    Cause,
    Change,
    Rescheduled,
    Schedule,
    Session,
    Shortfall,
    ShortfallCause,
)
from cmappraisal.training.scheduling import (
    Days,
    Load,
    evenly,
    in_order,
    in_units,
    is_own,
    lacks,
    making_up,
    moved,
    outward,
    place_followed,
    shared,
    window_of,
    with_turn,
    worth,
)
from cmappraisal.training.trainees import Trainee

_REACH = timedelta(days=366)
"""How far out of the period a session may be sent that finds no day in it."""

_MONTH = 31
"""Days looked at for a session beside as many as move with it: so far an order can push it."""

MAXIMUM_SEARCHED = 2_000
"""Steps in the search for the cheapest days of what moves together. A week kept free takes a few;
where even these are too few, the cheapest found so far is taken."""


def reschedule(
    schedule: Schedule,
    *,
    calendar: WorkCalendar,
    not_before: date,
    blackouts: Iterable[date] | None = None,
    taken: Iterable[date] | None = None,
) -> Rescheduled:
    """A schedule made again, after a holiday was announced or a day has to be kept free.

    Args:
        schedule: The schedule as it is, without rooms and trainers; those are what
            ``cmappraisal.interop.solver.reassign`` is for.
        calendar: Which days are worked now.
        not_before: The first day that may change: what takes place before it stays, and nothing
            moves to a day before it.
        blackouts: Dates kept free of all sessions now; None for those of the schedule.
        taken: Dates that are full already now; None for those of the schedule.

    Returns:
        The new schedule, and what became of each session that changed. What moves or is cancelled
        has a sequence one higher.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A session has a room or a trainer.

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
    fits = isinstance(schedule, Schedule)
    require("reschedule", "schedule", schedule, fits, "a Schedule")
    not_before = require_date("reschedule", "not_before", not_before)
    for session in schedule.sessions:
        if session.room is not None or session.trainer is not None:
            raise TrainingError(
                f'session "{session.id}" has a room or a trainer; let '
                "cmappraisal.interop.solver.reassign find it another day"
            )
    renewed = evolve(
        schedule,
        calendar=calendar,
        blackouts=schedule.blackouts if blackouts is None else blackouts,
        taken=schedule.taken if taken is None else taken,
    )
    moving = _Moving(schedule, renewed, not_before)
    moving.restore()
    moving.move()
    moving.keep_order()
    moving.take_back_lost()
    for target in schedule.plan.targets:
        moving.meet(target)
    return rescheduled(schedule, moving.result())


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


_Audience: TypeAlias = tuple[str | None, str | None]
"""The group and the person that a session is for."""

_Cost: TypeAlias = tuple[int, int, int, int]
"""What a choice costs, the heaviest first: sessions lost, how far it leaves what its adjustment
says, others that have to move too, days."""

_LOST: _Cost = (1, 0, 0, 0)
_FREE: _Cost = (0, 0, 0, 0)


def _audience(session: Session) -> _Audience:
    return session.group, session.person


class _Moving:
    """The sessions of a schedule, as they find other days."""

    def __init__(self, before: Schedule, after: Schedule, not_before: date) -> None:
        self.before = before
        self.after = after
        self.plan = after.plan
        self.not_before = not_before
        self.days_before = Days.of(before)
        self.days = Days.of(after)
        self.newly_taken = after.taken - before.taken
        self.was = {session.id: session for session in before.sessions}
        self.was_cancelled = {session.id: session for session in before.cancelled}
        self.sessions = dict(self.was)
        self.cancelled = dict(self.was_cancelled)
        self.lacks: list[Shortfall] = []
        self.lost: defaultdict[tuple[str, _Audience], list[Session]] = defaultdict(list)
        self.trainees = {trainee.id: trainee for trainee in before.people}
        self.group_of = {
            trainee.id: group.id for group in before.groups for trainee in group.trainees
        }
        self.followed_ids = {activity.follows for activity in self.plan.activities}
        self.load: defaultdict[_Audience, Load] = defaultdict(Counter)
        self.alike = _by_activity(before.sessions)
        self.alike_before = _by_activity(before.sessions)
        for session in before.sessions:
            self.load[_audience(session)][session.on] += self._duration(session)

    def _duration(self, session: Session) -> int:
        return self.before.activity_of(session).duration

    def _enter(self, session: Session) -> None:
        self.sessions[session.id] = session
        self.alike[session.activity, _audience(session)][session.id] = session
        self.load[_audience(session)][session.on] += self._duration(session)

    def _leave(self, session: Session) -> None:
        del self.sessions[session.id]
        del self.alike[session.activity, _audience(session)][session.id]
        self.load[_audience(session)][session.on] -= self._duration(session)

    def _replace(self, session: Session, on: date, cause: Cause) -> None:
        self._leave(session)
        self._enter(self._changed(moved(session, on, cause)))

    def _cancel(self, session: Session) -> None:
        self._leave(session)
        self.lost[session.activity, _audience(session)].append(session)
        self.cancelled[session.id] = self._changed(session)

    def _changed(self, session: Session) -> Session:
        """A session with the sequence of its change, one for all that happens to it here."""
        was = self.was.get(session.id) or self.was_cancelled.get(session.id)
        return session if was is None else evolve(session, sequence=was.sequence + 1)

    # Restoring: what takes place on each working day, on the days that became one.

    def restore(self) -> None:
        """Add what is skipped on days off, on the days that are none any more."""
        for activity in self.plan.activities:
            timing = activity.timing
            if isinstance(timing, Cadence) and activity.adjustment is Adjustment.SKIP:
                for place, day in enumerate(timing.days(self.before.period)):
                    if day >= self.not_before and self._became_open(day):
                        session = with_turn(Session(activity.id, day, on=day), activity, place)
                        for group, person in self._audiences(own=activity.per_person, on=day):
                            self._take_back(session.for_whom(group=group, person=person))

    def _became_open(self, day: date) -> bool:
        was_open = self.days_before.open.is_working_day(day)
        return self.days.open.is_working_day(day) and not was_open

    def _take_back(self, session: Session) -> None:
        """Add a session, or take back its being cancelled."""
        if session.id not in self.sessions:
            cancelled = self.cancelled.pop(session.id, None)
            if cancelled is not None:
                session = self._changed(evolve(session, courses=cancelled.courses))
            self._enter(session)

    def _audiences(self, *, own: bool, on: date = date.max) -> Iterator[_Audience]:
        """The teams, or the people who are hired by a day."""
        if own:
            people = self.trainees.values()
            yield from ((None, each.id) for each in people if each.is_hired(on))
            return
        yield from ((group, None) for group, _ in self.before.teams)

    # Moving: what cannot stay, all of an audience together.

    def move(self) -> None:
        """Move what cannot stay: of a team first, then of each person."""
        order = {activity.id: place for place, activity in enumerate(self.plan.activities)}
        displaced: defaultdict[_Audience, list[Session]] = defaultdict(list)
        for session in self.before.sessions:
            if not self._stays(session):
                displaced[_audience(session)].append(session)
        for audience in sorted(displaced, key=lambda audience: audience[1] is not None):
            self._move_together(sorted(displaced[audience], key=lambda each: order[each.activity]))

    def _stays(self, session: Session) -> bool:
        adjustment = self._adjustment(session)
        if session.on < self.not_before or adjustment is Adjustment.NONE:
            return True
        became_full = adjustment is None and session.on in self.newly_taken
        return self.days.open.is_working_day(session.on) and not became_full

    def _adjustment(self, session: Session) -> Adjustment | None:
        """Where a session goes whose day is a day off; None for one that may choose its day."""
        activity = self.before.activity_of(session)
        by_calendar = isinstance(activity.timing, Cadence) and not session.make_up
        return activity.adjustment if by_calendar else None

    def _move_together(self, displaced: Sequence[Session]) -> None:
        moving: list[Session] = []
        for session in displaced:
            if self._adjustment(session) is Adjustment.SKIP:
                self._cancel(session)
            else:
                self._leave(session)
                moving.append(session)
        reach = len(moving) + _MONTH
        choices = [list(islice(self._choices(session), reach)) for session in moving]
        chosen = _cheapest(moving, choices, self._go_together)
        for session, on in zip(moving, chosen, strict=True):
            self._enter(session)
            if on is None:
                self._cancel(session)
                self._note_lost(session)
            else:
                self._replace(session, on, self._cause(session.on))

    def _cause(self, day: date) -> Cause:
        return Cause.FULL if self.days.open.is_working_day(day) else self.days.cause(day)

    def _choices(self, session: Session) -> Iterator[tuple[_Cost, date]]:
        """The days that a session could go to, the cheapest first."""
        activity = self.before.activity_of(session)
        after = self._followed_on(session, activity)
        followers = [each.on for each in self._followers(session)]
        seen: set[date] = set()
        for tier, within in enumerate(self._windows(session, activity)):
            for pushed in range(len(followers) + 1):
                for day in outward(session.on, within):
                    pushes = sum(on <= day for on in followers)
                    due = pushes == pushed and day not in seen
                    if due and self._fits(session, activity, day, after):
                        seen.add(day)
                        yield (0, tier, pushed, abs((day - session.on).days)), day

    def _fits(self, session: Session, activity: Activity, day: date, after: date | None) -> bool:
        minutes = self._load(session, day) + activity.duration
        alike = self.alike[activity.id, _audience(session)].values()
        staged = isinstance(activity.timing, CareerStage)
        return (
            (after is None or after < day)
            and self.days.holds(day, minutes)
            and (staged or all(each.on != day for each in alike))
        )

    def _load(self, session: Session, day: date) -> int:
        """How full a day is for whoever a session is for."""
        if session.person is not None:
            together = self.load[self.group_of.get(session.person), None][day]
            return together + self.load[None, session.person][day]
        own = (self.load[None, person][day] for person in self.before.attendees(session))
        return self.load[_audience(session)][day] + max(own, default=0)

    def _go_together(self, chosen: Sequence[tuple[Session, date]], more: Session, on: date) -> bool:
        """Whether one more session can take a day beside those that were chosen."""
        activity = self.before.activity_of(more)
        minutes = self._load(more, on) + activity.duration
        for session, day in chosen:
            other = self.before.activity_of(session)
            minutes += other.duration if day == on else 0
            # Sessions of one activity keep their order: any other way is as far in all.
            staged = isinstance(activity.timing, CareerStage)
            if session.activity == more.activity and (day > on or (day == on and not staged)):
                return False
            follows = activity.follows == other.id and session.planned_on <= more.planned_on
            if (
                follows
                and Span.MONTH.of(session.planned_on) == Span.MONTH.of(more.planned_on)
                and day >= on
            ):
                return False
        return minutes <= self.days.length

    def _windows(self, session: Session, activity: Activity) -> Iterator[Period]:
        """Where a session may go, the better first."""
        period, on, timing = self.before.period, session.on, activity.timing
        month = Span.MONTH.of(session.planned_on)
        first, last = _shifted(period.first, -_REACH), _shifted(period.last, _REACH)
        far = Period(min(first, on), max(last, on))
        later, sooner = Period(on, far.last), Period(far.first, on)
        windows = [far]
        if session.make_up:
            targets = [each for each in self.plan.targets if each.kind is activity.kind]
            windows = [span for each in targets for span in each.per.within(period)]
            windows = [span for span in windows if session.planned_on in span]
        elif isinstance(timing, Quota):
            windows = [span for span in timing.per.within(period) if session.planned_on in span]
        elif isinstance(timing, CareerStage):
            window = window_of(timing, self._trainee(session), period, activity)
            windows = [] if window is None else shared(window, period)
        else:
            windows = {
                Adjustment.FOLLOWING: [later, far],
                Adjustment.PRECEDING: [sooner, far],
                Adjustment.MODIFIED_FOLLOWING: [*shared(later, month), month, far],
                Adjustment.MODIFIED_PRECEDING: [*shared(sooner, month), month, far],
            }.get(activity.adjustment, [far])
            if activity.follows is not None or activity.id in self.followed_ids:
                # What has an order in its month stays in it where it can.
                windows = [*(each for way in windows for each in shared(way, month)), *windows]
        there = Period(max(self.not_before, self._since(_audience(session))), date.max)
        for window in windows:
            for within in shared(window, there):
                if self.days.open.working_days(within):
                    yield within

    def _trainee(self, session: Session) -> Trainee:
        if session.person is None:
            raise TrainingError(
                f'session "{session.id}" is of a stage and for no person; name the person'
            )
        return self.trainees[session.person]

    def _since(self, audience: _Audience) -> date:
        """The first day on which something can be asked of somebody."""
        _, person = audience
        return date.min if person is None else self.trainees[person].hired_on or date.min

    def _note_lost(self, session: Session) -> None:
        timing = self.before.activity_of(session).timing
        if session.make_up:
            return
        spans = [Span.MONTH.of(session.planned_on)]
        if isinstance(timing, Quota):
            there = self._spans(timing.per.within, _audience(session))
            spans = [span for span in there if session.planned_on in span]
        for span in spans:
            self._note_lack(session, span, ShortfallCause.NO_OPEN_DAY)

    def _note_lack(self, session: Session, span: Period, why: ShortfallCause) -> None:
        group, person = _audience(session)
        lack = Shortfall(session.activity, period=span, missing=1, why=why)
        self.lacks.append(evolve(lack, group=group, person=person))

    # Order.

    def _followed_on(self, session: Session, activity: Activity) -> date | None:
        """The day of what a session follows; None where it follows nothing."""
        followed = self._followed(session, activity)
        return None if followed is None else followed.on

    def _followed(self, session: Session, activity: Activity) -> Session | None:
        if activity.follows is None or session.make_up:
            return None
        earlier = self._in_plan(activity.follows, session)
        place = place_followed(session, earlier)
        return None if place is None else earlier[place]

    def _in_plan(self, activity_id: str, like: Session) -> Sequence[Session]:
        there = self.alike[activity_id, _audience(like)].values()
        planned = (each for each in there if not each.make_up)
        return sorted(planned, key=lambda each: each.planned_on)

    def _followers(self, session: Session) -> Iterator[Session]:
        """What follows a session and stays where it is."""
        if session.make_up or session.activity not in self.followed_ids:
            return
        for activity in self.plan.activities:
            if activity.follows == session.activity:
                earlier = sorted(
                    [*self._in_plan(session.activity, session), session],
                    key=lambda each: each.planned_on,
                )
                for later in self._in_plan(activity.id, session):
                    place = place_followed(later, earlier)
                    follows = place is not None and earlier[place].id == session.id
                    if follows and self._stays(later):
                        yield later

    def keep_order(self) -> None:
        """Move what would no longer come after what it follows, since one of the two changed."""
        for activity in self.plan.activities:
            if activity.follows is not None:
                there = [each for each in self.sessions.values() if each.activity == activity.id]
                for session in there:
                    self._keep_after(session, activity)

    def _keep_after(self, session: Session, activity: Activity) -> None:
        followed = self._followed(session, activity)
        if followed is None or followed.on < session.on or session.on < self.not_before:
            return
        unchanged = all(self.was.get(each.id) == each for each in (session, followed))
        if unchanged:
            return
        self._leave(session)
        _, on = next(self._choices(session), (_LOST, None))
        self._enter(session)
        if on is not None and self._adjustment(session) is not Adjustment.NONE:
            self._replace(session, on, Cause.ORDER)
        else:
            self._note_lack(session, Span.MONTH.of(session.planned_on), ShortfallCause.ORDER)

    # Adding: what was lost, where there is room for it again or elsewhere.

    def take_back_lost(self) -> None:
        """Take back what was cancelled for want of a day, where there is one now."""
        for id, session in self.was_cancelled.items():
            lost = id in self.cancelled and not session.make_up
            skipped = self._adjustment(session) is Adjustment.SKIP
            if lost and session.on >= self.not_before and not skipped:
                _, on = next(self._choices(session), (_LOST, None))
                if on is not None:
                    self._take_back(moved(session, on, self._cause(session.planned_on)))

    def meet(self, target: Target) -> None:
        """Make up what a target lost."""
        for audience in self._audiences(own=is_own(target, self.plan)):
            for span in self._spans(target.per.whole_within, audience):
                lost = self._lost(target, span, audience)
                if lost > 0:
                    self._make_up(target, span, audience, lost)

    def _spans(
        self, of: Callable[[Period], Iterable[Period]], audience: _Audience
    ) -> Iterator[Period]:
        """The spans of the days on which something is asked of somebody."""
        for period in shared(self.before.period, Period(self._since(audience), date.max)):
            yield from of(period)

    def _lost(self, target: Target, span: Period, audience: _Audience) -> int:
        was = lacks(target, span, self._of(target, audience, self.alike_before), self.plan)
        now = lacks(target, span, self._of(target, audience, self.alike), self.plan)
        return now - max(was, 0)

    def _of(self, target: Target, audience: _Audience, alike: _ByActivity) -> list[Session]:
        return [
            session
            for activity in self.plan.activities
            if activity.kind is target.kind
            for session in alike[activity.id, audience].values()
        ]

    def _make_up(self, target: Target, span: Period, audience: _Audience, lost: int) -> None:
        group, person = audience
        activity = next(making_up(target, self.plan), None)
        if activity is not None:
            wanted = -(-lost // worth(target, activity))
            for day in evenly(self._free(target, activity, span, audience), wanted):
                taught = self._lost_courses(activity, audience)
                session = Session(activity.id, day, on=day, courses=taught, make_up=True)
                self._take_back(self._numbered(session.for_whom(group=group, person=person)))
        why = ShortfallCause.AT_MOST if activity is None else ShortfallCause.NO_OPEN_DAY
        lack = Shortfall(kind=target.kind, unit=target.unit, period=span, missing=1, why=why)
        self.lacks.append(evolve(lack, group=group, person=person))

    def _lost_courses(self, activity: Activity, audience: _Audience) -> tuple[str, ...]:
        lost = self.lost[activity.id, audience]
        return lost.pop(0).courses if lost else ()

    def _numbered(self, session: Session) -> Session:
        """A session with a number that none like it has."""
        while session.id in self.sessions:
            session = evolve(session, number=session.number + 1)
        return session

    def _free(
        self, target: Target, activity: Activity, span: Period, audience: _Audience
    ) -> list[date]:
        group, person = audience
        used = {each.on for each in self._of(target, audience, self.alike)}
        like = Session(activity.id, span.first, on=span.first).for_whom(group=group, person=person)
        there = Period(max(self.not_before, self._since(audience)), date.max)
        return [
            day
            for within in shared(span, there)
            for day in within
            if day not in used and self.days.holds(day, self._load(like, day) + activity.duration)
        ]

    # Reporting: what is still missing of what was, and what is now.

    def _shortfalls(self) -> Iterator[Shortfall]:
        if self.sessions == self.was:
            yield from self.before.shortfalls
            return
        told = {evolve(each, missing=1): each.missing for each in self.before.shortfalls}
        told.update((lack, 0) for lack in self.lacks if lack not in told)
        cancelled = tuple(
            _by_activity(there.values()) for there in (self.cancelled, self.was_cancelled)
        )
        for lack, missing in told.items():
            still = self._missing(lack, missing, cancelled)
            if still > 0:
                yield evolve(lack, missing=still)

    def _missing(self, lack: Shortfall, before: int, cancelled: Iterable[_ByActivity]) -> int:
        """How much is missing now of something that was missing, or that was lost."""
        if lack.kind is not None:
            return self._missing_of_target(lack, before)
        activity = self.plan.activity(str(lack.activity))
        audience = lack.group, lack.person
        if lack.why is ShortfallCause.ORDER:
            there = self.alike[activity.id, audience].values()
            planned = (each for each in there if each.planned_on in lack.period)
            return sum(self._is_out_of_order(each, activity) for each in planned)
        lost, were_lost = (
            sum(each.planned_on in lack.period for each in there[activity.id, audience].values())
            for there in cancelled
        )
        return max(before - were_lost, 0) + lost

    def _missing_of_target(self, lack: Shortfall, before: int) -> int:
        for target in self.plan.targets:
            if (target.kind, target.unit) == (lack.kind, lack.unit):
                there = self._of(target, (lack.group, lack.person), self.alike)
                return in_units(target, lacks(target, lack.period, there, self.plan))
        return before

    def _is_out_of_order(self, session: Session, activity: Activity) -> bool:
        followed = self._followed(session, activity)
        return followed is not None and followed.on >= session.on

    def result(self) -> Schedule:
        """The schedule as it is now."""
        return evolve(
            self.after,
            sessions=in_order(self.sessions.values(), self.after),
            cancelled=in_order(self.cancelled.values(), self.after),
            shortfalls=self._shortfalls(),
        )


_ByActivity: TypeAlias = defaultdict[tuple[str, _Audience], dict[str, Session]]
"""Sessions by id, by their activity and whom they are for."""


def _by_activity(sessions: Iterable[Session]) -> _ByActivity:
    found: _ByActivity = defaultdict(dict)
    for session in sessions:
        found[session.activity, _audience(session)][session.id] = session
    return found


def _cheapest(
    sessions: Sequence[Session],
    choices: Sequence[Sequence[tuple[_Cost, date]]],
    go_together: Callable[[Sequence[tuple[Session, date]], Session, date], bool],
) -> Sequence[date | None]:
    """The cheapest day for each of some sessions, all together; None for one that is lost.

    What the rest costs at least says where a choice is already too dear.
    """
    ways: list[list[tuple[_Cost, date | None]]] = [[*each, (_LOST, None)] for each in choices]
    rest = [_FREE]
    for way in reversed(ways):
        rest.insert(0, _sum(way[0][0], rest[0]))
    best: list[date | None] = [None] * len(sessions)
    cheapest = _sum(*[_LOST] * (len(sessions) + 1))
    # Each choice with what it and those before it cost together.
    picked: list[tuple[_Cost, date | None]] = []
    ahead = [iter(ways[0])] if ways else []
    steps, found = 0, False
    while ahead and not (found and steps > MAXIMUM_SEARCHED):
        steps += 1
        cost, on = next(ahead[-1], (None, None))
        spent = None if cost is None else _sum(picked[-1][0] if picked else _FREE, cost)
        if spent is None or _sum(spent, rest[len(picked) + 1]) >= cheapest:
            ahead.pop()
            del picked[-1:]
            continue
        beside = [
            (session, day) for session, (_, day) in zip(sessions, picked, strict=False) if day
        ]
        if on is None or go_together(beside, sessions[len(picked)], on):
            if len(picked) + 1 < len(sessions):
                picked.append((spent, on))
                ahead.append(iter(ways[len(picked)]))
            else:
                found, cheapest = True, spent
                best = [day for _, day in picked] + [on]
    return best


def _sum(*costs: _Cost) -> _Cost:
    lost, tiers, pushed, days = (sum(parts) for parts in zip(*costs, strict=True))
    return lost, tiers, pushed, days


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min
