"""Performance: a month's score out of weighted parts, with the arithmetic that made it.

The bank decides what the parts are and what each of them weighs. A part that comes from an
appraisal or a test has its score as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from operator import attrgetter, itemgetter

from attrs import field, frozen

from cmappraisal.errors import Problem, ProblemCode
from cmappraisal.fields import (
    as_text,
    as_tuple,
    checked,
    identifier,
    is_identifier,
    require_all,
    require_elements,
    tuple_of,
)
from cmappraisal.flaw_wordings import perhaps
from cmappraisal.mappings import ReadOnlyMapping
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, as_points, canonical, plain, points_between
from cmappraisal.texts import Language, Text, a_text, require_language
from cmappraisal.training.contradictions import (
    reject_contradictions,
    reject_fields,
    repeated_ids,
    strays,
)
from cmappraisal.training.marks import read_records
from cmappraisal.training.plan_flaws import PlanFlaw
from cmappraisal.training.record_flaws import SOMEBODY_TRAINED, RecordFlaw
from cmappraisal.training.records import MAXIMUM_SCORE, RECORD_KINDS, Record, TestResult
from cmappraisal.training.reprs import brief
from cmappraisal.training.schedules import Schedule

_WHOLE = Decimal(1)
_ZERO = Decimal(0)

_LINE = Text(
    "{text}：{score} × {weight} = {contribution}",
    "{text}：{score} × {weight} = {contribution}",
    en="{text}: {score} × {weight} = {contribution}",
)
_TOTAL = Text("合計：{}", "合计：{}", en="Total: {}")


@frozen
class Component:
    """One part of a month's performance.

    Args:
        id: Its id, one of a kind in a month.
        text: Its name.
        score: From 0 to 100, of at most 4 decimal places.
        weight: Its share of the whole, above 0 and up to 1, of at most 4 decimal places.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Component(
    ...     "test", Text("月度測試", "月度测试", en="Monthly test"), score=82, weight="0.3"
    ... ).contribution
    Decimal('24.6')
    """

    id: str = field(converter=as_text, validator=identifier)
    text: Text = field(validator=a_text)
    score: Decimal = field(
        converter=as_points, validator=points_between(_ZERO, MAXIMUM_SCORE), kw_only=True
    )
    weight: Decimal = field(
        converter=as_points, validator=points_between(_ZERO, _WHOLE, above=True), kw_only=True
    )

    __repr__ = brief()

    @property
    def contribution(self) -> Decimal:
        """What it adds to the total, which is the score times the weight, exactly."""
        return canonical(EXACT.multiply(self.score, self.weight))


def _as_components(value: Iterable[Component]) -> tuple[Component, ...]:
    return as_tuple(value)


@frozen
class Performance:
    """A month's performance, made by :func:`monthly_performance`.

    Args:
        components: Its parts, in the order given.
        total: The points that they contribute together, from 0 to 100.

    Raises:
        FieldError: A field has a value that it does not allow, or the total is another.
        TrainingError: There is no part, one is there twice, or the weights do not sum to 1.
    """

    components: tuple[Component, ...] = field(
        converter=_as_components, validator=tuple_of(Component, "a list of Component")
    )
    total: Decimal = field(
        converter=as_points,
        validator=checked(
            lambda value: (
                isinstance(value, Decimal) and value.is_finite() and _ZERO <= value <= MAXIMUM_SCORE
            ),
            f"a Decimal, an int or a string from 0 to {MAXIMUM_SCORE}",
        ),
    )

    __repr__ = brief()

    def __attrs_post_init__(self) -> None:
        reject_contradictions(_problems(self.components), "Performance")
        total = canonical(_sum(part.contribution for part in self.components))
        if self.total != total:
            allowed = f"{plain(total)}, the sum of the contributions"
            reject_fields(self, [("total", ProblemCode.DISAGREES, allowed)])

    def explain(self, language: Language = "en") -> str:
        """The arithmetic as plain text.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Returns:
            A line for each part and one for the total, each ended by a line feed.

        Raises:
            LanguageError: The language is none of the three.
        """
        require_language(language)
        lines = [
            _LINE.in_language(language).format(
                text=component.text.in_language(language),
                score=plain(component.score),
                weight=plain(component.weight),
                contribution=plain(component.contribution),
            )
            for component in self.components
        ]
        total = plain(self.total)
        if len(self.components) > 1:
            parts = " + ".join(plain(component.contribution) for component in self.components)
            total = f"{parts} = {total}"
        return "\n".join([*lines, _TOTAL.in_language(language).format(total)]) + "\n"


def monthly_performance(components: Iterable[Component]) -> Performance:
    """The performance that weighted parts add up to.

    Args:
        components: The parts, in the order in which they are to be shown.

    Returns:
        The performance.

    Raises:
        FieldError: The argument is no list of components.
        TrainingError: There is no part, one is there twice, or the weights do not sum to 1.

    >>> from datetime import datetime, date, timezone
    >>> from cmappraisal import ERROR_POINTS, Ledger, Violation, score
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2026, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2026, 3, 4, tzinfo=timezone.utc))
    >>> appraisal = score(ledger, ERROR_POINTS, Period.month(2026, 3), manager="RM-01")
    >>> march = monthly_performance([
    ...     Component(
    ...         "test", Text("月度測試", "月度测试", en="Monthly test"), score=82, weight="0.3"
    ...     ),
    ...     Component(
    ...         "appraisal",
    ...         Text("差錯考核", "差错考核", en="Error points"),
    ...         score=appraisal.score,
    ...         weight="0.7",
    ...     ),
    ... ])
    >>> print(march.explain(), end="")
    Monthly test: 82 × 0.3 = 24.6
    Error points: 99 × 0.7 = 69.3
    Total: 24.6 + 69.3 = 93.9
    """
    parts = as_tuple(components)
    require_elements("monthly_performance", "components", parts, (Component,))
    # Without weights that sum to 1 the total may be none, and is not what is wrong.
    reject_contradictions(_problems(parts), "Performance")
    return Performance(parts, canonical(_sum(part.contribution for part in parts)))


def _problems(parts: Sequence[Component]) -> Iterator[Problem]:
    """What keeps some parts from making a month's performance."""
    if not parts:
        yield PlanFlaw.NO_COMPONENTS.problem("$.components")
        return
    yield from repeated_ids("$.components", "component", (part.id for part in parts))
    weight = _sum(part.weight for part in parts)
    if weight != _WHOLE:
        yield PlanFlaw.WEIGHTS_NOT_ONE.problem("$.components", plain(weight))


