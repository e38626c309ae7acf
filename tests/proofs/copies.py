"""Copies: the repository as it would be with a few lines more, and what its tests say of that."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SCORING = "src/cmappraisal/scoring"
POLICY = "src/cmappraisal/policy.py"
STEPS = f"{SCORING}/steps.py"
STAGES = f"{SCORING}/stages.py"
WORDINGS = "src/cmappraisal/reports/wordings.py"

# Where each addition is put: before or after these lines, which are there once.
BEFORE_CHOICES_END = "E = TypeVar("
BEFORE_FIELDS_END = "    def __attrs_post_init__(self) -> None:\n        problems = tuple(_contrad"
AFTER_FOLLOW_STAGE = '    """What follows beside points."""\n'
BEFORE_ROWS = "STAGES: tuple[Row, ...] = (\n"
AFTER_FOLLOW_ROW = "    Row(Stage.FOLLOW, Scope.INDIVIDUAL, follow),\n"
BEFORE_EFFECTS_END = "\n\nReason: TypeAlias"
BEFORE_WORDINGS_END = '    }\n)\n"""How each effect is said."""'


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the sources and the tests in a directory of its own, for as long as it is used."""
    with TemporaryDirectory() as directory:
        copy = Path(directory)
        for name in ("src", "tests"):
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        yield copy


def put(copy: Path, file: str, place: str, text: str, *, after: str = "") -> None:
    """Put text before a place in a file that is there once, or after its beginning.

    Args:
        copy: The copy.
        file: The file in it.
        place: Lines that are there once.
        text: What is put before them.
        after: The beginning of the place, after which the text goes.
    """
    path = copy / file
    source = path.read_text(encoding="utf-8")
    if source.count(place) != 1:
        raise SystemExit(f"{file} has no one place such as {place!r}; adapt tests/proofs/copies.py")
    path.write_text(
        source.replace(place, f"{after}{text}{place.removeprefix(after)}"), encoding="utf-8"
    )


def run(copy: Path, *arguments: str) -> tuple[bool, str]:
    """Whether a call of Python in a copy succeeds, and what it writes.

    Args:
        copy: The copy, whose sources come first.
        arguments: The arguments of Python.
    """
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return done.returncode == 0, done.stdout + done.stderr


def tests(copy: Path, *arguments: str) -> tuple[bool, str]:
    """Whether tests in a copy pass, and what they write.

    Args:
        copy: The copy.
        arguments: The tests, and options of pytest.
    """
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-o", "addopts=")
    return run(copy, "-m", "pytest", *options, *arguments)


def require(fits: bool, what: str, output: str) -> None:
    """End with what was written where a step of a proof fails."""
    if not fits:
        raise SystemExit(f"FAILED: {what}\n{output}")
    sys.stdout.write(f"shown: {what}\n")


def has_new_stage(copy: Path, name: str, value: str) -> None:
    """Declare a stage between what follows and displacement.

    Args:
        copy: The copy.
        name: Its name, in capitals.
        value: Its value.
    """
    text = f'    {name} = "{value}"\n    """A stage that a proof adds."""\n'
    put(copy, STEPS, f"{AFTER_FOLLOW_STAGE}    DISPLACE", text, after=AFTER_FOLLOW_STAGE)


def has_new_effect(copy: Path, name: str, value: str, stage: str) -> None:
    """Declare an effect.

    Args:
        copy: The copy.
        name: Its name, in capitals.
        value: Its value.
        stage: The name of its stage.
    """
    text = f'\n    {name} = "{value}", Stage.{stage}\n    """An effect that a proof adds."""'
    put(copy, STEPS, BEFORE_EFFECTS_END, text)


def has_new_wording(copy: Path, effect: str) -> None:
    """Word an effect.

    Args:
        copy: The copy.
        effect: Its name.
    """
    words = 'Text("證{arithmetic}", "证{arithmetic}", en="proof: {arithmetic}")'
    put(copy, WORDINGS, BEFORE_WORDINGS_END, f"        Effect.{effect}: EffectWording({words}),\n")
