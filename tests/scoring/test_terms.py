"""Terms: a clause before an edition's own policy, and that before the policy of the scoring."""

from typing import Any

import attrs
import pytest

from cmappraisal import Add, Assumption, Concurrence, Edition, Multiply, Policy, Provision
from cmappraisal.policy import judges_one_act
from cmappraisal.scoring import Terms
from cmappraisal.scoring.terms import Sourced
from cmappraisal.standards import Cap, Clause, Consequence, Limitation, SetTo, Waive
from worked_cases import CUMULATIVE, TEXT, book, facts_of, judge, rule, steps_of, terms_of


def clause(id: str = "G", citation: str = "9", **fields: Any) -> Clause:
    return Clause(id, TEXT, citation=citation, **fields)


GIVEN = Policy(aggravation=Add(1), smallest_unit="0.1", concurrence=Concurrence.CUMULATIVE)
OWN = Policy(aggravation=Add(2), smallest_unit="0.2", concurrence=Concurrence.HIGHEST)


@pytest.mark.parametrize(
    ("answers", "own", "expected"),
    [
        ({}, None, (Add(1), "0.1", "cumulative")),
        # What concerns several acts an edition's own policy does not decide.
        ({}, OWN, (Add(2), "0.2", "cumulative")),
        ({"aggravation": Add(3)}, OWN, (Add(3), "0.2", "cumulative")),
        ({"aggravation": Add(3)}, None, (Add(3), "0.1", "cumulative")),
        ({"concurrence": "highest"}, None, (Add(1), "0.1", "highest")),
        ({"concurrence": "highest", "smallest_unit": None}, OWN, (Add(2), None, "highest")),
    ],
    ids=["given", "own", "clause and own", "clause", "several acts", "none is an answer"],
)
def test_a_clause_comes_before_the_editions_policy_and_that_before_the_one_given(
    answers: dict[str, Any], own: Policy | None, expected: tuple[Any, ...]
) -> None:
    rulebook = book(rule("1", 5), clauses=[clause(answers=answers)])
    terms = Terms.of(Edition(rulebook, policy=own), GIVEN)
    policy = terms.policy
    unit = None if policy.smallest_unit is None else str(policy.smallest_unit)
    assert (policy.aggravation, unit, policy.concurrence.value) == expected
    assert terms.rulebook is rulebook


@pytest.mark.parametrize("name", attrs.fields_dict(Policy))
def test_a_reason_names_what_was_asked_last(name: str) -> None:
    stated = book(rule("1", 5), clauses=[clause(answers={name: getattr(Policy(), name)})])
    silent = book(rule("1", 5))
    own = Edition(silent, policy=OWN)
    assert Terms.of(Edition(stated, policy=OWN), GIVEN).reason(None, name) == Provision(
        "G", name, edition="1"
    )
    edition = "1" if judges_one_act(name) else None
    assert Terms.of(own, GIVEN).reason(None, name) == Assumption(name, edition=edition)
    assert Terms.of(Edition(silent), GIVEN).reason(None, name) == Assumption(name)


def test_a_reason_is_made_once_for_all_lines() -> None:
    terms = terms_of()
    reason = terms.reason("3.2b", "penalty")
    assert reason == Provision("3.2b", "penalty", edition="1.0")
    assert terms.reason("3.2b", "penalty") is reason
    assert terms.reason("3.2a", "penalty") != reason


CIRCUMSTANCES = ["loss", "press", "found", "late"]
WEIGHTED = book(
    rule(
        "1",
        5,
        aggravated_by={"loss": SetTo(9), "press": None},
        mitigated_by={"found": Multiply("0.2"), "late": None},
    ),
    rule("2", 5),
    circumstances=CIRCUMSTANCES,
    clauses=[
        clause(
            aggravated_by={"loss": Multiply(3), "press": Add(4)},
            mitigated_by={"found": Waive(), "late": SetTo(1)},
        )
    ],
)


def test_a_rules_own_weight_wins_over_a_clauses_even_where_it_leaves_it_to_the_policy() -> None:
    terms = terms_of(WEIGHTED, Policy(aggravation=Add(7), mitigation=Waive()))
    assert terms.heavier(WEIGHTED["1"]) == {
        "loss": Sourced(SetTo(9), "aggravated_by", "1"),
        "press": Sourced(Add(7), "aggravation", None),
    }
    assert terms.lighter(WEIGHTED["1"]) == {
        "found": Sourced(Multiply("0.2"), "mitigated_by", "1"),
        "late": Sourced(Waive(), "mitigation", None),
    }
    assert terms.heavier(WEIGHTED["2"]) == {
        "loss": Sourced(Multiply(3), "aggravated_by", "G"),
        "press": Sourced(Add(4), "aggravated_by", "G"),
    }
    assert terms.lighter(WEIGHTED["2"]) == {
        "found": Sourced(Waive(), "mitigated_by", "G"),
        "late": Sourced(SetTo(1), "mitigated_by", "G"),
    }
    assert terms.heavier(WEIGHTED["2"]) is terms.heavier(WEIGHTED["2"])


def test_what_deducts_nothing_has_nothing_that_weighs_on_it() -> None:
    revoking = book(
        rule("1", consequences=["note"]),
        rule("2", 5),
        circumstances=["loss"],
        clauses=[clause(aggravated_by={"loss": Add(4)}, mitigated_by={"loss": Waive()})],
        consequences=[Consequence("note", TEXT)],
    )
    terms = terms_of(revoking)
    assert (terms.heavier(revoking["1"]), terms.lighter(revoking["1"])) == ({}, {})
    assert steps_of(judge(facts_of("1", circumstances=["loss"]), revoking)) == [
        *(("no-points", "0"), ("no-effect", "0"), ("follows", "0")),
    ]
    assert judge(facts_of("1", circumstances=["loss"]), revoking).points == 0


def test_a_weight_that_the_standard_leaves_open_is_what_a_clause_answers() -> None:
    answered = attrs.evolve(
        WEIGHTED, clauses=[clause(answers={"aggravation": Add(2), "mitigation": Waive()})]
    )
    terms = terms_of(answered, CUMULATIVE)
    assert terms.heavier(answered["1"])["press"] == Sourced(Add(2), "aggravation", None)
    assert terms.lighter(answered["1"])["late"] == Sourced(Waive(), "mitigation", None)
    assert terms.reason(None, "aggravation") == Provision("G", "aggravation", edition="1")


def test_the_cap_of_a_rule_comes_before_that_of_a_clause() -> None:
    rules = rule("1", 5, cap=Cap(6)), rule("2", 5)
    capped = book(*rules, clauses=[clause("F", "8"), clause(cap=Cap(12))])
    terms = terms_of(capped)
    assert terms.cap(capped["1"]) == (Cap(6), "1")
    assert terms.cap(capped["2"]) == (Cap(12), "G")
    assert terms_of(book(*rules)).cap(rules[1]) is None


def test_the_time_limit_is_that_of_the_clause_that_states_one() -> None:
    limit = Limitation(24)
    limited = book(rule("1", 5), clauses=[clause("F", "8"), clause(limitation=limit)])
    assert terms_of(limited).limitation == (limit, "G")
    assert terms_of(book(rule("1", 5))).limitation is None
