"""Hosts, slots and pools that are valid and yet can never run a job: warnings before a run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from heapq import merge
from typing import Final

from simulator.access.grants import Access
from simulator.errors import Issue, warning
from simulator.model.folders import joined, walk
from simulator.model.machines import Failures, Machine
from simulator.model.processes import Process
from simulator.model.registers import first_of, full_name
from simulator.plan.arrivals import Wall, wall_over, window_of
from simulator.plan.maintenance import windows_of
from simulator.policies.hosting import Hosting, Wanted
from simulator.sampling.inversion import Columns, mean_s
from simulator.schedules.quartz import parse_cron
from simulator.units import exact_duration


def fleet_doubts(hosting: Hosting, access: Access, columns: Columns) -> Iterator[Issue]:
    """Yield warnings of slots without licences, idle pools, and endless outages and restarts."""
    scenario = hosting.scenario
    wall = wall_over(window_of(scenario.time), scenario.assumptions, {})
    longest = _longest_jobs(hosting, access, columns)
    for name, machine in scenario.machines.items():
        yield from _unlicensed(name, machine, hosting)
        yield from _never_boots(name, machine, hosting)
        yield from _always_in_maintenance(name, machine, wall)
        if machine.failures is not None and not mean_s(machine.failures.up, columns):
            yield _never_up(name)
        elif machine.failures is not None and name in longest:
            yield from _hardly_ends(name, machine.failures, longest[name], columns)


def _unlicensed(name: str, machine: Machine, hosting: Hosting) -> Iterator[Issue]:
    """Yield which hosts lack licences from the start; what is not there then never comes."""
    for runtime, slots in machine.slots.items():
        wanted = machine.connected_at_start * slots
        taken = hosting.licences.of_machine(name, runtime)
        if taken < wanted:
            whole, some = divmod(taken, slots)
            own = machine.host_names()[whole : machine.connected_at_start]
            hosts = [repr(f"{name}/{host}") for host in own]
            told = [f"{some} of {slots} for {hosts.pop(0)}"] if some else []
            told += [f"none for {', '.join(first_of(hosts))}"] if hosts else []
            licences = f"{runtime!r} licence{'' if wanted == 1 else 's'}"
            message = f"{name!r} needs {wanted:,} {licences} and gets {taken:,}: {', '.join(told)}"
            hint = f"slots without one do not exist; raise licences.{runtime}, or have fewer slots"
            yield warning(("machines", name), message, "unlicensed", hint)


def _never_boots(name: str, machine: Machine, hosting: Hosting) -> Iterator[Issue]:
    pool, path = machine.pool, ("machines", name, "pool")
    if pool is None:
        return
    runtimes = [runtime for runtime, slots in machine.slots.items() if slots]
    if not runtimes:
        message = f"no host of {name!r} is ever booted: it has no slots"
        yield warning(path, message, "never-boots", "give it slots")
    elif pool.min < pool.max and all(hosting.licences.left(runtime) == 0 for runtime in runtimes):
        types = " or ".join(map(repr, runtimes))
        more = f" beyond the first {pool.min:,}" if pool.min else ""
        message = f"no host of {name!r} is ever booted{more}: no {types} licence is left for it"
        hint = f"raise licences.{runtimes[0]}, or give the hosts that are always there fewer slots"
        yield warning(path, message, "never-boots", hint)


def _always_in_maintenance(name: str, machine: Machine, wall: Wall) -> Iterator[Issue]:
    if any(parse_cron(one.cron).times_a_day > _MOST_TIMES_A_DAY for one in machine.maintenance):
        return
    covered_s = 0.0
    for begin_s, end_s in merge(*(windows_of(one, wall).spans_s() for one in machine.maintenance)):
        if begin_s > covered_s:
            return
        covered_s = max(covered_s, end_s)
        if covered_s >= wall.window.to_s:
            message = f"the maintenance of {name!r} lasts the whole run: no job starts on it"
            path = ("machines", name, "maintenance")
            yield warning(path, message, "always-in-maintenance", "check its cron and duration")
            return


_MOST_TIMES_A_DAY: Final = 24 * 60
"""A cron that is due more often is told as doubtful anyway, and takes long to work out."""


def _never_up(name: str) -> Issue:
    message = f"the hosts of {name!r} are never in service: they fail as soon as they are up"
    hint = "give up a mean time of more than 0s, or leave failures out"
    return warning(("machines", name, "failures", "up"), message, "never-up", hint)


def _hardly_ends(
    name: str, failures: Failures, longest: tuple[float, str], columns: Columns
) -> Iterator[Issue]:
    """Yield a doubt where hosts mostly fail before the longest job that runs there is over."""
    up_s, (busy_s, process) = mean_s(failures.up, columns), longest
    if failures.running_jobs == "restart" and up_s < busy_s:
        message = (
            f"jobs of {process!r} may hardly ever end on {name!r}: on average they take "
            f"{_rounded(busy_s)} there, and after {_rounded(up_s)} its host fails and they start "
            "from zero"
        )
        hint = "check up; or let running_jobs be fault, pause or kill"
        yield warning(("machines", name, "failures", "up"), message, "hardly-ends", hint)


def _rounded(seconds: float) -> str:
    return exact_duration(float(f"{seconds:.3g}"))


def _longest_jobs(
    hosting: Hosting, access: Access, columns: Columns
) -> dict[str, tuple[float, str]]:
    """Return for each machine that fails the mean time and the name of its longest process.

    The time is that of one stretch of running, without queue items.
    """
    longest: dict[str, tuple[float, str]] = {}
    machines = hosting.scenario.machines
    for parts, folder in walk(hosting.scenario.folders):
        path = joined(parts)
        failing = [name for name, _ in access.machines(path) if machines[name].failures]
        for own, process in folder.processes.items() if failing else ():
            start_up_s = mean_s(process.start_up, columns)
            duration_s = mean_s(process.duration, columns)
            limit_s = math.inf if process.stop_after is None else process.stop_after
            for name in failing:
                if _could_run(process, name, hosting):
                    factor = machines[name].duration_factor
                    busy_s = min(start_up_s + factor * duration_s, limit_s)
                    one = (busy_s, full_name(path, own))
                    longest[name] = max(longest.get(name, one), one)
    return longest


def _could_run(process: Process, name: str, hosting: Hosting) -> bool:
    has_slots = hosting.scenario.machines[name].slots.get(process.runtime, 0) > 0
    wanted = Wanted(process.runtime, foreground=process.type == "foreground")
    return has_slots and not hosting.lacks(name, wanted)
