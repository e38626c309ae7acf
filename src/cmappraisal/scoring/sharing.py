"""Sharing: who answers with the doer of a violation, and what of it is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from cmappraisal.cases import Case
from cmappraisal.people import People, Tenure
from cmappraisal.responsibilities import Responsibility
from cmappraisal.scoring.judgements import Judgement
from cmappraisal.scoring.judges import Judge
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.weighing import applied_rule
from cmappraisal.standards.editions import Edition


class Sharing:
    """What says who answers with the doer.

    Args:
        judge: What judges the cases.
        people: The tenures of people, which say who answers with whom.
    """

    def __init__(self, judge: Judge, people: People) -> None:
        self.read: dict[tuple[str, str], tuple[Tenure, ...]] = {}
        """By the id of who answers with others and that of the violation, what says so."""
        self._judge = judge
        self._people = people
        self.is_used = judge.pipeline.uses(Stage.SHARE)
        """Whether anybody answers with a doer at all."""

    def answering(self, case: Case) -> dict[str, tuple[str, tuple[Tenure, ...]]]:
        """Who answers with the doer of a case: by their ids the role, and the tenures that say so.

        Of several roles of one person the first that is stated counts.

        Args:
            case: The case.
        """
        found: dict[str, tuple[str, tuple[Tenure, ...]]] = {}
        if not self.is_used:
            return found
        violation, (edition, _, _) = case.violation, self._judge.governance.of(case)
        for responsibility in () if edition is None else self._stated(case, edition):
            role, day = responsibility.role, violation.occurred_on
            holding = self._people.responsible(violation.manager, role, day)
            for person, tenures in holding.items():
                found.setdefault(person, (role, tenures))
        return found

    def judgements(self, case: Case) -> Iterator[tuple[str, Judgement]]:
        """The judgement of each who answers with the doer of a case that can be judged.

        Args:
            case: The case.
        """
        answering = self.answering(case)
        if not answering:
            return
        judge, violation = self._judge, case.violation
        edition, of_day, _ = judge.governance.of(case)
        for person, (role, tenures) in answering.items():
            self.read[person, violation.id] = tenures
            for name in judge.otherwise.get(violation.manager, {}).get(violation.id, {}):
                other = judge.pipeline.standard.named(name)
                if role in {each.role for each in self._stated(case, other)}:
                    shared = judge.shared(case, other, of_day, role)
                    judge.note_otherwise(person, case, other, shared)
            yield person, judge.shared(case, cast(Edition, edition), of_day, role)

    def _stated(self, case: Case, edition: Edition) -> Iterator[Responsibility]:
        """Who answers with the doer of a case, as an edition states it."""
        terms = self._judge.pipeline.terms[edition.rulebook.edition]
        rule = applied_rule(case.violation, terms.rulebook)
        if rule is not None:
            yield from (each for each, _ in terms.responsible(rule))
