"""Stories of jobs in random estates: what their stretches say adds up to what blame charges.

A story looks up instants, slot by slot; blame adds up whole runs. Both go by the records alone, and
by code of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pytest
from builders_explained import told
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_waits import crowded_estates

from simulator.explaining import stretches
from simulator.explaining.explained import SlotFinding, Stretch
from simulator.explaining.job_story import explain
from simulator.records.codes import BlameCause

ABSENT = (BlameCause.BOOTING, BlameCause.UNLICENSED, BlameCause.NO_HOST)
"""Of slots that do not exist, the first of these that a machine has is told."""

Charged = Mapping[tuple[BlameCause, str], float]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(estate=crowded_estates())
def test_stretches_add_up_to_blame(estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth job of an estate; all its stretches are told, however many there are."""
    monkeypatch.setattr(stretches, "MOST_STRETCHES", 1_000_000)
    found = told(**estate.file)
    for job in range(0, len(found.records.jobs.route), 5):
        one = explain(found, job)
        charged = {(charge.cause, charge.held_by): charge.seconds for charge in one.charges}
        assert sum(charged.values()) == pytest.approx(one.waited_s, abs=1e-6)
        assert _summed(one.stretches) == pytest.approx(charged, abs=1e-5)


def _summed(found: Iterable[Stretch]) -> Charged:
    """The seconds of stretches, each split over its slots, by cause and by whose jobs it was."""
    total: defaultdict[tuple[BlameCause, str], float] = defaultdict(float)
    for stretch in found:
        parts = _parts(stretch.slots)
        for slot in parts:
            folders = [by.who.folder for by in slot.by] or [""]
            for folder in folders:
                total[slot.cause, folder] += stretch.length_s / len(parts) / len(folders)
    return {key: seconds for key, seconds in total.items() if seconds > 1e-9}


def _parts(slots: Iterable[SlotFinding]) -> list[SlotFinding]:
    """The slots that exist, and one for each machine that has none."""
    machines: defaultdict[str, list[SlotFinding]] = defaultdict(list)
    for slot in slots:
        machines[slot.host.partition("/")[0]].append(slot)
    parts = []
    for found in machines.values():
        existing = [slot for slot in found if slot.cause not in ABSENT]
        parts += existing or [min(found, key=lambda slot: ABSENT.index(slot.cause))]
    return parts
