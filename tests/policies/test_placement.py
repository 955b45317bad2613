"""Where a job runs, by each choice, on hand-made hosts and accounts."""

from __future__ import annotations

import pytest

from simulator.policies.placement import ACCOUNT_CHOICES, HOST_CHOICES


class Usage:
    """Host 1 and account 8 were used least; process 0 last ran on host 2."""

    def __init__(self, luck: tuple[float, ...] = (0.0,)) -> None:
        self._luck = iter(luck)

    def host_busy_s(self, host: int) -> float:
        return {0: 30.0, 1: 10.0, 2: 20.0}[host]

    def account_busy_s(self, account: int) -> float:
        return {7: 5.0, 8: 1.0}[account]

    def last_host(self, process: int) -> int:
        return 2 if process == 0 else -1

    def draw(self) -> float:
        return next(self._luck)


FREE = [(10, 0), (11, 1), (12, 2)]


@pytest.mark.parametrize(
    ("choice", "process", "expected"),
    [
        ("first", 0, [10, 11, 12]),
        ("least_used", 0, [11, 12, 10]),
        ("sticky", 0, [12, 10, 11]),
        ("sticky", 1, [10, 11, 12]),  # it never ran: the order of the file
    ],
)
def test_hosts_are_tried_in_the_order_the_choice_promises(
    choice: str, process: int, expected: list[int]
) -> None:
    tried = HOST_CHOICES[choice](FREE, process, Usage())
    assert [pool for pool, _ in tried] == expected


def test_random_hosts_follow_the_draws() -> None:
    """Fisher-Yates from the back: 0.5 of three swaps 12 with 11, 0.0 of two swaps 12 with 10."""
    tried = HOST_CHOICES["random"](FREE, 0, Usage((0.5, 0.0)))
    assert [pool for pool, _ in tried] == [12, 10, 11]


@pytest.mark.parametrize(("choice", "expected"), [("first", 7), ("least_used", 8), ("random", 8)])
def test_an_account_is_chosen_as_the_name_promises(choice: str, expected: int) -> None:
    assert ACCOUNT_CHOICES[choice]([7, 8], Usage((0.9,))) == expected
