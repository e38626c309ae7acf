"""Two windows at once: what follows from points of one year, and from those of three years.

The thresholds are a bank's, in words of our own. Its list of acts is not told here; two rules of
ours stand for it.
"""

from cmappraisal import Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Clause,
    Consequence,
    Deduction,
    Part,
    Silence,
    Span,
    Thresholds,
    Unit,
)

# What follows.
CONSEQUENCES = [
    Consequence("failed", Text("年度考核不合格", "年度考核不合格", en="the year counts as failed")),
    Consequence(
        "one-step",
        Text("薪酬係數下調一檔", "薪酬系数下调一档", en="the pay coefficient one step down"),
    ),
    Consequence("demerit", Text("記過", "记过", en="a demerit")),
    Consequence(
        "two-steps",
        Text("薪酬係數下調兩檔", "薪酬系数下调两档", en="the pay coefficient two steps down"),
    ),
    Consequence("demotion", Text("降職或離崗", "降职或离岗", en="demotion, or off the post")),
]

# The two windows.
ONE_YEAR = Clause(
    "one-year",
    Text("一年內達二分", "一年内达二分", en="Two points within one year"),
    citation="1",
    thresholds=Thresholds({2: ["failed", "one-step"]}, within=Span(months=12)),
)
THREE_YEARS = Clause(
    "three-years",
    Text("三年內達四分、五分", "三年内达四分、五分", en="Four and five points within three years"),
    citation="2",
    thresholds=Thresholds({4: ["demerit", "two-steps"], 5: "demotion"}, within=Span(months=36)),
)

# What is deducted.
RULES = [
    Rule(
        str(place),
        Text(f"記 {points} 分的行為", f"记 {points} 分的行为", en=f"An act of {points}"),
        penalty=Deduction(points, Unit.OCCURRENCE),
        citation=["3", str(place)],
    )
    for place, points in enumerate((1, 2), start=1)
]

# What it leaves open.
SILENCES = [
    Silence(
        Text(
            "未說兩項期間自何日起算（此處以每次行為之日為止）",
            "未说两项期间自何日起算（此处以每次行为之日为止）",
            en="does not say from which day the two times run (here: they end on the day of each "
            "act)",
        ),
    ),
    Silence(
        Text("未說申訴期間", "未说申诉期间", en="does not speak of appeals"),
        field="pending_appeals",
    ),
    Silence(
        Text("未設滿分與等級", "未设满分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
]

STANDARD = Rulebook(
    "two-windows",
    "example",
    text=Text("積分處理", "积分处理", en="What follows from points"),
    levels=[Text("條", "条", en="article"), Text("項", "项", en="item")],
    consequences=CONSEQUENCES,
    clauses=[ONE_YEAR, THREE_YEARS],
    parts=[Part("acts", Text("行為", "行为", en="Acts"), rules=RULES)],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
