"""Schedules: ids that can be read back, look-ups, and what a schedule cannot hold."""

import copy
import enum
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmappraisal import AppraisalError, FieldError, Period, Text, WorkCalendar
from cmappraisal.interop.strategies import identifiers
from cmappraisal.interop.training_strategies import schedules
from cmappraisal.showing import shown
from cmappraisal.training import (
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    Cause,
    Change,
    Curriculum,
    Group,
    Rescheduled,
    Room,
    Schedule,
    Session,
    Shortfall,
    ShortfallCause,
    TargetUnit,
    Trainee,
    Trainer,
    TrainingError,
    TrainingPlan,
)
from cmappraisal.training.sessions import MAXIMUM_SEQUENCE
from costly import costly

TEXT = Text.same("words")
DAY = date(2026, 1, 15)
NEXT = date(2026, 1, 16)
PLAN = TrainingPlan(
    "bank",
    "1.0",
    text=TEXT,
    curriculum=Curriculum("bank", "1.0", text=TEXT, courses=[]),
    activities=[
        Activity(id, TEXT, kind=ActivityKind.STUDY, timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"))
        for id in ("study", "晨會")
    ],
)
MONTH = Period.month(2026, 1)
NAME = 'schedule of "bank 1.0" for 2026-01-01..2026-01-31'
CAUSES, KINDS, UNITS = (
    ", ".join(f'{each} or "{each.value}"' for each in kind)
    for kind in (Cause, ActivityKind, TargetUnit)
)
IDENTIFIER = (
    "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
)


def session(activity: str = "study", planned_on: date = DAY, **fields: Any) -> Session:
    return Session(activity, planned_on, **{"on": planned_on, **fields})


def made(*sessions: Session, **fields: Any) -> Schedule:
    return Schedule(PLAN, MONTH, **{"calendar": WorkCalendar(), "sessions": sessions, **fields})


@pytest.mark.parametrize(
    ("fields", "id"),
    [
        ({}, "study/2026-01-15"),
        ({"on": NEXT, "cause": Cause.DAY_OFF}, "study/2026-01-15"),
        ({"sequence": 3, "room": "R", "trainer": "T", "courses": ["a"]}, "study/2026-01-15"),
        ({"planned_on": date(1, 1, 1)}, "study/0001-01-01"),
        ({"activity": "晨會"}, "晨會/2026-01-15"),
        ({"activity": "a/b"}, "a%2Fb/2026-01-15"),
        ({"activity": "100%"}, "100%25/2026-01-15"),
        ({"activity": "a%2Fb"}, "a%252Fb/2026-01-15"),
        ({"group": "branch-1"}, "study/2026-01-15/group:branch-1"),
        ({"group": "1/2 %"}, "study/2026-01-15/group:1%2F2 %25"),
        ({"group": "make-up"}, "study/2026-01-15/group:make-up"),
        ({"group": "2"}, "study/2026-01-15/group:2"),
        ({"person": "RM-01"}, "study/2026-01-15/person:RM-01"),
        ({"person": "a/person:b"}, "study/2026-01-15/person:a%2Fperson:b"),
        ({"group": "G", "person": "P"}, "study/2026-01-15/group:G/person:P"),
        ({"make_up": True}, "study/2026-01-15/make-up"),
        ({"number": 1}, "study/2026-01-15"),
        ({"number": 2}, "study/2026-01-15/2"),
        ({"number": MAXIMUM_SEQUENCE}, "study/2026-01-15/1000000"),
        (
            {"group": "G", "person": "P", "make_up": True, "number": 3},
            "study/2026-01-15/group:G/person:P/make-up/3",
        ),
    ],
)
def test_the_id_of_a_session(fields: dict[str, Any], id: str) -> None:
    assert session(**fields).id == id


def read(id: str) -> tuple[str, date, str | None, str | None, bool, int]:
    """What an id has, read from its parts."""

    def plain(text: str) -> str:
        return text.replace("%2F", "/").replace("%25", "%")

    activity, planned_on, *rest = id.split("/")
    named = dict(part.split(":", 1) for part in rest if ":" in part)
    group, person = (plain(named[key]) if key in named else None for key in ("group", "person"))
    number = int(rest[-1]) if rest and rest[-1].isdigit() else 1
    day = date.fromisoformat(planned_on)
    return plain(activity), day, group, person, "make-up" in rest, number


AWKWARD = st.text("/%:2F5", min_size=1, max_size=5) | st.sampled_from(
    ["make-up", "2", "group:a", "person:a", "2026-01-15", "%2F", "%252F", "a/2"]
)
NAMES = AWKWARD | identifiers()


@given(
    NAMES,
    st.dates(),
    st.none() | NAMES,
    st.none() | NAMES,
    st.booleans(),
    st.integers(1, 9) | st.just(MAXIMUM_SEQUENCE),
)
def test_an_id_tells_what_it_was_made_of(
    activity: str,
    planned_on: date,
    group: str | None,
    person: str | None,
    make_up: bool,
    number: int,
) -> None:
    made_of = session(
        activity, planned_on, group=group, person=person, make_up=make_up, number=number
    )
    assert read(made_of.id) == (activity, planned_on, group, person, make_up, number)


def identity(session: Session) -> tuple[object, ...]:
    return (
        *(session.activity, session.planned_on, session.group, session.person),
        *(session.make_up, session.number),
    )


IDENTITIES = st.builds(
    session,
    st.sampled_from(["a", "a/2", "a%2F2"]),
    st.sampled_from([DAY, NEXT]),
    group=st.sampled_from([None, "2", "make-up", "a/person:b"]),
    person=st.sampled_from([None, "b", "b/make-up", "b/2"]),
    make_up=st.booleans(),
    number=st.sampled_from([1, 2]),
)


@given(IDENTITIES, IDENTITIES)
def test_two_sessions_have_one_id_only_where_nothing_tells_them_apart(
    one: Session, other: Session
) -> None:
    assert (one.id == other.id) == (identity(one) == identity(other))


@given(IDENTITIES, st.none() | NAMES, st.none() | NAMES)
def test_a_session_for_others_is_otherwise_the_same(
    drawn: Session, group: str | None, person: str | None
) -> None:
    full = attrs.evolve(
        drawn, number=2, make_up=True, room="R", trainer="T", sequence=3, courses=["a"]
    )
    assert full.for_participants(group=group, person=person) == attrs.evolve(
        full, group=group, person=person
    )
    assert drawn.for_participants(group=drawn.group, person=drawn.person) == drawn
    assert drawn.for_participants() == attrs.evolve(drawn, group=None, person=None)


class Id(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    STUDY = "study"
    GROUP = "G"

    def __str__(self) -> str:
        return f"the {self.value}"


def test_ids_of_the_caller_s_own_kind_become_plain_strings() -> None:
    plain = session(Id.STUDY, group=Id.GROUP, person=Id.GROUP, room=Id.GROUP, trainer=Id.GROUP)
    assert plain.id == "study/2026-01-15/group:G/person:G"
    texts = (plain.activity, plain.group, plain.person, plain.room, plain.trainer)
    assert {type(text) for text in texts} == {str}
    assert made(session()).session(Id.STUDY.value + "/2026-01-15").activity == "study"


SEQUENCE = "an int from 0 to 1000000"
SESSION: dict[str, Any] = {"activity": "study", "planned_on": DAY, "on": DAY}
SHORTFALL: dict[str, Any] = {
    "activity": "study",
    "period": MONTH,
    "missing": 1,
    "cause": ShortfallCause.NO_OPEN_DAY,
}
CHANGE: dict[str, Any] = {"before": session(), "after": session(on=NEXT, cause=Cause.FULL)}
RESCHEDULED: dict[str, Any] = {"schedule": made(), "changes": []}
SCHEDULE: dict[str, Any] = {"plan": PLAN, "period": MONTH, "calendar": WorkCalendar()}
NOT_MOMENT = "a datetime.date such as date(2025, 3, 2), no datetime and no string"
COURSES = "a list of course ids, none of them twice"
DATES = "dates, in any iterable or as the keys of a mapping, at most 100000 of them"


@pytest.mark.parametrize(
    ("kind", "field", "given", "allowed"),
    [
        (Session, "activity", "", IDENTIFIER),
        (Session, "activity", "\ud800", IDENTIFIER),
        (Session, "activity", 5, IDENTIFIER),
        (Session, "planned_on", "2026-01-15", NOT_MOMENT),
        (Session, "planned_on", None, NOT_MOMENT),
        (Session, "on", datetime(2026, 1, 15, tzinfo=UTC), NOT_MOMENT),
        (Session, "cause", "holiday", f"None, or {CAUSES}"),
        (Session, "cause", ShortfallCause.ORDER, f"None, or {CAUSES}"),
        (Session, "courses", "abc", COURSES),
        (Session, "courses", ("a", "a"), COURSES),
        (Session, "group", "", f"None, or {IDENTIFIER}"),
        (Session, "person", 7, f"None, or {IDENTIFIER}"),
        (Session, "number", 0, "an int from 1 to 1000000"),
        (Session, "number", 1_000_001, "an int from 1 to 1000000"),
        (Session, "number", "2", "an int from 1 to 1000000"),
        (Session, "number", None, "an int from 1 to 1000000"),
        (Session, "make_up", 1, "True or False"),
        (Session, "make_up", "no", "True or False"),
        (Session, "room", "a\nb", f"None, or {IDENTIFIER}"),
        (Session, "trainer", ["T"], f"None, or {IDENTIFIER}"),
        (Session, "sequence", -1, SEQUENCE),
        (Session, "sequence", 1_000_001, SEQUENCE),
        (Session, "sequence", True, SEQUENCE),
        (Shortfall, "activity", "", f"None, or {IDENTIFIER}"),
        (Shortfall, "kind", "studies", f"None, or {KINDS}"),
        (Shortfall, "unit", "weeks", f"None, or {UNITS}"),
        (Shortfall, "course", "", f"None, or {IDENTIFIER}"),
        (Shortfall, "unit", ActivityKind.STUDY, f"None, or {UNITS}"),
        (Shortfall, "period", 2026, "a Period"),
        (Shortfall, "missing", 0, "an int from 1 to 1000000"),
        (Shortfall, "missing", 1_000_001, "an int from 1 to 1000000"),
        (Shortfall, "cause", "order", "a ShortfallCause"),
        (Shortfall, "cause", Cause.ORDER, "a ShortfallCause"),
        (Shortfall, "group", 5, f"None, or {IDENTIFIER}"),
        (Shortfall, "person", " ", f"None, or {IDENTIFIER}"),
        (Schedule, "plan", "bank", "a TrainingPlan"),
        (Schedule, "period", DAY, "a Period"),
        (Schedule, "calendar", None, "a WorkCalendar"),
        (Schedule, "trainees", ("RM-01",), "a list of Trainee"),
        (Schedule, "trainees", "RM-01", "a list of Trainee"),
        (Schedule, "groups", ("G",), "a list of Group"),
        (Schedule, "groups", {"G": 1}, "a list of Group"),
        (Schedule, "blackouts", "2026-01-15", DATES),
        (Schedule, "full_days", DAY, DATES),
        (Schedule, "rooms", ("R",), "a list of Room"),
        (Schedule, "trainers", ("T",), "a list of Trainer"),
        (Schedule, "trainers", None, "a list of Trainer"),
        (Schedule, "sessions", ("study/2026-01-15",), "a list of Session"),
        (Schedule, "cancelled", 5, "a list of Session"),
        (Schedule, "shortfalls", (1,), "a list of Shortfall"),
        (Change, "before", "study/2026-01-15", "a Session, or None"),
        (Change, "before", 5, "a Session, or None"),
        (Change, "after", "study/2026-01-15", "a Session, or None"),
        (Change, "after", (), "a Session, or None"),
        (Rescheduled, "schedule", None, "a Schedule"),
        (Rescheduled, "schedule", "bank 1.0", "a Schedule"),
        (Rescheduled, "changes", (5,), "a list of Change"),
        (Rescheduled, "changes", (None,), "a list of Change"),
        (Rescheduled, "changes", "x", "a list of Change"),
        (Rescheduled, "changes", None, "a list of Change"),
    ],
)
def test_a_field_that_does_not_fit_is_rejected(
    kind: Any, field: str, given: Any, allowed: str
) -> None:
    fields = {
        Session: SESSION,
        Shortfall: SHORTFALL,
        Schedule: SCHEDULE,
        Change: CHANGE,
        Rescheduled: RESCHEDULED,
    }[kind]
    assert kind(**fields)
    with pytest.raises(FieldError) as caught:
        kind(**{**fields, field: given})
    # No id stands beside the name: that of a session is worked out of fields that may be wrong.
    assert str(caught.value) == f"{kind.__name__}: {field} is {given!r}; allowed: {allowed}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, None),
        (session(), session("晨會")),
        (session(), session(planned_on=NEXT)),
        (session(on=NEXT), session(on=NEXT, group="北區")),
        (session(), session(number=2)),
        (session(), session(make_up=True)),
    ],
    ids=["nothing", "activity", "day", "group", "number", "make-up"],
)
def test_a_change_is_of_one_session(before: Session | None, after: Session | None) -> None:
    with pytest.raises(FieldError) as caught:
        Change(before, after)
    assert str(caught.value) == (
        f"Change: after is {shown(after)}; "
        "allowed: the same session as before, or None for one of them"
    )


