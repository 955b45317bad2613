"""Which changes of a rule are looked at: by kind, and those that are alike as one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import folder, scenario
from builders_files import scenario_file
from builders_idle import BARRED, NIGHTMARE, Barred

from simulator.access.grants import access_of
from simulator.audit import openings as module
from simulator.audit.opening_mends import mend_of
from simulator.audit.openings import Openings, openings_of
from simulator.audit.overrides import override_text
from simulator.loading import default_roles, load
from simulator.model.scenario import Scenario
from simulator.plan.making import make_plan
from simulator.plan.openings import Rule

STREAM = {"event": {"poisson": "5 per hour"}, "created_by": "owner"}


def openings(whole: Scenario) -> Openings:
    access = access_of(whole, default_roles())
    return openings_of(whole, access, make_plan(whole, access, {}))


def told(whole: Scenario) -> list[tuple[Rule, str, str, int]]:
    """Rule, folder, what stands free, and how many more are alike, of each opening."""
    return [(one.opening.rule, one.folder, one.what, one.alike) for one in openings(whole).found]


def hr(**parts: Any) -> dict[str, Any]:
    """A folder with a trigger of process P, and whatever is given."""
    trigger = {"process": "P", **STREAM, **parts.pop("trigger", {})}
    return folder(triggers={"T": trigger}, **parts)


@pytest.mark.parametrize("barred", BARRED.values(), ids=BARRED)
def test_every_kind_of_rule_is_looked_at(tmp_path: Path, barred: Barred) -> None:
    loaded = load(scenario_file(tmp_path, barred.text()))
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    found = openings_of(loaded.scenario, loaded.access, plan)
    mends = [mend_of(one, loaded.scenario, loaded.access) for one in found.found]
    assert barred.change in [mend.words for mend in mends if mend is not None]
    assert found.left_out == 0


def test_a_change_lets_admission_find_the_place(tmp_path: Path) -> None:
    """What admission says with the change in the file is what the opening says without."""
    loaded = load(scenario_file(tmp_path, BARRED["a machine that is not in the folder"].text()))
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    (one,) = openings_of(loaded.scenario, loaded.access, plan).found
    mend = mend_of(one, loaded.scenario, loaded.access)
    assert mend is not None
    changed = load(
        scenario_file(tmp_path, BARRED["a machine that is not in the folder"].text()),
        overrides=list(map(override_text, mend.changes)),
    )
    places = make_plan(changed.scenario, changed.access, changed.columns).lines[0].places
    assert places[1:] == one.opening.places


MACHINES = {"M1": {"slots": 1}}

NOT_LOOKED_AT: dict[str, Callable[[], Scenario]] = {
    "a machine it has": lambda: scenario(folders={"F": hr()}),
    "a machine without such slots": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": {"headless": 1}}}, folders={"F": hr()}
    ),
    "a machine that takes no such jobs": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": 1, "process_types": "foreground"}},
        folders={"F": hr()},
    ),
    "a machine whose mapping lets others run": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": 1, "accounts": ["owner"]}}, folders={"F": hr()}
    ),
    "a machine without hosts": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": 1, "hosts": 0}}, folders={"F": hr()}
    ),
    "a machine that is not the one asked for": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": 1}},
        folders={"F": hr(trigger={"run_as": {"machine": "M1"}})},
    ),
    "robots, for background work": lambda: scenario(
        accounts={
            "robot": {"type": "robot"},
            "other": {"type": "robot"},
            "owner": {"type": "user"},
        },
        folders={"F": hr()},
    ),
    "a folder without jobs": lambda: scenario(
        machines={**MACHINES, "M2": {"slots": 1}}, folders={"F": folder()}
    ),
}


@pytest.mark.parametrize("whole", NOT_LOOKED_AT.values(), ids=NOT_LOOKED_AT)
def test_what_no_single_change_would_open_is_not_looked_at(whole: Callable[[], Scenario]) -> None:
    assert told(whole()) == []


FOREGROUND = {"P": {"duration": "10m", "type": "foreground"}}


def test_other_robots_are_of_no_use_to_who_names_one_or_runs_as_himself() -> None:
    accounts = {
        "robot": {"type": "robot"},
        "other": {"type": "robot"},
        "owner": {"type": "user", "unattended": True},
    }
    for run_as, expected in (
        ("dynamic", [(Rule.FOLDER, "F", "other", 0)]),
        ({"account": "robot"}, []),
        ("myself", []),
    ):
        whole = scenario(
            accounts=accounts,
            folders={"F": hr(trigger={"run_as": run_as}, processes=FOREGROUND)},
        )
        assert told(whole) == expected


def test_a_named_host_stays_the_only_one() -> None:
    machines = {"M1": {"hosts": 3, "slots": 1, "process_types": "background"}}
    jobs = hr(trigger={"run_as": {"machine": "M1", "host": "2"}}, processes=FOREGROUND)
    (one,) = openings(scenario(machines=machines, folders={"F": jobs})).found
    assert one.opening.rule is Rule.PROCESS_TYPES
    assert [place.pools for place in one.opening.places] == [(1,)]


def test_machines_that_are_alike_are_one_the_last_of_them() -> None:
    """A and B serve nobody; C serves G, and D has more slots."""
    machines = {**MACHINES, **{name: {"slots": 1} for name in "ABC"}, "D": {"slots": 2}}
    folders = {"F": hr(), "G": folder(machines=["C"])}
    assert told(scenario(machines=machines, folders=folders)) == [
        (Rule.FOLDER, "F", "B", 1),
        (Rule.FOLDER, "F", "C", 0),
        (Rule.FOLDER, "F", "D", 0),
    ]


def test_members_of_a_counted_account_are_one() -> None:
    accounts = {"robot": {"type": "robot"}, "r": {"type": "robot", "count": 3},
                "owner": {"type": "user"}}  # fmt: skip
    whole = scenario(accounts=accounts, folders={"F": hr(processes=FOREGROUND)})
    assert told(whole) == [(Rule.FOLDER, "F", "r-3", 2)]


def test_priorities_wait_together() -> None:
    triggers = {
        name: {"process": "P", "priority": name, **STREAM} for name in ("Low", "High", "Critical")
    }
    machines = {**MACHINES, "M2": {"slots": 1}}
    (one,) = openings(scenario(machines=machines, folders={"F": folder(triggers=triggers)})).found
    assert sorted(one.opening.lines) == [0, 1, 2]


def test_what_a_job_does_after_it_was_suspended_opens_nothing() -> None:
    """Resumed, it goes on only where it ran: its lines are in no opening."""
    waits = {"suspends": {"probability": "50%", "for": "1h", "same_place": True}}
    processes = {"P": {"duration": "10m", **waits}}
    machines = {**MACHINES, "M2": {"slots": 1}}
    (one,) = openings(scenario(machines=machines, folders={"F": hr(processes=processes)})).found
    assert one.opening.lines == (0,)


def test_a_subfolder_is_asked_for_itself() -> None:
    """G propagates M2 to its subfolder, so that only M1 is missing there, and in G itself."""
    sub = {"processes": {"P": {"duration": "10m"}}, "triggers": {"T": {"process": "P", **STREAM}}}
    parent = folder(machines={"M2": {"propagate": True}}, folders={"S": sub})
    whole = scenario(machines={**MACHINES, "M2": {"slots": 1}}, folders={"G": parent})
    assert told(whole) == [(Rule.FOLDER, "G/S", "M1", 0)]


def test_a_personal_workspace_takes_machines_and_no_robots() -> None:
    own = {
        "personal": "owner",
        "machines": ["M1"],
        "processes": {"P": {"duration": "10m"}},
        "starts": {"S": {"process": "P", "by": "owner", "run_as": "myself",
                         "stream": {"poisson": "5 per hour"}}},
    }  # fmt: skip
    whole = scenario(
        machines={**MACHINES, "M2": {"slots": 1}},
        folders={"mine": own},
        assumptions={"background_needs_account": True},
    )
    assert told(whole) == [(Rule.FOLDER, "mine", "M2", 0)]


def test_a_licence_of_a_pool_is_that_of_one_more_host() -> None:
    pool = {"pool": {"min": 1, "max": 4}, "slots": 2}
    whole = scenario(machines={"M1": pool}, folders={"F": hr()}, licences={"unattended": 3})
    (one,) = openings(whole).found
    mend = mend_of(one, whole, access_of(whole, default_roles()))
    assert mend is not None
    assert mend.words == "raise the unattended licences from 3 to 5"


def test_of_very_many_some_of_every_kind_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 machines none of which is like another, for two folders; and a robot for each of them."""
    monkeypatch.setattr(module, "MOST_OPENINGS", 10)
    machines = {**MACHINES, **{f"X{count}": {"slots": count} for count in range(1, 41)}}
    accounts = {"robot": {"type": "robot"}, "other": {"type": "robot"}, "owner": {"type": "user"}}
    folders = {name: hr(processes=FOREGROUND) for name in "FG"}
    found = openings(scenario(machines=machines, accounts=accounts, folders=folders))
    assert [one.folder for one in found.found].count("F") == 5
    assert sum(one.opening.is_of_robot for one in found.found) == 2
    assert found.left_out == 2 * (40 + 1) - 10


def test_names_are_taken_as_they_are() -> None:
    machines = {**MACHINES, NIGHTMARE: {"slots": 1}}
    whole = scenario(machines=machines, folders={NIGHTMARE: hr()})
    (one,) = openings(whole).found
    mend = mend_of(one, whole, access_of(whole, default_roles()))
    assert mend is not None
    assert mend.words == f"add {NIGHTMARE} to {NIGHTMARE}"


def test_whoever_runs_as_himself_waits_for_himself() -> None:
    """Two people in a group press Start: each has a line and an opening of his own."""
    person = {"type": "user", "groups": ["clerks"]}
    start = {"process": "P", "by": "clerks", "run_as": "myself", "stream": {"every": "1h"}}
    whole = scenario(
        machines={**MACHINES, "M2": {"slots": 1}},
        accounts={"anna": person, "ben": person},
        folders={
            "F": {
                "assign": {"clerks": ["Folder Administrator"]},
                "machines": ["M1"],
                "processes": {"P": {"duration": "10m"}},
                "starts": {"S": start},
            }
        },
    )
    assert [one.jobs for one in openings(whole).found] == [
        "unattended, background, myself (anna)",
        "unattended, background, myself (ben)",
    ]
