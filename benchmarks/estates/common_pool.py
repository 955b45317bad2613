"""Twenty folders that all have the same five machines, at a load of 90 %."""

from __future__ import annotations

FOLDERS, MACHINES, SLOTS = 20, 5, 4
"""Each folder has all of the machines, in an order of its own."""

LOAD, MEAN_MINUTES = 0.9, 10
PER_HOUR = LOAD * MACHINES * SLOTS * 60 / MEAN_MINUTES / FOLDERS


def common_pool(jobs: int) -> str:
    """Return the scenario in which about so many jobs are submitted."""
    machines = "".join(f"  vm {number}: {{slots: {SLOTS}}}\n" for number in range(MACHINES))
    return (
        "version: 1\nname: common-pool\n"
        f"time: {{start: 2026-01-05, duration: {round(jobs / (PER_HOUR * FOLDERS))}h}}\n"
        "run: {replications: 1}\n"
        "accounts: {robot: {type: robot}, owner: {type: user}}\n"
        f"machines:\n{machines}folders:\n{''.join(map(_folder, range(FOLDERS)))}"
    )


def _folder(number: int) -> str:
    served_by = [f"vm {(number + more) % MACHINES}" for more in range(MACHINES)]
    return (
        f"  folder {number}:\n"
        "    assign: {robot: [Automation User], owner: [Folder Administrator]}\n"
        f"    machines: [{', '.join(served_by)}]\n"
        f"    processes: {{process: {{duration: {{exponential: {MEAN_MINUTES}m}}}}}}\n"
        "    starts: {start: {process: process, by: owner, "
        f"stream: {{poisson: {PER_HOUR:g} per hour}}}}}}\n"
    )
