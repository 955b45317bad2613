"""Tables of a terminal as lines of text."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType


def printed(table: RenderableType, width: int = 80) -> list[str]:
    """The lines of a table where output is no terminal."""
    target = io.StringIO()
    Console(file=target, width=width).print(table, crop=False)
    return [
        line.rstrip().replace("\N{NO-BREAK SPACE}", " ") for line in target.getvalue().splitlines()
    ]
