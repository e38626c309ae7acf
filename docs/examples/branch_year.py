"""A branch's year: what was found, what was disputed, what it comes to, and why.

Six relationship managers, a year of findings under the whole standard, an appeal that was upheld in
the following quarter; then the branch as a table, one appraisal explained in three languages, and
the same appraisal as it was known before the appeal was decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Appraisal,
    Grade,
    Ledger,
    Period,
    Policy,
    Recorded,
    Text,
    Violation,
    score,
    score_all,
)

YEAR = Period.year(2025)
BEIJING = timezone(timedelta(hours=8))
BRANCH = ("RM-01", "RM-02", "RM-03", "RM-04", "RM-05", "RM-06")
DISPUTED = "V-37"
DECIDED = datetime(2026, 1, 20, 10, tzinfo=BEIJING)

POLICY = Policy(
    grades=[
        Grade("A", Text("優秀", "优秀", en="excellent"), at_least=90, below=None),
        Grade("B", Text("良好", "良好", en="good"), at_least=75, below=90),
        Grade("C", Text("合格", "合格", en="adequate"), at_least=60, below=75),
        Grade("D", Text("不合格", "不合格", en="inadequate"), at_least=None, below=60),
    ]
)


def found(id: str, manager: str, rule: str, day: str, **details: Any) -> Violation:
    """A violation of a day written as ISO 8601."""
    return Violation(id, manager, rule=rule, occurred_on=date.fromisoformat(day), **details)


FINDINGS = (
    # A careful manager, a few late papers.
    found("V-01", "RM-01", "2.1", "2025-01-16"),
    found("V-02", "RM-01", "2.4", "2025-03-31"),
    found("V-03", "RM-01", "3.5a", "2025-06-05", quantity=2),
    found("V-04", "RM-01", "3.12", "2025-09-30"),
    found("V-05", "RM-01", "2.2", "2025-11-12"),
    # Corporate lending: collateral that cost the bank a risk, and one incident under two rules.
    found("V-06", "RM-02", "3.2b", "2025-02-11", circumstances=["risk"]),
    found("V-07", "RM-02", "3.2a", "2025-02-26", incident="mill loan"),
    found("V-08", "RM-02", "3.3", "2025-02-26", incident="mill loan"),
    found("V-09", "RM-02", "3.4", "2025-04-08", circumstances=["severe-effect"]),
    found("V-10", "RM-02", "3.15", "2025-05-20", refers_to="3.9", note="rolled over in May"),
    found("V-11", "RM-02", "3.7", "2025-06-30"),
    found("V-12", "RM-02", "3.11a", "2025-08-15", quantity=2),
    found("V-13", "RM-02", "3.13", "2025-10-21", circumstances=["asset-deterioration"]),
    found("V-14", "RM-02", "2.3", "2025-11-04"),
    found("V-15", "RM-02", "1.8", "2025-12-02"),
    # Personal lending: its own rules take the place of the general ones, and what is left over
    # gives way to both.
    found("V-16", "RM-03", "3.17b", "2025-01-22", circumstances=["risk"], incident="flat"),
    found("V-17", "RM-03", "3.2b", "2025-01-22", circumstances=["risk"], incident="flat"),
    found("V-18", "RM-03", "3.18", "2025-01-22", incident="flat"),
    found("V-19", "RM-03", "3.17a", "2025-03-13", quantity=3),
    found("V-20", "RM-03", "3.17c", "2025-05-29"),
    found("V-21", "RM-03", "3.18", "2025-07-03", circumstances=["risk"]),
    found("V-22", "RM-03", "3.8", "2025-08-21"),
    found("V-23", "RM-03", "2.1", "2025-09-09", quantity=2),
    found("V-24", "RM-03", "1.7a", "2025-10-10"),
    found("V-25", "RM-03", "4.2", "2025-12-11"),
    # A qualification lost: collusion in a loan, whatever else the incident costs.
    found("V-26", "RM-04", "3.1b", "2025-03-05", incident="shell company"),
    found("V-27", "RM-04", "3.1a", "2025-03-05", circumstances=["risk"], incident="shell company"),
    found("V-28", "RM-04", "3.10", "2025-04-17"),
    found("V-29", "RM-04", "3.16a", "2025-06-12", refers_to="3.4", circumstances=["risk"]),
    found("V-30", "RM-04", "3.16b", "2025-06-12"),
    found("V-31", "RM-04", "3.5b", "2025-09-18"),
    found("V-32", "RM-04", "1.1", "2025-11-27", circumstances=["adverse-effect"]),
    # Service: accounts lost, a secret told, a complaint that was disputed.
    found("V-33", "RM-05", "4.1a", "2025-02-20"),
    found("V-34", "RM-05", "1.4", "2025-04-24", assessed_points=6),
    found("V-35", "RM-05", "1.2", "2025-06-19", circumstances=["risk"]),
    found("V-36", "RM-05", "3.6", "2025-08-07", incident="fleet loan"),
    found(DISPUTED, "RM-05", "4.3", "2025-10-30", note="complaint by telephone"),
    found("V-38", "RM-05", "3.9", "2025-11-06", incident="fleet loan"),
    found("V-39", "RM-05", "2.2", "2025-11-18", quantity=3),
    found("V-40", "RM-05", "1.3", "2025-12-09", circumstances=["severe-effect"]),
    found("V-41", "RM-05", "3.17a", "2025-12-16"),
)


def year_of(findings: Iterable[Violation]) -> Ledger:
    """The branch's ledger: each finding recorded two days later at noon, then the dispute."""
    noon = {
        violation.id: datetime(*violation.occurred_on.timetuple()[:3], 12, tzinfo=BEIJING)
        for violation in findings
    }
    entries = [
        Recorded(violation, at=noon[violation.id] + timedelta(days=2), by="audit")
        for violation in findings
    ]
    return (
        Ledger(sorted(entries, key=lambda entry: entry.at))
        .appeal(
            DISPUTED,
            at=datetime(2025, 12, 22, 9, tzinfo=BEIJING),
            grounds="the call was taken by a colleague",
            by="RM-05",
        )
        .reverse(
            DISPUTED,
            at=DECIDED,
            reason="the recording of the call bears it out",
            by="review board",
        )
    )


