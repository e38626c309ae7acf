"""Readings: from the rows of a table to the entries of a ledger, with nothing lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from itertools import islice
from typing import Any

import attrs
from attrs import define, field

from cmappraisal.acts import Act, Merit, Violation
from cmappraisal.entries import Recorded
from cmappraisal.errors import FieldError, Problem
from cmappraisal.fields import (
    MOMENT,
    as_ids,
    as_moment,
    as_tuple,
    identifier_allowed,
    is_identifier,
    is_identifier_set,
    is_int,
    is_line,
    is_moment,
    require_all,
)
from cmappraisal.interop.tables.cells import (
    CellError,
    Circumstances,
    Known,
    as_written,
    count_of,
    id_of_rule,
    is_blank,
    kind_of,
    note_of,
    points_of,
    text_of,
    unboxed,
)
from cmappraisal.interop.tables.days import Days, is_format_of_days
from cmappraisal.interop.tables.findings import Reading, Report
from cmappraisal.interop.tables.flaws import Flaws
from cmappraisal.interop.tables.frames import table_of
from cmappraisal.interop.tables.wordings import Finding, of_act, of_value
from cmappraisal.ledger import Ledger
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.showing import shown
from cmappraisal.standards.editions import STANDARD, Editions, as_editions, is_standard

REQUIRED = ("id", "manager", "rule", "occurred_on")
"""The fields of which every row needs a value."""

FIELDS = tuple(each.name for each in attrs.fields(Violation))
"""The fields that a column can be read into, beside ``kind``."""

_STAND_INS: dict[str, Any] = {
    "id": "x",
    "manager": "x",
    "rule": "x",
    "occurred_on": date(2000, 1, 1),
}
_DAYS = ("occurred_on", "found_on", "recorded_on", "effective_on")

_DEFAULT = Policy()
_AS_NAMED: Mapping[str, str] = ReadOnlyMapping()
_LISTED = 50
_FORMATS = 'a list of formats that say which day it is, such as "%Y-%m-%d"'

Reader = Callable[[Any, Any], Any]


def ledger_from(
    rows: Any,
    standard: Rulebook | Editions,
    *,
    at: datetime,
    columns: Mapping[str, str] = _AS_NAMED,
    policy: Policy = _DEFAULT,
    date_formats: Iterable[str] = ("%Y-%m-%d",),
    managers: Iterable[str] | None = None,
    ledger: Ledger | None = None,
    by: str | None = None,
    first_row: int = 1,
) -> Reading:
    """The ledger of the good rows of a table, and a report of the bad ones.

    Each row is a violation, or a merit where its rule awards points. A row is recorded as it is or
    it is reported, with everything that is wrong with it; none is dropped without a line. All are
    entered at one moment, and keep the days of their own: of a row that comes late, ``recorded_on``
    says when it was recorded.

    Args:
        rows: A frame of polars, pandas, pyarrow or another library that narwhals knows, or an
            iterable of mappings from the names of columns to values. What is lazy is collected.
        standard: The standard: a rulebook, or its editions. Rules and circumstances are looked up
            in it.
        at: The moment at which the rows are entered; a datetime with a time zone. A moment in a
            cell that is another day in that zone is a problem.
        columns: By field of :class:`~cmappraisal.Violation`, or ``"kind"``, the name of the column
            that it is read from; a field without one is read from the column of its own name, if
            there is such a column and it is not named for another field.
        policy: What is decided where the standard is silent.
        date_formats: The formats of days that are written as text, as ``datetime.strptime`` has
            them; each says which day it is. A day that two of them read differently is a problem.
        managers: The ids of all relationship managers; None where any is taken.
        ledger: The ledger to go on from; None for an empty one.
        by: The id of who enters the rows.
        first_row: The number of the first row; 2 makes the numbers those of a file with a header.

    Returns:
        The ledger and the report.

    Raises:
        FieldError: An argument has a value that it does not allow, or a required column is missing.
        LedgerError: The moment is before the last entry of the ledger.
        PolicyError: The policy does not fit what the standard answers.

    >>> from cmappraisal import ERROR_POINTS
    >>> from datetime import timezone
    >>> rows = [
    ...     {"編號": "V-1", "客戶經理": "RM-01", "條款": "３．２ｂ", "日期": "2025年3月2日"},
    ...     {"編號": "V-2", "客戶經理": "RM-01", "條款": "2.1", "日期": "三月"},
    ... ]
    >>> reading = ledger_from(
    ...     rows,
    ...     ERROR_POINTS,
    ...     at=datetime(2025, 3, 4, tzinfo=timezone.utc),
    ...     columns={
    ...         "id": "編號",
    ...         "manager": "客戶經理",
    ...         "rule": "條款",
    ...         "occurred_on": "日期",
    ...     },
    ...     date_formats=["%Y年%m月%d日"],
    ... )
    >>> len(reading.ledger), [problem.in_language("en") for problem in reading.problems]
    (1, ['row 2, 日期: 三月 is no day; write 2 March 2025 as: 2025年03月02日'])
    >>> print(*reading.notes)
    row 1, 條款: ３．２ｂ was read as 3.2b
    """
    formats = as_tuple(date_formats)
    known = None if managers is None else as_ids(managers)
    before = Ledger() if ledger is None else ledger
    fields = (*FIELDS, "kind")
    maps = isinstance(columns, Mapping) and all(
        key in fields and isinstance(name, str) for key, name in columns.items()
    )
    are_formats = isinstance(formats, tuple) and bool(formats) and all(map(_is_format, formats))
    are_ids = known is None or is_identifier_set(known)
    require_all(
        "ledger_from",
        ("standard", standard, is_standard(standard), STANDARD),
        ("at", at, is_moment(at), MOMENT),
        ("columns", columns, maps, f"a mapping from {', '.join(fields)} to the names of columns"),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
        ("date_formats", formats, are_formats, _FORMATS),
        ("managers", managers, are_ids, "None, or a set or list of ids"),
        ("ledger", before, isinstance(before, Ledger), "None, or a Ledger"),
        ("by", by, by is None or is_identifier(by), f"None, or {identifier_allowed(by)}"),
        ("first_row", first_row, is_int(first_row, 0), "an int from 0"),
    )
    table = table_of(rows)
    sources = _sources(table.names, columns)
    reader = _Rows(
        as_editions(standard),
        policy,
        as_moment(at),
        Report(sources),
        # The zone itself, since its offset changes where there is summer time.
        Days(formats, at.tzinfo),
        known,
        before,
    )
    entries = []
    count = 0
    for count, row in enumerate(table.reading(sources.values()), 1):
        act = reader.act(count + first_row - 1, row)
        if act is not None:
            entries.append(Recorded(act, at=at, by=by))
    return Reading(
        before.extend(entries),
        tuple(reader.report.problems),
        tuple(reader.report.notes),
        count,
        tuple(
            name if isinstance(name, str) else shown(name)
            for name in table.names
            if name not in sources.values()
        ),
    )


def _is_format(value: object) -> bool:
    return isinstance(value, str) and is_line(value) and is_format_of_days(value)


def _sources(names: Sequence[Any], mapping: Mapping[str, str]) -> dict[str, str]:
    """By field the name of its column, of the fields that have one."""
    wanted = tuple(dict.fromkeys((*REQUIRED, *mapping)))
    # A column that is named for one field is not read into another for its own name.
    free = (name for name in (*FIELDS, "kind") if name not in mapping.values())
    of_fields = {name: mapping.get(name, name) for name in (*wanted, *free)}
    sources = {name: column for name, column in of_fields.items() if column in names}
    missing = [name for name in wanted if name not in sources] if names else []
    listed = ", ".join(map(shown, islice(names, _LISTED)))
    allowed = f"the name of a column, one of: {listed}{', ...' if len(names) > _LISTED else ''}"
    require_all(
        "ledger_from",
        *((f"columns.{name}", of_fields[name], False, allowed) for name in missing),
    )
    return sources


@define(eq=False)
class _Rows:
    """What reads rows one after another."""

    standard: Editions
    policy: Policy
    at: datetime
    report: Report
    days: Days
    managers: frozenset[str] | None
    ledger: Ledger
    _seen: dict[str, int] = field(factory=dict, init=False)
    _recorded: frozenset[str] = field(init=False)
    _readers: dict[str, Reader] = field(init=False)
    _flaws: Flaws = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._flaws = Flaws(self.standard, self.policy, self.at)
        erased = (left.violation_id for left in self.ledger.erased())
        self._recorded = frozenset((*(case.violation.id for case in self.ledger.cases()), *erased))
        rulebooks = self.standard.rulebooks
        rules = Known((id for each in rulebooks for id in each), Finding.UNKNOWN_RULE, id_of_rule)
        manager: Reader = text_of
        if self.managers is not None:
            manager = Known(self.managers, Finding.UNKNOWN_MANAGER, text_of)
        of_all = {each.id: each for of in rulebooks for each in of.circumstances}
        self._readers = {
            "id": text_of,
            "manager": manager,
            "rule": rules,
            "refers_to": rules,
            "quantity": count_of,
            "circumstances": Circumstances(of_all.values()),
            "incident": text_of,
            "assessed_points": points_of,
            "note": note_of,
            "kind": kind_of,
            **dict.fromkeys(_DAYS, self.days),
        }

    def act(self, number: int, row: Any) -> Act | None:
        """The act of a row; None where something is wrong with it, which is reported."""
        report = self.report
        before = len(report.problems)
        if not isinstance(row, Mapping):
            report.add(number, None, as_written(row), Finding.NO_ROW)
            return None
        cells = {name: unboxed(row.get(column)) for name, column in report.sources.items()}
        values = self._values(number, cells)
        self._look_for_repetition(number, cells, values.get("id"))
        bad = {problem.field for problem in report.problems[before:]}
        kind = values.pop("kind", None) or self._kind(values)
        act, unfit = _made(values, Merit if kind == "merit" else Violation)
        report.add_all(number, cells, unfit, bad, of_value)
        bad.update(problem.path.removeprefix("$.") for problem in unfit)
        report.add_all(number, cells, self._flaws.of(act, bad), bad, of_act)
        return act if len(report.problems) == before else None

    def _values(self, number: int, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The value of each cell that is not blank and can be read."""
        values: dict[str, Any] = {}
        for name, reader in self._readers.items():
            if name not in cells or is_blank(cells[name]):
                if name in REQUIRED:
                    self.report.add(number, name, "", Finding.BLANK)
                continue
            try:
                values[name] = reader(cells[name], partial(self.report.note, number, name))
            except CellError as error:
                self.report.take(number, name, as_written(cells[name]), error)
        return values

    def _kind(self, values: Mapping[str, Any]) -> str:
        """The kind of an act that the rule makes it, in the edition that has the rule."""
        id, day = values.get("rule", ""), values.get("occurred_on")
        of_day = None if day is None else self.standard.on(day)
        rulebooks = (*(() if of_day is None else (of_day.rulebook,)), *self.standard.rulebooks)
        rule = next((each[id] for each in rulebooks if id in each), None)
        return "violation" if rule is None or rule.award is None else "merit"

    def _look_for_repetition(self, number: int, cells: Mapping[str, Any], id: str | None) -> None:
        if id is None:
            return
        first = self._seen.setdefault(id, number)
        value = as_written(cells["id"])
        if first != number:
            self.report.add(number, "id", value, Finding.REPEATED, id, first, repeats=first)
        elif id in self._recorded:
            self.report.add(number, "id", value, Finding.IN_LEDGER, id)


def _made(values: dict[str, Any], kind: type[Act]) -> tuple[Act, tuple[Problem, ...]]:
    """An act, with something in the place of what cannot be read, to see what else is wrong."""
    try:
        return kind(**(_STAND_INS | values)), ()
    except FieldError as error:
        unfit = {problem.path.removeprefix("$.") for problem in error.problems}
        fitting = {name: value for name, value in values.items() if name not in unfit}
        return kind(**(_STAND_INS | fitting)), error.problems
