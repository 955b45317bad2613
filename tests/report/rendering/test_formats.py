"""Formats: which files each is made of, equal bytes, nothing half-written, nothing from outside."""

from __future__ import annotations

import re
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import DataFileError, FormatError
from simulator.report.charts import Bar, BarChart
from simulator.report.page import Column, Figure, ReportPage, Section, Span, Table
from simulator.report.rendering import page_pdf
from simulator.report.rendering.formats import FORMATS, Format, write_formats

TABLE = Table("Waits", (Column("Folder"), Column("Mean", numeric=True)), (("HR", "3.2 min"),))
CHART = BarChart("waits-chart", "Waits", "HR.", "min", (Bar("HR", 3.2, 2.9, 3.5, "3.2 min"),))
PAGE = ReportPage(
    *(Span("estate", "name"), (), "How long?", (("It is 3 min.",),), (), (), TABLE, ()),
    sections=(Section("waits", "Waits", (), (Figure(CHART, TABLE),), (TABLE,)),),
    provenance=(("Seed", "1"),),
)


@pytest.mark.parametrize(
    ("one", "files"),
    [
        ("html", ["report.html"]),
        ("md", ["report.md", "figures/waits-chart.svg"]),
        ("csv", ["tables/targets.csv", "tables/waits-chart.csv", "tables/waits-1.csv"]),
        ("svg", ["figures/waits-chart.svg"]),
        ("png", ["figures/waits-chart.png"]),
    ],
)
def test_a_format_is_these_files_in_equal_bytes(
    one: Format, files: list[str], tmp_path: Path
) -> None:
    folders = tmp_path / "one" / "deep", tmp_path / "two"
    for folder in folders:
        assert write_formats(PAGE, folder, [one]) == tuple(folder / name for name in files)
        assert {path for path in folder.rglob("*") if path.is_file()} == {folder / f for f in files}
    for name in files:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_a_file_of_two_formats_is_told_once(tmp_path: Path) -> None:
    written = write_formats(PAGE, tmp_path, ["svg", "md"])
    assert [path.name for path in written] == ["waits-chart.svg", "report.md"]


def test_what_was_there_stays_or_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "report.md").write_text("old")
    write_formats(PAGE, tmp_path, ["md"])
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "report.md").read_text(encoding="utf-8").startswith("# estate\n")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "figures").write_text("a file")
    with pytest.raises(DataFileError, match="figures: cannot be made"):
        write_formats(PAGE, tmp_path, ["svg"])


class NoImport:
    """An importer without some modules; what it raises is what an import of them meets."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def find_spec(self, name: str, *_: object) -> None:
        if name == "weasyprint":
            print("-----\nWeasyPrint could not import some external libraries")  # noqa: T201 - as it does
            raise self.error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModuleNotFoundError("No module"), r"pip install 'rpa-capacity-simulator\[pdf\]'"),
        (
            OSError("cannot load library 'libpango-1.0-0': libpango-1.0-0: no such file"),
            "libpango-1.0-0'.*apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
    ],
    ids=["no-weasyprint", "no-pango"],
)
def test_a_pdf_that_cannot_be_made_is_refused_before_anything_is_written(
    error: Exception,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [NoImport(error), *sys.meta_path])
    with pytest.raises(FormatError, match=told) as caught:
        write_formats(PAGE, tmp_path, FORMATS)
    assert caught.value.exit_code == 2
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr() == ("", "")


def unpacked(pdf: bytes) -> bytes:
    """Return a PDF with its streams, which hold most of its objects, unpacked."""
    streams = re.findall(rb"stream\r?\n(.*?)\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(one) for one in streams)


@pytest.fixture
def can_make_pdfs() -> None:
    """Skip where the system lacks a library; that the package is there, `[dev]` sees to."""
    try:
        page_pdf._weasyprint()
    except FormatError as error:
        if "is not installed" in str(error):
            raise
        pytest.skip(f"no PDF here: {error}")


@pytest.mark.usefixtures("can_make_pdfs")
def test_a_pdf_is_tagged_titled_and_the_same_bytes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """No date, no identifier of its own; nothing is said of it on the terminal."""
    hostile = replace(PAGE, title=Span("<b>&</b> 😀 \u05e9 var(--chart-bar, #0072b2", "name"))
    made = []
    for name in ("one", "two"):
        (path,) = write_formats(hostile, tmp_path / name, ["pdf"])
        made.append(path.read_bytes())
    assert made[0] == made[1]
    inside = unpacked(made[0])
    assert b"/MarkInfo" in inside
    assert b"/Lang (en)" in inside
    assert b'pdfuaid:part="1"' in inside
    assert b"CreationDate" not in inside
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


@pytest.mark.usefixtures("can_make_pdfs")
def test_a_pdf_has_numbered_pages_and_every_table_unfolded() -> None:
    import weasyprint  # noqa: PLC0415 - it may not be there

    folded = replace(TABLE, caption="Unfolded", folded=True)
    section = replace(PAGE.sections[0], tables=(folded,) * 60)
    text = page_pdf._for_paper(page_pdf.html(replace(PAGE, sections=(section,))))
    document = weasyprint.HTML(string=text).render()
    assert len(document.pages) > 1
    words = [box.text for page in document.pages for box in boxes(page._page_box)]
    assert words.count("Unfolded") == 60
    assert f"page 1 of {len(document.pages)}" in "".join(words)
    assert "var(" not in text.partition("<svg")[2].partition("</svg>")[0]


def boxes(page: Any) -> list[Any]:
    """Return the boxes of a page that hold text, those of its margins too."""
    return [box for box in page.descendants() if hasattr(box, "text")]


@pytest.mark.usefixtures("can_make_pdfs")
def test_a_pdf_loads_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever got into the page: neither a file nor an address is opened."""
    secret = tmp_path / "secret.svg"
    secret.write_text("<svg xmlns='http://www.w3.org/2000/svg'><text>secret</text></svg>")
    linked = f'<img alt="x" src="{secret.as_uri()}"><img alt="y" src="http://127.0.0.1:9/x.png">'
    real = page_pdf.html
    plain = page_pdf.pdf(PAGE)
    monkeypatch.setattr(
        page_pdf, "html", lambda page: real(page).replace("<main>", f"<main>{linked}")
    )
    opened: list[str] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *args: opened.append(args[1]))
    assert page_pdf.pdf(PAGE) != plain
    assert opened == []
