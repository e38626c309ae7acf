"""Strategies for rulebooks: standards with every kind of penalty, trigger and tie between rules.

Needs the extra ``hypothesis``. They are among those of :mod:`cmappraisal.interop.strategies`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any

import attrs
from attrs import evolve, frozen

from cmappraisal.caps import Cap, Counted, Over
from cmappraisal.citations import Citation
from cmappraisal.clauses import Answers, Clause
from cmappraisal.consequences import Consequence
from cmappraisal.interop import statement_strategies
from cmappraisal.interop.derived_strategies import identifiers, points, texts
from cmappraisal.interop.extras import needs_extra
from cmappraisal.interop.policy_strategies import lapses, of_fields, policies
from cmappraisal.interop.statement_strategies import (
    awards,
    balances,
    clean_times,
    consequences,
    deductions,
    heavier_weights,
    lighter_weights,
    limitations,
    repetitions,
    several_responsible,
    thresholds,
)
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.policy import Policy
from cmappraisal.provisions import CLAUSE_FIELDS, RULE_FIELDS, Provision
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Between, Circumstance, Deduction, Part, Penalty, Referral, Rule
from cmappraisal.silences import Silence
from cmappraisal.standards.editions import Edition, Editions
from cmappraisal.texts import Text
from cmappraisal.thresholds import Thresholds
from cmappraisal.weights import Heavier, Lighter

with needs_extra("hypothesis", "hypothesis"):
    from hypothesis import strategies as st
    from hypothesis.strategies import DrawFn, SearchStrategy


def circumstances() -> SearchStrategy[Circumstance]:
    """Circumstances that imply none."""
    return st.builds(
        Circumstance, identifiers(), texts(), group=st.sampled_from([None, None, "finder"])
    )


def citations() -> SearchStrategy[Citation]:
    """Citations of one to three levels."""
    ordinals = st.integers(1, 40)
    paths = (
        st.tuples(ordinals),
        st.tuples(ordinals, ordinals),
        st.tuples(ordinals, ordinals, st.sampled_from("abc") | ordinals),
    )
    return st.builds(Citation, st.one_of(*paths))


_DEFAULT = Policy()
_DAY = timedelta(days=1)
_DEDUCTIONS = deductions()
_HEAVIER, _LIGHTER = heavier_weights(), lighter_weights()
_CAPS = st.sampled_from([None, None, None, Cap(3), Cap(12), Cap("20.5")])
_RESPONSIBLE = several_responsible()
_AWARD_CAPS = st.sampled_from([None, None, Cap(2, of=Counted.AWARDS)])
_LIMITATIONS = limitations()
_BALANCES, _CLEAN_TIMES = balances(), clean_times()
_LAPSES = st.none() | st.none() | lapses()
_CAPS_OVER: Mapping[str, list[Cap]] = MappingProxyType(
    {
        "cap incident": [Cap(points, over=Over.INCIDENT) for points in (0, 6, 20)],
        "cap part": [
            *(Cap(points, over=Over.PART) for points in (8, 30)),
            *(Cap(points, over=Over.PART, part="1") for points in (5, 12)),
        ],
        "cap period": [Cap(points, over=Over.PERIOD) for points in (10, 40)],
        "cap awards": [
            Cap(points, over=over, of=Counted.AWARDS)
            for over, points in zip(Over, (1, 2, 3, 4), strict=True)
        ],
    }
)
_ANY_CAPS = _CAPS | st.sampled_from([cap for caps in _CAPS_OVER.values() for cap in caps])
_AGAIN = st.none() | repetitions() | repetitions()
_STATED = st.lists(
    st.sampled_from(
        [
            *("aggravated_by", "mitigated_by", "again", "cap", "limitation", "answers"),
            *("responsible", *_CAPS_OVER),
            *("balance", "balance", "clean_time", "thresholds"),
        ]
    ),
    max_size=6,
    unique=True,
)
_SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=3)
_SEVERAL = st.booleans()
_KINDS = st.sampled_from([*["deduction"] * 3, *["none"] * 2, *["referral"] * 2, *["award"] * 2])
_SILENCES = st.lists(st.sampled_from(list(attrs.fields_dict(Policy))), max_size=2, unique=True)
_LEVELS = (
    Text("章", "章", en="chapter"),
    Text("節", "节", en="section"),
    Text("條", "条", en="article"),
)
_GENERAL = 90
"""The number of the first chapter of clauses: after those of rules."""


@frozen(eq=False)
class _Declared:
    """What the rules of a rulebook can name."""

    circumstances: tuple[Circumstance, ...]
    consequences: tuple[Consequence, ...]

    @cached_property
    def subsets(self) -> SearchStrategy[frozenset[str]]:
        """Some of the circumstances."""
        return _subsets([circumstance.id for circumstance in self.circumstances])

    @cached_property
    def heavier(self) -> SearchStrategy[dict[str, Heavier | None]]:
        """Some of the circumstances, each with a weight that makes heavier."""
        return self._weights(_HEAVIER)

    @cached_property
    def lighter(self) -> SearchStrategy[dict[str, Lighter | None]]:
        """Some of the circumstances, each with a weight that makes lighter."""
        return self._weights(_LIGHTER)

    def _weights(self, of: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
        ids = [circumstance.id for circumstance in self.circumstances]
        if not ids:
            return st.just({})
        return st.dictionaries(st.sampled_from(ids), of, max_size=2)

    @cached_property
    def following(self) -> SearchStrategy[dict[str, frozenset[str]]]:
        """Some of the consequences, each with the circumstances that bring it."""
        ids = [consequence.id for consequence in self.consequences]
        if not ids:
            return st.just({})
        return st.dictionaries(st.sampled_from(ids), self.subsets, max_size=2)

    @cached_property
    def thresholds(self) -> SearchStrategy[Thresholds | None]:
        """A table of thresholds, from which some of the consequences follow."""
        ids = [consequence.id for consequence in self.consequences]
        return thresholds(st.sampled_from(ids)) if ids else st.none()

    @cached_property
    def lapses(self) -> SearchStrategy[Lapse | None]:
        """When points lapse, some only once one of the consequences is served."""
        ids = [consequence.id for consequence in self.consequences]
        waiting = [WithPeriod(unless_unserved=id, below=below) for id in ids for below in (None, 6)]
        return st.one_of(_LAPSES, *([st.sampled_from(waiting)] if waiting else []))


@st.composite
def rulebooks(draw: DrawFn) -> Rulebook:
    """Rulebooks with every kind of penalty, weight, trigger and tie between rules."""
    declared = draw(_declarations())
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
        rule = draw(
            _rule(
                Citation([number + 1, place + 1]),
                kind,
                deducting=deducting,
                declared=declared,
                residual=str(number + 1) if is_residual else None,
            )
        )
        rules[number, place] = rule
        if rule.award is None and not isinstance(rule.penalty, Referral):
            deducting.append(rule.id)
    clauses = draw(_clauses(declared))
    answered = {name for clause in clauses for name in clause.answers}
    text = draw(texts())
    return Rulebook(
        draw(identifiers()),
        "1.0",
        text=text,
        levels=_LEVELS,
        circumstances=declared.circumstances,
        consequences=declared.consequences,
        clauses=clauses,
        parts=[
            draw(_part(number, [rules[number - 1, place] for place in range(size)]))
            for number, size in enumerate(sizes, start=1)
        ],
        silences=[Silence(text, field=field) for field in draw(_SILENCES) if field not in answered],
    )


@st.composite
def _part(draw: DrawFn, number: int, rules: Sequence[Rule]) -> Part:
    """A part, of which the last rules may stand in a part of its own."""
    heading = Text(f"第{number}章", f"第{number}章", en=f"Part {number}")
    inner = len(rules) - draw(st.integers(0, len(rules) - 1)) if len(rules) > 1 else len(rules)
    parts = [Part(f"{number}-inner", heading, rules=rules[inner:])] if rules[inner:] else []
    citation = draw(st.sampled_from([None, Citation([number])]))
    return Part(str(number), heading, citation=citation, rules=rules[:inner], parts=parts)


@st.composite
def _rule(
    draw: DrawFn,
    citation: Citation,
    kind: str,
    *,
    deducting: list[str],
    declared: _Declared,
    residual: str | None,
) -> Rule:
    """A rule of a kind, tied to those before it; one that could refer to none deducts."""
    if kind == "award":
        return Rule(
            str(citation),
            Text(f"第{citation}條", f"第{citation}条", en=f"Rule {citation}"),
            award=draw(awards()),
            citation=citation,
            cap=draw(_AWARD_CAPS),
            lapse=draw(_LAPSES),
        )
    penalty: Penalty | None
    following = draw(declared.following)
    if kind == "referral" and deducting:
        to = draw(st.lists(st.sampled_from(deducting), min_size=1, max_size=4, unique=True))
        penalty = Referral(to=sorted(to))
    else:
        penalty = None if kind == "none" and following else draw(_DEDUCTIONS)
    deducts, refers = isinstance(penalty, Deduction), isinstance(penalty, Referral)
    return Rule(
        str(citation),
        Text(f"第{citation}條", f"第{citation}条", en=f"Rule {citation}"),
        penalty=penalty,
        citation=citation,
        aggravated_by=draw(declared.heavier) if deducts else {},
        mitigated_by=draw(declared.lighter) if deducts else {},
        consequences={} if refers else following,
        again=draw(_AGAIN) if deducts else None,
        responsible=draw(_RESPONSIBLE) if deducts else [],
        cap=draw(_CAPS) if deducts else None,
        lapse=draw(declared.lapses) if deducts else None,
        displaces=() if refers else draw(_subsets(deducting)),
        residual=residual,
    )


@st.composite
def _clauses(draw: DrawFn, declared: _Declared) -> list[Clause]:
    """A general part: weights for all rules, repetition, a cap, a time limit and answers."""
    text = Text("總則", "总则", en="general part")
    strategies: dict[str, SearchStrategy[Any]] = {
        "aggravated_by": declared.heavier,
        "mitigated_by": declared.lighter,
        "again": _AGAIN,
        "responsible": _RESPONSIBLE,
        "cap": _CAPS,
        **{name: st.sampled_from(caps) for name, caps in _CAPS_OVER.items()},
        "limitation": _LIMITATIONS,
        "balance": _BALANCES,
        "clean_time": _CLEAN_TIMES,
        "thresholds": declared.thresholds,
        "answers": answers(),
    }
    stated, has_table = draw(_STATED), draw(_SEVERAL)
    if declared.consequences and has_table:
        # What follows from points is what there is most to find of in an account.
        stated.append("thresholds")
    return [
        Clause(
            f"G{number}",
            text,
            citation=[_GENERAL, number],
            # Of caps there can be one over each thing.
            **{name.partition(" ")[0]: draw(strategies[name])},
        )
        for number, name in enumerate(stated, start=1)
    ]


@st.composite
def answers(draw: DrawFn) -> Answers:
    """Answers to some fields of the policy that fit any policy's other fields."""
    answered = draw(st.lists(st.sampled_from(list(of_fields())), max_size=3, unique=True))
    return Answers((name, draw(of_fields()[name])) for name in sorted(answered))


