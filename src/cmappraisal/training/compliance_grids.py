"""Compliance grids: who met what of a plan, as HTML that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias, cast

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


def compliance_grid(compliance: Compliance, language: Language = "en") -> str:
    """A compliance as a fragment of HTML: a row for each team and person, a column for each thing.

    Args:
        compliance: The compliance.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style. A cell shows the worst status of the spans of what
        its column is about, by a shape and a word; its title lists each span with what was done of
        what is needed. At most ``MAXIMUM_ROWS`` rows.

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
    content = [
        element("p", words(title), class_="quiet"),
        element("p", words(plan), class_="name"),
        element("p", words(listed((span, on), language)), class_="quiet"),
        scrolling(title, _table(compliance, language)),
        element("p", *_legend(language)),
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


def _rows(
    compliance: Compliance, language: Language
) -> Iterator[tuple[str, Sequence[Requirement]]]:
    """Each team of which anything is asked, and each person."""
    of_teams = [each for each in compliance.requirements if each.person is None]
    for group in dict.fromkeys(each.group for each in of_teams):
        name = _TEAM.in_language(language) if group is None else worded(_GROUP, language, group)
        yield name, compliance.of_team(group)
    for person in compliance.people:
        yield person, compliance.of(person)


def _table(compliance: Compliance, language: Language) -> Html:
    columns, rows = _columns(compliance), list(_rows(compliance, language))
    names = [MANAGER.in_language(language)]
    names += (_named(column, compliance, language) for column in columns)
    heads = (element("th", words(name), scope="col") for name in names)
    more = []
    if rows[MAXIMUM_ROWS:]:
        rest = worded(_MORE_ROWS, language, len(rows) - MAXIMUM_ROWS)
        more.append(element("tr", element("td", words(rest), colspan=len(names))))
    named = dict(zip(columns, names[1:], strict=True))
    body = (_row(name, asked, named, language) for name, asked in rows[:MAXIMUM_ROWS])
    return element(
        "table",
        element("thead", element("tr", *heads)),
        element("tbody", *body, *more),
    )


def _named(column: Column, compliance: Compliance, language: Language) -> str:
    if isinstance(column, ActivityKind):
        return worded(TARGET, language, column.text.in_language(language))
    of_id = {each.id: each.text for each in compliance.plan.activities}
    return of_id[column].in_language(language) if column in of_id else column


def _row(
    name: str, asked: Sequence[Requirement], named: Mapping[Column, str], language: Language
) -> Html:
    by_column: dict[Column, list[Requirement]] = {}
    for each in asked:
        by_column.setdefault(_column(each), []).append(each)
    cells = (_cell(by_column.get(column, []), what, language) for column, what in named.items())
    return element("tr", element("th", words(name), scope="row"), *cells)


def _cell(asked: Sequence[Requirement], what: str, language: Language) -> Html:
    if not asked:
        return element("td")
    worst = max((each.status for each in asked), key=_GRAVITY.__getitem__)
    said = f"{_SIGNS[worst]} {worst.text.in_language(language)}"
    title = "\n".join(_span(each, language) for each in asked)
    status = _CLASSES.get(worst, "quiet")
    return element("td", words(said), class_=status, title=title, data_asked=what)


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
