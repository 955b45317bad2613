"""A study: replications of one scenario, and what follows from them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.access.sight import Sight
from simulator.audit.grant_uses import GrantUse, grant_uses
from simulator.audit.refusals import (
    ItemRefusalRow,
    RefusalRow,
    item_refusal_rows,
    refusal_rows,
)
from simulator.experiments.audience import Audience, Viewer, audience_of
from simulator.experiments.blame import Blame, blame_of_study
from simulator.experiments.checks import StudyCheck, checks_of_study
from simulator.experiments.doubting.cautions import cautions
from simulator.experiments.doubting.evidence_cautions import evidence_cautions
from simulator.experiments.doubting.fleet_cautions import fleet_cautions
from simulator.experiments.doubting.length_cautions import length_cautions
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.hours import Hours, mean_hours
from simulator.experiments.idle import Idle, idle_of_study
from simulator.experiments.keeping.identity import run_id, versions
from simulator.experiments.long_run import LongRun, long_run_of
from simulator.experiments.longer_waits import NO_SHARES, WaitShares, wait_shares
from simulator.experiments.pending_reasons import PendingReasonRow, pending_reason_rows
from simulator.experiments.prepared import Prepared, prepared
from simulator.experiments.presences import MachinePresence, mean_presences
from simulator.experiments.replicate import Replication
from simulator.experiments.stopping import enough_of
from simulator.experiments.verdicts import Verdict, verdicts
from simulator.experiments.warm_up import WarmUp, settled
from simulator.experiments.worst_hours import ShownHours, shown_hours
from simulator.loading import Loaded
from simulator.measurement import Figures, Summary, summarise
from simulator.model.scenario import Run
from simulator.plan.making import make_plan
from simulator.records.columns import Legend, Records
from simulator.records.files import RecordWriter, RunFolder, read_table

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]
"""Takes how many replications are done, and of how many at most."""
Enough = Callable[[Sequence[Figures], Legend], bool]
"""Takes the figures of the replications so far, in order; says whether no more are needed."""


def all_asked_for(_figures: Sequence[Figures], _legend: Legend) -> bool:
    """Say that a study goes on to the number of replications that its scenario asks for."""
    return False


@dataclass(frozen=True, slots=True)
class Study:
    """Replications of one scenario, and their summary.

    `replications` finished, in order; `loaded.scenario.run` says how many were asked for. They are
    fewer if `complete` is False, or if fewer were enough. `warm_up` tells how long it was found to
    be, where the scenario left that open; `loaded` has the length. `figures` has one of each.
    `grants` tell what each role that a folder assigns was used for. `pending_reasons` tell what
    Pending jobs waited for, `blame` who kept them so, `idle` what stood free meanwhile, `presences`
    of the machines whose hosts come and go, or go out of use. `wait_shares` tell how many jobs
    waited longer than this or that, `worst_hours` when most were Pending in one replication.
    `checks` tell whether the figures can be right, `cautions` are reasons to look twice at them.
    `records` are there if they were to be kept in memory. With a `viewer`, all this is what one
    account sees: `loaded` has no more of the scenario, of `checks` only the verdicts are told, and
    `warm_up`, `grants`, `idle` and `presences` are left out. `kept_in` is the folder that has the
    records of a kept run. `versions` are those the run was made with.
    """

    loaded: Loaded
    legend: Legend
    seed: int
    replications: int
    complete: bool
    figures: tuple[Figures, ...]
    summary: Summary
    verdicts: tuple[Verdict, ...]
    refusals: tuple[RefusalRow, ...]
    item_refusals: tuple[ItemRefusalRow, ...]
    grants: tuple[GrantUse, ...]
    hours: Hours
    pending_reasons: tuple[PendingReasonRow, ...]
    blame: Blame
    idle: Idle
    presences: tuple[MachinePresence, ...]
    checks: tuple[StudyCheck, ...]
    cautions: tuple[str, ...]
    long_run: LongRun
    run_id: str
    viewer: Viewer | None = None
    records: tuple[Records, ...] = ()
    warm_up: WarmUp | None = None
    wait_shares: WaitShares = NO_SHARES
    worst_hours: ShownHours | None = None
    kept_in: Path | None = None
    versions: Mapping[str, str] = field(default_factory=versions)

    def summary_frame(self) -> pd.DataFrame:
        """Return the summary, one row a scope, name and measure."""
        return self.summary.frame()

    def table(self, name: str) -> pd.DataFrame:
        """Return a record table of all replications: `jobs`, `occupancy`, `queue_items`, ….

        Raises:
            ValueError: the records were not kept in memory, or no table has that name.
            DataFileError: the run's file of it is missing or cannot be read.
        """
        if self.kept_in is not None:
            return read_table(self.kept_in, name)
        from simulator.experiments.frames import record_table  # noqa: PLC0415 - it needs pandas

        return record_table(self.legend, self.records, name)

    def grants_frame(self) -> pd.DataFrame:
        """Return what the run used each role for that a folder assigns, one row each."""
        from simulator.experiments.frames import grants_frame  # noqa: PLC0415 - it needs pandas

        return grants_frame(self.grants)

    def pending_reasons_frame(self) -> pd.DataFrame:
        """Return what Pending jobs waited for, one row a folder and the vendor's code."""
        from simulator.experiments.frames import pending_reasons_frame  # noqa: PLC0415 - likewise

        return pending_reasons_frame(self.pending_reasons)

    def blame_frame(self) -> pd.DataFrame:
        """Return who kept whom Pending, by folder, process, cause, folder that held, and machine.

        `study.blame` tells it by fewer of them, with intervals that belong to these.
        """
        from simulator.experiments.frames import blame_frame  # noqa: PLC0415 - it needs pandas

        return blame_frame(self.blame)

    def jobs(self) -> pd.DataFrame:
        """Return the jobs of all replications, refused submissions too, one row each.

        Raises:
            ValueError: the records were not kept in memory.
            DataFileError: as `table` does.
        """
        return self.table("jobs")


