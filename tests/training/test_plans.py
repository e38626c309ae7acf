"""Plans: spans that tile a period, what each part takes, and no contradiction."""

import copy
import enum
import pickle
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import given

from cmappraisal import Adjustment, CalendarSpan, FieldError, Period, Text, WorkCalendar
from cmappraisal.interop.plan_strategies import training_plans
from cmappraisal.spans import MAXIMUM_MONTHS
from cmappraisal.texts import A_TEXT
from cmappraisal.training import (
    ASK,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    AttendanceTerms,
    Cadence,
    CareerStage,
    Course,
    Curriculum,
    Domain,
    Ongoing,
    PresenceTerms,
    Quota,
    ShortfallCause,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    check_compliance,
    schedule,
)
from cmappraisal.training.activity_timings import MAXIMUM_COUNT
from cmappraisal.training.plans import MINUTES_A_DAY

TEXT = Text.same("words")
MONTHLY = Cadence("FREQ=MONTHLY;BYMONTHDAY=15")
YEARLY = Quota(1, per=CalendarSpan.YEAR)
DAY = timedelta(1)
COURSES = Curriculum(
    "bank",
    "1.0",
    text=TEXT,
    courses=[Course(id, TEXT, domain=Domain.SKILL) for id in ("negotiation", "押品")],
)
IDENTIFIER = (
    "a non-empty string of at most 200 characters on one line, in NFKC, without spaces around it"
)


def activity(id: str, **fields: Any) -> Activity:
    return Activity(id, TEXT, **{"kind": ActivityKind.STUDY, "timing": MONTHLY, **fields})


def plan(*activities: Activity, **fields: Any) -> TrainingPlan:
    return TrainingPlan(
        "bank", "1.0", **{"text": TEXT, "curriculum": COURSES, "activities": activities, **fields}
    )


ACTIVITY: dict[str, Any] = {"id": "a", "text": TEXT, "kind": ActivityKind.TEST, "timing": MONTHLY}
PLAN: dict[str, Any] = {
    "id": "a",
    "edition": "1.0",
    "text": TEXT,
    "curriculum": COURSES,
    "activities": (),
}
QUOTA: dict[str, Any] = {"at_least": 1, "per": CalendarSpan.YEAR}
TARGET: dict[str, Any] = {
    "kind": ActivityKind.STUDY,
    "at_least": 12,
    "unit": TargetUnit.DAYS,
    "per": CalendarSpan.YEAR,
}
COUNT = "an int from 0 to 1000"
MONTHS = "an int from 0 to 1200"
MINUTES = "an int from 1 to 1440"


def choices_of(kind: type[enum.Enum]) -> str:
    return ", ".join(f'{choice} or "{choice.value}"' for choice in kind)


KINDS = choices_of(ActivityKind)
SPANS = choices_of(CalendarSpan)
ADJUSTMENTS = choices_of(Adjustment)
TIMINGS = "a Cadence, an NthWorkingDay, a Quota, a CareerStage or Ongoing()"


