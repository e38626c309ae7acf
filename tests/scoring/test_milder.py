"""Milder: which edition governs an incident where the one that treats it lighter does."""

from datetime import date
from typing import Any

import pytest

from cmappraisal import (
    Concurrence,
    CountedOn,
    Edition,
    Editions,
    GoverningEdition,
    Policy,
    Rule,
    Rulebook,
    ScoringError,
    Violation,
    score_all,
)
from cmappraisal.scoring.charges import Charges
from cmappraisal.scoring.milder import milder
from cmappraisal.scoring.stages import Pipeline
from cmappraisal.standards import Award, Cap, Clause, Consequence, Limitation, Status, Unit
from worked_cases import TEXT, YEAR, book, counted, found, honoured, i, ledger_of, rule, scored

MILDER = Policy(governing_edition=GoverningEdition.MILDER)
ADDED_UP = Policy(governing_edition=GoverningEdition.MILDER, concurrence=Concurrence.CUMULATIVE)
REVOKED = [Consequence("revoked", TEXT, status=Status.REVOKED)]
OLD_DAY, NEW_DAY, THIRD_DAY = date(2025, 3, 2), date(2025, 7, 1), date(2025, 10, 1)


def edition(name: str, *rules: Rule, **fields: Any) -> Rulebook:
    return book(*rules, edition=name, circumstances=["grave"], consequences=REVOKED, **fields)


def editions(old: Rulebook, new: Rulebook, third: Rulebook | None = None) -> Editions:
    """Editions from ever to 30 June, to 30 September, and from then on."""
    last = None if third is None else date(2025, 9, 30)
    two = [Edition(old, last=date(2025, 6, 30)), Edition(new, NEW_DAY, last=last)]
    return Editions(two if third is None else [*two, Edition(third, THIRD_DAY)])


def governing(
    standard: Editions, *violations: Violation, policy: Policy = MILDER
) -> dict[str, str]:
    """The edition of each line, once every way of scoring agrees."""
    (appraisal,) = scored(ledger_of(violations), rulebook=standard, policy=policy).values()
    for line in appraisal.lines:
        of_day = standard.on(line.violation.occurred_on)
        assert of_day is not None
        effects = [step.effect.value for step in line.steps]
        is_other = of_day.rulebook.edition != line.edition
        assert ("other-edition" in effects) == is_other
    return {line.violation.id: line.edition for line in appraisal.lines}


ONE, TWO = rule("1", 5), rule("2", 3)


@pytest.mark.parametrize(
    ("new", "governs"),
    [
        (rule("1", 4), "new"),
        (rule("1", 6), "old"),
        # On a tie the edition of its own day stays.
        (rule("1", 5), "old"),
    ],
    ids=["fewer points", "more points", "as many points"],
)
def test_of_the_editions_until_the_recording_the_milder_governs(new: Rule, governs: str) -> None:
    standard = editions(edition("old", ONE), edition("new", new))
    assert governing(standard, found("a", "1")) == {"a": governs}
    # One that came after the recording is not asked.
    before = found("a", "1", recorded_on=date(2025, 6, 30))
    assert governing(standard, before) == {"a": "old"}
    on_its_first_day = found("a", "1", recorded_on=NEW_DAY)
    assert governing(standard, on_its_first_day) == {"a": governs}
    # One that ended before the act is not asked.
    assert governing(standard, found("a", "1", occurred_on=NEW_DAY)) == {"a": "new"}


def test_an_edition_between_the_act_and_the_recording_is_asked_too() -> None:
    standard = editions(
        edition("old", ONE), edition("new", rule("1", 2)), edition("third", rule("1", 4))
    )
    assert governing(standard, found("a", "1")) == {"a": "new"}
    assert governing(standard, found("a", "1", occurred_on=THIRD_DAY)) == {"a": "third"}
    assert governing(standard, found("a", "1", occurred_on=date(2025, 9, 30))) == {"a": "new"}


def test_of_two_that_are_as_mild_the_earlier_governs() -> None:
    standard = editions(
        edition("old", ONE), edition("new", rule("1", 2)), edition("third", rule("1", 2))
    )
    assert governing(standard, found("a", "1")) == {"a": "new"}


@pytest.mark.parametrize(
    ("old", "new", "governs"),
    [
        (rule("1", 30), rule("1", 1, consequences={"revoked": ["grave"]}), "old"),
        (rule("1", 1, consequences={"revoked": ["grave"]}), rule("1", 30), "new"),
        (
            rule("1", 5, consequences={"revoked": ["grave"]}),
            rule("1", 4, consequences=["revoked"]),
            "new",
        ),
    ],
    ids=["the new revokes", "the old revokes", "both revoke"],
)
def test_no_revocation_comes_before_fewer_points(old: Rule, new: Rule, governs: str) -> None:
    standard = editions(edition("old", old), edition("new", new))
    violation = found("a", "1", circumstances=["grave"])
    assert governing(standard, violation) == {"a": governs}


def test_it_is_chosen_for_an_incident_as_a_whole() -> None:
    # Alone, "a" is milder under the new edition and "b" under the old: 5 + 3 is less than 1 + 9.
    standard = editions(edition("old", ONE, TWO), edition("new", rule("1", 1), rule("2", 9)))
    together, alone = [i("a", "1"), i("b", "2")], [found("a", "1"), found("b", "2")]
    assert governing(standard, *together, policy=ADDED_UP) == {"a": "old", "b": "old"}
    assert governing(standard, *alone, policy=ADDED_UP) == {"a": "new", "b": "old"}
    # Where only the heaviest rule counts, the old makes 5 of the incident and the new 9.
    assert governing(standard, *together) == {"a": "old", "b": "old"}
    assert counted(*together, rulebook=standard, policy=MILDER) == {"a": "5", "b": "0"}


