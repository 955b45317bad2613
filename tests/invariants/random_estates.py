"""Random estates: small, crowded, and of every form in which a file may say who runs where.

What is drawn is the file itself, so that a test can read the same words as the product does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from builders import catalogue, scenario
from hypothesis import strategies as st

from simulator.access.grants import access_of
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan

File: TypeAlias = dict[str, Any]
"""A mapping of a file, or the whole file."""

Upwards: TypeAlias = tuple[File, ...]
"""A folder and its parents, the nearest first."""

MACHINES = ("M1", "M2", "M3")
ROBOTS = ("r1", "r2", "rc", "rc-2", "anna")
"""Names under which something executes: robots, a counted one, one of its members, a user."""


@dataclass(frozen=True)
class Size:
    """The names of the folders at the top, drawn among these, and how deep they may go."""

    tops: tuple[str, ...]
    levels: int


LARGE = Size(("A", "AB", "CAB"), 3)
SMALL = Size(("A", "AB", "BA"), 1)

INSTANTS = tuple(f"2026-01-05T08:{minute:02}" for minute in range(0, 60, 5))
ROLES = (
    *("Automation User", "Copy", "Automation User", "Folder Administrator", "Viewer"),
    *("Robot", "Administrator", "Taken away", "Given back"),
)
CUSTOM_ROLES = {
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
    "Copy": {"copy_of": "Automation User"},
    "Taken away": {"copy_of": "Folder Administrator", "remove": {"Jobs": ["Create"]}},
    "Given back": {"copy_of": "Taken away", "add": {"Jobs": ["Create"]}},
}
"""Roles of one's own, copies that change something and a copy of a copy among them."""

MAPPINGS = (None, None, None, ["anna", "rc"], ["rc-2", "r2", "r1"])
"""Account-machine mappings; None leaves the key out, which lets every account run."""


@dataclass(frozen=True)
class Estate:
    """The parts of a file, and the plan made of them."""

    file: File
    plan: Plan = field(repr=False)


def written(parts: Mapping[str, Any]) -> File:
    """Leave out the keys that nobody wrote."""
    return {key: value for key, value in parts.items() if value is not None}


def any_of(**values: Sequence[Any]) -> st.SearchStrategy[File]:
    """A mapping with any of the values for each key; None is not written."""
    return st.fixed_dictionaries(
        {key: st.sampled_from(among) for key, among in values.items()}
    ).map(written)


def some_of(names: Sequence[str], at_least: int) -> st.SearchStrategy[list[str]]:
    """Some of the names, each once, in any order."""
    return st.lists(st.sampled_from(names), min_size=at_least, unique=True)


MACHINE = any_of(
    slots=[{"headless": 1, "unattended": 2}, {"unattended": 1, "headless": 3}, 2, 1],
    windows_sessions=[None, 0, 1, 2],
    accounts=MAPPINGS,
    hosts=[0, 1, 2, 2, None],
)
NAMED_HOSTS = {"names": ["y", "x"]}
"""What a machine has that is drawn without a number of hosts."""

FOLDER_MACHINE = any_of(propagate=[True, False], accounts=MAPPINGS)
PROCESS = any_of(
    duration=["0s", "3m", "5m", "7m30s", "20m", "45m"],
    type=["background", "foreground"],
    priority=[25, 45, 65],
    runtime=["unattended", "unattended", "unattended", "headless"],
)
CALLERS = st.sampled_from(
    [
        ("app", "clerks"),
        ("clerks",),
        ("owner", "app"),
        ("bob",),
        ("leads",),
        ("clerks", "leads"),
        (),
    ]
)
"""Who is assigned to a folder beside those that execute there."""

TRIGGER = any_of(created_by=["owner", "anna"])
START = any_of(by=["clerks", "app", "anna", "rc", "clerks", "owner", "app", "bob", "leads"])
OWNERS = any_of(personal=[None, None, None, "anna", "bob"])
"""Of some folders below another and above none, which are then personal workspaces."""

SUBMITS = any_of(
    process=["P", "Q"],
    jobs=[1, 2, 3],
    priority=[None, None, 1, 90],
    runtime=[None, None, None, None, None, "headless"],
)
STREAM = st.lists(st.sampled_from(INSTANTS), min_size=1, max_size=6).map(
    lambda instants: {"at": sorted(instants)}
)
RUN_AS = st.sampled_from(["dynamic", "myself", "dynamic", "dynamic", "account", "machine", "both"])
TARGET = any_of(account=["r1", "rc", "rc-1", "anna"], machine=MACHINES)
SINGLE = any_of(r1=[False, True], rc=[False, True])
TENANT = any_of(
    clerks=[None, ["Administrator"], ["Robot"]],
    leads=[None, None, ["Robot"], ["Administrator", "Robot"]],
    app=[None, None, ["Administrator"]],
)
"""Mixed roles, by one group, by two, and by name."""

ASSUMPTIONS = any_of(
    busy_session=["wait", "fault"],
    background_needs_account=[False, True],
    automation_user_starts_jobs=[True, True, True, False],
    folder_model=["modern", "classic"],
)


