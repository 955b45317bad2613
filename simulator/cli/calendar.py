"""`simulator calendar`: what is due by the clock, when, what falls together, and maintenance."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug, File, Json, Overrides, Strict, Variant, WithoutWarnings
from simulator.cli.scenarios import loaded_and_told
from simulator.cli.streams import aside, result_in_parts, tables

if TYPE_CHECKING:
    from simulator.loading import Loaded
    from simulator.plan.agenda import Agenda


class Format(StrEnum):
    """What the calendar is written as."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"


Begin = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TIME",
        help="The first date or time, by the tenant's clock; by default the run's start.",
    ),
]
End = Annotated[
    str | None,
    typer.Option(
        "--to", metavar="TIME", help="Where it ends, not itself in it; by default the run's end."
    ),
]
As = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="text (the default), csv or json with every firing, or svg, the picture of the week.",
    ),
]
OfMaintenance = Annotated[
    bool,
    typer.Option(
        "--maintenance",
        help="With --format csv: a row for each maintenance window, in place of the firings.",
    ),
]


def calendar(  # noqa: PLR0913 - one parameter an option
    file: File,
    *,
    begin: Begin = None,
    end: End = None,
    form: As = None,
    of_maintenance: OfMaintenance = False,
    overrides: Overrides = None,
    variant: Variant = None,
    strict: Strict = False,
    as_json: Json = False,
    quiet: WithoutWarnings = False,
    debug: Debug = False,
) -> None:
    """Show when each time trigger fires, and how many jobs are due in the same minute.

    Nothing is run: it tells what the triggers ask for, before pending guards, and which of them
    fire while all their machines are in maintenance. --from and --to may lie outside the run; a
    trigger's own from, until and calendar hold there too. It writes to standard output alone.

    \b
    Examples:
      simulator calendar estate.yaml
      simulator calendar estate.yaml --from 2026-12-01 --to 2027-01-01
      simulator calendar estate.yaml --format csv > firings.csv
      simulator calendar estate.yaml --format csv --maintenance > windows.csv
      simulator calendar estate.yaml --format svg > week.svg
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        chosen = _chosen(form, as_json=as_json, of_maintenance=of_maintenance)
        loaded = loaded_and_told(file, overrides, variant, quiet=quiet, strict=strict)
        agenda = _agenda(loaded, begin, end, quiet=quiet)
        if chosen is Format.TEXT:
            from simulator.report.scheduling.agenda import agenda_tables  # noqa: PLC0415 - slow to import

            tables(agenda_tables(agenda))
        else:
            result_in_parts(_parts(agenda, chosen, of_maintenance=of_maintenance))


def _chosen(form: Format | None, *, as_json: bool, of_maintenance: bool) -> Format:
    if of_maintenance and form is not Format.CSV:
        raise typer.BadParameter("--maintenance goes with --format csv: all else shows it anyway")
    if as_json and form not in {None, Format.JSON}:
        raise typer.BadParameter(f"--json asks for JSON, --format for {form}: leave one out")
    return Format.JSON if as_json else form or Format.TEXT


def _agenda(loaded: Loaded, begin: str | None, end: str | None, *, quiet: bool) -> Agenda:
    from simulator.loading import render  # noqa: PLC0415 - slow to import
    from simulator.loading.spans import span_between  # noqa: PLC0415 - slow to import
    from simulator.plan.agenda import agenda_over  # noqa: PLC0415 - slow to import

    span, doubts = span_between(loaded.scenario, begin, end)
    for doubt in () if quiet else doubts:
        aside(render(doubt))
    return agenda_over(span, loaded.scenario, loaded.access)


def _parts(agenda: Agenda, chosen: Format, *, of_maintenance: bool) -> Iterable[str]:
    if of_maintenance:
        from simulator.report.scheduling.outage_rows import outages_csv  # noqa: PLC0415 - slow to import

        return outages_csv(agenda)
    if chosen is Format.SVG:
        from simulator.report.scheduling.agenda_picture import agenda_picture  # noqa: PLC0415 - slow to import

        return (agenda_picture(agenda),)
    from simulator.report.scheduling.agenda_rows import agenda_csv, agenda_json  # noqa: PLC0415 - slow

    return agenda_csv(agenda) if chosen is Format.CSV else agenda_json(agenda)
