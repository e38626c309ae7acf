"""Merits: awards beside the points, one event honoured once, and what bounds them."""

from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Add,
    Amended,
    Appraisal,
    AwardEffect,
    Decided,
    Edition,
    Editions,
    GoverningEdition,
    Grade,
    LedgerError,
    PendingAppeals,
    Period,
    Policy,
    PolicyError,
    ProblemCode,
    Provision,
    Rule,
    Rulebook,
    RulebookError,
    UnstatedUnit,
    Violation,
    faults,
    score_all,
    score_card,
    tally,
)
from cmappraisal.reports.explanations import explain
from cmappraisal.scoring.audits import disagreements
from cmappraisal.standards import (
    Again,
    Award,
    Cap,
    Clause,
    Deduction,
    Limitation,
    Referral,
    Span,
    Unit,
)
from worked_cases import CUMULATIVE, NOON, TEXT, book, found, honoured, ledger_of, rule, scored


def award(id: str, points: Any, unit: Unit = Unit.OCCURRENCE, **fields: Any) -> Rule:
    return Rule(id, TEXT, award=Award(points, unit), citation=id, **fields)


HONOURS = award("5", 2), award("6", 1), award("7", "0.5")
BOOK = book(rule("1", 10), *HONOURS)


def appraised(*acts: Any, rulebook: Any = BOOK, **fields: Any) -> Appraisal:
    (appraisal,) = scored(ledger_of(acts), rulebook=rulebook, **fields).values()
    return appraisal


def results_of(appraisal: Appraisal) -> tuple[str, str, str]:
    return str(appraisal.points), str(appraisal.awards), str(appraisal.score)


def counted(appraisal: Appraisal) -> dict[str, str]:
    return {line.violation.id: str(line.points) for line in appraisal.merits}


def test_awards_stand_beside_the_points() -> None:
    appraisal = appraised(found("V", "1"), honoured("M", "5"))
    assert results_of(appraisal) == ("10", "2", "90")
    assert [line.violation.id for line in appraisal.lines] == ["V"]
    assert [line.violation.id for line in appraisal.merits] == ["M"]


def test_who_has_merits_alone_is_appraised_too() -> None:
    ledger = ledger_of([honoured("M", "5")])
    assert tally(ledger, BOOK, Period.year(2025)) == {"RM-01": 0}
    appraisal = appraised(honoured("M", "5"))
    assert results_of(appraisal) == ("0", "2", "100")


def test_awards_raise_the_score_where_the_policy_or_a_clause_says_so() -> None:
    acts = [found("V", "1"), honoured("M", "5")]
    raising = Policy(awards=AwardEffect.RAISE_SCORE)
    assert appraised(*acts, policy=raising).score == 92
    clause = Clause("G", TEXT, citation="9", answers={"awards": "raise-score"})
    assert appraised(*acts, rulebook=book(rule("1", 10), *HONOURS, clauses=[clause])).score == 92
    assert appraised(honoured("M", "5"), policy=raising).score == 102
    floored = attrs.evolve(raising, full_marks=9)
    assert appraised(*acts, policy=floored).score == 1


def test_where_awards_raise_the_score_grades_have_no_upper_end() -> None:
    bands = [Grade("A", at_least=50, below=101), Grade("B", at_least=None, below=50)]
    with pytest.raises(PolicyError, match="awards raise the score beyond full_marks"):
        Policy(grades=bands, awards="raise-score")  # type: ignore[arg-type]
    assert Policy(grades=bands).grades
    open_ended = [Grade("A", at_least=50, below=None), bands[1]]
    policy = Policy(grades=open_ended, awards=AwardEffect.RAISE_SCORE)
    assert appraised(honoured("M", "5"), policy=policy).grade == "A"


@pytest.mark.parametrize(
    ("unit", "policy", "points"),
    [
        (Unit.OCCURRENCE, Policy(), "6"),
        (Unit.CUSTOMER, Policy(), "6"),
        (Unit.UNSTATED, Policy(), "2"),
        (Unit.UNSTATED, Policy(unstated_unit=UnstatedUnit.PER_OCCURRENCE), "6"),
    ],
    ids=["occurrence", "customer", "unstated", "unstated, by occurrence"],
)
def test_a_unit_is_counted_as_that_of_a_deduction(unit: Unit, policy: Policy, points: str) -> None:
    rulebook = book(award("5", 2, unit))
    appraisal = appraised(honoured("M", "5", quantity=3), rulebook=rulebook, policy=policy)
    assert str(appraisal.awards) == points


