"""Readings: every row of a table is recorded, or reported with all that is wrong with it."""

import random
import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from string import digits
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Assessed,
    Edition,
    Editions,
    FieldError,
    GoverningEdition,
    Ledger,
    LedgerError,
    Merit,
    Policy,
    ProblemCode,
    Rulebook,
    Violation,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.interop.tables import Reading, RowNote, RowProblem, ledger_from, rows
from cmappraisal.standards import Award, Unit
from engines import ENGINES
from misspellings import edited
from small_standards import book, declared, rule

AT = datetime(2025, 3, 4, tzinfo=timezone(timedelta(hours=8)))
WITHOUT_ZONE = datetime.fromisoformat("2025-03-02")
GOOD = {"id": "V-1", "manager": "RM-01", "rule": "2.1", "occurred_on": "2025-03-02"}
CHINESE = {
    "id": "編號",
    "manager": "客戶經理",
    "rule": "條款",
    "occurred_on": "日期",
    "circumstances": "情節",
    "quantity": "次數",
}


def read(*given: Any, **arguments: Any) -> Reading:
    return ledger_from(given, ERROR_POINTS, **{"at": AT, **arguments})


def one(**cells: Any) -> Violation:
    reading = read(GOOD | cells)
    assert reading.problems == ()
    (violation,) = reading.ledger.upheld()
    assert isinstance(violation, Violation)
    return violation


def wrong(**cells: Any) -> list[tuple[str | None, str]]:
    reading = read(GOOD | cells)
    assert len(reading.ledger) == 0
    assert reading.bad_rows == (1,)
    return [(problem.column, problem.code.value) for problem in reading.problems]


def test_a_row_becomes_an_entry() -> None:
    reading = read(GOOD, by="HR-1")
    expected = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    assert reading.ledger == Ledger().record(expected, at=AT, by="HR-1")
    assert (reading.problems, reading.notes, reading.rows, reading.unread) == ((), (), 1, ())


def test_chinese_headers_and_wordings_are_read_by_mapping() -> None:
    row = {
        "編號": "Ｖ－７",
        "客戶經理": "RM-01",
        "條款": "３．２ｂ",
        "日期": "２０２５年３月２日",
        "情節": "給本行帶來風險、不良影响；severe effect",
        "次數": "２",
        "分行": "北區",
    }
    reading = read(row, columns=CHINESE, date_formats=["%Y年%m月%d日"])
    assert reading.problems == ()
    assert reading.ledger.upheld() == (
        Violation(
            "V-7",
            "RM-01",
            rule="3.2b",
            occurred_on=date(2025, 3, 2),
            circumstances={"risk", "adverse-effect", "severe-effect"},
            quantity=2,
        ),
    )
    assert reading.unread == ("分行",)
    assert [(note.row, note.column, note.value, note.read_as) for note in reading.notes] == [
        (1, "編號", "Ｖ－７", "V-7"),
        (1, "條款", "３．２ｂ", "3.2b"),
        (1, "次數", "２", "2"),
        (
            1,
            "情節",
            "給本行帶來風險、不良影响；severe effect",
            "給本行帶來風險、不良影响;severe effect",
        ),
        (1, "日期", "２０２５年３月２日", "2025年3月2日"),
    ]
    assert str(reading.notes[0]) == "row 1, 編號: Ｖ－７ was read as V-7"
    assert reading.notes[0].in_language("zh-Hant") == "第1行，編號：「Ｖ－７」讀作「V-7」"


@pytest.mark.parametrize(
    "blank",
    [None, "", "  ", "\u3000", "\u200b", float("nan"), Decimal("NaN"), Decimal("sNaN")],
    ids=repr,
)
def test_blanks_are_blank_however_they_are_written(blank: Any) -> None:
    optional = ("quantity", "circumstances", "incident", "assessed_points", "found_on", "kind")
    assert one(**dict.fromkeys(optional, blank)) == one()
    assert wrong(manager=blank, rule=blank) == [("manager", "missing"), ("rule", "missing")]


@pytest.mark.parametrize(
    "day",
    [date(2025, 3, 2), WITHOUT_ZONE, datetime(2025, 3, 2, tzinfo=AT.tzinfo), "2025-3-2"],
    ids=str,
)
def test_days_come_in_many_forms(day: Any) -> None:
    assert one(occurred_on=day) == one()


def test_a_time_of_day_is_left_out_with_a_note() -> None:
    reading = read(GOOD | {"occurred_on": WITHOUT_ZONE.replace(hour=14, minute=30)})
    assert reading.ledger.upheld() == (one(),)
    assert str(reading.notes[0]) == "row 1, occurred_on: 2025-03-02 14:30:00 was read as 2025-03-02"


