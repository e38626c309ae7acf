"""Cuts: where a search for days was not carried to its end."""

from __future__ import annotations

from attrs import field, frozen

from cmappraisal.fields import as_id_tuple, as_optional_text, id_tuple, optional_identifier
from cmappraisal.texts import Language, Text, listed, require_language, worded
from cmappraisal.training.reprs import brief

_CUT = Text(
    "{} 一併改期，搜尋未及比較所有安排：未證明沒有更好的安排",
    "{} 一并改期，搜索未及比较所有安排：未证明没有更好的安排",
    en=(
        "{} moved together, and the search did not compare every way: it is not proved "
        "that no other is better"
    ),
)


@frozen
class SearchCut:
    """Sessions that moved together, and for which the search did not compare every way.

    They have the best days that were found, which need not be the best there are.

    Args:
        sessions: The ids of the sessions, one at least.
        group: The id of the group they are for; None where there are no groups, and for one person.
        person: The id of the one person they are for; None for a team.

    Raises:
        FieldError: A field has a value that it does not allow.

    >>> print(SearchCut(["study/2026-02-15", "test/2026-02-25"]).explain("zh-Hant"))
    study/2026-02-15、test/2026-02-25 一併改期，搜尋未及比較所有安排：未證明沒有更好的安排
    """

    sessions: tuple[str, ...] = field(
        converter=as_id_tuple, validator=id_tuple("session ids", empty=False)
    )
    group: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )
    person: str | None = field(
        default=None, converter=as_optional_text, validator=optional_identifier, kw_only=True
    )

    __repr__ = brief()

    def explain(self, language: Language = "en") -> str:
        """What was cut, in one line.

        Args:
            language: ``"zh-Hant"``, ``"zh-Hans"`` or ``"en"``.

        Raises:
            LanguageError: The language is none of the three.
        """
        require_language(language)
        return worded(_CUT, language, listed(self.sessions, language))
