"""Year grids: what a reader sees of a schedule, whatever the ids are."""

import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmappraisal import (
    LANGUAGES,
    CalendarSpan,
    FieldError,
    Language,
    LanguageError,
    Period,
    Text,
    WorkCalendar,
)
from cmappraisal.training import (
    Activity,
    ActivityKind,
    Cadence,
    Cause,
    Course,
    Curriculum,
    Domain,
    Group,
    Room,
    Schedule,
    Session,
    Shortfall,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    Trainer,
    TrainingPlan,
)
from cmappraisal.training.grid_lists import MAXIMUM_LISTED
from cmappraisal.training.year_grids import (
    MAXIMUM_COURSES,
    MAXIMUM_TITLED,
    MAXIMUM_YEARS,
    year_grid,
)
from fragments import (
    HOSTILE,
    PREFERRED,
    Reader,
    assert_all_text_can_be_read,
    assert_can_be_read_aloud,
    assert_follows_the_theme,
    assert_is_well_made,
    assert_makes_the_page_no_wider,
    assert_same_in,
    assert_style_of_a_notebook_gives_way,
    assert_touches_nothing_else,
    in_chromium,
    inks_of,
    rgb,
    shown_by_chromium,
    words,
)

YEAR = Period.year(2026)
MONDAY = date(2026, 3, 2)


def plan_of(*activities: Activity, **fields: Any) -> TrainingPlan:
    curriculum = Curriculum(
        "topics",
        "1",
        text=Text.same("topics"),
        courses=[Course("letters", Text("信函", "信函", en="Letters"), domain=Domain.SKILL)],
    )
    given = {"text": Text.same("The plan"), "curriculum": curriculum, **fields}
    return TrainingPlan("plan", "1", activities=activities, **given)


def of_kind(kind: ActivityKind) -> Activity:
    name = Text(f"{kind.text.zh_hant}甲", f"{kind.text.zh_hans}甲", en=f"{kind.text.en} one")
    return Activity(kind.value, name, kind=kind, timing=Cadence("FREQ=DAILY"))


PLAN = plan_of(
    *map(of_kind, ActivityKind),
    targets=[Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)],
)


def held(kind: ActivityKind, day: date = MONDAY, **fields: Any) -> Session:
    return Session(kind.value, **{"planned_on": day, "on": day, **fields})


def scheduled(*sessions: Session, **fields: Any) -> Schedule:
    given = {"plan": PLAN, "period": YEAR, "calendar": WorkCalendar(), **fields}
    return Schedule(**given, sessions=sessions)


FULL = scheduled(
    *(held(kind, MONDAY + timedelta(days=7 * place)) for place, kind in enumerate(ActivityKind)),
    held(ActivityKind.MEETING, date(2026, 6, 1)),
    held(ActivityKind.TEST, date(2026, 6, 1)),
    *(held(ActivityKind.STUDY, date(2026, 6, 3), number=number) for number in range(1, 121)),
    held(ActivityKind.REPORT, date(2026, 6, 6), planned_on=date(2026, 6, 5)),
    held(
        ActivityKind.COURSE,
        date(2026, 6, 8),
        planned_on=date(2026, 6, 7),
        cause=Cause.DAY_OFF,
        courses=["letters"],
        group="G-1",
        room="R-1",
        trainer="T-1",
        make_up=True,
        number=2,
    ),
    held(ActivityKind.TALK, date(2026, 6, 9), person="RM-01"),
    period=Period(date(2026, 3, 1), date(2026, 12, 31)),
    blackouts=[date(2026, 7, 1), date(2026, 7, 4)],
    full_days=[date(2026, 7, 2), date(2026, 7, 1)],
    groups=[Group("G-1", [Trainee("RM-02"), Trainee("RM-03")])],
    trainees=[Trainee("RM-01")],
    rooms=[Room("R-1", 30)],
    trainers=[Trainer("T-1", ["letters"])],
    cancelled=[held(ActivityKind.WORKSHOP, date(2026, 9, 1))],
    shortfalls=[
        Shortfall(
            "test", period=Period.month(2026, 9), missing=1, cause=ShortfallCause.NO_OPEN_DAY
        ),
        Shortfall(
            kind=ActivityKind.STUDY,
            unit=TargetUnit.DAYS,
            period=YEAR,
            missing=2,
            cause=ShortfallCause.AT_MOST,
            group="G-1",
        ),
        Shortfall("gone", period=YEAR, missing=3, cause=ShortfallCause.ORDER, person="RM-01"),
    ],
)


