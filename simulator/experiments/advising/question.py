"""What advice is asked: about which scenario, how far triggers may move, how much may be run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from simulator.experiments.advising.alternatives import Alternative
from simulator.experiments.keeping.identity import study_name
from simulator.experiments.keeping.study_folders import origin
from simulator.experiments.study import resolved_run
from simulator.loading import Loaded, OpenScenario
from simulator.units import HOUR_S

MOST_SIMULATED: Final = 24
"""Alternatives that are run at most, those about most work first."""

WINDOW_S: Final = 1.0 * HOUR_S
"""How far a trigger is moved at most, either way, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Question:
    """What advice is asked about: a scenario as it is, and how it was loaded.

    `overrides` and `variant` belong to things as they are; alternatives come on top of them.
    """

    source: OpenScenario
    loaded: Loaded
    overrides: tuple[str, ...] = ()
    variant: str | None = None
    window_s: float = WINDOW_S
    most: int = MOST_SIMULATED

    @property
    def name(self) -> str:
        """Return what the advice is called: `advise-<12 hex>-s<seed>`."""
        return study_name("advise", self.manifest(), self.loaded.scenario.run.seed)

    def manifest(self) -> dict[str, Any]:
        """Return all that the advice depends on, ready for JSON."""
        return {**origin(self.loaded), "window_s": self.window_s, "most": self.most}

    def changed(self, alternative: Alternative) -> Loaded:
        """Return the scenario with an alternative in force.

        Raises:
            ScenarioError: it is not valid then.
        """
        overrides = (*self.overrides, *alternative.texts)
        return self.source.load(overrides=overrides, variant=self.variant, check_variants=False)


def question_of(
    source: OpenScenario,
    *,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seed: int | None = None,
    replications: int | None = None,
    window_s: float = WINDOW_S,
    most: int = MOST_SIMULATED,
) -> Question:
    """Return the question what else could be done with a scenario's fleet.

    Raises:
        ScenarioError: the scenario is not valid.
        DataFileError: a data file it names is missing or cannot be read.
    """
    loaded = source.load(overrides=overrides, variant=variant, check_variants=False)
    loaded = resolved_run(loaded, seed=seed, replications=replications)
    return Question(source, loaded, tuple(overrides), variant, window_s, most)
