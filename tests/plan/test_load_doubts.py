"""How an overload is told, and that nothing else is: the catalogue and all shipped scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.loading import load
from simulator.plan.load_doubts import load_doubts

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "data" / "validation" / "scenarios"
SOUND = [*sorted(CASES.glob("*.yaml")), *sorted((ROOT / "scenarios").glob("*.yaml"))]

LASTING = {"start": "2026-01-05T00:00", "duration": "4w", "warm_up": "1w"}
ALONE = {"start": "2026-01-05T00:00", "duration": "4w"}
GROW = "so that waits have no long-run mean"


def busy(load: str, machine: str = "vm", **process: Any) -> dict[str, Any]:
    """A folder whose jobs keep that many slots busy: so many an hour, an hour each on average."""
    return folder(
        machines=[machine],
        processes={"P": {"duration": {"exponential": "1h"}, **process}},
        triggers={
            "T": {
                "process": "P",
                "event": {"poisson": f"{load} per hour"},
                "created_by": "owner",
            }
        },
    )


FOREGROUND = {"type": "foreground"}
TOLD: dict[str, tuple[dict[str, Any], str, str]] = {
    "two folders": (
        {"folders": {"HR": busy("5"), "Finance": busy("2.2")}},
        "machines.vm",
        (
            "HR and Finance together need 7.2 slots of the 6 they share (vm): their jobs wait ever "
            f"longer, {GROW}"
        ),
    ),
    "one of them comes last": (
        {"folders": {"HR": busy("5", priority=65), "Finance": busy("2.2")}},
        "machines.vm",
        (
            "HR and Finance together need 7.2 slots of the 6 they share (vm): the jobs of Finance, "
            f"which come last, wait ever longer, {GROW}"
        ),
    ),
    "a little too much": (
        {"folders": {"HR": busy("6.003")}},
        "machines.vm",
        f"HR needs 6.003 slots of the 6 it has (vm): its jobs wait ever longer, {GROW}",
    ),
    "just all of it": (
        {"folders": {"HR": busy("6")}},
        "machines.vm",
        f"HR needs 6 slots of the 6 it has (vm): its jobs wait ever longer, {GROW}",
    ),
    "a window alone": (
        {"folders": {"HR": busy("1500")}, "time": ALONE},
        "machines.vm",
        (
            "HR needs 1,500 slots of the 6 it has (vm): its jobs wait ever longer, and all figures "
            "are of this window alone"
        ),
    ),
    "many folders": (
        {"folders": {f"F{number}": busy("1") for number in range(8)}},
        "machines.vm",
        (
            "F0, F1, F2, F3, F4 and … together need 8 slots of the 6 they share (vm): their jobs "
            f"wait ever longer, {GROW}"
        ),
    ),
    "sessions": (
        {
            "folders": {"HR": busy("4", **FOREGROUND)},
            "machines": {"vm": {"hosts": 3, "slots": 2, "windows_sessions": 1}},
            "accounts": {"robot": {"type": "robot", "count": 5}, "owner": {"type": "user"}},
        },
        "machines.vm",
        f"HR needs 4 Windows sessions of the 3 it has (vm): its jobs wait ever longer, {GROW}",
    ),
    "accounts": (
        {
            "folders": {"HR": busy("2.5", **FOREGROUND)},
            "accounts": {
                "robot": {"type": "robot", "count": 2, "one_job_at_a_time": True},
                "owner": {"type": "user"},
            },
        },
        "accounts.robot",
        (
            "HR needs 2.5 jobs at a time of the 2 it has (the accounts robot-1 and robot-2): its "
            f"jobs wait ever longer, {GROW}"
        ),
    ),
    "slots and sessions": (
        {
            "folders": {
                "HR": folder(
                    machines=["vm", "desk"],
                    processes={"P": {"duration": "1h", "type": "foreground"}},
                    triggers={
                        "T": {
                            "process": "P",
                            "event": {"poisson": "3 per hour"},
                            "created_by": "owner",
                        }
                    },
                )
            },
            "machines": {"vm": {"slots": 1}, "desk": {"slots": 4, "windows_sessions": 1}},
            "accounts": {"robot": {"type": "robot", "count": 5}, "owner": {"type": "user"}},
        },
        "machines.vm",
        (
            "HR needs 3 jobs at a time of the 2 it has (slots of vm; Windows sessions of desk): "
            f"its jobs wait ever longer, {GROW}"
        ),
    ),
    "without end": (
        {"folders": {"HR": busy("0.01", then={"start": "P"})}},
        "machines.vm",
        f"HR needs ever more slots of the 6 it has (vm): its jobs wait ever longer, {GROW}",
    ),
}


@pytest.mark.parametrize(("parts", "place", "message"), TOLD.values(), ids=TOLD)
def test_an_overload_is_told_where_it_is_narrow(
    parts: dict[str, Any], place: str, message: str
) -> None:
    machines = {"machines": {"vm": {"hosts": 3, "slots": 2}}, "time": LASTING}
    estate = scenario(**{**machines, **parts})
    (issue,) = load_doubts(estate, access_of(estate, catalogue()))
    assert ".".join(map(str, issue.path)) == place
    assert issue.message == message
    assert (issue.code, issue.severity) == ("unstable-load", "warning")
    assert issue.hint.startswith("make room")


HINTS = {"some more": ("7.23", "make room for 1.2 more, or"), "just": ("6", "make room, or")}


@pytest.mark.parametrize(("load", "hint"), HINTS.values(), ids=HINTS)
def test_the_hint_says_how_much_is_lacking(load: str, hint: str) -> None:
    estate = scenario(machines={"vm": {"hosts": 3, "slots": 2}}, folders={"HR": busy(load)})
    (issue,) = load_doubts(estate, access_of(estate, catalogue()))
    assert issue.hint.startswith(hint)


def unstable(path: Path, *overrides: str) -> list[str]:
    loaded = load(path, overrides=overrides)
    issues = (*loaded.warnings, *loaded.variant_warnings)
    return [issue.message for issue in issues if issue.code == "unstable-load"]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_no_case_of_the_catalogue_and_no_shipped_scenario_is_an_overload(path: Path) -> None:
    """Those at 105 % and more (A15 to A18, A24) lose jobs, or wait for their own."""
    assert unstable(path) == []


def test_the_first_case_at_105_percent_is_one() -> None:
    """A01 with jobs of 10.5 minutes, six an hour."""
    (message,) = unstable(CASES / "A01.yaml", "folders.F.processes.P.duration.exponential=10.5m")
    assert message.startswith("F needs 1.05 slots of the 1 it has (M1): ")
