"""Joining: schedules of periods that follow one another, as the one schedule of all their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from attrs import evolve

from cmappraisal.errors import Problem
from cmappraisal.fields import as_tuple, require_elements
from cmappraisal.periods import Period
from cmappraisal.training.contradictions import reject_contradictions
from cmappraisal.training.demands import asked_of
from cmappraisal.training.missed import held_without, is_held_without
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.plans import Target
from cmappraisal.training.schedules import Schedule, filled
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.targets import asked_for, is_individual, missing_of, shortfall_of
from cmappraisal.training.timetables import by_activity, in_order, of_kind

_ALIKE = (
    "plan",
    "calendar",
    "trainees",
    "groups",
    "blackouts",
    "full_days",
    "rooms",
    "trainers",
    "past_plans",
)
"""What schedules have to have in common to be one."""


def join_schedules(schedules: Iterable[Schedule]) -> Schedule:
    """The schedule of all the days of some schedules, such as of the four quarters of a year.

    What was scheduled under the same plan, calendar, people and blackouts is what :func:`schedule`
    makes of the whole. Where the calendar, the blackouts or the full days became others in between,
    :func:`reschedule` the earlier schedules under those of the last, with ``not_before`` the day
    from which they hold: nothing before it changes.

    Args:
        schedules: The schedules, in the order of their periods, each of which begins on the day
            after the one before it ends.

    Returns:
        The schedule, with all their sessions, and each of their shortfalls once.

    Raises:
        FieldError: The argument is no list of schedules.
        TrainingError: There is no schedule, their periods do not follow one another, or they are
            not of the same plan, calendar, people, rooms, trainers, blackouts and full days; or a
            session is in two of them.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE, schedule
    >>> quarters = [
    ...     schedule(VIP_SERVICE, Period.quarter(2026, number), calendar=WorkCalendar())
    ...     for number in (1, 2, 3, 4)
    ... ]
    >>> year = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
    >>> join_schedules(quarters) == year
    True
    """
    parts = as_tuple(schedules)
    require_elements("join_schedules", "schedules", parts, (Schedule,))
    reject_contradictions(_problems(parts), "join_schedules")
    whole = Period(parts[0].period.first, parts[-1].period.last)
    empty = evolve(parts[0], period=whole, sessions=(), cancelled=(), withdrawn=(), shortfalls=())
    joined = evolve(
        empty,
        sessions=in_order((each for part in parts for each in part.sessions), empty),
        cancelled=in_order((each for part in parts for each in part.cancelled), empty),
        withdrawn=[each for part in parts for each in part.withdrawn],
    )
    return with_shortfalls(joined, (each for part in parts for each in part.shortfalls))


def _problems(parts: Sequence[Schedule]) -> Iterator[Problem]:
    if not parts:
        yield PlanFlaw.NO_SCHEDULES.problem("$.schedules")
    for place, (part, after) in enumerate(pairwise(parts), 1):
        path, named = f"$.schedules[{place}]", (after.plan, after.period)
        if part.period.last + timedelta(days=1) != after.period.first:
            yield PlanFlaw.PERIODS_APART.problem(f"{path}.period", *named, part.period)
        for name in _ALIKE:
            if getattr(part, name) != getattr(after, name):
                flaw = PlanFlaw.OF_ANOTHER_PLAN if name == "plan" else PlanFlaw.OTHERWISE
                yield flaw.problem(f"{path}.{name}", *named, name)


def with_shortfalls(made: Schedule, shortfalls: Iterable[Shortfall]) -> Schedule:
    """A schedule with some shortfalls, each once and in order, and those of weeks of two years."""
    # Who misses a session of a team is looked for anew, in the months as they are now.
    others = (each for each in shortfalls if not is_held_without(each, made))
    found = dict.fromkeys((*others, *_across_years(made), *held_without(made, made.sessions)))
    if not found:
        return made
    activities = {each.id: place for place, each in enumerate(made.activities)}
    teams = {group: place for place, (group, _) in enumerate(made.teams)}
    # Whoever is in no group comes after those that are.
    listed = [*(group.trainees for group in made.groups), made.trainees]
    people = {
        trainee.id: (team, place)
        for team, trainees in enumerate(listed)
        for place, trainee in enumerate(trainees)
    }

    def order(shortfall: Shortfall) -> tuple[object, ...]:
        team = teams.get(shortfall.group, 0), -1
        who = people.get(shortfall.person, team) if shortfall.person is not None else team
        place = len(activities)
        if shortfall.activity is not None:
            place = activities[shortfall.activity]
        # Courses stay in the order of the needs.
        return who, place, str(shortfall.kind), str(shortfall.unit), shortfall.period.first

    return filled(made, made.sessions, sorted(found, key=order), cancelled=made.cancelled)


def _across_years(made: Schedule) -> Iterator[Shortfall]:
    """What is missing of targets in the weeks of two years, of which each is planned by itself."""
    first, last = made.period.first, made.period.last
    weekly = [(each, _weeks(each, made.period)) for each in made.plan.targets]
    if first.year == last.year or not any(weeks for _, weeks in weekly):
        return
    alike = by_activity(made.sessions)
    teams = [(group, None) for group, _ in made.teams]
    people = [(None, each.id) for each in made.people]
    for target, weeks in weekly:
        for group, person in people if is_individual(target, made.plan) else teams:
            there = of_kind(target.kind, (group, person), alike, made)
            for week in weeks:
                asked = asked_of(asked_for(target), week, person, made)
                missing = missing_of(target, week, there, made.activity_of, asked)
                if missing > 0:
                    short = shortfall_of(target, week, missing, ShortfallCause.ACROSS_YEARS)
                    yield evolve(short, group=group, person=person)


def _weeks(target: Target, period: Period) -> list[Period]:
    """The spans of a target that a period has in full, and that lie in two years."""
    spans = target.per.whole_within(period)
    return [span for span in spans if span.first.year != span.last.year]
