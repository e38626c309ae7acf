"""Pay terms: what points, grades and consequences do to pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

import attrs
from attrs import field, frozen

from cmappraisal.accounts.pay_choices import (
    CutFrom,
    FirstMonth,
    MeetingCuts,
    as_cut_from,
    as_first_month,
    as_meeting,
)
from cmappraisal.alternatives import Rounding, as_rounding
from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.errors import PolicyError, Problem
from cmappraisal.fields import (
    as_text,
    as_tuple,
    boolean,
    checked,
    choice_of,
    is_identifier,
    is_int,
)
from cmappraisal.mappings import ReadOnlyMapping, by_id, mapping_of
from cmappraisal.points import (
    MAXIMUM_FACTOR,
    Points,
    as_optional_points,
    as_points,
    is_points,
    points_between,
)
from cmappraisal.spans import MAXIMUM_MONTHS, CalendarSpan, as_calendar_span
from cmappraisal.texts import Text

MAXIMUM_MONEY = Decimal(10**12)
"""The most money that one amount states, in the currency of the standard: more than anybody's
pay in any currency."""

MAXIMUM_RUNGS = 100
"""The most coefficients of a ladder, which is also how many steps down there are at most."""

_NOTHING = Decimal(0)
_WHOLE = Decimal(1)
_NONE: Mapping[str, Any] = ReadOnlyMapping()


def _as_numbers(value: Mapping[str, Points]) -> Mapping[str, Decimal]:
    if not isinstance(value, Mapping):
        return value
    numbers: Mapping[str, Decimal] = by_id(
        {id: as_points(each) for id, each in value.items()}, None
    )
    return numbers


def _as_counts(value: Mapping[str, int]) -> Mapping[str, int]:
    counts: Mapping[str, int] = by_id(value, None)
    return counts


def _as_names(value: Mapping[str, str]) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        return value
    names: Mapping[str, str] = by_id({id: as_text(each) for id, each in value.items()}, None)
    return names


def _as_ladder(value: Iterable[Points]) -> tuple[Decimal, ...]:
    given = as_tuple(value)
    return tuple(map(as_points, given)) if isinstance(given, tuple) else given


def _is_share(value: object) -> bool:
    return is_points(value, _NOTHING, _WHOLE)


def _is_ladder(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MAXIMUM_RUNGS
        and all(is_points(each, _NOTHING, MAXIMUM_FACTOR) for each in value)
        and all(upper > lower for upper, lower in pairwise(value))
    )


def _labelled(zh_hant: str, zh_hans: str, en: str) -> dict[str, Any]:
    return {"label": Text(zh_hant, zh_hans, en=en)}


_SHARE = "a Decimal, an int or a string such as '0.8' from 0 to 1 (never a float)"
_SHARES = mapping_of(_is_share, f"a mapping from ids to {_SHARE}")


@frozen(kw_only=True)
class PayTerms:
    """What points, grades and consequences do to pay.

    Pay has two portions of each month: base pay and variable pay. Shares and months that are lost
    are cut from variable pay. No cut takes more than there is.

    Args:
        per_point: The money withheld for each error point; None for none.
        withhold_money: Whether the money that items carry (``Line.money``) is withheld.
        months_lost: How many months of variable pay a consequence loses, by its id, forward from
            the first month; with each month its variable pay is lost once.
        coefficients: The factor by which variable pay is multiplied while a consequence is in
            force, by its id, from 0 to 1.
        ladder: The coefficients of pay that there are, from the highest to the lowest.
        steps_down: How many steps down the ladder a person stands while a consequence is in force,
            by its id; below the last there is none.
        grade_shares: Which share of variable pay the grade that holds pays, by its id, from 0 to 1.
        share_without_grade: The share where no grade holds, or none was reached.
        least_base_share: The least share of base pay in what is paid, above 0 to 1; None where
            there is none. Variable pay above ``base × (1 - share) ÷ share``, rounded down, is not
            paid: with 0.4, above one and a half times base pay. It is the last step, so that what
            is paid keeps to it.
        paid_by: The span of a payslip: a month, or a longer one, which adds its months up.
        meeting: What happens where two cuts meet, and where months lost do.
        cut_from: What money that is withheld is taken from.
        first_month: From which month a consequence cuts pay.
        smallest_unit: What every amount is a whole multiple of, above 0, in the currency.
        rounding: How each amount is rounded to it.
        provisions: The id of the rule or clause that states a field, by the name of the field;
            what is not among them the bank decides.

    Raises:
        FieldError: A field has a value that it does not allow.
        PolicyError: The fields contradict one another.

    >>> PayTerms(per_point=20).per_point
    Decimal('20')
    >>> PayTerms(steps_down={"warning": 1})
    Traceback (most recent call last):
    cmappraisal.errors.PolicyError: PayTerms: steps_down needs a ladder of at least two
    coefficients, but there are 0; give the ladder, or leave the steps out
    """

    per_point: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(_NOTHING, MAXIMUM_MONEY, optional=True),
        metadata=_labelled("每分扣款", "每分扣款", "money for each point"),
    )
    withhold_money: bool = field(
        default=True,
        validator=boolean,
        metadata=_labelled("條款所定扣款", "条款所定扣款", "money that items carry"),
    )
    months_lost: Mapping[str, int] = field(
        default=_NONE,
        converter=_as_counts,
        validator=mapping_of(
            lambda months: is_int(months, 1, MAXIMUM_MONTHS),
            f"a mapping from ids of consequences to an int from 1 to {MAXIMUM_MONTHS}",
        ),
        metadata=_labelled("停發績效薪酬", "停发绩效薪酬", "month of variable pay lost"),
    )
    coefficients: Mapping[str, Decimal] = field(
        default=_NONE,
        converter=_as_numbers,
        validator=_SHARES,
        metadata=_labelled("固定係數的扣減", "固定系数的扣减", "cut by a fixed coefficient"),
    )
    ladder: tuple[Decimal, ...] = field(
        default=(),
        converter=_as_ladder,
        validator=checked(
            _is_ladder,
            f"at most {MAXIMUM_RUNGS} coefficients from 0 to {MAXIMUM_FACTOR}, from the highest to "
            "the lowest",
        ),
        metadata=_labelled("係數檔次", "系数档次", "ladder of coefficients"),
    )
    steps_down: Mapping[str, int] = field(
        default=_NONE,
        converter=_as_counts,
        validator=mapping_of(
            lambda steps: is_int(steps, 1, MAXIMUM_RUNGS),
            f"a mapping from ids of consequences to an int from 1 to {MAXIMUM_RUNGS}",
        ),
        metadata=_labelled("係數降檔的扣減", "系数降档的扣减", "cut by steps down the ladder"),
    )
    grade_shares: Mapping[str, Decimal] = field(
        default=_NONE,
        converter=_as_numbers,
        validator=_SHARES,
        metadata=_labelled("按等級的扣減", "按等级的扣减", "cut by the grade"),
    )
    share_without_grade: Decimal = field(
        default=_WHOLE,
        converter=as_points,
        validator=checked(_is_share, _SHARE),
        metadata=_labelled("無等級的扣減", "无等级的扣减", "cut without a grade"),
    )
    least_base_share: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=checked(
            lambda value: value is None or (_is_share(value) and value > 0),
            f"None, or {_SHARE}, and above 0",
        ),
        metadata=_labelled("基本薪酬的最低佔比", "基本薪酬的最低占比", "least share of base pay"),
    )
    paid_by: CalendarSpan = field(
        default=CalendarSpan.MONTH,
        converter=as_calendar_span,
        validator=checked(
            lambda span: isinstance(span, CalendarSpan) and span is not CalendarSpan.WEEK,
            "a CalendarSpan of whole months: month, quarter, half-year or year",
        ),
        metadata=_labelled("發薪週期", "发薪周期", "span of a payslip"),
    )
    meeting: MeetingCuts = field(
        default=MeetingCuts.IN_TURN,
        converter=as_meeting,
        validator=choice_of(MeetingCuts),
        metadata=_labelled("數項扣減並存", "数项扣减并存", "cuts that meet"),
    )
    cut_from: CutFrom = field(
        default=CutFrom.VARIABLE,
        converter=as_cut_from,
        validator=choice_of(CutFrom),
        metadata=_labelled("扣款來源", "扣款来源", "what money is taken from"),
    )
    first_month: FirstMonth = field(
        default=FirstMonth.NEXT,
        converter=as_first_month,
        validator=choice_of(FirstMonth),
        metadata=_labelled("起扣月份", "起扣月份", "first month"),
    )
    smallest_unit: Decimal = field(
        default=Decimal("0.01"),
        converter=as_points,
        validator=points_between(_NOTHING, MAXIMUM_MONEY, above=True),
        metadata=_labelled("金額的最小單位", "金额的最小单位", "smallest unit of money"),
    )
    rounding: Rounding = field(
        default=Rounding.HALF_UP,
        converter=as_rounding,
        validator=choice_of(Rounding),
        metadata=_labelled("金額的取整", "金额的取整", "rounding of money"),
    )
    provisions: Mapping[str, str] = field(
        default=_NONE,
        converter=_as_names,
        validator=[
            mapping_of(is_identifier, "a mapping from names of fields to ids of provisions"),
            checked(
                lambda given: set(given) <= set(_own_fields()),
                "a mapping from names of other fields of PayTerms",
            ),
        ],
        metadata=_labelled("出處", "出处", "provisions"),
    )

    def __attrs_post_init__(self) -> None:
        problems = tuple(_contradictions(self))
        if problems:
            raise PolicyError(problems, subject="PayTerms")


def _own_fields() -> tuple[str, ...]:
    """The names of the fields that a provision can state."""
    return tuple(name for name in attrs.fields_dict(PayTerms) if name != "provisions")


def pay_label_of(name: str) -> Text:
    """What a field of the terms is called, in three languages.

    Args:
        name: The name of a field of :class:`PayTerms`.
    """
    label: Text = attrs.fields_dict(PayTerms)[name].metadata["label"]
    return label


def _contradictions(terms: PayTerms) -> Iterator[Problem]:
    if terms.steps_down and len(terms.ladder) < 2:
        yield AppraisalFlaw.STEPS_WITHOUT_LADDER.problem("$.steps_down", len(terms.ladder))
    if terms.share_without_grade != _WHOLE and not terms.grade_shares:
        yield AppraisalFlaw.SHARE_WITHOUT_GRADES.problem("$.share_without_grade")
