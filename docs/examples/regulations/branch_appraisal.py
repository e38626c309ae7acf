"""A branch's appraisal of relationship managers: the quality of their work, quarter by quarter.

The figure of their performance comes from elsewhere; what is deducted for quality is bounded, and
taken away from it. The items are those of a branch, in words of our own.
"""

from cmappraisal import Concurrence, Grade, Policy, Rule, Rulebook, Text
from cmappraisal.accounts import Composite, CompositePart, PayTerms
from cmappraisal.standards import (
    Cap,
    Circumstance,
    Clause,
    Deduction,
    Part,
    SetTo,
    Silence,
    Unit,
)

# At most fifty.
AT_MOST = Clause(
    "at-most",
    Text("質量扣分合計的上限", "质量扣分合计的上限", en="What quality deducts is bounded"),
    citation=[1],
    cap=Cap(50, over="period"),
)

# How the work is done.
CONDUCT = [
    Rule(
        "2.1",
        Text("工作不認真", "工作不认真", en="Work without care"),
        penalty=Deduction(5, Unit.UNSTATED),
        citation=[2, 1],
    ),
    Rule(
        "2.2",
        Text("客戶投訴", "客户投诉", en="A customer complains"),
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=[2, 2],
    ),
    Rule(
        "2.3",
        Text("未完成支行任務或活動", "未完成支行任务或活动", en="A task or campaign is ignored"),
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=[2, 3],
    ),
    Rule(
        "2.4",
        Text("缺席培訓、測試或活動", "缺席培训、测试或活动", en="A training or test is missed"),
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=[2, 4],
    ),
    Rule(
        "2.5",
        Text("廉潔問題", "廉洁问题", en="A finding about integrity"),
        penalty=Deduction(50, Unit.OCCURRENCE),
        citation=[2, 5],
    ),
]

# How loans are kept.
KEEPING = [
    Rule(
        "3.1",
        Text("貸前或貸後未檢查", "贷前或贷后未检查", en="A loan is not checked, before or after"),
        penalty=Deduction(5, Unit.OCCURRENCE),
        citation=[3, 1],
    ),
    Rule(
        "3.2",
        Text("未建臺賬或檔案", "未建台账或档案", en="A loan has no ledger or file"),
        penalty=Deduction(5, Unit.OCCURRENCE),
        citation=[3, 2],
    ),
]

# What loans come to: a quantity is a whole point of the rate.
RATES = [
    Rule(
        "4.1",
        Text(
            "收息率每低於 97% 一個百分點",
            "收息率每低于 97% 一个百分点",
            en="Each point of interest collected below 97 %",
        ),
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=[4, 1],
    ),
    Rule(
        "4.2",
        Text(
            "不良率每高一個百分點", "不良率每高一个百分点", en="Each point of bad loans above zero"
        ),
        penalty=Deduction(1, Unit.OCCURRENCE),
        citation=[4, 2],
    ),
]

# Overdue loans: one violation for the quarter's loans that were recovered in it.
SEVERAL = Circumstance(
    "several",
    Text("數筆合計不超過二十萬", "数笔合计不超过二十万", en="several, up to 200,000 together"),
    group="how-much",
)
ABOVE = Circumstance(
    "above-200000",
    Text("數筆合計超過二十萬", "数笔合计超过二十万", en="several, above 200,000 together"),
    group="how-much",
)
OVERDUE = [
    Rule(
        "5.1",
        Text(
            "跨月逾期、季內收回",
            "跨月逾期、季内收回",
            en="Overdue at a month's end, then recovered",
        ),
        penalty=Deduction(1, Unit.UNSTATED),
        citation=[5, 1],
        aggravated_by={"several": SetTo(2), "above-200000": SetTo(4)},
    ),
    Rule(
        "5.2",
        Text("逾期三個月以上", "逾期三个月以上", en="Overdue for more than three months"),
        penalty=Deduction(10, Unit.UNSTATED),
        citation=[5, 2],
    ),
]

# What the total reaches: five steps of each title.
TITLES = [
    ("assistant", 90, "助理客戶經理", "助理客户经理", "assistant"),
    ("manager", 115, "客戶經理", "客户经理", "relationship manager"),
    ("senior", 140, "高級客戶經理", "高级客户经理", "senior"),
    ("principal", 165, "資深客戶經理", "资深客户经理", "principal"),
]
FIGURES = [
    (
        f"{id}-{step}",
        least + 5 * (5 - step),
        Text(f"{hant}{step}級", f"{hans}{step}级", en=f"{en}, step {step}"),
    )
    for id, least, hant, hans, en in TITLES
    for step in (5, 4, 3, 2, 1)
]
GRADES = [
    Grade(id, text, at_least=figure, below=figure + 5 if figure < FIGURES[-1][1] else None)
    for id, figure, text in FIGURES
]
WORK = CompositePart("performance", Text("業績", "业绩", en="Performance"))
QUALITY = CompositePart(
    "quality", Text("質量", "质量", en="Quality"), reads="points", provision="at-most"
)
TOTAL = Composite([WORK, QUALITY], grades=GRADES, ungraded_ends=True)

# What performance alone says of the next year's title.
LIMITS = [least for _, least, _, _, _ in TITLES]
TITLE = Composite(
    [WORK],
    grades=[
        Grade(id, Text(hant, hans, en=en), at_least=least, below=below)
        for (id, least, hant, hans, en), below in zip(TITLES, [*LIMITS[1:], None], strict=True)
    ],
    ungraded_ends=True,
)

# What base pay is at least.
PAY = PayTerms(least_base_share="0.4")

# What it leaves open.
SILENCES = [
    Silence(
        Text(
            "不設質量滿分，只從另行核算的業績分中扣減",
            "不设质量满分，只从另行核算的业绩分中扣减",
            en="has no full marks of quality: its points are taken away from performance",
        ),
        field="full_marks",
    ),
    Silence(
        Text("未寫明部分項目的單位", "未写明部分项目的单位", en="states no unit of some items"),
        field="unstated_unit",
    ),
    Silence(
        Text(
            "未說遲查出者歸入哪一季",
            "未说迟查出者归入哪一季",
            en="does not say in which quarter a late finding falls",
        ),
        field="counted_on",
    ),
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
        Text(
            "未說單筆超過十萬者",
            "未说单笔超过十万者",
            en="says nothing of one single overdue loan above 100,000",
        )
    ),
    Silence(
        Text(
            "未說基本薪酬不足四成時如何處理",
            "未说基本薪酬不足四成时如何处理",
            en="does not say what gives way where base pay would be less than 40 % of income",
        )
    ),
    Silence(
        Text("未設追究期限", "未设追究期限", en="has no time limit"),
    ),
]

STANDARD = Rulebook(
    "branch-appraisal",
    "example",
    text=Text("支行客戶經理考核", "支行客户经理考核", en="A branch's appraisal of its managers"),
    levels=[Text("部分", "部分", en="section"), Text("項", "项", en="item")],
    circumstances=[SEVERAL, ABOVE],
    clauses=[AT_MOST],
    parts=[
        Part("conduct", Text("工作表現", "工作表现", en="Conduct"), rules=CONDUCT),
        Part("keeping", Text("貸款管理", "贷款管理", en="Keeping of loans"), rules=KEEPING),
        Part("rates", Text("指標", "指标", en="Rates"), rules=RATES),
        Part("overdue", Text("逾期貸款", "逾期贷款", en="Overdue loans"), rules=OVERDUE),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None, concurrence=Concurrence.CUMULATIVE)
