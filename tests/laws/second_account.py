"""Points accounts a second time: day by day, with loops and fractions, and nothing shared.

It takes from the library the values, and the appraisal of each period, which is scored a second
time elsewhere. Each day from that on which the account opens it asks in turn what lapses, what is
awarded for clean time, what is charged, capped, taken or served and awarded. It is slow, and gives
no reasons; where it and the library differ, one of them has read the documentation wrongly.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import TypeAlias

import attrs

from cmappraisal import (
    Appraisal,
    AwardsAgainst,
    CapLine,
    CountedOn,
    Line,
    Milestone,
    Period,
    Rulebook,
    Tenure,
    score,
)
from cmappraisal.interop.strategies import Scenario
from cmappraisal.standards import (
    AtMost,
    CancelThose,
    Consequence,
    Counted,
    Never,
    Over,
    SettlesWhen,
    Thresholds,
    ThresholdsOf,
    WithPeriod,
)
from second_balance import NONE, Posted, Running
from second_keeping import (
    DAY,
    Borne,
    Periods,
    after,
    first_within,
    stated_by,
    takings_of,
)
from second_known import Known, cases_of, day_of, last_day
from second_scoring import parts_of
from second_table import Act, Crossed, Table

Due: TypeAlias = tuple[
    str, str, date, date, Fraction, int, int | None, tuple[str, ...], date | None, date | None
]
"""Consequence, violation, day, since, points, which time, days, because of, taken on, served on."""

Groundless: TypeAlias = tuple[str, str, date, date | None]
"""Consequence, violation, taken on, served on."""

# What counts.


@attrs.frozen(eq=False)
class Counting:
    """One line of an appraisal, with the case that it is about and the rulebook that governs it."""

    line: Line
    case: Known
    day: date
    rulebook: Rulebook
    is_merit: bool

    @property
    def id(self) -> str:
        return self.line.violation.id

    @property
    def points(self) -> Fraction:
        return Fraction(self.line.points)

    @property
    def act(self) -> Act:
        deducted = -self.points if self.is_merit else self.points
        return Act(self.id, self.day, self.case.effective_on, deducted)

    def consequence(self, id: str) -> Consequence:
        return {each.id: each for each in self.rulebook.consequences}[id]


def bounded(cap: CapLine, appraisal: Appraisal) -> list[str]:
    """The ids of what a cap bounds."""
    found = []
    for line in appraisal.merits if cap.of is Counted.AWARDS else appraisal.lines:
        fits = True
        if cap.over is Over.PART:
            fits = cap.id in parts_of(appraisal.rulebook_of(line), line.rule)
        elif cap.over is Over.INCIDENT and cap.id is None:
            fits = line.violation.id in cap.steps[0].because_of
        elif cap.over is Over.INCIDENT:
            fits = line.violation.incident == cap.id
        if fits:
            found.append(line.violation.id)
    return found


class Sources:
    """What an account is made of: the appraisals of a person's assessment periods."""

    def __init__(
        self, scenario: Scenario, manager: str, through: date, as_of: datetime | None
    ) -> None:
        self.scenario, self.manager, self.through, self.as_of = scenario, manager, through, as_of
        self.stated = stated_by(scenario, through)
        self.takings = takings_of(scenario.ledger, manager, as_of, through)
        self.cases = {case.violation.id: case for case in cases_of(scenario.ledger, as_of)}
        self.people = [
            each
            for each in scenario.people
            if as_of is None or each.known_from is None or each.known_from <= as_of
        ]
        start, span = None, self.stated.assessment_period
        for each in self.people:
            if isinstance(each, Milestone) and (each.person, each.name) == (manager, span.cycle):
                start = each.day
        self.periods = Periods(span, start)
        self.appraisals = self.appraised()
        self.counting = [each for made in self.appraisals for each in self.of(made)]

    def appraised(self) -> list[Appraisal]:
        """The appraisals of those periods in which anything happened, whichever day counts."""
        days = {day_of(case, which) for case in self.cases.values() for which in CountedOn}
        start = self.periods.start or date.min
        wanted = {self.periods.of(day) for day in days if start <= day <= self.through}
        found = [
            score(
                self.scenario.ledger,
                self.scenario.standard,
                Period(first, min(last, self.through)),
                manager=self.manager,
                policy=self.scenario.policy,
                people=self.scenario.people,
                as_of=self.as_of,
            )
            for first, last in sorted(wanted)
        ]
        return [each for each in found if each.lines or each.merits]

    def of(self, appraisal: Appraisal) -> Iterator[Counting]:
        """What counts in a period, on the day that the edition which closes it asks for."""
        for is_merit, lines in ((False, appraisal.lines), (True, appraisal.merits)):
            for line in lines:
                case, rulebook = self.cases[line.violation.id], appraisal.rulebook_of(line)
                day = day_of(case, appraisal.decided.counted_on)
                yield Counting(line, case, day, rulebook, is_merit)

    def opens_on(self) -> date:
        """The milestone of the cycles, or the first tenure, or the first period with an act."""
        if self.periods.start is not None:
            return self.periods.start
        tenures = [each for each in self.people if isinstance(each, Tenure)]
        # One without a first day says nothing of when the account opens.
        begun = [each.first for each in tenures if each.person == self.manager and each.first]
        happened = min((each.day for each in self.counting), default=self.through)
        if begun and min(begun) <= happened:
            return min(begun)
        return self.periods.of(happened)[0]

    def lapse_day(self, counting: Counting) -> date | None:
        """The day on which the points of a violation or merit lapse."""
        rule = counting.rulebook.get(counting.line.rule)
        assert rule is not None
        terms = rule.lapse or self.stated.lapse
        if isinstance(terms, Never):
            return None
        if not isinstance(terms, WithPeriod):
            return after(terms, day_of(counting.case, terms.by))
        awaited = terms.unless_unserved
        _, last = self.periods.of(counting.day)
        while awaited in counting.line.consequences and not any(
            (each.violation, each.consequence) == (counting.id, awaited)
            and each.served_on is not None
            and each.served_on <= last
            for each in self.takings
        ):
            if last >= self.through:
                return None
            _, last = self.periods.of(last + DAY)
        return last + DAY

    def lapse_day_of_clean_time(self, day: date) -> date | None:
        terms = self.stated.lapse
        if isinstance(terms, Never):
            return None
        return self.periods.of(day)[1] + DAY if isinstance(terms, WithPeriod) else after(terms, day)

    def lapses(self, counting: Counting) -> tuple[date | None, Fraction | None]:
        """When the points of a violation or merit lapse, and below which balance."""
        rule = counting.rulebook.get(counting.line.rule)
        assert rule is not None
        return self.lapse_day(counting), below_of(rule.lapse or self.stated.lapse)


