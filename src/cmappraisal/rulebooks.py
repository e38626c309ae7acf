"""Rulebooks: a standard as a value, which cannot contradict itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain, islice
from typing import ClassVar

from attrs import field, frozen

from cmappraisal.canonical import digest_of
from cmappraisal.errors import (
    MAXIMUM_PROBLEMS,
    Problem,
    ProblemCode,
    RulebookError,
    UnknownRuleError,
)
from cmappraisal.fields import (
    as_ids,
    as_text,
    as_tuple,
    did_you_mean,
    identifier,
    instance_of,
    is_identifier_set,
    repeated,
    require,
    shown_id,
    tuple_of,
)
from cmappraisal.rules import Circumstance, Part, Referral, Revocation, Rule, Silence
from cmappraisal.texts import Text

MAXIMUM_RULES = 5_000
"""The most rules of a rulebook, in all its parts: a hundred times the longest standard known."""

MAXIMUM_CIRCUMSTANCES = 500
"""The most circumstances of a rulebook: each is worded by hand, and known by heart by assessors."""


def _as_circumstances(value: Iterable[Circumstance]) -> tuple[Circumstance, ...]:
    return as_tuple(value)


def _as_parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return as_tuple(value)


def _as_silences(value: Iterable[Silence]) -> tuple[Silence, ...]:
    return as_tuple(value)


_text = instance_of(Text, allowed="a Text in three languages")


@frozen(repr=False)
class Rulebook(Mapping[str, Rule]):
    """A standard: parts of rules, and the circumstances that the rules ask for.

    It is a read-only mapping from rule id to :class:`Rule`, in the order of the standard.

    Args:
        id: The name of the standard.
        edition: Which edition of it.
        text: Its title.
        circumstances: Every circumstance that a rule or a violation may name.
        parts: Its parts, in order.
        silences: What it leaves open, which an explanation lists; for each field of the policy
            one at most, and gaps of its own.

    Raises:
        FieldError: A field has a value that it does not allow.
        RulebookError: The rules contradict one another; each problem names the rule and the remedy.

    >>> from cmappraisal import ERROR_POINTS
    >>> len(ERROR_POINTS)
    42
    >>> ERROR_POINTS["3.2b"].penalty.points
    Decimal('10')
    >>> ERROR_POINTS["3.99"]
    Traceback (most recent call last):
    cmappraisal.errors.UnknownRuleError: rule "3.99" is not in rulebook "error-points 1.0"; did \