@pytest.mark.parametrize("kind", [None, ActivityKind.STUDY])
def test_a_shortfall_is_of_an_activity_or_of_a_target(kind: ActivityKind | None) -> None:
    activity = None if kind is None else "study"
    with pytest.raises(FieldError) as caught:
        Shortfall(activity, kind, period=MONTH, missing=1, cause=ShortfallCause.AT_MOST)
    assert str(caught.value) == (
        f"Shortfall: kind is {kind!r}; allowed: None for an activity or a course, "
        "and an ActivityKind for a target"
    )


ONE, TWO, THREE = Trainee("RM-01"), Trainee("RM-02"), Trainee("RM-03")
NORTH = Group("北區", [TWO, ONE])
SOUTH = Group("south", [])
TEAM = session()
OF_NORTH = session(group="北區", number=2)
OF_SOUTH = session(group="south")
OWN = session("晨會", person="RM-02", on=NEXT)
GONE = session("晨會", NEXT)
WHOLE = made(
    TEAM,
    OF_NORTH,
    OF_SOUTH,
    OWN,
    cancelled=[GONE],
    trainees=[THREE],
    groups=[NORTH, SOUTH],
)


def test_sessions_are_found_by_id_by_day_and_by_person() -> None:
    assert str(WHOLE) == NAME
    assert WHOLE.session("study/2026-01-15") is TEAM
    assert WHOLE.session("study/2026-01-15/group:北區/2") is OF_NORTH
    assert WHOLE.session("晨會/2026-01-16") is GONE
    assert WHOLE.on(DAY) == (TEAM, OF_NORTH, OF_SOUTH)
    assert WHOLE.on(NEXT) == (OWN,)
    assert WHOLE.on(date(2026, 1, 17)) == ()
    assert WHOLE.of("RM-01") == (OF_NORTH,)
    assert WHOLE.of("RM-02") == (OF_NORTH, OWN)
    assert WHOLE.of("RM-03") == (TEAM,)
    with pytest.raises(TrainingError) as caught:
        WHOLE.of("RM-04")
    assert str(caught.value) == f'nobody in the {NAME} is "RM-04"; name somebody who is trained'


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: WHOLE.of(None), 'is "None"; name somebody who is trained'),  # type: ignore[arg-type]
        (lambda: WHOLE.on("2026-01-15"), "Schedule.on: day is '2026-01-15'; allowed: a datetime."),  # type: ignore[arg-type]
        (lambda: WHOLE.activity_of("study/2026-01-15"), "allowed: a Session, not its id"),  # type: ignore[arg-type]
        (lambda: WHOLE.attendees("study/2026-01-15"), "allowed: a Session, not its id"),  # type: ignore[arg-type]
    ],
)
def test_a_look_up_of_what_is_none_is_rejected(ask: Callable[[], Any], message: str) -> None:
    with pytest.raises(AppraisalError) as caught:
        ask()
    assert message in str(caught.value)


