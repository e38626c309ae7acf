"""Strategies of evidence: what is left of words and cases, trees of people, files."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from cmappraisal.evidence import (
    Completeness,
    Consistency,
    Erased,
    Evidence,
    PeopleTree,
    PersonLeaf,
    ProvenEntry,
    Redacted,
    evidence,
    people_tree,
    positions_of,
)
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.ledger_strategies import ledgers
from cmappraisal.interop.violation_strategies import MANAGERS
from cmappraisal.ledger import Ledger
from cmappraisal.periods import Period
from cmappraisal.scoring.score import score
from cmappraisal.standards.error_points import ERROR_POINTS

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy

_YEAR = Period.year(2025)


@st.composite
def kept_ledgers(draw: DrawFn, min_size: int = 0) -> Ledger:
    """Ledgers as banks keep them for long: of some, cases were erased.

    Args:
        min_size: The fewest entries.
    """
    ledger = draw(ledgers(min_size=min_size))
    ids = [case.violation.id for case in ledger.cases()]
    for id in ids[: draw(st.sampled_from([0, 0, 0, 1, 1, 2]))]:
        ledger = ledger.erase(id)
    return ledger


def salts_for(people: Any) -> dict[str, bytes]:
    """A salt for each of some people; a test needs no secret."""
    return {person: sha256(person.encode()).digest()[:16] for person in people}


@st.composite
def people_trees(draw: DrawFn, ledger: Ledger | None = None) -> PeopleTree:
    """Trees of everybody in a ledger, and of some who have no entries.

    Args:
        ledger: The ledger; None for any.
    """
    over = draw(kept_ledgers()) if ledger is None else ledger
    more = draw(st.sets(st.sampled_from([*MANAGERS, "RM-90", "RM-91"])))
    return people_tree(over, salts_for({*positions_of(over), *sorted(more)}))


@st.composite
def files(draw: DrawFn) -> Evidence:
    """Files of people out of ledgers, with and without what proves more."""
    ledger = draw(kept_ledgers(min_size=1))
    manager = draw(st.sampled_from([*positions_of(ledger), "RM-90"]))
    tree = people_tree(ledger, salts_for({*positions_of(ledger), "RM-90", "RM-91"}))
    appraisal = score(ledger, ERROR_POINTS, _YEAR, manager=manager)
    return evidence(
        ledger,
        manager=manager,
        people=draw(st.sampled_from([None, tree, tree])),
        appraisal=draw(st.sampled_from([None, appraisal, appraisal])),
        earlier_size=draw(st.none() | st.integers(0, len(ledger))),
    )


def _erased() -> SearchStrategy[Erased]:
    kept = ledgers(min_size=1)
    gone = kept.map(lambda ledger: ledger.erase(next(iter(ledger)).violation_id))
    return gone.flatmap(lambda ledger: st.sampled_from(ledger.erased()))


def _redacted() -> SearchStrategy[Redacted]:
    digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
    named = st.tuples(st.sampled_from(["sha256:", "hmac-sha256:"]), digests)
    return named.map(lambda pair: Redacted("".join(pair)))


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Ledger: kept_ledgers(),
        Erased: _erased(),
        Redacted: _redacted(),
        PeopleTree: people_trees(),
        PersonLeaf: people_trees()
        .filter(lambda tree: bool(tree.leaves))
        .flatmap(lambda tree: st.sampled_from(tree.leaves)),
        Evidence: files(),
        ProvenEntry: files()
        .filter(lambda file: bool(file.entries))
        .flatmap(lambda file: st.sampled_from(file.entries)),
        Completeness: files().map(lambda file: file.completeness).filter(bool),
        Consistency: files().map(lambda file: file.consistency).filter(bool),
    }
)
"""The strategies of those types here that their fields alone do not make."""
