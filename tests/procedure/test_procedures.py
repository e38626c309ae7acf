"""Procedures: what they take, and that no state is without a way out."""

from typing import Any

import pytest

from cmappraisal import FieldError, Text
from cmappraisal.procedure import Instance, Procedure, ProcedureError, TimeLimit

NAME = Text("覆議", "复议", en="reconsideration")


def instance(id: str = "first", *members: str) -> Instance:
    return Instance(id, NAME, members=members)


def test_the_default_forbids_nothing() -> None:
    default = Procedure()
    assert not any(map(len, (default.instances, default.recorders, default.verifiers)))
    limits = (default.record_within, default.verify_within, default.notify_within)
    assert limits == (None, None, None)
    assert (default.four_eyes, default.notice_first, default.appeal_suspends) == (False,) * 3


@pytest.mark.parametrize(
    ("make", "path", "message"),
    [
        (
            lambda: Procedure(recorders=["A"], verifiers=["A"], four_eyes=True),
            "$.verifiers",
            "nobody may be left to verify; name more verifiers",
        ),
        (
            lambda: Procedure([instance("first", "A")], recorders=["A", "B"]),
            "$.instances[0].members",
            'nobody may be left to settle an appeal before "first"; name another of its members',
        ),
        (
            lambda: Procedure([instance("1", "A", "B"), instance("2", "A")], four_eyes=True),
            "$.instances[1].members",
            'nobody may be left to settle an appeal before "2"; name another of its members',
        ),
        (
            # A could have recorded it, but B can have done so alone: A decides before the first.
            lambda: Procedure(
                [instance("1", "A", "C"), instance("2", "A", "B")],
                recorders=["A", "B"],
                four_eyes=True,
            ),
            "$.instances[1].members",
            'nobody may be left to settle an appeal before "2"; name another of its members',
        ),
        (
            # B recorded it, so A decides before the first instance, C before the second.
            lambda: Procedure(
                [instance("1", "A", "B"), instance("2", "C", "D"), instance("3", "A", "B", "C")],
                recorders=["B"],
                four_eyes=True,
            ),
            "$.instances[2].members",
            'nobody may be left to settle an appeal before "3"; name another of its members',
        ),
        (
            lambda: Procedure([instance(), instance()]),
            "$.instances",
            "two instances have one id; give each its own",
        ),
        (
            lambda: Procedure([instance(str(number)) for number in range(11)]),
            "$.instances",
            "more than 10 instances; leave some out",
        ),
    ],
    ids=["verify", "settle", "again", "moved", "in-turn", "twice", "many"],
)
def test_a_procedure_that_may_leave_nobody_is_rejected(make: Any, path: str, message: str) -> None:
    with pytest.raises(ProcedureError) as caught:
        make()
    assert [(each.path, each.message) for each in caught.value.problems] == [(path, message)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Procedure(recorders=["A"], verifiers=["A"]),
        lambda: Procedure(recorders=["A"], verifiers=["A", "B"], four_eyes=True),
        lambda: Procedure(verifiers=["A"], four_eyes=True),
        lambda: Procedure([instance("1", "A", "B"), instance("2", "A")]),
        lambda: Procedure([instance("1", "A", "B"), instance("2", "A", "B")], four_eyes=True),
        lambda: Procedure([instance("1"), instance("2", "A")], recorders=["B"], four_eyes=True),
        lambda: Procedure(
            [instance("1", "A", "B"), instance("2", "A", "B")], recorders=["C"], four_eyes=True
        ),
    ],
    ids=range(7),
)
def test_a_procedure_with_somebody_left_is_taken(make: Any) -> None:
    assert isinstance(make(), Procedure)


def test_what_a_procedure_does_not_allow_is_reported() -> None:
    wrong: Any = object()
    with pytest.raises(FieldError) as caught:
        Procedure(wrong, recorders=wrong, four_eyes=wrong, record_within=wrong, notice_first=wrong)
    assert [problem.path for problem in caught.value.problems] == [
        *("$.instances", "$.recorders", "$.four_eyes", "$.record_within", "$.notice_first")
    ]
    with pytest.raises(FieldError) as caught:
        Instance("", wrong, members="A", appeal_within=5)  # type: ignore[arg-type]
    assert len(caught.value.problems) == 4
    assert Procedure(verify_within=TimeLimit(3)).verify_within == TimeLimit(3)
