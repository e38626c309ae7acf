"""Row flaws: what keeps stored rows from being a ledger is said in each language."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cmappraisal import DecodingError, Ledger, Violation
from cmappraisal.interop.sql import ledger_from_rows, rows_of

LEDGER = Ledger()
for number in range(3):
    act = Violation(f"V-{number}", "RM-01", rule="3.1a", occurred_on=date(2025, 3, 2))
    LEDGER = LEDGER.record(act, at=datetime(2025, 3, 3, tzinfo=UTC))
ROWS: list[Any] = list(rows_of(LEDGER))
FIRST, SECOND, THIRD = ROWS
ROOT = LEDGER.root().hex()


@pytest.mark.parametrize(
    ("rows", "given", "expected"),
    [
        ([FIRST, 5, THIRD], {}, "rows[1]：现为 5；须为位置、登记与摘要三项"),
        ([FIRST, THIRD], {}, "rows：缺少位置 1；请由副本还原"),
        ([THIRD], {}, "rows：缺少位置 0 至 1；请由副本还原"),
        (
            ROWS,
            {"size": 2},
            "rows[2].position：现为 2；须为由 0 起、小于所保存的条数（2）的整数；请移走此行，或填写"
            "与它一同保存的条数与根值",
        ),
        (
            [],
            {"size": 2, "onto": LEDGER},
            "size：现为 2；须为 3 或以上的整数，即 onto 的登记条数；请不用 onto 而由头开始，"
            "或填写最后保存的条数与根值",
        ),
        ([*ROWS, THIRD], {}, "rows[3].position：位置 2 重复；请保留副本在该位置的一行"),
        (
            [SECOND, FIRST, THIRD],
            {},
            "rows[1].position：位置 0 排在 1 之后；请按位置的先后排列各行",
        ),
        (
            [FIRST, SECOND, (2, THIRD[1], "x")],
            {},
            f"rows[2].digest：摘要为 'x'，但该条登记的摘要是 {THIRD[2]}；两者之一曾被改动："
            "请由副本还原此行",
        ),
        (
            ROWS,
            {"root": "0" * 64},
            f"root：根值为 '{'0' * 64}'，但 3 条登记得出 {ROOT}；可能有登记连同其摘要一起被改动、"
            "放错位置，或并非接续 onto：请与副本核对",
        ),
    ],
)
def test_what_is_wrong_with_rows(rows: list[Any], given: dict[str, Any], expected: str) -> None:
    with pytest.raises(DecodingError) as caught:
        ledger_from_rows(rows, **{"size": 3, "root": ROOT, **given})
    assert expected in [problem.explain("zh-Hans") for problem in caught.value.problems]
