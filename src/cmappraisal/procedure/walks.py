"""Walks: one case from entry to entry, with the time limits that run and what breaks the procedure.

What is irregular and what is still owed are two readings of the same walk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from cmappraisal.calendars import WorkCalendar
from cmappraisal.cases import Case, replayed
from cmappraisal.entries import (
    Acted,
    Amended,
    Appealed,
    Corrected,
    Entry,
    Recorded,
    Reversed,
    Served,
    Taken,
    reading_of,
)
from cmappraisal.lives import APPEALED_AGAINST, Move, State, move_of
from cmappraisal.procedural_acts import ProceduralAct
from cmappraisal.procedure.breaches import Irregularity, IrregularityKind
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.procedure.owed_days import ProcedureStep
from cmappraisal.procedure.procedures import Procedure
from cmappraisal.procedure.running_limits import RunningLimits

_DAYS = ("occurred_on", "found_on", "recorded_on")


def day_of(entry: Entry) -> date:
    """The day of what an entry tells, or that of its moment where it names none.

    Args:
        entry: The entry.
    """
    on = entry.on if isinstance(entry, (Acted, Taken, Served)) else None
    return on or entry.at.date()


class Walk:
    """A case as far as it was walked.

    Args:
        case: The case.
        procedure: What it is held against.
        calendar: Which days are worked.
    """

    def __init__(self, case: Case, procedure: Procedure, calendar: WorkCalendar) -> None:
        self.id = case.violation.id
        self.procedure = procedure
        self.limits = RunningLimits(self.id, calendar)
        """The time limits that run."""
        self.found: list[Irregularity] = []
        """What is not in order, in the order of the entries."""
        self._author: str | None = None
        self._deciders: set[str] = set()
        self._heard = 0
        self._is_noticed = False
        for before, entry, self._now in replayed(case):
            self._dated_ahead(entry)
            self._step(entry, None if before is None else before.state)

    # What an entry does.

    def _step(self, entry: Entry, before: State | None) -> None:
        move = move_of(entry)
        if before is None:
            self._begun(entry)
        if move is ProceduralAct.VERIFIED or (before is State.PROPOSED and move is Recorded):
            self._verified(entry)
        if before in APPEALED_AGAINST and self._now.state not in APPEALED_AGAINST:
            self._settled(entry, move)
        if move in _HANDLERS:
            _HANDLERS[move](self, entry, before)
        if self._now.state is State.RECORDED and before in {None, State.PROPOSED}:
            self._notice_is_owed(entry)

    def _begun(self, entry: Entry) -> None:
        self._author = entry.by
        self._by_one_of(entry, self.procedure.recorders, "recorders")
        found_on = self._now.violation.found_on
        if found_on is not None:
            self._run(ProcedureStep.RECORD, "record_within", found_on)
            self._done(ProcedureStep.RECORD, entry, entry.at.date())
        if self._now.state is State.PROPOSED or self.procedure.four_eyes:
            others = self.procedure.verifiers - self._kept_away()
            people = others if self.procedure.four_eyes else self.procedure.verifiers
            self._run(ProcedureStep.VERIFY, "verify_within", day_of(entry), people=people)

    def _verified(self, entry: Entry) -> None:
        self._done(ProcedureStep.VERIFY, entry, day_of(entry))
        self._by_one_of(entry, self.procedure.verifiers, "verifiers")
        if self.procedure.four_eyes and self._author is not None and entry.by == self._author:
            self._irregular(IrregularityKind.WRONG_PERSON, entry, "four_eyes")

    def _noticed(self, entry: Entry, before: State | None) -> None:
        self._done(ProcedureStep.NOTIFY, entry, day_of(entry))
        self._is_noticed = True
        instances = self.procedure.instances
        if self._now.state in {State.RECORDED, State.FINAL} and self._heard < len(instances):
            rule = f"instances[{self._heard}].appeal_within"
            people = frozenset({self._now.violation.manager})
            self._run(ProcedureStep.APPEAL, rule, day_of(entry), people=people)

    def _appealed(self, entry: Entry, before: State | None) -> None:
        self._done(ProcedureStep.APPEAL, entry, day_of(entry))
        self.limits.stop(ProcedureStep.NOTIFY)
        instances = self.procedure.instances
        if instances and self._heard >= len(instances):
            self._irregular(IrregularityKind.NO_INSTANCE, entry, "instances")
        elif instances:
            rule = f"instances[{self._heard}].decide_within"
            people = instances[self._heard].members - self._kept_away()
            self._run(ProcedureStep.DECIDE, rule, day_of(entry), people=people)

    def _settled(self, entry: Entry, move: Move) -> None:
        """An appeal is settled, or withdrawn, and then nobody is asked who did it by when."""
        if move is ProceduralAct.APPEAL_WITHDRAWN:
            self.limits.stop(ProcedureStep.DECIDE)
            return
        self._done(ProcedureStep.DECIDE, entry, day_of(entry))
        instances = self.procedure.instances
        if self._heard < len(instances):
            rule = f"instances[{self._heard}].members"
            members = instances[self._heard].members
            if (members and entry.by not in members) or entry.by in self._kept_away():
                self._irregular(IrregularityKind.WRONG_PERSON, entry, rule)
        self._heard += 1
        if entry.by is not None:
            self._deciders.add(entry.by)
        self._notice_is_owed(entry)

    def _kept_away(self) -> frozenset[str]:
        """Who does not decide here: who recorded it, who is at fault, who decided before."""
        author = () if self._author is None else (self._author,)
        before = self._deciders if self.procedure.four_eyes else ()
        return frozenset({self._now.violation.manager, *author, *before})

    def _restated(self, entry: Entry, before: State | None) -> None:
        if before in {State.RECORDED, State.FINAL}:
            self._notice_is_owed(entry)

    def _reversed(self, entry: Entry, before: State | None) -> None:
        self.limits.stop(ProcedureStep.VERIFY)
        if before in {State.RECORDED, State.FINAL}:
            self._notice_is_owed(entry)

    def _reopened(self, entry: Entry, before: State | None) -> None:
        self._heard = 0
        self._deciders = set()
        self._notice_is_owed(entry)

    def _taken(self, entry: Entry, before: State | None) -> None:
        if self.procedure.notice_first and not self._is_noticed:
            self._irregular(IrregularityKind.WITHOUT_NOTICE, entry, "notice_first")
        if self.procedure.appeal_suspends and before in APPEALED_AGAINST:
            self._irregular(IrregularityKind.DURING_APPEAL, entry, "appeal_suspends")

    # Time limits.

    def _notice_is_owed(self, entry: Entry) -> None:
        self._is_noticed = False
        self.limits.stop(ProcedureStep.APPEAL)
        if ProcedureStep.NOTIFY not in self.limits.deadlines:
            self._run(ProcedureStep.NOTIFY, "notify_within", day_of(entry))

    def _run(
        self, step: ProcedureStep, rule: str, day: date, people: frozenset[str] = frozenset()
    ) -> None:
        self.limits.run(step, rule, self._limit(rule), day, people=people)

    def _limit(self, rule: str) -> TimeLimit | None:
        """The time limit that a field of the procedure sets."""
        *_, name = rule.split(".")
        owner = self.procedure.instances[self._heard] if "[" in rule else self.procedure
        limit: TimeLimit | None = getattr(owner, name)
        return limit

    def _done(self, step: ProcedureStep, entry: Entry, day: date) -> None:
        """What a time limit was set for is done."""
        owed = self.limits.missed(step, day)
        if owed is not None:
            kind, due_on = IrregularityKind.OUT_OF_TIME, owed.due_on
            self._irregular(kind, entry, owed.rule, due_on=due_on, days=(day - due_on).days)

    # What is not in order.

    def _by_one_of(self, entry: Entry, people: frozenset[str], rule: str) -> None:
        if people and entry.by not in people:
            self._irregular(IrregularityKind.WRONG_PERSON, entry, rule)

    def _dated_ahead(self, entry: Entry) -> None:
        reading, entered = reading_of(entry), entry.at.date()
        days = {"on": day_of(entry)}
        days |= {name: getattr(reading, name, None) or entered for name in _DAYS}
        for name, day in days.items():
            if day > entered:
                kind, days_ahead = IrregularityKind.DATED_AHEAD, (day - entered).days
                self._irregular(kind, entry, name, due_on=entered, days=days_ahead)

    def _irregular(
        self,
        kind: IrregularityKind,
        entry: Entry,
        rule: str,
        *,
        due_on: date | None = None,
        days: int | None = None,
    ) -> None:
        self.found.append(
            Irregularity(
                self.id,
                kind,
                rule=rule,
                entry=entry,
                person=entry.by,
                due_on=due_on,
                days=days,
            )
        )


_HANDLERS: Mapping[Move, Callable[[Walk, Entry, State | None], None]] = MappingProxyType(
    {
        ProceduralAct.NOTIFIED: Walk._noticed,
        ProceduralAct.REOPENED: Walk._reopened,
        Appealed: Walk._appealed,
        Amended: Walk._restated,
        Corrected: Walk._restated,
        Reversed: Walk._reversed,
        Taken: Walk._taken,
    }
)
"""What each kind of entry, or act, does beside beginning a case and settling an appeal."""
