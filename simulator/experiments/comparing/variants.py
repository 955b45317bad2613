"""Which scenarios a comparison is about: a file and its variants, or several files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from simulator.errors import Issue, ScenarioError
from simulator.loading import Loaded, load, open_scenario

BASELINE: Final = "as written"
"""What a scenario itself is called beside its variants."""


def scenarios_to_compare(
    source: str | Path, others: Sequence[str | Path] = (), overrides: Sequence[str] = ()
) -> list[tuple[str, Loaded]]:
    """Return scenarios by name, the baseline first.

    `others` are variants of the first, by default all it has; or, if none of them names a variant
    and all are files, scenarios of their own.

    Raises:
        ScenarioError: one of them is not valid, or there is nothing to compare with.
        DataFileError: a file is missing or cannot be read.
    """
    read = open_scenario(source)
    first = read.load(overrides=overrides)
    if others and _are_files(others, first.variants):
        files = dict.fromkeys(map(str, others))
        rest = [(file, load(file, overrides=overrides)) for file in files]
        return [(str(source), first), *rest]
    names = [*dict.fromkeys(map(str, others))] or first.variants
    if not names:
        raise ScenarioError([_nothing_to_compare(source)])
    return [
        (str(source) if BASELINE in names else BASELINE, first),
        *((name, read.load(overrides=overrides, variant=name)) for name in names),
    ]


def _are_files(others: Sequence[str | Path], variants: Sequence[str]) -> bool:
    return not {str(other) for other in others} & set(variants) and all(
        Path(other).is_file() for other in others
    )


def _nothing_to_compare(source: str | Path) -> Issue:
    return Issue(
        path=("variants",),
        message=f"{source} has no variants to compare with",
        code="no-variants",
        hint="add some under `variants:`, or name a second scenario file",
    )
