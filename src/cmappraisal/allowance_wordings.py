"""Wordings of allowances: what fields and arguments allow, phrase by phrase, in Chinese.

The English of a phrase stands where the field or the argument is checked, and here beside its
Chinese. ``{phrase}`` stands for another phrase, ``{number}`` for one number, day or time,
``{quoted}`` for a text in its quotes, ``{ids}`` for a phrase of :data:`IDS`, ``{types}`` for names
of types, ``{choice}`` for one value of a choice and ``{choices}`` for several, and ``{value}`` for
anything.
"""

from __future__ import annotations

from typing import Final, NamedTuple


class Phrase(NamedTuple):
    """A phrase in English, and in both kinds of Chinese with the numbers of its places."""

    en: str
    zh_hant: str
    zh_hans: str


IDS: Final = (
    Phrase("ids", "編號", "编号"),
    Phrase("circumstance ids", "情節編號", "情节编号"),
    Phrase("consequence ids", "處理措施編號", "处理措施编号"),
    Phrase("course ids", "課程編號", "课程编号"),
    Phrase("rule ids", "條款編號", "条款编号"),
    Phrase("session ids", "場次編號", "场次编号"),
    Phrase("violation ids", "違規編號", "违规编号"),
    Phrase("ids of cases", "個案編號", "个案编号"),
    Phrase("ids of grades", "等級編號", "等级编号"),
    Phrase("ids of managers", "客戶經理編號", "客户经理编号"),
    Phrase("ids of people", "人員編號", "人员编号"),
    Phrase("ids of violations", "違規編號", "违规编号"),
    Phrase("fields of Policy", "Policy 的欄位", "Policy 的字段"),
)
"""What lists and sets are of."""

