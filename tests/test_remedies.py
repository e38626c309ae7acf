"""Remedies: a misspelt id has one where a single known id was meant."""

import random
import string

import pytest

from cmappraisal.flaw_wordings import perhaps
from cmappraisal.remedies import MAXIMUM_COMPARED, Spelling, did_you_mean, meant_by
from misspellings import edited


def test_a_misspelt_id_has_a_remedy() -> None:
    assert did_you_mean("3.99", ["3.9", "1.1"]) == '; did you mean "3.9"?'
    assert did_you_mean("hello", ["3.9", "1.1"]) == ""


@pytest.mark.parametrize(
    ("given", "known", "meant"),
    [
        ("RISK", ["risk", "risky"], "risk"),
        ("severe_effect", ["severe-effect", "adverse-effect"], "severe-effect"),
        ("rsik", ["risk"], "risk"),
        ("isk", ["risk"], "risk"),
        ("risk", ["isk"], "isk"),
        ("risks", ["risk"], "risk"),
        ("srisk", ["risk"], "risk"),
        ("rixsk", ["risk"], "risk"),
        ("", ["a"], "a"),
        ("ab", ["ba"], "ba"),
        # Two characters away, or three.
        ("rsks", ["risk"], None),
        ("kisr", ["risk"], None),
        ("abcd", ["badc"], None),
        ("abc", ["cab"], None),
        ("a", ["abc"], None),
        # Any of several can be meant.
        ("V-19", ["V-1", "V-9", "V-10"], None),
        ("Risk", ["risk", "RISK"], None),
        ("x", [], None),
    ],
)
def test_a_remedy_is_one_edit_away_and_the_only_one(
    given: str, known: list[str], meant: str | None
) -> None:
    remedy = f'; did you mean "{meant}"?' if meant else ""
    assert did_you_mean(given, known) == remedy
    assert did_you_mean(given, reversed(known)) == remedy


@pytest.mark.parametrize(
    ("given", "known", "remedy"),
    [
        ("3.1", ["3.1b", "3.1a", "3.2"], '; did you mean "3.1a" or "3.1b"?'),
        ("3.1", ["3.1a", "3.2", "3.3"], '; did you mean "3.1a"?'),
        ("3.1", ["3.1a", "3.10", "3.11"], '; did you mean "3.1a"?'),
        ("art", ["arta", "artb"], ""),
        ("", ["a", "b"], ""),
        ("1", [f"1{letter}" for letter in string.ascii_lowercase], ""),
    ],
)
def test_a_clause_stands_for_its_limbs(given: str, known: list[str], remedy: str) -> None:
    assert did_you_mean(given, known) == remedy
    said = perhaps(given, known)
    assert ("" if said is None else said.en) == remedy


def test_beyond_a_bound_no_more_ids_are_looked_at() -> None:
    many = [f"rule-{number:06}" for number in range(MAXIMUM_COMPARED)]
    assert did_you_mean("rule-000001x", many) == '; did you mean "rule-000001"?'
    assert did_you_mean("Last", [*many, "last"]) == ""
    assert did_you_mean("Last", [*many[1:], "last"]) == '; did you mean "last"?'


@pytest.mark.parametrize(
    ("alphabet", "length"),
    [(string.digits, 8), (string.ascii_uppercase + string.digits, 6), ("0123456789abcdef", 32)],
    ids=["numbers", "codes", "digests"],
)
def test_suggestions_are_right_or_there_are_none(alphabet: str, length: int) -> None:
    chance = random.Random(20250302)
    known = sorted({"".join(chance.choices(alphabet, k=length)) for _ in range(1000)})
    spelling = Spelling(known)
    right = asked = 0
    for id in known:
        given = edited(id, chance)
        if given in known:
            continue
        asked += 1
        meant = spelling.meant_by(given)
        assert meant in (id, None)
        right += meant == id
    assert asked > 900
    assert right >= 0.95 * asked


def test_a_spelling_finds_what_a_look_at_each_id_finds() -> None:
    chance = random.Random(7)
    known = sorted({"".join(chance.choices("aAbB", k=chance.randint(1, 4))) for _ in range(60)})
    spelling = Spelling(known)
    for _ in range(2000):
        given = "".join(chance.choices("aAbB", k=chance.randint(0, 5)))
        assert spelling.meant_by(given) == meant_by(given, known)


def test_what_is_longer_than_any_known_id_is_not_looked_for() -> None:
    known = Spelling(["RM-0417", "RM-2953"])
    assert known.meant_by("RM-04179") == "RM-0417"
    # By one character after another, this would take minutes.
    assert known.meant_by("RM-0417" * 100_000) is None
    assert Spelling([]).meant_by("x") is None
