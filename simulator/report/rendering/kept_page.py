"""A report whose values are kept beside it, where the records to work them out again are not.

`simulator report` makes every format of such a report from `page.json`, and of a run that has its
records from these.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.errors import DataFileError
from simulator.records.files import write_text_atomically
from simulator.report.rendering.page_html import write_page
from simulator.report.rendering.page_json import page_json, page_of
from simulator.report.running.page import page

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.experiments.study import Study
    from simulator.report.page import ReportPage

PAGE: Final = "page.json"
"""The name of the file that has a page's values."""


def keep_page(report: ReportPage, path: Path) -> None:
    """Write a page to a file, and its values beside it; equal pages give equal bytes.

    Raises:
        OSError: the file cannot be written.
        DataFileError: the values cannot be written.
    """
    write_page(report, path)
    write_text_atomically(path.with_name(PAGE), page_json(report))


def keep_report(study: Study, path: Path) -> None:
    """Write a study's report and its values likewise.

    Raises:
        OSError, DataFileError: as `keep_page` does.
    """
    keep_page(page(study), path)


def kept_page(folder: Path) -> ReportPage:
    """Return the page whose values a folder keeps.

    Raises:
        DataFileError: they are missing, or cannot be read.
    """
    path = folder / PAGE
    try:
        return page_of(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataFileError(f"{path} cannot be read: {error}") from error
    except ValueError as error:
        raise DataFileError(f"{path} {error}; run the scenario again") from error
