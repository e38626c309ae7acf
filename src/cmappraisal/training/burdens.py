"""Burdens: how evenly sessions are shared, and why nobody's share could be lower."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import choice_of, int_between, member_of
from cmappraisal.texts import Choice, Text
from cmappraisal.training.contradictions import Contradiction, reject_fields

MAXIMUM_SHARED = 1_000_000_000
"""The most sessions that are shared: more than any schedule has."""


class BurdenKind(Choice):
    """What is shared evenly.

    An inconvenient day is a day of rest that is worked in exchange for a holiday, or one of which
    only half is worked.

    >>> BurdenKind("trainers").text.en
    'sessions that one trainer holds'
    """

    TRAINERS = (
        "trainers",
        Text("一名講師的場次", "一名讲师的场次", en="sessions that one trainer holds"),
    )
    TRAINERS_INCONVENIENT = (
        "trainers-inconvenient",
        Text(
            "一名講師在調休上班日或半日的場次",
            "一名讲师在调休上班日或半日的场次",
            en="sessions that one trainer holds on inconvenient days",
        ),
    )
    ATTENDEES_INCONVENIENT = (
        "attendees-inconvenient",
        Text(
            "一個團隊或一人在調休上班日或半日的場次",
            "一个团队或一人在调休上班日或半日的场次",
            en="sessions that one group or person attends on inconvenient days",
        ),
    )


def as_burden_kind(value: BurdenKind | str) -> BurdenKind:
    """The member from the member itself or from its value."""
    return member_of(BurdenKind, value)


@frozen
class Burden:
    """The largest share that anybody has, and those among whom it cannot be smaller.

    Args:
        kind: What is shared.
        most: The largest share, in sessions; those of a class are one.
        sessions: How many sessions have nobody but some to share them, on the days that they have.
        among: How many those are.

    Raises:
        FieldError: A field has a value that it does not allow, or the largest share is smaller than
            an even one.

    >>> burden = Burden(BurdenKind.TRAINERS, 12, sessions=46, among=4)
    >>> burden.bound, burden.is_proved
    (12, True)
    >>> print(burden.text.en)
    sessions that one trainer holds: 12 at most, and nobody's share could be lower: 46 are shared by
    nobody but 4
    """

    kind: BurdenKind = field(converter=as_burden_kind, validator=choice_of(BurdenKind))
    most: int = field(validator=int_between(0, MAXIMUM_SHARED))
    sessions: int = field(validator=int_between(0, MAXIMUM_SHARED), kw_only=True)
    among: int = field(validator=int_between(1, MAXIMUM_SHARED), kw_only=True)

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.most < self.bound:
            allowed = f"an int from {self.bound}: sessions by among, rounded up"
            yield "most", ProblemCode.CONTRADICTION, allowed

    @property
    def bound(self) -> int:
        """What somebody has at least, however the sessions are shared on their days."""
        return -(-self.sessions // self.among)

    @property
    def is_proved(self) -> bool:
        """Whether nobody's share could be lower."""
        return self.most == self.bound

    @property
    def text(self) -> Text:
        """Why nobody's share could be lower, or that this is not proved, in words."""
        what, most, sessions, among = self.kind.text, self.most, self.sessions, self.among
        if self.is_proved:
            return Text(
                f"{what.zh_hant}：最多 {most}，已證明不能更少：{sessions} 場只能由 {among} 方分擔",
                f"{what.zh_hans}：最多 {most}，已证明不能更少：{sessions} 场只能由 {among} 方分担",
                en=f"{what.en}: {most} at most, and nobody's share could be lower: {sessions} are "
                f"shared by nobody but {among}",
            )
        bound = self.bound
        return Text(
            f"{what.zh_hant}：最多 {most}，尚未證明不能更少；至少為 {bound}："
            f"{sessions} 場只能由 {among} 方分擔",
            f"{what.zh_hans}：最多 {most}，尚未证明不能更少；至少为 {bound}："
            f"{sessions} 场只能由 {among} 方分担",
            en=f"{what.en}: {most} at most, and it is not proved that this could not be lower; "
            f"{bound} at least: {sessions} are shared by nobody but {among}",
        )
