"""Records kept in memory, grants and blame as DataFrames for notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from simulator.audit.grant_uses import GrantUse
from simulator.experiments.blame import Axis, Blame
from simulator.experiments.pending_reasons import PARTS, PendingReasonRow
from simulator.measurement.summary import SummaryRow
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
        raise ValueError("the jobs were forgotten once measured: run it with records")
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
    rows = [(*row.names, *_with_ends(row.jobs, row.share)) for row in blame.by(*Axis)]
    columns = [*(axis.value for axis in Axis), *_titles_with_ends("jobs", "share")]
    return pd.DataFrame(rows, columns=columns)


def pending_reasons_frame(reasons: Sequence[PendingReasonRow]) -> pd.DataFrame:
    """Return a row each folder, empty for the tenant, and vendor's code, with three parts.

    `jobs.submitted` is how many had to wait for it at submission, `pending.jobs` and `resumed.jobs`
    how many waited for it at once, the time average; each with the ends of its interval.
    """
    rows = [
        (row.folder, row.code, *_with_ends(row.jobs, row.pending, row.resumed)) for row in reasons
    ]
    return pd.DataFrame(rows, columns=["folder", "reason", *_titles_with_ends(*PARTS)])


def _with_ends(*parts: SummaryRow) -> Iterator[float]:
    for part in parts:
        yield from (part.mean, part.low, part.high)


def _titles_with_ends(*parts: str) -> Iterator[str]:
    """Yield the titles of what `_with_ends` yields."""
    for part in parts:
        yield from (part, f"{part}_low", f"{part}_high")
