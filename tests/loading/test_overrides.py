"""Override paths, `--set` and variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from simulator.errors import ScenarioError
from simulator.loading import Loaded, load
from simulator.loading.composer import compose
from simulator.loading.override_paths import PathError, parse_path, replaced, split_assignment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.model.scenario import Scenario

FILE = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {hosts: 1}, "a.b": {}}
accounts: {olga: {type: user}, bot: {type: robot}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm, "a.b"]
    processes: {P: {duration: 5m}}
    triggers: {T: {process: P, event: {every: 1h}, created_by: olga}}
    folders:
      Month end: {machines: [vm]}
targets:
  - {folder: HR, measure: pending.p95, at_most: 1m}
"""


def loaded(tmp_path: Path, *overrides: str, more: str = "", variant: str | None = None) -> Loaded:
    file = tmp_path / "s.yaml"
    file.write_text(FILE + more)
    return load(file, overrides=overrides, variant=variant)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("machines.vm.hosts", ("machines", "vm", "hosts")),
        (
            'folders.HR.folders."Month end".machines',
            ("folders", "HR", "folders", "Month end", "machines"),
        ),
        ('machines."a.b".hosts', ("machines", "a.b", "hosts")),
        ("machines.'it''s'", ("machines", "it's")),
        (r'"say \"hi\"".x', ('say "hi"', "x")),
        (r'"\u202e\xad\U000e0001"', ("\u202e\xad\U000e0001",)),
        (r'"\\u202e \upper \x"', (r"\u202e upper x",)),
        ("Month end.0", ("Month end", "0")),
    ],
)
def test_a_path_is_parts_between_dots(text: str, parts: tuple[str, ...]) -> None:
    assert parse_path(text) == parts


