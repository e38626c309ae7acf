"""Compliance: whether people did what a plan asks, by a day.

Records, held against a schedule and its plan, leave each requirement met, on track, short or
breached.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from cmappraisal.errors import ProblemCode, TrainingError
from cmappraisal.fields import (
    DATE,
    a_date,
    as_date,
    as_id_tuple,
    as_text,
    as_tuple,
    id_tuple,
    instance_of,
    is_date,
    is_identifier,
    require,
    require_all,
    shown_id,
    tuple_of,
)
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical
from cmappraisal.remedies import did_you_mean
from cmappraisal.training.checks import requirements_by
from cmappraisal.training.contradictions import reject_fields, strays
from cmappraisal.training.plans import TrainingPlan
from cmappraisal.training.records import RECORD_KINDS, Record, read_records
from cmappraisal.training.reprs import brief
from cmappraisal.training.requirements import ComplianceStatus, Requirement, count
from cmappraisal.training.schedules import Schedule

RATE_PLACES = 4
"""Decimal places of a rate of attendance, which reach a hundredth of a percent."""

_GRAVITY = {status: number for number, status in enumerate(ComplianceStatus)}


@frozen
class AttendanceRate:
    """How many of the sessions that had to be attended were.

    Args:
        attended: Sessions attended, in time or late.
        expected: Sessions held that had to be attended; the excused ones are left out.

    Raises:
        FieldError: A count is not an int from 0, or more were attended than expected.

    >>> AttendanceRate(11, 12).rate
    Decimal('0.9167')
    """

    attended: int = field(validator=count)
    expected: int = field(validator=count)

    def __attrs_post_init__(self) -> None:
        if self.expected < self.attended:
            allowed = f"at least attended ({self.attended})"
            reject_fields(self, [("expected", ProblemCode.CONTRADICTION, allowed)])

    @property
    def rate(self) -> Decimal | None:
        """The share attended, from 0 to 1; None where nothing was expected.

        It is rounded to :data:`RATE_PLACES` decimal places, half to even; the counts are exact.
        """
        if not self.expected:
            return None
        rounded = round(Fraction(self.attended * 10**RATE_PLACES, self.expected))
        return canonical(Decimal(rounded).scaleb(-RATE_PLACES, EXACT))


def _as_requirements(value: Iterable[Requirement]) -> tuple[Requirement, ...]:
    return as_tuple(value)


@frozen
class Compliance:
    """The status of each requirement of a plan on a day.

    Args:
        plan: The plan.
        period: The days that its schedule is for.
        on: The day as of which it was checked.
        people: The ids of everybody who is trained, in the order of the schedule.
        requirements: Those of the groups or the team, then those of each person, each in the order
            of the plan.

    Raises:
        FieldError: A field has a value that it does not allow.
    """

    plan: TrainingPlan = field(
        validator=instance_of(TrainingPlan, allowed="a TrainingPlan"), repr=str
    )
    period: Period = field(validator=instance_of(Period, allowed="a Period"))
    on: date = field(converter=as_date, validator=a_date, kw_only=True)
    people: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("ids of people"), kw_only=True
    )
    requirements: tuple[Requirement, ...] = field(
        default=(),
        converter=_as_requirements,
        validator=tuple_of(Requirement, "a list of Requirement"),
        kw_only=True,
    )
    _by_person: dict[str | None, list[Requirement]] = field(init=False, repr=False, eq=False)

    __repr__ = brief("plan", "period", "on", "people", "requirements")

    def __attrs_post_init__(self) -> None:
        by_person: dict[str | None, list[Requirement]] = {person: [] for person in self.people}
        for requirement in self.requirements:
            by_person.setdefault(requirement.person, []).append(requirement)
        object.__setattr__(self, "_by_person", by_person)

    @property
    def status(self) -> ComplianceStatus:
        """The worst status of all; met where nothing is asked."""
        return max(
            (requirement.status for requirement in self.requirements),
            key=_GRAVITY.__getitem__,
            default=ComplianceStatus.MET,
        )

    @property
    def attendance_rate(self) -> AttendanceRate:
        """How many of the sessions that had to be attended were, of everybody in all."""
        return _rate(self.requirements)

    def of(self, person: str) -> tuple[Requirement, ...]:
        """What the plan asks of one person.

        Args:
            person: The person's id.

        Raises:
            TrainingError: The schedule does not train the person.
        """
        id = as_text(person)
        if isinstance(id, str) and id in self._by_person:
            return tuple(self._by_person[id])
        given = shown_id(id)
        raise TrainingError(
            f'compliance with "{self.plan}" on {self.on}: nobody is "{given}"'
            f"{did_you_mean(given, self.people) or '; name somebody who is trained'}"
        )

    def of_team(self, group: str | None = None) -> tuple[Requirement, ...]:
        """What the plan asks of a team.

        Args:
            group: The id of the group; None for the team of those in no group.

        Raises:
            FieldError: ``group`` is no id.
        """
        fits = group is None or is_identifier(group)
        require("Compliance.of_team", "group", group, fits, "the id of a group, or None")
        teams = (each for each in self.requirements if each.person is None)
        return tuple(each for each in teams if each.group == group)

    def rate_of(self, person: str) -> AttendanceRate:
        """How many of the sessions that a person had to attend the person did.

        Args:
            person: The person's id.

        Raises:
            TrainingError: The schedule does not train the person.
        """
        return _rate(self.of(person))


def _rate(requirements: Iterable[Requirement]) -> AttendanceRate:
    counts = [requirement.counts for requirement in requirements]
    attended = sum(count.present + count.late for count in counts)
    return AttendanceRate(attended, attended + sum(c.absent + c.unrecorded for c in counts))


def check_compliance(schedule: Schedule, records: Iterable[Record], *, on: date) -> Compliance:
    """The status on a day of everything that the plan of a schedule asks.

    Sessions of that day and before it are held; a span is over on the day after its last. In which
    order the records come, and whether one comes twice, makes no difference.

    - A person has to attend each session of a required activity since the day of hiring, unless
      excused. One missed breaches it; one of which nothing is recorded leaves it short. Individual
      sessions by a quota, such as two tests a year, are counted as a target is.
    - A report, a talk or a request that each person owes by a quota is delivered, on whatever day
      of the span. It is short where more of its sessions, which are the days it is due, have passed
      than were delivered, or where those to come are not enough; and breached once the span is
      over. ``at_most`` bounds what is planned; doing more is not held against anyone.
    - A quota of the team is met by the sessions held, on track where enough are to come, short
      where not, and breached once the span is over, or where more than ``at_most`` are scheduled.
    - A target is counted over the sessions held for the team, and over those that a person
      attended or delivered. What is individual only, no target asks of the team; and none asks
      anything of a person for the span of the day of hiring.
    - Quotas and targets ask for something in the spans that the schedule's period has in full.

    Args:
        schedule: The schedule, with its plan.
        records: What happened up to the day.
        on: The day as of which to check.

    Returns:
        Each requirement with its status.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: Records do not fit the schedule, contradict others, or are of a later day;
            each problem names the record.

    >>> from cmappraisal.training import Attendance, AttendanceStatus, Session, Trainee, VENUE_TEAM
    >>> from cmappraisal import WorkCalendar
    >>> mondays = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 19)]
    >>> january = Schedule(
    ...     VENUE_TEAM,
    ...     Period.month(2026, 1),
    ...     calendar=WorkCalendar(),
    ...     trainees=[Trainee("S-1")],
    ...     sessions=[Session("weekly-training", day, on=day) for day in mondays],
    ... )
    >>> late = Attendance("weekly-training/2026-01-05", "S-1", status=AttendanceStatus.LATE)
    >>> compliance = check_compliance(january, [late], on=date(2026, 1, 12))
    >>> compliance.status.value, compliance.requirements[0].decided_by
    ('short', 'weekly-training/2026-01-12')
    >>> compliance.rate_of("S-1").rate
    Decimal('0.5')
    """
    records = as_tuple(records)
    require_all(
        "check_compliance",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *strays("records", records, RECORD_KINDS),
        ("on", on, is_date(on), DATE),
    )
    on = as_date(on)
    marks = read_records(schedule, records, on)
    return Compliance(
        schedule.plan,
        schedule.period,
        on=on,
        people=[trainee.id for trainee in schedule.people],
        requirements=requirements_by(on, schedule, marks),
    )
