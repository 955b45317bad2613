"""Names in a question: found, or told with what was probably meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest

from simulator.audit.lookups import (
    account_of,
    folder_of,
    members_of,
    process_of,
    queue_of,
    runtime_of,
)
from simulator.errors import ScenarioError
from simulator.loading import Loaded, load
from simulator.model.quantities import RuntimeType

TEXT = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {}}
accounts:
  bot: {type: robot, count: 2}
  anna: {type: user, groups: [clerks]}
  app: {type: application, groups: [callers]}
folders:
  HR:
    folders:
      a/b: {machines: [vm], processes: {"c:d": {duration: 1m}}, queues: {"c:d": {}, q: {}}}
"""


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    file = tmp_path / "estate.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return load(file)


FOUND: list[tuple[Callable[[Loaded, str], Any], str, Any]] = [
    (members_of, "anna", ("anna",)),
    (members_of, "clerks", ("anna",)),
    (members_of, "bot", ("bot-1", "bot-2")),
    (members_of, "bot-2", ("bot-2",)),
    (members_of, "callers", ()),  # an application acts by its own name only
    (account_of, "bot-2", "bot-2"),
    (folder_of, "HR/a\\/b", "HR/a\\/b"),
    (process_of, "HR/a\\/b:c:d", ("HR/a\\/b", "c:d")),
    (queue_of, "HR/a\\/b:q", ("HR/a\\/b", "q")),
    (queue_of, "HR/a\\/b:c:d", None),  # a process is called so, too
]


@pytest.mark.parametrize(
    ("look", "name", "expected"), FOUND, ids=[f"{look.__name__} {name}" for look, name, _ in FOUND]
)
def test_found(
    loaded: Loaded, look: Callable[[Loaded, str], Any], name: str, expected: object
) -> None:
    assert look(loaded, name) == expected


def test_every_runtime_type_of_the_language_is_found() -> None:
    assert [runtime_of(name) for name in get_args(RuntimeType)] == list(get_args(RuntimeType))


def test_an_unknown_runtime_type() -> None:
    with pytest.raises(ScenarioError, match="no runtime type is called 'unatended'") as raised:
        runtime_of("unatended")
    assert raised.value.issues[0].hint == "did you mean 'unattended'?"


UNKNOWN = [
    (members_of, "clerk", "did you mean 'clerks'?"),
    (account_of, "ana", "did you mean 'anna'?"),
    (account_of, "bot", "name one of them: bot-1, bot-2"),
    (account_of, "clerks", "name one of them: anna"),
    (folder_of, "HR/a/b", "did you mean 'HR/a\\\\/b'?"),
    (process_of, "HR/a\\/b:c:e", "did you mean 'HR/a\\\\/b:c:d'?"),
    (queue_of, "HR/a\\/b:Q", "did you mean 'HR/a\\\\/b:q'?"),
]


@pytest.mark.parametrize(
    ("look", "name", "hint"),
    UNKNOWN,
    ids=[f"{look.__name__} {name}" for look, name, _ in UNKNOWN],
)
def test_unknown(loaded: Loaded, look: Callable[[Loaded, str], Any], name: str, hint: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        look(loaded, name)
    (issue,) = raised.value.issues
    assert repr(name) in issue.message
    assert issue.hint == hint
