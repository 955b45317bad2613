"""The command `simulator`, run in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from simulator.cli.app import app

ROOT = Path(__file__).parents[1]


def invoked(*arguments: object, **more: Any) -> Result:
    """The command in this process; `exit_code`, `stdout` and `stderr` of what came of it."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **more)


def started(*arguments: object, folder: Path, **more: Any) -> subprocess.Popen[str]:
    """The command in a process of its own, in `folder`, where temporary files go too.

    It hears Ctrl-C even where whoever runs the tests ignores it.
    """
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from simulator.cli import main; main()"
    )
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")
    }
    return subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )
