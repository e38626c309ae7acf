"""Fields: what is natural is taken, and what does not fit is refused in words."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmappraisal import FieldError
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    MAXIMUM_SHOWN_LENGTH,
    as_ids,
    as_moment,
    as_tuple,
    did_you_mean,
    identifiers,
    is_date,
    is_identifier,
    is_line,
    is_moment,
    is_utf8,
    one_line,
    prose,
    require,
    require_moment,
    shown,
    tuple_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
BEIJING = timezone(timedelta(hours=8))


class Unshowable:
    def __repr__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        ("客戶", "'客戶'"),
        ("\ud800", "'\\ud800'"),
        (Unshowable(), "<Unshowable that cannot be shown>"),
        (10**10_000, "<int that cannot be shown>"),
        ("x" * 200, "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 1) + "..."),
        ("x" * (MAXIMUM_SHOWN_LENGTH - 2), "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 2) + "'"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_any_value_can_be_shown(value: object, text: str) -> None:
    assert shown(value) == text
    assert shown(value).encode()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("as it is", "as it is"),
        ("  one\n\ntwo\r\nthree\t", "one two three"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("abc\u202edcb\u2066x", "abc dcb x"),
        ("\x00\ud800", ""),
    ],
)
def test_any_text_fits_on_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


def test_a_misspelt_id_has_a_remedy() -> None:
    assert did_you_mean("3.99", ["3.9", "1.1"]) == '; did you mean "3.9"?'
    assert did_you_mean("hello", ["3.9", "1.1"]) == ""


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("V-1", True),
        ("客戶經理 7", True),
        ("x" * MAXIMUM_ID_LENGTH, True),
        ("x" * (MAXIMUM_ID_LENGTH + 1), False),
        ("", False),
        (" ", False),
        (" V-1", False),
        ("V-1\n", False),
        ("V\n1", False),
        ("V\x001", False),
        ("V\u20281", False),
        ("V\u202e1", False),
        ("V\ud8001", False),
        ("a\xa0b", True),
        (5, False),
        (None, False),
        (b"V-1", False),
    ],
)
def test_an_id_is_a_short_trimmed_line(value: object, fits: bool) -> None:
    assert is_identifier(value) == fits


def test_a_line_may_be_longer_than_an_id() -> None:
    assert is_line("x" * (MAXIMUM_ID_LENGTH + 1))


@pytest.mark.parametrize(
    ("value", "fits"), [("", True), ("a\nb", True), ("\ud800", False), (5, False)]
)
def test_prose_has_a_utf8_form(value: object, fits: bool) -> None:
    assert is_utf8(value) == fits


@pytest.mark.parametrize("value", ["", " \n", "\ud800", None])
def test_a_reason_has_words_in_it(value: object) -> None:
    @attrs.frozen
    class Reasoned:
        reason: object = attrs.field(validator=prose)

    assert Reasoned("a reason\nin two lines").reason
    with pytest.raises(FieldError, match=r"Reasoned: reason is .*; allowed: a string with words"):
        Reasoned(value)


def test_a_date_is_no_moment_and_a_moment_has_a_zone() -> None:
    assert is_date(date(2025, 3, 4))
    assert not is_date(datetime(2025, 3, 4, tzinfo=UTC))
    assert is_moment(datetime(2025, 3, 4, tzinfo=UTC))
    assert is_moment(datetime(2025, 3, 4, tzinfo=BERLIN))
    for value in (datetime(2025, 3, 4), date(2025, 3, 4), "2025-03-04", None):  # noqa: DTZ001
        assert not is_moment(value)


def test_a_moment_has_a_form_in_utc() -> None:
    assert is_moment(datetime.min.replace(tzinfo=UTC))
    assert not is_moment(datetime.min.replace(tzinfo=BEIJING))
    assert not is_moment(datetime.max.replace(tzinfo=timezone(-timedelta(hours=8))))


def test_the_hour_that_a_clock_repeats_keeps_its_order() -> None:
    early = datetime(2025, 10, 26, 2, 50, tzinfo=BERLIN)
    late = datetime(2025, 10, 26, 2, 10, tzinfo=BERLIN, fold=1)
    assert late < early, "datetimes of one zone compare by the clock on the wall"
    assert as_moment(early) < as_moment(late)
    assert as_moment(late).isoformat() == "2025-10-26T02:10:00+01:00"
    assert as_moment(early).date() == early.date()


def test_what_is_no_moment_is_handed_on() -> None:
    naive = datetime(2025, 3, 4)  # noqa: DTZ001
    noon = datetime(2025, 3, 4, 12, tzinfo=BEIJING)
    assert as_moment(naive) is naive
    assert as_moment(noon) is noon
    assert require_moment("there", "as_of", noon) is noon
    with pytest.raises(FieldError, match=r"there: as_of is None; allowed: a datetime with a time"):
        require_moment("there", "as_of", None)  # type: ignore[arg-type]


def test_an_argument_that_does_not_fit_is_refused() -> None:
    require("score", "manager", "RM-01", True, "an id")
    with pytest.raises(FieldError, match=r"^score: manager is 5; allowed: an id$") as caught:
        require("score", "manager", 5, False, "an id")
    error = caught.value
    assert (error.owner, error.field, error.given, error.allowed) == (
        "score",
        "manager",
        "5",
        "an id",
    )


def generated() -> Iterator[str]:
    yield "a"
    yield "b"


@pytest.mark.parametrize("convert", [as_tuple, as_ids])
@pytest.mark.parametrize("value", [["a", "b"], ("a", "b"), generated, {"a": 1, "b": 2}.keys()])
def test_collections_take_any_iterable(convert: Callable[[Any], Any], value: Any) -> None:
    taken = convert(value() if callable(value) else value)
    assert sorted(taken) == ["a", "b"]
    assert isinstance(taken, (tuple, frozenset))


@pytest.mark.parametrize("convert", [as_tuple, as_ids])
@pytest.mark.parametrize("value", ["ab", b"ab", {"a": 1}, 5, None])
def test_what_is_no_collection_is_handed_on(convert: Callable[[Any], Any], value: object) -> None:
    assert convert(value) is value


def test_elements_that_no_set_can_hold_are_handed_on() -> None:
    assert as_ids([["a"], ["b"]]) == (["a"], ["b"])  # type: ignore[list-item, comparison-overlap]


@pytest.mark.parametrize(
    ("value", "fits"), [({"a"}, True), ([], True), (["a", 5], False), ([[]], False), ("a", False)]
)
def test_a_set_of_ids_holds_ids(value: object, fits: bool) -> None:
    @attrs.frozen
    class Holder:
        id: str
        found: object = attrs.field(converter=as_ids, validator=identifiers("things"))

    if fits:
        assert isinstance(Holder("H", value).found, frozenset)  # type: ignore[arg-type]
        return
    with pytest.raises(FieldError, match=r'^Holder "H": found is .*; allowed: a set or list of th'):
        Holder("H", value)  # type: ignore[arg-type]


def test_a_tuple_of_one_type_holds_nothing_else() -> None:
    @attrs.frozen
    class Holder:
        found: object = attrs.field(validator=tuple_of(int, "a list of int"))

    assert Holder((1, 2)).found == (1, 2)
    for value in ([1], (1, "2"), None):
        with pytest.raises(FieldError, match=r"^Holder: found is .*; allowed: a list of int$"):
            Holder(value)
