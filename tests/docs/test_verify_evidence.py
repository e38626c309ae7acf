"""The verifier of Python alone agrees with the library, and rejects what the library rejects."""

import json
import runpy
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import Ledger, Violation
from cmappraisal.erasures import leaf_of
from cmappraisal.evidence import (
    Evidence,
    evidence,
    people_tree,
    positions_of,
    verify_evidence,
)
from cmappraisal.interop.converters import dumps
from cmappraisal.interop.evidence_strategies import files, kept_ledgers, salts_for
from cmappraisal.merkle import tree_head, verify_consistency
from costly import costly

SCRIPT = Path(__file__).parents[2] / "docs" / "examples" / "verify_evidence.py"
ALONE = runpy.run_path(str(SCRIPT), run_name="verifier")


def found(file: dict[str, Any], root: bytes, size: int, people: bytes | None) -> dict[str, Any]:
    return {name: holds for name, holds, _ in ALONE["verify"](file, root, size, people)}


def test_it_is_short_and_needs_nothing_but_python() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    assert "cmappraisal import" not in text


@costly
@given(files())
def test_it_makes_the_same_leaves(file: Evidence) -> None:
    written = json.loads(dumps(file))
    for one, other in zip(written["entries"], file.entries, strict=True):
        assert ALONE["leaf_of"](one["entry"]) == leaf_of(other.entry)


@costly
@given(kept_ledgers(min_size=1), st.data())
def test_it_says_of_every_file_what_the_library_says(ledger: Ledger, data: st.DataObject) -> None:
    people = list(positions_of(ledger))
    tree = people_tree(ledger, salts_for([*people, "RM-90", "RM-91"]))
    file = evidence(
        ledger,
        manager=data.draw(st.sampled_from([*people, "RM-90"])),
        people=data.draw(st.sampled_from([None, tree])),
        earlier_size=data.draw(st.none() | st.integers(0, len(ledger))),
    )
    root = data.draw(st.sampled_from([ledger.root(), ledger.root(), bytes(32)]))
    size = data.draw(st.sampled_from([len(ledger), len(ledger), len(ledger) + 1, 0]))
    people_root = data.draw(st.sampled_from([None, tree.root, bytes(32)]))
    written = json.loads(dumps(file))
    cut = data.draw(st.integers(0, len(file.entries)))
    if cut < len(file.entries):
        file = Evidence(
            **{
                name: getattr(file, name)
                for name in ("manager", "size", "root", "consistency", "completeness", "version")
            },
            entries=[each for place, each in enumerate(file.entries) if place != cut],
        )
        written["entries"].pop(cut)
    made = verify_evidence(file, root=root, size=size, people_root=people_root)
    library = {each.aspect.value: each.holds for each in made.aspects}
    alone = found(written, root, size, people_root)
    assert alone == {name: library[name] for name in alone} | {"lines": True}


@pytest.fixture
def handed_out(tmp_path: Path) -> tuple[Path, list[str], dict[str, Any]]:
    ledger = ledger_of_three()
    tree = people_tree(ledger, salts_for(positions_of(ledger)))
    file = evidence(ledger, manager="RM-01", people=tree, earlier_size=1)
    path = tmp_path / "file.json"
    path.write_text(dumps(file), encoding="utf-8")
    return (
        path,
        [ledger.root().hex(), str(len(ledger)), tree.root.hex()],
        json.loads(dumps(file)),
    )


def ledger_of_three() -> Ledger:
    march = datetime(2025, 3, 4, 9, tzinfo=UTC)
    ledger = Ledger()
    for number, manager in enumerate(("RM-01", "RM-02", "RM-01")):
        violation = Violation(
            f"V-{number}", manager, rule="2.1", occurred_on=date(2025, 3, 2), note="憑證遺失"
        )
        ledger = ledger.record(violation, at=march, salt=bytes([number] * 16))
    return ledger


def run(path: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(path), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )


def test_it_runs_by_itself(handed_out: tuple[Path, list[str], dict[str, Any]]) -> None:
    path, arguments, _ = handed_out
    whole = run(path, arguments)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert [line.split(":")[0] for line in whole.stdout.splitlines()] == [
        "holds root",
        "holds inclusion",
        "holds person",
        "holds completeness",
        "holds consistency",
        "holds lines",
    ]


@pytest.mark.parametrize(
    ("change", "failing"),
    [
        (lambda file: file["entries"][0]["entry"]["violation"].update(rule="2.2"), {"inclusion"}),
        (
            lambda file: file["entries"][0]["entry"]["violation"].update(note="憑證遺失。"),
            {"inclusion"},
        ),
        (lambda file: file["entries"].pop(), {"completeness"}),
        (lambda file: file["consistency"].update(root=64 * "0"), {"consistency"}),
        (lambda file: file.update(size=2), {"root"}),
        (lambda file: file["completeness"]["leaf"].update(positions=[0]), {"completeness"}),
        (lambda file: file["entries"][0]["proof"].append(64 * "0"), {"inclusion"}),
        (lambda file: file.pop("entries"), {"form"}),
        (lambda file: file["entries"][0].update(entry=None), {"form"}),
    ],
)
def test_it_rejects_a_file_that_was_changed(
    change: Any, failing: set[str], handed_out: tuple[Path, list[str], dict[str, Any]]
) -> None:
    path, arguments, file = handed_out
    change(file)
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    done = run(path, arguments)
    fails = {line.split()[1].rstrip(":") for line in done.stdout.splitlines() if "FAILS" in line}
    assert (done.returncode, fails, done.stderr) == (1, failing, "")


@pytest.mark.parametrize(
    ("sizes", "proof"), [((0, 3), []), ((3, 3), []), ((2, 3), []), ((4, 3), []), ((0, 3), ["00"])]
)
def test_proofs_of_growth_at_the_ends_are_judged_as_by_the_library(
    sizes: tuple[int, int], proof: list[str]
) -> None:
    earlier, size = sizes
    leaves = [b"a", b"b", b"c", b"d"]
    roots = [tree_head(leaves[:each]) for each in range(5)]
    given = [bytes.fromhex(each) for each in proof]
    alone = ALONE["begins_with"](roots[earlier], earlier, roots[size], size, given)
    assert alone == verify_consistency(
        earlier, size, tuple(given), earlier_root=roots[earlier], root=roots[size]
    )
