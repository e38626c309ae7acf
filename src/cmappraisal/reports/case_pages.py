"""Case pages: the life of a case, entry by entry, with where it stood after each."""

from __future__ import annotations

from collections.abc import Iterator

from cmappraisal.cases import Case
from cmappraisal.entries import Acted, Corrected, Decided, Entry, Reviewed, Served, Taken
from cmappraisal.fields import require
from cmappraisal.life_wordings import STATES, move_in_words
from cmappraisal.lives import LIFE, State, move_of
from cmappraisal.points import plain
from cmappraisal.redactions import Redacted
from cmappraisal.reports import wordings
from cmappraisal.reports.papers import Item, Section, as_html, as_text
from cmappraisal.showing import one_line
from cmappraisal.texts import Language, Text, require_language, worded

_CASE = Text("個案 {}", "个案 {}", en="Case {}")
_ABOUT = Text(
    "客戶經理 {}；條款 {}；發生於 {}；狀態：{}",
    "客户经理 {}；条款 {}；发生于 {}；状态：{}",
    en="Relationship manager {}; rule {}; happened on {}; now: {}",
)
_ENTERED = Text("經過", "经过", en="What was entered")
_ENTRY = Text("{} {}", "{} {}", en="{} {}")
_BY = Text("辦理人：{}", "办理人：{}", en="by {}")
_ON = Text("日期：{}", "日期：{}", en="done on {}")
_POINTS = Text("分值改為 {}", "分值改为 {}", en="points set to {}")
_MONEY = Text("扣款改為 {}", "扣款改为 {}", en="money set to {}")
_EFFECTIVE_ON = Text("生效日改為 {}", "生效日改为 {}", en="takes effect on {}")
_WORDS = Text("理由：{}", "理由：{}", en="words: {}")
_STATE = Text("此後：{}", "此后：{}", en="then: {}")


def explain_case(case: Case, language: Language = "en") -> str:
    """The life of a case as plain text.

    Args:
        case: The case, such as :meth:`Ledger.case <cmappraisal.Ledger.case>` finds it.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        Lines of text, each ended by a line feed. They have each entry on its day, what it says, and
        where the case stood after it if that changed.

    Raises:
        FieldError: The argument is no case.
        LanguageError: The language is none of the three.

    >>> from datetime import date, datetime, timezone
    >>> from cmappraisal import Ledger, Violation
    >>> violation = Violation("V-1", "RM-01", rule="2.1", occurred_on=date(2025, 3, 2))
    >>> ledger = Ledger().record(violation, at=datetime(2025, 3, 4, tzinfo=timezone.utc))
    >>> print(explain_case(ledger.case("V-1")), end="")
    Case V-1
    Relationship manager RM-01; rule 2.1; happened on 2025-03-02; now: recorded
    <BLANKLINE>
    What was entered
    2025-03-04 recorded
       then: recorded
    """
    return as_text(_sections("explain_case", case, language))


def case_page(case: Case, language: Language = "en") -> str:
    """What :func:`explain_case` says, as a fragment of HTML.

    Args:
        case: The case, such as :meth:`Ledger.case <cmappraisal.Ledger.case>` finds it.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style.

    Raises:
        FieldError: The argument is no case.
        LanguageError: The language is none of the three.
    """
    sections = _sections("case_page", case, language)
    return as_html("case", worded(_CASE, language, case.violation.id), sections, language)


def _sections(where: str, case: Case, language: Language) -> list[Section]:
    require(where, "case", case, isinstance(case, Case), "a Case")
    require_language(language)
    act = case.violation
    now = STATES[case.state].in_language(language)
    about = worded(_ABOUT, language, act.manager, act.rule, act.occurred_on, now)
    return [
        Section.of(worded(_CASE, language, act.id), [about]),
        Section.of(_ENTERED.in_language(language), _items(case, language)),
    ]


def _items(case: Case, language: Language) -> Iterator[Item]:
    state: State | None = None
    for entry in case.history:
        # What is taken of a consequence leaves the case where it is.
        after = LIFE.get((state, move_of(entry)), state)
        name = move_in_words(entry, language)
        details = list(_details(entry, language))
        if after is not None and after is not state:
            details.append(worded(_STATE, language, STATES[after].in_language(language)))
        state = after
        yield Item(worded(_ENTRY, language, entry.at.date(), name), tuple(details))


def _details(entry: Entry, language: Language) -> Iterator[str]:
    """What an entry says beside its kind."""
    if entry.by is not None:
        yield worded(_BY, language, entry.by)
    if isinstance(entry, (Acted, Taken, Served)) and entry.on is not None:
        yield worded(_ON, language, entry.on)
    if isinstance(entry, (Decided, Reviewed, Corrected)):
        if entry.points is not None:
            yield worded(_POINTS, language, plain(entry.points))
        if entry.money is not None:
            yield worded(_MONEY, language, plain(entry.money))
        if entry.effective_on is not None:
            yield worded(_EFFECTIVE_ON, language, entry.effective_on)
    said = getattr(entry, "grounds", getattr(entry, "reason", ""))
    if isinstance(said, Redacted):
        yield wordings.TAKEN_OUT.in_language(language)
    elif said:
        yield worded(_WORDS, language, one_line(said))
