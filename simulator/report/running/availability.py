"""Of each machine, how many of its slots were there and could be used, and why not the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.report.running.ranking import ranked

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.machines import Machine


class SlotColumn(NamedTuple):
    """A column of a table of machines: its title, and the measure of its values."""

    title: str
    measure: str


CONNECTED: Final = SlotColumn("Connected", "slots.connected")
BOOTING: Final = SlotColumn("Booting", "slots.booting")
UNLICENSED: Final = SlotColumn("Unlicensed", "slots.unlicensed")
USABLE: Final = SlotColumn("Usable", "slots.usable")
MAINTENANCE: Final = SlotColumn("Maintenance", "slots.maintenance")
DOWN: Final = SlotColumn("Down", "slots.down")

EXPLANATION: Final = (
    "Connected slots have a licence. Usable is the share of their time in which jobs could start; "
    "the rest was in maintenance or down. The slots of a host that boots, and those without a "
    "licence, do not exist: no other figure counts them."
)
"""What the columns tell."""


def slot_columns(study: Study) -> tuple[SlotColumn, ...]:
    """Return the columns that say something; none where every slot is usable all the time."""
    machines = study.loaded.scenario.machines.values()
    out_of_use = (
        *((MAINTENANCE,) if any(one.maintenance for one in machines) else ()),
        *((DOWN,) if any(one.failures is not None for one in machines) else ()),
    )
    not_there = (
        *((BOOTING,) if any(map(_may_boot, machines)) else ()),
        *((UNLICENSED,) if _has_unlicensed(study) else ()),
    )
    return (
        *((CONNECTED, *not_there) if not_there else ()),
        *((USABLE, *out_of_use) if out_of_use else ()),
    )


def _may_boot(machine: Machine) -> bool:
    return machine.host_count > machine.connected_at_start


def _has_unlicensed(study: Study) -> bool:
    return any(row.mean > 0 for row in ranked(study.summary, "machine", UNLICENSED.measure))
