"""Names that name nothing: where the finger points, the code, and the hint."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, problems, scenario

from simulator.model.references import dangling
from simulator.model.registers import MOST_GUESSES, Register

TRIGGER = {"process": "P", "time": {"cron": "0 0 6 * * ?"}, "created_by": "owner"}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
ASSIGN = folder()["assign"]
BOTS = {**ACCOUNTS, "bot": {"type": "robot", "count": 3, "groups": ["crew"]}}
NAMED = {"M1": {"names": ["vm-a", "vm-b"]}}


def one_folder(**parts: Any) -> dict[str, Any]:
    return {"folders": {"F": folder(**parts)}}


def trigger(**changes: Any) -> dict[str, Any]:
    return one_folder(triggers={"T": {**TRIGGER, **changes}}) | {"accounts": BOTS}


def target(**scope: str | bool) -> dict[str, Any]:
    limit = {"measure": "pending.mean", "at_most": "1m"}
    folders = {"HR": folder(folders={"Pay/roll": folder(triggers={"nightly": TRIGGER})})}
    return {"folders": folders, "accounts": BOTS, "targets": [{**scope, **limit}]}


MAIL = {"queue": "Q", "by": "robot", "items": {"every": "1h"}, "item_duration": "1m"}
WAIT = {"measure": "items.wait.mean", "at_most": "1h"}


def works(queue: str | None) -> dict[str, Any]:
    return {"P": {"duration": "1m", "queue": queue}}


def then(**keys: Any) -> dict[str, Any]:
    """A process B whose end starts P, unless the keys say otherwise."""
    return {"B": {"duration": "1m", "then": {"start": "P", **keys}}}


def queued(**parts: Any) -> dict[str, Any]:
    """A queue Q that a process works, one adds to, and a trigger T watches."""
    post = {**TRIGGER, "time": None, "queue": {"name": "Q"}}
    whole = {"processes": works("Q"), "arrivals": {"A": MAIL}, "triggers": {"T": post}, **parts}
    return one_folder(queues={"Q": {}}, **whole)


T = "folders.F.triggers.T"
WRONG: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "process": (
        trigger(process="Q"),
        f"{T}.process",
        "unknown-process",
        "there is P",
    ),
    "process, misspelt": (
        one_folder(
            processes={"onboard": {"duration": "1m"}},
            triggers={"T": {**TRIGGER, "process": "onbord"}},
        ),
        f"{T}.process",
        "unknown-process",
        "did you mean 'onboard'?",
    ),
    "process of another folder": (
        {"folders": {"F": folder(processes={}, starts={"S": START}), "G": folder()}},
        "folders.F.starts.S.process",
        "unknown-process",
        "it is a process of G; a process is started in its own folder",
    ),
    "created_by": (
        trigger(created_by="ownr"),
        f"{T}.created_by",
        "unknown-account",
        "did you mean 'owner'?",
    ),
    "created_by a counted account": (
        trigger(created_by="bot"),
        f"{T}.created_by",
        "unknown-account",
        "name one of them: 'bot-1'",
    ),
    "created_by a group": (
        trigger(created_by="crew"),
        f"{T}.created_by",
        "unknown-account",
        "it is a group: name the accounts themselves",
    ),
    "by": (
        one_folder(starts={"S": {**START, "by": "ownar"}}),
        "folders.F.starts.S.by",
        "unknown-account",
        "did you mean 'owner'?",
    ),
    "by of an API trigger": (
        trigger(time=None, api={"every": "1h", "by": "crow"}),
        f"{T}.api.by",
        "unknown-account",
        "did you mean 'crew'?",
    ),
    "run_as account": (
        trigger(run_as={"account": "bot-4"}),
        f"{T}.run_as.account",
        "unknown-account",
        "did you mean 'bot'?",
    ),
    "run_as a group": (
        trigger(run_as={"account": "crew"}),
        f"{T}.run_as.account",
        "unknown-account",
        "it is a group: name the accounts themselves",
    ),
    "run_as machine": (
        trigger(run_as={"machine": "M2"}),
        f"{T}.run_as.machine",
        "unknown-machine",
        "there is M1",
    ),
    "run_as host": (
        trigger(run_as={"machine": "M1", "host": "2"}),
        f"{T}.run_as.host",
        "unknown-host",
        "there is 1",
    ),
    "run_as host, misspelt": (
        trigger(run_as={"machine": "M1", "host": "vm-c"}) | {"machines": NAMED},
        f"{T}.run_as.host",
        "unknown-host",
        "did you mean 'vm-b'?",
    ),
    "machine of a folder": (
        one_folder(machines=["M1", "M11"]),
        "folders.F.machines.M11",
        "unknown-machine",
        "did you mean 'M1'?",
    ),
    "mapping at the tenant": (
        {"machines": {"M1": {"accounts": ["robot", "robo"]}}},
        "machines.M1.accounts.1",
        "unknown-account",
        "did you mean 'robot'?",
    ),
    "mapping in a folder": (
        one_folder(machines={"M1": {"accounts": ["robo"]}}),
        "folders.F.machines.M1.accounts.0",
        "unknown-account",
        "did you mean 'robot'?",
    ),
    "assigned in a folder": (
        one_folder(assign={**ASSIGN, "clerks": []}),
        "folders.F.assign.clerks",
        "unknown-account",
        "add it to accounts, or to an account's groups",
    ),
    "assigned at the tenant": (
        {"tenant": {"assign": {"ownr": []}}},
        "tenant.assign.ownr",
        "unknown-account",
        "did you mean 'owner'?",
    ),
    "role in a folder": (
        one_folder(assign={"owner": ["Folder Administrator", "Automation Usr"]}),
        "folders.F.assign.owner.1",
        "unknown-role",
        "did you mean 'Automation User'?",
    ),
    "in a subfolder": (
        one_folder(folders={"G": {"machines": ["X"]}}),
        "folders.F.folders.G.machines.X",
        "unknown-machine",
        "add it to machines",
    ),
    "target folder": (
        target(folder="HR/Payroll"),
        "targets.0.folder",
        "unknown-folder",
        "did you mean 'HR/Pay\\\\/roll'?",
    ),
    "target folder with its subfolders": (
        target(folder="HR/Payroll", with_subfolders=True),
        "targets.0.folder",
        "unknown-folder",
        "did you mean 'HR/Pay\\\\/roll'?",
    ),
    "target process": (
        target(process="P"),
        "targets.0.process",
        "unknown-process",
        "write it with its folder: 'HR:P'",
    ),
    "target trigger": (
        target(trigger="nightly"),
        "targets.0.trigger",
        "unknown-trigger",
        "write it with its folder: 'HR/Pay\\\\/roll:nightly'",
    ),
    "queue of a process": (
        one_folder(queues={"invoices": {}}, processes=works("invoice")),
        "folders.F.processes.P.queue",
        "unknown-queue",
        "did you mean 'invoices'?",
    ),
    "queue of a trigger": (
        trigger(time=None, queue={"name": "Q"}),
        f"{T}.queue.name",
        "unknown-queue",
        "there is none",
    ),
    "queue of another folder": (
        {"folders": {"F": folder(arrivals={"A": MAIL}), "G": folder(queues={"Q": {}})}},
        "folders.F.arrivals.A.queue",
        "unknown-queue",
        "it is a queue of G; a queue is used in its own folder",
    ),
    "who adds items": (
        one_folder(queues={"Q": {}}, arrivals={"A": {**MAIL, "by": "robt"}}),
        "folders.F.arrivals.A.by",
        "unknown-account",
        "did you mean 'robot'?",
    ),
    "what follows": (
        one_folder(processes={**works(None), **then(start="Paye"), "Pay": {"duration": "1m"}}),
        "folders.F.processes.B.then.start",
        "unknown-process",
        "did you mean 'Pay'?",
    ),
    "what follows, in another folder": (
        {"folders": {"F": folder(processes=then(start="P")), "G": folder()}},
        "folders.F.processes.B.then.start",
        "unknown-process",
        "it is a process of G; a process is started in its own folder",
    ),
    "whom what follows runs as": (
        one_folder(processes={**works(None), **then(run_as={"account": "robt"})}),
        "folders.F.processes.B.then.run_as.account",
        "unknown-account",
        "did you mean 'robot'?",
    ),
    "where what follows runs": (
        one_folder(processes={**works(None), **then(run_as={"machine": "M1", "host": "3"})}),
        "folders.F.processes.B.then.run_as.host",
        "unknown-host",
        "there is 1",
    ),
    "target queue": (
        {**queued(), "targets": [{"queue": "Q", **WAIT}]},
        "targets.0.queue",
        "unknown-queue",
        "write it with its folder: 'F:Q'",
    ),
    "target start": (target(start="HR:x"), "targets.0.start", "unknown-start", "there is none"),
    "target machine": (
        target(machine="M2"),
        "targets.0.machine",
        "unknown-machine",
        "there is M1",
    ),
    "target host": (
        target(host="M1/2"),
        "targets.0.host",
        "unknown-host",
        "did you mean 'M1/1'?",
    ),
    "target host without its machine": (
        target(host="2") | {"machines": {"M1": {"hosts": 3}}},
        "targets.0.host",
        "unknown-host",
        "write it with its machine: 'M1/2'",
    ),
    "target account": (
        target(account="bot"),
        "targets.0.account",
        "unknown-account",
        "name one of them: 'bot-1'",
    ),
}


@pytest.mark.parametrize(("parts", "path", "code", "hint"), WRONG.values(), ids=WRONG)
def test_a_name_that_names_nothing(parts: dict[str, Any], path: str, code: str, hint: str) -> None:
    found = dangling(scenario(**parts), catalogue())
    assert [issue.severity for issue in found] == ["error"]
    assert (".".join(map(str, found[0].path)), found[0].code) == (path, code)
    assert found[0].hint == hint


RIGHT: dict[str, dict[str, Any]] = {
    "the defaults": {},
    "a member creates, a member runs": trigger(created_by="bot-3", run_as={"account": "bot-1"}),
    "a counted account runs": trigger(run_as={"account": "bot"}),
    "a host by its own name": trigger(run_as={"machine": "M1", "host": "vm-b"})
    | {"machines": NAMED},
    "a host with its machine": trigger(run_as={"machine": "M1", "host": "M1/1"}),
    "a group acts": one_folder(starts={"S": {**START, "by": "crew"}}) | {"accounts": BOTS},
    "a group calls": trigger(time=None, api={"every": "1h", "by": "crew"}),
    "nameless callers": one_folder(starts={"S": {**START, "stream": {"users": 6, "think": "1h"}}}),
    "a mapping of members": {"machines": {"M1": {"accounts": ["bot", "bot-2"]}}, "accounts": BOTS},
    "a group in a folder": one_folder(assign={**ASSIGN, "crew": []}) | {"accounts": BOTS},
    "a nested folder": target(folder="HR/Pay\\/roll"),
    "a process of it": target(process="HR/Pay\\/roll:P"),
    "a trigger of it": target(trigger="HR/Pay\\/roll:nightly"),
    "an account": target(account="bot-2"),
    "a queue": queued() | {"targets": [{"queue": "F:Q", **WAIT}]},
    "a group adds items": queued(arrivals={"A": {**MAIL, "by": "crew"}}) | {"accounts": BOTS},
    "a chain": one_folder(processes={**works(None), **then(run_as={"account": "bot"})})
    | {"accounts": BOTS},
    "the tenant": target(),
    "a priority": target(priority="High"),
    "a host": target(host="M1/vm-a") | {"machines": NAMED},
    "a runtime type": target(runtime="headless"),
    "a mixed role at the tenant and in a folder": one_folder(assign={"owner": ["Robot"]})
    | {"tenant": {"assign": {"owner": ["Administrator"]}}},
}


@pytest.mark.parametrize("parts", RIGHT.values(), ids=RIGHT)
def test_names_that_name_something(parts: dict[str, Any]) -> None:
    assert dangling(scenario(**parts), catalogue()) == []


def nested(levels: int) -> dict[str, Any]:
    inner = folder()
    for _ in range(levels - 1):
        inner = {"folders": {"F": inner}}
    return {"folders": {"F": inner}}


def test_deeper_than_seven_levels_is_a_warning_at_the_eighth() -> None:
    # The vendor's page Managing folders: a first-level folder and six nested ones.
    assert problems(**nested(7)) == []
    eighth = ".".join(["folders.F"] * 8)
    assert problems(**nested(9)) == [(eighth, "too-deep", "warning")]


def test_an_application_in_a_group_is_a_warning() -> None:
    accounts = {**ACCOUNTS, "app": {"type": "application", "groups": ["crew"]}}
    assert problems(accounts=accounts) == [
        ("accounts.app.groups", "application-in-group", "warning")
    ]


def test_every_problem_is_told_at_once() -> None:
    triggers = {name: {**TRIGGER, "process": "Q", "created_by": "nobody"} for name in ("T", "U")}
    found = problems(**one_folder(triggers=triggers, machines=["M9"]))
    assert len(found) == 5


def test_the_nearest_name_is_sought_a_few_times_only() -> None:
    # Among thousands of names it takes long; a hint that lists some of them costs nothing.
    register = Register("account", [f"clerk {number}" for number in range(100)])
    hints = [register.unknown(f"clark {number}", ()).hint for number in range(50)]
    assert hints[0] == "did you mean 'clerk 0'?"
    assert hints[MOST_GUESSES:] == ["there is clerk 0, clerk 1, clerk 2, clerk 3, clerk 4, …"] * 40
    assert register.unknown("clark 0", ()).hint == hints[0]


def test_all_parts_of_a_folder_share_the_search_for_a_process() -> None:
    """A search for each of ten thousand wrong names would take minutes."""
    wrong = {
        f"p{n}": {"duration": "1m", "then": {"start": f"x{n}"}} for n in range(2 * MOST_GUESSES)
    }
    found = dangling(
        scenario(**one_folder(processes={"x": {"duration": "1m"}, **wrong})), catalogue()
    )
    guesses = [issue.hint.startswith("did you mean") for issue in found]
    assert guesses == [True] * MOST_GUESSES + [False] * MOST_GUESSES
