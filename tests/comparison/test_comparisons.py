"""Comparisons: worked by hand, one aspect after the other."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Concurrence,
    Displacement,
    Edition,
    Editions,
    FieldError,
    Grade,
    Ledger,
    Multiply,
    Period,
    Policy,
    Rule,
    Tenure,
)
from cmappraisal.comparison import (
    Aspect,
    Comparison,
    ComparisonError,
    ComparisonStep,
    LineChange,
    Result,
    Situation,
    compare,
)
from cmappraisal.standards import Award, Cap, Clause, Counted, Over, Responsibility, Status, Unit
from worked_cases import NOON, TEXT, YEAR, book, found, honoured, i, ledger_of, rule

LATER = NOON + timedelta(30)
GRADES = [Grade("A", at_least=85, below=None), Grade("B", at_least=0, below=85)]
LEDGER = ledger_of([i("a", "3.2b", circumstances=["risk"]), i("b", "3.4"), found("c", "2.1")])
BEFORE = Situation(LEDGER, ERROR_POINTS, period=YEAR, manager="RM-01", policy=Policy(grades=GRADES))


def steps_of(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [
        (step.aspect.value, str(step.before.points), str(step.after.points))
        for step in comparison.steps
    ]


def lines_of(step: ComparisonStep) -> list[tuple[str, str, str]]:
    return [(line.violation, str(line.before), str(line.after)) for line in step.lines]


def numbers(*values: Decimal | None) -> tuple[int | None, ...]:
    """Points that are whole, as ints."""
    return tuple(None if value is None else int(value) for value in values)


def changed(situation: Situation = BEFORE, **fields: Any) -> Situation:
    return attrs.evolve(situation, **fields)


# One aspect.


def test_equal_situations_have_no_steps() -> None:
    comparison = compare(BEFORE, changed(ledger=Ledger(LEDGER)))
    assert comparison.steps == ()
    assert comparison.before == comparison.after == Result.of(BEFORE)
    assert (comparison.manager, comparison.period) == ("RM-01", YEAR)
    assert numbers(comparison.points, comparison.awards) == (0, 0)


def test_other_facts() -> None:
    # Of the incident a counts with 20, so b (10) does not; without a it does.
    after = changed(ledger=LEDGER.reverse("a", at=LATER, reason="no breach"))
    comparison = compare(BEFORE, after)
    (step,) = comparison.steps
    assert step.aspect is Aspect.FACTS
    assert step.fields == ()
    assert lines_of(step) == [("a", "20", "None"), ("b", "0", "10")]
    assert (str(step.points), str(step.by_caps)) == ("-10", "0")
    assert [line.change for line in step.lines] == [-20, 10]
    assert (step.before.grade, step.after.grade) == ("B", "A")
    assert numbers(step.before.score, step.after.score) == (79, 89)


def test_another_policy_names_the_fields_that_differ() -> None:
    policy = Policy(grades=GRADES, concurrence=Concurrence.CUMULATIVE, aggravation=Multiply(3))
    (step,) = compare(BEFORE, changed(policy=policy)).steps
    assert step.aspect is Aspect.POLICY
    assert step.fields == ("aggravation", "concurrence")
    assert lines_of(step) == [("a", "20", "30"), ("b", "0", "10")]


def test_what_differs_without_effect_is_a_step_that_adds_nothing() -> None:
    policy = Policy(grades=GRADES, displacement=Displacement.NONE)
    (step,) = compare(BEFORE, changed(policy=policy, as_of=None)).steps
    assert step.points == 0
    assert (step.lines, step.before) == ((), step.after)


def test_another_moment() -> None:
    (step,) = compare(BEFORE, changed(as_of=NOON - timedelta(1))).steps
    assert step.aspect is Aspect.MOMENT
    assert lines_of(step) == [("a", "20", "None"), ("b", "0", "None"), ("c", "1", "None")]
    assert step.after == Result(Decimal(0), awards=Decimal(0), score=Decimal(100), grade="A")


def test_another_standard() -> None:
    first, second = book(rule("1", 5)), book(rule("1", 8), edition="2")
    situation = Situation(ledger_of([found("a", "1")]), first, period=YEAR, manager="RM-01")
    editions = Editions([Edition(first, last=date(2025, 2, 28)), Edition(second, date(2025, 3, 1))])
    (step,) = compare(situation, changed(situation, standard=editions)).steps
    assert step.aspect is Aspect.STANDARD
    assert lines_of(step) == [("a", "5", "8")]


def test_other_people() -> None:
    head = Responsibility("head", TEXT, weight=Multiply("0.5"))
    people = [Tenure("RM-02", "north"), Tenure("RM-01", "north", role="head")]
    ledger = ledger_of([found("a", "1", manager="RM-02")])
    standard = book(rule("1", 6, responsible=[head]))
    situation = Situation(ledger, standard, period=YEAR, manager="RM-01")
    (step,) = compare(situation, changed(situation, people=people)).steps
    assert step.aspect is Aspect.PEOPLE
    assert lines_of(step) == [("a", "None", "3")]


def test_a_line_that_revokes_is_listed_though_its_points_stay() -> None:
    serious = found("a", "3.14", circumstances=["serious"])
    before = changed(ledger=ledger_of([found("a", "3.14")]))
    amended = before.ledger.amend(serious, at=LATER, reason="worse")
    (step,) = compare(before, changed(before, ledger=amended)).steps
    (line,) = step.lines
    assert line.before == line.after
    assert (line.revoked_before, line.revoked_after) == (False, True)
    assert step.after.status is Status.REVOKED
    assert step.after.consequences == ("revoked",)
    assert step.after.score is None
    (back,) = compare(changed(before, ledger=amended), before).steps
    assert [(each.revoked_before, each.revoked_after) for each in back.lines] == [(True, False)]


def test_an_outright_revocation_is_listed_without_points() -> None:
    (step,) = compare(
        changed(ledger=Ledger()), changed(ledger=ledger_of([found("a", "1.5")]))
    ).steps
    assert lines_of(step) == [("a", "None", "0")]
    assert step.lines[0].revoked_after


def test_merits_are_listed_after_violations() -> None:
    award = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
    standard = book(rule("1", 5), award)
    empty = Situation(Ledger(), standard, period=YEAR, manager="RM-01")
    ledger = ledger_of([honoured("m", "5"), found("v", "1")])
    (step,) = compare(empty, changed(empty, ledger=ledger)).steps
    assert [(line.violation, line.of) for line in step.lines] == [
        ("v", Counted.DEDUCTIONS),
        ("m", Counted.AWARDS),
    ]
    assert numbers(step.points, step.awards, step.by_caps) == (5, 2, 0)
    assert compare(empty, changed(empty, ledger=ledger)).awards == 2


def test_what_caps_over_several_take_is_told_from_what_lines_count() -> None:
    cap = Clause("G", TEXT, citation="9", cap=Cap(12, over=Over.PERIOD))
    standard = book(rule("1", 10), clauses=[cap])
    one = Situation(ledger_of([found("a", "1")]), standard, period=YEAR, manager="RM-01")
    two = changed(one, ledger=ledger_of([found("a", "1"), found("b", "1")]))
    (step,) = compare(one, two).steps
    assert lines_of(step) == [("b", "None", "10")]
    assert numbers(step.points, step.by_caps) == (2, -8)


# Several aspects, in an order.

AFTER = changed(
    ledger=LEDGER.reverse("a", at=LATER, reason="no breach"),
    policy=Policy(grades=GRADES, concurrence=Concurrence.CUMULATIVE),
)


@pytest.mark.parametrize(
    ("order", "steps"),
    [
        # b counts once a is out of its way; by then cumulation changes nothing.
        (list(Aspect), [("facts", "21", "11"), ("policy", "11", "11")]),
        # First both count, and then a is out.
        (
            ["policy", "facts", "people", "standard", "moment"],
            [("policy", "21", "31"), ("facts", "31", "11")],
        ),
    ],
)
def test_the_order_decides_what_each_makes_and_not_the_whole(order: Any, steps: Any) -> None:
    comparison = compare(BEFORE, AFTER, order=order)
    assert steps_of(comparison) == steps
    assert comparison.points == -10
    backwards = compare(AFTER, BEFORE, order=tuple(reversed([Aspect(each) for each in order])))
    assert steps_of(backwards) == [(aspect, end, start) for aspect, start, end in steps[::-1]]


def test_the_order_is_that_of_the_aspects_where_none_is_given() -> None:
    assert compare(BEFORE, AFTER) == compare(BEFORE, AFTER, order=Aspect)


# What cannot be compared.


def error_of(before: Situation, after: Situation, **fields: Any) -> str:
    with pytest.raises(ComparisonError) as caught:
        compare(before, after, **fields)
    assert caught.value.problems
    return str(caught.value)


OLD, NEW = book(rule("1", 5)), book(rule("1", 5), rule("2", 7), edition="2")
AT_FIRST = Situation(ledger_of([found("a", "1")]), OLD, period=YEAR, manager="RM-01")
BY_NOW = changed(AT_FIRST, ledger=ledger_of([found("b", "2")]), standard=NEW)
PROBLEM = '$["b"].rule: rule "2" is not in rulebook "own 1"; did you mean "1"?'


def test_a_combination_that_cannot_be_scored_is_named_with_the_remedy() -> None:
    assert error_of(AT_FIRST, BY_NOW) == (
        "compare: the facts of the situation after cannot be scored with the standard of the one "
        f"before, so give another order=: {PROBLEM}"
    )
    comparison = compare(
        AT_FIRST, BY_NOW, order=["standard", "facts", "people", "policy", "moment"]
    )
    assert steps_of(comparison) == [("standard", "5", "5"), ("facts", "5", "7")]


def test_a_situation_that_cannot_be_scored_is_named_first() -> None:
    faulty = changed(AT_FIRST, ledger=BY_NOW.ledger)
    assert error_of(faulty, AT_FIRST) == (
        f"compare: the situation before cannot be scored: {PROBLEM}"
    )
    both = changed(faulty, policy=Policy(floor=None))
    assert error_of(AT_FIRST, both) == f"compare: the situation after cannot be scored: {PROBLEM}"
    assert error_of(faulty, faulty) == f"compare: the situation before cannot be scored: {PROBLEM}"


def test_a_policy_that_contradicts_what_a_clause_answers_is_an_error_of_the_comparison() -> None:
    clause = Clause("G", TEXT, citation="9", answers={"full_marks": None})
    stating = book(rule("1", 5), clauses=[clause])
    after = changed(AT_FIRST, standard=stating, policy=Policy(grades=GRADES))
    assert error_of(AT_FIRST, after).startswith(
        "compare: the situation after cannot be scored: $.grades: grades need a score"
    )


def test_several_problems_are_listed() -> None:
    faulty = changed(AT_FIRST, ledger=ledger_of([found("b", "2"), found("c", "3")]))
    lines = error_of(faulty, AT_FIRST).splitlines()
    assert lines[0] == "compare: the situation before cannot be scored: 2 problems:"
    assert len(lines) == 3


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"manager": "RM-02"}, "after.manager"),
        ({"period": Period.month(2025, 3)}, "after.period"),
    ],
)
def test_another_manager_or_period_is_rejected(fields: Any, name: str) -> None:
    with pytest.raises(FieldError, match=rf"compare: {name} is .*; allowed: \w+ of before"):
        compare(BEFORE, changed(**fields))


@pytest.mark.parametrize(
    "order",
    [
        5,
        None,
        "facts",
        [],
        ["facts"],
        [*Aspect, Aspect.FACTS],
        [Aspect.FACTS] * 5,
        [[], *list(Aspect)[1:]],
        ["sense", *list(Aspect)[1:]],
        set(Aspect),
    ],
)
def test_an_order_has_each_aspect_once(order: Any) -> None:
    allowed = "each of facts, people, standard, policy, moment once"
    with pytest.raises(FieldError, match=f"compare: order is .*; allowed: {allowed}"):
        compare(BEFORE, AFTER, order=order)


def test_what_is_no_situation_is_rejected() -> None:
    with pytest.raises(FieldError) as caught:
        compare(5, None)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["$.before", "$.after"]


# The values themselves.

WHOLE = compare(BEFORE, AFTER)


@pytest.mark.parametrize(
    "fields",
    [
        {"steps": WHOLE.steps[1:]},
        {"steps": WHOLE.steps[::-1]},
        {"steps": [*WHOLE.steps, WHOLE.steps[1]]},
        {"steps": []},
        {"after": WHOLE.before},
    ],
)
def test_steps_lead_from_one_end_to_the_other(fields: Any) -> None:
    with pytest.raises(FieldError, match="steps that lead from before to after, each aspect once"):
        attrs.evolve(WHOLE, **fields)


@pytest.mark.parametrize(
    ("kind", "fields", "allowed"),
    [
        (WHOLE, {"manager": ""}, "a non-empty string"),
        (WHOLE, {"period": 5}, "a Period"),
        (WHOLE, {"before": None}, "a Result"),
        (WHOLE, {"steps": 5}, "a list of ComparisonStep"),
        (WHOLE.steps[0], {"aspect": "sense"}, "Aspect.FACTS"),
        (WHOLE.steps[0], {"after": 5}, "a Result"),
        (WHOLE.steps[0], {"lines": [5]}, "a list of LineChange"),
        (WHOLE.steps[0], {"fields": ["sense"]}, "fields of Policy: aggravation"),
        (WHOLE.steps[0], {"fields": 5}, "a list of fields of Policy"),
        (WHOLE.steps[0].lines[0], {"violation": ""}, "a non-empty string"),
        (WHOLE.steps[0].lines[0], {"of": "sense"}, "Counted.DEDUCTIONS"),
        (WHOLE.steps[0].lines[0], {"before": 5}, "None, or a finite Decimal"),
        (WHOLE.steps[0].lines[0], {"revoked_after": 1}, "True or False"),
    ],
)
def test_other_values_are_rejected(kind: Any, fields: Any, allowed: str) -> None:
    with pytest.raises(FieldError, match=f"allowed: {allowed}"):
        attrs.evolve(kind, **fields)


def test_a_line_that_is_nowhere_changes_nothing() -> None:
    line = LineChange("a", of="deductions", before=None, after=None)
    assert line.of is Counted.DEDUCTIONS
    assert line.change == 0
