"""The reference part of the page of performance: what `make bench` found, and with what."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from benchmarks.results import MADE, Results
from benchmarks.rows import groups
from benchmarks.scaling import scaling
from benchmarks.sizes import FULL
from benchmarks.table import number

Row: TypeAlias = Mapping[str, Any]

HEAD: Final = """
Made from `docs/performance-results.json`, which `make bench WITH=--write` writes, by
`python docs/generate.py`.
"""

MISSING: Final = "> **There are no results.** `make bench WITH=--write` makes them."
MISSING_GROWTH: Final = (
    "> **There are no results.** `make bench WITH='--scaling --write'` makes them."
)
QUICK: Final = (
    "> **Preliminary:** some rows are of a tenth of the work (`--quick`), at which no target is\n"
    "> meant to be judged."
)


def performance_reference(results: Results) -> str:
    """Return all results; those that are missing are told as such."""
    names = [one.name for one in groups(FULL) if one.name in results]
    rows = [row for name in names for row in results[name]]
    parts = (
        "### The table",
        *(
            [QUICK]
            if any(made["sizes"] == "quick" for made in results.get(MADE, {}).values())
            else []
        ),
        _verdicts(rows) or MISSING,
        "### What each took",
        _costs(rows) or MISSING,
        "### How cost grows",
        *_growth(results),
        "### Made with",
        _made(results) or MISSING,
    )
    return HEAD + "".join(f"\n{part}\n" for part in parts)


def _verdicts(rows: Iterable[Row]) -> str:
    """Return what each row is judged by."""
    head = ("What", "Against", "Median", "Rounds", "", "Target", "Met")
    return _table(head, map(_verdict, rows))


def _verdict(row: Row) -> tuple[str, ...]:
    met = {None: "", True: "yes", False: "**no**"}[row["met"]]
    return (
        row["title"],
        row["against"],
        number(row["median"]),
        f"{number(row['low'])} to {number(row['high'])}",
        row["figure"],
        row["target"] or "",
        met if row["same_work"] else "**waits differ**",
    )


def _costs(rows: Sequence[Row]) -> str:
    """Return what ours and the rival took, once for each pair of them."""
    head = ("What", "Against", "Seconds", "Work a second", "Peak, MB", "Mean wait, s")
    return _table(head, map(_cost, rows))


def _cost(row: Row) -> tuple[str, ...]:
    names = ("seconds", "per_second", "peak_mb", "mean_wait_s")
    return (row["title"], row["against"], *(_both(row, name) for name in names))


def _both(row: Row, name: str) -> str:
    """Return a figure of ours, and the rival's after a stroke."""
    sides = (side for side in (row["ours"], row["rival"]) if side is not None)
    return " / ".join(number(side[name]) for side in sides if side[name] is not None)


def _growth(results: Results) -> list[str]:
    """Return a table for each thing that grows."""
    names = [one.name for one in scaling(FULL) if one.name in results]
    if not names:
        return [MISSING_GROWTH]
    return [_grown(results[name]) for name in names]


def _grown(rows: Sequence[Row]) -> str:
    smallest = rows[0]["title"]
    head = ("Of", "Jobs", "Jobs a second", f"Of {smallest}", "Peak, MB", "Mean wait, s", "Pending")
    return _table(head, map(_grew, rows))


def _grew(row: Row) -> tuple[str, ...]:
    ours = row["ours"]
    return (
        row["title"],
        f"{ours['work']:,.0f}",
        f"{ours['per_second']:,.0f}",
        number(row["median"]),
        number(ours["peak_mb"]),
        number(ours["mean_wait_s"]),
        f"{ours['most_pending']:,}",
    )


def _made(results: Results) -> str:
    """Return with what each group of rows was made; groups made alike stand together."""
    alike: dict[str, list[str]] = {}
    for name, made in results.get(MADE, {}).items():
        told = ", ".join(f"{what} {value}" for what, value in made.items())
        alike.setdefault(told, []).append(name)
    return "\n".join(f"- {told}: {', '.join(names)}" for told, names in alike.items())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table, or nothing where it has no rows."""
    lines = [*map(_line, rows)]
    return "\n".join((_line(head), _line(["---"] * len(head)), *lines)) if lines else ""


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
