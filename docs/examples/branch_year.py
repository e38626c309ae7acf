"""A branch's year, and the year of training that follows from it: the whole circle.

Six relationship managers, a year of violations under the whole standard, an appeal that succeeded
in the following quarter; the branch as a table, one appraisal explained in three languages, and the
same appraisal as it was known before the appeal was decided, set beside the later one. Then the
points account with what follows from it by a table that the bank has added; what the points call
for, and what their managers had been certified in when it happened; the training of the next year,
what a hire, a leaver, a leave, a transfer and a typhoon change, who met what by the summer, and a
month's performance from its test and the appraisal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from hashlib import sha256
from typing import Any

from attrs import evolve

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Appraisal,
    Grade,
    Ledger,
    Period,
    Policy,
    Recorded,
    Tenure,
    Text,
    Violation,
    WorkCalendar,
    score,
    score_all,
)
from cmappraisal.accounts import consequences_due, explain_account, points_accounts
from cmappraisal.comparison import Situation, compare, explain_comparison
from cmappraisal.standards import Clause, Consequence, Span, Thresholds
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Attendance,
    AttendanceStatus,
    Change,
    Completion,
    Compliance,
    ComplianceStatus,
    Component,
    Delivered,
    Group,
    LapsesAfter,
    Leave,
    LeaveKind,
    Need,
    Record,
    Schedule,
    Session,
    TestResult,
    Trainee,
    check_compliance,
    monthly_performance,
    reschedule,
    results_that_count,
    schedule,
    taught_before,
    training_needs,
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


# The standard does not say what follows from points; the bank does, in a clause of its own.
HOUSE = evolve(
    ERROR_POINTS,
    id="house",
    consequences=[
        *ERROR_POINTS.consequences,
        Consequence("talk", Text("誡勉談話", "诫勉谈话", en="a talk with the head of the branch")),
        Consequence(
            "course",
            Text("脫產培訓", "脱产培训", en="days of training"),
            days=5,
            courses=["professionalism"],
        ),
    ],
    clauses=[
        Clause(
            "thresholds",
            Text(
                "十二個月內積分達 20 分、40 分的處理",
                "十二个月内积分达 20 分、40 分的处理",
                en="What follows from 20 and from 40 points within twelve months",
            ),
            citation="5.1",
            thresholds=Thresholds(
                {20: "talk", 40: ["talk", "course"]}, reached="highest", within=Span(months=12)
            ),
        )
    ],
)


def found(id: str, manager: str, rule: str, day: str, **details: Any) -> Violation:
    """A violation of a day written as ISO 8601."""
    return Violation(id, manager, rule=rule, occurred_on=date.fromisoformat(day), **details)


VIOLATIONS = (
    # A careful manager, a few late papers.
    found("V-01", "RM-01", "2.1", "2025-01-16"),
    found("V-02", "RM-01", "2.4", "2025-03-31"),
    found("V-03", "RM-01", "3.5a", "2025-06-05", quantity=2),
    found("V-04", "RM-01", "3.12", "2025-09-30"),
    found("V-05", "RM-01", "2.2", "2025-11-12"),
    # Corporate lending: collateral with a risk to the bank, and one incident under two rules.
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
    # A qualification lost: collusion in a loan, whatever else the incident deducts.
    found("V-26", "RM-04", "3.1b", "2025-03-05", incident="shell company"),
    found("V-27", "RM-04", "3.1a", "2025-03-05", circumstances=["risk"], incident="shell company"),
    found("V-28", "RM-04", "3.10", "2025-04-17"),
    found("V-29", "RM-04", "3.16a", "2025-06-12", refers_to="3.4", circumstances=["risk"]),
    found("V-30", "RM-04", "3.16b", "2025-06-12"),
    found("V-31", "RM-04", "3.5b", "2025-09-18"),
    found("V-32", "RM-04", "1.1", "2025-11-27", circumstances=["adverse-effect"]),
    # Service: accounts lost, a secret disclosed, a complaint that was disputed.
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


def salt_of(what: str) -> bytes:
    """A salt, the same each time, so that this output is too; yours is secrets.token_bytes(16)."""
    return sha256(what.encode()).digest()[:16]


def year_of(violations: Iterable[Violation]) -> Ledger:
    """The branch's ledger: each violation recorded two days later at noon, then the dispute."""
    noon = {
        violation.id: datetime.combine(violation.occurred_on, time(12), BEIJING)
        for violation in violations
    }
    entries = [
        Recorded(
            violation,
            at=noon[violation.id] + timedelta(days=2),
            by="audit",
            salt=salt_of(violation.id),
        )
        for violation in violations
    ]
    return (
        Ledger(sorted(entries, key=lambda entry: entry.at))
        .appeal(
            DISPUTED,
            at=datetime(2025, 12, 22, 9, tzinfo=BEIJING),
            grounds="the call was taken by a colleague",
            by="RM-05",
            salt=salt_of("appeal"),
        )
        .reverse(
            DISPUTED,
            at=DECIDED,
            reason="the recording of the call bears it out",
            by="review board",
            salt=salt_of("reversal"),
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
            "-" if appraisal.score is None else appraisal.score,
            appraisal.band.text.en if appraisal.band else "-",
            "revoked" if appraisal.revoked else "kept",
        )
        for appraisal in appraisals
    ]
    return "\n".join(each.rstrip() for each in rows)


