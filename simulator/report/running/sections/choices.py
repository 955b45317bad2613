"""The choices and assumptions a run was made under, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.page import Column, Section, Span, Table, Text
from simulator.report.wording import quantity

if TYPE_CHECKING:
    from simulator.model.quantities import Part
    from simulator.model.scenario import Scenario

MEANINGS: Final[dict[str, dict[str, str]]] = {
    "order": {
        "priority": "The job of the highest priority is next, then the oldest, over all folders.",
        "oldest": "The oldest job is next, whatever its priority.",
        "round_robin": "The folder served longest ago is next.",
        "random": "Any of the jobs that could start is next.",
    },
    "match": {
        "instant": "Jobs are matched once, after all submissions of an instant.",
        "submission": "Jobs are matched after each submission.",
    },
    "hosts": {
        "first": "The first host that fits is taken, in the order of the folder's machines.",
        "least_used": "The host with the least busy time so far is taken.",
        "random": "Any host that fits is taken.",
        "sticky": "The host where the process last ran is taken, else the first that fits.",
    },
    "accounts": {
        "first": "The first account that fits is taken, in the order of the file.",
        "least_used": "The account with the least busy time so far is taken.",
        "random": "Any account that fits is taken.",
    },
    "blocked": {
        "skip": "A job that cannot start now is skipped: younger ones may go first.",
        "block": "A job that cannot start now holds up the younger ones of its folder.",
    },
    "automation_user_starts_jobs": {
        "true": "Automation User, its copies and Robot may view and create jobs.",
        "false": "Automation User, its copies and Robot may not start jobs.",
    },
    "busy_session": {
        "wait": "A foreground job that finds no free session waits (since 18.2).",
        "fault": "A foreground job that finds no free session is Faulted (before 18.2).",
    },
    "background_needs_account": {
        "true": "A background job occupies its account on its host.",
        "false": "A background job needs an account that may run it, which stays free for others.",
    },
    "resumed_place": {
        "original": "A Resumed job waits at its place by the time of its submission.",
        "resume_time": "A Resumed job waits behind those that wait already at its priority.",
    },
    "daylight_saving": {
        "quartz_net": "At a clock change, a cron fires as Quartz.NET does.",
        "quartz_java": "At a clock change, a cron fires as Quartz for Java does.",
    },
    "folder_model": {
        "modern": "A role assigned at the tenant opens no folder.",
        "classic": "A mixed role assigned at the tenant opens every folder.",
    },
    "drain": {
        "true": "Arrivals stop at the end of the window; jobs already submitted run to their end.",
        "false": "The run ends with the window; jobs left over are counted as never started.",
    },
}
"""What each value of each choice means, in a sentence."""


def choices(scenario: Scenario) -> Section:
    """Return every choice in force, those that are not the default marked."""
    rows = (
        *_rows("dispatch", scenario.dispatch, tuple(type(scenario.dispatch).model_fields)),
        *_rows("assumptions", scenario.assumptions, tuple(type(scenario.assumptions).model_fields)),
        *_rows("time", scenario.time, ("drain",)),
    )
    lead = (
        "Where the product's documents leave something open, the simulator makes a named choice. "
        "Another value in the scenario gives other figures."
    )
    columns = (Column("Choice"), Column("Value"), Column("Chosen by"), Column("What it means"))
    table = Table("Choices and assumptions in force", columns, rows)
    return Section("choices", "Choices and assumptions", ((lead,),), tables=(table,))


def _rows(key: str, part: Part, fields: tuple[str, ...]) -> tuple[tuple[Text, ...], ...]:
    return tuple(_row(f"{key}.{field}", part, field) for field in fields)


def _row(path: str, part: Part, field: str) -> tuple[Text, ...]:
    value = getattr(part, field)
    is_default = value == type(part).model_fields[field].default
    chosen: Text = "default" if is_default else Span("this scenario", "chosen")
    return Span(path, "code"), Span(_value(value), "code"), chosen, _meaning(field, value)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return quantity(value, "s") if isinstance(value, float) else str(value)


def _meaning(field: str, value: object) -> str:
    if field == "latency":
        return "The time from a match to Running, in which a job is still Pending."
    return MEANINGS[field][_value(value)]
