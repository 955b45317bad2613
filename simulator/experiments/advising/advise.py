"""Pool or dedicate: other ways of sharing the same fleet, each run beside things as they are.

All run on the seed and the replications of the scenario itself, and draws belong to submissions,
not to the fleet: so each job brings the same work in every alternative, and waits are compared in
pairs. Alternatives are edits of the scenario, as anybody could write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.errors import (
    EndlessRun,
    RunInterrupted,
    ScenarioError,
    SimulatorError,
    TooManySubmissions,
)
from simulator.experiments.advising.advice import Advice
from simulator.experiments.advising.alternatives import (
    Alternative,
    Idea,
    NotTried,
    alternatives_in,
    not_tried_in,
)
from simulator.experiments.advising.dedicating import dedicating
from simulator.experiments.advising.moving import moving
from simulator.experiments.advising.pooling import pooling
from simulator.experiments.advising.question import Question
from simulator.experiments.advising.reserving import reserving
from simulator.experiments.advising.weighing import options_of, standing_today
from simulator.experiments.advising.work import Estate, estate_of, paces_of
from simulator.experiments.comparing.compare import comparison
from simulator.experiments.comparing.variants import BASELINE
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.study import Progress, Study, run_study
from simulator.experiments.warm_up import WarmUp, settled, with_cut
from simulator.loading import Loaded
from simulator.plan.arrivals import wall_of


def advise(
    question: Question,
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> Advice:
    """Run a scenario and its alternatives, and rank them; the same for any `workforce`.

    Raises:
        EndlessRun, TooManySubmissions: of the scenario as it is.
        RunInterrupted: Ctrl-C came before all were done.
    """
    loaded, warm_up = settled(question.loaded, workforce=workforce, progress=progress)
    today = run_study(
        loaded, warm_up=warm_up, workforce=workforce, in_detail=False, progress=progress
    )
    _check(today)
    ideas = list(ideas_of(estate_of(loaded, paces_of(today)), today.loaded, question.window_s))
    tried = _Tried(question, today, warm_up, workforce, progress)
    every = alternatives_in(ideas)
    done, failed, left_out = tried.run(every)
    named = [(BASELINE, today), *((one.words, study) for one, study in done)]
    found = comparison(named) if done else None
    return Advice(
        name=question.name,
        today=today,
        standing=standing_today(today),
        options=() if found is None else options_of(done, today, found),
        not_tried=(*not_tried_in(ideas), *failed),
        left_out=left_out,
        window_s=question.window_s,
        checks={name: study.checks for name, study in named},
        cautions=today.cautions if found is None else found.cautions,
    )


def ideas_of(estate: Estate, loaded: Loaded, window_s: float) -> Iterator[Idea]:
    """Yield all that could be tried with an estate, and what could not."""
    scenario = loaded.scenario
    yield from dedicating(estate)
    yield from pooling(estate)
    yield from reserving(estate)
    wall = wall_of(scenario.time, scenario.assumptions, scenario.calendars, loaded.traces)
    yield from moving(estate, wall, window_s)


def _check(study: Study) -> None:
    if not study.complete:
        raise RunInterrupted("interrupted; there is no advice yet, and nothing is kept")


@dataclass(frozen=True, slots=True)
class _Tried:
    """Runs alternatives as the scenario itself was run."""

    question: Question
    today: Study
    warm_up: WarmUp | None
    workforce: Workforce
    progress: Progress

    def run(
        self, every: Sequence[Alternative]
    ) -> tuple[list[tuple[Alternative, Study]], list[NotTried], int]:
        """Return those that ran with their studies, those that could not, how many are left out."""
        done: list[tuple[Alternative, Study]] = []
        failed: list[NotTried] = []
        count = min(len(every), self.question.most)
        for place, one in enumerate(every):
            if len(done) == self.question.most:
                return done, failed, len(every) - place
            try:
                done.append((one, self._study(one, len(done), count)))
            except (ScenarioError, EndlessRun, TooManySubmissions) as error:
                failed.append(NotTried(one.kind, one.words, _first_line(error)))
        return done, failed, 0

    def _study(self, one: Alternative, before: int, count: int) -> Study:
        run, of = self.today.replications, (count + 1) * self.today.replications
        loaded = self.question.changed(one)
        if self.warm_up is not None:
            loaded = with_cut(loaded, self.warm_up.cut_s)
        study = run_study(
            loaded,
            seed=self.today.seed,
            replications=run,
            warm_up=self.warm_up,
            workforce=self.workforce,
            in_detail=False,
            progress=lambda done, _asked: self.progress((before + 1) * run + done, of),
        )
        _check(study)
        return study


def _first_line(error: SimulatorError) -> str:
    """Return what is wrong in a line; of several things the first."""
    if isinstance(error, ScenarioError) and error.issues:
        return error.issues[0].message
    return str(error)
