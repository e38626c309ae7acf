"""What the second scoring makes of one violation alone, by trying every weight that fits."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from cmappraisal import (
    Add,
    Assessed,
    CalendarSpan,
    Discretion,
    Edition,
    Editions,
    Merit,
    Multiply,
    PendingAppeals,
    Policy,
    Rounding,
    Rule,
    Rulebook,
    UnstatedUnit,
    Violation,
)
from cmappraisal.standards import (
    Again,
    Between,
    Clause,
    Counted,
    Deduction,
    Over,
    Part,
    Referral,
    Responsibility,
    Same,
    SetTo,
    Span,
    Status,
    Unit,
    Waive,
)
from second_known import Known, Terms, day_of, edition_on, last_day, terms_of

# What a step does, stage by stage. Within the stage of what makes heavier or lighter, it is first
# weighed, then rounded, and then said what had no effect.
STAGES = (
    ("appeal-counts", "appeal-suspends"),
    ("other-edition",),
    ("time-barred",),
    ("referred",),
    ("unit-assessed", "unit-raised", "unit-lowered", "unit-repeated"),
    ("counted", "stated", "unit-assumed", "assessed", "no-points"),
    ("aggravated", "aggravation-rounded", "no-effect", "aggravation-outweighed"),
    ("mitigated", "waived", "mitigation-rounded", "mitigation-outweighed"),
    ("repeated", "repetition-rounded"),
    ("decided",),
    ("shared", "share-rounded"),
    ("capped",),
    ("follows",),
)


# One violation alone.


@attrs.define(eq=False)
class Line:
    """A violation on its way through the stages."""

    case: Known
    edition: Edition
    terms: Terms
    rule: Rule
    counts: bool = True
    points: Fraction = Fraction(0)
    money: Fraction = Fraction(0)
    revokes: bool = False
    consequences: list[str] = attrs.Factory(list)
    effects: list[str] = attrs.Factory(list)
    earlier: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.case.violation.id

    @property
    def role(self) -> str | None:
        return self.case.role

    @property
    def is_merit(self) -> bool:
        return isinstance(self.case.violation, Merit)


def rounded(points: Fraction, policy: Policy) -> Fraction:
    """Points, rounded to the smallest unit where there is one."""
    if policy.smallest_unit is None:
        return points
    smallest = Fraction(policy.smallest_unit)
    units = points / smallest
    below = units.numerator // units.denominator
    rest = units - below
    half = Fraction(1, 2)
    if policy.rounding is Rounding.UP:
        is_up = rest > 0
    elif policy.rounding is Rounding.DOWN:
        is_up = False
    elif policy.rounding is Rounding.HALF_UP:
        is_up = rest >= half
    else:
        assert policy.rounding is Rounding.HALF_EVEN
        is_up = rest > half or (rest == half and below % 2 == 1)
    return (below + 1 if is_up else below) * smallest


def with_implied(rulebook: Rulebook, ids: frozenset[str]) -> list[str]:
    """Circumstances and all that they imply, in the order of the rulebook."""
    found = set(ids)
    has_grown = True
    while has_grown:
        has_grown = False
        for circumstance in rulebook.circumstances:
            if circumstance.id in found and not circumstance.implies <= found:
                found |= circumstance.implies
                has_grown = True
    return [each.id for each in rulebook.circumstances if each.id in found]


@attrs.frozen
class Weight:
    """A weight that fits, and which provision or policy states it."""

    stated_in: str
    weight: object


NOTHING = Weight("", None)


def provisions_of(rule: Rule, rulebook: Rulebook) -> list[Rule | Clause]:
    """What states weights for a rule: itself first, and the general part."""
    return [rule, *rulebook.clauses]


def weights_of(name: str, rule: Rule, terms: Terms, recorded: frozenset[str]) -> list[Weight]:
    """The weights that fit, each once, in the order in which the circumstances bring them."""
    left_open = terms.policy.aggravation if name == "aggravated_by" else terms.policy.mitigation
    found: list[Weight] = []
    for circumstance in terms.rulebook.circumstances:
        if circumstance.id not in recorded:
            continue
        for id in with_implied(terms.rulebook, frozenset([circumstance.id])):
            for provision in provisions_of(rule, terms.rulebook):
                if id in getattr(provision, name):
                    weight = getattr(provision, name)[id]
                    made = Weight(provision.id, weight) if weight else Weight("", left_open)
                    if made not in found:
                        found.append(made)
                    # The rule's own entry wins over that of a clause.
                    break
    return found


@attrs.frozen
class Amount:
    """The points of a violation, as two weights leave them, and what that took."""

    points: Fraction
    effects: tuple[str, ...]


def weighed(
    rule: Rule,
    violation: Violation | Merit,
    policy: Policy,
    heavier: object,
    lighter: object,
    again: object,
    is_of_whole: bool,
) -> Amount:
    """The points after the heavier weight, the lighter one and repetition; None for no weight.

    Where a circumstance asks for the assessor's amount of the whole violation, the amount given is
    that one, and none of one unit or by discretion.
    """
    deduction = rule.penalty
    assert isinstance(deduction, Deduction)
    effects = []
    assessed = None
    if violation.assessed_points is not None:
        assessed = Fraction(violation.assessed_points)
    # The amount of one unit.
    if isinstance(deduction.points, Between) and not is_of_whole:
        assert assessed is not None
        unit = assessed
        effects.append("unit-assessed")
    elif isinstance(deduction.points, Between):
        unit = Fraction(deduction.points.least)
    else:
        unit = Fraction(deduction.points)
    if isinstance(heavier, SetTo):
        unit = max(unit, Fraction(heavier.points))
        effects.append("unit-raised")
    if isinstance(lighter, SetTo):
        unit = min(unit, Fraction(lighter.points))
        effects.append("unit-lowered")
    if isinstance(again, SetTo):
        unit = max(unit, Fraction(again.points))
        effects.append("unit-repeated")
    # The quantity.
    quantity = violation.quantity
    if deduction.unit is Unit.UNSTATED:
        if policy.unstated_unit is not UnstatedUnit.PER_OCCURRENCE:
            quantity = 1
        effects.append("unit-assumed")
    else:
        effects.append("counted" if effects else "stated")
    points = unit * quantity
    if (
        deduction.discretionary
        and policy.discretion is Discretion.WITHIN_STATED
        and assessed is not None
        and not is_of_whole
    ):
        points = min(points, assessed)
        if isinstance(again, SetTo):
            points = max(points, Fraction(again.points) * quantity)
        effects.append("assessed")
    # Heavier.
    if isinstance(heavier, Multiply):
        points *= Fraction(heavier.factor)
    elif isinstance(heavier, Add):
        points += Fraction(heavier.points)
    elif isinstance(heavier, Assessed):
        assert assessed is not None
        # A cap lets an assessor set less than the points unaggravated; they still weigh so much.
        points = max(points, assessed)
    if heavier is not None and not isinstance(heavier, SetTo):
        effects.append("aggravated")
    if rounded(points, policy) != points:
        effects.append("aggravation-rounded")
    points = rounded(points, policy)
    # Lighter.
    if isinstance(lighter, Multiply):
        points *= Fraction(lighter.factor)
        effects.append("mitigated")
    elif isinstance(lighter, Waive):
        points = Fraction(0)
        effects.append("waived")
    if rounded(points, policy) != points:
        effects.append("mitigation-rounded")
    points = rounded(points, policy)
    # Once more.
    if isinstance(again, (Multiply, Add)):
        if isinstance(lighter, Waive):
            assert points == 0
        elif isinstance(again, Multiply):
            points *= Fraction(again.factor)
        else:
            points += Fraction(again.points)
        effects.append("repeated")
    if rounded(points, policy) != points:
        effects.append("repetition-rounded")
    points = rounded(points, policy)
    return Amount(points, tuple(effects))


def amount_of(
    rule: Rule, violation: Violation | Merit, terms: Terms, again: object, of_doer: bool
) -> Amount:
    """The points of a violation with the weights that act."""
    heavier_ones = weights_of("aggravated_by", rule, terms, violation.circumstances)
    lighter_ones = weights_of("mitigated_by", rule, terms, violation.circumstances)
    if not of_doer:
        lighter_ones = []
    is_of_whole = any(isinstance(each.weight, Assessed) for each in heavier_ones)
    most = None
    for heavier in heavier_ones or [NOTHING]:
        fewest = None
        for lighter in lighter_ones or [NOTHING]:
            amount = weighed(
                rule, violation, terms.policy, heavier.weight, lighter.weight, again, is_of_whole
            )
            if fewest is None or amount.points < fewest.points:
                fewest = amount
        assert fewest is not None
        if most is None or fewest.points > most.points:
            most = fewest
    assert most is not None
    effects = list(most.effects)
    effects += ["aggravation-outweighed"] * (len(heavier_ones) - 1)
    effects += ["mitigation-outweighed"] * (len(lighter_ones) - 1)
    if has_no_effect(rule, violation, terms):
        effects.append("no-effect")
    return attrs.evolve(most, effects=tuple(sorted(effects, key=stage_of)))


def stage_of(effect: str) -> int:
    """Where the stage of an effect comes in the order of stages."""
    return next(place for place, of_stage in enumerate(STAGES) if effect in of_stage)


def has_no_effect(rule: Rule, violation: Violation | Merit, terms: Terms) -> bool:
    """Whether a circumstance was recorded that the rule does not ask for."""
    asked: set[str] = set()
    for triggers in rule.consequences.values():
        asked |= triggers
    if rule.penalty is not None:
        for provision in provisions_of(rule, terms.rulebook):
            asked |= {*provision.aggravated_by, *provision.mitigated_by}
    return any(
        not asked & set(with_implied(terms.rulebook, frozenset([id])))
        for id in violation.circumstances
    )


def is_too_late(case: Known, rulebook: Rulebook) -> bool:
    """Whether a time limit of the general part had passed."""
    for clause in rulebook.clauses:
        limit = clause.limitation
        if limit is not None and day_of(case, limit.end) > last_day(
            day_of(case, limit.start), limit.months
        ):
            return True
    return False


def cap_of(rule: Rule, rulebook: Rulebook) -> Fraction | None:
    """A rule's own cap, else that of a clause about the same."""
    if rule.cap is not None:
        return Fraction(rule.cap.points)
    wanted = Counted.AWARDS if rule.award is not None else Counted.DEDUCTIONS
    for clause in rulebook.clauses:
        cap = clause.cap
        if cap is not None and cap.over is Over.VIOLATION and cap.of is wanted:
            return Fraction(cap.points)
    return None


