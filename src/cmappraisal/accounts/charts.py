"""Charts: the balance of a points account over time, as a picture that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from cmappraisal.accounts import wordings
from cmappraisal.accounts.account import PointsAccount
from cmappraisal.accounts.statements import due_in_words, state_in_words, status_of_account
from cmappraisal.fields import require
from cmappraisal.points import plain
from cmappraisal.reports import wordings as reports
from cmappraisal.reports.html import (
    COMMON_RULES,
    Html,
    element,
    first_of,
    fragment,
    scrolling,
    words,
)
from cmappraisal.texts import Language, require_language, worded
from cmappraisal.thresholds import ThresholdsOf

MAXIMUM_DUE: Final = 100
"""Consequences that a chart lists: the first of them."""

_WIDTH, _NARROW_WIDTH, _HEIGHT = 720, 340, 260
_YEAR_WIDTH = 72
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 14, 30

_RULES: Final = {
    **COMMON_RULES,
    # Below this width letters would be too small to read, so the picture scrolls; a narrow page
    # has one of its own.
    " svg": "display:block;width:100%;min-width:600px;height:auto;font:12px/1 inherit",
    " svg.narrow": "display:none;min-width:0",
    " text": "fill:var(--ink);font-size:12px",
    " .axis": "stroke:var(--edge);stroke-width:1",
    " .at": "stroke:var(--bad);stroke-width:1;stroke-dasharray:5 4",
    " text.at": "stroke:none;fill:var(--bad)",
    " .balance": "fill:none;stroke:var(--bar);stroke-width:2",
    " .due": "fill:var(--ground);stroke:var(--bad);stroke-width:1.5",
    " text.due": "fill:var(--bad);stroke:none;text-anchor:middle",
    " ul": "margin-top:10px;list-style:none",
}


_NARROW_RULES: Final = {" svg.wide": "display:none", " svg.narrow": "display:block"}


class _Scale(NamedTuple):
    """Where days and balances are in a picture of a width."""

    width: int
    first: date
    last: date
    least: Decimal
    most: Decimal

    def x(self, day: date) -> str:
        share = Fraction((day - self.first).days, max((self.last - self.first).days, 1))
        return _tenths(_LEFT + share * (self.right - _LEFT))

    @property
    def right(self) -> int:
        return self.width - _RIGHT

    def y(self, balance: Decimal) -> str:
        share = Fraction(balance - self.least) / Fraction(self.most - self.least)
        return _tenths(_TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM))


def _tenths(value: Fraction) -> str:
    whole, rest = divmod(round(value * 10), 10)
    return f"{whole}.{rest}"


def account_chart(account: PointsAccount, language: Language = "en") -> str:
    """A points account as a fragment of HTML: its balance over time, and what follows.

    Args:
        account: The account.
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

    Returns:
        One ``div`` that holds its own style: the balance as a line of steps, the numbers of the
        tables that look at it as dashed lines, and a numbered mark for each consequence; below it
        the consequences in words, at most ``MAXIMUM_DUE``.

    Raises:
        FieldError: The argument is no account.
        LanguageError: The language is none of the three.

    >>> from cmappraisal import ERROR_POINTS, Ledger
    >>> from cmappraisal.accounts import points_account
    >>> account = points_account(
    ...     Ledger(), ERROR_POINTS, manager="<RM-01>", through=date(2025, 12, 31)
    ... )
    >>> "Balance of &lt;RM-01&gt;" in account_chart(account)
    True
    """
    fits = isinstance(account, PointsAccount)
    require("account_chart", "account", account, fits, "a PointsAccount")
    require_language(language)
    label = worded(wordings.CHART, language, account.manager)
    days = account.opened_on, account.through
    span = worded(wordings.SPAN, language, *days, plain(account.balance))
    status = worded(reports.NAMED, language, *status_of_account(account, language))
    content = [
        element("p", words(wordings.TITLE.in_language(language)), class_="quiet"),
        element("p", words(account.manager), class_="name"),
        element("p", words(span), class_="quiet"),
        element("p", words(status), class_="quiet"),
        scrolling(label, _picture("wide", _WIDTH, account, language)),
        _picture("narrow", _NARROW_WIDTH, account, language),
        *_list(account, language),
    ]
    return fragment("cmappraisal-account", _RULES, label, content, language, narrow=_NARROW_RULES)


def _picture(name: str, width: int, account: PointsAccount, language: Language) -> Html:
    tops = _numbers(account)
    scale = _scale(width, account, tops)
    described = worded(
        wordings.CHART_TEXT,
        language,
        account.opened_on,
        account.through,
        plain(account.postings[0].balance),
        plain(account.balance),
        plain(min(posting.balance for posting in account.postings)),
        plain(max(posting.balance for posting in account.postings)),
    )
    return element(
        "svg",
        element("title", words(worded(wordings.CHART, language, account.manager))),
        element("desc", words(described)),
        *_axes(scale),
        *_dashed(scale, tops, language),
        element("path", d=_path(account, scale), class_="balance"),
        *_marks(account, scale),
        viewBox=f"0 0 {width} {_HEIGHT}",
        role="img",
        class_=name,
    )


def _numbers(account: PointsAccount) -> list[Decimal]:
    """The numbers of the tables that look at the balance."""
    clauses = account.appraisals[-1].rulebook.clauses
    tables = (each.thresholds for each in clauses if each.thresholds is not None)
    of_balance = (
        table for table in tables if table.within is None and table.of is ThresholdsOf.POINTS
    )
    return sorted({row.at for table in of_balance for row in table.rows})


def _scale(width: int, account: PointsAccount, numbers: Iterable[Decimal]) -> _Scale:
    balances = [Decimal(0), *numbers, *(posting.balance for posting in account.postings)]
    least, most = min(balances), max(balances)
    if least == most:
        most += 1
    return _Scale(width, account.opened_on, max(account.through, account.opened_on), least, most)


def _axes(scale: _Scale) -> Iterator[Html]:
    """A line for zero and for either end, and one for the beginning of each year that has room."""
    left, right = str(_LEFT), str(scale.right)
    for balance in sorted({scale.least, Decimal(0), scale.most}):
        y = scale.y(balance)
        yield element("line", x1=left, x2=right, y1=y, y2=y, class_="axis")
        yield element("text", words(plain(balance)), x=_LEFT - 6, y=y, dy="4", text_anchor="end")
    foot = _HEIGHT - 10
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = len(years) // (scale.width // _YEAR_WIDTH) + 1
    yield element("text", words(scale.first), x=left, y=foot)
    if scale.last > scale.first:
        yield element("text", words(scale.last), x=right, y=foot, text_anchor="end")
    for year in years[step - 1 :: step]:
        x = scale.x(date(year, 1, 1))
        yield element("line", x1=x, x2=x, y1=_TOP, y2=_HEIGHT - _BOTTOM, class_="axis")
        # Where the first or the last day stands already, there is no room for the year.
        if _LEFT + 90 < Fraction(x) < scale.right - 90:
            yield element("text", words(year), x=x, y=foot, text_anchor="middle")


def _dashed(scale: _Scale, numbers: Iterable[Decimal], language: Language) -> Iterator[Html]:
    for number in numbers:
        y = scale.y(number)
        yield element("line", x1=_LEFT, x2=scale.right, y1=y, y2=y, class_="at")
        said = words(worded(wordings.AT, language, plain(number)))
        yield element("text", said, x=scale.right, y=y, dy="-4", class_="at", text_anchor="end")


def _path(account: PointsAccount, scale: _Scale) -> str:
    """The balance as steps: each day's last posting, and to the last day."""
    by_day = {posting.counted_on: posting.balance for posting in account.postings}
    (opened_on, opening), *rest = by_day.items()
    drawn = [f"M{scale.x(opened_on)} {scale.y(opening)}"]
    drawn += [f"H{scale.x(day)}V{scale.y(balance)}" for day, balance in rest]
    return "".join((*drawn, f"H{scale.x(scale.last)}"))


