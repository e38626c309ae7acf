"""Lives in words: what a state of a case and a kind of entry are called, in three languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.entries import (
    Amended,
    Appealed,
    Corrected,
    Decided,
    Dismissed,
    Entry,
    Lifted,
    Recorded,
    Reversed,
    Reviewed,
    Served,
    Taken,
)
from cmappraisal.lives import Move, State, move_of
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.takings import TakingState
from cmappraisal.texts import Language, Text, worded

STATES: Final[Mapping[State, Text]] = MappingProxyType(
    {
        State.PROPOSED: Text("已提出，待核實", "已提出，待核实", en="proposed"),
        State.RECORDED: Text("已登記", "已登记", en="recorded"),
        State.UNDER_APPEAL: Text("申訴中", "申诉中", en="under appeal"),
        State.FINAL: Text("已有定論", "已有定论", en="final"),
        State.UNDER_REVIEW: Text("第二級申訴中", "第二级申诉中", en="under review"),
        State.REVERSED: Text("已撤銷", "已撤销", en="reversed"),
    }
)
"""How each state is said."""

MOVES: Final[Mapping[Move, Text]] = MappingProxyType(
    {
        ProceduralAct.PROPOSED: Text("提出", "提出", en="proposed"),
        ProceduralAct.VERIFIED: Text("核實", "核实", en="verified"),
        ProceduralAct.NOTIFIED: Text("通知當事人", "通知当事人", en="notice received"),
        ProceduralAct.APPEAL_WITHDRAWN: Text("撤回申訴", "撤回申诉", en="appeal withdrawn"),
        ProceduralAct.REOPENED: Text("因新事實重開", "因新事实重开", en="reopened on new facts"),
        Recorded: Text("登記", "登记", en="recorded"),
        Amended: Text("更改登記", "更改登记", en="restated"),
        Appealed: Text("提出申訴", "提出申诉", en="appeal lodged"),
        Dismissed: Text("駁回申訴", "驳回申诉", en="appeal dismissed"),
        Decided: Text("申訴決定改定", "申诉决定改定", en="decided on appeal"),
        Reviewed: Text("第二級決定改定", "第二级决定改定", en="decided on review"),
        Corrected: Text("更正筆誤", "更正笔误", en="clerical error corrected"),
        Reversed: Text("撤銷", "撤销", en="reversed"),
        Taken: Text("執行 {}", "执行 {}", en="{} taken"),
        Served: Text("執行完畢：{}", "执行完毕：{}", en="{} served"),
        Lifted: Text("解除 {}", "解除 {}", en="{} lifted"),
    }
)
"""How each thing that can be entered is said; the place is for the id of a consequence."""

KINDS: Final[Mapping[type[Act], Text]] = MappingProxyType(
    {
        Violation: Text("違規（Violation）", "违规（Violation）", en="Violation"),
        Merit: Text("加分事項（Merit）", "加分事项（Merit）", en="Merit"),
    }
)
"""How each kind of act is said; a program names it in English."""

TAKINGS: Final[Mapping[TakingState | None, Text]] = MappingProxyType(
    {
        None: Text("尚未執行", "尚未执行", en="not taken"),
        TakingState.TAKEN: Text("已執行", "已执行", en="taken"),
        TakingState.SERVED: Text("已執行完畢", "已执行完毕", en="served"),
        TakingState.LIFTED: Text("已解除", "已解除", en="lifted"),
    }
)
"""How each state of a consequence is said; None stands for none."""


def move_in_words(entry: Entry, language: Language) -> str:
    """What an entry did in the life of its case.

    Args:
        entry: The entry.
        language: The language.

    >>> from datetime import datetime, timezone
    >>> moment = datetime(2026, 1, 5, tzinfo=timezone.utc)
    >>> move_in_words(Taken("V-1", "talk", on=moment.date(), at=moment), "en")
    'talk taken'
    """
    return worded(MOVES[move_of(entry)], language, getattr(entry, "consequence", ""))
