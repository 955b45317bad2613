"""The life of a job as a terminal shows it."""

from __future__ import annotations

import re

import pytest
from builders import folder
from builders_explained import explained, of_folder, starts, told
from builders_tables import printed

from simulator.explaining.job_story import explain
from simulator.explaining.longest_waits import longest_waits
from simulator.report.explaining.longest_waits import waits_table
from simulator.report.explaining.story import explanation_tables

BERLIN = {"start": "2026-01-05T00:00", "duration": "1d", "zone": "Europe/Berlin"}
URGENT = {"press": starts("P", "08:00", "08:01"), "urgent": starts("P", "08:02", priority="High")}

WAITED = """\
Job 1 of F:P, replication 1: Pending for 19 min, then Successful

Submitted  Mon 2026-01-05 08:01:00, by owner pressing Start on F:press
Right      Jobs.Create in F, asked of owner: Folder Administrator in F by name
Needed     an unattended slot; run as dynamic, priority 45
Where      1 slot on M1/1, under robot
Waited     19 min, until 08:20:00; at first for TemplateFullCapacity
Ran        08:20:00 to 08:30:00 on M1/1, slot 0, under robot
Ended      08:30:00 Successful, after Running for 10 min

What kept it Pending, by slot
Jobs of  Cause      Waited  Share
─────────────────────────────────
F        slot held  19 min  100 %
in all              19 min  100 %

Overtaken by 1 job submitted later
Job  Process  Why it went first    Host        At
─────────────────────────────────────────────────
2    F:P      priority 65 over 45  M1/1  08:10:00

Its wait, slot by slot
                     08:01:00                                           08:20:45
job 1                │Pending─────────────────────────────────────────────────
M1/1               0 │0aaaaaaaaaaaaaaaaaaaaaaaa│2aaaaaaaaaaaaaaaaaaaaaaaaaaaa███
█ this job   a F

What held the slots it could have used
08:01:00 to 08:10:00, 9 min
  M1/1 slot 0  job 0 of F:P, 08:00:00 to 08:10:00
08:10:00 to 08:20:00, 10 min
  M1/1 slot 0  job 2 of F:P, 08:10:00 to 08:20:00
"""


def test_the_whole_story_of_a_wait() -> None:
    one = explained(1, folders={"F": folder(starts=URGENT)}, time=BERLIN)
    assert "\n".join(printed(explanation_tables(one))) + "\n" == WAITED


def lines_of(job: int, **parts: object) -> list[str]:
    return printed(explanation_tables(explained(job, **parts)), width=100)


def test_a_job_that_did_not_wait_has_a_short_story() -> None:
    found = lines_of(0, folders={"F": of_folder("08:00")})
    assert found[0] == "Job 0 of F:P, replication 1: not Pending, then Successful"
    assert "Waited     not at all: it had its place at once" in found
    assert found[-1] == "Ended      08:10:00 Successful, after Running for 10 min"


def test_a_refused_one_is_told_what_was_missing() -> None:
    press = {**starts("P", "08:00"), "by": "guest"}
    accounts = {"robot": {"type": "robot"}, "owner": {"type": "user"}, "guest": {"type": "user"}}
    found = lines_of(0, folders={"F": folder(starts={"press": press})}, accounts=accounts)
    assert "\n".join(found) == REFUSED


REFUSED = """\
Job 0 of F:P, replication 1: refused

Submitted  Mon 2026-01-05 08:00:00, by guest pressing Start on F:press
Right      Jobs.Create in F, asked of guest: not assigned to F or a folder above it, by name or by a
           group
Refused    400/1100: access to F is missing; a refused submission never waits"""


def test_an_expired_one_is_told_why_it_was_withdrawn() -> None:
    patient = {"P": {"duration": "10m", "pending_expiry": "4m"}}
    found = lines_of(1, folders={"F": of_folder("08:00", "08:01", processes=patient)})
    assert (
        "Ended      08:05:00 Expired: withdrawn after 4 min Pending (its process's "
        "pending_expiry)" in found
    )


def test_one_that_never_starts_is_still_pending_at_the_end() -> None:
    found = lines_of(0, folders={"F": of_folder("08:10")}, licences={"unattended": 0})
    assert found[0].endswith("Pending for 15.8 h, still Pending")
    ended = "Ended      not by the end of the run, Tue 2026-01-06 00:00:00: still Pending"
    assert ended in found
    assert "  M1/1 slot 0  there is no licence for it" in found
    assert "- no licence" in found


