"""Cells: what stands in one cell of a table, as the value of a field.

Each reader here takes a cell and gives the value; what cannot be read raises a :class:`CellError`,
and what was read otherwise than it was written is noted.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, DecimalException
from typing import Any, TypeAlias

from cmappraisal.errors import MAXIMUM_PROBLEMS, ProblemCode
from cmappraisal.fields import MAXIMUM_ID_LENGTH, UNSEEN, is_iterable, is_line, is_utf8
from cmappraisal.interop.tables.wordings import KINDS, KINDS_ALLOWED, Finding, found, suggested
from cmappraisal.points import canonical
from cmappraisal.remedies import Spelling
from cmappraisal.rules import Circumstance
from cmappraisal.showing import UNSTABLE, one_line, shown
from cmappraisal.texts import LANGUAGES, Text


class CellError(Exception):
    """A cell that cannot be read.

    Attributes:
        code: What kind of problem it is.
        message: What is there and what is allowed.
        suggestion: The id that was meant, where that is clear.
        others: What else is wrong with the same cell.
    """

    def __init__(self, code: ProblemCode, message: Text, suggestion: str | None = None) -> None:
        self.code = code
        self.message = message
        self.suggestion = suggestion
        self.others: tuple[CellError, ...] = ()
        super().__init__(code, message, suggestion)


def unreadable(finding: Finding, *values: object) -> CellError:
    """The error of a cell in which something was found.

    Args:
        finding: What was found.
        values: What its wording names.
    """
    return CellError(finding.code, found(finding, *values))


def cleaned(text: str) -> str:
    r"""A text in its normal form, on one line, without what does not show and odd spaces.

    >>> cleaned("３．２ｂ\u3000")
    '3.2b'
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    normal = unicodedata.normalize("NFKC", text.encode("utf-8", "replace").decode())
    # What NFKC leaves of these is not to be seen.
    seen = UNSEEN.sub("", normal).strip()
    return seen if is_line(seen) else one_line(seen)


