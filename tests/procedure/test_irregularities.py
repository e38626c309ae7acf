"""Irregularities and deadlines: whole cases, each with what is expected of it by hand."""

from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest

from cmappraisal import FieldError, Ledger, Text, Violation
from cmappraisal.procedure import (
    Deadline,
    Instance,
    Irregularity,
    Procedure,
    ProcedureStep,
    TimeLimit,
    deadlines,
    irregularities,
)

VIOLATION = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 1))
TODAY = date(2025, 6, 2)
FIVE = TimeLimit(5, working_days=True)
FULL = Procedure(
    [
        Instance(
            "first",
            Text("覆議", "复议", en="reconsideration"),
            members=["HR-1", "HR-2", "HR-3"],
            appeal_within=FIVE,
            decide_within=TimeLimit(30),
        ),
        Instance(
            "second",
            Text("複核", "复核", en="review"),
            members=["HR-2", "CEO", "CFO"],
            appeal_within=TimeLimit(10),
            decide_within=TimeLimit(60),
        ),
    ],
    recorders=["AUDIT", "HR-1"],
    verifiers=["HR-1", "HR-2", "HR-3"],
    four_eyes=True,
    record_within=TimeLimit(20),
    verify_within=TimeLimit(3),
    notify_within=TimeLimit(7),
    notice_first=True,
    appeal_suspends=True,
)


def at(month: int, day: int) -> datetime:
    return datetime(2025, month, day, 9, tzinfo=UTC)


def found(ledger: Ledger, procedure: Procedure = FULL, on: date = TODAY) -> list[tuple[Any, ...]]:
    return [
        (each.kind.value, each.rule, each.person, each.days)
        for each in irregularities(ledger, procedure, on=on)
    ]


def owed(ledger: Ledger, procedure: Procedure = FULL, on: date = TODAY) -> list[tuple[Any, ...]]:
    return [
        (each.step, each.rule, str(each.from_day), str(each.due_on), sorted(each.people))
        for each in deadlines(ledger, procedure, on=on)
    ]


# Tuesday the 4th to Friday the 7th of March 2025.
VERIFIED = (
    Ledger()
    .propose(VIOLATION, at=at(3, 4), by="AUDIT")
    .act("V-1", "verified", at=at(3, 6), by="HR-1")
)
NOTICED = VERIFIED.act("V-1", "notified", on=date(2025, 3, 7), at=at(3, 10), by="HR-1")
APPEALED = NOTICED.appeal("V-1", at=at(3, 14), grounds="on leave", by="RM-01")
DECIDED = APPEALED.decide("V-1", at=at(4, 13), reason="late", points=1, by="HR-2")
REVIEWED = (
    DECIDED.act("V-1", "notified", at=at(4, 20), by="HR-1")
    .appeal("V-1", at=at(4, 30), grounds="again", by="RM-01")
    .review("V-1", at=at(6, 29), reason="first time", points="0.5", by="CEO")
    .act("V-1", "notified", at=at(7, 6), by="HR-1")
)


@pytest.mark.parametrize("ledger", [Ledger(), VERIFIED, NOTICED, APPEALED, DECIDED, REVIEWED])
def test_a_case_in_order_has_no_irregularity(ledger: Ledger) -> None:
    last = list(ledger)[-1].at.date() if len(ledger) else TODAY
    assert found(ledger, on=last) == []


@pytest.mark.parametrize("ledger", [VERIFIED, NOTICED, APPEALED, DECIDED, REVIEWED])
def test_by_the_default_nothing_is_irregular_and_nothing_is_owed(ledger: Ledger) -> None:
    assert found(ledger, Procedure()) == []
    assert owed(ledger, Procedure()) == []


