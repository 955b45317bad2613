"""Traces replayed: each row of the file is a firing, exactly as it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import ACCOUNTS, MACHINES, TIME, folder
from engine.runs import Replication

from simulator.engine import simulate
from simulator.errors import DataFileError
from simulator.loading import Loaded, load
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.tables import arrow_table

ITEM_WORK = {"W": {"duration": "0s", "queue": "Q"}}


@dataclass(frozen=True)
class Estate:
    """A folder on disk with a scenario and its traces."""

    folder: Path

    def trace(self, *rows: str, name: str = "jobs.csv") -> None:
        (self.folder / name).write_text("\n".join(rows) + "\n")

    def loaded(
        self,
        *,
        time: dict[str, Any] | None = None,
        accounts: dict[str, Any] | None = None,
        **parts: Any,
    ) -> Loaded:
        """Load a scenario of one day with one folder F of these parts, and one slot."""
        content = {
            "version": 1,
            "time": TIME if time is None else time,
            "machines": MACHINES,
            "accounts": ACCOUNTS if accounts is None else accounts,
            "folders": {"F": folder(**parts)},
        }
        (self.folder / "s.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
        return load(self.folder / "s.yaml")

    def run(self, **parts: Any) -> Replication:
        plan = plan_of(self.loaded(**parts))
        return Replication(plan.legend, simulate(plan, 1, 0))


@pytest.fixture
def estate(tmp_path: Path) -> Estate:
    return Estate(tmp_path)


def plan_of(found: Loaded) -> Plan:
    return make_plan(found.scenario, found.access, found.columns, found.traces)


def an_event(**more: Any) -> dict[str, Any]:
    event = {"trace": "jobs.csv"}
    return {"T": {"process": "P", "event": event, "created_by": "owner", **more}}


def a_start(**more: Any) -> dict[str, Any]:
    return {"S": {"process": "P", "by": "owner", "stream": {"trace": "jobs.csv"}, **more}}


def columns(found: Replication, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in found.jobs()]


def spans(found: Replication) -> list[tuple[float, float, float]]:
    return columns(found, "submitted_s", "started_s", "ended_s")  # type: ignore[return-value]  # three are asked for


def test_rows_are_submitted_when_they_say_and_last_as_they_say(estate: Estate) -> None:
    """One slot: the second row waits for the first."""
    estate.trace("submitted_at,duration_s", "0,100", "60,1m", "2000.25,5.5")
    found = estate.run(starts=a_start())
    assert spans(found) == [(0.0, 0.0, 100.0), (60.0, 100.0, 160.0), (2000.25, 2000.25, 2005.75)]


def test_without_durations_jobs_last_as_the_process_says(estate: Estate) -> None:
    estate.trace("submitted_at", "2026-01-05T00:01", "2026-01-05T01:00")
    found = estate.run(triggers=an_event())
    assert spans(found) == [(60.0, 60.0, 660.0), (3600.0, 3600.0, 4200.0)]


def test_start_up_comes_on_top_and_stop_after_cuts(estate: Estate) -> None:
    estate.trace("submitted_at,duration_s", "0,100", "3600,300")
    process = {"P": {"duration": "10m", "start_up": "20s", "stop_after": "2m30s"}}
    found = estate.run(starts=a_start(), processes=process)
    assert columns(found, "ended_s", "state") == [(120.0, "Successful"), (3750.0, "Stopped")]


def test_a_rows_priority_goes_before_the_processes(estate: Estate) -> None:
    """While the first runs the others queue up; the highest goes first, then the older."""
    estate.trace(
        "submitted_at,duration_s,priority", "0,10,1", "1,10,Low", "2,10,90", "3,10,Low", "4,10,High"
    )
    found = estate.run(starts=a_start(priority=50))
    assert columns(found, "priority", "started_s") == [
        (1, 0.0), (25, 30.0), (90, 10.0), (25, 40.0), (65, 20.0),
    ]  # fmt: skip


def test_every_job_of_a_batch_lasts_as_its_row_says(estate: Estate) -> None:
    estate.trace("submitted_at,duration_s", "0,100", "1000,7")
    found = estate.run(starts=a_start(jobs=2))
    assert [ended - started for _, started, ended in spans(found)] == [100.0, 100.0, 7.0, 7.0]


def test_a_trigger_replays_the_rows_while_it_is_in_force(estate: Estate) -> None:
    estate.trace("submitted_at,duration_s", "0,1", "3600,2", "7199,3", "7200,4")
    in_force = {"from": "2026-01-05T01:00", "until": "2026-01-05T02:00"}
    found = estate.run(triggers=an_event(**in_force))
    assert spans(found) == [(3600.0, 3600.0, 3602.0), (7199.0, 7199.0, 7202.0)]


def test_callers_take_turns_each_at_the_priority_of_his_row(estate: Estate) -> None:
    estate.trace("submitted_at,priority", "0,5", "1,7", "2,7", "3,5")
    accounts = {
        "robot": {"type": "robot"},
        "owner": {"type": "user"},
        "ann": {"type": "user", "groups": ["people"]},
        "ben": {"type": "user", "groups": ["people"]},
    }
    rights = {"robot": ["Automation User"], "people": ["Folder Administrator"]}
    found = estate.run(accounts=accounts, assign=rights, starts=a_start(by="people"))
    assert columns(found, "principal", "priority") == [
        ("ann", 5), ("ben", 7), ("ann", 7), ("ben", 5),
    ]  # fmt: skip


def test_calls_by_somebody_without_a_right_are_refused_at_their_priority(estate: Estate) -> None:
    estate.trace("submitted_at,priority", "0,5", "1,7")
    calls = {"api": {"trace": "jobs.csv", "by": "guest"}, "process": "P", "created_by": "owner"}
    accounts = {**ACCOUNTS, "guest": {"type": "user"}}
    found = estate.run(accounts=accounts, triggers={"T": calls})
    assert columns(found, "priority", "state") == [(5, "Refused"), (7, "Refused")]


def test_a_guard_holds_rows_back_and_the_next_keep_their_durations(estate: Estate) -> None:
    """The second row is Pending when the third comes, which is held back with its 30 s."""
    estate.trace("submitted_at,duration_s", "0,100", "10,20", "20,30", "110,40")
    found = estate.run(triggers=an_event(pending_guard="per_trigger"))
    assert spans(found) == [(0.0, 0.0, 100.0), (10.0, 100.0, 120.0), (110.0, 120.0, 160.0)]
    assert [row.outcome for row in found.firings()] == [
        "created", "created", "guarded", "created",
    ]  # fmt: skip


def test_a_trigger_that_fails_for_a_day_disables_itself(estate: Estate) -> None:
    """It runs as somebody without access: each row fails, and the tenth comes after 27 hours."""
    estate.trace("submitted_at", *(str(hour * 3600) for hour in range(0, 48, 3)))
    found = estate.run(
        time={**TIME, "duration": "2d"},
        accounts={**ACCOUNTS, "guest": {"type": "user"}},
        triggers=an_event(run_as="myself", created_by="guest", auto_disable=True),
    )
    assert [(row.hour, row.outcome) for row in found.firings()] == [
        *((hour, "refused") for hour in range(0, 27, 3)),
        (27, "disabled"),
    ]


def test_a_rows_end_submits_what_comes_then(estate: Estate) -> None:
    estate.trace("submitted_at,duration_s", "0,100", "1000,50")
    processes = {
        "P": {"duration": "10m", "then": {"start": "Q", "after": "5s"}},
        "Q": {"duration": "1s"},
    }
    found = estate.run(starts=a_start(), processes=processes)
    assert columns(found, "process", "submitted_s") == [
        ("F:P", 0.0), ("F:Q", 105.0), ("F:P", 1000.0), ("F:Q", 1055.0),
    ]  # fmt: skip


def test_draws_belong_to_the_nth_row_whatever_the_file_says_besides(estate: Estate) -> None:
    """Start-ups and faults are the same with and without a column of durations."""
    process = {"P": {"duration": "0s", "start_up": {"exponential": "9s"}, "faults": "40%"}}
    seconds = [str(number * 600) for number in range(100)]
    estate.trace("submitted_at", *seconds)
    drawn = estate.run(starts=a_start(), processes=process)
    estate.trace("submitted_at,duration_s", *(f"{second},100" for second in seconds))
    given = estate.run(starts=a_start(), processes=process)
    assert columns(given, "state") == columns(drawn, "state")
    assert [end - start - 100 for _, start, end in spans(given)] == [
        end - start for _, start, end in spans(drawn)
    ]


def items(found: Replication) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = arrow_table("queue_items", found.legend, found.records).to_pylist()
    return rows


def queue_parts(**arrival: Any) -> dict[str, Any]:
    stream = {"queue": "Q", "by": "owner", "items": {"trace": "jobs.csv"}, "item_duration": "1m"}
    return {
        "queues": {"Q": {"retries": 1}},
        "processes": ITEM_WORK,
        "triggers": {"T": {"process": "W", "queue": {"name": "Q"}, "created_by": "owner"}},
        "arrivals": {"A": {**stream, **arrival}},
    }


def test_items_come_as_the_file_has_them(estate: Estate) -> None:
    """At 60 s two come at once: of these the one with the higher priority is worked first."""
    estate.trace("submitted_at,duration_s,priority", "0,30,5", "60,40,Low", "60,50,High")
    found = [
        (row["added_s"], row["priority"], row["taken_s"], row["done_s"])
        for row in items(estate.run(**queue_parts()))
    ]
    assert found == [(0.0, 5, 0.0, 30.0), (60.0, 25, 110.0, 150.0), (60.0, 65, 60.0, 110.0)]


def test_items_without_columns_take_the_arrivals_own(estate: Estate) -> None:
    estate.trace("submitted_at", "0", "100")
    found = items(estate.run(**queue_parts(priority="High", jobs=2)))
    assert [(row["priority"], row["done_s"] - row["taken_s"]) for row in found] == 4 * [(65, 60.0)]


def test_a_retry_lasts_as_long_as_its_row_says(estate: Estate) -> None:
    estate.trace("submitted_at,duration_s", "0,30", "100,40")
    found = items(estate.run(**queue_parts(faults="100%")))
    assert [(row["first"], row["retry"], row["done_s"] - row["taken_s"]) for row in found] == [
        (0, 0, 30.0), (0, 1, 30.0), (2, 0, 40.0), (2, 1, 40.0),
    ]  # fmt: skip


def test_a_trace_of_many_blocks_is_one_row_after_the_other(estate: Estate) -> None:
    rows = [f"{number * 8},{number % 7},{number % 3 + 1}" for number in range(10_000)]
    estate.trace("submitted_at,duration_s,priority", *rows)
    found = columns(estate.run(starts=a_start()), "submitted_s", "ended_s", "priority")
    assert found == [
        (number * 8.0, number * 8.0 + number % 7, number % 3 + 1) for number in range(10_000)
    ]


def test_a_file_that_changed_after_the_check_stops_the_run(estate: Estate) -> None:
    estate.trace("submitted_at", "0")
    plan = plan_of(estate.loaded(starts=a_start()))
    estate.trace("submitted_at", "1")
    with pytest.raises(DataFileError, match="changed"):
        simulate(plan, 1, 0)


def test_a_schedule_replayed_from_its_own_jobs_is_the_same_schedule(estate: Estate) -> None:
    """D01 of the catalogue of small schedules: two crons on one slot."""
    processes = {"PA": {"duration": "12m30s"}, "PB": {"duration": "7m40s"}}
    crons = {
        "TA": {"process": "PA", "time": {"cron": "0 0/15 8 * * ?"}},
        "TB": {"process": "PB", "time": {"cron": "0 5,35 8 * * ?"}},
    }
    own = {"created_by": "owner", "pending_guard": "none"}
    scheduled = estate.run(
        processes=processes, triggers={name: {**one, **own} for name, one in crons.items()}
    )
    assert [start for _, start, _ in spans(scheduled)] == [
        28800.0, 29550.0, 30010.0, 30760.0, 31510.0, 31970.0,
    ]  # fmt: skip
    rows = columns(scheduled, "submitted_s", "started_s", "ended_s", "priority")
    estate.trace(
        "submitted_at,duration_s,priority",
        *(f"{at},{ended - started},{priority}" for at, started, ended, priority in rows),
    )
    replayed = estate.run(starts=a_start())
    assert spans(replayed) == spans(scheduled)
