"""The longest waits of a run, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.report.clock_times import run_clock
from simulator.report.fitting import listing, name
from simulator.report.wording import percent, quantity

if TYPE_CHECKING:
    from simulator.explaining.longest_waits import LongWait
    from simulator.records.columns import Window


def waits_table(
    waits: Sequence[LongWait], window: Window, replication: int, run: str
) -> RenderableType:
    """Return the longest first waits, and how to have one explained; `run` is the run's folder."""
    if not waits:
        return Text(f"No job was Pending for any time in replication {replication}.")
    clock = run_clock(window)
    rows = [
        (
            str(one.who.job),
            name(one.who.folder),
            name(one.who.process),
            name(_most(one)),
            clock.day(one.from_s),
            quantity(one.waited_s, "s"),
        )
        for one in waits
    ]
    columns = ("Job", "Folder", "Process", "Most by", "Submitted", "Waited")
    title = f"The longest waits for a first start, replication {replication}, {window.zone}"
    found = listing(title, columns, rows, most=len(rows), names=4, optional=("Folder",))
    option = "" if replication == 1 else f" --replication {replication}"
    how = name(f"simulator explain {quote(run)} {waits[0].who.job}{option}")
    how.no_wrap = True
    return Group(found or Text(), Text("\nTo have the first one explained:"), how)


def _most(one: LongWait) -> str:
    """Return what made a job wait most: `slot held, Finance (56 %)`."""
    first = one.charges[0]
    share = percent(round(first.seconds / one.waited_s, 2))
    whose = f", {first.held_by}" if first.held_by else ""
    return f"{first.cause.label}{whose} ({share})"
