"""A points account is the chain of its appraisals, and each of its postings has its reason."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger, StatusFrom, score
from cmappraisal.accounts import (
    PointsAccount,
    Posting,
    PostingKind,
    points_account,
    qualification_on,
)
from cmappraisal.accounts.audits import disagreements_of_account
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.interop.violation_strategies import terms_of
from cmappraisal.procedure import TakingState
from cmappraisal.standards import Balance, BalanceOf, Clause, Status
from costly import costly
from test_time import some_moment

DAY = timedelta(days=1)


def balance_of(scenario: Scenario) -> Balance:
    """What the standard states of the balance on the last day."""
    *_, terms = (
        each
        for each in terms_of(scenario.standard, scenario.policy)
        if each.edition.first is None or each.edition.first <= scenario.period.last
    )
    clauses: Iterable[Clause] = terms.rulebook.clauses
    return next((each.balance for each in clauses if each.balance is not None), Balance())


def posted(postings: Iterable[Posting], *kinds: PostingKind) -> Decimal:
    return sum((each.points for each in postings if each.kind in kinds), Decimal(0))


@costly
@given(scenarios())
def test_the_balance_is_the_sum_of_its_postings(scenario: Scenario) -> None:
    for account in scenario.accounts().values():
        assert account.postings[0].kind is PostingKind.OPENED
        total = Decimal(0)
        for posting in account.postings:
            total += posting.points
            assert posting.balance == total
        assert account.balance == total == account.balance_on(scenario.period.last)
        days = [posting.counted_on for posting in account.postings]
        assert days == sorted(days)
        assert account.balance_on(account.opened_on - DAY) is None
        assert list(disagreements_of_account(account)) == []


@costly
@given(scenarios())
def test_whoever_is_revoked_in_the_last_period_is_so_on_its_last_day(scenario: Scenario) -> None:
    policy = attrs.evolve(scenario.policy, status_from=StatusFrom.DUE)
    for account in attrs.evolve(scenario, policy=policy).accounts().values():
        held = qualification_on(account, account.through)
        assert (held.status is Status.QUALIFIED) is (held.because_of == held.consequences == ())
        losing = {
            consequence.id
            for rulebook in account.rulebooks
            for consequence in rulebook.consequences
            if consequence.status is not None
        }
        dues = [
            due
            for due in account.consequences
            if due.consequence in losing and due.since <= account.through
        ]
        if not dues:
            assert held.status is Status.QUALIFIED
        if account.appraisals[-1].revoked and all(
            due.days is None and due.served_on is None and due.since <= account.through
            for due in account.consequences
        ):
            assert held.status is Status.REVOKED


@given(scenarios())
def test_an_account_is_a_chain_of_appraisals(scenario: Scenario) -> None:
    raises = -1 if balance_of(scenario).of is BalanceOf.KEPT else 1
    for manager, account in scenario.accounts().items():
        assert account.appraisals[-1].period.last == scenario.period.last
        for one, after in pairwise(account.appraisals):
            assert after.period.first == one.period.last + DAY
        eventful = [each for each in account.appraisals if each.lines or each.merits]
        for appraisal in dict.fromkeys((*eventful, account.appraisals[-1])):
            assert appraisal == score(
                scenario.ledger,
                scenario.standard,
                appraisal.period,
                manager=manager,
                policy=scenario.policy,
                people=scenario.people,
            )
            of_period = [each for each in account.postings if each.counted_on in appraisal.period]
            assert posted(of_period, PostingKind.CHARGED) == raises * appraisal.points
            assert posted(of_period, PostingKind.AWARDED) == -raises * appraisal.awards


@given(scenarios())
def test_one_account_is_that_of_everybody(scenario: Scenario) -> None:
    for manager, account in scenario.accounts().items():
        assert account == points_account(
            scenario.ledger,
            scenario.standard,
            manager=manager,
            through=scenario.period.last,
            policy=scenario.policy,
            people=scenario.people,
        )


@given(scenarios())
def test_a_balance_stays_within_its_bounds(scenario: Scenario) -> None:
    stated = balance_of(scenario)
    for account in scenario.accounts().values():
        for posting, after in pairwise((*account.postings, None)):
            if posting is not None and (after is None or after.kind is not PostingKind.FORFEITED):
                assert stated.least is None or posting.balance >= stated.least
                assert stated.most is None or posting.balance <= stated.most


@costly
@given(scenarios())
def test_no_point_lapses_or_is_cancelled_twice(scenario: Scenario) -> None:
    for account in scenario.accounts().values():
        left: dict[str | None, Decimal] = {}
        for posting in account.postings:
            if posting.violation is not None:
                left[posting.violation] = left.get(posting.violation, Decimal(0)) + posting.points
                if posting.kind is PostingKind.LAPSED:
                    charged = next(
                        each
                        for each in account.postings
                        if each.violation == posting.violation
                        and each.kind is not PostingKind.LAPSED
                    )
                    assert abs(posting.points) <= abs(charged.points)
                    assert (posting.points < 0) is not (charged.points < 0)


@given(scenarios(min_size=1))
def test_what_was_reversed_leaves_no_posting_and_no_consequence(scenario: Scenario) -> None:
    reversed_ids = {case.violation.id for case in scenario.ledger.cases() if not case.is_upheld}
    for account in scenario.accounts().values():
        assert not reversed_ids & {posting.violation for posting in account.postings}
        for due in account.consequences:
            assert due.violation not in reversed_ids
            assert not reversed_ids & set(due.because_of)


@given(scenarios(), st.data())
def test_an_account_as_of_a_moment_is_that_of_the_ledger_then(
    scenario: Scenario, data: st.DataObject
) -> None:
    moment = some_moment(scenario, data)
    known = Ledger(entry for entry in scenario.ledger if entry.at <= moment)
    then = attrs.evolve(scenario, ledger=known)
    assert scenario.accounts(as_of=moment) == then.accounts(as_of=moment)


def known_to(account: PointsAccount) -> set[str]:
    lines = [line for appraisal in account.appraisals for line in appraisal.lines]
    return {line.violation.id for line in lines}


def is_taken_twice(ledger: Ledger, violation: str, consequence: str) -> bool:
    """Whether it is taken both for whoever is at fault and for somebody by name."""
    takings = [each for each in ledger.case(violation).takings if each.consequence == consequence]
    return sum(each.state is not TakingState.LIFTED for each in takings) > 1


@given(scenarios())
def test_a_consequence_names_violations_of_the_account(scenario: Scenario) -> None:
    for account in scenario.accounts().values():
        for due in account.consequences:
            assert due.violation in known_to(account)
            assert set(due.because_of) <= known_to(account)
            assert due.crossed_on <= scenario.period.last
            assert due.taken_on is not None or due.served_on is None
        taken = {(due.violation, due.consequence) for due in account.consequences if due.taken_on}
        for each in account.without_ground:
            key = each.violation, each.consequence
            assert key not in taken or is_taken_twice(scenario.ledger, *key)
