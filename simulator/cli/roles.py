"""`simulator roles`: what each role permits, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug, Json, ScenarioFile
from simulator.cli.scenarios import tell_warnings
from simulator.cli.streams import result, tables

if TYPE_CHECKING:
    from simulator.audit.roles import RoleMatrix

RoleName = Annotated[
    str | None, typer.Argument(metavar="NAME", help="A role; without it, all of them.")
]


def roles(
    name: RoleName = None,
    *,
    file: ScenarioFile = None,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Show the default roles, or one of them with every permission, its certainty and source.

    With --file the scenario's own roles are there too, and what it changes is marked.

    \b
    Examples:
      simulator roles
      simulator roles "Automation User"
      simulator roles Operator --file estate.yaml
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        found = _roles(file)
        chosen = found if name is None else [_named(name, found)]
        if as_json:
            result(json.dumps(_as_json(chosen), indent=1, ensure_ascii=False))
        else:
            _show(chosen, is_one=name is not None)


def _roles(file: str | None) -> Sequence[RoleMatrix]:
    from simulator.audit.roles import role_matrices  # noqa: PLC0415 - slow to import
    from simulator.loading import default_roles, load  # noqa: PLC0415 - slow to import
    from simulator.model.dispatch import Assumptions  # noqa: PLC0415 - slow to import

    custom, assumptions = {}, Assumptions()
    if file is not None:
        loaded = load(file, check_variants=False)
        tell_warnings([loaded], quiet=False)
        custom, assumptions = loaded.scenario.roles, loaded.scenario.assumptions
    starts_jobs = assumptions.automation_user_starts_jobs
    return role_matrices(custom, default_roles(), automation_user_starts_jobs=starts_jobs)


def _named(asked: str, found: Sequence[RoleMatrix]) -> RoleMatrix:
    """Return the role of that name, whatever its capitals if no other is called exactly so.

    Raises:
        typer.BadParameter: there is none.
    """
    from simulator.escaping import escaped  # noqa: PLC0415 - only where needed
    from simulator.model.suggestions import did_you_mean  # noqa: PLC0415 - slow to import

    by_name = {role.name.casefold(): role for role in reversed(found)}
    by_name |= {role.name: role for role in found}
    role = by_name.get(asked) or by_name.get(asked.casefold())
    if role is None:
        guess = did_you_mean(asked, [one.name for one in found])
        hint = guess or " simulator roles lists them"
        raise typer.BadParameter(escaped(f"no role is called {asked!r};{hint}"))
    return role


def _show(chosen: Sequence[RoleMatrix], *, is_one: bool) -> None:
    from simulator.report.roles import role_table, roles_table  # noqa: PLC0415 - slow to import

    tables(role_table(chosen[0]) if is_one else roles_table(chosen))


def _as_json(chosen: Sequence[RoleMatrix]) -> dict[str, Any]:
    return {"schema_version": 1, "roles": [_role(role) for role in chosen]}


def _role(role: RoleMatrix) -> dict[str, Any]:
    return {
        "name": role.name,
        "type": role.type,
        "description": role.description,
        "default": role.is_default,
        "editable": role.editable,
        "duplicable": role.duplicable,
        "copy_of": role.copy_of,
        "edited": role.edited,
        "cells": [tick._asdict() for tick in role.granted],
        "removed": [tick._asdict() for tick in role.removed],
    }
