"""Blame as tests read it: by names, or beside the plain reference, in seconds or in minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from builders import catalogue, folder, scenario
from invariants.reference_blame import Blamed, Charge, ReferenceBlame, reference_blame

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.measurement.blaming.blame import blame_figures, charges_of
from simulator.measurement.figures import BlameFigures
from simulator.plan.eligibility import eligibility_of
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.codes import BlameCause
from simulator.records.columns import Names, Records

Minutes = dict[str, float]
"""`B:P | slot held | A | M1`: whose wait, why, whose jobs it was, and where."""


def planned(**parts: Any) -> Plan:
    """The plan of a scenario made of parts."""
    found = scenario(**parts)
    return make_plan(found, access_of(found, catalogue()), {})


def table_of(plan: Plan, records: Records) -> dict[Blamed, float]:
    """The product's `blame` table of a run, the whole of it."""
    blame = charges_of(eligibility_of(plan), plan.legend, records).blame
    columns = (blame.process, blame.cause, blame.held_by, blame.machine, blame.seconds)
    rows = [*zip(*(column.tolist() for column in columns), strict=True)]
    found = {
        Blamed(process, Charge(BlameCause(cause), held_by, machine)): seconds
        for process, cause, held_by, machine, seconds in rows
    }
    assert len(found) == len(rows)
    return found


def figures_of(plan: Plan, records: Records) -> BlameFigures:
    """The product's figures of the window."""
    charges = charges_of(eligibility_of(plan), plan.legend, records)
    return blame_figures(plan.legend, charges)


def window_of(figures: BlameFigures) -> dict[Blamed, float]:
    """What they say of each combination."""
    return {
        Blamed(process, Charge(BlameCause(cause), held_by, machine)): seconds
        for (process, cause, held_by, machine), seconds in zip(
            figures.keys.tolist(), figures.window_s.tolist(), strict=True
        )
    }


# --- by hand --------------------------------------------------------------------------------------


def accounts(*names: str, **more: Any) -> dict[str, Any]:
    """An owner and some robots, each with what more says."""
    return {"owner": {"type": "user"}, **{name: {"type": "robot", **more} for name in names}}


def works(
    duration: str,
    *times: str,
    machines: Sequence[str] = ("M1",),
    robots: Sequence[str] = ("robot",),
    day: str = "2026-01-05",
    **process: Any,
) -> dict[str, Any]:
    """A folder whose process P lasts as long each time, started at these times of a day."""
    return folder(
        assign={
            **{robot: ["Automation User"] for robot in robots},
            "owner": ["Folder Administrator"],
        },
        machines=list(machines),
        processes={"P": {"duration": duration, **process}},
        starts={"S": {"process": "P", "by": "owner", "stream": at(*times, day=day)}},
    )


def at(*times: str, day: str = "2026-01-05") -> dict[str, list[str]]:
    """A stream at these times of a day."""
    return {"at": [f"{day}T{time}" for time in times]}


def agrees(parts: dict[str, Any], expected: Minutes) -> None:
    """Whether the product and the reference have a table that was worked out by hand.

    All of it lies in the window, so that the window's figures are the same.
    """
    hand = Hand(**parts)
    assert hand.table() == expected
    assert hand.window() == expected
    assert hand.expected() == expected


class Hand:
    """One run of a scenario with times one can follow on paper, and both tables of its blame.

    There are an owner and a robot, unless it says otherwise.
    """

    def __init__(self, **parts: Any) -> None:
        self.plan = planned(**({"accounts": accounts("robot")} | parts))
        self.records = simulate(self.plan, 1, 0)
        self.names = self.plan.legend.names
        self.figures = figures_of(self.plan, self.records)
        self.reference: ReferenceBlame = reference_blame(self.plan, self.records)

    def table(self) -> Minutes:
        """The whole run, as the product has it."""
        return _in_minutes(table_of(self.plan, self.records), self.names)

    def expected(self) -> Minutes:
        """The whole run, as the reference has it."""
        return _in_minutes(self.reference.whole, self.names)

    def window(self) -> Minutes:
        return _in_minutes(window_of(self.figures), self.names)

    def hours(self) -> dict[int, float]:
        """The window by local hour of the week, in minutes, without the zeros."""
        total = self.figures.week_s.sum(axis=0) / 60
        return {hour: minutes for hour, minutes in enumerate(total.tolist()) if minutes}


def _in_minutes(seconds: Mapping[Blamed, float | Fraction], names: Names) -> Minutes:
    return {
        _text(blamed, names): round(float(value) / 60, 9)
        for blamed, value in seconds.items()
        if value
    }


def _text(blamed: Blamed, names: Names) -> str:
    cause, held_by, machine = blamed.charge
    held, where = (
        "-" if number < 0 else among[number]
        for number, among in ((held_by, names.folders), (machine, names.machines))
    )
    return f"{names.processes[blamed.process]} | {cause.label} | {held} | {where}"
