"""Rules: what a standard asks, by parts, and what a breach leads to."""

import copy
import enum
import pickle
from collections.abc import Iterable
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    FieldError,
    Provision,
    Rule,
    Rulebook,
    Text,
)
from cmappraisal.rules import MAXIMUM_ORDINAL
from cmappraisal.standards import (
    Circumstance,
    Citation,
    Deduction,
    Part,
    Penalty,
    Referral,
    Revocation,
    Silence,
    Unit,
)

TEXT = Text.same("words")
EACH = Deduction(1, Unit.OCCURRENCE)


def rule(id: str, penalty: Penalty = EACH, **fields: Any) -> Rule:
    chapter, clause = map(int, id.split("."))
    return Rule(id, TEXT, **{"penalty": penalty, "citation": Citation([chapter, clause]), **fields})


def book(*rules: Rule, circumstances: Iterable[Circumstance] = ()) -> Rulebook:
    """A rulebook with a part for each that the rules cite."""
    numbers = sorted({each.citation.chapter for each in rules})
    parts = [
        Part(number, TEXT, rules=[each for each in rules if each.citation.chapter == number])
        for number in numbers
    ]
    return Rulebook("bank", "1.0", text=TEXT, circumstances=circumstances, parts=parts)


def declared(id: str, *implies: str) -> Circumstance:
    return Circumstance(id, TEXT, implies=implies)


REJECTIONS: list[tuple[Any, str]] = [
    (lambda: declared(""), "Circumstance: id is ''; allowed: a non-empty string of at most 200"),
    (lambda: Circumstance("a", "risk"), "Circumstance \"a\": text is 'risk'; allowed: a Text in"),  # type: ignore[arg-type]
    (
        lambda: Circumstance("a", TEXT, implies="b"),
        "Circumstance \"a\": implies is 'b'; allowed: a set or list of circumstance ids",
    ),
    (
        lambda: Deduction(1, "times"),
        "Deduction: unit is 'times'; allowed: Unit.OCCURRENCE or \"occurrence\", Unit.CUSTOMER or",
    ),
    (
        lambda: Deduction(1, Unit.CUSTOMER, discretionary=1),  # type: ignore[arg-type]
        "Deduction: discretionary is 1; allowed: True or False",
    ),
    (lambda: Referral(to=[]), "Referral: to is (); allowed: a non-empty list of rule ids"),
    (
        lambda: Referral(to=["1.2", "1.2"]),
        "Referral: to is ('1.2', '1.2'); allowed: a non-empty list of rule ids, none of them twice",
    ),
    (lambda: Referral(to="3.1a"), "Referral: to is '3.1a'; allowed: a non-empty list of rule ids"),
    (lambda: Referral(to=[5]), "Referral: to is (5,); allowed: a non-empty list of rule ids"),  # type: ignore[list-item]
    (lambda: Deduction(0, Unit.CUSTOMER), "Deduction: points is Decimal('0'); allowed: a Decimal"),
    (
        lambda: Deduction(-5, Unit.CUSTOMER),
        "Deduction: points is Decimal('-5'); allowed: a Decimal",
    ),
    (lambda: Deduction(2.5, Unit.CUSTOMER), "Deduction: points is 2.5; allowed: a Decimal"),  # type: ignore[arg-type]
    (
        lambda: Referral(to={"3.1a": 1}),
        "Referral: to is {'3.1a': 1}; allowed: a non-empty list of rule ids",
    ),
    (lambda: Citation("0.1"), "Citation: chapter is 0; allowed: an int from 1 to 9999"),
    (lambda: Citation("1.0"), "Citation: clause is 0; allowed: an int from 1 to 9999"),
    (lambda: Citation(1.0, 1), "Citation: chapter is 1.0; allowed: an int from 1 to 9999"),  # type: ignore[arg-type]
    (lambda: Citation([1, True]), "Citation: clause is True; allowed: an int from 1 to 9999"),
    (lambda: Citation(1, 1, limb=""), "Citation: limb is ''; allowed: None, or a non-empty"),
    (
        lambda: Citation("1.11"),
        "Citation: limb is '1'; allowed: None, or an id that begins with no digit, such as \"b\"",
    ),
    (
        lambda: rule("1.1", "deduct"),  # type: ignore[arg-type]
        "Rule \"1.1\": penalty is 'deduct'; allowed: a Deduction, a Revocation or a Referral",
    ),
    (
        lambda: rule("1.1", Revocation),  # type: ignore[arg-type]
        "Rule \"1.1\": penalty is <class 'cmappraisal.rules.Revocation'>; allowed: a Deduction",
    ),
    (
        lambda: attrs.evolve(rule("1.1"), id="x" * 201),
        f"Rule: id is '{'x' * 79}...; allowed: a non-empty string of at most 200 characters",
    ),
    (
        lambda: attrs.evolve(rule("1.1"), text="words"),  # type: ignore[arg-type]
        "Rule \"1.1\": text is 'words'; allowed: a Text in three languages",
    ),
    (
        lambda: rule("1.1", aggravated_by="risk"),
        "Rule \"1.1\": aggravated_by is 'risk'; allowed: a set or list of circumstance ids",
    ),
    (
        lambda: rule("1.1", consequences={"revoked": [["risk"]}]),
        "Rule \"1.1\": revoked_by is (['risk'],); allowed: a set or list of circumstance ids",
    ),
    (lambda: rule("1.1", citation="1.1"), "Rule \"1.1\": citation is '1.1'; allowed: a Citation"),
    (
        lambda: rule("1.1", displaces=[5]),
        'Rule "1.1": displaces is (5,); allowed: a set or list of rule ids',
    ),
    (lambda: rule("1.1", residual=None), 'Rule "1.1": residual is None; allowed: True or False'),
    (
        lambda: Part("1", TEXT, rules=[]),  # type: ignore[arg-type]
        "Part: number is '1'; allowed: an int from 1 to 9999",
    ),
    (
        lambda: Part("1", TEXT, rules=["1.1"]),  # type: ignore[list-item]
        "Part: rules is ('1.1',); allowed: a list of Rule",
    ),
    (
        lambda: Part("1", TEXT, rules=ERROR_POINTS),  # type: ignore[arg-type]
        "Part: rules is <Rulebook error-points 1.0: 42 rules in 4 parts>; allowed: a list of Rule",
    ),
    (
        lambda: Part("1", TEXT, rules=rule("1.1")),  # type: ignore[arg-type]
        "Part: rules is Rule(id='1.1', text=Text(",
    ),
]


