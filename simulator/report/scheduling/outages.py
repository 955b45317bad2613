"""Maintenance windows in a terminal: what falls into them, and when they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.text import Text

from simulator.audit.members import first_of
from simulator.escaping import escaped
from simulator.measurement.outages import into_outages
from simulator.plan.agenda import Agenda
from simulator.report.clock_times import local_minute
from simulator.report.fitting import Listing, name
from simulator.report.wording import number, plural
from simulator.units import HOUR_S

MOST_OUTAGES: Final = 12
"""Windows shown."""

_MOST_NAMES: Final = 5
_MOST_TRIGGERS: Final = 5


def outage_sentences(agenda: Agenda) -> Iterator[str]:
    """Yield how many windows there are, and each trigger that fires into those of its machines."""
    if not agenda.outages:
        return
    machines = [*dict.fromkeys(escaped(one.machine) for one in agenda.outages)]
    windows = plural(len(agenda.outages), "maintenance window")
    yield f"{windows} of {first_of(machines, _MOST_NAMES)}."
    into = into_outages(agenda)
    for one in into[:_MOST_TRIGGERS]:
        trigger = agenda.triggers[one.trigger]
        machines = [*map(escaped, trigger.machines)]
        yield (
            f"{escaped(trigger.name)} fires {number(one.firings)} of {plural(one.of, 'time')} into "
            f"maintenance of all its machines ({first_of(machines, _MOST_NAMES)}): its jobs wait."
        )
    more = len(into) - _MOST_TRIGGERS
    if more > 0:
        yield f"So {'does' if more == 1 else 'do'} {plural(more, 'more trigger')}: --json has all."


def outage_listing(agenda: Agenda) -> Listing:
    """Return the first windows as a table, each by the clock it goes by."""
    shown = agenda.outages[:MOST_OUTAGES]
    zones = {one.zone.key for one in agenda.outages}
    rows = [
        (
            name(one.machine),
            Text(local_minute(one.begin_s, one.zone)),
            Text(local_minute(one.end_s, one.zone)),
            Text(one.zone.key),
            Text(number((one.end_s - one.begin_s) / HOUR_S)),
            Text("kill" if one.kills else "finish"),
        )
        for one in shown
    ]
    return Listing(
        title="Maintenance",
        columns=("Machine", "Begins", "Ends", "Zone", "Hours", "Running jobs"),
        rows=tuple(rows),
        optional=("Zone",) if len(zones) > 1 else (),
        gap=0,
        more=len(agenda.outages) - len(shown),
        elsewhere="--maintenance --format csv has all",
    )
