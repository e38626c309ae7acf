"""Namespaces: what is public is exported where it is looked for, and documented there."""

import ast
import enum
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import cmappraisal

ROOT = Path(cmappraisal.__file__).parent
DOCS = Path(__file__).parents[1] / "docs"
MAXIMUM_NAMES = 100
"""Names in the core's own namespace: few enough to be read through once."""

# The packages that export names, each with the modules whose names it exports or hands on.
INNER = ("accounts", "comparison", "evidence", "procedure", "scoring", "reports", "standards")
PACKAGES = ("cmappraisal", *(f"cmappraisal.{each}" for each in INNER))
MODULES = ("cmappraisal.merkle",)
TRAINING = "cmappraisal.training"
NAMESPACES = (*PACKAGES, *MODULES, TRAINING)

# Types that belong to their module, which nobody makes or is given who does not import it.
TYPES_OF_MODULES = {
    "cmappraisal.accounts.cuts": {"Cut"},
    "cmappraisal.allowance_wordings": {"Phrase"},
    "cmappraisal.appraisal_flaws": {"AppraisalFlaw"},
    "cmappraisal.calendar_flaws": {"CalendarFlaw"},
    "cmappraisal.evidence.people_tree_flaws": {"PeopleTreeFlaw"},
    "cmappraisal.flaw_wordings": {"WordedFlaw", "Words"},
    "cmappraisal.ledger_flaws": {"LedgerFlaw"},
    "cmappraisal.procedure.procedure_flaws": {"ProcedureFlaw"},
    "cmappraisal.rulebook_flaws": {"RulebookFlaw"},
    "cmappraisal.reports.papers": {"Item", "Section"},
    "cmappraisal.reports.wordings": {"EffectWording"},
    "cmappraisal.accounts.chains": {"Chain", "Charged", "Columns", "Frames", "Link", "Stretch"},
    "cmappraisal.accounts.changes": {"Change", "Lapsing"},
    "cmappraisal.accounts.lots": {"Lot", "SetOff"},
    "cmappraisal.accounts.crossings": {"Closed", "Crossing", "Fact"},
    "cmappraisal.accounts.cycles": {"Cycles"},
    "cmappraisal.accounts.following": {"Follows"},
    "cmappraisal.accounts.agendas": {"Turn"},
    "cmappraisal.accounts.scales": {"Scale"},
    "cmappraisal.accounts.sources": {"Basis"},
    "cmappraisal.entry_bases": {"Dated", "EntryBase"},
    "cmappraisal.runs": {"Run", "Runs"},
    "cmappraisal.scoring.audit_flaws": {"AuditFlaw"},
    "cmappraisal.scoring.bounding": {"Bound", "Sums"},
    "cmappraisal.scoring.conclusions": {"Frame"},
    "cmappraisal.scoring.history": {"Earlier", "Faulty", "Timelines"},
    "cmappraisal.scoring.moves": {"Move"},
    "cmappraisal.scoring.outcomes": {"Outcome"},
    "cmappraisal.scoring.settlement": {"RunningLine"},
    "cmappraisal.scoring.terms": {"Sourced"},
    "cmappraisal.scoring.weighing": {"Amount", "Fitting"},
    "cmappraisal.texts": {"Choice"},
    "cmappraisal.training.attending": {"Attending"},
    "cmappraisal.training.choices": {"Conditions"},
    "cmappraisal.training.days": {"Days"},
    "cmappraisal.training.drafts": {"Draft", "Individual"},
    "cmappraisal.training.placing": {"Placing"},
    "cmappraisal.training.plan_flaws": {"PlanFlaw"},
    "cmappraisal.training.presence": {"Presence", "Stay"},
    "cmappraisal.training.record_flaws": {"RecordFlaw"},
    "cmappraisal.training.marks": {"Marks", "Occasion"},
    "cmappraisal.training.verdicts": {"Verdict"},
    "cmappraisal.training.rolls": {"Attendee", "Roll", "Sitting"},
}
# Modules whose functions are tools of the other modules.
TOOLS = {
    *("erasures", "growing", "merkle", "redactions"),
    *("evidence.people_trees", "scoring.incompleteness"),
    *(
        "acts",
        "allowances",
        "allowances_in_chinese",
        "calendars",
        "canonical",
        "cases",
        "clock_times",
        "citations",
        "coherence",
        "dating",
        "fields",
        "grades",
    ),
    *(
        "checks",
        "decisions",
        "entries",
        "appraisal_flaws",
        "flaw_wordings",
        "ledger_flaws",
        "rulebook_flaws",
        "life_wordings",
        "lives",
        "procedure.walks",
    ),
    *(
        "alternatives",
        "making",
        "mappings",
        "open_spans",
        "merging",
        "consequences",
        "points",
        "policy",
        "provisions",
        "pydantic_hooks",
        "qualifications",
        "remedies",
        "rules",
        "showing",
        "spans",
        "texts",
        "weights",
    ),
    *(
        "people",
        "repetition",
        "responsibilities",
        *("accounts.cuts", "accounts.held_grades", "accounts.pay_choices", "accounts.pay_terms"),
        *("reports.composites", "reports.payslips"),
        "reports.html",
        "reports.papers",
        "reports.problems",
        "reports.qualifications",
        "reports.sentences",
        "standards.editions",
    ),
    *("comparison.declarations", "comparison.line_changes", "comparison.results"),
    "comparison.situations",
    *("accounts.audits", "accounts.chains", "accounts.scales", "accounts.statements", "takings"),
    *(
        "scoring.appraisals",
        "scoring.arguments",
        "scoring.audits",
        "scoring.bounding",
        "scoring.charges",
        "scoring.facts",
    ),
    *("scoring.flaws", "scoring.governance", "scoring.groups", "scoring.steps"),
    *("scoring.conclusions", "scoring.judgements", "scoring.judges", "scoring.milder"),
    *("scoring.outcomes", "scoring.settlement", "scoring.terms", "scoring.weighing"),
}


