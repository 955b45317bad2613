"""What others say is due when, row by row, and whether we say the same.

The `.psv` files hold what Quartz 2.3.2's `CronExpression.getNextValidTimeAfter` returned; `dst.csv`
has daily crons over clock changes, and `dst_day_length.csv` the hours of such days, both from the
IANA time zones by Python's `zoneinfo`.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from simulator.schedules.quartz import CronError, Rule, firings, parse_cron
from simulator.schedules.zones import resolve_zone, to_epoch

DATA: Final = Path(__file__).parents[1] / "data" / "schedules"
ANSWERS: Final = ("quartz-cron.psv", "quartz-cron-named.psv", "quartz-cron-further.psv")


def answers(name: str) -> list[list[str]]:
    """Return the rows of a file of answers: zone, begin, cron, the firings after it."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("|") for line in text.splitlines()[1:]]


def agrees(row: Sequence[str]) -> bool:
    """Return whether an answer is met: the first firings strictly after the beginning."""
    zone, begin, cron, answer = row
    if answer.startswith("ERR"):
        return _is_refused(cron)
    times = [epoch(word) for word in answer.split() if word != "END"]
    clock = resolve_zone(zone)
    from_s = to_epoch(dt.datetime.fromisoformat(begin), clock)[0] + 1
    to_s = epoch("2099-12-31T00:00+00:00") if answer.endswith("END") else times[-1] + 1
    return firings(parse_cron(cron), clock, from_s, to_s, "quartz_java").tolist() == times


def _is_refused(cron: str) -> bool:
    try:
        parse_cron(cron)
    except CronError:
        return True
    return False


def mornings() -> list[dict[str, str]]:
    """Return the rows of `dst.csv`: a Unix cron of every day, its zone, its day and its instant."""
    with (DATA / "dst.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def keeps_its_time(row: dict[str, str]) -> bool:
    """Return whether a morning's trigger fires at its wall-clock time, and only then."""
    minute, hour, *_ = row["cron"].split()
    date = row["local"][:10]
    found = fired(f"0 {minute} {hour} * * ?", row["zone"], f"{date}T00:00", f"{date}T23:00")
    return found == [row["local"]] and epoch(row["local"]) == epoch(row["utc"])


def day_lengths() -> list[dict[str, str]]:
    """Return the rows of `dst_day_length.csv`: a zone, a local date, its hours."""
    with (DATA / "dst_day_length.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lasts_as_long(row: dict[str, str]) -> bool:
    """Return whether a local day is as long as its clock makes it."""
    midnight, clock = dt.datetime.fromisoformat(row["local_date"]), resolve_zone(row["zone"])
    begin_s, _ = to_epoch(midnight, clock)
    end_s, _ = to_epoch(midnight + dt.timedelta(days=1), clock)
    return end_s - begin_s == float(row["hours"]) * 3600


def fired(cron: str, zone: str, begin: str, end: str, rule: Rule = "quartz_net") -> list[str]:
    """Return the firings between two local times, as local ISO times with their offset."""
    clock = resolve_zone(zone)
    span = [to_epoch(dt.datetime.fromisoformat(edge), clock)[0] for edge in (begin, end)]
    found = firings(parse_cron(cron), clock, span[0], span[1], rule)
    return [dt.datetime.fromtimestamp(int(one), clock).isoformat() for one in found]


def epoch(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())
