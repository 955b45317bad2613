"""The results the validity page is made from: what the long studies found, and with which code.

`make validate` writes them; no time of day, no duration and no machine is in them, so that the same
code on the same versions finds the same bytes.
"""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from simulator import __version__
from simulator.json_text import json_text

Part: TypeAlias = Literal[
    "catalogue", "count", "schedules", "coverage", "stopping", "second_opinion", "sizing", "pairing"
]
Row: TypeAlias = Mapping[str, Any]

ROOT: Final = Path(__file__).parents[1]
FILE: Final = Path(__file__).with_name("validity-results.json")

_MADE: Final = "made_with"
_NO_FIGURES: Final = ("cli", "report", "__pycache__")
"""Folders of `simulator/` that show figures, but make none."""


def code_digest() -> str:
    """Return a digest of all that figures come from: the rooms that make them, and the cases.

    Newlines are read as any system writes them.
    """
    package = [
        path
        for path in (ROOT / "simulator").rglob("*")
        if path.suffix in {".py", ".yaml"} and path.parts[len(ROOT.parts) + 1] not in _NO_FIGURES
    ]
    cases = (ROOT / "tests" / "data" / "validation").rglob("*.*")
    digest = hashlib.sha256()
    for path in sorted([*package, *cases], key=Path.as_posix):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(path.read_text(encoding="utf-8").encode())
    return digest.hexdigest()[:16]


def read(file: Path = FILE) -> Mapping[str, Any]:
    """Return what was recorded; nothing where the file is missing."""
    if not file.exists():
        return {}
    results: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return results


def record(
    part: Part, rows: Sequence[Row], packages: Sequence[str] = (), file: Path = FILE
) -> None:
    """Put the rows of one part into the file, in place of those that were there.

    packages: those whose versions matter beside Python's, NumPy's, SciPy's and SimPy's.
    """
    with_packages = ("numpy", "scipy", "simpy", *packages)
    made = {
        "code": code_digest(),
        "simulator": __version__,
        "python": platform.python_version(),
        **{name: version(name) for name in with_packages},
    }
    before = read(file)
    all_made = dict(sorted({**before.get(_MADE, {}), part: made}.items()))
    results = {**before, part: list(rows), _MADE: all_made}
    file.write_text(json_text(dict(sorted(results.items()))), encoding="utf-8")


def made_with(results: Mapping[str, Any], part: Part) -> Mapping[str, str]:
    """Return with which code and versions a part was made; nothing where it was not."""
    made: Mapping[str, str] = results.get(_MADE, {}).get(part, {})
    return made


def older(results: Mapping[str, Any]) -> list[str]:
    """Return the parts that were made with other code, or other cases, than stand here."""
    made, digest = results.get(_MADE, {}), code_digest()
    return [part for part, versions in made.items() if versions["code"] != digest]


if __name__ == "__main__":
    print("\n".join(f"{part}: made with other code" for part in older(read())) or "all current")
