"""What a search is asked: which scenario, what there may be more or less of, how it is judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from simulator.errors import Issue, Position, ScenarioError
from simulator.experiments.keeping.identity import study_name
from simulator.experiments.keeping.study_folders import origin
from simulator.experiments.sizing.fleets import ascending
from simulator.experiments.sizing.sizing import Values
from simulator.experiments.study import resolved_run
from simulator.experiments.varying.quantities import VARY, Quantity, of_vary
from simulator.experiments.warm_up import with_cut
from simulator.loading import Loaded, OpenScenario
from simulator.loading.override_paths import parse_path

AT_MOST: Final = 500
"""Replications that a fleet may have, unless somebody says otherwise."""


@dataclass(frozen=True, slots=True)
class Question:
    """A scenario, and what its fleets differ in.

    `written` is the scenario as the file has it. `quantities` have their values in ascending order.
    Each fleet has `at_most` so many replications. With `more_never_hurts` a fleet without more of
    anything than one that misses is taken to miss. `cut_s` is the warm-up of all fleets, None where
    the scenario says its length, or as long as nobody looked for it.
    """

    source: OpenScenario
    written: Loaded
    quantities: tuple[Quantity, ...]
    overrides: tuple[str, ...]
    variant: str | None
    at_most: int
    more_never_hurts: bool
    cut_s: float | None = None

    @property
    def seed(self) -> int:
        """Return the seed of every fleet's study."""
        return self.written.scenario.run.seed

    @property
    def most(self) -> Values:
        """Return the fleet with the most of everything."""
        return tuple(one.values[-1] for one in self.quantities)

    @property
    def name(self) -> str:
        """Return what the sizing is called: `size-<12 hex>-s<seed>`."""
        return study_name("size", self.manifest(), self.seed)

    def manifest(self) -> dict[str, Any]:
        """Return all that the answer depends on, ready for JSON; `scenario` is without it."""
        return {
            **origin(self.written),
            "quantities": {one.path: list(one.values) for one in self.quantities},
            "at_most_replications": self.at_most,
            "more_never_hurts": self.more_never_hurts,
        }

    def overrides_of(self, values: Values) -> list[str]:
        """Return what sets the quantities, as `--set` takes it."""
        pairs = zip(self.quantities, values, strict=True)
        return [quantity.override(value) for quantity, value in pairs]

    def loaded(self, values: Values) -> Loaded:
        """Return the scenario with that fleet.

        Raises:
            ScenarioError: it is not valid so.
        """
        loaded = resolved_run(self._written_with(values), seed=self.seed, replications=None)
        return loaded if self.cut_s is None else with_cut(loaded, self.cut_s)

    def _written_with(self, values: Values) -> Loaded:
        """Return the file with that fleet; issues of it stand at `--vary`, which has its values."""
        varied = self.overrides_of(values)
        overrides = [*self.overrides, *varied]
        try:
            loaded = self.source.load(
                overrides=overrides, variant=self.variant, check_variants=False
            )
        except ScenarioError as error:
            raise ScenarioError([of_vary(issue, varied) for issue in error.issues]) from None
        warnings = tuple(of_vary(issue, varied) for issue in loaded.warnings)
        return replace(loaded, warnings=warnings)

    def with_cut(self, cut_s: float) -> Question:
        """Return the same question of fleets that all leave out as much at the beginning."""
        return replace(self, cut_s=cut_s)


def question_of(
    source: OpenScenario,
    quantities: Sequence[Quantity],
    *,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    seed: int | None = None,
    at_most: int = AT_MOST,
    more_never_hurts: bool = False,
) -> Question:
    """Return a question about a scenario; `seed` is by default its own.

    Raises:
        ScenarioError: the scenario is not valid, or a quantity is no part of a fleet, or a value no
            number.
    """
    _refuse_what_is_no_fleet(quantities)
    written = source.load(overrides=overrides, variant=variant, check_variants=False)
    return Question(
        source=source,
        written=resolved_run(written, seed=seed, replications=None),
        quantities=ascending(quantities),
        overrides=tuple(overrides),
        variant=variant,
        at_most=at_most,
        more_never_hurts=more_never_hurts,
    )


def _refuse_what_is_no_fleet(quantities: Sequence[Quantity]) -> None:
    """Refuse what a search itself settles, or what changes no figure."""
    issues = [
        Issue(
            (),
            f"{one.path} is no part of a fleet: all fleets are judged alike",
            "no-fleet",
            "vary machines, accounts or licences; `sweep` takes anything",
        ).at(Position(VARY, 1, 1), one.path)
        for one in quantities
        if parse_path(one.path)[0] in {"run", "name", "version"}
    ]
    if issues:
        raise ScenarioError(issues)
