"""From a page's values to a PDF: the same page as in a browser, on paper, everything unfolded."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from hashlib import sha256
from importlib.resources import files
from io import StringIO
from types import ModuleType
from typing import TYPE_CHECKING, Final

from simulator.errors import FormatError
from simulator.report.drawing.files import in_plain_colours
from simulator.report.rendering.page_html import html

if TYPE_CHECKING:
    from simulator.report.page import ReportPage

_NOT_INSTALLED: Final = (
    "a PDF needs WeasyPrint, which is not installed; run "
    "pip install 'rpa-capacity-simulator[pdf]', or ask for html and print it from a browser"
)
_NO_LIBRARIES: Final = (
    "a PDF needs WeasyPrint, which does not find the Pango libraries of this system ({}); on "
    "Debian or Ubuntu run apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0, "
    "or ask for html and print it from a browser"
)


def pdf(page: ReportPage) -> bytes:
    """Return a page as a tagged PDF (PDF/UA-1) on A4; equal pages give equal bytes.

    That is so on one machine: its fonts are those of the system. Nothing is loaded from anywhere.

    Raises:
        FormatError: WeasyPrint or a library it needs is not installed.
    """
    weasyprint = _weasyprint()
    text = _for_paper(html(page))
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())
    with _unheard():
        written: bytes = weasyprint.HTML(string=text, url_fetcher=nothing).write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=sha256(text.encode()).digest()[:16],
        )
    return written


@contextmanager
def _unheard() -> Iterator[None]:
    """Keep what WeasyPrint logs to itself: it warns of each rule that is for browsers alone."""
    logger = logging.getLogger("weasyprint")
    before, logger.propagate = logger.propagate, False
    try:
        yield
    finally:
        logger.propagate = before


def _weasyprint() -> ModuleType:
    """Return WeasyPrint; what it prints and warns of on its way in stays unsaid.

    Raises:
        FormatError: it cannot be imported.
    """
    try:
        with redirect_stdout(StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import weasyprint  # noqa: PLC0415 - it may not be there, and is slow to import
    except ImportError as error:
        raise FormatError(_NOT_INSTALLED) from error
    except OSError as error:
        raise FormatError(_NO_LIBRARIES.format(str(error).split(":")[0])) from error
    module: ModuleType = weasyprint
    return module


def _for_paper(page: str) -> str:
    """Return a page with its colours written out, its style sheet followed by that for paper."""
    sheet = files(__package__) / "templates" / "pdf.css"
    rules = sheet.read_text(encoding="utf-8")
    return in_plain_colours(page).replace("</style>", f"{rules}</style>", 1)
