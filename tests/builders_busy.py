"""A scenario file in which jobs come to be in every way there is, most of it by chance."""

from __future__ import annotations

from pathlib import Path

BUSY = """\
version: 1
time: {start: 2026-03-02T00:00, duration: 2d, warm_up: 6h, zone: Europe/Berlin}
run: {replications: 2, seed: 11}
calendars: {freeze: {dates: [2026-03-03]}}
machines:
  shared: {hosts: 2, slots: 2, windows_sessions: 1}
  own: {slots: 1}
accounts:
  bot: {type: robot, count: 3, one_job_at_a_time: true}
  olga: {type: user, groups: [clerks]}
  anna: {type: user, unattended: true, groups: [clerks]}
  billing: {type: application}
folders:
  HR:
    assign:
      bot: [Automation User]
      clerks: [Folder Administrator]
      billing: [Folder Administrator]
    machines: [shared, own]
    processes:
      onboard:
        duration: {lognormal: {mean: 9m, cv: 0.9}}
        start_up: {uniform: [5s, 30s]}
        faults: 5%
        pending_limit: 6
        pending_expiry: {exponential: 40m}
        then: {start: archive, after: {exponential: 3m}, jobs: 2, priority: High}
      archive:
        duration: {exponential: 4m}
        then: {start: audit, after: {uniform: [1m, 9m]}}
      audit:
        duration: {exponential: 2m}
        then: {start: audit, after: {exponential: 3h}}
      post: {duration: {exponential: 1m}, queue: invoices, stop_after: 1h, type: foreground}
    queues:
      invoices: {retries: 2, sla: 1h}
    arrivals:
      mail:
        queue: invoices
        by: bot
        items: {poisson: 9 per hour}
        item_duration: {gamma: {mean: 3m, cv: 1.2}}
        faults: 10%
        business_faults: 5%
      desk:
        queue: invoices
        by: clerks
        items: {profile: {mon-fri: {"08:00-18:00": 5 per hour}}, calendar: freeze}
        jobs: 3
        item_duration: {exponential: 90s}
        deadline: 30m
        priority: High
        defer: 10m
    triggers:
      fill:
        process: post
        queue: {name: invoices, minimum: 2, per_job: 4, at_most: 3, on_job_end: true}
        created_by: olga
      nightly:
        process: onboard
        time: {cron: "0 0 2,14 * * ?", calendar: freeze}
        jobs: 4
        created_by: olga
      hires:
        process: onboard
        event: {interarrival: {weibull: {mean: 50m, shape: 0.7}}}
        created_by: olga
      hook: {process: archive, api: {poisson: 1 per hour, by: billing}, created_by: olga}
    starts:
      walk-ins: {process: audit, by: clerks, stream: {users: 3, think: {exponential: 2h}}}
      replay: {process: onboard, by: anna, stream: {trace: jobs.csv}}
dispatch: {order: random, hosts: random, accounts: random}
"""

TRACE = "submitted_at,duration_s,priority\n" + "".join(
    f"{number * 7000 + 400},{200 + number * 37 % 400},{number * 7 % 100 + 1}\n"
    for number in range(20)
)


def busy_scenario(folder: Path) -> Path:
    """Write the scenario and the trace it replays, and return its path."""
    (folder / "jobs.csv").write_text(TRACE, encoding="utf-8")
    path = folder / "busy.yaml"
    path.write_text(BUSY, encoding="utf-8")
    return path
