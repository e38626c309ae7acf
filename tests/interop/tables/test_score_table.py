"""Scoring where the table is comes to what scoring the ledger comes to, line by line."""

import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import narwhals as nw
import pytest
from hypothesis import assume, event, given, settings

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Concurrence,
    CountedOn,
    Displacement,
    Edition,
    Editions,
    FieldError,
    GoverningEdition,
    Ledger,
    Merit,
    Multiply,
    Period,
    Policy,
    Rulebook,
    ScoringError,
    Tenure,
    UnstatedUnit,
    Violation,
)
from cmappraisal.acts import Act
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.interop.tables import rows, score_table
from cmappraisal.standards import (
    Again,
    Award,
    Cap,
    Deduction,
    Limitation,
    Over,
    Referral,
    Responsibility,
    Same,
    SetTo,
    Span,
    Unit,
)
from engines import ENGINES
from small_standards import TEXT, book, clause, declared, part, rule, standard

YEAR = Period.year(2025)
AT = datetime(2025, 5, 1, tzinfo=UTC)


def plain(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame of any engine."""
    known = nw.from_native(frame)
    collected = known.collect() if isinstance(known, nw.LazyFrame) else known
    return [
        {name: None if value is None or value != value else value for name, value in row.items()}
        for row in collected.to_polars().to_dicts()
    ]


def expected_totals(scenario: Scenario) -> list[dict[str, Any]]:
    return [
        {
            "manager": id,
            "points": appraisal.points,
            "awards": appraisal.awards,
            "score": appraisal.score,
            "grade": appraisal.grade,
            "revoked": appraisal.revoked,
            "lines": len(appraisal.lines),
            "merits": len(appraisal.merits),
        }
        for id, appraisal in scenario.appraisals().items()
    ]


def by_line(lines: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[tuple[Any, ...]]:
    names = sorted(names)
    return sorted((tuple(row[name] for name in names) for row in lines), key=repr_of)


def repr_of(row: tuple[Any, ...]) -> str:
    return repr([f"{value:f}" if isinstance(value, Decimal) else value for value in row])


def expected_lines(scenario: Scenario) -> list[dict[str, Any]]:
    return [row for row in rows(scenario.appraisals(), "lines") if row["kind"] != "cap"]


def scored(scenario: Scenario, engine: str, detail: str) -> list[dict[str, Any]]:
    table = ENGINES[engine](rows(scenario.ledger, "cases"))
    return plain(
        score_table(
            table,
            scenario.standard,
            scenario.period,
            policy=scenario.policy,
            people=scenario.people,
            detail=detail,
        )
    )


def agrees(scenario: Scenario, engine: str) -> bool:
    """Whether a table comes to what its ledger comes to; false where engines lack the digits."""
    try:
        totals = scored(scenario, engine, "totals")
    except FieldError as error:
        if "digits" not in str(error):
            raise
        return False
    assert totals == expected_totals(scenario)
    lines, expected = scored(scenario, engine, "lines"), expected_lines(scenario)
    names = [] if not lines else list(lines[0])
    assert len(lines) == len(expected)
    for mine, theirs in zip(
        by_line(normal(lines), names), by_line(normal(expected), names), strict=True
    ):
        assert dict(zip(sorted(names), mine, strict=True)) == dict(
            zip(sorted(names), theirs, strict=True)
        )
    return True


def normal(lines: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Lines with decimals in one form, so that they can be put into one order."""
    return [
        {
            name: Decimal(format(value.normalize(), "f")) if isinstance(value, Decimal) else value
            for name, value in row.items()
        }
        for row in lines
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_comes_to_what_its_ledger_comes_to(engine: str) -> None:
    ENGINES[engine]([{"id": "x"}])

    @settings(max_examples=1 if engine == "duckdb" else 3)
    @given(scenarios(min_size=1))
    def comes_to_it(scenario: Scenario) -> None:
        assume(agrees(scenario, engine))

    comes_to_it()


@pytest.mark.thorough
@pytest.mark.parametrize("engine", ENGINES)
def test_many_tables_come_to_what_their_ledgers_come_to(engine: str) -> None:
    ENGINES[engine]([{"id": "x"}])

    @settings(max_examples=40 if engine == "polars" else 6)
    @given(scenarios(min_size=1))
    def comes_to_it(scenario: Scenario) -> None:
        event(f"agrees: {agrees(scenario, engine)}")

    comes_to_it()


# Small tables.

GOOD = {"id": "V-1", "manager": "RM-01", "rule": "2.1", "occurred_on": date(2025, 3, 2)}


def small(*given: Mapping[str, Any], **arguments: Any) -> list[dict[str, Any]]:
    frame = ENGINES["polars"](given)
    return plain(score_table(frame, **{"standard": ERROR_POINTS, "period": YEAR, **arguments}))


def points(*given: Mapping[str, Any], **arguments: Any) -> dict[str, Decimal]:
    return {row["manager"]: row["points"] for row in small(*given, **arguments)}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_result_is_a_frame_of_the_same_engine(engine: str) -> None:
    frame = ENGINES[engine]([GOOD])
    for detail in ("totals", "lines"):
        result = score_table(frame, ERROR_POINTS, YEAR, detail=detail)
        assert type(result) is type(frame)
        assert [row["points"] for row in plain(result)] == [1]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_without_rows_of_the_period_has_no_result(engine: str) -> None:
    frame = ENGINES[engine]([GOOD])
    for detail in ("totals", "lines"):
        assert plain(score_table(frame, ERROR_POINTS, Period.year(2020), detail=detail)) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_a_table_of_many_rows_comes_to_what_any_other_engine_makes_of_it(engine: str) -> None:
    # Where engines keep the order of few rows by chance, they do not keep that of many.
    size = 40_000
    given_rows = [
        GOOD
        | {
            "id": f"V-{number}",
            "manager": f"RM-{number // 3 % 401}",
            "rule": ("3.2b", "3.17b", "3.18", "2.1")[number % 4],
            "incident": f"I-{number // 3}",
        }
        for number in (place * 7919 % size for place in range(size))
    ]
    incidents: dict[tuple[Any, Any], set[Any]] = {}
    for row in given_rows:
        incidents.setdefault((row["manager"], row["incident"]), set()).add(row["rule"])
    counted: dict[Any, int] = {}
    order = list(POINTS)
    for row in given_rows:
        rules = incidents[row["manager"], row["incident"]]
        # The special rule displaces, the residual one gives way, and then the heaviest counts.
        left = rules - ({"3.2b"} if "3.17b" in rules else set())
        left -= {"3.18"} if rules & {"3.2b", "3.17b"} else set()
        heaviest = min(left, key=lambda rule_id: (-POINTS[rule_id], order.index(rule_id)))
        counts = POINTS[heaviest] if row["rule"] == heaviest else 0
        counted[row["manager"]] = counted.get(row["manager"], 0) + counts
    made = plain(score_table(ENGINES[engine](given_rows), ERROR_POINTS, YEAR))
    assert {row["manager"]: row["points"] for row in made} == counted


POINTS = {"2.1": 1, "3.2b": 10, "3.17b": 2, "3.18": 1}


def test_four_columns_are_enough() -> None:
    assert points(GOOD, GOOD | {"id": "V-2", "manager": "RM-02", "rule": "3.5b"}) == {
        "RM-01": 1,
        "RM-02": 50,
    }
    with pytest.raises(FieldError, match="id, manager, rule, occurred_on"):
        small({"id": "V-1"})


def test_blanks_are_what_the_library_takes_in_their_place() -> None:
    row = GOOD | {"quantity": None, "circumstances": None, "incident": None, "kind": None}
    assert points(row, GOOD | {"id": "V-2", "quantity": 3, "circumstances": "risk"}) == {"RM-01": 4}


@pytest.mark.parametrize(
    ("cells", "path"),
    [
        ({"rule": "9.9"}, '$["V-1"].rule'),
        ({"rule": "3.1a", "circumstances": "storm"}, '$["V-1"].circumstances'),
        ({"found_on": date(2025, 3, 1)}, '$["V-1"].found_on'),
        ({"recorded_on": date(2025, 3, 1)}, '$["V-1"].recorded_on'),
        ({"entered_on": date(2025, 2, 1)}, '$["V-1"].occurred_on'),
        ({"occurred_on": date(2026, 3, 2), "entered_on": AT.date()}, '$["V-1"].occurred_on'),
    ],
    ids=str,
)
def test_rows_that_cannot_be_scored_are_reported(cells: dict[str, Any], path: str) -> None:
    with pytest.raises(ScoringError) as caught:
        small(GOOD | {"id": "V-0"}, GOOD | cells)
    assert [problem.path for problem in caught.value.problems] == [path]


# What a ledger does not let in, no table scores: on every engine, by an error of the library.


def broken(engine: str, *given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Path and code of each problem, which is the same whatever is asked for."""
    found = []
    for detail in ("totals", "lines"):
        with pytest.raises((FieldError, ScoringError)) as caught:
            plain(score_table(ENGINES[engine](given), ERROR_POINTS, YEAR, detail=detail))
        assert all(each.chinese for each in caught.value.problems)
        found.append([(each.path, each.code.value) for each in caught.value.problems])
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["id", "manager", "rule", "occurred_on"])
def test_what_every_row_needs_is_in_every_row(engine: str, name: str) -> None:
    path = "$.id" if name == "id" else f'$["V-2"].{name}'
    for blank in (None, "") if name != "occurred_on" else (None,):
        row = GOOD | {"id": "V-2"} | {name: blank}
        assert broken(engine, GOOD, row) == [(path, "missing")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("quantity", 0),
        ("quantity", -3),
        ("quantity", 1_000_001),
        ("kind", "Merit"),
        ("assessed_points", "ten"),
        ("assessed_points", Decimal("1.00001")),
        ("decided_points", -1.0),
        ("decided_points", float("inf")),
        ("decided_money", "NaN"),
        ("decided_money", Decimal(1_000_001)),
        ("manager", "RM-01 "),
        ("manager", "RM\0"),
        ("manager", "RM\u200b01"),
    ],
    ids=ascii,
)
def test_what_no_case_can_have_is_reported(engine: str, name: str, value: Any) -> None:
    row = GOOD | {"id": "V-2", name: value}
    assert broken(engine, row) == [(f'$["V-2"].{name}', "not-allowed")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        # Each engine would make something else of these, or end with an error of its own.
        ("rule", 3.1),
        ("manager", 1.0),
        ("id", b"V-1"),
        ("circumstances", ["risk"]),
        ("kind", 1),
        ("quantity", "2"),
        ("quantity", True),
        ("quantity", 1.5),
        ("quantity", float("inf")),
        ("quantity", Decimal(0)),
        ("quantity", Decimal("1.00000000000000000001")),
        ("quantity", Decimal(2**70)),
        ("assessed_points", [1]),
        ("occurred_on", "2025-03-02"),
        ("occurred_on", 20250302),
        ("found_on", datetime(2025, 3, 2, 20, tzinfo=UTC)),
        ("is_upheld", 1),
        ("under_appeal", "false"),
    ],
    ids=str,
)
def test_columns_are_of_the_types_of_their_fields(engine: str, name: str, value: Any) -> None:
    assert broken(engine, GOOD | {name: value}) == [(f"$.frame.{name}", "not-allowed")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["refers_to", "quantity", "found_on", "is_upheld", "incident"])
def test_a_column_of_another_type_that_has_no_value_says_nothing(engine: str, name: str) -> None:
    other = "many" if name == "quantity" else 1.5
    assert broken(engine, GOOD | {name: other}) == [(f"$.frame.{name}", "not-allowed")]
    table = nw.from_native(ENGINES[engine]([GOOD | {name: other}, GOOD | {name: None}]))
    without = table.filter(nw.col(name).is_null()).to_native()
    (total,) = plain(score_table(without, ERROR_POINTS, YEAR))
    assert total["points"] == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_types_of_one_kind_come_to_the_same(engine: str) -> None:
    late = datetime(2025, 3, 2, 23)  # noqa: DTZ001 - a moment without a time zone
    row = GOOD | {"id": 1, "manager": 7, "incident": 5, "occurred_on": late}
    for quantity in (3, 3.0, Decimal("3.00"), None):
        (total,) = plain(
            score_table(ENGINES[engine]([row | {"quantity": quantity}]), ERROR_POINTS, YEAR)
        )
        assert (total["manager"], total["points"]) == ("7", 3 if quantity else 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_blank_says_nothing(engine: str) -> None:
    blank = dict.fromkeys(("is_upheld", "under_appeal", "quantity", "assessed_points", "found_on"))
    rows = [GOOD | blank | {"id": id, "incident": "", "kind": ""} for id in ("V-1", "V-2")]
    (total,) = plain(score_table(ENGINES[engine](rows), ERROR_POINTS, YEAR))
    assert total["points"] == 2
    mixed = [rows[0] | {"is_upheld": False}, rows[1]]
    (total,) = plain(score_table(ENGINES[engine](mixed), ERROR_POINTS, YEAR))
    assert total["points"] == 1


def test_days_that_no_calendar_of_python_has_are_reported() -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for day in ("20000-01-01", "infinity", "0044-03-15 (BC)"):
        for name in ("occurred_on", "found_on"):
            other = "found_on" if name == "occurred_on" else "occurred_on"
            frame = duckdb.sql(
                f"select 'V-1' id, 'RM-01' manager, '2.1' as rule,"
                f" date '{day}' {name}, date '2025-03-02' {other}"
            )
            with pytest.raises(ScoringError) as caught:
                score_table(frame, ERROR_POINTS, YEAR)
            assert [each.path for each in caught.value.problems] == [f'$["V-1"].{name}']


def test_a_type_that_no_engine_shares_is_rejected_where_it_has_values() -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    select = "select uuid() id, 'RM-01' manager, '2.1' as rule, date '2025-03-02' occurred_on"
    with pytest.raises(FieldError, match="Unknown; allowed: a column of text"):
        score_table(duckdb.sql(select), ERROR_POINTS, YEAR)


def test_a_frame_of_pandas_may_have_what_pyarrow_cannot_hold_elsewhere() -> None:
    pandas = pytest.importorskip("pandas")
    frame = ENGINES["pandas"]([GOOD])
    frame["whatever"] = pandas.Series([object()], dtype=object)
    assert [row["points"] for row in plain(score_table(frame, ERROR_POINTS, YEAR))] == [1]
    frame["incident"] = frame["whatever"]
    with pytest.raises(FieldError, match="frame is one with a column that PyArrow cannot hold"):
        score_table(frame, ERROR_POINTS, YEAR)
    frame["incident"] = pandas.Series(["\ud800"], dtype=object)
    with pytest.raises(FieldError, match="frame is one with a column that PyArrow cannot hold"):
        score_table(frame, ERROR_POINTS, YEAR)


@pytest.mark.parametrize("engine", ["pandas", "pyarrow"])
def test_two_columns_of_one_name_are_rejected(engine: str) -> None:
    frame = ENGINES[engine]([GOOD | {"twin": "RM-02"}])
    names = [name if name != "twin" else "manager" for name in nw.from_native(frame).columns]
    if engine == "pandas":
        frame.columns = names
    else:
        frame = frame.rename_columns(names)
    with pytest.raises(FieldError, match="several columns of one name"):
        score_table(frame, ERROR_POINTS, YEAR)


def test_what_cannot_be_judged_is_reported_of_earlier_rows_and_of_other_editions_too() -> None:
    again = Again({2: Multiply(2)}, within=Span(months=12))
    standard = book(rule("1.1", again=again))
    row = GOOD | {"rule": "1.1", "quantity": 1}
    earlier = row | {"id": "V-0", "occurred_on": date(2024, 12, 1), "quantity": 0}
    with pytest.raises(ScoringError) as caught:
        small(row, earlier, standard=standard)
    assert [each.path for each in caught.value.problems] == ['$["V-0"].quantity']
    editions = Editions(
        [
            Edition(attrs.evolve(standard, edition="0.9"), last=date(2025, 3, 9)),
            Edition(standard, date(2025, 3, 10)),
        ]
    )
    milder = Policy(governing_edition=GoverningEdition.MILDER)
    late = row | {"recorded_on": date(2025, 3, 20), "quantity": 0, "rule": "\u200b"}
    with pytest.raises(ScoringError) as caught:
        small(late, standard=editions, policy=milder)
    assert {each.path for each in caught.value.problems} == {'$["V-1"].quantity'}


def test_an_edition_has_to_be_in_force() -> None:
    standard = Editions([Edition(ERROR_POINTS, date(2025, 3, 2))])
    assert points(GOOD, standard=standard) == {"RM-01": 1}
    early = GOOD | {"occurred_on": date(2025, 3, 1), "recorded_on": date(2025, 3, 2)}
    with pytest.raises(ScoringError, match="no edition of the standard is in force"):
        small(early, standard=standard)
    by_recording = Policy(governing_edition=GoverningEdition.RECORDED)
    assert points(early, standard=standard, policy=by_recording) == {"RM-01": 1}
    with pytest.raises(ScoringError, match="recorded_on is 2025-03-01"):
        small(early | {"recorded_on": date(2025, 3, 1)}, standard=standard, policy=by_recording)


AGAIN = Again({2: Multiply(2)}, within=Span(months=12))


def test_what_repetition_would_count_has_to_be_right() -> None:
    standard = Editions([Edition(book(rule("1.1", again=AGAIN)), date(2024, 6, 1))])
    row = GOOD | {"rule": "1.1"}
    earlier = row | {"id": "V-0", "occurred_on": date(2024, 12, 1)}
    assert points(row, earlier, standard=standard) == {"RM-01": 2}
    assert points(row | {"incident": "I"}, earlier, standard=standard) == {"RM-01": 2}
    for cells, message in (
        ({"rule": "9.9"}, "9.9"),
        ({"found_on": date(2024, 1, 1)}, "found_on is"),
        ({"occurred_on": date(2024, 5, 1)}, "no edition"),
    ):
        with pytest.raises(ScoringError, match=message):
            small(row, earlier | cells, standard=standard)
    # Of another manager nobody asks.
    other = earlier | {"rule": "9.9", "manager": "RM-02"}
    assert points(row, other, standard=standard) == {"RM-01": 1}


# Each stage, on a ledger of few cases.


def scenario_of(standard: Rulebook | Editions, *acts: Act, **fields: Any) -> Scenario:
    ledger = Ledger()
    for act in acts:
        ledger = ledger.record(act, at=AT)
    return Scenario(standard, fields.pop("policy", Policy()), ledger, YEAR, **fields)


def act(id: str, rule_id: str, kind: type[Act] = Violation, **fields: Any) -> Act:
    on = {"occurred_on": date(2025, 3, 2)}
    return kind(id, fields.pop("manager", "RM-01"), **{"rule": rule_id, **on, **fields})


CAPPED = [act("V-1", "1.1", quantity=5, incident="I"), act("V-2", "1.2", quantity=4, incident="I")]
CAPPED += [act("V-3", "2.1", quantity=7), act("V-4", "1.1", quantity=2, manager="RM-02")]
TOGETHER = Policy(concurrence=Concurrence.CUMULATIVE)


@pytest.mark.parametrize(
    "caps",
    [
        [Cap(3, over=Over.INCIDENT)],
        [Cap(5, over=Over.PART)],
        [Cap(5, over=Over.PART, part="1"), Cap(8, over=Over.PERIOD)],
        [Cap(4, over=Over.INCIDENT), Cap(7, over=Over.PERIOD)],
        [Cap(100, over=Over.PERIOD)],
    ],
    ids=lambda caps: "-".join(cap.over.value for cap in caps),
)
def test_caps_over_several_bound_the_sums(caps: list[Cap]) -> None:
    clauses = [clause(number, cap=cap) for number, cap in enumerate(caps, 1)]
    standard = book(rule("1.1"), rule("1.2"), rule("2.1"), clauses=clauses)
    assert agrees(scenario_of(standard, *CAPPED, policy=TOGETHER), "polars")


def test_inner_parts_are_capped_before_outer_ones() -> None:
    inner = part("1.1", rule("1.1.1"), rule("1.1.2"), citation="1.1")
    outer = part("1", inner, rule("1.2"), citation="1")
    clauses = [
        clause(1, cap=Cap(6, over=Over.PART, part="1.1")),
        clause(2, cap=Cap(9, over=Over.PART, part="1")),
    ]
    capped = standard(outer, clauses=clauses)
    acts = [act("V-1", "1.1.1", quantity=5), act("V-2", "1.1.2", quantity=3)]
    for quantity in (1, 5):
        more = act("V-3", "1.2", quantity=quantity)
        assert agrees(scenario_of(capped, *acts, more), "polars")


INNER = part("1.1", rule("1.1.1"), rule("1.1.2"), citation="1.1")
OF_PARTS = [
    clause(1, cap=Cap(4, over=Over.INCIDENT)),
    clause(2, cap=Cap(7, over=Over.PART)),
    clause(3, cap=Cap(5, over=Over.PART, part="1.1")),
    clause(4, cap=Cap(9, over=Over.PERIOD)),
]


def many_acts(rules: Sequence[str], days: Sequence[date]) -> list[Act]:
    """Violations of fifty managers in few incidents, of which many weigh alike."""
    chance = random.Random(2)
    return [
        act(
            f"V-{number}",
            chance.choice(rules),
            manager=f"RM-{number % 50}",
            incident=chance.choice(["I", "J", None]),
            quantity=chance.randint(1, 3),
            occurred_on=chance.choice(days),
        )
        for number in range(350)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_an_incident_loses_to_its_cap_its_heaviest_parts_lose(engine: str) -> None:
    parts = [part("1", INNER, rule("1.2"), citation="1"), part("2", rule("2.1"), citation="2")]
    capped = standard(*parts, clauses=OF_PARTS[:3])
    acts = many_acts(["1.1.1", "1.1.2", "1.2", "2.1"], [date(2025, 3, 2)])
    assert agrees(scenario_of(capped, *acts, policy=TOGETHER), engine)


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("first", [0, 1], ids=["incidents", "parts"])
def test_parts_are_capped_as_the_latest_edition_has_them(count: int, first: int) -> None:
    # A part that stood within another comes to stand outside of it, and is gone at last.
    second = part("2", rule("2.1"), citation="2")
    moved = [
        ([part("1", INNER, rule("1.2"), citation="1"), second], OF_PARTS),
        ([part("1", rule("1.2"), citation="1"), second, INNER], OF_PARTS),
        ([part("1", rule("1.2"), rule("1.1.1"), citation="1"), second], OF_PARTS[:2]),
    ]
    days = [date(2025, 1, 1), date(2025, 3, 1), date(2025, 5, 1)][:count]
    lasts = [*(day - timedelta(days=1) for day in days[1:]), None]
    editions = Editions(
        Edition(
            attrs.evolve(standard(*parts, clauses=clauses[first:]), edition=f"{number}.0"),
            days[number],
            last=lasts[number],
        )
        for number, (parts, clauses) in enumerate(moved[:count])
    )
    acts = many_acts(["1.1.1", "1.2", "2.1"], days)
    assert agrees(scenario_of(editions, *acts, policy=TOGETHER), "polars")


@pytest.mark.parametrize("same", Same)
def test_repetition_counts_what_it_is_stated_to_count(same: Same) -> None:
    again = Again({2: Multiply(2), 3: Multiply(3)}, within=Span(months=3), same=same)
    repeated = book(rule("1.1", again=again), rule("1.2"), rule("2.1"))
    days = [date(2024, 11, 30), date(2024, 12, 31), date(2025, 2, 1), date(2025, 2, 1)]
    acts = [
        act(f"V-{number}", id, occurred_on=day, incident=incident)
        for number, (id, day, incident) in enumerate(
            zip(
                ["1.1", "1.2", "1.1", "2.1", "1.1", "1.1", "1.1"],
                [*days, *days[1:]],
                [None, None, "I", None, "I", "J", None],
                strict=True,
            )
        )
    ]
    assert agrees(scenario_of(repeated, *acts), "polars")


def test_a_time_may_come_late() -> None:
    again = Again({3: Multiply(2)}, within=Span(months=3))
    acts = [act(f"V-{number}", "1.1") for number in range(4)]
    assert agrees(scenario_of(book(rule("1.1", again=again)), *acts), "polars")


def test_the_policy_of_the_latest_edition_of_an_incident_settles_it() -> None:
    cumulative = clause(1, answers={"concurrence": Concurrence.CUMULATIVE})
    second = book(rule("1.1"), rule("1.2"))
    first = attrs.evolve(second, edition="0.9", clauses=[cumulative])
    editions = Editions(
        [
            Edition(first, last=date(2025, 3, 1)),
            Edition(second, date(2025, 3, 2)),
        ]
    )
    early = date(2025, 3, 1)
    acts = [
        act("V-1", "1.1", incident="I", occurred_on=early),
        act("V-2", "1.2", incident="I", occurred_on=early, quantity=2),
        act("V-3", "1.1", incident="J", occurred_on=early),
        act("V-4", "1.2", incident="J", quantity=2),
    ]
    assert agrees(scenario_of(editions, *acts), "polars")


def test_merits_of_one_event_are_honoured_once() -> None:
    awarding = book(
        *(rule(id, None, award=Award(2, Unit.OCCURRENCE)) for id in ("1.1", "1.2")), rule("2.1")
    )
    acts = [
        act("M-2", "1.1", Merit, incident="I"),
        act("M-1", "1.1", Merit, incident="I"),
        act("M-3", "1.2", Merit, incident="I"),
        act("M-4", "1.2", Merit, incident="J"),
        act("V-1", "2.1", incident="I"),
    ]
    assert agrees(scenario_of(awarding, *acts), "polars")


def test_what_counts_once_a_period_is_the_heaviest() -> None:
    once = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
    acts = [act(f"V-{place}", "3.5b", incident=of) for place, of in enumerate(["I", None, "J"])]
    acts += [act("V-9", "3.5b", manager="RM-02"), act("V-8", "1.1", incident="J")]
    assert agrees(scenario_of(ERROR_POINTS, *acts, policy=once), "polars")


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_awarded_by_a_rule_leaves_what_it_deducted_before(engine: str) -> None:
    deducting = book(rule("1.1", Deduction(3, Unit.UNSTATED)), rule("1.2"))
    awarding = book(rule("1.1", None, award=Award(2, Unit.UNSTATED)), rule("1.2"))
    change = date(2025, 3, 10)
    editions = Editions(
        [
            Edition(attrs.evolve(deducting, edition="0.9"), last=date(2025, 3, 9)),
            Edition(awarding, change),
        ]
    )
    acts = [act("V-1", "1.1"), act("M-1", "1.1", Merit, occurred_on=change)]
    once = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
    scenario = scenario_of(editions, *acts, policy=once)
    assert agrees(scenario, engine)
    (total,) = expected_totals(scenario)
    assert (total["points"], total["awards"]) == (3, 2)


def test_ids_with_what_keys_are_joined_by_tie_no_incidents_together() -> None:
    unstated = [Deduction(points, Unit.UNSTATED) for points in (1, 2, 3)]
    light = book(rule("1.1", unstated[0]), rule("1.1|ib", unstated[2], citation="1.2"))
    heavy = book(rule("1.1", unstated[1]), rule("1.1|ib", unstated[2], citation="1.2"))
    editions = Editions(
        [
            Edition(attrs.evolve(heavy, edition="0.9"), last=date(2025, 3, 9)),
            Edition(light, date(2025, 3, 10)),
        ]
    )
    milder = Policy(
        governing_edition=GoverningEdition.MILDER, unstated_unit=UnstatedUnit.ONCE_A_PERIOD
    )
    acts = [act("V-1", "1.1", incident="b|ic"), act("V-2", "1.1|ib", incident="c")]
    scenario = scenario_of(editions, *acts, policy=milder)
    assert agrees(scenario, "polars")
    assert [total["points"] for total in expected_totals(scenario)] == [4]


@pytest.mark.parametrize("engine", ENGINES)
def test_special_and_residual_rules_act_within_an_incident(engine: str) -> None:
    acts = [
        act(f"V-{place}", id, incident=incident, circumstances=circumstances)
        for place, (id, incident, circumstances) in enumerate(
            [
                ("3.2b", "I", {"risk"}),
                ("3.17b", "I", ()),
                ("3.18", "I", ()),
                ("3.2b", "J", ()),
                ("3.18", "J", ()),
                ("3.18", "K", ()),
                ("3.18", "K", {"risk"}),
                ("3.18", None, ()),
                ("1.1", None, {"egregious"}),
            ]
        )
    ]
    assert agrees(scenario_of(ERROR_POINTS, *acts), engine)
    no_displacement = Policy(displacement=Displacement.NONE)
    assert agrees(scenario_of(ERROR_POINTS, *acts, policy=no_displacement), engine)


HEAD = Responsibility("head", TEXT, weight=Multiply("0.5"))
PEOPLE = (Tenure("RM-01", "north"), Tenure("H-1", "north", role="head"))


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(name, marks=[pytest.mark.thorough] * (name == "duckdb"))  # it plans for long
        for name in ENGINES
    ],
)
def test_the_milder_edition_governs_an_incident_as_a_whole(engine: str) -> None:
    cap = clause(1, cap=Cap(9, over=Over.INCIDENT))
    awarded = rule("2.1", None, award=Award(2, Unit.OCCURRENCE))
    old = book(
        rule("1.1", Deduction(6, Unit.OCCURRENCE), responsible=[HEAD]),
        rule("1.2", Deduction(5, Unit.OCCURRENCE)),
        rule("1.3", Deduction(1, Unit.OCCURRENCE), consequences={"revoked"}),
        awarded,
        clauses=[cap],
    )
    new = book(
        rule("1.1", Deduction(2, Unit.OCCURRENCE)),
        rule("1.3", Deduction(8, Unit.OCCURRENCE)),
        rule("1.4", Deduction(3, Unit.OCCURRENCE), again=AGAIN, responsible=[HEAD]),
        awarded,
    )
    change = date(2025, 3, 10)
    editions = Editions(
        [
            Edition(attrs.evolve(old, edition="0.9"), last=date(2025, 3, 9)),
            Edition(new, change, last=date(2025, 12, 30)),
            Edition(attrs.evolve(new, edition="2.0"), date(2025, 12, 31)),
        ]
    )
    acts = [
        act("V-1", "1.1"),
        act("V-2", "1.2"),
        act("V-3", "1.3"),
        act("V-4", "1.1", incident="I"),
        act("V-5", "1.2", incident="I", quantity=2),
        act("V-6", "1.4", occurred_on=change),
        act("V-7", "1.4", occurred_on=change, incident="I"),
        act("V-8", "1.1", recorded_on=date(2025, 3, 5)),
        act("M-1", "2.1", Merit, incident="I"),
    ]
    milder = Policy(governing_edition=GoverningEdition.MILDER)
    assert agrees(scenario_of(editions, *acts, policy=milder, people=PEOPLE), engine)
    assert agrees(scenario_of(new, *acts[5:7], policy=milder), engine)


def test_a_day_of_another_kind_may_place_a_row() -> None:
    by_recording = Policy(counted_on=CountedOn.RECORDED)
    acts = [act("V-1", "1.1", occurred_on=date(2024, 12, 30), recorded_on=date(2025, 1, 2))]
    assert agrees(scenario_of(ERROR_POINTS, *acts, policy=by_recording), "polars")


def test_superiors_answer_with_the_doer() -> None:
    shared = book(
        rule("1.1", responsible=[Responsibility("head", TEXT, weight=Multiply("0.5"))]),
        rule(
            "1.2",
            responsible=[
                Responsibility("chief", TEXT, weight=SetTo(3)),
                Responsibility("head", TEXT, weight=Add(1)),
            ],
        ),
        rule("2.1"),
    )
    people = (
        Tenure("RM-01", "north"),
        Tenure("H-1", "north", role="head"),
        Tenure("H-2", "north", role="head", first=date(2025, 3, 3)),
    )
    acts = [act("V-1", "1.1"), act("V-2", "1.2", incident="I"), act("V-3", "2.1", incident="I")]
    for some in ((), people):
        assert agrees(scenario_of(shared, *acts, people=some), "polars")


def test_what_is_referred_is_repeated_and_answered_for_by_the_other_rule() -> None:
    stated: dict[str, Any] = {
        "again": Again({2: Multiply(2)}, within=Span(months=3)),
        "responsible": [Responsibility("head", TEXT, weight=Multiply("0.5"))],
    }
    referring = book(rule("1.1", **stated), rule("1.2", Referral(to=["1.1"])))
    people = (Tenure("RM-01", "north"), Tenure("H-1", "north", role="head"))
    acts = [act(f"V-{number}", "1.2", refers_to="1.1") for number in range(2)]
    scenario = scenario_of(referring, *acts, people=people)
    assert agrees(scenario, "polars")
    assert {row["manager"]: row["points"] for row in expected_totals(scenario)} == {
        "RM-01": 3,
        "H-1": 1,
    }


def test_an_act_that_is_recorded_too_late_counts_nothing() -> None:
    limited = book(rule("1.1"), clauses=[clause(1, limitation=Limitation(1))])
    early = act("V-1", "1.1"), act("V-2", "1.1", occurred_on=date(2025, 4, 20))
    assert agrees(scenario_of(limited, *early), "polars")


def test_more_digits_than_engines_have_are_rejected() -> None:
    long = Multiply("999.9999")
    standard = book(
        rule("1.1", Deduction("999999.9999", Unit.OCCURRENCE), aggravated_by={"x": long}),
        circumstances=[declared("x")],
    )
    row = GOOD | {"rule": "1.1", "circumstances": "x", "quantity": 999_999}
    assert points(row, standard=standard)["RM-01"] > 10**14
    again = Again({2: Multiply("999.9999")}, within=Span(months=12))
    standard = book(
        rule(
            "1.1", Deduction("999999.9999", Unit.OCCURRENCE), aggravated_by={"x": long}, again=again
        ),
        circumstances=[declared("x")],
    )
    with pytest.raises(FieldError, match="digits"):
        small(row, row | {"id": "V-2"}, standard=standard)


@pytest.mark.parametrize("frame", [None, 7, [GOOD], {"id": ["V-1"]}], ids=str)
def test_what_is_no_frame_is_rejected(frame: Any) -> None:
    with pytest.raises(
        FieldError, match="a frame of polars, pandas, pyarrow or PySpark, or a relation"
    ):
        score_table(frame, ERROR_POINTS, YEAR)


@pytest.mark.parametrize("engine", ["dask", "ibis"])
def test_engines_that_answer_wrongly_are_rejected_by_name(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = ENGINES["pyarrow"]([GOOD])
    known = nw.from_native(frame)
    implementation = nw.Implementation.from_string(engine)
    monkeypatch.setattr(type(known), "implementation", implementation)
    with pytest.raises(FieldError, match=f"; {engine} is not among them"):
        score_table(frame, ERROR_POINTS, YEAR)


@pytest.mark.parametrize(
    "arguments",
    [
        {"standard": None},
        {"period": None},
        {"policy": None},
        {"people": [7]},
        {"detail": "steps"},
    ],
    ids=str,
)
def test_arguments_are_checked(arguments: dict[str, Any]) -> None:
    (name,) = arguments
    with pytest.raises(FieldError) as caught:
        small(GOOD, **arguments)
    assert [problem.path for problem in caught.value.problems] == [f"$.{name}"]
