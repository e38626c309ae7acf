"""Dating: the days of an act, against one another and against its recording."""

import copy
import pickle
from datetime import UTC, date, datetime

import pytest

from cmappraisal import Ledger, ProblemCode
from cmappraisal.dating import is_ahead, problems_of_days
from worked_cases import found

MOMENT = datetime(2025, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "paths"),
    [
        ({}, []),
        ({"found_on": date(2025, 3, 2), "recorded_on": date(2025, 3, 2)}, []),
        ({"found_on": date(2025, 3, 1)}, ["$.found_on"]),
        ({"recorded_on": date(2025, 3, 1)}, ["$.recorded_on"]),
        ({"found_on": date(2025, 3, 5), "recorded_on": date(2025, 3, 4)}, ["$.recorded_on"]),
        (
            {"found_on": date(2025, 3, 1), "recorded_on": date(2025, 2, 28)},
            ["$.found_on", "$.recorded_on"],
        ),
        # It can take effect before it is known, or much later.
        ({"effective_on": date(2020, 1, 1)}, []),
        ({"effective_on": date(2030, 1, 1)}, []),
        # The day after the recording is still explained by zones of time.
        ({"found_on": date(2025, 3, 11), "recorded_on": date(2025, 3, 11)}, []),
        ({"found_on": date(2025, 3, 12)}, ["$.found_on"]),
        (
            {"found_on": date(2025, 3, 12), "recorded_on": date(2025, 3, 12)},
            ["$.found_on", "$.recorded_on"],
        ),
        (
            {"occurred_on": date(2025, 3, 12), "found_on": date(2025, 3, 12)},
            ["$.occurred_on", "$.found_on"],
        ),
    ],
    ids=[f"c{n}" for n in range(12)],
)
def test_days_come_in_their_order_and_not_after_the_recording(
    days: dict[str, date], paths: list[str]
) -> None:
    problems = list(problems_of_days(found("a", "2.1", **days), MOMENT))
    assert [problem.path for problem in problems] == paths


def test_what_is_wrong_with_days_says_what_to_do() -> None:
    late = found("a", "2.1", found_on=date(2025, 3, 1), recorded_on=date(2025, 3, 12))
    assert [(each.code, each.message) for each in problems_of_days(late, MOMENT)] == [
        (
            ProblemCode.CONTRADICTION,
            "found_on is 2025-03-01, before occurred_on (2025-03-02); give the days in their order",
        ),
        (
            ProblemCode.ACT_AFTER_RECORDING,
            "recorded_on is 2025-03-12, more than a day after it was recorded (2025-03-10); give "
            "the day on which it happened",
        ),
    ]
    # Without a moment only the order is seen.
    assert [each.path for each in problems_of_days(late, None)] == ["$.found_on"]


@pytest.mark.parametrize(("day", "ahead"), [(10, False), (11, False), (12, True)])
def test_an_act_is_ahead_where_zones_of_time_do_not_explain_it(day: int, ahead: bool) -> None:
    assert is_ahead(found("a", "2.1", occurred_on=date(2025, 3, day)), MOMENT) is ahead


def test_a_case_looks_at_the_days_of_its_violation_once_for_each_reading() -> None:
    ledger = Ledger().record(found("a", "2.1", occurred_on=date(2025, 3, 12)), at=MOMENT)
    case = ledger.case("a")
    assert [problem.path for problem in case.problems_of_days] == ["$.occurred_on"]
    assert case.problems_of_days is case.problems_of_days
    mended = ledger.amend(found("a", "2.1"), at=MOMENT, reason="the day was mistyped")
    assert mended.case("a").problems_of_days == ()


def test_what_a_case_has_looked_at_is_no_part_of_it() -> None:
    violation = found("a", "2.1", occurred_on=date(2025, 3, 12))
    case, other = (Ledger().record(violation, at=MOMENT).case("a") for _ in range(2))
    written = pickle.dumps(other)
    assert len(case.problems_of_days) == 1
    assert (case, hash(case), repr(case)) == (other, hash(other), repr(other))
    assert pickle.dumps(case) == written
    for again in (pickle.loads(written), copy.copy(case), copy.deepcopy(case)):
        assert again.problems_of_days == case.problems_of_days
