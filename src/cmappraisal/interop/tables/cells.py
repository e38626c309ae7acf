"""Cells: what stands in one cell of a table, as the value of a field.

Each reader here takes a cell and gives the value; what cannot be read raises a :class:`CellError`,
and what was read otherwise than it was written is noted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal, DecimalException
from typing import Any, TypeAlias

from attrs import frozen

from cmappraisal.errors import ProblemCode
from cmappraisal.fields import UNSEEN, is_line
from cmappraisal.interop.tables.wordings import KINDS, KINDS_ALLOWED, Finding, found, suggested
from cmappraisal.points import EXACT, canonical
from cmappraisal.remedies import Spelling
from cmappraisal.rules import Circumstance
from cmappraisal.showing import one_line, shown
from cmappraisal.texts import LANGUAGES, Text


class CellError(Exception):
    """A cell that cannot be read.

    Attributes:
        code: What kind of problem it is.
        message: What is there and what is allowed.
        suggestion: The id that was meant, where that is clear.
    """

    def __init__(self, code: ProblemCode, message: Text, suggestion: str | None = None) -> None:
        self.code = code
        self.message = message
        self.suggestion = suggestion
        super().__init__(code, message, suggestion)


def _error(finding: Finding, *values: object) -> CellError:
    return CellError(finding.code, found(finding, *values))


def cleaned(text: str) -> str:
    r"""A text in its normal form, on one line, without what does not show and odd spaces.

    >>> cleaned("３．２ｂ\u3000")
    '3.2b'
    """
    normal = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode())
    # What NFKC leaves of these is not to be seen.
    seen = UNSEEN.sub("", normal).strip()
    return seen if is_line(seen) else one_line(seen)


def is_blank(value: Any) -> bool:
    """Whether there is nothing in a cell: none of the ways in which engines say so."""
    if value is None:
        return True
    if isinstance(value, str):
        return not cleaned(value)
    if isinstance(value, Iterable):
        return False
    try:
        # Not a number, and no time, are not even equal to themselves.
        return bool(value != value)  # noqa: PLR0124
    except TypeError:
        # pandas' NA is neither equal to itself nor unequal.
        return type(value).__name__ == "NAType"


def as_written(value: Any) -> str:
    """A cell as it can be shown: texts as they are, days and numbers as people write them."""
    if isinstance(value, str):
        return one_line(value) or shown(value)
    if isinstance(value, Decimal) and value.is_finite():
        return f"{value:f}"
    if isinstance(value, (date, int, float)):
        return str(value)
    return shown(value)


def unboxed(value: Any) -> Any:
    """The value itself of what NumPy puts into an array."""
    if type(value).__name__ == "datetime64":
        # Of nanoseconds, NumPy would give an int.
        text = str(value)[:26]
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None if text == "NaT" else text
    is_boxed = hasattr(value, "dtype") and getattr(value, "ndim", None) == 0
    return value.item() if is_boxed else value


Note: TypeAlias = Callable[[str, str], None]
"""What is told what a cell says, and what it was read as."""


def text_of(value: Any, note: Note) -> str:
    """A text, or a whole number as one."""
    if isinstance(value, str):
        text = cleaned(value)
        if text != value:
            note(value, text)
        return text
    number = _whole(value)
    if number is None:
        raise _error(Finding.NO_TEXT, as_written(value))
    return str(number)


def id_of_rule(value: Any, note: Note) -> str:
    """The id of a rule, which no number can be."""
    if not isinstance(value, str):
        raise _error(Finding.NO_ID_OF_RULE, as_written(value))
    return text_of(value, note)


def _whole(value: Any) -> int | None:
    """A whole number of any engine; None where it is none."""
    if isinstance(value, (float, Decimal)):
        # Where a column has blanks, some engines make floats of whole numbers.
        is_whole = Decimal(value).is_finite() and value == int(value)
        return int(value) if is_whole else None
    return value if type(value) is int else None


def count_of(value: Any, note: Note) -> int:
    """A whole number."""
    number = _whole(points_of(value, note)) if isinstance(value, str) else _whole(value)
    if number is None:
        raise _error(Finding.NO_NUMBER, as_written(value))
    return number


def points_of(value: Any, note: Note) -> Decimal:
    """An exact number; of a float the shortest decimal that makes it, which is what was written."""
    given: Any = value
    if isinstance(value, str):
        given = text_of(value, note)
    elif isinstance(value, float):
        given = repr(float(value))
    elif not isinstance(value, Decimal):
        given = _whole(value)
    try:
        number = Decimal(given, EXACT) if given is not None else Decimal("NaN")
        if number.is_finite():
            return canonical(number)
    except DecimalException:
        pass
    raise _error(Finding.NO_NUMBER, as_written(value))


def kind_of(value: Any, note: Note) -> str:
    """The kind of an act: ``"violation"`` or ``"merit"``, from a word in any language."""
    kind = KINDS.get(text_of(value, note).casefold())
    if kind is None:
        raise _error(Finding.NO_KIND, as_written(value), KINDS_ALLOWED)
    return kind


def note_of(value: Any, note: Note) -> str:
    """Anything for the reader, as it is written."""
    return str(value) if isinstance(value, str) else text_of(value, note)


@frozen
class Days:
    """How days are read.

    Args:
        formats: The formats of days that are written as text, as ``datetime.strptime`` has them.
    """

    formats: tuple[str, ...]

    def __call__(self, value: Any, note: Note) -> date:
        """The day of a date, of a moment, or of a text in one of the formats."""
        if isinstance(value, str):
            return self._written(value, note)
        if isinstance(value, datetime):
            if value.time() != time():
                note(str(value), str(value.date()))
            value = value.date()
        if not isinstance(value, date):
            raise _error(Finding.NO_DAY, as_written(value), ", ".join(self.formats))
        return date(value.year, value.month, value.day)

    def _written(self, value: str, note: Note) -> date:
        text = text_of(value, note)
        days = sorted({day for each in self.formats if (day := _day_in(text, each)) is not None})
        if not days:
            raise _error(Finding.NO_DAY, as_written(value), ", ".join(self.formats))
        if len(days) > 1:
            raise _error(Finding.TWO_DAYS, as_written(value), ", ".join(map(str, days)))
        return days[0]


def _day_in(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


class Known:
    """How ids are read of which all are known.

    Args:
        ids: The known ids.
        finding: What is found where one is not known.
        read: What reads the text of the cell.
    """

    def __init__(
        self, ids: Iterable[str], finding: Finding, read: Callable[[Any, Note], str]
    ) -> None:
        self._ids = dict.fromkeys(ids)
        self._spelling = Spelling(self._ids)
        self._finding = finding
        self._read = read

    def __call__(self, value: Any, note: Note) -> str:
        """The id, which is known."""
        id = self._read(value, note)
        if id not in self._ids:
            meant = self._spelling.meant_by(id)
            raise CellError(self._finding.code, suggested(self._finding, id, meant), meant)
        return id


_PIECES = re.compile(r"((?:\\.|[^;\\])*)(?:;|$)")
_SMALLER = re.compile("[,、/|]")


class Circumstances:
    """How circumstances are read: by their ids, or by their wordings in any language.

    Args:
        circumstances: Those of the standard.
    """

    def __init__(self, circumstances: Iterable[Circumstance]) -> None:
        of_ids: dict[str, dict[str, None]] = {}
        of_words: dict[str, dict[str, None]] = {}
        for each in circumstances:
            of_ids[each.id] = {each.id: None}
            for language in LANGUAGES:
                word = cleaned(each.text.in_language(language)).casefold()
                of_words.setdefault(word, {})[each.id] = None
        # An id that reads like the wording of another circumstance is an id.
        self._named: Mapping[str, Mapping[str, None]] = of_words | of_ids
        self._spelling = Spelling(self._named)

    def __call__(self, value: Any, note: Note) -> frozenset[str]:
        """The ids of a list of circumstances, or of a text with separators between them."""
        if not isinstance(value, str):
            items = list(value) if isinstance(value, Iterable) else [value]
            return frozenset(self._one(text_of(each, note)) for each in items if not is_blank(each))
        text = text_of(value, note)
        if self._names(text):
            return frozenset({self._one(text)})
        return frozenset(map(self._one, self._parts(text)))

    def _parts(self, text: str) -> Iterator[str]:
        for part in apart(text):
            smaller = (part,) if self._names(part) else map(str.strip, _SMALLER.split(part))
            yield from filter(None, smaller)

    def _names(self, text: str) -> Mapping[str, None]:
        return self._named.get(text) or self._named.get(text.casefold()) or {}

    def _one(self, text: str) -> str:
        ids = self._names(text)
        if not ids:
            meant = self._spelling.meant_by(text)
            message = suggested(Finding.UNKNOWN_CIRCUMSTANCE, text, meant)
            raise CellError(Finding.UNKNOWN_CIRCUMSTANCE.code, message, meant)
        if len(ids) > 1:
            raise _error(Finding.SEVERAL_CIRCUMSTANCES, text, ", ".join(ids))
        return next(iter(ids))


def apart(text: str) -> Iterator[str]:
    r"""The ids that :func:`written` made one text of, as far as ``;`` goes.

    >>> list(apart("adverse-effect;risk"))
    ['adverse-effect', 'risk']
    >>> list(apart(r"one\;two;three"))
    ['one;two', 'three']
    """
    pieces = text.split(";")
    if "\\" in text:
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in _PIECES.findall(text)]
    return filter(None, map(str.strip, pieces))


def written(ids: Iterable[str]) -> str:
    """Ids as one text, with ``;`` between them, as :class:`Circumstances` reads them.

    >>> written(["adverse-effect", "risk"])
    'adverse-effect;risk'
    """
    return ";".join(re.sub(r"([;\\])", r"\\\1", id) for id in ids)