def _sum(values: Iterable[Decimal]) -> Decimal:
    return reduce(EXACT.add, values, _ZERO)


def results_that_count(
    schedule: Schedule, records: Iterable[Record], person: str, period: Period
) -> tuple[TestResult, ...]:
    """A person's results in the tests that count in performance.

    The bank decides what several of them count, such as their mean.

    Args:
        schedule: The schedule.
        records: What happened.
        person: The person's id.
        period: The days that the tests took place on, such as a month.

    Returns:
        The results, by the day of the session, in the order of the schedule and of the attempts;
        none where no test counts.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A record does not fit the schedule, or contradicts another; or the schedule
            does not train the person.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import Trainee, VIP_SERVICE, schedule
    >>> march = Period.month(2026, 3)
    >>> planned = schedule(
    ...     VIP_SERVICE, march, calendar=WorkCalendar(), trainees=[Trainee("RM-01")]
    ... )
    >>> records = [TestResult("test/2026-03-25", "RM-01", score=82)]
    >>> [result.score for result in results_that_count(planned, records, "RM-01", march)]
    [Decimal('82')]
    """
    records, person = as_tuple(records), as_text(person)
    require_all(
        "results_that_count",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *strays("records", records, RECORD_KINDS),
        ("person", person, is_identifier(person), "the id of a person"),
        ("period", period, isinstance(period, Period), "a Period"),
    )
    marks = read_records(schedule, records, besides=_unknown_person(schedule, person))
    return _counting(marks.results_of(person), _tests(schedule, period))


def all_results_that_count(
    schedule: Schedule, records: Iterable[Record], period: Period
) -> Mapping[str, tuple[TestResult, ...]]:
    """Everybody's results in the tests that count in performance.

    They are what :func:`results_that_count` finds for each, in the time that one takes.

    Args:
        schedule: The schedule.
        records: What happened.
        period: The days that the tests took place on, such as a month.

    Returns:
        The results of each person by id, in the order of the schedule; none for who has none.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: A record does not fit the schedule, or contradicts another.

    >>> from cmappraisal import WorkCalendar
    >>> from cmappraisal.training import Trainee, VIP_SERVICE, schedule
    >>> march, people = Period.month(2026, 3), [Trainee("RM-01"), Trainee("RM-02")]
    >>> planned = schedule(VIP_SERVICE, march, calendar=WorkCalendar(), trainees=people)
    >>> records = [TestResult("test/2026-03-25", "RM-01", score=82)]
    >>> found = all_results_that_count(planned, records, march)
    >>> {person: len(results) for person, results in found.items()}
    {'RM-01': 1, 'RM-02': 0}
    """
    records = as_tuple(records)
    require_all(
        "all_results_that_count",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *strays("records", records, RECORD_KINDS),
        ("period", period, isinstance(period, Period), "a Period"),
    )
    marks, tests = read_records(schedule, records), _tests(schedule, period)
    people = (trainee.id for trainee in schedule.people)
    return ReadOnlyMapping(
        (person, _counting(marks.results_of(person), tests)) for person in people
    )


def _tests(schedule: Schedule, period: Period) -> dict[str, int]:
    """The tests of a period that count, by id, each with its place by day."""
    counting = (
        session
        for session in schedule.sessions
        if session.on in period and schedule.activity_of(session).feeds_performance
    )
    in_order = sorted(counting, key=lambda each: each.on)
    return {session.id: place for place, session in enumerate(in_order)}


def _counting(results: Iterable[TestResult], tests: Mapping[str, int]) -> tuple[TestResult, ...]:
    """The results of one person in some tests, in the order of these, then of the attempts."""
    in_order = sorted(results, key=attrgetter("attempt"))
    found = [(tests[each.session], each) for each in in_order if each.session in tests]
    return tuple(result for _, result in sorted(found, key=itemgetter(0)))


def _unknown_person(schedule: Schedule, person: str) -> Iterator[Problem]:
    people = [trainee.id for trainee in schedule.people]
    if person not in people:
        remedy = perhaps(person, people) or SOMEBODY_TRAINED
        yield RecordFlaw.NOBODY.problem("$.person", person, remedy)
