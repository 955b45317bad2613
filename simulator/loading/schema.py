"""The language as a JSON schema, for completion and checks in editors."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from simulator.loading.meanings import meanings
from simulator.loading.schema_rules import RULES
from simulator.model.scenario import Scenario

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
"""The draft that editors' YAML servers know."""

_NOT_OF_THE_DRAFT: Final = frozenset({"gt", "ge", "lt", "le", "discriminator"})
"""What pydantic may leave in a schema, without a meaning there."""


def scenario_schema() -> dict[str, Any]:
    """Return the JSON schema (draft 07) of a scenario file, as far as a schema can tell.

    Whether names lead anywhere, and much that several keys say together, only `load` checks.
    """
    converted: dict[str, Any] = _converted(
        Scenario.model_json_schema(by_alias=True, schema_generator=_WithMeanings)
    )
    for name, rules in RULES.items():
        converted["$defs"][name]["allOf"] = list(rules)
    return {"$schema": DRAFT, **converted}


class _WithMeanings(GenerateJsonSchema):
    """Says of each key what the docstring under its field says."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model, each of its keys described."""
        told = super().model_schema(schema)
        for name, meaning in meanings(schema["cls"]).items():
            key = schema["cls"].model_fields[name].alias or name
            told["properties"][key]["description"] = meaning
        return told


def _converted(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return a schema, or a part of one, in draft 07's keywords.

    Lists of fixed length have their schemas under `items`, and a `$ref` stands alone: the draft
    ignores whatever stands beside it.
    """
    if isinstance(schema, list):
        return [_converted(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    new = {key: _converted(value) for key, value in schema.items() if key not in _NOT_OF_THE_DRAFT}
    if "prefixItems" in new:
        new["items"] = new.pop("prefixItems")
        new["additionalItems"] = False
    if "$ref" in new and len(new) > 1:
        new["allOf"] = [{"$ref": new.pop("$ref")}]
    return new
