"""Rules: what a standard asks, by parts, and what a breach leads to."""

import copy
import enum
import pickle
from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Any

import attrs
import pytest

from cmappraisal import ERROR_POINTS, Add, Assessed, FieldError, Multiply, Rule, Text
from cmappraisal.citations import MAXIMUM_LEVELS
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.showing import shown
from cmappraisal.standards import (
    Between,
    Cap,
    Circumstance,
    Citation,
    Deduction,
    Part,
    Penalty,
    Referral,
    SetTo,
    Silence,
    Unit,
    Waive,
)

TEXT = Text.same("words")
EACH = Deduction(1, Unit.OCCURRENCE)
RANGE = Between(10, 20)
POINTS = "a Decimal, an int or a string such as '2.5'"


def rule(id: str, penalty: Penalty | None = EACH, **fields: Any) -> Rule:
    return Rule(id, TEXT, **{"penalty": penalty, "citation": id, **fields})


def having(**fields: Any) -> Rule:
    return rule("1.1", **fields)


def declared(id: str, *implies: str, **fields: Any) -> Circumstance:
    return Circumstance(id, TEXT, implies=implies, **fields)


def nested(depth: int) -> Part:
    """A part with parts within one another, so many levels deep."""
    part = Part(str(depth), TEXT, rules=[rule("1.1")])
    for level in range(depth - 1, 0, -1):
        part = Part(str(level), TEXT, parts=[part])
    return part


