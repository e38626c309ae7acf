"""Errors: every mistake is an AppraisalError that says what was given, where, and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import frozen

MAXIMUM_PROBLEMS = 100
"""How many problems one :class:`ScoringError` or :class:`DecodingError` lists: enough to repair a
file in one sitting, few enough to read. Beyond it the error says how many more there are."""


class AppraisalError(ValueError):
    """The base of every error that the library raises.

    >>> from cmappraisal import AppraisalError, Period
    >>> from datetime import date
    >>> try:
    ...     Period(date(2025, 2, 1), date(2025, 1, 1))
    ... except AppraisalError as error:
    ...     print(error)
    Period: last is datetime.date(2025, 1, 1); allowed: a date on or after first (2025-02-01)
    """

    def __str__(self) -> str:
        # KeyError, a second base of some subclasses, would show the repr of the message.
        return str(self.args[0]) if self.args else ""


class FieldError(AppraisalError):
    """A field or an argument was given a value that it does not allow.

    Attributes:
        owner: The type, with its id where it has one, or the function.
        field: The name of the field or the argument.
        given: The value, as far as it can be shown.
        allowed: What is allowed.
    """

    def __init__(self, owner: str, field: str, given: str, allowed: str) -> None:
        self.owner = owner
        self.field = field
        self.given = given
        self.allowed = allowed
        super().__init__(owner, field, given, allowed)

    def __str__(self) -> str:
        return f"{self.owner}: {self.field} is {self.given}; allowed: {self.allowed}"


class RulebookError(AppraisalError):
    """A rulebook contradicts itself; the message names the rule and the remedy.

    Attributes:
        contradictions: Each contradiction that can be seen before the others are mended, with its
            remedy; at most :data:`MAXIMUM_PROBLEMS`.
    """

    def __init__(self, message: str, contradictions: Iterable[str] = ()) -> None:
        self.contradictions = tuple(contradictions) or (message,)
        super().__init__(message, self.contradictions)


class UnknownRuleError(AppraisalError, KeyError):
    """A rulebook was asked for a rule that it does not have."""


class PolicyError(AppraisalError):
    """The fields of a policy contradict one another."""


class LedgerError(AppraisalError):
    """An entry does not fit the ledger; the ledger is as it was."""


class UnknownCaseError(LedgerError, KeyError):
    """A ledger was asked for a violation that was never recorded in it."""


class LedgerConflict(LedgerError):  # noqa: N818
    """Ledgers to be merged tell a case in two ways.

    Attributes:
        violation_id: The id of the case.
        histories: Its entries as the one tells them, and as the other does, oldest first.
    """

    def __init__(
        self, message: str, violation_id: str, histories: tuple[tuple[Any, ...], ...]
    ) -> None:
        self.violation_id = violation_id
        self.histories = histories
        super().__init__(message, violation_id, histories)


class CalendarError(AppraisalError):
    """A calendar has no working day where one is asked for."""


class TrainingError(AppraisalError):
    """A curriculum, a plan, a schedule or a record contradicts itself or another."""


class UnknownCourseError(TrainingError, KeyError):
    """A curriculum was asked for a course that it does not have."""


class ResourceConflict(TrainingError):  # noqa: N818
    """Sessions cannot all take place with the rooms, the trainers and the days there are.

    Attributes:
        sessions: The ids of sessions that block each other; without any one of them, the others
            could take place.
        resource: What they lack, in words.
    """

    def __init__(self, message: str, sessions: Iterable[str], resource: str) -> None:
        self.sessions = tuple(sessions)
        self.resource = resource
        super().__init__(message, self.sessions, resource)


class LanguageError(AppraisalError):
    """A text was asked for in a language that it does not have."""


@frozen
class Problem:
    """One thing wrong with one violation, found while scoring.

    Args:
        violation_id: The id of the violation.
        message: What is wrong and how to mend it, as one line of English.

    >>> print(Problem("V-12", 'quantity is missing; give one'))
    violation "V-12": quantity is missing; give one
    """

    violation_id: str
    message: str

    def __str__(self) -> str:
        return f'violation "{self.violation_id}": {self.message}'


@frozen
class Misfit:
    """One thing wrong with a document, found while decoding.

    Args:
        path: Where, from ``$``, the document itself, by fields and indexes from 0.
        message: What is there and what is allowed, as one line of English.

    >>> print(Misfit("$.entries[3].violation.quantity", "0; allowed: an int from 1 to 1000000"))
    $.entries[3].violation.quantity: 0; allowed: an int from 1 to 1000000
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class _ListError(AppraisalError):
    """An error that lists whatever is wrong, up to a bound."""

    _heading: ClassVar[str]

    def __init__(self, problems: Iterable[Any], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        super().__init__(self.problems, more)

    def __str__(self) -> str:
        told = [f"{len(self.problems)} problem(s) keep {self._heading}:"]
        told += [str(problem) for problem in self.problems]
        if self.more:
            told.append(f"and {self.more} more")
        return "\n- ".join(told)


class ScoringError(_ListError):
    """Violations cannot be scored under the rulebook and the policy.

    Attributes:
        problems: Each thing that is wrong, a :class:`Problem` each, in the order in which the
            cases were recorded, or for one manager came to them; at most
            :data:`MAXIMUM_PROBLEMS`.
        more: How many further things are wrong.
    """

    _heading = "the ledger from being scored"
    problems: tuple[Problem, ...]


class DecodingError(_ListError):
    """A document cannot be decoded, and nothing of it was.

    Attributes:
        problems: Each thing that is wrong, a :class:`Misfit` each, in the order of the document;
            at most :data:`MAXIMUM_PROBLEMS`.
        more: How many further things are wrong.
    """

    _heading = "the document from being read"
    problems: tuple[Misfit, ...]
