"""What a manifest says of calendars: the dates themselves, for a law may change them later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.experiments.keeping.manifest import manifest
from simulator.experiments.study import run_study
from simulator.loading import load

FILE = """\
version: 1
time: {{start: 2026-04-03T12:00, duration: {duration}, zone: {zone}}}
run: {{replications: 2}}
calendars:
  public: {{country: DE, subdivision: BY, dates: [2026-04-02, 2026-04-05]}}
  spare: {{dates: [2026-04-10]}}
machines: {{vm: {{}}}}
accounts: {{olga: {{type: user}}, bot: {{type: robot}}}}
folders:
  HR:
    assign: {{bot: [Automation User], olga: [Folder Administrator]}}
    machines: [vm]
    processes: {{P: {{duration: 5m}}}}
    triggers:
      T: {{process: P, created_by: olga, time: {{cron: "0 0 6 * * ?", calendar: public}}}}
"""


def of_run(folder: Path, duration: str = "7d", zone: str = "Europe/Berlin") -> dict[str, Any]:
    file = folder / "s.yaml"
    file.write_text(FILE.format(duration=duration, zone=zone))
    return manifest(run_study(load(file)))


@pytest.mark.parametrize(
    ("duration", "public", "spare"),
    [
        # Good Friday counts, on whose noon the run begins; Easter Monday from its midnight on.
        ("60h", ["2026-04-03", "2026-04-05"], []),
        ("61h", ["2026-04-03", "2026-04-05", "2026-04-06"], []),
        ("8d", ["2026-04-03", "2026-04-05", "2026-04-06"], ["2026-04-10"]),
    ],
)
def test_the_dates_of_the_run_are_written_out(
    duration: str, public: list[str], spare: list[str], tmp_path: Path
) -> None:
    assert of_run(tmp_path, duration)["calendars"] == {"public": public, "spare": spare}


def test_the_dates_are_those_of_the_tenants_clock(tmp_path: Path) -> None:
    """Noon of the 3rd in Auckland; 60 hours on it is midnight of the 5th there too, for the clock
    is put back an hour on the 5th: the 6th is not reached, though 61 hours would end on it."""
    found = of_run(tmp_path, "61h", "Pacific/Auckland")["calendars"]
    assert found["public"] == ["2026-04-03", "2026-04-05"]


def test_the_version_of_the_holidays_is_named(tmp_path: Path) -> None:
    assert "holidays" in of_run(tmp_path)["versions"]
