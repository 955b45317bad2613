"""The x axes of a sweep's pictures: a quantity each, as numbers if its values are amounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulator.experiments.keeping.identity import resolved
from simulator.experiments.varying.ranges import amounts_of
from simulator.loading.override_paths import parse_path
from simulator.report.charts import Level
from simulator.report.sweeping.naming import short_paths
from simulator.report.wording import visible

if TYPE_CHECKING:
    from simulator.experiments.sweeping.points import SweptPoint
    from simulator.experiments.sweeping.sweep import Sweep

AS_WRITTEN: Final = "as written"


@dataclass(frozen=True, slots=True)
class Axis:
    """A quantity: which of the design's it is, its values in their order, where each stands.

    `told` is its path with the unit of its values. `ticks` name the values that are no amounts;
    `written` stands where the scenario itself has it, if that is a number.
    """

    place: int
    title: str
    told: str
    values: tuple[str, ...]
    places: Mapping[str, float]
    ticks: tuple[Level, ...]
    written: Level | None

    @property
    def is_named(self) -> bool:
        """Return whether its values are no amounts, but words."""
        return bool(self.ticks)

    def at(self, point: SweptPoint) -> float:
        """Return where a point stands."""
        return self.places[point.values[self.place]]


def axes_of(sweep: Sweep) -> tuple[Axis, ...]:
    """Return an axis for each quantity of a sweep."""
    titles = short_paths(sweep.design.paths)
    return tuple(_axis(sweep, place, title) for place, title in enumerate(titles))


def _axis(sweep: Sweep, place: int, title: str) -> Axis:
    path = sweep.design.paths[place]
    values = tuple(dict.fromkeys(values[place] for values in sweep.design.points))
    amounts = amounts_of(values)
    unit, numbers = ("", list(map(float, range(len(values))))) if amounts is None else amounts
    places = dict(zip(values, numbers, strict=True))
    named = places.items() if amounts is None else ()
    return Axis(
        place=place,
        title=title,
        told=f"{visible(path)}, {unit}" if unit else visible(path),
        values=values if amounts is None else tuple(sorted(values, key=places.__getitem__)),
        places=places,
        ticks=tuple(Level(visible(value), number) for value, number in named),
        written=None if unit or amounts is None else _written(sweep, path),
    )


def _written(sweep: Sweep, path: str) -> Level | None:
    """Return the number that the scenario has at a path, None where it has none there."""
    found: object = resolved(sweep.written)
    for part in parse_path(path):
        found = found.get(part) if isinstance(found, Mapping) else None
    is_number = isinstance(found, int | float) and not isinstance(found, bool)
    return Level(AS_WRITTEN, float(found)) if is_number else None  # type: ignore[arg-type]  # is_number says so
