"""What each variant comes to, in a few sentences that whoever decides can read.

Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.plan.chance import scenario_varies
from simulator.report.comparing.causes import cause
from simulator.report.comparing.effects import (
    effect_on_machines,
    effect_on_targets,
    effect_on_waits,
)
from simulator.report.wording import percent

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
    luck = f"{IN_ONE} " if may_be_luck(comparison) else ""
    if variant in comparison.rights or variant in comparison.admissions:
        first = f"{variant}: {cause(variant, comparison)}; {luck}it {waits}."
    elif luck:
        first = f"{variant}: {luck}it {waits}."
    else:
        first = f"{variant} {waits}."
    others = effect_on_targets(place, comparison), effect_on_machines(place, comparison)
    return " ".join((first, *filter(None, others)))


IN_ONE: Final = "in the one replication there is, which may be luck,"
"""What stands before differences that nothing tells from luck."""


def may_be_luck(comparison: Comparison) -> bool:
    """Return whether differences are of a single replication, and another would have others."""
    if comparison.replications != 1:
        return False
    return any(scenario_varies(one.scenario) for one in comparison.scenarios.values())


def evidence(comparison: Comparison) -> str:
    """Return what differences rest on, to end a heading: `, with 95 % intervals`."""
    if comparison.replications != 1:
        return f", with {percent(comparison.confidence)} intervals"
    if may_be_luck(comparison):
        return "; a single replication gives no interval, so each may be luck: run 10 or more"
    return "; nothing is left to chance, so that a single replication tells all"
