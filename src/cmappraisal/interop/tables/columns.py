"""Columns: which rows each kind of value has, and what stands in each column of them.

This one table makes the rows and their page in the documentation.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from attrs import frozen

from cmappraisal.accounts import ConsequenceDue, PointsAccount
from cmappraisal.acts import Merit
from cmappraisal.cases import Case
from cmappraisal.interop.tables.cells import written
from cmappraisal.interop.tables.findings import Reading
from cmappraisal.ledger import Ledger
from cmappraisal.points import total_of
from cmappraisal.provisions import Provision
from cmappraisal.redactions import Redacted
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line
from cmappraisal.scoring.steps import Stage, Step
from cmappraisal.training.compliance import Compliance
from cmappraisal.training.schedules import Schedule

Value: TypeAlias = "str | int | bool | Decimal | date | datetime | None"
"""What can stand in a row: a plain value."""


@frozen
class Column:
    """A column of rows.

    Args:
        name: Its name.
        kind: The type of its values, which may also be None.
        meaning: What stands in it, in English.
        read: What reads it from what a row is of.
    """

    name: str
    kind: type
    meaning: str
    read: Callable[[Any], Any]

    def value(self, of: Any) -> Value:
        """The plain value in a row: of a choice its name, of several ids one text."""
        value = self.read(of)
        if isinstance(value, enum.Enum):
            return str(value.value)
        if isinstance(value, (tuple, frozenset)):
            return written(sorted(value) if isinstance(value, frozenset) else value)
        return value  # type: ignore[no-any-return]


@frozen
class Rows:
    """The rows of a kind of values.

    Args:
        of: The type of the values.
        items: What the rows of one value are of.
        columns: Their columns.
    """

    of: type
    items: Callable[[Any], Iterable[Any]]
    columns: tuple[Column, ...]


def _c(name: str, kind: type, meaning: str, read: str | Callable[[Any], Any] = "") -> Column:
    return Column(name, kind, meaning, read if callable(read) else attrgetter(read or name))


def _in(path: str, *columns: Column) -> Iterator[Column]:
    """Columns read from something inside what a row is of; None where that is not there."""
    inside = attrgetter(path)
    for each in columns:

        def read(of: Any, column: Column = each) -> Any:
            held = inside(of)
            return None if held is None else column.read(held)

        yield Column(each.name, each.kind, each.meaning, read)


# Facts of an act.

_ACT = (
    _c("rule", str, "the id of the rule recorded"),
    _c("occurred_on", date, "the day it happened"),
    _c("quantity", int, "how many occurrences or customers"),
    _c("circumstances", str, "ids of the circumstances, sorted, with ; between them"),
    _c("incident", str, "the id of the incident; blank where it is one of its own"),
    _c("refers_to", str, "under a rule that refers, the id of the rule that applies"),
    _c("assessed_points", Decimal, "the points that an assessor set"),
)


def _kind_of(act: Any) -> str:
    return "merit" if isinstance(act, Merit) else "violation"


def _note(act: Any) -> str:
    return "" if isinstance(act.note, Redacted) else act.note


def _decided(name: str) -> Callable[[Case], Any]:
    return lambda case: None if case.decision is None else getattr(case.decision, name)


_CASES = (
    *_in(
        "violation",
        _c("id", str, "the id of the case"),
        _c("manager", str, "the id of the relationship manager"),
        _c("kind", str, "violation or merit", _kind_of),
        *_ACT,
        _c("found_on", date, "the day it was found, where one is given"),
        _c("recorded_on", date, "the day it was recorded by whoever found it, where one is given"),
        _c("effective_on", date, "the day from which it counts, where one is given"),
        _c(
            "note",
            str,
            "anything else, for the reader; blank where it was destroyed",
            _note,
        ),
    ),
    _c("state", str, "the state of the case"),
    _c("is_upheld", bool, "whether it was recorded, and not reversed"),
    _c("under_appeal", bool, "whether an appeal is open", "is_under_appeal"),
    _c(
        "entered_on",
        date,
        "the day on which it was first entered",
        lambda case: case.recorded_at.date(),
    ),
    _c(
        "stated_on", date, "the day of the entry by which it reads so", lambda c: c.stated_at.date()
    ),
    _c(
        "decided_points",
        Decimal,
        "the points that the decision on an appeal set",
        _decided("points"),
    ),
    _c("decided_money", Decimal, "the money that the decision on an appeal set", _decided("money")),
    _c(
        "decided_effective_on",
        date,
        "the day from which it counts by that decision",
        _decided("effective_on"),
    ),
)


# Appraisals.


class OfAppraisal(NamedTuple):
    """A part of an appraisal, with what it is a part of.

    Args:
        appraisal: The appraisal.
        part: A line, a cap's line or a subtotal.
        act: The violation or merit of a line; None of any other.
        step: A step of the line; None where the row is of the line.
        number: The number of the step, from 1.
    """

    appraisal: Appraisal
    part: Any
    act: Any = None
    step: Step | None = None
    number: int = 0


def _lines_of(appraisal: Appraisal) -> Iterator[OfAppraisal]:
    for line in (*appraisal.lines, *appraisal.merits):
        yield OfAppraisal(appraisal, line, line.violation)
    for cap in appraisal.caps:
        yield OfAppraisal(appraisal, cap)


def _steps_of(appraisal: Appraisal) -> Iterator[OfAppraisal]:
    for of in _lines_of(appraisal):
        for number, step in enumerate(of.part.steps, 1):
            yield of._replace(step=step, number=number)


def _subtotals_of(appraisal: Appraisal) -> Iterator[OfAppraisal]:
    return (OfAppraisal(appraisal, subtotal) for subtotal in appraisal.subtotals)


def _line_kind(of: OfAppraisal) -> str:
    return "cap" if of.act is None else _kind_of(of.act)


def _only(kind: type, name: str) -> Callable[[OfAppraisal], Any]:
    return lambda of: getattr(of.part, name) if isinstance(of.part, kind) else None


def _by(stage: Stage) -> Callable[[OfAppraisal], Decimal]:
    return lambda of: total_of(step.change for step in of.part.steps if step.stage is stage)


def name_of(stage: Stage) -> str:
    """The name of the column of a stage."""
    return f"by_{stage.value.replace('-', '_')}"


_WHOSE = _c("manager", str, "the id of the relationship manager", "appraisal.manager")
_LINE = (
    _WHOSE,
    _c("kind", str, "violation or merit, or cap of a line that a cap makes", _line_kind),
    *_in(
        "act",
        _c("id", str, "the id of the violation or merit; blank of a cap"),
    ),
    _c("over", str, "what a cap bounds; blank of any other", _only(CapLine, "over")),
    _c("over_id", str, "the id of the incident or part that a cap bounds", _only(CapLine, "id")),
)
_LINES = (
    *_LINE,
    *_in(
        "act",
        _c("doer", str, "the id of the manager who did it", "manager"),
        *_ACT,
    ),
    _c("rule_applied", str, "the id of the rule applied", _only(Line, "rule")),
    _c("edition", str, "the edition of the standard that governs it", _only(Line, "edition")),
    _c("answers_as", str, "the role in which the manager answers", _only(Line, "answers_as")),
    _c("points", Decimal, "what it counts: the sum of the columns of the stages", "part.points"),
    _c("money", Decimal, "the money that is withheld for it", _only(Line, "money")),
    _c("revokes", bool, "whether it revokes the qualification", _only(Line, "revokes")),
    _c("consequences", str, "ids of what follows beside points", _only(Line, "consequences")),
    *(
        _c(name_of(stage), Decimal, f"the change by the stage {stage.value}", _by(stage))
        for stage in Stage
    ),
)


def _reason(name: str) -> tuple[Column, ...]:
    """The columns of a reason, which is read from something of that name."""
    return tuple(
        _in(
            name,
            _c(
                "provision",
                str,
                "the id of the rule or clause that is the reason; blank where it is the policy",
                lambda reason: reason.id if isinstance(reason, Provision) else None,
            ),
            _c("field", str, "the field of the rule, clause or policy that was read"),
            _c("edition", str, "the edition of the standard whose field that is"),
        )
    )


_STEPS = (
    *_LINE,
    _c("number", int, "the number of the step in its line, from 1"),
    *_in(
        "step",
        _c("stage", str, "the stage"),
        _c("effect", str, "what the step does"),
        _c("change", Decimal, "the points it adds or, negative, takes away"),
        _c("points", Decimal, "the points of the line after it"),
        *_reason("reason"),
        _c("circumstances", str, "ids of the circumstances that it read"),
        _c("because_of", str, "ids of other violations that it read"),
        _c("consequence", str, "the id of the consequence that follows"),
    ),
)
_APPRAISALS = (
    _c("manager", str, "the id of the relationship manager"),
    _c("first", date, "the first day of the period", "period.first"),
    _c("last", date, "the last day of the period", "period.last"),
    _c("as_of", datetime, "the moment as of which it was known; blank for everything recorded"),
    _c("points", Decimal, "the error points"),
    _c("awards", Decimal, "the points awarded"),
    _c("score", Decimal, "the score; blank where there is none"),
    _c("grade", str, "the id of the grade; blank where there is none"),
    _c("revoked", bool, "whether any line revokes the qualification"),
    _c("lines", int, "how many lines of violations there are", lambda of: len(of.lines)),
    _c("merits", int, "how many lines of merits there are", lambda of: len(of.merits)),
    _c("caps", int, "how many lines of caps there are", lambda of: len(of.caps)),
)
_SUBTOTALS = (
    _WHOSE,
    _c("part", str, "the id of the part", "part.part"),
    _c("points", Decimal, "its error points", "part.points"),
)


# Accounts.


class OfAccount(NamedTuple):
    """A posting or a consequence, with the account that it is of."""

    account: PointsAccount
    item: Any
    number: int


def _postings_of(account: PointsAccount) -> Iterator[OfAccount]:
    return (OfAccount(account, each, place) for place, each in enumerate(account.postings, 1))


def _consequences_of(account: PointsAccount) -> Iterator[OfAccount]:
    both = (*account.consequences, *account.without_ground)
    return (OfAccount(account, each, place) for place, each in enumerate(both, 1))


def _if_due(name: str) -> Callable[[OfAccount], Any]:
    return lambda of: getattr(of.item, name) if isinstance(of.item, ConsequenceDue) else None


_POSTINGS = (
    _c("manager", str, "the id of the relationship manager", "account.manager"),
    _c("number", int, "the number of the posting in the account, from 1"),
    *_in(
        "item",
        _c("kind", str, "what changes the balance"),
        _c("counted_on", date, "the day on which it counts"),
        _c("known_on", date, "the day from which it was known"),
        _c("points", Decimal, "by how many points the balance changes"),
        _c("balance", Decimal, "the balance after it"),
        _c("violation", str, "the id of the violation or merit that it is about"),
        _c("because_of", str, "ids of other violations that it rests on"),
        _c("consequence", str, "the id of the consequence that cancels or reduces points"),
        *_reason("reason"),
    ),
)
_CONSEQUENCES = (
    *_in(
        "item",
        _c("manager", str, "the id of who bears it"),
        _c("consequence", str, "the id of the consequence"),
        _c("violation", str, "the id of the violation in whose case it is entered"),
    ),
    _c(
        "has_ground",
        bool,
        "whether it follows from anything that is upheld; false of what was taken without ground",
        lambda of: isinstance(of.item, ConsequenceDue),
    ),
    _c("crossed_on", date, "the day on which that violation counts", _if_due("crossed_on")),
    _c("since", date, "the day from which it is due", _if_due("since")),
    _c("points", Decimal, "the points from which it follows", _if_due("points")),
    _c("because_of", str, "ids of the violations whose points these are", _if_due("because_of")),
    _c("nth", int, "which time it is", _if_due("nth")),
    _c("days", int, "how many days it lasts, where that is stated", _if_due("days")),
    _c("courses", str, "ids of the courses that it asks for", _if_due("courses")),
    *_in(
        "item",
        _c("taken_on", date, "the day on which it was taken"),
        _c("served_on", date, "the day on which it was served"),
    ),
)


# Training.


class OfSchedule(NamedTuple):
    """A session, and whether it was cancelled."""

    session: Any
    cancelled: bool


def _sessions_of(schedule: Schedule) -> Iterator[OfSchedule]:
    yield from (OfSchedule(each, False) for each in schedule.sessions)
    yield from (OfSchedule(each, True) for each in schedule.cancelled)


_SESSIONS = (
    *_in(
        "session",
        _c("id", str, "the id of the session"),
        _c("activity", str, "the id of the activity"),
        _c("planned_on", date, "the day it was planned for"),
        _c("on", date, "the day it takes place"),
        _c("cause", str, "why that is another day; blank where it is not"),
        _c("courses", str, "ids of the courses it teaches"),
        _c("group", str, "the id of the group it is for"),
        _c("person", str, "the id of the one person it is for"),
        _c("number", int, "which it is among the sessions of its activity and day, from 1"),
        _c("make_up", bool, "whether it is a make-up session"),
        _c("room", str, "the id of its room"),
        _c("trainer", str, "the id of its trainer"),
        _c("sequence", int, "how often it was changed"),
    ),
    _c("cancelled", bool, "whether it was cancelled"),
)
_COMPLIANCE = (
    _c("activity", str, "the id of the activity; blank of a target"),
    _c("kind", str, "the kind that a target asks for"),
    _c("unit", str, "what a target counts"),
    _c("first", date, "the first day of the span in which it is asked for", "period.first"),
    _c("last", date, "the last day of that span", "period.last"),
    _c("group", str, "the id of the group that it asks"),
    _c("person", str, "the id of the one person that it asks"),
    _c("status", str, "the status"),
    *_in(
        "counts",
        _c("needed", int, "how much is asked for"),
        _c("done", int, "how much was done"),
        _c("to_come", int, "how much is scheduled after the day of the check"),
        _c("present", int, "sessions attended in time"),
        _c("late", int, "sessions attended late"),
        _c("absent", int, "sessions missed"),
        _c("excused", int, "sessions excused"),
        _c("unrecorded", int, "sessions of which nothing is recorded"),
        _c("made_up", int, "sessions made up with another team"),
        _c("late_absences", int, "absences that late arrivals make"),
        _c("waived", int, "how much is not asked of who is there for a part of the time"),
    ),
    _c("decided_by", str, "the id of the session that decided it"),
    _c("decided_on", date, "the day that decided it"),
    _c("extended_to", date, "the last day for it, where that was extended"),
)


# What a reading found.

_FOUND = (
    _c("row", int, "the number of the row"),
    _c("column", str, "the name of the column in the table"),
    _c("field", str, "the field that the column is read into"),
    _c("value", str, "what stands there"),
)
_WORDED = tuple(
    _in(
        "message",
        _c("zh_hant", str, "the message in traditional Chinese"),
        _c("zh_hans", str, "the message in simplified Chinese"),
        _c("en", str, "the message in English"),
    )
)
_PROBLEMS = (
    *_FOUND,
    _c("code", str, "the code of the problem"),
    *_WORDED,
    _c("suggestion", str, "the id that was meant, where that is clear"),
    _c("repeats", int, "the number of the row whose id this one repeats"),
)
_NOTES = (*_FOUND, _c("read_as", str, "what it was read as"), *_WORDED)


def _itself(value: Any) -> Iterable[Any]:
    return (value,)


ROWS: Mapping[str, Rows] = MappingProxyType(
    {
        "cases": Rows(Ledger, Ledger.cases, _CASES),
        "appraisals": Rows(Appraisal, _itself, _APPRAISALS),
        "subtotals": Rows(Appraisal, _subtotals_of, _SUBTOTALS),
        "lines": Rows(Appraisal, _lines_of, _LINES),
        "steps": Rows(Appraisal, _steps_of, _STEPS),
        "postings": Rows(PointsAccount, _postings_of, _POSTINGS),
        "consequences": Rows(PointsAccount, _consequences_of, _CONSEQUENCES),
        "sessions": Rows(Schedule, _sessions_of, _SESSIONS),
        "compliance": Rows(Compliance, attrgetter("requirements"), _COMPLIANCE),
        "problems": Rows(Reading, attrgetter("problems"), _PROBLEMS),
        "notes": Rows(Reading, attrgetter("notes"), _NOTES),
    }
)
"""By the name of the rows, what they are of and which columns they have."""
