"""Crossings: which thresholds are crossed when, and what follows from them."""

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal.standards import (
    AtMost,
    Balance,
    CancelThose,
    Cap,
    Clause,
    Edition,
    Editions,
    Never,
    Reached,
    Span,
    Threshold,
    Thresholds,
)
from small_accounts import TEXT, account, consequence, due, entered, house, noon, on, posted

LADDER = {4: "warning", 8: "demotion", 12: "removal"}
KINDS = [consequence(id) for id in ("warning", "demotion", "removal")]


def ladder(**fields: Any) -> Any:
    return house(consequences=KINDS, thresholds=Thresholds(LADDER, **fields))


STEPS = entered(
    on("V-1", 3, date(2025, 1, 10)),
    on("V-2", 6, date(2025, 2, 10)),
    on("V-3", 2, date(2025, 3, 10)),
    on("V-4", 1, date(2025, 4, 10)),
)

FOLLOWING: dict[str, tuple[Reached, list[str]]] = {
    "each": (
        Reached.EACH,
        [
            "2025-02-10 demotion V-2 1",
            "2025-02-10 warning V-2 1",
            "2025-04-10 removal V-4 1",
        ],
    ),
    "the highest": (
        Reached.HIGHEST,
        ["2025-02-10 demotion V-2 1", "2025-04-10 removal V-4 1"],
    ),
    "in order": (Reached.IN_ORDER, ["2025-02-10 warning V-2 1"]),
}


@pytest.mark.parametrize(("reached", "expected"), FOLLOWING.values(), ids=FOLLOWING)
def test_what_follows_where_several_are_reached(reached: Reached, expected: list[str]) -> None:
    assert due(account(STEPS, ladder(reached=reached))) == expected


def test_in_order_the_next_follows_with_a_violation_after_the_one_before_was_taken() -> None:
    ledger = entered(on("V-1", 3, date(2025, 1, 10)), on("V-2", 6, date(2025, 2, 10)))
    for violation, id, points, month in (
        ("V-2", "warning", 2, 3),
        ("V-3", "demotion", 1, 4),
        (None, "removal", 1, 5),
    ):
        if violation is not None:
            taken_on = date(2025, month, 1)
            ledger = ledger.take(violation, id, on=taken_on, at=noon(taken_on))
        day = date(2025, month, 10)
        ledger = ledger.record(on(f"V-{month}", points, day), at=noon(day))
    standard = ladder(reached="in-order")
    # At 11 points the demotion follows, and at 12 the removal, for the demotion was taken; at 13
    # nothing does, for the removal is due already.
    assert due(account(ledger, standard)) == [
        "2025-02-10 warning V-2 1",
        "2025-03-10 demotion V-3 1",
        "2025-04-10 removal V-4 1",
    ]


WINDOW = Thresholds({4: "warning", 6: "demotion"}, within=Span(months=12))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # Twelve months that end on the day of the second.
        (date(2025, 3, 9), ["2025-03-09 warning V-2 1"]),
        (date(2025, 3, 10), []),
    ],
    ids=["within", "a day later"],
)
def test_a_span_ends_on_the_day_of_each_violation(second: date, expected: list[str]) -> None:
    standard = house(consequences=KINDS, thresholds=WINDOW)
    ledger = entered(on("V-1", 2, date(2024, 3, 10)), on("V-2", 2, second))
    assert due(account(ledger, standard)) == expected


def test_what_is_recorded_late_counts_by_its_own_day() -> None:
    standard = house(consequences=KINDS, thresholds=WINDOW)
    ledger = entered(on("V-1", 2, date(2024, 3, 10)), on("V-2", 3, date(2025, 1, 10)))
    ledger = ledger.record(on("V-0", 1, date(2024, 12, 1)), at=noon(date(2025, 12, 1)))
    made = account(ledger, standard)
    (warning, demotion) = made.consequences
    # V-0 comes before V-2, and with it V-2 reaches 6, which is known since V-0 is.
    assert (warning.violation, warning.crossed_on, warning.since, str(warning.points)) == (
        "V-2",
        date(2025, 1, 10),
        date(2025, 12, 1),
        "6",
    )
    assert warning.because_of == ("V-0", "V-1", "V-2")
    assert demotion.consequence == "warning"


