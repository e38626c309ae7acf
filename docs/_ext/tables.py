"""What the documentation draws from the library itself, so that it cannot say anything else."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from html import escape
from typing import Any, ClassVar, TypeAlias, cast, get_args, get_origin, get_type_hints

import attrs
from chinese_search import Wordings
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Add,
    Assessed,
    Effect,
    Language,
    Multiply,
    Policy,
    ProblemCode,
    Rule,
    Stage,
    State,
    Text,
)
from cmappraisal.interop.tables import columns_of
from cmappraisal.lives import name_of_move
from cmappraisal.points import plain
from cmappraisal.policy import is_of_account, label_of
from cmappraisal.procedure import LIFE
from cmappraisal.reports.sentences import cited
from cmappraisal.scoring import STAGES
from cmappraisal.standards import (
    Deduction,
    Never,
    Part,
    Referral,
    Span,
    Unit,
    Waive,
    WithPeriod,
)
from cmappraisal.texts import require_language
from cmappraisal.training import ASK, Course

# Tables: rows of cells, cells of lines; a text has a line for each language.

Cell: TypeAlias = Iterable[str | Text]


def in_one(cell: Cell, language: Language | None) -> Cell:
    """A cell in one language; in all of them where none is asked for."""
    if language is None:
        return cell
    return [part.in_language(language) if isinstance(part, Text) else part for part in cell]


def a_language(given: str) -> str:
    """The option of a directive that names a language."""
    require_language(given)
    return given


class InLanguage(Directive):
    """What is drawn in the language of its page, which the option ``language`` names.

    Without the option, headings are in English, and texts in every language.
    """

    option_spec: ClassVar = {"language": a_language}

    @property
    def language(self) -> Language | None:
        """The language of the page, where it is named."""
        return self.options.get("language")

    def say(self, text: Text) -> str:
        """A text in the language of the page, or in English."""
        return text.in_language(self.language or "en")


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


# The standard: every rule beside its citation, and what they add up to.

UNITS = {
    Unit.OCCURRENCE: "for each occurrence",
    Unit.CUSTOMER: "for each customer",
    Unit.UNSTATED: "no unit stated",
}


def penalty_of(rule: Rule) -> list[str]:
    """What a breach of a rule leads to, in words."""
    match rule.penalty:
        case Deduction(unit=unit, discretionary=discretionary, most=most):
            counted = f"{plain(most)} point{'' if most == 1 else 's'}"
            return [counted, UNITS[unit], *["at discretion"] * discretionary]
        case Referral(to=to):
            return [f"refers to one of {', '.join(to)}"]
        case None:
            return ["no points"]


def ties_of(rule: Rule) -> list[str]:
    """What makes a rule heavier, what follows, and what gives way to what, in words."""
    following = {
        f"{ERROR_POINTS.consequence(id).text.en} where": triggers
        for id, triggers in rule.consequences.items()
    }
    ties = {"aggravated by": rule.aggravated_by, **following, "displaces": rule.displaces}
    named = [f"{tie}: {', '.join(sorted(ids))}" for tie, ids in ties.items() if ids]
    named += [
        ERROR_POINTS.consequence(id).text.en for id, ids in rule.consequences.items() if not ids
    ]
    return named + ["residual"] * (rule.residual is not None)


class RulebookTable(SphinxDirective):
    """Every rule of the standard, in a section for each chapter."""

    def run(self) -> list[nodes.Node]:
        """The sections."""
        return [self.section_of(chapter) for chapter in ERROR_POINTS.parts]

    def section_of(self, chapter: Part) -> nodes.section:
        """The rules of a chapter as a table, under its heading."""
        wordings = (chapter.text.en, chapter.text.zh_hant, chapter.text.zh_hans)
        title = f"Part {chapter.id}: {' · '.join(wordings)}"
        rows = [
            row(
                [
                    [rule.id, cited(rule.citation, ERROR_POINTS, "en")],
                    [rule.text],
                    penalty_of(rule),
                    ties_of(rule),
                ],
                ids=[self.noted(rule)],
            )
            for rule in chapter.rules
        ]
        rules = table(["Rule", "Wording", "Penalty", "More"], rows, [17, 45, 18, 20])
        return nodes.section(
            "", nodes.title("", title), rules, ids=[f"chapter-{chapter.id}"], names=[title]
        )

    def noted(self, rule: Rule) -> str:
        """The id of a rule's row, noted for the role ``rule`` to link to, and for the search."""
        id = nodes.make_id(f"rule-{rule.id}")
        self.env.domains.standard_domain.note_object("rule", rule.id, id, self.get_location())
        cast(Wordings, self.env.get_domain(Wordings.name)).note(rule, id)
        return id


