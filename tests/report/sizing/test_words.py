"""What the number of a quantity is said to count."""

from __future__ import annotations

import pytest

from simulator.report.sizing.words import counted


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("machines.shared-vm.hosts", "2", "2 hosts of shared-vm"),
        ("machines.shared-vm.hosts", "1", "1 host of shared-vm"),
        ('machines."a.b".slots', "14", "14 slots on each host of a.b"),
        ("machines.M1.slots.unattended", "3", "3 unattended slots on each host of M1"),
        ("machines.M1.windows_sessions", "1", "1 Windows session on each host of M1"),
        ("accounts.fin-bot.count", "1200", "1,200 accounts fin-bot"),
        ("licences.unattended", "9", "9 unattended licences"),
        ("folders.Finance.triggers.hourly.jobs", "4", "folders.Finance.triggers.hourly.jobs = 4"),
        ("machines.M1.hosts", "2x", "machines.M1.hosts = 2x"),
    ],
)
def test_a_number_is_told_with_what_it_counts(path: str, value: str, told: str) -> None:
    assert counted(path, value) == told
