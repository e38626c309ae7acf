"""Rolls: how one person attended some sessions, what made up for those that were missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil
from operator import attrgetter
from typing import cast

from attrs import evolve, frozen

from cmappraisal.training.marks import Marks, Occasion
from cmappraisal.training.presence import Presence
from cmappraisal.training.records import ATTENDED, AttendanceStatus
from cmappraisal.training.requirements import Counts
from cmappraisal.training.sessions import Session
from cmappraisal.training.terms import AttendanceTerms

by_day = attrgetter("on")


@frozen(eq=False)
class Attendee:
    """Somebody whose attendance is checked.

    Args:
        id: The id of the person.
        presence: When the person is where.
        statuses: How the person attended, by session.
        guests: The sessions of other teams that the person attended, by activity and by day.
        retaken: What was taken on a later day than that of its session, by session.
    """

    id: str
    presence: Presence
    statuses: Mapping[str, AttendanceStatus]
    guests: Mapping[str, Sequence[Occasion]]
    retaken: Mapping[str, Occasion]

    @classmethod
    def of(cls, person: str, presence: Presence, marks: Marks) -> Attendee:
        """A person as some records have it."""
        guests: dict[str, list[Occasion]] = {}
        for occasion in sorted(marks.guests.get(person, {}).values(), key=by_day):
            guests.setdefault(occasion.activity.id, []).append(occasion)
        retaken: dict[str, Occasion] = {}
        for result in marks.results_of(person):
            if result.on is not None and marks.is_later(result):
                known, own = retaken.get(result.session), marks.occasions[result.session]
                if known is None or result.on < known.on:
                    retaken[result.session] = evolve(own, on=result.on)
        return cls(person, presence, marks.statuses(person), guests, retaken)


@frozen(eq=False)
class Sitting:
    """A session that was held for a person.

    Args:
        occasion: The session.
        status: How the person attended; None where nothing is recorded.
        made_up: What made up for it; None where nothing did.
    """

    occasion: Occasion
    status: AttendanceStatus | None
    made_up: Occasion | None = None

    @property
    def is_missed(self) -> bool:
        """Whether the person was not there, as far as is known, and did not make it up."""
        return self.status not in ATTENDED and self.made_up is None


@frozen(eq=False)
class Roll:
    """How one person attended some sessions, by day.

    Args:
        held: The sessions that were held.
        ahead: Those that are to come.
        waived: How many are not asked of the person, who is on leave on their days.
        beside: What the person attended with another team besides.
        unplanned: How many are asked of the person for which no day was found.
    """

    held: Sequence[Sitting]
    ahead: Sequence[Occasion]
    waived: int
    beside: Sequence[Occasion]
    unplanned: int = 0

    @classmethod
    def of(cls, there: Iterable[Occasion], attendee: Attendee, activity: str, on: date) -> Roll:
        """The roll of some sessions of an activity on a day."""
        held: list[Sitting] = []
        ahead: list[Occasion] = []
        waived = 0
        for occasion in there:
            status = attendee.statuses.get(str(occasion.id))
            retaken = attendee.retaken.get(str(occasion.id))
            if status in ATTENDED or retaken is not None:
                held.append(Sitting(occasion, status, None if status in ATTENDED else retaken))
            elif not attendee.presence.is_there(occasion.on):
                waived += 1
            elif occasion.on > on:
                ahead.append(occasion)
            else:
                held.append(Sitting(occasion, status))
        beside = [
            guest
            for guest in attendee.guests.get(activity, ())
            if not _makes_up(guest, held, ahead)
        ]
        return cls(held, ahead, waived, beside)

    def those(self, *statuses: AttendanceStatus | None) -> list[Occasion]:
        """The sessions held of some statuses that nothing made up for."""
        return [
            each.occasion for each in self.held if each.made_up is None and each.status in statuses
        ]

    @property
    def attended(self) -> list[Occasion]:
        """What was attended, or made up for, by day."""
        made_up = (each.made_up for each in self.held if each.made_up is not None)
        return sorted((*self.those(*ATTENDED), *made_up), key=by_day)

    def absences(self, terms: AttendanceTerms) -> list[Occasion]:
        """What counts as an absence, by day: an absence, or so many late arrivals."""
        late = self.those(AttendanceStatus.LATE)
        each = terms.lates_an_absence
        of_lates = [] if each is None else late[each - 1 :: each]
        return sorted((*self.those(AttendanceStatus.ABSENT), *of_lates), key=by_day)

    def asked(self, excused: int) -> int:
        """How many are asked of the person, but for so many that are excused."""
        return len(self.held) + len(self.ahead) + self.unplanned - excused

    def counts(self, terms: AttendanceTerms, needed: int | None = None, waived: int = 0) -> Counts:
        """What is counted.

        Args:
            terms: What it is to attend.
            needed: How much is needed; None for the share of the sessions that the terms ask for,
                all but the excused.
            waived: How much is waived, where a number is needed.
        """
        status = Counter(each.status for each in self.held if each.made_up is None)
        made_up = sum(each.made_up is not None for each in self.held)
        excused, late = status[AttendanceStatus.EXCUSED], status[AttendanceStatus.LATE]
        late_absences = late // terms.lates_an_absence if terms.lates_an_absence else 0
        return Counts(
            needed=ceil(Fraction(terms.at_least) * self.asked(excused))
            if needed is None
            else needed,
            done=status[AttendanceStatus.PRESENT] + late + made_up - late_absences,
            to_come=len(self.ahead),
            present=status[AttendanceStatus.PRESENT],
            late=late,
            absent=status[AttendanceStatus.ABSENT],
            excused=excused,
            unrecorded=status[None],
            made_up=made_up,
            late_absences=late_absences,
            waived=self.waived if needed is None else waived,
        )


def _makes_up(guest: Occasion, held: list[Sitting], ahead: list[Occasion]) -> bool:
    """Whether a session of another team makes up for one of a person's, which it then does.

    It does for the same session of the person's team, whenever that is; else for the last one
    before it that the person missed and that taught nothing else.
    """
    missed = [place for place, each in enumerate(held) if each.is_missed]
    twins = [place for place in missed if _are_twins(held[place].occasion, guest)]
    earlier = [
        place
        for place in missed
        if held[place].occasion.on < guest.on and _teaches(guest, held[place].occasion)
    ]
    ahead_twins = [place for place, each in enumerate(ahead) if _are_twins(each, guest)]
    if twins or earlier:
        place = (*twins, *earlier[::-1])[0]
        held[place] = evolve(held[place], made_up=guest)
    elif ahead_twins:
        held.append(Sitting(ahead.pop(ahead_twins[0]), None, guest))
    return bool(twins or earlier or ahead_twins)


def _are_twins(one: Occasion, other: Occasion) -> bool:
    """Whether two sessions of one activity are the same one of two teams."""
    own, others = _session_of(one), _session_of(other)
    return (own.planned_on, own.number, own.make_up) == (
        others.planned_on,
        others.number,
        others.make_up,
    )


def _teaches(guest: Occasion, missed: Occasion) -> bool:
    """Whether a session teaches all that another does."""
    return set(_session_of(missed).courses) <= set(_session_of(guest).courses)


def _session_of(occasion: Occasion) -> Session:
    return cast(Session, occasion.session)
