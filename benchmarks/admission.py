"""What permission checks cost: 10,000 submissions against 1,000 folders.

A tree of folders in three levels, each with a process, a group that holds one of several roles and
a start by that group; 200 people in 50 groups; one submission in ten is refused. Who may start what
does not change while a scenario runs, so the plan asks once a route, that is, a start and one of
its callers. Beside that stands how dear it would be to ask again for each submission.

    python benchmarks/admission.py

The starts run once under whichever robot is free, where the four of a group share an answer: 1,000
are worked out; and once as who presses them, where each person gets one of his own: 4,000.

Each of five rounds works the rights out anew, and its shares are of that round's own time, since a
busy machine slows all of a round alike: of planning, simulating and measuring, without the reading
of the file; and of the whole command. Printed are the median times, and the least and the median of
the shares. Exits 1 when the least share that deciding the admissions of a run has of either is a
tenth or more. The least, since other work only ever adds to a time: the 10 ms it takes from asking
are a third more share, the 10 ms it takes from the rest of a run a twentieth less.
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

RUN_AS: Final = ("dynamic", "myself")
ROUNDS = 5
SHARE_AT_MOST = 0.10
WHOLES: Final = ("run", "command")
"""What asking is a share of: planning, simulating and measuring; all that the command does."""

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
    """Seconds of one round; `command` is a run in a process of its own.

    `routes` and `submissions` are to ask once a route, and for each submission.
    """

    load: float
    plan: float
    simulate: float
    measure: float
    routes: float
    submissions: float
    command: float

    @property
    def run(self) -> float:
        """Seconds from the scenario to its figures."""
        return self.plan + self.simulate + self.measure

    def share(self, asking: float, whole: float) -> float:
        """Return the share that asking has of a whole, of which asking once a route is a part.

        To ask for each submission would take the place of that.
        """
        return asking / (whole - self.routes + asking)


def estate(presses: int = PRESSES, run_as: str = "dynamic") -> str:
    """Return the text of the scenario, with that many submissions of each folder in its hour."""
    people = "".join(
        f"  person {number}: {{type: user, groups: [group {number % GROUPS}]}}\n"
        for number in range(PEOPLE)
    )
    machines = "".join(f"  vm {number}: {{hosts: 5, slots: 4}}\n" for number in range(10))
    return f"{HEAD}{people}machines:\n{machines}folders:\n{''.join(_folders(presses, run_as))}"


def _folders(presses: int, run_as: str) -> Iterator[str]:
    """Yield every folder, a parent before its subfolders."""
    numbers, start = count(), f"process: process, run_as: {run_as}"
    for department in range(DEPARTMENTS):
        yield _folder(0, department, next(numbers), start, presses)
        for team in range(TEAMS):
            yield _folder(1, team, next(numbers), start, presses)
            for desk in range(DESKS):
                yield _folder(2, desk, next(numbers), start, presses)


def _folder(level: int, position: int, number: int, start: str, presses: int) -> str:
    """Return one folder; one that has subfolders ends where they begin."""
    group, every_s = number % GROUPS, 3600 // presses
    role = "Viewer" if group % 10 == 0 else HELD[group % len(HELD)]
    stream = f"{{every: {every_s}s, first: {number % every_s}s}}"
    lines = (
        f"{LEVELS[level]} {position}:",
        f"  assign: {{group {group}: [{role}], bot-{number % 20 + 1}: [Automation User]}}",
        f"  machines: [vm {number % 10}]",
        "  processes: {process: {duration: 1m}}",
        f"  starts: {{start: {{{start}, by: group {group}, stream: {stream}}}}}",
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


def seconds_of_command(path: Path) -> float:
    """Return how long `simulator run` takes in a fresh process, report and records included."""
    out = path.parent / "reports"
    command = [sys.executable, "-m", "simulator", "run", str(path), "--out", str(out), "--quiet"]
    begin = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own command
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
        command=seconds_of_command(path),
    )


def shares(rounds: Sequence[Round], way: str, whole: str) -> list[float]:
    """Return the share that a way to ask (`routes`, …) has of a whole (`run`, …) in each round."""
    return [one.share(getattr(one, way), getattr(one, whole)) for one in rounds]


def tell(run_as: str, rounds: Sequence[Round]) -> None:
    """Print a line for each part of a round, and for each way to ask."""
    typical = Round(*map(statistics.median, zip(*rounds, strict=True)))
    print(f"run_as: {run_as}")
    for name in ("load", "plan", "simulate", "measure", "command"):
        print(f"  {name:<28}{getattr(typical, name) * 1000:>7.0f} ms")
    for way, name in (("routes", "once a route"), ("submissions", "for each submission")):
        told = (
            f"{min(found):>8.1%} of the {whole} (median {statistics.median(found):.1%})"
            for whole in WHOLES
            for found in [shares(rounds, way, whole)]
        )
        print(f"  {f'asking {name}':<28}{getattr(typical, way) * 1000:>7.0f} ms{''.join(told)}")


def main() -> int:
    """Time both estates, a round of each in turn, and return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {run_as: Path(folder, f"{run_as}.yaml") for run_as in RUN_AS}
        for run_as, path in paths.items():
            path.write_text(estate(run_as=run_as), encoding="utf-8")
        turns = [{way: one_round(path) for way, path in paths.items()} for _ in range(ROUNDS)]
    rounds = {run_as: [turn[run_as] for turn in turns] for run_as in RUN_AS}
    for run_as, found in rounds.items():
        tell(run_as, found)
    least = (min(shares(found, "routes", whole)) for found in rounds.values() for whole in WHOLES)
    return 1 if max(least) >= SHARE_AT_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