def titles(schedule: Schedule, language: Language = "en") -> dict[str, list[str]]:
    """The lines of each day's title after the first, by the day."""
    cells = Reader(year_grid(schedule, language)).all("td", "day")
    lines = [str(cell["title"]).split("\n") for cell in cells]
    return {line[:10]: rest for line, *rest in lines}


# The score card.


@pytest.mark.parametrize(
    ("period", "days"),
    [
        (Period.year(2026), 365),
        (Period.year(2024), 366),
        (Period(date(2026, 5, 4), date(2026, 5, 4)), 365),
        (Period(date(2025, 12, 31), date(2026, 1, 1)), 730),
        (Period.year(1), 365),
        (Period(date.max, date.max), 365),
        (Period(date.min, date.min), 365),
    ],
)
def test_a_grid_has_a_cell_for_each_day(period: Period, days: int) -> None:
    grid = Reader(year_grid(scheduled(period=period)))
    cells = grid.all("td", "day")
    assert len(cells) == days
    assert len(titles(scheduled(period=period))) == days
    inside = [cell for cell in cells if "outside" not in str(cell["class"]).split()]
    assert [str(cell["title"])[:10] for cell in inside] == [str(day) for day in period]
    for row in re.findall(r"<tr>.*?</tr>", year_grid(scheduled(period=period))):
        cells_of_row = re.findall(r'<t[dh]( colspan="(\d+)")?', row)
        assert sum(int(span or 1) for _, span in cells_of_row) == 32


def test_a_session_after_the_period_has_its_year_drawn() -> None:
    late = held(ActivityKind.TEST, date(2028, 1, 3), planned_on=date(2026, 12, 31))
    grid = Reader(year_grid(scheduled(late)))
    assert len(grid.all("table")) == 2
    assert "2028" in grid.texts
    assert "2027" not in grid.texts


def test_a_grid_of_many_years_names_what_it_leaves_out() -> None:
    def years(count: int) -> Reader:
        period = Period(date(1, 1, 1), date(count, 1, 1))
        return Reader(year_grid(scheduled(period=period)))

    assert len(years(MAXIMUM_YEARS).all("table")) == MAXIMUM_YEARS
    assert "Not drawn" not in years(MAXIMUM_YEARS).text
    all_of_time = years(9999)
    assert len(all_of_time.all("table")) == MAXIMUM_YEARS
    assert f"Not drawn: {9999 - MAXIMUM_YEARS} more years, to 9999" in all_of_time.texts


def test_a_day_shows_its_most_important_session_and_how_many_there_are() -> None:
    cells = {str(cell["title"])[:10]: cell for cell in Reader(year_grid(FULL)).all("td", "day")}
    june = cells["2026-06-01"]
    assert (june["class"], june["aria-label"]) == ("day test", "test: 2")
    assert june["title"] == "2026-06-01, Monday\nT test one\nM meeting one"
    shown = list(Reader(year_grid(FULL)).within("td", "study"))
    assert "S 99+" in shown
    assert list(Reader(year_grid(FULL)).within("td", "test")) == ["T", "T 2"]
    assert "aria-label" not in cells["2026-12-31"]


