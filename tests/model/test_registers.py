"""How messages list names: never more than five of them."""

from __future__ import annotations

import pytest

from simulator.model.registers import first_of, ring_of


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        pytest.param("", "", id="none"),
        pytest.param("abcde", "abcde", id="as many as are shown"),
        pytest.param("abcdef", "abcde…", id="one more"),
    ],
)
def test_a_message_lists_the_first_five_names(names: str, listed: str) -> None:
    assert first_of(names) == tuple(listed)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        pytest.param("a", "a → a", id="itself"),
        pytest.param("abcde", "a → b → c → d → e → a", id="as many as are shown"),
        pytest.param("abcdef", "a → b → c → d → e → … → a", id="one more"),
    ],
)
def test_a_ring_ends_where_it_begins(names: str, told: str) -> None:
    assert ring_of(names) == told