PHRASES: Final = (
    # Nothing or something.
    Phrase("None, or a bool", "None（留空）、True 或 False", "None（留空）、True 或 False"),
    Phrase("None, or {phrase}", "None（留空）或{0}", "None（留空）或{0}"),
    Phrase("{phrase}, or None", "{0}，或 None（留空）", "{0}，或 None（留空）"),
    Phrase(
        "None, or, where it is not kept, a date on or after day",
        "None（留空）；資格未保留的，為不早於 day 的日期",
        "None（留空）；资格未保留的，为不早于 day 的日期",
    ),
    Phrase(
        "None where it is kept, or else a date on or before day",
        "資格保留的為 None（留空）；否則為不遲於 day 的日期",
        "资格保留的为 None（留空）；否则为不迟于 day 的日期",
    ),
    Phrase(
        "None, or from at_least to at_most",
        "None（留空）或由 at_least 至 at_most",
        "None（留空）或由 at_least 至 at_most",
    ),
    Phrase(
        "None, since only what is proposed brings it",
        "None（留空），因為只有提出的登記才附有此項",
        "None（留空），因为只有提出的登记才附有此项",
    ),
    Phrase(
        "None beside a span of the calendar",
        "None（留空），因為已按曆期計",
        "None（留空），因为已按历期计",
    ),
    Phrase(
        "None beside months", "None（留空），因為已填寫 months", "None（留空），因为已填写 months"
    ),
    Phrase("None beside {value}", "None（留空），因為已填寫 {0}", "None（留空），因为已填写 {0}"),
    Phrase("None for an activity", "None（留空），因為屬於活動", "None（留空），因为属于活动"),
    Phrase(
        "None for an activity or a course",
        "None（留空），因為屬於活動或課程",
        "None（留空），因为属于活动或课程",
    ),
    Phrase(
        "None for an activity or a course, and an ActivityKind for a target",
        "活動或課程為 None（留空），培訓目標則為 ActivityKind",
        "活动或课程为 None（留空），培训目标则为 ActivityKind",
    ),
    Phrase(
        "None for an activity, and an ActivityKind for a target",
        "活動為 None（留空），培訓目標則為 ActivityKind",
        "活动为 None（留空），培训目标则为 ActivityKind",
    ),
    Phrase(
        "None for what has no sessions",
        "None（留空），因為此項沒有場次",
        "None（留空），因为此项没有场次",
    ),
    Phrase(
        "None where the state is missing, and else a day",
        "狀態為缺少的留空（None），否則為日期",
        "状态为缺少的留空（None），否则为日期",
    ),
    Phrase("None without steps", "None（留空），因為沒有步驟", "None（留空），因为没有步骤"),
    Phrase("False for what has no sessions", "False，因為此項沒有場次", "False，因为此项没有场次"),
    Phrase(
        "False for what is not individual: a team takes it together",
        "False，因為此項由團隊一起參加，不是個人",
        "False，因为此项由团队一起参加，不是个人",
    ),
    Phrase(
        "False for a {value}: a test has a result",
        "False，因為此項是 {0}；只有測試才有成績",
        "False，因为此项是 {0}；只有测试才有成绩",
    ),
    Phrase(
        "False where points are Between, within which an assessor sets the amount anyway",
        "False，因為分值是 Between，本來就由評定人在幅度內核定",
        "False，因为分值是 Between，本来就由评定人在幅度内核定",
    ),
    Phrase("True or False", "True 或 False", "True 或 False"),
    Phrase("true or false", "true 或 false", "true 或 false"),
    Phrase("0 or 1", "0 或 1", "0 或 1"),
    Phrase("1 or 2", "1 或 2", "1 或 2"),
    Phrase("not empty", "至少一項的列表", "至少一项的列表"),
    Phrase(
        "at most {number}; name those to look at in among=",
        "不多於 {0} 宗；請在 among 中列出要考慮的個案",
        "不多于 {0} 宗；请在 among 中列出要考虑的个案",
    ),
    Phrase("a table [[cases]] for each case", "每例一個 [[cases]] 表", "每例一个 [[cases]] 表"),
    Phrase(
        "zh-Hant, zh-Hans, en", "下列之一：zh-Hant、zh-Hans、en", "下列之一：zh-Hant、zh-Hans、en"
    ),
    # Numbers.
    Phrase("an int", "整數", "整数"),
    Phrase(
        "violation or merit",
        "violation（違規）或 merit（加分）",
        "violation（违规）或 merit（加分）",
    ),
    Phrase("a column of text, or whole numbers", "一欄文字或整數", "一栏文字或整数"),
    Phrase("a column of text", "一欄文字", "一栏文字"),
    Phrase("a column of numbers, or text", "一欄數或文字", "一栏数或文字"),
    Phrase("a column of whole numbers", "一欄整數", "一栏整数"),
    Phrase("a column of true or false", "一欄真或假", "一栏真或假"),
    Phrase(
        "a column of days, or moments without a time zone",
        "一欄日期，或不帶時區的時刻",
        "一栏日期，或不带时区的时刻",
    ),
    Phrase("an int from {number}", "{0} 或以上的整數", "{0} 或以上的整数"),
    Phrase("an int from {number} to {number}", "{0} 至 {1} 的整數", "{0} 至 {1} 的整数"),
    Phrase(
        "an int from {number} to {number}, or from {number} to {number}",
        "{0} 至 {1}，或 {2} 至 {3} 的整數",
        "{0} 至 {1}，或 {2} 至 {3} 的整数",
    ),
    Phrase(
        "an int from 1 on, or from -1 back",
        "由 1 起順數、或由 -1 起倒數的整數",
        "由 1 起顺数、或由 -1 起倒数的整数",
    ),
    Phrase(
        "an int from 1 to {number}, the last of the month",
        "1 至 {0}（該月末日）的整數",
        "1 至 {0}（该月末日）的整数",
    ),
    Phrase(
        "an int from 0 to value ({number})", "0 至 value（{0}）的整數", "0 至 value（{0}）的整数"
    ),
    Phrase("an int from 0 to the number of entries", "0 至登記條數的整數", "0 至登记条数的整数"),
    Phrase(
        "an int from 0 to below the number of leaves ({number})",
        "由 0 起、小於葉數（{0}）的整數",
        "由 0 起、小于叶数（{0}）的整数",
    ),
    Phrase(
        "an int from 0 to the number of leaves ({number})",
        "0 至葉數（{0}）的整數",
        "0 至叶数（{0}）的整数",
    ),
    Phrase(
        "an int from {number}: sessions by among, rounded up",
        "{0} 或以上的整數（sessions 除以 among，進位取整）",
        "{0} 或以上的整数（sessions 除以 among，进位取整）",
    ),
    Phrase(
        "ints from 0 (Monday) to 6 (Sunday)",
        "0（星期一）至 6（星期日）的整數",
        "0（星期一）至 6（星期日）的整数",
    ),
    Phrase(
        "1, since {value} are counted and not days",
        "1，因為按 {0} 計算，而不是按日",
        "1，因为按 {0} 计算，而不是按日",
    ),
    Phrase("a finite Decimal", "有限的數（Decimal）", "有限的数（Decimal）"),
    Phrase(
        "a finite Decimal from {number} to {number}, of at most {number} decimal places",
        "{0} 至 {1}、最多 {2} 位小數的數（Decimal）",
        "{0} 至 {1}、最多 {2} 位小数的数（Decimal）",
    ),
    Phrase(
        "a Decimal, an int or a string from {number} to {number}",
        "{0} 至 {1} 的數（Decimal、整數或字串）",
        "{0} 至 {1} 的数（Decimal、整数或字符串）",
    ),
    Phrase(
        "a Decimal, an int or a string such as {quoted} from {number} to {number}, of at "
        "most {number} decimal places (never a float)",
        "{1} 至 {2}、最多 {3} 位小數的數，例如 {0}（Decimal、整數或字串，不可用 float）",
        "{1} 至 {2}、最多 {3} 位小数的数，例如 {0}（Decimal、整数或字符串，不可用 float）",
    ),
    Phrase(
        "a Decimal, an int or a string such as {quoted} above {number} to {number}, of "
        "at most {number} decimal places (never a float)",
        "大於 {1}、不超過 {2}、最多 {3} 位小數的數，例如 {0}（Decimal、整數或字串，不可用 float）",
        "大于 {1}、不超过 {2}、最多 {3} 位小数的数，例如 {0}（Decimal、整数或字符串，"
        "不可用 float）",
    ),
    Phrase(
        "a Decimal, an int or a string such as {quoted} above {number} to {number}, of "
        "at most {number} decimal places (never a float), or Between",
        "Between，或大於 {1}、不超過 {2}、最多 {3} 位小數的數，例如 {0}（Decimal、"
        "整數或字串，不可用 float）",
        "Between，或大于 {1}、不超过 {2}、最多 {3} 位小数的数，例如 {0}（Decimal、"
        "整数或字符串，不可用 float）",
    ),
    Phrase(
        "a Decimal, an int or a string such as {quoted} from {number} to {number} (never a float)",
        "{1} 至 {2} 的數，例如 {0}（Decimal、整數或字串，不可用 float）",
        "{1} 至 {2} 的数，例如 {0}（Decimal、整数或字符串，不可用 float）",
    ),
    Phrase("{phrase}, and above 0", "{0}，且大於 0", "{0}，且大于 0"),
    Phrase(
        "a string such as {quoted}, or an int (never a float)",
        "數，寫成字串（例如 {0}）或整數，不可用 float",
        "数，写成字符串（例如 {0}）或整数，不可用 float",
    ),
    Phrase("at least {value} ({number})", "不小於 {0}（{1}）的值", "不小于 {0}（{1}）的值"),
    Phrase("at least days", "不小於 days 的值", "不小于 days 的值"),
    Phrase("at most {value} ({number})", "不大於 {0}（{1}）的值", "不大于 {0}（{1}）的值"),
    Phrase("above at_least ({number})", "大於 at_least（{0}）的值", "大于 at_least（{0}）的值"),
    Phrase("points above least ({number})", "大於 least（{0}）的分值", "大于 least（{0}）的分值"),
    Phrase(
        "whole multiples of smallest_unit ({number})",
        "smallest_unit（{0}）的整數倍",
        "smallest_unit（{0}）的整数倍",
    ),
    Phrase(
        "at most {number} coefficients from {number} to {number}, from the highest to the lowest",
        "由高至低、最多 {0} 個 {1} 至 {2} 的係數",
        "由高至低、最多 {0} 个 {1} 至 {2} 的系数",
    ),
    Phrase(
        "a coefficient of the ladder: {value}",
        "各級係數（ladder）之一：{0}",
        "各级系数（ladder）之一：{0}",
    ),
    Phrase(
        "a step after which the pay is {number}, from 0",
        "使薪酬為 {0} 的步驟，且不小於 0",
        "使薪酬为 {0} 的步骤，且不小于 0",
    ),
    Phrase(
        "a step for each part, which adds its figure",
        "每個部分各一個步驟，並加上其數值",
        "每个部分各一个步骤，并加上其数值",
    ),
    Phrase("{number}, by the steps", "各步驟相加所得的 {0}", "各步骤相加所得的 {0}"),
    Phrase("{number}, the sum of the contributions", "各項得分之和（{0}）", "各项得分之和（{0}）"),
    Phrase(
        "what with base pay makes {number}, the sum of the steps, and from 0",
        "與基本薪酬相加得 {0}（各步驟之和）的數，且不小於 0",
        "与基本薪酬相加得 {0}（各步骤之和）的数，且不小于 0",
    ),
    Phrase(
        "no figure, as no part is given one",
        "空的對照表，因為沒有部分須填寫數值",
        "空的对照表，因为没有部分须填写数值",
    ),
    # Days, moments and times.
    Phrase(
        "a datetime.date such as date(2025, 3, 2), no datetime and no string",
        "日期（datetime.date），例如 2025-03-02；不可用 datetime 或字串",
        "日期（datetime.date），例如 2025-03-02；不可用 datetime 或字符串",
    ),
    Phrase(
        "a datetime with a time zone, in the years 1 to 9999 of UTC",
        "帶時區的時刻（datetime），以 UTC 計在 1 年至 9999 年之間",
        "带时区的时刻（datetime），以 UTC 计在 1 年至 9999 年之间",
    ),
    Phrase(
        "a datetime with a time zone, in the years 1 to 9999 of UTC, for the checks",
        "帶時區的時刻（datetime），以 UTC 計在 1 年至 9999 年之間，供查核之用",
        "带时区的时刻（datetime），以 UTC 计在 1 年至 9999 年之间，供查核之用",
    ),
    Phrase(
        "a datetime.time in whole minutes and without a time zone, such as time(9, 30)",
        "不帶時區、以整分鐘計的時間（datetime.time），例如 09:30",
        "不带时区、以整分钟计的时间（datetime.time），例如 09:30",
    ),
    Phrase(
        "a datetime.time of whole seconds without a time zone",
        "不帶時區、以整秒計的時間（datetime.time）",
        "不带时区、以整秒计的时间（datetime.time）",
    ),
    Phrase(
        "a datetime.time of whole seconds without a time zone, or a mapping from "
        "activity ids to such",
        "不帶時區、以整秒計的時間（datetime.time），或由活動編號到此等時間的對照表",
        "不带时区、以整秒计的时间（datetime.time），或由活动编号到此等时间的对照表",
    ),
    Phrase(
        "a datetime.timedelta of whole seconds from 0 to 4 weeks",
        "0 至 4 週、以整秒計的時間長度（datetime.timedelta）",
        "0 至 4 周、以整秒计的时间长度（datetime.timedelta）",
    ),
    Phrase(
        "None, a zoneinfo.ZoneInfo with a key, or a datetime.timezone",
        "None（留空）、有名稱的時區（zoneinfo.ZoneInfo）或 datetime.timezone",
        "None（留空）、有名称的时区（zoneinfo.ZoneInfo）或 datetime.timezone",
    ),
    Phrase("a date", "日期", "日期"),
    Phrase("a date not after {number}", "不遲於 {0} 的日期", "不迟于 {0} 的日期"),
    Phrase(
        "a date on or after {value} ({number})",
        "不早於 {0}（{1}）的日期",
        "不早于 {0}（{1}）的日期",
    ),
    Phrase(
        "a day from first ({number}) on", "不早於 first（{0}）的日期", "不早于 first（{0}）的日期"
    ),
    Phrase(
        "a day after the last of the period ({number})",
        "期間末日（{0}）之後的日期",
        "期间末日（{0}）之后的日期",
    ),
    Phrase("a day, since the state is {value}", "日期，因為狀態是 {0}", "日期，因为状态是 {0}"),
    Phrase(
        "a day of the calendar such as {quoted}", "日曆上的日期，例如 {0}", "日历上的日期，例如 {0}"
    ),
    Phrase(
        "a day such as {number}, or a moment with its offset such as {number}",
        "日期，例如 {0}；或帶時差的時刻，例如 {1}",
        "日期，例如 {0}；或带时差的时刻，例如 {1}",
    ),
    Phrase(
        "a moment with its offset such as {quoted}",
        "帶時差的時刻，例如 {0}",
        "带时差的时刻，例如 {0}",
    ),
    Phrase(
        "a time of the day such as {quoted}", "一日之內的時間，例如 {0}", "一日之内的时间，例如 {0}"
    ),
    Phrase("a time after opens ({number})", "遲於 opens（{0}）的時間", "迟于 opens（{0}）的时间"),
    Phrase(
        "a whole month, such as Period.month(2026, 3)",
        "整個曆月，例如 Period.month(2026, 3)",
        "整个历月，例如 Period.month(2026, 3)",
    ),
    Phrase(
        "a Period that does not begin before the period that earned the grade",
        "不早於評得該等級的期間開始的 Period",
        "不早于评得该等级的期间开始的 Period",
    ),
    Phrase(
        "a result of a period after which there is another such span",
        "其後仍有同樣曆期的結果",
        "其后仍有同样历期的结果",
    ),
    Phrase("a span of the calendar", "曆期", "历期"),
    Phrase(
        "a Span of the calendar, or in cycles", "按曆期或按週期計的 Span", "按历期或按周期计的 Span"
    ),
    Phrase(
        "a Span of months or of the calendar", "按月數或按曆期計的 Span", "按月数或按历期计的 Span"
    ),
    Phrase(
        "a Span of months or of the calendar, WithPeriod or Never",
        "按月數或按曆期計的 Span、WithPeriod 或 Never",
        "按月数或按历期计的 Span、WithPeriod 或 Never",
    ),
    Phrase(
        "a CalendarSpan of whole months: month, quarter, half-year or year",
        "以整月計的 CalendarSpan：month、quarter、half-year 或 year",
        "以整月计的 CalendarSpan：month、quarter、half-year 或 year",
    ),
    Phrase(
        "dates, in any iterable or as the keys of a mapping, at most {number} of them",
        "最多 {0} 個日期，可為列表，亦可為對照表的鍵",
        "最多 {0} 个日期，可为列表，亦可为对照表的键",
    ),
    Phrase("a list of dates", "日期的列表", "日期的列表"),
    Phrase("a set of dates", "日期的集合", "日期的集合"),
    Phrase(
        "a mapping of dates to names on one line, of at most {number} characters each",
        "由日期到名稱的對照表；名稱須在一行內，最多 {0} 個字元",
        "由日期到名称的对照表；名称须在一行内，最多 {0} 个字符",
    ),
    Phrase(
        "working days; name it among the workdays too",
        "工作日；請同時列入 workdays",
        "工作日；请同时列入 workdays",
    ),
    Phrase("each month once", "月份不重複的列表", "月份不重复的列表"),
    Phrase(
        "CountedOn.FOUND or CountedOn.RECORDED",
        "CountedOn.FOUND 或 CountedOn.RECORDED",
        "CountedOn.FOUND 或 CountedOn.RECORDED",
    ),
    Phrase("CountedOn.RECORDED", "CountedOn.RECORDED", "CountedOn.RECORDED"),
    Phrase(
        "CountedOn.OCCURRED or CountedOn.FOUND",
        "CountedOn.OCCURRED 或 CountedOn.FOUND",
        "CountedOn.OCCURRED 或 CountedOn.FOUND",
    ),
    # Ids and texts.
    Phrase(
        "a non-empty string of at most {number} characters on one line, in NFKC, without "
        "spaces around it",
        "編號：一行之內、最多 {0} 個字元的文字（NFKC），首尾沒有空格",
        "编号：一行之内、最多 {0} 个字符的文字（NFKC），首尾没有空格",
    ),
    Phrase(
        "a non-empty string on one line, without spaces around it",
        "一行之內的文字，首尾沒有空格",
        "一行之内的文字，首尾没有空格",
    ),
    Phrase(
        "a name on one line, without spaces around it",
        "一行之內的名稱，首尾沒有空格",
        "一行之内的名称，首尾没有空格",
    ),
    Phrase(
        "{phrase}; this one has {value}, which makes ids look alike",
        "{0}；所填的含有 {1}，會使不同的編號看起來相同",
        "{0}；所填的含有 {1}，会使不同的编号看起来相同",
    ),
    Phrase(
        "{phrase}; the normal form of this one is {value}",
        "{0}；所填的正規形式是 {1}",
        "{0}；所填的正规形式是 {1}",
    ),
    Phrase("a string", "文字", "文字"),
    Phrase("a string with words in it", "有內容的文字", "有内容的文字"),
    Phrase(
        "a string with words in it, which says what the new facts are",
        "有內容的文字，說明有何新事實",
        "有内容的文字，说明有何新事实",
    ),
    Phrase("a string, which may be empty", "文字，可以留空", "文字，可以留空"),
    Phrase("a string of JSON", "JSON 文字", "JSON 文字"),
    Phrase(
        "a string of TOML, at most {number} characters",
        "TOML 文字，最多 {0} 個字元",
        "TOML 文字，最多 {0} 个字符",
    ),
    Phrase(
        "a Text in three languages such as {value}",
        "三種語言的文字（Text），例如 {0}",
        "三种语言的文字（Text），例如 {0}",
    ),
    Phrase(
        "a Text in three languages (an id of up to {number} letters such as {quoted} or "
        "{quoted} is one)",
        "三種語言的文字（Text）；最多 {0} 個字母的編號（例如 {1}、{2}）亦可",
        "三种语言的文字（Text）；最多 {0} 个字母的编号（例如 {1}、{2}）亦可",
    ),
    Phrase("an id", "編號", "编号"),
    Phrase("the id of a person", "人員的編號", "人员的编号"),
    Phrase("the id of a relationship manager", "客戶經理的編號", "客户经理的编号"),
    Phrase("the id of a rule", "條款的編號", "条款的编号"),
    Phrase("the id of a session", "場次的編號", "场次的编号"),
    Phrase("the id of a group, or None", "組的編號，或 None（留空）", "组的编号，或 None（留空）"),
    Phrase(
        "the id of a session, a line of at most {number} characters",
        "場次的編號，一行之內、最多 {0} 個字元",
        "场次的编号，一行之内、最多 {0} 个字符",
    ),
    Phrase("the id of a {value} of the schedule", "日程中 {0} 的編號", "日程中 {0} 的编号"),
    Phrase("the id of a grade: {value}", "等級的編號：{0}", "等级的编号：{0}"),
    Phrase("the id of a part: {value}", "部分的編號：{0}", "部分的编号：{0}"),
    Phrase(
        "the id of a part where the cap is over one",
        "上限按部分計時，該部分的編號",
        "上限按部分计时，该部分的编号",
    ),
    Phrase("the id of somebody on the staff list", "員工名單上的人的編號", "员工名单上的人的编号"),
    Phrase("the name of a milestone", "起算日的名稱", "起算日的名称"),
    Phrase("the name of a column, one of: {value}", "欄名，下列之一：{0}", "栏名，下列之一：{0}"),
    Phrase(
        "ids of grades where grades are looked at, and else none",
        "按等級處理時為等級的編號，否則留空",
        "按等级处理时为等级的编号，否则留空",
    ),
    Phrase("that of {value}", "{0} 的資格", "{0} 的资格"),
    Phrase(
        "those of {quoted}, not of {quoted}",
        "{0} 的任職，而不是 {1} 的",
        "{0} 的任职，而不是 {1} 的",
    ),
    Phrase("other sessions than {quoted}", "{0} 以外的場次", "{0} 以外的场次"),
    Phrase(
        "courses but {value}, taught in turn",
        "{0} 以外的課程，因為它已輪流講授",
        "{0} 以外的课程，因为它已轮流讲授",
    ),
    Phrase("the courses that the stage holds", "該階段所設的課程", "该阶段所设的课程"),
    Phrase("what is due from {quoted}", "{0} 應作的處理", "{0} 应作的处理"),
    Phrase(
        "none before hired_on ({number})",
        "不早於 hired_on（{0}）的任職",
        "不早于 hired_on（{0}）的任职",
    ),
    Phrase(
        "one tenure at a time; let the one that begins before {number} end the day before it",
        "同一時間只有一項任職；請讓 {0} 之前開始的一項於前一日結束",
        "同一时间只有一项任职；请让 {0} 之前开始的一项于前一日结束",
    ),
    Phrase(
        "one tenure at a time; let the one that begins before the other end the day before it",
        "同一時間只有一項任職；請讓先開始的一項於後一項的前一日結束",
        "同一时间只有一项任职；请让先开始的一项于后一项的前一日结束",
    ),
    Phrase(
        "an address in ASCII, as {quoted}",
        "ASCII 字元的電郵地址，例如 {0}",
        "ASCII 字符的电邮地址，例如 {0}",
    ),
    Phrase(
        "a host name in ASCII, as {quoted}",
        "ASCII 字元的主機名稱，例如 {0}",
        "ASCII 字符的主机名称，例如 {0}",
    ),
    Phrase(
        "an IPython shell, such as get_ipython() in a notebook",
        "IPython 的 shell，例如 notebook 中的 get_ipython()",
        "IPython 的 shell，例如 notebook 中的 get_ipython()",
    ),
    Phrase("a version", "版本號", "版本号"),
    Phrase("{number} bytes", "{0} 個位元組", "{0} 个字节"),
    Phrase("bytes", "位元組（bytes）", "字节（bytes）"),
    Phrase(
        "{number} bytes, or their hexadecimal digits",
        "{0} 個位元組，或其十六進制數字",
        "{0} 个字节，或其十六进制数字",
    ),
    Phrase(
        "{number} to {number} random bytes, such as secrets.token_bytes(16)",
        "{0} 至 {1} 個隨機位元組，例如 secrets.token_bytes(16)",
        "{0} 至 {1} 个随机字节，例如 secrets.token_bytes(16)",
    ),
    Phrase("{number} hexadecimal digits", "{0} 位十六進制數字", "{0} 位十六进制数字"),
    Phrase(
        "{number} hexadecimal digits in lower case",
        "{0} 位小寫的十六進制數字",
        "{0} 位小写的十六进制数字",
    ),
    Phrase(
        "pairs of hexadecimal digits in lower case",
        "成對的小寫十六進制數字",
        "成对的小写十六进制数字",
    ),
    Phrase(
        "sha256: or hmac-sha256: and {number} hexadecimal digits in lower case",
        "sha256: 或 hmac-sha256: 後接 {0} 位小寫的十六進制數字",
        "sha256: 或 hmac-sha256: 后接 {0} 位小写的十六进制数字",
    ),
    Phrase(
        "a recurrence rule of RFC 5545, such as {value}, of at most {number} characters",
        "RFC 5545 的重複規則，例如 {0}，最多 {1} 個字元",
        "RFC 5545 的重复规则，例如 {0}，最多 {1} 个字符",
    ),
    Phrase(
        "parts such as FREQ=MONTHLY, with semicolons between them",
        "以分號隔開的各部分，例如 FREQ=MONTHLY",
        "以分号隔开的各部分，例如 FREQ=MONTHLY",
    ),
    Phrase("the parts {value}", "下列部分：{0}", "下列部分：{0}"),
    Phrase("each part once", "各部分不重複的規則", "各部分不重复的规则"),
    Phrase(
        "a rule with FREQ, {phrase}", "有 FREQ 的規則；FREQ 為{0}", "有 FREQ 的规则；FREQ 为{0}"
    ),
    Phrase("{number} with {phrase}", "{0}，其值為{1}", "{0}，其值为{1}"),
    Phrase("a rule that comes round at least once", "至少出現一次的規則", "至少出现一次的规则"),
    # Lists and mappings.
    Phrase("a list", "列表", "列表"),
    Phrase("an object", "物件", "对象"),
    Phrase("an object, or a list", "物件或列表", "对象或列表"),
    Phrase(
        "an object of kind {value}",
        "物件，其 kind 為下列之一：{0}",
        "对象，其 kind 为下列之一：{0}",
    ),
    Phrase(
        "an object with fields of Policy",
        "由 Policy 的欄位組成的物件",
        "由 Policy 的字段组成的对象",
    ),
    Phrase(
        "an object with the fields of {value}", "由 {0} 的欄位組成的物件", "由 {0} 的字段组成的对象"
    ),
    Phrase(
        "a table with one of {value}, for the id of the violation",
        "以下列之一為鍵、以違規編號為值的表：{0}",
        "以下列之一为键、以违规编号为值的表：{0}",
    ),
    Phrase("a table with {value}", "有下列鍵的表：{0}", "有下列键的表：{0}"),
    Phrase("a table with the ids of violations", "以違規編號為鍵的表", "以违规编号为键的表"),
    Phrase(
        "a list of at least one table with code and path",
        "至少一個有 code 和 path 的表的列表",
        "至少一个有 code 和 path 的表的列表",
    ),
    Phrase(
        "a list of {number} to {number} {types}",
        "{0} 至 {1} 個 {2} 的列表",
        "{0} 至 {1} 个 {2} 的列表",
    ),
    Phrase(
        "a list of 1 to {number} Threshold, or a mapping from points to consequence ids, "
        "from the fewest points to the most",
        "1 至 {0} 個 Threshold 的列表，或由分值到處理措施編號的對照表，按分值由少至多排列",
        "1 至 {0} 个 Threshold 的列表，或由分值到处理措施编号的对照表，按分值由少至多排列",
    ),
    Phrase(
        "a list of FromTime, or a mapping from times to consequence ids, in rising order",
        "FromTime 的列表，或由次數到處理措施編號的對照表，按次數由少至多排列",
        "FromTime 的列表，或由次数到处理措施编号的对照表，按次数由少至多排列",
    ),
    Phrase(
        "a list of Time, or a mapping from times to weights, in rising order, whose "
        "weights do not fall",
        "Time 的列表，或由次數到加重方式的對照表，按次數由少至多排列，且不可越來越輕",
        "Time 的列表，或由次数到加重方式的对照表，按次数由少至多排列，且不可越来越轻",
    ),
    Phrase(
        "a list of {number} to {number} steps such as {value}, or {quoted}: each a "
        "number from 1 to {number} or what begins with no digit and has no point, the "
        "first a number",
        "{0} 至 {1} 級的列表，例如 {2} 或 {3}；每級為 1 至 {4} 的數，或不以數字開頭、"
        "不含句點的文字，第一級須為數",
        "{0} 至 {1} 级的列表，例如 {2} 或 {3}；每级为 1 至 {4} 的数，或不以数字开头、"
        "不含句点的文字，第一级须为数",
    ),
    Phrase("a list of {number} bytes each", "列表，每項 {0} 個位元組", "列表，每项 {0} 个字节"),
    Phrase(
        "a list of digests, {number} bytes each",
        "摘要的列表，每個 {0} 個位元組",
        "摘要的列表，每个 {0} 个字节",
    ),
    Phrase("a list of bytes", "位元組（bytes）的列表", "字节（bytes）的列表"),
    Phrase("a list of entries", "登記的列表", "登记的列表"),
    Phrase(
        "a non-empty list of entries: {types}", "至少一項的登記列表：{0}", "至少一项的登记列表：{0}"
    ),
    Phrase("a list of rows", "行的列表", "行的列表"),
    Phrase("a list of ids", "編號的列表", "编号的列表"),
    Phrase(
        "a list of ids of cases of the ledger, none of them twice",
        "台賬中個案編號的列表，不可重複",
        "台账中个案编号的列表，不可重复",
    ),
    Phrase(
        "a list of ids of people, none of them twice",
        "人員編號的列表，不可重複",
        "人员编号的列表，不可重复",
    ),
    Phrase(
        "a list of ids of grades, and None for no grade",
        "等級編號的列表，沒有等級的為 None（留空）",
        "等级编号的列表，没有等级的为 None（留空）",
    ),
    Phrase(
        "a list of ints from 0, sorted, none of them twice",
        "由 0 起的整數列表，由小至大，不可重複",
        "由 0 起的整数列表，由小至大，不可重复",
    ),
    Phrase(
        "a list of months from 1 to 12, none of them twice",
        "1 至 12 月的列表，不可重複",
        "1 至 12 月的列表，不可重复",
    ),
    Phrase(
        "a list of formats that say which day it is, such as {quoted}",
        "日期格式的列表，每個都寫明年月日，例如 {0}",
        "日期格式的列表，每个都写明年月日，例如 {0}",
    ),
    Phrase(
        "a list of functions of an entry and of the case before it",
        "函數的列表，各以登記及其前的個案為參數",
        "函数的列表，各以登记及其前的个案为参数",
    ),
    Phrase(
        "a list of consequence ids, or a mapping from them to sets of circumstance ids",
        "處理措施編號的列表，或由其到情節編號集合的對照表",
        "处理措施编号的列表，或由其到情节编号集合的对照表",
    ),
    Phrase(
        "a list of Hours, no two of which overlap on the same day",
        "Hours 的列表，同一日的不可重疊",
        "Hours 的列表，同一日的不可重叠",
    ),
    Phrase(
        "a list of HeldGrade, of periods that do not overlap",
        "HeldGrade 的列表，期間不可重疊",
        "HeldGrade 的列表，期间不可重叠",
    ),
    Phrase(
        "a list of HeldGrade, whose days do not overlap",
        "HeldGrade 的列表，日子不可重疊",
        "HeldGrade 的列表，日子不可重叠",
    ),
    Phrase(
        "a list of Part, {number} levels deep at most",
        "Part 的列表，最多 {0} 層",
        "Part 的列表，最多 {0} 层",
    ),
    Phrase(
        "a list of Qualification, of one manager each",
        "Qualification 的列表，每名客戶經理一項",
        "Qualification 的列表，每名客户经理一项",
    ),
    Phrase(
        "a list of Responsibility, one for each role",
        "Responsibility 的列表，每種責任一項",
        "Responsibility 的列表，每种责任一项",
    ),
    Phrase(
        "a list of Trainee, nobody twice", "Trainee 的列表，每人一項", "Trainee 的列表，每人一项"
    ),
    Phrase("a list of {types}", "{0} 的列表", "{0} 的列表"),
    Phrase("a list of {ids}, none of them twice", "{0}的列表，不可重複", "{0}的列表，不可重复"),
    Phrase(
        "a non-empty list of {ids}, none of them twice",
        "至少一項的{0}列表，不可重複",
        "至少一项的{0}列表，不可重复",
    ),
    Phrase("a set or list of {ids}", "{0}的集合或列表", "{0}的集合或列表"),
    Phrase("a set or list of {types}", "{0} 的集合或列表", "{0} 的集合或列表"),
    Phrase(
        "a set or list of circumstance ids, or a mapping from them to SetTo, Add, "
        "Multiply by at least 1, Assessed, or None for the policy's",
        "情節編號的集合或列表，或由其到加重方式的對照表：SetTo、Add、不小於 1 的 "
        "Multiply、Assessed，或按政策處理的 None（留空）",
        "情节编号的集合或列表，或由其到加重方式的对照表：SetTo、Add、不小于 1 的 "
        "Multiply、Assessed，或按政策处理的 None（留空）",
    ),
    Phrase(
        "a set or list of circumstance ids, or a mapping from them to SetTo, Multiply by "
        "at most 1, Waive, or None for the policy's",
        "情節編號的集合或列表，或由其到減輕方式的對照表：SetTo、不大於 1 的 Multiply、"
        "Waive，或按政策處理的 None（留空）",
        "情节编号的集合或列表，或由其到减轻方式的对照表：SetTo、不大于 1 的 Multiply、"
        "Waive，或按政策处理的 None（留空）",
    ),
    Phrase("an iterable of {types}, in order", "依次的 {0}", "依次的 {0}"),
    Phrase(
        "{types}, or an iterable of or a mapping to such",
        "{0}，或其列表或對照表",
        "{0}，或其列表或对照表",
    ),
    Phrase(
        "a mapping from ids of consequences to {phrase}",
        "由處理措施編號到{0}的對照表",
        "由处理措施编号到{0}的对照表",
    ),
    Phrase("a mapping from ids to {phrase}", "由編號到{0}的對照表", "由编号到{0}的对照表"),
    Phrase("a mapping from ids of people", "由人員編號起的對照表", "由人员编号起的对照表"),
    Phrase(
        "a mapping from ids of people to addresses",
        "由人員編號到電郵地址的對照表",
        "由人员编号到电邮地址的对照表",
    ),
    Phrase("a mapping from ids to salts", "由編號到隨機值的對照表", "由编号到随机值的对照表"),
    Phrase(
        "a mapping from names of fields to ids of provisions",
        "由欄位名稱到規定編號的對照表",
        "由字段名称到规定编号的对照表",
    ),
    Phrase(
        "a mapping from names of other fields of PayTerms",
        "以 PayTerms 其他欄位的名稱為鍵的對照表",
        "以 PayTerms 其他字段的名称为键的对照表",
    ),
    Phrase(
        "a mapping from names of rulebooks to digests",
        "由規則集名稱到摘要的對照表",
        "由规则集名称到摘要的对照表",
    ),
    Phrase(
        "a mapping from names such as points to what is expected",
        "由名稱（例如 points）到預期值的對照表",
        "由名称（例如 points）到预期值的对照表",
    ),
    Phrase(
        "a mapping from fields of Policy to their values",
        "由 Policy 的欄位到其值的對照表",
        "由 Policy 的字段到其值的对照表",
    ),
    Phrase(
        "a mapping from fields of Policy ({value}) to their answers",
        "由 Policy 的欄位（{0}）到其規定的對照表",
        "由 Policy 的字段（{0}）到其规定的对照表",
    ),
    Phrase(
        "a mapping from fields of Policy ({value}) to lists of values",
        "由 Policy 的欄位（{0}）到所試的值的列表的對照表",
        "由 Policy 的字段（{0}）到所试的值的列表的对照表",
    ),
    Phrase(
        "a mapping from one field of Policy ({value}) to what it takes",
        "由 Policy 的一個欄位（{0}）到其值的對照表",
        "由 Policy 的一个字段（{0}）到其值的对照表",
    ),
    Phrase(
        "a mapping from {value} to the names of columns",
        "由 {0} 到欄名的對照表",
        "由 {0} 到栏名的对照表",
    ),
    Phrase("a mapping from {value}", "以 {0} 為鍵的對照表", "以 {0} 为键的对照表"),
    # One of several.
    Phrase("{choice}", "{0}", "{0}"),
    Phrase("{choices}", "下列之一：{0}", "下列之一：{0}"),
    Phrase("one of {value}", "下列之一：{0}", "下列之一：{0}"),
    Phrase(
        "one of the account's consequences", "該積分檔案的處理措施之一", "该积分档案的处理措施之一"
    ),
    Phrase("each of {value} once", "下列各項各一次：{0}", "下列各项各一次：{0}"),
    Phrase("fields of Policy: {value}", "Policy 的欄位：{0}", "Policy 的字段：{0}"),
    Phrase("a field of Policy: {value}", "Policy 的欄位之一：{0}", "Policy 的字段之一：{0}"),
    Phrase(
        "a field of Rule, Clause or Policy: {value}",
        "Rule、Clause 或 Policy 的欄位之一：{0}",
        "Rule、Clause 或 Policy 的字段之一：{0}",
    ),
    Phrase("a field of {quoted}: {value}", "{0} 的欄位之一：{1}", "{0} 的字段之一：{1}"),
    Phrase(
        "a grade of grade_shares: {value}",
        "grade_shares 的等級之一：{0}",
        "grade_shares 的等级之一：{0}",
    ),
    Phrase(
        "MO, TU, WE, TH, FR, SA, SU",
        "下列之一：MO、TU、WE、TH、FR、SA、SU",
        "下列之一：MO、TU、WE、TH、FR、SA、SU",
    ),
    Phrase(
        "Multiply by at least 1, Add or Assessed",
        "不小於 1 的 Multiply、Add 或 Assessed",
        "不小于 1 的 Multiply、Add 或 Assessed",
    ),
    Phrase(
        "Multiply by at most 1, or Waive",
        "不大於 1 的 Multiply，或 Waive",
        "不大于 1 的 Multiply，或 Waive",
    ),
    Phrase(
        "SetTo, Add, or Multiply by at least 1",
        "SetTo、Add，或不小於 1 的 Multiply",
        "SetTo、Add，或不小于 1 的 Multiply",
    ),
    Phrase(
        "NeverLapses(), LapsesAfter(months), LapsesYearly(month, day), or None",
        "NeverLapses()、LapsesAfter(months)、LapsesYearly(month, day)，或 None（留空）",
        "NeverLapses()、LapsesAfter(months)、LapsesYearly(month, day)，或 None（留空）",
    ),
    Phrase(
        "a Cadence, an NthWorkingDay, a Quota, a CareerStage or Ongoing()",
        "Cadence、NthWorkingDay、Quota、CareerStage 或 Ongoing()",
        "Cadence、NthWorkingDay、Quota、CareerStage 或 Ongoing()",
    ),
    Phrase(
        "a Deduction, a Referral or None",
        "Deduction、Referral 或 None（留空）",
        "Deduction、Referral 或 None（留空）",
    ),
    Phrase(
        "{types}, or a union such as Entry",
        "下列類型之一，或 Entry 等聯合類型：{0}",
        "下列类型之一，或 Entry 等联合类型：{0}",
    ),
    Phrase(
        "sets of one size, of those considered, that change the verdict",
        "由所考慮的個案組成、個數相同、且會改變結論的集合",
        "由所考虑的个案组成、个数相同、且会改变结论的集合",
    ),
    Phrase(
        "steps that lead from before to after, each aspect once",
        "由 before 到 after 的步驟，每個方面一次",
        "由 before 到 after 的步骤，每个方面一次",
    ),
    Phrase(
        "problems where there is no result, and none where there is one",
        "沒有結果時為問題的列表，有結果時留空",
        "没有结果时为问题的列表，有结果时留空",
    ),
    Phrase(
        "what fits the other fields: of a score or of grades without within, of a score "
        "not in order, of grades with whole numbers from 1",
        "與其他欄位相符的值：按得分或等級的不可有 within，按得分的不可逐級適用，"
        "按等級的次數為 1 或以上的整數",
        "与其他字段相符的值：按得分或等级的不可有 within，按得分的不可逐级适用，"
        "按等级的次数为 1 或以上的整数",
    ),
    Phrase(
        "what sets points, money or a day of effect, and this sets none of them",
        "改定分值、金額或生效日期的決定；所填的三者皆無",
        "改定分值、金额或生效日期的决定；所填的三者皆无",
    ),
    Phrase(
        "the same session as before, or None for one of them",
        "與 before 相同的場次，或其中之一為 None（留空）",
        "与 before 相同的场次，或其中之一为 None（留空）",
    ),
    # Values of one type.
    Phrase("{value} of before", "與 before 相同的 {0}", "与 before 相同的 {0}"),
    Phrase(
        "a Citation, or its path such as {value} or {quoted}",
        "Citation，或其出處，例如 {0} 或 {1}",
        "Citation，或其出处，例如 {0} 或 {1}",
    ),
    Phrase(
        "a Cap over one violation, or None",
        "按一次違規計的 Cap，或 None（留空）",
        "按一次违规计的 Cap，或 None（留空）",
    ),
    Phrase("a Ledger of the same root", "根值相同的 Ledger", "根值相同的 Ledger"),
    Phrase("a PeopleTree of it", "該台賬的 PeopleTree", "该台账的 PeopleTree"),
    Phrase("an Appraisal of the manager", "該客戶經理的 Appraisal", "该客户经理的 Appraisal"),
    Phrase("an Appraisal of {value}", "{0} 的 Appraisal", "{0} 的 Appraisal"),
    Phrase(
        "an Appraisal of a period that ends in a span with pay",
        "期間在有薪酬的一期內結束的 Appraisal",
        "期间在有薪酬的一期内结束的 Appraisal",
    ),
    Phrase(
        "an Appraisal by a policy with full_marks, since a part reads the score",
        "按設有 full_marks 的政策評定的 Appraisal，因為有部分要用得分",
        "按设有 full_marks 的政策评定的 Appraisal，因为有部分要用得分",
    ),
    Phrase("appraisals of periods that do not overlap", "期間不重疊的評定", "期间不重叠的评定"),
    Phrase("grades whose days do not overlap", "日子不重疊的等級", "日子不重叠的等级"),
    Phrase("a Session, not its id", "Session，而不是其編號", "Session，而不是其编号"),
    Phrase("a session of a test", "測試的場次", "测试的场次"),
    Phrase(
        "a Violation or a Merit under violation_id",
        "編號為 violation_id 的 Violation 或 Merit",
        "编号为 violation_id 的 Violation 或 Merit",
    ),
    Phrase("an entry of a ledger", "台賬的登記", "台账的登记"),
    Phrase(
        "an entry of a ledger, a Rulebook, a Policy or a PersonLeaf",
        "台賬的登記、Rulebook、Policy 或 PersonLeaf",
        "台账的登记、Rulebook、Policy 或 PersonLeaf",
    ),
    Phrase(
        "a standard whose points need at most {number} digits",
        "分值最多 {0} 位的標準",
        "分值最多 {0} 位的标准",
    ),
    Phrase("{number} to {number} parts", "{0} 至 {1} 個部分", "{0} 至 {1} 个部分"),
    Phrase("at most {number} grades", "最多 {0} 個等級", "最多 {0} 个等级"),
    Phrase(
        "a frame of polars, pandas, pyarrow or PySpark, or a relation of DuckDB",
        "polars、pandas、pyarrow 或 PySpark 的資料框，或 DuckDB 的關係",
        "polars、pandas、pyarrow 或 PySpark 的数据框，或 DuckDB 的关系",
    ),
    Phrase(
        "a frame of polars, pandas, pyarrow or PySpark, or a relation of DuckDB; {value} "
        "is not among them",
        "polars、pandas、pyarrow 或 PySpark 的資料框，或 DuckDB 的關係；{0} 不在其中",
        "polars、pandas、pyarrow 或 PySpark 的数据框，或 DuckDB 的关系；{0} 不在其中",
    ),
    Phrase(
        "a frame of polars, pandas, pyarrow or another library that narwhals knows, with "
        "one column of a name, or an iterable of mappings",
        "polars、pandas、pyarrow 或 narwhals 支援的其他程式庫的資料框，欄名不可重複；"
        "或對照表的列表",
        "polars、pandas、pyarrow 或 narwhals 支援的其他程序库的数据框，栏名不可重复；"
        "或对照表的列表",
    ),
    Phrase("a position, an entry and a digest", "位置、登記與摘要三項", "位置、登记与摘要三项"),
    Phrase("{types}", "{0}", "{0}"),
    # Parts of rules.
    Phrase("a number from {number} to {number}", "{0} 至 {1} 的數", "{0} 至 {1} 的数"),
    Phrase("a day such as 20261231", "日期，例如 20261231", "日期，例如 20261231"),
    Phrase("a day of the week such as MO", "星期幾，例如 MO", "星期几，例如 MO"),
    Phrase(
        "days of the week such as MO,WE or 1MO,-1FR",
        "星期幾，例如 MO,WE 或 1MO,-1FR",
        "星期几，例如 MO,WE 或 1MO,-1FR",
    ),
    Phrase("months from 1 to 12", "1 至 12 月", "1 至 12 月"),
    Phrase(
        "days from 1 to {number}, or from -1 to {number}",
        "第 1 至 {0} 日，或由末尾起第 -1 至 {1} 日",
        "第 1 至 {0} 日，或由末尾起第 -1 至 {1} 日",
    ),
    Phrase(
        "weeks from 1 to {number}, or from -1 to {number}",
        "第 1 至 {0} 週，或由末尾起第 -1 至 {1} 週",
        "第 1 至 {0} 周，或由末尾起第 -1 至 {1} 周",
    ),
    Phrase(
        "places from 1 to {number}, or from -1 to {number}",
        "第 1 至 {0} 個，或由末尾起第 -1 至 {1} 個",
        "第 1 至 {0} 个，或由末尾起第 -1 至 {1} 个",
    ),
    Phrase(
        "{value} with FREQ={value} only", "只與 FREQ={1} 並用的 {0}", "只与 FREQ={1} 并用的 {0}"
    ),
    Phrase("COUNT or UNTIL, not both", "COUNT 與 UNTIL 兩者之一", "COUNT 与 UNTIL 两者之一"),
    Phrase(
        "BYSETPOS beside another part that begins with BY",
        "與另一個以 BY 開頭的部分並用的 BYSETPOS",
        "与另一个以 BY 开头的部分并用的 BYSETPOS",
    ),
    Phrase(
        "BYDAY with a number for each day or for none: dateutil reads no mixture",
        "每日皆有數字或皆無數字的 BYDAY，因為 dateutil 不讀混合的",
        "每日皆有数字或皆无数字的 BYDAY，因为 dateutil 不读混合的",
    ),
    Phrase(
        "BYDAY with numbers from 1 to {number}, or from -1 to {number}, with "
        "FREQ=MONTHLY or BYMONTH",
        "與 FREQ=MONTHLY 或 BYMONTH 並用時，數字為 1 至 {0}、或 -1 至 {1} 的 BYDAY",
        "与 FREQ=MONTHLY 或 BYMONTH 并用时，数字为 1 至 {0}、或 -1 至 {1} 的 BYDAY",
    ),
    Phrase(
        "BYDAY with numbers with FREQ=MONTHLY or YEARLY only, and without BYWEEKNO",
        "帶數字的 BYDAY，只與 FREQ=MONTHLY 或 YEARLY 並用，且不與 BYWEEKNO 並用",
        "带数字的 BYDAY，只与 FREQ=MONTHLY 或 YEARLY 并用，且不与 BYWEEKNO 并用",
    ),
    Phrase(
        "None, Status.SUSPENDED or {quoted}, or Status.REVOKED or {quoted}",
        "None（留空）、{0} 或 {1}",
        "None（留空）、{0} 或 {1}",
    ),
)
"""The phrases; of several that fit, the first is the one."""
