"""Short runs of random estates: who was refused, who started, under whom, and what revoking does.

What the records must say is taken from the file, and from the plain restatement of who may run
where; neither asks the product.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt
from builders import TIME, catalogue, scenario
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from invariants.random_estates import Estate, File, estates, folders_of
from invariants.reference_admission import (
    Submission,
    accounts_called,
    executors,
    refuses_caller,
    submissions,
)

from simulator.access.grants import TENANT, Access, access_of
from simulator.engine import simulate
from simulator.measurement import measure
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.codes import JobState, SourceKind
from simulator.records.columns import Jobs, Legend, Records

CHECKED = settings(max_examples=120, deadline=None, derandomize=True)


def named(legend: Legend, route: np.int32 | int) -> tuple[str, str]:
    """The source and the caller of a route."""
    names, table = legend.names, legend.routes
    return names.sources[table.source[route]], names.principals[table.principal[route]]


def by_route(file: File) -> dict[tuple[str, str], Submission]:
    return {(f"{one.path}:{one.name}", one.caller): one for one in submissions(file)}


# --- refused + accepted = submitted ---------------------------------------------------------------


def submitted_by_file(file: File) -> Counter[str]:
    """How many jobs each trigger and start of a file asks for, all instants together."""
    found: Counter[str] = Counter()
    for (source, _), one in by_route(file).items():
        stream = one.item.get("event") or one.item.get("api") or one.item.get("stream")
        found[source] = len(stream["at"]) * one.item["jobs"]
    return found


@CHECKED
@given(estates())
def test_refused_and_accepted_make_all_that_was_submitted(estate: Estate) -> None:
    expected, legend = submitted_by_file(estate.file), estate.plan.legend
    records = simulate(estate.plan, 1, 0)
    refused, accepted = _split(legend, records.jobs)
    assert refused + accepted == +expected
    figures = measure(legend, records, ())
    for scope in figures.scopes:
        if scope.scope in {"tenant", "folder", "trigger", "start"}:
            in_scope = {"tenant": _nowhere, "folder": _folder_of}.get(scope.scope, str)
            for row, name in enumerate(scope.names):
                mine = [one for one in expected if in_scope(one) == name]
                counts = scope.jobs
                assert counts.submitted[row] == sum(expected[one] for one in mine)
                assert counts.refused[row] == sum(refused[one] for one in mine)
                assert counts.started[row] <= sum(accepted[one] for one in mine)
    assert figures.submissions.sum() == expected.total()
    assert figures.refusals.sum() == refused.total()


def _split(legend: Legend, jobs: Jobs) -> tuple[Counter[str], Counter[str]]:
    """How many jobs of each source were refused, and how many ran or wait."""
    refused, accepted = Counter[str](), Counter[str]()
    for route, state in zip(jobs.route.tolist(), jobs.state.tolist(), strict=True):
        (refused if state == JobState.REFUSED else accepted)[named(legend, route)[0]] += 1
    return refused, accepted


def _nowhere(_source: str) -> str:
    return ""


def _folder_of(source: str) -> str:
    return source.rpartition(":")[0]


# --- nobody without the right, and under nobody else ----------------------------------------------


@CHECKED
@given(estates(luck=("random",)))
def test_nobody_starts_without_the_right_and_nothing_runs_under_a_stranger(estate: Estate) -> None:
    legend, known = estate.plan.legend, by_route(estate.file)
    records = simulate(estate.plan, 1, 0)
    jobs = records.jobs
    ran = np.flatnonzero(~np.isnan(jobs.started_s))
    for job in ran:
        one = known[named(legend, jobs.route[job])]
        if legend.routes.source_kind[jobs.route[job]] in CALLED:
            assert refuses_caller(one) == ""
        if jobs.account[job] < 0:  # it found its session busy
            assert jobs.state[job] == JobState.FAULTED
        else:
            assert legend.names.accounts[jobs.account[job]] in _may_execute(one)
    pairs = Counter((jobs.route[job], jobs.account[job]) for job in ran if jobs.account[job] >= 0)
    told = measure(legend, records, ()).executions.tolist()
    assert told == [[route, account, pairs[route, account]] for route, account in sorted(pairs)]


CALLED = {SourceKind.MANUAL, SourceKind.HTTP_TRIGGER}
"""Where somebody presses Start or calls, and his rights are asked."""


def _may_execute(one: Submission) -> set[str]:
    """The accounts with a robot in the folder; for background work as myself the caller alone."""
    there = set(executors(one.folders, one.file))
    if one.item["run_as"] == "myself":
        return there & {one.caller} if one.foreground else {one.caller}
    if "account" in one.target:
        return there & set(accounts_called(one.target["account"], one.file))
    return there


# --- revoking a role ------------------------------------------------------------------------------


def by_chance(file: File) -> File:
    """The same estate for six hours, with random streams and durations."""
    changed = {**deepcopy(file), "time": {**TIME, "duration": "6h"}}
    for _, (folder, *_above) in folders_of(changed):
        for process in folder["processes"].values():
            process["duration"] = {"exponential": "10m"}
        for start in folder["starts"].values():
            start["stream"] = {"poisson": "2 per hour"}
        for trigger in folder["triggers"].values():
            kind, caller = (
                ("api", {"by": trigger["api"]["by"]}) if "api" in trigger else ("event", {})
            )
            trigger[kind] = {"poisson": "2 per hour", **caller}
    return changed


def held_roles(file: File) -> list[tuple[File, str]]:
    """Every place that gives a name a role, with the name."""
    homes = [file["tenant"], *(folder for _, (folder, *_above) in folders_of(file))]
    return [
        (home["assign"], name) for home in homes for name, held in home["assign"].items() if held
    ]


def planned(file: File) -> tuple[Plan, Access]:
    estate = scenario(**file)
    access = access_of(estate, catalogue())
    return make_plan(estate, access, {}), access


@settings(CHECKED, max_examples=60)
@given(estates(), st.randoms(use_true_random=False))
def test_revoking_a_role_refuses_no_less_and_moves_no_draw(estate: Estate, random: Random) -> None:
    """Nobody's instants or durations; in the classic model the tenant's part may come back."""
    file = by_chance(estate.file)
    plan, _ = planned(file)
    assume(held_roles(file))
    assign, name = random.choice(held_roles(file))
    assign[name] = []
    variant, access = planned(file)
    before, after = simulate(plan, 1, 1), simulate(variant, 1, 1)
    for source in range(len(plan.sources)):
        old, new = _of_source(plan, before, source), _of_source(variant, after, source)
        np.testing.assert_array_equal(old["submitted_s"], new["submitted_s"])
        np.testing.assert_array_equal(old["route"], new["route"])
        both = (old["state"] == JobState.SUCCESSFUL) & (new["state"] == JobState.SUCCESSFUL)
        np.testing.assert_array_equal(old["running_s"][both], new["running_s"][both])
        differs = (old["state"] == JobState.REFUSED) != (new["state"] == JobState.REFUSED)
        for route in set(old["route"][differs].tolist()):
            _loses_a_right(plan, variant, route, name, access)


def _of_source(plan: Plan, records: Records, source: int) -> dict[str, npt.NDArray[Any]]:
    """The submissions of one source in order, by column."""
    jobs = records.jobs
    rows = np.flatnonzero(plan.legend.routes.source[jobs.route] == source)
    columns = ("submitted_s", "route", "state", "running_s")
    return {column: getattr(jobs, column)[rows] for column in columns}


def _loses_a_right(plan: Plan, variant: Plan, route: int, name: str, access: Access) -> None:
    """The caller is one of those who lost the role, and is refused, or falls back on the tenant."""
    folder = plan.legend.names.folders[plan.legend.routes.folder[route]]
    _, caller = named(plan.legend, route)
    assert caller in access.members(name)
    if variant.legend.routes.line[route] >= 0:
        assert {grant.place for grant in access.grants(caller, folder)} == {TENANT}
