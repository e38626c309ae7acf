"""Allowances: every phrase with which the library says what a field or an argument allows.

They are read from its source, where each is given to one of a few functions, as a text or as a text
with values in its places.
"""

import ast
import builtins
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import cmappraisal

# The place of what is allowed among the arguments of what takes it.
PLACES = {
    **dict.fromkeys(("checked", "beside", "tuple_of", "mapping_of", "rejected", "missing"), 1),
    "reject": 3,
    "require": 4,
    "not_allowed": 2,
    "in_place_of": 2,
}
LISTING = "require_all"
"""What takes tuples whose last element is what is allowed."""

SAMPLES = {
    "kind.__name__": "Period",
    "allowed": "a datetime.time of whole seconds without a time zone",
    "bound": "from 7",
}
"""What stands for some values that are known only where a problem is found, by their source; for
any other a number does."""


BUILTINS = {"__builtins__": {name: each for name, each in vars(builtins).items() if name != "id"}}
"""What the source may call; an id is the name of a person or a thing there."""


TEXTS = (ast.Constant, ast.JoinedStr, ast.IfExp, ast.Name)
NAMED = {"allowed", "words", "names", "days", "of", "within"}
"""The variables that hold what is allowed."""

SAYING = ("contradictions", "fitting")
"""How functions begin that say what is allowed."""

FITTING = (ast.Lambda, ast.Call, ast.Name)
IDS = {"identifiers": "a {}set or list of {}", "id_tuple": "a {}list of {}, none of them twice"}


@cache
def trees() -> tuple[tuple[dict[str, Any], ast.Module], ...]:
    """The names and the source of each module of the library that can be imported here."""
    return tuple(_trees())


def _trees() -> Iterator[tuple[dict[str, Any], ast.Module]]:
    for each in pkgutil.walk_packages(cmappraisal.__path__, "cmappraisal."):
        try:
            module = importlib.import_module(each.name)
        except ImportError:
            continue
        assert module.__file__ is not None
        yield vars(module), ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


@cache
def phrases() -> dict[str, str]:
    """Each phrase, with the source that makes it."""
    return {
        phrase: ast.unparse(node)
        for names, tree in trees()
        for node in _allowances(tree)
        for phrase in _texts_of(node, names)
    }


def _allowances(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            yield from node.args[PLACES.get(name, len(node.args)) :][:1]
            yield from node.args[1:] if name == LISTING else ()
            yield from (each.value for each in node.keywords if each.arg == "allowed")
            yield from _of_ids(node, name)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            # Contradictions, and arguments with whether they fit.
            yield from [each for each in node.value.elts[-1:] if isinstance(each, TEXTS)]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in NAMED:
            yield from [node.value] if isinstance(node.value, TEXTS) else ()
        elif isinstance(node, ast.FunctionDef) and node.name.lstrip("_").startswith(SAYING):
            of_it = [
                each.value for each in ast.walk(node) if isinstance(each, (ast.Yield, ast.Return))
            ]
            yield from [each for each in of_it if isinstance(each, TEXTS)]
        elif isinstance(node, ast.Dict):
            # What tells whether a value fits, beside what fits.
            pairs = [each.elts for each in node.values if isinstance(each, ast.Tuple)]
            yield from [
                each[1] for each in pairs if len(each) == 2 and isinstance(each[0], FITTING)
            ]


def _of_ids(node: ast.Call, name: str) -> Iterator[ast.expr]:
    """What validators of several ids say, who are given of what."""
    of_what = node.args[0] if node.args else None
    if isinstance(of_what, ast.Constant) and name in IDS:
        empty = [each.value for each in node.keywords if each.arg == "empty"]
        yield ast.Constant(IDS[name].format("non-empty " * bool(empty), of_what.value))


def _texts_of(node: ast.expr, names: dict[str, Any]) -> list[str]:
    """The texts that an expression makes, as far as they can be told from the source."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.JoinedStr(values=values):
            texts = [""]
            for value in values:
                texts = [text + piece for text in texts for piece in _pieces_of(value, names)]
            return texts
        case ast.IfExp(body=body, orelse=otherwise):
            return [*_texts_of(body, names), *_texts_of(otherwise, names)]
        case ast.Lambda(body=body) | ast.Starred(value=body):
            return _texts_of(body, names)
        case ast.GeneratorExp(elt=each) | ast.ListComp(elt=each):
            return _texts_of(each, names)
        case ast.Tuple(elts=[*_, last]):
            return _texts_of(last, names)
        case ast.Name(id=name) if isinstance(names.get(name), str):
            return [names[name]]
    return []


def _pieces_of(node: ast.expr, names: dict[str, Any]) -> list[str]:
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    assert isinstance(node, ast.FormattedValue)
    if texts := _texts_of(node.value, names):
        return texts
    try:
        return [format(eval(ast.unparse(node.value), names | BUILTINS))]
    except Exception:  # What it is made from is not there.
        return [SAMPLES.get(ast.unparse(node.value), "7")]
