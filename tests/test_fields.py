"""Fields: what is natural is taken, and what does not fit is refused in words."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from dateutil import tz

from cmappraisal import FieldError
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    MAXIMUM_SHOWN_LENGTH,
    as_date,
    as_ids,
    as_moment,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    did_you_mean,
    identifier,
    identifiers,
    instance_of,
    is_date,
    is_identifier,
    is_int,
    is_line,
    is_moment,
    is_utf8,
    line,
    one_line,
    optional_identifier,
    optional_prose,
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


class ShownAsNumber:
    def __repr__(self) -> str:
        return 5  # type: ignore[return-value]


class DateOfACaller(date):
    pass


class Bottomless:
    def __repr__(self) -> str:
        return repr([self])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5, "5"),
        ("客戶", "'客戶'"),
        ("\ud800", "'\\ud800'"),
        ("a\nb\u202ec", r"'a\nb\u202ec'"),
        (Unshowable(), "<Unshowable that cannot be shown>"),
        (ShownAsNumber(), "<ShownAsNumber that cannot be shown>"),
        (Bottomless(), "<Bottomless that cannot be shown>"),
        (10**10_000, "<int that cannot be shown>"),
        ("x" * 200, "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 1) + "..."),
        ("x" * (MAXIMUM_SHOWN_LENGTH - 2), "'" + "x" * (MAXIMUM_SHOWN_LENGTH - 2) + "'"),
    ],
    ids=shown,
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
        ("V\x7f1", False),
        ("V\x851", False),
        ("V\u20281", False),
        ("V\u20291", False),
        ("V\ud8001", False),
        ("V-1\u3000", False),
        ("a\xa0b", True),
        ("\U0002f81a", True),
        ("e\u0301", True),
        (5, False),
        (None, False),
        (b"V-1", False),
    ],
)
def test_an_id_is_a_short_trimmed_line(value: object, fits: bool) -> None:
    assert is_identifier(value) == fits


@pytest.mark.parametrize(
    "control", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ids=ascii
)
def test_what_reorders_a_line_on_the_screen_is_no_part_of_it(control: str) -> None:
    assert not is_line(f"V{control}1")
    assert one_line(f"V{control}1") == "V 1"


def test_a_line_may_be_longer_than_an_id() -> None:
    assert is_line("x" * (MAXIMUM_ID_LENGTH + 1))


@pytest.mark.parametrize(
    ("value", "fits"), [("", True), ("a\nb", True), ("\ud800", False), (5, False)]
)
def test_prose_has_a_utf8_form(value: object, fits: bool) -> None:
    assert is_utf8(value) == fits


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        (1, True),
        (12, True),
        (0, False),
        (13, False),
        (True, False),
        (1.0, False),
        ("1", False),
        (Decimal(1), False),
        (None, False),
    ],
)
def test_an_int_is_within_its_bounds_and_no_bool(value: object, fits: bool) -> None:
    assert is_int(value, 1, 12) == fits


def test_an_int_may_have_one_bound_or_none() -> None:
    assert is_int(-(10**10_000))
    assert is_int(10**10_000, 1)
    assert not is_int(0, 1)
    assert is_int(-1, most=0)
    assert not is_int(1, most=0)


def test_a_date_is_no_moment_and_a_moment_has_a_zone() -> None:
    assert is_date(date(2025, 3, 4))
    assert is_date(DateOfACaller(2025, 3, 4))
    for moment in (datetime(2025, 3, 4, tzinfo=UTC), "2025-03-04", 20250304, None):
        assert not is_date(moment)
    assert is_moment(datetime(2025, 3, 4, tzinfo=UTC))
    assert is_moment(datetime(2025, 3, 4, tzinfo=BERLIN))
    for value in (datetime(2025, 3, 4), date(2025, 3, 4), "2025-03-04", None):  # noqa: DTZ001
        assert not is_moment(value)


def test_a_moment_has_a_form_in_utc() -> None:
    assert is_moment(datetime.min.replace(tzinfo=UTC))
    assert not is_moment(datetime.min.replace(tzinfo=BEIJING))
    assert not is_moment(datetime.min.replace(tzinfo=ZoneInfo("Asia/Shanghai")))
    assert not is_moment(datetime.max.replace(tzinfo=timezone(-timedelta(hours=8))))
    assert not is_moment(datetime.max.replace(tzinfo=ZoneInfo("America/New_York")))


def test_the_hour_that_a_clock_repeats_keeps_its_order() -> None:
    early = datetime(2025, 10, 26, 2, 50, tzinfo=BERLIN)
    late = datetime(2025, 10, 26, 2, 10, tzinfo=BERLIN, fold=1)
    assert late < early, "datetimes of one zone compare by the clock on the wall"
    assert as_moment(early) < as_moment(late)
    assert as_moment(late).isoformat() == "2025-10-26T02:10:00+01:00"
    assert as_moment(late).fold == 0
    assert as_moment(early) - as_moment(late) == timedelta(minutes=-20)


@pytest.mark.parametrize(
    ("fold", "moment"),
    [(0, "2025-10-26T02:30:00+02:00"), (1, "2025-10-26T02:30:00+01:00")],
    ids=["first time", "second time"],
)
def test_a_repeated_hour_keeps_its_moment_and_its_local_date(fold: int, moment: str) -> None:
    given = datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=fold)
    taken = as_moment(given)
    assert taken.isoformat() == moment
    assert taken.timestamp() == given.timestamp()
    assert taken.date() == given.date()


def test_a_repeated_hour_of_a_zone_of_dateutil_keeps_its_moment_too() -> None:
    berlin = tz.gettz("Europe/Berlin")
    first, second = (
        as_moment(datetime(2025, 10, 26, 2, 30, tzinfo=berlin, fold=fold)) for fold in (0, 1)
    )
    assert first.isoformat() == "2025-10-26T02:30:00+02:00"
    assert second.isoformat() == "2025-10-26T02:30:00+01:00"


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        (datetime(2025, 3, 30, 2, 30, tzinfo=BERLIN), "2025-03-30T02:30:00+01:00"),
        (datetime(2025, 12, 31, 23, 59, tzinfo=BERLIN), "2025-12-31T23:59:00+01:00"),
        (datetime(2025, 1, 1, tzinfo=ZoneInfo("UTC")), "2025-01-01T00:00:00+00:00"),
        (datetime(1900, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai")), "1900-01-01T00:00:00+08:05:43"),
    ],
    ids=["an hour that the clock skips", "the end of a year", "UTC by name", "local mean time"],
)
def test_a_moment_keeps_what_the_clock_on_the_wall_said(given: datetime, moment: str) -> None:
    assert as_moment(given).isoformat() == moment
    assert isinstance(as_moment(given).tzinfo, timezone)


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


@pytest.mark.parametrize("convert", [as_tuple, as_ids])
def test_an_error_of_the_callers_own_generator_stays_the_callers(
    convert: Callable[[Any], Any],
) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise RuntimeError("the query failed")

    with pytest.raises(RuntimeError, match=r"^the query failed$"):
        convert(broken())


def test_elements_that_no_set_can_hold_are_handed_on() -> None:
    assert as_ids([["a"], ["b"]]) == (["a"], ["b"])  # type: ignore[list-item, comparison-overlap]


ID = "a non-empty string of at most 200 characters on one line, without spaces around it"


@pytest.mark.parametrize(
    ("validator", "taken", "refused", "allowed"),
    [
        (identifier, ["V-1"], ["", " V-1", 5, None], ID),
        (optional_identifier, ["V-1", None], ["", "V\n1", 5], f"None, or {ID}"),
        (
            line,
            ["x" * 1000],
            ["", "a\nb", None, b"a"],
            "a non-empty string on one line, without spaces around it",
        ),
        (
            prose,
            ["a reason\nin two lines"],
            ["", " \n", "\ud800", None],
            "a string with words in it",
        ),
        (optional_prose, ["", "a\nb"], ["\ud800", None, 5], "a string, which may be empty"),
        (boolean, [True, False], [0, 1, None, "True"], "True or False"),
        (
            instance_of(int, str, allowed="an int or a string"),
            [5, "5"],
            [5.0, None],
            "an int or a string",
        ),
        (
            tuple_of(int, "a list of int"),
            [(), (1, 2)],
            [[1], (1, "2"), None],
            "a list of int",
        ),
        (
            identifiers("things"),
            [frozenset(), frozenset({"a", "b"})],
            [{"a"}, frozenset({"a", 5}), frozenset({"a", ""}), ("a",), "a", None],
            "a set or list of things",
        ),
    ],
    ids=[
        "identifier",
        "optional_identifier",
        "line",
        "prose",
        "optional_prose",
        "boolean",
        "instance_of",
        "tuple_of",
        "identifiers",
    ],
)
def test_a_validator_takes_what_fits_and_says_what_is_allowed_otherwise(
    validator: Any, taken: list[object], refused: list[object], allowed: str
) -> None:
    @attrs.frozen
    class Holder:
        found: object = attrs.field(validator=validator)

    for value in taken:
        assert Holder(value).found is value
    for value in refused:
        with pytest.raises(FieldError) as caught:
            Holder(value)
        assert str(caught.value) == f"Holder: found is {shown(value)}; allowed: {allowed}"


def test_a_refusal_names_the_id_of_what_it_refuses() -> None:
    @attrs.frozen
    class Holder:
        id: object = attrs.field(validator=identifier)
        found: object = attrs.field(default=True, validator=boolean)

    with pytest.raises(FieldError) as caught:
        Holder("H-1", 5)
    assert str(caught.value) == 'Holder "H-1": found is 5; allowed: True or False'
    with pytest.raises(FieldError) as caught:
        Holder(" H-1")
    assert str(caught.value) == f"Holder: id is ' H-1'; allowed: {ID}"


class Loud(str):
    """A string whose own str() is another."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


