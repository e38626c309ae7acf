"""The ledger: what happened and when it was known, entry by entry, never edited.

Nothing in a ledger is changed or removed. Whatever happens to a case, a correction included, is one
more entry, and an append returns a new ledger that leaves the old one whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from attrs import frozen

from cmappraisal.acts import Act
from cmappraisal.cases import Case, case_of
from cmappraisal.erasures import Erased, LedgerEntry, erased, leaf_of
from cmappraisal.errors import UnknownCaseError
from cmappraisal.fields import (
    MOMENT,
    as_moment,
    as_text,
    as_tuple,
    identifier_allowed,
    is_identifier,
    is_moment,
    require,
    require_moment,
)
from cmappraisal.ledger_flaws import LedgerFlaw
from cmappraisal.making import maker
from cmappraisal.merging import merged
from cmappraisal.merkle import MerkleTree, Proof
from cmappraisal.periods import Period
from cmappraisal.redactions import without_words
from cmappraisal.runs import Runs
from cmappraisal.showing import shown
from cmappraisal.writing import Writable
from cmappraisal.writing_of_acts import ActWritable
from cmappraisal.writing_of_takings import TakingWritable


def _as_entries(value: Iterable[LedgerEntry]) -> tuple[LedgerEntry, ...]:
    entries = value if type(value) is tuple else as_tuple(value)
    if not isinstance(entries, tuple):
        require("Ledger", "entries", entries, False, "a list of entries")
    return entries


@frozen(init=False, eq=False, repr=False)
class Ledger(Writable, ActWritable, TakingWritable):
    """Entries in the order they were made; append-only and immutable.

    Args:
        entries: The entries to begin with, oldest first.

    Raises:
        LedgerError: An entry does not fit those before it.

    >>> from cmappraisal import Violation
    >>> from datetime import date, timezone
    >>> march = datetime(2025, 3, 4, tzinfo=timezone.utc)
    >>> june = datetime(2025, 6, 1, tzinfo=timezone.utc)
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=march)
    >>> later = ledger.reverse("V-1", at=june, reason="the visit was reported")
    >>> len(ledger), len(later)
    (1, 2)
    >>> [violation.id for violation in later.upheld()]
    []
    >>> [violation.id for violation in later.as_of(march).upheld()]
    ['V-1']
    """

    _runs: Runs
    # The tree over the entries as far as a digest was asked for, here or in a ledger before this.
    _tree: MerkleTree

    def __init__(self, entries: Iterable[LedgerEntry] = ()) -> None:
        object.__setattr__(self, "_runs", Runs().grown(_as_entries(entries), None))
        object.__setattr__(self, "_tree", MerkleTree())

    def __iter__(self) -> Iterator[LedgerEntry]:
        return iter(self._runs)

    def __len__(self) -> int:
        return len(self._runs)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        return tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<Ledger of {len(self)} entries>"

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """The entries, oldest first."""
        return tuple(self)

    def extend(self, entries: Iterable[LedgerEntry], *, now: datetime | None = None) -> Ledger:
        """The ledger with more entries: all of them, or an error and none.

        Args:
            entries: Entries, oldest first, none before the last entry of the ledger.
            now: The moment that no entry may be after, so that one wrong clock does not close the
                ledger to every entry that is right; None where that is not asked.

        Raises:
            FieldError: ``entries`` is no iterable of entries, or ``now`` has no time zone.
            LedgerError: Entries do not fit those before them; it reports the first problem of each
                case.
        """
        added = _as_entries(entries)
        if now is not None:
            require("Ledger.extend", "now", now, is_moment(now), f"None, or {MOMENT}")
            now = as_moment(now)
        roomy = self._runs.with_room()
        if roomy is not self._runs:
            # Kept here, so that it is done once for all ledgers that go on from this one.
            object.__setattr__(self, "_runs", roomy)
        return _ledger_of(roomy.grown(added, now), self._tree)

    @staticmethod
    def merge(*ledgers: Ledger) -> Ledger:
        """One ledger of all the entries of several, such as those of a bank's branches.

        Entries come in the order of their moments; those of one moment by the id of their case,
        and those of one case as they came. So it does not matter which ledger is named first, nor
        whether some are merged before others, nor whether one is named twice. A case that one
        ledger reports further than another is taken as far as it is reported.

        Args:
            ledgers: The ledgers.

        Raises:
            FieldError: An argument is no ledger.
            LedgerConflict: Cases are reported in two ways; the error has both histories of each.

        >>> from cmappraisal import Violation
        >>> from datetime import date, timezone
        >>> north, south = (
        ...     Ledger().record(
        ...         Violation(id, "RM-01", rule="2.1", occurred_on=date(2025, 3, 2)),
        ...         at=datetime(2025, 3, day, tzinfo=timezone.utc),
        ...     )
        ...     for id, day in (("N-1", 5), ("S-1", 4))
        ... )
        >>> [entry.violation_id for entry in Ledger.merge(north, south)]
        ['S-1', 'N-1']
        """
        for ledger in ledgers:
            require("Ledger.merge", "ledger", ledger, isinstance(ledger, Ledger), "a Ledger")
        return _ledger_of(merged(ledger._runs for ledger in ledgers), MerkleTree())

    def case(self, violation_id: str) -> Case:
        """The case of a violation: its state, how it reads now, and its history.

        Args:
            violation_id: The violation's id.

        Raises:
            UnknownCaseError: No such violation was recorded.
        """
        case = self._runs.found(violation_id) if is_identifier(violation_id) else None
        if case is not None:
            return case
        is_erased = is_identifier(violation_id) and violation_id in self._runs.erased
        flaw = LedgerFlaw.ERASED_FROM_THIS_LEDGER if is_erased else LedgerFlaw.NOT_IN_THIS_LEDGER
        raise UnknownCaseError([flaw.problem("$", shown(violation_id))])

    def cases(self) -> Iterable[Case]:
        """The cases in the order they were recorded."""
        return self._runs.cases().values()

    def for_manager(self, manager: str) -> tuple[Case, ...]:
        """The cases of one relationship manager, in the order they came to them.

        Those are all that were ever recorded or amended to be theirs, so that the file is whole
        even where a case has since been amended to be another's; ``case.violation.manager`` says
        whose it is now. It takes no scan of the others.

        Args:
            manager: The id of the relationship manager; one without cases has none.

        Raises:
            FieldError: ``manager`` is no id.
        """
        return tuple(self._runs.of_manager(_a_manager("Ledger.for_manager", manager)))

    def taken_from(self, manager: str) -> tuple[Case, ...]:
        """The cases in which a consequence was taken from somebody by name, in their order.

        Whoever bears a consequence need not be the one at fault: others may answer too, and a case
        may have been amended to be another's since. It takes no scan of the others.

        Args:
            manager: The id of who bears it.

        Raises:
            FieldError: ``manager`` is no id.
        """
        return tuple(self._runs.taken_from(_a_manager("Ledger.taken_from", manager)))

    @property
    def latest(self) -> datetime | None:
        """The moment of the last entry, which the next must not come before; None without one."""
        return self._runs.latest

    @property
    def managers(self) -> tuple[str, ...]:
        """The ids of all relationship managers who ever had a case, sorted."""
        return tuple(sorted(self._runs.managers))

    def between(self, first: date, last: date) -> tuple[Case, ...]:
        """The cases that occurred, as they read now, from one day to another, by day and then id.

        It takes no scan of the other days.

        Args:
            first: The first day.
            last: The last day, itself included.

        Raises:
            FieldError: A day is not a date, or the last comes before the first.
        """
        return tuple(self._runs.between(Period(first, last)))

    def upheld(self) -> tuple[Act, ...]:
        """The upheld violations, as they read now, in the order they were recorded."""
        return tuple(case.violation for case in self.cases() if case.is_upheld)

    def as_of(self, moment: datetime) -> Ledger:
        """The ledger as it was at a moment.

        Args:
            moment: A datetime with a time zone; entries at exactly that moment are known.

        Raises:
            FieldError: The moment has no time zone.
        """
        moment = require_moment("Ledger.as_of", "moment", moment)
        if self.latest is None or self.latest <= moment:
            return self
        return _ledger_of(self._runs.as_of(moment), MerkleTree())

    def redact(self, violation_id: str) -> Ledger:
        """The ledger without the words of a case: their digests stand in their place.

        Notes, grounds and reasons are gone, and so are the salts of the entries. Points, days and
        acts stay, so that every appraisal stays what it was; and the root stays, so that every
        proof still holds. It destroys nothing in other copies of the ledger, nor where it is
        stored.

        Args:
            violation_id: The id of the case.

        Raises:
            UnknownCaseError: No such violation was recorded.

        >>> from cmappraisal import Violation
        >>> from datetime import date, timezone
        >>> violation = Violation(
        ...     "V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), note="was ill"
        ... )
        >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
        >>> redacted = ledger.redact("V-1")
        >>> redacted.case("V-1").violation.note.digest[:19]
        'sha256:35ae7ddeae95'
        >>> redacted.root() == ledger.root()
        True
        """
        left = [without_words(each, each.salt) for each in self.case(violation_id).history]
        return _ledger_of(self._runs.with_case(violation_id, case_of(left), left), self._tree)

    def erase(self, violation_id: str) -> Ledger:
        """The ledger without a case: of its entries there is left where they stood.

        What is left says whom the case was about and between which days, so that every appraisal
        that would have read it says that it is incomplete. The root stays, so that every proof
        still holds. It destroys nothing in other copies of the ledger, nor where it is stored.

        Args:
            violation_id: The id of the case.

        Raises:
            UnknownCaseError: No such violation was recorded.

        See :class:`~cmappraisal.evidence.Erased`.
        """
        left = erased(self.case(violation_id).history)
        return _ledger_of(self._runs.with_case(violation_id, None, left), self._tree)

    def erased(self) -> tuple[Erased, ...]:
        """What is left of the first entry of each case that was erased, in their order."""
        return tuple(self._runs.erased.values())

    def root(self) -> bytes:
        """The digest that vouches for every entry and for their order (RFC 9162, SHA-256).

        Its leaves are the :func:`~cmappraisal.canonical_bytes` of the entries. Asked again after
        more entries, it takes the work of those alone.

        Returns:
            32 bytes.

        >>> Ledger().root().hex()[:16]
        'e3b0c44298fc1c14'
        """
        return self._whole_tree().root

    def prove_inclusion(self, index: int) -> Proof:
        """The proof that an entry is in this ledger.

        See :func:`~cmappraisal.merkle.verify_inclusion`.

        Args:
            index: The position of the entry, from 0.

        Raises:
            FieldError: The ledger has no such entry.
        """
        return self._whole_tree().prove_inclusion(index)

    def prove_consistency(self, earlier_size: int) -> Proof:
        """The proof that an earlier ledger is how this one began.

        See :func:`~cmappraisal.merkle.verify_consistency`.

        Args:
            earlier_size: How many entries the earlier ledger had, from 0.

        Raises:
            FieldError: The ledger has fewer entries.
        """
        return self._whole_tree().prove_consistency(earlier_size)

    def _whole_tree(self) -> MerkleTree:
        known = self._tree
        if len(known) < len(self):
            known = known.extend_by_digests(map(leaf_of, self._runs.after(len(known))))
            object.__setattr__(self, "_tree", known)
        return known


_ledger_of = maker(Ledger)


def _a_manager(owner: str, value: str) -> str:
    """An id of a manager, required to be one."""
    manager = as_text(value)
    require(owner, "manager", manager, is_identifier(manager), identifier_allowed(manager))
    return manager
