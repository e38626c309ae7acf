"""What is checked here, one session for each kind of check; .ci/run calls the same sessions.

``nox -l`` lists them. ``nox -s quick`` is for the loop of writing; ``nox`` runs what a change must
pass before others see it.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import nox
from packaging.requirements import Requirement
from packaging.version import Version

nox.needs_version = ">=2025.2.9"
nox.options.sessions = ["tests", "lint", "docs"]
nox.options.reuse_venv = "yes"

PYPROJECT = nox.project.load_toml("pyproject.toml")
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
EXAMPLES = sorted(Path("docs/examples").glob("*.py"))
HELPING = {"measuring.py", "nonsense.py"}
BENCHMARKS = sorted(path for path in Path("benchmarks").glob("*.py") if path.name not in HELPING)
BUILT_DOCS = Path("build/docs")
AXE = "axe-core@4.14.1"
# Tests misspell on purpose.
SPELLED = [*map(str, sorted(Path().glob("*.md"))), "benchmarks", "docs", "src"]
NOT_CORE = [
    *("tests/docs", "tests/helpers", "tests/interop", "tests/training"),
    # These read the source of the whole library.
    *("tests/test_allowances.py", "tests/test_allowances_in_chinese.py"),
]


def group(name: str) -> list[str]:
    """What a dependency group asks for; pip itself reads groups only since 25.1."""
    return list(nox.project.dependency_groups(PYPROJECT, name))


@nox.session
def quick(session: nox.Session) -> None:
    """Test the core, in parallel, with few examples: within a minute."""
    session.install("--editable", ".[test]")
    ignored = [f"--ignore={path}" for path in NOT_CORE]
    session.run("pytest", "-n", "auto", "-q", "tests", *ignored, *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Test everything, with more examples, and measure that every branch is taken."""
    session.install("--editable", ".[test]", *group("coverage"), *group("engines"), *group("web"))
    same_ids_whatever_the_hashes(session)
    session.run(
        *("pytest", "-n", "auto", "-q", "--hypothesis-profile=ci"),
        *("--cov", "--cov-report=term", "--durations=10"),
        *session.posargs,
    )


def same_ids_whatever_the_hashes(session: nox.Session) -> None:
    """Compare the ids of the tests under different hash seeds: workers have to agree on them."""
    ids: list[set[str]] = []
    for seed in ("0", "1", "2"):
        listed = session.run(
            *("pytest", "--collect-only", "-q", "-p", "no:randomly"),
            env={"PYTHONHASHSEED": seed},
            silent=True,
        )
        ids.append({line for line in str(listed).splitlines() if "::" in line})
    changing = ids[0].union(*ids) - ids[0].intersection(*ids)
    if changing:
        shown = "\n".join(sorted(id[:200] for id in changing))
        session.error(f"the ids of these tests change with the hash seed:\n{shown}")


@nox.session
@nox.parametrize("extras", [["hypothesis"], list(EXTRAS)], ids=["core", "everything"])
def lowest(session: nox.Session, extras: list[str]) -> None:
    """Test with exactly the lowest declared version of every dependency of some extras.

    The core is tested by itself, since an extra may ask for more than the core does.
    """
    tools = [text for text in EXTRAS["test"] if not text.startswith("cmappraisal[")]
    if "tables" in extras:
        tools += [*group("engines"), *group("web")]
    asked = [*PROJECT["dependencies"], *tools, *(text for name in extras for text in EXTRAS[name])]
    pins = lowest_versions(Requirement(text) for text in asked)
    constraints = Path(session.create_tmp()) / "lowest.txt"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in pins.items()))
    wanted = f".[{','.join(extras)}]"
    session.install("--editable", wanted, *tools, "--constraint", str(constraints))
    ignored = [] if "test" in extras else [*NOT_CORE, *map(str, needing_an_extra())]
    session.run(
        *("pytest", "-n", "auto", "-q", "tests", "--hypothesis-profile=lowest"),
        *(f"--ignore={path}" for path in ignored),
        *session.posargs,
    )


def lowest_versions(requirements: Iterable[Requirement]) -> dict[str, Version]:
    """The lowest version that meets every bound on each package."""
    lowest: dict[str, Version] = {}
    for requirement in requirements:
        if requirement.name == PROJECT["name"]:
            continue
        (bound,) = (each.version for each in requirement.specifier if each.operator == ">=")
        version = Version(bound)
        lowest[requirement.name] = max(version, lowest.get(requirement.name, version))
    return lowest


