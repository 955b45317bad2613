"""The formats of a report: which files each of them is, and how all are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from simulator.errors import DataFileError
from simulator.records.files import write_bytes_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.report.page import ReportPage

Format: TypeAlias = Literal["html", "pdf", "md", "csv", "svg", "png"]
"""What a report can be written as."""

FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_Files: TypeAlias = Iterator[tuple[str, bytes]]
"""The files of a format: where each stands in the report's folder, and what is in it."""


def write_formats(page: ReportPage, folder: Path, formats: Sequence[Format]) -> tuple[Path, ...]:
    """Write a page in some formats into a folder, and return the files; equal pages, equal bytes.

    The folder is made where there is none. Everything is made before anything is written, and
    each file is there completely or not at all.

    Raises:
        FormatError: a format cannot be made here; the message says what to install.
        DataFileError: a file cannot be written.
    """
    files = {name: content for one in formats for name, content in _FILES[one](page)}
    paths = {folder / name: content for name, content in files.items()}
    for path, content in paths.items():
        _make(path.parent)
        write_bytes_atomically(path, content)
    return tuple(paths)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataFileError(f"{folder}: cannot be made: {error.strerror}") from error


def _html(page: ReportPage) -> _Files:
    from simulator.report.rendering.page_html import html  # noqa: PLC0415 - slow to import

    yield "report.html", html(page).encode()


def _pdf(page: ReportPage) -> _Files:
    from simulator.report.rendering.page_pdf import pdf  # noqa: PLC0415 - slow to import

    yield "report.pdf", pdf(page)


def _markdown(page: ReportPage) -> _Files:
    """Yield the text, and the pictures it shows."""
    from simulator.report.rendering.page_markdown import markdown  # noqa: PLC0415 - as above

    yield "report.md", markdown(page).encode()
    yield from _svg(page)


def _csv(page: ReportPage) -> _Files:
    from simulator.report.rendering.page_csv import tables_csv  # noqa: PLC0415 - as above

    yield from ((name, text.encode()) for name, text in tables_csv(page))


def _svg(page: ReportPage) -> _Files:
    from simulator.report.drawing.files import svg_file  # noqa: PLC0415 - as above
    from simulator.report.rendering.file_names import figure_files  # noqa: PLC0415 - as above

    yield from ((name, svg_file(chart).encode()) for name, chart in figure_files(page, "svg"))


def _png(page: ReportPage) -> _Files:
    from simulator.report.drawing.files import png_file  # noqa: PLC0415 - as above
    from simulator.report.rendering.file_names import figure_files  # noqa: PLC0415 - as above

    yield from ((name, png_file(chart)) for name, chart in figure_files(page, "png"))


_FILES: Final[dict[Format, Callable[[ReportPage], _Files]]] = {
    "html": _html,
    "pdf": _pdf,
    "md": _markdown,
    "csv": _csv,
    "svg": _svg,
    "png": _png,
}