REJECTIONS: list[tuple[Any, str]] = [
    (lambda: declared(""), "Circumstance: id is ''; allowed: a non-empty string of at most 200"),
    (lambda: Circumstance("a", "risk"), "Circumstance \"a\": text is 'risk'; allowed: a Text in"),  # type: ignore[arg-type]
    (
        lambda: Circumstance("a", TEXT, implies="b"),
        "Circumstance \"a\": implies is 'b'; allowed: a set or list of circumstance ids",
    ),
    (
        lambda: declared("a", group=""),
        "Circumstance \"a\": group is ''; allowed: None, or a non-empty string of at most 200",
    ),
    (lambda: declared("a", group=["b"]), "Circumstance \"a\": group is ['b']; allowed: None, or a"),
    (
        lambda: Deduction(1, "times"),
        "Deduction: unit is 'times'; allowed: Unit.OCCURRENCE or \"occurrence\", Unit.CUSTOMER or",
    ),
    (
        lambda: Deduction(1, Unit.CUSTOMER, discretionary=1),  # type: ignore[arg-type]
        "Deduction: discretionary is 1; allowed: True or False",
    ),
    (
        lambda: Deduction(RANGE, Unit.CUSTOMER, discretionary=True),
        "Deduction: discretionary is True; allowed: False where points are Between, within which",
    ),
    (
        lambda: rule("1.1", consequences=5),
        'Rule "1.1": consequences is 5; allowed: a list of consequence ids, or a mapping from them',
    ),
    (lambda: Deduction(0, Unit.CUSTOMER), "Deduction: points is Decimal('0'); allowed: a Decimal"),
    (
        lambda: Deduction(-5, Unit.CUSTOMER),
        "Deduction: points is Decimal('-5'); allowed: a Decimal",
    ),
    (lambda: Deduction(2.5, Unit.CUSTOMER), "Deduction: points is 2.5; allowed: a Decimal"),  # type: ignore[arg-type]
    (
        lambda: Deduction((10, 20), Unit.CUSTOMER),  # type: ignore[arg-type]
        f"Deduction: points is (10, 20); allowed: {POINTS} above 0 to 1000000, of at most 4 "
        "decimal places (never a float), or Between",
    ),
    (lambda: Deduction(Between, Unit.CUSTOMER), "Deduction: points is <class 'cmappraisal.rules"),  # type: ignore[arg-type]
    (
        lambda: Between(20, 20),
        "Between: most is Decimal('20'); allowed: points above least (20)",
    ),
    (lambda: Between(20, 10), "Between: most is Decimal('10'); allowed: points above least (20)"),
    (lambda: Between("0.0001", 0), "Between: most is Decimal('0'); allowed: points above least"),
    (
        lambda: Between(-1, 10),
        f"Between: least is Decimal('-1'); allowed: {POINTS} from 0 to 1000000,",
    ),
    (lambda: Between(1.5, 10), f"Between: least is 1.5; allowed: {POINTS} from 0"),  # type: ignore[arg-type]
    (
        lambda: Between("NaN", 10),
        f"Between: least is Decimal('NaN'); allowed: {POINTS} from 0",
    ),
    (
        lambda: Between(Decimal("sNaN"), 10),
        f"Between: least is Decimal('sNaN'); allowed: {POINTS} from 0",
    ),
    (lambda: Between(1, "NaN"), f"Between: most is Decimal('NaN'); allowed: {POINTS} from 0"),
    (
        lambda: Between(1, "1000000.0001"),
        f"Between: most is Decimal('1000000.0001'); allowed: {POINTS} from 0 to 1000000,",
    ),
    (lambda: Between(1, None), f"Between: most is None; allowed: {POINTS} from 0"),  # type: ignore[arg-type]
    (lambda: Between(None, 1), f"Between: least is None; allowed: {POINTS} from 0"),  # type: ignore[arg-type]
    (lambda: Cap(-1), f"Cap: points is Decimal('-1'); allowed: {POINTS} from 0 to 1000000,"),
    (lambda: Cap("1000000.0001"), f"Cap: points is Decimal('1000000.0001'); allowed: {POINTS}"),
    (lambda: Cap(0.5), f"Cap: points is 0.5; allowed: {POINTS} from 0 to 1000000,"),  # type: ignore[arg-type]
    (lambda: Cap(None), f"Cap: points is None; allowed: {POINTS} from 0 to 1000000,"),  # type: ignore[arg-type]
    (lambda: Referral(to=[]), "Referral: to is (); allowed: a non-empty list of rule ids"),
    (
        lambda: Referral(to=["1.2", "1.2"]),
        "Referral: to is ('1.2', '1.2'); allowed: a non-empty list of rule ids, none of them twice",
    ),
    (lambda: Referral(to="3.1a"), "Referral: to is '3.1a'; allowed: a non-empty list of rule ids"),
    (lambda: Referral(to=[5]), "Referral: to is (5,); allowed: a non-empty list of rule ids"),  # type: ignore[list-item]
    (
        lambda: Referral(to={"3.1a": 1}),
        "Referral: to is {'3.1a': 1}; allowed: a non-empty list of rule ids",
    ),
    (
        lambda: rule("1.1", "deduct"),  # type: ignore[arg-type]
        "Rule \"1.1\": penalty is 'deduct'; allowed: a Deduction, a Referral or None",
    ),
    (
        lambda: rule("1.1", Deduction),  # type: ignore[arg-type]
        "Rule \"1.1\": penalty is <class 'cmappraisal.rules.Deduction'>; allowed: a Deduction",
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
        lambda: rule("1.1", citation="x"),
        'Rule "1.1": citation is \'x\'; allowed: a Citation, or its path such as [3, 2, "b"] or',
    ),
    (lambda: rule("1.1", citation=None), 'Rule "1.1": citation is None; allowed: a Citation, or'),
    (lambda: rule("1.1", citation=1), 'Rule "1.1": citation is 1; allowed: a Citation, or'),
    (
        lambda: rule("1.1", cap=12),
        'Rule "1.1": cap is 12; allowed: a Cap over one violation, or None',
    ),
    (
        lambda: rule("1.1", displaces=[5]),
        'Rule "1.1": displaces is (5,); allowed: a set or list of rule ids',
    ),
    (
        lambda: rule("1.1", residual=True),
        'Rule "1.1": residual is True; allowed: None, or a non-empty string of at most 200',
    ),
    (lambda: rule("1.1", residual=""), "Rule \"1.1\": residual is ''; allowed: None, or a non-"),
    (lambda: Part("", TEXT), "Part: id is ''; allowed: a non-empty string of at most 200"),
    (lambda: Part(1, TEXT), "Part: id is 1; allowed: a non-empty string of at most 200"),  # type: ignore[arg-type]
    (lambda: Part("1", None), 'Part "1": text is None; allowed: a Text in three languages'),  # type: ignore[arg-type]
    (
        lambda: Part("1", TEXT, citation="x"),
        "Part \"1\": citation is 'x'; allowed: a Citation, or None",
    ),
    (
        lambda: Part("1", TEXT, rules=["1.1"]),  # type: ignore[list-item]
        "Part \"1\": rules is ('1.1',); allowed: a list of Rule",
    ),
    (
        lambda: Part("1", TEXT, rules=ERROR_POINTS),  # type: ignore[arg-type]
        'Part "1": rules is <Rulebook error-points 1.0: 42 rules in 4 parts>; allowed: a list of',
    ),
    (
        lambda: Part("1", TEXT, rules=rule("1.1")),  # type: ignore[arg-type]
        "Part \"1\": rules is Rule(id='1.1', text=Text(",
    ),
    (lambda: Part("1", TEXT, parts=["2"]), "Part \"1\": parts is ('2',); allowed: a list of Part,"),  # type: ignore[list-item]
    (lambda: Part("1", TEXT, parts=5), 'Part "1": parts is 5; allowed: a list of Part, 8 levels'),  # type: ignore[arg-type]
    (
        lambda: Part("1", TEXT, parts=[rule("1.1")]),  # type: ignore[list-item]
        "Part \"1\": parts is (Rule(id='1.1'",
    ),
    (
        lambda: Silence("words"),  # type: ignore[arg-type]
        "Silence: text is 'words'; allowed: a Text in three languages",
    ),
]


