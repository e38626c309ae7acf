"""Change the code in small ways, one at a time, and see whether its tests notice.

Run it with ``nox -s mutation``, or with ``nox -s mutation -- points cases`` for some of the targets
below. It prints every mutant that no test killed, and fails where too many are left. It also fails
where a test fails without a mutant; no mutant meets that test. A mutant that does the same as the
code is none to kill: ``equivalent.toml`` beside this file lists those, each with its difference and
the reason why no test can see it.

mutmut makes the mutants. Each meets the tests of its target that call what it changes. A run that
was stopped goes on where it stopped, unless a file has changed since. With ``--part 2/8`` the
second of every eight mutants are tried.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import NamedTemporaryFile

from attrs import evolve, field, frozen

from farm import NO_MUTANT, UNFIT

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
        tests: The tests of their own, below ``tests``; none for those of the package of each.
        bound: The least share of killed mutants, of those not shown to be equivalent.
        sample: How many mutants are drawn; None for all.
        besides: Modules and packages that are left out.
        part: Which mutants of how many in a row are tried, such as the second of every eight.
    """

    files: Sequence[str]
    tests: Sequence[str]
    bound: float = 0.99
    sample: int | None = field(default=None, kw_only=True)
    besides: Sequence[str] = field(default=(), kw_only=True)
    part: tuple[int, int] = field(default=(1, 1), kw_only=True)

    @property
    def is_whole(self) -> bool:
        """Whether every mutant of the files is tried."""
        return self.sample is None and self.part == (1, 1)

    def drawn(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """The mutants that are tried, in the order of the code."""
        number, every = self.part
        if self.sample is not None:
            among = range(len(mutants))
            drawn = random.Random(SEED).sample(among, min(self.sample, len(mutants)))
            mutants = [mutants[index] for index in sorted(drawn)]
        return list(mutants[number - 1 :: every])


CORE = {
    "points": Target(["points.py"], ["test_points.py"]),
    "cases": Target(
        ["cases.py", "lives.py", "decisions.py", "takings.py", "procedural_acts.py"],
        ["test_cases.py", "test_takings.py"],
    ),
    "ledger": Target(
        ["ledger.py", "writing*.py", "runs.py", "merging.py"],
        [
            *("test_ledger.py", "test_runs.py", "test_merging.py", "test_cases.py"),
            *("test_takings.py", "test_writing.py", "laws/test_joins.py"),
        ],
    ),
    "rules": Target(
        [
            *("rules.py", "rulebooks.py", "weights.py", "grades.py", "caps.py", "repetition.py"),
            *("citations.py", "clauses.py", "coherence.py", "consequences.py", "provisions.py"),
            *("mappings.py", "silences.py", "spans.py", "responsibilities.py", "lapses.py"),
            "remedies.py",
        ],
        [
            *("test_rules.py", "test_rulebooks.py", "test_weights.py", "test_grades.py"),
            *("test_caps.py", "test_repetition.py", "test_citations.py", "test_clauses.py"),
            *("test_coherence.py", "test_consequences.py", "test_provisions.py"),
            *("test_mappings.py", "test_spans.py", "test_responsibilities.py", "test_lapses.py"),
            *("test_remedies.py", "test_policy.py"),
        ],
    ),
    "scoring": Target(
        ["scoring/*"],
        ["scoring", "test_policy.py", "test_checks.py", "laws/test_agreement.py"],
    ),
}
TARGETS = {
    **CORE,
    ELSEWHERE: Target(
        ["*"],
        [],
        0.95,
        sample=400,
        besides=[file for target in CORE.values() for file in target.files],
    ),
}

# These start the library in a process of its own or read its source, so that they see no mutant, or
# they see what mutmut adds to every module.
NO_MUTANT_SEEN = [
    *("test_arguments.py", "test_house_sizes.py", "test_namespaces.py", "test_no_io.py"),
    "docs",
]
# Nobody reads why a test fails, and what pytest would show of it takes longer than most tests.
OPTIONS = [
    *("-x", "-q", "-s", "--override-ini=addopts=--strict-markers"),
    *("--tb=no", "--assert=plain"),
    *("-p", "no:randomly", "-p", "no:cacheprovider"),
    *(f"--ignore=tests/{tests}" for tests in NO_MUTANT_SEEN),
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

    @property
    def mangled(self) -> str:
        """What mutmut calls the function or method that it changes."""
        return self.name.partition("__mutmut_")[0]

    @property
    def module(self) -> str:
        """The module that it changes, such as ``cmappraisal.points``."""
        return self.mangled.rpartition(".")[0]

    @property
    def function(self) -> str:
        """The function or method that it changes."""
        function = self.mangled.rpartition(".")[2]
        return f"{self.module}.{re.sub('^x_|^xǁ', '', function).replace('ǁ', '.')}"

    @property
    def own_tests(self) -> tuple[str, ...]:
        """The tests that bear the name of its module; none where no file does."""
        *package, module = self.module.split(".")[1:]
        return files(Path(ROOT, "tests", *package).glob(f"test_{module}*.py"))

    def tests_near(self, target: Target) -> tuple[str, ...]:
        """The tests of its target, or those of its package where the target has none."""
        if target.tests:
            return tuple(f"tests/{tests}" for tests in target.tests)
        # What is in a package of the package has tests of its own, which would take long.
        return files(Path(ROOT, "tests", *self.module.split(".")[1:-1]).glob("test_*.py"))


def files(found: Iterable[Path]) -> tuple[str, ...]:
    """The files that see mutants, in order, by where they are below the root."""
    unseen = {ROOT / "tests" / each for each in NO_MUTANT_SEEN}
    return tuple(sorted(str(file.relative_to(ROOT)) for file in found if file not in unseen))


# What mutmut does before it runs tests.
MAKE = """
import sys
from mutmut import __main__ as mutmut
mutmut.copy_src_dir()
mutmut.copy_also_copy_files()
mutmut.setup_source_paths()
mutmut.create_mutants(int(sys.argv[1]))
"""
# The functions that mutmut has counted as called are printed: so it is known what imports call.
PYTEST = """
import os, sys
sys.path.insert(0, "src")
import farm, pytest
farm.choose(os.environ["MUTANT_UNDER_TEST"])
code = pytest.main(sys.argv[1:], plugins=[farm])
print("called:", *farm.COUNTED)
sys.exit(code)
"""
PARTS = ("src", "tests", "docs", "benchmarks")
LONGEST = 1200
"""The most seconds of a run of tests that are imported anew."""


@frozen
class Workshop:
    """A copy of the project with its mutants, and what became of those that were tried.

    It stays until a file changes.

    Args:
        folder: Where it is.
        processes: How many work at the same time.
    """

    folder: Path
    processes: int

    @classmethod
    def of(cls, name: str, target: Target, processes: int) -> Workshop:
        """The one that is there, or a new one."""
        chosen = {
            "only_mutate": [f"src/cmappraisal/{file}" for file in target.files],
            "do_not_mutate": [f"src/cmappraisal/{file}" for file in target.besides],
        }
        heading = "[tool.mutmut]\n"
        lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in chosen.items())
        settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        assert settings.count(heading) == 1
        settings = settings.replace(heading, heading + lines)

        workshop = cls(SCRATCH / name, processes)
        made_of = workshop.folder / "made-of"
        now = digest(settings)
        if made_of.exists() and made_of.read_text(encoding="utf-8") == now:
            return workshop
        shutil.rmtree(workshop.folder, ignore_errors=True)
        for part in PARTS:
            shutil.copytree(ROOT / part, workshop.folder / part)
        shutil.copy(ROOT / "README.md", workshop.folder)
        (workshop.folder / "pyproject.toml").write_text(settings, encoding="utf-8")
        workshop.called(sys.executable, "-c", MAKE, str(processes))
        made_of.write_text(now, encoding="utf-8")
        return workshop

    def called(self, *arguments: str) -> str:
        """What a command prints."""
        done = subprocess.run(
            arguments, cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{' '.join(arguments)} failed:\n{done.stdout[-5000:]}{done.stderr}")
        return done.stdout

    def mutants(self) -> list[Mutant]:
        """Every mutant, in the order of the code."""
        listed = self.called(MUTMUT, "results", "--all", "true").splitlines()
        pairs = (line.strip().rpartition(": ") for line in listed if "__mutmut_" in line)
        return [Mutant(name) for name, _, _ in pairs]

    def difference(self, mutant: Mutant) -> str:
        """The lines around what a mutant changes, without the places that move with other code."""
        lines = self.called(MUTMUT, "show", mutant.name).splitlines()
        return "\n".join(
            line.rstrip() for line in lines if not line.startswith(("# ", "---", "+++", "@@"))
        ).strip("\n")

    # Tests

    def pytest(
        self, tests: Sequence[str], *options: str, mutant: str = "", timeout: float | None = None
    ) -> subprocess.CompletedProcess[str]:
        """A run of tests, with the profile of hypothesis that is made for this."""
        path = [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
        given = {
            "HYPOTHESIS_PROFILE": "mutation",
            "PYTHONPATH": os.pathsep.join(filter(None, path)),
            "MUTANT_UNDER_TEST": mutant,
        }
        return subprocess.run(
            [sys.executable, "-c", PYTEST, *OPTIONS, *options, *tests],
            cwd=self.folder / "mutants",
            env={**os.environ, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=timeout,
        )

    def alive(
        self, target: Target, mutants: Sequence[Mutant], is_equal: Callable[[Mutant], bool]
    ) -> list[Mutant]:
        """The mutants that no test killed; whoever is the same as the code is not imported anew."""
        found = self.found()
        by_tests: dict[tuple[str, ...], list[Mutant]] = {}
        for mutant in mutants:
            if mutant.name not in found:
                by_tests.setdefault(mutant.tests_near(target), []).append(mutant)
        with ThreadPoolExecutor(self.processes) as pool:
            list(pool.map(self.try_all, by_tests, by_tests.values()))

        found = self.found()
        alive = [each for each in mutants if found[each.name] is None]
        different = [each for each in alive if not is_equal(each)]
        for near, suspects in groupby(different, key=lambda each: each.tests_near(target)):
            called = self.called_by_imports(near)
            for mutant in suspects:
                if mutant.mangled in called and self.is_killed_anew(mutant, near):
                    with self.found_in.open("a", encoding="utf-8") as kept:
                        kept.write(json.dumps([mutant.name, "an import"]) + "\n")
        found = self.found()
        return [each for each in alive if found[each.name] is None]

    @property
    def found_in(self) -> Path:
        """The file with a line for each mutant that was tried, the last one of which counts.

        Tests that fail without a mutant have a line too.
        """
        return self.folder / "found.jsonl"

    def found(self) -> dict[str, str | None]:
        """What killed each mutant that was tried, by its name; None where nothing did.

        By its id, each test that fails without a mutant is there too.
        """
        self.found_in.touch()
        return dict(map(json.loads, self.found_in.read_text(encoding="utf-8").splitlines()))

    def unfit(self) -> list[str]:
        """The ids of the tests that failed without a mutant."""
        return [name for name, what in self.found().items() if what == UNFIT]

    def try_all(self, tests: Sequence[str], mutants: Sequence[Mutant]) -> None:
        """Let mutants meet tests."""
        with NamedTemporaryFile("w", encoding="utf-8") as names:
            names.write("\n".join(each.name for each in mutants))
            names.flush()
            done = self.pytest(tests, f"--mutants={names.name}", f"--found={self.found_in}")
        if done.returncode:
            sys.exit(f"the tests do not run without a mutant:\n{done.stdout[-5000:]}")

    # What a mutant changes of an import, such as a validator that a class is made with, is seen
    # only where the import is done anew.

    def called_by_imports(self, tests: Sequence[str]) -> frozenset[str]:
        """The functions that are called before any test is."""
        done = self.pytest(tests, "--collect-only", mutant=NO_MUTANT)
        if done.returncode:
            sys.exit(f"the tests cannot be collected:\n{done.stdout[-5000:]}")
        return frozenset(done.stdout.rpartition("called:")[2].split())

    def is_killed_anew(self, mutant: Mutant, tests: tuple[str, ...]) -> bool:
        """Whether tests notice a mutant that is there from the first import on."""
        fit = [f"--deselect={each}" for each in self.unfit()]
        try:
            return any(
                self.pytest(some, *fit, mutant=mutant.name, timeout=LONGEST).returncode
                for some in dict.fromkeys((mutant.own_tests, tests))
                if some
            )
        except subprocess.TimeoutExpired:
            return True


MUTMUT = str(Path(sys.executable).with_name("mutmut"))


def digest(settings: str) -> str:
    """A digest of the settings and of every file that is copied."""
    found = hashlib.sha256(settings.encode())
    for part in PARTS:
        for file in sorted((ROOT / part).rglob("*")):
            if file.is_file() and file.suffix != ".pyc" and file != EQUIVALENT:
                found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return found.hexdigest()


def changes_a_cast_alone(shown: str) -> bool:
    """Whether a mutant gives ``cast`` another type, which nothing asks for when the code runs."""
    lines = [
        (line[:1], re.sub(r'\bcast\(("[^"]*"|[^,"]+),', "cast(", line[1:]))
        for line in shown.splitlines()
    ]
    taken, given = ([text for sign, text in lines if sign == wanted] for wanted in "-+")
    return taken == given


def equivalents() -> Mapping[tuple[str, str], Equivalent]:
    """The mutants that ``equivalent.toml`` lists, by function and difference."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {
        (each.function, each.difference): each
        for each in (
            Equivalent(entry["function"], entry["difference"].strip("\n"), entry["reason"])
            for entry in listed.get("mutant", [])
        )
    }


def faults(name: str, target: Target, processes: int) -> Iterator[str]:
    """What is wrong with the tests of a target, or with the list of equivalent mutants."""
    print(f"== {name}", flush=True)
    workshop = Workshop.of(name, target, processes)
    tried = target.drawn(workshop.mutants())
    known = equivalents()
    used = set()
    shown = cache(workshop.difference)

    def is_equal(mutant: Mutant) -> bool:
        if (key := (mutant.function, shown(mutant))) in known:
            used.add(key)
        return key in known or changes_a_cast_alone(shown(mutant))

    alive = workshop.alive(target, tried, is_equal)
    survivors = [each for each in alive if not is_equal(each)]
    for mutant in survivors:
        print(f"\n{mutant.function} ({mutant.name})\n{shown(mutant)}")
    equivalent = len(alive) - len(survivors)
    share = 1 - len(survivors) / (len(tried) - equivalent)
    print(
        f"\n{len(tried)} mutants of {name}: {len(tried) - len(alive)} killed, "
        f"{equivalent} equivalent, {len(survivors)} alive: {share:.2%}",
        flush=True,
    )
    for test in workshop.unfit():
        yield f"{name}: {test} {UNFIT}"
    if share < target.bound:
        yield f"{name}: {share:.2%} of the mutants were killed, fewer than {target.bound:.0%}"
    if target.is_whole:
        modules = {mutant.module for mutant in tried}
        for function, listed in known.keys() - used:
            if any(function.startswith(f"{each}.") for each in modules):
                yield f"{EQUIVALENT.name} lists what is no mutant alive of {function}:\n{listed}"


def as_part(text: str) -> tuple[int, int]:
    """Which mutants of how many in a row, from a text such as ``2/8``."""
    number, every = map(int, text.split("/"))
    if not 1 <= number <= every:
        raise ValueError(text)
    return number, every


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", nargs="*", help=f"of {', '.join(TARGETS)}; all without one")
    parser.add_argument("--sample", type=int, help=f"how many mutants are drawn of {ELSEWHERE}")
    parser.add_argument("--part", type=as_part, default=(1, 1), help="such as 2/8; all without it")
    parser.add_argument("--processes", type=int, default=os.cpu_count(), help="at the same time")
    arguments = parser.parse_args()
    names = arguments.target or list(TARGETS)
    if unknown := set(names) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    targets = {name: evolve(TARGETS[name], part=arguments.part) for name in names}
    if arguments.sample and ELSEWHERE in targets:
        targets[ELSEWHERE] = evolve(targets[ELSEWHERE], sample=arguments.sample)
    wrong = [
        fault
        for name, target in targets.items()
        for fault in faults(name, target, arguments.processes)
    ]
    if wrong:
        sys.exit("\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
