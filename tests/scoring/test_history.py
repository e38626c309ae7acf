"""History: which earlier violations make a violation a repeated one, table by table."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cmappraisal import (
    Add,
    Case,
    Decided,
    Edition,
    Editions,
    Effect,
    Faulty,
    GoverningEdition,
    Ledger,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    ProblemCode,
    Rulebook,
    ScoringError,
    score_all,
    tally,
)
from cmappraisal.repetition import MAXIMUM_TIMES
from cmappraisal.scoring.history import History
from cmappraisal.scoring.judgements import Judged
from cmappraisal.standards import (
    Again,
    Between,
    Cap,
    Clause,
    Limitation,
    Part,
    Referral,
    SetTo,
    Span,
    Time,
    Waive,
)
from worked_cases import (
    NOON,
    TEXT,
    book,
    counted,
    counted_in,
    facts_of,
    found,
    i,
    judge,
    ledger_of,
    rule,
    scored,
    terms_of,
)

YEAR = Span(months=12)
TWICE = Again({2: Multiply(2)}, within=YEAR)
DAY = timedelta(days=1)
ACT = date(2025, 8, 9)
BOOK = book(rule("1", 5, again=TWICE), rule("2", 3))


def repeated(*violations: Any, rulebook: Rulebook | Editions = BOOK, **fields: Any) -> str:
    """What the violation "z" counts."""
    return counted(*violations, rulebook=rulebook, **fields)["z"]


def z(rule: str = "1", **fields: Any) -> Any:
    return found("z", rule, **{"occurred_on": ACT, **fields})


# The worked case: one rule with everything, in an incident with another.

FULL = book(
    rule(
        "1",
        5,
        aggravated_by={"loss": SetTo(10)},
        mitigated_by={"self-found": Multiply("0.5")},
        again=Again({2: Multiply("1.5")}, within=YEAR),
        cap=Cap(20),
    ),
    rule("2", 18),
    rule("3", 9),
    circumstances=["loss", "self-found"],
)


def test_repetition_acts_before_the_cap_and_decides_who_wins_the_incident() -> None:
    violations = [
        found("a1", "1", occurred_on=date(2024, 8, 10)),
        i("a2", "1", occurred_on=ACT, quantity=3, circumstances=["loss", "self-found"]),
        i("b", "2", occurred_on=ACT),
        found("c", "3", occurred_on=date(2025, 9, 1)),
    ]
    ledger = ledger_of(violations)
    (appraisal,) = scored(ledger, rulebook=FULL).values()
    assert appraisal.points == 29
    steps = [(step.effect.value, str(step.points)) for step in appraisal.lines[0].steps]
    assert steps == [
        ("unit-raised", "10"),
        ("counted", "30"),
        ("mitigated", "15"),
        ("repeated", "22.5"),
        ("capped", "20"),
    ]
    assert counted_in(ledger, rulebook=FULL) == {"a2": "20", "b": "0", "c": "9"}
    without = ledger.reverse("a1", at=NOON, reason="mistaken")
    assert counted_in(without, rulebook=FULL) == {"a2": "0", "b": "18", "c": "9"}


# When.


@pytest.mark.parametrize(
    ("earlier", "points"),
    [
        (date(2024, 8, 10), "10"),
        (date(2024, 8, 9), "5"),
        (ACT - DAY, "10"),
        (ACT + DAY, "5"),
    ],
    ids=str,
)
def test_an_earlier_violation_counts_within_the_span(earlier: date, points: str) -> None:
    assert repeated(found("a", "1", occurred_on=earlier), z()) == points


def test_of_one_day_the_smaller_id_is_the_earlier() -> None:
    violations = [found(id, "1", occurred_on=ACT) for id in ("b", "a", "c")]
    assert counted(*violations, rulebook=BOOK) == {"a": "5", "b": "10", "c": "10"}


@pytest.mark.parametrize(
    ("days", "points"),
    [
        ({"found_on": ACT - DAY, "occurred_on": ACT - 2 * DAY}, "10"),
        ({"found_on": ACT + DAY, "occurred_on": ACT - 2 * DAY}, "5"),
    ],
    ids=["found before", "found after"],
)
def test_a_span_is_of_the_day_that_it_names(days: Any, points: str) -> None:
    by_finding = Again({2: Multiply(2)}, within=Span(months=12, by="found"))
    rulebook = book(rule("1", 5, again=by_finding))
    assert repeated(found("a", "1", **days), z(found_on=ACT), rulebook=rulebook) == points


@pytest.mark.parametrize(
    ("calendar", "points"), [("year", "10"), ("quarter", "10"), ("month", "5"), ("week", "5")]
)
def test_a_span_of_the_calendar_begins_with_it(calendar: Any, points: str) -> None:
    rulebook = book(rule("1", 5, again=Again({2: Add(5)}, within=Span(calendar=calendar))))
    violations = [found("a", "1", occurred_on=date(2025, 4, 1)), z(occurred_on=date(2025, 6, 30))]
    assert repeated(*violations, rulebook=rulebook) == points


# Which.

PARTS = book(
    parts=[
        Part(
            "sales",
            TEXT,
            rules=[rule("1", 5, again=Again({2: Add(1)}, within=YEAR, same="part"))],
            parts=[
                Part(
                    "phone",
                    TEXT,
                    rules=[rule("2", 3, again=Again({2: Add(1)}, within=YEAR, same="part"))],
                )
            ],
        ),
        Part(
            "files", TEXT, rules=[rule("3", 2, again=Again({2: Add(1)}, within=YEAR, same="any"))]
        ),
        Part("other", TEXT, rules=[rule("4", Referral(to=["1"])), rule("5", 7)]),
    ]
)


@pytest.mark.parametrize(
    ("earlier", "later", "points"),
    [
        # Of the part that the rule stands in, with the parts within it.
        ("1", "1", "6"),
        ("2", "1", "6"),
        ("3", "1", "5"),
        ("1", "2", "3"),
        ("2", "2", "4"),
        # Of any rule.
        ("5", "3", "3"),
        ("3", "3", "3"),
        # A rule without repetition.
        ("5", "5", "7"),
    ],
)
def test_which_rules_count(earlier: str, later: str, points: str) -> None:
    violations = [found("a", earlier), z(later)]
    assert repeated(*violations, rulebook=PARTS) == points


def test_the_rule_that_counts_is_the_one_applied() -> None:
    assert repeated(found("a", "4", refers_to="1"), z(), rulebook=PARTS) == "6"
    assert repeated(found("a", "1"), z("4", refers_to="1"), rulebook=PARTS) == "6"


def test_a_clause_holds_for_rules_that_state_none_and_deduct() -> None:
    clause = Clause("G", TEXT, citation="9", again=Again({2: Add(1)}, within=YEAR))
    own = rule("1", 5, again=TWICE)
    rulebook = book(own, rule("2", 3), clauses=[clause])
    for id, points in (("1", "10"), ("2", "4")):
        assert repeated(found("a", id), z(id), rulebook=rulebook) == points
    assert repeated(found("a", "1"), z("2"), rulebook=rulebook) == "3"


OTHERS: dict[str, tuple[Any, str]] = {
    "of another manager": (found("a", "1", manager="RM-02"), "5"),
    "of another rule": (found("a", "2"), "5"),
    "of the same incident": (i("a", "1"), "5"),
    "of another incident": (found("a", "1", incident="J"), "10"),
    "of an incident of its own": (found("a", "1"), "10"),
}


@pytest.mark.parametrize(("earlier", "points"), OTHERS.values(), ids=OTHERS)
def test_what_is_of_another_incident_of_the_same_manager_counts(earlier: Any, points: str) -> None:
    assert repeated(earlier, z(incident="I")) == points


def test_an_incident_of_several_is_passed_over_as_a_whole() -> None:
    days = [ACT - each * DAY for each in (5, 4, 3, 2)]
    violations = [
        found("a", "1", occurred_on=days[0]),
        i("b", "1", occurred_on=days[1]),
        i("c", "1", occurred_on=days[2]),
        i("d", "1", occurred_on=days[3]),
        i("z", "1", occurred_on=ACT),
    ]
    assert repeated(*violations) == "10"
    assert repeated(*violations[1:]) == "5"


def test_what_loses_in_its_incident_counts_as_an_earlier_one() -> None:
    violations = [i("a", "1"), i("b", "3"), z()]
    rulebook = book(rule("1", 5, again=TWICE), rule("3", 50))
    assert counted(*violations, rulebook=rulebook) == {"a": "0", "b": "50", "z": "10"}


def test_what_is_waived_counts_neither_as_an_earlier_one_nor_as_a_later_one() -> None:
    rulebook = book(
        rule("1", 5, mitigated_by={"mended": Waive()}, again=Again({2: Add(3)}, within=YEAR)),
        circumstances=["mended"],
    )
    waived = found("a", "1", circumstances=["mended"])
    assert repeated(waived, z(), rulebook=rulebook) == "5"
    both = counted(found("a", "1"), z(circumstances=["mended"]), rulebook=rulebook)
    assert both == {"a": "5", "z": "0"}


def test_what_is_time_barred_does_not_count() -> None:
    clause = Clause("G", TEXT, citation="9", limitation=Limitation(1))
    rulebook = book(rule("1", 5, again=TWICE), clauses=[clause])
    assert repeated(found("a", "1"), z(recorded_on=ACT), rulebook=rulebook) == "5"
    prompt = found("a", "1", recorded_on=date(2025, 3, 3))
    assert repeated(prompt, z(recorded_on=ACT), rulebook=rulebook) == "10"


@pytest.mark.parametrize(("appeals", "points"), [("count", "10"), ("suspend", "5")])
def test_what_an_appeal_suspends_does_not_count(appeals: str, points: str) -> None:
    ledger = ledger_of([found("a", "1"), z()]).appeal("a", at=NOON, grounds="on leave")
    policy = Policy(pending_appeals=PendingAppeals(appeals))
    assert counted_in(ledger, rulebook=BOOK, policy=policy)["z"] == points


def test_a_reversal_cascades() -> None:
    ledger = ledger_of([found("a", "1"), z()])
    assert counted_in(ledger, rulebook=BOOK) == {"a": "5", "z": "10"}
    reversed_ledger = ledger.reverse("a", at=NOON + DAY, reason="mistaken")
    assert counted_in(reversed_ledger, rulebook=BOOK) == {"z": "5"}
    assert counted_in(reversed_ledger, rulebook=BOOK, as_of=NOON)["z"] == "10"


def test_what_was_decided_on_an_appeal_counts_whatever_its_points() -> None:
    ledger = ledger_of([found("a", "1"), z()]).appeal("a", at=NOON, grounds="on leave")
    decided = ledger.extend([Decided("a", "heard", at=NOON, points=0)])
    assert counted_in(decided, rulebook=BOOK) == {"a": "0", "z": "10"}


def test_what_was_before_the_period_counts() -> None:
    violations = [found("a", "1", occurred_on=date(2024, 9, 1)), z()]
    assert counted(*violations, rulebook=BOOK) == {"z": "10"}


def test_a_step_names_the_latest_of_the_earlier_violations() -> None:
    count = MAXIMUM_TIMES + 4
    violations = [
        found(f"V-{n:02}", "1", occurred_on=ACT - (count - n) * DAY) for n in range(count)
    ]
    (appraisal,) = scored(ledger_of([*violations, z()]), rulebook=BOOK).values()
    *_, line = appraisal.lines
    (step,) = [step for step in line.steps if step.effect is Effect.REPEATED]
    assert step.because_of == tuple(f"V-{n:02}" for n in range(4, count))
    assert [each.because_of for each in line.steps if each is not step] == [()]
    second = appraisal.lines[1].steps[-1]
    assert second.because_of == ("V-00",)
    assert second.change == 5


# How much.


def test_each_time_has_its_weight() -> None:
    again = Again([Time(2, SetTo(8)), Time(4, Multiply(3))], within=YEAR)
    violations = [found(f"V-{n}", "1", occurred_on=ACT + n * DAY) for n in range(5)]
    amounts = counted(*violations, rulebook=book(rule("1", 5, again=again)))
    assert list(amounts.values()) == ["5", "8", "8", "15", "15"]


AMOUNTS: dict[str, tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = {
    "times what is left": (
        {"again": TWICE},
        {"quantity": 3, "circumstances": ["loss", "mended"]},
        [("unit-raised", "10"), ("counted", "30"), ("mitigated", "15"), ("repeated", "30")],
    ),
    "added once": (
        {"again": Again({2: Add(4)}, within=YEAR)},
        {"quantity": 3},
        [("stated", "15"), ("repeated", "19")],
    ),
    "set for one unit": (
        {"again": Again({2: SetTo(8)}, within=YEAR)},
        {"quantity": 3},
        [("unit-repeated", "8"), ("counted", "24")],
    ),
    "set below what a circumstance sets": (
        {"again": Again({2: SetTo(8)}, within=YEAR)},
        {"circumstances": ["loss"]},
        [("unit-raised", "10"), ("unit-repeated", "10"), ("counted", "10")],
    ),
    "set above what a circumstance lowers": (
        {"again": Again({2: SetTo(8)}, within=YEAR), "mitigated_by": {"mended": SetTo(1)}},
        {"circumstances": ["mended"]},
        [("unit-lowered", "1"), ("unit-repeated", "8"), ("counted", "8")],
    ),
    "rounded": (
        {"again": Again({2: Multiply("1.15")}, within=YEAR)},
        {},
        [("stated", "5"), ("repeated", "5.75"), ("repetition-rounded", "6")],
    ),
}


@pytest.mark.parametrize(("of_rule", "of_act", "steps"), AMOUNTS.values(), ids=AMOUNTS)
def test_what_repetition_makes_of_an_amount(
    of_rule: dict[str, Any], of_act: dict[str, Any], steps: list[tuple[str, str]]
) -> None:
    weights = {"aggravated_by": {"loss": SetTo(10)}, "mitigated_by": {"mended": Multiply("0.5")}}
    rulebook = book(rule("1", 5, **{**weights, **of_rule}), circumstances=["loss", "mended"])
    ledger = ledger_of([found("a", "1"), z(**of_act)])
    (appraisal,) = scored(ledger, rulebook=rulebook, policy=Policy(smallest_unit="0.5")).values()
    *_, line = appraisal.lines
    assert [(step.effect.value, str(step.points)) for step in line.steps] == steps


def test_an_assessors_amount_is_raised_to_that_of_repetition() -> None:
    again = Again({2: SetTo(4)}, within=YEAR)
    discretionary = rule("1", 5, again=again, discretionary=True)
    for one in (discretionary, rule("1", Between(1, 5), again=again)):
        rulebook = book(one)
        first = found("a", "1", assessed_points=1)
        for assessed, counts in (("1", "4"), ("4.5", "4.5")):
            later = z(assessed_points=assessed)
            assert repeated(first, later, rulebook=rulebook) == counts


def test_a_decision_can_set_as_much_as_repetition_allows() -> None:
    ledger = ledger_of([found("a", "1"), z()]).appeal("z", at=NOON, grounds="on leave")
    at_most = ledger.extend([Decided("z", "heard", at=NOON, points=10)])
    assert counted_in(at_most, rulebook=BOOK)["z"] == "10"
    # It stays one that later ones count, though it is more than a first breach can come to.
    third = at_most.extend(ledger_of([found("zz", "1", occurred_on=ACT)]))
    assert counted_in(third, rulebook=BOOK)["zz"] == "10"
    more = ledger.extend([Decided("z", "heard", at=NOON, points=11)])
    with pytest.raises(ScoringError, match="give 0 to 10 points"):
        score_all(more, BOOK, Period.year(2025))


# Editions.

OLD = book(rule("1", 5, again=Again({2: Add(1)}, within=YEAR)), rule("2", 9), edition="old")
NEW = book(rule("1", 3, again=Again({2: Add(10)}, within=YEAR)), edition="new")
CHANGED = date(2025, 7, 1)
BOTH = Editions([Edition(OLD, last=CHANGED - DAY), Edition(NEW, CHANGED)])


def test_one_rule_of_two_editions_is_one_rule() -> None:
    assert repeated(found("a", "1"), z(), rulebook=BOTH) == "13"
    assert repeated(found("a", "2"), z(), rulebook=BOTH) == "3"


def test_each_edition_weighs_repetition_as_it_states_it() -> None:
    # The first of them under the old edition, both as if under the new one.
    policy = Policy(governing_edition=GoverningEdition.RECORDED)
    assert repeated(found("a", "1"), z(), rulebook=BOTH, policy=policy) == "13"
    milder = Policy(governing_edition=GoverningEdition.MILDER)
    late = found("z", "1", occurred_on=CHANGED - DAY)
    ledger = ledger_of([found("a", "1"), late])
    (appraisal,) = scored(ledger, rulebook=BOTH, policy=milder).values()
    *_, line = appraisal.lines
    assert (line.edition, str(line.points)) == ("old", "6")
    (step,) = [step for step in line.steps if step.effect is Effect.REPEATED]
    assert step.because_of == ("a",)


# What cannot be judged cannot be counted.


@pytest.mark.parametrize("day", [date(2024, 12, 1), date(2025, 1, 1)], ids=str)
def test_an_earlier_violation_that_cannot_be_judged_is_reported_once(day: date) -> None:
    unknown = found("a", "9", occurred_on=day)
    ledger = ledger_of([unknown, found("y", "1"), z()])
    for call in (score_all, tally):
        with pytest.raises(ScoringError) as caught:
            call(ledger, BOOK, Period.year(2025))
        [problem] = caught.value.problems
        assert (problem.path, problem.code) == ('$["a"].rule', ProblemCode.UNKNOWN_ID)
    reported = score_all(ledger, BOOK, Period.year(2025), faulty=Faulty.REPORT)
    assert list(reported.faulty) == ["RM-01"]
    assert reported.appraisals == {}


@pytest.mark.parametrize(
    "unread",
    [
        found("a", "9", occurred_on=date(2024, 8, 9)),
        found("a", "9", occurred_on=ACT + DAY),
        found("a", "9", manager="RM-02", occurred_on=date(2024, 12, 1)),
    ],
    ids=["before the span", "after", "another manager"],
)
def test_what_repetition_does_not_look_at_is_not_reported(unread: Any) -> None:
    ledger = ledger_of([unread, z()])
    assert score_all(ledger, BOOK, Period(ACT, ACT))["RM-01"].points == 5


@pytest.mark.parametrize(("id", "paths"), [("a", ['$["a"].rule']), ("zz", [])])
def test_of_one_day_what_cannot_be_judged_is_earlier_by_its_id_too(
    id: str, paths: list[str]
) -> None:
    by_finding = Again({2: Multiply(2)}, within=Span(months=12, by="found"))
    unknown = found(id, "9", occurred_on=ACT - DAY, found_on=ACT)
    ledger = ledger_of([unknown, z(found_on=ACT)])
    rulebook = book(rule("1", 5, again=by_finding))
    scored_all = score_all(ledger, rulebook, Period(ACT, ACT), faulty="report")
    problems = scored_all.faulty.get("RM-01", ())
    assert [problem.path for problem in problems] == paths


def test_each_violation_is_judged_once_however_often_it_is_counted() -> None:
    judgement, judged = judge(facts_of("1"), BOOK), []

    def noted(case: Case) -> Judged:
        judged.append(case.violation.id)
        return judgement

    cases = [*ledger_of([found("a", "1"), found("b", "1"), z()]).cases()]
    history, terms = History(lambda: cases, noted), terms_of(BOOK)
    earlier = [history.earlier(case, TWICE, BOOK["1"], terms) for case in cases]
    assert earlier == [((), []), (("a",), []), (("a", "b"), [])]
    assert judged == ["a", "b", "z"]


def test_days_out_of_order_cannot_be_counted() -> None:
    at = datetime(2025, 1, 2, tzinfo=UTC)
    ahead = found("a", "1", occurred_on=date(2025, 1, 6))
    ledger = Ledger().record(ahead, at=at).extend(ledger_of([z()]))
    with pytest.raises(ScoringError) as caught:
        score_all(ledger, BOOK, Period(ACT, ACT))
    assert [problem.path for problem in caught.value.problems] == ['$["a"].occurred_on']


def test_an_earlier_act_without_an_edition_cannot_be_counted() -> None:
    standard = Editions([Edition(NEW, CHANGED)])
    ledger = ledger_of([found("a", "1"), z()])
    with pytest.raises(ScoringError) as caught:
        score_all(ledger, standard, Period(ACT, ACT))
    assert [problem.path for problem in caught.value.problems] == ['$["a"].occurred_on']