@pytest.mark.parametrize("text", ["", ".a", "a.", "a..b", '"a', '"a"b', "a.'b"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(PathError):
        parse_path(text)


def test_an_equals_sign_in_quotes_belongs_to_the_path() -> None:
    assert split_assignment('machines."a=b".hosts=x=1') == ('machines."a=b".hosts', "x=1")


@pytest.mark.parametrize(
    ("override", "read", "expected"),
    [
        ("machines.vm.hosts=3", lambda s: s.machines["vm"].hosts, 3),
        ("machines.vm.slots=4", lambda s: s.machines["vm"].slots, {"unattended": 4}),
        ("machines.vm.hosts=null", lambda s: s.machines["vm"].hosts, None),
        ('machines."a.b".hosts=2', lambda s: s.machines["a.b"].hosts, 2),
        ("machines.spare={hosts: 7}", lambda s: s.machines["spare"].hosts, 7),
        ("run.seed=9", lambda s: s.run.seed, 9),
        ("dispatch.order=oldest", lambda s: s.dispatch.order, "oldest"),
        (
            "tenant.assign.olga=[Orchestrator Administrator]",
            lambda s: s.tenant.assign["olga"],
            ("Orchestrator Administrator",),
        ),
        ("targets.0.at_most=2m", lambda s: s.targets[0].limit, 120.0),
        ("targets.0=null", lambda s: s.targets, ()),
        ("targets=null", lambda s: s.targets, ()),
        (
            "folders.HR.machines.vm.propagate=true",
            lambda s: s.folders["HR"].machines["vm"].propagate,
            True,
        ),
        (
            "folders.HR.processes.P.duration={exponential: 2m}",
            lambda s: s.folders["HR"].processes["P"].duration.exponential,
            120.0,
        ),
        (
            "folders.HR.triggers.T.event.every=30m",
            lambda s: s.folders["HR"].triggers["T"].event.every,
            1800.0,
        ),
        ('folders.HR.folders."Month end"=null', lambda s: s.folders["HR"].folders, {}),
        (
            'folders.HR.folders."Month end".machines.0=a.b',
            lambda s: list(s.folders["HR"].folders["Month end"].machines),
            ["a.b"],
        ),
        ("folders.HR.machines.0=null", lambda s: list(s.folders["HR"].machines), ["a.b"]),
        (
            "folders.HR.machines.1.propagate=true",
            lambda s: [each.propagate for each in s.folders["HR"].machines.values()],
            [False, True],
        ),
        ("machines.vm.hosts = 3", lambda s: s.machines["vm"].hosts, 3),
        ("name=007", lambda s: s.name, "007"),
    ],
)
def test_a_value_replaces_what_its_path_names(
    override: str, read: Callable[[Scenario], object], expected: object, tmp_path: Path
) -> None:
    assert read(loaded(tmp_path, override).scenario) == expected


def test_a_short_form_is_spelt_out_when_a_path_goes_into_it() -> None:
    """`slots: 2` is {unattended: 2}; the path adds a type and leaves that one."""
    data = compose("machines: {vm: {slots: 2}}", "s.yaml").data
    changed = replaced(data, ("machines", "vm", "slots", "headless"), 1)
    assert changed.data["machines"]["vm"]["slots"] == {"unattended": 2, "headless": 1}
    assert data["machines"]["vm"]["slots"] == 2


@pytest.mark.parametrize(
    ("override", "place", "word"),
    [
        ("machines.wm.hosts=3", "--set:1:1", "there is vm"),
        ("machines.vm.host=3", "--set:1:1", "'hosts'"),
        ("machine.vm.hosts=3", "--set:1:1", "'machines'"),
        ("machines.vm.hosts.x=3", "--set:1:1", "nothing inside"),
        ("machines.wm=null", "--set:1:1", "there is vm"),
        ("targets.1.at_most=2m", "--set:1:1", "it has 1"),
        ("folders.HR.triggers.T.time.zone=UTC", "--set:1:1", "no 'time'"),
        ("machines.vm.hosts=two", "--set:1:19", "whole number"),
        ("machines.vm.hosts", "--set:1:1", "PATH=VALUE"),
        ("machines.vm.hosts=", "--set:1:1", "null"),
        ("machines.vm.hosts=[1", "--set:1:19", "bracket"),
        ("name=*x", "--set:1:6", "aliases"),
        ("name=a: b: c", "--set:1:10", "': '"),
        ("folders.HR.triggers.T.process=Q", "--set:1:31", "'Q'"),
        ("folders.HR.machines.0=wm", "--set:1:23", "'wm'"),
        ("folders.HR.machines.2=vm", "--set:1:1", "no entry '2'"),
        ("machines.vm.hosts = two", "--set:1:21", "whole number"),
        (".".join(["a"] * 65) + "=1", "--set:1:1", "more than 64 parts"),
    ],
)
def test_an_override_in_vain_is_an_error_at_its_place(
    override: str, place: str, word: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, override)
    first = caught.value.issues[0]
    assert word in f"{first.message} {first.hint}"
    assert first.excerpt == override
    assert str(first.position) == place


def test_a_variant_changes_what_it_names_and_the_command_line_comes_last(tmp_path: Path) -> None:
    more = "variants:\n  big: {machines.vm.hosts: 5, run.seed: 2}\n"
    plain = loaded(tmp_path, more=more)
    assert plain.scenario.machines["vm"].hosts == 1
    assert plain.variants == ("big",)
    big = loaded(tmp_path, "run.seed=3", more=more, variant="big").scenario
    assert (big.machines["vm"].hosts, big.run.seed) == (5, 3)


def test_an_unknown_variant_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="no variant is called 'bog'"):
        loaded(tmp_path, more="variants: {big: {}}\n", variant="bog")


def test_the_variants_of_a_loaded_scenario_are_plain_values(tmp_path: Path) -> None:
    more = "variants: {a: {machines.vm.hosts: 2, folders.HR.machines: [vm]}}\n"
    variants = loaded(tmp_path, more=more).scenario.variants
    assert variants == {"a": {"machines.vm.hosts": 2, "folders.HR.machines": ["vm"]}}
    assert type(variants["a"]["machines.vm.hosts"]) is int


def test_all_variants_are_checked_and_named_with_the_place_in_them(tmp_path: Path) -> None:
    more = "variants:\n  a: {run.seed: 2}\n  b: {machines.vm: null}\n  c: {run.seed: x}\n"
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, more=more)
    told = [(i.variant, i.position.line, i.position.column) for i in caught.value.issues]
    assert told == [("b", 17, 20), ("b", 17, 20), ("c", 18, 17)]
    assert "no machine is called 'vm', in line 8" in caught.value.issues[0].message
    load(tmp_path / "s.yaml", check_variants=False)


def test_what_is_wrong_in_the_file_is_not_told_again_for_each_variant(tmp_path: Path) -> None:
    more = "  - {folder: IT, measure: pending.p95, at_most: 1m}\nvariants: {a: {run.seed: 2}}\n"
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, more=more)
    assert [issue.message for issue in caught.value.issues] == ["no folder is called 'IT'"]


def test_overrides_cannot_nest_without_end(tmp_path: Path) -> None:
    """A path and a value have 64 levels each; what they add up to is checked like anything else."""
    deep = "{folders: {F: " * 31 + "{}" + "}}" * 31
    path = "folders.HR" + ".folders.F" * 30
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, f"folders.HR={deep}", f"{path}={deep}", f"{path}.machines=[wm]")
    assert [issue.code for issue in caught.value.issues].count("unknown-machine") == 1
