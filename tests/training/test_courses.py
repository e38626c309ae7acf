"""Courses: how long a certification holds, and a curriculum that reads like a mapping."""

import calendar
import copy
import enum
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import ERROR_POINTS, FieldError, Text
from cmappraisal.interop.plan_strategies import certifications, curricula
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.texts import A_TEXT
from cmappraisal.training import (
    ASK,
    Certification,
    Course,
    Curriculum,
    Domain,
    LapsesAfter,
    LapsesYearly,
    Level,
    NeverLapses,
    TrainingError,
    UnknownCourseError,
)

TEXT = Text.same("words")
NINES = date.max


def course(id: str, *remedies: str, **fields: Any) -> Course:
    return Course(id, TEXT, **{"domain": Domain.SKILL, "remedies": remedies, **fields})


def curriculum(*courses: Course) -> Curriculum:
    return Curriculum("bank", "1.0", text=TEXT, courses=courses)


@pytest.mark.parametrize(
    ("certification", "completed_on", "lapses_on"),
    [
        (NeverLapses(), date(2026, 3, 1), None),
        (NeverLapses(), NINES, None),
        (LapsesAfter(1), date(2026, 1, 15), date(2026, 2, 15)),
        (LapsesAfter(1), date(2026, 1, 31), date(2026, 2, 28)),
        (LapsesAfter(1), date(2024, 1, 31), date(2024, 2, 29)),
        (LapsesAfter(1), date(2026, 2, 28), date(2026, 3, 28)),
        (LapsesAfter(3), date(2025, 11, 30), date(2026, 2, 28)),
        (LapsesAfter(12), date(2024, 2, 29), date(2025, 2, 28)),
        (LapsesAfter(24), date(2024, 2, 29), date(2026, 2, 28)),
        (LapsesAfter(48), date(2024, 2, 29), date(2028, 2, 29)),
        (LapsesAfter(1200), date(1904, 2, 29), date(2004, 2, 29)),
        (LapsesAfter(1200), date(2000, 2, 29), date(2100, 2, 28)),
        (LapsesAfter(1200), date.min, date(101, 1, 1)),
        (LapsesAfter(1), date(9999, 11, 30), date(9999, 12, 30)),
        (LapsesAfter(1), date(9999, 12, 1), None),
        (LapsesAfter(1200), NINES, None),
        (LapsesYearly(4, 1), date(2026, 3, 31), date(2026, 4, 1)),
        (LapsesYearly(4, 1), date(2026, 4, 1), date(2027, 4, 1)),
        (LapsesYearly(4, 1), date(2026, 4, 2), date(2027, 4, 1)),
        (LapsesYearly(12, 31), date(2026, 12, 30), date(2026, 12, 31)),
        (LapsesYearly(12, 31), date(2026, 12, 31), date(2027, 12, 31)),
        (LapsesYearly(1, 1), date(2026, 1, 1), date(2027, 1, 1)),
        (LapsesYearly(2, 29), date(2026, 1, 1), date(2026, 2, 28)),
        (LapsesYearly(2, 29), date(2027, 2, 28), date(2028, 2, 29)),
        (LapsesYearly(2, 29), date(2028, 2, 28), date(2028, 2, 29)),
        (LapsesYearly(2, 29), date(2028, 2, 29), date(2029, 2, 28)),
        (LapsesYearly(2, 28), date(2028, 2, 28), date(2029, 2, 28)),
        (LapsesYearly(12, 31), date(9999, 12, 30), NINES),
        (LapsesYearly(12, 31), NINES, None),
        (LapsesYearly(1, 1), date(9999, 1, 1), None),
        (LapsesYearly(1, 1), date.min, date(2, 1, 1)),
    ],
)
def test_the_first_day_on_which_a_certification_no_longer_holds(
    certification: Certification, completed_on: date, lapses_on: date | None
) -> None:
    assert certification.lapses_on(completed_on) == lapses_on


