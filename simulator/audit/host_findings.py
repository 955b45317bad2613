"""Where an admitted job finds a host, or what it stays Pending for: admission does not ask that."""

from __future__ import annotations

from typing import Final

from simulator.audit.members import first_of
from simulator.model.machines import Machine
from simulator.policies.admission import Places
from simulator.policies.hosting import Hosting, Lack, Wanted, lacks_in_words
from simulator.records.codes import PendingReason

HOST_QUESTION: Final = "a host that can take it"
"""What the match asks after admission has let a job in; want of a host refuses nobody."""

NO_PLACE: Final = "cannot be asked without a place"
"""What is found where admission refused before it came to places."""

MOST_MACHINES: Final = 3
"""How many machines a sentence names."""


def hosts_in_words(machine: Machine) -> str:
    """Return how many hosts a machine has: `1 host`, `3 hosts`, of a pool `0 to 10 hosts`."""
    least, most = machine.connected_at_start, machine.host_count
    count = f"{most}" if least == most else f"{least} to {most}"
    return f"{count} {'host' if most == 1 else 'hosts'}"


def host_finding(places: Places, wanted: Wanted, hosting: Hosting) -> str:
    """Return how many hosts of each machine can take a job, or why none can."""
    return first_of([_of_machine(name, wanted, hosting) for name, _ in places], MOST_MACHINES)


def _of_machine(name: str, wanted: Wanted, hosting: Hosting) -> str:
    lacks = hosting.lacks(name, wanted)
    if lacks:
        return f"{name} {lacks_in_words(lacks, wanted)}"
    machine, able = hosting.scenario.machines[name], hosting.hosts(name, wanted)
    if wanted.host is not None:
        return f"{name}/{wanted.host}"
    if len(able) == machine.host_count:
        return f"{name} ({hosts_in_words(machine)})"
    return f"{name} ({len(able)} of {hosts_in_words(machine)}, for want of licences)"


def reason_to_stay(places: Places, wanted: Wanted, hosting: Hosting) -> PendingReason:
    """Return the vendor's code of a job that no host there can ever take; NONE where one can."""
    lacking = {name: frozenset(hosting.lacks(name, wanted)) for name, _ in places}
    takers = {name: lacks for name, lacks in lacking.items() if Lack.PROCESS_TYPE not in lacks}
    if not all(lacking.values()):
        return PendingReason.NONE
    if not takers:
        return PendingReason.type_invalid(foreground=wanted.foreground)
    machines = hosting.scenario.machines
    sessionless = [name for name, lacks in takers.items() if lacks == {Lack.SESSION}]
    if any(machines[name].connected_at_start for name in sessionless):
        return PendingReason.ROBOT_BUSY  # a slot is free, a session never
    unlicensed = any(Lack.LICENCE in lacks for lacks in takers.values())
    if unlicensed and not sessionless:
        return PendingReason.TEMPLATE_NO_LICENSE
    return PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE
