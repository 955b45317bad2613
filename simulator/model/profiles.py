"""Weekly profiles: a rate for each span of hours of each day, as a file writes them."""

from __future__ import annotations

from typing import TypeAlias

from simulator.model.quantities import Rate

WeeklyRates: TypeAlias = dict[str, dict[str, Rate]]
"""Days (`mon`, `mon-fri`, `mon,wed`, `daily`) to hours (`09:00-17:00`) to rates."""
