"""Elastic pools: how many hosts they had, what those cost, and how to tell if they are worth it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from simulator.audit.overrides import override_text
from simulator.policies.changes import Change
from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Span, Text, named
from simulator.report.tables import table
from simulator.report.wording import (
    NOTHING,
    decimals_of,
    estimate,
    interval,
    number,
    plus_minus,
    quantity,
    scale_of,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from simulator.experiments.study import Study
    from simulator.measurement import SummaryRow
    from simulator.model.machines import ElasticPool
    from simulator.report.page import Phrase, Table

MOST_POOLS: Final = 15
"""Rows of the table in a terminal, and pools of which a report says how to measure their worth."""

_LEAD: Final = (
    "Hosts that come and go with demand: one more is booted while jobs are Pending that it could "
    "run. Host-hours are those of the window for which hosts were connected or booted: what they "
    "cost a replication. Idle is the share of the connected hosts' time with no slot busy; fewest "
    "and most are over all replications."
)
_PLAIN_KEY: Final = re.compile(r"[\w.-]+")


def elastic(study: Study) -> tuple[Section, ...]:
    """Return the section of the elastic pools; none where there are none."""
    pools = _pools(study)
    if not pools:
        return ()
    leads = ((_LEAD,), *_worth(study, pools))
    return (Section("elastic", "Elastic pools", leads, tables=(_table(study, pools),)),)


def elastic_table(study: Study) -> RenderableType | None:
    """Return the elastic pools for a terminal; None where there are none."""

    def cells(machine: str, pool: ElasticPool) -> Iterator[str]:
        yield _allowed(pool)
        yield _plus_minus(study.summary.find("machine", machine, "hosts.connected"))
        yield from _counts(study, machine)
        yield _plus_minus(study.summary.find("machine", machine, "hosts.hours"))
        yield _idle(study, machine)

    return listing(
        "Elastic pools",
        ("Pool", "Min to max", "Hosts", *_COUNTED, "Host-hours", "Idle"),
        [(name(machine), *cells(machine, pool)) for machine, pool in _pools(study).items()],
        most=MOST_POOLS,
        optional=("Boots", "Fewest"),
    )


def _pools(study: Study) -> Mapping[str, ElasticPool]:
    machines = study.loaded.scenario.machines
    return {machine: one.pool for machine, one in machines.items() if one.pool is not None}


_COUNTED: Final = ("Fewest", "Most", "Boots")


def _table(study: Study, pools: Mapping[str, ElasticPool]) -> Table:
    columns = (
        Column("Pool"),
        Column("Min to max", numeric=True),
        Column("Hosts connected", numeric=True, measure="hosts.connected"),
        Column("Interval", numeric=True),
        *(Column(title, numeric=True) for title in _COUNTED),
        Column("Host-hours", numeric=True, measure="hosts.hours"),
        Column("Interval", numeric=True),
        Column("Idle", numeric=True),
    )
    rows = [(named(machine), *_cells(study, machine, pool)) for machine, pool in pools.items()]
    return table("Elastic pools: hosts, and what they cost a replication", columns, rows)


def _cells(study: Study, machine: str, pool: ElasticPool) -> Iterator[Text]:
    connected, hours = (
        study.summary.find("machine", machine, measure)
        for measure in ("hosts.connected", "hosts.hours")
    )
    yield _allowed(pool)
    yield from (estimate(connected), interval(connected))
    yield from _counts(study, machine)
    yield from (estimate(hours), interval(hours))
    yield _idle(study, machine)


def _allowed(pool: ElasticPool) -> str:
    return f"{pool.min:,} to {pool.max:,}"


def _counts(study: Study, machine: str) -> tuple[str, ...]:
    """Return the fewest and most hosts at once and the boots; nothing where nobody looked."""
    for one in study.presences:
        if one.machine == machine:
            return number(one.fewest), number(one.most), number(one.boots)
    return (NOTHING,) * len(_COUNTED)


def _idle(study: Study, machine: str) -> str:
    busy = study.summary.find("machine", machine, "host.utilisation")
    return NOTHING if busy is None else quantity(1 - busy.mean, "ratio")


def _plus_minus(row: SummaryRow | None) -> str:
    return NOTHING if row is None else plus_minus(row, scale_of(row.unit, 1), decimals_of(row.mean))


def _worth(study: Study, pools: Mapping[str, ElasticPool]) -> Iterator[Phrase]:
    """Yield how to measure whether pools are worth it: against hosts that are always there."""
    shown = list(pools.items())[:MOST_POOLS]
    for place, (machine, pool) in enumerate(shown, start=1):
        number_of = f"-{place}" if len(shown) > 1 else ""
        most = _most(study, machine, pool)
        yield (
            "To tell whether ",
            named(machine),
            " is worth it, compare it with about as many hosts as it had on average, ",
            f"one at least, and with {most:,}, the most it may have, that are always there: write ",
            Span(_variant(f"fixed{number_of}", _fixed(study, machine)), "code"),
            " and ",
            Span(_variant(f"all-there{number_of}", _all_there(machine, most)), "code"),
            " under ",
            Span("variants:", "code"),
            " in the file. ",
            Span(f"simulator compare FILE fixed{number_of} all-there{number_of}", "code"),
            " then tells, in pairs of replications, how waits and host-hours change.",
        )


def _most(study: Study, machine: str, pool: ElasticPool) -> int:
    """Return the most hosts a pool may have; fewer than its max where licences are short."""
    return next((one.limit for one in study.presences if one.machine == machine), pool.max)


def _fixed(study: Study, machine: str) -> tuple[Change, ...]:
    """Return what makes a pool the whole number of hosts that is next to its mean."""
    row = study.summary.find("machine", machine, "hosts.connected")
    hosts = 1 if row is None else max(round(row.mean), 1)
    at = ("machines", machine)
    return Change((*at, "pool"), None), Change((*at, "hosts"), hosts)


def _all_there(machine: str, most: int) -> tuple[Change, ...]:
    return (Change(("machines", machine, "pool", "min"), most),)


def _variant(variant: str, changes: tuple[Change, ...]) -> str:
    """Return a variant as a file has it in one line; names are quoted where they have to be."""
    written = (override_text(change).rpartition("=") for change in changes)
    return visible(f"{variant}: {{{', '.join(f'{_key(p)}: {value}' for p, _, value in written)}}}")


def _key(path: str) -> str:
    return path if _PLAIN_KEY.fullmatch(path) else "'" + path.replace("'", "''") + "'"
