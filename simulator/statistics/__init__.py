"""Numbers in, numbers out: intervals over replications, quantiles, and queueing theory."""

from simulator.statistics.intervals import (
    Counts,
    Intervals,
    mean_of_replications,
    paired_deviation_difference,
    paired_difference,
    paired_ratio_difference,
    pooled_deviation,
    ratio_of_sums,
)
from simulator.statistics.moments import Moments, grouped_moments
from simulator.statistics.quantiles import grouped_quantiles

__all__ = [
    "Counts",
    "Intervals",
    "Moments",
    "grouped_moments",
    "grouped_quantiles",
    "mean_of_replications",
    "paired_deviation_difference",
    "paired_difference",
    "paired_ratio_difference",
    "pooled_deviation",
    "ratio_of_sums",
]
