"""Appraisals: a result that is a value, and explains itself."""

import copy
import gc
import pickle
import weakref
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Add,
    Appraisal,
    Assumption,
    Edition,
    Editions,
    FieldError,
    Grade,
    LanguageError,
    Ledger,
    Line,
    Period,
    Policy,
    Provision,
    Recorded,
    Rulebook,
    RulebookError,
    Subtotal,
    Text,
    UnknownRuleError,
    Violation,
    explain,
    score,
    score_card,
)
from cmappraisal.provisions import fields_of
from cmappraisal.standards import Cap, Clause, Consequence, Part
from worked_cases import TEXT, book, found, ledger_of, rule

LEDGER = Ledger().record(
    Violation("V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2)),
    at=datetime(2025, 3, 4, tzinfo=UTC),
)
APPRAISAL = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_appraisal_explains_itself(language: str) -> None:
    assert APPRAISAL.explain(language) == explain(APPRAISAL, language)  # type: ignore[arg-type]
    assert APPRAISAL.explain() == APPRAISAL.explain("en")


@pytest.mark.parametrize("language", ["de", "", None])
def test_it_explains_itself_in_no_other_language(language: str) -> None:
    with pytest.raises(LanguageError, match=r"language is .*; allowed: zh-Hant, zh-Hans, en"):
        APPRAISAL.explain(language)  # type: ignore[arg-type]


def test_an_appraisal_is_a_value() -> None:
    again = score(LEDGER, ERROR_POINTS, Period.year(2025), manager="RM-01")
    assert again == APPRAISAL
    assert hash(again) == hash(APPRAISAL)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        APPRAISAL.points = 0  # type: ignore[misc, assignment]


def test_a_repr_is_a_line_however_long_the_standard_is() -> None:
    assert repr(APPRAISAL) == (
        "<Appraisal of 'RM-01' for 2025-01-01..2025-12-31: 10 points, score 90, 1 line>"
    )
    assert repr(APPRAISAL.lines[0]) == "<Line 'V-1' under rule '3.2b': 10 points, 1 step>"
    assert repr(APPRAISAL.subtotals[3]) == "Subtotal(part='4', points=Decimal('0'))"
    revoked = score_of(Violation("V-1", "RM-01", rule="1.5", occurred_on=date(2025, 3, 2)))
    assert repr(revoked) == (
        "<Appraisal of 'RM-01' for 2025-01-01..2025-12-31: 0 points, revoked, 1 line>"
    )


def score_of(*violations: Violation, policy: Policy | None = None) -> Appraisal:
    ledger = Ledger(
        Recorded(violation, at=datetime(2025, 3, 4, tzinfo=UTC)) for violation in violations
    )
    policy = policy or Policy()
    return score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01", policy=policy)


def test_a_result_refers_to_its_rules_parts_and_grade() -> None:
    bands = [
        Grade("A", at_least=90, below=None),
        Grade("D", Text("差", "差", en="bad"), at_least=None, below=90),
    ]
    referred = Violation(
        "V-1", "RM-01", rule="3.15", occurred_on=date(2025, 3, 2), refers_to="3.2b"
    )
    appraisal = score_of(referred, policy=Policy(grades=bands))
    [line] = appraisal.lines
    assert (line.rule, line.violation.rule) == ("3.2b", "3.15")
    assert appraisal.rule_of(line) is ERROR_POINTS["3.2b"]
    assert [appraisal.part_of(each) for each in appraisal.subtotals] == list(ERROR_POINTS.parts)
    assert (appraisal.grade, appraisal.band) == ("A", bands[0])
    assert appraisal.rulebook is appraisal.rulebooks[0]
    assert score_of().band is None
    assert score_of(policy=Policy(grades=bands)).band == bands[0]


def test_what_a_step_read_is_looked_up() -> None:
    risky = Violation(
        "V-1", "RM-01", rule="3.2b", occurred_on=date(2025, 3, 2), circumstances=["risk"]
    )
    appraisal = score_of(risky, policy=Policy(aggravation=Add(3)))
    stated, aggravated = appraisal.lines[0].steps
    assert appraisal.value_of(stated.reason) == ERROR_POINTS["3.2b"].penalty
    assert appraisal.value_of(aggravated.reason) == Add(3)
    for field in attrs.fields(Policy):
        value = getattr(appraisal.policy, field.name)
        assert appraisal.value_of(Assumption(field.name)) == value
    for name in fields_of(ERROR_POINTS["3.17b"]):
        provision = Provision("3.17b", name, edition="1.0")
        assert appraisal.value_of(provision) == getattr(ERROR_POINTS["3.17b"], name)


def test_what_a_clause_states_and_what_an_edition_decides_is_looked_up() -> None:
    clause = Clause("G", TEXT, citation="9", cap=Cap(7), answers={"floor": 5})
    first, second = book(rule("1", 10), clauses=[clause]), book(rule("1", 10), edition="2")
    own = Policy(aggravation=Add(9))
    standard = Editions(
        [Edition(first, last=date(2025, 1, 31)), Edition(second, date(2025, 2, 1), policy=own)]
    )
    ledger = ledger_of([found("a", "1", occurred_on=date(2025, 1, 5)), found("b", "1")])
    appraisal = score(ledger, standard, Period.year(2025), manager="RM-01")
    assert appraisal.value_of(Provision("G", "cap", edition="1")) == Cap(7)
    assert appraisal.value_of(Provision("G", "floor", edition="1")) == 5
    assert appraisal.value_of(Assumption("aggravation", edition="2")) == Add(9)
    assert appraisal.value_of(Assumption("aggravation")) == Policy().aggravation
    # An edition without a policy of its own is decided by the one that scoring was given.
    assert appraisal.value_of(Assumption("aggravation", edition="1")) == Policy().aggravation
    assert appraisal.rulebook is second
    assert appraisal.rulebooks == (first, second)
    assert [appraisal.rulebook_of(line) for line in appraisal.lines] == [first, second]
    assert [appraisal.rule_of(line) for line in appraisal.lines] == [first["1"], second["1"]]
    # What the closing edition does not state is the policy's.
    assert appraisal.decided.floor == 0
    closed = score(ledger, standard, Period.month(2025, 1), manager="RM-01")
    assert closed.rulebook is first
    assert [closed.policy.floor, closed.decided.floor] == [0, 5]


def test_a_part_is_found_in_the_closing_edition_or_else_in_the_latest_that_has_it() -> None:
    def of(edition: str, *ids: str, words: str) -> Rulebook:
        parts = [Part(id, Text.same(words), rules=[rule(id, 1)]) for id in ids]
        return book(edition=edition, parts=parts)

    standard = Editions(
        [
            Edition(of("1", "1", "2", words="old"), last=date(2025, 1, 31)),
            Edition(of("2", "1", "3", words="new"), date(2025, 2, 1)),
        ]
    )
    ledger = ledger_of([found("a", "2", occurred_on=date(2025, 1, 5)), found("b", "3")])
    appraisal = score(ledger, standard, Period.year(2025), manager="RM-01")
    assert [subtotal.part for subtotal in appraisal.subtotals] == ["1", "3", "2"]
    texts = [appraisal.part_of(subtotal).text.en for subtotal in appraisal.subtotals]
    assert texts == ["new", "new", "old"]


def test_a_line_has_the_ids_of_what_follows() -> None:
    fined = book(
        rule("1", consequences=["fine", "note"]),
        consequences=[Consequence("fine", TEXT, money="12.5"), Consequence("note", TEXT)],
    )
    appraisal = score(ledger_of([found("a", "1")]), fined, Period.year(2025), manager="RM-01")
    [line] = appraisal.lines
    assert (line.consequences, line.money) == (("fine", "note"), Decimal("12.5"))
    assert APPRAISAL.lines[0].consequences == ()


def test_what_is_not_there_cannot_be_looked_up() -> None:
    with pytest.raises(UnknownRuleError):
        APPRAISAL.value_of(Provision("9.9", "penalty", edition="1.0"))
    with pytest.raises(FieldError, match=r"value_of: reason is 'floor'; allowed: a Provision"):
        APPRAISAL.value_of("floor")  # type: ignore[arg-type]
    with pytest.raises(RulebookError, match=r'there is no edition "2\.0"; known: 1\.0'):
        APPRAISAL.value_of(Provision("3.2b", "penalty", edition="2.0"))
    with pytest.raises(RulebookError, match=r'there is no edition "2\.0"; known: 1\.0'):
        APPRAISAL.value_of(Assumption("aggravation", edition="2.0"))
    fields = ", ".join(fields_of(ERROR_POINTS["3.2b"]))
    for field in ("limitation", "floor"):
        provision = Provision("3.2b", field, edition="1.0")
        with pytest.raises(FieldError) as caught:
            APPRAISAL.value_of(provision)
        assert str(caught.value) == (
            f'Appraisal.value_of: reason is {provision!r}; allowed: a field of "3.2b": {fields}'
        )
    with pytest.raises(FieldError, match=r"allowed: the id of a part: 1, 2, 3, 4$"):
        APPRAISAL.part_of(Subtotal("5", Decimal(0)))
    with pytest.raises(UnknownRuleError):
        APPRAISAL.rule_of(attrs.evolve(APPRAISAL.lines[0], rule="9.9"))


@pytest.mark.parametrize("report", [explain, score_card])
def test_only_an_appraisal_has_a_report(report: Any) -> None:
    with pytest.raises(FieldError, match="appraisal is None; allowed: an Appraisal"):
        report(None)


WRONG: dict[str, Any] = {
    "manager": 5,
    "period": 2025,
    "as_of": datetime(2025, 3, 4),  # noqa: DTZ001
    "standard": [],
    "policy": None,
    "points": 1,
    "awards": 1,
    "score": "99",
    "grade": Grade("A", at_least=None, below=None),
    "revoked": 0,
    "subtotals": [5],
    "lines": [None],
    "merits": [5],
    "people": [5],
    "caps": [5],
    "incomplete": [5],
}


@pytest.mark.parametrize("name", attrs.fields_dict(Appraisal))
def test_an_appraisal_is_made_of_what_its_fields_allow(name: str) -> None:
    with pytest.raises(FieldError) as caught:
        attrs.evolve(APPRAISAL, **{name: WRONG[name]})
    assert [problem.path for problem in caught.value.problems] == [f"$.{name}"]


def test_an_appraisal_made_of_nothing_that_fits_reports_every_field() -> None:
    with pytest.raises(FieldError) as caught:
        Appraisal(**WRONG)
    assert [problem.path for problem in caught.value.problems] == [f"$.{name}" for name in WRONG]


def test_a_line_and_a_subtotal_report_every_field_that_does_not_fit() -> None:
    with pytest.raises(FieldError) as caught:
        Line("V-1", "", edition="", points=1, money=0, revokes=None, answers_as="", steps=[5])  # type: ignore[arg-type, list-item]
    assert [problem.path for problem in caught.value.problems] == [
        f"$.{field.name}" for field in attrs.fields(Line)
    ]
    with pytest.raises(FieldError) as caught:
        Subtotal("", 1)  # type: ignore[arg-type]
    assert [problem.path for problem in caught.value.problems] == ["$.part", "$.points"]


def test_a_result_can_be_pickled_and_copied() -> None:
    for again in (pickle.loads(pickle.dumps(APPRAISAL)), copy.deepcopy(APPRAISAL)):
        assert again == APPRAISAL
        assert hash(again) == hash(APPRAISAL)


def test_an_appraisal_whose_lines_nobody_has_read_holds_no_ledger() -> None:
    at = datetime(2025, 3, 4, tzinfo=UTC)
    ledger = Ledger()
    for id in ("V-1", "V-2"):
        violation = Violation(id, "RM-01", rule="2.1", occurred_on=date(2025, 3, 2), incident="I-1")
        ledger = ledger.record(violation, at=at)
    appraisal = score(ledger, ERROR_POINTS, Period.year(2025), manager="RM-01")
    held, case = weakref.ref(ledger), weakref.ref(ledger.case("V-1"))
    del ledger
    gc.collect()
    assert (held(), case()) == (None, None)
    assert [line.violation.id for line in appraisal.lines] == ["V-1", "V-2"]


@pytest.mark.parametrize(("count", "lines"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines")])
def test_a_repr_counts_lines_as_people_do(count: int, lines: str) -> None:
    violations = [
        Violation(f"V-{number}", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
        for number in range(count)
    ]
    assert repr(score_of(*violations)).endswith(f", {lines}>")


def test_what_cannot_be_looked_up_is_shown() -> None:
    subtotal = Subtotal("5", Decimal(0))
    with pytest.raises(FieldError) as caught:
        APPRAISAL.part_of(subtotal)
    assert str(caught.value) == (
        f"Appraisal.part_of: subtotal is {subtotal!r}; allowed: the id of a part: 1, 2, 3, 4"
    )
    with pytest.raises(FieldError, match=r"^Appraisal\.value_of: reason is 5; allowed: a Prov"):
        APPRAISAL.value_of(5)  # type: ignore[arg-type]
    with pytest.raises(
        FieldError, match=r"^Appraisal\.part_of: subtotal is 5; allowed: a Subtotal$"
    ):
        APPRAISAL.part_of(5)  # type: ignore[arg-type]
    with pytest.raises(FieldError, match=r"^Appraisal\.rulebook_of: line is 5; allowed: a Line$"):
        APPRAISAL.rulebook_of(5)  # type: ignore[arg-type]


def test_a_notebook_shows_the_score_card() -> None:
    assert APPRAISAL._repr_html_() == score_card(APPRAISAL)
