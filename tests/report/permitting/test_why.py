"""The walk in a terminal: 80 columns, every check, and a mend to paste."""

from __future__ import annotations

import shlex

import pytest
from builders import catalogue, folder, scenario
from builders_tables import printed as lines_of
from rich.cells import cell_len

from simulator.access.grants import access_of
from simulator.audit.why import Walk, walk
from simulator.audit.why_adding import walk_adding
from simulator.loading.override_paths import parse_path
from simulator.loading.overrides import command_line_overrides
from simulator.model.triggers import ExecutionTarget
from simulator.report.permitting.why import why_adding_table, why_table
from simulator.report.wording import NOTHING

HOSTILE = "\x1b[31mred\u202e 'x' \"y\" [bold] " + "long " * 20


def walked(account: str, *, starter: str = "Viewer", name: str = "HR") -> Walk:
    made = scenario(
        folders={name: folder(assign={"robot": [], "anna": [starter]}, machines=[])},
        accounts={"robot": {"type": "robot"}, "anna": {"type": "user"}, "olga": {"type": "user"}},
        roles={
            "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
            "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
        },
    )
    return walk(made, access_of(made, catalogue()), account, name, "P")


def printed(of: Walk, width: int = 80) -> list[str]:
    return lines_of(why_table(of), width)


def test_a_refusal_reads_like_this() -> None:
    assert printed(walked("anna")) == [
        "anna starts HR:P, run as: dynamic",
        "",
        "✓  access to the folder             assigned to HR by name",
        "✗  permission to start              403/0: no Jobs.Create in Viewer",
        "    to mend it, assign anna to HR as Starter:",
        "    --set 'folders.HR.assign.anna=[Viewer, Starter]'",
        "✓  a process of the folder          background work for an unattended slot",
        "✓  an account to run it             robot",
        "✗  a machine with the runtime type  409/2818: missing: a machine with unattended",
        "                                    slots in HR",
        "    to mend it, add M1 to HR:",
        "    --set 'folders.HR.machines.M1={}'",
        f"{NOTHING}  an account-machine mapping       cannot be asked without an account and a",
        "                                    machine",
        f"{NOTHING}  a host that can take it          cannot be asked without a place",
        "→ refused 403/0: Jobs.Create in HR is missing",
    ]


def test_one_mend_for_two_checks_is_told_once() -> None:
    lines = printed(walked("olga"))
    assert lines.count("    --set 'folders.HR.assign.olga=[Starter]'") == 1
    assert "    the same mends it" in lines


def test_what_is_accepted() -> None:
    made = scenario()
    of = walk(made, access_of(made, catalogue()), "owner", "F", "P")
    assert printed(of)[-1] == "→ accepted: the job may wait as Pending"


def test_what_is_accepted_and_never_runs() -> None:
    made = scenario(machines={"M1": {"hosts": 0}})
    lines = printed(walk(made, access_of(made, catalogue()), "owner", "F", "P"))
    assert lines[-5:] == [
        "✓  an account-machine mapping       robot on M1",
        "✗  a host that can take it          M1 has no host",
        "    to mend it, give M1 a host:",
        "    --set machines.M1.hosts=1",
        "→ accepted, but Pending for ever: TemplateNoHostsAvailable",
    ]


def test_the_target_reads_as_it_is_asked_for() -> None:
    made, target = scenario(), ExecutionTarget(account="robot", machine="M1", host="1")
    of = walk(made, access_of(made, catalogue()), "owner", "F", "P", target)
    assert printed(of)[0] == "owner starts F:P, run as: robot on M1/1"


@pytest.mark.parametrize("width", [40, 80])
def test_names_are_inert_and_wrapped(width: int) -> None:
    lines = printed(walked("anna", name=HOSTILE.replace("\x1b", "")), width)
    assert all(cell_len(line) <= width for line in lines if "--set" not in line)
    assert not any("\u202e" in line or "\x1b" in line for line in lines)


NAMES = ["HR", "Month end", "O'Hara", 'a "b".c', "$HOME `x` *", "a\u202eb\u200b", "long name " * 19]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 200])
def test_a_shell_hands_the_argument_on_as_it_is(name: str, width: int) -> None:
    """Pasted as it stands, whatever is in a name and however narrow the terminal."""
    of = walked("anna", name=name)
    texts = [line for line in printed(of, width) if line.startswith("    --set ")]
    arguments = [shlex.split(line) for line in texts]
    assert [flag for flag, _ in arguments] == ["--set", "--set"]
    override, _ = command_line_overrides([text for _, text in arguments])
    assert override.value == ("Viewer", "Starter")
    assert parse_path(override.path) == ("folders", name, "assign", "anna")


def test_a_refused_item_reads_like_this() -> None:
    made = scenario(
        folders={"HR": folder(assign={"robot": [], "owner": ["Looker"]}, queues={"Q": {}})},
        roles={"Looker": {"type": "folder", "permissions": {"Queues": ["View"]}}},
    )
    access = access_of(made, catalogue())
    of = walk_adding(made, access, "owner", "HR", "Q")
    assert lines_of(why_adding_table(of)) == [
        "owner adds items to HR:Q",
        "",
        "✓  access to the folder             assigned to HR by name",
        "✗  permission to add items          403/0: no Transactions.Create in Looker",
        "    to mend it, assign owner to HR as Item Adder:",
        "    --set 'roles.\"Item Adder\"={type: folder, permissions: {Transactions: [Create]}}'",
        "    --set 'folders.HR.assign.owner=[Looker, Item Adder]'",
        "✓  a queue of the folder            no process takes its items",
        "→ refused 403/0: Transactions.Create in HR is missing",
    ]


def test_an_item_that_is_let_in() -> None:
    made = scenario(folders={"F": folder(queues={"Q": {}})})
    of = walk_adding(made, access_of(made, catalogue()), "owner", "F", "Q")
    assert lines_of(why_adding_table(of))[-1] == "→ let in: a job may take them"
