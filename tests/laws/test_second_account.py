"""The library keeps accounts as a second, plain reading of the documentation does."""

from datetime import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cmappraisal.accounts import PointsAccount
from cmappraisal.interop.strategies import Scenario, scenarios
from costly import costly
from second_account import Due, Groundless, second_account
from second_balance import Posted
from test_time import some_moment


def postings_of(account: PointsAccount) -> list[Posted]:
    """The postings of an account, as the second reading writes them; none that changes nothing."""
    return [
        (
            *(each.counted_on, each.kind.value, each.violation, Fraction(each.points)),
            *(Fraction(each.balance), each.consequence),
        )
        for each in account.postings
        if each.points or each.kind.value == "opened"
    ]


def dues_of(account: PointsAccount) -> list[Due]:
    """What is due, as the second reading writes it."""
    return [
        (
            *(each.consequence, each.violation, each.crossed_on, each.since, Fraction(each.points)),
            *(each.nth, each.days, each.because_of, each.taken_on, each.served_on),
        )
        for each in account.consequences
    ]


def groundless_of(account: PointsAccount) -> list[Groundless]:
    """What was taken without ground, as the second reading writes it."""
    return [
        (each.consequence, each.violation, each.taken_on, each.served_on)
        for each in account.without_ground
    ]


def compare(scenario: Scenario, as_of: datetime | None = None) -> None:
    """Compare the accounts of everybody; what is due, and without ground, in whatever order."""
    for manager, account in scenario.accounts(as_of=as_of).items():
        postings, dues, groundless = second_account(scenario, manager, scenario.period.last, as_of)
        assert postings_of(account) == postings
        assert sorted(dues_of(account), key=repr) == sorted(dues, key=repr)
        assert sorted(groundless_of(account), key=repr) == sorted(groundless, key=repr)


@costly
@given(scenarios())
def test_accounts_are_as_a_plain_reading_says(scenario: Scenario) -> None:
    compare(scenario)


@costly
@given(scenarios(min_size=1), st.data())
def test_accounts_as_of_a_moment_are_as_a_plain_reading_says(
    scenario: Scenario, data: st.DataObject
) -> None:
    compare(scenario, some_moment(scenario, data))
