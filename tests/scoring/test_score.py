"""Scoring: which cases count, what cannot be scored, and what an appraisal says of itself."""

from collections.abc import Iterable
from datetime import date, timedelta, timezone
from decimal import Context, Decimal, Inexact, localcontext
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Add,
    Assessed,
    Concurrence,
    Edition,
    Editions,
    Faulty,
    FieldError,
    GoverningEdition,
    Grade,
    Ledger,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    PolicyError,
    RevokedResult,
    Rulebook,
    Scored,
    ScoringError,
    faults,
    rescore,
    score,
    score_all,
    tally,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.standards import Clause
from worked_cases import (
    CUMULATIVE,
    NOON,
    ONCE,
    TEXT,
    YEAR,
    book,
    counted_in,
    found,
    i,
    ledger_of,
    rule,
    scored,
)


def test_what_of_an_incident_was_reversed_or_not_yet_known_is_not_looked_at() -> None:
    later = NOON + timedelta(1)
    ledger = (
        ledger_of([i("a", "3.1a")])
        .record(i("b", "3.17a"), at=later)
        .reverse("b", at=later + timedelta(1), reason="no personal loan")
    )
    assert counted_in(ledger, as_of=NOON) == {"a": "2"}
    assert counted_in(ledger, as_of=later) == {"a": "0", "b": "1"}
    assert counted_in(ledger) == {"a": "2"}


def test_once_a_period_begins_anew_with_each_period() -> None:
    days = {"a": date(2025, 1, 1), "b": date(2025, 12, 31), "c": date(2026, 1, 1)}
    ledger = ledger_of(found(id, "1.8", occurred_on=day) for id, day in days.items())
    assert counted_in(ledger, policy=ONCE) == {"a": "10", "b": "0"}
    assert counted_in(ledger, policy=ONCE, period=Period.year(2026)) == {"c": "10"}
    assert counted_in(ledger, policy=ONCE, period=Period(days["b"], days["c"])) == {
        "b": "10",
        "c": "0",
    }


def test_an_outright_revocation_adds_no_points() -> None:
    (appraisal,) = scored(ledger_of([found("a", "1.5"), found("b", "2.1")])).values()
    assert (appraisal.points, appraisal.score, appraisal.revoked) == (Decimal(1), None, True)


@pytest.mark.parametrize("pending", PendingAppeals)
def test_once_an_appeal_is_settled_what_was_decided_counts(pending: PendingAppeals) -> None:
    policy = Policy(pending_appeals=pending)
    appealed = ledger_of([found("a", "3.4")]).appeal("a", at=NOON, grounds="on leave")
    dismissed = appealed.dismiss("a", at=NOON, reason="no leave")
    varied = appealed.amend(found("a", "3.3"), at=NOON, reason="the lesser rule")
    upheld = appealed.reverse("a", at=NOON, reason="on leave indeed")
    assert counted_in(dismissed, policy=policy) == {"a": "10"}
    assert counted_in(varied, policy=policy) == {"a": "5"}
    assert counted_in(upheld, policy=policy) == {}


def test_the_moment_is_one_in_every_zone_and_kept_with_its_own() -> None:
    beijing = timezone(timedelta(hours=8))
    ledger = ledger_of([found("a", "2.1")])
    appraisal = scored(ledger, as_of=NOON.astimezone(beijing))["RM-01"]
    assert appraisal.as_of == NOON
    assert appraisal.as_of.tzinfo == beijing
    assert not scored(ledger, as_of=NOON.astimezone(beijing) - timedelta.resolution)


def test_a_case_is_scored_for_whom_it_named_then() -> None:
    ledger = ledger_of([found("a", "2.1")]).amend(
        found("a", "2.1", manager="RM-02"), at=NOON + timedelta(1), reason="a colleague"
    )
    assert list(scored(ledger)) == ["RM-02"]
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-01").lines == ()
    assert score(ledger, ERROR_POINTS, YEAR, manager="RM-02", as_of=NOON).lines == ()
    assert list(scored(ledger, as_of=NOON)) == ["RM-01"]


