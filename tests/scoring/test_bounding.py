"""Bounding: what caps over several violations take away, table by table."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Appraisal,
    CapLine,
    Concurrence,
    Edition,
    Editions,
    GoverningEdition,
    Language,
    Policy,
    Provision,
    Rulebook,
    RulebookError,
    explain,
    score_card,
)
from cmappraisal.reports.score_cards import MAXIMUM_LINES
from cmappraisal.scoring.audits import disagreements
from cmappraisal.standards import Cap, Clause, Consequence, Over, Part, Status
from worked_cases import CUMULATIVE, NOON, TEXT, book, found, i, ledger_of, rule, scored

RULES = rule("1", 5), rule("2", 3), rule("3", 4)


def bounding(*caps: Cap, **fields: Any) -> Rulebook:
    """Two outer parts, one of them with a part of its own, and a clause for each cap."""
    one, two, three = RULES
    inner = Part("inner", TEXT, rules=[two])
    parts = [Part("A", TEXT, rules=[one], parts=[inner]), Part("B", TEXT, rules=[three])]
    clauses = [
        Clause(f"G{number}", TEXT, citation=[90, number], cap=cap)
        for number, cap in enumerate(caps, start=1)
    ]
    return book(**{"parts": parts, "clauses": clauses, **fields})


def appraised(*violations: Any, rulebook: Any, policy: Policy = CUMULATIVE) -> Appraisal:
    (appraisal,) = scored(ledger_of(violations), rulebook=rulebook, policy=policy).values()
    return appraisal


def taken(appraisal: Appraisal) -> list[tuple[str, str | None, str | None, str]]:
    """What each cap took away: over what, of which, from which parts, how much."""
    return [
        (cap.over.value, cap.id, " ".join(each.part for each in cap.parts) or None, str(cap.points))
        for cap in appraisal.caps
    ]


def of_parts(appraisal: Appraisal) -> dict[str, str]:
    return {subtotal.part: str(subtotal.points) for subtotal in appraisal.subtotals}


def by_rules(rules: str, **fields: Any) -> list[Any]:
    return [found(f"V-{n}", id, **fields) for n, id in enumerate(rules, start=1)]


CASES: dict[str, tuple[list[Cap], list[Any], list[Any], str, dict[str, str]]] = {
    "nothing is more than the cap": (
        [Cap(12, over="period")],
        by_rules("123"),
        [],
        "12",
        {"A": "8", "B": "4"},
    ),
    "a period": (
        [Cap(10, over="period")],
        by_rules("123"),
        [("period", None, None, "-2")],
        "10",
        {"A": "8", "B": "4"},
    ),
    "every part": (
        [Cap(5, over="part")],
        by_rules("1233"),
        [("part", "B", "B", "-3"), ("part", "A", "A", "-3")],
        "10",
        {"A": "5", "B": "5"},
    ),
    "one part": (
        [Cap(5, over="part", part="A")],
        by_rules("12333"),
        [("part", "A", "A", "-3")],
        "17",
        {"A": "5", "B": "12"},
    ),
    "one part and every other": (
        [Cap(5, over="part", part="A"), Cap(9, over="part")],
        by_rules("12333"),
        [("part", "B", "B", "-3"), ("part", "A", "A", "-3")],
        "14",
        {"A": "5", "B": "9"},
    ),
    "of lines that are as heavy, the first rule of the standard": (
        [Cap(22, over="incident"), Cap(5, over="part", part="B")],
        [i("z", "1", quantity=4), i("a", "3", quantity=5)],
        [("incident", "I", "A", "-18"), ("part", "B", "B", "-15")],
        "7",
        {"A": "2", "B": "5"},
    ),
    "an inner part and its outer one": (
        [Cap(2, over="part", part="inner"), Cap(6, over="part")],
        by_rules("122"),
        [("part", "inner", "A", "-4"), ("part", "A", "A", "-1")],
        "6",
        {"A": "6", "B": "0"},
    ),
    "a cap over every part is not over inner ones": (
        [Cap(2, over="part")],
        by_rules("2"),
        [("part", "A", "A", "-1")],
        "2",
        {"A": "2", "B": "0"},
    ),
    "an incident": (
        [Cap(6, over="incident")],
        by_rules("123", incident="I"),
        [("incident", "I", "A", "-6")],
        "6",
        {"A": "2", "B": "4"},
    ),
    "each incident by itself, and those of one violation": (
        [Cap(4, over="incident")],
        [*by_rules("12", incident="I"), found("V-8", "1"), found("V-9", "3")],
        [("incident", "I", "A", "-4"), ("incident", None, "A", "-1")],
        "12",
        {"A": "8", "B": "4"},
    ),
    "all of them, each on what the one before left": (
        [Cap(6, over="incident"), Cap(7, over="part"), Cap(9, over="period")],
        [*by_rules("11", incident="I"), found("V-8", "2"), found("V-9", "3")],
        [
            ("incident", "I", "A", "-4"),
            ("part", "A", "A", "-2"),
            ("period", None, None, "-2"),
        ],
        "9",
        {"A": "7", "B": "4"},
    ),
    "an incident takes from the next part what the part of its heaviest line has not": (
        [Cap(2, over="incident")],
        [*by_rules("3312", incident="I"), found("V-9", "1")],
        [("incident", "I", "A B", "-14"), ("incident", None, "A", "-3")],
        "4",
        {"A": "2", "B": "2"},
    ),
    "parts have what incidents left": (
        [Cap(6, over="incident"), Cap(3, over="part"), Cap(2, over="part", part="inner")],
        [*by_rules("123", incident="I"), found("V-9", "2")],
        [
            ("incident", "I", "A", "-6"),
            ("part", "B", "B", "-1"),
            ("part", "inner", "A", "-3"),
        ],
        "5",
        {"A": "2", "B": "3"},
    ),
    "nothing at all may be deducted": (
        [Cap(0, over="period")],
        by_rules("1"),
        [("period", None, None, "-5")],
        "0",
        {"A": "5", "B": "0"},
    ),
}


@pytest.mark.parametrize(
    ("caps", "violations", "expected", "points", "parts"), CASES.values(), ids=CASES
)
def test_what_is_more_than_a_cap_is_taken_away(
    caps: list[Cap],
    violations: list[Any],
    expected: list[Any],
    points: str,
    parts: dict[str, str],
) -> None:
    appraisal = appraised(*violations, rulebook=bounding(*caps))
    assert taken(appraisal) == expected
    assert str(appraisal.points) == points
    assert of_parts(appraisal) == parts


def test_a_cap_names_its_clause_and_the_violations_that_deduct() -> None:
    rulebook = bounding(Cap(6, over="incident"))
    violations = by_rules("123", incident="I")
    appraisal = appraised(*violations, rulebook=rulebook)
    (cap,) = appraisal.caps
    (step,) = cap.steps
    assert step.reason == Provision("G1", "cap", edition="1")
    assert step.because_of == ("V-1", "V-2", "V-3")
    assert (str(cap.total), str(cap.points)) == ("12", "-6")
    assert repr(cap) == "<CapLine over incident 'I': -6 points>"
    assert repr(attrs.evolve(cap, id=None)) == "<CapLine over incident '': -6 points>"
    highest = appraised(*violations, rulebook=rulebook, policy=Policy())
    assert highest.caps == ()
    assert highest.points == 5


@pytest.mark.parametrize(
    ("violations", "part"),
    [
        # The heaviest line, of equal ones that of the first rule, and of one rule the smaller id.
        ([i("a", "3", quantity=2), i("b", "1")], "B"),
        ([i("a", "3", quantity=5), i("b", "1", quantity=4)], "A"),
        ([i("b", "2"), i("a", "1")], "A"),
    ],
    ids=["heaviest", "first rule", "one part"],
)
def test_an_incidents_cap_belongs_to_the_part_of_its_heaviest_line(
    violations: list[Any], part: str
) -> None:
    appraisal = appraised(*violations, rulebook=bounding(Cap(1, over="incident")))
    (cap,) = appraisal.caps
    assert cap.parts[0].part == part


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "16 - 14 = 2 (words: 8 less, words: 6 less)"),
        ("zh-Hant", "16 - 14 = 2（其中words減 8 分、words減 6 分）"),
        ("zh-Hans", "16 - 14 = 2（其中words减 8 分、words减 6 分）"),
    ],
)
def test_a_letter_says_what_a_cap_takes_from_each_of_several_parts(
    language: Language, said: str
) -> None:
    rulebook = bounding(Cap(2, over="incident"))
    assert said in explain(
        appraised(*by_rules("3312", incident="I"), rulebook=rulebook), language=language
    )
    of_one_part = appraised(*by_rules("3333", incident="I"), rulebook=rulebook)
    assert "16 - 14 = 2 [" in explain(of_one_part, language="en")


def test_what_counts_nothing_is_in_no_sum() -> None:
    rulebook = bounding(Cap(6, over="incident"))
    ledger = ledger_of(by_rules("113", incident="I")).reverse("V-1", at=NOON, reason="mistaken")
    (appraisal,) = scored(ledger, rulebook=rulebook, policy=CUMULATIVE).values()
    assert taken(appraisal) == [("incident", "I", "A", "-3")]
    assert appraisal.caps[0].steps[0].because_of == ("V-2", "V-3")


def test_a_cap_leaves_a_revocation_and_money() -> None:
    consequence = Consequence("out", TEXT, status=Status.REVOKED, money=100)
    rulebook = book(
        rule("1", 5, consequences=["out"]),
        consequences=[consequence],
        clauses=[Clause("G", TEXT, citation="9", cap=Cap(0, over="period"))],
    )
    appraisal = appraised(found("a", "1"), rulebook=rulebook)
    assert appraisal.points == 0
    assert appraisal.revoked
    assert appraisal.lines[0].money == 100


# Editions.

CHANGED = date(2025, 7, 1)
JUNE = date(2025, 6, 30)


def editions(old: Rulebook, new: Rulebook) -> Editions:
    first = attrs.evolve(old, edition="old")
    return Editions([Edition(first, last=JUNE), Edition(attrs.evolve(new, edition="new"), CHANGED)])


BEFORE, AFTER = date(2025, 3, 2), date(2025, 8, 2)


def test_the_latest_edition_of_an_incident_bounds_it() -> None:
    standard = editions(bounding(Cap(4, over="incident")), bounding(Cap(7, over="incident")))
    old = [i(id, "1", occurred_on=BEFORE) for id in ("a", "b")]
    assert taken(appraised(*old, rulebook=standard)) == [("incident", "I", "A", "-6")]
    both = [old[0], i("c", "1", occurred_on=AFTER)]
    appraisal = appraised(*both, rulebook=standard)
    assert taken(appraisal) == [("incident", "I", "A", "-3")]
    assert appraisal.caps[0].steps[0].reason == Provision("G1", "cap", edition="new")


def test_the_closing_edition_bounds_parts_and_the_period() -> None:
    standard = editions(
        bounding(Cap(1, over="part"), Cap(2, over="period")),
        bounding(Cap(4, over="part"), Cap(5, over="period")),
    )
    violations = [found("a", "1", occurred_on=BEFORE), found("b", "3", quantity=2)]
    expected = [("part", "B", "B", "-4"), ("part", "A", "A", "-1"), ("period", None, None, "-3")]
    assert taken(appraised(*violations, rulebook=standard)) == expected


def test_a_part_that_the_closing_edition_has_not_is_bounded_by_the_latest_that_has() -> None:
    new = book(rule("1", 5))
    standard = editions(bounding(Cap(4, over="part"), Cap(1, over="period")), new)
    violations = [found("a", "1", occurred_on=BEFORE), found("b", "3", quantity=2)]
    appraisal = appraised(*violations, rulebook=standard)
    assert taken(appraisal) == [("part", "B", "B", "-4"), ("part", "A", "A", "-1")]
    assert of_parts(appraisal) == {"all": "0", "A": "4", "B": "4"}


def test_a_part_that_only_an_earlier_edition_has_is_bounded_before_what_it_stood_in() -> None:
    def states(*caps: tuple[str, int]) -> list[Clause]:
        return [
            Clause(f"G{id}", TEXT, citation=f"9.{at}", cap=Cap(most, over="part", part=id))
            for at, (id, most) in enumerate(caps, 1)
        ]

    def nested(*parts: Part, caps: list[Clause]) -> Rulebook:
        outer = Part("A", TEXT, rules=[rule("4", 9)], parts=parts)
        return book(parts=[outer], clauses=caps)

    inmost = Part("A.1.1", TEXT, rules=[rule("1", 8)])
    inner = Part("A.1", TEXT, rules=[rule("2", 1)], parts=[inmost])
    standard = editions(
        nested(inner, caps=states(("A", 9), ("A.1", 5), ("A.1.1", 5))),
        nested(caps=states(("A", 9))),
    )
    violations = [found(id, id, occurred_on=BEFORE) for id in ("1", "2", "4")]
    appraisal = appraised(*violations, rulebook=standard, policy=CUMULATIVE)
    expected = [
        ("part", "A.1.1", "A", "-3"),
        ("part", "A.1", "A", "-1"),
        ("part", "A", "A", "-5"),
    ]
    assert taken(appraisal) == expected
    assert appraisal.points == 9


def test_the_milder_edition_is_the_one_whose_cap_is() -> None:
    policy = Policy(governing_edition=GoverningEdition.MILDER, concurrence=Concurrence.CUMULATIVE)
    standard = editions(
        book(rule("1", 5)),
        book(rule("1", 6), clauses=[Clause("G", TEXT, citation="9", cap=Cap(8, over="incident"))]),
    )
    alone = appraised(i("a", "1", occurred_on=BEFORE), rulebook=standard, policy=policy)
    assert alone.lines[0].edition == "old"
    both = [i(id, "1", occurred_on=BEFORE) for id in ("a", "b")]
    appraisal = appraised(*both, rulebook=standard, policy=policy)
    assert [line.edition for line in appraisal.lines] == ["new", "new"]
    assert appraisal.points == 8


# What a rulebook may say.


def test_each_thing_has_one_cap() -> None:
    two = [Cap(5, over="part", part="A"), Cap(6, over="part", part="A")]
    with pytest.raises(RulebookError) as caught:
        bounding(*two)
    [problem] = caught.value.problems
    assert problem.message == (
        'clauses G1, G2 each state a cap of deductions over one part of the standard ("A"); '
        "let one of them do so"
    )
    assert bounding(*(Cap(5, over=over) for over in Over), Cap(5, over="part", part="A"))


def test_a_cap_is_over_a_part_that_is_there() -> None:
    with pytest.raises(RulebookError) as caught:
        bounding(Cap(5, over="part", part="inne"))
    [problem] = caught.value.problems
    assert problem.path == "$.clauses"
    assert problem.message == (
        'clause "G1" has a cap over part "inne", which is not there; '
        'name a part of this rulebook; did you mean "inner"?'
    )


# An appraisal that says otherwise.


@pytest.mark.parametrize(
    "change",
    [
        {"caps": ()},
        {"points": Decimal(1)},
        {"subtotals": ()},
    ],
    ids=["no caps", "points", "subtotals"],
)
def test_caps_are_what_the_lines_make(change: dict[str, Any]) -> None:
    appraisal = appraised(*by_rules("1233"), rulebook=bounding(Cap(5, over="part")))
    assert list(disagreements(appraisal)) == []
    tampered = attrs.evolve(appraisal, **change)
    assert [problem.path for problem in disagreements(tampered)] == [f"$.{name}" for name in change]


def test_a_card_lists_as_many_caps_as_lines() -> None:
    appraisal = appraised(*by_rules("1"), rulebook=bounding(Cap(3, over="incident")))
    (cap,) = appraisal.caps
    many = attrs.evolve(appraisal, caps=[cap] * (MAXIMUM_LINES + 2))
    card = score_card(many)
    assert card.count("incident V-1 counts at most 3: 5 - 2 = 3") == MAXIMUM_LINES
    assert "and 2 more caps, which take 4" in card
    assert "more caps" not in score_card(appraisal)
    assert isinstance(cap, CapLine)
