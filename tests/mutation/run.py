"""Change the code in small ways, one at a time, and see whether its tests notice.

Run it with ``nox -s mutation``, or with ``nox -s mutation -- points cases`` for some of the targets
below. It prints every mutant that no test killed, and fails where too many are left. A mutant that
does the same as the code is none to kill: ``equivalent.toml`` beside this file lists those, each
with its difference and the reason why no test can see it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile

from attrs import evolve, field, frozen

ROOT = Path(__file__).parents[2]
SCRATCH = ROOT / "build" / "mutation"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
ELSEWHERE = "elsewhere"
SEED = 20_250_101


@frozen
class Target:
    """Files to mutate, the tests that have to notice, and how many mutants these have to kill.

    Args:
        files: The modules and packages, below ``src/cmappraisal``.
        tests: The tests of their own, below ``tests``.
        bound: The least share of killed mutants, of those not shown to be equivalent.
        sample: How many mutants are drawn; None for all.
        besides: Modules and packages that are left out.
    """

    files: Sequence[str]
    tests: Sequence[str]
    bound: float = 0.99
    sample: int | None = field(default=None, kw_only=True)
    besides: Sequence[str] = field(default=(), kw_only=True)


CORE = {
    "points": Target(["points.py"], ["test_points.py"]),
    "cases": Target(["cases.py"], ["test_cases.py"]),
    "ledger": Target(
        ["ledger.py", "writing.py", "runs.py", "merging.py"],
        ["test_ledger.py", "test_runs.py", "test_merging.py", "laws/test_joins.py"],
    ),
    "rules": Target(
        [
            *("rules.py", "rulebooks.py", "weights.py", "grades.py", "caps.py", "repetition.py"),
            *("citations.py", "clauses.py", "coherence.py", "consequences.py", "provisions.py"),
            *("mappings.py", "silences.py", "spans.py"),
        ],
        [
            *("test_rules.py", "test_rulebooks.py", "test_weights.py", "test_grades.py"),
            *("test_caps.py", "test_repetition.py", "test_citations.py", "test_clauses.py"),
            *("test_coherence.py", "test_consequences.py", "test_provisions.py"),
            *("test_mappings.py", "test_spans.py", "test_policy.py"),
        ],
    ),
    "scoring": Target(["scoring/*"], ["scoring", "test_policy.py", "laws/test_agreement.py"]),
}
TARGETS = {
    **CORE,
    ELSEWHERE: Target(
        ["*"],
        ["."],
        0.95,
        sample=400,
        besides=[file for target in CORE.values() for file in target.files],
    ),
}

# These start the library in a process of its own or read its source, so that they see no mutant, or
# they see what mutmut adds to every module.
NO_MUTANT_SEEN = ["test_no_io.py", "test_namespaces.py", "docs"]
# These measure time and memory, most of which goes to looking up which mutant is meant.
MEASURES = [
    "interop/test_sizes.py::test_nonsense_takes_little_time",
    "interop/test_sizes.py::test_nonsense_takes_little_memory",
]


@frozen
class Equivalent:
    """A mutant that does the same as the code.

    Args:
        function: The function or method, such as ``cmappraisal.points.plain``.
        difference: The lines of its difference, as the run prints them.
        reason: Why no test can see it.
    """

    function: str
    difference: str
    reason: str


@frozen
class Mutant:
    """A mutant by mutmut's name for it."""

    name: str
    status: str

    @property
    def mangled(self) -> str:
        """What mutmut calls the function or method that it changes."""
        return self.name.partition("__mutmut_")[0]

    @property
    def function(self) -> str:
        """The function or method that it changes."""
        module, _, function = self.mangled.rpartition(".")
        return f"{module}.{re.sub('^x_|^xǁ', '', function).replace('ǁ', '.')}"


def pattern(file: str) -> str:
    """What mutmut calls a file or a package."""
    return f"src/cmappraisal/{file}"