def _marks(account: PointsAccount, scale: _Scale) -> Iterator[Html]:
    """A numbered circle for each day on which something is crossed, on the balance of that day."""
    numbers: dict[date, list[int]] = {}
    for place, due in enumerate(account.consequences[:MAXIMUM_DUE], start=1):
        numbers.setdefault(due.crossed_on, []).append(place)
    for day, places in numbers.items():
        highest = max(
            (each.balance for each in account.postings if each.counted_on == day),
            default=Decimal(0),
        )
        x, y = scale.x(day), scale.y(highest)
        said = str(places[0]) if len(places) == 1 else f"{places[0]}+"
        yield element("circle", cx=x, cy=y, r=10, class_="due")
        yield element("text", words(said), x=x, y=y, dy="4", class_="due")


def _list(account: PointsAccount, language: Language) -> Iterator[Html]:
    if not account.consequences:
        yield element("p", words(wordings.NOTHING_FOLLOWS.in_language(language)), class_="quiet")
        return
    said = [
        worded(
            wordings.WITH_STATE,
            language,
            due_in_words(account, due, place, language),
            state_in_words(due, language),
        )
        for place, due in enumerate(account.consequences[:MAXIMUM_DUE], start=1)
    ]
    items = first_of(len(account.consequences), said, language)
    yield element("ul", *(element("li", words(each)) for each in items))
