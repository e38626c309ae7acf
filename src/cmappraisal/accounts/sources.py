"""Sources: what the appraisals of a person change in the balance of an account, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from attrs import frozen

from cmappraisal.accounts.chains import Chain, Frames
from cmappraisal.accounts.changes import Change, Lapsing
from cmappraisal.accounts.following import Follows
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.caps import Counted, Over
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.lapses import Lapse, Never, WithPeriod
from cmappraisal.provisions import Provision
from cmappraisal.rules import Rule
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line
from cmappraisal.scoring.steps import Reason
from cmappraisal.scoring.terms import Terms

_DAY = timedelta(days=1)

KIND_OF: Mapping[Counted, PostingKind] = {
    Counted.DEDUCTIONS: PostingKind.CHARGED,
    Counted.AWARDS: PostingKind.AWARDED,
}
"""How a line is posted."""


@frozen(eq=False)
class Sources:
    """What makes the changes of one person.

    Args:
        chain: The appraisals of the person.
        cases: The cases by the id of their violation.
        frames: What all chains have in common.
    """

    chain: Chain
    cases: Mapping[str, Case]
    frames: Frames

    def of_lines(self, appraisal: Appraisal) -> Iterator[Change]:
        """The changes of violations and merits."""
        for line in (*appraisal.lines, *appraisal.merits):
            if line.points:
                yield self._of_line(line, appraisal)

    def _of_line(self, line: Line, appraisal: Appraisal) -> Change:
        violation, terms = line.violation, self.frames.terms_of[line.edition]
        rule = terms.rulebook[line.rule]
        closing = appraisal.rulebook.edition
        counted_on, case = self.chain.days[closing, violation.id], self.cases[violation.id]
        lapse, reason = self._lapse(rule, terms)
        by = counted_on if isinstance(lapse, (WithPeriod, Never)) else DAY_OF[lapse.by](case)
        read = "penalty" if rule.counted is Counted.DEDUCTIONS else "award"
        lapses_on = self.frames.lapses_on(self.chain.manager, lapse, by)
        waits_for = lapse.unless_unserved if isinstance(lapse, WithPeriod) else None
        if waits_for not in line.consequences:
            waits_for = None
        return Change(
            KIND_OF[rule.counted],
            line.points,
            counted_on,
            case.effective_on,
            terms.reason(line.rule, read),
            None if lapses_on is None else Lapsing(lapses_on, reason, waits_for),
            line,
        )

    def _lapse(self, rule: Rule, terms: Terms) -> tuple[Lapse, Reason]:
        """When the points of a rule lapse, with what says so: its own, or else the account's."""
        if rule.lapse is not None:
            return rule.lapse, terms.reason(rule.id, "lapse")
        return self.frames.terms.policy.lapse, self.frames.terms.reason(None, "lapse")

    def following(self) -> dict[tuple[str, str], Follows]:
        """What follows by rules, by the id of the violation and that of the consequence."""
        found: dict[tuple[str, str], Follows] = {}
        for appraisal in self.chain.appraisals:
            for line in appraisal.lines:
                rulebook = appraisal.rulebook_of(line)
                for step in line.steps:
                    # What follows from a rule is stated by the rule.
                    if step.consequence is not None and isinstance(step.reason, Provision):
                        consequence = rulebook.consequence(step.consequence)
                        key = line.violation.id, consequence.id
                        found[key] = Follows(
                            self._of_line(line, appraisal), consequence, step.reason
                        )
        return found

    def of_caps(self, appraisal: Appraisal) -> Iterator[tuple[Change, frozenset[str]]]:
        """The changes of caps, each with the ids of what it bounds."""
        for cap in appraisal.caps:
            bounded = frozenset(_bounded(cap, appraisal))
            (step,) = cap.steps
            last = appraisal.period.last
            known_on = max(last, *(self.cases[id].effective_on for id in bounded))
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
