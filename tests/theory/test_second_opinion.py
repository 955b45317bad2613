"""Other models start each job when the product does; and they would tell if a rule were another."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from theory import plain_fleet
from theory.opinion_of_ciw import QUEUES, Queue, opinion_of_ciw, starts_in_ciw
from theory.opinion_of_simpy import CASES, Shared, compared, opinion_of_simpy, replayed
from theory.opinions import count_apart, count_different, differences_s, largest_s, most_waiting
from theory.plain_jobs import Charge
from theory.product_run import ProductRun, run_product
from theory.shared_estate import Estate, Folder, Machine


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
def test_every_job_starts_when_ciw_starts_it(queue: Queue) -> None:
    opinion = opinion_of_ciw(queue, 5000)
    assert opinion.jobs > 4500
    assert opinion.waited > opinion.jobs / 2
    assert opinion.agrees, opinion
    assert opinion.largest_difference_s == 0


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_job_starts_when_and_where_a_plain_model_starts_it(case: Shared) -> None:
    opinion = opinion_of_simpy(case, case.short)
    assert opinion.jobs > 1500
    assert opinion.waited > 900
    assert opinion.agrees, opinion
    assert opinion.largest_difference_s == 0


def test_the_plain_model_uses_nothing_of_the_product() -> None:
    here = Path(plain_fleet.__file__).parent
    sources = [*here.glob("plain_*.py"), here / "shared_estate.py", here / "drawn_estates.py"]
    assert len(sources) == 6
    assert not [
        one.name for one in sources if re.search(r"(import|from) simulator", one.read_text("utf-8"))
    ]


# --- a rule that were another would show --------------------------------------------------------


@cache
def known(name: str) -> tuple[Estate, ProductRun]:
    """A case over four hours, and the product's records, with which the plain model agrees."""
    estate = next(case for case in CASES if case.name == name).estate(0.17)
    ours = run_product(estate.written())
    assert compared(name, ours, replayed(estate, ours)).agrees
    return estate, ours


def by(**dispatch: str) -> Callable[[Estate], Estate]:
    return lambda estate: replace(estate, dispatch=dispatch)


def with_machines(change: Callable[[Machine], Machine]) -> Callable[[Estate], Estate]:
    return lambda estate: replace(estate, machines=tuple(map(change, estate.machines)))


def with_folders(change: Callable[[Folder], Folder]) -> Callable[[Estate], Estate]:
    return lambda estate: replace(estate, folders=tuple(map(change, estate.folders)))


def kept_to_itself(folder: Folder) -> Folder:
    """Nothing is handed down to subfolders."""
    return replace(folder, machines=tuple(replace(one, propagate=False) for one in folder.machines))


def unmapped(folder: Folder) -> Folder:
    return replace(folder, machines=tuple(replace(one, accounts=None) for one in folder.machines))


SINGLY, MANY, EACH, ROUND_ROBIN = (CASES[n].name for n in (0, 2, 3, 4))
BLOCK, OLDEST, STICKY, OUT, LATE = (CASES[n].name for n in range(5, 10))

