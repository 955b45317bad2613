"""Streams are the same for the same names, on every machine, and different for different ones."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from simulator.sampling.streams import generator, stable_hash


@pytest.mark.parametrize(
    ("text", "expected"),
    [("HR", 0x9BA61E62861B9A24), ("Überweisung", 0x4CC6F36BA930CDF1)],
    ids=["ascii", "umlaut"],
)
def test_hash_is_blake2b_of_the_utf8_bytes(text: str, expected: int) -> None:
    """The expected values are what `b2sum -l 64` of GNU coreutils prints."""
    assert stable_hash(text) == expected


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ((1, 0, "process HR:onboard", "duration"), [0.22308969159329883, 0.8026387020441613]),
        ((1, 1, "process HR:onboard", "duration"), [0.09667435044884498, 0.8341365934213348]),
        ((1, 0, "process HR:onboard", "faults"), [0.3397492496173349, 0.32326636373367224]),
        ((1, 0, "Überweisung", "arrivals"), [0.5913451869729939, 0.2844451019968215]),
        ((2**70, 0, "process HR:onboard", "duration"), [0.2694429436242721, 0.8879278230348754]),
    ],
    ids=["first", "replication", "purpose", "entity", "large seed"],
)
def test_first_uniforms_never_change(key: tuple[int, int, str, str], expected: list[float]) -> None:
    """Published results stand on these numbers; NumPy keeps Philox's bits by its NEP 19."""
    assert generator(*key).random(2).tolist() == expected


def test_each_part_of_the_key_gives_a_stream_of_its_own() -> None:
    keys = product((1, 2), (0, 1), ("a", "b"), ("arrivals", "duration"))
    first = {generator(*key).random() for key in keys}
    assert len(first) == 16


def test_streams_do_not_depend_on_what_was_asked_before() -> None:
    alone = generator(7, 3, "trigger HR:nightly", "jitter").random(5)
    for name in ("another", "trigger HR:nightly"):
        generator(7, 3, name, "arrivals").random(100)
    assert np.array_equal(generator(7, 3, "trigger HR:nightly", "jitter").random(5), alone)


def test_streams_are_not_correlated() -> None:
    """Of 190 correlations of 2,000 uniforms, the largest stays under 4.5 of their deviations."""
    draws = np.array([generator(1, 0, f"process {n}", "duration").random(2000) for n in range(20)])
    correlations = np.corrcoef(draws)[np.triu_indices(20, 1)]
    assert np.abs(correlations).max() < 4.5 / np.sqrt(2000)


def test_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        generator(-1, 0, "a", "b")
