"""Proportions: how much is asked of who is there for a part of a span, with the arithmetic."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from cmappraisal.alternatives import Rounding, as_rounding
from cmappraisal.calendars import WorkCalendar
from cmappraisal.errors import ProblemCode
from cmappraisal.fields import choice_of, int_between
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, as_points, plain, points_between, rounded_to
from cmappraisal.texts import Language, Text, require_language
from cmappraisal.training.contradictions import reject_fields
from cmappraisal.training.presence import Presence, days_of
from cmappraisal.training.terms import PresenceTerms, Reduction, as_reduction

MAXIMUM_DAYS = 4_000_000
"""The most days of a span: more than the calendar has."""

_SHOWN_PLACES = 2

_IN_PROPORTION = Text(
    "{asked} × {present} / {whole} = {exact}，取 {needed}",
    "{asked} × {present} / {whole} = {exact}，取 {needed}",
    en="{asked} × {present} / {whole} = {exact}, rounded to {needed}",
)
_WAIVED = Text(
    "在崗 {present} 天，全期 {whole} 天：要求 {asked}，免除 {waived}",
    "在岗 {present} 天，全期 {whole} 天：要求 {asked}，免除 {waived}",
    en="there on {present} of {whole} days: {waived} of {asked} waived",
)


@frozen
class Proportion:
    """How much is asked of who is there for a part of a span.

    Args:
        asked: How much is asked of who is there all the time.
        present: On how many days of the span the person is there, the share of full time counted.
        whole: How many days the span has.
        reduction: What is asked of who is there for a part of the time.
        rounding: How it is rounded.

    Raises:
        FieldError: A field has a value that it does not allow; or there are more days present than
            the span has.

    >>> maternity = Proportion(12, present=152, whole=261)
    >>> maternity.needed, maternity.waived
    (7, 5)
    >>> print(maternity.explain())
    12 × 152 / 261 = 6.99, rounded to 7
    """

    asked: int = field(validator=int_between(0, 1_000_000_000))
    present: Decimal = field(
        converter=as_points,
        validator=points_between(Decimal(0), Decimal(MAXIMUM_DAYS)),
        kw_only=True,
    )
    whole: int = field(validator=int_between(1, MAXIMUM_DAYS), kw_only=True)
    reduction: Reduction = field(
        default=Reduction.PROPORTIONAL,
        converter=as_reduction,
        validator=choice_of(Reduction),
        kw_only=True,
    )
    rounding: Rounding = field(
        default=Rounding.HALF_UP,
        converter=as_rounding,
        validator=choice_of(Rounding),
        kw_only=True,
    )

    def __attrs_post_init__(self) -> None:
        if self.present > self.whole:
            allowed = f"at most whole ({self.whole})"
            reject_fields(self, [("present", ProblemCode.CONTRADICTION, allowed)])

    def _rounded(self, rounding: Rounding, places: int = 0) -> Decimal:
        """What is asked in proportion, rounded to so many decimal places."""
        # So many times the whole is in it: a quotient of its own would not be exact.
        whole = Decimal(self.whole)
        share = EXACT.multiply(self.asked, self.present).scaleb(places, EXACT)
        return EXACT.divide(rounded_to(share, whole, rounding), whole).scaleb(-places, EXACT)

    @property
    def needed(self) -> int:
        """How much is asked of the person."""
        if self.reduction is Reduction.NONE or self.present == self.whole:
            return self.asked
        return 0 if self.reduction is Reduction.WAIVED else int(self._rounded(self.rounding))

    @property
    def waived(self) -> int:
        """How much is waived."""
        return self.asked - self.needed

    def explain(self, language: Language = "en") -> str:
        """The arithmetic, in one line.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.
        """
        require_language(language)
        words = _IN_PROPORTION if self.reduction is Reduction.PROPORTIONAL else _WAIVED
        return words.in_language(language).format(
            asked=self.asked,
            waived=self.waived,
            present=plain(self.present),
            whole=self.whole,
            exact=plain(self._rounded(Rounding.HALF_UP, _SHOWN_PLACES)),
            needed=self.needed,
        )


def proportion_of(
    asked: int, span: Period, presence: Presence, calendar: WorkCalendar, terms: PresenceTerms
) -> Proportion | None:
    """How much is asked in a span in proportion; None of who is there all the time.

    Args:
        asked: How much is asked of who is there all the time.
        span: The span.
        presence: When the person is there.
        calendar: Which days are worked.
        terms: What is asked of who is there for a part of the time.
    """
    if terms.reduction is Reduction.NONE or presence.is_whole(span):
        return None
    whole, present = days_of(span, calendar, terms), presence.days(span, calendar, terms)
    if present == whole:
        return None
    return Proportion(
        asked, present=present, whole=whole, reduction=terms.reduction, rounding=terms.rounding
    )


def asked_while(
    asked: int, span: Period, presence: Presence, calendar: WorkCalendar, terms: PresenceTerms
) -> int:
    """How much is asked of somebody in a span; nothing of who is in no team in it.

    Args:
        asked: How much is asked of who is there all the time.
        span: The span.
        presence: When the person is there.
        calendar: Which days are worked.
        terms: What is asked of who is there for a part of the time.
    """
    if not presence.is_in(span):
        return 0
    proportion = proportion_of(asked, span, presence, calendar, terms)
    return asked if proportion is None else proportion.needed
