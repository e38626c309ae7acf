"""Problems in words: the reason why something has no score, in the language of the report."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    AppraisalError,
    Language,
    Policy,
    Problem,
    ProblemCode,
    Violation,
    faults,
)
from cmappraisal.reports.problems import KINDS, problem_in_words
from cmappraisal.weights import Assessed

DAY = date(2025, 3, 2)
CHINESE: tuple[Language, ...] = ("zh-Hant", "zh-Hans")


def problem_of(rule: str, policy: Policy | None = None, **fields: Any) -> Problem:
    act = Violation("V-1", "RM-01", rule=rule, **{"occurred_on": DAY, **fields})
    (problem,) = faults(act, ERROR_POINTS, policy or Policy(), at=datetime(2025, 3, 5, tzinfo=UTC))
    return problem.within('$["V-1"]')


HEAVIER = {"circumstances": ["risk"]}


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (problem_of("3.99"), "rule）：规则集“error-points 1.0”没有条款“3.99”；是否指“3.9”？"),
        (
            problem_of("9"),
            "rule）：规则集“error-points 1.0”没有条款“9”；请填写该规则集的条款",
        ),
        (
            problem_of("3.15"),
            "refers_to）：条款“3.15”参照另一条款扣分，但未填写该条款（refers_to）；可填写：3.1a、",
        ),
        (
            problem_of("3.2b", assessed_points=3),
            "assessed_points）：已填写核定分值 3（assessed_points），但条款“3.2b”与政策"
            "（aggravation、discretion）均未留待核定；请留空",
        ),
        (
            problem_of("3.4", Policy(aggravation=Assessed()), **HEAVIER),
            "assessed_points）：有加重情节，而加重后的分值由评定人核定（aggravation），但未填写"
            "核定分值（assessed_points）；请填写至少 10 分",
        ),
        (
            problem_of("3.2b", occurred_on=date(2025, 4, 1)),
            "occurred_on）：发生日期为 2025-04-01，比登记之日（2025-03-05）迟一天以上；"
            "请填写实际日期",
        ),
    ],
)
def test_what_is_wrong_with_a_violation_is_said_in_chinese(problem: Problem, expected: str) -> None:
    said = problem_in_words(problem, "zh-Hans").replace(", ", "、")
    assert said.startswith(f"V-1（{expected}")
    assert problem_in_words(problem, "zh-Hant").startswith("V-1（")
    assert problem_in_words(problem, "en") == str(problem)


def test_what_is_wrong_with_a_policy_names_its_field() -> None:
    with pytest.raises(AppraisalError) as caught:
        Policy(floor=120)
    (problem,) = caught.value.problems
    said = [problem_in_words(problem, language) for language in CHINESE]
    assert said == [
        "最低分（floor）：最低分（120）高於滿分（100）；請調低前者或調高後者",
        "最低分（floor）：最低分（120）高于满分（100）；请调低前者或调高后者",
    ]


@pytest.mark.parametrize("code", ProblemCode)
@pytest.mark.parametrize("language", CHINESE)
def test_any_other_problem_is_said_by_its_kind_with_its_message(
    code: ProblemCode, language: Language
) -> None:
    kind = KINDS[code].in_language(language)
    assert not re.search("[A-Za-z]", kind)
    for path, place in (("$", ""), ("$.people[2]", "people[2]："), ("$[2]", "[2]：")):
        said = problem_in_words(Problem(path, code, "a\nb"), language)
        assert said == f"{place}{kind}（原文：a b）"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_is_one_line(language: Language) -> None:
    said = problem_in_words(Problem('$["a\nb"].rule', ProblemCode.MISSING, "c\nd"), language)
    assert len(said.splitlines()) == 1
