"""Changes as `--set` takes them: read back by the loader's own parser, they are the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.audit.overrides import override_text
from simulator.loading.override_paths import parse_path, split_assignment
from simulator.loading.overrides import command_line_overrides
from simulator.loading.scalars import unwritten
from simulator.policies.changes import Change

TEXTS = {
    "as a person writes it": (
        Change(("folders", "HR", "assign", "anna"), ["Job Starter"]),
        "folders.HR.assign.anna=[Job Starter]",
    ),
    "a dot, a space, an equals sign in names": (
        Change(("folders", "a.b", "folders", "Month end", "assign", "x=y"), []),
        'folders."a.b".folders."Month end".assign."x=y"=[]',
    ),
    "quotes and backslashes in names": (
        Change(("accounts", 'O"Hara\\'), {"type": "robot"}),
        'accounts."O\\"Hara\\\\"={type: robot}',
    ),
    "a truth and a number": (Change(("a", 0), {"x": True, "y": 1}), "a.0={x: true, y: 1}"),
    "nothing": (Change(("a",), None), "a=null"),
    "names that look like something else": (
        Change(("a",), ["NO", "true", "12", "1:30", "a, b", "x: y", "~", "# c", "'q'", "a "]),
        'a=[NO, "true", "12", "1:30", "a, b", "x: y", "~", "# c", "\'q\'", "a "]',
    ),
    "another script": (
        Change(("accounts", "Jürgen-东"), "Größe 東京"),
        "accounts.Jürgen-东=Größe 東京",
    ),
    "what cannot be seen": (Change(("a",), "x\u202ey\u200bz"), 'a="x\\u202ey\\u200bz"'),
}


@pytest.mark.parametrize(("change", "text"), TEXTS.values(), ids=TEXTS)
def test_reads_like_this(change: Change, text: str) -> None:
    assert override_text(change) == text


NAMES = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
)
ODD = st.sampled_from(["NO", "1:30", "a, b", "x: y", "😀", '"', "'", "007", "null", "- a", "a #b"])
WORDS = st.one_of(NAMES, ODD, st.text("ab .-:#'\"\\{}[]=,&*!|>%@`?~\u3000é", min_size=1))
VALUES = st.recursive(
    st.one_of(WORDS, st.booleans(), st.integers(-5, 10_000), st.floats(0, 1e9), st.none()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(WORDS, inner, max_size=3)),
    max_leaves=8,
)
PATHS = st.lists(
    st.one_of(WORDS, st.integers(0, 9)).filter(lambda part: str(part).strip() != ""),
    min_size=1,
    max_size=5,
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(path=PATHS, value=VALUES)
@example(path=["<<"], value={"<<": "<<", "=": "="})
def test_loading_reads_the_same_back(path: list[str | int], value: object) -> None:
    text = override_text(Change(tuple(path), value))
    written, _ = split_assignment(text)
    assert parse_path(written) == tuple(map(str, path))
    (override,) = command_line_overrides([text])
    assert override.path == written
    assert unwritten(override.value) == value


def test_what_no_file_can_hold_is_a_mistake_of_the_caller() -> None:
    for value in (object(), float("inf")):
        with pytest.raises(TypeError, match="cannot write"):
            override_text(Change(("a",), value))