def choices(*luck: str) -> st.SearchStrategy[File]:
    """Every choice of the dispatch; `luck` are further orders and choices of hosts, accounts."""
    return any_of(
        order=["priority", "oldest", "round_robin", "round_robin", *luck],
        match=["instant", "submission"],
        hosts=["first", "least_used", "sticky", *luck],
        accounts=["first", "least_used", *luck],
        blocked=["skip", "block"],
        latency=["0s", "0s", "1m", "5m"],
    )


def accounts(single: File) -> File:
    """Robots, a counted one, people with and without a robot in two groups, an application."""
    return {
        "owner": {"type": "user", "groups": ["leads"]},
        "r1": {"type": "robot", "one_job_at_a_time": single["r1"]},
        "r2": {"type": "robot"},
        "rc": {"type": "robot", "count": 2, "one_job_at_a_time": single["rc"]},
        "anna": {"type": "user", "unattended": True, "groups": ["clerks"]},
        "bob": {"type": "user", "groups": ["clerks", "leads"]},
        "app": {"type": "application"},
    }


@st.composite
def submitters(draw: st.DrawFn, machines: File) -> File:
    """What a trigger and a start have in common, with any form of `run_as`."""
    form = draw(RUN_AS)
    if form in {"dynamic", "myself"}:
        return {**draw(SUBMITS), "run_as": form}
    target = draw(TARGET)
    if form == "account":
        return {**draw(SUBMITS), "run_as": {"account": target["account"]}}
    machine = target["machine"]
    own_names = host_names(machines[machine])
    full_names = [f"{machine}/{name}" for name in own_names]
    host = draw(st.sampled_from([None, *own_names, *full_names]))
    account = target["account"] if form == "both" else None
    run_as = written({"account": account, "machine": machine, "host": host})
    return {**draw(SUBMITS), "run_as": run_as}


@st.composite
def folders(draw: st.DrawFn, machines: File, levels: int, level: int = 1) -> File:
    """A folder with machines and accounts in an order of its own; a subfolder may have neither."""
    at_least = 1 if level == 1 else 0
    names = (*draw(CALLERS), *draw(some_of(ROBOTS, at_least)))
    events = ("on mail", "on file") if level == 1 else ("on mail",)
    has_subfolder = level < levels and draw(st.booleans())
    return {
        **({} if level == 1 or has_subfolder else draw(OWNERS)),
        "assign": {name: [draw(st.sampled_from(ROLES))] for name in names},
        "machines": {name: draw(FOLDER_MACHINE) for name in draw(some_of(MACHINES, at_least))},
        "processes": {"P": draw(PROCESS), "Q": draw(PROCESS)},
        "triggers": {
            **{
                name: {**draw(submitters(machines)), **draw(TRIGGER), "event": draw(STREAM)}
                for name in events
            },
            "hook": {
                **draw(submitters(machines)),
                **draw(TRIGGER),
                "api": {**draw(STREAM), **draw(START)},
            },
        },
        "starts": {
            "by hand": {**draw(submitters(machines)), **draw(START), "stream": draw(STREAM)}
        },
        "folders": {"S": draw(folders(machines, levels, level + 1))} if has_subfolder else {},
    }


@st.composite
def files(draw: st.DrawFn, luck: tuple[str, ...] = (), size: Size = LARGE) -> File:
    """A file of some trees of folders that share three machines."""
    drawn = {name: draw(MACHINE) for name in MACHINES}
    machines = {
        name: machine if "hosts" in machine else NAMED_HOSTS | machine
        for name, machine in drawn.items()
    }
    top = draw(st.sampled_from(size.tops))
    return {
        "machines": machines,
        "accounts": accounts(draw(SINGLE)),
        "roles": CUSTOM_ROLES,
        "tenant": {"assign": draw(TENANT)},
        "folders": {name: draw(folders(machines, size.levels)) for name in top},
        "dispatch": draw(choices(*luck)),
        "assumptions": draw(ASSUMPTIONS),
    }


def estates(luck: tuple[str, ...] = ()) -> st.SearchStrategy[Estate]:
    """An estate in which streams alone submit jobs; `luck` are choices that draw at random."""
    return files(luck).map(estate_of)


def estate_of(file: File) -> Estate:
    """The plan made of a file, beside it."""
    parts = scenario(**file)
    return Estate(file, make_plan(parts, access_of(parts, catalogue()), {}))


def folders_of(file: File) -> Iterator[tuple[str, Upwards]]:
    """Yield the path of every folder with the folder and its parents, the nearest first."""

    def below(inner: File, path: str, above: tuple[File, ...]) -> Iterator[tuple[str, Upwards]]:
        for name, folder in inner.items():
            upwards = (folder, *above)
            yield path + name, upwards
            yield from below(folder["folders"], f"{path}{name}/", upwards)

    return below(file["folders"], "", ())


def host_names(machine: File) -> tuple[str, ...]:
    """The own names of a machine's hosts: those given, or counted from 1."""
    if "names" in machine:
        return tuple(machine["names"])
    return tuple(str(number + 1) for number in range(machine["hosts"]))
