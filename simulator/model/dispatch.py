"""Every choice the vendor's documents leave open, by name, with its default."""

from __future__ import annotations

from typing import Literal

from simulator.model.quantities import Duration, Flag, Part

Order = Literal["priority", "oldest", "round_robin", "random"]
Choice = Literal["first", "least_used", "random", "sticky"]


class Dispatch(Part):
    """Who is next, and where."""

    order: Order = "priority"
    """Who is next over the whole tenant: by `priority`, then the older job; or the `oldest`; or one
    of the folder served longest ago (`round_robin`); or any, at `random`.
    """

    match: Literal["instant", "submission"] = "instant"
    """Whether jobs are matched once, after all submissions of an instant, or after each
    `submission`.
    """

    hosts: Choice = "first"
    """Which of several fitting hosts: the `first` in the order of the folder's machines, then of
    their hosts; the `least_used` so far; any, at `random`; or where this process last ran, else the
    first (`sticky`).
    """

    accounts: Literal["first", "least_used", "random"] = "first"
    """Which of several fitting accounts: the `first` in the order of the file, the `least_used` so
    far, or any, at `random`.
    """

    blocked: Literal["skip", "block"] = "skip"
    """A job that cannot start now is passed over (`skip`), or holds up the younger ones of its
    folder (`block`).
    """

    latency: Duration = 0.0
    """The time from a match to Running; the job is still Pending, its slot already taken."""


class Assumptions(Part):
    """What the vendor does not say, made explicit."""

    automation_user_starts_jobs: Flag = True
    """Whether Automation User, its copies and Robot have View and Create on Jobs, which the
    vendor's published tables do not show.
    """

    busy_session: Literal["wait", "fault"] = "wait"
    """A foreground job that finds a slot but no free Windows session waits, as since release 18.2,
    or ends Faulted, as before (`fault`).
    """

    background_needs_account: Flag = False
    """Whether background work occupies an account on its host; otherwise it needs one that may run
    it, which stays free for others.
    """

    resumed_place: Literal["original", "resume_time"] = "original"
    """Where a Resumed job stands among those that wait: by the time of its submission
    (`original`), or of its return (`resume_time`).
    """

    daylight_saving: Literal["quartz_net", "quartz_java"] = "quartz_net"
    """Which Quartz's rule a cron follows when the clocks change."""

    folder_model: Literal["modern", "classic"] = "modern"
    """Whether a mixed role held at the tenant opens folders (`classic`) or not (`modern`)."""

    def takes_account(self, *, foreground: bool) -> bool:
        """Return whether a job keeps the account it runs under to itself on its host."""
        return foreground or self.background_needs_account