def exports_of(namespace: str) -> list[str]:
    exported: list[str] = importlib.import_module(namespace).__all__
    return exported


def modules_below(package: str) -> list[str]:
    found = pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}.")
    return [package, *(module.name for module in found)]


CORE = [
    name
    for name in modules_below("cmappraisal")
    if not name.startswith((TRAINING, "cmappraisal.interop"))
]
ALL = [*CORE, *modules_below(TRAINING)]


def defined_in(module: ModuleType) -> Iterator[tuple[str, Any]]:
    """The public classes and functions that a module defines."""
    for name, value in vars(module).items():
        is_code = inspect.isclass(value) or inspect.isfunction(value)
        # A validator that another function made has the other's name.
        is_own = is_code and (value.__module__, value.__name__) == (module.__name__, name)
        if is_own and not name.startswith("_"):
            yield name, value


def is_type_for_users(value: Any) -> bool:
    """Whether a class is a value, a choice, an error or a collection that users meet."""
    return inspect.isclass(value) and (
        attrs.has(value) or issubclass(value, (enum.Enum, Exception, tuple))
    )


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_a_namespace_exports_what_is_there_sorted_and_once(namespace: str) -> None:
    module, exported = importlib.import_module(namespace), exports_of(namespace)
    constants = sorted(name for name in exported if name.isupper())
    others = sorted(name for name in exported if not name.isupper() and name[0].isupper())
    functions = sorted(name for name in exported if name[0].islower())
    assert exported == [*constants, *others, *functions]
    assert len(set(exported)) == len(exported)
    for name in exported:
        assert name in vars(module), "an export is there at once, and not made when asked for"


def test_the_version_is_that_of_the_distribution() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cmappraisal.__version__ == project["version"]


def test_the_core_has_few_names_and_no_bounds() -> None:
    assert len(cmappraisal.__all__) <= MAXIMUM_NAMES
    assert not [name for name in cmappraisal.__all__ if name.startswith("MAXIMUM_")]


def values_of(*namespaces: str) -> dict[int, str]:
    """What some namespaces export, each by its identity, with its name."""
    return {
        id(getattr(importlib.import_module(each), name)): name
        for each in namespaces
        for name in exports_of(each)
    }


def types_left_out(modules: list[str], exported: dict[int, str]) -> dict[str, set[str]]:
    """The types for users that some modules define and nobody exports, by their module."""
    left_out = {
        name: {
            one
            for one, value in defined_in(importlib.import_module(name))
            if is_type_for_users(value) and id(value) not in exported
        }
        for name in modules
    }
    return {name: types for name, types in left_out.items() if types}


