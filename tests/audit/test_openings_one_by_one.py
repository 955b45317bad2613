"""Openings of random estates against asking admission about each change alone, made in the file."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any, TypeAlias

from builders import catalogue, scenario

from simulator.access.grants import Access, access_of
from simulator.audit.named_openings import NamedOpening
from simulator.audit.opening_search import Jobs, Search
from simulator.audit.openings import openings_of
from simulator.model.scenario import Scenario
from simulator.plan.making import make_plan
from simulator.plan.openings import Rule
from simulator.plan.plan import Plan
from simulator.policies.admission import Eligible, Places, admit
from simulator.policies.hosting import hosting_of

File: TypeAlias = dict[str, Any]

ACCOUNTS: File = {
    "robot": {"type": "robot"},
    "pair": {"type": "robot", "count": 2},
    "omar": {"type": "user", "unattended": True, "groups": ["clerks"]},
    "anna": {"type": "user", "groups": ["clerks"]},
    "owner": {"type": "user"},
}
KINDS: list[File] = [
    {"slots": 1},
    {"slots": 1, "accounts": ["robot", "omar", "pair-1"]},
    {"slots": 1, "process_types": "background"},
    {"slots": {"headless": 1}},
    {"slots": 1, "hosts": 0},
]
TARGETS: list[Any] = ["dynamic", "dynamic", {"account": "robot"}, {"machine": "M0"}]


def random_file(random: Random) -> File:
    """Eight machines of few kinds, two folders and one in each, with jobs of both types."""
    machines = {f"M{number}": random.choice(KINDS) for number in range(8)} | {"M0": {"slots": 1}}

    def folder(inner: File) -> File:
        served = {"M0", *random.sample(sorted(machines), random.randrange(4))}
        entries: File = {name: {"propagate": random.random() < 0.5} for name in sorted(served)}
        if random.random() < 0.3:
            entries["M0"]["accounts"] = ["robot"]
        assigned = random.sample(["pair", "omar", "clerks"], random.randrange(3))
        triggers = {
            f"{process} {number}": {
                "process": process,
                "event": {"poisson": "5 per hour"},
                "created_by": "owner",
                "run_as": random.choice(TARGETS),
            }
            for process in ("front", "back")
            for number in range(2)
        }
        return {
            "assign": {"robot": [], "owner": ["Folder Administrator"]}
            | {name: ["Automation User"] for name in assigned},
            "machines": entries,
            "processes": {
                "front": {"duration": "10m", "type": "foreground"},
                "back": {"duration": "10m"},
            },
            "triggers": triggers,
            "folders": inner,
        }

    folders = {name: folder({"S": folder({})}) for name in "FG"}
    return {"machines": machines, "accounts": ACCOUNTS, "folders": folders}


def changed(file: File, folder: str, section: str, name: str, entry: Any) -> Scenario:
    """Return the estate with one more entry in a folder."""
    file = deepcopy(file)
    parts = folder.split("/")
    inner = file["folders"][parts[0]]
    for part in parts[1:]:
        inner = inner["folders"][part]
    inner[section][name] = entry
    return scenario(**file)


def places_in(whole: Scenario, jobs: Jobs) -> Places:
    request = replace(jobs.request, caller=None)
    verdict = admit(request, whole, access_of(whole, catalogue()))
    return verdict.places if isinstance(verdict, Eligible) else ()


def machines_one_by_one(file: File, jobs: Jobs) -> dict[str, tuple[str, ...]]:
    """Return each machine that would serve the jobs if it were in their folder, and under whom."""
    whole, folder = scenario(**file), jobs.request.folder
    served, hosting = access_of(whole, catalogue()).machines(folder), hosting_of(whole)
    found = {}
    for name in set(whole.machines) - set(dict(served)):
        accounts = dict(places_in(changed(file, folder, "machines", name, {}), jobs)).get(name)
        if accounts and not hosting.lacks(name, jobs.wanted):
            found[name] = accounts
    return found


def robots_one_by_one(file: File, jobs: Jobs, plan: Plan) -> dict[str, set[str]]:
    """Return each account that would run the jobs if it were assigned there, and on what of it."""
    machines = {plan.legend.names.machines[place.machine] for place in jobs.line.places}
    access = access_of(scenario(**file), catalogue())
    found: dict[str, set[str]] = {}
    folder = jobs.request.folder
    for account in access.people.unattended - {*access.executors(folder)}:
        whole = changed(file, folder, "assign", account, [])
        on = machines & {name for name, who in places_in(whole, jobs) if account in who}
        if on:
            found[account] = on
    return found


def test_openings_are_those_that_changes_made_alone_open() -> None:
    seen = sum(_compared(seed) for seed in range(8))
    assert seen > 200  # or the estates are too plain to tell


def _compared(seed: int) -> int:
    """Compare the openings of a random estate; return how many machines and robots there were."""
    file = random_file(Random(seed))  # noqa: S311 - a test, and the same each time
    whole = scenario(**file)
    access = access_of(whole, catalogue())
    plan = make_plan(whole, access, {})
    found = openings_of(whole, access, plan)
    assert found.left_out == 0
    seen = 0
    for jobs in Search(whole, access, plan).jobs():
        of_jobs = [one for one in found.found if one.opening.lines == jobs.lines]
        of_folder = [one for one in of_jobs if one.opening.rule in {Rule.FOLDER, Rule.ROLE}]
        machines = machines_one_by_one(file, jobs)
        assert_machines([one for one in of_folder if not one.opening.accounts], machines, access)
        robots = robots_one_by_one(file, jobs, plan) if jobs.line.takes_account else {}
        assert_robots([one for one in of_folder if one.opening.accounts], robots, plan)
        seen += len(machines) + len(robots)
    return seen


def assert_machines(
    found: list[NamedOpening], expected: dict[str, tuple[str, ...]], access: Access
) -> None:
    """Each stands for those that are alike, and for as many accounts as may run there."""
    assert sum(one.alike + 1 for one in found) == len(expected)
    for one in found:
        (place,) = one.opening.places
        assert tuple(access.accounts[account] for account in place.accounts) == expected[one.what]


def assert_robots(found: list[NamedOpening], expected: dict[str, set[str]], plan: Plan) -> None:
    """Each stands for members of one entry, and has the machines of the jobs where it may run."""
    machines = plan.legend.names.machines
    assert sum(one.alike + 1 for one in found) == len(expected)
    for one in found:
        on = {machines[place.machine] for place in one.opening.places}
        assert on == expected[one.what]
