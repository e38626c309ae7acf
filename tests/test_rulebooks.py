"""Rulebooks: a standard that reads like a mapping and cannot contradict itself."""

import copy
import pickle
from collections.abc import Iterable
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    FieldError,
    Policy,
    ProblemCode,
    Rule,
    Rulebook,
    RulebookError,
    Text,
    UnknownRuleError,
)
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.fields import shown
from cmappraisal.rulebooks import MAXIMUM_CIRCUMSTANCES, MAXIMUM_RULES
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


def test_a_rulebook_is_a_mapping_in_the_order_of_the_standard() -> None:
    found = book(rule("1.2"), rule("1.1"), rule("2.1"))
    assert list(found) == ["1.2", "1.1", "2.1"]
    assert len(found) == 3
    assert found["1.1"].id == "1.1"
    assert "1.1" in found
    assert "9.9" not in found
    assert not found.__contains__(5)
    assert not found.__contains__(["1.1"])
    assert found.get("9.9") is None
    assert found.get("9.9", found["2.1"]) is found["2.1"]
    assert [each.id for each in found.values()] == list(found)
    assert found.part_of("2.1") is found.parts[1]
    assert str(found) == "bank 1.0"


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("3.99", 'rule "3.99" is not in rulebook "error-points 1.0"; did you mean "3.9"?'),
        ("hello", 'rule "hello" is not in rulebook "error-points 1.0"'),
        (5, 'rule "5" is not in rulebook "error-points 1.0"'),
        (None, 'rule "None" is not in rulebook "error-points 1.0"'),
        (3.9, 'rule "3.9" is not in rulebook "error-points 1.0"; did you mean "3.9"?'),
        ("", 'rule "\'\'" is not in rulebook "error-points 1.0"'),
        ("\u202e", 'rule "\'\\u202e\'" is not in rulebook "error-points 1.0"'),
        ("\ud800", 'rule "\'\\ud800\'" is not in rulebook "error-points 1.0"'),
        ("x" * 10**6, f'rule "\'{"x" * 79}..." is not in rulebook "error-points 1.0"'),
        (["3.9"], 'rule "[\'3.9\']" is not in rulebook "error-points 1.0"'),
        ("3.1", 'rule "3.1" is not in rulebook "error-points 1.0"'),
        ("3.2B", 'rule "3.2B" is not in rulebook "error-points 1.0"; did you mean "3.2b"?'),
        ("a\nb", 'rule "\'a\\nb\'" is not in rulebook "error-points 1.0"'),
    ],
)
def test_a_rule_that_is_not_there_is_reported(id: Any, message: str) -> None:
    for ask in (ERROR_POINTS.__getitem__, ERROR_POINTS.part_of):
        with pytest.raises(UnknownRuleError) as caught:
            ask(id)
        assert str(caught.value) == message


def test_what_circumstances_imply_is_followed_to_the_end() -> None:
    found = book(
        rule("1.1"),
        circumstances=[declared("a", "b"), declared("b", "c"), declared("c"), declared("d")],
    )
    assert found.implied_by(["a", "d"]) == {"a", "b", "c", "d"}
    assert found.implied_by(iter(["c"])) == {"c"}
    assert found.implied_by([]) == frozenset()
    with pytest.raises(RulebookError) as caught:
        found.implied_by(["e"])
    assert str(caught.value) == 'circumstance "e" is not in rulebook "bank 1.0"'


def test_a_misspelt_circumstance_has_a_remedy() -> None:
    with pytest.raises(RulebookError) as caught:
        ERROR_POINTS.implied_by({"severe_effect"})
    assert str(caught.value) == (
        'circumstance "severe_effect" is not in rulebook "error-points 1.0"; '
        'did you mean "severe-effect"?'
    )


@pytest.mark.parametrize(
    ("given", "shown_as"),
    [
        ("risk", "'risk'"),
        (None, "None"),
        ({"risk": True}, "{'risk': True}"),
        ([5], "(5,)"),
        ([["risk"]], "(['risk'],)"),
        (["x" * 1000], f"frozenset({{'{'x' * 68}..."),
    ],
    ids=shown,
)
def test_what_is_no_collection_of_circumstances_is_reported(given: Any, shown_as: str) -> None:
    with pytest.raises(FieldError) as caught:
        ERROR_POINTS.implied_by(given)
    assert str(caught.value) == (
        f"implied_by: circumstance_ids is {shown_as}; allowed: a set or list of circumstance ids"
    )


