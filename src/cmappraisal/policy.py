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
from typing import Any, ClassVar, TypeVar

import attrs
from attrs import field, frozen

from cmappraisal.errors import PolicyError, Problem, ProblemCode
from cmappraisal.fields import (
    as_choice,
    as_tuple,
    checked,
    choice_of,
    instance_of,
    repeated,
    tuple_of,
)
from cmappraisal.grades import MAXIMUM_GRADES, Grade, gaps_and_overlaps
from cmappraisal.points import (
    MAXIMUM_POINTS,
    as_optional_points,
    plain,
    points_between,
)
from cmappraisal.texts import Choice, Text
from cmappraisal.weights import Add, Aggravation, Assessed, Multiply


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


E = TypeVar("E", bound=Choice)


def _labelled(label: Text) -> dict[str, Text]:
    return {"label": label}


def _choice(kind: type[E], default: E, label: Text) -> Any:
    """A field that is one choice among several."""
    return field(
        default=default,
        converter=as_choice(kind),
        validator=choice_of(kind),
        metadata=_labelled(label),
    )


def _as_grades(value: Iterable[Grade]) -> tuple[Grade, ...]:
    return as_tuple(value)


@frozen(kw_only=True)
class Policy:
    """What the embedding bank decides wherever the standard is silent.

    Args:
        aggravation: How much heavier an aggravated deduction is: :class:`Multiply`, :class:`Add`
            or :class:`Assessed`; applied once, however many circumstances fit.
        unstated_unit: What a deduction without a stated unit counts.
        discretion: Whether an assessor may set the amount of a discretionary deduction.
        concurrence: What one incident under several rules deducts, after displacement and
            residual rules.
        displacement: Whether special rules take the place of general ones.
        pending_appeals: Whether a violation under appeal counts.
        counted_on: Which day places a violation in a period.
        full_marks: The score without any error points; None for points only, without a score.
        floor: The lowest score; None for no floor.
        grades: Bands that cover every score from the floor to full marks, in any order.
        revoked_result: With which score and grade a manager is shown whose qualification is
            revoked.

    Raises:
        FieldError: A field has a value that it does not allow.
        PolicyError: The fields contradict one another; it reports every contradiction.

    >>> Policy().aggravation
    Multiply(factor=Decimal('2'))
    >>> Policy(grades=[
    ...     Grade("A", at_least=60, below=None), Grade("B", at_least=0, below=50)
    ... ])
    Traceback (most recent call last):
    cmappraisal.errors.PolicyError: Policy: grades leave a gap from 50 ("B") to 60 ("A"); \
let each band begin where the one below it ends
    """

    FORMAT: ClassVar = "cmappraisal/policy/2"
    """The name and version of its form as a document."""

    aggravation: Aggravation = field(
        default=Multiply(2),
        validator=instance_of(Multiply, Add, Assessed, allowed="Multiply, Add or Assessed"),
        metadata=_labelled(Text("加重處罰的分值", "加重处罚的分值", en="aggravated deductions")),
    )
    unstated_unit: UnstatedUnit = _choice(
        UnstatedUnit,
        UnstatedUnit.PER_VIOLATION,
        Text("未寫明單位的扣分", "未写明单位的扣分", en="deductions without a unit"),
    )
    discretion: Discretion = _choice(
        Discretion,
        Discretion.WITHIN_STATED,
        Text("酌情扣分", "酌情扣分", en="discretionary deductions"),
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
    revoked_result: RevokedResult = _choice(
        RevokedResult,
        RevokedResult.NONE,
        Text(
            "資格取消者的得分與等級", "资格取消者的得分与等级", en="the result of a revoked manager"
        ),
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


def _contradiction(field: str, message: str) -> Problem:
    return Problem(f"$.{field}", ProblemCode.CONTRADICTION, message)


def _contradictions(policy: Policy) -> Iterator[Problem]:
    grades, floor, full_marks = policy.grades, policy.floor, policy.full_marks
    for id in dict.fromkeys(repeated(grade.id for grade in grades)):
        message = f'grade "{id}" is there twice; name each band once'
        yield Problem("$.grades", ProblemCode.REPEATED, message)
    if policy.revoked_result is RevokedResult.LOWEST and floor is None and full_marks is not None:
        yield _contradiction(
            "revoked_result",
            "the lowest score is asked for those revoked, but floor is None; give a floor, or "
            "another revoked_result",
        )
    if full_marks is None:
        if grades:
            yield _contradiction(
                "grades",
                "grades need a score, but full_marks is None; give full_marks, or leave the "
                "grades out",
            )
        return
    if floor is not None and floor > full_marks:
        yield _contradiction(
            "floor",
            f"floor ({plain(floor)}) is above full_marks ({plain(full_marks)}); lower the one or "
            "raise the other",
        )
    elif grades:
        for message in gaps_and_overlaps(grades, floor, full_marks):
            yield _contradiction("grades", message)


@frozen
class Assumption:
    """A field of the policy, which a step of an appraisal read.

    Args:
        field: The name of the field of :class:`Policy`.

    Raises:
        FieldError: The policy has no such field.

    >>> Assumption("concurrence").field
    'concurrence'
    """

    field: str = attrs.field(
        validator=checked(
            lambda name: isinstance(name, str) and name in attrs.fields_dict(Policy),
            f"a field of Policy: {', '.join(attrs.fields_dict(Policy))}",
        )
    )