@pytest.mark.parametrize(
    ("policy", "mark", "grade"),
    [
        (Policy(), "0", None),
        (Policy(floor=None), "-20", None),
        (Policy(floor=-10), "-10", None),
        (Policy(full_marks=200), "80", None),
        (Policy(full_marks="120.5"), "0.5", None),
        (Policy(full_marks=None), None, None),
        (Policy(full_marks=None, floor=5), None, None),
        (Policy(floor=5), "5", None),
        (
            Policy(
                full_marks=180,
                grades=[
                    Grade("A", at_least=60, below=None),
                    Grade("B", at_least=None, below=60),
                ],
            ),
            "60",
            "A",
        ),
        (
            Policy(
                full_marks=180,
                grades=[
                    Grade("A", at_least="60.0001", below=None),
                    Grade("B", at_least=None, below="60.0001"),
                ],
            ),
            "60",
            "B",
        ),
    ],
)
def test_the_score_is_full_marks_less_the_points_not_below_the_floor(
    policy: Policy, mark: str | None, grade: str | None
) -> None:
    ledger = ledger_of([found("a", "4.1b", quantity=6)])
    appraisal = scored(ledger, policy=policy)["RM-01"]
    assert appraisal.points == 120
    assert appraisal.score == (None if mark is None else Decimal(mark))
    assert appraisal.grade == grade


def test_subtotals_are_those_of_the_part_of_the_rule_applied() -> None:
    appraisal = scored(ledger_of([found("a", "1.1"), found("b", "3.15", refers_to="3.9")]))["RM-01"]
    assert [(each.part, int(each.points)) for each in appraisal.subtotals] == [
        ("1", 10),
        ("2", 0),
        ("3", 2),
        ("4", 0),
    ]


def test_an_appraisal_keeps_what_it_was_made_from() -> None:
    appraisal = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-09", policy=ONCE)
    assert (appraisal.manager, appraisal.period, appraisal.as_of) == ("RM-09", YEAR, None)
    assert (appraisal.rulebooks, appraisal.policy) == ((ERROR_POINTS,), ONCE)
    assert appraisal.standard == Editions([Edition(ERROR_POINTS)])


def test_violations_alike_keep_their_own_notes() -> None:
    violations = [found(id, "2.1", note=f"note on {id}") for id in "abc"]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert [line.violation.note for line in appraisal.lines] == [
        *("note on a", "note on b", "note on c")
    ]


@pytest.mark.parametrize(
    ("lost", "grade"),
    [
        *(("0", "A"), ("10", "A"), ("10.0001", "B")),
        *(("40.5", "B"), ("40.5001", "C"), ("100", "C"), ("100000", "C")),
    ],
)
def test_a_grade_holds_its_lower_edge_and_not_its_upper(lost: str, grade: str) -> None:
    bands = [
        Grade("B", at_least="59.5", below=90),
        Grade("A", at_least=90, below=None),
        Grade("C", at_least=None, below="59.5"),
    ]
    violation = found("a", "1.4", quantity=10**6, assessed_points=lost)
    appraisal = scored(ledger_of([violation]), policy=Policy(grades=bands))["RM-01"]
    assert appraisal.grade == grade
    assert appraisal.band in bands


def test_lines_come_by_day_and_then_by_id() -> None:
    days = {"d": 3, "b": 1, "c": 1, "a": 2}
    violations = [found(id, "2.1", occurred_on=date(2025, 1, day)) for id, day in days.items()]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert [line.violation.id for line in appraisal.lines] == ["b", "c", "a", "d"]


def test_a_manager_without_violations_has_an_appraisal_of_nothing() -> None:
    appraisal = score(Ledger(), ERROR_POINTS, YEAR, manager="RM-09")
    assert (appraisal.points, appraisal.score, appraisal.revoked, appraisal.lines) == (
        Decimal(0),
        Decimal(100),
        False,
        (),
    )
    ledger = ledger_of([found("a", "2.1", manager="RM-02")])
    with_both = score_all(ledger, ERROR_POINTS, YEAR, managers=["RM-09", "RM-02", "RM-01"])
    assert list(with_both) == ["RM-01", "RM-02", "RM-09"]
    assert with_both["RM-09"] == appraisal
    assert dict(tally(ledger, ERROR_POINTS, YEAR, managers={"RM-09"})) == {"RM-02": 1, "RM-09": 0}


