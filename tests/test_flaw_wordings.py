"""AppraisalFlaw wordings: a problem has its words in each language, from where it is made."""

import ast
import importlib.util
import pkgutil
import re
from pathlib import Path

import pytest

from cmappraisal import Problem, ProblemCode, training
from cmappraisal.appraisal_flaws import ANOTHER_RULE, DAYS, AppraisalFlaw
from cmappraisal.flaw_wordings import (
    EVER,
    FURTHER_NOTICE,
    WordedFlaw,
    allowed_are,
    filled,
    perhaps,
)
from cmappraisal.interop.icalendar_flaws import PublishingFlaw
from cmappraisal.ledger_flaws import LedgerFlaw
from cmappraisal.procedure.procedure_flaws import ProcedureFlaw
from cmappraisal.rulebook_flaws import RulebookFlaw
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.record_flaws import RecordFlaw

FLAWS = [
    *AppraisalFlaw,
    *LedgerFlaw,
    *RulebookFlaw,
    *PlanFlaw,
    *RecordFlaw,
    *PublishingFlaw,
    *ProcedureFlaw,
]
TRAINING = [
    f"training.{each.name}"
    for each in pkgutil.iter_modules([str(Path(training.__file__).parent)])
    # It says of a field what it allows, as every FieldError does.
    if each.name != "contradictions"
]
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


@pytest.mark.parametrize(
    "name",
    [
        *("policy", "grades", "dating", "scoring.flaws", "scoring.score"),
        *("accounts.account", "accounts.cycles"),
        *("accounts.composites", "accounts.pay_terms", "procedure.procedures"),
        *("cases", "growing", "merging", "ledger"),
        *("coherence", "rulebooks", "standards.editions"),
        *("interop.icalendar", "interop.icalendar_arguments", "interop.icalendar_times"),
        *TRAINING,
    ],
)
def test_what_a_report_can_say_is_never_in_english_alone(name: str) -> None:
    """A report names what keeps somebody from being scored: these modules find it."""
    spec = importlib.util.find_spec(f"cmappraisal.{name}")
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = {func.id for func in calls if isinstance(func, ast.Name)}
    assert "Problem" not in named


@pytest.mark.parametrize("name", TRAINING)
def test_no_error_of_training_is_made_of_a_message_alone(name: str) -> None:
    spec = importlib.util.find_spec(f"cmappraisal.{name}")
    assert spec is not None
    assert spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error"):
            assert not isinstance(node.args[0], (ast.Constant, ast.JoinedStr)), ast.unparse(node)
