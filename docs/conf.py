"""How the documentation is built; nothing here or in it needs the network."""

import doctest
import sys
from importlib import metadata
from pathlib import Path

sys.path.append(str(Path(__file__).parent / "_ext"))

project = "cmappraisal"
author = "The cmappraisal developers"
copyright = author
release = version = metadata.version(project)

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
    "sphinx.ext.napoleon",
    "adjustments",
    "chinese_search",
    "choice_tables",
    "heard",
    "languages",
    "pictures",
    "reference",
    "tables",
]
exclude_patterns = ["_ext", "examples", "**/__pycache__"]
nitpicky = True
# Types whose documentation is elsewhere, and some that only stand for others.
nitpick_ignore = [
    ("py:class", "Decimal"),
    ("py:class", "SearchStrategy"),
    ("py:class", "E"),
    ("py:class", "cmappraisal.interop.converters.T"),
    ("py:class", "cmappraisal.mappings.K"),
    ("py:class", "cmappraisal.mappings.V"),
    ("py:class", "cmappraisal.scoring.settlement.RunningLine"),
    ("py:class", "cmappraisal.scoring.terms.Sourced"),
    ("py:class", "cmappraisal.scoring.weighing.Amount"),
    ("py:class", "cmappraisal.scoring.weighing.Fitting"),
    ("py:class", "Amount"),
    ("py:class", "Fitting"),
    ("py:class", "Sourced"),
    ("py:class", "collections.abc.Callable"),
    ("py:class", "collections.abc.Hashable"),
    ("py:class", "collections.abc.Iterable"),
    ("py:class", "collections.abc.Iterator"),
    ("py:class", "collections.abc.Mapping"),
    ("py:class", "collections.abc.Sequence"),
    ("py:class", "date"),
    ("py:class", "datetime"),
    ("py:class", "datetime.date"),
    ("py:class", "datetime.datetime"),
    ("py:class", "datetime.time"),
    ("py:class", "datetime.timedelta"),
    ("py:class", "datetime.tzinfo"),
    ("py:class", "decimal.Decimal"),
    ("py:class", "hypothesis.strategies.SearchStrategy"),
    ("py:class", "types.UnionType"),
    ("py:obj", "typing.Literal[Faulty.RAISE"),
]
# Quotation marks are Python's at least as often as prose's, and Chinese has its own.
smartquotes = False

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 100
# The examples of docstrings are run by pytest, each in its own module.
doctest_test_doctest_blocks = ""
doctest_default_flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"cmappraisal {release}"
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["pages.css"]
html_extra_path = ["llms.txt"]