def test_a_time_of_day_in_a_text_is_left_out_with_a_note() -> None:
    formats = {"date_formats": ["%Y-%m-%d %H:%M", "%Y-%m-%d"]}
    reading = read(GOOD | {"occurred_on": "2025-03-02 14:30"}, **formats)
    assert reading.ledger.upheld() == (one(),)
    assert str(reading.notes[0]) == "row 1, occurred_on: 2025-03-02 14:30 was read as 2025-03-02"
    assert read(GOOD | {"occurred_on": "2025-03-02 00:00"}, **formats).notes == ()


ZONED = {"date_formats": ["%Y-%m-%dT%H:%M%z"]}


@pytest.mark.parametrize("moment", ["2025-03-01T16:00+0000", "2025-03-01T17:00+0000"])
@pytest.mark.parametrize("is_text", [True, False])
def test_a_moment_that_is_another_day_in_the_zone_of_the_entry_is_reported(
    moment: str, *, is_text: bool
) -> None:
    day = moment if is_text else datetime.fromisoformat(moment)
    (problem,) = read(GOOD | {"occurred_on": day}, **ZONED).problems
    assert problem.code is ProblemCode.NOT_ALLOWED
    assert problem.message.en.endswith(
        "is 2025-03-01 in its own time zone and 2025-03-02 in that of the entry; convert it, "
        "or give the day alone"
    )
    assert "按其時區是 2025-03-01" in problem.message.zh_hant


@pytest.mark.parametrize("moment", ["2025-03-02T00:00-0500", "2025-03-02T01:00+0000"])
def test_a_moment_that_is_the_same_day_in_the_zone_of_the_entry_is_read(moment: str) -> None:
    assert one(occurred_on=datetime.fromisoformat(moment)) == one()
    assert read(GOOD | {"occurred_on": moment}, **ZONED).ledger.upheld() == (one(),)


def test_summer_time_makes_no_other_day_in_the_zone_of_the_entry() -> None:
    london = ZoneInfo("Europe/London")
    moment = datetime(2025, 7, 1, 0, 30, tzinfo=london)
    reading = read(GOOD | {"occurred_on": moment}, at=datetime(2025, 12, 1, tzinfo=london))
    assert reading.ledger.upheld() == (
        Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 7, 1)),
    )


def test_a_moment_beyond_the_calendar_of_the_zone_of_the_entry_is_reported() -> None:
    moment = datetime(9999, 12, 31, 23, tzinfo=UTC)
    assert wrong(occurred_on=moment) == [("occurred_on", "not-allowed")]


@pytest.mark.parametrize("day", ["2 March", "2025-02-30", "2025-03-0²", 45718, 1.5, True])
def test_what_is_no_day_is_reported(day: Any) -> None:
    assert wrong(occurred_on=day) == [("occurred_on", "not-allowed")]


def test_a_day_that_two_formats_read_differently_is_reported() -> None:
    formats = {"date_formats": ["%d/%m/%Y", "%m/%d/%Y"]}
    (problem,) = read(GOOD | {"occurred_on": "02/03/2025"}, **formats).problems
    assert problem.message.en == (
        "02/03/2025 is another day in each of the formats: 2025-02-03, 2025-03-02"
    )
    assert read(GOOD | {"occurred_on": "02/02/2025"}, **formats).problems == ()
    assert read(GOOD | {"occurred_on": "28/02/2025"}, **formats).problems == ()


@pytest.mark.parametrize("two", [2, 2.0, "2", "２", Decimal("2.0"), "2.0"], ids=repr)
def test_quantities_are_whole_numbers(two: Any) -> None:
    assert one(quantity=two).quantity == 2


