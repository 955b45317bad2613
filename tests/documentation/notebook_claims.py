"""What each notebook's decision says in figures, made anew of the results it holds.

A function is called like its notebook; its parameters are variables there. Each text it returns has
to stand in the decision word for word. Figures come from the results' own rows, not by the frames
that the notebooks show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator import Comparison, Sizing, Study

HOURS_OF_WEEK = 168


def first_look(study: Study) -> list[str]:
    promise = study.verdicts[0]
    limit_s, p95_s = promise.target.limit, _mean(study, "folder", "HR", "pending.p95")
    busy = _mean(study, "machine", "shared-vm", "slots.utilisation")
    hour, wait_s = _worst_hour(study, "HR")
    refused = _mean(study, "start", "HR:trainees", "jobs.refused")
    return [
        (
            f"longer than {p95_s / 60:.0f} minutes, and the promise of {limit_s / 60:.0f} is "
            f"{promise.outcome}"
        ),
        f"busy only {100 * busy:.0f} % of the time",
        f"the hour from {hour}:00: what HR submits then waits {wait_s / 60:.0f} minutes",
        f"{refused:.0f} refused starts",
    ]


def _mean(study: Study, scope: str, name: str, measure: str) -> float:
    row = study.summary.find(scope, name, measure)
    assert row is not None
    return row.mean


def _worst_hour(study: Study, folder: str) -> tuple[int, float]:
    """Return the hour of the day with the longest mean wait; Berlin's summer is two hours early."""
    jobs, window = study.jobs(), study.legend.window
    jobs = jobs[(jobs["folder"] == folder) & jobs["started_s"].notna()]
    jobs = jobs[(jobs["submitted_s"] >= window.from_s) & (jobs["submitted_s"] < window.to_s)]
    hours = (jobs["submitted_s"] + window.origin_epoch_s) // 3600 % 24 + 2
    waits = jobs["pending_s"].groupby(hours % 24).mean()
    return int(waits.idxmax()), float(waits.max())


def shared_or_dedicated(comparison: Comparison) -> list[str]:
    saved, *_ = _differences(comparison, "HR")
    paid = sum(_differences(comparison, folder)[0] for folder in ("Finance", "Finance/Month end"))
    use = comparison.find("machine", "hr-vm", "slots.utilisation")
    others = comparison.find("machine", "shared-vm", "slots.utilisation")
    assert use is not None
    assert others is not None
    met = [
        sum(one.outcome == "met" for one in comparison.targets[name])
        for name in comparison.variants
    ]
    return [
        (
            f"saves HR {-saved:.0f} hours of waiting a week and costs Finance with its month end "
            f"{paid:.0f}"
        ),
        (
            f"busy {100 * use.values[1]:.0f} % of the time while Finance's is busy "
            f"{100 * others.values[1]:.0f} %"
        ),
        f"takes HR from {_minutes(comparison, 'HR', 0)} to {_minutes(comparison, 'HR', 2)} minutes",
        (
            f"Finance from {_minutes(comparison, 'Finance', 0)} to "
            f"{_minutes(comparison, 'Finance', 2)}"
        ),
        (
            f"Of {len(comparison.targets['dedicated'])} targets {met[0]} are met today, "
            f"{met[1]} on dedicated machines, and {met[2]} with a third host"
        ),
    ]


def _differences(comparison: Comparison, folder: str) -> list[float]:
    """Return by how many hours of waiting a week each variant differs."""
    row = comparison.find("folder", folder, "pending.jobs")
    assert row is not None
    return [one.mean * HOURS_OF_WEEK for one in row.differences]


def _minutes(comparison: Comparison, folder: str, variant: int) -> str:
    row = comparison.find("folder", folder, "pending.mean")
    assert row is not None
    return f"{row.values[variant] / 60:.1f}"


def size_a_fleet(sizing: Sizing) -> list[str]:
    answer = sizing.of(sizing.answer)
    assert answer is not None
    robots, licences = answer.values
    hr, finance = answer.targets
    hr_limit_s, finance_limit_s = (one.limit for one in sizing.targets)
    less = {one.path: one for one in sizing.effects if one.step == "less"}
    robot, licence = less["accounts.fin-bot.count"], less["licences.unattended"]
    cheaper = [one for one in sizing.tried if one.cost < answer.cost]
    assert {one.outcome for one in cheaper} == {"missed"}
    return [
        f"Run {robots} robots on {licences} licences, at a cost of {answer.cost:,.0f} a year",
        (
            f"HR's P95 is then {hr.high / 60:.1f} minutes at most (limit {hr_limit_s / 60:.0f}), "
            f"and Finance's {finance.high / 60:.1f} (limit {finance_limit_s / 60:.0f})"
        ),
        (
            f"A robot less saves {-robot.cost:.0f} and makes Finance's P95 "
            f"{robot.differences[1].mean / 60:.1f} minutes longer"
        ),
        (
            f"a licence less saves {-licence.cost:,.0f} and makes HR's "
            f"{licence.differences[0].mean / 60:.1f} longer"
        ),
        f"all {len(cheaper)} cheaper ones miss",
    ]


def what_a_grant_costs(comparison: Comparison) -> list[str]:
    written, grant, behind, host = range(4)
    promise = comparison.targets["grant"][0]
    return [
        f"lets {comparison.admissions['grant'].jobs.mean:.0f} more jobs a week in",
        (
            f"from {_minutes(comparison, 'Finance', written)} to "
            f"{_minutes(comparison, 'Finance', grant)} minutes of Pending, and its promise of "
            f"{promise.target.limit / 60:.0f} is {promise.outcome}"
        ),
        (
            f"Finance waits {_minutes(comparison, 'Finance', behind)} minutes, and HR pays with "
            f"{_minutes(comparison, 'HR', behind)} instead of {_minutes(comparison, 'HR', written)}"
        ),
        (
            f"Finance waits {_minutes(comparison, 'Finance', host)} minutes, and HR "
            f"{_minutes(comparison, 'HR', host)}"
        ),
    ]
