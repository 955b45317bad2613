"""Every choice the vendor's documents leave open, by name, with its default."""

from __future__ import annotations

from typing import Literal

from simulator.model.quantities import Duration, Flag, Part

Order = Literal["priority", "oldest", "round_robin", "random"]
Choice = Literal["first", "least_used", "random", "sticky"]


class Dispatch(Part):
    """Who is next, and where.

    order: `priority` (then the oldest, tenant-wide), `oldest`, `round_robin` (the folder served
    longest ago), `random`. match: once an `instant`, after all its submissions, or after each
    `submission`. hosts, accounts: `first` in the order of the file, `least_used` so far, `random`;
    `sticky` is where the process last ran, else first. blocked: a job that cannot start is
    skipped, or blocks the younger ones of its folder. latency: from a match to Running.
    """

    order: Order = "priority"
    match: Literal["instant", "submission"] = "instant"
    hosts: Choice = "first"
    accounts: Literal["first", "least_used", "random"] = "first"
    blocked: Literal["skip", "block"] = "skip"
    latency: Duration = 0.0


class Assumptions(Part):
    """What the vendor does not say, made explicit.

    automation_user_starts_jobs: Jobs View and Create are in Automation User, its copies and Robot.
    busy_session: a foreground job that finds its session busy waits (since 18.2) or faults.
    background_needs_account: whether background work occupies its account on the host.
    daylight_saving: which Quartz rule a cron follows at a clock change.
    folder_model: whether a tenant-level mixed role opens folders (classic) or not (modern).
    """

    automation_user_starts_jobs: Flag = True
    busy_session: Literal["wait", "fault"] = "wait"
    background_needs_account: Flag = False
    daylight_saving: Literal["quartz_net", "quartz_java"] = "quartz_net"
    folder_model: Literal["modern", "classic"] = "modern"