class RulebookCounts(Directive):
    """How many clauses, rules and points each chapter has."""

    def run(self) -> list[nodes.Node]:
        """The counts as a table."""
        counted = {
            f"{chapter.id}. {chapter.text.en}": chapter.rules for chapter in ERROR_POINTS.parts
        }
        counted["The whole standard"] = tuple(ERROR_POINTS.values())
        rows = [row([[name], *counts_of(rules)]) for name, rules in counted.items()]
        return [table(["Part", "Clauses", "Rules", "Stated points"], rows, [40, 20, 20, 20])]


def counts_of(rules: tuple[Rule, ...]) -> list[Cell]:
    """How many clauses and rules there are, and what their stated points add up to."""
    clauses = {rule.citation.path[:2] for rule in rules}
    stated = [rule.penalty.most for rule in rules if isinstance(rule.penalty, Deduction)]
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
        if circumstance_id in frozenset(rule.aggravated_by).union(*rule.consequences.values())
    ]


# The policy: what the standard leaves open, field by field.

ANY_SCORE = Text("任何分數", "任何分数", en="any score")
EXAMPLES: Mapping[str, Mapping[type, Any]] = {
    "aggravation": {Multiply: Multiply("1.5"), Add: Add(5), Assessed: Assessed()},
    "mitigation": {Multiply: Multiply("0.8"), Waive: Waive()},
    "smallest_unit": {Decimal: Decimal("0.5")},
    "assessment_period": {Span: Span(calendar="quarter")},
    "lapse": {Span: Span(months=36), WithPeriod: WithPeriod(), Never: Never()},
}
NO_ACCOUNTS = Text("未設積分檔案", "未设积分档案", en="keeps no points accounts")
STATED = Text("已有規定", "已有规定", en="states it")
WITHOUT: Mapping[str, Text] = {
    "full_marks": Text(
        "只計積分，不計得分", "只计积分，不计得分", en="points only, without a score"
    ),
    "floor": Text("不設下限", "不设下限", en="no floor"),
}
BANDS = Text("本行自訂的等級", "本行自订的等级", en="bands of the bank's own")


SILENCES_HEADER = (
    Text("字段", "字段", en="Field"),
    Text("標準", "标准", en="The standard"),
    Text("默認", "默认", en="Default"),
    Text("其他選項", "其他选项", en="Alternatives"),
)
ALSO_OPEN = Text("標準還有未作規定之處", "标准还有未作规定之处", en="The standard also")


class SilencesTable(InLanguage):
    """Every field of the policy: what the standard leaves open, and how it can be decided."""

    def run(self) -> list[nodes.Node]:
        """The silences as a table, and the gaps that no field decides as a list."""
        kinds = get_type_hints(Policy)
        rows = []
        for field in attrs.fields(Policy):
            silence = ERROR_POINTS.silence_about(field.name)
            otherwise = NO_ACCOUNTS if is_of_account(field.name) else STATED
            source = silence.text if silence else otherwise
            all_others = alternatives(field.name, kinds[field.name])
            others = [each for each in all_others if worded(each) != worded(field.default)]
            worded_others = [part for each in others for part in worded(each)]
            default = worded(field.default)
            cells: list[Cell] = [
                [field.name, label_of(field.name)],
                [source],
                default,
                worded_others,
            ]
            rows.append(row([in_one(cell, self.language) for cell in cells]))
        header = map(self.say, SILENCES_HEADER)
        return [table(header, rows, [18, 22, 30, 30]), *self.gaps()]

    def gaps(self) -> list[nodes.Node]:
        """What the standard leaves open and no field of the policy decides."""
        texts = [silence.text for silence in ERROR_POINTS.silences if silence.field is None]
        rows = [row([in_one([text], self.language)]) for text in texts]
        return [table([self.say(ALSO_OPEN)], rows, [100])] if texts else []


def alternatives(name: str, kind: Any) -> list[Any]:
    """What a field of the policy of a type can be."""
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return list(kind)
    kinds = get_args(kind) or (kind,)
    if get_origin(kind) is tuple:
        return [BANDS]
    examples = EXAMPLES.get(name, {Decimal: ANY_SCORE})
    others = [examples[each] for each in kinds if each in examples]
    if type(None) in kinds:
        others += filter(None, ["None", WITHOUT.get(name)])
    return others


def worded(value: Any) -> list[str | Text]:
    """A value of the policy, as it is written and in words."""
    match value:
        case str() | Text():
            return [value]
        case Decimal():
            return [plain(value)]
        case None:
            return ["None"]
        case ():
            return [Text("無", "无", en="none")]
        case enum.Enum():
            # On a line each, so that a name is not broken.
            kind, member = f"{type(value).__name__}.", value.name
            return [kind, member, getattr(value, "text")]  # noqa: B009 - not every Enum has one
        case _:
            arguments = ", ".join(arguments_of(value))
            return [f"{type(value).__name__}({arguments})", value.text]


def arguments_of(value: Any) -> Iterator[str]:
    """The arguments that make a value, those at their default left out."""
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)
        if held != field.default:
            held = held.value if isinstance(held, enum.Enum) else held
            written = plain(held) if isinstance(held, Decimal) else repr(held)
            yield f"{field.name}={written}" if field.kw_only else written