def test_no_module_makes_names_up_when_they_are_asked_for() -> None:
    assert [name for name in ALL if "__getattr__" in vars(importlib.import_module(name))] == []


def test_every_type_that_users_meet_is_exported() -> None:
    of_training = values_of(TRAINING).items()
    exported = {
        # The errors of training are of the one hierarchy, and training exports them.
        **{key: name for key, name in of_training if name.endswith(("Error", "Conflict"))},
        **values_of(*(each for each in NAMESPACES if each != TRAINING)),
    }
    expected = {name: types for name, types in TYPES_OF_MODULES.items() if name in CORE}
    assert types_left_out(CORE, exported) == expected


def test_training_exports_every_type_that_its_users_meet() -> None:
    modules = [each for each in modules_below(TRAINING) if each != TRAINING]
    expected = {name: types for name, types in TYPES_OF_MODULES.items() if name in modules}
    assert types_left_out(modules, values_of(TRAINING)) == expected
    assert {*TYPES_OF_MODULES} <= {*CORE, *modules}


def test_every_function_is_exported_or_a_tool_of_the_modules() -> None:
    exported = values_of(*NAMESPACES)
    left_out = [
        f"{name}.{one}"
        for name in CORE
        # What a stage does is in the table of stages, which is exported.
        if name.removeprefix("cmappraisal.") not in TOOLS
        for one, value in defined_in(importlib.import_module(name))
        if inspect.isfunction(value) and id(value) not in exported
    ]
    assert left_out == []


def test_everything_that_a_module_defines_is_documented() -> None:
    modules = {name: importlib.import_module(name) for name in ALL}
    assert [name for name, module in modules.items() if not module.__doc__] == []
    undocumented = [
        f"{name}.{one}"
        for name, module in modules.items()
        for one, value in defined_in(module)
        if not inspect.getdoc(value)
    ]
    assert undocumented == []


IMPORTED = """
import sys
before = set(sys.modules)
import cmappraisal
print(*sorted(set(sys.modules) - before))
"""


def test_importing_the_core_loads_neither_training_nor_what_needs_an_extra() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORTED], capture_output=True, check=True, text=True
    )
    loaded = run.stdout.split()
    assert "cmappraisal.scoring.score" in loaded
    assert not [name for name in loaded if name.startswith((TRAINING, "cmappraisal.interop"))]
    foreign = {name.partition(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    # six is dateutil's.
    assert foreign <= {"cmappraisal", "attr", "attrs", "dateutil", "six"}


# The pages of the reference.

DIRECTIVE = re.compile(r"^\.\. public:: (?P<namespace>\S+)(?P<options>(?:\n   .*)*)", re.MULTILINE)
OPTION = re.compile(r":(\w+): (.*)")


@cache
def assigned_in(name: str) -> set[str]:
    """The names that a module assigns."""
    source = inspect.getsource(importlib.import_module(name))
    assigned = set()
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        assigned |= {target.id for target in targets if isinstance(target, ast.Name)}
    return assigned


def home_of(name: str, value: Any) -> set[str]:
    """The modules that define an export."""
    if inspect.isclass(value) or inspect.isfunction(value):
        return {value.__module__}
    return {module for module in ALL if name in assigned_in(module)}


def documented() -> Iterator[tuple[str, str]]:
    """Each namespace of the reference with each name that a page of it has."""
    for page in sorted(DOCS.rglob("*.md")):
        for found in DIRECTIVE.finditer(page.read_text(encoding="utf-8")):
            namespace, options = found["namespace"], dict(OPTION.findall(found["options"]))
            if namespace not in NAMESPACES:
                continue
            modules = {f"cmappraisal.{each}" for each in options.get("modules", "").split()}
            for name in exports_of(namespace):
                value = getattr(importlib.import_module(namespace), name)
                if not modules or home_of(name, value) & modules:
                    yield namespace, name


def test_every_export_has_a_page_in_the_reference() -> None:
    found = set(documented())
    values = {id(getattr(importlib.import_module(each), name)) for each, name in found}
    missing = [
        f"{each}.{name}"
        for each in NAMESPACES
        for name in exports_of(each)
        if (each, name) not in found
        # Handed on by several packages, it has a page where it was found first.
        and id(getattr(importlib.import_module(each), name)) not in values
    ]
    assert missing == []
