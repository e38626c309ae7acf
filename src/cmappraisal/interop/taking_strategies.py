"""Strategies for what was taken of consequences: entries that fit a case, and how far each is.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import cast

from cmappraisal.cases import Case, State
from cmappraisal.entries import Entry, Lifted, Taken
from cmappraisal.interop.derived_strategies import YEAR, identifiers
from cmappraisal.interop.extras import needs_extra
from cmappraisal.rulebooks import Rulebook
from cmappraisal.takings import TAKING_LIFE, Taking, TakingState

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn


def fitting(case: Case) -> Iterator[type[Entry]]:
    """The kinds of entry about a consequence that fit, of one consequence of a case at a time."""
    state = case.takings[0].state if case.takings else None
    for before, kind in TAKING_LIFE:
        if before is state and not (kind is Taken and case.state is State.REVERSED):
            yield kind


def entry_about(
    kind: type[Entry], case: Case, rulebook: Rulebook, at: datetime, by: str | None
) -> Entry:
    """An entry about the consequence of a case, or one that could be taken."""
    violation = case.violation
    # What follows from the rule is what is taken most often, else what a table names.
    named = [*rulebook[violation.rule].consequences, *_of_tables(rulebook)]
    ids = named or [consequence.id for consequence in rulebook.consequences]
    # Which of them depends on the case alone, so that a taken one is found again.
    chosen = ids[len(violation.id) % len(ids)] if not case.takings else case.takings[0].consequence
    if kind is Lifted:
        return Lifted(violation.id, chosen, "found in review", at=at, by=by)
    about = cast("type[Taken]", kind)
    return about(violation.id, chosen, on=at.date(), at=at, by=by)


def _of_tables(rulebook: Rulebook) -> list[str]:
    """The consequences that follow from points."""
    tables = [clause.thresholds for clause in rulebook.clauses if clause.thresholds is not None]
    return [id for table in tables for row in table.rows for id in row.named]


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
