"""Each shipped scenario opens with its question and what to expect; here both are pinned."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest
from builders_checks import failing
from typer.testing import CliRunner

import simulator
from simulator.cli.app import app
from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan
from simulator.records.codes import JobState

if TYPE_CHECKING:
    from simulator.plan.plan import Plan
    from simulator.records.columns import Records

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(SCENARIOS.glob("*.yaml"))
NAMES = [file.stem for file in FILES]

FLAGSHIP = "flagship-shared-machines"
PERSONAL = "personal-remote-automation"
ONE_JOB = "start-one-job-only"
STAGING = "staging-not-production"
KEPT = "robot-kept-for-the-schedule"
UNITS = "shared-machine-two-units"


class Ran(NamedTuple):
    """One replication of a scenario."""

    plan: Plan
    records: Records


@cache
def ran(name: str, variant: str | None = None) -> Ran:
    loaded = load(SCENARIOS / f"{name}.yaml", variant=variant)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    return Ran(plan, simulate(plan, loaded.scenario.run.seed, 0))


def jobs_of(run: Ran, source: str) -> np.ndarray:
    """Rows of the jobs of a trigger or start."""
    routes = run.plan.legend.routes
    index = run.plan.legend.names.sources.index(source)
    return np.flatnonzero(routes.source[run.records.jobs.route] == index)


def mean_wait_min(run: Ran, source: str) -> float:
    """Mean minutes Pending of the jobs of a source that started."""
    rows = jobs_of(run, source)
    return (
        float(np.nanmean(run.records.jobs.started_s[rows] - run.records.jobs.submitted_s[rows]))
        / 60
    )


def states_of(run: Ran, source: str) -> set[JobState]:
    """The states in which the jobs of a source ended."""
    return {JobState(state) for state in run.records.jobs.state[jobs_of(run, source)]}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_it_opens_with_the_schema_and_its_question(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=./scenario.schema.json"
    comment = " ".join(line.removeprefix("#").strip() for line in lines[1:12])
    assert "?" in comment
    scenario = load(file).scenario
    assert scenario.name == file.stem
    assert scenario.question.endswith("?")


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_it_is_doubtful_only_where_it_shows_a_refusal_or_a_missing_licence(file: Path) -> None:
    codes = {issue.code for issue in load(file).warnings}
    assert codes <= {"always-refused", "partly-refused", "unlicensed"}


def test_the_schema_beside_the_scenarios_is_up_to_date() -> None:
    """Mended by `make pages`."""
    shown = CliRunner().invoke(app, ["schema"]).stdout
    assert (SCENARIOS / "scenario.schema.json").read_text(encoding="utf-8") == shown


IN_EMILS_WORKSPACE = {
    "Emil's workspace:emil-on-any-robot": "409/1671",
    "Emil's workspace:anna-looks-in": "400/1100",
}
REFUSED = [
    (FLAGSHIP, None, {"HR:trainees": "403/0"}),
    (FLAGSHIP, "dedicated", {"HR:trainees": "403/0"}),
    (FLAGSHIP, "clerks-may-not-start", {"HR:trainees": "403/0", "HR:clerks": "403/0"}),
    (ONE_JOB, None, {"Payroll:ulrike-tries-pay-run": "400/1100"}),
    (ONE_JOB, "whole-folder", {}),
    (STAGING, None, {"Production:developers-try": "403/0"}),
    (STAGING, "own-machine", {"Production:developers-try": "403/0"}),
    (
        KEPT,
        None,
        {
            "HR/On request:hugo-names-a-kept-robot": "409/InvalidStartJobRobotIds",
            "HR/Schedule:hugo-tries-transfer": "400/1100",
        },
    ),
    (
        PERSONAL,
        None,
        {
            "Sales:anna-foreground": "409/1230",
            "Sales:dora-looks-on": "403/0",
            "Sales:emil-outside": "400/1100",
            **IN_EMILS_WORKSPACE,
        },
    ),
    (
        PERSONAL,
        "robot-for-anna",
        {
            "Sales:dora-looks-on": "403/0",
            "Sales:emil-outside": "400/1100",
            **IN_EMILS_WORKSPACE,
        },
    ),
    (UNITS, None, {}),
]
"""Which sources are refused and how; every other source has all its submissions accepted."""


@pytest.mark.parametrize(
    ("name", "variant", "expected"),
    REFUSED,
    ids=[f"{name}, {variant}" if variant else name for name, variant, _ in REFUSED],
)
def test_it_refuses_and_accepts_what_it_says(
    name: str, variant: str | None, expected: dict[str, str]
) -> None:
    run = ran(name, variant)
    names, routes = run.plan.legend.names, run.plan.legend.routes
    outcomes: dict[str, set[str]] = {source: set() for source in names.sources}
    for route in np.unique(run.records.jobs.route):
        refusal = names.refusals[routes.refusal[route]] if routes.line[route] < 0 else None
        outcome = f"{refusal.status}/{refusal.code}" if refusal else "accepted"
        outcomes[names.sources[routes.source[route]]].add(outcome)
    assert outcomes == {source: {expected.get(source, "accepted")} for source in names.sources}


@pytest.mark.parametrize("name", NAMES)
def test_every_self_check_holds(name: str) -> None:
    assert not failing(*ran(name))


def test_the_flagship_lets_hr_wait_behind_finance() -> None:
    """On machines of its own, the same jobs of HR wait less than half as long."""
    shared, dedicated = ran(FLAGSHIP), ran(FLAGSHIP, "dedicated")
    for source in ("HR:new-colleague", "HR:clerks"):
        assert mean_wait_min(dedicated, source) < 0.5 * mean_wait_min(shared, source)


def test_one_job_runs_on_the_robot_of_the_parent_folder() -> None:
    run = ran(ONE_JOB)
    rows = jobs_of(run, "Payroll/Address changes:ulrike-starts")
    accounts = {run.plan.legend.names.accounts[i] for i in run.records.jobs.account[rows]}
    assert accounts == {"payroll-bot"}


def test_production_waits_less_beside_a_machine_for_staging() -> None:
    shared, apart = ran(STAGING), ran(STAGING, "own-machine")
    waits = [mean_wait_min(run, "Production:hourly") for run in (shared, apart)]
    assert waits[1] < 0.5 * waits[0]


def test_the_kept_robots_keep_the_schedule_only_with_their_own_machine() -> None:
    """Six jobs an hour of 35 minutes at most find six free slots; sharing them, they wait."""
    apart, together = ran(KEPT), ran(KEPT, "one-machine")
    assert mean_wait_min(apart, "HR/Schedule:hourly") == 0
    assert mean_wait_min(together, "HR/Schedule:hourly") > 0


def test_personal_automations_wait_for_each_other() -> None:
    run = ran(PERSONAL)
    names = run.plan.legend.names
    for source, account in (
        ("Sales:anna-background", "anna"),
        ("Sales:ben-half-hourly", "ben"),
        ("Sales:cem-foreground", "cem"),
    ):
        assert mean_wait_min(run, source) > 0
        accounts = run.records.jobs.account[jobs_of(run, source)]
        assert {names.accounts[i] for i in accounts} == {account}


def test_the_second_job_on_a_busy_session_waits_or_faulted_before_18_2() -> None:
    now, before = ran(UNITS), ran(UNITS, "before-18-2")
    assert mean_wait_min(now, "OU1:orders") > 0
    assert states_of(now, "OU1:orders") == {JobState.SUCCESSFUL}
    assert states_of(before, "OU1:orders") == {JobState.SUCCESSFUL, JobState.FAULTED}


def test_one_lead_sees_how_much_of_the_machine_is_held_outside() -> None:
    """OU1 asks for 4 x 3 minutes an hour, OU2 for 25: of two slots 10 % and 20.8 %."""
    study = simulator.run(SCENARIOS / f"{UNITS}.yaml", seen_by="lead-1", replications=4)
    whole = study.summary.find("machine", "M1", "slots.utilisation")
    outside = study.summary.find("outside", "M1", "slots.utilisation")
    assert whole is not None
    assert outside is not None
    assert whole.mean == pytest.approx(0.308, abs=0.02)
    assert outside.mean == pytest.approx(0.208, abs=0.02)
    assert set(study.jobs()["folder"]) == {"OU1"}
