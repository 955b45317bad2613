"""What was found at one point of a sweep, and the text it is kept as."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from simulator.experiments.checks import failed_of, failure
from simulator.experiments.study import Study
from simulator.experiments.verdicts import Outcome, Verdict
from simulator.json_text import json_text
from simulator.measurement.cells import or_none
from simulator.measurement.summary import Summary, SummaryRow

Key = tuple[str, str, str]
"""What a figure is found by: its scope, name and measure."""

_DIGEST: Final = "sha256"
"""The key of what a kept point is recognised by, as nobody else wrote or changed it."""


class PointTarget(NamedTuple):
    """A target at one point, and how it fares: its own limit, at most or at least, in its unit.

    `why` tells why it has no value in the long run, where it has none.
    """

    scope: str
    name: str
    measure: str
    at_most: float | None
    at_least: float | None
    outcome: Outcome
    why: str

    @property
    def key(self) -> Key:
        """Return what the figure that it is about is found by."""
        return self.scope, self.name, self.measure

    @property
    def limit(self) -> float:
        """Return the limit, whichever it is."""
        return self.at_most if self.at_most is not None else self.at_least or 0.0


@dataclass(frozen=True)
class SweptPoint:
    """What was found at a point: its number from 1, its values, its figures.

    `run_id` names the run that it is. `failures` tell which self-checks fail, `cautions` why to
    look twice at its figures. `warm_up_s` is what is not measured of it, in seconds.
    """

    number: int
    values: tuple[str, ...]
    run_id: str
    replications: int
    warm_up_s: float
    targets: tuple[PointTarget, ...]
    failures: tuple[str, ...]
    cautions: tuple[str, ...]
    rows: tuple[SummaryRow, ...]

    @property
    def met(self) -> int:
        """Return how many of its targets are met."""
        return sum(one.outcome == "met" for one in self.targets)

    @property
    def meets_all(self) -> bool:
        """Return whether all its targets are met; without any, they are not."""
        return bool(self.targets) and self.met == len(self.targets)

    @cached_property
    def _summary(self) -> Summary:
        return Summary(self.rows)

    def find(self, scope: str, name: str, measure: str) -> SummaryRow | None:
        """Return a figure, None where the point has nothing of it or it was not kept in memory."""
        return self._summary.find(scope, name, measure)

    def only(self, keys: Collection[Key]) -> SweptPoint:
        """Return the point with some of its figures alone."""
        rows = tuple(row for row in self.rows if (row.scope, row.name, row.measure) in keys)
        return replace(self, rows=rows)


def point_of(study: Study, number: int, values: Sequence[str]) -> SweptPoint:
    """Return what a study found at a point."""
    return SweptPoint(
        number=number,
        values=tuple(values),
        run_id=study.run_id,
        replications=study.replications,
        warm_up_s=study.legend.window.from_s,
        targets=tuple(map(_target, study.verdicts)),
        failures=tuple(map(failure, failed_of(study.checks))),
        cautions=study.cautions,
        rows=study.summary.rows,
    )


def _target(verdict: Verdict) -> PointTarget:
    target = verdict.target
    at_most = None if target.at_most is None else target.limit
    at_least = None if target.at_least is None else target.limit
    return PointTarget(*target.scope, target.row, at_most, at_least, verdict.outcome, verdict.why)


def point_text(point: SweptPoint) -> str:
    """Return a point as the JSON that `read_point` reads back, number for number."""
    content = {
        "number": point.number,
        "values": point.values,
        "run_id": point.run_id,
        "replications": point.replications,
        "warm_up_s": point.warm_up_s,
        "targets": [one._asdict() for one in point.targets],
        "failures": point.failures,
        "cautions": point.cautions,
        "rows": [[or_none(value) for value in row] for row in point.rows],
    }
    return json_text({_DIGEST: _digest(content), **content})


def read_point(text: str) -> SweptPoint | None:
    """Return the point that a text holds, None if it is not, to the last digit, what was kept."""
    try:
        content = json.loads(text)
        if content.pop(_DIGEST) != _digest(content):
            return None
        return SweptPoint(
            number=content["number"],
            values=tuple(content["values"]),
            run_id=content["run_id"],
            replications=content["replications"],
            warm_up_s=content["warm_up_s"],
            targets=tuple(PointTarget(**one) for one in content["targets"]),
            failures=tuple(content["failures"]),
            cautions=tuple(content["cautions"]),
            rows=tuple(map(_row, content["rows"])),
        )
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None


def _digest(content: Mapping[str, object]) -> str:
    return hashlib.sha256(json_text(content).encode()).hexdigest()


def _row(cells: list[Any]) -> SummaryRow:
    return SummaryRow._make(math.nan if cell is None else cell for cell in cells)