def test_a_schedule_is_shown_without_all_its_sessions() -> None:
    assert repr(WHOLE).startswith("Schedule(plan=bank 1.0, period=Period(")
    assert "sessions=<4>, cancelled=(Session(" in repr(WHOLE)
    assert "sessions=(Session(" in repr(made(TEAM))
    assert WHOLE._repr_html_().startswith('<div class="cmappraisal-year"')


def test_a_session_is_for_its_person_its_group_or_the_team() -> None:
    assert WHOLE.people == (TWO, ONE, THREE)
    assert WHOLE.attendees(TEAM) == ("RM-03",)
    assert WHOLE.attendees(OF_NORTH) == ("RM-02", "RM-01")
    assert WHOLE.attendees(OF_SOUTH) == ()
    assert WHOLE.attendees(OWN) == ("RM-02",)
    assert made(TEAM).attendees(TEAM) == ()
    assert made().people == ()


@pytest.mark.parametrize(
    ("planned_on", "on", "attendees"),
    [
        (date(2026, 1, 14), date(2026, 1, 14), ("RM-02",)),
        (date(2026, 1, 14), date(2026, 1, 15), ("RM-01", "RM-02")),
        (date(2026, 1, 15), date(2026, 1, 14), ("RM-02",)),
        (date(2026, 1, 16), date(2026, 1, 16), ("RM-01", "RM-02")),
    ],
)
def test_a_team_is_those_hired_by_the_day_it_meets(
    planned_on: date, on: date, attendees: tuple[str, ...]
) -> None:
    members = [Trainee("RM-01", DAY), Trainee("RM-02"), Trainee("RM-03", date(2026, 2, 1))]
    of_team = session(planned_on=planned_on, on=on)
    of_group = session(planned_on=planned_on, on=on, group="G")
    assert made(of_team, trainees=members).attendees(of_team) == attendees
    found = made(of_group, groups=[Group("G", members)])
    assert found.attendees(of_group) == attendees
    assert [bool(found.of(member.id)) for member in members] == [
        member.id in attendees for member in members
    ]


