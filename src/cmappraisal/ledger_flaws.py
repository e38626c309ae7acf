"""Ledger flaws: what keeps an entry from a ledger, in three languages."""

from __future__ import annotations

from cmappraisal.erasures import Erased, LedgerEntry
from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, Words, filled
from cmappraisal.life_wordings import MOVES, STATES
from cmappraisal.lives import Move, State, move_of, name_of_move
from cmappraisal.texts import Text


class LedgerFlaw(WordedFlaw):
    """What can be wrong with an entry: the code of the problem, and its wording."""

    NEVER_RECORDED = (
        "never-recorded",
        ProblemCode.UNKNOWN_ID,
        Text(
            "個案「{0}」從未登記，不能作此登記（{1}）；請先登記違規",
            "个案“{0}”从未登记，不能作此登记（{1}）；请先登记违规",
            en='case "{0}" was never recorded, so {1} does not fit; record the violation first',
        ),
    )
    ID_IS_TAKEN = (
        "id-is-taken",
        ProblemCode.REPEATED,
        Text(
            "個案「{0}」已於 {2} {1}，此編號已被佔用；請給另一筆違規另一編號",
            "个案“{0}”已于 {2} {1}，此编号已被占用；请给另一笔违规另一编号",
            en='case "{0}" is {1} already ({2}), so the id is taken; give another violation '
            "another id",
        ),
    )
    DOES_NOT_FIT = (
        "does-not-fit",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{0}」的狀態是「{1}」，不能作此登記（{2}）；可作：{3}{4}",
            "个案“{0}”的状态是“{1}”，不能作此登记（{2}）；可作：{3}{4}",
            en='case "{0}" is {1}, so {2} does not fit; allowed: {3}{4}',
        ),
    )
    OF_ANOTHER_KIND = (
        "of-another-kind",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{0}」所登記的是{1}，不能改為{2}；請撤銷本案，並以新編號登記後者",
            "个案“{0}”所登记的是{1}，不能改为{2}；请撤销本案，并以新编号登记后者",
            en='case "{0}" is of a {1}, so it cannot be amended to a {2}; reverse it, and record '
            "the other under a new id",
        ),
    )
    SERVED_BEFORE_TAKEN = (
        "served-before-taken",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{1}」的處理措施「{0}」於 {2} 執行，不能在 {3} 執行完畢；請填寫正確的日期",
            "个案“{1}”的处理措施“{0}”于 {2} 执行，不能在 {3} 执行完毕；请填写正确的日期",
            en='consequence "{0}" of case "{1}" was taken on {2}, so it cannot be served on {3}; '
            "give the right day",
        ),
    )
    CONSEQUENCE_DOES_NOT_FIT = (
        "consequence-does-not-fit",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{1}」的處理措施「{0}」{2}，不能作此登記（{3}）；可作：{4}",
            "个案“{1}”的处理措施“{0}”{2}，不能作此登记（{3}）；可作：{4}",
            en='consequence "{0}" of case "{1}" is {2}, so {3} does not fit; allowed: {4}',
        ),
    )
    CASE_IS_THERE = (
        "case-is-there",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{0}」仍在台賬中，不能只銷毀其中一條登記；請以 Ledger.erase 銷毀整個個案",
            "个案“{0}”仍在台账中，不能只销毁其中一条登记；请以 Ledger.erase 销毁整个个案",
            en='case "{0}" is there, so no entry of it can be erased alone; erase the case with '
            "Ledger.erase",
        ),
    )
    CASE_WAS_ERASED = (
        "case-was-erased",
        ProblemCode.DOES_NOT_FIT,
        Text(
            "個案「{0}」已銷毀，不能作此登記（{1}）；請以新編號登記新的違規",
            "个案“{0}”已销毁，不能作此登记（{1}）；请以新编号登记新的违规",
            en='case "{0}" was erased, so {1} does not fit; record a new violation under a new id',
        ),
    )
    NOT_IN_ORDER = (
        "not-in-order",
        ProblemCode.NOT_IN_ORDER,
        Text(
            "個案「{1}」的登記（{0}）時點為 {2}，早於前一條登記（{3}）；請按時間先後登記",
            "个案“{1}”的登记（{0}）时点为 {2}，早于前一条登记（{3}）；请按时间先后登记",
            en='{0} of case "{1}" is at {2}, before the entry it follows ({3}); append in the '
            "order of time",
        ),
    )
    IN_THE_FUTURE = (
        "in-the-future",
        ProblemCode.IN_THE_FUTURE,
        Text(
            "個案「{1}」的登記（{0}）時點為 {2}，遲於此刻（{3}）；請填寫登記的實際時點",
            "个案“{1}”的登记（{0}）时点为 {2}，迟于此刻（{3}）；请填写登记的实际时点",
            en='{0} of case "{1}" is at {2}, after now ({3}); give the moment at which it was '
            "entered",
        ),
    )
    REPEATED_SALT = (
        "repeated-salt",
        ProblemCode.REPEATED,
        Text(
            "個案「{1}」的登記（{0}）的隨機值與另一條登記相同；請為每條登記另取隨機值，"
            "例如 secrets.token_bytes(16)",
            "个案“{1}”的登记（{0}）的随机值与另一条登记相同；请为每条登记另取随机值，"
            "例如 secrets.token_bytes(16)",
            en='{0} of case "{1}" has a salt that another entry has; give each entry a salt of its '
            "own, such as secrets.token_bytes(16)",
        ),
    )
    TWO_HISTORIES = (
        "two-histories",
        ProblemCode.TWO_HISTORIES,
        Text(
            "個案「{0}」有兩種記載：{1}；以及 {2}；請先統一其經過再合併，或者給兩個個案各一個編號",
            "个案“{0}”有两种记载：{1}；以及 {2}；请先统一其经过再合并，或者给两个个案各一个编号",
            en='case "{0}" is reported in two ways: {1}; and {2}; agree on its history before '
            "merging, or give two cases an id each",
        ),
    )
    NOT_IN_THIS_LEDGER = (
        "not-in-this-ledger",
        ProblemCode.UNKNOWN_ID,
        Text(
            "本台賬從未登記個案 {0}",
            "本台账从未登记个案 {0}",
            en="case {0} was never recorded in this ledger",
        ),
    )
    ERASED_FROM_THIS_LEDGER = (
        "erased-from-this-ledger",
        ProblemCode.UNKNOWN_ID,
        Text(
            "個案 {0} 已從本台賬銷毀",
            "个案 {0} 已从本台账销毁",
            en="case {0} was erased from this ledger",
        ),
    )


UNDER_A_NEW_ID = filled(
    Text(
        "；請以新編號登記新的違規",
        "；请以新编号登记新的违规",
        en="; record a new violation under a new id",
    )
)

_ERASED = filled(Text("銷毀", "销毁", en="Erased"))
_NOTHING = Text("無，因為個案{0}", "无，因为个案{0}", en="nothing, for the case is {0}")


def state_named(state: State) -> Words:
    """A state, as messages name it: in English by the value that programs know."""
    return filled(STATES[state])._replace(en=state.value)


def nothing_fits(state: State) -> Words:
    """That nothing can be entered, since a case is in a state."""
    return filled(_NOTHING, state_named(state))


def move_named(move: Move, consequence: str = "") -> Words:
    """What can be entered, as messages name it: in English as the type that programs make.

    Args:
        move: The kind of entry, or the act.
        consequence: The id of the consequence that it is about.
    """
    return filled(MOVES[move], consequence)._replace(en=name_of_move(move))


def entry_named(entry: LedgerEntry) -> Words:
    """An entry, or what is left of one, as messages name it."""
    if isinstance(entry, Erased):
        return _ERASED
    return move_named(move_of(entry), getattr(entry, "consequence", ""))
