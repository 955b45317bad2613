"""Blame made up by hand: who kept whom Pending, in seconds of a window of one hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from builders_records import NAMES, ROUTES, ints, legend

from simulator.experiments.blame import Blame
from simulator.measurement.figures import BlameFigures
from simulator.records.codes import BlameCause
from simulator.records.columns import Legend, folders_of_processes

Charge = tuple[int, BlameCause, int, int]
"""A process, a cause, the folder that held and a machine; -1 for none."""

HR, PAYROLL, FINANCE = 0, 1, 2
ONBOARD, PAY, CLOSE_BOOKS = 0, 1, 2
SHARED, SPARE = 0, 1

FIRST: dict[Charge, float] = {
    (ONBOARD, BlameCause.JOB, FINANCE, SHARED): 1600.0,
    (ONBOARD, BlameCause.SESSION, FINANCE, SHARED): 200.0,
    (ONBOARD, BlameCause.JOB, HR, SHARED): 600.0,
    (ONBOARD, BlameCause.MAINTENANCE, -1, SPARE): 600.0,
    (CLOSE_BOOKS, BlameCause.JOB, FINANCE, SHARED): 300.0,
}
SECOND: dict[Charge, float] = {
    (ONBOARD, BlameCause.JOB, FINANCE, SHARED): 2200.0,
    (ONBOARD, BlameCause.JOB, HR, SHARED): 400.0,
    (ONBOARD, BlameCause.MAINTENANCE, -1, SPARE): 400.0,
    (CLOSE_BOOKS, BlameCause.JOB, FINANCE, SHARED): 300.0,
}
"""In two replications HR's jobs wait 3000 s, behind Finance 60 % and 73 % of it."""


def blame(*replications: Mapping[Charge, float], names: Legend | None = None) -> Blame:
    """The blame of replications; all of it lies in the first hour of the week."""
    known = legend() if names is None else names
    figures = tuple(_figures(known, charges) for charges in replications)
    return Blame(known, figures, in_first_hour(3600.0), 0.95)


def in_first_hour(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    hours = np.zeros(168)
    hours[0] = value
    return hours


def departments(count: int, name: str = "Department {}") -> Legend:
    """A legend of many folders, each with one process of the same number."""
    numbers = range(count)
    folders = tuple(name.format(number) for number in numbers)
    names = replace(NAMES, folders=folders, processes=tuple(f"{one}:work" for one in folders))
    every = ints(*numbers)
    routes = replace(ROUTES, folder=every, process=every)
    return replace(legend(), names=names, routes=routes)


def _figures(known: Legend, charges: Mapping[Charge, float]) -> BlameFigures:
    keys = np.array(sorted(charges), dtype=np.int32).reshape(-1, 4)
    seconds = np.array([charges[charge] for charge in sorted(charges)])
    folders = folders_of_processes(known)
    week = np.column_stack([folders[keys[:, 0]], keys[:, 1], keys[:, 2]])
    return BlameFigures(
        keys=keys,
        window_s=seconds,
        week=week,
        week_s=seconds[:, np.newaxis] * in_first_hour(1.0),
        machines_s=np.zeros((len(known.names.machines) + 1, 168)),
        processes_s=np.zeros((len(known.names.processes), 168)),
        unexplained_s=0.0,
    )
