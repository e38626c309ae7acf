"""Citations: a path through the levels of a standard, which is read as it is printed."""

import copy
import enum
import pickle
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS, FieldError
from cmappraisal.citations import MAXIMUM_LEVELS, MAXIMUM_ORDINAL, as_citation, as_optional_citation
from cmappraisal.interop.strategies import citations
from cmappraisal.showing import shown
from cmappraisal.standards import Citation

ALLOWED = (
    'a list of 1 to 8 steps such as [3, 2, "b"], or "3.2b": each a number from 1 to 9999 or what '
    "begins with no digit and has no point, the first a number"
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("3", ("3",)),
        ("3.2", ("3", "2")),
        ("3.2b", ("3", "2", "b")),
        ("3b", ("3", "b")),
        ("3b.2", ("3", "b", "2")),
        ("3.2b.1", ("3", "2", "b", "1")),
        ("3.2b5", ("3", "2", "b5")),
        ("3.2b0", ("3", "2", "b0")),
        ("3.2b.c", ("3", "2", "b", "c")),
        ("10.200", ("10", "200")),
        ("12.條三", ("12", "條三")),
        ("12條.三", ("12", "條", "三")),
        ("5(2)", ("5", "(2)")),
        ("9999.9999", ("9999", "9999")),
        ("1.2.3.4.5.6.7.8", tuple("12345678")),
    ],
)
def test_a_citation_is_read_level_by_level(written: str, path: tuple[str, ...]) -> None:
    assert Citation(written).path == path
    assert Citation(path).path == path
    assert Citation(iter(path)) == Citation(written)
    assert Citation(int(step) if step.isdecimal() else step for step in path).path == path
    assert Citation(str(Citation(written))) == Citation(written)


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ([3], "3"),
        ([3, 2, "b"], "3.2b"),
        ([3, "b", 2], "3b.2"),
        ([3, "b", "c"], "3b.c"),
        ([3, "b", "c", 4, "d"], "3b.c.4d"),
        (["3", "2"], "3.2"),
    ],
)
def test_a_limb_stands_beside_the_number_that_it_is_of(path: list[Any], printed: str) -> None:
    assert str(Citation(path)) == printed


@given(citations())
def test_every_citation_is_read_as_it_is_printed(citation: Citation) -> None:
    assert Citation(str(citation)) == citation


STEPS = st.one_of(
    st.integers(1, MAXIMUM_ORDINAL).map(str),
    st.from_regex(r"[a-z(條][a-z0-9)條]{0,3}", fullmatch=True),
)


@given(st.integers(1, MAXIMUM_ORDINAL).map(str), st.lists(STEPS, max_size=MAXIMUM_LEVELS - 1))
def test_any_path_of_numbers_and_limbs_is_read_as_it_is_printed(
    first: str, others: list[str]
) -> None:
    citation = Citation([first, *others])
    assert citation.path == (first, *others)
    assert Citation(str(citation)) == citation


def test_two_citations_read_alike_only_where_they_are_equal() -> None:
    numbers = ("1", "11", "111")
    paths = [
        (*start, *limbs)
        for start in [(one,) for one in numbers]
        + [(one, two) for one in numbers for two in numbers]
        for limbs in [(), ("a",), ("a1",), ("a", "1"), ("aa",), ("a", "a"), ("1", "a")]
    ]
    assert len(set(map(str, map(Citation, set(paths))))) == len(set(paths))


