"""Procedures: who may do what in a case, before which instance, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import field, frozen

from cmappraisal.errors import Problem, ProcedureError
from cmappraisal.fields import (
    as_ids,
    as_text,
    as_tuple,
    boolean,
    identifier,
    identifiers,
    optional_instance_of,
    tuple_of,
)
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.procedure.procedure_flaws import ProcedureFlaw
from cmappraisal.texts import Text, a_text

MAXIMUM_INSTANCES = 10
"""The most instances of a procedure: a bank has two or three."""


@frozen
class Instance:
    """An instance before which an appeal is heard.

    Whoever recorded the case, and whoever is at fault in it, never decides there.

    Args:
        id: Its id, such as ``"reconsideration"``.
        text: What it is called.
        members: The ids of those who may settle an appeal there; none where that is anybody.
        appeal_within: How long after a notice an appeal can be lodged; None without a limit.
        decide_within: How long after an appeal it has to be settled; None without a limit.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> heard = Text("覆議", "复议", en="reconsideration")
    >>> Instance("first", heard, appeal_within=TimeLimit(10)).members
    frozenset()
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    members: frozenset[str] = field(
        default=frozenset(), converter=as_ids, validator=identifiers("ids of people"), kw_only=True
    )
    appeal_within: TimeLimit | None = field(
        default=None, validator=optional_instance_of(TimeLimit), kw_only=True
    )
    decide_within: TimeLimit | None = field(
        default=None, validator=optional_instance_of(TimeLimit), kw_only=True
    )


def _as_instances(value: Iterable[Instance]) -> tuple[Instance, ...]:
    return as_tuple(value)


@frozen
class Procedure:
    """Who may do what in a case, and by when; by default nothing is forbidden.

    Args:
        instances: The instances, the one that hears the first appeal first; none where nothing is
            asked of appeals.
        recorders: The ids of those who may record or propose; none where that is anybody.
        verifiers: The ids of those who may verify; none where that is anybody.
        four_eyes: Whether each case is verified, and that by another than who recorded it; and
            whether nobody decides about one case before two instances.
        record_within: How long after a violation was found it has to be in the ledger.
        verify_within: How long after that it has to be verified.
        notify_within: How long after each change of a case whoever is at fault has to receive
            notice of it.
        notice_first: Whether nothing that follows is taken before notice was received.
        appeal_suspends: Whether nothing that follows is taken while an appeal is open.

    Raises:
        FieldError: A field has a value that it does not allow.
        ProcedureError: Nobody may be left to take a case out of a state.

    >>> Procedure().instances
    ()
    >>> Procedure(recorders=["HR-1"], verifiers=["HR-1"], four_eyes=True)
    Traceback (most recent call last):
    cmappraisal.errors.ProcedureError: Procedure: nobody may be left to verify; name more verifiers
    """

    instances: tuple[Instance, ...] = field(
        default=(), converter=_as_instances, validator=tuple_of(Instance, "a list of Instance")
    )
    recorders: frozenset[str] = field(
        default=frozenset(), converter=as_ids, validator=identifiers("ids of people"), kw_only=True
    )
    verifiers: frozenset[str] = field(
        default=frozenset(), converter=as_ids, validator=identifiers("ids of people"), kw_only=True
    )
    four_eyes: bool = field(default=False, validator=boolean, kw_only=True)
    record_within: TimeLimit | None = field(
        default=None, validator=optional_instance_of(TimeLimit), kw_only=True
    )
    verify_within: TimeLimit | None = field(
        default=None, validator=optional_instance_of(TimeLimit), kw_only=True
    )
    notify_within: TimeLimit | None = field(
        default=None, validator=optional_instance_of(TimeLimit), kw_only=True
    )
    notice_first: bool = field(default=False, validator=boolean, kw_only=True)
    appeal_suspends: bool = field(default=False, validator=boolean, kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems = tuple(self._problems())
        if problems:
            raise ProcedureError(problems, subject="Procedure")

    def _problems(self) -> Iterator[Problem]:
        ids = [instance.id for instance in self.instances]
        if len(set(ids)) < len(ids):
            yield ProcedureFlaw.REPEATED_INSTANCE.problem("$.instances")
        if len(ids) > MAXIMUM_INSTANCES:
            yield ProcedureFlaw.TOO_MANY_INSTANCES.problem("$.instances", MAXIMUM_INSTANCES)
            return
        if self.four_eyes and _can_run_out(self.verifiers, [self.recorders]):
            yield ProcedureFlaw.NOBODY_VERIFIES.problem("$.verifiers")
        others = [self.recorders]
        for place, instance in enumerate(self.instances):
            if _can_run_out(instance.members, others):
                path = f"$.instances[{place}].members"
                yield ProcedureFlaw.NOBODY_DECIDES.problem(path, instance.id)
            if self.four_eyes:
                others.append(instance.members)


def _can_run_out(members: frozenset[str], excluded: list[frozenset[str]]) -> bool:
    """Whether each member can be kept away by having acted before, one in each earlier place.

    That is a matching: each member in an earlier place of their own.
    """
    if not members or len(members) > len(excluded):
        return False
    held_by: dict[int, str] = {}

    def is_placed(member: str, seen: set[int]) -> bool:
        for place, people in enumerate(excluded):
            if member in people and place not in seen:
                seen.add(place)
                if place not in held_by or is_placed(held_by[place], seen):
                    held_by[place] = member
                    return True
        return False

    return all(is_placed(member, set()) for member in sorted(members))
