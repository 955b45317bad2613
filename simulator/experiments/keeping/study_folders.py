"""The folder of a study of many runs: what was found, what it was of, its report; all or nothing.

<out>/<scenario>/<kind>-<digits>-s<seed>/    manifest.json   what was asked
                                             report.html     for people
                                             and the texts of what was found
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.keeping.identity import content_hash, resolved, versions
from simulator.experiments.keeping.manifest import STREAMS, manifest_text
from simulator.json_text import SCHEMA_VERSION
from simulator.loading import Loaded
from simulator.records.files import RunFolder, safe_name, write_text_atomically


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A folder that takes what a study found, once it is over."""

    folder: RunFolder

    def keep(
        self, texts: Mapping[str, str], manifest: Mapping[str, Any], report: Callable[[Path], None]
    ) -> Path:
        """Write what was found, and return the folder under its final name.

        texts: by file name. report: writes the report to a file.

        Raises:
            DataFileError: the folder cannot be written.
        """
        with interrupts_held():
            for name, text in {**texts, "manifest.json": manifest_text(manifest)}.items():
                write_text_atomically(self.folder.path / name, text)
            report(self.folder.path / "report.html")
            return self.folder.commit()


@contextmanager
def study_folder(out: Path, scenario: str | None, name: str) -> Iterator[StudyFolder]:
    """Give the folder of a study under `out`; one that fails or is interrupted leaves nothing.

    An equal study kept there before is replaced.

    Raises:
        DataFileError: the folder cannot be written.
    """
    with RunFolder(out / safe_name(scenario or "scenario"), name) as folder:
        yield StudyFolder(folder)


def origin(loaded: Loaded) -> dict[str, Any]:
    """Return what the bytes of a study of one scenario depend on besides what was asked of it."""
    return {
        "schema_version": SCHEMA_VERSION,
        "seed": loaded.scenario.run.seed,
        "content_sha256": content_hash(loaded),
        "data_files": dict(loaded.data_files),
        "streams": STREAMS,
        "versions": versions(),
        "scenario": resolved(loaded),
    }
