"""What `--vary` takes, and which points come of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import qmc

from simulator.errors import ScenarioError
from simulator.experiments.varying.designs import Design, Kind, grid, sampled
from simulator.experiments.varying.quantities import quantities_of, varied_of
from simulator.experiments.varying.ranges import MOST_VALUES, amounts_of


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1..4", ("1", "2", "3", "4")),
        ("-1..1", ("-1", "0", "1")),
        ("1..9..4", ("1", "5", "9")),
        ("1..8..4", ("1", "5")),
        ("0.5..1.5..0.5", ("0.5", "1", "1.5")),
        ("5m..15m..5m", ("5m", "10m", "15m")),
        ("5..15m..5", ("5m", "10m", "15m")),
        ("30m..2h..45m", ("1800s", "4500s", "7200s")),
        ("5%..10%..2.5%", ("5%", "7.5%", "10%")),
        ("4..8 per hour..2", ("4 per hour", "6 per hour", "8 per hour")),
        ("1, 2,4", ("1", "2", "4")),
        ("1,1,2", ("1", "2")),
        ("null", ("null",)),
        ("{exponential: 5m}, {constant: 6m}", ("{exponential: 5m}", "{constant: 6m}")),
        ("[a, b], []", ("[a, b]", "[]")),
        ("\"a, b\", 'c'", ('"a, b"', "'c'")),
        ("0 0 8 ? * MON, 0 0 9 * * ?", ("0 0 8 ? * MON", "0 0 9 * * ?")),
    ],
)
def test_values_of_a_text(text: str, values: tuple[str, ...]) -> None:
    (found,) = quantities_of([f"a.b={text}"])
    assert (found.path, found.values) == ("a.b", values)


def test_commas_and_equals_signs_in_a_path_part_nothing() -> None:
    (found,) = quantities_of(['machines."a, b = c".hosts=1..2'])
    assert (found.path, found.values) == ('machines."a, b = c".hosts', ("1", "2"))


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a=5..1", 1, "the range 5..1 ends before it begins"),
        ("a=1..5..0", 1, "gets nowhere"),
        ("a=0.5..2", 1, "needs a step, such as 0.5..2..STEP"),
        ("a=5m..20m", 1, "needs a step"),
        ("a=5m..20%", 1, "units that do not go together"),
        (f"a=1..{MOST_VALUES + 1}", 1, "has more than 10,000 values"),
        ("a=1,,2", 5, "cannot be read as YAML"),
        ("a=x, *y", 6, "aliases are not allowed"),
        ("a", 1, "expected PATH=VALUE"),
        ("a=", 1, "the value after 'a' is missing"),
        ("a..b=1", 1, "is no path"),
        ("a=1,\n2", 1, "on one line"),
    ],
)
def test_what_is_no_quantity_is_told_with_its_place(text: str, column: int, message: str) -> None:
    with pytest.raises(ScenarioError, match=message.replace(".", r"\.")) as caught:
        quantities_of([text])
    (issue,) = caught.value.issues
    assert issue.position is not None
    assert (issue.position.file, issue.position.column) == ("--vary", column)


def test_all_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        quantities_of(["a=5..1", "b", "c=1", '"c"=2'])
    assert [issue.message for issue in caught.value.issues][-1] == '"c" is varied twice'
    assert len(caught.value.issues) == 3


def test_a_grid_has_all_combinations_the_last_quantity_fastest() -> None:
    design = grid(quantities_of(["a=1,2", "b=x,y,z"]))
    assert design.points == (("1", "x"), ("1", "y"), ("1", "z"), ("2", "x"), ("2", "y"), ("2", "z"))
    assert design.overrides(design.points[1]) == ["a=1", "b=y"]


def test_a_grid_has_so_many_points_and_no_more() -> None:
    assert len(grid(quantities_of(["a=1..100", "b=1..100"])).points) == 10_000
    with pytest.raises(ScenarioError, match=r"10,100 points are more than a sweep can have"):
        grid(quantities_of(["a=1..101", "b=1..100"]))


RANGES = ("a=0.5..2", "b=5m..20m", "c=1..8", "d=x,y")


def design(kind: Kind, points: int = 64, seed: int = 1, texts: tuple[str, ...] = RANGES) -> Design:
    return sampled(varied_of(texts), kind, points, seed)


@pytest.mark.parametrize("kind", ["latin", "sobol"])
def test_a_sample_is_the_same_for_the_same_seed_alone(kind: Kind) -> None:
    assert design(kind) == design(kind)
    assert design(kind).points != design(kind, seed=2).points


@pytest.mark.parametrize("kind", ["latin", "sobol"])
def test_a_sample_keeps_to_the_ranges_and_takes_each_value_as_often(kind: Kind) -> None:
    columns = list(zip(*design(kind).points, strict=True))
    assert all(0.5 <= float(text) <= 2 for text in columns[0])
    assert all(text.endswith("m") and 5 <= float(text[:-1]) <= 20 for text in columns[1])
    assert {text: columns[2].count(text) for text in columns[2]} == {str(n): 8 for n in range(1, 9)}
    assert columns[3].count("x") == columns[3].count("y") == 32


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_range() -> None:
    columns = zip(*design("latin", 20, texts=("a=0..20.0", "b=0%..20%")).points, strict=True)
    for column in columns:
        assert sorted(int(float(text.removesuffix("%"))) for text in column) == list(range(20))


def test_a_latin_hypercube_fills_the_cube_better_than_chance() -> None:
    """Its centred discrepancy is below that of each of 200 plain random samples of its size."""
    points = design("latin", 32, texts=("a=0.0..1.0", "b=0.0..1.0")).points
    found = qmc.discrepancy([[float(x), float(y)] for x, y in points])
    random = np.random.default_rng(5).random((200, 32, 2))
    assert found < min(qmc.discrepancy(sample) for sample in random)


def test_points_that_come_out_alike_stand_once() -> None:
    assert sorted(design("latin", 10, texts=("a=1..3",)).points) == [("1",), ("2",), ("3",)]


@pytest.mark.parametrize(
    ("kind", "points", "message"),
    [("sobol", 60, "a power of two points, not 60"), ("latin", 10_001, "more than a sweep")],
)
def test_samples_that_cannot_be(kind: Kind, points: int, message: str) -> None:
    with pytest.raises(ScenarioError, match=message):
        design(kind, points)


@pytest.mark.parametrize("kind", ["latin", "sobol"])
def test_a_single_point_is_a_sample_too(kind: Kind) -> None:
    assert len(design(kind, 1).points) == 1


@pytest.mark.parametrize(
    ("kind", "points", "message"),
    [("latin", 0, "0 points"), ("sobol", -1, "-1 points"), ("halton", 4, "called 'halton'")],
)
def test_a_design_of_no_points_or_no_name_is_refused(kind: Any, points: int, message: str) -> None:
    """Only Python can ask for them: the command looks at its options itself."""
    with pytest.raises(ScenarioError, match=message):
        sampled(varied_of(["m.hosts=1..8"]), kind, points, seed=1)


def test_nothing_varied_is_no_sweep() -> None:
    with pytest.raises(ScenarioError, match="nothing is varied"):
        grid(())


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["1", "2.5"], ("", [1.0, 2.5])),
        (["5m", "10m"], ("m", [5.0, 10.0])),
        (["5m", "1h"], ("s", [300.0, 3600.0])),
        (["5%", "10%"], ("%", [5.0, 10.0])),
        (["2 per hour"], ("per hour", [2.0])),
        (["5%", "1"], None),
        (["fifo", "1"], None),
    ],
)
def test_amounts_have_a_place_on_an_axis(texts: list[str], found: object) -> None:
    assert amounts_of(texts) == found
