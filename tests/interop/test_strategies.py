"""The strategies: every type by its name alone, and nothing out of their reach."""

import enum
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    Acted,
    Aggravation,
    Case,
    Effect,
    Ledger,
    Period,
    Policy,
    Rule,
    Rulebook,
    Scored,
    State,
    Violation,
    score_all,
)
from cmappraisal.accounts import ConsequenceDue, PointsAccount, PostingKind
from cmappraisal.calendars import WorkCalendar
from cmappraisal.cases import followed
from cmappraisal.interop import strategies
from cmappraisal.interop.catalogue import TYPES, members_of, members_of_union
from cmappraisal.interop.strategies import Scenario, scenarios
from cmappraisal.lives import Move, move_of, name_of_move
from cmappraisal.procedure import LIFE, ProceduralAct
from cmappraisal.standards import Clause, Deduction, Referral, Thresholds, ThresholdsOf
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Attendance,
    Course,
    Delivered,
    Need,
    Ongoing,
    Quota,
    Schedule,
    ShortfallCause,
    TestResult,
    Timing,
)
from costly import costly, one_in
from reaching import traits, unreached

REACH = settings(
    max_examples=2_000,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

EMBEDDERS_OWN_TEST = """
from hypothesis import given, settings
from hypothesis.strategies import from_type
from cmappraisal import ERROR_POINTS, Ledger, Period, score_all

@settings(database=None, deadline=None, max_examples=20)
@given(from_type(Ledger), from_type(Period))
def test(ledger, period):
    score_all(ledger, ERROR_POINTS, period)

test()
"""


def test_an_embedders_own_test_draws_a_ledger_without_importing_the_strategies() -> None:
    subprocess.run([sys.executable, "-W", "error", "-c", EMBEDDERS_OWN_TEST], check=True)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_every_value_type_can_be_drawn_by_its_type(kind: type) -> None:
    @one_in(10)
    @given(st.from_type(kind))
    def drawn(value: object) -> None:
        assert isinstance(value, kind)

    drawn()


@costly
@given(st.from_type(Ledger), st.from_type(Period))
def test_a_ledger_by_its_type_can_be_scored_by_the_standard(ledger: Ledger, period: Period) -> None:
    score_all(ledger, ERROR_POINTS, period)


@costly
@given(st.from_type(Rulebook), st.data())
def test_violations_can_be_drawn_for_any_rulebook(rulebook: Rulebook, data: st.DataObject) -> None:
    violation = data.draw(strategies.violations(rulebook))
    assert violation.rule in rulebook


class Due(enum.Enum):
    """How far what follows from a rule or a table is, and what was taken without ground."""

    BY_A_RULE = enum.auto()
    BY_A_RULE_TAKEN = enum.auto()
    BY_A_RULE_SERVED = enum.auto()
    BY_A_TABLE_TAKEN = enum.auto()
    BY_A_TABLE_SERVED = enum.auto()
    WITHOUT_GROUND = enum.auto()


def alternatives() -> set[Any]:
    """Every effect, every alternative of every field of the policy that has any, and of accounts.

    Of accounts that is every kind of posting, and how far what is due is.
    """
    kinds = [member.kind for member in members_of(Policy)]
    choices = {
        choice
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, enum.Enum)
        for choice in kind
    }
    return {*Effect, *choices, *members_of_union(Aggravation), *PostingKind, *Due, *ThresholdsOf}


def table_of(account: PointsAccount, due: ConsequenceDue) -> Thresholds:
    """The table from which a consequence follows."""
    (clause,) = (
        clause
        for rulebook in account.rulebooks
        for clause in rulebook.clauses
        if (rulebook.edition, clause.id) == (due.reason.edition, due.reason.id)
    )
    assert clause.thresholds is not None
    return clause.thresholds


def in_account(account: PointsAccount) -> set[Any]:
    """The kinds of posting of an account, and how far what is due is."""
    found: set[Any] = {posting.kind for posting in account.postings}
    for due in account.consequences:
        is_of_rule = due.reason.field == "consequences"
        of = ThresholdsOf.POINTS if is_of_rule else table_of(account, due).of
        found.add(Due.BY_A_RULE if is_of_rule else of)
        if due.taken_on is not None:
            found.add(Due.BY_A_RULE_TAKEN if is_of_rule else Due.BY_A_TABLE_TAKEN)
        if due.served_on is not None:
            found.add(Due.BY_A_RULE_SERVED if is_of_rule else Due.BY_A_TABLE_SERVED)
    return found | ({Due.WITHOUT_GROUND} if account.without_ground else set())


