"""A second reading of the standard: what an appraisal has to be, worked out with nothing shared.

It follows the text of the design sentence by sentence, with loops over all pairs of violations and
without a table of stages, so that it is slow, short, and wrong in other ways than the library.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from cmappraisal import ERROR_POINTS, Rule
from cmappraisal.standards import Deduction, Referral, Unit

NAMED = 20


class Choices(NamedTuple):
    """A policy, as the corpus writes it."""

    aggravation: str
    unstated_unit: str
    discretion: str
    concurrence: str
    displacement: str
    pending_appeals: str
    counted_on: str
    full_marks: str | None
    floor: str | None
    graded: bool


class Fact(NamedTuple):
    """A violation and its fate, as the corpus writes it."""

    id: str
    rule: str
    day: str
    quantity: int
    circumstances: list[str]
    incident: str | None
    refers_to: str | None
    assessed: str | None
    recorded: str
    fate: str


class Sheet:
    """A violation on a sheet of paper, on which each step is written below the last."""

    def __init__(self, fact: Fact, choices: Choices) -> None:
        recorded = ERROR_POINTS[fact.rule]
        self.fact = fact
        refers = isinstance(recorded.penalty, Referral)
        self.rule: Rule = ERROR_POINTS[str(fact.refers_to)] if refers else recorded
        self.points = Decimal(0)
        self.steps: list[list[Any]] = []
        self.revokes = False
        self.suspended = fact.fate == "appealed" and choices.pending_appeals == "suspend"
        self.counts = not self.suspended
        if fact.fate == "appealed":
            effect = "appeal-suspends" if self.suspended else "appeal-counts"
            self.write(effect, 0, "policy.pending_appeals")
        if refers:
            self.write("referred", 0, f"{recorded.id}.penalty")
        if not self.suspended:
            self.judge(choices)

    def write(
        self,
        effect: str,
        points: Decimal | int,
        reason: str,
        circumstances: Iterable[str] = (),
        because_of: Iterable[str] = (),
    ) -> None:
        self.points = Decimal(points)
        named = sorted(because_of)[:NAMED]
        self.steps.append([effect, number(self.points), reason, list(circumstances), named])

    @property
    def is_unstated(self) -> bool:
        penalty = self.rule.penalty
        return isinstance(penalty, Deduction) and penalty.unit is Unit.UNSTATED

    def fitting(self, asked: frozenset[str]) -> list[str]:
        """The recorded circumstances that are asked for; a severe effect is an adverse one too."""
        found = []
        for circumstance in ERROR_POINTS.circumstances:
            also = {"adverse-effect"} if circumstance.id == "severe-effect" else set()
            if circumstance.id in self.fact.circumstances and asked & {circumstance.id, *also}:
                found.append(circumstance.id)
        return found

    def judge(self, choices: Choices) -> None:
        rule, fact = self.rule, self.fact
        heavier = self.fitting(frozenset(rule.aggravated_by))
        # Nothing but a revocation follows from this standard.
        asked = frozenset().union(*rule.consequences.values())
        revoking = self.fitting(asked)
        if isinstance(rule.penalty, Deduction):
            self.count(rule.penalty, bool(heavier), choices)
        else:
            self.write("no-points", 0, f"{rule.id}.penalty")
        if heavier:
            how = choices.aggravation
            amounts = {
                "*": lambda: self.points * Decimal(how[1:]),
                "+": lambda: self.points + Decimal(how[1:]),
                "a": lambda: Decimal(str(fact.assessed)),
            }
            self.write("aggravated", amounts[how[0]](), "policy.aggravation", heavier)
        idle = [
            circumstance.id
            for circumstance in ERROR_POINTS.circumstances
            if circumstance.id in fact.circumstances
            and circumstance.id not in heavier
            and circumstance.id not in revoking
        ]
        if idle:
            self.write("no-effect", self.points, f"{rule.id}.aggravated_by", idle)
        if revoking or (rule.consequences and not asked):
            self.revokes = True
            self.write("follows", self.points, f"{rule.id}.consequences", revoking)

    def count(self, penalty: Deduction, heavier: bool, choices: Choices) -> None:
        if self.is_unstated:
            units = self.fact.quantity if choices.unstated_unit == "per-occurrence" else 1
            self.write("unit-assumed", penalty.least * units, "policy.unstated_unit")
        else:
            stated = penalty.least * self.fact.quantity
            self.write("stated", stated, f"{self.rule.id}.penalty")
        assessor_sets_it_later = choices.aggravation == "assessed" and heavier
        if (
            self.fact.assessed is not None
            and penalty.discretionary
            and choices.discretion == "within-stated"
            and not assessor_sets_it_later
        ):
            self.write("assessed", Decimal(self.fact.assessed), "policy.discretion")


def chapter(rule: Rule) -> str:
    """The chapter that a rule stands in."""
    return rule.id.partition(".")[0]


def number(value: Decimal) -> str:
    """A number without trailing zeros or an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(facts: Iterable[Fact], choices: Choices, first: date, last: date) -> list[Fact]:
    """The violations of the period that have not been reversed."""
    on_day = Fact._fields.index("recorded" if choices.counted_on == "recorded" else "day")
    return [
        fact
        for fact in facts
        if fact.fate != "reversed" and first <= date.fromisoformat(str(fact[on_day])) <= last
    ]