@pytest.mark.parametrize(("make", "message"), REJECTIONS, ids=[text[:60] for _, text in REJECTIONS])
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_a_range_reports_both_of_its_ends() -> None:
    with pytest.raises(FieldError) as caught:
        Between(-1, "NaN")
    assert [problem.path for problem in caught.value.problems] == ["$.least", "$.most"]


def test_a_rule_reports_every_field_that_does_not_fit() -> None:
    names = [field.name for field in attrs.fields(Rule) if field.name != "id"]
    with pytest.raises(FieldError) as caught:
        Rule("1.1", **dict.fromkeys(names, object()))  # type: ignore[arg-type]
    assert caught.value.subject == 'Rule "1.1"'
    assert [problem.path for problem in caught.value.problems] == [f"$.{name}" for name in names]


# What a circumstance does to a rule.

HEAVIER = (
    "a set or list of circumstance ids, or a mapping from them to SetTo, Add, Multiply by at "
    "least 1, Assessed, or None for the policy's"
)
LIGHTER = (
    "a set or list of circumstance ids, or a mapping from them to SetTo, Multiply by at most 1, "
    "Waive, or None for the policy's"
)


@pytest.mark.parametrize(
    ("field", "weights"),
    [
        ("aggravated_by", [SetTo(0), SetTo(20), Multiply(1), Multiply(1000), Add(0), Assessed()]),
        ("mitigated_by", [SetTo(0), SetTo(20), Multiply(0), Multiply("0.5"), Multiply(1), Waive()]),
    ],
)
def test_a_circumstance_has_a_weight_or_leaves_it_to_the_policy(
    field: str, weights: list[Any]
) -> None:
    given = dict(zip("abcdef", weights, strict=True))
    made = having(**{field: {**given, "z": None}})
    assert dict(getattr(made, field)) == {**given, "z": None}
    for ids in (["a", "b", "a"], {"b", "a"}, ("b", "a"), iter("ab"), {"b": 1, "a": 2}.keys()):
        assert dict(getattr(having(**{field: ids}), field)) == {"a": None, "b": None}


NO_WEIGHTS: list[Any] = [2, "2", [5], Multiply]


@pytest.mark.parametrize(
    ("field", "weight"),
    [
        ("aggravated_by", Multiply("0.9999")),
        ("aggravated_by", Waive()),
        ("mitigated_by", Multiply("1.0001")),
        ("mitigated_by", Add(0)),
        ("mitigated_by", Assessed()),
        *product(("aggravated_by", "mitigated_by"), NO_WEIGHTS),
    ],
    ids=shown,
)
def test_what_is_heavier_never_lowers_and_what_is_lighter_never_raises(
    field: str, weight: Any
) -> None:
    with pytest.raises(FieldError) as caught:
        having(**{field: {"a": weight}})
    [problem] = caught.value.problems
    assert problem.path == f"$.{field}"
    assert problem.message.startswith(shown({"a": weight}))
    assert problem.message.endswith(
        f"; allowed: {HEAVIER if field == 'aggravated_by' else LIGHTER}"
    )


NO_MAPPINGS: list[Any] = [
    *("risk", b"risk", None, 5, [5], [["risk"]], [("risk", None)], ["risk", ""], [" risk"], [None]),
    *({5: None}, {"": None}, {"a\nb": None}, {("a",): None}, {None: None}),
]


