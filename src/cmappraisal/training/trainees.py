"""Trainees: who is trained, in which group from when to when, and when they are away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from attrs import field, frozen

from cmappraisal.errors import MAXIMUM_PROBLEMS, FieldError, Problem, ProblemCode
from cmappraisal.fields import (
    as_id_tuple,
    as_optional_date,
    as_text,
    as_tuple,
    checked,
    id_tuple,
    identifier,
    is_identifier,
    optional_date,
    repeated,
    require_all,
    require_date,
    shown_id,
    tuple_of,
)
from cmappraisal.flaw_wordings import perhaps
from cmappraisal.people import Milestone, Tenure
from cmappraisal.training.contradictions import Contradiction, reject_fields, strays
from cmappraisal.training.leaves import Leave
from cmappraisal.training.plan_flaws import A_TENURE, PlanFlaw
from cmappraisal.training.reprs import brief


def _as_tenures(value: Iterable[Tenure]) -> tuple[Tenure, ...]:
    return as_tuple(value)


def _as_leaves(value: Iterable[Leave]) -> tuple[Leave, ...]:
    return as_tuple(value)


def _first_of(tenure: Tenure) -> date:
    return tenure.first or date.min


@frozen
class Trainee:
    """A relationship manager who is trained.

    Args:
        id: The person's id.
        hired_on: The day of hiring, from which stages are reckoned, and before which nothing is
            asked of the person; None where it is not known.
        needs: Ids of the courses that the person needs, most needed first. Of one activity, basic
            courses are taken before professional and advanced ones all the same.
        tenures: When the person was in which group, at which share of full time; no two on one
            day. What they leave out is a time elsewhere. None for somebody who is all the time
            where the schedule lists them.
        leaves: When the person is away.

    Raises:
        FieldError: A field has a value that it does not allow; or tenures or leaves are of somebody
            else, share a day, or are before the day of hiring.

    >>> Trainee("RM-07", date(2026, 3, 2), needs=["negotiation"]).needs
    ('negotiation',)
    >>> moved = Trainee(
    ...     "RM-08",
    ...     tenures=[
    ...         Tenure("RM-08", "north", last=date(2026, 6, 30)),
    ...         Tenure("RM-08", "south", first=date(2026, 9, 1), full_time="0.5"),
    ...     ],
    ... )
    >>> moved.is_there(date(2026, 6, 30)), moved.is_there(date(2026, 7, 1))
    (True, False)
    """

    id: str = field(converter=as_text, validator=identifier)
    hired_on: date | None = field(default=None, converter=as_optional_date, validator=optional_date)
    needs: tuple[str, ...] = field(
        default=(), converter=as_id_tuple, validator=id_tuple("course ids"), kw_only=True
    )
    tenures: tuple[Tenure, ...] = field(
        default=(),
        converter=_as_tenures,
        validator=tuple_of(Tenure, "a list of Tenure"),
        kw_only=True,
    )
    leaves: tuple[Leave, ...] = field(
        default=(),
        converter=_as_leaves,
        validator=tuple_of(Leave, "a list of Leave"),
        kw_only=True,
    )

    __repr__ = brief("id", "hired_on", "needs")

    def __attrs_post_init__(self) -> None:
        if self.tenures or self.leaves:
            reject_fields(self, self._contradictions())

    def _contradictions(self) -> Iterator[Contradiction]:
        for name in ("tenures", "leaves"):
            others = sorted({each.person for each in getattr(self, name)} - {self.id})
            if others:
                allowed = f'those of "{self.id}", not of "{others[0]}"'
                yield name, ProblemCode.CONTRADICTION, allowed
        for before, after in pairwise(sorted(self.tenures, key=_first_of)):
            if before.last is None or after.first is None or after.first <= before.last:
                allowed = (
                    "one tenure at a time; let the one that begins before "
                    f"{after.first or before.last or 'the other'} end the day before it"
                )
                yield "tenures", ProblemCode.CONTRADICTION, allowed
                break
        hired_on = self.hired_on
        if hired_on is not None and any(
            (each.first or hired_on) < hired_on or (each.last or hired_on) < hired_on
            for each in self.tenures
        ):
            yield "tenures", ProblemCode.CONTRADICTION, f"none before hired_on ({hired_on})"

    @property
    def since(self) -> date | None:
        """The day of hiring, or else the first day of the first tenure; None where neither is."""
        first = min(map(_first_of, self.tenures), default=date.min)
        return self.hired_on or (None if first == date.min else first)

    def is_there(self, day: date) -> bool:
        """Whether the person is on the staff on a day, as far as that is known.

        Who is on leave is on the staff.

        Args:
            day: The day.

        Raises:
            FieldError: ``day`` is no date.

        >>> Trainee("RM-07", date(2026, 3, 2)).is_there(date(2026, 3, 1))
        False
        """
        day = require_date("Trainee.is_there", "day", day)
        if self.hired_on is not None and day < self.hired_on:
            return False
        return not self.tenures or any(each.holds(day) for each in self.tenures)


def as_trainees(value: Iterable[Trainee]) -> tuple[Trainee, ...]:
    """A tuple from any iterable of trainees."""
    return as_tuple(value)


def is_trainees(value: object) -> bool:
    """Whether a value is a tuple of trainees, none of them twice."""
    return (
        isinstance(value, tuple)
        and all(isinstance(trainee, Trainee) for trainee in value)
        and not repeated(trainee.id for trainee in value)
    )


TRAINEES = "a list of Trainee, nobody twice"


@frozen
class Group:
    """Trainees who are trained as one: a team, or a class of a course.

    Args:
        id: Its id.
        trainees: Its members. Who has tenures is a member when these say so; who has none always
            is, from the day of hiring on.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> Group("branch-1", [Trainee("RM-01"), Trainee("RM-02")]).size
    2
    """

    id: str = field(converter=as_text, validator=identifier)
    trainees: tuple[Trainee, ...] = field(
        converter=as_trainees, validator=checked(is_trainees, TRAINEES)
    )

    __repr__ = brief()

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.trainees)


def trainees_of(
    people: Iterable[Tenure | Milestone | Leave],
    *,
    needs: Mapping[str, Iterable[str]] | None = None,
    hired: str = "hired",
) -> tuple[Trainee, ...]:
    """The trainees that staff records make, such as the list that scoring takes as ``people``.

    Args:
        people: The tenures, milestones and leaves of everybody, in any order.
        needs: Ids of the courses that each person needs, by the person's id.
        hired: The name of the milestone that is the day of hiring; other milestones are left out.

    Returns:
        A trainee for each person with a tenure or a leave, in the order in which they come.

    Raises:
        FieldError: An argument has a value that it does not allow, the records of somebody
            contradict one another, or there are needs of somebody else.

    >>> people = [
    ...     Tenure("RM-01", "north", last=date(2026, 6, 30)),
    ...     Milestone("RM-01", "hired", date(2019, 9, 2)),
    ...     Leave("RM-01", "annual", first=date(2026, 5, 4), last=date(2026, 5, 8)),
    ... ]
    >>> (trainee,) = trainees_of(people, needs={"RM-01": ["negotiation"]})
    >>> trainee.hired_on, len(trainee.tenures), len(trainee.leaves), trainee.needs
    (datetime.date(2019, 9, 2), 1, 1, ('negotiation',))
    """
    records = as_tuple(people)
    wanted = {} if needs is None else needs
    require_all(
        "trainees_of",
        *strays("people", records, (Tenure, Milestone, Leave)),
        ("needs", needs, isinstance(wanted, Mapping), "None, or a mapping from ids of people"),
        ("hired", hired, is_identifier(hired), "the name of a milestone"),
    )
    tenures: dict[str, list[Tenure]] = {}
    leaves: dict[str, list[Leave]] = {}
    days: dict[str, date] = {}
    problems: list[Problem] = []
    for place, record in enumerate(records):
        if isinstance(record, Milestone):
            if record.name == as_text(hired):
                problems += _second_day(place, record, days.setdefault(record.person, record.day))
            continue
        own_tenures = tenures.setdefault(record.person, [])
        own_leaves = leaves.setdefault(record.person, [])
        if isinstance(record, Tenure):
            own_tenures.append(record)
        else:
            own_leaves.append(record)
    problems += _needs_of_others(wanted, tenures)
    trainees: list[Trainee] = []
    for person, of_person in tenures.items():
        try:
            trainees.append(
                Trainee(
                    person,
                    days.get(person),
                    needs=wanted.get(person, ()),
                    tenures=of_person,
                    leaves=leaves[person],
                )
            )
        except FieldError as error:
            problems += (each.within(f'$.people["{person}"]') for each in error.problems)
    if problems:
        more = max(len(problems) - MAXIMUM_PROBLEMS, 0)
        raise FieldError(problems[:MAXIMUM_PROBLEMS], more, "trainees_of")
    return tuple(trainees)


def _second_day(place: int, record: Milestone, day: date) -> Iterator[Problem]:
    """A day of hiring that is another than one that is there already."""
    if record.day != day:
        named = record.day, record.person, day
        yield PlanFlaw.SECOND_DAY.problem(f"$.people[{place}].day", *named)


def _needs_of_others(
    needs: Mapping[str, Iterable[str]], known: Mapping[str, object]
) -> Iterator[Problem]:
    """The needs of those of whom nothing is recorded, which would be dropped."""
    for person in needs:
        if person not in known:
            given = shown_id(person)
            remedy = perhaps(given, known) or A_TENURE
            yield PlanFlaw.NEEDS_OF_OTHERS.problem(f'$.needs["{given}"]', remedy)
