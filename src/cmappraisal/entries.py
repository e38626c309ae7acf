"""Entries: what can be written into a ledger about a case, one kind of entry for each event."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.entry_bases import EntryBase
from cmappraisal.fields import (
    a_date,
    as_date,
    as_optional_date,
    as_optional_text,
    as_text,
    beside,
    checked,
    choice_of,
    identifier,
    member_of,
    optional_date,
    optional_identifier,
)
from cmappraisal.points import (
    MAXIMUM_ASSESSED,
    MAXIMUM_POINTS,
    as_optional_points,
    points_between,
)
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.redactions import (
    PROSE,
    Redacted,
    as_words,
    optional_words,
    words,
)

_act = checked(is_act, "a Violation or a Merit")


def _as_procedural_act(value: ProceduralAct | str) -> ProceduralAct:
    return member_of(ProceduralAct, value)


def _says_something(given: str | Redacted) -> bool:
    return isinstance(given, Redacted) or bool(given.strip())


@frozen
class Recorded(EntryBase):
    """A violation or a merit is recorded for the first time.

    Args:
        violation: The violation, or the merit.
        at: When it was recorded; a datetime with a time zone.
        by: The id of who recorded it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import date, datetime, timezone
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
class Amended(EntryBase):
    """A violation or a merit is restated, under the same id.

    Args:
        violation: The violation, or the merit, as it now reads.
        reason: Why.
        at: When it was amended; a datetime with a time zone.
        by: The id of who amended it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import date, datetime, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.2", occurred_on=date(2025, 3, 2))
    >>> Amended(violation, "wrong rule", at=datetime(2025, 3, 5, tzinfo=timezone.utc)).violation_id
    'V-1'
    """

    violation: Act = field(validator=_act)
    reason: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Appealed(EntryBase):
    """The employee disputes a violation.

    Args:
        violation_id: The id of the case.
        grounds: On what grounds.
        at: When the appeal was lodged; a datetime with a time zone.
        by: The id of who lodged it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> Appealed("V-1", "on leave", at=datetime(2025, 4, 1, tzinfo=timezone.utc)).grounds
    'on leave'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    grounds: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)


@frozen
class Dismissed(EntryBase):
    """An appeal is dismissed: the violation is upheld as it was.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When the appeal was dismissed; a datetime with a time zone.
        by: The id of who dismissed it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> Dismissed("V-1", "no leave", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no leave'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)


@frozen
class _Setting(EntryBase):
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
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )


@frozen
class _OnAppeal(_Setting):
    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str | Redacted = field(
        converter=as_words,
        validator=[
            words,
            beside(
                lambda made, _: (made.points, made.money, made.effective_on) != (None, None, None),
                "what sets points, money or a day of effect, and this sets none of them",
            ),
        ],
        metadata=PROSE,
    )


@frozen
class Decided(_OnAppeal):
    """An appeal is decided by other points, other money or another day of effect.

    Args:
        violation_id: The id of the case.
        reason: Why.
        points: The points that the violation deducts; None where they stay.
        money: The money that is withheld for it; None where that stays.
        effective_on: The day from which it counts; None where that stays.
        at: When the appeal was decided; a datetime with a time zone.
        by: The id of who decided it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> moment = datetime(2025, 4, 9, tzinfo=timezone.utc)
    >>> Decided("V-1", "put right at once", points=6, at=moment).points
    Decimal('6')
    """


