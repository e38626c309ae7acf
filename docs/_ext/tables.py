"""What the documentation draws from the library itself, so that it cannot say anything else."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, ClassVar, get_args

import attrs
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    LIFE,
    Aggravation,
    Deduction,
    Policy,
    Referral,
    Revocation,
    Rule,
    State,
    Text,
    Unit,
)
from cmappraisal.points import plain

Cell = str | Iterable[str]


def table(header: Iterable[str], rows: Iterable[Iterable[Cell]], widths: list[int]) -> nodes.table:
    """A table; a cell of several texts has a line for each."""
    group = nodes.tgroup(cols=len(widths))
    group += [nodes.colspec(colwidth=width) for width in widths]
    head, body = nodes.thead(), nodes.tbody()
    head += row(header)
    body += [row(cells) for cells in rows]
    group += [head, body]
    return nodes.table("", group, classes=["colwidths-given"])


def row(cells: Iterable[Cell]) -> nodes.row:
    """A row of a table."""
    entries = nodes.row()
    for cell in cells:
        texts = [cell] if isinstance(cell, str) else cell
        lines = [nodes.line("", text) for text in texts]
        entries += nodes.entry("", nodes.line_block("", *lines))
    return entries


def in_every_language(text: Text) -> list[str]:
    """A text in its three languages."""
    return [text.in_language(language) for language in LANGUAGES]


def listed(ids: Iterable[str]) -> str:
    """Ids in one order."""
    return ", ".join(sorted(ids))


UNITS = {
    Unit.OCCURRENCE: "for each occurrence",
    Unit.ACCOUNT: "for each account",
    Unit.UNSTATED: "no unit stated",
}


def penalty_of(rule: Rule) -> list[str]:
    """What a rule costs, in words."""
    match rule.penalty:
        case Deduction(points=points, unit=unit, discretionary=discretionary):
            return [f"{plain(points)} points", UNITS[unit], *["discretionary"] * discretionary]
        case Revocation():
            return ["revocation"]
        case Referral(to=to):
            return [f"refers to one of {to[0]} to {to[-1]}"]


def ties_of(rule: Rule) -> list[str]:
    """What changes or moves the penalty of a rule, in words."""
    ties = {
        "aggravated by": rule.aggravated_by,
        "revoked by": rule.revoked_by,
        "displaces": rule.displaces,
    }
    told = [f"{tie} {listed(ids)}" for tie, ids in ties.items() if ids]
    return told + ["applies only where no other rule of the chapter does"] * rule.residual


class RulebookTable(Directive):
    """Every rule of the standard, chapter by chapter."""

    def run(self) -> list[nodes.Node]:
        """The rules as tables."""
        found: list[nodes.Node] = []
        for chapter in ERROR_POINTS.chapters:
            title = f"Chapter {chapter.number}: {' · '.join(in_every_language(chapter.text))}"
            rows = [
                [
                    f"{rule.id}",
                    in_every_language(rule.text),
                    penalty_of(rule),
                    ties_of(rule),
                ]
                for rule in chapter.rules
            ]
            found.append(nodes.rubric("", title))
            found.append(table(["Rule", "Wording", "Penalty", "Ties"], rows, [8, 50, 20, 22]))
        return found


class RulebookCounts(Directive):
    """How many clauses, rules and points each chapter has."""

    def run(self) -> list[nodes.Node]:
        """The counts as a table."""
        rows = [
            [
                f"{chapter.number} {chapter.text.en}",
                str(len({rule.citation.clause for rule in chapter.rules})),
                str(len(chapter.rules)),
                str(stated(chapter.rules)),
            ]
            for chapter in ERROR_POINTS.chapters
        ]
        clauses = {(rule.citation.chapter, rule.citation.clause) for rule in ERROR_POINTS.values()}
        total = [
            "all",
            str(len(clauses)),
            str(len(ERROR_POINTS)),
            str(stated(ERROR_POINTS.values())),
        ]
        header = ["Chapter", "Clauses", "Rules", "Stated points in all"]
        return [table(header, [*rows, total], [40, 20, 20, 20])]


def stated(rules: Iterable[Rule]) -> int:
    """The stated points of some rules, added up."""
    return sum(int(rule.penalty.points) for rule in rules if isinstance(rule.penalty, Deduction))


class CircumstancesTable(Directive):
    """Every circumstance that the standard knows."""

    def run(self) -> list[nodes.Node]:
        """The circumstances as a table."""
        rows = [
            [circumstance.id, in_every_language(circumstance.text), listed(circumstance.implies)]
            for circumstance in ERROR_POINTS.circumstances
        ]
        return [table(["Circumstance", "Wording", "Implies"], rows, [30, 50, 20])]


class SilencesTable(Directive):
    """Every field of the policy: what the standard leaves open, and how it can be decided."""

    def run(self) -> list[nodes.Node]:
        """The silences as a table."""
        rows = [
            [
                [field.name, *in_every_language(field.metadata["silence"].label)],
                in_every_language(field.metadata["silence"].source),
                told(field.default),
                alternatives_to(field.default),
            ]
            for field in attrs.fields(Policy)
        ]
        header = ["Field", "The standard", "Default", "Alternatives"]
        return [table(header, rows, [20, 24, 26, 30])]


def told(value: Any) -> list[str]:
    """A value of the policy, in words."""
    if value == ():
        return ["none"]
    if isinstance(value, enum.Enum):
        return [str(value), *in_every_language(getattr(value, "text"))]  # noqa: B009
    text = getattr(value, "text", None)
    return [repr(value), *in_every_language(text)] if text else [plain(value)]


def alternatives_to(default: Any) -> list[str]:
    """What else a field of the policy can be, in words."""
    if isinstance(default, enum.Enum):
        return [line for other in type(default) if other is not default for line in told(other)]
    if isinstance(default, get_args(Aggravation)):
        kinds: Iterable[type] = get_args(Aggravation)
        return [f"{kind.__name__}: {first_line(kind)}" for kind in kinds]
    return ["bands from the bank"] if default == () else ["any points", "None"]


def first_line(kind: type) -> str:
    """The first line of a docstring."""
    return inspect.getdoc(kind).splitlines()[0]  # type: ignore[union-attr]


class LifeDiagram(Directive):
    """The life of a case, drawn from the table of transitions."""

    def run(self) -> list[nodes.Node]:
        """The diagram as a picture, and as a table for those who cannot see it."""
        rows = [
            [state.value if state else "(not recorded)", kind.__name__, after.value]
            for (state, kind), after in LIFE.items()
        ]
        return [
            nodes.raw("", life_picture(), format="html"),
            table(["From", "By", "To"], rows, [34, 33, 33]),
        ]


WIDTH, GAP, HEIGHT, BASE = 120, 60, 40, 210
STROKE = 'fill="none" stroke="currentColor"'


def life_picture() -> str:
    """States in a row, in their order; each pair of states joined once, above or onto itself."""
    states: list[State | None] = [None, *State]
    places = {state: index * (WIDTH + GAP) for index, state in enumerate(states)}
    joined: dict[tuple[State | None, State], list[str]] = {}
    for (before, kind), after in LIFE.items():
        joined.setdefault((before, after), []).append(kind.__name__)
    shapes = [box(state, left) for state, left in places.items()]
    shapes += [
        arrow(places[before], places[after], ", ".join(names))
        for (before, after), names in joined.items()
    ]
    return (
        f'<svg viewBox="-4 0 {len(states) * (WIDTH + GAP) - GAP + 8} {BASE + HEIGHT + 70}" '
        'role="img" aria-label="The life of a case; the table below says the same" '
        'style="width: 100%; font-size: 14px; fill: currentColor">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>'
        f"{''.join(shapes)}</svg>"
    )


def box(state: State | None, left: float) -> str:
    """A state with its name."""
    dashes = "" if state else 'stroke-dasharray="4"'
    frame = f'<rect x="{left}" y="{BASE}" width="{WIDTH}" height="{HEIGHT}" rx="8" {dashes} '
    name = state.value if state else "(not recorded)"
    return f"{frame}{STROKE}/>{words(left + WIDTH / 2, BASE + 25, name)}"


def arrow(before: float, after: float, name: str) -> str:
    """An arrow from one state to another, or to itself, with its name."""
    if before == after:
        start, end, level = before + 35, before + WIDTH - 35, BASE + HEIGHT
        bend, name_at = BASE + 85.0, BASE + 92.0
    else:
        start, end, level = before + WIDTH * 3 / 4, after + WIDTH / 4, BASE
        rise = 40 * (after - before) / (WIDTH + GAP)
        bend, name_at = BASE - 1.3 * rise, BASE - rise - 6
    curve = f"M{start} {level} C{start} {bend} {end} {bend} {end} {level}"
    path = f'<path d="{curve}" {STROKE} marker-end="url(#tip)"/>'
    return f"{path}{words((start + end) / 2, name_at, name)}"


def words(middle: float, level: float, text: str) -> str:
    """Words centred at a place."""
    return f'<text x="{middle}" y="{level}" text-anchor="middle">{escape(text)}</text>'


class Public(SphinxDirective):
    """Public names of the library, each documented from where it is defined."""

    required_arguments = 1
    final_argument_whitespace = True
    documented: ClassVar[set[str]] = set()

    def run(self) -> list[nodes.Node]:
        """The names, as autodoc documents them."""
        lines = [line for name in self.arguments[0].split() for line in self.source_of(name)]
        return self.parse_text_to_nodes("\n".join(lines))

    def source_of(self, name: str) -> Iterator[str]:
        """The reStructuredText that documents a name."""
        self.documented.add(name)
        value = getattr(cmappraisal, name)
        if isinstance(value, type):
            kind = "exception" if issubclass(value, Exception) else "class"
            yield from (
                f".. auto{kind}:: cmappraisal.{name}",
                "   :show-inheritance:" * (kind == "exception"),
            )
        elif inspect.isfunction(value):
            yield f".. autofunction:: cmappraisal.{name}"
        else:
            module, comment = DATA[name]
            yield from (f".. py:data:: cmappraisal.{name}", f"   :canonical: {module}.{name}", "")
            yield from (f"   {line}" for line in comment)
        yield ""


def data_of_the_library() -> Mapping[str, tuple[str, list[str]]]:
    """Where each constant and alias is defined, and what is said of it there."""
    found: dict[str, tuple[str, list[str]]] = {}
    for package in ("cmappraisal", "cmappraisal.standards"):
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            comments = ModuleAnalyzer.for_module(module.name).find_attr_docs()
            found |= {
                name: (module.name, text) for (owner, name), text in comments.items() if not owner
            }
    return found


DATA = data_of_the_library()


def require_every_name(app: Sphinx, environment: BuildEnvironment) -> None:
    """Fail where a public name has no place in the reference."""
    documented = {
        name.removeprefix("cmappraisal.")
        for name, *_ in environment.get_domain("py").get_objects()
        if name.startswith("cmappraisal.")
    }
    if missing := sorted(set(cmappraisal.__all__) - documented):
        raise ExtensionError(f"not in the reference: {', '.join(missing)}")


def skip_private_bases(
    app: Sphinx, name: str, kind: type, options: object, bases: list[type]
) -> None:
    """Show the public type that a private base stands for."""
    bases[:] = [
        base.__bases__[0] if base.__name__.startswith("_") else base for base in kind.__bases__
    ]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives and the check."""
    app.add_directive("rulebook-table", RulebookTable)
    app.add_directive("rulebook-counts", RulebookCounts)
    app.add_directive("circumstances-table", CircumstancesTable)
    app.add_directive("silences-table", SilencesTable)
    app.add_directive("life-diagram", LifeDiagram)
    app.add_directive("public", Public)
    app.connect("autodoc-process-bases", skip_private_bases)
    app.connect("env-check-consistency", require_every_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
