"""China's points for traffic violations: a cycle of a person's own, and what follows at twelve.

The law is public; the words are our own. Five rules of ours stand for its list of violations, one
for each amount, and licences for heavy vehicles, whose study is longer, are not told here.
"""

from cmappraisal import CountedOn, Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Award,
    Balance,
    CancelThose,
    Cap,
    Clause,
    Consequence,
    Deduction,
    Part,
    Silence,
    Span,
    Threshold,
    Thresholds,
    Unit,
    WithPeriod,
)

# What follows.
FINE = Consequence("fine", Text("罰款", "罚款", en="a fine"))
STUDY = Consequence(
    "study",
    Text("學習並考試", "学习并考试", en="study, and a test"),
    days=7,
    days_at_most=60,
    courses=["road-law"],
    settles=CancelThose(),
    settles_when="served",
)
ROAD_TEST = Consequence("road-test", Text("道路駕駛考試", "道路驾驶考试", en="a test on the road"))
SITE_TEST = Consequence("site-test", Text("場地駕駛考試", "场地驾驶考试", en="a test on a site"))

# The cycle, and what follows in it.
CYCLE = Clause(
    "cycle",
    Text(
        "自初次領證之日起每十二個月為一周期，期滿未達十二分的清除，罰款未繳的轉入下一周期",
        "自初次领证之日起每十二个月为一周期，期满未达十二分的清除，罚款未缴的转入下一周期",
        en="A cycle has twelve months from the first licence; points below twelve are cleared at "
        "its end, but those whose fine is unpaid move on",
    ),
    citation="1",
    answers={
        "assessment_period": Span(months=12, cycle="first-licence"),
        "lapse": WithPeriod(unless_unserved="fine", below=12),
        "counted_on": CountedOn.EFFECTIVE,
    },
)
TWELVE = Clause(
    "twelve",
    Text(
        "累積滿十二分的，學習七天並考試；每再滿一次或每再滿十二分，增加七天，最多六十天",
        "累积满十二分的，学习七天并考试；每再满一次或每再满十二分，增加七天，最多六十天",
        en="At twelve points seven days of study and a test; each further time, or each further "
        "twelve points, seven days more, sixty at most",
    ),
    citation="2",
    thresholds=Thresholds(
        [
            Threshold(
                12,
                "study",
                times={2: ["study", "road-test"], 3: ["study", "road-test", "site-test"]},
                every=12,
            )
        ]
    ),
)
LEARNING = Clause(
    "learning",
    Text(
        "未滿十二分的可以學習減分，每周期最多六分",
        "未满十二分的可以学习减分，每周期最多六分",
        en="Below twelve points learning lowers the points, by six in a cycle at most",
    ),
    citation="3",
    cap=Cap(6, over="period", of="awards"),
    balance=Balance(awards_below=12),
)

# Violations, one for each amount.
VIOLATIONS = [
    Rule(
        str(points),
        Text(
            f"記 {points} 分的違法行為", f"记 {points} 分的违法行为", en=f"A violation of {points}"
        ),
        penalty=Deduction(points, Unit.OCCURRENCE),
        citation=["4", str(place)],
        consequences=["fine"],
    )
    for place, points in enumerate((12, 9, 6, 3, 1), start=1)
]

# Learning.
ONLINE = Rule(
    "online",
    Text("網上學習", "网上学习", en="Lessons online"),
    award=Award(1, Unit.OCCURRENCE),
    citation=["5", "1"],
)
CLASS = Rule(
    "class",
    Text("現場學習一小時", "现场学习一小时", en="An hour in class"),
    award=Award(2, Unit.OCCURRENCE),
    citation=["5", "2"],
)
SERVICE = Rule(
    "service",
    Text("公益活動一小時", "公益活动一小时", en="An hour of service"),
    award=Award(1, Unit.OCCURRENCE),
    citation=["5", "3"],
)

# What it leaves open, and what is not told here.
SILENCES = [
    Silence(
        Text(
            "僅有警告者不記分，此處不登記",
            "仅有警告者不记分，此处不登记",
            en="gives no points where there is a mere warning; such an act is not recorded here",
        ),
    ),
    Silence(
        Text("未設滿分與等級", "未设满分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
    Silence(
        Text("未說異議期間", "未说异议期间", en="does not speak of points during a dispute"),
        field="pending_appeals",
    ),
]

STANDARD = Rulebook(
    "traffic-points",
    "2022",
    text=Text("道路交通違法記分", "道路交通违法记分", en="Points for traffic violations"),
    levels=[Text("條", "条", en="article"), Text("項", "项", en="item")],
    consequences=[FINE, STUDY, ROAD_TEST, SITE_TEST],
    clauses=[CYCLE, TWELVE, LEARNING],
    parts=[
        Part("violations", Text("違法行為", "违法行为", en="Violations"), rules=VIOLATIONS),
        Part("learning", Text("學習", "学习", en="Learning"), rules=[ONLINE, CLASS, SERVICE]),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
