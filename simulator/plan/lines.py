"""Lines: where jobs with the same needs stand, and where they may run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from simulator.records.codes import PendingReason


@dataclass(frozen=True, slots=True)
class Place:
    """The pools of one machine that a line may use, and the accounts that may run there.

    Both in the order of the search. There is no pool where the machine has no host.
    """

    machine: int
    pools: tuple[int, ...]
    accounts: tuple[int, ...]

    def __hash__(self) -> int:
        """Take the first pool for all of them, which may be 100,000, and so the first account."""
        return hash((self.machine, self.pools[:1], self.accounts[:1]))


@dataclass(frozen=True, slots=True)
class Line:
    """Jobs with the same needs: any of them can start wherever any other could.

    Lines are numbered by falling priority. `takes_session`: a job needs a Windows session on its
    host. `takes_account`: it keeps its account to itself on that host while it runs. `nowhere` is
    what its jobs wait for if there is no pool at all that they may use.
    """

    folder: int
    priority: int
    takes_session: bool
    takes_account: bool
    places: tuple[Place, ...]
    nowhere: PendingReason = PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE

    def pools(self) -> Iterator[int]:
        """Yield every pool the line may use, in the order of the search."""
        return (pool for place in self.places for pool in place.pools)

    def accounts(self) -> Iterator[int]:
        """Yield every account that may run its jobs somewhere, once; many places may share them."""
        different = {id(place.accounts): place.accounts for place in self.places}
        return iter(dict.fromkeys(chain.from_iterable(different.values())))
