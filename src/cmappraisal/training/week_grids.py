"""Week grids: the rooms of a week as HTML, with what is in each of them on each day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from cmappraisal.fields import require, require_date
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
from cmappraisal.spans import CalendarSpan
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.training.classes import joined
from cmappraisal.training.grid_lists import FOLDED_RULES, folded
from cmappraisal.training.grid_wordings import MARKS, STOPS, TRAINER, WEEKDAYS, whose
from cmappraisal.training.plans import ActivityKind
from cmappraisal.training.resources import Room
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.sessions import Session

MAXIMUM_ROOMS: Final = 60
"""Rooms that a grid draws: those of a large training centre."""

MAXIMUM_LESSONS: Final = 16
"""Lessons that a cell names: one for each half hour of a day."""

MAXIMUM_PEOPLE: Final = 40
"""People of a class whom the title of a lesson names."""

_Lesson: TypeAlias = Sequence[Session]
"""The sessions of a class, or a single one."""

_There: TypeAlias = Mapping[tuple[str | None, date], Sequence[_Lesson]]
"""The lessons of each room, by its id, on each day."""

_ROOMS_OF = Text("一週場地：{}", "一周场地：{}", en="Rooms of a week: {}")
_ROOM = Text("場地", "场地", en="Room")
_SEATS = Text("{} 座", "{} 座", en="{} seats")
_NO_ROOM = Text("不佔場地", "不占场地", en="No room")
_LESSONS = Text("課：{}", "课：{}", en="Lessons: {}")
_MORE_ROOMS = Text("未畫出另外 {} 個場地", "未画出另外 {} 个场地", en="Not drawn: {} more rooms")
_PEOPLE = Text("{} 人", "{} 人", en="{} people")
_TAUGHT = Text("課程及參加的人", "课程及参加的人", en="Courses and people")
_CLOSED = Text("不開放", "不开放", en="closed")

_RULES: Final = {
    **COMMON_RULES,
    " table": "width:100%;min-width:900px;margin:0;border:0;border-collapse:separate;"
    "border-spacing:3px;table-layout:fixed;background:none;color:inherit;font:inherit",
    " :is(th,td)": "padding:4px 5px;border:0;background:none;font-size:12px;font-weight:400;"
    "line-height:1.35;text-align:left;vertical-align:top;overflow-wrap:anywhere",
    " th": "color:var(--quiet)",
    " th b": "display:block;color:var(--ink);font-weight:650",
    " td": "border-radius:3px;background:var(--blank)",
    " td.shut": "color:var(--quiet);background:repeating-linear-gradient(135deg,var(--hatch) 0 "
    "1.5px,transparent 1.5px 6px) var(--ground)",
    " td .on": "display:none",
    " .lesson": "margin:0 0 4px;padding:1px 0 1px 6px;border-left:4px solid var(--quiet)",
    " .lesson:last-child": "margin:0",
    " .lesson b": "font-weight:650;font-variant-numeric:tabular-nums",
    " .shut em": "padding:0 3px;border-radius:3px;background:var(--ground);font-style:normal",
    **{
        f" .lesson.{kind.value}": f"border-left-color:var(--{kind.value})"
        for kind in ActivityKind
        if kind is not ActivityKind.MEETING
    },
    " p.heading": "margin-top:14px;font-weight:650",
    **FOLDED_RULES,
}

# Where a page is narrow, each room is a list of its days.
_NARROW_RULES: Final = {
    " table": "display:block;min-width:0",
    " thead": "display:none",
    " :is(caption,tbody,tr,th,td)": "display:block;width:auto",
    " tr": "margin-top:10px",
    " td": "margin-top:3px",
    " td.empty": "display:none",
    " td .on": "display:block;color:var(--quiet)",
}


def week_grid(schedule: Schedule, day: date, language: Language = "en") -> str:
    """The rooms of a week as a fragment of HTML: a row for each room, a column for each day.

    A cell lists the lessons of its day in their order: from when to when, what, for whom and by
    whom. A class is one lesson. What has no room stands in a row of its own. The title of a lesson
    has its courses, and the people of a class; so does a list below the rooms, which opens day by
    day.

    Args:
        schedule: The schedule, with the rooms that were assigned.
        day: Any day of the week, which begins on Monday.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style, of at most ``MAXIMUM_ROOMS`` rooms. In a narrow
        window each room is a list of its days.

    Raises:
        FieldError: ``schedule`` is no schedule, or ``day`` no date.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import VENUE_TEAM, schedule
    >>> june = schedule(VENUE_TEAM, Period.month(2026, 6), calendar=WorkCalendar())
    >>> week_grid(june, date(2026, 6, 10)).count('<div class="lesson')
    1
    """
    fits = isinstance(schedule, Schedule)
    require("week_grid", "schedule", schedule, fits, "a Schedule")
    week = CalendarSpan.WEEK.of(require_date("week_grid", "day", day))
    require_language(language)
    lessons = joined((each for each in schedule.sessions if each.on in week), schedule)
    name = worded(_ROOMS_OF, language, worded(wordings.SPAN, language, week.first, week.last))
    facts = STOPS[language].join([str(schedule.plan), worded(_LESSONS, language, len(lessons))])
    there = _there(lessons)
    rooms = _rooms(schedule, there)
    more = len(schedule.rooms) - MAXIMUM_ROOMS
    return fragment(
        "cmappraisal-week",
        _RULES,
        name,
        [
            element("p", words(name), class_="name"),
            element("p", words(facts), class_="quiet"),
            scrolling(name, _table(schedule, week, rooms, there, language)),
            *(
                element("p", words(worded(_MORE_ROOMS, language, more)), class_="heading")
                for _ in range(more > 0)
            ),
            *folded(_TAUGHT.in_language(language), _told(schedule, week, rooms, there, language)),
        ],
        language,
        narrow=_NARROW_RULES,
    )


def _there(lessons: Iterable[_Lesson]) -> _There:
    """The lessons of each room and day, in their order."""
    there: dict[tuple[str | None, date], list[_Lesson]] = {}
    for lesson in sorted(lessons, key=lambda lesson: str(lesson[0].start or "")):
        there.setdefault((lesson[0].room, lesson[0].on), []).append(lesson)
    return there


def _rooms(schedule: Schedule, there: _There) -> list[Room | None]:
    """The rooms that are drawn; None stands for no room."""
    rooms: list[Room | None] = [*schedule.rooms[:MAXIMUM_ROOMS]]
    if not rooms or any(room is None for room, _ in there):
        rooms.append(None)
    return rooms


def _in(room: Room | None, day: date, there: _There) -> Sequence[_Lesson]:
    return there.get((None if room is None else room.id, day), [])


def _table(
    schedule: Schedule,
    week: Period,
    rooms: Iterable[Room | None],
    there: _There,
    language: Language,
) -> Html:
    heads = [
        element("th", words(_ROOM.in_language(language)), scope="col"),
        *(
            element("th", element("b", words(_weekday(day, language))), words(day), scope="col")
            for day in week
        ),
    ]
    rows = [
        element(
            "tr",
            element("th", *_heading(room, language), scope="row"),
            *(_cell(schedule, room, day, _in(room, day, there), language) for day in week),
        )
        for room in rooms
    ]
    return element("table", element("thead", element("tr", *heads)), element("tbody", *rows))


def _weekday(day: date, language: Language) -> str:
    return WEEKDAYS[day.weekday()].in_language(language)


def _on(day: date, language: Language) -> str:
    return f"{_weekday(day, language)} {day}"


def _heading(room: Room | None, language: Language) -> Iterator[Html]:
    if room is None:
        yield element("b", words(_NO_ROOM.in_language(language)))
    else:
        yield element("b", words(room.id))
        yield words(worded(_SEATS, language, room.capacity))


def _cell(
    schedule: Schedule,
    room: Room | None,
    day: date,
    lessons: Sequence[_Lesson],
    language: Language,
) -> Html:
    shut = None
    if not schedule.calendar.is_working_day(day):
        shut = MARKS["off"]
    elif day in schedule.blackouts:
        shut = MARKS["blackout"]
    elif room is not None and day in room.closed:
        shut = _CLOSED
    drawn = [_lesson(schedule, lesson, language) for lesson in lessons[:MAXIMUM_LESSONS]]
    more = first_of(len(lessons) - len(drawn), [], language)
    marks = {"shut": shut is not None, "empty": not lessons}
    return element(
        "td",
        element("span", words(_on(day, language)), class_="on"),
        *(element("em", words(each.in_language(language))) for each in filter(None, [shut])),
        *drawn,
        *(element("p", words(each)) for each in more),
        class_=" ".join(mark for mark, holds in marks.items() if holds) or None,
    )


def _lesson(schedule: Schedule, lesson: _Lesson, language: Language) -> Html:
    activity = schedule.activity_of(lesson[0])
    times = [element("b", words(each)) for each in _times(lesson[0], activity.duration)]
    return element(
        "div",
        *times,
        words(f"{' ' if times else ''}{_said(schedule, lesson, language)}"),
        class_=f"lesson {activity.kind.value}",
        title="\n".join(_title(schedule, lesson, language)) or None,
    )


def _said(schedule: Schedule, lesson: _Lesson, language: Language) -> str:
    """What a lesson is, for whom, and by whom."""
    session = lesson[0]
    parts = [schedule.activity_of(session).text.in_language(language)]
    if len(lesson) > 1:
        parts.append(worded(_PEOPLE, language, len(lesson)))
    else:
        parts += whose(session, language)
    if session.trainer is not None:
        parts.append(worded(TRAINER, language, session.trainer))
    return STOPS[language].join(parts)


def _times(session: Session, minutes: int) -> Iterator[str]:
    if session.start is not None:
        begins = datetime.combine(session.on, session.start)
        ends = begins + timedelta(minutes=minutes)
        yield f"{begins:%H:%M}–{ends:%H:%M}"


def _title(schedule: Schedule, lesson: _Lesson, language: Language) -> Iterator[str]:
    """The courses of a lesson, and the people of a class, as far as it has them."""
    curriculum = schedule.plan.curriculum
    courses = [
        curriculum[id].text.in_language(language) if id in curriculum else id
        for id in lesson[0].courses
    ]
    people = [each.person for each in lesson[:MAXIMUM_PEOPLE] if each.person is not None]
    shown = [*first_of(len(lesson), people, language)] if len(lesson) > 1 else []
    yield from filter(None, (listed(each, language) for each in (courses, shown)))


def _told(
    schedule: Schedule,
    week: Period,
    rooms: Sequence[Room | None],
    there: _There,
    language: Language,
) -> Iterator[tuple[str, list[list[str]]]]:
    """The days by name, each with its lessons of which a title says more."""
    for day in week:
        yield (
            _on(day, language),
            [
                [_placed(schedule, room, lesson, language), *title]
                for room in rooms
                for lesson in _in(room, day, there)[:MAXIMUM_LESSONS]
                if (title := list(_title(schedule, lesson, language)))
            ],
        )


def _placed(schedule: Schedule, room: Room | None, lesson: _Lesson, language: Language) -> str:
    """A lesson on one line: where, from when to when, and what it is."""
    times = _times(lesson[0], schedule.activity_of(lesson[0]).duration)
    said = " ".join([*times, _said(schedule, lesson, language)])
    return said if room is None else worded(wordings.NAMED, language, room.id, said)