def resolved_run(loaded: Loaded, *, seed: int | None, replications: int | None) -> Loaded:
    """Return a scenario whose own `run` has this seed and number of replications.

    None leaves what the scenario says.

    Raises:
        ValueError: a number that no scenario may have.
    """
    run = loaded.scenario.run
    given = {"seed": seed, "replications": replications}
    changes = {key: value for key, value in given.items() if value is not None}
    run = Run.model_validate({**run.model_dump(), **changes})
    scenario = loaded.scenario.model_copy(update={"run": run})
    return replace(loaded, scenario=scenario)


def run_study(  # noqa: PLR0913 - each is the caller's to choose, by name
    loaded: Loaded,
    *,
    sight: Sight | None = None,
    seed: int | None = None,
    replications: int | None = None,
    workforce: Workforce = ALONE,
    keep: RunFolder | None = None,
    in_memory: bool = False,
    enough: Enough | None = None,
    warm_up: WarmUp | None = None,
    in_detail: bool = True,
    progress: Progress = lambda _done, _of: None,
) -> Study:
    """Run replications 1, 2, … of a scenario and summarise them.

    `seed` and `replications` default to the scenario's. With a `sight` all of it is run, and the
    study is of what that account sees. Records go to `keep`, stay `in_memory`, or are dropped once
    measured. It ends as soon as there are `enough` replications, by default as the scenario's own
    `run.replications` says. A `warm_up` that the scenario leaves open is looked for first; whoever
    has done that already says by `warm_up` what was found. Without `in_detail` nobody looks at
    what only a run's own report tells: what stood free, and the worst hours. The result is the
    same for any `workforce`. Ctrl-C ends the study after the replications that finished in order,
    with `complete` False.

    Raises:
        RunInterrupted: Ctrl-C came while the warm-up was looked for.
    """
    loaded = resolved_run(loaded, seed=seed, replications=replications)
    if warm_up is None:
        loaded, warm_up = settled(loaded, sight=sight, workforce=workforce, progress=progress)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    told = audience_of(loaded, plan.legend, sight)
    told = replace(told, long_run=long_run_of(loaded, plan, told.legend), warm_up=warm_up)
    begun = prepared(
        told,
        plan,
        run_id(loaded, sight),
        with_records=in_memory or keep is not None,
        in_detail=in_detail,
    )
    asked = loaded.scenario.run.most_replications
    is_enough = enough or enough_of(told.loaded.scenario, told.long_run) or all_asked_for
    figures, kept = list[Figures](), list[Records]()
    with nullcontext() if keep is None else RecordWriter(keep.path, told.legend) as writer:

        def take(finished: Replication) -> bool:
            if writer is not None and finished.records is not None:
                writer.write(finished.records)
            if in_memory and finished.records is not None:
                kept.append(finished.records)
            figures.append(finished.figures)
            progress(len(figures), asked)
            return not is_enough(figures, told.legend)

        with closing(workforce.in_order(begun.work, range(1, asked + 1))) as results:
            complete = _each(results, take)
    return study_of(begun, tuple(figures), tuple(kept), complete=complete)


