"""`simulator access`: who may do what, as tables and as JSON, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders_commands import ROOT, invoked
from builders_files import SOUND, scenario_file

SCENARIOS = ROOT / "scenarios"
FLAGSHIP = SCENARIOS / "flagship-shared-machines.yaml"
STAGING = SCENARIOS / "staging-not-production.yaml"
ONE_JOB = SCENARIOS / "start-one-job-only.yaml"


def content(*arguments: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(invoked("access", *arguments, "--json").stdout)
    return found


def may(*arguments: object) -> dict[str, set[str]]:
    """What may be done with each process."""
    return {
        one["process"]: {action for action, yes in one["may"].items() if yes}
        for one in content(*arguments)["rights"]
    }


def test_developers_deploy_and_start_in_staging_but_not_in_production() -> None:
    """The answer in the comments of the scenario."""
    assert may(STAGING, "--as", "Developers") == {
        "Staging:invoice": {"see_processes", "see_jobs", "start", "stop", "deploy", "upgrade"},
        "Production:invoice": {"see_processes", "see_jobs"},
    }
    starts = {one["process"]: one["starts"] for one in content(STAGING, "--as", "dev-3")["rights"]}
    assert starts["Staging:invoice"]["dynamic"]["accepted"]
    assert starts["Production:invoice"]["dynamic"] == {
        "accepted": False,
        "status": 403,
        "code": "0",
        "missing": "Jobs.Create in Production",
    }


def test_one_job_only_is_started_unless_the_whole_folder_is_given() -> None:
    """The answer in the comments of the scenario, and its variant."""
    rights = {"see_processes", "see_jobs", "start"}
    address = "Payroll/Address changes:change-address"
    assert may(ONE_JOB, "--as", "ulrike") == {address: rights}
    assert may(ONE_JOB, "--as", "ulrike", "--variant", "whole-folder") == {
        "Payroll:pay-run": rights,
        "Payroll:tax-return": rights,
        address: rights,
    }


def test_tables_go_to_stdout_and_warnings_to_stderr() -> None:
    found = invoked("access", FLAGSHIP)
    assert found.exit_code == 0
    assert found.stdout.startswith("Who may do what\n")
    assert (
        "HR waits behind Finance, Finance/Month end on shared-vm; anna, ben, olga" in found.stdout
    )
    assert "always-refused" in found.stderr


def test_quiet_says_nothing_of_doubts() -> None:
    loud, quiet = invoked("access", ONE_JOB), invoked("access", ONE_JOB, "--quiet")
    assert "always-refused" in loud.stderr
    assert (quiet.stderr, quiet.stdout) == ("", loud.stdout)


def test_json_is_all_there_is_on_stdout(tmp_path: Path) -> None:
    found = invoked("access", scenario_file(tmp_path, SOUND), "--json")
    assert (found.exit_code, found.stderr) == (0, "")
    assert json.loads(found.stdout)["schema_version"] == 1


def test_of_one_folder_and_of_a_changed_scenario() -> None:
    given = "folders.Finance.assign.anna=[Job Starter]"
    found = content(FLAGSHIP, "--folder", "Finance", "--as", "HR clerks", "--set", given)
    assert {(one["account"], one["process"]) for one in found["rights"]} == {
        ("anna", "Finance:invoice"),
        ("anna", "Finance:reconcile"),
        ("anna", "Finance:report"),
    }


def test_why_walks_the_checks() -> None:
    found = invoked("access", FLAGSHIP, "--why", "carla", "HR:onboard")
    assert found.exit_code == 0
    assert found.stdout.startswith("carla starts HR:onboard, run as: dynamic\n")
    assert "→ refused 403/0: Jobs.Create in HR is missing" in found.stdout


@pytest.mark.parametrize(
    ("run_as", "code"),
    [("dynamic", None), ("myself", "1230"), ("finance-bot", "InvalidStartJobRobotIds")],
)
def test_why_with_a_run_as_target(run_as: str, code: str | None) -> None:
    found = content(FLAGSHIP, "--why", "anna", "HR:letters", "--run-as", run_as)
    assert found["schema_version"] == 1
    assert (found["accepted"], found["code"]) == (code is None, code)
    assert len(found["steps"]) == 7


@pytest.mark.parametrize(
    ("run_as", "code"),
    [
        ("hr-bot on shared-vm/1", None),
        ("any account on shared-vm", None),
        ("finance-bot on shared-vm", "InvalidStartJobRobotIds"),
    ],
)
def test_why_on_a_machine_or_a_host(run_as: str, code: str | None) -> None:
    found = content(FLAGSHIP, "--why", "anna", "HR:onboard", "--run-as", run_as)
    assert (found["run_as"], found["code"]) == (run_as, code)


def test_why_with_a_runtime_type_of_its_own() -> None:
    found = content(FLAGSHIP, "--why", "anna", "HR:onboard", "--runtime", "headless")
    assert (found["runtime"], found["code"]) == ("headless", "2818")


def test_why_of_what_no_host_can_take() -> None:
    """The mend is pasted behind the command, and then there is a host."""
    why = ("access", FLAGSHIP, "--why", "anna", "HR:onboard", "--set", "licences.unattended=0")
    told = invoked(*why).stdout.splitlines()
    assert told[-1] == "→ accepted, but Pending for ever: TemplateNoLicense"
    assert told[-2] == "    --set licences.unattended=1"
    mended = invoked(*why, *told[-2].split()).stdout
    assert mended.endswith("→ accepted: the job may wait as Pending\n")


QUEUE = """
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {}}
accounts: {bot: {type: robot}, anna: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User]}
    machines: [vm]
    processes:
      post: {duration: 0s, queue: invoices, then: {start: file}}
      file: {duration: 1m}
    queues: {invoices: {}}
    arrivals:
      mail: {queue: invoices, by: anna, items: {every: 1h}, item_duration: 1m}
    triggers: {post: {process: post, queue: {name: invoices}, created_by: anna}}