IMPORTANCE = [
    *(
        ActivityKind.TEST,
        ActivityKind.STUDY,
        ActivityKind.WORKSHOP,
        ActivityKind.COMPETITION,
        ActivityKind.COURSE,
    ),
    *(ActivityKind.TALK, ActivityKind.REPORT, ActivityKind.REQUEST, ActivityKind.MEETING),
    *(ActivityKind.SELF_STUDY, ActivityKind.ON_THE_JOB),
]


@pytest.mark.parametrize(("more", "less"), list(pairwise(IMPORTANCE)))
def test_kinds_have_an_order(more: ActivityKind, less: ActivityKind) -> None:
    assert set(IMPORTANCE) == set(ActivityKind)
    both = scheduled(held(less), held(more))
    assert len(Reader(year_grid(both)).all("td", more.value)) == 1
    assert Reader(year_grid(both)).all("td", less.value) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_names_each_kind_by_a_letter_of_its_word(language: Language) -> None:
    fragment = year_grid(FULL, language)
    letters = {}
    for kind in IMPORTANCE:
        word = kind.text.in_language(language)
        (letter, count) = re.findall(
            rf'<li><span class="day {kind.value}" aria-hidden="true"><b>(.)</b></span>'
            rf"<span>{word}</span><b>(\d+)</b></li>",
            fragment,
        )[0]
        assert letter.lower() in word
        assert int(count) == sum(
            FULL.activity_of(session).kind is kind for session in FULL.sessions
        )
        letters[kind] = letter
    assert len(set(letters.values())) == len(ActivityKind)
    assert list(Reader(fragment).within("td", "workshop")) == [letters[ActivityKind.WORKSHOP]]


def test_the_legend_has_the_kinds_of_the_plan_and_the_marks_that_are_there() -> None:
    plan = plan_of(of_kind(ActivityKind.STUDY))
    legend = Reader(year_grid(scheduled(plan=plan))).within("ul", "legend")
    assert list(legend) == ["S study 0 day off"]
    (legend_of_all,) = Reader(year_grid(FULL)).within("ul", "legend")
    assert legend_of_all.endswith(
        "day off × blackout = full day outside the period moved to this day"
    )
    every_day = scheduled(plan=plan_of(), calendar=WorkCalendar(()))
    assert list(Reader(year_grid(every_day)).within("ul", "legend")) == [""]


def test_marks_stand_in_the_cell_and_in_its_title() -> None:
    cells = {
        str(cell["title"]): str(cell["class"]) for cell in Reader(year_grid(FULL)).all("td", "day")
    }
    assert cells["2026-07-01, Wednesday\nblackout\nfull day"] == "day blackout full"
    assert cells["2026-07-02, Thursday\nfull day"] == "day full"
    assert cells["2026-07-04, Saturday\nday off\nblackout"] == "day off blackout"
    assert cells["2026-01-03, Saturday\nday off\noutside the period"] == "day off outside"
    assert cells["2026-07-03, Friday"] == "day"
    signs = [*Reader(year_grid(FULL)).within("td", "blackout")]
    assert signs == ["×", "×"]
    assert list(Reader(year_grid(FULL)).within("td", "full")) == ["×", "="]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_days_of_which_a_title_says_more_are_listed_by_their_months(language: Language) -> None:
    listed = Reader(year_grid(FULL, language)).told
    said = titles(FULL, language)
    days = {lines[0][:10]: lines[1:] for items in listed.values() for lines in items}
    assert {day: said[day] for day in days} == days
    blackouts_and_full_days = {"2026-07-01", "2026-07-02", "2026-07-04"}
    assert set(days) == {str(each.on) for each in FULL.sessions} | blackouts_and_full_days
    months = {"en": "Jul", "zh-Hant": "7月", "zh-Hans": "7月"}
    assert [lines[0][:10] for lines in listed[months[language]]] == sorted(blackouts_and_full_days)


