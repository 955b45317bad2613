"""Where a job runs: in which order hosts are tried, and which free account it takes.

Choices are pure functions over what is free; the dispatcher asks, and keeps the books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias


class Usage(Protocol):
    """What a choice may look at.

    `host_busy_s` and `account_busy_s` tell how long one was busy so far; `last_host` where a
    process last ran, -1 for nowhere; `draw` gives uniform numbers from 0 to 1.
    """

    def host_busy_s(self, host: int) -> float: ...  # noqa: D102 - the class docstring tells
    def account_busy_s(self, account: int) -> float: ...  # noqa: D102 - the same
    def last_host(self, process: int) -> int: ...  # noqa: D102 - the same
    def draw(self) -> float: ...  # noqa: D102 - the same


Candidate: TypeAlias = tuple[int, int]
"""A pool with a free slot, and its host."""

HostChoice: TypeAlias = Callable[[Sequence[Candidate], int, Usage], Iterable[Candidate]]
"""(free pools in the folder's order, process, usage) -> the same in the order of the search."""

AccountChoice: TypeAlias = Callable[[Sequence[int], Usage], int]
"""(accounts that may run the job, in the folder's order, not empty; usage) -> the one taken."""


def first_host(free: Sequence[Candidate], process: int, usage: Usage) -> Iterable[Candidate]:  # noqa: ARG001 - all host choices are called alike
    """Keep the order of the file."""
    return free


def least_used_host(free: Sequence[Candidate], process: int, usage: Usage) -> Iterable[Candidate]:  # noqa: ARG001 - the same
    """Try the host with the least busy time so far first; ties in the order of the file."""
    return sorted(free, key=lambda candidate: usage.host_busy_s(candidate[1]))


def random_host(free: Sequence[Candidate], process: int, usage: Usage) -> Iterable[Candidate]:  # noqa: ARG001 - the same
    """Try the hosts in random order, each order equally likely (Fisher-Yates)."""
    shuffled = list(free)
    for last in range(len(shuffled) - 1, 0, -1):
        other = int(usage.draw() * (last + 1))
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def sticky_host(free: Sequence[Candidate], process: int, usage: Usage) -> Iterable[Candidate]:
    """Try the host where the process last ran, then the others in the order of the file."""
    last = usage.last_host(process)
    return sorted(free, key=lambda candidate: candidate[1] != last)


def first_account(accounts: Sequence[int], usage: Usage) -> int:  # noqa: ARG001 - all account choices are called alike
    """Take the first in the order of the file."""
    return accounts[0]


def least_used_account(accounts: Sequence[int], usage: Usage) -> int:
    """Take the account with the least busy time so far; ties in the order of the file."""
    return min(accounts, key=usage.account_busy_s)


def random_account(accounts: Sequence[int], usage: Usage) -> int:
    """Take any of them, equally likely."""
    return accounts[int(usage.draw() * len(accounts))]


HOST_CHOICES: Final[Mapping[str, HostChoice]] = MappingProxyType(
    {
        "first": first_host,
        "least_used": least_used_host,
        "random": random_host,
        "sticky": sticky_host,
    }
)
"""Host choices by their names in a scenario."""

ACCOUNT_CHOICES: Final[Mapping[str, AccountChoice]] = MappingProxyType(
    {"first": first_account, "least_used": least_used_account, "random": random_account}
)
"""Account choices by their names in a scenario."""