STEPS = [
    (
        Ledger().propose(VIOLATION, at=at(3, 4), by="HR-1"),
        [(ProcedureStep.VERIFY, "verify_within", "2025-03-04", "2025-03-07", ["HR-2", "HR-3"])],
    ),
    (VERIFIED, [(ProcedureStep.NOTIFY, "notify_within", "2025-03-06", "2025-03-13", [])]),
    (
        NOTICED,
        [
            (
                ProcedureStep.APPEAL,
                "instances[0].appeal_within",
                "2025-03-07",
                "2025-03-14",
                ["RM-01"],
            )
        ],
    ),
    (
        APPEALED,
        [
            (
                ProcedureStep.DECIDE,
                "instances[0].decide_within",
                "2025-03-14",
                "2025-04-13",
                ["HR-1", "HR-2", "HR-3"],
            )
        ],
    ),
    (DECIDED, [(ProcedureStep.NOTIFY, "notify_within", "2025-04-13", "2025-04-20", [])]),
    (REVIEWED, []),
]


@pytest.mark.parametrize(("ledger", "expected"), STEPS, ids=range(len(STEPS)))
def test_what_is_owed_after_each_step(ledger: Ledger, expected: list[Any]) -> None:
    assert owed(ledger, on=date(2025, 3, 10)) == expected


def test_a_right_to_appeal_ends_and_a_duty_stays() -> None:
    assert owed(NOTICED, on=date(2025, 3, 14))
    assert owed(NOTICED, on=date(2025, 3, 15)) == []
    assert found(NOTICED, on=date(2025, 12, 31)) == []
    assert owed(VERIFIED, on=date(2025, 12, 31))
    assert found(VERIFIED, on=date(2025, 3, 13)) == []
    assert found(VERIFIED, on=date(2025, 3, 14)) == [("overdue", "notify_within", None, 1)]


OUT = "out-of-time"
WRONG = "wrong-person"


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        (
            # Ten years too late, and by the calendar of the default the days between are worked.
            NOTICED.appeal("V-1", at=datetime(2035, 3, 14, tzinfo=UTC), grounds="x", by="RM-01"),
            [(OUT, "instances[0].appeal_within", "RM-01", 3652)],
        ),
        (
            APPEALED.dismiss("V-1", at=at(4, 14), reason="no", by="HR-2"),
            [(OUT, "instances[0].decide_within", "HR-2", 1)],
        ),
        (
            VERIFIED.act("V-1", "notified", at=at(3, 14), by="HR-1"),
            [(OUT, "notify_within", "HR-1", 1)],
        ),
        (
            Ledger()
            .propose(VIOLATION, at=at(3, 4), by="AUDIT")
            .act("V-1", "verified", at=at(3, 8), by="HR-1"),
            [(OUT, "verify_within", "HR-1", 1)],
        ),
        (
            Ledger().propose(
                attrs.evolve(VIOLATION, found_on=date(2025, 3, 1)), at=at(3, 22), by="AUDIT"
            ),
            [(OUT, "record_within", "AUDIT", 1)],
        ),
        (
            Ledger().propose(VIOLATION, at=at(3, 4), by="RM-02"),
            [(WRONG, "recorders", "RM-02", None)],
        ),
        (
            Ledger().propose(VIOLATION, at=at(3, 4)),
            [(WRONG, "recorders", None, None)],
        ),
        (
            Ledger()
            .propose(VIOLATION, at=at(3, 4), by="HR-1")
            .act("V-1", "verified", at=at(3, 4), by="HR-1"),
            [(WRONG, "four_eyes", "HR-1", None)],
        ),
        (
            Ledger()
            .propose(VIOLATION, at=at(3, 4), by="AUDIT")
            .record(VIOLATION, at=at(3, 4), by="AUDIT"),
            [(WRONG, "verifiers", "AUDIT", None), (WRONG, "four_eyes", "AUDIT", None)],
        ),
        (
            APPEALED.dismiss("V-1", at=at(4, 1), reason="no", by="CEO"),
            [(WRONG, "instances[0].members", "CEO", None)],
        ),
        (
            APPEALED.reverse("V-1", at=at(4, 1), reason="mine", by="RM-01"),
            [(WRONG, "instances[0].members", "RM-01", None)],
        ),
        (
            DECIDED.act("V-1", "notified", at=at(4, 14))
            .appeal("V-1", at=at(4, 15), grounds="x")
            .dismiss("V-1", at=at(4, 16), reason="no", by="HR-2"),
            [(WRONG, "instances[1].members", "HR-2", None)],
        ),
        (
            REVIEWED.appeal("V-1", at=at(7, 7), grounds="x", by="RM-01"),
            [("no-instance", "instances", "RM-01", None)],
        ),
        (
            VERIFIED.take("V-1", "talk", on=date(2025, 3, 7), at=at(3, 7), by="HR-1"),
            [("without-notice", "notice_first", "HR-1", None)],
        ),
        (
            APPEALED.take("V-1", "talk", on=date(2025, 3, 15), at=at(3, 15), by="HR-1"),
            [("during-appeal", "appeal_suspends", "HR-1", None)],
        ),
        (
            VERIFIED.act("V-1", "notified", on=date(2025, 3, 13), at=at(3, 11), by="HR-1"),
            [("dated-ahead", "on", "HR-1", 2)],
        ),
        (
            Ledger().propose(
                attrs.evolve(VIOLATION, occurred_on=date(2052, 3, 4)), at=at(3, 4), by="AUDIT"
            ),
            [("dated-ahead", "occurred_on", "AUDIT", 9862)],
        ),
    ],
    ids=range(17),
)
def test_what_is_not_in_order_is_found(ledger: Ledger, expected: list[Any]) -> None:
    days = [list(ledger)[-1].at.date()]
    assert found(ledger, on=max(days)) == expected


