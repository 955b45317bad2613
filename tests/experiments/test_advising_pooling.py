"""Who may use whose machines once they are pooled."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_advice import estate, folder, opened

from simulator.experiments.advising.alternatives import alternatives_in
from simulator.experiments.advising.pooling import pooling


def pools(source: Path, machines: str, folders: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """What each pool would change, by its words; those without a change left out."""
    found = alternatives_in(pooling(estate(opened(source, machines, folders))))
    return {one.words: one.texts for one in found}


def test_each_folder_keeps_its_own_first_and_gets_the_others(tmp_path: Path) -> None:
    folders = {"A": folder("{left: {accounts: [bot]}}"), "B": folder("[right]")}
    assert pools(tmp_path, "{left: {}, right: {}}", folders) == {
        "Pooling the machines of A and B": (
            "folders.A.machines={left: {accounts: [bot]}, right: {}}",
            "folders.B.machines=[right, left]",
        )
    }


def test_three_folders_can_be_pooled_all_together_or_two_by_two(tmp_path: Path) -> None:
    folders = {"A": folder("[one]"), "B": folder("[two]"), "C": folder("[two]")}
    found = pools(tmp_path, "{one: {}, two: {}}", folders)
    assert set(found) == {
        "Pooling the machines of A, B and C",
        "Pooling the machines of A and B",
        "Pooling the machines of A and C",
    }


@pytest.mark.parametrize(
    ("machines", "folders"),
    [
        ("{one: {}}", {"A": folder("[one]"), "B": folder("[one]")}),
        (
            "{one: {}, two: {slots: {testing: 1}}}".replace("testing", "test_automation"),
            {
                "A": folder("[one]"),
                "B": folder("[two]", "{duration: 10m, runtime: test_automation}"),
            },
        ),
        (
            "{one: {process_types: foreground}, two: {process_types: background}}",
            {"A": folder("[one]", "{duration: 10m, type: foreground}"), "B": folder("[two]")},
        ),
        (
            "{one: {accounts: [olga]}, two: {accounts: [olga]}}",
            {"A": folder("[one]"), "B": folder("[two]")},
        ),
    ],
    ids=["all shared already", "no common runtime", "other kinds of jobs", "mapped to others"],
)
def test_there_is_nothing_to_pool(tmp_path: Path, machines: str, folders: dict[str, str]) -> None:
    assert pools(tmp_path, machines, folders) == {}


def test_folders_that_only_a_third_links_are_pooled_with_it(tmp_path: Path) -> None:
    """A asks for one runtime type, B for another, C for both."""
    testing = "{duration: 10m, runtime: test_automation}"
    both = (
        folder("[two]")
        .replace("processes: {", f"processes: {{Q: {testing}, ")
        .replace(
            "triggers: {",
            "triggers: {U: {process: Q, event: {poisson: 1 per hour}, created_by: olga}, ",
        )
    )
    folders = {"A": folder("[one]"), "B": folder("[three]", testing), "C": both}
    machines = (
        "{one: {}, two: {slots: {unattended: 1, test_automation: 1}},"
        " three: {slots: {test_automation: 1}}}"
    )
    assert set(pools(tmp_path, machines, folders)) == {
        "Pooling the machines of A, B and C",
        "Pooling the machines of A and C",
        "Pooling the machines of B and C",
    }


def test_an_inherited_machine_stays_ahead_of_what_is_added(tmp_path: Path) -> None:
    parent = folder("{home: {propagate: true}}").removesuffix("}")
    folders = {"A": f"{parent}, folders: {{Sub: {folder('[]')}}}}}", "B": folder("[other]")}
    source = opened(tmp_path, "{other: {}, home: {}}", folders)
    first, *_ = alternatives_in(pooling(estate(source)))
    access = source.load(overrides=first.texts).access
    assert [name for name, _ in access.machines("A/Sub")] == ["home", "other"]