_OF_AMOUNTS = ("aggravation", "discretion", "unstated_unit", "smallest_unit")
"""What an amount has to fit that an assessor set: here the same under every edition."""


@st.composite
def standards(draw: DrawFn, rulebook: Rulebook, policy: Policy = _DEFAULT) -> Editions:
    """Editions of a standard: two, which differ in what they state about one act.

    Args:
        rulebook: The first edition.
        policy: What is decided where the standard is silent.
    """
    begins = draw(st.dates(date(2025, 2, 1), date(2025, 11, 30)))
    # Where a clause makes heavier, an assessor's amount may have to fit the amount of any rule.
    is_free = not any(clause.aggravated_by for clause in rulebook.clauses)
    later = evolve(
        rulebook,
        edition="2.0",
        parts=[draw(_revised(part)) for part in rulebook.parts] if is_free else rulebook.parts,
        clauses=[draw(_restated(clause)) for clause in rulebook.clauses],
        silences=(),
    )
    own = draw(st.none() | policies())
    if own is not None:
        own = evolve(own, **{name: getattr(policy, name) for name in _OF_AMOUNTS})
    return Editions([Edition(rulebook, last=begins - _DAY), Edition(later, begins, policy=own)])


@st.composite
def _revised(draw: DrawFn, part: Part) -> Part:
    rules = [draw(_amended(rule)) for rule in part.rules]
    return evolve(part, rules=rules, parts=[draw(_revised(inner)) for inner in part.parts])


