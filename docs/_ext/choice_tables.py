"""What each choice of the policy makes of one small ledger: that of the example, as tables."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from tables import Cell, InLanguage, row, table, worded

from cmappraisal import Text, Violation
from cmappraisal.comparison import Alternative
from cmappraisal.points import plain
from cmappraisal.policy import label_of

sys.path.append(str(Path(__file__).parents[1] / "examples"))

import policy_choices

RULES = policy_choices.FIRST
CIRCUMSTANCES = {each.id: each.text for each in RULES.circumstances}
VIOLATION = Text("違規", "违规", en="Violation")
POINTS = Text("差錯積分", "差错积分", en="Points")
SCORE = Text("得分", "得分", en="Score")
FACTS_HEADER = (
    VIOLATION,
    Text("條款", "条款", en="Rule"),
    Text("事實", "事实", en="Facts"),
    Text("計分", "计分", en="Counts"),
)
CHOICES_HEADER = (
    Text("字段", "字段", en="Field"),
    Text("影響", "影响", en="Acts on"),
    Text("其他選項", "其他选项", en="Other choice"),
    POINTS,
    SCORE,
)
BASELINE_HEADER = (Text("客戶經理", "客户经理", en="Manager"), POINTS, SCORE)
QUANTITY = Text("數量 {}", "数量 {}", en="quantity {}")
INCIDENT = Text("事件 {}", "事件 {}", en="incident {}")
AMOUNT = Text("評定人核定 {} 分", "评定人核定 {} 分", en="assessor's amount {}")
CIRCUMSTANCE = Text("情節：{}", "情节：{}", en="{}")
NOW = Text("（現為：{}）", "（现为：{}）", en="(now: {})")
FROM = Text("{}：{} 分起", "{}：{} 分起", en="{}: from {}")
NONE = Text("無", "无", en="none")
UNSCORED = Text("不能計分", "不能计分", en="cannot be scored")


class ChoiceTable(InLanguage):
    """A table in the language of its page, or in English."""

    def filled(self, text: Text, *values: object) -> str:
        """A text with values in its places."""
        return self.say(text).format(*values)

    def score_of(self, score: Decimal | None) -> str:
        """A score, or that there is none."""
        return self.say(NONE) if score is None else plain(score)


class ChoiceFacts(ChoiceTable):
    """The violations of the ledger, with what each counts by the policy as it is."""

    def run(self) -> list[nodes.Node]:
        """The violations as a table."""
        appraisal = policy_choices.situation("RM-01").appraisal()
        counted = {line.violation.id: line.points for line in appraisal.lines}
        rows = [
            row(
                [
                    [fact.violation.id],
                    [fact.violation.rule, self.say(RULES[fact.violation.rule].text)],
                    [*self.details_of(fact.violation)],
                    [plain(counted[fact.violation.id])],
                ]
            )
            for fact in policy_choices.FACTS
        ]
        return [table(map(self.say, FACTS_HEADER), rows, [13, 47, 30, 10])]

    def details_of(self, violation: Violation) -> Iterator[str]:
        """What else is known of a violation."""
        if violation.quantity != 1:
            yield self.filled(QUANTITY, violation.quantity)
        for id in violation.circumstances:
            words = self.say(CIRCUMSTANCES[id]) if self.language else id
            yield self.filled(CIRCUMSTANCE, words)
        if violation.incident:
            yield self.filled(INCIDENT, violation.incident)
        if violation.assessed_points is not None:
            yield self.filled(AMOUNT, plain(violation.assessed_points))


class ChoicesTable(ChoiceTable):
    """Every other choice of each field, with the points and the score that result."""

    def run(self) -> list[nodes.Node]:
        """The choices as a table."""
        rows, before = [], None
        for each in policy_choices.alternatives():
            new = each.field != before
            rows.append(
                row([*self.named(each, new=new), self.said(each.choice), *self.figures(each)])
            )
            before = each.field
        return [table(map(self.say, CHOICES_HEADER), rows, [23, 13, 40, 12, 12])]

    def named(self, alternative: Alternative, *, new: bool) -> list[Cell]:
        """The field and the violations for which it matters, where a field begins."""
        if not new:
            return [[], []]
        field = alternative.field
        now = self.filled(NOW, self.default_of(field))
        return [[field, self.say(label_of(field)), now], policy_choices.acts_on(field)]

    def said(self, choice: object) -> list[str]:
        """A choice, as it is written and in words; bands by the scores at which they begin."""
        if isinstance(choice, tuple):
            return [self.filled(FROM, band.id, plain(band.at_least)) for band in choice]
        return [self.say(each) if isinstance(each, Text) else each for each in worded(choice)]

    def default_of(self, field: str) -> str:
        """What the policy of the example has, in words."""
        *_, words = self.said(getattr(policy_choices.BASE, field)) or [self.say(NONE)]
        return words

    def figures(self, alternative: Alternative) -> list[Cell]:
        """The points and the score that result, or that there are none."""
        result = alternative.attempt.result
        if result is None:
            return [[self.say(UNSCORED)], [self.say(NONE)]]
        score = self.score_of(result.score)
        return [[plain(result.points)], [score, *filter(None, [result.grade])]]


class ChoicesBaseline(ChoiceTable):
    """What the ledger comes to by the policy as it is."""

    def run(self) -> list[nodes.Node]:
        """One row for each of the two."""
        appraisals = [policy_choices.situation(each).appraisal() for each in ("RM-01", "RM-02")]
        rows = [
            row([[each.manager], [plain(each.points)], [self.score_of(each.score)]])
            for each in appraisals
        ]
        return [table(map(self.say, BASELINE_HEADER), rows, [34, 33, 33])]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives."""
    app.add_directive("choice-facts", ChoiceFacts)
    app.add_directive("choices-table", ChoicesTable)
    app.add_directive("choices-baseline", ChoicesBaseline)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