@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        (Quota, QUOTA | {"at_least": -1}, f"Quota: at_least is -1; allowed: {COUNT}"),
        (Quota, QUOTA | {"at_least": 1001}, f"Quota: at_least is 1001; allowed: {COUNT}"),
        (Quota, QUOTA | {"at_least": True}, f"Quota: at_least is True; allowed: {COUNT}"),
        (Quota, QUOTA | {"at_least": "1"}, f"Quota: at_least is '1'; allowed: {COUNT}"),
        (Quota, QUOTA | {"at_least": None}, f"Quota: at_least is None; allowed: {COUNT}"),
        (Quota, QUOTA | {"at_most": -1}, f"Quota: at_most is -1; allowed: None, or {COUNT}"),
        (Quota, QUOTA | {"at_most": 1001}, f"Quota: at_most is 1001; allowed: None, or {COUNT}"),
        (Quota, QUOTA | {"at_most": 2.0}, f"Quota: at_most is 2.0; allowed: None, or {COUNT}"),
        (
            Quota,
            QUOTA | {"at_most": 0},
            "Quota: at_most is 0; allowed: None, or at least at_least (1)",
        ),
        (Quota, QUOTA | {"planned": True}, f"Quota: planned is True; allowed: None, or {COUNT}"),
        (Quota, QUOTA | {"planned": 1001}, f"Quota: planned is 1001; allowed: None, or {COUNT}"),
        (
            Quota,
            QUOTA | {"planned": 0},
            "Quota: planned is 0; allowed: None, or from at_least to at_most",
        ),
        (
            Quota,
            QUOTA | {"at_most": 2, "planned": 3},
            "Quota: planned is 3; allowed: None, or from at_least to at_most",
        ),
        (Quota, QUOTA | {"per": "yearly"}, f"Quota: per is 'yearly'; allowed: {SPANS}"),
        (Quota, QUOTA | {"per": None}, f"Quota: per is None; allowed: {SPANS}"),
        (
            CareerStage,
            {"after_months": -1},
            f"CareerStage: after_months is -1; allowed: {MONTHS}",
        ),
        (
            CareerStage,
            {"after_months": MAXIMUM_MONTHS + 1},
            f"CareerStage: after_months is 1201; allowed: {MONTHS}",
        ),
        (
            CareerStage,
            {"after_months": 0.5},
            f"CareerStage: after_months is 0.5; allowed: {MONTHS}",
        ),
        (
            CareerStage,
            {"after_months": 0, "lasts_months": 0},
            "CareerStage: lasts_months is 0; allowed: None, or an int from 1 to 1200",
        ),
        (
            CareerStage,
            {"after_months": 0, "lasts_months": 1201},
            "CareerStage: lasts_months is 1201; allowed: None, or an int from 1 to 1200",
        ),
        (Ongoing, {"after_months": -1}, f"Ongoing: after_months is -1; allowed: {MONTHS}"),
        (Ongoing, {"after_months": None}, f"Ongoing: after_months is None; allowed: {MONTHS}"),
        (
            Ongoing,
            {"lasts_months": 0},
            "Ongoing: lasts_months is 0; allowed: None, or an int from 1 to 1200",
        ),
        (
            Activity,
            ACTIVITY | {"forms": TEXT},
            f'Activity "a": forms is {TEXT!r}; allowed: a list of Text',
        ),
        (
            Activity,
            ACTIVITY | {"forms": ["visit"]},
            "Activity \"a\": forms is ('visit',); allowed: a list of Text",
        ),
        (
            Activity,
            ACTIVITY | {"timing": Ongoing(), "follows": "study"},
            "Activity \"a\": follows is 'study'; allowed: None for what has no sessions",
        ),
        (
            CareerStage,
            {"after_months": 0, "needed_only": 1},
            "CareerStage: needed_only is 1; allowed: True or False",
        ),
        (Target, TARGET | {"kind": "studies"}, f"Target: kind is 'studies'; allowed: {KINDS}"),
        (
            Target,
            TARGET | {"at_least": 0},
            "Target: at_least is 0; allowed: an int from 1 to 1000",
        ),
        (
            Target,
            TARGET | {"at_least": 1001},
            "Target: at_least is 1001; allowed: an int from 1 to 1000",
        ),
        (
            Target,
            TARGET | {"unit": CalendarSpan.YEAR},
            f"Target: unit is <CalendarSpan.YEAR: 'year'>; allowed: {choices_of(TargetUnit)}",
        ),
        (Target, TARGET | {"per": "年"}, f"Target: per is '年'; allowed: {SPANS}"),
        (Activity, ACTIVITY | {"id": ""}, f"Activity: id is ''; allowed: {IDENTIFIER}"),
        (Activity, ACTIVITY | {"id": "a\n"}, f"Activity: id is 'a\\n'; allowed: {IDENTIFIER}"),
        (Activity, ACTIVITY | {"id": 5}, f"Activity: id is 5; allowed: {IDENTIFIER}"),
        (Activity, ACTIVITY | {"text": "a"}, f"Activity \"a\": text is 'a'; allowed: {A_TEXT}"),
        (Activity, ACTIVITY | {"kind": "試"}, f"Activity \"a\": kind is '試'; allowed: {KINDS}"),
        (
            Activity,
            ACTIVITY | {"timing": "FREQ=DAILY"},
            f"Activity \"a\": timing is 'FREQ=DAILY'; allowed: {TIMINGS}",
        ),
        (
            Activity,
            ACTIVITY | {"timing": None},
            f'Activity "a": timing is None; allowed: {TIMINGS}',
        ),
        (
            Activity,
            ACTIVITY | {"adjustment": "nearby"},
            f"Activity \"a\": adjustment is 'nearby'; allowed: {ADJUSTMENTS}",
        ),
        (Activity, ACTIVITY | {"duration": 0}, f'Activity "a": duration is 0; allowed: {MINUTES}'),
        (
            Activity,
            ACTIVITY | {"duration": MINUTES_A_DAY + 1},
            f'Activity "a": duration is 1441; allowed: {MINUTES}',
        ),
        (
            Activity,
            ACTIVITY | {"duration": 60.0},
            f'Activity "a": duration is 60.0; allowed: {MINUTES}',
        ),
        (
            Activity,
            ACTIVITY | {"courses": "negotiation"},
            "Activity \"a\": courses is 'negotiation'; "
            "allowed: a list of course ids, none of them twice",
        ),
        (
            Activity,
            ACTIVITY | {"courses": ["押品", "押品"]},
            "Activity \"a\": courses is ('押品', '押品'); "
            "allowed: a list of course ids, none of them twice",
        ),
        (
            Activity,
            ACTIVITY | {"courses": [5]},
            'Activity "a": courses is (5,); allowed: a list of course ids, none of them twice',
        ),
        (
            Activity,
            ACTIVITY | {"each_time": "negotiation"},
            "Activity \"a\": each_time is 'negotiation'; "
            "allowed: a list of course ids, none of them twice",
        ),
        (
            Activity,
            ACTIVITY | {"each_time": ["押品", "押品"]},
            "Activity \"a\": each_time is ('押品', '押品'); "
            "allowed: a list of course ids, none of them twice",
        ),
        (
            Activity,
            ACTIVITY | {"each_time": None},
            'Activity "a": each_time is None; allowed: a list of course ids, none of them twice',
        ),
        (
            Activity,
            ACTIVITY | {"courses": ["押品"], "each_time": ["押品"]},
            "Activity \"a\": each_time is ('押品',); allowed: courses but 押品, taught in turn",
        ),
        (
            Activity,
            ACTIVITY | {"courses": ["d", "b"], "each_time": ["a", "c", "b"]},
            "Activity \"a\": each_time is ('a', 'c', 'b'); allowed: courses but b, taught in turn",
        ),
        (
            Activity,
            ACTIVITY | {"timing": CareerStage(0), "each_time": ["押品"]},
            'Activity "a": courses is (); allowed: the courses that the stage holds',
        ),
        (
            Activity,
            ACTIVITY | {"required": "yes"},
            "Activity \"a\": required is 'yes'; allowed: True or False",
        ),
        (
            Activity,
            ACTIVITY | {"feeds_performance": 1},
            'Activity "a": feeds_performance is 1; allowed: True or False',
        ),
        (
            Activity,
            ACTIVITY | {"per_person": None},
            'Activity "a": per_person is None; allowed: True or False',
        ),
        (
            Activity,
            ACTIVITY | {"in_room": 0},
            'Activity "a": in_room is 0; allowed: True or False',
        ),
        (
            Activity,
            ACTIVITY | {"in_class": None},
            'Activity "a": in_class is None; allowed: True or False',
        ),
        (
            Activity,
            ACTIVITY | {"in_class": True},
            'Activity "a": in_class is True; '
            "allowed: False for what is not individual: a team takes it together",
        ),
        (
            Activity,
            ACTIVITY | {"timing": Ongoing(), "per_person": True, "in_class": True},
            'Activity "a": in_class is True; allowed: False for what has no sessions',
        ),
        (
            Activity,
            ACTIVITY | {"follows": ""},
            f"Activity \"a\": follows is ''; allowed: None, or {IDENTIFIER}",
        ),
        (
            Activity,
            ACTIVITY | {"follows": ["study"]},
            f"Activity \"a\": follows is ['study']; allowed: None, or {IDENTIFIER}",
        ),
        (
            Activity,
            ACTIVITY | {"kind": ActivityKind.STUDY, "feeds_performance": True},
            'Activity "a": feeds_performance is True; '
            "allowed: False for a study: a test has a result",
        ),
        (
            Activity,
            ACTIVITY | {"kind": ActivityKind.COURSE, "feeds_performance": True},
            'Activity "a": feeds_performance is True; '
            "allowed: False for a course: a test has a result",
        ),
        (
            Activity,
            ACTIVITY | {"timing": CareerStage(0)},
            'Activity "a": courses is (); allowed: the courses that the stage holds',
        ),
        (TrainingPlan, PLAN | {"id": None}, f"TrainingPlan: id is None; allowed: {IDENTIFIER}"),
        (
            TrainingPlan,
            PLAN | {"edition": 1},
            f'TrainingPlan "a": edition is 1; allowed: {IDENTIFIER}',
        ),
        (TrainingPlan, PLAN | {"text": ""}, f"TrainingPlan \"a\": text is ''; allowed: {A_TEXT}"),
        (
            TrainingPlan,
            PLAN | {"curriculum": {}},
            'TrainingPlan "a": curriculum is {}; allowed: a Curriculum',
        ),
        (
            TrainingPlan,
            PLAN | {"activities": "study"},
            "TrainingPlan \"a\": activities is 'study'; allowed: a list of Activity",
        ),
        (
            TrainingPlan,
            PLAN | {"activities": ["study"]},
            "TrainingPlan \"a\": activities is ('study',); allowed: a list of Activity",
        ),
        (
            TrainingPlan,
            PLAN | {"targets": None},
            'TrainingPlan "a": targets is None; allowed: a list of Target',
        ),
        (
            TrainingPlan,
            PLAN | {"targets": [12]},
            'TrainingPlan "a": targets is (12,); allowed: a list of Target',
        ),
        (
            TrainingPlan,
            PLAN | {"day_length": 0},
            f'TrainingPlan "a": day_length is 0; allowed: {MINUTES}',
        ),
        (
            TrainingPlan,
            PLAN | {"day_length": 1441},
            f'TrainingPlan "a": day_length is 1441; allowed: {MINUTES}',
        ),
    ],
)
def test_a_field_that_does_not_fit_is_rejected(kind: Any, fields: Any, message: str) -> None:
    with pytest.raises(FieldError) as caught:
        kind(**fields)
    assert str(caught.value) == message


