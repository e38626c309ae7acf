"""Errors: one base, one clear message each, and all of them survive a trip between processes."""

import copy
import inspect
import pickle
from datetime import UTC, date, datetime

import attrs
import pytest

import cmappraisal
from cmappraisal import (
    AppraisalError,
    CalendarError,
    DecodingError,
    FieldError,
    LanguageError,
    LedgerConflict,
    LedgerError,
    Misfit,
    PolicyError,
    Problem,
    Recorded,
    RulebookError,
    ScoringError,
    UnknownCaseError,
    UnknownRuleError,
    Violation,
)
from cmappraisal.training import ResourceConflict, TrainingError, UnknownCourseError

ENTRY = Recorded(
    Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)),
    at=datetime(2025, 3, 4, tzinfo=UTC),
)
ERRORS = {
    value
    for value in vars(cmappraisal).values()
    if inspect.isclass(value) and issubclass(value, Exception)
}
EXAMPLES = [
    AppraisalError("what, where, remedy"),
    FieldError("Violation", "quantity", "0", "an int of at least 1"),
    UnknownRuleError('rule "9" is not there'),
    UnknownCaseError('case "9" was never recorded'),
    LedgerConflict("told in two ways", "V-1", ((ENTRY,), ())),
    ScoringError([Problem("V-1", "wrong")], 3),
    DecodingError([Misfit("$", "wrong")], 3),
    RulebookError('rulebook "bank 1.0": there is no chapter'),
    PolicyError("Policy: floor (101) is above full_marks (100)"),
    LedgerError('violation "V-1" is already recorded'),
    LanguageError("language is 'fr'"),
    CalendarError("no working day comes after 9999-12-31"),
    TrainingError('plan "plan 1.0": activity "study" is there twice'),
    UnknownCourseError('course "9" is not there'),
    ResourceConflict("two sessions, one room", ("study/1", "study/2"), "a room for 30 people"),
]


def test_every_error_is_an_appraisal_error_and_a_value_error() -> None:
    assert {type(example) for example in EXAMPLES} == ERRORS
    for error in ERRORS:
        assert issubclass(error, AppraisalError)
        assert issubclass(error, ValueError)


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling(error: AppraisalError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (AppraisalError(), ""),
        (EXAMPLES[0], "what, where, remedy"),
        (EXAMPLES[1], "Violation: quantity is 0; allowed: an int of at least 1"),
        (EXAMPLES[2], 'rule "9" is not there'),
        (EXAMPLES[3], 'case "9" was never recorded'),
        (EXAMPLES[4], "told in two ways"),
        (
            EXAMPLES[5],
            '1 problem(s) keep the ledger from being scored:\n- violation "V-1": wrong\n'
            "- and 3 more",
        ),
        (
            EXAMPLES[6],
            "1 problem(s) keep the document from being read:\n- $: wrong\n- and 3 more",
        ),
        (
            ScoringError(Problem(id, "wrong") for id in ("V-1", "V-2")),
            '2 problem(s) keep the ledger from being scored:\n- violation "V-1": wrong\n'
            '- violation "V-2": wrong',
        ),
    ],
)
def test_an_error_says_its_message(error: AppraisalError, message: str) -> None:
    assert str(error) == message


def test_an_error_can_be_caught_as_what_python_would_raise() -> None:
    assert issubclass(UnknownRuleError, KeyError)
    assert issubclass(UnknownCaseError, KeyError)
    assert issubclass(UnknownCourseError, KeyError)
    assert issubclass(UnknownCaseError, LedgerError)


def test_an_error_that_lists_problems_keeps_them_and_counts_the_rest() -> None:
    problems = [Problem("V-1", "wrong"), Problem("V-2", "wrong too")]
    error = ScoringError(iter(problems), 7)
    assert error.problems == tuple(problems)
    assert error.more == 7


@pytest.mark.parametrize("part", [Problem("V-1", "wrong"), Misfit("$", "wrong")])
def test_what_an_error_lists_is_a_value(part: Problem | Misfit) -> None:
    assert pickle.loads(pickle.dumps(part)) == part
    assert hash(pickle.loads(pickle.dumps(part))) == hash(part)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        part.message = "right"  # type: ignore[misc]
