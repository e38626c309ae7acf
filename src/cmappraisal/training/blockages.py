"""Blockages: why a session is left out of a schedule with rooms, and which others block it."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import (
    as_id_tuple,
    as_text,
    boolean,
    choice_of,
    id_tuple,
    identifier,
    member_of,
)
from cmappraisal.texts import Choice, Text, a_text
from cmappraisal.training.contradictions import Contradiction, reject_fields
from cmappraisal.training.reprs import brief


class Scarcity(Choice):
    """What there is too little of.

    >>> Scarcity("rooms").text.en
    'rooms'
    """

    DAYS = "days", Text("日子", "日子", en="days")
    ROOMS = "rooms", Text("場地", "场地", en="rooms")
    TRAINERS = "trainers", Text("講師", "讲师", en="trainers")
    BOTH = "both", Text("場地和講師", "场地和讲师", en="rooms and trainers")


def as_scarcity(value: Scarcity | str) -> Scarcity:
    """The member from the member itself or from its value."""
    return member_of(Scarcity, value)


@frozen
class Blockage:
    """Why one session is left out: it and some others cannot all take place.

    Args:
        session: The id of the session that is left out.
        beside: The ids of the others, which take place. None of them has to give way where there
            are none: then the session cannot take place even alone.
        scarce: What there is too little of.
        text: What they need, what there is of it and the remedy, in words.
        is_irreducible: Whether the session could take place if any one of the others did not, which
            a search that was cut does not prove.

    Raises:
        FieldError: A field has a value that it does not allow, or the session is among the others.

    >>> blockage = Blockage(
    ...     "study/2026-02-15/group:west",
    ...     ["study/2026-02-15/group:east"],
    ...     scarce=Scarcity.ROOMS,
    ...     text=Text("場地不足", "场地不足", en="there are too few rooms"),
    ... )
    >>> blockage.is_irreducible
    True
    """

    session: str = field(converter=as_text, validator=identifier)
    beside: tuple[str, ...] = field(converter=as_id_tuple, validator=id_tuple("session ids"))
    scarce: Scarcity = field(converter=as_scarcity, validator=choice_of(Scarcity), kw_only=True)
    text: Text = field(validator=a_text, kw_only=True)
    is_irreducible: bool = field(default=True, validator=boolean, kw_only=True)

    __repr__ = brief("session", "beside", "scarce")

    def __attrs_post_init__(self) -> None:
        reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        if self.session in self.beside:
            allowed = f'other sessions than "{self.session}"'
            yield "beside", ProblemCode.CONTRADICTION, allowed
