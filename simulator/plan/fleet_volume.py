"""How often hosts would fail or be in maintenance, and how many slots there are, before a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from simulator.errors import Issue, Path
from simulator.model.machines import Failures, Machine, Maintenance
from simulator.model.quantities import RuntimeType
from simulator.sampling.inversion import Columns, mean_s
from simulator.schedules.quartz import parse_cron
from simulator.units import DAY_S


class Outages(NamedTuple):
    """How many outages come from one key of a machine."""

    path: Path
    number: float
    what: str


def most_slots(machines: Mapping[str, Machine], licences: Mapping[RuntimeType, int]) -> float:
    """Return how many slots there can be at once: those of every host there may be, if licensed."""
    slots: dict[RuntimeType, int] = defaultdict(int)
    for machine in machines.values():
        for runtime, number in machine.slots.items():
            slots[runtime] += machine.host_count * number
    return sum(min(number, licences.get(runtime, number)) for runtime, number in slots.items())


def endless_failures(machines: Mapping[str, Machine], columns: Columns) -> Iterator[Issue]:
    """Yield an error for each machine whose hosts fail time and again while no time passes."""
    for name, machine in machines.items():
        if machine.failures is not None and not _lap_s(machine.failures, columns):
            yield Issue(
                path=("machines", name, "failures"),
                message=f"the hosts of {name!r} would fail without end: neither up nor down takes "
                "any time",
                code="no-time",
                hint="give up a mean time of more than 0s, or leave failures out",
            )


def outages(machine: Machine, length_s: float, columns: Columns) -> Iterator[Outages]:
    """Yield how often a machine's hosts fail, and how often each entry of maintenance holds.

    Each host counts, up to all that a pool may have.
    """
    if machine.failures is not None:
        number = machine.host_count * length_s / _lap_s(machine.failures, columns)
        yield Outages(("failures",), number, "failures")
    for index, entry in enumerate(machine.maintenance):
        number = _windows(entry, machine.host_count, length_s)
        yield Outages(("maintenance", index, "cron"), number, "outages")


def _lap_s(failures: Failures, columns: Columns) -> float:
    """Return the mean time from one failure of a host to its next."""
    return mean_s(failures.up, columns) + mean_s(failures.down, columns)


def _windows(entry: Maintenance, hosts: int, length_s: float) -> float:
    """Return how many windows all hosts have, or how often the cron is due, if that is more.

    Windows that touch are one, so no more of them than fit one behind the other.
    """
    due = parse_cron(entry.cron).times_a_day * ((length_s + entry.duration) / DAY_S + 1)
    return max(due, hosts * min(due, length_s / entry.duration + 1))