def reached(scenario: Scenario) -> set[Any]:
    """The effects of a scenario, the alternatives that its policy takes, and what accounts show."""
    decided = [getattr(scenario.policy, member.name) for member in members_of(Policy)]
    effects = {
        step.effect
        for appraisal in scenario.appraisals().values()
        for steps in (
            *(line.steps for line in (*appraisal.lines, *appraisal.merits)),
            *(cap.steps for cap in appraisal.caps),
        )
        for step in steps
    }
    return {
        *effects,
        *(each for account in scenario.accounts().values() for each in in_account(account)),
        *map(type, decided),
        *(each for each in decided if isinstance(each, enum.Enum)),
    }


BATCH = 25
"""How many scenarios are drawn from one beginning."""

BATCHES = range(20)
"""The beginnings; old versions of hypothesis come upon the rarest things late."""


@cache
def counts_in(batch: int) -> Counter[Any]:
    """How many scenarios of a batch reach what; the same each time, and others in each batch."""
    found: Counter[Any] = Counter()

    # Draws of one beginning are alike, so there are many beginnings.
    @seed(batch)
    @settings(REACH, max_examples=BATCH, derandomize=False)
    @given(scenarios())
    def drawn(scenario: Scenario) -> None:
        found.update(reached(scenario))

    drawn()
    return found


@pytest.fixture(scope="module")
def shared_batches() -> None:
    """Draw what the tests share before the first of them, so that none pays for all."""
    for batch in BATCHES[:10]:
        counts_in(batch)


@pytest.mark.thorough
@pytest.mark.parametrize("batch", BATCHES[:10])
def test_of_each_few_scenarios_in_some_anything_is_due(batch: int) -> None:
    counts = counts_in(batch)
    assert counts[Due.BY_A_RULE] + counts[ThresholdsOf.POINTS]


@pytest.mark.thorough
@pytest.mark.usefixtures("shared_batches")
@pytest.mark.parametrize("wanted", sorted(alternatives(), key=str), ids=str)
def test_scenarios_reach_every_effect_and_every_alternative(wanted: object) -> None:
    # That 2,000 draws reach each 20 times, tests/proofs/reach.py shows.
    assert any(wanted in counts_in(batch) for batch in BATCHES)


def steps_of(case: Case) -> Iterator[tuple[State | None, Move]]:
    """The steps of a life, each from a state by an entry or an act."""
    known: Case | None = None
    for entry in case.history:
        yield None if known is None else known.state, move_of(entry)
        known = followed(known, entry)


@pytest.mark.thorough
@pytest.mark.parametrize("transition", LIFE, ids=lambda transition: name_of_move(transition[1]))
def test_ledgers_reach_every_step_of_the_life_of_a_case(
    transition: tuple[State | None, Move],
) -> None:
    before, move = transition

    def is_taken(ledger: Ledger) -> bool:
        return any((before, move) in steps_of(case) for case in ledger.cases())

    # A second appeal takes some entries to come to.
    find(strategies.ledgers(min_size=12, max_size=24), is_taken, settings=REACH)


def test_entries_reach_every_act() -> None:
    acts = unreached(strategies.entries(Acted), lambda entry: [move_of(entry)], ProceduralAct)
    assert acts == set()


def test_ledgers_reach_every_state() -> None:
    def states(ledger: Ledger) -> list[State]:
        return [case.state for case in ledger.cases()]

    assert unreached(strategies.ledgers(), states, State) == set()


@pytest.mark.parametrize(
    ("field", "value"), [("full_marks", None), ("floor", None), ("grades", ())]
)
def test_policies_reach_what_is_left_out(field: str, value: object) -> None:
    find(strategies.policies(), lambda policy: getattr(policy, field) == value, settings=REACH)


OF_RULES: dict[str, Callable[[Rule], object]] = {
    "residual": lambda rule: rule.residual,
    "displaces": lambda rule: rule.displaces,
    "consequences": lambda rule: rule.consequences,
    "aggravated": lambda rule: rule.aggravated_by,
    "refers": lambda rule: isinstance(rule.penalty, Referral),
}


def test_rules_reach_every_trait() -> None:
    assert unreached(strategies.rules(), traits(OF_RULES), OF_RULES) == set()


OF_CLAUSES = [
    *("citation", "aggravated_by", "mitigated_by", "again", "responsible", "cap"),
    *("limitation", "balance", "clean_time", "thresholds", "answers"),
]


