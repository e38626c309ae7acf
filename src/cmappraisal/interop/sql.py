"""SQL: a ledger as rows of a database, which is only added to and proves what it holds.

Needs the extra ``json``. Nothing is executed here: there are the statements, the rows to give them,
and the ledger of the rows that come back. A database has one row an entry in ``ledger_entries``,
and in ``ledger_heads`` the head, size and root, of the ledger after each append.

A row has its position, from 0, the entry as JSON, and the digest of its leaf in the ledger's tree.
The digest finds the row that was changed. It stands there rather than the canonical bytes because
it says nothing that the entry does not, and stays the same where words or a case are destroyed. A
row that was changed together with its digest, two that changed places, or rows cut off the end, are
found by the head alone. Whoever can rewrite both tables can rewrite the head too, so each head is
to be kept where they cannot.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from typing import Any, TypeAlias

from attrs import evolve, frozen

from cmappraisal.allowances import not_allowed
from cmappraisal.erasures import LedgerEntry, leaf_of
from cmappraisal.errors import DecodingError, LedgerError, Problem
from cmappraisal.fields import as_tuple, is_int, require_all
from cmappraisal.interop.converters import decode, encode
from cmappraisal.interop.json_texts import parsed
from cmappraisal.interop.rejections import ProblemList
from cmappraisal.interop.row_flaws import RowFlaw
from cmappraisal.ledger import Ledger
from cmappraisal.merkle import DIGEST_SIZE
from cmappraisal.showing import shown

Row: TypeAlias = tuple[int, str, str]
"""An entry as a row: its position from 0, its JSON text, and the digest of its leaf as 64
hexadecimal digits."""

Head: TypeAlias = tuple[int, str]
"""What vouches for a whole ledger: how many entries it has, and its root as 64 hexadecimal
digits."""


@frozen(kw_only=True)
class Statements:
    """What a database is asked, as SQL with the parameters of its usual driver.

    Args:
        create_entries: Creates ``ledger_entries``. By triggers it rejects a row at any position but
            the next, and any row that is to be edited or removed.
        create_heads: Creates ``ledger_heads`` with the head of the ledger without entries, and
            rejects a size that is there already, and any row that is to be edited or removed. It is
            also for the place outside, alone.
        append: Adds an entry; takes a :data:`Row`. Where another writer was first the position is
            taken, and the driver raises its ``IntegrityError``.
        keep: Keeps a head; takes a :data:`Head`. It belongs in the transaction of the append.
        read: The rows from a position on, which it takes, and after them the last head as a row
            ``(size, None, root)``. It is one statement so that all are of one moment.
        kept: The last head alone, for the place outside.
        open_to_redaction: Lets entries be edited, until ``close_to_redaction`` rejects that again;
            for the owner of the tables, in one transaction with what is between.
        redact: Puts what is left of an entry in its place; takes what :func:`rows_to_redact` makes.
        close_to_redaction: Rejects edited entries again.

    >>> SQLITE.append
    'insert into ledger_entries (position, entry, digest) values (?, ?, ?)'
    >>> POSTGRES.keep
    'insert into ledger_heads (size, root) values (%s, %s)'
    """

    create_entries: str
    create_heads: str
    append: str
    keep: str
    read: str
    kept: str
    open_to_redaction: str
    redact: str
    close_to_redaction: str


def head_of(ledger: Ledger) -> Head:
    """The head to be kept with a ledger, and outside.

    Args:
        ledger: The ledger.

    >>> head_of(Ledger())
    (0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    """
    return len(ledger), ledger.root().hex()


_TO_SQLITE = """
create table ledger_entries (
    position integer primary key,
    entry text not null,
    digest text not null
);
create trigger ledger_entries_come_at_the_end before insert on ledger_entries
when new.position <> (select coalesce(max(position) + 1, 0) from ledger_entries)
begin select raise(abort, 'this position is not the next one'); end;
"""

_HEADS_TO_SQLITE = """
create table ledger_heads (size integer primary key, root text not null);
create trigger ledger_heads_are_kept_once before insert on ledger_heads
when exists (select * from ledger_heads where size = new.size)
begin select raise(abort, 'a head of this size is kept already'); end;
"""

_NEVER_EDITED_IN_SQLITE = """
create trigger {table}_are_never_edited before update on {table}
begin select raise(abort, 'rows of {table} are never edited'); end;
"""

_NEVER_REMOVED_FROM_SQLITE = """
create trigger {table}_are_never_removed before delete on {table}
begin select raise(abort, 'rows of {table} are never removed'); end;
"""

_TO_POSTGRES = """
create table ledger_entries (
    position bigint primary key,
    entry text not null,
    digest text not null
);
create function ledger_entries_come_at_the_end() returns trigger language plpgsql
set search_path from current as
$$ begin
    if new.position <> (select coalesce(max(position) + 1, 0) from ledger_entries) then
        raise exception 'position % is not the next one', new.position
        using errcode = 'unique_violation';
    end if;
    return new;
end $$;
create trigger ledger_entries_come_at_the_end before insert on ledger_entries
for each row execute function ledger_entries_come_at_the_end();
"""

_HEADS_TO_POSTGRES = """
create table ledger_heads (size bigint primary key, root text not null);
"""

_ONLY_ADDED_TO_POSTGRES = """
create function {table}_are_only_added() returns trigger language plpgsql as
$$ begin
    raise exception 'rows of {table} are never edited or removed'
    using errcode = 'restrict_violation';
end $$;
create trigger {table}_are_only_added before update or delete or truncate on {table}
for each statement execute function {table}_are_only_added();
"""

_FIRST_HEAD = "insert into ledger_heads (size, root) values ({}, '{}');\n".format(
    *head_of(Ledger())
)

# The head comes from an aggregate, so that there is always one row for it and it is the last.
_READ = """
select position, entry, digest from (
    select position, entry, digest from ledger_entries where position >= ?
    union all
    select max(size), null, (select root from ledger_heads order by size desc limit 1)
    from ledger_heads
) as stored
order by entry is null, position
"""


def _statements(
    entries: str, heads: str, only_added: str, redaction: tuple[str, str], parameter: str
) -> Statements:
    opening, closing = redaction
    asked = {
        "append": "insert into ledger_entries (position, entry, digest) values (?, ?, ?)",
        "keep": "insert into ledger_heads (size, root) values (?, ?)",
        "read": _READ,
        "redact": "update ledger_entries set entry = ? where position = ?",
    }
    return Statements(
        create_entries=entries + only_added.format(table="ledger_entries"),
        create_heads=heads + only_added.format(table="ledger_heads") + _FIRST_HEAD,
        kept="select size, root from ledger_heads order by size desc limit 1",
        open_to_redaction=opening,
        close_to_redaction=closing,
        **{name: text.replace("?", parameter) for name, text in asked.items()},
    )


SQLITE = _statements(
    _TO_SQLITE,
    _HEADS_TO_SQLITE,
    _NEVER_EDITED_IN_SQLITE + _NEVER_REMOVED_FROM_SQLITE,
    (
        "drop trigger ledger_entries_are_never_edited",
        _NEVER_EDITED_IN_SQLITE.format(table="ledger_entries"),
    ),
    "?",
)
"""The statements for SQLite, with the parameters of ``sqlite3``."""

POSTGRES = _statements(
    _TO_POSTGRES,
    _HEADS_TO_POSTGRES,
    _ONLY_ADDED_TO_POSTGRES,
    (
        "alter table ledger_entries disable trigger ledger_entries_are_only_added",
        "alter table ledger_entries enable trigger ledger_entries_are_only_added",
    ),
    "%s",
)
"""The statements for PostgreSQL, with the parameters of ``psycopg``."""


def rows_of(ledger: Ledger, position: int = 0) -> list[Row]:
    """The rows of a ledger's entries, from a position on.

    Args:
        ledger: The ledger.
        position: The first position, from 0; as many as are stored already.

    Raises:
        FieldError: An argument is no ledger, or no position.

    >>> from cmappraisal import Violation
    >>> from datetime import date, datetime, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> [(position, entry[:40], len(digest)) for position, entry, digest in rows_of(ledger)]
    [(0, '{"kind": "recorded", "at": "2025-03-04T0', 64)]
    >>> rows_of(ledger, 1)
    []
    """
    require_all(
        "rows_of",
        ("ledger", ledger, isinstance(ledger, Ledger), "a Ledger"),
        ("position", position, is_int(position, 0), "an int from 0"),
    )
    return [
        (place, json.dumps(encode(entry), ensure_ascii=False), leaf_of(entry).hex())
        for place, entry in islice(enumerate(ledger), position, None)
    ]


def rows_to_redact(before: Ledger, after: Ledger) -> list[tuple[str, int]]:
    """What is to be put in the places of entries whose words, or whose cases, were destroyed.

    Args:
        before: The ledger as it is stored.
        after: The ledger without them, as ``redact`` and ``erase`` make it.

    Returns:
        For each entry that changed its JSON text and its position, as ``Statements.redact`` takes
        them. The digests stay, and so do the heads.

    Raises:
        FieldError: An argument is no ledger, or they have not the same root.

    >>> from cmappraisal import Violation
    >>> from datetime import date, datetime, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), note="ill")
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> ((text, position),) = rows_to_redact(ledger, ledger.redact("V-1"))
    >>> position, "sha256:" in text, "ill" in text
    (0, True, False)
    """
    are_ledgers = isinstance(before, Ledger) and isinstance(after, Ledger)
    same = are_ledgers and head_of(before) == head_of(after)
    require_all(
        "rows_to_redact",
        ("before", before, isinstance(before, Ledger), "a Ledger"),
        ("after", after, same or not isinstance(before, Ledger), "a Ledger of the same root"),
    )
    return [
        (text, place)
        for (place, text, _), (_, stored, _) in zip(rows_of(after), rows_of(before), strict=True)
        if text != stored
    ]


def ledger_from_rows(
    rows: Iterable[Iterable[Any]], *, size: int, root: bytes | str, onto: Ledger | None = None
) -> Ledger:
    """The ledger that rows make, once all of them are seen to be what was kept.

    A row that was changed, added, doubled or put elsewhere, and one that is missing, at the end
    too, is found; how far that can be trusted depends on where the head was kept.

    Args:
        rows: The rows, in the order of their positions, each a position, an entry's JSON text and
            its digest.
        size: How many entries the whole ledger has, ``onto`` included.
        root: The root of the whole ledger: 32 bytes, or 64 hexadecimal digits.
        onto: The ledger so far, after whose entries the rows come; None where they are all.

    Returns:
        The whole ledger.

    Raises:
        DecodingError: The rows are not those that were kept. It lists every problem with its
            place, such as ``$.rows[3].digest``.
        FieldError: An argument has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import date, datetime, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> size, root = head_of(ledger)
    >>> ledger_from_rows(rows_of(ledger), size=size, root=root) == ledger
    True
    >>> ledger_from_rows([], size=size, root=root)
    Traceback (most recent call last):
    cmappraisal.errors.DecodingError: 1 problem(s) keep the document from being read:
    - $.rows: position 0 is missing; restore what was there from a copy
    """
    given = as_tuple(rows)
    digest = _as_digest(root)
    known = Ledger() if onto is None else onto
    require_all(
        "ledger_from_rows",
        ("rows", rows, isinstance(given, tuple), "a list of rows"),
        ("size", size, is_int(size, 0), "an int from 0"),
        ("root", root, digest is not None, f"{DIGEST_SIZE} bytes, or their hexadecimal digits"),
        ("onto", onto, isinstance(known, Ledger), "None, or a Ledger"),
    )
    listed = ProblemList()
    whole = _whole_rows(given, listed)
    for problem in _problems_of_positions(whole, len(known), size):
        if listed.add(problem).is_full:
            break
    entries = _entries_of(whole, listed)
    if not listed:
        try:
            ledger = known.extend(entries)
        except LedgerError as error:
            listed.more += error.more
            for problem in error.problems:
                listed.add(_problem_of_row(problem))
        else:
            if ledger.root() == digest:
                return ledger
            listed.add(_problem_of_root(ledger, shown(root)))
    raise DecodingError(listed.problems, listed.more)


def _as_digest(root: bytes | str) -> bytes | None:
    if isinstance(root, str):
        return bytes.fromhex(root) if re.fullmatch("[0-9a-f]{64}", root) else None
    return root if isinstance(root, bytes) and len(root) == DIGEST_SIZE else None


def _whole_rows(rows: tuple[Any, ...], listed: ProblemList) -> dict[int, tuple[Any, Any, Any]]:
    """The rows that have their three parts, by their indexes."""
    whole = {}
    for index, row in enumerate(map(as_tuple, rows)):
        if isinstance(row, tuple) and len(row) == 3:
            whole[index] = row
        else:
            allowed = "a position, an entry and a digest"
            listed.add(not_allowed(f"$.rows[{index}]", row, allowed))
    return whole


def _problems_of_positions(
    rows: dict[int, tuple[Any, Any, Any]], first: int, size: int
) -> Iterator[Problem]:
    """What is wrong with positions that should be those from the first to below the size."""
    if size < first:
        yield RowFlaw.SMALLER_THAN_ONTO.problem("$.size", size, first)
        return
    seen: set[int] = set()
    last = first
    for index, (position, _, _) in rows.items():
        path = f"$.rows[{index}].position"
        if not is_int(position, first, size - 1):
            yield RowFlaw.OUT_OF_RANGE.problem(path, shown(position), first, size)
            continue
        if position in seen:
            yield RowFlaw.REPEATED_POSITION.problem(path, position)
        elif position < last:
            yield RowFlaw.OUT_OF_ORDER.problem(path, position, last)
        seen.add(position)
        last = position
    yield from _problems_of_gaps(sorted(seen), first, size)


def _problems_of_gaps(seen: list[int], first: int, size: int) -> Iterator[Problem]:
    for before, after in pairwise((first - 1, *seen, size)):
        missing = after - before - 1
        if missing:
            flaw = RowFlaw.ONE_MISSING if missing == 1 else RowFlaw.SEVERAL_MISSING
            yield flaw.problem("$.rows", before + 1, after - 1)


def _entries_of(rows: dict[int, tuple[Any, Any, Any]], listed: ProblemList) -> list[LedgerEntry]:
    """The entries of rows, as far as they can be read."""
    entries: list[LedgerEntry] = []
    for index, (_, text, digest) in rows.items():
        if listed.is_full:
            break
        try:
            entry = decode(parsed(text), LedgerEntry)
        except DecodingError as error:
            listed.take(error, f".rows[{index}].entry")
            continue
        entries.append(entry)
        if leaf_of(entry).hex() != digest:
            both = shown(digest), leaf_of(entry).hex()
            listed.add(RowFlaw.OTHER_DIGEST.problem(f"$.rows[{index}].digest", *both))
    return entries


def _problem_of_row(problem: Problem) -> Problem:
    """A problem of an entry that is to be added, as one of the row that it stands in."""
    path = re.sub(r"^\$\.entries(\[\d+\])", r"$.rows\1.entry", problem.path)
    return evolve(problem, path=path)


def _problem_of_root(ledger: Ledger, root: str) -> Problem:
    return RowFlaw.OTHER_ROOT.problem("$.root", root, len(ledger), ledger.root().hex())
