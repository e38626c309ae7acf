"""Sharing: what those who answer with the doer are charged with, table by table."""

from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import (
    Add,
    Appraisal,
    Decided,
    Edition,
    Editions,
    Faulty,
    FieldError,
    GoverningEdition,
    Multiply,
    PendingAppeals,
    Period,
    Policy,
    Rule,
    Rulebook,
    ScoringError,
    Tenure,
    Text,
    rescore,
    score,
    score_all,
    tally,
)
from cmappraisal.scoring.audits import disagreements
from cmappraisal.standards import (
    Again,
    Award,
    Cap,
    Clause,
    Consequence,
    Referral,
    Responsibility,
    SetTo,
    Span,
    Status,
    Unit,
    Waive,
)
from worked_cases import CUMULATIVE, NOON, TEXT, book, found, honoured, i, ledger_of, rule

YEAR = Period.year(2025)
HEAD = Responsibility("head", Text("負責人", "负责人", en="the head"), weight=Multiply("0.5"))
REVIEWER = Responsibility("reviewer", Text("覆核人", "复核人", en="the reviewer"), weight=SetTo(1))
PEOPLE = (
    Tenure("RM-01", "north", superior="H-1"),
    Tenure("H-1", "office", role="head"),
    Tenure("C-1", "north", role="reviewer"),
)
BOOK = book(rule("1", 6, responsible=[HEAD, REVIEWER]), rule("2", 4))


def all_of(
    *acts: Any,
    rulebook: Any = BOOK,
    policy: Policy | None = None,
    people: Any = PEOPLE,
    **more: Any,
) -> dict[str, Appraisal]:
    """The appraisals of everybody, once every way of scoring is seen to agree on them."""
    ledger = more.pop("ledger", None) or ledger_of(acts)
    given = {"policy": policy or Policy(), "people": people, **more}
    appraisals: dict[str, Appraisal] = score_all(ledger, rulebook, YEAR, **given)
    assert tally(ledger, rulebook, YEAR, **given) == {
        manager: appraisal.points for manager, appraisal in appraisals.items()
    }
    for manager, appraisal in appraisals.items():
        assert score(ledger, rulebook, YEAR, manager=manager, **given) == appraisal
        assert rescore(appraisal, ledger, people=people) == appraisal
        assert list(disagreements(appraisal)) == []
    return appraisals


def steps_of(appraisal: Appraisal) -> list[tuple[str, str]]:
    return [(step.effect.value, str(step.points)) for step in appraisal.lines[0].steps]


def points_of(appraisals: dict[str, Appraisal]) -> dict[str, str]:
    return {manager: str(appraisal.points) for manager, appraisal in appraisals.items()}


def test_those_who_hold_a_stated_role_answer_with_the_doer() -> None:
    appraisals = all_of(found("V", "1"))
    assert points_of(appraisals) == {"RM-01": "6", "H-1": "3", "C-1": "1"}
    assert steps_of(appraisals["H-1"]) == [("stated", "6"), ("shared", "3")]
    line = appraisals["H-1"].lines[0]
    assert (line.answers_as, line.violation.manager) == ("head", "RM-01")
    assert appraisals["RM-01"].lines[0].answers_as is None


def test_an_appraisal_names_the_tenures_that_it_read() -> None:
    appraisals = all_of(found("V", "1"))
    assert appraisals["RM-01"].people == ()
    assert set(appraisals["H-1"].people) == {PEOPLE[0], PEOPLE[1]}
    assert set(appraisals["C-1"].people) == {PEOPLE[0], PEOPLE[2]}


@pytest.mark.parametrize("rule_id", ["2", "3"])
def test_where_nothing_is_stated_nobody_else_answers(rule_id: str) -> None:
    rulebook = book(*BOOK.values(), rule("3", Referral(to=["2"])))
    refers_to = "2" if rule_id == "3" else None
    appraisals = all_of(found("V", rule_id, refers_to=refers_to), rulebook=rulebook)
    assert list(appraisals) == ["RM-01"]


def test_the_rule_applied_says_who_answers() -> None:
    rulebook = book(*BOOK.values(), rule("3", Referral(to=["1"])))
    appraisals = all_of(found("V", "3", refers_to="1"), rulebook=rulebook)
    assert points_of(appraisals) == {"RM-01": "6", "H-1": "3", "C-1": "1"}


