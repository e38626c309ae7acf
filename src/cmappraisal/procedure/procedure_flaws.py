"""Procedure flaws: what keeps a procedure from being one, in three languages."""

from __future__ import annotations

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw
from cmappraisal.texts import Text


class ProcedureFlaw(WordedFlaw):
    """What can be wrong with a procedure: the code of the problem, and its wording."""

    REPEATED_INSTANCE = (
        "repeated-instance",
        ProblemCode.CONTRADICTION,
        Text(
            "兩級申訴機構的編號相同；請各用一個編號",
            "两级申诉机构的编号相同；请各用一个编号",
            en="two instances have one id; give each its own",
        ),
    )
    TOO_MANY_INSTANCES = (
        "too-many-instances",
        ProblemCode.CONTRADICTION,
        Text(
            "申訴機構多於 {0} 級；請刪去一些",
            "申诉机构多于 {0} 级；请删去一些",
            en="more than {0} instances; leave some out",
        ),
    )
    NOBODY_VERIFIES = (
        "nobody-verifies",
        ProblemCode.CONTRADICTION,
        Text(
            "可能無人可以核實；請增加核實人",
            "可能无人可以核实；请增加核实人",
            en="nobody may be left to verify; name more verifiers",
        ),
    )
    NOBODY_DECIDES = (
        "nobody-decides",
        ProblemCode.CONTRADICTION,
        Text(
            "可能無人可以在「{0}」審理申訴；請增加其成員",
            "可能无人可以在“{0}”审理申诉；请增加其成员",
            en='nobody may be left to settle an appeal before "{0}"; name another of its members',
        ),
    )
