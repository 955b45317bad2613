"""What commands that run scenarios have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.cli.streams import aside

if TYPE_CHECKING:
    from simulator.loading import Loaded


def tell_warnings(loaded: Loaded, *, quiet: bool) -> None:
    """Tell on standard error what looks doubtful in a scenario, unless `quiet`."""
    from simulator.loading import render  # noqa: PLC0415 - slow to import

    if not quiet:
        for warning in loaded.warnings:
            aside(render(warning))


def worker_count(asked: int | None, replications: int) -> int:
    """Return how many workers to use: those asked for, by default one a processor; none idle."""
    from simulator.experiments.executors import processor_count  # noqa: PLC0415 - slow to import

    return min(asked or processor_count(), replications)