def test_awards_lower_the_sum_of_a_span_and_cross_nothing() -> None:
    standard = house(consequences=KINDS, thresholds=WINDOW)
    ledger = entered(
        on("V-1", 3, date(2025, 1, 10)),
        on("M-1", 12, date(2025, 2, 10)),
        on("V-2", 2, date(2025, 3, 10)),
        on("V-3", 1, date(2025, 4, 10)),
    )
    made = account(ledger, standard)
    assert due(made) == ["2025-04-10 warning V-3 1"]
    assert made.consequences[0].because_of == ("V-1", "V-2", "V-3")


def test_while_points_stay_there_a_number_is_not_crossed_again() -> None:
    standard = house(
        consequences=KINDS,
        thresholds=Thresholds({4: "warning"}, within=Span(months=6)),
        answers={"lapse": Never()},
    )
    ledger = entered(
        on("V-1", 4, date(2024, 1, 10)),
        on("V-2", 1, date(2024, 2, 10)),
        # V-1 is out of the span, and with V-2 alone the number is not reached.
        on("V-3", 3, date(2024, 8, 1)),
        on("V-4", 1, date(2024, 12, 1)),
    )
    assert due(account(ledger, standard)) == [
        "2024-01-10 warning V-1 1",
        "2024-08-01 warning V-3 1",
        "2024-12-01 warning V-4 2",
    ]


def test_every_further_points_and_times() -> None:
    row = Threshold(4, "warning", times={2: ["warning", "demotion"], 4: "removal"}, every=3)
    standard = house(consequences=KINDS, thresholds=Thresholds([row]))
    ledger = entered(
        on("V-1", 5, date(2025, 1, 10)),
        on("V-2", 1, date(2025, 2, 10)),
        on("V-3", 1, date(2025, 3, 10)),
        on("V-4", 7, date(2025, 4, 10)),
    )
    # 5 is once, 7 is twice, 14 is four times.
    assert due(account(ledger, standard)) == [
        "2025-01-10 warning V-1 1",
        "2025-03-10 demotion V-3 2",
        "2025-03-10 warning V-3 2",
        "2025-04-10 removal V-4 4",
    ]


@pytest.mark.parametrize(
    ("lapse", "expected"),
    [
        ({}, ["2024-03-01 warning V-1 1", "2025-03-01 warning V-3 1"]),
        (
            {"answers": {"lapse": Span(months=2)}},
            ["2024-03-01 warning V-1 1", "2025-03-01 warning V-3 2"],
        ),
    ],
    ids=["cleared with the period", "not cleared"],
)
def test_times_are_counted_in_the_period_that_clears_points(
    lapse: dict[str, Any], expected: list[str]
) -> None:
    standard = house(consequences=KINDS, thresholds=Thresholds({4: "warning"}), **lapse)
    ledger = entered(on("V-1", 4, date(2024, 3, 1)), on("V-3", 4, date(2025, 3, 1)))
    assert due(account(ledger, standard)) == expected


def test_points_kept_are_looked_at_from_above() -> None:
    standard = house(
        consequences=KINDS,
        balance=Balance(12, of="kept"),
        thresholds=Thresholds({0: "removal", 6: "warning"}, reached="highest"),
    )
    ledger = entered(
        on("V-1", 6, date(2025, 1, 10)),
        on("V-2", 5, date(2025, 2, 10)),
        on("V-3", 1, date(2025, 3, 10)),
    )
    made = account(ledger, standard)
    assert due(made) == ["2025-01-10 warning V-1 1", "2025-03-10 removal V-3 1"]
    assert [str(each.points) for each in made.consequences] == ["6", "0"]
    at_once = account(
        entered(on("V-1", 9, date(2025, 1, 10)), on("V-2", 3, date(2025, 1, 10))), standard
    )
    assert due(at_once) == ["2025-01-10 warning V-1 1", "2025-01-10 removal V-2 1"]


