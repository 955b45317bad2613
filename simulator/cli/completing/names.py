"""Names to offer, read quickly: variants from a scenario's text, runs from the folders of runs.

Whatever cannot be read has no names: a shell that completes is no place for errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

_VARIANTS: Final = re.compile(r"^variants:[ \t]*(?:#.*)?\n((?:(?:[ \t#].*)?\n)*)", re.MULTILINE)
_KEY: Final = re.compile(
    r"""^([ \t]+)(?:"([^"\\]+)"|'([^']+)'|([^\s"'#\[{&*!|>%@,?-][^#:]*?))[ \t]*:(?=\s)""",
    re.MULTILINE,
)
_MOST_BYTES: Final = 4_000_000
_MOST_RUNS: Final = 1_000


def variant_names(file: str) -> list[str]:
    """Return the names of a scenario's variants, each of which stands in a line of its own.

    Those of a mapping in braces are not found: YAML is not read, only looked through, since a shell
    waits for the answer.
    """
    try:
        with Path(file).open(encoding="utf-8-sig", errors="replace") as opened:
            found = _VARIANTS.search(opened.read(_MOST_BYTES) + "\n")
    except (OSError, ValueError):
        return []
    keys = list(_KEY.finditer(found[1])) if found else []
    names = ["".join(filter(None, key.groups()[1:])) for key in keys if key[1] == keys[0][1]]
    return [name for name in names if name.isprintable()]


def run_folders(out: str) -> list[str]:
    """Return the folders of the runs and studies that are kept in `out`, sorted."""
    found = sorted(str(path.parent) for path in islice(_manifests(Path(out)), _MOST_RUNS))
    return [folder for folder in found if folder.isprintable()]


def _manifests(out: Path) -> Iterator[Path]:
    try:
        yield from out.glob("*/*/manifest.json")
    except (OSError, ValueError):
        return