@st.composite
def _amended(draw: DrawFn, rule: Rule) -> Rule:
    """A rule that deducts another amount, where no assessor's amount has to fit both."""
    penalty = rule.penalty
    if not isinstance(penalty, Deduction) or penalty.discretionary:
        return rule
    if isinstance(penalty.points, Between) or rule.aggravated_by:
        return rule
    amended = evolve(penalty, points=draw(points(Decimal("0.5"), 50)))
    lighter = {} if draw(_SEVERAL) else rule.mitigated_by
    return evolve(rule, penalty=amended, mitigated_by=lighter)


@st.composite
def _restated(draw: DrawFn, clause: Clause) -> Clause:
    return evolve(
        clause,
        mitigated_by={} if draw(_SEVERAL) else clause.mitigated_by,
        limitation=None if draw(_SEVERAL) else clause.limitation,
    )


def _subsets(ids: list[str]) -> SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(ids), max_size=3) if ids else st.just(frozenset())


@st.composite
def _declarations(draw: DrawFn) -> _Declared:
    declared: list[Circumstance] = []
    grouped = draw(_SEVERAL)
    for number in range(draw(st.integers(0, 5))):
        implies = draw(_subsets([each.id for each in declared if each.group is None]))
        text = Text(f"情節{number}", f"情节{number}", en=f"circumstance {number}")
        # Of those in a group none implies another, and each excludes the others.
        group = "finder" if grouped and number >= 3 else None
        declared.append(Circumstance(f"circumstance-{number}", text, implies=implies, group=group))
    kinds = [
        draw(
            consequences(
                st.just(f"consequence-{number}"),
                st.just(Text(f"處理{number}", f"处理{number}", en=f"consequence {number}")),
            )
        )
        for number in range(draw(st.sampled_from([0, 1, 2, 2, 3])))
    ]
    return _Declared(tuple(declared), tuple(kinds))


