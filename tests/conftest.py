"""How the tests run: by examples, never by the clock, and none of them long.

A profile of hypothesis is chosen by ``--hypothesis-profile`` or by ``HYPOTHESIS_PROFILE``. What
takes long for each example is ``costly``, as ``tests/helpers/costly.py`` has it, and draws a fifth
of what the profile says.
"""

import gc
import os
from collections.abc import Generator

import pytest
from hypothesis import HealthCheck, Phase, settings

# It has no examples, and there is another of its name below.
collect_ignore = ["conftest.py"]

QUICK_EXAMPLES = 25
LONGEST = 5
"""The most seconds of processor time that a test may take at the profile ``quick``."""

settings.register_profile(
    "quick",
    max_examples=QUICK_EXAMPLES,
    deadline=None,
    # What a check draws on a server it draws alike each time; everybody else draws anew.
    derandomize=bool(os.environ.get("CI")),
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
QUICK = settings.get_profile("quick")
CI_EXAMPLES = 50
settings.register_profile("ci", QUICK, max_examples=CI_EXAMPLES, derandomize=True)
# What old versions of hypothesis draw is drawn alike each time, and more slowly.
settings.register_profile("lowest", QUICK, derandomize=True)
settings.register_profile("million", QUICK, max_examples=1_000_000)
# A mutant meets the examples that every other one meets; whether one fails is all that counts.
settings.register_profile(
    "mutation",
    QUICK,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def is_quick(config: pytest.Config) -> bool:
    asked = config.getoption("--hypothesis-profile") or os.environ.get("HYPOTHESIS_PROFILE")
    return asked in (None, "quick")


def processor_time() -> float:
    """The seconds that this process and the processes it waited for kept a processor busy."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fail a test that takes too long; a busy machine does not make processor time longer."""
    before = processor_time()
    yield
    taken = processor_time() - before
    if taken > LONGEST and is_quick(item.config):
        pytest.fail(f"{taken:.1f} s of processor time, more than {LONGEST} s", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector still while tests are collected, since all of them stay.

    Afterwards it looks at all there is a tenth as often: most of that is the tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        young, middle, old = gc.get_threshold()
        gc.set_threshold(young, middle, 10 * old)
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs thousands of draws, unless the profile is one for that."""
    if settings().max_examples >= CI_EXAMPLES:
        return
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(pytest.mark.skip("thorough: run it with --hypothesis-profile=ci"))
