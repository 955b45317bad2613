"""Who is next, by each order, on hand-made lines."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from simulator.policies.ordering import ORDERS, lines_of


@dataclass
class Lines:
    """Three lines numbered by falling priority: High, Medium, Medium."""

    queues: list[list[int]] = field(default_factory=lambda: [[7], [3, 4], [2]])
    priorities: list[int] = field(default_factory=lambda: [65, 45, 45])
    folders: list[int] = field(default_factory=lambda: [0, 0, 1])
    served: list[int] = field(default_factory=lambda: [5, 6])
    luck: float = 0.0

    def draw(self) -> float:
        return self.luck

    def length(self, line: int) -> int:
        return len(self.queues[line])


@pytest.mark.parametrize(
    ("order", "candidates", "expected"),
    [
        ("priority", 0b111, 0),  # the only High one, although it is the youngest
        ("priority", 0b110, 2),  # among equals the older head, job 2 before job 3
        ("priority", 0b010, 1),
        ("oldest", 0b111, 2),  # job 2 is the oldest of all
        ("oldest", 0b011, 1),
        ("round_robin", 0b111, 0),  # folder 0 was served longest ago; High inside it
        ("round_robin", 0b110, 1),
        ("round_robin", 0b100, 2),
    ],
)
def test_an_order_picks_the_line_its_name_promises(
    order: str, candidates: int, expected: int
) -> None:
    assert ORDERS[order](candidates, Lines()) == expected


@pytest.mark.parametrize(
    ("luck", "expected"),
    [(0.0, 0), (0.24, 0), (0.26, 1), (0.74, 1), (0.76, 2), (0.999, 2)],
)
def test_at_random_every_pending_job_is_equally_likely(luck: float, expected: int) -> None:
    """Four jobs wait: one in line 0, two in line 1, one in line 2; so quarters of the draw."""
    assert ORDERS["random"](0b111, Lines(luck=luck)) == expected


def test_lines_of_a_mask_rise() -> None:
    assert lines_of(0b1010010) == [1, 4, 6]
