"""How busy each host was, where machines have several: work need not spread evenly over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.page import Column, Figure, Text, named
from simulator.report.running.pictures import MOST_BARS, left_out, utilisation_chart
from simulator.report.running.ranking import ranked
from simulator.report.tables import table
from simulator.report.wording import estimate, interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.study import Study
    from simulator.report.running.availability import SlotColumn

_TITLE: Final = "Utilisation by host"
_MARK: Final = "at least one slot busy"


def hosts(study: Study, of_slots: Sequence[SlotColumn]) -> tuple[Figure, ...]:
    """Return how busy each host was; nothing where every machine has one host alone."""
    rows = ranked(study.summary, "host", "slots.utilisation")
    if not rows or one_host_each(study):
        return ()
    busy = [study.summary.find("host", row.name, "host.utilisation") for row in rows]
    differs = any(
        one is not None and one.mean > row.mean for one, row in zip(busy, rows, strict=True)
    )
    columns = (
        Column("Host"),
        Column("Busy slots", numeric=True, measure="slots.busy"),
        Column("Utilisation", numeric=True, measure="slots.utilisation"),
        Column("Interval", numeric=True),
        Column("Any slot busy", numeric=True, measure="host.utilisation"),
        *(Column(title, numeric=True, measure=measure) for title, measure in of_slots),
    )
    marked = busy[:MOST_BARS] if differs else []
    return (
        Figure(
            utilisation_chart("hosts", _TITLE, rows[:MOST_BARS], marked, _MARK),
            table(_TITLE, columns, [_cells(study, row.name, of_slots) for row in rows]),
            left_out([row.name for row in rows], "host"),
        ),
    )


def one_host_each(study: Study) -> str:
    """Return the note that hosts tell nothing more than their machines; empty where they do."""
    machines = study.loaded.scenario.machines.values()
    if any(machine.host_count > 1 for machine in machines):
        return ""
    return "Each machine has one host, and its utilisation is the host's."


def _cells(study: Study, host: str, of_slots: Sequence[SlotColumn]) -> tuple[Text, ...]:
    measures = ("slots.utilisation", "slots.busy", "host.utilisation")
    share, busy, any_busy = (study.summary.find("host", host, one) for one in measures)
    return (
        named(host),
        estimate(busy),
        estimate(share),
        interval(share),
        estimate(any_busy),
        *(estimate(study.summary.find("host", host, column.measure)) for column in of_slots),
    )
