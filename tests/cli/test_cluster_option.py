"""`--cluster`: the commands' way to a Dask cluster. What it does there: tests/experiments."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import scenario_file

from simulator.experiments.executing.cluster import connecting

SLOTS = ("--vary", "machines.one.slots=1..2")
COMMANDS = {
    "run": (),
    "compare": (),
    "advise": (),
    "sweep": SLOTS,
    "size": SLOTS,
}
"""The commands that run studies, each with the options it cannot do without."""


@pytest.mark.parametrize("command", COMMANDS)
def test_workers_of_this_machine_and_a_cluster_exclude_each_other(
    command: str, tmp_path: Path
) -> None:
    file = scenario_file(tmp_path)
    done = invoked(
        command, file, *COMMANDS[command], "--workers", 2, "--cluster", "tcp://127.0.0.1:9"
    )
    assert done.exit_code == 2
    assert "leave it out, or --cluster" in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize("command", COMMANDS)
def test_a_cluster_that_does_not_answer_ends_the_command(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 0.3)
    monkeypatch.delenv("SIMULATOR_WORKERS")
    monkeypatch.setenv("SIMULATOR_CLUSTER", "tcp://127.0.0.1:9")
    done = invoked(command, scenario_file(tmp_path), *COMMANDS[command])
    assert (done.exit_code, done.stdout) == (2, "")
    assert "error: no Dask scheduler answers at tcp://127.0.0.1:9" in done.stderr
