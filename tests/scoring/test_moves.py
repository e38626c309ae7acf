"""Moves: what a stage does to a line, and the step that it becomes."""

from decimal import Decimal

import pytest

from cmappraisal import ERROR_POINTS, Assumption, Effect, Provision, Reason, Step
from cmappraisal.scoring.moves import Move
from cmappraisal.scoring.settlement import RunningLine
from worked_cases import facts_of, found, judge, terms_of


def line_of(id: str) -> RunningLine:
    return RunningLine(found(id, "2.1"), judge(facts_of("2.1"), ERROR_POINTS), Decimal(1))


@pytest.mark.parametrize(
    ("move", "reason"),
    [
        (Move(Effect.AGGRAVATED, Decimal(5), "aggravation"), Assumption("aggravation")),
        (
            Move(Effect.STATED, Decimal(5), "penalty", "3.2a"),
            Provision("3.2a", "penalty", edition="1.0"),
        ),
    ],
    ids=["policy", "rule"],
)
def test_a_move_names_what_it_read(move: Move, reason: Reason) -> None:
    assert move.step(Decimal(0), Decimal(5), terms_of()).reason == reason


def test_a_move_becomes_a_step_with_points_in_their_one_form() -> None:
    move = Move(
        Effect.AGGRAVATED,
        Decimal("5.00"),
        "aggravation",
        circumstances=("risk",),
        because_of=[line_of("b"), line_of("a")],
        consequence="fine",
    )
    step = move.step(Decimal(5), Decimal(10), terms_of())
    assert step == Step(
        Effect.AGGRAVATED,
        Decimal(10),
        change=Decimal(5),
        reason=Assumption("aggravation"),
        circumstances=("risk",),
        because_of=("a", "b"),
        consequence="fine",
    )
    assert str(step.change) == "5"


def test_a_move_changes_one_line_and_leaves_it_counting_unless_it_ends_it() -> None:
    move = Move(Effect.STATED, Decimal(5), "penalty", "3.2a")
    assert (move.circumstances, move.because_of, move.ends) == ((), (), False)
    assert move.consequence is None


def test_a_move_adds_points_or_takes_away_all() -> None:
    adds = Move(Effect.STATED, Decimal(5), "penalty", "3.2a")
    assert adds.after(Decimal(2)) == 7
    takes_all = Move(Effect.CONCURRENT, None, "concurrence", ends=True)
    assert str(takes_all.after(Decimal("2.5"))) == "0"
    step = takes_all.step(Decimal("2.50"), Decimal(0), terms_of())
    assert (str(step.points), str(step.change)) == ("0", "-2.5")
    assert str(takes_all.step(Decimal(0), Decimal(0), terms_of()).change) == "0"
