"""What advice says: the best first, who gains before who pays, and nothing where nothing helps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders_advice import folder, opened
from rich.console import Console

from simulator.experiments.advising.advice import Advice, FolderChange, Option, Standing
from simulator.experiments.advising.advise import advise
from simulator.experiments.advising.alternatives import Alternative, NotTried
from simulator.experiments.advising.question import question_of
from simulator.experiments.comparing.pairing import NO_DIFFERENCE, Difference
from simulator.policies.changes import Change
from simulator.report.advising.console import advice_table
from simulator.report.advising.page import advice_page
from simulator.report.advising.sentences import conclusion, sentence
from simulator.report.advising.words import options_to_copy
from simulator.report.charts import Differences
from simulator.report.rendering.page_html import html

_MIN = "\N{NO-BREAK SPACE}min"
CHANGES = (Change(("machines", "vm", "hosts"), 1), Change(("folders", "O'Hara", "machines"), ["x"]))


def change(name: str, minutes: float, half: float = 1.0, **more: Any) -> FolderChange:
    """A clear change of so many minutes, of a P95 of half an hour."""
    s, low, high = (60 * end for end in (minutes, minutes - half, minutes + half))
    p95 = Difference(s, low, high, p=0.001, clear=True, n=20)
    found = FolderChange(name, 100, 1800, 1800 + s, p95, p95)
    return found._replace(**more)


def unclear(name: str) -> FolderChange:
    return change(name, 1, p95=Difference(60, -60, 180, p=0.3, clear=False, n=20))


def same(name: str) -> FolderChange:
    return change(name, 0, p95=Difference(0, 0, 0, p=1, clear=False, n=20))


def option(
    *folders: FolderChange, mean_s: float = -60, not_met: int = 0, better: bool = True
) -> Option:
    alternative = Alternative("dedicate", "Dedicating vm (1 host each)", CHANGES, 1.0)
    standing = Standing(not_met, 0, Difference(mean_s, mean_s - 6, mean_s + 6))
    return Option(alternative, folders, standing, better)


@pytest.mark.parametrize(
    ("folders", "said"),
    [
        (
            (change("Finance", 21, 3), change("HR", -9)),
            ", ".join(
                (
                    f"HR's P95 falls by 9{_MIN} (8.00 to 10.00)",
                    f"Finance's rises by 21{_MIN} (18.0 to 24.0)",
                )
            ),
        ),
        ((unclear("HR"), same("Finance")), "no clear change for HR; Finance as it is"),
        (
            (change("HR", 0, p95=NO_DIFFERENCE, why="too few slots"),),
            "HR waits ever longer (too few slots)",
        ),
        (
            tuple(change(f"F{n}", -9 - n) for n in range(6)),
            ", ".join(
                (
                    f"F5's P95 falls by 14{_MIN} (13.0 to 15.0)",
                    f"F4's falls by 13{_MIN} (12.0 to 14.0)",
                    f"F3's falls by 12{_MIN} (11.0 to 13.0)",
                    f"F2's falls by 11{_MIN} (10.0 to 12.0)",
                    "2 further folders gain",
                )
            ),
        ),
    ],
    ids=["gain before price", "nothing clear", "without end", "many"],
)
def test_who_gains_and_who_pays(folders: tuple[FolderChange, ...], said: str) -> None:
    found = sentence(option(*folders), single=False)
    assert found == f"Dedicating vm (1 host each): {said}."


def test_changes_are_quoted_for_a_shell() -> None:
    assert options_to_copy(option().alternative.texts) == (
        """--set machines.vm.hosts=1 --set 'folders."O'"'"'Hara".machines=[x]'"""
    )


@pytest.fixture(scope="module")
def advice(tmp_path_factory: pytest.TempPathFactory) -> Advice:
    """Two folders on two hosts: one alternative, run twice."""
    folders = {name: folder("[vm]") for name in ("A", "<b>B")}
    source = opened(tmp_path_factory.mktemp("advice"), "{vm: {hosts: 2}}", folders)
    return advise(question_of(source))


def printed(advice: Advice) -> str:
    console = Console(width=120)
    with console.capture() as text:
        console.print(advice_table(advice), crop=False)
    return text.get()


def test_nothing_better_is_an_answer(advice: Advice) -> None:
    """To part two hosts among two folders alike only takes room from both."""
    assert advice.best is None
    assert conclusion(advice) == "Nothing is better than today, of all that was tried."
    assert conclusion(replace(advice, options=())) == (
        "Nothing is better than today, there was nothing to try."
    )
    assert "To apply it" not in printed(advice)


def test_the_best_comes_first_with_its_options(advice: Advice) -> None:
    found = replace(
        advice,
        standing=Standing(1, 0, Difference(0, 0, 0)),
        options=(option(change("HR", -9)), option(mean_s=60, not_met=2, better=False)),
        not_tried=(NotTried("move", "Moving HR:T", "it would cross midnight"),),
        left_out=3,
    )
    lines = printed(found).splitlines()
    assert lines[0].startswith("Dedicating vm (1 host each): HR's P95 falls by 9")
    assert "It leaves no target not met, today 1." in " ".join(lines[:2])
    text = " ".join(" ".join(lines).split())
    assert "To apply it: --set machines.vm.hosts=1 --set" in text
    assert "Not tried: Moving HR:T, as it would cross midnight." in text
    assert "3 more alternatives were not simulated" in text
    ranks = [line.split()[0] for line in lines if line.startswith(("1  ", "2  ", "   Today"))]
    assert ranks == ["1", "Today", "2"]


def test_the_page_has_the_picture_and_what_to_copy(advice: Advice) -> None:
    page = advice_page(advice)
    assert page.kind == "Advice"
    (figure,) = (one for section in page.sections for one in section.figures)
    assert isinstance(figure.chart, Differences)
    (group,) = figure.chart.groups
    assert [row.label for row in group.rows] == ["A", "<b>B"]
    text = html(page)
    assert "<b>B" not in text
    assert "How to apply them" in text


def test_equal_advice_has_an_equal_page(advice: Advice) -> None:
    assert html(advice_page(advice)) == html(advice_page(advice))


def test_a_name_cannot_move_the_cursor(tmp_path: Path) -> None:
    folders = {"A": folder("[vm]"), "B\u202e": folder("[vm]")}
    advice = advise(question_of(opened(tmp_path, "{vm: {hosts: 2}}", folders)))
    assert "\u202e" not in printed(advice)
