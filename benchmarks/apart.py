"""One contestant in a process of its own: `python -m benchmarks.apart CASE ARGUMENTS`.

Prints its sample as JSON in the last line. The module of the case is imported before the case
starts its clock, so that imports are not timed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.samples import Contestant, Sample

ROOT: Final = Path(__file__).parents[1]

_UNITS_A_MB: Final = 2**20 if sys.platform == "darwin" else 2**10
"""macOS tells `ru_maxrss` in bytes, Linux in KiB."""


class ContestantError(Exception):
    """A contestant's process did not end well."""


def sample_of(contestant: Contestant) -> Sample:
    """Run a contestant in a fresh process and return what it took.

    A process takes over the peak of the one that starts it, so whoever calls this should be small:
    nothing here imports numpy.

    Raises:
        ContestantError: the process failed; with what it said.
    """
    command = [sys.executable, "-m", "benchmarks.apart", contestant.case]
    command.append(json.dumps(dict(contestant.arguments)))
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)  # noqa: S603 - ourselves
    if done.returncode:
        raise ContestantError(f"{contestant.case} failed:\n{done.stderr}")
    return Sample(**json.loads(done.stdout.splitlines()[-1]))


def case_of(name: str) -> Callable[..., Sample]:
    """Return the function of a case, such as `cases.mm3.simulated`."""
    module, _, function = name.rpartition(".")
    case: Callable[..., Sample] = getattr(import_module(f"benchmarks.{module}"), function)
    return case


def peak_mb(whose: int = resource.RUSAGE_SELF) -> float:
    """Return the most memory this process has had, or the largest of those it waited for."""
    return resource.getrusage(whose).ru_maxrss / _UNITS_A_MB


def main(case: str, arguments: str) -> None:
    """Run the case here; what it does not say of its memory is this process's."""
    sample = case_of(case)(**json.loads(arguments))
    print(json.dumps(asdict(replace(sample, peak_mb=sample.peak_mb or peak_mb()))))


if __name__ == "__main__":
    main(*sys.argv[1:])
