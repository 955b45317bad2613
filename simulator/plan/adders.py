"""Everything that adds items to queues, and whether whoever does so may.

Adding an item is the vendor's AddQueueItem: it asks for access to the folder, then for Queues.View
and Transactions.Create there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.errors import Path
from simulator.model.folders import joined, walk
from simulator.model.queues import Arrival, Queue
from simulator.model.registers import full_name, place_of
from simulator.model.scenario import Scenario
from simulator.policies.admission import may_add_items


@dataclass(frozen=True, slots=True)
class Adder:
    """An arrival where it stands: its folder, its queue, and who adds, in turn."""

    parts: tuple[str, ...]
    folder: str
    name: str
    item: Arrival
    queue: Queue
    callers: tuple[str, ...]

    @property
    def place(self) -> Path:
        """Return where it stands in the scenario."""
        return (*place_of(self.parts), "arrivals", self.name)

    @property
    def path(self) -> str:
        """Return its name in tables: `HR/Payroll:mail`."""
        return full_name(self.folder, self.name)

    @property
    def queue_path(self) -> str:
        """Return its queue's name in tables: `HR/Payroll:invoices`."""
        return full_name(self.folder, self.item.queue)


@dataclass(frozen=True, slots=True)
class ItemRoute:
    """One way items are added: by whom, and what refuses them if anything does."""

    arrival: int
    adder: Adder
    by: str
    refusal: Refusal | None


def adders(scenario: Scenario, access: Access) -> tuple[Adder, ...]:
    """Return every arrival, in file order."""
    return tuple(
        Adder(parts, joined(parts), name, one, folder.queues[one.queue], access.members(one.by))
        for parts, folder in walk(scenario.folders)
        for name, one in folder.arrivals.items()
    )


def item_routes(everyone: Sequence[Adder], access: Access) -> list[ItemRoute]:
    """Return a route for each arrival and whoever adds, arrivals in order."""
    return [
        ItemRoute(number, one, by, may_add_items(by, one.folder, access))
        for number, one in enumerate(everyone)
        for by in one.callers
    ]
