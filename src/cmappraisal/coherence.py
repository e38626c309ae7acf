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
from cmappraisal.errors import MAXIMUM_PROBLEMS, Problem, ProblemCode, RulebookError
from cmappraisal.fields import repeated
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.remedies import did_you_mean
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
            message = f"there are {count} {what}, more than {most}; leave out what nobody reads"
            yield Problem(f"$.{name}", ProblemCode.TOO_MANY, message)


def _rules_of(rulebook: Rulebook) -> list[Rule]:
    return [rule for part in rulebook.all_parts for rule in part.rules]


# What is there, and what is there twice.


def _contents(rulebook: Rulebook) -> Iterator[Problem]:
    if not rulebook.parts:
        message = "there is no part; give at least one, with its rules"
        yield Problem("$.parts", ProblemCode.MISSING, message)
    for part in rulebook.all_parts:
        if not (part.rules or part.parts):
            message = f'part "{part.id}" is empty; give it rules, or leave it out'
            yield Problem("$.parts", ProblemCode.MISSING, message)
    yield from _two_residual_rules(rulebook)
    yield from _repetitions(rulebook)
    yield from _limbs_of_whole_clauses(rulebook)
    yield from _answered_twice(rulebook)


def _two_residual_rules(rulebook: Rulebook) -> Iterator[Problem]:
    first: dict[str, Rule] = {}
    for rule in _rules_of(rulebook):
        if rule.residual is not None and first.setdefault(rule.residual, rule) is not rule:
            yield _of_rule(
                rule,
                "residual",
                ProblemCode.CONTRADICTION,
                f'is residual, as "{first[rule.residual].id}" of the same part is, and each would '
                "give way to the other; let a part have one residual rule",
            )


def _repetitions(rulebook: Rulebook) -> Iterator[Problem]:
    rules, clauses, parts = _rules_of(rulebook), rulebook.clauses, rulebook.all_parts
    cited = [part.citation for part in parts if part.citation is not None]
    cited += [clause.citation for clause in clauses] + [rule.citation for rule in rules]
    yield from chain(
        _twice("parts", 'part "{}"', (part.id for part in parts), "name each part once"),
        _twice(
            "parts", 'rule "{}"', (rule.id for rule in rules), "give each rule an id of its own"
        ),
        _twice(
            "clauses",
            'clause "{}"',
            (clause.id for clause in clauses),
            "give each clause an id of its own",
        ),
        _twice(
            "circumstances",
            'circumstance "{}"',
            (circumstance.id for circumstance in rulebook.circumstances),
            "declare it once",
        ),
        _twice(
            "consequences",
            'consequence "{}"',
            (consequence.id for consequence in rulebook.consequences),
            "declare it once",
        ),
        _twice(
            "parts",
            "citation {}",
            cited,
            "give each penalty of a clause a limb of its own",
        ),
        _twice(
            "silences",
            "the silence about {}",
            (silence.field for silence in rulebook.silences if silence.field is not None),
            "say once what the standard leaves open",
        ),
    )
    ids = {rule.id for rule in rules}
    for clause in clauses:
        if clause.id in ids:
            message = f'"{clause.id}" is the id of a clause and of a rule; give each its own'
            yield Problem("$.clauses", ProblemCode.REPEATED, message)


def _limbs_of_whole_clauses(rulebook: Rulebook) -> Iterator[Problem]:
    citations = [clause.citation for clause in rulebook.clauses]
    citations += [rule.citation for rule in _rules_of(rulebook)]
    paths = {citation.path for citation in citations}
    for citation in citations:
        if any(citation.path[:length] in paths for length in range(len(citation.path))):
            message = (
                f"{citation} is a limb of a clause that another rule cites whole; give that one "
                "a limb too"
            )
            yield Problem("$.parts", ProblemCode.CONTRADICTION, message)


def _answered_twice(rulebook: Rulebook) -> Iterator[Problem]:
    """What two clauses state, or a clause states and a silence leaves open."""
    for name in ("aggravated_by", "mitigated_by", "answers"):
        stated = [id for clause in rulebook.clauses for id in getattr(clause, name)]
        for id in dict.fromkeys(repeated(stated)):
            message = f'two clauses state {name.replace("_", " ")} "{id}"; let one of them do so'
            yield Problem("$.clauses", ProblemCode.CONTRADICTION, message)
    stating: dict[str, list[str]] = {}
    for clause in rulebook.clauses:
        for what in _stated_once(clause):
            stating.setdefault(what, []).append(clause.id)
    for what, ids in stating.items():
        if len(ids) > 1:
            message = f"clauses {', '.join(ids)} each state {what}; let one of them do so"
            yield Problem("$.clauses", ProblemCode.CONTRADICTION, message)
    answered = {name for clause in rulebook.clauses for name in clause.answers}
    for silence in rulebook.silences:
        if silence.field in answered:
            message = f"{silence.field} is no silence, since a clause answers it; leave it out"
            yield Problem("$.silences", ProblemCode.CONTRADICTION, message)


