"""Growing: whether entries fit those before them, and what they make of the cases there are."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from cmappraisal.cases import Case, followed
from cmappraisal.erasures import Erased, LedgerEntry
from cmappraisal.errors import (
    MAXIMUM_PROBLEMS,
    LedgerError,
    Problem,
    ProblemCode,
    UnknownCaseError,
)
from cmappraisal.ledger_flaws import LedgerFlaw, entry_named
from cmappraisal.redactions import digest_of_salt


class Before(Protocol):
    """What was there before the entries."""

    @property
    @abstractmethod
    def latest(self) -> datetime | None:
        """The moment of the last entry; None without one."""

    @abstractmethod
    def found(self, violation_id: str) -> Case | None:
        """The case of an id; None where there is none."""

    @property
    @abstractmethod
    def erased(self) -> Mapping[str, Erased]:
        """The cases that were erased, by id, each with what is left of its first entry."""

    @abstractmethod
    def has_salt(self, digest: str) -> bool:
        """Whether an entry has the salt of a digest."""


def salt_of(entry: LedgerEntry) -> str | None:
    """The digest of an entry's salt; None where it has none, or was erased."""
    salt = None if isinstance(entry, Erased) else entry.salt
    return None if salt is None else digest_of_salt(salt)


class Growing:
    """A ledger as it grows.

    Args:
        before: What was there before the entries.
        now: The moment that no entry may be after; None where that is not asked.
    """

    def __init__(self, before: Before, now: datetime | None) -> None:
        self._before = before
        self._now = now
        self._latest = before.latest
        self.salts: set[str] = set()
        self.cases: dict[str, Case] = {}
        self.erased: dict[str, Erased] = {}

    def follow(self, added: Iterable[LedgerEntry]) -> None:
        """Grow by entries, all of which have to fit.

        Args:
            added: The entries, oldest first.

        Raises:
            LedgerError: Entries do not fit; it reports the first problem of each case.
        """
        problems: list[Problem] = []
        # Of a case that goes wrong no more than the first problem: what follows rests on it.
        gone_wrong: set[str] = set()
        for index, entry in enumerate(added):
            id = entry.violation_id
            if id in gone_wrong:
                continue
            problem = self._problem_of(entry)
            if problem is not None:
                gone_wrong.add(id)
                if len(gone_wrong) <= MAXIMUM_PROBLEMS:
                    problems.append(problem.within(f"$.entries[{index}]"))
        if problems:
            never_recorded = len(problems) == 1 and problems[0].code is ProblemCode.UNKNOWN_ID
            more = len(gone_wrong) - len(problems)
            raise (UnknownCaseError if never_recorded else LedgerError)(problems, more)

    def _problem_of(self, entry: LedgerEntry) -> Problem | None:
        """What is wrong with an entry, which takes its place where nothing is."""
        problem = self._problem_of_time(entry) or self._problem_of_salt(entry)
        if problem is None:
            self._latest = entry.at
            try:
                self._take(entry)
            except LedgerError as error:
                problem = error.problems[0]
        return problem

    def _take(self, entry: LedgerEntry) -> None:
        id = entry.violation_id
        case = self.cases.get(id) or self._before.found(id)
        if isinstance(entry, Erased):
            if case is not None:
                raise LedgerError([LedgerFlaw.CASE_IS_THERE.problem("$", id)])
            if id not in self._before.erased:
                self.erased.setdefault(id, entry)
        elif id in self.erased or id in self._before.erased:
            flaw = LedgerFlaw.CASE_WAS_ERASED
            raise LedgerError([flaw.problem("$", id, entry_named(entry))])
        else:
            self.cases[id] = followed(case, entry)

    def _problem_of_time(self, entry: LedgerEntry) -> Problem | None:
        latest, now = self._latest, self._now
        if latest is not None and entry.at < latest:
            return _problem_at(LedgerFlaw.NOT_IN_ORDER, entry, latest)
        if now is not None and entry.at > now:
            return _problem_at(LedgerFlaw.IN_THE_FUTURE, entry, now)
        return None

    def _problem_of_salt(self, entry: LedgerEntry) -> Problem | None:
        salt = salt_of(entry)
        if salt is None:
            return None
        if salt not in self.salts and not self._before.has_salt(salt):
            self.salts.add(salt)
            return None
        return repeated_salt(entry, "$.salt")


def repeated_salt(entry: LedgerEntry, path: str) -> Problem:
    """What is wrong with an entry that has the salt of another, and what to do."""
    return LedgerFlaw.REPEATED_SALT.problem(path, entry_named(entry), entry.violation_id)


def _problem_at(flaw: LedgerFlaw, entry: LedgerEntry, bound: datetime) -> Problem:
    """What is wrong with the moment of an entry, beside another moment."""
    moments = (each.isoformat() for each in (entry.at, bound))
    return flaw.problem("$.at", entry_named(entry), entry.violation_id, *moments)