def below_of(terms: object) -> Fraction | None:
    """Below which balance points lapse; None where at any."""
    if not isinstance(terms, WithPeriod) or terms.below is None:
        return None
    return Fraction(terms.below)


# One account.


class Following:
    """What follows from violations, what was taken of it, and what that does to the balance."""

    def __init__(self, sources: Sources, running: Running) -> None:
        self.stated, self.running, self.periods = sources.stated, running, sources.periods
        self.tables = [self.table(each) for each in self.stated.tables]
        self.sources = sources
        self.acts: list[Act] = []
        self.days = {each.id: each.day for each in sources.counting}
        self.by_rules = {
            (each.id, id): each
            for each in sources.counting
            if not each.is_merit
            for id in each.line.consequences
        }
        self.takings: dict[tuple[str, str], Borne] = {}
        self.without_ground: list[Borne] = []
        for each in sources.takings:
            key = each.violation, each.consequence
            if key in self.takings:
                self.without_ground.append(each)
            else:
                self.takings[key] = each
        self.answered: dict[Borne, list[tuple[Table, Crossed]]] = {}

    def table(self, stated: Thresholds) -> Table:
        within = stated.within

        def counts_from(day: date) -> date:
            if within is not None:
                return first_within(within, day)
            return self.periods.of(day)[0] if lapses_with_period else date.min

        lapses_with_period = isinstance(self.stated.lapse, WithPeriod)
        opening = Fraction(self.stated.balance.opening) if within is None else NONE
        is_falling = within is None and self.stated.is_kept
        if stated.of is not ThresholdsOf.POINTS:
            is_falling = stated.of is ThresholdsOf.SCORE
            opening = max(Fraction(row.at) for row in stated.rows) + 1 if is_falling else NONE
            return Table(stated, opening, is_falling=is_falling, counts_from=lambda _: date.min)
        return Table(stated, opening, is_falling=is_falling, counts_from=counts_from)

    def look(self, act: Act, before: Fraction) -> None:
        """See what is crossed with a violation or merit, that was posted at a balance before."""
        self.acts.append(act)
        for table in self.tables:
            within = table.stated.within
            if table.stated.of is not ThresholdsOf.POINTS:
                continue
            if within is None:
                left = self.running.violations
                because = [each for each in self.acts if each.id in left]
                table.look(act, before, self.running.amount, because)
                continue
            first = first_within(within, act.day)
            summed = [
                each for each in self.acts if each.day >= first and (each.id not in table.cancelled)
            ]
            reached = sum((each.deducted for each in summed), start=NONE)
            because = [each for each in summed if each.deducted > 0]
            table.look(act, reached - act.deducted, reached, because)

    def end_period(self, appraisal: Appraisal | None, last: date) -> None:
        """See what is crossed with the score or the grade of a period that ends on a day."""
        acts = []
        for each in self.sources.of(appraisal) if appraisal else ():
            if not each.is_merit and (each.points or each.line.revokes):
                acts.append(each.act)
        for table in self.tables:
            counts = False
            if appraisal is not None and table.stated.of is ThresholdsOf.SCORE:
                table.in_a_row = []
                counts = appraisal.score is not None
            elif appraisal is not None and table.stated.of is ThresholdsOf.GRADES:
                counts = appraisal.grade in table.stated.grades
            if table.stated.of is ThresholdsOf.POINTS:
                continue
            if not counts or not acts:
                table.in_a_row = []
                table.standing.clear()
                continue
            table.in_a_row.append(acts)
            because = [act for period in table.in_a_row for act in period]
            by = attrs.evolve(acts[-1], day=last, known_on=max(last, acts[-1].known_on))
            assert appraisal is not None
            if table.stated.of is ThresholdsOf.SCORE:
                unreached = max(Fraction(row.at) for row in table.rows) + 1
                table.look(by, unreached, Fraction(str(appraisal.score)), because)
            else:
                many = len(table.in_a_row)
                table.look(by, Fraction(many - 1), Fraction(many), because)

    def settle(self, day: date) -> None:
        """Do what consequences do that are taken or served on a day.

        What is taken before its violation counts is so on the day from which that counts.
        """
        for key, taking in sorted(self.takings.items(), key=lambda pair: pair[0][0]):
            counts_from = self.days.get(taking.violation, date.min)
            if day == max(taking.taken_on, counts_from):
                self.take(taking)
                self.do(key, taking, SettlesWhen.TAKEN, day)
            if taking.served_on is not None and day == max(taking.served_on, counts_from):
                self.do(key, taking, SettlesWhen.SERVED, day)

    def take(self, taking: Borne) -> None:
        """Find what a consequence answers that is taken: a rule, and rows that were crossed.

        These are all that were crossed by the violation in whose case it is taken, or else the
        first whose number was still reached with that violation.
        """
        fitting = [
            (table, each)
            for table in self.tables
            for each in table.crossed
            if taking.consequence in each.consequences
            and taking.consequence not in each.taken
            and taking.violation in each.members
        ]
        answered = [(table, each) for table, each in fitting if each.violation == taking.violation]
        if (taking.violation, taking.consequence) not in self.by_rules:
            answered = answered or fitting[:1]
            if not answered:
                self.without_ground.append(taking)
        for _, crossed in answered:
            crossed.taken[taking.consequence] = taking
        self.answered[taking] = answered

    def do(self, key: tuple[str, str], taking: Borne, when: SettlesWhen, day: date) -> None:
        counting = self.by_rules.get(key)
        if counting is not None:
            self.do_one(counting.consequence(key[1]), (key[0],), when, day)
        for table, crossed in self.answered.get(taking, []):
            consequence = self.stated.consequences[key[1]]
            if self.do_one(consequence, crossed.because_of, when, day):
                table.cancelled.update(crossed.because_of)

    def do_one(
        self, consequence: Consequence, ids: Sequence[str], when: SettlesWhen, day: date
    ) -> bool:
        """Do what one consequence does; whether it cancels violations."""
        settles = consequence.settles
        if consequence.settles_when is not when:
            return False
        if isinstance(settles, AtMost):
            self.running.reduce(day, Fraction(settles.points), consequence.id)
        elif isinstance(settles, CancelThose):
            self.running.cancel(day, ids, consequence.id)
        return isinstance(settles, CancelThose)

    def dues(self) -> Iterator[Due]:
        for (violation, id), counting in self.by_rules.items():
            taken = self.takings.get((violation, id))
            yield (
                *(id, violation, counting.day, counting.case.effective_on, counting.points, 1),
                *(counting.consequence(id).days, (violation,)),
                *((taken.taken_on, taken.served_on) if taken else (None, None)),
            )
        for crossed in (each for table in self.tables for each in table.crossed):
            for id in crossed.consequences:
                consequence, taken = self.stated.consequences[id], crossed.taken.get(id)
                days = consequence.days
                if days is not None and consequence.days_at_most is not None:
                    days = min(days * crossed.nth, consequence.days_at_most)
                yield (
                    *(id, crossed.violation, crossed.day, crossed.since, crossed.points),
                    *(crossed.nth, days, crossed.because_of),
                    *((taken.taken_on, taken.served_on) if taken else (None, None)),
                )


