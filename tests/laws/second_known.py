"""What the second scoring reads: the entries of each case, and the terms of each edition."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs

from cmappraisal import (
    Acted,
    Amended,
    Appealed,
    Corrected,
    CountedOn,
    Decided,
    Dismissed,
    Edition,
    Editions,
    Ledger,
    Lifted,
    Merit,
    Policy,
    Recorded,
    Reversed,
    Reviewed,
    Rulebook,
    Served,
    Taken,
    Violation,
)

JUDGES_ONE_ACT = (
    "aggravation",
    "mitigation",
    "unstated_unit",
    "discretion",
    "reconsideration",
    "smallest_unit",
    "rounding",
)


# What is known of one case.


@attrs.define
class Decision:
    """What is decided about a case, as its entries tell it."""

    points: Decimal | None = None
    money: Decimal | None = None
    effective_on: date | None = None


@attrs.define
class Known:
    """A case, as its entries tell it."""

    violation: Violation | Merit
    recorded_at: datetime
    is_under_appeal: bool = False
    is_reversed: bool = False
    is_proposed: bool = False
    decision: Decision | None = None
    answering: str | None = None
    role: str | None = None

    @property
    def occurred_on(self) -> date:
        return self.violation.occurred_on

    @property
    def recorded_on(self) -> date:
        if self.violation.recorded_on is not None:
            return self.violation.recorded_on
        return date(self.recorded_at.year, self.recorded_at.month, self.recorded_at.day)

    @property
    def found_on(self) -> date:
        if self.violation.found_on is not None:
            return self.violation.found_on
        return self.recorded_on

    @property
    def effective_on(self) -> date:
        if self.decision is not None and self.decision.effective_on is not None:
            return self.decision.effective_on
        if self.violation.effective_on is not None:
            return self.violation.effective_on
        return self.recorded_on


def cases_of(ledger: Ledger, as_of: datetime | None) -> list[Known]:
    """The cases of a ledger that count, as they were known at a moment."""
    cases: dict[str, Known] = {}
    for entry in ledger:
        if as_of is not None and entry.at > as_of:
            continue
        if isinstance(entry, Recorded):
            # What was proposed is recorded as it reads then.
            cases.pop(entry.violation.id, None)
            cases[entry.violation.id] = Known(entry.violation, entry.at)
        elif isinstance(entry, Amended):
            case = cases[entry.violation.id]
            case.violation = entry.violation
            case.is_under_appeal = False
            case.decision = None
        elif isinstance(entry, Appealed):
            cases[entry.violation_id].is_under_appeal = True
        elif isinstance(entry, Dismissed):
            cases[entry.violation_id].is_under_appeal = False
        elif isinstance(entry, (Decided, Reviewed, Corrected)):
            decide(cases[entry.violation_id], entry)
        elif isinstance(entry, Reversed):
            cases[entry.violation_id].is_reversed = True
        elif isinstance(entry, Acted):
            act(cases, entry)
        else:
            # What follows beside points changes none.
            assert isinstance(entry, (Taken, Served, Lifted))
    return [case for case in cases.values() if not case.is_reversed and not case.is_proposed]


def decide(case: Known, entry: Decided | Reviewed | Corrected) -> None:
    """What an entry sets; what it leaves open stays as it was decided before."""
    case.is_under_appeal = False
    if isinstance(entry, Corrected):
        case.violation = entry.violation
    before = case.decision if case.decision is not None else Decision()
    case.decision = Decision(
        before.points if entry.points is None else entry.points,
        before.money if entry.money is None else entry.money,
        before.effective_on if entry.effective_on is None else entry.effective_on,
    )


def act(cases: dict[str, Known], entry: Acted) -> None:
    """What an act makes of the cases, though it sets no points."""
    if entry.act.value == "proposed":
        assert entry.violation is not None
        cases[entry.violation_id] = Known(entry.violation, entry.at, is_proposed=True)
    elif entry.act.value == "verified" and cases[entry.violation_id].is_proposed:
        cases[entry.violation_id].is_proposed = False
        cases[entry.violation_id].recorded_at = entry.at
    elif entry.act.value == "appeal-withdrawn":
        cases[entry.violation_id].is_under_appeal = False
    else:
        assert entry.act.value in {"verified", "notified", "reopened"}


def day_of(case: Known, which: CountedOn) -> date:
    """One of the four days of a case."""
    if which is CountedOn.OCCURRED:
        return case.occurred_on
    if which is CountedOn.FOUND:
        return case.found_on
    if which is CountedOn.RECORDED:
        return case.recorded_on
    assert which is CountedOn.EFFECTIVE
    return case.effective_on


def last_day(start: date, months: int) -> date:
    """The day before the same date so many months on, or that month's last day without one."""
    months_from_zero = start.year * 12 + start.month - 1 + months
    year, month = months_from_zero // 12, months_from_zero % 12 + 1
    try:
        return date(year, month, start.day) - timedelta(days=1)
    except ValueError:
        # There is no such date in that month, so it has a day fewer at least.
        next_month = date(year + (month == 12), month % 12 + 1, 1)
        return next_month - timedelta(days=1)


# What is stated and decided.


@attrs.frozen(eq=False)
class Terms:
    """A rulebook, and the policy that goes with it."""

    rulebook: Rulebook
    policy: Policy


def with_answers(rulebook: Rulebook, policy: Policy) -> Policy:
    """A policy, with what the clauses of a rulebook answer in its place."""
    for clause in rulebook.clauses:
        for name, answer in clause.answers.items():
            policy = attrs.evolve(policy, **{name: answer})
    return policy


def terms_of(edition: Edition, policy: Policy) -> Terms:
    """A clause decides first, then the edition's policy about one act, then the policy given."""
    if edition.policy is not None:
        for name in JUDGES_ONE_ACT:
            policy = attrs.evolve(policy, **{name: getattr(edition.policy, name)})
    return Terms(edition.rulebook, with_answers(edition.rulebook, policy))


def edition_on(editions: Editions, day: date) -> Edition:
    """The edition in force on a day."""
    for edition in editions.editions:
        has_begun = edition.first is None or edition.first <= day
        has_ended = edition.last is not None and edition.last < day
        if has_begun and not has_ended:
            return edition
    raise LookupError(day)


def closing_edition(editions: Editions, day: date) -> Edition:
    """The edition in force on the last day; before the first the first, after the last the last."""
    found = editions.editions[0]
    for edition in editions.editions:
        if edition.first is not None and edition.first <= day:
            found = edition
    return found


def editions_between(editions: Editions, first: date, last: date) -> list[Edition]:
    """The editions in force on any day between two."""
    found = []
    for edition in editions.editions:
        begins_too_late = edition.first is not None and edition.first > last
        ends_too_early = edition.last is not None and edition.last < first
        if not begins_too_late and not ends_too_early:
            found.append(edition)
    return found
