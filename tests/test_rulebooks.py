"""Rulebooks: a standard that reads like a mapping, level by level."""

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    FieldError,
    Multiply,
    Policy,
    PolicyError,
    ProblemCode,
    Provision,
    RevokedResult,
    Rulebook,
    RulebookError,
    Text,
    UnknownRuleError,
)
from cmappraisal.citations import MAXIMUM_LEVELS
from cmappraisal.showing import shown
from cmappraisal.standards import Cap, Citation, Deduction, Limitation, SetTo, Silence, Unit, Waive
from small_standards import (
    REVOKED,
    TEXT,
    book,
    clause,
    declared,
    part,
    rule,
    standard,
)

ONE_RULE = book(rule("1.1"))


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
        ("3.1", 'rule "3.1" is not in rulebook "error-points 1.0"; did you mean "3.1a" or "3.1b"?'),
        ("3.2B", 'rule "3.2B" is not in rulebook "error-points 1.0"; did you mean "3.2b"?'),
        ("a\nb", 'rule "\'a\\nb\'" is not in rulebook "error-points 1.0"'),
    ],
)
def test_a_rule_that_is_not_there_is_reported(id: Any, message: str) -> None:
    for ask in (ERROR_POINTS.__getitem__, ERROR_POINTS.part_of):
        with pytest.raises(UnknownRuleError) as caught:
            ask(id)
        assert str(caught.value) == with_remedy(message, "rule")


def with_remedy(message: str, what: str) -> str:
    """The message about an id that is not there: no more where it names the one that was meant."""
    return message if "did you mean" in message else f"{message}; name a {what} of that rulebook"


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
    said = 'circumstance "e" is not in rulebook "bank 1.0"; name a circumstance of that rulebook'
    assert str(caught.value) == said


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
        book(rule("1.1", residual="1")),
        book(rule("1.1", cap=Cap(1))),
        book(rule("1.1", consequences=["revoked"])),
        book(rule("1.1", consequences={"revoked": ["a"]}), circumstances=[declared("a")]),
        book(rule("1.1", mitigated_by={"a": Waive()}), circumstances=[declared("a")]),
        book(rule("1.1", mitigated_by=["a"]), circumstances=[declared("a")]),
        attrs.evolve(ONE_RULE, circumstances=[declared("a", group="b")]),
        attrs.evolve(ONE_RULE, levels=[TEXT, TEXT]),
        attrs.evolve(ONE_RULE, consequences=()),
        attrs.evolve(ONE_RULE, clauses=[clause(1)]),
        attrs.evolve(ONE_RULE, clauses=[clause(1, answers={"floor": None})]),
        standard(part("1", part("inner", rule("1.1")), citation="1")),
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
        'circumstance "weather" is not in rulebook "error-points 1.0"; name a circumstance of that '
        "rulebook",
    ]


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
    (
        lambda: attrs.evolve(ONE_RULE, levels=["chapter"]),  # type: ignore[list-item]
        "Rulebook \"bank\": levels is ('chapter',); allowed: a list of Text",
    ),
    (
        lambda: attrs.evolve(ONE_RULE, levels=2),  # type: ignore[arg-type]
        'Rulebook "bank": levels is 2; allowed: a list of Text',
    ),
    (
        lambda: attrs.evolve(ONE_RULE, consequences=["revoked"]),  # type: ignore[list-item]
        "Rulebook \"bank\": consequences is ('revoked',); allowed: a list of Consequence",
    ),
    (
        lambda: attrs.evolve(ONE_RULE, clauses=clause(1)),  # type: ignore[arg-type]
        "Rulebook \"bank\": clauses is Clause(id='G1'",
    ),
    (
        lambda: attrs.evolve(ONE_RULE, clauses=[rule("1.1")]),  # type: ignore[list-item]
        "Rulebook \"bank\": clauses is (Rule(id='1.1'",
    ),
    (
        lambda: attrs.evolve(ONE_RULE, parts=ONE_RULE),  # type: ignore[arg-type]
        'Rulebook "bank": parts is <Rulebook bank 1.0: 1 rules in 1 parts>; allowed: a list of',
    ),
    (
        lambda: attrs.evolve(ONE_RULE, silences=[None]),  # type: ignore[list-item]
        'Rulebook "bank": silences is (None,); allowed: a list of Silence',
    ),
]


