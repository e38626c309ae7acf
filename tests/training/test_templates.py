"""Templates: the three plans of the source, typed again by hand."""

import inspect
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import (
    ERROR_POINTS,
    Adjustment,
    CalendarSpan,
    FieldError,
    Period,
    Text,
    WorkCalendar,
)
from cmappraisal.training import (
    ASK,
    VENUE_TEAM,
    VIP_SERVICE,
    Activity,
    ActivityKind,
    Cadence,
    CareerStage,
    ComplianceStatus,
    Course,
    Curriculum,
    Delivered,
    Ongoing,
    Quota,
    Target,
    TargetUnit,
    Trainee,
    TrainingError,
    TrainingPlan,
    ask,
    check_compliance,
    schedule,
    venue_team,
    vip_service,
)

PLANS = {
    "vip_service": (VIP_SERVICE, vip_service),
    "ask": (ASK, ask),
    "venue_team": (VENUE_TEAM, venue_team),
}


@pytest.mark.parametrize(("plan", "make"), PLANS.values(), ids=PLANS.keys())
def test_a_plan_is_what_its_function_makes(
    plan: TrainingPlan, make: Callable[[], TrainingPlan]
) -> None:
    assert make() == plan
    assert make() is not plan


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (VIP_SERVICE, "vip-service 1.0: Training year of a VIP service team"),
        (ASK, "ask 1.0: Attitude, skill and knowledge"),
        (VENUE_TEAM, "venue-team 1.0: Weekly training of a venue's team"),
        (VIP_SERVICE.curriculum, "vip-topics 1.0: What a VIP service team studies"),
        (ASK.curriculum, "ask 1.0: Courses of attitude, skill and knowledge"),
        (VENUE_TEAM.curriculum, "venue-subjects 1.0: What a venue's team is trained in"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_plan_and_curriculum_has_its_title(
    plan: TrainingPlan | Curriculum, title: str
) -> None:
    assert f"{plan}: {plan.text.en}" == title


def texts_of(plan: TrainingPlan) -> list[Text]:
    parts: list[Activity | Course] = [*plan.activities, *plan.curriculum.courses]
    return [plan.text, plan.curriculum.text, *(part.text for part in parts)]


@pytest.mark.parametrize("plan", [VIP_SERVICE, ASK, VENUE_TEAM], ids=str)
def test_every_text_is_worded_in_each_script(plan: TrainingPlan) -> None:
    """Big5 has no simplified characters, GB 2312 no traditional ones."""
    for text in texts_of(plan):
        assert text.zh_hant.encode("big5")
        assert text.zh_hans.encode("gb2312")
        assert text.en.isascii()
        latin = {word for word in text.zh_hant.split() if word.isascii()}
        assert latin <= {"VIP", "ASK"}
    for part in (
        *(content for course in plan.curriculum.courses for content in course.contents),
        *(form for activity in plan.activities for form in activity.forms),
    ):
        assert part.zh_hant.encode("big5")
        assert part.zh_hans.encode("gb2312")
        assert part.en.isascii()
    names = [course.text for course in plan.curriculum.courses]
    for wordings in zip(*map(attrs.astuple, names), strict=True):
        assert len(set(wordings)) == len(names)


TOPICS = [
    ("vip-services", "knowledge", "VIP services and how they are rated"),
    (
        "customer-indicators",
        "knowledge",
        "Indicators for key individual and for upper-tier customers",
    ),
    ("data-services", "knowledge", "Data services"),
    ("knowledge-base", "knowledge", "All that is in the knowledge base"),
    ("monthly-programme", "knowledge", "The city service centre's programme of the month"),
    ("new-business", "knowledge", "What is new in the business"),
    ("service-skills", "skill", "Service skills and etiquette"),
    ("campaigns", "knowledge", "Campaigns that are on"),
    ("outbound-calls", "skill", "Calling customers by telephone"),
    ("set-books", "knowledge", "The set books"),
]
ATTITUDES = [
    ("bank-history", "How the bank has grown"),
    ("bank-culture", "The bank's culture and values"),
    ("professionalism", "Professionalism"),
    ("teamwork", "Teamwork"),
    ("customer-service-awareness", "Awareness of customer service"),
    ("quality-awareness", "Awareness of quality"),
    ("cost-awareness", "Awareness of cost"),
    ("attitude-to-learning", "Attitude to learning"),
    ("self-motivation", "Motivating oneself"),
    ("stress-management", "Coping with stress"),
]
BASIC_SKILLS = [
    ("preparing-to-sell", "Preparing to sell"),
    ("sales-etiquette", "Sales etiquette"),
    ("approaching-customers", "Approaching customers"),
    ("opening-a-conversation", "Opening a conversation"),
    ("questioning-and-listening", "Questioning and listening"),
    ("presenting-products", "Presenting products"),
    ("handling-objections", "Handling objections"),
    ("closing-a-sale", "Closing a sale"),
    ("writing-service-proposals", "Writing proposals of financial services"),
]
PROFESSIONAL_SKILLS = [
    ("communication", "Interpersonal communication"),
    ("public-speaking", "Public speaking"),
    ("negotiation", "Negotiation"),
    ("conflict-management", "Managing conflict"),
]
ADVANCED_SKILLS = [
    ("channel-management", "Managing channels"),
    ("key-account-sales", "Managing sales to key accounts"),
    ("regional-sales", "Managing regional sales"),
    ("sales-team-management", "Managing a sales team"),
]
KNOWLEDGE = [
    ("products-and-services", "The bank's products and services"),
    ("publicity-materials", "Using publicity materials"),
    ("computer-systems", "Computer software and hardware"),
    ("equipment", "Using the equipment"),
    ("professional-knowledge", "Professional knowledge"),
    ("competitor-analysis", "Analysing competitors"),
    ("corporate-credit-products", "Mastery of corporate credit products"),
]
QUALITIES = [
    ("dedication", "attitude", "Dedication"),
    ("observation", "skill", "Keen observation"),
    ("service-attitude", "attitude", "Attitude of service"),
    ("persuasion", "skill", "Persuasion"),
    ("breadth-of-knowledge", "knowledge", "Breadth of knowledge"),
]
TECHNIQUES = [
    ("working-with-service-staff", "skill", "Working with the service staff"),
    ("first-meetings", "skill", "Meeting a guest for the first time"),
    ("understanding-guests", "skill", "Understanding guests"),
]
DUTIES = [
    ("code-of-conduct", "attitude", "The code of conduct, and integrity"),
    ("appearance-and-manners", "skill", "Appearance and manners"),
    ("communication-and-sales", "skill", "Basics of communication and sales"),
    ("handling-complaints", "skill", "Handling complaints"),
    ("teamwork-across-departments", "attitude", "Working with other departments"),
]
SUBJECTS = [*QUALITIES, *TECHNIQUES, *DUTIES]
SKILLS = [*BASIC_SKILLS, *PROFESSIONAL_SKILLS, *ADVANCED_SKILLS]


def ids(courses: list[Any]) -> tuple[str, ...]:
    return tuple(course[0] for course in courses)


@pytest.mark.parametrize(
    ("curriculum", "courses"),
    [(VIP_SERVICE.curriculum, TOPICS), (VENUE_TEAM.curriculum, SUBJECTS)],
    ids=str,
)
def test_the_topics_of_a_team(curriculum: Curriculum, courses: list[tuple[str, ...]]) -> None:
    assert [
        (course.id, course.domain.value, course.text.en) for course in curriculum.values()
    ] == courses
    assert {course.level for course in curriculum.values()} == {None}
    assert {course.remedies for course in curriculum.values()} == {frozenset()}


@pytest.mark.parametrize(
    ("domain", "level", "courses", "count"),
    [
        ("attitude", None, ATTITUDES, 10),
        ("skill", "basic", BASIC_SKILLS, 9),
        ("skill", "professional", PROFESSIONAL_SKILLS, 4),
        ("skill", "advanced", ADVANCED_SKILLS, 4),
        ("knowledge", None, KNOWLEDGE, 7),
    ],
)
def test_the_courses_of_ask(
    domain: str, level: str | None, courses: list[tuple[str, str]], count: int
) -> None:
    found = [
        (course.id, course.text.en)
        for course in ASK.curriculum.values()
        if course.domain.value == domain and (course.level and course.level.value) == level
    ]
    assert found == courses
    assert len(courses) == count


def test_ask_has_no_other_courses() -> None:
    assert tuple(ASK.curriculum) == ids([*ATTITUDES, *SKILLS, *KNOWLEDGE])
    assert len(ASK.curriculum) == 34


@pytest.mark.parametrize("plan", [VIP_SERVICE, ASK, VENUE_TEAM], ids=str)
def test_every_course_is_taught_and_certifies_nothing(plan: TrainingPlan) -> None:
    assert {course.certification for course in plan.curriculum.values()} == {None}
    taught = {
        course
        for activity in plan.activities
        for course in (*activity.courses, *activity.each_time)
    }
    assert taught == set(plan.curriculum)


NEAREST, FOLLOWING = Adjustment.NEAREST, Adjustment.FOLLOWING
MODIFIED, SKIP = Adjustment.MODIFIED_FOLLOWING, Adjustment.SKIP
STUDY_DAY, TEST_DAY = Cadence("FREQ=MONTHLY;BYMONTHDAY=15"), Cadence("FREQ=MONTHLY;BYMONTHDAY=25")
A_QUARTER = Quota(0, 1, per=CalendarSpan.QUARTER, planned=0)
ONE_OR_TWO = Quota(1, 2, per=CalendarSpan.YEAR, planned=1)
TWO = Quota(1, 2, per=CalendarSpan.YEAR, planned=2)
AT_LEAST_ONE, ANY_NUMBER = Quota(1, per=CalendarSpan.YEAR), Quota(0, per=CalendarSpan.YEAR)
EACH_TIME = {
    "morning-meeting": ("campaigns", "customer-indicators"),
    "study": ("monthly-programme",),
    "consultancy-workshop": ("outbound-calls", "service-skills"),
}
IN_TURN = (
    *("vip-services", "customer-indicators", "data-services"),
    *("knowledge-base", "new-business", "service-skills"),
)
ON_THE_JOB = ActivityKind.ON_THE_JOB
ACTIVITIES: dict[str, list[tuple[Any, ...]]] = {
    "vip_service": [
        ("morning-meeting", ActivityKind.MEETING, Cadence("FREQ=DAILY"), SKIP, 15, ()),
        ("study", ActivityKind.STUDY, STUDY_DAY, NEAREST, 360, IN_TURN),
        ("test", ActivityKind.TEST, TEST_DAY, MODIFIED, 60, ()),
        ("consolidation-request", ActivityKind.REQUEST, A_QUARTER, FOLLOWING, 15, ()),
        ("consultancy-workshop", ActivityKind.WORKSHOP, ONE_OR_TWO, FOLLOWING, 360, ()),
        ("service-competition", ActivityKind.COMPETITION, ONE_OR_TWO, FOLLOWING, 240, ()),
        ("report", ActivityKind.REPORT, ONE_OR_TWO, FOLLOWING, 15, ()),
        ("talk", ActivityKind.TALK, AT_LEAST_ONE, FOLLOWING, 30, ()),
        ("self-study", ActivityKind.SELF_STUDY, ANY_NUMBER, FOLLOWING, 15, ("set-books",)),
    ],
    "ask": [
        (
            "knowledge",
            ActivityKind.COURSE,
            CareerStage(0, 1),
            FOLLOWING,
            120,
            ("bank-culture", *ids(KNOWLEDGE)),
        ),
        ("observation", ON_THE_JOB, Ongoing(0, 3), FOLLOWING, 60, ids(SKILLS)),
        (
            "skill",
            ActivityKind.COURSE,
            CareerStage(3, needed_only=True),
            FOLLOWING,
            120,
            ids(SKILLS),
        ),
        (
            "knowledge-refresher",
            ActivityKind.COURSE,
            CareerStage(1, needed_only=True),
            FOLLOWING,
            120,
            ids(KNOWLEDGE),
        ),
        (
            "attitude-refresher",
            ActivityKind.COURSE,
            CareerStage(1, needed_only=True),
            FOLLOWING,
            120,
            ids(ATTITUDES),
        ),
        (
            "attitude",
            ActivityKind.COURSE,
            Quota(1, per=CalendarSpan.MONTH),
            FOLLOWING,
            120,
            ids(ATTITUDES),
        ),
        ("daily-attitude", ON_THE_JOB, Ongoing(), FOLLOWING, 60, ids(ATTITUDES)),
    ],
    "venue_team": [
        (
            "weekly-training",
            ActivityKind.COURSE,
            Cadence("FREQ=WEEKLY;BYDAY=MO"),
            FOLLOWING,
            60,
            ids(SUBJECTS),
        ),
        ("practice", ON_THE_JOB, Ongoing(), FOLLOWING, 60, ids(TECHNIQUES)),
        (
            "guidance",
            ON_THE_JOB,
            Ongoing(),
            FOLLOWING,
            60,
            ("appearance-and-manners", "service-attitude"),
        ),
    ],
}
WHICH = {
    "feeds_performance": {"test"},
    "per_person": {"report", "talk", "self-study"},
    "in_class": {"knowledge", "skill", "knowledge-refresher", "attitude-refresher"},
    "in_room": {"study", "test", "consultancy-workshop", "service-competition"}
    | {"knowledge", "skill", "knowledge-refresher", "attitude-refresher", "attitude"}
    | {"weekly-training", "observation", "daily-attitude", "practice", "guidance"},
}


@pytest.mark.parametrize("name", PLANS)
def test_the_activities_of_a_plan(name: str) -> None:
    activities = PLANS[name][0].activities
    assert [
        (each.id, each.kind, each.timing, each.adjustment, each.duration, each.courses)
        for each in activities
    ] == ACTIVITIES[name]
    for trait, having in WHICH.items():
        for each in activities:
            assert getattr(each, trait) == (each.id in having), (each.id, trait)
    optional = {each.id for each in activities if not each.required}
    assert optional == ({"consolidation-request"} if name == "vip_service" else set())
    each_time = {each.id: each.each_time for each in activities if each.each_time}
    assert each_time == (EACH_TIME if name == "vip_service" else {})
    assert {each.id for each in activities if each.forms} <= {"study"}


@pytest.mark.parametrize(
    ("plan", "names"),
    [
        (
            VIP_SERVICE,
            [
                "Morning meeting",
                "Monthly study day",
                "Monthly test",
                "Request for consolidation training",
                "Workshop on calls and etiquette, held by a consultancy",
                "Service competition",
                "Research report or paper",
                "Talk",
                "Self-study of the set books",
            ],
        ),
        (
            ASK,
            [
                "Values and knowledge at onboarding",
                "Observation and assessment",
                "Skill as needed",
                "Knowledge as needed",
                "Attitude as needed",
                "Attitude all year",
                "Attitude every day: by example",
            ],
        ),
        (VENUE_TEAM, ["Weekly training", "Learning by practice", "Guidance at work"]),
    ],
    ids=str,
)
def test_every_activity_has_its_name(plan: TrainingPlan, names: list[str]) -> None:
    assert [each.text.en for each in plan.activities] == names


@pytest.mark.parametrize(
    ("text", "zh_hant", "zh_hans"),
    [
        (
            VIP_SERVICE.activity("consultancy-workshop").text,
            "顧問公司外呼及禮儀培訓",
            "顾问公司外呼及礼仪培训",
        ),
        (VIP_SERVICE.activity("report").text, "個人書面報告", "个人书面报告"),
        (ASK.activity("knowledge").text, "入職課程", "入职课程"),
        (ASK.activity("knowledge-refresher").text, "按需知識課程", "按需知识课程"),
        (ASK.curriculum["writing-service-proposals"].text, "編寫服務方案", "编写服务方案"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.isascii() else "",
)
def test_what_is_put_in_words_of_our_own(text: Text, zh_hant: str, zh_hans: str) -> None:
    assert (text.zh_hant, text.zh_hans) == (zh_hant, zh_hans)


def test_a_month_s_test_comes_after_its_study() -> None:
    follows = {each.id: each.follows for each in VIP_SERVICE.activities if each.follows}
    assert follows == {"test": "study"}
    for plan in (ASK, VENUE_TEAM):
        assert {each.follows for each in plan.activities} == {None}


def test_a_year_of_vip_service_has_twelve_study_days() -> None:
    assert VIP_SERVICE.targets == (
        Target(ActivityKind.STUDY, 12, unit=TargetUnit.DAYS, per=CalendarSpan.YEAR),
    )
    assert ASK.targets == VENUE_TEAM.targets == ()
    assert [plan.day_length for plan, _ in PLANS.values()] == [480, 480, 480]


@pytest.mark.parametrize(
    ("plan", "counts"),
    [
        # 2026 has 261 days from Monday to Friday, and 52 Mondays.
        (
            VIP_SERVICE,
            {
                "study": 12,
                "test": 12,
                "morning-meeting": 261,
                "consultancy-workshop": 1,
                "service-competition": 1,
            },
        ),
        (ASK, {"attitude": 12}),
        (VENUE_TEAM, {"weekly-training": 52}),
    ],
    ids=str,
)
def test_a_team_s_year_2026(plan: TrainingPlan, counts: dict[str, int]) -> None:
    year = schedule(plan, Period.year(2026), calendar=WorkCalendar())
    found = [session.activity for session in year.sessions]
    assert {each: found.count(each) for each in dict.fromkeys(found)} == counts
    assert year.shortfalls == ()


def test_nobody_is_observed_where_there_is_no_time_of_observation() -> None:
    assert [each.id for each in ask(observation_months=0).activities] == [
        each.id for each in ASK.activities if each.id != "observation"
    ]


def test_the_first_course_of_a_bank_is_its_values_with_five_hearts() -> None:
    first = ASK.curriculum[ASK.activities[0].courses[0]]
    assert first.id == "bank-culture"
    assert [content.en.partition(":")[0].partition(",")[0] for content in first.contents] == [
        "Loyalty",
        "Care for customers",
        "Drive in one's work",
        "Patience with detail",
        "Confidence",
    ]


def test_each_morning_and_each_workshop_is_on_both_its_topics() -> None:
    year = schedule(vip_service(workshops=2), Period.year(2026), calendar=WorkCalendar())
    for id in ("morning-meeting", "consultancy-workshop"):
        taught = {session.courses for session in year.sessions if session.activity == id}
        assert taught == {EACH_TIME[id]}


def test_a_study_day_has_four_forms() -> None:
    assert [form.en for form in VIP_SERVICE.activity("study").forms] == [
        "A meeting on one topic",
        "A reading meeting",
        "A discussion",
        "A study visit",
    ]


def test_what_may_be_asked_for_is_nobody_s_duty_and_nobody_attends_it() -> None:
    people = [Trainee("RM-01"), Trainee("RM-02")]
    asking = vip_service(requests=1)
    for plan, sessions in ((VIP_SERVICE, 0), (asking, 4)):
        year = schedule(plan, Period.year(2026), calendar=WorkCalendar(), trainees=people)
        requests = [each for each in year.sessions if each.activity == "consolidation-request"]
        assert len(requests) == sessions
        asked = Delivered("consolidation-request", "RM-02", on=date(2026, 5, 4))
        compliance = check_compliance(year, [asked], on=date(2026, 12, 31))
        for person in ("RM-01", "RM-02"):
            assert "consolidation-request" not in {each.activity for each in compliance.of(person)}
        of_team = [
            (each.status, each.counts.needed, each.delivered_on)
            for each in compliance.of_team()
            if each.activity == "consolidation-request"
        ]
        met = ComplianceStatus.MET
        assert of_team == [(met, 0, ()), (met, 0, (date(2026, 5, 4),)), (met, 0, ()), (met, 0, ())]


def test_set_books_are_studied_alone_as_many_as_the_bank_asks_for() -> None:
    people = [Trainee("RM-01")]
    year = schedule(
        vip_service(set_books=2), Period.year(2026), calendar=WorkCalendar(), trainees=people
    )
    due = [each for each in year.sessions if each.activity == "self-study"]
    assert [(each.person, each.courses) for each in due] == [("RM-01", ("set-books",))] * 2
    read = Delivered("self-study", "RM-01", on=date(2026, 5, 4))
    compliance = check_compliance(year, [read], on=date(2027, 1, 1))
    (books,) = [each for each in compliance.of("RM-01") if each.activity == "self-study"]
    assert (books.status, books.counts.done) == (ComplianceStatus.BREACHED, 1)


@pytest.mark.parametrize("count", [1, 2])
def test_as_many_a_year_are_held_as_are_planned(count: int) -> None:
    plan = vip_service(workshops=count, competitions=count, reports=count)
    people = [Trainee("RM-01"), Trainee("RM-02")]
    year = schedule(plan, Period.year(2026), calendar=WorkCalendar(), trainees=people)
    found = [session.activity for session in year.sessions]
    assert found.count("consultancy-workshop") == found.count("service-competition") == count
    reports = [session.person for session in year.sessions if session.activity == "report"]
    assert sorted(map(str, reports)) == ["RM-01"] * count + ["RM-02"] * count
    assert found.count("talk") == 2
    assert year.shortfalls == ()


def test_a_study_day_is_on_the_programme_of_the_month_and_on_one_topic_more() -> None:
    year = schedule(VIP_SERVICE, Period.year(2026), calendar=WorkCalendar())
    taught = [session.courses for session in year.sessions if session.activity == "study"]
    assert taught == [(topic, "monthly-programme") for topic in (*IN_TURN, *IN_TURN)]


def test_knowledge_and_attitude_that_are_needed_come_again_after_onboarding() -> None:
    """Of someone's second year nothing is left but what the errors call for."""
    person = Trainee("RM-01", date(2025, 3, 3), needs=["equipment", "negotiation", "teamwork"])
    for plan, own, untaken in (
        (
            ASK,
            [
                ("attitude-refresher", "teamwork"),
                ("knowledge-refresher", "equipment"),
                ("skill", "negotiation"),
            ],
            [],
        ),
        (ask(refresher=False), [("skill", "negotiation")], ["equipment", "teamwork"]),
    ):
        year = schedule(plan, Period.year(2026), calendar=WorkCalendar(), trainees=[person])
        found = [(each.activity, *each.courses) for each in year.sessions if each.person]
        assert sorted(found) == own
        assert [each.course for each in year.shortfalls] == untaken


def test_every_rule_of_error_points_has_a_course() -> None:
    assert ASK.curriculum.uncovered(ERROR_POINTS) == ()
    remedied = {rule for course in ASK.curriculum.values() for rule in course.remedies}
    assert remedied == set(ERROR_POINTS)
    assert len(remedied) == 42


def other(plan: TrainingPlan, id_list: str, **fields: Any) -> TrainingPlan:
    """A plan of which some activities are otherwise."""
    named = id_list.split()
    assert all(plan.activity(id) for id in named)
    return attrs.evolve(
        plan,
        activities=[
            attrs.evolve(each, **fields) if each.id in named else each for each in plan.activities
        ],
    )


VIP_CHANGES: dict[str, tuple[Any, TrainingPlan]] = {
    "study_adjustment": (FOLLOWING, other(VIP_SERVICE, "study", adjustment=FOLLOWING)),
    "test_adjustment": (SKIP, other(VIP_SERVICE, "test", adjustment=SKIP)),
    "workshops": (2, other(VIP_SERVICE, "consultancy-workshop", timing=TWO)),
    "competitions": (2, other(VIP_SERVICE, "service-competition", timing=TWO)),
    "reports": (2, other(VIP_SERVICE, "report", timing=TWO)),
    "requests": (
        1,
        other(
            VIP_SERVICE,
            "consolidation-request",
            timing=Quota(0, 1, per=CalendarSpan.QUARTER, planned=1),
        ),
    ),
    "set_books": (
        4,
        other(VIP_SERVICE, "self-study", timing=Quota(4, per=CalendarSpan.YEAR)),
    ),
    "study_minutes": (480, other(VIP_SERVICE, "study", duration=480)),
    "test_minutes": (45, other(VIP_SERVICE, "test", duration=45)),
    "meeting_minutes": (10, other(VIP_SERVICE, "morning-meeting", duration=10)),
    "workshop_minutes": (90, other(VIP_SERVICE, "consultancy-workshop", duration=90)),
    "competition_minutes": (91, other(VIP_SERVICE, "service-competition", duration=91)),
    "talk_minutes": (5, other(VIP_SERVICE, "talk", duration=5)),
    "day_length": (360, attrs.evolve(VIP_SERVICE, day_length=360)),
}
ASK_CHANGES: dict[str, tuple[Any, TrainingPlan]] = {
    "attitude_sessions_a_month": (
        2,
        other(ASK, "attitude", timing=Quota(2, per=CalendarSpan.MONTH)),
    ),
    "refresher": (
        False,
        attrs.evolve(
            ASK,
            activities=[each for each in ASK.activities if not each.id.endswith("-refresher")],
        ),
    ),
    "classes": (
        False,
        other(ASK, "knowledge skill knowledge-refresher attitude-refresher", in_class=False),
    ),
    "onboarding_months": (
        2,
        other(
            other(ASK, "knowledge", timing=CareerStage(0, 2)),
            "knowledge-refresher attitude-refresher",
            timing=CareerStage(2, needed_only=True),
        ),
    ),
    "observation_months": (
        6,
        other(
            other(ASK, "skill", timing=CareerStage(6, needed_only=True)),
            "observation",
            timing=Ongoing(lasts_months=6),
        ),
    ),
    "session_minutes": (
        90,
        other(ASK, "knowledge skill knowledge-refresher attitude-refresher attitude", duration=90),
    ),
    "day_length": (120, attrs.evolve(ASK, day_length=120)),
}
TUESDAY = Cadence("FREQ=WEEKLY;BYDAY=TU")
VENUE_CHANGES: dict[str, tuple[Any, TrainingPlan]] = {
    "weekday": ("TU", other(VENUE_TEAM, "weekly-training", timing=TUESDAY)),
    "adjustment": (SKIP, other(VENUE_TEAM, "weekly-training", adjustment=SKIP)),
    "session_minutes": (120, other(VENUE_TEAM, "weekly-training", duration=120)),
    "day_length": (60, attrs.evolve(VENUE_TEAM, day_length=60)),
}


@pytest.mark.parametrize(
    ("make", "changes"),
    [(vip_service, VIP_CHANGES), (ask, ASK_CHANGES), (venue_team, VENUE_CHANGES)],
    ids=["vip_service", "ask", "venue_team"],
)
def test_each_argument_changes_what_it_names_and_nothing_else(
    make: Callable[..., TrainingPlan], changes: dict[str, tuple[Any, TrainingPlan]]
) -> None:
    parameters = inspect.signature(make).parameters
    assert list(parameters) == list(changes)
    for name, (value, changed) in changes.items():
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert make(**{name: value}) == changed != make()


@pytest.mark.parametrize("weekday", ["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
def test_a_venue_trains_on_any_day_of_the_week(weekday: str) -> None:
    timing = venue_team(weekday=weekday).activity("weekly-training").timing
    assert timing == Cadence(f"FREQ=WEEKLY;BYDAY={weekday}")


MINUTES = "an int from 1 to 1440"
WEEKDAYS = "MO, TU, WE, TH, FR, SA, SU"
ADJUSTMENTS = ", ".join(f'{each} or "{each.value}"' for each in Adjustment)


@pytest.mark.parametrize(
    ("make", "fields", "message"),
    [
        (
            vip_service,
            {"study_adjustment": "nearby"},
            f"vip_service: study_adjustment is 'nearby'; allowed: {ADJUSTMENTS}",
        ),
        (
            vip_service,
            {"test_adjustment": None},
            f"vip_service: test_adjustment is None; allowed: {ADJUSTMENTS}",
        ),
        (
            vip_service,
            {"workshops": 0},
            "vip_service: workshops is 0; allowed: 1 or 2",
        ),
        (
            vip_service,
            {"competitions": 3},
            "vip_service: competitions is 3; allowed: 1 or 2",
        ),
        (vip_service, {"requests": 2}, "vip_service: requests is 2; allowed: 0 or 1"),
        (vip_service, {"requests": -1}, "vip_service: requests is -1; allowed: 0 or 1"),
        (
            vip_service,
            {"set_books": -1},
            "vip_service: set_books is -1; allowed: an int from 0 to 1000",
        ),
        (
            vip_service,
            {"reports": "2"},
            "vip_service: reports is '2'; allowed: 1 or 2",
        ),
        (
            vip_service,
            {"study_minutes": 0},
            f"vip_service: study_minutes is 0; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"test_minutes": "60"},
            f"vip_service: test_minutes is '60'; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"meeting_minutes": True},
            f"vip_service: meeting_minutes is True; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"workshop_minutes": 1441},
            f"vip_service: workshop_minutes is 1441; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"competition_minutes": -1},
            f"vip_service: competition_minutes is -1; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"talk_minutes": 0.5},
            f"vip_service: talk_minutes is 0.5; allowed: {MINUTES}",
        ),
        (
            vip_service,
            {"day_length": 0},
            f"vip_service: day_length is 0; allowed: {MINUTES}",
        ),
        (
            ask,
            {"attitude_sessions_a_month": 0},
            "ask: attitude_sessions_a_month is 0; allowed: an int from 1 to 1000",
        ),
        (
            ask,
            {"attitude_sessions_a_month": -1},
            "ask: attitude_sessions_a_month is -1; allowed: an int from 1 to 1000",
        ),
        (
            ask,
            {"attitude_sessions_a_month": True},
            "ask: attitude_sessions_a_month is True; allowed: an int from 1 to 1000",
        ),
        (
            ask,
            {"attitude_sessions_a_month": 1001},
            "ask: attitude_sessions_a_month is 1001; allowed: an int from 1 to 1000",
        ),
        (
            ask,
            {"attitude_sessions_a_month": None},
            "ask: attitude_sessions_a_month is None; allowed: an int from 1 to 1000",
        ),
        (ask, {"refresher": 1}, "ask: refresher is 1; allowed: True or False"),
        (ask, {"refresher": None}, "ask: refresher is None; allowed: True or False"),
        (ask, {"refresher": "no"}, "ask: refresher is 'no'; allowed: True or False"),
        (
            ask,
            {"onboarding_months": "1"},
            "ask: onboarding_months is '1'; allowed: an int from 1 to 1200",
        ),
        (
            ask,
            {"onboarding_months": 0},
            "ask: onboarding_months is 0; allowed: an int from 1 to 1200",
        ),
        (
            ask,
            {"onboarding_months": None},
            "ask: onboarding_months is None; allowed: an int from 1 to 1200",
        ),
        (
            ask,
            {"observation_months": -1},
            "ask: observation_months is -1; allowed: an int from 0 to 1200",
        ),
        (
            ask,
            {"session_minutes": 0},
            f"ask: session_minutes is 0; allowed: {MINUTES}",
        ),
        (
            ask,
            {"day_length": "480"},
            f"ask: day_length is '480'; allowed: {MINUTES}",
        ),
        (
            venue_team,
            {"weekday": "星期一"},
            f"venue_team: weekday is '星期一'; allowed: {WEEKDAYS}",
        ),
        (venue_team, {"weekday": 0}, f"venue_team: weekday is 0; allowed: {WEEKDAYS}"),
        (venue_team, {"weekday": None}, f"venue_team: weekday is None; allowed: {WEEKDAYS}"),
        (venue_team, {"weekday": "mo"}, f"venue_team: weekday is 'mo'; allowed: {WEEKDAYS}"),
        (venue_team, {"weekday": "1MO"}, f"venue_team: weekday is '1MO'; allowed: {WEEKDAYS}"),
        (venue_team, {"weekday": "MO,TU"}, f"venue_team: weekday is 'MO,TU'; allowed: {WEEKDAYS}"),
        (venue_team, {"weekday": ["MO"]}, f"venue_team: weekday is ['MO']; allowed: {WEEKDAYS}"),
        (
            venue_team,
            {"weekday": "MO;INTERVAL=2"},
            f"venue_team: weekday is 'MO;INTERVAL=2'; allowed: {WEEKDAYS}",
        ),
        (
            venue_team,
            {"adjustment": "skipped"},
            f"venue_team: adjustment is 'skipped'; allowed: {ADJUSTMENTS}",
        ),
        (
            venue_team,
            {"session_minutes": 1441},
            f"venue_team: session_minutes is 1441; allowed: {MINUTES}",
        ),
        (
            venue_team,
            {"day_length": None},
            f"venue_team: day_length is None; allowed: {MINUTES}",
        ),
    ],
)
def test_an_argument_that_does_not_fit_is_rejected(
    make: Callable[..., TrainingPlan], fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(FieldError) as caught:
        make(**fields)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("make", "fields", "message"),
    [
        (
            vip_service,
            {"study_minutes": 481},
            'plan "vip-service 1.0": activity "study" lasts 481 minutes, longer than the day (480)',
        ),
        (
            vip_service,
            {"talk_minutes": 400, "day_length": 360},
            'plan "vip-service 1.0": activity "talk" lasts 400 minutes, longer than the day (360)',
        ),
        (
            venue_team,
            {"day_length": 59},
            'plan "venue-team 1.0": activity "weekly-training" lasts 60 minutes, '
            "longer than the day (59)",
        ),
    ],
)
def test_what_is_longer_than_a_day_is_rejected(
    make: Callable[..., TrainingPlan], fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(TrainingError) as caught:
        make(**fields)
    assert str(caught.value) == f"{message}; shorten it, or lengthen day_length"


def test_every_argument_that_does_not_fit_is_reported() -> None:
    never: Any = "never"
    with pytest.raises(FieldError) as caught:
        vip_service(workshops=3, study_adjustment=never, talk_minutes=0, day_length=0)
    assert [each.path for each in caught.value.problems] == [
        "$.study_adjustment",
        "$.workshops",
        "$.talk_minutes",
        "$.day_length",
    ]
    with pytest.raises(TrainingError) as too_long:
        ask(day_length=60)
    assert [each.path for each in too_long.value.problems] == [
        f"$.activities[{place}].duration" for place in (0, 2, 3, 4, 5)
    ]
