"""Fields: natural input is taken, and what does not fit is rejected in words."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from dateutil import tz

from cmappraisal import FieldError, PendingAppeals, Problem, ProblemCode, Tenure
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.fields import (
    MAXIMUM_ID_LENGTH,
    as_choice,
    as_date,
    as_id_tuple,
    as_ids,
    as_moment,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    checked,
    choice_of,
    id_tuple,
    identifier,
    identifier_allowed,
    identifiers,
    instance_of,
    is_date,
    is_identifier,
    is_int,
    is_line,
    is_moment,
    is_tuple_of,
    is_utf8,
    line,
    optional_identifier,
    optional_prose,
    prose,
    require,
    require_all,
    require_elements,
    require_moment,
    tuple_of,
)
from cmappraisal.showing import one_line, shown

BERLIN = ZoneInfo("Europe/Berlin")
BEIJING = timezone(timedelta(hours=8))


class DateOfACaller(date):
    pass


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
        ("a b", True),
        ("a\xa0b", False),
        ("\U0002f81a", False),
        ("e\u0301", False),
        ("é", True),
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


def test_an_argument_that_does_not_fit_is_rejected() -> None:
    require("score", "manager", "RM-01", True, "an id")
    with pytest.raises(FieldError, match=r"^score: manager is 5; allowed: an id$") as caught:
        require("score", "manager", 5, False, "an id")
    assert caught.value.subject == "score"
    assert caught.value.problems == (
        Problem("$.manager", ProblemCode.NOT_ALLOWED, "5; allowed: an id"),
    )


def test_all_arguments_that_do_not_fit_are_in_one_error() -> None:
    fitting, wrong = ("a", 1, True, "an int"), ("b", None, False, "an int")
    require_all("there", fitting)
    with pytest.raises(FieldError) as caught:
        require_all("there", fitting, wrong, ("c", "x", False, "an id"))
    assert str(caught.value) == (
        "there: 2 problems:\n- b is None; allowed: an int\n- c is 'x'; allowed: an id"
    )
    with pytest.raises(FieldError) as caught:
        require_all("there", *[wrong] * (MAXIMUM_PROBLEMS + 5))
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 5)


def test_elements_that_do_not_fit_are_named_by_their_index() -> None:
    require_elements("there", "values", (1, "a"), (int, str))
    with pytest.raises(FieldError, match=r"^there: values is None; allowed: a list of int, str$"):
        require_elements("there", "values", None, (int, str))
    with pytest.raises(FieldError) as caught:
        require_elements("there", "values", (1, None, True, "a"), (int, str))
    assert [problem.path for problem in caught.value.problems] == ["$.values[1]", "$.values[2]"]


def generated() -> Iterator[str]:
    yield "a"
    yield "b"


@pytest.mark.parametrize("convert", [as_tuple, as_ids])
@pytest.mark.parametrize("value", [["a", "b"], ("a", "b"), generated, {"a": 1, "b": 2}.keys()])
def test_collections_take_any_iterable(convert: Callable[[Any], Any], value: Any) -> None:
    taken = convert(value() if callable(value) else value)
    assert sorted(taken) == ["a", "b"]
    assert isinstance(taken, (tuple, frozenset))


@pytest.mark.parametrize("convert", [as_tuple, as_id_tuple])
@pytest.mark.parametrize("value", [{"a", "b"}, frozenset({"a", "b"})])
def test_where_order_decides_a_set_is_handed_on(convert: Callable[[Any], Any], value: Any) -> None:
    assert convert(value) is value
    assert as_ids(value) == frozenset({"a", "b"})


def test_equal_sets_of_short_ids_are_one() -> None:
    assert as_ids(["a", "b"]) is as_ids(frozenset({"b", "a"})) is as_ids(["b", "a", "b"])


def test_a_long_frozenset_of_plain_ids_is_kept_by_whoever_has_it_alone() -> None:
    for kept in (frozenset(map(str, range(1_000))), frozenset({"a" * 1_000})):
        assert as_ids(kept) is kept
        assert as_ids(sorted(kept)) is not as_ids(sorted(kept))


@pytest.mark.parametrize("convert", [as_tuple, as_ids, as_id_tuple])
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


ID = "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"


@pytest.mark.parametrize(
    ("validator", "taken", "rejected", "allowed"),
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
    validator: Any, taken: list[object], rejected: list[object], allowed: str
) -> None:
    @attrs.frozen
    class Holder:
        found: object = attrs.field(validator=validator)

    for value in taken:
        assert Holder(value).found is value
    for value in rejected:
        with pytest.raises(FieldError) as caught:
            Holder(value)
        assert str(caught.value) == f"Holder: found is {shown(value)}; allowed: {allowed}"


def test_an_error_names_the_id_of_what_is_rejected() -> None:
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
    "\u200b\u200e\u061c\ufeff\u2060\xad\U000e0041\u206a\u3164",
    ids=ascii,
)
def test_what_does_not_show_is_no_part_of_a_line(mark: str) -> None:
    assert not is_line(f"RM{mark}01")
    assert not is_identifier(f"RM{mark}01")
    assert one_line(f"RM{mark}01") == "RM 01"


@pytest.mark.parametrize(
    "mark",
    [
        *"\u200c\u200d\u180b\u180e\u180f\u2065\u034f\u115f\u17b4\ufe0f\U000e0100\U0001d173",
        *"\xa0\u1680\u2003\u202f\u205f\u3000\u2800",
    ],
    ids=ascii,
)
def test_what_makes_ids_look_alike_is_no_part_of_one(mark: str) -> None:
    assert not is_identifier(f"客{mark}戶")
    assert identifier_allowed(f"客{mark}戶") == (
        f"{ID}; this one has U+{ord(mark):04X}, which makes ids look alike"
    )


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("２.１", "2.1"),
        ("ＲＭ", "RM"),
        ("ﬁle", "file"),
        ("e\u0301", "é"),
        ("①", "1"),
        ("㈱", "(株)"),
    ],
)
def test_an_id_is_in_its_normal_form_and_the_error_has_it(given: str, normal: str) -> None:
    assert not is_identifier(given)
    assert is_identifier(normal)
    assert identifier_allowed(given) == f"{ID}; the normal form of this one is {normal!r}"
    assert identifier_allowed(normal) == ID


@pytest.mark.parametrize("value", [["２.１"], ("a", "２.１"), {"２.１"}])
def test_of_several_ids_the_one_with_a_flaw_is_named(value: Any) -> None:
    @attrs.frozen
    class Holder:
        ids: frozenset[str] = attrs.field(converter=as_ids, validator=identifiers("things"))

    with pytest.raises(FieldError, match=r"a set or list of things; the normal form .* is '2\.1'$"):
        Holder(value)


def test_ids_in_an_order_are_each_there_once() -> None:
    @attrs.frozen
    class Holder:
        some: object = attrs.field(converter=as_id_tuple, validator=id_tuple("things", empty=False))

    assert Holder(iter(["b", "a"])).some == ("b", "a")
    values: list[Any] = [[], ["a", "a"], {"a"}, "a", [5], None]
    for value in values:
        with pytest.raises(FieldError) as caught:
            Holder(value)
        assert "; allowed: a non-empty list of things, none of them twice" in str(caught.value)


def test_a_choice_is_a_member_or_its_value() -> None:
    def member(value: Any) -> Any:
        return as_choice(PendingAppeals)(value)

    @attrs.frozen
    class Holder:
        choice: Any = attrs.field(converter=member, validator=choice_of(PendingAppeals))

    assert Holder("suspend").choice is PendingAppeals.SUSPEND
    assert Holder(PendingAppeals.SUSPEND).choice is PendingAppeals.SUSPEND
    assert Holder(Loud("suspend")).choice is PendingAppeals.SUSPEND
    for value in ("SUSPEND", "", None, 5, PendingAppeals):
        with pytest.raises(FieldError) as caught:
            Holder(value)
        assert str(caught.value).endswith(
            'allowed: PendingAppeals.COUNT or "count", PendingAppeals.SUSPEND or "suspend"'
        )


def test_every_field_that_does_not_fit_is_in_one_error() -> None:
    @attrs.frozen
    class Holder:
        id: object = attrs.field(validator=identifier)
        one: object = attrs.field(validator=boolean)
        two: object = attrs.field(validator=[boolean, checked(bool, "True")])
        three: object = attrs.field(default=0)
        four: object = attrs.field(default=True, validator=boolean)

    for values, wrong in (
        (("H", 1, True), ["one"]),
        (("H", 1, 1), ["one", "two"]),
        (("H", True, False), ["two"]),
        (("", 1, 1, 1, 1), ["id", "one", "two", "four"]),
        (("", True, True, 1, 1), ["id", "four"]),
    ):
        with pytest.raises(FieldError) as caught:
            Holder(*values)
        assert [problem.path for problem in caught.value.problems] == [
            f"$.{name}" for name in wrong
        ]
        subject = "Holder" if "id" in wrong else 'Holder "H"'
        assert caught.value.subject == subject


def test_a_field_that_compares_itself_with_a_wrong_one_is_left_out_of_the_error() -> None:
    def above_low(instance: Any, attribute: Any, value: Any) -> None:
        if value <= instance.low:
            raise AssertionError("not met here")

    @attrs.frozen
    class Holder:
        low: Any = attrs.field(validator=instance_of(int, allowed="an int"))
        high: Any = attrs.field(validator=above_low)
        last: Any = attrs.field(validator=boolean)

    with pytest.raises(FieldError) as caught:
        Holder("1", 2, None)
    assert [problem.path for problem in caught.value.problems] == ["$.low", "$.last"]


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


def test_an_offset_is_of_whole_seconds() -> None:
    assert is_moment(datetime(2025, 3, 4, tzinfo=timezone(timedelta(seconds=1))))
    assert not is_moment(datetime(2025, 3, 4, tzinfo=timezone(timedelta(microseconds=1))))


def test_what_follows_an_id_that_is_too_long_is_not_read() -> None:
    longest = "x" * MAXIMUM_ID_LENGTH
    assert identifier_allowed(f"{longest}\u200b").endswith("which makes ids look alike")
    assert identifier_allowed(f"{longest}x\u200b") == identifier_allowed(longest)


def test_a_tuple_of_one_type_is_no_list_and_has_nothing_else() -> None:
    tenure = Tenure("RM-01", "north")
    assert is_tuple_of((tenure, tenure), Tenure)
    assert is_tuple_of((), Tenure)
    for other in ([tenure], (5,), None, tenure):
        assert not is_tuple_of(other, Tenure)
