"""A sizing in a terminal: the answer in sentences, its proof in short tables."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders_sizing import (
    LARGER,
    LESS,
    MET,
    MISSED,
    OVERLOADED,
    P95,
    minutes,
    of_two,
    sizing,
    tried,
)
from builders_tables import printed

from simulator.experiments.checks import StudyCheck
from simulator.experiments.sizing.sizing import Bound, Sizing, TargetFigure
from simulator.experiments.varying.quantities import quantities_of
from simulator.measurement.checking.checks import compared
from simulator.model.targets import Target
from simulator.report.page import plain
from simulator.report.promises import promise
from simulator.report.sizing.answer import answer, evidence, unproven
from simulator.report.sizing.console import MOST_FLEETS, sizing_table
from simulator.report.wording import NOTHING


def told(found: Sizing) -> list[str]:
    return [plain(phrase).replace("\N{NO-BREAK SPACE}", " ") for phrase in answer(found)]


def lines(found: Sizing, width: int = 100) -> list[str]:
    return printed(sizing_table(found), width)


def test_the_answer_its_figure_one_less_and_what_load_rules_out() -> None:
    assert told(sizing()) == [
        (
            "14 slots on each host of M1 is the cheapest of 40 fleets that meets the target: P95 "
            "Pending of F is 4.80 min (4.60 to 4.95 min), limit 5 min."
        ),
        "With 13 it is 8.80 min (8.20 to 9.40 min): missed.",
        f"Less than 11 cannot keep up, whatever the order of jobs: {OVERLOADED}.",
    ]


def test_of_several_quantities_the_answer_has_its_cost_and_every_target() -> None:
    assert told(of_two()) == [
        (
            "3 slots on each host of M1 and 1 slot on each host of M2, at a cost of 11, is the "
            "cheapest of 4 fleets that meets all targets: P95 Pending of F is 4 min (3.80 to "
            "4.20 min), limit 5 min; Utilisation of machine M1 is 70 % (65.0 to 75.0 %), at least "
            "60 %."
        ),
        (
            "With 2 slots on each host of M1 and 1 slot on each host of M2, P95 Pending of F is "
            "9 min (8.00 to 10.00 min): missed."
        ),
    ]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"tried": (MISSED,)},
            [
                (
                    "None of 40 fleets was found to meet the target. With 13 slots on each host of "
                    "M1, P95 Pending of F is 8.80 min (8.20 to 9.40 min), limit 5 min: missed."
                ),
            ],
        ),
        (
            {"tried": (), "bound": Bound(40, 40, None, 40.0, OVERLOADED)},
            [
                "None of 40 fleets was found to meet the target.",
                f"None of the 40 fleets can keep up, whatever the order of jobs: {OVERLOADED}.",
            ],
        ),
    ],
    ids=["all miss", "load rules out all"],
)
def test_without_an_answer_the_largest_is_told(
    changes: dict[str, Any], sentences: list[str]
) -> None:
    none = {"answer": None, "effects": (), "bound": Bound(40, 0, ("1",), 1.0, "")}
    assert told(sizing(**{**none, **changes})) == sentences


@pytest.mark.parametrize(
    ("excluded", "sentence"),
    [
        (1, f"The cheapest fleet cannot keep up, whatever the order of jobs: {OVERLOADED}."),
        (3, f"The 3 cheapest fleets cannot keep up, whatever the order of jobs: {OVERLOADED}."),
    ],
    ids=["one", "several"],
)
def test_of_several_quantities_load_rules_out_the_cheapest(excluded: int, sentence: str) -> None:
    assert told(of_two(bound=Bound(9, excluded, ("2", "1"), 9.0, OVERLOADED)))[-1] == sentence


def test_one_less_that_was_not_simulated_itself() -> None:
    """By load it is told for several quantities; for one, what load rules out says it already."""
    by_load = LESS._replace(outcome="missed", differences=(), why=OVERLOADED)
    assert len(told(sizing(effects=(by_load,)))) == 2
    two = of_two(effects=(by_load._replace(values=("2", "1")),))
    assert told(two)[1].endswith(f"1 slot on each host of M2: {OVERLOADED}.")
    untold = sizing(effects=(LESS._replace(values=("12",)),))
    assert told(untold)[1] == "12 slots on each host of M1 misses."
    granted = sizing(effects=(LESS._replace(values=("12",)),), more_never_hurts=True)
    assert told(granted)[1] == "12 slots on each host of M1 is taken to miss."


def test_a_cheaper_fleet_that_is_undecided_leaves_the_answer_unproven() -> None:
    open_one = tried("13", figures=(minutes(5, 4.9, 5.1, "undecided"),), outcome="undecided")
    found = sizing(tried=(open_one, MET, LARGER), unproven=1)
    assert told(found)[0].startswith(
        "14 slots on each host of M1 is the cheapest found of 40 fleets to meet the target: "
    )
    assert told(found)[1] == "With 13 it is 5 min (4.90 to 5.10 min): undecided."
    assert [plain(phrase) for phrase in unproven(found)] == [
        (
            "Not proven: 1 cheaper fleet (13) could not be decided with the replications that a "
            "fleet may have; give them more with --at-most, or move the limit."
        )
    ]
    assert unproven(sizing()) == ()


def test_what_is_taken_for_granted_is_told() -> None:
    (phrase,) = unproven(sizing(more_never_hurts=True))
    assert plain(phrase).startswith("Taken for granted, as --more-never-hurts says: ")


def test_how_sure_it_is_and_whether_the_checks_hold() -> None:
    holds = StudyCheck(compared("slots.edges", 7, 7), 1, 20, ())
    fails = StudyCheck(compared("once.slot", 2, 0), 4, 20, (4, 9))
    assert plain(evidence(sizing(checks=(holds, holds)))) == (
        "4 fleets tried, 75 replications in all; the chance that any of their tests is wrong is at "
        "most 5\N{NO-BREAK SPACE}%. 2 self-checks on each replication hold."
    )
    assert plain(evidence(sizing(checks=(fails, holds)))).endswith("1 of 2 self-checks failed.")
    once = sizing(tried=(MET._replace(replications=1),))
    assert plain(evidence(once)) == (
        "1 fleet tried, 1 replication in all; each replication is like any other, so that one "
        "tells all."
    )


def test_the_tables_below_the_sentences() -> None:
    """+240 s are 4 min; costs of 1 and a single target's name are left out."""
    text = lines(sizing())
    assert "P95 Pending of F  at most 5 min  4.80 min (4.60 to 4.95 min)    ✓ met" in text
    assert "down to 13  +4.00 (+3.60 to +4.40) min  ✗ missed" in text
    assert f"10                {NOTHING}                    ruled out  ✗ missed" in text
    (bound,) = (line for line in text if line.startswith("At 13: of the time jobs are Pending, "))
    assert bound.endswith(" is for a slot of M1, behind jobs of F.")
    assert not any("Cost" in line for line in text)


