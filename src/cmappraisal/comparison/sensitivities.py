"""Sensitivities: which single choice of the policy changes what an appraisal comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast, get_type_hints

import attrs
from attrs import field, frozen

from cmappraisal.clauses import Answers
from cmappraisal.comparison.declarations import (
    a_consequence_list,
    a_grade_list,
    as_consequences,
    as_grades,
    declared,
)
from cmappraisal.comparison.results import (
    Attempt,
    Result,
    a_result,
    an_attempt,
    attempted,
    policy_fields,
)
from cmappraisal.comparison.situations import SITUATION, Situation
from cmappraisal.consequences import Consequence
from cmappraisal.errors import MAXIMUM_PROBLEMS, AppraisalError, FieldError, Problem
from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    as_tuple,
    identifier,
    instance_of,
    reject,
    require,
    tuple_of,
)
from cmappraisal.grades import Grade
from cmappraisal.periods import Period
from cmappraisal.policy import Policy, is_of_account, judges_one_act
from cmappraisal.standards.editions import Editions
from cmappraisal.texts import Choice

_FIELDS: Mapping[str, attrs.Attribute[Any]] = MappingProxyType(attrs.fields_dict(Policy))

_FINITE: Mapping[str, tuple[Choice, ...]] = MappingProxyType(
    {
        name: tuple(kind)
        for name, kind in get_type_hints(Policy).items()
        if isinstance(kind, type) and issubclass(kind, Choice)
    }
)
"""The fields of the policy that have finitely many choices, with these."""

_NO_FACTORS: Mapping[str, Iterable[Any]] = MappingProxyType({})


def _answer(name: str, value: Any) -> Any:
    """A value of a field of the policy, as the field takes it."""
    attribute = _FIELDS[name]
    if attribute.converter is not None:
        value = cast("Callable[[Any], Any]", attribute.converter)(value)
    # Each field of the policy is checked, whatever the others are.
    cast("Callable[..., None]", attribute.validator)(Policy(), attribute, value)
    return value


def _as_answers(value: Mapping[str, Any]) -> Answers:
    if not isinstance(value, Mapping) or not all(name in _FIELDS for name in value):
        return cast(Answers, value)
    try:
        return Answers((name, _answer(name, each)) for name, each in value.items())
    except FieldError:
        # What is wrong with it the validator says.
        return cast(Answers, value)


def _one_answer(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """A validator of an answer to one field of the policy."""
    if not isinstance(value, Answers) or len(value) != 1:
        allowed = f"a mapping from one field of Policy ({', '.join(_FIELDS)}) to what it takes"
        reject(instance, attribute.name, value, allowed)


@frozen
class Alternative:
    """One other choice of the policy, and what comes of it.

    Args:
        answers: The field of the policy, with the other choice.
        attempt: What the appraisal comes to with it, or what is wrong with it.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    answers: Answers = field(converter=_as_answers, validator=_one_answer)
    attempt: Attempt = field(validator=an_attempt)

    @property
    def field(self) -> str:
        """The name of the field of the policy."""
        return next(iter(self.answers))

    @property
    def choice(self) -> Any:
        """The other choice."""
        return self.answers[self.field]


def _as_alternatives(value: Iterable[Alternative]) -> tuple[Alternative, ...]:
    return as_tuple(value)