def test_an_award_without_a_unit_can_count_once_a_period() -> None:
    policy = Policy(unstated_unit=UnstatedUnit.ONCE_A_PERIOD)
    rulebook = book(award("5", 2, Unit.UNSTATED), rule("1", 3, Unit.UNSTATED))
    acts = [honoured("M", "5"), honoured("N", "5"), found("V", "1"), found("W", "1")]
    appraisal = appraised(*acts, rulebook=rulebook, policy=policy)
    assert counted(appraisal) == {"M": "2", "N": "0"}
    assert appraisal.points == 3


# One event.


@pytest.mark.parametrize(
    ("merits", "expected"),
    [
        ([("M", "5"), ("N", "6")], {"M": "2", "N": "0"}),
        ([("N", "6"), ("M", "7")], {"M": "0", "N": "1"}),
        # Of one level, the smaller id.
        ([("N", "5"), ("M", "5")], {"M": "2", "N": "0"}),
    ],
    ids=["two levels", "the later is higher", "one level twice"],
)
def test_one_event_honoured_twice_counts_the_highest_only(
    merits: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    acts = [honoured(id, rule, incident="E") for id, rule in merits]
    assert counted(appraised(*acts)) == expected
    apart = [honoured(id, rule) for id, rule in merits]
    assert "0" not in counted(appraised(*apart)).values()


def test_under_a_policy_that_adds_up_each_honour_counts() -> None:
    acts = [honoured("M", "5", incident="E"), honoured("N", "6", incident="E")]
    assert counted(appraised(*acts, policy=CUMULATIVE)) == {"M": "2", "N": "1"}


def test_the_latest_edition_of_an_event_says_whether_its_honours_add_up() -> None:
    adding = Clause("G", TEXT, citation="9", answers={"concurrence": "cumulative"})
    standard = Editions(
        [
            Edition(book(*HONOURS, edition="old"), last=date(2025, 6, 30)),
            Edition(book(*HONOURS, edition="new", clauses=[adding]), date(2025, 7, 1)),
        ]
    )
    early = honoured("M", "5", incident="E")
    late = honoured("N", "6", incident="E", occurred_on=date(2025, 8, 1))
    assert counted(appraised(early, late, rulebook=standard)) == {"M": "2", "N": "1"}
    both_early = [early, honoured("N", "6", incident="E")]
    assert counted(appraised(*both_early, rulebook=standard)) == {"M": "2", "N": "0"}


def test_of_equal_awards_that_of_the_first_rule_counts() -> None:
    rulebook = book(award("5", 1), award("6", 1))
    acts = [honoured("A", "6", incident="E"), honoured("B", "5", incident="E")]
    assert counted(appraised(*acts, rulebook=rulebook)) == {"A": "0", "B": "1"}


def test_a_violation_of_the_same_incident_changes_no_merit_and_the_other_way_round() -> None:
    acts = [found("V", "1", incident="E"), honoured("M", "5", incident="E")]
    appraisal = appraised(*acts)
    assert results_of(appraisal)[:2] == ("10", "2")
    residual = book(rule("1", 10, residual="all"), award("5", 2))
    appraisal = appraised(*acts, rulebook=residual)
    assert results_of(appraisal)[:2] == ("10", "2")


# What bounds them.


def bounded(*caps: Cap, own: Cap | None = None) -> Rulebook:
    clauses = [
        Clause(f"G{number}", TEXT, citation=[90, number], cap=cap)
        for number, cap in enumerate(caps, start=1)
    ]
    return book(rule("1", 10), award("5", 2, cap=own), award("6", 1), clauses=clauses)


@pytest.mark.parametrize(
    ("rulebook", "awards", "points"),
    [
        (bounded(), "9", 20),
        (bounded(own=Cap(3, of="awards")), "4", 20),
        (bounded(Cap(2, of="awards")), "3", 20),
        (bounded(Cap(3, over="period", of="awards")), "3", 20),
        (bounded(Cap(3, over="part", of="awards")), "3", 20),
        (bounded(Cap(3, over="period")), "9", 3),
        (bounded(Cap(3, over="period", of="awards"), Cap(4, over="period")), "3", 4),
        (bounded(Cap(7, over="incident", of="awards")), "8", 20),
    ],
    ids=[
        *("nothing", "a rule", "each merit", "the period", "a part", "deductions alone"),
        *("both", "each event"),
    ],
)
def test_a_cap_of_awards_bounds_awards_alone(rulebook: Rulebook, awards: str, points: int) -> None:
    acts = [
        found("V", "1", quantity=2),
        honoured("M", "5", quantity=4),
        honoured("N", "6"),
    ]
    appraisal = appraised(*acts, rulebook=rulebook)
    assert str(appraisal.awards) == awards
    assert appraisal.points == points
    assert list(disagreements(appraisal)) == []


# The life of a case.


def test_a_merit_has_the_life_of_a_case() -> None:
    ledger = ledger_of([honoured("M", "5"), honoured("N", "6")])
    reversed_ledger = ledger.reverse("M", at=NOON, reason="not theirs")
    (appraisal,) = scored(reversed_ledger, rulebook=BOOK).values()
    assert counted(appraisal) == {"N": "1"}
    appealed = ledger.appeal("M", at=NOON, grounds="more is due")
    suspending = Policy(pending_appeals=PendingAppeals.SUSPEND)
    (appraisal,) = scored(appealed, rulebook=BOOK, policy=suspending).values()
    assert counted(appraisal) == {"M": "0", "N": "1"}
    decided = appealed.extend([Decided("M", "heard", at=NOON, points="0.5")])
    (appraisal,) = scored(decided, rulebook=BOOK).values()
    assert counted(appraisal) == {"M": "0.5", "N": "1"}
    amended = ledger.amend(honoured("M", "7"), at=NOON, reason="a local honour")
    (appraisal,) = scored(amended, rulebook=BOOK).values()
    assert counted(appraisal) == {"M": "0.5", "N": "1"}


@pytest.mark.parametrize(
    ("first", "then", "kinds"),
    [
        (honoured("M", "5"), found("M", "1"), "a Merit, so it cannot be amended to a Violation"),
        (found("M", "1"), honoured("M", "5"), "a Violation, so it cannot be amended to a Merit"),
    ],
    ids=["merit", "violation"],
)
def test_what_was_recorded_as_the_one_stays_that(first: Any, then: Any, kinds: str) -> None:
    with pytest.raises(LedgerError, match=f'case "M" is of {kinds}'):
        ledger_of([first]).extend([Amended(then, "mistaken", at=NOON)])


def test_a_merit_too_can_be_time_barred() -> None:
    clause = Clause("G", TEXT, citation="9", limitation=Limitation(1))
    appraisal = appraised(honoured("M", "5"), rulebook=book(*HONOURS, clauses=[clause]))
    assert counted(appraisal) == {"M": "0"}


def test_merits_are_no_earlier_violations() -> None:
    again = Again({2: Add(5)}, within=Span(months=12), same="any")
    rulebook = book(rule("1", 10, again=again), *HONOURS)
    acts = [honoured("M", "5", occurred_on=date(2025, 1, 2)), found("V", "1")]
    assert appraised(*acts, rulebook=rulebook).points == 10


def test_a_merit_keeps_the_edition_of_its_day() -> None:
    standard = Editions(
        [
            Edition(book(award("5", 2), edition="old"), last=date(2025, 6, 30)),
            Edition(book(award("5", 1), edition="new"), date(2025, 7, 1)),
        ]
    )
    policy = Policy(governing_edition=GoverningEdition.MILDER)
    appraisal = appraised(honoured("M", "5"), rulebook=standard, policy=policy)
    assert appraisal.merits[0].edition == "old"
    assert appraisal.awards == 2


# What does not fit.


def test_a_merit_is_recorded_under_a_rule_that_awards_points() -> None:
    for act, message in (
        (honoured("M", "1"), 'rule "1" awards no points; record a Violation under it'),
        (found("V", "5"), 'rule "5" awards points; record a Merit under it'),
    ):
        [problem] = faults(act, BOOK)
        assert (problem.path, problem.code) == ("$.rule", ProblemCode.CONTRADICTION)
        assert problem.message == message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: book(award("5", 2, penalty=Deduction(5, Unit.OCCURRENCE))),
            'rule "5" has penalty, without effect on a rule that awards points; leave it out',
        ),
        (
            lambda: book(award("5", 2, cap=Cap(5))),
            'rule "5" has a cap of deductions; give it one of awards',
        ),
        (
            lambda: book(rule("1", 2, cap=Cap(5, of="awards"))),
            'rule "1" has a cap of awards; give it one of deductions',
        ),
        (
            lambda: book(rule("1", 2, displaces=["5"]), award("5", 2)),
            'rule "1" displaces "5", which awards points; name a rule that deducts them',
        ),
        (
            lambda: book(rule("1", Referral(to=["5"])), award("5", 2)),
            'rule "1" refers to "5", which awards points; name a rule that deducts them',
        ),
    ],
    ids=["a penalty", "a cap of deductions", "a cap of awards", "displaced", "referred to"],
)
def test_a_rule_that_awards_points_has_no_more(make: Any, message: str) -> None:
    with pytest.raises(RulebookError) as caught:
        make()
    assert [problem.message for problem in caught.value.problems] == [message]