def _each(results: Iterator[Replication], take: Callable[[Replication], bool]) -> bool:
    """Give results to `take`, each whole or not at all, as long as it wants more.

    Return False where Ctrl-C cut it short.
    """
    try:
        for finished in results:
            with interrupts_held():
                wants_more = take(finished)
            if not wants_more:
                return True
    except KeyboardInterrupt:
        return False
    return True


def study_of(
    begun: Prepared,
    figures: tuple[Figures, ...],
    records: tuple[Records, ...] = (),
    *,
    complete: bool,
) -> Study:
    """Return the study that the figures of its replications make, in their order."""
    told, loaded, legend = begun.told, begun.told.loaded, begun.told.legend
    run = loaded.scenario.run
    measured = summarise(figures, legend, run.confidence) if figures else Summary(())
    summary = told.long_run.of(measured)
    machines = mean_presences(legend.names.machines, begun.work.watched, figures)
    return Study(
        loaded=loaded,
        legend=legend,
        seed=run.seed,
        replications=len(figures),
        complete=complete,
        figures=figures,
        summary=summary,
        verdicts=verdicts(loaded.scenario.targets, summary, told.long_run),
        refusals=refusal_rows(legend, figures),
        item_refusals=item_refusal_rows(legend, figures),
        grants=_grants(told, figures),
        hours=mean_hours(figures),
        pending_reasons=pending_reason_rows(figures, legend.window.length_s, run.confidence),
        blame=blame_of_study(legend, figures, run.confidence),
        idle=idle_of_study(begun.openings, figures, loaded.scenario, loaded.access),
        presences=machines,
        checks=checks_of_study(figures),
        cautions=_cautions(told, figures, summary, machines),
        long_run=told.long_run,
        run_id=begun.run_id,
        viewer=told.viewer,
        records=records,
        warm_up=told.warm_up if told.viewer is None else None,
        wait_shares=wait_shares(legend.names.folders, figures, run.confidence, told.long_run),
        worst_hours=shown_hours(figures),
    )


def _cautions(
    told: Audience,
    figures: Sequence[Figures],
    summary: Summary,
    machines: Sequence[MachinePresence],
) -> tuple[str, ...]:
    scenario = told.loaded.scenario
    return (
        *cautions(told.legend, figures),
        *fleet_cautions(scenario, summary, machines),
        *evidence_cautions(scenario, figures, told.long_run),
        *length_cautions(scenario, summary, told.long_run, len(figures), told.warm_up),
    )


def _grants(told: Audience, figures: Sequence[Figures]) -> tuple[GrantUse, ...]:
    """Return what grants were used for; nothing to a viewer, who sees only a part of their use."""
    if told.viewer is not None:
        return ()
    return grant_uses(told.loaded.scenario, told.loaded.access, told.legend, figures)