def test_what_is_irregular_names_its_entry_and_the_last_day() -> None:
    late = APPEALED.dismiss("V-1", at=at(4, 15), reason="no", by="HR-2")
    [only] = irregularities(late, FULL, on=date(2025, 4, 15))
    assert only.entry == list(late)[-1]
    assert (only.due_on, only.days) == (date(2025, 4, 13), 2)
    [missing] = irregularities(APPEALED, FULL, on=date(2025, 4, 15))
    assert (missing.entry, missing.due_on, missing.days) == (None, date(2025, 4, 13), 2)


def test_an_appeal_that_is_withdrawn_is_nobodys_to_decide() -> None:
    withdrawn = APPEALED.act("V-1", "appeal-withdrawn", at=at(3, 20), by="RM-01")
    assert owed(withdrawn) == []
    assert found(withdrawn) == []
    again = withdrawn.appeal("V-1", at=at(3, 21), grounds="x", by="RM-01")
    assert [each[1] for each in owed(again)] == ["instances[0].decide_within"]


def test_what_is_restated_asks_for_a_new_notice_and_time_runs_anew() -> None:
    changes = [
        NOTICED.amend(VIOLATION, at=at(3, 12), reason="the note", by="HR-1"),
        NOTICED.reverse("V-1", at=at(3, 12), reason="no breach", by="HR-1"),
        REVIEWED.correct(VIOLATION, at=at(7, 8), reason="the note", by="HR-1"),
        REVIEWED.act("V-1", "reopened", at=at(7, 8), reason="a tape", by="HR-1"),
    ]
    for changed in changes:
        assert [each[1] for each in owed(changed, on=date(2025, 3, 12))] == ["notify_within"]
    reopened = changes[-1].act("V-1", "notified", at=at(7, 9), by="HR-1")
    appealed = reopened.appeal("V-1", at=at(7, 10), grounds="x", by="RM-01")
    assert [each[1] for each in owed(appealed)] == ["instances[0].decide_within"]


def test_what_is_proposed_can_be_noticed_restated_and_struck_without_a_duty() -> None:
    proposed = Ledger().propose(VIOLATION, at=at(3, 4), by="AUDIT")
    heard = proposed.act("V-1", "notified", at=at(3, 5), by="HR-1").amend(
        VIOLATION, at=at(3, 5), reason="as heard", by="AUDIT"
    )
    assert [each[0] for each in owed(heard)] == [ProcedureStep.VERIFY]
    assert owed(heard.reverse("V-1", at=at(3, 6), reason="no breach", by="HR-1")) == []


