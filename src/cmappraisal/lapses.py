"""Lapses: until when points count in the balance of a points account."""

from __future__ import annotations

from typing import Any, TypeAlias, get_args

from attrs import field, frozen

from cmappraisal.fields import as_optional_text, checked, optional_identifier
from cmappraisal.spans import Span
from cmappraisal.texts import Text


@frozen
class WithPeriod:
    """Points lapse at the end of the assessment period in which they count.

    Args:
        unless_unserved: The id of a consequence of the rule, such as a fine: while that follows
            from the violation and is not served, its points move on to the next period. None where
            points never do.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> WithPeriod().text.en
    'at the end of their assessment period'
    """

    unless_unserved: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    @property
    def text(self) -> Text:
        """The wording of this lapse."""
        if self.unless_unserved is None:
            return Text(
                "於所屬考核期屆滿時失效",
                "于所属考核期届满时失效",
                en="at the end of their assessment period",
            )
        return Text(
            f"於所屬考核期屆滿時失效，但 {self.unless_unserved} 未履行的轉入下一考核期",
            f"于所属考核期届满时失效，但 {self.unless_unserved} 未履行的转入下一考核期",
            en="at the end of their assessment period, but not while "
            f"{self.unless_unserved} is not served",
        )


@frozen
class Never:
    """Points count for good.

    >>> Never().text.en
    'never'
    """

    @property
    def text(self) -> Text:
        """The wording of this lapse."""
        return Text("不失效", "不失效", en="never")


Lapse: TypeAlias = Span | WithPeriod | Never
"""When points lapse: at the end of the span that begins on a day of the act, or that the day is in;
with their assessment period, which can be a cycle; or never."""

LAPSE = "a Span of months or of the calendar, WithPeriod or Never"


def _is_lapse(value: Any) -> bool:
    return isinstance(value, get_args(Lapse)) and getattr(value, "cycle", None) is None


a_lapse = checked(_is_lapse, LAPSE)
"""A validator of when points lapse."""

optional_lapse = checked(lambda value: value is None or _is_lapse(value), f"None, or {LAPSE}")
"""A validator of when points lapse, where that may be left open."""
