"""Scheduling: from what a plan asks for to days of the calendar, for each team and each person.

A team's sessions are worked out once, however many teams there are; then each person's stages find
their days around what the person does already. What finds no day is a shortfall of the schedule,
never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import date
from typing import cast

from attrs import evolve

from cmappraisal.calendars import WorkCalendar
from cmappraisal.errors import UnknownCourseError
from cmappraisal.fields import is_iterable, require
from cmappraisal.periods import Period
from cmappraisal.training.contradictions import checked_fields, reject_contradictions
from cmappraisal.training.days import shared
from cmappraisal.training.drafts import Draft, Individual, drafted, individual_since
from cmappraisal.training.plans import TrainingPlan
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.stages import problems_of_stages, staged
from cmappraisal.training.targets import is_staged, missing_of, shortfall_of
from cmappraisal.training.timetables import in_order
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
        period: The days to plan. Of a quota's span that it cuts, it has what is planned for its
            days; a target is looked after in the spans that it has in full.
        calendar: Which days are worked.
        trainees: Those who are trained as one team without a name.
        groups: The groups that are trained, each as a team. Where there are groups and no
            ``trainees``, there is no team without a name.
        blackouts: Dates without any session; a :class:`~cmappraisal.Period` is as good. What falls
            on them moves as from a day off.
        full_days: Dates that are full already. What may choose its day keeps off them.

    Returns:
        The schedule. Each session has the day it was planned for, the day it takes place and the
        cause where they differ; the schedule lists its shortfalls.

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
        full_days=full_days,
    )
    reject_contradictions(problems_of_stages(empty), all_unknown=UnknownCourseError)
    return _filled(empty, drafted(empty))


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
    draft = drafted(empty)
    for number, group in enumerate(groups):
        require("schedule_each", f"groups[{number}]", group, isinstance(group, Group), "a Group")
        of_group = evolve(empty, groups=(group,))
        problems = problems_of_stages(of_group, number)
        reject_contradictions(problems, all_unknown=UnknownCourseError)
        yield _filled(of_group, draft)


def _filled(empty: Schedule, draft: Draft) -> Schedule:
    """A schedule with the sessions of its teams and people."""
    sessions: list[Session] = []
    shortfalls: list[Shortfall] = []
    since: dict[date, Individual] = {}
    for group, trainees in empty.teams:
        sessions += (session.for_participants(group=group) for session in draft.team)
        shortfalls += (evolve(each, group=group) for each in draft.shortfalls)
        for trainee in trainees:
            of_person, unmet = _of_person(trainee, empty, draft, since)
            sessions += of_person
            shortfalls += unmet
    return evolve(empty, sessions=in_order(sessions, empty), shortfalls=shortfalls)


def _of_person(
    trainee: Trainee, empty: Schedule, draft: Draft, since: dict[date, Individual]
) -> tuple[list[Session], list[Shortfall]]:
    """The individual sessions and shortfalls of a person, stages included."""
    individual = _individual(trainee, empty, draft, since)
    sessions = [session.for_participants(person=trainee.id) for session in individual.sessions]
    shortfalls = [evolve(each, person=trainee.id) for each in individual.shortfalls]
    of_stages, unmet = staged(empty, draft.days, individual.load, trainee)
    sessions += of_stages
    shortfalls += unmet
    shortfalls += _shortfalls_of_stages(empty, trainee, sessions)
    return sessions, shortfalls


def _individual(
    trainee: Trainee, empty: Schedule, draft: Draft, since: dict[date, Individual]
) -> Individual:
    """What a person does; who is hired within the period spreads it over what is left."""
    if trainee.is_hired(empty.period.first):
        return draft.individual
    if not trainee.is_hired(empty.period.last):
        return Individual((), (), draft.load)
    hired_on = cast(date, trainee.hired_on)
    if hired_on not in since:
        since[hired_on] = individual_since(hired_on, empty, draft.days, draft.load)
    return since[hired_on]


def _shortfalls_of_stages(
    empty: Schedule, trainee: Trainee, sessions: Sequence[Session]
) -> Iterator[Shortfall]:
    """The shortfalls of targets that stages count towards, of which no more can be held."""
    plan, since = empty.plan, Period(trainee.hired_on or date.min, date.max)
    for target in plan.targets:
        if is_staged(target, plan):
            there = [each for each in sessions if plan.activity(each.activity).kind is target.kind]
            for period in shared(empty.period, since):
                for span in target.per.whole_within(period):
                    missing = missing_of(target, span, there, plan)
                    if missing > 0:
                        found = shortfall_of(target, span, missing, ShortfallCause.AT_MOST)
                        yield evolve(found, person=trainee.id)
