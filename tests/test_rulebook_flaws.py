"""Rulebook flaws: what keeps a rulebook from being one is said in Chinese as it is in English."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import ERROR_POINTS, RulebookError, Text, UnknownRuleError
from cmappraisal.standards import Circumstance, Edition, Editions

FIRST = Edition(ERROR_POINTS, last=date(2025, 6, 30))
SECOND = evolve(ERROR_POINTS, edition="2.0")
CHAPTER = ERROR_POINTS.parts[0]


def with_first_rule(**fields: Any) -> object:
    rule = evolve(CHAPTER.rules[0], **fields)
    chapter = evolve(CHAPTER, rules=[rule, *CHAPTER.rules[1:]])
    return evolve(ERROR_POINTS, parts=[chapter, *ERROR_POINTS.parts[1:]])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: evolve(ERROR_POINTS, parts=[]),
            "没有任何部分；请填写至少一个，连同其条款",
        ),
        (
            lambda: evolve(ERROR_POINTS, parts=[*ERROR_POINTS.parts, CHAPTER]),
            "部分“1”重复；每一部分只列一次",
        ),
        (
            lambda: with_first_rule(aggravated_by=["rsik"]),
            "条款“1.1”列有加重情节“rsik”，但未声明；请在情节中声明；是否指“risk”？",
        ),
        (
            lambda: with_first_rule(displaces=["none"]),
            "条款“1.1”优先于“none”，但没有此条款；请填写本规则集的条款",
        ),
        (
            lambda: evolve(ERROR_POINTS, levels=[Text("章", "章", en="chapter")]),
            "条款“1.1”的出处是 1.1，但只有 1 个层级（章）；请为每一级声明层级",
        ),
        (
            lambda: evolve(
                ERROR_POINTS,
                circumstances=[
                    *ERROR_POINTS.circumstances,
                    Circumstance("odd", Text.same("odd"), implies=["none"]),
                ],
            ),
            "情节“odd”包含“none”，但后者未声明；请在情节中声明",
        ),
        (
            lambda: Editions([FIRST, Edition(SECOND, first=date(2025, 6, 1))]),
            "版本“1.0”与“2.0”重叠：前者有效至2025-06-30，后者由2025-06-01起；"
            "前者的末日应为后者开始的前一日",
        ),
        (
            lambda: Editions([FIRST, Edition(SECOND, first=date(2025, 8, 1))]),
            "版本“1.0”与“2.0”之间有空隙：2025-07-01 至 2025-07-31；前者应止于后者开始的前一日",
        ),
        (lambda: Editions([FIRST]).named("3.0"), "没有版本“3.0”；现有：1.0"),
        (
            lambda: ERROR_POINTS.consequence("none"),
            "规则集“error-points 1.0”没有处理措施“none”；请填写该规则集的处理措施",
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(make: Callable[[], object], said: str) -> None:
    with pytest.raises(RulebookError) as caught:
        make()
    problem = caught.value.problems[0]
    assert problem.chinese is not None
    assert problem.chinese[1] == said
    assert problem.explain("zh-Hans").endswith(said)


def test_a_rule_that_is_not_there_is_said_in_chinese() -> None:
    with pytest.raises(UnknownRuleError) as caught:
        ERROR_POINTS["3.99"]
    (problem,) = caught.value.problems
    assert (
        problem.explain("zh-Hant") == "規則集「error-points 1.0」沒有條款「3.99」；是否指「3.9」？"
    )
