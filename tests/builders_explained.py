"""One replication of a small scenario, with all that a job of it is explained by."""

from __future__ import annotations

from typing import Any

from builders import catalogue, folder, scenario
from engine.timelines import clock

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.explaining.explained import Explanation, SlotFinding, Stretch
from simulator.explaining.job_story import Told, explain
from simulator.plan.making import make_plan


def told(**parts: Any) -> Told:
    """What became of a scenario made of parts, in replication 1 with seed 1."""
    whole = scenario(**parts)
    access = access_of(whole, catalogue())
    plan = make_plan(whole, access, {})
    return Told(whole, access, plan, simulate(plan, 1, 1))


def explained(job: int, **parts: Any) -> Explanation:
    """The life of one job of it."""
    return explain(told(**parts), job)


def starts(process: str, *times: str, **more: Any) -> dict[str, Any]:
    """The owner presses Start at these times of the first day."""
    stream = {"at": [f"2026-01-05T{time}" for time in times]}
    return {"process": process, "by": "owner", "stream": stream, **more}


def of_folder(*times: str, **parts: Any) -> dict[str, Any]:
    """A folder in which jobs of P, of ten minutes, are started at these times."""
    return folder(starts={"press": starts("P", *times)}, **parts)


def story(one: Explanation) -> list[str]:
    """`08:01-08:10 M1/1.0 slot held by 0`: each stretch, and what was with each slot."""
    return [
        f"{_span(stretch)} {_slot(slot)}" for stretch in one.stretches for slot in stretch.slots
    ]


def charged(one: Explanation) -> dict[tuple[str, str], float]:
    """The seconds of its wait, by cause and by the folder whose jobs it was."""
    return {(charge.cause.label, charge.held_by): charge.seconds for charge in one.charges}


def overtakers(one: Explanation) -> list[str]:
    """`2 at 08:10 on M1/1: higher priority`, and the jobs that had what it lacked."""
    return [
        f"{other.who.job} at {clock(other.at_s)} on {other.host}: {other.reason}"
        + "".join(f" by {by.who.job}" for by in other.by)
        for other in one.overtakings.first
    ]


def _span(stretch: Stretch) -> str:
    return f"{clock(stretch.from_s)}-{clock(stretch.to_s)}"


def _slot(slot: SlotFinding) -> str:
    place = slot.host if slot.slot < 0 else f"{slot.host}.{slot.slot}"
    by = ", ".join(str(one.who.job) for one in slot.by)
    return f"{place} {slot.cause.label}{f' by {by}' if by else ''}"
