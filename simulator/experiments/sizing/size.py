"""The cheapest fleet that meets all targets of a scenario, found by simulation, with its proof."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.errors import Issue, RunInterrupted, ScenarioError
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.sizing.costs import unit_costs
from simulator.experiments.sizing.fleets import Fleet, fleets_of
from simulator.experiments.sizing.judges import Judges, Trying
from simulator.experiments.sizing.question import Question
from simulator.experiments.sizing.search import Search
from simulator.experiments.sizing.sizing import Sizing
from simulator.experiments.sizing.surroundings import Surroundings, surroundings
from simulator.experiments.sizing.trial import Trial, trial_of
from simulator.experiments.study import Progress
from simulator.experiments.warm_up import settled
from simulator.loading import Loaded
from simulator.plan.chance import scenario_varies


def size_fleet(
    question: Question,
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
    trying: Trying = lambda _fleet: None,
) -> Sizing:
    """Search all combinations of the values of some quantities for the cheapest that will do.

    One more of a quantity costs what the scenario's `costs` say; a single one needs none. Each
    fleet has as many replications as it takes to decide. `trying` is told of each before it runs.

    Raises:
        ScenarioError: a fleet is not valid, a cost is missing, or the scenario has no targets.
        EndlessRun, TooManySubmissions: of a fleet; the message names it.
        RunInterrupted: Ctrl-C came before the search was over; the message tells how far it was.
    """
    fleets, judges = prepared(question, workforce=workforce, progress=progress, trying=trying)
    search = Search(fleets, judges.judge, judges.guess, question.more_never_hurts)
    try:
        answer = search.cheapest()
        around = Surroundings() if answer is None else surroundings(answer, fleets, judges)
    except KeyboardInterrupt:
        raise _interrupted(judges) from None
    return _sizing(question, fleets, judges, search, answer, around)


def _sizing(
    question: Question,
    fleets: Sequence[Fleet],
    judges: Judges,
    search: Search,
    answer: Fleet | None,
    around: Surroundings,
) -> Sizing:
    """Return what a search that is over comes to."""
    return Sizing(
        quantities=question.quantities,
        unit_costs=unit_costs(question.quantities, question.written.scenario),
        targets=judges.trial.targets,
        answer=None if answer is None else answer.values,
        tried=tuple(judges.tried.values()),
        bound=judges.bound(fleets),
        effects=around.effects,
        binding=around.binding,
        bound_at=around.bound_at,
        guess=judges.guessed,
        unproven=search.unproven(answer),
        more_never_hurts=question.more_never_hurts,
        error=1 - question.written.scenario.run.confidence,
        seed=question.seed,
        complete=True,
        checks=tuple(judges.checks.values()),
        cautions=around.cautions,
    )


def prepared(
    question: Question,
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
    trying: Trying = lambda _fleet: None,
) -> tuple[tuple[Fleet, ...], Judges]:
    """Return the fleets to choose from, the cheapest first, and who judges them.

    A warm-up that the scenario leaves open is looked for in the fleet with the most of everything,
    and is that of all: what they do differently is then due to them alone.

    Raises:
        ScenarioError, EndlessRun, TooManySubmissions, RunInterrupted: as `size_fleet`.
    """
    scenario = question.written.scenario
    fleets = fleets_of(question.quantities, unit_costs(question.quantities, scenario))
    trial = _trial(question.written, len(fleets), question.at_most)
    largest = question.loaded(question.most)
    _, warm_up = settled(largest, workforce=workforce, progress=progress)
    if warm_up is not None:
        question = question.with_cut(warm_up.cut_s)
    return fleets, Judges(question, trial, workforce, progress, trying)


def _trial(written: Loaded, fleets: int, at_most: int) -> Trial:
    scenario = written.scenario
    if not scenario.targets:
        hint = "add some, such as `targets: [{measure: pending.p95, at_most: 10m}]`"
        message = "the scenario has no targets, so there is nothing that a fleet has to meet"
        raise ScenarioError([Issue(("targets",), message, "no-targets", hint)])
    return trial_of(
        scenario.targets,
        error=1 - scenario.run.confidence,
        fleets=fleets,
        at_most=at_most,
        varies=scenario_varies(scenario),
    )


def _interrupted(judges: Judges) -> RunInterrupted:
    """Return what Ctrl-C ends a search with: word of how far it was."""
    met = [fleet for fleet, one in judges.tried.items() if one.outcome == "met"]
    best = " ".join(judges.question.overrides_of(min(met).values)) if met else "none yet"
    many = f"{len(judges.tried):,} fleets"
    return RunInterrupted(f"interrupted after {many}; the cheapest that meets the targets: {best}")
