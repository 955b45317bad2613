"""Tables with names restored: columns, labels, and what stands for none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from builders_records import (
    CLOSE_BOOKS,
    NAMES,
    NAN,
    ONBOARD,
    POST,
    POST_BY_ANNA,
    REFUSED,
    Break,
    Item,
    Job,
    arrow_tables,
    frames,
    ints,
    legend,
    ran,
    readings,
    records,
)

from simulator.records.codes import (
    BlameCause,
    Interruption,
    ItemException,
    ItemStatus,
    JobState,
    SlotState,
)
from simulator.records.columns import ELSEWHERE, Blame
from simulator.records.tables import TABLES, arrow_table

TABLES_OF_THREE = frames(
    legend(),
    records(
        ran(0.0, 0.0, 600.0, host=1, account=0),
        ran(30.0, 90.0, 120.0, host=2, account=1, route=CLOSE_BOOKS, state=JobState.FAULTED),
        Job(60.0, ended_s=60.0, route=REFUSED, state=JobState.REFUSED),
        Job(70.0, ended_s=70.0, route=ONBOARD, state=JobState.REFUSED),
        replication=7,
        items=(
            Item(0.0, 5.0, 9.0, ItemStatus.RETRIED, exception=ItemException.APPLICATION, job=0),
            Item(9.0, 20.0, 29.0, first=0, retry=1, deadline_s=600.0, job=0),
            Item(10.0, route=POST, status=ItemStatus.NEW, deferred_s=60.0),
            Item(30.0, route=POST_BY_ANNA, status=ItemStatus.REFUSED),
        ),
    ),
)
JOBS = TABLES_OF_THREE["jobs"]

COLUMNS = {
    "jobs": "replication job folder process source source_kind principal run_as priority runtime "
    "line submitted_s started_s ended_s pending_s resumed_s running_s state pending_reason host "
    "machine account refusal_status refusal_code refusal",
    "occupancy": "replication job host slot account from_s ran_from_s to_s",
    "interruptions": "replication job cause left_s back_s again_s",
    "availability": "replication host runtime slots from_s to_s usable why_not",
    "trigger_log": "replication trigger fired_s created outcome failed_why",
    "queue_items": "replication item queue folder arrival principal priority retry first added_s "
    "available_s deadline_s taken_s done_s status exception job refusal_status refusal_code "
    "refusal",
    "blame": "replication folder cause held_by machine seconds",
    "readings": "replication moment folder at_s waiting running held waited_s held_s",
}


def test_every_table_has_its_columns_in_order() -> None:
    found = {name: " ".join(frame.columns) for name, frame in TABLES_OF_THREE.items()}
    assert found == COLUMNS
    assert tuple(found) == TABLES


def test_a_job_has_its_names() -> None:
    texts = JOBS.loc[1, ["folder", "process", "source", "source_kind", "run_as", "line"]]
    assert texts.tolist() == [
        "Finance",
        "Finance:close-books",
        "Finance:hourly",
        "IntegrationTrigger",
        "dynamic",
        "Finance: unattended, foreground, dynamic",
    ]
    assert JOBS["replication"].tolist() == [7] * 4
    assert JOBS["job"].tolist() == [0, 1, 2, 3]


def test_a_job_says_where_it_ran() -> None:
    places = JOBS[["host", "machine", "account"]]
    assert places.loc[0].tolist() == ["shared-vm/2", "shared-vm", "hr-bot"]
    assert places.loc[1].tolist() == ["spare/1", "spare", "fin-bot"]
    assert places.loc[2].isna().all()


def test_states_and_reasons_are_the_vendors_words() -> None:
    assert JOBS["state"].tolist() == ["Successful", "Faulted", "Refused", "Refused"]
    assert JOBS["pending_reason"].tolist() == ["", "TemplateFullCapacity", "", ""]


def test_a_refused_submission_says_what_was_missing() -> None:
    refusal = JOBS[["refusal_status", "refusal_code", "refusal"]]
    assert refusal.loc[2].tolist() == [403, "0", "Jobs.Create in Finance"]
    assert refusal.loc[0].isna().all()  # its route has a limit, but it was let in
    assert JOBS["refusal_status"].dtype == pd.Int16Dtype()


def test_a_job_refused_by_nobody_was_over_the_pending_limit() -> None:
    refusal = JOBS.loc[3, ["refusal_status", "refusal_code", "refusal"]].tolist()
    assert refusal == [409, "pending_limit", "room for it: of HR:onboard only 4 may be Pending"]


def test_seconds_that_did_not_happen_are_nan() -> None:
    started = np.isnan(JOBS["started_s"].to_numpy(dtype=float)).tolist()
    assert started == [False, False, True, True]


def test_an_item_says_where_it_was_added_and_what_became_of_it() -> None:
    items = TABLES_OF_THREE["queue_items"].astype(object)
    known = items.where(items.notna(), None)
    columns = ["item", "queue", "folder", "arrival", "principal", "retry", "first", "job"]
    assert known[columns].to_numpy().tolist() == [
        [0, "HR:invoices", "HR", "HR:mail", "hr-bot", 0, 0, 0],
        [1, "HR:invoices", "HR", "HR:mail", "hr-bot", 1, 0, 0],
        [2, "Finance:bills", "Finance", "Finance:post", "fin-bot", 0, 2, -1],
        [3, "Finance:bills", "Finance", "Finance:post", "anna", 0, 3, -1],
    ]
    assert known["status"].tolist() == ["Retried", "Successful", "New", "Refused"]
    assert known["exception"].tolist() == ["ApplicationException", "", "", ""]
    assert known["available_s"].tolist() == [0.0, 9.0, 70.0, 30.0]
    assert known["deadline_s"].tolist() == [None, 600.0, None, None]
    assert known["refusal"].tolist() == [None, None, None, "Queues.View in Finance"]


def test_the_other_tables() -> None:
    occupancy, availability = TABLES_OF_THREE["occupancy"], TABLES_OF_THREE["availability"]
    log = TABLES_OF_THREE["trigger_log"]
    assert occupancy["host"].tolist() == ["shared-vm/2", "spare/1"]
    assert availability["slots"].tolist() == [2, 2, 1]
    assert availability["usable"].all()
    assert availability["why_not"].isna().all()
    assert log["trigger"].tolist() == ["HR:nightly", "Finance:hourly"]
    assert log["outcome"].tolist() == ["created", "guarded"]
    assert log["failed_why"].isna().all()


def test_blame_is_added_up_by_folder_and_says_what_it_may_of_others() -> None:
    """HR waited on Finance inside the window and outside it, Finance on nobody knows whom."""
    blame = Blame(
        process=ints(0, 0, 2, 0),
        cause=np.array([BlameCause.JOB] * 3 + [BlameCause.DOWN], dtype=np.int8),
        held_by=ints(2, 2, ELSEWHERE, -1),
        machine=ints(0, 0, 0, -1),
        seconds=np.array([60.0, 30.0, 15.0, 5.0]),
        window_s=np.array([60.0, 0.0, 15.0, 5.0]),
    )
    table = arrow_table("blame", legend(), replace(records(), blame=blame)).to_pylist()
    assert [tuple(row.values())[1:] for row in table] == [
        ("HR", "slot held", "Finance", "shared-vm", 90.0),
        ("HR", "host down", None, None, 5.0),
        ("Finance", "slot held", "outside your folders", "shared-vm", 15.0),
    ]


def test_blame_has_the_same_columns_where_nobody_waited() -> None:
    """Else the file could not take such a replication beside others."""
    nobody, one = ints(), ints(0)
    empty = Blame(nobody, nobody.astype(np.int8), nobody, nobody, np.empty(0), np.empty(0))
    waited = Blame(one, one.astype(np.int8), one, one, np.array([60.0]), np.array([60.0]))
    of_none, of_one = (
        arrow_table("blame", legend(), replace(records(), blame=blame)) for blame in (empty, waited)
    )
    assert of_none.num_rows == 0
    assert of_none.schema == of_one.schema


def test_records_without_blame_are_not_written_as_if_nobody_had_waited() -> None:
    with pytest.raises(ValueError, match="blame was not worked out"):
        arrow_table("blame", legend(), replace(records(), blame=None))


def test_slots_that_cannot_be_used_say_why_not() -> None:
    made = records(slots=(2, 2, 1, 1, 1))
    state = np.array(list(SlotState), dtype=np.int8)
    slots = replace(made.availability, host=ints(0, 0, 1, 1, 2), state=state)
    table = arrow_table("availability", legend(), replace(made, availability=slots))
    assert table["usable"].to_pylist() == [True, False, False, False, False]
    assert table["why_not"].to_pylist() == [None, "maintenance", "down", "unlicensed", "booting"]


def test_an_interruption_says_why_and_for_how_long() -> None:
    """Of two jobs: one comes back after a minute and waits for another, one is still away."""
    run = records(
        ran(0.0, 0.0, 600.0),
        ran(0.0, 0.0, NAN, host=1, state=JobState.PENDING),
        breaks=(
            Break(0, 100.0, 160.0, 220.0),
            Break(1, 300.0, 300.0, cause=Interruption.RESTARTED),
        ),
    )
    table = frames(legend(), run)["interruptions"]
    known = table.astype(object).where(table.notna(), None)
    assert known.to_numpy().tolist() == [
        [0, 0, "Suspended", 100.0, 160.0, 220.0],
        [0, 1, "Restarted", 300.0, 300.0, None],
    ]


def test_a_span_says_from_when_its_job_ran() -> None:
    """The second waited 60 s for the latency to pass, and then for the end of the run."""
    run = records(
        ran(0.0, 30.0, 600.0, held_from_s=10.0),
        Job(0.0, host=1, account=1, state=JobState.PENDING, held_from_s=3540.0),
    )
    spans = frames(legend(), run)["occupancy"]
    columns = ["from_s", "ran_from_s", "to_s"]
    assert spans[columns].to_numpy().tolist() == [[10.0, 30.0, 600.0], [3540.0, 3600.0, 3600.0]]


def test_a_firing_that_was_refused_says_why() -> None:
    """The second refusal of the legend, with its status and code before what was missing."""
    made = records()
    log = replace(made.trigger_log, outcome=ints(0, 3).astype(np.int8), refusal=ints(-1, 1))
    table = arrow_table("trigger_log", legend(), replace(made, trigger_log=log))
    assert table["failed_why"].to_pylist() == [None, "403/0: Jobs.Create in Finance"]


def test_equal_names_share_one_entry() -> None:
    """Three refusals with one code: a dictionary must not hold it twice, or pandas rejects it."""
    assert JOBS["refusal_code"].cat.categories.tolist() == ["1100", "0", "pending_limit"]
    assert JOBS["folder"].cat.categories.tolist() == list(NAMES.folders)


def test_replications_share_one_schema() -> None:
    busy = arrow_tables(legend(), records(ran(0.0, 1.0, 2.0)))
    quiet = arrow_tables(legend(), records(replication=1))
    assert {name: table.schema for name, table in busy.items()} == {
        name: table.schema for name, table in quiet.items()
    }


def test_the_meter_is_read_by_folder_and_of_all_of_them() -> None:
    """Folders are in the order of the legend; of all, without a name, there are the sums."""
    run = replace(records(), readings=readings(end_s=4000.0))
    found = arrow_table("readings", legend(), run).to_pylist()
    assert len(found) == 3 * 5
    assert [row["moment"] for row in found[::5]] == ["window from", "window to", "end"]
    assert [row["folder"] for row in found[10:]] == [*legend().names.folders, None]
    assert [row["at_s"] for row in found[10:]] == [4000.0] * 5
    assert [(row["waiting"], row["running"], row["held"]) for row in found[10:]] == [
        *((3, 6, 9), (0, 0, 0), (0, 0, 0), (6, 12, 18), (9, 18, 27))
    ]
    assert [np.isnan(row["waited_s"]) for row in found[10:]] == [*[True] * 4, False]
    assert (found[14]["waited_s"], found[14]["held_s"]) == (1e3, 1e12)
