"""Write what in `docs/` is made from the code; run it after changing a measure, a key or a role.

python docs/generate.py
"""  # noqa: INP001 - a script beside the pages it writes

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from check_reference import check_reference
from command_reference import command_reference
from language_reference import language_reference
from performance_page import performance_reference
from role_reference import role_reference
from validity_page import validity_reference
from validity_results import read

from benchmarks import results
from simulator.model.measures import MEASURES, OVER, THRESHOLDS_S, over

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HEAD = """# Measures

Made from `MEASURES` in `simulator/model/measures.py` by `python docs/generate.py`; change it there.

A summary has one row a measure and thing measured: `scope`, `name`, `measure`, `unit`, `mean`,
`low`, `high`, `half_width`, `confidence`, `n`. Jobs belong to the window by their submission, the
items of queues by their first adding. Intervals are across replications: one without such jobs is
left out, `n` says how many are in, and with a single one there is no interval. An end that is below
zero, or a share's above one, stands in a summary as it was worked out; reports and terminals tell
it as zero or one, since no measure can be beyond. A target names a measure and one scope; without a
scope it is about the whole tenant. The scope `folder+` is a folder with its subfolders.

"""

REFERENCE: Final = "\n## Reference\n"
"""Where a page goes over from what is written to what is made."""

UNITS: Final = {
    "s": "seconds",
    "ratio": "a share, 0 to 1",
    "jobs": "jobs",
    "jobs/h": "jobs an hour",
    "items": "items",
    "items/h": "items an hour",
    "slots": "slots",
    "hosts": "hosts",
    "h": "hours",
    "licences": "licences",
}


def measures_page() -> str:
    """Return the page that defines every measure."""
    entries = (
        f"## `{measure.name}`\n\n{measure.definition}\n\n"
        f"Unit: {UNITS[measure.unit]}. Scopes: {', '.join(measure.scopes)}.\n"
        for measure in MEASURES
    )
    thresholds = ", ".join(f"`{over(OVER[0], threshold_s)}`" for threshold_s in THRESHOLDS_S)
    tail = (
        f"## Thresholds\n\nEvery summary has `{'` and `'.join(OVER)}` at these thresholds, and at "
        f"those its targets name: {thresholds}.\n"
    )
    return HEAD + "\n".join((*entries, tail))


def language_page() -> str:
    """Return the page of the language: its guide as it stands there, and the reference below."""
    return _guide("scenario-language.md") + language_reference()


def roles_page() -> str:
    """Return the page of roles: its rules as they stand there, and the reference below."""
    return _guide("roles.md") + role_reference()


def checks_page() -> str:
    """Return the page of self-checks: as it stands there, and each check below."""
    return _guide("checks.md") + check_reference()


def validity_page() -> str:
    """Return the page of what has been shown: as it stands there, and the results below."""
    return _guide("validity.md") + validity_reference(read())


def performance_page() -> str:
    """Return the page of times and memory: as it stands there, and the results below."""
    return _guide("performance.md") + performance_reference(results.read())


def _guide(name: str) -> str:
    """Return what of a page is written by hand, with the heading of what is made."""
    page = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return page.partition(REFERENCE)[0] + REFERENCE


PAGES: Final[Mapping[str, Callable[[], str]]] = {
    "checks.md": checks_page,
    "commands.md": command_reference,
    "measures.md": measures_page,
    "performance.md": performance_page,
    "scenario-language.md": language_page,
    "roles.md": roles_page,
    "validity.md": validity_page,
}
"""Each generated page and what makes its text."""


def main() -> None:
    """Write every generated page beside this script."""
    for name, text in PAGES.items():
        Path(__file__).with_name(name).write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
