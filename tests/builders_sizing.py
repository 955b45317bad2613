"""Sizings by hand: what a search came to, without a search."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.sizing.sizing import (
    Binding,
    Bound,
    Effect,
    Sizing,
    TargetFigure,
    Tried,
    Values,
)
from simulator.experiments.varying.quantities import quantities_of
from simulator.experiments.verdicts import Outcome
from simulator.model.targets import Target

P95 = Target(folder="F", measure="pending.p95", at_most="5m")
USED = Target(machine="M1", measure="slots.utilisation", at_least="60%")
OVERLOADED = "the jobs of F need 10.8 slots on average, and there are 10"


def minutes(
    mean: float, low: float, high: float, outcome: Outcome = "met", target: Target = P95
) -> TargetFigure:
    """How a fleet fares by a target in minutes."""
    return TargetFigure(target, mean * 60, low * 60, high * 60, outcome)


def tried(
    *values: str,
    figures: tuple[TargetFigure, ...] = (),
    outcome: Outcome = "missed",
    replications: int = 20,
    cost: float = math.nan,
    why: str = "",
) -> Tried:
    """A fleet that was judged; its cost is the sum of its values unless it is given."""
    total = sum(map(float, values)) if math.isnan(cost) else cost
    return Tried(values, total, outcome, 0 if why else replications, figures, why)


MET = tried("14", figures=(minutes(4.8, 4.6, 4.95),), outcome="met", replications=45)
MISSED = tried("13", figures=(minutes(8.8, 8.2, 9.4, "missed"),))
LARGER = tried("20", figures=(minutes(0.2, 0.1, 0.3),), outcome="met", replications=10)
RULED_OUT = tried("10", why=OVERLOADED)
LESS = Effect(
    "machines.M1.slots", "less", ("13",), -1.0, "missed", (Difference(240.0, 216.0, 264.0),)
)
MORE = Effect(
    "machines.M1.slots", "more", ("15",), 1.0, "met", (Difference(-120.0, -132.0, -108.0),)
)
HELD = Binding("slot held", "M1", "F", 1.0, 1.0, 1.0)


def sizing(**changes: Any) -> Sizing:
    """14 slots out of 1 to 40, where 13 miss and 10 cannot keep up; or what the changes make it."""
    found = Sizing(
        quantities=quantities_of(["machines.M1.slots=1..40"]),
        unit_costs=(1.0,),
        targets=(P95,),
        answer=("14",),
        tried=(LARGER, MISSED, MET, RULED_OUT),
        bound=Bound(40, 10, ("11",), 11.0, OVERLOADED),
        effects=(LESS, MORE),
        binding=(HELD,),
        bound_at=("13",),
        guess=("14",),
        unproven=0,
        more_never_hurts=False,
        error=0.05,
        seed=1,
        complete=True,
        checks=(),
        cautions=(),
    )
    return replace(found, **changes)


def of_two(**changes: Any) -> Sizing:
    """Three slots and a robot more, the cheapest of four by two targets; slots cost 2, robots 5."""
    values: Values = ("3", "1")
    busy = TargetFigure(USED, 0.7, 0.65, 0.75, "met")
    idle = TargetFigure(USED, 0.5, 0.45, 0.55, "missed")
    parts: dict[str, Any] = {
        "quantities": quantities_of(["machines.M1.slots=2,3", "machines.M2.slots=1,2"]),
        "unit_costs": (2.0, 5.0),
        "targets": (P95, USED),
        "answer": values,
        "tried": (
            tried("3", "2", figures=(minutes(1, 0.9, 1.1), idle), cost=16.0),
            tried(*values, figures=(minutes(4, 3.8, 4.2), busy), outcome="met", cost=11.0),
            tried("2", "1", figures=(minutes(9, 8, 10, "missed"), busy), cost=9.0),
        ),
        "bound": Bound(4, 0, ("2", "1"), 9.0, ""),
        "effects": (
            Effect(
                "machines.M1.slots",
                "less",
                ("2", "1"),
                -2.0,
                "missed",
                (Difference(300.0, 270.0, 330.0), Difference(0.0, 0.0, 0.0)),
            ),
        ),
        "bound_at": ("2", "1"),
        "guess": None,
    }
    return sizing(**{**parts, **changes})


BATCH = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1h}
run: {seed: 1}
machines: {M1: {slots: 1}}
accounts: {robot: {type: robot}, owner: {type: user}}
folders:
  F:
    assign: {robot: [Automation User], owner: [Folder Administrator]}
    machines: [M1]
    processes: {P: {duration: 10m}}
    starts:
      batch: {process: P, by: owner, stream: {at: [2026-01-05T00:00]}, jobs: 6}
targets:
  - {folder: F, measure: pending.max, at_most: 10m}
"""
"""Six jobs of ten minutes at one instant: the last starts after 50, 20, 10, 10, 10 min on 1 to 5
slots, so three are the fewest that keep the longest wait within ten minutes.
"""

BATCH_ON_TWO = (
    BATCH.replace("M1: {slots: 1}", "M1: {slots: 1}, M2: {slots: 1}")
    .replace("machines: [M1]", "machines: [M1, M2]")
    .replace("folders:", "costs: {machines.M1.slots: 1, machines.M2.slots: 3}\nfolders:", 1)
)
"""The same on two machines: three slots together, of which those of M1 cost less."""

STEADY = (
    BATCH.replace("stream: {at: [2026-01-05T00:00]}, jobs: 6", "stream: {every: 5m}")
    .replace("duration: 1h", "duration: 4h, warm_up: 1h")
    .replace("at_most: 10m", "at_most: 0s")
)
"""A job of ten minutes each five minutes, and nobody may wait: two slots, one cannot keep up."""