ONE_RULE = Rulebook("bank", "1.0", text=TEXT, parts=[Part("1", TEXT, rules=[rule("1.1")])])
CONTRADICTIONS: dict[str, tuple[Any, str]] = {
    "no part": (book, "there is no part; give at least one, with its rules"),
    "an empty part": (
        lambda: attrs.evolve(ONE_RULE, parts=[Part("1", TEXT, rules=[])]),
        "part 1 is empty; give it rules, or leave it out",
    ),
    "a part twice": (
        lambda: attrs.evolve(
            ONE_RULE, parts=[Part("1", TEXT, rules=[rule(id)]) for id in ("1.1", "1.2")]
        ),
        "part 1 is there twice; number each part once",
    ),
    "a rule twice": (
        lambda: book(rule("1.1"), rule("1.1", citation=Citation("1.2"))),
        'rule "1.1" is there twice; give each rule an id of its own',
    ),
    "a circumstance twice": (
        lambda: book(rule("1.1"), circumstances=[declared("a"), declared("a")]),
        'circumstance "a" is there twice; declare it once',
    ),
    "a circumstance that implies another unknown": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "b")]),
        'circumstance "a" implies "b", which is not declared; declare it among the circumstances',
    ),
    "a circle of implications": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "b"), declared("b", "a")]),
        'circumstances imply one another in a circle: "a" - "b" - "a"; break it at one of them',
    ),
    "a circle of three implications": (
        lambda: book(
            rule("1.1"),
            circumstances=[declared("a", "b"), declared("b", "c"), declared("c", "a")],
        ),
        'circumstances imply one another in a circle: "a" - "c" - "b" - "a"; '
        "break it at one of them",
    ),
    "a circumstance that implies itself": (
        lambda: book(rule("1.1"), circumstances=[declared("a", "a")]),
        'circumstances imply one another in a circle: "a" - "a"; break it at one of them',
    ),
    "two rules that cite one place": (
        lambda: book(rule("1.1"), rule("1.2", citation=Citation("1.1"))),
        "citation 1.1 is there twice; give each penalty of a clause a limb of its own",
    ),
    "a clause both whole and in limbs": (
        lambda: book(rule("1.1"), rule("1.2", citation=Citation("1.1b"))),
        "1.1b is a limb of a clause that another rule cites whole; give that one a limb too",
    ),
    "aggravated by what is unknown": (
        lambda: book(rule("1.1", aggravated_by=["risks"]), circumstances=[declared("risk")]),
        'rule "1.1" is aggravated by "risks", which is not declared; '
        'declare it among the circumstances; did you mean "risk"?',
    ),
    "revoked by what is unknown": (
        lambda: book(rule("1.1", consequences={"revoked": ["serious"]})),
        'rule "1.1" is revoked by "serious", which is not declared; '
        "declare it among the circumstances",
    ),
    "a misspelt circumstance that revokes": (
        lambda: book(rule("1.1", consequences={"revoked": ["serios"]}), circumstances=[declared("serious")]),
        'rule "1.1" is revoked by "serios", which is not declared; '
        'declare it among the circumstances; did you mean "serious"?',
    ),
    "a citation of another part": (
        lambda: attrs.evolve(ONE_RULE, parts=[Part("2", TEXT, rules=[rule("1.1")])]),
        'rule "1.1" stands in part 2 but cites part 1; make them agree',
    ),
    "a revocation that is aggravated": (
        lambda: book(rule("1.1", Revocation(), aggravated_by=["a"]), circumstances=[declared("a")]),
        'rule "1.1" has aggravated_by, without effect on a Revocation; leave it out',
    ),
    "a revocation that is revoked": (
        lambda: book(rule("1.1", Revocation(), consequences={"revoked": ["a"]}), circumstances=[declared("a")]),
        'rule "1.1" has revoked_by, without effect on a Revocation; leave it out',
    ),
    "a referral that is aggravated": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"]), aggravated_by=["a"]),
            rule("1.2"),
            circumstances=[declared("a")],
        ),
        'rule "1.1" has aggravated_by, without effect on a Referral; leave it out',
    ),
    "a referral that is revoked": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"]), consequences={"revoked": ["a"]}),
            rule("1.2"),
            circumstances=[declared("a")],
        ),
        'rule "1.1" has revoked_by, without effect on a Referral; leave it out',
    ),
    "a referral that displaces": (
        lambda: book(rule("1.1", Referral(to=["1.2"]), displaces=["1.2"]), rule("1.2")),
        'rule "1.1" has displaces, without effect on a Referral; leave it out',
    ),
    "a referral that is residual": (
        lambda: book(rule("1.1", Referral(to=["1.2"]), residual=True), rule("1.2")),
        'rule "1.1" has residual, without effect on a Referral; leave it out',
    ),
    "a referral to what is not there": (
        lambda: book(rule("1.1", Referral(to=["1.22"])), rule("1.2")),
        'rule "1.1" refers to "1.22", which is not there; name a rule of this rulebook; '
        'did you mean "1.2"?',
    ),
    "a referral to a referral": (
        lambda: book(
            rule("1.1", Referral(to=["1.2"])), rule("1.2", Referral(to=["1.3"])), rule("1.3")
        ),
        'rule "1.1" refers to "1.2", which only refers; name the rules that it refers to',
    ),
    "a referral to itself": (
        lambda: book(rule("1.1", Referral(to=["1.1"]))),
        'rule "1.1" refers to "1.1", which only refers; name the rules that it refers to',
    ),
    "a silence twice": (
        lambda: attrs.evolve(ONE_RULE, silences=[Silence(TEXT, field="floor")] * 2),
        "the silence about floor is there twice; say once what the standard leaves open",
    ),
    "a displacement of what is not there": (
        lambda: book(rule("1.1", displaces=["x"])),
        'rule "1.1" displaces "x", which is not there; name a rule of this rulebook',
    ),
    "a displacement of a referral": (
        lambda: book(
            rule("1.1", displaces=["1.2"]), rule("1.2", Referral(to=["1.3"])), rule("1.3")
        ),
        'rule "1.1" displaces "1.2", which only refers; name the rules that it refers to',
    ),
    "a rule that displaces itself": (
        lambda: book(rule("1.1", displaces=["1.1"])),
        'rules give way to one another in a circle: "1.1" - "1.1"; an incident under all of them '
        "would deduct nothing, so let one of them apply",
    ),
    "rules that displace each other": (
        lambda: book(rule("1.1", displaces=["1.2"]), rule("1.2", displaces=["1.1"])),
        'rules give way to one another in a circle: "1.1" - "1.2" - "1.1"; an incident under all '
        "of them would deduct nothing, so let one of them apply",
    ),
    "a circle of three displacements": (
        lambda: book(
            rule("1.1", displaces=["1.2"]),
            rule("1.2", displaces=["2.1"]),
            rule("2.1", displaces=["1.1"]),
        ),
        'rules give way to one another in a circle: "1.1" - "1.2" - "2.1" - "1.1"; an incident '
        "under all of them would deduct nothing, so let one of them apply",
    ),
    "two residual rules of a part": (
        lambda: book(rule("1.1", residual=True), rule("1.2", residual=True)),
        'rule "1.2" is residual, as "1.1" of the same part is, and each would give way to the '
        "other; let a part have one residual rule",
    ),
    "a residual rule that displaces": (
        lambda: book(rule("1.1", residual=True, displaces=["1.2"]), rule("1.2")),
        'rules give way to one another in a circle: "1.1" - "1.2" - "1.1"; an incident under all '
        "of them would deduct nothing, so let one of them apply",
    ),
}


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS.values(), ids=list(CONTRADICTIONS))
def test_a_rulebook_that_contradicts_itself_cannot_be_made(make: Any, message: str) -> None:
    with pytest.raises(RulebookError) as caught:
        make()
    assert str(caught.value) == f'rulebook "bank 1.0": {message}'


