"""Papers and tables of people: what a browser makes of them, light and dark, wide and narrow."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import LANGUAGES, Period, WorkCalendar, ranking, score
from cmappraisal.accounts import account_chart, notice_page, statement_page
from cmappraisal.reports import ranking_page
from cmappraisal.reports.papers import Item, Section, as_html, as_text
from cmappraisal.standards import Consequence, Thresholds
from cmappraisal.training import (
    VIP_SERVICE,
    Group,
    Hours,
    Room,
    Trainee,
    Trainer,
    check_compliance,
    compliance_grid,
    schedule,
    week_grid,
)
from fragments import (
    PREFERRED,
    Reader,
    assert_all_text_can_be_read,
    assert_follows_the_theme,
    assert_makes_the_page_no_wider,
    in_chromium,
    shown_by_chromium,
)
from small_accounts import TEXT, account, entered, house, on

PAPER = [
    Section.of("Paper", ["about <A>"]),
    Section.of("What it says", [Item("one", ("more", "and more")), "- two"]),
    Section.of(None, ["the end"]),
]


def test_a_paper_is_written_once_as_text_and_as_html() -> None:
    assert as_text(PAPER) == (
        "Paper\nabout <A>\n\nWhat it says\none\n   more\n   and more\n- two\n\nthe end\n"
    )
    page = as_html("paper", "Paper of A", PAPER, "en")
    assert Reader(page).texts == [
        *("Paper", "about <A>", "What it says", "one", "more", "and more", "two", "the end")
    ]
    assert 'class="cmappraisal-paper" lang="en" role="group" aria-label="Paper of A"' in page
    assert '<p class="name">Paper</p><p class="quiet">about &lt;A&gt;</p>' in page
    assert page.count("<ul><li>") == 2


STANDARD = house(
    consequences=[Consequence("talk", TEXT, days=7)], thresholds=Thresholds({10: "talk"})
)
LEDGER = entered(on("V-1", 6, date(2025, 1, 10)), on("V" * 80, 4, date(2025, 2, 10)))
MADE = account(LEDGER, STANDARD)
RANKS = ranking([score(LEDGER, STANDARD, Period.year(2025), manager="A")])
COMPLIANCE = check_compliance(
    schedule(
        VIP_SERVICE,
        Period.year(2026),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01"), Trainee("R" * 80)],
    ),
    [],
    on=date(2026, 5, 31),
)
WEEK = schedule(
    VIP_SERVICE,
    Period(date(2026, 3, 9), date(2026, 3, 15)),
    calendar=WorkCalendar(),
    groups=[Group("G" * 80, [Trainee("RM-01")])],
)
ROOMS = evolve(
    WEEK,
    rooms=[Room("R" * 80, 9, closed=[date(2026, 3, 11)], hours=[Hours(time(8), time(18))])],
    trainers=[Trainer("T" * 80, list(VIP_SERVICE.curriculum))],
    sessions=[
        evolve(WEEK.sessions[0], room="R" * 80, trainer="T" * 80, start=time(9)),
        *WEEK.sessions[1:],
    ],
)
PAGES = "".join(
    page
    for language in LANGUAGES
    for page in (
        notice_page(MADE, MADE.consequences[0], language),
        statement_page(MADE, language),
        ranking_page(RANKS, language),
        account_chart(MADE, language),
        compliance_grid(COMPLIANCE, language),
        week_grid(ROOMS, date(2026, 3, 10), language),
    )
)


@pytest.fixture(scope="module", params=PREFERRED)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Chromium makes of the pages, where the system prefers light or dark."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    return shown_by_chromium(PAGES, request.param, folder)


@in_chromium
def test_chromium_reads_the_pages_as_they_are_written(seen: Any) -> None:
    assert Reader(seen["parsed"]).events == Reader(PAGES).events
    assert seen["leaks"] is False
    assert_follows_the_theme(seen)


@in_chromium
@pytest.mark.parametrize("theme", ["page", "light", "dark"])
def test_all_text_can_be_read(seen: Any, theme: str) -> None:
    assert_all_text_can_be_read(seen, theme)


@in_chromium
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_makes_the_page_wider(seen: Any, width: str) -> None:
    assert_makes_the_page_no_wider(seen, width)
