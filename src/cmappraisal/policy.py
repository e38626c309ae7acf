"""The policy: what the embedding bank decides wherever the standard is silent.

Every field answers one silence. It is described here and nowhere else: by its type, its default,
which is what a careful reader would assume, its alternatives, and its label in three languages.
What a standard says or leaves open about it is the standard's (:attr:`Rulebook.silences
<cmappraisal.Rulebook>`). No number of the library's own is used in scoring unless it is the default
of a field here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, ClassVar, TypeVar, get_args

import attrs
from attrs import field, frozen

from cmappraisal.alternatives import (
    AwardEffect,
    AwardsAgainst,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    GoverningEdition,
    PendingAppeals,
    Reconsideration,
    RevokedResult,
    Rounding,
    StatusFrom,
    UnstatedUnit,
)
from cmappraisal.appraisal_flaws import AppraisalFlaw
from cmappraisal.errors import PolicyError, Problem
from cmappraisal.fields import (
    as_choice,
    as_optional_text,
    as_tuple,
    checked,
    choice_of,
    optional_identifier,
    repeated,
    tuple_of,
)
from cmappraisal.grades import MAXIMUM_GRADES, Grade, gaps_and_overlaps
from cmappraisal.lapses import Lapse, WithPeriod, a_lapse
from cmappraisal.points import (
    MAXIMUM_POINTS,
    as_optional_points,
    plain,
    points_between,
)
from cmappraisal.spans import CalendarSpan, Span
from cmappraisal.texts import Choice, Text
from cmappraisal.weights import Aggravation, Mitigation, Multiply, is_heavier, is_lighter

E = TypeVar("E", bound=Choice)


def _labelled(label: Text, *, judges: bool = False, account: bool = False) -> dict[str, Any]:
    return {"label": label, "judges": judges, "account": account}


def _choice(
    kind: type[E], default: E, label: Text, *, judges: bool = False, account: bool = False
) -> Any:
    """A field that is one choice among several."""
    return field(
        default=default,
        converter=as_choice(kind),
        validator=choice_of(kind),
        metadata=_labelled(label, judges=judges, account=account),
    )


def _as_grades(value: Iterable[Grade]) -> tuple[Grade, ...]:
    return as_tuple(value)


@frozen(kw_only=True, cache_hash=True)
class Policy:
    """What the embedding bank decides wherever the standard is silent.

    Args:
        aggravation: How much heavier an aggravated deduction is: :class:`Multiply`, :class:`Add`
            or :class:`Assessed`; applied once, however many circumstances fit.
        mitigation: How much lighter a mitigated deduction is: :class:`Multiply` or
            :class:`~cmappraisal.standards.Waive`; applied once, however many circumstances fit.
        unstated_unit: What a deduction without a stated unit counts.
        discretion: Whether an assessor may set the amount of a discretionary deduction.
        reconsideration: What the points that a decision on an appeal sets are bounded by.
        smallest_unit: What points are whole multiples of, such as 0.5; each weight rounds to it.
            None where nothing is rounded.
        rounding: How points are rounded to the smallest unit.
        concurrence: What one incident under several rules deducts, after displacement and
            residual rules.
        displacement: Whether special rules take the place of general ones.
        pending_appeals: Whether a violation under appeal counts.
        counted_on: Which day places a violation in a period; a violation without that day is
            counted on the day it was recorded.
        governing_edition: Which edition of the standard governs an act.
        full_marks: The score without any error points; None for points only, without a score.
        floor: The lowest score; None for no floor.
        grades: Bands that cover every score from the floor to full marks, in any order; where
            awards raise the score, the highest has no upper end.
        awards: What the points that merits are awarded do to the score.
        revoked_result: With which score and grade a manager is shown whose qualification is
            revoked.
        assessment_period: The periods that a points account is made of, one after another: a
            :class:`~cmappraisal.standards.Span` of the calendar or in a person's own cycles.
        lapse: When points lapse in a points account: a :class:`~cmappraisal.standards.Span`,
            :class:`~cmappraisal.standards.WithPeriod` or :class:`~cmappraisal.standards.Never`.
        awards_against: What awards are set against in a points account.
        status_from: From when a consequence suspends or revokes the qualification.

    Raises:
        FieldError: A field has a value that it does not allow.
        PolicyError: The fields contradict one another; it reports every contradiction.

    >>> Policy().aggravation
    Multiply(factor=Decimal('2'))
    >>> Policy(grades=[
    ...     Grade("A", at_least=60, below=None), Grade("B", at_least=0, below=50)
    ... ])
    Traceback (most recent call last):
    cmappraisal.errors.PolicyError: Policy: grades leave a gap from 50 ("B") to 60 ("A");
    let each band begin where the one below it ends
    """

    FORMAT: ClassVar = "cmappraisal/policy/2"
    """The name and version of its form as a document."""

    aggravation: Aggravation = field(
        default=Multiply(2),
        validator=checked(
            lambda weight: isinstance(weight, get_args(Aggravation)) and is_heavier(weight),
            "Multiply by at least 1, Add or Assessed",
        ),
        metadata=_labelled(
            Text("加重處罰的分值", "加重处罚的分值", en="aggravated deductions"), judges=True
        ),
    )
    mitigation: Mitigation = field(
        default=Multiply("0.5"),
        validator=checked(
            lambda weight: isinstance(weight, get_args(Mitigation)) and is_lighter(weight),
            "Multiply by at most 1, or Waive",
        ),
        metadata=_labelled(
            Text("從輕處理的分值", "从轻处理的分值", en="mitigated deductions"), judges=True
        ),
    )
    unstated_unit: UnstatedUnit = _choice(
        UnstatedUnit,
        UnstatedUnit.PER_VIOLATION,
        Text("未寫明單位的扣分", "未写明单位的扣分", en="deductions without a unit"),
        judges=True,
    )
    discretion: Discretion = _choice(
        Discretion,
        Discretion.WITHIN_STATED,
        Text("酌情扣分", "酌情扣分", en="discretionary deductions"),
        judges=True,
    )
    reconsideration: Reconsideration = _choice(
        Reconsideration,
        Reconsideration.WITHIN_RULE,
        Text("覆議改定的分值", "复议改定的分值", en="points set by the decision on an appeal"),
        judges=True,
    )
    smallest_unit: Decimal | None = field(
        default=None,
        converter=as_optional_points,
        validator=points_between(Decimal(0), MAXIMUM_POINTS, above=True, optional=True),
        metadata=_labelled(
            Text("分值的最小單位", "分值的最小单位", en="the smallest unit of points"), judges=True
        ),
    )
    rounding: Rounding = _choice(
        Rounding,
        Rounding.HALF_UP,
        Text("取整的方式", "取整的方式", en="rounding to the smallest unit"),
        judges=True,
    )
    concurrence: Concurrence = _choice(
        Concurrence,
        Concurrence.HIGHEST,
        Text("一事觸犯數條", "一事触犯数条", en="one incident under several rules"),
    )
    displacement: Displacement = _choice(
        Displacement,
        Displacement.SPECIAL_OVER_GENERAL,
        Text("特別條款與一般條款", "特别条款与一般条款", en="special and general rules"),
    )
    pending_appeals: PendingAppeals = _choice(
        PendingAppeals,
        PendingAppeals.COUNT,
        Text("申訴中的違規", "申诉中的违规", en="violations under appeal"),
    )
    counted_on: CountedOn = _choice(
        CountedOn,
        CountedOn.OCCURRED,
        Text("歸入考核期的日期", "归入考核期的日期", en="the day that decides the period"),
    )
    governing_edition: GoverningEdition = _choice(
        GoverningEdition,
        GoverningEdition.OCCURRED,
        Text("適用的版本", "适用的版本", en="the edition that governs"),
    )
    full_marks: Decimal | None = field(
        default=Decimal(100),
        converter=as_optional_points,
        validator=points_between(MAXIMUM_POINTS.copy_negate(), MAXIMUM_POINTS, optional=True),
        metadata=_labelled(Text("滿分", "满分", en="full marks")),
    )
    floor: Decimal | None = field(
        default=Decimal(0),
        converter=as_optional_points,
        validator=points_between(MAXIMUM_POINTS.copy_negate(), MAXIMUM_POINTS, optional=True),
        metadata=_labelled(Text("最低分", "最低分", en="the lowest score")),
    )
    grades: tuple[Grade, ...] = field(
        default=(),
        converter=_as_grades,
        validator=[
            tuple_of(Grade, "a list of Grade"),
            checked(
                lambda grades: len(grades) <= MAXIMUM_GRADES, f"at most {MAXIMUM_GRADES} grades"
            ),
        ],
        metadata=_labelled(Text("等級", "等级", en="grades")),
    )
    awards: AwardEffect = _choice(
        AwardEffect,
        AwardEffect.BESIDE,
        Text("加分的效果", "加分的效果", en="what awards do"),
    )
    revoked_result: RevokedResult = _choice(
        RevokedResult,
        RevokedResult.NONE,
        Text(
            "資格取消者的得分與等級", "资格取消者的得分与等级", en="the result of a revoked manager"
        ),
    )

    assessment_period: Span = field(
        default=Span(calendar=CalendarSpan.YEAR),
        validator=checked(
            lambda span: isinstance(span, Span) and (span.calendar or span.cycle) is not None,
            "a Span of the calendar, or in cycles",
        ),
        metadata=_labelled(
            Text("積分檔案的考核期", "积分档案的考核期", en="the assessment periods of an account"),
            account=True,
        ),
    )
    lapse: Lapse = field(
        default=WithPeriod(),
        validator=a_lapse,
        metadata=_labelled(Text("積分的失效", "积分的失效", en="when points lapse"), account=True),
    )
    awards_against: AwardsAgainst = _choice(
        AwardsAgainst,
        AwardsAgainst.BALANCE,
        Text("加分所抵", "加分所抵", en="what awards are set against"),
        account=True,
    )
    status_from: StatusFrom = _choice(
        StatusFrom,
        StatusFrom.DUE,
        Text(
            "處理措施影響資格的起始",
            "处理措施影响资格的起始",
            en="from when a consequence changes the qualification",
        ),
        account=True,
    )

    def __attrs_post_init__(self) -> None:
        problems = tuple(_contradictions(self))
        if problems:
            raise PolicyError(problems, subject="Policy")


def label_of(field: str) -> Text:
    """What a field of the policy is called, in three languages.

    Args:
        field: The name of a field of :class:`Policy`.
    """
    label: Text = attrs.fields_dict(Policy)[field].metadata["label"]
    return label


def judges_one_act(field: str) -> bool:
    """Whether a field of the policy is about one act alone, so that an edition can have its own.

    Args:
        field: The name of a field of :class:`Policy`.
    """
    return bool(attrs.fields_dict(Policy)[field].metadata["judges"])


def is_of_account(field: str) -> bool:
    """Whether a field of the policy is about points accounts, and not about an appraisal.

    Args:
        field: The name of a field of :class:`Policy`.
    """
    return bool(attrs.fields_dict(Policy)[field].metadata.get("account"))


def _contradictions(policy: Policy) -> Iterator[Problem]:
    grades, floor, full_marks = policy.grades, policy.floor, policy.full_marks
    for id in dict.fromkeys(repeated(grade.id for grade in grades)):
        yield AppraisalFlaw.REPEATED_GRADE.problem("$.grades", id)
    if policy.revoked_result is RevokedResult.LOWEST and floor is None and full_marks is not None:
        yield AppraisalFlaw.LOWEST_WITHOUT_FLOOR.problem("$.revoked_result")
    if full_marks is None:
        if grades:
            yield AppraisalFlaw.GRADES_WITHOUT_SCORE.problem("$.grades")
        return
    if floor is not None and floor > full_marks:
        above = AppraisalFlaw.FLOOR_ABOVE_FULL_MARKS
        yield above.problem("$.floor", plain(floor), plain(full_marks))
    elif grades:
        yield from gaps_and_overlaps(grades, floor, full_marks)
        raises = policy.awards is AwardEffect.RAISE_SCORE
        if raises and not any(grade.below is None for grade in grades):
            yield AppraisalFlaw.GRADES_END.problem("$.grades")


@frozen
class Assumption:
    """A field of the policy, which a step of an appraisal read.

    Args:
        field: The name of the field of :class:`Policy`.
        edition: The edition of the standard whose own policy it is; None for the one policy that
            scoring was given.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Assumption("concurrence").field
    'concurrence'
    """

    field: str = attrs.field(
        validator=checked(
            lambda name: isinstance(name, str) and name in attrs.fields_dict(Policy),
            f"a field of Policy: {', '.join(attrs.fields_dict(Policy))}",
        )
    )
    edition: str | None = attrs.field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
