"""Records as one account sees them, on an estate of two folders that share a machine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from builders_records import (
    CLOSE_BOOKS,
    NAN,
    ONBOARD,
    POST,
    POST_BY_ANNA,
    REFUSED,
    Break,
    Item,
    Job,
    frames,
    ints,
    legend,
    ran,
    records,
)

from simulator.access.sight import Sight
from simulator.records.codes import ItemStatus, JobState, SlotState
from simulator.records.view import view_of

HR = Sight("anna", ("HR",), 4, frozenset({"shared-vm"}), frozenset({"anna", "hr-bot"}))

RUN = records(
    ran(0.0, 5.0, 60.0, host=0, account=1, route=CLOSE_BOOKS, held_from_s=0.0),
    ran(0.0, 60.0, 90.0, host=0, account=0, route=ONBOARD),
    Job(10.0, route=REFUSED, state=JobState.REFUSED),
    ran(20.0, 25.0, 80.0, host=2, account=1, route=CLOSE_BOOKS),
    ran(30.0, 30.0, 40.0, host=1, account=0, route=ONBOARD),
    Job(50.0, host=1, account=1, route=CLOSE_BOOKS, state=JobState.PENDING, held_from_s=3599.0),
    items=(
        Item(0.0, 5.0, 60.0, route=POST, job=0),
        Item(0.0, 60.0, 70.0, ItemStatus.RETRIED, job=1),
        Item(40.0, route=POST_BY_ANNA, status=ItemStatus.REFUSED),
        Item(70.0, 80.0, 90.0, first=1, retry=1, job=1),
    ),
    breaks=(Break(0, 30.0, 35.0, 45.0), Break(3, 40.0, 50.0, 60.0), Break(4, 32.0, 33.0, 38.0)),
)
"""Two jobs of HR. Of Finance: one on each machine, one refused, one that never began to run."""


def seen(sight: Sight = HR) -> dict[str, list[dict[str, object]]]:
    view = view_of(legend(), sight)
    tables = frames(view.legend, view.of(RUN))
    known = {
        name: frame.astype(object).where(frame.notna(), None) for name, frame in tables.items()
    }
    return {name: frame.to_dict("records") for name, frame in known.items()}


def test_jobs_outside_are_taken_out_and_the_others_numbered_anew() -> None:
    jobs = [(row["job"], row["folder"], row["started_s"], row["host"]) for row in seen()["jobs"]]
    assert jobs == [(0, "HR", 60.0, "shared-vm/1"), (1, "HR", 30.0, "shared-vm/2")]


def test_of_jobs_outside_slots_are_left_from_when_they_ran() -> None:
    """The one on the machine in sight, from 5 s on: its slot was held from 0 s, but idle."""
    spans = [
        tuple(row[key] for key in ("job", "host", "account", "from_s", "ran_from_s", "to_s"))
        for row in seen()["occupancy"]
    ]
    assert spans == [
        (-1, "shared-vm/1", None, 5.0, 5.0, 30.0),
        (1, "shared-vm/2", "hr-bot", 30.0, 30.0, 32.0),
        (1, "shared-vm/2", "hr-bot", 38.0, 38.0, 40.0),
        (-1, "shared-vm/1", None, 45.0, 45.0, 60.0),
        (0, "shared-vm/1", "hr-bot", 60.0, 60.0, 90.0),
    ]


def test_a_slot_held_in_sight_but_not_yet_used_stays() -> None:
    """Of one's own job the span begins where the latency does; of another's, only what it ran."""
    held = records(
        ran(0.0, 5.0, 60.0, held_from_s=0.0),
        ran(0.0, 5.0, 60.0, host=1, account=1, route=CLOSE_BOOKS, held_from_s=0.0),
    )
    spans = view_of(legend(), HR).of(held).occupancy
    assert (spans.job.tolist(), spans.from_s.tolist()) == ([0, -1], [0.0, 5.0])
    assert spans.ran_from_s.tolist() == [5.0, 5.0]


def test_interruptions_are_those_of_jobs_in_sight() -> None:
    columns = ("job", "cause", "left_s", "back_s", "again_s")
    found = [tuple(row[column] for column in columns) for row in seen()["interruptions"]]
    assert found == [(1, "Suspended", 32.0, 33.0, 38.0)]


def test_hosts_in_sight_have_their_states() -> None:
    """shared-vm/2 goes into maintenance at 600 s; that spare/1 is down is out of sight."""
    whole = records(slots=(2, 2, 2, 1))
    slots = replace(
        whole.availability,
        host=ints(0, 1, 1, 2),
        from_s=np.array([0.0, 0.0, 600.0, 0.0]),
        to_s=np.array([3600.0, 600.0, 3600.0, 3600.0]),
        state=np.array([0, 0, SlotState.MAINTENANCE, SlotState.DOWN], dtype=np.int8),
    )
    found = view_of(legend(), HR).of(replace(whole, availability=slots)).availability
    assert (found.host.tolist(), found.state.tolist()) == ([0, 1, 1], [0, 0, 1])
    assert found.from_s.tolist() == [0.0, 0.0, 600.0]


def test_hosts_and_triggers_out_of_sight_are_taken_out() -> None:
    found = seen()
    assert [row["host"] for row in found["availability"]] == ["shared-vm/1", "shared-vm/2"]
    assert [row["trigger"] for row in found["trigger_log"]] == ["HR:nightly"]


def test_items_are_those_of_the_folders_whose_queues_are_in_sight() -> None:
    """The jobs of HR are in sight anyway; the attempts at its one item only with its queues."""
    assert seen()["queue_items"] == []
    items = seen(replace(HR, queue_folders=frozenset({"HR"})))["queue_items"]
    columns = ("item", "queue", "folder", "arrival", "principal", "first", "status", "job")
    assert [tuple(row[column] for column in columns) for row in items] == [
        (0, "HR:invoices", "HR", "HR:mail", "hr-bot", 0, "Retried", 0),
        (1, "HR:invoices", "HR", "HR:mail", "hr-bot", 0, "Successful", 0),
    ]


def test_names_of_queues_are_in_sight_with_their_items() -> None:
    hidden = view_of(legend(), HR).legend
    assert (hidden.names.queues, hidden.names.arrivals, hidden.names.queue_sla_s) == ((), (), ())
    assert len(hidden.item_routes.queue) == 0
    finance = replace(HR, folders=("Finance",), queue_folders=frozenset({"Finance"}))
    shown = view_of(legend(), finance).legend
    assert (shown.names.queues, shown.names.arrivals) == (("Finance:bills",), ("Finance:post",))
    assert (shown.names.queue_folder, shown.names.queue_sla_s) == ((0,), (float("inf"),))
    refused = shown.names.refusals[shown.item_routes.refusal[1]]
    assert refused.missing == "Queues.View in Finance"


def test_the_records_end_with_what_is_in_sight() -> None:
    """The run ended at 9000 s with a job on a machine out of sight; the last of HR at 4000 s."""
    whole = records(
        ran(0.0, 0.0, 4000.0, host=0, account=0, route=ONBOARD),
        ran(0.0, 0.0, 9000.0, host=2, account=1, route=CLOSE_BOOKS),
        Job(3000.0, route=ONBOARD, state=JobState.PENDING, pending_s=6000.0),
    )
    slots = replace(whole.availability, to_s=np.full(len(whole.availability.to_s), 9000.0))
    found = view_of(legend(), HR).of(replace(whole, end_s=9000.0, availability=slots))
    assert found.end_s == 4000.0
    assert found.availability.to_s.tolist() == [4000.0, 4000.0]
    assert found.jobs.pending_s.tolist() == [0.0, 1000.0]


def test_what_becomes_of_hosts_after_the_last_in_sight_is_out_of_sight() -> None:
    """The run ends at 9000 s, with a job elsewhere: a failure at 5000 s is none of HR's."""
    whole = records(ran(0.0, 0.0, 9000.0, host=2, account=1, route=CLOSE_BOOKS), end_s=9000.0)
    slots = replace(
        whole.availability,
        host=ints(0, 0, 2),
        from_s=np.array([0.0, 5000.0, 0.0]),
        to_s=np.array([5000.0, 9000.0, 9000.0]),
    )
    found = view_of(legend(), HR).of(replace(whole, availability=slots))
    assert found.end_s == 3600.0
    assert (found.availability.from_s.tolist(), found.availability.to_s.tolist()) == (
        [0.0],
        [3600.0],
    )


