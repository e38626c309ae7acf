"""Breaches that come again: one clause, for every kind of breach, says what they weigh then.

The clause is a company's, in words of our own. Its list of breaches is not told here; two rules of
ours stand for it.
"""

from cmappraisal import Multiply, Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Again,
    Clause,
    Consequence,
    Deduction,
    Part,
    Silence,
    Span,
    Thresholds,
    Unit,
)

# Breaches that come again.
REPETITION = Clause(
    "repetition",
    Text(
        "一年內同類違規再犯，加計積分",
        "一年内同类违规再犯，加计积分",
        en="A breach of the same kind within a year weighs more",
    ),
    citation="1",
    again=Again({2: Multiply("1.5"), 3: Multiply(2)}, within=Span(months=12), same="rule"),
)

# What follows from points.
CONSEQUENCES = [
    *(
        Consequence(
            f"training-{weeks}",
            Text(f"培訓 {weeks} 週", f"培训 {weeks} 周", en=f"training for {weeks} weeks"),
            days=7 * weeks,
        )
        for weeks in (1, 2)
    ),
    *(
        Consequence(
            f"bonus-{months}",
            Text(
                f"扣發 {months} 個月獎金",
                f"扣发 {months} 个月奖金",
                en=f"the bonus of {months} months withheld",
            ),
        )
        for months in (1, 2)
    ),
]
IN_A_YEAR = Clause(
    "in-a-year",
    Text(
        "一年內積分達 10 分及 20 分的處理",
        "一年内积分达 10 分及 20 分的处理",
        en="What follows from 10 and from 20 points in a year",
    ),
    citation="4",
    thresholds=Thresholds(
        {10: ["training-1", "bonus-1"], 20: ["training-2", "bonus-2"]}, within=Span(months=12)
    ),
)

# Two kinds of breaches.
LATE_REPORT = Rule(
    "2",
    Text("報告遲延", "报告迟延", en="A report is late"),
    penalty=Deduction(2, Unit.OCCURRENCE),
    citation="2",
)
FALSE_RECORD = Rule(
    "3",
    Text("記錄不實", "记录不实", en="A record is false"),
    penalty=Deduction(4, Unit.OCCURRENCE),
    citation="3",
)

# What it leaves open.
SILENCES = [
    Silence(
        Text(
            "未說一年自何日起算（此處自違規之日起算十二個月）",
            "未说一年自何日起算（此处自违规之日起算十二个月）",
            en="does not say from which day a year runs (here: twelve months from the breach)",
        ),
    ),
    Silence(
        Text(
            "未說第四次起如何計（此處同第三次）",
            "未说第四次起如何计（此处同第三次）",
            en="does not say what a fourth time weighs (here: as the third)",
        ),
    ),
    Silence(
        Text(
            "未說何謂同類（此處指同一條）",
            "未说何谓同类（此处指同一条）",
            en="does not say which breaches are of one kind (here: those of one rule)",
        ),
    ),
    Silence(
        Text(
            "未說一事觸犯數條", "未说一事触犯数条", en="does not say what several rules at once do"
        ),
        field="concurrence",
    ),
    Silence(
        Text("未說申訴期間", "未说申诉期间", en="does not speak of appeals"),
        field="pending_appeals",
    ),
    Silence(
        Text("未設總分與等級", "未设总分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
]

STANDARD = Rulebook(
    "repeated-breaches",
    "example",
    text=Text("違規積分", "违规积分", en="Points of breaches"),
    consequences=CONSEQUENCES,
    clauses=[REPETITION, IN_A_YEAR],
    parts=[
        Part(
            "breaches",
            Text("違規事項", "违规事项", en="Breaches"),
            rules=[LATE_REPORT, FALSE_RECORD],
        )
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
