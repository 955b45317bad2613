"""How busy each machine, each host and each account was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.page import Column, Figure, Section, Text, named
from simulator.report.running.availability import EXPLANATION, slot_columns
from simulator.report.running.hosts import hosts, one_host_each
from simulator.report.running.pictures import MOST_BARS, left_out, utilisation_chart
from simulator.report.running.ranking import machines_with_slots, ranked
from simulator.report.running.view import PART, held_outside
from simulator.report.tables import table
from simulator.report.wording import estimate, interval, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.study import Study
    from simulator.measurement import SummaryRow
    from simulator.report.running.availability import SlotColumn


def utilisation(study: Study) -> Section:
    """Return how busy each machine, each host and each account was."""
    lead = (
        "The utilisation of a machine or a host is busy slot-time over the slot-time of its "
        "connected hosts; an account's is the share of the window with at least one job running "
        "under it."
    )
    of_slots = slot_columns(study)
    leads = (lead, EXPLANATION) if of_slots else (lead,)
    found = _machines(study, of_slots), *hosts(study, of_slots), _accounts(study)
    figures = tuple(figure for figure in found if figure.table.rows)
    return Section("utilisation", "Utilisation", tuple((one,) for one in leads), figures)


def slots_of(study: Study, machine: str) -> int:
    """Return the slots all hosts of a machine template have together, of every runtime type."""
    template = study.loaded.scenario.machines.get(machine)
    return 0 if template is None else template.host_count * sum(template.slots.values())


def _machines(study: Study, of_slots: Sequence[SlotColumn]) -> Figure:
    rows = ranked(study.summary, "machine", "slots.utilisation")
    outside = [held_outside(study, row.name) for row in rows] if study.viewer is not None else []
    columns = (
        Column("Machine"),
        Column("Slots", numeric=True),
        Column("Busy slots", numeric=True, measure="slots.busy"),
        Column("Utilisation", numeric=True, measure="slots.utilisation"),
        *(Column(title, numeric=True) for title in (PART,) if outside),
        Column("Interval", numeric=True),
        *(Column(title, numeric=True, measure=measure) for title, measure in of_slots),
    )
    shown = rows[:MOST_BARS]
    return Figure(
        utilisation_chart("machines", "Utilisation by machine", shown, outside[:MOST_BARS]),
        table(
            "Utilisation by machine",
            columns,
            [_machine_cells(study, name, of_slots) for name in machines_with_slots(study.summary)],
        ),
        " ".join(
            note
            for note in (left_out([row.name for row in rows], "machine"), one_host_each(study))
            if note
        ),
    )


def _machine_cells(study: Study, machine: str, of_slots: Sequence[SlotColumn]) -> tuple[Text, ...]:
    """Return a machine's cells; in one account's view also what was held outside it."""
    outside = () if study.viewer is None else (held_outside(study, machine),)

    def row(measure: str) -> SummaryRow | None:
        return study.summary.find("machine", machine, measure)

    return (
        named(machine),
        number(slots_of(study, machine)),
        estimate(row("slots.busy")),
        estimate(row("slots.utilisation")),
        *(estimate(held) for held in outside),
        interval(row("slots.utilisation")),
        *(estimate(row(column.measure)) for column in of_slots),
    )


def _accounts(study: Study) -> Figure:
    rows = ranked(study.summary, "account", "account.utilisation")
    columns = (
        Column("Account"),
        Column("Started", numeric=True, measure="jobs.started"),
        Column("Utilisation", numeric=True, measure="account.utilisation"),
        Column("Interval", numeric=True),
    )
    cells = [
        (
            named(row.name),
            estimate(study.summary.find("account", row.name, "jobs.started")),
            estimate(row),
            interval(row),
        )
        for row in rows
    ]
    return Figure(
        utilisation_chart("accounts", "Utilisation by account", rows[:MOST_BARS]),
        table("Utilisation by account", columns, cells),
        left_out([row.name for row in rows], "account"),
    )
