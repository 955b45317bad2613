"""Why a table has no value where waits have none in the long run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text as Line

from simulator.escaping import escaped
from simulator.experiments.long_run import OF_ITEMS, OF_WAITS
from simulator.report.page import named
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.study import Study
    from simulator.report.page import Phrase, Section


def lines(study: Study) -> Iterator[Line]:
    """Yield for a terminal why waits have no value, a line for each set of folders."""
    yield from (Line(f"{NOTHING} {escaped(reason)}.") for reason in study.long_run.reasons)


def explained(section: Section, study: Study) -> Section:
    """Return a section with the reasons in front, if a table of it shows such waits."""
    tables = (*(figure.table for figure in section.figures), *section.tables)
    shown = {column.measure for one in tables for column in one.columns}
    if any(measure.startswith((*OF_WAITS, *OF_ITEMS)) for measure in shown):
        return replace(section, lead=(*section.lead, *_reasons(study)))
    return section


def waits_without_mean(study: Study) -> Phrase:
    """Return why the waits of the tenant's jobs have no mean; nothing where they have."""
    reason = study.long_run.reason("tenant", "", "pending.mean")
    return ("Waits have no mean in the long run: ", named(reason)) if reason else ()


def _reasons(study: Study) -> Iterator[Phrase]:
    for reason in study.long_run.reasons:
        yield NOTHING, " ", named(reason), "."
