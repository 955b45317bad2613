"""Things tried out: time zones, a PDF, and a simulation whose figures are known beforehand."""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from importlib import metadata
from importlib.resources import as_file, files
from typing import Final

from simulator.cli.examining.finding import Finding, State

TRIALS: Final = "Tried out"

KNOWN_FIGURES: Final = {
    ("folder", "Office", "pending.mean"): 120.0,
    ("folder", "Office", "pending.max"): 240.0,
    ("machine", "workstation", "slots.utilisation"): 0.8,
}
"""What the scenario in `self_test.yaml` comes to, in seconds and as a share; reckoned there."""

_NOON: Final = datetime(2026, 7, 1, 12, 0)  # noqa: DTZ001 - a time of the wall clock, by itself
_NOON_IN_BERLIN: Final = 1_782_900_000
"""Noon of 1 July 2026 in Berlin is 10:00 UTC: 20,635 days and ten hours after 1 January 1970."""


def zone_finding() -> Finding:
    """Return whether the time zones' rules are there and say what the time is in Berlin."""
    from simulator.schedules.zones import resolve_zone, to_epoch  # noqa: PLC0415 - only here

    version = metadata.version("tzdata")
    second, _ = to_epoch(_NOON, resolve_zone("Europe/Berlin"))
    if second == _NOON_IN_BERLIN:
        return Finding(TRIALS, "time zones", State.FINE, f"tzdata {version}, summer time is known")
    wrong = f"tzdata {version} is {second - _NOON_IN_BERLIN:+,} s wrong about noon in Berlin"
    mend = "pip install --force-reinstall tzdata"
    return Finding(TRIALS, "time zones", State.WRONG, wrong, mend)


def pdf_finding() -> Finding | None:
    """Return whether a PDF can be made, None where WeasyPrint is not installed.

    It is there without the libraries of the system that it needs, which only a trial shows.
    """
    try:
        metadata.version("weasyprint")
    except metadata.PackageNotFoundError:
        return None
    unheard = io.StringIO()
    try:
        with redirect_stdout(unheard), redirect_stderr(unheard):
            page = importlib.import_module("weasyprint").HTML(string="<p>A page.</p>")
            made = page.write_pdf()
    except Exception as error:  # noqa: BLE001 - whatever is wrong with foreign libraries
        why = " ".join(f"WeasyPrint is installed, but cannot work: {error}".split())
        mend = "install Pango by the system's packages, on Debian: apt install libpangoft2-1.0-0"
        return Finding(TRIALS, "a PDF", State.WRONG, why, mend, needed=False)
    return Finding(TRIALS, "a PDF", State.FINE, f"made, {len(made):,} bytes", needed=False)


def simulation_finding() -> Finding:
    """Return whether a small simulation comes to the figures that are known beforehand."""
    told = list(_simulated())
    if all(found == known for _, found, known in told):
        found = ", ".join(f"{measure} is {known:g}" for measure, _, known in told)
        return Finding(TRIALS, "a simulation", State.FINE, f"{found}, as it must be")
    found = ", ".join(f"{measure} is {found}, not {known:g}" for measure, found, known in told)
    mend = "do not rely on figures: install again, with the versions of constraints.txt"
    return Finding(TRIALS, "a simulation", State.WRONG, found, mend)


def _simulated() -> Iterator[tuple[str, float | None, float]]:
    """Yield each known figure's measure, what the simulation found, and what is known."""
    from simulator.experiments.study import run_study  # noqa: PLC0415 - slow to import
    from simulator.loading import load  # noqa: PLC0415 - slow to import

    with as_file(files("simulator.cli.examining").joinpath("self_test.yaml")) as file:
        study = run_study(load(file))
    for (scope, name, measure), known in KNOWN_FIGURES.items():
        row = study.summary.find(scope, name, measure)
        yield measure, None if row is None else row.mean, known
