"""`simulator doctor`: what is fine is told as fine, and whatever is broken is found, not raised."""

from __future__ import annotations

import json
import os
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from builders_commands import invoked

from simulator.cli.doctor import _told
from simulator.cli.examining import packages, surroundings, trials
from simulator.cli.examining.examination import _guarded, examined
from simulator.cli.examining.finding import Finding, State
from simulator.cli.examining.packages import package_findings, program_findings
from simulator.cli.examining.surroundings import environment_findings, folder_finding
from simulator.cli.examining.trials import pdf_finding, simulation_finding, zone_finding


def by_subject(findings: Any) -> dict[str, Finding]:
    return {one.subject: one for one in findings}


def installed(monkeypatch: pytest.MonkeyPatch, requires: list[str], **versions: str) -> None:
    """Make the metadata say that this package requires this, and that this is installed."""

    def version(name: str) -> str:
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    monkeypatch.setattr(packages.metadata, "requires", lambda _name: requires)
    monkeypatch.setattr(packages.metadata, "version", version)


def test_here_all_that_is_needed_is_fine(tmp_path: Path) -> None:
    found = invoked("doctor", "--out", tmp_path / "kept")
    assert found.exit_code == 0, found.stdout
    assert "✗" not in found.stdout.replace("✗ a PDF", "")
    assert "pending.mean is 120, pending.max is 240, slots.utilisation is 0.8" in found.stdout
    assert found.stdout.splitlines()[-1].startswith("All that is needed is fine.")
    assert list(tmp_path.iterdir()) == []


def test_json_has_the_same_findings(tmp_path: Path) -> None:
    found = json.loads(invoked("doctor", "--json", "--out", tmp_path).stdout)
    assert found["fine"] is True
    told = {(one["area"], one["subject"]) for one in found["findings"]}
    assert told >= {
        ("This program", "Python"),
        ("Packages", "numpy"),
        ("Tried out", "a simulation"),
    }
    assert {one["state"] for one in found["findings"]} <= {"fine", "wrong", "absent"}


def test_something_needed_that_is_wrong_leads_to_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_WORKERS", "many")
    found = invoked("doctor", "--out", tmp_path)
    assert found.exit_code == 1
    assert "✗ SIMULATOR_WORKERS" in found.stdout
    assert "-> set it to a number from 1 to 1,000" in found.stdout
    assert found.stdout.splitlines()[-1] == (
        "Something that is needed is wrong: SIMULATOR_WORKERS."
    )


def test_every_package_of_the_metadata_is_told() -> None:
    told = {one.subject.casefold() for one in package_findings() if one.needed}
    assert {"numpy", "pandas", "simpy", "tzdata"} <= told
    assert not told & {"pytest", "ruff", "weasyprint", "distributed"}


@pytest.mark.parametrize(
    ("requires", "version", "state", "needed", "advice"),
    [
        ("numpy>=2.0", "2.4.1", State.FINE, True, ""),
        ("numpy>=2.0", "1.26.4", State.WRONG, True, "pip install 'numpy>=2.0'"),
        ("numpy>=2.0", "2.1rc1", State.FINE, True, ""),
        ("numpy>=2.0", None, State.WRONG, True, "pip install 'numpy>=2.0'"),
        ('numpy>=2.0; extra == "pdf"', "2.4.1", State.FINE, False, ""),
        ('numpy>=2.0; extra == "pdf"', "1.9", State.WRONG, False, "pip install 'numpy>=2.0'"),
        ('numpy>=2.0; extra == "pdf"', None, State.ABSENT, False, "rpa-capacity-simulator[pdf]"),
    ],
    ids=["fits", "too-old", "candidate", "missing", "extra-fits", "extra-old", "extra-missing"],
)
def test_a_package_beside_what_is_required(
    monkeypatch: pytest.MonkeyPatch,
    requires: str,
    version: str | None,
    state: State,
    needed: bool,
    advice: str,
) -> None:
    installed(monkeypatch, [requires], **({} if version is None else {"numpy": version}))
    (found,) = package_findings()
    assert (found.state, found.needed) == (state, needed)
    assert advice in found.advice
    assert bool(advice) == bool(found.advice)


def test_what_other_platforms_and_developers_need_is_not_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    marks = ['numpy; sys_platform == "beos"', 'numpy; extra == "dev"', 'numpy; extra == "docs"']
    installed(monkeypatch, marks, numpy="1")
    assert list(package_findings()) == []


def test_a_python_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages.platform, "python_version", lambda: "3.10.2")
    found = by_subject(program_findings())["Python"]
    assert found.fatal
    assert "3.10.2" in found.found


def test_not_installed_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(packages.metadata, "metadata", nothing)
    monkeypatch.setattr(packages.metadata, "requires", nothing)
    (found,) = program_findings()
    assert (found.state, found.fatal) == (State.ABSENT, False)
    assert list(package_findings()) == []


def test_a_folder_that_is_not_there_is_one_if_it_can_be_made(tmp_path: Path) -> None:
    found = folder_finding("runs", tmp_path / "a" / "b", "")
    assert found.state is State.FINE
    assert found.found.endswith("b, which the first run makes")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = folder_finding("runs", tmp_path / "file" / "kept", "name another")
    assert (found.state, found.advice) == (State.WRONG, "name another")


