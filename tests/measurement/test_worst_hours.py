"""The hours in which most jobs were Pending, and what held the slots, on records by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from builders_records import CLOSE_BOOKS, NAN, Job, ints, legend, ran, records

from simulator.measurement import measure, worst_hours, worst_slots
from simulator.measurement.worst_figures import NOT_CONNECTED, WorstHours
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Legend, Records

HOUR_S = 3600.0
HR, FINANCE = 0, 2
USABLE, DOWN, BOOTING = SlotState.USABLE, SlotState.DOWN, SlotState.BOOTING
UNLICENSED, MAINTENANCE = SlotState.UNLICENSED, SlotState.MAINTENANCE


def worst(run: Records, of: Legend | None = None) -> WorstHours:
    found = measure(legend() if of is None else of, run, ()).worst_hours
    assert found is not None
    return found


def offering(run: Records, rows: Sequence[tuple[int, SlotState, int, float, float]]) -> Records:
    """The same run with other slots: a host, a state, how many unattended slots, from, to."""
    host, state, slots, from_s, to_s = zip(*rows, strict=True)
    return replace(
        run,
        availability=Availability(
            host=ints(*host),
            runtime=ints(*[0] * len(rows)),
            slots=ints(*slots),
            from_s=np.array(from_s, dtype=np.float64),
            to_s=np.array(to_s, dtype=np.float64),
            state=np.array([one.value for one in state], dtype=np.int8),
        ),
    )


def test_they_are_the_four_hours_with_most_time_pending() -> None:
    """A job waits from 5 to 7, another from 8:30 to 9:30: of 5 to 9 that is 2.5 hours, the most."""
    run = records(
        ran(5 * HOUR_S, 7 * HOUR_S, 8 * HOUR_S), ran(8.5 * HOUR_S, 9.5 * HOUR_S, 10 * HOUR_S)
    )
    found = worst(run, legend(to_s=10 * HOUR_S))
    assert (found.from_s, found.to_s) == (5 * HOUR_S, 9 * HOUR_S)
    assert found.pending_s == pytest.approx(2.5 * HOUR_S)


def test_they_begin_with_an_hour_of_the_tenants_clock() -> None:
    """In Kolkata hours begin half an hour off those of UTC; the first piece is half an hour."""
    run = records(ran(600, 2 * HOUR_S, 9 * HOUR_S))
    found = worst(run, legend(to_s=10 * HOUR_S, zone="Asia/Kolkata"))
    assert (found.from_s, found.to_s) == (1800.0, 1800.0 + 4 * HOUR_S)


@pytest.mark.parametrize("hours", [1.0, 3.5], ids=["one hour", "no four whole hours"])
def test_a_short_window_is_told_as_a_whole(hours: float) -> None:
    found = worst(records(ran(0, 600, 900)), legend(to_s=hours * HOUR_S))
    assert (found.from_s, found.to_s) == (0.0, hours * HOUR_S)


def test_where_no_job_was_pending_there_are_none() -> None:
    assert measure(legend(), records(ran(0, 0, 900)), ()).worst_hours is None


def test_pending_jobs_are_counted_by_folder_and_part() -> None:
    """An hour in 48 parts of 75 s: HR waits in the first eight, Finance half of the ninth."""
    found = worst(records(ran(0, 600, 3600), ran(600, 637.5, 700, host=1, route=CLOSE_BOOKS)))
    rows = {int(folder): found.pending[row] for row, folder in enumerate(found.folders)}
    assert rows[HR].tolist() == [1.0] * 8 + [0.0] * 40
    assert rows[FINANCE][8] == pytest.approx(0.5)
    assert rows[FINANCE].sum() == pytest.approx(0.5)
    assert not found.pending[-1].any()


def test_folders_beyond_those_told_apart_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """HR waits and runs longest, so Finance's minute is that of the others."""
    monkeypatch.setattr(worst_hours, "MOST_FOLDERS", 1)
    found = worst(records(ran(0, 600, 3600), ran(600, 660, 700, host=1, route=CLOSE_BOOKS)))
    assert found.folders.tolist() == [HR]
    assert found.pending[-1].sum() * 75 == pytest.approx(60.0)


