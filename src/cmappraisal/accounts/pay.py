"""Pay: what a person earns in a month, what is in force, and the payslip that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import attrs
from attrs import field, frozen

from cmappraisal.accounts.pay_terms import MAXIMUM_MONEY, PayTerms
from cmappraisal.fields import (
    a_date,
    as_date,
    as_id_tuple,
    as_optional_date,
    as_optional_text,
    as_text,
    as_tuple,
    beside,
    boolean,
    checked,
    id_tuple,
    identifier,
    instance_of,
    optional_date,
    optional_identifier,
    optional_instance_of,
    reject,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.points import (
    EXACT,
    MAXIMUM_FACTOR,
    a_bounded_number,
    as_points,
    plain,
    points_between,
    total_of,
)
from cmappraisal.spans import CalendarSpan
from cmappraisal.texts import Language

_MONEY = points_between(Decimal(0), MAXIMUM_MONEY)

GIVEN_FIELDS = ("base", "variable")
"""The fields of :class:`MonthlyPay` that the first steps of a payslip read."""

STEP_FIELDS = (*GIVEN_FIELDS, *(name for name in attrs.fields_dict(PayTerms)))
"""The names of the fields that a step of a payslip can read."""


@frozen
class MonthlyPay:
    """What a person earns in a month, before any cut.

    Args:
        month: A whole month of the calendar.
        base: Base pay, in the currency, from 0.
        variable: Variable pay at a coefficient of 1, from 0.
        coefficient: The coefficient that the person stands on, which variable pay is multiplied
            by; a rung of the ladder where consequences lead down it.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> MonthlyPay(Period.month(2026, 3), base=5000, variable="3000.50").variable
    Decimal('3000.5')
    """

    month: Period = field(
        validator=[
            instance_of(Period, allowed="a Period"),
            checked(
                lambda month: month == CalendarSpan.MONTH.of(month.first),
                "a whole month, such as Period.month(2026, 3)",
            ),
        ]
    )
    base: Decimal = field(converter=as_points, validator=_MONEY, kw_only=True)
    variable: Decimal = field(converter=as_points, validator=_MONEY, kw_only=True)
    coefficient: Decimal = field(
        default=Decimal(1),
        converter=as_points,
        validator=points_between(Decimal(0), MAXIMUM_FACTOR),
        kw_only=True,
    )


@frozen
class InForce:
    """A consequence that is in force for somebody.

    Args:
        consequence: Its id, by which the pay terms name it.
        first: The day on which it takes effect.
        last: The last day on which it is in force; None where it goes on. Months that are lost do
            not look at it, only coefficients and steps do.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> InForce("warning", date(2026, 3, 2)).last is None
    True
    """

    consequence: str = field(converter=as_text, validator=identifier)
    first: date = field(converter=as_date, validator=a_date)
    last: date | None = field(
        default=None,
        converter=as_optional_date,
        validator=[
            optional_date,
            beside(
                lambda held, last: last is None or held.first <= last,
                lambda held: f"None, or a date on or after first ({held.first})",
            ),
        ],
        kw_only=True,
    )


@frozen
class PayStep:
    """One step of a payslip.

    Args:
        reads: The name of the field that it reads, of :class:`PayTerms`, or ``"base"`` or
            ``"variable"`` of :class:`MonthlyPay`.
        of: What it reckons from: money, points, or base pay.
        rate: What that is multiplied by; of ``least_base_share`` the share of base pay.
        amount: The money that makes, rounded to the smallest unit.
        change: The money it adds to the pay; below 0 of a cut, which takes no more than there is.
        pay: The money of the pay after it.
        month: The month that it is about; None of the whole span.
        because_of: The ids of the consequences that are in force, or of the grade that holds.
        outweighed: Whether a heavier cut counts alone, so that this one takes nothing.
        provision: The id of the rule or clause that states the field; None where the bank decides.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    reads: str = field(
        converter=as_text,
        validator=checked(
            lambda name: isinstance(name, str) and name in STEP_FIELDS,
            f"one of {', '.join(STEP_FIELDS)}",
        ),
    )
    of: Decimal = field(validator=a_bounded_number, kw_only=True)
    rate: Decimal = field(validator=a_bounded_number, kw_only=True)
    amount: Decimal = field(validator=a_bounded_number, kw_only=True)
    change: Decimal = field(validator=a_bounded_number, kw_only=True)
    pay: Decimal = field(validator=a_bounded_number, kw_only=True)
    month: Period | None = field(default=None, validator=optional_instance_of(Period), kw_only=True)
    because_of: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("ids"), kw_only=True
    )
    outweighed: bool = field(default=False, validator=boolean, kw_only=True)
    provision: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )


def _as_steps(value: Iterable[PayStep]) -> tuple[PayStep, ...]:
    return as_tuple(value)


@frozen(repr=False)
class Payslip:
    """What a person is paid for a span, and why; made by :func:`~cmappraisal.accounts.payslips`.

    Args:
        manager: The id of the relationship manager.
        period: The months that it covers.
        base: The base pay that is paid, as money.
        variable: The variable pay that is paid, as money.
        steps: How the pay came about: what was earned, then each cut.

    Raises:
        FieldError: A field has a value that it does not allow, or the steps do not make the pay.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    base: Decimal = field(validator=a_bounded_number, kw_only=True)
    variable: Decimal = field(validator=a_bounded_number, kw_only=True)
    steps: tuple[PayStep, ...] = field(
        converter=_as_steps, validator=tuple_of(PayStep, "a list of PayStep"), kw_only=True
    )

    def __attrs_post_init__(self) -> None:
        pay = Decimal(0)
        for step in self.steps:
            pay = EXACT.add(pay, step.change)
            if step.pay != pay or pay < 0:
                reject(self, "steps", step, f"a step after which the pay is {plain(pay)}, from 0")
        if self.paid != pay or min(self.base, self.variable) < 0:
            allowed = f"what with base pay makes {plain(pay)}, the sum of the steps, and from 0"
            reject(self, "variable", self.variable, allowed)

    @property
    def paid(self) -> Decimal:
        """What is paid in all."""
        return total_of((self.base, self.variable))

    def __repr__(self) -> str:
        return f"<Payslip of {self.manager!r} for {self.period}: {plain(self.paid)}>"

    def explain(self, language: Language = "en") -> str:
        """The arithmetic as plain text that a payslip can print.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            A line for each step, and for what is paid, each ended by a line feed.

        Raises:
            LanguageError: The language is none of the three.
        """
        # What is above this module is not known before it is asked for.
        from cmappraisal.reports.payslips import explain_payslip  # noqa: PLC0415

        return explain_payslip(self, language)
