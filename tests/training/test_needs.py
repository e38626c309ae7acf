"""Needs: the whole standard against the courses, and what calls for none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    Appraisal,
    FieldError,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Text,
    Violation,
    WorkCalendar,
    score,
)
from cmappraisal.accounts import points_account
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.standards import Clause, Consequence, Span, Thresholds
from cmappraisal.training import (
    ASK,
    Course,
    Curriculum,
    Domain,
    Need,
    Trainee,
    UnknownCourseError,
    ask,
    schedule,
    training_needs,
)
from costly import costly

NOON = datetime(2025, 6, 2, 12, tzinfo=UTC)
YEAR = Period.year(2025)


def appraised(*found: tuple[str, dict[str, Any]], policy: Policy = Policy()) -> Appraisal:  # noqa: B008
    """The appraisal of one manager with some violations, each by its rule."""
    ledger = Ledger()
    for number, (rule, fields) in enumerate(found, start=1):
        violation = Violation(
            f"V-{number}", "RM-01", rule=rule, occurred_on=date(2025, 6, 1), **fields
        )
        ledger = ledger.record(violation, at=NOON)
    return score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=policy)


def summary_of(needs: tuple[Need, ...]) -> list[tuple[str | None, int, list[str]]]:
    return [
        (
            need.course.id if need.course else None,
            int(need.points),
            [line.violation.id for line in need.lines],
        )
        for need in needs
    ]


# Each rule of the standard with the courses that a breach of it calls for. The mapping is ours.
REMEDIES = {
    "1.1": ["professionalism", "quality-awareness"],
    "1.2": ["customer-service-awareness", "handling-objections"],
    "1.3": ["teamwork", "conflict-management"],
    "1.4": ["professionalism"],
    "1.5": ["bank-culture", "professionalism"],
    "1.6": ["bank-culture", "professionalism"],
    "1.7a": ["bank-culture", "teamwork"],
    "1.7b": ["teamwork", "conflict-management"],
    "1.8": ["teamwork", "communication"],
    "2.1": ["approaching-customers"],
    "2.2": ["quality-awareness"],
    "2.3": ["questioning-and-listening", "competitor-analysis"],
    "2.4": ["communication"],
    "3.1a": ["professional-knowledge"],
    "3.1b": ["bank-culture", "professionalism"],
    "3.2a": ["corporate-credit-products"],
    "3.2b": ["corporate-credit-products"],
    "3.3": ["writing-service-proposals", "professional-knowledge"],
    "3.4": ["corporate-credit-products"],
    "3.5a": ["computer-systems"],
    "3.5b": ["quality-awareness"],
    "3.6": ["corporate-credit-products"],
    "3.7": ["professional-knowledge"],
    "3.8": ["quality-awareness"],
    "3.9": ["professional-knowledge"],
    "3.10": ["professionalism"],
    "3.11a": ["communication"],
    "3.11b": ["communication"],
    "3.12": ["professional-knowledge"],
    "3.13": ["professionalism", "corporate-credit-products"],
    "3.14": ["questioning-and-listening", "professional-knowledge"],
    "3.15": ["corporate-credit-products"],
    "3.16a": ["corporate-credit-products"],
    "3.16b": ["corporate-credit-products"],
    "3.17a": ["products-and-services"],
    "3.17b": ["products-and-services"],
    "3.17c": ["products-and-services"],
    "3.18": ["professional-knowledge"],
    "4.1a": ["customer-service-awareness", "key-account-sales"],
    "4.1b": ["customer-service-awareness", "key-account-sales"],
    "4.2": ["writing-service-proposals"],
    "4.3": ["customer-service-awareness", "stress-management", "sales-etiquette"],
}


def test_every_rule_of_the_standard_has_its_courses() -> None:
    assert list(REMEDIES) == list(ERROR_POINTS)
    for rule, courses in REMEDIES.items():
        assert [course.id for course in ASK.curriculum.remedying(rule)] == courses, rule


@pytest.mark.parametrize("rule", [rule for rule in ERROR_POINTS if rule not in ("3.15", "3.16a")])
def test_a_breach_of_any_rule_calls_for_its_courses(rule: str) -> None:
    needs = training_needs(appraised((rule, {})), ASK.curriculum)
    assert [need.course.id for need in needs if need.course] == REMEDIES[rule]


def test_a_rule_that_refers_calls_for_its_own_courses_and_for_those_of_the_rule_applied() -> None:
    needs = training_needs(appraised(("3.15", {"refers_to": "3.9"})), ASK.curriculum)
    assert summary_of(needs) == [
        ("professional-knowledge", 2, ["V-1"]),
        ("corporate-credit-products", 2, ["V-1"]),
    ]


def test_the_heaviest_come_first_and_revocations_before_them_all() -> None:
    needs = training_needs(
        appraised(
            ("2.1", {}),
            ("3.5b", {}),
            ("3.1b", {}),
            ("2.4", {"quantity": 2}),
            ("3.11b", {}),
        ),
        ASK.curriculum,
    )
    assert summary_of(needs) == [
        ("bank-culture", 0, ["V-3"]),
        ("professionalism", 0, ["V-3"]),
        ("quality-awareness", 50, ["V-2"]),
        ("communication", 14, ["V-4", "V-5"]),
        ("approaching-customers", 1, ["V-1"]),
    ]
    assert [need.revokes for need in needs] == [True, True, False, False, False]


def test_what_counts_nothing_calls_for_nothing() -> None:
    # Of one incident only the highest counts; an appeal suspends.
    concurrent = appraised(("3.2b", {"incident": "I"}), ("2.1", {"incident": "I"}))
    assert summary_of(training_needs(concurrent, ASK.curriculum)) == [
        ("corporate-credit-products", 10, ["V-1"])
    ]
    suspended = Ledger().record(
        Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 6, 1)), at=NOON
    )
    suspended = suspended.appeal("V-1", at=NOON, grounds="on leave")
    policy = Policy(pending_appeals=PendingAppeals.SUSPEND)
    appraisal = score(suspended, ERROR_POINTS, YEAR, manager="RM-01", policy=policy)
    assert training_needs(appraisal, ASK.curriculum) == ()
    assert training_needs(appraised(), ASK.curriculum) == ()


def test_a_rule_without_a_course_is_a_need_without_one() -> None:
    text = Text("課", "课", en="course")
    few = Curriculum(
        "few", "1", text=text, courses=[Course("a", text, domain=Domain.SKILL, remedies=["2.1"])]
    )
    needs = training_needs(appraised(("2.2", {}), ("2.1", {}), ("2.4", {}), ("2.2", {})), few)
    assert summary_of(needs) == [(None, 2, ["V-1", "V-4"]), (None, 2, ["V-3"]), ("a", 1, ["V-2"])]


def test_the_skill_stage_takes_its_courses_from_the_needs() -> None:
    appraisal = appraised(("2.4", {"quantity": 4}), ("2.1", {}), ("1.8", {}), ("3.9", {}))
    needs = training_needs(appraisal, ASK.curriculum)
    ids = [need.course.id for need in needs if need.course]
    trainee = Trainee("RM-01", date(2020, 1, 6), needs=ids)
    made = schedule(ASK, Period.year(2026), calendar=WorkCalendar(), trainees=[trainee])
    skill = [each.courses for each in made.sessions if each.activity == "skill"]
    assert ids.index("communication") < ids.index("approaching-customers")
    assert skill == [("approaching-customers",), ("communication",)]


@costly
@given(st.from_type(Appraisal))
def test_needs_come_of_the_lines_that_count_and_of_no_other(appraisal: Appraisal) -> None:
    needs = training_needs(appraisal, ASK.curriculum)
    counting = [line for line in appraisal.lines if line.points or line.revokes]
    for need in needs:
        assert all(line in counting for line in need.lines)
        assert need.points == sum((line.points for line in need.lines), Decimal(0))
    order = [(not need.revokes, not need.consequences, -need.points) for need in needs]
    assert order == sorted(order)
    caused = {line.violation.id for need in needs for line in need.lines}
    assert caused == {line.violation.id for line in counting}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((None, ASK.curriculum), "training_needs: appraisal is None; allowed: an Appraisal"),
        ((appraised(), ASK), "training_needs: curriculum is TrainingPlan("),
    ],
)
def test_what_does_not_fit_is_rejected(arguments: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        training_needs(*arguments)
    assert str(caught.value).startswith(message)


# What consequences ask for.

STUDY = Consequence(
    "study", Text.same("study"), days=7, courses=["teamwork", "professional-knowledge"]
)
TALK = Consequence("talk", Text.same("talk"))
STANDARD = attrs.evolve(
    ERROR_POINTS,
    id="house",
    consequences=[*ERROR_POINTS.consequences, STUDY, TALK],
    clauses=[
        Clause(
            "thresholds",
            Text.same("What follows from 20 points"),
            citation="5.1",
            thresholds=Thresholds({20: ["study", "talk"]}, within=Span(months=12)),
        )
    ],
)


def known(*, quantity: int = 4) -> Ledger:
    """By default 4 times 5 points for reports that were not written, which reach 20."""
    violation = Violation(
        "V-1", "RM-01", rule="3.3", occurred_on=date(2025, 6, 1), quantity=quantity
    )
    return Ledger().record(violation, at=NOON)


def needs_of(ledger: Ledger, manager: str = "RM-01") -> tuple[Need, ...]:
    appraisal = score(ledger, STANDARD, YEAR, manager=manager)
    account = points_account(ledger, STANDARD, manager=manager, through=YEAR.last)
    return training_needs(appraisal, ASK.curriculum, consequences=account.consequences)


def asked_for(needs: tuple[Need, ...]) -> list[tuple[str | None, int, list[str]]]:
    return [
        (
            need.course.id if need.course else None,
            int(need.points),
            [due.consequence for due in need.consequences],
        )
        for need in needs
    ]


def test_a_consequence_asks_for_its_courses_before_what_errors_alone_call_for() -> None:
    """Rule 3.3 calls for proposals and for professional knowledge, the consequence for two."""
    assert asked_for(needs_of(known())) == [
        ("professional-knowledge", 20, ["study"]),
        ("teamwork", 0, ["study"]),
        ("writing-service-proposals", 20, []),
    ]
    assert asked_for(needs_of(known(quantity=3))) == [
        ("writing-service-proposals", 15, []),
        ("professional-knowledge", 15, []),
    ]


def test_what_is_taken_is_asked_for_until_it_is_served() -> None:
    taken = known().take("V-1", "study", on=date(2025, 7, 1), at=NOON)
    served = taken.serve("V-1", "study", on=date(2025, 7, 9), at=NOON)
    assert asked_for(needs_of(taken)) == asked_for(needs_of(known()))
    assert asked_for(needs_of(served)) == [
        ("writing-service-proposals", 20, []),
        ("professional-knowledge", 20, []),
    ]


def test_what_a_reversed_violation_led_to_asks_for_nothing() -> None:
    reversed_case = (
        known().appeal("V-1", at=NOON, grounds="not mine").reverse("V-1", at=NOON, reason="not his")
    )
    assert needs_of(reversed_case) == ()


def test_what_a_consequence_asks_for_is_scheduled_or_a_shortfall() -> None:
    needs = [need.course.id for need in needs_of(known()) if need.course]
    person = Trainee("RM-01", date(2019, 7, 1), needs=needs)
    year = Period.year(2026)
    made = schedule(ASK, year, calendar=WorkCalendar(), trainees=[person])
    assert made.shortfalls == ()
    assert sorted(
        (session.activity, *session.courses) for session in made.sessions if session.person
    ) == [
        ("attitude-refresher", "teamwork"),
        ("knowledge-refresher", "professional-knowledge"),
        ("skill", "writing-service-proposals"),
    ]
    less = schedule(ask(refresher=False), year, calendar=WorkCalendar(), trainees=[person])
    assert [each.course for each in less.shortfalls] == ["professional-knowledge", "teamwork"]


def test_what_is_due_from_others_is_rejected() -> None:
    account = points_account(known(), STANDARD, manager="RM-01", through=YEAR.last)
    other = score(known(), STANDARD, YEAR, manager="RM-02")
    with pytest.raises(FieldError) as caught:
        training_needs(other, ASK.curriculum, consequences=account.consequences)
    assert [str(each.path) for each in caught.value.problems] == [
        "$.consequences[0].manager",
        "$.consequences[1].manager",
    ]
    assert 'allowed: what is due from "RM-02"' in str(caught.value)
    stray: Any = ["study"]
    with pytest.raises(
        FieldError, match=r"consequences\[0\] is 'study'; allowed: a list of Conseq"
    ):
        training_needs(other, ASK.curriculum, consequences=stray)


def test_a_course_that_is_not_in_the_curriculum_is_named_with_the_one_that_was_meant() -> None:
    account = points_account(known(), STANDARD, manager="RM-01", through=YEAR.last)
    appraisal = score(known(), STANDARD, YEAR, manager="RM-01")
    odd = [attrs.evolve(each, courses=["team-work", "law"]) for each in account.consequences]
    with pytest.raises(UnknownCourseError) as caught:
        training_needs(appraisal, ASK.curriculum, consequences=odd)
    assert [each.path for each in caught.value.problems] == [
        f"$.consequences[{place}].courses[{number}]" for place in (0, 1) for number in (0, 1)
    ]
    assert (
        'consequence "study": course "team-work" is not in curriculum "ask 1.0"; did you mean '
        '"teamwork"?'
    ) in str(caught.value)


@costly
@given(scenarios(min_size=1))
def test_each_course_that_is_asked_for_is_a_need_until_it_is_served(scenario: Scenario) -> None:
    accounts = scenario.accounts()
    for manager, appraisal in scenario.appraisals().items():
        due_now = accounts[manager].consequences if manager in accounts else ()
        needs = training_needs(appraisal, ASK.curriculum, consequences=due_now)
        without = training_needs(appraisal, ASK.curriculum)
        assert {need.course for need in without} <= {need.course for need in needs}
        asked = {
            (need.course.id, due)
            for need in needs
            if need.course is not None
            for due in need.consequences
        }
        assert asked == {
            (course, due) for due in due_now if due.served_on is None for course in due.courses
        }
