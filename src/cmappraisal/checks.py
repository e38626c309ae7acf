"""Checks: what an embedder asks of entries beyond what the library does.

A check is a function of an entry and of the case before it, and gives problems, as the library's
own checks do. It is asked before an entry is recorded, and of every entry of a ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from cmappraisal.cases import Case, replayed
from cmappraisal.entries import ENTRIES_ALLOWED, ENTRY_KINDS, Entry
from cmappraisal.errors import Problem, UnknownCaseError
from cmappraisal.fields import as_tuple, is_tuple_of, require, require_all
from cmappraisal.ledger import Ledger

CHECKS = "a list of functions of an entry and of the case before it"
"""What is allowed of checks, in words."""


class Check(Protocol):
    """A function that says what is wrong with an entry.

    Its arguments are the entry, and the case as it was before it, None where the entry begins one.
    It gives problems, whose paths are within the entry, such as ``$.violation.occurred_on``; none
    where all is right.

    >>> from cmappraisal import Problem, ProblemCode, Recorded
    >>> def not_against_oneself(entry, before):
    ...     if isinstance(entry, Recorded) and entry.by == entry.violation.manager:
    ...         yield Problem("$.by", ProblemCode.NOT_ALLOWED, "nobody records their own case")
    """

    def __call__(self, entry: Entry, before: Case | None, /) -> Iterable[Problem]:
        """The problems of an entry.

        Args:
            entry: The entry.
            before: The case before it; None where it begins one.
        """
        ...


def are_checks(value: object) -> bool:
    """Whether a value is a tuple of what can be called."""
    return isinstance(value, tuple) and all(map(callable, value))


def asked(checks: Iterable[Check], entry: Entry, before: Case | None) -> Iterator[Problem]:
    """What some checks say of an entry.

    Args:
        checks: The checks.
        entry: The entry.
        before: The case before it; None where it begins one.

    Raises:
        FieldError: A check gives something else than problems.
    """
    for check in checks:
        found = as_tuple(check(entry, before))
        fits = is_tuple_of(found, Problem)
        require(getattr(check, "__name__", "check"), "result", found, fits, "a list of Problem")
        yield from found


def check_entry(entry: Entry, ledger: Ledger, checks: Iterable[Check]) -> tuple[Problem, ...]:
    """What checks say of an entry before it is appended to a ledger.

    Args:
        entry: The entry.
        ledger: The ledger.
        checks: The checks.

    Returns:
        The problems, with their places in the entry; none where all is right.

    Raises:
        FieldError: An argument has a value that it does not allow, or a check gives something else
            than problems.
    """
    asking = as_tuple(checks)
    require_all(
        "check_entry",
        ("entry", entry, type(entry) in ENTRY_KINDS, f"one of {ENTRIES_ALLOWED}"),
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("checks", asking, are_checks(asking), CHECKS),
    )
    try:
        before = ledger.case(entry.violation_id)
    except UnknownCaseError:
        before = None
    return tuple(asked(asking, entry, before))


def check_ledger(ledger: Ledger, checks: Iterable[Check]) -> tuple[Problem, ...]:
    """What checks say of every entry of a ledger.

    Args:
        ledger: The ledger.
        checks: The checks.

    Returns:
        The problems by case, in the order in which the cases came into the ledger, and of a case by
        its entries; the path of each begins with the id of the case and the number of the entry
        in it, from 0, such as ``$["V-12"][0].by``.

    Raises:
        FieldError: An argument has a value that it does not allow, or a check gives something else
            than problems.
    """
    asking = as_tuple(checks)
    require_all(
        "check_ledger",
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("checks", asking, are_checks(asking), CHECKS),
    )
    return tuple(
        problem.within(f'$["{case.violation.id}"][{place}]')
        for case in ledger.cases()
        for place, (before, entry, _) in enumerate(replayed(case))
        for problem in asked(asking, entry, before)
    )
