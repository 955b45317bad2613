"""A study as JSON: `summary.json`, and what `run --json` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from simulator.audit.grant_uses import never_used
from simulator.audit.overrides import override_text
from simulator.audit.rights_rows import grant_row
from simulator.experiments.blame import Axis, BlameRow
from simulator.experiments.checks import check_row
from simulator.experiments.idle import IdleRow
from simulator.experiments.pending_reasons import PendingReasonRow
from simulator.experiments.study import Study
from simulator.experiments.verdicts import Verdict
from simulator.json_text import json_text
from simulator.measurement.cells import ends_of, or_none


def study_json(study: Study) -> str:
    """Return a study as JSON: `schema_version` and `summary`, the tidy rows, and more beside them.

    `targets` say how each promise fares, `no_long_run_value` why some rows are null though jobs
    waited, `warm_up` how long the run was found to take to settle (null where the scenario says it,
    and in one account's view), `checks` whether the figures can be right, `refusals` who was
    refused what, `item_refusals` who was not let add items, `pending_reasons` what the jobs of each
    folder waited for, by the vendor's code: how many by that at submission, and at once over time
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
        "targets": [target_row(verdict) for verdict in study.verdicts],
        "no_long_run_value": list(study.long_run.reasons),
        "warm_up": None if study.warm_up is None else asdict(study.warm_up),
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


def _pending_reason(row: PendingReasonRow) -> dict[str, Any]:
    return {
        "folder": row.folder,
        "code": row.code,
        "jobs_at_submission": ends_of(row.jobs),
        "pending_jobs": ends_of(row.pending),
        "resumed_jobs": ends_of(row.resumed),
    }


_BLAME_AXES: Final = (Axis.FOLDER, Axis.CAUSE, Axis.HELD_BY, Axis.MACHINE)


def _blame(row: BlameRow) -> dict[str, Any]:
    return {
        **{axis.value: name for axis, name in zip(_BLAME_AXES, row.names, strict=True)},
        "pending_jobs": ends_of(row.jobs),
        "share": ends_of(row.share),
    }


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
        "hours": ends_of(row.hours),
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


def target_row(verdict: Verdict) -> dict[str, Any]:
    """Return how a target fares, ready for JSON."""
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
