"""Worked cases: violations written in a line, and every way of scoring asked about them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs

from cmappraisal import (
    ERROR_POINTS,
    Act,
    Appraisal,
    Concurrence,
    Displacement,
    Edition,
    Editions,
    Facts,
    Ledger,
    Merit,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    rescore,
    score,
    score_all,
    tally,
)
from cmappraisal.scoring import Judgement, Pipeline, Question, Terms
from cmappraisal.scoring.audits import disagreements
from cmappraisal.scoring.flaws import problems_of
from cmappraisal.scoring.judgements import Judged
from cmappraisal.standards import Between, Circumstance, Counted, Deduction, Over, Part, Unit

YEAR = Period.year(2025)
NOON = datetime(2026, 2, 1, 12, tzinfo=UTC)
TEXT = Text.same("words")

DEFAULT = Policy()
CUMULATIVE = Policy(concurrence=Concurrence.CUMULATIVE)
ONCE = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
SIDE_BY_SIDE = Policy(displacement=Displacement.NONE)


def honoured(id: str, rule: str, **fields: Any) -> Merit:
    given = {"manager": "RM-01", "occurred_on": date(2025, 3, 2), **fields}
    return Merit(id, rule=rule, **given)


def found(id: str, rule: str, **fields: Any) -> Violation:
    given = {"manager": "RM-01", "occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, rule=rule, **given)


def ledger_of(violations: Iterable[Act]) -> Ledger:
    return Ledger(Recorded(violation, at=NOON) for violation in violations)


def scored(
    ledger: Ledger,
    *,
    policy: Policy = DEFAULT,
    rulebook: Rulebook | Editions = ERROR_POINTS,
    period: Period = YEAR,
    as_of: datetime | None = None,
) -> Mapping[str, Appraisal]:
    """The appraisals, once every way of scoring is seen to agree on them."""
    appraisals = score_all(ledger, rulebook, period, policy=policy, as_of=as_of)
    assert dict(tally(ledger, rulebook, period, policy=policy, as_of=as_of)) == {
        manager: appraisal.points for manager, appraisal in appraisals.items()
    }
    for manager, appraisal in appraisals.items():
        assert appraisal.revoked == any(line.revokes for line in appraisal.lines)
        alone = score(ledger, rulebook, period, manager=manager, policy=policy, as_of=as_of)
        assert alone == appraisal
        assert rescore(appraisal, ledger) == appraisal
        assert list(disagreements(appraisal)) == []
        caps = [cap for cap in appraisal.caps if cap.of is Counted.DEDUCTIONS]
        capped = sum(cap.points for cap in caps)
        of_period = sum(cap.points for cap in caps if cap.over is Over.PERIOD)
        of_awards = sum(cap.points for cap in appraisal.caps if cap not in caps)
        assert appraisal.awards == sum(line.points for line in appraisal.merits) + of_awards
        of_parts = sum(subtotal.points for subtotal in appraisal.subtotals)
        assert appraisal.points == sum(line.points for line in appraisal.lines) + capped
        assert appraisal.points == of_parts + of_period
        for line in appraisal.lines:
            assert line.points == sum(step.change for step in line.steps)
    return appraisals


def counted(*violations: Violation, **fields: Any) -> dict[str, str]:
    """What each violation counts."""
    return counted_in(ledger_of(violations), **fields)


def counted_in(ledger: Ledger, **fields: Any) -> dict[str, str]:
    """What each violation in a ledger counts."""
    appraisals = scored(ledger, **fields)
    return {
        line.violation.id: str(line.points)
        for appraisal in appraisals.values()
        for line in appraisal.lines
    }


def i(id: str, rule: str, **fields: Any) -> Violation:
    """A violation within the one incident."""
    return found(id, rule, incident="I", **fields)


def terms_of(rulebook: Rulebook = ERROR_POINTS, policy: Policy = DEFAULT) -> Terms:
    """The terms of a rulebook that has no other edition."""
    return Terms.of(Edition(rulebook), policy)


def pipeline_of(rulebook: Rulebook = ERROR_POINTS, policy: Policy = DEFAULT) -> Pipeline:
    """The stages that a rulebook without another edition uses."""
    edition = Edition(rulebook)
    return Pipeline.of(Editions([edition]), policy, edition)


def facts_of(rule: str, **fields: Any) -> Facts:
    """Facts written as people write them."""
    circumstances = frozenset(fields.pop("circumstances", ()))
    for name in ("assessed_points", "decided_points", "decided_money"):
        if fields.get(name) is not None:
            fields[name] = Decimal(fields[name])
    return Facts(rule, circumstances=circumstances, **fields)


def question_of(facts: Facts, rulebook: Rulebook, policy: Policy = DEFAULT) -> Question:
    """What the individual stages look at, under a rulebook without another edition."""
    return Question.of(facts, terms_of(rulebook, policy))


def messages_of(facts: Facts, rulebook: Rulebook, policy: Policy = DEFAULT) -> list[str]:
    """What keeps facts from being judged."""
    return [problem.message for problem in problems_of(facts, terms_of(rulebook, policy))]


def judge(facts: Facts, rulebook: Rulebook, policy: Policy = DEFAULT) -> Judgement:
    """The judgement of facts that nothing keeps from being judged."""
    assert messages_of(facts, rulebook, policy) == []
    return pipeline_of(rulebook, policy).judge(facts)


def held_by(judged: Judged) -> tuple[object, ...]:
    """What the fields of a judgement hold; judgements themselves are told apart by identity."""
    assert isinstance(judged, Judgement)
    return attrs.astuple(judged, recurse=False)


def steps_of(judgement: Judgement) -> list[tuple[str, str]]:
    """The effect of each step, and the points after it."""
    return [(step.effect.value, str(step.points)) for step in judgement.steps]


# Small standards.


def rule(id: str, points: Any = None, unit: Unit = Unit.OCCURRENCE, **fields: Any) -> Rule:
    """A rule at the place that its id names, with points of one unit or with another penalty."""
    penalty = points
    if isinstance(points, (int, str, Decimal, Between)):
        penalty = Deduction(points, unit, discretionary=fields.pop("discretionary", False))
    return Rule(id, TEXT, penalty=penalty, citation=id, **fields)


def book(*rules: Rule, edition: str = "1", **fields: Any) -> Rulebook:
    """A standard in one part, with the circumstances that are named, in their order."""
    circumstances = [
        Circumstance(each, TEXT) if isinstance(each, str) else each
        for each in fields.pop("circumstances", ())
    ]
    given = {"levels": [TEXT] * 3, "parts": [Part("all", TEXT, rules=rules)], **fields}
    return Rulebook("own", edition, text=TEXT, circumstances=circumstances, **given)
