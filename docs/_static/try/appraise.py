"""The page that runs the library: from an input to the form and to what the library makes of it.

An input is a query such as ``year=2025&1.rule=3.2b&1.occurred_on=2025-03-02``, which is the
permalink too. Rules, circumstances, choices of the policy and their wordings are the library's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final

from cmappraisal import (
    LANGUAGES,
    AppraisalError,
    Language,
    Problem,
    Rulebook,
    Text,
    explain,
    score_card,
)
from cmappraisal.accounts import account_chart, points_account
from cmappraisal.comparison import (
    Situation,
    decisive,
    explain_decisive,
    explain_sensitivity,
    sensitivity,
    wordings,
)
from cmappraisal.comparison.results import Attempt, Result
from cmappraisal.policy import label_of
from cmappraisal.reports.html import Html, element, words
from cmappraisal.reports.problems import KINDS
from cmappraisal.reports.sentences import value_in_words
from cmappraisal.standards import Deduction, Editions, Referral
from cmappraisal.texts import listed, worded
from inputs import (
    BANDS,
    FIELDS,
    MANAGER,
    NUMBERS,
    OPTIONS,
    STANDARDS,
    Act,
    Given,
    read,
    situation_of,
    written,
)

NAMES: Final[Mapping[Language, str]] = {
    "zh-Hant": "繁體中文",
    "zh-Hans": "简体中文",
    "en": "English",
}
WORDS: Final = {
    "language": Text("本頁語言", "本页语言", en="Language"),
    "standard": Text("標準", "标准", en="Standard"),
    "year": Text("考核年度", "考核年度", en="Year"),
    "violation": Text("違規 {}", "违规 {}", en="Violation {}"),
    "rule": Text("條款", "条款", en="Rule"),
    "occurred_on": Text("發生日期", "发生日期", en="Day it happened"),
    "quantity": Text("數量", "数量", en="Quantity"),
    "incident": Text("事件名稱", "事件名称", en="Incident"),
    "circumstances": Text("情節", "情节", en="Circumstances"),
    "refers_to": Text("所指引的條款", "所指引的条款", en="Rule that it refers to"),
    "assessed_points": Text("評定人核定的分值", "评定人核定的分值", en="Assessor's amount"),
    "appealed": Text("申訴中", "申诉中", en="Under appeal"),
    "add": Text("增加一項違規", "增加一项违规", en="Add a violation"),
    "remove": Text("移除違規 {}", "移除违规 {}", en="Remove violation {}"),
    "policy": Text(
        "政策：標準未寫明之處的選項",
        "政策：标准未写明之处的选项",
        en="Policy: choices where the standard is silent",
    ),
    "letter": Text("說明書", "说明书", en="The letter"),
    "card": Text("評分卡", "评分卡", en="The score card"),
    "account": Text("積分檔案", "积分档案", en="The points account"),
    "decides": Text(
        "決定結果的選項", "决定结果的选项", en="Which choice of the policy decides the result"
    ),
    "field": Text("標準未寫明之處", "标准未写明之处", en="Where the standard is silent"),
    "now": Text("現在的選項", "现在的选项", en="Choice now"),
    "other": Text("其他選項", "其他选项", en="Other choice"),
    "result": Text("結果", "结果", en="Result"),
    "every": Text(
        "全部選項，以及左右結果的違規",
        "全部选项，以及左右结果的违规",
        en="Every choice, and the violations that decide",
    ),
    "permalink": Text("此輸入的固定連結", "此输入的固定链接", en="Permalink of this input"),
    "problems": Text("請更正：", "请更正：", en="Please correct:"),
    "count": Text("待更正：{} 項", "待更正：{} 项", en="to correct: {}"),
    "input": Text("輸入", "输入", en="Input"),
}
DETAIL: Final = Text("{}：{}", "{}：{}", en="{}: {}")


# The form.


def said(name: str, language: Language, *values: object) -> Html:
    """Some of the page's own words."""
    return words(worded(WORDS[name], language, *values))


def labelled(label: Html, control: Html, id: str) -> Html:
    """A control with its label."""
    return element("div", element("label", label, for_=id), control, class_="try-field")


def select(name: str, options: Iterable[Html], **attributes: object) -> Html:
    """A list to choose from."""
    return element("select", *options, name=name, id=f"try-{name}", **attributes)


def option(value: str, text: Html, chosen: str, language: Language | None = None) -> Html:
    """One of a list to choose from."""
    selected = "" if value == chosen else None
    return element("option", text, value=value, selected=selected, lang=language)


def field(name: str, value: str, kind: str = "text", **attributes: object) -> Html:
    """A line to type into."""
    made = element("input", type=kind, name=name, id=f"try-{name}", value=value, **attributes)
    return Html(made.removesuffix("</input>"))


def tick(name: str, value: str, text: Html, *, on: bool) -> Html:
    """A box to tick."""
    checked = "" if on else None
    made = element("input", type="checkbox", name=name, value=value, checked=checked)
    return element("label", Html(made.removesuffix("</input>")), text, class_="try-tick")