def test_a_clause_says_who_answers_where_a_rule_does_not() -> None:
    clause = Clause("G", TEXT, citation="9", responsible=[REVIEWER])
    rulebook = book(rule("1", 6, responsible=[HEAD]), rule("2", 4), clauses=[clause])
    assert points_of(all_of(found("V", "1"), rulebook=rulebook)) == {"RM-01": "6", "H-1": "3"}
    assert points_of(all_of(found("V", "2"), rulebook=rulebook)) == {"RM-01": "4", "C-1": "1"}


def test_of_several_roles_of_one_person_the_first_stated_counts() -> None:
    both = (*PEOPLE[:2], attrs.evolve(PEOPLE[2], person="H-1"))
    assert points_of(all_of(found("V", "1"), people=both)) == {"RM-01": "6", "H-1": "3"}


def test_what_makes_it_lighter_is_the_doers_alone() -> None:
    rulebook = book(
        rule(
            "1",
            6,
            aggravated_by={"loss": Multiply(2)},
            mitigated_by={"mended": Waive()},
            responsible=[HEAD],
        ),
        circumstances=["loss", "mended"],
    )
    appraisals = all_of(found("V", "1", circumstances=["loss", "mended"]), rulebook=rulebook)
    assert points_of(appraisals) == {"RM-01": "0", "H-1": "6"}
    assert steps_of(appraisals["H-1"]) == [
        ("stated", "6"),
        ("aggravated", "12"),
        ("shared", "6"),
    ]


def test_repetition_is_the_doers_alone() -> None:
    again = Again({2: Multiply(2)}, within=Span(months=12))
    rulebook = book(rule("1", 6, again=again, responsible=[HEAD]))
    acts = [found("U", "1"), found("V", "1")]
    assert points_of(all_of(*acts, rulebook=rulebook)) == {"RM-01": "18", "H-1": "6"}


def test_what_follows_beside_points_follows_for_the_doer() -> None:
    out = Consequence("out", TEXT, status=Status.REVOKED, money=100)
    rulebook = book(rule("1", 6, responsible=[HEAD], consequences=["out"]), consequences=[out])
    appraisals = all_of(found("V", "1"), rulebook=rulebook)
    assert appraisals["RM-01"].revoked
    assert not appraisals["H-1"].revoked
    assert appraisals["H-1"].lines[0].money == 0


@pytest.mark.parametrize(
    ("weight", "points"), [(Add(2), "8"), (SetTo(2), "2"), (Multiply("0.25"), "2")]
)
def test_what_is_shared_is_rounded_and_capped(weight: Any, points: str) -> None:
    head = attrs.evolve(HEAD, weight=weight)
    rulebook = book(rule("1", 6, responsible=[head]))
    policy = Policy(smallest_unit=1)
    assert str(all_of(found("V", "1"), rulebook=rulebook, policy=policy)["H-1"].points) == points
    capped = book(rule("1", 6, responsible=[head], cap=Cap(1)))
    assert all_of(found("V", "1"), rulebook=capped, policy=policy)["H-1"].points == 1


# The source's incident, its appeals, its days.


def test_a_shared_line_is_settled_among_the_superiors_own() -> None:
    own = found("W", "2", manager="H-1", incident="I")
    appraisals = all_of(i("V", "1"), own)
    lines = {line.violation.id: str(line.points) for line in appraisals["H-1"].lines}
    assert lines == {"V": "0", "W": "4"}
    assert appraisals["RM-01"].points == 6
    adding = all_of(i("V", "1"), own, policy=CUMULATIVE)
    assert adding["H-1"].points == 7


def test_several_offenders_are_each_charged_in_full_and_each_answered_for() -> None:
    people = (*PEOPLE, Tenure("RM-02", "north", superior="H-1"))
    acts = [i("V", "1"), i("W", "1", manager="RM-02")]
    assert points_of(all_of(*acts, people=people)) == {
        "RM-01": "6",
        "RM-02": "6",
        "H-1": "6",
        "C-1": "2",
    }