def settle(sheets: list[Sheet], choices: Choices) -> None:
    """What the violations do to one another, each rule of the design after the other."""
    counting = [sheet for sheet in sheets if sheet.counts]
    for incident in {sheet.fact.incident for sheet in counting} - {None}:
        incident_sheets = [sheet for sheet in counting if sheet.fact.incident == incident]
        for sheet in incident_sheets:
            give_way(sheet, incident_sheets, choices)
        if choices.concurrence == "highest":
            keep_highest([sheet for sheet in incident_sheets if sheet.counts])
    if choices.unstated_unit == "once-a-period":
        for id in ERROR_POINTS:
            keep_once([sheet for sheet in sheets if sheet.counts and sheet.rule.id == id])


def give_way(sheet: Sheet, incident: list[Sheet], choices: Choices) -> None:
    special = [other.fact.id for other in incident if sheet.rule.id in other.rule.displaces]
    others = [
        other.fact.id
        for other in incident
        if not other.rule.residual and chapter(other.rule) == chapter(sheet.rule)
    ]
    if special and choices.displacement == "special-over-general":
        sheet.counts = False
        sheet.write("displaced", 0, "policy.displacement", because_of=special)
    elif others and sheet.rule.residual:
        sheet.counts = False
        sheet.write("gave-way", 0, f"{sheet.rule.id}.residual", because_of=others)


def keep_highest(incident: list[Sheet]) -> None:
    deducting = [sheet for sheet in incident if isinstance(sheet.rule.penalty, Deduction)]
    rules = [id for id in ERROR_POINTS if any(sheet.rule.id == id for sheet in deducting)]
    if len(rules) < 2:
        return
    sums = {id: sum(sheet.points for sheet in deducting if sheet.rule.id == id) for id in rules}
    # Of equal sums the first in the order of the standard.
    kept = next(id for id in rules if sums[id] == max(sums.values()))
    keeping = [sheet.fact.id for sheet in deducting if sheet.rule.id == kept]
    for sheet in deducting:
        if sheet.rule.id != kept:
            sheet.counts = False
            sheet.write("concurrent", 0, "policy.concurrence", because_of=keeping)


def keep_once(of_rule: list[Sheet]) -> None:
    if len(of_rule) < 2 or not of_rule[0].is_unstated:
        return
    heaviest = max(sheet.points for sheet in of_rule)
    kept = min(sheet.fact.id for sheet in of_rule if sheet.points == heaviest)
    for sheet in of_rule:
        if sheet.fact.id != kept:
            sheet.counts = False
            sheet.write("once-a-period", 0, "policy.unstated_unit", because_of=[kept])


def read(appraisal: dict[str, Any]) -> dict[str, Any]:
    """What the result of a row of the corpus has to be."""
    choices = Choices(*appraisal["policy"])
    first, last = map(date.fromisoformat, appraisal["period"])
    facts = [Fact(*row) for row in appraisal["violations"]]
    sheets = [Sheet(fact, choices) for fact in counted(facts, choices, first, last)]
    settle(sheets, choices)
    sheets.sort(key=lambda sheet: (sheet.fact.day, sheet.fact.id))
    total = sum((sheet.points for sheet in sheets), start=Decimal(0))
    revoked = any(sheet.revokes for sheet in sheets)
    score = None
    if choices.full_marks is not None and not revoked:
        score = Decimal(choices.full_marks) - total
        if choices.floor is not None:
            score = max(score, Decimal(choices.floor))
    grade = None
    if choices.graded and score is not None:
        grade = "A" if score >= 90 else "B" if score >= 60 else "C"
    parts = {part.id: Decimal(0) for part in ERROR_POINTS.parts}
    for sheet in sheets:
        parts[chapter(sheet.rule)] += sheet.points
    return {
        "points": number(total),
        "score": None if score is None else number(score),
        "grade": grade,
        "revoked": revoked,
        "subtotals": [number(points) for points in parts.values()],
        "lines": [
            [
                sheet.fact.id,
                sheet.rule.id,
                number(sheet.points),
                sheet.revokes,
                sheet.steps,
            ]
            for sheet in sheets
        ],
    }
