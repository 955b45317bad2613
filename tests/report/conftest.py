"""A made-up study: two departments that share machines. Its figures are invented, not simulated."""

from __future__ import annotations

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from builders_records import legend as records_legend

from simulator.audit.grant_uses import GrantUse
from simulator.audit.refusals import RefusalRow
from simulator.errors import Issue, Position
from simulator.experiments.blame import blame_of_study
from simulator.experiments.hours import Hours
from simulator.experiments.idle import Idle
from simulator.experiments.long_run import NOTHING_KNOWN
from simulator.experiments.longer_waits import WaitShares
from simulator.experiments.verdicts import verdicts
from simulator.measurement import Summary, SummaryRow
from simulator.measurement.longer_waits import TIMES_S
from simulator.model.measures import BY_NAME
from simulator.model.scenario import Scenario

if TYPE_CHECKING:
    from simulator.experiments.study import Study

HOSTILE = (
    "<script>alert('x')</script> \"&\" $x_1$ =cmd() 😀 \u202e" + "\u05e9\u05dc " + "long " * 28
)

WAITS_S = {  # mean, P50, P95, longest, share that waited
    "HR": (192.5, 40.0, 842.0, 2710.0, 0.412),
    "Finance/Month end": (612.0, 301.0, 2505.0, 5400.0, 0.733),
    "Finance": (95.1, 0.0, 410.0, 1800.0, 0.28),
    "HR/Payroll": (301.0, 120.0, 1210.0, 3600.0, 0.51),
    "Sales": (12.4, 0.0, 61.0, 300.0, 0.08),
}
UTILISATION = {"shared-vm": 0.812, "finance-vm": 0.634, "sales-laptop": 0.071}
ACCOUNTS = {"hr-bot": 0.71, "fin-bot-1": 0.66, "fin-bot-2": 0.41, "sales-bot": 0.07, "omar": 0.0}

GRANTS = (
    GrantUse("HR", "hr-bot", "Automation User", ("see jobs", "run jobs"), 0.0, 400.0, 0.0, 0, 0.0),
    GrantUse("HR", "HR clerks", "Job Starter", ("see jobs", "start"), 212.5, 0.0, 12.0, 0, 0.0),
    GrantUse("HR", "trainees", "Onlooker", ("see jobs",), 0.0, 0.0, 0.0, 0, 0.0),
    GrantUse("Finance", "olga", "Folder Administrator", ("start", "stop"), 0.0, 0.0, 0.0, 0, 0.0),
    GrantUse("Finance", "fin-bot", "", ("run jobs",), 0.0, 900.0, 0.0, 0, 0.0),
)


def row(
    scope: str, name: str, measure: str, mean: float, *, spread: float = 0.06, n: int = 20
) -> SummaryRow:
    """Return a summary row whose interval is `spread` of its mean to either side."""
    half = abs(mean) * spread if n > 1 else math.nan
    unit = BY_NAME[measure].unit
    return SummaryRow(scope, name, measure, unit, mean, mean - half, mean + half, half, 0.95, n)


def waits(
    scope: str, name: str, values: tuple[float, ...], never_started: float = 0.0
) -> list[SummaryRow]:
    mean, p50, p95, longest, share = values
    refused = 12.0 if name in {"", "HR"} else 0.0
    return [
        row(scope, name, "jobs.submitted", 412.35),
        row(scope, name, "jobs.refused", refused),
        row(scope, name, "jobs.started", 412.35 - refused - never_started),
        row(scope, name, "jobs.refused_share", 0.0291),
        row(scope, name, "pending.mean", mean),
        row(scope, name, "pending.p50", p50),
        row(scope, name, "pending.p95", p95),
        row(scope, name, "pending.max", longest),
        row(scope, name, "pending.share", share),
    ]


def summary(folders: dict[str, tuple[float, ...]]) -> Summary:
    rows = waits("tenant", "", (243.1, 61.0, 1210.0, 5400.0, 0.44))
    for folder, values in folders.items():
        rows += waits("folder", folder, values)
    for folder in folders:
        rows += [
            row("process", f"{folder}:close-books", "jobs.started", 200.0),
            row("process", f"{folder}:close-books", "jobs.faulted", 4.0),
            row("process", f"{folder}:close-books", "pending.mean", 190.0),
            row("process", f"{folder}:close-books", "pending.p95", 800.0),
            row("process", f"{folder}:close-books", "turnaround.mean", 900.0),
        ]
    for machine, share in UTILISATION.items():
        rows += [
            row("machine", machine, "slots.busy", share * 4, spread=0.02),
            row("machine", machine, "slots.utilisation", share, spread=0.02),
        ]
    for account, share in ACCOUNTS.items():
        rows += [
            row("account", account, "jobs.started", 100.0),
            row("account", account, "account.utilisation", share, spread=0.02),
        ]
    return Summary(tuple(rows))