def _stated_once(clause: Clause) -> Iterator[str]:
    """What one clause alone can state."""
    if clause.again is not None:
        yield "repetition"
    if clause.responsible:
        yield "who is responsible"
    if clause.limitation is not None:
        yield "a limitation"
    if clause.balance is not None:
        yield "a balance"
    if clause.clean_time is not None:
        yield "clean time"
    if clause.cap is not None:
        cap = clause.cap
        part = "" if cap.part is None else f' ("{cap.part}")'
        yield f"a cap of {cap.of.text.en} over {cap.over.text.en}{part}"


def _twice(field: str, what: str, values: Iterable[object], remedy: str) -> Iterator[Problem]:
    for value in dict.fromkeys(repeated(values)):
        message = f"{what.format(value)} is there twice; {remedy}"
        yield Problem(f"$.{field}", ProblemCode.REPEATED, message)


def _of_rule(rule: Rule, field: str, code: ProblemCode, message: str) -> Problem:
    return Problem(f'$["{rule.id}"].{field}', code, f'rule "{rule.id}" {message}')


# What they name of one another.


def _references(rulebook: Rulebook) -> Iterator[Problem]:
    known = _Known(rulebook)
    yield from _problems_of_circumstances(rulebook, known)
    for part in rulebook.all_parts:
        yield from _problems_of_part(part, rulebook)
        for rule in part.rules:
            yield from chain(
                _too_deep(rule.citation, rulebook, f'rule "{rule.id}"'),
                _problems_of_effect(rule),
                _problems_of_triggers(rule, known),
                _problems_of_ties(rule, known),
            )
    for clause in rulebook.clauses:
        where = f'clause "{clause.id}"'
        yield from _too_deep(clause.citation, rulebook, where)
        for name in ("aggravated_by", "mitigated_by"):
            for id in getattr(clause, name):
                if id not in known.circumstances:
                    message = _undeclared(f"{where} is", name, id, known.circumstances)
                    yield Problem("$.clauses", ProblemCode.UNKNOWN_ID, message)
        for id in _named_by(clause):
            if id not in known.consequences:
                message = (
                    f'{where} names consequence "{id}", which is not declared; declare it among '
                    f"the consequences{did_you_mean(id, known.consequences)}"
                )
                yield Problem("$.clauses", ProblemCode.UNKNOWN_ID, message)
        over = None if clause.cap is None else clause.cap.part
        if over is not None and over not in known.parts:
            message = (
                f'{where} has a cap over part "{over}", which is not there; '
                f"name a part of this rulebook{did_you_mean(over, known.parts)}"
            )
            yield Problem("$.clauses", ProblemCode.UNKNOWN_ID, message)


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
            message = (
                f'circumstance "{circumstance.id}" implies "{id}", which is not declared; '
                "declare it among the circumstances"
            )
            yield Problem("$.circumstances", ProblemCode.UNKNOWN_ID, message)
    implies = {
        id: circumstance.implies & known.circumstances.keys()
        for id, circumstance in known.circumstances.items()
    }
    for id in known.circumstances:
        for group, members in excluding(reached(id, implies), rulebook.circumstances).items():
            message = (
                f'circumstance "{id}" brings {", ".join(sorted(members))}, but of group "{group}" '
                "one at most is recorded; break the implication, or leave the group"
            )
            yield Problem("$.circumstances", ProblemCode.CONTRADICTION, message)


