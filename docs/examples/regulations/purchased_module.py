"""The violation-points module that banks buy: two ways to the points, money, and a day of effect.

How the module works is told in words of our own. Its figures are each bank's, so those here are
ours. A bank sets up one of the two ways; here they are two chapters of one standard.
"""

from cmappraisal import Multiply, Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Award,
    Balance,
    Between,
    Circumstance,
    Clause,
    Consequence,
    Deduction,
    Part,
    SetTo,
    Silence,
    Thresholds,
    Unit,
)

# Who found it.
FINDERS = [
    Circumstance(id, text, group="finder")
    for id, text in {
        "self": Text("本人自查", "本人自查", en="found by oneself"),
        "supervision": Text("條線督導", "条线督导", en="found by the line's supervision"),
        "audit": Text("內部審計", "内部审计", en="found by internal audit"),
        "regulator": Text("監管檢查", "监管检查", en="found by a regulator"),
    }.items()
]

# What each item costs.
AMOUNTS = {"money-100": 100, "money-300": 300, "money-1000": 1000}
CONSEQUENCES = [
    Consequence(
        id,
        Text(f"扣減績效 {amount} 元", f"扣减绩效 {amount} 元", en=f"{amount} yuan withheld"),
        money=amount,
    )
    for id, amount in AMOUNTS.items()
]


# The first way: a table of risk and finder.
def row(id: str, text: Text, points: tuple[int, int, int, int], money: str) -> Rule:
    """A row of the table: the points for each finder, in their order."""
    by_self, *by_others = points
    others = ("supervision", "audit", "regulator")
    return Rule(
        id,
        text,
        penalty=Deduction(by_others[0], Unit.OCCURRENCE),
        citation=id,
        mitigated_by={"self": SetTo(by_self)},
        aggravated_by={
            finder: SetTo(amount) for finder, amount in zip(others, by_others, strict=True)
        },
        consequences=[money],
    )


TABLE = [
    row("2.1", Text("低風險", "低风险", en="A breach of low risk"), (1, 2, 3, 4), "money-100"),
    row("2.2", Text("中風險", "中风险", en="A breach of medium risk"), (2, 4, 6, 8), "money-300"),
    row("2.3", Text("高風險", "高风险", en="A breach of high risk"), (4, 8, 10, 12), "money-1000"),
]

# The second way: an amount or a range, times a coefficient.
COEFFICIENT = Clause(
    "coefficient",
    Text(
        "行為分值乘以查出途徑的係數",
        "行为分值乘以查出途径的系数",
        en="What a behaviour costs is weighted by where the finding came from",
    ),
    citation="1.1",
    mitigated_by={"self": Multiply("0.5")},
    aggravated_by={
        "supervision": Multiply(1),
        "audit": Multiply("1.5"),
        "regulator": Multiply(2),
    },
)
BEHAVIOURS = [
    Rule(
        "3.1",
        Text(
            "客戶未到場而開戶", "客户未到场而开户", en="An account is opened without the customer"
        ),
        penalty=Deduction(4, Unit.OCCURRENCE),
        citation="3.1",
        consequences=["money-300"],
    ),
    Rule(
        "3.2",
        Text("產品說明不完整", "产品说明不完整", en="A product is explained incompletely"),
        penalty=Deduction(Between(2, 6), Unit.OCCURRENCE),
        citation="3.2",
        consequences=["money-100"],
    ),
    Rule(
        "3.3",
        Text("未回訪客戶，每戶", "未回访客户，每户", en="Customers are not called back, for each"),
        penalty=Deduction(2, Unit.CUSTOMER),
        citation="3.3",
        consequences=["money-100"],
    ),
]

# When it counts.
EFFECT = Clause(
    "effect",
    Text(
        "年度積分按處理決定生效之日計入",
        "年度积分按处理决定生效之日计入",
        en="Points fall in the year in which the decision on them becomes effective",
    ),
    citation="1.2",
    answers={"counted_on": "effective"},
)

# What reconsideration can do.
RECONSIDERATION = Clause(
    "reconsideration",
    Text(
        "覆議人可變更分值和扣減金額",
        "复议人可变更分值和扣减金额",
        en="Whoever reconsiders a case can change its points and its amount",
    ),
    citation="1.3",
)

# What a year's total is, and what follows from it.
REDUCTION = Rule(
    "4.1",
    Text("經批准的減分", "经批准的减分", en="A reduction that was approved"),
    award=Award(1, Unit.OCCURRENCE),
    citation="4.1",
)
TOTAL = Clause(
    "total",
    Text(
        "年度積分扣減經批准的減分，不低於零",
        "年度积分扣减经批准的减分，不低于零",
        en="A year's points less the reductions that were approved, and never below zero",
    ),
    citation="1.4",
    balance=Balance(least=0),
)
MEASURES = [
    Consequence("reminder", Text("提醒談話", "提醒谈话", en="a talk")),
    Consequence("transfer", Text("調離崗位", "调离岗位", en="another post")),
]
LADDER = Clause(
    "ladder",
    Text(
        "年度積分達 6 分、12 分的，按所達最高一級處理，每次達到均通知",
        "年度积分达 6 分、12 分的，按所达最高一级处理，每次达到均通知",
        en="At 6 and at 12 points of a year the highest that is reached applies, with a notice "
        "each time",
    ),
    citation="1.5",
    thresholds=Thresholds({6: "reminder", 12: "transfer"}, reached="highest"),
)

# What it leaves open.
SILENCES = [
    Silence(
        Text(
            "未說覆議所定分值的上限",
            "未说复议所定分值的上限",
            en="does not say how many points reconsideration can set",
        ),
        field="reconsideration",
    ),
    Silence(
        Text(
            "未說覆議期間是否照計",
            "未说复议期间是否照计",
            en="does not say whether points count during reconsideration",
        ),
        field="pending_appeals",
    ),
    Silence(
        Text(
            "未說係數的尾數",
            "未说系数的尾数",
            en="does not say how a coefficient's points are rounded",
        ),
        field="smallest_unit",
    ),
    Silence(
        Text(
            "未說一事觸犯數條", "未说一事触犯数条", en="does not say what several items at once do"
        ),
        field="concurrence",
    ),
    Silence(
        Text("未設總分", "未设总分", en="has no full marks"),
        field="full_marks",
    ),
    Silence(
        Text(
            "未說金額是否隨數量或係數增減",
            "未说金额是否随数量或系数增减",
            en="does not say whether money grows with the quantity or the coefficient",
        ),
    ),
    Silence(Text("未設追究時限", "未设追究时限", en="sets no time limit")),
]

STANDARD = Rulebook(
    "purchased-module",
    "example",
    text=Text("違規積分管理模塊", "违规积分管理模块", en="The violation-points module"),
    levels=[Text("章", "章", en="chapter"), Text("項", "项", en="item")],
    circumstances=FINDERS,
    consequences=[*CONSEQUENCES, *MEASURES],
    clauses=[COEFFICIENT, EFFECT, RECONSIDERATION, TOTAL, LADDER],
    parts=[
        Part("table", Text("風險等級表", "风险等级表", en="By risk"), citation="2", rules=TABLE),
        Part("behaviours", Text("行為", "行为", en="By behaviour"), citation="3", rules=BEHAVIOURS),
        Part("reductions", Text("減分", "减分", en="Reductions"), citation="4", rules=[REDUCTION]),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
