"""Remedies: a misspelt id has one where a single known id was meant."""

import pytest

from cmappraisal.remedies import MAXIMUM_COMPARED, did_you_mean


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
        ("3.1", ["3.1a", "3.1b"], None),
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


def test_beyond_a_bound_no_more_ids_are_looked_at() -> None:
    many = [f"rule-{number:06}" for number in range(MAXIMUM_COMPARED)]
    assert did_you_mean("rule-000001x", many) == '; did you mean "rule-000001"?'
    assert did_you_mean("Last", [*many, "last"]) == ""
    assert did_you_mean("Last", [*many[1:], "last"]) == '; did you mean "last"?'
