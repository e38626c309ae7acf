"""Flaws: what keeps a violation from being judged, with the remedy of each."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Discretion,
    Edition,
    Editions,
    Facts,
    Multiply,
    Policy,
    ProblemCode,
    Reconsideration,
    UnstatedUnit,
)
from cmappraisal.points import MAXIMUM_ASSESSED
from cmappraisal.scoring.flaws import (
    most_decided,
    no_edition,
    problems_of,
)
from cmappraisal.standards import (
    Between,
    Cap,
    Circumstance,
    Clause,
    Referral,
    SetTo,
    Unit,
    Waive,
)
from worked_cases import (
    DEFAULT,
    TEXT,
    book,
    facts_of,
    judge,
    messages_of,
    question_of,
    rule,
    terms_of,
)

SEVERE = ["severe-effect"]
ASSESSED = Policy(aggravation=Assessed())
PER_OCCURRENCE = Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE)
ONCE_A_PERIOD = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)


# Rules, circumstances, referrals, amounts.


FAULTS: list[tuple[str, dict[str, Any], Policy, list[str]]] = [
    (
        "3.99",
        {},
        Policy(),
        ['rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?'],
    ),
    (
        "hello",
        {},
        Policy(),
        ['rule "hello" is not in rulebook "error-points 1.0"; name a rule of that rulebook'],
    ),
    (
        "2.1",
        {"circumstances": ["risks", "press"]},
        Policy(),
        [
            'circumstance "press" is not in rulebook "error-points 1.0"; allowed: risk, '
            "adverse-effect, severe-effect, egregious, serious, asset-deterioration",
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
        ],
    ),
    (
        "3.15",
        {},
        Policy(),
        [
            'refers_to is missing, but rule "3.15" refers to another rule; name the one that '
            "applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
            "3.11a, 3.11b, 3.12, 3.13, 3.14"
        ],
    ),
    (
        "3.16a",
        {"refers_to": "3.16b"},
        Policy(),
        [
            'refers_to is "3.16b", but rule "3.16a" refers to another rule; name the one that '
            "applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
            "3.11a, 3.11b, 3.12, 3.13, 3.14"
        ],
    ),
    (
        "2.1",
        {"refers_to": "3.9"},
        Policy(),
        [
            'refers_to is "3.9", but rule "2.1" refers to no other rule; leave refers_to out, or '
            "record the violation under a rule that refers"
        ],
    ),
    (
        "2.1",
        {"assessed_points": 1},
        Policy(),
        [
            'assessed_points is 1, but neither rule "2.1" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.5",
        {"assessed_points": 0},
        Policy(),
        [
            'assessed_points is 0, but neither rule "1.5" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.4",
        {"assessed_points": 5},
        Policy(discretion=Discretion.STATED_ONLY),
        [
            'assessed_points is 5, but neither rule "1.4" nor the policy (aggravation, discretion) '
            "leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "1.4",
        {"assessed_points": "20.5", "quantity": 2},
        Policy(),
        [
            'assessed_points is 20.5, above what rule "1.4" states for this quantity; '
            "give 0 to 20 points"
        ],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"]},
        ASSESSED,
        [
            "assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least 10 points"
        ],
    ),
    (
        "3.2b",
        {"circumstances": ["risk"], "quantity": 2, "assessed_points": "19.9999"},
        ASSESSED,
        ["assessed_points is 19.9999, below the points unaggravated; give at least 20 points"],
    ),
    (
        "3.2b",
        {"assessed_points": 10},
        ASSESSED,
        [
            'assessed_points is 10, but neither rule "3.2b" nor the policy (aggravation, '
            "discretion) leaves a choice here; leave assessed_points out"
        ],
    ),
    (
        "3.15",
        {"refers_to": "3.2b", "circumstances": ["risk"], "quantity": 3},
        ASSESSED,
        [
            "assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least 30 points"
        ],
    ),
    (
        "1.4",
        {"circumstances": SEVERE, "assessed_points": 6},
        ASSESSED,
        ["assessed_points is 6, below the points unaggravated; give at least 10 points"],
    ),
    (
        "1.4",
        {"circumstances": SEVERE, "assessed_points": 14},
        Policy(),
        [
            'assessed_points is 14, above what rule "1.4" states for this quantity; '
            "give 0 to 10 points"
        ],
    ),
    (
        "2.1",
        {"circumstances": ["risks"], "refers_to": "3.9", "assessed_points": 1},
        Policy(),
        [
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
            'refers_to is "3.9", but rule "2.1" refers to no other rule; leave refers_to out, or '
            "record the violation under a rule that refers",
        ],
    ),
    # What the amount may be depends on the circumstances, so those are mended first.
    (
        "3.2b",
        {"circumstances": ["risks"], "assessed_points": 12},
        ASSESSED,
        ['circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?'],
    ),
    (
        "3.99",
        {"circumstances": ["risks"]},
        Policy(),
        [
            'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
            'rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?',
        ],
    ),
]


@pytest.mark.parametrize(("rule", "fields", "policy", "messages"), FAULTS)
def test_what_cannot_be_judged_is_reported_with_its_remedy(
    rule: str, fields: dict[str, Any], policy: Policy, messages: list[str]
) -> None:
    assert messages_of(facts_of(rule, **fields), ERROR_POINTS, policy) == messages


def test_a_problem_has_its_field_and_its_code() -> None:
    wrong = [
        (facts_of("3.99"), DEFAULT),
        (facts_of("2.1", circumstances=["risks"]), DEFAULT),
        (facts_of("3.15"), DEFAULT),
        (facts_of("3.15", refers_to="4.3"), DEFAULT),
        (facts_of("2.1", refers_to="3.9"), DEFAULT),
        (facts_of("2.1", assessed_points=1), DEFAULT),
        (facts_of("1.4", assessed_points=11), DEFAULT),
        (facts_of("3.2b", circumstances=["risk"]), ASSESSED),
        (facts_of("3.2b", circumstances=["risk"], assessed_points=1), ASSESSED),
    ]
    found = [
        (problem.path, problem.code.value)
        for facts, policy in wrong
        for problem in problems_of(facts, terms_of(policy=policy))
    ]
    assert found == [
        ("$.rule", "unknown-id"),
        ("$.circumstances", "unknown-id"),
        ("$.refers_to", "missing"),
        ("$.refers_to", "not-allowed"),
        ("$.refers_to", "without-effect"),
        ("$.assessed_points", "without-effect"),
        ("$.assessed_points", "not-allowed"),
        ("$.assessed_points", "missing"),
        ("$.assessed_points", "not-allowed"),
    ]


def test_without_remedies_nothing_is_searched_for() -> None:
    facts = facts_of("3.99", circumstances=["risks"])
    for problem in problems_of(facts, terms_of(), remedies=False):
        assert "did you mean" not in problem.message
    with_remedies = [problem.path for problem in problems_of(facts, terms_of())]
    assert with_remedies == ["$.circumstances", "$.rule"]


def test_the_id_that_was_meant_is_named_only_where_no_other_can_be() -> None:
    assert messages_of(facts_of("3.99"), ERROR_POINTS, DEFAULT) == [
        'rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?'
    ]
    assert messages_of(facts_of("5"), ERROR_POINTS, DEFAULT) == [
        'rule "5" is not in rulebook "error-points 1.0"; name a rule of that rulebook'
    ]
    assert messages_of(facts_of("3.1"), ERROR_POINTS, DEFAULT) == [
        'rule "3.1" is not in rulebook "error-points 1.0"; did you mean "3.1a" or "3.1b"?'
    ]


def test_without_remedies_what_is_allowed_is_said() -> None:
    facts = facts_of("3.99", circumstances=["risks"])
    declared = ", ".join(circumstance.id for circumstance in ERROR_POINTS.circumstances)
    found = problems_of(facts, terms_of(), remedies=False)
    assert [problem.message for problem in found] == [
        f'circumstance "risks" is not in rulebook "error-points 1.0"; allowed: {declared}',
        'rule "3.99" is not in rulebook "error-points 1.0"; name a rule of that rulebook',
    ]


# A standard that leaves open both the unit and the amount, and refers to that.
OPEN = book(
    rule("1.1", "2.5", Unit.UNSTATED, discretionary=True),
    rule("1.2", Referral(to=["1.1"])),
)


@pytest.mark.parametrize("fields", [{"rule": "1.1"}, {"rule": "1.2", "refers_to": "1.1"}])
@pytest.mark.parametrize(
    ("policy", "bound"), [(DEFAULT, "2.5"), (ONCE_A_PERIOD, "2.5"), (PER_OCCURRENCE, "7.5")]
)
def test_the_bound_of_discretion_counts_the_units_that_the_policy_counts(
    policy: Policy, bound: str, fields: dict[str, Any]
) -> None:
    def assessed(points: str) -> Facts:
        return facts_of(quantity=3, assessed_points=points, **fields)

    assert judge(assessed(bound), OPEN, policy).points == Decimal(bound)
    assert messages_of(assessed(f"{bound}001"), OPEN, policy) == [
        f'assessed_points is {bound}001, above what rule "1.1" states for this quantity; '
        f"give 0 to {bound} points"
    ]


def test_a_standard_without_circumstances_says_that_none_is_allowed() -> None:
    assert messages_of(facts_of("1.1", circumstances=["risk"]), OPEN, DEFAULT) == [
        'circumstance "risk" is not in rulebook "own 1"; allowed: none'
    ]


# Circumstances that exclude one another.

FINDERS = book(
    rule("1", 5),
    circumstances=[
        Circumstance("self", TEXT, group="finder"),
        Circumstance("audit", TEXT, group="finder"),
        Circumstance("bank", TEXT, group="finder"),
        Circumstance("yearly", TEXT, implies=["audit"]),
        Circumstance("early", TEXT, group="when"),
        "loss",
    ],
)


@pytest.mark.parametrize(
    ("circumstances", "named"),
    [
        (["self"], None),
        (["self", "early", "loss"], None),
        (["audit", "self"], "self, audit"),
        (["bank", "audit", "self"], "self, audit, bank"),
        # A yearly audit is an audit too.
        (["yearly", "self"], "self, audit"),
        (["yearly", "audit"], None),
    ],
    ids=["one", "two groups", "two", "three", "implied", "implied alike"],
)
def test_of_a_group_one_circumstance_is_recorded(
    circumstances: list[str], named: str | None
) -> None:
    facts = facts_of("1", circumstances=circumstances)
    expected = f'circumstances {named} exclude one another (group "finder"); record one of them'
    assert messages_of(facts, FINDERS) == ([] if named is None else [expected])
    problems = problems_of(facts, terms_of(FINDERS))
    kinds = {(problem.path, problem.code) for problem in problems}
    assert kinds <= {("$.circumstances", ProblemCode.CONTRADICTION)}


# Ranges, and amounts that a circumstance lets an assessor set.

SETTING = book(
    rule("1", Between(10, 20), aggravated_by={"set": Assessed(), "more": Add(3)}),
    rule("2", Between("0.5", 4), Unit.UNSTATED),
    rule("3", 10, discretionary=True, aggravated_by={"to": SetTo(15)}),
    rule("4", Referral(to=["1"])),
    circumstances=["set", "more", "to"],
)
RANGE_STATED = 'rule "1" states a range; give 10 to 20 points for one unit'
SET_WHOLE = (
    "but the circumstances aggravate, and an aggravated deduction takes the assessor's amount "
    "(aggravation); give at least 30 points"
)


@pytest.mark.parametrize(
    ("fields", "code", "message"),
    [
        ({"rule": "1"}, "missing", f"assessed_points is missing, but {RANGE_STATED}"),
        (
            {"rule": "1", "assessed_points": "9.9999", "quantity": 3},
            "not-allowed",
            f"assessed_points is 9.9999, but {RANGE_STATED}",
        ),
        (
            {"rule": "1", "assessed_points": "20.0001", "quantity": 3},
            "not-allowed",
            f"assessed_points is 20.0001, but {RANGE_STATED}",
        ),
        (
            {"rule": "1", "circumstances": ["more"]},
            "missing",
            f"assessed_points is missing, but {RANGE_STATED}",
        ),
        (
            {"rule": "4", "refers_to": "1"},
            "missing",
            f"assessed_points is missing, but {RANGE_STATED}",
        ),
        (
            {"rule": "1", "circumstances": ["set"], "quantity": 3},
            "missing",
            f"assessed_points is missing, {SET_WHOLE}",
        ),
        (
            {"rule": "1", "circumstances": ["set"], "quantity": 3, "assessed_points": 29},
            "not-allowed",
            "assessed_points is 29, below the points unaggravated; give at least 30 points",
        ),
        (
            {"rule": "3", "circumstances": ["to"], "assessed_points": 31, "quantity": 2},
            "not-allowed",
            'assessed_points is 31, above what rule "3" states for this quantity; give 0 to 30 '
            "points",
        ),
    ],
    ids=[f"c{n}" for n in range(8)],
)
def test_an_assessors_amount_is_there_and_within_its_bounds(
    fields: dict[str, Any], code: str, message: str
) -> None:
    [problem] = problems_of(facts_of(**fields), terms_of(SETTING))
    assert (problem.path, problem.code.value) == ("$.assessed_points", code)
    assert problem.message == message


@pytest.mark.parametrize(
    "fields",
    [
        {"rule": "1", "assessed_points": 10},
        {"rule": "1", "assessed_points": 20, "quantity": 9},
        {"rule": "2", "assessed_points": "0.5", "quantity": 9},
        {"rule": "1", "circumstances": ["set"], "quantity": 3, "assessed_points": 30},
        {"rule": "3", "circumstances": ["to"], "assessed_points": 30, "quantity": 2},
    ],
    ids=[f"c{n}" for n in range(5)],
)
def test_an_amount_on_the_edge_is_within_its_bounds(fields: dict[str, Any]) -> None:
    assert messages_of(facts_of(**fields), SETTING) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"rule": "1", "assessed_points": "10.25"},
            "assessed_points is 10.25, no multiple of the smallest unit; give a multiple of 0.5",
        ),
        ({"rule": "1", "assessed_points": "10.5"}, None),
        (
            {"rule": "1", "assessed_points": 12, "decided_points": "11.75"},
            "the points decided are 11.75, no multiple of the smallest unit; give a multiple of "
            "0.5",
        ),
        ({"rule": "1", "assessed_points": 12, "decided_points": "11.5"}, None),
        # Out of bounds comes first.
        (
            {"rule": "1", "assessed_points": "9.25"},
            f"assessed_points is 9.25, but {RANGE_STATED}",
        ),
        (
            {"rule": "1", "assessed_points": 12, "decided_points": "20.25"},
            "the points decided are 20.25, above what the rule allows; give 0 to 20 points",
        ),
    ],
    ids=["assessed", "assessed halves", "decided", "decided halves", "bounds", "decided bounds"],
)
def test_an_amount_is_a_multiple_of_the_smallest_unit(
    fields: dict[str, Any], message: str | None
) -> None:
    found = messages_of(facts_of(**fields), SETTING, Policy(smallest_unit="0.5"))
    assert found == ([] if message is None else [message])


# Points that the decision on an appeal sets.

DECIDED = book(
    rule("1", Between(10, 20), mitigated_by={"own": Multiply("0.5"), "late": Waive()}),
    rule("2", 10, discretionary=True, aggravated_by={"set": Assessed()}),
    rule("3", 10, cap=Cap(25)),
    rule("4", 10, aggravated_by={"more": Multiply("1.33")}),
    circumstances=["own", "late", "set", "more"],
    clauses=[Clause("G", TEXT, citation="9", cap=Cap(60))],
)
# The facts, the most that is not heavier than what was appealed against, the most of the rule.
BOUNDS: list[tuple[dict[str, Any], str, str]] = [
    ({"rule": "1", "assessed_points": 12}, "12", "20"),
    ({"rule": "1", "assessed_points": 12, "quantity": 2}, "24", "40"),
    ({"rule": "1", "assessed_points": 12, "circumstances": ["own"]}, "6", "10"),
    ({"rule": "1", "assessed_points": 12, "circumstances": ["own", "late"]}, "0", "0"),
    ({"rule": "2", "assessed_points": 6}, "6", "10"),
    ({"rule": "2", "assessed_points": 30, "circumstances": ["set"]}, "30", "60"),
    ({"rule": "3", "quantity": 2}, "20", "20"),
    ({"rule": "3", "quantity": 4}, "25", "25"),
    ({"rule": "4", "quantity": 7}, "60", "60"),
    ({"rule": "4", "circumstances": ["more"]}, "13.3", "13.3"),
]


@pytest.mark.parametrize("reconsideration", Reconsideration)
@pytest.mark.parametrize(
    ("fields", "appealed", "allowed"), BOUNDS, ids=[f"c{n}" for n in range(len(BOUNDS))]
)
def test_points_decided_above_their_bound_are_a_problem(
    fields: dict[str, Any], appealed: str, allowed: str, reconsideration: Reconsideration
) -> None:
    policy = Policy(reconsideration=reconsideration)
    not_heavier = reconsideration is Reconsideration.NOT_HEAVIER
    most = appealed if not_heavier else allowed
    above = "the points appealed against" if not_heavier else "what the rule allows"

    def decided(points: Decimal) -> Facts:
        return facts_of(decided_points=points, **fields)

    assert most_decided(question_of(facts_of(**fields), DECIDED, policy)) == Decimal(most)
    assert judge(decided(Decimal(most)), DECIDED, policy).points == Decimal(most)
    assert judge(decided(Decimal(0)), DECIDED, policy).points == 0
    more = Decimal(most) + Decimal("0.0001")
    [problem] = problems_of(decided(more), terms_of(DECIDED, policy))
    assert (problem.path, problem.code) == ("$.decision.points", ProblemCode.NOT_ALLOWED)
    expected = f"the points decided are {more}, above {above}; give 0 to {most} points"
    assert problem.message == expected


def test_what_an_assessor_sets_without_a_bound_is_decided_without_one() -> None:
    free = book(rule("1", 10, aggravated_by={"set": Assessed()}), circumstances=["set"])
    facts = facts_of("1", circumstances=["set"], assessed_points=30)
    assert most_decided(question_of(facts, free)) == MAXIMUM_ASSESSED
    not_heavier = Policy(reconsideration=Reconsideration.NOT_HEAVIER)
    assert most_decided(question_of(facts, free, not_heavier)) == 30


def test_a_flaw_of_the_amount_is_mended_before_the_decision_is_looked_at() -> None:
    facts = facts_of("1", decided_points=1000)
    [message] = messages_of(facts, DECIDED)
    assert message.startswith("assessed_points is missing")


@pytest.mark.parametrize(
    ("first", "last", "run"),
    [
        (date(2025, 1, 1), None, "from 2025-01-01 to further notice"),
        (None, date(2024, 12, 31), "from ever to 2024-12-31"),
        (date(2025, 1, 1), date(2025, 6, 30), "from 2025-01-01 to 2025-06-30"),
    ],
    ids=["without an end", "without a beginning", "with both"],
)
def test_a_day_without_an_edition_says_when_there_are_editions(
    first: date | None, last: date | None, run: str
) -> None:
    standard = Editions([Edition(ERROR_POINTS, first, last=last)])
    problem = no_edition("recorded_on", date(2025, 7, 1), standard)
    assert (problem.path, problem.code) == ("$.recorded_on", ProblemCode.NOT_ALLOWED)
    assert problem.message == (
        "recorded_on is 2025-07-01, when no edition of the standard is in force; the editions run "
        f"{run}"
    )
