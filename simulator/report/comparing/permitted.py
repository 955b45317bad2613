"""Who may start jobs in a variant and what is admitted there, as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.access.demands import Action
from simulator.access.refusals import Refusal
from simulator.audit.members import first_of
from simulator.report.fitting import MOST_ROWS, listing, name
from simulator.report.running.sections.refusals import source_text
from simulator.report.wording import decimals_of, scale_of, signed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rich.console import RenderableType
    from rich.text import Text

    from simulator.audit.right_changes import RightChange
    from simulator.experiments.comparing.admissions import AdmissionChange, ItemChange
    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.comparing.fates import Fate

MOST_NAMES: Final = 5
"""Names in a cell; accounts that count up are one: `dev-1 … dev-4`."""

_COUNTS: Final = scale_of("jobs", 1.0)


def starters_tables(comparison: Comparison) -> Iterator[RenderableType | None]:
    """Yield who may start jobs where the baseline does not let them, then who may no more."""
    for title, gained in (("Who may start now", True), ("Who may start no more", False)):
        rows = {
            variant: [
                _starters(one)
                for one in changes
                if one.action is Action.START and one.gained is gained
            ]
            for variant, changes in comparison.rights.items()
        }
        columns = ("Variant", "Who", "Folder", "Role")
        yield listing(title, columns, list(_named_once(rows)), most=MOST_ROWS, names=4)


def admitted_table(comparison: Comparison) -> RenderableType | None:
    """Return the submissions that fare otherwise than in the baseline; None where none does."""
    found = comparison.admissions.items()
    return _faring_otherwise(
        "Submissions admitted, more or fewer jobs a replication",
        ("Source", "Jobs"),
        {variant: map(_admitted, one.changes) for variant, one in found},
    )


def let_in_table(comparison: Comparison) -> RenderableType | None:
    """Return the items that fare otherwise than in the baseline; None where none does."""
    found = comparison.admissions.items()
    return _faring_otherwise(
        "Items let in, more or fewer a replication",
        ("Arrival", "Items"),
        {variant: map(_let_in, one.item_changes) for variant, one in found},
    )


def _faring_otherwise(
    title: str, ends: tuple[str, str], rows: Mapping[str, Iterable[Sequence[str | Text]]]
) -> RenderableType | None:
    """Return a table of changes; `ends` are the titles of its source and of how many more."""
    columns = ("Variant", ends[0], "Who", "Was, is", ends[1])
    return listing(title, columns, list(_named_once(rows)), most=MOST_ROWS, names=4)


def _named_once(rows: Mapping[str, Iterable[Sequence[str | Text]]]) -> Iterator[list[str | Text]]:
    """Yield the rows of every variant, the first of each with its name."""
    for variant, cells in rows.items():
        for place, row in enumerate(cells):
            yield ["" if place else name(variant), *row]


def _starters(one: RightChange) -> tuple[Text, ...]:
    roles = "; ".join(role.seen_from(one.folder) for role in one.roles)
    return _names(one.who), name(one.folder), name(roles)


def _admitted(one: AdmissionChange) -> tuple[str | Text, ...]:
    jobs = signed(one.jobs, _COUNTS, decimals_of(one.jobs.mean))
    return name(source_text(one.source, one.source_kind)), _names(one.who), _fates(one), jobs


def _let_in(one: ItemChange) -> tuple[str | Text, ...]:
    items = signed(one.items, _COUNTS, decimals_of(one.items.mean))
    return name(f"{one.arrival} for {one.queue}"), _names(one.who), _fates(one), items


def _fates(one: AdmissionChange | ItemChange) -> Text:
    return name(f"{_fate(one.before)} → {_fate(one.after)}")


def _fate(fate: Fate) -> str:
    return fate.code_text if isinstance(fate, Refusal) else fate


def _names(who: Sequence[str]) -> Text:
    return name(first_of(who, MOST_NAMES))
