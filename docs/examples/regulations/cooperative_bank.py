"""Twenty-four points of a cooperative bank: who answers with the doer, and merits beside breaches.

The general part is that of a bank, in words of our own; its table is not told here, and three acts
and a merit of ours stand for it.
"""

from cmappraisal import Multiply, Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Award,
    Circumstance,
    Clause,
    Deduction,
    Part,
    Responsibility,
    Silence,
    Unit,
    Waive,
)

# Who answers.
LIABLE = Clause(
    "liable",
    Text("責任人", "责任人", en="Who is liable"),
    citation=[1, 1],
    responsible=[
        Responsibility("reviewer", Text("覆核人", "复核人", en="reviewer"), weight=Multiply(1)),
        Responsibility(
            "supervisor", Text("事後監督人", "事后监督人", en="supervisor"), weight=Multiply(1)
        ),
        Responsibility("manager", Text("負責人", "负责人", en="manager"), weight=Multiply(1)),
    ],
)

# Breaches that somebody ordered.
OBJECTED = Circumstance(
    "objected",
    Text(
        "受指使而已提出異議或報告",
        "受指使而已提出异议或报告",
        en="it was ordered, and the doer objected or reported",
    ),
)
ORDERED = Clause(
    "ordered",
    Text("受指使的違規", "受指使的违规", en="Breaches that were ordered"),
    citation=[1, 2],
    mitigated_by={"objected": Waive()},
)

# Half points.
HALVES = Clause(
    "halves",
    Text("以半分計", "以半分计", en="Half a point is the smallest"),
    citation=[1, 3],
    answers={"smallest_unit": "0.5", "full_marks": 24},
)

# The table.
BREACHES = [
    Rule(
        "2.1",
        Text("未按規定查庫", "未按规定查库", en="The vault is not checked as required"),
        penalty=Deduction(2, Unit.OCCURRENCE),
        citation=[2, 1],
    ),
    Rule(
        "2.2",
        Text("印章保管不當", "印章保管不当", en="A seal is kept carelessly"),
        penalty=Deduction("0.5", Unit.OCCURRENCE),
        citation=[2, 2],
    ),
    Rule(
        "2.3",
        Text("逆程序辦理貸款", "逆程序办理贷款", en="A loan is made against the procedure"),
        penalty=Deduction(6, Unit.OCCURRENCE),
        citation=[2, 3],
    ),
]
MERITS = [
    Rule(
        "3.1",
        Text("堵截詐騙", "堵截诈骗", en="A fraud is stopped"),
        award=Award(2, Unit.OCCURRENCE),
        citation=[3, 1],
    )
]

# What it leaves open.
SILENCES = [
    Silence(
        Text("未說申訴期間", "未说申诉期间", en="does not speak of appeals"),
        field="pending_appeals",
    ),
    Silence(
        Text(
            "未說一事觸犯數條", "未说一事触犯数条", en="does not say what several rules at once do"
        ),
        field="concurrence",
    ),
    Silence(
        Text(
            "未說加分是否抵扣", "未说加分是否抵扣", en="does not say whether merits raise the score"
        ),
        field="awards",
    ),
    Silence(
        Text(
            "未說各責任人各計多少（此處各計全數）",
            "未说各责任人各计多少（此处各计全数）",
            en="does not say with how much each of the liable answers (here: with all)",
        )
    ),
]

STANDARD = Rulebook(
    "cooperative-bank",
    "example",
    text=Text("合作銀行二十四分制", "合作银行二十四分制", en="24 points of a cooperative bank"),
    levels=[Text("章", "章", en="chapter"), Text("條", "条", en="article")],
    circumstances=[OBJECTED],
    clauses=[LIABLE, ORDERED, HALVES],
    parts=[
        Part("breaches", Text("扣分", "扣分", en="Breaches"), rules=BREACHES),
        Part("merits", Text("加分", "加分", en="Merits"), rules=MERITS),
    ],
    silences=SILENCES,
)
POLICY = Policy()
