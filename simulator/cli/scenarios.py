"""What commands that run scenarios have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simulator.cli.streams import aside
from simulator.errors import Issue
from simulator.escaping import escaped

if TYPE_CHECKING:
    from simulator.loading import Loaded


def tell_warnings(scenarios: Sequence[Loaded], *, quiet: bool) -> None:
    """Tell on standard error what looks doubtful in scenarios, each thing once, unless `quiet`."""
    from simulator.loading import render  # noqa: PLC0415 - slow to import

    if quiet:
        return
    told: dict[Issue, Issue] = {}
    for loaded in scenarios:
        for warning in loaded.warnings:
            told.setdefault(replace(warning, variant=""), warning)
    for warning in told.values():
        aside(render(warning))


def tell_cautions(cautions: Sequence[str], *, quiet: bool) -> None:
    """Tell on standard error what makes a study's figures doubtful, unless `quiet`."""
    if not quiet:
        for caution in cautions:
            aside(escaped(f"warning: {caution}"))


def worker_count(asked: int | None, replications: int) -> int:
    """Return how many workers to use: those asked for, by default one a processor; none idle."""
    from simulator.experiments.executors import processor_count  # noqa: PLC0415 - slow to import

    return min(asked or processor_count(), replications)
