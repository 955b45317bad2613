"""What somebody may see of a run: the folders where he sees jobs, and what serves them.

Lists show the entities of the active folder, and jobs only to who holds `Jobs.View` there (vendor's
pages About jobs and Folders); queue items, to who holds `Queues.View` and `Transactions.View`
(Orchestrator's API 20.0, QueueItems). Of the machines that serve a folder, the runtimes in use are
told whoever uses them (vendor's page Managing jobs).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import Access
from simulator.errors import Issue, ScenarioError
from simulator.model.registers import first_of
from simulator.model.suggestions import did_you_mean

_OF_ITEMS: Final = frozenset({"Queues.View", "Transactions.View"})
"""The permissions by which the items of a folder's queues are seen."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one account, `who`, may see.

    `folders` are those where it may see jobs, in the order of the file, of the `folder_count` there
    are; `machines` serve them; `accounts` are itself and those that run unattended jobs there.
    `queue_folders` are those of the folders where it may see the items of queues too.
    """

    who: str
    folders: tuple[str, ...]
    folder_count: int
    machines: frozenset[str]
    accounts: frozenset[str]
    queue_folders: frozenset[str] = frozenset()


def sight_of(access: Access, who: str) -> Sight:
    """Return what one account may see.

    Raises:
        ScenarioError: nobody is called so, several are, or the account sees no folder's jobs.
    """
    if who not in access.accounts:
        raise ScenarioError([no_account(access, who)])
    folders = tuple(
        folder for folder in access.folders if not access.lacks(who, folder, Action.SEE_JOBS)
    )
    if not folders:
        raise ScenarioError([_sees_nothing(access, who)])
    machines = chain.from_iterable(access.machines(folder) for folder in folders)
    executors = chain.from_iterable(access.executors(folder) for folder in folders)
    return Sight(
        who=who,
        folders=folders,
        folder_count=len(access.folders),
        machines=frozenset(name for name, _ in machines),
        accounts=frozenset((who, *executors)),
        queue_folders=frozenset(
            folder for folder in folders if access.permissions(who, folder) >= _OF_ITEMS
        ),
    )


def no_account(access: Access, who: str) -> Issue:
    """Return the error that no account, or more than one, is called so."""
    members = access.members(who)
    if members:
        message = f"{who!r} stands for several accounts, and each may have rights of its own"
        return _issue(message, "not-one-account", f"name one of them: {_some(members)}")
    guess = did_you_mean(who, access.accounts).strip()
    hint = guess or f"there is {_some(access.accounts) or 'none'}"
    return _issue(f"no account is called {who!r}", "unknown-account", hint)


def _sees_nothing(access: Access, who: str) -> Issue:
    demanded = " and ".join(sorted(DEMANDS[Action.SEE_JOBS]))
    entered = [folder for folder in access.folders if access.has_access(who, folder)]
    has = f"has access to {_some(entered)}" if entered else "has access to no folder"
    message = f"{who!r} sees no jobs: {demanded} is missing in every folder"
    return _issue(message, "sees-nothing", f"{who!r} {has}; give a role with {demanded} in one")


def _issue(message: str, code: str, hint: str) -> Issue:
    return Issue(path=(), message=message, code=code, hint=hint)


def _some(names: Iterable[str]) -> str:
    return ", ".join(first_of(tuple(names)))