def needing_an_extra() -> Iterator[Path]:
    """The test files of what needs an extra; hypothesis is there wherever tests are."""
    for path in Path("tests").rglob("test_*.py"):
        if re.search(r"interop(\.| import )(?!strategies\b)\w", path.read_text(encoding="utf-8")):
            yield path


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation, run its examples and its scripts."""
    session.install("--editable", ".[test]", *group("docs"), *group("engines"), *group("web"))
    shutil.rmtree(BUILT_DOCS, ignore_errors=True)
    sphinx = ("sphinx-build", "-n", "-W", "--keep-going", "-q")
    session.run(*sphinx, "docs", str(BUILT_DOCS / "html"))
    session.run(*sphinx, "-b", "doctest", "docs", str(BUILT_DOCS / "doctest"))
    for script in EXAMPLES:
        if "postgres" in script.name and "CMAPPRAISAL_POSTGRES" not in os.environ:
            session.warn(f"{script} is left out: no address in CMAPPRAISAL_POSTGRES")
            continue
        session.run("python", "-W", "error", str(script), silent=True)


@nox.session(requires=["docs"])
def browser(session: nox.Session) -> None:
    """Look at the documentation and the pictures in Chromium, and at those in JupyterLab."""
    session.install("--editable", ".[test]", *group("browser"))
    html = (BUILT_DOCS / "html").resolve()
    session.run("bash", "docs/fetch_pyodide.sh", str(html), external=True)
    tools = Path(session.create_tmp()).resolve()
    npm = ("npm", "install", "--no-audit", "--no-fund", "--prefix", str(tools))
    session.run(*npm, AXE, external=True, silent=True)
    session.run(
        *("pytest", "-q", "-n", "2", "--dist", "loadfile", "tests/browser", *session.posargs),
        env={
            "CMAPPRAISAL_DOCS": str(html),
            "CMAPPRAISAL_AXE": str(tools / "node_modules" / "axe-core" / "axe.min.js"),
        },
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and spelling."""
    session.install("--editable", ".[test]", *group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("codespell", *SPELLED)
    session.run("mypy")
    # Otherwise it looks into a .venv of the checkout, which has not all that is checked.
    session.run("basedpyright", "--pythonpath", str(Path(session.bin, "python")))


@nox.session
def mutation(session: nox.Session) -> None:
    """Change the code in small ways and see that its tests notice: ``-- points cases``."""
    session.install("--editable", ".[test]", *group("mutation"), *group("engines"))
    session.run("python", "tests/mutation/run.py", *session.posargs)


@nox.session
def engines(session: nox.Session) -> None:
    """Score many tables in PySpark, which needs a Java runtime; Debian's where there is none."""
    session.install("--editable", ".[test]", *group("engines"), *group("spark"))
    if shutil.which("java") is None:
        session.run("apt-get", "update", "-qq", external=True)
        java = ("apt-get", "install", "--yes", "-qq", "default-jre-headless")
        session.run(*java, external=True, silent=True)
    spark = "tests/interop/tables/test_spark.py"
    session.run("pytest", "-q", "--hypothesis-profile=ci", "--durations=5", spark, *session.posargs)


@nox.session
def readers(session: nox.Session) -> None:
    """Read calendars with ical.js and node-ical, and see that they find what Python finds."""
    session.install("--editable", ".[icalendar,hypothesis]")
    folder = Path(session.create_tmp())
    for name in ("package.json", "read.mjs"):
        shutil.copy(Path("tests/readers", name), folder)
    files = folder / "calendars"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir()
    session.run("python", "tests/readers/write.py", str(files))
    with session.chdir(folder):
        session.run("npm", "install", "--no-audit", "--no-fund", external=True, silent=True)
        session.run("node", "read.mjs", "calendars", external=True)


@nox.session
def benchmarks(session: nox.Session) -> None:
    """Measure every ratio, and fail where one is beyond its bound: ``-- --answers-only``."""
    session.install(".[icalendar,json,solver,tables]", *group("engines"), *group("rules"))
    for script in BENCHMARKS:
        session.run("python", str(script), *session.posargs)


# Proofs in a copy of the checkout, that adding something to the library takes only the steps that
# CONTRIBUTING.md lists, have a session each below this line.


@nox.session
def policy_field(session: nox.Session) -> None:
    """Add a field to the policy in a copy: nothing else changes, and what it lacks is named."""
    prove(session, "policy_field")


@nox.session
def stage(session: nox.Session) -> None:
    """Add stages in a copy: totals and explained appraisals change alike."""
    prove(session, "stage")


@nox.session
def reach(session: nox.Session) -> None:
    """Draw 2,000 scenarios, always the same: each effect and each alternative is there 20 times."""
    prove(session, "reach")


def prove(session: nox.Session, name: str) -> None:
    """Run a proof."""
    session.install("--editable", ".[test]")
    session.run("python", f"tests/proofs/{name}.py")
