"""Compliance: whether people did what a plan asks, by a day.

Records, held against a schedule and its plan, leave each requirement met, on track, short or
breached.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from attrs import asdict, field, frozen

from cmappraisal.errors import Problem, ProblemCode, TrainingError
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
from cmappraisal.flaw_wordings import perhaps
from cmappraisal.periods import Period
from cmappraisal.points import EXACT, canonical, plain
from cmappraisal.training.activity_timings import Quota
from cmappraisal.training.checks import requirements_by
from cmappraisal.training.contradictions import reject_fields, repeats, strays
from cmappraisal.training.extensions import Extension, extension_named
from cmappraisal.training.marks import read_records
from cmappraisal.training.plans import ActivityKind, TrainingPlan
from cmappraisal.training.record_flaws import SOMEBODY_TRAINED, RecordFlaw
from cmappraisal.training.records import RECORD_KINDS, Record
from cmappraisal.training.reprs import brief
from cmappraisal.training.requirements import ComplianceStatus, Requirement, count
from cmappraisal.training.schedules import Schedule
from cmappraisal.training.spanning import spans_of

RATE_PLACES = 4
"""Decimal places of a rate of attendance, which reach a hundredth of a percent."""

Row: TypeAlias = dict[str, str | int | date | None]
"""A requirement as plain values, by the names of columns."""

_GRAVITY = {status: number for number, status in enumerate(ComplianceStatus)}


@frozen
class AttendanceRate:
    """How many of the sessions that had to be attended were.

    Args:
        attended: Sessions attended, in time or late, or made up with another team.
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

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        # What is above this module is not known before it is asked for.
        from cmappraisal.training.compliance_grids import compliance_grid  # noqa: PLC0415

        return compliance_grid(self)

    @property
    def attendance_rate(self) -> AttendanceRate:
        """How many of the sessions that had to be attended were, of everybody in all."""
        return _rate(self.requirements)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each requirement as plain values, for a table.

        The values are strings, ints, dates and None. What is counted stands in columns of its own;
        the columns are the same in every row.
        """
        return tuple(self._row(requirement) for requirement in self.requirements)

    def _row(self, requirement: Requirement) -> Row:
        counts, proportion = requirement.counts, requirement.proportion
        kind, unit = requirement.kind, requirement.unit
        return {
            "plan": self.plan.id,
            "edition": self.plan.edition,
            "on": self.on,
            "first": requirement.period.first,
            "last": requirement.period.last,
            "extended_to": requirement.extended_to,
            "group": requirement.group,
            "person": requirement.person,
            "activity": requirement.activity,
            "kind": None if kind is None else kind.value,
            "unit": None if unit is None else unit.value,
            "status": requirement.status.value,
            "asked": counts.asked,
            "missing": counts.missing,
            **asdict(counts),
            "present_days": None if proportion is None else plain(proportion.present),
            "whole_days": None if proportion is None else proportion.whole,
            "decided_by": requirement.decided_by,
            "decided_on": requirement.decided_on,
        }

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
        remedy = perhaps(given, self.people) or SOMEBODY_TRAINED
        subject = f'compliance with "{self.plan}" on {self.on}'
        raise TrainingError([RecordFlaw.NOBODY.problem("$", given, remedy)], subject=subject)

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
    attended = sum(count.present + count.late + count.made_up for count in counts)
    return AttendanceRate(attended, attended + sum(c.absent + c.unrecorded for c in counts))


def check_compliance(
    schedule: Schedule,
    records: Iterable[Record],
    *,
    on: date,
    extensions: Iterable[Extension] = (),
) -> Compliance:
    """The status on a day of everything that the plan of a schedule asks.

    Sessions of that day and before it are held; a span is over on the day after its last. In which
    order the records come, and whether one comes twice, makes no difference.

    - A person has to attend the sessions of a required activity, of each team on the days that
      the person is in it: all but what is excused or on a day of leave, or the share that
      ``Activity.attendance`` states. One absence too many breaches it, where late arrivals can be
      absences too; what is not recorded leaves it short where it could be too many. A session
      attended with another team makes up for the same one of the person's own, or else for an
      earlier one that was missed and taught nothing else.
    - Of a stage the lessons are asked for too for which no day was found; those that a leave takes
      are waived. Of a past edition of the plan, what it required is asked for.
    - Individual sessions by a quota, such as two tests a year, are counted as a target is.
    - A report, a talk, a request or self-study that each person owes by a quota is delivered, on
      whatever day of the span. So are a report, a request or self-study of the team, which somebody
      delivers for it and nobody attends. It is short where more of its sessions, which are the days
      it is due, have passed than were delivered, or where those to come are not enough; and
      breached once the span is over. ``at_most`` bounds what is planned; doing more is not held
      against anyone.
    - A quota of the team is met by the sessions that enough of the team attended, by the quorum of
      the activity; it is on track where enough are to come, short where not, and breached once the
      span is over, or where more than ``at_most`` are scheduled. Where a team has nobody, the
      sessions held count.
    - A target is counted over the sessions that enough of the team attended, and over those that a
      person attended or delivered. What is individual only, no target asks of the team.
    - Quotas and targets ask for something in the spans that the schedule's period has in full; of
      who is there for a part of one, by ``TrainingPlan.presence``: in proportion, where nothing
      else is stated. What is not asked of the person then is waived, and the requirement has the
      arithmetic (``Requirement.proportion``).
    - What is not met when somebody leaves is closed.

    Args:
        schedule: The schedule, with its plan.
        records: What happened up to the day.
        on: The day as of which to check.
        extensions: Who has more time for what.

    Returns:
        Each requirement with its status.

    Raises:
        FieldError: An argument has a value that it does not allow.
        TrainingError: Records do not fit the schedule, contradict others, or are of a later day, or
            an extension is of nothing that is asked; each problem names the record or the
            extension.

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
    records, extended = as_tuple(records), as_tuple(extensions)
    require_all(
        "check_compliance",
        ("schedule", schedule, isinstance(schedule, Schedule), "a Schedule"),
        *strays("records", records, RECORD_KINDS),
        ("on", on, is_date(on), DATE),
        *strays("extensions", extended, (Extension,)),
    )
    on = as_date(on)
    besides = _problems_of_extensions(extended, schedule)
    marks = read_records(schedule, records, on, extensions=extended, besides=besides)
    return Compliance(
        schedule.plan,
        schedule.period,
        on=on,
        people=[trainee.id for trainee in schedule.people],
        requirements=requirements_by(on, schedule, marks, extended),
    )


