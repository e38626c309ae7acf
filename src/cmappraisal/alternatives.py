"""Alternatives: what each choice of the policy can be, with its wording."""

from __future__ import annotations

from cmappraisal.fields import member_of
from cmappraisal.texts import Choice, Text


class UnstatedUnit(Choice):
    """What a deduction without a stated unit counts.

    >>> UnstatedUnit("per-violation").text.en
    'once for each recorded violation, whatever its quantity'
    """

    PER_VIOLATION = (
        "per-violation",
        Text(
            "每筆登記的違規計一次，不論數量",
            "每笔登记的违规计一次，不论数量",
            en="once for each recorded violation, whatever its quantity",
        ),
    )
    PER_OCCURRENCE = (
        "per-occurrence",
        Text("按發生次數計", "按发生次数计", en="once for each occurrence"),
    )
    ONCE_A_PERIOD = (
        "once-a-period",
        Text(
            "同一條款每個考核期只計一次，取最高者",
            "同一条款每个考核期只计一次，取最高者",
            en="once for each rule in a period, the heaviest",
        ),
    )


class Discretion(Choice):
    """Whether an assessor may set the amount where the standard deducts by the circumstances.

    >>> Discretion("stated-only") is Discretion.STATED_ONLY
    True
    """

    WITHIN_STATED = (
        "within-stated",
        Text(
            "評定人可在規定分值以內核定，未核定者按規定分值",
            "评定人可在规定分值以内核定，未核定者按规定分值",
            en="the assessor may set an amount up to the stated points, which count otherwise",
        ),
    )
    STATED_ONLY = (
        "stated-only",
        Text("一律按規定分值", "一律按规定分值", en="always the stated points"),
    )


class Concurrence(Choice):
    """What one incident under several rules deducts.

    >>> Concurrence("highest") is Concurrence.HIGHEST
    True
    """

    HIGHEST = (
        "highest",
        Text(
            "只計扣分最多的一條，該條各筆均計，相同者計標準中在先的一條",
            "只计扣分最多的一条，该条各笔均计，相同者计标准中在先的一条",
            en="only the rule that deducts the most counts, with all its violations, and of "
            "equal rules the first",
        ),
    )
    CUMULATIVE = (
        "cumulative",
        Text("各項累計", "各项累计", en="all deductions add up"),
    )


class Displacement(Choice):
    """Whether a special rule takes the place of the general ones for the same incident.

    >>> Displacement("none") is Displacement.NONE
    True
    """

    SPECIAL_OVER_GENERAL = (
        "special-over-general",
        Text(
            "特別條款優先於一般條款",
            "特别条款优先于一般条款",
            en="a special rule takes the place of the general rules",
        ),
    )
    NONE = (
        "none",
        Text(
            "特別條款與一般條款並行適用",
            "特别条款与一般条款并行适用",
            en="special and general rules apply side by side",
        ),
    )


class PendingAppeals(Choice):
    """Whether a violation counts while an appeal against it is open.

    >>> PendingAppeals("count") is PendingAppeals.COUNT
    True
    """

    COUNT = (
        "count",
        Text("申訴期間照計", "申诉期间照计", en="the violation counts meanwhile"),
    )
    SUSPEND = (
        "suspend",
        Text(
            "申訴期間暫不計分",
            "申诉期间暂不计分",
            en="the violation does not count meanwhile",
        ),
    )


class CountedOn(Choice):
    """Which day places a violation in a period.

    >>> CountedOn("occurred") is CountedOn.OCCURRED
    True
    """

    OCCURRED = (
        "occurred",
        Text("違規發生之日", "违规发生之日", en="the day it happened"),
    )
    RECORDED = (
        "recorded",
        Text(
            "違規登記之日（按登記所用時區）",
            "违规登记之日（按登记所用时区）",
            en="the day it was recorded, in the time zone of the recording",
        ),
    )
    FOUND = (
        "found",
        Text("違規查出之日", "违规查出之日", en="the day it was found"),
    )
    EFFECTIVE = (
        "effective",
        Text("處理決定生效之日", "处理决定生效之日", en="the day it took effect"),
    )


class AwardEffect(Choice):
    """What the points that merits are awarded do to the score.

    >>> AwardEffect("beside") is AwardEffect.BESIDE
    True
    """

    BESIDE = (
        "beside",
        Text("單列，不計入得分", "单列，不计入得分", en="awards stand beside the score"),
    )
    RAISE_SCORE = (
        "raise-score",
        Text("加入得分", "加入得分", en="awards raise the score"),
    )


