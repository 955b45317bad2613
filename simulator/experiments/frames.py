"""Records kept in memory, grants and blame as DataFrames for notebooks."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from simulator.audit.grant_uses import GrantUse
from simulator.experiments.blame import Axis, Blame
from simulator.records.columns import Legend, Records
from simulator.records.tables import TABLES, arrow_table, to_frame


def record_table(legend: Legend, records: Sequence[Records], name: str) -> pd.DataFrame:
    """Return one table of all replications, names as categories.

    Raises:
        ValueError: there are no records, or no table of that name.
    """
    if name not in TABLES:
        raise ValueError(f"no table is called {name!r}; there is {', '.join(TABLES)}")
    if not records:
        raise ValueError("the records were not kept: run with in_memory=True")
    tables = [to_frame(arrow_table(name, legend, one)) for one in records]
    return pd.concat(tables, ignore_index=True)


def grants_frame(grants: Sequence[GrantUse]) -> pd.DataFrame:
    """Return a row a grant; what it permits and what it was used for are joined by commas."""
    rows = [
        {
            **grant._asdict(),
            "permits": ", ".join(grant.permits),
            "used_for": ", ".join(grant.used_for),
        }
        for grant in grants
    ]
    return pd.DataFrame(rows, columns=[*GrantUse._fields, "used_for"])


def blame_frame(blame: Blame) -> pd.DataFrame:
    """Return a row each folder that waited, process, cause, folder that held, and machine.

    `jobs` is how many were Pending for it at once, `share` of all time Pending; each with the ends
    of its interval.
    """
    rows = [
        (*row.names, *(end for part in row[1:] for end in (part.mean, part.low, part.high)))
        for row in blame.by(*Axis)
    ]
    parts = [f"{part}{end}" for part in ("jobs", "share") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=[*(axis.value for axis in Axis), *parts])