def test_a_day_with_a_name_or_a_half_day_is_listed_and_a_plain_one_is_not() -> None:
    labour_day = date(2026, 5, 1)
    named = WorkCalendar(
        holidays=[labour_day],
        names={labour_day: "Labour Day"},
        half_days=[date(2026, 12, 31)],
    )
    listed = Reader(year_grid(scheduled(calendar=named))).told
    assert listed == {
        "May": [["2026-05-01, Friday", "Labour Day", "day off"]],
        "Dec": [["2026-12-31, Thursday", "half working day"]],
    }
    assert "<details>" not in year_grid(scheduled())


def test_a_title_has_all_of_a_session() -> None:
    days = titles(FULL)
    assert days["2026-06-06"] == ["day off", "R report one; moved from 2026-06-05"]
    assert days["2026-06-08"] == [
        "C course one; group G-1; number 2; make-up session; "
        "moved from 2026-06-07: a day off; room R-1; trainer T-1; courses: Letters"
    ]
    assert days["2026-06-09"] == ["K talk one; for RM-01"]
    assert len(Reader(year_grid(FULL)).all("td", "moved")) == 2
    assert titles(FULL, "zh-Hans")["2026-06-08"] == [
        "课 课程甲；G-1组；第 2 场；补训；原定 2026-06-07：非工作日；场地 R-1；讲师 T-1；课程：信函"
    ]


def test_a_title_is_bounded() -> None:
    crowded = titles(FULL)["2026-06-03"]
    assert len(crowded) == MAXIMUM_TITLED + 1
    assert crowded[-1] == f"and {120 - MAXIMUM_TITLED} more"
    courses = [f"C-{number}" for number in range(1, MAXIMUM_COURSES + 3)]
    (taught,) = titles(scheduled(held(ActivityKind.COURSE, courses=courses)))[str(MONDAY)]
    assert taught == "C course one; courses: C-1, C-2, C-3, C-4, C-5, and 2 more"


def test_hundreds_of_groups_make_no_page_that_cannot_be_shown() -> None:
    groups = [Group(f"branch-{number}", [Trainee(f"RM-{number}")]) for number in range(200)]
    months = [date(2026, month, 15) for month in range(1, 13)]
    many = scheduled(
        *(held(ActivityKind.STUDY, day, group=group.id) for day in months for group in groups),
        groups=groups,
    )
    grid = year_grid(many)
    assert len(grid) < 100_000
    assert max(map(len, titles(many).values())) == MAXIMUM_TITLED + 2  # one on a day off
    assert titles(many)["2026-05-15"][-1] == f"and {200 - MAXIMUM_TITLED} more"
    assert "People: 200 · Groups: 200" in grid
    assert "Sessions: 2400" in grid


def test_shortfalls_are_listed_in_words() -> None:
    listed = next(Reader(year_grid(FULL)).within("ul", "listed"))
    assert listed == (
        "2026-09-01 to 2026-09-30: test one; 1 missing; no working day is left for it "
        "2026-01-01 to 2026-12-31: target of study; group G-1; 2 days missing; "
        "no more of it can be held "
        "2026-01-01 to 2026-12-31: gone; for RM-01; 3 missing; it cannot come in its order"
    )
    assert "Shortfalls: 3" in Reader(year_grid(FULL)).texts
    assert "No shortfalls." in Reader(year_grid(scheduled())).texts


@pytest.mark.parametrize(("unit", "amount"), [(None, "2"), (TargetUnit.HOURS, "2 hours")])
def test_a_shortfall_has_its_unit(unit: TargetUnit | None, amount: str) -> None:
    shortfall = Shortfall(
        kind=ActivityKind.STUDY, unit=unit, period=YEAR, missing=2, cause=ShortfallCause.AT_MOST
    )
    grid = Reader(year_grid(scheduled(shortfalls=[shortfall])))
    assert f"; {amount} missing; " in grid.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_needed_course_that_no_activity_takes_is_named(language: Language) -> None:
    known, gone = (
        Shortfall(
            course=id,
            period=YEAR,
            missing=1,
            cause=ShortfallCause.NOT_BY_NEED,
            person="RM-01",
        )
        for id in ("letters", "gone")
    )
    text = Reader(year_grid(scheduled(shortfalls=[known, gone]), language)).text
    names = FULL.plan.curriculum["letters"].text.in_language(language), "gone"
    for name in names:
        needed = {"zh-Hant": f"所需課程「{name}」", "zh-Hans": f"所需课程“{name}”"}
        assert needed.get(language, f"needed course {name}; for RM-01; 1 missing; ") in text