class RevokedResult(Choice):
    """With which score and grade a manager is shown whose qualification is revoked.

    >>> RevokedResult("none") is RevokedResult.NONE
    True
    """

    NONE = (
        "none",
        Text(
            "資格已取消者，不列得分與等級",
            "资格已取消者，不列得分与等级",
            en="neither a score nor a grade where the qualification is revoked",
        ),
    )
    LOWEST = (
        "lowest",
        Text(
            "資格已取消者，列最低分與最低等級",
            "资格已取消者，列最低分与最低等级",
            en="the lowest score and the lowest grade where the qualification is revoked",
        ),
    )
    AS_SCORED = (
        "as-scored",
        Text(
            "資格取消與否，得分與等級照計",
            "资格取消与否，得分与等级照计",
            en="the score and the grade that the points make, revoked or not",
        ),
    )


class Reconsideration(Choice):
    """What the points that a decision on an appeal sets are bounded by.

    >>> Reconsideration("within-rule") is Reconsideration.WITHIN_RULE
    True
    """

    WITHIN_RULE = (
        "within-rule",
        Text(
            "覆議可改定分值，不高於條款所許的最高分值",
            "复议可改定分值，不高于条款所许的最高分值",
            en="the decision on an appeal sets the points, up to the most that the rule allows",
        ),
    )
    NOT_HEAVIER = (
        "not-heavier",
        Text(
            "覆議可改定分值，不高於原計分值",
            "复议可改定分值，不高于原计分值",
            en="the decision on an appeal sets the points, never above those appealed against",
        ),
    )


class GoverningEdition(Choice):
    """Which edition of the standard governs an act.

    >>> GoverningEdition("milder") is GoverningEdition.MILDER
    True
    """

    OCCURRED = (
        "occurred",
        Text(
            "適用違規發生之日的版本",
            "适用违规发生之日的版本",
            en="the edition in force on the day it happened",
        ),
    )
    RECORDED = (
        "recorded",
        Text(
            "適用違規登記之日的版本",
            "适用违规登记之日的版本",
            en="the edition in force on the day it was recorded",
        ),
    )
    MILDER = (
        "milder",
        Text(
            "發生至登記期間有數個版本的，適用處理較輕者",
            "发生至登记期间有数个版本的，适用处理较轻者",
            en="of the editions in force from the act to its recording, the milder for the "
            "incident",
        ),
    )


class Rounding(Choice):
    """How points are rounded to the smallest unit.

    >>> Rounding("half-up") is Rounding.HALF_UP
    True
    """

    HALF_UP = (
        "half-up",
        Text("四捨五入", "四舍五入", en="to the nearest, a half upwards"),
    )
    HALF_EVEN = (
        "half-even",
        Text("四捨六入五成雙", "四舍六入五成双", en="to the nearest, a half to the even one"),
    )
    UP = (
        "up",
        Text("進位", "进位", en="upwards"),
    )
    DOWN = (
        "down",
        Text("捨去", "舍去", en="downwards"),
    )


def as_rounding(value: Rounding | str) -> Rounding:
    """The member from the member itself or from its value.

    Args:
        value: The member, or its value.
    """
    return member_of(Rounding, value)


class StatusFrom(Choice):
    """From when a consequence changes the qualification.

    >>> StatusFrom("taken") is StatusFrom.TAKEN
    True
    """

    DUE = (
        "due",
        Text("自應執行之日起", "自应执行之日起", en="from the day on which it is due"),
    )
    TAKEN = (
        "taken",
        Text("自執行之日起", "自执行之日起", en="from the day on which it is taken"),
    )


class AwardsAgainst(Choice):
    """What awards are set against in a points account.

    >>> AwardsAgainst("oldest").text.en
    'the oldest deductions that still count, and what is more is forfeited'
    """

    BALANCE = (
        "balance",
        Text("計入餘額", "计入余额", en="the balance"),
    )
    OLDEST = (
        "oldest",
        Text(
            "先抵最早而仍有效的扣分，多出者作廢",
            "先抵最早而仍有效的扣分，多出者作废",
            en="the oldest deductions that still count, and what is more is forfeited",
        ),
    )
