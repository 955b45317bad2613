"""What a sizing found as DataFrames, out of the same rows as its JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from simulator.experiments.sizing.certificate import sizing_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.sizing.sizing import Sizing


def answer_of(sizing: Sizing) -> dict[str, Any] | None:
    """Return the value of each quantity by its path, None without an answer."""
    found: dict[str, Any] | None = json.loads(sizing_json(sizing))["answer"]
    return found


def fleets_frame(sizing: Sizing) -> pd.DataFrame:
    """Return a row each fleet tried and target, in the order of the search.

    A fleet that its load rules out has one row, without figures; `why` tells the reason.
    """
    return pd.DataFrame(list(_fleets(_certificate(sizing)["tried"])))


def _fleets(tried: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in tried:
        fleet = {
            **one["values"],
            "cost": one["cost"],
            "fleet_outcome": one["outcome"],
            "replications": one["replications"],
            "why": one["why"],
        }
        yield from ({**fleet, **target} for target in one["targets"] or [{}])


def effects_frame(sizing: Sizing) -> pd.DataFrame:
    """Return a row each step up or down from the answer, and target: what it would change.

    `mean` is the difference to the answer, `low` and `high` the ends of its interval. A step that
    cannot be run has one row, without figures; `why` tells the reason.
    """
    return pd.DataFrame(list(_effects(_certificate(sizing)["effects"])))


def _effects(effects: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in effects:
        step = {
            "path": one["path"],
            "step": one["step"],
            **one["values"],
            "cost": one["cost"],
            "fleet_outcome": one["outcome"],
            "why": one["why"],
        }
        yield from ({**step, **difference} for difference in one["differences"] or [{}])


def _certificate(sizing: Sizing) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sizing_json(sizing))["certificate"]
    return found