@pytest.mark.parametrize(
    "value",
    [
        *(0, 1.5, "two", True, float("inf"), 10**7, b"2", 2 + 0j, 1e300, Decimal("1E+999999")),
        # What Python reads as numbers, and people write for something else.
        *("1_000", "1²", "①", "2㉑", "inf", "nan", "0x2", "1,000", "9" * 5000, "1e999999"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_other_quantities_are_reported(value: Any) -> None:
    assert wrong(quantity=value) == [("quantity", "not-allowed")]


@pytest.mark.parametrize("value", [2.5, "2.5", Decimal("2.50"), "２．５"], ids=repr)
def test_points_are_exact(value: Any) -> None:
    assert one(rule="1.4", assessed_points=value).assessed_points == Decimal("2.5")


@pytest.mark.parametrize(
    "value",
    [
        *("much", Decimal("0.00001"), -1, 0.1 + 0.2, True, object, "1e999", float("inf")),
        *("1_0", "1²", "9" * 5000, 1e308, 5e-324, Decimal("1E-999999"), Decimal("-Infinity")),
    ],
    ids=lambda value: str(value)[:20],
)
def test_other_points_are_reported(value: Any) -> None:
    assert wrong(rule="1.4", assessed_points=value) == [("assessed_points", "not-allowed")]


def test_a_number_that_is_not_whole_is_not_said_to_be_no_number() -> None:
    (problem,) = read(GOOD | {"quantity": "1.5"}).problems
    assert problem.message.en == "1.5 is no whole number"
    assert problem.in_language("zh-Hant") == "第1行，quantity：「1.5」不是整數"
    (problem,) = read(GOOD | {"rule": "1.4", "assessed_points": 1e308}).problems
    assert problem.message.zh_hans == "“1e+308”过大，或小数位过多"


@pytest.mark.parametrize("field", ["id", "manager", "rule", "occurred_on", "quantity", "note"])
@pytest.mark.parametrize("value", [10**5000, -(10**5000)], ids=["great", "small"])
def test_numbers_that_python_does_not_write_out_are_reported(field: str, value: int) -> None:
    assert wrong(**{field: value}) == [(field, "not-allowed")]


def test_an_id_that_a_float_does_not_hold_exactly_is_reported() -> None:
    assert one(manager=float(2**53)).manager == "9007199254740992"
    # Of these digits, the last are not those that were written.
    assert wrong(manager=123456789012345678.0) == [("manager", "not-allowed")]
    assert one(manager=123456789012345678).manager == "123456789012345678"


@pytest.mark.parametrize("value", ["RM\ud800-01", "\udcb0\udcea"], ids=ascii)
def test_what_is_no_character_is_reported(value: str) -> None:
    # Otherwise everybody whose name was read in the wrong encoding would be one person.
    assert wrong(manager=value, id=value) == [("id", "not-allowed"), ("manager", "not-allowed")]
    (problem,) = read(GOOD | {"manager": value}).problems
    assert problem.message.zh_hans.endswith("有乱码；请按文件原来的编码读入")


@pytest.mark.parametrize("name", ["occurred_on", "manager", "quantity", "circumstances", "note"])
def test_a_long_cell_makes_no_long_message_and_takes_no_long_time(name: str) -> None:
    for cell in ("x" * 10**6, "\u200bx" * 10**5, "x;" * 10**5, "ab/" * 10**5):
        reading = read(GOOD | {name: cell}, managers=["RM-01", "RM-02"])
        assert len(reading.bad_rows) == (name != "note")
        found: tuple[RowProblem | RowNote, ...] = (*reading.problems, *reading.notes)
        messages = [each.in_language(language) for each in found for language in LANGUAGES]
        assert all(len(message) < 600 for message in messages)


@pytest.mark.parametrize(
    "cell",
    [" RM-01", "RM-01\u3000", "RM\u200b-01", "\ufeffRM-01", "\u2066RM-01\u2069", "RM-01\x00"],
    ids=ascii,
)
def test_a_note_of_what_does_not_show_says_so(cell: str) -> None:
    (note,) = read(GOOD | {"manager": cell}).notes
    assert (note.value, note.read_as) == (cell, "RM-01")
    assert note.message.en == "was read as RM-01, with its spaces and what does not show put right"
    assert note.in_language("zh-Hant") == (
        "第1行，manager：讀作「RM-01」，空格和看不見的字元已按標準寫法處理"
    )


def test_ids_may_be_whole_numbers_but_ids_of_rules_may_not() -> None:
    assert one(id=7, manager=1001.0) == one(id="7", manager="1001")
    assert wrong(manager=1.5, id=True) == [("id", "not-allowed"), ("manager", "not-allowed")]
    (problem,) = read(GOOD | {"rule": 3.1}).problems
    assert problem.message.en == (
        "3.1 is a number; 3.1 and 3.10 are one number, so read the column as text"
    )
    assert wrong(manager="x" * 201) == [("manager", "not-allowed")]


@pytest.mark.parametrize(
    "circumstances",
    [
        "risk",
        "risk;risk",
        " risk ; ",
        "Risk to the bank",
        "risk, adverse effect",
        ["risk", "不良影響"],
        ("risk", None, ""),
        {"risk"},
        "risk|adverse-effect",
        "给本行带来风险/不良影响",
    ],
    ids=str,
)
def test_circumstances_are_ids_or_wordings(circumstances: Any) -> None:
    found = one(rule="3.1a", circumstances=circumstances).circumstances
    assert found in ({"risk"}, {"risk", "adverse-effect"})


def test_a_circumstance_that_is_not_known_is_reported_with_the_one_that_was_meant() -> None:
    (problem,) = read(GOOD | {"circumstances": "risk;severe efect"}).problems
    assert problem.code is ProblemCode.UNKNOWN_ID
    assert problem.suggestion == "severe effect"
    assert problem.message.zh_hant == "標準沒有情節「severe efect」；是否指「severe effect」？"
    assert wrong(circumstances=7) == [("circumstances", "unknown-id")]


@pytest.mark.parametrize("cell", ["foo;risk、bar|foo", ["foo", "risk", "bar"]], ids=str)
def test_every_circumstance_that_is_not_known_is_reported(cell: Any) -> None:
    problems = read(GOOD | {"rule": "3.1a", "circumstances": cell}).problems
    assert [problem.message.en for problem in problems] == [
        "the standard has no circumstance foo",
        "the standard has no circumstance bar",
    ]


def test_a_cell_of_very_many_unknown_circumstances_is_read_no_further() -> None:
    cell = ";".join(f"x{place}" for place in range(200))
    assert len(read(GOOD | {"rule": "3.1a", "circumstances": cell}).problems) == MAXIMUM_PROBLEMS


@pytest.mark.parametrize(
    "cell", [{"risk": False}, b"risk", bytearray(b"risk"), True, [b"risk"], ["risk", ["risk"]]]
)
def test_what_is_no_list_of_circumstances_is_reported(cell: Any) -> None:
    assert wrong(rule="3.1a", circumstances=cell) == [("circumstances", "not-allowed")]


def test_a_backslash_at_the_end_of_circumstances_is_not_lost() -> None:
    assert wrong(rule="3.1a", circumstances="risk\\") == [("circumstances", "unknown-id")]


def test_a_rule_that_is_not_known_is_reported_with_the_one_that_was_meant() -> None:
    (problem,) = read(GOOD | {"rule": "3.99"}).problems
    assert (problem.code, problem.suggestion) == (ProblemCode.UNKNOWN_ID, "3.9")
    assert str(problem) == "row 1, rule: the standard has no rule 3.99; did you mean 3.9?"
    assert problem.in_language("zh-Hans") == "第1行，rule：标准没有条款“3.99”；是否指“3.9”？"
    (problem,) = read(GOOD | {"rule": "nothing"}).problems
    assert (problem.suggestion, problem.message.en) == (None, "the standard has no rule nothing")


def test_managers_are_looked_up_where_they_are_known() -> None:
    assert read(GOOD, managers=["RM-01"]).problems == ()
    (problem,) = read(GOOD, managers=["RM-10", "RM-2"]).problems
    assert (problem.code, problem.suggestion) == (ProblemCode.UNKNOWN_ID, "RM-10")


def test_of_a_thousand_managers_misspelt_the_right_ones_are_suggested() -> None:
    chance = random.Random(20250302)
    known = sorted({f"RM-{''.join(chance.choices(digits, k=6))}" for _ in range(1000)})
    given = {f"V-{place}": (edited(id, chance), id) for place, id in enumerate(known)}
    given_rows = [GOOD | {"id": row, "manager": typed} for row, (typed, _) in given.items()]
    problems = read(*given_rows, managers=known).problems
    typed_wrong = [id for typed, id in given.values() if typed not in known]
    assert len(problems) == len(typed_wrong) > 900
    right = 0
    for problem, id in zip(problems, typed_wrong, strict=True):
        assert problem.suggestion in (id, None)
        right += problem.suggestion == id
    assert right >= 0.95 * len(problems)


def test_all_problems_of_a_row_are_reported_in_three_languages() -> None:
    row = {
        "id": "V-1",
        "manager": " ",
        "rule": "9.9",
        "occurred_on": "yesterday",
        "quantity": -1,
        "found_on": "2025-02-30",
        "recorded_on": date(2025, 4, 1),
        "assessed_points": -1,
    }
    reading = read(row, first_row=2)
    assert [(problem.row, problem.field) for problem in reading.problems] == [
        (2, "manager"),
        (2, "rule"),
        (2, "occurred_on"),
        (2, "found_on"),
        (2, "quantity"),
        (2, "assessed_points"),
    ]
    for problem in reading.problems:
        texts = {problem.in_language(language) for language in LANGUAGES}
        assert len(texts) >= 2


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"rule": "3.15"}, ("refers_to", "missing")),
        ({"rule": "3.15", "refers_to": "1.1"}, ("refers_to", "not-allowed")),
        ({"refers_to": "3.1a"}, ("refers_to", "without-effect")),
        ({"assessed_points": 1}, ("assessed_points", "without-effect")),
        ({"rule": "1.4", "assessed_points": 11}, ("assessed_points", "not-allowed")),
        ({"kind": "加分"}, ("rule", "contradiction")),
        ({"kind": "crime"}, ("kind", "not-allowed")),
        ({"occurred_on": "2025-03-06"}, ("occurred_on", "act-after-recording")),
        ({"found_on": "2025-03-01"}, ("found_on", "contradiction")),
        ({"found_on": "2025-03-06"}, ("found_on", "act-after-recording")),
        ({"recorded_on": "2025-03-01"}, ("recorded_on", "contradiction")),
    ],
    ids=str,
)
def test_what_cannot_be_scored_is_reported(cells: dict[str, Any], problem: tuple[str, str]) -> None:
    (field, code) = problem
    reading = read(GOOD | cells)
    assert [(each.field, each.code.value) for each in reading.problems] == [(field, code)]
    assert reading.problems[0].column == (field if field in GOOD | cells else None)


