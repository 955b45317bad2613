"""Names that count up become one, and of many the first are named."""

from __future__ import annotations

import pytest

from simulator.audit.members import first_of, in_runs

RUNS = {
    "members of a counted account": (("dev-1", "dev-2", "dev-3"), ("dev-1 … dev-3",)),
    "two are named": (("dev-1", "dev-2"), ("dev-1", "dev-2")),
    "a gap parts them": (
        ("dev-1", "dev-2", "dev-3", "dev-5", "dev-6", "dev-7"),
        ("dev-1 … dev-3", "dev-5 … dev-7"),
    ),
    "others between": (("dev-8", "dev-9", "dev-10", "anna"), ("dev-8 … dev-10", "anna")),
    "two stems": (("a-1", "a-2", "a-3", "b-4"), ("a-1 … a-3", "b-4")),
    "no numbers": (("anna", "ben", "carla"), ("anna", "ben", "carla")),
    "digits that do not count": (("x-01", "x-02", "x-03"), ("x-01", "x-02", "x-03")),
    "nobody": ((), ()),
}


@pytest.mark.parametrize(("names", "expected"), RUNS.values(), ids=RUNS)
def test_names_that_count_up_are_one(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert in_runs(names) == expected


FIRST = {
    "all of them": (("a", "b", "c"), "a, b, c"),
    "some": (("a", "b", "c", "d"), "a, b, c and 1 more"),
    "thousands": (("a",) * 1_003, "a, a, a and 1,000 more"),
    "nobody": ((), ""),
}


@pytest.mark.parametrize(("names", "expected"), FIRST.values(), ids=FIRST)
def test_of_many_the_first_are_named(names: tuple[str, ...], expected: str) -> None:
    assert first_of(names, 3) == expected
