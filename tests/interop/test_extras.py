"""Extras: a module whose extra is not installed names the command that installs it."""

import pkgutil
import re
import subprocess
import sys

import pytest

from cmappraisal import interop
from cmappraisal.interop.extras import needs_extra

EXTRAS = {
    "case_expectations": ("json", "cattrs"),
    "case_facts": ("json", "cattrs"),
    "cases": ("json", "cattrs"),
    "comparison_strategies": ("hypothesis", "hypothesis"),
    "converters": ("json", "cattrs"),
    "derived_strategies": ("hypothesis", "hypothesis"),
    "entry_strategies": ("hypothesis", "hypothesis"),
    "evidence_strategies": ("hypothesis", "hypothesis"),
    "icalendar": ("icalendar", "icalendar"),
    "icalendar_events": ("icalendar", "icalendar"),
    "icalendar_invitations": ("icalendar", "icalendar"),
    "icalendar_pages": ("icalendar", "icalendar"),
    "icalendar_retiming": ("icalendar", "icalendar"),
    "ledger_strategies": ("hypothesis", "hypothesis"),
    "pay_strategies": ("hypothesis", "hypothesis"),
    "plan_strategies": ("hypothesis", "hypothesis"),
    "policy_strategies": ("hypothesis", "hypothesis"),
    "pydantic": ("pydantic", "pydantic"),
    "record_strategies": ("hypothesis", "hypothesis"),
    "registration": ("hypothesis", "hypothesis"),
    "result_strategies": ("hypothesis", "hypothesis"),
    "rulebook_strategies": ("hypothesis", "hypothesis"),
    "scenario_strategies": ("hypothesis", "hypothesis"),
    "solver": ("solver", "ortools"),
    "sql": ("json", "cattrs"),
    "statement_strategies": ("hypothesis", "hypothesis"),
    "taking_strategies": ("hypothesis", "hypothesis"),
    "strategies": ("hypothesis", "hypothesis"),
    "tables": ("tables", "narwhals"),
    "time_zones": ("icalendar", "icalendar"),
    "training_strategies": ("hypothesis", "hypothesis"),
    "violation_strategies": ("hypothesis", "hypothesis"),
}
"""By module, the extra that it needs and the package that the extra brings."""

WITHOUT = {
    "case_flaws",
    "catalogue",
    "checks",
    "extras",
    "icalendar_arguments",
    "icalendar_entries",
    "icalendar_flaws",
    "icalendar_times",
    "json_texts",
    "leaves",
    "notebooks",
    "printing",
    "reading",
    "reading_flaws",
    "rejections",
    "row_flaws",
    "schemas",
    "toml_texts",
}
"""The modules that need none."""


def test_every_module_of_interop_names_its_extra() -> None:
    names = {module.name for module in pkgutil.iter_modules(interop.__path__)}
    assert names == {*EXTRAS, *WITHOUT}


WITHOUT_ONE = """
import sys
from importlib import import_module

package, *modules = sys.argv[1:]
sys.modules[package] = None
for module in modules:
    try:
        import_module(f"cmappraisal.interop.{module}")
    except ModuleNotFoundError as error:
        print(error)
    else:
        print("imported")
"""


@pytest.mark.parametrize("package", sorted({package for _, package in EXTRAS.values()}))
def test_a_missing_extra_is_reported_with_the_command_that_installs_it(package: str) -> None:
    # A module whose import failed is imported anew by the next one that needs it.
    modules = [module for module, (_, brought) in EXTRAS.items() if brought == package]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_ONE, package, *modules],
        capture_output=True,
        check=True,
        text=True,
    )
    assert run.stdout.splitlines() == [
        f"this module needs {package}; "
        f"install it with: pip install 'cmappraisal[{EXTRAS[module][0]}]'"
        for module in modules
    ]


def test_what_is_missing_is_an_import_error_that_keeps_its_cause() -> None:
    message = "this module needs a-package; install it with: pip install 'cmappraisal[json]'"
    missing = ModuleNotFoundError("No module named 'a_package'", name="a_package")
    with (
        pytest.raises(ImportError, match=re.escape(message)) as caught,
        needs_extra("json", "a-package"),
    ):
        raise missing
    assert caught.value.name == "a_package"
    assert caught.value.__cause__ is missing


def test_other_errors_pass_and_what_is_there_is_imported() -> None:
    with pytest.raises(ZeroDivisionError), needs_extra("json", "a-package"):
        raise ZeroDivisionError
    with needs_extra("json", "a-package"):
        import colorsys
    assert colorsys.ONE_THIRD