def test_a_busy_session_faults_a_job_where_it_does_not_wait() -> None:
    found = lines_of(
        1,
        folders={"F": of_folder("08:00", "08:01", processes=OF_SCREENS)},
        machines={"M1": {"slots": 2, "windows_sessions": 1}},
        accounts={"robot": {"type": "robot", "count": 2}, "owner": {"type": "user"}},
        assumptions={"busy_session": "fault"},
    )
    assert found[-1] == (
        "Ended      08:01:00 Faulted on M1/1: no Windows session was free there (busy_session)"
    )


OF_SCREENS = {"P": {"duration": "10m", "type": "foreground"}}


def test_restarts_and_later_waits_are_steps_in_order() -> None:
    restart = {"M1": {"failures": {"up": "9h", "down": "1h", "running_jobs": "restart"}}}
    found = lines_of(0, folders={"F": of_folder("08:55")}, machines=restart)
    assert found[-6:-1] == [
        "Waited     not at all: it had its place at once",
        "Ran        08:55:00 to 09:00:00 on M1/1, slot 0, under robot",
        "Restarted  09:00:00: it lost its host, and begins anew",
        "Waited     60 min in line again, until 10:00:00",
        "Ran        10:00:00 to 10:10:00 on M1/1, slot 0, under robot",
    ]


def test_slots_alike_are_told_together_and_many_are_summed() -> None:
    """12 slots are held by 12 jobs: eight are told, four are summed; two hosts boot nothing."""
    times = ["08:00"] * 12 + ["08:01"]
    found = lines_of(12, folders={"F": of_folder(*times)}, machines={"M1": {"slots": 12}})
    assert "  … and 4 slots more: F 4" in found
    none = lines_of(
        0,
        folders={"F": of_folder("08:00")},
        machines={"M1": {"slots": 2, "maintenance": [{"cron": "0 0 8 * * ?", "duration": "1h"}]}},
    )
    assert "  M1/1 slots 0, 1  not held, but the host is in maintenance" in none


def test_of_more_slots_than_rows_the_rest_is_counted() -> None:
    times = ["08:00"] * 30 + ["08:01"]
    found = lines_of(30, folders={"F": of_folder(*times)}, machines={"M1": {"slots": 30}})
    assert "… and 10 slots more" in found


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_the_timeline_fits_any_terminal(width: int) -> None:
    one = explained(1, folders={"F": folder(starts=URGENT)})
    rows = [line for line in printed(explanation_tables(one), width) if re.match(r"M1/1 +0 ", line)]
    assert [len(row) for row in rows] == [min(max(width, 41), 120)]


def test_names_cannot_act_on_the_terminal() -> None:
    evil = "F\u202e"
    found = "\n".join(lines_of(1, folders={evil: of_folder("08:00", "08:01")}))
    assert "\u202e" not in found
    assert "F\\u202e" in found


def test_the_longest_waits_are_a_table_that_says_how_to_go_on() -> None:
    run = told(folders={"F": of_folder("08:00", "08:01"), "G": of_folder("08:02")})
    window = run.legend.window
    assert printed(waits_table(longest_waits(run, 5), window, 1, "reports/x/y"), 100) == [
        "",
        "The longest waits for a first start, replication 1, UTC",
        "Job  Folder  Process  Most by                             Submitted  Waited",
        "───────────────────────────────────────────────────────────────────────────",
        "2    G       G:P      slot held, F (100 %)  Mon 2026-01-05 08:02:00  18 min",
        "1    F       F:P      slot held, F (100 %)  Mon 2026-01-05 08:01:00   9 min",
        "",
        "To have the first one explained:",
        "simulator explain reports/x/y 2",
    ]


def test_a_folder_with_a_space_is_quoted_to_go_on_with() -> None:
    run = told(folders={"F": of_folder("08:00", "08:01")})
    found = printed(waits_table(longest_waits(run, 1), run.legend.window, 1, "my runs/x"), 100)
    assert found[-1] == "simulator explain 'my runs/x' 1"


def test_a_run_in_which_nobody_waited_says_so() -> None:
    run = told(folders={"F": of_folder("08:00")})
    window = run.legend.window
    assert printed(waits_table(longest_waits(run, 5), window, 1, "r")) == [
        "No job was Pending for any time in replication 1."
    ]


def test_the_first_of_many_overtakers_are_told_and_the_others_counted() -> None:
    """Every ten minutes one of 13 urgent jobs goes first, which all come at once at 8:02."""
    late = {
        "press": starts("P", "08:00", "08:01"),
        "many": starts("P", *["08:02"] * 13, priority="High"),
    }
    one = explain(told(folders={"F": folder(starts=late)}), 1)
    found = printed(explanation_tables(one), 100)
    assert "Overtaken by 13 jobs submitted later" in found
    assert "… and 3 more; --json has the first 20" in found
