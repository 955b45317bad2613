"""What a sweep found: its points with the figures that people look at, and all in a table."""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.errors import Issue
from simulator.experiments.sweeping.points import Key, SweptPoint
from simulator.experiments.sweeping.tidy_rows import csv_lines
from simulator.experiments.varying.designs import Design
from simulator.loading import Loaded
from simulator.measurement.summary import SummaryRow

if TYPE_CHECKING:
    import pandas as pd

TENANT: Final = ("tenant", "")
WAITS: Final = ("pending.mean", "pending.p95")
USE: Final = "slots.utilisation"
_NUMBERS: Final = re.compile(r"(?<!\S)[\d.,]+")
"""What figures of one point are in a sentence that tells the same of another."""

MOST_NAMES: Final = 6
"""Folders without a target, and machines, that are looked at."""


class Looked(NamedTuple):
    """Whom the figures are of that people look at, as scope and name.

    `places` are the folders that targets name, else the tenant; `folders` are where jobs of the
    first point wait longest, `machines` the busiest of it.
    """

    places: tuple[tuple[str, str], ...]
    folders: tuple[str, ...]
    machines: tuple[str, ...]

    def keys(self) -> frozenset[Key]:
        """Return what the figures are found by."""
        folders = (("folder", name) for name in self.folders)
        waits = [(*at, wait) for at in (TENANT, *self.places, *folders) for wait in WAITS]
        use = [(*TENANT, USE), *(("machine", name, USE) for name in self.machines)]
        return frozenset((*waits, *use))


def looked_at(first: SweptPoint) -> Looked:
    """Return whom a sweep looks at, by all that was found at its first point."""
    named = dict.fromkeys(
        (one.scope, one.name) for one in first.targets if one.scope in {"folder", "folder+"}
    )
    return Looked(
        tuple(named) or (TENANT,),
        _largest(first, "folder", "pending.p95"),
        _largest(first, "machine", USE),
    )


def _largest(point: SweptPoint, scope: str, measure: str) -> tuple[str, ...]:
    rows = [row for row in point.rows if (row.scope, row.measure) == (scope, measure)]
    rows.sort(key=lambda row: math.inf if math.isnan(row.mean) else -row.mean)
    return tuple(row.name for row in rows[:MOST_NAMES])


@dataclass(frozen=True)
class Sweep:
    """Points of a scenario, all run on the same random numbers.

    `written` is the scenario without the values of any point, `warnings` what looks doubtful in it
    at any of them. `points` have the figures of
    `looked`, and those that targets are about; `frame` has them all. It is kept in `folder`, where
    it is kept; else `found` has the points with all figures.
    """

    name: str
    written: Loaded
    warnings: tuple[Issue, ...]
    design: Design
    points: tuple[SweptPoint, ...]
    looked: Looked
    folder: Path | None = None
    found: tuple[SweptPoint, ...] = ()

    @property
    def seed(self) -> int:
        """Return the seed of the scenario as it is written."""
        return self.written.scenario.run.seed

    @property
    def confidence(self) -> float:
        """Return the confidence of the intervals."""
        return self.written.scenario.run.confidence

    @property
    def has_targets(self) -> bool:
        """Return whether there is anything to meet at any point."""
        return any(point.targets for point in self.points)

    def meeting_all(self) -> tuple[SweptPoint, ...]:
        """Return the points at which all targets are met; none without targets."""
        return tuple(one for one in self.points if one.meets_all)

    def best(self) -> tuple[SweptPoint, ...]:
        """Return the points that meet most targets; without any, those with the least P95."""
        if self.has_targets:
            most = max(point.met for point in self.points)
            return tuple(one for one in self.points if one.met == most) if most else ()
        waits = {one.number: _mean(one.find(*TENANT, "pending.p95")) for one in self.points}
        least = min((wait for wait in waits.values() if not math.isnan(wait)), default=math.nan)
        return tuple(one for one in self.points if waits[one.number] == least)

    def cautions(self) -> tuple[str, ...]:
        """Return the reasons to look twice, each once, and of how many points it is.

        Those that differ in their numbers alone are one, told with the first point's numbers.
        """
        alike: dict[str, dict[int, str]] = {}
        for point in self.points:
            for caution in point.cautions:
                alike.setdefault(_NUMBERS.sub("", caution), {})[point.number] = caution
        return tuple(map(self._told_of, alike.values()))

    def _told_of(self, found: dict[int, str]) -> str:
        (first, caution), *others = found.items()
        differ = any(other != caution for _, other in others)
        if not differ and len(found) == len(self.points):
            return caution
        more = f" and {len(others):,} more" if others else ""
        alike = ", with figures of their own" if differ else ""
        return f"point {first:,}{more}{alike}: {caution}"

    def failures(self) -> tuple[str, ...]:
        """Return the self-checks that fail, with the point of each."""
        return tuple(f"point {one.number}: {text}" for one in self.points for text in one.failures)

    def frame(self) -> pd.DataFrame:
        """Return every figure of every point, the columns as in `sweep.csv`."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        whole = None if self.folder is None else self.folder / "sweep.csv"
        source = whole or io.StringIO("".join(csv_lines(self.design, self.found)))
        numbers = {column: [""] for column in SummaryRow._fields[4:]}
        return pd.read_csv(source, keep_default_na=False, na_values=numbers)


def _mean(row: SummaryRow | None) -> float:
    return math.nan if row is None else row.mean
