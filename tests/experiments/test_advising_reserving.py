"""Slots for short jobs alone: which jobs are short, and which slots can be taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_advice import applied, estate, folder, opened, slots_of

from simulator.experiments.advising.alternatives import Alternative, NotTried
from simulator.experiments.advising.reserving import reserving, short_of

SHORT_AND_LONG = {"Short": 1, "Long": 2}
"""Loads, so that jobs of Short run 600 s, of Long 1200 s: two thirds of the load is long."""

FOLDERS = {"Short": folder("[vm]"), "Long": folder("[vm]")}


def test_short_is_below_the_load_weighted_median(tmp_path: Path) -> None:
    """Loads 1, 2 and 3 with runs of 600, 1200 and 1800 s: half of the load lies up to 1200 s."""
    folders = {name: folder("[vm]") for name in "ABC"}
    found = estate(opened(tmp_path, "{vm: {slots: 8}}", folders), {"A": 1, "B": 2, "C": 3})
    assert [one.folder for one in short_of(found, "vm", found.works)] == ["A"]


@pytest.mark.parametrize(
    ("machine", "reserved", "hosts"),
    [
        ("{hosts: 4, slots: 1}", [1], (3, 1)),
        ("{hosts: 1, slots: 8}", [1, 2], (1, 1)),
        ("{hosts: 1, slots: 40}", [1, 2, 3], (1, 1)),
        ("{hosts: 2, slots: 2}", [1], (3, 1)),
        ("{hosts: 2, slots: 2, windows_sessions: 1}", [2], (1, 1)),
        ("{hosts: 2, slots: 1}", [1], (1, 1)),
    ],
    ids=["hosts", "slots", "three at most", "single slots", "sessions keep hosts whole", "a half"],
)
def test_the_sizes_that_are_tried(
    tmp_path: Path, machine: str, reserved: list[int], hosts: tuple[int, int]
) -> None:
    source = opened(tmp_path, f"{{vm: {machine}}}", FOLDERS)
    found = list(reserving(estate(source, SHORT_AND_LONG)))
    words = [f"Reserving {n} slot{'' if n == 1 else 's'} of vm for short jobs" for n in reserved]
    assert [one.words for one in found] == words
    for one, size in zip(found, reserved, strict=True):
        assert isinstance(one, Alternative)
        after = applied(source, one)
        pieces = after.machines["vm"], after.machines["vm, short jobs"]
        assert tuple(piece.host_count for piece in pieces) == hosts
        assert pieces[1].host_count * sum(pieces[1].slots.values()) == size
        assert slots_of(after) == slots_of(source.load().scenario)


def test_long_jobs_are_pinned_and_short_ones_try_the_reserved_slots_first(tmp_path: Path) -> None:
    source = opened(tmp_path, "{vm: {slots: 4}}", FOLDERS)
    (found,) = reserving(estate(source, SHORT_AND_LONG))
    assert isinstance(found, Alternative)
    assert found.texts == (
        "machines.vm.slots={unattended: 3}",
        'machines."vm, short jobs"={}',
        'folders.Short.machines=["vm, short jobs", vm]',
        'folders.Long.machines=["vm, short jobs", vm]',
        "folders.Long.triggers.T.run_as={machine: vm}",
    )


@pytest.mark.parametrize(
    ("machines", "entry", "more", "reason"),
    [
        (
            "{vm: {slots: 4}, other: {}}",
            "[vm, other]",
            "run_as: dynamic",
            "long jobs of Long run on other machines too",
        ),
        (
            "{vm: {slots: 4}}",
            "[vm]",
            "run_as: myself",
            "Long:T starts long jobs as myself, which cannot be pinned",
        ),
        ("{vm: {pool: {max: 4}}}", "[vm]", "run_as: dynamic", "its hosts come and go with demand"),
    ],
    ids=["other machines", "as themselves", "pool"],
)
def test_what_cannot_be_reserved_is_told(
    tmp_path: Path, machines: str, entry: str, more: str, reason: str
) -> None:
    folders = {"Short": folder("[vm]"), "Long": folder(entry, more=more)}
    source = opened(tmp_path, machines, folders)
    loads = {"Short": 1, "Long": 8}
    (found,) = (one for one in reserving(estate(source, loads)) if "vm" in one.words)
    assert found == NotTried("reserve", "Reserving slots of vm for short jobs", reason)
