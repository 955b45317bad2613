"""A refusal in words: as short as a cell, and as long as a sentence."""

from __future__ import annotations

from simulator.access.refusals import Refusal

REFUSAL = Refusal(409, "InvalidStartJobRobotIds", "hr-bot with an unattended robot in HR")


def test_a_refusal_in_words() -> None:
    assert REFUSAL.code_text == "409/InvalidStartJobRobotIds"
    assert REFUSAL.in_words == f"{REFUSAL.code_text}: hr-bot with an unattended robot in HR"
