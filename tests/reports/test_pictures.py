"""Pictures: what a reader sees of an appraisal and of a schedule, whatever the ids are.

Chromium is there where CMAPPRAISAL_CHROMIUM has its path, or where it is on the path of commands.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import (
    ERROR_POINTS,
    LANGUAGES,
    Appraisal,
    Effect,
    FieldError,
    Grade,
    Language,
    LanguageError,
    Ledger,
    PendingAppeals,
    Period,
    Policy,
    Recorded,
    Rule,
    Rulebook,
    Text,
    UnstatedUnit,
    Violation,
    WorkCalendar,
    score,
)
from cmappraisal.fields import is_identifier
from cmappraisal.interop.strategies import appraisals
from cmappraisal.reports.score_cards import MAXIMUM_LINES, score_card
from cmappraisal.training.year_grids import (
    MAXIMUM_COURSES,
    MAXIMUM_LISTED,
    MAXIMUM_TITLED,
    MAXIMUM_YEARS,
    year_grid,
)
from cmappraisal.standards import Citation, Deduction, Part, Referral, Unit
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
    Span,
    Target,
    TargetUnit,
    Trainee,
    Trainer,
    TrainingPlan,
)

NOON = datetime(2026, 12, 30, 12, tzinfo=UTC)
YEAR = Period.year(2026)
MONDAY = date(2026, 3, 2)
CHROMIUM = os.environ.get("CMAPPRAISAL_CHROMIUM") or shutil.which("chromium")

Attributes = tuple[tuple[str, str | None], ...]
Event = tuple[str, str, Attributes]


# Reading a fragment as a browser does.


class Reader(HTMLParser):
    """What a fragment is made of: its elements in order, and the text between them."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.style = ""
        self._open: list[str] = []
        self.feed(fragment)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        self.events.append(("open", tag, tuple(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        self.events.append(("close", tag, ()))

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            self.style += data
        else:
            self.events.append(("text", data, ()))

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    @property
    def skeleton(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The elements with the names of their attributes, and without any of the words."""
        return [
            (kind, name, tuple(attribute for attribute, _ in attributes))
            for kind, name, attributes in self.events
            if kind != "text"
        ]

    @property
    def texts(self) -> list[str]:
        return [words for kind, words, _ in self.events if kind == "text"]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    def all(self, name: str, of_class: str | None = None) -> list[dict[str, str | None]]:
        """The attributes of the elements of a name, and of a class where one is given."""
        return [
            dict(attributes)
            for kind, tag, attributes in self.events
            if (kind, tag) == ("open", name) and has_class(attributes, of_class)
        ]

    def within(self, name: str, of_class: str | None = None) -> Iterator[str]:
        """The text of each element of a name, and of a class where one is given."""
        depth = 0
        words: list[str] = []
        for kind, tag, attributes in self.events:
            if depth and kind == "text":
                words.append(tag)
            elif depth:
                depth += 1 if kind == "open" else -1
                if depth == 0:
                    yield " ".join(words)
            elif (kind, tag) == ("open", name):
                depth = int(has_class(attributes, of_class))
                words = []


def has_class(attributes: Attributes, name: str | None) -> bool:
    return name is None or name in str(dict(attributes).get("class")).split()


# What is drawn.


def found(id: str, rule: str, day: int = 2, month: int = 3, **fields: Any) -> Violation:
    return Violation(id, "RM-01", rule=rule, occurred_on=date(2026, month, day), **fields)


def appraised(*violations: Violation, appealed: tuple[str, ...] = (), **policy: Any) -> Appraisal:
    ledger = Ledger(Recorded(violation, at=NOON) for violation in violations)
    for id in appealed:
        ledger = ledger.appeal(id, at=NOON, grounds="on leave")
    return score(ledger, ERROR_POINTS, YEAR, manager="RM-01", policy=Policy(**policy))


RICH = appraised(
    found("V-01", "1.1", circumstances=["severe-effect", "egregious"], month=1),
    found("V-02", "1.4", assessed_points="6.5", day=3),
    found("V-03", "1.5", day=4),
    found("V-04", "1.8", quantity=2, day=5),
    found("V-05", "1.8", day=6),
    found("V-06", "3.15", refers_to="3.2b", circumstances=["risk"], day=7),
    found("V-07", "3.17b", incident="flat", day=8),
    found("V-08", "3.3", incident="flat", day=8),
    found("V-09", "3.18", incident="flat", day=8),
    found("V-10", "3.8", incident="flat", day=8),
    found("V-11", "4.1a", quantity=3, day=9),
    appealed=("V-11",),
    unstated_unit=UnstatedUnit.ONCE_A_PERIOD,
    full_marks=200,
    grades=[
        Grade("A", Text("甲", "甲", en="sound"), at_least=150, below=None),
        Grade("B", Text("乙", "乙", en="fair"), at_least=None, below=150),
    ],
)


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
    targets=[Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=Span.YEAR)],
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


def test_a_card_shows_the_figures_of_the_appraisal() -> None:
    card = Reader(score_card(RICH))
    assert list(card.within("p", "name")) == ["RM-01"]
    assert "2026-01-01 to 2026-12-31" in card.text
    assert "Error-points standard for relationship managers (error-points 1.0)" in card.text
    (facts,) = card.within("dl")
    assert facts == "Score 126.5  of 200 Grade fair Error points 73.5 Qualification ✕ revoked"
    assert list(card.within("td", "number")) == [
        *(str(subtotal.points) for subtotal in RICH.subtotals),
        str(RICH.points),
        *(str(line.points) for line in RICH.lines),
    ]
    assert list(card.within("td", "date")) == [
        str(line.violation.occurred_on) for line in RICH.lines
    ]
    assert list(card.within("td", "violation")) == [line.violation.id for line in RICH.lines]


def widths(appraisal: Appraisal) -> list[str | None]:
    spans = Reader(score_card(appraisal)).all("span")
    return [span["style"] for span in spans if "style" in span]


def test_a_bar_is_as_long_as_its_share() -> None:
    shares = [float(100 * each.points / RICH.points) for each in RICH.subtotals]
    expected = [float(Decimal("126.5") / 2), *shares]
    assert widths(RICH) == [f"width:{share:.1f}%" for share in expected]


@pytest.mark.parametrize(
    ("policy", "width"),
    [
        ({"full_marks": 10, "floor": None}, "0.0"),
        ({"full_marks": 10, "floor": 0}, "0.0"),
        ({"full_marks": 0, "floor": None}, "0.0"),
        ({"full_marks": -5, "floor": None}, "0.0"),
    ],
)
def test_a_bar_never_leaves_its_track(policy: dict[str, Any], width: str) -> None:
    assert widths(appraised(found("V-1", "1.1"), **policy))[0] == f"width:{width}%"
    more = attrs.evolve(appraised(), score=Decimal(900))
    assert widths(more)[0] == "width:100.0%"


def test_a_card_says_why_a_line_does_not_count() -> None:
    card = Reader(score_card(RICH))
    nothing = [line.violation.id for line in RICH.lines if not line.points and not line.revokes]
    rows = list(card.within("tr", "nothing"))
    assert [re.findall(r"V-\d+", row) for row in rows] == [[id] for id in nothing]
    assert all(row.endswith(" 0") and "does not count" in row for row in rows)
    assert len(rows) >= 4


def test_a_card_tags_what_matters_in_a_line() -> None:
    tags = dict(
        zip(
            [line.violation.id for line in RICH.lines],
            [[words for words in row.split("|") if words] for row in tagged(RICH)],
            strict=True,
        )
    )
    assert tags["V-02"] == ["set by the assessor"]
    assert tags["V-03"] == ["deducts no points", "revokes the qualification"]
    assert tags["V-04"] == []
    assert tags["V-06"] == ["aggravated"]
    assert tags["V-08"] == ["does not count: a special rule applies"]
    assert tags["V-09"] == ["does not count: another rule of the chapter applies"]
    assert tags["V-11"] == ["under appeal"]


def tagged(appraisal: Appraisal) -> list[str]:
    """The tags of each line, put together."""
    fragment = score_card(appraisal)
    cells = re.findall(r'<td class="rule">.*?</td>', fragment)
    return ["|".join(re.findall(r'<span class="tag">(.*?)</span>', cell)) for cell in cells]


def test_every_effect_that_loses_points_has_a_tag() -> None:
    silent = {Effect.REFERRED, Effect.STATED, Effect.UNIT_ASSUMED, Effect.NO_EFFECT}
    step = RICH.lines[0].steps[0]
    for effect in Effect:
        line = attrs.evolve(RICH.lines[0], steps=(attrs.evolve(step, effect=effect),))
        (tags,) = tagged(attrs.evolve(RICH, lines=(line,)))
        assert bool(tags) == (effect not in silent)
    outright, by_circumstances = (
        attrs.evolve(step, effect=effect) for effect in (Effect.REVOKED_OUTRIGHT, Effect.REVOKED)
    )
    twice = attrs.evolve(RICH.lines[0], steps=(outright, by_circumstances))
    assert tagged(attrs.evolve(RICH, lines=(twice,))) == ["revokes the qualification"]


def test_a_card_shows_both_rules_of_a_referral() -> None:
    (rule,) = [row for row in Reader(score_card(RICH)).within("td", "rule") if "3.15" in row]
    assert ERROR_POINTS["3.15"].text.en in rule
    assert f"applies 3.2b {ERROR_POINTS['3.2b'].text.en}" in rule


def test_a_card_without_score_grade_or_lines() -> None:
    bare = Reader(score_card(appraised(full_marks=None, floor=None)))
    assert "Score" not in bare.texts
    assert "Grade" not in bare.texts
    assert "No violation stands in the period." in bare.texts
    assert "kept" in bare.texts
    assert "✓" in bare.texts
    assert len(bare.all("table")) == 1


def test_a_card_says_as_of_when() -> None:
    assert "as known at" not in score_card(RICH)
    known = attrs.evolve(RICH, as_of=NOON)
    assert "as known at 2026-12-30 12:00:00+00:00" in score_card(known)


def test_a_suspended_line_is_under_appeal() -> None:
    suspended = appraised(
        found("V-1", "2.1"), appealed=("V-1",), pending_appeals=PendingAppeals.SUSPEND
    )
    assert tagged(suspended) == ["under appeal: does not count meanwhile"]


def test_a_long_card_ends_with_how_much_is_left_out() -> None:
    def long(count: int) -> Reader:
        return Reader(score_card(attrs.evolve(RICH, lines=RICH.lines[1:2] * count)))

    assert "more" not in long(MAXIMUM_LINES).text
    longer = long(MAXIMUM_LINES + 3)
    assert longer.texts[-1] == "and 3 more, which count 19.5"
    assert len(list(longer.within("td", "violation"))) == MAXIMUM_LINES
    assert f"Violations: {MAXIMUM_LINES + 3}" in longer.texts


@given(appraisals(), st.sampled_from(LANGUAGES))
def test_any_appraisal_has_a_card(appraisal: Appraisal, language: Language) -> None:
    card = Reader(score_card(appraisal, language))
    assert list(card.within("p", "name")) == [appraisal.manager]
    assert list(card.within("td", "violation")) == [line.violation.id for line in appraisal.lines]


# The year.


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


def test_a_grid_of_many_years_says_what_it_leaves_out() -> None:
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
        "day off × kept free = taken already outside the period moved to this day"
    )
    every_day = scheduled(plan=plan_of(), calendar=WorkCalendar(()))
    assert list(Reader(year_grid(every_day)).within("ul", "legend")) == [""]


def test_marks_stand_in_the_cell_and_in_its_title() -> None:
    cells = {
        str(cell["title"]): str(cell["class"]) for cell in Reader(year_grid(FULL)).all("td", "day")
    }
    assert cells["2026-07-01, Wednesday\nkept free\ntaken already"] == "day free full"
    assert cells["2026-07-02, Thursday\ntaken already"] == "day full"
    assert cells["2026-07-04, Saturday\nday off\nkept free"] == "day off free"
    assert cells["2026-01-03, Saturday\nday off\noutside the period"] == "day off outside"
    assert cells["2026-07-03, Friday"] == "day"
    signs = [*Reader(year_grid(FULL)).within("td", "free")]
    assert signs == ["×", "×"]
    assert list(Reader(year_grid(FULL)).within("td", "full")) == ["×", "="]


def test_a_title_tells_all_of_a_session() -> None:
    days = titles(FULL)
    assert days["2026-06-06"] == ["day off", "R report one; moved from 2026-06-05"]
    assert days["2026-06-08"] == [
        "C course one; group G-1; number 2; added to meet a target; "
        "moved from 2026-06-07: a day off; room R-1; trainer T-1; courses: Letters"
    ]
    assert days["2026-06-09"] == ["K talk one; for RM-01"]
    assert len(Reader(year_grid(FULL)).all("td", "moved")) == 2
    assert titles(FULL, "zh-Hans")["2026-06-08"] == [
        "课 课程甲；G-1组；第 2 场；为达到目标而增加；原定 2026-06-07：非工作日；"
        "场地 R-1；讲师 T-1；课程：信函"
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


def test_what_is_missing_is_told_in_words() -> None:
    told = next(Reader(year_grid(FULL)).within("ul", "listed"))
    assert told == (
        "2026-09-01 to 2026-09-30: test one; 1 missing; no working day is left for it "
        "2026-01-01 to 2026-12-31: target of study; group G-1; 2 days missing; "
        "no more of it can be held "
        "2026-01-01 to 2026-12-31: gone; for RM-01; 3 missing; it cannot come in its order"
    )
    assert "Not met: 3" in Reader(year_grid(FULL)).texts
    assert "Nothing is missing." in Reader(year_grid(scheduled())).texts


@pytest.mark.parametrize(("unit", "amount"), [(None, "2"), (TargetUnit.HOURS, "2 hours")])
def test_what_is_missing_is_told_in_its_unit(unit: TargetUnit | None, amount: str) -> None:
    lacking = Shortfall(
        kind=ActivityKind.STUDY, unit=unit, period=YEAR, missing=2, cause=ShortfallCause.AT_MOST
    )
    grid = Reader(year_grid(scheduled(shortfalls=[lacking])))
    assert f"; {amount} missing; " in grid.text


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
        assert f"Not met: {count}" in grid.texts
        assert f"Cancelled: {count}" in grid.texts
        assert len(grid.all("s")) == MAXIMUM_LISTED


# Both.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", [lambda: (score_card, RICH), lambda: (year_grid, FULL)])
def test_each_language_says_the_same_in_its_own_words(draw: Any, language: Language) -> None:
    picture, drawn = draw()
    fragment = Reader(picture(drawn, language))
    assert fragment.skeleton == Reader(picture(drawn)).skeleton
    root = fragment.all("div")[0]
    assert root["lang"] == language
    assert root["role"] == "group"
    has_chinese = re.search(r"[一-鿿]", fragment.text)
    assert bool(has_chinese) == (language != "en")


def test_english_is_what_is_spoken_where_nothing_is_said() -> None:
    assert score_card(RICH) == score_card(RICH, "en")
    assert year_grid(FULL) == year_grid(FULL, "en")


@pytest.mark.parametrize("fragment", [score_card(RICH), year_grid(FULL)])
def test_a_fragment_needs_and_touches_nothing_else(fragment: str) -> None:
    read = Reader(fragment)
    assert {tag for _, tag, _ in read.skeleton}.isdisjoint(
        {"script", "link", "img", "iframe", "svg", "a", "base", "meta", "html", "body"}
    )
    names = {name for _, _, names in read.skeleton for name in names}
    assert not [name for name in names if name.startswith("on")]
    assert names.isdisjoint({"id", "src", "href"})
    assert not re.search(r"url\(|@import|//", read.style)
    root = dict(read.events[0][2])["class"]
    for selector in re.findall(r"^(?:@media[^{]*\{)?([^{@]+)\{", read.style, re.MULTILINE):
        assert re.match(rf"(\[data-jp-theme-light=\"\w+\"\] )?div\.{root}\[lang\]", selector)


@pytest.mark.parametrize("fragment", [score_card(RICH), year_grid(FULL)])
def test_a_table_can_be_read_aloud(fragment: str) -> None:
    read = Reader(fragment)
    assert len(read.all("table")) == len(re.findall("<table><caption>[^<]+</caption>", fragment))
    assert {head["scope"] for head in read.all("th")} == {"col", "row"}
    boxes = read.all("div", "scroll")
    assert len(boxes) == len(read.all("table"))
    for box in boxes:
        assert (box["role"], box["tabindex"]) == ("region", "0")
        assert box["aria-label"]


@pytest.mark.parametrize("wrong", [None, "RM-01", 7, [], YEAR])
def test_what_cannot_be_drawn_is_refused(wrong: Any) -> None:
    with pytest.raises(FieldError, match=r"score_card: appraisal is .*; allowed: an Appraisal"):
        score_card(wrong)
    with pytest.raises(FieldError, match=r"year_grid: schedule is .*; allowed: a Schedule"):
        year_grid(wrong)


@pytest.mark.parametrize("language", ["fr", "EN", "", None, 1, ["en"]])
def test_another_language_is_refused(language: Any) -> None:
    with pytest.raises(LanguageError):
        score_card(RICH, language)
    with pytest.raises(LanguageError):
        year_grid(FULL, language)


# Whatever the ids are.


def named_card(word: str) -> Appraisal:
    """An appraisal in which all that has a name has this one."""
    text = Text.same(word)
    other = f"{word[:199]}2"
    rules = [
        Rule(word, text, penalty=Deduction(1, Unit.OCCURRENCE), citation=Citation(1, 1)),
        Rule(other, text, penalty=Referral(to=[word]), citation=Citation(1, 2)),
    ]
    rulebook = Rulebook(word, word, text=text, parts=[Part(1, text, rules=rules)])
    violations = [
        Violation(word, word, rule=word, occurred_on=MONDAY),
        Violation(other, word, rule=other, occurred_on=MONDAY + timedelta(1), refers_to=word),
    ]
    ledger = Ledger(Recorded(violation, at=NOON) for violation in violations)
    policy = Policy(grades=[Grade(word, text, at_least=None, below=None)])
    return score(ledger, rulebook, YEAR, manager=word, policy=policy)


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


HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</style><style>*{color:red}</style>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp &#60;b> &",
    "<!-- --> <![CDATA[ ]]> <?php ?>",
    "{} {0} {language} %s \\n $x",
    "</div></td></table>",
    "客戶經理🙂‐é́",
    "x" * 200,
    "<" * 200,
]

words = st.text(min_size=1, max_size=30).filter(is_identifier) | st.lists(
    st.sampled_from([*"<>&\"'/=;#x -!{}", "script", "客", "🙂", "&#60;", "</", "<!--"]),
    min_size=1,
    max_size=20,
).map("".join).filter(is_identifier)


def assert_told(word: str) -> None:
    card, grid = Reader(score_card(named_card(word))), Reader(year_grid(named_schedule(word)))
    assert card.skeleton == Reader(score_card(named_card("tame"))).skeleton
    assert grid.skeleton == Reader(year_grid(named_schedule("tame"))).skeleton
    other = f"{word[:199]}2"
    assert list(card.within("p", "name")) == [word]
    assert card.all("div")[0]["aria-label"] == f"Appraisal of {word}"
    assert f"2026-01-01 to 2026-12-31 · {word} ({word} {word})" in card.texts
    assert list(card.within("td", "violation")) == [word, other]
    assert f"applies {word} {word}" in card.texts
    assert f"1. {word}" in card.texts
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
    assert_told(word)


@given(words)
def test_any_id_is_read_back_as_it_is(word: str) -> None:
    assert_told(word)


# What Chromium shows.

SCRIPT = """
const properties = element => Array.from(
  getComputedStyle(element), name => [name, getComputedStyle(element).getPropertyValue(name)]);
const outside = () => JSON.stringify(
  Array.from(document.querySelectorAll("#outside, #outside *"), properties));
const box = element => {
  const {width, height, left, right, top, bottom} = element.getBoundingClientRect();
  return {width, height, left, right, top, bottom};
};
const ground = element => {
  const colour = getComputedStyle(element).backgroundColor;
  return colour === "rgba(0, 0, 0, 0)" ? ground(element.parentElement) : colour;
};
const inks = root => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pairs = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.tagName === "STYLE" || !walker.currentNode.data.trim()) continue;
    pairs.add([getComputedStyle(parent).color, ground(parent)].join("|"));
  }
  return [...pairs];
};
const template = document.querySelector("template");
const before = outside();
const host = document.querySelector("#host");
const parsed = template.innerHTML;
host.append(template.content.cloneNode(true));
const roots = () => [...host.children];
const look = theme => {
  if (theme) document.body.dataset.jpThemeLight = theme;
  return {
    ground: roots().map(ground),
    inks: roots().map(inks),
    fills: Object.fromEntries(Array.from(
      host.querySelectorAll(".legend .day"), key => [key.className, ground(key)])),
    bars: [...new Set(Array.from(host.querySelectorAll(".bar > span"), ground))],
  };
};
const fit = width => {
  host.style.width = width;
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    roots: roots().map(root => [root.scrollWidth - root.clientWidth, box(root).width]),
    days: Array.from(host.querySelectorAll("td.day"), cell => ({
      ...box(cell), title: cell.title, content: Array.from(cell.children, box)})),
    aligned: [...new Set(Array.from(
      host.querySelectorAll("td.number"), cell => getComputedStyle(cell).textAlign))],
  };
};
const seen = {
  dark: matchMedia("(prefers-color-scheme: dark)").matches,
  parsed,
  leaks: before !== outside(),
  looks: {page: look(), light: look("true"), dark: look("false")},
  wide: fit("auto"),
  narrow: fit("400px"),
};
const pre = document.createElement("pre");
pre.textContent = JSON.stringify(seen);
document.body.replaceChildren(pre);
"""

# What a notebook says of the tables that its outputs hold, and a page of its own elements.
PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><title>Pictures</title><style>
html {{ overflow-y: scroll }}
body {{ margin: 8px }}
.jp-RenderedHTMLCommon table {{ table-layout: fixed; margin: 0 auto 1em; font-size: 12px }}
.jp-RenderedHTMLCommon :is(td, th, tr) {{ text-align: right; padding: 0.5em; max-width: none }}
.jp-RenderedHTMLCommon tbody tr:nth-child(odd) {{ background: rgb(90, 90, 90) }}
.jp-RenderedHTMLCommon ul {{ padding-left: 20px }}
</style></head><body class="jp-RenderedHTMLCommon">
<div id="outside" lang="en"><p class="name">A paragraph</p>
<table class="scroll"><caption>A table</caption><tr class="nothing"><th class="month">head</th>
<td class="day test moved">cell<span class="bar"><span>bar</span></span></td></tr></table>
<ul class="legend"><li class="tag">item</li></ul><dl><dt>one</dt><dd>two</dd></dl></div>
<div id="host"></div><template>{fragments}</template><script>{script}</script></body></html>
"""