@pytest.mark.parametrize("points", [0, -1, 0.5, "1.23456", None, 1_000_001])
def test_an_award_is_of_points_above_zero(points: Any) -> None:
    with pytest.raises(ValueError, match="Award: points is"):
        Award(points, Unit.OCCURRENCE)


def test_merits_in_the_place_of_violations_are_found_out() -> None:
    appraisal = appraised(found("V", "1"), honoured("M", "5"))
    swapped = attrs.evolve(appraisal, lines=appraisal.merits, merits=appraisal.lines)
    problems = {f"{each.path}: {each.message}" for each in disagreements(swapped)}
    assert "$.lines[0].violation: is no Violation" in problems
    assert "$.merits[0].violation: is no Merit" in problems
    raised = attrs.evolve(appraisal, awards=appraisal.points)
    assert [each.path for each in disagreements(raised)] == ["$.awards"]


def test_facts_alike_but_for_their_kind_are_not_one() -> None:
    ledger = ledger_of([found("V", "1"), honoured("M", "1")])
    reported = score_all(ledger, BOOK, Period.year(2025), faulty="report")
    assert list(reported.faulty) == ["RM-01"]
    assert [problem.path for problem in reported.faulty["RM-01"]] == ['$["M"].rule']


# Reports.


def test_an_explanation_lists_merits_after_violations() -> None:
    appraisal = appraised(found("V", "1"), honoured("M", "5", incident="E", quantity=2))
    text = explain(appraisal, "en")
    assert "1. 2025-03-02, merit M, rule 5 (words 5)" in text
    assert "stated points, for each occurrence: 2 × 2 = 4" in text
    assert "Awards in all: 4\nScore: 100 - 10 = 90" in text
    raising = Policy(awards=AwardEffect.RAISE_SCORE)
    raised = appraised(found("V", "1"), honoured("M", "5"), policy=raising)
    assert "Score: 100 - 10 + 2 = 92" in explain(raised)
    floored = attrs.evolve(raising, full_marks=1)
    assert "Score: 1 - 10 + 2, not below 0: 0" in explain(
        appraised(found("V", "1"), honoured("M", "5"), policy=floored)
    )
    assert "Awards" not in explain(appraised(found("V", "1")))


def test_a_card_has_a_table_of_merits_where_there_are_any() -> None:
    card = score_card(appraised(found("V", "1"), honoured("M", "5")))
    assert "Merits: 1" in card
    assert ">Awards<" in card
    assert "Merits" not in score_card(appraised(found("V", "1")))


def test_a_merit_is_no_violation() -> None:
    merit: object = honoured("M", "5")
    assert not isinstance(merit, Violation)
    assert merit != Violation("M", "RM-01", rule="5", occurred_on=date(2025, 3, 2))


def test_an_award_is_read_from_the_rule() -> None:
    (line,) = appraised(honoured("m", "5")).merits
    assert [step.reason for step in line.steps] == [Provision("5", "award", edition="1")]


def test_an_event_is_no_incident_of_violations_to_be_honoured_once() -> None:
    acts = [found("a", "1", incident="I"), found("b", "1", incident="I")]
    assert appraised(*acts).points == 20