def looks_of(text: str) -> str:
    r"""What a person sees of a text, but for its spaces.

    >>> looks_of("RM\u200b-01 ") == looks_of("RM-01")
    True
    """
    seen = UNSTABLE.sub("", UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", "".join(seen.split()))


def is_blank(value: Any) -> bool:
    """Whether there is nothing in a cell: none of the ways in which engines say so."""
    if value is None:
        return True
    if isinstance(value, str):
        return not cleaned(value)
    if isinstance(value, Decimal):
        return value.is_nan()
    if isinstance(value, Iterable):
        return False
    try:
        # Not a number, and no time, are not even equal to themselves.
        return bool(value != value)  # noqa: PLR0124
    except Exception:
        # pandas' NA is neither equal to itself nor unequal.
        return type(value).__name__ == "NAType"


def as_written(value: Any) -> str:
    """A cell as it can be shown: texts as they are, days and numbers as people write them."""
    if isinstance(value, str):
        return one_line(value) or shown(value)
    if isinstance(value, Decimal):
        is_short = value.is_finite() and len(value.as_tuple().digits) + abs(value.adjusted()) < 100
        return f"{value:f}" if is_short else str(value)
    if isinstance(value, date):
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
    if not hasattr(value, "dtype") or getattr(value, "ndim", None) != 0:
        return value
    item = value.item()
    form = FORMS_OF_FLOATS.get(getattr(value.dtype, "itemsize", 0)) if type(item) is float else None
    return item if form is None else shortest(item, form)


FORMS_OF_FLOATS: Mapping[int, str] = {2: "e", 4: "f"}
"""How ``struct`` names floats that are shorter than Python's, by their bytes."""


def shortest(value: float, form: str) -> float:
    """Of a float that was shorter, the one that is written with as few digits as it was.

    >>> shortest(0.10000000149011612, "f")
    0.1
    """
    if not math.isfinite(value):
        return value
    of_digits = (float(f"{value:.{digits}g}") for digits in range(1, 10))
    packed = struct.pack(form, value)
    return next((each for each in of_digits if _packed(each, form) == packed), value)


def _packed(value: float, form: str) -> bytes:
    # Rounded up, the greatest can be beyond what the form holds.
    with suppress(OverflowError):
        return struct.pack(form, value)
    return b""


Note: TypeAlias = Callable[[str, str], None]
"""What is told what a cell says, and what it was read as."""


_MAXIMUM_EXACT_FLOAT = 2**53
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")


def text_of(value: Any, note: Note) -> str:
    """A text, or a whole number as one."""
    if isinstance(value, str):
        if not is_utf8(value):
            raise unreadable(Finding.GARBLED, as_written(value))
        text = cleaned(value)
        if text != value:
            note(value, text)
        return text
    number = _whole(value)
    if number is None or abs(number) >= 10**MAXIMUM_ID_LENGTH:
        raise unreadable(Finding.NO_TEXT, as_written(value))
    return str(number)


def id_of_rule(value: Any, note: Note) -> str:
    """The id of a rule, which no number can be."""
    if not isinstance(value, str):
        raise unreadable(Finding.NO_ID_OF_RULE, as_written(value))
    return text_of(value, note)


def _whole(value: Any) -> int | None:
    """A whole number of any engine; None where it is none."""
    if isinstance(value, float):
        # Where a column has blanks, some engines make floats of whole numbers. Beyond these bounds
        # several whole numbers are one float.
        is_exact = value.is_integer() and abs(value) <= _MAXIMUM_EXACT_FLOAT
        return int(value) if is_exact else None
    if isinstance(value, Decimal):
        is_whole = value.is_finite() and value.adjusted() < MAXIMUM_ID_LENGTH
        return int(value) if is_whole and value == int(value) else None
    return value if type(value) is int else None


def _number_in(value: str, note: Note) -> str | None:
    """The number that a text writes out, as a text; None where it writes out none."""
    if has_odd_digits(value):
        return None
    text = text_of(value, note)
    return text if _NUMBER.fullmatch(text) else None


def has_odd_digits(text: str) -> bool:
    """Whether a text has digits in other than their places, such as a raised one for a footnote.

    The normal form has them in the line, where they would make another number.

    >>> has_odd_digits("1²"), has_odd_digits("１2")
    (True, False)
    """
    return not text.isascii() and any(
        each.isnumeric() and not each.isdecimal() and unicodedata.normalize("NFKC", each) != each
        for each in text
    )


def count_of(value: Any, note: Note) -> int:
    """A whole number."""
    given: Any = value
    if isinstance(value, str):
        text = _number_in(value, note)
        given = None if text is None else Decimal(text)
    number = _whole(given)
    if number is None:
        raise unreadable(Finding.NO_WHOLE_NUMBER, as_written(value))
    return number


def points_of(value: Any, note: Note) -> Decimal:
    """An exact number; of a float the shortest decimal that makes it, which is what was written."""
    given: Any = value
    if isinstance(value, str):
        given = _number_in(value, note)
    elif isinstance(value, float):
        given = repr(float(value))
    elif not isinstance(value, Decimal):
        given = _whole(value)
    number = Decimal("NaN" if given is None else given)
    if not number.is_finite():
        raise unreadable(Finding.NO_NUMBER, as_written(value))
    try:
        return canonical(number)
    except DecimalException:
        raise unreadable(Finding.TOO_LONG_A_NUMBER, as_written(value)) from None


def kind_of(value: Any, note: Note) -> str:
    """The kind of an act: ``"violation"`` or ``"merit"``, from a word in any language."""
    kind = KINDS.get(text_of(value, note).casefold())
    if kind is None:
        raise unreadable(Finding.NO_KIND, as_written(value), KINDS_ALLOWED)
    return kind


def note_of(value: Any, note: Note) -> str:
    """Anything for the reader, as it is written."""
    return str(value) if isinstance(value, str) else text_of(value, note)


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


# A backslash at the very end has nothing to stand before.
_PIECES = re.compile(r"((?:\\.|[^;])*)(?:;|$)")
_SMALLER = re.compile("[,、/|]")
_NO_LISTS = (str, bytes, bytearray, memoryview, Mapping)


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
        ids: set[str] = set()
        errors: list[CellError] = []
        for name in self._in(value, note):
            try:
                ids.add(self._one(name))
            except CellError as error:
                errors.append(error)
                if len(errors) == MAXIMUM_PROBLEMS:
                    break
        if errors:
            errors[0].others = tuple(errors[1:])
            raise errors[0]
        return frozenset(ids)

    def _in(self, value: Any, note: Note) -> Iterable[str]:
        """The names of circumstances in a cell, each once."""
        # Of a mapping, such as one from circumstances to True and False, not all names are meant.
        if isinstance(value, _NO_LISTS) or not is_iterable(value):
            return self._in_text(text_of(value, note))
        items = (unboxed(each) for each in value)
        return dict.fromkeys(text_of(each, note) for each in items if not is_blank(each))

    def _in_text(self, text: str) -> Iterable[str]:
        # What the library wrote comes first, since a name can look like several others.
        parts = dict.fromkeys(apart(text))
        if all(map(self._names, parts)):
            return parts
        return (text,) if self._names(text) else dict.fromkeys(self._parts(text))

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
            raise unreadable(Finding.SEVERAL_CIRCUMSTANCES, text, ", ".join(ids))
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
