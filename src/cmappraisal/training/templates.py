"""Templates: the three training plans of the source, complete, with what it leaves open to choose.

The source states what is asked for, how often and of which participants. The wording is the
library's, and so is the mapping from courses to the rules that they remedy. How long things last,
and where a day off sends them, the source does not state: those are the arguments, and their
defaults are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from cmappraisal.calendars import Adjustment, as_adjustment
from cmappraisal.fields import as_text, is_int, require_all
from cmappraisal.spans import MAXIMUM_MONTHS, CalendarSpan
from cmappraisal.texts import Text
from cmappraisal.training.cadences import Cadence
from cmappraisal.training.contradictions import Argument
from cmappraisal.training.courses import Course, Curriculum, Domain, Level
from cmappraisal.training.plans import (
    MAXIMUM_COUNT,
    MINUTES_A_DAY,
    Activity,
    ActivityKind,
    CareerStage,
    Quota,
    Target,
    TargetUnit,
    TrainingPlan,
)

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_ATTITUDE = Domain.ATTITUDE
_SKILL = Domain.SKILL
_KNOWLEDGE = Domain.KNOWLEDGE

_VIP_TOPICS = Curriculum(
    "vip-topics",
    "1.0",
    text=Text("VIP 服務團隊學習內容", "VIP 服务团队学习内容", en="What a VIP service team studies"),
    courses=[
        Course(
            "vip-services",
            Text(
                "VIP 服務內容及評級辦法",
                "VIP 服务内容及评级办法",
                en="VIP services and how they are rated",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "customer-indicators",
            Text(
                "重點個人客戶與中高端客戶的指標",
                "重点个人客户与中高端客户的指标",
                en="Indicators for key individual and for upper-tier customers",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "data-services",
            Text("數據類業務", "数据类业务", en="Data services"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "knowledge-base",
            Text("知識庫各項內容", "知识库各项内容", en="All that is in the knowledge base"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "monthly-programme",
            Text(
                "市客服中心的當月課程",
                "市客服中心的当月课程",
                en="The city service centre's programme of the month",
            ),
            domain=_KNOWLEDGE,
        ),
        Course(
            "new-business",
            Text("新推出的業務", "新推出的业务", en="Newly launched business"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "service-skills",
            Text("服務技巧與禮儀", "服务技巧与礼仪", en="Service skills and etiquette"),
            domain=_SKILL,
        ),
    ],
)

_ASK_COURSES = Curriculum(
    "ask",
    "1.0",
    text=Text(
        "態度、技能與知識課程",
        "态度、技能与知识课程",
        en="Courses of attitude, skill and knowledge",
    ),
    courses=[
        Course(
            "bank-history",
            Text("本行發展歷程", "本行发展历程", en="How the bank has grown"),
            domain=_ATTITUDE,
        ),
        Course(
            "bank-culture",
            Text("本行文化與價值取向", "本行文化与价值取向", en="The bank's culture and values"),
            domain=_ATTITUDE,
            remedies={"1.5", "1.6", "1.7a", "3.1b"},
        ),
        Course(
            "professionalism",
            Text("職業精神", "职业精神", en="Professionalism"),
            domain=_ATTITUDE,
            remedies={"1.1", "1.4", "1.5", "1.6", "3.1b", "3.10", "3.13"},
        ),
        Course(
            "teamwork",
            Text("團隊協作", "团队协作", en="Teamwork"),
            domain=_ATTITUDE,
            remedies={"1.3", "1.7a", "1.7b", "1.8"},
        ),
        Course(
            "customer-service-awareness",
            Text("服務客戶的意識", "服务客户的意识", en="Awareness of customer service"),
            domain=_ATTITUDE,
            remedies={"1.2", "4.1a", "4.1b", "4.3"},
        ),
        Course(
            "quality-awareness",
            Text("品質意識", "品质意识", en="Awareness of quality"),
            domain=_ATTITUDE,
            remedies={"1.1", "2.2", "3.5b", "3.8"},
        ),
        Course(
            "cost-awareness",
            Text("成本意識", "成本意识", en="Awareness of cost"),
            domain=_ATTITUDE,
        ),
        Course(
            "attitude-to-learning",
            Text("對學習的態度", "对学习的态度", en="Attitude to learning"),
            domain=_ATTITUDE,
        ),
        Course(
            "self-motivation",
            Text("自我激勵", "自我激励", en="Motivating oneself"),
            domain=_ATTITUDE,
        ),
        Course(
            "stress-management",
            Text("應對壓力", "应对压力", en="Coping with stress"),
            domain=_ATTITUDE,
            remedies={"4.3"},
        ),
        Course(
            "preparing-to-sell",
            Text("銷售前的準備", "销售前的准备", en="Preparing to sell"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "sales-etiquette",
            Text("銷售禮儀", "销售礼仪", en="Sales etiquette"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"4.3"},
        ),
        Course(
            "approaching-customers",
            Text("接觸客戶", "接触客户", en="Approaching customers"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"2.1"},
        ),
        Course(
            "opening-a-conversation",
            Text("如何開場", "如何开场", en="Opening a conversation"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "questioning-and-listening",
            Text("提問與聆聽", "提问与聆听", en="Questioning and listening"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"2.3", "3.14"},
        ),
        Course(
            "presenting-products",
            Text("介紹與演示產品", "介绍与演示产品", en="Presenting products"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "handling-objections",
            Text("回應客戶異議", "回应客户异议", en="Handling objections"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"1.2"},
        ),
        Course(
            "closing-a-sale",
            Text("促成交易", "促成交易", en="Closing a sale"),
            domain=_SKILL,
            level=Level.BASIC,
        ),
        Course(
            "writing-service-proposals",
            Text("編寫服務方案", "编写服务方案", en="Writing proposals of financial services"),
            domain=_SKILL,
            level=Level.BASIC,
            remedies={"3.3", "4.2"},
        ),
        Course(
            "communication",
            Text("人際溝通", "人际沟通", en="Interpersonal communication"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
            remedies={"1.8", "2.4", "3.11a", "3.11b"},
        ),
        Course(
            "public-speaking",
            Text("演講", "演讲", en="Public speaking"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
        ),
        Course(
            "negotiation",
            Text("談判", "谈判", en="Negotiation"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
        ),
        Course(
            "conflict-management",
            Text("化解衝突", "化解冲突", en="Managing conflict"),
            domain=_SKILL,
            level=Level.PROFESSIONAL,
            remedies={"1.3", "1.7b"},
        ),
        Course(
            "channel-management",
            Text("管理渠道", "管理渠道", en="Managing channels"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "key-account-sales",
            Text("管理重點客戶的銷售", "管理重点客户的销售", en="Managing sales to key accounts"),
            domain=_SKILL,
            level=Level.ADVANCED,
            remedies={"4.1a", "4.1b"},
        ),
        Course(
            "regional-sales",
            Text("管理區域銷售", "管理区域销售", en="Managing regional sales"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "sales-team-management",
            Text("管理銷售團隊", "管理销售团队", en="Managing a sales team"),
            domain=_SKILL,
            level=Level.ADVANCED,
        ),
        Course(
            "products-and-services",
            Text("銀行產品與服務", "银行产品与服务", en="The bank's products and services"),
            domain=_KNOWLEDGE,
            remedies={"3.17a", "3.17b", "3.17c"},
        ),
        Course(
            "publicity-materials",
            Text("運用宣傳資料", "运用宣传资料", en="Using publicity materials"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "computer-systems",
            Text("電腦軟件與硬件", "电脑软件与硬件", en="Computer software and hardware"),
            domain=_KNOWLEDGE,
            remedies={"3.5a"},
        ),
        Course(
            "equipment",
            Text("設備使用", "设备使用", en="Using the equipment"),
            domain=_KNOWLEDGE,
        ),
        Course(
            "professional-knowledge",
            Text("專業知識", "专业知识", en="Professional knowledge"),
            domain=_KNOWLEDGE,
            remedies={"3.1a", "3.3", "3.7", "3.9", "3.12", "3.14", "3.18"},
        ),
        Course(
            "competitor-analysis",
            Text("分析競爭對手", "分析竞争对手", en="Analysing competitors"),
            domain=_KNOWLEDGE,
            remedies={"2.3"},
        ),
        Course(
            "corporate-credit-products",
            Text("精通對公授信產品", "精通对公授信产品", en="Mastery of corporate credit products"),
            domain=_KNOWLEDGE,
            remedies={"3.2a", "3.2b", "3.4", "3.6", "3.13", "3.15", "3.16a", "3.16b"},
        ),
    ],
)

_VENUE_QUALITIES = Curriculum(
    "venue-qualities",
    "1.0",
    text=Text("場所團隊的五項素質", "场所团队的五项素质", en="Five qualities of a venue team"),
    courses=[
        Course(
            "dedication",
            Text("敬業", "敬业", en="Dedication"),
            domain=_ATTITUDE,
        ),
        Course(
            "observation",
            Text("觀察力", "观察力", en="Keen observation"),
            domain=_SKILL,
        ),
        Course(
            "service-attitude",
            Text("服務態度", "服务态度", en="Attitude of service"),
            domain=_ATTITUDE,
        ),
        Course(
            "persuasion",
            Text("說服力", "说服力", en="Persuasion"),
            domain=_SKILL,
        ),
        Course(
            "breadth-of-knowledge",
            Text("知識面", "知识面", en="Breadth of knowledge"),
            domain=_KNOWLEDGE,
        ),
    ],
)


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
    in turn; a test on the 25th, after the study, whose result counts in monthly performance; a
    request for consolidation training in each quarter; a meeting each working morning; one or two
    workshops held by a consultancy and one or two service competitions a year; at least twelve
    study days a year; and from each person one or two reports and at least one talk a year.

    The source gives the days of the month and the numbers; the arguments are what it leaves open.

    Args:
        study_adjustment: Where a study day goes that falls on a day off; by default to the nearest
            working day.
        test_adjustment: Where a test goes that falls on a day off; by default to the next working
            day of the month whose performance it counts in.
        workshops: How many workshops are planned a year, 1 or 2.
        competitions: How many competitions are planned a year, 1 or 2.
        reports: How many reports are planned a year for each person, 1 or 2.
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
        curriculum=_VIP_TOPICS,
        activities=[
            Activity(
                "morning-meeting",
                Text("晨間例會", "晨间例会", en="Morning meeting"),
                kind=ActivityKind.MEETING,
                timing=Cadence("FREQ=DAILY"),
                adjustment=Adjustment.SKIP,
                duration=meeting_minutes,
                courses=["new-business", "customer-indicators"],
                in_room=False,
            ),
            Activity(
                "study",
                Text("每月學習日", "每月学习日", en="Monthly study day"),
                kind=ActivityKind.STUDY,
                timing=Cadence("FREQ=MONTHLY;BYMONTHDAY=15"),
                adjustment=study_adjustment,
                duration=study_minutes,
                courses=[topic for topic in _VIP_TOPICS if topic != "monthly-programme"],
                each_time=["monthly-programme"],
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
                timing=Quota(1, 1, per=CalendarSpan.QUARTER),
                duration=15,
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
                courses=["service-skills"],
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
        ],
        targets=[Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR)],
        day_length=day_length,
    )


def ask(
    *,
    attitude_sessions_a_month: int = 1,
    refresher: bool = True,
    onboarding_months: int = 1,
    observation_months: int = 3,
    session_minutes: int = 120,
    day_length: int = 480,
) -> TrainingPlan:
    """Attitude, skill and knowledge: the ASK plan.

    Onboarding begins with the bank's values and goes on to knowledge; skill comes after a time of
    observation, and only what each person needs (see
    :func:`~cmappraisal.training.training_needs`); attitude all year, its ten courses in turn.

    The source says "some months", and of attitude every year, month and day; the arguments are
    what it leaves open. That knowledge comes again to whoever's errors call for it is ours.

    Args:
        attitude_sessions_a_month: How many sessions on attitude each month has, from 1; what comes
            every day besides is no session.
        refresher: Whether knowledge that a person needs comes again after onboarding.
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
        _int("onboarding_months", onboarding_months, 1, MAXIMUM_MONTHS),
        _int("observation_months", observation_months, 0, MAXIMUM_MONTHS),
        *_minutes(session_minutes=session_minutes, day_length=day_length),
    )
    return TrainingPlan(
        "ask",
        "1.0",
        text=Text("ASK 培訓計劃", "ASK 培训计划", en="Attitude, skill and knowledge"),
        curriculum=_ASK_COURSES,
        activities=[
            Activity(
                "knowledge",
                Text("入職課程", "入职课程", en="Values and knowledge at onboarding"),
                kind=ActivityKind.COURSE,
                timing=CareerStage(0, onboarding_months),
                duration=session_minutes,
                courses=["bank-culture", *_of_domain(_KNOWLEDGE)],
            ),
            Activity(
                "skill",
                Text("按需技能課程", "按需技能课程", en="Skill as needed"),
                kind=ActivityKind.COURSE,
                timing=CareerStage(observation_months, needed_only=True),
                duration=session_minutes,
                courses=_of_domain(_SKILL),
            ),
            *_refreshers(onboarding_months, session_minutes) * refresher,
            Activity(
                "attitude",
                Text("常年態度課程", "常年态度课程", en="Attitude all year"),
                kind=ActivityKind.COURSE,
                timing=Quota(attitude_sessions_a_month, per=CalendarSpan.MONTH),
                duration=session_minutes,
                courses=_of_domain(_ATTITUDE),
            ),
        ],
        day_length=day_length,
    )


