"""Running limits: the time limits that run in a case, from what begins one to what ends it."""

from __future__ import annotations

from datetime import date

from cmappraisal.calendars import WorkCalendar
from cmappraisal.procedure.limits import TimeLimit
from cmappraisal.procedure.owed_days import Deadline, ProcedureStep


class RunningLimits:
    """The time limits that run in one case.

    Args:
        id: The id of the case.
        calendar: Which days are worked.
    """

    def __init__(self, id: str, calendar: WorkCalendar) -> None:
        self.deadlines: dict[ProcedureStep, Deadline] = {}
        """What is to be done, by the step."""
        self._id, self._calendar = id, calendar

    def run(
        self,
        step: ProcedureStep,
        rule: str,
        limit: TimeLimit | None,
        day: date,
        *,
        people: frozenset[str] = frozenset(),
    ) -> None:
        """Let the limit for a step run, where there is one.

        Args:
            step: What is to be done.
            rule: The field of the procedure that sets the limit.
            limit: The limit; None where nothing is asked.
            day: The day from which it runs.
            people: The ids of those who can do it; none where that is anybody.
        """
        if limit is not None:
            self.deadlines[step] = Deadline(
                self._id,
                step,
                rule=rule,
                limit=limit,
                from_day=day,
                due_on=limit.last_day(day, self._calendar),
                people=people,
            )

    def stop(self, step: ProcedureStep) -> None:
        """Ask for a step no more.

        Args:
            step: What was to be done.
        """
        self.deadlines.pop(step, None)

    def missed(self, step: ProcedureStep, day: date) -> Deadline | None:
        """Ask for a step no more, since it is done; what it missed, None where it is in time.

        Args:
            step: What was to be done.
            day: The day on which it was done.
        """
        owed = self.deadlines.pop(step, None)
        return owed if owed is not None and day > owed.due_on else None
