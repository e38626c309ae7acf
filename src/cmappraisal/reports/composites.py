"""Composites as plain text: what each part adds to the total, and the grade that it reaches."""

from __future__ import annotations

from collections.abc import Iterator

from cmappraisal.accounts.composite_scores import CompositeScore, CompositeStep
from cmappraisal.accounts.composites import CompositePart, Reads
from cmappraisal.consequences import Status
from cmappraisal.points import EXACT, plain
from cmappraisal.reports import wordings
from cmappraisal.texts import Language, Text, require_language, worded

TITLE = Text("{} 的總分，{} 至 {}", "{} 的总分，{} 至 {}", en="Total of {}, {} to {}")
PART = Text("- {}（{}）：{} {}", "- {}（{}）：{} {}", en="- {} ({}): {} {}")
BY_BANK = Text("[總分構成：{}]", "[总分构成：{}]", en="[composite: {}]")
TOTAL = Text("總分：{}", "总分：{}", en="Total: {}")
NO_TOTAL = Text(
    "總分：不列（資格已取消）", "总分：不列（资格已取消）", en="Total: not shown (revoked)"
)


def explain_composite(score: CompositeScore, language: Language) -> str:
    """The arithmetic of a composite as plain text.

    Args:
        score: The composite score.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
    """
    require_language(language)
    return "".join(f"{line}\n" for line in _lines(score, language))


def _lines(score: CompositeScore, language: Language) -> Iterator[str]:
    period = score.period
    yield worded(TITLE, language, score.manager, period.first, period.last)
    for part, step in zip(score.composite.parts, score.steps, strict=False):
        yield _part(part, step, language)
    if score.total is None:
        yield NO_TOTAL.in_language(language)
    else:
        yield worded(TOTAL, language, _sum(score))
    if score.composite.grades:
        band = score.band
        yield _named(wordings.GRADE, wordings.NONE if band is None else band.text, language)
    if score.revoked:
        yield _named(wordings.QUALIFICATION, Status.REVOKED.text, language)


def _named(name: Text, value: Text, language: Language) -> str:
    in_language = (each.in_language(language) for each in (name, value))
    return worded(wordings.NAMED, language, *in_language)


def _part(part: CompositePart, step: CompositeStep, language: Language) -> str:
    arithmetic = plain(step.figure)
    if part.weight != 1:
        weighed = EXACT.minus(step.change) if part.reads is Reads.POINTS else step.change
        arithmetic = f"{arithmetic} × {plain(part.weight)} = {plain(weighed)}"
    reason = (
        worded(BY_BANK, language, part.id)
        if step.provision is None
        else worded(wordings.BY_STANDARD, language, step.provision)
    )
    named = part.text.in_language(language), part.reads.text.in_language(language)
    return worded(PART, language, *named, arithmetic, reason)


def _sum(score: CompositeScore) -> str:
    """The parts added up, such as ``130 - 6 = 124``."""
    first, *rest = score.steps
    total = plain(first.total)
    if not rest:
        return total
    for step in rest:
        sign = "-" if step.change < 0 else "+"
        total = f"{total} {sign} {plain(abs(step.change))}"
    return f"{total} = {plain(score.steps[-1].total)}"
