"""Scoring: what violations do to one another, by examples that can be checked by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Assessed,
    Assumption,
    Concurrence,
    CountedOn,
    Displacement,
    Effect,
    FieldError,
    Grade,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Provision,
    Recorded,
    Rule,
    Rulebook,
    ScoringError,
    Text,
    UnstatedUnit,
    Violation,
    rescore,
    score,
    score_all,
    tally,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.scoring.steps import MAXIMUM_NAMED
from cmappraisal.standards import Circumstance, Citation, Deduction, Part, Penalty, Referral, Unit

YEAR = Period.year(2025)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
TEXT = Text.same("words")

DEFAULT = Policy()
CUMULATIVE = Policy(concurrence=Concurrence.CUMULATIVE)
ONCE = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
SIDE_BY_SIDE = Policy(displacement=Displacement.NONE)


def found(id: str, rule: str, **fields: Any) -> Violation:
    given = {"manager": "RM-01", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, rule=rule, **given)


def ledger_of(violations: Iterable[Violation]) -> Ledger:
    return Ledger(Recorded(violation, at=NOON) for violation in violations)


def scored(
    ledger: Ledger,
    *,
    policy: Policy = DEFAULT,
    rulebook: Rulebook = ERROR_POINTS,
    period: Period = YEAR,
    as_of: datetime | None = None,
) -> Mapping[str, Appraisal]:
    """The appraisals, once `score`, `score_all` and `tally` are seen to agree on them."""
    appraisals = score_all(ledger, rulebook, period, policy=policy, as_of=as_of)
    assert dict(tally(ledger, rulebook, period, policy=policy, as_of=as_of)) == {
        manager: appraisal.points for manager, appraisal in appraisals.items()
    }
    for manager, appraisal in appraisals.items():
        alone = score(ledger, rulebook, period, manager=manager, policy=policy, as_of=as_of)
        assert alone == appraisal
        assert appraisal.points == sum(line.points for line in appraisal.lines)
        assert appraisal.points == sum(subtotal.points for subtotal in appraisal.subtotals)
        for line in appraisal.lines:
            assert line.points == sum(step.change for step in line.steps)
    return appraisals


def counted(*violations: Violation, **fields: Any) -> dict[str, str]:
    """What each violation counts."""
    return counted_in(ledger_of(violations), **fields)


def counted_in(ledger: Ledger, **fields: Any) -> dict[str, str]:
    """What each violation in a ledger counts."""
    appraisals = scored(ledger, **fields)
    return {
        line.violation.id: str(line.points)
        for appraisal in appraisals.values()
        for line in appraisal.lines
    }


def i(id: str, rule: str, **fields: Any) -> Violation:
    """A violation within the one incident."""
    return found(id, rule, incident="I", **fields)


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
    "a tie under one rule keeps the smaller id": (
        [i("b", "3.3"), i("a", "3.3")],
        Policy(),
        {"a": "5", "b": "0"},
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
    "a residual rule stands alone, and twice": (
        [i("a", "3.18"), i("b", "3.18", quantity=2)],
        CUMULATIVE,
        {"a": "1", "b": "2"},
    ),
    "a residual rule stands beside another chapter": (
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
    "once a period, before concurrence": (
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
    "once a period, and what is left out does not compete": (
        [found("a", "1.7b"), i("b", "1.7b"), i("c", "1.7a")],
        ONCE,
        {"a": "20", "b": "0", "c": "5"},
    ),
    "once a period, though the one that counted is outweighed then": (
        [i("a", "1.7a"), i("b", "1.7b"), found("c", "1.7a")],
        ONCE,
        {"a": "0", "b": "20", "c": "0"},
    ),
    "once a period within an incident": (
        [i("a", "1.8"), i("b", "1.8"), i("c", "1.7a")],
        attrs.evolve(ONCE, concurrence=Concurrence.CUMULATIVE),
        {"a": "10", "b": "0", "c": "5"},
    ),
    "for each finding": (
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
def test_violations_count_together_what_a_person_would_write_down(
    violations: list[Violation], policy: Policy, points: dict[str, str]
) -> None:
    assert counted(*violations, policy=policy) == points
    one_way, other_way = ledger_of(violations), ledger_of(reversed(violations))
    assert scored(one_way, policy=policy) == scored(other_way, policy=policy)


# "1.1" displaces "1.2", which displaces "2.1"; "2.2" is residual in its chapter.
CHAIN = Rulebook(
    "chain",
    "1.0",
    text=TEXT,
    circumstances=[Circumstance("grave", TEXT)],
    parts=[
        Part(
            1,
            TEXT,
            rules=[
                Rule(
                    "1.1",
                    TEXT,
                    penalty=Deduction(1, Unit.OCCURRENCE),
                    citation=Citation(1, 1),
                    displaces=["1.2"],
                ),
                Rule(
                    "1.2",
                    TEXT,
                    penalty=Deduction(2, Unit.OCCURRENCE),
                    citation=Citation(1, 2),
                    revoked_by=["grave"],
                    displaces=["2.1"],
                ),
            ],
        ),
        Part(
            2,
            TEXT,
            rules=[
                Rule(
                    "2.1",
                    TEXT,
                    penalty=Deduction(4, Unit.UNSTATED),
                    citation=Citation(2, 1),
                ),
                Rule(
                    "2.2",
                    TEXT,
                    penalty=Deduction(8, Unit.OCCURRENCE),
                    citation=Citation(2, 2),
                    revoked_by=["grave"],
                    residual=True,
                ),
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
    def rule(chapter: int, clause: int, penalty: Penalty, **fields: Any) -> Rule:
        citation = Citation(chapter, clause)
        return Rule(str(citation), TEXT, penalty=penalty, citation=citation, **fields)

    one = Deduction(1, Unit.OCCURRENCE)
    across = Rulebook(
        "across",
        "1.0",
        text=TEXT,
        parts=[
            Part(1, TEXT, rules=[rule(1, 1, Referral(to=["2.1"])), rule(1, 2, one)]),
            Part(
                2, TEXT, rules=[rule(2, 1, one, displaces=["1.2"]), rule(2, 2, one, residual=True)]
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
        "a": (Effect.CONCURRENT, ("d",), Assumption("concurrence", Concurrence.HIGHEST)),
        "b": (
            Effect.DISPLACED,
            ("a",),
            Assumption("displacement", Displacement.SPECIAL_OVER_GENERAL),
        ),
        "c": (
            Effect.GAVE_WAY,
            ("a", "b", "d"),
            Provision.of(ERROR_POINTS, "3.18", "residual"),
        ),
        "d": (Effect.STATED, (), Provision.of(ERROR_POINTS, "3.4", "penalty")),
        "e": (
            Effect.UNIT_ASSUMED,
            (),
            Assumption("unstated_unit", UnstatedUnit.ONCE_A_PERIOD),
        ),
        "f": (
            Effect.ONCE_A_PERIOD,
            ("e",),
            Assumption("unstated_unit", UnstatedUnit.ONCE_A_PERIOD),
        ),
    }


def test_what_of_an_incident_falls_outside_the_period_is_not_looked_at() -> None:
    year_before = date(2024, 12, 31)
    ledger = ledger_of([i("a", "3.1a"), i("b", "3.17a", occurred_on=year_before), i("c", "3.18")])
    assert counted_in(ledger, policy=CUMULATIVE) == {"a": "2", "c": "0"}
    assert counted_in(ledger, period=Period.year(2024)) == {"b": "1"}


def test_what_of_an_incident_was_reversed_or_not_yet_known_is_not_looked_at() -> None:
    later = NOON + timedelta(1)
    ledger = (
        ledger_of([i("a", "3.1a")])
        .record(i("b", "3.17a"), at=later)
        .reverse("b", at=later + timedelta(1), reason="no personal loan")
    )
    assert counted_in(ledger, as_of=NOON) == {"a": "2"}
    assert counted_in(ledger, as_of=later) == {"a": "0", "b": "1"}
    assert counted_in(ledger) == {"a": "2"}


def test_once_a_period_begins_anew_with_each_period() -> None:
    days = {"a": date(2025, 1, 1), "b": date(2025, 12, 31), "c": date(2026, 1, 1)}
    ledger = ledger_of(found(id, "1.8", occurred_on=day) for id, day in days.items())
    assert counted_in(ledger, policy=ONCE) == {"a": "10", "b": "0"}
    assert counted_in(ledger, policy=ONCE, period=Period.year(2026)) == {"c": "10"}
    assert counted_in(ledger, policy=ONCE, period=Period(days["b"], days["c"])) == {
        "b": "10",
        "c": "0",
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


def test_an_outright_revocation_adds_no_points() -> None:
    (appraisal,) = scored(ledger_of([found("a", "1.5"), found("b", "2.1")])).values()
    assert (appraisal.points, appraisal.score, appraisal.revoked) == (Decimal(1), Decimal(99), True)


def test_an_outright_revocation_has_nothing_to_lose_to_another_rule() -> None:
    (appraisal,) = scored(ledger_of([i("a", "1.5"), i("b", "2.1")])).values()
    assert [[step.effect.value for step in line.steps] for line in appraisal.lines] == [
        ["no-points", "revoked-outright"],
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


@pytest.mark.parametrize("pending", PendingAppeals)
def test_once_an_appeal_is_settled_what_was_decided_counts(pending: PendingAppeals) -> None:
    policy = Policy(pending_appeals=pending)
    appealed = ledger_of([found("a", "3.4")]).appeal("a", at=NOON, grounds="on leave")
    dismissed = appealed.dismiss("a", at=NOON, reason="no leave")
    varied = appealed.amend(found("a", "3.3"), at=NOON, reason="the lesser rule")
    upheld = appealed.reverse("a", at=NOON, reason="on leave indeed")
    assert counted_in(dismissed, policy=policy) == {"a": "10"}
    assert counted_in(varied, policy=policy) == {"a": "5"}
    assert counted_in(upheld, policy=policy) == {}


@pytest.mark.parametrize(
    ("day", "is_in"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_a_period_has_both_its_ends(day: date, is_in: bool) -> None:
    ledger = ledger_of([found("a", "2.1", occurred_on=day)])
    appraisals = scored(ledger, period=Period.quarter(2025, 2))
    assert [len(appraisal.lines) for appraisal in appraisals.values()] == [1] * is_in


def test_recorded_is_the_day_on_the_clock_of_the_recording() -> None:
    recorded = Policy(counted_on=CountedOn.RECORDED)
    midnight = datetime(2025, 4, 1, tzinfo=timezone(timedelta(hours=8)))
    ledger = Ledger().record(found("a", "2.1"), at=midnight)
    elsewhere = Ledger().record(found("a", "2.1"), at=midnight.astimezone(UTC))
    for each, quarter in ((ledger, 2), (elsewhere, 1)):
        appraisals = scored(each, policy=recorded, period=Period.quarter(2025, quarter))
        assert appraisals["RM-01"].points == 1
        other = Period.quarter(2025, 3 - quarter)
        assert not scored(each, policy=recorded, period=other)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-12-31T23:59:59+00:00", date(2025, 12, 31)),
        ("2026-01-01T07:59:59+08:00", date(2026, 1, 1)),
        ("2025-12-31T18:59:59-05:00", date(2025, 12, 31)),
        ("2026-01-01T13:59:59+14:00", date(2026, 1, 1)),
    ],
)
def test_a_violation_counts_on_the_day_it_happened_or_was_recorded_and_on_no_other(
    moment: str, day: date
) -> None:
    recorded, happened = Policy(counted_on=CountedOn.RECORDED), date(2024, 2, 29)
    ledger = Ledger().record(
        found("a", "2.1", occurred_on=happened), at=datetime.fromisoformat(moment)
    )
    for each in (day - timedelta(1), day, day + timedelta(1), happened):
        on_that_day = Period(each, each)
        assert bool(scored(ledger, policy=recorded, period=on_that_day)) is (each == day)
        assert bool(scored(ledger, period=on_that_day)) is (each == happened)


def test_an_amendment_can_move_the_day_it_happened() -> None:
    ledger = ledger_of([found("a", "2.1")]).amend(
        found("a", "2.1", occurred_on=date(2024, 3, 2)), at=NOON, reason="wrong year"
    )
    assert counted_in(ledger) == {}
    assert counted_in(ledger, period=Period.year(2024)) == {"a": "1"}


def test_the_first_and_the_last_of_all_days_count() -> None:
    ledger = ledger_of(
        [found("a", "2.1", occurred_on=date.min), found("b", "2.1", occurred_on=date.max)]
    )
    assert counted_in(ledger, period=Period(date.min, date.max)) == {"a": "1", "b": "1"}


def test_an_amendment_does_not_move_the_day_of_recording() -> None:
    recorded = Policy(counted_on=CountedOn.RECORDED)
    ledger = Ledger().record(found("a", "2.1"), at=datetime(2025, 3, 31, tzinfo=UTC))
    amended = ledger.amend(
        found("a", "2.3"), at=datetime(2025, 4, 2, tzinfo=UTC), reason="wrong rule"
    )
    assert scored(amended, policy=recorded, period=Period.quarter(2025, 1))["RM-01"].points == 2


def test_as_of_includes_what_was_entered_at_exactly_that_moment() -> None:
    ledger = ledger_of([found("a", "2.1")])
    reversed_ = ledger.reverse("a", at=NOON + timedelta(1), reason="no breach")
    before = NOON + timedelta(1) - timedelta(microseconds=1)
    assert scored(reversed_, as_of=NOON)["RM-01"].points == 1
    assert scored(reversed_, as_of=before)["RM-01"].points == 1
    assert not scored(reversed_, as_of=NOON + timedelta(1))
    assert not scored(reversed_, as_of=NOON - timedelta(microseconds=1))


def test_the_moment_is_one_in_every_zone_and_kept_with_its_own() -> None:
    beijing = timezone(timedelta(hours=8))
    ledger = ledger_of([found("a", "2.1")])
    appraisal = scored(ledger, as_of=NOON.astimezone(beijing))["RM-01"]
    assert appraisal.as_of == NOON
    assert appraisal.as_of.tzinfo == beijing
    assert not scored(ledger, as_of=NOON.astimezone(beijing) - timedelta.resolution)


def test_a_case_is_scored_for_whom_it_named_then() -> None:
    ledger = ledger_of([found("a", "2.1")]).amend(
        found("a", "2.1", manager="RM-02"), at=NOON + timedelta(1), reason="a colleague"
    )
    assert list(scored(ledger)) == ["RM-02"]
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-01").lines == ()
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-02", as_of=NOON).lines == ()
    assert list(scored(ledger, as_of=NOON)) == ["RM-01"]


@pytest.mark.parametrize(
    ("policy", "mark", "grade"),
    [
        (Policy(), "0", None),
        (Policy(floor=None), "-20", None),
        (Policy(floor=-10), "-10", None),
        (Policy(full_marks=200), "80", None),
        (Policy(full_marks="120.5"), "0.5", None),
        (Policy(full_marks=None), None, None),
        (Policy(full_marks=None, floor=5), None, None),
        (Policy(floor=5), "5", None),
        (
            Policy(
                full_marks=180,
                grades=[
                    Grade("A", at_least=60, below=None),
                    Grade("B", at_least=None, below=60),
                ],
            ),
            "60",
            "A",
        ),
        (
            Policy(
                full_marks=180,
                grades=[
                    Grade("A", at_least="60.0001", below=None),
                    Grade("B", at_least=None, below="60.0001"),
                ],
            ),
            "60",
            "B",
        ),
    ],
)
def test_the_score_is_full_marks_less_the_points_not_below_the_floor(
    policy: Policy, mark: str | None, grade: str | None
) -> None:
    ledger = ledger_of([found("a", "4.1b", quantity=6)])
    appraisal = scored(ledger, policy=policy)["RM-01"]
    assert appraisal.points == 120
    assert appraisal.score == (None if mark is None else Decimal(mark))
    assert (appraisal.grade and appraisal.grade.id) == grade


def test_subtotals_are_those_of_the_chapter_of_the_rule_applied() -> None:
    appraisal = scored(ledger_of([found("a", "1.1"), found("b", "3.15", refers_to="3.9")]))["RM-01"]
    assert [(each.part.number, int(each.points)) for each in appraisal.subtotals] == [
        (1, 10),
        (2, 0),
        (3, 2),
        (4, 0),
    ]


def test_an_appraisal_keeps_what_it_was_made_from() -> None:
    appraisal = score(Ledger(), CHAIN, YEAR, manager="RM-09", policy=ONCE)
    assert (appraisal.manager, appraisal.period, appraisal.as_of) == ("RM-09", YEAR, None)
    assert (appraisal.rulebook, appraisal.policy) == (CHAIN, ONCE)


def test_findings_alike_keep_their_own_notes() -> None:
    violations = [found(id, "2.1", note=f"note on {id}") for id in "abc"]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert [line.violation.note for line in appraisal.lines] == [
        *("note on a", "note on b", "note on c")
    ]


@pytest.mark.parametrize(
    ("lost", "grade"),
    [
        *(("0", "A"), ("10", "A"), ("10.0001", "B")),
        *(("40.5", "B"), ("40.5001", "C"), ("100", "C"), ("100000", "C")),
    ],
)
def test_a_grade_holds_its_lower_edge_and_not_its_upper(lost: str, grade: str) -> None:
    bands = [
        Grade("B", at_least="59.5", below=90),
        Grade("A", at_least=90, below=None),
        Grade("C", at_least=None, below="59.5"),
    ]
    violation = found("a", "1.4", quantity=10**6, assessed_points=lost)
    appraisal = scored(ledger_of([violation]), policy=Policy(grades=bands))["RM-01"]
    assert appraisal.grade
    assert appraisal.grade.id == grade


def test_lines_come_by_day_and_then_by_id() -> None:
    days = {"d": 3, "b": 1, "c": 1, "a": 2}
    violations = [found(id, "2.1", occurred_on=date(2025, 1, day)) for id, day in days.items()]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert [line.violation.id for line in appraisal.lines] == ["b", "c", "a", "d"]


def test_a_manager_without_violations_has_an_appraisal_of_nothing() -> None:
    appraisal = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-09")
    assert (appraisal.points, appraisal.score, appraisal.revoked, appraisal.lines) == (
        Decimal(0),
        Decimal(100),
        False,
        (),
    )
    ledger = ledger_of([found("a", "2.1", manager="RM-02")])
    with_both = score_all(ledger, ERROR_POINTS, YEAR, managers=["RM-09", "RM-02", "RM-01"])
    assert list(with_both) == ["RM-01", "RM-02", "RM-09"]
    assert with_both["RM-09"] == appraisal
    assert dict(tally(ledger, ERROR_POINTS, YEAR, managers={"RM-09"})) == {"RM-02": 1, "RM-09": 0}


def test_a_great_deal_is_still_exact() -> None:
    violations = [found(f"V-{n}", "4.1b", quantity=10**6) for n in range(1000)]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert appraisal.points == Decimal(20) * 10**9


WRONG = [
    found("a", "3.99"),
    found("b", "3.15"),
    found("c", "2.1", circumstances=["risks"], manager="RM-02"),
    found("d", "2.1", assessed_points=1),
]


@pytest.mark.parametrize("call", [score_all, tally])
def test_all_that_is_wrong_is_told_in_one_error_in_the_order_of_the_ledger(call: Any) -> None:
    with pytest.raises(ScoringError) as caught:
        call(ledger_of([found("z", "2.1"), *WRONG]), ERROR_POINTS, YEAR)
    assert [problem.violation_id for problem in caught.value.problems] == ["a", "b", "c", "d"]
    assert caught.value.more == 0
    assert str(caught.value).startswith(
        '4 problem(s) keep the ledger from being scored:\n- violation "a": rule "3.99" is not in '
        'rulebook "error-points 1.0"; did you mean "3.9"?\n- violation "b": refers_to is missing'
    )


def test_an_error_is_read_whole() -> None:
    violations = [
        found("d", "3.99"),
        found("c", "3.16a", refers_to="4.3"),
        found("b", "2.1", circumstances=["weather", "risky"], refers_to="2.2"),
        found("a", "3.2b", assessed_points="7.50"),
    ]
    with pytest.raises(ScoringError) as caught:
        score(ledger_of(violations), ERROR_POINTS, YEAR, manager="RM-01")
    assert str(caught.value).splitlines() == [
        "6 problem(s) keep the ledger from being scored:",
        '- violation "d": rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?',
        '- violation "c": refers_to is "4.3", but rule "3.16a" refers to another rule; name the '
        "one that applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
        "3.11a, 3.11b, 3.12, 3.13, 3.14",
        '- violation "b": circumstance "risky" is not in rulebook "error-points 1.0"; did you mean '
        '"risk"?',
        '- violation "b": circumstance "weather" is not in rulebook "error-points 1.0"; allowed: '
        "risk, adverse-effect, severe-effect, egregious, serious, asset-deterioration",
        '- violation "b": refers_to is "2.2", but rule "2.1" refers to no other rule; leave '
        "refers_to out, or record the violation under a rule that refers",
        '- violation "a": assessed_points is 7.5, but neither rule "3.2b" nor the policy '
        "(aggravation, discretion) leaves a choice here; leave assessed_points out",
    ]


def test_an_amendment_mends_what_could_not_be_scored() -> None:
    ledger = ledger_of([found("a", "3.99")])
    for call in (score_all, tally):
        with pytest.raises(ScoringError):
            call(ledger, ERROR_POINTS, YEAR)
    mended = ledger.amend(found("a", "3.9"), at=NOON, reason="misspelt")
    assert counted_in(mended) == {"a": "2"}


def test_one_manager_is_told_of_their_own() -> None:
    with pytest.raises(ScoringError) as caught:
        score(ledger_of(WRONG), ERROR_POINTS, YEAR, manager="RM-02")
    assert [problem.violation_id for problem in caught.value.problems] == ["c"]


def test_what_would_not_count_is_not_looked_at() -> None:
    past = found("a", "9.9", occurred_on=date(2020, 1, 1))
    struck = ledger_of([past, found("b", "9.9"), found("c", "2.1")]).reverse(
        "b", at=NOON, reason="no such rule"
    )
    assert scored(struck)["RM-01"].points == 1


def test_beyond_a_bound_what_is_wrong_is_counted() -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS + 5)]
    good = [found("W-1", "2.1"), found("W-2", "2.3")]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of([*many, *good]), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.more == 5
    assert str(caught.value).endswith("and 5 more")


@pytest.mark.parametrize("call", [score_all, tally])
def test_up_to_the_bound_every_problem_is_listed_and_nothing_is_left_to_count(call: Any) -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS)]
    with pytest.raises(ScoringError) as caught:
        call(ledger_of(many), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS == 100
    assert caught.value.more == 0
    assert " more" not in str(caught.value)


def test_beyond_the_bound_each_thing_wrong_is_counted() -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS - 1)]
    last = found("W-1", "9.9", circumstances=["one", "two", "three"])
    beyond = [found("W-2", "9.9", circumstances=["one"]), found("W-3", "2.1")]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of([*many, last, *beyond]), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.problems[-1].violation_id == "W-1"
    assert caught.value.more == 3 + 2


@pytest.mark.parametrize("managers", [(), ["RM-01"], ("RM-03", "RM-02", "RM-03"), {"RM-04"}])
def test_whoever_is_named_or_has_a_violation_is_there_once_by_id(managers: Iterable[str]) -> None:
    ledger = ledger_of([found("a", "2.1", manager="RM-10"), found("b", "2.1")])
    expected = dict.fromkeys(managers, 0) | {"RM-10": 1, "RM-01": 1}
    totals = tally(ledger, ERROR_POINTS, YEAR, managers=iter(managers))
    assert totals == expected
    assert list(totals) == sorted(expected)
    assert list(score_all(ledger, ERROR_POINTS, YEAR, managers=iter(managers))) == list(totals)


LEDGER = Ledger()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: score_all([], ERROR_POINTS, YEAR),  # type: ignore[arg-type]
            "scoring: ledger is []; allowed: a Ledger",
        ),
        (
            lambda: tally(LEDGER, {}, YEAR),  # type: ignore[arg-type]
            "scoring: rulebook is {}; allowed: a Rulebook",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, 2025, manager="RM-01"),  # type: ignore[arg-type]
            "scoring: period is 2025; allowed: a Period",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, policy=None),  # type: ignore[arg-type]
            "scoring: policy is None; allowed: a Policy",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, as_of=date(2025, 1, 1)),  # type: ignore[arg-type]
            "scoring: as_of is datetime.date(2025, 1, 1); allowed: a datetime with a time zone, "
            "in the years 1 to 9999 of UTC",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, YEAR, manager=""),
            "score: manager is ''; allowed: the id of a manager",
        ),
        (
            lambda: tally(LEDGER, ERROR_POINTS, YEAR, managers="RM-01"),
            "scoring: managers is 'RM-01'; allowed: a list of ids of managers",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, managers=[5]),  # type: ignore[list-item]
            "scoring: managers is (5,); allowed: a list of ids of managers",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_told(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value) == message


def test_an_appraisal_that_was_changed_does_not_come_out_as_it_is() -> None:
    appraisal = scored(ledger_of([i("a", "3.2a"), i("b", "3.3")]))["RM-01"]
    assert rescore(appraisal) == appraisal
    forged = attrs.evolve(appraisal, points=Decimal(4), score=Decimal(96))
    assert rescore(forged) == appraisal
    other = attrs.evolve(appraisal, policy=CUMULATIVE)
    assert rescore(other).points == 10
    wrong = attrs.evolve(appraisal.lines[0], violation=found("a", "9.9"))
    with pytest.raises(ScoringError, match=r'violation "a": rule "9\.9" is not in'):
        rescore(attrs.evolve(appraisal, lines=(wrong,)))
    with pytest.raises(FieldError, match="rescore: appraisal is None; allowed: an Appraisal"):
        rescore(None)  # type: ignore[arg-type]


def test_what_was_moved_into_an_appraisal_does_not_come_out_with_it() -> None:
    appraisal = scored(ledger_of([found("a", "2.1"), found("b", "2.3")]))["RM-01"]
    first, second = appraisal.lines
    for forged in (
        attrs.evolve(appraisal, manager="RM-02"),
        attrs.evolve(appraisal, period=Period.quarter(2025, 4)),
        attrs.evolve(appraisal, lines=(first, second, second), points=Decimal(5)),
    ):
        assert rescore(forged) != forged
        assert rescore(rescore(forged)) == rescore(forged)


def test_a_step_names_others_up_to_a_bound() -> None:
    others = [i(f"V-{n:02}", "3.8") for n in range(MAXIMUM_NAMED + 5)]
    appraisal = scored(ledger_of([i("Z", "3.18"), *reversed(others)]))["RM-01"]
    step = appraisal.lines[-1].steps[-1]
    assert step.effect.value == "gave-way"
    assert step.because_of == tuple(f"V-{n:02}" for n in range(MAXIMUM_NAMED))
