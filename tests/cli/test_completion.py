"""Completion: what may come next on a line, and the scripts in the shells that there are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from builders_commands import ROOT, invoked
from cli.help_examples import commands

from simulator.cli.completing.lines import Typed, typed
from simulator.cli.completing.names import run_folders, variant_names
from simulator.cli.completing.suggestions import suggestions

VARIANTS = """\
version: 1
variants:   # what ifs

  # a remark: none
  plain: {machines.one.hosts: 3}
  "third host":
    machines.one.hosts: 3
  '$(touch broken-into)': {machines.one.hosts: 4}
  `touch broken-into`: {machines.one.hosts: 5}
targets: []
"""
NAMES = ["plain", "third host", "$(touch broken-into)", "`touch broken-into`"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("estate.yaml").write_text(VARIANTS, encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "words", "begun"),
    [
        ("simulator ", (), ""),
        ("simulator", (), ""),
        ("", (), ""),
        ("simulator ru", (), "ru"),
        ("simulator run ", ("run",), ""),
        ("simulator run 'my est", ("run",), "my est"),
        ('simulator run "my est', ("run",), "my est"),
        ("simulator run my\\ est", ("run",), "my est"),
        ("simulator run my\\", ("run",), "my"),
        ("simulator run 'a b' --se", ("run", "a b"), "--se"),
        ("simulator run 'a ", ("run",), "a "),
    ],
)
def test_a_line_as_words(line: str, words: tuple[str, ...], begun: str) -> None:
    assert typed(line) == Typed(words, begun)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("simulator co", ["compare", "completion"]),
        ("simulator run estate.yaml --re", ["--replications", "--records"]),
        ("simulator run estate.yaml --no", ["--no-records"]),
        ("simulator run ", []),
        ("simulator run --seed ", []),
        ("simulator completion ", ["bash", "zsh", "fish"]),
        ("simulator completion z", ["zsh"]),
        ("simulator sweep estate.yaml --design ", ["grid", "latin", "sobol"]),
        ("simulator sweep estate.yaml --design=l", ["--design=latin"]),
        ("simulator compare estate.yaml ", NAMES),
        ("simulator compare estate.yaml plain th", ["third host"]),
        ("simulator compare estate.yaml --quiet --seed 3 pl", ["plain"]),
        ("simulator compare -- estate.yaml pl", ["plain"]),
        ("simulator run estate.yaml --variant ", NAMES),
        ("simulator run estate.yaml --variant=pl", ["--variant=plain"]),
        ("simulator roles Operator --file estate.yaml --variant pl", ["plain"]),
        ("simulator access estate.yaml --why anna ", []),
        ("simulator access estate.yaml --why anna HR:onboard --run-", ["--run-as"]),
        ("simulator nothing ", []),
        ("simulator run nowhere.yaml --variant ", []),
    ],
)
def test_what_may_come_next(line: str, words: list[str]) -> None:
    assert [one.word for one in suggestions(commands(), typed(line))] == words


def test_runs_come_from_the_folder_of_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for run in ("kept/estate/b-s1", "kept/estate/a-s1", "kept/estate/unfinished"):
        Path(run).mkdir(parents=True)
    for run in ("b-s1", "a-s1"):
        Path("kept/estate", run, "manifest.json").touch()
    monkeypatch.setenv("SIMULATOR_OUT", "kept")
    found = suggestions(commands(), typed("simulator explain ke"))
    assert [one.word for one in found] == ["kept/estate/a-s1", "kept/estate/b-s1"]
    assert run_folders("nowhere") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("variants: {one: {}, two: {}}\n", []),
        ("variants:\n  one: {a: 1}\n  two: {b: 2}", ["one", "two"]),
        ("name: x\n", []),
        ("folders:\n  variants:\n    one: {}\n", []),
        ("variants:\n  \u202eturned: {}\n  one: {}\n", ["one"]),
    ],
    ids=["braces", "no-line-end", "none", "not-at-the-top", "control"],
)
def test_names_of_variants(text: str, names: list[str]) -> None:
    Path("other.yaml").write_text(text, encoding="utf-8")
    assert variant_names("other.yaml") == names


@pytest.mark.parametrize("file", ["", ".", "\0", "nowhere.yaml"])
def test_what_cannot_be_read_has_no_variants(file: str) -> None:
    assert variant_names(file) == []


def test_the_command_prints_each_word_with_what_it_stands_for() -> None:
    found = invoked("complete-line", "--", "simulator val")
    assert found.stdout == "validate\tCheck scenario files: what is wrong, what looks doubtful.\n"
    assert invoked("complete-line", "--", "simulator run ").stdout == ""


def in_shell(*command: str) -> list[str]:
    """What a shell prints, with the command `simulator` on its path."""
    program = Path("bin/simulator")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m simulator "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent.absolute()}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(Path.cwd())}
    done = subprocess.run(  # noqa: S603 - a shell of this machine
        command, check=True, capture_output=True, env=environment, encoding="utf-8"
    )
    assert done.stderr == ""
    assert not Path("broken-into").exists()
    return done.stdout.splitlines()


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"there is no {shell} here")


@needs("bash")
def test_bash_quotes_names_so_that_they_do_nothing() -> None:
    found = in_shell(
        "bash",
        "--norc",
        "-c",
        "source <(simulator completion bash)\n"
        "try() { COMP_LINE=$1; COMP_POINT=${#1}; _simulator simulator;"
        ' printf "%s\\n" "${COMPREPLY[@]}"; }\n'
        "try 'simulator compare estate.yaml '\n"
        "try 'simulator run estate.yaml --variant=th'\n"
        "try 'simulator sche'\n"
        "complete -p simulator",
    )
    assert found == [
        "plain",
        r"third\ host",
        r"\$\(touch\ broken-into\)",
        r"\`touch\ broken-into\`",
        r"third\ host",
        "schema",
        "complete -o default -F _simulator simulator",
    ]


@needs("zsh")
def test_zsh_hands_names_on_as_they_are() -> None:
    """Its own `compadd` quotes them; a function in its place shows what it is given."""
    found = in_shell(
        "zsh",
        "-f",
        "-c",
        "autoload -Uz compinit; compinit -u -D; source <(simulator completion zsh)\n"
        "compadd() { print -rl -- $words_found }; _files() { print files }\n"
        "words=(simulator compare estate.yaml ''); CURRENT=4; _simulator\n"
        "words=(simulator validate ''); CURRENT=3; _simulator",
    )
    assert found == [*NAMES, "files"]


@needs("fish")
def test_fish_completes_commands_names_and_files() -> None:
    found = in_shell(
        "fish",
        "--no-config",
        "-c",
        "simulator completion fish | source; complete -C 'simulator sche'\n"
        "complete -C 'simulator compare estate.yaml thi'; complete -C 'simulator validate est'",
    )
    assert found == [
        "schema\tPrint the JSON schema of scenario files, for editors.",
        "third host",
        "estate.yaml",
    ]
