"""Appraisals: the result of scoring, which says what counted and why, and computes nothing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from cmappraisal.fields import as_text, identifier
from cmappraisal.periods import Period
from cmappraisal.policy import Grade, Policy
from cmappraisal.rules import Part, Rule, Rulebook
from cmappraisal.scoring.steps import Step
from cmappraisal.texts import Language
from cmappraisal.violations import Violation


def _id_of(rule: Rule | None) -> str:
    return f"<rule {rule.id}>" if rule else "None"


@frozen
class Line:
    """One violation in an appraisal.

    Args:
        violation: The violation, as it read.
        rule: The rule applied.
        points: What it counts, in error points; the change of all its steps together.
        revokes: Whether it revokes the qualification.
        steps: How the points came about, in order.
        referred_from: The rule it was recorded under, where that rule refers to the one applied.
    """

    violation: Violation
    rule: Rule = field(repr=_id_of)
    points: Decimal = field(kw_only=True)
    revokes: bool = field(kw_only=True)
    steps: tuple[Step, ...] = field(kw_only=True)
    referred_from: Rule | None = field(default=None, kw_only=True, repr=_id_of)


@frozen
class Subtotal:
    """The error points of one part.

    Args:
        part: The part.
        points: The points of the lines whose rule applied stands in it.
    """

    part: Part = field(repr=lambda part: f"<part {part.number}>")
    points: Decimal


@frozen
class Appraisal:
    """The explained result for one relationship manager and one period.

    Args:
        manager: The id of the relationship manager.
        period: The days it covers.
        as_of: The moment as of which it was known; None for everything recorded.
        rulebook: The standard it was scored by.
        policy: What was decided where the standard is silent.
        points: The error points: the sum of the lines, and of the subtotals.
        score: Full marks less the points, not below the floor; None where the policy has no
            full marks.
        grade: The band the score is in; None where the policy has no bands.
        revoked: Whether any line revokes the qualification.
        subtotals: The points of each part, in the order of the standard.
        lines: One for each violation that stands in the period, by day and then by id.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period
    as_of: datetime | None = field(kw_only=True)
    rulebook: Rulebook = field(kw_only=True, repr=str)
    policy: Policy = field(kw_only=True)
    points: Decimal = field(kw_only=True)
    score: Decimal | None = field(kw_only=True)
    grade: Grade | None = field(kw_only=True)
    revoked: bool = field(kw_only=True)
    subtotals: tuple[Subtotal, ...] = field(kw_only=True)
    lines: tuple[Line, ...] = field(kw_only=True)

    def explain(self, language: Language = "en") -> str:
        """The appraisal as plain text that an employee can read and dispute.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            Lines of text, which tell of each violation its date, rule, citation, arithmetic and
            reason, then the total, and what the policy assumed where the standard is silent.

        Raises:
            LanguageError: The language is none of the three.
        """
        # What is above this module is not known before it is asked for.
        from cmappraisal.reports.explanations import explain  # noqa: PLC0415

        return explain(self, language)

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from cmappraisal.reports.score_cards import score_card  # noqa: PLC0415 - as above

        return score_card(self)