def test_a_great_deal_is_still_exact() -> None:
    violations = [found(f"V-{n}", "4.1b", quantity=10**6) for n in range(1000)]
    appraisal = scored(ledger_of(violations))["RM-01"]
    assert appraisal.points == Decimal(20) * 10**9


WRONG = [
    found("a", "3.99"),
    found("b", "3.15"),
    found("c", "2.1", circumstances=["risks"], manager="RM-02"),
    found("d", "2.1", assessed_points=1),
]


@pytest.mark.parametrize("call", [score_all, tally])
def test_all_that_is_wrong_is_in_one_error_in_the_order_of_the_ledger(call: Any) -> None:
    with pytest.raises(ScoringError) as caught:
        call(ledger_of([found("z", "2.1"), *WRONG]), ERROR_POINTS, YEAR)
    assert [(problem.path, problem.code.value) for problem in caught.value.problems] == [
        ('$["a"].rule', "unknown-id"),
        ('$["b"].refers_to', "missing"),
        ('$["c"].circumstances', "unknown-id"),
        ('$["d"].assessed_points', "without-effect"),
    ]
    assert caught.value.more == 0
    assert str(caught.value).startswith(
        '4 problem(s) keep the ledger from being scored:\n- $["a"].rule: rule "3.99" is not in '
        'rulebook "error-points 1.0"; did you mean "3.9"?\n- $["b"].refers_to: refers_to is missing'
    )


def test_an_error_is_read_whole() -> None:
    violations = [
        found("d", "3.99"),
        found("c", "3.16a", refers_to="4.3"),
        found("b", "2.1", circumstances=["weather", "risky"], refers_to="2.2"),
        found("a", "3.2b", assessed_points="7.50"),
    ]
    with pytest.raises(ScoringError) as caught:
        score(ledger_of(violations), ERROR_POINTS, YEAR, manager="RM-01")
    assert str(caught.value).splitlines() == [
        "6 problem(s) keep the ledger from being scored:",
        '- $["d"].rule: rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?',
        '- $["c"].refers_to: refers_to is "4.3", but rule "3.16a" refers to another rule; name the '
        "one that applies: 3.1a, 3.1b, 3.2a, 3.2b, 3.3, 3.4, 3.5a, 3.5b, 3.6, 3.7, 3.8, 3.9, 3.10, "
        "3.11a, 3.11b, 3.12, 3.13, 3.14",
        '- $["b"].circumstances: circumstance "risky" is not in rulebook "error-points 1.0"; did '
        'you mean "risk"?',
        '- $["b"].circumstances: circumstance "weather" is not in rulebook "error-points 1.0"; '
        "allowed: risk, adverse-effect, severe-effect, egregious, serious, asset-deterioration",
        '- $["b"].refers_to: refers_to is "2.2", but rule "2.1" refers to no other rule; leave '
        "refers_to out, or record the violation under a rule that refers",
        '- $["a"].assessed_points: assessed_points is 7.5, but neither rule "3.2b" nor the policy '
        "(aggravation, discretion) leaves a choice here; leave assessed_points out",
    ]


def test_an_amendment_mends_what_could_not_be_scored() -> None:
    ledger = ledger_of([found("a", "3.99")])
    for call in (score_all, tally):
        with pytest.raises(ScoringError):
            call(ledger, ERROR_POINTS, YEAR)
    mended = ledger.amend(found("a", "3.9"), at=NOON, reason="misspelt")
    assert counted_in(mended) == {"a": "2"}


def test_of_one_manager_their_own_problems_are_reported() -> None:
    with pytest.raises(ScoringError) as caught:
        score(ledger_of(WRONG), ERROR_POINTS, YEAR, manager="RM-02")
    assert [problem.path for problem in caught.value.problems] == ['$["c"].circumstances']


