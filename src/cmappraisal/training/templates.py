"""Templates: the three training plans of the source, complete, with what it leaves open to choose.

The source states what is asked for, how often and of which participants. The wording is the
library's. How long things last, and where a day off sends them, the source does not state: those
are the arguments, and their defaults are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cmappraisal.calendars import Adjustment, as_adjustment
from cmappraisal.fields import as_text, is_int, require_all
from cmappraisal.spans import MAXIMUM_MONTHS, CalendarSpan
from cmappraisal.texts import Text
from cmappraisal.training.activity_timings import MAXIMUM_COUNT, CareerStage, Ongoing, Quota
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.contradictions import Argument
from cmappraisal.training.courses import Domain
from cmappraisal.training.curricula import ASK_COURSES, VENUE_SUBJECTS, VIP_TOPICS
from cmappraisal.training.plans import (
    MINUTES_A_DAY,
    Activity,
    ActivityKind,
    Target,
    TargetUnit,
    TrainingPlan,
)

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _int(name: str, value: object, least: int, most: int) -> Argument:
    return name, value, is_int(value, least, most), f"an int from {least} to {most}"


def _minutes(**given: object) -> Iterator[Argument]:
    return (_int(name, value, 1, MINUTES_A_DAY) for name, value in given.items())


def _adjustment_fits(value: Any) -> tuple[bool, str]:
    choices = ", ".join(f'{choice} or "{choice.value}"' for choice in Adjustment)
    return isinstance(as_adjustment(value), Adjustment), choices


def vip_service(
    *,
    study_adjustment: Adjustment = Adjustment.NEAREST,
    test_adjustment: Adjustment = Adjustment.MODIFIED_FOLLOWING,
    workshops: int = 1,
    competitions: int = 1,
    reports: int = 1,
    requests: int = 0,
    set_books: int = 0,
    study_minutes: int = 360,
    test_minutes: int = 60,
    meeting_minutes: int = 15,
    workshop_minutes: int = 360,
    competition_minutes: int = 240,
    talk_minutes: int = 30,
    day_length: int = 480,
) -> TrainingPlan:
    """The year of a VIP service team.

    A study day on the 15th of each month, on the programme of the month and on the other six topics
    in turn, in one of four forms; a test on the 25th, on what the month's study taught, whose
    result counts in monthly performance; a meeting each working morning, on the campaigns and on
    the indicators; one or two workshops held by a consultancy and one or two service competitions
    a year; at least twelve study days a year; and from each person self-study of the set books, one
    or two reports and at least one talk a year. Once a quarter the department may ask for
    consolidation training; it does not have to.

    The source gives the days of the month and the numbers; the arguments are what it leaves open.
    :doc:`/explanation/plans` sets it beside the plan, sentence by sentence.

    Args:
        study_adjustment: Where a study day goes that falls on a day off; by default to the nearest
            working day.
        test_adjustment: Where a test goes that falls on a day off; by default to the next working
            day of the month whose performance it counts in.
        workshops: How many workshops are planned a year, 1 or 2.
        competitions: How many competitions are planned a year, 1 or 2.
        reports: How many reports are planned a year for each person, 1 or 2.
        requests: How many requests for consolidation training are planned a quarter, 0 or 1.
        set_books: How many set books each person has to study a year, from 0.
        study_minutes: How long a study day lasts, in minutes.
        test_minutes: How long a test lasts, in minutes.
        meeting_minutes: How long a morning meeting lasts, in minutes.
        workshop_minutes: How long a workshop lasts, in minutes.
        competition_minutes: How long a competition lasts, in minutes.
        talk_minutes: How long a talk lasts, in minutes.
        day_length: How much training a day holds, in minutes.

    Returns:
        The plan; with the defaults it is :data:`VIP_SERVICE`.

    Raises:
        FieldError: An argument has a value that the plan does not allow.
        TrainingError: Something lasts longer than a day of training.

    >>> vip_service(study_minutes=240).activity("study").duration
    240
    """
    numbers = (("workshops", workshops), ("competitions", competitions), ("reports", reports))
    require_all(
        "vip_service",
        ("study_adjustment", study_adjustment, *_adjustment_fits(study_adjustment)),
        ("test_adjustment", test_adjustment, *_adjustment_fits(test_adjustment)),
        *((name, value, is_int(value, 1, 2), "1 or 2") for name, value in numbers),
        ("requests", requests, is_int(requests, 0, 1), "0 or 1"),
        _int("set_books", set_books, 0, MAXIMUM_COUNT),
        *_minutes(
            study_minutes=study_minutes,
            test_minutes=test_minutes,
            meeting_minutes=meeting_minutes,
            workshop_minutes=workshop_minutes,
            competition_minutes=competition_minutes,
            talk_minutes=talk_minutes,
            day_length=day_length,
        ),
    )
    return TrainingPlan(
        "vip-service",
        "1.0",
        text=Text(
            "VIP 服務團隊全年培訓", "VIP 服务团队全年培训", en="Training year of a VIP service team"
        ),
        curriculum=VIP_TOPICS,
        activities=[
            Activity(
                "morning-meeting",
                Text("晨間例會", "晨间例会", en="Morning meeting"),
                kind=ActivityKind.MEETING,
                timing=Cadence("FREQ=DAILY"),
                adjustment=Adjustment.SKIP,
                duration=meeting_minutes,
                each_time=["campaigns", "customer-indicators"],
                in_room=False,
            ),
            Activity(
                "study",
                Text("每月學習日", "每月学习日", en="Monthly study day"),
                kind=ActivityKind.STUDY,
                timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"),
                adjustment=study_adjustment,
                duration=study_minutes,
                courses=[
                    *("vip-services", "customer-indicators", "data-services"),
                    *("knowledge-base", "new-business", "service-skills"),
                ],
                each_time=["monthly-programme"],
                forms=[
                    Text("專題學習", "专题学习", en="A meeting on one topic"),
                    Text("讀書會", "读书会", en="A reading meeting"),
                    Text("研討", "研讨", en="A discussion"),
                    Text("參觀考察", "参观考察", en="A study visit"),
                ],
            ),
            Activity(
                "test",
                Text("每月業務測試", "每月业务测试", en="Monthly test"),
                kind=ActivityKind.TEST,
                timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=25"),
                adjustment=test_adjustment,
                duration=test_minutes,
                feeds_performance=True,
                follows="study",
            ),
            Activity(
                "consolidation-request",
                Text(
                    "提出鞏固培訓的申請",
                    "提出巩固培训的申请",
                    en="Request for consolidation training",
                ),
                kind=ActivityKind.REQUEST,
                timing=Quota(0, 1, per=CalendarSpan.QUARTER, planned=requests),
                duration=15,
                required=False,
                in_room=False,
            ),
            Activity(
                "consultancy-workshop",
                Text(
                    "顧問公司外呼及禮儀培訓",
                    "顾问公司外呼及礼仪培训",
                    en="Workshop on calls and etiquette, held by a consultancy",
                ),
                kind=ActivityKind.WORKSHOP,
                timing=Quota(1, 2, per=CalendarSpan.YEAR, planned=workshops),
                duration=workshop_minutes,
                each_time=["outbound-calls", "service-skills"],
            ),
            Activity(
                "service-competition",
                Text("服務技能比賽", "服务技能比赛", en="Service competition"),
                kind=ActivityKind.COMPETITION,
                timing=Quota(1, 2, per=CalendarSpan.YEAR, planned=competitions),
                duration=competition_minutes,
            ),
            Activity(
                "report",
                Text("個人書面報告", "个人书面报告", en="Research report or paper"),
                kind=ActivityKind.REPORT,
                timing=Quota(1, 2, per=CalendarSpan.YEAR, planned=reports),
                duration=15,
                per_person=True,
                in_room=False,
            ),
            Activity(
                "talk",
                Text("個人專題發言", "个人专题发言", en="Talk"),
                kind=ActivityKind.TALK,
                timing=Quota(1, per=CalendarSpan.YEAR),
                duration=talk_minutes,
                per_person=True,
                in_room=False,
            ),
            Activity(
                "self-study",
                Text("自學指定讀物", "自学指定读物", en="Self-study of the set books"),
                kind=ActivityKind.SELF_STUDY,
                timing=Quota(set_books, per=CalendarSpan.YEAR),
                duration=15,
                courses=["set-books"],
                per_person=True,
                in_room=False,
            ),
        ],
        targets=[Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)],
        day_length=day_length,
    )


def ask(
    *,
    attitude_sessions_a_month: int = 1,
    refresher: bool = True,
    classes: bool = True,
    onboarding_months: int = 1,
    observation_months: int = 3,
    session_minutes: int = 120,
    day_length: int = 480,
) -> TrainingPlan:
    """Attitude, skill and knowledge: the ASK plan.

    Onboarding begins with the bank's values and goes on to knowledge; skill comes after some months
    of observation and assessment, and only what each person needs, basic courses first (see
    :func:`~cmappraisal.training.training_needs`); attitude all year, its ten courses in turn, and
    every day in daily work.

    How many the months are, and how many the courses on attitude, the source leaves open: those are
    the arguments. That knowledge and attitude come again to whoever's errors call for them is ours.
    :doc:`/explanation/plans` sets the source beside the plan, sentence by sentence.

    Args:
        attitude_sessions_a_month: How many sessions on attitude each month has, from 1.
        refresher: Whether knowledge and attitude that a person needs come again after onboarding.
        classes: Whether people who are hired on one day take their courses together.
        onboarding_months: How long onboarding lasts, in months.
        observation_months: How long a new person is observed, in months.
        session_minutes: How long a session lasts, in minutes.
        day_length: How much training a day holds, in minutes.

    Returns:
        The plan; with the defaults it is :data:`ASK`.

    Raises:
        FieldError: An argument has a value that the plan does not allow.
        TrainingError: A session lasts longer than a day of training.

    >>> ask(observation_months=6).activity("skill").timing.after_months
    6
    """
    require_all(
        "ask",
        _int("attitude_sessions_a_month", attitude_sessions_a_month, 1, MAXIMUM_COUNT),
        ("refresher", refresher, isinstance(refresher, bool), "True or False"),
        ("classes", classes, isinstance(classes, bool), "True or False"),
        _int("onboarding_months", onboarding_months, 1, MAXIMUM_MONTHS),
        _int("observation_months", observation_months, 0, MAXIMUM_MONTHS),
        *_minutes(session_minutes=session_minutes, day_length=day_length),
    )
    return TrainingPlan(
        "ask",
        "1.0",
        text=Text("ASK 培訓計劃", "ASK 培训计划", en="Attitude, skill and knowledge"),
        curriculum=ASK_COURSES,
        activities=[
            Activity(
                "knowledge",
                Text("入職課程", "入职课程", en="Values and knowledge at onboarding"),
                kind=ActivityKind.COURSE,
                timing=CareerStage(0, onboarding_months),
                duration=session_minutes,
                courses=["bank-culture", *_of_domain(Domain.KNOWLEDGE)],
                in_class=classes,
            ),
            *_observation(observation_months),
            Activity(
                "skill",
                Text("按需技能課程", "按需技能课程", en="Skill as needed"),
                kind=ActivityKind.COURSE,
                timing=CareerStage(observation_months, needed_only=True),
                duration=session_minutes,
                courses=_of_domain(Domain.SKILL),
                in_class=classes,
            ),
            *_refreshers(onboarding_months, session_minutes, in_class=classes) * refresher,
            Activity(
                "attitude",
                Text("常年態度課程", "常年态度课程", en="Attitude all year"),
                kind=ActivityKind.COURSE,
                timing=Quota(attitude_sessions_a_month, per=CalendarSpan.MONTH),
                duration=session_minutes,
                courses=_of_domain(Domain.ATTITUDE),
            ),
            Activity(
                "daily-attitude",
                Text("日常薰陶", "日常熏陶", en="Attitude every day: by example"),
                kind=ActivityKind.ON_THE_JOB,
                timing=Ongoing(),
                courses=_of_domain(Domain.ATTITUDE),
            ),
        ],
        day_length=day_length,
    )


def _observation(months: int) -> list[Activity]:
    if not months:
        return []
    return [
        Activity(
            "observation",
            Text("觀察與考評", "观察与考评", en="Observation and assessment"),
            kind=ActivityKind.ON_THE_JOB,
            timing=Ongoing(lasts_months=months),
            courses=_of_domain(Domain.SKILL),
        )
    ]


def _refreshers(after_months: int, minutes: int, *, in_class: bool) -> list[Activity]:
    names = {
        Domain.KNOWLEDGE: Text("按需知識課程", "按需知识课程", en="Knowledge as needed"),
        Domain.ATTITUDE: Text("按需態度課程", "按需态度课程", en="Attitude as needed"),
    }
    return [
        Activity(
            f"{domain.value}-refresher",
            text,
            kind=ActivityKind.COURSE,
            timing=CareerStage(after_months, needed_only=True),
            duration=minutes,
            courses=_of_domain(domain),
            in_class=in_class,
        )
        for domain, text in names.items()
    ]


def _of_domain(domain: Domain) -> list[str]:
    return [course.id for course in ASK_COURSES.courses if course.domain is domain]


def venue_team(
    *,
    weekday: str = "MO",
    adjustment: Adjustment = Adjustment.FOLLOWING,
    session_minutes: int = 60,
    day_length: int = 480,
) -> TrainingPlan:
    """The weekly training of a venue's team: five qualities, techniques and duties in turn.

    Whoever leads the team guides it at work too, and there it learns the techniques by practice.
    The source asks for one subject a week; the arguments are what it leaves open.
    :doc:`/explanation/plans` sets it beside the plan, sentence by sentence.

    Args:
        weekday: The day of the week, as in RFC 5545: ``"MO"`` to ``"SU"``.
        adjustment: Where a session goes that falls on a day off.
        session_minutes: How long a session lasts, in minutes.
        day_length: How much training a day holds, in minutes.

    Returns:
        The plan; with the defaults it is :data:`VENUE_TEAM`.

    Raises:
        FieldError: An argument has a value that the plan does not allow.
        TrainingError: A session lasts longer than a day of training.

    >>> venue_team(weekday="TU").activity("weekly-training").timing.rrule
    'FREQ=WEEKLY;BYDAY=TU'
    """
    weekday = as_text(weekday)
    require_all(
        "venue_team",
        (
            "weekday",
            weekday,
            isinstance(weekday, str) and weekday in _WEEKDAYS,
            ", ".join(_WEEKDAYS),
        ),
        ("adjustment", adjustment, *_adjustment_fits(adjustment)),
        *_minutes(session_minutes=session_minutes, day_length=day_length),
    )
    return TrainingPlan(
        "venue-team",
        "1.0",
        text=Text("場所團隊每週培訓", "场所团队每周培训", en="Weekly training of a venue's team"),
        curriculum=VENUE_SUBJECTS,
        activities=[
            Activity(
                "weekly-training",
                Text("每週培訓課", "每周培训课", en="Weekly training"),
                kind=ActivityKind.COURSE,
                timing=Cadence(f"FREQ=WEEKLY;BYDAY={weekday}"),
                adjustment=adjustment,
                duration=session_minutes,
                courses=list(VENUE_SUBJECTS),
            ),
            Activity(
                "practice",
                Text("在工作中學習", "在工作中学习", en="Learning by practice"),
                kind=ActivityKind.ON_THE_JOB,
                timing=Ongoing(),
                courses=[
                    *("working-with-service-staff", "first-meetings", "understanding-guests"),
                ],
            ),
            Activity(
                "guidance",
                Text("日常督導", "日常督导", en="Guidance at work"),
                kind=ActivityKind.ON_THE_JOB,
                timing=Ongoing(),
                courses=["appearance-and-manners", "service-attitude"],
            ),
        ],
        day_length=day_length,
    )


VIP_SERVICE: Final = vip_service()
"""The year of a VIP service team, by the defaults of :func:`vip_service`."""

ASK: Final = ask()
"""Attitude, skill and knowledge, by the defaults of :func:`ask`."""

VENUE_TEAM: Final = venue_team()
"""The weekly training of a venue's team, by the defaults of :func:`venue_team`."""
