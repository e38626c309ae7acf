"""English: which words of a wording in Chinese are English, and no names of the library's own."""

import ast
import re
from functools import cache

from allowances import trees
from cmappraisal.entries import ENTRY_KINDS

NAMES = {
    *("polars", "pandas", "pyarrow", "narwhals", "datetime", "zoneinfo", "secrets", "notebook"),
    *("bytes", "float", "hmac", "shell", "cases", "interop", "solver", "dateutil", "zh"),
    # What entries are called in documents.
    *(re.sub("[A-Z]", lambda each: each[0].lower(), kind.__name__) for kind in ENTRY_KINDS),
}
"""Names that are the same in every language, besides those of the library."""
ENGLISH = {
    *("a", "an", "and", "are", "as", "at", "beside", "but", "by", "each", "else", "for"),
    *("from", "has", "in", "is", "it", "list", "no", "none", "not"),
    *("or", "string", "such", "than", "that", "the", "them", "there", "to", "twice", "what"),
    *("which", "with", "without"),
}
"""Words of sentences, even where a name of the library is one of them."""


@cache
def names() -> frozenset[str]:
    """What the library calls its fields, arguments, types, modules and choices."""
    found = set(NAMES)
    for within, tree in trees():
        found |= set(within)
        for node in ast.walk(tree):
            match node:
                case ast.arg(arg=name) | ast.Name(id=name) | ast.Attribute(attr=name):
                    found.add(name)
                case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z-]+", text):
                    found |= set(text.split("-"))
    return frozenset(found)


def english_in(said: str) -> set[str]:
    """The words of English in a wording: what a program calls something is none."""
    # What is in quotes is a value; so is what follows an equals sign or stands in a call.
    words = set(re.findall(r"[A-Za-z]\w*", re.sub(r"\".*?\"|'.*?'", "", said)))
    plain = {word for word in words if re.fullmatch("[a-z]+", word)}
    return (plain & ENGLISH) | (plain - names())
