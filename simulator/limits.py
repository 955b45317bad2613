"""Limits and signs that the command line and the scenario language share; quick to import."""

from __future__ import annotations

from typing import Final

STANDARD_INPUT: Final = "-"
"""What stands for standard input where a file is named."""

LARGEST_SEED: Final = 2**63 - 1
MOST_REPLICATIONS: Final = 100_000
