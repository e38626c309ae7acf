"""Errors: every mistake is an AppraisalError that lists each problem with its place and remedy."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from cmappraisal.making import MadeWhenRead, maker

if TYPE_CHECKING:
    from cmappraisal.texts import Language

MAXIMUM_PROBLEMS = 100
"""How many problems one error lists: enough to repair a file in one sitting, few enough to read.
Beyond it the error says how many more were seen."""


class ProblemCode(enum.Enum):
    """What kind of problem it is, for programs; the message is for people.

    >>> ProblemCode("not-allowed") is ProblemCode.NOT_ALLOWED
    True
    """

    NOT_ALLOWED = "not-allowed"
    """The value is not one that its field or argument allows."""
    MISSING = "missing"
    """Something that has to be given is not there."""
    UNKNOWN_FIELD = "unknown-field"
    """A document has a field that its type does not have."""
    UNKNOWN_ID = "unknown-id"
    """No rule, circumstance, case, course, activity, person, session or resource has the id."""
    REPEATED = "repeated"
    """An id, a number or a field is there twice."""
    TOO_MANY = "too-many"
    """There are more of them than a named bound allows."""
    CONTRADICTION = "contradiction"
    """Each value is allowed, but not together with the others."""
    WITHOUT_EFFECT = "without-effect"
    """Something is given where nothing reads it."""
    NOT_IN_ORDER = "not-in-order"
    """An entry comes before the entry that it follows."""
    DOES_NOT_FIT = "does-not-fit"
    """The life of a case has no such entry in its state."""
    TWO_HISTORIES = "two-histories"
    """Two ledgers report one case in two ways."""
    ACT_AFTER_RECORDING = "act-after-recording"
    """A violation is dated more than a day after it was recorded."""
    IN_THE_FUTURE = "in-the-future"
    """An entry or a record is dated after the moment or the day that the caller calls now."""
    NO_WORKING_DAY = "no-working-day"
    """A calendar has no working day where one is asked for."""
    MALFORMED = "malformed"
    """A text is no JSON, or is nested too deep."""
    DISAGREES = "disagrees"
    """A result is not what the values that it rests on make of it."""


@frozen
class Problem(MadeWhenRead):
    """One thing that is wrong.

    Args:
        path: Where, from ``$``, which is the value, the call or the document itself: by fields,
            by indexes from 0, and in a ledger by the id of the case, such as
            ``$["V-12"].circumstances``.
        code: What kind of problem it is.
        message: What is there and what is allowed, as one line of English.
        chinese: The same in traditional and in simplified Chinese; None where it has no wording
            there, as in a check of the caller's own. Two problems are equal whether or not they
            have it.

    >>> problem = Problem("$.quantity", ProblemCode.NOT_ALLOWED, "0; allowed: an int from 1")
    >>> print(problem)
    $.quantity: 0; allowed: an int from 1
    """

    path: str
    code: ProblemCode
    message: str
    chinese: tuple[str, str] | None = field(default=None, kw_only=True, eq=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"

    def within(self, path: str) -> Problem:
        """The same problem, seen from a value that holds this one.

        Args:
            path: The place of this value there, from ``$``.

        >>> print(Problem("$.rule", ProblemCode.MISSING, "is missing").within("$.entries[3]"))
        $.entries[3].rule: is missing
        """
        place = f"{path}{self.path.removeprefix('$')}"
        later = self.made_later
        if later is None:
            return _problem_of(place, self.code, self.message, self.chinese)
        return said_later(place, self.code, self.message, later)

    def explain(self, language: Language = "en") -> str:
        """The problem on one line, in the language of who reads it.

        One without a wording in Chinese is said by its code there, with its message behind it.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.

        >>> from cmappraisal import ERROR_POINTS, Violation, faults
        >>> from datetime import date
        >>> act = Violation("V-6", "RM-03", rule="3.99", occurred_on=date(2025, 8, 1))
        >>> faults(act, ERROR_POINTS)[0].explain("zh-Hans")
        'rule：规则集“error-points 1.0”没有条款“3.99”；是否指“3.9”？'
        """
        from cmappraisal.reports.problems import problem_in_words  # noqa: PLC0415

        return problem_in_words(self, language)


# A problem goes through every value that holds it.
_problem_of = maker(Problem)

said_later = maker(Problem, "chinese")
"""What makes problems whose Chinese is made when it is read; many are counted and never read."""


class AppraisalError(ValueError):
    """The base of every error that the library raises.

    Attributes:
        problems: Everything that is wrong, a :class:`Problem` each, at most
            :data:`MAXIMUM_PROBLEMS`.
        more: How many further problems were seen; looking may have ended there.
        subject: What the problems are of: a type, with its id where it has one, or a function.

    >>> from cmappraisal import AppraisalError, Period
    >>> from datetime import date
    >>> try:
    ...     Period(date(2025, 2, 1), date(2025, 1, 1))
    ... except AppraisalError as error:
    ...     print(error)
    ...     print(error.problems[0].path, error.problems[0].code.value)
    Period: last is datetime.date(2025, 1, 1); allowed: a date on or after first (2025-02-01)
    $.last not-allowed
    """

    code: ClassVar[ProblemCode] = ProblemCode.CONTRADICTION
    """The code of a problem that is given as a message alone."""

    rest: ClassVar[str] = "and {} more"
    """How the message goes on where there are more problems than it lists."""

    def __init__(self, problems: str | Iterable[Problem], more: int = 0, subject: str = "") -> None:
        if isinstance(problems, str):
            problems = (Problem("$", self.code, problems),)
        self.problems = tuple(problems)
        self.more = more
        self.subject = subject
        # What a copy of the error is made from.
        super().__init__(self.problems, more, subject)

    def __str__(self) -> str:
        # KeyError, a second base of some subclasses, would show the repr of its arguments.
        lead = f"{self.subject}: " if self.subject else ""
        if len(self.problems) == 1 and not self.more:
            return f"{lead}{self._shown(self.problems[0])}"
        lines = [f"{lead}{len(self.problems)} problems:", *map(self._shown, self.problems)]
        if self.more:
            lines.append(self.rest.format(self.more))
        return "\n- ".join(lines)

    def _shown(self, problem: Problem) -> str:
        return problem.message


class FieldError(AppraisalError):
    """A field or an argument was given a value that it does not allow."""

    code = ProblemCode.NOT_ALLOWED

    def _shown(self, problem: Problem) -> str:
        return f"{problem.path.removeprefix('$.')} is {problem.message}"


class RulebookError(AppraisalError):
    """A rulebook contradicts itself; each problem names the rule and the remedy."""

    rest = "and at least {} more"


class UnknownRuleError(AppraisalError, KeyError):
    """A rulebook was asked for a rule that it does not have."""

    code = ProblemCode.UNKNOWN_ID


class PolicyError(AppraisalError):
    """The fields of a policy contradict one another."""


class ProcedureError(AppraisalError):
    """A procedure contradicts itself, or may leave a case without a way out of a state."""


class LedgerError(AppraisalError):
    """An entry does not fit the ledger; the ledger is as it was."""

    code = ProblemCode.DOES_NOT_FIT


class UnknownCaseError(LedgerError, KeyError):
    """A ledger was asked for a violation that was never recorded in it."""

    code = ProblemCode.UNKNOWN_ID


class LedgerConflict(LedgerError):  # noqa: N818
    """Ledgers to be merged report cases in two ways.

    Attributes:
        conflicts: For each case, its id and its entries as the one ledger reports them, and as
            the other does, oldest first; at most :data:`MAXIMUM_PROBLEMS` cases.
    """

    code = ProblemCode.TWO_HISTORIES

    def __init__(
        self,
        problems: str | Iterable[Problem],
        more: int = 0,
        subject: str = "",
        conflicts: Iterable[tuple[str, tuple[tuple[Any, ...], ...]]] = (),
    ) -> None:
        super().__init__(problems, more, subject)
        self.conflicts = tuple(conflicts)
        self.args = (self.problems, more, subject, self.conflicts)


class CalendarError(AppraisalError):
    """A calendar has no working day where one is asked for."""

    code = ProblemCode.NO_WORKING_DAY


class TrainingError(AppraisalError):
    """A curriculum, a plan, a schedule or a record contradicts itself or another."""

    rest = "and at least {} more"


class UnknownCourseError(TrainingError, KeyError):
    """A curriculum was asked for a course that it does not have."""

    code = ProblemCode.UNKNOWN_ID


class ComparisonError(AppraisalError):
    """Two situations cannot be compared, since one of them, or one between them, cannot be scored.

    Its subject says which, and its problems are those of the error that scoring raised.
    """

    def _shown(self, problem: Problem) -> str:
        return str(problem)


class LanguageError(AppraisalError):
    """A text was asked for in a language that it does not have."""

    code = ProblemCode.NOT_ALLOWED

    _shown = FieldError._shown


class _ListError(AppraisalError):
    """An error whose problems stand in several places."""

    heading: ClassVar[str]

    def __str__(self) -> str:
        lines = [f"{len(self.problems)} problem(s) keep {self.heading}:"]
        lines += map(str, self.problems)
        if self.more:
            lines.append(self.rest.format(self.more))
        return "\n- ".join(lines)


class ScoringError(_ListError):
    """Violations cannot be scored under the rulebook and the policy.

    Its problems are in the order in which the cases were recorded, or for one manager came to
    them; the path of each begins with the id of the case, such as ``$["V-12"].rule``.
    """

    heading = "the ledger from being scored"


class DecodingError(_ListError):
    """A document cannot be decoded, and nothing of it was.

    Its problems are in the order of the document. Where there are more than
    :data:`MAXIMUM_PROBLEMS`, reading stopped, and ``more`` counts those that were seen until then.
    """

    heading = "the document from being read"
    rest = "and at least {} more, where reading stopped"
