"""Appraisal flaws: what keeps a violation, a policy or an account from being scored, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, filled
from cmappraisal.texts import Text

DAYS: Mapping[str, Text] = MappingProxyType(
    {
        "occurred_on": Text("發生日期", "发生日期", en="occurred_on"),
        "found_on": Text("查出日期", "查出日期", en="found_on"),
        "recorded_on": Text("登記日期", "登记日期", en="recorded_on"),
    }
)
"""The days of a violation, as a form in Chinese names them."""

ANOTHER_RULE = filled(
    Text(
        "；請填寫該規則集的條款",
        "；请填写该规则集的条款",
        en="; name a rule of that rulebook",
    )
)


class AppraisalFlaw(WordedFlaw):
    """What can be wrong with a violation or a policy: the code of the problem, and its wording."""

    DAYS_OUT_OF_ORDER = (
        "days-out-of-order",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}為 {1}，早於{2}（{3}）；請按先後填寫",
            "{0}为 {1}，早于{2}（{3}）；请按先后填写",
            en="{0} is {1}, before {2} ({3}); give the days in their order",
        ),
    )
    AFTER_RECORDING = (
        "after-recording",
        ProblemCode.ACT_AFTER_RECORDING,
        Text(
            "{0}為 {1}，比登記之日（{2}）遲一天以上；請填寫實際日期",
            "{0}为 {1}，比登记之日（{2}）迟一天以上；请填写实际日期",
            en="{0} is {1}, more than a day after it was recorded ({2}); give the day on which it "
            "happened",
        ),
    )
    NO_EDITION = (
        "no-edition",
        ProblemCode.NOT_ALLOWED,
        Text(
            "{0}為 {1}，當日標準沒有有效的版本；各版本的有效期由{2}至{3}",
            "{0}为 {1}，当日标准没有有效的版本；各版本的有效期由{2}至{3}",
            en="{0} is {1}, when no edition of the standard is in force; the editions run from "
            "{2} to {3}",
        ),
    )
    UNKNOWN_CIRCUMSTANCE = (
        "unknown-circumstance",
        ProblemCode.UNKNOWN_ID,
        Text(
            "規則集「{1}」沒有情節「{0}」{2}",
            "规则集“{1}”没有情节“{0}”{2}",
            en='circumstance "{0}" is not in rulebook "{1}"{2}',
        ),
    )
    EXCLUSIVE_CIRCUMSTANCES = (
        "exclusive-circumstances",
        ProblemCode.CONTRADICTION,
        Text(
            "情節 {0} 互相排斥（同屬「{1}」組）；請只登記其一",
            "情节 {0} 互相排斥（同属“{1}”组）；请只登记其一",
            en='circumstances {0} exclude one another (group "{1}"); record one of them',
        ),
    )
    UNKNOWN_RULE = (
        "unknown-rule",
        ProblemCode.UNKNOWN_ID,
        Text(
            "規則集「{1}」沒有條款「{0}」{2}",
            "规则集“{1}”没有条款“{0}”{2}",
            en='rule "{0}" is not in rulebook "{1}"{2}',
        ),
    )
    RULE_OF_MERITS = (
        "rule-of-merits",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」是加分條款；請登記為加分事項（Merit）",
            "条款“{0}”是加分条款；请登记为加分事项（Merit）",
            en='rule "{0}" awards points; record a Merit under it',
        ),
    )
    RULE_OF_VIOLATIONS = (
        "rule-of-violations",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」不是加分條款；請登記為違規（Violation）",
            "条款“{0}”不是加分条款；请登记为违规（Violation）",
            en='rule "{0}" awards no points; record a Violation under it',
        ),
    )
    NO_REFERRAL = (
        "no-referral",
        ProblemCode.MISSING,
        Text(
            "條款「{0}」參照另一條款扣分，但未填寫該條款（refers_to）；可填寫：{1}",
            "条款“{0}”参照另一条款扣分，但未填写该条款（refers_to）；可填写：{1}",
            en='refers_to is missing, but rule "{0}" refers to another rule; name the one that '
            "applies: {1}",
        ),
    )
    OTHER_REFERRAL = (
        "other-referral",
        ProblemCode.NOT_ALLOWED,
        Text(
            "條款「{1}」不能參照條款「{0}」扣分（refers_to）；可填寫：{2}",
            "条款“{1}”不能参照条款“{0}”扣分（refers_to）；可填写：{2}",
            en='refers_to is "{0}", but rule "{1}" refers to another rule; name the one that '
            "applies: {2}",
        ),
    )
    NEEDLESS_REFERRAL = (
        "needless-referral",
        ProblemCode.WITHOUT_EFFECT,
        Text(
            "條款「{1}」不參照其他條款，卻填寫了參照條款「{0}」（refers_to）；請留空，"
            "或改按參照其他條款的條款登記",
            "条款“{1}”不参照其他条款，却填写了参照条款“{0}”（refers_to）；请留空，"
            "或改按参照其他条款的条款登记",
            en='refers_to is "{0}", but rule "{1}" refers to no other rule; leave refers_to out, '
            "or record the violation under a rule that refers",
        ),
    )
    NEEDLESS_AMOUNT = (
        "needless-amount",
        ProblemCode.WITHOUT_EFFECT,
        Text(
            "已填寫核定分值 {0}（assessed_points），但條款「{1}」與政策（aggravation、discretion）"
            "均未留待核定；請留空",
            "已填写核定分值 {0}（assessed_points），但条款“{1}”与政策（aggravation、discretion）"
            "均未留待核定；请留空",
            en='assessed_points is {0}, but neither rule "{1}" nor the policy (aggravation, '
            "discretion) leaves a choice here; leave assessed_points out",
        ),
    )
    NO_AMOUNT = (
        "no-amount",
        ProblemCode.MISSING,
        Text(
            "有加重情節，而加重後的分值由評定人核定（aggravation），但未填寫核定分值"
            "（assessed_points）；請填寫至少 {0} 分",
            "有加重情节，而加重后的分值由评定人核定（aggravation），但未填写核定分值"
            "（assessed_points）；请填写至少 {0} 分",
            en="assessed_points is missing, but the circumstances aggravate, and an aggravated "
            "deduction takes the assessor's amount (aggravation); give at least {0} points",
        ),
    )
    NO_AMOUNT_IN_RANGE = (
        "no-amount-in-range",
        ProblemCode.MISSING,
        Text(
            "條款「{0}」規定分值幅度，但未填寫核定分值（assessed_points）；"
            "請為一個計分單位填寫 {1} 至 {2} 分",
            "条款“{0}”规定分值幅度，但未填写核定分值（assessed_points）；"
            "请为一个计分单位填写 {1} 至 {2} 分",
            en='assessed_points is missing, but rule "{0}" states a range; give {1} to {2} points '
            "for one unit",
        ),
    )
    BELOW_UNAGGRAVATED = (
        "below-unaggravated",
        ProblemCode.NOT_ALLOWED,
        Text(
            "核定分值 {0}（assessed_points）低於未加重時的分值；請填寫至少 {1} 分",
            "核定分值 {0}（assessed_points）低于未加重时的分值；请填写至少 {1} 分",
            en="assessed_points is {0}, below the points unaggravated; give at least {1} points",
        ),
    )
    OUT_OF_RANGE = (
        "out-of-range",
        ProblemCode.NOT_ALLOWED,
        Text(
            "核定分值 {0}（assessed_points）超出條款「{1}」的分值幅度；"
            "請為一個計分單位填寫 {2} 至 {3} 分",
            "核定分值 {0}（assessed_points）超出条款“{1}”的分值幅度；"
            "请为一个计分单位填写 {2} 至 {3} 分",
            en='assessed_points is {0}, but rule "{1}" states a range; give {2} to {3} points for '
            "one unit",
        ),
    )
    ABOVE_STATED = (
        "above-stated",
        ProblemCode.NOT_ALLOWED,
        Text(
            "核定分值 {0}（assessed_points）高於條款「{1}」按此數量所定的分值；"
            "請填寫 {2} 至 {3} 分",
            "核定分值 {0}（assessed_points）高于条款“{1}”按此数量所定的分值；请填写 {2} 至 {3} 分",
            en='assessed_points is {0}, above what rule "{1}" states for this quantity; give {2} '
            "to {3} points",
        ),
    )
    AMOUNT_NOT_IN_UNITS = (
        "amount-not-in-units",
        ProblemCode.NOT_ALLOWED,
        Text(
            "核定分值 {0}（assessed_points）不是最小計分單位的倍數；請填寫 {1} 的倍數",
            "核定分值 {0}（assessed_points）不是最小计分单位的倍数；请填写 {1} 的倍数",
            en="assessed_points is {0}, no multiple of the smallest unit; give a multiple of {1}",
        ),
    )
    DECISION_NOT_IN_UNITS = (
        "decision-not-in-units",
        ProblemCode.NOT_ALLOWED,
        Text(
            "覆議改定的 {0} 分不是最小計分單位的倍數；請填寫 {1} 的倍數",
            "复议改定的 {0} 分不是最小计分单位的倍数；请填写 {1} 的倍数",
            en="the points decided are {0}, no multiple of the smallest unit; give a multiple of "
            "{1}",
        ),
    )
    DECISION_HEAVIER = (
        "decision-heavier",
        ProblemCode.NOT_ALLOWED,
        Text(
            "覆議改定的 {0} 分高於申訴所涉的分值；請填寫 0 至 {1} 分",
            "复议改定的 {0} 分高于申诉所涉的分值；请填写 0 至 {1} 分",
            en="the points decided are {0}, above the points appealed against; give 0 to {1} "
            "points",
        ),
    )
    DECISION_ABOVE_RULE = (
        "decision-above-rule",
        ProblemCode.NOT_ALLOWED,
        Text(
            "覆議改定的 {0} 分高於條款所容許的分值；請填寫 0 至 {1} 分",
            "复议改定的 {0} 分高于条款所允许的分值；请填写 0 至 {1} 分",
            en="the points decided are {0}, above what the rule allows; give 0 to {1} points",
        ),
    )

    LOWEST_WITHOUT_FLOOR = (
        "lowest-without-floor",
        ProblemCode.CONTRADICTION,
        Text(
            "資格取消者要列最低分，但未設最低分（floor）；請設最低分，或改變 revoked_result",
            "资格取消者要列最低分，但未设最低分（floor）；请设最低分，或改变 revoked_result",
            en="the lowest score is asked for those revoked, but floor is None; give a floor, or "
            "another revoked_result",
        ),
    )
    GRADES_WITHOUT_SCORE = (
        "grades-without-score",
        ProblemCode.CONTRADICTION,
        Text(
            "等級須有得分，但未設滿分（full_marks）；請設滿分，或不設等級",
            "等级须有得分，但未设满分（full_marks）；请设满分，或不设等级",
            en="grades need a score, but full_marks is None; give full_marks, or leave the grades "
            "out",
        ),
    )
    FLOOR_ABOVE_FULL_MARKS = (
        "floor-above-full-marks",
        ProblemCode.CONTRADICTION,
        Text(
            "最低分（{0}）高於滿分（{1}）；請調低前者或調高後者",
            "最低分（{0}）高于满分（{1}）；请调低前者或调高后者",
            en="floor ({0}) is above full_marks ({1}); lower the one or raise the other",
        ),
    )
    GRADES_END = (
        "grades-end",
        ProblemCode.CONTRADICTION,
        Text(
            "加分可使得分超過滿分（full_marks），但等級設有上限；請不設最高一級的上限",
            "加分可使得分超过满分（full_marks），但等级设有上限；请不设最高一级的上限",
            en="grades end, but awards raise the score beyond full_marks; let the highest band "
            "have no upper end",
        ),
    )
    LOWEST_GRADE_ABOVE_FLOOR = (
        "lowest-grade-above-floor",
        ProblemCode.CONTRADICTION,
        Text(
            "最低一級「{0}」由 {1} 起，高於最低分（{2}）；請由最低分起，"
            "或不設下限（at_least=None）",
            "最低一级“{0}”由 {1} 起，高于最低分（{2}）；请由最低分起，或不设下限（at_least=None）",
            en='the lowest grade, "{0}", begins at {1}, above the floor ({2}); let it begin at '
            "the floor or have no lower end (at_least=None)",
        ),
    )
    HIGHEST_GRADE_BELOW_FULL_MARKS = (
        "highest-grade-below-full-marks",
        ProblemCode.CONTRADICTION,
        Text(
            "最高一級「{0}」止於 {1} 以下，未包括滿分（{2}）；請不設上限（below=None）",
            "最高一级“{0}”止于 {1} 以下，未包括满分（{2}）；请不设上限（below=None）",
            en='the highest grade, "{0}", ends below {1}, which leaves out full_marks ({2}); let '
            "it have no upper end (below=None)",
        ),
    )

    REPEATED_COMPONENT = (
        "repeated-component",
        ProblemCode.REPEATED,
        Text(
            "考核項目「{0}」重複；每項只列一次",
            "考核项目“{0}”重复；每项只列一次",
            en='part "{0}" is there twice; name each part once',
        ),
    )
    LOWEST_GRADE_BEGINS = (
        "lowest-grade-begins",
        ProblemCode.CONTRADICTION,
        Text(
            "最低一級「{0}」由 {1} 起；請不設下限（at_least=None），或把 ungraded_ends 設為 True",
            "最低一级“{0}”由 {1} 起；请不设下限（at_least=None），或把 ungraded_ends 设为 True",
            en='the lowest grade, "{0}", begins at {1}; let it have no lower end (at_least=None), '
            "or let ungraded_ends be True",
        ),
    )
    HIGHEST_GRADE_ENDS = (
        "highest-grade-ends",
        ProblemCode.CONTRADICTION,
        Text(
            "最高一級「{0}」止於 {1} 以下；請不設上限（below=None），或把 ungraded_ends 設為 True",
            "最高一级“{0}”止于 {1} 以下；请不设上限（below=None），或把 ungraded_ends 设为 True",
            en='the highest grade, "{0}", ends below {1}; let it have no upper end (below=None), '
            "or let ungraded_ends be True",
        ),
    )
    STEPS_WITHOUT_LADDER = (
        "steps-without-ladder",
        ProblemCode.CONTRADICTION,
        Text(
            "逐級下調（steps_down）須有至少兩級的係數（ladder），但只有 {0} 級；請填寫，或刪去下調",
            "逐级下调（steps_down）须有至少两级的系数（ladder），但只有 {0} 级；请填写，或删去下调",
            en="steps_down needs a ladder of at least two coefficients, but there are {0}; give "
            "the ladder, or leave the steps out",
        ),
    )
    SHARE_WITHOUT_GRADES = (
        "share-without-grades",
        ProblemCode.WITHOUT_EFFECT,
        Text(
            "沒有各等級的比例（grade_shares），share_without_grade 就不起作用；"
            "請填寫前者，或刪去後者",
            "没有各等级的比例（grade_shares），share_without_grade 就不起作用；"
            "请填写前者，或删去后者",
            en="share_without_grade is read only where there are grade_shares; give them, or leave "
            "it out",
        ),
    )
    REPEATED_GRADE = (
        "repeated-grade",
        ProblemCode.REPEATED,
        Text(
            "等級「{0}」重複；每個等級只列一次",
            "等级“{0}”重复；每个等级只列一次",
            en='grade "{0}" is there twice; name each band once',
        ),
    )
    GRADES_OVERLAP = (
        "grades-overlap",
        ProblemCode.CONTRADICTION,
        Text(
            "等級「{0}」與「{1}」重疊；每一級應由低一級的終點開始",
            "等级“{0}”与“{1}”重叠；每一级应由低一级的终点开始",
            en='grades "{0}" and "{1}" overlap; let each band begin where the one below it ends',
        ),
    )
    GRADES_GAP = (
        "grades-gap",
        ProblemCode.CONTRADICTION,
        Text(
            "等級「{1}」止於 {0}，「{3}」由 {2} 起，中間有空隙；每一級應由低一級的終點開始",
            "等级“{1}”止于 {0}，“{3}”由 {2} 起，中间有空隙；每一级应由低一级的终点开始",
            en='grades leave a gap from {0} ("{1}") to {2} ("{3}"); let each band begin where '
            "the one below it ends",
        ),
    )
    NO_SCORES_FOR_CLAUSE = (
        "no-scores-for-clause",
        ProblemCode.CONTRADICTION,
        Text(
            "第「{0}」號條文按得分處理，但未設滿分（full_marks）；請設滿分",
            "第“{0}”号条文按得分处理，但未设满分（full_marks）；请设满分",
            en='clause "{0}" looks at scores, but there are none; give full_marks',
        ),
    )
    UNKNOWN_GRADE_OF_CLAUSE = (
        "unknown-grade-of-clause",
        ProblemCode.UNKNOWN_ID,
        Text(
            "第「{0}」號條文所指的等級「{1}」並不存在；現有等級：{2}",
            "第“{0}”号条文所指的等级“{1}”并不存在；现有等级：{2}",
            en='clause "{0}" names grade "{1}"; there are: {2}',
        ),
    )
    NO_MILESTONE = (
        "no-milestone",
        ProblemCode.MISSING,
        Text(
            "「{0}」沒有起算日「{1}」，無法計算週期；請在 people 中填寫",
            "“{0}”没有起算日“{1}”，无法计算周期；请在 people 中填写",
            en='"{0}" has no milestone "{1}", from which cycles run; give it in people=',
        ),
    )
    BEFORE_MILESTONE = (
        "before-milestone",
        ProblemCode.CONTRADICTION,
        Text(
            "「{0}」的起算日「{1}」為 {2}，但所涉日期（{3}）更早；請填寫正確的日期",
            "“{0}”的起算日“{1}”为 {2}，但所涉日期（{3}）更早；请填写正确的日期",
            en='"{0}" has the milestone "{1}" on {2}, but a day to place before it ({3}); give '
            "the right day",
        ),
    )
