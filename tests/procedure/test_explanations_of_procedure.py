"""Explanations: what is irregular, and what is owed, in three languages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    LANGUAGES,
    Acted,
    FieldError,
    Language,
    LanguageError,
    Reversed,
)
from cmappraisal.entries import ENTRY_KINDS
from cmappraisal.life_wordings import MOVES
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.procedure import (
    Deadline,
    Irregularity,
    IrregularityKind,
    ProcedureStep,
    TimeLimit,
    explain_deadlines,
    explain_irregularities,
)
from cmappraisal.procedure.wordings import RULE_AND_STEP

ENTRY = Reversed("V-1", "no breach", at=datetime(2025, 4, 15, tzinfo=UTC), by="HR-2")
FOUND = [
    Irregularity(
        "V-1",
        "out-of-time",
        rule="instances[0].decide_within",
        entry=ENTRY,
        person="HR-2",
        due_on=date(2025, 4, 13),
        days=2,
    ),
    Irregularity("V-2", "overdue", rule="notify_within", due_on=date(2025, 3, 11), days=3),
    Irregularity("V-3", "wrong-person", rule="recorders", entry=ENTRY),
    Irregularity(
        "V-4", "dated-ahead", rule="found_on", entry=ENTRY, due_on=date(2025, 4, 15), days=1
    ),
]
OWED = [
    Deadline(
        "V-1",
        ProcedureStep.APPEAL,
        rule="instances[0].appeal_within",
        limit=TimeLimit(5, working_days=True),
        from_day=date(2025, 3, 7),
        due_on=date(2025, 3, 14),
        people=["RM-01"],
    ),
    Deadline(
        "V-2",
        ProcedureStep.DECIDE,
        rule="instances[0].decide_within",
        limit=TimeLimit(30, extended=True),
        from_day=date(2025, 3, 7),
        due_on=date(2025, 4, 7),
        people=["HR-2", "HR-1"],
    ),
    Deadline(
        "V-3",
        ProcedureStep.NOTIFY,
        rule="notify_within",
        limit=TimeLimit(7, extended=True, working_days=True),
        from_day=date(2025, 4, 1),
        due_on=date(2025, 4, 10),
    ),
]

SAID: dict[Language, tuple[str, str]] = {
    "zh-Hant": (
        """程序核查
1. 個案 V-1：逾期辦理（作出決定）
   2025-04-15 登記的事項：撤銷
   辦理人 HR-2
   最遲 2025-04-13，逾期 2 天
   依據：程序的 instances[0].decide_within
2. 個案 V-2：逾期未辦（送達通知）
   最遲 2025-03-11，逾期 3 天
   依據：程序的 notify_within
3. 個案 V-3：辦理人無權辦理
   2025-04-15 登記的事項：撤銷
   依據：程序的 recorders
4. 個案 V-4：日期晚於登記之日
   2025-04-15 登記的事項：撤銷
   登記於 2025-04-15，晚 1 天
   日期：查出日期
""",
        """待辦事項
1. 個案 V-1：提出申訴，最遲 2025-03-14
   自 2025-03-07 次日起 5 個工作日
   依據：程序的 instances[0].appeal_within
   申訴人：RM-01
2. 個案 V-2：作出決定，最遲 2025-04-07
   自 2025-03-07 次日起 30 日（期滿日為休息日的，順延至下一工作日）
   依據：程序的 instances[0].decide_within
   可辦理人：HR-1、HR-2
3. 個案 V-3：送達通知，最遲 2025-04-10
   自 2025-04-01 次日起 7 個工作日
   依據：程序的 notify_within
""",
    ),
    "en": (
        """Irregularities
1. case V-1: done after its last day (to settle the appeal)
   the entry of 2025-04-15: reversed
   by HR-2
   last day 2025-04-13, days late: 2
   by the procedure: instances[0].decide_within
2. case V-2: not done by its last day (to give notice)
   last day 2025-03-11, days late: 3
   by the procedure: notify_within
3. case V-3: done by somebody who may not do it
   the entry of 2025-04-15: reversed
   by the procedure: recorders
4. case V-4: dated after the day of its entry
   the entry of 2025-04-15: reversed
   entered on 2025-04-15, days before it: 1
   the day: found_on
""",
        """Deadlines
1. case V-1: to appeal, by 2025-03-14
   5 working days from the day after 2025-03-07
   by the procedure: instances[0].appeal_within
   for: RM-01
2. case V-2: to settle the appeal, by 2025-04-07
   30 days (to the next working day where they end on a day off) from the day after 2025-03-07
   by the procedure: instances[0].decide_within
   who may: HR-1, HR-2
3. case V-3: to give notice, by 2025-04-10
   7 working days from the day after 2025-04-01
   by the procedure: notify_within
""",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_what_is_said(language: Language) -> None:
    found, owed = SAID[language]
    assert explain_irregularities(FOUND, language) == found
    assert explain_deadlines(OWED, language) == owed


def test_every_kind_of_entry_and_every_act_has_its_words() -> None:
    kinds = {kind for kind in ENTRY_KINDS if kind is not Acted}
    assert set(MOVES) == {*kinds, *ProceduralAct}
    act = Acted("V-1", "notified", at=ENTRY.at)
    said = explain_irregularities([evolve(FOUND[2], entry=act)], "zh-Hans")
    assert said.splitlines()[2] == "   2025-04-15 登记的事项：通知当事人"


@pytest.mark.parametrize("language", LANGUAGES)
def test_simplified_chinese_has_the_lines_of_the_others(language: Language) -> None:
    for said, in_english, nothing in (
        (
            explain_irregularities(FOUND, language),
            explain_irregularities(FOUND, "en"),
            explain_irregularities([], language),
        ),
        (
            explain_deadlines(OWED, language),
            explain_deadlines(OWED, "en"),
            explain_deadlines([], language),
        ),
    ):
        assert said.count("\n") == in_english.count("\n")
        assert nothing.count("\n") == 2
    assert "个案 V-1：逾期办理（作出决定）" in explain_irregularities(FOUND, "zh-Hans")


def test_every_kind_and_step_has_a_wording_and_every_limit_its_step() -> None:
    for member in (*IrregularityKind, *ProcedureStep):
        assert member.text.en
    assert set(RULE_AND_STEP.values()) == set(ProcedureStep)


@pytest.mark.parametrize("explain", [explain_irregularities, explain_deadlines])
def test_what_does_not_fit_is_rejected(explain: Any) -> None:
    wrongs: list[Any] = [None, ["V-1"], [*FOUND, *OWED], set()]
    for wrong in wrongs:
        with pytest.raises(FieldError, match="allowed: a list of"):
            explain(wrong)
    with pytest.raises(LanguageError):
        explain([], "zh")
