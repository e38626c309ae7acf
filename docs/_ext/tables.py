"""What the documentation draws from the library itself, so that it cannot say anything else."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from importlib import import_module
from pkgutil import iter_modules
from types import UnionType
from typing import Any, TypeAlias, get_args

import attrs
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import cmappraisal
from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    LIFE,
    Add,
    Aggravation,
    Assessed,
    Multiply,
    Policy,
    Rule,
    Stage,
    State,
    Text,
)
from cmappraisal.points import plain
from cmappraisal.standards import Citation, Deduction, Part, Referral, Revocation, Silence, Unit
from cmappraisal.training import ASK, Course

# Tables: rows of cells, cells of lines; a text has a line for each language.

Cell: TypeAlias = Iterable[str | Text]


def table(header: Iterable[str], rows: Iterable[nodes.row], widths: Iterable[int]) -> nodes.table:
    """A table of rows under a header."""
    columns = [nodes.colspec(colwidth=width) for width in widths]
    head = nodes.thead("", row([name] for name in header))
    body = nodes.tbody("", *rows)
    group = nodes.tgroup("", *columns, head, body, cols=len(columns))
    return nodes.table("", group, classes=["colwidths-given"])


def row(cells: Iterable[Cell], ids: Iterable[str] = ()) -> nodes.row:
    """A row of a table, under the ids by which it can be linked to."""
    return nodes.row("", *map(entry, cells), ids=list(ids))


def entry(cell: Cell) -> nodes.entry:
    """A cell of a table."""
    lines = [line for part in cell for line in lines_of(part)]
    return nodes.entry("", nodes.line_block("", *lines))


def lines_of(part: str | Text) -> list[nodes.line]:
    """The lines of a part of a cell; the wordings of a text are marked with their languages."""
    if isinstance(part, str):
        return [nodes.line("", part)]
    return [
        nodes.line("", part.in_language(language), classes=[f"language-{language}"])
        for language in LANGUAGES
    ]


# The standard: every rule beside its citation, and what the rules come to.

UNITS = {
    Unit.OCCURRENCE: "for each occurrence",
    Unit.CUSTOMER: "for each account",
    Unit.UNSTATED: "no unit stated",
}


def place(citation: Citation) -> str:
    """Where in the standard a rule stands, in words."""
    limb = f", limb {citation.limb}" if citation.limb else ""
    return f"chapter {citation.chapter}, clause {citation.clause}{limb}"


def penalty_of(rule: Rule) -> list[str]:
    """What a rule costs, in words."""
    match rule.penalty:
        case Deduction(points=points, unit=unit, discretionary=discretionary):
            counted = f"{plain(points)} point{'' if points == 1 else 's'}"
            return [counted, UNITS[unit], *["at discretion"] * discretionary]
        case Revocation():
            return ["revocation"]
        case Referral(to=to):
            return [f"refers to one of {', '.join(to)}"]


def ties_of(rule: Rule) -> list[str]:
    """What makes a rule heavier, and what gives way to what, in words."""
    ties = {
        "aggravated by": rule.aggravated_by,
        "revoked by": rule.revoked_by,
        "displaces": rule.displaces,
    }
    told = [f"{tie}: {', '.join(sorted(ids))}" for tie, ids in ties.items() if ids]
    return told + ["residual"] * rule.residual


class RulebookTable(SphinxDirective):
    """Every rule of the standard, in a section for each chapter."""

    def run(self) -> list[nodes.Node]:
        """The sections."""
        return [self.section_of(chapter) for chapter in ERROR_POINTS.parts]

    def section_of(self, chapter: Part) -> nodes.section:
        """The rules of a chapter as a table, under its heading."""
        wordings = (chapter.text.en, chapter.text.zh_hant, chapter.text.zh_hans)
        title = f"Part {chapter.number}: {' · '.join(wordings)}"
        rows = [
            row(
                [[rule.id, place(rule.citation)], [rule.text], penalty_of(rule), ties_of(rule)],
                ids=[self.noted(rule)],
            )
            for rule in chapter.rules
        ]
        rules = table(["Rule", "Wording", "Penalty", "More"], rows, [17, 45, 18, 20])
        return nodes.section(
            "", nodes.title("", title), rules, ids=[f"chapter-{chapter.number}"], names=[title]
        )

    def noted(self, rule: Rule) -> str:
        """The id of a rule's row, noted for the role ``rule`` to link to."""
        id = nodes.make_id(f"rule-{rule.id}")
        self.env.domains.standard_domain.note_object("rule", rule.id, id, self.get_location())
        return id


