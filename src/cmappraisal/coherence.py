"""Coherence: what keeps a rulebook from contradicting itself.

Each kind of problem presumes that those before it are mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice
from typing import TYPE_CHECKING

from cmappraisal.citations import Citation
from cmappraisal.clauses import Clause
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, RulebookError
from cmappraisal.fields import repeated
from cmappraisal.flaw_wordings import Words, filled, perhaps, together
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.rulebook_flaws import (
    CAP,
    CAP_OVER_PART,
    EFFECTS,
    NOUNS,
    STATED,
    TIES,
    RulebookFlaw,
    count_of_levels,
)
from cmappraisal.rules import Part, Referral, Rule, excluding

if TYPE_CHECKING:
    from cmappraisal.rulebooks import Rulebook

MAXIMUM_RULES = 5_000
"""The most rules of a rulebook, in all its parts: a hundred times the longest standard known."""

MAXIMUM_CIRCUMSTANCES = 500
"""The most circumstances of a rulebook: each is worded by hand, and known by heart by assessors."""


def check(rulebook: Rulebook) -> None:
    """Raise the one error that reports what is wrong with a rulebook, where anything is."""
    for kind in (_crowds, _contents, _references, _circles):
        found = kind(rulebook)
        problems = tuple(islice(found, MAXIMUM_PROBLEMS))
        if problems:
            # The rest is looked at no further: each may cost a search for the id that was meant.
            more = sum(1 for _ in islice(found, MAXIMUM_PROBLEMS))
            raise RulebookError(problems, more, f'rulebook "{rulebook}"')


def _crowds(rulebook: Rulebook) -> Iterator[Problem]:
    for name, what, count, most in (
        ("parts", "rules", len(_rules_of(rulebook)), MAXIMUM_RULES),
        ("parts", "parts", len(rulebook.all_parts), MAXIMUM_RULES),
        ("clauses", "clauses", len(rulebook.clauses), MAXIMUM_RULES),
        ("circumstances", "circumstances", len(rulebook.circumstances), MAXIMUM_CIRCUMSTANCES),
        ("consequences", "consequences", len(rulebook.consequences), MAXIMUM_CIRCUMSTANCES),
        ("silences", "silences", len(rulebook.silences), MAXIMUM_CIRCUMSTANCES),
    ):
        if count > most:
            yield RulebookFlaw.TOO_MANY.problem(f"$.{name}", count, NOUNS[what], most)


def _rules_of(rulebook: Rulebook) -> list[Rule]:
    return [rule for part in rulebook.all_parts for rule in part.rules]


# What is there, and what is there twice.


def _contents(rulebook: Rulebook) -> Iterator[Problem]:
    if not rulebook.parts:
        yield RulebookFlaw.NO_PART.problem("$.parts")
    for part in rulebook.all_parts:
        if not (part.rules or part.parts):
            yield RulebookFlaw.EMPTY_PART.problem("$.parts", part.id)
    yield from _two_residual_rules(rulebook)
    yield from _repetitions(rulebook)
    yield from _limbs_of_whole_clauses(rulebook)
    yield from _answered_twice(rulebook)


def _two_residual_rules(rulebook: Rulebook) -> Iterator[Problem]:
    first: dict[str, Rule] = {}
    for rule in _rules_of(rulebook):
        if rule.residual is not None and first.setdefault(rule.residual, rule) is not rule:
            other = first[rule.residual].id
            yield _of_rule(RulebookFlaw.TWO_RESIDUAL_RULES, rule, "residual", other)


def _repetitions(rulebook: Rulebook) -> Iterator[Problem]:
    rules, clauses, parts = _rules_of(rulebook), rulebook.clauses, rulebook.all_parts
    cited = [part.citation for part in parts if part.citation is not None]
    cited += [clause.citation for clause in clauses] + [rule.citation for rule in rules]
    yield from chain(
        _twice(RulebookFlaw.REPEATED_PART, "parts", (part.id for part in parts)),
        _twice(RulebookFlaw.REPEATED_RULE, "parts", (rule.id for rule in rules)),
        _twice(RulebookFlaw.REPEATED_CLAUSE, "clauses", (clause.id for clause in clauses)),
        _twice(
            RulebookFlaw.REPEATED_CIRCUMSTANCE,
            "circumstances",
            (circumstance.id for circumstance in rulebook.circumstances),
        ),
        _twice(
            RulebookFlaw.REPEATED_CONSEQUENCE,
            "consequences",
            (consequence.id for consequence in rulebook.consequences),
        ),
        _twice(RulebookFlaw.REPEATED_CITATION, "parts", cited),
        _twice(
            RulebookFlaw.REPEATED_SILENCE,
            "silences",
            (silence.field for silence in rulebook.silences if silence.field is not None),
        ),
    )
    ids = {rule.id for rule in rules}
    for clause in clauses:
        if clause.id in ids:
            yield RulebookFlaw.CLAUSE_LIKE_A_RULE.problem("$.clauses", clause.id)


def _limbs_of_whole_clauses(rulebook: Rulebook) -> Iterator[Problem]:
    citations = [clause.citation for clause in rulebook.clauses]
    citations += [rule.citation for rule in _rules_of(rulebook)]
    paths = {citation.path for citation in citations}
    for citation in citations:
        if any(citation.path[:length] in paths for length in range(len(citation.path))):
            yield RulebookFlaw.LIMB_OF_A_WHOLE_CLAUSE.problem("$.parts", citation)


def _answered_twice(rulebook: Rulebook) -> Iterator[Problem]:
    """What two clauses state, or a clause states and a silence leaves open."""
    for name in ("aggravated_by", "mitigated_by", "answers"):
        stated = [id for clause in rulebook.clauses for id in getattr(clause, name)]
        for id in dict.fromkeys(repeated(stated)):
            flaw = RulebookFlaw.STATED_FOR_ONE_TWICE
            yield flaw.problem("$.clauses", STATED[name.replace("_", " ")], id)
    stating: dict[Words, list[str]] = {}
    for clause in rulebook.clauses:
        for what in _stated_once(clause):
            stating.setdefault(what, []).append(clause.id)
    for what, ids in stating.items():
        if len(ids) > 1:
            yield RulebookFlaw.STATED_TWICE.problem("$.clauses", ", ".join(ids), what)
    answered = {name for clause in rulebook.clauses for name in clause.answers}
    for silence in rulebook.silences:
        if silence.field in answered:
            yield RulebookFlaw.NO_SILENCE.problem("$.silences", silence.field)


def _stated_once(clause: Clause) -> Iterator[Words]:
    """What one clause alone can state."""
    if clause.again is not None:
        yield STATED["repetition"]
    if clause.responsible:
        yield STATED["who is responsible"]
    if clause.limitation is not None:
        yield STATED["a limitation"]
    if clause.balance is not None:
        yield STATED["a balance"]
    if clause.clean_time is not None:
        yield STATED["clean time"]
    if clause.cap is not None:
        cap = clause.cap
        text = CAP if cap.part is None else CAP_OVER_PART
        yield filled(text, filled(cap.of.text), filled(cap.over.text), cap.part)


def _twice(flaw: RulebookFlaw, field: str, values: Iterable[object]) -> Iterator[Problem]:
    for value in dict.fromkeys(repeated(values)):
        yield flaw.problem(f"$.{field}", value)


def _of_rule(flaw: RulebookFlaw, rule: Rule, field: str, *values: object) -> Problem:
    return flaw.problem(f'$["{rule.id}"].{field}', rule.id, *values)


# What they name of one another.


def _references(rulebook: Rulebook) -> Iterator[Problem]:
    known = _Known(rulebook)
    yield from _problems_of_circumstances(rulebook, known)
    for part in rulebook.all_parts:
        yield from _problems_of_part(part, rulebook)
        for rule in part.rules:
            yield from chain(
                _too_deep(rule.citation, rulebook, "rule", rule.id),
                _problems_of_effect(rule),
                _problems_of_triggers(rule, known),
                _problems_of_ties(rule, known),
            )
    for clause in rulebook.clauses:
        yield from _too_deep(clause.citation, rulebook, "clause", clause.id)
        for name in ("aggravated_by", "mitigated_by"):
            for id in getattr(clause, name):
                if id not in known.circumstances:
                    yield _undeclared(
                        "$.clauses", "clause", clause.id, name=name, id=id, known=known
                    )
        for id in _named_by(clause):
            if id not in known.consequences:
                named = clause.id, id, perhaps(id, known.consequences) or ""
                yield RulebookFlaw.CLAUSE_NAMES_UNDECLARED.problem("$.clauses", *named)
        over = None if clause.cap is None else clause.cap.part
        if over is not None and over not in known.parts:
            named = clause.id, over, perhaps(over, known.parts) or ""
            yield RulebookFlaw.CAP_OVER_NO_PART.problem("$.clauses", *named)


def _named_by(clause: Clause) -> Iterator[str]:
    """The ids of the consequences that a clause names."""
    rows = () if clause.thresholds is None else clause.thresholds.rows
    yield from dict.fromkeys(id for row in rows for id in row.named)
    yield from _awaited(clause.answers.get("lapse"))


def _awaited(lapse: Lapse | None) -> Iterator[str]:
    """The id of the consequence that has to be served before points lapse."""
    if isinstance(lapse, WithPeriod) and lapse.unless_unserved is not None:
        yield lapse.unless_unserved


class _Known:
    """What a rulebook declares, by id."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.circumstances = {each.id: each for each in rulebook.circumstances}
        self.consequences = {each.id: each for each in rulebook.consequences}
        self.rules = {rule.id: rule for rule in _rules_of(rulebook)}
        self.parts = {part.id: part for part in rulebook.all_parts}