# The stages: the table of what scoring does, in its order.


class StagesTable(Directive):
    """Every stage of scoring, with what it looks at and the effects that its steps have."""

    def run(self) -> list[nodes.Node]:
        """The stages as a table."""
        rows = [
            row(
                [
                    [each.stage.value, said_of(each.stage)],
                    [each.scope.value, said_of(each.scope)],
                    [effect.value for effect in effects_of(each.stage)],
                ]
            )
            for each in STAGES
        ]
        return [table(["Stage", "Looks at", "Effects"], rows, [40, 38, 22])]


class EffectsTable(Directive):
    """Every effect of a step, in the order of the stages, with what it says on a card."""

    def run(self) -> list[nodes.Node]:
        """The effects as a table."""
        rows = [
            row([[effect.value], [stage.stage.value], [said_of(effect)]])
            for stage in STAGES
            for effect in effects_of(stage.stage)
        ]
        return [table(["Effect", "Stage", "Meaning"], rows, [24, 20, 56])]


def effects_of(stage: Stage) -> list[Effect]:
    """The effects that the steps of a stage can have."""
    return [effect for effect in Effect if effect.stage is stage]


def said_of(member: enum.Enum) -> str:
    """What the source says of a member of an enum, under it."""
    kind = type(member)
    said = ModuleAnalyzer.for_module(kind.__module__).find_attr_docs()
    return " ".join(said[kind.__name__, member.name]).strip()


# The problems: what kinds there are.


class ProblemCodesTable(Directive):
    """Every code of a problem, with its meaning."""

    def run(self) -> list[nodes.Node]:
        """The codes as a table."""
        rows = [row([[code.value], [code.name], [said_of(code)]]) for code in ProblemCode]
        return [table(["Code", "Member of ProblemCode", "Meaning"], rows, [24, 28, 48])]


# Rows: which columns they have.


class ColumnsTable(Directive):
    """The columns of some rows, as the table says from which they are made."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The columns as a table."""
        rows = [
            row([[column.name], [column.kind.__name__], [column.meaning]])
            for column in columns_of(self.arguments[0])
        ]
        return [table(["Column", "Type", "Meaning"], rows, [24, 14, 62])]


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
            row([[name_of(state)], [name_of_move(move)], [name_of(after)]])
            for (state, move), after in LIFE.items()
        ]
        return [
            nodes.raw("", life_picture(), format="html"),
            table(["A case that is", "by an entry", "becomes"], rows, [34, 33, 33]),
        ]


def name_of(state: State | None) -> str:
    """A state in words."""
    return state.value if state else "not recorded"


WIDTH, GAP, HEIGHT, TOP, LINE = 120, 60, 40, 395, 16
STROKE = 'fill="none" stroke="currentColor"'


def life_picture() -> str:
    """States in a row, in their order; each pair of them joined once, above or onto itself."""
    states: list[State | None] = [None, *State]
    joined: dict[tuple[State | None, State], list[str]] = {}
    for (before, move), after in LIFE.items():
        # There is not much room; the table below has the whole name.
        name = name_of_move(move).removeprefix("Acted (").removesuffix(")").removeprefix("appeal-")
        joined.setdefault((before, after), []).append(name)
    shapes = [box(states.index(state), state) for state in states]
    shapes += [
        arrow(states.index(before), states.index(after), kinds)
        for (before, after), kinds in joined.items()
    ]
    return (
        '<div class="drawn" style="overflow-x: auto" tabindex="0" role="region" '
        'aria-label="Life of a case">'
        f'<svg viewBox="-4 0 {len(states) * (WIDTH + GAP) - GAP + 8} {TOP + HEIGHT + 205}" '
        'role="img" aria-label="The life of a case; the table below says the same" '
        'style="min-width: 60rem; font-size: 15px; fill: currentColor">'
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
    """A named arrow from one place to another, above, or back to it or an earlier one, below."""
    start, end = before * (WIDTH + GAP), after * (WIDTH + GAP)
    if before == after:
        return curve(start + 35, end + WIDTH - 35, TOP + HEIGHT, 30, names)
    if after < before:
        back = before - after
        landing = end + WIDTH + 6 - 16 * back
        return curve(start + 15, landing, TOP + HEIGHT, 15 + 80 * back, names)
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


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directives and the role ``rule``."""
    app.add_directive("rulebook-table", RulebookTable)
    app.add_directive("rulebook-counts", RulebookCounts)
    app.add_directive("circumstances-table", CircumstancesTable)
    app.add_directive("silences-table", SilencesTable)
    app.add_directive("stages-table", StagesTable)
    app.add_directive("effects-table", EffectsTable)
    app.add_directive("problem-codes-table", ProblemCodesTable)
    app.add_directive("columns-table", ColumnsTable)
    app.add_directive("life-diagram", LifeDiagram)
    app.add_directive("remedies-table", RemediesTable)
    app.add_crossref_type("rule", "rule", ref_nodeclass=nodes.inline)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
