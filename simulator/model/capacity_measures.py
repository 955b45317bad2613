"""The measures of capacity: slots, hosts, licences and accounts, and how busy they are."""

from __future__ import annotations

from typing import Final

from simulator.model.definitions import (
    CAPACITY_SCOPES,
    HOST_SCOPES,
    LICENCE_SCOPES,
    SLOT_SCOPES,
    Measure,
)

_EXISTING = (
    "the slot-time in the window that existed, which is that of the slots of connected hosts that "
    "have a licence"
)

CAPACITY_MEASURES: Final = (
    Measure(
        "slots.busy",
        "slots",
        "The time average of the number of slots executing a job; one whose job is paused on a "
        "host that is down executes nothing.",
        SLOT_SCOPES,
    ),
    Measure(
        "slots.utilisation",
        "ratio",
        f"Busy slot-time over {_EXISTING}, usable or not.",
        SLOT_SCOPES,
    ),
    Measure(
        "slots.connected",
        "slots",
        "The time average of the number of slots that existed, which are those of connected hosts "
        "that have a licence, usable or not.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.usable",
        "ratio",
        f"Of {_EXISTING}, the share with the host up and in service.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.maintenance",
        "ratio",
        f"Of {_EXISTING}, the share with the host in maintenance and not down.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.down",
        "ratio",
        f"Of {_EXISTING}, the share with the host down.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.unlicensed",
        "slots",
        "The time average of the number of slots of connected hosts that had no licence, and so "
        "did not exist.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.booting",
        "slots",
        "The time average of the number of slots of hosts that booted, as far as they had a "
        "licence.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "hosts.connected",
        "hosts",
        "The time average of the number of connected hosts, up or down, with a licence or not; a "
        "host without slots is none.",
        HOST_SCOPES,
    ),
    Measure(
        "hosts.hours",
        "h",
        "The hours of the window for which hosts were connected or booted, added up over the "
        "hosts: what they cost.",
        HOST_SCOPES,
    ),
    Measure(
        "host.utilisation",
        "ratio",
        "The share of the time in the window for which the hosts' slots existed, any of them, with "
        "at least one slot of the host busy.",
        ("machine", "host"),
    ),
    Measure(
        "licences.taken",
        "licences",
        "The time average of the number of licences that hosts held, one a slot, used or not: "
        "connected hosts, and from the beginning of their boot those to come.",
        LICENCE_SCOPES,
    ),
    Measure(
        "licences.peak",
        "licences",
        "The most slots that jobs held at once inside the window, over all replications; a job "
        "that waits out the dispatch latency holds its slot, one paused on a host that is down "
        "does not count.",
        LICENCE_SCOPES,
    ),
    Measure(
        "account.utilisation",
        "ratio",
        "The share of the window with at least one job running under the account.",
        ("account",),
    ),
)
"""In the order in which summaries list them."""