def test_an_incident_is_settled_under_each_edition() -> None:
    # The new edition's rules deduct more, but the one takes the other's place.
    new = edition("new", rule("1", 6, displaces=["2"]), rule("2", 3))
    standard = editions(edition("old", ONE, TWO), new)
    violations = [i("a", "1"), i("b", "2")]
    assert governing(standard, *violations, policy=ADDED_UP) == {"a": "new", "b": "new"}
    assert counted(*violations, rulebook=standard, policy=ADDED_UP) == {"a": "6", "b": "0"}


def test_on_a_tie_each_violation_keeps_the_edition_of_its_own_day() -> None:
    standard = editions(edition("old", ONE), edition("new", rule("1", 5)))
    violations = [i("a", "1"), i("b", "1", occurred_on=NEW_DAY)]
    assert governing(standard, *violations) == {"a": "old", "b": "new"}


def test_what_only_one_edition_may_govern_stays_while_the_others_of_its_incident_change() -> None:
    standard = editions(edition("old", ONE), edition("new", rule("1", 2)))
    violations = [i("a", "1"), i("b", "1", occurred_on=NEW_DAY)]
    assert governing(standard, *violations) == {"a": "new", "b": "new"}
    assert counted(*violations, rulebook=standard, policy=MILDER) == {"a": "2", "b": "2"}


def test_an_edition_that_does_not_know_the_rule_cannot_be_the_milder() -> None:
    standard = editions(edition("old", ONE, TWO), edition("new", rule("2", 1)))
    assert governing(standard, found("a", "1"), found("b", "2")) == {"a": "old", "b": "new"}
    # The edition of the day has to know it.
    with pytest.raises(ScoringError, match='rule "1" is not in rulebook "own new"'):
        score_all(
            ledger_of([found("a", "1", occurred_on=NEW_DAY)]),
            standard,
            YEAR,
            policy=MILDER,
        )


def test_what_one_edition_bars_by_time_is_milder() -> None:
    limit = Clause("G", TEXT, citation="9", limitation=Limitation(1))
    standard = editions(edition("old", ONE), edition("new", rule("1", 50), clauses=[limit]))
    assert governing(standard, found("a", "1")) == {"a": "new"}
    assert counted(found("a", "1"), rulebook=standard, policy=MILDER) == {"a": "0"}


def test_what_a_period_takes_away_does_not_make_an_edition_milder() -> None:
    # The closing edition leaves 2 points of either, but only once the period is over.
    limit = Clause("G", TEXT, citation="9", cap=Cap(2, over="period"))
    standard = editions(edition("old", ONE), edition("new", rule("1", 4), clauses=[limit]))
    assert governing(standard, found("a", "1")) == {"a": "new"}


def test_a_clause_of_the_closing_edition_can_say_that_the_milder_governs() -> None:
    answers = {"governing_edition": "milder"}
    clause = Clause("G", TEXT, citation="9", answers=answers)
    standard = editions(edition("old", ONE), edition("new", rule("1", 2), clauses=[clause]))
    assert governing(standard, found("a", "1"), policy=Policy()) == {"a": "new"}


def test_without_another_edition_every_charge_stays_as_it_is() -> None:
    standard = editions(edition("old", ONE), edition("new", rule("1", 2)))
    pipeline = Pipeline.of(standard, MILDER, standard.closing(NEW_DAY))
    charges = Charges(pipeline, list)
    violations = [found("b", "1"), i("a", "1"), i("c", "1")]
    own = [charge for _, charge in charges.of(ledger_of(violations).cases())]
    assert milder(own, {}, pipeline) == own
    governed = milder(own, charges.judge.otherwise["RM-01"], pipeline)
    assert [violation for violation, _ in governed] == violations
    assert [judgement.points for _, judgement in governed] == [2, 2, 2]


def test_an_incident_of_one_is_no_incident_of_the_same_name() -> None:
    # The violation "I" is alone; the incident "I" has two others.
    standard = editions(edition("old", ONE, TWO), edition("new", rule("1", 1), rule("2", 9)))
    violations = [found("I", "1"), i("b", "2"), i("c", "1")]
    assert governing(standard, *violations, policy=ADDED_UP) == {"I": "new", "b": "old", "c": "old"}


def test_the_day_that_counts_does_not_choose_the_edition() -> None:
    policy = Policy(governing_edition=GoverningEdition.MILDER, counted_on=CountedOn.RECORDED)
    standard = editions(edition("old", ONE), edition("new", rule("1", 2)))
    violation = found("a", "1", recorded_on=date(2025, 8, 1))
    assert governing(standard, violation, policy=policy) == {"a": "new"}


def test_a_merit_keeps_the_edition_of_its_day_and_lets_those_after_it_be_chosen() -> None:
    award = Rule("9", TEXT, award=Award(2, Unit.OCCURRENCE), citation="9")
    standard = editions(edition("old", ONE, award), edition("new", rule("1", 4), award))
    acts: list[Any] = [honoured("m", "9", occurred_on=date(2025, 1, 5)), found("v", "1")]
    (appraisal,) = scored(ledger_of(acts), rulebook=standard, policy=MILDER).values()
    assert [(line.violation.id, line.edition) for line in appraisal.lines] == [("v", "new")]
    assert [(line.violation.id, line.edition) for line in appraisal.merits] == [("m", "old")]
