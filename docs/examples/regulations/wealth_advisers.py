"""Points of wealth advisers: for each rule, how much heavier it gets, and by what.

The rules are those of a bank, in words of our own. What is heavier has an amount of its own there,
so none is left to the policy.
"""

from cmappraisal import Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Again,
    Circumstance,
    Deduction,
    Part,
    SetTo,
    Silence,
    Span,
    Unit,
)

# Misleading advertising.
MAJOR_COMPLAINT = Circumstance(
    "major-complaint", Text("引發重大投訴", "引发重大投诉", en="a major complaint")
)
MAJOR_LOSS = Circumstance("loss", Text("造成客戶損失", "造成客户损失", en="a customer's loss"))
PROMOTION = Rule(
    "1",
    Text("宣傳不實", "宣传不实", en="A product is promoted falsely"),
    penalty=Deduction(5, Unit.UNSTATED),
    citation="1",
    aggravated_by={"major-complaint": SetTo(10), "loss": SetTo(10)},
)

# Sales without authority.
LARGE = Circumstance("large", Text("金額較大", "金额较大", en="a large amount"))
REGULATOR = Circumstance(
    "regulator", Text("受監管關注", "受监管关注", en="a regulator took notice of it")
)
UNAUTHORISED = Rule(
    "2",
    Text("銷售未經批准的產品", "销售未经批准的产品", en="A product is sold without authority"),
    penalty=Deduction(10, Unit.UNSTATED),
    citation="2",
    aggravated_by={"large": SetTo(20), "regulator": SetTo(20)},
)

# A missing record.
RECORD = Rule(
    "3",
    Text("銷售過程未留存記錄", "销售过程未留存记录", en="A sale is not recorded"),
    penalty=Deduction(3, Unit.UNSTATED),
    citation="3",
    again=Again({2: SetTo(5)}, within=Span(calendar="year")),
)

# A risk that is not told.
LOSS_COMPLAINT = Circumstance(
    "loss-complaint",
    Text("客戶因損失投訴", "客户因损失投诉", en="a customer complains of a loss"),
)
RISK = Rule(
    "4",
    Text("未揭示關鍵風險", "未揭示关键风险", en="A key risk is kept from a customer"),
    penalty=Deduction(5, Unit.UNSTATED),
    citation="4",
    aggravated_by={"loss-complaint": SetTo(8)},
)

# Stale information.
THREE_DAYS = Circumstance(
    "over-three-working-days",
    Text("逾三個工作日", "逾三个工作日", en="later than three working days"),
)
MANY = Circumstance("many-customers", Text("涉及多名客戶", "涉及多名客户", en="many customers"))
UPDATE = Rule(
    "5",
    Text("產品信息更新遲延", "产品信息更新迟延", en="Product information is updated late"),
    penalty=Deduction(3, Unit.UNSTATED),
    citation="5",
    aggravated_by={"over-three-working-days": SetTo(6), "many-customers": SetTo(6)},
)

# What it leaves open.
SILENCES = [
    Silence(
        Text("未寫明計分單位", "未写明计分单位", en="states no unit"),
        field="unstated_unit",
    ),
    Silence(
        Text(
            "未說以何日歸入年度",
            "未说以何日归入年度",
            en="counts by calendar years, and does not say by which day",
        ),
        field="counted_on",
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
    Silence(
        Text(
            "未說多大金額、多少客戶為多",
            "未说多大金额、多少客户为多",
            en="does not say which amount is large, and how many customers are many",
        ),
    ),
    Silence(
        Text(
            "未說再次發生以多久為限（此處以一年度為限）",
            "未说再次发生以多久为限（此处以一年度为限）",
            en="does not say within which time a breach comes again (here: one calendar year)",
        ),
    ),
]

STANDARD = Rulebook(
    "wealth-advisers",
    "example",
    text=Text("理財顧問違規積分", "理财顾问违规积分", en="Points of wealth advisers"),
    circumstances=[
        *(MAJOR_COMPLAINT, MAJOR_LOSS, LARGE, REGULATOR),
        *(LOSS_COMPLAINT, THREE_DAYS, MANY),
    ],
    parts=[
        Part(
            "rules",
            Text("違規事項", "违规事项", en="Breaches"),
            rules=[PROMOTION, UNAUTHORISED, RECORD, RISK, UPDATE],
        )
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
