"""The command line: one small module a command; nothing heavy is imported before it is needed."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the `simulator` command with the arguments of this process, and exit."""
    try:
        _run_command()
    except KeyboardInterrupt:  # while it was still being imported
        from simulator.cli.exits import ExitCode  # noqa: PLC0415 - it may be what was imported

        sys.exit(ExitCode.INTERRUPTED)


def _run_command() -> None:
    # Worker processes import this file too, and need none of it.
    from simulator.cli.app import app  # noqa: PLC0415 - see above
    from simulator.cli.outlets import prepare  # noqa: PLC0415 - see above
    from simulator.errors import DataFileError  # noqa: PLC0415 - see above

    prepare()
    try:
        app(prog_name="simulator")
    except DataFileError as error:  # the help itself could not be written
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
