"""A tree of 1,000 folders in three levels, to see what permission checks cost.

Each folder has a process, a group that holds one of several roles, and a start by that group; 200
people in 50 groups; one submission in ten is refused. Who may start what does not change while a
scenario runs, so the plan asks once a route, that is, a start and one of its callers. Under
`run_as: dynamic` the four people of a group share an answer: 1,000 are worked out; under `myself`
each gets one of his own: 4,000.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Final

LEVELS: Final = ("department", "team", "desk")
DEPARTMENTS, TEAMS, DESKS = 10, 9, 10
"""Folders of each level in the one above: 10, 90 and 900 are 1,000 folders."""

GROUPS, PEOPLE = 50, 200
PRESSES = 10
"""Submissions of each folder in the hour that is observed."""

SUBMISSIONS = DEPARTMENTS * (1 + TEAMS * (1 + DESKS)) * PRESSES

HEAD: Final = """version: 1
name: large-access
time: {start: 2026-01-05, duration: 1h}
run: {replications: 1}
roles:
  Starter: {type: folder, permissions: {Jobs: [View, Create], Processes: [View]}}
  Viewer: {type: folder, permissions: {Jobs: [View]}}
  Operator: {copy_of: Automation User, add: {Jobs: [Edit]}}
  Senior: {copy_of: Operator, add: {Queues: [Edit]}}
accounts:
  bot: {type: robot, count: 20}
"""

HELD: Final = (
    "Starter",
    "Operator",
    "Senior",
    "Automation User",
    "Starter",
    "Folder Administrator",
)
"""Roles of the groups that may start, in turn; every tenth group may only look on."""


def access_tree(presses: int = PRESSES, run_as: str = "dynamic") -> str:
    """Return the scenario, with that many submissions of each folder in its hour."""
    people = "".join(
        f"  person {number}: {{type: user, groups: [group {number % GROUPS}]}}\n"
        for number in range(PEOPLE)
    )
    machines = "".join(f"  vm {number}: {{hosts: 5, slots: 4}}\n" for number in range(10))
    return f"{HEAD}{people}machines:\n{machines}folders:\n{''.join(_folders(presses, run_as))}"


def _folders(presses: int, run_as: str) -> Iterator[str]:
    """Yield every folder, a parent before its subfolders."""
    numbers, start = count(), f"process: process, run_as: {run_as}"
    for department in range(DEPARTMENTS):
        yield _folder(0, department, next(numbers), start, presses)
        for team in range(TEAMS):
            yield _folder(1, team, next(numbers), start, presses)
            for desk in range(DESKS):
                yield _folder(2, desk, next(numbers), start, presses)


def _folder(level: int, position: int, number: int, start: str, presses: int) -> str:
    """Return one folder; one that has subfolders ends where they begin."""
    group, every_s = number % GROUPS, 3600 // presses
    role = "Viewer" if group % 10 == 0 else HELD[group % len(HELD)]
    stream = f"{{every: {every_s}s, first: {number % every_s}s}}"
    lines = (
        f"{LEVELS[level]} {position}:",
        f"  assign: {{group {group}: [{role}], bot-{number % 20 + 1}: [Automation User]}}",
        f"  machines: [vm {number % 10}]",
        "  processes: {process: {duration: 1m}}",
        f"  starts: {{start: {{{start}, by: group {group}, stream: {stream}}}}}",
        *(["  folders:"] if level + 1 < len(LEVELS) else []),
    )
    return "".join(f"{'    ' * level}  {line}\n" for line in lines)
