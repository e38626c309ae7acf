"""Clauses: the general part of a standard (總則), which holds for all of its rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import attrs
from attrs import field, frozen

from cmappraisal.allowances import not_allowed
from cmappraisal.alternatives import CountedOn
from cmappraisal.balances import Balance, CleanTime
from cmappraisal.caps import Cap
from cmappraisal.citations import CITATION, Citation, as_citation
from cmappraisal.errors import AppraisalError, Problem
from cmappraisal.fields import (
    as_text,
    beside,
    checked,
    choice_of,
    identifier,
    instance_of,
    int_between,
    member_of,
    optional_instance_of,
    reject,
    reject_for,
)
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.policy import Policy
from cmappraisal.repetition import Again
from cmappraisal.responsibilities import (
    Responsibility,
    as_responsibilities,
    responsibilities,
)
from cmappraisal.rules import as_heavier, as_lighter, heavier_by, lighter_by
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.texts import Text, a_text
from cmappraisal.thresholds import Thresholds
from cmappraisal.weights import Heavier, Lighter


def _as_day(value: CountedOn | str) -> CountedOn:
    return member_of(CountedOn, value)


def _ends(limitation: Limitation) -> tuple[CountedOn, ...]:
    """The days that come after the one from which a time limit runs."""
    from_act = limitation.start is CountedOn.OCCURRED
    return (CountedOn.FOUND, CountedOn.RECORDED) if from_act else (CountedOn.RECORDED,)


@frozen
class Limitation:
    """A time limit: an act that is found or recorded later counts nothing.

    Args:
        months: How many months, from the first day to the day before the same date.
        start: From which day they run: ``CountedOn.OCCURRED`` or ``FOUND``.
        end: Which day has to lie within them: ``CountedOn.FOUND`` or ``RECORDED``. An act without
            a day on which it was found was found when it was recorded.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Limitation(24).end
    <CountedOn.RECORDED: 'recorded'>
    """

    months: int = field(validator=int_between(1, MAXIMUM_MONTHS))
    start: CountedOn = field(
        default=CountedOn.OCCURRED,
        converter=_as_day,
        validator=[
            choice_of(CountedOn),
            checked(
                lambda day: day in (CountedOn.OCCURRED, CountedOn.FOUND),
                "CountedOn.OCCURRED or CountedOn.FOUND",
            ),
        ],
        kw_only=True,
    )
    end: CountedOn = field(
        default=CountedOn.RECORDED,
        converter=_as_day,
        validator=beside(
            lambda limitation, day: day in _ends(limitation),
            lambda limitation: " or ".join(f"CountedOn.{each.name}" for each in _ends(limitation)),
        ),
        kw_only=True,
    )


class Answers(ReadOnlyMapping[str, Any]):
    """Fields of the policy by name, with the answers that a clause gives.

    Args:
        items: The answers by the name of the field.

    >>> Answers({"floor": 0})
    {'floor': 0}
    """

    __slots__ = ()


def _as_answers(value: Mapping[str, Any]) -> Answers:
    if not isinstance(value, Mapping):
        return cast(Answers, value)
    try:
        policy = Policy(**value)
    except (AppraisalError, TypeError):
        # What is wrong with them the validator says.
        return Answers(value)
    return Answers(
        (name, getattr(policy, name)) for name in attrs.fields_dict(Policy) if name in value
    )


def _answers(instance: Any, attribute: attrs.Attribute[Any], value: Any) -> None:
    """A validator of answers to fields of the policy."""
    fields = attrs.fields_dict(Policy)
    allowed = f"a mapping from fields of Policy ({', '.join(fields)}) to their answers"
    if not isinstance(value, Answers) or not all(name in fields for name in value):
        reject(instance, attribute.name, value, allowed)
    try:
        Policy(**value)
    except AppraisalError as error:
        problem = not_allowed(f"$.{attribute.name}", value, allowed)
        reject_for(instance, attribute.name, _because(problem, error.problems[0]))


def _because(problem: Problem, reason: Problem) -> Problem:
    """A problem with another that it comes from, in each language."""
    # Both are of fields, which say in Chinese too what they allow.
    said, because = (cast("tuple[str, str]", each.chinese) for each in (problem, reason))
    return attrs.evolve(
        problem,
        message=f"{problem.message}; {reason.message}",
        chinese=(f"{said[0]}；{because[0]}", f"{said[1]}；{because[1]}"),
    )


@frozen
class Clause:
    """A provision that holds for all rules of a standard.

    Args:
        id: Its name; no rule has it.
        text: The wording.
        citation: Its place in the standard.
        aggravated_by: What makes the deductions of all rules heavier, as
            :class:`~cmappraisal.Rule` has it; a rule's own weight for a circumstance wins.
        mitigated_by: What makes them lighter; a rule's own weight for a circumstance wins.
        again: What a breach of a rule that states no repetition of its own weighs that comes again.
        responsible: Who answers with the doer, where a rule does not say so itself.
        cap: The most points that one violation of a rule without a cap of its own deducts, or that
            several violations do together.
        limitation: Within which time an act has to be found or recorded.
        balance: How points are counted over time.
        clean_time: What is awarded for a time without a deduction.
        thresholds: What follows when points reach a number.
        answers: What the standard states about fields of the :class:`~cmappraisal.Policy`, by
            their names; the policy is not asked then.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> clause = Clause(
    ...     "G6",
    ...     Text("以半分計", "以半分计", en="Points are counted by halves"),
    ...     citation="6",
    ...     answers={"smallest_unit": "0.5"},
    ... )
    >>> clause.answers["smallest_unit"]
    Decimal('0.5')
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    citation: Citation = field(
        converter=as_citation, validator=instance_of(Citation, allowed=CITATION), kw_only=True
    )
    aggravated_by: Mapping[str, Heavier | None] = field(
        default=ReadOnlyMapping(), converter=as_heavier, validator=heavier_by, kw_only=True
    )
    mitigated_by: Mapping[str, Lighter | None] = field(
        default=ReadOnlyMapping(), converter=as_lighter, validator=lighter_by, kw_only=True
    )
    again: Again | None = field(default=None, validator=optional_instance_of(Again), kw_only=True)
    responsible: tuple[Responsibility, ...] = field(
        default=(), converter=as_responsibilities, validator=responsibilities, kw_only=True
    )
    cap: Cap | None = field(default=None, validator=optional_instance_of(Cap), kw_only=True)
    limitation: Limitation | None = field(
        default=None, validator=optional_instance_of(Limitation), kw_only=True
    )
    balance: Balance | None = field(
        default=None, validator=optional_instance_of(Balance), kw_only=True
    )
    clean_time: CleanTime | None = field(
        default=None, validator=optional_instance_of(CleanTime), kw_only=True
    )
    thresholds: Thresholds | None = field(
        default=None, validator=optional_instance_of(Thresholds), kw_only=True
    )
    answers: Answers = field(
        default=Answers(), converter=_as_answers, validator=_answers, kw_only=True
    )
