"""YAML text to data: YAML 1.2 core scalars, positions, and what is refused on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from simulator.errors import Issue, Position, ScenarioError
from simulator.loading import composer
from simulator.loading.composer import DEEPEST, compose
from simulator.loading.scalars import WrittenInteger, WrittenNumber, WrittenTruth, unwritten
from simulator.loading.texts import read_text

if TYPE_CHECKING:
    from pathlib import Path


def value_of(text: str) -> object:
    return compose(f"a: {text}", "s.yaml").data["a"]


@pytest.mark.parametrize(
    "text", ["NO", "on", "yes", "1:30", "007", "012", "1_000", "0x", "2026-01-05", "1e", "+"]
)
def test_what_yaml_1_1_would_turn_into_something_else_is_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("12", 12, WrittenInteger),
        ("-3", -3, WrittenInteger),
        ("0x1F", 31, WrittenInteger),
        ("0o17", 15, WrittenInteger),
        ("1.10", 1.1, WrittenNumber),
        ("1e3", 1000.0, WrittenNumber),
        (".5", 0.5, WrittenNumber),
        ("-.inf", float("-inf"), WrittenNumber),
    ],
)
def test_a_number_keeps_the_text_it_was_written_as(text: str, number: float, kind: type) -> None:
    value = value_of(text)
    assert value == number
    assert type(value) is kind
    assert value.text == repr(value) == text


@pytest.mark.parametrize(("text", "truth"), [("true", True), ("False", False), ("TRUE", True)])
def test_a_truth_is_no_number_and_keeps_its_text(text: str, truth: bool) -> None:
    value = value_of(text)
    assert isinstance(value, WrittenTruth)
    assert not isinstance(value, int)
    assert (value.truth, value.text) == (truth, text)


@pytest.mark.parametrize("text", ["", "~", "null", "Null"])
def test_nothing_is_none(text: str) -> None:
    assert value_of(text) is None


def test_quoted_scalars_and_keys_are_always_text() -> None:
    data = compose('"1": \'2\'\n3: "true"\ntrue: x\n', "s.yaml").data
    assert data == {"1": "2", "3": "true", "true": "x"}


def test_unwritten_data_has_pythons_own_types() -> None:
    data = unwritten(compose("{a: [1, 2.5, true, x, ~]}", "s.yaml").data)
    assert data == {"a": [1, 2.5, True, "x", None]}
    assert [type(value) for value in data["a"]] == [int, float, bool, str, type(None)]


@pytest.mark.parametrize(
    ("path", "code", "place"),
    [
        (("b",), "", (2, 1)),  # a collection is pointed at by its key
        (("b", 1, "c"), "", (4, 8)),  # a scalar by itself
        (("b", 1, "c"), "unknown-key", (4, 5)),  # an unknown key by the key
        (("b", 1), "", (4, 5)),  # an element without a key by its start
        (("b", 1, "missing"), "missing-key", (4, 5)),
        (("d",), "", (5, 1)),  # nothing is written: only the key can be shown
    ],
)
def test_every_path_has_its_position(
    path: tuple[str | int, ...], code: str, place: tuple[int, int]
) -> None:
    document = compose("a: 1\nb:\n  - x\n  - c: 2\nd:\n", "s.yaml")
    issue = document.placed(Issue(path, "", code), path)
    assert issue.position == Position("s.yaml", *place)


def test_a_name_against_a_list_means_the_element_of_that_text() -> None:
    """`machines: [a, 7]` is read as `{a: {}, 7: {}}`; short forms leave parts out."""
    document = compose("machines: [a, 7]\nslots: 2\n", "s.yaml")
    assert document.placed(Issue((), "", ""), ("machines", "7")).position.column == 15
    assert document.placed(Issue((), "", ""), ("slots", "unattended")).position.column == 8


def test_all_that_can_be_stepped_over_is_refused_at_once() -> None:
    document = compose("a: &x 1\nb: *x\na: 2\nc: !t 3\n<<: {}\n", "s.yaml")
    codes = [issue.code for issue in document.issues]
    assert codes == ["anchor", "alias", "duplicate-key", "tag", "merge-key"]
    assert [issue.position.line for issue in document.issues] == [1, 2, 3, 4, 5]
    assert document.unread == {("b",), ("c",)}


def test_a_bomb_of_aliases_is_never_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 30)]
    document = compose("\n".join(lines), "s.yaml")
    assert document.data["a29"] == (None, None)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_capped_before_anything_can_overflow(opening: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        compose(opening * 200_000, "s.yaml")
    assert caught.value.issues[0].position == Position("s.yaml", 1, DEEPEST * len(opening) + 1)


def test_the_number_of_nodes_is_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composer, "MOST_NODES", 1000)
    with pytest.raises(ScenarioError, match="1,000 keys and values"):
        compose("[" + "1," * 1001 + "]", "s.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes("\ufeffa: 1\r\nb: ü\r\n".encode())
    assert compose(read_text(file).content, "s.yaml").data == {"a": 1, "b": "ü"}


def test_the_directive_of_yaml_1_2_is_fine() -> None:
    assert compose("%YAML 1.2\n---\na: 1\n...\n", "s.yaml").data == {"a": 1}


def test_without_the_c_parser_the_data_and_places_are_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "a: [1, {b: ü}]\nc: |\n  x\n"
    by_c = compose(text, "s.yaml")
    monkeypatch.setattr(composer, "_LOADER", yaml.SafeLoader)
    plain = compose(text, "s.yaml")
    assert plain.data == by_c.data
    for path in (("a",), ("a", 1, "b"), ("c",)):
        place = plain.placed(Issue(path, "", ""), path).position
        assert place == by_c.placed(Issue(path, "", ""), path).position
    with pytest.raises(ScenarioError):
        compose("[" * 200_000, "s.yaml")
