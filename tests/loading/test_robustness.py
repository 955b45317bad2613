"""Nothing that anybody can write raises anything but the package's own errors."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from simulator.errors import DataFileError, Issue, ScenarioError
from simulator.loading import load, render

GOOD = """\
version: 1
time: {start: 2026-01-05T08:00, duration: 1d, warm_up: 1h, zone: Europe/Berlin}
run: {replications: 2, seed: 1, confidence: 95%}
licences: {unattended: 9}
machines:
  vm: {hosts: 1, slots: {unattended: 2}, accounts: [bot], duration_factor: 1.5, process_types: any}
  old:
    maintenance: [{cron: "0 0 22 ? * SUN", duration: 4h, running_jobs: kill, zone: Asia/Tokyo}]
    failures: {up: {exponential: 30d}, down: 2h, running_jobs: pause}
  burst: {pool: {min: 0, max: 10, boot: {uniform: [2m, 5m]}, idle_stop: 0s}}
accounts: {bot: {type: robot, count: 2}, olga: {type: user, groups: [Clerks]}}
roles: {Starter: {type: folder, permissions: {Jobs: [View, Create]}}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator], Clerks: [Starter]}
    machines: {vm: {propagate: true}, old: {}, burst: {}}
    processes:
      P: {duration: {mixture: [{share: 50%, of: 5m}, {share: 0.5, of: {gamma: {mean: 6m, cv: 1}}}]}}
      L: {duration: 1m, suspends: {probability: 40%, for: {exponential: 30m}, same_place: true}}
      W: {duration: 0s, queue: Q, pending_limit: 4, pending_expiry: 1h, then: {start: P, after: 1m}}
    triggers:
      T: {process: P, time: {cron: "0 0 6 ? * MON-FRI"}, created_by: olga, run_as: {account: bot}}
      U: {process: W, queue: {name: Q, per_job: 2, at_most: 3, recheck: never}, created_by: olga}
    queues: {Q: {retries: 1, sla: 4h}, R: }
    arrivals: {A: {queue: Q, by: bot, items: {every: 1h}, item_duration: {exponential: 2m}}}
    starts: {S: {process: P, by: olga, stream: {at: [2026-01-05T09:00]}}}
    folders: {Payroll: {}}
targets: [{folder: HR/Payroll, measure: pending.p95, at_most: 10m}]
variants: {more: {machines.vm.hosts: 2, folders.HR.processes.P.duration: 5m}}
"""
PIECES = (
    "{",
    "}",
    "[",
    "]",
    ":",
    ", ",
    "- ",
    "&a ",
    "*a",
    "!!x ",
    "null",
    "true",
    "12",
    ".nan",
    "\t",
    '"',
    "'",
    "|",
    ">",
    "#",
    "? ",
    "---\n",
    "\n",
    "  ",
    "%",
    "<<: ",
    "9" * 500,
    "\u2028",
    "\x85",
)

quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def issues_of(source: Path, *overrides: str) -> tuple[Issue, ...]:
    """The issues of a file that is refused; none if it loads or a file is missing."""
    try:
        load(source, overrides=overrides)
    except ScenarioError as error:
        return error.issues
    except DataFileError:
        pass
    return ()


def survives(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "s.yaml"
        file.write_bytes(content)
        for issue in issues_of(file):
            assert issue.position is not None
            assert "Input should" not in render(issue)


@quick
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf")
@example(b"\x00")
def test_random_bytes(content: bytes) -> None:
    survives(content)


@quick
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40))
@example(["a: ", "9" * 500])
@example(["? ", "? ", "a"])
def test_random_yaml(pieces: list[str]) -> None:
    survives("".join(pieces).encode("utf-8", "surrogatepass"))


@quick
@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 30),
    st.sampled_from(PIECES) | st.text(max_size=3),
)
def test_a_good_file_with_a_piece_replaced(start: int, length: int, piece: str) -> None:
    text = GOOD[:start] + piece + GOOD[start + length :]
    survives(text.encode("utf-8", "surrogatepass"))


values = st.recursive(
    st.sampled_from(["1", "x", "5m", "null", "true", "1.5", "-1", "50%", "''", ".inf", "vm", "HR"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"k{n}: {item}" for n, item in enumerate(items)) + "}"
        )
    ),
    max_leaves=6,
)
PATHS = (
    "version",
    "time",
    "time.start",
    "time.zone",
    "run",
    "run.confidence",
    "machines",
    "machines.vm",
    "machines.vm.slots",
    "machines.vm.hosts",
    "machines.vm.pool",
    "machines.vm.duration_factor",
    "machines.vm.maintenance",
    "machines.old.maintenance.0",
    "machines.old.maintenance.0.cron",
    "machines.old.maintenance.0.zone",
    "machines.old.failures",
    "machines.old.failures.up",
    "machines.old.failures.running_jobs",
    "machines.burst.hosts",
    "machines.burst.pool.max",
    "machines.burst.pool.boot",
    "licences",
    "licences.unattended",
    "folders.HR.processes.L.suspends",
    "folders.HR.processes.L.suspends.for",
    "accounts",
    "accounts.bot",
    "accounts.olga.groups",
    "roles",
    "roles.Starter",
    "folders",
    "folders.HR",
    "folders.HR.assign",
    "folders.HR.machines",
    "folders.HR.processes",
    "folders.HR.processes.P",
    "folders.HR.processes.P.duration",
    "folders.HR.triggers",
    "folders.HR.triggers.T",
    "folders.HR.triggers.T.time",
    "folders.HR.triggers.T.run_as",
    "folders.HR.starts.S",
    "folders.HR.starts.S.stream",
    "folders.HR.folders",
    "folders.HR.folders.Payroll",
    "targets",
    "targets.0",
    "targets.0.at_most",
    "variants",
    "variants.more",
    "dispatch",
    "assumptions",
    "tenant",
    "tenant.assign.olga",
)


@pytest.fixture(scope="module", name="good")
def _good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("good") / "s.yaml"
    file.write_text(GOOD)
    return file


def test_the_good_file_is_good(good: Path) -> None:
    load(good)


@settings(quick, max_examples=300)
@given(path=st.sampled_from(PATHS), value=values)
def test_any_value_at_any_path(good: Path, path: str, value: str) -> None:
    for issue in issues_of(good, f"{path}={value}"):
        assert issue.position is not None
        assert "Input should" not in render(issue)


@quick
@given(st.text(max_size=20))
def test_any_text_as_an_override(good: Path, text: str) -> None:
    for issue in issues_of(good, text):
        assert render(issue)