def _problems_of_extensions(
    extensions: Iterable[Extension], schedule: Schedule
) -> Iterator[Problem]:
    """Extensions of what is asked of nobody, and of one thing twice."""
    spans = spans_of(schedule)
    people = [trainee.id for trainee in schedule.people]
    asked: defaultdict[str | ActivityKind | None, set[Period]] = defaultdict(set)
    for activity in schedule.plan.activities:
        if isinstance(activity.timing, Quota) and activity.per_person:
            asked[activity.id].update(spans[activity.timing.per])
    for target in schedule.plan.targets:
        asked[target.kind].update(spans[target.per])
    known = set(people)
    for place, extension in enumerate(extensions):
        path, of_what = f"$.extensions[{place}]", extension.activity or extension.kind
        if extension.person not in known:
            remedy = perhaps(extension.person, people) or SOMEBODY_TRAINED
            flaw = RecordFlaw.UNKNOWN_PERSON
            yield flaw.problem(
                f"{path}.person", extension_named(extension), extension.person, remedy
            )
        if of_what not in asked:
            name = "activity" if extension.kind is None else "kind"
            yield RecordFlaw.NOTHING_TO_EXTEND.problem(f"{path}.{name}", extension_named(extension))
        elif extension.period not in asked[of_what]:
            flaw = RecordFlaw.NOTHING_ASKED_THEN
            yield flaw.problem(f"{path}.period", extension_named(extension), extension.period)
    twice = repeats((each.person, each.activity, each.kind, each.period) for each in extensions)
    for place, (person, *_) in twice:
        yield RecordFlaw.EXTENDED_TWICE.problem(f"$.extensions[{place}]", person)
