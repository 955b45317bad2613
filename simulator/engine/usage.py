"""What host and account choices look at: busy time so far, where a process last ran, luck."""

from __future__ import annotations

from collections.abc import Callable

from simulator.engine.clock import Clock


class BusyTime:
    """How long each of several things has been busy so far, in seconds.

    A span is booked with two additions: minus its start when it begins, plus its end when it ends;
    the spans still open add `now` each.
    """

    def __init__(self, count: int, clock: Clock) -> None:
        self._booked_s = [0.0] * count
        self._open = [0] * count
        self._clock = clock

    def began(self, thing: int) -> None:
        """Book the start of a span, now."""
        self._booked_s[thing] -= self._clock.now
        self._open[thing] += 1

    def ended(self, thing: int) -> None:
        """Book the end of a span, now."""
        self._booked_s[thing] += self._clock.now
        self._open[thing] -= 1

    def so_far_s(self, thing: int) -> float:
        """Return the busy time up to now, open spans included."""
        return float(self._booked_s[thing] + self._open[thing] * self._clock.now)


class Usage:
    """The view of `policies.placement.Usage`, kept by whoever starts and ends jobs."""

    def __init__(self, hosts: int, accounts: int, clock: Clock, draw: Callable[[], float]) -> None:
        self.hosts = BusyTime(hosts, clock)
        self.accounts = BusyTime(accounts, clock)
        self.last_hosts: dict[int, int] = {}
        self.draw = draw

    def host_busy_s(self, host: int) -> float:
        """Return how long a host's slots were busy so far, added up."""
        return self.hosts.so_far_s(host)

    def account_busy_s(self, account: int) -> float:
        """Return how long jobs ran under an account so far, added up."""
        return self.accounts.so_far_s(account)

    def last_host(self, process: int) -> int:
        """Return where a process last ran, -1 for nowhere."""
        return self.last_hosts.get(process, -1)
