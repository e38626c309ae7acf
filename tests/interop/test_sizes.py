"""Sizes: three megabytes of nonsense are rejected with few problems, or read.

How long that takes, and how much memory, ``benchmarks/decoding.py`` measures.
"""

import pytest

from cmappraisal import ProblemCode
from cmappraisal.errors import MAXIMUM_PROBLEMS
from cmappraisal.interop.catalogue import BOUNDS, MAXIMUM_ELEMENTS
from nonsense import NONSENSE, outcome

SIZE = 2_100_000
FEW = 40_000


@pytest.mark.parametrize("what", NONSENSE)
def test_an_error_about_nonsense_is_short(what: str) -> None:
    kind, make = NONSENSE[what]
    error = outcome(make(FEW), kind)
    assert error is None or 1 <= len(error.problems) <= MAXIMUM_PROBLEMS
    assert error is None or len(str(error)) < 100_000


@pytest.mark.parametrize("what", ["floats", "empty objects"])
def test_reading_stops_where_an_error_is_full(what: str) -> None:
    kind, make = NONSENSE[what]
    error = outcome(make(SIZE), kind)
    assert error is not None
    assert (len(error.problems), error.more) == (MAXIMUM_PROBLEMS, 1)
    assert str(error).endswith("and at least 1 more, where reading stopped")


@pytest.mark.parametrize(
    "what",
    ["zeros", "grades", "rules", "parts", "chained circumstances", "references", "holidays"],
)
def test_a_list_that_is_too_long_is_one_problem(what: str) -> None:
    kind, make = NONSENSE[what]
    error = outcome(make(SIZE), kind)
    assert error is not None
    assert [problem.code for problem in error.problems] == [ProblemCode.TOO_MANY]
    most = error.problems[0].message.rpartition(" ")[2]
    assert int(most) in {*BOUNDS.values(), MAXIMUM_ELEMENTS}