"""


def test_items_and_what_jobs_start_are_listed(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, QUEUE)
    found = content(file)
    barred = [{"who": ["anna"], "status": 400, "code": "1100", "missing": "access to HR"}]
    row = {"folder": "HR", "arrival": "HR:mail", "queue": "HR:invoices"}
    assert found["arrivals"] == [{**row, "may": [], "barred": barred}]
    row = {"folder": "HR", "process": "HR:post", "starts": "HR:file"}
    assert found["thens"] == [{**row, "may": ["bot"], "barred": []}]
    told = invoked("access", file).stdout
    assert "HR: post, file; queue invoices" in told
    assert "HR:mail adds to HR:invoices: anna may not" in told
    assert "HR:post starts HR:file as the account it ran under: bot may" in told


def test_why_of_a_queue_walks_the_checks_of_adding(tmp_path: Path) -> None:
    file = scenario_file(tmp_path, QUEUE)
    found = invoked("access", file, "--why", "anna", "HR:invoices")
    assert found.exit_code == 0
    assert found.stdout.startswith("anna adds items to HR:invoices\n")
    assert "→ refused 400/1100: access to HR is missing" in found.stdout
    assert content(file, "--why", "bot", "HR:invoices")["accepted"] is True


@pytest.mark.parametrize("option", [["--run-as", "myself"], ["--runtime", "agent"]])
def test_an_item_has_no_run_as_and_no_runtime(tmp_path: Path, option: list[str]) -> None:
    file = scenario_file(tmp_path, QUEUE)
    found = invoked("access", file, "--why", "anna", "HR:invoices", *option)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "go with a process" in found.stderr


ERRORS = {
    "who": (["--as", "ana"], "did you mean 'anna'?"),
    "folder": (["--folder", "finance"], "did you mean 'Finance'?"),
    "why, who": (["--why", "ana", "HR:onboard"], "did you mean 'anna'?"),
    "why, several": (["--why", "hr-bot", "HR:onboard"], "name one of them: hr-bot-1, hr-bot-2"),
    "why, process": (["--why", "anna", "HR:onbord"], "did you mean 'HR:onboard'?"),
    "run as": (["--why", "anna", "HR:onboard", "--run-as", "me"], "no account to run as"),
    "run as on a machine": (
        ["--why", "anna", "HR:onboard", "--run-as", "hr-bot on shared-v/1"],
        "did you mean 'shared-vm'?",
    ),
    "run as on a host": (
        ["--why", "anna", "HR:onboard", "--run-as", "hr-bot on shared-vm/9"],
        "no host of 'shared-vm' is called '9'",
    ),
    "runtime": (
        ["--why", "anna", "HR:onboard", "--runtime", "unatended"],
        "did you mean 'unattended'?",
    ),
    "runtime alone": (["--runtime", "agent"], "--runtime goes with --why"),
    "run as alone": (["--run-as", "myself"], "--run-as goes with --why"),
    "why and as": (["--why", "anna", "HR:onboard", "--as", "anna"], "leave out --as and --folder"),
    "variant": (["--variant", "dedicate"], "did you mean 'dedicated'?"),
    "strict": (["--strict"], "always-refused"),
}


@pytest.mark.parametrize(("options", "told"), ERRORS.values(), ids=ERRORS)
def test_errors_end_with_2_and_say_what_was_meant(options: list[str], told: str) -> None:
    found = invoked("access", FLAGSHIP, *options)
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr
