"""Mends in random estates: each lets its own check pass, nobody else gains by it, none loses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from builders import TIME
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from invariants.random_estates import File, estates

from simulator.access.grants import Access
from simulator.audit.overrides import override_text
from simulator.loading import Loaded, load
from simulator.model.folders import Folder, joined, walk
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget, RunAs
from simulator.policies.admission import Eligible, Question, Request, admit, checks, may_add_items
from simulator.policies.changes import Mend
from simulator.policies.hosting import hosting_of, wanted_by
from simulator.policies.mending import mend
from simulator.policies.mending_hosts import mend_host
from simulator.policies.mending_rights import mend_adding

RUN_AS: tuple[RunAs, ...] = (
    "dynamic",
    "myself",
    ExecutionTarget(account="r1"),
    ExecutionTarget(account="rc"),
    ExecutionTarget(account="bob"),
    ExecutionTarget(machine="M2"),
    ExecutionTarget(account="rc-2", machine="M3"),
)


@dataclass(frozen=True)
class Choice:
    """What is asked in an estate, by numbers that every estate can be asked with."""

    folder: int
    process: str
    account: str
    by_trigger: bool
    run_as: RunAs
    runtime: str

    def request(self, scenario: Scenario) -> Request:
        folders: Sequence[tuple[tuple[str, ...], Folder]] = list(walk(scenario.folders))
        parts, folder = folders[self.folder % len(folders)]
        process = folder.processes[self.process]
        caller = None if self.by_trigger else self.account
        foreground = process.type == "foreground"
        runtime: Any = self.runtime
        return Request(
            joined(parts), self.process, caller, self.account, self.run_as, runtime, foreground
        )


CHOICES = st.builds(
    Choice,
    folder=st.integers(0, 8),
    process=st.sampled_from("PQ"),
    account=st.sampled_from(["bob", "anna", "owner", "app", "r1", "rc-1"]),
    by_trigger=st.sampled_from([False, False, True]),
    run_as=st.sampled_from(RUN_AS),
    runtime=st.sampled_from(["unattended", "headless", "agent"]),
)


DRAWN: Final = settings(deadline=None, derandomize=True, phases=[Phase.generate])
"""Estates are too large to be made smaller in good time."""


def by_tenant(file: File) -> File:
    """The same estate, in which the clerks have a mixed role that starts no jobs everywhere."""
    assumed = {"folder_model": "classic", "automation_user_starts_jobs": False}
    assumptions = {**file["assumptions"], **assumed}
    return {**file, "tenant": {"assign": {"clerks": ["Robot"]}}, "assumptions": assumptions}


WRITTEN = estates().map(lambda estate: estate.file)
FILES = st.one_of(WRITTEN, WRITTEN, WRITTEN.map(by_tenant))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("estates") / "estate.yaml"


def passed(request: Request, loaded: Loaded) -> dict[Question, bool]:
    found = checks(request, loaded.scenario, loaded.access)
    return {question: refusal is None for question, refusal in found.outcomes()}


def starters(access: Access) -> set[tuple[str, str]]:
    return {
        (account, folder)
        for account in access.accounts
        for folder in access.folders
        if "Jobs.Create" in access.permissions(account, folder)
    }


def adders(access: Access) -> set[tuple[str, str]]:
    return {
        (account, folder)
        for account in access.accounts
        for folder in access.folders
        if may_add_items(account, folder, access) is None
    }


def rights(access: Access) -> set[tuple[str, str, str]]:
    """Every permission of every account in every folder."""
    return {
        (account, folder, permission)
        for account in access.accounts
        for folder in access.folders
        for permission in access.permissions(account, folder)
    }


def assigned(mended: Mend, access: Access) -> set[str]:
    """The accounts that a mend assigns to a folder by name, new ones too."""
    names = {str(change.path[-1]) for change in mended.changes if "assign" in change.path}
    return {member for name in names for member in access.members(name)}


def hopeless(request: Request, scenario: Scenario) -> set[Question]:
    """What nothing mends: others in a personal workspace, and an application as itself."""
    folder = next(
        folder for parts, folder in walk(scenario.folders) if joined(parts) == request.folder
    )
    if folder.personal is not None:
        return {Question.FOLDER, Question.PERMISSION, Question.ACCOUNT}
    is_application = request.run_as == "myself" and request.runs_as == "app"
    return {Question.ACCOUNT} if is_application else set()


def mended_by(mended: Mend, path: Path) -> Loaded:
    return load(path, overrides=[override_text(change) for change in mended.changes])


@settings(DRAWN, max_examples=200)
@given(file=FILES, choice=CHOICES)
def test_a_mend_lets_its_check_pass_and_nobody_else_start_or_lose_a_right(
    path: Path, file: File, choice: Choice
) -> None:
    path.write_text(json.dumps({"version": 1, "time": TIME, **file}), encoding="utf-8")
    before = load(path)
    request = choice.request(before.scenario)
    was = passed(request, before)
    for question in Question:
        mended = mend(question, request, before.scenario, before.access)
        if was.get(question, True):
            assert mended is None
        elif mended is None:
            assert question in hopeless(request, before.scenario)
        else:
            after = mended_by(mended, path)
            now = passed(request, after)
            assert now[question], mended
            assert {one for one in was if was[one]} <= {one for one in now if now[one]}, mended
            gained = {account for account, _ in starters(after.access) - starters(before.access)}
            assert gained <= assigned(mended, after.access), mended
            assert rights(before.access) <= rights(after.access), mended


@settings(DRAWN, max_examples=60)
@given(file=FILES, choice=CHOICES)
def test_all_mends_together_leave_at_most_a_mapping(path: Path, file: File, choice: Choice) -> None:
    path.write_text(json.dumps({"version": 1, "time": TIME, **file}), encoding="utf-8")
    before = load(path)
    request = choice.request(before.scenario)
    found = [mend(question, request, before.scenario, before.access) for question in Question]
    changes = tuple(change for mended in found if mended for change in mended.changes)
    after = mended_by(Mend("all", changes), path)
    left = {question for question, now in passed(request, after).items() if not now}
    assert left <= {Question.MAPPING, *hopeless(request, before.scenario)}


@settings(DRAWN, max_examples=100)
@given(file=FILES, choice=CHOICES)
def test_a_mend_lets_somebody_add_items_and_nobody_else_nor_takes_a_right(
    path: Path, file: File, choice: Choice
) -> None:
    path.write_text(json.dumps({"version": 1, "time": TIME, **file}), encoding="utf-8")
    before = load(path)
    who, folder = choice.account, choice.request(before.scenario).folder
    mended = mend_adding(who, folder, before.scenario, before.access)
    if mended is None:
        may = may_add_items(who, folder, before.access) is None
        assert may or before.access.owner(folder) is not None
        return
    after = mended_by(mended, path).access
    assert may_add_items(who, folder, after) is None, mended
    gained = {account for account, _ in adders(after) - adders(before.access)}
    assert gained == {who}, mended
    assert rights(before.access) <= rights(after), mended


LICENCES = st.fixed_dictionaries(
    {}, optional={"unattended": st.integers(0, 4), "headless": st.integers(0, 3)}
)
TYPES = st.lists(st.sampled_from(["any", "foreground", "background"]), min_size=3, max_size=3)


def on_a_host(request: Request, loaded: Loaded) -> tuple[Eligible | None, Mend | None]:
    """Where admission lets it run, and what would give it a host there."""
    found = admit(request, loaded.scenario, loaded.access)
    if not isinstance(found, Eligible):
        return None, None
    return found, mend_host(request, found.places, hosting_of(loaded.scenario))


def serving(loaded: Loaded, request: Request) -> set[str]:
    """Every host that could take a job of this kind."""
    hosting, wanted = hosting_of(loaded.scenario), wanted_by(request, loaded.scenario)
    machines = loaded.scenario.machines.items()
    slots = [name for name, machine in machines if machine.slots.get(wanted.runtime)]
    anywhere = wanted._replace(host=None)
    return {f"{name}/{host}" for name in slots for host in hosting.hosts(name, anywhere)}


@settings(DRAWN, max_examples=200)
@given(file=FILES, choice=CHOICES, licences=LICENCES, types=TYPES)
def test_a_mend_gives_an_admitted_job_a_host_and_takes_none_from_anybody(
    path: Path, file: File, choice: Choice, licences: dict[str, int], types: list[str]
) -> None:
    machines = zip(file["machines"].items(), types, strict=False)
    narrowed = {name: {**one, "process_types": kind} for (name, one), kind in machines}
    whole = {"version": 1, "time": TIME, **file, "licences": licences, "machines": narrowed}
    path.write_text(json.dumps(whole), encoding="utf-8")
    before = load(path)
    request = choice.request(before.scenario)
    admitted, mended = on_a_host(request, before)
    if mended is None:
        return
    after = mended_by(mended, path)
    assert on_a_host(request, after) == (admitted, None), mended
    assert serving(before, request) <= serving(after, request), mended
