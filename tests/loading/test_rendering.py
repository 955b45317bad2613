"""Issues as text for a terminal."""

from __future__ import annotations

from typing import Any

from simulator.errors import Issue, Position
from simulator.loading import render


def issue(excerpt: str, column: int, **changes: Any) -> Issue:
    given = {"message": "it is wrong", "code": "wrong", **changes}
    return Issue((), position=Position("s.yaml", 3, column), excerpt=excerpt, **given)


def test_an_issue_shows_its_place_the_line_a_caret_and_the_hint() -> None:
    assert render(issue("name: 12", 7, hint="put it in quotes")).splitlines() == [
        "s.yaml:3:7: it is wrong [wrong]",
        "  name: 12",
        "        ^",
        "  put it in quotes",
    ]


def test_a_warning_and_a_variant_are_named() -> None:
    text = render(issue("a", 1, severity="warning", variant="third host"))
    assert text.startswith("s.yaml:3:1: warning: in variant 'third host': it is wrong [wrong]")


def test_the_caret_stands_under_its_place_behind_tabs_and_wide_characters() -> None:
    """A tab is shown as four columns, 日本 takes four: the caret is under the x."""
    assert render(issue("\ta: x", 5)).splitlines()[1:] == ["      a: x", "         ^"]
    assert render(issue("日本: x", 5)).splitlines()[1:] == ["  日本: x", "        ^"]


def test_a_long_line_is_cut_around_the_place() -> None:
    _, line, caret = render(issue("a" * 5000 + "X" + "b" * 5000, 5001)).splitlines()
    assert len(line) < 120
    assert line[caret.index("^")] == "X"
    assert line.startswith("  …")
    assert line.endswith("…")


def test_no_file_can_steer_the_terminal() -> None:
    text = render(issue("a: \x1b[2J\u202e", 4, message="got '\x1b]0;x\x07'"))
    assert not set(text) & set("\x1b\x07\u202e")
    assert "\\x1b[2J\\u202e" in text
    assert "\n" not in render(Issue((), "two\nlines", "x"))


def test_an_issue_without_a_place_is_one_line() -> None:
    assert render(Issue((), "it is wrong", "wrong")) == "it is wrong [wrong]"
