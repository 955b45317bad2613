"""Queues that are named and not there, and who adds to them."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Issue, Path
from simulator.model.folders import Folder
from simulator.model.registers import Register, Registers


def queue_names(folder: Folder, path: Path, registers: Registers) -> Iterator[Issue]:
    """Yield an error for each queue a folder at `path` names and lacks, and each unknown adder."""
    queues = Register("queue of this folder", folder.queues)
    for name, place in _named(folder, path):
        if name not in folder.queues:
            home = registers.queue_homes.get(name)
            hint = f"it is a queue of {home}; a queue is used in its own folder" if home else ""
            yield queues.unknown(name, place, hint)
    for name, arrival in folder.arrivals.items():
        if not registers.is_actor(arrival.by):
            yield registers.actors.unknown(arrival.by, (*path, "arrivals", name, "by"))


def _named(folder: Folder, path: Path) -> Iterator[tuple[str, Path]]:
    """Yield every queue's name that processes, queue triggers and arrivals use, and where."""
    for name, process in folder.processes.items():
        if process.queue is not None:
            yield process.queue, (*path, "processes", name, "queue")
    for name, trigger in folder.triggers.items():
        if trigger.queue is not None:
            yield trigger.queue.name, (*path, "triggers", name, "queue", "name")
    for name, arrival in folder.arrivals.items():
        yield arrival.queue, (*path, "arrivals", name, "queue")
