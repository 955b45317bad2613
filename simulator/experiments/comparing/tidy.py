"""A comparison as JSON and as a tidy table: what `compare --json` prints, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from simulator.access.refusals import Refusal
from simulator.audit.outcomes import refusal_row
from simulator.audit.rights_rows import right_row
from simulator.experiments.checks import check_row
from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
from simulator.experiments.comparing.compare import Comparison
from simulator.experiments.comparing.fates import Fate
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.comparing.rows import TIDY_COLUMNS, ComparisonRow, tidy
from simulator.experiments.tidy import target_row
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.cells import cell, csv_text, ends_of, or_none

_Thing = TypeVar("_Thing")


def comparison_json(found: Comparison, sentences: Sequence[str]) -> str:
    """Return a comparison as JSON: `schema_version`, `variants`, and `rows`.

    A row's `values` has one for each variant, `differences` one for each but the first, which is
    what the others are compared with: `p` is of that one alone, `clear` says whether it is clear
    among all of its family. `targets` tell how each promise fares in each variant. `rights` say who
    gained or lost what, `admissions` which submissions fare otherwise, `admitted` how many more
    jobs that comes to in each variant, `item_admissions` and `items_let_in` the same of items added
    to queues, and `sentences` all that for a reader. `checks` tell of every variant whether its
    figures can be right. A number that does not exist is null.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "variants": found.variants,
        "seed": found.seed,
        "replications": found.replications,
        "confidence": found.confidence,
        "sentences": sentences,
        "targets": _by_variant(found.targets, target_row),
        "checks": _by_variant(found.checks, check_row),
        "rights": _by_variant(found.rights, right_row),
        **_admitted(found.admissions),
        "rows": [_comparison_row(row) for row in found.rows],
    }
    return json_text(content)


def _admitted(admissions: Mapping[str, Admissions]) -> dict[str, list[dict[str, Any]]]:
    """Return which submissions and items fare otherwise in each variant, and how many more."""
    every = admissions.items()
    return {
        "admissions": _by_variant({name: one.changes for name, one in every}, _admission),
        "admitted": _by_variant({name: [one.jobs] for name, one in every}, ends_of),
        "item_admissions": _by_variant(
            {name: one.item_changes for name, one in every}, _item_admission
        ),
        "items_let_in": _by_variant({name: [one.items] for name, one in every}, ends_of),
    }


def _by_variant(
    things: Mapping[str, Iterable[_Thing]], row: Callable[[_Thing], dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return a row for each thing of each variant, with the variant's name."""
    return [{"variant": name, **row(one)} for name, every in things.items() for one in every]


def _comparison_row(row: ComparisonRow) -> dict[str, Any]:
    return {
        **row._asdict(),
        "values": [or_none(value) for value in row.values],
        "differences": [_judged(one) for one in row.differences],
    }


def _judged(difference: Difference) -> dict[str, Any]:
    return {key: or_none(value) for key, value in difference._asdict().items()}


def _admission(change: AdmissionChange) -> dict[str, Any]:
    return {
        **change._asdict(),
        **_fates(change),
        "jobs": ends_of(change.jobs),
    }


def _item_admission(change: ItemChange) -> dict[str, Any]:
    return {
        **change._asdict(),
        **_fates(change),
        "items": ends_of(change.items),
    }


def _fates(change: AdmissionChange | ItemChange) -> dict[str, Any]:
    return {"before": _fate(change.before), "after": _fate(change.after)}


def _fate(fate: Fate) -> dict[str, Any]:
    """Return what becomes of submissions; an outcome other than refused has no code."""
    if isinstance(fate, Refusal):
        return {"outcome": "refused", **refusal_row(fate)}
    return {"outcome": fate, **refusal_row(None)}


def comparison_csv(found: Comparison) -> str:
    """Return a comparison as CSV text with a header, lines ended by a line feed.

    A row a measure and variant, as `rows.tidy` has them. Numbers are the shortest text that reads
    back as the same float; what does not exist is empty. A name a spreadsheet would take for a
    formula gets an apostrophe before it.
    """
    records = tidy(found.variants, found.rows)
    return csv_text(TIDY_COLUMNS, (map(cell, record.values()) for record in records))