def test_what_the_policy_asks_for_is_reported() -> None:
    row = GOOD | {"rule": "3.1a", "circumstances": "risk"}
    assessed = Policy(aggravation=Assessed())
    (problem,) = read(row, policy=assessed).problems
    assert (problem.field, problem.code) == ("assessed_points", ProblemCode.MISSING)
    # What is there and cannot be read is not missing too.
    (problem,) = read(row | {"assessed_points": "much"}, policy=assessed).problems
    assert (problem.field, problem.code) == ("assessed_points", ProblemCode.NOT_ALLOWED)


def test_a_repeated_id_is_reported_with_the_row_that_it_repeats() -> None:
    reading = read(GOOD, GOOD, {**GOOD, "id": "Ｖ-1", "rule": "?"}, ledger=Ledger())
    assert len(reading.ledger) == 1
    assert [(each.row, each.code.value, each.repeats) for each in reading.problems] == [
        (2, "repeated", 1),
        (3, "unknown-id", None),
        (3, "repeated", 1),
    ]
    again = read(GOOD, ledger=reading.ledger)
    assert again.ledger == reading.ledger
    assert again.problems[0].message.en == "id V-1 is in the ledger already"
    assert again.problems[0].field == "id"


def test_an_id_of_a_case_that_was_erased_is_in_the_ledger_already() -> None:
    erased = read(GOOD).ledger.erase("V-1")
    again = read(GOOD, GOOD | {"id": "V-2"}, ledger=erased)
    assert [(each.row, each.code.value) for each in again.problems] == [(1, "repeated")]
    assert [case.violation.id for case in again.ledger.cases()] == ["V-2"]


