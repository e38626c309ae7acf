"""Line changes: which violations and merits count otherwise in one appraisal than in another."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.caps import Counted
from cmappraisal.fields import as_text, boolean, choice_of, identifier, member_of
from cmappraisal.points import EXACT, canonical, optional_number
from cmappraisal.scoring.appraisals import Appraisal, Line

_ZERO = Decimal(0)


def _as_counted(value: Counted | str) -> Counted:
    return member_of(Counted, value)


@frozen
class LineChange:
    """One violation, or one merit, that counts otherwise in two appraisals.

    Args:
        violation: The id of the violation or the merit.
        of: Whether it deducts or is awarded.
        before: The points of its line before; None where it had none.
        after: The points of its line after; None where it has none.
        revoked_before: Whether it revoked the qualification before.
        revoked_after: Whether it revokes the qualification after.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violation: str = field(converter=as_text, validator=identifier)
    of: Counted = field(converter=_as_counted, validator=choice_of(Counted), kw_only=True)
    before: Decimal | None = field(validator=optional_number, kw_only=True)
    after: Decimal | None = field(validator=optional_number, kw_only=True)
    revoked_before: bool = field(default=False, validator=boolean, kw_only=True)
    revoked_after: bool = field(default=False, validator=boolean, kw_only=True)

    @property
    def change(self) -> Decimal:
        """The points that it adds (or, negative, takes away)."""
        return canonical(EXACT.subtract(self.after or _ZERO, self.before or _ZERO))


def line_changes(before: Appraisal, after: Appraisal) -> Iterator[LineChange]:
    """The violations whose lines count otherwise, and then the merits, each by id.

    Args:
        before: The one appraisal.
        after: The other.
    """
    for of in Counted:
        left, right = _by_id(before, of), _by_id(after, of)
        for id in sorted({*left, *right}):
            change = LineChange(
                id,
                of=of,
                before=left[id].points if id in left else None,
                after=right[id].points if id in right else None,
                revoked_before=id in left and left[id].revokes,
                revoked_after=id in right and right[id].revokes,
            )
            if (change.before, change.revoked_before) != (change.after, change.revoked_after):
                yield change


def _by_id(appraisal: Appraisal, of: Counted) -> dict[str, Line]:
    lines = appraisal.lines if of is Counted.DEDUCTIONS else appraisal.merits
    return {line.violation.id: line for line in lines}
