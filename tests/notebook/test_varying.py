"""What is varied, told in Python, comes to the texts that `--vary` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from simulator.experiments.varying.quantities import quantities_of
from simulator.notebook.varying import texts_of

if TYPE_CHECKING:
    from simulator.notebook.varying import Vary


@pytest.mark.parametrize(
    ("vary", "texts"),
    [
        ("a.b=1..3", ("a.b=1..3",)),
        (["a.b=1..3", "a.c=x, y"], ("a.b=1..3", "a.c=x, y")),
        ({"a.b": range(1, 4), "a.c": ["x", "y"]}, ("a.b=1,2,3", "a.c=x,y")),
        ({"a.b": "1..3"}, ("a.b=1..3",)),
        ({"a.b": np.arange(2)}, ("a.b=0,1",)),
        ({"a.b": np.array([0.1, 2.0])}, ("a.b=0.1,2.0",)),
        ({"a.b": [True, None]}, ("a.b=true,null",)),
        ({"a.b": [{"x": 1, "y": [2, 3]}, {}]}, ('a.b={"x": 1, "y": [2, 3]},{}',)),
    ],
)
def test_texts(vary: Vary, texts: tuple[str, ...]) -> None:
    assert texts_of(vary) == texts


def test_values_that_have_commas_inside_stay_whole() -> None:
    (found,) = quantities_of(texts_of({"a.b": [{"x": 1, "y": 2}, "{z: 1, w: 2}"]}))
    assert found.values == ('{"x": 1, "y": 2}', "{z: 1, w: 2}")
