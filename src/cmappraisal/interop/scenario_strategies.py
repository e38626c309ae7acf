"""Strategies for scenarios: a standard, a policy, a ledger and a period that go together.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from attrs import frozen

from cmappraisal.accounts import (
    PointsAccount,
    points_accounts,
)
from cmappraisal.interop.derived_strategies import (
    YEAR,
    moments,
    periods,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import ledgers
from cmappraisal.interop.policy_strategies import (
    CYCLE,
    marked,
    policies,
)
from cmappraisal.interop.rulebook_strategies import (
    rulebooks,
    standards,
)
from cmappraisal.interop.statement_strategies import ROLES
from cmappraisal.interop.violation_strategies import INCIDENTS, MANAGERS, terms_of
from cmappraisal.ledger import Ledger
from cmappraisal.people import Milestone, Person, Tenure
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.scoring.score import score_all, tally
from cmappraisal.standards.editions import Editions
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.thresholds import ThresholdsOf

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


@frozen
class Scenario:
    """A standard, a policy, a ledger and a period that go together.

    Args:
        standard: The standard: a rulebook, or its editions.
        policy: What is decided where the standard is silent.
        ledger: What happened; every violation in it can be scored.
        period: Days that some of the violations may fall in.
        people: Who was where, in which role and under whom.
    """

    standard: Rulebook | Editions
    policy: Policy
    ledger: Ledger
    period: Period
    people: tuple[Person, ...] = ()

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook, or that of the first edition."""
        return self.standard if isinstance(self.standard, Rulebook) else self.standard.rulebooks[0]

    def appraisals(self, as_of: datetime | None = None) -> dict[str, Appraisal]:
        """The appraisals of every manager, by id.

        Args:
            as_of: Only what was known at this moment; None for everything.
        """
        return score_all(
            self.ledger,
            self.standard,
            self.period,
            policy=self.policy,
            people=self.people,
            as_of=as_of,
        )

    def accounts(self, as_of: datetime | None = None) -> dict[str, PointsAccount]:
        """The points accounts of every manager through the last day of the period, by id.

        Args:
            as_of: Only what was known at this moment; None for everything.
        """
        return points_accounts(
            self.ledger,
            self.standard,
            through=self.period.last,
            policy=self.policy,
            people=self.people,
            as_of=as_of,
        )

    def totals(self, managers: Iterable[str] = ()) -> dict[str, Decimal]:
        """The points of every manager alone, by id.

        Args:
            managers: Ids of managers to include even without a violation.
        """
        return tally(
            self.ledger,
            self.standard,
            self.period,
            managers=managers,
            policy=self.policy,
            people=self.people,
        )


# Recordings may fall a year after the last occurrence, and count there by RECORDED.
_WHOLE = Period(date(2024, 1, 1), date(2027, 12, 31))
_PERIODS = st.sampled_from([_WHOLE, _WHOLE, _WHOLE, _WHOLE, YEAR, None])
RULEBOOKS = st.just(ERROR_POINTS) | rulebooks() | rulebooks()
_GROUPS = st.sampled_from(["north", "south"])
_OF_MARKS = (ThresholdsOf.SCORE, ThresholdsOf.GRADES)


_DAYS = st.none() | st.none() | st.none() | st.dates(YEAR.first, YEAR.last)


@st.composite
def tenures(draw: DrawFn) -> Tenure:
    """Tenures of the managers that are drawn, and of heads and reviewers over them."""
    first, last = draw(_DAYS), draw(_DAYS)
    if first is not None and last is not None:
        first, last = sorted((first, last))
    return Tenure(
        draw(st.sampled_from([*MANAGERS, "H-1"])),
        draw(_GROUPS),
        role=draw(st.sampled_from([None, *ROLES, *ROLES])),
        superior=draw(st.sampled_from([None, "H-1", *MANAGERS])),
        first=first,
        last=last,
        known_from=draw(st.none() | st.none() | moments()),
    )


@st.composite
def milestones(draw: DrawFn) -> Milestone:
    """Milestones of the managers that are drawn."""
    known_from = draw(st.none() | moments())
    days = st.dates(date(2023, 1, 1), date(2024, 12, 31))
    return Milestone(draw(st.sampled_from(MANAGERS)), CYCLE, draw(days), known_from=known_from)


_STARTS = st.dates(date(2022, 1, 1), date(2023, 12, 31))
_PEOPLE = st.just(()) | st.lists(tenures(), min_size=3, max_size=6).map(tuple)
_IN_EDITIONS = st.sampled_from([True, True, False])


def with_marks(policy: Policy, rulebook: Rulebook) -> Policy:
    """A policy with scores and grades, where a table of the rulebook looks at them.

    Args:
        policy: The policy.
        rulebook: The rulebook.
    """
    tables = (clause.thresholds for clause in rulebook.clauses if clause.thresholds is not None)
    return marked(policy) if any(table.of in _OF_MARKS for table in tables) else policy


@st.composite
def scenarios(
    draw: DrawFn,
    *,
    policies: SearchStrategy[Policy] = policies(),  # noqa: B008
    incidents: Sequence[str] = INCIDENTS,
    min_size: int = 0,
) -> Scenario:
    """Scenarios: everything that scoring takes, drawn to go together.

    The standard is now :data:`~cmappraisal.ERROR_POINTS`, now another rulebook, now one in two
    editions.

    Args:
        policies: The policies to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        min_size: The fewest entries of the ledger.
    """
    rulebook = draw(RULEBOOKS)
    policy = with_marks(draw(policies), rulebook)
    in_editions = rulebook is not ERROR_POINTS and draw(_IN_EDITIONS)
    standard = draw(standards(rulebook, policy)) if in_editions else rulebook
    ledger = draw(ledgers(standard, policy, incidents=incidents, min_size=min_size))
    period = draw(_PERIODS) or draw(periods())
    people: tuple[Person, ...] = draw(_PEOPLE)
    if any(each.policy.assessment_period.cycle for each in terms_of(standard, policy)):
        people += tuple(Milestone(id, CYCLE, draw(_STARTS)) for id in (*MANAGERS, "H-1"))
    return Scenario(standard, policy, ledger, period, people)