def test_an_activity_is_that_of_the_plan() -> None:
    assert WHOLE.activity_of(TEAM) is PLAN.activities[0]
    assert WHOLE.activity_of(OWN) is PLAN.activities[1]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (
            lambda: WHOLE.session("study/2026-01-51"),
            f'session "study/2026-01-51" is not in the {NAME}; did you mean "study/2026-01-15"?',
        ),
        (lambda: WHOLE.session("x"), f'session "x" is not in the {NAME}'),
        (lambda: WHOLE.session(5), f'session "5" is not in the {NAME}'),  # type: ignore[arg-type]
        (lambda: WHOLE.session(None), f'session "None" is not in the {NAME}'),  # type: ignore[arg-type]
        (lambda: WHOLE.session(["x"]), f"session \"['x']\" is not in the {NAME}"),  # type: ignore[arg-type]
        (lambda: WHOLE.session(Id.STUDY), f'session "study" is not in the {NAME}'),
        (lambda: WHOLE.session(""), f"session \"''\" is not in the {NAME}"),
        (lambda: WHOLE.session("a\nb"), f"session \"'a\\nb'\" is not in the {NAME}"),
        (lambda: WHOLE.session("\u202e"), f"session \"'\\u202e'\" is not in the {NAME}"),
        (lambda: WHOLE.session("\ud800"), f"session \"'\\ud800'\" is not in the {NAME}"),
        (lambda: WHOLE.session("x" * 200), f'session "{"x" * 200}" is not in the {NAME}'),
        (lambda: WHOLE.session("x" * 201), f'session "\'{"x" * 79}..." is not in the {NAME}'),
        (lambda: WHOLE.session("x" * 10**6), f'session "\'{"x" * 79}..." is not in the {NAME}'),
        (
            lambda: WHOLE.session("study/2026-01-15\n"),
            f"session \"'study/2026-01-15\\n'\" is not in the {NAME}",
        ),
        (
            lambda: WHOLE.attendees(session(group="north")),
            f'group "north" is not in the {NAME}',
        ),
        (
            lambda: WHOLE.activity_of(session("studdy")),
            'activity "studdy" is not in plan "bank 1.0"; did you mean "study"?',
        ),
    ],
)
def test_what_is_not_there_is_rejected(ask: Callable[[], Any], message: str) -> None:
    with pytest.raises(TrainingError) as caught:
        ask()
    remedies = {"session": "give the id of one of its sessions", "group": "name one of its groups"}
    remedy = "" if "did you mean" in message else f"; {remedies[message.split()[0]]}"
    assert str(caught.value) == message + remedy


