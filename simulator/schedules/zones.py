"""Time zones: by IANA name or Windows id, and one wall-clock time as an instant."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from importlib import resources
from typing import Literal
from zoneinfo import ZoneInfo

from simulator.model.suggestions import did_you_mean

Placing = Literal["plain", "gap", "overlap"]
"""How a wall-clock time meets a clock change: not at all, skipped by it, or shown twice."""


def resolve_zone(name: str) -> ZoneInfo:
    """Return the zone an IANA name (`Europe/Berlin`) or Windows id means.

    Windows ids (`W. Europe Standard Time`), which the Orchestrator exports, are read by the Unicode
    CLDR's table of windowsZones. Names are case-sensitive.

    Raises:
        ValueError: there is no such zone; the message names the closest one.
    """
    known, windows = _iana_names(), _windows_ids()
    if name in known:
        return _packaged(name)
    if name in windows:
        return _packaged(windows[name])
    raise ValueError(
        f"expected a time zone, IANA ('Europe/Berlin') or Windows ('W. Europe Standard Time'), "
        f"got {name!r};{did_you_mean(name, (*known, *windows)) or ' there is no such zone'}"
    )


@lru_cache
def _packaged(name: str) -> ZoneInfo:
    """Return a zone by the rules of the tzdata package, whatever the system's own say.

    A run's manifest names the package's version, so a result can be had again elsewhere.
    """
    with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@lru_cache(maxsize=1)
def _iana_names() -> frozenset[str]:
    # The package's own list: a system's directory also holds `localtime` and `right/`, which
    # differ from machine to machine.
    return frozenset(resources.files("tzdata").joinpath("zones").read_text("utf-8").split())


@lru_cache(maxsize=1)
def _windows_ids() -> dict[str, str]:
    from tzlocal.windows_tz import win_tz  # noqa: PLC0415 - most scenarios need no Windows id

    return dict(win_tz)


def skipped_in_words(moment: object, zone: str) -> str:
    """Return what is wrong with a local time that falls into a gap."""
    return f"{moment} does not exist in {zone}: the clock is put forward over it"


def twice_in_words(moment: object, zone: str) -> str:
    """Return what is doubtful about a local time that the clock shows twice."""
    return f"{moment} occurs twice in {zone}, where the clock is put back; this is the first"


def to_epoch(local: datetime, zone: ZoneInfo) -> tuple[int, Placing]:
    """Return the Unix second of a naive wall-clock time in `zone`, and how it was placed.

    A time shown twice means the first showing, a skipped one is moved on by the gap's length (what
    PEP 495 gives for `fold=0`).
    """
    first = int(local.replace(tzinfo=zone, fold=0).timestamp())
    second = int(local.replace(tzinfo=zone, fold=1).timestamp())
    if first == second:
        return first, "plain"
    return first, "overlap" if first < second else "gap"