def repetition_of(rule: Rule, rulebook: Rulebook) -> Again | None:
    """What a rule states of repetition, else what a clause does."""
    if rule.again is not None:
        return rule.again
    for clause in rulebook.clauses:
        if clause.again is not None:
            return clause.again
    return None


def responsible_for(rule: Rule, rulebook: Rulebook) -> Sequence[Responsibility]:
    """Who answers with the doer: whom the rule names, else whom a clause does."""
    if not isinstance(rule.penalty, Deduction):
        return ()
    if rule.responsible:
        return rule.responsible
    for clause in rulebook.clauses:
        if clause.responsible:
            return clause.responsible
    return ()


def part_holding(rule_id: str, rulebook: Rulebook) -> Part:
    """The part whose own rule it is."""
    for part in rulebook.all_parts:
        if any(rule.id == rule_id for rule in part.rules):
            return part
    raise LookupError(rule_id)


def is_of_same(again: Again, rule: Rule, rulebook: Rulebook, other: Line) -> bool:
    """Whether an earlier violation is of the rule, of its part or a part within, or of any rule."""
    if again.same is Same.RULE:
        return other.rule.id == rule.id
    if again.same is Same.ANY:
        return True
    wanted = part_holding(rule.id, rulebook).id
    return any(
        part.id == wanted and any(each.id == other.rule.id for each in part.all_rules)
        for part in other.terms.rulebook.all_parts
    )


