"""Who may do what with which process, and where it would run: asked of a scenario, not of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from simulator.access.demands import Action
from simulator.access.grants import TENANT, Access, Grant
from simulator.access.refusals import Refusal
from simulator.audit.arriving import (
    Adding,
    Following,
    addings,
    arriving_row,
    followings,
    narrowed,
)
from simulator.audit.by_role import by_role
from simulator.audit.grant_uses import GrantUse
from simulator.audit.lookups import folder_of, members_of
from simulator.audit.matrix import Matrix, ProcessRow, RightsRow, matrix_of
from simulator.audit.outcomes import Outcome, Runs, refusal_row
from simulator.audit.parties import parties_of, robots
from simulator.audit.rights_rows import grant_row, in_snake_case
from simulator.audit.waits_behind import WaitsBehind, waits_behind
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.loading import Loaded

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Rights:
    """What `rights` returns: accounts and processes, and who waits behind whom.

    `adding` and `following` say who of those that add items, or run jobs that start others, may.
    `who` and `folder` are what was asked for, None for all; `robots` are the robot accounts.
    """

    access: Access
    matrix: Matrix
    adding: tuple[Adding, ...]
    following: tuple[Following, ...]
    waits_behind: tuple[WaitsBehind, ...]
    who: str | None
    folder: str | None
    robots: frozenset[str]

    def frame(self) -> pd.DataFrame:
        """Return a row for each account and process of a folder to which it has access.

        Every action is a column of truths: `see_processes`, `start`, …. `by` names the roles in
        force. `executors` and `hosts` are where a dynamic start runs, empty where it is refused;
        `refusal` and `refusal_as_myself` say why a start is, and are empty where it is not.
        """
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        return pd.DataFrame(map(self._record, self.matrix.rows()), columns=list(_COLUMNS))

    def _record(self, row: RightsRow) -> tuple[Any, ...]:
        process, groups = row.process, self.access.groups
        runs = row.dynamic if isinstance(row.dynamic, Runs) else _NOWHERE
        return (
            process.folder,
            process.path,
            *process.needs,
            row.account,
            *(action in row.party.may for action in Action),
            "; ".join(
                by_role(grant, groups).seen_from(process.folder) for grant in row.party.grants
            ),
            runs.executors,
            runs.hosts,
            _told(row.dynamic),
            _told(row.myself),
        )


_NOWHERE: Final = Runs((), (), ())
_COLUMNS: Final = (
    *("folder", "process", "type", "runtime", "account"),
    *(in_snake_case(action) for action in Action),
    *("by", "executors", "hosts", "refusal", "refusal_as_myself"),
)


def rights_of(loaded: Loaded, *, who: str | None = None, folder: str | None = None) -> Rights:
    """Return the rights in a scenario, of all or of `who`, everywhere or in one folder alone.

    `who` is an account, a counted one or a group, `folder` a path.

    Raises:
        ScenarioError: nobody, or no folder, is called so.
    """
    scenario, access = loaded.scenario, loaded.access
    accounts = None if who is None else members_of(loaded, who)
    if folder is not None:
        folder = folder_of(loaded, folder)
    parties = parties_of(access)
    return Rights(
        access,
        matrix_of(scenario, access, parties, who=accounts, folder=folder),
        tuple(narrowed(addings(scenario, access), who=accounts, folder=folder)),
        tuple(narrowed(followings(scenario, access), who=accounts, folder=folder)),
        tuple(waits_behind(scenario, access, parties, who=accounts, folder=folder)),
        who,
        folder,
        robots(access),
    )


def _told(outcome: Outcome) -> str:
    return outcome.in_words if isinstance(outcome, Refusal) else ""


def rights_json(found: Rights, grants: Sequence[GrantUse] | None = None) -> str:
    """Return rights as JSON: `processes`, `rights`, `hosts`, `waits_behind`, `arrivals`, `thens`.

    `processes` say where a dynamic start runs; `rights` have a row for each account and process of
    a folder to which it has access: what it `may` do, `by` which grants (a `place` of null is the
    tenant), and what comes of a start by it. `missing` is null where nothing refuses. `hosts` are
    those of every machine named. `arrivals` and `thens` say who of those that add items, or run
    jobs that start others, `may`, and who is `barred` by what. After a run, `grants` say what it
    used each role for that a folder assigns.
    """
    matrix = found.matrix
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "processes": [_process(row) for rows in matrix.processes.values() for row in rows],
        "rights": list(_rights(matrix)),
        "hosts": matrix.hosts(),
        "waits_behind": [row._asdict() for row in found.waits_behind],
        "arrivals": list(map(arriving_row, found.adding)),
        "thens": list(map(arriving_row, found.following)),
    }
    if grants is not None:
        content["grants"] = list(map(grant_row, grants))
    return json_text(content)


def _process(row: ProcessRow) -> dict[str, Any]:
    runs = row.dynamic if isinstance(row.dynamic, Runs) else _NOWHERE
    return {
        "folder": row.folder,
        "process": row.path,
        **row.needs._asdict(),
        "dynamic": {
            **_refusal(row.dynamic),
            "executors": runs.executors,
            "places": [where._asdict() for where in runs.places],
        },
    }


def _rights(matrix: Matrix) -> Iterator[dict[str, Any]]:
    for row in matrix.rows():
        may = row.party.may
        own = row.myself if isinstance(row.myself, Runs) else _NOWHERE
        yield {
            "account": row.account,
            "process": row.process.path,
            "may": {in_snake_case(action): action in may for action in Action},
            "by": {in_snake_case(action): list(map(_grant, may[action])) for action in may},
            "starts": {
                "dynamic": _refusal(row.dynamic),
                "myself": {
                    **_refusal(row.myself),
                    "machines": [where.machine for where in own.places],
                },
            },
        }


def _grant(grant: Grant) -> dict[str, str | None]:
    place = None if grant.place == TENANT else grant.place
    return {"role": grant.role, "place": place, "principal": grant.principal}


def _refusal(outcome: Outcome) -> dict[str, Any]:
    refusal = outcome if isinstance(outcome, Refusal) else None
    return {"accepted": refusal is None, **refusal_row(refusal)}