def reached(start: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """What can be reached from a start, which is itself among it."""
    found = {start}
    ahead = [start]
    while ahead:
        more = set(edges[ahead.pop()]) - found
        found |= more
        ahead.extend(more)
    return frozenset(found)


def _too_deep(citation: Citation, rulebook: Rulebook, where: str) -> Iterator[Problem]:
    if len(citation.path) > len(rulebook.levels):
        names = [level.en for level in rulebook.levels]
        count = "is 1 level" if len(names) == 1 else f"are {len(names)} levels"
        message = (
            f"{where} cites {citation}, but there {count} ({', '.join(names)}); "
            "declare a level for each step"
        )
        yield Problem("$.levels", ProblemCode.CONTRADICTION, message)


def _problems_of_part(part: Part, rulebook: Rulebook) -> Iterator[Problem]:
    if part.citation is None:
        return
    where = f'part "{part.id}"'
    yield from _too_deep(part.citation, rulebook, where)
    for inner in part.all_parts[1:]:
        if inner.citation is not None and not inner.citation.is_within(part.citation):
            message = (
                f'part "{inner.id}" stands in {where} but cites {inner.citation}, which is not '
                f"within {part.citation}; make them agree"
            )
            yield Problem("$.parts", ProblemCode.CONTRADICTION, message)
    for rule in _placed_by(part):
        if not rule.citation.is_within(part.citation):
            message = (
                f"stands in {where} but cites {rule.citation}, which is not within "
                f"{part.citation}; make them agree"
            )
            yield _of_rule(rule, "citation", ProblemCode.CONTRADICTION, message)


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
            message = f"has {name}, without effect on {what}; leave it out"
            yield _of_rule(rule, name, ProblemCode.WITHOUT_EFFECT, message)
    if rule.cap is not None and rule.cap.of is not rule.counted:
        message = f"has a cap of {rule.cap.of.text.en}; give it one of {rule.counted.text.en}"
        yield _of_rule(rule, "cap", ProblemCode.CONTRADICTION, message)
    if rule.penalty is None and rule.award is None and not rule.consequences:
        message = "has neither a penalty nor consequences nor an award; give it one of them"
        yield _of_rule(rule, "penalty", ProblemCode.MISSING, message)


def _undeclared(verb: str, name: str, id: str, declared: Iterable[str]) -> str:
    return (
        f'{verb} {name.replace("_", " ")} "{id}", which is not declared; declare it among the '
        f"circumstances{did_you_mean(id, declared)}"
    )


def _problems_of_triggers(rule: Rule, known: _Known) -> Iterator[Problem]:
    for name in ("aggravated_by", "mitigated_by"):
        for id in getattr(rule, name):
            if id not in known.circumstances:
                message = _undeclared("is", name, id, known.circumstances)
                yield _of_rule(rule, name, ProblemCode.UNKNOWN_ID, message)
    for id, triggers in rule.consequences.items():
        if id not in known.consequences:
            message = (
                f'has the consequence "{id}", which is not declared; declare it among the '
                f"consequences{did_you_mean(id, known.consequences)}"
            )
            yield _of_rule(rule, "consequences", ProblemCode.UNKNOWN_ID, message)
        for trigger in sorted(triggers - known.circumstances.keys()):
            message = (
                f'has the consequence "{id}" where "{trigger}" is recorded, which is not declared; '
                f"declare it among the circumstances{did_you_mean(trigger, known.circumstances)}"
            )
            yield _of_rule(rule, "consequences", ProblemCode.UNKNOWN_ID, message)
    for id in _awaited(rule.lapse):
        if id not in known.consequences:
            message = (
                f'has points that wait for consequence "{id}", which is not declared; declare it '
                f"among the consequences{did_you_mean(id, known.consequences)}"
            )
            yield _of_rule(rule, "lapse", ProblemCode.UNKNOWN_ID, message)


def _problems_of_ties(rule: Rule, known: _Known) -> Iterator[Problem]:
    to = rule.penalty.to if isinstance(rule.penalty, Referral) else ()
    for name, verb, ids in (
        ("displaces", "displaces", sorted(rule.displaces)),
        ("penalty", "refers to", to),
    ):
        for id in ids:
            if id not in known.rules:
                message = (
                    f'{verb} "{id}", which is not there; name a rule of this rulebook'
                    f"{did_you_mean(id, known.rules)}"
                )
                yield _of_rule(rule, name, ProblemCode.UNKNOWN_ID, message)
            elif isinstance(known.rules[id].penalty, Referral):
                message = f'{verb} "{id}", which only refers; name the rules that it refers to'
                yield _of_rule(rule, name, ProblemCode.CONTRADICTION, message)
            elif known.rules[id].award is not None:
                message = f'{verb} "{id}", which awards points; name a rule that deducts them'
                yield _of_rule(rule, name, ProblemCode.CONTRADICTION, message)
    if rule.residual is not None and rule.residual not in known.parts:
        message = (
            f'is residual in part "{rule.residual}", which is not there; name a part of this '
            f"rulebook{did_you_mean(rule.residual, known.parts)}"
        )
        yield _of_rule(rule, "residual", ProblemCode.UNKNOWN_ID, message)


# What goes round in a circle.


def _circles(rulebook: Rulebook) -> Iterator[Problem]:
    implies = {circumstance.id: circumstance.implies for circumstance in rulebook.circumstances}
    if circle := _circle(implies):
        message = f"circumstances imply one another in a circle: {circle}; break it at one of them"
        yield Problem("$.circumstances", ProblemCode.CONTRADICTION, message)
    if circle := _circle(_gives_way_to(rulebook)):
        message = (
            f"rules give way to one another in a circle: {circle}; an incident under all of them "
            "would deduct nothing, so let one of them apply"
        )
        yield Problem("$.parts", ProblemCode.CONTRADICTION, message)


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