STUDY = consequence("study", days=7, days_at_most=20, settles=CancelThose(), settles_when="served")
TWELVE = house(
    consequences=[STUDY],
    thresholds=Thresholds([Threshold(12, "study", every=12)]),
    answers={"assessment_period": Span(calendar="year")},
)


def test_what_is_served_cancels_the_points_that_it_rests_on() -> None:
    ledger = entered(on("V-1", 9, date(2025, 1, 10)), on("V-2", 4, date(2025, 2, 10)))
    taken = ledger.take("V-2", "study", on=date(2025, 2, 20), at=noon(date(2025, 2, 20)))
    assert posted(account(taken, TWELVE))[-1] == "2025-02-10 charged V-2 4 13"
    served = taken.serve("V-2", "study", on=date(2025, 3, 1), at=noon(date(2025, 3, 1)))
    made = account(served, TWELVE)
    assert posted(made)[-1] == "2025-03-01 cancelled study -13 0"
    assert made.postings[-1].because_of == ("V-1", "V-2")
    assert made.postings[-1].reason.field == "thresholds"
    (study,) = made.consequences
    assert (study.taken_on, study.served_on) == (date(2025, 2, 20), date(2025, 3, 1))
    again = served
    for id, month in (("V-3", 5), ("V-4", 6)):
        day = date(2025, month, 1)
        again = again.record(on(id, 7, day), at=noon(day))
    made = account(again, TWELVE)
    assert due(made) == ["2025-02-10 study V-2 1", "2025-06-01 study V-4 2"]
    assert [each.days for each in made.consequences] == [7, 14]
    assert made.consequences[1].because_of == ("V-3", "V-4")


def test_a_consequence_that_was_taken_later_answers_the_crossing_it_is_part_of() -> None:
    ledger = entered(
        on("V-1", 9, date(2025, 1, 10)),
        on("V-2", 4, date(2025, 2, 10)),
        on("V-3", 1, date(2025, 3, 10)),
    )
    taken = ledger.take("V-3", "study", on=date(2025, 4, 1), at=noon(date(2025, 4, 1)))
    made = account(taken, TWELVE)
    assert [(each.violation, each.taken_on) for each in made.consequences] == [
        ("V-2", date(2025, 4, 1))
    ]
    assert made.without_ground == ()


def test_facts_that_a_cancelling_crossing_holds_count_in_its_table_no_more() -> None:
    cancelling = consequence("warning", settles=CancelThose())
    window = Thresholds({4: "warning"}, within=Span(months=12))
    standard = house(consequences=[cancelling], thresholds=window, answers={"lapse": Never()})
    ledger = entered(on("V-1", 4, date(2025, 1, 10)), on("V-2", 1, date(2025, 2, 10)))
    taken = ledger.take("V-1", "warning", on=date(2025, 3, 1), at=noon(date(2025, 3, 1)))
    for id, month in (("V-3", 4), ("V-4", 5)):
        day = date(2025, month, 1)
        taken = taken.record(on(id, 2, day), at=noon(day))
    # V-1 is held, so V-2 and V-3 make 3, and with V-4 they make 5.
    made = account(taken, standard)
    assert due(made) == ["2025-01-10 warning V-1 1", "2025-05-01 warning V-4 2"]
    assert posted(made)[3] == "2025-03-01 cancelled warning -4 1"


def test_two_tables_are_looked_at_side_by_side() -> None:
    tables = [
        Clause(
            "year",
            TEXT,
            citation="91",
            thresholds=Thresholds({2: "warning"}, within=Span(months=12)),
        ),
        Clause(
            "years",
            TEXT,
            citation="92",
            thresholds=Thresholds({4: "demotion"}, within=Span(months=36)),
        ),
    ]
    standard = house(consequences=KINDS)
    standard = evolve(standard, clauses=tables)
    ledger = entered(on("V-1", 2, date(2023, 3, 1)), on("V-2", 2, date(2025, 3, 1)))
    made = account(ledger, standard)
    assert due(made) == [
        "2023-03-01 warning V-1 1",
        "2025-03-01 demotion V-2 1",
        "2025-03-01 warning V-2 1",
    ]
    assert [each.reason.id for each in made.consequences] == ["year", "years", "year"]


