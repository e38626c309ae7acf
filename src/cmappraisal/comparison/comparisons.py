"""Comparisons: two situations side by side, which differ in one aspect after the other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import attrs
from attrs import field, frozen

from cmappraisal.caps import Counted
from cmappraisal.comparison.aspects import Aspect
from cmappraisal.comparison.declarations import (
    a_consequence_list,
    a_grade_list,
    as_consequences,
    as_grades,
    declared,
)
from cmappraisal.comparison.line_changes import LineChange, line_changes
from cmappraisal.comparison.results import Result, a_result, policy_fields
from cmappraisal.comparison.situations import SITUATION, Situation
from cmappraisal.consequences import Consequence
from cmappraisal.errors import AppraisalError, ComparisonError
from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    as_tuple,
    beside,
    choice_of,
    identifier,
    instance_of,
    member_of,
    require_all,
    tuple_of,
)
from cmappraisal.grades import Grade
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical, total_of
from cmappraisal.policy import Policy
from cmappraisal.scoring.appraisals import Appraisal


def _as_aspect(value: Aspect | str) -> Aspect:
    return member_of(Aspect, value)


def _as_changes(value: Iterable[LineChange]) -> tuple[LineChange, ...]:
    return as_tuple(value)


@frozen
class ComparisonStep:
    """What the change of one aspect makes of the appraisal.

    Args:
        aspect: What was changed.
        before: What the appraisal came to before.
        after: What it comes to with the change.
        lines: The violations whose lines count otherwise, and then the merits, each by id.
        fields: Of a change of the policy, the names of its fields that differ.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    aspect: Aspect = field(converter=_as_aspect, validator=choice_of(Aspect))
    before: Result = field(validator=a_result, kw_only=True)
    after: Result = field(validator=a_result, kw_only=True)
    lines: tuple[LineChange, ...] = field(
        converter=_as_changes,
        validator=tuple_of(LineChange, "a list of LineChange"),
        kw_only=True,
    )
    fields: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=policy_fields, kw_only=True
    )

    @property
    def points(self) -> Decimal:
        """The error points that it adds (or, negative, takes away)."""
        return _change_of("points", self)

    @property
    def awards(self) -> Decimal:
        """The points awarded that it adds (or, negative, takes away)."""
        return _change_of("awards", self)

    @property
    def by_caps(self) -> Decimal:
        """What of the error points caps over several violations add, by taking less away."""
        of_lines = (line.change for line in self.lines if line.of is Counted.DEDUCTIONS)
        return canonical(EXACT.subtract(self.points, total_of(of_lines)))


def _as_steps(value: Iterable[ComparisonStep]) -> tuple[ComparisonStep, ...]:
    return as_tuple(value)


def _follow_one_another(comparison: Comparison, steps: tuple[ComparisonStep, ...]) -> bool:
    """Whether steps lead from the result before to the one after, each aspect once."""
    if len({step.aspect for step in steps}) < len(steps):
        return False
    ends = [comparison.before, *(end for step in steps for end in (step.before, step.after))]
    ends.append(comparison.after)
    return all(left == right for left, right in zip(ends[::2], ends[1::2], strict=True))


