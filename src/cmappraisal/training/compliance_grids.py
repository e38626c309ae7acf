"""Compliance grids: who met what of a plan, as HTML that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias, cast

from cmappraisal.fields import require
from cmappraisal.reports.html import (
    COMMON_RULES,
    Html,
    element,
    fragment,
    scrolling,
    words,
)
from cmappraisal.reports.wordings import MANAGER, NAMED, SPAN
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.training.compliance import Compliance
from cmappraisal.training.grid_lists import FOLDED_RULES, folded
from cmappraisal.training.grid_wordings import TARGET
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.requirements import ComplianceStatus, Requirement

MAXIMUM_ROWS: Final = 500
"""Teams and people that a grid lists: more than a branch has, and few enough to show."""

_SIGNS: Final = {
    ComplianceStatus.MET: "✓",
    ComplianceStatus.WAIVED: "–",
    ComplianceStatus.CLOSED: "□",
    ComplianceStatus.ON_TRACK: "○",
    ComplianceStatus.SHORT: "△",
    ComplianceStatus.BREACHED: "✕",
}
"""A shape for each status, so that it can be told without colour."""

_GRAVITY: Final = {status: place for place, status in enumerate(ComplianceStatus)}

_TITLE = Text("培訓達成情況", "培训达成情况", en="Compliance")
_ON = Text("截至 {}", "截至 {}", en="as of {}")
_TEAM = Text("團隊", "团队", en="Team")
_GROUP = Text("{}組", "{}组", en="Group {}")
_DONE_OF = Text("{} {}：{}/{}", "{} {}：{}/{}", en="{} {}: {} of {}")
_SPANS = Text("逐項列出", "逐项列出", en="Each span, one by one")
_MORE_ROWS = Text("另有 {} 行", "另有 {} 行", en="and {} more rows")

_RULES: Final = {
    **COMMON_RULES,
    " table": "border-collapse:collapse;width:auto;background:none;color:inherit;font:inherit",
    " :is(th,td)": "padding:4px 10px;border:1px solid var(--edge);text-align:center;"
    "font-weight:400;white-space:nowrap",
    " thead th": "color:var(--quiet);font-size:12px;white-space:normal;min-width:6em;"
    "overflow-wrap:break-word",
    # The name of a row stays in sight where the rest scrolls.
    " tr>:first-child": "position:sticky;left:0;background:var(--ground)",
    " tbody th": "text-align:left;font-weight:650",
    " .good": "color:var(--good)",
    " .bad": "color:var(--bad)",
    " .quiet": "color:var(--quiet)",
    " .key": "display:inline-block;margin:8px 14px 0 0",
    **FOLDED_RULES,
}

# Where a page is narrow, what is asked of a team or a person stands below its name, a line each.
_NARROW_RULES: Final = {
    " :is(table,tbody,tr)": "display:block",
    " thead": "display:none",
    " tr": "margin-top:12px",
    " tr>:first-child": "position:static",
    " tbody th": "display:block;padding:0 0 2px;border:0",
    " td": "display:flex;gap:12px;justify-content:space-between;padding:3px 0;border:0;"
    "border-top:1px solid var(--edge);text-align:right;white-space:normal",
    " td::before": "content:attr(data-asked);flex:1;color:var(--quiet);text-align:left",
    " td:empty": "display:none",
}

_CLASSES: Final = {
    ComplianceStatus.MET: "good",
    ComplianceStatus.ON_TRACK: "good",
    ComplianceStatus.SHORT: "bad",
    ComplianceStatus.BREACHED: "bad",
}

Column: TypeAlias = str | ActivityKind
"""What a column is about: the id of an activity, or the kind that a target asks for."""


class _Cell(NamedTuple):
    """What a row shows in a column: what is asked, the worst status, and each span in words."""

    asked: str
    status: ComplianceStatus | None
    spans: Sequence[str]


_Row: TypeAlias = tuple[str, Sequence[_Cell]]
"""A team or a person by name, with a cell for each column."""


def compliance_grid(compliance: Compliance, language: Language = "en") -> str:
    """A compliance as a fragment of HTML: a row for each team and person, a column for each thing.

    Args:
        compliance: The compliance.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style. A cell shows the worst status of the spans of what
        its column is about, by a shape and a word. Its title lists each span with what was done of
        what is needed; so does a list below the table, which opens row by row. At most
        ``MAXIMUM_ROWS`` rows.

    Raises:
        FieldError: The argument is no compliance.
        LanguageError: The language is none of the three.

    >>> from datetime import date
    >>> from cmappraisal import Period, WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE, Trainee, check_compliance, schedule
    >>> made = schedule(
    ...     VIP_SERVICE, Period.year(2026), calendar=WorkCalendar(), trainees=[Trainee("<RM-01>")]
    ... )
    >>> grid = compliance_grid(check_compliance(made, [], on=date(2026, 1, 1)))
    >>> '<th scope="row">&lt;RM-01&gt;</th>' in grid
    True
    """
    fits = isinstance(compliance, Compliance)
    require("compliance_grid", "compliance", compliance, fits, "a Compliance")
    require_language(language)
    title = _TITLE.in_language(language)
    plan = compliance.plan.text.in_language(language)
    span = worded(SPAN, language, compliance.period.first, compliance.period.last)
    on = worded(_ON, language, compliance.on)
    columns = {each: _named(each, compliance, language) for each in _columns(compliance)}
    asked = list(_asked(compliance, language))
    rows = [
        (name, [*_cells(requirements, columns, language)])
        for name, requirements in asked[:MAXIMUM_ROWS]
    ]
    content = [
        element("p", words(title), class_="quiet"),
        element("p", words(plan), class_="name"),
        element("p", words(listed((span, on), language)), class_="quiet"),
        scrolling(title, _table([*columns.values()], rows, len(asked) - len(rows), language)),
        element("p", *_legend(language)),
        *folded(_SPANS.in_language(language), _told(rows)),
    ]
    return fragment(
        "cmappraisal-compliance", _RULES, title, content, language, narrow=_NARROW_RULES
    )


def _columns(compliance: Compliance) -> list[Column]:
    """What anything is asked of, in the order of the plan: activities, and then targets."""
    asked = dict.fromkeys(_column(each) for each in compliance.requirements)
    places: dict[Column, int] = {
        activity.id: place for place, activity in enumerate(compliance.plan.activities)
    }
    return sorted(asked, key=lambda column: places.get(column, len(places)))


def _column(requirement: Requirement) -> Column:
    # What asks for no activity is a target, which asks for a kind.
    return requirement.activity or cast(ActivityKind, requirement.kind)


def _asked(
    compliance: Compliance, language: Language
) -> Iterator[tuple[str, Sequence[Requirement]]]:
    """Each team of which anything is asked, and each person."""
    of_teams = [each for each in compliance.requirements if each.person is None]
    for group in dict.fromkeys(each.group for each in of_teams):
        name = _TEAM.in_language(language) if group is None else worded(_GROUP, language, group)
        yield name, compliance.of_team(group)
    for person in compliance.people:
        yield person, compliance.of(person)


def _cells(
    asked: Iterable[Requirement], columns: Mapping[Column, str], language: Language
) -> Iterator[_Cell]:
    by_column: dict[Column, list[Requirement]] = {column: [] for column in columns}
    for each in asked:
        by_column[_column(each)].append(each)
    for column, of in by_column.items():
        worst = max((each.status for each in of), key=_GRAVITY.__getitem__, default=None)
        yield _Cell(columns[column], worst, [_span(each, language) for each in of])


def _table(columns: Sequence[str], rows: Sequence[_Row], more: int, language: Language) -> Html:
    names = [MANAGER.in_language(language), *columns]
    heads = (element("th", words(name), scope="col") for name in names)
    body = [
        element(
            "tr",
            element("th", words(name), scope="row"),
            *(_drawn(cell, language) for cell in cells),
        )
        for name, cells in rows
    ]
    if more:
        rest = worded(_MORE_ROWS, language, more)
        body.append(element("tr", element("td", words(rest), colspan=len(names))))
    return element("table", element("thead", element("tr", *heads)), element("tbody", *body))


def _drawn(cell: _Cell, language: Language) -> Html:
    if cell.status is None:
        return element("td")
    return element(
        "td",
        words(f"{_SIGNS[cell.status]} {cell.status.text.in_language(language)}"),
        class_=_CLASSES.get(cell.status, "quiet"),
        title="\n".join(cell.spans),
        data_asked=cell.asked,
    )


def _told(rows: Iterable[_Row]) -> Iterator[tuple[str, list[list[str]]]]:
    """The rows by name, each with what is asked and its spans."""
    for name, cells in rows:
        yield name, [[cell.asked, *cell.spans] for cell in cells if cell.spans]


def _named(column: Column, compliance: Compliance, language: Language) -> str:
    if isinstance(column, ActivityKind):
        return worded(TARGET, language, column.text.in_language(language))
    of_id = {each.id: each.text for each in compliance.plan.activities}
    return of_id[column].in_language(language) if column in of_id else column


def _span(requirement: Requirement, language: Language) -> str:
    period, counts = requirement.period, requirement.counts
    span = worded(SPAN, language, period.first, period.last)
    status = requirement.status.text.in_language(language)
    done = worded(_DONE_OF, language, span, status, counts.done, counts.needed)
    if requirement.proportion is None:
        return done
    return worded(NAMED, language, done, requirement.proportion.explain(language))


def _legend(language: Language) -> Iterator[Html]:
    for status, sign in _SIGNS.items():
        said = f"{sign} {status.text.in_language(language)}"
        yield element("span", words(said), class_=f"key {_CLASSES.get(status, 'quiet')}")
