"""Spans asked for on the command line: two local times, or the run's own ends."""

from __future__ import annotations

import datetime as dt
from typing import Final

from pydantic import TypeAdapter, ValidationError

from simulator.errors import Issue, Position, ScenarioError
from simulator.loading.calendars import regions
from simulator.loading.moments import clock_change
from simulator.model.quantities import LocalTime
from simulator.model.scenario import Scenario
from simulator.plan.arrivals import window_of
from simulator.records.columns import Window
from simulator.schedules.zones import resolve_zone, to_epoch

_LOCAL_TIME: Final[TypeAdapter[dt.datetime]] = TypeAdapter(LocalTime)


def span_between(
    scenario: Scenario, begins: str | None, ends: str | None
) -> tuple[Window, tuple[Issue, ...]]:
    """Return the span [begins, ends) by the tenant's clock, and what is doubtful about it.

    Its ends are local dates or times, and may lie outside the run; the run's own where there are
    none. Of the run itself all was told when it was loaded.

    Raises:
        ScenarioError: one is no local time or is skipped by the clock, or nothing lies between.
    """
    zone, run = scenario.time.zone, window_of(scenario.time)
    from_s, issues = _instant("--from", begins, zone, run.origin_epoch_s)
    to_s, further = _instant("--to", ends, zone, run.origin_epoch_s + run.to_s)
    issues += further
    errors = [issue for issue in issues if issue.severity == "error"]
    if not errors and from_s >= to_s:
        errors = [_nothing_between(begins, ends)]
    if errors:
        raise ScenarioError(errors)
    if begins or ends:
        issues += regions(scenario, _local(from_s, zone), _local(to_s, zone))
    return Window(0.0, to_s - from_s, int(from_s), run.zone), tuple(issues)


def instant_of(scenario: Scenario, option: str, text: str) -> tuple[float, tuple[Issue, ...]]:
    """Return a local date or time by the tenant's clock in Unix seconds, and what is doubtful.

    `option` is where it was asked for.

    Raises:
        ScenarioError: it is no local time, or is skipped by the clock.
    """
    at_s, issues = _instant(option, text, scenario.time.zone, 0.0)
    errors = [issue for issue in issues if issue.severity == "error"]
    if errors:
        raise ScenarioError(errors)
    return at_s, tuple(issues)


def _local(epoch_s: float, zone: str) -> dt.datetime:
    return dt.datetime.fromtimestamp(epoch_s, resolve_zone(zone)).replace(tzinfo=None)


def _instant(option: str, text: str | None, zone: str, instead: float) -> tuple[float, list[Issue]]:
    """Return a local time in Unix seconds, `instead` where there is none, and its issues."""
    if text is None:
        return instead, []
    try:
        moment = _LOCAL_TIME.validate_python(text)
    except ValidationError as error:
        return instead, [_placed(Issue((), error.errors()[0]["msg"], "local-time"), option, text)]
    epoch_s, kind = to_epoch(moment, resolve_zone(zone))
    return epoch_s, [_placed(one, option, text) for one in clock_change(moment, kind, (), zone)]


def _placed(issue: Issue, option: str, text: str) -> Issue:
    return issue.at(Position(option, 1, 1), text)


def _nothing_between(begins: str | None, ends: str | None) -> Issue:
    told = (
        "the run's start" if begins is None else f"--from {begins}",
        "the run's end" if ends is None else f"--to {ends}",
    )
    message = f"nothing lies between {told[0]} and {told[1]}: the first is to be the earlier one"
    hint = "outside the run, give both --from and --to" if None in {begins, ends} else ""
    return Issue((), message, "no-span", hint)