@frozen
class Comparison:
    """Two situations of one manager and period, and what lies between them.

    Args:
        manager: The id of the relationship manager.
        period: The days that are appraised.
        before: What the appraisal of the one situation comes to.
        after: What that of the other comes to.
        steps: One for each aspect in which they differ, in the order in which it was changed;
            each begins where the one before it ends.
        grades: The grades that the results name, as the policy declares them.
        consequences: The consequences that they name, as the standard declares them.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    before: Result = field(validator=a_result, kw_only=True)
    after: Result = field(validator=a_result, kw_only=True)
    steps: tuple[ComparisonStep, ...] = field(
        converter=_as_steps,
        validator=[
            tuple_of(ComparisonStep, "a list of ComparisonStep"),
            beside(_follow_one_another, "steps that lead from before to after, each aspect once"),
        ],
        kw_only=True,
    )
    grades: tuple[Grade, ...] = field(
        default=(), converter=as_grades, validator=a_grade_list, kw_only=True
    )
    consequences: tuple[Consequence, ...] = field(
        default=(), converter=as_consequences, validator=a_consequence_list, kw_only=True
    )

    @property
    def points(self) -> Decimal:
        """The error points that all steps add together (or, negative, take away)."""
        return _change_of("points", self)

    @property
    def awards(self) -> Decimal:
        """The points awarded that all steps add together (or, negative, take away)."""
        return _change_of("awards", self)


def _change_of(name: str, of: ComparisonStep | Comparison) -> Decimal:
    return canonical(EXACT.subtract(getattr(of.after, name), getattr(of.before, name)))


def compare(
    before: Situation, after: Situation, *, order: Iterable[Aspect | str] = tuple(Aspect)
) -> Comparison:
    """Two situations side by side: what each thing in which they differ makes of the appraisal.

    The one situation is changed into the other, one aspect after the other. What an aspect makes
    depends on those changed before it; what all make together does not. In the opposite order,
    from the one after to the one before, the same steps are gone backwards.

    Args:
        before: The one situation.
        after: The other, of the same manager and period.
        order: All aspects, in the order in which they are changed.

    Returns:
        The comparison; equal situations have no steps.

    Raises:
        FieldError: An argument has a value that it does not allow.
        ComparisonError: One of the situations, or one between them, cannot be scored; it says
            which, and why.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Multiply, Violation
    >>> violation = Violation(
    ...     "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    ... )
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> before = Situation(ledger, ERROR_POINTS, period=Period.year(2025), manager="RM-01")
    >>> after = attrs.evolve(before, policy=Policy(aggravation=Multiply(3)))
    >>> (step,) = compare(before, after).steps
    >>> step.aspect.value, step.fields, str(step.points)
    ('policy', ('aggravation',), '10')
    >>> [(line.violation, str(line.before), str(line.after)) for line in step.lines]
    [('V-1', '20', '30')]
    """
    aspects = _as_aspects(order)
    require_all(
        "compare",
        ("before", before, isinstance(before, Situation), SITUATION),
        ("after", after, isinstance(after, Situation), SITUATION),
        (
            "order",
            order,
            sorted(aspects, key=list(Aspect).index) == list(Aspect),
            f"each of {', '.join(aspect.value for aspect in Aspect)} once",
        ),
    )
    require_all(
        "compare",
        *(
            (f"after.{name}", value, value == getattr(before, name), f"{name} of before")
            for name, value in (("manager", after.manager), ("period", after.period))
        ),
    )
    differing = [
        aspect
        for aspect in aspects
        if getattr(before, aspect.field) != getattr(after, aspect.field)
    ]
    between = _between(before, after, differing)
    fields = _fields_that_differ(before.policy, after.policy)
    return Comparison(
        before.manager,
        before.period,
        before=between[0].result,
        after=between[-1].result,
        steps=[
            ComparisonStep(
                aspect,
                before=left.result,
                after=right.result,
                lines=line_changes(left.appraisal, right.appraisal),
                fields=fields if aspect is Aspect.POLICY else (),
            )
            for aspect, (left, right) in zip(differing, pairwise(between), strict=True)
        ],
        **declared([each.result for each in between], [before, after]),
    )


def _as_aspects(order: Iterable[Aspect | str]) -> tuple[Aspect, ...]:
    """The aspects of an order; none where one of them is no aspect."""
    given = as_tuple(order)
    aspects = [member_of(Aspect, each) for each in given] if isinstance(given, tuple) else []
    return tuple(aspects) if all(isinstance(each, Aspect) for each in aspects) else ()


def _fields_that_differ(before: Policy, after: Policy) -> tuple[str, ...]:
    return tuple(
        name for name in attrs.fields_dict(Policy) if getattr(before, name) != getattr(after, name)
    )


class _Scored(NamedTuple):
    """A situation as it is scored."""

    appraisal: Appraisal
    result: Result

    @classmethod
    def of(cls, situation: Situation) -> _Scored:
        appraisal = situation.appraisal()
        return cls(appraisal, Result.of(situation, appraisal))


def _between(before: Situation, after: Situation, differing: list[Aspect]) -> list[_Scored]:
    """What the situations from the one to the other are scored at, both of them too."""
    situations = [before]
    for aspect in differing:
        changed = {aspect.field: getattr(after, aspect.field)}
        situations.append(attrs.evolve(situations[-1], **changed))
    found: dict[int, _Scored] = {}
    last = len(differing)
    # If one that was given cannot be scored, that is what is wrong, and not what lies between.
    for number in dict.fromkeys((0, last, *range(last))):
        try:
            found[number] = _Scored.of(situations[number])
        except AppraisalError as error:
            what = _named(differing[:number], differing[number:])
            raise ComparisonError(error.problems, error.more, f"compare: {what}") from error
    return [found[number] for number in sorted(found)]


def _named(changed: list[Aspect], unchanged: list[Aspect]) -> str:
    """A situation that cannot be scored, by what it has of which, and the remedy."""
    if not changed:
        return "the situation before cannot be scored"
    if not unchanged:
        return "the situation after cannot be scored"
    of_after, of_before = (
        " and ".join(f"the {aspect.value}" for aspect in aspects)
        for aspects in (changed, unchanged)
    )
    return (
        f"{of_after} of the situation after cannot be scored with {of_before} of the one before, "
        "so give another order="
    )
