"""Rulebook flaws: what keeps a rulebook from being one, in three languages."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from cmappraisal.errors import ProblemCode
from cmappraisal.flaw_wordings import WordedFlaw, Words, filled, perhaps
from cmappraisal.texts import Text


def _table(*rows: tuple[str, str, str]) -> MappingProxyType[str, Words]:
    return MappingProxyType({en: Words(zh_hant, zh_hans, en) for en, zh_hant, zh_hans in rows})


NOUNS: Final = _table(
    ("part", "部分", "部分"),
    ("rule", "條款", "条款"),
    ("clause", "總則條文", "总则条文"),
    ("circumstance", "情節", "情节"),
    ("consequence", "處理措施", "处理措施"),
    ("parts", "個部分", "个部分"),
    ("rules", "條條款", "条条款"),
    ("clauses", "條總則條文", "条总则条文"),
    ("circumstances", "個情節", "个情节"),
    ("consequences", "項處理措施", "项处理措施"),
    ("silences", "處未作規定之處", "处未作规定之处"),
)
"""What a rulebook has, by its name in English."""

STATED: Final = _table(
    ("aggravated by", "加重情節", "加重情节"),
    ("mitigated by", "從輕情節", "从轻情节"),
    ("answers", "政策項目", "政策项目"),
    ("repetition", "再犯", "再犯"),
    ("who is responsible", "連帶責任", "连带责任"),
    ("a limitation", "追究期限", "追究期限"),
    ("a balance", "積分餘額", "积分余额"),
    ("clean time", "無扣分獎勵", "无扣分奖励"),
)
"""What a rule or a clause can state, by its name in English."""

TIES: Final = _table(("displaces", "優先於", "优先于"), ("refers to", "參照", "参照"))
"""How a rule names another."""

EFFECTS: Final = _table(
    ("a rule without a penalty", "不扣分的條款", "不扣分的条款"),
    ("a Referral", "參照其他條款的條款（Referral）", "参照其他条款的条款（Referral）"),
    ("a rule that awards points", "加分條款", "加分条款"),
)
"""What a rule does, where some fields have no effect."""

CAP: Final = Text("{1}的{0}上限", "{1}的{0}上限", en="a cap of {0} over {1}")
CAP_OVER_PART: Final = Text(
    "{1}（「{2}」）的{0}上限", "{1}（“{2}”）的{0}上限", en='a cap of {0} over {1} ("{2}")'
)

_IT: Final = Text(
    "；請填寫該規則集的{0}", "；请填写该规则集的{0}", en="; name a {0} of that rulebook"
)
_LEVEL: Final = Text("只有 {0} 個層級", "只有 {0} 个层级", en="is {0} level")
_LEVELS: Final = Text("只有 {0} 個層級", "只有 {0} 个层级", en="are {0} levels")


def named_or_meant(noun: str, given: str, known: Iterable[str]) -> Words:
    """The remedy for an id that a rulebook does not have."""
    return perhaps(given, known) or filled(_IT, NOUNS[noun])


def count_of_levels(count: int) -> Words:
    """How many levels there are."""
    return filled(_LEVEL if count == 1 else _LEVELS, count)


class RulebookFlaw(WordedFlaw):
    """What can be wrong with a rulebook: the code of the problem, and its wording."""

    TOO_MANY = (
        "too-many",
        ProblemCode.TOO_MANY,
        Text(
            "有 {0} {1}，多於 {2}；請刪去無人閱讀的",
            "有 {0} {1}，多于 {2}；请删去无人阅读的",
            en="there are {0} {1}, more than {2}; leave out what nobody reads",
        ),
    )
    NO_PART = (
        "no-part",
        ProblemCode.MISSING,
        Text(
            "沒有任何部分；請填寫至少一個，連同其條款",
            "没有任何部分；请填写至少一个，连同其条款",
            en="there is no part; give at least one, with its rules",
        ),
    )
    EMPTY_PART = (
        "empty-part",
        ProblemCode.MISSING,
        Text(
            "部分「{0}」是空的；請填寫條款，或刪去",
            "部分“{0}”是空的；请填写条款，或删去",
            en='part "{0}" is empty; give it rules, or leave it out',
        ),
    )
    TWO_RESIDUAL_RULES = (
        "two-residual-rules",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」是兜底條款，同一部分的「{1}」也是，兩者會互相讓位；每一部分只可有一條兜底條款",
            "条款“{0}”是兜底条款，同一部分的“{1}”也是，两者会互相让位；每一部分只可有一条兜底条款",
            en='rule "{0}" is residual, as "{1}" of the same part is, and each would give way to '
            "the other; let a part have one residual rule",
        ),
    )
    REPEATED_PART = (
        "repeated-part",
        ProblemCode.REPEATED,
        Text(
            "部分「{0}」重複；每一部分只列一次",
            "部分“{0}”重复；每一部分只列一次",
            en='part "{0}" is there twice; name each part once',
        ),
    )
    REPEATED_RULE = (
        "repeated-rule",
        ProblemCode.REPEATED,
        Text(
            "條款「{0}」重複；請給每條條款不同的編號",
            "条款“{0}”重复；请给每条条款不同的编号",
            en='rule "{0}" is there twice; give each rule an id of its own',
        ),
    )
    REPEATED_CLAUSE = (
        "repeated-clause",
        ProblemCode.REPEATED,
        Text(
            "總則條文「{0}」重複；請給每條條文不同的編號",
            "总则条文“{0}”重复；请给每条条文不同的编号",
            en='clause "{0}" is there twice; give each clause an id of its own',
        ),
    )
    REPEATED_CIRCUMSTANCE = (
        "repeated-circumstance",
        ProblemCode.REPEATED,
        Text(
            "情節「{0}」重複；請只聲明一次",
            "情节“{0}”重复；请只声明一次",
            en='circumstance "{0}" is there twice; declare it once',
        ),
    )
    REPEATED_CONSEQUENCE = (
        "repeated-consequence",
        ProblemCode.REPEATED,
        Text(
            "處理措施「{0}」重複；請只聲明一次",
            "处理措施“{0}”重复；请只声明一次",
            en='consequence "{0}" is there twice; declare it once',
        ),
    )
    REPEATED_CITATION = (
        "repeated-citation",
        ProblemCode.REPEATED,
        Text(
            "出處 {0} 重複；一條中的各項處罰請分項",
            "出处 {0} 重复；一条中的各项处罚请分项",
            en="citation {0} is there twice; give each penalty of a clause a limb of its own",
        ),
    )
    REPEATED_SILENCE = (
        "repeated-silence",
        ProblemCode.REPEATED,
        Text(
            "關於 {0} 未作規定的說明重複；標準未作規定之處請只說一次",
            "关于 {0} 未作规定的说明重复；标准未作规定之处请只说一次",
            en="the silence about {0} is there twice; say once what the standard leaves open",
        ),
    )
    CLAUSE_LIKE_A_RULE = (
        "clause-like-a-rule",
        ProblemCode.REPEATED,
        Text(
            "「{0}」既是總則條文又是條款的編號；請各用一個編號",
            "“{0}”既是总则条文又是条款的编号；请各用一个编号",
            en='"{0}" is the id of a clause and of a rule; give each its own',
        ),
    )
    LIMB_OF_A_WHOLE_CLAUSE = (
        "limb-of-a-whole-clause",
        ProblemCode.CONTRADICTION,
        Text(
            "{0} 是某條之中的一項，而另一條款引用了該條的全部；請為後者也分項",
            "{0} 是某条之中的一项，而另一条款引用了该条的全部；请为后者也分项",
            en="{0} is a limb of a clause that another rule cites whole; give that one a limb too",
        ),
    )
    STATED_FOR_ONE_TWICE = (
        "stated-for-one-twice",
        ProblemCode.CONTRADICTION,
        Text(
            "兩條總則條文都規定{0}「{1}」；請只由一條規定",
            "两条总则条文都规定{0}“{1}”；请只由一条规定",
            en='two clauses state {0} "{1}"; let one of them do so',
        ),
    )
    STATED_TWICE = (
        "stated-twice",
        ProblemCode.CONTRADICTION,
        Text(
            "總則條文 {0} 都規定{1}；請只由一條規定",
            "总则条文 {0} 都规定{1}；请只由一条规定",
            en="clauses {0} each state {1}; let one of them do so",
        ),
    )
    NO_SILENCE = (
        "no-silence",
        ProblemCode.CONTRADICTION,
        Text(
            "{0} 並非未作規定，已有總則條文規定；請刪去",
            "{0} 并非未作规定，已有总则条文规定；请删去",
            en="{0} is no silence, since a clause answers it; leave it out",
        ),
    )
    STATES_UNDECLARED = (
        "states-undeclared",
        ProblemCode.UNKNOWN_ID,
        Text(
            "{0}「{1}」列有{2}「{3}」，但未聲明；請在情節中聲明{4}",
            "{0}“{1}”列有{2}“{3}”，但未声明；请在情节中声明{4}",
            en='{0} "{1}" is {2} "{3}", which is not declared; declare it among the '
            "circumstances{4}",
        ),
    )
    CLAUSE_NAMES_UNDECLARED = (
        "clause-names-undeclared",
        ProblemCode.UNKNOWN_ID,
        Text(
            "總則條文「{0}」提及處理措施「{1}」，但未聲明；請在處理措施中聲明{2}",
            "总则条文“{0}”提及处理措施“{1}”，但未声明；请在处理措施中声明{2}",
            en='clause "{0}" names consequence "{1}", which is not declared; declare it among the '
            "consequences{2}",
        ),
    )
    CAP_OVER_NO_PART = (
        "cap-over-no-part",
        ProblemCode.UNKNOWN_ID,
        Text(
            "總則條文「{0}」為部分「{1}」設上限，但沒有此部分；請填寫本規則集的部分{2}",
            "总则条文“{0}”为部分“{1}”设上限，但没有此部分；请填写本规则集的部分{2}",
            en='clause "{0}" has a cap over part "{1}", which is not there; name a part of this '
            "rulebook{2}",
        ),
    )
    IMPLIES_UNDECLARED = (
        "implies-undeclared",
        ProblemCode.UNKNOWN_ID,
        Text(
            "情節「{0}」包含「{1}」，但後者未聲明；請在情節中聲明",
            "情节“{0}”包含“{1}”，但后者未声明；请在情节中声明",
            en='circumstance "{0}" implies "{1}", which is not declared; declare it among the '
            "circumstances",
        ),
    )
    IMPLIES_EXCLUSIVE = (
        "implies-exclusive",
        ProblemCode.CONTRADICTION,
        Text(
            "情節「{0}」帶有 {1}，但「{2}」組只可登記一個；請取消包含關係，或移出該組",
            "情节“{0}”带有 {1}，但“{2}”组只可登记一个；请取消包含关系，或移出该组",
            en='circumstance "{0}" brings {1}, but of group "{2}" one at most is recorded; break '
            "the implication, or leave the group",
        ),
    )
    TOO_DEEP = (
        "too-deep",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}「{1}」的出處是 {2}，但{3}（{4}）；請為每一級聲明層級",
            "{0}“{1}”的出处是 {2}，但{3}（{4}）；请为每一级声明层级",
            en='{0} "{1}" cites {2}, but there {3} ({4}); declare a level for each step',
        ),
    )
    CITES_ELSEWHERE = (
        "cites-elsewhere",
        ProblemCode.CONTRADICTION,
        Text(
            "{0}「{1}」在部分「{2}」之中，但其出處 {3} 不在 {4} 之內；請使兩者一致",
            "{0}“{1}”在部分“{2}”之中，但其出处 {3} 不在 {4} 之内；请使两者一致",
            en='{0} "{1}" stands in part "{2}" but cites {3}, which is not within {4}; make them '
            "agree",
        ),
    )
    WITHOUT_EFFECT = (
        "without-effect",
        ProblemCode.WITHOUT_EFFECT,
        Text(
            "條款「{0}」有 {1}，但對{2}不起作用；請刪去",
            "条款“{0}”有 {1}，但对{2}不起作用；请删去",
            en='rule "{0}" has {1}, without effect on {2}; leave it out',
        ),
    )
    CAP_OF_ANOTHER_KIND = (
        "cap-of-another-kind",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」設有{1}的上限；請改為{2}的上限",
            "条款“{0}”设有{1}的上限；请改为{2}的上限",
            en='rule "{0}" has a cap of {1}; give it one of {2}',
        ),
    )
    NO_EFFECT = (
        "no-effect",
        ProblemCode.MISSING,
        Text(
            "條款「{0}」既無扣分，又無處理措施，也無加分；請填寫其中一項",
            "条款“{0}”既无扣分，又无处理措施，也无加分；请填写其中一项",
            en='rule "{0}" has neither a penalty nor consequences nor an award; give it one of '
            "them",
        ),
    )
    UNDECLARED_CONSEQUENCE = (
        "undeclared-consequence",
        ProblemCode.UNKNOWN_ID,
        Text(
            "條款「{0}」有處理措施「{1}」，但未聲明；請在處理措施中聲明{2}",
            "条款“{0}”有处理措施“{1}”，但未声明；请在处理措施中声明{2}",
            en='rule "{0}" has the consequence "{1}", which is not declared; declare it among the '
            "consequences{2}",
        ),
    )
    UNDECLARED_TRIGGER = (
        "undeclared-trigger",
        ProblemCode.UNKNOWN_ID,
        Text(
            "條款「{0}」在登記有「{2}」時有處理措施「{1}」，但該情節未聲明；請在情節中聲明{3}",
            "条款“{0}”在登记有“{2}”时有处理措施“{1}”，但该情节未声明；请在情节中声明{3}",
            en='rule "{0}" has the consequence "{1}" where "{2}" is recorded, which is not '
            "declared; declare it among the circumstances{3}",
        ),
    )
    AWAITS_UNDECLARED = (
        "awaits-undeclared",
        ProblemCode.UNKNOWN_ID,
        Text(
            "條款「{0}」的積分要待處理措施「{1}」執行完畢，但該措施未聲明；請在處理措施中聲明{2}",
            "条款“{0}”的积分要待处理措施“{1}”执行完毕，但该措施未声明；请在处理措施中声明{2}",
            en='rule "{0}" has points that wait for consequence "{1}", which is not declared; '
            "declare it among the consequences{2}",
        ),
    )
    TIED_TO_NONE = (
        "tied-to-none",
        ProblemCode.UNKNOWN_ID,
        Text(
            "條款「{0}」{1}「{2}」，但沒有此條款；請填寫本規則集的條款{3}",
            "条款“{0}”{1}“{2}”，但没有此条款；请填写本规则集的条款{3}",
            en='rule "{0}" {1} "{2}", which is not there; name a rule of this rulebook{3}',
        ),
    )
    TIED_TO_A_REFERRAL = (
        "tied-to-a-referral",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」{1}「{2}」，但後者只參照其他條款；請填寫它所參照的條款",
            "条款“{0}”{1}“{2}”，但后者只参照其他条款；请填写它所参照的条款",
            en='rule "{0}" {1} "{2}", which only refers; name the rules that it refers to',
        ),
    )
    TIED_TO_AN_AWARD = (
        "tied-to-an-award",
        ProblemCode.CONTRADICTION,
        Text(
            "條款「{0}」{1}「{2}」，但後者是加分條款；請填寫扣分的條款",
            "条款“{0}”{1}“{2}”，但后者是加分条款；请填写扣分的条款",
            en='rule "{0}" {1} "{2}", which awards points; name a rule that deducts them',
        ),
    )
    RESIDUAL_IN_NO_PART = (
        "residual-in-no-part",
        ProblemCode.UNKNOWN_ID,
        Text(
            "條款「{0}」是部分「{1}」的兜底條款，但沒有此部分；請填寫本規則集的部分{2}",
            "条款“{0}”是部分“{1}”的兜底条款，但没有此部分；请填写本规则集的部分{2}",
            en='rule "{0}" is residual in part "{1}", which is not there; name a part of this '
            "rulebook{2}",
        ),
    )
    CIRCLE_OF_CIRCUMSTANCES = (
        "circle-of-circumstances",
        ProblemCode.CONTRADICTION,
        Text(
            "情節循環包含：{0}；請在其中一處斷開",
            "情节循环包含：{0}；请在其中一处断开",
            en="circumstances imply one another in a circle: {0}; break it at one of them",
        ),
    )
    CIRCLE_OF_RULES = (
        "circle-of-rules",
        ProblemCode.CONTRADICTION,
        Text(
            "條款循環讓位：{0}；同時觸犯各條的事件會一分不扣，請讓其中一條適用",
            "条款循环让位：{0}；同时触犯各条的事件会一分不扣，请让其中一条适用",
            en="rules give way to one another in a circle: {0}; an incident under all of them "
            "would deduct nothing, so let one of them apply",
        ),
    )
    ABSENT = (
        "absent",
        ProblemCode.UNKNOWN_ID,
        Text(
            "規則集「{2}」沒有{0}「{1}」{3}",
            "规则集“{2}”没有{0}“{1}”{3}",
            en='{0} "{1}" is not in rulebook "{2}"{3}',
        ),
    )
    UNKNOWN_EDITION = (
        "unknown-edition",
        ProblemCode.UNKNOWN_ID,
        Text(
            "沒有版本「{0}」；現有：{1}",
            "没有版本“{0}”；现有：{1}",
            en='there is no edition "{0}"; known: {1}',
        ),
    )
    OF_SEVERAL_STANDARDS = (
        "of-several-standards",
        ProblemCode.CONTRADICTION,
        Text(
            "規則集 {0} 不是同一標準的版本；請用同一編號",
            "规则集 {0} 不是同一标准的版本；请用同一编号",
            en="rulebooks {0} are no editions of one standard; give one id",
        ),
    )
    REPEATED_EDITION = (
        "repeated-edition",
        ProblemCode.REPEATED,
        Text(
            "版本「{0}」重複；每個版本只列一次",
            "版本“{0}”重复；每个版本只列一次",
            en='edition "{0}" is there twice; name each once',
        ),
    )
    EDITIONS_OVERLAP = (
        "editions-overlap",
        ProblemCode.CONTRADICTION,
        Text(
            "版本「{0}」與「{1}」重疊：前者有效至{2}，後者由{3}起；前者的末日應為後者開始的前一日",
            "版本“{0}”与“{1}”重叠：前者有效至{2}，后者由{3}起；前者的末日应为后者开始的前一日",
            en='editions "{0}" and "{1}" overlap: the one is in force until {2}, the other from '
            "{3}; give the one the day before the other as its last",
        ),
    )
    EDITIONS_GAP = (
        "editions-gap",
        ProblemCode.CONTRADICTION,
        Text(
            "版本「{0}」與「{1}」之間有空隙：{2} 至 {3}；前者應止於後者開始的前一日",
            "版本“{0}”与“{1}”之间有空隙：{2} 至 {3}；前者应止于后者开始的前一日",
            en='editions "{0}" and "{1}" leave a gap from {2} to {3}; let the one end on the day '
            "before the other begins",
        ),
    )
