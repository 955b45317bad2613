"""Which kept runs can be compared, and what they are called beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from simulator.errors import Issue, ScenarioError
from simulator.experiments.comparing.compare import progress_after
from simulator.experiments.keeping.identity import other_versions
from simulator.experiments.keeping.kept_runs import KeptRun
from simulator.experiments.keeping.rebuilding import rebuilt_study
from simulator.experiments.study import Progress, Study
from simulator.plan.arrivals import window_of
from simulator.units import exact_duration


def studies_to_compare(
    runs: Sequence[KeptRun], *, progress: Progress = lambda _done, _of: None
) -> list[tuple[str, Study]]:
    """Return the studies of kept runs by name, the first of them the baseline.

    A run goes by its scenario's name, or by its own id where others have that name too.

    Raises:
        ScenarioError: they cannot be paired replication by replication; the message says why.
        DataFileError: as `rebuilt_study` does.
    """
    unpaired = [issue for run in runs for issue in (*_alone(run), *_unpaired(runs[0], run))]
    if unpaired or len({run.run_id for run in runs}) < len(runs):
        raise ScenarioError(unpaired or [_issue("the same run is named twice", "name another")])
    for run in runs:
        run.check_records()
    return [
        (name, rebuilt_study(run, progress=progress_after(before, len(runs), progress)))
        for before, (name, run) in enumerate(zip(_names(runs), runs, strict=True))
    ]


class _Shared(NamedTuple):
    """Something in which paired runs are alike: what it is, that of a run, how to make them so."""

    what: str
    of: Callable[[KeptRun], str]
    remedy: str


def _span(run: KeptRun) -> str:
    window = window_of(run.scenario.time)
    return f"{exact_duration(window.length_s)} after {exact_duration(window.from_s)}"


_SHARED: Final = (
    _Shared("seed", lambda run: str(run.scenario.run.seed), "run both with one --seed"),
    _Shared(
        "number of replications",
        lambda run: f"{run.replications:,}",
        "run both with one --replications",
    ),
    _Shared("span that is measured", _span, "give both one warm_up, as a length, and one duration"),
)


def _unpaired(first: KeptRun, run: KeptRun) -> Iterator[Issue]:
    """Yield why the replications of a run cannot be set beside those of the first."""
    for what, of, remedy in _SHARED:
        if of(run) != of(first):
            told = (
                f"{run.folder} has another {what} than {first.folder}: {of(run)}, not {of(first)}"
            )
            yield _issue(told, f"{remedy}, or compare their scenarios: `simulator compare`")


def _alone(run: KeptRun) -> Iterator[Issue]:
    """Yield why a run cannot be compared with any."""
    if not run.complete:
        yield _issue(f"{run.folder} is of a run that was interrupted", "run the scenario again")
    for name, (kept, here) in other_versions(run.versions).items():
        yield _issue(
            f"{run.folder} was made with {name} {kept}, here is {here}: chance may differ",
            "run the scenario again",
        )


def _issue(told: str, remedy: str) -> Issue:
    return Issue((), f"these runs cannot be compared: {told}", "not-paired", remedy)


def _names(runs: Sequence[KeptRun]) -> list[str]:
    """Return what tells runs apart; a name that is another's id tells nothing."""
    given = [run.scenario.name or "" for run in runs]
    count, ids = Counter(given), {run.run_id for run in runs}
    return [
        name if name and count[name] == 1 and name not in ids else run.run_id
        for name, run in zip(given, runs, strict=True)
    ]
