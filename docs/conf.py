"""The site of the documentation, made of these pages by Sphinx and MyST: `make docs`."""  # noqa: INP001 - a script that Sphinx reads

from __future__ import annotations

import re
from typing import Any, Final

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import simulator

project = "RPA capacity simulator"
release = version = simulator.__version__
extensions = ["myst_parser"]
nitpicky = True

myst_heading_anchors = 4  # as a forge makes them, so that a link works in both places
highlight_language = "text"

html_theme = "furo"
html_title = project
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
html_theme_options: dict[str, Any] = {"top_of_page_buttons": []}  # it has no address to link to
pygments_style = "friendly"
pygments_dark_style = "github-dark"

TO_THE_README: Final = re.compile(r"\]\(\.\./README\.md(?:#[\w-]+)?\)")


def setup(app: Sphinx) -> None:
    """Have pages read as the site needs them; they are written to read well on a forge too."""
    app.add_lexer("csv", TextLexer)
    app.connect("source-read", _lead_to_the_front_page)


def _lead_to_the_front_page(_app: Sphinx, _page: str, source: list[str]) -> None:
    """Turn links to the README, which is no page of the site, into links to its front page."""
    source[0] = TO_THE_README.sub("](index.md)", source[0])
