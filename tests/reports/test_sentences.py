"""Sentences: every effect and every kind of weight, in three languages, by small standards."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import attrs
import pytest

from cmappraisal import (
    LANGUAGES,
    Add,
    Appraisal,
    Assessed,
    Concurrence,
    CountedOn,
    Edition,
    Editions,
    Effect,
    GoverningEdition,
    Grade,
    Language,
    Line,
    Multiply,
    PendingAppeals,
    Policy,
    Rulebook,
    Step,
    Text,
)
from cmappraisal.reports.sentences import (
    cap_sentence_of,
    cited,
    heading_of,
    reason_of,
    sentence_of,
    tag_of,
    value_in_words,
)
from cmappraisal.standards import (
    Again,
    Between,
    Cap,
    Citation,
    Limitation,
    Part,
    Referral,
    Responsibility,
    SetTo,
    Span,
    Unit,
    Waive,
)
from staff_rules import (
    GENERAL,
    LEVELS,
    LOSS,
    appraised,
    appraised_as,
    award,
    book,
    clause,
    found,
    merit,
    rule,
)


def steps_of(appraisal: Appraisal) -> Iterator[tuple[Line, Step]]:
    for line in (*appraisal.lines, *appraisal.merits):
        for step in line.steps:
            yield line, step


def said(appraisal: Appraisal, effect: Effect, language: Language) -> str:
    """The sentence of the last step with an effect, and what it rests on."""
    caps = [(cap, step) for cap in appraisal.caps for step in cap.steps if step.effect is effect]
    if caps:
        *_, (cap, step) = caps
        sentence = cap_sentence_of(appraisal, cap, step, language)
        return f"{sentence} {reason_of(step.reason, appraisal.standard, language)}"
    *_, (line, step) = [each for each in steps_of(appraisal) if each[1].effect is effect]
    sentence = sentence_of(appraisal, line, step, language)
    return f"{sentence} {reason_of(step.reason, appraisal.standard, language)}"


# Each effect: an appraisal that has it, and what is said of it.

TWO = Editions(
    [
        Edition(book(rule("2.1", 5), edition="2024"), last=date(2025, 6, 30)),
        Edition(book(rule("2.1", 3), edition="2025"), date(2025, 7, 1)),
    ]
)
WEIGHED = book(
    rule(
        "2.1",
        5,
        aggravated_by={"loss": Multiply("1.25"), "press": Add("0.5")},
        mitigated_by={"self": Multiply("0.5"), "at-once": SetTo(4)},
    )
)
HALVES = Policy(smallest_unit="0.5")
HEAD = Responsibility("head", Text("負責人", "负责人", en="the head"), weight=Multiply("0.25"))
SPECIAL = book(rule("2.1", 5), rule("2.2", 3, displaces=["2.1"]), rule("2.3", 1, residual="2"))
DAYS = (1, 2, 3, 4)
ANY_OF_A_YEAR = Again(
    {2: Add(1), 4: Add("2.5")}, within=Span(calendar="year", by="found"), same="any"
)
SAID: dict[Effect, tuple[Appraisal, dict[str, str]]] = {
    Effect.APPEAL_COUNTS: (
        appraised(book(rule("2.1", 5)), found(), appealed=True),
        {
            "zh-Hant": "申訴中，申訴期間照計 [政策：申訴中的違規（pending_appeals）]",
            "zh-Hans": "申诉中，申诉期间照计 [政策：申诉中的违规（pending_appeals）]",
            "en": "under appeal, the violation counts meanwhile [policy: pending_appeals]",
        },
    ),
    Effect.APPEAL_SUSPENDS: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(answers={"pending_appeals": "suspend"})]),
            found(),
            appealed=True,
        ),
        {
            "zh-Hant": "申訴中，申訴期間暫不計分 [標準：第1章第4條]",
            "zh-Hans": "申诉中，申诉期间暂不计分 [标准：第1章第4条]",
            "en": "under appeal, the violation does not count meanwhile "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.REFERRED: (
        appraised(
            book(rule("2.1", 5), rule("2.2", Referral(to=["2.1"]))),
            found(rule="2.2", refers_to="2.1"),
        ),
        {
            "zh-Hant": "2.2 指引至 2.1，適用後者（條文 2.1） [標準：第2章第2條]",
            "zh-Hans": "2.2 指引至 2.1，适用后者（条文 2.1） [标准：第2章第2条]",
            "en": "rule 2.2 refers to rule 2.1, which applies (wording of 2.1) "
            "[standard, chapter 2, section 2]",
        },
    ),
    Effect.OTHER_EDITION: (
        appraised(TWO, found(), policy=Policy(governing_edition=GoverningEdition.MILDER)),
        {
            "zh-Hant": "發生之日施行的是 2024 版，適用 2025 版（發生至登記期間有數個版本的，"
            "適用處理較輕者） [政策：適用的版本（governing_edition）]",
            "zh-Hans": "发生之日施行的是 2024 版，适用 2025 版（发生至登记期间有数个版本的，"
            "适用处理较轻者） [政策：适用的版本（governing_edition）]",
            "en": "edition 2024 was in force on the day it happened, edition 2025 governs: of the "
            "editions in force from the act to its recording, the milder for the incident "
            "[policy: governing_edition]",
        },
    ),
    Effect.TIME_BARRED: (
        appraised(book(rule("2.1", 5), clauses=[clause(limitation=Limitation(6))]), found()),
        {
            "zh-Hant": "已逾 6 個月的追究期限，不計分 [標準：第1章第4條]",
            "zh-Hans": "已逾 6 个月的追究期限，不计分 [标准：第1章第4条]",
            "en": "found or recorded after the limit of 6 months, so it does not count "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.UNIT_ASSESSED: (
        appraised(book(rule("2.1", Between(3, "6.5"))), found(assessed_points=4)),
        {
            "zh-Hant": "評定人在 3 至 6.5 之間核定每單位 4 [標準：第2章第1條]",
            "zh-Hans": "评定人在 3 至 6.5 之间核定每单位 4 [标准：第2章第1条]",
            "en": "set by the assessor for one unit, within 3 to 6.5: 4 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.UNIT_RAISED: (
        appraised(
            book(rule("2.1", 5, aggravated_by={"loss": SetTo(10)})),
            found(quantity=3, circumstances=["loss"]),
        ),
        {
            "zh-Hant": "因造成損失，每單位計 10（規定分值 5） [標準：第2章第1條]",
            "zh-Hans": "因造成损失，每单位计 10（规定分值 5） [标准：第2章第1条]",
            "en": "10 points for one unit (a loss) in the place of 5 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.UNIT_LOWERED: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(mitigated_by={"self": SetTo(2)})]),
            found(circumstances=["self"]),
        ),
        {
            "zh-Hant": "因自行發現，每單位計 2（規定分值 5） [標準：第1章第4條]",
            "zh-Hans": "因自行发现，每单位计 2（规定分值 5） [标准：第1章第4条]",
            "en": "2 points for one unit (found by oneself) in the place of 5 "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.COUNTED: (
        appraised(
            book(rule("2.1", 5, Unit.CUSTOMER, aggravated_by={"loss": SetTo(10)})),
            found(quantity=3, circumstances=["loss"]),
        ),
        {
            "zh-Hant": "按戶計：10 × 3 = 30 [標準：第2章第1條]",
            "zh-Hans": "按户计：10 × 3 = 30 [标准：第2章第1条]",
            "en": "counted for each customer: 10 × 3 = 30 [standard, chapter 2, section 1]",
        },
    ),
    Effect.STATED: (
        appraised(book(rule("2.1", "2.5")), found(quantity=3)),
        {
            "zh-Hant": "規定分值，按次：2.5 × 3 = 7.5 [標準：第2章第1條]",
            "zh-Hans": "规定分值，按次：2.5 × 3 = 7.5 [标准：第2章第1条]",
            "en": "stated points, for each occurrence: 2.5 × 3 = 7.5 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.UNIT_ASSUMED: (
        appraised(
            book(
                rule("2.1", Between(3, 6), Unit.UNSTATED),
                clauses=[clause(answers={"unstated_unit": "per-occurrence"})],
            ),
            found(quantity=3, assessed_points=4),
        ),
        {
            "zh-Hant": "規定分值，未寫明單位，按發生次數計：4 × 3 = 12 [標準：第1章第4條]",
            "zh-Hans": "规定分值，未写明单位，按发生次数计：4 × 3 = 12 [标准：第1章第4条]",
            "en": "stated points without a unit, once for each occurrence: 4 × 3 = 12 "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.ASSESSED: (
        appraised(book(rule("2.1", 5, discretionary=True)), found(assessed_points=2)),
        {
            "zh-Hant": "評定人酌情核定：2 [政策：酌情扣分（discretion）]",
            "zh-Hans": "评定人酌情核定：2 [政策：酌情扣分（discretion）]",
            "en": "set by the assessor within the stated points: 2 [policy: discretion]",
        },
    ),
    Effect.NO_POINTS: (
        appraised(book(rule("2.1", None, consequences=["fine"])), found()),
        {
            "zh-Hant": "此條不扣分 [標準：第2章第1條]",
            "zh-Hans": "此条不扣分 [标准：第2章第1条]",
            "en": "this rule deducts no points [standard, chapter 2, section 1]",
        },
    ),
    Effect.AGGRAVATED: (
        appraised(WEIGHED, found(circumstances=["loss"])),
        {
            "zh-Hant": "依 2.1 因造成損失加重，分值乘以 1.25：5 × 1.25 = 6.25 [標準：第2章第1條]",
            "zh-Hans": "依 2.1 因造成损失加重，分值乘以 1.25：5 × 1.25 = 6.25 [标准：第2章第1条]",
            "en": "aggravated under rule 2.1 (a loss), the points times 1.25: 5 × 1.25 = 6.25 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.NO_EFFECT: (
        appraised(book(rule("2.1", 5)), found(circumstances=["loss", "press"])),
        {
            "zh-Hant": "已登記而不影響本條的情節：造成損失、見報 [標準：第2章第1條]",
            "zh-Hans": "已登记而不影响本条的情节：造成损失、见报 [标准：第2章第1条]",
            "en": "recorded, without effect under this rule: a loss, press reports "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.AGGRAVATION_ROUNDED: (
        appraised(WEIGHED, found(circumstances=["loss"]), policy=HALVES),
        {
            "zh-Hant": "取整至 0.5 的倍數：6.25 → 6.5 [政策：分值的最小單位（smallest_unit）]",
            "zh-Hans": "取整至 0.5 的倍数：6.25 → 6.5 [政策：分值的最小单位（smallest_unit）]",
            "en": "rounded to a multiple of 0.5: 6.25 → 6.5 [policy: smallest_unit]",
        },
    ),
    Effect.AGGRAVATION_OUTWEIGHED: (
        appraised(WEIGHED, found(circumstances=["loss", "press"])),
        {
            "zh-Hant": "見報亦屬加重情節，但另一情節計分不低於此，故不另計 [標準：第2章第1條]",
            "zh-Hans": "见报亦属加重情节，但另一情节计分不低于此，故不另计 [标准：第2章第1条]",
            "en": "aggravating too, but another circumstance leaves no fewer points: press reports "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.MITIGATED: (
        appraised(WEIGHED, found(circumstances=["self"])),
        {
            "zh-Hant": "因自行發現從輕，分值乘以 0.5：5 × 0.5 = 2.5 [標準：第2章第1條]",
            "zh-Hans": "因自行发现从轻，分值乘以 0.5：5 × 0.5 = 2.5 [标准：第2章第1条]",
            "en": "mitigated (found by oneself), the points times 0.5: 5 × 0.5 = 2.5 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.WAIVED: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(mitigated_by={"at-once": Waive()})]),
            found(circumstances=["at-once"]),
        ),
        {
            "zh-Hant": "因當日改正，免予扣分：5 - 5 = 0 [標準：第1章第4條]",
            "zh-Hans": "因当日改正，免予扣分：5 - 5 = 0 [标准：第1章第4条]",
            "en": "the points are waived (put right at once): 5 - 5 = 0 "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.MITIGATION_ROUNDED: (
        appraised(
            book(
                rule("2.1", "2.5", mitigated_by=["self"]),
                clauses=[clause(answers={"smallest_unit": "0.5", "rounding": "down"})],
            ),
            found(circumstances=["self"]),
        ),
        {
            "zh-Hant": "取整至 0.5 的倍數：1.25 → 1 [標準：第1章第4條]",
            "zh-Hans": "取整至 0.5 的倍数：1.25 → 1 [标准：第1章第4条]",
            "en": "rounded to a multiple of 0.5: 1.25 → 1 [standard, chapter 1, section 4]",
        },
    ),
    Effect.MITIGATION_OUTWEIGHED: (
        appraised(WEIGHED, found(circumstances=["self", "at-once"])),
        {
            "zh-Hant": "當日改正亦屬從輕情節，但另一情節計分不高於此，故不另計 [標準：第2章第1條]",
            "zh-Hans": "当日改正亦属从轻情节，但另一情节计分不高于此，故不另计 [标准：第2章第1条]",
            "en": "mitigating too, but another circumstance leaves no more points: put right at "
            "once [standard, chapter 2, section 1]",
        },
    ),
    Effect.UNIT_REPEATED: (
        appraised(
            book(rule("2.1", 5, again=Again({2: SetTo(8)}, within=Span(months=1)))),
            found("V-0"),
            found(occurred_on=date(2025, 4, 1), quantity=2),
        ),
        {
            "zh-Hant": "1 個月內同一條款再犯（此前：V-0），第 2 次起每單位計 8 分（規定分值 5） "
            "[標準：第2章第1條]",
            "zh-Hans": "1 个月内同一条款再犯（此前：V-0），第 2 次起每单位计 8 分（规定分值 5） "
            "[标准：第2章第1条]",
            "en": "again within 1 month under the same rule (before: V-0), from the 2nd time on "
            "8 points for one unit in the place of 5 [standard, chapter 2, section 1]",
        },
    ),
    Effect.REPEATED: (
        appraised(
            book(rule("2.1", 5), rule("2.2", 4), clauses=[clause(again=ANY_OF_A_YEAR)]),
            *(
                found(f"V-{day}", f"2.{1 + day % 2}", occurred_on=date(2025, 3, day))
                for day in DAYS
            ),
        ),
        {
            "zh-Hant": "同一年內（按違規查出之日）任何條款再犯（此前：V-1、V-2、V-3），"
            "第 4 次起分值另加 2.5：5 + 2.5 = 7.5 [標準：第1章第4條]",
            "zh-Hans": "同一年内（按违规查出之日）任何条款再犯（此前：V-1、V-2、V-3），"
            "第 4 次起分值另加 2.5：5 + 2.5 = 7.5 [标准：第1章第4条]",
            "en": "again within one year (by the day it was found) under any rule (before: V-1, "
            "V-2, V-3), from the 4th time on the points plus 2.5: 5 + 2.5 = 7.5 "
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.REPETITION_ROUNDED: (
        appraised(
            book(rule("2.1", 5, again=Again({2: Multiply("1.25")}, within=Span(months=12)))),
            found("V-0", occurred_on=date(2025, 3, 1)),
            found(),
            policy=HALVES,
        ),
        {
            "zh-Hant": "取整至 0.5 的倍數：6.25 → 6.5 [政策：分值的最小單位（smallest_unit）]",
            "zh-Hans": "取整至 0.5 的倍数：6.25 → 6.5 [政策：分值的最小单位（smallest_unit）]",
            "en": "rounded to a multiple of 0.5: 6.25 → 6.5 [policy: smallest_unit]",
        },
    ),
    Effect.DECIDED: (
        appraised(book(rule("2.1", 5)), found(), decided={"points": "1.5"}),
        {
            "zh-Hant": "申訴決定改定為 1.5：5 - 3.5 = 1.5 "
            "[政策：覆議改定的分值（reconsideration）]",
            "zh-Hans": "申诉决定改定为 1.5：5 - 3.5 = 1.5 "
            "[政策：复议改定的分值（reconsideration）]",
            "en": "the decision on the appeal sets 1.5: 5 - 3.5 = 1.5 [policy: reconsideration]",
        },
    ),
    Effect.SHARED: (
        appraised_as(
            "H-1",
            book(rule("2.1", 5, responsible=[HEAD], mitigated_by={"self": Multiply("0.5")})),
            found(circumstances=["self"]),
        ),
        {
            "zh-Hant": "作為負責人承擔責任，分值乘以 0.25：5 × 0.25 = 1.25 [標準：第2章第1條]",
            "zh-Hans": "作为负责人承担责任，分值乘以 0.25：5 × 0.25 = 1.25 [标准：第2章第1条]",
            "en": "answers as the head, the points times 0.25: 5 × 0.25 = 1.25 "
            "[standard, chapter 2, section 1]",
        },
    ),
    Effect.SHARE_ROUNDED: (
        appraised_as(
            "H-1",
            book(rule("2.1", 5), clauses=[clause(responsible=[HEAD])]),
            found(),
            policy=HALVES,
        ),
        {
            "zh-Hant": "取整至 0.5 的倍數：1.25 → 1.5 [政策：分值的最小單位（smallest_unit）]",
            "zh-Hans": "取整至 0.5 的倍数：1.25 → 1.5 [政策：分值的最小单位（smallest_unit）]",
            "en": "rounded to a multiple of 0.5: 1.25 → 1.5 [policy: smallest_unit]",
        },
    ),
    Effect.CAPPED: (
        appraised(book(rule("2.1", 5), clauses=[clause(cap=Cap(12))]), found(quantity=3)),
        {
            "zh-Hant": "單筆違規最高計 12：15 - 3 = 12 [標準：第1章第4條]",
            "zh-Hans": "单笔违规最高计 12：15 - 3 = 12 [标准：第1章第4条]",
            "en": "one violation deducts at most 12: 15 - 3 = 12 [standard, chapter 1, section 4]",
        },
    ),
    Effect.INCIDENT_CAPPED: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(cap=Cap(12, over="incident"))]),
            found(incident="I-7"),
            found("V-2", quantity=2, incident="I-7"),
        ),
        {
            "zh-Hant": "事件 I-7 最高計 12：15 - 3 = 12 [標準：第1章第4條]",
            "zh-Hans": "事件 I-7 最高计 12：15 - 3 = 12 [标准：第1章第4条]",
            "en": "incident I-7 counts at most 12: 15 - 3 = 12 [standard, chapter 1, section 4]",
        },
    ),
    Effect.PART_CAPPED: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(cap=Cap("7.5", over="part"))]), found(quantity=2)
        ),
        {
            "zh-Hant": "「違規」最高計 7.5：10 - 2.5 = 7.5 [標準：第1章第4條]",
            "zh-Hans": "“违规”最高计 7.5：10 - 2.5 = 7.5 [标准：第1章第4条]",
            "en": 'the part "breaches" counts at most 7.5: 10 - 2.5 = 7.5 '
            "[standard, chapter 1, section 4]",
        },
    ),
    Effect.PERIOD_CAPPED: (
        appraised(
            book(rule("2.1", 5), clauses=[clause(cap=Cap(0, over="period"))]), found(quantity=2)
        ),
        {
            "zh-Hant": "考核期最高計 0：10 - 10 = 0 [標準：第1章第4條]",
            "zh-Hans": "考核期最高计 0：10 - 10 = 0 [标准：第1章第4条]",
            "en": "the period counts at most 0: 10 - 10 = 0 [standard, chapter 1, section 4]",
        },
    ),
    Effect.FOLLOWS: (
        appraised(
            book(rule("2.1", 5, consequences={"fine": ["loss", "press"]})),
            found(circumstances=["loss"]),
        ),
        {
            "zh-Hant": "扣發績效（造成損失） [標準：第2章第1條]",
            "zh-Hans": "扣发绩效（造成损失） [标准：第2章第1条]",
            "en": "performance pay withheld (a loss) [standard, chapter 2, section 1]",
        },
    ),
    Effect.DISPLACED: (
        appraised(SPECIAL, found(incident="I"), found("V-2", "2.2", incident="I")),
        {
            "zh-Hant": "同一事件已登記特別條款（V-2），特別條款優先於一般條款：5 - 5 = 0 "
            "[政策：特別條款與一般條款（displacement）]",
            "zh-Hans": "同一事件已登记特别条款（V-2），特别条款优先于一般条款：5 - 5 = 0 "
            "[政策：特别条款与一般条款（displacement）]",
            "en": "the same incident has V-2, a special rule takes the place of the general rules: "
            "5 - 5 = 0 [policy: displacement]",
        },
    ),
    Effect.GAVE_WAY: (
        appraised(SPECIAL, found(incident="I"), found("V-2", "2.3", incident="I")),
        {
            "zh-Hant": "本條僅在同一事件未登記「違規」其他條款時適用，而已有V-1：1 - 1 = 0 "
            "[標準：第2章第3條]",
            "zh-Hans": "本条仅在同一事件未登记“违规”其他条款时适用，而已有V-1：1 - 1 = 0 "
            "[标准：第2章第3条]",
            "en": 'applies only where no other rule of the part "breaches" was recorded for the '
            "incident, which has V-1: 1 - 1 = 0 [standard, chapter 2, section 3]",
        },
    ),
    Effect.CONCURRENT: (
        appraised(
            book(rule("2.1", 5), rule("2.2", 3)),
            found(incident="I"),
            found("V-2", "2.2", incident="I"),
        ),
        {
            "zh-Hant": "同一事件只計扣分最多的一條，該條各筆均計，相同者計標準中在先的一條"
            "：V-1；本項：3 - 3 = 0 [政策：一事觸犯數條（concurrence）]",
            "zh-Hans": "同一事件只计扣分最多的一条，该条各笔均计，相同者计标准中在先的一条"
            "：V-1；本项：3 - 3 = 0 [政策：一事触犯数条（concurrence）]",
            "en": "of the same incident only the rule that deducts the most counts, with all its "
            "violations, and of equal rules the first: V-1; here: 3 - 3 = 0 [policy: concurrence]",
        },
    ),
    Effect.HONOURED_ONCE: (
        appraised(
            book(award("2.1", 1), award("2.2", "0.5")),
            merit("M-1", "2.1", incident="E"),
            merit("M-2", "2.2", incident="E"),
        ),
        {
            "zh-Hant": "同一事件只計最高一項加分，即M-1；本項：0.5 - 0.5 = 0 "
            "[政策：一事觸犯數條（concurrence）]",
            "zh-Hans": "同一事件只计最高一项加分，即M-1；本项：0.5 - 0.5 = 0 "
            "[政策：一事触犯数条（concurrence）]",
            "en": "of the merits of one event the highest counts, which is M-1; here: "
            "0.5 - 0.5 = 0 [policy: concurrence]",
        },
    ),
    Effect.ONCE_A_PERIOD: (
        appraised(
            book(
                rule("2.1", 5, Unit.UNSTATED),
                clauses=[clause(answers={"unstated_unit": "once-a-period"})],
            ),
            found(),
            found("V-2"),
        ),
        {
            "zh-Hant": "同一條款每個考核期只計一次，取最高者，即V-1；本項：5 - 5 = 0 "
            "[標準：第1章第4條]",
            "zh-Hans": "同一条款每个考核期只计一次，取最高者，即V-1；本项：5 - 5 = 0 "
            "[标准：第1章第4条]",
            "en": "once for each rule in a period, the heaviest, which is V-1; here: 5 - 5 = 0 "
            "[standard, chapter 1, section 4]",
        },
    ),
}


def test_every_effect_is_said() -> None:
    assert set(SAID) == set(Effect)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("effect", Effect, ids=lambda effect: effect.value)
def test_each_effect_is_said_with_its_numbers_and_its_reason(
    effect: Effect, language: Language
) -> None:
    appraisal, expected = SAID[effect]
    assert said(appraisal, effect, language) == expected[language]


# Each kind of weight, wherever it stands.

WEIGHTS: list[tuple[dict[str, Any], dict[str, Any], Effect, dict[str, str]]] = [
    (
        {"aggravated_by": {"loss": Add("2.5")}},
        {"circumstances": ["loss"]},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "因造成損失加重，分值另加 2.5：5 + 2.5 = 7.5",
            "zh-Hans": "因造成损失加重，分值另加 2.5：5 + 2.5 = 7.5",
            "en": "(a loss), the points plus 2.5: 5 + 2.5 = 7.5",
        },
    ),
    (
        {"aggravated_by": {"loss": Multiply(3)}},
        {"circumstances": ["loss"], "quantity": 2},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "因造成損失加重，分值乘以 3：10 × 3 = 30",
            "zh-Hans": "因造成损失加重，分值乘以 3：10 × 3 = 30",
            "en": "(a loss), the points times 3: 10 × 3 = 30",
        },
    ),
    (
        {"aggravated_by": {"loss": Assessed()}},
        {"circumstances": ["loss"], "assessed_points": "7.25"},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "因造成損失加重，由評定人核定分值，不低於規定分值：5 + 2.25 = 7.25",
            "zh-Hans": "因造成损失加重，由评定人核定分值，不低于规定分值：5 + 2.25 = 7.25",
            "en": "(a loss), the amount the assessor set, not below the stated points: "
            "5 + 2.25 = 7.25",
        },
    ),
    # The policy's own, where the standard says heavier and not how much.
    (
        {"aggravated_by": ["loss"]},
        {"circumstances": ["loss"]},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "因造成損失加重，分值乘以 2：5 × 2 = 10 "
            "[政策：加重處罰的分值（aggravation）]",
            "zh-Hans": "因造成损失加重，分值乘以 2：5 × 2 = 10 "
            "[政策：加重处罚的分值（aggravation）]",
            "en": "(a loss), the points times 2: 5 × 2 = 10 [policy: aggravation]",
        },
    ),
    (
        {"mitigated_by": ["self"]},
        {"circumstances": ["self"]},
        Effect.MITIGATED,
        {
            "zh-Hant": "因自行發現從輕，分值乘以 0.5：5 × 0.5 = 2.5 "
            "[政策：從輕處理的分值（mitigation）]",
            "zh-Hans": "因自行发现从轻，分值乘以 0.5：5 × 0.5 = 2.5 "
            "[政策：从轻处理的分值（mitigation）]",
            "en": "mitigated (found by oneself), the points times 0.5: 5 × 0.5 = 2.5 "
            "[policy: mitigation]",
        },
    ),
    (
        {"mitigated_by": {"self": Multiply(0)}},
        {"circumstances": ["self"]},
        Effect.MITIGATED,
        {
            "zh-Hant": "因自行發現從輕，分值乘以 0：5 × 0 = 0",
            "zh-Hans": "因自行发现从轻，分值乘以 0：5 × 0 = 0",
            "en": "mitigated (found by oneself), the points times 0: 5 × 0 = 0",
        },
    ),
    # A lawsuit has no weight of its own, but is in the press.
    (
        {"aggravated_by": {"loss": Multiply(9), "press": Add(4)}},
        {"circumstances": ["lawsuit"]},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "因涉訟（屬於見報）加重，分值另加 4：5 + 4 = 9",
            "zh-Hans": "因涉讼（属于见报）加重，分值另加 4：5 + 4 = 9",
            "en": "(a lawsuit, which is also press reports), the points plus 4: 5 + 4 = 9",
        },
    ),
    # Where it has both, what is said is the weight that acts.
    (
        {"aggravated_by": {"lawsuit": Add(1), "press": Multiply(3)}},
        {"circumstances": ["lawsuit"]},
        Effect.AGGRAVATED,
        {
            "zh-Hant": "分值乘以 3：5 × 3 = 15",
            "zh-Hans": "分值乘以 3：5 × 3 = 15",
            "en": "the points times 3: 5 × 3 = 15",
        },
    ),
    # An amount below the stated one is raised to it.
    (
        {"aggravated_by": {"loss": SetTo(3)}},
        {"circumstances": ["loss"]},
        Effect.UNIT_RAISED,
        {
            "zh-Hant": "因造成損失，每單位計 5（規定分值 5）",
            "zh-Hans": "因造成损失，每单位计 5（规定分值 5）",
            "en": "5 points for one unit (a loss) in the place of 5",
        },
    ),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("weights", "facts", "effect", "expected"), WEIGHTS, ids=[f"c{n}" for n in range(len(WEIGHTS))]
)
@pytest.mark.parametrize("by", ["a rule", "a clause"])
def test_each_weight_is_said_with_its_arithmetic(
    by: str,
    weights: dict[str, Any],
    facts: dict[str, Any],
    effect: Effect,
    expected: dict[str, str],
    language: Language,
) -> None:
    if by == "a rule":
        standard = book(rule("2.1", 5, **weights))
    else:
        standard = book(rule("2.1", 5), clauses=[clause(**weights)])
    assert expected[language] in said(appraised(standard, found(**facts)), effect, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_range_is_said_by_its_least_where_the_assessor_sets_the_whole(language: Language) -> None:
    standard = book(rule("2.1", Between(3, 6), aggravated_by={"loss": Assessed()}))
    appraisal = appraised(standard, found(circumstances=["loss"], quantity=2, assessed_points=9))
    assert "3 × 2 = 6" in said(appraisal, Effect.STATED, language)
    assert "6 + 3 = 9" in said(appraisal, Effect.AGGRAVATED, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_amount_that_takes_the_place_of_a_range_says_the_range(language: Language) -> None:
    standard = book(rule("2.1", Between(3, 6), aggravated_by={"loss": SetTo(8)}))
    appraisal = appraised(standard, found(circumstances=["loss"], quantity=2, assessed_points=4))
    expected = {
        "zh-Hant": "因造成損失，每單位計 8（規定分值 3 至 6）",
        "zh-Hans": "因造成损失，每单位计 8（规定分值 3 至 6）",
        "en": "8 points for one unit (a loss) in the place of 3 to 6",
    }
    assert said(appraisal, Effect.UNIT_RAISED, language).startswith(expected[language])
    assert "8 × 2 = 16" in said(appraisal, Effect.COUNTED, language)


# Reasons.


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "zh-Hant",
            ["[標準 2024 版：第2章第1條]", "[2024 版的政策：加重處罰的分值（aggravation）]"],
        ),
        (
            "zh-Hans",
            ["[标准 2024 版：第2章第1条]", "[2024 版的政策：加重处罚的分值（aggravation）]"],
        ),
        (
            "en",
            [
                "[standard, edition 2024, chapter 2, section 1]",
                "[policy of edition 2024: aggravation]",
            ],
        ),
    ],
)
def test_a_reason_names_the_edition_where_there_are_several(
    language: Language, expected: list[str]
) -> None:
    old = book(rule("2.1", 5, aggravated_by=["loss"]), edition="2024")
    new = book(rule("2.1", 3), edition="2025")
    editions = [
        Edition(old, last=date(2025, 6, 30), policy=Policy(aggravation=Add(1))),
        Edition(new, date(2025, 7, 1)),
    ]
    appraisal = appraised(Editions(editions), found(circumstances=["loss"]))
    reasons = [
        reason_of(step.reason, appraisal.standard, language) for _, step in steps_of(appraisal)
    ]
    assert reasons == expected
    assert said(appraisal, Effect.AGGRAVATED, language).count("5 + 1 = 6") == 1


# Places.


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh-Hant", ["第2章", "第2章第10條", "第2章b條"]),
        ("zh-Hans", ["第2章", "第2章第10条", "第2章b条"]),
        ("en", ["chapter 2", "chapter 2, section 10", "chapter 2, section b"]),
    ],
)
def test_a_citation_has_the_names_of_its_levels(language: Language, expected: list[str]) -> None:
    standard = book(rule("2.1", 5))
    places = [["2"], ["2", "10"], ["2", "b"]]
    assert [cited(Citation(path), standard, language) for path in places] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_is_headed_as_its_own_edition_names_its_levels(language: Language) -> None:
    def of(edition: str, id: str, levels: list[Text], citation: Any) -> Rulebook:
        part = Part(id, Text.same(f"part {id}"), citation=citation, rules=[rule("2.1", 5)])
        return Rulebook(
            "own", edition, text=GENERAL, levels=levels, circumstances=[LOSS], parts=[part]
        )

    old = of("2024", "old", LEVELS, "2")
    articles = [Text("篇", "篇", en="article"), Text("款", "款", en="paragraph")]
    new = of("2025", "new", articles, None)
    editions = [Edition(old, last=date(2025, 6, 30)), Edition(new, date(2025, 7, 1))]
    appraisal = appraised(Editions(editions), found())
    headings = [heading_of(appraisal, each, language) for each in appraisal.subtotals]
    chapter = {"zh-Hant": "第2章 part old", "zh-Hans": "第2章 part old"}
    assert headings == ["part new", chapter.get(language, "part old (chapter 2)")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incident_without_a_name_is_that_of_its_violation(language: Language) -> None:
    appraisal = appraised(
        book(rule("2.1", 5), clauses=[clause(cap=Cap(4, over="incident"))]), found("V-3")
    )
    (cap,) = appraisal.caps
    sentence = cap_sentence_of(appraisal, cap, cap.steps[0], language)
    assert " V-3 " in sentence
    assert "5 - 1 = 4" in sentence


@pytest.mark.parametrize(
    ("language", "taken"),
    [
        ("zh-Hant", "（其中第2章 違規減 5 分、其他減 1 分）"),
        ("zh-Hans", "（其中第2章 违规减 5 分、其他减 1 分）"),
        ("en", " (breaches (chapter 2): 5 less, others: 1 less)"),
    ],
)
def test_a_cap_over_several_parts_says_what_it_takes_from_each(
    language: Language, taken: str
) -> None:
    standard = book(rule("2.1", 5), clauses=[clause(cap=Cap(2, over="incident"))])
    others = Part("3", Text("其他", "其他", en="others"), rules=[rule("3.1", 3)])
    standard = attrs.evolve(standard, parts=[*standard.parts, others])
    acts = (found("V-1", incident="I"), found("V-2", "3.1", incident="I"))
    appraisal = appraised(standard, *acts, policy=Policy(concurrence=Concurrence.CUMULATIVE))
    (cap,) = appraisal.caps
    sentence = cap_sentence_of(appraisal, cap, cap.steps[0], language)
    assert sentence.endswith(f"8 - 6 = 2{taken}")


def test_a_step_in_a_line_that_it_does_not_belong_to_is_said_all_the_same() -> None:
    appraisal, _ = SAID[Effect.PERIOD_CAPPED]
    step, line = appraisal.caps[0].steps[0], appraisal.lines[0]
    assert sentence_of(appraisal, line, step, "en").startswith("the period counts at most :")
    stated = line.steps[0]
    cap = appraisal.caps[0]
    assert cap_sentence_of(appraisal, cap, stated, "en").startswith("stated points, : ")


# Tags.

TAGGED: dict[Effect, dict[str, str | None]] = {
    Effect.OTHER_EDITION: {
        "zh-Hant": "適用 2025 版",
        "zh-Hans": "适用 2025 版",
        "en": "edition 2025",
    },
    Effect.FOLLOWS: {
        "zh-Hant": "扣發績效",
        "zh-Hans": "扣发绩效",
        "en": "performance pay withheld",
    },
    Effect.CAPPED: {"zh-Hant": "已達單筆上限", "zh-Hans": "已达单笔上限", "en": "capped"},
    Effect.STATED: {"zh-Hant": None, "zh-Hans": None, "en": None},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("effect", TAGGED, ids=lambda effect: effect.value)
def test_a_tag_says_what_a_card_has_room_for(effect: Effect, language: Language) -> None:
    appraisal, _ = SAID[effect]
    tags = [
        tag_of(appraisal, line, step, language)
        for line, step in steps_of(appraisal)
        if step.effect is effect
    ]
    assert set(tags) == {TAGGED[effect][language]}


# Values.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, {"zh-Hant": "無", "zh-Hans": "无", "en": "none"}),
        ((), {"zh-Hant": "無", "zh-Hans": "无", "en": "none"}),
        (Policy(floor="2.50").floor, {"zh-Hant": "2.5", "zh-Hans": "2.5", "en": "2.5"}),
        (
            PendingAppeals.COUNT,
            {
                "zh-Hant": "申訴期間照計",
                "zh-Hans": "申诉期间照计",
                "en": "the violation counts meanwhile",
            },
        ),
        (
            CountedOn.FOUND,
            {"zh-Hant": "違規查出之日", "zh-Hans": "违规查出之日", "en": "the day it was found"},
        ),
        (Waive(), {"zh-Hant": "免予扣分", "zh-Hans": "免予扣分", "en": "the points are waived"}),
        (
            (
                Grade("A", Text("優", "优", en="good"), at_least=90, below=None),
                Grade("D", Text("差", "差", en="bad"), at_least=None, below=90),
            ),
            {
                "zh-Hant": "優 (90 ≤ …)、差 (… < 90)",
                "zh-Hans": "优 (90 ≤ …)、差 (… < 90)",
                "en": "good (90 ≤ …), bad (… < 90)",
            },
        ),
    ],
    ids=["none", "no grades", "a number", "a choice", "a day", "a weight", "grades"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_value_of_a_field_of_the_policy_is_said(
    value: object, expected: dict[str, str], language: Language
) -> None:
    assert value_in_words(value, language) == expected[language]
