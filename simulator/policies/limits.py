"""The limit on Pending jobs of a process: what a job is told that is refused over it."""

from __future__ import annotations

from simulator.access.refusals import Refusal


def over_limit(process: str, limit: int) -> Refusal:
    """Return the refusal of a job that had to wait, while `limit` of the process did already."""
    few = f"only {limit}" if limit else "none"
    return Refusal(409, "pending_limit", f"room for it: of {process} {few} may be Pending")
