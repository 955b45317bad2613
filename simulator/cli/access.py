"""`simulator access`: who may do what with which process, where it runs, and why not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import Debug, File, Json, Overrides, Strict, Variant, WithoutWarnings
from simulator.cli.scenarios import hired, loaded_and_told
from simulator.cli.streams import aside, progress_bar, result, tables
from simulator.experiments.executing.interrupts import interrupts_held

if TYPE_CHECKING:
    from simulator.audit.grant_uses import GrantUse
    from simulator.loading import Loaded

As = Annotated[
    str | None,
    typer.Option("--as", metavar="WHO", help="Only this account, or the members of this group."),
]
FolderPath = Annotated[
    str | None,
    typer.Option("--folder", metavar="PATH", help="Only this folder, without its subfolders."),
]
Why = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--why",
        metavar="WHO WHAT",
        help=(
            "Walk the checks of one start, such as anna HR:onboard, or of adding to a queue, such "
            "as anna HR:invoices, and say what would mend it."
        ),
    ),
]
RunAsTarget = Annotated[
    str | None,
    typer.Option(
        "--run-as",
        metavar="TARGET",
        help=(
            "With --why: dynamic (the default), myself, or where and under whom it is to run: "
            "hr-bot, hr-bot on shared-vm/1, any account on shared-vm."
        ),
    ),
]
Runtime = Annotated[
    str | None,
    typer.Option(
        metavar="TYPE",
        help="With --why: the runtime type it asks for; by default its process's.",
    ),
]
WithRun = Annotated[
    bool,
    typer.Option("--run", help="Run the scenario too, and tell which grants the run never used."),
]


def access(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    who: As = None,
    folder: FolderPath = None,
    why: Why = None,
    run_as: RunAsTarget = None,
    runtime: Runtime = None,
    with_run: WithRun = False,
    overrides: Overrides = None,
    variant: Variant = None,
    strict: Strict = False,
    as_json: Json = False,
    quiet: WithoutWarnings = False,
    debug: Debug = False,
) -> None:
    """Show who may do what with which process, by which role, and where it would run.

    Nothing is run, unless --run asks for it, and nothing is written. Below stands who waits behind
    another folder's jobs, and whether they can see them.

    \b
    Examples:
      simulator access estate.yaml
      simulator access estate.yaml --as "HR clerks" --folder HR
      simulator access estate.yaml --why anna HR:onboard --run-as myself
      simulator access estate.yaml --why anna HR:invoices
      simulator access estate.yaml --why anna HR:onboard --run-as "hr-bot on shared-vm/1"
      simulator access estate.yaml --run
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        _check_together(who, folder, why, run_as, runtime, with_run=with_run)
        loaded = loaded_and_told(file, overrides, variant, quiet=quiet, strict=strict)
        if why is not None:
            _show_why(loaded, *why, run_as=run_as, runtime=runtime, as_json=as_json)
        else:
            _show_rights(loaded, who, folder, with_run=with_run, as_json=as_json)


def _check_together(
    who: str | None,
    folder: str | None,
    why: tuple[str, str] | None,
    run_as: str | None,
    runtime: str | None,
    *,
    with_run: bool,
) -> None:
    if why is None and run_as is not None:
        raise typer.BadParameter("--run-as goes with --why: it is how the start is to run")
    if why is None and runtime is not None:
        raise typer.BadParameter("--runtime goes with --why: it is what the start asks for")
    if why is not None and (who is not None or folder is not None):
        raise typer.BadParameter("--why names who and what itself: leave out --as and --folder")
    if why is not None and with_run:
        raise typer.BadParameter("--why needs no run: leave out --run")


def _show_rights(
    loaded: Loaded, who: str | None, folder: str | None, *, with_run: bool, as_json: bool
) -> None:
    from simulator.audit.rights import rights_json, rights_of  # noqa: PLC0415 - slow

    found = rights_of(loaded, who=who, folder=folder)
    grants = _grants(loaded, who, folder) if with_run else None
    if as_json:
        result(rights_json(found, grants))
        return
    from simulator.report.permitting.access import access_tables  # noqa: PLC0415 - slow to import

    tables(access_tables(found))
    if grants is not None:
        from simulator.report.running.sections.grants import grants_table  # noqa: PLC0415 - slow to import

        tables(grants_table(grants))


def _grants(loaded: Loaded, who: str | None, folder: str | None) -> tuple[GrantUse, ...]:
    """Run the scenario, and return what it used the grants for that concern `who` and `folder`."""
    with interrupts_held():
        from simulator.audit.grant_uses import concerning  # noqa: PLC0415 - slow to import
        from simulator.experiments.study import run_study  # noqa: PLC0415 - slow to import

    replications = loaded.scenario.run.most_replications
    with progress_bar(hidden=False) as progress, hired(None, replications, quiet=False) as hands:
        study = run_study(loaded, workforce=hands, progress=progress)
    if not study.complete:
        aside("interrupted: no grant was judged")
        raise typer.Exit(ExitCode.INTERRUPTED)
    return concerning(study.grants, loaded.access, who=who, folder=folder)


def _show_why(
    loaded: Loaded,
    who: str,
    what: str,
    *,
    run_as: str | None,
    runtime: str | None,
    as_json: bool,
) -> None:
    """Walk the checks of a start or, where `what` is a queue and no process, of adding to it."""
    from simulator.audit.lookups import account_of, queue_of  # noqa: PLC0415 - slow to import

    queue = queue_of(loaded, what)
    account = account_of(loaded, who)
    if queue is None:
        _show_why_start(loaded, account, what, run_as, runtime, as_json=as_json)
        return
    if run_as is not None or runtime is not None:
        raise typer.BadParameter("--run-as and --runtime go with a process: an item has neither")
    _show_why_adding(loaded, account, *queue, as_json=as_json)


def _show_why_adding(
    loaded: Loaded, account: str, folder: str, queue: str, *, as_json: bool
) -> None:
    from simulator.audit.why_adding import (  # noqa: PLC0415 - slow to import
        walk_adding,
        why_adding_json,
    )

    found = walk_adding(loaded.scenario, loaded.access, account, folder, queue)
    if as_json:
        result(json.dumps(why_adding_json(found), indent=1, ensure_ascii=False))
        return
    from simulator.report.permitting.why import why_adding_table  # noqa: PLC0415 - slow to import

    tables(why_adding_table(found))


def _show_why_start(
    loaded: Loaded,
    account: str,
    process: str,
    run_as: str | None,
    runtime: str | None,
    *,
    as_json: bool,
) -> None:
    from simulator.audit.lookups import process_of, runtime_of  # noqa: PLC0415 - slow to import
    from simulator.audit.run_as import run_as_of  # noqa: PLC0415 - slow to import
    from simulator.audit.why import walk, why_json  # noqa: PLC0415 - slow to import

    folder, name = process_of(loaded, process)
    found = walk(
        loaded.scenario,
        loaded.access,
        account,
        folder,
        name,
        run_as_of(loaded, run_as or "dynamic"),
        None if runtime is None else runtime_of(runtime),
    )
    if as_json:
        result(json.dumps(why_json(found), indent=1, ensure_ascii=False))
        return
    from simulator.report.permitting.why import why_table  # noqa: PLC0415 - slow to import

    tables(why_table(found))
