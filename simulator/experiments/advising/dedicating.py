"""Dedicating: a machine that several folders share is cut in one for each, or left to one of them.

The pieces are cut by the load that each folder offers, so that whole hosts stay whole where there
are enough; else every host's slots are cut, or single slots are given out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from simulator.experiments.advising.alternatives import (
    Alternative,
    Idea,
    NotTried,
    counted,
    listed,
)
from simulator.experiments.advising.cutting import (
    apportioned,
    by_hosts,
    by_single_slots,
    by_slots,
    cut,
    has_a_session_a_slot,
)
from simulator.experiments.advising.entries import pins
from simulator.experiments.advising.parties import Party, Sharing, sharings
from simulator.experiments.advising.work import Estate
from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.policies.changes import free_name


class _Pieces(NamedTuple):
    """A template for each party, and how much it is, in words: `2 hosts`."""

    machines: Sequence[Machine]
    words: Sequence[str]


def dedicating(estate: Estate) -> Iterator[Idea]:
    """Yield what each shared machine could be cut in, and to whom alone it could be left."""
    for sharing in sharings(estate):
        yield _split(estate, sharing)
        yield from _left_to_one(estate, sharing)


def _split(estate: Estate, sharing: Sharing) -> Idea:
    machine, parties = sharing.machine, sharing.parties
    pieces = _pieces(estate, sharing)
    if isinstance(pieces, str):
        return NotTried("dedicate", f"Dedicating {machine}", pieces)
    names = _names(estate, sharing)
    others = {party.folder: (name,) for party, name in zip(parties[1:], names[1:], strict=True)}
    return Alternative(
        kind="dedicate",
        words=f"Dedicating {machine} ({_told(parties, pieces.words)})",
        changes=(
            *cut(estate, machine, dict(zip(names, pieces.machines, strict=True))),
            *sharing.moved(estate, others),
        ),
        load=math.fsum(party.load for party in parties),
    )


def _names(estate: Estate, sharing: Sharing) -> list[str]:
    """Return what the pieces are called: that of the most work keeps the name."""
    taken = set(estate.scenario.machines)
    names = [sharing.machine]
    for party in sharing.parties[1:]:
        names.append(free_name(f"{sharing.machine}, {party.folder}", taken.__contains__))
        taken.add(names[-1])
    return names


def _told(parties: Sequence[Party], words: Sequence[str]) -> str:
    if len(set(words)) == 1:
        return f"{words[0]} each"
    return ", ".join(f"{party.folder} {each}" for party, each in zip(parties, words, strict=True))


def _pieces(estate: Estate, sharing: Sharing) -> _Pieces | str:
    """Return the pieces of a machine, or why it cannot be cut."""
    machine = estate.scenario.machines[sharing.machine]
    weights = [party.load for party in sharing.parties]
    if machine.pool is not None:
        return "its hosts come and go with demand"
    for one, target in pins(estate, sharing.machine):
        if target.host is not None:
            return f"{one.path} names its host {target.host}"
    slots = machine.host_count * sum(machine.slots.values())
    if slots < len(weights):
        return f"it has {counted(slots, 'slot')} for the {len(weights)} folders that share it"
    if machine.host_count >= len(weights):
        hosts = apportioned(machine.host_count, weights)
        return _Pieces(by_hosts(machine, hosts), [counted(one, "host") for one in hosts])
    pieces = _of_each_host(machine, sharing.parties)
    return _single_slots(machine, weights) if pieces is None else pieces


def _of_each_host(machine: Machine, parties: Sequence[Party]) -> _Pieces | None:
    """Return each host's slots and sessions cut for the parties; None where they are too few."""
    slots: list[dict[RuntimeType, int]] = [{} for _ in parties]
    for runtime, number in machine.slots.items():
        asking = [place for place, one in enumerate(parties) if runtime in one.runtimes] or [0]
        if 0 < number < len(asking):
            return None
        parts = apportioned(number, [parties[one].load for one in asking]) if number else []
        for place, part in zip(asking, parts, strict=False):
            slots[place][runtime] = part
    sessions = _sessions(machine, parties)
    if sessions is None:
        return None
    hosts = f" of {counted(machine.host_count, 'host')}" if machine.host_count > 1 else ""
    words = [f"{counted(sum(each.values()), 'slot')}{hosts}" for each in slots]
    return _Pieces(by_slots(machine, slots, sessions), words)


def _sessions(machine: Machine, parties: Sequence[Party]) -> list[int | None] | None:
    """Return the Windows sessions of each party's piece; None where some would lack one."""
    sessions = machine.windows_sessions
    if sessions is None or has_a_session_a_slot(machine):
        return [sessions] * len(parties)
    needing = [place for place, party in enumerate(parties) if party.has_foreground]
    if sessions < len(needing):
        return None
    parts = apportioned(sessions, [parties[one].load for one in needing]) if needing else []
    found: list[int | None] = [0] * len(parties)
    for place, part in zip(needing, parts, strict=True):
        found[place] = part
    return found


def _single_slots(machine: Machine, weights: Sequence[float]) -> _Pieces | str:
    """Return single slots for the parties, or why there are none for each."""
    offered = {runtime: number for runtime, number in machine.slots.items() if number}
    if len(offered) > 1:
        return "its hosts have too few slots of some runtime type for each of the folders"
    if not has_a_session_a_slot(machine):
        return "its hosts have fewer Windows sessions than the folders that would need one"
    (runtime,) = offered
    counts = apportioned(machine.host_count * offered[runtime], weights)
    return _Pieces(
        by_single_slots(machine, runtime, counts), [counted(one, "slot") for one in counts]
    )


def _left_to_one(estate: Estate, sharing: Sharing) -> Iterator[Alternative]:
    """Yield each party as the only one that keeps the machine, where the others have more."""
    machine = sharing.machine
    for party in sharing.parties:
        others = [one for one in sharing.parties if one is not party]
        if all(one.could_leave(machine) for one in others):
            leaving = listed([one.folder for one in others])
            leaves = "leaves" if len(others) == 1 else "leave"
            yield Alternative(
                kind="dedicate",
                words=f"Dedicating {machine} to {party.folder} alone ({leaving} {leaves} it)",
                changes=tuple(sharing.moved(estate, {one.folder: () for one in others})),
                load=math.fsum(one.load for one in sharing.parties),
            )
