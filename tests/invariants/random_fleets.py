"""What may happen to the fleets of random estates: windows, failures, licences, elastic pools.

All of it lasts as long each time and lies on the grid of half minutes too, so that hosts go and
come in the very instants in which jobs do. How often a job is Suspended is drawn, by the product
as by the reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from hypothesis import strategies as st
from invariants.random_estates import SMALL, Estate, File, any_of, estate_of, folders_of
from invariants.random_work import busy_files

CRONS = ("0 20 8 * * ?", "0 0/20 8,9 * * ?", "0 50 7 * * ?", "0 5,15 9 * * ?", "0 0/10 8 * * ?")
"""When windows begin: once, time and again, before the run, at the ends of others."""

WINDOW = any_of(
    cron=CRONS,
    duration=["5m", "10m", "22m30s"],
    running_jobs=["finish", "kill"],
    zone=[None, None, "Asia/Kathmandu"],
)
FAILURES = any_of(
    up=["10m", "22m30s", "40m"],
    down=["2m30s", "5m", "20m"],
    running_jobs=["fault", "pause", "pause", "kill"],
)
RESTARTS = any_of(up=["27m30s", "40m"], down=["2m30s", "10m"], running_jobs=["restart"])
"""With jobs that are short beside `up`: one that is longer would never come to its end."""

SHORT = st.sampled_from(["5m", "7m30s", "10m"])
MACHINE = any_of(
    process_types=[*[None] * 8, "foreground", "background"],
    duration_factor=[None, None, 0.5, 1.5],
)
POOL = any_of(
    min=[None, 0, 0, 1],
    max=[2, 3],
    boot=[None, "2m30s", "5m", "7m30s"],
    idle_stop=["0s", "2m30s", "5m", "7m30s", "20m"],
)
LICENCES = any_of(unattended=[None, None, 2, 3, 5], headless=[None, None, None, 2])
SUSPENDS = any_of(
    probability=["0%", "30%", "60%"], **{"for": ["0s", "5m", "12m30s"]}, same_place=[False, True]
)
RESUMED_PLACE = st.sampled_from(["original", "resume_time"])


@st.composite
def changing_files(draw: st.DrawFn, luck: tuple[str, ...] = ()) -> File:
    """A busy file in which hosts go and come, and jobs are Suspended."""
    file: File = deepcopy(draw(busy_files(luck, SMALL)))
    restarts = draw(st.booleans())
    for machine in file["machines"].values():
        machine.update(draw(MACHINE))
        machine["maintenance"] = draw(st.lists(WINDOW, max_size=2))
        if draw(st.booleans()):
            machine["failures"] = draw(RESTARTS if restarts else FAILURES)
        if "names" not in machine and draw(st.sampled_from([True, True, False])):
            _make_elastic(machine, draw(POOL))
    at_each = file["dispatch"]["match"] == "submission"
    for _, (folder, *_above) in folders_of(file):
        _work_long(draw, folder["processes"], short=restarts)
        _takes_time(folder["processes"].values() if at_each else ())
    file["licences"] = draw(LICENCES)
    file["assumptions"]["resumed_place"] = draw(RESUMED_PLACE)
    return file


def _make_elastic(machine: File, pool: File) -> None:
    """Put a pool in the place of its hosts, with as many at least: a target may name one."""
    machine["pool"] = {**pool, "max": max(pool["max"], machine.pop("hosts"))}


def _work_long(draw: st.DrawFn, processes: File, *, short: bool) -> None:
    """Let jobs be Suspended, but for those that others start: nobody else knows their draws."""
    followers = {process["then"]["start"] for process in processes.values() if "then" in process}
    for name, process in processes.items():
        if short:
            process["duration"] = draw(SHORT)
            process.update({"start_up": "2m30s"} if "start_up" in process else {})
        if name not in followers and draw(st.booleans()):
            process["suspends"] = draw(SUSPENDS)


def _takes_time(processes: Iterable[File]) -> None:
    """Let nobody be Suspended for no time: no page tells what that is between two matches."""
    for process in processes:
        if process.get("suspends", {}).get("for") == "0s":
            process["suspends"] = {**process["suspends"], "for": "5m"}


def changing_estates(luck: tuple[str, ...] = ()) -> st.SearchStrategy[Estate]:
    """An estate whose hosts go and come; `luck` are choices that draw at random."""
    return changing_files(luck).map(estate_of)


EXPONENTIAL = ("up", "down", "boot", "for", "duration", "item_duration", "start_up", "after")


@st.composite
def chancy_files(draw: st.DrawFn) -> File:
    """The same with times at random, of jobs and of hosts, and with choices at random."""
    file: File = draw(changing_files(luck=("random",)))
    homes = [folder for _, (folder, *_above) in folders_of(file)]
    parts = [part for home in homes for part in home["processes"].values()]
    parts += [arrival for home in homes for arrival in home["arrivals"].values()]
    for part in [*parts, *file["machines"].values()]:
        for inner in (part, *(part.get(key, {}) for key in ("failures", "pool", "suspends"))):
            _by_chance(inner)
    return file


def _by_chance(part: File) -> None:
    for key in EXPONENTIAL:
        if part.get(key, "0s") != "0s":
            part[key] = {"exponential": part[key]}


def chancy_estates() -> st.SearchStrategy[Estate]:
    """An estate whose hosts go and come, and whose jobs last, at random."""
    return chancy_files().map(estate_of)
