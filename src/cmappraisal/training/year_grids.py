"""Year grids: a schedule as HTML that a notebook shows, with a cell for each day of its years."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from cmappraisal.fields import require
from cmappraisal.periods import Period
from cmappraisal.reports import wordings
from cmappraisal.reports.html import (
    COMMON_RULES,
    Html,
    element,
    first_of,
    fragment,
    scrolling,
    words,
)
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.training.grid_lists import (
    FOLDED_RULES,
    MAXIMUM_LISTED,
    folded,
    listed_under,
    shortfalls_listed,
)
from cmappraisal.training.grid_wordings import MARKS, MONTHS, STOPS, TRAINER, WEEKDAYS, whose
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

MAXIMUM_YEARS: Final = 10
"""Years that a grid draws: a decade of training."""

MAXIMUM_TITLED: Final = 20
"""Sessions that the title of a day names: as many as fit on a screen."""

MAXIMUM_COURSES: Final = 5
"""Courses that the title of a day names for one session."""

_LETTERS: Final[dict[ActivityKind, Text]] = {
    ActivityKind.TEST: Text("測", "测", en="T"),
    ActivityKind.STUDY: Text("學", "学", en="S"),
    ActivityKind.WORKSHOP: Text("坊", "坊", en="W"),
    ActivityKind.COMPETITION: Text("賽", "赛", en="P"),
    ActivityKind.COURSE: Text("課", "课", en="C"),
    ActivityKind.TALK: Text("言", "言", en="K"),
    ActivityKind.REPORT: Text("報", "报", en="R"),
    ActivityKind.REQUEST: Text("申", "申", en="Q"),
    ActivityKind.MEETING: Text("會", "会", en="M"),
    ActivityKind.SELF_STUDY: Text("自", "自", en="F"),
    ActivityKind.ON_THE_JOB: Text("崗", "岗", en="J"),
}
"""A letter out of the word for each kind, the most important kind first."""

_RANKS: Final = {kind: rank for rank, kind in enumerate(_LETTERS)}

_PLAIN: Final = frozenset({"off", "outside", "provisional"})
"""The marks of days of which there is no more to say."""

_SIGNS: Final = {"blackout": "×", "full": "="}
"""What stands in a day without sessions, by its mark."""

_SCHEDULE_OF = Text("培訓日程：{}", "培训日程：{}", en="Training schedule: {}")

_SESSIONS = Text("培訓場次：{}", "培训场次：{}", en="Sessions: {}")

_PEOPLE = Text("人數：{}", "人数：{}", en="People: {}")

_GROUPS = Text("組數：{}", "组数：{}", en="Groups: {}")

_LEGEND = Text("圖例", "图例", en="Legend")

_YEAR = Text("{}年", "{}年", en="{}")

_MONTH = Text("月", "月", en="Month")

_DAYS = Text("{}年逐日列出", "{}年逐日列出", en="The days of {}, one by one")

_DAY = Text("{} {}", "{} {}", en="{}, {}")

_MORE_YEARS = Text(
    "未畫出另外 {} 年（至 {} 年）",
    "未画出另外 {} 年（至 {} 年）",
    en="Not drawn: {} more years, to {}",
)

_NUMBER = Text("第 {} 場", "第 {} 场", en="number {}")

_MAKE_UP = Text("補訓", "补训", en="make-up session")

_MOVED_FROM = Text("原定 {}", "原定 {}", en="moved from {}")

_MOVED_FOR = Text("原定 {}：{}", "原定 {}：{}", en="moved from {}: {}")

_ROOM = Text("場地 {}", "场地 {}", en="room {}")

_COURSES = Text("課程：{}", "课程：{}", en="courses: {}")

_CANCELLED = Text("已取消：{}", "已取消：{}", en="Cancelled: {}")

_YEAR_RULES: Final = {
    **COMMON_RULES,
    " ul": "list-style:none",
    " ul.legend": "display:flex;flex-wrap:wrap;gap:5px 16px;margin-top:12px",
    " ul.legend li": "display:flex;align-items:center;gap:6px;margin:0",
    " .legend b": "font-weight:650;font-variant-numeric:tabular-nums",
    " table": "width:100%;min-width:740px;margin:0;border:0;border-collapse:separate;"
    "border-spacing:2px;table-layout:fixed;background:none;color:inherit;font:inherit",
    " :is(th,td)": "height:30px;padding:0;border:0;background:none;font-size:11px;font-weight:400;"
    "line-height:1;text-align:center;vertical-align:middle;white-space:nowrap",
    " th": "color:var(--quiet)",
    " thead th": "height:18px",
    " th.month": "width:44px;text-align:left",
    " .day": "border:1px solid transparent;border-radius:3px;background:var(--blank);"
    "color:var(--quiet);font-size:12px",
    " li .day": "display:inline-block;flex:none;width:24px;height:22px;line-height:20px;"
    "text-align:center",
    " .day.off": "background:repeating-linear-gradient(135deg,var(--hatch) 0 1.5px,"
    "transparent 1.5px 6px) var(--ground)",
    " .day.outside": "border:1px dotted var(--edge);background-color:transparent",
    " .day.half": "background:linear-gradient(135deg,var(--blank) 50%,var(--ground) 50%)",
    " .day.provisional": "font-style:italic",
    " .day.blackout": "border:1px solid var(--quiet)",
    " .day.full": "border:1px dashed var(--quiet)",
    " .day b": "display:block;font-size:13px;font-weight:650;line-height:15px",
    " li .day b": "line-height:20px",
    " .day.meeting b": "font-weight:400",
    " .day small": "display:block;font-size:9px;line-height:10px",
    **{
        f" .day.{kind.value}": f"background:var(--{kind.value});color:var(--letter)"
        for kind in _LETTERS
    },
    " .day.meeting": "background:var(--meeting);color:var(--ink)",
    " .day.moved": "position:relative",
    " .day.moved::after": "content:'';position:absolute;top:0;right:0;width:7px;height:7px;"
    "background:currentColor;clip-path:polygon(0 0,100% 0,100% 100%)",
    " p.heading": "margin-top:14px;font-weight:650",
    " ul.listed": "margin-top:2px",
    " ul.listed li": "margin:0 0 0 1.2em;list-style:disc",
    " s": "color:var(--quiet)",
    **FOLDED_RULES,
}

# Where a page is narrow, months stand side by side, and the days of each below it.
_NARROW_RULES: Final = {
    " table": "display:grid;grid:auto 20px repeat(31,minmax(24px,auto))/22px repeat(12,1fr);"
    "grid-auto-flow:column;gap:2px;min-width:0",
    " :is(thead,tbody,tr)": "display:contents",
    " caption": "display:block;grid-area:1/1/1/-1",
    " :is(th,td)": "display:block;width:auto;min-width:0;height:auto;line-height:24px",
    " thead th": "height:auto",
    # A month begins a column.
    " th.month": "grid-row:2;width:auto;font-size:10px;line-height:20px;text-align:center",
    " thead th.month": "visibility:hidden",
    " td[colspan]": "display:none",
    " td.day": "display:flex;flex-direction:column;justify-content:center;line-height:1;"
    "overflow:hidden",
    " td.day b": "line-height:13px",
}


def year_grid(schedule: Schedule, language: Language = "en") -> str:
    """A schedule as a fragment of HTML, with a cell for each day of its years.

    A day has the colour and the letter of its most important session, and how many there are. Its
    title, which a reader sees who rests the pointer on it, lists the sessions one by one; so does a
    list below the grid, which opens month by month.

    Args:
        schedule: The schedule.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style: a legend, a table and a list of days for each year
        that the period or a session touches, at most ``MAXIMUM_YEARS``, and the shortfalls.

    Raises:
        FieldError: The argument is no schedule.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import VIP_SERVICE
    >>> schedule = Schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
    >>> year_grid(schedule).count("<td class=")
    365
    """
    fits = isinstance(schedule, Schedule)
    require("year_grid", "schedule", schedule, fits, "a Schedule")
    require_language(language)
    years = _years(schedule)
    drawn = years[:MAXIMUM_YEARS]
    sessions_on = _sessions_by_day(schedule)
    days = {
        day: _day(schedule, day, sessions_on.get(day, []), language)
        for year in drawn
        for day in Period.year(year)
    }
    return fragment(
        "cmappraisal-year",
        _YEAR_RULES,
        worded(_SCHEDULE_OF, language, schedule.plan.text.in_language(language)),
        [
            *_grid_heading(schedule, language),
            _legend(schedule, days.values(), language),
            *(part for year in drawn for part in _year(year, days, language)),
            *_not_drawn(years[MAXIMUM_YEARS:], language),
            *shortfalls_listed(schedule, language),
            *_cancelled(schedule, language),
        ],
        language,
        narrow=_NARROW_RULES,
    )


@frozen
class _Day:
    """What a cell shows: the kind and number of its sessions, its marks, and its title."""

    count: int
    kind: ActivityKind | None
    marks: tuple[str, ...]
    title: tuple[str, ...]

    @property
    def has_more(self) -> bool:
        """Whether the title says more than the day and plain marks."""
        return len(self.title) > 1 + len(_PLAIN.intersection(self.marks))


def _years(schedule: Schedule) -> list[int]:
    first, last = schedule.period.first.year, schedule.period.last.year
    return sorted({*range(first, last + 1), *(session.on.year for session in schedule.sessions)})


def _sessions_by_day(schedule: Schedule) -> dict[date, list[Session]]:
    sessions_on: dict[date, list[Session]] = {}
    for session in schedule.sessions:
        sessions_on.setdefault(session.on, []).append(session)
    return sessions_on


def _day(schedule: Schedule, day: date, sessions: Iterable[Session], language: Language) -> _Day:
    ranked = sorted(sessions, key=lambda session: _RANKS[schedule.activity_of(session).kind])
    has = {
        "off": not schedule.calendar.is_working_day(day),
        "half": schedule.calendar.is_half_day(day),
        "provisional": day in schedule.period and not schedule.calendar.is_known(day),
        "blackout": day in schedule.blackouts,
        "full": day in schedule.full_days,
        "outside": day not in schedule.period,
        "moved": any(session.planned_on != day for session in ranked),
    }
    marks = tuple(mark for mark in MARKS if has[mark])
    return _Day(
        len(ranked),
        schedule.activity_of(ranked[0]).kind if ranked else None,
        marks,
        tuple(_title(schedule, day, marks, ranked, language)),
    )


def _grid_heading(schedule: Schedule, language: Language) -> Iterator[Html]:
    plan, period = schedule.plan, schedule.period
    facts = [
        str(plan),
        worded(wordings.SPAN, language, period.first, period.last),
        worded(_SESSIONS, language, len(schedule.sessions)),
    ]
    if schedule.people:
        facts.append(worded(_PEOPLE, language, len(schedule.people)))
    if schedule.groups:
        facts.append(worded(_GROUPS, language, len(schedule.groups)))
    yield element("p", words(plan.text.in_language(language)), class_="name")
    yield element("p", words(" · ".join(facts)), class_="quiet")


def _legend(schedule: Schedule, days: Iterable[_Day], language: Language) -> Html:
    counts = {activity.kind: 0 for activity in schedule.activities}
    for session in schedule.sessions:
        counts[schedule.activity_of(session).kind] += 1
    kinds = [
        _key(
            (kind.value,),
            element("b", words(letter.in_language(language))),
            kind.text.in_language(language),
            element("b", words(counts[kind])),
        )
        for kind, letter in _LETTERS.items()
        if kind in counts
    ]
    seen = {mark for day in days for mark in day.marks}
    marks = [
        _key((mark,), words(_SIGNS.get(mark, "")), text.in_language(language))
        for mark, text in MARKS.items()
        if mark in seen
    ]
    label = _LEGEND.in_language(language)
    return element("ul", *kinds, *marks, class_="legend", aria_label=label)


def _key(classes: Iterable[str], sign: Html, word: str, *count: Html) -> Html:
    sample = element("span", sign, class_=" ".join(("day", *classes)), aria_hidden="true")
    return element("li", sample, element("span", words(word)), *count)


def _year(year: int, days: Mapping[date, _Day], language: Language) -> Iterator[Html]:
    name = worded(_YEAR, language, year)
    heads = [
        element("th", words(_MONTH.in_language(language)), scope="col", class_="month"),
        *(element("th", words(number), scope="col") for number in range(1, 32)),
    ]
    rows = [
        element(
            "tr",
            element("th", words(text.in_language(language)), scope="row", class_="month"),
            *(_cell(days[day], language) for day in Period.month(year, month)),
            *_beyond(year, month),
        )
        for month, text in enumerate(MONTHS, start=1)
    ]
    table = element(
        "table",
        element("caption", words(name)),
        element("thead", element("tr", *heads)),
        element("tbody", *rows),
    )
    yield scrolling(name, table)
    yield from folded(
        worded(_DAYS, language, year),
        (
            (
                text.in_language(language),
                [days[day].title for day in Period.month(year, month) if days[day].has_more],
            )
            for month, text in enumerate(MONTHS, start=1)
        ),
    )


def _beyond(year: int, month: int) -> Iterator[Html]:
    """The columns that a month does not reach."""
    _, last = calendar.monthrange(year, month)
    if last < 31:
        yield element("td", colspan=31 - last)


def _cell(day: _Day, language: Language) -> Html:
    classes = ["day", *([day.kind.value] if day.kind else []), *day.marks]
    content, label = _shown(day, language)
    return element(
        "td",
        *content,
        class_=" ".join(classes),
        title="\n".join(day.title),
        aria_label=label,
    )


def _shown(day: _Day, language: Language) -> tuple[list[Html], str | None]:
    """What stands in a cell, and how it is read aloud."""
    if day.kind is None:
        return [words(_SIGNS[mark]) for mark in day.marks if mark in _SIGNS][:1], None
    shown = [element("b", words(_LETTERS[day.kind].in_language(language)))]
    if day.count > 1:
        shown.append(element("small", words(day.count if day.count < 100 else "99+")))
    return shown, worded(wordings.NAMED, language, day.kind.text.in_language(language), day.count)


def _title(
    schedule: Schedule,
    day: date,
    marks: Iterable[str],
    sessions: Sequence[Session],
    language: Language,
) -> Iterator[str]:
    yield worded(_DAY, language, day, WEEKDAYS[day.weekday()].in_language(language))
    name = schedule.calendar.name_of(day)
    if name is not None:
        yield name
    yield from (MARKS[mark].in_language(language) for mark in marks if mark != "moved")
    described = [_session(session, schedule, language) for session in sessions[:MAXIMUM_TITLED]]
    yield from first_of(len(sessions), described, language)


def _session(session: Session, schedule: Schedule, language: Language) -> str:
    activity = schedule.activity_of(session)
    letter = _LETTERS[activity.kind].in_language(language)
    parts = [f"{letter} {activity.text.in_language(language)}"]
    parts += whose(session, language)
    if session.number > 1:
        parts.append(worded(_NUMBER, language, session.number))
    if session.make_up:
        parts.append(_MAKE_UP.in_language(language))
    parts += _move(session, language)
    if session.room is not None:
        parts.append(worded(_ROOM, language, session.room))
    if session.trainer is not None:
        parts.append(worded(TRAINER, language, session.trainer))
    if session.courses:
        parts.append(worded(_COURSES, language, _taught(session, schedule, language)))
    return STOPS[language].join(parts)


def _move(session: Session, language: Language) -> Iterator[str]:
    if session.on == session.planned_on:
        return
    if session.cause is None:
        yield worded(_MOVED_FROM, language, session.planned_on)
    else:
        cause = session.cause.text.in_language(language)
        yield worded(_MOVED_FOR, language, session.planned_on, cause)


def _taught(session: Session, schedule: Schedule, language: Language) -> str:
    curriculum = schedule.plan.curriculum
    names = [
        curriculum[id].text.in_language(language) if id in curriculum else id
        for id in session.courses[:MAXIMUM_COURSES]
    ]
    return listed(first_of(len(session.courses), names, language), language)


def _not_drawn(years: list[int], language: Language) -> Iterator[Html]:
    if years:
        not_drawn = worded(_MORE_YEARS, language, len(years), years[-1])
        yield element("p", words(not_drawn), class_="heading")


def _cancelled(schedule: Schedule, language: Language) -> Iterator[Html]:
    cancelled = schedule.cancelled
    if not cancelled:
        return
    struck = [
        element("s", words(worded(wordings.NAMED, language, session.on, described)))
        for session in cancelled[:MAXIMUM_LISTED]
        for described in [_session(session, schedule, language)]
    ]
    more = map(words, first_of(len(cancelled) - len(struck), [], language))
    yield from listed_under(worded(_CANCELLED, language, len(cancelled)), [*struck, *more])
