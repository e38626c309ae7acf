"""The branch's year: the script that the README runs, checked figure by figure."""

import os
import runpy
import subprocess
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from cmappraisal import ERROR_POINTS, Appraisal, Effect, score_all

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "branch_year.py"

# For each line what a person with the standard in hand would write down.
POINTS_BY_HAND = {
    "RM-01": {"V-01": 1, "V-02": 2, "V-03": 2, "V-04": 2, "V-05": 1},
    "RM-02": {
        "V-06": 20,  # 10, doubled by the risk
        "V-07": 5,
        "V-08": 0,  # as much as V-07 in the same incident, by a later rule
        "V-09": 10,  # a severe effect does not aggravate signing and disbursement
        "V-10": 2,  # the rule on inspection reports, by way of loan rollover
        "V-11": 5,
        "V-12": 2,
        "V-13": 20,  # 10, doubled by asset deterioration
        "V-14": 2,
        "V-15": 10,
    },
    "RM-03": {
        "V-16": 4,  # 2, doubled by the risk
        "V-17": 0,  # displaced by V-16
        "V-18": 0,  # gives way to both
        "V-19": 1,  # no unit stated: once, whatever the quantity
        "V-20": 5,
        "V-21": 2,  # 1, doubled by the risk
        "V-22": 1,
        "V-23": 2,
        "V-24": 5,
        "V-25": 5,
    },
    "RM-04": {
        "V-26": 0,  # revokes, and deducts nothing
        "V-27": 4,  # 2, doubled by the risk
        "V-28": 20,
        "V-29": 20,  # 10 by way of bill acceptance, doubled by the risk
        "V-30": 5,
        "V-31": 50,
        "V-32": 20,  # 10, doubled by the adverse effect
    },
    "RM-05": {
        "V-33": 5,
        "V-34": 6,  # within 10, set by the assessor
        "V-35": 10,  # risk does not aggravate neglect
        "V-36": 2,
        "V-38": 0,  # as much as V-36 in the same incident, by a later rule
        "V-39": 3,
        "V-40": 10,  # 5, doubled by the severe effect
        "V-41": 1,
    },
    "RM-06": {},
}


@pytest.fixture(scope="module")
def appraisals() -> Iterable[Appraisal]:
    script = runpy.run_path(str(SCRIPT))
    ledger = script["year_of"](script["VIOLATIONS"])
    return score_all(
        ledger,
        ERROR_POINTS,
        script["YEAR"],
        managers=script["BRANCH"],
        policy=script["POLICY"],
    ).values()


@pytest.mark.parametrize("name", ["branch_year", "branch_evidence"])
@pytest.mark.parametrize("seed", ["0", "4242"])
def test_the_script_prints_the_same_bytes_under_any_hash_seed(seed: str, name: str) -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", str(SCRIPT.with_stem(name))],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
    )
    expected = Path(__file__).with_name(f"{name}.txt")
    assert run.stdout.decode() == expected.read_text(encoding="utf-8")
    assert run.stderr == b""


def test_every_line_counts_what_a_person_would_write_down(appraisals: Iterable[Appraisal]) -> None:
    assert {
        appraisal.manager: {line.violation.id: line.points for line in appraisal.lines}
        for appraisal in appraisals
    } == POINTS_BY_HAND


def test_the_scores_and_grades_follow(appraisals: Iterable[Appraisal]) -> None:
    assert [(each.manager, each.score, each.grade) for each in appraisals] == [
        ("RM-01", Decimal(92), "A"),
        ("RM-02", Decimal(24), "D"),
        ("RM-03", Decimal(75), "B"),
        ("RM-04", None, None),  # revoked
        ("RM-05", Decimal(63), "C"),
        ("RM-06", Decimal(100), "A"),
    ]


def test_one_qualification_is_revoked(appraisals: Iterable[Appraisal]) -> None:
    assert [appraisal.manager for appraisal in appraisals if appraisal.revoked] == ["RM-04"]


def test_the_year_touches_every_chapter_and_what_rules_do_to_one_another(
    appraisals: Iterable[Appraisal],
) -> None:
    lines = [line for appraisal in appraisals for line in appraisal.lines]
    effects = {step.effect for line in lines for step in line.steps}
    assert len(lines) >= 40
    assert {ERROR_POINTS[line.rule].citation.path[0] for line in lines} == set("1234")
    referring = {line.violation.rule for line in lines if line.violation.rule != line.rule}
    assert referring == {"3.15", "3.16a"}
    assert effects >= {
        Effect.CONCURRENT,
        Effect.DISPLACED,
        Effect.GAVE_WAY,
        Effect.FOLLOWS,
        Effect.AGGRAVATED,
        Effect.ASSESSED,
        Effect.NO_EFFECT,
    }
