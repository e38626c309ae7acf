"""Payslips: the pay of each month or quarter, cut step by step, with the reason for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from cmappraisal.accounts.cuts import Cut, cuts_of
from cmappraisal.accounts.held_grades import HeldGrade, apart
from cmappraisal.accounts.pay import InForce, MonthlyPay, Payslip, PayStep
from cmappraisal.accounts.pay_choices import CutFrom, MeetingCuts
from cmappraisal.accounts.pay_terms import PayTerms
from cmappraisal.fields import (
    as_text,
    as_tuple,
    is_identifier,
    is_tuple_of,
    require_all,
)
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical, in_units, plain, rounded_to, total_of
from cmappraisal.scoring.appraisals import Appraisal

_WHERE = "payslips"
_WHOLE = Decimal(1)
_NOTHING = Decimal(0)


def payslips(
    terms: PayTerms,
    pay: Iterable[MonthlyPay],
    *,
    manager: str,
    appraisals: Iterable[Appraisal] = (),
    grades: Iterable[HeldGrade] = (),
    in_force: Iterable[InForce] = (),
) -> tuple[Payslip, ...]:
    """The payslips of a relationship manager, one for each span in which pay is earned.

    The error points and the money of an appraisal are withheld in the span in which its period
    ends. A month has the grade that holds on its first day. What is more than there is in a span is
    not taken in another. A consequence that the terms do not name changes no pay.

    Args:
        terms: What points, grades and consequences do to pay.
        pay: What is earned in each month.
        manager: The id of the relationship manager.
        appraisals: The manager's appraisals, whose periods do not overlap.
        grades: The manager's grades with the days on which they hold, which do not overlap.
        in_force: The manager's consequences, those of before among them, since the months that they
            lose may go on.

    Returns:
        The payslips, by time.

    Raises:
        FieldError: An argument has a value that it does not allow.

    >>> terms = PayTerms(per_point=20, months_lost={"criticism": 2})
    >>> pay = [MonthlyPay(Period.month(2026, n), base=4000, variable=3000) for n in (1, 2, 3, 4)]
    >>> from datetime import date
    >>> held = [InForce("criticism", date(2026, 1, 15))]
    >>> [str(slip.paid) for slip in payslips(terms, pay, manager="RM-01", in_force=held)]
    ['7000', '4000', '4000', '7000']
    """
    manager = as_text(manager)
    months, made = as_tuple(pay), as_tuple(appraisals)
    held, force = as_tuple(grades), as_tuple(in_force)
    require_all(
        _WHERE,
        ("terms", terms, isinstance(terms, PayTerms), "PayTerms"),
        ("pay", pay, is_tuple_of(months, MonthlyPay), "a list of MonthlyPay"),
        ("manager", manager, is_identifier(manager), "the id of a relationship manager"),
        ("appraisals", appraisals, is_tuple_of(made, Appraisal), "a list of Appraisal"),
        ("grades", grades, is_tuple_of(held, HeldGrade), "a list of HeldGrade"),
        ("in_force", in_force, is_tuple_of(force, InForce), "a list of InForce"),
    )
    require_all(_WHERE, *_together(terms, months, manager, made, held))
    in_order = sorted(months, key=lambda each: each.month.first)
    force = tuple(sorted(force, key=_in_time))
    slips = []
    for span, earned in groupby(in_order, key=lambda each: terms.paid_by.of(each.month.first)):
        ending = [each for each in made if each.period.last in span]
        reckoning = Reckoning(terms, earned)
        reckoning.take(tuple(cuts_of(terms, reckoning.months, ending, held, force)))
        reckoning.keep_base_share()
        slips.append(reckoning.payslip(manager))
    return tuple(slips)


def _in_time(held: InForce) -> tuple[date, str, date]:
    return held.first, held.consequence, held.last or date.max


_Argument = tuple[str, object, bool, str]


def _together(
    terms: PayTerms,
    months: Sequence[MonthlyPay],
    manager: str,
    appraisals: Sequence[Appraisal],
    grades: Sequence[HeldGrade],
) -> Iterator[_Argument]:
    """What arguments that fit their types have to be beside one another."""
    once = len({each.month for each in months}) == len(months)
    yield "pay", months, once, "each month once"
    for index, pay in enumerate(months):
        unit = terms.smallest_unit
        whole = not any(in_units(each, unit)[1] for each in (pay.base, pay.variable))
        yield f"pay[{index}]", pay, whole, f"whole multiples of smallest_unit ({plain(unit)})"
        rungs = ", ".join(map(plain, terms.ladder))
        stands = not terms.steps_down or pay.coefficient in terms.ladder
        yield f"pay[{index}]", pay, stands, f"a coefficient of the ladder: {rungs}"
    spans = {terms.paid_by.of(each.month.first) for each in months}
    for index, appraisal in enumerate(appraisals):
        place = f"appraisals[{index}]"
        yield place, appraisal, appraisal.manager == manager, f"an Appraisal of {manager}"
        paid = any(appraisal.period.last in span for span in spans)
        yield place, appraisal, paid, "an Appraisal of a period that ends in a span with pay"
    fits = apart(each.period for each in appraisals)
    yield "appraisals", appraisals, fits, "appraisals of periods that do not overlap"
    yield "grades", grades, apart(each.holds for each in grades), "grades whose days do not overlap"
    for index, held in enumerate(grades if terms.grade_shares else ()):
        known = held.grade is None or held.grade in terms.grade_shares
        ids = ", ".join(terms.grade_shares)
        yield f"grades[{index}]", held, known, f"a grade of grade_shares: {ids}"


class Reckoning:
    """The pay of one span while it is worked out.

    Args:
        terms: The terms.
        months: The months of the span.
    """

    def __init__(self, terms: PayTerms, months: Iterable[MonthlyPay]) -> None:
        self.terms = terms
        self.months = tuple(months)
        self.unscaled = {pay.month: pay.variable for pay in self.months}
        self.whole = {pay.month: self.rounded(pay.variable, pay.coefficient) for pay in self.months}
        self.left = dict(self.whole)
        self.base = total_of(pay.base for pay in self.months)
        self.withheld = _NOTHING
        self.steps: list[PayStep] = []
        for pay in self.months:
            self.step("base", pay.base, _WHOLE, pay.base, adds=pay.base, month=pay.month)
        for pay in self.months:
            whole, rate = self.whole[pay.month], pay.coefficient
            self.step("variable", pay.variable, rate, whole, adds=whole, month=pay.month)

    @property
    def variable(self) -> Decimal:
        """The variable pay that is left."""
        return EXACT.subtract(total_of(self.left.values()), self.withheld)

    def rounded(self, of: Decimal, rate: Decimal) -> Decimal:
        """A number times a rate, in whole units of money."""
        exact = EXACT.multiply(of, rate)
        return canonical(rounded_to(exact, self.terms.smallest_unit, self.terms.rounding))

    def step(
        self,
        reads: str,
        of: Decimal,
        rate: Decimal,
        amount: Decimal,
        *,
        adds: Decimal,
        month: Period | None = None,
        because_of: tuple[str, ...] = (),
        counts: bool = True,
    ) -> None:
        """Write a step down."""
        before = self.steps[-1].pay if self.steps else _NOTHING
        self.steps.append(
            PayStep(
                reads,
                of=canonical(of),
                rate=rate,
                amount=amount,
                change=canonical(adds),
                pay=canonical(EXACT.add(before, adds)),
                month=month,
                because_of=because_of,
                outweighed=not counts,
                provision=self.terms.provisions.get(reads),
            )
        )

    def share_of(self, cut: Cut, month: Period, whole: bool) -> tuple[Decimal, Decimal]:
        """What a share of a month's variable pay is of, and what it makes."""
        if cut.reads == "steps_down":
            # A coefficient is always of the pay at a coefficient of 1.
            of = self.unscaled[month]
        else:
            of = self.whole[month] if whole else self.left[month]
        return of, self.rounded(of, cut.shares[month])

    def reach(self, cut: Cut) -> Decimal:
        """What a cut takes where no other does."""
        if cut.of is not None:
            return min(self.rounded(cut.of, cut.rate), self.source())
        amounts = {month: self.share_of(cut, month, whole=True)[1] for month in cut.shares}
        return total_of(min(amount, self.whole[month]) for month, amount in amounts.items())

    def source(self) -> Decimal:
        """What is left for money to be taken from."""
        return EXACT.add(
            self.variable, self.base if self.terms.cut_from is CutFrom.ALL else _NOTHING
        )

    def take(self, cuts: Sequence[Cut]) -> None:
        """Take all cuts in turn, or the heaviest alone."""
        heaviest = None
        if self.terms.meeting is MeetingCuts.HEAVIEST:
            # Of equal ones the first is the one.
            heaviest = max(cuts, key=self.reach, default=None)
        for cut in cuts:
            self.cut(cut, counts=heaviest is None or cut is heaviest)

    def cut(self, cut: Cut, *, counts: bool) -> None:
        """Take a cut, or write down that another is heavier."""
        if cut.of is not None:
            amount = self.rounded(cut.of, cut.rate)
            taken = min(amount, self.source()) if counts else _NOTHING
            of_variable = min(taken, self.variable)
            self.withheld = EXACT.add(self.withheld, of_variable)
            self.base = EXACT.subtract(self.base, EXACT.subtract(taken, of_variable))
            self.step(cut.reads, cut.of, cut.rate, amount, adds=EXACT.minus(taken), counts=counts)
        whole = self.terms.meeting is not MeetingCuts.IN_TURN
        for month, share in cut.shares.items():
            of, amount = self.share_of(cut, month, whole)
            taken = min(amount, self.left[month]) if counts else _NOTHING
            self.left[month] = EXACT.subtract(self.left[month], taken)
            self.step(
                cut.reads,
                of,
                share,
                amount,
                adds=EXACT.minus(taken),
                month=month,
                because_of=cut.because_of.get(month, ()),
                counts=counts,
            )

    def keep_base_share(self) -> None:
        """Leave out the variable pay beside which base pay would be less than its least share."""
        share = self.terms.least_base_share
        if share is None:
            return
        # The most whole units beside which base ÷ (base + variable) is still the share.
        unit = self.terms.smallest_unit
        others = EXACT.multiply(self.base, EXACT.subtract(_WHOLE, share))
        units, _ = in_units(others, EXACT.multiply(share, unit))
        over = EXACT.subtract(self.variable, EXACT.multiply(units, unit))
        if over > 0:
            over = canonical(over)
            self.withheld = EXACT.add(self.withheld, over)
            self.step("least_base_share", self.base, share, over, adds=EXACT.minus(over))

    def payslip(self, manager: str) -> Payslip:
        """What comes of it."""
        return Payslip(
            manager,
            Period(self.months[0].month.first, self.months[-1].month.last),
            base=canonical(self.base),
            variable=canonical(self.variable),
            steps=self.steps,
        )
