"""Reversals: which violations decide, and what an open appeal is worth, worked by hand."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    AwardEffect,
    Concurrence,
    FieldError,
    Grade,
    Multiply,
    PendingAppeals,
    Policy,
    Problem,
    Reconsideration,
    Rule,
    ScoringError,
    Tenure,
)
from cmappraisal.comparison import (
    Attempt,
    DecisiveReversals,
    OpenAppeal,
    Result,
    Reversal,
    Situation,
    decisive,
)
from cmappraisal.comparison.reversals import MAXIMUM_CONSIDERED, MAXIMUM_REVERSED
from cmappraisal.errors import ProblemCode
from cmappraisal.standards import (
    Again,
    Award,
    Clause,
    Consequence,
    Responsibility,
    Span,
    Status,
    Thresholds,
    Unit,
)
from worked_cases import NOON, TEXT, YEAR, book, found, honoured, i, ledger_of, rule

GRADES = (Grade("A", at_least=85, below=None), Grade("B", at_least=0, below=85))
GRADED = Policy(grades=GRADES)
CUMULATIVE = Policy(grades=GRADES, concurrence=Concurrence.CUMULATIVE)
LATER = NOON + timedelta(30)


def situation(*acts: Any, standard: Any = ERROR_POINTS, **fields: Any) -> Situation:
    given: dict[str, Any] = {"period": YEAR, "manager": "RM-01", "policy": GRADED, **fields}
    ledger = given.pop("ledger", ledger_of(acts))
    return Situation(ledger, standard, **given)


def sets_of(of: DecisiveReversals) -> list[str]:
    return [" ".join(each.violations) for each in of.sets]


def shown(attempt: Attempt) -> tuple[str, str | None, bool] | None:
    result = attempt.result
    return (
        None
        if result is None
        else (str(result.points), result.grade, result.status is Status.REVOKED)
    )


# 3.2b counts 10, 3.4 counts 10, 2.1 counts 1; from 85 on the grade is A.


@pytest.mark.parametrize(
    ("acts", "policy", "sets"),
    [
        # 80: without either of 10 it is 90.
        ([found("a", "3.2b"), found("b", "3.4")], GRADED, ["a", "b"]),
        # 70: two of three are needed.
        (
            [found("a", "3.2b"), found("b", "3.4"), found("c", "3.2b")],
            GRADED,
            ["a b", "a c", "b c"],
        ),
        # 60: three of four.
        (
            [found(id, "3.2b") for id in "abcd"],
            GRADED,
            ["a b c", "a b d", "a c d", "b c d"],
        ),
        # 50: more than three are needed.
        ([found(id, "3.2b") for id in "abcde"], GRADED, []),
        # 90 is an A, and stays so.
        ([found("a", "3.2b")], GRADED, []),
        # 80: of one incident a counts; without it b does, so both have to go.
        ([i("a", "3.2b", quantity=2), i("b", "3.4", quantity=2)], GRADED, ["a b"]),
        # 90, since one counts alone; 80 where both count.
        ([i("a", "3.2b"), i("b", "3.4")], GRADED, []),
        ([i("a", "3.2b"), i("b", "3.4")], CUMULATIVE, ["a", "b"]),
        # A revocation hangs on the one that revokes.
        ([found("a", "1.5"), found("b", "2.1")], Policy(), ["a"]),
        ([found("a", "1.5"), found("b", "1.6")], Policy(), ["a b"]),
        ([], GRADED, []),
    ],
)
def test_the_smallest_sets_that_change_the_verdict(acts: Any, policy: Any, sets: Any) -> None:
    asked = situation(*acts, policy=policy)
    found_ = decisive(asked)
    assert sets_of(found_) == sets
    assert found_.considered == tuple(act.id for act in acts)
    assert found_.baseline == Result.of(asked)
    assert (found_.manager, found_.period) == ("RM-01", YEAR)
    assert (found_.unscored, found_.appeals) == ((), ())


def test_what_the_reversal_makes_is_shown() -> None:
    (reversal, _) = decisive(situation(found("a", "3.2b"), found("b", "3.4"))).sets
    assert shown(reversal.attempt) == ("10", "A", False)


def test_a_reversal_can_make_it_worse() -> None:
    # Of the incident a special rule of 20 takes the place of a general one of 30.
    special, general = rule("1", 10, displaces=["2"]), rule("2", 30)
    asked = situation(i("a", "1"), i("b", "2"), standard=book(special, general), policy=GRADED)
    found_ = decisive(asked)
    assert (found_.baseline.grade, sets_of(found_)) == ("A", ["a"])
    assert shown(found_.sets[0].attempt) == ("30", "B", False)


def test_an_earlier_violation_decides_where_it_makes_a_breach_a_repeated_one() -> None:
    again = Again({2: Multiply(2)}, within=Span(months=24))
    standard = book(rule("1", 10, again=again))
    earlier = found("z", "1", occurred_on=date(2024, 5, 2))
    asked = situation(earlier, found("a", "1"), standard=standard)
    found_ = decisive(asked)
    assert found_.considered == ("a", "z")
    # Without z it is the first, and counts 10; without a there is none in the period.
    assert sets_of(found_) == ["a", "z"]
    assert [shown(each.attempt) for each in found_.sets] == [("0", "A", False), ("10", "A", False)]
    assert sets_of(decisive(asked, among=["z"])) == ["z"]


def test_a_superior_answers_until_the_doers_violation_is_reversed() -> None:
    head = Responsibility("head", TEXT, weight=Multiply("0.5"))
    people = [Tenure("RM-02", "north"), Tenure("RM-01", "north", role="head")]
    asked = situation(
        found("a", "1", manager="RM-02"),
        found("b", "1", manager="RM-03"),
        standard=book(rule("1", 40, responsible=[head])),
        people=people,
    )
    found_ = decisive(asked)
    assert (found_.considered, sets_of(found_)) == (("a",), ["a"])


def test_only_what_was_known_is_reversed() -> None:
    ledger = ledger_of([found("a", "3.2b"), found("b", "3.4")])
    ledger = ledger.reverse("a", at=LATER, reason="no breach")
    assert sets_of(decisive(situation(ledger=ledger))) == []
    assert sets_of(decisive(situation(ledger=ledger, as_of=NOON))) == ["a", "b"]


def test_what_cannot_be_scored_without_others_is_listed_with_what_is_wrong() -> None:
    # Decided at 15, above the 10 that the breach counts once it is no longer a repeated one.
    again = Again({2: Multiply(2)}, within=Span(months=24))
    earlier = found("z", "1", occurred_on=date(2024, 5, 2))
    ledger = ledger_of([earlier, found("a", "1"), found("b", "2")])
    ledger = ledger.appeal("a", at=NOON, grounds="less").decide(
        "a", at=NOON, reason="less", points=15
    )
    asked = situation(
        ledger=ledger,
        standard=book(rule("1", 10, again=again), rule("2", 10)),
        policy=Policy(grades=GRADES, reconsideration=Reconsideration.NOT_HEAVIER),
    )
    found_ = decisive(asked)
    assert (str(found_.baseline.points), found_.considered) == ("25", ("a", "b", "z"))
    assert sets_of(found_) == ["a", "b"]
    ((without, problem),) = [
        (each.violations, each.attempt.problems[0]) for each in found_.unscored
    ]
    assert (without, problem.path) == (("z",), '$["a"].decision.points')


# Open appeals.


@pytest.mark.parametrize(
    ("policy", "dismissed"),
    [
        (GRADED, ("20", "B", False)),
        (Policy(grades=GRADES, pending_appeals=PendingAppeals.SUSPEND), ("20", "B", False)),
    ],
)
def test_an_open_appeal_is_worth_what_lies_between_its_ends(policy: Any, dismissed: Any) -> None:
    ledger = ledger_of([found("a", "3.2b"), found("b", "3.4")])
    ledger = ledger.appeal("b", at=LATER, grounds="not mine")
    (appeal,) = decisive(situation(ledger=ledger, policy=policy)).appeals
    assert appeal.violation == "b"
    assert shown(appeal.succeeded) == ("10", "A", False)
    assert shown(appeal.dismissed) == dismissed
    assert decisive(situation(ledger=ledger, as_of=NOON)).appeals == ()
    settled = ledger.dismiss("b", at=LATER, reason="it was")
    assert decisive(situation(ledger=settled)).appeals == ()


def test_appeals_are_those_of_lines_of_named_violations_and_of_merits() -> None:
    again = Again({2: Multiply(2)}, within=Span(months=24))
    award = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
    earlier = found("z", "1", occurred_on=date(2024, 5, 2))
    elsewhere = found("y", "1", occurred_on=date(2020, 5, 2))
    ledger = ledger_of([earlier, elsewhere, found("a", "1"), honoured("m", "5")])
    for id in "zyam":
        ledger = ledger.appeal(id, at=LATER, grounds="no")
    asked = situation(ledger=ledger, standard=book(rule("1", 10, again=again), award))
    appeals = {each.violation: each for each in decisive(asked, among=[]).appeals}
    assert list(appeals) == ["a", "z", "m"]
    assert shown(appeals["z"].succeeded) == ("10", "A", False)
    awarded = [appeals["m"].succeeded.result, appeals["m"].dismissed.result]
    assert [result.awards for result in awarded if result] == [0, 2]


# What is asked.


def test_among_are_the_cases_that_are_asked_about() -> None:
    asked = situation(found("a", "3.2b"), found("b", "3.4"), found("c", "2.1", manager="RM-02"))
    assert sets_of(decisive(asked, among=["b", "a"])) == ["b", "a"]
    assert decisive(asked, among=iter(["c"])).sets == ()
    assert decisive(asked, among=[]).considered == ()


def test_merits_are_asked_about_where_they_are_named() -> None:
    award = Rule("5", TEXT, award=Award(10, Unit.OCCURRENCE), citation="5")
    policy = Policy(grades=GRADES, awards=AwardEffect.RAISE_SCORE)
    asked = situation(
        found("a", "1"), honoured("m", "5"), standard=book(rule("1", 20), award), policy=policy
    )
    assert decisive(asked).considered == ("a",)
    assert sets_of(decisive(asked)) == []
    assert sets_of(decisive(asked, among=["m"])) == ["m"]


def many(count: int) -> Situation:
    return situation(*(found(f"V-{number:02}", "2.1") for number in range(count)))


def test_more_than_can_be_considered_are_an_error_with_the_remedy() -> None:
    with pytest.raises(FieldError) as caught:
        decisive(many(MAXIMUM_CONSIDERED + 1))
    (problem,) = caught.value.problems
    assert (problem.path, problem.code) == ("$.among", ProblemCode.TOO_MANY)
    assert str(caught.value) == (
        "decisive: among is 26 violations; allowed: at most 25; name those to look at in among="
    )
    few = [f"V-{number:02}" for number in range(4)]
    assert decisive(many(MAXIMUM_CONSIDERED + 1), among=few).sets == ()


def test_the_bounds() -> None:
    assert (MAXIMUM_REVERSED, MAXIMUM_CONSIDERED) == (3, 25)


@pytest.mark.parametrize("among", [5, "a", {"a"}, ["a", "a"], ["x"], [5], [""], [[]]])
def test_among_are_ids_of_cases(among: Any) -> None:
    allowed = "None, or a list of ids of cases of the ledger, none of them twice"
    with pytest.raises(FieldError, match=rf"decisive: among is .*; allowed: {allowed}"):
        decisive(situation(found("a", "3.2b")), among=among)


def test_what_is_no_situation_or_cannot_be_scored_is_rejected() -> None:
    with pytest.raises(FieldError, match="situation is 5; allowed: a Situation"):
        decisive(5)  # type: ignore[arg-type]
    with pytest.raises(ScoringError):
        decisive(situation(found("a", "9.9")))


def test_the_cases_of_others_are_left_alone() -> None:
    # One that cannot be scored is none of this manager's business.
    ledger = ledger_of([found("a", "3.2b", quantity=2), found("x", "9.9", manager="RM-02")])
    assert sets_of(decisive(situation(ledger=ledger))) == ["a"]


# The values themselves.

MADE = decisive(situation(found("a", "3.2b"), found("b", "3.4")))
OTHER = Reversal(["a", "b"], MADE.sets[0].attempt)
SAME = Reversal(["a"], Attempt(MADE.baseline))
STRANGE = Reversal(["x"], MADE.sets[0].attempt)
PROBLEM = Problem("$", ProblemCode.MISSING, "is missing")
FAULTY = Reversal(["a"], Attempt(problems=[PROBLEM]))


@pytest.mark.parametrize("sets", [[OTHER, *MADE.sets], [SAME], [STRANGE], [FAULTY]])
def test_sets_are_of_one_size_of_those_considered_and_change_the_verdict(sets: Any) -> None:
    with pytest.raises(FieldError, match="sets of one size, of those considered, that change"):
        attrs.evolve(MADE, sets=sets)


@pytest.mark.parametrize(
    ("value", "fields", "allowed"),
    [
        (MADE, {"manager": ""}, "a non-empty string"),
        (MADE, {"period": 5}, "a Period"),
        (MADE, {"baseline": 5}, "a Result"),
        (MADE, {"considered": "a"}, "a list of ids of violations"),
        (MADE, {"sets": 5}, "a list of Reversal"),
        (MADE, {"unscored": [5]}, "a list of Reversal"),
        (MADE, {"appeals": [5]}, "a list of OpenAppeal"),
        (OTHER, {"violations": []}, "a non-empty list of ids of violations"),
        (OTHER, {"attempt": 5}, "an Attempt"),
        (
            OpenAppeal("a", succeeded=SAME.attempt, dismissed=SAME.attempt),
            {"succeeded": None},
            "an Attempt",
        ),
    ],
)
def test_other_values_are_rejected(value: Any, fields: Any, allowed: str) -> None:
    with pytest.raises(FieldError, match=f"allowed: {allowed}"):
        attrs.evolve(value, **fields)


# What follows by a table.

TALK = book(
    rule("1", 5),
    clauses=[
        Clause(
            "G", TEXT, citation="90", thresholds=Thresholds({10: "talk"}, within=Span(months=24))
        )
    ],
    consequences=[Consequence("talk", TEXT)],
)


def test_what_follows_by_a_table_belongs_to_the_verdict() -> None:
    earlier = found("z", "1", occurred_on=date(2024, 12, 2))
    asked = situation(earlier, found("a", "1"), standard=TALK, policy=GRADED)
    found_ = decisive(asked)
    # The earlier one makes the ten within 24 months, though it is not in the period.
    assert found_.considered == ("a", "z")
    assert found_.baseline.consequences == ("talk",)
    assert sets_of(found_) == ["a", "z"]
    three = situation(earlier, found("a", "1"), found("b", "1"), standard=TALK, policy=GRADED)
    assert sets_of(decisive(three)) == ["a b", "a z", "b z"]


def test_what_an_appeal_is_worth_says_what_follows() -> None:
    ledger = ledger_of([found("a", "1"), found("b", "1")])
    ledger = ledger.appeal("a", at=LATER, grounds="no")
    (appeal,) = decisive(situation(ledger=ledger, standard=TALK, policy=GRADED)).appeals
    assert appeal.succeeded.result is not None
    assert appeal.dismissed.result is not None
    assert appeal.succeeded.result.consequences == ()
    assert appeal.dismissed.result.consequences == ("talk",)


def test_whose_earlier_violations_a_superior_answers_for_stay_in_the_ledger() -> None:
    head = Responsibility("head", TEXT, weight=Multiply(1))
    standard = attrs.evolve(TALK, parts=book(rule("1", 5, responsible=[head])).parts)
    people = [Tenure("RM-02", "north"), Tenure("RM-01", "north", role="head")]
    acts = [
        found("z", "1", manager="RM-02", occurred_on=date(2024, 12, 2)),
        found("a", "1"),
    ]
    found_ = decisive(situation(*acts, standard=standard, policy=GRADED, people=people))
    assert found_.baseline.consequences == ("talk",)
    assert sets_of(found_) == ["a", "z"]
