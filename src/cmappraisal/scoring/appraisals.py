"""Appraisals: the result of scoring, which says what counted and why.

A result refers to what it rests on and copies nothing: a reason names the field of a rule or of the
policy, a line its edition and rule, a subtotal its part, and the appraisal the editions of the
standard, whose rulebooks a document names by id, edition and digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from cmappraisal.acts import Act, is_act
from cmappraisal.caps import Counted, Over
from cmappraisal.clauses import Clause
from cmappraisal.consequences import Status, gravest
from cmappraisal.fields import (
    MOMENT,
    as_id_tuple,
    as_optional_text,
    as_text,
    as_tuple,
    boolean,
    checked,
    id_tuple,
    identifier,
    instance_of,
    is_moment,
    optional_identifier,
    require,
    tuple_of,
)
from cmappraisal.grades import Grade
from cmappraisal.making import MadeWhenRead
from cmappraisal.people import PEOPLE, Tenure
from cmappraisal.periods import Period
from cmappraisal.points import a_number, optional_number, plain
from cmappraisal.policy import Assumption, Policy
from cmappraisal.provisions import Provision, fields_of
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Part, Rule
from cmappraisal.scoring.steps import Reason, Step
from cmappraisal.scoring.terms import Terms
from cmappraisal.standards.editions import Editions
from cmappraisal.texts import Language


def _as_lines(value: Iterable[Line]) -> tuple[Line, ...]:
    return as_tuple(value)


def _as_people(value: Iterable[Tenure]) -> tuple[Tenure, ...]:
    return as_tuple(value)


def _as_caps(value: Iterable[CapLine]) -> tuple[CapLine, ...]:
    return as_tuple(value)


def _as_subtotals(value: Iterable[Subtotal]) -> tuple[Subtotal, ...]:
    return as_tuple(value)


def _as_steps(value: Iterable[Step]) -> tuple[Step, ...]:
    return as_tuple(value)


def counted(number: int, noun: str) -> str:
    """A number with its noun, such as ``"1 line"``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@frozen(repr=False)
class Line:
    """One violation, or one merit, in an appraisal.

    Args:
        violation: The violation or the merit, as it read.
        rule: The id of the rule applied, which is another than that of the violation where that
            refers.
        points: What it counts, in error points; the change of all its steps together.
        edition: The edition of the standard that governs it.
        money: The money that is withheld for it, in the currency of the standard.
        revokes: Whether it revokes the qualification.
        answers_as: The role in which the manager of the appraisal answers with the doer, who is
            the manager of the violation; None of the doer's own.
        steps: How the points came about, in order.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    violation: Act = field(validator=checked(is_act, "a Violation or a Merit"))
    rule: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier, kw_only=True)
    points: Decimal = field(validator=a_number, kw_only=True)
    money: Decimal = field(validator=a_number, kw_only=True)
    revokes: bool = field(validator=boolean, kw_only=True)
    answers_as: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    steps: tuple[Step, ...] = field(
        converter=_as_steps, validator=tuple_of(Step, "a list of Step"), kw_only=True
    )

    @property
    def consequences(self) -> tuple[str, ...]:
        """The ids of what follows from it beside points."""
        return tuple(step.consequence for step in self.steps if step.consequence is not None)

    def __repr__(self) -> str:
        return (
            f"<Line {self.violation.id!r} under rule {self.rule!r}: {plain(self.points)} points, "
            f"{counted(len(self.steps), 'step')}>"
        )


@frozen
class Subtotal:
    """The error points of one part.

    Args:
        part: The id of the outermost part.
        points: The points of the lines whose rule applied is in it, less what caps take from it.
            In the line of a cap, what this takes, below 0.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    part: str = field(converter=as_text, validator=identifier)
    points: Decimal = field(validator=a_number)


