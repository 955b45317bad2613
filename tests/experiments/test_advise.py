"""Advice on whole scenarios: who gains, who pays, and that edits are those a person would write."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from pathlib import Path

import pytest
from builders_advice import folder, opened

from simulator.errors import RunInterrupted
from simulator.experiments.advising.advice import Advice, FolderChange, Standing
from simulator.experiments.advising.advise import advise
from simulator.experiments.advising.question import question_of
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.executing.workforce import Result, Work
from simulator.experiments.study import run_study
from simulator.loading import open_scenario

ROOT = Path(__file__).parents[2]
FLAGSHIP = ROOT / "scenarios/flagship-shared-machines.yaml"
N_DESIGN = ROOT / "tests/data/validation/scenarios/A20.yaml"


def change_of(advice: Advice, words: str, name: str) -> FolderChange:
    """What the option of these words does to a folder."""
    (option,) = (one for one in advice.options if one.alternative.words == words)
    (found,) = (one for one in option.folders if one.folder == name)
    return found


@pytest.fixture(scope="module")
def n_design() -> Advice:
    """600 days of A20 in all: B has one machine, which A uses too where its own is busy."""
    short = ["time.duration=100d", "time.warm_up=10d", "run.replications=6", "run.confidence=95%"]
    return advise(question_of(open_scenario(N_DESIGN), overrides=short, seed=1))


def test_sharing_is_not_monotone(n_design: Advice) -> None:
    """B waits 27.58 min beside A (numerically exact) and 23.33 alone: 4.24 less, ± 3.2 chosen.

    Alone it is an M/M/1 queue of 0.07 jobs a minute and 10 minutes each: 0.7 / (0.1 - 0.07).
    """
    words = "Dedicating M2 to FB alone (FA leaves it)"
    gain, price = (change_of(n_design, words, name) for name in ("FB", "FA"))
    assert -7.44 * 60 < gain.mean.mean < -1.04 * 60
    assert gain.mean.clear
    assert gain.p95.mean < 0 < price.p95.mean
    assert price.p95.clear


def test_a_slot_that_nobody_can_cut_is_told(n_design: Advice) -> None:
    told = {one.words: one.reason for one in n_design.not_tried}
    assert told["Dedicating M2"] == "it has 1 slot for the 2 folders that share it"


def test_pooling_gives_the_one_that_waits_most_a_second_machine(n_design: Advice) -> None:
    """Two slots for 1.2 of load: both folders wait as M/M/2 does, 5.6 min, B far less than 27."""
    assert n_design.best is not None
    assert n_design.best.alternative.words == "Pooling the machines of FA and FB"
    assert change_of(n_design, n_design.best.alternative.words, "FB").p95.clear


def test_dedicating_gives_the_figures_of_the_variant_written_by_hand() -> None:
    """Two hosts for two departments are one each, whatever the load: the variant says the same."""
    short = ["time.duration=1w", "run.replications=2"]
    source = open_scenario(FLAGSHIP)
    advice = advise(question_of(source, overrides=short, window_s=0))
    by_hand = run_study(source.load(overrides=short, variant="dedicated"), in_detail=False)
    for name in ("HR", "Finance"):
        row = by_hand.summary.find("folder", name, "pending.p95")
        assert row is not None
        assert change_of(advice, "Dedicating shared-vm (1 host each)", name).after_s == row.mean


def test_the_most_loaded_are_tried_first_and_the_rest_is_counted(tmp_path: Path) -> None:
    folders = {"A": folder("[one]"), "B": folder("[two]"), "C": folder("[two]")}
    source = opened(tmp_path, "{one: {}, two: {hosts: 2}}", folders)
    advice = advise(question_of(source, most=2))
    assert len(advice.options) == 2
    assert advice.left_out == 2


def test_an_alternative_that_does_not_load_is_told_with_the_reason(tmp_path: Path) -> None:
    """The target names the second host, which the piece that keeps the name has no more."""
    target = "targets: [{host: vm/2, measure: host.utilisation, at_most: 50%}]\n"
    source = opened(tmp_path, "{vm: {hosts: 2}}", {n: folder("[vm]") for n in "AB"}, target)
    advice = advise(question_of(source))
    assert advice.options == ()
    ((kind, words, reason),) = advice.not_tried
    assert (kind, words) == ("dedicate", "Dedicating vm (1 host each)")
    assert "vm/2" in reason


def test_the_same_question_has_the_same_name_and_frame(tmp_path: Path) -> None:
    source = opened(tmp_path, "{vm: {hosts: 2}}", {n: folder("[vm]") for n in "AB"})
    one, other = advise(question_of(source)), advise(question_of(source))
    assert one.name == other.name
    assert one.frame().equals(other.frame())
    assert list(one.frame()["folder"]) == ["A", "B"]


def test_the_best_surely_stands_before_today_and_somebody_clearly_gains(n_design: Advice) -> None:
    for option in n_design.options:
        gains = any(one.p95.mean < 0 and one.p95.clear for one in option.folders)
        stands_before = option.standing.is_better_than(n_design.standing)
        assert option.is_better is (gains and stands_before)
    keys = [option.standing.key for option in n_design.options]
    assert keys == sorted(keys)


class InterruptedAfterOne:
    """Does one replication, then Ctrl-C comes."""

    workers = 1
    where = "here"

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        yield work(next(iter(replications)))
        raise KeyboardInterrupt


def test_interrupted_there_is_no_advice(tmp_path: Path) -> None:
    source = opened(tmp_path, "{vm: {hosts: 2}}", {n: folder("[vm]") for n in "AB"})
    with pytest.raises(RunInterrupted, match="no advice yet"):
        advise(question_of(source), workforce=InterruptedAfterOne())


def standing(not_met: int, endless: int, mean: float, half: float) -> Standing:
    return Standing(not_met, endless, Difference(mean, mean - half, mean + half))


@pytest.mark.parametrize(
    ("found", "better"),
    [
        (standing(0, 0, 60, 10), True),
        (standing(1, 0, -60, 10), True),
        (standing(1, 0, -5, 10), False),
        (standing(1, 1, -60, 10), False),
        (standing(2, 0, -60, 10), False),
        (standing(1, 0, -60, math.nan), True),
    ],
    ids=["more met", "shorter", "not sure", "one without end", "fewer met", "no interval"],
)
def test_better_than_today(found: Standing, *, better: bool) -> None:
    """Today one target is not met."""
    assert found.is_better_than(standing(1, 0, 0, 0)) is better
