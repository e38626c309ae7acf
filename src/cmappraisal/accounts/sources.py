"""Sources: what the appraisals of people change in the balances of their accounts, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from attrs import evolve

from cmappraisal.accounts.chains import Chain, Frames, Link, day_after
from cmappraisal.accounts.changes import Change, Lapsing, made_change
from cmappraisal.accounts.crossings import Closed, Fact
from cmappraisal.accounts.following import Follows
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.caps import Counted, Over
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.lapses import Lapse, WithPeriod
from cmappraisal.provisions import Provision
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line
from cmappraisal.scoring.steps import Reason
from cmappraisal.spans import Span

KIND_OF: Mapping[Counted, PostingKind] = {
    Counted.DEDUCTIONS: PostingKind.CHARGED,
    Counted.AWARDS: PostingKind.AWARDED,
}
"""How a line is posted."""


class Basis(NamedTuple):
    """How the points of a rule are posted and lapse in a period, whoever they are of.

    Args:
        kind: How they are posted.
        reason: What states the points.
        lapse: When they lapse.
        lapse_reason: What states that: the rule itself, or else the account.
        lapsing: When they lapse with their period; None of any other lapse, and of the last period
            of the calendar.
    """

    kind: PostingKind
    reason: Reason
    lapse: Lapse
    lapse_reason: Reason
    lapsing: Lapsing | None


class Sources:
    """What makes the changes of accounts.

    Args:
        cases: The cases by the id of their violation.
        frames: What all chains have in common.
    """

    def __init__(self, cases: Mapping[str, Case], frames: Frames) -> None:
        self._cases, self._frames = cases, frames
        self._bases: dict[tuple[str, str, date], Basis] = {}

    def of_lines(self, chain: Chain) -> Iterator[tuple[Line, Change]]:
        """The changes of violations and merits, also of those without points.

        Args:
            chain: The appraisals of the person.
        """
        for link in chain.links:
            for line in (*link.appraisal.lines, *link.appraisal.merits):
                yield line, self._of_line(line, link, chain.manager)

    def _of_line(self, line: Line, link: Link, person: str) -> Change:
        id, key = line.violation.id, (line.edition, line.rule, link.last)
        basis = self._bases.get(key)
        if basis is None:
            basis = self._bases[key] = self._basis(*key)
        counted_on, known_on = link.days[id]
        kind, reason, lapse, lapse_reason, lapsing = basis
        if isinstance(lapse, Span):
            by = DAY_OF[lapse.by](self._cases[id])
            lapses_on = self._frames.lapses_on(person, lapse, by)
            lapsing = None if lapses_on is None else Lapsing(lapses_on, lapse_reason)
        elif lapsing is not None and lapsing.waits_for is not None:
            waits = lapsing.waits_for in line.consequences
            lapsing = lapsing if waits else evolve(lapsing, waits_for=None)
        return made_change(kind, line.points, counted_on, known_on, reason, lapsing, id, (), None)

    def _basis(self, edition: str, id: str, last: date) -> Basis:
        terms, of_account = self._frames.terms_of[edition], self._frames.terms
        rule = terms.rulebook[id]
        lapse, lapse_reason = rule.lapse, terms.reason(id, "lapse")
        if lapse is None:
            lapse, lapse_reason = of_account.policy.lapse, of_account.reason(None, "lapse")
        read = "penalty" if rule.counted is Counted.DEDUCTIONS else "award"
        lapses_on, lapsing = day_after(last), None
        if isinstance(lapse, WithPeriod) and lapses_on is not None:
            lapsing = Lapsing(lapses_on, lapse_reason, lapse.unless_unserved, lapse.below)
        return Basis(KIND_OF[rule.counted], terms.reason(id, read), lapse, lapse_reason, lapsing)

    def closed(self, link: Link) -> Closed:
        """An assessment period as it ended.

        Args:
            link: The period.
        """
        appraisal = link.appraisal
        facts = tuple(
            Fact(act.id, *link.days[act.id], line.points)
            for line in appraisal.lines
            for act in (line.violation,)
            if line.points or line.revokes
        )
        return Closed(appraisal.period.last, appraisal.score, appraisal.grade, facts)

    def following(self, changes: Iterable[tuple[Line, Change]]) -> dict[tuple[str, str], Follows]:
        """What follows by rules, by the id of the violation and that of the consequence.

        Args:
            changes: The changes of violations and merits.
        """
        found: dict[tuple[str, str], Follows] = {}
        for line, change in changes:
            for step in line.steps:
                # What follows from a rule is stated by the rule.
                if step.consequence is not None and isinstance(step.reason, Provision):
                    rulebook = self._frames.terms_of[line.edition].rulebook
                    consequence = rulebook.consequence(step.consequence)
                    found[line.violation.id, consequence.id] = Follows(
                        change, consequence, step.reason
                    )
        return found

    def of_caps(self, link: Link) -> Iterator[tuple[Change, frozenset[str]]]:
        """The changes of caps, each with the ids of what it bounds.

        Args:
            link: An assessment period of the person.
        """
        appraisal = link.appraisal
        for cap in appraisal.caps:
            bounded = frozenset(_bounded(cap, appraisal))
            (step,) = cap.steps
            last = appraisal.period.last
            known_on = max(last, *(link.days[id][1] for id in bounded))
            yield (
                Change(
                    KIND_OF[cap.of],
                    cap.points,
                    last,
                    known_on,
                    step.reason,
                    because_of=step.because_of,
                ),
                bounded,
            )


def _bounded(cap: CapLine, appraisal: Appraisal) -> Iterator[str]:
    """The ids of what a cap bounds."""
    lines = appraisal.lines if cap.of is Counted.DEDUCTIONS else appraisal.merits
    for line in lines:
        if not line.points:
            continue
        if cap.over is Over.PART:
            is_bounded = cap.id in appraisal.rulebook_of(line).places[line.rule]
        elif cap.over is Over.INCIDENT and cap.id is not None:
            is_bounded = line.violation.incident == cap.id
        else:
            is_bounded = cap.over is Over.PERIOD or line.violation.id in cap.steps[0].because_of
        if is_bounded:
            yield line.violation.id
