"""Scoring a second time: sentence by sentence, with loops and fractions, and nothing shared.

It takes from the library the values alone: standard, policy and the entries of a ledger. It reads
each entry, works out each day, finds each weight by trying it, and settles each incident by itself.
It is slow, and explains nothing; where it and the library differ, one of them has read the design
wrongly.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias

import attrs

from cmappraisal import (
    AwardEffect,
    Concurrence,
    Displacement,
    Edition,
    Editions,
    GoverningEdition,
    Ledger,
    Merit,
    Milestone,
    Period,
    Policy,
    RevokedResult,
    Rulebook,
    Tenure,
    UnstatedUnit,
)
from cmappraisal.standards import (
    Award,
    Counted,
    Deduction,
    Over,
    Part,
    Referral,
    Unit,
)
from second_judging import Line, judged, responsible_for
from second_known import (
    Known,
    cases_of,
    closing_edition,
    day_of,
    edition_on,
    editions_between,
    with_answers,
)

# What was scored.


@attrs.frozen
class Result:
    """What came out for one violation."""

    violation: str
    rule: str
    edition: str
    points: Fraction
    money: Fraction
    revokes: bool
    consequences: tuple[str, ...]
    effects: tuple[str, ...]
    answers_as: str | None
    earlier: tuple[str, ...]


@attrs.frozen
class Outcome:
    """What came out for one manager."""

    points: Fraction
    revoked: bool
    score: Fraction | None
    grade: str | None
    subtotals: dict[str, Fraction]
    results: tuple[Result, ...]
    caps: tuple[tuple[str, str, str | None, dict[str, Fraction], Fraction], ...]
    awards: Fraction
    merits: tuple[Result, ...]


# Several violations of one incident, and of one period.


NONE = Fraction(0)


def parts_of(rulebook: Rulebook, rule_id: str) -> list[str]:
    """The ids of the parts that a rule stands in, outermost first."""

    def within(parts: Iterable[Part]) -> list[str]:
        for part in parts:
            if any(rule.id == rule_id for rule in part.rules):
                return [part.id]
            deeper = within(part.parts)
            if deeper:
                return [part.id, *deeper]
        return []

    return within(rulebook.parts)


def policy_of_latest(lines: Sequence[Line], editions: Editions) -> Policy:
    """The policy that goes with the latest edition among lines."""
    latest = lines[0]
    for edition in editions.editions:
        for line in lines:
            if line.edition is edition:
                latest = line
    return latest.terms.policy


def settle_incident(lines: Sequence[Line], editions: Editions) -> list[Line]:
    """Displacement, the residual rule and concurrence; the lines that still count.

    Each rule is read in the edition of its line. What the policy says is that of the latest edition
    among the lines that are looked at.
    """
    counting = [line for line in lines if line.counts]
    if not counting:
        return []
    policy = policy_of_latest(counting, editions)
    remaining = []
    for line in counting:
        is_displaced = gives_way = False
        for other in counting:
            if (
                policy.displacement is Displacement.SPECIAL_OVER_GENERAL
                and line.rule.id in other.rule.displaces
            ):
                is_displaced = True
            if (
                line.rule.residual is not None
                and other.rule.id != line.rule.id
                and line.rule.residual in parts_of(other.terms.rulebook, other.rule.id)
            ):
                gives_way = True
        if is_displaced or gives_way:
            line.points = Fraction(0)
            line.effects.append("displaced" if is_displaced else "gave-way")
        else:
            remaining.append(line)
    if not remaining:
        return []
    policy = policy_of_latest(remaining, editions)
    # A rule without a penalty deducts nothing, so that it neither wins nor loses.
    remaining = [line for line in remaining if line.rule.penalty is not None]
    if policy.concurrence is Concurrence.CUMULATIVE:
        return remaining
    best, best_sum = None, None
    for line in sorted(remaining, key=place_of):
        of_rule = sum((each.points for each in remaining if each.rule.id == line.rule.id), NONE)
        if best_sum is None or of_rule > best_sum:
            best, best_sum = line.rule.id, of_rule
    for line in remaining:
        if line.rule.id != best:
            line.points = Fraction(0)
            line.effects.append("concurrent")
    return [line for line in remaining if line.rule.id == best]


def honoured_once(merits: Sequence[Line], editions: Editions) -> list[Line]:
    """Of the merits of one event, the highest; those that still count."""
    counting = [line for line in merits if line.counts]
    if len(counting) < 2:
        return counting
    if policy_of_latest(counting, editions).concurrence is Concurrence.CUMULATIVE:
        return counting
    best = counting[0]
    for line in counting:
        if line.points > best.points or (
            line.points == best.points and (place_of(line), line.id) < (place_of(best), best.id)
        ):
            best = line
    for line in counting:
        if line is not best:
            line.points = Fraction(0)
            line.effects.append("honoured-once")
    return [best]


def place_of(line: Line) -> int:
    """The place of the rule of a line in the order of its edition."""
    return list(line.terms.rulebook).index(line.rule.id)


def counts_once(line: Line) -> bool:
    """Whether the rule of a line counts once a period."""
    stated = line.rule.award or line.rule.penalty
    return (
        isinstance(stated, (Award, Deduction))
        and stated.unit is Unit.UNSTATED
        and line.terms.policy.unstated_unit is UnstatedUnit.ONCE_A_PERIOD
    )


def incident_of(case: Known) -> tuple[str, str]:
    """The incident, or one of its own."""
    if case.violation.incident is not None:
        return ("incident", case.violation.incident)
    return ("alone", case.violation.id)


# What a cap takes away: over what, of which, and from each outermost part.
Capped: TypeAlias = tuple[str, str | None, dict[str, Fraction]]


def settled(groups: Iterable[Sequence[Line]], editions: Editions) -> list[Line]:
    """The lines of several incidents, settled."""
    lines: list[Line] = []
    remaining: list[Line] = []
    for group in groups:
        lines += group
        remaining += settle_incident([line for line in group if not line.is_merit], editions)
        remaining += honoured_once([line for line in group if line.is_merit], editions)
    losing = []
    for line in remaining:
        for other in remaining:
            if (
                other is not line
                and counts_once(line)
                and counts_once(other)
                and other.rule.id == line.rule.id
                and (
                    other.points > line.points
                    or (other.points == line.points and other.id < line.id)
                )
            ):
                losing.append(line)
                break
    for line in losing:
        line.points = Fraction(0)
        line.effects.append("once-a-period")
    return lines


def cap_over(
    rulebook: Rulebook, of: Counted, over: Over, part: str | None = None
) -> Fraction | None:
    """What a clause allows at most over several violations, or several merits."""
    for clause in rulebook.clauses:
        cap = clause.cap
        if cap is not None and cap.of is of and cap.over is over and cap.part == part:
            return Fraction(cap.points)
    return None


def take(
    lines: Sequence[Line], left: dict[str, Fraction], most: Fraction | None
) -> dict[str, Fraction]:
    """Take from lines what they have left together above the most; what each outermost part loses.

    The part of the heaviest line loses first, then that of the heaviest line of another part.
    Within a part the same holds for the path of parts that a line stands in.
    """
    heaviest = sorted(lines, key=lambda line: (-line.points, place_of(line), line.id))
    ordered: list[Line] = []
    for head in heaviest:
        outermost = path_of(head)[0]
        of_part = [line for line in heaviest if path_of(line)[0] == outermost]
        for first in of_part:
            ordered += [
                line for line in of_part if path_of(line) == path_of(first) and line not in ordered
            ]
    more = sum((left[line.id] for line in lines), Fraction(0)) - (most or 0)
    lost: dict[str, Fraction] = {}
    for line in ordered if most is not None else ():
        less = min(left[line.id], more) if more > 0 else Fraction(0)
        left[line.id] -= less
        more -= less
        if less:
            part = path_of(line)[0]
            lost[part] = lost.get(part, Fraction(0)) - less
    return lost


def path_of(line: Line) -> list[str]:
    """The parts that the rule of a line stands in."""
    return parts_of(line.terms.rulebook, line.rule.id)


def capped_incidents(
    lines: Sequence[Line], left: dict[str, Fraction], editions: Editions, of: Counted
) -> list[Capped]:
    """What caps over incidents take away.

    The latest edition among the lines that deduct says how much is too much.
    """
    found: list[Capped] = []
    incidents: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.points > 0:
            incidents.setdefault(incident_of(line.case), []).append(line)
    for together in incidents.values():
        governing = together[0].edition
        for edition in editions.editions:
            if any(line.edition is edition for line in together):
                governing = edition
        lost = take(together, left, cap_over(governing.rulebook, of, Over.INCIDENT))
        found.append(("incident", together[0].case.violation.incident, lost))
    return found


def capped(
    lines: Sequence[Line], editions: Editions, closing: Rulebook, of: Counted
) -> list[Capped]:
    """What caps over several violations take away: over what, of which, from each part."""
    left = {line.id: line.points for line in lines}
    found = capped_incidents(lines, left, editions, of)
    rulebooks = [closing]
    rulebooks += [each.rulebook for each in reversed(editions.editions)]
    order: list[tuple[Part, Rulebook]] = []
    for rulebook in rulebooks:
        for part in reversed(rulebook.all_parts):
            if all(part.id != each.id for each, _ in order):
                # What stands within another is bounded first, whichever edition has it.
                after = [
                    place
                    for place, (other, _) in enumerate(order)
                    if any(
                        part in each.all_parts and each.id == other.id
                        for each in rulebook.all_parts
                    )
                ]
                order.insert(min(after, default=len(order)), (part, rulebook))
    for part, rulebook in order:
        most = cap_over(rulebook, of, Over.PART, part.id)
        if most is None and any(part.id == each.id for each in rulebook.parts):
            most = cap_over(rulebook, of, Over.PART)
        within = [line for line in lines if part.id in path_of(line)]
        found.append(("part", part.id, take(within, left, most)))
    lost = take(lines, left, cap_over(closing, of, Over.PERIOD))
    found.append(("period", None, lost))
    return [each for each in found if each[2]]


def milder_lines(
    cases: Sequence[Known], editions: Editions, policy: Policy, others: Sequence[Line]
) -> list[Line]:
    """The lines of an incident under the edition in force meanwhile that is the milder for it.

    An edition is tried for the violations between whose act and recording it was in force; the
    others keep the edition of their own day. Where none is milder than those of their own days,
    these govern; of others that are equally mild, the earliest does.
    """

    def lines_under(edition: Edition | None) -> list[Line]:
        lines = []
        for case in cases:
            governing = edition_on(editions, case.occurred_on)
            offered = edition is not None and edition in meanwhile(case, editions)
            if edition is not None and offered and states_role(case, edition):
                governing = edition
            lines.append(judged(case, governing, editions, policy, others))
        return lines

    def outcome_under(edition: Edition | None) -> tuple[bool, Fraction]:
        individual = settled([lines_under(edition)], editions)
        revokes = any(line.revokes for line in individual)
        left = {line.id: line.points for line in individual}
        capped_incidents(individual, left, editions, Counted.DEDUCTIONS)
        return revokes, sum(left.values(), Fraction(0))

    tried = [
        edition
        for edition in editions.editions
        if any(edition in meanwhile(case, editions) for case in cases)
    ]
    mildest = min(outcome_under(edition) for edition in tried)
    if outcome_under(None) == mildest:
        return lines_under(None)
    for edition in tried:
        if outcome_under(edition) == mildest:
            return lines_under(edition)
    raise AssertionError


def states_role(case: Known, edition: Edition) -> bool:
    """Whether an edition states the role in which somebody answers with the doer."""
    if case.role is None:
        return True
    rulebook = edition.rulebook
    rule = rulebook[case.violation.rule]
    if isinstance(rule.penalty, Referral):
        assert case.violation.refers_to is not None
        rule = rulebook[case.violation.refers_to]
    return case.role in {each.role for each in responsible_for(rule, rulebook)}


def meanwhile(case: Known, editions: Editions) -> list[Edition]:
    """The editions in force from the act to its recording."""
    return editions_between(editions, case.occurred_on, max(case.occurred_on, case.recorded_on))


def second_scoring(
    ledger: Ledger,
    standard: Rulebook | Editions,
    period: Period,
    policy: Policy,
    as_of: datetime | None = None,
    people: Sequence[Tenure | Milestone] = (),
) -> dict[str, Outcome]:
    """What comes out for each manager with a violation in the period."""
    editions = Editions([Edition(standard)]) if isinstance(standard, Rulebook) else standard
    closing = closing_edition(editions, period.last).rulebook
    decided = with_answers(closing, policy)
    by_manager: dict[str, list[Known]] = {}
    # What repetition counts comes under the edition of its own day, or of that of its recording.
    others = []
    for case in cases_of(ledger, as_of):
        day = case.occurred_on
        if decided.governing_edition is GoverningEdition.RECORDED:
            day = case.recorded_on
        others.append(judged(case, edition_on(editions, day), editions, policy))
    tenures = [each for each in people if isinstance(each, Tenure)]
    known = [each for each in tenures if as_of is None or is_known(each, as_of)]
    for case, own in zip(cases_of(ledger, as_of), others, strict=True):
        if period.first <= day_of(case, decided.counted_on) <= period.last:
            by_manager.setdefault(case.violation.manager, []).append(case)
            for person, role in answering(case, own, known).items():
                shared = attrs.evolve(case, answering=person, role=role)
                by_manager.setdefault(person, []).append(shared)
    return {
        manager: outcome_of(by_manager[manager], editions, closing, policy, decided, others)
        for manager in sorted(by_manager)
    }


def is_known(tenure: Tenure, as_of: datetime) -> bool:
    """Whether a tenure was known at a moment."""
    return tenure.known_from is None or tenure.known_from <= as_of


def holds(tenure: Tenure, day: date) -> bool:
    """Whether a tenure holds on a day."""
    begun = tenure.first is None or tenure.first <= day
    return begun and (tenure.last is None or tenure.last >= day)


def answering(case: Known, own: Line, people: Sequence[Tenure]) -> dict[str, str]:
    """Who answers with the doer: whoever holds a stated role in a group of the doer's, or above.

    The first stated role of a person counts.
    """
    day, doer = case.occurred_on, case.violation.manager
    there = [tenure for tenure in people if holds(tenure, day)]
    groups = {tenure.group for tenure in there if tenure.person == doer}
    above: set[str] = set()
    has_grown = True
    while has_grown:
        has_grown = False
        for tenure in there:
            higher = tenure.superior
            if (
                higher is not None
                and (tenure.person == doer or tenure.person in above)
                and higher not in above
                and higher != doer
            ):
                above.add(higher)
                has_grown = True
    found: dict[str, str] = {}
    for stated in responsible_for(own.rule, own.terms.rulebook):
        for tenure in there:
            is_over = tenure.group in groups or tenure.person in above
            if tenure.role == stated.role and tenure.person != doer and is_over:
                found.setdefault(tenure.person, stated.role)
    return found


def outcome_of(
    cases: Sequence[Known],
    editions: Editions,
    closing: Rulebook,
    policy: Policy,
    decided: Policy,
    others: Sequence[Line],
) -> Outcome:
    """What comes out for one manager."""
    incidents: dict[tuple[str, str], list[Known]] = {}
    for case in cases:
        incidents.setdefault(incident_of(case), []).append(case)
    groups = []
    for together in incidents.values():
        if decided.governing_edition is GoverningEdition.MILDER:
            # A merit keeps the edition of its day.
            merits = [case for case in together if isinstance(case.violation, Merit)]
            violations = [case for case in together if case not in merits]
            group = [
                judged(case, edition_on(editions, case.occurred_on), editions, policy)
                for case in merits
            ]
            if violations:
                group += milder_lines(violations, editions, policy, others)
            groups.append(group)
        else:
            recorded = decided.governing_edition is GoverningEdition.RECORDED
            groups.append(
                [
                    judged(
                        case,
                        edition_on(editions, case.recorded_on if recorded else case.occurred_on),
                        editions,
                        policy,
                        others,
                    )
                    for case in together
                ]
            )
    both = settled(groups, editions)
    both.sort(key=lambda line: (line.case.occurred_on, line.id))
    lines = [line for line in both if not line.is_merit]
    merits_lines = [line for line in both if line.is_merit]
    caps = capped(lines, editions, closing, Counted.DEDUCTIONS)
    points = sum((line.points for line in lines), Fraction(0))
    points += sum((off for cap in caps for off in cap[-1].values()), Fraction(0))
    award_caps = capped(merits_lines, editions, closing, Counted.AWARDS)
    awards = sum((line.points for line in merits_lines), Fraction(0))
    awards += sum((off for cap in award_caps for off in cap[-1].values()), Fraction(0))
    revoked = any(line.revokes for line in lines)
    raising = awards if decided.awards is AwardEffect.RAISE_SCORE else Fraction(0)
    score, grade = mark_of(points - raising, revoked, decided)
    subtotals: dict[str, Fraction] = {part.id: Fraction(0) for part in closing.parts}
    for line in lines:
        subtotals[parts_of(line.terms.rulebook, line.rule.id)[0]] += line.points
    for over, _, lost in caps:
        for part, off in lost.items() if over != "period" else ():
            subtotals[part] += off
    results = results_of(lines)
    all_caps = [
        (of, over, id, {} if over == "period" else lost, sum(lost.values(), Fraction(0)))
        for of, made in (("deductions", caps), ("awards", award_caps))
        for over, id, lost in made
    ]
    return Outcome(
        points,
        revoked,
        score,
        grade,
        subtotals,
        results,
        tuple(all_caps),
        awards,
        results_of(merits_lines),
    )


def results_of(lines: Sequence[Line]) -> tuple[Result, ...]:
    """What came out for each of several lines."""
    return tuple(
        Result(
            line.id,
            line.rule.id,
            line.edition.rulebook.edition,
            line.points,
            line.money,
            line.revokes,
            tuple(line.consequences),
            tuple(line.effects),
            line.role,
            line.earlier,
        )
        for line in lines
    )


def mark_of(points: Fraction, revoked: bool, policy: Policy) -> tuple[Fraction | None, str | None]:
    """Full marks less the points, and the band that holds them."""
    if policy.full_marks is None:
        return None, None
    if revoked and policy.revoked_result is RevokedResult.NONE:
        return None, None
    score = Fraction(policy.full_marks) - points
    if policy.floor is not None:
        score = max(score, Fraction(policy.floor))
        if revoked and policy.revoked_result is RevokedResult.LOWEST:
            score = Fraction(policy.floor)
    for grade in policy.grades:
        is_high_enough = grade.at_least is None or score >= Fraction(grade.at_least)
        if is_high_enough and (grade.below is None or score < Fraction(grade.below)):
            return score, grade.id
    return score, None
