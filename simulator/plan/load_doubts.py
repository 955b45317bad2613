"""Load that can never be served: a warning before a run, with whose it is and what they share."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from simulator.access.grants import Access
from simulator.errors import Issue, Path, warning
from simulator.model.accounts import entry_of
from simulator.model.registers import first_of
from simulator.model.scenario import Scenario, TimeFrame
from simulator.plan.flow import is_all
from simulator.plan.overloads import Overload, overloads
from simulator.plan.slot_network import Kind
from simulator.sampling.inversion import NO_COLUMNS, Columns
from simulator.traces.rows import NO_TRACES, Traces

NO_MEAN: Final = "so that waits have no long-run mean"

_UNITS: Final[dict[Kind, str]] = {
    "slot": "slots",
    "session": "Windows sessions",
    "licence": "licences",
}
"""What is counted where all that is shared is of one kind; else jobs at a time."""


def load_doubts(
    scenario: Scenario, access: Access, columns: Columns = NO_COLUMNS, traces: Traces = NO_TRACES
) -> Iterator[Issue]:
    """Yield a warning for each set of folders that needs more than it shares."""
    of_window_alone = tells_of_its_window_alone(scenario.time)
    for one in overloads(scenario, access, columns, traces):
        means = "and all figures are of this window alone" if of_window_alone else NO_MEAN
        message = f"{told(one)}: {_whose(one)}wait ever longer, {means}"
        yield warning(_place(one, scenario), message, "unstable-load", _hint(one))


def tells_of_its_window_alone(time: TimeFrame) -> bool:
    """Return whether a run is a study of its window, with its empty start and all jobs to the end.

    Such a terminating study (Law, "Simulation Modeling and Analysis", 5th ed., section 9.3) has a
    mean whatever the load; one with a warm-up asks for the long run.
    """
    return time.drain and time.warm_up == 0


def told(one: Overload) -> str:
    """Return who needs how much of what: `HR and Finance together need 7.2 slots of the 6 …`."""
    several = len(one.folders) > 1
    who = f"{_listed(one.folders)} together need" if several else f"{one.folders[0]} needs"
    kinds = {node.kind for node, _ in one.narrow}
    unit = _UNITS.get(next(iter(kinds)), "") if len(kinds) == 1 else ""
    need, room = _apart(one.need, one.room)
    have = "they share" if several else "it has"
    of_what = (unit.removesuffix("s") if need == "1" else unit) or "jobs at a time"
    return f"{who} {need} {of_what} of the {room} {have} ({_shared(one)})"


def _whose(one: Overload) -> str:
    """Return whose jobs it is that wait: by priority, those of some folders need not."""
    if one.waiting == one.folders:
        return "their jobs " if len(one.folders) > 1 else "its jobs "
    return f"the jobs of {_listed(one.waiting)}, which come last, "


def _shared(one: Overload) -> str:
    """Return what is too narrow: machines by name, accounts, sessions, licences."""
    alone = len({node.kind for node, _ in one.narrow}) == 1
    names: dict[str, dict[str, None]] = {}
    for node, _ in one.narrow:
        names.setdefault(_kind(node.kind, alone=alone), {}).update(dict.fromkeys(node.names))
    told_of = (
        f"{_one_of(kind) if len(some) == 1 else kind} {_listed(list(some))}"
        for kind, some in names.items()
    )
    return "; ".join(one.lstrip() for one in told_of)


def _one_of(kind: str) -> str:
    """Return what stands before a single name."""
    return "the account" if kind == "the accounts" else kind


def _kind(kind: Kind, *, alone: bool) -> str:
    """Return what stands before the names; nothing where the unit says it already."""
    words: dict[Kind, str] = {
        "at_most": "at_most of",
        "account": "the accounts",
        "session": "Windows sessions of",
        "slot": "slots of",
        "licence": "licences left for",
    }
    return "" if alone and kind in {"slot", "session"} else words[kind]


def _apart(need: float, room: float) -> tuple[str, str]:
    """Return two numbers to as many decimals as it takes to tell them apart, at least to one."""
    if math.isinf(need):
        return "ever more", _number(room, 1)
    decimals = _decimals(0.0 if is_all(need, room) else need - room)
    return _number(need, decimals), _number(room, decimals)


def _decimals(value: float) -> int:
    """Return the decimals that show a value's first digit, at least one."""
    return max(-math.floor(math.log10(value)), 1) if value > 0 else 1


def _number(value: float, decimals: int) -> str:
    """Return a number without zeros behind the point: `7.2`, `1,234`."""
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".")


def _place(one: Overload, scenario: Scenario) -> Path:
    """Return where the first thing that is too narrow stands in the file."""
    node = one.narrow[0][0]
    name = node.names[0]
    match node.kind:
        case "at_most":
            return node.path
        case "account":
            return ("accounts", entry_of(name, scenario.accounts) or name)
        case "licence":
            return ("licences", name)
        case _:
            return ("machines", name)


def _hint(one: Overload) -> str:
    lacking = one.need - one.room
    is_known = math.isfinite(lacking) and not is_all(one.need, one.room)
    more = f" for {_number(lacking, _decimals(lacking))} more" if is_known else ""
    return f"make room{more}, or have less come; with little room to spare waits are long still"


def _listed(names: Sequence[str]) -> str:
    """Return names as a sentence has them: `HR, IT and Finance`."""
    shown = list(first_of(names))
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
