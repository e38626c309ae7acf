"""Scheduling: from what a plan asks for to days of the calendar.

What has its day by the calendar comes first, and goes where its adjustment sends it; then a month's
study is kept before its test. What may choose its day is then spread evenly around that: quotas,
then whatever a target still lacks, then each person's own stages. What finds no day is reported,
never dropped in silence. A team's sessions are worked out once, however many teams there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias, cast

from attrs import evolve, frozen
from dateutil.relativedelta import relativedelta

from cmappraisal.calendars import Adjustment, WorkCalendar
from cmappraisal.errors import TrainingError, UnknownCourseError
from cmappraisal.fields import did_you_mean, is_iterable, require
from cmappraisal.periods import Period
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.plans import (
    Activity,
    ActivityKind,
    CareerStage,
    Quota,
    Span,
    Target,
    TargetUnit,
    TrainingPlan,
)
from cmappraisal.training.schedules import Cause, Schedule, Session, Shortfall, ShortfallCause
from cmappraisal.training.trainees import Group, Trainee

_DAY = timedelta(days=1)


def schedule(
    plan: TrainingPlan,
    period: Period,
    *,
    calendar: WorkCalendar,
    trainees: Iterable[Trainee] = (),
    groups: Iterable[Group] = (),
    blackouts: Iterable[date] = (),
    taken: Iterable[date] = (),
) -> Schedule:
    """The sessions of a plan in a period.

    Args:
        plan: The plan.
        period: The days to plan. Of a quota's span that it cuts, it has what is planned for its
            days; a target is looked after in the spans that it has in full.
        calendar: Which days are worked.
        trainees: Those who are trained together as one team without a name.
        groups: The groups that are trained, each with sessions of its own. Where there are groups
            and no ``trainees``, there is no team without a name.
        blackouts: Dates kept free of all sessions; a :class:`~cmappraisal.Period` is as good. What
            falls on them moves as from a day off.
        taken: Dates that are full already. What may choose its day keeps off them.

    Returns:
        The schedule. Each session has the day it was planned for, the day it takes place and the
        reason where they differ; what is missing is told too.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: The plan asks for a trainee's day of hiring, or for needs in a curriculum,
            which are not there; or somebody is in two groups.
        CalendarError: The calendar has no working day to go to.

    >>> from cmappraisal.training import VIP_SERVICE
    >>> spring = WorkCalendar(
    ...     holidays=Period(date(2026, 2, 15), date(2026, 2, 23)), workdays=[date(2026, 2, 14)]
    ... )
    >>> february = schedule(VIP_SERVICE, Period.month(2026, 2), calendar=spring)
    >>> study = february.session("study/2026-02-15")
    >>> print(study.on, study.cause.text.en)
    2026-02-14 a day off
    """
    empty = Schedule(
        plan,
        period,
        calendar=calendar,
        trainees=trainees,
        groups=groups,
        blackouts=blackouts,
        taken=taken,
    )
    return _filled(empty, _drafted(empty))


def schedule_each(
    plan: TrainingPlan,
    period: Period,
    *,
    calendar: WorkCalendar,
    groups: Iterable[Group],
    blackouts: Iterable[date] = (),
    taken: Iterable[date] = (),
) -> Iterator[Schedule]:
    """The schedule of each of many groups, one at a time.

    Each is what :func:`schedule` makes of that group alone. What they share is worked out once, and
    none is kept: ten thousand teams need no more memory than one.

    Args:
        plan: The plan.
        period: The days to plan.
        calendar: Which days are worked.
        groups: The groups, in any iterable; one is taken at a time.
        blackouts: Dates kept free of all sessions.
        taken: Dates that are full already.

    Returns:
        An iterator of schedules, in the order of the groups.

    Raises:
        FieldError: An argument has a value that it does not allow; at the first schedule.
        TrainingError: As with :func:`schedule`; at the schedule of the group.

    >>> from cmappraisal.training import VENUE_TEAM
    >>> teams = (Group(f"team-{number}", ()) for number in range(10_000))
    >>> each = schedule_each(VENUE_TEAM, Period.year(2026), calendar=WorkCalendar(), groups=teams)
    >>> print(next(each).sessions[0].id)
    weekly-training/2026-01-05/group:team-0
    """
    allowed = "an iterable of Group"
    require("schedule_each", "groups", groups, is_iterable(groups), allowed)
    empty = Schedule(plan, period, calendar=calendar, blackouts=blackouts, taken=taken)
    draft = _drafted(empty)
    for group in groups:
        require("schedule_each", "groups", group, isinstance(group, Group), allowed)
        yield _filled(evolve(empty, groups=(group,)), draft)


Load: TypeAlias = Counter[date]
"""How many minutes of training each day has."""


@frozen
class Days:
    """Which days a schedule can use: a calendar on which blackouts are days off, and full days."""

    worked: WorkCalendar
    open: WorkCalendar
    taken: frozenset[date]
    length: int

    @classmethod
    def of(cls, schedule: Schedule) -> Days:
        """The days of a schedule."""
        worked, kept_free = schedule.calendar, schedule.blackouts
        opened = evolve(
            worked, holidays=worked.holidays | kept_free, workdays=worked.workdays - kept_free
        )
        return cls(
            worked, opened if kept_free else worked, schedule.taken, schedule.plan.day_length
        )

    def cause(self, day: date) -> Cause:
        """Why a day cannot be used."""
        return Cause.BLACKOUT if self.worked.is_working_day(day) else Cause.DAY_OFF

    def between(
        self,
        near: date,
        within: Period,
        *,
        after: date | None = None,
        before: date | None = None,
    ) -> date | None:
        """The nearest working day of a period that comes between two days."""
        return nearest(
            near,
            within,
            lambda day: (
                (after is None or after < day)
                and (before is None or day < before)
                and self.open.is_working_day(day)
            ),
        )

    def holds(self, day: date, minutes: int) -> bool:
        """Whether what may choose its day can choose this one, which then has so many minutes."""
        return minutes <= self.length and day not in self.taken and self.open.is_working_day(day)

    def for_minutes(
        self,
        minutes: int,
        near: date,
        within: Period,
        load: Load,
        used: Container[date] = (),
    ) -> date | None:
        """The nearest day of a period, but those used, that holds some minutes more."""
        return nearest(
            near,
            within,
            lambda day: day not in used and self.holds(day, load[day] + minutes),
        )


@frozen
class _Draft:
    """What is the same for every team, and for every person who is there all the time.

    Args:
        days: Which days can be used.
        team: The sessions of a team.
        load: How full these make the days.
        shortfalls: What a team lacks.
        own: What each person does alone.
    """

    days: Days
    team: Sequence[Session]
    load: Load
    shortfalls: Sequence[Shortfall]
    own: _Own


@frozen
class _Own:
    """What one person does alone, but for stages; what that lacks; how full it makes the days."""

    sessions: Sequence[Session]
    shortfalls: Sequence[Shortfall]
    load: Load


def _drafted(empty: Schedule) -> _Draft:
    days, load = Days.of(empty), Load()
    together = _Placing(empty, days, load, per_person=False)
    alone = _Placing(empty, days, load, per_person=True)
    # What has its day comes first, whoever it is for: what may choose has to see it all.
    together.fix()
    alone.fix()
    together.choose()
    # What each does alone is placed for each anew.
    for activity, session in alone.fixed():
        load[session.on] -= activity.duration
    own = _owned(empty, days, load, empty.period.first)
    return _Draft(days, together.taught(), load, together.shortfalls, own)


def _owned(empty: Schedule, days: Days, load: Load, since: date) -> _Own:
    """What a person does alone who is there since a day of the period."""
    alone = _Placing(empty, days, load.copy(), per_person=True, since=since)
    alone.fix()
    alone.choose()
    return _Own(alone.taught(), alone.shortfalls, alone.load)


def _filled(empty: Schedule, draft: _Draft) -> Schedule:
    """A schedule with the sessions of its teams and people."""
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    owned: dict[date, _Own] = {}
    for group, trainees in empty.teams:
        sessions += (session.for_whom(group=group) for session in draft.team)
        shortfalls += (evolve(each, group=group) for each in draft.shortfalls)
        for trainee in trainees:
            own = _own_of(trainee, empty, draft, owned)
            alone = [session.for_whom(person=trainee.id) for session in own.sessions]
            shortfalls += (evolve(each, person=trainee.id) for each in own.shortfalls)
            staged, lacking = _staged(empty, draft.days, own.load, trainee)
            sessions += alone
            sessions += staged
            shortfalls += lacking
            shortfalls += _lacking_of_stages(empty, trainee, [*alone, *staged])
    return evolve(empty, sessions=in_order(sessions, empty), shortfalls=shortfalls)


def _own_of(trainee: Trainee, empty: Schedule, draft: _Draft, owned: dict[date, _Own]) -> _Own:
    """What a person does alone; who is hired within the period spreads it over what is left."""
    if trainee.is_hired(empty.period.first):
        return draft.own
    if not trainee.is_hired(empty.period.last):
        return _Own((), (), draft.load)
    hired_on = cast(date, trainee.hired_on)
    if hired_on not in owned:
        owned[hired_on] = _owned(empty, draft.days, draft.load, hired_on)
    return owned[hired_on]


def _lacking_of_stages(
    empty: Schedule, trainee: Trainee, own: Sequence[Session]
) -> Iterator[Shortfall]:
    """What a person lacks of targets that stages count towards, of which no more can be held."""
    plan, since = empty.plan, Period(trainee.hired_on or date.min, date.max)
    for target in plan.targets:
        if is_staged(target, plan):
            there = [each for each in own if plan.activity(each.activity).kind is target.kind]
            for period in shared(empty.period, since):
                for span in target.per.whole_within(period):
                    lacking = lacks(target, span, there, plan)
                    if lacking > 0:
                        lack = lack_of(target, span, lacking, ShortfallCause.AT_MOST)
                        yield evolve(lack, person=trainee.id)


def in_order(sessions: Iterable[Session], schedule: Schedule) -> list[Session]:
    """Sessions by day, then in the order of the plan, of the groups and of the people."""
    activities = {each.id: place for place, each in enumerate(schedule.plan.activities)}
    groups: dict[str | None, int] = {each.id: place for place, each in enumerate(schedule.groups)}
    people: dict[str | None, int] = {each.id: place for place, each in enumerate(schedule.people)}
    return sorted(
        sessions,
        key=lambda session: (
            session.on,
            activities[session.activity],
            groups.get(session.group, len(groups)),
            people.get(session.person, -1),
            session.planned_on,
            session.make_up,
            session.number,
        ),
    )


# Placing: what is the same for every team.


class _Placing:
    """The sessions of a team, or of each person alone, as they find their days."""

    def __init__(
        self,
        empty: Schedule,
        days: Days,
        load: Load,
        *,
        per_person: bool,
        since: date = date.min,
    ) -> None:
        plan = self.plan = empty.plan
        self.whole = empty.period
        self.since = since
        self.period = Period(max(since, empty.period.first), empty.period.last)
        self.days = days
        self.load = load
        self.activities = [each for each in plan.activities if each.per_person is per_person]
        self.targets = [each for each in plan.targets if is_own(each, plan) is per_person]
        self.sessions: dict[str, list[Session]] = {}
        self.shortfalls: list[Shortfall] = []

    def fix(self) -> None:
        """Place what has its day by the calendar."""
        for activity in self.activities:
            if isinstance(activity.timing, Cadence):
                self.sessions[activity.id] = list(self._of_cadence(activity, activity.timing))
        following = [each for each in self.activities if each.follows is not None]
        for activity in following:
            self._keep_order(activity, self.plan.activity(str(activity.follows)))
        for activity in following:
            self.shortfalls += self._disorder(activity)
        for activity, session in self.fixed():
            self.load[session.on] += activity.duration

    def fixed(self) -> Iterator[tuple[Activity, Session]]:
        """What has its day by the calendar."""
        for activity in self.activities:
            if isinstance(activity.timing, Cadence):
                yield from ((activity, session) for session in self.sessions[activity.id])

    def choose(self) -> None:
        """Place what may choose its day."""
        for activity in self.activities:
            if isinstance(activity.timing, Quota):
                self.sessions[activity.id] = list(self._of_quota(activity, activity.timing))
        for target in self.targets:
            if not is_staged(target, self.plan):
                self.meet(target)

    def _of_cadence(self, activity: Activity, cadence: Cadence) -> Iterator[Session]:
        for planned_on in cadence.days(self.whole):
            if planned_on not in self.period:
                continue
            on = self.days.open.adjusted(planned_on, activity.adjustment)
            if on is not None and on < self.period.first:
                on = self.days.open.next_working_day(planned_on)
            if on is not None:
                cause = None if on == planned_on else self.days.cause(planned_on)
                yield Session(activity.id, planned_on, on=on, cause=cause)

    def _keep_order(self, activity: Activity, followed: Activity) -> None:
        """Let each session come after what it follows, which was planned for the same month."""
        sessions, earlier = self.sessions[activity.id], self.sessions[followed.id]
        for place, session in enumerate(sessions):
            before = place_followed(session, earlier)
            if before is None or earlier[before].on < session.on:
                continue
            month, study = Span.MONTH.of(session.planned_on), earlier[before]
            later = self.days.between(session.on, month, after=study.on)
            sooner = self.days.between(
                study.on,
                overlap(month, self.period),
                after=self._followed_on(study, followed),
                before=session.on,
            )
            if later is not None and activity.adjustment is not Adjustment.NONE:
                sessions[place] = moved(session, later, Cause.ORDER)
            elif sooner is not None and followed.adjustment is not Adjustment.NONE:
                earlier[before] = moved(study, sooner, Cause.ORDER)
            elif activity.adjustment is not Adjustment.NONE:
                # The month has no day for both: it is left, the order kept.
                beyond = self.days.open.next_working_day(study.on)
                sessions[place] = moved(session, beyond, Cause.ORDER)

    def _followed_on(self, session: Session, activity: Activity) -> date | None:
        """The day of what a session follows; None where it follows nothing."""
        earlier = self.sessions.get(activity.follows or "", [])
        place = place_followed(session, earlier)
        return None if place is None else earlier[place].on

    def _disorder(self, activity: Activity) -> Iterator[Shortfall]:
        """What still comes before what it follows, by the month."""
        months: Counter[Period] = Counter()
        for session in self.sessions[activity.id]:
            followed_on = self._followed_on(session, activity)
            if followed_on is not None and followed_on >= session.on:
                months[Span.MONTH.of(session.planned_on)] += 1
        for month, missing in months.items():
            yield Shortfall(activity.id, period=month, missing=missing, why=ShortfallCause.ORDER)

    def _of_quota(self, activity: Activity, quota: Quota) -> Iterator[Session]:
        alike = [
            each.id
            for each in self.plan.activities
            if isinstance(each.timing, Quota) and each.timing.per is quota.per
        ]
        # Activities of one span take turns in it, so that they do not all meet in its middle.
        phase = (2 * alike.index(activity.id) + 1, 2 * len(alike))
        for cut in quota.per.within(self.period):
            whole = quota.per.of(cut.first)
            span = Period(max(whole.first, self.since), whole.last)
            planned = ideals(self.days.open, span, quota.to_plan, phase)
            due = [each for each in numbered(planned) if each[0] in cut]
            sessions = list(self._spread(activity, cut, due))
            yield from sessions
            missing = len(due) - len(sessions)
            if not planned and span == cut:
                missing = quota.to_plan
            if missing:
                self.shortfalls.append(
                    Shortfall(
                        activity.id, period=cut, missing=missing, why=ShortfallCause.NO_OPEN_DAY
                    )
                )

    def _spread(
        self, activity: Activity, span: Period, due: Iterable[tuple[date, int]]
    ) -> Iterator[Session]:
        used: set[date] = set()
        for planned_on, number in due:
            on = self.days.for_minutes(activity.duration, planned_on, span, self.load, used)
            if on is not None:
                used.add(on)
                self.load[on] += activity.duration
                yield settled(activity, planned_on, on, number)

    def meet(self, target: Target) -> None:
        """Add what a target still lacks in each whole span."""
        for span in target.per.whole_within(self.period):
            lacking = lacks(target, span, self._of_kind(target.kind), self.plan)
            if lacking > 0:
                self._make_up(target, span, lacking)

    def _of_kind(self, kind: ActivityKind) -> list[Session]:
        return [
            session
            for activity in self.plan.activities
            if activity.kind is kind
            for session in self.sessions.get(activity.id, ())
        ]

    def _make_up(self, target: Target, span: Period, lacking: int) -> None:
        activity = next(making_up(target, self.plan), None)
        if activity is None:
            there_are = any(each.kind is target.kind for each in self.plan.activities)
            why = ShortfallCause.AT_MOST if there_are else ShortfallCause.NO_ACTIVITY
            self.shortfalls.append(lack_of(target, span, lacking, why))
            return
        used = {session.on for session in self._of_kind(target.kind)}
        free = [
            day
            for day in span
            if day not in used and self.days.holds(day, self.load[day] + activity.duration)
        ]
        chosen = evenly(free, -(-lacking // worth(target, activity)))
        for day in chosen:
            self.load[day] += activity.duration
        self.sessions[activity.id] += (
            Session(activity.id, day, on=day, make_up=True) for day in chosen
        )
        left = lacking - len(chosen) * worth(target, activity)
        if left > 0:
            self.shortfalls.append(lack_of(target, span, left, ShortfallCause.NO_OPEN_DAY))

    def taught(self) -> list[Session]:
        """All sessions, with the courses that each of them teaches."""
        return [
            session
            for activity in self.plan.activities
            for session in with_courses(activity, self.sessions.get(activity.id, ()))
        ]


# Stages: what each person does in their own time.


def _staged(
    empty: Schedule, days: Days, load: Load, trainee: Trainee
) -> tuple[list[Session], list[Shortfall]]:
    plan, period, load = empty.plan, empty.period, load.copy()
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    for activity in plan.activities:
        timing = activity.timing
        if not isinstance(timing, CareerStage):
            continue
        courses = courses_of(activity, timing, trainee, plan)
        window = window_of(timing, trainee, period, activity) if courses else None
        if window is None:
            continue
        within = overlap(window, period)
        planned = ideals(days.open, window, len(courses), (1, 2))
        lost = [] if planned else list(courses)
        for course, (planned_on, number) in zip(courses, numbered(planned), strict=False):
            if planned_on in period:
                on = days.for_minutes(activity.duration, planned_on, within, load)
                if on is None:
                    lost.append(course)
                else:
                    load[on] += activity.duration
                    session = settled(activity, planned_on, on, number)
                    taught = (course, *activity.each_time)
                    sessions.append(evolve(session, courses=taught, person=trainee.id))
        if lost:
            lack = Shortfall(
                activity.id, period=within, missing=len(lost), why=ShortfallCause.NO_OPEN_DAY
            )
            shortfalls.append(evolve(lack, person=trainee.id))
    return sessions, shortfalls


def courses_of(
    activity: Activity, stage: CareerStage, trainee: Trainee, plan: TrainingPlan
) -> Sequence[str]:
    """The courses that a person takes in a stage, in their order."""
    if not stage.needed_only:
        return activity.courses
    for need in trainee.needs:
        if need not in plan.curriculum:
            raise UnknownCourseError(
                f'trainee "{trainee.id}" needs course "{need}", which is not in curriculum '
                f'"{plan.curriculum}"{did_you_mean(need, plan.curriculum)}'
            )
    return [need for need in trainee.needs if need in activity.courses]


def window_of(
    stage: CareerStage, trainee: Trainee, period: Period, activity: Activity
) -> Period | None:
    """The days of a person's stage, as far as it has to do with a period; None where it has not."""
    if trainee.hired_on is None:
        raise TrainingError(
            f'trainee "{trainee.id}" has no hired_on, from which activity "{activity.id}" is '
            "reckoned; give the day of hiring"
        )
    first = months_after(trainee.hired_on, stage.after_months)
    if first is None or first > period.last:
        return None
    if stage.lasts_months is None:
        return Period(max(first, period.first), period.last)
    end = months_after(trainee.hired_on, stage.after_months + stage.lasts_months)
    last = date.max if end is None else end - _DAY
    return Period(first, last) if period.first <= last else None