def test_a_residual_rule_in_each_chapter_is_no_contradiction() -> None:
    assert len(book(rule("1.1", residual=True), rule("1.2"), rule("2.1", residual=True))) == 3


def test_a_revocation_may_displace_and_be_residual() -> None:
    found = book(
        rule("1.1", Revocation(), residual=True, displaces=["2.1"]),
        rule("1.2", Referral(to=["2.1"])),
        rule("2.1"),
    )
    assert found["1.1"].residual


def test_a_special_rule_may_displace_what_displaces_another() -> None:
    found = book(rule("1.1", displaces=["1.2", "1.3"]), rule("1.2", displaces=["1.3"]), rule("1.3"))
    assert found["1.1"].displaces == {"1.2", "1.3"}


def test_a_rulebook_stays_the_mapping_that_it_is() -> None:
    again = pickle.loads(pickle.dumps(ERROR_POINTS))
    assert list(again.items()) == list(ERROR_POINTS.items())
    assert again.part_of("4.1b") == ERROR_POINTS.part_of("4.1b")
    assert again.implied_by(["severe-effect"]) == {"severe-effect", "adverse-effect"}
    assert attrs.evolve(ERROR_POINTS, edition="2.0") != ERROR_POINTS
    with pytest.raises(TypeError):
        ERROR_POINTS["3.2b"] = ERROR_POINTS["3.2a"]  # type: ignore[index]
    with pytest.raises(RulebookError, match=r'^rulebook "error-points 1\.0": there is no part;'):
        attrs.evolve(ERROR_POINTS, parts=())


