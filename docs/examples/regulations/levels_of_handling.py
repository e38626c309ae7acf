"""Levels of handling: each act has one of four levels of points, and kinds of handling combine.

The levels and the kinds are those of a large bank, in words of our own. Its table is not public
here: the acts, and which handling goes with which, are ours.
"""

from cmappraisal import Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Circumstance,
    Consequence,
    Deduction,
    Part,
    Silence,
    Status,
    Unit,
)

# The kinds of handling beside points.
CONSEQUENCES = [
    Consequence("criticism", Text("批評教育", "批评教育", en="criticism")),
    Consequence(
        "qualification-lost",
        Text("取消行內資格", "取消行内资格", en="withdrawal of the bank's own qualification"),
        status=Status.REVOKED,
    ),
    Consequence("waiting", Text("待崗", "待岗", en="off duty until there is another post")),
    Consequence("pay-cut", Text("降薪", "降薪", en="lower pay")),
    Consequence("removal", Text("免職", "免职", en="taken off the post")),
    Consequence("termination", Text("解除勞動合同", "解除劳动合同", en="the end of the contract")),
    Consequence(
        "discipline", Text("紀律處分", "纪律处分", en="a disciplinary measure"), elsewhere=True
    ),
]

# What decides which kinds combine.
CIRCUMSTANCES = [
    Circumstance("loss", Text("造成損失", "造成损失", en="a loss")),
    Circumstance(
        "large-loss", Text("造成重大損失", "造成重大损失", en="a large loss"), implies=["loss"]
    ),
    Circumstance("concealed", Text("隱瞞不報", "隐瞒不报", en="it was concealed")),
]

# Levels one and two.
LIGHT = [
    Rule(
        "1.1",
        Text("資料未按時歸檔", "资料未按时归档", en="Papers are filed late"),
        penalty=Deduction(1, Unit.OCCURRENCE),
        citation="1.1",
    ),
    Rule(
        "1.2",
        Text("未參加例會", "未参加例会", en="A regular meeting is missed"),
        penalty=Deduction(1, Unit.OCCURRENCE),
        citation="1.2",
        consequences={"criticism": ["concealed"]},
    ),
]
ORDINARY = [
    Rule(
        "2.1",
        Text("未核實客戶身份", "未核实客户身份", en="A customer's identity is not verified"),
        penalty=Deduction(3, Unit.OCCURRENCE),
        citation="2.1",
        consequences={"criticism": [], "pay-cut": ["loss"]},
    ),
]

# Levels three and four.
SERIOUS = [
    Rule(
        "3.1",
        Text("越權審批", "越权审批", en="An approval goes beyond the authority given"),
        penalty=Deduction(6, Unit.OCCURRENCE),
        citation="3.1",
        consequences={
            "criticism": [],
            "pay-cut": ["loss"],
            "qualification-lost": ["concealed"],
            "waiting": ["large-loss", "concealed"],
        },
    ),
]
GRAVE = [
    Rule(
        "4.1",
        Text("協助客戶偽造材料", "协助客户伪造材料", en="A customer is helped to forge papers"),
        penalty=Deduction(16, Unit.OCCURRENCE),
        citation="4.1",
        consequences={
            "discipline": [],
            "qualification-lost": [],
            "removal": [],
            "termination": ["large-loss"],
        },
    ),
]

# Handling without points.
WITHOUT_POINTS = [
    Rule(
        "5.1",
        Text("調查期間不配合", "调查期间不配合", en="An inquiry is obstructed"),
        citation="5.1",
        consequences={"criticism": [], "waiting": ["concealed"]},
    ),
]

# What it leaves open.
SILENCES = [
    Silence(
        Text(
            "未說一事觸犯數條", "未说一事触犯数条", en="does not say what several items at once do"
        ),
        field="concurrence",
    ),
    Silence(
        Text("未說申訴期間", "未说申诉期间", en="does not speak of appeals"),
        field="pending_appeals",
    ),
    Silence(
        Text("未說積分歸入何期", "未说积分归入何期", en="does not say in which period points fall"),
        field="counted_on",
    ),
    Silence(
        Text("未設總分與等級", "未设总分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
    Silence(Text("未設追究時限", "未设追究时限", en="sets no time limit")),
    Silence(
        Text("未說降薪多少", "未说降薪多少", en="does not say by how much pay is cut"),
    ),
    Silence(
        Text(
            "未說介於兩級之間的行為",
            "未说介于两级之间的行为",
            en="has no level between two of the four",
        ),
    ),
]

STANDARD = Rulebook(
    "levels-of-handling",
    "example",
    text=Text("違規行為分級處理", "违规行为分级处理", en="Levels of handling"),
    levels=[Text("部分", "部分", en="part"), Text("項", "项", en="item")],
    circumstances=CIRCUMSTANCES,
    consequences=CONSEQUENCES,
    parts=[
        Part("light", Text("一級", "一级", en="Level one"), citation="1", rules=LIGHT),
        Part("ordinary", Text("二級", "二级", en="Level two"), citation="2", rules=ORDINARY),
        Part("serious", Text("三級", "三级", en="Level three"), citation="3", rules=SERIOUS),
        Part("grave", Text("四級", "四级", en="Level four"), citation="4", rules=GRAVE),
        Part(
            "without-points",
            Text("不記分的處理", "不记分的处理", en="Without points"),
            citation="5",
            rules=WITHOUT_POINTS,
        ),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
