"""Pay choices: what a bank decides about cuts of pay, each with its alternatives."""

from __future__ import annotations

from cmappraisal.fields import member_of
from cmappraisal.texts import Choice, Text


class MeetingCuts(Choice):
    """What happens where two cuts meet in one payslip.

    >>> MeetingCuts("sum") is MeetingCuts.SUM
    True
    """

    IN_TURN = (
        "in-turn",
        Text(
            "依次計算，後者按前者扣後的餘額計；停發月數前後相接",
            "依次计算，后者按前者扣后的余额计；停发月数前后相接",
            en="one after another, each of what the one before left; months lost follow one "
            "another",
        ),
    )
    SUM = (
        "sum",
        Text(
            "各按全額計算後相加；停發月數前後相接",
            "各按全额计算后相加；停发月数前后相接",
            en="each of the whole, added up; months lost follow one another",
        ),
    )
    HEAVIEST = (
        "heaviest",
        Text(
            "只扣最重的一項；停發月數重疊",
            "只扣最重的一项；停发月数重叠",
            en="the heaviest alone; months lost overlap",
        ),
    )


class CutFrom(Choice):
    """What money that is withheld is taken from.

    >>> CutFrom("variable") is CutFrom.VARIABLE
    True
    """

    VARIABLE = "variable", Text("只扣績效薪酬", "只扣绩效薪酬", en="variable pay alone")
    ALL = (
        "all",
        Text(
            "先扣績效薪酬，再扣基本薪酬",
            "先扣绩效薪酬，再扣基本薪酬",
            en="variable pay, and then base pay",
        ),
    )


class FirstMonth(Choice):
    """From which month a consequence cuts pay.

    >>> FirstMonth("next") is FirstMonth.NEXT
    True
    """

    NEXT = "next", Text("生效的次月起", "生效的次月起", en="the month after it takes effect")
    SAME = "same", Text("生效的當月起", "生效的当月起", en="the month in which it takes effect")


def as_meeting(value: MeetingCuts | str) -> MeetingCuts:
    """The member from the member itself or from its value."""
    return member_of(MeetingCuts, value)


def as_cut_from(value: CutFrom | str) -> CutFrom:
    """The member from the member itself or from its value."""
    return member_of(CutFrom, value)


def as_first_month(value: FirstMonth | str) -> FirstMonth:
    """The member from the member itself or from its value."""
    return member_of(FirstMonth, value)
