"""Findings: what was found in the rows of a table, each with its row, column and value."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Any

from attrs import define, field, frozen

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.interop.tables.cells import CellError, as_written, is_blank, looks_of
from cmappraisal.interop.tables.wordings import (
    NORMALISED,
    TIDIED,
    Finding,
    found,
    in_words,
)
from cmappraisal.ledger import Ledger
from cmappraisal.texts import Language, Text


@frozen
class RowProblem:
    """One thing that is wrong with a row, which keeps it out of the ledger.

    Args:
        row: The number of the row.
        column: The name of the column in the table; None where it is the row as a whole, or where
            the table has no such column.
        field: The name of the field that the column is read into; None of the row as a whole.
        value: What stands there, as text; empty where it is blank.
        code: What kind of problem it is.
        message: What is there and what is allowed, in three languages.
        suggestion: The id that was meant, where that is clear.
        repeats: The number of the earlier row whose id this one repeats; None of any other.

    >>> from cmappraisal import ERROR_POINTS
    >>> from cmappraisal.interop.tables import ledger_from
    >>> from datetime import datetime, timezone
    >>> row = {"id": "V-1", "manager": "RM-01", "rule": "3.99", "occurred_on": "2025-03-02"}
    >>> at = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> print(*ledger_from([row], ERROR_POINTS, at=at).problems)
    row 1, rule: the standard has no rule 3.99; did you mean 3.9?
    """

    row: int
    column: str | None
    field: str | None
    value: str
    code: ProblemCode
    message: Text
    suggestion: str | None = None
    repeats: int | None = None

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: Language) -> str:
        """The problem with its place, as one line.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.
        """
        return _placed(self.row, self.column or self.field, self.message, language)


@frozen
class RowNote:
    """What was read otherwise than it was written, such as full-width forms; the row is recorded.

    Args:
        row: The number of the row.
        column: The name of the column in the table.
        field: The name of the field that it is read into.
        value: What stands there.
        read_as: What it was read as.
        message: The same in three languages.
    """

    row: int
    column: str
    field: str
    value: str
    read_as: str
    message: Text

    def __str__(self) -> str:
        return self.in_language("en")

    def in_language(self, language: Language) -> str:
        """The note with its place, as one line.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.
        """
        return _placed(self.row, self.column, self.message, language)


def _placed(row: int, column: str | None, message: Text, language: Language) -> str:
    text = message.in_language(language)
    if language == "en":
        return f"row {row}{'' if column is None else f', {column}'}: {text}"
    return f"第{row}行{'' if column is None else f'，{column}'}：{text}"


@frozen
class Reading:
    """What was read of a table: the ledger of the good rows, and a report of the others.

    Args:
        ledger: The ledger, with one entry more for each good row, in the order of the rows.
        problems: Everything that is wrong with the bad rows, by row.
        notes: What was read otherwise than it was written, by row, of bad rows too.
        rows: How many rows there are, each of them recorded or with a problem.
        unread: The names of the columns that nothing was read from.
    """

    ledger: Ledger
    problems: tuple[RowProblem, ...]
    notes: tuple[RowNote, ...]
    rows: int
    unread: tuple[str, ...]

    @property
    def bad_rows(self) -> tuple[int, ...]:
        """The numbers of the rows that were not recorded."""
        return tuple(dict.fromkeys(problem.row for problem in self.problems))


@define(eq=False)
class Report:
    """What was found so far.

    Args:
        sources: By field the name of its column, of the fields that have one.
    """

    sources: Mapping[str, str]
    problems: list[RowProblem] = field(factory=list, init=False)
    notes: list[RowNote] = field(factory=list, init=False)

    def add(
        self,
        row: int,
        name: str | None,
        value: str,
        finding: Finding,
        *values: object,
        repeats: int | None = None,
    ) -> None:
        """Add a problem of a field, or of the row as a whole."""
        message, column = found(finding, *values), None if name is None else self.sources.get(name)
        self.problems.append(
            RowProblem(row, column, name, value, finding.code, message, repeats=repeats)
        )

    def take(self, row: int, name: str, value: str, error: CellError) -> None:
        """Take everything that is wrong with a cell."""
        column = self.sources[name]
        self.problems.extend(
            RowProblem(row, column, name, value, each.code, each.message, each.suggestion)
            for each in (error, *error.others)
        )

    def add_all(
        self,
        row: int,
        cells: Mapping[str, Any],
        problems: Iterable[Problem],
        bad: Container[str | None],
        words: Callable[[Problem, str], Text],
    ) -> None:
        """Add what the library finds in an act, but in fields that are known to be bad."""
        for problem in problems:
            name = problem.path.removeprefix("$.")
            if name not in bad:
                value = cells.get(name)
                text = "" if is_blank(value) else as_written(value)
                message = words(problem, text)
                column = self.sources.get(name)
                self.problems.append(RowProblem(row, column, name, text, problem.code, message))

    def note(self, row: int, name: str, value: str, read_as: str) -> None:
        """Note what was read otherwise than it was written."""
        if looks_of(value) == looks_of(read_as):
            message = in_words(TIDIED, read_as)
        else:
            message = in_words(NORMALISED, value, read_as)
        self.notes.append(RowNote(row, self.sources[name], name, value, read_as, message))
