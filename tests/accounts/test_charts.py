"""Charts: what the picture of an account shows, and where."""

import re
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, LanguageError
from cmappraisal.accounts import account_chart
from cmappraisal.accounts.charts import MAXIMUM_DUE
from cmappraisal.standards import Never, Span, Thresholds
from small_accounts import account, consequence, entered, house, on

STANDARD = house(
    consequences=[consequence("study"), consequence("talk")],
    thresholds=Thresholds({5: "talk", 10: "study"}),
    answers={"lapse": Never()},
)
MADE = account(
    entered(
        on("V-1", 6, date(2022, 7, 1)),
        on("V-2", 4, date(2023, 7, 1)),
        on("M-1", 12, date(2024, 7, 1)),
    ),
    STANDARD,
)


NARROW = re.compile(r'<svg viewBox="[^"]*" role="img" class="narrow">.*?</svg>', re.DOTALL)


def of(pattern: str, chart: str) -> list[Any]:
    """What is found in a chart, but for the picture of a narrow page."""
    return re.findall(pattern, NARROW.sub("", chart))


def test_the_balance_is_a_line_of_steps() -> None:
    chart = account_chart(MADE)
    (path,) = of(r'<path d="([^"]*)" class="balance">', chart)
    # From 0 up to 6, to 10, and down to 8: the higher, the smaller is y.
    assert path == "M44.0 230.0H126.3V100.4H292.3V14.0H458.8V57.2H708.0"
    assert "from 2022-01-01 to 2025-12-31 the balance goes from 0 to 8, between 0 and 10" in chart
    assert '<p class="quiet">2022-01-01 to 2025-12-31, balance 8</p>' in chart


def test_the_numbers_of_tables_are_dashed_and_crossings_marked() -> None:
    chart = account_chart(MADE)
    assert of(r'class="at" text-anchor="end">([^<]*)<', chart) == ["at 5", "at 10"]
    assert of(r'class="due">(\d\+?)</text>', chart) == ["1", "2"]
    assert of(r'<circle cx="[^"]*" cy="[^"]*" r="([^"]*)"', chart) == ["10", "10"]
    assert of("<li>([^<]*)</li>", chart) == [
        "1. since 2022-07-01: words, because of V-1, which make 6; not taken yet",
        "2. since 2023-07-01: words, because of V-1, V-2, which make 10; not taken yet",
    ]


def test_a_narrow_page_has_a_narrow_picture_of_the_same() -> None:
    chart = account_chart(MADE)
    (narrow,) = NARROW.findall(chart)
    assert re.findall(r'<path d="([^"]*)" class="balance">', narrow) == [
        "M44.0 230.0H79.2V100.4H150.2V14.0H221.4V57.2H328.0"
    ]
    for what in ("title>", "desc>", 'class="at" text-anchor="end">', 'class="due">'):
        assert re.findall(f"{what}([^<]*)<", narrow) == of(f"{what}([^<]*)<", chart)
    # There is less room for years.
    long = account(entered(on("V-1", 1, date(2010, 1, 1))), house(), through=date(2025, 1, 2))
    years = r'text-anchor="middle">(\d{4})<'
    (narrow,) = NARROW.findall(account_chart(long))
    assert 0 < len(re.findall(years, narrow)) < len(of(years, account_chart(long)))


def test_years_and_ends_are_on_the_axes() -> None:
    chart = account_chart(MADE)
    assert of(r'text-anchor="middle">(\d{4})<', chart) == ["2023", "2024", "2025"]
    assert of(r'text-anchor="end">(-?\d+)<', chart) == ["0", "10"]
    lines = of(r'<line x1="44" x2="([^"]*)" y1="[^"]*" y2="([^"]*)" class="axis"', chart)
    assert lines == [("708", "230.0"), ("708", "14.0")]
    near = account(entered(on("V-1", 1, date(2024, 1, 1))), house(), through=date(2025, 1, 2))
    assert of(r'text-anchor="middle">(\d{4})<', account_chart(near)) == []
    assert of(r'y="250"[^>]*>([^<]*)<', account_chart(near)) == ["2024-01-01", "2025-01-02"]
    crowded = account(entered(on("V-1", 1, date(1900, 1, 1))), house(), through=date(2025, 1, 2))
    assert len(of(r'text-anchor="middle">(\d{4})<', account_chart(crowded))) <= 11


def test_two_on_one_day_share_a_mark_and_tables_with_a_span_have_no_line() -> None:
    both = Thresholds({5: ["talk", "study"]}, within=Span(months=12))
    standard = house(consequences=STANDARD.consequences, thresholds=both)
    chart = account_chart(account(entered(on("V-1", 6, date(2025, 7, 1))), standard))
    assert of(r'class="due">(\d\+?)</text>', chart) == ["1+"]
    assert 'class="at"' not in chart.partition("</style>")[2]


def test_nothing_happened_is_a_picture_too() -> None:
    chart = account_chart(account(entered(), house(), through=date(2025, 1, 1)))
    assert "Nothing follows." in chart
    assert "M44.0 230.0H44.0" in chart
    assert account_chart(MADE) == MADE._repr_html_()


def test_a_chart_lists_no_more_than_can_be_read() -> None:
    many = [MADE.consequences[0]] * (MAXIMUM_DUE + 3)
    chart = account_chart(evolve(MADE, consequences=many))
    assert len(of("<li>([^<]*)</li>", chart)) == MAXIMUM_DUE + 1
    assert "3 more" in chart


def test_what_comes_from_data_is_escaped() -> None:
    chart = account_chart(evolve(MADE, manager="<b>"), "zh-Hans")
    assert "<b>" not in chart
    assert "&lt;b&gt; 的积分余额" in chart
    assert "尚未执行" in chart


def test_arguments_are_checked() -> None:
    with pytest.raises(FieldError, match="account is 5; allowed: a PointsAccount"):
        account_chart(5)  # type: ignore[arg-type]
    with pytest.raises(LanguageError):
        account_chart(MADE, "fr")  # type: ignore[arg-type]
