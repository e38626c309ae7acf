"""Payslips as plain text: what was earned, each cut with its arithmetic, and what is paid."""

from __future__ import annotations

from cmappraisal.accounts.pay import Payslip, PayStep
from cmappraisal.accounts.pay_terms import pay_label_of
from cmappraisal.points import EXACT, plain
from cmappraisal.reports import wordings
from cmappraisal.texts import Language, Text, listed, require_language, worded

TITLE = Text("{} 的薪酬，{} 至 {}", "{} 的薪酬，{} 至 {}", en="Pay of {}, {} to {}")
GIVEN = {
    "base": Text("基本薪酬", "基本薪酬", en="base pay"),
    "variable": Text("績效薪酬", "绩效薪酬", en="variable pay"),
}
OF_MONTH = Text("{}，{}", "{}，{}", en="{}, {}")
STEP = Text("- {}：{}；{} {}", "- {}：{}；{} {}", en="- {}: {}; {} {}")
EARNED = Text("合計 {}", "合计 {}", en="{} in all")
TAKEN = Text("扣 {}，餘 {}", "扣 {}，余 {}", en="{} withheld, leaves {}")
PARTLY = Text(
    "所餘不足，只扣 {}，餘 {}",
    "所余不足，只扣 {}，余 {}",
    en="there is only {} to withhold, leaves {}",
)
OUTWEIGHED = Text(
    "另有更重的一項，不扣，餘 {1}",
    "另有更重的一项，不扣，余 {1}",
    en="another cut is heavier, nothing withheld, leaves {1}",
)
OVER = Text(
    "其中基本薪酬 {} 不低於 {}，績效薪酬超出 {}",
    "其中基本薪酬 {} 不低于 {}，绩效薪酬超出 {}",
    en="base pay {} is at least {} of the whole, variable pay is over by {}",
)
BY_FACTS = Text("[應發]", "[应发]", en="[earned]")
BY_TERMS = Text("[薪酬約定：{}]", "[薪酬约定：{}]", en="[pay terms: {}]")
PAID = Text(
    "實發：基本薪酬 {} + 績效薪酬 {} = {}",
    "实发：基本薪酬 {} + 绩效薪酬 {} = {}",
    en="Paid: base pay {} + variable pay {} = {}",
)


def explain_payslip(slip: Payslip, language: Language) -> str:
    """A payslip as plain text.

    Args:
        slip: The payslip.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
    """
    require_language(language)
    period = slip.period
    lines = [
        worded(TITLE, language, slip.manager, period.first, period.last),
        *(_said(step, language) for step in slip.steps),
        worded(PAID, language, *map(plain, (slip.base, slip.variable, slip.paid))),
    ]
    return "".join(f"{line}\n" for line in lines)


def _said(step: PayStep, language: Language) -> str:
    label = (GIVEN.get(step.reads) or pay_label_of(step.reads)).in_language(language)
    if step.month is not None:
        label = worded(OF_MONTH, language, label, f"{step.month.first:%Y-%m}")
    if step.because_of:
        label = worded(wordings.BECAUSE, language, label, listed(step.because_of, language))
    return worded(
        STEP,
        language,
        label,
        _arithmetic(step, language),
        _outcome(step, language),
        _reason(step, language),
    )


def _arithmetic(step: PayStep, language: Language) -> str:
    of, rate, amount = map(plain, (step.of, step.rate, step.amount))
    if step.reads == "least_base_share":
        return worded(OVER, language, of, rate, amount)
    return of if rate == "1" and of == amount else f"{of} × {rate} = {amount}"


def _outcome(step: PayStep, language: Language) -> str:
    if step.reads in GIVEN:
        return worded(EARNED, language, plain(step.pay))
    taken = EXACT.minus(step.change)
    wording = TAKEN if taken == step.amount else PARTLY
    if step.outweighed:
        wording = OUTWEIGHED
    return worded(wording, language, plain(taken), plain(step.pay))


def _reason(step: PayStep, language: Language) -> str:
    if step.provision is not None:
        return worded(wordings.BY_STANDARD, language, step.provision)
    if step.reads in GIVEN:
        return BY_FACTS.in_language(language)
    return worded(BY_TERMS, language, step.reads)
