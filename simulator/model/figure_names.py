"""What a figure is called as people say it: `P95 Pending of HR`, for whatever a target may name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from simulator.model.definitions import OUTSIDE, QUANTILE_PERCENTS


class _Words(NamedTuple):
    """A measure's words, `{of}` standing for whose figure it is, and what that is of the tenant."""

    text: str
    whole: str = "the tenant"


_JOBS, _FLEET = "all jobs", "all machines"

_SPANS: Final = {
    "pending": _Words("Pending of {of}", _JOBS),
    "turnaround": _Words("turnaround of {of}", _JOBS),
    "resumed": _Words("wait to run again of {of}", _JOBS),
    "items.wait": _Words("wait of the items of {of}"),
    "items.turnaround": _Words("turnaround of the items of {of}"),
}
"""What waits and other time spans are called, after the word for the mean or quantile of them."""

_STATISTICS: Final = {
    "mean": "Mean",
    "sd": "Standard deviation of the",
    **{f"p{percent}": f"P{percent}" for percent in QUANTILE_PERCENTS},
    "max": "Longest",
}

_WORDS: Final = {
    "jobs.submitted": _Words("Submitted jobs of {of}"),
    "jobs.refused": _Words("Refused jobs of {of}"),
    "jobs.started": _Words("Started jobs of {of}"),
    "jobs.successful": _Words("Successful jobs of {of}"),
    "jobs.faulted": _Words("Faulted jobs of {of}"),
    "jobs.stopped": _Words("Stopped jobs of {of}"),
    "jobs.expired": _Words("Expired jobs of {of}"),
    "jobs.refused_share": _Words("Refused share of {of}", "all submissions"),
    "jobs.expired_share": _Words("Expired share of {of}", "all submissions"),
    "jobs.per_hour": _Words("Jobs done an hour of {of}"),
    "pending.share": _Words("Share of the jobs of {of} Pending at all"),
    "pending.over": _Words("Share of the jobs of {of} Pending over {threshold}"),
    "pending.jobs": _Words("Pending jobs of {of}"),
    "resumed.share": _Words("Share of the waits to run again of {of} that took time", _JOBS),
    "resumed.over": _Words("Share of the waits to run again of {of} over {threshold}", _JOBS),
    "resumed.jobs": _Words("Jobs waiting to run again of {of}"),
    "suspended.jobs": _Words("Suspended jobs of {of}"),
    "running.jobs": _Words("Running jobs of {of}"),
    "slots.busy": _Words("Busy slots of {of}", _FLEET),
    "slots.utilisation": _Words("Utilisation of {of}", _FLEET),
    "slots.connected": _Words("Existing slots of {of}", _FLEET),
    "slots.usable": _Words("Usable share of the slot time of {of}", _FLEET),
    "slots.maintenance": _Words("Share of the slot time of {of} in maintenance", _FLEET),
    "slots.down": _Words("Share of the slot time of {of} with the host down", _FLEET),
    "slots.unlicensed": _Words("Slots without a licence of {of}", _FLEET),
    "slots.booting": _Words("Booting slots of {of}", _FLEET),
    "hosts.connected": _Words("Connected hosts of {of}", _FLEET),
    "hosts.hours": _Words("Host-hours of {of}", _FLEET),
    "host.utilisation": _Words("Share of time with a busy slot of {of}"),
    "licences.taken": _Words("Licences taken by {of}"),
    "licences.peak": _Words("Most licences used at once by {of}"),
    "account.utilisation": _Words("Utilisation of {of}"),
    "items.added": _Words("Items added to {of}"),
    "items.refused": _Words("Items refused for {of}"),
    "items.done": _Words("Items done of {of}"),
    "items.failed": _Words("Items failed of {of}"),
    "items.retried": _Words("Retries of items of {of}"),
    "items.per_hour": _Words("Items done an hour of {of}"),
    "items.waiting": _Words("New items of {of}"),
    "items.late": _Words("Late items of {of}"),
    "items.late_share": _Words("Late share of the items of {of}"),
    "items.sla_share": _Words("Share of the items of {of} within the SLA"),
}

_WHOSE: Final = re.compile(r" (of|for|by|to) {of}")
_PART: Final = re.compile(r"(?P<amount>[\d.]+)(?P<unit>[a-z]+)")


def figure_name(scope: str, name: str, row: str) -> str:
    """Return what a summary's row is called: `P95 Pending of HR`, `Utilisation of machine vm`.

    row: the measure's name in a summary, such as `pending.over(10m)`. The name stands as it is:
    whoever shows it makes it harmless.
    """
    measure, threshold = _parts(row)
    words = _words_of(measure)
    of = whose(scope, name) if name or scope == OUTSIDE else words.whole
    return words.text.format(of=of, threshold=duration_words(threshold))


def whose(scope: str, name: str) -> str:
    """Return whose a figure is; names of folders stand alone: `HR`, `process HR:letters`."""
    if scope == OUTSIDE:
        return f"jobs outside your folders{f' on machine {name}' if name else ''}"
    if not name:
        return "the tenant"
    kind = scope.removesuffix("+")
    told = name if kind == "folder" else f"{kind} {name}"
    return f"{told} with its subfolders" if scope.endswith("+") else told


def measure_name(row: str) -> str:
    """Return what a measure is called without whose it is: `P95 Pending`, `Utilisation`."""
    measure, threshold = _parts(row)
    text = _WHOSE.sub("", _words_of(measure).text)
    return text.format(threshold=duration_words(threshold))


def duration_words(text: str) -> str:
    """Return an exact duration with the units of reports: `1 h 30 min` for `1h30m`."""
    parts = _PART.finditer(text)
    units = {"m": "min"}
    return " ".join(f"{one['amount']} {units.get(one['unit'], one['unit'])}" for one in parts)


def _parts(row: str) -> tuple[str, str]:
    """Return the measure of a summary's row, and its threshold, empty where it has none."""
    measure, _, threshold = row.partition("(")
    return measure, threshold.removesuffix(")")


def _words_of(measure: str) -> _Words:
    """Return the words of a measure of the catalogue."""
    if measure in _WORDS:
        return _WORDS[measure]
    span, _, statistic = measure.rpartition(".")
    words = _SPANS[span]
    return words._replace(text=f"{_STATISTICS[statistic]} {words.text}")
