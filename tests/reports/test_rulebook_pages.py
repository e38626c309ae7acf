"""Rulebook pages: what a standard says, rule by rule, in three languages."""

import re
from typing import Any

import pytest

from cmappraisal import ERROR_POINTS, LANGUAGES, FieldError, LanguageError, Rulebook, Text
from cmappraisal.reports import explain_rulebook, rulebook_page
from cmappraisal.standards import Award, Between, Clause, Part, Referral, Unit
from fragments import Reader, assert_touches_nothing_else
from staff_rules import CIRCUMSTANCES, CONSEQUENCES, GENERAL, LEVELS, rule

RULES = [
    rule("1.1", "2.5", aggravated_by=["press", "loss"], mitigated_by=["self"]),
    rule("1.2", Between(1, 6), Unit.CUSTOMER, consequences={"fine": ["loss"]}),
    rule("1.3", 8, discretionary=True),
    rule("1.6", None, consequences=["revoked"]),
    rule("1.4", Referral(to=["1.1", "1.2"])),
    rule("1.5", None, award=Award(3, Unit.UNSTATED)),
]
HEADING = Text("另", "另", en="More")
REST = Text("其他", "其他", en="The rest")
BOOK = Rulebook(
    "staff",
    "2",
    text=Text("員工守則", "员工守则", en="Staff rules"),
    levels=LEVELS,
    circumstances=CIRCUMSTANCES,
    consequences=CONSEQUENCES,
    clauses=[Clause("general", GENERAL, citation="2")],
    parts=[
        Part("credit", Text("信貸", "信贷", en="Credit"), citation="1", rules=RULES[:4]),
        Part("more", HEADING, parts=[Part("rest", REST, rules=RULES[4:])]),
    ],
)
TEXT = """\
Staff rules
staff 2; rules: 6

General part
general provision
   in chapter 2

Credit (chapter 1)
1.1 wording of 1.1
   deducts 2.5, for each occurrence
   heavier with: a loss, press reports
   lighter with: found by oneself
1.2 wording of 1.2
   deducts 1 to 6, for each customer
   leads to: performance pay withheld (a loss)
1.3 wording of 1.3
   deducts 8, for each occurrence, at discretion
1.6 wording of 1.6
   no points
   leads to: qualification revoked

The rest
1.4 wording of 1.4
   scored like one of 1.1, 1.2
1.5 wording of 1.5
   awards 3, no unit stated
"""


def test_a_standard_is_told_rule_by_rule() -> None:
    assert explain_rulebook(BOOK) == TEXT


def test_a_page_says_the_same() -> None:
    page = rulebook_page(BOOK)
    assert Reader(page).texts == [line.strip() for line in TEXT.splitlines() if line]
    assert BOOK._repr_html_() == page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_there_in_each_language(language: Any) -> None:
    page = rulebook_page(ERROR_POINTS, language)
    assert [text.split()[0] for text in Reader(page).texts if re.match(r"\d+\.\d", text)] == list(
        ERROR_POINTS
    )
    assert bool(re.search("[一-鿿]", page)) == (language != "en")
    assert_touches_nothing_else(page)


@pytest.mark.parametrize("told", [explain_rulebook, rulebook_page])
def test_what_is_no_rulebook_is_rejected(told: Any) -> None:
    with pytest.raises(FieldError, match="rulebook is 5; allowed: a Rulebook"):
        told(5)
    with pytest.raises(LanguageError):
        told(BOOK, "fr")
