"""Stages: one table, which totals and explained appraisals both follow."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Effect,
    Facts,
    PendingAppeals,
    Policy,
    Rule,
    Rulebook,
    Stage,
    Text,
    UnstatedUnit,
    score,
    score_all,
    tally,
)
from cmappraisal.scoring import STAGES, Pipeline, Row, Scope, stages
from cmappraisal.scoring.moves import Move
from cmappraisal.standards import Citation, Deduction, Part, Unit
from worked_cases import CUMULATIVE, ONCE, SIDE_BY_SIDE, YEAR, found, i, ledger_of


def test_the_table_has_every_stage_once_in_the_order_of_scoring() -> None:
    assert [row.stage for row in STAGES] == list(Stage)


def test_individual_stages_come_before_those_that_look_at_several_lines() -> None:
    scopes = [row.scope for row in STAGES]
    assert scopes == sorted(scopes, key=list(Scope).index)
    for row in STAGES:
        assert (row.tie is not None) == (row.scope is Scope.PERIOD)


PLAIN = Rulebook(
    "plain",
    "1",
    text=Text.same("plain"),
    parts=[
        Part(
            "1",
            Text.same("part"),
            rules=[
                Rule(
                    "1.1",
                    Text.same("rule"),
                    penalty=Deduction(1, Unit.OCCURRENCE),
                    citation=Citation("1.1"),
                )
            ],
        )
    ],
)


@pytest.mark.parametrize(
    ("rulebook", "policy", "used"),
    [
        (ERROR_POINTS, Policy(), {Stage.DISPLACE, Stage.CONCUR}),
        (ERROR_POINTS, ONCE, {Stage.DISPLACE, Stage.CONCUR, Stage.ONCE_A_PERIOD}),
        (ERROR_POINTS, CUMULATIVE, {Stage.DISPLACE}),
        # A residual rule gives way whatever the policy says of special rules.
        (ERROR_POINTS, SIDE_BY_SIDE, {Stage.DISPLACE, Stage.CONCUR}),
        (PLAIN, Policy(), {Stage.CONCUR}),
        (PLAIN, CUMULATIVE, set()),
        (PLAIN, ONCE, {Stage.CONCUR}),
    ],
    ids=[
        "default",
        "once",
        "cumulative",
        "side by side",
        "plain",
        "plain cumulative",
        "plain once",
    ],
)
def test_a_stage_that_standard_and_policy_do_not_use_is_left_out(
    rulebook: Rulebook, policy: Policy, used: set[Stage]
) -> None:
    pipeline = Pipeline.of(rulebook, policy)
    assert {row.stage for row in pipeline.settling} == used
    assert [row.stage for row in pipeline.individual] == list(Stage)[:5]


def test_a_suspended_violation_meets_no_stage_but_those_that_say_so() -> None:
    policy = Policy(pending_appeals=PendingAppeals.SUSPEND)
    facts = Facts("3.15", refers_to="3.2b", circumstances=frozenset({"risk"}), under_appeal=True)
    judgement = Pipeline.of(ERROR_POINTS, policy).judge(facts)
    assert [step.effect for step in judgement.steps] == [Effect.APPEAL_SUSPENDS, Effect.REFERRED]
    assert (judgement.points, judgement.suspended, judgement.ties) == (Decimal(0), True, {})
    assert judgement.rule is ERROR_POINTS["3.2b"]


def test_only_lines_that_are_tied_to_others_are_settled() -> None:
    pipeline = Pipeline.of(ERROR_POINTS, ONCE)
    violations = [found("a", "2.1"), i("b", "2.3"), found("c", "1.8"), i("d", "2.1")]
    charges = [(each, pipeline.judge(Facts.of(each))) for each in violations]
    assert list(pipeline.settle(charges)) == ["d"]
    assert pipeline.settle(charges[:3]) == {}
    [line] = pipeline.settle(charges).values()
    assert (str(line.points), line.counts, str(line.judgement.points)) == ("0", False, "1")


def doubled_stage(question: Any, points: Decimal) -> Iterator[Move]:
    yield Move(Effect.NO_EFFECT, points, "aggravation")


def halved_together(lines: Any, policy: Policy) -> Iterator[tuple[Any, Move]]:
    for line in lines:
        yield line, Move(Effect.CONCURRENT, -line.points / 2, "concurrence")


@pytest.mark.parametrize(
    ("row", "points"),
    [
        (Row(Stage.AGGRAVATE, Scope.INDIVIDUAL, doubled_stage), "26"),
        (Row(Stage.CONCUR, Scope.INCIDENT, halved_together, least=1), "9"),
        (
            Row(
                Stage.ONCE_A_PERIOD,
                Scope.PERIOD,
                halved_together,
                tie=lambda question: "all",
                least=1,
            ),
            "6.5",
        ),
    ],
    ids=["individual", "incident", "period"],
)
def test_a_row_that_is_added_changes_totals_and_appraisals_alike(
    row: Row, points: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_of(
        [
            found("a", "2.1"),
            i("b", "2.3", quantity=2),
            found("c", "2.3"),
            i("d", "2.3", quantity=2),
            found("e", "2.3"),
        ]
    )
    policy = Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE)
    assert tally(ledger, ERROR_POINTS, YEAR, policy=policy) == {"RM-01": 13}
    monkeypatch.setattr(stages, "STAGES", (*STAGES, row))
    expected = Decimal(points)
    assert tally(ledger, ERROR_POINTS, YEAR, policy=policy) == {"RM-01": expected}
    (appraisal,) = score_all(ledger, ERROR_POINTS, YEAR, policy=policy).values()
    assert appraisal.points == expected
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=policy) == appraisal
    for line in appraisal.lines:
        assert line.points == sum(step.change for step in line.steps)


SPECIAL = attrs.evolve(
    PLAIN,
    parts=[
        attrs.evolve(
            PLAIN.parts[0],
            rules=[
                PLAIN["1.1"],
                attrs.evolve(
                    PLAIN["1.1"], id="1.2", citation=Citation("1.2"), displaces=frozenset({"1.1"})
                ),
            ],
        )
    ],
)


@pytest.mark.parametrize(
    ("policy", "used"),
    [(Policy(), [Stage.DISPLACE, Stage.CONCUR]), (SIDE_BY_SIDE, [Stage.CONCUR])],
    ids=["special over general", "side by side"],
)
def test_without_a_residual_rule_the_policy_decides_whether_rules_are_displaced(
    policy: Policy, used: list[Stage]
) -> None:
    assert [row.stage for row in Pipeline.of(SPECIAL, policy).settling] == used


def noted(question: Any, points: Decimal) -> Iterator[Move]:
    yield Move(Effect.REFERRED, Decimal(0), "pending_appeals")


def test_a_suspended_violation_meets_its_stages_wherever_they_are_in_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stages, "STAGES", (*STAGES, Row(Stage.RESOLVE, Scope.INDIVIDUAL, noted)))
    pipeline = Pipeline.of(ERROR_POINTS, Policy(pending_appeals=PendingAppeals.SUSPEND))
    judgement = pipeline.judge(Facts("2.1", under_appeal=True))
    assert [step.effect for step in judgement.steps] == [Effect.APPEAL_SUSPENDS, Effect.REFERRED]
