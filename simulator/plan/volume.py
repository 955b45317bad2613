"""How many jobs a scenario would submit, before it does: a run must fit into a machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.errors import Issue, Path
from simulator.model.folders import walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import At, ClosedLoop, Every, Interarrival, Poisson, Stream
from simulator.model.triggers import Start, Trigger
from simulator.sampling.inversion import Columns, mean_s
from simulator.schedules.quartz import QuartzCron, parse_cron

MOST_SUBMISSIONS: Final = 100_000_000
"""Submissions a replication may have; about 140 bytes of memory each."""

_DAY_S: Final = 86400.0


def volume(scenario: Scenario, columns: Columns) -> list[Issue]:
    """Return an error if the scenario would submit too many jobs, where most of them come from.

    The number is an expected one; of a cron it is an upper bound, as if it fired on every day.
    """
    submissions = dict(_submissions(scenario, columns))
    total = sum(submissions.values())
    if total <= MOST_SUBMISSIONS:
        return []
    path, most = max(submissions.items(), key=lambda item: item[1])
    return [
        Issue(
            path=path,
            message=f"about {_shown(most)} submissions a replication come from here, "
            f"{_shown(total)} in all, more than {MOST_SUBMISSIONS:,}",
            code="too-many-jobs",
            hint="check the unit of its rate, or observe a shorter window",
        )
    ]


def _shown(number: float) -> str:
    """Return a number in full while it can be read so."""
    return f"{number:,.0f}" if number < _MOST_READABLE else f"{number:.3g}"


_MOST_READABLE: Final = 1e12


def _submissions(scenario: Scenario, columns: Columns) -> Iterator[tuple[Path, float]]:
    length_s = scenario.time.warm_up + scenario.time.duration
    for parts, folder in walk(scenario.folders):
        for kind, items in (("triggers", folder.triggers), ("starts", folder.starts)):
            for name, item in items.items():
                firings = _firings(item, length_s, columns)
                yield (*place_of(parts), kind, name), firings * item.jobs


def _firings(item: Trigger | Start, length_s: float, columns: Columns) -> float:
    if isinstance(item, Start):
        return _expected(item.stream, length_s, columns)
    if item.time is not None:
        return _most_a_day(parse_cron(item.time.cron)) * (length_s / _DAY_S + 1)
    return 0.0 if item.stream is None else _expected(item.stream, length_s, columns)


def _most_a_day(cron: QuartzCron) -> int:
    return len(cron.seconds) * len(cron.minutes) * len(cron.hours)


def _expected(stream: Stream, length_s: float, columns: Columns) -> float:
    match stream:
        case Poisson(poisson=rate):
            return rate * length_s
        case Every(every=gap_s):
            return length_s / gap_s
        case Interarrival(interarrival=gap):
            return _rounds(length_s, mean_s(gap, columns))
        case ClosedLoop(users=users, think=think):
            return users * _rounds(length_s, mean_s(think, columns))
        case At(at=times):
            return float(len(times))


def _rounds(length_s: float, gap_s: float) -> float:
    """Return how often a gap goes into the run; a gap of nothing goes into it without end."""
    return length_s / gap_s if gap_s else float("inf")