def test_all_contradictions_of_a_kind_are_in_one_error_each_with_its_place() -> None:
    with pytest.raises(RulebookError) as caught:
        book(rule("1.1", aggravated_by=["a"], displaces=["9.9"]), rule("1.2", consequences={"revoked": ["b"]}))
    undeclared = "which is not declared; declare it among the circumstances"
    assert [(problem.path, problem.message) for problem in caught.value.problems] == [
        ('$["1.1"].aggravated_by', f'rule "1.1" is aggravated by "a", {undeclared}'),
        (
            '$["1.1"].displaces',
            'rule "1.1" displaces "9.9", which is not there; name a rule of this rulebook',
        ),
        ('$["1.2"].revoked_by', f'rule "1.2" is revoked by "b", {undeclared}'),
    ]
    assert str(caught.value).splitlines() == [
        'rulebook "bank 1.0": 3 problems:',
        *(f"- {problem.message}" for problem in caught.value.problems),
    ]
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.problems == caught.value.problems


def test_what_is_there_twice_is_in_one_error_too() -> None:
    twice = [rule("1.1"), rule("1.1"), rule("1.2", residual=True), rule("1.3", residual=True)]
    with pytest.raises(RulebookError) as caught:
        attrs.evolve(
            ONE_RULE,
            parts=[Part("1", TEXT, rules=twice), Part("1", TEXT, rules=[])],
            circumstances=[declared("a"), declared("a")],
            silences=[Silence(TEXT), Silence(TEXT)],
        )
    assert [(problem.path, problem.message.split(";")[0]) for problem in caught.value.problems] == [
        (
            '$["1.3"].residual',
            'rule "1.3" is residual, as "1.2" of the same part is, and each would give way to the '
            "other",
        ),
        ("$.parts", "part 1 is empty"),
        ("$.parts", "part 1 is there twice"),
        ("$.parts", 'rule "1.1" is there twice'),
        ("$.circumstances", 'circumstance "a" is there twice'),
        ("$.parts", "citation 1.1 is there twice"),
    ]


def test_beyond_a_bound_the_contradictions_are_counted() -> None:
    many = [rule(f"1.{n}", displaces=["x"]) for n in range(1, MAXIMUM_PROBLEMS + 6)]
    with pytest.raises(RulebookError) as caught:
        book(*many)
    assert (len(caught.value.problems), caught.value.more) == (MAXIMUM_PROBLEMS, 5)


@pytest.mark.parametrize(
    ("field", "crowd", "count"),
    [
        (
            "parts",
            lambda: [Part("1", TEXT, rules=[rule("1.1")] * (MAXIMUM_RULES + 1))],
            f"{MAXIMUM_RULES + 1} rules, more than {MAXIMUM_RULES}",
        ),
        (
            "parts",
            lambda: [Part("1", TEXT, rules=[])] * (MAXIMUM_RULES + 1),
            f"{MAXIMUM_RULES + 1} rules, more than {MAXIMUM_RULES}",
        ),
        (
            "circumstances",
            lambda: [declared("a")] * (MAXIMUM_CIRCUMSTANCES + 1),
            f"{MAXIMUM_CIRCUMSTANCES + 1} circumstances, more than {MAXIMUM_CIRCUMSTANCES}",
        ),
        (
            "silences",
            lambda: [Silence(TEXT)] * (MAXIMUM_CIRCUMSTANCES + 1),
            f"{MAXIMUM_CIRCUMSTANCES + 1} silences, more than {MAXIMUM_CIRCUMSTANCES}",
        ),
    ],
    ids=["rules", "parts", "circumstances", "silences"],
)
def test_a_crowd_is_rejected_before_anything_else_is_looked_at(
    field: str, crowd: Any, count: str
) -> None:
    with pytest.raises(RulebookError) as caught:
        attrs.evolve(ONE_RULE, **{field: crowd()})
    assert str(caught.value).startswith(f'rulebook "bank 1.0": there are {count}')


