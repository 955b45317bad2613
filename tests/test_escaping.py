"""Text of unknown origin on a terminal: nothing acts on it, nothing hides in it."""

from __future__ import annotations

import pytest

from simulator.escaping import escaped


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x9b\x00", r"\x1b[2J\x9b\x00"),
        ("two\nlines\u2028", r"two\nlines\u2028"),
        ("a\u202eb\u2066\u200f", r"a\u202eb\u2066\u200f"),
        ("ad\u200bmin\ufeff\u00ad", r"ad\u200bmin\ufeff\xad"),
        ("ad\u200dmin", r"ad\u200dmin"),
        ("\ud800\ufffe", r"\ud800\ufffe"),
    ],
    ids=["controls", "line-ends", "direction", "no-width", "joiner-in-ascii", "no-characters"],
)
def test_what_acts_or_hides_is_spelt_out(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "L\u00f6hne \u7d66\u4e0e",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\U0001f469\u200d\U0001f4bb",
    ],
    ids=["letters", "persian", "emoji"],
)
def test_what_people_write_stays(text: str) -> None:
    assert escaped(text) == text