class RulebookCounts(Directive):
    """How many clauses, rules and points each chapter has."""

    def run(self) -> list[nodes.Node]:
        """The counts as a table."""
        counted = {
            f"{chapter.number}. {chapter.text.en}": chapter.rules for chapter in ERROR_POINTS.parts
        }
        counted["The whole standard"] = tuple(ERROR_POINTS.values())
        rows = [row([[name], *counts_of(rules)]) for name, rules in counted.items()]
        return [table(["Part", "Clauses", "Rules", "Stated points"], rows, [40, 20, 20, 20])]


def counts_of(rules: tuple[Rule, ...]) -> list[Cell]:
    """How many clauses and rules there are, and what their stated points add up to."""
    clauses = {(rule.citation.chapter, rule.citation.clause) for rule in rules}
    stated = [rule.penalty.points for rule in rules if isinstance(rule.penalty, Deduction)]
    return [[str(len(clauses))], [str(len(rules))], [plain(sum(stated, start=Decimal(0)))]]


class CircumstancesTable(Directive):
    """Every circumstance that the standard knows, and the rules that ask for it."""

    def run(self) -> list[nodes.Node]:
        """The circumstances as a table."""
        rows = [
            row(
                [
                    [circumstance.id],
                    [circumstance.text],
                    sorted(circumstance.implies),
                    [", ".join(asking_for(circumstance.id))],
                ]
            )
            for circumstance in ERROR_POINTS.circumstances
        ]
        header = ["Circumstance", "Wording", "Implies", "Asked for by"]
        return [table(header, rows, [25, 25, 20, 30])]


def asking_for(circumstance_id: str) -> list[str]:
    """The ids of the rules that name a circumstance."""
    return [
        rule.id
        for rule in ERROR_POINTS.values()
        if circumstance_id in rule.aggravated_by | rule.revoked_by
    ]


# The policy: what the standard leaves open, field by field.

ANY_SCORE = Text("任何分數", "任何分数", en="any score")
AGGRAVATIONS = {Multiply: Multiply("1.5"), Add: Add(5), Assessed: Assessed()}
ALTERNATIVES: Mapping[str, list[Any]] = {
    "aggravation": [AGGRAVATIONS[kind] for kind in get_args(Aggravation)],
    "full_marks": [
        ANY_SCORE,
        "None",
        Text("只計積分，不計得分", "只计积分，不计得分", en="points only, without a score"),
    ],
    "floor": [ANY_SCORE, "None", Text("不設下限", "不设下限", en="no floor")],
    "grades": [Text("本行自訂的等級", "本行自订的等级", en="bands of the bank's own")],
}


class SilencesTable(Directive):
    """Every field of the policy: what the standard leaves open, and how it can be decided."""

    def run(self) -> list[nodes.Node]:
        """The silences as a table."""
        rows = []
        for field in attrs.fields(Policy):
            silence: Silence = field.metadata["silence"]
            name, default = field.name, field.default
            others = [each for each in alternatives(name, default) if each != default]
            told_others = [part for each in others for part in told(each)]
            rows.append(row([[name, silence.label], [silence.source], told(default), told_others]))
        header = ["Field", "The standard", "Default", "Alternatives"]
        return [table(header, rows, [20, 24, 26, 30])]


def alternatives(name: str, default: object) -> list[Any]:
    """What a field of the policy can be."""
    return list(type(default)) if isinstance(default, enum.Enum) else ALTERNATIVES[name]


def told(value: Any) -> list[str | Text]:
    """A value of the policy, as it is written and in words."""
    match value:
        case str() | Text():
            return [value]
        case Decimal():
            return [plain(value)]
        case ():
            return [Text("無", "无", en="none")]
        case enum.Enum():
            return [str(value), getattr(value, "text")]  # noqa: B009 - not every Enum has one
        case _:
            arguments = ", ".join(map(plain, attrs.astuple(value)))
            return [f"{type(value).__name__}({arguments})", value.text]


# Courses: which of them remedy which rule.


class RemediesTable(Directive):
    """Every rule of the standard, with the courses of the ASK plan that remedy it."""

    def run(self) -> list[nodes.Node]:
        """The mapping as a table."""
        rows = [
            row([[rule.id], [rule.text.en], [course.text.en for course in remedying(rule)]])
            for rule in ERROR_POINTS.values()
        ]
        return [table(["Rule", "Wording", "Courses"], rows, [10, 55, 35])]