@frozen
class Sensitivity:
    """What each other choice of the policy makes of one appraisal.

    Args:
        manager: The id of the relationship manager.
        period: The days that are appraised.
        baseline: What the appraisal comes to as it is.
        alternatives: Every alternative that was tried, by the fields of the policy.
        answered: The fields that were not asked, since every edition of the standard answers them
            by a clause or by a policy of its own.
        grades: The grades that the results name, as the policy declares them.
        consequences: The consequences that they name, as the standard declares them.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    baseline: Result = field(validator=a_result, kw_only=True)
    alternatives: tuple[Alternative, ...] = field(
        converter=_as_alternatives,
        validator=tuple_of(Alternative, "a list of Alternative"),
        kw_only=True,
    )
    answered: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=policy_fields, kw_only=True
    )
    grades: tuple[Grade, ...] = field(
        default=(), converter=as_grades, validator=a_grade_list, kw_only=True
    )
    consequences: tuple[Consequence, ...] = field(
        default=(), converter=as_consequences, validator=a_consequence_list, kw_only=True
    )

    @property
    def deciding(self) -> tuple[Alternative, ...]:
        """The alternatives that change the result."""
        return tuple(
            each
            for each in self.alternatives
            if each.attempt.result is not None and each.attempt.result != self.baseline
        )


def sensitivity(
    situation: Situation, factors: Mapping[str, Iterable[Any]] = _NO_FACTORS
) -> Sensitivity:
    """Which single choice of the policy changes the result.

    Every choice of a field that has finitely many is tried, one at a time, and every value that
    the caller names for any field; all else stays as it is. What the policy has already is the
    baseline. An alternative that contradicts the rest of the policy, or with which violations
    cannot be scored, is listed with what is wrong.

    Args:
        situation: The situation.
        factors: Values to try, by the name of the field of :class:`~cmappraisal.Policy`, such as
            ``{"aggravation": [Multiply(1), Multiply(3)]}``.

    Returns:
        Every alternative, and which of them decide.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the standard answers.
        ScoringError: Violations of the period cannot be scored; it reports each of them.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Multiply, Violation
    >>> violation = Violation(
    ...     "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    ... )
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> situation = Situation(ledger, ERROR_POINTS, period=Period.year(2025), manager="RM-01")
    >>> found = sensitivity(situation, {"aggravation": [Multiply(1), Multiply(3)]})
    >>> [(each.choice.factor, each.attempt.result.points) for each in found.deciding]
    [(Decimal('1'), Decimal('10')), (Decimal('3'), Decimal('30'))]
    """
    require("sensitivity", "situation", situation, isinstance(situation, Situation), SITUATION)
    named = _as_factors(factors)
    baseline = Result.of(situation)
    # Where no table looks at an account, what keeps it changes nothing.
    asked = (
        name for name in _FIELDS if situation.has_tables or not is_of_account(name) or name in named
    )
    choices = {name: values for name in asked if (values := _choices_of(name, named))}
    answered = [name for name in choices if _is_answered(name, situation.standard)]
    alternatives = [
        Alternative({name: value}, _with(situation, name, value))
        for name, values in choices.items()
        if name not in answered
        for value in values
        if value != getattr(situation.policy, name)
    ]
    grades = [each for tried in alternatives if tried.field == "grades" for each in tried.choice]
    return Sensitivity(
        situation.manager,
        situation.period,
        baseline=baseline,
        alternatives=alternatives,
        answered=answered,
        **declared([baseline, *(each.attempt for each in alternatives)], [situation], grades),
    )


def _as_factors(factors: Mapping[str, Iterable[Any]]) -> dict[str, list[Any]]:
    """The values to try by the name of the field, as the field takes them."""
    fits = isinstance(factors, Mapping) and all(name in _FIELDS for name in factors)
    allowed = f"a mapping from fields of Policy ({', '.join(_FIELDS)}) to lists of values"
    require("sensitivity", "factors", factors, fits, allowed)
    found: dict[str, list[Any]] = {}
    problems: list[Problem] = []
    for name, values in factors.items():
        listed = as_tuple(values)
        require("sensitivity", f"factors.{name}", values, isinstance(listed, tuple), "a list")
        for index, value in enumerate(listed):
            try:
                found.setdefault(name, []).append(_answer(name, value))
            except FieldError as error:
                path = f"$.factors.{name}[{index}]"
                problems.append(attrs.evolve(error.problems[0], path=path))
    if problems:
        raise FieldError(
            problems[:MAXIMUM_PROBLEMS], len(problems[MAXIMUM_PROBLEMS:]), "sensitivity"
        )
    return found


def _choices_of(name: str, named: Mapping[str, list[Any]]) -> list[Any]:
    """The choices of a field, each once: all where they are finitely many, and those named."""
    return list(dict.fromkeys((*_FINITE.get(name, ()), *named.get(name, ()))))


def _is_answered(name: str, standard: Editions) -> bool:
    """Whether no edition of a standard asks for a field of the policy."""
    return all(
        name in edition.rulebook.answers or (edition.policy is not None and judges_one_act(name))
        for edition in standard
    )


def _with(situation: Situation, name: str, value: Any) -> Attempt:
    """What a situation comes to with another answer to a field of the policy."""
    try:
        policy = attrs.evolve(situation.policy, **{name: value})
    except AppraisalError as error:
        return Attempt(problems=error.problems)
    return attempted(attrs.evolve(situation, policy=policy))
