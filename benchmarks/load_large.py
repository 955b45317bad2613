"""How long reading takes: a file of 1,000 folders and 5,000 processes, and the bare `--help`.

    python benchmarks/load_large.py

Medians of five fresh processes each. Exits 1 when `validate` takes over 2 s or `--help` over 0.4 s.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FOLDERS = 1_000
PROCESSES_A_FOLDER = 5
ROUNDS = 5
VALIDATE_AT_MOST_S = 2.0
HELP_AT_MOST_S = 0.4

HEAD = """version: 1
name: large
time: {start: 2026-01-05, duration: 4w}
machines: {vm: {hosts: 50, slots: 4}}
accounts: {robot: {type: robot}, owner: {type: user}}
folders:
"""

FOLDER = """  folder {number}:
    assign: {{robot: [Automation User], owner: [Folder Administrator]}}
    machines: [vm]
    processes:
{processes}    triggers:
      daily: {{process: process 1, time: {{cron: "0 0 8 ? * MON-FRI"}}, created_by: owner}}
"""

PROCESS = "      process {number}: {{duration: {{lognormal: {{mean: 6m, cv: 0.8}}}}}}\n"


def large_scenario(folders: int = FOLDERS, processes: int = PROCESSES_A_FOLDER) -> str:
    """Return a valid scenario text with that many folders, and that many processes in each."""
    inner = "".join(PROCESS.format(number=number) for number in range(1, processes + 1))
    return HEAD + "".join(
        FOLDER.format(number=number, processes=inner) for number in range(1, folders + 1)
    )


def seconds_of(*arguments: str) -> float:
    """Return the median time of `simulator <arguments>`, each in a fresh process."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        command = [sys.executable, "-m", "simulator", *arguments]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def main() -> int:
    """Time both, print a line for each, return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.yaml")
        path.write_text(large_scenario(), encoding="utf-8")
        rows = (
            ("validate, 1,000 folders", seconds_of("validate", str(path)), VALIDATE_AT_MOST_S),
            ("--help", seconds_of("--help"), HELP_AT_MOST_S),
        )
    for name, seconds, limit in rows:
        print(f"{name:<26}{seconds:>7.2f} s   at most {limit:g} s")
    return 1 if any(seconds > limit for _, seconds, limit in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
