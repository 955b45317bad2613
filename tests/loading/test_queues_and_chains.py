"""Queues, arrivals, queue triggers and what follows a job, as files and overrides write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.errors import ScenarioError
from simulator.loading import Loaded, load, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.errors import Issue
    from simulator.model.folders import Folder

FILE = """\
version: 1
time: {start: 2026-03-02, duration: 1d}
machines: {vm: {}}
accounts: {olga: {type: user}, bot: {type: robot}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    queues: {invoices: , "past due": {sla: 4h}}
    processes:
      post: {duration: 0s, queue: invoices, pending_limit: 4, then: {start: tidy}}
      dun: {duration: 0s, queue: past due}
      tidy: {duration: 1m}
    triggers:
      T: {process: post, queue: {name: invoices}, created_by: olga}
    arrivals:
      mail: {queue: invoices, by: bot, items: {every: 1h}, item_duration: 2m}
      late: {queue: past due, by: bot, items: {every: 1h}, item_duration: 2m}
"""


def loaded(folder: Path, *overrides: str, text: str = FILE, variant: str | None = None) -> Loaded:
    file = folder / "s.yaml"
    file.write_text(text)
    return load(file, overrides=overrides, variant=variant)


def errors(folder: Path, text: str) -> tuple[Issue, ...]:
    with pytest.raises(ScenarioError) as refusal:
        loaded(folder, text=text)
    return refusal.value.issues


def test_the_file_is_fine(tmp_path: Path) -> None:
    assert loaded(tmp_path).warnings == ()


MEAN_S = 90.0
READS: dict[str, tuple[str, Callable[[Folder], Any], Any]] = {
    "after": (
        "processes.post.then.after=90s",
        lambda hr: hr.processes["post"].then.after.constant,  # type: ignore[union-attr]
        MEAN_S,
    ),
    "the start of a then": (
        "processes.post.then.start=dun",
        lambda hr: hr.processes["post"].then.process,  # type: ignore[union-attr]
        "dun",
    ),
    "a whole then": (
        "processes.dun.then={start: tidy, jobs: 2}",
        lambda hr: hr.processes["dun"].then.jobs,  # type: ignore[union-attr]
        2,
    ),
    "no then": ("processes.post.then=null", lambda hr: hr.processes["post"].then, None),
    "no limit": (
        "processes.post.pending_limit=null",
        lambda hr: hr.processes["post"].pending_limit,
        None,
    ),
    "an expiry": (
        "processes.post.pending_expiry={exponential: 90s}",
        lambda hr: hr.processes["post"].pending_expiry.exponential,
        MEAN_S,
    ),
    "in a queue that has no keys yet": (
        "queues.invoices.sla=90s",
        lambda hr: hr.queues["invoices"].sla,
        MEAN_S,
    ),
    "in a queue with a space": (
        'queues."past due".retries=2',
        lambda hr: hr.queues["past due"].retries,
        2,
    ),
    "of a queue trigger": (
        "triggers.T.queue.at_most=3",
        lambda hr: hr.triggers["T"].queue.at_most,  # type: ignore[union-attr]
        3,
    ),
    "never looks": (
        "triggers.T.queue.recheck=never",
        lambda hr: hr.triggers["T"].queue.recheck,  # type: ignore[union-attr]
        "never",
    ),
    "another stream": (
        "arrivals.mail.items={poisson: 60 per minute}",
        lambda hr: hr.arrivals["mail"].items.poisson,
        1,
    ),
    "inside a stream": (
        "arrivals.mail.items.every=90s",
        lambda hr: hr.arrivals["mail"].items.every,
        MEAN_S,
    ),
    "inside a distribution": (
        "arrivals.mail.item_duration.constant=90s",
        lambda hr: hr.arrivals["mail"].item_duration.constant,
        MEAN_S,
    ),
}


@pytest.mark.parametrize(("override", "read", "expected"), READS.values(), ids=READS)
def test_an_override_reaches_it(
    override: str, read: Callable[[Folder], Any], expected: object, tmp_path: Path
) -> None:
    assert read(loaded(tmp_path, f"folders.HR.{override}").scenario.folders["HR"]) == expected


VARIANTS = """\
variants:
  one more:
    folders.HR.queues.new: {sla: 1h}
    folders.HR.processes.scan: {duration: 0s, queue: new}
    folders.HR.arrivals.scans: {queue: new, by: bot, items: {every: 1h}, item_duration: 2m}
  unfed: {folders.HR.arrivals.late: null}
  gone: {folders.HR.queues."past due": null}
"""


def test_a_variant_adds_a_whole_queue(tmp_path: Path) -> None:
    text = FILE + VARIANTS.replace('  gone: {folders.HR.queues."past due": null}\n', "")
    whole = loaded(tmp_path, text=text, variant="one more")
    assert list(whole.scenario.folders["HR"].queues) == ["invoices", "past due", "new"]
    assert whole.warnings == ()
    (warning,) = loaded(tmp_path, text=text).variant_warnings
    assert (warning.variant, warning.code) == ("unfed", "empty-queue")


def test_a_variant_that_takes_a_queue_away_is_told_who_still_names_it(tmp_path: Path) -> None:
    issues = errors(tmp_path, FILE + VARIANTS)
    assert {issue.variant for issue in issues} == {"gone"}
    assert [(issue.message, issue.hint) for issue in issues] == [
        (f"no queue of this folder is called 'past due', in line {line}", "there is invoices")
        for line in (12, 18)
    ]


WRONG: dict[str, tuple[str, str, str, str, str]] = {
    "a misspelt key of an arrival": (
        "item_duration: 2m}\n",
        "item_durations: 2m}\n",
        "item_durations: 2m",
        "there is no key 'item_durations' here; did you mean 'item_duration'?",
        "the keys here are queue, by, items, jobs, item_duration, deadline, priority, defer",
    ),
    "a misspelt key of a queue": (
        "{sla: 4h}",
        "{slla: 4h}",
        "slla: 4h",
        "there is no key 'slla' here; did you mean 'sla'?",
        "the keys here are retries, sla",
    ),
    "a misspelt key of a then": (
        "{start: tidy}",
        "{start: tidy, afer: 1m}",
        "afer: 1m",
        "there is no key 'afer' here; did you mean 'after'?",
        "the keys here are start, jobs, run_as, priority, runtime, stop_after, kill_after, after",
    ),
    "a process in place of start": (
        "{start: tidy}",
        "{process: tidy}",
        "then: ",
        "'then' lacks the key 'start'",
        "",
    ),
    "a then as a text": (
        "{start: tidy}",
        "tidy",
        "tidy}",
        "expected a mapping, got 'tidy'",
        "write it as {start: …}",
    ),
    "a queue trigger's queue as a text": (
        "{name: invoices}",
        "invoices",
        "invoices,",
        "expected a mapping, got 'invoices'",
        "write it as {name: …}",
    ),
    "neither a time nor never": (
        "{name: invoices}",
        "{name: invoices, recheck: nver}",
        "nver",
        "expected a duration such as '15m', '1h30m' or 'PT15M' or never, got 'nver'",
        "did you mean 'never'?",
    ),
    "a queue of another name": (
        "queue: invoices, pending_limit",
        "queue: invoice, pending_limit",
        "invoice,",
        "no queue of this folder is called 'invoice'",
        "did you mean 'invoices'?",
    ),
    "what follows is not there": (
        "{start: tidy}",
        "{start: tidying}",
        "tidying",
        "no process of this folder is called 'tidying'",
        "did you mean 'tidy'?",
    ),
    "a cycle without time": (
        "{start: tidy}",
        "{start: post}",
        "then: ",
        "post → post: jobs start one another without end, and no time passes",
        "give one of them a duration or a start_up, or its then an after",
    ),
    "an expiry of which nothing can be drawn": (
        "pending_limit: 4",
        "pending_expiry: {uniform: [1m, 2m], at_least: 3m}",
        "pending_expiry: ",
        "nothing can be drawn: nothing of it lies at or above at_least 3m; widen the bounds",
        "change at_least, at_most or the distribution",
    ),
    "an after of which nothing can be drawn": (
        "{start: tidy}",
        "{start: tidy, after: {exponential: 1m, at_most: 0s}}",
        "after: ",
        "nothing can be drawn: nothing of it lies at or below at_most 0s; widen the bounds",
        "change at_least, at_most or the distribution",
    ),
    "a file of item durations that is not there": (
        "item_duration: 2m}\n",
        "item_duration: {empirical: {file: none.csv, column: c}}}\n",
        "none.csv",
        "cannot read the data file 'none.csv': No such file or directory",
        "",
    ),
}


@pytest.mark.parametrize(("old", "new", "caret", "message", "hint"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_where_it_stands(
    old: str, new: str, caret: str, message: str, hint: str, tmp_path: Path
) -> None:
    assert old in FILE
    issues = errors(tmp_path, FILE.replace(old, new, 1))
    (told,) = (issue for issue in issues if issue.message == message)
    assert told.position is not None
    assert told.excerpt[told.position.column - 1 :].startswith(caret)
    assert hint in told.hint
    assert message in render(told)


def test_item_durations_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("seconds\n30\n90\n")
    text = FILE.replace(
        "item_duration: 2m", "item_duration: {empirical: {file: d.csv, column: seconds}}", 1
    )
    assert loaded(tmp_path, text=text).columns == {("d.csv", "seconds"): (30.0, 90.0)}


def test_everything_is_told_at_once_though_some_of_it_does_not_fit_the_models(
    tmp_path: Path,
) -> None:
    """A key `queue` that was taken out is no name: others that are wrong are told beside it."""
    text = FILE.replace("queue: past due}", "queue: past dew}", 1)
    text = text.replace("queue: {name: invoices}", "queue: invoices", 1)
    text = text.replace("pending_limit: 4", "pending_limit: -4", 1).replace("by: bot", "by: bat", 1)
    lines = [issue.position.line for issue in errors(tmp_path, text) if issue.position]
    assert lines == [11, 12, 15, 17]


def test_a_queue_at_fault_leaves_nobody_who_names_it_at_fault(tmp_path: Path) -> None:
    (issue,) = errors(tmp_path, FILE.replace("invoices: ,", "invoices: 3,", 1))
    assert issue.code == "wrong-type"
