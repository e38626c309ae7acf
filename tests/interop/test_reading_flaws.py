"""Reading flaws: what keeps a document from being read is said in each language."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Case,
    DecodingError,
    Ledger,
    Period,
    Policy,
    Text,
    Violation,
    score,
)
from cmappraisal.interop.cases import cases_of
from cmappraisal.interop.converters import decode, encode, loads


def said(error: DecodingError) -> list[str]:
    return [problem.explain("zh-Hans") for problem in error.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", ["不是有效的 JSON：第 1 行第 2 个字符处有误"]),
        ("[" * 100_000, ["列表或对象的层数过多"]),
        ("{}", ['format：缺少此字段，须填写 "cmappraisal/policy/2"']),
        (
            '{"format": "x", "floor": 0.5}',
            [
                "format：现为 'x'；须为 \"cmappraisal/policy/2\"",
                '最低分（floor）：现为浮点数 0.5；须为数，写成字符串（例如 "2.5"）或整数，'
                "不可用 float",
            ],
        ),
        (
            '{"format": "cmappraisal/policy/2", "floor": NaN}',
            ['最低分（floor）：现为 NaN；须为数，写成字符串（例如 "2.5"）或整数，不可用 float'],
        ),
        (
            '{"format": "cmappraisal/policy/2", "floor": 1, "floor": 2}',
            [
                '最低分（floor）：现为重复的字段；须为数，写成字符串（例如 "2.5"）或整数，'
                "不可用 float"
            ],
        ),
        (
            '{"format": "cmappraisal/policy/2", "rounding": 123456789012345678901}',
            ["取整的方式（rounding）：现为 21 位的数；须为下列之一：half-up、half-even、up、down"],
        ),
    ],
)
def test_what_is_wrong_with_a_text_of_json(text: str, expected: list[str]) -> None:
    with pytest.raises(DecodingError) as caught:
        loads(text, Policy)
    assert said(caught.value) == expected


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (
            {"zh_hant": "a", "en": "a", "EN": "a"},
            Text,
            "EN：没有此字段；可填写：zh_hant, zh_hans, en",
        ),
        ({"grades": [0] * 101}, Policy, "等级（grades）：共有 101 项；最多 100 项"),
    ],
)
def test_what_is_wrong_with_a_value(data: Any, kind: type, expected: str) -> None:
    with pytest.raises(DecodingError) as caught:
        decode(data, kind)
    assert expected in said(caught.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = [", "不是有效的 TOML"),
        ("a = ?", "不是有效的 TOML：第 1 行第 5 个字符处有误"),
        ("a = " + "[" * 100_000, "列表或表的层数过多"),
        ("a." * 1_001 + "b = 1", "有一行的句点多于 1000 个；请分成几行"),
        (5, "现为 5；须为 TOML 文字，最多 1000000 个字符"),
        ("yaer = 2025", "yaer：没有此字段；可填写：cases, year, first, last；是否指“year”？"),
    ],
)
def test_what_is_wrong_with_a_text_of_toml(text: Any, expected: str) -> None:
    with pytest.raises(DecodingError) as caught:
        cases_of(text)
    assert said(caught.value)[0] == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"digest": "0" * 64},
            f"standard.editions[0].rulebook.digest：{'0' * 64} 不是此处所知的规则集"
            f"“error-points 1.0”的摘要（{ERROR_POINTS.digest}）；"
            "请在 rulebooks 中填写评分时所用的规则集",
        ),
        (
            {"edition": "9"},
            "standard.editions[0].rulebook：此处不知道规则集“error-points 9”；所知的有："
            '"error-points 1.0"；请在 rulebooks 中填写',
        ),
    ],
)
def test_what_is_wrong_with_a_reference(changed: dict[str, str], expected: str) -> None:
    appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    document = encode(appraisal)
    document["standard"]["editions"][0]["rulebook"] |= changed
    with pytest.raises(DecodingError) as caught:
        decode(document, Appraisal)
    assert said(caught.value) == [expected]


def test_what_is_wrong_with_a_case() -> None:
    act = Violation("V-1", "RM-01", rule="3.1a", occurred_on=date(2025, 3, 2))
    ledger = Ledger().record(act, at=datetime(2025, 3, 3, tzinfo=UTC))
    document = encode(ledger.case("V-1")) | {"state": "final"}
    with pytest.raises(DecodingError) as caught:
        decode(document, Case)
    assert said(caught.value) == ["history：由此得出的状态或违规与所载不同；请核对原件"]
