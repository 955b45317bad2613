"""Which jobs, items and slots a target is about, as far as that is known before a run."""

from __future__ import annotations

from simulator.model.registers import full_name
from simulator.model.targets import Target
from simulator.model.triggers import Start, Trigger
from simulator.plan.adders import Adder
from simulator.plan.demands import Part


def is_about(target: Target, part: Part) -> bool:
    """Return whether a target is about the jobs, or items, of a part of the load.

    Of a machine, a host or an account it is about all that may run there.
    """
    scope, name = target.scope
    source = part.source
    match scope:
        case "folder" | "folder+":
            is_below = scope == "folder+" and source.folder.startswith(f"{name}/")
            return source.folder == name or is_below
        case "process":
            return not isinstance(source, Adder) and name == full_name(
                source.folder, source.item.process
            )
        case "trigger" | "start":
            kind = Trigger if scope == "trigger" else Start
            return isinstance(source.item, kind) and source.path == name
        case "priority":
            return str(part.priority) == name
        case "queue":
            return part.queue == name
        case _:
            return _is_there(scope, name, part)


def _is_there(scope: str, name: str, part: Part) -> bool:
    """Return whether jobs may run at a place, or anywhere where it is the whole tenant."""
    spots = [spot for reach in part.reaches for spot in reach.spots]
    match scope:
        case "runtime":
            return any(reach.runtime == name for reach in part.reaches)
        case "machine":
            return any(spot.machine == name for spot in spots)
        case "host":
            return any(name.startswith(f"{spot.machine}/") for spot in spots)
        case "account":
            return any(name in spot.accounts for spot in spots)
        case _:
            return True


def is_of_slots(target: Target, machine: str, runtime: str) -> bool:
    """Return whether a target of slots is about those of a runtime type on a machine."""
    scope, name = target.scope
    match scope:
        case "machine":
            return machine == name
        case "host":
            return name.startswith(f"{machine}/")
        case "runtime":
            return runtime == name
        case _:
            return scope == "tenant"
