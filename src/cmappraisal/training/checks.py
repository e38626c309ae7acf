"""Checks: what a plan asks of each team and each person, and what became of it by a day.

Sessions of that day and before it are held. Whatever counts in a span counts on the day it takes
place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias, cast

from attrs import evolve, field, frozen

from cmappraisal.periods import Period
from cmappraisal.spans import CalendarSpan
from cmappraisal.training.activity_timings import CareerStage, Quota
from cmappraisal.training.extensions import Extension
from cmappraisal.training.marks import Marks, Occasion, is_delivered, is_delivered_for_team
from cmappraisal.training.plans import Activity, ActivityKind, Target, TrainingPlan
from cmappraisal.training.presence import Presence
from cmappraisal.training.proportions import Proportion, proportion_of
from cmappraisal.training.records import ATTENDED, AttendanceStatus
from cmappraisal.training.requirements import ComplianceStatus, Counts, Requirement
from cmappraisal.training.rolls import Attendee, Roll, by_day
from cmappraisal.training.schedules import Schedule, presence_of
from cmappraisal.training.sessions import Participants, Session
from cmappraisal.training.shortfalls import ShortfallCause
from cmappraisal.training.spanning import Ends, by_span, extended, spans_of
from cmappraisal.training.targets import amount, asked_for, is_individual, of_kind
from cmappraisal.training.verdicts import (
    attendance,
    decided,
    delivery,
    nth,
    progress,
    requirement_of,
)

_SETTLED = frozenset({ComplianceStatus.MET, ComplianceStatus.WAIVED})
"""What stays as it is when somebody leaves."""


def requirements_by(
    on: date, schedule: Schedule, marks: Marks, extensions: Iterable[Extension] = ()
) -> Iterator[Requirement]:
    """What the plan of a schedule asks of the teams, and then of each person, by a day."""
    check = _Check.of(schedule, marks, on, extensions)
    yield from _of_teams(check)
    yield from _of_people(check)


_Occasions: TypeAlias = defaultdict[tuple[str, Participants], list[Occasion]]
"""Sessions by day, by their activity and their participants."""


@frozen(eq=False)
class _Check:
    """What is checked, on which day.

    Args:
        schedule: The schedule.
        marks: The records that fit it.
        on: The day.
        spans: The spans that the period has in full, by kind.
        extensions: Who has more time, by what it is for and by person.
        occasions: The sessions.
        statuses: How each person attended, by session.
        required: The ids of the activities that the plan requires, past editions left out.
        unasked: The ids of the sessions that nobody has to attend, by the edition of the plan that
            they are of.
        members: Everybody who is in a team some time, by team.
        unplanned: How many lessons of each stage no day was found for, by activity and person.
        away: How many lessons of each stage are waived, since the person is on leave all the time.
    """

    schedule: Schedule
    marks: Marks
    on: date
    spans: Mapping[CalendarSpan, Sequence[Period]]
    extensions: Mapping[tuple[str | ActivityKind | None, str], dict[Period, date]]
    required: frozenset[str]
    unasked: frozenset[str | None]
    occasions: _Occasions = field(factory=lambda: defaultdict(list))
    statuses: dict[str, dict[str, AttendanceStatus]] = field(factory=dict)
    members: defaultdict[str | None, dict[str, Presence]] = field(factory=lambda: defaultdict(dict))
    unplanned: Counter[tuple[str, str]] = field(factory=Counter)
    away: Counter[tuple[str, str]] = field(factory=Counter)

    @classmethod
    def of(
        cls, schedule: Schedule, marks: Marks, on: date, extensions: Iterable[Extension]
    ) -> _Check:
        more_time: defaultdict[tuple[str | ActivityKind | None, str], dict[Period, date]]
        more_time = defaultdict(dict)
        for each in extensions:
            more_time[each.activity or each.kind, each.person][each.period] = each.until
        unasked = frozenset(
            each.id
            for each in marks.occasions.values()
            if not each.activity.required or is_delivered(each.activity)
        )
        required = frozenset(each.id for each in schedule.plan.activities if each.required)
        check = cls(schedule, marks, on, spans_of(schedule), more_time, required, unasked)
        for occasion in sorted(marks.occasions.values(), key=by_day):
            session = cast(Session, occasion.session)
            group = session.group if session.person is None else None
            check.occasions[session.activity, (group, session.person)].append(occasion)
        for trainee in schedule.people:
            check.statuses[trainee.id] = marks.statuses(trainee.id)
            presence = presence_of(schedule, trainee.id)
            for stay in presence.stays:
                check.members[stay.group][trainee.id] = presence
        check.note_lost_lessons()
        return check

    def note_lost_lessons(self) -> None:
        """Note what no day was found for of the stages whose days the period has in full."""
        stages = {each.id for each in self.plan.activities if isinstance(each.timing, CareerStage)}
        for each in self.schedule.shortfalls:
            whole = self.schedule.period
            inside = whole.first <= each.period.first and each.period.last <= whole.last
            if each.activity in stages and each.person is not None and inside:
                lost = self.away if each.cause is ShortfallCause.AWAY else self.unplanned
                lost[each.activity, each.person] += each.missing

    @property
    def plan(self) -> TrainingPlan:
        return self.schedule.plan

    def there(
        self, activity: Activity, *, group: str | None = None, person: str | None = None
    ) -> Sequence[Occasion]:
        """The sessions of an activity for some participants, by day."""
        return self.occasions.get((activity.id, (group, person)), ())

    def ends(self, what: str | ActivityKind, person: str | None) -> Ends:
        """The last days of a person for something that is asked, where they were extended."""
        return {} if person is None else self.extensions.get((what, person), {})

    def proportion(self, asked: int, span: Period, person: Attendee) -> Proportion | None:
        """How much is asked in proportion; None where somebody is there all the time."""
        schedule = self.schedule
        return proportion_of(
            asked, span, person.presence, schedule.calendar, schedule.plan.presence
        )

    def counts_for_team(self, occasion: Occasion) -> bool:
        """Whether enough of a team attended a session of it; it has nobody or somebody did."""
        attendees = self.schedule.attendees(cast(Session, occasion.session))
        statuses = [self.statuses[person].get(str(occasion.id)) for person in attendees]
        attended = sum(status in ATTENDED for status in statuses)
        expected = len(statuses) - statuses.count(AttendanceStatus.EXCUSED)
        quorum = Fraction(occasion.activity.attendance.quorum)
        return not attendees or (attended > 0 and attended >= quorum * expected)


# Teams.


def _of_teams(check: _Check) -> Iterator[Requirement]:
    for team, _ in check.schedule.teams:
        for activity in check.plan.activities:
            if isinstance(activity.timing, Quota) and not activity.per_person:
                yield from _of_team(activity, activity.timing, team, check)
        for target in check.plan.targets:
            if not is_individual(target, check.plan):
                done, ahead = _of_kind(target.kind, team, check)
                yield from _of_target(target, done, ahead, check, group=team)


def _of_kind(
    kind: ActivityKind, team: str | None, check: _Check
) -> tuple[list[Occasion], list[Occasion]]:
    """What a team did of a kind, and what is to come of it, by day."""
    done: list[Occasion] = []
    ahead: list[Occasion] = []
    for activity in check.schedule.activities:
        if activity.kind is kind:
            there = check.there(activity, group=team)
            if is_delivered(activity):
                delivered = _delivered_by(team, activity, check)
                ahead += _still_due(activity, delivered, there, check)
                done += delivered
            else:
                ahead += (each for each in there if each.on > check.on)
                held = (each for each in there if each.on <= check.on)
                done += filter(check.counts_for_team, held)
    return sorted(done, key=by_day), sorted(ahead, key=by_day)


def _delivered_by(team: str | None, activity: Activity, check: _Check) -> list[Occasion]:
    """What members delivered for their team, by day; nothing of what is individual."""
    members = {} if activity.per_person else check.members[team]
    found = (
        occasion
        for person, presence in members.items()
        for occasion in check.marks.deliveries(activity, person)
        if (stay := presence.team_on(occasion.on)) is not None and stay.group == team
    )
    return sorted(found, key=by_day)


def _of_team(
    activity: Activity, quota: Quota, group: str | None, check: _Check
) -> Iterator[Requirement]:
    there = check.there(activity, group=group)
    if is_delivered(activity):
        delivered = _delivered_by(group, activity, check)
        yield from _of_delivery(activity, quota, delivered, there, check, group=group)
        return
    for span, (within,) in by_span(check.spans[quota.per], there):
        past = bisect_right(within, check.on, key=by_day)
        held = list(filter(check.counts_for_team, within[:past]))
        counts = Counts(needed=quota.at_least, done=len(held), to_come=len(within) - past)
        beyond = [] if quota.at_most is None else within[quota.at_most :]
        if beyond:
            result = decided(ComplianceStatus.BREACHED, counts, beyond)
        else:
            result = progress(counts, span.last, nth(held, quota.at_least), check.on)
        yield requirement_of(result, span, activity=activity, group=group)


# People.


def _of_people(check: _Check) -> Iterator[Requirement]:
    plan = check.plan
    targets = [target for target in plan.targets if not _is_for_team(target, plan)]
    for trainee in check.schedule.people:
        presence = presence_of(check.schedule, trainee.id)
        person = Attendee.of(trainee.id, presence, check.marks)
        last = max((stay.last for stay in presence.stays), default=date.min)
        for requirement in _of_person(person, targets, check):
            if last < check.on and requirement.status not in _SETTLED:
                yield evolve(
                    requirement, status=ComplianceStatus.CLOSED, decided_by=None, decided_on=last
                )
            else:
                yield requirement


def _is_for_team(target: Target, plan: TrainingPlan) -> bool:
    """Whether all that counts towards a target is delivered for the team."""
    kinds = of_kind(target.kind, plan)
    return bool(kinds) and all(map(is_delivered_for_team, kinds))


def _of_person(person: Attendee, targets: Iterable[Target], check: _Check) -> Iterator[Requirement]:
    for activity in check.schedule.activities:
        if not is_delivered_for_team(activity):
            yield from _of_activity(activity, person, check)
    for target in targets:
        done, ahead = _toward(target.kind, person, check)
        yield from _of_target(target, done, ahead, check, person=person)


def _of_activity(activity: Activity, person: Attendee, check: _Check) -> Iterator[Requirement]:
    there, timing = _sessions(activity, person, check), activity.timing
    if not (activity.per_person and isinstance(timing, Quota)):
        yield from _of_attendance(activity, there, person, check)
    elif activity.id not in check.required:
        return
    elif is_delivered(activity):
        delivered = check.marks.deliveries(activity, person.id)
        yield from _of_delivery(activity, timing, delivered, there, check, person=person)
    else:
        yield from _of_quota(activity, timing, there, person, check)


def _of_attendance(
    activity: Activity, there: Iterable[Occasion], person: Attendee, check: _Check
) -> Iterator[Requirement]:
    """What the sessions ask that were required by the edition of the plan that they are of."""
    required = [each for each in there if each.id not in check.unasked]
    place, staged = (activity.id, person.id), activity.id in check.required
    unplanned, away = (check.unplanned[place], check.away[place]) if staged else (0, 0)
    if required or unplanned or away:
        roll = _roll(required, activity, person, check)
        roll = evolve(roll, unplanned=unplanned, waived=roll.waived + away)
        result, period = attendance(roll, activity), check.schedule.period
        yield requirement_of(result, period, activity=activity, person=person.id)


def _sessions(activity: Activity, person: Attendee, check: _Check) -> list[Occasion]:
    """The sessions of an activity for a person, of each team that the person was in."""
    found: list[Occasion] = []
    for stay in person.presence.stays:
        for there in (
            check.there(activity, group=stay.group),
            check.there(activity, person=person.id),
        ):
            first = bisect_left(there, stay.first, key=by_day)
            found += there[first : bisect_right(there, stay.last, key=by_day)]
    return sorted(found, key=by_day)


def _roll(there: Iterable[Occasion], activity: Activity, person: Attendee, check: _Check) -> Roll:
    return Roll.of(there, person, activity.id, check.on)


def _of_quota(
    activity: Activity, quota: Quota, there: Sequence[Occasion], person: Attendee, check: _Check
) -> Iterator[Requirement]:
    ends, terms = check.ends(activity.id, person.id), activity.attendance
    taken: set[str | None] = set()
    for span, (within,) in by_span(check.spans[quota.per], there, person=person):
        proportion = check.proportion(quota.at_least, span, person)
        needed, waived = _needed(quota.at_least, proportion)
        last = ends.get(span, span.last)
        roll = _roll([each for each in within if each.id not in taken], activity, person, check)
        if last > span.last:
            later = [each for each in there if span.last < each.on <= last]
            of_later = _roll(later, activity, person, check)
            missing = max(needed - roll.counts(terms, needed).done, 0)
            extra = [each for each in of_later.held if not each.is_missed][:missing]
            taken.update(each.occasion.id for each in extra)
            roll = evolve(roll, held=[*roll.held, *extra], ahead=[*roll.ahead, *of_later.ahead])
        counts = roll.counts(terms, needed, waived)
        decisive = nth(roll.attended, needed + counts.late_absences)
        result = progress(counts, last, decisive, check.on)
        result = evolve(result, proportion=proportion, extended_to=ends.get(span))
        yield requirement_of(result, span, activity=activity, person=person.id)


def _of_delivery(
    activity: Activity,
    quota: Quota,
    delivered: Sequence[Occasion],
    there: Iterable[Occasion],
    check: _Check,
    *,
    group: str | None = None,
    person: Attendee | None = None,
) -> Iterator[Requirement]:
    id, spans = person.id if person else None, check.spans[quota.per]
    ends = check.ends(activity.id, id)
    # What is due while somebody is on leave is due on no day.
    due_then = [each for each in there if person is None or person.presence.is_there(each.on)]
    proportions, needed = _proportions(quota.at_least, spans, person, check)
    found = by_span(spans, delivered, due_then, person=person)
    for span, (done, due) in extended(found, delivered, ends, needed, len):
        left = due[len(done) :]
        # Who has more time has until then for all of it.
        overdue = [] if span in ends else [each for each in left if each.on < check.on]
        counts = Counts(
            needed=needed[span],
            done=len(done),
            to_come=len(left) - len(overdue),
            waived=quota.at_least - needed[span],
        )
        result = delivery(counts, ends.get(span, span.last), done, overdue, check.on)
        yield requirement_of(
            evolve(result, proportion=proportions[span], extended_to=ends.get(span)),
            span,
            activity=activity,
            group=group,
            person=id,
            delivered_on=[occasion.on for occasion in done],
        )


def _toward(
    kind: ActivityKind, person: Attendee, check: _Check
) -> tuple[list[Occasion], list[Occasion]]:
    """What a person did of a kind, and what is to come of it, by day."""
    done: list[Occasion] = []
    ahead: list[Occasion] = []
    for activity in check.schedule.activities:
        if activity.kind is kind and not is_delivered_for_team(activity):
            there = _sessions(activity, person, check)
            if is_delivered(activity):
                delivered = check.marks.deliveries(activity, person.id)
                ahead += _still_due(activity, delivered, there, check)
                done += delivered
            else:
                roll = _roll(there, activity, person, check)
                ahead += roll.ahead
                done += (*roll.attended, *roll.beside)
    return sorted(done, key=by_day), sorted(ahead, key=by_day)


def _still_due(
    activity: Activity, delivered: Iterable[Occasion], there: Iterable[Occasion], check: _Check
) -> Iterator[Occasion]:
    """What is due yet: in each span of a quota, all but as many as were delivered in it."""
    quota = cast(Quota, activity.timing)
    for _, (done, due) in by_span(check.spans[quota.per], delivered, there):
        yield from (each for each in due[len(done) :] if each.on >= check.on)


# Targets, and what decides.


def _of_target(
    target: Target,
    done: Iterable[Occasion],
    ahead: Iterable[Occasion],
    check: _Check,
    *,
    group: str | None = None,
    person: Attendee | None = None,
) -> Iterator[Requirement]:
    asked, done = asked_for(target), list(done)
    spans, id = check.spans[target.per], person.id if person else None
    ends = check.ends(target.kind, id)
    proportions, needed = _proportions(asked, spans, person, check)

    def measured(occasions: Sequence[Occasion]) -> int:
        return amount(target, ((each.on, each.activity) for each in occasions))

    found = by_span(spans, done, ahead, person=person)
    for span, (did, to_come) in extended(found, done, ends, needed, measured):
        last, asked_of = ends.get(span, span.last), needed[span]
        later = [each for each in ahead if span.last < each.on <= last] if span in ends else []
        counts = Counts(
            needed=asked_of,
            done=measured(did),
            to_come=measured([*did, *to_come, *later]) - measured(did),
            waived=asked - asked_of,
        )
        # The session that decides it is the first up to which there is enough.
        reached = bisect_left(
            range(len(did) + 1), asked_of, key=lambda number: measured(did[:number])
        )
        result = progress(counts, last, nth(did, reached), check.on)
        result = evolve(result, proportion=proportions[span], extended_to=ends.get(span))
        yield requirement_of(result, span, target=target, group=group, person=id)


def _proportions(
    asked: int, spans: Iterable[Period], person: Attendee | None, check: _Check
) -> tuple[dict[Period, Proportion | None], dict[Period, int]]:
    """How much is asked in each span in which a person is there, or a team; and what it makes."""
    proportions = {
        span: check.proportion(asked, span, person) if person else None
        for span in spans
        if person is None or person.presence.is_in(span)
    }
    return proportions, {span: _needed(asked, each)[0] for span, each in proportions.items()}


def _needed(asked: int, proportion: Proportion | None) -> tuple[int, int]:
    """How much is needed, and how much is waived."""
    return (asked, 0) if proportion is None else (proportion.needed, proportion.waived)