def remedying(rule: Rule) -> tuple[Course, ...]:
    """The courses that remedy a rule."""
    return ASK.curriculum.remedying(rule.id)


# The life of a case: a picture of the table of transitions.


class LifeDiagram(Directive):
    """The life of a case, drawn from the table of transitions."""

    def run(self) -> list[nodes.Node]:
        """The life as a picture, and as a table that says the same in words."""
        rows = [
            row([[name_of(state)], [kind.__name__], [name_of(after)]])
            for (state, kind), after in LIFE.items()
        ]
        return [
            nodes.raw("", life_picture(), format="html"),
            table(["A case that is", "by an entry", "becomes"], rows, [34, 33, 33]),
        ]


def name_of(state: State | None) -> str:
    """A state in words."""
    return state.value if state else "not recorded"


WIDTH, GAP, HEIGHT, TOP, LINE = 120, 60, 40, 165, 16
STROKE = 'fill="none" stroke="currentColor"'


def life_picture() -> str:
    """States in a row, in their order; each pair of them joined once, above or onto itself."""
    states: list[State | None] = [None, *State]
    joined: dict[tuple[State | None, State], list[str]] = {}
    for (before, kind), after in LIFE.items():
        joined.setdefault((before, after), []).append(kind.__name__)
    shapes = [box(states.index(state), state) for state in states]
    shapes += [
        arrow(states.index(before), states.index(after), kinds)
        for (before, after), kinds in joined.items()
    ]
    return (
        '<div style="overflow-x: auto">'
        f'<svg viewBox="-4 0 {len(states) * (WIDTH + GAP) - GAP + 8} {TOP + HEIGHT + 55}" '
        'role="img" aria-label="The life of a case; the table below says the same" '
        'style="min-width: 40rem; font-size: 15px; fill: currentColor">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0 L8 4 L0 8 z"/></marker></defs>'
        f"{''.join(shapes)}</svg></div>"
    )


def box(place: int, state: State | None) -> str:
    """A state in its place; dashed before there is a case."""
    left = place * (WIDTH + GAP)
    dashes = "" if state else 'stroke-dasharray="4" '
    frame = f'<rect x="{left}" y="{TOP}" width="{WIDTH}" height="{HEIGHT}" rx="8" {dashes}'
    return f"{frame}{STROKE}/>{words(left + WIDTH / 2, TOP + 25, [name_of(state)])}"


def arrow(before: int, after: int, names: Iterable[str]) -> str:
    """A named arrow from one place to another, above, or back to the same, below."""
    start, end = before * (WIDTH + GAP), after * (WIDTH + GAP)
    if before == after:
        return curve(start + 35, end + WIDTH - 35, TOP + HEIGHT, 30, names)
    # The further it goes, the nearer the middle of a box it leaves and lands: so none cross.
    far = after - before
    return curve(start + WIDTH - 10 - 20 * far, end + 10 + 20 * far, TOP, 15 - 55 * far, names)


def curve(start: float, end: float, level: float, drop: float, names: Iterable[str]) -> str:
    """A curve between two points of a level, with its names under its furthest point."""
    bend = level + drop * 4 / 3
    path = f"M{start} {level} C{start} {bend} {end} {bend} {end} {level}"
    line = f'<path d="{path}" {STROKE} marker-end="url(#tip)"/>'
    return f"{line}{words((start + end) / 2, level + drop + LINE, names)}"


def words(middle: float, level: float, texts: Iterable[str]) -> str:
    """Lines of words, centred under one another."""
    return "".join(
        f'<text x="{middle}" y="{level + number * LINE}" text-anchor="middle">{escape(text)}</text>'
        for number, text in enumerate(texts)
    )


# The reference: every public name, and a check that none is missing.


class Public(SphinxDirective):
    """Public names of the library, each documented from where it is defined."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The names, as autodoc documents them."""
        lines = [line for name in self.arguments[0].split() for line in source_of(name)]
        return self.parse_text_to_nodes("\n".join(lines))