you mean "3.9"?
    """

    FORMAT: ClassVar = "cmappraisal/rulebook/2"
    """The name and version of its form as a document."""

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=_text, kw_only=True)
    circumstances: tuple[Circumstance, ...] = field(
        default=(),
        converter=_as_circumstances,
        validator=tuple_of(Circumstance, "a list of Circumstance"),
        kw_only=True,
    )
    parts: tuple[Part, ...] = field(
        converter=_as_parts,
        validator=tuple_of(Part, "a list of Part"),
        kw_only=True,
    )
    silences: tuple[Silence, ...] = field(
        default=(),
        converter=_as_silences,
        validator=tuple_of(Silence, "a list of Silence"),
        kw_only=True,
    )
    _part_by_rule: dict[str, Part] = field(init=False, repr=False, eq=False)
    _rules: dict[str, Rule] = field(init=False, repr=False, eq=False)
    _implied: dict[str, frozenset[str]] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _check(self)
        placed = [(rule, part) for part in self.parts for rule in part.rules]
        implies = {circumstance.id: circumstance.implies for circumstance in self.circumstances}
        by_rule = {rule.id: part for rule, part in placed}
        object.__setattr__(self, "_rules", {rule.id: rule for rule, _ in placed})
        object.__setattr__(self, "_part_by_rule", by_rule)
        object.__setattr__(self, "_implied", {id: _reached(id, implies) for id in implies})

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    def __repr__(self) -> str:
        return f"<Rulebook {self}: {len(self)} rules in {len(self.parts)} parts>"

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its canonical bytes, in hexadecimal; no other rulebook has it.

        >>> from cmappraisal import ERROR_POINTS
        >>> len(ERROR_POINTS.digest)
        64
        """
        return digest_of(self)

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each rule in the order of the standard, from 0, by its id."""
        return {id: rank for rank, id in enumerate(self)}

    def silence_about(self, field: str) -> Silence | None:
        """What the standard leaves open where a field of the policy decides; None where nothing.

        Args:
            field: The name of a field of :class:`~cmappraisal.Policy`.

        >>> from cmappraisal import ERROR_POINTS
        >>> ERROR_POINTS.silence_about("floor").text.en
        'has no lower end'
        """
        return next((silence for silence in self.silences if silence.field == field), None)

    def __getitem__(self, rule_id: str) -> Rule:
        return self._rules[self._known(rule_id)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def __contains__(self, rule_id: object) -> bool:
        return isinstance(rule_id, str) and as_text(rule_id) in self._rules

    def part_of(self, rule_id: str) -> Part:
        """The part that has a rule.

        Args:
            rule_id: The rule's id.

        Raises:
            UnknownRuleError: The rulebook has no such rule.

        >>> from cmappraisal import ERROR_POINTS
        >>> ERROR_POINTS.part_of("4.1b").number
        4
        """
        return self._part_by_rule[self._known(rule_id)]

    def implied_by(self, circumstance_ids: Iterable[str]) -> frozenset[str]:
        """The circumstances given, with all that they imply.

        Args:
            circumstance_ids: Ids of circumstances that the rulebook declares.

        Raises:
            FieldError: ``circumstance_ids`` is no set or list of ids.
            RulebookError: The rulebook declares no such circumstance.

        >>> from cmappraisal import ERROR_POINTS
        >>> sorted(ERROR_POINTS.implied_by({"severe-effect"}))
        ['adverse-effect', 'severe-effect']
        """
        given = as_ids(circumstance_ids)
        fits = is_identifier_set(given)
        require("implied_by", "circumstance_ids", given, fits, "a set or list of circumstance ids")
        unknown = [
            Problem(
                "$.circumstance_ids",
                ProblemCode.UNKNOWN_ID,
                f'circumstance "{id}" is not in rulebook "{self}"{did_you_mean(id, self._implied)}',
            )
            for id in sorted(given)[:MAXIMUM_PROBLEMS]
            if id not in self._implied
        ]
        if unknown:
            raise RulebookError(unknown)
        return frozenset().union(*(self._implied[id] for id in given))

    def _known(self, rule_id: str) -> str:
        rule_id = as_text(rule_id)
        if rule_id in self:
            return rule_id
        given = shown_id(rule_id)
        raise UnknownRuleError(
            f'rule "{given}" is not in rulebook "{self}"{did_you_mean(given, self._rules)}'
        )


def _reached(start: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
    reached = {start}
    ahead = [start]
    while ahead:
        found = set(edges[ahead.pop()]) - reached
        reached |= found
        ahead.extend(found)
    return frozenset(reached)


# What contradicts itself in a rulebook. Each kind presumes that those before it are mended.


def _check(rulebook: Rulebook) -> None:
    for kind in (_crowds, _contents, _references, _circles):
        found = kind(rulebook)
        problems = tuple(islice(found, MAXIMUM_PROBLEMS))
        if problems:
            # The rest is looked at no further: each may cost a search for the id that was meant.
            more = sum(1 for _ in islice(found, MAXIMUM_PROBLEMS))
            raise RulebookError(problems, more, f'rulebook "{rulebook}"')


def _crowds(rulebook: Rulebook) -> Iterator[Problem]:
    for name, count, most in (
        ("parts", sum(len(part.rules) for part in rulebook.parts), MAXIMUM_RULES),
        ("parts", len(rulebook.parts), MAXIMUM_RULES),
        ("circumstances", len(rulebook.circumstances), MAXIMUM_CIRCUMSTANCES),
        ("silences", len(rulebook.silences), MAXIMUM_CIRCUMSTANCES),
    ):
        if count > most:
            what = "rules" if name == "parts" else name
            message = f"there are {count} {what}, more than {most}; leave out what nobody reads"
            yield Problem(f"$.{name}", ProblemCode.TOO_MANY, message)


def _contents(rulebook: Rulebook) -> Iterator[Problem]:
    parts = rulebook.parts
    if not parts:
        message = "there is no part; give at least one, with its rules"
        yield Problem("$.parts", ProblemCode.MISSING, message)
    for part in parts:
        if not part.rules:
            message = f"part {part.number} is empty; give it rules, or leave it out"
            yield Problem("$.parts", ProblemCode.MISSING, message)
        residual = [rule for rule in part.rules if rule.residual]
        for rule in residual[1:]:
            yield _of_rule(
                rule,
                "residual",
                ProblemCode.CONTRADICTION,
                f'is residual, as "{residual[0].id}" of the same part is, and each would give way '
                "to the other; let a part have one residual rule",
            )
    citations = [rule.citation for part in parts for rule in part.rules]
    whole = {(each.chapter, each.clause) for each in citations if each.limb is None}
    twice = (
        *_twice("parts", "part {}", (part.number for part in parts), "number each part once"),
        *_twice(
            "parts",
            'rule "{}"',
            (rule.id for part in parts for rule in part.rules),
            "give each rule an id of its own",
        ),
        *_twice(
            "circumstances",
            'circumstance "{}"',
            (circumstance.id for circumstance in rulebook.circumstances),
            "declare it once",
        ),
        *_twice(
            "parts", "citation {}", citations, "give each penalty of a clause a limb of its own"
        ),
        *_twice(
            "silences",
            "the silence about {}",
            (silence.field for silence in rulebook.silences if silence.field is not None),
            "say once what the standard leaves open",
        ),
    )
    yield from twice
    for citation in citations:
        if citation.limb is not None and (citation.chapter, citation.clause) in whole:
            message = (
                f"{citation} is a limb of a clause that another rule cites whole; give that one "
                "a limb too"
            )
            yield Problem("$.parts", ProblemCode.CONTRADICTION, message)


def _twice(field: str, what: str, values: Iterable[object], remedy: str) -> Iterator[Problem]:
    for value in dict.fromkeys(repeated(values)):
        message = f"{what.format(value)} is there twice; {remedy}"
        yield Problem(f"$.{field}", ProblemCode.REPEATED, message)


def _of_rule(rule: Rule, field: str, code: ProblemCode, message: str) -> Problem:
    return Problem(f'$["{rule.id}"].{field}', code, f'rule "{rule.id}" {message}')


def _references(rulebook: Rulebook) -> Iterator[Problem]:
    declared = {circumstance.id: circumstance.implies for circumstance in rulebook.circumstances}
    for circumstance in rulebook.circumstances:
        for id in sorted(circumstance.implies - declared.keys()):
            message = (
                f'circumstance "{circumstance.id}" implies "{id}", which is not declared; '
                "declare it among the circumstances"
            )
            yield Problem("$.circumstances", ProblemCode.UNKNOWN_ID, message)
    by_id = {rule.id: rule for part in rulebook.parts for rule in part.rules}
    for part in rulebook.parts:
        for rule in part.rules:
            yield from chain(
                _problems_of_place(rule, part),
                _problems_of_triggers(rule, declared),
                _problems_of_ties(rule, by_id),
            )


_WITHOUT_EFFECT: Mapping[type, tuple[str, ...]] = {
    Revocation: ("aggravated_by", "revoked_by"),
    Referral: ("aggravated_by", "revoked_by", "displaces", "residual"),
}


def _problems_of_place(rule: Rule, part: Part) -> Iterator[Problem]:
    if rule.citation.chapter != part.number:
        message = (
            f"stands in part {part.number} but cites part {rule.citation.chapter}; make them agree"
        )
        yield _of_rule(rule, "citation", ProblemCode.CONTRADICTION, message)
    for kind, names in _WITHOUT_EFFECT.items():
        for name in names:
            if isinstance(rule.penalty, kind) and getattr(rule, name):
                message = f"has {name}, without effect on a {kind.__name__}; leave it out"
                yield _of_rule(rule, name, ProblemCode.WITHOUT_EFFECT, message)


def _problems_of_triggers(rule: Rule, declared: Mapping[str, object]) -> Iterator[Problem]:
    for name in ("aggravated_by", "revoked_by"):
        for id in sorted(getattr(rule, name) - declared.keys()):
            message = (
                f'is {name.replace("_", " ")} "{id}", which is not declared; declare it among the '
                f"circumstances{did_you_mean(id, declared)}"
            )
            yield _of_rule(rule, name, ProblemCode.UNKNOWN_ID, message)


def _problems_of_ties(rule: Rule, by_id: Mapping[str, Rule]) -> Iterator[Problem]:
    to = rule.penalty.to if isinstance(rule.penalty, Referral) else ()
    for name, verb, ids in (
        ("displaces", "displaces", sorted(rule.displaces)),
        ("penalty", "refers to", to),
    ):
        for id in ids:
            if id not in by_id:
                message = (
                    f'{verb} "{id}", which is not there; name a rule of this rulebook'
                    f"{did_you_mean(id, by_id)}"
                )
                yield _of_rule(rule, name, ProblemCode.UNKNOWN_ID, message)
            elif isinstance(by_id[id].penalty, Referral):
                message = f'{verb} "{id}", which only refers; name the rules that it refers to'
                yield _of_rule(rule, name, ProblemCode.CONTRADICTION, message)


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
    yielding: dict[str, set[str]] = {
        rule.id: set() for part in rulebook.parts for rule in part.rules
    }
    for part in rulebook.parts:
        for rule in part.rules:
            for id in rule.displaces:
                yielding[id].add(rule.id)
            if rule.residual:
                yielding[rule.id].update(other.id for other in part.rules if other is not rule)
    return yielding


def _circle(edges: Mapping[str, Iterable[str]]) -> str:
    ordered = {start: sorted(edges[start]) for start in sorted(edges)}
    try:
        TopologicalSorter(ordered).prepare()
    except CycleError as error:
        return " - ".join(f'"{id}"' for id in error.args[1])
    return ""
