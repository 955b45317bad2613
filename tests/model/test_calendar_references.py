"""Every place that may name a calendar."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, problems

PROFILE = {"profile": {"mon": {"09:00-10:00": "1 per hour"}}, "calendar": "freeze"}
CRON = {"cron": "0 0 6 * * ?", "calendar": "freeze"}
BY_OWNER = {"created_by": "owner", "process": "P"}
ITEMS = {"queue": "Q", "by": "owner", "items": PROFILE, "item_duration": "1m"}

USES: dict[str, tuple[dict[str, Any], str]] = {
    "a time trigger": ({"triggers": {"X": {**BY_OWNER, "time": CRON}}}, "triggers.X.time"),
    "an event trigger": ({"triggers": {"X": {**BY_OWNER, "event": PROFILE}}}, "triggers.X.event"),
    "an API trigger": (
        {"triggers": {"X": {**BY_OWNER, "api": {**PROFILE, "by": "owner"}}}},
        "triggers.X.api",
    ),
    "a start": (
        {"starts": {"X": {"process": "P", "by": "owner", "stream": PROFILE}}},
        "starts.X.stream",
    ),
    "an arrival": ({"queues": {"Q": {}}, "arrivals": {"X": ITEMS}}, "arrivals.X.items"),
}


@pytest.mark.parametrize(("parts", "place"), USES.values(), ids=USES)
def test_an_unknown_calendar_is_told_in_every_place(parts: dict[str, Any], place: str) -> None:
    folders = {"F": folder(**parts)}
    error = (f"folders.F.{place}.calendar", "unknown-calendar", "error")
    assert problems(folders=folders) == [error]
    assert problems(folders=folders, calendars={"other": {"dates": ["2026-01-06"]}}) == [error]
    assert problems(folders=folders, calendars={"freeze": {"dates": ["2026-01-06"]}}) == []