def test_any_string_becomes_a_plain_one() -> None:
    assert as_text(Loud("a")) == "a"
    assert type(as_text(Loud("a"))) is str
    assert as_text(5) == 5  # type: ignore[arg-type, comparison-overlap]
    assert as_optional_text(None) is None
    assert type(as_optional_text(Loud("a"))) is str
    (only,) = as_ids(frozenset({Loud("a")}))
    assert (only, type(only)) == ("a", str)


@pytest.mark.parametrize(
    "mark",
    ["\u200b", "\u200e", "\u061c", "\ufeff", "\u2060", "\xad", "\U000e0041", "\u206a", "\u3164"],
)
def test_what_does_not_show_is_no_part_of_an_id(mark: str) -> None:
    assert not is_identifier(f"RM{mark}01")
    assert one_line(f"RM{mark}01") == "RM 01"


def test_a_foreign_repr_cannot_break_a_message() -> None:
    class Broken:
        def __repr__(self) -> str:
            return "a\nb\u202ec"

    assert shown(Broken()) == "a b c"


class Stamp(datetime):
    """A datetime with a form of its own, as dataframes have them."""

    def isoformat(self, sep: str = "T", timespec: str = "auto") -> str:
        return f"{super().isoformat(sep, timespec)} and 789 ns"


