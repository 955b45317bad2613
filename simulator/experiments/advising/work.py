"""The work of an estate: what jobs of each process bring, and which machines they may run on."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from simulator.access.grants import Access
from simulator.experiments.study import Study
from simulator.loading import Loaded
from simulator.model.folders import joined, walk
from simulator.model.registers import full_name, place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import Trace
from simulator.plan.reaches import Admitted, Reach, admitted
from simulator.plan.submitters import submitters
from simulator.policies.changes import Site
from simulator.sampling.inversion import Columns, mean_s
from simulator.units import HOUR_S


class Pace(NamedTuple):
    """How a process fares as things are: the slots its jobs ask for at once, how long one runs."""

    load: float
    mean_s: float


@dataclass(frozen=True, slots=True)
class Work:
    """The jobs of one process: who submits them, and the reach of each of those.

    `load` is offered: the accepted jobs a second, started or not, times how long one runs. `mean_s`
    is how long one runs on average, start-up and items of a queue included.
    """

    folder: str
    process: str
    load: float
    mean_s: float
    foreground: bool
    sources: tuple[Admitted, ...]

    @property
    def reaches(self) -> Iterator[Reach]:
        """Yield where its jobs may run, for each source and caller."""
        return (reach for source in self.sources for reach in source.reaches.values())

    @property
    def machines(self) -> frozenset[str]:
        """Return the machines that any of its jobs may run on."""
        return frozenset(spot.machine for reach in self.reaches for spot in reach.spots)

    @property
    def runtimes(self) -> frozenset[str]:
        """Return the runtime types its jobs ask for."""
        return frozenset(reach.runtime for reach in self.reaches)


@dataclass(frozen=True)
class Estate:
    """A scenario with its work; only folders whose jobs can run somewhere have any."""

    scenario: Scenario
    access: Access
    columns: Columns
    works: tuple[Work, ...]

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """Return the site of each folder, by its path."""
        return {
            joined(parts): Site(joined(parts), place_of(parts), folder)
            for parts, folder in walk(self.scenario.folders)
        }

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """Return the folders that have work, in the order of the file."""
        return tuple(dict.fromkeys(work.folder for work in self.works))

    def of_folder(self, folder: str) -> list[Work]:
        """Return the work of one folder."""
        return [work for work in self.works if work.folder == folder]

    def load_of(self, folder: str) -> float:
        """Return how many slots a folder's jobs ask for at once."""
        return math.fsum(work.load for work in self.of_folder(folder))

    def on_machine(self, machine: str) -> list[Work]:
        """Return the work that may run on a machine."""
        return [work for work in self.works if machine in work.machines]

    def load_on(self, work: Work, machine: str) -> float:
        """Return a work's part of the load of a machine: it is spread over the slots it reaches."""
        slots = {name: self.slots(name, work.runtimes) for name in work.machines}
        total = sum(slots.values())
        return work.load * slots.get(machine, 0) / total if total else 0.0

    def slots(self, machine: str, runtimes: frozenset[str]) -> int:
        """Return how many slots of some runtime types a machine has, on all its hosts."""
        template = self.scenario.machines[machine]
        each = sum(number for runtime, number in template.slots.items() if runtime in runtimes)
        return template.host_count * each


def estate_of(loaded: Loaded, paces: Mapping[str, Pace]) -> Estate:
    """Return a scenario with its work; `paces` tell how processes fare, by their full names."""
    sources: dict[tuple[str, str], list[Admitted]] = defaultdict(list)
    for one in admitted(loaded.scenario, loaded.access):
        if one.reaches:
            sources[one.source.folder, one.source.process_path].append(one)
    works = (
        Work(
            folder=folder,
            process=found[0].source.item.process,
            load=paces[path].load if path in paces else 0.0,
            mean_s=paces[path].mean_s if path in paces else 0.0,
            foreground=found[0].source.process.type == "foreground",
            sources=tuple(found),
        )
        for (folder, path), found in sources.items()
    )
    return Estate(loaded.scenario, loaded.access, loaded.columns, tuple(works))


def paces_of(study: Study) -> dict[str, Pace]:
    """Return how each process fares in a study, by its full name.

    Its load is the jobs accepted a second, times how long one runs: how many run at once over how
    many end (Little 1961, "A proof for the queuing formula L = λW", Operations Research 9). How
    long a job runs on average is what the file says, where it can; the run tells it of jobs that
    take items from a queue, or have durations of their own in a trace.
    """
    hours = study.legend.window.length_s / HOUR_S
    written, unwritten = _written_s(study.loaded), _unwritten(study.loaded)
    found: dict[str, Pace] = {}
    for path in study.legend.names.processes:
        ended_per_h, running = (_mean(study, path, of) for of in ("jobs.per_hour", "running.jobs"))
        run_s = running / ended_per_h * HOUR_S if ended_per_h else written[path]
        submitted, refused, expired = (
            _mean(study, path, f"jobs.{what}") for what in ("submitted", "refused", "expired")
        )
        per_s = (submitted - refused - expired) / hours / HOUR_S
        found[path] = Pace(per_s * run_s, run_s if path in unwritten else written[path])
    return found


def _unwritten(loaded: Loaded) -> frozenset[str]:
    """Return the processes of which the file does not say how long a job runs."""
    everyone = submitters(loaded.scenario, loaded.access)
    return frozenset(
        one.process_path
        for one in everyone
        if one.process.queue is not None
        or (isinstance(one.stream, Trace) and loaded.traces[one.stream.trace].has_durations)
    )


def _mean(study: Study, process: str, measure: str) -> float:
    row = study.summary.find("process", process, measure)
    return 0.0 if row is None or math.isnan(row.mean) else row.mean


def _written_s(loaded: Loaded) -> dict[str, float]:
    """Return how long a job of each process runs by the file, without queue items."""
    return {
        full_name(joined(parts), name): mean_s(process.duration, loaded.columns)
        + mean_s(process.start_up, loaded.columns)
        for parts, folder in walk(loaded.scenario.folders)
        for name, process in folder.processes.items()
    }
