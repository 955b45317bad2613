"""What advice says: each alternative beside things as they are, folder by folder, ranked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from simulator.experiments.advising.alternatives import Alternative, NotTried
from simulator.experiments.checks import StudyCheck
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.study import Study

if TYPE_CHECKING:
    import pandas as pd


class FolderChange(NamedTuple):
    """What an alternative does to the jobs of one folder: seconds Pending, before and after.

    `jobs` are those a replication that start, as things are. `why` tells why the alternative has no
    value in the long run, empty where it has one; then the differences are NaN.
    """

    folder: str
    jobs: float
    before_s: float
    after_s: float
    p95: Difference
    mean: Difference
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What options are ranked by, the first part first: the smaller the better.

    `not_met` are targets missed or undecided, of machines and hosts apart; `endless` folders whose
    waits grow without end; `change` is the mean change of P95 Pending, in seconds, folders counting
    by their jobs.
    """

    not_met: int
    endless: int
    change: Difference

    @property
    def key(self) -> tuple[int, int, float]:
        """Return what it is sorted by."""
        return self.not_met, self.endless, self.change.mean

    def is_better_than(self, other: Standing) -> bool:
        """Return whether it surely stands before another with no change of its own."""
        mine, others = (self.not_met, self.endless), (other.not_met, other.endless)
        high = self.change.high
        surely_less = self.change.mean < 0 if high != high else high < 0  # noqa: PLR0124 - NaN
        return mine < others or (mine == others and surely_less)


@dataclass(frozen=True, slots=True)
class Option:
    """An alternative, and what it does.

    It `is_better` than things as they are if it surely stands before them, and some folder clearly
    gains.
    """

    alternative: Alternative
    folders: tuple[FolderChange, ...]
    standing: Standing
    is_better: bool


@dataclass(frozen=True)
class Advice:
    """Alternatives to a scenario as it is, the best first, all on common random numbers.

    `today` is the study of the scenario as it is, `standing` what the options are held against.
    `not_tried` could not be, or could not be run; `left_out` is how many more could have been.
    `checks` tell of each alternative, by its words, whether its figures can be right.
    """

    name: str
    today: Study
    standing: Standing
    options: tuple[Option, ...]
    not_tried: tuple[NotTried, ...]
    left_out: int
    window_s: float
    checks: Mapping[str, tuple[StudyCheck, ...]]
    cautions: tuple[str, ...]

    @property
    def best(self) -> Option | None:
        """Return the option that is better than things as they are, None where none is."""
        return next((option for option in self.options if option.is_better), None)

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield a record for each option and folder; NaN where there is no number."""
        for rank, option in enumerate(self.options, start=1):
            for one in option.folders:
                yield {
                    "rank": rank,
                    "kind": option.alternative.kind,
                    "alternative": option.alternative.words,
                    "folder": one.folder,
                    "jobs": one.jobs,
                    "p95_before_s": one.before_s,
                    "p95_after_s": one.after_s,
                    **_prefixed("p95_change", one.p95),
                    **_prefixed("mean_change", one.mean),
                    "is_better": option.is_better,
                }

    def frame(self) -> pd.DataFrame:
        """Return a row for each option and folder, the best option first, as in `advice.csv`."""
        import pandas as pd  # noqa: PLC0415 - slow to import, and only notebooks need it

        return pd.DataFrame(list(self.records()))


def _prefixed(name: str, change: Difference) -> dict[str, Any]:
    return {
        f"{name}_s": change.mean,
        f"{name}_low_s": change.low,
        f"{name}_high_s": change.high,
        f"{name}_is_clear": change.clear,
    }
