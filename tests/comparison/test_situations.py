"""Situations: what scoring takes, as one value."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Concurrence,
    Edition,
    Editions,
    FieldError,
    Ledger,
    Policy,
    Tenure,
    score,
)
from cmappraisal.comparison import Aspect, Situation
from worked_cases import NOON, YEAR, found, ledger_of

LEDGER = ledger_of([found("V-1", "3.2b", incident="I"), found("V-2", "3.4", incident="I")])


def test_a_situation_is_scored_with_all_that_it_holds() -> None:
    policy = Policy(concurrence=Concurrence.CUMULATIVE)
    people = [Tenure("RM-01", "north")]
    situation = Situation(
        LEDGER,
        ERROR_POINTS,
        period=YEAR,
        manager="RM-01",
        policy=policy,
        people=people,
        as_of=NOON,
    )
    assert situation.appraisal() == score(
        LEDGER, ERROR_POINTS, YEAR, manager="RM-01", policy=policy, people=people, as_of=NOON
    )
    earlier = attrs.evolve(situation, as_of=NOON - timedelta(1))
    assert earlier.appraisal().lines == ()


def test_a_rulebook_is_taken_as_one_that_is_always_in_force() -> None:
    situation = Situation(LEDGER, ERROR_POINTS, period=YEAR, manager="RM-01")
    assert situation.standard == Editions([Edition(ERROR_POINTS)])
    assert situation.rulebooks == (ERROR_POINTS,)
    assert attrs.evolve(situation, standard=situation.standard) == situation


def test_a_moment_has_a_fixed_offset() -> None:
    moment = datetime(2025, 7, 1, tzinfo=ZoneInfo("Europe/Paris"))
    situation = Situation(LEDGER, ERROR_POINTS, period=YEAR, manager="RM-01", as_of=moment)
    assert situation.as_of is not None
    assert type(situation.as_of.tzinfo) is timezone


def test_every_field_but_who_and_when_is_an_aspect() -> None:
    fields = [each.name for each in attrs.fields(Situation)]
    assert [name for name in fields if name not in ("period", "manager")] == sorted(
        (aspect.field for aspect in Aspect), key=fields.index
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("ledger", 5, "a Ledger"),
        ("standard", 5, "a Rulebook or Editions"),
        ("period", 2025, "a Period"),
        ("manager", "", "a non-empty string"),
        ("policy", None, "a Policy"),
        ("people", 5, "a list of Tenure"),
        ("people", [5], "a list of Tenure"),
        ("as_of", datetime(2025, 3, 2), "None, or a datetime with a time zone"),  # noqa: DTZ001
    ],
)
def test_what_scoring_does_not_take_is_rejected(name: str, value: Any, allowed: str) -> None:
    given: dict[str, Any] = {
        "ledger": Ledger(),
        "standard": ERROR_POINTS,
        "period": YEAR,
        "manager": "RM-01",
        "as_of": datetime(2025, 3, 2, tzinfo=UTC),
        name: value,
    }
    with pytest.raises(FieldError, match=f"Situation: {name} is .*; allowed: {allowed}"):
        Situation(**given)