def test_a_chain_of_circumstances_up_to_the_bound_is_taken() -> None:
    chain = [declared(f"c{n}", f"c{n + 1}") for n in range(MAXIMUM_CIRCUMSTANCES - 1)]
    made = book(rule("1.1"), circumstances=[*chain, declared(f"c{MAXIMUM_CIRCUMSTANCES - 1}")])
    assert len(made.implied_by(["c0"])) == MAXIMUM_CIRCUMSTANCES


def test_where_order_decides_a_set_is_rejected() -> None:
    one, two = rule("1.1"), rule("1.2")
    makes: list[Any] = [
        lambda: Part("1", TEXT, rules={one, two}),
        lambda: Referral(to={"1.1", "1.2"}),
        lambda: attrs.evolve(ONE_RULE, parts={Part("1", TEXT, rules=[one])}),
        lambda: attrs.evolve(ONE_RULE, circumstances=frozenset({declared("a")})),
        lambda: attrs.evolve(ONE_RULE, silences={Silence(TEXT)}),
    ]
    for make in makes:
        with pytest.raises(FieldError, match=r"allowed: a (non-empty )?list of"):
            make()


def test_the_built_in_standard_is_silent_about_fields_of_the_policy_alone() -> None:
    about = [silence.field for silence in ERROR_POINTS.silences]
    assert None not in about
    assert set(about) <= {field.name for field in attrs.fields(Policy)}


def test_a_digest_tells_a_rulebook_from_any_other_of_its_name() -> None:
    assert len(ONE_RULE.digest) == 64
    assert attrs.evolve(ONE_RULE).digest == ONE_RULE.digest
    others = [
        attrs.evolve(ONE_RULE, edition="1.1"),
        attrs.evolve(ONE_RULE, silences=[Silence(TEXT)]),
        attrs.evolve(ONE_RULE, circumstances=[declared("a")]),
        book(rule("1.1", Deduction(2, Unit.OCCURRENCE))),
        book(rule("1.1", residual=True)),
    ]
    assert len({each.digest for each in (ONE_RULE, *others)}) == 1 + len(others)


def test_the_rank_of_a_rule_is_its_place_in_the_standard() -> None:
    assert [ERROR_POINTS.ranks[id] for id in ERROR_POINTS] == list(range(42))


def test_a_rulebook_is_short_in_a_message() -> None:
    assert repr(ONE_RULE) == "<Rulebook bank 1.0: 1 rules in 1 parts>"


def test_unknown_circumstances_are_all_in_one_error() -> None:
    with pytest.raises(RulebookError) as caught:
        ERROR_POINTS.implied_by(["risks", "weather", "risk"])
    assert [problem.message for problem in caught.value.problems] == [
        'circumstance "risks" is not in rulebook "error-points 1.0"; did you mean "risk"?',
        'circumstance "weather" is not in rulebook "error-points 1.0"',
    ]


def test_a_penalty_of_a_kind_of_ones_own_is_as_its_base() -> None:
    class Fine(Deduction):
        pass

    fine = rule("1.1", Fine(1, Unit.OCCURRENCE), aggravated_by=["a"])
    assert len(book(fine, circumstances=[declared("a")])) == 1


def test_a_rulebook_knows_its_silence_about_a_field() -> None:
    made = attrs.evolve(ONE_RULE, silences=[Silence(TEXT, field="floor"), Silence(TEXT)])
    assert made.silence_about("floor") is made.silences[0]
    assert made.silence_about("grades") is None
    assert made.silences[1].field is None


REJECTIONS: list[tuple[Any, str]] = [
    (
        lambda: attrs.evolve(ONE_RULE, text=None),  # type: ignore[arg-type]
        'Rulebook "bank": text is None; allowed: a Text in three languages',
    ),
    (
        lambda: attrs.evolve(ONE_RULE, parts=None),  # type: ignore[arg-type]
        'Rulebook "bank": parts is None; allowed: a list of Part',
    ),
    (
        lambda: attrs.evolve(ONE_RULE, circumstances=["risk"]),  # type: ignore[list-item]
        "Rulebook \"bank\": circumstances is ('risk',); allowed: a list of Circumstance",
    ),
    (
        lambda: attrs.evolve(ONE_RULE, edition=""),
        "Rulebook \"bank\": edition is ''; allowed: a non-",
    ),
]