def test_what_is_cancelled_is_struck_through() -> None:
    grid = Reader(year_grid(FULL))
    assert list(grid.within("s")) == ["2026-09-01: W workshop one"]
    assert titles(FULL)["2026-09-01"] == []
    assert "Cancelled" not in year_grid(scheduled())


def test_lists_are_bounded() -> None:
    missing = Shortfall("test", period=YEAR, missing=1, cause=ShortfallCause.ORDER)
    for count, more in ((MAXIMUM_LISTED, 0), (MAXIMUM_LISTED + 7, 2)):
        cancelled = [held(ActivityKind.MEETING, number=number) for number in range(1, count + 1)]
        grid = Reader(year_grid(scheduled(shortfalls=[missing] * count, cancelled=cancelled)))
        assert grid.texts.count("and 7 more") == more
        assert f"Shortfalls: {count}" in grid.texts
        assert f"Cancelled: {count}" in grid.texts
        assert len(grid.all("s")) == MAXIMUM_LISTED


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_in_its_words(language: Language) -> None:
    assert_same_in(year_grid, FULL, language)


def test_english_is_the_language_where_none_is_given() -> None:
    assert year_grid(FULL) == year_grid(FULL, "en")


def test_a_grid_needs_and_touches_nothing_else() -> None:
    assert_touches_nothing_else(year_grid(FULL))


def test_a_grid_can_be_read_aloud() -> None:
    assert_can_be_read_aloud(year_grid(FULL))


@pytest.mark.parametrize("wrong", [None, "RM-01", 7, [], YEAR])
def test_what_cannot_be_drawn_is_rejected(wrong: Any) -> None:
    with pytest.raises(FieldError, match=r"year_grid: schedule is .*; allowed: a Schedule"):
        year_grid(wrong)


@pytest.mark.parametrize("language", ["fr", "EN", "", None, 1, ["en"]])
def test_another_language_is_rejected(language: Any) -> None:
    with pytest.raises(LanguageError):
        year_grid(FULL, language)


def test_a_notebook_shows_the_grid() -> None:
    assert FULL._repr_html_() == year_grid(FULL)


# Whatever the ids are.


def named_schedule(word: str) -> Schedule:
    """A schedule in which all that has a name has this one."""
    text = Text.same(word)
    curriculum = Curriculum(
        word, word, text=text, courses=[Course(word, text, domain=Domain.SKILL)]
    )
    activity = Activity(word, text, kind=ActivityKind.TALK, timing=Cadence("FREQ=DAILY"))
    plan = TrainingPlan(word, word, text=text, curriculum=curriculum, activities=[activity])
    held_by_all = Session(
        word,
        MONDAY,
        on=MONDAY,
        courses=[word, f"{word[:199]}2"],
        room=word,
        trainer=word,
        group=word,
    )
    return Schedule(
        plan,
        YEAR,
        calendar=WorkCalendar(),
        groups=[Group(word, [Trainee(word)])],
        rooms=[Room(word, 1)],
        trainers=[Trainer(word, [word])],
        sessions=[held_by_all],
        cancelled=[attrs.evolve(held_by_all, person=word, group=None)],
        shortfalls=[
            Shortfall(
                word, period=YEAR, missing=1, cause=ShortfallCause.ORDER, group=word, person=word
            ),
            Shortfall(f"{word[:199]}2", period=YEAR, missing=1, cause=ShortfallCause.ORDER),
        ],
    )