def test_what_the_library_finds_in_an_act_is_shown_with_the_cell() -> None:
    (problem,) = read(GOOD | {"found_on": "2025-03-01"}).problems
    assert (problem.column, problem.value) == ("found_on", "2025-03-01")
    assert problem.in_language("zh-Hant") == (
        "第1行，found_on：查出日期為 2025-03-01，早於發生日期（2025-03-02）；請按先後填寫"
    )


def test_a_day_that_cannot_be_read_is_reported_with_one_that_can() -> None:
    arguments = {"date_formats": ["%Y年%m月%d日", "%d/%m/%y"]}
    (problem,) = read(GOOD | {"occurred_on": "三月"}, **arguments).problems
    assert problem.message.zh_hant == (
        "「三月」不是日期；2025 年 3 月 2 日應寫作：2025年03月02日, 02/03/25"
    )


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"quantity": 0}, "「0」不是 1 至 1000000 的整數"),
        ({"incident": "x" * 201}, "不能作為編號：須在一行之內，至多 200 個字"),
        ({"rule": "1.4", "assessed_points": -1}, "「-1」超出可核定的範圍，或小數位過多"),
        ({"rule": "1.4", "assessed_points": 11}, "請填寫 0 至 10 分"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_value_that_does_not_fit_is_said_without_types(
    cells: dict[str, Any], message: str
) -> None:
    (problem,) = read(GOOD | cells).problems
    assert problem.message.zh_hant.endswith(message)


def test_kinds_are_named_in_the_language_of_the_reader() -> None:
    (problem,) = read(GOOD | {"kind": "crime"}).problems
    assert problem.message.zh_hans == "“crime”不可用；可填写：违规、加分"
    assert problem.message.en == "crime is none of: violation, merit"


def test_late_rows_keep_their_own_dates() -> None:
    early = read(GOOD).ledger
    late = GOOD | {"id": "V-2", "found_on": "2025-02-01", "recorded_on": date(2025, 2, 3)}
    late |= {"occurred_on": "2025-01-02", "effective_on": "2025-02-04"}
    ledger = read(late, ledger=early, at=AT + timedelta(days=30)).ledger
    case = ledger.case("V-2")
    assert (case.found_on, case.recorded_on) == (date(2025, 2, 1), date(2025, 2, 3))
    assert case.effective_on == date(2025, 2, 4)
    assert ledger.as_of(AT) == early
    with pytest.raises(LedgerError):
        read(late, ledger=early, at=AT - timedelta(days=1))


def test_what_is_no_row_is_reported() -> None:
    reading = read(GOOD, 7, "row", None, GOOD | {"id": "V-2"})
    assert len(reading.ledger) == 2
    assert [(each.row, each.column, each.value) for each in reading.problems] == [
        (2, None, "7"),
        (3, None, "row"),
        (4, None, "None"),
    ]
    assert str(reading.problems[0]).startswith("row 2: the row is no mapping")
    assert reading.problems[0].in_language("zh-Hant").startswith("第2行：")
    assert reading.bad_rows == (2, 3, 4)


def test_no_rows_are_no_problem() -> None:
    assert read().rows == 0
    assert list(read(GOOD | {7: "x"}).unread) == ["7"]


def test_a_note_stays_as_it_is_written() -> None:
    assert one(note="２ lines\nof it").note == "２ lines\nof it"
    assert one(note=7).note == "7"
    assert wrong(note="\ud800") == [("note", "not-allowed")]


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ({"columns": {"id": "nr"}}, "$.columns.id"),
        ({"columns": {"id": 7}}, "$.columns"),
        ({"columns": {"id": ["nr"]}}, "$.columns"),
        ({"columns": {"colour": "id"}}, "$.columns"),
        ({"columns": 7}, "$.columns"),
        ({"at": WITHOUT_ZONE}, "$.at"),
        ({"date_formats": []}, "$.date_formats"),
        ({"date_formats": 7}, "$.date_formats"),
        ({"date_formats": ["%Y-%m-%d", "%d/%m"]}, "$.date_formats"),
        ({"date_formats": ["%Y-%m"]}, "$.date_formats"),
        ({"date_formats": ["%Y %Y-%m-%d"]}, "$.date_formats"),
        ({"date_formats": ["%Q"]}, "$.date_formats"),
        ({"date_formats": ["%d", ""]}, "$.date_formats"),
        ({"managers": [""]}, "$.managers"),
        ({"policy": None}, "$.policy"),
        ({"ledger": 7}, "$.ledger"),
        ({"by": ""}, "$.by"),
        ({"first_row": -1}, "$.first_row"),
    ],
    ids=str,
)
def test_arguments_are_checked(arguments: dict[str, Any], path: str) -> None:
    with pytest.raises(FieldError) as caught:
        read(GOOD, **arguments)
    assert [problem.path for problem in caught.value.problems] == [path]


