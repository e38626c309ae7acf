"""Following: what follows by rules and thresholds, and what was taken of it."""

from datetime import date
from typing import Any

from cmappraisal import Ledger, Multiply, Rulebook, Tenure
from cmappraisal.accounts import (
    ConsequenceDue,
    TakenWithoutGround,
    points_account,
    points_accounts,
)
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.standards import (
    AtMost,
    CancelThose,
    Never,
    Responsibility,
    Status,
    Thresholds,
)
from small_accounts import (
    NO_MARKS,
    TEXT,
    THROUGH,
    account,
    consequence,
    deducting,
    due,
    entered,
    house,
    noon,
    on,
    posted,
)

DAY = date(2025, 5, 1)


def fined(**fields: Any) -> Rulebook:
    """A standard whose rule 20 deducts 6 points and states a fine."""
    return house(
        deducting("20", 6, consequences=["fine"]),
        consequences=[consequence("fine", **fields), consequence("warning")],
        thresholds=Thresholds({8: "warning"}),
        answers={"lapse": Never()},
    )


BREACH = entered(on("V-1", 20, date(2025, 1, 10), effective_on=date(2025, 2, 1)))
TAKEN = BREACH.take("V-1", "fine", on=DAY, at=noon(DAY))


def test_what_a_rule_states_follows_from_its_violation() -> None:
    made = account(BREACH, fined(days=3))
    (fine,) = made.consequences
    assert (fine.consequence, fine.violation, fine.because_of) == ("fine", "V-1", ("V-1",))
    assert (fine.crossed_on, fine.since) == (date(2025, 1, 10), date(2025, 2, 1))
    assert (str(fine.points), fine.nth, fine.days) == ("6", 1, 3)
    assert (fine.reason.id, fine.reason.field) == ("20", "consequences")
    assert (fine.taken_on, fine.served_on) == (None, None)


def test_what_was_taken_and_served_is_shown_with_what_it_answers() -> None:
    (fine,) = account(TAKEN, fined()).consequences
    assert (fine.taken_on, fine.served_on) == (DAY, None)
    later = date(2025, 6, 1)
    served = TAKEN.serve("V-1", "fine", on=later, at=noon(later))
    (fine,) = account(served, fined()).consequences
    assert (fine.taken_on, fine.served_on) == (DAY, later)


def test_what_comes_after_the_last_day_is_not_there() -> None:
    later = date(2025, 6, 1)
    served = TAKEN.serve("V-1", "fine", on=later, at=noon(later))
    standard = fined(settles=CancelThose(), settles_when="served")
    before = account(served, standard, through=date(2025, 5, 31))
    assert (before.consequences[0].taken_on, before.consequences[0].served_on) == (DAY, None)
    assert str(before.balance) == "6"
    not_yet = account(served, standard, through=date(2025, 4, 30))
    assert not_yet.consequences[0].taken_on is None
    on_the_day = account(served, standard, through=later)
    assert (on_the_day.consequences[0].served_on, str(on_the_day.balance)) == (later, "0")


def test_a_rules_own_consequence_settles_its_own_violation() -> None:
    ledger = TAKEN.record(on("V-2", 1, date(2025, 6, 1)), at=noon(date(2025, 6, 1)))
    made = account(ledger, fined(settles=CancelThose()))
    assert posted(made)[1:] == [
        "2025-01-10 charged V-1 6 6",
        "2025-05-01 cancelled fine -6 0",
        "2025-06-01 charged V-2 1 1",
    ]
    assert made.postings[2].reason.field == "consequences"
    assert posted(account(ledger, fined(settles=AtMost(2))))[2] == "2025-05-01 reduced fine -4 2"
    assert posted(account(ledger, fined())) == [
        "2025-01-01 opened 0 0",
        "2025-01-10 charged V-1 6 6",
        "2025-06-01 charged V-2 1 7",
    ]


def without_ground(ledger: Ledger, standard: Rulebook, **fields: Any) -> list[tuple[Any, ...]]:
    made = account(ledger, standard, **fields)
    return [(each.consequence, each.violation, each.taken_on) for each in made.without_ground]


