"""Doubts: what is dubious in a rulebook though nothing in it contradicts itself.

Each rule is tried with every set of the circumstances that it reads, at the extremes of quantity
and of what an assessor can set. So what is said of its amounts is proved for this rulebook, and
not only sampled; where there are too many sets, a doubt says that it is not proved.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from decimal import Decimal, localcontext
from itertools import compress, pairwise, product
from operator import lt

from attrs import evolve, frozen

from cmappraisal.caps import Cap, Over
from cmappraisal.fields import require_all
from cmappraisal.points import EXACT, MAXIMUM_QUANTITY, in_units, plain
from cmappraisal.policy import Policy
from cmappraisal.rulebooks import Rulebook
from cmappraisal.rules import Award, Deduction, Rule, excluding
from cmappraisal.scoring.facts import Facts
from cmappraisal.scoring.terms import Terms
from cmappraisal.scoring.weighing import Question
from cmappraisal.standards.editions import Edition
from cmappraisal.texts import ordinal
from cmappraisal.weights import Add, Multiply, SetTo

MAXIMUM_TRIED = 10
"""The most circumstances of one rule whose sets are all tried: a thousand sets, in a second."""

_ZERO = Decimal(0)
_DEFAULT = Policy()


class DoubtKind(enum.Enum):
    """What is dubious.

    >>> DoubtKind("unread") is DoubtKind.UNREAD
    True
    """

    NEVER_COUNTS = "never-counts"
    """A rule deducts nothing, whatever is recorded, and has no consequence; or awards nothing."""
    UNREAD = "unread"
    """No rule and no clause reads a circumstance, or names a consequence."""
    WITHOUT_WEIGHT = "without-weight"
    """A circumstance makes nothing heavier or lighter, or a role answers with nothing, though it is
    stated to."""
    WITHOUT_EFFECT = "without-effect"
    """No rule counts towards a cap, or another cap takes as much away."""
    BELOW_STATED = "below-stated"
    """An amount that makes a deduction heavier is below the stated one, or a cap is."""
    ABOVE_STATED = "above-stated"
    """An amount that makes a deduction lighter is above the stated one."""
    NO_MULTIPLE = "no-multiple"
    """A stated amount is no multiple of the smallest unit, so that it is always rounded."""
    LOWERS = "lowers"
    """A circumstance that makes a deduction heavier can leave fewer points."""
    FALLS = "falls"
    """A breach that comes again can leave fewer points than the time before."""
    NOT_PROVED = "not-proved"
    """There are too many sets of circumstances to try them all."""


@frozen
class Doubt:
    """Something in a rulebook that is dubious.

    Args:
        kind: What kind of doubt it is.
        path: Where, from ``$``, which is the rulebook.
        message: What is dubious, as one line of English.
    """

    kind: DoubtKind
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def doubts(rulebook: Rulebook, policy: Policy = _DEFAULT) -> tuple[Doubt, ...]:
    """What is dubious in a rulebook, though it can be scored by.

    Args:
        rulebook: The rulebook.
        policy: What is decided where the standard is silent.

    Returns:
        The doubts, in the order of the standard; none where there is nothing to look at again.

    Raises:
        FieldError: An argument has a value that it does not allow.
        PolicyError: The policy does not fit what the clauses answer.

    >>> from cmappraisal import ERROR_POINTS
    >>> doubts(ERROR_POINTS)
    ()
    """
    require_all(
        "doubts",
        ("rulebook", rulebook, isinstance(rulebook, Rulebook), "a Rulebook"),
        ("policy", policy, isinstance(policy, Policy), "a Policy"),
    )
    with localcontext(EXACT):
        terms = Terms.of(Edition(rulebook), policy)
        return (
            *_unread(rulebook),
            *(doubt for rule in rulebook.values() for doubt in _of_rule(rule, terms)),
            *_idle_roles(rulebook),
            *_idle_caps(rulebook),
        )


# What nothing reads.


def _unread(rulebook: Rulebook) -> Iterator[Doubt]:
    read = {
        id
        for provision in rulebook.provisions
        for id in (*provision.aggravated_by, *provision.mitigated_by)
    }
    read.update(
        id for rule in rulebook.values() for ids in rule.consequences.values() for id in ids
    )
    for circumstance in rulebook.circumstances:
        if not read & rulebook.implied_by([circumstance.id]):
            message = f'no rule and no clause reads circumstance "{circumstance.id}"'
            yield Doubt(DoubtKind.UNREAD, "$.circumstances", message)
    named = {id for rule in rulebook.values() for id in rule.consequences}
    for consequence in rulebook.consequences:
        if consequence.id not in named:
            message = f'no rule names consequence "{consequence.id}"'
            yield Doubt(DoubtKind.UNREAD, "$.consequences", message)


# What is stated of one rule.


def _of_rule(rule: Rule, terms: Terms) -> Iterator[Doubt]:
    if rule.award is not None:
        yield from _awarded(rule, rule.award, terms)
    if not isinstance(rule.penalty, Deduction):
        return
    yield from _stated(rule, rule.penalty, terms)
    yield from _weightless(rule, rule.penalty, terms)
    yield from _of_repetition(rule, rule.penalty, terms)
    yield from _tried(rule, terms)


def _doubt(kind: DoubtKind, rule: Rule, field: str, message: str) -> Doubt:
    return Doubt(kind, f'$["{rule.id}"].{field}', f'rule "{rule.id}" {message}')


def _stated(rule: Rule, penalty: Deduction, terms: Terms) -> Iterator[Doubt]:
    capped, smallest = terms.cap(rule), terms.policy.smallest_unit
    if capped is not None and 0 < capped[0].points < penalty.most:
        most = f"deducts up to {plain(penalty.most)} points for one unit"
        message = f"{most}, but at most {plain(capped[0].points)} for a violation"
        yield _doubt(DoubtKind.BELOW_STATED, rule, "cap", message)
    for amount in dict.fromkeys((penalty.least, penalty.most)):
        if smallest is not None and in_units(amount, smallest)[1]:
            message = f"deducts {plain(amount)} points, no multiple of {plain(smallest)}"
            yield _doubt(DoubtKind.NO_MULTIPLE, rule, "penalty", message)


def _awarded(rule: Rule, award: Award, terms: Terms) -> Iterator[Doubt]:
    capped = terms.cap(rule)
    if capped is None or capped[0].points >= award.points:
        return
    most = capped[0].points
    if most == 0:
        yield _doubt(DoubtKind.NEVER_COUNTS, rule, "award", "awards nothing, whatever is recorded")
    else:
        stated = f"awards {plain(award.points)} points for one unit"
        message = f"{stated}, but at most {plain(most)} for a merit"
        yield _doubt(DoubtKind.BELOW_STATED, rule, "cap", message)


def _weightless(rule: Rule, penalty: Deduction, terms: Terms) -> Iterator[Doubt]:
    for field, weights in (
        ("aggravated_by", terms.heavier(rule)),
        ("mitigated_by", terms.lighter(rule)),
    ):
        for id, source in weights.items():
            if (found := _flaw_of(source.weight, field, penalty)) is not None:
                kind, what = found
                yield _doubt(kind, rule, field, f'with "{id}" {what}')


def _flaw_of(weight: object, field: str, penalty: Deduction) -> tuple[DoubtKind, str] | None:
    is_heavier = field in ("aggravated_by", "again")
    match weight:
        case SetTo(points=points) if is_heavier and points <= penalty.least:
            what = f"deducts {plain(points)} points for one unit, not above {plain(penalty.least)}"
            return DoubtKind.BELOW_STATED, what
        case SetTo(points=points) if not is_heavier and points >= penalty.most:
            what = f"deducts {plain(points)} points for one unit, not below {plain(penalty.most)}"
            return DoubtKind.ABOVE_STATED, what
        case Multiply(factor=factor) if factor == 1:
            return DoubtKind.WITHOUT_WEIGHT, "multiplies by 1"
        case Add(points=points) if points == 0:
            return DoubtKind.WITHOUT_WEIGHT, "adds nothing"
    return None


def _of_repetition(rule: Rule, penalty: Deduction, terms: Terms) -> Iterator[Doubt]:
    stated = terms.again(rule)
    for time in stated[0].times if stated else ():
        if (found := _flaw_of(time.weight, "again", penalty)) is not None:
            kind, what = found
            yield _doubt(kind, rule, "again", f"from the {ordinal(time.nth)} time on {what}")


# What comes of trying every set of circumstances.


def _tried(rule: Rule, terms: Terms) -> Iterator[Doubt]:
    heavier = _bringing(terms.heavier(rule), terms.rulebook)
    relevant = _bringing({**terms.heavier(rule), **terms.lighter(rule)}, terms.rulebook)
    if len(relevant) > MAXIMUM_TRIED:
        message = (
            f"reads {len(relevant)} circumstances, more than {MAXIMUM_TRIED}; not proved is that "
            "one more that makes it heavier never leaves fewer points"
        )
        yield _doubt(DoubtKind.NOT_PROVED, rule, "aggravated_by", message)
        return
    sets = tuple(_sets(relevant, terms.rulebook))
    times = {
        nth: {ids: _extremes(rule, ids, terms, nth) for ids in sets} for nth in _times(rule, terms)
    }
    all_amounts = (each for of_time in times.values() for each in of_time.values())
    if not rule.consequences and not any(map(max, all_amounts)):
        message = "deducts nothing, whatever is recorded, and has no consequence"
        yield _doubt(DoubtKind.NEVER_COUNTS, rule, "penalty", message)
    for id in heavier:
        found = (_lowering(id, of_time) for of_time in times.values())
        lowering = next((ids for ids in found if ids is not None), None)
        if lowering is not None:
            given = f" beside {', '.join(sorted(lowering))}" if lowering else ""
            message = f'is made heavier by "{id}", which leaves fewer points{given}'
            yield _doubt(DoubtKind.LOWERS, rule, "aggravated_by", message)
    for earlier, later in pairwise(times):
        if any(_is_less(times[later][ids], times[earlier][ids]) for ids in sets):
            message = f"can deduct less the {ordinal(later)} time than the {ordinal(earlier)}"
            yield _doubt(DoubtKind.FALLS, rule, "again", message)


def _bringing(weights: Iterable[str], rulebook: Rulebook) -> tuple[str, ...]:
    """The circumstances that are, or imply, one that has a weight."""
    asked = frozenset(weights)
    return tuple(
        circumstance.id
        for circumstance in rulebook.circumstances
        if asked & rulebook.implied_by([circumstance.id])
    )


def _sets(ids: tuple[str, ...], rulebook: Rulebook) -> Iterator[frozenset[str]]:
    """Every set of circumstances of which each group has one at most."""
    for chosen in product((False, True), repeat=len(ids)):
        recorded = frozenset(compress(ids, chosen))
        if not excluding(rulebook.implied_by(recorded), rulebook.circumstances):
            yield recorded


def _times(rule: Rule, terms: Terms) -> tuple[int, ...]:
    """The first time, and those from which repetition weighs."""
    stated = terms.again(rule)
    return (1, *(time.nth for time in (stated[0].times if stated else ())))


def _extremes(rule: Rule, ids: frozenset[str], terms: Terms, nth: int) -> tuple[Decimal, ...]:
    """The points at the fewest and the most units, and of an assessor the least and the most."""
    found = []
    for quantity in (1, MAXIMUM_QUANTITY):
        facts = Facts(rule.id, quantity, ids, nth=nth)
        # Of what is open upwards, the least is looked at twice.
        least, most = Question.of(facts, terms).assessable or (None, None)
        for assessed in (least, least if most is None else most):
            question = Question.of(evolve(facts, assessed_points=assessed), terms)
            found.append(terms.capped(rule, question.chosen[2].again_rounded))
    return tuple(found)


def _lowering(id: str, amounts: dict[frozenset[str], tuple[Decimal, ...]]) -> frozenset[str] | None:
    """The circumstances beside which one more leaves fewer points; None where there are none."""
    for ids, before in amounts.items():
        after = amounts.get(ids | {id})
        if id not in ids and after is not None and _is_less(after, before):
            return ids
    return None


def _is_less(after: tuple[Decimal, ...], before: tuple[Decimal, ...]) -> bool:
    """Whether any amount is less than it was."""
    return any(map(lt, after, before))


# What clauses and rules state to no end.


def _idle_roles(rulebook: Rulebook) -> Iterator[Doubt]:
    """Who is stated to answer with the doer, and answers with no points."""
    for provision in rulebook.provisions:
        for responsibility in provision.responsible:
            if responsibility.weight in (Multiply(0), SetTo(0)):
                message = f'"{provision.id}" lets "{responsibility.role}" answer with no points'
                path = f'$["{provision.id}"].responsible'
                yield Doubt(DoubtKind.WITHOUT_WEIGHT, path, message)


def _idle_caps(rulebook: Rulebook) -> Iterator[Doubt]:
    """Caps of the general part that take nothing away."""
    caps = [(clause.id, clause.cap) for clause in rulebook.clauses if clause.cap is not None]
    for id, cap in caps:
        wider = (other for other in caps if _is_wider(other[1], cap, rulebook))
        another = next((by for by, each in wider if each.points <= cap.points), None)
        message = None
        if not any(_counts(rule, cap, rulebook) for rule in rulebook.values()):
            message = "though no rule counts towards it"
        elif another is not None:
            message = f'and "{another}" takes as much away'
        if message is not None:
            bounded = f"{plain(cap.points)} on {cap.of.text.en} over {cap.over.text.en}"
            stated = f'"{id}" has a cap of {bounded}, {message}'
            yield Doubt(DoubtKind.WITHOUT_EFFECT, f'$["{id}"].cap', stated)


def _counts(rule: Rule, cap: Cap, rulebook: Rulebook) -> bool:
    has_points = rule.award is not None or isinstance(rule.penalty, Deduction)
    counts = has_points and rule.counted is cap.of
    return counts and (cap.part is None or cap.part in rulebook.places[rule.id])


def _is_wider(other: Cap, cap: Cap, rulebook: Rulebook) -> bool:
    """Whether all that a cap bounds together is bounded together by another one too."""
    if other.of is not cap.of:
        return False
    if other.over is Over.PERIOD:
        return cap.over is not Over.PERIOD
    if other.over is not Over.PART or cap.over not in (Over.VIOLATION, Over.PART):
        return False
    if cap.over is Over.VIOLATION:
        return other.part is None
    paths = (places for places in rulebook.places.values() if cap.part in places)
    outer = next((places[: places.index(cap.part)] for places in paths), ())
    return bool(outer) if other.part is None else other.part in outer