def assert_shown(word: str) -> None:
    grid = Reader(year_grid(named_schedule(word)))
    assert grid.skeleton == Reader(year_grid(named_schedule("tame"))).skeleton
    other = f"{word[:199]}2"
    assert list(grid.within("p", "name")) == [word]
    (cell,) = grid.all("td", "talk")
    assert cell["title"] == (
        f"2026-03-02, Monday\nK {word}; group {word}; room {word}; trainer {word}; "
        f"courses: {word}, {other}"
    )
    assert f"2026-03-02: K {word}; for {word}; room" in grid.text
    assert f": {word}; group {word}; for {word}; 1 missing" in grid.text
    assert f": {other}; 1 missing" in grid.text


@pytest.mark.parametrize("word", HOSTILE)
def test_a_hostile_id_is_read_back_as_it_is(word: str) -> None:
    assert_shown(word)


@given(words)
def test_any_id_is_read_back_as_it_is(word: str) -> None:
    assert_shown(word)


# What Chromium shows.

GRIDS = [
    *(year_grid(FULL, language) for language in LANGUAGES),
    year_grid(named_schedule("<b>" * 60)),
]


@pytest.fixture(scope="module", params=PREFERRED)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Chromium makes of the grids, where the system prefers light or dark."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    return shown_by_chromium("".join(GRIDS), request.param, folder)


@in_chromium
def test_chromium_reads_the_grids_as_they_are_written(seen: Any) -> None:
    assert Reader(seen["parsed"]).events == Reader("".join(GRIDS)).events


@in_chromium
def test_the_page_around_is_left_as_it_is(seen: Any) -> None:
    assert seen["leaks"] is False


@in_chromium
def test_a_grid_follows_the_page_and_the_theme_of_jupyter(seen: Any) -> None:
    assert_follows_the_theme(seen)


@in_chromium
@pytest.mark.parametrize("theme", ["page", "light", "dark"])
def test_all_text_can_be_read(seen: Any, theme: str) -> None:
    assert len(inks_of(seen, theme)) >= len(ActivityKind)
    assert_all_text_can_be_read(seen, theme)


@in_chromium
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_kind_has_a_colour_of_its_own(seen: Any, theme: str) -> None:
    fills = seen["looks"][theme]["fills"]
    kinds = [rgb(fills[f"day {kind.value}"]) for kind in ActivityKind]
    apart = [
        sum(abs(one - other) for one, other in zip(first, second, strict=True))
        for place, first in enumerate(kinds)
        for second in kinds[:place]
    ]
    assert min(apart) >= 60


@in_chromium
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_every_day_is_seen_whole(seen: Any, width: str) -> None:
    days = seen[width]["days"]
    assert len(days) == len(GRIDS) * 365
    for day in days:
        assert day["width"] >= 20
        assert day["height"] >= 20
        assert day["title"]
        for content in day["content"]:
            assert content["width"] > 0
            assert day["left"] <= content["left"]
            assert content["right"] <= day["right"]
            assert day["top"] <= content["top"]
            assert content["bottom"] <= day["bottom"]


@in_chromium
@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_makes_the_page_wider(seen: Any, width: str) -> None:
    assert_makes_the_page_no_wider(seen, width)


@in_chromium
def test_a_notebooks_style_of_tables_gives_way(seen: Any) -> None:
    assert_style_of_a_notebook_gives_way(seen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_grid_is_well_made(language: Language) -> None:
    for schedule in (FULL, scheduled()):
        assert_is_well_made(year_grid(schedule, language))


@pytest.mark.parametrize(("count", "shown"), [(1, "T"), (2, "T 2"), (99, "T 99"), (100, "T 99+")])
def test_a_day_counts_its_sessions_up_to_two_digits(count: int, shown: str) -> None:
    tests = [held(ActivityKind.TEST, number=number) for number in range(1, count + 1)]
    read = Reader(year_grid(scheduled(*tests)))
    assert list(read.within("td", "test")) == [shown]
