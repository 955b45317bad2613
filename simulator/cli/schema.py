"""`simulator schema`: the scenario language as a JSON schema, for editors."""

from __future__ import annotations

import json

from simulator.cli.exits import exit_codes
from simulator.cli.options import Debug
from simulator.cli.streams import result


def schema(*, debug: Debug = False) -> None:
    """Print the JSON schema of scenario files, for completion and checks in an editor.

    An editor takes it from the first line of a scenario, as `simulator init` writes it:

    \b
      # yaml-language-server: $schema=./scenario.schema.json

    \b
    Examples:
      simulator schema > scenario.schema.json
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        result(schema_text())


def schema_text() -> str:
    """Return the schema as the text of a file."""
    from simulator.loading import scenario_schema  # noqa: PLC0415 - slow to import

    return f"{json.dumps(scenario_schema(), indent=2, ensure_ascii=False)}\n"
