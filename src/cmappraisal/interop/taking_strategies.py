"""Strategies for what was taken of consequences: entries that fit a case, and how far each is.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from cmappraisal.cases import Case
from cmappraisal.entries import Entry, Lifted, Served, Taken
from cmappraisal.interop.derived_strategies import YEAR, identifiers
from cmappraisal.interop.extras import needs_extra
from cmappraisal.rulebooks import Rulebook
from cmappraisal.takings import Taking, TakingState

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn


_BORNE = (TakingState.TAKEN, TakingState.SERVED)
_NEXT: Mapping[type[Entry], tuple[TakingState, ...]] = MappingProxyType(
    {Served: (TakingState.TAKEN,), Lifted: _BORNE}
)


def fitting(case: Case, rulebook: Rulebook) -> Iterator[type[Entry]]:
    """The kinds of entry about the consequences of a case that fit it."""
    if case.is_upheld and _untaken(case, _named(case, rulebook)):
        yield Taken
    states = {taking.state for taking in case.takings}
    yield from (kind for kind, before in _NEXT.items() if not states.isdisjoint(before))


def awaited(case: Case | None, rulebook: Rulebook) -> Iterator[type[Entry]]:
    """The kinds of entry about consequences that are waited for, once a case was entered."""
    if case is None or not case.is_upheld:
        return
    if any(taking.state is TakingState.TAKEN for taking in case.takings):
        yield Served
    elif _untaken(case, _due(case, rulebook)) or (_of_tables(rulebook) and not case.takings):
        yield Taken


@st.composite
def entries_about(  # noqa: PLR0917 - what it is about, when it was entered and by whom
    draw: DrawFn, kind: type[Entry], case: Case, rulebook: Rulebook, at: datetime, by: str | None
) -> Entry:
    """Entries of a kind about a consequence of a case, or one that could be taken."""
    id = case.violation.id
    if kind is Taken:
        # What follows is taken most often, and of whoever is at fault without being named.
        following = [*_due(case, rulebook) * 2, *_of_tables(rulebook)]
        untaken = _untaken(case, following) or _untaken(case, _named(case, rulebook))
        chosen, manager = draw(st.sampled_from(untaken))
        return Taken(id, chosen, on=at.date(), at=at, by=by, manager=manager)
    taking = draw(st.sampled_from([each for each in case.takings if each.state in _NEXT[kind]]))
    about = taking.consequence
    if kind is Lifted:
        return Lifted(id, about, "found in review", at=at, by=by, manager=taking.manager)
    return Served(id, about, on=at.date(), at=at, by=by, manager=taking.manager)


def _untaken(case: Case, ids: Iterable[str]) -> list[tuple[str, str | None]]:
    """Those of some consequences that can be taken, each with the name of who bears it."""
    borne = {
        (taking.consequence, taking.manager) for taking in case.takings if taking.state in _BORNE
    }
    bearers = (None, None, None, None, None, case.violation.manager)
    return [(id, bearer) for id in ids for bearer in bearers if (id, bearer) not in borne]


def _due(case: Case, rulebook: Rulebook) -> list[str]:
    """The consequences that follow from a violation by its rule."""
    rule, circumstances = rulebook[case.violation.rule], case.violation.circumstances
    return [id for id, on in rule.consequences.items() if not on or on & circumstances]


def _of_tables(rulebook: Rulebook) -> list[str]:
    """The consequences that follow from points."""
    tables = [clause.thresholds for clause in rulebook.clauses if clause.thresholds is not None]
    return [id for table in tables for row in table.rows for id in row.named]


def _named(case: Case, rulebook: Rulebook) -> list[str]:
    """The consequences that a rule or a table names, or else all of them."""
    named = [*rulebook[case.violation.rule].consequences, *_of_tables(rulebook)]
    return named or [consequence.id for consequence in rulebook.consequences]


@st.composite
def takings(draw: DrawFn) -> Taking:
    """Consequences that were taken, in every state."""
    state = draw(st.sampled_from(TakingState))
    first, last = sorted(draw(st.tuples(*[st.dates(YEAR.first, YEAR.last)] * 2)))
    return Taking(
        draw(identifiers()),
        draw(st.none() | identifiers()),
        state=state,
        taken_on=first,
        served_on=last if state is TakingState.SERVED else None,
    )
