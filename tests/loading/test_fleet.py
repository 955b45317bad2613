"""Machines, licences and long-running jobs, as files and overrides write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.errors import ScenarioError
from simulator.loading import Loaded, load, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.model.scenario import Scenario

FILE = """\
version: 1
time: {start: 2026-03-02, duration: 4w, zone: Europe/Berlin}
licences: {unattended: 6}
machines:
  shared-vm:
    hosts: 2
    slots: 2
    windows_sessions: 2
    maintenance: [{cron: "0 0 22 ? * SUN", duration: 4h}]
    failures: {up: {exponential: 30d}, down: 2h, running_jobs: restart}
  burst:
    pool: {max: 10, boot: {uniform: [2m, 5m]}, idle_stop: 15m}
accounts: {olga: {type: user}, bot: {type: robot}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [shared-vm, burst]
    processes:
      onboard: {duration: 5m, suspends: {probability: 40%, for: {exponential: 30m}}}
    triggers: {T: {process: onboard, event: {every: 1h}, created_by: olga}}
"""


def loaded(folder: Path, *overrides: str, text: str = FILE, variant: str | None = None) -> Loaded:
    file = folder / "s.yaml"
    file.write_text(text)
    return load(file, overrides=overrides, variant=variant)


def test_the_file_is_fine(tmp_path: Path) -> None:
    assert loaded(tmp_path).warnings == ()


READS: dict[str, tuple[str, Callable[[Scenario], Any], Any]] = {
    "a window's length": (
        "machines.shared-vm.maintenance.0.duration=2h",
        lambda s: s.machines["shared-vm"].maintenance[0].duration,
        7200.0,
    ),
    "a window's zone": (
        "machines.shared-vm.maintenance.0.zone=Asia/Tokyo",
        lambda s: s.machines["shared-vm"].maintenance[0].zone,
        "Asia/Tokyo",
    ),
    "no window": (
        "machines.shared-vm.maintenance.0=null",
        lambda s: s.machines["shared-vm"].maintenance,
        (),
    ),
    "no maintenance": (
        "machines.shared-vm.maintenance=null",
        lambda s: s.machines["shared-vm"].maintenance,
        (),
    ),
    "the first maintenance": (
        'machines.burst.maintenance=[{cron: "0 0 1 * * ?", duration: 1h, running_jobs: kill}]',
        lambda s: s.machines["burst"].maintenance[0].running_jobs,
        "kill",
    ),
    "the size of a pool": (
        "machines.burst.pool.max=20",
        lambda s: s.machines["burst"].pool.max,  # type: ignore[union-attr]
        20,
    ),
    "a key of a pool not written": (
        "machines.burst.pool.min=1",
        lambda s: s.machines["burst"].pool.min,  # type: ignore[union-attr]
        1,
    ),
    "no idling": (
        "machines.burst.pool.idle_stop=0s",
        lambda s: s.machines["burst"].pool.idle_stop,  # type: ignore[union-attr]
        0.0,
    ),
    "the mean of a failure": (
        "machines.shared-vm.failures.up.exponential=7d",
        lambda s: s.machines["shared-vm"].failures.up.exponential,  # type: ignore[union-attr]
        604_800.0,
    ),
    "no failures": (
        "machines.shared-vm.failures=null",
        lambda s: s.machines["shared-vm"].failures,
        None,
    ),
    "a factor": (
        "machines.shared-vm.duration_factor=1.5",
        lambda s: s.machines["shared-vm"].duration_factor,
        1.5,
    ),
    "licences": ("licences.unattended=9", lambda s: s.licences, {"unattended": 9}),
    "other licences": (
        "licences.headless=1",
        lambda s: s.licences,
        {"unattended": 6, "headless": 1},
    ),
    "licences without end": ("licences.unattended=null", lambda s: s.licences, {}),
    "all licences without end": ("licences=null", lambda s: s.licences, {}),
    "how long a job is Suspended": (
        "folders.HR.processes.onboard.suspends.for=45m",
        lambda s: s.folders["HR"].processes["onboard"].suspends.for_.constant,  # type: ignore[union-attr]
        2700.0,
    ),
    "a job that is not Suspended": (
        "folders.HR.processes.onboard.suspends=null",
        lambda s: s.folders["HR"].processes["onboard"].suspends,
        None,
    ),
    "where it goes on": (
        "folders.HR.processes.onboard.suspends.same_place=true",
        lambda s: s.folders["HR"].processes["onboard"].suspends.same_place,  # type: ignore[union-attr]
        True,
    ),
    "where it stands": (
        "assumptions.resumed_place=resume_time",
        lambda s: s.assumptions.resumed_place,
        "resume_time",
    ),
}


@pytest.mark.parametrize(("override", "read", "expected"), READS.values(), ids=READS)
def test_overrides(
    override: str, read: Callable[[Scenario], Any], expected: object, tmp_path: Path
) -> None:
    assert read(loaded(tmp_path, override).scenario) == expected


def test_hosts_and_a_pool_change_places_by_two_overrides(tmp_path: Path) -> None:
    fixed = ("machines.burst.pool=null", "machines.burst.hosts=3")
    assert loaded(tmp_path, *fixed).scenario.machines["burst"].connected_at_start == 3
    elastic = "variants: {e: {machines.shared-vm.hosts: null, machines.shared-vm.pool: {max: 7}}}\n"
    machine = loaded(tmp_path, text=FILE + elastic, variant="e").scenario.machines["shared-vm"]
    assert (machine.hosts, machine.host_count, machine.connected_at_start) == (None, 7, 0)


IN_VAIN: dict[str, tuple[str, str, str]] = {
    "hosts beside a pool": ("machines.burst.hosts=3", "s.yaml:11:3", "null takes the other away"),
    "a pool beside hosts": (
        "machines.shared-vm.pool={max: 3}",
        "s.yaml:5:3",
        "either hosts or pool",
    ),
    "a pool that is not there": ("machines.shared-vm.pool.max=3", "--set:1:1", "the whole of it"),
    "a second window": (
        "machines.shared-vm.maintenance.1.duration=3h",
        "--set:1:1",
        "it has 1, and the first is 0",
    ),
    "a window that is not there": (
        "machines.burst.maintenance.0.duration=3h",
        "--set:1:1",
        "the whole of it",
    ),
    "a runtime type that is none": ("licences.unatended=3", "--set:1:1", "'unattended'"),
    "licences that are none": ("licences.unattended=many", "--set:1:21", "a whole number"),
    "for in Python": (
        "folders.HR.processes.onboard.suspends.for_=1h",
        "--set:1:1",
        "did you mean 'for'",
    ),
    "a required key": (
        "folders.HR.processes.onboard.suspends.for=null",
        "--set:1:43",
        "lacks the key 'for'",
    ),
    "for ever": (
        "folders.HR.processes.onboard.suspends.probability=1",
        "--set:1:51",
        "would never end",
    ),
    "upside down": ("machines.burst.pool.min=11", "s.yaml:12:5", "min is 11, more than max, 10"),
}


@pytest.mark.parametrize(("override", "place", "word"), IN_VAIN.values(), ids=IN_VAIN)
def test_overrides_in_vain(override: str, place: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as refusal:
        loaded(tmp_path, override)
    (issue,) = refusal.value.issues
    assert str(issue.position).endswith(place), render(issue)
    assert word in f"{issue.message} {issue.hint}"


HEAD = "version: 1\ntime: {start: 2026-03-02, duration: 4w, zone: Europe/Berlin}\n"


def machine(keys: str) -> str:
    """A file whose third line has a machine; its keys begin in column 17."""
    return f"{HEAD}machines: {{vm: {{{keys}}}}}\n"


def window(keys: str) -> str:
    """A machine with one maintenance window; its keys begin in column 32."""
    return machine(f"maintenance: [{{{keys}}}]")


def process(keys: str) -> str:
    """A folder with one process in line 6; its keys begin in column 11."""
    return f"{HEAD}folders:\n  F:\n    processes:\n      P: {{{keys}}}\n"


SUNDAYS = 'cron: "0 0 22 ? * SUN"'
WRONG: dict[str, tuple[str, str, str]] = {
    "hosts and pool": (machine("hosts: 1, pool: {max: 3}"), "3:12", "keep one of them"),
    "names and pool": (machine("names: [a], pool: {max: 3}"), "3:12", "either names or pool"),
    "min above max": (machine("pool: {min: 5, max: 3}"), "3:17", "swap them"),
    "pool without max": (machine("pool: {min: 1}"), "3:17", "lacks the key 'max'"),
    "pool is a number": (machine("pool: 3"), "3:23", "write it as {max: …}"),
    "max is 0": (machine("pool: {max: 0}"), "3:29", "at least 1"),
    "max is huge": (machine("pool: {max: 100001}"), "3:29", "at most 100000"),
    "max is endless": (machine(f"pool: {{max: {'9' * 5000}}}"), "3:29", "whole number"),
    "min is text": (machine('pool: {min: "1", max: 2}'), "3:29", "without quotes"),
    "unknown key of a pool": (machine("pool: {maximum: 2, max: 1}"), "3:24", "did you mean 'max'"),
    "boot without a unit": (machine("pool: {max: 2, boot: 5}"), "3:38", "add its unit"),
    "boot of nothing": (
        machine("pool: {max: 2, boot: {exponential: 5m, at_most: 0s}}"),
        "3:32",
        "nothing can be drawn",
    ),
    "idle_stop without a unit": (machine("pool: {max: 2, idle_stop: 15}"), "3:43", "add its unit"),
    "factor 0": (machine("duration_factor: 0"), "3:34", "more than 0, got 0"),
    "factor below 0": (machine("duration_factor: -1.5"), "3:34", "more than 0"),
    "factor nan": (machine("duration_factor: .nan"), "3:34", "a finite number"),
    "factor inf": (machine("duration_factor: .inf"), "3:34", "a finite number"),
    "factor huge": (machine("duration_factor: 1e300"), "3:34", "at most 1000,"),
    "factor is text": (machine("duration_factor: fast"), "3:34", "a number"),
    "factor in quotes": (machine('duration_factor: "1.5"'), "3:34", "without quotes"),
    "factor as a share": (machine("duration_factor: 150%"), "3:34", "without quotes or a unit"),
    "process types": (
        machine("process_types: unattended"),
        "3:32",
        "any, foreground or background",
    ),
    "maintenance is a mapping": (
        machine(f"maintenance: {{{SUNDAYS}, duration: 4h}}"),
        "3:17",
        "put it in brackets",
    ),
    "maintenance too deep": (machine(f"maintenance: {'[' * 70}"), "3:91", "deep"),
    "window without a duration": (window(SUNDAYS), "3:31", "lacks the key 'duration'"),
    "window of a number": (window(f"{SUNDAYS}, duration: 4"), "3:66", "add its unit"),
    "window that restarts": (
        window(f"{SUNDAYS}, duration: 4h, running_jobs: restart"),
        "3:84",
        "finish or kill",
    ),
    "cron of five fields": (window('cron: "0 22 * * 0", duration: 4h'), "3:38", "Unix cron"),
    "cron without ?": (window('cron: "0 0 22 * * SUN", duration: 4h'), "3:38", "?"),
    "zone": (window(f"{SUNDAYS}, duration: 4h, zone: Europe/Berln"), "3:76", "Europe/Berlin"),
    "failures is text": (machine("failures: never"), "3:27", "write it as {up: …, down: …}"),
    "failures without down": (machine("failures: {up: 1d}"), "3:17", "lacks the key 'down'"),
    "failures that finish": (
        machine("failures: {up: 1d, down: 1h, running_jobs: finish}"),
        "3:60",
        "restart, fault, pause or kill",
    ),
    "up of nothing": (
        machine("failures: {up: {gamma: {mean: 1d, cv: 1}, at_most: 0s}, down: 1h}"),
        "3:28",
        "nothing can be drawn",
    ),
    "failures in no time": (
        machine("failures: {up: 0s, down: 0s}"),
        "3:17",
        "neither up nor down takes any time",
    ),
    "too many failures": (
        machine("hosts: 5000, failures: {up: 90s, down: 10s}"),
        "3:30",
        "about 120,960,000 failures",
    ),
    "unknown runtime": (f"{HEAD}licences: {{unatended: 2}}\n", "3:12", "did you mean 'unattended'"),
    "licences of a number": (f"{HEAD}licences: 6\n", "3:11", "say what it is of"),
    "licences below 0": (f"{HEAD}licences: {{unattended: -1}}\n", "3:24", "at least 0"),
    "licences in quotes": (f'{HEAD}licences: {{unattended: "6"}}\n', "3:24", "without quotes"),
    "licences twice": (f"{HEAD}licences: {{agent: 1, agent: 2}}\n", "3:22", "line 3"),
    "for ever": (
        process("duration: 5m, suspends: {probability: 100%, for: 1h}"),
        "6:49",
        "would never end",
    ),
    "no for": (process("duration: 5m, suspends: {probability: 1%}"), "6:25", "lacks the key 'for'"),
    "bare share": (process("duration: 5m, suspends: 40%"), "6:35", "{probability: …, for: …}"),
    "for nothing": (
        process("duration: 5m, suspends: {probability: 1%, for: {exponential: 1m, at_most: 0s}}"),
        "6:53",
        "nothing can be drawn",
    ),
    "same place": (
        process("duration: 5m, suspends: {probability: 1%, for: 1m, same_place: yes}"),
        "6:74",
        "true or false",
    ),
    "resumed place": (
        f"{HEAD}assumptions: {{resumed_place: resumed}}\n",
        "3:30",
        "original or resume_time",
    ),
}


@pytest.mark.parametrize(("text", "place", "word"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_at_its_place(
    text: str, place: str, word: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as refusal:
        loaded(tmp_path, text=text)
    issue = refusal.value.issues[0]
    assert str(issue.position).endswith(f"s.yaml:{place}"), render(issue)
    assert word in f"{issue.message} {issue.hint}"
    assert "Input should" not in render(issue)


WINDOWS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "each Sunday": ("0 0 22 ? * SUN", []),
    "in another year": ("0 0 22 ? * SUN 2027", [("never-begins", "cron")]),
    "in the hour before the run": ("0 30 23 1 3 ? 2026", []),
    "four hours before the run": ("0 0 20 1 3 ? 2026", [("never-begins", "cron")]),
    "just under four": ("1 0 20 1 3 ? 2026", []),
    "as the run ends": ("0 0 1 30 3 ? 2026", [("never-begins", "cron")]),
    "no day": ("0 0 22 30 2 ?", [("cron-doubt", "cron")]),
    "each second": ("* * 22 ? * SUN", [("cron-doubt", "cron")]),
    "all the time": ("0 0 0/4 * * ?", [("always-in-maintenance", "maintenance")]),
}


@pytest.mark.parametrize(("cron", "expected"), WINDOWS.values(), ids=WINDOWS)
def test_windows_that_never_or_always_hold_are_doubtful(
    cron: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """A window lasts 4 h; the run lasts from 2026-03-02 00:00 to 2026-03-30 01:00 by the clock."""
    text = FILE.replace("0 0 22 ? * SUN", cron)
    warnings = loaded(tmp_path, text=text).warnings
    assert [(issue.code, str(issue.path[-1])) for issue in warnings] == expected


def test_failures_and_boots_are_drawn_from_data_files(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("up_s,boot_s\n86400,90\n")
    text = FILE.replace("{exponential: 30d}", "{empirical: {file: d.csv, column: up_s}}")
    text = text.replace("{uniform: [2m, 5m]}", "{empirical: {file: d.csv, column: boot_s}}")
    columns = loaded(tmp_path, text=text).columns
    assert columns == {("d.csv", "up_s"): (86400.0,), ("d.csv", "boot_s"): (90.0,)}


def test_what_a_variant_does_to_licences_is_told_at_its_place(tmp_path: Path) -> None:
    text = FILE + "variants: {few: {licences.unattended: 3, run.seed: 2}}\n"
    told = loaded(tmp_path, text=text).variant_warnings
    assert [
        (issue.code, issue.variant, issue.position.line) for issue in told if issue.position
    ] == [
        ("unlicensed", "few", 21),
        ("never-boots", "few", 21),
    ]