def test_the_records_end_no_earlier_than_a_job_in_sight_comes_back() -> None:
    """HR's job is Resumed at 5000 s, in vain; it waits until the run ends, as far as HR can see."""
    whole = records(
        ran(0.0, 0.0, NAN, state=JobState.RESUMED),
        ran(0.0, 0.0, 9000.0, host=2, account=1, route=CLOSE_BOOKS),
        end_s=9000.0,
        breaks=(Break(0, 100.0, 150.0, 200.0), Break(0, 4000.0, 5000.0)),
    )
    assert whole.jobs.resumed_s.tolist() == [50.0 + 4000.0, 0.0]
    found = view_of(legend(), HR).of(whole)
    assert found.end_s == 5000.0
    assert found.jobs.resumed_s.tolist() == [50.0]
    assert found.jobs.running_s.tolist() == [100.0 + 3800.0]


def test_no_name_out_of_sight_is_left() -> None:
    names = view_of(legend(), HR).legend.names
    assert names.folders == ("HR",)
    assert names.processes == ("HR:onboard",)
    assert names.sources == ("HR:nightly",)
    assert (names.accounts, names.principals) == (("hr-bot", "anna"), ("hr-bot", "anna"))
    assert (names.machines, names.host_machine) == (("shared-vm",), (0, 0))
    assert names.run_as == ("dynamic",)
    assert [one.code for one in names.refusals] == ["pending_limit"]  # which HR:onboard has
    assert names.lines == ("HR: unattended, background, dynamic",)


def test_a_refusal_in_sight_keeps_its_words() -> None:
    finance = replace(HR, folders=("Finance",), accounts=frozenset({"fin-bot"}))
    view = view_of(legend(), finance)
    refused = frames(view.legend, view.of(RUN))["jobs"].iloc[1]
    assert (refused["principal"], refused["refusal"]) == ("anna", "Jobs.Create in Finance")


def test_who_sees_everything_sees_the_same_records() -> None:
    """All folders, machines and accounts: only what nothing refers to has gone from the names."""
    names = legend().names
    everything = Sight(
        "root",
        names.folders,
        4,
        frozenset(names.machines),
        frozenset(names.accounts),
        frozenset(names.folders),
    )
    view = view_of(legend(), everything)
    found, expected = frames(view.legend, view.of(RUN)), frames(legend(), RUN)
    for table in ("jobs", "interruptions", "availability", "trigger_log", "queue_items"):
        assert found[table].astype(object).equals(expected[table].astype(object))
