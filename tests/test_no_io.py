"""The library does no I/O: no file, socket, process, clock, chance, environment or log."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = Path(__file__).with_name("no_io_guard.py")


def watched(*what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", str(GUARD), *what],
        capture_output=True,
        check=False,
        text=True,
    )


@pytest.mark.parametrize(
    ("what", "least"),
    [
        *((("examples", str(sixth)), 50) for sixth in range(6)),
        (("circle", "explained"), 0),
        (("circle", "followed"), 0),
    ],
)
def test_every_core_module_does_its_work_without_touching_the_world(
    what: tuple[str, ...], least: int
) -> None:
    run = watched(*what)
    assert (run.returncode, run.stderr) == (0, "")
    counts = re.fullmatch(r"(\d+) modules, (\d+) examples\n", run.stdout)
    assert counts
    modules, examples = map(int, counts.groups())
    assert modules >= 17
    assert examples >= least


BREACHES = [
    "open('/dev/null')",
    "import os; os.listdir('.')",
    "import os; os.environ.get('HOME')",
    "import os; os.urandom(1)",
    "import pathlib; pathlib.Path('x').exists()",
    "import socket; socket.socket()",
    "import subprocess, sys; subprocess.run([sys.executable, '-V'])",
    "import time; time.time()",
    "import time; time.monotonic_ns()",
    "import time; time.sleep(0)",
    "import datetime; datetime.datetime.now()",
    "import datetime; datetime.datetime.now(datetime.timezone.utc)",
    "import datetime; datetime.date.today()",
    "import random; random.random()",
    "import random; random.choice([1])",
    "import logging; logging.getLogger('cmappraisal')",
    "print('hello')",
    "import sys; sys.stdout.write('hello')",
    # A dependency that reads the clock on the library's behalf.
    "from dateutil.rrule import DAILY, rrule; rrule(DAILY, count=1)",
]
PURE = [
    "import colorsys, decimal; decimal.Decimal(1) + 1; sorted([3, 1])",
    "import datetime; datetime.date(2025, 1, 1).isoformat()",
]


def test_the_watch_sees_each_planted_breach_and_lets_pure_work_pass() -> None:
    planted = [*BREACHES, *PURE]
    run = watched("planted", *planted)
    assert (run.returncode, run.stderr) == (0, "")
    seen = dict(zip(planted, run.stdout.splitlines(), strict=True))
    told = {source for source, what in seen.items() if "the library touched the world" in what}
    assert told == set(BREACHES)
    assert [seen[source] for source in PURE] == ["", ""]
