"""Performance: the arithmetic of a month, to the last decimal place."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import FieldError, Language, LanguageError, Period, Points, Text, WorkCalendar
from cmappraisal.interop.strategies import points
from cmappraisal.training import (
    VIP_SERVICE,
    Attendance,
    AttendanceStatus,
    Component,
    Performance,
    Record,
    Schedule,
    Session,
    TestResult,
    Trainee,
    TrainingError,
    all_results_that_count,
    monthly_performance,
    results_that_count,
)

TEST = Text("每月業務測試", "每月业务测试", en="Monthly test")
APPRAISAL = Text("差錯考核", "差错考核", en="Error points")


def component(id: str, score: Points, weight: Points, text: Text = TEST) -> Component:
    return Component(id, text, score=score, weight=weight)


MARCH = monthly_performance(
    [component("test", 82, "0.3"), component("appraisal", 92, "0.7", APPRAISAL)]
)


@pytest.mark.parametrize(
    ("language", "explanation"),
    [
        (
            "en",
            "Monthly test: 82 × 0.3 = 24.6\nError points: 92 × 0.7 = 64.4\n"
            "Total: 24.6 + 64.4 = 89\n",
        ),
        (
            "zh-Hant",
            "每月業務測試：82 × 0.3 = 24.6\n差錯考核：92 × 0.7 = 64.4\n合計：24.6 + 64.4 = 89\n",
        ),
        (
            "zh-Hans",
            "每月业务测试：82 × 0.3 = 24.6\n差错考核：92 × 0.7 = 64.4\n合计：24.6 + 64.4 = 89\n",
        ),
    ],
)
def test_the_arithmetic_is_shown(language: Language, explanation: str) -> None:
    assert MARCH.total == Decimal(89)
    assert MARCH.explain(language) == explanation


def test_one_part_is_the_total() -> None:
    one = monthly_performance([component("test", "82.50", 1)])
    assert one.explain() == "Monthly test: 82.5 × 1 = 82.5\nTotal: 82.5\n"


def test_a_name_is_shown_as_it_is() -> None:
    odd = monthly_performance([component("test", 1, 1, Text.same("{score} {0}"))])
    assert odd.explain().splitlines()[0] == "{score} {0}: 1 × 1 = 1"


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ([(0, "0.5"), (0, "0.5")], "0"),
        ([(100, "0.3333"), (100, "0.6667")], "100"),
        ([("99.9999", "0.0001"), ("0.0001", "0.9999")], "0.01009998"),
        ([(60, "0.1")] * 10, "60"),
    ],
)
def test_nothing_is_rounded(parts: list[tuple[Points, Points]], total: str) -> None:
    made = monthly_performance(
        component(str(number), score, weight) for number, (score, weight) in enumerate(parts)
    )
    assert str(made.total) == total


@st.composite
def shares(draw: st.DrawFn) -> list[Decimal]:
    """Weights that sum to 1."""
    cuts = sorted(draw(st.sets(st.integers(1, 9999), max_size=6)))
    ends = [0, *cuts, 10_000]
    return [Decimal(last - first).scaleb(-4) for first, last in pairwise(ends)]


@given(shares(), st.data())
def test_the_total_is_the_weighted_mean(weights: list[Decimal], data: st.DataObject) -> None:
    scores = [data.draw(points()) for _ in weights]
    parts = [
        component(str(number), score, weight)
        for number, (score, weight) in enumerate(zip(scores, weights, strict=True))
    ]
    made = monthly_performance(parts)
    exact = sum(
        (Fraction(score) * Fraction(weight) for score, weight in zip(scores, weights, strict=True)),
        Fraction(0),
    )
    assert Fraction(made.total) == exact
    assert min(scores) <= made.total <= max(scores)
    assert sum(Fraction(part.contribution) for part in made.components) == exact
    assert monthly_performance(parts[::-1]).total == made.total


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ([], "Performance: there are no components; give at least one"),
        (
            [component("test", 82, "0.3"), component("test", 92, "0.7")],
            'Performance: component "test" is there twice; give each an id of its own',
        ),
        (
            [component("test", 82, "0.3"), component("appraisal", 92, "0.6")],
            "Performance: the weights sum to 0.9; let them sum to 1, exactly",
        ),
        (
            [component("test", 82, 1), component("appraisal", 92, "0.0001")],
            "Performance: the weights sum to 1.0001; let them sum to 1, exactly",
        ),
    ],
)
def test_parts_that_do_not_make_a_whole_are_rejected(parts: list[Component], message: str) -> None:
    with pytest.raises(TrainingError) as caught:
        monthly_performance(parts)
    assert str(caught.value) == message


def session(activity: str, planned_on: date, on: date | None = None) -> Session:
    return Session(activity, planned_on, on=on or planned_on)


# Given out of order, and with a test that moved into April.
SCHEDULE = Schedule(
    VIP_SERVICE,
    Period(date(2026, 3, 1), date(2026, 4, 30)),
    calendar=WorkCalendar(),
    trainees=[Trainee("RM-01"), Trainee("RM-02")],
    sessions=[
        session("test", date(2026, 3, 25)),
        session("test", date(2026, 3, 4)),
        session("test", date(2026, 3, 31), date(2026, 4, 1)),
        session("study", date(2026, 3, 16)),
    ],
)
RESULTS = [
    TestResult(f"test/{day}", "RM-01", score=score)
    for day, score in (("2026-03-25", 82), ("2026-03-04", "77.5"), ("2026-03-31", 90))
]
RECORDS: list[Record] = [
    *RESULTS,
    TestResult("test/2026-03-25", "RM-02", score=60),
    Attendance("study/2026-03-16", "RM-01", status=AttendanceStatus.PRESENT),
]


@pytest.mark.parametrize(
    ("person", "period", "scores"),
    [
        ("RM-01", Period.month(2026, 3), ["77.5", "82"]),
        ("RM-01", Period.month(2026, 4), ["90"]),
        ("RM-01", Period.month(2026, 5), []),
        ("RM-02", Period.month(2026, 3), ["60"]),
        ("RM-02", Period.month(2026, 4), []),
    ],
)
def test_the_results_of_a_month(person: str, period: Period, scores: list[str]) -> None:
    for records in (RECORDS, RECORDS[::-1]):
        found = results_that_count(SCHEDULE, records, person, period)
        assert [str(result.score) for result in found] == scores
        assert {result.person for result in found} <= {person}


def test_everybody_s_results_are_those_of_each() -> None:
    for month in (3, 4, 5):
        period = Period.month(2026, month)
        found = all_results_that_count(SCHEDULE, RECORDS, period)
        assert list(found) == [trainee.id for trainee in SCHEDULE.people]
        for person, results in found.items():
            assert results == results_that_count(SCHEDULE, RECORDS, person, period)
    with pytest.raises(FieldError) as caught:
        all_results_that_count(1, 2, 3)  # type: ignore[arg-type]
    assert [each.path for each in caught.value.problems] == ["$.schedule", "$.records", "$.period"]


@pytest.mark.parametrize(("feeds", "count"), [(True, 2), (False, 0)])
def test_only_what_feeds_performance_counts(feeds: bool, count: int) -> None:
    activities = [
        evolve(activity, feeds_performance=feeds) if activity.id == "test" else activity
        for activity in VIP_SERVICE.activities
    ]
    there = evolve(SCHEDULE, plan=evolve(VIP_SERVICE, activities=activities))
    assert len(results_that_count(there, RECORDS, "RM-01", Period.month(2026, 3))) == count


@pytest.mark.parametrize(
    ("person", "message"),
    [
        (
            "RM-1",
            'schedule of "vip-service 1.0" for 2026-03-01..2026-04-30: nobody is "RM-1"; '
            'did you mean "RM-01"?',
        ),
        (
            "王",
            'schedule of "vip-service 1.0" for 2026-03-01..2026-04-30: nobody is "王"; '
            "name somebody who is trained",
        ),
    ],
)
def test_who_is_not_trained_is_rejected(person: str, message: str) -> None:
    with pytest.raises(TrainingError) as caught:
        results_that_count(SCHEDULE, RECORDS, person, Period.month(2026, 3))
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: component("", 82, 1), "Component: id is ''; allowed: a non-empty string"),
        (
            lambda: Component("test", "測試", score=82, weight=1),  # type: ignore[arg-type]
            "Component \"test\": text is '測試'; allowed: a Text",
        ),
        (
            lambda: component("test", 82.5, 1),  # type: ignore[arg-type]
            'Component "test": score is 82.5; allowed: a Decimal, an int or a string such as '
            "'2.5' from 0 to 100, of at most 4 decimal places (never a float)",
        ),
        (
            lambda: component("test", "100.0001", 1),
            "Component \"test\": score is Decimal('100.0001'); allowed: a Decimal",
        ),
        (
            lambda: component("test", 82, 0),
            "Component \"test\": weight is Decimal('0'); allowed: a Decimal, an int or a string "
            "such as '2.5' above 0 to 1, of at most 4 decimal places",
        ),
        (
            lambda: component("test", 82, "0.33333"),
            "Component \"test\": weight is Decimal('0.33333'); allowed: a Decimal",
        ),
        (
            lambda: component("test", None, 1),  # type: ignore[arg-type]
            'Component "test": score is None; allowed: a Decimal',
        ),
        (
            lambda: Performance((), Decimal("NaN")),
            "Performance: total is Decimal('NaN'); allowed: a Decimal, an int or a string from 0",
        ),
        (
            lambda: Performance((), 101),
            "Performance: total is Decimal('101'); allowed: a Decimal, an int or a string from 0",
        ),
        (
            lambda: Performance("test", 1),  # type: ignore[arg-type]
            "Performance: components is 'test'; allowed: a list of Component",
        ),
        (
            lambda: monthly_performance("test"),  # type: ignore[arg-type]
            "monthly_performance: components is 'test'; allowed: a list of Component",
        ),
        (
            lambda: monthly_performance([82]),  # type: ignore[list-item]
            "monthly_performance: components[0] is 82; allowed: a list of Component",
        ),
        (
            lambda: results_that_count(VIP_SERVICE, [], "RM-01", SCHEDULE.period),  # type: ignore[arg-type]
            "results_that_count: schedule is TrainingPlan(",
        ),
        (
            lambda: results_that_count(SCHEDULE, 5, "RM-01", SCHEDULE.period),  # type: ignore[arg-type]
            "results_that_count: records is 5; allowed: a list of Attendance, TestResult,",
        ),
        (
            lambda: results_that_count(SCHEDULE, [], "", SCHEDULE.period),
            "results_that_count: person is ''; allowed: the id of a person",
        ),
        (
            lambda: results_that_count(SCHEDULE, [], "RM-01", 2026),  # type: ignore[arg-type]
            "results_that_count: period is 2026; allowed: a Period",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_a_language_that_is_none_is_rejected() -> None:
    with pytest.raises(LanguageError):
        MARCH.explain("fr")  # type: ignore[arg-type]


def test_a_performance_is_what_its_parts_come_to() -> None:
    with pytest.raises(FieldError) as caught:
        Performance([Component("a", Text.same("a"), score=10, weight=1)], 99)
    assert str(caught.value) == (
        "Performance: total is Decimal('99'); allowed: 10, the sum of the contributions"
    )