def prepared(name: str, target: Target) -> Path:
    """A copy of the project whose settings name what the target mutates, and its tests."""
    folder = SCRATCH / name
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("src", "tests", "docs", "benchmarks"):
        shutil.copytree(ROOT / part, folder / part)
    shutil.copy(ROOT / "README.md", folder)
    chosen = {
        "only_mutate": [pattern(file) for file in target.files],
        "do_not_mutate": [pattern(file) for file in target.besides],
        "pytest_add_cli_args_test_selection": [
            *(f"tests/{tests}" for tests in target.tests),
            *(f"--ignore=tests/{tests}" for tests in NO_MUTANT_SEEN),
            *(f"--deselect=tests/{test}" for test in MEASURES),
        ],
    }
    heading = "[tool.mutmut]\n"
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in chosen.items())
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert settings.count(heading) == 1
    settings = settings.replace(heading, heading + lines)
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    return folder


def environment(**more: str) -> dict[str, str]:
    """What the tests run in: the profile that is made for this, and our plugin for them."""
    path = [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
    given = {"HYPOTHESIS_PROFILE": "mutation", "PYTHONPATH": os.pathsep.join(filter(None, path))}
    return {**os.environ, **given, **more}


def mutmut(folder: Path, *arguments: str) -> str:
    """What mutmut prints."""
    done = subprocess.run(
        [str(Path(sys.executable).with_name("mutmut")), *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"mutmut {' '.join(arguments[:1])} failed:\n{done.stdout[-5000:]}{done.stderr}")
    return done.stdout


def mutants(folder: Path) -> list[Mutant]:
    """Every mutant, in the order of the code."""
    listed = mutmut(folder, "results", "--all", "true").splitlines()
    pairs = (line.strip().rpartition(": ") for line in listed if "__mutmut_" in line)
    return [Mutant(name, status) for name, _, status in pairs]


# mutmut imports the library once, without a mutant, and forks. What a mutant changes of the import
# itself, such as a validator that a class is made with, is seen only where the import is done anew.
# The functions that mutmut has counted as called are printed, so that it is known which those are.
ANEW = """
import sys
sys.path.insert(0, "src")
import pytest
from mutmut.state import state
code = pytest.main(sys.argv[1:])
print("called:", *state()._stats)
sys.exit(code)
"""
NO_MUTANT = "none"
LONGEST = 1200
"""The most seconds of a run; the tests of everything take some minutes in one process."""


@frozen
class Anew:
    """The tests of a target, each time in a process of its own."""

    folder: Path
    tests: Sequence[str]
    options: Sequence[str]
    by_function: Mapping[str, Sequence[str]]
    called_by_imports: frozenset[str]

    @classmethod
    def of(cls, folder: Path) -> Anew:
        """What mutmut has found out, and which functions are called before any test is."""
        settings = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
        chosen = settings["tool"]["mutmut"]
        found = (folder / "mutants" / "mutmut-stats.json").read_text(encoding="utf-8")
        tests = chosen["pytest_add_cli_args_test_selection"]
        options = ["-x", "-q", "-p", "no:randomly", *chosen["pytest_add_cli_args"]]
        by_function = json.loads(found)["tests_by_mangled_function_name"]
        anew = cls(folder, tests, options, by_function, frozenset())
        collected = anew.run("stats", [*tests, "--collect-only"])
        if collected.returncode:
            sys.exit(f"the tests cannot be collected:\n{collected.stdout[-5000:]}")
        called = collected.stdout.rpartition("called:")[2].split()
        return evolve(anew, called_by_imports=frozenset(called))

    def run(self, mutant: str, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """The run of some tests; their ids are in a file, since all may be too long for a call."""
        with NamedTemporaryFile("w", encoding="utf-8", dir=self.folder, suffix=".tests") as listed:
            listed.write("\n".join(tests))
            listed.flush()
            return subprocess.run(
                [sys.executable, "-c", ANEW, *self.options, f"@{listed.name}"],
                cwd=self.folder / "mutants",
                env=environment(MUTANT_UNDER_TEST=mutant),
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=LONGEST,
            )

    def fails(self, mutant: str, tests: Sequence[str]) -> bool:
        try:
            return self.run(mutant, tests).returncode != 0
        except subprocess.TimeoutExpired:
            return True

    def kills(self, mutant: Mutant) -> bool:
        """Whether the tests notice a mutant that is there from the first import on."""
        nearest = self.nearest(mutant)
        if nearest and self.fails(mutant.name, nearest):
            return True
        # What no import calls is seen by no other tests than those that call it.
        is_seen_by_others = not nearest or mutant.mangled in self.called_by_imports
        return is_seen_by_others and self.fails(mutant.name, self.tests)

    def nearest(self, mutant: Mutant) -> list[str]:
        """The tests that call what a mutant changes, and those of its module."""
        module = mutant.mangled.split(".")[-2]
        return sorted(
            {
                *self.by_function.get(mutant.mangled, ()),
                *(
                    test
                    for tests in self.by_function.values()
                    for test in tests
                    if f"/test_{module}.py::" in test
                ),
            }
        )


def difference(folder: Path, mutant: Mutant) -> str:
    """The lines around what a mutant changes, without the places that move with other code."""
    lines = mutmut(folder, "show", mutant.name).splitlines()
    return "\n".join(
        line.rstrip() for line in lines if not line.startswith(("# ", "---", "+++", "@@"))
    ).strip("\n")


def changes_a_cast_alone(shown: str) -> bool:
    """Whether a mutant gives ``cast`` another type, which nothing asks for when the code runs."""
    lines = [
        (line[:1], re.sub(r'\bcast\(("[^"]*"|[^,"]+),', "cast(", line[1:]))
        for line in shown.splitlines()
    ]
    taken, given = ([text for sign, text in lines if sign == wanted] for wanted in "-+")
    return taken == given


def equivalents() -> list[Equivalent]:
    """The mutants that ``equivalent.toml`` lists."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return [
        Equivalent(entry["function"], entry["difference"].strip("\n"), entry["reason"])
        for entry in listed.get("mutant", [])
    ]


def faults(name: str, target: Target) -> Iterator[str]:
    """What is wrong with the tests of a target, or with the list of equivalent mutants."""
    folder = prepared(name, target)
    print(f"== {name}", flush=True)
    sampled: list[str] = []
    if target.sample is not None:
        # The names are known only once mutmut has made the mutants; a few are run so that it does.
        mutmut(folder, "run", "cmappraisal.training.reprs.*")
        names = [mutant.name for mutant in mutants(folder)]
        sampled = random.Random(SEED).sample(names, min(target.sample, len(names)))
    mutmut(folder, "run", *sampled)
    tried = [each for each in mutants(folder) if not sampled or each.name in set(sampled)]
    suspects = [each for each in tried if each.status not in {"killed", "timeout"}]
    anew = Anew.of(folder)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = pool.submit(anew.run, NO_MUTANT, anew.tests)
        killed_anew = list(pool.map(anew.kills, suspects))
    if passed.result().returncode:
        sys.exit(f"the tests fail without a mutant:\n{passed.result().stdout[-5000:]}")
    alive = [each for each, killed in zip(suspects, killed_anew, strict=True) if not killed]

    known = {(each.function, each.difference): each for each in equivalents()}
    survivors: list[tuple[Mutant, str]] = []
    used = set()
    for mutant in alive:
        shown = difference(folder, mutant)
        key = mutant.function, shown
        if key in known:
            used.add(key)
        elif not changes_a_cast_alone(shown):
            survivors.append((mutant, shown))
    for mutant, shown in survivors:
        print(f"\n{mutant.function} ({mutant.status})\n{shown}")
    counted = len(tried) - (len(alive) - len(survivors))
    share = (counted - len(survivors)) / counted
    print(
        f"\n{len(tried)} mutants of {name}: {len(tried) - len(alive)} killed, "
        f"{len(alive) - len(survivors)} equivalent, {len(survivors)} alive: {share:.2%}",
        flush=True,
    )
    if share < target.bound:
        yield f"{name}: {share:.2%} of the mutants were killed, fewer than {target.bound:.0%}"
    if target.sample is None:
        modules = {mutant.function.rpartition(".")[0] for mutant in tried}
        for function, shown in known.keys() - used:
            if function.rpartition(".")[0] in modules:
                yield f"{EQUIVALENT.name} lists what is no mutant alive of {function}:\n{shown}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", nargs="*", help=f"of {', '.join(TARGETS)}; all without one")
    parser.add_argument("--sample", type=int, help=f"how many mutants are drawn of {ELSEWHERE}")
    arguments = parser.parse_args()
    names = arguments.target or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    targets = {name: TARGETS[name] for name in names}
    if arguments.sample and ELSEWHERE in targets:
        targets[ELSEWHERE] = evolve(targets[ELSEWHERE], sample=arguments.sample)
    if wrong := [fault for name, target in targets.items() for fault in faults(name, target)]:
        sys.exit("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