def button(name: str, value: str, text: Html) -> Html:
    """A button that changes the form."""
    return element("button", text, type="button", name=name, value=value, id=f"try-{name}-{value}")


def form(given: Given) -> Html:
    """The form without the policy; a control that changes the form itself says so."""
    language = given.language
    languages = [option(each, words(NAMES[each]), language, each) for each in LANGUAGES]
    standards = [
        option(each, words(text.in_language(language)), given.standard)
        for each, (text, _) in STANDARDS.items()
    ]
    rulebook = rulebook_of(given)
    acts = (act_form(number, act, rulebook, given) for number, act in enumerate(given.acts, 1))
    return element(
        "div",
        labelled(
            said("language", language),
            select("language", languages, data_reform=""),
            "try-language",
        ),
        labelled(
            said("standard", language),
            select("standard", standards, data_reform=""),
            "try-standard",
        ),
        labelled(
            said("year", language), field("year", given.year, inputmode="numeric"), "try-year"
        ),
        *acts,
        button("add", "1", said("add", language)),
        lang=language,
    )


def rulebook_of(given: Given) -> Rulebook:
    """The rulebook of the standard; of editions the last."""
    standard = STANDARDS[given.standard][1]
    return standard.rulebooks[-1] if isinstance(standard, Editions) else standard


def act_form(number: int, act: Act, rulebook: Rulebook, given: Given) -> Html:
    """The part of the form for one violation."""
    language, typed = given.language, act.typed

    def line(name: str, kind: str = "text", **attributes: object) -> Html:
        control = field(f"{number}.{name}", typed[name], kind, **attributes)
        return labelled(said(name, language), control, f"try-{number}.{name}")

    def rules(name: str, groups: Iterable[Html]) -> Html:
        control = select(f"{number}.{name}", groups, data_reform="")
        return labelled(said(name, language), control, f"try-{number}.{name}")

    def ruled(id: str, chosen: str) -> Html:
        return option(id, words(f"{id} {rulebook[id].text.in_language(language)}"), chosen)

    groups = [
        element(
            "optgroup",
            *(ruled(rule.id, typed["rule"]) for rule in part.rules),
            label=part.text.in_language(language),
        )
        for part in rulebook.parts
    ]
    penalty = rulebook[typed["rule"]].penalty if typed["rule"] in rulebook else None
    controls = [rules("rule", groups), line("occurred_on", kind="date")]
    if isinstance(penalty, Referral):
        applying = [ruled(id, typed["refers_to"]) for id in penalty.to]
        controls.append(rules("refers_to", [option("", Html("—"), typed["refers_to"]), *applying]))
    controls += [line("quantity", inputmode="numeric"), line("incident")]
    assessed = given.policy["aggravation"] == "assessed" or typed["assessed_points"]
    if assessed or (isinstance(penalty, Deduction) and penalty.discretionary):
        controls.append(line("assessed_points", inputmode="decimal"))
    circumstances = [
        tick(
            f"{number}.circumstances",
            each.id,
            words(each.text.in_language(language)),
            on=each.id in act.circumstances,
        )
        for each in rulebook.circumstances
    ]
    appealed = tick(
        f"{number}.appealed", "1", said("appealed", language), on=bool(typed["appealed"])
    )
    return element(
        "fieldset",
        element("legend", said("violation", language, number)),
        *controls,
        element("fieldset", element("legend", said("circumstances", language)), *circumstances),
        appealed,
        button("remove", str(number), said("remove", language, number)),
    )


def policy_form(given: Given) -> Html:
    """The part of the form for the policy: each field by its label, each choice by its wording."""
    language = given.language
    controls = []
    for name in FIELDS:
        chosen, key = given.policy[name], f"policy.{name}"
        if name in NUMBERS:
            control = field(key, chosen, inputmode="decimal")
        else:
            options = (
                option(each, words(value_in_words(value, language)), chosen)
                for each, value in OPTIONS[name].items()
            )
            control = select(key, options, data_reform="" if name == "aggravation" else None)
        controls.append(
            labelled(words(label_of(name).in_language(language)), control, f"try-{key}")
        )
    return element("div", *controls, lang=language)


# What the library makes of it.


def attempted(attempt: Attempt, situation: Situation, language: Language) -> str:
    """What an alternative comes to."""
    return "" if attempt.result is None else outcome(attempt.result, situation, language)


def outcome(result: Result, situation: Situation, language: Language) -> str:
    """What an appraisal comes to, in a line."""
    named = {
        "points": value_in_words(result.points, language),
        "score": None if result.score is None else value_in_words(result.score, language),
        "grade": next((each.text for each in BANDS if each.id == result.grade), None),
        "status": result.status.text,
        "consequences": listed(
            (
                situation.rulebooks[-1].consequence(each).text.in_language(language)
                for each in result.consequences
            ),
            language,
        ),
    }
    return " · ".join(
        worded(
            DETAIL,
            language,
            wordings.FIELDS[name].in_language(language),
            value.in_language(language) if isinstance(value, Text) else value,
        )
        for name, value in named.items()
        if value
    )


