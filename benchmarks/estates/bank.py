"""A mid-size bank: 12 folders, 40 processes, 50 crons, six queues, hosts that are away at times.

Each folder has a machine of its own kind, and shares another with its neighbours. The first process
of every second folder works a queue; all others are started by crons, on weekdays that are no
holidays. Hosts are patched on Sunday night, some fail now and then.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

FOLDERS, PROCESSES, CRONS = 12, 40, 50
QUEUES = FOLDERS // 2

HEAD: Final = """version: 1
name: bank
time: {{start: 2026-01-05, duration: {days}d, zone: Europe/Berlin}}
run: {{replications: 1}}
calendars: {{public: {{country: DE, subdivision: HE}}}}
accounts:
  robot: {{type: robot, count: 12}}
  owner: {{type: user, groups: [staff]}}
  scanner: {{type: user, groups: [staff]}}
machines:
  core:
    hosts: 2
    slots: 4
    maintenance: [{{cron: "0 0 22 ? * SUN", duration: 4h, running_jobs: finish}}]
  spare:
    hosts: 4
    slots: 2
    failures: {{up: {{exponential: 20d}}, down: {{lognormal: {{mean: 3h, cv: 0.5}}}}}}
  desk:
    hosts: 4
    slots: 2
    windows_sessions: 2
    maintenance: [{{cron: "0 30 23 ? * SAT", duration: 2h, running_jobs: kill}}]
folders:
"""

MACHINES: Final = ("core, spare", "core, desk", "spare, core", "desk, core")
PRIORITIES: Final = ("High", "Medium", "Low")
CRON: Final = '{{cron: "0 {minute} {hours} ? * MON-FRI", calendar: public}}'
WORKING_HOURS: Final = "6-21"


def bank(days: int) -> str:
    """Return the scenario of a run so long."""
    return HEAD.format(days=days) + "".join(map(_folder, range(FOLDERS)))


def _folder(number: int) -> str:
    has_queue = number < QUEUES
    processes = range(number, PROCESSES, FOLDERS)
    started = [one for one in processes if not (has_queue and one == number)]
    twice = [one for one in started if one >= PROCESSES - (CRONS - PROCESSES + QUEUES)]
    triggers = [*_crons(started, "day", 3), *_crons(twice, "night", 12)]
    lines = (
        f"folder {number}:",
        f"  assign: {{robot-{number + 1}: [Automation User], staff: [Folder Administrator]}}",
        f"  machines: [{MACHINES[number % len(MACHINES)]}]",
        "  processes:",
        *(f"    {_process(one, works=has_queue and one == number)}" for one in processes),
        *(QUEUE if has_queue else ()),
        "  triggers:",
        *([f"    {QUEUE_TRIGGER.format(process=number)}"] if has_queue else []),
        *(f"    {one}" for one in triggers),
    )
    return "".join(f"  {line}\n" for line in lines)


def _process(number: int, *, works: bool) -> str:
    if works:
        return f"process {number}: {{duration: 0s, start_up: 20s, queue: work}}"
    priority = PRIORITIES[number % len(PRIORITIES)]
    kind = "foreground" if number % 5 == 0 else "background"
    length = f"{{lognormal: {{mean: {3 + number % 7}m, cv: 0.8}}}}"
    return f"process {number}: {{duration: {length}, priority: {priority}, type: {kind}}}"


def _crons(processes: list[int], name: str, jobs: int) -> Iterator[str]:
    """Yield a trigger for each process: by day every hour, by night once."""
    for one in processes:
        hours = WORKING_HOURS if name == "day" else str(one % 6)
        time = CRON.format(minute=7 * one % 60, hours=hours)
        what = f"process: process {one}, jobs: {jobs}, created_by: owner"
        yield f"{name} {one}: {{{what}, time: {time}}}"


QUEUE: Final = (
    "  queues: {work: {retries: 1, sla: 4h}}",
    "  arrivals:",
    "    mail:",
    "      queue: work",
    "      by: scanner",
    "      items:",
    "        profile:",
    '          mon-fri: {"07:00-19:00": 40 per hour}',
    '          sat: {"09:00-12:00": 10 per hour}',
    "      item_duration: {lognormal: {mean: 2m, cv: 0.7}}",
    "      faults: 3%",
    "      business_faults: 1%",
)
QUEUE_TRIGGER: Final = (
    "on work: {{process: process {process}, created_by: owner, "
    "queue: {{name: work, minimum: 1, per_job: 5, at_most: 3, recheck: 30m}}}}"
)