@pytest.mark.parametrize(
    "managers", [(), ["RM-01"], ("RM-03", "RM-02", "RM-03"), {"RM-04"}, frozenset({"RM-01"})]
)
def test_whoever_is_named_or_has_a_violation_is_there_once_by_id(managers: Iterable[str]) -> None:
    ledger = ledger_of([found("a", "2.1", manager="RM-10"), found("b", "2.1")])
    expected = dict.fromkeys(managers, 0) | {"RM-10": 1, "RM-01": 1}
    for given in (managers, iter(managers)):
        totals = tally(ledger, ERROR_POINTS, YEAR, managers=given)
        assert totals == expected
        assert list(totals) == sorted(expected)
    assert list(score_all(ledger, ERROR_POINTS, YEAR, managers=managers)) == list(totals)


LEDGER = Ledger()
NO_LIST = "a set or list of ids of managers"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: score_all([], ERROR_POINTS, YEAR),  # type: ignore[call-overload]
            "score_all: ledger is []; allowed: a Ledger",
        ),
        (
            lambda: tally(LEDGER, {}, YEAR),  # type: ignore[arg-type]
            "tally: standard is {}; allowed: a Rulebook or Editions",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, 2025, manager="RM-01"),  # type: ignore[arg-type]
            "score: period is 2025; allowed: a Period",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, 2025),  # type: ignore[call-overload]
            "score_all: period is 2025; allowed: a Period",
        ),
        (
            lambda: tally(LEDGER, ERROR_POINTS, 2025),  # type: ignore[arg-type]
            "tally: period is 2025; allowed: a Period",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, policy=None),  # type: ignore[call-overload]
            "score_all: policy is None; allowed: a Policy",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, as_of=date(2025, 1, 1)),  # type: ignore[call-overload]
            "score_all: as_of is datetime.date(2025, 1, 1); allowed: None, or a datetime with a "
            "time zone, in the years 1 to 9999 of UTC",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, YEAR, manager=""),
            "score: manager is ''; allowed: a non-empty string of at most 200 characters on one "
            "line, in NFKC, without spaces around it",
        ),
        (
            lambda: tally(LEDGER, ERROR_POINTS, YEAR, managers="RM-01"),
            f"tally: managers is 'RM-01'; allowed: {NO_LIST}",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, managers=[5]),  # type: ignore[list-item]
            f"score_all: managers is (5,); allowed: {NO_LIST}",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, faulty="skip"),  # type: ignore[call-overload]
            "score_all: faulty is 'skip'; allowed: Faulty.RAISE or Faulty.REPORT",
        ),
        (
            lambda: score([], {}, 2025, manager="", policy=2, as_of=5),  # type: ignore[arg-type]
            "score: 6 problems:\n- ledger is []; allowed: a Ledger\n- policy is 2; allowed: a "
            "Policy\n- standard is {}; allowed: a Rulebook or Editions\n"
            "- as_of is 5; allowed: None, or a datetime with a time zone, in the years 1 to 9999 "
            "of UTC\n- period is 2025; allowed: a Period\n- manager is ''; allowed: a non-empty "
            "string of at most 200 characters on one line, in NFKC, without spaces around it",
        ),
    ],
    ids=[f"c{number}" for number in range(12)],
)
def test_every_argument_that_does_not_fit_is_reported(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value) == message


# Editions.


def of_full_marks(edition: str, points: int, **answers: Any) -> Rulebook:
    clause = Clause("G", TEXT, citation="9", answers=answers)
    return book(
        rule("1", points, aggravated_by=["loss"]),
        circumstances=["loss"],
        edition=edition,
        clauses=[clause],
    )


FIRST, LAST_OF_FIRST = date(2025, 7, 1), date(2025, 6, 30)
CHANGING = Editions(
    [
        Edition(of_full_marks("1", 5, full_marks=100), last=LAST_OF_FIRST),
        Edition(of_full_marks("2", 7, full_marks=120), FIRST),
    ]
)


@pytest.mark.parametrize(
    ("period", "full_marks", "mark", "edition"),
    [
        (Period(date(2025, 1, 1), LAST_OF_FIRST), 100, 95, "1"),
        (Period(date(2025, 1, 1), FIRST), 120, 108, "2"),
        (YEAR, 120, 108, "2"),
    ],
    ids=["first half", "a day more", "year"],
)
def test_the_edition_of_the_last_day_closes_the_period(
    period: Period, full_marks: int, mark: int, edition: str
) -> None:
    ledger = ledger_of([found("a", "1"), found("b", "1", occurred_on=FIRST)])
    (appraisal,) = scored(ledger, rulebook=CHANGING, period=period).values()
    assert appraisal.rulebook.edition == edition
    assert [appraisal.decided.full_marks, appraisal.score] == [full_marks, mark]
    assert appraisal.policy.full_marks == 100
    assert appraisal.standard is CHANGING