def test_numbers_at_their_bounds_are_accepted() -> None:
    assert Quota(MAXIMUM_COUNT, MAXIMUM_COUNT, per=CalendarSpan.WEEK).to_plan == 1000
    assert attrs.astuple(CareerStage(MAXIMUM_MONTHS, MAXIMUM_MONTHS)) == (1200, 1200, False)
    assert attrs.astuple(CareerStage(0, 1, needed_only=True)) == (0, 1, True)
    assert Target(ActivityKind.TALK, 1, unit=TargetUnit.HOURS, per=CalendarSpan.WEEK).at_least == 1
    assert (
        Target(ActivityKind.TALK, 1000, unit=TargetUnit.HOURS, per=CalendarSpan.WEEK).at_least
        == 1000
    )
    assert activity("a", duration=1).duration == 1
    whole_day = plan(activity("a", duration=MINUTES_A_DAY), day_length=MINUTES_A_DAY)
    assert whole_day.day_length == 1440


def test_the_defaults_of_an_activity_and_a_plan() -> None:
    assert attrs.asdict(activity("a"), recurse=False) == {
        "id": "a",
        "text": TEXT,
        "kind": ActivityKind.STUDY,
        "timing": MONTHLY,
        "adjustment": Adjustment.FOLLOWING,
        "duration": 60,
        "courses": (),
        "each_time": (),
        "forms": (),
        "required": True,
        "feeds_performance": False,
        "per_person": False,
        "follows": None,
        "in_room": True,
        "in_class": False,
        "attendance": AttendanceTerms(),
    }
    assert attrs.asdict(plan(), recurse=False) == {
        "id": "bank",
        "edition": "1.0",
        "text": TEXT,
        "curriculum": COURSES,
        "activities": (),
        "targets": (),
        "day_length": 480,
        "presence": PresenceTerms(),
    }
    assert str(plan()) == "bank 1.0"


