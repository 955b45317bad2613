"""Arrivals by a weekly profile: as many as expected, at the right hours, paired across variants."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from builders import catalogue, folder, scenario
from scipy import stats

from simulator.access.grants import access_of
from simulator.engine.arrival_times import instants
from simulator.engine.draws import Luck
from simulator.plan.making import make_plan
from simulator.plan.sources import Rates
from simulator.schedules.zones import resolve_zone
from simulator.units import GRID_PER_SECOND

Z = stats.norm.ppf(0.9995)
"""All intervals are of 99.9 %, chosen beforehand."""

OFFICE = {
    "mon-fri": {"08:00-12:00": "30 per hour", "12:00-18:00": "12 per hour"},
    "sat": {"10:00-12:00": "5 per hour"},
}
YEAR = {"start": "2026-01-05T00:00", "duration": "364d", "zone": "Europe/Berlin"}


def luck(event: Mapping[str, Any], replication: int = 0, **parts: Any) -> Luck:
    """The draws of a replication of a scenario with a trigger T."""
    trigger = {"process": "P", "created_by": "owner", "event": event, **parts.pop("trigger", {})}
    whole = scenario(folders={"F": folder(triggers={"T": trigger})}, **parts)
    return Luck(make_plan(whole, access_of(whole, catalogue()), {}), 1, replication)


def arrivals(
    event: Mapping[str, Any], replication: int = 0, **parts: Any
) -> npt.NDArray[np.float64]:
    """When the trigger T submits, in seconds since the start."""
    drawn = luck(event, replication, **parts)
    (source,) = drawn.plan.sources
    given = source.arrivals, source.entity, source.from_s, source.until_s
    return np.array(list(instants(drawn, *given)))


def test_counts_by_hour_of_the_week_are_as_expected() -> None:
    """52 weeks, 20 replications. Both clock changes are on a Sunday, which the profile has not."""
    zone = resolve_zone("Europe/Berlin")
    counts = np.zeros((7, 24))
    for replication in range(20):
        for instant in arrivals({"profile": OFFICE}, replication, time=YEAR).tolist():
            start = dt.datetime(2026, 1, 5, tzinfo=zone).timestamp()
            local = dt.datetime.fromtimestamp(start + instant, zone)
            counts[local.weekday(), local.hour] += 1
    expected = np.zeros((7, 24))
    expected[:5, 8:12], expected[:5, 12:18], expected[5, 10:12] = 30, 12, 5
    expected *= 52 * 20
    assert not counts[expected == 0].any()
    some = expected > 0
    misses = (counts[some] - expected[some]) ** 2 / expected[some]
    assert stats.chi2.ppf(0.0005, some.sum()) < misses.sum() < stats.chi2.ppf(0.9995, some.sum())


def test_they_spread_over_the_operational_time_evenly() -> None:
    """Given their number, what is expected up to each arrival is uniform (Kolmogorov-Smirnov)."""
    drawn = luck({"profile": OFFICE}, time=YEAR)
    (source,) = drawn.plan.sources
    assert isinstance(source.arrivals, Rates)
    edges_s, per_s = source.arrivals.edges_s, source.arrivals.per_s
    expected = np.concatenate(([0.0], np.cumsum(per_s * np.diff(edges_s))))
    assert expected[-1] == pytest.approx(52 * (5 * (4 * 30 + 6 * 12) + 2 * 5))
    instants = arrivals({"profile": OFFICE}, time=YEAR)
    assert abs(len(instants) - expected[-1]) < Z * math.sqrt(expected[-1])
    shares = np.interp(instants, edges_s, expected) / expected[-1]
    assert stats.kstest(shares, "uniform").pvalue > 0.001


def test_a_steady_profile_is_the_poisson_stream_of_its_rate() -> None:
    """The same draws, so the same arrivals; sums are made in another order, hence a grid point."""
    time = {**YEAR, "zone": "UTC"}
    by_profile = arrivals({"profile": {"daily": {"00:00-24:00": "12 per hour"}}}, time=time)
    by_poisson = arrivals({"poisson": "12 per hour"}, time=time)
    assert len(by_profile) == len(by_poisson) > 100_000
    assert by_profile == pytest.approx(by_poisson, abs=1 / GRID_PER_SECOND, rel=0)


def test_a_variant_with_other_rates_has_the_same_draws() -> None:
    """At 30 and 60 an hour, one hour and then none: the n-th comes after half the time."""

    def hour(rate: str) -> npt.NDArray[np.float64]:
        return arrivals({"profile": {"mon": {"09:00-10:00": rate}}}) - 9 * 3600

    single, doubled = hour("30 per hour"), hour("60 per hour")
    assert len(single) >= 10
    assert doubled[: len(single)] * 2 == pytest.approx(single, abs=4 / GRID_PER_SECOND, rel=0)


def test_a_variant_with_an_hour_more_leaves_the_arrivals_before_it_alone() -> None:
    mornings = {"mon-tue": {"09:00-10:00": "30 per hour"}}
    more = {**mornings, "wed": {"09:00-10:00": "30 per hour"}}
    time = {"start": "2026-01-05T00:00", "duration": "7d"}
    few, many = (arrivals({"profile": profile}, time=time) for profile in (mornings, more))
    assert len(many) > len(few)
    assert many[: len(few)].tolist() == few.tolist()


def test_nothing_comes_on_a_calendars_days() -> None:
    time = {"start": "2026-01-05T00:00", "duration": "7d"}
    event = {"profile": {"daily": {"00:00-24:00": "1 per hour"}}, "calendar": "freeze"}
    calendars = {"freeze": {"dates": ["2026-01-06", "2026-01-09"]}}
    days = arrivals(event, time=time, calendars=calendars) // 86400
    assert set(days.tolist()) == {0.0, 2.0, 3.0, 5.0, 6.0}


def test_in_force_for_a_while_it_has_those_arrivals_of_the_whole() -> None:
    event = {"profile": {"daily": {"00:00-24:00": "10 per hour"}}}
    whole = arrivals(event)
    part = arrivals(event, trigger={"from": "2026-01-05T06:00", "until": "2026-01-05T12:00"})
    assert part.tolist() == [at for at in whole.tolist() if 6 * 3600 <= at < 12 * 3600]
    assert 0 < len(part) < len(whole)


@pytest.mark.parametrize("duration", ["1s", "1.5s", "0.25s", "0.0000001s"])
def test_nothing_comes_at_the_end_of_the_window_or_after_it(duration: str) -> None:
    event = {"profile": {"daily": {"00:00-24:00": "100000 per second"}}}
    found = arrivals(event, time={"start": "2026-01-05T00:00", "duration": duration})
    seconds = float(duration.removesuffix("s"))
    expected = 100_000 * seconds
    assert abs(len(found) - expected) < Z * math.sqrt(expected) + 1
    assert not len(found) or found[-1] < seconds