@pytest.mark.parametrize(
    ("environment", "states"),
    [
        ({}, {"SIMULATOR_*": "absent"}),
        ({"HOME": "/"}, {"SIMULATOR_*": "absent"}),
        ({"SIMULATOR_OUT": "kept"}, {"SIMULATOR_OUT": "fine"}),
        ({"SIMULATOR_WORKERS": "8"}, {"SIMULATOR_WORKERS": "fine"}),
        ({"SIMULATOR_WORKERS": "0"}, {"SIMULATOR_WORKERS": "wrong"}),
        ({"SIMULATOR_WORKERS": "1001"}, {"SIMULATOR_WORKERS": "wrong"}),
        ({"SIMULATOR_WORKER": "8"}, {"SIMULATOR_WORKER": "wrong"}),
        (
            {"SIMULATOR_WORKERS": "8", "SIMULATOR_CLUSTER": "tcp://a:1"},
            {"SIMULATOR_CLUSTER": "wrong", "SIMULATOR_WORKERS": "fine"},
        ),
    ],
    ids=["none", "others", "out", "workers", "none-of-them", "too-many", "nearly", "both"],
)
def test_variables(environment: dict[str, str], states: dict[str, str]) -> None:
    found = {one.subject: str(one.state) for one in environment_findings(environment)}
    assert found == states


def test_a_variable_that_nothing_reads_says_what_was_meant_and_harms_nothing() -> None:
    (found,) = environment_findings({"SIMULATOR_WORKER": "8"})
    assert "did you mean 'SIMULATOR_WORKERS'?" in found.advice
    assert not found.fatal


def test_every_variable_of_the_options_is_known() -> None:
    from cli.help_examples import commands  # noqa: PLC0415 - it builds the whole command

    told = " ".join(one.text for command in commands() for one in command.parameters)
    read = {word.strip("[];,.") for word in told.split() if word.startswith("SIMULATOR_")}
    assert read == set(surroundings.KNOWN)


def test_time_zones_that_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "_NOON_IN_BERLIN", trials._NOON_IN_BERLIN - 3600)
    assert "+3,600 s wrong" in zone_finding().found


def test_a_pdf_that_cannot_be_made_for_want_of_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ModuleType):
        def __getattr__(self, _name: str) -> Any:
            print("cannot load library 'libpango'")  # noqa: T201 - as WeasyPrint does
            raise OSError("cannot load library 'libpango'")

    monkeypatch.setitem(sys.modules, "weasyprint", Broken("weasyprint"))
    monkeypatch.setattr(trials.metadata, "version", lambda _name: "70.0")
    found = pdf_finding()
    assert found is not None
    assert (found.state, found.fatal) == (State.WRONG, False)
    assert "libpango" in found.found
    assert "apt install" in found.advice


def test_without_weasyprint_no_pdf_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, [])
    assert pdf_finding() is None


def test_a_simulation_that_comes_to_something_else(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ("folder", "Office", "pending.mean")
    monkeypatch.setitem(trials.KNOWN_FIGURES, key, 121.0)
    found = simulation_finding()
    assert found.fatal
    assert "pending.mean is 120.0, not 121" in found.found


def test_a_part_that_breaks_is_found_and_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ImportError("no module\nof that name")

    monkeypatch.setattr(trials, "simulation_finding", broken)
    monkeypatch.setattr(trials, "pdf_finding", lambda: None)
    found = by_subject(examined(tmp_path))
    assert found["a simulation"].found == "ImportError: no module of that name"
    assert found["a simulation"].fatal
    assert found["time zones"].state is State.FINE


def test_what_was_found_before_a_part_breaks_is_kept() -> None:
    fine = Finding("Area", "one", State.FINE, "")

    def part() -> Any:
        yield fine
        raise OSError("gone")

    assert [one.state for one in _guarded("two", part)] == [State.FINE, State.WRONG]


def test_the_text_has_what_to_do_under_what_is_wrong_and_no_control_characters() -> None:
    found = [
        Finding("Area", "one", State.FINE, "1.0"),
        Finding("Area", "other", State.ABSENT, "none", "if you want it: get it", needed=False),
        Finding("Else", "third", State.WRONG, "a\x1bb", "mend it", needed=False),
    ]
    assert _told(found).splitlines() == [
        "Area",
        "  ✓ one    1.0",
        "  – other  none",  # noqa: RUF001 - a dash is meant
        "           -> if you want it: get it",
        "Else",
        r"  ✗ third  a\x1bb",
        "           -> mend it",
        "",
        "All that is needed is fine. Only this is not, and can do without: third.",
    ]


@pytest.mark.skipif(not hasattr(os, "sysconf"), reason="this system does not tell its memory")
@pytest.mark.parametrize(
    ("limit", "ends"),
    [("1073741824\n", "1.0 GiB (the limit of this container)"), ("max\n", "GiB"), (None, "GiB")],
    ids=["limit", "no-limit", "no-groups"],
)
def test_memory_is_what_the_container_may_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str | None, ends: str
) -> None:
    file = tmp_path / "memory.max"
    if limit is not None:
        file.write_text(limit, encoding="ascii")
    monkeypatch.setattr(surroundings, "_LIMIT_OF_GROUP", file)
    assert surroundings._memory().endswith(ends)
