"""What keeps an account, as the second accounts read it: what is stated, what was taken, spans."""

from datetime import date, datetime, timedelta

import attrs

from cmappraisal import (
    Acted,
    Amended,
    AwardsAgainst,
    CalendarSpan,
    Corrected,
    Edition,
    Editions,
    Ledger,
    Lifted,
    Recorded,
    Rulebook,
    Served,
    Taken,
)
from cmappraisal.interop.strategies import Scenario
from cmappraisal.standards import (
    Balance,
    BalanceOf,
    CleanTime,
    Consequence,
    Never,
    Span,
    Thresholds,
    WithPeriod,
)
from second_known import closing_edition, last_day, terms_of

DAY = timedelta(days=1)

# What was taken.


@attrs.frozen
class Borne:
    """A consequence that was taken and not lifted, as the entries tell it."""

    violation: str
    consequence: str
    taken_on: date
    served_on: date | None


def takings_of(ledger: Ledger, manager: str, as_of: datetime | None, through: date) -> list[Borne]:
    """What was taken of somebody through a day, whatever became of the case."""
    held: dict[tuple[str, str, str | None], Borne] = {}
    at_fault: dict[str, str] = {}
    for entry in ledger:
        if as_of is not None and entry.at > as_of:
            continue
        if isinstance(entry, (Recorded, Amended, Corrected, Acted)):
            if entry.violation is not None:
                at_fault[entry.violation.id] = entry.violation.manager
        elif isinstance(entry, Taken):
            key = entry.violation_id, entry.consequence, entry.manager
            # What is taken once more comes last.
            held.pop(key, None)
            held[key] = Borne(entry.violation_id, entry.consequence, entry.on, None)
        elif isinstance(entry, Served):
            key = entry.violation_id, entry.consequence, entry.manager
            held[key] = attrs.evolve(held[key], served_on=entry.on)
        elif isinstance(entry, Lifted):
            del held[entry.violation_id, entry.consequence, entry.manager]
    found = []
    for (violation, _, bearer), taking in held.items():
        if (bearer or at_fault[violation]) == manager and taking.taken_on <= through:
            is_served = taking.served_on is not None and taking.served_on <= through
            found.append(taking if is_served else attrs.evolve(taking, served_on=None))
    return found


# What is stated.


@attrs.frozen(eq=False)
class Stated:
    """What keeps an account: what the edition in force on the last day says, and the policy."""

    edition: Edition
    balance: Balance
    clean_time: CleanTime | None
    tables: tuple[Thresholds, ...]
    consequences: dict[str, Consequence]
    assessment_period: Span
    lapse: Span | WithPeriod | Never
    awards_against: AwardsAgainst

    @property
    def is_kept(self) -> bool:
        return self.balance.of is BalanceOf.KEPT

    @property
    def raises(self) -> int:
        """By the points of a deduction the balance changes so many times."""
        return -1 if self.is_kept else 1


def editions_of(scenario: Scenario) -> Editions:
    if isinstance(scenario.standard, Rulebook):
        return Editions([Edition(scenario.standard)])
    return scenario.standard


def stated_by(scenario: Scenario, through: date) -> Stated:
    edition = closing_edition(editions_of(scenario), through)
    decided = terms_of(edition, scenario.policy).policy
    balance, clean_time, tables = Balance(), None, []
    for clause in edition.rulebook.clauses:
        if clause.balance is not None:
            balance = clause.balance
        if clause.clean_time is not None:
            clean_time = clause.clean_time
        if clause.thresholds is not None:
            tables.append(clause.thresholds)
    return Stated(
        edition,
        balance,
        clean_time,
        tuple(tables),
        {each.id: each for each in edition.rulebook.consequences},
        decided.assessment_period,
        decided.lapse,
        decided.awards_against,
    )


# Spans.


def calendar_span(calendar: CalendarSpan, day: date) -> tuple[date, date]:
    """The first and the last day of the span of the calendar that has a day."""
    if calendar is CalendarSpan.WEEK:
        monday = day - DAY * day.weekday()
        return monday, monday + DAY * 6
    months = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[calendar.value]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return first, last_day(first, months)


def cycle(start: date, months: int, day: date) -> tuple[date, date]:
    """The cycle that has a day, each counted from the start of the first."""
    assert start <= day
    first, many = start, months
    while last_day(start, many) < day:
        first = last_day(start, many) + DAY
        many += months
    return first, last_day(start, many)


def first_within(span: Span, day: date) -> date:
    """The first day of a span that ends on a day."""
    if span.calendar is not None:
        return calendar_span(span.calendar, day)[0]
    assert span.months is not None
    first = day
    while last_day(first - DAY, span.months) >= day:
        first -= DAY
    return first


def after(span: Span, day: date) -> date:
    """The day after a span that begins on a day, or that has it."""
    if span.calendar is not None:
        return calendar_span(span.calendar, day)[1] + DAY
    assert span.months is not None
    return last_day(day, span.months) + DAY


@attrs.frozen
class Periods:
    """The assessment periods of somebody, whose cycles run from a day."""

    span: Span
    start: date | None

    def of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the period that has a day."""
        if self.span.calendar is not None:
            return calendar_span(self.span.calendar, day)
        assert self.span.months is not None
        assert self.start is not None
        return cycle(self.start, self.span.months, day)