def months_after(day: date, months: int) -> date | None:
    """The day some months later; None beyond the calendar."""
    try:
        return day + relativedelta(months=months)
    except ValueError:
        return None


def shared(one: Period, other: Period) -> list[Period]:
    """The days that two periods share, if there are any."""
    return [overlap(one, other)] if max(one.first, other.first) <= min(one.last, other.last) else []


def overlap(one: Period, other: Period) -> Period:
    """The days that two periods share, which share some."""
    return Period(max(one.first, other.first), min(one.last, other.last))


# Days: where what may choose its day goes.


def ideals(calendar: WorkCalendar, span: Period, count: int, phase: tuple[int, int]) -> list[date]:
    """As many working days of a span, as even as they can be; none where there is none.

    The phase is where in its own share of the span each of them is: a half is the middle.
    """
    there_are = calendar.working_days(span)
    numerator, denominator = phase
    places = [
        (place * denominator + numerator) * there_are // (denominator * count)
        for place in range(count if there_are else 0)
    ]
    return [calendar.working_day_in(span, place + 1) for place in places]


def evenly(days: Sequence[date], count: int) -> list[date]:
    """As many of some days, as even as they can be; all where there are not so many."""
    count = min(count, len(days))
    return [days[(2 * place + 1) * len(days) // (2 * count)] for place in range(count)]


def numbered(days: Iterable[date]) -> Iterator[tuple[date, int]]:
    """Days, each with how often it has come so far."""
    seen: Counter[date] = Counter()
    for day in days:
        seen[day] += 1
        yield day, seen[day]


def nearest(day: date, within: Period, fits: Callable[[date], bool]) -> date | None:
    """The nearest day of a period that fits; of two as near, the later."""
    return next(filter(fits, outward(day, within)), None)


def outward(day: date, within: Period) -> Iterator[date]:
    """The days of a period, from the nearest to a day on."""
    here, first, last = day.toordinal(), within.first.toordinal(), within.last.toordinal()
    furthest = max(here - first, last - here)
    for distance in range(max(furthest, -1) + 1):
        for ordinal in dict.fromkeys((here + distance, here - distance)):
            if first <= ordinal <= last:
                yield date.fromordinal(ordinal)


# Order: what comes after what in a month.


def place_followed(session: Session, earlier: Sequence[Session]) -> int | None:
    """Which of some sessions one follows: of its month the last planned up to it, or the first."""
    month = Span.MONTH.of(session.planned_on)
    places = [place for place, each in enumerate(earlier) if each.planned_on in month]
    due = [place for place in places if earlier[place].planned_on <= session.planned_on]
    return due[-1] if due else next(iter(places), None)


def moved(session: Session, on: date, cause: Cause) -> Session:
    """A session on another day."""
    return evolve(session, on=on, cause=None if on == session.planned_on else cause)


def settled(activity: Activity, planned_on: date, on: date, number: int) -> Session:
    """A session of an activity that may choose its day."""
    cause = None if on == planned_on else Cause.FULL
    return Session(activity.id, planned_on, on=on, cause=cause, number=number)


# Targets: how much there is of a kind.

_MINUTES: Mapping[TargetUnit, int] = {
    TargetUnit.DAYS: 1,
    TargetUnit.SESSIONS: 1,
    TargetUnit.HOURS: 60,
}
"""The fine units in which a target is reckoned: an hour has sixty."""


def is_own(target: Target, plan: TrainingPlan) -> bool:
    """Whether each person has to reach a target alone, since no activity of the team counts."""
    kinds = [each for each in plan.activities if each.kind is target.kind]
    alone = [each.per_person or isinstance(each.timing, CareerStage) for each in kinds]
    return bool(kinds) and all(alone)


def is_staged(target: Target, plan: TrainingPlan) -> bool:
    """Whether stages, which are each person's own, count towards a target."""
    return is_own(target, plan) and any(
        each.kind is target.kind and isinstance(each.timing, CareerStage)
        for each in plan.activities
    )


def asked_for(target: Target) -> int:
    """How much a target asks for in a span, in fine units."""
    return target.at_least * _MINUTES[target.unit]


def lacks(target: Target, span: Period, sessions: Iterable[Session], plan: TrainingPlan) -> int:
    """How much a span lacks, in fine units; 0 or less where the target is met."""
    within = [session for session in sessions if session.on in span]
    if target.unit is TargetUnit.DAYS:
        there_is = len({session.on for session in within})
    else:
        there_is = sum(worth(target, plan.activity(session.activity)) for session in within)
    return asked_for(target) - there_is


def worth(target: Target, activity: Activity) -> int:
    """What one more session adds to a target, in fine units."""
    return activity.duration if target.unit is TargetUnit.HOURS else 1


def making_up(target: Target, plan: TrainingPlan) -> Iterator[Activity]:
    """The activities of which more can be held for a target."""
    for activity in plan.activities:
        bounded = isinstance(activity.timing, Quota) and activity.timing.at_most is not None
        staged = isinstance(activity.timing, CareerStage)
        own = activity.per_person is not is_own(target, plan)
        if activity.kind is target.kind and not (bounded or staged or own):
            yield activity


def in_units(target: Target, lacking: int) -> int:
    """How much is missing in a target's own units, begun ones in full."""
    return -(-lacking // _MINUTES[target.unit])


def lack_of(target: Target, span: Period, lacking: int, why: ShortfallCause) -> Shortfall:
    """What is missing of a target, in its own units."""
    missing = in_units(target, lacking)
    return Shortfall(kind=target.kind, unit=target.unit, period=span, missing=missing, why=why)


# Courses: which session teaches what.


def with_courses(activity: Activity, sessions: Iterable[Session]) -> Iterator[Session]:
    """Sessions with their courses: in turn, or several at once where courses outnumber sessions."""
    ordered = sorted(sessions, key=lambda session: (session.planned_on, session.make_up))
    courses, count = activity.courses, len(ordered)
    for place, session in enumerate(ordered):
        if count >= len(courses):
            yield with_turn(session, activity, place)
        else:
            first, after = place * len(courses) // count, (place + 1) * len(courses) // count
            yield evolve(session, courses=courses[first:after] + activity.each_time)


def with_turn(session: Session, activity: Activity, place: int) -> Session:
    """A session with the courses that its place in the turn gives it."""
    courses = activity.courses
    turn = (courses[place % len(courses)],) if courses else ()
    return evolve(session, courses=turn + activity.each_time)
