"""Record flaws: what keeps a record, an extension or a completion out, in three languages."""

from __future__ import annotations

from typing import Final

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, filled
from cmappraisal.texts import Text

ATTENDANCE: Final = Text(
    "「{0}」在「{1}」的出勤", "“{0}”在“{1}”的出勤", en='attendance of "{0}" at "{1}"'
)
RESULT: Final = Text("「{0}」在「{1}」的成績", "“{0}”在“{1}”的成绩", en='result of "{0}" at "{1}"')
ATTEMPT: Final = Text(
    "「{0}」在「{1}」的成績（第 {2} 次）",
    "“{0}”在“{1}”的成绩（第 {2} 次）",
    en='result of "{0}" at "{1}", attempt {2}',
)
DELIVERY: Final = Text(
    "「{1}」於 {2} 提交的「{0}」", "“{1}”于 {2} 提交的“{0}”", en='delivery of "{0}" by "{1}" on {2}'
)
COMPLETION: Final = Text(
    "「{1}」於 {2} 修畢「{0}」", "“{1}”于 {2} 修毕“{0}”", en='completion of "{0}" by "{1}" on {2}'
)
EXTENSION: Final = Text(
    "「{1}」的「{0}」延期至 {2}",
    "“{1}”的“{0}”延期至 {2}",
    en='extension of "{0}" for "{1}" until {2}',
)

SOMEBODY_TRAINED: Final = filled(
    Text("；請填寫參加培訓的人", "；请填写参加培训的人", en="; name somebody who is trained")
)
A_PARTICIPANT: Final = filled(
    Text("；請填寫其中一名參加者", "；请填写其中一名参加者", en="; name one of its participants")
)
A_SESSION: Final = filled(
    Text(
        "；請填寫其中一場的編號",
        "；请填写其中一场的编号",
        en="; give the id of one of its sessions",
    )
)
AN_ACTIVITY: Final = filled(
    Text(
        "；請填寫計劃中某項活動的編號",
        "；请填写计划中某项活动的编号",
        en="; give the id of one of the plan",
    )
)