@pytest.mark.parametrize(
    ("standard", "policy", "points"),
    [
        # The standard leaves the weight open: the policy that scoring is given decides.
        (of_full_marks("1", 5), Policy(), "10"),
        (of_full_marks("1", 5), Policy(aggravation=Add(1)), "6"),
        (Editions([Edition(of_full_marks("1", 5))]), Policy(aggravation=Add(1)), "6"),
        # An edition's own policy comes before that, and a clause before both.
        (
            Editions([Edition(of_full_marks("1", 5), policy=Policy(aggravation=Add(2)))]),
            Policy(aggravation=Add(1)),
            "7",
        ),
        (
            Editions(
                [
                    Edition(
                        of_full_marks("1", 5, aggravation=Add(3)),
                        policy=Policy(aggravation=Add(2)),
                    )
                ]
            ),
            Policy(aggravation=Add(1)),
            "8",
        ),
    ],
    ids=["default", "given", "given to editions", "own", "a clause"],
)
def test_a_clause_comes_before_an_editions_policy_and_that_before_the_given_one(
    standard: Rulebook | Editions, policy: Policy, points: str
) -> None:
    ledger = ledger_of([found("a", "1", circumstances=["loss"])])
    assert counted_in(ledger, rulebook=standard, policy=policy) == {"a": points}
    (appraisal,) = scored(ledger, rulebook=standard, policy=policy).values()
    reason = appraisal.lines[0].steps[-1].reason
    assert appraisal.value_of(reason) == (
        Multiply(2) if points == "10" else Add(Decimal(points) - 5)
    )


def test_an_editions_own_policy_judges_acts_of_its_days_alone() -> None:
    own = Policy(aggravation=Add(2), full_marks=50, concurrence=Concurrence.CUMULATIVE)
    standard = Editions(
        [
            Edition(of_full_marks("1", 5), last=LAST_OF_FIRST, policy=own),
            Edition(of_full_marks("2", 5), FIRST),
        ]
    )
    violations = [
        found("a", "1", circumstances=["loss"]),
        found("b", "1", occurred_on=FIRST, circumstances=["loss"]),
    ]
    first_half = Period(date(2025, 1, 1), LAST_OF_FIRST)
    ledger = ledger_of(violations)
    assert counted_in(ledger, rulebook=standard) == {"a": "7", "b": "10"}
    (appraisal,) = scored(ledger, rulebook=standard, period=first_half).values()
    assert appraisal.score == 93


def test_an_edition_that_changes_nothing_changes_no_points() -> None:
    again = attrs.evolve(ERROR_POINTS, edition="1.1")
    standard = Editions([Edition(ERROR_POINTS, last=LAST_OF_FIRST), Edition(again, FIRST)])
    violations = [
        i("a", "3.17b"),
        i("b", "3.2b", occurred_on=FIRST),
        i("c", "3.18", occurred_on=FIRST),
        found("d", "1.8"),
        found("e", "1.8", occurred_on=FIRST),
    ]
    ledger = ledger_of(violations)
    for policy in (Policy(), ONCE, CUMULATIVE):
        (one,) = scored(ledger, policy=policy).values()
        (two,) = scored(ledger, policy=policy, rulebook=standard).values()
        assert [line.points for line in two.lines] == [line.points for line in one.lines]
        assert (two.subtotals, two.score) == (one.subtotals, one.score)


@pytest.mark.parametrize("call", [score_all, tally])
def test_a_policy_that_contradicts_what_a_clause_answers_is_rejected(call: Any) -> None:
    policy = Policy(floor=90)
    with pytest.raises(PolicyError, match=r"floor \(90\) is above full_marks \(80\)"):
        call(Ledger(), of_full_marks("1", 5, full_marks=80), YEAR, policy=policy)


