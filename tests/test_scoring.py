"""Scoring: what violations do to one another, by examples that can be checked by hand."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    MAXIMUM_PROBLEMS,
    Appraisal,
    Chapter,
    Citation,
    Concurrence,
    CountedOn,
    Deduction,
    Displacement,
    FieldError,
    Grade,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    ScoringError,
    Text,
    Unit,
    UnstatedUnit,
    Violation,
    score,
    score_all,
    tally,
)

YEAR = Period.year(2025)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
TEXT = Text.same("words")

DEFAULT = Policy()
CUMULATIVE = Policy(concurrence=Concurrence.CUMULATIVE)
ONCE = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
SIDE_BY_SIDE = Policy(displacement=Displacement.NONE)


def found(id: str, rule: str, **fields: Any) -> Violation:
    given = {"manager": "RM-01", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, rule=rule, **given)


def ledger_of(violations: Iterable[Violation]) -> Ledger:
    return Ledger(Recorded(violation, at=NOON) for violation in violations)


def scored(
    ledger: Ledger,
    *,
    policy: Policy = DEFAULT,
    rulebook: Rulebook = ERROR_POINTS,
    period: Period = YEAR,
    as_of: datetime | None = None,
) -> Mapping[str, Appraisal]:
    """The appraisals, once `score`, `score_all` and `tally` are seen to agree on them."""
    appraisals = score_all(ledger, rulebook, period, policy=policy, as_of=as_of)
    assert dict(tally(ledger, rulebook, period, policy=policy, as_of=as_of)) == {
        manager: appraisal.points for manager, appraisal in appraisals.items()
    }
    for manager, appraisal in appraisals.items():
        alone = score(ledger, rulebook, period, manager=manager, policy=policy, as_of=as_of)
        assert alone == appraisal
    return appraisals


def counted(
    *violations: Violation,
    policy: Policy = DEFAULT,
    rulebook: Rulebook = ERROR_POINTS,
) -> dict[str, str]:
    """What each violation counts."""
    appraisals = scored(ledger_of(violations), policy=policy, rulebook=rulebook)
    return {
        line.violation.id: str(line.points)
        for appraisal in appraisals.values()
        for line in appraisal.lines
    }


def i(id: str, rule: str, **fields: Any) -> Violation:
    """A violation within the one incident."""
    return found(id, rule, incident="I", **fields)


RISK = ["risk"]
INCIDENTS: dict[str, tuple[list[Violation], Policy, dict[str, str]]] = {
    "only the highest counts": (
        [i("a", "2.1"), i("b", "3.2a"), i("c", "2.3")],
        Policy(),
        {"a": "0", "b": "5", "c": "0"},
    ),
    "all add up": (
        [i("a", "2.1"), i("b", "3.2a"), i("c", "2.3")],
        CUMULATIVE,
        {"a": "1", "b": "5", "c": "2"},
    ),
    "the highest is that after aggravation": (
        [i("a", "3.4"), i("b", "3.2a", circumstances=RISK, quantity=2)],
        Policy(),
        {"a": "0", "b": "20"},
    ),
    "a tie keeps the rule that comes first": (
        [i("a", "3.3"), i("b", "3.2a")],
        Policy(),
        {"a": "0", "b": "5"},
    ),
    "a tie under one rule keeps the smaller id": (
        [i("b", "3.3"), i("a", "3.3")],
        Policy(),
        {"a": "5", "b": "0"},
    ),
    "incidents belong to a manager": (
        [i("a", "3.2a"), i("b", "3.2a", manager="RM-02"), i("c", "2.1", manager="RM-02")],
        Policy(),
        {"a": "5", "b": "5", "c": "0"},
    ),
    "without an incident each is one of its own": (
        [found("a", "3.2a"), found("b", "3.2a"), i("c", "2.1")],
        Policy(),
        {"a": "5", "b": "5", "c": "1"},
    ),
    "special over general": (
        [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.3")],
        Policy(),
        {"a": "2", "b": "0", "c": "0"},
    ),
    "special over general, the rest adds up": (
        [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.4"), i("d", "3.1a")],
        CUMULATIVE,
        {"a": "2", "b": "0", "c": "10", "d": "2"},
    ),
    "3.17a displaces 3.1a": (
        [i("a", "3.17a"), i("b", "3.1a")],
        CUMULATIVE,
        {"a": "1", "b": "0"},
    ),
    "3.17c displaces 3.6 and 3.7": (
        [i("a", "3.17c"), i("b", "3.6"), i("c", "3.7"), i("d", "3.8")],
        CUMULATIVE,
        {"a": "5", "b": "0", "c": "0", "d": "1"},
    ),
    "special and general side by side": (
        [i("a", "3.17b"), i("b", "3.2b")],
        attrs.evolve(SIDE_BY_SIDE, concurrence=Concurrence.CUMULATIVE),
        {"a": "2", "b": "10"},
    ),
    "special displaces only within the incident": (
        [i("a", "3.17b"), found("b", "3.2b")],
        Policy(),
        {"a": "2", "b": "10"},
    ),
    "a referral is displaced as the rule applied": (
        [i("a", "3.17c"), i("b", "3.15", refers_to="3.7")],
        CUMULATIVE,
        {"a": "5", "b": "0"},
    ),
    "a residual rule gives way": (
        [i("a", "3.18", circumstances=RISK), i("b", "3.8")],
        CUMULATIVE,
        {"a": "0", "b": "1"},
    ),
    "a residual rule stands alone, and twice": (
        [i("a", "3.18"), i("b", "3.18", quantity=2)],
        CUMULATIVE,
        {"a": "1", "b": "2"},
    ),
    "a residual rule stands beside another chapter": (
        [i("a", "3.18"), i("b", "2.1")],
        CUMULATIVE,
        {"a": "1", "b": "1"},
    ),
    "a residual rule gives way to a referral and to a revocation": (
        [i("a", "3.18"), i("b", "3.15", refers_to="3.1b")],
        CUMULATIVE,
        {"a": "0", "b": "0"},
    ),
    "a displaced rule still makes the residual one give way": (
        [i("a", "3.17b"), i("b", "3.3"), i("c", "3.18")],
        CUMULATIVE,
        {"a": "2", "b": "0", "c": "0"},
    ),
    "a revocation does not take the place of a deduction": (
        [i("a", "1.5"), i("b", "2.1"), i("c", "2.3")],
        Policy(),
        {"a": "0", "b": "0", "c": "2"},
    ),
    "once a period, the highest": (
        [found("a", "1.7b"), found("b", "1.7b"), found("c", "1.8")],
        ONCE,
        {"a": "20", "b": "0", "c": "10"},
    ),
    "once a period, after aggravation": (
        [found("a", "3.17a"), found("b", "3.17a", circumstances=RISK)],
        ONCE,
        {"a": "0", "b": "2"},
    ),
    "once a period, before concurrence": (
        [i("a", "1.8"), found("b", "1.8"), i("c", "3.2a")],
        ONCE,
        {"a": "10", "b": "0", "c": "0"},
    ),
    "once a period for each manager": (
        [found("a", "1.8"), found("b", "1.8", manager="RM-02")],
        ONCE,
        {"a": "10", "b": "10"},
    ),
    "a rule with a unit counts every time": (
        [found("a", "2.1"), found("b", "2.1")],
        ONCE,
        {"a": "1", "b": "1"},
    ),
}


@pytest.mark.parametrize(
    ("violations", "policy", "points"), INCIDENTS.values(), ids=list(INCIDENTS)
)
def test_violations_count_together_what_a_person_would_write_down(
    violations: list[Violation], policy: Policy, points: dict[str, str]
) -> None:
    assert counted(*violations, policy=policy) == points
    assert counted(*reversed(violations), policy=policy) == points


def test_a_displaced_rule_still_displaces() -> None:
    def rule(clause: int, *displaces: str) -> Rule:
        return Rule(
            f"1.{clause}",
            TEXT,
            penalty=Deduction(clause, Unit.OCCURRENCE),
            citation=Citation(1, clause),
            displaces=displaces,
        )

    chain = Rulebook(
        "chain",
        "1.0",
        text=TEXT,
        chapters=[Chapter(1, TEXT, rules=[rule(1, "1.2"), rule(2, "1.3"), rule(3)])],
    )
    violations = [i("a", "1.1"), i("b", "1.2"), i("c", "1.3")]
    assert counted(*violations, policy=CUMULATIVE, rulebook=chain) == {"a": "1", "b": "0", "c": "0"}


def test_a_line_that_counts_nothing_says_because_of_what() -> None:
    violations = [i("a", "3.17b"), i("b", "3.2b"), i("c", "3.18"), i("d", "3.4"), i("e", "2.1")]
    (appraisal,) = scored(ledger_of(violations)).values()
    last = {line.violation.id: line.steps[-1] for line in appraisal.lines}
    assert {
        id: (step.effect.value, step.because_of, str(step.change)) for id, step in last.items()
    } == {
        "a": ("concurrent", ("d",), "-2"),
        "b": ("displaced", ("a",), "-10"),
        "c": ("gave-way", ("a", "b", "d"), "-1"),
        "d": ("stated", (), "10"),
        "e": ("concurrent", ("d",), "-1"),
    }


@pytest.mark.parametrize("policy", [Policy(), CUMULATIVE, SIDE_BY_SIDE, ONCE])
def test_a_revocation_anywhere_in_an_incident_revokes(policy: Policy) -> None:
    displaced = [i("a", "3.17b"), i("b", "3.5b"), i("c", "1.1", circumstances=["egregious"])]
    (appraisal,) = scored(ledger_of(displaced), policy=policy).values()
    assert appraisal.revoked
    assert [line.violation.id for line in appraisal.lines if line.revokes] == ["c"]


def test_an_outright_revocation_adds_no_points() -> None:
    (appraisal,) = scored(ledger_of([found("a", "1.5"), found("b", "2.1")])).values()
    assert (appraisal.points, appraisal.score, appraisal.revoked) == (Decimal(1), Decimal(99), True)


def test_a_suspended_violation_neither_counts_nor_displaces_nor_revokes() -> None:
    suspend = Policy(pending_appeals=PendingAppeals.SUSPEND, concurrence=Concurrence.CUMULATIVE)
    ledger = ledger_of([i("a", "3.17b"), i("b", "3.2b"), i("c", "3.1b"), i("d", "3.18")])
    for id in ("a", "c"):
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    (appraisal,) = scored(ledger, policy=suspend).values()
    assert {line.violation.id: int(line.points) for line in appraisal.lines} == {
        "a": 0,
        "b": 10,
        "c": 0,
        "d": 0,
    }
    assert not appraisal.revoked
    settled = ledger.dismiss("a", at=NOON, reason="no leave")
    (appraisal,) = scored(settled, policy=suspend).values()
    assert {line.violation.id: int(line.points) for line in appraisal.lines}["b"] == 0


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


def test_a_case_is_scored_for_whom_it_named_then() -> None:
    ledger = ledger_of([found("a", "2.1")]).amend(
        found("a", "2.1", manager="RM-02"), at=NOON + timedelta(1), reason="a colleague"
    )
    assert list(scored(ledger)) == ["RM-02"]
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
    assert (appraisal.grade and appraisal.grade.id) == grade


def test_subtotals_are_those_of_the_chapter_of_the_rule_applied() -> None:
    appraisal = scored(ledger_of([found("a", "1.1"), found("b", "3.15", refers_to="3.9")]))["RM-01"]
    assert [(each.chapter.number, int(each.points)) for each in appraisal.subtotals] == [
        (1, 10),
        (2, 0),
        (3, 2),
        (4, 0),
    ]


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
    with pytest.raises(TypeError):
        with_both["RM-09"] = appraisal  # type: ignore[index]


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
def test_all_that_is_wrong_is_told_in_one_error_in_the_order_of_the_ledger(call: Any) -> None:
    with pytest.raises(ScoringError) as caught:
        call(ledger_of([found("z", "2.1"), *WRONG]), ERROR_POINTS, YEAR)
    assert [problem.violation_id for problem in caught.value.problems] == ["a", "b", "c", "d"]
    assert caught.value.more == 0
    assert str(caught.value).startswith(
        '4 problem(s) keep the ledger from being scored:\n- violation "a": rule "3.99" is not in '
        'rulebook "error-points 1.0"; did you mean "3.9"?\n- violation "b": refers_to is missing'
    )


def test_one_manager_is_told_of_their_own() -> None:
    with pytest.raises(ScoringError) as caught:
        score(ledger_of(WRONG), ERROR_POINTS, YEAR, manager="RM-02")
    assert [problem.violation_id for problem in caught.value.problems] == ["c"]


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
    assert str(caught.value).endswith("and 5 more violation(s)")


LEDGER = Ledger()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: score_all([], ERROR_POINTS, YEAR),  # type: ignore[arg-type]
            "scoring: ledger is []; allowed: a Ledger",
        ),
        (
            lambda: tally(LEDGER, {}, YEAR),  # type: ignore[arg-type]
            "scoring: rulebook is {}; allowed: a Rulebook",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, 2025, manager="RM-01"),  # type: ignore[arg-type]
            "scoring: period is 2025; allowed: a Period",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, policy=None),  # type: ignore[arg-type]
            "scoring: policy is None; allowed: a Policy",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, as_of=date(2025, 1, 1)),  # type: ignore[arg-type]
            "scoring: as_of is datetime.date(2025, 1, 1); allowed: a datetime with a time zone, "
            "in the years 1 to 9999 of UTC",
        ),
        (
            lambda: score(LEDGER, ERROR_POINTS, YEAR, manager=""),
            "score: manager is ''; allowed: the id of a manager",
        ),
        (
            lambda: tally(LEDGER, ERROR_POINTS, YEAR, managers="RM-01"),
            "scoring: managers is 'RM-01'; allowed: a list of ids of managers",
        ),
        (
            lambda: score_all(LEDGER, ERROR_POINTS, YEAR, managers=[5]),  # type: ignore[list-item]
            "scoring: managers is (5,); allowed: a list of ids of managers",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_told(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value) == message
