"""Goals: what makes one schedule with rooms better than another, and how good this one is."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import choice_of, int_between, member_of
from cmappraisal.texts import Choice, Text
from cmappraisal.training.contradictions import Contradiction, reject_fields

MAXIMUM_VALUE = 1_000_000_000_000
"""The most that a goal can be worth: all sessions of a schedule, each as far away as can be."""


class Criterion(Choice):
    """What is to be least, the first that matters most.

    >>> Criterion("changes").text.en
    'sessions that change'
    """

    REQUIRED = (
        "required",
        Text("未能安排的必修場次", "未能安排的必修场次", en="required sessions that are left out"),
    )
    OTHERS = (
        "others",
        Text("未能安排的其他場次", "未能安排的其他场次", en="other sessions that are left out"),
    )
    EARLIEST = (
        "earliest",
        Text(
            "未能安排的場次早於最後一場的天數",
            "未能安排的场次早于最后一场的天数",
            en="days by which what is left out was planned before the last session",
        ),
    )
    CHANGES = (
        "changes",
        Text("有變更的場次", "有变更的场次", en="sessions that change"),
    )
    DAYS = (
        "days",
        Text("改期的總天數", "改期的总天数", en="days by which sessions move"),
    )


def as_criterion(value: Criterion | str) -> Criterion:
    """The member from the member itself or from its value."""
    return member_of(Criterion, value)


@frozen
class Goal:
    """How good a schedule is by one criterion, and how good it could be at best.

    Args:
        criterion: What is to be least.
        value: How much of it there is: the number of sessions or days that it counts.
        bound: The number that there is at least in any other schedule that is as good by the
            criteria before this one.

    Raises:
        FieldError: A field has a value that it does not allow, or the bound is above the value.

    >>> goal = Goal(Criterion.REQUIRED, 3, bound=1)
    >>> goal.gap, goal.is_proved
    (2, False)
    >>> print(goal.text.en)
    required sessions that are left out: 3, which is not proved to be the fewest; at least 1
    """

    criterion: Criterion = field(converter=as_criterion, validator=choice_of(Criterion))
    value: int = field(validator=int_between(0, MAXIMUM_VALUE))
    bound: int = field(validator=int_between(0, MAXIMUM_VALUE), kw_only=True)

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.bound > self.value:
            yield "bound", ProblemCode.CONTRADICTION, f"an int from 0 to value ({self.value})"

    @property
    def gap(self) -> int:
        """How much better another schedule could be, as far as is known."""
        return self.value - self.bound

    @property
    def is_proved(self) -> bool:
        """Whether no other schedule is better by this criterion, all before it being equal."""
        return not self.gap

    @property
    def text(self) -> Text:
        """The goal in words."""
        what, value, bound = self.criterion.text, self.value, self.bound
        if self.is_proved:
            return Text(
                f"{what.zh_hant}：{value}，已證明不能更少",
                f"{what.zh_hans}：{value}，已证明不能更少",
                en=f"{what.en}: {value}, which is proved to be the fewest",
            )
        return Text(
            f"{what.zh_hant}：{value}，尚未證明不能更少；至少為 {bound}",
            f"{what.zh_hans}：{value}，尚未证明不能更少；至少为 {bound}",
            en=f"{what.en}: {value}, which is not proved to be the fewest; at least {bound}",
        )