class Id(str, enum.Enum):  # noqa: UP042 - as an embedder may have it
    STUDY = "study"
    COURSE = "negotiation"


def test_ids_of_the_caller_s_own_kind_become_plain_strings() -> None:
    made = activity("test", courses=iter([Id.COURSE, "押品"]), follows=Id.STUDY)
    assert made.courses == ("negotiation", "押品")
    assert {type(made.follows), *map(type, made.courses)} == {str}
    besides = activity("talk", courses=["押品"], each_time=iter([Id.COURSE]))
    assert besides.each_time == ("negotiation",)
    assert {*map(type, besides.each_time)} == {str}
    found = plan(activity(Id.STUDY), made)
    assert found.activity(Id.STUDY).id == "study"


STUDY = activity("study")
WHOLE_DAYS = Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)
ORDER = "give both a Cadence or an NthWorkingDay, or leave follows out"
CONTRADICTIONS: dict[str, tuple[Callable[[], TrainingPlan], str]] = {
    "an activity twice": (
        lambda: plan(STUDY, activity("test"), activity("study", kind=ActivityKind.TEST)),
        'activity "study" is there twice; give each an id of its own',
    ),
    "a course that is not taught": (
        lambda: plan(activity("study", courses=["押品", "negotiations"])),
        'activity "study" teaches "negotiations", which is not in curriculum "bank 1.0"; '
        'did you mean "negotiation"?',
    ),
    "a course of another curriculum": (
        lambda: plan(activity("晨會", courses=["professionalism"])),
        'activity "晨會" teaches "professionalism", which is not in curriculum "bank 1.0"; '
        "name one of its courses",
    ),
    "a course that is not taught each time": (
        lambda: plan(activity("study", courses=["押品"], each_time=["negotiations"])),
        'activity "study" teaches "negotiations", which is not in curriculum "bank 1.0"; '
        'did you mean "negotiation"?',
    ),
    "longer than a day": (
        lambda: plan(activity("study", duration=481)),
        'activity "study" lasts 481 minutes, longer than the day (480); '
        "shorten it, or lengthen day_length",
    ),
    "longer than a short day": (
        lambda: plan(STUDY, day_length=59),
        'activity "study" lasts 60 minutes, longer than the day (59); '
        "shorten it, or lengthen day_length",
    ),
    "follows itself": (
        lambda: plan(activity("test", follows="test")),
        'activity "test" follows "test", which does not stand before it; '
        "name an activity that does",
    ),
    "follows what is not there": (
        lambda: plan(STUDY, activity("test", follows="study-day")),
        'activity "test" follows "study-day", which does not stand before it; '
        "name an activity that does",
    ),
    "follows what comes later": (
        lambda: plan(activity("test", follows="study"), STUDY),
        'activity "test" follows "study", which does not stand before it; '
        "name an activity that does",
    ),
    "a quota follows": (
        lambda: plan(STUDY, activity("test", timing=YEARLY, follows="study")),
        f'activity "test" follows "study"; {ORDER}',
    ),
    "a quota is followed": (
        lambda: plan(activity("study", timing=YEARLY), activity("test", follows="study")),
        f'activity "test" follows "study"; {ORDER}',
    ),
    "a stage is followed": (
        lambda: plan(
            activity("study", timing=CareerStage(0), courses=["押品"]),
            activity("test", follows="study"),
        ),
        f'activity "test" follows "study"; {ORDER}',
    ),
    "a person follows a team": (
        lambda: plan(STUDY, activity("test", follows="study", per_person=True)),
        'activity "test" follows "study"; let both be per_person, or neither',
    ),
    "a team follows a person": (
        lambda: plan(activity("study", per_person=True), activity("test", follows="study")),
        'activity "test" follows "study"; let both be per_person, or neither',
    ),
    "two targets for one thing": (
        lambda: plan(STUDY, targets=[WHOLE_DAYS, attrs.evolve(WHOLE_DAYS, at_least=13)]),
        "two targets ask for study days a year; keep the higher of them",
    ),
}


