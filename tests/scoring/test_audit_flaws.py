"""Audit flaws: where a result disagrees with what it rests on is said in each language."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import ERROR_POINTS, Appraisal, DecodingError, Ledger, Period, Violation, score
from cmappraisal.accounts import PointsAccount, points_account
from cmappraisal.interop.converters import decode, encode

LEDGER = Ledger()
for number in (1, 2):
    act = Violation(f"V-{number}", "RM-01", rule="3.2b", occurred_on=date(2025, 3, number))
    LEDGER = LEDGER.record(act, at=datetime(2025, 3, 3, tzinfo=UTC))
APPRAISAL = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")
ACCOUNT = points_account(LEDGER, ERROR_POINTS, manager="RM-01", through=date(2025, 12, 31))


def put(*way: str | int, value: Any) -> Callable[[Any], None]:
    """What changes one value of a document."""

    def change(document: Any) -> None:
        for step in way[:-1]:
            document = document[step]
        document[way[-1]] = value

    return change


def swapped(name: str) -> Callable[[Any], None]:
    """What puts the last two elements of a list in the other order."""

    def change(document: Any) -> None:
        document[name][-2:] = reversed(document[name][-2:])

    return change


def problems_of(value: Any, kind: type, change: Callable[[Any], None]) -> list[str]:
    document = encode(value)
    change(document)
    with pytest.raises(DecodingError) as caught:
        decode(document, kind)
    return [problem.explain("zh-Hans") for problem in caught.value.problems]


STEP = ("lines", 0, "steps", 0)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            put("lines", 0, "edition", value="2.0"),
            "lines[0].edition：标准没有版本“2.0”；现有：1.0",
        ),
        (
            put("lines", 0, "rule", value="9"),
            "lines[0].rule：规则集“error-points 1.0”没有条款“9”",
        ),
        (
            put(*STEP, "reason", "id", value="9"),
            "lines[0].steps[0].reason.id：规则集“error-points 1.0”没有条款或总则条文“9”",
        ),
        (
            put(*STEP, "circumstances", value=["x"]),
            "lines[0].steps[0].circumstances：规则集“error-points 1.0”没有情节“x”",
        ),
        (
            put(*STEP, "consequence", value="x"),
            "lines[0].steps[0].consequence：规则集“error-points 1.0”没有处理措施“x”",
        ),
        (
            put(*STEP, "points", value="9"),
            "lines[0].steps[0].points：现为 9，但至此各步骤合计为 10",
        ),
        (put("lines", 0, "points", value="9"), "lines[0].points：现为 9，但各步骤合计为 10"),
        (put("lines", 0, "revokes", value=True), "lines[0].revokes：与各步骤所载不符"),
        (put("points", value="9"), "points：与各项相加所得不符"),
        (
            put("lines", 0, "violation", "manager", value="RM-02"),
            "lines[0].violation.manager：与评分所属的客户经理（RM-01）不同",
        ),
        (
            put("lines", 0, "answers_as", value="superior"),
            "lines[0].answers_as：这是行为人本人，不是为他人负责的人",
        ),
        (
            put("lines", 1, "violation", "id", value="V-1"),
            "lines[1].violation.id：与 $.lines[0] 的编号重复",
        ),
        (
            put("lines", 0, "violation", "occurred_on", value="2024-03-02"),
            "lines[0].violation.occurred_on：不在期间内（2025-01-01..2025-12-31）",
        ),
        (swapped("lines"), "lines[1]：排在日期或编号更后的一项之后"),
        (
            lambda document: document.update(merits=document.pop("lines"), lines=[]),
            "merits[0].violation：此处须为加分事项（Merit）",
        ),
    ],
)
def test_an_appraisal_that_disagrees_says_so(change: Callable[[Any], None], expected: str) -> None:
    assert expected in problems_of(APPRAISAL, Appraisal, change)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            put("postings", -1, "violation", value="V-9"),
            "postings[2].violation：没有任何评分载有“V-9”",
        ),
        (
            put("postings", -1, "balance", value="9"),
            "postings[2].balance：现为 9，但至此各笔合计为 20",
        ),
        (
            put("postings", -1, "kind", value="opened"),
            "postings[2].kind：积分档案只由第一笔开立，且只开立一次",
        ),
        (
            put("postings", -1, "counted_on", value="2026-03-02"),
            "postings[2].counted_on：迟于末日（2025-12-31）",
        ),
        (
            put("postings", -1, "counted_on", value="2024-12-31"),
            "postings[2]：排在日期更后的一笔之后",
        ),
        (
            put("manager", value="RM-02"),
            "appraisals[0].manager：与积分档案的不同",
        ),
        (
            put("through", value="2026-12-31"),
            f"appraisals[{len(ACCOUNT.appraisals) - 1}].period：不是在末日（2026-12-31）结束",
        ),
        (
            put("postings", -1, "kind", value="awarded"),
            "appraisals[0].points：与所记各笔不符",
        ),
        (
            lambda document: document["appraisals"].extend(document["appraisals"]),
            "appraisals[1].period：不是从前一期间结束的次日开始",
        ),
    ],
)
def test_an_account_that_disagrees_says_so(change: Callable[[Any], None], expected: str) -> None:
    assert expected in problems_of(ACCOUNT, PointsAccount, change)


def test_an_unknown_field_of_a_rule_is_named_with_those_that_there_are() -> None:
    change = put(*STEP, "reason", "field", value="limitation")
    (said,) = problems_of(APPRAISAL, Appraisal, change)
    assert said.startswith("lines[0].steps[0].reason.field：“3.2b”没有字段 limitation；现有：")
