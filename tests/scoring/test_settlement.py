"""Settlement: what violations do to one another, by worked cases that can be checked by hand."""

from decimal import Decimal
from itertools import permutations

import attrs
import pytest

from cmappraisal import (
    Assessed,
    Assumption,
    Concurrence,
    Decided,
    Effect,
    PendingAppeals,
    Policy,
    Provision,
    UnstatedUnit,
    Violation,
)
from cmappraisal.scoring.steps import MAXIMUM_NAMED
from cmappraisal.standards import Cap, Consequence, Part, Referral, Status, Unit
from worked_cases import (
    CUMULATIVE,
    DEFAULT,
    NOON,
    ONCE,
    SIDE_BY_SIDE,
    TEXT,
    book,
    counted,
    counted_in,
    found,
    i,
    ledger_of,
    rule,
    scored,
)

RISK = ["risk"]
INCIDENTS: dict[str, tuple[list[Violation], Policy, dict[str, str]]] = {
    "only the highest counts": (
        [i("a", "2.1"), i("b", "3.2a"), i("c", "2.3")],
        Policy(),
        {"a": "0", "b": "5", "c": "0"},
    ),
    "all add up": (
        [i("a", "2.1"), i("b", "3.2a"), i("c", "2.3")],
        CUMULATIVE,
        {"a": "1", "b": "5", "c": "2"},
    ),
    "the highest is that after aggravation": (
        [i("a", "3.4"), i("b", "3.2a", circumstances=RISK, quantity=2)],
        Policy(),
        {"a": "0", "b": "20"},
    ),
    "a tie keeps the rule that comes first": (
        [i("a", "3.3"), i("b", "3.2a")],
        Policy(),
        {"a": "0", "b": "5"},
    ),
    "referrals to several rules": (
        [i("a", "3.15", refers_to="3.3"), i("b", "3.15", refers_to="3.9")],
        CUMULATIVE,
        {"a": "5", "b": "2"},
    ),
    "the lines of one rule count together": (
        [i("b", "3.3"), i("a", "3.3")],
        Policy(),
        {"a": "5", "b": "5"},
    ),
    "one rule twice is what it is with a quantity of two": (
        [i("a", "2.3"), i("b", "2.3")],
        Policy(),
        {"a": "2", "b": "2"},
    ),
    "the quantity of two": (
        [i("a", "2.3", quantity=2)],
        Policy(),
        {"a": "4"},
    ),
    "rules are compared by the sums of their lines": (
        [i("a", "2.3"), i("b", "2.3"), i("c", "3.5a", quantity=3)],
        Policy(),
        {"a": "2", "b": "2", "c": "0"},
    ),
    "a sum outweighs a heavier line": (
        [i("a", "3.3"), i("b", "3.8", quantity=3), i("c", "3.8", quantity=3)],
        Policy(),
        {"a": "0", "b": "3", "c": "3"},
    ),
    "sums that tie keep the rule that comes first": (
        [i("a", "3.12"), i("b", "3.9"), i("c", "3.12", quantity=2), i("d", "3.9", quantity=2)],
        Policy(),
        {"a": "0", "b": "2", "c": "0", "d": "4"},
    ),
    "a rule and a referral to it count together": (
        [i("a", "3.15", refers_to="3.9"), i("b", "3.9"), i("c", "3.11a", quantity=3)],
        Policy(),
        {"a": "2", "b": "2", "c": "0"},
    ),
    "a displaced line is no part of its rule's sum": (
        [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.2b"), i("d", "3.8")],
        Policy(),
        {"a": "2", "b": "0", "c": "0", "d": "0"},
    ),
    "a tie goes by the order of the standard, not of letters": (
        [i("a", "3.12"), i("b", "3.9")],
        Policy(),
        {"a": "0", "b": "2"},
    ),
    "a tie between a rule and one twice as heavy": (
        [i("a", "3.10"), i("b", "3.2b", quantity=2)],
        Policy(),
        {"a": "0", "b": "20"},
    ),
    "a tie of three amounts, each come by in another way": (
        [i("a", "4.1b"), i("b", "3.10"), i("c", "3.2a", circumstances=RISK, quantity=2)],
        Policy(),
        {"a": "0", "b": "0", "c": "20"},
    ),
    "an amount set to nothing": (
        [i("a", "1.4", assessed_points=0), i("b", "2.1")],
        Policy(),
        {"a": "0", "b": "1"},
    ),
    "two incidents": (
        [i("a", "3.2a"), found("b", "3.2a", incident="J")],
        Policy(),
        {"a": "5", "b": "5"},
    ),
    "incidents belong to a manager": (
        [i("a", "3.2a"), i("b", "3.2a", manager="RM-02"), i("c", "2.1", manager="RM-02")],
        Policy(),
        {"a": "5", "b": "5", "c": "0"},
    ),
    "without an incident each is one of its own": (
        [found("a", "3.2a"), found("b", "3.2a"), i("c", "2.1")],
        Policy(),
        {"a": "5", "b": "5", "c": "1"},
    ),
    "special over general": (
        [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.3")],
        Policy(),
        {"a": "2", "b": "0", "c": "0"},
    ),
    "special over general, the rest adds up": (
        [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.4"), i("d", "3.1a")],
        CUMULATIVE,
        {"a": "2", "b": "0", "c": "10", "d": "2"},
    ),
    "3.17a displaces 3.1a": (
        [i("a", "3.17a"), i("b", "3.1a")],
        CUMULATIVE,
        {"a": "1", "b": "0"},
    ),
    "3.17c displaces 3.6 and 3.7": (
        [i("a", "3.17c"), i("b", "3.6"), i("c", "3.7"), i("d", "3.8")],
        CUMULATIVE,
        {"a": "5", "b": "0", "c": "0", "d": "1"},
    ),
    "each is displaced, and each that displaces counts": (
        [i("a", "3.1a"), i("b", "3.1a"), i("c", "3.17a"), i("d", "3.17a")],
        CUMULATIVE,
        {"a": "0", "b": "0", "c": "1", "d": "1"},
    ),
    "special displaces only in its own incident": (
        [i("a", "3.17b"), found("b", "3.2b", incident="J")],
        Policy(),
        {"a": "2", "b": "10"},
    ),
    "special displaces only for its own manager": (
        [i("a", "3.17b"), i("b", "3.2b", manager="RM-02"), i("c", "3.18", manager="RM-03")],
        Policy(),
        {"a": "2", "b": "10", "c": "1"},
    ),
    "side by side, the highest counts": (
        [i("a", "3.17b"), i("b", "3.2b")],
        SIDE_BY_SIDE,
        {"a": "0", "b": "10"},
    ),
    "side by side, a residual rule gives way all the same": (
        [i("a", "3.17b"), i("b", "3.18")],
        attrs.evolve(SIDE_BY_SIDE, concurrence=Concurrence.CUMULATIVE),
        {"a": "2", "b": "0"},
    ),
    "special and general side by side": (
        [i("a", "3.17b"), i("b", "3.2b")],
        attrs.evolve(SIDE_BY_SIDE, concurrence=Concurrence.CUMULATIVE),
        {"a": "2", "b": "10"},
    ),
    "special displaces only within the incident": (
        [i("a", "3.17b"), found("b", "3.2b")],
        Policy(),
        {"a": "2", "b": "10"},
    ),
    "a referral is displaced as the rule applied": (
        [i("a", "3.17c"), i("b", "3.15", refers_to="3.7")],
        CUMULATIVE,
        {"a": "5", "b": "0"},
    ),
    "a residual rule gives way": (
        [i("a", "3.18", circumstances=RISK), i("b", "3.8")],
        CUMULATIVE,
        {"a": "0", "b": "1"},
    ),
    "a residual rule gives way in its own incident only": (
        [i("a", "3.18"), found("b", "3.8", incident="J"), found("c", "3.8")],
        Policy(),
        {"a": "1", "b": "1", "c": "1"},
    ),
    "a residual rule applies alone, and twice": (
        [i("a", "3.18"), i("b", "3.18", quantity=2)],
        CUMULATIVE,
        {"a": "1", "b": "2"},
    ),
    "a residual rule applies beside another part": (
        [i("a", "3.18"), i("b", "2.1")],
        CUMULATIVE,
        {"a": "1", "b": "1"},
    ),
    "a residual rule gives way to a referral and to a revocation": (
        [i("a", "3.18"), i("b", "3.15", refers_to="3.1b")],
        CUMULATIVE,
        {"a": "0", "b": "0"},
    ),
    "a displaced rule still makes the residual one give way": (
        [i("a", "3.17b"), i("b", "3.3"), i("c", "3.18")],
        CUMULATIVE,
        {"a": "2", "b": "0", "c": "0"},
    ),
    "a revocation does not take the place of a deduction": (
        [i("a", "1.5"), i("b", "2.1"), i("c", "2.3")],
        Policy(),
        {"a": "0", "b": "0", "c": "2"},
    ),
    "once a period, the highest": (
        [found("a", "1.7b"), found("b", "1.7b"), found("c", "1.8")],
        ONCE,
        {"a": "20", "b": "0", "c": "10"},
    ),
    "once a period, after aggravation": (
        [found("a", "3.17a"), found("b", "3.17a", circumstances=RISK)],
        ONCE,
        {"a": "0", "b": "2"},
    ),
    "once a period, of the incident the line that counts": (
        [i("a", "1.8"), found("b", "1.8"), i("c", "3.2a")],
        ONCE,
        {"a": "10", "b": "0", "c": "0"},
    ),
    "once a period, of equals the smaller id": (
        [found("b", "1.8", quantity=3), found("a", "1.8")],
        ONCE,
        {"a": "10", "b": "0"},
    ),
    "once a period, after referral": (
        [found("a", "3.15", refers_to="3.5b"), found("b", "3.5b")],
        ONCE,
        {"a": "50", "b": "0"},
    ),
    "once a period, after the incident is settled": (
        [found("a", "1.7b"), i("b", "1.7b"), i("c", "1.7a")],
        ONCE,
        {"a": "20", "b": "0", "c": "0"},
    ),
    "once a period, the line that lost to another rule leaves the next to count": (
        [i("a", "1.7a"), i("b", "1.7b"), found("c", "1.7a")],
        ONCE,
        {"a": "0", "b": "20", "c": "5"},
    ),
    "once a period beside a heavier rule": (
        [i("b", "4.3"), found("c", "1.8")],
        ONCE,
        {"b": "20", "c": "10"},
    ),
    "once a period, one more violation that loses leaves the sum": (
        [i("b", "4.3"), found("c", "1.8"), i("a", "1.8")],
        ONCE,
        {"b": "20", "c": "10", "a": "0"},
    ),
    "once a period, one more violation that all add up": (
        [i("b", "4.3"), found("c", "1.8"), i("a", "1.8")],
        attrs.evolve(ONCE, concurrence=Concurrence.CUMULATIVE),
        {"b": "20", "c": "0", "a": "10"},
    ),
    "once a period, of one rule twice in an incident": (
        [i("a", "1.8"), i("b", "1.8"), i("c", "4.1a", quantity=3)],
        ONCE,
        {"a": "10", "b": "0", "c": "0"},
    ),
    "once a period in each of two incidents, both lost": (
        [
            *(i("a", "1.8"), i("b", "4.3")),
            *(found("c", "1.8", incident="J"), found("d", "4.3", incident="J")),
        ],
        ONCE,
        {"a": "0", "b": "20", "c": "0", "d": "20"},
    ),
    "once a period within an incident": (
        [i("a", "1.8"), i("b", "1.8"), i("c", "1.7a")],
        attrs.evolve(ONCE, concurrence=Concurrence.CUMULATIVE),
        {"a": "10", "b": "0", "c": "5"},
    ),
    "for each violation": (
        [found("a", "1.7a", quantity=3), found("b", "1.7a")],
        Policy(),
        {"a": "5", "b": "5"},
    ),
    "for each occurrence": (
        [found("a", "1.7a", quantity=3), found("b", "1.7a")],
        Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE),
        {"a": "15", "b": "5"},
    ),
    "what the assessor set": (
        [
            found("a", "1.3", circumstances=["severe-effect"], assessed_points="17.25"),
            found("b", "1.3"),
        ],
        Policy(aggravation=Assessed()),
        {"a": "17.25", "b": "5"},
    ),
    "once a period for each manager": (
        [found("a", "1.8"), found("b", "1.8", manager="RM-02")],
        ONCE,
        {"a": "10", "b": "10"},
    ),
    "a rule with a unit counts every time": (
        [found("a", "2.1"), found("b", "2.1")],
        ONCE,
        {"a": "1", "b": "1"},
    ),
}


@pytest.mark.parametrize(
    ("violations", "policy", "points"), INCIDENTS.values(), ids=list(INCIDENTS)
)
def test_violations_count_what_a_person_would_write_down(
    violations: list[Violation], policy: Policy, points: dict[str, str]
) -> None:
    assert counted(*violations, policy=policy) == points
    one_way, other_way = ledger_of(violations), ledger_of(reversed(violations))
    assert scored(one_way, policy=policy) == scored(other_way, policy=policy)


# "1.1" displaces "1.2", which displaces "2.1"; "2.2" is residual in its part.
CHAIN = book(
    circumstances=["grave"],
    consequences=[Consequence("revoked", TEXT, status=Status.REVOKED)],
    parts=[
        Part(
            "1",
            TEXT,
            rules=[
                rule("1.1", 1, displaces=["1.2"]),
                rule("1.2", 2, consequences={"revoked": ["grave"]}, displaces=["2.1"]),
            ],
        ),
        Part(
            "2",
            TEXT,
            rules=[
                rule("2.1", 4, Unit.UNSTATED),
                rule("2.2", 8, consequences={"revoked": ["grave"]}, residual="2"),
            ],
        ),
    ],
)


def test_a_displaced_rule_still_displaces_and_still_makes_the_residual_rule_give_way() -> None:
    violations = [i("a", "1.1"), i("b", "1.2"), i("c", "2.1"), i("d", "2.2")]
    (appraisal,) = scored(ledger_of(violations), policy=CUMULATIVE, rulebook=CHAIN).values()
    last = [line.steps[-1] for line in appraisal.lines]
    assert [(step.effect.value, step.because_of, step.change) for step in last] == [
        ("stated", (), Decimal(1)),
        ("displaced", ("a",), Decimal(-2)),
        ("displaced", ("b",), Decimal(-4)),
        ("gave-way", ("c",), Decimal(-8)),
    ]


@pytest.mark.parametrize(("counting", "losing"), [("1.1", "1.2"), ("2.1", "2.2")])
def test_a_rule_that_is_displaced_or_gives_way_still_revokes(counting: str, losing: str) -> None:
    for circumstances in ([], ["grave"]):
        ledger = ledger_of([i("a", counting), i("b", losing, circumstances=circumstances)])
        (appraisal,) = scored(ledger, rulebook=CHAIN).values()
        assert [line.revokes for line in appraisal.lines] == [False, bool(circumstances)]
        assert appraisal.lines[1].points == 0
        assert appraisal.revoked is bool(circumstances)


def test_a_referral_across_chapters_acts_in_the_chapter_of_the_rule_applied() -> None:
    across = book(
        parts=[
            Part("1", TEXT, rules=[rule("1.1", Referral(to=["2.1"])), rule("1.2", 1)]),
            Part(
                "2", TEXT, rules=[rule("2.1", 1, displaces=["1.2"]), rule("2.2", 1, residual="2")]
            ),
        ],
    )
    violations = [i("a", "1.1", refers_to="2.1"), i("b", "1.2"), i("c", "2.2")]
    (appraisal,) = scored(ledger_of(violations), policy=CUMULATIVE, rulebook=across).values()
    assert [line.steps[-1].effect.value for line in appraisal.lines] == [
        *("stated", "displaced", "gave-way")
    ]
    assert [subtotal.points for subtotal in appraisal.subtotals] == [0, 1]


def test_a_displaced_line_does_not_use_up_its_rule_for_the_period() -> None:
    violations = [i("a", "2.1"), i("b", "1.2"), found("c", "2.1")]
    assert counted(*violations, policy=ONCE, rulebook=CHAIN) == {"a": "0", "b": "2", "c": "4"}


def test_a_line_that_loses_its_points_names_the_rule_or_the_policy_it_lost_them_to() -> None:
    violations = [
        *(i("a", "3.17b"), i("b", "3.2b"), i("c", "3.18"), i("d", "3.4")),
        *(found("e", "1.8"), found("f", "1.8")),
    ]
    (appraisal,) = scored(ledger_of(violations), policy=ONCE).values()
    last = {line.violation.id: line.steps[-1] for line in appraisal.lines}
    assert {id: (step.effect, step.because_of, step.reason) for id, step in last.items()} == {
        "a": (Effect.CONCURRENT, ("d",), Assumption("concurrence")),
        "b": (
            Effect.DISPLACED,
            ("a",),
            Assumption("displacement"),
        ),
        "c": (
            Effect.GAVE_WAY,
            ("a", "b", "d"),
            Provision("3.18", "residual", edition="1.0"),
        ),
        "d": (Effect.STATED, (), Provision("3.4", "penalty", edition="1.0")),
        "e": (
            Effect.UNIT_ASSUMED,
            (),
            Assumption("unstated_unit"),
        ),
        "f": (
            Effect.ONCE_A_PERIOD,
            ("e",),
            Assumption("unstated_unit"),
        ),
    }


@pytest.mark.parametrize("policy", [Policy(), CUMULATIVE, SIDE_BY_SIDE, ONCE])
def test_a_revocation_anywhere_in_an_incident_revokes(policy: Policy) -> None:
    displaced = [i("a", "3.17b"), i("b", "3.5b"), i("c", "1.1", circumstances=["egregious"])]
    (appraisal,) = scored(ledger_of(displaced), policy=policy).values()
    assert appraisal.revoked
    assert [line.violation.id for line in appraisal.lines if line.revokes] == ["c"]


@pytest.mark.parametrize(
    ("violations", "policy", "points"),
    [
        ([found("a", "1.6", quantity=3)], DEFAULT, 0),
        ([found("a", "3.16a", refers_to="3.1b")], DEFAULT, 0),
        ([found("a", "3.15", refers_to="3.14", circumstances=["serious"])], DEFAULT, 30),
        ([i("a", "1.2", circumstances=["egregious"]), i("b", "4.3")], DEFAULT, 20),
        ([found("a", "3.14"), found("b", "3.14", circumstances=["serious"])], ONCE, 30),
    ],
)
def test_a_revocation_revokes_whether_or_not_its_line_counts(
    violations: list[Violation], policy: Policy, points: int
) -> None:
    (appraisal,) = scored(ledger_of(violations), policy=policy).values()
    assert appraisal.revoked
    assert appraisal.points == points


def test_an_outright_revocation_has_nothing_to_lose_to_another_rule() -> None:
    (appraisal,) = scored(ledger_of([i("a", "1.5"), i("b", "2.1")])).values()
    assert [[step.effect.value for step in line.steps] for line in appraisal.lines] == [
        ["no-points", "follows"],
        ["stated"],
    ]


def test_a_suspended_violation_neither_counts_nor_displaces_nor_revokes() -> None:
    suspend = Policy(pending_appeals=PendingAppeals.SUSPEND, concurrence=Concurrence.CUMULATIVE)
    ledger = ledger_of([i("a", "3.17b"), i("b", "3.2b"), i("c", "3.1b"), i("d", "3.18")])
    for id in ("a", "c"):
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    (appraisal,) = scored(ledger, policy=suspend).values()
    assert {line.violation.id: int(line.points) for line in appraisal.lines} == {
        "a": 0,
        "b": 10,
        "c": 0,
        "d": 0,
    }
    assert not appraisal.revoked
    settled = ledger.dismiss("a", at=NOON, reason="no leave")
    (appraisal,) = scored(settled, policy=suspend).values()
    assert {line.violation.id: int(line.points) for line in appraisal.lines}["b"] == 0


def test_a_suspended_violation_does_not_compete_nor_use_up_its_rule() -> None:
    ledger = ledger_of([i("a", "2.1"), i("b", "4.3"), found("c", "1.7b"), found("d", "1.7b")])
    for id in ("b", "c"):
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    suspend = attrs.evolve(ONCE, pending_appeals=PendingAppeals.SUSPEND)
    assert counted_in(ledger, policy=suspend) == {"a": "1", "b": "0", "c": "0", "d": "20"}
    assert counted_in(ledger, policy=ONCE) == {"a": "0", "b": "20", "c": "20", "d": "0"}


def test_a_step_names_others_up_to_a_bound() -> None:
    others = [i(f"V-{n:02}", "3.8") for n in range(MAXIMUM_NAMED + 5)]
    appraisal = scored(ledger_of([i("Z", "3.18"), *reversed(others)]))["RM-01"]
    step = appraisal.lines[-1].steps[-1]
    assert step.effect.value == "gave-way"
    assert step.because_of == tuple(f"V-{n:02}" for n in range(MAXIMUM_NAMED))


def test_of_one_rule_that_loses_each_line_names_every_line_that_counts() -> None:
    violations = [i("a", "3.3"), i("b", "3.4"), i("c", "3.4"), i("d", "3.3")]
    (appraisal,) = scored(ledger_of(violations)).values()
    last = {line.violation.id: line.steps[-1] for line in appraisal.lines}
    assert {id: (step.effect, step.because_of) for id, step in last.items()} == {
        "a": (Effect.CONCURRENT, ("b", "c")),
        "b": (Effect.STATED, ()),
        "c": (Effect.STATED, ()),
        "d": (Effect.CONCURRENT, ("b", "c")),
    }


def test_the_line_that_counts_once_a_period_is_one_that_counts() -> None:
    violations = [i("b", "4.3"), found("c", "1.8"), i("a", "1.8"), found("d", "1.8")]
    for order in permutations(violations):
        (appraisal,) = scored(ledger_of(order), policy=ONCE).values()
        last = {line.violation.id: line.steps[-1] for line in appraisal.lines}
        assert (last["a"].effect, last["a"].because_of) == (Effect.CONCURRENT, ("b",))
        assert (last["d"].effect, last["d"].because_of) == (Effect.ONCE_A_PERIOD, ("c",))
        assert appraisal.points == 30


# "a" has the parts "b", with 1.1 and 1.2, and "c", with 2.1; "b" and "a" each have a residual rule.
NESTED = book(
    parts=[
        Part(
            "a",
            TEXT,
            rules=[rule("9", 16, residual="a")],
            parts=[
                Part("b", TEXT, rules=[rule("1.1", 1), rule("1.2", 2, residual="b")]),
                Part("c", TEXT, rules=[rule("2.1", 4)]),
            ],
        ),
        Part("d", TEXT, rules=[rule("3.1", 8), rule("4", 32, residual="c")]),
    ],
)


@pytest.mark.parametrize(
    ("rules", "points"),
    [
        # Residual in the inner part: another inner part does not matter, the inner one does.
        (("1.2", "2.1"), {"1.2": "2", "2.1": "4"}),
        (("1.2", "1.1"), {"1.2": "0", "1.1": "1"}),
        # Residual in the outer part: whatever stands in it, however deep, makes it give way.
        (("9", "2.1"), {"9": "0", "2.1": "4"}),
        (("9", "1.1"), {"9": "0", "1.1": "1"}),
        (("9", "3.1"), {"9": "16", "3.1": "8"}),
        # A residual rule that gives way still makes another one give way.
        (("9", "1.2", "1.1"), {"9": "0", "1.2": "0", "1.1": "1"}),
        (("9", "1.2"), {"9": "0", "1.2": "2"}),
        # A rule can be residual in a part in which it does not stand.
        (("4", "2.1"), {"4": "0", "2.1": "4"}),
        (("4", "1.1"), {"4": "32", "1.1": "1"}),
        (("4", "3.1"), {"4": "32", "3.1": "8"}),
        (("4", "4"), {"4": "32"}),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, tuple) else None,
)
def test_a_residual_rule_gives_way_to_what_stands_in_the_part_that_it_names(
    rules: tuple[str, ...], points: dict[str, str]
) -> None:
    violations = [i(f"V-{place}", id) for place, id in enumerate(rules)]
    found = counted(*violations, policy=CUMULATIVE, rulebook=NESTED)
    assert {each.rule: found[each.id] for each in violations} == points


def test_subtotals_are_by_the_outermost_part() -> None:
    violations = [found("a", "1.1"), found("b", "2.1"), found("c", "3.1")]
    (appraisal,) = scored(ledger_of(violations), rulebook=NESTED).values()
    assert [(each.part, int(each.points)) for each in appraisal.subtotals] == [("a", 5), ("d", 8)]


# What one violation deducts at most, and what is set on appeal, is known before it is compared.
BOUNDED = book(
    rule("1", 10, cap=Cap(12)),
    rule("2", 15),
    rule("3", consequences=["fine"]),
    consequences=[Consequence("fine", TEXT, money=200)],
)


def test_rules_are_compared_by_what_is_left_after_caps_and_decisions() -> None:
    violations = [i("a", "1", quantity=3), i("b", "2")]
    assert counted(*violations, rulebook=BOUNDED) == {"a": "0", "b": "15"}
    appealed = ledger_of(violations).appeal("b", at=NOON, grounds="on leave")
    decided = appealed.extend([Decided("b", "put right", points=5, at=NOON)])
    assert counted_in(decided, rulebook=BOUNDED) == {"a": "12", "b": "0"}


def test_what_deducts_nothing_is_not_compared_and_keeps_its_consequence() -> None:
    violations = [i("a", "2"), i("b", "3"), i("c", "1")]
    (appraisal,) = scored(ledger_of(violations), rulebook=BOUNDED).values()
    assert [(str(line.points), str(line.money)) for line in appraisal.lines] == [
        *(("15", "0"), ("0", "200"), ("0", "0")),
    ]
    assert [step.effect for step in appraisal.lines[1].steps] == [Effect.NO_POINTS, Effect.FOLLOWS]


def test_a_line_that_loses_its_points_keeps_the_money_that_is_withheld() -> None:
    fined = book(
        rule("1", 1, consequences=["fine"]),
        rule("2", 5),
        consequences=[Consequence("fine", TEXT, money=200)],
    )
    (appraisal,) = scored(ledger_of([i("a", "1"), i("b", "2")]), rulebook=fined).values()
    assert [(str(line.points), str(line.money)) for line in appraisal.lines] == [
        *(("0", "200"), ("5", "0")),
    ]
