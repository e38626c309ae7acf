"""A program that runs the library under watch and stops at the first thing it does to the world.

Python's audit hook sees files, sockets and processes; the profile hook sees the calls that raise no
audit event: clocks, random numbers, the environment, the terminal, the log. What the import system
does is its own affair; all else that happens while a frame of the library is on the stack is the
library's. Run with ``examples`` and a number below six it watches a sixth of the examples; with
``circle`` and ``explained`` or ``followed`` one half of the whole circle. Run with ``planted`` and
the sources of modules it watches each of them in the place of a module of the library, and prints a
line for each: what it did, or nothing.
"""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import logging
import os
import random
import runpy
import sys
from importlib.util import find_spec
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

# It is not imported before it is watched: once is enough, and takes half the time.
FOUND = find_spec("cmappraisal")
assert FOUND
assert FOUND.origin
PACKAGE = str(Path(FOUND.origin).parent)
SCRIPT = Path(__file__).parents[1] / "docs" / "examples" / "branch_year.py"
AUDITED = (
    "open",
    "builtins.input",
    "fcntl.",
    "glob.",
    "http.",
    "mmap.",
    "os.",
    "pathlib.",
    "shutil.",
    "signal.",
    "socket.",
    "sqlite3.",
    "subprocess.",
    "tempfile.",
    "time.",
    "urllib.",
)
C_MODULES = {"time", "posix", "nt", "_io", "random", "_random", "_socket", "_signal"}
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
C_FUNCTIONS = {"now", "utcnow", "today", "print", "input", "breakpoint"}
PYTHON_FILES = {
    function.__code__.co_filename
    for function in (os.getenv, random.Random.choice, logging.getLogger)
}


class Watch:
    """Which of the things that happen are the library's doing."""

    watching = False

    def audit(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.watching and event.startswith(AUDITED):
            self.judge(f"{event} {arguments!r}", sys._getframe(1))

    def profile(self, frame: FrameType, event: str, called: Any) -> None:
        if event == "c_call":
            name = called.__name__
            owner = called if isinstance(called.__self__, ModuleType) else type(called.__self__)
            if owner.__module__ in C_MODULES or name in C_FUNCTIONS:
                self.judge(f"call of {owner.__module__}.{called.__qualname__}", frame)
        elif event == "call" and frame.f_code.co_filename in PYTHON_FILES:
            self.judge(f"call of {frame.f_code.co_name} in {frame.f_code.co_filename}", frame)

    def judge(self, what: str, frame: FrameType | None) -> None:
        while frame is not None:
            file = frame.f_code.co_filename
            if file.startswith(PACKAGE):
                self.watching = False
                sys.setprofile(None)
                place = f"{file}:{frame.f_lineno}"
                raise SystemExit(f"the library touched the world: {what} at {place}")
            if file.startswith("<frozen importlib"):
                return
            frame = frame.f_back

    def __enter__(self) -> None:
        self.watching = True
        sys.setprofile(self.profile)

    def __exit__(self, *raised: object) -> None:
        self.watching = False
        sys.setprofile(None)


def core_modules() -> list[str]:
    """The names of all modules but those of ``interop``, whose extras may do what they like."""
    files = (file.relative_to(PACKAGE).with_suffix("") for file in Path(PACKAGE).rglob("*.py"))
    names = (".".join(("cmappraisal", *file.parts)) for file in files)
    return sorted(name.removesuffix(".__init__") for name in names if ".interop" not in name)


def exercise(modules: list[ModuleType]) -> int:
    """Run every example in every docstring; how many examples there were."""
    examples = 0
    for module in modules:
        for test in doctest.DocTestFinder().find(module):
            runner = doctest.DocTestRunner(verbose=False, optionflags=OPTIONS)
            runner.run(test, clear_globs=False)
            examples += runner.tries
            if runner.failures:
                raise SystemExit(f"the examples of {test.name} fail under watch")
    return examples


def go_round(core: ModuleType, half: str) -> None:
    """Go through half of the circle of the example: what is explained, or what follows."""
    script = runpy.run_path(str(SCRIPT))
    ledger = script["year_of"](script["VIOLATIONS"])
    appraisals = core.score_all(
        ledger, core.ERROR_POINTS, script["YEAR"], managers=script["BRANCH"]
    )
    if half == "explained":
        for appraisal in appraisals.values():
            for language in core.LANGUAGES:
                appraisal.explain(language)
        return
    with contextlib.redirect_stdout(io.StringIO()):
        script["print_what_follows"](ledger)
        script["print_training"](ledger, appraisals)


PARTS = 6


def look_at(planted: list[str], watch: Watch) -> None:
    """Run modules that the library does not have, and print what each did to the world."""
    for source in planted:
        code, seen = compile(source, f"{PACKAGE}/planted.py", "exec"), ""
        try:
            with watch:
                exec(code, {})
        except SystemExit as breach:
            seen = str(breach)
        sys.stdout.write(f"{seen}\n")


def main(what: str, *named: str) -> None:
    names = core_modules()
    watch = Watch()
    sys.addaudithook(watch.audit)
    if what == "planted":
        look_at(list(named), watch)
        return
    examples = 0
    with watch:
        modules = [importlib.import_module(name) for name in names]
        if what == "examples":
            examples = exercise(modules[int(named[0]) :: PARTS])
        else:
            go_round(modules[0], named[0])
    sys.stdout.write(f"{len(modules)} modules, {examples} examples\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
