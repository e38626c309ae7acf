"""Thresholds: what follows at which number, and what is no table."""

from decimal import Decimal
from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal import FieldError
from cmappraisal.standards import FromTime, Reached, Span, Threshold, Thresholds, ThresholdsOf


def test_what_follows_where_several_are_reached_is_worded() -> None:
    assert_choices_are_worded(
        Reached,
        {
            "each": ("各自適用", "各自适用", "what follows from each of them"),
            "highest": (
                "同時達到數級的，適用最高一級",
                "同时达到数级的，适用最高一级",
                "what follows from the highest of those reached at once",
            ),
            "in-order": (
                "逐級適用，前一級執行後再有違規的，適用後一級",
                "逐级适用，前一级执行后再有违规的，适用后一级",
                "in order, the next with a violation after the one before it was taken",
            ),
        },
    )


def test_what_a_table_looks_at_is_worded() -> None:
    assert_choices_are_worded(
        ThresholdsOf,
        {
            "points": ("積分", "积分", "points"),
            "score": (
                "考核期的得分",
                "考核期的得分",
                "the score of an assessment period",
            ),
            "grades": (
                "連續考核期的等級",
                "连续考核期的等级",
                "the grades of assessment periods in a row",
            ),
        },
    )


def test_natural_input_is_taken() -> None:
    table = Thresholds({Decimal(4): ["warning"], Decimal("8.5"): ["study", "test"]})
    assert table.rows == (
        Threshold(4, ["warning"]),
        Threshold("8.5", ("study", "test"), times=[], every=None),
    )
    assert (table.reached, table.within) == (Reached.EACH, None)
    assert Thresholds([Threshold(4, "w")], reached="in-order").reached is Reached.IN_ORDER
    row = Threshold(12, "study", times={2: "test", 3: ["study", "test"]}, every=12)
    assert row.times == (FromTime(2, ["test"]), FromTime(3, ["study", "test"]))
    assert row.named == ("study", "test")
    assert [row.of_time(nth) for nth in (1, 2, 3, 9)] == [
        ("study",),
        ("test",),
        ("study", "test"),
        ("study", "test"),
    ]


ROWS = "rows is "
TABLE = "a list of 1 to 100 Threshold, or a mapping from points to consequence ids"


@pytest.mark.parametrize(
    ("rows", "fields", "message"),
    [
        ({}, {}, TABLE),
        (5, {}, TABLE),
        ([5], {}, TABLE),
        ({8: "a", 4: "b"}, {}, TABLE),
        ([Threshold(4, "a"), Threshold(4, "b")], {}, TABLE),
        (dict.fromkeys(range(101), "a"), {}, TABLE),
        ({4: "a"}, {"reached": "lowest"}, "reached is 'lowest'; allowed: Reached.EACH"),
        ({4: "a"}, {"of": "marks"}, "of is 'marks'; allowed: ThresholdsOf.POINTS"),
        ({4: "a"}, {"of": "score", "within": Span(months=1)}, "without within"),
        ({4: "a"}, {"of": "score", "reached": "in-order"}, "of a score not in order"),
        ({"1.5": "a"}, {"of": "grades", "grades": ["D"]}, "of grades with whole numbers from 1"),
        ({0: "a"}, {"of": "grades", "grades": ["D"]}, "of grades with whole numbers from 1"),
        ({4: "a"}, {"of": "grades"}, "grades is (); allowed: ids of grades where grades are"),
        ({4: "a"}, {"grades": ["D"]}, "grades is ('D',); allowed: ids of grades where"),
        ({4: "a"}, {"within": 12}, "within is 12; allowed: None, or a Span of months"),
        ({4: "a"}, {"within": Span(months=12, cycle="c")}, "allowed: None, or a Span of months"),
    ],
    ids=lambda value: str(value)[:25],
)
def test_what_is_no_table_is_reported(rows: Any, fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Thresholds(rows, **fields)
    assert message in str(caught.value)
    assert len(Thresholds(dict.fromkeys(range(100), "a")).rows) == 100


TIMES = "a list of FromTime, or a mapping from times to consequence ids, in rising order"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"at": 1.5}, "at is 1.5; allowed: a Decimal"),
        ({"consequences": []}, "consequences is ()"),
        ({"consequences": ["a", "a"]}, "consequences is ('a', 'a')"),
        ({"consequences": [5]}, "consequences is (5,)"),
        ({"times": {3: "a", 2: "b"}}, TIMES),
        ({"times": [FromTime(2, "a"), FromTime(2, "b")]}, TIMES),
        ({"times": 5}, TIMES),
        ({"every": 0}, "every is Decimal('0')"),
    ],
    ids=str,
)
def test_what_is_no_threshold_is_reported(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Threshold(**{"at": 4, "consequences": "a", **fields})
    assert message in str(caught.value)


@pytest.mark.parametrize("nth", [1, 0, 101, "2", True])
def test_a_time_is_the_second_or_a_later_one(nth: Any) -> None:
    with pytest.raises(FieldError, match="nth is "):
        FromTime(nth, "a")
    assert FromTime(100, "a").consequences == ("a",)