class Account:
    """One account, in the making."""

    def __init__(self, sources: Sources) -> None:
        self.sources, self.stated = sources, sources.stated
        self.running = Running(self.stated)
        self.following = Following(sources, self.running)
        opens = sources.opens_on()
        self.running.post(opens, "opened", None, Fraction(self.stated.balance.opening))
        for taking in self.following.takings.values():
            if taking.taken_on < opens and taking.violation not in self.following.days:
                self.following.take(taking)
        self.clean_since = day = opens
        # Since when the person is in each group, of those of the day before.
        self.in_since = dict.fromkeys(self.groups_on(opens), opens)
        self.before: dict[str, date] = {}
        while day <= sources.through:
            self.on(day)
            day += DAY
            self.in_since = {group: self.in_since.get(group, day) for group in self.groups_on(day)}

    def groups_on(self, day: date) -> set[str]:
        """The groups of the person on a day; one for whoever has no tenures at all."""
        tenures = [
            each
            for each in self.sources.people
            if isinstance(each, Tenure) and each.person == self.sources.manager
        ]
        if not tenures:
            return {"everywhere"}
        return {
            each.group
            for each in tenures
            if (each.first or date.min) <= day <= (each.last or date.max)
        }

    def on(self, day: date) -> None:
        """Do all that is done on a day."""
        self.running.lapse(day, self.sources.periods.of(day)[1])
        self.award_clean_time(day)
        self.before = dict(self.in_since)
        today = sorted(
            (each for each in self.sources.counting if each.day == day and each.points),
            key=lambda each: each.id,
        )
        for each in today:
            if not each.is_merit:
                self.charge(each)
        self.cap(day, Counted.DEDUCTIONS, "charged")
        first, last = self.sources.periods.of(day)
        if last == day:
            ended = [each for each in self.sources.appraisals if each.period.first == first]
            self.following.end_period(ended[0] if ended else None, day)
        self.following.settle(day)
        for each in today:
            if each.is_merit:
                self.award(each)
        self.cap(day, Counted.AWARDS, "awarded")

    def award_clean_time(self, day: date) -> None:
        clean_time = self.stated.clean_time
        if clean_time is None:
            return
        begun = [self.clean_since]
        if clean_time.in_one_group:
            begun = [max(self.clean_since, since) for since in self.before.values()]
        if all(last_day(since, clean_time.months) + DAY != day for since in begun):
            return
        lapses = (
            self.sources.lapse_day_of_clean_time(day),
            below_of(self.stated.lapse),
        )
        self.running.change(day, "clean-time", None, Fraction(clean_time.points), lapses)
        self.clean_since = day

    def charge(self, counting: Counting) -> None:
        day, before = counting.day, self.running.amount
        lapses = self.sources.lapses(counting)
        self.running.change(day, "charged", counting.id, counting.points, lapses)
        self.following.look(counting.act, before)
        self.clean_since = day + DAY
        # What is charged after it has lapsed does so at once.
        self.running.lapse(day, self.sources.periods.of(day)[1])

    def award(self, counting: Counting) -> None:
        day, before = counting.day, self.running.amount
        if self.running.award_too_high(day, counting.id, counting.points):
            return
        if self.stated.awards_against is AwardsAgainst.BALANCE:
            lapses = self.sources.lapses(counting)
            self.running.change(day, "awarded", counting.id, counting.points, lapses)
        else:
            self.running.award_against_oldest(day, counting.id, counting.points)
        self.following.look(counting.act, before)
        self.running.lapse(day, self.sources.periods.of(day)[1])

    def cap(self, day: date, of: Counted, kind: str) -> None:
        """Take away what is more than the caps of a period that ends on a day."""
        for appraisal in self.sources.appraisals:
            for cap in appraisal.caps if appraisal.period.last == day else ():
                if cap.of is of:
                    self.running.cap(day, kind, Fraction(cap.points), bounded(cap, appraisal))


def second_account(
    scenario: Scenario, manager: str, through: date, as_of: datetime | None = None
) -> tuple[list[Posted], list[Due], list[Groundless]]:
    """The postings of a manager's account, what is due, and what was taken without ground."""
    account = Account(Sources(scenario, manager, through, as_of))
    groundless = [
        (each.consequence, each.violation, each.taken_on, each.served_on)
        for each in account.following.without_ground
    ]
    return account.running.postings, list(account.following.dues()), groundless