def is_in(drawn: Schedule, person: Trainee, session: Session) -> bool:
    """Whether somebody is in the team of a session on its day, and not on leave."""
    groups = {group.id for group in drawn.groups}
    of_groups = [group.id for group in drawn.groups if person in group.trainees]
    listed: list[str | None] = [*of_groups] or [None]
    held = [each.group for each in person.tenures if each.holds(session.on)]
    known = [each for each in held if each in groups] if groups else [None for _ in held]
    hired = person.hired_on is None or person.hired_on <= session.on
    away = [
        each
        for each in person.leaves
        if each.holds(session.on) and each.kind in drawn.plan.presence.leave
    ]
    teams = known if person.tenures else listed
    return hired and not away and session.group in teams


def ids_of(plan: TrainingPlan) -> set[str]:
    return {activity.id for activity in plan.activities}


@costly
@given(schedules())
def test_every_look_up_answers_by_its_definition(drawn: Schedule) -> None:
    assert len({each.id for each in drawn.sessions}) == len(drawn.sessions)
    grouped = [trainee for group in drawn.groups for trainee in group.trainees]
    assert drawn.people == (*grouped, *drawn.trainees)
    for each in drawn.sessions:
        assert drawn.session(each.id) is each
        # Before the day until which an edition of the plan held, it is that edition's.
        held = [past.plan for past in drawn.past_plans if each.on < past.until]
        plans = [plan for plan in (*held, drawn.plan) if each.activity in ids_of(plan)]
        expected = plans[0].activity(each.activity) if plans else None
        assert expected is None or drawn.activity_of(each) is expected
        there = [one.id for one in drawn.people if is_in(drawn, one, each)]
        own = [] if each.person is None else [each.person]
        assert list(drawn.attendees(each)) == (own or there)
    by_day = [
        each for day in sorted({each.on for each in drawn.sessions}) for each in drawn.on(day)
    ]
    assert by_day == sorted(drawn.sessions, key=lambda each: each.on)
    for person in [trainee.id for trainee in drawn.people]:
        attended = [each for each in drawn.sessions if person in drawn.attendees(each)]
        assert list(drawn.of(person)) == attended