# Whether an appraisal comes out of the ledger that it is said to come from.


def test_an_appraisal_that_was_changed_does_not_come_out_as_it_is() -> None:
    ledger = ledger_of([i("a", "3.2a"), i("b", "3.3")])
    appraisal = scored(ledger)["RM-01"]
    forged = attrs.evolve(appraisal, points=Decimal(4), score=Decimal(96))
    assert rescore(forged, ledger) == appraisal
    other = attrs.evolve(appraisal, policy=CUMULATIVE)
    assert rescore(other, ledger).points == 10
    with pytest.raises(FieldError) as caught:
        rescore(None, ledger)  # type: ignore[arg-type]
    assert str(caught.value) == "rescore: appraisal is None; allowed: an Appraisal"
    with pytest.raises(FieldError, match="ledger is None; allowed: a Ledger"):
        rescore(appraisal, None)  # type: ignore[arg-type]


def test_a_violation_that_was_left_out_or_added_does_not_come_out_so() -> None:
    ledger = ledger_of([found("a", "2.1"), found("b", "2.3")])
    appraisal = scored(ledger)["RM-01"]
    first, second = appraisal.lines
    less = scored(ledger_of([found("a", "2.1")]))["RM-01"]
    assert rescore(less, ledger) == appraisal
    for forged in (
        attrs.evolve(appraisal, period=Period.quarter(2025, 4)),
        attrs.evolve(appraisal, lines=(first, second, second), points=Decimal(5)),
        attrs.evolve(appraisal, lines=(attrs.evolve(first, violation=found("a", "2.2")), second)),
    ):
        assert rescore(forged, ledger) != forged


def test_an_appraisal_of_a_moment_comes_out_of_the_ledger_as_it_was_then() -> None:
    ledger = ledger_of([found("a", "2.1")])
    then = scored(ledger, as_of=NOON)["RM-01"]
    later = ledger.reverse("a", at=NOON + timedelta(1), reason="no breach")
    assert rescore(then, later) == then
    assert rescore(attrs.evolve(then, as_of=None), later).points == 0


# Faults before recording.


def test_faults_are_what_scoring_would_report() -> None:
    for violation in WRONG:
        [problem] = faults(violation, ERROR_POINTS)
        with pytest.raises(ScoringError) as caught:
            score_all(ledger_of([violation]), ERROR_POINTS, YEAR)
        assert caught.value.problems == (problem.within(f'$["{violation.id}"]'),)
    assert faults(found("a", "2.1"), ERROR_POINTS) == ()


@pytest.mark.parametrize(
    ("fields", "at", "paths"),
    [
        # Of the edition of the day it happened.
        ({"rule": "1"}, None, []),
        ({"rule": "2"}, None, ["$.rule"]),
        ({"rule": "2", "occurred_on": FIRST}, None, []),
        # Of the edition of the day of recording, where that is known.
        ({"rule": "1", "recorded_on": FIRST}, None, []),
        ({"rule": "1", "found_on": date(2025, 1, 1)}, NOON, ["$.found_on"]),
    ],
    ids=[f"c{n}" for n in range(5)],
)
def test_faults_are_those_of_the_edition_that_governs(
    fields: dict[str, Any], at: Any, paths: list[str]
) -> None:
    new = book(rule("2", 5), edition="2")
    standard = Editions([Edition(book(rule("1", 5)), last=LAST_OF_FIRST), Edition(new, FIRST)])
    violation = found("a", **fields)
    assert [each.path for each in faults(violation, standard, at=at)] == paths


def test_a_day_without_an_edition_is_a_fault() -> None:
    standard = Editions([Edition(book(rule("1", 5)), FIRST)])
    [problem] = faults(found("a", "1"), standard)
    assert problem.path == "$.occurred_on"
    assert problem.message == (
        "occurred_on is 2025-03-02, when no edition of the standard is in force; "
        f"the editions run from {FIRST} to further notice"
    )


