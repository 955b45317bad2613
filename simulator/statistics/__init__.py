"""Numbers in, numbers out: intervals over replications, quantiles, and queueing theory."""

from simulator.statistics.comparisons import holm, p_values
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
from simulator.statistics.warm_up import Cut, mser5, welch

__all__ = [
    "Counts",
    "Cut",
    "Intervals",
    "Moments",
    "grouped_moments",
    "grouped_quantiles",
    "holm",
    "mean_of_replications",
    "mser5",
    "p_values",
    "paired_deviation_difference",
    "paired_difference",
    "paired_ratio_difference",
    "pooled_deviation",
    "ratio_of_sums",
    "welch",
]
