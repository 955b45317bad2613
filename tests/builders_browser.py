"""A browser for tests: the system's Chromium, and one of each kind of page to open in it."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from builders_commands import invoked
from builders_files import scenario_file

_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome")

HOSTILE: Final = "<img src=x onerror=alert(1)> \"'& =cmd() 😀 \u202e\u05e9\u05dc"
"""A name that would be markup, a quote, a formula, or turn what follows, if anything let it."""

LONG: Final = "very long name " * 8


def _quoted(what: object) -> str:
    """JSON that is YAML too: an emoji stands as it is, not as two halves."""
    return json.dumps(what, ensure_ascii=False)


_HOSTS: Final = f"machines.{_quoted(HOSTILE)}.hosts"
_ESTATE: Final = {
    "version": 1,
    "name": HOSTILE,
    "question": f"</title><script>alert(2)</script> {HOSTILE}",
    "time": {"start": "2026-01-05T00:00", "duration": "1w"},
    "run": {"replications": 2, "seed": 7},
    "machines": {HOSTILE: {"hosts": 2, "slots": 1}, "spare": {"hosts": 1, "slots": 1}},
    "accounts": {HOSTILE: {"type": "robot"}, "bot": {"type": "robot"}, "olga": {"type": "user"}},
    "folders": {
        name: {
            "assign": {robot: ["Automation User"], "olga": ["Folder Administrator"]},
            "machines": machines,
            "processes": {process: {"duration": {"exponential": minutes}}},
            "triggers": {
                trigger: {"process": process, "event": {"poisson": rate}, "created_by": "olga"}
            },
        }
        for name, robot, machines, process, trigger, minutes, rate in (
            (HOSTILE, HOSTILE, [HOSTILE], HOSTILE, HOSTILE, "15m", "5 per hour"),
            (LONG.strip(), "bot", [HOSTILE], "P", "T", "2h", "0.2 per hour"),
            ("=1+1", "bot", ["spare"], "P", "T", "30s", "30 per hour"),
        )
    },
    "targets": [
        {"folder": HOSTILE, "measure": "pending.p95", "at_most": "30s"},
        {"folder": "=1+1", "measure": "pending.mean", "at_most": "1h"},
    ],
    "variants": {"<b>more": {_HOSTS: 3}},
}
"""Three folders, two of which share two hosts: waits of seconds, minutes and hours."""

KINDS: Final = {
    "run": ("run",),
    "compare": ("compare",),
    "sweep": ("sweep", "--vary", f"{_HOSTS}=2..4"),
    "size": ("size", "--vary", f"{_HOSTS}=2..4"),
    "advise": ("advise", "--window", "0s"),
}
"""Each kind of page, and the command that writes it, without the scenario file."""


def chromium_path() -> str | None:
    """The system's Chromium or Chrome; None where there is none, or nothing to drive it with."""
    if find_spec("playwright") is None or find_spec("axe_playwright_python") is None:
        return None
    return next(filter(None, map(shutil.which, _COMMANDS)), None)


def page_of(kind: str, folder: Path) -> Path:
    """The page of a kind over a small estate with hostile names, written below a folder."""
    file = scenario_file(folder, _quoted(_ESTATE))
    command, *options = KINDS[kind]
    done = invoked(command, file, *options, "--workers", 1, "--quiet", "--out", folder / "out")
    assert done.exit_code == 0, done.stderr
    return next((folder / "out").rglob("report.html"))
