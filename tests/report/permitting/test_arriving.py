"""Who adds items and as whom jobs start jobs, in sentences of a terminal."""

from __future__ import annotations

import pytest
from builders_tables import printed
from rich.cells import cell_len
from rich.console import Group

from simulator.access.refusals import Refusal
from simulator.audit.arriving import Adding, Barred, Following
from simulator.report.permitting.arriving import MOST_SENTENCES, arriving_tables

NOT_IN = Refusal(400, "1100", "access to HR")
MAY_NOT = Refusal(403, "0", "Jobs.Create in HR")
BOTS = tuple(f"bot-{number}" for number in range(1, 9))
FREE = Adding("HR", "HR:mail", "HR:Q", BOTS, ())
BARRED = Adding("HR", "HR:hook", "HR:Q", ("anna",), (Barred(("app", "ben"), NOT_IN),))
FOLLOWING = Following("HR", "HR:first", "HR:second", (), (Barred(("fin-bot",), MAY_NOT),))


def lines(*rows: Adding, following: tuple[Following, ...] = (), width: int = 120) -> list[str]:
    return printed(Group(*arriving_tables(rows, following)), width)


def test_those_of_whom_somebody_may_not_come_first() -> None:
    assert lines(FREE, BARRED, following=(FOLLOWING,)) == [
        "",
        "Who adds items",
        "HR:hook adds to HR:Q: anna may; app, ben may not (400/1100: access to HR is missing)",
        "HR:mail adds to HR:Q: bot-1 … bot-8 may",
        "",
        "As whom jobs start jobs",
        (
            "HR:first starts HR:second as the account it ran under: fin-bot may not "
            "(403/0: Jobs.Create in HR is missing)"
        ),
    ]


def test_nobody_can_where_nobody_would() -> None:
    assert lines(FREE._replace(may=()))[-1] == "HR:mail adds to HR:Q: nobody can"


def test_nothing_is_said_where_nothing_comes_of_itself() -> None:
    assert arriving_tables((), ()) == ()


def test_many_are_cut_and_it_says_how_to_see_them() -> None:
    told = lines(*(FREE,) * (MOST_SENTENCES + 3))
    assert told[-1] == "… and 3 more: --as, --folder or --json show them"
    assert len(told) == 2 + MOST_SENTENCES + 1


@pytest.mark.parametrize("width", [30, 80])
def test_hostile_names_are_harmless_and_fit(width: int) -> None:
    bad = "\x1b[31m\u202e[bold] " + "long " * 12
    row = Adding(bad, f"{bad}:{bad}", bad, (bad,), (Barred((bad,), Refusal(403, "0", bad)),))
    following = Following(bad, bad, bad, (bad,), ())
    told = lines(row, following=(following,), width=width)
    assert max(map(cell_len, told)) <= width
    assert not any(character in line for line in told for character in "\x1b\u202e")
