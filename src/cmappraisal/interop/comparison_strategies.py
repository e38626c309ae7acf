"""Strategies for comparisons: situations, and what is asked about them.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`, which
gives them the situations that are asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any

from attrs import evolve

from cmappraisal.alternatives import Concurrence, Displacement, PendingAppeals
from cmappraisal.comparison import (
    Alternative,
    Attempt,
    Comparison,
    ComparisonStep,
    DecisiveReversals,
    OpenAppeal,
    Result,
    Reversal,
    Sensitivity,
    Situation,
    compare,
    decisive,
    sensitivity,
)
from cmappraisal.errors import ComparisonError, Problem, ProblemCode
from cmappraisal.interop.derived_strategies import LEAVES, moments
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.statement_strategies import ROLES
from cmappraisal.interop.violation_strategies import MANAGERS
from cmappraisal.ledger import Ledger
from cmappraisal.people import Tenure
from cmappraisal.standards.editions import Editions
from cmappraisal.weights import Multiply

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import reject
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


MOST_LINES = 8
"""The most lines of an appraisal that decisive sets are drawn of, which are as many as its subsets
of three."""

_AGGRAVATIONS = st.lists(st.sampled_from([Multiply(1), Multiply(2), Multiply(3)]), max_size=2)
_IDS = st.lists(LEAVES[str], min_size=1, max_size=3, unique=True)
_PROBLEMS = st.lists(
    st.builds(Problem, st.just("$"), st.sampled_from(ProblemCode), LEAVES[str]),
    min_size=1,
    max_size=2,
)
_PEOPLE = (Tenure(MANAGERS[0], "north", role=ROLES[0]), Tenure(MANAGERS[1], "north"))


def _in_another_edition(situation: Situation) -> Editions:
    """The same rules, with a policy of each edition's own."""
    own = evolve(situation.policy, mitigation=Multiply("0.25"))
    return Editions([evolve(edition, policy=own) for edition in situation.standard])


@st.composite
def changed(draw: DrawFn, situation: Situation) -> Situation:
    """Situations that differ from another in some aspects.

    Args:
        situation: The other.
    """
    policy = evolve(
        situation.policy,
        concurrence=draw(st.sampled_from(Concurrence)),
        displacement=draw(st.sampled_from(Displacement)),
        pending_appeals=draw(st.sampled_from(PendingAppeals)),
    )
    kept = draw(st.integers(0, len(situation.ledger)))
    others: dict[str, Any] = {
        "ledger": Ledger(islice(situation.ledger, kept)),
        "people": () if situation.people else _PEOPLE,
        "standard": _in_another_edition(situation),
        "policy": policy,
        "as_of": draw(moments()),
    }
    names = draw(st.lists(st.sampled_from(sorted(others)), unique=True))
    return evolve(situation, **{name: others[name] for name in names})


@st.composite
def comparisons(draw: DrawFn, situations: SearchStrategy[Situation]) -> Comparison:
    """Comparisons of situations that can be compared.

    Args:
        situations: The situations to draw from.
    """
    situation = draw(situations)
    try:
        return compare(situation, draw(changed(situation)))
    except ComparisonError:
        reject()


def sensitivities(situations: SearchStrategy[Situation]) -> SearchStrategy[Sensitivity]:
    """Sensitivities, with every choice and some factors.

    Args:
        situations: The situations to draw from.
    """
    return st.builds(sensitivity, situations, st.fixed_dictionaries({"aggravation": _AGGRAVATIONS}))


@st.composite
def decisives(draw: DrawFn, situations: SearchStrategy[Situation]) -> DecisiveReversals:
    """Decisive reversals among the first of the lines.

    Args:
        situations: The situations to draw from.
    """
    situation = draw(situations)
    ids = [line.violation.id for line in situation.appraisal().lines]
    return decisive(situation, among=ids[:MOST_LINES])


def by_type(situations: SearchStrategy[Situation]) -> Mapping[type, SearchStrategy[Any]]:
    """The strategies of those types here that their fields alone do not make.

    Args:
        situations: The situations to draw from.
    """
    results = situations.map(Result.of)
    attempts = st.builds(Attempt, results) | st.builds(Attempt, problems=_PROBLEMS)
    all_compared = comparisons(situations)
    tried = sensitivities(situations)
    return MappingProxyType(
        {
            Situation: situations,
            Result: results,
            Attempt: attempts,
            Comparison: all_compared,
            ComparisonStep: all_compared.map(lambda made: made.steps)
            .filter(bool)
            .flatmap(st.sampled_from),
            Sensitivity: tried,
            Alternative: tried.flatmap(lambda made: st.sampled_from(made.alternatives)),
            Reversal: st.builds(Reversal, _IDS, attempts),
            OpenAppeal: st.builds(OpenAppeal, LEAVES[str], succeeded=attempts, dismissed=attempts),
            DecisiveReversals: decisives(situations),
        }
    )
