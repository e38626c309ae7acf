"""Strategies: hypothesis strategies for every public type, for embedders' own tests.

Needs the extra ``hypothesis``. Where the package is installed, hypothesis knows them by an entry
point, so that ``from_type(Ledger)`` works in any test, with no import from here. A type on its own
is drawn so that it can be scored under :data:`~cmappraisal.ERROR_POINTS` and the default policy;
:func:`scenarios` draws a rulebook, a policy, a ledger and a period that go together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cmappraisal.calendars import WorkCalendar
from cmappraisal.cases import LIFE, Case
from cmappraisal.entries import Amended, Appealed, Dismissed, Entry, Recorded, Reversed
from cmappraisal.errors import Misfit, Problem
from cmappraisal.interop import record_strategies
from cmappraisal.interop import training_strategies as training
from cmappraisal.ledger import Ledger
from cmappraisal.merkle import MerkleTree
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, MAXIMUM_QUANTITY, PLACES
from cmappraisal.policy import (
    Add,
    Aggravation,
    Assessed,
    Assumption,
    Concurrence,
    CountedOn,
    Discretion,
    Displacement,
    Grade,
    Multiply,
    PendingAppeals,
    Policy,
    Silence,
    UnstatedUnit,
)
from cmappraisal.rules import (
    Circumstance,
    Citation,
    Deduction,
    Part,
    Penalty,
    Provision,
    Referral,
    Revocation,
    Rule,
    Rulebook,
    Unit,
)
from cmappraisal.scoring.appraisals import Appraisal, Line, Subtotal
from cmappraisal.scoring.judgements import (
    applied_rule,
    has_unstated_unit,
    is_discretionary,
    sets_aggravated,
    stated_points,
)
from cmappraisal.scoring.score import score_all
from cmappraisal.scoring.steps import Step
from cmappraisal.standards.error_points import ERROR_POINTS
from cmappraisal.texts import Text
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.certificates import CertificateStatus, Completion
from cmappraisal.training.compliance import AttendanceRate, Compliance
from cmappraisal.training.courses import (
    Course,
    Curriculum,
    LapsesAfter,
    LapsesYearly,
    NeverLapses,
)
from cmappraisal.training.needs import Need, training_needs
from cmappraisal.training.performance import Component, Performance
from cmappraisal.training.plans import Activity, CareerStage, Quota, Target, TrainingPlan
from cmappraisal.training.records import Attendance, Delivered, TestResult
from cmappraisal.training.requirements import Counts, Requirement
from cmappraisal.training.resources import Room, Trainer
from cmappraisal.training.schedules import Change, Rescheduled, Schedule
from cmappraisal.training.sessions import Session
from cmappraisal.training.shortfalls import Shortfall
from cmappraisal.training.templates import ASK
from cmappraisal.training.trainees import Group, Trainee
from cmappraisal.violations import Violation

_DEFAULT = Policy()
_YEAR = Period.year(2025)
_MANAGERS = ("RM-01", "RM-02")
_INCIDENTS = ("I-1", "I-2")
_ZONES = (UTC, timezone(timedelta(hours=8)), timezone(-timedelta(hours=9, minutes=30)))
_PAUSES = st.sampled_from([timedelta(0), timedelta(seconds=1), timedelta(1), timedelta(30)])
_REASONS = st.sampled_from(["found in review", "複核後更正"])
_BYS = st.sampled_from([None, "HR-1", "HR-2"])


def _words(*categories: Any) -> SearchStrategy[str]:
    # Fillers of hangul are letters that nobody sees; no wording and no id takes them.
    letters = st.characters(categories=categories, exclude_characters="\u115f\u1160\u3164\uffa0")
    return st.text(letters, min_size=1, max_size=12)


def identifiers() -> SearchStrategy[str]:
    """Ids: short strings on one line, Chinese among them."""
    return _words("L", "N", "P", "S")


def texts() -> SearchStrategy[Text]:
    """Texts in three languages."""
    wordings = _words("L", "N")
    return st.builds(Text, wordings, wordings, en=wordings)


def points(least: Decimal | int = 0, most: Decimal | int = 100) -> SearchStrategy[Decimal]:
    """Points: whole, half, or of up to four decimal places.

    Args:
        least: The fewest.
        most: The most.
    """
    exact = st.decimals(least, most, places=PLACES)
    first, last = math.ceil(2 * least), math.floor(2 * most)
    if first > last:
        return exact
    return st.integers(first, last).map(lambda half: EXACT.multiply(half, Decimal("0.5"))) | exact


def periods(within: Period = _YEAR) -> SearchStrategy[Period]:
    """Periods.

    Args:
        within: The period that they lie in.
    """
    days = st.dates(within.first, within.last)
    return st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))


def moments() -> SearchStrategy[datetime]:
    """Datetimes with a time zone, in and around the year 2025."""
    return st.datetimes(
        datetime(2024, 12, 1),  # noqa: DTZ001
        datetime(2026, 2, 1),  # noqa: DTZ001
        timezones=st.sampled_from(_ZONES),
    )


def circumstances() -> SearchStrategy[Circumstance]:
    """Circumstances that imply none."""
    return st.builds(Circumstance, identifiers(), texts())


def citations() -> SearchStrategy[Citation]:
    """Citations."""
    ordinals = st.integers(1, 40)
    limbs = st.none() | st.sampled_from("abc")
    return st.builds(Citation, ordinals, ordinals, limb=limbs)


def deductions() -> SearchStrategy[Deduction]:
    """Deductions of every unit, discretionary ones among them."""
    return st.builds(
        Deduction, points(Decimal("0.5"), 50), st.sampled_from(Unit), discretionary=st.booleans()
    )


@st.composite
def rulebooks(draw: DrawFn) -> Rulebook:
    """Rulebooks with every kind of penalty, trigger and tie between rules."""
    declared = draw(_declared())
    circumstance_ids = [circumstance.id for circumstance in declared]
    triggers = st.frozensets(st.sampled_from(circumstance_ids)) if declared else st.just(())
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    # Whatever a rule may give way to comes after it here, so that no circle can close.
    residual = [(number, 0) for number in range(len(sizes)) if draw(st.booleans())]
    others = [
        (number, place)
        for number, size in enumerate(sizes)
        for place in range(size)
        if (number, place) not in residual
    ]
    rules: dict[tuple[int, int], Rule] = {}
    costing: list[str] = []
    for number, place in (*residual, *others):
        citation = Citation(number + 1, place + 1)
        kinds = ["deduction", "deduction", "revocation"]
        if costing:
            kinds.append("referral")
        kind = draw(st.sampled_from(kinds)) if (number, place) in others else "deduction"
        ties = st.lists(st.sampled_from(costing), unique=True) if costing else st.just([])
        penalty: Penalty
        if kind == "referral":
            to = draw(st.lists(st.sampled_from(costing), min_size=1, unique=True))
            penalty = Referral(to=sorted(to))
        else:
            penalty = Revocation() if kind == "revocation" else draw(deductions())
        rules[number, place] = Rule(
            str(citation),
            Text(f"第{citation}條", f"第{citation}条", en=f"Rule {citation}"),
            penalty=penalty,
            citation=citation,
            aggravated_by=draw(triggers) if kind == "deduction" else (),
            revoked_by=draw(triggers) if kind == "deduction" else (),
            displaces=draw(ties) if kind != "referral" else (),
            residual=(number, place) in residual,
        )
        if kind != "referral":
            costing.append(str(citation))
    parts = [
        Part(
            number,
            Text(f"第{number}章", f"第{number}章", en=f"Part {number}"),
            rules=[rules[number - 1, place] for place in range(size)],
        )
        for number, size in enumerate(sizes, start=1)
    ]
    return Rulebook(
        draw(identifiers()), "1.0", text=draw(texts()), circumstances=declared, parts=parts
    )


@st.composite
def _declared(draw: DrawFn) -> list[Circumstance]:
    declared: list[Circumstance] = []
    for number in range(draw(st.integers(0, 4))):
        earlier = [circumstance.id for circumstance in declared]
        implies = draw(st.frozensets(st.sampled_from(earlier))) if earlier else ()
        text = Text(f"情節{number}", f"情节{number}", en=f"circumstance {number}")
        declared.append(Circumstance(f"circumstance-{number}", text, implies=implies))
    return declared


def parts() -> SearchStrategy[Part]:
    """Chapters of rulebooks."""
    return rulebooks().flatmap(lambda rulebook: st.sampled_from(rulebook.parts))


def rules() -> SearchStrategy[Rule]:
    """Rules of rulebooks."""
    return rulebooks().flatmap(
        lambda rulebook: st.sampled_from(list(rulebook)).map(rulebook.__getitem__)
    )


def violations(
    rulebook: Rulebook = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    ids: SearchStrategy[str] | None = None,
    managers: Sequence[str] = _MANAGERS,
    incidents: Sequence[str] = _INCIDENTS,
    period: Period = _YEAR,
) -> SearchStrategy[Violation]:
    """Violations that a rulebook and a policy can score.

    Args:
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        ids: Ids to draw from.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When they occur.
    """
    declared = [circumstance.id for circumstance in rulebook.circumstances]
    own_ids = identifiers() if ids is None else ids
    managed_by = st.sampled_from(managers)
    # Rules tied to others, and those that state no unit, are few, yet do the most to one another.
    tied = [
        rule.id
        for rule in rulebook.values()
        if rule.residual or rule.displaces or has_unstated_unit(rule)
    ]
    recorded_under = st.sampled_from([*rulebook, *tied, *tied])
    found = st.frozensets(st.sampled_from(declared)) if declared else st.just(frozenset[str]())
    within = st.sampled_from([None, *incidents, *incidents])
    days = st.dates(period.first, period.last)
    quantities = st.integers(1, 3) | st.integers(1, MAXIMUM_QUANTITY)
    notes = st.sampled_from(["", "see the file", "詳見卷宗"])

    @st.composite
    def drawn(draw: DrawFn) -> Violation:
        recorded = rulebook[draw(recorded_under)]
        to = recorded.penalty.to if isinstance(recorded.penalty, Referral) else ()
        bare = Violation(
            draw(own_ids),
            draw(managed_by),
            rule=recorded.id,
            occurred_on=draw(days),
            quantity=draw(quantities),
            circumstances=draw(found),
            incident=draw(within),
            refers_to=draw(st.sampled_from(to)) if to else None,
            note=draw(notes),
        )
        rule = applied_rule(bare, rulebook)
        stated = stated_points(rule, bare.quantity, policy)
        if sets_aggravated(bare, rule, rulebook, policy):
            return evolve(bare, assessed_points=EXACT.add(stated, draw(points())))
        if is_discretionary(rule, policy):
            return evolve(bare, assessed_points=draw(st.none() | points(0, stated)))
        return bare

    return drawn()


def ledgers(
    rulebook: Rulebook = ERROR_POINTS,
    policy: Policy = _DEFAULT,
    *,
    managers: Sequence[str] = _MANAGERS,
    incidents: Sequence[str] = _INCIDENTS,
    period: Period = _YEAR,
    min_size: int = 0,
    max_size: int = 12,
) -> SearchStrategy[Ledger]:
    """Ledgers that a rulebook and a policy can score, with cases in every state of their life.

    Args:
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        managers: Ids of relationship managers to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        period: When the violations occur.
        min_size: The fewest entries.
        max_size: The most entries.
    """
    recordable = violations(
        rulebook,
        policy,
        ids=st.just("V"),
        managers=managers,
        incidents=incidents,
        period=period,
    )

    @st.composite
    def drawn(draw: DrawFn) -> Ledger:
        ledger = Ledger()
        at = draw(moments())
        for number in range(draw(st.integers(min_size, max_size))):
            at += draw(_PAUSES)
            moves = [("", Recorded)] * 2 + [
                (case.violation.id, kind)
                for case in ledger.cases()
                for state, kind in LIFE
                if state is case.state
            ]
            id, kind = draw(st.sampled_from(moves))
            by = draw(_BYS)
            entry: Entry
            if kind is Appealed:
                entry = Appealed(id, draw(_REASONS), at=at, by=by)
            elif kind is Dismissed:
                entry = Dismissed(id, draw(_REASONS), at=at, by=by)
            elif kind is Reversed:
                entry = Reversed(id, draw(_REASONS), at=at, by=by)
            elif kind is Amended:
                entry = Amended(evolve(draw(recordable), id=id), draw(_REASONS), at=at, by=by)
            else:
                violation = evolve(draw(recordable), id=f"V-{number}")
                # Company in an incident is what displacement and concurrence are about.
                company = draw(st.sampled_from([violation, *ledger.upheld()]))
                entry = Recorded(
                    evolve(violation, manager=company.manager, incident=company.incident),
                    at=at,
                    by=by,
                )
            ledger = ledger.extend([entry])
        return ledger

    return drawn()


def entries(kind: type[Entry]) -> SearchStrategy[Entry]:
    """Entries of one kind, as they come in ledgers.

    Args:
        kind: Recorded, Amended, Appealed, Dismissed or Reversed.
    """
    prose = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))
    ids = identifiers()
    by = st.none() | ids
    if kind is Recorded:
        return st.builds(Recorded, violations(), at=moments(), by=by)
    if kind is Amended:
        return st.builds(Amended, violations(), prose, at=moments(), by=by)
    return st.builds(kind, ids, prose, at=moments(), by=by)


def cases() -> SearchStrategy[Case]:
    """Cases of ledgers, in every state."""
    return ledgers(min_size=1).flatmap(
        lambda ledger: st.sampled_from([case.violation.id for case in ledger.cases()]).map(
            ledger.case
        )
    )


def aggravations() -> SearchStrategy[Aggravation]:
    """Every alternative of aggravation."""
    return st.one_of(
        st.builds(Multiply, points(1, 5)), st.builds(Add, points(0, 20)), st.builds(Assessed)
    )


@st.composite
def grades(
    draw: DrawFn, floor: Decimal | None = _DEFAULT.floor, full_marks: Decimal = Decimal(100)
) -> tuple[Grade, ...]:
    """Bands that cover every score without gap or overlap, in any order.

    Args:
        floor: The lowest score; None for no floor.
        full_marks: The highest score.
    """
    least = Decimal(0) if floor is None else floor
    cuts = sorted(draw(st.sets(points(least, full_marks), max_size=4)) - {least})
    lowest = draw(st.sampled_from([None, *([] if floor is None else [floor])]))
    bands = [
        Grade(f"G{number}", at_least=at_least, below=below)
        for number, (at_least, below) in enumerate(zip([lowest, *cuts], [*cuts, None], strict=True))
    ]
    return tuple(draw(st.permutations(bands)))


@st.composite
def policies(draw: DrawFn) -> Policy:
    """Policies, with every alternative of every field."""
    full_marks = draw(st.none() | st.just(Decimal(100)) | points(0, 1000))
    floor = draw(st.none() | st.just(Decimal(0)) | points(-100, full_marks or Decimal(0)))
    bands = () if full_marks is None else draw(st.just(()) | grades(floor, full_marks))
    return Policy(
        aggravation=draw(aggravations()),
        unstated_unit=draw(st.sampled_from(UnstatedUnit)),
        discretion=draw(st.sampled_from(Discretion)),
        concurrence=draw(st.sampled_from(Concurrence)),
        displacement=draw(st.sampled_from(Displacement)),
        pending_appeals=draw(st.sampled_from(PendingAppeals)),
        counted_on=draw(st.sampled_from(CountedOn)),
        full_marks=full_marks,
        floor=floor,
        grades=bands,
    )


def assumptions() -> SearchStrategy[Assumption]:
    """What a step can read from a policy."""
    names = ("aggravation", "unstated_unit", "discretion", "concurrence", "displacement")
    return st.builds(
        lambda policy, name: Assumption(name, getattr(policy, name)),
        policies(),
        st.sampled_from((*names, "pending_appeals")),
    )


def provisions() -> SearchStrategy[Provision]:
    """What a step can read from a standard."""
    return rulebooks().flatmap(
        lambda rulebook: st.builds(
            Provision.of,
            st.just(rulebook),
            st.sampled_from(list(rulebook)),
            st.sampled_from(Provision.FIELDS),
        )
    )


@frozen
class Scenario:
    """A rulebook, a policy, a ledger and a period that go together.

    Args:
        rulebook: The standard.
        policy: What is decided where the standard is silent.
        ledger: What happened; every violation in it can be scored.
        period: Days that some of the violations may fall in.
    """

    rulebook: Rulebook = field(
        repr=lambda book: "ERROR_POINTS" if book is ERROR_POINTS else repr(book)
    )
    policy: Policy
    ledger: Ledger = field(repr=lambda ledger: f"Ledger({list(ledger)!r})")
    period: Period

    def appraisals(self, as_of: datetime | None = None) -> dict[str, Appraisal]:
        """The appraisals of every manager, by id.

        Args:
            as_of: Only what was known at this moment; None for everything.
        """
        return dict(
            score_all(self.ledger, self.rulebook, self.period, policy=self.policy, as_of=as_of)
        )


@st.composite
def scenarios(
    draw: DrawFn,
    *,
    policies: SearchStrategy[Policy] = policies(),  # noqa: B008
    incidents: Sequence[str] = _INCIDENTS,
    min_size: int = 0,
) -> Scenario:
    """Scenarios: everything that scoring takes, drawn to go together.

    Args:
        policies: The policies to draw from.
        incidents: Ids of incidents to draw from; some violations have none.
        min_size: The fewest entries of the ledger.
    """
    rulebook = draw(st.just(ERROR_POINTS) | rulebooks())
    policy = draw(policies)
    ledger = draw(ledgers(rulebook, policy, incidents=incidents, min_size=min_size))
    # Recordings may fall a year after the last occurrence, and count there by RECORDED.
    whole = Period(date(2024, 1, 1), date(2027, 12, 31))
    return Scenario(rulebook, policy, ledger, draw(st.sampled_from([whole, _YEAR]) | periods()))


def appraisals() -> SearchStrategy[Appraisal]:
    """Appraisals, as scoring makes them."""
    return scenarios(min_size=1).map(
        lambda scenario: next(
            iter(
                score_all(
                    scenario.ledger,
                    scenario.rulebook,
                    scenario.period,
                    managers=_MANAGERS,
                    policy=scenario.policy,
                ).values()
            )
        )
    )


@st.composite
def lines(draw: DrawFn) -> Line:
    """Lines of appraisals."""
    violation = draw(violations())
    ledger = Ledger().record(violation, at=draw(moments()))
    appraisal = score_all(ledger, ERROR_POINTS, _YEAR)[violation.manager]
    return appraisal.lines[0]


def steps() -> SearchStrategy[Step]:
    """Steps of lines."""
    return lines().flatmap(lambda line: st.sampled_from(line.steps))


def subtotals() -> SearchStrategy[Subtotal]:
    """Subtotals of appraisals."""
    return appraisals().flatmap(lambda appraisal: st.sampled_from(appraisal.subtotals))


def needs() -> SearchStrategy[Need]:
    """Needs of appraisals."""
    whole = appraisals().map(lambda appraisal: training_needs(appraisal, ASK.curriculum))
    return whole.filter(bool).flatmap(st.sampled_from)


_WORDS = _words("L", "N")

BY_TYPE: Mapping[type, SearchStrategy[Any]] = MappingProxyType(
    {
        Text: texts(),
        Period: periods(),
        Circumstance: circumstances(),
        Citation: citations(),
        Deduction: deductions(),
        Revocation: st.builds(Revocation),
        Referral: st.builds(Referral, to=st.lists(identifiers(), min_size=1, unique=True)),
        Rule: rules(),
        Part: parts(),
        Rulebook: rulebooks(),
        Violation: violations(),
        Recorded: entries(Recorded),
        Amended: entries(Amended),
        Appealed: entries(Appealed),
        Dismissed: entries(Dismissed),
        Reversed: entries(Reversed),
        Case: cases(),
        Ledger: ledgers(),
        MerkleTree: st.builds(MerkleTree, st.lists(st.binary(max_size=8))),
        Multiply: st.builds(Multiply, points(1, 5)),
        Add: st.builds(Add, points(0, 20)),
        Assessed: st.builds(Assessed),
        Grade: grades().flatmap(st.sampled_from),
        Policy: policies(),
        Silence: st.builds(Silence, texts(), texts()),
        Provision: provisions(),
        Assumption: assumptions(),
        Step: steps(),
        Line: lines(),
        Subtotal: subtotals(),
        Appraisal: appraisals(),
        WorkCalendar: training.work_calendars(),
        Cadence: training.cadences(),
        NeverLapses: st.builds(NeverLapses),
        LapsesAfter: st.builds(LapsesAfter, st.integers(1, 36)),
        LapsesYearly: st.builds(LapsesYearly, st.integers(1, 12), st.integers(1, 29)),
        Course: training.courses(),
        Curriculum: training.curricula(),
        Quota: training.quotas(),
        CareerStage: training.career_stages(),
        Target: training.targets(),
        Activity: training.activities(),
        TrainingPlan: training.training_plans(),
        Trainee: training.trainees(),
        Group: training.group(),
        Room: training.rooms(),
        Trainer: training.trainers(),
        Session: training.sessions(),
        Shortfall: training.shortfalls(),
        Schedule: training.schedules(),
        Change: training.changes(),
        Rescheduled: training.reschedulings(),
        Need: needs(),
        Attendance: record_strategies.attendances(),
        TestResult: record_strategies.test_results(),
        Delivered: record_strategies.deliveries(),
        Counts: record_strategies.requirements().map(lambda requirement: requirement.counts),
        Requirement: record_strategies.requirements(),
        AttendanceRate: record_strategies.attendance_rates(),
        Compliance: record_strategies.compliances(),
        Completion: record_strategies.completions(),
        CertificateStatus: record_strategies.certifications_due(),
        Component: record_strategies.performances().flatmap(
            lambda made: st.sampled_from(made.components)
        ),
        Performance: record_strategies.performances(),
        Problem: st.builds(Problem, identifiers(), _WORDS),
        Misfit: st.builds(Misfit, st.just("$"), _WORDS),
    }
)
"""The strategy of every value type."""
