"""What became of a fleet that nobody may have meant: pools at their max, hosts out of use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from simulator.experiments.presences import MachinePresence
from simulator.measurement import Summary
from simulator.model.machines import Machine
from simulator.model.scenario import Scenario

WORTH_TELLING: Final = 0.05
"""The share of the window in which a pool may stand at its max, jobs Pending, without a word."""

MOSTLY: Final = 0.5
"""The share of a machine's slot-time that has to be usable, for nothing to be said."""


def fleet_cautions(
    scenario: Scenario, summary: Summary, presences: Sequence[MachinePresence]
) -> tuple[str, ...]:
    """Return a sentence for each pool often at its max, and machine mostly out of use.

    Names are as the scenario has them. Slots that lack a licence are told of before the run.
    """
    return (
        *(
            sentence
            for one in presences
            for sentence in _of_pool(one, scenario.machines[one.machine])
        ),
        *(sentence for name in scenario.machines for sentence in _of_machine(name, summary)),
    )


def _of_pool(presence: MachinePresence, machine: Machine) -> Iterator[str]:
    if machine.pool is not None and presence.full_share > WORTH_TELLING:
        hosts = f"{presence.limit:,} host{'s' * (presence.limit != 1)}"
        licensed = f"{hosts}, the most it has licences for,"
        mend = "raise max" if presence.limit == machine.pool.max else "raise the licences"
        at = f"its max of {hosts}" if presence.limit == machine.pool.max else licensed
        yield (
            f"{presence.machine} stood at {at} for {100 * presence.full_share:.0f} % of the window "
            f"while jobs were Pending that it serves; {mend} if they wait too long"
        )


def _of_machine(name: str, summary: Summary) -> Iterator[str]:
    usable = summary.find("machine", name, "slots.usable")
    if usable is None or not usable.mean < MOSTLY:
        return
    causes = {"in maintenance": "slots.maintenance", "down": "slots.down"}
    found = {words: summary.find("machine", name, measure) for words, measure in causes.items()}
    parts = [f"{100 * row.mean:.0f} % {words}" for words, row in found.items() if row and row.mean]
    yield (
        f"{name} could be used for only {100 * usable.mean:.0f} % of its slot-time: "
        f"{' and '.join(parts)}; check its maintenance and failures"
    )
