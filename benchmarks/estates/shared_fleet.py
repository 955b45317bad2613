"""Folders that share machines: each machine stands in four folders, each folder has priorities.

The same numbers make the scenario and the plain SimPy model of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SLOTS: Final = 2
"""Of each machine, which is one host."""

SPREAD: Final = (0, 1, 5, 11)
"""How far from its first folder the folders of a machine are: four of them, not all neighbours."""

PRIORITIES: Final = {"urgent": 65, "usual": 45, "whenever": 25}
"""A process of each folder for each: High, Medium and Low, with a third of the jobs each."""

MEAN_S: Final = 600.0
DAY_S: Final = 86_400.0


@dataclass(frozen=True)
class Fleet:
    """So many folders and machines, a load as a share of all slots, and the jobs of the whole run.

    Submissions are Poisson, durations exponential with a mean of `mean_s` seconds.
    """

    folders: int
    machines: int
    load: float
    jobs: int
    mean_s: float = MEAN_S

    @classmethod
    def of(cls, sizes: Mapping[str, float]) -> Fleet:
        """Return the fleet of these sizes, as they come back from JSON."""
        whole = {name: int(sizes[name]) for name in ("folders", "machines", "jobs")}
        return cls(**whole, load=sizes["load"], mean_s=sizes["mean_s"])

    @property
    def length_s(self) -> float:
        """Return how long it takes for so many jobs to be submitted, in seconds."""
        return self.jobs * self.mean_s / (self.load * self.machines * SLOTS)

    @property
    def gap_s(self) -> float:
        """Return the mean time between two submissions of one process, in seconds."""
        return self.length_s * self.folders * len(PRIORITIES) / self.jobs

    def machines_of(self, folder: int) -> list[int]:
        """Return the machines of a folder, in the order of the file."""
        return [
            machine
            for machine in range(self.machines)
            if any((machine + far) % self.folders == folder for far in SPREAD)
        ]

    def text(self) -> str:
        """Return the scenario."""
        machines = "".join(f"  vm {one}: {{slots: {SLOTS}}}\n" for one in range(self.machines))
        folders = "".join(map(self._folder, range(self.folders)))
        return (
            "version: 1\nname: shared-fleet\n"
            f"time: {{start: 2026-01-05, duration: {round(self.length_s)}s}}\n"
            "run: {replications: 1}\n"
            "accounts: {robot: {type: robot}, owner: {type: user}}\n"
            f"machines:\n{machines}folders:\n{folders}"
        )

    def _folder(self, number: int) -> str:
        rate = f"{3600 / self.gap_s:.6f} per hour"
        work = f"duration: {{exponential: {self.mean_s:.6f}s}}"
        processes = "".join(
            f"      {name}: {{{work}, priority: {priority}}}\n"
            for name, priority in PRIORITIES.items()
        )
        triggers = "".join(
            f"      {name}: {{process: {name}, event: {{poisson: {rate}}}, created_by: owner}}\n"
            for name in PRIORITIES
        )
        return (
            f"  folder {number}:\n"
            "    assign: {robot: [Automation User], owner: [Folder Administrator]}\n"
            f"    machines: [{', '.join(f'vm {one}' for one in self.machines_of(number))}]\n"
            f"    processes:\n{processes}    triggers:\n{triggers}"
        )


def day(load: float, jobs: int, folders: int = 20, machines: int = 40) -> Fleet:
    """Return a fleet whose jobs are submitted in one day; the load sets how long each lasts.

    Above a load of 1 the line grows all day, to the share `1 - 1 / load` of the jobs. At every load
    the submissions are the same.
    """
    return Fleet(folders, machines, load, jobs, load * machines * SLOTS * DAY_S / jobs)
