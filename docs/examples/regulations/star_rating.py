"""A star rating: stars that go on from year to year, merits, and a year without a deduction.

The stars and merits are those of an insurer, in words of our own; what it deducts is not told here,
and one rule of ours stands for it.
"""

from cmappraisal import Policy, Rule, Rulebook, Text
from cmappraisal.standards import (
    Award,
    Balance,
    Clause,
    CleanTime,
    Deduction,
    Never,
    Part,
    Silence,
    Unit,
)

# The stars.
STARS = Clause(
    "stars",
    Text(
        "以五星起計，最高十二星，最低負五星，逐年結轉",
        "以五星起计，最高十二星，最低负五星，逐年结转",
        en="Starts from five stars, between -5 and 12, and goes on from year to year",
    ),
    citation="91",
    balance=Balance(5, of="kept", least=-5, most=12),
    answers={"lapse": Never()},
)
CLEAN = Clause(
    "clean",
    Text(
        "在同一公司滿十二個月未扣分者加二星，自扣分之次日重計",
        "在同一公司满十二个月未扣分者加二星，自扣分之次日重计",
        en="Twelve months with one company without a deduction add two stars, and begin anew on "
        "the day after one",
    ),
    citation="92",
    clean_time=CleanTime(2, months=12, in_one_group=True),
)

# What merits are awarded.
NATIONAL_AUTHORITY = Rule(
    "1",
    Text("政府或監管表彰", "政府或监管表彰", en="Honoured by a government or regulator"),
    award=Award(2, Unit.OCCURRENCE),
    citation="1",
)
HEAD_OFFICE = Rule(
    "2",
    Text(
        "全國、省級組織或總公司表彰",
        "全国、省级组织或总公司表彰",
        en="Honoured by a national or provincial body, or by head office",
    ),
    award=Award(1, Unit.OCCURRENCE),
    citation="2",
)
LOCAL = Rule(
    "3",
    Text("地方組織表彰", "地方组织表彰", en="Honoured by a local body"),
    award=Award("0.5", Unit.OCCURRENCE),
    citation="3",
)

# What breaches deduct.
BREACH = Rule(
    "4",
    Text("違反管理規定", "违反管理规定", en="A breach of the rules of conduct"),
    penalty=Deduction(1, Unit.OCCURRENCE),
    citation="4",
)

# What it leaves open.
SILENCES = [
    Silence(
        Text("未說申訴期間", "未说申诉期间", en="does not speak of appeals"),
        field="pending_appeals",
    ),
    Silence(
        Text("未設滿分與等級", "未设满分与等级", en="has neither full marks nor grades"),
        field="full_marks",
    ),
    Silence(
        Text(
            "未說一事觸犯數條", "未说一事触犯数条", en="does not say what several rules at once do"
        ),
        field="concurrence",
    ),
    Silence(
        Text(
            "未說表彰以證書或公告之日為準",
            "未说表彰以证书或公告之日为准",
            en="does not say whether an honour is of the day of its award or of its announcement",
        ),
    ),
]

STANDARD = Rulebook(
    "star-rating",
    "example",
    text=Text("銷售人員星級評定", "销售人员星级评定", en="Star rating of salespeople"),
    clauses=[STARS, CLEAN],
    parts=[
        Part(
            "merits",
            Text("加分", "加分", en="Merits"),
            rules=[NATIONAL_AUTHORITY, HEAD_OFFICE, LOCAL],
        ),
        Part("breaches", Text("扣分", "扣分", en="Breaches"), rules=[BREACH]),
    ],
    silences=SILENCES,
)
POLICY = Policy(full_marks=None)