@pytest.mark.parametrize("given", NO_MAPPINGS, ids=shown)
@pytest.mark.parametrize("field", ["aggravated_by", "mitigated_by", "consequences"])
def test_what_is_no_mapping_of_ids_is_reported(field: str, given: Any) -> None:
    with pytest.raises(FieldError) as caught:
        having(**{field: given})
    [problem] = caught.value.problems
    assert problem.path == f"$.{field}"
    allowed = {"aggravated_by": HEAVIER, "mitigated_by": LIGHTER}.get(
        field, "a list of consequence ids, or a mapping from them to sets of circumstance ids"
    )
    assert problem.message.endswith(f"; allowed: {allowed}")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], {}),
        (["revoked"], {"revoked": frozenset()}),
        ({"revoked"}, {"revoked": frozenset()}),
        (("revoked", "fine"), {"fine": frozenset(), "revoked": frozenset()}),
        ({"revoked": []}, {"revoked": frozenset()}),
        ({"revoked": ["a", "b", "a"]}, {"revoked": frozenset({"a", "b"})}),
        ({"revoked": iter("a"), "fine": ()}, {"fine": frozenset(), "revoked": frozenset({"a"})}),
    ],
)
def test_consequences_follow_always_or_where_a_circumstance_is_recorded(
    given: Any, kept: dict[str, frozenset[str]]
) -> None:
    made = rule("1.1", consequences=given)
    assert made.consequences == kept
    assert list(made.consequences) == sorted(kept)
    assert {type(held) for held in made.consequences.values()} <= {frozenset}


@pytest.mark.parametrize("triggers", ["risk", None, 5, {"risk": True}, [5], [["risk"]], [""]])
def test_what_brings_a_consequence_is_a_set_of_circumstances(triggers: Any) -> None:
    with pytest.raises(FieldError) as caught:
        rule("1.1", consequences={"revoked": triggers})
    assert str(caught.value).startswith('Rule "1.1": consequences is {')
    assert str(caught.value).endswith(
        "; allowed: a list of consequence ids, or a mapping from them to sets of circumstance ids"
    )


def test_a_mapping_of_a_rule_is_sorted_and_cannot_be_changed() -> None:
    given = {"b": SetTo(2), "a": None}
    made = rule("1.1", aggravated_by=given, mitigated_by=given, consequences=["z", "x"])
    for held in (made.aggravated_by, made.mitigated_by, made.consequences):
        assert isinstance(held, ReadOnlyMapping)
        assert list(held) == sorted(held)
        with pytest.raises(TypeError):
            held["c"] = None  # type: ignore[index]
    given["c"] = None
    assert "c" not in made.aggravated_by


# What a breach deducts.


def test_collections_are_taken_as_people_write_them_and_kept_as_they_cannot_change() -> None:
    made = rule("1.1", aggravated_by=["a", "a"], displaces={"1.2"})
    assert made.displaces == frozenset({"1.2"})
    assert Part("1", TEXT, rules=iter([made])).rules == (made,)
    inner = Part("2", TEXT, rules=[made])
    assert Part("1", TEXT, parts=iter([inner])).parts == (inner,)


@pytest.mark.parametrize(
    ("points", "least", "most"),
    [
        (5, "5", "5"),
        ("2.50", "2.5", "2.5"),
        (Between(10, 20), "10", "20"),
        (Between(0, "0.0001"), "0", "0.0001"),
        (Between("999999.9999", 10**6), "999999.9999", "1000000"),
    ],
)
def test_a_deduction_has_a_least_and_a_most(points: Any, least: str, most: str) -> None:
    made = Deduction(points, "occurrence")
    assert (str(made.least), str(made.most)) == (least, most)


def test_a_cap_may_be_nothing_and_as_high_as_any_points() -> None:
    assert Cap(0).points == 0
    assert Cap("1000000").points == 1_000_000
    assert rule("1.1", cap=Cap(12)).cap == Cap(12)
    assert rule("1.1").cap is None


def test_a_rule_without_points_has_no_penalty() -> None:
    made = Rule("1.1", TEXT, citation="1.1", consequences=["revoked"])
    assert made.penalty is None
    assert made.residual is None


@pytest.mark.parametrize("path", ["1.2b", [1, 2, "b"], Citation("1.2b")], ids=str)
def test_a_path_is_taken_where_a_citation_is_asked_for(path: Any) -> None:
    assert rule("1.2b", citation=path).citation == Citation("1.2b")
    assert Part("1", TEXT, citation=path).citation == Citation("1.2b")


class RuleOfACaller(str, enum.Enum):  # noqa: UP042 - what callers have is what is tried
    COLLATERAL = "3.2b"