@pytest.mark.parametrize("table", [None, 7, "rows", GOOD, b"rows"], ids=str)
def test_what_is_no_table_is_rejected(table: Any) -> None:
    with pytest.raises(FieldError, match="an iterable of mappings"):
        ledger_from(table, ERROR_POINTS, at=AT)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(FieldError) as caught:
        read({"編號": "V-1", "rule": "2.1"}, columns={"id": "編號", "note": "備註"})
    assert [(problem.path, problem.message.split(";")[0]) for problem in caught.value.problems] == [
        ("$.columns.manager", "'manager'"),
        ("$.columns.occurred_on", "'occurred_on'"),
        ("$.columns.note", "'備註'"),
    ]
    with pytest.raises(FieldError, match=re.escape(r"one of: '\ufeffid', 'manager '")):
        read({"\ufeffid": "V-1", "manager ": "RM-01"})
    with pytest.raises(FieldError, match=r"'c48', 'c49', \.\.\."):
        read({f"c{place}": "" for place in range(1000)})


def test_a_column_that_is_named_for_one_field_is_read_into_no_other() -> None:
    row = {"id": "V-1", "kind": "2.1", "recorded_on": "2025-03-02", "note": "RM-01"}
    columns = {"rule": "kind", "occurred_on": "recorded_on", "manager": "note"}
    reading = read(row, columns=columns)
    assert reading.problems == ()
    assert reading.ledger.upheld() == (one(),)
    # What every row needs is read from the column of its name all the same.
    assert read(GOOD, columns={"incident": "id"}).ledger.upheld() == (one(incident="V-1"),)


def test_names_of_columns_that_are_no_texts_are_left_unread() -> None:
    reading = read(GOOD | {7: "x", ("a",): "y", "7": "z"}, columns={"note": "7"})
    assert (reading.problems, reading.unread) == ((), ("7", "('a',)"))
    assert reading.ledger.upheld() == (one(note="z"),)
    with pytest.raises(FieldError, match="one of: 0, 1"):
        read({0: "V-1", 1: "RM-01"})


# Other standards.

BOOK = book(
    rule("1.1", aggravated_by={"loss", "theft"}),
    rule("2.1", None, award=Award(2, Unit.OCCURRENCE)),
    circumstances=[declared("loss"), declared("theft", group="x"), declared("fraud", group="x")],
)
ROW = GOOD | {"rule": "1.1"}


def read_by(standard: Rulebook | Editions, *given: Any, **arguments: Any) -> list[tuple[str, str]]:
    reading = ledger_from(given, standard, at=AT, **arguments)
    return [(str(problem.field), problem.code.value) for problem in reading.problems]


def test_a_rule_that_awards_points_makes_a_merit() -> None:
    reading = ledger_from([GOOD], BOOK, at=AT)
    assert isinstance(reading.ledger.upheld()[0], Merit)
    assert read_by(BOOK, GOOD | {"kind": "violation"}) == [("rule", "contradiction")]


def test_a_wording_of_several_circumstances_is_none_of_them() -> None:
    reading = ledger_from([ROW | {"circumstances": "words"}], BOOK, at=AT)
    assert reading.problems[0].message.en == (
        "words words several circumstances: loss, theft, fraud; give the id"
    )