FRAGMENTS = "".join(
    [
        *(score_card(RICH, language) for language in LANGUAGES),
        *(year_grid(FULL, language) for language in LANGUAGES),
        score_card(named_card("<b>" * 60)),
        year_grid(named_schedule("<b>" * 60)),
    ]
)
GRIDS = 4

OPTIONS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--window-size=1000,900", "--dump-dom"),
)
PREFERRED = {"dark": 0, "light": 1}

in_chromium = pytest.mark.skipif(
    not CHROMIUM, reason="no Chromium on the path, and none in CMAPPRAISAL_CHROMIUM"
)


@pytest.fixture(scope="module", params=PREFERRED)
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What Chromium makes of the fragments, where the system prefers light or dark."""
    folder: Path = tmp_path_factory.mktemp(request.param)
    page = folder / "page.html"
    page.write_text(PAGE.format(fragments=FRAGMENTS, script=SCRIPT), encoding="utf-8")
    assert CHROMIUM
    run = subprocess.run(
        [
            CHROMIUM,
            *OPTIONS,
            f"--blink-settings=preferredColorScheme={PREFERRED[request.param]}",
            f"--user-data-dir={folder / 'profile'}",
            page.as_uri(),
        ],
        capture_output=True,
        check=True,
    )
    dumped = run.stdout.decode()
    (told,) = re.findall(r"<pre>.*</pre>", dumped, re.DOTALL)
    result = json.loads("".join(Reader(told).texts))
    assert result["dark"] == (request.param == "dark")
    return result


def rgb(colour: str) -> list[int]:
    assert re.fullmatch(r"rgb\(\d+, \d+, \d+\)", colour)
    return [int(number) for number in re.findall(r"\d+", colour)]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    shares = [level / 255 for level in rgb(colour)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return sum(
        weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True)
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.01)


@in_chromium
def test_chromium_reads_the_fragments_as_they_are_written(seen: Any) -> None:
    assert Reader(seen["parsed"]).events == Reader(FRAGMENTS).events


@in_chromium
def test_the_page_around_is_left_as_it_is(seen: Any) -> None:
    assert seen["leaks"] is False


@in_chromium
def test_a_fragment_follows_the_page_and_the_theme_of_jupyter(seen: Any) -> None:
    looks = seen["looks"]
    assert looks["page"] == looks["dark" if seen["dark"] else "light"]
    for theme, dark in (("light", False), ("dark", True)):
        for ground in looks[theme]["ground"]:
            assert (luminance(ground) < 0.1) == dark


@in_chromium
@pytest.mark.parametrize("theme", ["page", "light", "dark"])
def test_all_text_can_be_read(seen: Any, theme: str) -> None:
    inks = [pair for pairs in seen["looks"][theme]["inks"] for pair in pairs]
    assert len(set(inks)) >= 12
    for pair in set(inks):
        assert contrast(*pair.split("|")) >= 4.5, pair
    ground = seen["looks"][theme]["ground"][0]
    (bar,) = seen["looks"][theme]["bars"]
    assert contrast(bar, ground) >= 3


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
    assert len(days) == GRIDS * 365
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
    assert seen[width]["overflow"] == 0
    for overflow, taken in seen[width]["roots"]:
        assert overflow == 0
        assert taken <= (400 if width == "narrow" else 1000)


@in_chromium
def test_a_notebooks_own_style_of_tables_gives_way(seen: Any) -> None:
    assert seen["wide"]["aligned"] == ["right"]
    inks = [pair for pairs in seen["looks"]["page"]["inks"] for pair in pairs]
    assert not [pair for pair in inks if pair.endswith("rgb(90, 90, 90)")]


def test_a_notebook_shows_the_pictures() -> None:
    assert RICH._repr_html_() == score_card(RICH)
    assert FULL._repr_html_() == year_grid(FULL)