def parts() -> SearchStrategy[Part]:
    """Parts of rulebooks."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(rulebook.all_parts))


def rules() -> SearchStrategy[Rule]:
    """Rules of rulebooks."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(list(rulebook.values())))


def clauses() -> SearchStrategy[Clause]:
    """Clauses of a general part."""
    return st.builds(
        Clause,
        identifiers(),
        texts(),
        citation=citations(),
        aggravated_by=st.dictionaries(identifiers(), _HEAVIER, max_size=2),
        mitigated_by=st.dictionaries(identifiers(), _LIGHTER, max_size=2),
        again=_AGAIN,
        responsible=_RESPONSIBLE,
        cap=_ANY_CAPS,
        limitation=st.none() | limitations(),
        balance=st.none() | _BALANCES,
        clean_time=st.none() | _CLEAN_TIMES,
        thresholds=st.none() | thresholds(),
        answers=answers(),
    )


def provisions() -> SearchStrategy[Provision]:
    """What a step can read from a standard."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(list(_readable(rulebook))))


def _readable(rulebook: Rulebook) -> list[Provision]:
    of_rules = [
        Provision(id, name, edition=rulebook.edition) for id in rulebook for name in RULE_FIELDS
    ]
    of_clauses = [
        Provision(clause.id, name, edition=rulebook.edition)
        for clause in rulebook.clauses
        for name in (*CLAUSE_FIELDS, *clause.answers)
    ]
    return of_rules + of_clauses


def _editions() -> SearchStrategy[Editions]:
    return rulebooks().flatmap(standards)


BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        **statement_strategies.BY_TYPE,
        Circumstance: circumstances(),
        Citation: citations(),
        Referral: st.builds(Referral, to=st.lists(identifiers(), min_size=1, unique=True)),
        Clause: clauses(),
        Rule: rules(),
        Part: parts(),
        Rulebook: rulebooks(),
        Edition: _editions().flatmap(lambda made: st.sampled_from(made.editions)),
        Editions: _editions(),
        Provision: provisions(),
    }
)
"""The strategies of those types here that their fields alone do not make."""