CONTRADICTIONS: dict[str, tuple[Callable[[], Schedule], str]] = {
    "a group twice": (
        lambda: made(groups=[SOUTH, Group("south", [ONE])]),
        'group "south" is there twice; give each an id of its own',
    ),
    "somebody in two groups": (
        lambda: made(groups=[NORTH, Group("south", [ONE])]),
        'trainee "RM-01" is there twice; let everybody be in one group, or in none',
    ),
    "somebody in a group and in none": (
        lambda: made(groups=[NORTH], trainees=[TWO]),
        'trainee "RM-02" is there twice; let everybody be in one group, or in none',
    ),
    "a room twice": (
        lambda: made(rooms=[Room("R", 1), Room("R", 2)]),
        'room "R" is there twice; give each an id of its own',
    ),
    "a trainer twice": (
        lambda: made(trainers=[Trainer("T", []), Trainer("T", ["a"])]),
        'trainer "T" is there twice; give each an id of its own',
    ),
    "another plan's session": (
        lambda: made(session("test")),
        'session "test/2026-01-15" has activity "test", which is not there; give it too',
    ),
    "another group's session": (
        lambda: made(session(group="西區"), groups=[NORTH]),
        'session "study/2026-01-15/group:西區" has group "西區", which is not there; give it too',
    ),
    "another person's session": (
        lambda: made(session(person="RM-09"), trainees=[ONE]),
        'session "study/2026-01-15/person:RM-09" has person "RM-09", which is not there; '
        "give it too",
    ),
    "another room": (
        lambda: made(session(room="R-2"), rooms=[Room("R-1", 30)]),
        'session "study/2026-01-15" has room "R-2", which is not there; give it too',
    ),
    "another trainer": (
        lambda: made(session(trainer="T-2"), trainers=[Trainer("T-1", [])]),
        'session "study/2026-01-15" has trainer "T-2", which is not there; give it too',
    ),
    "a cancelled session of another plan": (
        lambda: made(cancelled=[session("test")]),
        'session "test/2026-01-15" has activity "test", which is not there; give it too',
    ),
    "a session twice": (
        lambda: made(TEAM, OWN, session(on=NEXT), trainees=[TWO]),
        'session "study/2026-01-15" is there twice; give it once',
    ),
    "a session that is cancelled and is not": (
        lambda: made(TEAM, cancelled=[TEAM]),
        'session "study/2026-01-15" is there twice; give it once',
    ),
}


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_what_contradicts_itself_is_rejected(make: Callable[[], Schedule], message: str) -> None:
    with pytest.raises(TrainingError) as caught:
        make()
    assert str(caught.value) == f"{NAME}: {message}"


def test_what_looks_like_a_contradiction_is_none() -> None:
    found = made(
        TEAM,
        session(number=2),
        session(make_up=True),
        session(planned_on=NEXT, on=DAY),
        session(group="北區", room="R", trainer="T"),
        session(person="RM-01", room="R"),
        groups=[NORTH],
        rooms=[Room("R", 1)],
        trainers=[Trainer("T", [])],
    )
    assert len(found.on(DAY)) == 6