def test_totals_and_appraisals_are_by_the_milder_edition_alike() -> None:
    milder = Policy(governing_edition=GoverningEdition.MILDER)
    standard = Editions(
        [
            Edition(book(rule("1", 5)), last=LAST_OF_FIRST),
            Edition(book(rule("1", 3), edition="2"), FIRST),
        ]
    )
    ledger = ledger_of([found("a", "1"), i("b", "1"), found("c", "1", occurred_on=FIRST)])
    assert counted_in(ledger, rulebook=standard, policy=milder) == dict.fromkeys("abc", "3")


def test_by_the_edition_of_the_recording_faults_need_to_know_when_that_is() -> None:
    policy = Policy(governing_edition=GoverningEdition.RECORDED)
    new = book(rule("2", 5), edition="2")
    standard = Editions([Edition(book(rule("1", 5)), last=LAST_OF_FIRST), Edition(new, FIRST)])
    old, at_once = found("a", "1"), found("b", "1", recorded_on=LAST_OF_FIRST)
    assert [each.path for each in faults(old, standard, policy, at=NOON)] == ["$.rule"]
    assert faults(old, standard, policy) == ()
    assert faults(at_once, standard, policy, at=NOON) == ()


def test_faults_depend_on_the_policy_and_on_the_moment_of_recording() -> None:
    risky = found("a", "3.2b", circumstances=["risk"])
    assert faults(risky, ERROR_POINTS) == ()
    [missing] = faults(risky, ERROR_POINTS, Policy(aggravation=Assessed()))
    assert missing.path == "$.assessed_points"
    ahead = found("b", "3.99", occurred_on=date(2052, 1, 1))
    assert [problem.path for problem in faults(ahead, ERROR_POINTS)] == ["$.rule"]
    assert [problem.path for problem in faults(ahead, ERROR_POINTS, at=NOON)] == [
        *("$.rule", "$.occurred_on")
    ]


def test_faults_report_every_argument_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        faults(None, {}, 2, at=date(2025, 3, 2))  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == [
        *("$.violation", "$.standard", "$.policy", "$.at")
    ]


# One person's faulty violation, and everybody else.


@pytest.mark.parametrize("report", [Faulty.REPORT, "report"])
def test_whoever_has_a_faulty_violation_gets_problems_and_all_others_an_appraisal(
    report: Any,
) -> None:
    good = [found("y", "2.1", manager="RM-03"), found("z", "2.1")]
    ledger = ledger_of([*WRONG, *good])
    result = score_all(ledger, ERROR_POINTS, YEAR, managers=["RM-09", "RM-02"], faulty=report)
    assert isinstance(result, Scored)
    assert list(result.appraisals) == ["RM-03", "RM-09"]
    assert list(result.faulty) == ["RM-01", "RM-02"]
    assert [problem.path for problem in result.faulty["RM-01"]] == [
        *('$["a"].rule', '$["b"].refers_to', '$["d"].assessed_points')
    ]
    assert [problem.path for problem in result.faulty["RM-02"]] == ['$["c"].circumstances']
    for manager, appraisal in result.appraisals.items():
        assert appraisal == score(ledger, ERROR_POINTS, YEAR, manager=manager)


def test_without_a_fault_reporting_is_scoring() -> None:
    ledger = ledger_of([found("a", "2.1"), found("b", "2.1", manager="RM-02")])
    result = score_all(ledger, ERROR_POINTS, YEAR, faulty="report")
    assert result == Scored(score_all(ledger, ERROR_POINTS, YEAR), {})
    assert score_all(ledger, ERROR_POINTS, YEAR, faulty="raise") == result.appraisals