OTHER_RULES: dict[str, tuple[str, Callable[[Estate], Estate]]] = {
    "oldest for priority": (SINGLY, by(order="oldest")),
    "round_robin for priority": (MANY, by(order="round_robin")),
    "priority for round_robin": (ROUND_ROBIN, by(order="priority")),
    "priority for oldest": (OLDEST, by(hosts="least_used", accounts="least_used")),
    "a match an instant for each": (EACH, by(match="instant")),
    "block for skip": (SINGLY, by(blocked="block")),
    "skip for block": (BLOCK, by(blocked="skip")),
    "least used host for first": (SINGLY, by(hosts="least_used")),
    "first for least used host": (OLDEST, by(order="oldest", accounts="least_used")),
    "first for least used account": (OLDEST, by(order="oldest", hosts="least_used")),
    "first for sticky": (STICKY, by(hosts="first")),
    "no account for background": (STICKY, lambda estate: replace(estate, assumptions={})),
    "several jobs at a time": (SINGLY, lambda estate: replace(estate, alone=frozenset())),
    "sessions for all": (SINGLY, with_machines(lambda one: replace(one, sessions=None))),
    "any process type": (SINGLY, with_machines(lambda one: replace(one, process_types="any"))),
    "no mapping by the tenant": (SINGLY, with_machines(lambda one: replace(one, accounts=None))),
    "no mapping by a folder": (SINGLY, with_folders(unmapped)),
    "nothing handed down": (SINGLY, with_folders(kept_to_itself)),
    "machines the other way round": (
        SINGLY,
        with_folders(lambda one: replace(one, machines=one.machines[::-1])),
    ),
    "accounts the other way round": (
        SINGLY,
        with_folders(lambda one: replace(one, accounts=one.accounts[::-1])),
    ),
    "no latency": (LATE, lambda estate: replace(estate, latency_s=0)),
    "restart for pause": (LATE, with_machines(lambda one: replace(one, when_lost="restart"))),
    "pause for restart": (OUT, with_machines(lambda one: replace(one, when_lost="pause"))),
    "no maintenance": (OUT, with_machines(lambda one: replace(one, maintenance=None))),
}
"""In which case another rule is tried: each has to show in where or when some job runs."""


@pytest.mark.parametrize("rule", OTHER_RULES)
def test_another_rule_would_show(rule: str) -> None:
    name, change = OTHER_RULES[rule]
    estate, ours = known(name)
    found = compared(name, ours, replayed(change(estate), ours))
    assert found.different_start_times or found.different_end_times or found.different_places


def test_another_order_within_an_instant_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions before the jobs that wait already, ends as ever."""
    estate, ours = known(MANY)
    swapped = {"END": 2, "HOSTS": 3, "BEGIN": 4, "SUBMIT": 5}
    swapped |= {"MATCH_AFTER_ENDS": 6, "MATCH_AFTER_SUBMISSIONS": 7}
    monkeypatch.setattr(plain_fleet, "Phase", IntEnum("Phase", swapped))
    assert not compared(MANY, ours, replayed(estate, ours)).agrees


def test_failures_that_nobody_told_of_would_show() -> None:
    estate, ours = known(OUT)
    untold = replace(ours, availability=ours.availability.slice(0, 0))
    assert not compared(OUT, ours, replayed(estate, untold)).agrees


def test_other_priorities_in_ciw_would_show() -> None:
    """The same jobs first come, first served."""
    ours = run_product(QUEUES[3].scenario(2000))
    submitted_s, started_s = ours.seconds("submitted_s"), ours.seconds("started_s")
    alike = np.zeros(len(submitted_s), dtype=np.int32)
    theirs = starts_in_ciw(submitted_s, ours.durations_s(), alike, QUEUES[3].servers)
    assert count_different(started_s, theirs) > 100


# --- how differences are counted ----------------------------------------------------------------


def test_what_happened_in_one_model_alone_is_a_difference_but_not_the_largest() -> None:
    ours = np.array([1.0, 2.0, np.nan, np.nan])
    theirs = [1.0, 2.5, 3.0, np.nan]
    assert differences_s(ours, theirs).tolist() == [0, 0.5, np.inf, 0]
    assert count_different(ours, theirs) == 2
    assert largest_s(ours, theirs) == 0.5


def test_what_lies_within_a_microsecond_is_no_difference() -> None:
    assert count_different(np.array([1.0, 1.0]), [1.0 + 9e-7, 1.0 + 2e-6]) == 1


def test_blame_is_apart_by_more_than_a_millionth_or_on_one_side_alone() -> None:
    held, latency = Charge("A", "slot held", "B", "M"), Charge("A", "dispatch latency", None, "M")
    assert count_apart({held: 1e6}, {held: 1e6 + 0.9}) == 0
    assert count_apart({held: 1e6}, {held: 1e6 + 1.1}) == 1
    assert count_apart({held: 5.0}, {held: 5.0, latency: 1e-3}) == 1


def test_jobs_that_start_as_they_are_submitted_do_not_wait_at_once() -> None:
    """Three come at 0 and one of them starts; another comes at 5 as the second starts."""
    assert most_waiting(np.array([0.0, 0, 0, 5]), np.array([0.0, 5, 6, 7])) == 2