def clipped(year: int, month: int, day: int) -> date:
    """A day of a month, or the last where there is none."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def counted(certification: Certification, completed_on: date) -> date | None:
    """The definitions: months are counted, and a date of each year is looked for day by day."""
    match certification:
        case LapsesAfter(months=months):
            years, month = divmod(completed_on.month - 1 + months, 12)
            return clipped(completed_on.year + years, month + 1, completed_on.day)
        case LapsesYearly(month=month, day=number):
            day = completed_on + timedelta(1)
            while day != clipped(day.year, month, number):
                day += timedelta(1)
            return day
        case _:
            return None


@st.composite
def lapses_of_a_real_day(draw: st.DrawFn) -> tuple[Certification, date]:
    return draw(certifications()), draw(st.dates(date(1899, 1, 1), date(2101, 12, 31)))


@given(lapses_of_a_real_day())
def test_a_certification_lapses_when_it_is_counted_to(drawn: tuple[Certification, date]) -> None:
    certification, completed_on = drawn
    assert certification.lapses_on(completed_on) == counted(certification, completed_on)


class Day(date):
    """A date of an embedder's own kind."""


@pytest.mark.parametrize(
    "certification", [LapsesAfter(1), LapsesYearly(2, 28)], ids=["after", "yearly"]
)
def test_a_day_of_the_caller_s_own_kind_becomes_a_plain_date(certification: Certification) -> None:
    lapses_on = certification.lapses_on(Day(2026, 1, 28))
    assert lapses_on == date(2026, 2, 28)
    assert type(lapses_on) is date


@pytest.mark.parametrize(
    ("certification", "where"),
    [
        (NeverLapses(), "NeverLapses.lapses_on"),
        (LapsesAfter(12), "LapsesAfter.lapses_on"),
        (LapsesYearly(4, 1), "LapsesYearly.lapses_on"),
    ],
    ids=["never", "after", "yearly"],
)
@pytest.mark.parametrize(
    "completed_on", [None, "2026-03-01", 20260301, datetime(2026, 3, 1, tzinfo=UTC)], ids=repr
)
def test_a_certification_is_completed_on_a_day(
    certification: Certification, where: str, completed_on: Any
) -> None:
    with pytest.raises(FieldError) as caught:
        certification.lapses_on(completed_on)
    assert str(caught.value) == (
        f"{where}: completed_on is {completed_on!r}; allowed: a datetime.date such "
        "as date(2025, 3, 2), no datetime and no string"
    )


