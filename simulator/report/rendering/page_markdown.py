"""From a page's values to Markdown: for a wiki, a ticket or a pull request, beside its pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simulator.report.rendering.file_names import figure_files
from simulator.report.rendering.markdown_text import escaped, line, marked_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.report.page import (
        Column,
        Figure,
        Highlight,
        Notice,
        ReportPage,
        Section,
        Table,
    )


def markdown(page: ReportPage) -> str:
    """Return a page as GitHub Flavored Markdown; its pictures are `figures/<key>.svg` beside it.

    Equal pages give equal text. No name in it renders as markup or as a link.
    """
    pictures = {chart.key: name for name, chart in figure_files(page, "svg")}
    blocks = [*_head(page), *_answer(page)]
    for section in page.sections:
        blocks += _section(section, pictures)
    return "\n\n".join([*blocks, *_provenance(page)]) + "\n"


def _head(page: ReportPage) -> Iterator[str]:
    yield f"# {escaped(page.title.text)}"
    yield line((page.kind,))
    if page.view:
        yield line(page.view)
    if page.question:
        yield f"> {line((page.question,))}"
    for sentence in page.alarm:
        yield f"> **Warning:** {line(sentence)}"


def _answer(page: ReportPage) -> Iterator[str]:
    yield "## The answer"
    yield from map(line, page.answer)
    if page.highlights:
        yield _list(map(_highlight, page.highlights))
    if page.verdict:
        yield "### Are the targets kept?"
        yield line(page.verdict)
    if page.targets:
        yield from _table(page.targets)
    yield "### Can these figures be trusted?"
    yield _list(map(_notice, page.trust))


def _highlight(one: Highlight) -> str:
    about = f"{line(one.about)}, " if one.about else ""
    return f"{line((one.title,))}: **{escaped(one.value)}** ({about}{escaped(one.interval)})"


def _notice(notice: Notice) -> str:
    text = line(notice.text)
    return f"**Warning:** {text}" if notice.is_warning else text


def _section(section: Section, pictures: Mapping[str, str]) -> Iterator[str]:
    yield f"## {escaped(section.title)}"
    yield from map(line, section.lead)
    for figure in section.figures:
        yield from _figure(figure, pictures[figure.chart.key])
    for table in section.tables:
        yield from _table(table)


def _figure(figure: Figure, picture: str) -> Iterator[str]:
    title = escaped(figure.chart.title)
    yield f"### {title}"
    yield f"![{title}]({picture})"
    if figure.note:
        yield line((figure.note,))
    yield from _table(figure.table)


def _table(table: Table) -> Iterator[str]:
    yield f"**{escaped(table.caption)}**"
    rows = [
        [escaped(column.title) for column in table.columns],
        [_alignment(column) for column in table.columns],
        *([marked_up(cell).strip() for cell in row] for row in table.rows),
    ]
    yield "\n".join(f"| {' | '.join(row)} |" for row in rows)
    if table.note:
        yield line((table.note,))


def _alignment(column: Column) -> str:
    return "---:" if column.numeric else "---"


def _provenance(page: ReportPage) -> Iterator[str]:
    yield "## Where this comes from"
    yield "The same scenario, data, seed and versions give the same figures and the same page."
    yield _list(f"{line((name,))}: {escaped(value)}" for name, value in page.provenance)


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