def hours() -> Hours:
    """Return a week with its peak on Monday at nine, and no Sunday."""
    hour = np.arange(168)
    working = np.exp(-(((hour % 24) - 9.0) ** 2) / 8) * (hour < 120) * (6 - hour // 24)
    pending = np.where(hour >= 144, np.nan, working)
    busy = np.where(hour >= 144, np.nan, np.minimum(4.0, 1 + working))
    return Hours(pending, busy, np.full(168, 72000.0))


def wait_shares_of(folders: dict[str, tuple[float, ...]]) -> WaitShares:
    """Return shares that fall as those of a single server would, from those that wait at all."""
    means = np.array([0.0, *(values[0] for values in folders.values())])[:, None]
    at_all = np.array([0.0, *(values[4] for values in folders.values())])[:, None]
    means[0], at_all[0] = means.sum() / len(folders), at_all.sum() / len(folders)
    mean = np.round(at_all * np.exp(-np.array(TIMES_S) * at_all / np.maximum(means, 1.0)), 5)
    return WaitShares(("", *folders), TIMES_S, mean, 0.94 * mean, 1.06 * mean)


def made_up_scenario_of(**changes: Any) -> Scenario:
    parts = {
        "version": 1,
        "name": "shared-invoice-fleet",
        "question": "How long do HR's jobs stay Pending once Finance shares its machines?",
        "time": {
            "start": "2026-03-02T00:00",
            "duration": "4w",
            "warm_up": "3d",
            "zone": "Europe/Berlin",
        },
        "machines": {
            "shared-vm": {"hosts": 2, "slots": 2},
            "finance-vm": {"hosts": 1, "slots": 4},
            "sales-laptop": {},
        },
        "dispatch": {"order": "oldest"},
        "targets": [
            {"folder": "HR", "measure": "pending.p95", "at_most": "15m"},
            {"folder": "Finance/Month end", "measure": "pending.mean", "at_most": "5m"},
            {"machine": "shared-vm", "measure": "slots.utilisation", "at_most": "85%"},
        ],
    }
    return Scenario.model_validate(parts | changes)


def refused_row(name: str) -> RefusalRow:
    return RefusalRow(
        *("HR", "HR:onboard", f"HR:{name}", "Manual", "anna"),
        *(403, "0", "Jobs.Create in HR", 12.0, 240),
    )


def made_up_study(
    folders: dict[str, tuple[float, ...]] | None = None,
    **changes: Any,
) -> Study:
    """Return the made-up study, its folders or any field replaced."""
    asked = changes.pop("scenario", made_up_scenario_of())
    figures = summary(WAITS_S if folders is None else folders)
    warning = Issue(
        ("accounts", "omar"),
        "nothing uses account 'omar'",
        "unused-account",
        position=Position("shared.yaml", 31, 3),
        severity="warning",
    )
    window = SimpleNamespace(
        from_s=259200.0, to_s=2678400.0, length_s=2419200.0, zone="Europe/Berlin"
    )
    loaded = SimpleNamespace(
        scenario=asked, data_files={"durations.csv": "9f" * 32}, warnings=(warning,)
    )
    fields = {
        "loaded": loaded,
        "legend": SimpleNamespace(window=window),
        "seed": 1,
        "replications": 20,
        "complete": True,
        "summary": figures,
        "verdicts": verdicts(asked.targets, figures),
        "refusals": (refused_row("walk-ins"),),
        "item_refusals": (),
        "grants": GRANTS,
        "hours": hours(),
        "pending_reasons": (),
        "blame": blame_of_study(records_legend(), (), 0.95),
        "idle": Idle((), 0),
        "presences": (),
        "wait_shares": wait_shares_of(WAITS_S if folders is None else folders),
        "worst_hours": None,
        "cautions": (),
        "checks": (),
        "long_run": NOTHING_KNOWN,
        "run_id": "0123456789ab-s1",
        "viewer": None,
        "versions": {"simulator": "0.1.0", "python": "3.11"},
        "warm_up": None,
    }
    return cast("Study", SimpleNamespace(**(fields | changes)))


@pytest.fixture(scope="session")
def study() -> Study:
    return made_up_study()


@pytest.fixture(scope="session")
def study_of() -> Callable[..., Study]:
    return made_up_study


@pytest.fixture(scope="session")
def made_up_scenario() -> Callable[..., Scenario]:
    return made_up_scenario_of


@pytest.fixture(scope="session")
def refused() -> Callable[[str], RefusalRow]:
    return refused_row


@pytest.fixture(scope="session")
def hostile() -> str:
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_study() -> Study:
    folders = {HOSTILE: WAITS_S["HR"], "HR": WAITS_S["Sales"]}
    asked = made_up_scenario_of(name=HOSTILE[:190], question=HOSTILE + "\x1b[31m")
    return made_up_study(folders, scenario=asked, refusals=(refused_row(HOSTILE),))
