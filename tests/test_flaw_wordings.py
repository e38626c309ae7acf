"""AppraisalFlaw wordings: a problem has its words in each language, from where it is made."""

import re

import pytest

from cmappraisal import Problem, ProblemCode
from cmappraisal.appraisal_flaws import ANOTHER_RULE, DAYS, AppraisalFlaw
from cmappraisal.flaw_wordings import (
    EVER,
    FURTHER_NOTICE,
    WordedFlaw,
    allowed_are,
    filled,
    perhaps,
)
from cmappraisal.ledger_flaws import LedgerFlaw
from cmappraisal.rulebook_flaws import RulebookFlaw
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.record_flaws import RecordFlaw

VALUES = ("3.99", "4", "error-points 1.0", "2025-03-02", "Reversed")


@pytest.mark.parametrize(
    "flaw", [*AppraisalFlaw, *LedgerFlaw, *RulebookFlaw, *PlanFlaw, *RecordFlaw], ids=str
)
def test_a_problem_is_said_in_each_language_with_the_same_values(flaw: WordedFlaw) -> None:
    problem = flaw.problem("$.rule", *VALUES)
    text = flaw.text
    assert problem == Problem("$.rule", flaw.code, text.en.format(*VALUES))
    assert problem.chinese == (text.zh_hant.format(*VALUES), text.zh_hans.format(*VALUES))
    for wording in (text.zh_hant, text.zh_hans):
        assert set(re.findall(r"\{\d\}", wording)) == set(re.findall(r"\{\d\}", text.en))


def test_a_problem_keeps_its_words_within_another_value() -> None:
    problem = AppraisalFlaw.UNKNOWN_RULE.problem("$.rule", "9", "own 1", ANOTHER_RULE)
    inside = problem.within("$.entries[3]")
    assert (inside.path, inside.chinese) == ("$.entries[3].rule", problem.chinese)


def test_words_within_a_message_are_in_the_language_too() -> None:
    days = filled(DAYS["found_on"]), "2025-03-01", filled(DAYS["occurred_on"]), "2025-03-02"
    problem = AppraisalFlaw.DAYS_OUT_OF_ORDER.problem("$.found_on", *days)
    assert problem.message.startswith("found_on is 2025-03-01, before occurred_on (2025-03-02)")
    assert problem.chinese == (
        "查出日期為 2025-03-01，早於發生日期（2025-03-02）；請按先後填寫",
        "查出日期为 2025-03-01，早于发生日期（2025-03-02）；请按先后填写",
    )
    ends = AppraisalFlaw.NO_EDITION.problem("$.found_on", days[0], days[1], EVER, FURTHER_NOTICE)
    assert ends.chinese is not None
    assert ends.chinese[1].endswith("由最初至另行通知之日")


def test_remedies_are_in_each_language() -> None:
    assert allowed_are(["risk", "loss"]) == (
        "；可填寫：risk, loss",
        "；可填写：risk, loss",
        "; allowed: risk, loss",
    )
    assert allowed_are([]).zh_hans == "；可填写：无"
    assert perhaps("3.2", ["3.2a", "3.2b"]) == (
        "；是否指「3.2a」或「3.2b」？",
        "；是否指“3.2a”或“3.2b”？",
        '; did you mean "3.2a" or "3.2b"?',
    )
    assert perhaps("9", ["3.2a"]) is None


def test_braces_in_a_value_are_left_as_they_are() -> None:
    problem = AppraisalFlaw.RULE_OF_MERITS.problem("$.rule", "{0} {x}")
    assert 'rule "{0} {x}" awards points' in problem.message


def test_words_make_no_other_problem_of_it() -> None:
    worded = AppraisalFlaw.RULE_OF_MERITS.problem("$.rule", "9")
    plain = Problem("$.rule", ProblemCode.CONTRADICTION, worded.message)
    assert (worded, hash(worded), repr(worded)) == (plain, hash(plain), repr(plain))
