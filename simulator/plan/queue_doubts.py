"""Queues that are valid and yet serve nothing, or do not do what they seem to: warnings."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Issue, Path, warning
from simulator.model.folders import Folder, joined, walk
from simulator.model.queues import Arrival, Queue
from simulator.model.registers import full_name, place_of
from simulator.model.scenario import Scenario
from simulator.model.triggers import Trigger
from simulator.units import exact_duration


def queue_doubts(scenario: Scenario) -> Iterator[Issue]:
    """Yield warnings of queues nothing adds to or works, and of triggers that do not fit theirs."""
    for parts, folder in walk(scenario.folders):
        path = place_of(parts)
        yield from _queues(folder, joined(parts), (*path, "queues"))
        yield from _triggers(folder, (*path, "triggers"))
        for name, arrival in folder.arrivals.items():
            queue = folder.queues[arrival.queue]
            yield from _always_late(arrival, queue, (*path, "arrivals", name))
    yield from _targets(scenario)


def _targets(scenario: Scenario) -> Iterator[Issue]:
    """Yield what no run can tell of a queue: an SLA it has not, deadlines no item has."""
    promised, dated = set(), set()
    for parts, folder in walk(scenario.folders):
        path = joined(parts)
        promised |= {full_name(path, name) for name, one in folder.queues.items() if one.sla}
        for arrival in folder.arrivals.values():
            if arrival.deadline_in(folder.queues[arrival.queue]) is not None:
                dated.add(full_name(path, arrival.queue))
    known = {
        "items.sla_share": (promised, "no sla", "give the queue an sla"),
        "items.late_share": (
            dated,
            "no item with a deadline",
            "give it an sla, or its arrivals a deadline",
        ),
    }
    for index, target in enumerate(scenario.targets):
        if target.queue is None or target.measure not in known:
            continue
        queues, has, hint = known[target.measure]
        if target.queue not in queues:
            message = f"{target.measure} will never be known: {target.queue!r} has {has}"
            yield warning(("targets", index, "measure"), message, "never-known", hint)


def _queues(folder: Folder, folder_path: str, path: Path) -> Iterator[Issue]:
    worked = {process.queue for process in folder.processes.values()}
    watched = {trigger.queue.name for trigger in folder.triggers.values() if trigger.queue}
    fed = {arrival.queue for arrival in folder.arrivals.values()}
    for name in folder.queues:
        place = (*path, name)
        if not (name in worked or name in watched or name in fed):
            hint = "leave it out, or name it in a process and in an arrival"
            yield warning(place, f"nothing uses the queue {name!r}", "unused-queue", hint)
        elif name not in fed:
            message = f"the queue {name!r} stays empty: nothing adds items to it"
            yield warning(place, message, "empty-queue", f"add an arrival with queue: {name}")
        elif not (name in worked or name in watched):  # of a trigger's process it is told there
            message = f"the items of {name!r} will stay New: no process of {folder_path} works it"
            yield warning(place, message, "unworked-queue", f"give a process queue: {name}")


def _triggers(folder: Folder, path: Path) -> Iterator[Issue]:
    """Yield what is doubtful about queue triggers: whom they start, and two of one queue.

    By the vendor's page Queue triggers a queue has one trigger, made for a process that takes its
    items.
    """
    first: dict[str, str] = {}
    for name, trigger in folder.triggers.items():
        if trigger.queue is None:
            continue
        queue = trigger.queue.name
        if first.setdefault(queue, name) != name:
            message = f"the queue {queue!r} has a queue trigger already: {first[queue]!r}"
            hint = "the vendor allows one for each queue: keep one of them"
            yield warning((*path, name, "queue", "name"), message, "second-queue-trigger", hint)
        yield from _other_queue(trigger, queue, folder, (*path, name, "process"))


def _other_queue(trigger: Trigger, queue: str, folder: Folder, path: Path) -> Iterator[Issue]:
    worked = folder.processes[trigger.process].queue
    if worked == queue:
        return
    works = "no queue" if worked is None else f"the queue {worked!r}"
    message = (
        f"{trigger.process!r} works {works}: its jobs leave the items of {queue!r} New, "
        "so that they set off job after job"
    )
    hint = f"give it queue: {queue}, or name a process that has"
    yield warning(path, message, "other-queue", hint)


def _always_late(arrival: Arrival, queue: Queue, path: Path) -> Iterator[Issue]:
    deadline = arrival.deadline_in(queue)
    if deadline is not None and arrival.defer > deadline:
        message = (
            f"every item will be late: it is due {exact_duration(deadline)} after it was added, "
            f"and deferred for {exact_duration(arrival.defer)}"
        )
        hint = "defer it for less, or give it a later deadline"
        yield warning((*path, "defer"), message, "always-late", hint)
