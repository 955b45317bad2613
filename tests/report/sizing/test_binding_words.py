"""What binds a fleet, in words."""

from __future__ import annotations

import pytest

from simulator.experiments.sizing.sizing import Binding
from simulator.records.codes import BlameCause
from simulator.records.columns import OUTSIDE_YOUR_FOLDERS
from simulator.report.page import Phrase, Span
from simulator.report.sizing.binding_words import sentence

BEHIND = Binding("slot held", "vm", "Finance", 0.62, 0.58, 0.66)
OWN = Binding("session busy", "vm", "HR", 0.2, 0.17, 0.23)
SERVICE = Binding("maintenance", "vm", "", 0.1, 0.09, 0.11)


def text(phrase: Phrase) -> str:
    joined = "".join(one.text if isinstance(one, Span) else one for one in phrase)
    return joined.replace("\N{NO-BREAK SPACE}", " ")


def test_the_largest_causes_are_told_with_their_intervals() -> None:
    assert text(sentence([BEHIND, OWN, SERVICE, BEHIND])) == (
        "of the time jobs are Pending, 62 % (58.0 to 66.0 %) is for a slot of vm, behind jobs of "
        "Finance, 20 % (17.0 to 23.0 %) is for a Windows session of vm, behind jobs of HR, "
        "10 % (9.0 to 11.0 %) is for hosts in maintenance (vm)."
    )


@pytest.mark.parametrize("cause", BlameCause, ids=lambda cause: cause.name)
def test_there_are_words_for_every_cause(cause: BlameCause) -> None:
    told = text(sentence([Binding(cause.label, "vm", "", 0.5, 0.4, 0.6)]))
    assert told.startswith("of the time jobs are Pending, 50 % (40.0 to 60.0 %) is ")
    assert "vm" in told


def test_names_are_told_apart_from_words() -> None:
    """They are untrusted, and escaped as names where they are shown."""
    names = [one.text for one in sentence([BEHIND]) if isinstance(one, Span)]
    assert names == ["vm", "Finance"]


def test_what_is_out_of_sight_is_no_folder() -> None:
    told = text(sentence([Binding("slot held", "vm", OUTSIDE_YOUR_FOLDERS, 1.0, 1.0, 1.0)]))
    assert told.endswith(f"is for a slot of vm, behind jobs {OUTSIDE_YOUR_FOLDERS}.")


def test_where_nothing_waits_there_is_nothing_to_say() -> None:
    assert sentence([]) == ()
