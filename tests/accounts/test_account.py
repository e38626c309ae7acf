"""Points accounts: what is posted when, table by table."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    AwardsAgainst,
    Edition,
    Editions,
    FieldError,
    Ledger,
    Milestone,
    Policy,
    Rulebook,
    ScoringError,
    Tenure,
    Violation,
)
from cmappraisal.accounts import PointsAccount, PostingKind, points_account, points_accounts
from cmappraisal.standards import (
    Balance,
    CancelThose,
    Cap,
    Clause,
    CleanTime,
    Never,
    Over,
    Span,
    WithPeriod,
)
from small_accounts import (
    NO_MARKS,
    TEXT,
    THROUGH,
    account,
    consequence,
    deducting,
    entered,
    house,
    noon,
    on,
    posted,
)

JOINED = [Tenure("A", "company", first=date(2022, 1, 1))]
STARS = house(
    balance=Balance(5, of="kept", least=-5, most=12),
    clean_time=CleanTime(2, months=12),
    answers={"lapse": Never()},
)
AGENT = entered(
    on("M", 12, date(2023, 3, 1)),
    on("V-1", 3, date(2024, 9, 10)),
    on("V-2", 4, date(2025, 11, 5)),
)


def test_points_kept_are_lowered_by_deductions_and_raised_by_clean_time() -> None:
    made = account(AGENT, STARS, people=JOINED)
    assert posted(made) == [
        "2022-01-01 opened 5 5",
        "2023-01-01 clean-time 2 7",
        "2023-03-01 awarded M 2 9",
        "2024-01-01 clean-time 2 11",
        "2024-09-10 charged V-1 -3 8",
        "2025-09-11 clean-time 2 10",
        "2025-11-05 charged V-2 -4 6",
    ]
    assert str(made.balance) == "6"
    assert [str(appraisal.period) for appraisal in made.appraisals] == [
        f"{year}-01-01..{year}-12-31" for year in (2022, 2023, 2024, 2025)
    ]


def test_what_goes_beyond_a_bound_is_forfeited() -> None:
    struck = AGENT.reverse("V-1", at=noon(date(2025, 12, 1)), reason="a colleague's")
    made = account(struck, STARS, people=JOINED)
    assert posted(made)[4:] == [
        "2025-01-01 clean-time 2 13",
        "2025-01-01 forfeited -1 12",
        "2025-11-05 charged V-2 -4 8",
    ]
    forfeited = made.postings[5]
    assert forfeited.reason == made.postings[0].reason
    assert (forfeited.violation, forfeited.because_of) == (None, ())


def test_an_account_begins_with_what_was_erased() -> None:
    ledger = entered(on("V-1", 3, date(2023, 9, 10)), on("V-2", 4, date(2025, 11, 5)))
    made = account(ledger.erase("V-1"), STARS)
    assert [appraisal.incomplete for appraisal in made.appraisals] == [("V-1",), (), ()]
    assert made.appraisals[0].period.first == date(2023, 1, 1)


ONE_COMPANY = house(
    balance=Balance(5, of="kept"),
    clean_time=CleanTime(2, months=12, in_one_group=True),
    answers={"lapse": Never()},
)


def served(group: str, first: date | None, last: date | None = None) -> Tenure:
    return Tenure("A", group, first=first, last=last)


@pytest.mark.parametrize(
    ("tenures", "rewards"),
    [
        # Whoever changes begins anew; so does whoever comes back after a break.
        (
            [
                served("one", date(2022, 1, 1), date(2022, 12, 30)),
                served("two", date(2022, 12, 31), date(2024, 6, 30)),
            ],
            ["2023-12-31"],
        ),
        (
            [
                served("one", date(2022, 1, 1), date(2022, 6, 30)),
                served("one", date(2022, 7, 2)),
            ],
            ["2023-07-02", "2024-07-02", "2025-07-02"],
        ),
        # Tenures that meet, or lie in one another, are one time; the last day counts.
        (
            [
                served("one", date(2022, 1, 1), date(2022, 6, 30)),
                served("one", date(2022, 7, 1), date(2022, 12, 31)),
                served("one", date(2022, 3, 1), date(2022, 5, 1)),
            ],
            ["2023-01-01"],
        ),
        # Of two at once either will do.
        (
            [
                served("one", date(2022, 1, 1), date(2022, 11, 30)),
                served("two", date(2022, 3, 1), date(2023, 4, 30)),
            ],
            ["2023-03-01"],
        ),
    ],
)
def test_clean_time_in_one_group_is_spent_in_it(tenures: list[Tenure], rewards: list[str]) -> None:
    made = account(Ledger(), ONE_COMPANY, people=tenures)
    assert [
        str(each.counted_on) for each in made.postings if each.kind is PostingKind.CLEAN_TIME
    ] == rewards


@pytest.mark.parametrize("tenures", [[], [served("one", None)]])
def test_clean_time_of_whoever_is_known_to_be_nowhere_else_runs_on(tenures: list[Tenure]) -> None:
    ledger = entered(on("V-1", 3, date(2023, 6, 1)))
    assert posted(account(ledger, ONE_COMPANY, people=tenures)) == [
        "2023-01-01 opened 5 5",
        "2023-06-01 charged V-1 -3 2",
        "2024-06-02 clean-time 2 4",
        "2025-06-02 clean-time 2 6",
    ]


def test_a_deduction_begins_clean_time_anew_within_a_group_too() -> None:
    ledger = entered(on("V-1", 3, date(2022, 5, 1)))
    tenures = [
        served("one", date(2022, 1, 1), date(2022, 12, 31)),
        served("two", date(2023, 3, 1)),
    ]
    made = account(ledger, ONE_COMPANY, people=tenures, through=date(2024, 12, 31))
    assert posted(made) == [
        "2022-01-01 opened 5 5",
        "2022-05-01 charged V-1 -3 2",
        "2024-03-01 clean-time 2 4",
    ]


def test_a_balance_is_known_for_each_day() -> None:
    made = account(AGENT, STARS, people=JOINED)
    assert made.balance_on(date(2021, 12, 31)) is None
    assert [
        str(made.balance_on(day))
        for day in (date(2022, 1, 1), date(2023, 2, 28), date(2023, 3, 1), date(2030, 1, 1))
    ] == ["5", "7", "9", "6"]
    assert made.opened_on == date(2022, 1, 1)
    assert repr(made) == "<PointsAccount of 'A' through 2025-12-31: balance 6, 7 postings>"
    assert repr(made.postings[0]) == "<Posting opened on 2022-01-01: 5, balance 5>"
    assert repr(made.postings[4]) == "<Posting charged 'V-1' on 2024-09-10: -3, balance 8>"


CYCLE = house(answers={"assessment_period": Span(months=12, cycle="licence")})
LICENCE = [Milestone("A", "licence", date(2023, 5, 20))]
DRIVER = entered(on("V-1", 6, date(2024, 6, 1)), on("V-2", 3, date(2024, 7, 1)))


def test_a_persons_own_cycle_is_cleared_at_its_end() -> None:
    before = account(DRIVER, CYCLE, people=LICENCE, through=date(2025, 5, 19))
    assert str(before.balance) == "9"
    made = account(DRIVER, CYCLE, people=LICENCE, through=date(2025, 5, 20))
    assert posted(made) == [
        "2023-05-20 opened 0 0",
        "2024-06-01 charged V-1 6 6",
        "2024-07-01 charged V-2 3 9",
        "2025-05-20 lapsed V-1 -6 3",
        "2025-05-20 lapsed V-2 -3 0",
    ]
    assert made.milestones == tuple(LICENCE)
    assert [str(appraisal.period) for appraisal in made.appraisals] == [
        "2023-05-20..2024-05-19",
        "2024-05-20..2025-05-19",
        "2025-05-20..2025-05-20",
    ]


def test_points_that_wait_for_a_fine_move_on() -> None:
    standard = house(
        deducting("20", 6, consequences=["fine"]),
        consequences=[consequence("fine")],
        answers={"lapse": WithPeriod(unless_unserved="fine")},
    )
    ledger = entered(on("V-1", "20", date(2023, 6, 1)), on("V-2", 3, date(2023, 7, 1)))
    assert posted(account(ledger, standard))[-1] == "2024-01-01 lapsed V-2 -3 6"
    day = date(2024, 8, 1)
    taken = ledger.take("V-1", "fine", on=day, at=noon(day))
    assert str(account(taken, standard).balance) == "6"
    paid = taken.serve("V-1", "fine", on=day, at=noon(day))
    assert posted(account(paid, standard))[-1] == "2025-01-01 lapsed V-1 -6 0"
    # What is served on the day on which points would lapse is served too late for that day.
    late = date(2025, 1, 1)
    served_late = taken.serve("V-1", "fine", on=late, at=noon(late))
    assert str(account(served_late, standard).balance) == "6"


def test_points_move_on_where_the_balance_is_too_high_to_lapse() -> None:
    standard = house(answers={"lapse": WithPeriod(below=12)})
    below = entered(on("V-1", 8, date(2023, 6, 1)), on("V-2", 3, date(2023, 7, 1)))
    assert posted(account(below, standard))[-2:] == [
        "2024-01-01 lapsed V-1 -8 3",
        "2024-01-01 lapsed V-2 -3 0",
    ]
    twelve = on("V-1", 8, date(2023, 6, 1)), on("V-2", 4, date(2023, 7, 1))
    # Both move on together, though each would be below by itself.
    assert str(account(entered(*twelve), standard).balance) == "12"
    lowered = entered(*twelve, on("M-1", 11, date(2024, 2, 1)))
    assert posted(account(lowered, standard))[-4:] == [
        "2024-02-01 awarded M-1 -1 11",
        "2025-01-01 lapsed M-1 1 12",
        "2025-01-01 lapsed V-1 -8 4",
        "2025-01-01 lapsed V-2 -4 0",
    ]


def test_clean_time_moves_on_where_the_balance_is_too_high() -> None:
    standard = house(
        balance=Balance(20, of="kept"),
        clean_time=CleanTime(2, months=12),
        answers={"lapse": WithPeriod(below=12)},
    )
    made = account(entered(on("V-1", 1, date(2023, 6, 1))), standard)
    assert not [each for each in made.postings if each.kind.value == "lapsed"]


LAPSES: dict[str, tuple[Any, list[str]]] = {
    "with the period": (
        WithPeriod(),
        ["2025-01-01 lapsed V-1 -5 3", "2025-01-01 lapsed V-2 -3 0"],
    ),
    "never": (Never(), []),
    "months": (
        Span(months=6),
        ["2024-09-10 lapsed V-1 -5 3", "2024-12-01 lapsed V-2 -3 0"],
    ),
    "the calendar's quarter": (
        Span(calendar="quarter"),
        ["2024-04-01 lapsed V-1 -5 0", "2024-07-01 lapsed V-2 -3 0"],
    ),
    "months by the day it was found": (
        Span(months=6, by="found"),
        ["2024-09-10 lapsed V-1 -5 3", "2024-12-05 lapsed V-2 -3 0"],
    ),
}


@pytest.mark.parametrize(("lapse", "expected"), LAPSES.values(), ids=LAPSES)
def test_points_lapse_as_is_stated(lapse: Any, expected: list[str]) -> None:
    late = on("V-2", 3, date(2024, 6, 1), found_on=date(2024, 6, 5))
    ledger = entered(on("V-1", 5, date(2024, 3, 10))).record(late, at=noon(date(2024, 6, 6)))
    made = account(ledger, house(answers={"lapse": lapse}))
    assert [each for each in posted(made) if "lapsed" in each] == expected
    by_policy = account(ledger, house(), policy=Policy(full_marks=None, lapse=lapse))
    assert posted(by_policy) == posted(made)


def test_the_lapse_of_a_rule_wins() -> None:
    standard = house(deducting("20", 5, lapse=Never()))
    made = account(entered(on("V-1", "20", date(2024, 3, 10))), standard)
    assert str(made.balance) == "5"


def test_awards_are_set_against_the_balance_or_the_oldest_deductions() -> None:
    ledger = entered(
        on("V-1", 2, date(2024, 3, 10)),
        on("V-2", 3, date(2024, 6, 1)),
        on("M-1", 14, date(2024, 7, 1)),
        on("M-2", 13, date(2024, 8, 1)),
    )
    lapse = Span(months=6)
    against = {"lapse": lapse, "awards_against": AwardsAgainst.BALANCE}
    assert posted(account(ledger, house(answers=against)))[1:] == [
        "2024-03-10 charged V-1 2 2",
        "2024-06-01 charged V-2 3 5",
        "2024-07-01 awarded M-1 -4 1",
        "2024-08-01 awarded M-2 -3 -2",
        "2024-09-10 lapsed V-1 -2 -4",
        "2024-12-01 lapsed V-2 -3 -7",
        "2025-01-01 lapsed M-1 4 -3",
        "2025-02-01 lapsed M-2 3 0",
    ]
    oldest = {"lapse": lapse, "awards_against": AwardsAgainst.OLDEST}
    made = account(ledger, house(answers=oldest))
    assert posted(made)[3:] == [
        "2024-07-01 awarded M-1 -4 1",
        "2024-08-01 awarded M-2 -3 -2",
        "2024-08-01 forfeited 2 0",
    ]
    assert made.postings[-1].reason.field == "awards_against"


CAPS: dict[str, tuple[Cap, list[str]]] = {
    "over an incident": (
        Cap(6, over=Over.INCIDENT),
        ["2024-12-31 charged -4 11", "2025-03-10 lapsed V-1 -4 7", "2025-06-01 lapsed V-2 -2 5"],
    ),
    "over a part": (
        Cap(8, over=Over.PART),
        ["2024-12-31 charged -7 8", "2025-03-10 lapsed V-1 -4 4", "2025-06-01 lapsed V-2 -4 0"],
    ),
    "over a period": (
        Cap(14, over=Over.PERIOD),
        [
            "2024-12-31 charged -1 14",
            "2025-03-10 lapsed V-1 -4 10",
            "2025-06-01 lapsed V-2 -6 4",
            "2025-07-01 lapsed V-3 -4 0",
        ],
    ),
}


@pytest.mark.parametrize(("cap", "expected"), CAPS.values(), ids=CAPS)
def test_a_cap_takes_away_on_the_last_day_from_the_latest_that_it_bounds(
    cap: Cap, expected: list[str]
) -> None:
    ledger = entered(
        on("V-1", 4, date(2024, 3, 10), incident="I"),
        on("V-2", 6, date(2024, 6, 1), incident="I"),
        on("V-3", 5, date(2024, 7, 1)),
    )
    standard = house(cap=cap, answers={"lapse": Span(months=12), "concurrence": "cumulative"})
    made = account(ledger, standard, through=date(2025, 7, 1))
    assert [each for each in posted(made)[4:] if "V-3 -5" not in each] == expected
    assert made.postings[4].because_of == made.appraisals[0].caps[0].steps[0].because_of


@pytest.mark.parametrize(("deducted", "balance"), [(3, "0"), (4, "0")])
def test_what_was_cancelled_does_not_come_back_with_a_cap_of_awards(
    deducted: int, balance: str
) -> None:
    standard = house(
        deducting("20", deducted, consequences=["talk"]),
        consequences=[consequence("talk", settles=CancelThose())],
        cap=Cap(1, over="period", of="awards"),
        answers={"awards_against": "oldest"},
    )
    day = date(2025, 3, 5)
    ledger = entered(on("V-1", 20, date(2025, 3, 1)), on("M-1", 13, date(2025, 3, 2)))
    made = account(ledger.take("V-1", "talk", on=day, at=noon(day)), standard)
    assert posted(made)[-2:] == ["2025-12-31 awarded 2 2", f"2025-12-31 forfeited -2 {balance}"]


def test_a_cap_of_awards_gives_back_what_they_left_less_of() -> None:
    standard = house(
        cap=Cap(2, over="incident", of="awards"),
        answers={"awards_against": "oldest", "lapse": Span(months=6)},
    )
    ledger = entered(
        on("V-1", 3, date(2025, 3, 1)),
        on("V-2", 4, date(2025, 4, 1)),
        on("M-1", 13, date(2025, 4, 2), incident="I"),
        on("M-2", 12, date(2025, 4, 3), incident="I"),
        on("M-3", 11, date(2025, 4, 4)),
    )
    standard = evolve(
        standard,
        clauses=[
            *standard.clauses,
            Clause("H", TEXT, citation="91", answers={"concurrence": "cumulative"}),
        ],
    )
    # Of the five points of I three are too many: two were set against V-2, and one against V-1,
    # which lapsed before the cap is posted.
    assert posted(account(ledger, standard))[3:] == [
        "2025-04-02 awarded M-1 -3 4",
        "2025-04-03 awarded M-2 -2 2",
        "2025-04-04 awarded M-3 -1 1",
        "2025-10-01 lapsed V-2 -1 0",
        "2025-12-31 awarded 3 3",
        "2025-12-31 forfeited -3 0",
    ]


def test_what_an_award_was_set_against_counts_again() -> None:
    standard = house(cap=Cap(1, over="period", of="awards"), answers={"awards_against": "oldest"})
    ledger = entered(on("V-1", 5, date(2025, 3, 1)), on("M-1", 13, date(2025, 4, 2)))
    made = account(ledger, standard, through=date(2026, 1, 1))
    assert posted(made)[2:] == [
        "2025-04-02 awarded M-1 -3 2",
        "2025-12-31 awarded 2 4",
        "2026-01-01 lapsed V-1 -4 0",
    ]


def test_the_last_days_of_the_calendar_are_days_too() -> None:
    ledger = Ledger().record(on("V-1", 3, date.max), at=datetime.max.replace(tzinfo=UTC))
    standard = house(
        clean_time=CleanTime(1, months=12),
        answers={"lapse": Span(months=6), "assessment_period": Span(calendar="year")},
    )
    people = [Tenure("A", "company", first=date(9999, 6, 1))]
    made = account(ledger, standard, through=date.max, people=people)
    assert posted(made) == ["9999-06-01 opened 0 0", "9999-12-31 charged V-1 3 3"]
    kept = house(
        deducting("20", 6, consequences=["fine"]),
        consequences=[consequence("fine")],
        answers={"lapse": WithPeriod(unless_unserved="fine")},
    )
    waiting = Ledger().record(on("V-1", 20, date(9998, 6, 1)), at=noon(date(9998, 6, 1)))
    assert posted(account(waiting, kept, through=date.max))[-1] == "9998-06-01 charged V-1 6 6"


def test_awards_count_below_a_balance_alone() -> None:
    ledger = entered(
        on("V-1", 9, date(2024, 3, 10)),
        on("M-1", 12, date(2024, 4, 1)),
        on("V-2", 5, date(2024, 5, 1)),
        on("M-2", 13, date(2024, 6, 1)),
    )
    made = account(ledger, house(balance=Balance(awards_below=12)))
    assert posted(made)[1:6] == [
        "2024-03-10 charged V-1 9 9",
        "2024-04-01 awarded M-1 -2 7",
        "2024-05-01 charged V-2 5 12",
        "2024-06-01 awarded M-2 -3 9",
        "2024-06-01 forfeited 3 12",
    ]
    assert made.postings[5].reason.field == "balance"


def test_a_cap_of_awards_and_of_one_violations_own_incident() -> None:
    ledger = entered(
        on("V-1", 9, date(2024, 3, 10)),
        on("M-1", 14, date(2024, 6, 1)),
        on("M-2", 13, date(2024, 7, 1)),
    )
    standard = house(cap=Cap(6, over="period", of="awards"))
    made = account(ledger, standard, through=date(2024, 12, 31))
    assert posted(made)[-1] == "2024-12-31 awarded 1 3"
    alone = account(ledger, house(cap=Cap(6, over="incident")), through=date(2024, 12, 31))
    assert posted(alone)[-1] == "2024-12-31 charged -3 -1"


OPENINGS: dict[str, tuple[list[Any], list[Any], str]] = {
    "nothing is known": ([], [], "2025-01-01"),
    "the first period with a violation": ([on("V", 1, date(2024, 6, 1))], [], "2024-01-01"),
    "the first tenure": (
        [on("V", 1, date(2024, 6, 1))],
        [
            Tenure("A", "north", first=date(2024, 5, 1)),
            Tenure("A", "south", first=date(2025, 1, 1)),
        ],
        "2024-05-01",
    ),
    "a tenure that began before anything": (
        [on("V", 1, date(2024, 6, 1))],
        [Tenure("A", "north")],
        "2024-01-01",
    ),
    "a violation before the first tenure": (
        [on("V", 1, date(2024, 6, 1))],
        [Tenure("A", "north", first=date(2024, 7, 1))],
        "2024-01-01",
    ),
    "a tenure that has not begun": (
        [],
        [Tenure("A", "north", first=date(2026, 7, 1))],
        "2025-01-01",
    ),
}


@pytest.mark.parametrize(("acts", "people", "opened_on"), OPENINGS.values(), ids=OPENINGS)
def test_when_an_account_opens(acts: list[Any], people: list[Any], opened_on: str) -> None:
    assert str(account(entered(*acts), house(), people=people).opened_on) == opened_on


def test_what_keeps_a_day_from_being_placed_is_reported_for_everybody() -> None:
    ledger = entered(on("V-1", 1, date(2023, 5, 1)), on("V-2", 1, date(2024, 5, 1), manager="B"))
    with pytest.raises(ScoringError) as caught:
        points_accounts(ledger, CYCLE, through=THROUGH, people=LICENCE)
    assert [
        (problem.path, problem.code.value, problem.message) for problem in caught.value.problems
    ] == [
        (
            "$.people",
            "contradiction",
            '"A" has the milestone "licence" on 2023-05-20, but a day to place before it '
            "(2023-05-01); give the right day",
        ),
        (
            "$.people",
            "missing",
            '"B" has no milestone "licence", from which cycles run; give it in people=',
        ),
    ]


def test_what_cannot_be_scored_is_reported() -> None:
    unknown = Violation("V-1", "A", rule="99", occurred_on=date(2025, 3, 1))
    with pytest.raises(ScoringError, match=r'\$\["V-1"\].rule'):
        points_account(entered(unknown), house(), manager="A", through=THROUGH)


def test_what_is_dated_after_its_recording_is_reported_however_far_ahead() -> None:
    ledger = Ledger().record(on("V-1", 1, date(2027, 3, 1)), at=noon(date(2025, 3, 1)))
    with pytest.raises(ScoringError, match="occurred_on is 2027-03-01"):
        points_account(ledger, house(), manager="A", through=THROUGH)


def test_violations_after_the_last_day_are_not_there() -> None:
    made = account(entered(on("V-1", 1, date(2025, 3, 1))), house(), through=date(2025, 2, 28))
    assert posted(made) == ["2025-01-01 opened 0 0"]


def editions(first: Rulebook, second: Rulebook) -> Editions:
    """Two editions, of which the second begins with 2025."""
    begins = date(2025, 1, 1)
    later = evolve(second, edition="2")
    return Editions([Edition(first, last=date(2024, 12, 31)), Edition(later, begins)])


def test_each_period_is_closed_by_its_own_edition() -> None:
    second = house(cap=Cap(7, over="period"), balance=Balance(10, of="kept"))
    standard = editions(house(cap=Cap(5, over="period")), second)
    ledger = entered(on("V-1", 9, date(2024, 3, 1)), on("V-2", 9, date(2025, 3, 1)))
    made = account(ledger, standard)
    assert [str(appraisal.points) for appraisal in made.appraisals] == ["5", "7"]
    # The edition in force on the last day says how points are counted.
    assert str(made.balance) == "3"


def test_cycles_go_on_under_a_later_edition() -> None:
    cycles = editions(CYCLE, CYCLE)
    assert str(account(DRIVER, cycles, people=LICENCE).balance) == "0"
    with pytest.raises(ScoringError, match='no milestone "licence"'):
        points_accounts(DRIVER, cycles, through=THROUGH)


ARGUMENTS: list[tuple[dict[str, Any], str]] = [
    ({"ledger": None}, "ledger is None; allowed: a Ledger"),
    ({"standard": "x"}, "standard is 'x'; allowed: a Rulebook or Editions"),
    ({"through": "2025-12-31"}, "through is '2025-12-31'; allowed: a date"),
    ({"through": datetime(2025, 1, 1, tzinfo=UTC)}, "through is datetime.datetime"),
    ({"manager": ""}, "manager is ''; allowed: a non-empty string"),
    ({"policy": None}, "policy is None; allowed: a Policy"),
    ({"people": ["A"]}, "people is ('A',); allowed: a list of Tenure and Milestone"),
    ({"as_of": date(2025, 1, 1)}, "as_of is datetime.date(2025, 1, 1); allowed: None, or"),
]


@pytest.mark.parametrize(("change", "message"), ARGUMENTS, ids=lambda value: str(value)[:30])
def test_arguments_are_checked(change: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {
        "ledger": Ledger(),
        "standard": ERROR_POINTS,
        "manager": "A",
        "through": THROUGH,
        **change,
    }
    with pytest.raises(FieldError) as caught:
        points_account(given.pop("ledger"), given.pop("standard"), **given)
    assert message in str(caught.value)


def test_managers_are_checked() -> None:
    with pytest.raises(FieldError, match="managers is 5"):
        points_accounts(Ledger(), ERROR_POINTS, through=THROUGH, managers=5)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match="day is 5; allowed: a date"):
        account(AGENT, STARS, people=JOINED).balance_on(5)  # type: ignore[arg-type]


def test_an_account_needs_an_appraisal_and_a_posting() -> None:
    made = account(AGENT, STARS, people=JOINED)
    for name in ("appraisals", "postings"):
        fields: dict[str, Any] = {
            "as_of": None,
            "appraisals": made.appraisals,
            "postings": made.postings,
            name: (),
        }
        with pytest.raises(FieldError, match=f"{name} is \\(\\); allowed: not empty"):
            PointsAccount("A", THROUGH, **fields)


def test_the_policy_keeps_accounts_where_the_standard_is_silent() -> None:
    policy = Policy(full_marks=None, assessment_period=Span(calendar="quarter"))
    made = account(entered(on("V", 3, date(2025, 3, 1))), house(), policy=policy)
    assert posted(made) == [
        "2025-01-01 opened 0 0",
        "2025-03-01 charged V 3 3",
        "2025-04-01 lapsed V -3 0",
    ]
    assert len(made.appraisals) == 4
    assert made.postings[0].kind is PostingKind.OPENED
    assert made.postings[0].reason.field == "assessment_period"
    assert NO_MARKS.assessment_period == Span(calendar="year")
