"""Overrides: values put into a scenario by path, from a variant or from `--set`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.errors import Issue, Path, Position, ScenarioError
from simulator.loading.composer import compose
from simulator.loading.documents import TOP, Document
from simulator.loading.override_paths import PathError, parse_path, replaced, split_assignment

COMMAND_LINE: Final = "--set"
"""The name of the command line in positions."""


@dataclass(frozen=True)
class Override:
    """A value for a path; it stands at `place` of `document`."""

    path: str
    value: object
    document: Document
    place: Path


@dataclass(frozen=True)
class Edition:
    """A scenario's data after overrides, and where each of its parts was written.

    `overlays` are the overrides with the paths of what each replaced, in the order of use;
    `issues` tells which led nowhere.
    """

    document: Document
    data: object
    variant: str = ""
    overlays: tuple[tuple[Path, Override], ...] = ()
    issues: tuple[Issue, ...] = ()

    @property
    def replaced(self) -> frozenset[Path]:
        """Return the paths of all that overrides replaced."""
        return frozenset(path for path, _ in self.overlays)

    def placed(self, issue: Issue) -> Issue:
        """Return an issue of this edition with its position and the variant it appears in.

        What a variant breaks elsewhere is shown at the override that did it.
        """
        issue = replace(issue, variant=self.variant)
        if issue.position is not None:
            return issue
        for path, override in reversed(self.overlays):
            if issue.path[: len(path)] == path:
                return override.document.placed(issue, override.place + issue.path[len(path) :])
        own = self.document.placed(issue, issue.path)
        blamed = self._blamed(issue)
        if not self.variant or blamed is None or own.position is None:
            return own
        message = f"{issue.message}, in line {own.position.line}"
        return blamed.document.placed(replace(issue, message=message), blamed.place)

    def _blamed(self, issue: Issue) -> Override | None:
        """Return the override of the variant that most likely broke what `issue` tells."""
        own = [(path, o) for path, o in self.overlays if o.document is self.document]
        named = [o for path, o in own if repr(path[-1]) in issue.message]
        return next(iter([*named, *(o for _, o in own)]), None)


def edition(
    document: Document, variant: str = "", command_line: Sequence[Override] = ()
) -> Edition:
    """Return the data of a document under a variant (none for the file itself) and `--set`.

    What the command line says comes last, so that it holds in every variant.
    """
    overrides = [*variant_overrides(document.data, variant, document), *command_line]
    data = document.data
    overlays: list[tuple[Path, Override]] = []
    issues: list[Issue] = []
    for override in overrides:
        try:
            data, path = replaced(data, parse_path(override.path), override.value)
            overlays.append((path, override))
        except PathError as error:
            issue = Issue(override.place, str(error), "unknown-path", error.hint, variant=variant)
            issues.append(override.document.placed(issue, override.place))
    return Edition(document, data, variant, tuple(overlays), tuple(issues))


def variant_overrides(data: object, variant: str, document: Document) -> list[Override]:
    """Return what a variant overrides, in its order; nothing if there is no such variant."""
    overrides = _variants(data).get(variant)
    if not isinstance(overrides, Mapping):
        return []
    return [
        Override(path, value, document, ("variants", variant, path))
        for path, value in overrides.items()
    ]


def variant_names(document: Document) -> tuple[str, ...]:
    """Return the names of the variants a document has, in its order."""
    return tuple(_variants(document.data))


def _variants(data: object) -> Mapping[str, object]:
    variants = data.get("variants") if isinstance(data, Mapping) else None
    return variants if isinstance(variants, Mapping) else {}


def command_line_overrides(texts: Iterable[str]) -> list[Override]:
    """Return the overrides that texts `PATH=VALUE` mean; each value is read as YAML.

    Raises:
        ScenarioError: some are no such texts, with all that is wrong.
    """
    overrides: list[Override] = []
    issues: list[Issue] = []
    for text in texts:
        try:
            overrides.append(_from_command_line(text))
        except ScenarioError as error:
            issues += error.issues
    if issues:
        raise ScenarioError(issues)
    return overrides


def _from_command_line(text: str) -> Override:
    try:
        path, value = split_assignment(text)
        parse_path(path)
    except PathError as error:
        position = Position(COMMAND_LINE, 1, 1)
        issue = Issue((), str(error), "override", error.hint)
        raise ScenarioError([issue.at(position, text)]) from None
    padded = " " * (len(path) + 1) + value  # so that columns are those of the whole text
    document = compose(padded, COMMAND_LINE, text, may_be_nothing=True)
    if document.issues:
        raise ScenarioError(document.issues)
    document = replace(document, root=document.root._replace(key=TOP))  # the path is its key
    return Override(path, document.data, document, ())
