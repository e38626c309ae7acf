"""Audits: an appraisal that disagrees with itself or with its rulebook is found out."""

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Appraisal,
    Assumption,
    CountedOn,
    Edition,
    Editions,
    Grade,
    Line,
    Policy,
    ProblemCode,
    Provision,
    Rulebook,
    Subtotal,
)
from cmappraisal.scoring.audits import disagreements
from cmappraisal.scoring.bounding import Summed
from cmappraisal.scoring.outcomes import subtotals_of, sums_by_part
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards import Cap, Clause, Consequence, Part, Status
from worked_cases import TEXT, YEAR, book, found, i, ledger_of, rule, scored

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
    "answering with oneself": (of_line(0, answers_as="head"), {"$.lines[0].answers_as"}),
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


# A standard of two editions, the first with a clause and a consequence.

CLAUSE = Clause("G", TEXT, citation="9", cap=Cap(30), answers={"full_marks": 100})
TWO = Editions(
    [
        Edition(
            book(
                rule("1", 5, aggravated_by=["loss"], consequences=["fine", "revoked"]),
                rule("2", 1),
                circumstances=["loss"],
                clauses=[CLAUSE],
                consequences=[
                    Consequence("fine", TEXT, money=200),
                    Consequence("revoked", TEXT, status=Status.REVOKED),
                ],
            ),
            last=date(2025, 6, 30),
        ),
        Edition(book(rule("1", 7), rule("3", 1), edition="2"), date(2025, 7, 1)),
    ]
)
OF_TWO = scored(
    ledger_of(
        [
            found("a", "1", quantity=9, circumstances=["loss"]),
            found("b", "1", occurred_on=date(2025, 7, 1)),
        ]
    ),
    rulebook=TWO,
)["RM-01"]
FINE, REVOKE = (
    place for place, step in enumerate(OF_TWO.lines[0].steps) if step.consequence is not None
)


def of_two(place: int, **fields: Any) -> Appraisal:
    """The appraisal by two editions, with a step of its first line changed."""
    first, second = OF_TWO.lines
    steps = list(first.steps)
    steps[place] = attrs.evolve(steps[place], **fields)
    return attrs.evolve(OF_TWO, lines=[attrs.evolve(first, steps=steps), second])


def in_edition(name: str) -> Appraisal:
    """The appraisal by two editions, with its second line under another one."""
    first, second = OF_TWO.lines
    return attrs.evolve(OF_TWO, lines=[first, attrs.evolve(second, edition=name)])


def given(id: str, field: str, edition: str = "1") -> Provision:
    return Provision(id, field, edition=edition)


FORGED |= {
    "a line of an unknown edition": (in_edition("3"), {"$.lines[1].edition"}),
    "two lines of an unknown edition": (
        attrs.evolve(OF_TWO, lines=[attrs.evolve(line, edition="3") for line in OF_TWO.lines]),
        {"$.lines[0].edition", "$.lines[1].edition"},
    ),
    # Its reason stays in the second edition, whose rule it is; both have the rule.
    "a step of an unknown edition": (
        of_two(0, reason=given("1", "penalty", "3")),
        {"$.lines[0].steps[0].reason.edition"},
    ),
    "a policy of an unknown edition": (
        of_two(1, reason=Assumption("aggravation", edition="3")),
        {"$.lines[0].steps[1].reason.edition"},
    ),
    "an unknown clause": (
        of_two(0, reason=given("H", "cap")),
        {"$.lines[0].steps[0].reason.id"},
    ),
    "a clause of another edition": (
        of_two(0, reason=given("G", "cap", "2")),
        {"$.lines[0].steps[0].reason.id"},
    ),
    "a field that a rule has not": (
        of_two(0, reason=given("1", "limitation")),
        {"$.lines[0].steps[0].reason.field"},
    ),
    "a field that a clause has not": (
        of_two(0, reason=given("G", "penalty")),
        {"$.lines[0].steps[0].reason.field"},
    ),
    "a field that a clause does not answer": (
        of_two(0, reason=given("G", "floor")),
        {"$.lines[0].steps[0].reason.field"},
    ),
    "an unknown consequence": (
        of_two(FINE, consequence="prison"),
        {f"$.lines[0].steps[{FINE}].consequence"},
    ),
    "a consequence that revokes nothing": (
        of_two(REVOKE, consequence="fine"),
        {"$.lines[0].revokes"},
    ),
    "a circumstance of another edition": (
        attrs.evolve(
            OF_TWO,
            lines=[
                OF_TWO.lines[0],
                attrs.evolve(
                    OF_TWO.lines[1],
                    steps=[attrs.evolve(OF_TWO.lines[1].steps[0], circumstances=["loss"])],
                ),
            ],
        ),
        {"$.lines[1].steps[0].circumstances"},
    ),
}


