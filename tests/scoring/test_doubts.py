"""Doubts: a table of what is dubious, and what is proved of a rulebook by trying it."""

from decimal import Context, localcontext
from typing import Any

import pytest
from hypothesis import given

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Doubt,
    DoubtKind,
    FieldError,
    Multiply,
    Policy,
    Rounding,
    Rule,
    Rulebook,
    Text,
    doubts,
)
from cmappraisal.interop.strategies import rulebooks
from cmappraisal.scoring.doubts import MAXIMUM_TRIED
from cmappraisal.standards import (
    Again,
    Award,
    Between,
    Cap,
    Circumstance,
    Clause,
    Consequence,
    Deduction,
    Part,
    Responsibility,
    SetTo,
    Span,
    Time,
    Unit,
    Waive,
)
from costly import costly

TEXT = Text("甲", "甲", en="a")
REVOKED = Consequence("revoked", TEXT, status="revoked")


def book(
    *circumstances: Circumstance | str,
    points: Any = 5,
    clauses: Any = (),
    consequences: Any = (),
    **fields: Any,
) -> Rulebook:
    """A rulebook with one rule, "1", of five points each time."""
    penalty = Deduction(points, Unit.OCCURRENCE)
    return Rulebook(
        "book",
        "1.0",
        text=TEXT,
        circumstances=[
            each if isinstance(each, Circumstance) else Circumstance(each, TEXT)
            for each in circumstances
        ],
        clauses=clauses,
        consequences=consequences,
        parts=[Part("all", TEXT, rules=[Rule("1", TEXT, penalty=penalty, citation="1", **fields)])],
    )


def clause(**fields: Any) -> Clause:
    return Clause("general", TEXT, citation="2", **fields)


def parted(*caps: Cap) -> Rulebook:
    """A rulebook with a part within a part, one of merits, and a clause for each cap."""
    breach = Rule("breach", TEXT, penalty=Deduction(5, Unit.OCCURRENCE), citation="1")
    honour = Rule("honour", TEXT, award=Award(2, Unit.OCCURRENCE), citation="2")
    return Rulebook(
        "book",
        "1.0",
        text=TEXT,
        clauses=[
            Clause(f"general-{number}", TEXT, citation=str(number + 3), cap=cap)
            for number, cap in enumerate(caps)
        ],
        parts=[
            Part("outer", TEXT, parts=[Part("inner", TEXT, rules=[breach])]),
            Part("merits", TEXT, rules=[honour]),
        ],
    )