def test_every_faulty_manager_has_problems_up_to_the_bound() -> None:
    count = MAXIMUM_PROBLEMS + 5
    violations = [
        found(f"{manager}-{n}", "3.99", manager=manager)
        for manager in ("RM-01", "RM-02")
        for n in range(count)
    ]
    result = score_all(ledger_of(violations), ERROR_POINTS, YEAR, faulty=Faulty.REPORT)
    assert [len(problems) for problems in result.faulty.values()] == [MAXIMUM_PROBLEMS] * 2
    for problems in result.faulty.values():
        assert all('did you mean "3.9"?' in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("result", "mark", "grade"),
    [
        (RevokedResult.NONE, None, None),
        (RevokedResult.LOWEST, 0, "D"),
        (RevokedResult.AS_SCORED, 100, "A"),
    ],
)
def test_a_revoked_manager_is_shown_as_the_policy_decides(
    result: RevokedResult, mark: int | None, grade: str | None
) -> None:
    bands = [Grade("A", at_least=90, below=None), Grade("D", at_least=None, below=90)]
    policy = Policy(grades=bands, revoked_result=result)
    (appraisal,) = scored(ledger_of([found("a", "3.1b")]), policy=policy).values()
    assert appraisal.points == 0
    assert (appraisal.score, appraisal.grade) == (None if mark is None else Decimal(mark), grade)
    assert appraisal.revoked
    (kept,) = scored(ledger_of([found("a", "2.1")]), policy=policy).values()
    assert (kept.score, kept.grade, kept.revoked) == (Decimal(99), "A", False)


def test_the_default_never_calls_a_revoked_manager_excellent() -> None:
    bands = [Grade("A", at_least=90, below=None), Grade("D", at_least=None, below=90)]
    revoking = [
        found("a", "3.1b"),
        found("b", "1.1", circumstances=["egregious"]),
        found("c", "3.15", refers_to="3.1b"),
    ]
    for violation in revoking:
        (appraisal,) = scored(ledger_of([violation]), policy=Policy(grades=bands)).values()
        assert (appraisal.revoked, appraisal.score, appraisal.grade) == (True, None, None)
        assert appraisal.band is None


def test_whoever_is_faulty_reads_remedies_however_many_problems_others_have() -> None:
    crowd = [found(f"V-{n}", "9.9", circumstances=[f"c{n}"]) for n in range(MAXIMUM_PROBLEMS)]
    ledger = ledger_of([*crowd, found("a", "3.99", manager="RM-02")])
    result = score_all(ledger, ERROR_POINTS, YEAR, faulty=Faulty.REPORT)
    [problem] = result.faulty["RM-02"]
    assert problem.message.endswith('; did you mean "3.9"?')


@pytest.mark.parametrize(
    "context",
    [Context(prec=1, traps=[]), Context(prec=1, traps=[Inexact])],
    ids=["coarse", "strict"],
)
def test_the_callers_context_changes_no_result(context: Context) -> None:
    ledger = ledger_of(
        [
            i("a", "1.4", assessed_points="4.25", quantity=3),
            i("b", "4.1b", quantity=123),
            i("c", "3.1a", circumstances=["risk"]),
            found("d", "1.4", assessed_points="0.0001", quantity=77),
            found("e", "1.5"),
        ]
    )
    expected = scored(ledger)
    with localcontext(context):
        assert score_all(ledger, ERROR_POINTS, YEAR) == expected
        assert score(ledger, ERROR_POINTS, YEAR, manager="RM-01") == expected["RM-01"]
        assert tally(ledger, ERROR_POINTS, YEAR)["RM-01"] == expected["RM-01"].points


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((5, ERROR_POINTS), "faults: violation is 5; allowed: a Violation or a Merit"),
        ((found("a", "2.1"), 5), "faults: standard is 5; allowed: a Rulebook or Editions"),
        ((found("a", "2.1"), ERROR_POINTS, 5), "faults: policy is 5; allowed: a Policy"),
    ],
    ids=["violation", "standard", "policy"],
)
def test_faults_say_what_they_allow(arguments: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        faults(*arguments)
    assert str(caught.value) == message


def test_what_is_no_appraisal_and_no_manager_is_shown_with_what_is_wrong() -> None:
    with pytest.raises(FieldError, match=r"^rescore: appraisal is 5; allowed: an Appraisal$"):
        rescore(5, Ledger())  # type: ignore[arg-type]
    with pytest.raises(FieldError, match=r"this one has U\+200B, which makes ids look alike$"):
        score(Ledger(), ERROR_POINTS, YEAR, manager="RM\u200b01")


def test_an_appraisal_of_nothing_is_made_once_for_all() -> None:
    one, two = score_all(Ledger(), ERROR_POINTS, YEAR, managers=["RM-01", "RM-02"]).values()
    assert (one.manager, two.manager) == ("RM-01", "RM-02")
    assert one.subtotals is two.subtotals
