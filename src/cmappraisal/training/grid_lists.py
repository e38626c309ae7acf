"""Lists under a grid: what a schedule does not meet, and what the titles in the grid say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cmappraisal.reports import wordings
from cmappraisal.reports.html import Html, element, first_of, words
from cmappraisal.texts import Language, Text, worded
from cmappraisal.training.courses import Curriculum
from cmappraisal.training.grid_wordings import STOPS, TARGET, whose
from cmappraisal.training.plans import Activity, ActivityKind
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.shortfalls import Shortfall

MAXIMUM_LISTED: Final = 50
"""Shortfalls, and cancelled sessions, that are listed under a grid."""

FOLDED_RULES: Final = {
    " details": "margin-top:14px",
    " details details": "margin:0 0 0 1.2em",
    " summary": "padding:3px 0;cursor:pointer",
    " summary:focus-visible": "outline:2px solid var(--bar);outline-offset:-2px",
    " details ul": "margin:4px 0 0 1.2em;list-style:none",
    " details li": "margin:0 0 8px",
    " details li b": "font-weight:650",
}
"""How :func:`folded` looks."""

_SHORTFALLS = Text("未能滿足：{}", "未能满足：{}", en="Shortfalls: {}")

_NO_SHORTFALLS = Text("沒有未能滿足的要求。", "没有未能满足的要求。", en="No shortfalls.")

_NEEDED = Text("所需課程「{}」", "所需课程“{}”", en="needed course {}")

_MISSING = Text("缺 {}", "缺 {}", en="{} missing")

_UNIT = Text("{} {}", "{} {}", en="{} {}")


def shortfalls_listed(schedule: Schedule, language: Language) -> Iterator[Html]:
    """What a schedule does not meet, as a list under a heading."""
    shortfalls = schedule.shortfalls
    if not shortfalls:
        yield element("p", words(_NO_SHORTFALLS.in_language(language)), class_="heading")
        return
    described = [_shortfall(each, schedule, language) for each in shortfalls[:MAXIMUM_LISTED]]
    items = map(words, first_of(len(shortfalls), described, language))
    yield from listed_under(worded(_SHORTFALLS, language, len(shortfalls)), items)


def _shortfall(shortfall: Shortfall, schedule: Schedule, language: Language) -> str:
    period = shortfall.period
    what = [
        *_activity_of(shortfall.activity, schedule.activities, language),
        *_course_of(shortfall.course, schedule.plan.curriculum, language),
        *_target_of(shortfall.kind, language),
        *whose(shortfall, language),
        worded(_MISSING, language, _amount(shortfall, language)),
        shortfall.cause.text.in_language(language),
    ]
    span = worded(wordings.SPAN, language, period.first, period.last)
    return worded(wordings.NAMED, language, span, STOPS[language].join(what))


def _activity_of(
    id: str | None, activities: Iterable[Activity], language: Language
) -> Iterator[str]:
    if id is not None:
        names = {activity.id: activity.text.in_language(language) for activity in activities}
        yield names.get(id, id)


def _course_of(id: str | None, curriculum: Curriculum, language: Language) -> Iterator[str]:
    if id is not None:
        name = curriculum[id].text.in_language(language) if id in curriculum else id
        yield worded(_NEEDED, language, name)


def _target_of(kind: ActivityKind | None, language: Language) -> Iterator[str]:
    if kind is not None:
        yield worded(TARGET, language, kind.text.in_language(language))


def _amount(shortfall: Shortfall, language: Language) -> str:
    """How much is missing, in the unit of the target where it is one."""
    if shortfall.unit is None:
        return str(shortfall.missing)
    return worded(_UNIT, language, shortfall.missing, shortfall.unit.text.in_language(language))


def listed_under(heading: str, items: Iterable[Html]) -> Iterator[Html]:
    """Some items as a list under a heading."""
    yield element("p", words(heading), class_="heading")
    yield element("ul", *(element("li", item) for item in items), class_="listed")


def folded(heading: str, parts: Iterable[tuple[str, Iterable[Sequence[str]]]]) -> Iterator[Html]:
    """What the titles in a grid say, for who has no pointer to rest: a list that opens.

    Args:
        heading: What opens it.
        parts: What opens each part of it, and the items of the part: the lines of each, of which
            the first says what it is about. A part without items is left out.
    """
    listed = [(name, [*items]) for name, items in parts]
    opening = [
        element("details", element("summary", words(name)), element("ul", *map(_item, items)))
        for name, items in listed
        if items
    ]
    if opening:
        yield element("details", element("summary", words(heading)), *opening)


def _item(lines: Sequence[str]) -> Html:
    first, *rest = lines
    return element("li", element("b", words(first)), *(element("p", words(each)) for each in rest))
