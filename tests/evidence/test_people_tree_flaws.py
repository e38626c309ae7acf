"""Flaws of trees of people: what an auditor finds is said in each language."""

from datetime import UTC, date, datetime

import attrs
import pytest

from cmappraisal import FieldError, Ledger, Problem, Violation
from cmappraisal.evidence import PeopleTree, PersonLeaf, audit_people, people_tree

ACT = Violation("V-1", "RM-01", rule="3.1a", occurred_on=date(2025, 3, 2))
LEDGER = Ledger().record(ACT, at=datetime(2025, 3, 3, tzinfo=UTC))
SALT = bytes(16)
TREE = people_tree(LEDGER, {"RM-01": SALT})
(LEAF,) = TREE.leaves


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.explain("zh-Hant") for problem in problems]


@pytest.mark.parametrize(
    ("salts", "expected"),
    [
        (
            {"": SALT, "RM-01": bytes(range(16))},
            "salts：現為不能用作編號的值；須為編號：一行之內、最多 200 個字元的文字（NFKC），"
            "首尾沒有空格",
        ),
        (
            {"RM-01": b""},
            'salts["RM-01"]：現為不可用的值（「RM-01」的隨機值）；須為 16 至 64 個隨機位元組，'
            "例如 secrets.token_bytes(16)",
        ),
        (
            {"RM-01": SALT, "RM-02": SALT},
            'salts["RM-01"]：「RM-01」的隨機值與他人的相同；請為每人另取隨機值',
        ),
        ({}, 'salts["RM-01"]：「RM-01」有登記但不在名單上；請為其填寫隨機值'),
    ],
)
def test_what_is_wrong_with_salts(salts: dict[str, bytes], expected: str) -> None:
    with pytest.raises(FieldError) as caught:
        people_tree(LEDGER, salts)
    assert said(caught.value.problems)[0] == expected


def other(**fields: object) -> PersonLeaf:
    return attrs.evolve(LEAF, salt=bytes(range(16)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("leaves", "expected"),
    [
        ([], "leaves：「RM-01」在員工名單上，但沒有葉；請索取有其葉的人員樹"),
        (
            [LEAF, other(person="RM-02")],
            "leaves[0]：「RM-02」有葉，但不在員工名單上；請查明是誰",
        ),
        ([LEAF, other()], "leaves[0]：「RM-01」有 2 片葉；請索取每人一片葉的人員樹"),
        (
            [other(positions=[])],
            "leaves：沒有葉載明位置 0 的登記；請查明涉及何人",
        ),
        (
            [other(positions=[])],
            "leaves[0].positions：「RM-01」的葉沒有載明涉及其本人的登記；請索取載明的葉",
        ),
        (
            [other(ledger_root=bytes(32))],
            "leaves[0].ledger_root：「RM-01」的葉屬於另一台賬；請索取屬於本台賬的葉",
        ),
        (
            [LEAF, other(person="RM-02", ledger_root=bytes(32))],
            "leaves：各葉涉及多份台賬；請索取只涉及一份台賬的人員樹",
        ),
    ],
)
def test_what_is_wrong_with_leaves(leaves: list[PersonLeaf], expected: str) -> None:
    tree = PeopleTree(leaves)
    assert expected in said(audit_people(tree, ["RM-01"], root=tree.root, ledger=LEDGER))


def test_what_is_wrong_with_the_root() -> None:
    assert said(audit_people(TREE, ["RM-01"], root=bytes(32))) == [
        f"leaves：各葉得出的根值為 {TREE.root.hex()}，而不是 {'0' * 64}；請索取所公布的人員樹"
    ]