def test_what_follows_is_taken_after_notice_and_served_at_any_time() -> None:
    taken = NOTICED.take("V-1", "talk", on=date(2025, 3, 8), at=at(3, 11), by="HR-1")
    appealed = taken.appeal("V-1", at=at(3, 12), grounds="x", by="RM-01")
    served = appealed.serve("V-1", "talk", on=date(2025, 3, 13), at=at(3, 13), by="HR-1")
    lifted = served.lift("V-1", "talk", reason="without ground", at=at(3, 13), by="HR-1")
    assert found(lifted, on=date(2025, 3, 13)) == []
    assert [each[1] for each in owed(lifted)] == ["instances[0].decide_within"]


def test_without_four_eyes_the_recorder_may_verify_and_anybody_decides_again() -> None:
    procedure = attrs.evolve(FULL, four_eyes=False)
    own = (
        Ledger()
        .propose(VIOLATION, at=at(3, 4), by="HR-1")
        .act("V-1", "verified", at=at(3, 4), by="HR-1")
        .act("V-1", "verified", at=at(3, 5), by="HR-2")
    )
    assert found(own, procedure, on=date(2025, 3, 5)) == []
    recorded = Ledger().record(VIOLATION, at=at(3, 4), by="AUDIT")
    assert [each[0] for each in owed(recorded, procedure)] == [ProcedureStep.NOTIFY]
    assert {each[0] for each in owed(recorded)} == {ProcedureStep.NOTIFY, ProcedureStep.VERIFY}


def test_who_is_not_known_may_not_decide_where_members_are_named() -> None:
    settled = APPEALED.dismiss("V-1", at=at(4, 1), reason="no")
    assert found(settled, on=date(2025, 4, 1)) == [(WRONG, "instances[0].members", None, None)]


def test_what_would_be_too_early_or_during_an_appeal_is_in_order_where_nobody_asks() -> None:
    procedure = attrs.evolve(FULL, notice_first=False, appeal_suspends=False)
    taken = VERIFIED.take("V-1", "talk", on=date(2025, 3, 7), at=at(3, 7), by="HR-1")
    assert found(taken, procedure, on=date(2025, 3, 7)) == []


def test_a_notice_that_is_owed_already_is_not_owed_later_for_being_owed_twice() -> None:
    amended = VERIFIED.amend(VIOLATION, at=at(3, 12), reason="the note", by="HR-1")
    assert [each[2:4] for each in owed(amended)] == [("2025-03-06", "2025-03-13")]


def test_the_soonest_deadline_comes_first() -> None:
    other = attrs.evolve(VIOLATION, id="V-0")
    both = Ledger.merge(VERIFIED, Ledger().propose(other, at=at(3, 4), by="AUDIT"))
    assert [each.violation_id for each in deadlines(both, FULL, on=TODAY)] == ["V-0", "V-1"]


def test_every_argument_that_does_not_fit_is_reported() -> None:
    wrong: Any = "no"
    for function in (irregularities, deadlines):
        with pytest.raises(FieldError) as caught:
            function(wrong, wrong, calendar=wrong, on=wrong)
        assert [problem.path for problem in caught.value.problems] == [
            *("$.ledger", "$.procedure", "$.calendar", "$.on")
        ]


def test_values_say_what_they_allow() -> None:
    wrong: Any = object()
    with pytest.raises(FieldError) as caught:
        Irregularity("", wrong, rule="", entry=wrong, person="", due_on=wrong, days=0)
    assert len(caught.value.problems) == 7
    with pytest.raises(FieldError) as caught:
        Deadline("", wrong, rule="", limit=wrong, from_day=wrong, due_on=wrong, people="x")
    assert len(caught.value.problems) == 7
