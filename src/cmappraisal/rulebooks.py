"""Rulebooks: a standard as a value, which cannot contradict itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import ClassVar

import attrs
from attrs import field, frozen

from cmappraisal.canonical import digest_of
from cmappraisal.citations import MAXIMUM_LEVELS, Citation, require_citation
from cmappraisal.clauses import Clause
from cmappraisal.coherence import check, reached
from cmappraisal.consequences import Consequence
from cmappraisal.errors import (
    MAXIMUM_PROBLEMS,
    Problem,
    RulebookError,
    UnknownRuleError,
)
from cmappraisal.fields import (
    as_ids,
    as_text,
    as_tuple,
    checked,
    identifier,
    is_identifier_set,
    require,
    shown_id,
    tuple_of,
)
from cmappraisal.policy import Policy
from cmappraisal.provisions import Provision
from cmappraisal.rulebook_flaws import NOUNS, RulebookFlaw, named_or_meant
from cmappraisal.rules import Circumstance, Part, Rule
from cmappraisal.silences import Silence
from cmappraisal.texts import Text, a_text


def _as_texts(value: Iterable[Text]) -> tuple[Text, ...]:
    return as_tuple(value)


def _as_circumstances(value: Iterable[Circumstance]) -> tuple[Circumstance, ...]:
    return as_tuple(value)


def _as_consequences(value: Iterable[Consequence]) -> tuple[Consequence, ...]:
    return as_tuple(value)


def _as_clauses(value: Iterable[Clause]) -> tuple[Clause, ...]:
    return as_tuple(value)


def _as_parts(value: Iterable[Part]) -> tuple[Part, ...]:
    return as_tuple(value)


def _as_silences(value: Iterable[Silence]) -> tuple[Silence, ...]:
    return as_tuple(value)


ITEM = Text("項", "项", en="item")
"""The one level of a standard that is a list."""

_levels = [
    tuple_of(Text, "a list of Text"),
    checked(
        lambda levels: 0 < len(levels) <= MAXIMUM_LEVELS, f"a list of 1 to {MAXIMUM_LEVELS} Text"
    ),
]


@frozen(repr=False, cache_hash=True)
class Rulebook(Mapping[str, Rule]):
    """A standard: parts of rules, and the circumstances that the rules ask for.

    It is a read-only mapping from rule id to :class:`Rule`, in the order of the standard.

    Args:
        id: The name of the standard.
        edition: Which edition of it.
        text: Its title.
        levels: What its levels are called, from the outermost, such as chapter, clause and limb; a
            citation has at most a step for each. Without them, it is a list of items.
        circumstances: Every circumstance that a rule or a violation may name.
        consequences: Every consequence that a rule may name.
        clauses: Its general part, in order.
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
    cmappraisal.errors.UnknownRuleError: rule "3.99" is not in rulebook "error-points 1.0"; did
    you mean "3.9"?
    """

    FORMAT: ClassVar = "cmappraisal/rulebook/2"
    """The name and version of its form as a document."""

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text, kw_only=True)
    levels: tuple[Text, ...] = field(
        default=(ITEM,),
        converter=_as_texts,
        validator=_levels,
        kw_only=True,
    )
    circumstances: tuple[Circumstance, ...] = field(
        default=(),
        converter=_as_circumstances,
        validator=tuple_of(Circumstance, "a list of Circumstance"),
        kw_only=True,
    )
    consequences: tuple[Consequence, ...] = field(
        default=(),
        converter=_as_consequences,
        validator=tuple_of(Consequence, "a list of Consequence"),
        kw_only=True,
    )
    clauses: tuple[Clause, ...] = field(
        default=(),
        converter=_as_clauses,
        validator=tuple_of(Clause, "a list of Clause"),
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

    def __attrs_post_init__(self) -> None:
        check(self)

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    def __repr__(self) -> str:
        return f"<Rulebook {self}: {len(self)} rules in {len(self.all_parts)} parts>"

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        # What is above this module is not known before it is asked for.
        from cmappraisal.reports.rulebook_pages import rulebook_page  # noqa: PLC0415

        return rulebook_page(self)

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

    @cached_property
    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the parts that each rule stands in, from the outermost, by its id."""
        return dict(_places(self.parts, ()))

    @cached_property
    def all_parts(self) -> tuple[Part, ...]:
        """Its parts and the parts within them, each before its own."""
        return tuple(inner for part in self.parts for inner in part.all_parts)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return {rule.id: rule for part in self.all_parts for rule in part.rules}

    @cached_property
    def _implied(self) -> dict[str, frozenset[str]]:
        implies = {circumstance.id: circumstance.implies for circumstance in self.circumstances}
        return {id: reached(id, implies) for id in implies}

    @cached_property
    def provisions(self) -> tuple[Rule | Clause, ...]:
        """The clauses of its general part, and its rules."""
        return (*self.clauses, *self.values())

    @cached_property
    def answers(self) -> Mapping[str, Provision]:
        """The fields of the policy that a clause answers, each with the clause."""
        return {
            name: Provision(clause.id, name, edition=self.edition)
            for clause in self.clauses
            for name in clause.answers
        }

    def stated(self, policy: Policy) -> Policy:
        """A policy with the answers of the clauses in the place of its own.

        Args:
            policy: What is decided where the standard is silent.

        Raises:
            FieldError: ``policy`` is no policy.
            PolicyError: The fields contradict one another then.
        """
        require("stated", "policy", policy, isinstance(policy, Policy), "a Policy")
        answers = {name: each for clause in self.clauses for name, each in clause.answers.items()}
        return attrs.evolve(policy, **answers) if answers else policy

    def provision(self, id: str) -> Rule | Clause:
        """A rule, or a clause of the general part.

        Args:
            id: The id of the rule or clause.

        Raises:
            UnknownRuleError: The rulebook has neither.
        """
        return next((clause for clause in self.clauses if clause.id == id), None) or self[id]

    def consequence(self, id: str) -> Consequence:
        """One of its consequences.

        Args:
            id: The id of the consequence.

        Raises:
            RulebookError: The rulebook declares no such consequence.
        """
        found = next((each for each in self.consequences if each.id == id), None)
        if found is None:
            known = [each.id for each in self.consequences]
            raise RulebookError([_absent("$.id", self, "consequence", shown_id(id), known)])
        return found

    def cited(self, citation: Citation | str | Iterable[str | int]) -> tuple[tuple[Text, str], ...]:
        """The steps of a citation, each with the name of its level.

        Args:
            citation: A citation with at most as many steps as there are levels, or its path.

        Raises:
            FieldError: ``citation`` is none.
        """
        citation = require_citation("cited", "citation", citation)
        return tuple(zip(self.levels, citation.path, strict=False))

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
        """The innermost part that has a rule.

        Args:
            rule_id: The rule's id.

        Raises:
            UnknownRuleError: The rulebook has no such rule.

        >>> from cmappraisal import ERROR_POINTS
        >>> ERROR_POINTS.part_of("4.1b").id
        '4'
        """
        innermost = self.places[self._known(rule_id)][-1]
        return next(part for part in self.all_parts if part.id == innermost)

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
            _absent("$.circumstance_ids", self, "circumstance", id, self._implied)
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
        raise UnknownRuleError([_absent("$", self, "rule", shown_id(rule_id), self._rules)])


def _absent(path: str, rulebook: Rulebook, noun: str, id: str, known: Iterable[str]) -> Problem:
    """The problem of an id that a rulebook does not have, with the one that was meant."""
    remedy = named_or_meant(noun, id, known)
    return RulebookFlaw.ABSENT.problem(path, NOUNS[noun], id, rulebook, remedy)


def _places(
    parts: Iterable[Part], within: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in parts:
        here = (*within, part.id)
        yield from ((rule.id, here) for rule in part.rules)
        yield from _places(part.parts, here)
