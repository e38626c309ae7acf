"""Plan flaws: what is wrong with training as it is planned, in three languages."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, Words, filled, perhaps
from cmappraisal.texts import Text

NOUNS: Final = MappingProxyType(
    {
        noun: filled(Text(zh_hant, zh_hans, en=noun))
        for noun, zh_hant, zh_hans in (
            ("activity", "培訓活動", "培训活动"),
            ("component", "考核項目", "考核项目"),
            ("course", "課程", "课程"),
            ("group", "組", "组"),
            ("person", "人員", "人员"),
            ("room", "場地", "场地"),
            ("trainer", "講師", "讲师"),
        )
    }
)
"""What has an id, by its name in English."""

_ITS_COURSE: Final = filled(
    Text("；請填寫目錄中的課程", "；请填写目录中的课程", en="; name one of its courses")
)
ITS_ACTIVITY: Final = filled(
    Text("；請填寫其中一項活動", "；请填写其中一项活动", en="; name one of its activities")
)
ITS_GROUP: Final = filled(
    Text("；請填寫其中一組", "；请填写其中一组", en="; name one of its groups")
)
A_TENURE: Final = filled(
    Text(
        "；請填寫任職，或刪去所需課程",
        "；请填写任职，或删去所需课程",
        en="; give one, or leave the needs out",
    )
)


def a_course_of(given: str, curriculum: Iterable[str]) -> Words:
    """The remedy for a course that a curriculum does not have."""
    return perhaps(given, curriculum) or _ITS_COURSE


class PlanFlaw(WordedFlaw):
    """What can be wrong with a plan or a schedule: the code of the problem, and its wording."""

    REPEATED_ID = (
        "repeated-id",
        ProblemCode.REPEATED,
        Text(
            "{0}「{1}」重複；請給每一個不同的編號",
            "{0}“{1}”重复；请给每一个不同的编号",
            en='{0} "{1}" is there twice; give each an id of its own',
        ),
    )
    REPEATED_TRAINEE = (
        "repeated-trainee",
        ProblemCode.REPEATED,
        Text(
            "參加培訓的「{0}」重複；每人只可在一組之中，或不在任何組",
            "参加培训的“{0}”重复；每人只可在一组之中，或不在任何组",
            en='trainee "{0}" is there twice; let everybody be in one group, or in none',
        ),
    )
    REPEATED_SESSION = (
        "repeated-session",
        ProblemCode.REPEATED,
        Text(
            "場次「{0}」重複；請只列一次",
            "场次“{0}”重复；请只列一次",
            en='session "{0}" is there twice; give it once',
        ),
    )
    PAST_PLANS_OUT_OF_ORDER = (
        "past-plans-out-of-order",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」（至 {1}）列於「{2}」（至 {3}）之後；請按先後排列",
            "计划“{0}”（至 {1}）列于“{2}”（至 {3}）之后；请按先后排列",
            en="{0} until {1} comes after {2} until {3}; give them in their order",
        ),
    )
    PAST_PLAN_OF_ANOTHER_ID = (
        "past-plan-of-another-id",
        ProblemCode.CONTRADICTION,
        Text(
            "「{0}」不是「{1}」的版本；請填寫同一編號的計劃",
            "“{0}”不是“{1}”的版本；请填写同一编号的计划",
            en='"{0}" is no edition of "{1}"; give those of one id',
        ),
    )
    IN_A_GROUP_OF_NO_TENURE = (
        "in-a-group-of-no-tenure",
        ProblemCode.CONTRADICTION,
        Text(
            "「{0}」列於「{1}」組，但任職中沒有該組；請列於任職所在的組",
            "“{0}”列于“{1}”组，但任职中没有该组；请列于任职所在的组",
            en='trainee "{0}" is listed in group "{1}", which none of the tenures names; list the '
            "trainee where one of them is",
        ),
    )
    TENURE_IN_NO_GROUP = (
        "tenure-in-no-group",
        ProblemCode.UNKNOWN_ID,
        Text(
            "「{0}」的任職不在日程的任何組{1}",
            "“{0}”的任职不在日程的任何组{1}",
            en='trainee "{0}" has no tenure in a group of the schedule{1}',
        ),
    )
    SESSION_NAMES_UNKNOWN = (
        "session-names-unknown",
        ProblemCode.UNKNOWN_ID,
        Text(
            "場次「{0}」的{1}「{2}」不在日程中；請一併填寫",
            "场次“{0}”的{1}“{2}”不在日程中；请一并填写",
            en='session "{0}" has {1} "{2}", which is not there; give it too',
        ),
    )
    WITHDRAWN_FROM_NOBODY = (
        "withdrawn-from-nobody",
        ProblemCode.UNKNOWN_ID,
        Text(
            "場次「{0}」不再要求「{1}」參加，但日程中沒有此人；請一併填寫",
            "场次“{0}”不再要求“{1}”参加，但日程中没有此人；请一并填写",
            en='"{0}" withdrawn from "{1}": nobody is "{1}"; give the trainee too',
        ),
    )
    WITHDRAWN_NO_SESSION = (
        "withdrawn-no-session",
        ProblemCode.UNKNOWN_ID,
        Text(
            "場次「{0}」不再要求「{1}」參加，但日程中沒有該場；請一併填寫",
            "场次“{0}”不再要求“{1}”参加，但日程中没有该场；请一并填写",
            en='"{0}" withdrawn from "{1}": there is no such session; give it too',
        ),
    )
    WITHDRAWN_TWICE = (
        "withdrawn-twice",
        ProblemCode.REPEATED,
        Text(
            "場次「{0}」不再要求「{1}」參加：重複；請只列一次",
            "场次“{0}”不再要求“{1}”参加：重复；请只列一次",
            en='"{0}" withdrawn from "{1}": it is there twice; give it once',
        ),
    )
    UNKNOWN_COURSE = (
        "unknown-course",
        ProblemCode.UNKNOWN_ID,
        Text(
            "課程目錄「{1}」沒有課程「{0}」{2}",
            "课程目录“{1}”没有课程“{0}”{2}",
            en='course "{0}" is not in curriculum "{1}"{2}',
        ),
    )
    UNKNOWN_COURSE_OF_CONSEQUENCE = (
        "unknown-course-of-consequence",
        ProblemCode.UNKNOWN_ID,
        Text(
            "處理措施「{3}」：課程目錄「{1}」沒有課程「{0}」{2}",
            "处理措施“{3}”：课程目录“{1}”没有课程“{0}”{2}",
            en='consequence "{3}": course "{0}" is not in curriculum "{1}"{2}',
        ),
    )
    UNKNOWN_COURSE_OF_ACTIVITY = (
        "unknown-course-of-activity",
        ProblemCode.UNKNOWN_ID,
        Text(
            "活動「{3}」講授「{0}」，但課程目錄「{1}」沒有此課程{2}",
            "活动“{3}”讲授“{0}”，但课程目录“{1}”没有此课程{2}",
            en='activity "{3}" teaches "{0}", which is not in curriculum "{1}"{2}',
        ),
    )
    UNKNOWN_NEED = (
        "unknown-need",
        ProblemCode.UNKNOWN_ID,
        Text(
            "「{3}」需要課程「{0}」，但課程目錄「{1}」沒有此課程{2}",
            "“{3}”需要课程“{0}”，但课程目录“{1}”没有此课程{2}",
            en='trainee "{3}" needs course "{0}", which is not in curriculum "{1}"{2}',
        ),
    )
    NOT_HIRED = (
        "not-hired",
        ProblemCode.MISSING,
        Text(
            "「{0}」沒有入職日期（hired_on），無法起算活動「{1}」；請填寫",
            "“{0}”没有入职日期（hired_on），无法起算活动“{1}”；请填写",
            en='trainee "{0}" has no hired_on, from which activity "{1}" is reckoned; give the day '
            "of hiring",
        ),
    )
    TWO_TARGETS = (
        "two-targets",
        ProblemCode.REPEATED,
        Text(
            "有兩個培訓目標按{2}要求{0}（{1}）；請保留較高的一個",
            "有两个培训目标按{2}要求{0}（{1}）；请保留较高的一个",
            en="two targets ask for {0} {1} a {2}; keep the higher of them",
        ),
    )
    TARGET_LONGER_THAN_A_DAY = (
        "target-longer-than-a-day",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}每日須滿 {1} 分鐘才計一天，多於一天的時長（{2}）；請減少，或延長 day_length",
            "{0}每日须满 {1} 分钟才计一天，多于一天的时长（{2}）；请减少，或延长 day_length",
            en="a day of {0} needs {1} minutes to count, more than it holds ({2}); ask for fewer, "
            "or lengthen day_length",
        ),
    )
    LONGER_THAN_A_DAY = (
        "longer-than-a-day",
        ProblemCode.CONTRADICTION,
        Text(
            "活動「{0}」長 {1} 分鐘，超過一天的時長（{2}）；請縮短，或延長 day_length",
            "活动“{0}”长 {1} 分钟，超过一天的时长（{2}）；请缩短，或延长 day_length",
            en='activity "{0}" lasts {1} minutes, longer than the day ({2}); shorten it, or '
            "lengthen day_length",
        ),
    )
    FOLLOWS_NONE_BEFORE = (
        "follows-none-before",
        ProblemCode.UNKNOWN_ID,
        Text(
            "活動「{0}」接在「{1}」之後，但後者不在其前；請填寫在前的活動",
            "活动“{0}”接在“{1}”之后，但后者不在其前；请填写在前的活动",
            en='activity "{0}" follows "{1}", which does not stand before it; name an activity '
            "that does",
        ),
    )
    FOLLOWS_WITHOUT_CADENCE = (
        "follows-without-cadence",
        ProblemCode.CONTRADICTION,
        Text(
            "活動「{0}」接在「{1}」之後；兩者都須有週期（Cadence 或 NthWorkingDay），"
            "否則請刪去 follows",
            "活动“{0}”接在“{1}”之后；两者都须有周期（Cadence 或 NthWorkingDay），"
            "否则请删去 follows",
            en='activity "{0}" follows "{1}"; give both a Cadence or an NthWorkingDay, or leave '
            "follows out",
        ),
    )
    FOLLOWS_OF_OTHERS = (
        "follows-of-others",
        ProblemCode.CONTRADICTION,
        Text(
            "活動「{0}」接在「{1}」之後；兩者須同為個人參加（per_person），或同不是",
            "活动“{0}”接在“{1}”之后；两者须同为个人参加（per_person），或同不是",
            en='activity "{0}" follows "{1}"; let both be per_person, or neither',
        ),
    )
    NO_SCHEDULES = (
        "no-schedules",
        ProblemCode.MISSING,
        Text(
            "沒有日程；請填寫至少一個",
            "没有日程；请填写至少一个",
            en="there are no schedules; give at least one",
        ),
    )
    PERIODS_APART = (
        "periods-apart",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」在 {1} 的日程，不是從 {2} 結束的次日開始；各期須首尾相接",
            "计划“{0}”在 {1} 的日程，不是从 {2} 结束的次日开始；各期须首尾相接",
            en='the schedule of "{0}" for {1} does not begin on the day after {2} ends; let each '
            "period follow the one before it",
        ),
    )
    OF_ANOTHER_PLAN = (
        "of-another-plan",
        ProblemCode.DISAGREES,
        Text(
            "計劃「{0}」在 {1} 的日程，與前一個不屬於同一計劃；只可合併同一計劃的日程",
            "计划“{0}”在 {1} 的日程，与前一个不属于同一计划；只可合并同一计划的日程",
            en='the schedule of "{0}" for {1} is not of the same plan as the one before it; join '
            "what is",
        ),
    )
    OTHERWISE = (
        "otherwise",
        ProblemCode.DISAGREES,
        Text(
            "計劃「{0}」在 {1} 的日程，其 {2} 與前一個不同；請改期（reschedule）或重新安排，"
            "使兩者一致",
            "计划“{0}”在 {1} 的日程，其 {2} 与前一个不同；请改期（reschedule）或重新安排，"
            "使两者一致",
            en='the schedule of "{0}" for {1} has other {2} than the one before it; bring both to '
            "the same, by reschedule or by making one again",
        ),
    )
    SECOND_DAY = (
        "second-day",
        ProblemCode.CONTRADICTION,
        Text(
            "「{1}」的日期 {0} 與 {2} 不同；請保留其一",
            "“{1}”的日期 {0} 与 {2} 不同；请保留其一",
            en='{0} of "{1}", who has {2} too; keep one of them',
        ),
    )
    NEEDS_OF_OTHERS = (
        "needs-of-others",
        ProblemCode.UNKNOWN_ID,
        Text(
            "此人沒有任職，也沒有休假{0}",
            "此人没有任职，也没有休假{0}",
            en="of somebody without a tenure and a leave{0}",
        ),
    )
    NO_COMPONENTS = (
        "no-components",
        ProblemCode.MISSING,
        Text(
            "沒有考核項目；請填寫至少一項",
            "没有考核项目；请填写至少一项",
            en="there are no components; give at least one",
        ),
    )
    WEIGHTS_NOT_ONE = (
        "weights-not-one",
        ProblemCode.CONTRADICTION,
        Text(
            "權重之和為 {0}；須正好等於 1",
            "权重之和为 {0}；须正好等于 1",
            en="the weights sum to {0}; let them sum to 1, exactly",
        ),
    )
    LEFT_OUT = (
        "left-out",
        ProblemCode.MISSING,
        Text(
            "新的名單沒有「{0}」；請保留所有人，離職者則填寫任職的結束日期",
            "新的名单没有“{0}”；请保留所有人，离职者则填写任职的结束日期",
            en='"{0}" is not among the new trainees; keep everybody, and let the tenures of who '
            "leaves end",
        ),
    )
    OTHER_TEAMS = (
        "other-teams",
        ProblemCode.CONTRADICTION,
        Text(
            "團隊與日程的不同；請為每個新團隊另做日程",
            "团队与日程的不同；请为每个新团队另做日程",
            en="the teams are not those of the schedule; give each team that is new its own",
        ),
    )
    NO_EDITION_OF_THE_PLAN = (
        "no-edition-of-the-plan",
        ProblemCode.CONTRADICTION,
        Text(
            "計劃「{0}」不是「{1}」的版本；請填寫同一編號的計劃，或另做日程",
            "计划“{0}”不是“{1}”的版本；请填写同一编号的计划，或另做日程",
            en='plan "{0}" is no edition of "{1}"; give a plan of that id, or make another '
            "schedule",
        ),
    )
    HAS_RESOURCES = (
        "has-resources",
        ProblemCode.NOT_ALLOWED,
        Text(
            "場次「{0}」有場地或講師；請用 cmappraisal.interop.solver.reassign 另找日期",
            "场次“{0}”有场地或讲师；请用 cmappraisal.interop.solver.reassign 另找日期",
            en='session "{0}" has a room or a trainer; let cmappraisal.interop.solver.reassign '
            "find it another day",
        ),
    )
    STAGE_OF_NOBODY = (
        "stage-of-nobody",
        ProblemCode.MISSING,
        Text(
            "場次「{0}」屬於某一階段，但沒有填寫是誰的；請填寫",
            "场次“{0}”属于某一阶段，但没有填写是谁的；请填写",
            en='session "{0}" is of a stage and for no person; name the person',
        ),
    )
    UNKNOWN_GROUP = (
        "unknown-group",
        ProblemCode.UNKNOWN_ID,
        Text(
            "計劃「{1}」在 {2} 的日程沒有「{0}」組{3}",
            "计划“{1}”在 {2} 的日程没有“{0}”组{3}",
            en='group "{0}" is not in the schedule of "{1}" for {2}{3}',
        ),
    )
    UNKNOWN_SESSION = (
        "unknown-session",
        ProblemCode.UNKNOWN_ID,
        Text(
            "計劃「{1}」在 {2} 的日程沒有場次「{0}」{3}",
            "计划“{1}”在 {2} 的日程没有场次“{0}”{3}",
            en='session "{0}" is not in the schedule of "{1}" for {2}{3}',
        ),
    )
    UNKNOWN_TRAINEE = (
        "unknown-trainee",
        ProblemCode.UNKNOWN_ID,
        Text(
            "計劃「{1}」在 {2} 的日程沒有「{0}」這個人{3}",
            "计划“{1}”在 {2} 的日程没有“{0}”这个人{3}",
            en='nobody in the schedule of "{1}" for {2} is "{0}"{3}',
        ),
    )
    UNKNOWN_ACTIVITY = (
        "unknown-activity",
        ProblemCode.UNKNOWN_ID,
        Text(
            "計劃「{1}」沒有活動「{0}」{2}",
            "计划“{1}”没有活动“{0}”{2}",
            en='activity "{0}" is not in plan "{1}"{2}',
        ),
    )
