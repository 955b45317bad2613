"""Results as notebooks have them: they show themselves, plot themselves, hand out DataFrames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulator.experiments.advising.advice import Advice
from simulator.experiments.comparing.compare import Comparison
from simulator.experiments.sizing.sizing import Sizing
from simulator.experiments.study import Study
from simulator.experiments.sweeping.sweep import Sweep
from simulator.notebook.showing import Shown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from simulator.experiments.sizing.keeping import Sized
    from simulator.notebook.measured import Unit
    from simulator.notebook.plots.study import StudyKind
    from simulator.report.page import ReportPage


class StudyResult(Shown, Study):
    """A study that a notebook shows."""

    __slots__ = ()

    def report_page(self) -> ReportPage:
        """Return all that the study's report says, as values."""
        from simulator.report.running.page import page  # noqa: PLC0415 - for those who look at it

        return page(self)

    def measured(
        self, measure: str = "pending.mean", *, scope: str = "folder", unit: Unit | None = None
    ) -> pd.DataFrame:
        """Return a measure with its interval, a row for each name of a scope, in a `unit`.

        Spans are told in `s`, `min`, `h` or `d`, shares as they are or in `%`.

        Raises:
            ValueError: no such measure or unit, or nothing of that scope has a value.
        """
        from simulator.notebook.measured import measured_of_study  # noqa: PLC0415 - it needs pandas

        return measured_of_study(self, measure, scope, unit)

    def measured_jobs(self) -> pd.DataFrame:
        """Return the rows of `jobs()` that the measures count: submitted inside the window.

        Raises:
            ValueError: the records were not kept in memory.
        """
        from simulator.notebook.submissions import measured_jobs  # noqa: PLC0415 - it needs pandas

        return measured_jobs(self)

    def refusals_frame(self) -> pd.DataFrame:
        """Return who was refused what inside the window, and what was missing, one row each.

        `mean` counts the submissions of a replication, `n` those of all.
        """
        from simulator.notebook.submissions import refusals_frame  # noqa: PLC0415 - it needs pandas

        return refusals_frame(self)

    def local_times(self, seconds: pd.Series) -> pd.Series:
        """Return a column of records that ends in `_s` as times by the scenario's own clock."""
        from simulator.notebook.submissions import local_times  # noqa: PLC0415 - it needs pandas

        return local_times(self, seconds)

    def plot(
        self, kind: StudyKind = "folders", *, measure: str | None = None, ax: Axes | None = None
    ) -> Axes:
        """Draw the study, on axes of a new figure or on `ax`, and return these axes.

        `kind` is `folders`, `processes`, `queues`, `machines` or `accounts` for a bar each, with
        its interval: of mean waits or of utilisation, or of another `measure`; `week` for jobs
        Pending (or `slots.busy`) by hour of the week; `blame` for who made whom wait.

        Raises:
            ValueError: no such kind or measure, or the study has nothing to draw of it.
        """
        from simulator.notebook.plots.study import plot_study  # noqa: PLC0415 - it needs matplotlib

        return plot_study(self, kind, measure, ax)


class ComparisonResult(Shown, Comparison):
    """A comparison that a notebook shows."""

    __slots__ = ()

    def report_page(self) -> ReportPage:
        """Return all that the comparison's report says, as values."""
        from simulator.report.comparing.page import comparison_page  # noqa: PLC0415 - likewise

        return comparison_page(self)

    def measured(
        self, measure: str = "pending.mean", *, scope: str = "folder", unit: Unit | None = None
    ) -> pd.DataFrame:
        """Return a measure in each variant, and its difference to the first with the interval.

        A row for each name of a scope and variant; `clear` tells the differences that stand out
        among all of them. Units are those of `StudyResult.measured`.

        Raises:
            ValueError: no such measure or unit, or nothing of that scope has a value.
        """
        from simulator.notebook.measured import (  # noqa: PLC0415 - it needs pandas
            measured_of_comparison,
        )

        return measured_of_comparison(self, measure, scope, unit)

    def by_variant(
        self, measure: str = "pending.mean", *, scope: str = "folder", unit: Unit | None = None
    ) -> pd.DataFrame:
        """Return a measure's values alone, a row for each name of a scope, a column a variant.

        Raises:
            ValueError: no such measure or unit, or nothing of that scope has a value.
        """
        from simulator.notebook.measured import by_variant  # noqa: PLC0415 - it needs pandas

        return by_variant(self, measure, scope, unit)

    def plot(
        self,
        measure: str = "pending.mean",
        *,
        scope: str = "folder",
        ax: Axes | None = None,
    ) -> Axes:
        """Draw what each variant changes, with its interval, and return the axes drawn on.

        Raises:
            ValueError: no such measure, or no name of the scope has a value of it.
        """
        from simulator.notebook.plots.comparison import plot_comparison  # noqa: PLC0415 - likewise

        return plot_comparison(self, measure, scope, ax)


