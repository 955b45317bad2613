"""Where an admitted job would stay Pending: the smallest change that gives it a host."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.quantities import RuntimeType
from simulator.policies.admission import Places, Request
from simulator.policies.changes import Change, Mend
from simulator.policies.hosting import Hosting, Lack, Wanted, wanted_by


def mend_host(request: Request, places: Places, hosting: Hosting) -> Mend | None:
    """Return the smallest change that lets a job begin in one of the places admission gave it.

    Of the machine that lacks least, preferably no licence: those cost most. None where the job
    finds a host as it is.
    """
    wanted = wanted_by(request, hosting.scenario)
    if hosting.serves(places, wanted):
        return None

    def short_of(name: str) -> tuple[bool, int]:
        lacks = hosting.lacks(name, wanted)
        return Lack.LICENCE in lacks, len(lacks)

    name = min((name for name, _ in places), key=short_of)
    steps = list(_steps(name, wanted, hosting))
    return Mend(" and ".join(words for words, _ in steps), tuple(change for _, change in steps))


def _steps(name: str, wanted: Wanted, hosting: Hosting) -> Iterator[tuple[str, Change]]:
    """Yield in words and as a change what one machine lacks."""
    machine, lacks = hosting.scenario.machines[name], hosting.lacks(name, wanted)
    if Lack.PROCESS_TYPE in lacks:
        taking = f"let {name} take {'foreground' if wanted.foreground else 'background'} jobs too"
        yield taking, Change(("machines", name, "process_types"), "any")
    if Lack.HOST in lacks:
        key, value = ("hosts", 1) if machine.names is None else ("names", ["1"])
        yield f"give {name} a host", Change(("machines", name, key), value)
    if Lack.SESSION in lacks:
        yield f"give {name} a Windows session", Change(("machines", name, "windows_sessions"), 1)
    licences = hosting.scenario.licences
    for runtime, count in _licences(name, wanted, hosting, more_hosts=Lack.HOST in lacks):
        words = f"raise the {runtime} licences from {licences[runtime]} to {count}"
        yield words, Change(("licences", runtime), count)


def _licences(
    name: str, wanted: Wanted, hosting: Hosting, *, more_hosts: bool
) -> Iterator[tuple[RuntimeType, int]]:
    """Yield the licences of each runtime type that have to be more; no other host loses any.

    A host that is added takes its own before all machines that follow it in the file.
    """
    machine, licences = hosting.scenario.machines[name], hosting.licences
    for runtime, slots in machine.slots.items():
        if runtime in licences.held:
            count = licences.taken(runtime) + (slots if more_hosts else 0)
            if runtime == wanted.runtime:
                count = max(count, _first_licence(name, wanted, hosting, more_hosts=more_hosts))
            if count > licences.held[runtime]:
                yield runtime, count


def _first_licence(name: str, wanted: Wanted, hosting: Hosting, *, more_hosts: bool) -> int:
    """Return how many licences it takes until one is for a slot on the host that is wanted."""
    machine, licences = hosting.scenario.machines[name], hosting.licences
    runtime = wanted.runtime
    place = 0 if wanted.host is None else machine.host_names().index(wanted.host)
    if more_hosts or place < machine.connected_at_start:
        return licences.before[name, runtime] + place * machine.slots[runtime] + 1
    return licences.altogether[runtime] + 1
