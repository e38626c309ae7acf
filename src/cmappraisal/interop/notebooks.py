"""Notebooks: the pictures of values, in the language of whoever reads the notebook.

Nothing here needs an extra. What is set belongs to the notebook, which is given, so that two
notebooks in one process have each their language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final, Protocol

from cmappraisal.accounts import PointsAccount, account_chart
from cmappraisal.cases import Case
from cmappraisal.fields import require
from cmappraisal.reports.case_pages import case_page
from cmappraisal.reports.rulebook_pages import rulebook_page
from cmappraisal.reports.score_cards import score_card
from cmappraisal.rulebooks import Rulebook
from cmappraisal.scoring.appraisals import Appraisal
from cmappraisal.texts import Language, require_language
from cmappraisal.training import Compliance, Schedule, compliance_grid, year_grid

PICTURES: Final[Mapping[type, Callable[[Any, Language], str]]] = MappingProxyType(
    {
        Appraisal: score_card,
        PointsAccount: account_chart,
        Case: case_page,
        Rulebook: rulebook_page,
        Schedule: year_grid,
        Compliance: compliance_grid,
    }
)
"""The types that a notebook shows as a picture, with what draws each."""


class Formatter(Protocol):
    """What IPython makes a value's HTML with."""

    def for_type(self, typ: Any, func: Callable[[Any], str], /) -> object:
        """Let a function make the HTML of a type's values."""


class DisplayFormatter(Protocol):
    """The formatters of a shell, by the type of the content that each makes."""

    formatters: Mapping[str, Formatter]


class Shell(Protocol):
    """An IPython shell, as ``get_ipython()`` returns it."""

    display_formatter: DisplayFormatter


def show_in(language: Language, shell: Shell) -> None:
    """Let a notebook show every picture in a language, from now on.

    Args:
        language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.
        shell: The notebook's own shell: ``get_ipython()``.

    Raises:
        LanguageError: The language is none of the three.
        FieldError: ``shell`` is no IPython shell.

    >>> from types import SimpleNamespace
    >>> from cmappraisal import ERROR_POINTS, Ledger, Period, score
    >>> drawn = {}
    >>> html = SimpleNamespace(for_type=drawn.__setitem__)
    >>> shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": html}))
    >>> show_in("zh-Hant", shell)  # in a notebook: show_in("zh-Hant", get_ipython())
    >>> appraisal = score(Ledger(), ERROR_POINTS, Period.year(2025), manager="RM-01")
    >>> drawn[type(appraisal)](appraisal)[:44]
    '<div class="cmappraisal-card" lang="zh-Hant"'
    """
    require_language(language)
    formatters = getattr(getattr(shell, "display_formatter", None), "formatters", {})
    fits = "text/html" in formatters
    require(
        "show_in", "shell", shell, fits, "an IPython shell, such as get_ipython() in a notebook"
    )
    for kind, picture in PICTURES.items():
        formatters["text/html"].for_type(kind, partial(_drawn, picture, language))


def _drawn(picture: Callable[[Any, Language], str], language: Language, value: Any) -> str:
    return picture(value, language)