NEXT_YEAR = Period.year(2026)


def days(*texts: str) -> list[date]:
    """Days written as ``2026-02-14``, or as ``2026-02-15..2026-02-23``."""
    pairs = [text.partition("..") for text in texts]
    return [
        day
        for first, _, last in pairs
        for day in Period(date.fromisoformat(first), date.fromisoformat(last or first))
    ]


MAINLAND = WorkCalendar(
    holidays=days(
        *("2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-04-04..2026-04-06"),
        *("2026-05-01..2026-05-05", "2026-06-19..2026-06-21", "2026-09-25..2026-09-27"),
        "2026-10-01..2026-10-07",
    ),
    workdays=days(
        *("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    ),
)
HIRED = {
    "RM-01": date(2014, 7, 1),
    "RM-02": date(2019, 9, 2),
    "RM-03": date(2021, 3, 1),
    "RM-05": date(2016, 5, 9),
    "RM-06": date(2025, 12, 1),
    "RM-07": date(2026, 3, 2),
}
# In May one is hired, one leaves, one goes on leave for five months, and one changes to the
# sub-branch, on a day on which both teams study.
MAY = date(2026, 5, 4)
HIRED_IN_MAY = Trainee("RM-08", date(2026, 5, 6))
LEFT_IN_MAY = Tenure("RM-06", "branch", last=date(2026, 5, 29))
MOVES_IN_JUNE = (
    Tenure("RM-03", "branch", last=date(2026, 6, 14)),
    Tenure("RM-03", "sub-branch", first=date(2026, 6, 15)),
)
ON_LEAVE = Leave("RM-01", LeaveKind.MATERNITY, first=date(2026, 5, 6), last=date(2026, 10, 6))
TYPHOON = days("2026-07-15", "2026-07-16")
SUMMER = date(2026, 6, 30)

# One course certifies, for a year.
CERTIFIED = evolve(
    ASK.curriculum,
    courses=[
        evolve(each, certification=LapsesAfter(12))
        if each.id == "corporate-credit-products"
        else each
        for each in ASK.curriculum.courses
    ],
)
COMPLETED = [
    Completion("corporate-credit-products", "RM-02", on=date(2024, 3, 5)),
    Completion("corporate-credit-products", "RM-05", on=date(2024, 9, 3)),
]


def needs_in_words(needs: Iterable[Need]) -> Iterator[str]:
    """What errors and their consequences call for, a line for each course."""
    for need in needs:
        course = need.course.text.en if need.course else "no course"
        weight = "revokes" if need.revokes else str(need.points)
        because = [line.violation.id for line in need.lines]
        because += (HOUSE.consequence(due.consequence).text.en for due in need.consequences)
        yield f"  {weight:>7}  {course} ({', '.join(because)})"


def session_in_words(session: Session, made: Schedule) -> str:
    """A session as one line: its day, activity and courses, and the cause where it moved."""
    curriculum = made.plan.curriculum
    parts = [f"{session.on:%Y-%m-%d %a}", made.activity_of(session).text.en]
    if session.person:
        parts.append(session.person)
    if session.courses:
        parts.append(", ".join(curriculum[course].text.en for course in session.courses))
    if session.cause:
        parts.append(f"(moved from {session.planned_on}: {session.cause.text.en})")
    return "  ".join(parts)


def change_in_words(change: Change) -> str:
    """What became of a session, as one line."""
    before, after = change.before, change.after
    if before and after:
        cause = f" ({after.cause.text.en})" if after.cause else ""
        return f"{before.id}: {before.on} -> {after.on}{cause}"
    return f"{before.id}: cancelled" if before else f"{after.id if after else ''}: added"


def teams_of(people: Iterable[Trainee]) -> list[Group]:
    """The two teams that are trained; at first everybody is in the branch's."""
    return [Group("branch", people), Group("sub-branch", ())]


def people_of_may(people: Iterable[Trainee]) -> list[Trainee]:
    """The trainees as they are from May on: whoever leaves stays among them."""
    changed: dict[str, dict[str, Any]] = {
        "RM-01": {"leaves": [ON_LEAVE]},
        "RM-03": {"tenures": MOVES_IN_JUNE},
        "RM-06": {"tenures": [LEFT_IN_MAY]},
    }
    return [*(evolve(each, **changed.get(each.id, {})) for each in people), HIRED_IN_MAY]


def people_in_words(before: Schedule, after: Schedule) -> Iterator[str]:
    """Whom a change of people gives sessions of a team, and from whom it takes some, by team."""
    gone = Counter((each.person, each.session.group) for each in after.withdrawn)
    come: Counter[tuple[str, str | None]] = Counter()
    for session in (each for each in after.sessions if not each.person):
        new = {*after.attendees(session)} - {*before.attendees(before.session(session.id))}
        come.update((person, session.group) for person in new)
    for sign, counts in (("-", gone), ("+", come)):
        for (person, group), count in sorted(counts.items()):
            yield f"{person}: {sign}{count} sessions of the {group}"


def records_of(made: Schedule) -> list[Record]:
    """What happened until the summer: nearly everybody was nearly always there."""
    late = {("study/2026-03-15/group:branch", "RM-03")}
    absent = {("study/2026-05-15/group:branch", "RM-05")}
    excused = {("study/2026-04-15/group:branch", "RM-01")}
    records: list[Record] = []
    for session in made.sessions:
        if session.on > SUMMER or session.person:
            continue
        is_test = session.activity == "test"
        for person in made.attendees(session):
            key = (session.id, person)
            if is_test:
                mark = 70 + 4 * [*HIRED, HIRED_IN_MAY.id].index(person) + session.on.month
                records.append(TestResult(session.id, person, score=mark))
                continue
            status = AttendanceStatus.PRESENT
            for exceptions, other in (
                (late, AttendanceStatus.LATE),
                (absent, AttendanceStatus.ABSENT),
                (excused, AttendanceStatus.EXCUSED),
            ):
                if key in exceptions:
                    status = other
            records.append(Attendance(session.id, person, status=status))
    return [*records, Delivered("report", "RM-02", on=date(2026, 5, 20))]


def compliance_in_words(compliance: Compliance) -> Iterator[str]:
    """The statuses of everybody, a row each; then what is short or breached."""
    yield status_row("manager", *(status.text.en for status in ComplianceStatus), "attendance")
    for person in compliance.people:
        statuses = [requirement.status for requirement in compliance.of(person)]
        counts = (statuses.count(status) for status in ComplianceStatus)
        yield status_row(person, *counts, compliance.rate_of(person).rate)
    for requirement in compliance.requirements:
        if requirement.status in (ComplianceStatus.SHORT, ComplianceStatus.BREACHED):
            asked = requirement.activity or f"{requirement.counts.needed} days of study"
            decided = f", decided by {requirement.decided_by}" if requirement.decided_by else ""
            yield f"{requirement.status.text.en}: {requirement.person}, {asked}{decided}"


def status_row(*cells: object) -> str:
    """One row of the table of statuses."""
    return "".join(f"{cell!s:<11}" for cell in cells).rstrip()


def performance_of(person: str, month: Period, made: Schedule, appraisal: Appraisal) -> str:
    """A month's performance: three parts test, seven parts appraisal."""
    (result,) = results_that_count(made, records_of(made), person, month)
    assert appraisal.score is not None
    parts = [
        Component(
            "test", made.plan.activity("test").text, score=result.score, weight=Decimal("0.3")
        ),
        Component(
            "appraisal",
            Text("差錯積分考核", "差错积分考核", en="Error points"),
            score=appraisal.score,
            weight=Decimal("0.7"),
        ),
    ]
    return monthly_performance(parts).explain("en")


def heading(text: str) -> None:
    """Print where the next part begins."""
    print(f"\n{'=' * 100}\n\n{text}\n")


def print_appraisals(ledger: Ledger, appraisals: Mapping[str, Appraisal]) -> None:
    """Print the branch's year."""
    print(f"The branch in {YEAR}, by {ERROR_POINTS}\n")
    print(table(appraisals.values()))
    for language in LANGUAGES:
        print(f"\n{'=' * 100}\n")
        print(appraisals["RM-05"].explain(language), end="")
    heading("The same appraisal, as it was known before the appeal was decided")
    before = score(
        ledger,
        ERROR_POINTS,
        YEAR,
        manager="RM-05",
        policy=POLICY,
        as_of=DECIDED - timedelta(seconds=1),
    )
    print(before.explain("en"), end="")


def print_what_follows(ledger: Ledger) -> None:
    """Print what the appeal made, and one account with what follows from it."""
    now = Situation(ledger, ERROR_POINTS, period=YEAR, manager="RM-05", policy=POLICY)
    before = evolve(now, as_of=DECIDED - timedelta(seconds=1))
    heading("What the decision on the appeal made of it")
    print(explain_comparison(compare(before, now)), end="")
    talked_on = date(2025, 7, 1)
    taken = year_of(VIOLATIONS).take(
        "V-35", "talk", on=talked_on, at=datetime(2026, 1, 21, 9, tzinfo=BEIJING), by="HR"
    )
    accounts = points_accounts(taken, HOUSE, through=YEAR.last, policy=POLICY)
    heading("The points account of RM-05, and what follows from it")
    print(explain_account(accounts["RM-05"]), end="")
    heading("What is due from everybody, and not taken yet")
    for due in consequences_due(accounts.values()):
        name = HOUSE.consequence(due.consequence).text.en
        print(f"{due.manager}  since {due.since}  {name} ({due.points} points)")


def needs_of(ledger: Ledger, appraisals: Mapping[str, Appraisal]) -> dict[str, tuple[Need, ...]]:
    """What each manager's errors and their consequences call for, most needed first."""
    accounts = points_accounts(
        ledger, HOUSE, through=YEAR.last, managers=list(appraisals), policy=POLICY
    )
    return {
        id: training_needs(appraisal, ASK.curriculum, consequences=accounts[id].consequences)
        for id, appraisal in appraisals.items()
    }


def held_in_words() -> Iterator[str]:
    """The breaches against which their managers had been certified, a line each."""
    for violation in VIOLATIONS:
        for held in taught_before(violation, COMPLETED, CERTIFIED):
            course = CERTIFIED[held.course].text.en
            yield f"{violation.id}  {violation.manager}  {course}, since {held.completed_on}"


def print_training(ledger: Ledger, appraisals: Mapping[str, Appraisal]) -> None:
    """Print the year of training that follows from it."""
    heading("What the error points call for")
    needs = needs_of(ledger, appraisals)
    for manager, needed in needs.items():
        print(manager, *needs_in_words(needed), sep="\n")
    heading("What they had been certified in when it happened")
    print(*held_in_words(), sep="\n")
    people = [
        Trainee(id, day, needs=[each.course.id for each in needs.get(id, ()) if each.course])
        for id, day in HIRED.items()
    ]
    courses = schedule(ASK, NEXT_YEAR, calendar=MAINLAND, trainees=people)
    heading("Each manager's individual courses of 2026")
    print(*(session_in_words(each, courses) for each in courses.sessions if each.person), sep="\n")
    team = schedule(VIP_SERVICE, NEXT_YEAR, calendar=MAINLAND, groups=teams_of(people))
    of_branch = [each for each in team.sessions if each.group == "branch"]
    meetings = [each for each in of_branch if each.activity == "morning-meeting"]
    heading(f"The branch's training of 2026, beside {len(meetings)} morning meetings")
    shown = [each for each in of_branch if each not in meetings]
    print(*(session_in_words(each, team) for each in shown), sep="\n")
    groups = teams_of(people_of_may(people))
    staffed = reschedule(team, calendar=MAINLAND, not_before=MAY, groups=groups)
    heading("In May RM-08 is hired, RM-06 leaves, RM-01 goes on leave, and RM-03 changes team")
    print(*map(change_in_words, staffed.changes), sep="\n")
    print(*people_in_words(team, staffed.schedule), sep="\n")
    team = staffed.schedule
    changed = reschedule(team, calendar=MAINLAND, not_before=date(2026, 7, 10), blackouts=TYPHOON)
    heading("A typhoon makes two days of July blackouts")
    print(*map(change_in_words, changed.changes), sep="\n")
    compliance = check_compliance(team, records_of(team), on=SUMMER)
    heading(f"Everybody's compliance on {SUMMER}")
    print(*compliance_in_words(compliance), sep="\n")
    for requirement in compliance.requirements:
        if requirement.kind and requirement.proportion:
            print(f"{requirement.person}, days of study: {requirement.proportion.explain()}")
    heading("The performance of RM-02, from June's test and the appraisal of 2025")
    print(performance_of("RM-02", Period.month(2026, 6), team, appraisals["RM-02"]), end="")


def main() -> None:
    """Print the whole circle."""
    ledger = year_of(VIOLATIONS)
    appraisals = score_all(ledger, ERROR_POINTS, YEAR, managers=BRANCH, policy=POLICY)
    print_appraisals(ledger, appraisals)
    print_what_follows(ledger)
    print_training(ledger, appraisals)


if __name__ == "__main__":
    main()