@pytest.mark.parametrize(
    "reason",
    [
        given("1", "penalty"),
        given("G", "cap"),
        given("G", "full_marks"),
        given("3", "penalty", "2"),
        Assumption("aggravation", edition="2"),
    ],
    ids=str,
)
def test_what_a_step_may_read_is_no_disagreement(reason: Any) -> None:
    assert list(disagreements(of_two(0, reason=reason))) == []


def test_two_editions_as_scoring_makes_them_agree() -> None:
    assert list(disagreements(OF_TWO)) == []
    assert [(line.edition, int(line.points)) for line in OF_TWO.lines] == [("1", 30), ("2", 7)]


def test_subtotals_have_the_parts_of_the_closing_edition_first() -> None:
    def of(edition: str, *ids: str) -> Rulebook:
        return book(edition=edition, parts=[Part(id, TEXT, rules=[rule(id, 1)]) for id in ids])

    old, new = of("1", "9", "1"), of("2", "2", "1")
    standard = Editions([Edition(old, last=date(2025, 6, 30)), Edition(new, date(2025, 7, 1))])
    violations = [found("a", "9"), found("b", "1"), found("c", "1", occurred_on=date(2025, 7, 1))]
    (appraisal,) = scored(ledger_of(violations), rulebook=standard).values()
    assert [(each.part, int(each.points)) for each in appraisal.subtotals] == [
        *(("2", 0), ("1", 2), ("9", 1)),
    ]
    terms = {each.rulebook.edition: Terms.of(each, Policy()) for each in standard}
    lines = [Summed.of_line(line, terms[line.edition]) for line in appraisal.lines]
    assert appraisal.subtotals == subtotals_of(sums_by_part(lines, new), ())


def test_an_appraisal_as_scoring_makes_it_agrees_with_itself() -> None:
    assert list(disagreements(APPRAISAL)) == []


@pytest.mark.parametrize(("forged", "paths"), FORGED.values(), ids=list(FORGED))
def test_each_disagreement_has_its_place(forged: Appraisal, paths: set[str]) -> None:
    problems = list(disagreements(forged))
    assert {problem.path for problem in problems} == paths
    missing = {"rule", "reason", "edition", "circumstances", "consequence"}
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


def test_an_assumption_needs_no_rulebook() -> None:
    assert list(disagreements(with_step(reason=Assumption("floor")))) == []


MESSAGES = {
    "revoked": "is not what the lines make",
    "a subtotal": "is not what the lines make",
    "a line that revokes": "is not what the steps say",
    "a violation twice": "is that of $.lines[0] too",
    "lines out of order": "comes after a line of a later day or id",
    "another manager": "is not the appraisal's (RM-02)",
    "answering with oneself": "is of the doer, who answers for nobody else here",
    "another period": "is not in the period (2024-01-01..2024-12-31)",
    "a rule of another rulebook": 'rule "9.9" is not in rulebook "error-points 1.0"',
    "a violation of another rulebook": 'rule "9.9" is not in rulebook "error-points 1.0"',
    "a reason of another rulebook": 'rule or clause "9.9" is not in rulebook "error-points 1.0"',
    "a reason of another edition": 'edition "2.0" is not in the standard; known: 1.0',
    "a line of an unknown edition": 'edition "3" is not in the standard; known: 1, 2',
    "a policy of an unknown edition": 'edition "3" is not in the standard; known: 1, 2',
    "an unknown clause": 'rule or clause "H" is not in rulebook "own 1"',
    "a clause of another edition": 'rule or clause "G" is not in rulebook "own 2"',
    "a field that a rule has not": 'limitation is no field of "1"',
    "a field that a clause does not answer": (
        'floor is no field of "G"; known: aggravated_by, mitigated_by, again, responsible, '
        "cap, limitation, balance, clean_time, thresholds, full_marks"
    ),
    "an unknown consequence": 'consequence "prison" is not in rulebook "own 1"',
    "a circumstance of another edition": 'circumstance "loss" is not in rulebook "own 2"',
    "a circumstance of another rulebook": (
        'circumstance "weather" is not in rulebook "error-points 1.0"'
    ),
}


@pytest.mark.parametrize(("name", "message"), MESSAGES.items(), ids=list(MESSAGES))
def test_each_disagreement_says_what_disagrees(name: str, message: str) -> None:
    forged, _ = FORGED[name]
    assert next(iter(disagreements(forged))).message.partition("; known: penalty")[0] == message
