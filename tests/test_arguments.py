"""Arguments: every one of every public name is described, and a number has its unit."""

import enum
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

NAMESPACES = (
    "cmappraisal",
    *(
        f"cmappraisal.{each}"
        for each in (
            *("accounts", "comparison", "evidence", "merkle", "procedure", "reports", "scoring"),
            *("standards", "training"),
        )
    ),
)

ARGUMENTS = re.compile(r"^Args:\n((?:    .*\n|\n)*)", re.MULTILINE)
ARGUMENT = re.compile(r"^    \**(\w+): (.*(?:\n        .*)*)", re.MULTILINE)
NUMBER = re.compile(r"\b(int|Decimal|Points|timedelta)\b")

# What says what a number counts, or in what it is measured.
UNITS = re.compile(
    r"\b(amount|attempt|balance|byte|capacity|character|coefficient|course|currency|customer|day|decimal|"
    r"digit|entry|entries|factor|hour|how many|how often|leaf|leaves|length|less|mark|minute|money|"
    r"month|needed|number|people|percent|period|place|point|position|quarter|quota|record|report|"
    r"row|rule|score|seat|session|share|size|spans?|test|time|unit|week|working day|year)s?\b",
    re.IGNORECASE,
)


def made_by(value: Any) -> Iterator[tuple[str, Any, Callable[..., Any]]]:
    """What can be called of a public name: itself and its methods, each beside what it says."""
    if inspect.isfunction(value):
        yield "", value, value
    elif inspect.isclass(value) and not issubclass(value, (Exception, enum.Enum)):
        yield "", value, value.__init__
        for name, member in vars(value).items():
            function = getattr(member, "__func__", member)
            if inspect.isfunction(function) and not name.startswith("_"):
                yield f".{name}", function, function


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_every_argument_is_described_and_a_number_has_its_unit(namespace: str) -> None:
    module = importlib.import_module(namespace)
    missing = [
        f"{name}{method}: {argument}"
        for name in module.__all__
        for method, said, called in made_by(getattr(module, name))
        for argument in undescribed(said, called)
    ]
    assert missing == []


def undescribed(said: Any, called: Callable[..., Any]) -> Iterator[str]:
    """The parameters of which nothing is said, or not what a number counts."""
    found = ARGUMENTS.search(f"{inspect.getdoc(said)}\n")
    described = dict(ARGUMENT.findall(found[1])) if found else {}
    for parameter in inspect.signature(called).parameters.values():
        of_many = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
        if parameter.name in {"self", "cls"} or of_many:
            continue
        text = described.get(parameter.name)
        kind = str(parameter.annotation).replace("str | int", "")
        if text is None or (NUMBER.search(kind) and not UNITS.search(text)):
            yield parameter.name
