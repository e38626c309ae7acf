"""Audits: an appraisal that disagrees with itself or with its rulebook is found out."""

from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    Assumption,
    CountedOn,
    Grade,
    Line,
    Policy,
    ProblemCode,
    Provision,
    RevokedResult,
    Subtotal,
)
from cmappraisal.scoring.audits import disagreements, result_of, subtotals_of, total_of
from worked_cases import YEAR, found, i, ledger_of, scored

BANDS = [Grade("A", at_least=90, below=None), Grade("D", at_least=None, below=90)]
POLICY = Policy(grades=BANDS)
APPRAISAL = scored(
    ledger_of(
        [
            found("a", "3.2b", circumstances=["risk"]),
            i("b", "3.3"),
            i("c", "3.4"),
            found("d", "3.15", refers_to="3.9"),
        ]
    ),
    policy=POLICY,
)["RM-01"]


def with_line(index: int, line: Line) -> Appraisal:
    lines = list(APPRAISAL.lines)
    lines[index] = line
    return attrs.evolve(APPRAISAL, lines=lines)


def with_step(**fields: Any) -> Appraisal:
    line = APPRAISAL.lines[0]
    first, *rest = line.steps
    return with_line(0, attrs.evolve(line, steps=[attrs.evolve(first, **fields), *rest]))


def of_line(index: int, **fields: Any) -> Appraisal:
    return with_line(index, attrs.evolve(APPRAISAL.lines[index], **fields))


FORGED: dict[str, tuple[Appraisal, set[str]]] = {
    "points": (attrs.evolve(APPRAISAL, points=Decimal(1)), {"$.points"}),
    "score": (attrs.evolve(APPRAISAL, score=Decimal(100)), {"$.score"}),
    "no score": (attrs.evolve(APPRAISAL, score=None), {"$.score"}),
    "grade": (attrs.evolve(APPRAISAL, grade="A"), {"$.grade"}),
    "a grade of no band": (attrs.evolve(APPRAISAL, grade="Z"), {"$.grade"}),
    "revoked": (attrs.evolve(APPRAISAL, revoked=True), {"$.revoked"}),
    "a subtotal": (
        attrs.evolve(
            APPRAISAL, subtotals=[Subtotal("1", Decimal(0)), *APPRAISAL.subtotals[1:]][:3]
        ),
        {"$.subtotals"},
    ),
    "a subtotal's points": (
        attrs.evolve(APPRAISAL, subtotals=[Subtotal("1", Decimal(9)), *APPRAISAL.subtotals[1:]]),
        {"$.subtotals"},
    ),
    "a line left out": (
        attrs.evolve(APPRAISAL, lines=APPRAISAL.lines[1:]),
        {"$.points", "$.score", "$.subtotals"},
    ),
    "a line's points": (
        of_line(0, points=Decimal(3)),
        {"$.lines[0].points", "$.points", "$.score", "$.subtotals"},
    ),
    "a line that revokes": (
        of_line(0, revokes=True),
        {"$.lines[0].revokes"} | {"$.score", "$.grade", "$.revoked"},
    ),
    "a step's points": (with_step(points=Decimal(7)), {"$.lines[0].steps[0].points"}),
    "a step's change": (with_step(change=Decimal(7)), {"$.lines[0].steps[0].points"}),
    "another manager": (
        attrs.evolve(APPRAISAL, manager="RM-02"),
        {f"$.lines[{index}].violation.manager" for index in range(4)},
    ),
    "another period": (
        attrs.evolve(APPRAISAL, period=type(YEAR).year(2024)),
        {f"$.lines[{index}].violation.occurred_on" for index in range(4)},
    ),
    "a violation twice": (
        of_line(1, violation=APPRAISAL.lines[0].violation),
        {"$.lines[1].violation.id"},
    ),
    "lines out of order": (
        attrs.evolve(APPRAISAL, lines=APPRAISAL.lines[::-1]),
        {f"$.lines[{index}]" for index in range(1, 4)},
    ),
    "a rule of another rulebook": (of_line(0, rule="9.9"), {"$.lines[0].rule"}),
    "a violation of another rulebook": (
        of_line(0, violation=found("a", "9.9")),
        {"$.lines[0].violation.rule"},
    ),
    "a reason of another rulebook": (
        with_step(reason=Provision("9.9", "penalty", edition="1.0")),
        {"$.lines[0].steps[0].reason.id"},
    ),
    "a reason of another edition": (
        with_step(reason=Provision("3.2b", "penalty", edition="2.0")),
        {"$.lines[0].steps[0].reason.edition"},
    ),
    "a circumstance of another rulebook": (
        with_step(circumstances=["weather"]),
        {"$.lines[0].steps[0].circumstances"},
    ),
}


