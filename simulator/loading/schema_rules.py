"""What the models check of several keys together, as far as a JSON schema of draft 07 can say it.

A key that is null counts as not written, here as in a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, starmap
from typing import Any, Final

from simulator.model.measures import OVER

Rule = dict[str, Any]
_NULL: Final[Rule] = {"type": "null"}
_NOT_NULL: Final[Rule] = {"not": _NULL}
_EMPTY: Final[Rule] = {"maxProperties": 0}
_SOME: Final[Rule] = {"minProperties": 1}


def _not_both(one: str, other: str) -> Rule:
    return {"anyOf": [{"properties": {one: _NULL}}, {"properties": {other: _NULL}}]}


def _one_of(*kinds: str) -> Rule:
    return {
        "anyOf": [
            {
                "required": [kind],
                "properties": {key: _NOT_NULL if key == kind else _NULL for key in kinds},
            }
            for kind in kinds
        ]
    }


def _if(key: str, values: Sequence[object], then: Rule, otherwise: Rule) -> Rule:
    is_so = {"required": [key], "properties": {key: {"enum": list(values)}}}
    return {"if": is_so, "then": then, "else": otherwise}


def _given(key: str) -> Rule:
    return {"required": [key], "properties": {key: _NOT_NULL}}


RULES: Final[dict[str, tuple[Rule, ...]]] = {
    "CustomRole": (
        {
            "anyOf": [
                {
                    "required": ["type", "permissions"],
                    "properties": {"copy_of": _NULL, "add": _EMPTY, "remove": _EMPTY},
                },
                {"required": ["copy_of"], "properties": {"permissions": _NULL, "type": _NULL}},
                {
                    "properties": {"copy_of": _NULL, "permissions": _NULL, "type": _NULL},
                    "anyOf": [
                        {"required": [change], "properties": {change: _SOME}}
                        for change in ("add", "remove")
                    ],
                },
            ]
        },
    ),
    "ExecutionTarget": (
        {
            "anyOf": [
                _given("machine"),
                {"required": ["account"], "properties": {"account": _NOT_NULL, "host": _NULL}},
            ]
        },
    ),
    "Calendar": (
        {
            "anyOf": [
                _given("country"),
                {
                    "required": ["dates"],
                    "properties": {"dates": {"minItems": 1}, "subdivision": _NULL},
                },
            ]
        },
    ),
    "Machine": tuple(starmap(_not_both, combinations(("hosts", "names", "pool"), 2))),
    "Precision": ({"properties": {"precision": {"exclusiveMinimum": 0}}},),
    "Run": ({"properties": {"confidence": {"minimum": 0.5, "maximum": 0.999}}},),
    "Suspends": ({"properties": {"probability": {"maximum": 0.99}}},),
    "Target": (
        _one_of("at_most", "at_least"),
        _if("measure", OVER, {"required": ["threshold"]}, {"properties": {"threshold": _NULL}}),
        _if("with_subfolders", (True,), {"required": ["folder"]}, {}),
    ),
    "Trigger": (
        _one_of("time", "event", "api", "queue"),
        {
            "if": _given("queue"),
            "then": {
                "properties": {"jobs": {"const": 1}, "pending_guard": {"enum": [None, "none"]}}
            },
        },
    ),
}
"""What holds of each model's mapping, by the model's name."""
