"""Tables of scores and of grades in a row: what follows once an assessment period has ended."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import CalendarSpan, Grade, Ledger, Policy, PolicyError, RevokedResult, Rule
from cmappraisal.accounts import PointsAccount, explain_account
from cmappraisal.standards import CancelThose, Span, Threshold, Thresholds
from small_accounts import TEXT, account, consequence, due, entered, house, noon, on

BANDS = [
    Grade("A", at_least=96, below=None),
    Grade("B", at_least=90, below=96),
    Grade("D", at_least=0, below=90),
]
QUARTERLY = Policy(grades=BANDS, assessment_period=Span(calendar=CalendarSpan.QUARTER))
KINDS = [
    consequence("talk"),
    consequence("course"),
    consequence("bar", days=365, status="suspended"),
]


def kept(ledger: Ledger, table: Thresholds, **fields: Any) -> PointsAccount:
    given = {"policy": QUARTERLY, **fields}
    return account(ledger, house(consequences=KINDS, thresholds=table), **given)


def each_quarter(*points: int) -> Ledger:
    """A violation of so many points in the second month of each quarter; none of 0."""
    return entered(
        *(
            on(f"V-{place}", number, date(2024 + place // 4, 3 * (place % 4) + 2, 10))
            for place, number in enumerate(points)
            if number
        )
    )


SCORES = Thresholds({90: "course", 95: "talk"}, of="score")


def test_a_score_at_a_number_or_below_it_is_reached_when_its_period_ends() -> None:
    ledger = entered(
        on("V-1", 4, date(2025, 1, 10)),
        on("V-2", 1, date(2025, 2, 10)),
        on("V-3", 4, date(2025, 4, 10)),
        on("V-4", 9, date(2025, 7, 10)),
        on("V-5", 1, date(2025, 8, 10)),
    )
    made = kept(ledger, SCORES)
    assert due(made) == [
        "2025-03-31 talk V-2 1",
        "2025-09-30 course V-5 1",
        "2025-09-30 talk V-5 2",
    ]
    first, *_, last = made.consequences
    assert (first.points, first.because_of) == (Decimal(95), ("V-1", "V-2"))
    assert (last.crossed_on, last.points) == (date(2025, 9, 30), Decimal(90))


def test_each_bad_period_is_one_more_time() -> None:
    table = Thresholds([Threshold(95, "talk", times={2: "course"})], of="score", reached="highest")
    assert due(kept(each_quarter(5, 6, 0, 9), table)) == [
        "2024-03-31 talk V-0 1",
        "2024-06-30 course V-1 2",
        "2024-12-31 course V-3 3",
    ]


def test_the_period_that_has_not_ended_is_not_looked_at() -> None:
    ledger = each_quarter(5)
    assert due(kept(ledger, SCORES, through=date(2024, 3, 30))) == []
    assert due(kept(ledger, SCORES, through=date(2024, 3, 31))) == ["2024-03-31 talk V-0 1"]


def test_what_was_known_later_makes_it_due_later() -> None:
    late = Ledger().record(on("V-1", 5, date(2025, 1, 10)), at=noon(date(2025, 5, 2)))
    assert due(kept(late, SCORES)) == ["2025-05-02 talk V-1 1"]


RUN = Thresholds({2: "talk", 3: "bar"}, of="grades", grades=["D"])


def test_grades_in_a_row_are_counted_by_periods() -> None:
    # Three in a row, then a better one, and then a row that is too short.
    made = kept(each_quarter(9, 9, 9), Thresholds({2: "talk"}, of="grades", grades=["B"]))
    assert due(made) == ["2024-06-30 talk V-1 1"]
    ledger = entered(
        *(
            on(f"V-{quarter}{place}", 9, date(2024, 3 * quarter - 1, 10 + place))
            for quarter in (1, 2, 3)
            for place in (0, 1)
        ),
        on("V-40", 9, date(2024, 11, 10)),
        *(on(f"V-5{place}", 9, date(2025, 2, 10 + place)) for place in (0, 1)),
    )
    made = kept(ledger, RUN)
    assert due(made) == ["2024-06-30 talk V-21 1", "2024-09-30 bar V-31 1"]
    talk, bar = made.consequences
    assert (talk.points, talk.because_of) == (Decimal(2), ("V-10", "V-11", "V-20", "V-21"))
    assert (bar.points, len(bar.because_of)) == (Decimal(3), 6)


def test_a_row_ends_with_a_period_without_a_deduction() -> None:
    several = Thresholds({2: "talk"}, of="grades", grades=["B", "D"])
    assert due(kept(each_quarter(9, 0, 9, 9), several)) == ["2024-12-31 talk V-3 1"]
    # Grade A is that of nothing deducted too, by which nobody could have anything entered.
    assert due(kept(Ledger(), Thresholds({1: "talk"}, of="grades", grades=["A"]))) == []


def test_in_order_the_next_follows_once_the_one_before_was_taken() -> None:
    table = Thresholds({1: "talk", 2: "course"}, of="grades", grades=["B"], reached="in-order")
    ledger = each_quarter(9, 9, 9)
    assert due(kept(ledger, table)) == ["2024-03-31 talk V-0 1"]
    day = date(2024, 9, 15)
    taken = ledger.take("V-0", "talk", on=day, at=noon(day))
    assert due(kept(taken, table))[1:] == ["2024-09-30 course V-2 1"]


def test_a_revocation_without_points_counts_as_the_score_that_it_is_shown_with() -> None:
    standard = house(
        Rule("20", TEXT, citation="20", consequences=["out"]),
        consequences=[*KINDS, consequence("out", status="revoked")],
        thresholds=Thresholds({0: "talk"}, of="score"),
    )
    lowest = Policy(revoked_result=RevokedResult.LOWEST)
    ledger = entered(on("V-1", 20, date(2025, 3, 3)))
    assert due(account(ledger, standard, policy=lowest))[1:] == ["2025-12-31 talk V-1 1"]
    assert len(due(account(ledger, standard, policy=Policy()))) == 1


def test_what_it_cancels_are_the_points_of_its_periods() -> None:
    standard = house(
        consequences=[consequence("talk", settles=CancelThose())],
        thresholds=Thresholds({95: "talk"}, of="score"),
    )
    day, later = date(2025, 4, 10), date(2025, 5, 10)
    ledger = each_quarter(0, 0, 0, 0, 5).take("V-4", "talk", on=day, at=noon(day))
    ledger = ledger.record(on("V-5", 3, later), at=noon(later))
    never = Policy(lapse=Span(months=24), assessment_period=Span(calendar="quarter"))
    made = account(ledger, standard, policy=never)
    assert made.balance == 3


def test_a_policy_without_scores_or_grades_does_not_fit() -> None:
    with pytest.raises(PolicyError, match='clause "G" looks at scores, but there are none'):
        kept(Ledger(), SCORES, policy=Policy(full_marks=None))
    with pytest.raises(PolicyError, match='clause "G" names grade "D"; there are: none'):
        kept(Ledger(), RUN, policy=Policy())
    with pytest.raises(PolicyError) as caught:
        kept(Ledger(), Thresholds({1: "talk"}, of="grades", grades=["X", "Y"]))
    assert [problem.message.partition("; ")[2] for problem in caught.value.problems] == [
        "there are: A, B, D",
        "there are: A, B, D",
    ]


def test_a_statement_says_what_was_looked_at() -> None:
    said = explain_account(kept(each_quarter(5), SCORES))
    assert (
        "1. since 2024-03-31: words, because of V-0, with which the score of the period is 95"
        in said
    )
    said = explain_account(
        kept(each_quarter(9, 9), Thresholds({2: "bar"}, of="grades", grades=["B"]))
    )
    assert "because of V-0, V-1, with such a grade in 2 periods in a row" in said