@frozen
class Reversed(EntryBase):
    """A case is struck: it scores as if it had never been recorded.

    Args:
        violation_id: The id of the case.
        reason: Why.
        at: When it was reversed; a datetime with a time zone.
        by: The id of who reversed it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> Reversed("V-1", "no breach", at=datetime(2025, 4, 9, tzinfo=timezone.utc)).reason
    'no breach'
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    reason: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)


@frozen
class Reviewed(_OnAppeal):
    """A second appeal is decided, by the next instance, by other points, money or day of effect.

    Args:
        violation_id: The id of the case.
        reason: Why.
        points: The points that the violation deducts; None where they stay as they were decided.
        money: The money that is withheld for it; None where that stays.
        effective_on: The day from which it counts; None where that stays.
        at: When the appeal was decided; a datetime with a time zone.
        by: The id of who decided it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> moment = datetime(2025, 5, 9, tzinfo=timezone.utc)
    >>> Reviewed("V-1", "first breach", points=4, at=moment).points
    Decimal('4')
    """


@frozen
class Corrected(_Setting):
    """A clerical error is put right in a case that is final: what was meant all along.

    Args:
        violation: The violation, or the merit, as it should have read.
        reason: What the error was.
        points: The points as they were meant to be decided; None where they stay.
        money: The money as it was meant to be decided; None where that stays.
        effective_on: The day of effect that was meant; None where that stays.
        at: When it was corrected; a datetime with a time zone.
        by: The id of who corrected it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from cmappraisal import Violation
    >>> from datetime import datetime, timezone
    >>> violation = Violation("V-1", "RM-01", rule="2.2", occurred_on=date(2025, 3, 2))
    >>> moment = datetime(2025, 5, 10, tzinfo=timezone.utc)
    >>> Corrected(violation, "6 was typed for 4", points=4, at=moment).violation_id
    'V-1'
    """

    violation: Act = field(validator=_act)
    reason: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)

    @property
    def violation_id(self) -> str:
        """The id of the case."""
        return self.violation.id


@frozen
class Acted(EntryBase):
    """Something is done in a case that sets no points.

    Args:
        violation_id: The id of the case.
        act: What is done, a :class:`ProceduralAct` or its value.
        on: The day on which it was done, such as that on which a notice was received; None where
            that is the day of ``at`` in its own zone.
        violation: The violation, or the merit, that is proposed; None for any other act.
        reason: Why, or anything else; a case is not reopened without words.
        at: When it was entered; a datetime with a time zone.
        by: The id of who did it.
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> moment = datetime(2025, 3, 6, 9, tzinfo=timezone.utc)
    >>> Acted("V-1", "notified", on=date(2025, 3, 5), at=moment).act
    <ProceduralAct.NOTIFIED: 'notified'>
    """

    violation_id: str = field(converter=as_text, validator=identifier)
    act: ProceduralAct = field(converter=_as_procedural_act, validator=choice_of(ProceduralAct))
    on: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )
    violation: Act | None = field(
        default=None,
        validator=beside(
            lambda made, given: (
                (is_act(given) and given.id == made.violation_id)
                if made.act is ProceduralAct.PROPOSED
                else given is None
            ),
            lambda made: (
                "a Violation or a Merit under violation_id"
                if made.act is ProceduralAct.PROPOSED
                else "None, since only what is proposed brings it"
            ),
        ),
        kw_only=True,
    )
    reason: str | Redacted = field(
        default="",
        converter=as_words,
        validator=[
            optional_words,
            beside(
                lambda made, given: (
                    made.act is not ProceduralAct.REOPENED or _says_something(given)
                ),
                "a string with words in it, which says what the new facts are",
            ),
        ],
        metadata=PROSE,
        kw_only=True,
    )


@frozen
class _OfConsequence(EntryBase):
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
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
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
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
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
        salt: Random bytes of its own, 16 to 64, which keep it from being guessed; None without.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> from datetime import datetime, timezone
    >>> moment = datetime(2025, 7, 2, tzinfo=timezone.utc)
    >>> Lifted("V-1", "warning", "without ground", at=moment).reason
    'without ground'
    """

    reason: str | Redacted = field(converter=as_words, validator=words, metadata=PROSE)


Entry: TypeAlias = (
    Recorded
    | Amended
    | Appealed
    | Dismissed
    | Decided
    | Reviewed
    | Corrected
    | Reversed
    | Acted
    | Taken
    | Served
    | Lifted
)
"""One line of a ledger."""

ENTRY_KINDS: tuple[type[Entry], ...] = (
    Recorded,
    Amended,
    Appealed,
    Dismissed,
    Decided,
    Reviewed,
    Corrected,
    Reversed,
    Acted,
    Taken,
    Served,
    Lifted,
)
"""Every kind of entry."""

Setting: TypeAlias = Decided | Reviewed | Corrected
"""What can set points in the place of what the rule would make."""

ENTRIES_ALLOWED = ", ".join(kind.__name__ for kind in ENTRY_KINDS)
"""The kinds of entry, as errors name them."""


def reading_of(entry: object) -> Act | None:
    """The violation or the merit as an entry states it; None where it states none.

    Args:
        entry: The entry, or what is left of one.
    """
    if isinstance(entry, (Recorded, Amended, Corrected, Acted)):
        return entry.violation
    return None
