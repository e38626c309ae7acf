"""What would have been agrees with what scoring makes of it."""

from collections.abc import Iterable
from itertools import combinations, islice
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger, score
from cmappraisal.caps import Counted
from cmappraisal.comparison import (
    Aspect,
    Attempt,
    Comparison,
    Result,
    Situation,
    compare,
    decisive,
    explain_comparison,
    explain_decisive,
    explain_sensitivity,
    sensitivity,
)
from cmappraisal.errors import AppraisalError, ComparisonError
from cmappraisal.interop.comparison_strategies import changed
from cmappraisal.interop.converters import decode, encode
from cmappraisal.interop.policy_strategies import aggravations
from cmappraisal.interop.strategies import situations
from cmappraisal.scoring.appraisals import Appraisal
from costly import costly

MOST = 5
"""The most violations of which all sets are scored here again."""

ORDERS = st.permutations(list(Aspect))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Situation, Situation]:
    situation = draw(situations())
    return situation, draw(changed(situation))


def compared(before: Situation, after: Situation, order: Iterable[Aspect]) -> Comparison | None:
    """The comparison; None where one in between cannot be scored."""
    try:
        return compare(before, after, order=order)
    except ComparisonError:
        return None


def of_caps(appraisal: Appraisal) -> Any:
    return sum(cap.points for cap in appraisal.caps if cap.of is Counted.DEDUCTIONS)


@given(pairs(), ORDERS)
def test_the_steps_add_up_to_the_whole(
    pair: tuple[Situation, Situation], order: list[Aspect]
) -> None:
    before, after = pair
    comparison = compared(before, after, order)
    if comparison is None:
        return
    assert comparison.before == Result.of(before)
    assert comparison.after == Result.of(after)
    assert sum(step.points for step in comparison.steps) == comparison.points
    assert sum(step.awards for step in comparison.steps) == comparison.awards
    assert comparison.after.points - comparison.before.points == comparison.points
    assert [step.aspect for step in comparison.steps] == [
        aspect for aspect in order if getattr(before, aspect.field) != getattr(after, aspect.field)
    ]
    scores = [comparison.before.score, *(step.after.score for step in comparison.steps)]
    if all(score is not None for score in scores):
        changes = [step.after.score - step.before.score for step in comparison.steps]  # type: ignore[operator]
        assert sum(changes) == scores[-1] - scores[0]  # type: ignore[operator]


@costly
@given(pairs())
def test_the_lines_and_the_caps_of_a_step_add_up_to_it(pair: tuple[Situation, Situation]) -> None:
    situation, after = pair
    comparison = compared(situation, after, Aspect)
    for step in comparison.steps if comparison else ():
        field = step.aspect.field
        with_it = attrs.evolve(situation, **{field: getattr(after, field)})
        left, right = situation.appraisal(), with_it.appraisal()
        situation = with_it
        changes = {of: sum(line.change for line in step.lines if line.of is of) for of in Counted}
        assert step.by_caps == of_caps(right) - of_caps(left)
        assert changes[Counted.DEDUCTIONS] + step.by_caps == step.points
        for appraisal, name in ((left, "before"), (right, "after")):
            points = {
                line.violation.id: line.points for line in (*appraisal.lines, *appraisal.merits)
            }
            assert all(getattr(line, name) == points.get(line.violation) for line in step.lines)
        listed = {line.violation for line in step.lines}
        lines = {line.violation.id: line.points for line in left.lines}
        assert all(
            lines.get(line.violation.id) == line.points
            for line in right.lines
            if line.violation.id not in listed
        )


@costly
@given(situations(), ORDERS)
def test_a_situation_does_not_differ_from_itself(situation: Situation, order: list[Aspect]) -> None:
    comparison = compare(situation, attrs.evolve(situation), order=order)
    assert comparison.steps == ()
    assert comparison.before == comparison.after == Result.of(situation)


@costly
@given(pairs(), ORDERS)
def test_the_opposite_order_goes_the_same_steps_backwards(
    pair: tuple[Situation, Situation], order: list[Aspect]
) -> None:
    before, after = pair
    there, back = compared(before, after, order), compared(after, before, order[::-1])
    assert (there is None) == (back is None)
    if there and back:
        assert back.points == -there.points
        assert back.awards == -there.awards
        assert [(step.aspect, step.before, step.after) for step in back.steps] == [
            (step.aspect, step.after, step.before) for step in there.steps[::-1]
        ]
    same = compared(after, before, order)
    if there and same:
        assert (same.points, same.before, same.after) == (-there.points, there.after, there.before)


