"""Flaws: what would keep the act of a row from being scored, equal facts looked at once."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from attrs import define, field

from cmappraisal.acts import Act
from cmappraisal.alternatives import GoverningEdition
from cmappraisal.dating import problems_of_days
from cmappraisal.errors import Problem
from cmappraisal.policy import Policy
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.flaws import no_edition, problems_of
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import Edition, Editions

_OF_FACTS = ("rule", "kind", "occurred_on", "recorded_on", "quantity", "circumstances", "refers_to")


@define(eq=False)
class Flaws:
    """What looks for them.

    Args:
        standard: The editions of the standard.
        policy: What is decided where the standard is silent.
        at: The moment at which the rows are entered.
    """

    standard: Editions
    policy: Policy
    at: datetime
    _terms: dict[str, Terms] = field(factory=dict, init=False)
    _known: dict[tuple[str, Facts], tuple[Problem, ...]] = field(factory=dict, init=False)

    def of(self, act: Act, bad: Container[str | None]) -> tuple[Problem, ...]:
        """What is wrong with an act, as far as what that depends on could be read.

        Args:
            act: The act.
            bad: The fields that could not be read.
        """
        of_days = () if "occurred_on" in bad else tuple(problems_of_days(act, self.at))
        if any(name in bad for name in _OF_FACTS):
            return of_days
        return (*self._of_facts(act), *of_days)

    def _of_facts(self, act: Act) -> tuple[Problem, ...]:
        recorded_on = act.recorded_on or self.at.date()
        closing = self._terms_of(self.standard.closing(recorded_on))
        name, day = "occurred_on", act.occurred_on
        if closing.policy.governing_edition is GoverningEdition.RECORDED:
            name, day = "recorded_on", recorded_on
        edition = self.standard.on(day)
        if edition is None:
            return (no_edition(name, day, self.standard),)
        facts = Facts.of(act)
        key = (edition.rulebook.edition, facts)
        if key not in self._known:
            terms = self._terms_of(edition)
            self._known[key] = tuple(problems_of(facts, terms, remedies=False))
        return self._known[key]

    def _terms_of(self, edition: Edition) -> Terms:
        name = edition.rulebook.edition
        if name not in self._terms:
            self._terms[name] = Terms.of(edition, self.policy)
        return self._terms[name]
