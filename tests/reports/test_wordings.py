"""Wordings: every effect and every sentence, in three languages, each in its own script."""

from string import Formatter

import pytest

from cmappraisal import Effect, Text
from cmappraisal.reports import wordings
from cmappraisal.rules import Unit

TEXTS = {name: value for name, value in vars(wordings).items() if isinstance(value, Text)}
SENTENCES = {effect: wording.sentence for effect, wording in wordings.EFFECTS.items()}
TAGS = {effect: wording.tag for effect, wording in wordings.EFFECTS.items() if wording.tag}
ALL = [*TEXTS.values(), *SENTENCES.values(), *TAGS.values(), *wordings.UNITS.values()]


def places_of(wording: str) -> list[str]:
    """The places that facts are put into, sorted."""
    return sorted(name for _, name, _, _ in Formatter().parse(wording) if name is not None)


def test_every_effect_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Effect)


def test_every_stated_unit_is_worded() -> None:
    assert set(wordings.UNITS) == set(Unit) - {Unit.UNSTATED}


def test_each_script_is_pure() -> None:
    for text in ALL:
        hant = text.zh_hant.replace("≤", "").replace("…", "")
        assert hant.encode("big5")
        assert text.zh_hans.encode("gb2312")
        assert text.en.replace("×", "x").isascii()


def test_both_scripts_have_the_same_places() -> None:
    assert [text for text in ALL if places_of(text.zh_hant) != places_of(text.zh_hans)] == []


@pytest.mark.parametrize("effect", Effect, ids=lambda effect: effect.value)
def test_a_sentence_has_no_place_that_another_language_does_not_know(effect: Effect) -> None:
    sentence = SENTENCES[effect]
    known = {
        *("points", "rule", "wording", "from_rule", "unit", "stated", "quantity", "counted"),
        *("circumstances", "policy", "others", "arithmetic", "before", "weight", "range"),
        *("own", "edition", "limit", "part", "following", "consequence"),
        *("within", "same", "nth", "of", "most", "role"),
    }
    for wording in (sentence.zh_hant, sentence.zh_hans, sentence.en):
        assert set(places_of(wording)) <= known


@pytest.mark.parametrize("tag", TAGS.values(), ids=lambda tag: tag.en)
def test_a_tag_has_no_place_that_a_card_does_not_know(tag: Text) -> None:
    for wording in (tag.zh_hant, tag.zh_hans, tag.en):
        assert set(places_of(wording)) <= {"edition", "consequence"}


def test_every_effect_that_takes_points_away_has_a_tag() -> None:
    silent = {
        *(Effect.REFERRED, Effect.STATED, Effect.COUNTED, Effect.UNIT_ASSUMED, Effect.NO_EFFECT),
        *(Effect.AGGRAVATION_ROUNDED, Effect.AGGRAVATION_OUTWEIGHED),
        *(
            Effect.MITIGATION_ROUNDED,
            Effect.MITIGATION_OUTWEIGHED,
            Effect.REPETITION_ROUNDED,
            Effect.SHARE_ROUNDED,
        ),
        # These are lines of their own.
        *(Effect.INCIDENT_CAPPED, Effect.PART_CAPPED, Effect.PERIOD_CAPPED),
    }
    assert set(TAGS) == set(Effect) - silent
