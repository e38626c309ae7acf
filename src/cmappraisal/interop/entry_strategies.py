"""Strategies of entries: each kind by itself, some with a salt, some without their words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve

from cmappraisal.entries import (
    ENTRY_KINDS,
    Acted,
    Amended,
    Corrected,
    Decided,
    Entry,
    Lifted,
    Recorded,
    Reviewed,
)
from cmappraisal.interop.derived_strategies import YEAR, identifiers, moments
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import MONEY, POINTS
from cmappraisal.interop.violation_strategies import violations
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.redactions import MAXIMUM_SALT, MINIMUM_SALT, without_words
from cmappraisal.takings import OF_CONSEQUENCES

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


def entries(kind: type[Entry]) -> SearchStrategy[Entry]:
    """Entries of one kind, as they come in ledgers, some with a salt, some without their words.

    Args:
        kind: One of the kinds of entry.
    """
    salts = st.none() | st.binary(min_size=MINIMUM_SALT, max_size=MAXIMUM_SALT)
    return st.builds(_as_kept, _entries(kind), salts, st.booleans())


def _as_kept(entry: Entry, salt: bytes | None, redacted: bool) -> Entry:
    salted = evolve(entry, salt=salt)
    return without_words(salted, salt) if redacted else salted


def _entries(kind: type[Entry]) -> SearchStrategy[Entry]:
    prose = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
    ids = identifiers()
    by = st.none() | ids
    if kind is Recorded:
        return st.builds(Recorded, violations(), at=moments(), by=by)
    if kind is Amended:
        return st.builds(Amended, violations(), prose, at=moments(), by=by)
    if kind in OF_CONSEQUENCES:
        what = {"reason": prose} if kind is Lifted else {"on": st.dates(YEAR.first, YEAR.last)}
        return st.builds(kind, ids, ids, **what, at=moments(), by=by, manager=by)
    if kind is Acted:
        return _any_act(prose)
    if kind in (Decided, Reviewed, Corrected):
        return st.builds(
            kind,
            violations() if kind is Corrected else ids,
            prose,
            points=POINTS,
            money=MONEY,
            effective_on=st.none() | st.dates(YEAR.first, YEAR.last),
            at=moments(),
            by=by,
        )
    return st.builds(kind, ids, prose, at=moments(), by=by)


@st.composite
def _any_act(draw: DrawFn, prose: SearchStrategy[str]) -> Acted:
    act = draw(st.sampled_from(ProceduralAct))
    violation = draw(violations()) if act is ProceduralAct.PROPOSED else None
    id = draw(identifiers()) if violation is None else violation.id
    reason = draw(prose if act is ProceduralAct.REOPENED else st.just("") | prose)
    on, by = draw(st.none() | st.dates(YEAR.first, YEAR.last)), draw(st.none() | identifiers())
    return Acted(id, act, on=on, violation=violation, reason=reason, at=draw(moments()), by=by)


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {kind: entries(kind) for kind in ENTRY_KINDS}
)
"""The strategies of the kinds of entry."""
