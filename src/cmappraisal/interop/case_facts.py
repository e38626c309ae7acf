"""Case facts: the violations of a worked case, and what was entered about them later.

What is left out is filled in, so that a short case is short: an id by its place, the manager and
the day by the case, and the moment of an entry by the one before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from functools import partial
from types import MappingProxyType, NoneType
from typing import Any, cast, get_args

import attrs

from cmappraisal.acts import Act, Violation
from cmappraisal.canonical import kind_name
from cmappraisal.entries import ENTRY_KINDS, Amended, Appealed, Corrected, Entry, Recorded
from cmappraisal.errors import LedgerError
from cmappraisal.fields import identifier_allowed, is_identifier
from cmappraisal.flaw_wordings import filled, perhaps
from cmappraisal.interop.case_flaws import CaseFlaw
from cmappraisal.interop.catalogue import KINDS, members_of
from cmappraisal.interop.converters import decode, encode
from cmappraisal.interop.leaves import READERS
from cmappraisal.interop.rejections import RejectedError, rejected
from cmappraisal.interop.toml_texts import Table
from cmappraisal.ledger import Ledger
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.people import Person
from cmappraisal.periods import Period
from cmappraisal.policy import Policy
from cmappraisal.showing import shown
from cmappraisal.texts import Text

NOON = time(12, tzinfo=UTC)
"""When an entry was made of which only the day is written."""

END_OF_DAY = time(23, 59, 59, 999_999, tzinfo=UTC)
"""Until when what is known is read, where only the day is written."""

_SUCH_AS = Text("，例如 {0}", "，例如 {0}", en=", such as {0}")
_NONE = filled(Text("，但本例沒有違規", "，但本例没有违规", en=", and it has none"))
_DAY_OR_MOMENT = (
    "a day such as 2025-03-04, or a moment with its offset such as 2025-03-04T12:00:00+08:00"
)
_OF_POLICY = tuple(member.name for member in members_of(Policy))
_OF_VIOLATION = tuple(member.name for member in members_of(Violation))
_LATER: Mapping[str, Any] = MappingProxyType(
    {KINDS[kind]: kind for kind in ENTRY_KINDS if kind is not Recorded}
)


def read_id(value: object) -> str:
    """An id."""
    if not is_identifier(text := READERS[str](value)):
        raise rejected(value, identifier_allowed(value))
    return cast(str, text)


def read_moment(value: object, hour: time) -> datetime:
    """A moment, or a day at an hour."""
    if type(value) is date:
        return datetime.combine(value, hour)
    try:
        return cast(datetime, READERS[datetime](value))
    except RejectedError:
        raise rejected(value, _DAY_OR_MOMENT) from None


def with_nones(fields: Mapping[str, Any], kind: type) -> dict[str, Any]:
    """Fields of a type, with None where they are ``false``: TOML has no word for nothing."""
    takes_none = {each.name for each in members_of(kind) if NoneType in get_args(each.kind)}
    return {
        name: None if value is False and name in takes_none else value
        for name, value in fields.items()
    }


def read_policy(value: object) -> Mapping[str, Any]:
    """Fields of the policy, by their names."""
    table = Table(value, _OF_POLICY)
    policy = table.take("", lambda: decode(with_nones(table.fields, Policy), Policy), None)
    table.close()
    return ReadOnlyMapping((name, getattr(policy, name)) for name in table.fields)


def read_recorded(
    value: object, place: int, *, kind: type[Act], manager: str, period: Period
) -> Recorded:
    """The recording of a violation or a merit.

    Args:
        value: What stands in the text.
        place: Which of its kind it is in the case, from 0.
        kind: Violation or Merit.
        manager: Whose it is, where it does not say so.
        period: The period on whose first day it happened, where it does not say when.

    Raises:
        RejectedError: Something of it is wrong.
    """
    table = Table(value, (*_OF_VIOLATION, "at", "by"))
    at = table.read("at", partial(read_moment, hour=NOON), None)
    by = table.read("by", read_id, None)
    id = _id_of(kind, place + 1)
    by_default = {"id": id, "manager": manager, "occurred_on": period.first}
    given = {name: table.fields[name] for name in _OF_VIOLATION if name in table.fields}
    whole = {"kind": kind_name(kind)} | by_default | with_nones(given, kind)
    act: Act | None = table.take("", lambda: decode(whole, kind), None)
    table.close()
    return _recorded(cast(Act, act), at, by)


def _id_of(kind: type[Act], place: int) -> str:
    """The id of what has none, such as ``"V-1"`` or ``"M-1"``."""
    return f"{kind.__name__[0]}-{place}"


def _recorded(violation: Act, at: datetime | None, by: str | None) -> Recorded:
    if at is None:
        days = (violation.occurred_on, violation.found_on, violation.recorded_on)
        at = datetime.combine(max(day for day in days if day is not None), NOON)
    return Recorded(violation, at=at, by=by)


def stand_ins(value: object, kind: type[Act], manager: str, period: Period) -> tuple[Recorded, ...]:
    """Violations or merits under the ids of some that are wrong, so that these can be named."""
    written = value if isinstance(value, list) else []
    tables = (each if isinstance(each, dict) else {} for each in written)
    ids = (each.get("id", _id_of(kind, place)) for place, each in enumerate(tables, start=1))
    violations = (
        kind(id, manager, rule="?", occurred_on=period.first) for id in ids if is_identifier(id)
    )
    return tuple(_recorded(violation, None, None) for violation in violations)


def read_person(value: object, place: int, *, kind: type[Person], manager: str) -> Person:
    """A tenure or a milestone, whose moment can be written as a day.

    Args:
        value: What stands in the text.
        place: Which it is in the case, from 0.
        kind: Tenure or Milestone.
        manager: Whose it is, where it does not say so.
    """
    table = Table(value, tuple(member.name for member in members_of(cast(type, kind))))
    fields = {"person": manager, **with_nones(dict(table.fields), kind)}
    if fields.get("known_from") is not None:
        moment = table.read("known_from", partial(read_moment, hour=NOON), None)
        fields["known_from"] = None if moment is None else moment.isoformat()
    whole = ({"kind": KINDS[kind]} if kind in KINDS else {}) | fields
    person = table.take("", lambda: decode(whole, kind), None)
    table.close()
    return cast(Person, person)


class CaseFacts:
    """The violations of a case as they read so far, and when each was last written about.

    Args:
        recorded: Their recordings, in the order of the text.
        name: The name of the case, which gives the reason of an entry that states none.
    """

    def __init__(self, recorded: tuple[Recorded, ...], name: str) -> None:
        self.name = name
        self.acts: dict[str, Act] = {}
        self.latest: dict[str, datetime] = {}
        self.repeated: list[int] = []
        for place, entry in enumerate(recorded):
            if entry.violation_id in self.acts:
                self.repeated.append(place)
            self.acts[entry.violation_id] = entry.violation
            self.latest[entry.violation_id] = entry.at

    def read_later(self, value: object, place: int) -> Entry:
        """An entry that says in its first key what kind it is, and of which violation."""
        kinds = [name for name in _LATER if isinstance(value, dict) and name in value]
        if len(kinds) != 1:
            allowed = f"a table with one of {', '.join(_LATER)}, for the id of the violation"
            raise rejected(value, allowed)
        (name,) = kinds
        kind = _LATER[name]
        words = "grounds" if kind is Appealed else "reason"
        # A worked case proves points; nobody guesses at it.
        of_kind = [each.name for each in members_of(kind) if each.name != "salt"]
        restated = (
            [each for each in _OF_VIOLATION if each != "id"] if kind in (Amended, Corrected) else []
        )
        own = [each for each in of_kind if each not in ("violation", "violation_id")]
        table = Table(value, (name, *own, *restated))
        id = table.read(name, partial(read_known, ids=self.acts), "")
        at = table.read("at", partial(read_moment, hour=NOON), self.latest.get(id))
        table.close()
        by_default = {words: self.name, **({"on": at.date()} if at is not None else {})}
        whole = {"kind": name} | _some(by_default, own) | with_nones(_some(table.fields, own), kind)
        whole["at"] = at
        if kind in (Amended, Corrected):
            act = self.acts[id]
            fields = with_nones(_some(table.fields, restated), Violation)
            self.acts[id] = act = decode(encode(act) | fields, type(act))
            whole["violation"] = encode(act)
        else:
            whole["violation_id"] = id
        entry: Entry = decode(whole, Entry)
        self.latest[id] = entry.at
        return entry


def _some(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def read_known(value: object, ids: Mapping[str, object]) -> str:
    """The id of a violation of the case."""
    id = READERS[str](value)
    if id not in ids:
        known = filled(_SUCH_AS, next(iter(ids))) if ids else _NONE
        values = shown(id), known, perhaps(id, ids) or ""
        raise RejectedError([CaseFlaw.UNKNOWN_VIOLATION.problem("$", *values)])
    return cast(str, id)


def ledger_of(entries: tuple[Entry, ...], table: Table, later_from: int) -> Ledger:
    """The ledger of entries in the order of their moments, and of one moment as they are written.

    The first entry that does not fit is noted, and what comes after it is left out.
    """
    ledger = Ledger()
    for place, entry in sorted(enumerate(entries), key=lambda each: each[1].at):
        try:
            ledger = ledger.extend((entry,))
        except LedgerError as error:
            step = f".entries[{place - later_from}]"
            for each in error.problems:
                table.add(attrs.evolve(each, path=f"${step}"))
            break
    return ledger
