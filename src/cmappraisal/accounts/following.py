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

from cmappraisal.accounts.crossings import Crossing, Watch
from cmappraisal.accounts.dues import ConsequenceDue, TakenWithoutGround
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.accounts.running import Change, Running, Turn
from cmappraisal.consequences import AtMost, Consequence, SettlesWhen
from cmappraisal.provisions import Provision
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
        watch: Watch,
    ) -> None:
        self.without_ground: list[TakenWithoutGround] = []
        self.watch = watch
        self._person, self._terms, self._stated = person, terms, stated
        self._takings = {(violation, taking.consequence): taking for violation, taking in takings}
        self._answered: dict[tuple[str, str], Crossing] = {}

    def served_on(self, violation: str, consequence: str) -> date | None:
        """The day on which a consequence was served; None where it was not.

        Args:
            violation: The id of the violation in whose case it was taken.
            consequence: The id of the consequence.
        """
        taking = self._takings.get((violation, consequence))
        return None if taking is None else taking.served_on

    def plan(self, running: Running) -> None:
        """Plan what was taken and served.

        Args:
            running: The balance.
        """
        for key, taking in self._takings.items():
            running.plan(taking.taken_on, Turn.TAKING, partial(self._take, running, key))
            if taking.served_on is not None:
                running.plan(taking.served_on, Turn.TAKING, partial(self._serve, running, key))

    def _take(self, running: Running, key: tuple[str, str]) -> None:
        taking, crossing = self._takings[key], None
        if key not in self._stated:
            crossing = self.watch.answered(*key)
            if crossing is None:
                made = TakenWithoutGround(
                    self._person,
                    taking.consequence,
                    violation=key[0],
                    taken_on=taking.taken_on,
                    served_on=taking.served_on,
                )
                self.without_ground.append(made)
                return
            crossing.takings[taking.consequence] = taking
            self._answered[key] = crossing
        self._settle(running, key, SettlesWhen.TAKEN, taking.taken_on)

    def _serve(self, running: Running, key: tuple[str, str]) -> None:
        served_on = self._takings[key].served_on
        if served_on is not None:
            self._settle(running, key, SettlesWhen.SERVED, served_on)

    def _settle(self, running: Running, key: tuple[str, str], when: SettlesWhen, day: date) -> None:
        """Do to the balance what a consequence does to it."""
        crossing, follows = self._answered.get(key), self._stated.get(key)
        ids: tuple[str, ...]
        if follows is not None:
            consequence, ids, reason = follows.consequence, (key[0],), follows.reason
        elif crossing is not None:
            consequence = self._terms.rulebook.consequence(key[1])
            ids, reason = crossing.because_of, self._reason(crossing)
        else:
            return
        if consequence.settles is None or consequence.settles_when is not when:
            return
        change = Change(
            PostingKind.REDUCED,
            _ZERO,
            day,
            day,
            reason,
            None,
            reason,
            because_of=ids,
            consequence=consequence.id,
        )
        if isinstance(consequence.settles, AtMost):
            running.reduce(change, consequence.settles.points)
            return
        running.cancel(change._replace(kind=PostingKind.CANCELLED), ids)
        if crossing is not None:
            self.watch.hold(crossing, day)

    def _reason(self, crossing: Crossing) -> Provision:
        edition = self._terms.rulebook.edition
        return Provision(crossing.clause, "thresholds", edition=edition)

    def due(self) -> list[ConsequenceDue]:
        """What follows, by the day on which that counts, the violation and the consequence."""
        found = [*self._due_by_rules(), *self._due_by_thresholds()]
        return sorted(found, key=lambda due: (due.crossed_on, due.violation, due.consequence))

    def _due_by_rules(self) -> Iterator[ConsequenceDue]:
        for (violation, id), follows in self._stated.items():
            change, taking = follows.change, self._takings.get((violation, id))
            yield ConsequenceDue(
                self._person,
                id,
                violation=violation,
                crossed_on=change.counted_on,
                since=change.known_on,
                points=change.points,
                because_of=[violation],
                reason=follows.reason,
                days=follows.consequence.days,
                taken_on=None if taking is None else taking.taken_on,
                served_on=None if taking is None else taking.served_on,
            )

    def _due_by_thresholds(self) -> Iterator[ConsequenceDue]:
        for crossing in self.watch.crossings:
            for id in crossing.consequences:
                taking = crossing.takings.get(id)
                yield ConsequenceDue(
                    self._person,
                    id,
                    violation=crossing.violation,
                    crossed_on=crossing.crossed_on,
                    since=crossing.known_on,
                    points=crossing.points,
                    because_of=crossing.because_of,
                    reason=self._reason(crossing),
                    nth=crossing.nth,
                    days=self._terms.rulebook.consequence(id).days_of(crossing.nth),
                    taken_on=None if taking is None else taking.taken_on,
                    served_on=None if taking is None else taking.served_on,
                )
