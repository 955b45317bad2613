"""A large tenant: 1,000 folders with 5,000 processes on 2,000 hosts."""

from __future__ import annotations

FOLDERS, MACHINES, HOSTS_A_MACHINE = 1_000, 400, 5
PROCESSES_A_FOLDER = 5
MACHINES_A_FOLDER = 4


def large(duration: str) -> str:
    """Return the scenario of a run so long, such as `4w`: every process of it has a cron."""
    machines = "".join(
        f"  vm {number}: {{hosts: {HOSTS_A_MACHINE}, slots: 4}}\n" for number in range(MACHINES)
    )
    return (
        f"version: 1\nname: large\ntime: {{start: 2026-01-05, duration: {duration}}}\n"
        "run: {replications: 1}\n"
        "accounts: {robot: {type: robot}, owner: {type: user}}\n"
        f"machines:\n{machines}folders:\n{''.join(map(_folder, range(FOLDERS)))}"
    )


def _folder(number: int) -> str:
    served_by = [f"vm {(number * 7 + more) % MACHINES}" for more in range(MACHINES_A_FOLDER)]
    processes = "".join(
        f"      process {one}: {{duration: {{lognormal: {{mean: 6m, cv: 0.8}}}}}}\n"
        for one in range(PROCESSES_A_FOLDER)
    )
    triggers = "".join(
        f"      daily {one}: {{process: process {one}, created_by: owner, "
        f'time: {{cron: "0 {(number + 11 * one) % 60} {6 + one * 2} ? * MON-FRI"}}}}\n'
        for one in range(PROCESSES_A_FOLDER)
    )
    return (
        f"  folder {number}:\n"
        "    assign: {robot: [Automation User], owner: [Folder Administrator]}\n"
        f"    machines: [{', '.join(served_by)}]\n"
        f"    processes:\n{processes}    triggers:\n{triggers}"
    )
