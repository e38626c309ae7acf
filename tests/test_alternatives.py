"""Alternatives: what each choice of the policy can be, worded in three languages."""

import inspect
from typing import Any

import pytest

from choices import assert_choices_are_worded
from cmappraisal import (
    AwardEffect,
    AwardsAgainst,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    GoverningEdition,
    PendingAppeals,
    Reconsideration,
    RevokedResult,
    Rounding,
    StatusFrom,
    UnstatedUnit,
    alternatives,
)
from cmappraisal.texts import Choice
from scripts import assert_each_script_is_its_own

ALTERNATIVES: dict[Any, dict[str, tuple[str, str, str]]] = {
    AwardsAgainst: {
        "balance": ("計入餘額", "计入余额", "the balance"),
        "oldest": (
            "先抵最早而仍有效的扣分，多出者作廢",
            "先抵最早而仍有效的扣分，多出者作废",
            "the oldest deductions that still count, and what is more is forfeited",
        ),
    },
    StatusFrom: {
        "due": ("自應執行之日起", "自应执行之日起", "from the day on which it is due"),
        "taken": ("自執行之日起", "自执行之日起", "from the day on which it is taken"),
    },
    UnstatedUnit: {
        "per-violation": (
            "每筆登記的違規計一次，不論數量",
            "每笔登记的违规计一次，不论数量",
            "once for each recorded violation, whatever its quantity",
        ),
        "per-occurrence": ("按發生次數計", "按发生次数计", "once for each occurrence"),
        "once-a-period": (
            "同一條款每個考核期只計一次，取最高者",
            "同一条款每个考核期只计一次，取最高者",
            "once for each rule in a period, the heaviest",
        ),
    },
    Discretion: {
        "within-stated": (
            "評定人可在規定分值以內核定，未核定者按規定分值",
            "评定人可在规定分值以内核定，未核定者按规定分值",
            "the assessor may set an amount up to the stated points, which count otherwise",
        ),
        "stated-only": ("一律按規定分值", "一律按规定分值", "always the stated points"),
    },
    Concurrence: {
        "highest": (
            "只計扣分最多的一條，該條各筆均計，相同者計標準中在先的一條",
            "只计扣分最多的一条，该条各笔均计，相同者计标准中在先的一条",
            "only the rule that deducts the most counts, with all its violations, and of equal "
            "rules the first",
        ),
        "cumulative": ("各項累計", "各项累计", "all deductions add up"),
    },
    Displacement: {
        "special-over-general": (
            "特別條款優先於一般條款",
            "特别条款优先于一般条款",
            "a special rule takes the place of the general rules",
        ),
        "none": (
            "特別條款與一般條款並行適用",
            "特别条款与一般条款并行适用",
            "special and general rules apply side by side",
        ),
    },
    PendingAppeals: {
        "count": ("申訴期間照計", "申诉期间照计", "the violation counts meanwhile"),
        "suspend": (
            "申訴期間暫不計分",
            "申诉期间暂不计分",
            "the violation does not count meanwhile",
        ),
    },
    RevokedResult: {
        "none": (
            "資格已取消者，不列得分與等級",
            "资格已取消者，不列得分与等级",
            "neither a score nor a grade where the qualification is revoked",
        ),
        "lowest": (
            "資格已取消者，列最低分與最低等級",
            "资格已取消者，列最低分与最低等级",
            "the lowest score and the lowest grade where the qualification is revoked",
        ),
        "as-scored": (
            "資格取消與否，得分與等級照計",
            "资格取消与否，得分与等级照计",
            "the score and the grade that the points make, revoked or not",
        ),
    },
    CountedOn: {
        "occurred": ("違規發生之日", "违规发生之日", "the day it happened"),
        "recorded": (
            "違規登記之日（按登記所用時區）",
            "违规登记之日（按登记所用时区）",
            "the day it was recorded, in the time zone of the recording",
        ),
        "found": ("違規查出之日", "违规查出之日", "the day it was found"),
        "effective": ("處理決定生效之日", "处理决定生效之日", "the day it took effect"),
    },
    Reconsideration: {
        "within-rule": (
            "覆議可改定分值，不高於條款所許的最高分值",
            "复议可改定分值，不高于条款所许的最高分值",
            "the decision on an appeal sets the points, up to the most that the rule allows",
        ),
        "not-heavier": (
            "覆議可改定分值，不高於原計分值",
            "复议可改定分值，不高于原计分值",
            "the decision on an appeal sets the points, never above those appealed against",
        ),
    },
    GoverningEdition: {
        "occurred": (
            "適用違規發生之日的版本",
            "适用违规发生之日的版本",
            "the edition in force on the day it happened",
        ),
        "recorded": (
            "適用違規登記之日的版本",
            "适用违规登记之日的版本",
            "the edition in force on the day it was recorded",
        ),
        "milder": (
            "發生至登記期間有數個版本的，適用處理較輕者",
            "发生至登记期间有数个版本的，适用处理较轻者",
            "of the editions in force from the act to its recording, the milder for the incident",
        ),
    },
    AwardEffect: {
        "beside": ("單列，不計入得分", "单列，不计入得分", "awards stand beside the score"),
        "raise-score": ("加入得分", "加入得分", "awards raise the score"),
    },
    Rounding: {
        "half-up": ("四捨五入", "四舍五入", "to the nearest, a half upwards"),
        "half-even": (
            "四捨六入五成雙",
            "四舍六入五成双",
            "to the nearest, a half to the even one",
        ),
        "up": ("進位", "进位", "upwards"),
        "down": ("捨去", "舍去", "downwards"),
    },
}


@pytest.mark.parametrize(
    ("kind", "wordings"), ALTERNATIVES.items(), ids=lambda value: getattr(value, "__name__", "")
)
def test_every_alternative_is_worded_in_three_languages(
    kind: Any, wordings: dict[str, tuple[str, str, str]]
) -> None:
    assert_choices_are_worded(kind, wordings)
    for choice in kind:
        assert_each_script_is_its_own(choice.text)


def test_every_choice_is_worded() -> None:
    kinds = {
        value
        for value in vars(alternatives).values()
        if inspect.isclass(value) and issubclass(value, Choice) and value is not Choice
    }
    assert kinds == set(ALTERNATIVES)


@pytest.mark.parametrize("kind", ALTERNATIVES, ids=lambda kind: kind.__name__)
def test_no_two_alternatives_read_alike(kind: Any) -> None:
    for language in ("zh_hant", "zh_hans", "en"):
        assert len({getattr(choice.text, language) for choice in kind}) == len(kind)


@pytest.mark.parametrize("value", ["", "HIGHEST", None, 5, ["highest"]], ids=repr)
def test_a_choice_is_found_by_its_value_alone(value: Any) -> None:
    for kind in ALTERNATIVES:
        with pytest.raises(ValueError, match="is not a valid"):
            kind(value)
