"""What draws reach, looked for in one go: what ``find`` finds it prints, which takes far longer."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

DRAWS = settings(
    max_examples=15,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
BATCHES = 40


def unreached(
    strategy: SearchStrategy[T], what: Callable[[T], Iterable[Any]], wanted: Iterable[Any]
) -> set[Any]:
    """What is wanted and reached by none of some draws, which are the same ones each time.

    They end with the batch that reaches the last of it.
    """
    missing = set(wanted)

    @DRAWS
    @given(strategy)
    def drawn(value: T) -> None:
        missing.difference_update(what(value))

    for beginning in range(BATCHES):
        if missing:
            seed(beginning)(drawn)()
    return missing


def traits(named: Mapping[str, Callable[[T], object]]) -> Callable[[T], Iterable[str]]:
    """Which of some traits, by their names, a value has."""
    return lambda value: [name for name, has in named.items() if has(value)]