@pytest.mark.parametrize(("make", "message"), REJECTIONS, ids=[text[:40] for _, text in REJECTIONS])
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_a_rulebook_is_a_value() -> None:
    for again in (pickle.loads(pickle.dumps(ONE_RULE)), copy.deepcopy(ONE_RULE)):
        assert again == ONE_RULE
        assert hash(again) == hash(ONE_RULE)
    for field in attrs.fields(Rulebook):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(ONE_RULE, field.name, None)


MISSING, REPEATED = ProblemCode.MISSING, ProblemCode.REPEATED
UNKNOWN, CONTRARY = ProblemCode.UNKNOWN_ID, ProblemCode.CONTRADICTION
IDLE = ProblemCode.WITHOUT_EFFECT
PLACES: list[tuple[str, str, ProblemCode]] = [
    ("no part", "$.parts", MISSING),
    ("an empty part", "$.parts", MISSING),
    ("a part twice", "$.parts", REPEATED),
    ("a rule twice", "$.parts", REPEATED),
    ("a circumstance twice", "$.circumstances", REPEATED),
    ("two rules that cite one place", "$.parts", REPEATED),
    ("a silence twice", "$.silences", REPEATED),
    ("a circumstance that implies another unknown", "$.circumstances", UNKNOWN),
    ("aggravated by what is unknown", '$["1.1"].aggravated_by', UNKNOWN),
    ("revoked by what is unknown", '$["1.1"].revoked_by', UNKNOWN),
    ("a referral to what is not there", '$["1.1"].penalty', UNKNOWN),
    ("a displacement of what is not there", '$["1.1"].displaces', UNKNOWN),
    ("a circle of implications", "$.circumstances", CONTRARY),
    ("a clause both whole and in limbs", "$.parts", CONTRARY),
    ("a citation of another part", '$["1.1"].citation', CONTRARY),
    ("a referral to a referral", '$["1.1"].penalty', CONTRARY),
    ("a displacement of a referral", '$["1.1"].displaces', CONTRARY),
    ("rules that displace each other", "$.parts", CONTRARY),
    ("two residual rules of a part", '$["1.2"].residual', CONTRARY),
    ("a revocation that is aggravated", '$["1.1"].aggravated_by', IDLE),
    ("a revocation that is revoked", '$["1.1"].revoked_by', IDLE),
    ("a referral that displaces", '$["1.1"].displaces', IDLE),
    ("a referral that is residual", '$["1.1"].residual', IDLE),
]


@pytest.mark.parametrize(("name", "path", "code"), PLACES, ids=[name for name, _, _ in PLACES])
def test_programs_learn_where_a_contradiction_is_and_of_what_kind(
    name: str, path: str, code: ProblemCode
) -> None:
    make, _ = CONTRADICTIONS[name]
    with pytest.raises(RulebookError) as caught:
        make()
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(path, code)]


@pytest.mark.parametrize(
    ("field", "crowd"),
    [
        ("parts", [Part("1", TEXT, rules=[])] * (MAXIMUM_RULES + 1)),
        ("circumstances", [declared("a")] * (MAXIMUM_CIRCUMSTANCES + 1)),
        ("silences", [Silence(TEXT)] * (MAXIMUM_CIRCUMSTANCES + 1)),
    ],
    ids=["parts", "circumstances", "silences"],
)
def test_programs_learn_which_field_is_crowded(field: str, crowd: Any) -> None:
    with pytest.raises(RulebookError) as caught:
        attrs.evolve(ONE_RULE, **{field: crowd})
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        (f"$.{field}", ProblemCode.TOO_MANY)
    ]


def test_programs_learn_that_a_circumstance_is_unknown() -> None:
    with pytest.raises(RulebookError) as caught:
        ERROR_POINTS.implied_by(["weather"])
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.circumstance_ids", ProblemCode.UNKNOWN_ID)


def test_of_very_many_contradictions_only_so_many_are_counted() -> None:
    many = [rule(f"1.{n}", displaces=["x"]) for n in range(1, 3 * MAXIMUM_PROBLEMS)]
    with pytest.raises(RulebookError, match=f"and at least {MAXIMUM_PROBLEMS} more") as caught:
        book(*many)
    assert len(caught.value.problems) == caught.value.more == MAXIMUM_PROBLEMS
