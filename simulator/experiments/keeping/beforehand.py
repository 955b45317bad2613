"""What was known of a run before its first replication, kept beside its records.

Nothing of it can be worked out of the records, or of the manifest: what looked doubtful in the
scenario's own file, and what its data files and the pilot said.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from simulator.errors import DataFileError, Issue, Position
from simulator.experiments.keeping.kept_runs import in_short
from simulator.experiments.long_run import Growing
from simulator.experiments.study import Study
from simulator.experiments.warm_up import WarmUp

BEFOREHAND: Final = "beforehand.json"
"""The name of its file, in the folder of a run."""


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What looked doubtful in a scenario, whose waits grow, and what `warm_up: auto` found.

    A warning has its line and column, and neither the name of the file nor its text: equal runs of
    a file that lies elsewhere have equal bytes.
    """

    warnings: tuple[Issue, ...]
    growing: tuple[Growing, ...]
    warm_up: WarmUp | None


def beforehand_text(study: Study) -> str:
    """Return what was known of a study before its first replication, as the text of its file."""
    warnings = tuple(map(_without_file, study.loaded.warnings))
    known = Beforehand(warnings, study.long_run.growing, study.warm_up)
    return json.dumps(asdict(known), ensure_ascii=False, indent=1, default=sorted) + "\n"


def _without_file(issue: Issue) -> Issue:
    at = issue.position
    return issue.at(None if at is None else Position("", at.line, at.column))


def read_beforehand(folder: Path) -> Beforehand:
    """Return what was known of the run that a folder keeps.

    Raises:
        DataFileError: the file is missing, as of older runs, or cannot be read.
    """
    path = folder / BEFOREHAND
    try:
        return _reader().validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise DataFileError(
            f"{path} cannot be read ({in_short(error)}): run the scenario again"
        ) from error


@cache
def _reader() -> TypeAdapter[Beforehand]:
    return TypeAdapter(Beforehand)
