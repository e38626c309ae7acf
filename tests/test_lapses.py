"""Lapses: until when points count, in words, and what is no lapse."""

from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Policy
from cmappraisal.standards import Never, Span, WithPeriod
from small_standards import rule

ALLOWED = "a Span of months or of the calendar, WithPeriod or Never"


@pytest.mark.parametrize(
    ("lapse", "expected"),
    [
        (Never(), ("不失效", "不失效", "never")),
        (
            WithPeriod(),
            (
                "於所屬考核期屆滿時失效",
                "于所属考核期届满时失效",
                "at the end of their assessment period",
            ),
        ),
        (
            WithPeriod(unless_unserved="fine"),
            (
                "於所屬考核期屆滿時失效，但 fine 未執行完畢的轉入下一考核期",
                "于所属考核期届满时失效，但 fine 未执行完毕的转入下一考核期",
                "at the end of their assessment period, but not while fine is not served",
            ),
        ),
        (
            WithPeriod(below=12),
            (
                "餘額未達 12 分的於所屬考核期屆滿時失效",
                "余额未达 12 分的于所属考核期届满时失效",
                "at the end of their assessment period where the balance is below 12",
            ),
        ),
        (
            WithPeriod(unless_unserved="fine", below="2.5"),
            (
                "餘額未達 2.5 分的於所屬考核期屆滿時失效，但 fine 未執行完畢的轉入下一考核期",
                "余额未达 2.5 分的于所属考核期届满时失效，但 fine 未执行完毕的转入下一考核期",
                "at the end of their assessment period where the balance is below 2.5, but not "
                "while fine is not served",
            ),
        ),
    ],
    ids=["never", "with the period", "unless unserved", "below", "both"],
)
def test_lapses_are_worded(lapse: Any, expected: tuple[str, str, str]) -> None:
    assert attrs.astuple(lapse.text) == expected


@pytest.mark.parametrize("given", [12, "never", Span(months=12, cycle="licence"), Never], ids=str)
def test_what_is_no_lapse_is_reported(given: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Policy(lapse=given)
    assert f"allowed: {ALLOWED}" in str(caught.value)
    with pytest.raises(FieldError) as caught:
        rule("1.1", lapse=given)
    assert f"allowed: None, or {ALLOWED}" in str(caught.value)


def test_what_is_a_lapse_is_taken() -> None:
    for lapse in (Never(), WithPeriod(), Span(months=12), Span(calendar="year")):
        assert Policy(lapse=lapse).lapse == rule("1.1", lapse=lapse).lapse == lapse
    assert rule("1.1").lapse is None
    with pytest.raises(FieldError, match="unless_unserved is ''"):
        WithPeriod(unless_unserved="")
    with pytest.raises(FieldError, match="below is Decimal\\('0'\\)"):
        WithPeriod(below=0)


@pytest.mark.parametrize("given", [None, "year", Span(months=12)], ids=str)
def test_an_assessment_period_is_of_the_calendar_or_in_cycles(given: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Policy(assessment_period=given)
    assert "allowed: a Span of the calendar, or in cycles" in str(caught.value)
    cycles = Span(months=12, cycle="licence")
    assert Policy(assessment_period=cycles).assessment_period == cycles
