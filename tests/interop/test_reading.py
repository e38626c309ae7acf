"""Reading: what reads the values of a type reads them wherever the type is named."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from cmappraisal import Period
from cmappraisal.interop.reading import reader_of
from cmappraisal.interop.rejections import RejectedError


def test_an_element_of_a_list_may_be_none_where_its_type_says_so() -> None:
    read = reader_of(tuple[Period | None, ...])
    day = date(2025, 3, 2)
    assert read([{"first": "2025-03-02", "last": "2025-03-02"}, None]) == (Period(day, day), None)
    with pytest.raises(RejectedError) as caught:
        read([None, {"first": "2025-03-02"}])
    assert [str(each) for each in caught.value.problems] == ["$[1].last: is missing"]


def test_an_element_of_a_list_may_not_be_none_elsewhere() -> None:
    with pytest.raises(RejectedError) as caught:
        reader_of(tuple[Period, ...])([None])
    assert [each.path for each in caught.value.problems] == ["$[0]"]


@pytest.mark.parametrize(
    ("kind", "value", "allowed"),
    [
        (str, 1, "a string"),
        (int, True, "an int"),
        (bool, 1, "true or false"),
        (Decimal, "1e3", "a string such as"),
        (date, "2025-3-04", "a day of the calendar"),
        (datetime, "2025-03-04", "a moment with its offset"),
        (time, "24:00", "a time of the day"),
        (bytes, "0g", "pairs of hexadecimal digits"),
    ],
)
def test_a_leaf_is_as_its_type_says(kind: type, value: object, allowed: str) -> None:
    with pytest.raises(RejectedError) as caught:
        reader_of(kind)(value)
    (problem,) = caught.value.problems
    assert problem.path == "$"
    assert f"allowed: {allowed}" in problem.message
