"""Courses: what can be learnt, which errors it remedies, and how long it holds."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from attrs import field, frozen
from dateutil.relativedelta import relativedelta

from cmappraisal.errors import Problem, UnknownCourseError
from cmappraisal.fields import (
    as_ids,
    as_optional_date,
    as_text,
    as_tuple,
    boolean,
    choice_of,
    identifier,
    identifiers,
    instance_of,
    int_between,
    is_identifier,
    member_of,
    optional_date,
    reject,
    require,
    require_date,
    shown_id,
    tuple_of,
)
from cmappraisal.points import as_points, points_between
from cmappraisal.rulebooks import Rulebook
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.texts import Choice, Text, a_text
from cmappraisal.training.contradictions import reject_contradictions, repeated_ids
from cmappraisal.training.plan_flaws import PlanFlaw, a_course_of
from cmappraisal.training.reprs import brief

PASS_MARK = Decimal(60)
"""The score with which a test completes a course that states no other."""


class Domain(Choice):
    """What a course works on.

    >>> Domain("skill").text.en
    'skill'
    """

    ATTITUDE = "attitude", Text("態度", "态度", en="attitude")
    SKILL = "skill", Text("技能", "技能", en="skill")
    KNOWLEDGE = "knowledge", Text("知識", "知识", en="knowledge")


def as_domain(value: Domain | str) -> Domain:
    """The member from the member itself or from its value."""
    return member_of(Domain, value)


class Level(Choice):
    """How far a course goes; of what somebody needs, a lower level comes before a higher.

    >>> [level.value for level in Level]
    ['basic', 'professional', 'advanced']
    """

    BASIC = "basic", Text("基礎", "基础", en="basic")
    PROFESSIONAL = "professional", Text("專業", "专业", en="professional")
    ADVANCED = "advanced", Text("高階", "高阶", en="advanced")


def as_optional_level(value: Level | str | None) -> Level | None:
    """None, or the member from the member itself or from its value."""
    return value if value is None else member_of(Level, value)


def as_texts(value: Iterable[Text]) -> tuple[Text, ...]:
    """A tuple from any iterable of texts."""
    return as_tuple(value)


texts = tuple_of(Text, "a list of Text")


@frozen
class NeverLapses:
    """A certification that holds for ever.

    >>> NeverLapses().lapses_on(date(2026, 3, 1)) is None
    True
    """

    def lapses_on(self, completed_on: date, held_until: date | None = None) -> date | None:
        """The first day on which it no longer holds: there is none.

        Args:
            completed_on: The day of the certification.
            held_until: When the one lapses that holds on that day; None where none does.

        Raises:
            FieldError: ``completed_on`` is no date.
        """
        _completed_on(self, completed_on)
        return None


@frozen
class LapsesAfter:
    """A certification that holds for some months.

    Args:
        months: How many, from 1.
        renewal: In how many of its last months it can be renewed without losing any of them: the
            next then begins when it lapses. 0 where the next always begins when it is gained.

    Raises:
        FieldError: The months are out of bounds.

    >>> print(LapsesAfter(12).lapses_on(date(2024, 2, 29)))
    2025-02-28
    >>> renewable = LapsesAfter(12, renewal=2)
    >>> print(renewable.lapses_on(date(2026, 2, 2), held_until=date(2026, 3, 3)))
    2027-03-03
    """

    months: int = field(validator=int_between(1, MAXIMUM_MONTHS))
    renewal: int = field(default=0, validator=int_between(0, MAXIMUM_MONTHS), kw_only=True)

    def lapses_on(self, completed_on: date, held_until: date | None = None) -> date | None:
        """The first day on which it no longer holds; None where that is beyond the calendar.

        Args:
            completed_on: The day of the certification.
            held_until: When the one lapses that holds on that day; None where none does.

        Raises:
            FieldError: ``completed_on`` is no date, or ``held_until`` is neither None nor one.
        """
        start = _start(self, completed_on, held_until, self.renewal)
        try:
            return start + relativedelta(months=self.months)
        except ValueError:
            return None


@frozen
class LapsesYearly:
    """A certification that lapses on the same date each year, whenever it was gained.

    Args:
        month: The month, from 1 to 12.
        day: The day of the month, from 1 to its last in a leap year; 29 February means the 28th in
            other years.
        renewal: In how many of its last months it can be renewed for the year after; 0 where the
            next always lapses on the first such date after it is gained.

    Raises:
        FieldError: There is no such day, or the months are out of bounds.

    >>> print(LapsesYearly(4, 1).lapses_on(date(2026, 4, 1)))
    2027-04-01
    >>> renewable = LapsesYearly(4, 1, renewal=3)
    >>> print(renewable.lapses_on(date(2026, 3, 2), held_until=date(2026, 4, 1)))
    2027-04-01
    """

    month: int = field(validator=int_between(1, 12))
    day: int = field(validator=int_between(1, 31))
    renewal: int = field(default=0, validator=int_between(0, MAXIMUM_MONTHS), kw_only=True)

    def __attrs_post_init__(self) -> None:
        last = monthrange(2024, self.month)[1]
        if self.day > last:
            reject(self, "day", self.day, f"an int from 1 to {last}, the last of the month")

    def lapses_on(self, completed_on: date, held_until: date | None = None) -> date | None:
        """The first such date after a day; None where that is beyond the calendar.

        Args:
            completed_on: The day of the certification.
            held_until: When the one lapses that holds on that day; None where none does.

        Raises:
            FieldError: ``completed_on`` is no date, or ``held_until`` is neither None nor one.
        """
        start = _start(self, completed_on, held_until, self.renewal)
        this_year = start + relativedelta(month=self.month, day=self.day)
        if this_year > start:
            return this_year
        try:
            return start + relativedelta(years=1, month=self.month, day=self.day)
        except ValueError:
            return None


def _completed_on(certification: object, day: date) -> date:
    return require_date(f"{type(certification).__name__}.lapses_on", "completed_on", day)


def _start(
    certification: object, completed_on: date, held_until: date | None, renewal: int
) -> date:
    """The day that a certification begins on: where it is a renewal in time, when the last ends."""
    day = _completed_on(certification, completed_on)
    if held_until is None:
        return day
    where = f"{type(certification).__name__}.lapses_on"
    until = require_date(where, "held_until", held_until)
    in_time = day < until <= _months_after(day, renewal)
    return until if in_time else day


def _months_after(day: date, months: int) -> date:
    try:
        return day + relativedelta(months=months)
    except ValueError:
        return date.max


Certification: TypeAlias = NeverLapses | LapsesAfter | LapsesYearly
"""How long what a course certifies holds."""


@frozen
class Course:
    """One course.

    Args:
        id: Its id, one of a kind in a curriculum.
        text: Its name.
        domain: What it works on.
        level: How far it goes; None where the curriculum has no levels.
        contents: What it goes through, in order.
        remedies: Ids of the rules whose breach calls for it.
        certification: How long its certification holds; None where it certifies nothing.
        pass_mark: The score, from 0 to 100, with which a test completes it.
        tested: Whether only a test completes it; where not, attending does too.
        edition_from: The first day of its present edition: what was completed before lapses on it
            at the latest. None for the first edition.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> course = Course(
    ...     "collateral",
    ...     Text("押品登記", "押品登记", en="Registering collateral"),
    ...     domain=Domain.KNOWLEDGE,
    ...     remedies=["3.2a", "3.2b"],
    ...     certification=LapsesAfter(24),
    ... )
    >>> sorted(course.remedies)
    ['3.2a', '3.2b']
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    domain: Domain = field(converter=as_domain, validator=choice_of(Domain), kw_only=True)
    level: Level | None = field(
        default=None,
        converter=as_optional_level,
        validator=choice_of(Level, optional=True),
        kw_only=True,
    )
    contents: tuple[Text, ...] = field(
        default=(), converter=as_texts, validator=texts, kw_only=True
    )
    remedies: frozenset[str] = field(
        default=frozenset(), converter=as_ids, validator=identifiers("rule ids"), kw_only=True
    )
    certification: Certification | None = field(
        default=None,
        validator=instance_of(
            NeverLapses,
            LapsesAfter,
            LapsesYearly,
            type(None),
            allowed="NeverLapses(), LapsesAfter(months), LapsesYearly(month, day), or None",
        ),
        kw_only=True,
    )
    pass_mark: Decimal = field(
        default=PASS_MARK,
        converter=as_points,
        validator=points_between(Decimal(0), Decimal(100)),
        kw_only=True,
    )
    tested: bool = field(default=False, validator=boolean, kw_only=True)
    edition_from: date | None = field(
        default=None, converter=as_optional_date, validator=optional_date, kw_only=True
    )

    __repr__ = brief()