def _refreshers(after_months: int, minutes: int) -> list[Activity]:
    return [
        Activity(
            "knowledge-refresher",
            Text("按需知識課程", "按需知识课程", en="Knowledge as needed"),
            kind=ActivityKind.COURSE,
            timing=CareerStage(after_months, needed_only=True),
            duration=minutes,
            courses=_of_domain(_KNOWLEDGE),
        )
    ]


def _of_domain(domain: Domain) -> list[str]:
    return [course.id for course in _ASK_COURSES.courses if course.domain is domain]


def venue_team(
    *,
    weekday: str = "MO",
    adjustment: Adjustment = Adjustment.FOLLOWING,
    session_minutes: int = 60,
    day_length: int = 480,
) -> TrainingPlan:
    """The weekly training of a venue's team, on five qualities in turn.

    The source asks for one session a week; the arguments are what it leaves open.

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
        curriculum=_VENUE_QUALITIES,
        activities=[
            Activity(
                "weekly-training",
                Text("每週培訓課", "每周培训课", en="Weekly training"),
                kind=ActivityKind.COURSE,
                timing=Cadence(f"FREQ=WEEKLY;BYDAY={weekday}"),
                adjustment=adjustment,
                duration=session_minutes,
                courses=list(_VENUE_QUALITIES),
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
