"""Strategies for rulebooks: standards with every kind of penalty, trigger and tie between rules.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs

from cmappraisal.interop.derived_strategies import identifiers, points, texts
from cmappraisal.interop.extras import needs_extra
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import (
    Circumstance,
    Citation,
    Deduction,
    Part,
    Penalty,
    Provision,
    Referral,
    Revocation,
    Rule,
    Silence,
    Unit,
)
from cmappraisal.texts import Text

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


def circumstances() -> SearchStrategy[Circumstance]:
    """Circumstances that imply none."""
    return st.builds(Circumstance, identifiers(), texts())


def citations() -> SearchStrategy[Citation]:
    """Citations."""
    ordinals = st.integers(1, 40)
    limbs = st.none() | st.sampled_from("abc")
    return st.builds(Citation, ordinals, ordinals, limb=limbs)


def deductions() -> SearchStrategy[Deduction]:
    """Deductions of every unit, discretionary ones among them."""
    return _DEDUCTIONS


_DEDUCTIONS = st.builds(
    Deduction, points(Decimal("0.5"), 50), st.sampled_from(Unit), discretionary=st.booleans()
)
_SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=3)
_SEVERAL = st.booleans()
_KINDS = st.sampled_from(["deduction", "deduction", "revocation", "referral"])
_SILENCES = st.lists(st.sampled_from(list(attrs.fields_dict(Policy))), max_size=2, unique=True)


@st.composite
def rulebooks(draw: DrawFn) -> Rulebook:
    """Rulebooks with every kind of penalty, trigger and tie between rules."""
    declared = draw(_declared())
    triggers = _subsets([circumstance.id for circumstance in declared])
    sizes = draw(_SIZES)
    # Whatever a rule may give way to comes after it here, so that no circle can close.
    residual = [(number, 0) for number in range(len(sizes)) if draw(_SEVERAL)]
    others = [
        (number, place)
        for number, size in enumerate(sizes)
        for place in range(size)
        if (number, place) not in residual
    ]
    rules: dict[tuple[int, int], Rule] = {}
    deducting: list[str] = []
    for number, place in (*residual, *others):
        is_residual = (number, place) in residual
        kind = "deduction" if is_residual else draw(_KINDS)
        citation = Citation(number + 1, place + 1)
        rule = draw(
            _rule(citation, kind, deducting=deducting, triggers=triggers, residual=is_residual)
        )
        rules[number, place] = rule
        if not isinstance(rule.penalty, Referral):
            deducting.append(rule.id)
    parts = [
        Part(
            number,
            Text(f"第{number}章", f"第{number}章", en=f"Part {number}"),
            rules=[rules[number - 1, place] for place in range(size)],
        )
        for number, size in enumerate(sizes, start=1)
    ]
    text = draw(texts())
    return Rulebook(
        draw(identifiers()),
        "1.0",
        text=text,
        circumstances=declared,
        parts=parts,
        silences=[Silence(text, field=field) for field in draw(_SILENCES)],
    )


@st.composite
def _rule(
    draw: DrawFn,
    citation: Citation,
    kind: str,
    *,
    deducting: list[str],
    triggers: SearchStrategy[frozenset[str]],
    residual: bool,
) -> Rule:
    """A rule of a kind, tied to those before it; one that could refer to none deducts."""
    penalty: Penalty
    if kind == "referral" and deducting:
        to = draw(st.lists(st.sampled_from(deducting), min_size=1, max_size=4, unique=True))
        penalty = Referral(to=sorted(to))
    else:
        penalty = Revocation() if kind == "revocation" else draw(_DEDUCTIONS)
    deducts, refers = isinstance(penalty, Deduction), isinstance(penalty, Referral)
    return Rule(
        str(citation),
        Text(f"第{citation}條", f"第{citation}条", en=f"Rule {citation}"),
        penalty=penalty,
        citation=citation,
        aggravated_by=draw(triggers) if deducts else (),
        revoked_by=draw(triggers) if deducts else (),
        displaces=() if refers else draw(_subsets(deducting)),
        residual=residual,
    )


def _subsets(ids: list[str]) -> SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(ids), max_size=3) if ids else st.just(frozenset())


@st.composite
def _declared(draw: DrawFn) -> list[Circumstance]:
    declared: list[Circumstance] = []
    for number in range(draw(st.integers(0, 4))):
        implies = draw(_subsets([circumstance.id for circumstance in declared]))
        text = Text(f"情節{number}", f"情节{number}", en=f"circumstance {number}")
        declared.append(Circumstance(f"circumstance-{number}", text, implies=implies))
    return declared


def parts() -> SearchStrategy[Part]:
    """Parts of rulebooks."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(rulebook.parts))


def rules() -> SearchStrategy[Rule]:
    """Rules of rulebooks."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(list(rulebook.values())))


def provisions() -> SearchStrategy[Provision]:
    """What a step can read from a standard."""
    return rulebooks().flatmap(
        lambda rulebook: st.builds(
            Provision,
            st.sampled_from(list(rulebook)),
            st.sampled_from(Provision.FIELDS),
            edition=st.just(rulebook.edition),
        )
    )


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Circumstance: circumstances(),
        Citation: citations(),
        Deduction: deductions(),
        Referral: st.builds(Referral, to=st.lists(identifiers(), min_size=1, unique=True)),
        Rule: rules(),
        Part: parts(),
        Rulebook: rulebooks(),
        Provision: provisions(),
    }
)
"""The strategies of those types here that their fields alone do not make."""