def source_of(name: str) -> Iterator[str]:
    """The reStructuredText that documents a public name."""
    value = getattr(cmappraisal, name)
    if isinstance(value, type) and issubclass(value, Exception):
        yield from (f".. autoexception:: cmappraisal.{name}", "   :show-inheritance:")
    elif isinstance(value, type):
        yield f".. autoclass:: cmappraisal.{name}"
        if issubclass(value, enum.Enum):
            yield from (f"   {line}" for line in source_of_choices(value))
    elif inspect.isfunction(value):
        yield f".. autofunction:: cmappraisal.{name}"
    else:
        module, comment = DATA[name]
        yield from (f".. py:data:: cmappraisal.{name}", f"   :canonical: {module}.{name}")
        if not isinstance(value, Mapping):
            yield f"   :value: {written(value)}"
        yield from ("", *(f"   {line}" for line in comment))
    yield ""


def source_of_choices(kind: type[enum.Enum]) -> Iterator[str]:
    """The reStructuredText that documents members of an enum by what they themselves say.

    Members with a comment in the source are left to autodoc.
    """
    commented = ModuleAnalyzer.for_module(kind.__module__).find_attr_docs()
    for choice in kind:
        if (kind.__name__, choice.name) in commented:
            continue
        if isinstance(text := getattr(choice, "text", None), Text):
            said = f"{text.en[0].upper()}{text.en[1:]}."
        elif isinstance(stage := getattr(choice, "stage", None), Stage):
            said = f"In the stage :attr:`Stage.{stage.name}`."
        else:
            raise SphinxError(f"{kind.__name__}.{choice.name} says nothing of itself")
        yield from ("", f".. py:attribute:: {choice.name}", f"   :value: {choice.value!r}")
        yield from ("", f"   {said}")


def written(value: object) -> str:
    """A constant or an alias as it is written."""
    if isinstance(value, UnionType):
        return " | ".join(kind.__name__ for kind in get_args(value))
    return repr(value).removeprefix("typing.")


def data_of_the_library() -> Mapping[str, tuple[str, list[str]]]:
    """Where each constant and alias is defined, and what is said of it there."""
    found: dict[str, tuple[str, list[str]]] = {}
    for package in ("cmappraisal", "cmappraisal.standards", "cmappraisal.training"):
        for module in iter_modules(import_module(package).__path__, f"{package}."):
            comments = ModuleAnalyzer.for_module(module.name).find_attr_docs()
            found |= {
                name: (module.name, text) for (owner, name), text in comments.items() if not owner
            }
    return found


DATA = data_of_the_library()


SHORT = {
    repr(Policy()): "Policy()",
    repr(ERROR_POINTS): "ERROR_POINTS",
    # An attrs field whose default is worked out from others.
    "NOTHING": "...",
}


def shorten_defaults(app: Sphinx, *context: Any) -> tuple[str | None, str | None]:
    """Write the defaults of a signature as people do."""
    *_, signature, returned = context
    for long, short in SHORT.items():
        signature = signature and signature.replace(f" = {long}", f" = {short}")
    return signature, returned


def require_every_name(app: Sphinx, environment: BuildEnvironment) -> None:
    """Fail where a public name has no place in the reference."""
    documented = {name for name, *_ in environment.domains.python_domain.get_objects()}
    missing = [name for name in cmappraisal.__all__ if f"cmappraisal.{name}" not in documented]
    if missing:
        raise SphinxError(f"not in the reference: {', '.join(missing)}")


def show_public_bases(
    app: Sphinx, name: str, kind: type, options: object, bases: list[type]
) -> None:
    """Show the public type that an inner base stands for."""
    bases[:] = [base.__bases__[0] if is_inner(base) else base for base in kind.__bases__]


def is_inner(kind: type) -> bool:
    """Whether a type is the library's own, and not public."""
    return kind.__module__.startswith("cmappraisal.") and kind.__name__ not in cmappraisal.__all__


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives, the role ``rule`` and the check."""
    app.add_directive("rulebook-table", RulebookTable)
    app.add_directive("rulebook-counts", RulebookCounts)
    app.add_directive("circumstances-table", CircumstancesTable)
    app.add_directive("silences-table", SilencesTable)
    app.add_directive("life-diagram", LifeDiagram)
    app.add_directive("remedies-table", RemediesTable)
    app.add_directive("public", Public)
    app.add_crossref_type("rule", "rule", ref_nodeclass=nodes.inline)
    app.connect("autodoc-process-signature", shorten_defaults)
    app.connect("autodoc-process-bases", show_public_bases)
    app.connect("env-check-consistency", require_every_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