def _problems_of_circumstances(rulebook: Rulebook, known: _Known) -> Iterator[Problem]:
    for circumstance in rulebook.circumstances:
        for id in sorted(circumstance.implies - known.circumstances.keys()):
            flaw = RulebookFlaw.IMPLIES_UNDECLARED
            yield flaw.problem("$.circumstances", circumstance.id, id)
    implies = {
        id: circumstance.implies & known.circumstances.keys()
        for id, circumstance in known.circumstances.items()
    }
    for id in known.circumstances:
        for group, members in excluding(reached(id, implies), rulebook.circumstances).items():
            brought = ", ".join(sorted(members))
            yield RulebookFlaw.IMPLIES_EXCLUSIVE.problem("$.circumstances", id, brought, group)


def reached(start: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What can be reached from a start, which is itself among it."""
    found = {start}
    ahead = [start]
    while ahead:
        more = set(edges[ahead.pop()]) - found
        found |= more
        ahead.extend(more)
    return frozenset(found)


def _too_deep(citation: Citation, rulebook: Rulebook, noun: str, id: str) -> Iterator[Problem]:
    if len(citation.path) > len(rulebook.levels):
        names = together(map(filled, rulebook.levels))
        flaw, count = RulebookFlaw.TOO_DEEP, count_of_levels(len(rulebook.levels))
        yield flaw.problem("$.levels", NOUNS[noun], id, citation, count, names)


def _problems_of_part(part: Part, rulebook: Rulebook) -> Iterator[Problem]:
    if part.citation is None:
        return
    yield from _too_deep(part.citation, rulebook, "part", part.id)
    for inner in part.all_parts[1:]:
        if inner.citation is not None and not inner.citation.is_within(part.citation):
            named = NOUNS["part"], inner.id, part.id, inner.citation, part.citation
            yield RulebookFlaw.CITES_ELSEWHERE.problem("$.parts", *named)
    for rule in _placed_by(part):
        if not rule.citation.is_within(part.citation):
            named = NOUNS["rule"], rule.id, part.id, rule.citation, part.citation
            yield RulebookFlaw.CITES_ELSEWHERE.problem(f'$["{rule.id}"].citation', *named)


def _placed_by(part: Part) -> Iterator[Rule]:
    """The rules of a part, and of the parts within it that have a heading alone."""
    yield from part.rules
    for inner in part.parts:
        if inner.citation is None:
            yield from _placed_by(inner)


_WITHOUT_EFFECT: Mapping[type, tuple[str, tuple[str, ...]]] = {
    type(None): (
        "a rule without a penalty",
        ("aggravated_by", "mitigated_by", "again", "responsible", "cap", "lapse"),
    ),
    Referral: (
        "a Referral",
        (
            *("aggravated_by", "mitigated_by", "consequences", "again", "responsible", "cap"),
            *("displaces", "residual", "lapse"),
        ),
    ),
}


_OF_AWARDS = (
    "a rule that awards points",
    (
        *("penalty", "aggravated_by", "mitigated_by", "consequences", "again"),
        *("responsible", "displaces", "residual"),
    ),
)


def _problems_of_effect(rule: Rule) -> Iterator[Problem]:
    idle = (each for kind, each in _WITHOUT_EFFECT.items() if isinstance(rule.penalty, kind))
    what, names = next(idle, ("", ())) if rule.award is None else _OF_AWARDS
    for name in names:
        if getattr(rule, name):
            yield _of_rule(RulebookFlaw.WITHOUT_EFFECT, rule, name, name, EFFECTS[what])
    if rule.cap is not None and rule.cap.of is not rule.counted:
        kinds = map(filled, (rule.cap.of.text, rule.counted.text))
        yield _of_rule(RulebookFlaw.CAP_OF_ANOTHER_KIND, rule, "cap", *kinds)
    if rule.penalty is None and rule.award is None and not rule.consequences:
        yield _of_rule(RulebookFlaw.NO_EFFECT, rule, "penalty")


def _undeclared(path: str, noun: str, of: str, *, name: str, id: str, known: _Known) -> Problem:
    """The problem of a circumstance that a rule or a clause names, and nobody declares."""
    stated, remedy = STATED[name.replace("_", " ")], perhaps(id, known.circumstances) or ""
    return RulebookFlaw.STATES_UNDECLARED.problem(path, NOUNS[noun], of, stated, id, remedy)


def _problems_of_triggers(rule: Rule, known: _Known) -> Iterator[Problem]:
    for name in ("aggravated_by", "mitigated_by"):
        for id in getattr(rule, name):
            if id not in known.circumstances:
                path = f'$["{rule.id}"].{name}'
                yield _undeclared(path, "rule", rule.id, name=name, id=id, known=known)
    for id, triggers in rule.consequences.items():
        if id not in known.consequences:
            flaw, remedy = RulebookFlaw.UNDECLARED_CONSEQUENCE, perhaps(id, known.consequences)
            yield _of_rule(flaw, rule, "consequences", id, remedy or "")
        for trigger in sorted(triggers - known.circumstances.keys()):
            flaw, remedy = RulebookFlaw.UNDECLARED_TRIGGER, perhaps(trigger, known.circumstances)
            yield _of_rule(flaw, rule, "consequences", id, trigger, remedy or "")
    for id in _awaited(rule.lapse):
        if id not in known.consequences:
            flaw, remedy = RulebookFlaw.AWAITS_UNDECLARED, perhaps(id, known.consequences)
            yield _of_rule(flaw, rule, "lapse", id, remedy or "")


def _problems_of_ties(rule: Rule, known: _Known) -> Iterator[Problem]:
    to = rule.penalty.to if isinstance(rule.penalty, Referral) else ()
    for name, verb, ids in (
        ("displaces", "displaces", sorted(rule.displaces)),
        ("penalty", "refers to", to),
    ):
        for id in ids:
            if id not in known.rules:
                named = TIES[verb], id, perhaps(id, known.rules) or ""
                yield _of_rule(RulebookFlaw.TIED_TO_NONE, rule, name, *named)
            elif isinstance(known.rules[id].penalty, Referral):
                yield _of_rule(RulebookFlaw.TIED_TO_A_REFERRAL, rule, name, TIES[verb], id)
            elif known.rules[id].award is not None:
                yield _of_rule(RulebookFlaw.TIED_TO_AN_AWARD, rule, name, TIES[verb], id)
    if rule.residual is not None and rule.residual not in known.parts:
        flaw, remedy = RulebookFlaw.RESIDUAL_IN_NO_PART, perhaps(rule.residual, known.parts)
        yield _of_rule(flaw, rule, "residual", rule.residual, remedy or "")


# What goes round in a circle.


def _circles(rulebook: Rulebook) -> Iterator[Problem]:
    implies = {circumstance.id: circumstance.implies for circumstance in rulebook.circumstances}
    if circle := _circle(implies):
        yield RulebookFlaw.CIRCLE_OF_CIRCUMSTANCES.problem("$.circumstances", circle)
    if circle := _circle(_gives_way_to(rulebook)):
        yield RulebookFlaw.CIRCLE_OF_RULES.problem("$.parts", circle)


def _gives_way_to(rulebook: Rulebook) -> dict[str, set[str]]:
    rules = _rules_of(rulebook)
    parts = {part.id: part for part in rulebook.all_parts}
    yielding: dict[str, set[str]] = {rule.id: set() for rule in rules}
    for rule in rules:
        for id in rule.displaces:
            yielding[id].add(rule.id)
        if rule.residual is not None:
            of_part = parts[rule.residual].all_rules
            yielding[rule.id].update(other.id for other in of_part if other is not rule)
    return yielding


def _circle(edges: Mapping[str, Iterable[str]]) -> str:
    ordered = {start: sorted(edges[start]) for start in sorted(edges)}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        return " - ".join(f'"{id}"' for id in error.args[1])
    return ""