def scored_with(situation: Situation, **policy: Any) -> Attempt:
    """What scoring makes of a situation with some fields of its policy changed."""
    try:
        changed = attrs.evolve(situation, policy=attrs.evolve(situation.policy, **policy))
        appraisal = score(
            changed.ledger,
            changed.standard,
            changed.period,
            manager=changed.manager,
            policy=changed.policy,
            people=changed.people,
            as_of=changed.as_of,
        )
        return Attempt(Result.of(changed, appraisal))
    except AppraisalError as error:
        return Attempt(problems=error.problems)


@costly
@given(situations(), st.lists(aggravations(), max_size=2))
def test_each_alternative_is_what_scoring_makes_of_it(
    situation: Situation, factors: list[Any]
) -> None:
    found = sensitivity(situation, {"aggravation": factors})
    assert Attempt(found.baseline) == scored_with(situation)
    for each in found.alternatives:
        assert each.attempt == scored_with(situation, **{each.field: each.choice})
        assert (each in found.deciding) is (each.attempt.result not in (None, found.baseline))


@costly
@given(situations())
def test_a_field_that_is_not_asked_changes_nothing(situation: Situation) -> None:
    found = sensitivity(situation)
    for name in found.answered:
        for choice in type(getattr(situation.policy, name)):
            attempt = scored_with(situation, **{name: choice})
            assert attempt.result in (None, found.baseline)


def reversed_in(situation: Situation, ids: Iterable[str]) -> Result | None:
    """What comes of reversals that are entered into the ledger; None where that is no score."""
    ledger = (
        situation.ledger if situation.as_of is None else situation.ledger.as_of(situation.as_of)
    )
    for id in ids:
        if ledger.case(id).is_upheld:
            ledger = ledger.reverse(id, at=list(ledger)[-1].at, reason="no breach")
    return scored_with(attrs.evolve(situation, ledger=ledger)).result


@costly
@given(situations(), st.data())
def test_decisive_sets_change_the_verdict_and_no_smaller_set_does(
    situation: Situation, data: st.DataObject
) -> None:
    cut = attrs.evolve(situation, ledger=Ledger(islice(situation.ledger, 2 * MOST)))
    appraisal, verdict = cut.appraisal(), Result.of(cut).verdict
    ids = [line.violation.id for line in appraisal.lines][:MOST]
    found = decisive(cut, among=ids)
    changing: dict[int, list[tuple[str, ...]]] = {1: [], 2: [], 3: []}
    for size, sets in changing.items():
        for each in combinations(ids, size):
            result = reversed_in(cut, each)
            if result is not None and result.verdict != verdict:
                sets.append(each)
    least = next(filter(None, changing.values()), [])
    assert [each.violations for each in found.sets] == least
    for reversal in (*found.sets, *found.unscored):
        assert reversal.attempt.result == reversed_in(cut, reversal.violations)


@costly
@given(situations())
def test_an_appeal_is_worth_what_its_ends_are_scored_at(situation: Situation) -> None:
    for appeal in decisive(situation, among=()).appeals:
        ledger = situation.ledger
        if situation.as_of is not None:
            ledger = ledger.as_of(situation.as_of)
        assert ledger.case(appeal.violation).is_under_appeal
        assert appeal.succeeded.result == reversed_in(situation, [appeal.violation])
        dismissed = ledger.dismiss(appeal.violation, at=list(ledger)[-1].at, reason="it was")
        assert appeal.dismissed == scored_with(attrs.evolve(situation, ledger=dismissed))


@costly
@given(pairs())
def test_results_come_back_from_json_and_read_in_every_language(
    pair: tuple[Situation, Situation],
) -> None:
    before, after = pair
    ids = [line.violation.id for line in before.appraisal().lines][:3]
    comparison = compared(before, after, Aspect)
    made: list[tuple[Any, Any]] = [
        (sensitivity(before), explain_sensitivity),
        (decisive(before, among=ids), explain_decisive),
        *([(comparison, explain_comparison)] if comparison else []),
    ]
    for value, explained in made:
        assert decode(encode(value), type(value)) == value
        assert all(explained(value, language) for language in ("zh-Hant", "zh-Hans", "en"))
    assert decode(encode(before), Situation, rulebooks=before.rulebooks) == before
