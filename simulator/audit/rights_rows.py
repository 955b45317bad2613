"""Rights and grants as they stand in JSON: actions spelt like keys, and null for none."""

from __future__ import annotations

from typing import Any

from simulator.audit.grant_uses import GrantUse
from simulator.audit.right_changes import RightChange


def in_snake_case(words: str) -> str:
    """Return the words of an action, or of what a grant is used for, as a key: `see_jobs`."""
    return words.replace(" ", "_")


def right_row(change: RightChange) -> dict[str, Any]:
    """Return a right that was gained or lost; a `place` of null is the tenant."""
    return {
        **change._asdict(),
        "action": in_snake_case(change.action),
        "roles": [
            {"role": role.role, "place": role.place or None, "group": role.group or None}
            for role in change.roles
        ],
    }


def grant_row(grant: GrantUse) -> dict[str, Any]:
    """Return a grant with its uses; a `role` of null is an assignment without one."""
    return {
        **grant._asdict(),
        "role": grant.role or None,
        "permits": list(map(in_snake_case, grant.permits)),
        "used_for": list(map(in_snake_case, grant.used_for)),
    }
