"""Charges: which violations count in a period, and the problems of those that cannot be judged."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from cmappraisal import (
    ERROR_POINTS,
    CountedOn,
    Decided,
    Edition,
    Editions,
    GoverningEdition,
    Ledger,
    Period,
    Policy,
    ProblemCode,
    Recorded,
    Rulebook,
    ScoringError,
    Violation,
    faults,
    score_all,
    tally,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.scoring import Pipeline, flaws
from cmappraisal.scoring.charges import Charges, known_of
from cmappraisal.showing import shown
from cmappraisal.standards import Clause, Consequence, Limitation
from worked_cases import (
    CUMULATIVE,
    NOON,
    TEXT,
    YEAR,
    book,
    counted_in,
    found,
    i,
    ledger_of,
    pipeline_of,
    rule,
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


def test_many_violations_without_a_rule_are_reported_without_a_search_for_each() -> None:
    violations = [found(f"V-{n}", f"3.99{n}") for n in range(2_000)]
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of(violations), ERROR_POINTS, YEAR)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 1_900)
    assert shown(caught.value)


def test_equal_facts_are_judged_once() -> None:
    charges = Charges(pipeline_of(), list)
    ledger = ledger_of(
        [found("a", "2.1"), found("b", "2.1", manager="RM-02", note="a note"), found("c", "2.2")]
    )
    (_, (_, one)), (_, (_, other)), (_, (_, third)) = charges.of(ledger.cases())
    assert one is other
    assert one is not third


@pytest.mark.parametrize("every_manager", [False, True])
def test_a_remedy_is_searched_where_somebody_reads_it(
    every_manager: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []

    def search(given: str, known: Iterable[str]) -> None:
        searched.append(given)

    monkeypatch.setattr(flaws, "perhaps", search)
    count = MAXIMUM_PROBLEMS + 5
    ledger = ledger_of([found(f"V-{n}", f"9.{n}") for n in range(count)])
    charges = (
        Charges(pipeline_of(), list, every_manager=True)
        if every_manager
        else Charges(pipeline_of(), list)
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


# The four days of a violation.

DAYS = found(
    "a",
    "2.1",
    occurred_on=date(2025, 1, 10),
    found_on=date(2025, 4, 10),
    recorded_on=date(2025, 7, 10),
    effective_on=date(2025, 10, 10),
)
QUARTER = {
    CountedOn.OCCURRED: 1,
    CountedOn.FOUND: 2,
    CountedOn.RECORDED: 3,
    CountedOn.EFFECTIVE: 4,
}


def quarters_of(violation: Violation, counted_on: CountedOn) -> list[int]:
    """The quarters of 2025 in which it counts; the entry is of 15 December."""
    ledger = Ledger().record(violation, at=datetime(2025, 12, 15, 12, tzinfo=UTC))
    policy = Policy(counted_on=counted_on)
    return [
        quarter
        for quarter in (1, 2, 3, 4)
        if scored(ledger, policy=policy, period=Period.quarter(2025, quarter))
    ]


@pytest.mark.parametrize("counted_on", CountedOn)
def test_a_violation_counts_on_the_day_that_the_policy_names(counted_on: CountedOn) -> None:
    assert quarters_of(DAYS, counted_on) == [QUARTER[counted_on]]


@pytest.mark.parametrize(
    ("counted_on", "given", "quarter"),
    [
        # Without a day of its own, what was found or took effect did so when it was recorded.
        (CountedOn.FOUND, {"recorded_on": date(2025, 7, 10)}, 3),
        (CountedOn.EFFECTIVE, {"recorded_on": date(2025, 7, 10)}, 3),
        (CountedOn.EFFECTIVE, {"found_on": date(2025, 4, 10)}, 4),
        (CountedOn.FOUND, {}, 4),
        (CountedOn.RECORDED, {}, 4),
        (CountedOn.EFFECTIVE, {}, 4),
        (CountedOn.EFFECTIVE, {"effective_on": date(2025, 2, 1)}, 1),
    ],
    ids=[f"c{n}" for n in range(7)],
)
def test_a_day_that_is_not_given_is_that_of_the_recording(
    counted_on: CountedOn, given: dict[str, date], quarter: int
) -> None:
    violation = found("a", "2.1", occurred_on=date(2025, 1, 10), **given)
    assert quarters_of(violation, counted_on) == [quarter]


def test_a_decision_can_set_another_day_of_effect() -> None:
    ledger = Ledger().record(DAYS, at=datetime(2025, 12, 15, tzinfo=UTC))
    appealed = ledger.appeal("a", at=datetime(2025, 12, 16, tzinfo=UTC), grounds="on leave")
    decided = appealed.extend(
        [
            Decided(
                "a",
                "from the new year",
                effective_on=date(2026, 1, 1),
                at=datetime(2025, 12, 17, tzinfo=UTC),
            )
        ]
    )
    policy = Policy(counted_on=CountedOn.EFFECTIVE)
    assert scored(appealed, policy=policy, period=Period.quarter(2025, 4))
    assert not scored(decided, policy=policy, period=Period.quarter(2025, 4))
    (appraisal,) = scored(decided, policy=policy, period=Period.quarter(2026, 1)).values()
    [line] = appraisal.lines
    # Only the day was set: no step says that points were.
    assert [step.effect.value for step in line.steps] == ["stated"]


def test_points_and_money_decided_count_once_they_are_known() -> None:
    fined = book(
        rule("1", 10, consequences=["fine"]),
        consequences=[Consequence("fine", TEXT, money=200)],
    )
    later = NOON + timedelta(1)
    appealed = ledger_of([found("a", "1")]).appeal("a", at=NOON, grounds="on leave")
    decided = appealed.extend([Decided("a", "put right", points=4, money=50, at=later)])
    (before,) = scored(decided, rulebook=fined, as_of=NOON).values()
    (after,) = scored(decided, rulebook=fined).values()
    assert [(int(each.points), int(each.lines[0].money)) for each in (before, after)] == [
        *((10, 200), (4, 50)),
    ]
    assert [step.effect.value for step in after.lines[0].steps] == ["stated", "decided", "follows"]
    only_money = appealed.extend([Decided("a", "put right", money=0, at=later)])
    (kept,) = scored(only_money, rulebook=fined).values()
    assert (int(kept.points), int(kept.lines[0].money)) == (10, 0)


@pytest.mark.parametrize("call", [score_all, tally])
def test_points_decided_that_no_rule_allows_are_a_problem_of_the_decision(call: Any) -> None:
    appealed = ledger_of([found("a", "2.1")]).appeal("a", at=NOON, grounds="on leave")
    decided = appealed.extend([Decided("a", "worse than it seemed", points=2, at=NOON)])
    with pytest.raises(ScoringError) as caught:
        call(decided, ERROR_POINTS, YEAR)
    assert [problem.path for problem in caught.value.problems] == ['$["a"].decision.points']
    # The correction of a decision is a reversal, and then nothing is wrong.
    assert counted_in(decided.reverse("a", at=NOON, reason="misread")) == {}


def test_a_late_export_of_an_audit_is_appended_with_days_of_its_own() -> None:
    december = datetime(2025, 12, 1, 9, tzinfo=UTC)
    ledger = Ledger().record(found("a", "2.1", occurred_on=date(2025, 11, 20)), at=december)
    export = [
        Recorded(
            found(
                f"audit-{number}",
                "2.3",
                occurred_on=date(2025, 2, number),
                found_on=date(2025, 3, number),
                recorded_on=date(2025, 4, number),
            ),
            at=december + timedelta(number),
        )
        for number in (1, 2)
    ]
    whole = ledger.extend(export)
    assert [entry.at for entry in whole] == [december + timedelta(n) for n in range(3)]
    by_recording, by_finding = (
        Policy(counted_on=each) for each in (CountedOn.RECORDED, CountedOn.FOUND)
    )
    assert counted_in(whole, policy=by_recording, period=Period.quarter(2025, 2)) == {
        "audit-1": "2",
        "audit-2": "2",
    }
    assert counted_in(whole, policy=by_finding, period=Period.quarter(2025, 1)) == {
        "audit-1": "2",
        "audit-2": "2",
    }
    assert counted_in(whole, policy=by_recording, period=Period.quarter(2025, 4)) == {"a": "1"}
    # What was known at a moment the ledger's own clock says, whatever the export is dated.
    second = Period.quarter(2025, 2)
    known = december + timedelta(1)
    assert counted_in(whole, policy=by_recording, period=second, as_of=known) == {"audit-1": "2"}
    assert counted_in(whole, policy=by_recording, period=second, as_of=december) == {}


@pytest.mark.parametrize(
    "days",
    [
        {"found_on": date(2025, 3, 1)},
        {"recorded_on": date(2025, 3, 1)},
        {"found_on": date(2025, 5, 2), "recorded_on": date(2025, 5, 1)},
        {"recorded_on": date(2026, 2, 3)},
    ],
    ids=["found before", "recorded before", "recorded before found", "recorded ahead"],
)
def test_days_that_contradict_one_another_are_a_problem(days: dict[str, date]) -> None:
    violation = found("a", "2.1", **days)
    [problem] = faults(violation, ERROR_POINTS, at=NOON)
    with pytest.raises(ScoringError) as caught:
        score_all(ledger_of([violation]), ERROR_POINTS, YEAR)
    assert caught.value.problems == (problem.within('$["a"]'),)


# Time limits.

OCCURRED, FOUND, RECORDED = CountedOn.OCCURRED, CountedOn.FOUND, CountedOn.RECORDED


def limited(limitation: Limitation) -> Rulebook:
    return book(rule("1", 5), clauses=[Clause("G", TEXT, citation="9", limitation=limitation)])


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("limitation", "occurred_on", "found_on", "recorded_on", "counts"),
    [
        # A month from 31 January ends on the last day of February, and on 29 in a leap year.
        (Limitation(1), "2025-01-31", None, "2025-02-28", True),
        (Limitation(1), "2025-01-31", None, "2025-03-01", False),
        (Limitation(1), "2024-01-31", None, "2024-02-29", True),
        (Limitation(1), "2024-01-31", None, "2024-03-01", False),
        # A month from any other day ends on the day before the same date.
        (Limitation(1), "2025-03-02", None, "2025-04-01", True),
        (Limitation(1), "2025-03-02", None, "2025-04-02", False),
        (Limitation(24), "2023-03-02", None, "2025-03-01", True),
        (Limitation(24), "2023-03-02", None, "2025-03-02", False),
        # Each pair of days; those between do not matter.
        (Limitation(1, end=FOUND), "2025-01-31", "2025-02-28", "2025-06-01", True),
        (Limitation(1, end=FOUND), "2025-01-31", "2025-03-01", "2025-06-01", False),
        (Limitation(1, end=FOUND), "2025-01-31", None, "2025-02-28", True),
        (Limitation(1, end=FOUND), "2025-01-31", None, "2025-03-01", False),
        (Limitation(1, start=FOUND), "2024-01-31", "2025-01-31", "2025-02-28", True),
        (Limitation(1, start=FOUND), "2024-01-31", "2025-01-31", "2025-03-01", False),
        (Limitation(1, start=FOUND), "2020-01-31", None, "2025-03-01", True),
    ],
    ids=[f"c{n}" for n in range(15)],
)
def test_an_act_counts_up_to_the_last_day_of_the_limit(
    limitation: Limitation, occurred_on: str, found_on: str | None, recorded_on: str, counts: bool
) -> None:
    violation = found(
        "a",
        "1",
        occurred_on=day(occurred_on),
        found_on=None if found_on is None else day(found_on),
        recorded_on=day(recorded_on),
    )
    period = Period(day(occurred_on), day(occurred_on))
    ledger = ledger_of([violation])
    (appraisal,) = scored(ledger, rulebook=limited(limitation), period=period).values()
    [line] = appraisal.lines
    effects = [step.effect.value for step in line.steps]
    assert effects == (["stated"] if counts else ["time-barred"])
    assert line.points == (5 if counts else 0)


def test_without_a_day_of_recording_the_entry_in_the_ledger_has_to_be_in_time() -> None:
    rulebook = limited(Limitation(1))
    for entered, points in ((date(2025, 4, 1), "5"), (date(2025, 4, 2), "0")):
        ledger = recorded_on(entered, found("a", "1", occurred_on=ACT))
        assert counted_in(ledger, rulebook=rulebook) == {"a": points}


def test_what_is_time_barred_neither_competes_nor_displaces() -> None:
    rulebook = book(
        rule("1", 5, displaces=["2"]),
        rule("2", 3),
        clauses=[Clause("G", TEXT, citation="9", limitation=Limitation(1))],
    )
    late = date(2025, 6, 1)
    violations = [i("a", "1", recorded_on=late), i("b", "2", recorded_on=ACT)]
    assert counted_in(ledger_of(violations), rulebook=rulebook) == {"a": "0", "b": "3"}


# The edition that governs.

OLD = book(rule("1", 5), rule("2", 1), edition="old")
NEW = book(rule("1", 8), rule("3", 1), edition="new")
CHANGED = date(2025, 7, 1)
BOTH = Editions([Edition(OLD, last=CHANGED - timedelta(1)), Edition(NEW, CHANGED)])
BY_RECORDING = Policy(governing_edition=GoverningEdition.RECORDED)


@pytest.mark.parametrize(
    ("occurred_on", "recorded_on", "by_occurrence", "by_recording"),
    [
        ("2025-03-02", "2025-06-30", "5", "5"),
        ("2025-06-30", "2025-07-01", "5", "8"),
        ("2025-07-01", "2025-07-01", "8", "8"),
    ],
    ids=["before", "across", "after"],
)
def test_the_edition_of_the_act_or_of_the_recording_governs(
    occurred_on: str, recorded_on: str, by_occurrence: str, by_recording: str
) -> None:
    violation = found("a", "1", occurred_on=day(occurred_on), recorded_on=day(recorded_on))
    ledger = ledger_of([violation])
    assert counted_in(ledger, rulebook=BOTH) == {"a": by_occurrence}
    assert counted_in(ledger, rulebook=BOTH, policy=BY_RECORDING) == {"a": by_recording}
    (appraisal,) = scored(ledger, rulebook=BOTH, policy=BY_RECORDING).values()
    [line] = appraisal.lines
    effects = [step.effect.value for step in line.steps]
    changes = by_occurrence != by_recording
    assert effects == [*(["other-edition"] if changes else []), "stated"]


def test_a_rule_is_looked_up_in_the_edition_that_governs() -> None:
    ledger = ledger_of([found("a", "2"), found("b", "3", occurred_on=CHANGED)])
    assert counted_in(ledger, rulebook=BOTH) == {"a": "1", "b": "1"}
    with pytest.raises(ScoringError) as caught:
        score_all(ledger, BOTH, YEAR, policy=BY_RECORDING)
    [problem] = caught.value.problems
    assert problem.path == '$["a"].rule'
    assert problem.message.startswith('rule "2" is not in rulebook "own new"')


@pytest.mark.parametrize(
    ("standard", "policy", "path"),
    [
        (Editions([Edition(OLD, ACT + DAY)]), Policy(), "occurred_on"),
        (Editions([Edition(OLD, last=ACT - DAY)]), Policy(), "occurred_on"),
        (Editions([Edition(OLD, last=ACT)]), BY_RECORDING, "recorded_on"),
        (Editions([Edition(OLD, last=ACT - DAY)]), BY_RECORDING, "recorded_on"),
        (Editions([Edition(OLD, ACT + DAY, last=CHANGED)]), BY_RECORDING, None),
        (Editions([Edition(OLD, ACT, last=ACT)]), Policy(), None),
        (
            Editions([Edition(OLD, ACT + DAY)]),
            Policy(governing_edition=GoverningEdition.MILDER),
            "occurred_on",
        ),
    ],
    ids=["before", "after", "recorded after", "both after", "in time", "on the day", "milder"],
)
def test_an_act_on_whose_day_no_edition_is_in_force_is_a_problem(
    standard: Editions, policy: Policy, path: str | None
) -> None:
    violation = found("a", "1", occurred_on=ACT, recorded_on=ACT + 9 * DAY)
    ledger = ledger_of([violation])
    if path is None:
        assert counted_in(ledger, rulebook=standard, policy=policy) == {"a": "5"}
        assert faults(violation, standard, policy, at=NOON) == ()
        return
    for call in (score_all, tally):
        with pytest.raises(ScoringError) as caught:
            call(ledger, standard, YEAR, policy=policy)
        [problem] = caught.value.problems
        assert problem.path == f'$["a"].{path}'
        day = {"occurred_on": ACT, "recorded_on": ACT + 9 * DAY}[path]
        assert problem.message.startswith(f"{path} is {day}, when no edition")
    assert [each.path for each in faults(violation, standard, policy, at=NOON)] == [f"$.{path}"]


def test_a_clause_of_the_closing_edition_says_which_day_counts() -> None:
    by_finding = Clause("G", TEXT, citation="9", answers={"counted_on": "found"})
    standard = Editions(
        [
            Edition(OLD, last=CHANGED - timedelta(1)),
            Edition(book(rule("1", 8), edition="new", clauses=[by_finding]), CHANGED),
        ]
    )
    violation = found("a", "1", found_on=date(2025, 8, 1))
    ledger = ledger_of([violation])
    assert counted_in(ledger, rulebook=standard, period=Period.quarter(2025, 1)) == {"a": "5"}
    assert counted_in(ledger, rulebook=standard, period=Period.quarter(2025, 3)) == {"a": "5"}
    assert counted_in(ledger, rulebook=standard) == {"a": "5"}


def test_where_the_milder_governs_each_edition_in_force_until_the_recording_is_asked() -> None:
    policy = Policy(governing_edition=GoverningEdition.MILDER)
    charges = Charges(Pipeline.of(BOTH, policy, BOTH.editions[1]), list)
    violations = [
        found("a", "1"),
        found("b", "1", recorded_on=CHANGED - DAY),
        found("c", "1", occurred_on=CHANGED),
        # The other edition does not know the rule.
        found("d", "2"),
    ]
    of_day = [judged.points for _, (_, judged) in charges.of(ledger_of(violations).cases())]
    assert of_day == [5, 5, 8, 1]
    assert {id: list(others) for id, others in charges.judge.otherwise["RM-01"].items()} == {
        "a": ["new"]
    }
    assert charges.judge.otherwise["RM-01"]["a"]["new"].points == 8


def test_what_was_known_at_a_moment_is_so_of_one_and_of_everybody() -> None:
    ledger = ledger_of([found("a", "2.1"), found("b", "2.1", manager="RM-02")])
    struck = ledger.reverse("a", at=NOON + timedelta(1), reason="no breach")
    for manager in (None, "RM-01"):
        (before, *_) = known_of(struck, manager, NOON)
        (after, *_) = known_of(struck, manager, None)
        assert (before.violation.id, before.is_upheld, after.is_upheld) == ("a", True, False)
    assert [case.violation.id for case in known_of(struck, None, NOON)] == ["a", "b"]
