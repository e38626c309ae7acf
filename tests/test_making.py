"""Making: values made without checks are as those that are checked."""

from datetime import date

import attrs

from cmappraisal import Period, Tenure
from cmappraisal.making import copier, maker, unchecked
from cmappraisal.training import Session

DAY = date(2026, 3, 2)


def test_what_is_made_from_all_fields_is_equal() -> None:
    made = Tenure("RM-01", "north", role="head", first=DAY)
    fields = {each.name: getattr(made, each.name) for each in attrs.fields(Tenure)}
    assert unchecked(Tenure, **fields) == made


def test_nothing_is_checked() -> None:
    assert unchecked(Period, first=DAY, last=date.min).last == date.min


def test_a_copy_takes_the_fields_that_are_others() -> None:
    copy = copier(Session, "on", "room")
    session = Session("study", DAY, on=DAY)
    other = copy(session, date(2026, 3, 3), "R-1")
    assert other == attrs.evolve(session, on=date(2026, 3, 3), room="R-1")
    assert session.room is None


def test_a_maker_makes_values_from_their_fields_in_order() -> None:
    make = maker(Period)
    assert make(DAY, DAY) == Period(DAY, DAY)
    assert make(DAY, date.min).last == date.min
