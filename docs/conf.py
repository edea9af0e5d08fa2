"""Sphinx: the settings, as few as possible."""

import sys
from pathlib import Path

from govreport import __version__

sys.path.insert(0, str(Path(__file__).parent))  # excerpts.py

project = "govreport"
author = "the govreport authors"
copyright = "2026, the govreport authors"
release = version = __version__

extensions = [
    "excerpts",
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"govreport {release}"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": True}
napoleon_google_docstring = True
napoleon_numpy_docstring = False

# Names of other packages have no pages here, and CI reaches no other site; nor have a type variable
# and the types of fields that nobody fills by hand.
nitpick_ignore_regex = [
    (r"py:.*", r"(?!govreport\b).*"),
    (
        r"py:class",
        r"govreport\.(nodes\.base\.N|nodes\.deferred\.W|strategies\.smallest\.T|nodes\.front\.FrontValues)",
    ),
    (r"py:(class|obj)", r"govreport\.many\.T"),
    (r"py:class", r"govreport\.(report\.Evidence|roles\.Cued|hints\.Forced)"),
    (r"py:class", r"govreport\.(front|furniture)\.tables\..*"),
]
