"""The answer of a sizing with its certificate as JSON, and the fleets it tried as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from simulator.experiments.checks import check_row
from simulator.experiments.sizing.sizing import (
    Binding,
    Bound,
    Effect,
    Sizing,
    TargetFigure,
    Tried,
    Values,
)
from simulator.experiments.varying.quantities import plain_value, value_cell
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.cells import cell, csv_text, ends_of, or_none
from simulator.model.measures import BY_NAME
from simulator.model.targets import Target

BOUND_BY: Final = "offered load by maximal flow, and what nothing can run"
"""What the lower bound of a certificate comes from."""


def sizing_json(sizing: Sizing) -> str:
    """Return a sizing as JSON: `schema_version`, `answer` and `certificate`.

    `answer` has the value of each quantity by its path; null where no fleet was found to meet all
    targets. The certificate's `lower_bound` is what load alone tells: the cheapest fleet that it
    does not rule out, null where it rules out all, and the reason for the dearest of those below.
    `at_answer` has how the answer fares by each target, `one_less` the same of the fleets with one
    step less of a quantity, `effects` what each step up or down changes, paired by replication,
    `binding` what keeps jobs waiting at one less, `tried` all fleets in the order of the search,
    `unproven` how many cheaper fleets are neither known to miss nor ruled out. `error` is the
    chance, at most, that any test of the search went wrong, `confidence` what it leaves. Values are
    in each measure's unit; a number that does not exist is null.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "answer": _assigned(sizing, sizing.answer),
        "certificate": _certificate(sizing),
    }
    return json_text(content)


def _certificate(sizing: Sizing) -> dict[str, Any]:
    found = sizing.of(sizing.answer)
    return {
        "lower_bound": _bound(sizing, sizing.bound),
        "at_answer": None if found is None else _judgement(found),
        "one_less": [_one_less(sizing, one) for one in sizing.effects if one.step == "less"],
        "effects": [_effect(sizing, one) for one in sizing.effects],
        "binding": {
            "at": _assigned(sizing, sizing.bound_at),
            "causes": [_cause(one) for one in sizing.binding],
        },
        "tried": [_tried(sizing, one) for one in sizing.tried],
        "error": sizing.error,
        "confidence": 1 - sizing.error,
        "unproven": sizing.unproven,
        "more_never_hurts": sizing.more_never_hurts,
        "guess": _assigned(sizing, sizing.guess),
        "quantities": [
            {"path": one.path, "values": list(map(plain_value, one.values)), "unit_cost": cost}
            for one, cost in zip(sizing.quantities, sizing.unit_costs, strict=True)
        ],
        "seed": sizing.seed,
        "complete": sizing.complete,
        "checks": [check_row(check) for check in sizing.checks],
        "cautions": list(sizing.cautions),
    }


def _assigned(sizing: Sizing, values: Values | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {path: plain_value(value) for path, value in sizing.assigned(values).items()}


def _bound(sizing: Sizing, bound: Bound) -> dict[str, Any]:
    return {
        "by": BOUND_BY,
        "values": _assigned(sizing, bound.values),
        "cost": None if bound.values is None else or_none(bound.cost),
        "why": bound.why,
        "excluded": bound.excluded,
        "fleets": bound.fleets,
    }


def _judgement(tried: Tried) -> dict[str, Any]:
    return {
        "targets": [_figure(one) for one in tried.targets],
        "replications": tried.replications,
    }


def _figure(figure: TargetFigure) -> dict[str, Any]:
    return {
        **_about(figure.target),
        **ends_of(figure),
        "outcome": figure.outcome,
    }


def _about(target: Target) -> dict[str, Any]:
    """Return what a target is about, and its limit."""
    scope, name = target.scope
    return {
        "scope": scope,
        "name": name,
        "measure": target.row,
        "unit": BY_NAME[target.measure].unit,
        "limit": target.limit,
        "bound": "at_least" if target.at_most is None else "at_most",
    }


def _one_less(sizing: Sizing, effect: Effect) -> dict[str, Any]:
    """Return how the fleet with one step less fares, as far as it was tried itself."""
    tried = sizing.of(effect.values)
    return {
        "path": effect.path,
        "values": _assigned(sizing, effect.values),
        "outcome": effect.outcome,
        "why": effect.why,
        **({"targets": [], "replications": 0} if tried is None else _judgement(tried)),
    }


def _effect(sizing: Sizing, effect: Effect) -> dict[str, Any]:
    pairs = zip(sizing.targets, effect.differences, strict=False)  # none where it was not run
    return {
        "path": effect.path,
        "step": effect.step,
        "values": _assigned(sizing, effect.values),
        "cost": effect.cost,
        "outcome": effect.outcome,
        "why": effect.why,
        "differences": [{**_about(target), **ends_of(change)} for target, change in pairs],
    }


def _cause(binding: Binding) -> dict[str, Any]:
    return {key: or_none(value) for key, value in binding._asdict().items()}


def _tried(sizing: Sizing, tried: Tried) -> dict[str, Any]:
    return {
        "values": _assigned(sizing, tried.values),
        "cost": tried.cost,
        "outcome": tried.outcome,
        "why": tried.why,
        **_judgement(tried),
    }


_FLEET_COLUMNS: Final = ("cost", "fleet_outcome", "replications", "why")
_FIGURE_COLUMNS: Final = (
    *("scope", "name", "measure", "unit", "limit", "bound"),
    *("mean", "low", "high", "outcome"),
)


def sizing_csv(sizing: Sizing) -> str:
    """Return the fleets tried as CSV text, in the order of the search: a row for each target.

    The first columns are the paths of the quantities. A fleet that load rules out has one row, with
    nothing about targets. Numbers are the shortest text that reads back as the same float; what
    does not exist is empty. What a spreadsheet would take for a formula gets an apostrophe.
    """
    paths = [cell(one.path) for one in sizing.quantities]
    rows = chain.from_iterable(map(_csv_rows, sizing.tried))
    return csv_text([*paths, *_FLEET_COLUMNS, *_FIGURE_COLUMNS], rows)


def _csv_rows(tried: Tried) -> Iterator[list[str]]:
    told = (tried.cost, tried.outcome, tried.replications, tried.why)
    of_fleet = [*map(value_cell, tried.values), *map(cell, told)]
    if not tried.targets:
        yield [*of_fleet, *("" for _ in _FIGURE_COLUMNS)]
    for figure in tried.targets:
        row = _figure(figure)
        yield [*of_fleet, *(cell(row[column]) for column in _FIGURE_COLUMNS)]
