"""The meaning of a key is the docstring under its field."""

from __future__ import annotations

from simulator.loading.meanings import meaning_of, meanings
from simulator.model.quantities import Part


class Tool(Part):
    """Something to work with.

    Kept in a box.
    """

    name: str
    """What it is called."""

    weight: float = 1.0
    price: int
    """What it costs,
    in cents.
    """


class Hammer(Tool):
    """A tool that hits."""

    price: int = 500
    """What it costs, in cents; most cost the same."""

    head: str = "steel"
    """What its head is made of."""


def test_a_meaning_stands_on_one_line_and_a_field_may_have_none() -> None:
    assert meanings(Tool) == {"name": "What it is called.", "price": "What it costs, in cents."}


def test_inherited_fields_come_first_and_may_be_told_anew() -> None:
    assert meanings(Hammer) == {
        "name": "What it is called.",
        "price": "What it costs, in cents; most cost the same.",
        "head": "What its head is made of.",
    }


def test_a_model_says_what_it_is() -> None:
    assert meaning_of(Tool) == "Something to work with. Kept in a box."
