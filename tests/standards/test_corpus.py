"""The corpus of appraisals under the built-in standard comes out as it is written.

It is here so that whoever changes how scoring works sees, before anybody relies on it, which of ten
thousand appraisals change and in which step. They were drawn once, from every combination of the
policy's alternatives, and their results are read a second time from the standard by
``second_reading``, which shares nothing with the library but the rules. A result that is meant to
change is changed in the file and in the second reading, together.
"""

from collections import Counter
from typing import Any

import pytest

import corpus
import second_reading
from cmappraisal import Effect

STEP = 500
CHUNKS = pytest.mark.parametrize("first", range(0, corpus.SIZE, STEP))


OF_THE_STANDARD = {
    effect.value
    for effect in (
        Effect.APPEAL_COUNTS,
        Effect.APPEAL_SUSPENDS,
        Effect.REFERRED,
        Effect.STATED,
        Effect.UNIT_ASSUMED,
        Effect.ASSESSED,
        Effect.NO_POINTS,
        Effect.AGGRAVATED,
        Effect.NO_EFFECT,
        Effect.FOLLOWS,
        Effect.DISPLACED,
        Effect.GAVE_WAY,
        Effect.CONCURRENT,
        Effect.ONCE_A_PERIOD,
    )
}


def test_the_corpus_is_whole() -> None:
    assert len(corpus.written()) == corpus.SIZE


@CHUNKS
def test_appraisals_come_out_as_they_are_written(first: int) -> None:
    for appraisal in corpus.appraisals(first, first + STEP):
        assert corpus.scored(appraisal) == corpus.expected(appraisal)


@CHUNKS
def test_a_second_reading_of_the_standard_comes_to_the_same(first: int) -> None:
    for appraisal in corpus.appraisals(first, first + STEP):
        assert second_reading.read(appraisal) == corpus.expected(appraisal)


def test_every_effect_and_every_alternative_is_there_often() -> None:
    effects: Counter[str] = Counter()
    alternatives: Counter[tuple[int, Any]] = Counter()
    for appraisal in corpus.appraisals(0, corpus.SIZE):
        alternatives.update(enumerate(appraisal["policy"][:7]))
        effects.update(step[0] for line in appraisal["lines"] for step in line[4])
    # What the built-in standard cannot bring about has no place here.
    assert set(effects) == OF_THE_STANDARD
    assert min(effects.values()) >= 100
    assert len(alternatives) == 6 + 3 + 2 + 2 + 2 + 2 + 2
    assert min(alternatives.values()) >= 1000
