"""What each variant comes to, in a few sentences that whoever decides can read.

Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.comparing.causes import cause
from simulator.report.comparing.effects import (
    effect_on_machines,
    effect_on_targets,
    effect_on_waits,
)

if TYPE_CHECKING:
    from simulator.experiments.comparing.compare import Comparison


def sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return a paragraph for each variant but the first.

    Who may do what now and what that admits, where it changes that; what it does to the folders'
    mean Pending waits, which targets fare otherwise, and how busy machines are then.
    """
    return tuple(_paragraph(place, comparison) for place in range(len(comparison.variants) - 1))


def _paragraph(place: int, comparison: Comparison) -> str:
    variant = comparison.variants[place + 1]
    waits = effect_on_waits(place, comparison)
    if variant in comparison.rights or variant in comparison.admissions:
        first = f"{variant}: {cause(variant, comparison)}; it {waits}."
    else:
        first = f"{variant} {waits}."
    others = effect_on_targets(place, comparison), effect_on_machines(place, comparison)
    return " ".join((first, *filter(None, others)))