@frozen(repr=False)
class CapLine:
    """A cap over several violations that takes points away, as a line without a violation.

    Args:
        over: What it bounds together: an incident, a part or the period.
        of: Whether it bounds deductions or awards.
        id: The id of the incident or of the part; None of the period, and of an incident that is
            one violation's own.
        parts: What it takes from each outermost part: from that of the heaviest line first, then
            from that of the next. Empty of the period, whose cap stands beside the parts.
        total: What was deducted together, in error points.
        points: What it counts, in error points: what is more than the cap, below 0.
        steps: How the points came about; its step names the clause and the violations.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    over: Over = field(validator=instance_of(Over, allowed="an Over"))
    of: Counted = field(validator=instance_of(Counted, allowed="a Counted"), kw_only=True)
    id: str | None = field(converter=as_optional_text, validator=optional_identifier, kw_only=True)
    parts: tuple[Subtotal, ...] = field(
        converter=_as_subtotals,
        validator=tuple_of(Subtotal, "a list of Subtotal"),
        kw_only=True,
    )
    total: Decimal = field(validator=a_number, kw_only=True)
    points: Decimal = field(validator=a_number, kw_only=True)
    steps: tuple[Step, ...] = field(
        converter=_as_steps, validator=tuple_of(Step, "a list of Step"), kw_only=True
    )

    def __repr__(self) -> str:
        return f"<CapLine over {self.over.value} {self.id or ''!r}: {plain(self.points)} points>"


@frozen(repr=False)
class Appraisal(MadeWhenRead):
    """The explained result for one relationship manager and one period.

    Args:
        manager: The id of the relationship manager.
        period: The days it covers.
        as_of: The moment as of which it was known; None for everything recorded.
        standard: The editions of the standard it was scored by.
        policy: What was decided where the standard is silent.
        points: The error points: the sum of the lines and of the caps of deductions, and that of
            the subtotals and of the period's cap.
        awards: The points awarded, which are never in the error points: the sum of the merits and
            of the caps of awards.
        score: Full marks less the points, and more by the awards where these raise it, not below
            the floor; None where the policy has no full marks, or shows none of those revoked.
        grade: The id of the band the score is in; None where the policy has no bands, or there is
            no score.
        revoked: Whether any line revokes the qualification.
        subtotals: The points of each part, in the order of the standard.
        lines: One for each upheld violation of the period, by day and then by id.
        merits: One for each upheld merit of the period, in the same order.
        people: The tenures that say for whom the manager answers, sorted.
        caps: One for each cap over several violations that takes points away: of incidents, of
            parts from the innermost, of the period; and then of merits.
        incomplete: The ids of the cases that it would have read, had they not been erased from
            the ledger; sorted.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    manager: str = field(converter=as_text, validator=identifier)
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    as_of: datetime | None = field(
        validator=checked(lambda value: value is None or is_moment(value), f"None, or {MOMENT}"),
        kw_only=True,
    )
    standard: Editions = field(validator=instance_of(Editions, allowed="Editions"), kw_only=True)
    policy: Policy = field(validator=instance_of(Policy, allowed="a Policy"), kw_only=True)
    points: Decimal = field(validator=a_number, kw_only=True)
    awards: Decimal = field(default=Decimal(0), validator=a_number, kw_only=True)
    score: Decimal | None = field(validator=optional_number, kw_only=True)
    grade: str | None = field(
        converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    revoked: bool = field(validator=boolean, kw_only=True)
    subtotals: tuple[Subtotal, ...] = field(
        converter=_as_subtotals,
        validator=tuple_of(Subtotal, "a list of Subtotal"),
        kw_only=True,
    )
    lines: tuple[Line, ...] = field(
        converter=_as_lines, validator=tuple_of(Line, "a list of Line"), kw_only=True
    )
    merits: tuple[Line, ...] = field(
        default=(),
        converter=_as_lines,
        validator=tuple_of(Line, "a list of Line"),
        kw_only=True,
    )
    people: tuple[Tenure, ...] = field(
        default=(), converter=_as_people, validator=tuple_of(Tenure, PEOPLE), kw_only=True
    )
    caps: tuple[CapLine, ...] = field(
        default=(),
        converter=_as_caps,
        validator=tuple_of(CapLine, "a list of CapLine"),
        kw_only=True,
    )
    incomplete: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("ids of cases"), kw_only=True
    )

    def __repr__(self) -> str:
        result = [f"{plain(self.points)} points", counted(len(self.lines), "line")]
        if self.score is not None:
            result.insert(1, f"score {plain(self.score)}")
        if self.revoked:
            result.insert(1, "revoked")
        return f"<Appraisal of {self.manager!r} for {self.period}: {', '.join(result)}>"

    @property
    def losses(self) -> dict[str, Status]:
        """Which of its violations suspend or revoke the qualification, by their ids."""
        found = {}
        for line in self.lines:
            rulebook = self.rulebook_of(line)
            status = gravest(rulebook.consequence(id).status for id in line.consequences)
            if status.is_loss:
                found[line.violation.id] = status
        return found

    @property
    def status(self) -> Status:
        """The gravest that its violations lead to for the qualification, whatever its term.

        What holds on a day, by thresholds too, says
        :func:`~cmappraisal.accounts.qualification_on`.
        """
        return gravest(self.losses.values())

    @property
    def rulebooks(self) -> tuple[Rulebook, ...]:
        """The rulebooks it was scored by, in the order of the editions."""
        return self.standard.rulebooks

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook by which the period was closed."""
        return self.standard.closing(self.period.last).rulebook

    @property
    def decided(self) -> Policy:
        """The policy, with what that edition has of its own and what its clauses answer."""
        return Terms.of(self.standard.closing(self.period.last), self.policy).policy

    def rulebook_of(self, line: Line) -> Rulebook:
        """The rulebook that governs one of its lines.

        Args:
            line: The line.

        Raises:
            FieldError: ``line`` is no Line.
            RulebookError: The standard has no such edition.
        """
        fits = isinstance(line, Line)
        require("Appraisal.rulebook_of", "line", line, fits, "a Line")
        return self.standard.named(line.edition).rulebook

    def rule_of(self, line: Line) -> Rule:
        """The rule applied to one of its lines.

        Args:
            line: The line.

        Raises:
            FieldError: ``line`` is no Line.
            RulebookError: The standard has no such edition.
            UnknownRuleError: The rulebook has no such rule.
        """
        return self.rulebook_of(line)[line.rule]

    def part_of(self, subtotal: Subtotal) -> Part:
        """The part of one of its subtotals, as the latest edition that has it reads.

        Args:
            subtotal: The subtotal.

        Raises:
            FieldError: It is no Subtotal, or no edition has such a part.
        """
        fits = isinstance(subtotal, Subtotal)
        require("Appraisal.part_of", "subtotal", subtotal, fits, "a Subtotal")
        parts = {part.id: part for rulebook in self.rulebooks for part in rulebook.parts}
        parts |= {part.id: part for part in self.rulebook.parts}
        allowed = f"the id of a part: {', '.join(parts)}"
        require("Appraisal.part_of", "subtotal", subtotal, subtotal.part in parts, allowed)
        return parts[subtotal.part]

    @property
    def band(self) -> Grade | None:
        """The grade as the policy has it, with its wording and bounds; None without one."""
        return next((grade for grade in self.decided.grades if grade.id == self.grade), None)

    def value_of(self, reason: Reason) -> Any:
        """What a step read: the value of the field of a rule, clause or policy that it names.

        Args:
            reason: The reason of a step.

        Raises:
            FieldError: The argument is no reason, or its rule or clause has no such field.
            RulebookError: The standard has no such edition.
            UnknownRuleError: The rulebook has no such rule or clause.

        >>> from cmappraisal import ERROR_POINTS, Ledger, score
        >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
        >>> appraisal.value_of(Assumption("aggravation"))
        Multiply(factor=Decimal('2'))
        >>> appraisal.value_of(Provision("2.1", "penalty", edition="1.0")).points
        Decimal('1')
        """
        if isinstance(reason, Assumption):
            own = None if reason.edition is None else self.standard.named(reason.edition).policy
            return getattr(own or self.policy, reason.field)
        fits = isinstance(reason, Provision)
        require("Appraisal.value_of", "reason", reason, fits, "a Provision or an Assumption")
        provision = self.standard.named(reason.edition).rulebook.provision(reason.id)
        if isinstance(provision, Clause) and reason.field in provision.answers:
            return provision.answers[reason.field]
        fields = fields_of(provision)
        fits = reason.field in fields
        allowed = f'a field of "{reason.id}": {", ".join(fields)}'
        require("Appraisal.value_of", "reason", reason, fits, allowed)
        return getattr(provision, reason.field)

    def explain(self, language: Language = "en") -> str:
        """The appraisal as plain text that an employee can read and dispute.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            Lines of text, which report of each violation its date, rule, citation, arithmetic and
            reason, then the total, and what the policy decides.

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
