"""Readings: every row of a table is recorded, or reported with all that is wrong with it."""

import random
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from string import digits
from typing import Any

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
from cmappraisal.interop.tables import Reading, ledger_from, rows
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
    assert reading.notes[0].in_language("zh-Hant") == "第1行,編號:Ｖ－７讀作V-7"


@pytest.mark.parametrize(
    "blank", [None, "", "  ", "\u3000", "\u200b", float("nan"), Decimal("NaN")], ids=repr
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


@pytest.mark.parametrize("day", ["2 March", "2025-02-30", 45718, 1.5, True])
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


@pytest.mark.parametrize("value", [0, 1.5, "two", True, float("inf"), 10**7, b"2"], ids=repr)
def test_other_quantities_are_reported(value: Any) -> None:
    assert wrong(quantity=value) == [("quantity", "not-allowed")]


@pytest.mark.parametrize("value", [2.5, "2.5", Decimal("2.50"), "２．５"], ids=repr)
def test_points_are_exact(value: Any) -> None:
    assert one(rule="1.4", assessed_points=value).assessed_points == Decimal("2.5")


@pytest.mark.parametrize(
    "value",
    ["much", Decimal("0.00001"), -1, 0.1 + 0.2, True, object, "1e999", float("inf")],
    ids=str,
)
def test_other_points_are_reported(value: Any) -> None:
    assert wrong(rule="1.4", assessed_points=value) == [("assessed_points", "not-allowed")]


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
    assert problem.message.zh_hant == "標準沒有情節severe efect;是否指severe effect?"
    assert wrong(circumstances=7) == [("circumstances", "unknown-id")]


def test_a_rule_that_is_not_known_is_reported_with_the_one_that_was_meant() -> None:
    (problem,) = read(GOOD | {"rule": "3.99"}).problems
    assert (problem.code, problem.suggestion) == (ProblemCode.UNKNOWN_ID, "3.9")
    assert str(problem) == "row 1, rule: the standard has no rule 3.99; did you mean 3.9?"
    assert problem.in_language("zh-Hans") == "第1行,rule:标准没有条款3.99;是否指3.9?"
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


def test_what_the_library_finds_in_an_act_is_shown_with_the_cell() -> None:
    (problem,) = read(GOOD | {"found_on": "2025-03-01"}).problems
    assert (problem.column, problem.value) == ("found_on", "2025-03-01")


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
    assert reading.problems[0].in_language("zh-Hant").startswith("第2行:")
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
        ({"columns": {"id": "nr"}}, "$.columns"),
        ({"columns": {"colour": "id"}}, "$.columns"),
        ({"columns": 7}, "$.columns"),
        ({"at": WITHOUT_ZONE}, "$.at"),
        ({"date_formats": []}, "$.date_formats"),
        ({"date_formats": 7}, "$.date_formats"),
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
    assert [problem.message.split(";")[0] for problem in caught.value.problems] == [
        "'manager'",
        "'occurred_on'",
        "'備註'",
    ]


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


def test_a_frame_with_two_columns_of_one_name_is_rejected() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([["V-1", "V-2"]], columns=["id", "id"])
    with pytest.raises(FieldError, match="one column of a name"):
        ledger_from(frame, ERROR_POINTS, at=AT)
