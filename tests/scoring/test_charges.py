"""Charges: which violations count in a period, and the problems of those that cannot be judged."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    CountedOn,
    Ledger,
    Period,
    Policy,
    ProblemCode,
    ScoringError,
    Violation,
    faults,
    score_all,
    tally,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.fields import shown
from cmappraisal.scoring import flaws
from cmappraisal.scoring.charges import Charges
from worked_cases import (
    CUMULATIVE,
    NOON,
    YEAR,
    counted_in,
    found,
    i,
    ledger_of,
    pipeline_of,
    scored,
)


def test_what_of_an_incident_falls_outside_the_period_is_not_looked_at() -> None:
    year_before = date(2024, 12, 31)
    ledger = ledger_of([i("a", "3.1a"), i("b", "3.17a", occurred_on=year_before), i("c", "3.18")])
    assert counted_in(ledger, policy=CUMULATIVE) == {"a": "2", "c": "0"}
    assert counted_in(ledger, period=Period.year(2024)) == {"b": "1"}


@pytest.mark.parametrize(
    ("day", "is_in"),
    [
        (date(2025, 3, 31), False),
        (date(2025, 4, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_a_period_has_both_its_ends(day: date, is_in: bool) -> None:
    ledger = ledger_of([found("a", "2.1", occurred_on=day)])
    appraisals = scored(ledger, period=Period.quarter(2025, 2))
    assert [len(appraisal.lines) for appraisal in appraisals.values()] == [1] * is_in


def test_recorded_is_the_day_on_the_clock_of_the_recording() -> None:
    recorded = Policy(counted_on=CountedOn.RECORDED)
    midnight = datetime(2025, 4, 1, tzinfo=timezone(timedelta(hours=8)))
    ledger = Ledger().record(found("a", "2.1"), at=midnight)
    elsewhere = Ledger().record(found("a", "2.1"), at=midnight.astimezone(UTC))
    for each, quarter in ((ledger, 2), (elsewhere, 1)):
        appraisals = scored(each, policy=recorded, period=Period.quarter(2025, quarter))
        assert appraisals["RM-01"].points == 1
        other = Period.quarter(2025, 3 - quarter)
        assert not scored(each, policy=recorded, period=other)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2025-12-31T23:59:59+00:00", date(2025, 12, 31)),
        ("2026-01-01T07:59:59+08:00", date(2026, 1, 1)),
        ("2025-12-31T18:59:59-05:00", date(2025, 12, 31)),
        ("2026-01-01T13:59:59+14:00", date(2026, 1, 1)),
    ],
)
def test_a_violation_counts_on_the_day_it_happened_or_was_recorded_and_on_no_other(
    moment: str, day: date
) -> None:
    recorded, happened = Policy(counted_on=CountedOn.RECORDED), date(2024, 2, 29)
    ledger = Ledger().record(
        found("a", "2.1", occurred_on=happened), at=datetime.fromisoformat(moment)
    )
    for each in (day - timedelta(1), day, day + timedelta(1), happened):
        on_that_day = Period(each, each)
        assert bool(scored(ledger, policy=recorded, period=on_that_day)) is (each == day)
        assert bool(scored(ledger, period=on_that_day)) is (each == happened)


def test_an_amendment_can_move_the_day_it_happened() -> None:
    ledger = ledger_of([found("a", "2.1")]).amend(
        found("a", "2.1", occurred_on=date(2024, 3, 2)), at=NOON, reason="wrong year"
    )
    assert counted_in(ledger) == {}
    assert counted_in(ledger, period=Period.year(2024)) == {"a": "1"}


def test_the_first_and_the_last_of_all_days_count() -> None:
    end = datetime.max.replace(tzinfo=UTC)
    ledger = ledger_of([found("a", "2.1", occurred_on=date.min)]).record(
        found("b", "2.1", occurred_on=date.max), at=end
    )
    assert counted_in(ledger, period=Period(date.min, date.max)) == {"a": "1", "b": "1"}


def test_an_amendment_does_not_move_the_day_of_recording() -> None:
    recorded = Policy(counted_on=CountedOn.RECORDED)
    ledger = Ledger().record(found("a", "2.1"), at=datetime(2025, 3, 31, tzinfo=UTC))
    amended = ledger.amend(
        found("a", "2.3"), at=datetime(2025, 4, 2, tzinfo=UTC), reason="wrong rule"
    )
    assert scored(amended, policy=recorded, period=Period.quarter(2025, 1))["RM-01"].points == 2


def test_as_of_includes_what_was_entered_at_exactly_that_moment() -> None:
    ledger = ledger_of([found("a", "2.1")])
    reversed_ = ledger.reverse("a", at=NOON + timedelta(1), reason="no breach")
    before = NOON + timedelta(1) - timedelta(microseconds=1)
    assert scored(reversed_, as_of=NOON)["RM-01"].points == 1
    assert scored(reversed_, as_of=before)["RM-01"].points == 1
    assert not scored(reversed_, as_of=NOON + timedelta(1))
    assert not scored(reversed_, as_of=NOON - timedelta(microseconds=1))


# Acts dated after their recording.

DAY = timedelta(days=1)
ACT = date(2025, 3, 2)


def recorded_on(day: date, violation: Violation) -> Ledger:
    return Ledger().record(violation, at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


@pytest.mark.parametrize("ahead", [-400, -1, 0, 1])
def test_an_act_up_to_a_day_after_its_recording_counts_once(ahead: int) -> None:
    ledger = recorded_on(ACT - ahead * DAY, found("a", "2.1", occurred_on=ACT))
    assert faults(found("a", "2.1"), ERROR_POINTS, at=ledger.latest) == ()
    assert counted_in(ledger) == {"a": "1"}
    for day in (ACT - DAY, ACT, ACT + DAY):
        expected = {"a": "1"} if day == ACT else {}
        assert counted_in(ledger, period=Period(day, day)) == expected


@pytest.mark.parametrize("ahead", [2, 30, 9999])
def test_an_act_further_ahead_cannot_be_scored_in_either_period(ahead: int) -> None:
    day = ACT + ahead * DAY
    ledger = recorded_on(ACT, found("a", "2.1", occurred_on=day))
    expected = (
        f"occurred_on is {day}, more than a day after it was recorded (2025-03-02); give the day "
        "on which it happened"
    )
    there, ahead_of_it = Period(ACT, ACT), Period(day, day)
    for period, counted_on in (
        (there, CountedOn.OCCURRED),
        (there, CountedOn.RECORDED),
        (ahead_of_it, CountedOn.OCCURRED),
    ):
        policy = Policy(counted_on=counted_on)
        with pytest.raises(ScoringError) as caught:
            score_all(ledger, ERROR_POINTS, period, policy=policy)
        [problem] = caught.value.problems
        assert problem.path == '$["a"].occurred_on'
        assert problem.code is ProblemCode.ACT_AFTER_RECORDING
        assert problem.message == expected
        with pytest.raises(ScoringError):
            tally(ledger, ERROR_POINTS, period, policy=policy)
    assert not scored(ledger, period=Period(date(2020, 1, 1), date(2020, 12, 31)))


def test_a_day_that_an_amendment_gives_is_measured_by_the_amendment() -> None:
    ledger = recorded_on(ACT, found("a", "2.1", occurred_on=ACT))
    moved = found("a", "2.1", occurred_on=ACT + 90 * DAY)
    at = datetime(2025, 5, 31, 12, tzinfo=UTC)
    amended = ledger.amend(moved, at=at, reason="wrong day")
    assert counted_in(amended) == {"a": "1"}
    assert counted_in(amended, period=Period.quarter(2025, 1)) == {}
    assert counted_in(amended, period=Period.quarter(2025, 2)) == {"a": "1"}
    too_early = ledger.amend(moved, at=at - 2 * DAY, reason="wrong day")
    for period in (Period.quarter(2025, 1), Period.quarter(2025, 2)):
        with pytest.raises(ScoringError, match="more than a day after it was recorded"):
            score_all(too_early, ERROR_POINTS, period)


def test_another_right_amendment_mends_a_day_that_was_ahead() -> None:
    ledger = recorded_on(ACT, found("a", "2.1", occurred_on=date(2052, 1, 1)))
    mended = ledger.amend(found("a", "2.1"), at=NOON, reason="misread")
    assert counted_in(mended) == {"a": "1"}


def test_what_would_not_count_is_not_looked_at() -> None:
    past = found("a", "9.9", occurred_on=date(2020, 1, 1))
    struck = ledger_of([past, found("b", "9.9"), found("c", "2.1")]).reverse(
        "b", at=NOON, reason="no such rule"
    )
    assert scored(struck)["RM-01"].points == 1


def test_beyond_a_bound_what_is_wrong_is_counted() -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS + 5)]
    good = [found("W-1", "2.1"), found("W-2", "2.3")]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of([*many, *good]), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.more == 5
    assert str(caught.value).endswith("and 5 more")


@pytest.mark.parametrize("call", [score_all, tally])
def test_up_to_the_bound_every_problem_is_listed_and_nothing_is_left_to_count(call: Any) -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS)]
    with pytest.raises(ScoringError) as caught:
        call(ledger_of(many), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS == 100
    assert caught.value.more == 0
    assert " more" not in str(caught.value)


def test_beyond_the_bound_each_thing_wrong_is_counted() -> None:
    many = [found(f"V-{n:03}", "9.9") for n in range(MAXIMUM_PROBLEMS - 1)]
    last = found("W-1", "9.9", circumstances=["one", "two", "three"])
    beyond = [found("W-2", "9.9", circumstances=["one"]), found("W-3", "2.1")]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of([*many, last, *beyond]), ERROR_POINTS, YEAR)
    assert len(caught.value.problems) == MAXIMUM_PROBLEMS
    assert caught.value.problems[-1].path == '$["W-1"].circumstances'
    assert caught.value.more == 3 + 2


def test_the_problems_of_many_managers_come_in_the_order_of_the_ledger() -> None:
    managers = ["RM-02", "RM-01", "RM-02", "RM-01"]
    violations = [found(id, "9.9", manager=who) for id, who in zip("dcba", managers, strict=True)]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of(violations), ERROR_POINTS, YEAR)
    assert [problem.path[:5] for problem in caught.value.problems] == [
        *('$["d"', '$["c"', '$["b"', '$["a"')
    ]


# Whoever is revoked.


def test_many_violations_without_a_rule_are_reported_without_a_search_for_each() -> None:
    violations = [found(f"V-{n}", f"3.99{n}") for n in range(2_000)]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of(violations), ERROR_POINTS, YEAR)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 1_900)
    assert shown(caught.value)


def test_equal_facts_are_judged_once() -> None:
    charges = Charges(pipeline_of())
    ledger = ledger_of(
        [found("a", "2.1"), found("b", "2.1", manager="RM-02", note="a note"), found("c", "2.2")]
    )
    (_, one), (_, other), (_, third) = charges.of(ledger.cases())
    assert one is other
    assert one is not third


@pytest.mark.parametrize("every_manager", [False, True])
def test_a_remedy_is_searched_where_somebody_reads_it(
    every_manager: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def search(given: str, known: Iterable[str]) -> str:
        searched.append(given)
        return ""

    monkeypatch.setattr(flaws, "did_you_mean", search)
    count = MAXIMUM_PROBLEMS + 5
    ledger = ledger_of([found(f"V-{n}", f"9.{n}") for n in range(count)])
    charges = (
        Charges(pipeline_of(), every_manager=True) if every_manager else Charges(pipeline_of())
    )
    assert list(charges.of(ledger.cases())) == []
    assert len(searched) == (count if every_manager else MAXIMUM_PROBLEMS)


def test_a_violation_can_be_dated_ahead_and_have_no_rule() -> None:
    ledger = recorded_on(ACT, found("a", "9.9", occurred_on=ACT + 9 * DAY))
    with pytest.raises(ScoringError) as caught:
        score_all(ledger, ERROR_POINTS, YEAR)
    assert [problem.path for problem in caught.value.problems] == [
        *('$["a"].rule', '$["a"].occurred_on')
    ]
