"""A scenario file to a scenario that can be run: read, overridden, built, checked."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.access.grants import Access
from simulator.errors import Issue, MissingDataFilesError, ScenarioError
from simulator.loading.composer import compose
from simulator.loading.data_files import UNREADABLE, DataFiles
from simulator.loading.documents import Document
from simulator.loading.draws import file_columns
from simulator.loading.examining import Examined, examine
from simulator.loading.overrides import (
    Edition,
    Override,
    command_line_overrides,
    edition,
    variant_names,
    variant_of,
)
from simulator.loading.positions import capped, order
from simulator.loading.scalars import unwritten
from simulator.loading.texts import read_text
from simulator.loading.traces import traces_of
from simulator.model.scenario import MOST_VARIANTS, Scenario
from simulator.model.suggestions import did_you_mean
from simulator.sampling.inversion import Columns
from simulator.traces.rows import Traces


@dataclass(frozen=True)
class Loaded:
    """A scenario that can be run, and what came with it.

    `columns` holds the data files' columns in seconds, `traces` what is known of those that are
    replayed, `data_files` the SHA-256 of each file by its name; `variants` are the names of the
    file's variants; `warnings` stand in its order. `variant_warnings` are what the variants have
    beyond those, where variants were checked.
    """

    scenario: Scenario
    access: Access
    columns: Columns
    data_files: Mapping[str, str]
    warnings: tuple[Issue, ...]
    variants: tuple[str, ...]
    variant_warnings: tuple[Issue, ...] = ()
    traces: Traces = field(default_factory=dict)


def load(
    source: Path | str,
    *,
    overrides: Sequence[str] = (),
    variant: str | None = None,
    check_variants: bool = True,
) -> Loaded:
    """Read a scenario file and check everything that can be checked before a run.

    Args:
        source: the file; `-` is standard input.
        overrides: texts `PATH=VALUE`, put on top of the file and of any variant.
        variant: the variant to load; None is the file itself.
        check_variants: check all variants too when loading the file itself.

    Raises:
        ScenarioError: the scenario is not valid; all problems at once, with their positions.
        DataFileError: the file, or a data file it names, is missing or cannot be read; as
            `MissingDataFilesError` with the lines that name them.
    """
    return open_scenario(source).load(
        overrides=overrides, variant=variant, check_variants=check_variants
    )


@dataclass(frozen=True)
class OpenScenario:
    """A scenario file that was read, to be loaded as often as there are editions of it to run."""

    stem: str
    document: Document
    files: DataFiles

    def load(
        self,
        *,
        overrides: Sequence[str] = (),
        variant: str | None = None,
        check_variants: bool = True,
    ) -> Loaded:
        """Check one edition of the scenario; arguments and errors are those of `load`."""
        with _uncollected():
            return _load(self, overrides, variant, check_variants=check_variants)


def open_scenario(source: Path | str) -> OpenScenario:
    """Read a scenario file; `-` is standard input. What is wrong in it is told by loading it.

    Raises:
        DataFileError: the file is missing or cannot be read.
    """
    text = read_text(source)
    with _uncollected():
        return OpenScenario(text.stem, compose(text.content, text.name), DataFiles(text.folder))


def _load(
    read: OpenScenario, overrides: Sequence[str], variant: str | None, *, check_variants: bool
) -> Loaded:
    document, files = read.document, read.files
    command_line = command_line_overrides(overrides)
    chosen = examine(edition(document, command_line), files)
    names = variant_names(chosen.edition)
    errors, variant_warnings = list(document.issues), list[Issue]()
    if variant is not None:
        errors += _unknown(variant, names, chosen.edition)
        chosen = examine(variant_of(chosen.edition, variant, command_line), files, chosen)
    elif check_variants and len(names) <= MOST_VARIANTS:
        for other in _variants(chosen, names, command_line, files):
            errors += other.news("error")
            variant_warnings += other.news("warning")
    errors += chosen.placed("error")
    if chosen.scenario is None or chosen.access is None or errors:
        raise _refusal(capped(errors))
    variants: Any = unwritten(chosen.scenario.variants)
    name = chosen.scenario.name or read.stem
    columns = {(column.file, column.column) for _, column in file_columns(chosen.scenario)}
    traces = traces_of(chosen.scenario, files)
    return Loaded(
        scenario=chosen.scenario.model_copy(update={"name": name, "variants": variants}),
        access=chosen.access,
        columns={key: values for key, values in files.columns.items() if key in columns},
        data_files=files.fingerprints({*traces, *(file for file, _ in columns)}),
        warnings=tuple(sorted(chosen.placed("warning"), key=order)),
        variants=names,
        variant_warnings=tuple(sorted(variant_warnings, key=order)),
        traces=traces,
    )


def _variants(
    itself: Examined, names: Iterable[str], command_line: Sequence[Override], files: DataFiles
) -> Iterator[Examined]:
    for name in names:
        yield examine(variant_of(itself.edition, name, command_line), files, itself)


def _refusal(errors: list[Issue]) -> ScenarioError:
    is_of_files = all(issue.code == UNREADABLE for issue in errors)
    return MissingDataFilesError(errors) if is_of_files else ScenarioError(errors)


def _unknown(variant: str, names: Sequence[str], itself: Edition) -> Iterator[Issue]:
    """Yield an error if there is no such variant."""
    if variant not in names:
        hint = did_you_mean(variant, names).strip() or f"there is {', '.join(names) or 'none'}"
        issue = Issue(("variants",), f"no variant is called {variant!r}", "unknown-variant", hint)
        yield itself.placed(issue)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the collector of cycles: what loading builds stays, and to walk it is half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