@pytest.mark.parametrize(
    "days",
    [lambda: [DAY], lambda: {DAY: "stocktaking"}, lambda: Period(DAY, DAY), lambda: iter([DAY])],
    ids=["list", "mapping", "period", "iterator"],
)
def test_days_come_from_whatever_has_them(days: Callable[[], Any]) -> None:
    found = made(blackouts=days(), full_days=days())
    assert found.blackouts == found.full_days == {DAY}


OF_ACTIVITY = Shortfall(
    "study", period=MONTH, missing=2, cause=ShortfallCause.ORDER, group="北區", person="RM-01"
)
OF_TARGET = Shortfall(
    kind=ActivityKind.STUDY, period=MONTH, missing=1, cause=ShortfallCause.AT_MOST
)
OF_COURSE = Shortfall(
    course="teamwork", period=MONTH, missing=1, cause=ShortfallCause.NOT_BY_NEED, person="RM-01"
)
MOVED = Change(TEAM, attrs.evolve(TEAM, on=NEXT, cause=Cause.BLACKOUT, sequence=1))


def test_a_shortfall_has_what_is_missing_of_what() -> None:
    assert (OF_ACTIVITY.activity, OF_ACTIVITY.kind) == ("study", None)
    assert (OF_ACTIVITY.period, OF_ACTIVITY.missing, OF_ACTIVITY.cause) == (
        MONTH,
        2,
        ShortfallCause.ORDER,
    )
    assert (OF_ACTIVITY.group, OF_ACTIVITY.person) == ("北區", "RM-01")
    assert (OF_TARGET.activity, OF_TARGET.kind) == (None, ActivityKind.STUDY)
    assert (OF_COURSE.activity, OF_COURSE.kind, OF_COURSE.course) == (None, None, "teamwork")
    assert Shortfall(
        "study", period=MONTH, missing=MAXIMUM_SEQUENCE, cause=ShortfallCause.ORDER
    ).missing == (1_000_000)


def test_what_changed_is_kept_in_its_order() -> None:
    added, cancelled = Change(None, OWN), Change(GONE, None)
    again = Rescheduled(WHOLE, iter([MOVED, added, cancelled]))
    assert again.schedule is WHOLE
    assert again.changes == (MOVED, added, cancelled)
    assert Rescheduled(WHOLE, []).changes == ()
    assert MOVED.before is TEAM
    assert MOVED.after is not None
    assert MOVED.after.id == TEAM.id


VALUES = [
    session(courses=["a"], group="G", cause=Cause.FULL, on=NEXT),
    OF_ACTIVITY,
    OF_TARGET,
    OF_COURSE,
    WHOLE,
    MOVED,
    Rescheduled(WHOLE, [MOVED]),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_everything_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_a_changed_schedule_is_checked_and_read_again() -> None:
    more = attrs.evolve(WHOLE, sessions=[TEAM], cancelled=[])
    assert more.session(TEAM.id) is TEAM
    with pytest.raises(TrainingError, match=r'session "晨會/2026-01-16" is not in the schedule'):
        more.session(GONE.id)
    with pytest.raises(TrainingError, match=r'has activity "study", which is not there; give it'):
        attrs.evolve(more, plan=attrs.evolve(PLAN, activities=[]))
    assert pickle.loads(pickle.dumps(WHOLE)).session(GONE.id) == GONE
    with pytest.raises(TrainingError, match=r'^schedule of "vip-service 1\.0" for 2026-01-01\.\.'):
        attrs.evolve(WHOLE, plan=VIP_SERVICE)


def test_a_unit_is_for_a_target() -> None:
    with pytest.raises(FieldError) as caught:
        Shortfall(
            "study",
            unit=TargetUnit.DAYS,
            period=Period.year(2026),
            missing=1,
            cause=ShortfallCause.ORDER,
        )
    assert str(caught.value).startswith("Shortfall: unit is <TargetUnit.DAYS")


def test_what_is_no_session_is_shown() -> None:
    asks: list[tuple[str, Callable[[Any], object]]] = [
        ("attendees", WHOLE.attendees),
        ("activity_of", WHOLE.activity_of),
    ]
    for name, ask in asks:
        with pytest.raises(AppraisalError) as caught:
            ask(5)
        assert str(caught.value) == (
            f"Schedule.{name}: session is 5; allowed: a Session, not its id"
        )
