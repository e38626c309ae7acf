"""Burdens that are shared: by trying everything, nobody could have less."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, time
from itertools import product

import pytest
from attrs import evolve
from hypothesis import given

from cmappraisal import WorkCalendar
from cmappraisal.interop import solver
from cmappraisal.interop.solver import lessons, reassign
from cmappraisal.interop.solver.burdens import shared_out
from cmappraisal.interop.solver.free_days import met_by
from cmappraisal.interop.solver.problems import problem_of
from cmappraisal.interop.solver.timings import Placing
from cmappraisal.training import Burden, Cadence, Hours, Rescheduled, Room, Session, Trainer
from marches import STUDY, activity, day, march, off_but, teams
from promises import Instance, hours_of, instances, span_of, timed_instances

WEEKLY = evolve(STUDY, timing=Cadence("FREQ=WEEKLY;BYDAY=TU"))
HOURS = [Hours(time(9), time(17))]


def loads(made: Rescheduled) -> list[int]:
    counted = Counter(each.trainer for each in made.schedule.sessions)
    return sorted(counted[each.id] for each in made.schedule.trainers)


def of_kind(made: Rescheduled, kind: str) -> Burden | None:
    return next((each for each in made.burdens if each.kind.value == kind), None)


def fewest(made: Rescheduled) -> int:
    """The least that whoever has most could have, the days being what they are."""
    after = made.schedule
    taught = [each for each in after.sessions if each.trainer is not None]
    able = [
        [
            trainer.id
            for trainer in after.trainers
            if {*session.courses} <= trainer.teaches and session.on not in trainer.away
        ]
        for session in taught
    ]

    def fits(ids: tuple[str, ...]) -> bool:
        days = [(id, session.on) for id, session in zip(ids, taught, strict=True)]
        return len(set(days)) == len(days)

    return min(max(Counter(ids).values()) for ids in product(*able) if fits(ids))


def check_burdens(instance: Instance) -> None:
    year, rooms, trainers = instance
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    burden = of_kind(made, "trainers")
    assert (burden is None) is (max(loads(made), default=0) == 0)
    if burden is not None:
        assert burden.most == max(loads(made))
        assert burden.is_proved
        assert burden.most == fewest(made)


@given(instances())
def test_nobody_could_have_fewer_sessions(instance: Instance) -> None:
    check_burdens(instance)


@given(timed_instances())
def test_by_the_hour_nobody_has_more_than_is_said(instance: Instance) -> None:
    year, rooms, trainers = instance
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    burden = of_kind(made, "trainers")
    assert (0 if burden is None else burden.most) == max(loads(made), default=0)
    assert list(overlaps(made)) == []


def overlaps(made: Rescheduled) -> Iterator[tuple[Session, Session]]:
    after = made.schedule
    for trainer in after.trainers:
        there = [each for each in after.sessions if each.trainer == trainer.id]
        for one, other in product(there, there):
            if one.id < other.id and one.on == other.on:
                begins, ends = span_of(after, one)
                first, last = span_of(after, other)
                timed = bool(hours_of(after, trainer, one.on))
                if not timed or (begins < last + trainer.gap and first < ends + trainer.gap):
                    yield one, other


def test_six_trainers_who_teach_the_same_have_two_of_twelve_sessions_each() -> None:
    trainers = [Trainer(f"T{number}", ["law"]) for number in range(6)]
    made = solver.assign(march(STUDY, groups=teams(*[1] * 12)), trainers=trainers)
    assert loads(made) == [2] * 6
    assert [each.text.en for each in made.burdens] == [
        "sessions that one trainer holds: 2 at most, and nobody's share could be lower: 12 are "
        "shared by nobody but 6"
    ]


def test_a_session_is_handed_on_through_others() -> None:
    # The first is asked for law before sales, and so has both where nobody hands one on.
    # One group has its six sessions on six days, so that any trainer is free on each.
    year = march(
        *(
            activity(f"{course}-{number}", courses=[course])
            for course in ("law", "sales", "care")
            for number in (1, 2)
        ),
        groups=teams(1),
    )
    trainers = [
        Trainer("A", ["law", "sales"]),
        Trainer("B", ["sales", "care"]),
        Trainer("C", ["care"]),
    ]
    made = solver.assign(year, trainers=trainers)
    assert loads(made) == [2, 2, 2]
    assert all(each.is_proved for each in made.burdens)


def test_what_stays_keeps_its_trainer() -> None:
    year = march(STUDY, groups=teams(1, 1, 1))
    rooms = [Room("R", 9, hours=HOURS)]
    trainers = [Trainer("A", ["law"], hours=HOURS)]
    made = solver.assign(year, rooms=rooms, trainers=trainers)
    more = [*trainers, Trainer("B", ["law"], hours=HOURS)]
    again = reassign(made.schedule, not_before=day(1), trainers=more)
    assert again.changes == ()
    assert loads(again) == [0, 3]
    burden = of_kind(again, "trainers")
    assert burden is not None
    assert (burden.most, burden.sessions, burden.among, burden.is_proved) == (3, 3, 1, True)


def test_trainers_take_turns_on_days_that_are_inconvenient() -> None:
    # The 14th is a Saturday that is worked; of the 13th only half is.
    calendar = evolve(
        off_but(10, 11, 13, 14),
        workdays=[day(14)],
        half_days=[day(13)],
        holidays=off_but(10, 11, 13).holidays,
    )
    year = march(STUDY, groups=teams(1, 1, 1, 1), calendar=calendar)
    made = solver.assign(
        year,
        rooms=[Room("R", 1)],
        trainers=[Trainer("A", ["law"]), Trainer("B", ["law"])],
    )
    assert loads(made) == [2, 2]
    found = {each.on.day: each.trainer for each in made.schedule.sessions}
    assert found[13] != found[14]
    burden = of_kind(made, "trainers-inconvenient")
    assert burden is not None
    assert (burden.most, burden.sessions, burden.among) == (1, 2, 2)
    burden = of_kind(made, "attendees-inconvenient")
    assert burden is not None
    assert (burden.most, burden.sessions, burden.among, burden.is_proved) == (1, 2, 4, True)


def test_trainers_exchange_what_is_inconvenient() -> None:
    # On each half day A would be the one with fewest sessions.
    half = [day(10), day(17)]
    year = march(WEEKLY, groups=teams(1), calendar=WorkCalendar(half_days=half))
    made = solver.assign(year, trainers=[Trainer("A", ["law"]), Trainer("B", ["law"])])
    of_day = {each.on.day: each.trainer for each in made.schedule.sessions}
    assert Counter(of_day[each.day] for each in half) == {"A": 1, "B": 1}
    # Both half days are turns of one of them, since others come between.
    between = march(
        WEEKLY,
        activity("more", courses=["law"], timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=12")),
        groups=teams(1),
        calendar=year.calendar,
    )
    made = solver.assign(between, trainers=[Trainer("A", ["law"]), Trainer("B", ["law"])])
    of_day = {each.on.day: each.trainer for each in made.schedule.sessions}
    assert Counter(of_day[each.day] for each in half) == {"A": 1, "B": 1}
    burden = of_kind(made, "trainers-inconvenient")
    assert burden is not None
    assert burden.is_proved


def test_groups_take_turns_on_days_that_are_inconvenient() -> None:
    half = [day(4), day(11), day(18)]
    year = march(WEEKLY, groups=teams(1, 1, 1), calendar=WorkCalendar(half_days=half))
    # Each week has three days for three groups, one of them a half day.
    made = solver.assign(year, rooms=[Room("R", 1)])
    bad = Counter(each.group for each in made.schedule.sessions if each.on in half)
    assert set(bad.values()) == {1}
    assert made.is_proved


def test_groups_take_turns_in_being_left_out() -> None:
    only = {day(3), day(10), day(17)}
    room = Room("R", 1, closed=[each for each in off_but().holidays if each not in only])
    made = solver.assign(march(WEEKLY, groups=teams(1, 1, 1)), rooms=[room])
    held = Counter(each.group for each in made.schedule.sessions)
    assert held == {"g0": 1, "g1": 1, "g2": 1}
    assert {each.session for each in made.blockages} == {
        each.id for each in made.schedule.cancelled
    }


def test_without_looks_nobody_hands_anything_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lessons, "MAXIMUM_LOOKS", 0)
    trainers = [Trainer("A", ["law"]), Trainer("B", ["law"])]
    made = solver.assign(march(STUDY, groups=teams(1, 1)), trainers=trainers)
    assert loads(made) == [1, 1]


def test_days_on_which_others_are_away_show_why_nobody_could_have_fewer() -> None:
    away = [day(3), day(10), day(17), day(24)]
    trainers = [Trainer("A", ["law"]), Trainer("B", ["law"], away=away)]
    made = solver.assign(march(WEEKLY, groups=teams(1)), trainers=trainers)
    assert loads(made) == [1, 4]
    (burden,) = made.burdens
    assert (burden.most, burden.sessions, burden.among, burden.is_proved) == (4, 4, 1, True)


@pytest.mark.parametrize(
    ("away", "found"),
    [([26], [10, 31]), ([26, 31], [])],
    ids=["one is exchanged", "there is nothing to exchange"],
)
def test_only_what_both_can_have_is_exchanged(away: list[int], found: list[int]) -> None:
    half = [day(number) for number in (3, 10, 17, 24)]
    more = activity("more", courses=["law"], timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=26"))
    year = march(WEEKLY, more, groups=teams(1), calendar=WorkCalendar(half_days=half))
    trainers = [
        Trainer("A", ["law"], away=[day(number) for number in away]),
        Trainer("B", ["law"], away=[day(3)]),
    ]
    problem = problem_of(evolve(year, trainers=trainers), day(1))
    sessions = [each.session for each in problem.demands]
    of_b = (day(24), day(26), day(31))
    placed = {each.id: Placing(each.on, None, "B" if each.on in of_b else "A") for each in sessions}
    chosen = {place: (each.on, False) for place, each in enumerate(sessions)}
    after, _ = shared_out(problem, chosen, placed)
    changed = sorted(
        each.on.day for each in sessions if after[each.id].trainer != placed[each.id].trainer
    )
    assert changed == found


def test_who_attends_both_of_two_sessions_meets_oneself() -> None:
    year = march(STUDY, activity("more"), groups=teams(1, 1))
    problem = problem_of(evolve(year, rooms=[Room("R", 1)]), day(1))
    groups = [each.session.group for each in problem.demands]
    assert groups == ["g0", "g1", "g0", "g1"]
    assert met_by(problem, problem.demands[0], day(10), [1, 2, 3]) == [2]
    year = march(activity("alone", per_person=True), activity("team"), groups=teams(1))
    alone, team = problem_of(evolve(year, rooms=[Room("R", 1)]), day(1)).demands
    problem = problem_of(evolve(year, rooms=[Room("R", 1)]), day(1))
    assert met_by(problem, alone, day(10), [1]) == [1]
    assert met_by(problem, team, day(10), [0]) == [0]
    assert met_by(problem, alone, date(2027, 1, 1), [1]) == []
