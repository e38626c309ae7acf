"""Violation points for light acts: one act has a cap, and what no article lists has its like.

The general part follows that of a bank, in words of our own. Its table is not public here, so five
acts of ours stand for it.
"""

from cmappraisal import Assessed, Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Cap,
    Circumstance,
    Clause,
    Consequence,
    Deduction,
    Part,
    Referral,
    Silence,
    Unit,
)

# Who found it.
FINDERS = [
    Circumstance(id, text, group="finder")
    for id, text in {
        "found-by-self-check": Text("自查發現", "自查发现", en="found by self-check"),
        "found-by-supervision": Text("業務督導發現", "业务督导发现", en="found by supervision"),
        "found-by-audit": Text("審計發現", "审计发现", en="found by audit"),
        "found-by-regulator": Text("監管部門發現", "监管部门发现", en="found by a regulator"),
        "found-by-complaint": Text("投訴反映", "投诉反映", en="found by a complaint"),
    }.items()
]

# How heavy one act can be.
CAP = Clause(
    "cap",
    Text(
        "任何一次行為不超過十二分",
        "任何一次行为不超过十二分",
        en="No act is worth more than twelve points",
    ),
    citation="1.3",
    cap=Cap(12),
)
GRAVEST = Circumstance("gravest", Text("情節最重", "情节最重", en="the gravest of its kind"))
UP_TO_THE_CAP = Clause(
    "up-to-the-cap",
    Text(
        "同類中情節最重的，評定人可高於分值表核定，以十二分為限",
        "同类中情节最重的，评定人可高于分值表核定，以十二分为限",
        en="For the gravest of its kind an assessor can go beyond the table, as far as twelve",
    ),
    citation="1.4",
    aggravated_by={"gravest": Assessed()},
)

# Several acts, and several articles.
SEVERAL = Clause(
    "several",
    Text(
        "每次行為均記分；同一行為違反不止一條的，以最重的一條為準",
        "每次行为均记分；同一行为违反不止一条的，以最重的一条为准",
        en="Each act is counted; where one act breaks more articles, the heaviest decides",
    ),
    citation="1.5",
    answers={"concurrence": "highest", "displacement": "special-over-general"},
)

# What follows.
CONSEQUENCES = [
    Consequence("entry", Text("登記", "登记", en="an entry in the file")),
    Consequence("card", Text("發牌警示", "发牌警示", en="a warning card")),
    Consequence("criticism", Text("通報批評", "通报批评", en="criticism in a circular")),
    Consequence("money", Text("經濟處理", "经济处理", en="money withheld")),
    Consequence(
        "discipline-code",
        Text("依紀律處分規定處理", "依纪律处分规定处理", en="the discipline code"),
        elsewhere=True,
    ),
]

# The table.
TABLE = [
    Rule(
        "2.1",
        Text("拜訪報告遲交", "拜访报告迟交", en="A visit is reported late"),
        penalty=Deduction(1, Unit.OCCURRENCE),
        citation="2.1",
        consequences=["entry"],
    ),
    Rule(
        "2.2",
        Text("未拜訪而報告拜訪", "未拜访而报告拜访", en="A visit is reported that was not made"),
        penalty=Deduction(3, Unit.OCCURRENCE),
        citation="2.2",
        consequences=["entry", "card"],
    ),
    Rule(
        "2.3",
        Text(
            "貸款檔案要件不全，每份",
            "贷款档案要件不全，每份",
            en="A loan file lacks papers, for each file",
        ),
        penalty=Deduction(4, Unit.OCCURRENCE),
        citation="2.3",
        consequences=["entry", "card"],
    ),
    Rule(
        "2.4",
        Text("洩露客戶資料", "泄露客户资料", en="A customer's data are passed on"),
        penalty=Deduction(6, Unit.OCCURRENCE),
        citation="2.4",
        consequences=["entry", "criticism"],
    ),
    Rule(
        "2.5",
        Text(
            "保管客戶已簽字的空白單據",
            "保管客户已签字的空白单据",
            en="Blank forms are kept that a customer has signed",
        ),
        penalty=Deduction(8, Unit.OCCURRENCE),
        citation="2.5",
        consequences=["entry", "criticism", "money"],
    ),
]

# What the table does not list, and what is too grave for it.
ANALOGY = Rule(
    "1.2",
    Text(
        "各條均未提及的行為，取最接近的一條的分值",
        "各条均未提及的行为，取最接近的一条的分值",
        en="What no article names has the points of the closest one",
    ),
    penalty=Referral(to=[rule.id for rule in TABLE]),
    citation="1.2",
)
GRAVE = Rule(
    "1.1",
    Text(
        "應予紀律處分的行為，不在此記分",
        "应予纪律处分的行为，不在此记分",
        en="An act that calls for discipline is not scored here",
    ),
    citation="1.1",
    consequences=["discipline-code"],
    displaces=[rule.id for rule in TABLE],
)

# What it leaves open.
SILENCES = [
    Silence(
        Text("未說記分歸入何期", "未说记分归入何期", en="does not say in which period points fall"),
        field="counted_on",
    ),
    Silence(
        Text(
            "未說申訴期間是否照記",
            "未说申诉期间是否照记",
            en="does not say whether points count during an appeal",
        ),
        field="pending_appeals",
    ),
    Silence(
        Text("未說覆議可改為多少", "未说复议可改为多少", en="does not say what an appeal can set"),
        field="reconsideration",
    ),
    Silence(
        Text("未設總分與等級", "未设总分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
    Silence(
        Text("未設追究時限", "未设追究时限", en="sets no time limit"),
    ),
    Silence(
        Text(
            "未說何種情節屬於最重",
            "未说何种情节属于最重",
            en="does not say which acts are the gravest of their kind",
        ),
    ),
    Silence(
        Text(
            "未說查出的途徑是否影響分值",
            "未说查出的途径是否影响分值",
            en="does not say whether the points depend on who found it",
        ),
    ),
]

STANDARD = Rulebook(
    "violation-points",
    "example",
    text=Text("員工違規積分", "员工违规积分", en="Violation points"),
    levels=[Text("章", "章", en="chapter"), Text("條", "条", en="article")],
    circumstances=[*FINDERS, GRAVEST],
    consequences=CONSEQUENCES,
    clauses=[CAP, UP_TO_THE_CAP, SEVERAL],
    parts=[
        Part(
            "general", Text("總則", "总则", en="General part"), citation="1", rules=[GRAVE, ANALOGY]
        ),
        Part("table", Text("分值表", "分值表", en="Table of points"), citation="2", rules=TABLE),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