def is_within(span: Span, earlier: date, later: date) -> bool:
    """Whether two days are in one stretch of the calendar, or so many months apart at most."""
    if span.months is not None:
        return last_day(earlier, span.months) >= later
    week = (earlier.isocalendar()[:2], later.isocalendar()[:2])
    fits = {
        CalendarSpan.WEEK: week[0] == week[1],
        CalendarSpan.MONTH: (earlier.year, earlier.month) == (later.year, later.month),
        CalendarSpan.QUARTER: (earlier.year, (earlier.month - 1) // 3)
        == (later.year, (later.month - 1) // 3),
        CalendarSpan.HALF_YEAR: (earlier.year, earlier.month > 6) == (later.year, later.month > 6),
        CalendarSpan.YEAR: earlier.year == later.year,
    }
    assert span.calendar is not None
    return fits[span.calendar]


def before(
    case: Known, again: Again, rule: Rule, rulebook: Rulebook, others: Sequence[Line]
) -> list[str]:
    """The ids of the violations that make one a repeated one, the latest first."""
    found = []
    span = again.within
    here = (day_of(case, span.by), case.violation.id)
    for other in others:
        there = (day_of(other.case, span.by), other.id)
        incident = other.case.violation.incident
        is_same_incident = incident is not None and incident == case.violation.incident
        if (
            other.case.violation.manager == case.violation.manager
            and there < here
            and is_within(span, there[0], here[0])
            and not is_same_incident
            and other.counts
            and not other.is_merit
            and "waived" not in other.effects
            and is_of_same(again, rule, rulebook, other)
        ):
            found.append(there)
    return [id for _, id in sorted(found, reverse=True)]


def judged(
    case: Known,
    edition: Edition,
    editions: Editions,
    policy: Policy,
    others: Sequence[Line] = (),
) -> Line:
    """One violation alone, under one edition, with others that may make it a repeated one."""
    edition_of_act = edition_on(editions, case.occurred_on)
    terms = terms_of(edition, policy)
    rulebook = terms.rulebook
    violation = case.violation
    recorded_rule = rulebook[violation.rule]
    rule = recorded_rule
    if isinstance(rule.penalty, Referral):
        assert violation.refers_to is not None
        rule = rulebook[violation.refers_to]
    line = Line(case, edition, terms, rule)
    if case.is_under_appeal and terms.policy.pending_appeals is PendingAppeals.SUSPEND:
        line.counts = False
        line.effects.append("appeal-suspends")
    elif case.is_under_appeal:
        line.effects.append("appeal-counts")
    if edition is not edition_of_act:
        line.effects.append("other-edition")
    if is_too_late(case, rulebook):
        line.counts = False
        line.effects.append("time-barred")
    if rule is not recorded_rule:
        line.effects.append("referred")
    if not line.counts:
        return line
    if isinstance(rule.penalty, Deduction):
        weight = None
        again = repetition_of(rule, rulebook)
        repeats = again is not None and case.role is None
        earlier = before(case, again, rule, rulebook, others) if again and repeats else []
        for time in again.times if again else ():
            if time.nth <= len(earlier) + 1:
                weight = time.weight
        if weight is not None:
            line.earlier = tuple(sorted(earlier[:20]))
        amount = amount_of(rule, violation, terms, weight, case.role is None)
        line.points = amount.points
        line.effects += amount.effects
    elif rule.award is not None:
        quantity = violation.quantity
        if rule.award.unit is Unit.UNSTATED:
            if terms.policy.unstated_unit is not UnstatedUnit.PER_OCCURRENCE:
                quantity = 1
            line.effects.append("unit-assumed")
        else:
            line.effects.append("stated")
        points = Fraction(rule.award.points) * quantity
        line.points = rounded(points, terms.policy)
        if line.points != points:
            line.effects.append("aggravation-rounded")
        if has_no_effect(rule, violation, terms):
            line.effects.append("no-effect")
    else:
        line.effects.append("no-points")
        if has_no_effect(rule, violation, terms):
            line.effects.append("no-effect")
    if case.decision is not None and case.decision.points is not None:
        line.points = Fraction(case.decision.points)
        line.effects.append("decided")
    for stated in responsible_for(rule, rulebook):
        if stated.role == case.role:
            share = stated.weight
            if isinstance(share, Multiply):
                line.points *= Fraction(share.factor)
            elif isinstance(share, Add):
                line.points += Fraction(share.points)
            else:
                line.points = Fraction(share.points)
            line.effects.append("shared")
            if rounded(line.points, terms.policy) != line.points:
                line.effects.append("share-rounded")
            line.points = rounded(line.points, terms.policy)
    cap = cap_of(rule, rulebook)
    if cap is not None and line.points > cap:
        line.points = cap
        line.effects.append("capped")
    if case.role is not None:
        return line
    recorded = with_implied(rulebook, violation.circumstances)
    for id, triggers in rule.consequences.items():
        consequence = next(each for each in rulebook.consequences if each.id == id)
        if not triggers or any(each in triggers for each in recorded):
            line.consequences.append(id)
            line.effects.append("follows")
            if consequence.status is Status.REVOKED:
                line.revokes = True
            if consequence.money is not None:
                line.money += Fraction(consequence.money)
    if case.decision is not None and case.decision.money is not None:
        line.money = Fraction(case.decision.money)
    return line
