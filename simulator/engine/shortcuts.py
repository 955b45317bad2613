"""What the dispatcher would otherwise work out for every job: facts of lines, once a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from simulator.plan.plan import Plan

MANY: Final = -2
"""Stands for the first account of a line that has another one on another machine."""


class Shortcuts(NamedTuple):
    """Facts of lines, a value each.

    `alike` are all that may use the same pools, itself included, as bits; `first_accounts` the
    account that comes first on all of its machines, or `MANY`; `rises` whether its pools come in
    the order of their numbers; `plain` whether the first free pool will do for its jobs, and the
    first account: nothing else is to be looked at.
    """

    alike: list[int]
    first_accounts: list[int]
    rises: list[bool]
    plain: list[bool]


def shortcuts_of(plan: Plan) -> Shortcuts:
    """Return the facts of a plan's lines."""
    rules, masks = plan.dispatch, plan.masks
    takes_first = rules.hosts == rules.accounts == "first" and rules.blocked != "block"
    return Shortcuts(
        alike=_alike(masks.pools),
        first_accounts=[_first_account(allowed) for allowed in masks.allowed],
        rises=[len(segments) == 1 for segments in masks.segments],
        plain=[takes_first and not line.takes_account for line in plan.lines],
    )


def _alike(pools: Sequence[int]) -> list[int]:
    alike: dict[int, int] = defaultdict(int)
    for line, its_pools in enumerate(pools):
        alike[its_pools] |= 1 << line
    return [alike[its_pools] for its_pools in pools]


def _first_account(allowed: Mapping[int, Sequence[int]]) -> int:
    first = {accounts[0] for accounts in allowed.values() if accounts}
    return first.pop() if len(first) == 1 else MANY
