"""What the models check of several keys together, as far as a JSON schema of draft 07 can say it.

A key that is null counts as not written, here as in a file.
"""

from __future__ import annotations

from typing import Any, Final

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


def _if(key: str, value: object, then: Rule, otherwise: Rule) -> Rule:
    is_so = {"required": [key], "properties": {key: {"const": value}}}
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
    "Machine": (_not_both("hosts", "names"),),
    "Run": ({"properties": {"confidence": {"minimum": 0.5, "maximum": 0.999}}},),
    "Target": (
        _one_of("at_most", "at_least"),
        _if(
            "measure",
            "pending.over",
            {"required": ["threshold"]},
            {"properties": {"threshold": _NULL}},
        ),
        _if("with_subfolders", True, {"required": ["folder"]}, {}),  # noqa: FBT003 - a value in the file
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