def test_an_appeal_of_the_doer_is_followed() -> None:
    ledger = ledger_of([found("V", "1")]).appeal("V", at=NOON, grounds="on leave")
    suspended = all_of(ledger=ledger, policy=Policy(pending_appeals=PendingAppeals.SUSPEND))
    assert points_of(suspended) == {"RM-01": "0", "H-1": "0", "C-1": "0"}
    decided = ledger.extend([Decided("V", "heard", at=NOON, points=4, money=50)])
    appraisals = all_of(ledger=decided)
    assert points_of(appraisals) == {"RM-01": "4", "H-1": "2", "C-1": "1"}
    assert steps_of(appraisals["H-1"]) == [("stated", "6"), ("decided", "4"), ("shared", "2")]
    assert appraisals["H-1"].lines[0].money == 0
    reversed_ledger = ledger.reverse("V", at=NOON, reason="mistaken")
    assert all_of(ledger=reversed_ledger) == {}


def test_what_was_decided_of_a_repeated_breach_is_shared() -> None:
    again = Again({2: Multiply(2)}, within=Span(months=12))
    rulebook = book(rule("1", 6, responsible=[HEAD], again=again))
    ledger = ledger_of([found("V", "1"), found("W", "1")]).appeal("W", at=NOON, grounds="on leave")
    # Ten points are more than the six of a first breach, and no more than the twelve of a second.
    decided = ledger.extend([Decided("W", "heard", at=NOON, points=10)])
    assert points_of(all_of(ledger=decided, rulebook=rulebook)) == {"RM-01": "16", "H-1": "8"}


def test_whoever_held_the_role_on_the_day_answers() -> None:
    handed_over = (
        PEOPLE[0],
        attrs.evolve(PEOPLE[1], last=date(2025, 3, 1)),
        Tenure("H-2", "north", role="head", first=date(2025, 3, 2)),
    )
    appraisals = all_of(found("V", "1"), people=handed_over)
    assert points_of(appraisals) == {"RM-01": "6", "H-2": "3"}


def test_people_are_read_as_they_were_known() -> None:
    later = (*PEOPLE[:1], attrs.evolve(PEOPLE[1], known_from=NOON.replace(year=2027)))
    ledger = ledger_of([found("V", "1")])
    assert list(all_of(ledger=ledger, people=later, as_of=NOON)) == ["RM-01"]
    assert score(ledger, BOOK, YEAR, manager="H-1", people=later, as_of=NOON).lines == ()
    assert list(all_of(ledger=ledger, people=later)) == ["H-1", "RM-01"]


def test_merits_are_nobody_elses() -> None:
    clause = Clause("G", TEXT, citation="9", responsible=[HEAD])
    award = Rule("5", TEXT, award=Award(2, Unit.OCCURRENCE), citation="5")
    appraisals = all_of(honoured("M", "5"), rulebook=book(award, clauses=[clause]))
    assert list(appraisals) == ["RM-01"]


def test_a_superior_without_anything_is_appraised_where_asked_for() -> None:
    ledger = ledger_of([found("V", "2")])
    alone = score(ledger, BOOK, YEAR, manager="H-1", people=PEOPLE)
    assert alone.points == 0
    assert alone.lines == ()
    assert alone.people == ()


# Editions.


def test_each_edition_says_who_answers() -> None:
    old = book(rule("1", 6, responsible=[HEAD]), edition="old")
    new = book(rule("1", 2, responsible=[HEAD, REVIEWER]), edition="new")
    standard = Editions([Edition(old, last=date(2025, 6, 30)), Edition(new, date(2025, 7, 1))])
    assert points_of(all_of(found("V", "1"), rulebook=standard)) == {"RM-01": "6", "H-1": "3"}
    milder = Policy(governing_edition=GoverningEdition.MILDER)
    appraisals = all_of(found("V", "1"), rulebook=standard, policy=milder)
    assert points_of(appraisals) == {"RM-01": "2", "H-1": "1"}
    assert steps_of(appraisals["H-1"]) == [("other-edition", "0"), ("stated", "2"), ("shared", "1")]
    by_recording = Policy(governing_edition=GoverningEdition.RECORDED)
    appraisals = all_of(found("V", "1"), rulebook=standard, policy=by_recording)
    assert steps_of(appraisals["H-1"]) == [("other-edition", "0"), ("stated", "2"), ("shared", "1")]
    nobody = attrs.evolve(standard.editions[1], rulebook=book(rule("1", 2), edition="new"))
    mixed = Editions([standard.editions[0], nobody])
    # The milder edition does not state the role, so that it is not offered.
    assert points_of(all_of(found("V", "1"), rulebook=mixed, policy=milder)) == {
        "RM-01": "2",
        "H-1": "3",
    }
    without = attrs.evolve(standard.editions[1], rulebook=book(rule("9", 2), edition="new"))
    gone = Editions([standard.editions[0], without])
    assert points_of(all_of(found("V", "1"), rulebook=gone, policy=milder)) == {
        "RM-01": "6",
        "H-1": "3",
    }


