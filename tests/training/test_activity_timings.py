"""Activity timings: what a quota allows, and which days are reckoned from the day of hiring."""

from datetime import date
from typing import Any, cast

import pytest
from hypothesis import given

from cmappraisal import CalendarSpan, FieldError, Period
from cmappraisal.interop.plan_strategies import quotas
from cmappraisal.training import CareerStage, Ongoing, Quota
from cmappraisal.training.activity_timings import MAXIMUM_COUNT


@pytest.mark.parametrize(
    ("quota", "to_plan", "allowed"),
    [
        (Quota(0, per=CalendarSpan.YEAR), 0, [0, 1, 2, 3]),
        (Quota(0, 0, per=CalendarSpan.WEEK), 0, [0]),
        (Quota(1, 1, per=CalendarSpan.QUARTER), 1, [1]),
        (Quota(1, 2, per=CalendarSpan.YEAR), 1, [1, 2]),
        (Quota(1, 2, per=CalendarSpan.YEAR, planned=2), 2, [1, 2]),
        (Quota(0, 2, per=CalendarSpan.YEAR, planned=0), 0, [0, 1, 2]),
        (Quota(2, per=CalendarSpan.MONTH, planned=1000), 1000, [2, 3]),
        (Quota(1000, 1000, per=CalendarSpan.YEAR), 1000, []),
    ],
)
def test_a_quota_allows_from_its_fewest_to_its_most(
    quota: Quota, to_plan: int, allowed: list[int]
) -> None:
    assert quota.to_plan == to_plan
    assert [count for count in range(4) if quota.allows(count)] == allowed
    assert quota.allows(to_plan)


@given(quotas())
def test_what_is_planned_is_within_the_quota(quota: Quota) -> None:
    assert quota.allows(quota.to_plan)
    assert not quota.allows(quota.at_least - 1)
    assert quota.allows(MAXIMUM_COUNT) == (quota.at_most is None)
    if quota.at_most is not None:
        assert quota.allows(quota.at_most)
        assert not quota.allows(quota.at_most + 1)


@pytest.mark.parametrize("count", [None, "1", True, 1.0, [1]])
def test_a_quota_counts_in_whole_numbers(count: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Quota(1, 2, per=CalendarSpan.YEAR).allows(count)
    assert str(caught.value) == f"Quota.allows: count is {count!r}; allowed: an int"


def test_the_days_of_what_is_reckoned_from_hiring() -> None:
    hired_on, nobody = date(2026, 1, 31), cast(date, None)
    for kind in (CareerStage, Ongoing):
        assert kind(0).days_of(hired_on) == Period(hired_on, date.max)
        assert kind(1, 1).days_of(hired_on) == Period(date(2026, 2, 28), date(2026, 3, 30))
        assert kind(1200).days_of(date(9990, 1, 1)) is None
        assert kind(0, 1200).days_of(date(9990, 1, 1)) == Period(date(9990, 1, 1), date.max)
        with pytest.raises(FieldError) as caught:
            kind(0).days_of(nobody)
        name = kind.__name__
        assert str(caught.value).startswith(f"{name}.days_of: hired_on is None; allowed: ")
