"""Invitations: the messages that attendees get of sessions, and of what became of them (RFC 5546).

Needs the extra ``icalendar``. Beside a schedule as it was, only what somebody would read otherwise
is sent, to those who attended or attend now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from cmappraisal.interop.icalendar_pages import Pages
from cmappraisal.texts import Choice, Text
from cmappraisal.training.schedules import Schedule, sequence_for, taken_from
from cmappraisal.training.sessions import Session


class Method(Choice):
    """What an invitation asks for.

    >>> Method("request").value
    'request'
    """

    REQUEST = "request", Text("邀請", "邀请", en="invitation")
    CANCEL = "cancel", Text("取消", "取消", en="cancellation")


@frozen
class Invitation:
    """A message about one session, for a mail with a part of type ``text/calendar``.

    Args:
        session: The id of the session.
        method: What it asks for; the parameter ``method`` of that part.
        to: The addresses that it goes to.
        file: The file, in UTF-8.
    """

    session: str
    method: Method = field(kw_only=True)
    to: tuple[str, ...] = field(kw_only=True)
    file: bytes = field(kw_only=True, repr=lambda file: f"<{len(file)} bytes>")


@frozen(eq=False)
class Published:
    """A schedule as it is sent to its attendees.

    Args:
        schedule: The schedule.
        pages: Its files.
        addresses: The address of each person, by id; whoever has none is told nothing.
    """

    schedule: Schedule
    pages: Pages
    addresses: Mapping[str, str]

    def requests(
        self, session: Session, attendees: Iterable[str], to: Collection[str]
    ) -> Iterator[Invitation]:
        """The invitations of some of the attendees of a session."""
        there = self._addressed(attendees)
        invited: defaultdict[int, list[str]] = defaultdict(list)
        for person, address in self._addressed(to):
            # Who had it, and then had it no more, knows a later state of it than others.
            invited[sequence_for(self.schedule, session, person)].append(address)
        for sequence, addresses in invited.items():
            file = self.pages.message(
                session, "REQUEST", there, cancelled=False, of_all=True, sequence=sequence
            )
            yield Invitation(session.id, method=Method.REQUEST, to=tuple(addresses), file=file)

    def cancellations(
        self, session: Session, from_whom: Mapping[str, int], *, of_all: bool
    ) -> Iterator[Invitation]:
        """The cancellations of a session as some people had it.

        Args:
            session: The session.
            from_whom: The ids of those people, each with the sequence of the cancellation.
            of_all: Whether it is cancelled for all.
        """
        told: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for person, address in self._addressed(from_whom):
            told[from_whom[person]].append((person, address))
        for sequence, people in told.items():
            file = self.pages.message(
                session, "CANCEL", people, cancelled=True, of_all=of_all, sequence=sequence
            )
            to = tuple(address for _, address in people)
            yield Invitation(session.id, method=Method.CANCEL, to=to, file=file)

    def _addressed(self, people: Iterable[str]) -> list[tuple[str, str]]:
        known = self.addresses
        return [(person, known[person]) for person in people if person in known]


def all_invitations(now: Published) -> Iterator[Invitation]:
    """Everybody's invitations to each session that is held."""
    for session in now.schedule.sessions:
        attendees = now.schedule.attendees(session)
        yield from now.requests(session, attendees, attendees)


def changed_invitations(now: Published, was: Published, since: date) -> Iterator[Invitation]:
    """What to tell of a schedule to those who know it as it was.

    Args:
        now: The schedule.
        was: The schedule as it was.
        since: The first day of which anything is told.
    """
    before = {each.id: each for each in was.schedule.sessions}
    for session in now.schedule.sessions:
        earlier = before.pop(session.id, None)
        if max(session.on, session.on if earlier is None else earlier.on) >= since:
            yield from _told_of(session, earlier, now, was)
    cancelled = {each.id: each.sequence for each in now.schedule.cancelled}
    for session in before.values():
        if session.on >= since:
            sequence = cancelled.get(session.id, session.sequence + 1)
            known = {
                person: max(sequence, sequence_for(was.schedule, session, person) + 1)
                for person in was.schedule.attendees(session)
            }
            yield from was.cancellations(session, known, of_all=True)


def _told_of(
    session: Session, earlier: Session | None, now: Published, was: Published
) -> Iterator[Invitation]:
    """What to tell of a session that is held."""
    there = now.schedule.attendees(session)
    if earlier is None:
        yield from now.requests(session, there, there)
        return
    had = was.schedule.attendees(earlier)
    reads_otherwise = now.pages.text(session) != was.pages.text(earlier)
    if not reads_otherwise and there == had:
        return
    known, still = set(had), set(there)
    come = [person for person in there if reads_otherwise or person not in known]
    yield from now.requests(session, there, come)
    left = {
        person: _sequence_of_loss(earlier, person, now, was)
        for person in had
        if person not in still
    }
    yield from was.cancellations(earlier, left, of_all=False)


def _sequence_of_loss(session: Session, person: str, now: Published, was: Published) -> int:
    taken = taken_from(now.schedule, person).get(session.id)
    least = sequence_for(was.schedule, session, person) + 1
    return least if taken is None else max(least, taken.sequence)
