"""Agendas: what is done to a balance on which day, in order, whenever it was planned."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date
from enum import IntEnum
from itertools import count


class Turn(IntEnum):
    """In which order things are posted on one day."""

    LAPSE = 0
    CLEAN_TIME = 1
    CHARGE = 2
    CAP = 3
    CLOSE = 4
    TAKING = 5
    AWARD = 6
    CAP_OF_AWARDS = 7


class Agenda:
    """What is done day by day; what is done can plan more.

    Args:
        through: The last day; what is planned after it is not done.
    """

    def __init__(self, through: date) -> None:
        self._through = through
        self._ahead: list[tuple[date, Turn, str, int, Callable[[], None]]] = []
        self._number = count()

    def plan(self, day: date, turn: Turn, act: Callable[[], None], about: str | None) -> None:
        """Plan what is done on a day.

        Args:
            day: The day.
            turn: When on that day.
            act: What is done.
            about: The id of the violation or merit that it is about; None of any other. Of one turn
                what is about none comes first, as it was planned, and then the smaller id.
        """
        if day <= self._through:
            heapq.heappush(self._ahead, (day, turn, about or "", next(self._number), act))

    def run(self) -> None:
        """Do all that was planned, and what follows from it, day by day."""
        while self._ahead:
            heapq.heappop(self._ahead)[-1]()
