"""Allowances: every phrase with which the library says what a field or an argument allows.

They are read from its source, where each is given to one of a few functions, as a text or as a text
with values in its places.
"""

import ast
import builtins
import importlib
import pkgutil
from collections.abc import Iterator
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

SAMPLES = {"kind.__name__": "Period", "allowed": "a list", "bound": "from 7"}
"""What stands for some values that are known only where a problem is found, by their source; for
any other a number does."""


BUILTINS = {"__builtins__": {name: each for name, each in vars(builtins).items() if name != "id"}}
"""What the source may call; an id is the name of a person or a thing there."""


def trees() -> Iterator[tuple[dict[str, Any], ast.Module]]:
    """The names and the source of each module of the library that can be imported here."""
    for each in pkgutil.walk_packages(cmappraisal.__path__, "cmappraisal."):
        try:
            module = importlib.import_module(each.name)
        except ImportError:
            continue
        assert module.__file__ is not None
        yield vars(module), ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


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
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            # Contradictions, and arguments with whether they fit.
            last = node.value.elts[-1] if node.value.elts else None
            is_text = isinstance(last, (ast.Constant, ast.JoinedStr))
            yield from [last] if last is not None and is_text else ()
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "allowed":
            yield node.value


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
