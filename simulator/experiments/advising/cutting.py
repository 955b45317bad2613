"""A machine template cut in pieces that together offer what it offers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from simulator.experiments.advising.work import Estate
from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.policies.changes import Change

Pieces: TypeAlias = Mapping[str, Machine]
"""The templates that stand for one by their names; the first keeps its name."""


def apportioned(total: int, weights: Sequence[float]) -> list[int]:
    """Return whole parts of a total by weight, by largest remainders, each at least one.

    Equal remainders go to the first. `total` is at least the number of weights.
    Source: Balinski & Young 1982, "Fair Representation", on Hamilton's method.
    """
    sum_of = sum(weights)
    shares = [one / sum_of if sum_of else 1 / len(weights) for one in weights]
    parts = [max(1, int(total * share)) for share in shares]
    while sum(parts) != total:
        lacking = [total * share - part for share, part in zip(shares, parts, strict=True)]
        if sum(parts) < total:
            parts[lacking.index(max(lacking))] += 1
        else:
            spare = [lack if part > 1 else total for lack, part in zip(lacking, parts, strict=True)]
            parts[spare.index(min(spare))] -= 1
    return parts


def by_hosts(machine: Machine, counts: Sequence[int]) -> list[Machine]:
    """Return a template cut in pieces of so many hosts each; named hosts keep their names."""
    if machine.names is None:
        return [machine.model_copy(update={"hosts": count}) for count in counts]
    names = iter(machine.names)
    return [
        machine.model_copy(update={"names": tuple(next(names) for _ in range(count))})
        for count in counts
    ]


def by_slots(
    machine: Machine, slots: Sequence[Mapping[RuntimeType, int]], sessions: Sequence[int | None]
) -> list[Machine]:
    """Return a template with each of its hosts cut in pieces of so many slots and sessions."""
    return [
        machine.model_copy(update={"slots": dict(each), "windows_sessions": own})
        for each, own in zip(slots, sessions, strict=True)
    ]


def by_single_slots(machine: Machine, runtime: RuntimeType, counts: Sequence[int]) -> list[Machine]:
    """Return a template cut in pieces of hosts with one slot each."""
    update = {"names": None, "slots": {runtime: 1}}
    return [machine.model_copy(update={**update, "hosts": count}) for count in counts]


def has_a_session_a_slot(machine: Machine) -> bool:
    """Return whether no slot of a host ever lacks a Windows session."""
    sessions = machine.windows_sessions
    return sessions is None or sessions >= sum(machine.slots.values())


def cut(estate: Estate, machine: str, pieces: Pieces) -> tuple[Change, ...]:
    """Return the changes that put pieces in the place of a machine.

    Where licences are limited and hosts of later machines take some too, all machines are written
    anew, so that the pieces come in its turn.
    """
    machines, slots = estate.scenario.machines, estate.scenario.machines[machine].slots
    is_last = machine == list(machines)[-1]
    if is_last or slots.keys().isdisjoint(estate.scenario.licences):
        return tuple(_changes(machine, machines[machine], pieces))
    in_turn: dict[str, Machine] = {}
    for name, one in machines.items():
        in_turn.update(pieces if name == machine else {name: one})
    return (Change(("machines",), {name: _short(one) for name, one in in_turn.items()}),)


def _changes(machine: str, before: Machine, pieces: Pieces) -> Iterator[Change]:
    was, now = (one.model_dump(mode="json") for one in (before, pieces[machine]))
    for key, value in now.items():
        if value != was[key]:
            yield Change(("machines", machine, key), value)
    for name, piece in pieces.items():
        if name != machine:
            yield Change(("machines", name), _short(piece))


def _short(machine: Machine) -> dict[str, object]:
    return machine.model_dump(mode="json", exclude_defaults=True)
