"""What the dispatcher would otherwise work out for every job: facts of lines, once a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from simulator.plan.plan import Plan

MANY: Final = -2
"""Stands for the first account of a line that has another one on another machine."""


class PlainLine(NamedTuple):
    """A line whose jobs take the first free pool and the first account, whatever else is going on.

    `pools` are those it may use, as bits; `rises` tells whether they come in the order of their
    numbers; `account` comes first on all of its machines, or is `MANY`.
    """

    pools: int
    rises: bool
    account: int


def plain_lines(plan: Plan) -> list[PlainLine | None]:
    """Return of each line of a plan what is to be known of a plain one, None of any other."""
    rules, masks = plan.dispatch, plan.masks
    if not (rules.hosts == rules.accounts == "first" and rules.blocked != "block"):
        return [None] * len(plan.lines)
    return [
        None
        if line.takes_account
        else PlainLine(pools, len(segments) == 1, _first_account(allowed))
        for line, pools, segments, allowed in zip(
            plan.lines, masks.pools, masks.segments, masks.allowed, strict=True
        )
    ]


def alike(pools: Sequence[int]) -> list[int]:
    """Return for each line all that may use the same pools, itself included, as bits."""
    lines: dict[int, int] = defaultdict(int)
    for line, its_pools in enumerate(pools):
        lines[its_pools] |= 1 << line
    return [lines[its_pools] for its_pools in pools]


def _first_account(allowed: Mapping[int, Sequence[int]]) -> int:
    first = {accounts[0] for accounts in allowed.values() if accounts}
    return first.pop() if len(first) == 1 else MANY
