"""Errors: one base, every problem with its place and code, and a trip between processes."""

import copy
import inspect
import pickle
from datetime import UTC, date, datetime

import attrs
import pytest

import cmappraisal
import cmappraisal.training
from cmappraisal import (
    AppraisalError,
    CalendarError,
    DecodingError,
    FieldError,
    LanguageError,
    LedgerConflict,
    LedgerError,
    PolicyError,
    Problem,
    ProblemCode,
    Recorded,
    RulebookError,
    ScoringError,
    UnknownCaseError,
    UnknownRuleError,
    Violation,
)
from cmappraisal.training import TrainingError, UnknownCourseError

ENTRY = Recorded(
    Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)),
    at=datetime(2025, 3, 4, tzinfo=UTC),
)
ERRORS = {
    value
    for package in (cmappraisal, cmappraisal.training)
    for value in vars(package).values()
    if inspect.isclass(value) and issubclass(value, Exception)
}
WRONG = Problem('$["V-1"].rule', ProblemCode.UNKNOWN_ID, 'rule "9" is not there')
TOO_FEW = Problem("$.quantity", ProblemCode.NOT_ALLOWED, "0; allowed: an int from 1")
EXAMPLES = [
    AppraisalError("what, where, remedy"),
    FieldError([TOO_FEW], 0, 'Violation "V-1"'),
    UnknownRuleError('rule "9" is not there'),
    UnknownCaseError('case "9" was never recorded'),
    LedgerConflict([WRONG], 1, conflicts=[("V-1", ((ENTRY,), ()))]),
    ScoringError([WRONG], 3),
    DecodingError([WRONG], 3),
    RulebookError("there is no part", subject='rulebook "bank 1.0"'),
    PolicyError("floor (101) is above full_marks (100)", subject="Policy"),
    LedgerError('case "V-1" is recorded already'),
    LanguageError("language is 'fr'"),
    CalendarError("no working day comes after 9999-12-31"),
    TrainingError('plan "plan 1.0": activity "study" is there twice'),
    UnknownCourseError('course "9" is not there'),
]
EACH = pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)


def test_every_error_is_an_appraisal_error_and_a_value_error() -> None:
    assert {type(example) for example in EXAMPLES} == ERRORS
    for error in ERRORS:
        assert issubclass(error, AppraisalError)
        assert issubclass(error, ValueError)


@EACH
def test_an_error_survives_pickling(error: AppraisalError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


@EACH
def test_an_error_lists_problems_of_a_code_and_a_path(error: AppraisalError) -> None:
    assert error.problems
    for problem in error.problems:
        assert problem.path.startswith("$")
        assert isinstance(problem.code, ProblemCode)
        assert problem.message in str(error)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (AppraisalError, ProblemCode.CONTRADICTION),
        (FieldError, ProblemCode.NOT_ALLOWED),
        (RulebookError, ProblemCode.CONTRADICTION),
        (PolicyError, ProblemCode.CONTRADICTION),
        (UnknownRuleError, ProblemCode.UNKNOWN_ID),
        (UnknownCaseError, ProblemCode.UNKNOWN_ID),
        (UnknownCourseError, ProblemCode.UNKNOWN_ID),
        (LedgerError, ProblemCode.DOES_NOT_FIT),
        (LedgerConflict, ProblemCode.TWO_HISTORIES),
        (CalendarError, ProblemCode.NO_WORKING_DAY),
        (LanguageError, ProblemCode.NOT_ALLOWED),
    ],
)
def test_a_message_alone_is_a_problem_of_the_code_of_its_error(
    error: type[AppraisalError], code: ProblemCode
) -> None:
    assert error("wrong").problems == (Problem("$", code, "wrong"),)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (EXAMPLES[0], "what, where, remedy"),
        (EXAMPLES[1], 'Violation "V-1": quantity is 0; allowed: an int from 1'),
        (EXAMPLES[2], 'rule "9" is not there'),
        (EXAMPLES[3], 'case "9" was never recorded'),
        (EXAMPLES[4], '1 problems:\n- rule "9" is not there\n- and 1 more'),
        (
            EXAMPLES[5],
            "1 problem(s) keep the ledger from being scored:\n"
            '- $["V-1"].rule: rule "9" is not there\n- and 3 more',
        ),
        (EXAMPLES[7], 'rulebook "bank 1.0": there is no part'),
        (
            FieldError([TOO_FEW, attrs.evolve(TOO_FEW, path="$.id")], 0, "Violation"),
            "Violation: 2 problems:\n- quantity is 0; allowed: an int from 1\n"
            "- id is 0; allowed: an int from 1",
        ),
        (
            RulebookError((WRONG, TOO_FEW), 2, 'rulebook "bank 1.0"'),
            'rulebook "bank 1.0": 2 problems:\n- rule "9" is not there\n'
            "- 0; allowed: an int from 1\n- and at least 2 more",
        ),
        (
            ScoringError([WRONG, WRONG]),
            "2 problem(s) keep the ledger from being scored:\n"
            '- $["V-1"].rule: rule "9" is not there\n- $["V-1"].rule: rule "9" is not there',
        ),
    ],
    ids=[f"e{number}" for number in range(10)],
)
def test_an_error_reports_each_problem_on_a_line(error: AppraisalError, message: str) -> None:
    assert str(error) == message


def test_an_error_can_be_caught_as_what_python_would_raise() -> None:
    assert issubclass(UnknownRuleError, KeyError)
    assert issubclass(UnknownCaseError, KeyError)
    assert issubclass(UnknownCourseError, KeyError)
    assert issubclass(UnknownCaseError, LedgerError)


def test_an_error_that_lists_problems_keeps_them_and_counts_the_rest() -> None:
    error = ScoringError(iter([WRONG, TOO_FEW]), 7)
    assert error.problems == (WRONG, TOO_FEW)
    assert error.more == 7


def test_a_problem_is_a_value() -> None:
    assert str(WRONG) == '$["V-1"].rule: rule "9" is not there'
    assert pickle.loads(pickle.dumps(WRONG)) == WRONG
    assert hash(pickle.loads(pickle.dumps(WRONG))) == hash(WRONG)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        WRONG.message = "right"  # type: ignore[misc]


def test_a_problem_is_seen_from_a_value_that_holds_its_own() -> None:
    assert TOO_FEW.within("$.entries[3]").path == "$.entries[3].quantity"
    assert Problem("$", ProblemCode.MISSING, "is missing").within("$.note").path == "$.note"
    assert TOO_FEW.within("$") == TOO_FEW


@pytest.mark.parametrize("code", ProblemCode)
def test_a_code_is_found_by_its_value(code: ProblemCode) -> None:
    assert ProblemCode(code.value) is code
    assert code.value == code.name.lower().replace("_", "-")
