"""Judges: the judgement of each case, under the edition of the standard that governs it.

Cases with equal facts are judged once. What facts hold that depends on days, on a decision or on
earlier violations is derived here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple, cast

from attrs import evolve

from cmappraisal.acts import Act, Merit
from cmappraisal.alternatives import GoverningEdition
from cmappraisal.cases import Case
from cmappraisal.errors import Problem
from cmappraisal.lives import APPEALED_AGAINST
from cmappraisal.scoring.facts import OF_ACT, Facts, Key
from cmappraisal.scoring.governance import Governance, is_time_barred
from cmappraisal.scoring.history import History
from cmappraisal.scoring.judgements import Judged, Judgement
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.scoring.steps import Stage
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import applied_rule
from cmappraisal.standards.editions import Edition


class _Derived(NamedTuple):
    """What facts hold that depends on days, on a decision or on earlier violations.

    These are the last of their fields, in the same order.
    """

    edition: str | None = None
    instead_of: str | None = None
    time_barred: bool = False
    nth: int = 1
    answers_as: str | None = None
    decided_points: Decimal | None = None
    decided_money: Decimal | None = None


_NOTHING_DERIVED = _Derived()


class Judge:
    """What judges cases.

    Args:
        pipeline: The stages.
        history: What makes the upheld cases, those before the period too.
    """

    def __init__(self, pipeline: Pipeline, history: Callable[[], Iterable[Case]]) -> None:
        self.pipeline = pipeline
        self.remedies = True
        """Whether what is wrong is said with its remedy."""
        self.otherwise: dict[str, dict[str, dict[str, Judgement]]] = {}
        """Where the milder edition governs: by the id of who answers and that of the violation, the
        judgement under each other edition that was in force from the act to its recording, by its
        name."""
        self.earlier: dict[tuple[str, str], tuple[str, ...]] = {}
        """By violation id and edition, the earlier violations that make it a repeated one."""
        self.uncounted: list[tuple[Act, tuple[Problem, ...]]] = []
        """Earlier violations that nobody can count, since they cannot be judged."""
        self._repeats = pipeline.uses(Stage.AGAIN)
        self._history = History(history, self._as_if_first)
        self._kept_before = pipeline.kept
        self._judged: dict[Key, Judged] = {}
        closing = pipeline.closing
        self.governance = Governance(pipeline)
        """Which edition governs a case."""
        is_always_in_force = closing.edition.first is None and closing.edition.last is None
        has_one_edition = len(pipeline.terms) == 1 and is_always_in_force
        self._is_simple = has_one_edition and closing.limitation is None and not self._repeats

    def judgement(self, case: Case) -> Judged:
        """The judgement of a case, or what is wrong with it."""
        if self._is_simple:
            return self._simply(case)
        edition, of_day, problems = self.governance.of(case)
        if edition is None:
            return problems
        judged = self._under(case, edition, of_day)
        if self.governance.choice is GoverningEdition.MILDER and isinstance(judged, Judgement):
            self._judge_otherwise(case, edition)
        return judged

    def _simply(self, case: Case) -> Judged:
        """The judgement of a case that nothing but itself, the standard and the policy decides."""
        last = case.remembered
        if last is not None and last.terms is self.pipeline.closing:
            return cast(Judgement, last)
        derived = _NOTHING_DERIVED if case.decision is None else self._derived(case, None, None)
        key = _key_of(case, derived)
        judged = self._kept_before.get(key)
        if judged is None:
            return self._anew(case, derived, key)
        # One that is not kept anyhow would be kept by its case alone, and there are many cases.
        case.remember(judged)
        return judged

    def _as_if_first(self, case: Case) -> Judged:
        """The judgement of a case that repetition may count, whatever was decided on an appeal."""
        edition, of_day, problems = self.governance.of(case)
        if edition is None:
            return problems
        derived = self._derived(case, edition, of_day)
        judged = self._kept(case, derived._replace(decided_points=None))
        return case.problems_of_days or judged

    def _judge_otherwise(self, case: Case, of_day: Edition) -> None:
        """Judge a case under the other editions that were in force until it was recorded."""
        violation = case.violation
        for edition in self.pipeline.standard:
            begun = edition.first is None or edition.first <= case.recorded_on
            ended = edition.last is not None and edition.last < violation.occurred_on
            if edition is not of_day and begun and not ended:
                judged = self._under(case, edition, of_day)
                # What the other edition does not know cannot be judged under it.
                if isinstance(judged, Judgement):
                    self.note_otherwise(violation.manager, case, edition, judged)

    def note_otherwise(self, person: str, case: Case, edition: Edition, judged: Judgement) -> None:
        """Note the judgement of a case under another edition that may govern it.

        Args:
            person: The id of who answers for it.
            case: The case.
            edition: The edition.
            judged: The judgement.
        """
        of_person = self.otherwise.setdefault(person, {})
        of_person.setdefault(case.violation.id, {})[edition.rulebook.edition] = judged

    def shared(self, case: Case, edition: Edition, of_day: Edition | None, role: str) -> Judgement:
        """What answering in a role comes to, of a case that can be judged under an edition.

        Args:
            case: The case.
            edition: The edition, which states the role.
            of_day: The edition of the day it happened.
            role: The role.
        """
        derived = self._derived(case, edition, of_day)
        derived = derived._replace(answers_as=role, decided_money=None)
        return cast(Judgement, self._kept(case, derived))

    def _under(self, case: Case, edition: Edition | None, of_day: Edition | None) -> Judged:
        """The judgement of a case under an edition; None where there is one alone."""
        derived = self._derived(case, edition, of_day)
        if edition is not None and self._repeats:
            nth = self._times(case, self.pipeline.terms[edition.rulebook.edition])
            derived = derived._replace(nth=nth)
        return self._kept(case, derived)

    def _kept(self, case: Case, derived: _Derived) -> Judged:
        """The judgement of the facts of a case, or what is wrong with them."""
        key = _key_of(case, derived)
        return self._kept_before.get(key) or self._anew(case, derived, key)

    def _anew(self, case: Case, derived: _Derived, key: Key) -> Judged:
        """The judgement of facts that were not judged before this scoring."""
        judged = self._judged.get(key)
        if judged is None:
            facts = Facts.of(case.violation, under_appeal=case.state in APPEALED_AGAINST)
            if derived is not _NOTHING_DERIVED:
                facts = evolve(facts, **derived._asdict())
            judged = self._judged[key] = self.pipeline.judged(facts, remedies=self.remedies)
        return judged

    def _derived(self, case: Case, edition: Edition | None, of_day: Edition | None) -> _Derived:
        decision = case.decision
        name = instead_of = None
        is_barred = False
        if edition is not None:
            name = edition.rulebook.edition
            is_barred = is_time_barred(case, self.pipeline.terms[name])
            if of_day is not None and of_day is not edition:
                instead_of = of_day.rulebook.edition
        return _Derived(
            name,
            instead_of,
            is_barred,
            decided_points=None if decision is None else decision.points,
            decided_money=None if decision is None else decision.money,
        )

    def _times(self, case: Case, terms: Terms) -> int:
        """From which time on the weight of repetition holds for a case; 1 where none does."""
        rule = applied_rule(case.violation, terms.rulebook)
        stated = None if rule is None else terms.again(rule)
        if rule is None or stated is None:
            return 1
        again, _ = stated
        earlier, uncounted = self._history.earlier(case, again, rule, terms)
        self.uncounted += uncounted
        time = again.holding(len(earlier) + 1)
        if time is None:
            return 1
        self.earlier[case.violation.id, terms.rulebook.edition] = earlier
        return time.nth


def _key_of(case: Case, derived: _Derived) -> Key:
    """What the facts of a case hold, without the facts, which take longer to make."""
    violation = case.violation
    return OF_ACT(violation), case.state in APPEALED_AGAINST, type(violation) is Merit, derived