class NoTime(datetime):
    """A datetime that is no time, as dataframes have them for what is missing."""

    def utcoffset(self) -> timedelta | None:
        raise ValueError


class Broken(tzinfo):
    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(hours=30)

    def dst(self, moment: datetime | None) -> None:
        return None

    def tzname(self, moment: datetime | None) -> str:
        return "broken"


def test_a_moment_of_another_kind_becomes_a_plain_one() -> None:
    plain = as_moment(Stamp(2025, 3, 4, 12, tzinfo=BEIJING))
    assert type(plain) is datetime
    assert plain.isoformat() == "2025-03-04T12:00:00+08:00"


@pytest.mark.parametrize(
    "value",
    [NoTime(2025, 3, 4, tzinfo=UTC), datetime(2025, 3, 4, tzinfo=Broken())],
    ids=["no time", "a broken zone"],
)
def test_a_moment_that_fails_by_itself_is_none(value: datetime) -> None:
    assert not is_moment(value)
    assert as_moment(value) is value


def test_a_date_of_another_kind_becomes_a_plain_one() -> None:
    class Day(date):
        def isoformat(self) -> str:
            return "02/03/2025"

    plain = as_date(Day(2025, 3, 2))
    assert (type(plain), plain.isoformat()) == (date, "2025-03-02")
    moment = datetime(2025, 3, 2, tzinfo=UTC)
    assert as_date(moment) is moment
    assert as_date(None) is None  # type: ignore[arg-type]


def test_what_cannot_be_iterated_over_after_all_is_no_collection() -> None:
    class Single:
        def __iter__(self) -> Iterator[str]:
            raise TypeError

    single = Single()
    assert as_tuple(single) is single  # type: ignore[comparison-overlap]
    assert as_ids(single) is single  # type: ignore[comparison-overlap]


def test_what_is_too_long_to_compare_has_no_remedy() -> None:
    known = [f"rule-{number:04}" for number in range(1000)]
    assert did_you_mean("rule-0001x", known[:10]) == '; did you mean "rule-0001"?'
    assert did_you_mean("rule-0001x", known) == ""


def test_an_offset_is_of_whole_seconds() -> None:
    assert is_moment(datetime(2025, 3, 4, tzinfo=timezone(timedelta(seconds=1))))
    assert not is_moment(datetime(2025, 3, 4, tzinfo=timezone(timedelta(microseconds=1))))