def test_ids_from_the_callers_own_enumeration_are_kept_as_plain_strings() -> None:
    given = RuleOfACaller.COLLATERAL
    kept = [
        declared(given).id,
        *declared("a", given).implies,
        declared("a", group=given).group,
        attrs.evolve(rule("1.1"), id=given).id,
        *rule("1.1", aggravated_by=[given]).aggravated_by,
        *rule("1.1", mitigated_by={given: Waive()}).mitigated_by,
        *rule("1.1", consequences={given: []}).consequences,
        *rule("1.1", consequences={"revoked": {given}}).consequences["revoked"],
        *rule("1.1", displaces=frozenset({given})).displaces,
        rule("1.1", residual=given).residual,
        Part(given, TEXT).id,
        *Referral(to=[given]).to,
    ]
    assert [(type(id), id) for id in kept] == [(str, "3.2b")] * len(kept)


# Parts within parts.


def test_a_part_has_all_parts_and_rules_within_it_in_the_order_of_the_standard() -> None:
    innermost = Part("1.1.1", TEXT, citation="1.1.1", rules=[rule("1.1.1.1")])
    inner = Part("1.1", TEXT, citation="1.1", rules=[rule("1.1.9")], parts=[innermost])
    other = Part("1.2", TEXT, rules=[rule("1.2.1")])
    outer = Part("1", TEXT, citation="1", rules=[rule("1.9")], parts=[inner, other])
    assert [part.id for part in outer.all_parts] == ["1", "1.1", "1.1.1", "1.2"]
    assert [each.id for each in outer.all_rules] == ["1.9", "1.1.9", "1.1.1.1", "1.2.1"]
    assert (outer.depth, inner.depth, innermost.depth) == (3, 2, 1)
    assert other.citation is None
    assert Part("empty", TEXT).all_rules == ()


def test_parts_stand_within_one_another_up_to_a_bound() -> None:
    deepest = nested(MAXIMUM_LEVELS)
    assert deepest.depth == MAXIMUM_LEVELS
    assert len(deepest.all_parts) == MAXIMUM_LEVELS
    with pytest.raises(FieldError, match="allowed: a list of Part, 8 levels deep at most"):
        nested(MAXIMUM_LEVELS + 1)


VALUES = [
    declared("severe-effect", "adverse-effect", group="effect"),
    EACH,
    RANGE,
    Deduction(RANGE, Unit.CUSTOMER),
    Cap(12),
    Referral(to=["1.2"]),
    rule("1.1", aggravated_by=["a"], mitigated_by={"b": Waive()}, consequences={"c": ["d"]}),
    Part("1", TEXT, rules=[rule("1.1")]),
    nested(3),
    Silence(TEXT, field="floor"),
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


def different(made: Rule) -> Iterator[Rule]:
    yield attrs.evolve(made, aggravated_by={"a": SetTo(2)})
    yield attrs.evolve(made, mitigated_by=["b"])
    yield attrs.evolve(made, consequences={"c": []})
    yield attrs.evolve(made, cap=Cap(1))
    yield attrs.evolve(made, residual="1")
    yield attrs.evolve(made, penalty=Deduction(RANGE, Unit.OCCURRENCE))


def test_rules_that_differ_in_one_field_differ() -> None:
    made = rule("1.1", aggravated_by=["a"], mitigated_by={"b": Waive()}, consequences={"c": ["d"]})
    assert len({made, *different(made)}) == 7


def test_a_silence_is_about_a_field_of_the_policy_or_about_a_gap() -> None:
    assert Silence(TEXT, field="floor").field == "floor"
    assert Silence(TEXT).field is None
    wrong: list[Any] = ["flor", "", 5, ["floor"], {"floor": 1}]
    for field in wrong:
        with pytest.raises(FieldError) as caught:
            Silence(TEXT, field=field)
        assert str(caught.value).startswith(
            f"Silence: field is {field!r}; allowed: None, or a field of Policy: aggravation, "
        )


@pytest.mark.parametrize("unit", Unit, ids=lambda unit: unit.value)
def test_a_unit_is_itself_or_its_value(unit: Unit) -> None:
    assert Deduction(1, unit).unit is unit
    assert Deduction(1, unit.value).unit is unit


def test_a_deduction_may_be_less_than_a_point() -> None:
    assert Deduction("0.5", Unit.CUSTOMER).points == Decimal("0.5")
