"""Case flaws: what is wrong with a worked case, or comes out otherwise, in each language."""

import pytest

from cmappraisal import ERROR_POINTS, DecodingError
from cmappraisal.interop.cases import cases_of, check_case

ONE = '[[cases]]\nname = "a"\nyear = 2025\n'
OF_RULE = f'{ONE}violations = [{{ rule = "2.1" }}]\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cases = []", "cases：没有任何一例；请为每例填写一个 [[cases]] 表"),
        ("", "cases：缺少此字段，须填写每例一个 [[cases]] 表"),
        (
            f"{OF_RULE}expect = {{ points = 1 }}\n{OF_RULE}expect = {{ points = 1 }}",
            "cases[1].name：'a' 与前面一例的名称相同；请为每例另定名称",
        ),
        (
            "year = 2025\nfirst = 2025-01-01",
            "year：已有 first 或 last；请只填写 year，或只填写 first 与 last",
        ),
        (
            '[[cases]]\nname = "a"',
            "cases[0].year：缺少期间；请在此处或文字开头填写 year，或 first 与 last",
        ),
        (
            f'{ONE}violations = [{{ id = "V", rule = "1" }}, {{ id = "V", rule = "1" }}]',
            "cases[0].violations[1].id：'V' 重复；请为每项另定编号",
        ),
        (
            f'{OF_RULE}entries = [{{ reversed = "V-2" }}]',
            "cases[0].entries[0].reversed：现为 'V-2'；须为本例中违规的编号，例如 V-1；"
            "是否指“V-1”？",
        ),
        (
            f'{ONE}entries = [{{ reversed = "V-2" }}]',
            "cases[0].entries[0].reversed：现为 'V-2'；须为本例中违规的编号，但本例没有违规",
        ),
        (
            f"{OF_RULE}expect = {{}}",
            "cases[0].expect：没有填写预期；请填写下列之一：points, awards, score, grade, revoked, "
            "money, caps, lines, account, faults",
        ),
        (
            f'{OF_RULE}expect = {{ points = 1, faults = [{{ code = "missing", path = "$" }}] }}',
            "cases[0].expect.faults：除此之外还有只在没有错误时才得出的预期；请只填写其一",
        ),
        (
            f'{OF_RULE}entries = [{{ dismissed = "V-1", reason = "a" }}]',
            "cases[0].entries[0]：个案“V-1”的状态是“已登记”，不能作此登记（驳回申诉）；"
            "可作：更改登记、核实、通知当事人、提出申诉、撤销",
        ),
    ],
)
def test_what_is_wrong_with_a_case(text: str, expected: str) -> None:
    with pytest.raises(DecodingError) as caught:
        cases_of(text)
    assert expected in [problem.explain("zh-Hans") for problem in caught.value.problems]


UNKNOWN = OF_RULE.replace("2.1", "9")
FAULTY = 'faults = [{ code = "missing", path = "$.a" }]'


@pytest.mark.parametrize(
    ("facts", "expect", "expected"),
    [
        (OF_RULE, "points = 2", ["points：所得为 1，但本例预期为 2"]),
        (OF_RULE, 'grade = "A"', ["grade：所得为 无，但本例预期为 A"]),
        (OF_RULE, "revoked = true", ["revoked：所得为 false，但本例预期为 true"]),
        (
            OF_RULE,
            'lines.V-1 = { effects = ["capped"], consequences = ["x"] }',
            [
                'lines["V-1"].effects：所得为 stated，但本例预期为 capped',
                'lines["V-1"].consequences：所得为 无，但本例预期为 x',
            ],
        ),
        (OF_RULE, "lines.V-1 = false", ['lines["V-1"]：有此项，计 1 分，但本例预期没有']),
        (
            f'{OF_RULE}entries = [{{ reversed = "V-1", reason = "a" }}]\n',
            "lines.V-1 = 1",
            ['lines["V-1"]：没有此项，但本例预期有'],
        ),
        (OF_RULE, FAULTY, ["faults：没有错误，所得为 1 分"]),
        (
            UNKNOWN,
            FAULTY,
            [
                'faults：在 $["V-1"].rule 有 unknown-id（规则集“error-points 1.0”没有条款“9”；'
                "请填写该规则集的条款），但本例并未预期",
                "faults：本例预期在 $.a 有 missing，但并没有",
            ],
        ),
        (
            OF_RULE,
            "account.consequences = [{}]",
            ["account.consequences：无，但本例预期有 1 项"],
        ),
    ],
)
def test_what_comes_out_otherwise(facts: str, expect: str, expected: list[str]) -> None:
    (case,) = cases_of(f"{facts}expect.{expect}")
    found = check_case(case, ERROR_POINTS)
    assert [problem.explain("zh-Hans") for problem in found] == expected
