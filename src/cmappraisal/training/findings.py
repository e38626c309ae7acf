"""Findings: what is found again in a schedule, each part worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, TypeAlias

from cmappraisal.training.plans import Activity
from cmappraisal.training.presence import Presence
from cmappraisal.training.sessions import Participants, Session
from cmappraisal.training.trainees import Trainee

if TYPE_CHECKING:
    from cmappraisal.training.schedules import Schedule


class Found:
    """What is found again in a schedule: each part is worked out when it is first asked for."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        plans = (schedule.plan, *(past.plan for past in reversed(schedule.past_plans)))
        self.activities: dict[str, Activity] = {}
        for plan in plans:
            for activity in plan.activities:
                self.activities.setdefault(activity.id, activity)

    @cached_property
    def presences(self) -> dict[str, Presence]:
        """When each person is there, by id."""
        schedule = self._schedule
        groups = frozenset(group.id for group in schedule.groups)
        listed = chain(
            ((each.id, each.trainees) for each in schedule.groups), [(None, schedule.trainees)]
        )
        return {
            trainee.id: Presence.of(trainee, group, groups, schedule.plan.presence)
            for group, trainees in listed
            for trainee in trainees
        }

    @cached_property
    def members(self) -> dict[str | None, list[tuple[str, date, date]]]:
        """Who is there in each team from when to when: what a session asks of hundreds."""
        members: dict[str | None, list[tuple[str, date, date]]] = {None: []}
        members.update((group.id, []) for group in self._schedule.groups)
        for person, presence in self.presences.items():
            for stay in presence.work:
                members[stay.group].append((person, stay.first, stay.last))
        return members

    @cached_property
    def by_id(self) -> dict[str, Session]:
        """The sessions by id, among them the cancelled ones."""
        whole = (*self._schedule.sessions, *self._schedule.cancelled)
        return {session.id: session for session in whole}

    @cached_property
    def withdrawn(self) -> dict[str | None, dict[str, Session]]:
        """The sessions that were withdrawn from each person, by id."""
        withdrawn: dict[str | None, dict[str, Session]] = {}
        for each in self._schedule.withdrawn:
            withdrawn.setdefault(each.person, {})[each.session.id] = each.session
        return withdrawn

    @cached_property
    def _placed(self) -> tuple[_Places, _Places]:
        """The sessions of each team and each person, each with its place."""
        schedule = self._schedule
        return _placed(schedule.sessions), _placed(schedule.cancelled)

    def sessions_of(self, person: str, *, cancelled: bool) -> Iterator[Session]:
        """The sessions of a person, or those that are cancelled, in their order."""
        places = self._placed[cancelled]
        team = [
            placed
            for stay in self.presences[person].work
            for placed in places.get((stay.group, None), ())
            if stay.holds(placed[1].on)
        ]
        own = places.get((None, person), ())
        return (session for _, session in sorted([*team, *own], key=itemgetter(0)))


_Places: TypeAlias = dict[Participants, list[tuple[int, Session]]]


def _placed(sessions: Iterable[Session]) -> _Places:
    places: _Places = {}
    for place, session in enumerate(sessions):
        # What is for one person is for no team, whichever group it names.
        participants = (session.group, None) if session.person is None else (None, session.person)
        there = places.get(participants)
        if there is None:
            places[participants] = [(place, session)]
        else:
            there.append((place, session))
    return places


def people_of(schedule: Schedule, first: int = 0) -> Iterator[tuple[str, Trainee]]:
    """Everybody who is trained, each with the path there; the groups are numbered from a first."""
    for number, group in enumerate(schedule.groups, first):
        for place, trainee in enumerate(group.trainees):
            yield f"$.groups[{number}].trainees[{place}]", trainee
    for place, trainee in enumerate(schedule.trainees):
        yield f"$.trainees[{place}]", trainee


def sessions_of(schedule: Schedule) -> Iterator[tuple[str, Session]]:
    """The sessions, and then those that are cancelled, each with the path there."""
    for name, sessions in (("sessions", schedule.sessions), ("cancelled", schedule.cancelled)):
        for place, session in enumerate(sessions):
            yield f"$.{name}[{place}]", session
