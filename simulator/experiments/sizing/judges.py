"""What decides of fleets: loaded, ruled out by their load, or simulated until it is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from simulator.experiments.checks import StudyCheck, failed_of
from simulator.experiments.executing.workforce import Workforce
from simulator.experiments.sizing.bounds import certain_misses
from simulator.experiments.sizing.first_guess import guess
from simulator.experiments.sizing.fleets import Fleet
from simulator.experiments.sizing.question import Question
from simulator.experiments.sizing.sizing import Bound, Tried, Values
from simulator.experiments.sizing.trial import Trial, outcome_of
from simulator.experiments.study import Enough, Progress, Study, all_asked_for, run_study
from simulator.experiments.telling import told_of
from simulator.experiments.verdicts import Outcome
from simulator.loading import Loaded

Trying = Callable[[Values], None]
"""Is told of each fleet before it is simulated."""


@dataclass
class Judges:
    """Judge fleets, and remember what was found of each in `tried`, in that order.

    `checks` are those of all studies, a failed one before those that pass. `guessed` is the fleet
    that queueing theory took for the answer, if it did.
    """

    question: Question
    trial: Trial
    workforce: Workforce
    progress: Progress
    trying: Trying
    tried: dict[Fleet, Tried] = field(default_factory=dict)
    checks: dict[str, StudyCheck] = field(default_factory=dict)
    guessed: Values | None = None
    _reasons: dict[Fleet, str] = field(default_factory=dict)
    _loaded: Callable[[Values], Loaded] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the fleet loaded last: it is asked about its load, and then run."""
        self._loaded = lru_cache(maxsize=1)(self.question.loaded)

    def judge(self, fleet: Fleet) -> Outcome:
        """Return how a fleet fares, by its load alone where that is enough.

        Raises:
            KeyboardInterrupt: Ctrl-C came before it was known.
        """
        why = self.why(fleet)
        if why:
            self.tried[fleet] = Tried(fleet.values, fleet.cost, "missed", 0, why=why)
            return "missed"
        study = self.study_of(fleet, self.trial.looks[-1], self.trial.is_over)
        figures = self.trial.figures(study.figures, study.legend)
        fate = outcome_of(figures)
        self.tried[fleet] = Tried(fleet.values, fleet.cost, fate, study.replications, figures)
        return fate

    def study_of(self, fleet: Fleet, replications: int, enough: Enough = all_asked_for) -> Study:
        """Return a study of a fleet, with so many replications at most.

        Raises:
            KeyboardInterrupt: Ctrl-C cut it short.
        """
        self.trying(fleet.values)
        with told_of(" ".join(self.question.overrides_of(fleet.values))):
            study = run_study(
                self._loaded(fleet.values),
                replications=replications,
                enough=enough,
                in_detail=False,
                workforce=self.workforce,
                progress=self.progress,
            )
        if not study.complete:
            raise KeyboardInterrupt
        for check in study.checks:
            self.checks.setdefault(check.definition.name, check)
        self.checks.update((check.definition.name, check) for check in failed_of(study.checks))
        return study

    def why(self, fleet: Fleet) -> str:
        """Return why the load of a fleet is too much for a target, empty where it is not."""
        if fleet not in self._reasons:
            self._reasons[fleet] = certain_misses(self._loaded(fleet.values))
        return self._reasons[fleet]

    def guess(self, line: Sequence[Fleet]) -> int | None:
        """Return which of nested fleets theory takes for the first to meet all targets."""
        place = guess([partial(self._loaded, fleet.values) for fleet in line])
        if place is not None:
            self.guessed = line[place].values
        return place

    def bound(self, fleets: Sequence[Fleet]) -> Bound:
        """Return what the load alone tells of the cheapest fleets."""
        reasons = list[str]()
        for fleet in fleets:
            reason = self.why(fleet)
            if not reason:
                why = reasons[-1] if reasons else ""
                return Bound(len(fleets), len(reasons), fleet.values, fleet.cost, why)
            reasons.append(reason)
        return Bound(len(fleets), len(reasons), None, fleets[-1].cost, reasons[-1])
