"""Where the simulator runs: processors, memory, folders it writes to, terminal, environment."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from simulator.cli.examining.finding import Finding, State
from simulator.cli.options import MOST_WORKERS

MACHINE: Final = "This machine"
ENVIRONMENT: Final = "Environment"

KNOWN: Final = ("SIMULATOR_CLUSTER", "SIMULATOR_OUT", "SIMULATOR_WORKERS")
"""The environment variables that options take their values from."""

_LIMIT_OF_GROUP: Final = Path("/sys/fs/cgroup/memory.max")
"""What a container may use (Linux, control groups version 2: memory.max)."""


def machine_findings(out: Path) -> Iterator[Finding]:
    """Yield what the machine has, and whether runs can be kept in the folder `out`."""
    from simulator.experiments.executing.workforce import processor_count  # noqa: PLC0415 - slow

    count = processor_count()
    system = f"{platform.system()} on {platform.machine()}"
    found = f"{count} for this process, so {count} workers by default, spawned; {system}"
    yield Finding(MACHINE, "processors", State.FINE, found)
    yield Finding(MACHINE, "memory", State.FINE, _memory())
    yield folder_finding("runs are kept in", out, "name a folder with --out or SIMULATOR_OUT")
    temporary = Path(tempfile.gettempdir())
    yield folder_finding("temporary files", temporary, "name a folder with TMPDIR")
    yield _terminal()


def _memory() -> str:
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # Windows has no sysconf
        return "unknown on this system"
    limit = _limit_of_group()
    least = machine if limit is None else min(machine, limit)
    return f"{least / 2**30:.1f} GiB{' (the limit of this container)' if least < machine else ''}"


def _limit_of_group() -> int | None:
    try:
        text = _LIMIT_OF_GROUP.read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return int(text) if text.isdecimal() else None


def folder_finding(subject: str, folder: Path, advice: str) -> Finding:
    """Return whether files can be written to a folder, or where it would be made."""
    there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), folder)
    found = str(folder.absolute())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        why = f"{found}: {error.strerror or error}"
        return Finding(MACHINE, subject, State.WRONG, why, advice)
    made = "" if there == folder else ", which the first run makes"
    return Finding(MACHINE, subject, State.FINE, f"{found}{made}")


def _terminal() -> Finding:
    encoding = locale.getencoding()
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns
    colour = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    what = f"{width} columns, {'colour' if colour else 'no colour'}" if is_terminal else "a pipe"
    found = f"{what}, {encoding}"
    if is_terminal and encoding.casefold().replace("-", "") != "utf8":
        advice = "text is written as UTF-8: choose such a locale, as by LANG=C.UTF-8"
        return Finding(MACHINE, "terminal", State.WRONG, found, advice, needed=False)
    return Finding(MACHINE, "terminal", State.FINE, found)


def environment_findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what stands in the variables the simulator reads, and in those meant to be such."""
    given = sorted(name for name in environment if name.startswith("SIMULATOR_"))
    if not given:
        none = f"none of {', '.join(KNOWN)} is set: options have their own defaults"
        yield Finding(ENVIRONMENT, "SIMULATOR_*", State.ABSENT, none, needed=False)
    for name in given:
        yield _variable(name, environment)


def _variable(name: str, environment: Mapping[str, str]) -> Finding:
    from simulator.model.suggestions import did_you_mean  # noqa: PLC0415 - slow to import

    value = environment[name]
    if name not in KNOWN:
        advice = f"nothing reads it;{did_you_mean(name, KNOWN) or ' unset it'}"
        return Finding(ENVIRONMENT, name, State.WRONG, value, advice, needed=False)
    if name == "SIMULATOR_WORKERS" and value and not _is_count(value):
        advice = f"set it to a number from 1 to {MOST_WORKERS:,}, or unset it"
        return Finding(ENVIRONMENT, name, State.WRONG, value, advice)
    if name == "SIMULATOR_CLUSTER" and value and environment.get("SIMULATOR_WORKERS"):
        advice = "unset it or SIMULATOR_WORKERS: a run uses the one or the other"
        return Finding(ENVIRONMENT, name, State.WRONG, value, advice)
    return Finding(ENVIRONMENT, name, State.FINE, value or "empty, as if it were not set")


def _is_count(text: str) -> bool:
    return text.strip().isdecimal() and 1 <= int(text) <= MOST_WORKERS