DUBIOUS = [
    (
        book("a"),
        DoubtKind.UNREAD,
        "$.circumstances",
        'no rule and no clause reads circumstance "a"',
    ),
    (
        book(consequences=[REVOKED]),
        DoubtKind.UNREAD,
        "$.consequences",
        'no rule names consequence "revoked"',
    ),
    (
        book(cap=Cap(0)),
        DoubtKind.NEVER_COUNTS,
        '$["1"].penalty',
        'rule "1" deducts nothing, whatever is recorded, and has no consequence',
    ),
    (
        book(cap=Cap(1)),
        DoubtKind.BELOW_STATED,
        '$["1"].cap',
        'rule "1" deducts up to 5 points for one unit, but at most 1 for a violation',
    ),
    (
        book(points=Between(5, 20), clauses=[clause(cap=Cap(12))]),
        DoubtKind.BELOW_STATED,
        '$["1"].cap',
        'rule "1" deducts up to 20 points for one unit, but at most 12 for a violation',
    ),
    (
        book("a", aggravated_by={"a": SetTo(4)}),
        DoubtKind.BELOW_STATED,
        '$["1"].aggravated_by',
        'rule "1" with "a" deducts 4 points for one unit, not above 5',
    ),
    (
        book("a", clauses=[clause(mitigated_by={"a": SetTo(5)})]),
        DoubtKind.ABOVE_STATED,
        '$["1"].mitigated_by',
        'rule "1" with "a" deducts 5 points for one unit, not below 5',
    ),
    (
        book("a", aggravated_by={"a": Multiply(1)}),
        DoubtKind.WITHOUT_WEIGHT,
        '$["1"].aggravated_by',
        'rule "1" with "a" multiplies by 1',
    ),
    (
        book("a", aggravated_by={"a": Add(0)}),
        DoubtKind.WITHOUT_WEIGHT,
        '$["1"].aggravated_by',
        'rule "1" with "a" adds nothing',
    ),
    (
        book(points="2.3", clauses=[clause(answers={"smallest_unit": "0.5"})]),
        DoubtKind.NO_MULTIPLE,
        '$["1"].penalty',
        'rule "1" deducts 2.3 points, no multiple of 0.5',
    ),
    (
        # Whoever records b records a too, which makes it lighter by more than b makes it heavier.
        book(
            "a",
            Circumstance("b", TEXT, implies={"a"}),
            aggravated_by={"b": Multiply(2)},
            mitigated_by={"a": Multiply("0.1")},
        ),
        DoubtKind.LOWERS,
        '$["1"].aggravated_by',
        'rule "1" is made heavier by "b", which leaves fewer points',
    ),
    (
        # One violation, the first time: the halved 5 points; what is more is capped beside b too.
        book(
            "a",
            Circumstance("b", TEXT, implies={"a"}),
            aggravated_by={"b": Multiply(2)},
            mitigated_by={"a": Multiply("0.25")},
            again=Again({2: Add(5)}, within=Span(months=12)),
            cap=Cap(5),
        ),
        DoubtKind.LOWERS,
        '$["1"].aggravated_by',
        'rule "1" is made heavier by "b", which leaves fewer points',
    ),
    (
        # Beside c and d, 71 points become 64, since 80 are lighter by the 0.8 that comes with b.
        book(
            "a",
            Circumstance("b", TEXT, implies={"a"}),
            "d",
            "c",
            points=10,
            aggravated_by={"b": Multiply(10), "c": Add(70)},
            mitigated_by={"a": Multiply("0.8"), "d": SetTo(1)},
        ),
        DoubtKind.LOWERS,
        '$["1"].aggravated_by',
        'rule "1" is made heavier by "b", which leaves fewer points beside c, d',
    ),
    (
        book(again=Again({2: SetTo(5), 3: SetTo(6)}, within=Span(months=12))),
        DoubtKind.BELOW_STATED,
        '$["1"].again',
        'rule "1" from the 2nd time on deducts 5 points for one unit, not above 5',
    ),
    (
        book(clauses=[clause(again=Again({3: Multiply(1)}, within=Span(months=12)))]),
        DoubtKind.WITHOUT_WEIGHT,
        '$["1"].again',
        'rule "1" from the 3rd time on multiplies by 1',
    ),
    (
        # 5 and 1 more come to less than 9.
        book(again=Again([Time(2, SetTo(9)), Time(3, Add(1))], within=Span(months=12))),
        DoubtKind.FALLS,
        '$["1"].again',
        'rule "1" can deduct less the 3rd time than the 2nd',
    ),
    (
        # An assessor may set 20 a unit within the range, and the range's least once it is heavier.
        book("a", points=Between(10, 20), aggravated_by={"a": Assessed()}),
        DoubtKind.LOWERS,
        '$["1"].aggravated_by',
        'rule "1" is made heavier by "a", which leaves fewer points',
    ),
    (
        book(
            responsible=[
                Responsibility("deputy", TEXT, weight=Multiply("0.5")),
                Responsibility("head", TEXT, weight=Multiply(0)),
            ]
        ),
        DoubtKind.WITHOUT_WEIGHT,
        '$["1"].responsible',
        '"1" lets "head" answer with no points',
    ),
    (
        book(clauses=[clause(responsible=[Responsibility("head", TEXT, weight=SetTo(0))])]),
        DoubtKind.WITHOUT_WEIGHT,
        '$["general"].responsible',
        '"general" lets "head" answer with no points',
    ),
    (
        book(clauses=[clause(cap=Cap(9, over="period", of="awards"))]),
        DoubtKind.WITHOUT_EFFECT,
        '$["general"].cap',
        '"general" has a cap of 9 on awards over one period, though no rule counts towards it',
    ),
    (
        parted(Cap(20), Cap(20, over="period")),
        DoubtKind.WITHOUT_EFFECT,
        '$["general-0"].cap',
        '"general-0" has a cap of 20 on deductions over one violation, '
        'and "general-1" takes as much away',
    ),
    (
        parted(Cap(20), Cap(15, over="part")),
        DoubtKind.WITHOUT_EFFECT,
        '$["general-0"].cap',
        '"general-0" has a cap of 20 on deductions over one violation, '
        'and "general-1" takes as much away',
    ),
    (
        parted(Cap(20, over="part", part="inner"), Cap(20, over="part")),
        DoubtKind.WITHOUT_EFFECT,
        '$["general-0"].cap',
        '"general-0" has a cap of 20 on deductions over one part of the standard, '
        'and "general-1" takes as much away',
    ),
    (
        parted(Cap(20, over="part", part="inner"), Cap(20, over="part", part="outer")),
        DoubtKind.WITHOUT_EFFECT,
        '$["general-0"].cap',
        '"general-0" has a cap of 20 on deductions over one part of the standard, '
        'and "general-1" takes as much away',
    ),
    (
        parted(Cap(20, over="part", part="merits")),
        DoubtKind.WITHOUT_EFFECT,
        '$["general-0"].cap',
        '"general-0" has a cap of 20 on deductions over one part of the standard, '
        "though no rule counts towards it",
    ),
    (
        parted(Cap(1, of="awards")),
        DoubtKind.BELOW_STATED,
        '$["honour"].cap',
        'rule "honour" awards 2 points for one unit, but at most 1 for a merit',
    ),
    (
        parted(Cap(0, of="awards")),
        DoubtKind.NEVER_COUNTS,
        '$["honour"].award',
        'rule "honour" awards nothing, whatever is recorded',
    ),
    (
        book(
            *(f"c{number}" for number in range(MAXIMUM_TRIED + 1)),
            aggravated_by=[f"c{number}" for number in range(MAXIMUM_TRIED + 1)],
        ),
        DoubtKind.NOT_PROVED,
        '$["1"].aggravated_by',
        f'rule "1" reads {MAXIMUM_TRIED + 1} circumstances, more than {MAXIMUM_TRIED}; '
        "not proved is that one more that makes it heavier never leaves fewer points",
    ),
]


