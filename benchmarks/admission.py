"""What permission checks cost: 10,000 submissions against 1,000 folders.

A tree of folders in three levels, each with a process, a group that holds one of several roles and
a start by that group; 200 people in 50 groups; one submission in ten is refused. Who may start what
does not change while a scenario runs, so the plan asks once a route, that is, a start and one of
its callers. Beside that stands how dear it would be to ask again for each submission.

    python benchmarks/admission.py

Medians of five. Each round works the rights out anew, and its shares are of that round's own time:
of planning, simulating and measuring, without the reading of the file; and of the whole command.
Exits 1 when deciding the admissions of a run is a tenth of either, or more.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from typing import Final, NamedTuple
from unittest.mock import patch

from simulator.access.grants import Access, access_of
from simulator.engine import simulate
from simulator.loading import Loaded, load
from simulator.loading.catalogue import default_roles
from simulator.measurement import measure
from simulator.model.measures import THRESHOLDS_S
from simulator.plan import routing
from simulator.plan.making import make_plan
from simulator.plan.submitters import submitters
from simulator.policies.admission import admit

LEVELS: Final = ("department", "team", "desk")
DEPARTMENTS, TEAMS, DESKS = 10, 9, 10
"""Folders of each level in the one above: 10, 90 and 900 are 1,000 folders."""

GROUPS, PEOPLE = 50, 200
PRESSES = 10
"""Submissions of each folder in the hour that is observed."""

SUBMISSIONS = DEPARTMENTS * (1 + TEAMS * (1 + DESKS)) * PRESSES

ROUNDS = 5
SHARE_AT_MOST = 0.10

HEAD: Final = """version: 1
name: large-access
time: {start: 2026-01-05, duration: 1h}
run: {replications: 1}
roles:
  Starter: {type: folder, permissions: {Jobs: [View, Create], Processes: [View]}}
  Viewer: {type: folder, permissions: {Jobs: [View]}}
  Operator: {copy_of: Automation User, add: {Jobs: [Edit]}}
  Senior: {copy_of: Operator, add: {Queues: [Edit]}}
accounts:
  bot: {type: robot, count: 20}
