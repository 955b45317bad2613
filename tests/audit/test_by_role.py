from __future__ import annotations

import pytest

from simulator.access.grants import TENANT, Grant
from simulator.audit.by_role import by_role

WORDS = {
    "here": (Grant("Starter", "HR", "anna", frozenset()), "Starter"),
    "above": (Grant("Starter", "All", "anna", frozenset()), "Starter in All"),
    "by a group": (Grant("Starter", "HR", "clerks", frozenset()), "Starter by group clerks"),
    "at the tenant": (
        Grant("Robot", TENANT, "clerks", frozenset()),
        "Robot at the tenant by group clerks",
    ),
}


@pytest.mark.parametrize(("grant", "words"), WORDS.values(), ids=WORDS)
def test_a_grant_in_words(grant: Grant, words: str) -> None:
    assert by_role(grant, {"clerks"}).seen_from("HR") == words


def test_its_own_folder_is_named_if_asked() -> None:
    grant = Grant("Starter", "HR", "clerks", frozenset())
    assert by_role(grant, {"clerks"}).in_words == "Starter in HR by group clerks"
