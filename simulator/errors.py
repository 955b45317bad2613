"""What can go wrong, drawn as a tree, and the one shape in which problems are told.

SimulatorError            anything this package raises on purpose
├── ScenarioError         the scenario or the command is not valid      exit code 2
├── TooManySubmissions    a stream submits without end                  exit code 2
├── EndlessRun            a replication hardly comes to an end          exit code 2
├── ClusterError          a cluster cannot be used                      exit code 2
├── WorkersError          worker processes cannot be started            exit code 2
├── FormatError           a report cannot be made in a format here      exit code 2
├── DataFileError         a file is missing or cannot be read           exit code 3
│   └── MissingDataFilesError      with the lines that name such files
└── RunInterrupted        stopped by the user; what was done is kept    exit code 130
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Path = tuple[str | int, ...]
"""Where something stands in a scenario: keys and list indices from the top of the file."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a text; `line` and `column` count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong (or doubtful) in a scenario.

    `message` says what is wrong, `hint` what to do about it, `code` is a stable kebab-case name.
    `excerpt` is the line of text at `position`, which `loading` adds. `variant` names the variant
    in which the issue appears, empty for the file itself.
    """

    path: Path
    message: str
    code: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    position: Position | None = None
    excerpt: str = ""
    variant: str = ""

    def at(self, position: Position | None, excerpt: str = "") -> Issue:
        """Return the same issue, placed in its file."""
        return replace(self, position=position, excerpt=excerpt)


def warning(path: Path, message: str, code: str, hint: str = "") -> Issue:
    """Return something doubtful in a scenario that is valid all the same."""
    return Issue(path, message, code, hint, severity="warning")


class SimulatorError(Exception):
    """Anything this package raises on purpose; `exit_code` is what the command ends with."""

    exit_code = 4


class ScenarioError(SimulatorError):
    """A scenario that is not valid; `issues` holds every problem found, in the file's order."""

    exit_code = 2

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues: tuple[Issue, ...] = tuple(issues)
        super().__init__("; ".join(issue.message for issue in self.issues))


class TooManySubmissions(SimulatorError):  # noqa: N818 - the name says it
    """A replication that would not fit into a machine: a stream hardly lets time pass."""

    exit_code = 2

    @classmethod
    def beyond(cls, most: int, now_s: float) -> TooManySubmissions:
        """Return the error for a replication that brought more than `most` by `now_s`."""
        return cls(
            f"more than {most:,} submissions in one replication, {now_s:,.0f} s after its start; "
            "check the rates, and streams whose distances are nearly all 0s"
        )


class EndlessRun(SimulatorError):  # noqa: N818 - the name says it
    """A replication that would hardly end: hosts fail before their jobs can end.

    `process` is whose job the message is about, if it is about one alone.
    """

    exit_code = 2

    def __init__(self, message: str, process: str = "") -> None:
        super().__init__(message, process)  # SimPy makes it again by its arguments
        self.process = process

    def __str__(self) -> str:
        return str(self.args[0])

    @classmethod
    def waiting(cls) -> EndlessRun:
        """Return the error for jobs that wait for hosts which are never in service for long."""
        return cls(
            "jobs still wait a hundred years after the window: their hosts are never in service "
            "for long enough; check maintenance and failures, or set time.drain to false"
        )

    @classmethod
    def losing(cls, process: str, most: int, now_s: float) -> EndlessRun:
        """Return the error for a process of which a job has lost its host too often by `now_s`."""
        return cls(
            f"a job of {process!r} lost its host more than {most:,} times, {now_s:,.0f} s after "
            "the start: it hardly ends between failures; check failures.up against its duration, "
            "or let running_jobs be fault, pause or kill",
            process,
        )

    def without_process(self) -> EndlessRun:
        """Return the same error for whoever may not see the process."""
        return EndlessRun(str(self).replace(f" of {self.process!r}", ""))


class ClusterError(SimulatorError):
    """A cluster cannot be reached, or differs from this process, so that results would too."""

    exit_code = 2


class WorkersError(SimulatorError):
    """Worker processes cannot be started: the machine has no room for so many."""

    exit_code = 2


class FormatError(SimulatorError):
    """A report cannot be made in a format that was asked for: something is not installed."""

    exit_code = 2


class DataFileError(SimulatorError):
    """A file is missing or cannot be read."""

    exit_code = 3


class MissingDataFilesError(DataFileError, ScenarioError):
    """Data files that a scenario names are missing or cannot be read; all else in it is valid.

    `issues` has one for each file, at the line that names it.
    """


class RunInterrupted(SimulatorError):  # noqa: N818 - an interruption is not an error of anybody's
    """The user stopped the run; everything finished until then was written."""

    exit_code = 130
