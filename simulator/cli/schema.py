"""`simulator schema`: the scenario language as a JSON schema, for editors."""

from __future__ import annotations

import json
from typing import Any, Final

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug
from simulator.cli.streams import result

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The dialect that YAML language servers know."""


def schema(*, debug: Debug = False) -> None:
    """Print the JSON schema of scenario files, for completion and checks in an editor.

    \b
    Example:
      simulator schema > scenario.schema.json
    and as the first line of a scenario:
      # yaml-language-server: $schema=./scenario.schema.json
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        from simulator.model.scenario import Scenario  # noqa: PLC0415 - slow to import

        described = Scenario.model_json_schema(by_alias=True, mode="validation")
        content = {"$schema": DIALECT, **_in_draft_7(described)}
        result(json.dumps(content, indent=2, ensure_ascii=False))


def _in_draft_7(part: Any) -> Any:  # noqa: ANN401 - any part of a JSON text
    """Return a part of a schema in draft 7's words: `items` for what a tuple's places hold."""
    if isinstance(part, list):
        return [_in_draft_7(each) for each in part]
    if not isinstance(part, dict):
        return part
    words = {"prefixItems": "items"} if isinstance(part.get("prefixItems"), list) else {}
    return {words.get(key, key): _in_draft_7(value) for key, value in part.items()}
