"""`simulator roles`: what each role permits, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import (
    Debug,
    Json,
    Overrides,
    ScenarioFile,
    Strict,
    Variant,
    WithoutWarnings,
)
from simulator.cli.scenarios import loaded_and_told
from simulator.cli.streams import result, tables

if TYPE_CHECKING:
    from simulator.audit.roles import RoleMatrix
    from simulator.loading import Loaded

RoleName = Annotated[
    str | None, typer.Argument(metavar="NAME", help="A role; without it, all of them.")
]


def roles(  # noqa: PLR0913 - one parameter an option
    name: RoleName = None,
    *,
    file: ScenarioFile = None,
    overrides: Overrides = None,
    variant: Variant = None,
    strict: Strict = False,
    as_json: Json = False,
    quiet: WithoutWarnings = False,
    debug: Debug = False,
) -> None:
    """Show the default roles, or one of them with every permission, its certainty and source.

    With --file the scenario's own roles are there too, and what it changes is marked; --set,
    --variant, --strict and --quiet are about that file. Nothing is run or written.

    \b
    Examples:
      simulator roles
      simulator roles "Automation User"
      simulator roles Operator --file estate.yaml
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        if file is None:
            _needs_no_file(overrides, variant, strict=strict, quiet=quiet)
            found = _roles(None)
        else:
            loaded = loaded_and_told(
                file, overrides, variant, quiet=quiet, strict=strict, check_variants=False
            )
            found = _roles(loaded)
        _show(found if name is None else [_named(name, found)], name, as_json=as_json)


def _needs_no_file(
    overrides: list[str] | None, variant: str | None, *, strict: bool, quiet: bool
) -> None:
    options = {"--set": overrides, "--variant": variant, "--strict": strict, "--quiet": quiet}
    given = [option for option, value in options.items() if value]
    if given:
        raise typer.BadParameter(f"{' and '.join(given)}: give --file too, a scenario to read")


def _roles(loaded: Loaded | None) -> Sequence[RoleMatrix]:
    """Return the default roles and a scenario's own, each with its matrix."""
    from simulator.audit.roles import role_matrices  # noqa: PLC0415 - slow to import
    from simulator.loading import default_roles  # noqa: PLC0415 - slow to import
    from simulator.model.dispatch import Assumptions  # noqa: PLC0415 - slow to import

    custom = {} if loaded is None else loaded.scenario.roles
    assumptions = Assumptions() if loaded is None else loaded.scenario.assumptions
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


def _show(chosen: Sequence[RoleMatrix], name: str | None, *, as_json: bool) -> None:
    if as_json:
        from simulator.audit.roles import roles_json  # noqa: PLC0415 - slow to import

        result(roles_json(chosen))
        return
    from simulator.report.permitting.roles import role_table, roles_table  # noqa: PLC0415 - slow to import

    tables(roles_table(chosen) if name is None else role_table(chosen[0]))
