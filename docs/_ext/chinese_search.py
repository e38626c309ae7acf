"""Search: Chinese is found by any two characters, and a rule by its wording in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, ClassVar

from sphinx.application import Sphinx
from sphinx.domains import Domain, ObjType
from sphinx.search.en import SearchEnglish

from cmappraisal import LANGUAGES, Rule

WORDS = re.compile(r"[㐀-鿿]+|[^\W㐀-鿿]+")
"""A run of Chinese characters, or a word of another script."""


class SearchEnglishAndChinese(SearchEnglish):
    """English words as ever; of Chinese, which is written without spaces, each pair of characters.

    What is searched for is taken apart alike, so that a page is found which has all its pairs.
    """

    js_splitter_code = """
function splitQuery(query) {
  const words = query.match(/[\\u3400-\\u9fff]+|[\\p{Letter}\\p{Number}_]+/gu) || [];
  return words
    .flatMap(word => word.match(/[\\u3400-\\u9fff]+|[^\\u3400-\\u9fff]+/g))
    .flatMap(word => /[\\u3400-\\u9fff]/.test(word) && word.length > 1
      ? Array.from(word.slice(1), (character, before) => word[before] + character)
      : [word]);
}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text; of Chinese the characters too, since one can be searched for."""
        return [part for word in WORDS.findall(input) for part in parts_of(word)]


def parts_of(word: str) -> Iterator[str]:
    """A word, or the characters and the pairs of characters of a run of Chinese."""
    if not "㐀" <= word[0] <= "鿿":
        yield word
        return
    yield from word
    yield from map("".join, pairwise(word))


class Wordings(Domain):
    """Where each rule stands, by its id and its wording in each language."""

    name = "wording"
    label = "Wording"
    object_types: ClassVar[dict[str, ObjType]] = {"rule": ObjType("rule")}
    initial_data: ClassVar[dict[str, Any]] = {"rules": {}}

    def note(self, rule: Rule, anchor: str) -> None:
        """Note that a rule stands on the page that is being read."""
        for language in LANGUAGES:
            wording = f"{rule.id} {rule.text.in_language(language)}"
            self.data["rules"][wording] = (self.env.docname, anchor)

    def clear_doc(self, docname: str) -> None:
        """Forget the rules of a page that is read again."""
        rules = self.data["rules"]
        self.data["rules"] = {each: at for each, at in rules.items() if at[0] != docname}

    def merge_domaindata(self, docnames: Iterable[str], otherdata: Mapping[str, Any]) -> None:
        """Take over the rules of pages that another process read."""
        found = otherdata["rules"].items()
        self.data["rules"].update({each: at for each, at in found if at[0] in docnames})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """What the search finds by its name."""
        for wording, (docname, anchor) in self.data["rules"].items():
            yield wording, wording, "rule", docname, anchor, 1


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the language of the search, and the domain of wordings."""
    app.add_search_language(SearchEnglishAndChinese)
    app.add_domain(Wordings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