def decides(situation: Situation, language: Language) -> Html:
    """The choices of the policy that decide, as a table, and all of them in words."""
    found = sensitivity(situation, {name: options.values() for name, options in OPTIONS.items()})
    heads = {
        name: WORDS[name].in_language(language) for name in ("field", "now", "other", "result")
    }
    leads = {name: worded(DETAIL, language, head, "") for name, head in heads.items()}
    rows: list[Html] = []
    for name, alternatives in groupby(found.deciding, key=lambda each: each.field):
        tried = list(alternatives)
        now = value_in_words(getattr(situation.policy, name), language)
        shared = [
            element("th", words(text), scope="rowgroup", rowspan=len(tried), data_head=head)
            for text, head in ((label_of(name).in_language(language), None), (now, leads["now"]))
        ]
        for each in tried:
            choice = value_in_words(each.choice, language)
            result = attempted(each.attempt, situation, language)
            cells = [
                element("td", words(cell), data_head=leads[head])
                for cell, head in ((choice, "other"), (result, "result"))
            ]
            rows.append(element("tr", *shared, *cells))
            shared = []
    first = element("p", words(wordings.NONE_DECIDES.in_language(language)))
    if rows:
        named = (element("th", words(head), scope="col") for head in heads.values())
        table = element("table", element("thead", element("tr", *named)), element("tbody", *rows))
        label = WORDS["decides"].in_language(language)
        first = element(
            "div", table, class_="try-scroll", role="region", aria_label=label, tabindex=0
        )
    texts = explain_sensitivity(found, language), explain_decisive(decisive(situation), language)
    every = (element("pre", words(text)) for text in texts)
    details = element("details", element("summary", said("every", language)), *every)
    return element("div", first, details, lang=language)


def problems_in_words(problems: Iterable[Problem], language: Language) -> Html:
    """A list of what is wrong: the place and the kind of problem, then the library's own words.

    Those are in English where the problem has none in Chinese.
    """
    items = []
    for problem in problems:
        kind = KINDS[problem.code].in_language(language)
        place = worded(DETAIL, language, place_in_words(problem.path, language), kind)
        said_in = dict(zip(LANGUAGES, problem.chinese or (), strict=False))
        detail = element(
            "span",
            words(said_in.get(language, problem.message)),
            lang=language if language in said_in else "en",
            class_="try-detail",
        )
        items.append(element("li", words(place), Html(" "), detail))
    heading = element("p", said("problems", language))
    return element("div", heading, element("ul", *items), lang=language)


def place_in_words(path: str, language: Language) -> str:
    """Where a problem is, as the form calls it."""
    found = re.search(r'(?:\["?(?:V-)?(\d+)"?\])?\.(\w+)', path)
    number, name = found.groups() if found else (None, "input")
    if name in FIELDS:
        label = label_of(name).in_language(language)
    else:
        label = worded(WORDS.get(name, WORDS["input"]), language, "")
    if not number:
        return label.strip()
    return listed([worded(WORDS["violation"], language, number), label], language)


def results(given: Given, situation: Situation) -> dict[str, str]:
    """Each panel of the page that needs a result.

    Raises:
        AppraisalError: The input cannot be scored.
    """
    language, appraisal = given.language, situation.appraisal()
    account = points_account(
        situation.ledger,
        situation.standard,
        manager=MANAGER,
        through=situation.period.last,
        policy=situation.policy,
    )
    return {
        **{
            f"letter-{each}": element("pre", words(explain(appraisal, each)), lang=each)
            for each in LANGUAGES
        },
        "summary": element(
            "p", words(outcome(Result.of(situation), situation, language)), lang=language
        ),
        "card": score_card(appraisal, language),
        "account": account_chart(account, language),
        "decides": decides(situation, language),
    }


RESULTS: Final = (
    "card",
    "account",
    "decides",
    *(f"letter-{each}" for each in LANGUAGES),
)


def answer(query: str) -> dict[str, str]:
    """What the page shows of an input.

    Args:
        query: The input, as a form sends it; an empty one is the example.

    Returns:
        HTML by the name of the panel of the page, which is empty where the input is wrong;
        ``query`` is the input as a permalink has it.
    """
    given = read(query)
    language, permalink = given.language, written(given)
    panels: dict[str, str] = {
        "query": permalink,
        "form": form(given),
        "policy": policy_form(given),
        "permalink": element("a", said("permalink", language), href=f"#{permalink}"),
        "problems": "",
        **dict.fromkeys(RESULTS, ""),
    }
    for name in ("policy", "letter", "card", "account", "decides"):
        panels[f"heading-{name}"] = element("span", said(name, language), lang=language)
    try:
        panels |= results(given, situation_of(given))
    except AppraisalError as error:
        panels["problems"] = problems_in_words(error.problems, language)
        count = said("count", language, len(error.problems) + error.more)
        panels["summary"] = element("p", count, lang=language)
    return panels