def test_an_appraisal_as_scoring_makes_it_agrees_with_itself() -> None:
    assert list(disagreements(APPRAISAL)) == []


@pytest.mark.parametrize(("forged", "paths"), FORGED.values(), ids=list(FORGED))
def test_each_disagreement_has_its_place(forged: Appraisal, paths: set[str]) -> None:
    problems = list(disagreements(forged))
    assert {problem.path for problem in problems} == paths
    missing = {"rule", "reason", "edition", "circumstances"}
    for problem in problems:
        names = set(problem.path.replace("$", "").split("."))
        code = ProblemCode.UNKNOWN_ID if names & missing else ProblemCode.DISAGREES
        assert problem.code is code
        assert problem.message


def test_a_reference_that_is_missing_is_reported_before_any_sum_is_made() -> None:
    forged = attrs.evolve(of_line(0, rule="9.9"), points=Decimal(1))
    assert [problem.path for problem in disagreements(forged)] == ["$.lines[0].rule"]


def test_by_the_day_of_recording_no_day_of_an_act_is_compared() -> None:
    policy = attrs.evolve(POLICY, counted_on=CountedOn.RECORDED)
    forged = attrs.evolve(APPRAISAL, policy=policy, period=type(YEAR).year(2024))
    assert list(disagreements(forged)) == []


def test_the_sum_of_points_is_in_its_one_form() -> None:
    assert str(total_of([])) == "0"
    assert str(total_of([Decimal("0.5"), Decimal("1.50")])) == "2"
    assert str(total_of(iter([Decimal("0.0001")] * 3))) == "0.0003"


def test_every_part_has_a_subtotal_in_the_order_of_the_standard() -> None:
    standard = APPRAISAL.standard
    assert subtotals_of([], standard, ERROR_POINTS) == tuple(
        Subtotal(part, Decimal(0)) for part in "1234"
    )
    assert subtotals_of(APPRAISAL.lines, standard, ERROR_POINTS) == APPRAISAL.subtotals


LOWEST, SHOWN = RevokedResult.LOWEST, RevokedResult.AS_SCORED


@pytest.mark.parametrize(
    ("policy", "points", "revoked", "result"),
    [
        (POLICY, "4", False, ("96", "A")),
        (POLICY, "400", False, ("0", "D")),
        (POLICY, "4", True, (None, None)),
        (attrs.evolve(POLICY, revoked_result=LOWEST), "4", True, ("0", "D")),
        (attrs.evolve(POLICY, revoked_result=LOWEST), "4", False, ("96", "A")),
        (attrs.evolve(POLICY, revoked_result=SHOWN), "4", True, ("96", "A")),
        (Policy(full_marks=None), "4", False, (None, None)),
        (Policy(full_marks=None, revoked_result=SHOWN), "4", True, (None, None)),
        (Policy(floor=None), "104.5", False, ("-4.5", None)),
        (Policy(floor=20, revoked_result=LOWEST), "0", True, ("20", None)),
    ],
)
def test_a_result_follows_from_points_policy_and_revocation(
    policy: Policy, points: str, revoked: bool, result: tuple[str | None, str | None]
) -> None:
    mark, grade = result_of(Decimal(points), policy, revoked=revoked)
    assert (None if mark is None else str(mark), grade) == result


def test_an_assumption_needs_no_rulebook() -> None:
    assert list(disagreements(with_step(reason=Assumption("floor")))) == []


MESSAGES = {
    "revoked": "is not what the lines make",
    "a subtotal": "is not what the lines make",
    "a line that revokes": "is not what the steps say",
    "a violation twice": "is that of line 0 too",
    "lines out of order": "comes after a line of a later day or id",
    "another manager": "is not the appraisal's (RM-02)",
    "another period": "is not in the period (2024-01-01..2024-12-31)",
    "a rule of another rulebook": 'rule "9.9" is not in rulebook "error-points 1.0"',
    "a violation of another rulebook": 'rule "9.9" is not in rulebook "error-points 1.0"',
    "a reason of another rulebook": 'rule "9.9" is not in rulebook "error-points 1.0"',
    "a reason of another edition": 'edition "2.0" is not in rulebook "error-points 1.0"',
    "a circumstance of another rulebook": (
        'circumstance "weather" is not in rulebook "error-points 1.0"'
    ),
}


@pytest.mark.parametrize(("name", "message"), MESSAGES.items(), ids=list(MESSAGES))
def test_each_disagreement_says_what_disagrees(name: str, message: str) -> None:
    forged, _ = FORGED[name]
    assert next(iter(disagreements(forged))).message == message