def test_circumstances_that_exclude_one_another_are_reported() -> None:
    row = ROW | {"circumstances": "theft;fraud"}
    assert read_by(BOOK, row) == [("circumstances", "contradiction")]
    # What depends on something that cannot be read is not looked at.
    assert read_by(BOOK, row | {"quantity": "?"}) == [("quantity", "not-allowed")]


def test_the_edition_that_governs_is_asked() -> None:
    old = book(rule("1.1", aggravated_by={"loss"}), circumstances=[declared("loss")])
    old = attrs.evolve(old, edition="0.9")
    first, change = date(2024, 1, 1), date(2025, 1, 1)
    standard = Editions([Edition(old, first, last=date(2024, 12, 31)), Edition(BOOK, change)])
    early = ROW | {"occurred_on": "2024-12-31"}
    assert read_by(standard, ROW, early | {"id": "V-2"}) == []
    assert read_by(standard, ROW | {"rule": "2.1"}) == []
    assert read_by(standard, early | {"circumstances": "theft"}) == [
        ("circumstances", "unknown-id")
    ]
    assert read_by(standard, early | {"rule": "2.1"}) == [("rule", "unknown-id")]
    assert read_by(standard, ROW | {"occurred_on": "2023-12-31"}) == [
        ("occurred_on", "not-allowed")
    ]
    by_recording = Policy(governing_edition=GoverningEdition.RECORDED)
    dates = {"occurred_on": "2023-12-30", "recorded_on": "2023-12-31"}
    assert read_by(standard, ROW | dates, policy=by_recording) == [("recorded_on", "not-allowed")]
    assert read_by(standard, early, policy=by_recording) == []


# Engines.


@pytest.mark.parametrize("engine", ENGINES)
def test_frames_are_read_like_mappings(engine: str) -> None:
    given: list[dict[str, Any]] = [
        GOOD | {"quantity": 2, "circumstances": "risk", "assessed_points": None},
        GOOD | {"id": "V-2", "quantity": None, "circumstances": "", "assessed_points": None},
        GOOD | {"id": "V-3", "rule": "1.4", "circumstances": None, "assessed_points": 2.5},
        GOOD | {"id": "V-4", "rule": "１.4", "circumstances": "x", "assessed_points": 3.0},
    ]
    of_mappings = read(*given)
    reading = ledger_from(ENGINES[engine](given), ERROR_POINTS, at=AT)
    assert reading.ledger == of_mappings.ledger
    assert rows(reading, "problems") == rows(of_mappings, "problems")
    assert rows(reading, "notes") == rows(of_mappings, "notes")


@pytest.mark.parametrize("engine", ENGINES)
def test_days_of_every_engine_are_read(engine: str) -> None:
    given: list[dict[str, Any]] = [
        GOOD | {"occurred_on": WITHOUT_ZONE, "found_on": date(2025, 3, 3)},
        GOOD | {"id": "V-2", "occurred_on": WITHOUT_ZONE, "found_on": None},
    ]
    reading = ledger_from(ENGINES[engine](given), ERROR_POINTS, at=AT)
    assert reading.problems == ()
    assert reading.ledger == read(*given).ledger


def test_what_numpy_and_pandas_put_into_cells_is_read() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    expected = one(quantity=2, rule="1.4", assessed_points="2.5", found_on=date(2025, 3, 3))
    for day in (
        numpy.datetime64("2025-03-03"),
        numpy.datetime64("2025-03-03T00:00:00.000000000"),
        pandas.Timestamp("2025-03-03"),
    ):
        assert expected == one(
            id=numpy.str_("V-1"),
            quantity=numpy.int64(2),
            rule="1.4",
            assessed_points=numpy.float64(2.5),
            found_on=day,
            recorded_on=pandas.NaT,
            incident=pandas.NA,
            effective_on=numpy.datetime64("NaT"),
        )
    assert wrong(occurred_on=numpy.datetime64("2025")) == [("occurred_on", "not-allowed")]
    assert wrong(quantity=numpy.bool_(True)) == [("quantity", "not-allowed")]
    assert one(circumstances=numpy.array(["risk"])).circumstances == {"risk"}
    assert one(circumstances=numpy.array([])).circumstances == frozenset()


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_floats_of_few_digits_are_read_as_they_were_written(dtype: str) -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    assert one(rule="1.4", assessed_points=numpy.array(0.1, dtype)).assessed_points == Decimal(
        "0.1"
    )
    values = numpy.array([0.1, numpy.nan, 9.99, numpy.inf, numpy.finfo(dtype).max], dtype)
    frame = pandas.DataFrame(
        [GOOD | {"id": f"V-{place}", "rule": "1.4"} for place in range(len(values))]
    ).assign(assessed_points=values)
    reading = ledger_from(frame, ERROR_POINTS, at=AT)
    assert [act.assessed_points for act in reading.ledger.upheld()] == [
        Decimal("0.1"),
        None,
        Decimal("9.99"),
    ]
    assert reading.bad_rows == (4, 5)


