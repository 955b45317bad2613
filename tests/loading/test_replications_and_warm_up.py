"""What `run.replications` and `time.warm_up` take, and what is said of anything else, and where."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_queue import queue

from simulator.errors import ScenarioError
from simulator.experiments.study import resolved_run

WRONG = {
    "the largest value": (
        "run.replications={precision: 5%, of: pending.max}",
        ("run", "replications", "of"),
        "pending.max is the largest of all values, which has no interval to be narrow",
    ),
    "a measure misspelt": (
        "run.replications={precision: 5%, of: pending.p96}",
        ("run", "replications", "of"),
        "no measure is called 'pending.p96'; did you mean 'pending.p99'?",
    ),
    "too few": (
        "run.replications={precision: 5%, at_most: 5}",
        ("run", "replications", "at_most"),
        "expected at least 10, got 5",
    ),
    "a key misspelt": (
        "run.replications={precision: 5%, off: pending.p95}",
        ("run", "replications", "off"),
        "there is no key 'off' here; did you mean 'of'?",
    ),
    "no precision": (
        "run.replications={of: pending.p95}",
        ("run", "replications", "precision"),
        "'replications' lacks the key 'precision'",
    ),
    "a precision alone": (
        "run.replications=5%",
        ("run", "replications"),
        "expected a whole number, got '5%'",
    ),
    "a warm-up without a unit": (
        "time.warm_up=5",
        ("time", "warm_up"),
        "expected auto or a duration with a unit, such as '15m' or '1h30m', got 5",
    ),
    "a warm-up misspelt": (
        "time.warm_up=atuo",
        ("time", "warm_up"),
        "expected auto or a duration such as '15m', '1h30m' or 'PT15M', got 'atuo'",
    ),
}


@pytest.mark.parametrize(("override", "path", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, override: str, path: tuple[str, ...], message: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        queue(tmp_path, override)
    (issue,) = caught.value.issues
    assert (issue.path, issue.message) == (path, message)
    assert issue.position is not None


def test_a_number_on_the_command_line_takes_the_place_of_a_precision(tmp_path: Path) -> None:
    loaded = queue(tmp_path, "run.replications={precision: 5%}")
    assert resolved_run(loaded, seed=None, replications=7).scenario.run.replications == 7
    kept = resolved_run(loaded, seed=3, replications=None).scenario.run
    assert (kept.replications, kept.seed) == (loaded.scenario.run.replications, 3)


def test_load_that_is_too_much_is_of_the_long_run_where_a_warm_up_is_to_be_found(
    tmp_path: Path,
) -> None:
    much = "folders.F.triggers.T.event={poisson: 9 per hour}"
    (told,) = queue(tmp_path, "time.warm_up=auto", much).warnings
    assert told.message.endswith("so that waits have no long-run mean")
