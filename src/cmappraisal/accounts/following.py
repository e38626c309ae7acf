"""Following: what follows from the violations of a person, what was taken, and what that does.

A consequence that was taken answers the violation in whose case it was taken, where the rule states
it, or else the crossing that this violation is part of; what answers nothing is without ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from attrs import evolve

from cmappraisal.accounts.agendas import Turn
from cmappraisal.accounts.changes import Change
from cmappraisal.accounts.crossings import Crossing, Watch
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.accounts.running import Running
from cmappraisal.consequences import AtMost, Consequence, SettlesWhen
from cmappraisal.making import unchecked
from cmappraisal.provisions import Provision
from cmappraisal.scoring.steps import Reason
from cmappraisal.scoring.terms import Terms
from cmappraisal.takings import Taking

_ZERO = Decimal(0)


class Follows(NamedTuple):
    """A consequence that follows from a violation by its rule.

    Args:
        change: The violation, as it was posted or would be.
        consequence: The consequence.
        reason: What states it.
    """

    change: Change
    consequence: Consequence
    reason: Provision


class Following:
    """What follows from the violations of a person.

    Args:
        person: The id of the person.
        terms: The terms by which the account is kept.
        stated: What follows by rules, by the id of the violation and that of the consequence.
        takings: What was taken through the last day and not lifted, each with the id of the
            violation in whose case it was.
        watch: What finds the crossings.
    """

    def __init__(
        self,
        person: str,
        terms: Terms,
        stated: Mapping[tuple[str, str], Follows],
        takings: Iterable[tuple[str, Taking]],
        *,
        watch: Watch,
    ) -> None:
        self.without_ground: list[TakenWithoutGround] = []
        self.watch = watch
        self._person, self._terms, self._stated = person, terms, stated
        self._takings: dict[tuple[str, str], Taking] = {}
        for violation, taking in takings:
            key = violation, taking.consequence
            # What is entered both for whoever is at fault and for the same person by name.
            if self._takings.setdefault(key, taking) is not taking:
                self._note(key, taking)
        self._answered: dict[tuple[str, str], list[Crossing]] = {}

    def served_on(self, violation: str, consequence: str) -> date | None:
        """The day on which a consequence was served; None where it was not.

        Args:
            violation: The id of the violation in whose case it was taken.
            consequence: The id of the consequence.
        """
        taking = self._takings.get((violation, consequence))
        return None if taking is None else taking.served_on

    def plan(self, running: Running, changes: Iterable[Change]) -> None:
        """Plan what was taken and served.

        Args:
            running: The balance.
            changes: The violations and merits, as they are posted or would be.
        """
        if not self._takings:
            return
        days = {change.id: change.counted_on for change in changes}
        for key, taking in self._takings.items():
            # What is taken before its violation counts does nothing to a balance without that.
            first = days.get(key[0], date.min)
            for day, act in ((taking.taken_on, self._take), (taking.served_on, self._serve)):
                if day is not None:
                    later = max(day, first)
                    running.agenda.plan(
                        later, Turn.TAKING, partial(act, running, key, later), key[0]
                    )

    def _take(self, running: Running, key: tuple[str, str], day: date) -> None:
        taking = self._takings[key]
        answered = self.watch.answered(*key)
        if key in self._stated:
            # It is one consequence of one violation, whether a rule or a table states it.
            answered = [each for each in answered if each.violation == key[0]]
        elif not answered:
            self._note(key, taking)
            return
        for crossing in answered:
            crossing.takings[taking.consequence] = taking
        self._answered[key] = answered
        self._settle(running, key, SettlesWhen.TAKEN, day)

    def _note(self, key: tuple[str, str], taking: Taking) -> None:
        violation, consequence = key
        self.without_ground.append(
            TakenWithoutGround(
                self._person,
                consequence,
                violation=violation,
                taken_on=taking.taken_on,
                served_on=taking.served_on,
            )
        )

    def _serve(self, running: Running, key: tuple[str, str], day: date) -> None:
        self._settle(running, key, SettlesWhen.SERVED, day)

    def _settle(self, running: Running, key: tuple[str, str], when: SettlesWhen, day: date) -> None:
        """Do to the balance what a consequence does to it."""
        follows = self._stated.get(key)
        if follows is not None:
            self._do(running, follows.consequence, (key[0],), follows.reason, when, day)
        for crossing in self._answered.get(key, ()):
            consequence = self._terms.rulebook.consequence(key[1])
            ids, reason = crossing.because_of, self._terms.reason(crossing.clause, "thresholds")
            if self._do(running, consequence, ids, reason, when, day):
                self.watch.hold(crossing)

    def _do(  # noqa: PLR0917 - what a consequence does, to what, why and when
        self,
        running: Running,
        consequence: Consequence,
        ids: tuple[str, ...],
        reason: Reason,
        when: SettlesWhen,
        day: date,
    ) -> bool:
        """Do to the balance what one consequence does to it; whether it cancels violations."""
        if consequence.settles is None or consequence.settles_when is not when:
            return False
        change = Change(
            PostingKind.REDUCED,
            _ZERO,
            day,
            day,
            reason,
            because_of=ids,
            consequence=consequence.id,
        )
        if isinstance(consequence.settles, AtMost):
            running.reduce(change, consequence.settles.points)
            return False
        running.cancel(evolve(change, kind=PostingKind.CANCELLED), ids)
        return True

    def due(self) -> list[ConsequenceDue]:
        """What follows, by the day on which that counts, the violation and the consequence."""
        found = [*self._due_by_rules(), *self._due_by_thresholds()]
        return sorted(found, key=lambda due: (due.crossed_on, due.violation, due.consequence))

    def _due_by_rules(self) -> Iterator[ConsequenceDue]:
        for (violation, id), follows in self._stated.items():
            change, taking = follows.change, self._takings.get((violation, id))
            yield unchecked(
                ConsequenceDue,
                manager=self._person,
                consequence=id,
                violation=violation,
                crossed_on=change.counted_on,
                since=change.known_on,
                points=change.points,
                because_of=(violation,),
                reason=follows.reason,
                nth=1,
                days=follows.consequence.days,
                courses=follows.consequence.courses,
                taken_on=None if taking is None else taking.taken_on,
                served_on=None if taking is None else taking.served_on,
            )

    def _due_by_thresholds(self) -> Iterator[ConsequenceDue]:
        for crossing in self.watch.crossings:
            for id in crossing.consequences:
                taking = crossing.takings.get(id)
                asked = self._terms.rulebook.consequence(id)
                yield unchecked(
                    ConsequenceDue,
                    manager=self._person,
                    consequence=id,
                    violation=crossing.violation,
                    crossed_on=crossing.crossed_on,
                    since=crossing.known_on,
                    points=crossing.points,
                    because_of=crossing.because_of,
                    reason=self._terms.reason(crossing.clause, "thresholds"),
                    nth=crossing.nth,
                    days=asked.days_of(crossing.nth),
                    courses=asked.courses,
                    taken_on=None if taking is None else taking.taken_on,
                    served_on=None if taking is None else taking.served_on,
                )
