"""A plugin of pytest: tests are collected once, and each mutant meets them in a fork.

Two options say which mutants, and where it is written what became of them. The tests run without a
mutant first, so that it is known how long they take, and which functions each of them calls; a
mutant meets those tests alone that call what it changes. A test that fails without a mutant kills
none, and is written down too. The test that killed a
mutant is the first that the next one meets, since what kills one mutant of a function most often
kills the others; then come those that bear the name of its module.
"""

import gc
import json
import os
import resource
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

NO_MUTANT = "stats"
"""Mutmut's name for the code as it is, where it counts what is called."""
CRASH = "a crash, or too long a time"
UNFIT = "fails without a mutant"
"""What is written down of a test that no mutant meets."""
SPARE_SECONDS = 10
"""What a mutant may take beside five times what the tests take without one."""
MOST_MEMORY = 4 * 2**30
"""The most bytes of a process: what never ends shall not fill the machine."""

COUNTED: set[str] = set()
"""The functions that were called and not noted yet."""
CALLED: defaultdict[str, set[str]] = defaultdict(set)
"""By each function what calls it: tests by their ids, or files by their names."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutants", help="a file with the name of a mutant on each line")
    parser.addoption(
        "--found", help="gets a line of JSON for each: its name, what killed it or null"
    )


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Let every mutant meet the tests that were collected, where some are asked for."""
    mutants, found_in = map(session.config.getoption, ("mutants", "found"))
    if mutants is None:
        return None
    if session.testsfailed:
        raise session.Interrupted("the tests cannot be collected")
    names = Path(mutants).read_text(encoding="utf-8").split()
    tests = list(session.items)
    told, seconds = in_fork(NO_MUTANT, partial(calls, session, tests))
    if not told:
        raise session.Failed(f"without a mutant: {CRASH}")
    called, unfit = json.loads(told)
    for id in unfit:
        write(found_in, id, UNFIT)
    tests = [each for each in tests if each.nodeid not in unfit]
    longest = SPARE_SECONDS + 5 * seconds
    gc.freeze()  # what is there already is never garbage, and no fork looks through it
    last = None
    for name in names:
        mangled = name.partition("__mutmut_")[0]
        by = None
        if met := in_order(tests, set(called.get(mangled, ())), module_of(mangled), last):
            told, _ = in_fork(name, partial(failing, session, met), longest)
            by = json.loads(told) if told else CRASH
        last = by or last
        write(found_in, name, by)
    return True


def write(found_in: str, name: str, what: str | None) -> None:
    with Path(found_in).open("a", encoding="utf-8") as found:
        found.write(json.dumps([name, what]) + "\n")


def in_order(
    tests: Sequence[pytest.Item], callers: set[str], module: str, last: str | None
) -> list[pytest.Item]:
    """The tests among the callers: what killed the last mutant, those of the module, the others."""
    return sorted(
        (each for each in tests if callers & {each.nodeid, file_of(each)}),
        key=lambda each: (each.nodeid != last, f"/test_{module}" not in each.nodeid),
    )


def module_of(mangled: str) -> str:
    return mangled.split(".")[-2]


def in_fork(name: str, do: Callable[[], object], longest: float = 0) -> tuple[str, float]:
    """What is done with a mutant, as JSON, and how many seconds of a processor it takes."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            choose(name)
            limit(longest)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            with os.fdopen(writer, "w", encoding="utf-8") as telling:
                telling.write(json.dumps(do()))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as listening:
        told = listening.read()
    _, _, used = os.wait4(child, 0)
    return told, used.ru_utime + used.ru_stime


def limit(longest: float) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    if longest:
        resource.setrlimit(resource.RLIMIT_CPU, (int(longest), int(longest)))


def failing(session: pytest.Session, tests: Sequence[pytest.Item]) -> str | None:
    """The id of the first test that fails, if any does."""
    return next(all_failing(session, tests), None)


def all_failing(session: pytest.Session, tests: Sequence[pytest.Item]) -> Iterator[str]:
    """The id of each test that fails, as soon as it does."""
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        before = session.testsfailed
        test.config.hook.pytest_runtest_protocol(item=test, nextitem=following)
        if session.testsfailed > before:
            yield test.nodeid


def calls(session: pytest.Session, tests: Sequence[pytest.Item]) -> object:
    """What calls each function, and the ids of the tests that fail without a mutant."""
    unfit = list(all_failing(session, tests))
    return {function: sorted(by) for function, by in CALLED.items()}, unfit


def file_of(test: pytest.Item) -> str:
    return test.nodeid.partition("::")[0]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    # What a fixture calls is done once for several tests of a file.
    note(file_of(item))


def pytest_runtest_logfinish(nodeid: str) -> None:
    note(nodeid)


def note(caller: str) -> None:
    if os.environ["MUTANT_UNDER_TEST"] == NO_MUTANT:
        for function in COUNTED:
            CALLED[function].add(caller)
        COUNTED.clear()


def choose(name: str) -> None:
    """Let a mutant stand instead of the code.

    Mutmut looks up the name, and who calls whom, at each call of each function; this does it once.
    """
    os.environ["MUTANT_UNDER_TEST"] = name
    # They are imported here, so that types can be checked where there is no mutmut.
    trampoline: Any = import_module("mutmut.mutation.trampoline")
    trampoline.get_mutant_under_test = lambda: name
    trampoline.record_trampoline_hit = lambda function, caller: COUNTED.add(function)
    trampoline.MutmutCallStack = _NoCallStack


class _NoCallStack:
    get = staticmethod(lambda: (None, 0))
    set = staticmethod(lambda caller: None)
    reset = staticmethod(lambda token: None)
