"""Case expectations: what the facts of a worked case must come to, read and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any, cast

from cmappraisal.accounts import PointsAccount
from cmappraisal.errors import PolicyError, Problem, ProblemCode, ScoringError
from cmappraisal.flaw_wordings import NONE, Words, filled, together
from cmappraisal.interop.case_facts import read_id, read_known
from cmappraisal.interop.case_flaws import CaseFlaw
from cmappraisal.interop.leaves import READERS, read_choice
from cmappraisal.interop.rejections import ProblemList, RejectedError, rejected, step_to
from cmappraisal.interop.toml_texts import Table, read_list
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.points import EXACT, plain, total_of
from cmappraisal.scoring.appraisals import Appraisal, Line
from cmappraisal.scoring.steps import Effect
from cmappraisal.texts import Text

_DUE = Text("{0}（因 {1}）", "{0}（因 {1}）", en="{0} by {1}")

# Reading what is expected.


def _read_number(value: object) -> Decimal:
    return cast(Decimal, READERS[Decimal](value))


def _read_effects(value: object) -> tuple[Effect, ...]:
    return read_list(value, lambda each, _: cast(Effect, read_choice(each, Effect)))


def _read_ids(value: object) -> frozenset[str]:
    return frozenset(read_list(value, lambda each, _: read_id(each)))


def _or_none(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is False else reader(value)


def _read_fault(value: object, place: int) -> tuple[ProblemCode, str]:
    table = Table(value, ("code", "path"))
    code = table.needed("code", lambda each: read_choice(each, ProblemCode), None)
    path = table.needed("path", READERS[str], "")
    table.close()
    return cast(ProblemCode, code), path


def _read_faults(value: object) -> tuple[tuple[ProblemCode, str], ...]:
    if value == []:
        raise rejected(value, "a list of at least one table with code and path")
    return read_list(value, _read_fault)


_OF_LINE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "points": _read_number,
        "rule": read_id,
        "edition": read_id,
        "effects": _read_effects,
        "consequences": _read_ids,
        "money": _read_number,
    }
)
_EXPECTED: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "points": _read_number,
        "awards": _read_number,
        "score": _or_none(_read_number),
        "grade": _or_none(read_id),
        "revoked": READERS[bool],
        "money": _read_number,
        "caps": _read_number,
    }
)
_OF_DUE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "consequence": read_id,
        "violation": read_id,
        "crossed_on": READERS[date],
        "since": READERS[date],
        "points": _read_number,
        "because_of": lambda value: tuple(sorted(_read_ids(value))),
        "nth": READERS[int],
        "days": _or_none(READERS[int]),
        "taken_on": _or_none(READERS[date]),
        "served_on": _or_none(READERS[date]),
    }
)
OF_EXPECTED: tuple[str, ...] = (*_EXPECTED, "lines", "account", "faults")
"""What a case can expect."""


def _read_all(table: Table, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    return {
        name: table.read(name, reader, None)
        for name, reader in readers.items()
        if name in table.fields
    }


def _read_line_expected(value: object) -> Mapping[str, Any] | None:
    """What is expected of a line: a table, its points alone, or ``false`` for no line."""
    if value is False:
        return None
    if not isinstance(value, dict):
        return ReadOnlyMapping({"points": _read_number(value)})
    table = Table(value, _OF_LINE)
    stated = _read_all(table, _OF_LINE)
    table.close()
    return ReadOnlyMapping(stated)


def _read_lines(value: object, ids: Mapping[str, object]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise rejected(value, "a table with the ids of violations")
    listed = ProblemList()
    stated: dict[str, Any] = {}
    for id, each in value.items():
        try:
            stated[read_known(id, ids)] = _read_line_expected(each)
        except RejectedError as error:
            listed.take(error, step_to(id))
            if listed.is_full:
                break
    if listed:
        raise listed.rejection()
    return ReadOnlyMapping(stated)


def _read_due(value: object, place: int) -> Mapping[str, Any]:
    """What is expected of a consequence that follows: a table, or its id alone."""
    if not isinstance(value, dict):
        return ReadOnlyMapping({"consequence": read_id(value)})
    table = Table(value, _OF_DUE)
    stated = _read_all(table, _OF_DUE)
    table.close()
    return ReadOnlyMapping(stated)


def _read_account(value: object) -> Mapping[str, Any]:
    """What is expected of the points account through the last day of the period."""
    readers: Mapping[str, Callable[[Any], Any]] = {
        "balance": _read_number,
        "consequences": lambda each: read_list(each, _read_due),
        "without_ground": _read_ids,
    }
    table = Table(value, readers)
    stated = _read_all(table, readers)
    table.close()
    return ReadOnlyMapping(stated)


def read_expected(value: object, ids: Mapping[str, object]) -> Mapping[str, Any]:
    """What a case expects, by the names that the text has for it; None where there must be none.

    Args:
        value: What stands in the text.
        ids: The violations of the case by their ids.

    Raises:
        RejectedError: Something of it is wrong.
    """
    table = Table(value, OF_EXPECTED)
    stated = _read_all(table, _EXPECTED)
    if "lines" in table.fields:
        stated["lines"] = table.read("lines", partial(_read_lines, ids=ids), ReadOnlyMapping())
    if "account" in table.fields:
        stated["account"] = table.read("account", _read_account, ReadOnlyMapping())
    if "faults" in table.fields:
        stated["faults"] = table.read("faults", _read_faults, ())
    if not value:
        table.add(CaseFlaw.EXPECTS_NOTHING.problem("$", ", ".join(OF_EXPECTED)))
    if "faults" in stated and len(stated) > 1:
        table.add(CaseFlaw.FAULTS_AND_MORE.problem("$.faults"))
    table.close()
    return ReadOnlyMapping(stated)


# Comparing.


def differences(
    outcome: Appraisal | ScoringError | PolicyError, expected: Mapping[str, Any]
) -> Iterator[Problem]:
    """Everything that comes out otherwise than is expected.

    Args:
        outcome: What the facts come to, or what keeps them from being scored.
        expected: What is expected.
    """
    if isinstance(outcome, PolicyError):
        yield from (problem.within("$.policy") for problem in outcome.problems)
    elif isinstance(outcome, ScoringError):
        yield from _differences_of_faults(outcome.problems, expected.get("faults", ()))
    elif "faults" in expected:
        yield CaseFlaw.NO_FAULTS.problem("$.faults", plain(outcome.points))
    else:
        totals: dict[str, Any] = {
            name: getattr(outcome, name)
            for name in ("points", "awards", "score", "grade", "revoked")
        }
        totals["money"] = total_of(line.money for line in outcome.lines)
        totals["caps"] = total_of(EXACT.minus(cap.points) for cap in outcome.caps)
        yield from _unequal(totals, expected, "")
        lines = {line.violation.id: line for line in (*outcome.lines, *outcome.merits)}
        for id, stated in expected.get("lines", ReadOnlyMapping()).items():
            yield from _differences_of_line(lines.get(id), stated, f".lines{step_to(id)}")


def _differences_of_faults(
    problems: Iterable[Problem], expected: Iterable[tuple[ProblemCode, str]]
) -> Iterator[Problem]:
    left = Counter(expected)
    for problem in problems:
        fault = (problem.code, problem.path)
        if left[fault]:
            left[fault] -= 1
        else:
            found = problem.code.value, problem.path, _message_of(problem)
            yield CaseFlaw.UNEXPECTED_FAULT.problem("$.faults", *found)
    for code, path in left.elements():
        yield CaseFlaw.FAULT_NOT_THERE.problem("$.faults", code.value, path)


def _message_of(problem: Problem) -> Words:
    hant, hans = problem.chinese or (problem.message, problem.message)
    return Words(hant, hans, problem.message)


def _differences_of_line(
    line: Line | None, stated: Mapping[str, Any] | None, step: str
) -> Iterator[Problem]:
    if line is None:
        if stated is not None:
            yield CaseFlaw.NO_LINE.problem(f"${step}")
    elif stated is None:
        yield CaseFlaw.LINE_THERE.problem(f"${step}", plain(line.points))
    else:
        found_of: dict[str, Any] = {
            name: getattr(line, name) for name in ("points", "rule", "edition", "money")
        }
        found_of["effects"] = tuple(each.effect for each in line.steps)
        found_of["consequences"] = frozenset(line.consequences)
        yield from _unequal(found_of, stated, step)


def differences_of_account(
    account: PointsAccount, expected: Mapping[str, Any]
) -> Iterator[Problem]:
    """Everything in which a points account comes out otherwise than is expected.

    Args:
        account: The account through the last day of the period.
        expected: What is expected of it.
    """
    found = {
        "balance": account.balance,
        "without_ground": frozenset(each.consequence for each in account.without_ground),
    }
    yield from _unequal(found, expected, ".account")
    dues = expected.get("consequences", account.consequences)
    if len(dues) != len(account.consequences):
        named = together(
            filled(_DUE, each.consequence, each.violation) for each in account.consequences
        )
        values = named if account.consequences else NONE, len(dues)
        yield CaseFlaw.OTHER_COUNT.problem("$.account.consequences", *values)
        return
    for place, (due, stated) in enumerate(zip(account.consequences, dues, strict=True)):
        if stated is not due:
            found = {name: getattr(due, name) for name in _OF_DUE}
            yield from _unequal(found, stated, f".account.consequences[{place}]")


def _unequal(found: Mapping[str, Any], expected: Mapping[str, Any], step: str) -> Iterator[Problem]:
    for name, value in expected.items():
        if name in found and found[name] != value:
            both = _in_words(found[name]), _in_words(value)
            yield CaseFlaw.OTHER_VALUE.problem(f"${step}.{name}", *both)


def _in_words(value: object) -> Words | str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return plain(value)
        case tuple():
            return ", ".join(str(getattr(each, "value", each)) for each in value) or NONE
        case frozenset():
            return ", ".join(sorted(value)) or NONE
        case _:
            return NONE if value is None else str(value)