class SweepResult(Shown, Sweep):
    """A sweep that a notebook shows."""

    __slots__ = ()

    def report_page(self) -> ReportPage:
        """Return all that the sweep's report says, as values."""
        from simulator.report.sweeping.page import sweep_page  # noqa: PLC0415 - likewise

        return sweep_page(self)

    def measured(
        self,
        measure: str = "pending.p95",
        *,
        scope: str = "tenant",
        name: str = "",
        unit: Unit | None = None,
    ) -> pd.DataFrame:
        """Return a measure of one name at each point, with its interval, a row a point.

        Units are those of `StudyResult.measured`.

        Raises:
            ValueError: no such measure or unit, or no point has a value.
        """
        from simulator.notebook.measured import measured_of_sweep  # noqa: PLC0415 - it needs pandas

        return measured_of_sweep(self, (scope, name, measure), unit)

    def plot(
        self,
        measure: str = "pending.p95",
        *,
        scope: str = "tenant",
        name: str = "",
        over: str | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw a measure at each point along a path, the first if none is named; return the axes.

        In a grid each combination of the other paths' values has a line of its own.

        Raises:
            ValueError: no such measure, no such path, or no point has a value.
        """
        from simulator.notebook.plots.sweep import plot_sweep  # noqa: PLC0415 - likewise

        return plot_sweep(self, (scope, name, measure), over, ax)


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class SizeResult(Shown, Sizing):
    """A sizing that a notebook shows; `sized` is the same with what it is of."""

    sized: Sized

    def report_page(self) -> ReportPage:
        """Return all that the sizing's report says, as values."""
        from simulator.report.sizing.page import sizing_page  # noqa: PLC0415 - likewise

        return sizing_page(self.sized)

    @property
    def fleet(self) -> dict[str, Any] | None:
        """Return the answer as values by path; None where no fleet meets all targets."""
        from simulator.notebook.frames import answer_of  # noqa: PLC0415 - with pandas for frames

        return answer_of(self)

    def frame(self) -> pd.DataFrame:
        """Return a row each fleet tried and target, in the order of the search."""
        from simulator.notebook.frames import fleets_frame  # noqa: PLC0415 - it needs pandas

        return fleets_frame(self)

    def effects_frame(self) -> pd.DataFrame:
        """Return a row each step from the answer and target: what it would change."""
        from simulator.notebook.frames import effects_frame  # noqa: PLC0415 - it needs pandas

        return effects_frame(self)

    def plot(self, target: int = 0, *, ax: Axes | None = None) -> Axes:
        """Draw how each fleet simulated fares by a target, and return the axes drawn on.

        `target` counts the scenario's targets from 0. Along x is the one quantity, or the cost.

        Raises:
            ValueError: there is no such target, or no fleet was simulated.
        """
        from simulator.notebook.plots.sizing import plot_sizing  # noqa: PLC0415 - likewise

        return plot_sizing(self, target, ax)


class AdviceResult(Shown, Advice):
    """Advice that a notebook shows."""

    __slots__ = ()

    def report_page(self) -> ReportPage:
        """Return all that the report of the advice says, as values."""
        from simulator.report.advising.page import advice_page  # noqa: PLC0415 - likewise

        return advice_page(self)

    def plot(self, folder: str | None = None, *, ax: Axes | None = None) -> Axes:
        """Draw what each option changes of the P95 Pending, and return the axes drawn on.

        Of one `folder`, or on average over all, which count by their jobs.

        Raises:
            ValueError: no alternative was run, or no folder is called so.
        """
        from simulator.notebook.plots.advice import plot_advice  # noqa: PLC0415 - likewise

        return plot_advice(self, folder, ax)
