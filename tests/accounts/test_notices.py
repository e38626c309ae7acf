"""Notices: a letter about one consequence, as text and as HTML, in three languages."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    FieldError,
    Language,
    LanguageError,
    Period,
    ranking,
    score,
)
from cmappraisal.accounts import (
    ConsequenceDue,
    PointsAccount,
    explain_notice,
    notice_page,
    statement_page,
)
from cmappraisal.reports import ranking_page
from cmappraisal.standards import AtMost, Balance, CancelThose, Consequence, Span, Thresholds
from cmappraisal.texts import LANGUAGES, Text
from fragments import Reader
from small_accounts import account, deducting, entered, house, noon, on

STUDY = Consequence(
    "study",
    Text("學習", "学习", en="study"),
    days=7,
    days_at_most=60,
    settles=CancelThose(),
    settles_when="served",
    status="suspended",
)
GRAVE = Consequence(
    "grave",
    Text("移送", "移送", en="referred"),
    money=200,
    elsewhere=True,
    settles=AtMost(3),
)
STANDARD = house(
    deducting("20", 2, consequences=["grave"]),
    consequences=[STUDY, GRAVE],
    thresholds=Thresholds({10: "study"}),
)
LEDGER = entered(
    on("V-1", 6, date(2025, 1, 10)),
    on("V-2", 4, date(2025, 2, 10)),
    on("V-3", 20, date(2025, 3, 1)),
)


def made(**fields: Any) -> tuple[PointsAccount, Mapping[str, ConsequenceDue]]:
    kept = account(LEDGER, STANDARD, **fields)
    return kept, {due.consequence: due for due in kept.consequences}


READ = {
    "en": """\
Notice
Relationship manager: A
Standard: words (house 1)
Through: 2025-12-31
Everything recorded is taken into account

Since 2025-02-10: study (7 days) [standard, item 90]

Because of:
1. 2025-01-10, violation V-1, rule 6 (item 6)
   words
   Counts: 6
2. 2025-02-10, violation V-2, rule 4 (item 4)
   words
   Counts: 4
which make 10

cancels these points when it is served
Qualification: suspended
not taken yet

Whoever disputes this can appeal against a violation above; where one is reversed, what follows is \
determined anew.
""",
    "zh-Hans": """\
处理通知
客户经理：A
标准：words（house 1）
截至：2025-12-31
所有登记均已计入

自 2025-02-10 起应执行：学习（7 天） [标准：第90项]

起因：
1. 2025-01-10 违规 V-1 条款 6（第6项）
   words
   计 6 分
2. 2025-02-10 违规 V-2 条款 4（第4项）
   words
   计 4 分
计 10 分

执行完毕时取消上列积分
客户经理资格：暂停
尚未执行

