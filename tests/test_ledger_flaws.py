"""Ledger flaws: what does not fit a ledger is said in Chinese as it is in English."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from cmappraisal import Ledger, LedgerError, Merit, Violation
from cmappraisal.ledger_flaws import entry_named, move_named
from cmappraisal.lives import LIFE, Move, name_of_move
from cmappraisal.takings import OF_CONSEQUENCES

ACT = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
SALT = b"sixteen bytes, or more"


def at(day: int) -> datetime:
    return datetime(2025, 3, day, tzinfo=UTC)


ONE = Ledger().record(ACT, at=at(4))
STRUCK = ONE.reverse("V-1", reason="mistaken", at=at(5))
TAKEN = ONE.take("V-1", "talk", on=date(2025, 3, 6), at=at(6))
ERASED = ONE.erase("V-1")
OTHER = Violation("V-2", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (
            lambda: ONE.appeal("V-9", grounds="none", at=at(5)),
            "个案“V-9”从未登记，不能作此登记（提出申诉）；请先登记违规",
        ),
        (
            lambda: ONE.record(ACT, at=at(5)),
            "个案“V-1”已于 2025-03-04T00:00:00+00:00 登记，此编号已被占用；请给另一笔违规另一编号",
        ),
        (
            lambda: ONE.dismiss("V-1", reason="none", at=at(5)),
            "个案“V-1”的状态是“已登记”，不能作此登记（驳回申诉）；"
            "可作：更改登记、核实、通知当事人、提出申诉、撤销",
        ),
        (
            lambda: STRUCK.reverse("V-1", reason="again", at=at(6)),
            "个案“V-1”的状态是“已撤销”，不能作此登记（撤销）；可作：通知当事人；"
            "请以新编号登记新的违规",
        ),
        (
            lambda: ONE.amend(
                Merit("V-1", "RM-01", rule="5.1", occurred_on=date(2025, 3, 2)),
                reason="praise",
                at=at(5),
            ),
            "个案“V-1”所登记的是违规（Violation），不能改为加分事项（Merit）；"
            "请撤销本案，并以新编号登记后者",
        ),
        (
            lambda: TAKEN.serve("V-1", "talk", on=date(2025, 3, 5), at=at(7)),
            "个案“V-1”的处理措施“talk”于 2025-03-06 执行，不能在 2025-03-05 执行完毕；"
            "请填写正确的日期",
        ),
        (
            lambda: ONE.serve("V-1", "talk", on=date(2025, 3, 5), at=at(7)),
            "个案“V-1”的处理措施“talk”尚未执行，不能作此登记（执行完毕：talk）；可作：执行 talk",
        ),
        (
            lambda: STRUCK.take("V-1", "talk", on=date(2025, 3, 5), at=at(7)),
            "个案“V-1”的处理措施“talk”尚未执行，不能作此登记（执行 talk）；"
            "可作：无，因为个案已撤销",
        ),
        (
            lambda: ONE.extend(ERASED.entries),
            "个案“V-1”仍在台账中，不能只销毁其中一条登记；请以 Ledger.erase 销毁整个个案",
        ),
        (
            lambda: ERASED.record(ACT, at=at(5)),
            "个案“V-1”已销毁，不能作此登记（登记）；请以新编号登记新的违规",
        ),
        (
            lambda: ONE.record(OTHER, at=at(3)),
            "个案“V-2”的登记（登记）时点为 2025-03-03T00:00:00+00:00，早于前一条登记"
            "（2025-03-04T00:00:00+00:00）；请按时间先后登记",
        ),
        (
            lambda: ONE.record(OTHER, at=at(5), now=at(4)),
            "个案“V-2”的登记（登记）时点为 2025-03-05T00:00:00+00:00，迟于此刻"
            "（2025-03-04T00:00:00+00:00）；请填写登记的实际时点",
        ),
        (
            lambda: ONE.record(OTHER, at=at(5), salt=SALT).appeal(
                "V-2", grounds="none", at=at(6), salt=SALT
            ),
            "个案“V-2”的登记（提出申诉）的随机值与另一条登记相同；请为每条登记另取随机值，"
            "例如 secrets.token_bytes(16)",
        ),
        (
            lambda: Ledger.merge(STRUCK, ONE.appeal("V-1", grounds="none", at=at(6))),
            "个案“V-1”有两种记载：登记 2025-03-04T00:00:00+00:00、撤销 2025-03-05T00:00:00+00:00；"
            "以及 登记 2025-03-04T00:00:00+00:00、提出申诉 2025-03-06T00:00:00+00:00；"
            "请先统一其经过再合并，或者给两个个案各一个编号",
        ),
        (lambda: ONE.case("V-9"), "本台账从未登记个案 'V-9'"),
        (lambda: ERASED.case("V-1"), "个案 'V-1' 已从本台账销毁"),
    ],
)
def test_what_does_not_fit_is_said_in_chinese(write: Callable[[], object], said: str) -> None:
    with pytest.raises(LedgerError) as caught:
        write()
    (problem,) = caught.value.problems
    assert problem.chinese is not None
    assert problem.chinese[1] == said
    assert problem.explain("zh-Hans").endswith(said)
    assert "（原文：" not in problem.explain("zh-Hant")


@pytest.mark.parametrize(
    "move", [*dict.fromkeys(move for _, move in LIFE), *OF_CONSEQUENCES], ids=name_of_move
)
def test_whatever_can_be_entered_has_a_name_in_each_language(move: Move) -> None:
    named = move_named(move, "talk")
    assert named.en == name_of_move(move)
    assert all(each and not each.isascii() for each in named[:2])


def test_what_is_left_of_an_entry_has_a_name_too() -> None:
    assert entry_named(ERASED.entries[0]) == ("銷毀", "销毁", "Erased")