def test_each_slot_has_what_held_it() -> None:
    """Both hosts have two slots and spare one; jobs by hand are all on the first of a host."""
    found = worst(records(ran(0, 600, 1200), ran(0, 0, 400), ran(0, 60, 90, 1, route=CLOSE_BOOKS)))
    strip = found.strip
    slots = list(zip(strip.host.tolist(), strip.slot.tolist(), strict=True))
    assert slots == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0)]
    spans = zip(strip.held.slot, strip.held.job, strip.held.folder, *strip.held.spans, strict=True)
    assert sorted(tuple(map(float, span)) for span in spans) == [
        (0, 0, HR, 600, 1200),
        (0, 1, HR, 0, 400),
        (2, 2, FINANCE, 60, 90),
    ]
    assert not strip.unusable.slot.size


def test_slots_that_could_not_be_used_say_why() -> None:
    """One host goes down after half an hour, the other boots for ten minutes, and is not before."""
    rows = [
        (0, USABLE, 2, 0, 1800),
        (0, DOWN, 2, 1800, 3600),
        (1, BOOTING, 2, 600, 1200),
        (1, USABLE, 2, 1200, 3600),
    ]
    strip = worst(offering(records(ran(0, 600, 1200)), rows)).strip
    found = zip(strip.unusable.slot, strip.unusable.state, *strip.unusable.spans, strict=True)
    of_each = [(DOWN, 1800, 3600)], [(NOT_CONNECTED, 0, 600), (BOOTING, 600, 1200)]
    assert [tuple(map(float, one)) for one in found] == [
        (float(2 * host + slot), *map(float, one))
        for host in (0, 1)
        for slot in (0, 1)
        for one in of_each[host]
    ]


def test_the_last_slots_of_a_host_are_those_without_a_licence() -> None:
    """A slot that never has one does not exist; the host in maintenance has both all the time."""
    rows = [
        (0, USABLE, 1, 0, 3600),
        (0, UNLICENSED, 1, 0, 3600),
        (1, MAINTENANCE, 2, 0, 3600),
    ]
    strip = worst(offering(records(ran(0, 600, 1200)), rows)).strip
    slots = list(zip(strip.host.tolist(), strip.slot.tolist(), strict=True))
    assert slots == [(0, 0), (1, 0), (1, 1)]
    assert strip.left_out == 0


def test_the_slots_least_free_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is held for 50 minutes, one down for 30: of five slots three are left out."""
    monkeypatch.setattr(worst_slots, "MOST_SLOTS", 2)
    rows = [(0, USABLE, 2, 0, 3600), (1, USABLE, 2, 0, 3600)]
    rows += [(2, USABLE, 1, 0, 1800), (2, DOWN, 1, 1800, 3600)]
    strip = worst(offering(records(ran(0, 600, 3600, host=1)), rows)).strip
    assert strip.host.tolist() == [1, 2]
    assert strip.left_out == 3
    assert strip.held.slot.tolist() == [0]


def test_the_longest_spans_are_kept_where_there_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worst_slots, "MOST_SPANS", 1)
    strip = worst(records(ran(0, 600, 1200), ran(0, 1200, 1300), ran(0, 1300, 2600))).strip
    assert (strip.held.job.tolist(), strip.spans_left_out) == ([2], 2)


def test_jobs_are_listed_longest_wait_first_then_others_that_held_a_slot() -> None:
    run = records(
        *(ran(0, 0, 100), ran(0, 200, 300), ran(0, 600, 900)),
        Job(10, pending_s=3590.0),
        ran(3000, 3900, 4000, host=1),
        end_s=4200.0,
    )
    jobs = worst(run).jobs
    assert jobs.job.tolist() == [3, 4, 2, 1, 0]
    assert jobs.host.tolist() == [-1, 1, 0, 0, 0]
    assert jobs.slot.tolist() == [-1, 0, 0, 0, 0]
    assert jobs.started_s.tolist()[1:] == [3900, 600, 200, 0]
    assert np.isnan(jobs.started_s[0])
    assert jobs.pending_s.tolist() == [3590, 900, 600, 200, 0]


def test_more_jobs_than_can_be_listed_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worst_hours, "MOST_JOBS", 1)
    jobs = worst(records(ran(0, 200, 300), ran(0, 600, 900))).jobs
    assert (jobs.job.tolist(), jobs.left_out) == ([1], 1)


def test_only_the_window_is_looked_at() -> None:
    """The longer wait ends before the window begins."""
    run = records(ran(0, 3000, 3100), ran(3700, 3800, 3900), end_s=7200.0)
    found = worst(run, legend(from_s=3600.0, to_s=7200.0))
    assert (found.pending_s, found.jobs.job.tolist()) == (100.0, [1])


def test_a_job_that_never_ran_waits_to_the_end() -> None:
    found = worst(records(Job(0, NAN, NAN, pending_s=3600.0)))
    assert found.pending_s == 3600.0
    assert not found.strip.held.job.size