@pytest.mark.parametrize(("make", "message"), REJECTIONS, ids=[text[:40] for _, text in REJECTIONS])
def test_a_field_that_does_not_fit_is_reported(make: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value).startswith(message)


def test_a_rulebook_is_a_value() -> None:
    for made in (ONE_RULE, LIST, STATUTE):
        for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made), attrs.evolve(made)):
            assert again == made
            assert hash(again) == hash(made)
            assert again.digest == made.digest
    for field in attrs.fields(Rulebook):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(ONE_RULE, field.name, None)


def test_programs_learn_that_a_circumstance_is_unknown() -> None:
    with pytest.raises(RulebookError) as caught:
        ERROR_POINTS.implied_by(["weather"])
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.circumstance_ids", ProblemCode.UNKNOWN_ID)


# A flat list, and three levels with parts within parts.

LIST = Rulebook(
    "list",
    "2025",
    text=Text("二十條", "二十条", en="Twenty rules"),
    parts=[
        part("all", *(rule(str(n), Deduction(n, Unit.OCCURRENCE)) for n in range(1, 21))),
    ],
)


def test_a_flat_list_of_twenty_rules_needs_no_levels() -> None:
    assert len(LIST) == 20
    assert list(LIST) == [str(n) for n in range(1, 21)]
    assert [level.en for level in LIST.levels] == ["item"]
    assert LIST["20"].citation == Citation("20")
    assert LIST.cited("20") == ((LIST.levels[0], "20"),)
    assert set(LIST.places.values()) == {("all",)}
    assert LIST.part_of("7").id == "all"
    assert LIST.ranks["20"] == 19
    assert repr(LIST) == "<Rulebook list 2025: 20 rules in 1 parts>"
    assert (LIST.clauses, LIST.consequences, LIST.silences) == ((), (), ())
    assert LIST.answers == {}
    assert LIST.provisions == tuple(LIST.values())


STATUTE = standard(
    part(
        "conduct",
        rule("2.9"),
        part(
            "customers",
            rule("2.1a", mitigated_by={"reported": Waive()}),
            rule("2.1b", consequences={"revoked": ["loss"]}),
            citation="2.1",
        ),
        part(
            "credit", part("heading", rule("2.2a", None, consequences=["revoked"])), citation="2.2"
        ),
        citation="2",
    ),
    part("other", rule("3.1a", residual="other"), rule("3.1b")),
    circumstances=[declared("loss"), declared("reported", group="finder")],
    clauses=[
        clause(1, aggravated_by={"loss": SetTo(10)}, answers={"full_marks": 120, "floor": None}),
        clause(2, cap=Cap(12), limitation=Limitation(24), answers={"smallest_unit": "0.50"}),
    ],
)


def test_a_standard_of_three_levels_has_parts_within_parts() -> None:
    assert list(STATUTE) == ["2.9", "2.1a", "2.1b", "2.2a", "3.1a", "3.1b"]
    assert [each.id for each in STATUTE.parts] == ["conduct", "other"]
    assert [each.id for each in STATUTE.all_parts] == [
        *("conduct", "customers", "credit", "heading", "other")
    ]
    assert STATUTE.places == {
        "2.9": ("conduct",),
        "2.1a": ("conduct", "customers"),
        "2.1b": ("conduct", "customers"),
        "2.2a": ("conduct", "credit", "heading"),
        "3.1a": ("other",),
        "3.1b": ("other",),
    }
    for id, place in STATUTE.places.items():
        assert STATUTE.part_of(id).id == place[-1]
        assert STATUTE[id] in STATUTE.part_of(id).rules
    assert list(STATUTE.ranks) == list(STATUTE)
    assert repr(STATUTE) == "<Rulebook bank 1.0: 6 rules in 5 parts>"


@pytest.mark.parametrize(
    ("citation", "steps"),
    [
        ("2", [("chapter", "2")]),
        ("2.1", [("chapter", "2"), ("clause", "1")]),
        ("2.1b", [("chapter", "2"), ("clause", "1"), ("limb", "b")]),
        (Citation([2, 1, "b"]), [("chapter", "2"), ("clause", "1"), ("limb", "b")]),
    ],
    ids=str,
)
def test_each_step_of_a_citation_is_of_a_level(citation: Any, steps: list[tuple[str, str]]) -> None:
    assert [(level.en, step) for level, step in STATUTE.cited(citation)] == steps


