"""The house stays small: a class or a module that has grown beyond one noun is named here."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import cmappraisal

LINES_OF_A_CLASS = 150  # of code: what explains it is not counted
LINES_OF_A_MODULE = 500  # with all that explains it
# What states facts, not logic, is as long as there are facts.
DATA = {
    *("allowance_wordings.py", "appraisal_flaws.py", "rulebook_flaws.py"),
    "scoring/audit_flaws.py",
    *("training/plan_flaws.py", "training/record_flaws.py"),
    *("reports/wordings.py", "standards/error_points.py"),
}
PACKAGE = Path(cmappraisal.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
NO_CODE = {
    *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE),
    *(tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER),
}


def lines_of_code(source: str) -> set[int]:
    """The numbers of the lines that hold code, and not only a docstring or a comment."""
    told: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    held = (range(each.start[0], each.end[0] + 1) for each in tokens if each.type not in NO_CODE)
    return {line for lines in held for line in lines} - told


def sizes_of_classes(source: str, least: int = 0) -> Iterator[tuple[str, int]]:
    """Each class of more than so many lines with those of them that are code."""
    long = {
        node.name: range(node.lineno, (node.end_lineno or node.lineno) + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        if (node.end_lineno or node.lineno) - node.lineno >= least
    }
    # Most modules have none, and to tell code from what explains it takes longest.
    code = lines_of_code(source) if long else set()
    for name, lines in long.items():
        yield name, len(code.intersection(lines))


def test_lines_of_code_are_counted_without_what_explains_them() -> None:
    source = 'class A:\n    """What it is."""\n\n    # Why.\n    one = (\n        1,\n    )\n'
    assert list(sizes_of_classes(source)) == [("A", 4)]


def test_no_class_is_longer_than_the_house_allows() -> None:
    sizes = {
        (path.relative_to(PACKAGE).as_posix(), name): size
        for path in MODULES
        if path.relative_to(PACKAGE).as_posix() not in DATA
        for name, size in sizes_of_classes(path.read_text(encoding="utf-8"), LINES_OF_A_CLASS)
    }
    assert {place: size for place, size in sizes.items() if size > LINES_OF_A_CLASS} == {}


def test_no_module_of_logic_is_longer_than_the_house_allows() -> None:
    sizes = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in MODULES
    }
    long = {name for name, size in sizes.items() if size > LINES_OF_A_MODULE}
    assert long - DATA == set()
