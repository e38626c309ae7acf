"""Staff rules: small standards of two levels with a general part, for the tests of reports."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from cmappraisal import (
    Act,
    Appraisal,
    Decided,
    Editions,
    Ledger,
    Merit,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Tenure,
    Text,
    Violation,
    score,
)
from cmappraisal.standards import (
    Award,
    Between,
    Circumstance,
    Clause,
    Consequence,
    Deduction,
    Part,
    Status,
    Unit,
)

YEAR = Period.year(2025)
AT = datetime(2025, 12, 30, 12, tzinfo=UTC)
LEVELS = [Text("章", "章", en="chapter"), Text("條", "条", en="section")]
LOSS = Circumstance("loss", Text("造成損失", "造成损失", en="a loss"))
PRESS = Circumstance("press", Text("見報", "见报", en="press reports"))
SELF = Circumstance("self", Text("自行發現", "自行发现", en="found by oneself"))
AT_ONCE = Circumstance("at-once", Text("當日改正", "当日改正", en="put right at once"))
LAWSUIT = Circumstance("lawsuit", Text("涉訟", "涉讼", en="a lawsuit"), implies=["press"])
CIRCUMSTANCES = [LOSS, PRESS, SELF, AT_ONCE, LAWSUIT]
CONSEQUENCES = [
    Consequence(
        "fine", Text("扣發績效", "扣发绩效", en="performance pay withheld"), money="200.50"
    ),
    Consequence(
        "revoked", Text("取消資格", "取消资格", en="qualification revoked"), status=Status.REVOKED
    ),
]
GENERAL = Text("總則", "总则", en="general provision")


def rule(id: str, penalty: Any, unit: Unit = Unit.OCCURRENCE, **fields: Any) -> Rule:
    wording = Text(f"條文 {id}", f"条文 {id}", en=f"wording of {id}")
    if isinstance(penalty, (int, str, Between)):
        penalty = Deduction(penalty, unit, discretionary=fields.pop("discretionary", False))
    return Rule(id, wording, penalty=penalty, citation=id, **fields)


def award(id: str, points: Any, unit: Unit = Unit.OCCURRENCE) -> Rule:
    wording = Text(f"條文 {id}", f"条文 {id}", en=f"wording of {id}")
    return Rule(id, wording, award=Award(points, unit), citation=id)


def book(*rules: Rule, edition: str = "1", clauses: Iterable[Clause] = ()) -> Rulebook:
    part = Part("2", Text("違規", "违规", en="breaches"), citation="2", rules=rules)
    return Rulebook(
        "own",
        edition,
        text=Text("員工守則", "员工守则", en="staff rules"),
        levels=LEVELS,
        circumstances=CIRCUMSTANCES,
        consequences=CONSEQUENCES,
        parts=[part],
        clauses=clauses,
    )


def clause(id: str = "G", citation: str = "1.4", **fields: Any) -> Clause:
    return Clause(id, GENERAL, citation=citation, **fields)


def found(id: str = "V-1", rule: str = "2.1", **fields: Any) -> Violation:
    given: dict[str, Any] = {"occurred_on": date(2025, 3, 2), **fields}
    return Violation(id, "RM-01", rule=rule, **given)


def merit(id: str, rule: str, **fields: Any) -> Merit:
    given: dict[str, Any] = {"occurred_on": date(2025, 3, 2), **fields}
    return Merit(id, "RM-01", rule=rule, **given)


def appraised_as(
    person: str, standard: Rulebook | Editions, *acts: Act, policy: Policy | None = None
) -> Appraisal:
    """The appraisal of the head of the one group."""
    ledger = Ledger(Recorded(act, at=AT) for act in acts)
    people = [Tenure("RM-01", "north"), Tenure(person, "north", role="head")]
    chosen = policy or Policy()
    return score(ledger, standard, YEAR, manager=person, policy=chosen, people=people)


def appraised(
    standard: Rulebook | Editions,
    *violations: Act,
    policy: Policy | None = None,
    appealed: bool = False,
    decided: Mapping[str, Any] | None = None,
) -> Appraisal:
    """The appraisal of violations, with an appeal against the first, and a decision on that."""
    ledger = Ledger(Recorded(violation, at=AT) for violation in violations)
    if appealed or decided:
        ledger = ledger.appeal(violations[0].id, at=AT, grounds="on leave")
    if decided:
        ledger = ledger.extend([Decided(violations[0].id, "heard", at=AT, **decided)])
    return score(ledger, standard, YEAR, manager="RM-01", policy=policy or Policy())