@pytest.mark.parametrize(
    "path",
    [
        None,
        5,
        3.2,
        True,
        "",
        " ",
        ".",
        "3.",
        ".3",
        "3..2",
        "0",
        "0.1",
        "1.0",
        "01",
        "3.02",
        "b",
        "b.3",
        "3 .2",
        "3. 2",
        "3.2 b",
        "3\n.2",
        "3.\u200db",
        "3.\ud800",
        "10000",
        "3.10000b",
        "1.2.3.4.5.6.7.8.9",
        "9" * 1_000_000,
        "." * 1_000_000,
        [],
        (),
        [""],
        ["b"],
        [0],
        [-1],
        [MAXIMUM_ORDINAL + 1],
        [10**10_000],
        [True],
        [3, True],
        [3, None],
        [3, 2.0],
        [3, "2b"],
        [3, "2.1"],
        [3, "b.c"],
        [3, "b c"],
        [3, "٣"],
        [3, "３"],
        ["٣"],
        ["三"],
        [3, ["b"]],
        [3, "x" * 201],
        range(1, MAXIMUM_LEVELS + 2),
        {"3"},
        {3: 2},
        b"3.2",
        Citation("3"),
    ],
    ids=shown,
)
def test_what_is_no_path_is_reported(path: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Citation(path)
    [problem] = caught.value.problems
    assert problem.path == "$.path"
    assert str(caught.value).startswith("Citation: path is ")
    assert str(caught.value).endswith(f"; allowed: {ALLOWED}")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize("number", [1, MAXIMUM_ORDINAL])
def test_a_number_goes_up_to_a_bound(number: int) -> None:
    assert str(Citation([number, number])) == f"{number}.{number}"
    for beyond in ([MAXIMUM_ORDINAL + number, 1], [1, MAXIMUM_ORDINAL + number]):
        with pytest.raises(FieldError, match="each a number from 1 to 9999"):
            Citation(beyond)


def test_a_path_goes_down_to_a_bound() -> None:
    assert len(Citation(range(1, MAXIMUM_LEVELS + 1)).path) == MAXIMUM_LEVELS
    with pytest.raises(FieldError, match="a list of 1 to 8 steps"):
        Citation(range(1, MAXIMUM_LEVELS + 2))


class StepOfACaller(str, enum.Enum):  # noqa: UP042 - what callers have is what is tried
    CLAUSE = "2"
    LIMB = "b"
    WHOLE = "3.2b"


def test_steps_from_the_callers_own_enumeration_are_kept_as_plain_strings() -> None:
    for citation in (
        Citation([3, StepOfACaller.CLAUSE, StepOfACaller.LIMB]),
        Citation(StepOfACaller.WHOLE),
        as_citation(StepOfACaller.WHOLE),
    ):
        assert citation == Citation("3.2b")
        assert {type(step) for step in citation.path} == {str}


@pytest.mark.parametrize(
    ("inner", "outer", "is_within"),
    [
        ("3.2b", "3", True),
        ("3.2b", "3.2", True),
        ("3.2b", "3.2b", True),
        ("3.2", "3.2b", False),
        ("3.2b", "3.2c", False),
        ("3.20", "3.2", False),
        ("30", "3", False),
        ("3", "30", False),
        ("2.3", "3", False),
    ],
)
def test_a_place_is_within_the_places_above_it(inner: str, outer: str, is_within: bool) -> None:
    assert Citation(inner).is_within(Citation(outer)) is is_within
    assert Citation(inner).is_within(outer) is is_within
    assert Citation(inner).is_within(Citation(outer).path) is is_within


@pytest.mark.parametrize("other", [None, "x", 3, [], ["b"]], ids=repr)
def test_a_place_is_within_no_other_thing(other: Any) -> None:
    with pytest.raises(FieldError) as caught:
        Citation("3").is_within(other)
    assert str(caught.value) == (
        f"Citation.is_within: other is {other!r}; "
        'allowed: a Citation, or its path such as [3, 2, "b"] or "3.2b"'
    )


def test_a_path_becomes_a_citation_where_one_is_asked_for() -> None:
    citation = Citation("3.2b")
    paths: list[Any] = ["3.2b", [3, 2, "b"], ("3", "2", "b"), iter([3, 2, "b"])]
    for path in paths:
        assert as_citation(path) == citation
    assert as_citation(citation) is citation
    assert as_optional_citation(citation) is citation
    assert as_optional_citation("3.2b") == citation
    assert as_optional_citation(None) is None


@pytest.mark.parametrize("value", [None, 5, "", "x", [], [[]], {"3"}, b"3"], ids=repr)
def test_what_is_no_path_is_handed_on(value: Any) -> None:
    assert as_citation(value) is value
    assert as_optional_citation(value) is value


def test_a_citation_is_a_value() -> None:
    citation = Citation("3.2b")
    for again in (pickle.loads(pickle.dumps(citation)), copy.deepcopy(citation)):
        assert again == citation
        assert hash(again) == hash(citation)
    assert attrs.evolve(citation) == citation
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        citation.path = ("1",)  # type: ignore[misc]
    assert repr(citation) == "Citation(path=('3', '2', 'b'))"


def test_every_citation_of_the_built_in_standard_is_read_as_it_is_printed() -> None:
    for rule in ERROR_POINTS.values():
        assert Citation(str(rule.citation)) == rule.citation
        assert rule.id == str(rule.citation)


def test_a_number_out_of_bounds_is_shown_as_it_was_given() -> None:
    with pytest.raises(FieldError, match=r"^Citation: path is \('3', 0\); allowed: a list of"):
        Citation([3, 0])
