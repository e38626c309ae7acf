"""Procedure flaws: what keeps a procedure from being one is said in Chinese as in English."""

from typing import Any

import pytest

from cmappraisal import Text
from cmappraisal.procedure import Instance, Procedure, ProcedureError

BOARD = Text("申訴委員會", "申诉委员会", en="the board")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"recorders": ["HR-1"], "verifiers": ["HR-1"], "four_eyes": True},
            "可能无人可以核实；请增加核实人",
        ),
        (
            {
                "instances": [
                    Instance("board", BOARD, members=["A"]),
                    Instance("board", BOARD, members=["B"]),
                ]
            },
            "两级申诉机构的编号相同；请各用一个编号",
        ),
        (
            {"instances": [Instance("board", BOARD, members=["HR-1"])], "recorders": ["HR-1"]},
            "可能无人可以在“board”审理申诉；请增加其成员",
        ),
    ],
)
def test_what_is_wrong_is_said_in_chinese(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ProcedureError) as caught:
        Procedure(**given)
    problem = caught.value.problems[0]
    assert problem.explain("zh-Hans").endswith(said)
