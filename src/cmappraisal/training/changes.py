"""Changes: what became of a schedule that was made again, session by session."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import as_tuple, instance_of, optional_instance_of, require, tuple_of
from cmappraisal.training.blockages import Blockage
from cmappraisal.training.burdens import Burden
from cmappraisal.training.contradictions import reject_fields
from cmappraisal.training.cuts import SearchCut
from cmappraisal.training.goals import Goal
from cmappraisal.training.reprs import brief
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

_optional_session = optional_instance_of(Session)


@frozen
class Change:
    """What became of one session when a schedule was made again.

    Args:
        before: The session as it was; None where it is new.
        after: The session as it is; None where it is cancelled.

    Raises:
        FieldError: Neither is there, or they are two different sessions.

    >>> from datetime import date
    >>> session = Session("study", date(2026, 1, 15), on=date(2026, 1, 15))
    >>> Change(session, None).before.id
    'study/2026-01-15'
    """

    before: Session | None = field(validator=_optional_session)
    after: Session | None = field(validator=_optional_session)

    __repr__ = brief()

    def __attrs_post_init__(self) -> None:
        ids = {session.id for session in (self.before, self.after) if session is not None}
        if len(ids) != 1:
            allowed = "the same session as before, or None for one of them"
            code = ProblemCode.CONTRADICTION if ids else ProblemCode.MISSING
            reject_fields(self, [("after", code, allowed)])


def _as_changes(value: Iterable[Change]) -> tuple[Change, ...]:
    return as_tuple(value)


def _as_blockages(value: Iterable[Blockage]) -> tuple[Blockage, ...]:
    return as_tuple(value)


def _as_cuts(value: Iterable[SearchCut]) -> tuple[SearchCut, ...]:
    return as_tuple(value)


def _as_burdens(value: Iterable[Burden]) -> tuple[Burden, ...]:
    return as_tuple(value)


def _as_goals(value: Iterable[Goal]) -> tuple[Goal, ...]:
    return as_tuple(value)


@frozen
class Rescheduled:
    """A schedule that was made again, and what changed.

    Args:
        schedule: The schedule as it is now.
        changes: What became of each session that changed, in the order of the new schedule, then
            of what is cancelled.
        blockages: Why each session is left out that finds no room or trainer, where those were
            assigned; in the order in which the sessions were planned.
        goals: How good the rooms and trainers are, where those were assigned, the goal that matters
            most first.
        cuts: Where the search for days was cut, where :func:`reschedule` looked for them.
        burdens: How evenly sessions are shared, where rooms and trainers were assigned.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    schedule: Schedule = field(validator=instance_of(Schedule, allowed="a Schedule"))
    changes: tuple[Change, ...] = field(
        converter=_as_changes, validator=tuple_of(Change, "a list of Change")
    )
    blockages: tuple[Blockage, ...] = field(
        default=(),
        converter=_as_blockages,
        validator=tuple_of(Blockage, "a list of Blockage"),
        kw_only=True,
    )
    goals: tuple[Goal, ...] = field(
        default=(), converter=_as_goals, validator=tuple_of(Goal, "a list of Goal"), kw_only=True
    )
    cuts: tuple[SearchCut, ...] = field(
        default=(),
        converter=_as_cuts,
        validator=tuple_of(SearchCut, "a list of SearchCut"),
        kw_only=True,
    )
    burdens: tuple[Burden, ...] = field(
        default=(),
        converter=_as_burdens,
        validator=tuple_of(Burden, "a list of Burden"),
        kw_only=True,
    )

    __repr__ = brief("schedule", "changes", "blockages", "goals", "cuts", "burdens")

    @property
    def is_proved(self) -> bool:
        """Whether no other schedule is better by its goals, as is proved, and nothing was cut."""
        return not self.cuts and all(goal.is_proved for goal in self.goals)

    def settled(self, before: Schedule) -> tuple[Session, ...]:
        """The sessions that were provisional before and are not any more, where they are now.

        Args:
            before: The schedule as it was.

        Raises:
            FieldError: ``before`` is no schedule.
        """
        fits = isinstance(before, Schedule)
        require("Rescheduled.settled", "before", before, fits, "a Schedule")
        open_before = {each.id for each in before.sessions if before.is_provisional(each)}
        return tuple(
            each
            for each in self.schedule.sessions
            if each.id in open_before and not self.schedule.is_provisional(each)
        )
