"""Stages: one table, which totals and explained appraisals both follow."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    Edition,
    Editions,
    Effect,
    Facts,
    GoverningEdition,
    PendingAppeals,
    Policy,
    Provision,
    Rulebook,
    Stage,
    UnstatedUnit,
    score,
    score_all,
    tally,
)
from cmappraisal.acts import Act
from cmappraisal.scoring import STAGES, Judgement, Pipeline, Row, Scope, stages
from cmappraisal.scoring.moves import Move
from cmappraisal.standards import Between, Cap, Clause, Consequence, Referral, SetTo, Waive
from worked_cases import (
    CUMULATIVE,
    ONCE,
    SIDE_BY_SIDE,
    TEXT,
    YEAR,
    book,
    counted,
    found,
    held_by,
    i,
    ledger_of,
    pipeline_of,
    rule,
)


def test_what_was_judged_is_kept_by_standard_and_policy() -> None:
    pipeline = pipeline_of(PLAIN, Policy(floor=1))
    judgement = pipeline.judged(Facts("1.1"))
    assert pipeline_of(book(rule("1.1", 1)), Policy(floor=1)).judged(Facts("1.1")) is judgement
    assert pipeline_of(PLAIN, Policy(floor=2)).judged(Facts("1.1")) is not judgement
    assert held_by(pipeline.judge(Facts("1.1"))) == held_by(judgement)


def test_of_what_is_judged_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_KEPT_JUDGEMENTS", 1)
    pipeline = pipeline_of(PLAIN, Policy(floor=3))
    kept, other = (pipeline.judged(Facts("1.1", quantity)) for quantity in (1, 2))
    assert pipeline.judged(Facts("1.1", 1)) is kept
    again = pipeline.judged(Facts("1.1", 2))
    assert again is not other
    assert held_by(again) == held_by(other)


def incident_of(pipeline: Pipeline, id: str, *rules: str) -> list[tuple[Act, Judgement]]:
    """Violations of one incident, each with its judgement."""
    charges: list[tuple[Act, Judgement]] = []
    for place, rule_id in enumerate(rules):
        judged = pipeline.judged(Facts(rule_id))
        assert isinstance(judged, Judgement)
        charges.append((found(f"{id}-{place}", rule_id, incident=id), judged))
    return charges


def test_what_becomes_of_an_incident_is_kept_for_the_next_that_is_judged_alike() -> None:
    pipeline = pipeline_of(policy=Policy(floor=4))
    one, other = (incident_of(pipeline, id, "2.1", "2.3") for id in ("I", "J"))
    assert pipeline.settled_points(one) == {"I-0": 0}
    assert pipeline.settled_points([*one, *other]) == {"I-0": 0, "J-0": 0}
    assert list(pipeline.settled) == [tuple(judgement for _, judgement in other)]
    assert pipeline.settled_points(incident_of(pipeline, "K", "2.3", "2.1")) == {"K-1": 0}
    assert pipeline.settled_points(incident_of(pipeline, "L", "2.1")) == {}
    assert len(pipeline.settled) == 2


def test_of_what_became_of_incidents_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_KEPT_SETTLEMENTS", 1)
    pipeline = pipeline_of(policy=Policy(floor=5))
    for id in ("I", "J"):
        assert pipeline.settled_points(incident_of(pipeline, id, "2.1", "2.3")) == {f"{id}-0": 0}
        assert pipeline.settled_points(incident_of(pipeline, id, "2.3", "2.1")) == {f"{id}-1": 0}
    assert len(pipeline.settled) == 1


def test_judgements_that_are_not_kept_are_never_taken_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(stages, "_KEPT_JUDGEMENTS", 0)
    pipeline = pipeline_of(policy=Policy(floor=6))
    for place in range(50):
        rules = ("2.1", "2.3") if place % 2 else ("2.3", "2.1")
        charges = incident_of(pipeline, "I", *rules)
        assert pipeline.settled_points(charges) == {f"I-{rules.index('2.1')}": 0}
        del charges


def test_what_depends_on_ids_or_on_the_whole_period_is_not_kept() -> None:
    assert {row.scope for row in STAGES if row.by_judgement} == {Scope.INCIDENT}
    pipeline = pipeline_of(policy=ONCE)
    charges = [*incident_of(pipeline, "I", "2.1", "2.3"), *incident_of(pipeline, "J", "1.8", "2.1")]
    assert pipeline.settled_points(charges) == {
        id: line.points for id, line in pipeline.settle(charges).items()
    }
    assert pipeline.settled == {}


def test_the_table_has_every_stage_once_in_the_order_of_scoring() -> None:
    assert [row.stage for row in STAGES] == list(Stage)


def test_individual_stages_come_before_those_that_look_at_several_lines() -> None:
    scopes = [row.scope for row in STAGES]
    assert scopes == sorted(scopes, key=list(Scope).index)
    for row in STAGES:
        assert (row.tie is not None) == (row.scope is Scope.PERIOD)


PLAIN = book(rule("1.1", 1))
# The individual stages that any standard uses.
ALWAYS = [
    *(Stage.UPHOLD, Stage.EDITION, Stage.LIMITATION, Stage.RESOLVE),
    *(Stage.QUANTIFY, Stage.AGGRAVATE, Stage.DECIDE, Stage.FOLLOW),
]


def individual_stages(rulebook: Rulebook, policy: Policy) -> list[Stage]:
    rows = pipeline_of(rulebook, policy).rows[rulebook.edition]
    return [row.stage for row in rows if row.scope is Scope.INDIVIDUAL]


def stated(**fields: Any) -> Rulebook:
    """A standard whose one clause states something about every rule."""
    clause = Clause("G", TEXT, citation="9", **fields)
    return book(rule("1.1", 1), circumstances=["c"], clauses=[clause])


@pytest.mark.parametrize(
    ("rulebook", "policy", "more"),
    [
        (book(rule("1", Between(1, 2))), Policy(), {Stage.AMOUNT}),
        (
            book(rule("1", 1, aggravated_by={"c": SetTo(2)}), circumstances=["c"]),
            Policy(),
            {Stage.AMOUNT},
        ),
        (
            book(rule("1", 2, mitigated_by={"c": SetTo(1)}), circumstances=["c"]),
            Policy(),
            {Stage.AMOUNT, Stage.MITIGATE},
        ),
        (stated(aggravated_by={"c": SetTo(2)}), Policy(), {Stage.AMOUNT}),
        (stated(aggravated_by=["c"]), Policy(), set()),
        (stated(mitigated_by={"c": Waive()}), Policy(), {Stage.MITIGATE}),
        (stated(mitigated_by=["c"]), Policy(), {Stage.MITIGATE}),
        (PLAIN, Policy(smallest_unit="0.5"), {Stage.MITIGATE}),
        (stated(answers={"smallest_unit": "0.5"}), Policy(), {Stage.MITIGATE}),
        (stated(cap=Cap(3)), Policy(), {Stage.CAP}),
        (book(rule("1", 1, cap=Cap(3))), Policy(), {Stage.CAP}),
        (
            book(
                rule("1", 1),
                rule("2", Referral(to=["1"])),
                rule("3", consequences=["fine"]),
                consequences=[Consequence("fine", TEXT)],
            ),
            Policy(),
            set(),
        ),
    ],
    ids=[
        *("a range", "heavier by a set amount", "lighter by a set amount", "a clause sets"),
        *("a clause aggravates", "a clause waives", "a clause mitigates"),
        *("a smallest unit", "a clause's smallest unit", "a clause's cap", "a rule's cap"),
        "no points",
    ],
)
def test_an_individual_stage_is_there_where_a_rule_a_clause_or_the_policy_uses_it(
    rulebook: Rulebook, policy: Policy, more: set[Stage]
) -> None:
    expected = [stage for stage in Stage if stage in {*ALWAYS, *more}]
    assert individual_stages(rulebook, policy) == expected


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
    pipeline = pipeline_of(rulebook, policy)
    assert {row.stage for row in pipeline.settling} == used
    assert individual_stages(rulebook, policy) == ALWAYS


def test_a_suspended_violation_meets_no_stage_but_those_that_say_so() -> None:
    policy = Policy(pending_appeals=PendingAppeals.SUSPEND)
    facts = Facts("3.15", refers_to="3.2b", circumstances=frozenset({"risk"}), under_appeal=True)
    judgement = pipeline_of(policy=policy).judge(facts)
    assert [step.effect for step in judgement.steps] == [Effect.APPEAL_SUSPENDS, Effect.REFERRED]
    assert (judgement.points, judgement.is_out, judgement.ties) == (Decimal(0), True, {})
    assert judgement.rule is ERROR_POINTS["3.2b"]


def test_only_lines_that_are_tied_to_others_are_settled() -> None:
    pipeline = pipeline_of(policy=ONCE)
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


def add_row(monkeypatch: pytest.MonkeyPatch, row: Row) -> None:
    """Add a row to the table, from which no pipeline is made that is kept."""
    monkeypatch.setattr(stages, "STAGES", (*STAGES, row))
    monkeypatch.setattr(Pipeline, "of", Pipeline.of.__wrapped__.__get__(Pipeline))


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
    add_row(monkeypatch, row)
    expected = Decimal(points)
    assert tally(ledger, ERROR_POINTS, YEAR, policy=policy) == {"RM-01": expected}
    (appraisal,) = score_all(ledger, ERROR_POINTS, YEAR, policy=policy).values()
    assert appraisal.points == expected
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=policy) == appraisal
    for line in appraisal.lines:
        assert line.points == sum(step.change for step in line.steps)


SPECIAL = book(rule("1.1", 1), rule("1.2", 1, displaces=["1.1"]))


@pytest.mark.parametrize(
    ("policy", "used"),
    [(Policy(), [Stage.DISPLACE, Stage.CONCUR]), (SIDE_BY_SIDE, [Stage.CONCUR])],
    ids=["special over general", "side by side"],
)
def test_without_a_residual_rule_the_policy_decides_whether_rules_are_displaced(
    policy: Policy, used: list[Stage]
) -> None:
    assert [row.stage for row in pipeline_of(SPECIAL, policy).settling] == used


def noted(question: Any, points: Decimal) -> Iterator[Move]:
    yield Move(Effect.REFERRED, Decimal(0), "pending_appeals")


def test_a_suspended_violation_meets_its_stages_wherever_they_are_in_the_table(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add_row(monkeypatch, Row(Stage.RESOLVE, Scope.INDIVIDUAL, noted))
    pipeline = pipeline_of(policy=Policy(pending_appeals=PendingAppeals.SUSPEND))
    judgement = pipeline.judge(Facts("2.1", under_appeal=True))
    assert [step.effect for step in judgement.steps] == [Effect.APPEAL_SUSPENDS, Effect.REFERRED]


# Several editions in one incident.

FIRST = date(2025, 7, 1)


def of_edition(name: str, points: int, **answers: Any) -> Rulebook:
    clause = Clause("G", TEXT, citation="9", answers=answers)
    rules = rule("1", points), rule("2", 3, displaces=["1"]), rule("3", 1, residual="all")
    return book(*rules, edition=name, clauses=[clause])


@pytest.mark.parametrize(
    ("old", "new", "points"),
    [
        # "2" displaces "1", and "3" gives way to both.
        ({}, {}, {"a": "0", "b": "3", "c": "0"}),
        ({"displacement": "none"}, {"displacement": "none"}, {"a": "5", "b": "0", "c": "0"}),
        # The latest edition among the lines of the incident decides what they do to one another.
        ({}, {"displacement": "none"}, {"a": "5", "b": "0", "c": "0"}),
        ({"displacement": "none"}, {}, {"a": "0", "b": "3", "c": "0"}),
        (
            {},
            {"displacement": "none", "concurrence": "cumulative"},
            {"a": "5", "b": "3", "c": "0"},
        ),
        (
            {"displacement": "none", "concurrence": "cumulative"},
            {},
            {"a": "0", "b": "3", "c": "0"},
        ),
    ],
    ids=["alike", "none alike", "new none", "old none", "new adds up", "old adds up"],
)
def test_the_latest_edition_of_an_incident_settles_it(
    old: dict[str, Any], new: dict[str, Any], points: dict[str, str]
) -> None:
    standard = Editions(
        [
            Edition(of_edition("old", 5, **old), last=FIRST - timedelta(1)),
            Edition(of_edition("new", 9, **new), FIRST),
        ]
    )
    violations = [i("a", "1"), i("b", "2", occurred_on=FIRST), i("c", "3")]
    assert counted(*violations, rulebook=standard) == points
    # An incident under the old edition alone is settled by that, whatever closes the period.
    settled_alone = counted(*violations, rulebook=Editions([Edition(standard.rulebooks[0])]))
    early = [i("a", "1"), i("b", "2"), i("c", "3")]
    assert counted(*early, rulebook=standard) == settled_alone


@pytest.mark.parametrize("displaces", [(), ["2"]], ids=["without ties", "with another tie"])
@pytest.mark.parametrize("old", [{}, {"displacement": "none"}], ids=["alike", "old none"])
def test_a_rule_displaces_beside_a_later_edition_whatever_that_says_of_other_rules(
    old: dict[str, Any], displaces: Iterable[str]
) -> None:
    clause = Clause("G", TEXT, citation="9", answers=old)
    rules = [rule("1", 10), rule("2", 5)]
    standard = Editions(
        [
            Edition(
                book(*rules, rule("3", 1, displaces=["1"]), edition="old", clauses=[clause]),
                last=FIRST - timedelta(1),
            ),
            Edition(book(*rules, rule("3", 1, displaces=displaces), edition="new"), FIRST),
        ]
    )
    violations = [i("a", "3"), i("b", "1", occurred_on=FIRST)]
    assert counted(*violations, rulebook=standard) == {"a": "1", "b": "0"}


def test_a_reason_of_settlement_is_read_in_the_edition_of_the_line_or_of_the_incident() -> None:
    standard = Editions(
        [
            Edition(of_edition("old", 5), last=FIRST - timedelta(1)),
            Edition(of_edition("new", 9, displacement="special-over-general"), FIRST),
        ]
    )
    violations = [i("a", "1"), i("b", "2", occurred_on=FIRST), i("c", "3")]
    (appraisal,) = score_all(ledger_of(violations), standard, YEAR).values()
    last = {line.violation.id: line.steps[-1].reason for line in appraisal.lines}
    assert last["a"] == Provision("G", "displacement", edition="new")
    assert last["c"] == Provision("3", "residual", edition="old")


def test_a_stage_is_used_where_any_edition_uses_it() -> None:
    with_cap = book(rule("1", 5, cap=Cap(3)))
    assert pipeline_of(with_cap).uses(Stage.CAP)
    assert not pipeline_of(with_cap).uses(Stage.AGAIN)


def test_an_edition_that_no_line_has_uses_its_own_rows() -> None:
    standard = Editions(
        [
            Edition(of_edition("old", 5), last=FIRST - timedelta(1)),
            Edition(book(rule("1", 5), edition="new"), FIRST),
        ]
    )
    pipeline = Pipeline.of(standard, CUMULATIVE, standard.closing(FIRST))
    assert [row.stage for row in pipeline.settling] == [Stage.DISPLACE]
    assert Stage.DISPLACE not in {row.stage for row in pipeline.rows["new"]}
    assert pipeline.terms_of(Facts("1")) is pipeline.closing
    assert pipeline.terms_of(Facts("1", edition="old")) is pipeline.terms["old"]


def test_which_edition_governs_is_read_in_the_one_that_closes_the_period() -> None:
    last = date(2025, 10, 1)
    closing = Clause("G", TEXT, citation="9", answers={"governing_edition": "recorded"})
    standard = Editions(
        [
            Edition(of_edition("old", 5), last=FIRST - timedelta(1)),
            Edition(of_edition("new", 9), FIRST, last=last - timedelta(1)),
            Edition(book(rule("1", 7), edition="latest", clauses=[closing]), last),
        ]
    )
    ledger = ledger_of([found("a", "1", recorded_on=FIRST)])
    (appraisal,) = score_all(ledger, standard, YEAR).values()
    [line] = appraisal.lines
    assert (line.edition, int(line.points)) == ("new", 9)
    assert line.steps[0].reason == Provision("G", "governing_edition", edition="latest")
    assert appraisal.value_of(line.steps[0].reason) is GoverningEdition.RECORDED


def test_money_is_that_of_the_consequences_unless_the_decision_sets_it() -> None:
    consequences = [Consequence("fine", TEXT, money=200), Consequence("talk", TEXT)]
    fined = book(rule("1", 1, consequences=["fine", "talk"]), consequences=consequences)
    pipeline = pipeline_of(fined)
    assert pipeline.judge(Facts("1")).money == 200
    assert pipeline.judge(Facts("1", decided_money=Decimal(50))).money == 50
    assert pipeline.judge(Facts("1", decided_money=Decimal(50), time_barred=True)).money == 0