@pytest.mark.parametrize(("make", "message"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_what_contradicts_itself_is_rejected(
    make: Callable[[], TrainingPlan], message: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        make()
    assert str(caught.value) == f'plan "bank 1.0": {message}'


def test_what_looks_like_a_contradiction_is_none() -> None:
    hours = attrs.evolve(WHOLE_DAYS, unit=TargetUnit.HOURS)
    monthly = attrs.evolve(WHOLE_DAYS, at_least=1, per=CalendarSpan.MONTH)
    tests = attrs.evolve(WHOLE_DAYS, kind=ActivityKind.TEST)
    made = plan(
        activity("study", per_person=True, duration=480),
        activity("test", per_person=True, follows="study"),
        activity("again", per_person=True, follows="study", kind=ActivityKind.TEST),
        activity("talk", courses=["押品"], each_time=["negotiation"]),
        activity("meeting", courses=["negotiation"], each_time=["押品"]),
        targets=[WHOLE_DAYS, hours, monthly, tests],
    )
    assert [each.follows for each in made.activities] == [None, "study", "study", None, None]
    assert len(made.targets) == 4


@given(training_plans())
def test_every_activity_is_found_by_its_id(drawn: TrainingPlan) -> None:
    for each in drawn.activities:
        assert drawn.activity(each.id) is each


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("tests", 'activity "tests" is not in plan "vip-service 1.0"; did you mean "test"?'),
        ("晨會", 'activity "晨會" is not in plan "vip-service 1.0"'),
        (5, 'activity "5" is not in plan "vip-service 1.0"'),
        (None, 'activity "None" is not in plan "vip-service 1.0"'),
        (Id.COURSE, 'activity "negotiation" is not in plan "vip-service 1.0"'),
        ("", 'activity "\'\'" is not in plan "vip-service 1.0"'),
        (" test", 'activity "\' test\'" is not in plan "vip-service 1.0"'),
        ("a\nb", 'activity "\'a\\nb\'" is not in plan "vip-service 1.0"'),
        ("\u202e", 'activity "\'\\u202e\'" is not in plan "vip-service 1.0"'),
        ("\ud800", 'activity "\'\\ud800\'" is not in plan "vip-service 1.0"'),
        ("x" * 200, f'activity "{"x" * 200}" is not in plan "vip-service 1.0"'),
        ("x" * 201, f'activity "\'{"x" * 79}..." is not in plan "vip-service 1.0"'),
        ("x" * 10**6, f'activity "\'{"x" * 79}..." is not in plan "vip-service 1.0"'),
        (["test"], 'activity "[\'test\']" is not in plan "vip-service 1.0"'),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_an_activity_that_is_not_there_is_rejected(id: Any, message: str) -> None:
    with pytest.raises(TrainingError) as caught:
        VIP_SERVICE.activity(id)
    remedy = "" if "did you mean" in message else "; name one of its activities"
    assert str(caught.value) == message + remedy


@pytest.mark.parametrize(
    ("timing", "courses", "taught"),
    [
        # As many sessions as courses, or more: one after another, and again from the first.
        (MONTHLY, ["a", "b"], "aE bE aE bE aE bE aE bE aE bE aE bE"),
        (Quota(2, per=CalendarSpan.YEAR), ["a", "b"], "aE bE"),
        # Fewer: several at once.
        (Quota(2, per=CalendarSpan.YEAR), ["a", "b", "c"], "aE bcE"),
        (YEARLY, ["c", "a", "b"], "cabE"),
        # None in turn: only what is taught each time.
        (Quota(2, per=CalendarSpan.YEAR), [], "E E"),
        (CareerStage(0), ["b", "a"], "bE aE"),
        (CareerStage(0, needed_only=True), ["c", "b", "a"], "aE"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_taught_each_time_comes_after_what_is_taught_in_turn(
    timing: Any, courses: list[str], taught: str
) -> None:
    letters = [Course(id, TEXT, domain=Domain.SKILL) for id in "abcE"]
    asked = plan(
        activity("study", timing=timing, courses=courses, each_time=["E"]),
        curriculum=attrs.evolve(COURSES, courses=letters),
    )
    person = Trainee("RM-01", date(2026, 1, 1), needs=["E", "a"])
    year = schedule(asked, Period.year(2026), calendar=WorkCalendar(), trainees=[person])
    assert ["".join(each.courses) for each in year.sessions] == taught.split()
    is_taken = isinstance(timing, CareerStage) and timing.needed_only
    assert [each.course for each in year.shortfalls] == (["E"] if is_taken else ["E", "a"])


def test_what_is_ongoing_has_no_sessions_and_asks_for_nothing() -> None:
    daily = activity("daily", kind=ActivityKind.ON_THE_JOB, timing=Ongoing(), duration=1440)
    assert not daily.has_sessions
    assert activity("study").has_sessions
    made = schedule(
        plan(STUDY, daily),
        Period.year(2026),
        calendar=WorkCalendar(),
        trainees=[Trainee("RM-01", date(2026, 3, 2))],
    )
    assert {each.activity for each in made.sessions} == {STUDY.id}
    assert made.shortfalls == ()
    asked = check_compliance(made, [], on=date(2026, 1, 1)).requirements
    assert "daily" not in {each.activity for each in asked}


def test_no_target_is_met_by_what_is_ongoing() -> None:
    hours = Target(ActivityKind.ON_THE_JOB, 2, unit=TargetUnit.HOURS, per=CalendarSpan.YEAR)
    daily = activity("daily", kind=ActivityKind.ON_THE_JOB, timing=Ongoing())
    made = schedule(plan(daily, targets=[hours]), Period.year(2026), calendar=WorkCalendar())
    assert made.sessions == ()
    (shortfall,) = made.shortfalls
    assert (shortfall.kind, shortfall.missing) == (ActivityKind.ON_THE_JOB, 2)
    assert shortfall.cause is ShortfallCause.NO_ACTIVITY


def test_what_plans_nothing_takes_no_turn() -> None:
    """The days of what a plan asks for do not depend on what it leaves open."""
    yearly = Quota(1, per=CalendarSpan.YEAR)
    asked = [activity(id, timing=yearly) for id in ("a", "b")]
    open_too = activity("open", timing=Quota(0, 3, per=CalendarSpan.YEAR))
    days = [
        [each.on for each in schedule(each, Period.year(2026), calendar=WorkCalendar()).sessions]
        for each in (plan(*asked), plan(open_too, *asked), plan(*asked, open_too))
    ]
    assert days[0] == days[1] == days[2]
    assert len(days[0]) == 2


VALUES = [
    Ongoing(3, 12),
    activity("a", forms=[TEXT, TEXT]),
    Quota(1, 2, per=CalendarSpan.YEAR, planned=2),
    CareerStage(3, 12, needed_only=True),
    WHOLE_DAYS,
    activity("a", courses=["押品"], each_time=["negotiation"]),
    plan(STUDY, targets=[WHOLE_DAYS]),
    ASK,
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_everything_is_a_value(value: Any) -> None:
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), attrs.evolve(value)):
        assert again == value
        assert hash(again) == hash(value)
    for field in attrs.fields(type(value)):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field.name, None)


def test_a_changed_plan_is_checked_again() -> None:
    with pytest.raises(TrainingError, match=r'^plan "ask 1\.0": 5 problems:\n- activity "know'):
        attrs.evolve(ASK, day_length=119)
    with pytest.raises(FieldError, match=r'^Activity "a": feeds_performance is True; allowed: Fa'):
        attrs.evolve(
            activity("a", kind=ActivityKind.TEST, feeds_performance=True), kind=ActivityKind.TALK
        )
    with pytest.raises(FieldError, match=r"^Activity \"a\": each_time is \('b',\); allowed: cour"):
        attrs.evolve(activity("a", courses=["a"], each_time=["b"]), courses=["a", "b"])
    with pytest.raises(FieldError, match=r"^Quota: planned is 2; allowed: None, or from at_least"):
        attrs.evolve(Quota(1, 2, per=CalendarSpan.YEAR, planned=2), at_most=1)
