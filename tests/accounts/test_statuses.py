"""Statuses: who is qualified on which day, by rules, thresholds and their terms."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from cmappraisal import FieldError, Ledger, Policy, StatusFrom
from cmappraisal.accounts import PointsAccount, Qualification, qualification_on
from cmappraisal.provisions import Provision
from cmappraisal.standards import Status, Thresholds
from small_accounts import account, consequence, deducting, entered, house, noon, on

STANDARD = house(
    deducting("20", 1, consequences=["out"]),
    deducting("21", 1, consequences=["rest"]),
    consequences=[
        consequence("out", status="revoked"),
        consequence("rest", status="suspended", days=30),
        consequence("halt", status="suspended"),
        consequence("talk"),
    ],
    thresholds=Thresholds({8: ["talk", "halt"]}),
)
JANUARY, MARCH, MAY = date(2025, 1, 10), date(2025, 3, 10), date(2025, 5, 10)
BY_TAKING = Policy(full_marks=None, status_from=StatusFrom.TAKEN)


def held(made: PointsAccount, day: date) -> tuple[str, str | None, str | None, tuple[str, ...]]:
    """What holds on a day, since when and until when, and because of what."""
    found = qualification_on(made, day)
    days = (None if each is None else str(each) for each in (found.since, found.until))
    return found.status.value, *days, found.because_of


KEPT: Any = ("qualified", None, None, ())


def after(ledger: Ledger, **fields: Any) -> PointsAccount:
    return account(ledger, STANDARD, **fields)


def test_a_suspension_lasts_its_days() -> None:
    made = after(entered(on("V-1", 21, JANUARY)))
    suspended = ("suspended", "2025-01-10", "2025-02-08", ("V-1",))
    assert held(made, date(2025, 1, 9)) == KEPT
    assert held(made, JANUARY) == held(made, date(2025, 2, 8)) == suspended
    assert held(made, date(2025, 2, 9)) == KEPT


def test_its_days_run_from_the_taking_and_it_is_lost_from_the_day_it_is_due() -> None:
    ledger = entered(on("V-1", 21, JANUARY)).take("V-1", "rest", on=MARCH, at=noon(MARCH))
    suspended = ("suspended", "2025-01-10", "2025-04-08", ("V-1",))
    assert held(after(ledger), JANUARY) == held(after(ledger), date(2025, 4, 8)) == suspended
    made = after(ledger, policy=BY_TAKING)
    assert held(made, date(2025, 3, 9)) == KEPT
    assert held(made, MARCH) == ("suspended", "2025-03-10", "2025-04-08", ("V-1",))


def test_what_is_only_due_takes_nothing_away_where_the_taking_counts() -> None:
    made = after(entered(on("V-1", 20, JANUARY)), policy=BY_TAKING)
    assert held(made, MAY) == KEPT
    assert held(after(entered(on("V-1", 20, JANUARY))), MAY)[0] == "revoked"


def test_without_days_it_lasts_until_it_was_served() -> None:
    ledger = entered(on("V-1", 4, JANUARY), on("V-2", 4, MARCH))
    both = ("V-1", "V-2")
    assert held(after(ledger), date(2025, 12, 31)) == ("suspended", "2025-03-10", None, both)
    taken = ledger.take("V-2", "halt", on=MAY, at=noon(MAY))
    served = taken.serve("V-2", "halt", on=date(2025, 6, 1), at=noon(date(2025, 6, 1)))
    assert held(after(served), MAY) == ("suspended", "2025-03-10", "2025-06-01", both)
    assert held(after(served), date(2025, 6, 2)) == KEPT


def test_the_gravest_holds_and_of_several_the_first_day_and_the_last() -> None:
    ledger = entered(on("V-1", 21, JANUARY), on("V-2", 21, date(2025, 1, 20)), on("V-3", 20, MAY))
    made = after(ledger)
    expected = ("suspended", "2025-01-10", "2025-02-18", ("V-1", "V-2"))
    assert held(made, date(2025, 1, 31)) == expected
    assert held(made, date(2025, 12, 31)) == ("revoked", "2025-05-10", None, ("V-3",))
    both = after(entered(on("V-1", 20, JANUARY), on("V-2", 21, JANUARY)))
    assert held(both, JANUARY) == ("revoked", "2025-01-10", None, ("V-1",))
    of_several = entered(on("V-1", 21, JANUARY), on("V-2", 8, date(2025, 1, 20)))
    assert held(after(of_several), date(2025, 1, 31))[1:3] == ("2025-01-10", None)
    assert qualification_on(after(of_several), date(2025, 1, 31)).consequences == ("halt", "rest")


def test_a_reversed_violation_gives_it_back() -> None:
    ledger = entered(on("V-1", 20, JANUARY)).take("V-1", "out", on=MARCH, at=noon(MARCH))
    struck = ledger.reverse("V-1", at=noon(MAY), reason="no breach")
    assert held(after(struck), MAY) == KEPT


def test_it_holds_from_the_day_on_which_all_was_known() -> None:
    late = Ledger().record(on("V-1", 20, JANUARY), at=noon(MARCH))
    assert held(after(late), date(2025, 3, 9)) == KEPT
    assert held(after(late), MARCH)[:2] == ("revoked", "2025-03-10")
    early = late.take("V-1", "out", on=date(2025, 2, 1), at=noon(MARCH))
    assert held(after(early), date(2025, 2, 1))[:2] == ("revoked", "2025-02-01")


def test_what_no_edition_declares_takes_nothing_away() -> None:
    made = after(entered(on("V-1", 20, JANUARY)))
    (due,) = made.consequences
    elsewhere = Provision("G", "thresholds", edition="2")
    for change in ({"consequence": "unheard-of"}, {"reason": elsewhere}):
        assert held(evolve(made, consequences=[evolve(due, **change)]), MAY) == KEPT


def test_days_end_with_the_calendar() -> None:
    made = after(entered(on("V-1", 21, JANUARY)))
    (due,) = made.consequences
    late = evolve(made, through=date.max, consequences=[evolve(due, since=date.max)])
    assert held(late, date.max)[1:3] == ("9999-12-31", "9999-12-31")


def test_arguments_are_checked() -> None:
    made = after(Ledger())
    with pytest.raises(FieldError, match=r"day is .*; allowed: a date not after 2025-12-31"):
        qualification_on(made, date(2026, 1, 1))
    wrong: Any = None
    with pytest.raises(FieldError) as caught:
        qualification_on(wrong, wrong)
    assert [problem.path for problem in caught.value.problems] == ["$.account", "$.day"]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"status": "gone"}, "status is 'gone'; allowed: Status.QUALIFIED or"),
        ({"since": JANUARY}, "since is .*allowed: None where it is kept, or else a date on or"),
        ({"status": "revoked"}, "since is None; allowed: None where it is kept"),
        ({"status": "revoked", "since": MAY}, "since is .*a date on or before day"),
        ({"until": MAY}, "until is .*allowed: None, or, where it is not kept, a date on or after"),
        (
            {"status": "suspended", "since": JANUARY, "until": JANUARY},
            "until is .*a date on or after day",
        ),
        ({"consequences": 3}, "consequences is 3"),
        ({"because_of": [""]}, "because_of is"),
    ],
)
def test_a_qualification_contradicts_itself_nowhere(
    fields: Mapping[str, Any], message: str
) -> None:
    with pytest.raises(FieldError, match=message):
        Qualification("A", MARCH, **fields)


def test_a_qualification_takes_natural_input() -> None:
    made = Qualification("A", MARCH, status="suspended", since=JANUARY, because_of=["V-1"])
    assert (made.status, made.because_of) == (Status.SUSPENDED, ("V-1",))
    assert StatusFrom("due") is Policy().status_from
