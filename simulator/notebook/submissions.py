"""A study's submissions as analysts count them: of the window, by the clock; those refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from simulator.audit.refusals import RefusalRow
from simulator.schedules.zones import resolve_zone

if TYPE_CHECKING:
    from simulator.experiments.study import Study


def measured_jobs(study: Study) -> pd.DataFrame:
    """Return the rows of jobs that were submitted inside the window, refused ones too.

    Raises:
        ValueError: the records were not kept in memory.
    """
    jobs, window = study.jobs(), study.legend.window
    inside = jobs["submitted_s"].between(window.from_s, window.to_s, inclusive="left")
    return jobs[inside]


def refusals_frame(study: Study) -> pd.DataFrame:
    """Return what was refused inside the window, one row a source and caller."""
    return pd.DataFrame(list(study.refusals), columns=list(RefusalRow._fields))


def local_times(study: Study, seconds: pd.Series) -> pd.Series:
    """Return seconds since origin as times of the tenant's zone, NaT for NaN; the index stays."""
    window = study.legend.window
    utc = pd.to_datetime(seconds + window.origin_epoch_s, unit="s", utc=True)
    return utc.dt.tz_convert(resolve_zone(window.zone))
