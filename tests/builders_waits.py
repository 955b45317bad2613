"""Waits for slots and accounts, written row by row: what held a slot, what slots there were."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from builders_records import NAMES, Break, Job, ints, legend, records

from simulator.plan.eligibility import Eligibility
from simulator.plan.lines import Line, Place
from simulator.plan.places import Host, Pool
from simulator.records.codes import PendingReason, SlotState
from simulator.records.columns import Availability, Legend, Occupancy, Records

HOUR_S = 3600.0


class Held(NamedTuple):
    """A slot that was held: whose job, from when to when; and from when that ran, if later."""

    job: int
    from_s: float
    to_s: float
    host: int = 0
    slot: int = 0
    account: int = 0
    ran_from_s: float | None = None


class Slots(NamedTuple):
    """Slots of a host in a state, by default one that is usable for all of the hour."""

    host: int = 0
    slots: int = 1
    from_s: float = 0.0
    to_s: float = HOUR_S
    state: SlotState = SlotState.USABLE
    runtime: int = 0


def a_line(
    *pools: int,
    folder: int = 0,
    accounts: Sequence[int] = (0,),
    takes_account: bool = False,
    nowhere: PendingReason = PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE,
) -> Line:
    """A line that may use these pools, under these accounts."""
    places = (Place(0, pools, tuple(accounts)),) if pools else ()
    return Line(folder, 45, takes_account, takes_account, places, nowhere)


@dataclass(frozen=True)
class Estate:
    """Lines over pools of one slot each on a host of its own; route n leads to line n."""

    lines: Sequence[Line]
    slots: Sequence[int] = (1,)
    single: Sequence[int] = ()
    again: Mapping[tuple[int, int, int], int] | None = None
    licences: float = math.inf

    @property
    def eligibility(self) -> Eligibility:
        pools = tuple(Pool(host, 0, count, 0, count) for host, count in enumerate(self.slots))
        return Eligibility(
            lines=tuple(self.lines),
            hosts=tuple(Host(0, None) for _ in self.slots),
            pools=pools,
            again=self.again or {},
            single=frozenset(self.single),
            licences=(self.licences,),
            blocks=False,
        )

    def legend(self, from_s: float = 0.0, to_s: float = HOUR_S) -> Legend:
        found, count = legend(from_s, to_s), len(self.lines)
        columns: dict[str, Any] = {
            name: np.resize(getattr(found.routes, name), count)
            for name in found.routes.__dataclass_fields__
        }
        columns |= {
            "folder": ints(*(line.folder for line in self.lines)),
            "line": np.arange(count, dtype=np.int32),
            "runtime": np.zeros(count, dtype=np.int32),
        }
        return replace(found, names=NAMES, routes=replace(found.routes, **columns))


def waiting(
    *jobs: Job,
    held: Sequence[Held] = (),
    slots: Sequence[Slots] = (Slots(),),
    breaks: Sequence[Break] = (),
) -> Records:
    """Records of these jobs, of just these spans and slots, up to the end of the hour."""
    columns = zip(*(one[:6] for one in held), strict=True) if held else [()] * 6
    job, from_s, to_s, host, slot, account = (list(column) for column in columns)
    ran_from_s = [one.from_s if one.ran_from_s is None else one.ran_from_s for one in held]
    return replace(
        records(*jobs, breaks=breaks),
        occupancy=Occupancy(
            *(ints(*column) for column in (job, host, slot, account)),
            *(np.array(column, dtype=np.float64) for column in (from_s, ran_from_s, to_s)),
        ),
        availability=Availability(
            host=ints(*(one.host for one in slots)),
            runtime=ints(*(one.runtime for one in slots)),
            slots=ints(*(one.slots for one in slots)),
            from_s=np.array([one.from_s for one in slots]),
            to_s=np.array([one.to_s for one in slots]),
            state=np.array([one.state for one in slots], dtype=np.int8),
        ),
    )