def test_blanks_among_floats_of_few_digits_are_blank() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    given = [GOOD | {"rule": "1.4"}, GOOD | {"id": "V-2", "rule": "1.4"}]
    points = pyarrow.array([0.1, None], pyarrow.float32())
    table = pyarrow.Table.from_pylist(given).append_column("assessed_points", points)
    acts = ledger_from(table, ERROR_POINTS, at=AT).ledger.upheld()
    assert [act.assessed_points for act in acts] == [Decimal("0.1"), None]


SECONDS = 24 * 60 * 60
BEYOND = {
    "date": (2_932_896, 2_932_897, -719_162, -719_163, 20_149),
    **dict.fromkeys(("s", "ms"), (253402300799, 10**15, -62135596800, -(10**14), 20149 * SECONDS)),
    "us": (253_402_300_799, 10**12, -62_135_596_800, -(10**12), 20_149 * SECONDS),
}


@pytest.mark.parametrize("zone", [None, "Asia/Hong_Kong"])
@pytest.mark.parametrize("unit", BEYOND)
@pytest.mark.parametrize("engine", ["pyarrow", "polars", "pandas"])
def test_days_that_python_has_no_date_for_are_reported(
    engine: str, unit: str, zone: str | None
) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    kind = pyarrow.date32() if unit == "date" else pyarrow.timestamp(unit, zone)
    if engine == "polars" and unit == "s":
        pytest.skip("polars has no seconds")
    times = {"ms": 10**3, "us": 10**6}.get(unit, 1)
    whole = pyarrow.int32() if unit == "date" else pyarrow.int64()
    numbers = [number * times for number in BEYOND[unit]]
    days = pyarrow.array([*numbers, None], whole).cast(kind)
    given = [GOOD | {"id": f"V-{place}"} for place in range(len(days))]
    table = pyarrow.Table.from_pylist(given).drop(["occurred_on"])
    table = table.append_column("occurred_on", days).append_column("not read", days)
    made = {
        "pyarrow": lambda: table,
        "polars": lambda: pytest.importorskip("polars").from_arrow(table),
        "pandas": lambda: table.to_pandas(
            types_mapper=pytest.importorskip("pandas").ArrowDtype,
        ),
    }
    reading = ledger_from(made[engine](), ERROR_POINTS, at=AT)
    first = date(1, 1, 1)
    # Of moments in a zone, the first day and the last are beyond the calendar in another.
    good = [first, date(2025, 3, 2)] if zone is None or unit == "date" else [date(2025, 3, 2)]
    assert [act.occurred_on for act in reading.ledger.upheld()] == good
    found = {problem.row: (problem.code.value, problem.value) for problem in reading.problems}
    assert found[2] == ("not-allowed", "> 9999-12-31")
    assert found[4] == ("not-allowed", "< 0001-01-01")
    assert found[6] == ("missing", "")
    assert reading.rows == len(reading.ledger) + len(reading.bad_rows) == 6
    assert reading.unread == ("not read",)


def test_a_timestamp_of_pandas_that_python_has_no_date_for_is_reported() -> None:
    numpy, pandas = pytest.importorskip("numpy"), pytest.importorskip("pandas")
    day = pandas.Timestamp(numpy.datetime64("20000-01-01", "s"))
    assert wrong(occurred_on=day) == [("occurred_on", "not-allowed")]


def test_parts_of_frames_are_no_tables() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = pyarrow.Table.from_pylist([GOOD])
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    parts = (table.to_batches()[0], table.to_reader(), table.column("id"))
    for part in (*parts, polars.Series([1]), pandas.Series([1])):
        with pytest.raises(FieldError, match="an iterable of mappings"):
            ledger_from(part, ERROR_POINTS, at=AT)


def test_a_frame_without_columns_has_rows_all_the_same() -> None:
    pandas = pytest.importorskip("pandas")
    reading = ledger_from(pandas.DataFrame(index=range(3)), ERROR_POINTS, at=AT)
    assert (reading.rows, reading.bad_rows) == (3, (1, 2, 3))


def test_columns_of_a_frame_that_are_no_texts_are_left_unread() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([GOOD]).assign(x=1).rename(columns={"x": 7})
    reading = ledger_from(frame, ERROR_POINTS, at=AT)
    assert (reading.ledger.upheld(), reading.unread) == ((one(),), ("7",))


def test_a_frame_with_two_columns_of_one_name_is_rejected() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["V-1", "V-2"]], columns=["id", "id"])
    with pytest.raises(FieldError, match="one column of a name"):
        ledger_from(frame, ERROR_POINTS, at=AT)
