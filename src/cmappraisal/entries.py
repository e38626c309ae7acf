"""Entries: what can be written into a ledger about a case, one kind of entry for each event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import ClassVar, TypeAlias

from attrs import field, frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.canonical import PROSE
from cmappraisal.fields import (
    MOMENT,
    a_date,
    as_date,
    as_moment,
    as_optional_date,
    as_optional_text,
    as_text,
    beside,
    checked,
    identifier,
    is_moment,
    optional_date,
    optional_identifier,
    prose,
)
from cmappraisal.points import (
    MAXIMUM_ASSESSED,
    MAXIMUM_POINTS,
    as_optional_points,
    points_between,
)

_act = checked(is_act, "a Violation or a Merit")


def _moment_and_zone(at: datetime) -> tuple[datetime, timedelta | None]:
    return at, at.utcoffset()


@frozen
class _Entry:
    FORMAT: ClassVar = "cmappraisal/entry/2"
    """The name and version of the canonical form of an entry, itself part of it."""

    at: datetime = field(
        converter=as_moment,
        validator=checked(is_moment, MOMENT),
        # Datetimes are equal where their moments are, but the day a case was recorded depends on
        # the zone too.
        eq=_moment_and_zone,
        kw_only=True,
    )
    by: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


@frozen
class Recorded(_Entry):
    """A violation or a merit is recorded for the first time.

    Args:
        violation: The violation, or the merit.
        at: When it was recorded; a datetime with a time zone.
        by: The id of who recorded it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import date, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> Recorded(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc)).violation_id
    'V-1'
    """

    violation: Act = field(validator=_act)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Amended(_Entry):
    """A violation or a merit is restated, under the same id.

    Args:
        violation: The violation, or the merit, as it now reads.
        reason: Why.
        at: When it was amended; a datetime with a time zone.
        by: The id of who amended it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import date, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.2", occurred_on=date(2025, 3, 2))
    >>> Amended(violation, "wrong rule", at=datetime(2025, 3, 5, tzinfo=timezone.utc)).violation_id
    'V-1'
    """

    violation: Act = field(validator=_act)
    reason: str = field(converter=as_text, validator=prose, metadata=PROSE)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Appealed(_Entry):
    """The employee disputes a violation.

    Args:
        violation_id: The id of the case.
        grounds: On what grounds.
        at: When the appeal was lodged; a datetime with a time zone.
        by: The id of who lodged it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Appealed("V-1", "on leave", at=datetime(2025, 4, 1, tzinfo=timezone.utc)).grounds
    'on leave'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    grounds: str = field(converter=as_text, validator=prose, metadata=PROSE)


@frozen
class Dismissed(_Entry):
    """An appeal is dismissed: the violation is upheld as it was.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When the appeal was dismissed; a datetime with a time zone.
        by: The id of who dismissed it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Dismissed("V-1", "no leave", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no leave'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str = field(converter=as_text, validator=prose, metadata=PROSE)


@frozen
class Decided(_Entry):
    """An appeal is decided by other points, other money or another day of effect.

    Args:
        violation_id: The id of the case.
        reason: Why.
        points: The points that the violation deducts; None where they stay.
        money: The money that is withheld for it; None where that stays.
        effective_on: The day from which it counts; None where that stays.
        at: When the appeal was decided; a datetime with a time zone.
        by: The id of who decided it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> moment = datetime(2025, 4, 9, tzinfo=timezone.utc)
    >>> Decided("V-1", "put right at once", points=6, at=moment).points
    Decimal('6')
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str = field(converter=as_text, validator=prose, metadata=PROSE)
    points: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_ASSESSED, optional=True),
        kw_only=True,
    )
    money: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, optional=True),
        kw_only=True,
    )
    effective_on: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[
            optional_date,
            beside(
                lambda made, day: not (made.points is None and made.money is None and day is None),
                "a day where neither points nor money are set",
            ),
        ],
        kw_only=True,
    )


@frozen
class Reversed(_Entry):
    """A case is struck: it scores as if it had never been recorded.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When it was reversed; a datetime with a time zone.
        by: The id of who reversed it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> Reversed("V-1", "no breach", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no breach'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str = field(converter=as_text, validator=prose, metadata=PROSE)


@frozen
class _OfConsequence(_Entry):
    violation_id: str = field(converter=as_text, validator=identifier)
    consequence: str = field(converter=as_text, validator=identifier)
    manager: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


@frozen
class _OnADay(_OfConsequence):
    on: date = field(converter=as_date, validator=a_date, kw_only=True)


@frozen
class Taken(_OnADay):
    """A consequence that follows from a violation is taken.

    Args:
        violation_id: The id of the case: of the violation from which it follows, or by which a
            threshold was crossed.
        consequence: The id of the consequence, as the rulebook declares it.
        manager: The id of who bears it; None for whoever is at fault.
        on: The day on which it is taken.
        at: When that was entered; a datetime with a time zone.
        by: The id of who entered it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> moment = datetime(2025, 6, 2, tzinfo=timezone.utc)
    >>> Taken("V-1", "warning", on=date(2025, 6, 1), at=moment).consequence
    'warning'
    """


@frozen
class Served(_OnADay):
    """A consequence that was taken is served: paid, studied, sat out.

    Args:
        violation_id: The id of the case.
        consequence: The id of the consequence.
        manager: The id of who bears it; None for whoever is at fault.
        on: The day on which it was served to the end, not before that on which it was taken.
        at: When that was entered; a datetime with a time zone.
        by: The id of who entered it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> moment = datetime(2025, 7, 2, tzinfo=timezone.utc)
    >>> Served("V-1", "warning", on=date(2025, 7, 1), at=moment).on
    datetime.date(2025, 7, 1)
    """


@frozen
class Lifted(_OfConsequence):
    """A consequence that was taken is lifted: it is as if it had not been taken.

    Args:
        violation_id: The id of the case.
        consequence: The id of the consequence.
        reason: Why.
        manager: The id of who bears it; None for whoever is at fault.
        at: When it was lifted; a datetime with a time zone.
        by: The id of who lifted it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import timezone
    >>> moment = datetime(2025, 7, 2, tzinfo=timezone.utc)
    >>> Lifted("V-1", "warning", "without ground", at=moment).reason
    'without ground'
    """

    reason: str = field(converter=as_text, validator=prose, metadata=PROSE)


Entry: TypeAlias = (
    Recorded | Amended | Appealed | Dismissed | Decided | Reversed | Taken | Served | Lifted
)
"""One line of a ledger."""

ENTRY_KINDS: tuple[type[Entry], ...] = (
    Recorded,
    Amended,
    Appealed,
    Dismissed,
    Decided,
    Reversed,
    Taken,
    Served,
    Lifted,
)
"""Every kind of entry."""

ENTRIES_ALLOWED = ", ".join(kind.__name__ for kind in ENTRY_KINDS)
"""The kinds of entry, as errors name them."""
