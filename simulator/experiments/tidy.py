"""Studies and comparisons as JSON: `summary.json`, and what `--json` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from simulator.access.refusals import Refusal
from simulator.audit.grant_uses import never_used
from simulator.audit.outcomes import refusal_row
from simulator.audit.overrides import override_text
from simulator.audit.rights_rows import grant_row, right_row
from simulator.experiments.blame import Axis, BlameRow
from simulator.experiments.checks import check_row
from simulator.experiments.comparing.admissions import AdmissionChange, Admissions, ItemChange
from simulator.experiments.comparing.compare import Comparison, ComparisonRow
from simulator.experiments.comparing.fates import Fate
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.idle import IdleRow
from simulator.experiments.pending_reasons import PendingReasonRow
from simulator.experiments.study import Study
from simulator.experiments.verdicts import Verdict
from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.summary import SummaryRow, or_none

_Thing = TypeVar("_Thing")


def study_json(study: Study) -> str:
    """Return a study as JSON: `schema_version` and `summary`, the tidy rows, and more beside them.

    `targets` say how each promise fares, `no_long_run_value` why some rows are null though jobs
    waited, `checks` whether the figures can be right, `refusals` who was refused what,
    `item_refusals` who was not let add items, `pending_reasons` what the jobs of each folder waited
    for, by the vendor's code: how many by the code at submission, and how many at once over time
    (the tenant's have no folder, jobs held back beside a free slot no code), `blame` what kept the
    jobs of each folder Pending, and whose jobs on which machine: how many at once over time, and
    the share of all time Pending (`held_by` is empty where it was no job, `machine` where none is
    to blame), `idle_while_pending` what stood free meanwhile, and the one change that would let
    them use it, with how many changes were not looked at (null in one account's view),
    `grants_never_used` the roles assigned in folders that the run made no use of (null in one
    account's view), and `hours_of_week` the mean numbers in each local hour, Monday's first at
    index 0. A number that does not exist is null. In one account's view `seen_by` names it, with
    how many folders it sees of how many, and how many targets are about more than that and left
    out.
    """
    content = {
        **study.summary.to_json(),
        "run_id": study.run_id,
        "scenario": study.loaded.scenario.name,
        "seed": study.seed,
        "replications": study.replications,
        "complete": study.complete,
        "targets": [_target(verdict) for verdict in study.verdicts],
        "no_long_run_value": list(study.long_run.reasons),
        "checks": [check_row(check) for check in study.checks],
        "refusals": [row._asdict() for row in study.refusals],
        "item_refusals": [row._asdict() for row in study.item_refusals],
        "pending_reasons": [_pending_reason(row) for row in study.pending_reasons],
        "blame": [_blame(row) for row in study.blame.by(*_BLAME_AXES)],
        "idle_while_pending": _idle_while_pending(study),
        "grants_never_used": _never_used(study),
        **_seen_by(study),
        "hours_of_week": _hours_of_week(study),
    }
    return json_text(content)


def _hours_of_week(study: Study) -> dict[str, list[object]]:
    hours = {"pending_jobs": study.hours.pending, "busy_slots": study.hours.busy}
    return {name: [or_none(value) for value in of.tolist()] for name, of in hours.items()}


def comparison_json(found: Comparison, sentences: Sequence[str]) -> str:
    """Return a comparison as JSON: `schema_version`, `variants`, and `rows`.

    A row's `values` has one for each variant, `differences` one for each but the first, which is
    what the others are compared with. `rights` say who gained or lost what, `admissions` which
    submissions fare otherwise, `admitted` how many more jobs that comes to in each variant,
    `item_admissions` and `items_let_in` the same of items added to queues, and `sentences` all that
    for a reader. `checks` tell of every variant whether its figures can be right. A number that
    does not exist is null.
    """
    content = {
        "schema_version": SCHEMA_VERSION,
        "variants": found.variants,
        "seed": found.seed,
        "replications": found.replications,
        "confidence": found.confidence,
        "sentences": sentences,
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
        "admitted": _by_variant({name: [one.jobs] for name, one in every}, _difference),
        "item_admissions": _by_variant(
            {name: one.item_changes for name, one in every}, _item_admission
        ),
        "items_let_in": _by_variant({name: [one.items] for name, one in every}, _difference),
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
        "differences": [_difference(difference) for difference in row.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {key: or_none(value) for key, value in difference._asdict().items()}


def _admission(change: AdmissionChange) -> dict[str, Any]:
    return {
        **change._asdict(),
        **_fates(change),
        "jobs": _difference(change.jobs),
    }


def _item_admission(change: ItemChange) -> dict[str, Any]:
    return {
        **change._asdict(),
        **_fates(change),
        "items": _difference(change.items),
    }


def _fates(change: AdmissionChange | ItemChange) -> dict[str, Any]:
    return {"before": _fate(change.before), "after": _fate(change.after)}


def _fate(fate: Fate) -> dict[str, Any]:
    """Return what becomes of submissions; an outcome other than refused has no code."""
    if isinstance(fate, Refusal):
        return {"outcome": "refused", **refusal_row(fate)}
    return {"outcome": fate, **refusal_row(None)}


def _pending_reason(row: PendingReasonRow) -> dict[str, Any]:
    return {
        "folder": row.folder,
        "code": row.code,
        "jobs_at_submission": _interval(row.jobs),
        "pending_jobs": _interval(row.pending),
        "resumed_jobs": _interval(row.resumed),
    }


_BLAME_AXES: Final = (Axis.FOLDER, Axis.CAUSE, Axis.HELD_BY, Axis.MACHINE)


def _blame(row: BlameRow) -> dict[str, Any]:
    return {
        **{axis.value: name for axis, name in zip(_BLAME_AXES, row.names, strict=True)},
        "pending_jobs": _interval(row.jobs),
        "share": _interval(row.share),
    }


def _interval(row: SummaryRow) -> dict[str, Any]:
    return {key: or_none(getattr(row, key)) for key in ("mean", "low", "high")}


def _idle_while_pending(study: Study) -> dict[str, Any] | None:
    if study.viewer is not None:
        return None
    return {
        "changes": [_idle(row) for row in study.idle.rows],
        "not_looked_at": study.idle.left_out,
    }


def _idle(row: IdleRow) -> dict[str, Any]:
    return {
        "rule": row.rule,
        "what": row.what,
        "unit": "robot-hours" if row.is_of_robot else "slot-hours",
        "hours": _interval(row.hours),
        "folder": row.folder,
        "jobs": row.jobs,
        "change": row.change,
        "set": list(map(override_text, row.changes)),
        "alike": row.alike,
    }


def _never_used(study: Study) -> list[dict[str, Any]] | None:
    if study.viewer is not None:
        return None
    unused = map(grant_row, never_used(study.grants))
    return [{key: row[key] for key in ("folder", "principal", "role", "permits")} for row in unused]


def _seen_by(study: Study) -> dict[str, Any]:
    viewer = study.viewer
    if viewer is None:
        return {}
    return {
        "seen_by": viewer.who,
        "folders_seen": viewer.folders,
        "folders": viewer.folder_count,
        "targets_left_out": viewer.targets_left_out,
    }


def _target(verdict: Verdict) -> dict[str, Any]:
    target, row = verdict.target, verdict.row
    scope, name = target.scope
    limit = "at_most" if target.at_most is not None else "at_least"
    return {
        "scope": scope,
        "name": name,
        "measure": target.row,
        limit: target.limit,
        "mean": None if row is None else or_none(row.mean),
        "outcome": verdict.outcome,
        "why": verdict.why,
    }