def test_costs_and_targets_are_told_where_there_are_several() -> None:
    text = lines(of_two(), 120)
    (step,) = (line for line in text if line.startswith("machines.M1.slots down to 2"))
    assert step.split("  ")[-1] == "✗ missed"
    assert " -2 " in step
    assert any("Utilisation of machine M1" in line and "no difference" in line for line in text)
    (worst,) = (line for line in text if line.startswith("3, 2 "))
    assert "Utilisation of machine M1" in worst  # the target it misses, not the first


def test_of_many_fleets_those_nearest_the_answer_are_shown_the_cheapest_first() -> None:
    """Within 4 of 20, the eight nearest of 1 to 40 cost 16 to 23."""
    every = tuple(
        tried(str(slots), figures=MET.targets, outcome="met") for slots in range(40, 0, -1)
    )
    text = lines(sizing(tried=every, answer=("20",)))
    start = next(place for place, line in enumerate(text) if line.startswith("Fleets tried")) + 3
    shown = [int(line.split()[0]) for line in text[start : start + MOST_FLEETS]]
    assert shown == [*range(16, 24)]
    assert "… and 32 more; see the report" in text


def test_nothing_to_measure_is_told_so() -> None:
    nothing = TargetFigure(P95, math.nan, math.nan, math.nan, "undecided")
    found = sizing(tried=(tried("14", figures=(nothing,), outcome="undecided"),), effects=())
    assert told(found)[0].endswith("P95 Pending of F has nothing to measure, limit 5 min.")


PROMISES: list[tuple[dict[str, Any], str]] = [
    ({"measure": "pending.mean", "folder": "HR"}, "Mean Pending of HR"),
    ({"measure": "pending.max"}, "Longest Pending of all jobs"),
    ({"measure": "pending.p99", "process": "HR:P"}, "P99 Pending of process HR:P"),
    (
        {"measure": "pending.p95", "folder": "HR", "with_subfolders": True},
        "P95 Pending of HR with its subfolders",
    ),
    (
        {"measure": "pending.over", "threshold": "10m", "at_most": "5%"},
        "Share of the jobs of the tenant Pending over 10 min",
    ),
]


@pytest.mark.parametrize(("parts", "words"), PROMISES, ids=[words for _, words in PROMISES])
def test_what_a_target_is_about(parts: dict[str, Any], words: str) -> None:
    assert promise(Target(**{"at_most": "5m", **parts})) == words


def test_names_are_inert_in_a_terminal() -> None:
    """A path of the command line and a folder of the file, each with a colour in it."""
    target = P95.model_copy(update={"folder": "F\x1b[31m"})
    met = MET._replace(targets=(MET.targets[0]._replace(target=target),))
    found = sizing(
        quantities=quantities_of(["machines.'M\u202e[b]1'.slots=13,14"]),
        targets=(target,),
        tried=(met,),
        effects=(LESS._replace(path="machines.'M\u202e[b]1'.slots"),),
    )
    text = "\n".join(lines(found))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\x1b[31m" in text
    assert "\\u202e[b]1" in text
