"""Statements: an account in words, as it was read through in three languages."""

from datetime import date

import pytest
from attrs import evolve

from cmappraisal import Edition, Editions, FieldError, Language, LanguageError, Text
from cmappraisal.accounts import explain_account
from cmappraisal.accounts.statements import MAXIMUM_POSTINGS, consequence_in_words
from cmappraisal.standards import Balance, CancelThose, Consequence, Thresholds, WithPeriod
from small_accounts import (
    account,
    consequence,
    deducting,
    entered,
    house,
    noon,
    on,
)

STANDARD = house(
    deducting("20", 6, consequences=["fine"]),
    consequences=[
        consequence("fine"),
        consequence("study", days=7, days_at_most=20, settles=CancelThose()),
    ],
    balance=Balance(most=20),
    thresholds=Thresholds({10: "study"}),
)
DAY = date(2025, 3, 1)
LEDGER = entered(
    on("V-1", 20, date(2025, 1, 10), effective_on=date(2025, 2, 1)), on("V-2", 4, date(2025, 2, 10))
)
LEDGER = LEDGER.take("V-2", "study", on=DAY, at=noon(DAY))
LEDGER = LEDGER.record(on("V-3", 9, date(2025, 4, 1)), at=noon(date(2025, 4, 1)))
LEDGER = LEDGER.record(on("V-4", 9, date(2025, 5, 1)), at=noon(date(2025, 5, 1)))
LEDGER = LEDGER.record(on("V-5", 9, date(2025, 6, 1)), at=noon(date(2025, 6, 1)))
LEDGER = LEDGER.take("V-5", "fine", on=date(2025, 6, 2), at=noon(date(2025, 6, 2)))
MADE = account(LEDGER, STANDARD)
READ = """\
Points account
Relationship manager: A
Standard: words (house 1)
Through: 2025-12-31
Everything recorded is taken into account

Postings:
1. 2025-01-01 opened: 0, balance 0 [standard, item 90]
2. 2025-01-10 charged (V-1, rule 20, in effect since 2025-02-01): +6, balance 6 [standard, item 20]
3. 2025-02-10 charged (V-2, rule 4): +4, balance 10 [standard, item 4]
4. 2025-03-01 cancelled (words): -10, balance 0 [standard, item 90]
5. 2025-04-01 charged (V-3, rule 9): +9, balance 9 [standard, item 9]
6. 2025-05-01 charged (V-4, rule 9): +9, balance 18 [standard, item 9]
7. 2025-06-01 charged (V-5, rule 9): +9, balance 27 [standard, item 9]
8. 2025-06-01 forfeited: -7, balance 20 [standard, item 90]
Balance: 20

What follows:
1. since 2025-02-01: words, because of V-1, which make 6 [standard, item 20]
   not taken yet
2. since 2025-02-10: words (7 days), because of V-1, V-2, which make 10 [standard, item 90]
   taken on 2025-03-01
3. since 2025-05-01: words (time 2, 14 days), because of V-3, V-4, which make 18 [standard, item 90]
   not taken yet

Taken without ground:
- words, for V-5, taken on 2025-06-02

Qualification on 2025-12-31: kept

How it is kept:
- the assessment periods of an account: within one year [policy: assessment_period]
- when points lapse: at the end of their assessment period [policy: lapse]
- what awards are set against: the balance [policy: awards_against]
- from when a consequence changes the qualification: from the day on which it is due \
[policy: status_from]
"""


def test_a_statement_reads_as_it_was_read_through() -> None:
    assert explain_account(MADE) == MADE.explain() == READ


def test_a_posting_without_a_line_is_said_by_its_id() -> None:
    postings = [
        each if each.violation is None else evolve(each, violation="X") for each in MADE.postings
    ]
    said = explain_account(evolve(MADE, postings=postings))
    assert "2025-01-10 charged (X, in effect since 2025-02-01)" in said


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh-Hant",
            [
                "4. 2025-03-01 註銷（words）：-10，餘額 0",
                "餘額：20",
                "3. 自 2025-05-01 起：words（第 2 次、14 天），起因於 V-3、V-4，計 18 分",
                "- words，因 V-5，2025-06-02 已執行",
            ],
        ),
        (
            "zh-Hans",
            [
                "4. 2025-03-01 注销（words）：-10，余额 0",
                "余额：20",
                "3. 自 2025-05-01 起：words（第 2 次、14 天），起因于 V-3、V-4，计 18 分",
                "- words，因 V-5，2025-06-02 已执行",
            ],
        ),
    ],
)
def test_a_statement_reads_in_chinese(language: Language, lines: list[str]) -> None:
    said = explain_account(MADE, language).splitlines()
    for line in lines:
        assert any(each.startswith(line) for each in said), line
    assert {each.strip() for each in said} >= {
        "2025-03-01 已執行" if language == "zh-Hant" else "2025-03-01 已执行"
    }


def test_what_was_known_at_a_moment_is_said() -> None:
    moment = noon(date(2025, 2, 15))
    said = explain_account(account(LEDGER, STANDARD, as_of=moment))
    assert "As known at: 2025-02-15 12:00:00+00:00\n" in said
    assert "study" not in said
    assert "Nothing follows." not in said
    assert "Nothing follows.\n" in explain_account(account(entered(), STANDARD))


def test_what_was_served_is_said() -> None:
    later = date(2025, 7, 1)
    ledger = LEDGER.take("V-1", "fine", on=later, at=noon(later))
    served = ledger.serve("V-1", "fine", on=later, at=noon(later))
    assert "taken on 2025-07-01, served on 2025-07-01\n" in explain_account(
        account(served, STANDARD)
    )


def test_a_long_account_lists_its_latest_postings() -> None:
    many = [MADE.postings[0], *[MADE.postings[1]] * (MAXIMUM_POSTINGS + 1)]
    said = explain_account(evolve(MADE, postings=many))
    assert "and 2 more postings\n3. 2025-01-10 charged" in said
    assert said.count(" charged ") == MAXIMUM_POSTINGS
    assert "more postings" not in explain_account(MADE)


def test_a_consequence_is_named_as_the_latest_edition_that_declares_it_does() -> None:
    old = house(
        consequences=[consequence("fine"), evolve(consequence("old"), text=Text.same("gone"))]
    )
    standard = Editions(
        [
            Edition(old, last=date(2024, 12, 31)),
            Edition(evolve(STANDARD, edition="2"), date(2025, 1, 1)),
        ]
    )
    made = account(entered(), standard)
    assert consequence_in_words(made, "old", "en") == "gone"
    assert consequence_in_words(made, "study", "en") == "words"
    assert consequence_in_words(made, "unknown", "en") == "unknown"


def test_arguments_are_checked() -> None:
    with pytest.raises(FieldError, match="account is 5; allowed: a PointsAccount"):
        explain_account(5)  # type: ignore[arg-type]
    with pytest.raises(LanguageError):
        explain_account(MADE, "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hant", "但 罰款 未執行完畢的轉入下一考核期"),
        ("zh-Hans", "但 罚款 未执行完毕的转入下一考核期"),
        ("en", "but not while a fine is not served"),
    ],
)
def test_what_points_wait_for_is_said_in_words(language: Language, words: str) -> None:
    standard = house(
        deducting("20", 6, consequences=["fine"]),
        consequences=[Consequence("fine", Text("罰款", "罚款", en="a fine"))],
        answers={"lapse": WithPeriod(unless_unserved="fine")},
    )
    assert words in explain_account(account(entered(), standard), language)
