"""What a sweep is asked: what is varied, by which design, and what all points share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.experiments.study import resolved_run
from simulator.experiments.varying.designs import Kind
from simulator.loading import Loaded, OpenScenario


@dataclass(frozen=True, slots=True)
class Question:
    """What a sweep is asked for: texts as `--vary` takes them, and what all its points share.

    `points` is how many a design other than a grid has; `seed` and `replications` default to the
    scenario's.
    """

    vary: tuple[str, ...]
    design: Kind = "grid"
    points: int | None = None
    overrides: tuple[str, ...] = ()
    variant: str | None = None
    seed: int | None = None
    replications: int | None = None

    def loaded(self, source: OpenScenario, values: Sequence[str] = ()) -> Loaded:
        """Return the scenario with the values of a point, which are overrides; none: as written.

        Raises:
            ScenarioError: it is not valid so.
        """
        overrides = [*self.overrides, *values]
        loaded = source.load(overrides=overrides, variant=self.variant, check_variants=False)
        return resolved_run(loaded, seed=self.seed, replications=self.replications)