如有异议，可就上列违规提出申诉；其中任何一项撤销的，本项处理重新核定。
""",
}


@pytest.mark.parametrize("language", READ)
def test_a_notice_reads_as_it_was_read_through(language: Language) -> None:
    kept, dues = made()
    assert explain_notice(kept, dues["study"], language) == READ[language]


def test_what_a_rule_states_is_said_with_what_it_does() -> None:
    kept, dues = made()
    said = explain_notice(kept, dues["grave"]).splitlines()
    assert "Since 2025-03-01: referred [standard, item 20]" in said
    for line in (
        "which make 2",
        "lowers the balance to 3 points when it is taken",
        "Money withheld: 200",
        "handled by other rules besides",
    ):
        assert line in said


def test_what_was_taken_is_said() -> None:
    day = date(2025, 4, 1)
    taken = LEDGER.take("V-2", "study", on=day, at=noon(day))
    kept = account(taken, STANDARD)
    assert "taken on 2025-04-01" in explain_notice(kept, kept.consequences[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_what_the_letter_says(language: Language) -> None:
    kept, dues = made()
    ranks = ranking([score(LEDGER, STANDARD, Period.year(2025), manager="A")])
    pages = {
        "notice": notice_page(kept, dues["study"], language),
        "statement": statement_page(kept, language),
        "ranking": ranking_page(ranks, language),
    }
    for name, page in pages.items():
        assert page.startswith(f'<div class="cmappraisal-{name}" lang="{language}" role="group"')
    letter = explain_notice(kept, dues["study"], language)
    texts = Reader(pages["notice"]).texts
    for line in filter(None, letter.splitlines()):
        assert line.strip() in texts
    assert "A" in " ".join(Reader(pages["ranking"]).texts)


def test_what_comes_from_data_is_escaped() -> None:
    hostile = account(LEDGER, evolve(STANDARD, text=Text.same("<b>&\"'")))
    for page in (statement_page(hostile), notice_page(hostile, hostile.consequences[0])):
        assert "<b>" not in page
        assert "&lt;b&gt;&amp;&quot;&#x27;" in page


def test_a_consequence_that_no_edition_declares_is_said_by_its_id() -> None:
    kept, dues = made()
    unheard = evolve(dues["study"], consequence="unheard-of")
    said = explain_notice(evolve(kept, consequences=[unheard]), unheard)
    assert "Since 2025-02-10: unheard-of (7 days) [standard, item 90]" in said
    assert "cancels" not in said


def test_arguments_are_checked() -> None:
    kept, dues = made()
    wrong: Any = 5
    for report in (explain_notice, notice_page):
        with pytest.raises(FieldError) as caught:
            report(wrong, wrong)
        assert [problem.path for problem in caught.value.problems] == ["$.account", "$.due"]
        assert str(caught.value).startswith(f"{report.__name__}: ")
        other = evolve(dues["study"], nth=9)
        with pytest.raises(FieldError, match=r"due is .*allowed: one of the account's"):
            report(kept, other)
        with pytest.raises(LanguageError):
            report(kept, dues["study"], wrong)
    for page in (statement_page, ranking_page):
        with pytest.raises(FieldError):
            page(wrong)


SUMS = house(
    thresholds=Thresholds({10: "study"}),
    consequences=[Consequence("study", Text.same("study"))],
)
SUM = entered(
    on("V-1", 9, date(2025, 3, 2)), on("M-1", 12, date(2025, 4, 1)), on("V-2", 6, date(2025, 5, 1))
)


@pytest.mark.parametrize(
    ("language", "others", "appeal"),
    [
        ("zh-Hant", "加分、失效等其他變動：-2 分\n計 13 分", "申訴未決，期間照計"),
        ("zh-Hans", "加分、失效等其他变动：-2 分\n计 13 分", "申诉未决，期间照计"),
        (
            "en",
            "awards, lapses and other changes: -2\nwhich make 13",
            "the appeal against it is open",
        ),
    ],
)
def test_what_is_listed_adds_up_and_an_open_appeal_is_said(
    language: Language, others: str, appeal: str
) -> None:
    (due,) = account(SUM, SUMS).consequences
    calm = explain_notice(account(SUM, SUMS), due, language)
    assert others in calm
    assert appeal not in calm
    disputed = SUM.appeal("V-2", at=noon(date(2025, 6, 1)), grounds="not mine")
    assert appeal in explain_notice(account(disputed, SUMS), due, language)


def test_a_balance_of_points_kept_is_no_sum() -> None:
    kept = evolve(
        SUMS,
        clauses=[evolve(SUMS.clauses[0], balance=Balance(20, of="kept"))],
    )
    made = account(SUM, kept)
    (due,) = made.consequences
    assert "other changes" not in explain_notice(made, due)
    (within,) = account(
        SUM,
        evolve(
            kept,
            clauses=[
                evolve(
                    kept.clauses[0],
                    thresholds=Thresholds({10: "study"}, within=Span(months=12)),
                )
            ],
        ),
    ).consequences
    assert str(within.points) == "13"
