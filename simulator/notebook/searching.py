"""What a notebook or a script calls to vary a scenario: sweep, size, advise."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from simulator.experiments.advising.advise import advise as advice_on
from simulator.experiments.advising.question import MOST_SIMULATED, WINDOW_S
from simulator.experiments.advising.question import question_of as advice_question
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.sizing.keeping import size_up
from simulator.experiments.sizing.question import AT_MOST
from simulator.experiments.sizing.question import question_of as size_question
from simulator.experiments.study import Progress
from simulator.experiments.sweeping.preparing import prepare
from simulator.experiments.sweeping.question import Question as SweepQuestion
from simulator.experiments.sweeping.running import run_sweep
from simulator.experiments.varying.designs import Kind
from simulator.experiments.varying.quantities import quantities_of
from simulator.loading import open_scenario
from simulator.notebook.failures import warn_of_checks, warn_of_points
from simulator.notebook.results import AdviceResult, SizeResult, SweepResult
from simulator.notebook.showing import shown_as
from simulator.notebook.varying import Vary, texts_of


def sweep(  # noqa: PLR0913 - each is the caller's to choose, by name
    scenario: str | Path,
    vary: Vary,
    *,
    design: Kind = "grid",
    points: int | None = None,
    out: str | Path | None = None,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> SweepResult:
    """Run a scenario file at many points, on the same random numbers.

    `vary` has values by path, `{"machines.shared-vm.hosts": range(1, 9)}`, or texts as `--vary`
    takes them, such as `machines.shared-vm.hosts=1..8`. The `design` is a `grid` of all
    combinations, or so many `points` that fill ranges evenly: `latin` or `sobol`. With `out` the
    sweep is kept in that folder with its report, and one that was interrupted is gone on with. The
    other arguments are those of `simulator.run`.

    Returns:
        The sweep, which a notebook shows: `plot()` draws a measure, `frame()` is a DataFrame of
        every figure of every point.

    Raises:
        ScenarioError: the scenario is not valid, as it is written or at a point.
        DataFileError: a file is missing or cannot be read, or `out` cannot be written.
        ClusterError: the cluster cannot be used.
        RunInterrupted: Ctrl-C came before all points were done.
    """
    from simulator.report.sweeping.page import write_sweep_report  # noqa: PLC0415 - it needs Jinja

    question = SweepQuestion(
        texts_of(vary), design, points, tuple(overrides), variant, seed, replications
    )
    prepared = prepare(open_scenario(scenario), question)
    with workforce_of(workers, cluster=cluster) as workforce:
        found = run_sweep(
            prepared,
            out=None if out is None else Path(out),
            report=write_sweep_report,
            workforce=workforce,
            progress=progress,
        )
    warn_of_points(found.failures())
    return shown_as(SweepResult, found)


def size(  # noqa: PLR0913 - each is the caller's to choose, by name
    scenario: str | Path,
    vary: Vary,
    *,
    at_most: int = AT_MOST,
    more_never_hurts: bool = False,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seed: int | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> SizeResult:
    """Find the cheapest fleet that meets all targets of a scenario file, and tell how sure that is.

    `vary` is as in `simulator.sweep`: what the fleet has more or less of, and how many. Of several
    quantities each needs its cost, in the scenario's `costs`. A fleet may have `at_most` so many
    replications until it is decided. With `more_never_hurts` every fleet without more of anything
    than one that misses is taken to miss. The other arguments are those of `simulator.run`.

    Returns:
        The sizing, which a notebook shows: `fleet` has the value of each quantity, `plot()` draws
        the fleets tried, `frame()` and `effects_frame()` are DataFrames of them and of one more
        and one less of each quantity.

    Raises:
        ScenarioError: the scenario, a fleet or a quantity is not valid, or there are no targets.
        DataFileError: a file is missing or cannot be read.
        EndlessRun, TooManySubmissions: of a fleet; the message names it.
        ClusterError: the cluster cannot be used.
        RunInterrupted: Ctrl-C came before the search was over.
    """
    question = size_question(
        open_scenario(scenario),
        quantities_of(texts_of(vary)),
        overrides=overrides,
        variant=variant,
        seed=seed,
        at_most=at_most,
        more_never_hurts=more_never_hurts,
    )
    with workforce_of(workers, cluster=cluster) as workforce:
        sized = size_up(question, workforce=workforce, progress=progress)
    warn_of_checks(sized.sizing.checks)
    return shown_as(SizeResult, sized.sizing, sized=sized)


def advise(  # noqa: PLR0913 - each is the caller's to choose, by name
    scenario: str | Path,
    *,
    window_s: float = WINDOW_S,
    most: int = MOST_SIMULATED,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    workers: int = 1,
    cluster: str | None = None,
    progress: Progress = lambda _done, _of: None,
) -> AdviceResult:
    """Tell what pooling, dedicating or reserving the machines of a scenario file would change.

    Triggers are moved by at most `window_s` seconds either way. At `most` so many alternatives are
    run, each on the same random numbers as the scenario as it is. The other arguments are those of
    `simulator.run`.

    Returns:
        The advice, which a notebook shows: `options` are ranked, the best first, `plot()` draws
        them, `frame()` is a DataFrame of what each does to each folder.

    Raises:
        ScenarioError: the scenario is not valid.
        DataFileError: a file is missing or cannot be read.
        EndlessRun, TooManySubmissions: of the scenario as it is.
        ClusterError: the cluster cannot be used.
        RunInterrupted: Ctrl-C came before all were done.
    """
    question = advice_question(
        open_scenario(scenario),
        overrides=overrides,
        variant=variant,
        seed=seed,
        replications=replications,
        window_s=window_s,
        most=most,
    )
    with workforce_of(workers, cluster=cluster) as workforce:
        found = advice_on(question, workforce=workforce, progress=progress)
    warn_of_checks(chain.from_iterable(found.checks.values()))
    return shown_as(AdviceResult, found)