@pytest.mark.parametrize(("make", "message"), REJECTIONS, ids=[text[:40] for _, text in REJECTIONS])
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_collections_are_taken_as_people_write_them_and_kept_as_they_cannot_change() -> None:
    made = rule("1.1", aggravated_by=["a", "a"], displaces={"1.2"}, consequences={"revoked": iter}(["b"]))
    assert made.aggravated_by == frozenset({"a"})
    assert made.revoked_by == frozenset({"b"})
    assert made.displaces == frozenset({"1.2"})
    assert Part("1", TEXT, rules=iter([made])).rules == (made,)


class RuleOfACaller(str, enum.Enum):  # noqa: UP042 - what callers have is what is tried
    COLLATERAL = "3.2b"


class LimbOfACaller(str, enum.Enum):  # noqa: UP042 - as above
    SECOND = "b"


def test_ids_from_the_callers_own_enumeration_are_kept_as_plain_strings() -> None:
    given = RuleOfACaller.COLLATERAL
    kept = [
        declared(given).id,
        *declared("a", given).implies,
        attrs.evolve(rule("1.1"), id=given).id,
        *rule("1.1", aggravated_by=[given]).aggravated_by,
        *rule("1.1", consequences={"revoked": {given}}).revoked_by,
        *rule("1.1", displaces=frozenset({given})).displaces,
        *Referral(to=[given]).to,
    ]
    assert [(type(id), id) for id in kept] == [(str, "3.2b")] * len(kept)
    assert type(Citation(1, 1, limb=LimbOfACaller.SECOND).limb) is str


VALUES = [
    declared("severe-effect", "adverse-effect"),
    EACH,
    Revocation(),
    Referral(to=["1.2"]),
    Citation("3.2b"),
    rule("1.1", aggravated_by=["a"]),
    Part("1", TEXT, rules=[rule("1.1")]),
    Silence(TEXT, field="floor"),
    Provision("3.18", "residual", edition="1.0"),
    ERROR_POINTS,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_part_of_a_standard_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_a_provision_is_a_field_of_a_rule_of_an_edition() -> None:
    provision = Provision("3.14", "revoked_by", edition="1.0")
    assert (provision.rule, provision.field, provision.edition) == ("3.14", "revoked_by", "1.0")
    assert str(provision) == "3.14 revoked_by"


def test_only_what_decides_a_penalty_is_a_provision() -> None:
    fields = "penalty, aggravated_by, revoked_by, displaces, residual"
    assert ", ".join(Provision.FIELDS) == fields
    for name in ("text", "id", "citation", None, 5):
        with pytest.raises(FieldError) as caught:
            Provision("3.1a", name, edition="1.0")  # type: ignore[arg-type]
        assert str(caught.value) == (
            f"Provision: field is {name!r}; allowed: a field of Rule: {fields}"
        )


@pytest.mark.parametrize("number", [1, MAXIMUM_ORDINAL])
def test_a_citation_goes_up_to_a_bound(number: int) -> None:
    assert str(Citation([number, number])) == f"{number}.{number}"
    with pytest.raises(FieldError, match="allowed: an int from 1 to 9999"):
        Citation(MAXIMUM_ORDINAL + number, 1)


def test_two_citations_read_alike_only_where_they_are_equal() -> None:
    citations = [
        Citation(chapter, clause, limb=limb)
        for chapter in (1, 11)
        for clause in (1, 11, 111)
        for limb in (None, "a", "a1")
    ]
    assert len(set(map(str, citations))) == len(citations)
    for limb in ("1", "٣", "1a"):
        with pytest.raises(FieldError, match="an id that begins with no digit"):
            Citation(1, 1, limb=limb)


def test_a_silence_is_about_a_field_of_the_policy_or_about_a_gap() -> None:
    assert Silence(TEXT, field="floor").field == "floor"
    assert Silence(TEXT).field is None
    with pytest.raises(FieldError, match=r"^Silence: field is 'flor'; allowed: None, or a field"):
        Silence(TEXT, field="flor")