"""

HELD: Final = (
    "Starter",
    "Operator",
    "Senior",
    "Automation User",
    "Starter",
    "Folder Administrator",
)
"""Roles of the groups that may start, in turn; every tenth group may only look on."""


class Round(NamedTuple):
    """Seconds of one round; the last two are to ask once a route, and for each submission."""

    load: float
    plan: float
    simulate: float
    measure: float
    routes: float
    submissions: float

    @property
    def run(self) -> float:
        """Seconds from the scenario to its figures."""
        return self.plan + self.simulate + self.measure


def estate(presses: int = PRESSES) -> str:
    """Return the text of the scenario, with that many submissions of each folder in its hour."""
    people = "".join(
        f"  person {number}: {{type: user, groups: [group {number % GROUPS}]}}\n"
        for number in range(PEOPLE)
    )
    machines = "".join(f"  vm {number}: {{hosts: 5, slots: 4}}\n" for number in range(10))
    return f"{HEAD}{people}machines:\n{machines}folders:\n{''.join(_folders(presses))}"


def _folders(presses: int) -> Iterator[str]:
    """Yield every folder, a parent before its subfolders."""
    numbers = count()
    for department in range(DEPARTMENTS):
        yield _folder(0, department, next(numbers), presses)
        for team in range(TEAMS):
            yield _folder(1, team, next(numbers), presses)
            for desk in range(DESKS):
                yield _folder(2, desk, next(numbers), presses)


def _folder(level: int, position: int, number: int, presses: int) -> str:
    """Return one folder; one that has subfolders ends where they begin."""
    group, every_s = number % GROUPS, 3600 // presses
    role = "Viewer" if group % 10 == 0 else HELD[group % len(HELD)]
    stream = f"{{every: {every_s}s, first: {number % every_s}s}}"
    lines = (
        f"{LEVELS[level]} {position}:",
        f"  assign: {{group {group}: [{role}], bot-{number % 20 + 1}: [Automation User]}}",
        f"  machines: [vm {number % 10}]",
        "  processes: {process: {duration: 1m}}",
        f"  starts: {{start: {{process: process, by: group {group}, stream: {stream}}}}}",
        *(["  folders:"] if level + 1 < len(LEVELS) else []),
    )
    return "".join(f"{'    ' * level}  {line}\n" for line in lines)


def rights(loaded: Loaded) -> Access:
    """Return the rights of a scenario, with nothing worked out yet."""
    return access_of(loaded.scenario, default_roles())


@dataclass
class Stopwatch:
    """Stands in for `admit` and adds up the seconds it takes."""

    seconds: float = 0.0

    def __call__(self, *arguments: object) -> object:
        """Ask `admit`."""
        begin = time.perf_counter()
        answer = admit(*arguments)
        self.seconds += time.perf_counter() - begin
        return answer


def seconds_once_a_route(loaded: Loaded) -> float:
    """Return the seconds to work the rights out and to ask `admit`, as a plan does."""
    begin = time.perf_counter()
    access = rights(loaded)
    found = time.perf_counter() - begin
    with patch.object(routing, "admit", Stopwatch()) as stopwatch:
        make_plan(loaded.scenario, access, loaded.columns)
    return found + stopwatch.seconds


def seconds_for_each_submission(loaded: Loaded) -> float:
    """Return the seconds to work the rights out and to ask `admit` for each submission."""
    requests = [
        one.request(caller)
        for one in submitters(loaded.scenario, rights(loaded))
        for caller in islice(cycle(one.callers), PRESSES)
    ]
    begin = time.perf_counter()
    access = rights(loaded)
    for request in requests:
        admit(request, loaded.scenario, access)
    return time.perf_counter() - begin


def one_round(path: Path) -> Round:
    """Run the scenario once, and decide its admissions beside it."""
    instants = [time.perf_counter()]
    loaded = load(path)
    instants.append(time.perf_counter())
    plan = make_plan(loaded.scenario, rights(loaded), loaded.columns)
    instants.append(time.perf_counter())
    records = simulate(plan, 1, 1)
    instants.append(time.perf_counter())
    measure(plan.legend, records, THRESHOLDS_S)
    instants.append(time.perf_counter())
    assert len(records.jobs.route) == SUBMISSIONS
    return Round(
        *(after - before for before, after in pairwise(instants)),
        routes=seconds_once_a_route(loaded),
        submissions=seconds_for_each_submission(loaded),
    )


def seconds_of_command(path: Path) -> float:
    """Return how long `simulator run` takes in a fresh process, report and records included."""
    out = path.parent / "reports"
    command = [sys.executable, "-m", "simulator", "run", str(path), "--out", str(out), "--quiet"]
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
    return time.perf_counter() - begin


def median_round(rounds: Sequence[Round]) -> Round:
    """Return the median of each figure."""
    return Round(*(statistics.median(column) for column in zip(*rounds, strict=True)))


def shares(typical: Round, command: float) -> dict[str, tuple[float, float, float]]:
    """Return for each way to ask its seconds, and its shares of the run and of the command.

    To ask for each submission would take the place of asking once a route.
    """
    other = typical.run - typical.routes, command - typical.routes
    return {
        name: (seconds, *(seconds / (rest + seconds) for rest in other))
        for name, seconds in (("route", typical.routes), ("submission", typical.submissions))
    }


def main() -> int:
    """Time five rounds, print a line for each part and each way to ask, return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large-access.yaml")
        path.write_text(estate(), encoding="utf-8")
        typical = median_round([one_round(path) for _ in range(ROUNDS)])
        command = statistics.median(seconds_of_command(path) for _ in range(ROUNDS))
    for name in ("load", "plan", "simulate", "measure"):
        print(f"{name:<24}{getattr(typical, name) * 1000:>7.0f} ms")
    print(f"{'the whole command':<24}{command * 1000:>7.0f} ms")
    asked = shares(typical, command)
    for name, (seconds, of_run, of_command) in asked.items():
        print(
            f"{f'asking for each {name}':<24}{seconds * 1000:>7.0f} ms"
            f"{of_run:>8.1%} of plan, simulate and measure{of_command:>8.1%} of the command"
        )
    return 1 if max(asked["route"][1:]) >= SHARE_AT_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
