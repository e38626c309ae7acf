"""Extensions: more time for one person to do what is asked for in a span."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import (
    a_date,
    as_date,
    as_optional_text,
    as_text,
    choice_of,
    identifier,
    instance_of,
    optional_identifier,
)
from cmappraisal.flaw_wordings import Words, choice_named, filled
from cmappraisal.periods import Period
from cmappraisal.training.contradictions import Contradiction, reject_fields
from cmappraisal.training.plans import ActivityKind, as_optional_activity_kind
from cmappraisal.training.record_flaws import EXTENSION
from cmappraisal.training.reprs import brief


@frozen
class Extension:
    """More time for one person to do what a quota or a target asks for in a span.

    What the person does after the span, up to the last day of the extension, counts for the span as
    far as it needs it, and no more for a later one.

    Args:
        person: The id of the person.
        activity: The id of the activity whose quota it is; None for a target.
        kind: The kind that the target asks for; None for a quota.
        period: The span, as its requirement has it.
        until: The last day, after the span.

    Raises:
        FieldError: A field has a value that it does not allow; or both an activity and a kind are
            named, or neither; or the last day is in the span or before it.

    >>> extension = Extension(
    ...     "RM-01", "report", period=Period.year(2026), until=date(2027, 2, 28)
    ... )
    >>> print(extension)
    extension of "report" for "RM-01" until 2027-02-28
    """

    person: str = field(converter=as_text, validator=identifier)
    activity: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier
    )
    kind: ActivityKind | None = field(
        default=None,
        converter=as_optional_activity_kind,
        validator=choice_of(ActivityKind, optional=True),
        kw_only=True,
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"), kw_only=True)
    until: date = field(converter=as_date, validator=a_date, kw_only=True)

    __repr__ = brief()

    def __str__(self) -> str:
        return extension_named(self).en

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if (self.activity is None) is (self.kind is None):
            allowed = "None for an activity, and an ActivityKind for a target"
            code = ProblemCode.MISSING if self.kind is None else ProblemCode.CONTRADICTION
            yield "kind", code, allowed
        if self.until <= self.period.last:
            allowed = f"a day after the last of the period ({self.period.last})"
            yield "until", ProblemCode.CONTRADICTION, allowed


def extension_named(extension: Extension) -> Words:
    """An extension, as messages name it."""
    kind = extension.kind
    what = extension.activity if kind is None else choice_named(kind)
    return filled(EXTENSION, what, extension.person, extension.until)
