"""The command line: one small module a command; nothing heavy is imported before it is needed."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the `simulator` command with the arguments of this process, and exit."""
    from simulator.cli.app import app  # noqa: PLC0415 - worker processes import this file too

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="simulator")
