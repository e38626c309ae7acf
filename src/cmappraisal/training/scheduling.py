"""Scheduling: from what a plan asks for to days of the calendar, for each team and each person.

Each calendar year is worked out by itself, whatever part of it is asked for. A team's sessions are
worked out once, however many teams there are; then each person's stages find
their days around what the person does already. What finds no day is a shortfall of the schedule,
never dropped in silence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from itertools import chain

from attrs import evolve, frozen

from cmappraisal.calendars import WorkCalendar
from cmappraisal.errors import UnknownCourseError
from cmappraisal.fields import is_iterable, require
from cmappraisal.periods import Period
from cmappraisal.training.activity_timings import CareerStage
from cmappraisal.training.attending import Attending, around_of
from cmappraisal.training.contradictions import checked_fields, reject_contradictions
from cmappraisal.training.days import shared
from cmappraisal.training.demands import asked_in_spans
from cmappraisal.training.drafts import Draft, Individual, drafts_of
from cmappraisal.training.joining import with_shortfalls
from cmappraisal.training.plans import TrainingPlan
from cmappraisal.training.presence import Presence
from cmappraisal.training.schedule_problems import misplaced
from cmappraisal.training.schedules import Schedule, filled, presence_of
from cmappraisal.training.sessions import Session, for_participants, turn_of
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import problems_of_stages, staged, untaken
from cmappraisal.training.targets import is_staged, missing_of, shortfall_of
from cmappraisal.training.trainees import Group, Trainee


def schedule(
    plan: TrainingPlan,
    period: Period,
    *,
    calendar: WorkCalendar,
    trainees: Iterable[Trainee] = (),
    groups: Iterable[Group] = (),
    blackouts: Iterable[date] = (),
    full_days: Iterable[date] = (),
) -> Schedule:
    """The sessions of a plan in a period.

    Args:
        plan: The plan.
        period: The days to plan. It has what each of its calendar years has planned for these
            days, so that four quarters make the year: the same quotas, courses and make-up
            sessions.
        calendar: Which days are worked.
        trainees: Those who are trained as one team without a name.
        groups: The groups that are trained, each as a team. Where there are groups and no
            ``trainees``, there is no team without a name.
        blackouts: Dates without any session; a :class:`~cmappraisal.Period` is as good. What falls
            on them moves as from a day off.
        full_days: Dates that are full already. What may choose its day keeps off them.

    Returns:
        The schedule. Each session has the day it was planned for, the day it takes place and the
        cause where they differ; the schedule lists its shortfalls: those of the spans that the
        period touches.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: The plan asks for a trainee's day of hiring, or for needs in a curriculum,
            which are not there; or somebody is in two groups.

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
        full_days=full_days,
    )
    reject_contradictions(problems_of_stages(empty), all_unknown=UnknownCourseError)
    return _filled(empty, _Drafts(empty))


def schedule_each(
    plan: TrainingPlan,
    period: Period,
    *,
    calendar: WorkCalendar,
    groups: Iterable[Group],
    blackouts: Iterable[date] = (),
    full_days: Iterable[date] = (),
) -> Iterator[Schedule]:
    """The schedule of each of many groups, one at a time.

    Each is what :func:`schedule` makes of that one group. What they share is worked out once, and
    none is kept: ten thousand teams need no more memory than one.

    Args:
        plan: The plan.
        period: The days to plan.
        calendar: Which days are worked.
        groups: The groups in their order, in any iterable; one is read at a time.
        blackouts: Dates without any session.
        full_days: Dates that are full already.

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
    allowed = "an iterable of Group, in order"
    # The schedules come in the order of the groups, which a set does not have.
    fits = is_iterable(groups) and not isinstance(groups, Set)
    given = checked_fields(
        "schedule_each",
        Schedule,
        {
            "plan": plan,
            "period": period,
            "calendar": calendar,
            "blackouts": blackouts,
            "full_days": full_days,
        },
        ("groups", groups, fits, allowed),
    )
    empty = Schedule(**given)
    drafts = _Drafts(empty)
    for number, group in enumerate(groups):
        require("schedule_each", f"groups[{number}]", group, isinstance(group, Group), "a Group")
        of_group = filled(empty, (), groups=(group,))
        problems = chain(misplaced(of_group, number), problems_of_stages(of_group, number))
        reject_contradictions(problems, all_unknown=UnknownCourseError)
        yield _filled(of_group, drafts)


class _Drafts:
    """The drafts of a schedule's years, and what of them lies in its period."""

    def __init__(self, empty: Schedule) -> None:
        self.period = empty.period
        self.years = drafts_of(empty)
        self.order = {each.id: place for place, each in enumerate(empty.plan.activities)}
        self.team: defaultdict[tuple[date, int], list[Session]] = defaultdict(list)
        for draft in self.years:
            for session in sorted(filter(self.has, draft.team), key=turn_of):
                self.team[session.on, self.order[session.activity]].append(session)
        self.shortfalls = [
            each for draft in self.years for each in draft.shortfalls if self.touches(each)
        ]
        self.since: dict[date, Individual] = {}

    def has(self, session: Session) -> bool:
        """Whether a session is planned for the period."""
        return session.planned_on in self.period

    def touches(self, shortfall: Shortfall) -> bool:
        """Whether some of the span in which something is missing is in the period."""
        return bool(shared(shortfall.period, self.period))