# What cannot be scored.


def test_whoever_answers_for_what_cannot_be_judged_gets_no_appraisal() -> None:
    ledger = ledger_of([found("V", "1", assessed_points=3), found("W", "2", manager="RM-02")])
    with pytest.raises(ScoringError) as caught:
        score_all(ledger, BOOK, YEAR, people=PEOPLE)
    assert [problem.path for problem in caught.value.problems] == ['$["V"].assessed_points']
    reported = score_all(ledger, BOOK, YEAR, people=PEOPLE, faulty=Faulty.REPORT)
    assert sorted(reported.faulty) == ["C-1", "H-1", "RM-01"]
    assert list(reported.appraisals) == ["RM-02"]
    with pytest.raises(ScoringError):
        score(ledger, BOOK, YEAR, manager="H-1", people=PEOPLE)
    assert score(ledger, BOOK, YEAR, manager="RM-02", people=PEOPLE).points == 4


def test_an_act_without_an_edition_is_answered_for_by_nobody() -> None:
    standard = Editions([Edition(BOOK, date(2025, 7, 1))])
    ledger = ledger_of([found("V", "1"), found("W", "9", occurred_on=date(2025, 8, 1))])
    reported = score_all(ledger, standard, YEAR, people=PEOPLE, faulty=Faulty.REPORT)
    assert list(reported.faulty) == ["RM-01"]


@pytest.mark.parametrize("people", [5, [5], "RM-01", None, [PEOPLE]])
def test_people_are_tenures(people: Any) -> None:
    ledger = ledger_of([])
    for call in (score_all, tally):
        with pytest.raises(FieldError, match=r"people is .*; allowed: a list of Tenure"):
            call(ledger, BOOK, YEAR, people=people)
    with pytest.raises(FieldError, match=r"people is .*; allowed: a list of Tenure"):
        score(ledger, BOOK, YEAR, manager="RM-01", people=people)
    assert score(ledger, BOOK, YEAR, manager="RM-01", people=iter(PEOPLE)).points == 0


def test_a_line_of_the_doer_answers_for_nobody() -> None:
    appraisals = all_of(found("V", "1"))
    own = appraisals["RM-01"]
    forged = attrs.evolve(own, lines=[attrs.evolve(own.lines[0], answers_as="head")])
    assert [each.path for each in disagreements(forged)] == ["$.lines[0].answers_as"]
    theirs = appraisals["H-1"]
    forged = attrs.evolve(theirs, lines=[attrs.evolve(theirs.lines[0], answers_as=None)])
    assert [each.path for each in disagreements(forged)] == ["$.lines[0].violation.manager"]


def test_an_explanation_says_whose_act_it_was() -> None:
    text = all_of(found("V", "1"))["C-1"].explain()
    assert "   Done by: RM-01\n" in text
    assert "- answers as the reviewer, 1 points: 6 - 5 = 1 [standard, words 1]" in text
    assert isinstance(BOOK, Rulebook)


def test_the_tenures_of_all_for_whom_a_superior_answers_are_named() -> None:
    other = Tenure("RM-02", "south", superior="H-1")
    acts = [found("a", "1"), found("b", "1", manager="RM-02")]
    head = all_of(*acts, people=(*PEOPLE, other))["H-1"]
    assert {each.person for each in head.people} == {"RM-01", "RM-02", "H-1"}
