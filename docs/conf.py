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
    "tables",
]
exclude_patterns = ["_ext", "examples"]
nitpicky = True
# Python's own types and hypothesis', whose documentation is elsewhere.
nitpick_ignore_regex = [
    ("py:class", r"(collections\.abc|datetime|decimal|hypothesis|types)\..*"),
    ("py:class", r"date|Decimal|SearchStrategy|.*\.T"),
]

autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "signature"
autodoc_class_signature = "separated"
python_use_unqualified_type_names = True
# The examples of docstrings are run by pytest, each in its own module.
doctest_test_doctest_blocks = ""
doctest_default_flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"cmappraisal {release}"
html_copy_source = False
