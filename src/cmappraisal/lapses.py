"""Lapses: until when points count in the balance of a points account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias, get_args

from attrs import field, frozen

from cmappraisal.fields import as_optional_text, checked, optional_identifier
from cmappraisal.points import MAXIMUM_POINTS, as_optional_points, plain, points_between
from cmappraisal.spans import Span
from cmappraisal.texts import Text


@frozen
class WithPeriod:
    """Points lapse at the end of the assessment period in which they count.

    Args:
        unless_unserved: The id of a consequence of the rule, such as a fine: while that follows
            from the violation and is not served, its points move on to the next period. None where
            points never do.
        below: Below which balance they lapse; at as many points or more on the last day of the
            period they move on to the next. None where they lapse at any balance.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> WithPeriod().text.en
    'at the end of their assessment period'
    """

    unless_unserved: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    below: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, above=True, optional=True),
        kw_only=True,
    )

    @property
    def text(self) -> Text:
        """The wording of this lapse, with the id of the consequence that it waits for."""
        id = self.unless_unserved
        return self.text_with(None if id is None else Text.same(id))

    def text_with(self, waiting: Text | None) -> Text:
        """The wording of this lapse.

        Args:
            waiting: What the consequence is called that it waits for; None for none.

        >>> WithPeriod(unless_unserved="fine").text_with(Text("罰款", "罚款", en="a fine")).zh_hant
        '於所屬考核期屆滿時失效，但 罰款 未執行完畢的轉入下一考核期'
        """
        hant, hans, english = "", "", ""
        if self.below is not None:
            least = plain(self.below)
            hant, hans = f"餘額未達 {least} 分的", f"余额未达 {least} 分的"
            english = f" where the balance is below {least}"
        made = Text(
            f"{hant}於所屬考核期屆滿時失效",
            f"{hans}于所属考核期届满时失效",
            en=f"at the end of their assessment period{english}",
        )
        if waiting is None:
            return made
        return Text(
            f"{made.zh_hant}，但 {waiting.zh_hant} 未執行完畢的轉入下一考核期",
            f"{made.zh_hans}，但 {waiting.zh_hans} 未执行完毕的转入下一考核期",
            en=f"{made.en}, but not while {waiting.en} is not served",
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