def test_clauses_reach_every_answer() -> None:
    named = {name: attrgetter(name) for name in OF_CLAUSES}
    assert unreached(st.from_type(Clause), traits(named), named) == set()


OF_ACTIVITIES: dict[str, Callable[[Activity], object]] = {
    "forms": lambda activity: activity.forms,
    "each time": lambda activity: activity.each_time,
    "optional": lambda activity: not activity.required,
    "for the team": lambda activity: (
        activity.kind is ActivityKind.REQUEST and not activity.per_person
    ),
    "plans nothing": lambda activity: (
        isinstance(activity.timing, Quota) and not activity.timing.to_plan
    ),
    "comes to an end": lambda activity: (
        isinstance(activity.timing, Ongoing) and activity.timing.lasts_months
    ),
}


def test_activities_reach_every_kind_timing_and_trait() -> None:
    def found(activity: Activity) -> list[object]:
        return [activity.kind, type(activity.timing), *traits(OF_ACTIVITIES)(activity)]

    wanted = {*ActivityKind, *get_args(Timing), *OF_ACTIVITIES}
    assert unreached(st.from_type(Activity), found, wanted) == set()


OF_CALENDARS: dict[str, Callable[[WorkCalendar], object]] = {
    "half days": lambda calendar: calendar.half_days,
    "names": lambda calendar: calendar.names,
    "known": lambda calendar: calendar.known is not None,
    "all known": lambda calendar: (
        calendar.known is None and calendar.half_days and calendar.holidays
    ),
}


def test_calendars_reach_what_is_known_of_days() -> None:
    assert unreached(st.from_type(WorkCalendar), traits(OF_CALENDARS), OF_CALENDARS) == set()


@pytest.mark.thorough
def test_schedules_reach_what_happens_to_days() -> None:
    wanted: dict[str, Any] = {
        "past plans": lambda made: made.past_plans,
        "two years": lambda made: made.period.first.year < made.period.last.year,
        "provisional": lambda made: any(map(made.is_provisional, made.sessions)),
        "no such day": lambda made: any(
            each.cause is ShortfallCause.NO_SUCH_DAY for each in made.shortfalls
        ),
    }
    found: Counter[str] = Counter()

    # What is found is printed, so it is counted instead.
    @settings(REACH, max_examples=400)
    @given(st.from_type(Schedule))
    def drawn(made: Schedule) -> None:
        found.update(name for name, reaches in wanted.items() if reaches(made))

    drawn()
    assert set(found) == set(wanted)


def test_courses_reach_contents() -> None:
    find(st.from_type(Course), lambda course: len(course.contents) > 1, settings=REACH)


OF_NEEDS: dict[str, Callable[[Need], object]] = {
    "consequences": lambda need: need.consequences,
    "no lines": lambda need: not need.lines,
    "no course": lambda need: need.course is None,
}


def test_needs_reach_what_causes_them() -> None:
    assert unreached(st.from_type(Need), traits(OF_NEEDS), OF_NEEDS) == set()


OF_SCORED: dict[str, Callable[[Scored], object]] = {
    "faulty": lambda scored: scored.faulty,
    "appraisals": lambda scored: scored.appraisals,
}


def test_results_reach_those_that_are_faulty() -> None:
    assert unreached(st.from_type(Scored), traits(OF_SCORED), OF_SCORED) == set()


@given(st.from_type(Attendance), st.from_type(TestResult), st.from_type(Delivered))
def test_records_are_of_one_person_and_one_year(
    attended: Attendance, result: TestResult, delivered: Delivered
) -> None:
    assert {attended.person, result.person, delivered.person} == {"RM-01"}
    for each in (attended, result):
        assert each.session.split("/")[1].startswith("2025-")
    assert delivered.on.year == 2025


def test_points_of_a_narrow_range_have_no_halves_in_it() -> None:
    find(strategies.points(1, 1), lambda amount: amount == 1, settings=REACH)
    penalty = cmappraisal.ERROR_POINTS["2.1"].penalty
    assert isinstance(penalty, Deduction)
    narrow = strategies.points(penalty.least, 1)
    find(narrow, lambda amount: amount == 1, settings=REACH)


def test_a_violation_can_be_drawn_without_incidents() -> None:
    @given(strategies.violations(incidents=()))
    def drawn(violation: Violation) -> None:
        assert violation.incident is None

    drawn()
