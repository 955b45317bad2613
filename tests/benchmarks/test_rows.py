"""The table has the rows and targets that are promised, and each row can run."""

from __future__ import annotations

import pytest

from benchmarks.apart import case_of
from benchmarks.estates.bank import CRONS, FOLDERS, PROCESSES, bank
from benchmarks.estates.large import large
from benchmarks.estates.shared_fleet import Fleet, day
from benchmarks.rows import groups
from benchmarks.scaling import scaling
from benchmarks.sizes import FULL, QUICK
from simulator.loading.composer import compose

PROMISED = [
    ("mm3", "a SimPy process and request a job", "at least 2.5"),
    ("mm3", "Ciw with records", "at least 4"),
    ("mm3", "the bare loop of SimPy callbacks", "at least 0.5"),
    ("fleet", "SimPy's FilterStore", "at least 4"),
    ("estate", "itself at 20 and 40", "at least 0.7"),
    ("lines", "itself with some 100 Pending", "at least 0.7"),
    ("lines", "SimPy's FilterStore", "at least 20"),
    ("checks", "the simulated run", "at most 10"),
    ("checks", "the whole command", "at most 10"),
    ("checks", "the simulated run", "at most 10"),
    ("checks", "the whole command", "at most 10"),
    ("blame", "sorting as many instants", "at most 80"),
    ("workers", "the gain of a counting loop", "at least 0.85"),
    ("large", "", "at most 3"),
    ("start-up", "", "at most 0.3"),
    ("memory", "half as many", "at most 150"),
    ("memory", "half as many", "at most 150"),
    ("stream", "", "at most 1024"),
]


def test_every_target_stands_in_the_table() -> None:
    rows = [(group.name, row) for group in groups(FULL) for row in group.rows]
    told = [(name, row.against, str(row.target)) for name, row in rows if row.target]
    assert told == PROMISED


def test_every_row_has_a_case_of_its_own() -> None:
    chosen = [*groups(FULL), *scaling(FULL), *groups(QUICK)]
    assert all(case_of(one.case) for one in {x for group in chosen for x in group.contestants})


def test_contestants_of_a_group_run_once_a_round() -> None:
    (mm3,) = (group for group in groups(FULL) if group.name == "mm3")
    names = [one.case.rpartition(".")[2] for one in mm3.contestants]
    assert names == ["simulated", "simpy_process", "ciw_records", "callbacks"]


@pytest.mark.parametrize(
    ("fleet", "machines_a_folder"),
    [(Fleet(20, 40, 0.85, 1), 8), (Fleet(200, 1_000, 0.85, 1), 20)],
    ids=["small", "large"],
)
def test_each_machine_stands_in_four_folders(fleet: Fleet, machines_a_folder: int) -> None:
    had = [fleet.machines_of(folder) for folder in range(fleet.folders)]
    assert {len(machines) for machines in had} == {machines_a_folder}
    assert sum(map(len, had)) == 4 * fleet.machines


def test_a_day_above_the_load_leaves_what_is_too_much() -> None:
    """Of 1.1 million jobs 1 in 11 is Pending at the end; 80 slots do a million jobs a day."""
    fleet = day(1.1, 1_100_000)
    assert fleet.length_s == pytest.approx(86_400)
    assert fleet.mean_s == pytest.approx(80 * 86_400 / 1_000_000)


def test_the_bank_is_as_large_as_it_says() -> None:
    text = bank(1)
    folders = compose(text, "bank").data["folders"].values()
    crons = sum("time" in one for folder in folders for one in folder["triggers"].values())
    sizes = (len(folders), sum(len(folder["processes"]) for folder in folders), crons)
    assert sizes == (FOLDERS, PROCESSES, CRONS) == (12, 40, 50)


def test_the_large_tenant_is_as_large_as_it_says() -> None:
    text = large("1d")
    assert text.count("hosts: 5,") == 400
    assert text.count("\n  folder ") == 1_000
    assert text.count("duration: {lognormal") == 5_000