class RecordFlaw(WordedFlaw):
    """What can be wrong with a record: the code of the problem, and its wording."""

    SESSION_IN_THE_FUTURE = (
        "session-in-the-future",
        ProblemCode.IN_THE_FUTURE,
        Text(
            "{0}：該場培訓在 {1}，遲於 {2}；請刪去此記錄，或以較後之日檢查",
            "{0}：该场培训在 {1}，迟于 {2}；请删去此记录，或以较后之日检查",
            en="{0}: the session takes place on {1}, after {2}; leave the record out, or check on "
            "a later day",
        ),
    )
    DAY_IN_THE_FUTURE = (
        "day-in-the-future",
        ProblemCode.IN_THE_FUTURE,
        Text(
            "{0}：日期遲於 {1}；請刪去此記錄，或以較後之日檢查",
            "{0}：日期迟于 {1}；请删去此记录，或以较后之日检查",
            en="{0}: the day is after {1}; leave the record out, or check on a later day",
        ),
    )
    OF_ANOTHER_TEAM = (
        "of-another-team",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」在 {2} 屬於另一團隊；只可登記出席",
            "{0}：“{1}”在 {2} 属于另一团队；只可登记出席",
            en='{0}: "{1}" is of another team on {2}; record only that they attended',
        ),
    )
    NO_PARTICIPANT = (
        "no-participant",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」不參加該場培訓{2}",
            "{0}：“{1}”不参加该场培训{2}",
            en='{0}: "{1}" is not a participant of the session{2}',
        ),
    )
    UNKNOWN_PARTICIPANT = (
        "unknown-participant",
        ProblemCode.UNKNOWN_ID,
        NO_PARTICIPANT[2],
    )
    SESSION_CANCELLED = (
        "session-cancelled",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：該場培訓已取消；請刪去此記錄，或重新安排該場",
            "{0}：该场培训已取消；请删去此记录，或重新安排该场",
            en="{0}: the session is cancelled; leave the record out, or schedule the session again",
        ),
    )
    UNKNOWN_SESSION = (
        "unknown-session",
        ProblemCode.UNKNOWN_ID,
        Text("{0}：沒有這場培訓{1}", "{0}：没有这场培训{1}", en="{0}: there is no such session{1}"),
    )
    BEFORE_HIRING = (
        "before-hiring",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」於 {2} 入職，遲於 {3}；請更正日期或 hired_on",
            "{0}：“{1}”于 {2} 入职，迟于 {3}；请更正日期或 hired_on",
            en='{0}: "{1}" was hired on {2}, after {3}; correct the day, or hired_on',
        ),
    )
    NO_TENURE = (
        "no-tenure",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」在 {2} 沒有任職；請更正日期或任職（tenures）",
            "{0}：“{1}”在 {2} 没有任职；请更正日期或任职（tenures）",
            en='{0}: "{1}" has no tenure on {2}; correct the day, or the tenures',
        ),
    )
    DELIVERED_NOT_ATTENDED = (
        "delivered-not-attended",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」須提交，並非出席；請改為提交記錄（Delivered）",
            "{0}：“{1}”须提交，并非出席；请改为提交记录（Delivered）",
            en='{0}: "{1}" is delivered, not attended; give a Delivered in its place',
        ),
    )
    ATTENDED_NOT_DELIVERED = (
        "attended-not-delivered",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」無須提交；請改為該場的出勤記錄（Attendance）",
            "{0}：“{1}”无须提交；请改为该场的出勤记录（Attendance）",
            en='{0}: "{1}" is not delivered; give an Attendance of its session in its place',
        ),
    )
    TWO_STATUSES = (
        "two-statuses",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：既為{1}，又為{2}；請保留其一",
            "{0}：既为{1}，又为{2}；请保留其一",
            en="{0}: it is both {1} and {2}; keep one of them",
        ),
    )
    NO_TEST = (
        "no-test",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：「{1}」是{2}；只有測試可登記成績",
            "{0}：“{1}”是{2}；只有测试可登记成绩",
            en='{0}: "{1}" is a {2}; give results of tests only',
        ),
    )
    TWO_DAYS = (
        "two-days",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：日期既為 {1}，又為 {2}；請由 1 起為各次編號",
            "{0}：日期既为 {1}，又为 {2}；请由 1 起为各次编号",
            en="{0}: the day is both {1} and {2}; number the attempts, from 1",
        ),
    )
    TWO_SCORES = (
        "two-scores",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：分數既為 {1}，又為 {2}；請保留其一",
            "{0}：分数既为 {1}，又为 {2}；请保留其一",
            en="{0}: the score is both {1} and {2}; keep one of them",
        ),
    )
    BEFORE_THE_SESSION = (
        "before-the-session",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：日期（{1}）早於該場培訓（{2}）；請更正",
            "{0}：日期（{1}）早于该场培训（{2}）；请更正",
            en="{0}: the day ({1}) is before the session ({2}); correct it",
        ),
    )
    BEFORE_AN_EARLIER_ATTEMPT = (
        "before-an-earlier-attempt",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：日期（{1}）早於前一次（{2}）；請更正其一，或各次的編號",
            "{0}：日期（{1}）早于前一次（{2}）；请更正其一，或各次的编号",
            en="{0}: the day ({1}) is before that of an earlier attempt ({2}); "
            "correct one of them, or the numbers",
        ),
    )
    ABSENT_FROM_THE_TEST = (
        "absent-from-the-test",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：出勤為{1}；請更正其一",
            "{0}：出勤为{1}；请更正其一",
            en="{0}: the attendance is {1}; correct one of them",
        ),
    )
    UNKNOWN_ACTIVITY = (
        "unknown-activity",
        ProblemCode.UNKNOWN_ID,
        Text(
            "{0}：沒有這項活動{1}", "{0}：没有这项活动{1}", en="{0}: there is no such activity{1}"
        ),
    )
    UNKNOWN_PERSON = (
        "unknown-person",
        ProblemCode.UNKNOWN_ID,
        Text("{0}：沒有「{1}」這個人{2}", "{0}：没有“{1}”这个人{2}", en='{0}: nobody is "{1}"{2}'),
    )
    NOBODY = (
        "nobody",
        ProblemCode.UNKNOWN_ID,
        Text("沒有「{0}」這個人{1}", "没有“{0}”这个人{1}", en='nobody is "{0}"{1}'),
    )
    OUTSIDE_THE_PERIOD = (
        "outside-the-period",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{0}：日期不在期內；請把此記錄交給該日所屬的日程",
            "{0}：日期不在期内；请把此记录交给该日所属的日程",
            en="{0}: the day is not in the period; leave the record to the schedule that has the "
            "day",
        ),
    )
    NOTHING_TO_EXTEND = (
        "nothing-to-extend",
        ProblemCode.UNKNOWN_ID,
        Text(
            "{0}：沒有對各人的次數要求或培訓目標涉及此項；請填寫有所要求的一項",
            "{0}：没有对各人的次数要求或培训目标涉及此项；请填写有所要求的一项",
            en="{0}: no quota of each person and no target asks for it; name one",
        ),
    )
    NOTHING_ASKED_THEN = (
        "nothing-asked-then",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{0}：在 {1} 沒有要求；請填寫其中一個期間",
            "{0}：在 {1} 没有要求；请填写其中一个期间",
            en="{0}: nothing is asked in {1}; give one of its spans",
        ),
    )
    EXTENDED_TWICE = (
        "extended-twice",
        ProblemCode.REPEATED,
        Text(
            "「{0}」的同一項有兩次延期；請保留較長的一次",
            "“{0}”的同一项有两次延期；请保留较长的一次",
            en='"{0}" has two extensions of one thing; keep the longer',
        ),
    )
    CERTIFIES_NOTHING = (
        "certifies-nothing",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}：在課程目錄「{1}」中此課程不發證書；請為它設證書，或刪去此項",
            "{0}：在课程目录“{1}”中此课程不发证书；请为它设证书，或删去此项",
            en='{0}: the course certifies nothing in curriculum "{1}"; give it a certification, or '
            "leave the completion out",
        ),
    )
