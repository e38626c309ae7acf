"""A naive reader of rows: what each clause of the guide says, one cell after another.

It shares no code with the reader of the library, and is as slow and as plain as it likes.
"""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple

from cmappraisal import ERROR_POINTS, AppraisalError, Violation, faults

REQUIRED = ("id", "manager", "rule", "occurred_on")
UNSEEN = "\u200b\ufeff\u202e\u2066\u2069"
WORDS = {
    word.casefold(): each.id
    for each in ERROR_POINTS.circumstances
    for word in (each.id, each.text.zh_hant, each.text.zh_hans, each.text.en)
}


class UnreadableError(Exception):
    """A cell that cannot be read."""


class Naive(NamedTuple):
    """What came of rows: the good ones, and the problems of cells and of acts of the others."""

    acts: list[Violation]
    of_cells: dict[int, set[tuple[str, str]]]
    of_acts: dict[int, set[tuple[str, str]]]


def tidy(text: str) -> str:
    for each in UNSEEN:
        text = text.replace(each, "")
    return unicodedata.normalize("NFKC", text).strip()


def is_blank(cell: Any) -> bool:
    if cell is None or str(cell) in {"nan", "NaN", "NaT", "<NA>"}:
        return True
    return isinstance(cell, str) and tidy(cell) == ""


def text_in(cell: Any) -> str:
    if isinstance(cell, str):
        if any("\ud800" <= each <= "\udfff" for each in cell):
            raise UnreadableError("not-allowed")
        return tidy(cell)
    number = number_in(cell)
    if number.denominator != 1 or len(str(number)) > 200:
        raise UnreadableError("not-allowed")
    if isinstance(cell, float) and not -(2**53) <= number <= 2**53:
        raise UnreadableError("not-allowed")
    return str(number)


def number_in(cell: Any) -> Fraction:
    if isinstance(cell, str):
        text = tidy(cell)
        if not text or set(text) - set("0123456789.+-") or set(cell) & set("²①½"):
            raise UnreadableError("not-allowed")
        try:
            return Fraction(text)
        except ValueError:
            raise UnreadableError("not-allowed") from None
    if isinstance(cell, (bool, date)) or not hasattr(cell, "__float__"):
        raise UnreadableError("not-allowed")
    if not math.isfinite(cell):
        raise UnreadableError("not-allowed")
    return Fraction(str(cell))


def day_in(cell: Any) -> date:
    if isinstance(cell, datetime):
        if cell.tzinfo is not None and cell.utcoffset() != AT.utcoffset():
            ours = cell.astimezone(AT.tzinfo)
            is_midnight = (cell.hour, cell.minute) == (0, 0)
            if not is_midnight and (ours.month, ours.day) != (cell.month, cell.day):
                raise UnreadableError("not-allowed")
        return date(cell.year, cell.month, cell.day)
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str) or "²" in cell:
        raise UnreadableError("not-allowed")
    text = tidy(cell).replace("年", "-").replace("月", "-").removesuffix("日")
    parts = text.split("-")
    if len(parts) != 3 or len(parts[0]) != 4:
        raise UnreadableError("not-allowed")
    try:
        return date(*map(int, parts))
    except ValueError:
        raise UnreadableError("not-allowed") from None


def circumstances_in(cell: Any) -> set[str]:
    if isinstance(cell, str):
        text = text_in(cell)
        for mark in ",、/|":
            text = text.replace(mark, ";")
        names = [each.strip() for each in text.split(";") if each.strip()]
    elif isinstance(cell, Iterable) and not isinstance(cell, (bytes, Mapping)):
        names = [text_in(each) for each in cell if not is_blank(each)]
    else:
        names = [text_in(cell)]
    if not {each.casefold() for each in names} <= set(WORDS):
        raise UnreadableError("unknown-id")
    return {WORDS[each.casefold()] for each in names}


def rule_in(cell: Any) -> str:
    if not isinstance(cell, str):
        raise UnreadableError("not-allowed")
    rule = text_in(cell)
    if rule not in list(ERROR_POINTS):
        raise UnreadableError("unknown-id")
    return rule


def quantity_in(cell: Any) -> int:
    number = number_in(cell)
    if number.denominator != 1 or not 1 <= number <= 1_000_000:
        raise UnreadableError("not-allowed")
    return int(number)


READERS = {
    "id": text_in,
    "manager": text_in,
    "rule": rule_in,
    "occurred_on": day_in,
    "quantity": quantity_in,
    "circumstances": circumstances_in,
    "incident": text_in,
    "found_on": day_in,
}
AT = datetime.fromisoformat("2025-12-31T18:00:00+08:00")


def naive_reading(rows: Iterable[Mapping[str, Any]]) -> Naive:
    """What the guide says comes of rows."""
    naive = Naive([], {}, {})
    first: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        problems: set[tuple[str, str]] = set()
        values: dict[str, Any] = {}
        for name, reader in READERS.items():
            cell = row.get(name)
            if is_blank(cell):
                problems |= {(name, "missing")} if name in REQUIRED else set()
                continue
            try:
                values[name] = reader(cell)
            except UnreadableError as bad:
                problems.add((name, str(bad)))
        if "id" in values and first.setdefault(values["id"], number) != number:
            problems.add(("id", "repeated"))
        if problems:
            naive.of_cells[number] = problems
            continue
        try:
            act = Violation(**values)
            found = [*faults(act, ERROR_POINTS, at=AT)]
        except AppraisalError as error:
            found = [*error.problems]
        if found:
            naive.of_acts[number] = {(each.path.split(".")[1], each.code.value) for each in found}
        else:
            naive.acts.append(act)
    return naive