def _filled(empty: Schedule, drafts: _Drafts) -> Schedule:
    """A schedule with the sessions of its teams and people."""
    groups = [group for group, _ in empty.teams]
    shortfalls = [evolve(each, group=group) for group in groups for each in drafts.shortfalls]
    individual: defaultdict[tuple[date, int], list[Session]] = defaultdict(list)
    for trainee in empty.people:
        of_person, unmet = sessions_of_person(trainee, empty, drafts.years, drafts.since)
        for session in of_person:
            individual[session.on, drafts.order[session.activity]].append(session)
        shortfalls += unmet
    sessions: list[Session] = []
    for key in sorted({*drafts.team, *individual}):
        alike = drafts.team.get(key, ())
        sessions += [for_participants(each, group, None) for group in groups for each in alike]
        sessions += individual.get(key, ())
    return with_shortfalls(filled(empty, sessions), shortfalls)


def sessions_of_person(
    trainee: Trainee,
    empty: Schedule,
    drafts: Sequence[Draft],
    since: dict[date, Individual],
    *,
    not_before: date = date.min,
    kept: Sequence[Session] = (),
) -> tuple[list[Session], list[Shortfall]]:
    """The individual sessions of a person in the period, stages included, and the shortfalls.

    Args:
        trainee: The person.
        empty: The schedule, without sessions.
        drafts: The drafts of its years.
        since: What those do who are hired on a day, as far as that is known.
        not_before: The first day that may change.
        kept: The person's sessions that stay, of those days and before.
    """
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    for draft in drafts:
        of_year = _Year(trainee, presence_of(empty, trainee.id), empty, draft, not_before, kept)
        held, unmet = _of_person(of_year, since)
        sessions += (each for each in held if each.planned_on in empty.period)
        shortfalls += (each for each in unmet if shared(each.period, empty.period))
    return sorted(sessions, key=lambda each: (each.on, *turn_of(each))), shortfalls


@frozen(eq=False)
class _Year:
    """A calendar year of a person.

    Args:
        trainee: The person.
        presence: When the person is there.
        empty: The schedule, without sessions.
        draft: The draft of the year.
        not_before: The first day that may change.
        kept: The person's sessions that stay, of all years.
    """

    trainee: Trainee
    presence: Presence
    empty: Schedule
    draft: Draft
    not_before: date
    kept: Sequence[Session]

    @property
    def period(self) -> Period:
        """The days of the year."""
        return self.draft.empty.period

    @property
    def is_as_drafted(self) -> bool:
        """Whether the person is there all the time, and everything may change."""
        return self.not_before == date.min and self.presence.is_whole(around_of(self.period))

    @property
    def is_of_somebody_new(self) -> bool:
        """Whether the person is there from the day of hiring on, and has nothing yet."""
        first = self.presence.work[0].first if self.presence.is_plain else None
        # Stages are reckoned from the day of hiring too.
        from_hiring = first is not None and first == (self.trainee.since or date.min)
        return from_hiring and not self.kept and first is not None and self.not_before <= first

    def attending(self) -> Attending:
        """When the person is there, and what the person has of this year."""
        return Attending.of(
            self.presence,
            self.period,
            self.draft.days,
            period=self.empty.period,
            not_before=self.not_before,
            kept=[each for each in self.kept if each.planned_on in self.period],
        )


def _of_person(year: _Year, since: dict[date, Individual]) -> tuple[list[Session], list[Shortfall]]:
    """The individual sessions and shortfalls of a year."""
    draft, trainee, there = year.draft, year.trainee, None
    if year.is_as_drafted:
        individual = draft.individual
    elif year.is_of_somebody_new:
        individual = _since(year, since)
    elif year.presence.works_in(year.period):
        there = year.attending()
        individual = draft.individual_while(there)
    elif year.presence.is_in(year.period):
        there, individual = year.attending(), Individual((), (), draft.load)
    else:
        return [], []
    sessions = [for_participants(each, None, trainee.id) for each in individual.sessions]
    shortfalls = [evolve(each, person=trainee.id) for each in individual.shortfalls]
    if any(isinstance(each.timing, CareerStage) for each in draft.empty.plan.activities):
        taught = None if there is None else evolve(there, kept=year.kept)
        of_stages, unmet = staged(draft.empty, draft.days, individual.load, trainee, taught)
        sessions += of_stages
        shortfalls += unmet
        shortfalls += _shortfalls_of_stages(year, sessions)
    shortfalls += untaken(draft.empty.plan, year.period, trainee)
    return sessions, shortfalls


def _since(year: _Year, since: dict[date, Individual]) -> Individual:
    """What a person does; all those who are hired on one day of the year do the same."""
    first, draft = year.presence.work[0].first, year.draft
    if first <= year.period.first:
        return draft.individual
    if first > year.period.last:
        return Individual((), (), draft.load)
    if first not in since:
        since[first] = draft.individual_while(year.attending())
    return since[first]


def _shortfalls_of_stages(year: _Year, sessions: Sequence[Session]) -> Iterator[Shortfall]:
    """The shortfalls of targets that stages count towards, of which no more can be held."""
    empty = year.draft.empty
    plan = empty.plan
    for target in filter(lambda each: is_staged(each, plan), plan.targets):
        there = [each for each in sessions if plan.activity(each.activity).kind is target.kind]
        for span, asked in asked_in_spans(target, year.presence, empty):
            missing = missing_of(target, span, there, empty.activity_of, asked)
            if missing > 0:
                found = shortfall_of(target, span, missing, ShortfallCause.AT_MOST)
                yield evolve(found, person=year.trainee.id)