def test_what_answers_nothing_is_without_ground() -> None:
    reversed_later = TAKEN.reverse("V-1", at=noon(date(2025, 6, 1)), reason="no breach")
    made = account(reversed_later, fined())
    assert made.consequences == ()
    assert made.without_ground == (
        TakenWithoutGround("A", "fine", violation="V-1", taken_on=DAY, served_on=None),
    )
    assert without_ground(BREACH.take("V-1", "warning", on=DAY, at=noon(DAY)), fined()) == [
        ("warning", "V-1", DAY)
    ]
    lifted = reversed_later.lift("V-1", "fine", at=noon(date(2025, 7, 1)), reason="no breach")
    assert without_ground(lifted, fined()) == []


def test_what_was_taken_by_name_in_anothers_case_is_without_ground_in_ones_own_account() -> None:
    later = date(2025, 6, 1)
    amended = BREACH.take("V-1", "fine", on=DAY, at=noon(DAY), manager="A").amend(
        on("V-1", 20, date(2025, 1, 10), manager="B"), at=noon(later), reason="a colleague's"
    )
    borne = BREACH.take("V-1", "fine", on=DAY, at=noon(DAY), manager="C")
    for ledger, person in ((amended, "A"), (borne, "C")):
        made = points_account(ledger, fined(), manager=person, through=THROUGH, policy=NO_MARKS)
        assert made.without_ground == (
            TakenWithoutGround(person, "fine", violation="V-1", taken_on=DAY, served_on=None),
        )
        everybody = points_accounts(ledger, fined(), through=THROUGH, policy=NO_MARKS)
        assert everybody[person] == made
    before = account(amended, fined(), as_of=noon(DAY))
    assert (before.without_ground, before.consequences[0].taken_on) == ((), DAY)


def test_what_is_entered_twice_comes_in_one_order_whichever_cases_are_looked_at() -> None:
    ledger = entered(*(on(id, 20, date(2025, 1, 10)) for id in ("V-9", "V-1")))
    for id, name in (("V-1", "A"), ("V-9", "A"), ("V-9", None), ("V-1", None)):
        ledger = ledger.take(id, "fine", on=DAY, at=noon(DAY), manager=name)
    made = account(ledger, fined())
    assert [each.violation for each in made.without_ground] == ["V-1", "V-9"]


def test_what_is_taken_before_its_number_is_reached_is_without_ground() -> None:
    early = date(2025, 2, 1)
    ledger = BREACH.take("V-1", "warning", on=early, at=noon(early))
    ledger = ledger.record(on("V-2", 2, date(2025, 3, 1)), at=noon(date(2025, 3, 1)))
    assert without_ground(ledger, fined()) == [("warning", "V-1", early)]
    assert due(account(ledger, fined())) == [
        "2025-02-01 fine V-1 1",
        "2025-03-01 warning V-2 1",
    ]


def test_what_was_served_without_ground_settles_nothing() -> None:
    standard = house(
        consequences=[consequence("warning", settles=CancelThose(), settles_when="served")],
        thresholds=Thresholds({8: "warning"}),
    )
    ledger = entered(on("V-1", 6, date(2025, 1, 10)))
    ledger = ledger.take("V-1", "warning", on=DAY, at=noon(DAY))
    ledger = ledger.serve("V-1", "warning", on=DAY, at=noon(DAY))
    made = account(ledger, standard)
    assert str(made.balance) == "6"
    assert made.without_ground[0].served_on == DAY


def test_a_superior_bears_what_follows_from_a_line_of_theirs() -> None:
    head = Responsibility("head", TEXT, weight=Multiply("0.5"))
    standard = house(
        deducting("20", 8, responsible=[head]),
        consequences=[consequence("warning")],
        thresholds=Thresholds({4: "warning"}),
    )
    people = [Tenure("B", "north", superior="A"), Tenure("A", "north", role="head")]
    ledger = entered(on("V-1", 20, date(2025, 1, 10), manager="B"))
    ledger = ledger.take("V-1", "warning", on=DAY, at=noon(DAY), manager="A")
    made = account(ledger, standard, people=people)
    assert posted(made)[1] == "2025-01-10 charged V-1 4 4"
    assert [(each.violation, each.taken_on) for each in made.consequences] == [("V-1", DAY)]
    assert isinstance(made.consequences[0], ConsequenceDue)


def test_a_revocation_is_among_what_follows() -> None:
    standard = house(
        deducting("20", 6, consequences=["revoked"]),
        consequences=[consequence("revoked", status=Status.REVOKED)],
    )
    made = account(entered(on("V-1", 20, date(2025, 1, 10))), standard)
    assert due(made) == ["2025-01-10 revoked V-1 1"]
    assert all(posting.kind is not PostingKind.CANCELLED for posting in made.postings)
