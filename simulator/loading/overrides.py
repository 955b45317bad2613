"""Overrides: values put into a scenario by path, from a variant or from `--set`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from simulator.errors import Issue, Path, Position, ScenarioError
from simulator.loading.blaming import culprit
from simulator.loading.composer import compose
from simulator.loading.documents import TOP, Document, steps
from simulator.loading.override_paths import PathError, parse_path, replaced, split_assignment

COMMAND_LINE: Final = "--set"
"""The name of the command line in positions."""


@dataclass(frozen=True)
class Override:
    """A value for a path; it stands at `place` of `document`, in a variant or in none."""

    path: str
    value: object
    document: Document
    place: Path
    variant: str = ""


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

    def override_of(self, path: Path) -> tuple[Override, Path] | None:
        """Return the override that wrote what `path` leads to, and where; None for the file."""
        path = steps(self.data, path)
        for start, override in reversed(self.overlays):
            if path[: len(start)] == start:
                return override, override.place + path[len(start) :]
        return None

    def placed(self, issue: Issue, *, blaming: bool = False) -> Issue:
        """Return an issue of this edition with its position and the variant it appears in.

        `blaming` shows what the variant breaks elsewhere at the override that did it, if one can
        be told to have.
        """
        issue = replace(issue, variant=self.variant)
        if issue.position is not None:
            return issue
        written = self.override_of(issue.path)
        if written is not None:
            return written[0].document.placed(issue, written[1])
        own = self.document.placed(issue, issue.path)
        variants_own = [overlay for overlay in self.overlays if overlay[1].variant]
        blamed = culprit(issue, variants_own) if blaming else None
        if blamed is None or own.position is None:
            return own
        message = f"{issue.message}, in line {own.position.line}"
        return blamed.document.placed(replace(issue, message=message), blamed.place)


def edition(document: Document, command_line: Sequence[Override] = ()) -> Edition:
    """Return the data of a document under what the command line says."""
    return _overridden(Edition(document, document.data), command_line)


def variant_of(itself: Edition, variant: str, command_line: Sequence[Override] = ()) -> Edition:
    """Return a variant of a scenario; without any overrides if there is no such variant.

    What the command line says comes last, so that it holds in every variant.
    """
    start = Edition(itself.document, itself.document.data, variant)
    return _overridden(start, [*_variant_overrides(itself, variant), *command_line])


def variant_names(itself: Edition) -> tuple[str, ...]:
    """Return the names of the variants a scenario has, in its order."""
    return tuple(_variants(itself.data))


def _overridden(start: Edition, overrides: Iterable[Override]) -> Edition:
    data = start.data
    overlays: list[tuple[Path, Override]] = []
    issues: list[Issue] = []
    for override in overrides:
        try:
            data, path = replaced(data, parse_path(override.path), override.value)
            overlays.append((path, override))
        except PathError as error:
            issue = Issue(
                override.place, str(error), "unknown-path", error.hint, variant=start.variant
            )
            issues.append(override.document.placed(issue, override.place))
    return replace(start, data=data, overlays=tuple(overlays), issues=tuple(issues))


def _variant_overrides(itself: Edition, variant: str) -> list[Override]:
    """Return what a variant overrides, in its order; nothing if there is no such variant."""
    overrides = _variants(itself.data).get(variant)
    if not isinstance(overrides, Mapping):
        return []
    return [_of_variant(itself, variant, path, value) for path, value in overrides.items()]


def _of_variant(itself: Edition, variant: str, path: str, value: object) -> Override:
    place = ("variants", variant, path)
    written = itself.override_of(place)  # the command line may write variants too
    if written is None:
        return Override(path, value, itself.document, place, variant)
    return Override(path, value, written[0].document, written[1], variant)


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
    padded = value.rjust(len(text))  # so that columns are those of the whole text
    document = compose(padded, COMMAND_LINE, text, may_be_nothing=True)
    if document.issues:
        raise ScenarioError(document.issues)
    document = replace(document, root=document.root._replace(key=TOP))  # the path is its key
    return Override(path, document.data, document, ())
