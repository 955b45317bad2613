"""The tenant's licences: how many are taken, how many in use, and what one more would bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text as TerminalText

from simulator.audit.licences import licence_uses
from simulator.escaping import escaped
from simulator.report.fitting import listing
from simulator.report.page import Column, Section, Span, Text, named
from simulator.report.tables import table
from simulator.report.wording import NOTHING, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from simulator.audit.licences import LicenceUse
    from simulator.experiments.study import Study
    from simulator.report.page import Phrase, Table

RUNTIME: Final = "runtime"
MOST_TYPES: Final = 15
"""Rows of the table in a terminal."""

_MEASURED: Final = (
    ("Taken", "licences.taken"),
    ("Most in use", "licences.peak"),
    ("Slots without", "slots.unlicensed"),
)
_LEAD: Final = (
    "A connected host takes a licence for each of its slots, used or not, in the order of the "
    "file; a slot without one does not exist. Most in use is the largest number of slots that "
    "jobs held at once."
)


def licences(study: Study) -> tuple[Section, ...]:
    """Return the section of the licences; none where the scenario counts none."""
    uses = licence_uses(study.loaded.scenario)
    if not uses:
        return ()
    leads = ((_LEAD,), *(phrase for use in uses for phrase in _next(use)))
    tables = (_table(study, uses), *_without(uses))
    return (Section("licences", "Licences", leads, tables=tables),)


def licence_tables(study: Study) -> Iterator[RenderableType | None]:
    """Yield the licences for a terminal: the figures, then what one more would bring."""
    uses = licence_uses(study.loaded.scenario)
    yield listing(
        "Licences",
        ("Runtime type", "The tenant has", *(title for title, _ in _MEASURED)),
        [(use.runtime, f"{use.owned:,}", *_bare(study, use)) for use in uses],
        most=MOST_TYPES,
    )
    for use in uses[:MOST_TYPES]:
        yield TerminalText(escaped(one_more(use)), overflow="fold")


def one_more(use: LicenceUse) -> str:
    """Return what one more licence of a runtime type would bring, in a sentence.

    The names of hosts and machines are as the scenario has them.
    """
    if not use.hosts and not use.elastic:
        return f"No machine has {use.runtime} slots: one more licence would bring nothing."
    if use.without:
        first = use.without[0]
        return f"One more {use.runtime} licence would go to a slot of {first.host}."
    pools = " or ".join(pool.machine for pool in use.short)
    if use.brings_a_host:
        return f"One more {use.runtime} licence would let one more host of {pools} boot."
    if pools:
        return f"One more {use.runtime} licence would be for one more slot of a host of {pools}."
    spare = f"; {number(use.left)} are never taken" if use.left and not use.elastic else ""
    return f"Every {use.runtime} slot has a licence{spare}: one more would bring nothing."


def _next(use: LicenceUse) -> Iterator[Phrase]:
    """Yield what one more would bring, and how to measure it if that is anything."""
    yield (named(one_more(use)),)
    if use.without or use.short:
        variant = f"one-more-{use.runtime.replace('_', '-')}"
        yield (
            "To measure it, write ",
            Span(f"{variant}: {{licences.{use.runtime}: {use.owned + 1}}}", "code"),
            " under ",
            Span("variants:", "code"),
            " in the file; ",
            Span(f"simulator compare FILE {variant}", "code"),
            " then tells, in pairs of replications, what it changes.",
        )


def _table(study: Study, uses: Sequence[LicenceUse]) -> Table:
    columns = (
        Column("Runtime type"),
        Column("The tenant has", numeric=True),
        *(Column(title, numeric=True, measure=measure) for title, measure in _MEASURED),
    )
    rows: list[tuple[Text, ...]] = [
        (use.runtime, number(use.owned), *_bare(study, use)) for use in uses
    ]
    return table("Licences by runtime type", columns, rows)


def _bare(study: Study, use: LicenceUse) -> Iterator[str]:
    """Yield the figures without their units, which the titles imply."""
    for _, measure in _MEASURED:
        row = study.summary.find(RUNTIME, use.runtime, measure)
        yield NOTHING if row is None else number(row.mean)


def _without(uses: Sequence[LicenceUse]) -> Iterator[Table]:
    """Yield the hosts that have not got all their licences, if there are any."""
    rows: list[tuple[Text, ...]] = [
        (named(host.host), use.runtime, number(host.slots), number(host.licensed))
        for use in uses
        for host in use.without
    ]
    if rows:
        columns = (
            Column("Host"),
            Column("Runtime type"),
            Column("Slots", numeric=True),
            Column("With a licence", numeric=True),
        )
        yield table("Hosts without all their licences, for the whole run", columns, rows)