def test_a_balance_is_lowered_to_at_most_so_many_points() -> None:
    standard = house(
        consequences=[consequence("warning", settles=AtMost(3))],
        thresholds=Thresholds({8: "warning"}),
        answers={"lapse": Span(months=6)},
    )
    ledger = entered(on("V-1", 4, date(2025, 1, 10)), on("V-2", 5, date(2025, 2, 10)))
    day = date(2025, 3, 1)
    taken = ledger.take("V-2", "warning", on=day, at=noon(day))
    assert posted(account(taken, standard))[3:] == [
        "2025-03-01 reduced warning -6 3",
        "2025-08-10 lapsed V-2 -3 0",
    ]
    # Where the balance is no higher, nothing is posted.
    low = entered(on("V-1", 8, date(2025, 1, 10)))
    late = date(2025, 8, 1)
    assert posted(account(low.take("V-1", "warning", on=late, at=noon(late)), standard))[2:] == [
        "2025-07-10 lapsed V-1 -8 0"
    ]


def test_a_cap_over_several_is_not_in_the_sum_of_a_span() -> None:
    standard = house(consequences=KINDS, thresholds=WINDOW, cap=Cap(3, over="period"))
    ledger = entered(on("V-1", 4, date(2025, 1, 10)))
    assert due(account(ledger, standard)) == ["2025-01-10 warning V-1 1"]


def test_what_was_cancelled_counts_no_more_where_it_counts_again_in_a_later_edition() -> None:
    # The first edition counts by the day it occurred, the second by that of its recording, so that
    # a violation between the two is charged in both.
    first = house(
        consequences=[consequence("warning", settles=CancelThose())],
        thresholds=Thresholds({6: "warning"}, within=Span(months=36)),
        answers={"counted_on": "occurred", "lapse": Never()},
    )
    clauses = [evolve(first.clauses[0], answers={"counted_on": "recorded", "lapse": Never()})]
    second = evolve(first, edition="2", clauses=clauses)
    standard = Editions(
        [Edition(first, last=date(2024, 12, 31)), Edition(second, date(2025, 1, 1))]
    )
    ledger = entered(on("V-2", 4, date(2024, 12, 22)))
    ledger = ledger.record(on("V-1", 4, date(2024, 12, 20)), at=noon(date(2025, 1, 10)))
    ledger = ledger.take("V-2", "warning", on=date(2024, 12, 28), at=noon(date(2025, 1, 11)))
    ledger = ledger.record(on("V-3", 4, date(2025, 2, 1)), at=noon(date(2025, 2, 1)))
    made = account(ledger, standard)
    assert due(made) == ["2025-01-10 warning V-2 1"]
    assert posted(made)[1:] == [
        "2024-12-20 charged V-1 4 4",
        "2024-12-22 charged V-2 4 8",
        "2024-12-28 cancelled warning -8 0",
        "2025-01-10 charged V-1 4 4",
        "2025-02-01 charged V-3 4 8",
    ]


def test_in_order_nothing_follows_once_all_that_is_reached_was_taken() -> None:
    standard = house(
        thresholds=Thresholds({5: "talk"}, reached="in-order"), consequences=[consequence("talk")]
    )
    ledger = entered(on("V-1", 6, date(2025, 3, 2)))
    ledger = ledger.take("V-1", "talk", on=date(2025, 3, 9), at=noon(date(2025, 3, 9)))
    later = ledger.record(on("V-2", 3, date(2025, 4, 2)), at=noon(date(2025, 4, 2)))
    (due,) = account(later, standard).consequences
    assert (due.violation, due.taken_on) == ("V-1", date(2025, 3, 9))
