"""`simulator schema`: a schema that editors understand and that fits the language."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from builders_commands import invoked
from builders_files import PARALLEL
from jsonschema import Draft7Validator

from simulator.loading import scenario_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(invoked("schema").stdout)
    return found


def as_an_editor_reads(text: str) -> Any:
    """YAML 1.2 has no dates; PyYAML is told so."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text


def test_it_is_a_schema_of_draft_7(schema: dict[str, Any]) -> None:
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_it_is_the_schema_of_the_language(schema: dict[str, Any]) -> None:
    assert schema == scenario_schema()


def test_it_keeps_to_the_keywords_of_draft_7(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    assert not [word for word in ("prefixItems", "unevaluated", '"format": null') if word in text]


def test_a_bare_duration_is_a_distribution(schema: dict[str, Any]) -> None:
    of_duration = {**schema["$defs"]["Process"]["properties"]["duration"], "$defs": schema["$defs"]}
    validator = Draft7Validator(of_duration)
    assert validator.is_valid("10m")
    assert validator.is_valid({"exponential": "10m"})
    assert not validator.is_valid("10")
    assert not validator.is_valid({"exponential": 10})


@pytest.mark.parametrize(
    ("old", "new"),
    [("slots", "slts"), ("exponential: 10m", "exponential: 10"), ("type: robot", "type: root")],
    ids=["unknown-key", "no-unit", "not-a-type"],
)
def test_what_the_simulator_refuses_the_schema_refuses(
    schema: dict[str, Any], old: str, new: str
) -> None:
    validator = Draft7Validator(schema)
    right = json.loads(json.dumps(yaml.safe_load(PARALLEL), default=str))
    assert list(validator.iter_errors(right)) == []
    wrong = json.loads(json.dumps(yaml.safe_load(PARALLEL.replace(old, new)), default=str))
    assert list(validator.iter_errors(wrong)) != []