def _as_courses(value: Iterable[Course]) -> tuple[Course, ...]:
    return as_tuple(value)


@frozen
class Curriculum(Mapping[str, Course]):
    """The courses that a bank offers.

    It is a read-only mapping from course id to :class:`Course`, in the order given.

    Args:
        id: The name of the curriculum.
        edition: Which edition of it.
        text: Its title.
        courses: Its courses, in order.

    Raises:
        FieldError: A field has a value that it does not allow.
        TrainingError: A course is there twice.

    >>> from cmappraisal.training import ASK
    >>> len(ASK.curriculum), ASK.curriculum["negotiation"].level
    (34, <Level.PROFESSIONAL: 'professional'>)
    >>> ASK.curriculum["negotiations"]
    Traceback (most recent call last):
    cmappraisal.errors.UnknownCourseError: course "negotiations" is not in curriculum "ask 1.0";
    did you mean "negotiation"?
    """

    id: str = field(converter=as_text, validator=identifier)
    edition: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text, kw_only=True)
    courses: tuple[Course, ...] = field(
        converter=_as_courses, validator=tuple_of(Course, "a list of Course"), kw_only=True
    )
    _by_id: dict[str, Course] = field(init=False, repr=False, eq=False)

    __repr__ = brief("id", "edition", "courses")

    def __attrs_post_init__(self) -> None:
        twice = repeated_ids("$.courses", "course", (course.id for course in self.courses))
        reject_contradictions(twice, f'curriculum "{self}"')
        object.__setattr__(self, "_by_id", {course.id: course for course in self.courses})

    def __str__(self) -> str:
        return f"{self.id} {self.edition}"

    def __getitem__(self, course_id: str) -> Course:
        id = as_text(course_id)
        if id in self:
            return self._by_id[id]
        raise UnknownCourseError([unknown_course("$", id, self)])

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, course_id: object) -> bool:
        return isinstance(course_id, str) and as_text(course_id) in self._by_id

    def remedying(self, rule_id: str) -> tuple[Course, ...]:
        """The courses that a breach of a rule calls for.

        Args:
            rule_id: The id of the rule.

        Returns:
            The courses in the order of the curriculum; none where no course remedies the rule.

        Raises:
            FieldError: ``rule_id`` is no id.

        >>> from cmappraisal.training import ASK
        >>> [course.id for course in ASK.curriculum.remedying("2.1")]
        ['approaching-customers']
        """
        fits = is_identifier(rule_id)
        require("Curriculum.remedying", "rule_id", rule_id, fits, "the id of a rule")
        return tuple(course for course in self.courses if rule_id in course.remedies)

    def uncovered(self, rulebook: Rulebook) -> tuple[str, ...]:
        """The rules that no course remedies.

        Args:
            rulebook: The standard.

        Returns:
            Rule ids in the order of the standard.

        Raises:
            FieldError: ``rulebook`` is no Rulebook.

        >>> from cmappraisal import ERROR_POINTS
        >>> from cmappraisal.training import ASK
        >>> ASK.curriculum.uncovered(ERROR_POINTS)
        ()
        """
        fits = isinstance(rulebook, Rulebook)
        require("Curriculum.uncovered", "rulebook", rulebook, fits, "a Rulebook")
        covered = frozenset().union(*(course.remedies for course in self.courses))
        return tuple(id for id in rulebook if id not in covered)


def unknown_course(
    path: str, course_id: str, curriculum: Curriculum, consequence: str | None = None
) -> Problem:
    """That a course is not in a curriculum, with the one that was meant.

    Args:
        path: Where, from ``$``.
        course_id: The id of the course.
        curriculum: The curriculum.
        consequence: The id of the consequence that calls for it; None without one.
    """
    given = shown_id(course_id)
    named = given, curriculum, a_course_of(given, curriculum)
    if consequence is None:
        return PlanFlaw.UNKNOWN_COURSE.problem(path, *named)
    return PlanFlaw.UNKNOWN_COURSE_OF_CONSEQUENCE.problem(path, *named, consequence)