def row(*cells: object) -> str:
    """One row of the branch's table."""
    widths = (8, 10, 6, 5, 10, 13)
    return "  ".join(f"{cell!s:<{width}}" for cell, width in zip(cells, widths, strict=True))


def table(appraisals: Iterable[Appraisal]) -> str:
    """The branch, a row for each relationship manager."""
    rows = [row("manager", "violations", "points", "score", "grade", "qualification")]
    rows += [
        row(
            appraisal.manager,
            len(appraisal.lines),
            appraisal.points,
            appraisal.score,
            appraisal.grade.text.en if appraisal.grade else "",
            "revoked" if appraisal.revoked else "kept",
        )
        for appraisal in appraisals
    ]
    return "\n".join(each.rstrip() for each in rows)


def main() -> None:
    """Print the branch's year."""
    ledger = year_of(FINDINGS)
    appraisals = score_all(ledger, ERROR_POINTS, YEAR, managers=BRANCH, policy=POLICY)
    print(f"The branch in {YEAR}, by {ERROR_POINTS}\n")
    print(table(appraisals.values()))
    for language in LANGUAGES:
        print(f"\n{'=' * 100}\n")
        print(appraisals["RM-05"].explain(language), end="")
    print(f"\n{'=' * 100}\n")
    print("The same appraisal, as it was known before the appeal was decided\n")
    before = score(
        ledger,
        ERROR_POINTS,
        YEAR,
        manager="RM-05",
        policy=POLICY,
        as_of=DECIDED - timedelta(seconds=1),
    )
    print(before.explain("en"), end="")


if __name__ == "__main__":
    main()