@pytest.mark.parametrize(("rulebook", "kind", "path", "message"), DUBIOUS)
def test_what_is_dubious_is_named(
    rulebook: Rulebook, kind: DoubtKind, path: str, message: str
) -> None:
    assert doubts(rulebook) == (Doubt(kind, path, message),)


def test_a_doubt_is_shown_with_its_place() -> None:
    assert str(Doubt(DoubtKind.UNREAD, "$.circumstances", "unread")) == "$.circumstances: unread"


CERTAIN = [
    ERROR_POINTS,
    # What is narrower is lower, or bounds what the wider one does not.
    parted(Cap(6), Cap(10, over="incident"), Cap(12, over="part"), Cap(20, over="period")),
    parted(Cap(20), Cap(15, over="incident"), Cap(15, over="part", part="inner")),
    parted(Cap(20, over="part", part="outer"), Cap(15, over="part")),
    parted(Cap(20, over="part", part="outer"), Cap(15, over="part", part="inner")),
    parted(Cap(20), Cap(3, of="awards"), Cap(5, over="period", of="awards")),
    parted(Cap(2, of="awards")),
    book(),
    book("a", "b", aggravated_by={"a": SetTo(10)}, mitigated_by={"b": Waive()}),
    book("a", aggravated_by={"a": Assessed()}),
    # An assessor's amount is not below the stated 5, beside what sets fewer too.
    book(
        "lighter",
        "heavier",
        Circumstance("both", TEXT, implies={"lighter", "heavier"}),
        aggravated_by={"heavier": Assessed()},
        mitigated_by={"lighter": SetTo(1)},
    ),
    # As many circumstances as are tried, three of which exclude one another.
    book(
        *(
            Circumstance(f"c{number}", TEXT, group="finder" if number < 3 else None)
            for number in range(MAXIMUM_TRIED)
        ),
        aggravated_by=[f"c{number}" for number in range(MAXIMUM_TRIED)],
    ),
]


@pytest.mark.parametrize("rulebook", CERTAIN)
def test_where_nothing_is_dubious_there_is_no_doubt(rulebook: Rulebook) -> None:
    assert doubts(rulebook) == ()


def test_a_consequence_counts_where_no_points_do() -> None:
    rulebook = Rulebook(
        "book",
        "1.0",
        text=TEXT,
        consequences=[REVOKED],
        parts=[
            Part(
                "all",
                TEXT,
                rules=[
                    Rule("1", TEXT, citation="1", consequences=["revoked"]),
                    Rule(
                        "2",
                        TEXT,
                        citation="2",
                        penalty=Deduction(5, Unit.OCCURRENCE),
                        cap=Cap(0),
                        consequences=["revoked"],
                    ),
                ],
            )
        ],
    )
    assert doubts(rulebook) == ()


def test_the_policy_decides_what_is_dubious_too() -> None:
    assert doubts(book(), Policy(smallest_unit=2)) == (
        Doubt(
            DoubtKind.NO_MULTIPLE,
            '$["1"].penalty',
            'rule "1" deducts 5 points, no multiple of 2',
        ),
    )


def test_the_context_of_the_caller_is_not_read() -> None:
    policy = Policy(smallest_unit="0.5", rounding=Rounding.HALF_EVEN)
    with localcontext(Context(prec=1)):
        assert doubts(book("a", points=20, aggravated_by={"a": Add("0.25")}), policy) == ()


def test_other_arguments_are_rejected() -> None:
    with pytest.raises(FieldError) as caught:
        doubts("book", "policy")  # type: ignore[arg-type]
    assert str(caught.value) == (
        "doubts: 2 problems:\n- rulebook is 'book'; allowed: a Rulebook\n"
        "- policy is 'policy'; allowed: a Policy"
    )


def is_only_heavier(rulebook: Rulebook) -> bool:
    """Whether no circumstance makes a deduction lighter, and no assessor sets one that is."""
    weights = [weight for each in rulebook.provisions for weight in each.aggravated_by.values()]
    set_by_assessor = any(weight is None or isinstance(weight, Assessed) for weight in weights)
    return not set_by_assessor and not any(each.mitigated_by for each in rulebook.provisions)


@costly
@given(rulebooks().filter(is_only_heavier))
def test_where_nothing_is_lighter_one_more_circumstance_never_leaves_fewer_points(
    rulebook: Rulebook,
) -> None:
    assert DoubtKind.LOWERS not in {each.kind for each in doubts(rulebook)}
