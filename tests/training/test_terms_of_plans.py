"""Terms: their defaults, and what they do not take."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Rounding
from cmappraisal.training import (
    VIP_SERVICE,
    ActivityKind,
    AttendanceTerms,
    CountedDays,
    LeaveKind,
    PresenceTerms,
    Reduction,
    Target,
    TrainingError,
)


def test_the_defaults_ask_in_proportion_to_working_days() -> None:
    assert attrs.asdict(PresenceTerms(), recurse=False) == {
        "reduction": Reduction.PROPORTIONAL,
        "days": CountedDays.WORKING,
        "rounding": Rounding.HALF_UP,
        "part_time": True,
        "leave": frozenset(LeaveKind),
    }
    assert attrs.astuple(AttendanceTerms()) == (1, None, attrs.fields(AttendanceTerms)[2].default)


@pytest.mark.parametrize("kinds", [["sick"], (LeaveKind.SICK,), {"sick"}, iter(["sick"])])
def test_kinds_of_leave_come_from_any_iterable(kinds: Any) -> None:
    assert PresenceTerms(leave=kinds).leave == {LeaveKind.SICK}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: PresenceTerms(reduction="half"),
            "PresenceTerms: reduction is 'half'; allowed: Reduction.PROPORTIONAL or",
        ),
        (lambda: PresenceTerms(days="some"), "PresenceTerms: days is 'some'; allowed: Counted"),
        (lambda: PresenceTerms(leave="sick"), "PresenceTerms: leave is 'sick'; allowed: a set"),
        (lambda: PresenceTerms(leave=5), "PresenceTerms: leave is 5; allowed: a set or list"),  # type: ignore[arg-type]
        (lambda: PresenceTerms(leave=["x"]), "PresenceTerms: leave is frozenset({'x'}); allowed"),
        (lambda: PresenceTerms(part_time=1), "PresenceTerms: part_time is 1; allowed: True or"),  # type: ignore[arg-type]
        (lambda: AttendanceTerms(at_least=0), "AttendanceTerms: at_least is Decimal('0');"),
        (lambda: AttendanceTerms(at_least="1.1"), "AttendanceTerms: at_least is Decimal('1.1');"),
        (lambda: AttendanceTerms(at_least=0.9), "AttendanceTerms: at_least is 0.9; allowed: a D"),  # type: ignore[arg-type]
        (lambda: AttendanceTerms(quorum=2), "AttendanceTerms: quorum is Decimal('2'); allowed"),
        (lambda: AttendanceTerms(lates_an_absence=0), "AttendanceTerms: lates_an_absence is 0;"),
        (
            lambda: Target(ActivityKind.STUDY, 1, unit="hours", per="year", minutes_a_day=60),
            "Target: minutes_a_day is 60; allowed: 1, since hours are counted and not days",
        ),
        (
            lambda: Target(ActivityKind.STUDY, 1, unit="days", per="year", minutes_a_day=0),
            "Target: minutes_a_day is 0; allowed: an int from 1 to 1440",
        ),
    ],
)
def test_what_does_not_fit_is_rejected(call: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        call()
    assert str(caught.value).startswith(message)


def test_a_day_of_training_is_not_longer_than_a_day_holds() -> None:
    (target,) = VIP_SERVICE.targets
    whole = attrs.evolve(target, minutes_a_day=VIP_SERVICE.day_length)
    assert attrs.evolve(VIP_SERVICE, targets=[whole]).targets == (whole,)
    with pytest.raises(TrainingError) as caught:
        attrs.evolve(VIP_SERVICE, targets=[whole], day_length=479)
    (problem,) = caught.value.problems
    assert problem.path == "$.targets[0].minutes_a_day"
    assert "a day of study needs 480 minutes to count, more than it holds (479)" in problem.message
