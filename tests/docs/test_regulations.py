"""The standards of others: each comes to what its worked cases say, and its page shows it whole."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cmappraisal import LANGUAGES, Rulebook, score
from cmappraisal.interop.cases import WorkedCase, cases_of, report_case
from cmappraisal.interop.converters import dumps, loads

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "examples" / "regulations"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LEAST = 6
"""The fewest worked cases of a standard."""


@cache
def module(name: str) -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / f"{name}.py"))


def cases(name: str) -> tuple[WorkedCase, ...]:
    return cases_of((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def every_case() -> Iterator[Any]:
    for name in NAMES:
        for case in cases(name):
            yield pytest.param(name, case, id=f"{name}: {case.name}")


def page_of(name: str) -> str:
    return (DOCS / "regulations" / f"{name.replace('_', '-')}.md").read_text(encoding="utf-8")


def test_there_is_a_module_for_each_file_of_cases() -> None:
    modules = {path.stem for path in FOLDER.glob("*.py")} - {"conftest"}
    assert modules == set(NAMES)
    assert len(NAMES) >= 4


@pytest.mark.parametrize(("name", "case"), [*every_case()])
def test_a_worked_case_comes_out(name: str, case: WorkedCase) -> None:
    assert report_case(case, module(name)["STANDARD"], module(name)["POLICY"]) == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_worked_case(name: str) -> None:
    found = cases(name)
    recorded = {case.violation.rule for each in found for case in each.ledger.cases()}
    assert set(module(name)["STANDARD"]) - recorded == set()
    assert len(found) >= LEAST


@pytest.mark.parametrize("name", NAMES)
def test_a_standard_says_what_it_leaves_open(name: str) -> None:
    standard = module(name)["STANDARD"]
    own = [silence for silence in standard.silences if silence.field is None]
    said = {each.field for each in standard.silences} | set(standard.answers)
    assert {"pending_appeals", "full_marks"} <= said
    assert own


@pytest.mark.parametrize("name", NAMES)
def test_a_standard_is_a_document_like_any_other(name: str) -> None:
    standard = module(name)["STANDARD"]
    assert loads(dumps(standard), Rulebook) == standard


@pytest.mark.parametrize("name", NAMES)
def test_its_appraisals_are_explained_in_three_languages(name: str) -> None:
    standard, policy = module(name)["STANDARD"], module(name)["POLICY"]
    case = next(each for each in cases(name) if "faults" not in each.expected)
    appraisal = score(case.ledger, standard, case.period, manager=case.manager, policy=policy)
    explained = [appraisal.explain(language) for language in LANGUAGES]
    assert len(set(explained)) == len(LANGUAGES)
    for silence in standard.silences:
        assert silence.text.en in explained[LANGUAGES.index("en")]


@pytest.mark.parametrize("name", NAMES)
def test_its_page_shows_the_whole_module_and_the_cases(name: str) -> None:
    page, source = page_of(name), (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert f"../examples/regulations/{name}.toml" in page
    begins = re.findall(r'^:start-after: "(.*)"$', page, re.MULTILINE)
    ends = re.findall(r'^:end-before: "(.*)"$', page, re.MULTILINE)
    for marker in (*begins, *ends):
        assert source.count(f"\n{marker}\n") == 1
    # Each excerpt goes on where the one before it ended.
    assert begins[1:] == ends
    assert f"{DOCS.name}/examples/regulations/{name}.py" in page
    # What stands before the first is what the page says itself: the docstring and the imports.
    assert "Rule(" not in source.partition(begins[0])[0]


@pytest.mark.parametrize("name", NAMES)
def test_its_page_is_in_the_table_of_contents(name: str) -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    assert f"regulations/{name.replace('_', '-')}\n" in index


def test_the_conftest_collects_a_folder_and_reports_what_comes_out_otherwise(
    tmp_path: Path,
) -> None:
    for name in ("conftest.py", "wealth_advisers.py"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / "wealth_advisers.toml").write_text(
        "year = 2024\n"
        '[[cases]]\nname = "right"\nviolations = [{ rule = "1" }]\nexpect.points = 5\n'
        '[[cases]]\nname = "wrong"\nviolations = [{ rule = "1" }]\nexpect.points = 6\n',
        encoding="utf-8",
    )
    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"),
            *("-p", "no:xdist", "-p", "no:hypothesispytest", str(tmp_path)),
        ],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        text=True,
    )
    assert run.returncode == 1
    assert "1 failed, 1 passed" in run.stdout
    assert 'case "wrong" does not come out:\n- $.points: 5, but the case expects 6\n' in run.stdout
