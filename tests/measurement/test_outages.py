"""What planned outages do to an agenda: counted by hand over a Monday and a few weeks."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders import catalogue, folder, scenario
from builders_agenda import span, trigger

from simulator.access.grants import access_of
from simulator.measurement.outages import into_outages, outage_week
from simulator.plan.agenda import Agenda, agenda_over
from simulator.records.columns import Window

HOURLY = trigger("0 0 * * * ?")
MONDAY = span("2026-03-02", "2026-03-03")
SIX_TO_EIGHT = {"maintenance": [{"cron": "0 0 6 * * ?", "duration": "2h"}]}
SEVEN_TO_NINE = {"maintenance": [{"cron": "0 0 7 * * ?", "duration": "2h"}]}
BOTH = {"maintenance": [*SIX_TO_EIGHT["maintenance"], *SEVEN_TO_NINE["maintenance"]]}


def agenda(
    machines: dict[str, Any],
    over: Window = MONDAY,
    triggers: dict[str, Any] | None = None,
    process: dict[str, Any] | None = None,
    **more: Any,
) -> Agenda:
    """Folder F with all the machines, and by default a trigger at each full hour."""
    parts = {
        "machines": list(machines),
        "triggers": {"t": HOURLY} if triggers is None else triggers,
        "processes": {"P": {"duration": "1m", **(process or {})}},
    }
    made = scenario(machines=machines, folders={"F": folder(**parts)}, **more)
    return agenda_over(over, made, access_of(made, catalogue()))


FORE = {"type": "foreground"}
INTO: dict[str, tuple[Agenda, list[tuple[int, int]]]] = {
    "a window is half-open: 06:00 and 07:00, not 08:00": (agenda({"a": SIX_TO_EIGHT}), [(2, 24)]),
    "windows of one machine that overlap: 06:00 to 08:00": (agenda({"a": BOTH}), [(3, 24)]),
    "all machines at once: 07:00": (agenda({"a": SIX_TO_EIGHT, "b": SEVEN_TO_NINE}), [(1, 24)]),
    "another machine is in service": (agenda({"a": SIX_TO_EIGHT, "b": {}}), []),
    "another that could take no job": (agenda({"a": SIX_TO_EIGHT, "b": {"hosts": 0}}), [(2, 24)]),
    "another for the other kind of work": (
        agenda({"a": SIX_TO_EIGHT, "b": {"process_types": "background"}}, process=FORE),
        [(2, 24)],
    ),
    "another without a licence": (
        agenda({"a": SIX_TO_EIGHT, "b": {}}, licences={"unattended": 1}),
        [(2, 24)],
    ),
    "a machine of no use to anybody": (agenda({"a": {"hosts": 0, **SIX_TO_EIGHT}}), []),
    "the machine asked for": (
        agenda(
            {"a": SIX_TO_EIGHT, "b": {}},
            triggers={"t": {**HOURLY, "run_as": {"machine": "a"}}},
        ),
        [(2, 24)],
    ),
    "what a calendar excludes does not fire": (
        agenda(
            {"a": SIX_TO_EIGHT},
            triggers={"t": trigger("0 0 * * * ?", calendar="off")},
            calendars={"off": {"dates": ["2026-03-02"]}},
        ),
        [],
    ),
    "no machine for it, so that all is refused": (
        agenda({"a": {"slots": {"headless": 1}, **SIX_TO_EIGHT}}),
        [],
    ),
    "no trigger": (agenda({"a": SIX_TO_EIGHT}, triggers={}), []),
    "each trigger by itself": (
        agenda(
            {"a": SIX_TO_EIGHT},
            triggers={"t": trigger("0 30 5 * * ?"), "u": trigger("0 30 7 * * ?")},
        ),
        [(1, 1)],
    ),
}


@pytest.mark.parametrize(("of", "expected"), INTO.values(), ids=INTO)
def test_firings_into_maintenance(of: Agenda, expected: list[tuple[int, int]]) -> None:
    assert [(one.firings, one.of) for one in into_outages(of)] == expected


def test_a_trigger_is_told_by_its_place() -> None:
    triggers = {"t": trigger("0 30 5 * * ?"), "u": trigger("0 30 7 * * ?")}
    (one,) = into_outages(agenda({"a": SIX_TO_EIGHT}, triggers=triggers))
    assert one.trigger == 1


def test_the_week_has_the_share_of_each_hour_with_some_machine_out() -> None:
    """Two weeks; of the second Monday's 06:00 to 07:00 half an hour more is out on b."""
    half = {"maintenance": [{"cron": "0 30 8 9 3 ?", "duration": "30m"}]}
    found = outage_week(agenda({"a": BOTH, "b": half}, span("2026-03-02", "2026-03-16")))
    assert found.shape == (7, 24)
    assert found[0, 5:10].tolist() == [0.0, 1.0, 1.0, 1.0, 0.0]
    assert found[1, 6] == 1.0
    assert found.sum() == 7 * 3


def test_part_of_an_hour_is_a_share_and_hours_not_seen_have_none() -> None:
    quarter = {"maintenance": [{"cron": "0 30 6 * * ?", "duration": "15m"}]}
    found = outage_week(agenda({"a": quarter}))
    assert found[0, 6] == 0.25
    assert math.isnan(found[1, 6])
    assert outage_week(agenda({"a": {}}))[0].tolist() == [0.0] * 24
