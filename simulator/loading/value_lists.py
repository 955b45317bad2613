"""Several values in one text, parted by commas: `1, 2, 4`, `{exponential: 5m}, "a, b"`."""

from __future__ import annotations

from simulator.errors import ScenarioError
from simulator.loading.composer import compose
from simulator.loading.documents import lines_of
from simulator.loading.override_paths import PathError


def listed(values: str, file: str, shown: str) -> tuple[str, ...]:
    """Return each of some values as it is written; commas in brackets and quotes part nothing.

    `shown`, which ends in the values, is the text for excerpts, and `file` its name in positions.

    Raises:
        PathError: the values stand on several lines.
        ScenarioError: they are no YAML, or something that no scenario may hold.
    """
    if len(lines_of(values)) > 1:
        raise PathError("the values have to stand on one line", "part them by commas")
    text = f"[{values}]".rjust(len(shown) + 1)  # so that columns are those of the whole text
    document = compose(text, file, shown)
    if document.issues:
        raise ScenarioError(document.issues)
    starts = [place.value.column for place in document.root.inside.values()]
    ends = [*starts[1:], len(text) - 1]
    return tuple(
        text[start:end].rstrip().removesuffix(",").rstrip()
        for start, end in zip(starts, ends, strict=True)
    )
