"""The library scores as a second, plain reading of the design does."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Appraisal, CapLine, Effect, Line
from cmappraisal.interop.strategies import Scenario, moments, scenarios
from costly import costly
from second_scoring import Outcome, Result, second_scoring

REPEATING = (Effect.UNIT_REPEATED, Effect.REPEATED)


def as_result(line: Line) -> Result:
    """What the library says of a violation, as the second scoring writes it."""
    return Result(
        line.violation.id,
        line.rule,
        line.edition,
        Fraction(line.points),
        Fraction(line.money),
        line.revokes,
        line.consequences,
        tuple(step.effect.value for step in line.steps),
        line.answers_as,
        next((step.because_of for step in line.steps if step.effect in REPEATING), ()),
    )


def as_cap(cap: CapLine) -> tuple[str, str, str | None, dict[str, Fraction], Fraction]:
    """What the library says of a cap, as the second scoring writes it."""
    parts = {taken.part: Fraction(taken.points) for taken in cap.parts}
    return cap.of.value, cap.over.value, cap.id, parts, Fraction(cap.points)


def as_outcome(appraisal: Appraisal) -> Outcome:
    """What the library says of a manager, as the second scoring writes it."""
    return Outcome(
        Fraction(appraisal.points),
        appraisal.revoked,
        None if appraisal.score is None else Fraction(appraisal.score),
        appraisal.grade,
        {each.part: Fraction(each.points) for each in appraisal.subtotals},
        tuple(map(as_result, appraisal.lines)),
        tuple(map(as_cap, appraisal.caps)),
        Fraction(appraisal.awards),
        tuple(map(as_result, appraisal.merits)),
    )


def in_order(outcomes: dict[str, Outcome]) -> list[Any]:
    """Outcomes with the order of managers and of subtotals, which no dict compares."""
    return [(id, list(each.subtotals), each) for id, each in outcomes.items()]


@costly
@given(scenarios())
def test_all_that_was_entered_is_scored_as_a_plain_reading_says(scenario: Scenario) -> None:
    scored = {id: as_outcome(each) for id, each in scenario.appraisals().items()}
    again = second_scoring(
        *(scenario.ledger, scenario.standard, scenario.period, scenario.policy),
        people=scenario.people,
    )
    assert in_order(scored) == in_order(again)


@costly
@given(scenarios(min_size=1), st.data())
def test_what_was_known_at_a_moment_is_scored_as_a_plain_reading_says(
    scenario: Scenario, data: st.DataObject
) -> None:
    own = [entry.at for entry in scenario.ledger]
    moment = data.draw(st.sampled_from(own) | moments())
    scored = {id: as_outcome(each) for id, each in scenario.appraisals(as_of=moment).items()}
    again = second_scoring(
        *(scenario.ledger, scenario.standard, scenario.period, scenario.policy, moment),
        people=scenario.people,
    )
    assert in_order(scored) == in_order(again)