@pytest.mark.parametrize("citation", [None, "x", 5, [], ["b"]], ids=repr)
def test_what_is_no_citation_is_reported(citation: Any) -> None:
    with pytest.raises(FieldError) as caught:
        STATUTE.cited(citation)
    assert str(caught.value).startswith(f"cited: citation is {citation!r}; allowed: a Citation, or")


# The general part, and consequences.


def test_provisions_are_the_clauses_and_the_rules() -> None:
    assert [each.id for each in STATUTE.provisions] == ["G1", "G2", *STATUTE]
    for each in STATUTE.provisions:
        assert STATUTE.provision(each.id) is each


@pytest.mark.parametrize("id", ["G3", "g1", "conduct", "revoked", "", None, 5, ["G1"]], ids=repr)
def test_what_is_no_provision_is_reported(id: Any) -> None:
    with pytest.raises(UnknownRuleError) as caught:
        STATUTE.provision(id)
    said = f'rule "{id or repr(id)}" is not in rulebook "bank 1.0"'
    assert str(caught.value) == with_remedy(said, "rule")


def test_a_misspelt_rule_among_the_provisions_has_a_remedy() -> None:
    with pytest.raises(UnknownRuleError, match=r'did you mean "2\.1a"\?$'):
        STATUTE.provision("2.1A")


def test_a_clause_answers_in_the_place_of_the_policy() -> None:
    assert STATUTE.answers == {
        "full_marks": Provision("G1", "full_marks", edition="1.0"),
        "floor": Provision("G1", "floor", edition="1.0"),
        "smallest_unit": Provision("G2", "smallest_unit", edition="1.0"),
    }
    policy = Policy(full_marks=100, floor=0, aggravation=Multiply(3))
    assert STATUTE.stated(policy) == Policy(
        full_marks=120, floor=None, smallest_unit=Decimal("0.5"), aggravation=Multiply(3)
    )
    assert LIST.stated(policy) is policy


def test_an_answer_that_contradicts_the_policy_is_reported() -> None:
    with pytest.raises(PolicyError, match=r"^Policy: the lowest score is asked for those revoked"):
        STATUTE.stated(Policy(revoked_result=RevokedResult.LOWEST))


@pytest.mark.parametrize("policy", [None, {"floor": 0}, Policy, ONE_RULE], ids=shown)
def test_only_a_policy_has_its_place_taken(policy: Any) -> None:
    for each in (STATUTE, LIST):
        with pytest.raises(FieldError) as caught:
            each.stated(policy)
        assert str(caught.value) == f"stated: policy is {shown(policy)}; allowed: a Policy"


def test_a_consequence_is_found_by_its_id() -> None:
    assert STATUTE.consequence("revoked") is REVOKED


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("revokd", 'consequence "revokd" is not in rulebook "bank 1.0"; did you mean "revoked"?'),
        ("fine", 'consequence "fine" is not in rulebook "bank 1.0"'),
        ("", 'consequence "\'\'" is not in rulebook "bank 1.0"'),
        (5, 'consequence "5" is not in rulebook "bank 1.0"'),
        (None, 'consequence "None" is not in rulebook "bank 1.0"'),
        (["revoked"], 'consequence "[\'revoked\']" is not in rulebook "bank 1.0"'),
    ],
)
def test_a_consequence_that_is_not_there_is_reported(id: Any, message: str) -> None:
    with pytest.raises(RulebookError) as caught:
        STATUTE.consequence(id)
    assert str(caught.value) == with_remedy(message, "consequence")
    [problem] = caught.value.problems
    assert (problem.path, problem.code) == ("$.id", ProblemCode.UNKNOWN_ID)


def test_a_rulebook_has_levels_up_to_a_bound() -> None:
    levels = [Text.same(f"level {n}") for n in range(MAXIMUM_LEVELS + 1)]
    deep = ".".join(map(str, range(1, MAXIMUM_LEVELS + 1)))
    made = standard(part("1", rule(deep)), levels=levels[:-1])
    assert len(made.cited(deep)) == MAXIMUM_LEVELS
    for wrong in ([], levels):
        with pytest.raises(FieldError) as caught:
            attrs.evolve(made, levels=wrong)
        assert str(caught.value).endswith("; allowed: a list of 1 to 8 Text")
