"""Small, valid scenarios for tests: name only what the test is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from simulator.loading.catalogue import default_roles
from simulator.model.references import dangling
from simulator.model.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.model.roles import RoleCatalogue

TIME = {"start": "2026-01-05T00:00", "duration": "1d"}
MACHINES = {"M1": {"hosts": 1, "slots": 1}}
ACCOUNTS = {"robot": {"type": "robot"}, "owner": {"type": "user"}}


def folder(**parts: Any) -> dict[str, Any]:
    """A folder as a file would write it: a robot, its owner, machine M1, a process P of 10 min.

    A part that is given takes the place of the default one.
    """
    return {
        "assign": {"robot": ["Automation User"], "owner": ["Folder Administrator"]},
        "machines": ["M1"],
        "processes": {"P": {"duration": "10m"}},
        **parts,
    }


def scenario(
    *,
    folders: Mapping[str, Any] | None = None,
    machines: Mapping[str, Any] | None = None,
    accounts: Mapping[str, Any] | None = None,
    **more: Any,
) -> Scenario:
    """A scenario of one day with one folder F, unless the parts say otherwise.

    `folders`, `machines` and `accounts` take the place of the defaults; `more` is any other key of
    a file: `time`, `run`, `roles`, `tenant`, `dispatch`, `assumptions`, `targets`.
    """
    return Scenario.model_validate(
        {
            "version": 1,
            "time": TIME,
            "machines": MACHINES if machines is None else machines,
            "accounts": ACCOUNTS if accounts is None else accounts,
            "folders": {"F": folder()} if folders is None else folders,
            **more,
        }
    )


def catalogue() -> RoleCatalogue:
    """The packaged default roles."""
    return default_roles()


def problems(**parts: Any) -> list[tuple[str, str, str]]:
    """Path, code and severity of every issue about the names in `scenario(**parts)`."""
    return [
        (".".join(map(str, issue.path)), issue.code, issue.severity)
        for issue in dangling(scenario(**parts), catalogue())
    ]
