"""Licences: which slots exist. Worked out by hand.

By the vendor's page Monitoring unattended sessions a connected host takes a licence for each of its
slots, used or not. Hosts take theirs in the order of the file, each as far as there are any.
"""

from __future__ import annotations

from collections import Counter

from engine.runs import Replication
from engine.timelines import jobs_of, lines
from engine.whereabouts import daily, fails, pressed, reasons_of, slots_of, spans_of


def at_eight(jobs: int, licences: int) -> Replication:
    """So many jobs at 08:00 on three hosts of two slots, and so many licences."""
    machines = {"VM": {"hosts": 3, "slots": 2}}
    starts = {"A": {"jobs": jobs}}
    return pressed(
        {"A": ["08:00"]},
        machines=machines,
        starts=starts,
        licences={"unattended": licences},
    )


def test_the_vendors_example_of_four_licences_for_three_hosts_of_two_slots() -> None:
    """Two hosts are licensed, one is not (page Monitoring machines): the fifth job waits."""
    run = at_eight(5, 4)
    assert slots_of(run) == lines(
        """
        VM/1 2 usable 00:00-24:00
        VM/2 2 usable 00:00-24:00
        VM/3 2 unlicensed 00:00-24:00
        """
    )
    assert spans_of(run) == lines(
        """
        A 08:00 VM/1 08:00-08:10
        A 08:00 VM/1 08:00-08:10
        A 08:00 VM/2 08:00-08:10
        A 08:00 VM/2 08:00-08:10
        A 08:00 VM/1 08:10-08:20
        """
    )
    assert reasons_of(run) == ["", "", "", "", "TemplateFullCapacity"]


def test_a_host_may_be_licensed_in_part() -> None:
    run = at_eight(6, 5)
    assert slots_of(run)[2:] == lines(
        """
        VM/3 1 usable 00:00-24:00
        VM/3 1 unlicensed 00:00-24:00
        """
    )
    hosts = Counter(tuple(text.split()[2:]) for text in spans_of(run))
    assert hosts == {
        ("VM/1", "08:00-08:10"): 2,
        ("VM/2", "08:00-08:10"): 2,
        ("VM/3", "08:00-08:10"): 1,
        ("VM/1", "08:10-08:20"): 1,
    }


def test_more_licences_than_slots_change_nothing() -> None:
    assert slots_of(at_eight(1, 100)) == slots_of(at_eight(1, 6))


def test_with_none_at_all_no_slot_exists() -> None:
    run = at_eight(2, 0)
    assert jobs_of(run) == ["A 08:00 ...-... Pending"] * 2
    assert reasons_of(run) == ["TemplateNoLicense"] * 2


def test_a_machine_that_nobody_uses_takes_its_licences_all_the_same() -> None:
    """Idle stands first in the file and takes the only one; the folder has M1 alone."""
    run = pressed(
        {"A": ["08:00"]},
        machines={"Idle": {}, "M1": {}},
        starts={"A": {"run_as": {"machine": "M1"}}},
        licences={"unattended": 1},
    )
    assert jobs_of(run) == ["A 08:00 ...-... Pending"]
    assert slots_of(run) == lines(
        """
        Idle/1 1 usable 00:00-24:00
        M1/1 1 unlicensed 00:00-24:00
        """
    )


def test_each_runtime_type_has_licences_of_its_own_and_one_not_named_any_number() -> None:
    run = pressed(
        {"A": ["08:00", "08:01"], "H": ["08:02", "08:03"], "T": ["08:04"]},
        machines={"M1": {"slots": {"unattended": 2, "headless": 2, "app_test": 1}}},
        processes={"H": {"runtime": "headless"}, "T": {"runtime": "app_test"}},
        licences={"unattended": 1, "app_test": 0},
    )
    assert jobs_of(run) == lines(
        """
        A 08:00 08:00-08:10 Successful
        A 08:01 08:10-08:20 Successful
        H 08:02 08:02-08:12 Successful
        H 08:03 08:03-08:13 Successful
        T 08:04 ...-... Pending
        """
    )


def test_a_host_out_of_service_keeps_its_licence() -> None:
    """M1 has the only one; it is down 09:00-10:00, then in maintenance to 11:00. M2 gets none."""
    run = pressed(
        {"A": ["09:10"]},
        machines={
            "M1": {"failures": fails("9h", "1h"), "maintenance": [daily(10, "1h")]},
            "M2": {},
        },
        licences={"unattended": 1},
    )
    assert spans_of(run) == ["A 09:10 M1/1 11:00-11:10"]
    assert slots_of(run)[-1] == "M2/1 1 unlicensed 00:00-24:00"


def test_the_hosts_a_pool_always_has_take_theirs_at_the_start_in_their_turn() -> None:
    """The pool's first host and M1 take the two there are, so that no other host can boot."""
    run = pressed(
        {"A": ["08:00"]},
        machines={"burst": {"pool": {"min": 1, "max": 3}}, "M1": {}},
        starts={"A": {"jobs": 3}},
        licences={"unattended": 2},
    )
    assert spans_of(run) == lines(
        """
        A 08:00 burst/1 08:00-08:10
        A 08:00 M1/1 08:00-08:10
        A 08:00 burst/1 08:10-08:20
        """
    )
    assert slots_of(run) == lines(
        """
        burst/1 1 usable 00:00-24:00
        M1/1 1 usable 00:00-24:00
        """
    )


def test_hosts_booted_later_come_after_all_that_are_there_from_the_start() -> None:
    """The pool stands first in the file, M1 has the one licence nevertheless."""
    run = pressed(
        {"A": ["08:00"]},
        machines={"burst": {"pool": {"min": 0, "max": 3}}, "M1": {}},
        starts={"A": {"jobs": 2}},
        licences={"unattended": 1},
    )
    assert spans_of(run) == lines(
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 08:10-08:20
        """
    )
