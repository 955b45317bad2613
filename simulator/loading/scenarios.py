"""A scenario file to a scenario that can be run: read, overridden, built, checked."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from simulator.access.grants import Access, access_of
from simulator.errors import Issue, ScenarioError
from simulator.loading.building import build
from simulator.loading.catalogue import default_roles
from simulator.loading.composer import compose
from simulator.loading.data_files import DataFiles
from simulator.loading.documents import Document
from simulator.loading.draws import draws
from simulator.loading.faults import Fault
from simulator.loading.grafting import grafted
from simulator.loading.moments import moments
from simulator.loading.overrides import (
    Edition,
    command_line_overrides,
    edition,
    variant_names,
)
from simulator.loading.scalars import unwritten
from simulator.loading.texts import Text, read_text
from simulator.loading.wording import issue_of
from simulator.model.references import dangling
from simulator.model.scenario import Scenario
from simulator.model.suggestions import did_you_mean
from simulator.plan.doubts import doubts
from simulator.plan.volume import volume
from simulator.sampling.inversion import Columns

MOST_ISSUES: Final = 200
"""Errors told at once; one more line says how many there are besides."""


@dataclass(frozen=True)
class Loaded:
    """A scenario that can be run, and what came with it.

    `columns` holds the data files' columns in seconds, `data_files` the SHA-256 of each file by
    its name; `variants` are the names of the file's variants; `warnings` stand in its order.
    """

    scenario: Scenario
    access: Access
    columns: Columns
    data_files: Mapping[str, str]
    warnings: tuple[Issue, ...]
    variants: tuple[str, ...]


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
        DataFileError: the file, or a data file it names, is missing or cannot be read.
    """
    with _uncollected():
        return _load(source, overrides, variant, check_variants=check_variants)


def _load(
    source: Path | str, overrides: Sequence[str], variant: str | None, *, check_variants: bool
) -> Loaded:
    text = read_text(source)
    document = compose(text.content, text.name)
    from_command_line = command_line_overrides(overrides)
    _check_name(variant, document)
    files = DataFiles(text.folder)
    examined = _examine(edition(document, variant or "", from_command_line), files)
    errors = [*document.issues, *examined.edition.issues, *examined.errors()]
    if variant is None and check_variants:
        told = frozenset(map(_meaning, examined.issues))
        for name in variant_names(document):
            other = _examine(edition(document, name, from_command_line), files, examined)
            errors += [*other.edition.issues, *other.errors(told)]
    if examined.scenario is None or errors:
        raise ScenarioError(_capped(errors))
    if files.unreadable:
        raise files.unreadable[0]
    return _loaded(examined, examined.scenario, text, files)


class _Examined(NamedTuple):
    """An edition, its scenario if nothing is at fault, and what there is to say about it."""

    edition: Edition
    scenario: Scenario | None
    issues: list[Issue]

    def errors(self, told: Collection[object] = ()) -> list[Issue]:
        """Return the errors with their positions, without those whose meanings were `told`."""
        return [
            self.edition.placed(issue)
            for issue in self.issues
            if issue.severity == "error" and _meaning(issue) not in told
        ]


def _examine(chosen: Edition, files: DataFiles, known: _Examined | None = None) -> _Examined:
    """Build and check an edition; `known` is the file itself, if that was examined before."""
    catalogue = default_roles()
    data = chosen.data
    if known is not None and known.scenario is not None:
        data = grafted(data, known.scenario, chosen.replaced - known.edition.replaced)

    def inspect(scenario: Scenario) -> list[Issue]:
        issues = [*dangling(scenario, catalogue), *moments(scenario), *draws(scenario, files)]
        sound = not files.unreadable and all(issue.severity == "warning" for issue in issues)
        return [*issues, *volume(scenario, files.columns)] if sound else issues

    scenario, faults, issues = build(data, chosen.document.unread, inspect)
    return _Examined(chosen, scenario, [*_worded(faults, chosen), *issues])


def _worded(faults: list[Fault], chosen: Edition) -> list[Issue]:
    """Return faults as issues; past the cap only their number counts, so they get no words."""
    if len(faults) > MOST_ISSUES:
        faults.sort(key=lambda fault: _order(chosen.placed(Issue(fault.path, "", fault.kind))))
    rest = [Issue(fault.path, fault.kind, "more") for fault in faults[MOST_ISSUES:]]
    return [*map(issue_of, faults[:MOST_ISSUES]), *rest]


def _meaning(issue: Issue) -> tuple[object, ...]:
    return issue.path, issue.code, issue.message


def _loaded(examined: _Examined, built: Scenario, text: Text, files: DataFiles) -> Loaded:
    catalogue = default_roles()
    access = access_of(built, catalogue)
    warnings = [i for i in examined.issues if i.severity == "warning"]
    warnings += doubts(built, access)
    variants: Any = unwritten(built.variants)
    scenario = built.model_copy(update={"name": built.name or text.stem, "variants": variants})
    return Loaded(
        scenario=scenario,
        access=access,
        columns=dict(files.columns),
        data_files=dict(files.fingerprints),
        warnings=tuple(sorted(map(examined.edition.placed, warnings), key=_order)),
        variants=tuple(scenario.variants),
    )


def _check_name(variant: str | None, document: Document) -> None:
    names = variant_names(document)
    if variant is None or variant in names:
        return
    hint = did_you_mean(variant, names).strip() or f"there is {', '.join(names) or 'none'}"
    issue = Issue(("variants",), f"no variant is called {variant!r}", "unknown-variant", hint)
    raise ScenarioError([document.placed(issue, issue.path)])


def _order(issue: Issue) -> tuple[object, ...]:
    """Order issues as they stand in the file; those without a place come first."""
    position = issue.position
    return ("", 0, 0) if position is None else (position.file, position.line, position.column)


def _capped(issues: list[Issue]) -> list[Issue]:
    """Return the issues in the file's order; past the cap, one that counts the rest."""
    ordered = sorted(dict.fromkeys(issues), key=_order)
    if len(ordered) <= MOST_ISSUES:
        return ordered
    more = len(ordered) - MOST_ISSUES
    last = replace(
        ordered[MOST_ISSUES],
        path=(),
        excerpt="",
        hint="",
        code="more",
        message=f"and at least {more} more from here on",
    )
    return [*ordered[:MOST_ISSUES], last]


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
