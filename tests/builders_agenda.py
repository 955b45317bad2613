"""Agendas of small scenarios: name the triggers and the span, and get their firings."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.agenda import Agenda, agenda_over
from simulator.records.columns import Window


def trigger(cron: str, **more: Any) -> dict[str, Any]:
    """A time trigger of process P; `zone` and `calendar` belong to its schedule."""
    schedule = {key: more.pop(key) for key in ("zone", "calendar") if key in more}
    return {"process": "P", "time": {"cron": cron, **schedule}, "created_by": "owner", **more}


def span(begin: str, end: str, zone: str = "UTC") -> Window:
    """The window between two local times."""
    begin_s, end_s = (
        datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()
        for text in (begin, end)
    )
    return Window(0.0, end_s - begin_s, int(begin_s), zone)


def agenda(
    triggers: dict[str, dict[str, Any]],
    over: Window | None = None,
    **more: Any,
) -> Agenda:
    """The agenda of folder F with these triggers, by default over Monday 2026-03-02."""
    found = scenario(**{"folders": {"F": folder(triggers=triggers)}, **more})
    window = over or span("2026-03-02", "2026-03-03")
    return agenda_over(window, found, access_of(found, catalogue()))


def utc(found: Agenda) -> list[str]:
    """Its instants as text: `2026-03-02T06:00:00`."""
    return [str(instant) for instant in found.utc_s.astype("datetime64[s]")]
