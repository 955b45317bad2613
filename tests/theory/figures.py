"""What the validation catalogue expects: every figure, its exact value, how narrow to be told.

`expected.csv` has the figures as their formulas give them; `figures.csv` says which of them is
which row of a summary, and `other-figures.csv` which are to be read from the records.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from simulator.model.measures import over

VALIDATION: Final = Path(__file__).parents[1] / "data" / "validation"
SCENARIOS: Final = VALIDATION / "scenarios"

CASES: Final = (
    *("A01", "A02", "A03", "A04a", "A04b", "A05", "A06", "A07", "A08", "A09", "A10", "A11", "A12"),
    *("A13", "A14", "A15-exp", "A15-fixed", "A15-lognormal", "A16", "A17", "A18"),
    *("A19-scenario1", "A19-scenario2", "A20", "A20-random", "A21", "A22", "A23", "A24", "A25"),
    *("A26", "A27", "A28", "A29", "A30", "A31a", "A31b", "A32-exp", "A32-fixed", "A33", "A34"),
    *("A35-c11", "A35-c12", "A35-c13", "A35-c14", "A35-c15", "A35-c16", "A35-c17"),
    *("A35-size-p95", "A35-size-mean", "A35-size-p90"),
)
"""The scenario files that figures come from."""

WIDEST_SHARE: Final = 0.03
WIDEST_DEVIATION_SHARE: Final = 0.06
WIDEST_PROBABILITY: Final = 0.005
"""The half-widths of the catalogue where no row of it names one: of a value, of a standard
deviation, and absolute of a probability."""


@dataclass(frozen=True)
class Figure:
    """One figure of the catalogue: what it is called there, where it is found, its exact value.

    `measure` is a measure of the summary, in which `scope` and `name` say whose; or the name that
    the catalogue gives to what is read from the records (`from_records`).
    """

    file: str
    scope: str
    name: str
    measure: str
    threshold_s: float | None
    exact: float
    half_width_max: float | None
    source: str
    from_records: bool = False

    @property
    def row(self) -> str:
        return self.measure if self.threshold_s is None else over(self.measure, self.threshold_s)

    @property
    def label(self) -> str:
        return " ".join(part for part in (self.scope, self.name, self.row) if part)

    @property
    def case(self) -> str:
        return Path(self.file).stem


class Expected(NamedTuple):
    """A row of `expected.csv`, in seconds where it is in minutes there."""

    case: str
    scope: str
    metric: str
    value: float


def figures(cases: Sequence[str] = CASES) -> list[Figure]:
    """Return the figures of some cases: those of the summary, then those of the records."""
    wanted = [*map(_of_summary, _rows("figures.csv")), *map(_of_records, _other_rows())]
    return [one for one in wanted if one.case in cases]


def expected() -> list[Expected]:
    """Return every figure the catalogue has a formula for."""
    with (VALIDATION / "expected.csv").open(encoding="utf-8", newline="") as file:
        return [
            Expected(
                row["case_id"],
                row["scope"],
                row["metric"],
                float(row["value"]) * (60 if row["unit"] == "min" else 1),
            )
            for row in csv.DictReader(file)
        ]


def covers(figure: Figure, wanted: Expected) -> bool:
    """Return whether a figure is that row of `expected.csv`: its case, its name, its value."""
    called = wanted.metric if figure.from_records else f"{wanted.scope} {wanted.metric}"
    named = (figure.case.split("-")[0], figure.source.split(";")[0]) == (wanted.case, called)
    return named and math.isclose(figure.exact, wanted.value, rel_tol=1e-8)


def not_covered(among: Iterable[Figure]) -> list[Expected]:
    """Return the rows of `expected.csv` that are none of some figures."""
    of = list(among)
    return [wanted for wanted in expected() if not any(covers(one, wanted) for one in of)]


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (SCENARIOS / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _other_rows() -> Iterator[dict[str, str]]:
    """Yield what is read from the records, and the one figure that no file says where to find.

    The files have the share of A17 that waits among jobs that started, and how narrow it is to be;
    the catalogue's own is of all of them.
    """
    yield from (row for row in _rows("other-figures.csv") if row["file"].startswith("A"))
    (waits,) = [one for one in expected() if one[:3] == ("A17", "all", "p_wait_gt_0")]
    yield {
        "file": "A17.yaml",
        "scope": "tenant",
        "name": "",
        "metric": "p_wait_gt_0",
        "expected": str(waits.value),
        "unit": "ratio",
        "how": "job log",
    }


def _of_summary(row: dict[str, str]) -> Figure:
    return Figure(
        file=row["file"],
        scope=row["scope"],
        name=row["name"],
        measure=row["measure"],
        threshold_s=float(row["threshold_s"]) if row["threshold_s"] else None,
        exact=float(row["expected"]),
        half_width_max=float(row["half_width_max"]) if row["half_width_max"] else None,
        source=row["source"],
    )


def _of_records(row: dict[str, str]) -> Figure:
    exact = float(row["expected"])
    return Figure(
        file=row["file"],
        scope=row["scope"],
        name=row["name"],
        measure=row["metric"],
        threshold_s=None,
        exact=exact,
        half_width_max=_widest(row, exact),
        source=f"{row['metric']}; {row['how']}",
        from_records=True,
    )


def _widest(row: dict[str, str], exact: float) -> float:
    if row["unit"] == "probability":
        return WIDEST_PROBABILITY
    share = WIDEST_DEVIATION_SHARE if row["metric"].startswith("sd_") else WIDEST_SHARE
    return share * exact
