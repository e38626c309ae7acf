"""Losses: what is still missing of a schedule that was made again, and what it lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from cmappraisal.periods import Period
from cmappraisal.training.demands import asked_of
from cmappraisal.training.missed import is_held_without
from cmappraisal.training.moving import Moving, broken, is_asked_for
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall, ShortfallCause
from cmappraisal.training.targets import asked_for, in_units, missing_of
from cmappraisal.training.timetables import Alike, by_activity, of_kind


def losses_of(moving: Moving, *, anew: bool) -> Iterator[Shortfall]:
    """The shortfalls of what was missing and still is, and of what was lost.

    Args:
        moving: The sessions after they moved.
        anew: Whether another edition of the plan asks for it.
    """
    schedule = moving.conditions.before
    # Who misses a session of a team is looked for anew.
    before = [each for each in schedule.shortfalls if not is_held_without(each, schedule)]
    if moving.timetable.sessions == moving.was and not anew:
        yield from before
        return
    missing = {evolve(each, missing=1): each.missing for each in before}
    missing.update((each, 0) for each in moving.shortfalls if each not in missing)
    # What an earlier edition of the plan asked for, and this one does not, is no loss.
    cancelled, were_cancelled = (
        by_activity(each for each in lost.values() if is_asked_for(each, alike, moving))
        for lost, alike in (
            (moving.cancelled, moving.timetable.alike),
            (moving.was_cancelled, moving.was_alike),
        )
    )
    for shortfall, was in missing.items():
        still = _still_missing(shortfall, was, cancelled, were_cancelled, moving)
        if still > 0:
            yield evolve(shortfall, missing=still)


def _still_missing(
    shortfall: Shortfall, was: int, cancelled: Alike, were_cancelled: Alike, moving: Moving
) -> int:
    """How much is missing now of something that was missing, or that was lost."""
    if shortfall.kind is not None:
        return _still_missing_of_target(shortfall, was, moving)
    if shortfall.course is not None:
        return was
    key = str(shortfall.activity), (shortfall.group, shortfall.person)
    if shortfall.cause in (ShortfallCause.ORDER, ShortfallCause.OUTSIDE):
        there = _planned_in(shortfall.period, moving.timetable.alike[key].values())
        return sum(shortfall.cause in broken(each, moving.timetable) for each in there)
    if shortfall.cause is ShortfallCause.NO_SUCH_DAY:
        there = _planned_in(shortfall.period, moving.timetable.alike[key].values())
        return 0 if any(not each.make_up for each in there) else max(was, 1)
    lost, were_lost = (
        len(_planned_in(shortfall.period, there[key].values()))
        for there in (cancelled, were_cancelled)
    )
    return max(was - were_lost, 0) + lost


def _planned_in(period: Period, sessions: Iterable[Session]) -> list[Session]:
    return [session for session in sessions if session.planned_on in period]


def _still_missing_of_target(shortfall: Shortfall, was: int, moving: Moving) -> int:
    for target in moving.plan.targets:
        if (target.kind, target.unit) == (shortfall.kind, shortfall.unit):
            participants = shortfall.group, shortfall.person
            there = moving.timetable.of_kind(target.kind, participants)
            before = moving.conditions.before
            asked = asked_of(asked_for(target), shortfall.period, shortfall.person, before)
            missing = missing_of(target, shortfall.period, there, before.activity_of, asked)
            whole = moving.conditions.before.period
            if shortfall.period.first in whole and shortfall.period.last in whole:
                return in_units(target, missing)
            # What the rest of the span holds is not here; what is lost here adds to what was.
            there_was = of_kind(target.kind, participants, moving.was_alike, before)
            missed = missing_of(target, shortfall.period, there_was, before.activity_of, asked)
            return was + in_units(target, missing - missed)
    return was