MONTHS = "allowed: an int from 1 to 1200"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: LapsesAfter(0), f"LapsesAfter: months is 0; {MONTHS}"),
        (lambda: LapsesAfter(MAXIMUM_MONTHS + 1), f"LapsesAfter: months is 1201; {MONTHS}"),
        (lambda: LapsesAfter(True), f"LapsesAfter: months is True; {MONTHS}"),
        (lambda: LapsesAfter("12"), f"LapsesAfter: months is '12'; {MONTHS}"),  # type: ignore[arg-type]
        (lambda: LapsesAfter(1.5), f"LapsesAfter: months is 1.5; {MONTHS}"),  # type: ignore[arg-type]
        (lambda: LapsesYearly(0, 1), "LapsesYearly: month is 0; allowed: an int from 1 to 12"),
        (lambda: LapsesYearly(13, 1), "LapsesYearly: month is 13; allowed: an int from 1 to 12"),
        (lambda: LapsesYearly(1, 0), "LapsesYearly: day is 0; allowed: an int from 1 to 31"),
        (lambda: LapsesYearly(1, 32), "LapsesYearly: day is 32; allowed: an int from 1 to 31"),
        (lambda: LapsesYearly(1, True), "LapsesYearly: day is True; allowed: an int from 1 to 31"),
        (
            lambda: LapsesYearly(2, 30),
            "LapsesYearly: day is 30; allowed: an int from 1 to 29, the last of the month",
        ),
        (
            lambda: LapsesYearly(4, 31),
            "LapsesYearly: day is 31; allowed: an int from 1 to 30, the last of the month",
        ),
    ],
)
def test_a_certification_that_is_none_is_rejected(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        make()
    assert str(caught.value) == message


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_last_day(month: int) -> None:
    last = calendar.monthrange(2024, month)[1]
    assert LapsesYearly(month, last).day == last
    with pytest.raises(FieldError):
        LapsesYearly(month, last + 1)


def test_a_course_has_contents_in_order() -> None:
    other = Text("態度", "态度", en="attitude")
    course = Course("押品", TEXT, domain=Domain.KNOWLEDGE, contents=iter([other, TEXT]))
    assert course.contents == (other, TEXT)
    values: list[Any] = [TEXT, {TEXT}, ["law"], None]
    for value in values:
        with pytest.raises(FieldError, match=r'^Course "押品": contents is .*; allowed: a list of'):
            Course("押品", TEXT, domain=Domain.KNOWLEDGE, contents=value)


def test_a_course_needs_little() -> None:
    plain = Course("押品", TEXT, domain=Domain.KNOWLEDGE)
    assert attrs.asdict(plain, recurse=False) == {
        "id": "押品",
        "text": TEXT,
        "domain": Domain.KNOWLEDGE,
        "level": None,
        "contents": (),
        "remedies": frozenset(),
        "certification": None,
        "pass_mark": 60,
        "tested": False,
        "edition_from": None,
    }


class Id(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    COURSE = "collateral"
    RULE = "3.2a"


@pytest.mark.parametrize(
    "remedies",
    [["3.2a"], ("3.2a", "3.2a"), {"3.2a"}, iter(["3.2a"]), [Id.RULE], frozenset([Id.RULE])],
    ids=["list", "tuple", "set", "iterator", "enumeration", "set of an enumeration"],
)
def test_rules_come_from_whatever_has_them(remedies: Any) -> None:
    made = Course(Id.COURSE, TEXT, domain=Domain.SKILL, remedies=remedies)
    assert made.id == "collateral"
    assert made.remedies == {"3.2a"}
    assert {type(made.id), *map(type, made.remedies)} == {str}


CERTIFICATIONS = "NeverLapses(), LapsesAfter(months), LapsesYearly(month, day), or None"
IDENTIFIER = (
    "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": ""}, f"Course: id is ''; allowed: {IDENTIFIER}"),
        ({"id": 5}, f"Course: id is 5; allowed: {IDENTIFIER}"),
        ({"id": " a"}, f"Course: id is ' a'; allowed: {IDENTIFIER}"),
        (
            {"id": "a\u202eb"},
            f"Course: id is 'a\\u202eb'; allowed: {IDENTIFIER}; this one has U+202E, "
            "which makes ids look alike",
        ),
        ({"id": "\ud800"}, f"Course: id is '\\ud800'; allowed: {IDENTIFIER}"),
        ({"id": "x" * 201}, f"Course: id is '{'x' * 79}...; allowed: {IDENTIFIER}"),
        ({"text": "words"}, f"Course \"a\": text is 'words'; allowed: {A_TEXT}"),
        (
            {"domain": "skills"},
            "Course \"a\": domain is 'skills'; "
            'allowed: Domain.ATTITUDE or "attitude", Domain.SKILL or "skill", '
            'Domain.KNOWLEDGE or "knowledge"',
        ),
        (
            {"domain": Level.BASIC},
            "Course \"a\": domain is <Level.BASIC: 'basic'>; "
            'allowed: Domain.ATTITUDE or "attitude", Domain.SKILL or "skill", '
            'Domain.KNOWLEDGE or "knowledge"',
        ),
        (
            {"level": "basics"},
            "Course \"a\": level is 'basics'; allowed: None, or "
            'Level.BASIC or "basic", Level.PROFESSIONAL or "professional", '
            'Level.ADVANCED or "advanced"',
        ),
        (
            {"remedies": "3.1"},
            "Course \"a\": remedies is '3.1'; allowed: a set or list of rule ids",
        ),
        ({"remedies": [5]}, 'Course "a": remedies is (5,); allowed: a set or list of rule ids'),
        (
            {"remedies": [""]},
            "Course \"a\": remedies is frozenset({''}); allowed: a set or list of rule ids",
        ),
        (
            {"remedies": {"3.1": 1}},
            "Course \"a\": remedies is {'3.1': 1}; allowed: a set or list of rule ids",
        ),
        ({"remedies": None}, 'Course "a": remedies is None; allowed: a set or list of rule ids'),
        ({"certification": 12}, f'Course "a": certification is 12; allowed: {CERTIFICATIONS}'),
        (
            {"certification": NeverLapses},
            "Course \"a\": certification is <class 'cmappraisal.training.courses.NeverLapses'>; "
            f"allowed: {CERTIFICATIONS}",
        ),
    ],
)
def test_a_course_that_is_none_is_rejected(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Course(**{"id": "a", "text": TEXT, "domain": Domain.SKILL, **fields})
    assert str(caught.value) == message


def test_a_curriculum_is_a_mapping_in_the_order_given() -> None:
    found = curriculum(course("b"), course("a"), course("押品"))
    assert list(found) == ["b", "a", "押品"]
    assert len(found) == 3
    assert found["a"].id == "a"
    assert found["押品"] is found.courses[2]
    assert [each.id for each in found.values()] == list(found)
    assert "a" in found
    assert "c" not in found
    assert not found.__contains__(5)
    assert not found.__contains__(["a"])
    assert found.get("c") is None
    assert found.get("c", found["a"]) is found["a"]
    assert str(found) == "bank 1.0"
    assert bool(found)
    assert not curriculum()


def test_a_course_is_found_by_an_id_of_the_caller_s_own_kind() -> None:
    found = curriculum(course("collateral"))
    assert Id.COURSE in found
    assert found[Id.COURSE].id == "collateral"


@pytest.mark.parametrize(
    ("id", "message"),
    [
        (
            "negotiations",
            'course "negotiations" is not in curriculum "ask 1.0"; did you mean "negotiation"?',
        ),
        (
            "bank-cultures",
            'course "bank-cultures" is not in curriculum "ask 1.0"; did you mean "bank-culture"?',
        ),
        ("押品", 'course "押品" is not in curriculum "ask 1.0"'),
        (5, 'course "5" is not in curriculum "ask 1.0"'),
        (None, 'course "None" is not in curriculum "ask 1.0"'),
        ("", 'course "\'\'" is not in curriculum "ask 1.0"'),
        ("\u202e", 'course "\'\\u202e\'" is not in curriculum "ask 1.0"'),
        ("\ud800", 'course "\'\\ud800\'" is not in curriculum "ask 1.0"'),
        ("a\nb", 'course "\'a\\nb\'" is not in curriculum "ask 1.0"'),
        ("x" * 10**6, f'course "\'{"x" * 79}..." is not in curriculum "ask 1.0"'),
        (
            ["teamwork"],
            'course "[\'teamwork\']" is not in curriculum "ask 1.0"',
        ),
    ],
)
def test_a_course_that_is_not_there_is_rejected(id: Any, message: str) -> None:
    with pytest.raises(UnknownCourseError) as caught:
        ASK.curriculum[id]
    remedy = "" if "did you mean" in message else "; name one of its courses"
    assert str(caught.value) == message + remedy
    with pytest.raises(KeyError):
        ASK.curriculum[id]


def test_a_course_that_is_there_twice_is_rejected() -> None:
    with pytest.raises(TrainingError) as caught:
        curriculum(course("b"), course("a"), course("a", domain=Domain.ATTITUDE))
    assert str(caught.value) == (
        'curriculum "bank 1.0": course "a" is there twice; give each an id of its own'
    )


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"id": None}, f"Curriculum: id is None; allowed: {IDENTIFIER}"),
        ({"edition": 1.0}, f'Curriculum "a": edition is 1.0; allowed: {IDENTIFIER}'),
        ({"text": "words"}, f"Curriculum \"a\": text is 'words'; allowed: {A_TEXT}"),
        ({"courses": "a"}, "Curriculum \"a\": courses is 'a'; allowed: a list of Course"),
        ({"courses": ["a"]}, "Curriculum \"a\": courses is ('a',); allowed: a list of Course"),
        ({"courses": {"a": 1}}, "Curriculum \"a\": courses is {'a': 1}; allowed: a list of Course"),
        ({"courses": None}, 'Curriculum "a": courses is None; allowed: a list of Course'),
    ],
)
def test_a_curriculum_that_is_none_is_rejected(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(FieldError) as caught:
        Curriculum(**{"id": "a", "edition": "1.0", "text": TEXT, "courses": (), **fields})
    assert str(caught.value) == message


def test_courses_and_rules_find_each_other() -> None:
    found = curriculum(
        course("late", "2.1", "2.2"), course("plain"), course("early", "2.1", "not-a-rule")
    )
    assert [each.id for each in found.remedying("2.1")] == ["late", "early"]
    assert [each.id for each in found.remedying("2.2")] == ["late"]
    assert found.remedying("9.9") == ()
    left = [id for id in ERROR_POINTS if id not in ("2.1", "2.2")]
    assert list(found.uncovered(ERROR_POINTS)) == left
    assert curriculum().uncovered(ERROR_POINTS) == tuple(ERROR_POINTS)
    assert len(left) == 40


@given(curricula())
def test_a_rule_is_covered_where_a_course_remedies_it(found: Curriculum) -> None:
    uncovered = found.uncovered(ERROR_POINTS)
    for rule in ERROR_POINTS:
        remedying = [each for each in found.values() if rule in each.remedies]
        assert list(found.remedying(rule)) == remedying
        assert (rule in uncovered) == (not remedying)


def test_a_rule_of_the_caller_s_own_kind_is_found() -> None:
    assert [each.id for each in curriculum(course("a", "3.2a")).remedying(Id.RULE)] == ["a"]


@pytest.mark.parametrize(
    "rule_id", [None, 5, "", " 2.1", "2.1\n", "\u202e", "\ud800", ["2.1"], b"2.1"], ids=ascii
)
def test_what_is_no_id_of_a_rule_is_rejected(rule_id: Any) -> None:
    with pytest.raises(FieldError) as caught:
        ASK.curriculum.remedying(rule_id)
    assert str(caught.value) == (
        f"Curriculum.remedying: rule_id is {rule_id!r}; allowed: the id of a rule"
    )


@pytest.mark.parametrize("rulebook", [None, "error-points", ASK.curriculum, ["1.1"]], ids=repr)
def test_what_is_no_rulebook_is_rejected(rulebook: Any) -> None:
    with pytest.raises(FieldError) as caught:
        ASK.curriculum.uncovered(rulebook)
    assert str(caught.value).startswith("Curriculum.uncovered: rulebook is ")
    assert str(caught.value).endswith("; allowed: a Rulebook")


VALUES = [
    NeverLapses(),
    LapsesAfter(12),
    LapsesYearly(2, 29),
    course("a", "2.1", level=Level.BASIC, certification=LapsesAfter(24)),
    curriculum(course("a"), course("b")),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_everything_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_a_copy_is_read_like_the_first() -> None:
    found = curriculum(course("a"))
    again = pickle.loads(pickle.dumps(found))
    assert again["a"] == found["a"]
    more = attrs.evolve(found, courses=[*found.courses, course("b")])
    assert list(more) == ["a", "b"]
    assert more["b"].id == "b"
    assert more != found
    with pytest.raises(TrainingError, match='course "a" is there twice'):
        attrs.evolve(found, courses=[*found.courses, course("a")])
