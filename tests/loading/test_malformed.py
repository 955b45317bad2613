"""Files with something wrong: each is refused at the right place, in people's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from simulator.errors import ScenarioError
from simulator.loading import load, render

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "version: 1\ntime: {start: 2026-01-05, duration: 1d}\n"
"""Two good lines: what a case adds stands from line 3 on."""

ESTATE = (
    HEAD
    + """\
machines: {vm: {}}
accounts: {olga: {type: user}, bot: {type: robot}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: 5m}}
"""
)
"""Nine good lines: what a case adds to the folder stands from line 10 on."""


class Case(NamedTuple):
    name: str
    text: str | bytes
    place: str
    word: str


def trigger(text: str) -> str:
    """An estate with one trigger in line 11, its keys from column 11 on."""
    return f"{ESTATE}    triggers:\n      T: {{{text}}}\n"


def duration(text: str) -> str:
    """A folder with one process in line 6; its duration starts in column 21."""
    return f"{HEAD}folders:\n  F:\n    processes:\n      P: {{duration: {text}}}\n"


CASES = (
    # What is no YAML, or YAML that a scenario may not use
    Case("empty", "", "1:1", "empty"),
    Case("only comments", "# nothing\n", "1:1", "empty"),
    Case("only null", "~\n", "1:1", "empty"),
    Case("a list", "- a\n- b\n", "1:1", "mapping"),
    Case("a text", "hello\n", "1:1", "mapping"),
    Case("a number", "12\n", "1:1", "mapping"),
    Case("utf-16", "version: 1\n".encode("utf-16"), "1:1", "UTF-16"),
    Case("latin-1", b"version: 1\nname: M\xfcnchen\n", "2:8", "0xfc"),
    Case("nul byte", b"version: 1\nname: a\x00b\n", "2:8", "U+0000"),
    Case("control character", HEAD + "name: a\x07b\n", "3:8", "U+0007"),
    Case("byte order mark inside", HEAD + "name: \ufeffa\n", "3:7", "U+FEFF"),
    Case("tab indent", "version: 1\ntime:\n\tstart: 2026-01-05\n", "3:1", "tab"),
    Case("colon twice", "version: 1\nname: a: b\n", "2:8", "': '"),
    Case("open bracket", HEAD + "targets: [1, 2\n", "3:10", "bracket"),
    Case("open brace", HEAD + "machines: {vm: {}\n", "3:11", "brace"),
    Case("open quote", HEAD + 'name: "abc\n', "3:7", "quote"),
    Case("wrong escape", HEAD + 'name: "a\\qb"\n', "3:9", "escape"),
    Case("wrong indent", "version: 1\n  time: 2\n", "2:7", "': '"),
    Case("outdented", "machines:\n    vm: {}\n  b: {}\n", "3:3", "fit"),
    Case("list on the key's line", HEAD + "targets: - a\n", "3:10", "list"),
    Case("at sign", HEAD + "name: @home\n", "3:7", "character"),
    Case("alias", HEAD + "name: *x\n", "3:7", "alias"),
    Case("anchor", HEAD + "name: &x a\n", "3:7", "anchor"),
    Case("anchor on a list", HEAD + "targets: &t []\n", "3:10", "anchor"),
    Case("tag", HEAD + "name: !!str a\n", "3:7", "tag"),
    Case("tag on a list", HEAD + "targets: !!python/tuple []\n", "3:10", "tag"),
    Case("tag that calls", HEAD + "name: !!python/object/apply:os.system [ls]\n", "3:7", "tag"),
    Case("merge key", HEAD + "machines: {vm: {<<: {hosts: 1}}}\n", "3:17", "merge"),
    Case("directive", "%YAML 1.1\n---\n" + HEAD, "1:1", "directive"),
    Case("tag directive", "%TAG ! tag:x,2000:\n---\n" + HEAD, "1:1", "directive"),
    Case("unknown directive", "%FOO bar\n---\n" + HEAD, "1:1", "directive"),
    Case("behind the end", HEAD + "...\nname: a\n", "4:1", "'...'"),
    Case("second document", HEAD + "---\nversion: 1\n", "3:1", "second"),
    Case("duplicate key", HEAD + "name: a\nname: b\n", "4:1", "line 3"),
    Case("duplicate thing", HEAD + "machines:\n  vm: {}\n  vm: {}\n", "5:3", "line 4"),
    Case("list as key", HEAD + "? [a]\n: 1\n", "3:3", "key"),
    Case("too deep", HEAD + "name: " + "[" * 70, "3:70", "deep"),
    # Keys
    Case("no version", "time: {start: 2026-01-05, duration: 1d}\n", "1:1", "'version'"),
    Case("no time", "version: 1\n", "1:1", "'time'"),
    Case("no start", "version: 1\ntime:\n  duration: 1d\n", "2:1", "'start'"),
    Case("unknown section", HEAD + "machine: {vm: {}}\n", "3:1", "'machines'"),
    Case("unknown key", HEAD + "machines: {vm: {host: 2}}\n", "3:17", "'hosts'"),
    Case(
        "unknown runtime", HEAD + "machines: {vm: {slots: {unatended: 2}}}\n", "3:25", "unattended"
    ),
    Case("boolean key", HEAD + "true: 1\n", "3:1", "'true'"),
    Case("empty name", HEAD + 'machines: {"": {}}\n', "3:12", "empty"),
    Case("control in a name", HEAD + 'machines: {"a\\tb": {}}\n', "3:12", "control"),
    Case(
        "no duration", HEAD + "folders:\n  F:\n    processes:\n      P: {}\n", "6:7", "'duration'"
    ),
    Case("no caller", trigger("process: P, api: {every: 1h}, created_by: olga"), "11:23", "'by'"),
    Case(
        "unknown key of calls",
        trigger("process: P, api: {every: 1h, bye: olga, by: olga}, created_by: olga"),
        "11:40",
        "did you mean 'by'",
    ),
    Case(
        "no such rate of calls",
        trigger("process: P, api: {poisson: 2 an hour, by: olga}, created_by: olga"),
        "11:38",
        "rate",
    ),
    Case("no creator", trigger("process: P, event: {every: 1h}"), "11:7", "'created_by'"),
    # Types and values
    Case("version 2", "version: 2\ntime: {start: 2026-01-05, duration: 1d}\n", "1:10", "1"),
    Case("section is a list", HEAD + "machines: [vm]\n", "3:1", "mapping"),
    Case("section is text", HEAD + "machines: vm\n", "3:11", "mapping"),
    Case("hosts is text", HEAD + "machines: {vm: {hosts: two}}\n", "3:24", "whole number"),
    Case("hosts in quotes", HEAD + 'machines: {vm: {hosts: "2"}}\n', "3:24", "whole number"),
    Case("hosts is true", HEAD + "machines: {vm: {hosts: true}}\n", "3:24", "whole number"),
    Case("hosts is a float", HEAD + "machines: {vm: {hosts: 2.0}}\n", "3:24", "whole number"),
    Case("hosts is infinite", HEAD + "machines: {vm: {hosts: .inf}}\n", "3:24", "whole number"),
    Case("hosts has a point", HEAD + "machines: {vm: {hosts: 2.0}}\n", "3:24", "write it as 2"),
    Case("hosts has an exponent", HEAD + "machines: {vm: {hosts: 1e3}}\n", "3:24", "as 1000"),
    Case("hosts is no number", HEAD + "machines: {vm: {hosts: .nan}}\n", "3:24", "digits alone"),
    Case("hosts is huge", HEAD + "machines: {vm: {hosts: 1e300}}\n", "3:24", "digits alone"),
    Case("hosts is negative", HEAD + "machines: {vm: {hosts: -1}}\n", "3:24", "at least 0"),
    Case("hosts is octal", HEAD + "machines: {vm: {hosts: 012}}\n", "3:24", "'012'"),
    Case("hosts and names", HEAD + "machines: {vm: {hosts: 1, names: [a]}}\n", "3:12", "either"),
    Case(
        "hosts is endless", HEAD + f"machines: {{vm: {{hosts: {'9' * 5000}}}}}\n", "3:24", "number"
    ),
    Case(
        "drain is on",
        "version: 1\ntime: {start: 2026-01-05, duration: 1d, drain: on}\n",
        "2:48",
        "true or false",
    ),
    Case(
        "drain is 1",
        "version: 1\ntime: {start: 2026-01-05, duration: 1d, drain: 1}\n",
        "2:48",
        "true or false",
    ),
    Case("seed is nan", HEAD + "run: {seed: .nan}\n", "3:13", "whole number"),
    Case("confidence", HEAD + "run: {confidence: 120%}\n", "3:19", "share"),
    Case("low confidence", HEAD + "run: {confidence: 20%}\n", "3:19", "at least 0.5"),
    Case("account type", HEAD + "accounts: {a: {type: robt}}\n", "3:22", "robot"),
    Case("name is a list", HEAD + "name: [a]\n", "3:1", "name"),
    Case("question is a number", HEAD + "question: 12\n", "3:11", "text"),
    Case(
        "start with an offset",
        "version: 1\ntime: {start: 2026-01-05T00:00Z, duration: 1d}\n",
        "2:15",
        "offset",
    ),
    Case(
        "start on no day",
        "version: 1\ntime: {start: 2026-02-30, duration: 1d}\n",
        "2:15",
        "2026-02-30",
    ),
    Case("no span", "version: 1\ntime: {start: 2026-01-05, duration: 0s}\n", "2:37", "0s"),
    # Durations, distributions, streams
    Case("bare number", duration("15"), "6:21", "'15m'"),
    Case("number without a unit", duration("5"), "6:21", "add its unit"),
    Case("no duration at all", duration("null"), "6:21", "got nothing"),
    Case("clock time", duration("1:30"), "6:21", "'1:30'"),
    Case("month", duration("P1M"), "6:21", "'P1M'"),
    Case("unknown kind", duration("{exponental: 5m}"), "6:11", "exponential"),
    Case("two kinds", duration("{constant: 5m, exponential: 5m}"), "6:11", "2 kinds"),
    Case("one bound", duration("{uniform: [1m]}"), "6:22", "entries"),
    Case("three bounds", duration("{uniform: [1m, 2m, 3m]}"), "6:22", "2 entries"),
    Case("bounds reversed", duration("{uniform: [2m, 1m]}"), "6:11", "above"),
    Case("no cv", duration("{gamma: {mean: 5m}}"), "6:22", "'cv'"),
    Case("endless cv", duration("{gamma: {mean: 5m, cv: .inf}}"), "6:44", "finite"),
    Case("no shares", duration("{mixture: []}"), "6:22", "at least 1 entry"),
    Case("shares", duration("{mixture: [{share: 50%, of: 5m}]}"), "6:11", "add up"),
    Case("part of a mixture", duration("{mixture: [{share: 1, of: 5}]}"), "6:47", "duration"),
    Case("empirical", duration("{empirical: 5}"), "6:33", "a list or a mapping"),
    Case(
        "nothing to draw", duration("{exponential: 5m, at_most: 0s, at_least: 0s}"), "6:11", "drawn"
    ),
    Case(
        "rate",
        trigger("process: P, created_by: olga, event: {poisson: 3 an hour}"),
        "11:58",
        "rate",
    ),
    Case("stream", trigger("process: P, created_by: olga, event: {poison: 3}"), "11:41", "poisson"),
    Case(
        "no think", trigger("process: P, created_by: olga, event: {users: 3}"), "11:41", "'think'"
    ),
    Case(
        "run_as",
        trigger("process: P, created_by: olga, event: {every: 1h}, run_as: me"),
        "11:69",
        "dynamic",
    ),
    Case(
        "run_as key",
        trigger("process: P, created_by: olga, event: {every: 1h}, run_as: {acount: bot}"),
        "11:70",
        "'account'",
    ),
    Case(
        "priority",
        trigger("process: P, created_by: olga, event: {every: 1h}, priority: Urgent"),
        "11:71",
        "Critical",
    ),
    # Times
    Case(
        "zone",
        "version: 1\ntime: {start: 2026-01-05, duration: 1d, zone: Europe/Berln}\n",
        "2:47",
        "Europe/Berlin",
    ),
    Case(
        "skipped start",
        "version: 1\ntime: {start: 2026-03-29T02:30, duration: 1d, zone: Europe/Berlin}\n",
        "2:15",
        "does not exist",
    ),
    Case(
        "cron", trigger('process: P, created_by: olga, time: {cron: "0 0 6 * * MON"}'), "11:54", "?"
    ),
    Case(
        "cron of five fields",
        trigger('process: P, created_by: olga, time: {cron: "0 6 * * 1"}'),
        "11:54",
        "field",
    ),
    Case(
        "zone of a trigger",
        trigger('process: P, created_by: olga, time: {cron: "0 0 6 ? * MON", zone: Mars}'),
        "11:77",
        "Mars",
    ),
    # Names that lead nowhere
    Case(
        "unknown account",
        trigger("process: P, created_by: olgo, event: {every: 1h}"),
        "11:35",
        "olgo",
    ),
    Case(
        "unknown process",
        trigger("process: Q, created_by: olga, event: {every: 1h}"),
        "11:20",
        "'Q'",
    ),
    Case("unknown machine", ESTATE.replace("[vm]", "[wm]"), "8:16", "'wm'"),
    Case("unknown role", ESTATE.replace("[Automation User]", "[Automaton]"), "7:20", "'Automaton'"),
    Case("unknown assignee", ESTATE.replace("{bot: [", "{bott: ["), "7:14", "'bott'"),
    Case(
        "unknown folder",
        ESTATE + "targets: [{folder: IT, measure: pending.p95, at_most: 1m}]\n",
        "10:20",
        "'IT'",
    ),
    Case(
        "unknown measure",
        ESTATE + "targets: [{measure: pending.p96, at_most: 1m}]\n",
        "10:11",
        "did you mean",
    ),
    # Variants
    Case("variant is a list", HEAD + "variants: {a: [1]}\n", "3:12", "mapping"),
    Case("variant of nothing", ESTATE + "variants: {a: {machines.wm.hosts: 1}}\n", "10:16", "'wm'"),
    Case("variant's key", ESTATE + "variants: {a: {machines.vm.host: 1}}\n", "10:16", "'host'"),
    Case(
        "variant's value",
        ESTATE + "variants: {a: {machines.vm.hosts: x}}\n",
        "10:35",
        "whole number",
    ),
    Case("variant's path", ESTATE + "variants: {a: {machines..vm: 1}}\n", "10:16", "path"),
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_malformed_file_is_refused_at_its_place(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(case.text if isinstance(case.text, bytes) else case.text.encode())
    with pytest.raises(ScenarioError) as caught:
        load(file)
    first = caught.value.issues[0]
    assert str(first.position) == f"{file}:{case.place}", render(first)
    assert case.word in f"{first.message} {first.hint}"
    assert not any(word in render(first) for word in ("Input should", "Extra inputs", "pydantic"))


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60
