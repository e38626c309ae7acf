"""Changes: what the appraisals of a person change in the balance of an account, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from attrs import frozen

from cmappraisal.accounts.chains import Chain, Frames
from cmappraisal.accounts.following import Follows
from cmappraisal.accounts.postings import PostingKind
from cmappraisal.accounts.running import Change
from cmappraisal.caps import Counted, Over
from cmappraisal.cases import DAY_OF, Case
from cmappraisal.lapses import Never, WithPeriod
from cmappraisal.provisions import Provision
from cmappraisal.scoring.appraisals import Appraisal, CapLine, Line

_DAY = timedelta(days=1)

KIND_OF: Mapping[Counted, PostingKind] = {
    Counted.DEDUCTIONS: PostingKind.CHARGED,
    Counted.AWARDS: PostingKind.AWARDED,
}
"""How a line is posted."""


@frozen(eq=False)
class Changes:
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
        """The changes of violations and merits, by day and then id."""
        lines = [line for line in (*appraisal.lines, *appraisal.merits) if line.points]
        yield from sorted(
            map(self._of_line, lines),
            key=lambda change: (change.counted_on, change.id or ""),
        )

    def _of_line(self, line: Line) -> Change:
        violation, terms = line.violation, self.frames.terms_of[line.edition]
        rule = terms.rulebook[line.rule]
        counted_on, case = self.chain.days[violation.id], self.cases[violation.id]
        lapse, reason = terms.lapse(rule)
        waits_for = lapse.unless_unserved if isinstance(lapse, WithPeriod) else None
        by = counted_on if isinstance(lapse, (WithPeriod, Never)) else DAY_OF[lapse.by](case)
        field = "penalty" if rule.counted is Counted.DEDUCTIONS else "award"
        return Change(
            KIND_OF[rule.counted],
            line.points,
            counted_on,
            case.effective_on,
            Provision(line.rule, field, edition=line.edition),
            self.frames.lapses_on(self.chain.manager, lapse, by),
            reason,
            waits_for=waits_for if waits_for in line.consequences else None,
            line=line,
        )

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
                        found[key] = Follows(self._of_line(line), consequence, step.reason)
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
                    None,
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
