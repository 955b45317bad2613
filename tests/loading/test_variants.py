"""What is told of variants: once, at its place, and never of an innocent override."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import Issue, ScenarioError
from simulator.loading import load

FILE = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {hosts: 1}, spare: {}}
accounts: {olga: {type: user}, bot: {type: robot}, guest: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {p: {duration: 5m}}
    triggers: {t: {process: p, event: {every: 1h}, created_by: olga}}
    starts: {s: {process: p, by: guest, stream: {every: 1h}}}
"""
"""Doubtful in itself: `spare` serves nothing (line 3), and `guest` is always refused (line 11)."""

OWN = [(3, "unused-machine", ""), (11, "always-refused", "")]


def written(folder: Path, text: str) -> Path:
    file = folder / "s.yaml"
    file.write_text(text)
    return file


def told(issues: tuple[Issue, ...]) -> list[tuple[int, str, str]]:
    return [(issue.position.line, issue.code, issue.variant) for issue in issues if issue.position]


def test_a_variant_keeps_the_files_own_warnings_where_they_are(tmp_path: Path) -> None:
    file = written(tmp_path, FILE + "variants:\n  more: {machines.vm.hosts: 3, run.seed: 2}\n")
    assert told(load(file, variant="more").warnings) == OWN


def test_a_variant_that_mends_a_warning_has_it_no_more(tmp_path: Path) -> None:
    file = written(tmp_path, FILE + "variants:\n  less: {machines.spare: null}\n")
    assert told(load(file, variant="less").warnings) == OWN[1:]


DEAD = """\
variants:
  sound: {machines.vm.hosts: 2}
  no-hosts: {machines.vm.hosts: 0}
  revoked: {folders.HR.assign: {bot: [Automation User]}}
"""


def test_each_variant_is_asked_for_doubts_of_its_own(tmp_path: Path) -> None:
    """Without olga her role is gone: she makes no trigger. Nobody asks her for its jobs."""
    loaded = load(written(tmp_path, FILE + DEAD))
    assert told(loaded.warnings) == OWN
    assert told(loaded.variant_warnings) == [
        (14, "always-pending", "no-hosts"),
        (15, "created-by", "revoked"),
    ]
    messages = [issue.message for issue in loaded.variant_warnings]
    assert all(message.endswith(", in line 10") for message in messages)


def test_variants_that_are_not_checked_have_no_warnings(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, FILE + DEAD), check_variants=False)
    assert loaded.variant_warnings == ()


def test_of_several_overrides_the_related_one_is_blamed_or_none(tmp_path: Path) -> None:
    """No override of `far` is about the trigger, so its own line is shown."""
    more = """\
variants:
  near: {run.seed: 2, machines.vm.hosts: 0, time.zone: Europe/Berlin}
  far: {run.seed: 2, time.duration: 1h}
"""
    text = FILE.replace("event: {every: 1h}", "event: {at: [2026-01-05T02:00]}")
    assert told(load(written(tmp_path, text + more)).variant_warnings) == [
        (10, "outside-run", "far"),
        (13, "always-pending", "near"),
    ]


FAULTS = [
    ("folders.HR.processes.p.duration.constant: 5", "{duration: 5m}", "{duration: {constant: 5}}"),
    ("accounts.olga.type: usr", "olga: {type: user}", "olga: {type: usr}"),
    ("machines.vm.hosts: two", "hosts: 1", "hosts: two"),
]


@pytest.mark.parametrize(("override", "old", "new"), FAULTS, ids=["duration", "account", "machine"])
def test_the_same_fault_gives_the_same_issues_in_the_file_and_in_a_variant(
    override: str, old: str, new: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as in_the_file:
        load(written(tmp_path, FILE.replace(old, new)))
    with pytest.raises(ScenarioError) as in_a_variant:
        load(written(tmp_path, FILE + f"variants: {{a: {{{override}}}}}\n"))
    assert len(in_a_variant.value.issues) == 1
    assert [(issue.code, issue.message, issue.hint) for issue in in_a_variant.value.issues] == [
        (issue.code, issue.message, issue.hint) for issue in in_the_file.value.issues
    ]


def test_a_variant_of_the_command_line_is_one_of_the_scenario(tmp_path: Path) -> None:
    file = written(tmp_path, FILE + "variants: {old: {}}\n")
    override = "variants.a={machines.vm.hosts: 7}"
    assert load(file, overrides=[override]).variants == ("old", "a")
    assert load(file, overrides=[override], variant="a").scenario.machines["vm"].hosts == 7


def test_a_variant_of_the_command_line_is_checked_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, FILE), overrides=["variants={a: {machines.wm.hosts: 7}}"])
    (issue,) = caught.value.issues
    assert (issue.code, issue.variant) == ("unknown-path", "a")
    assert str(issue.position) == "--set:1:15"


def test_what_the_command_line_gets_wrong_is_not_told_again_for_each_variant(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, FILE + "variants: {a: {run.seed: 2}, b: {run.seed: 3}}\n")
    with pytest.raises(ScenarioError) as caught:
        load(file, overrides=["machines.wm.hosts=7"])
    assert [issue.variant for issue in caught.value.issues] == [""]


def test_a_file_may_have_a_thousand_variants(tmp_path: Path) -> None:
    head = "version: 1\ntime: {start: 2026-01-05, duration: 1d}\nvariants:\n"
    with pytest.raises(ScenarioError) as caught:
        load(written(tmp_path, head + "".join(f"  v{n}: {{}}\n" for n in range(1001))))
    (issue,) = caught.value.issues
    assert (issue.code, issue.position and issue.position.line) == ("wrong-length", 3)
    assert "1000" in issue.message
