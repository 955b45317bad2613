"""What advice says in sentences: who gains, who pays, and whether anything is better than today.

Names stand as they are: whoever shows a sentence makes them harmless.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.comparing.words import interval_text, is_clear
from simulator.report.wording import joined, number, plural, quantity, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.advising.advice import Advice, FolderChange, Option, Standing
    from simulator.experiments.comparing.pairing import Difference

MOST_NAMED: Final = 4
"""Folders a sentence tells of on each side; of further ones it says how many."""


def sentence(option: Option, *, single: bool) -> str:
    """Return what an alternative does: `Dedicating vm (1 host each): HR's P95 falls by 9 min, …`.

    Those who gain come first, then those who pay, the largest change first. With a `single`
    replication nothing is tested, and each change is told.
    """
    changed = list(_changed(option.folders, single=single))
    parts = [", ".join(changed), *_unchanged(option.folders, single=single)]
    return f"{option.alternative.words}: {'; '.join(filter(None, parts))}."


def conclusion(advice: Advice) -> str:
    """Return whether anything is better than today, and what."""
    best = advice.best
    if best is None:
        tried = "there was nothing to try" if not advice.options else "of all that was tried"
        return f"Nothing is better than today, {tried}."
    kept = ""
    if best.standing.not_met < advice.standing.not_met:
        left, today = _targets(best.standing.not_met), advice.standing.not_met
        kept = f" It leaves {left} not met, today {today}."
    return f"{sentence(best, single=advice.today.replications == 1)}{kept}"


def ranking_rule() -> str:
    """Return how alternatives are ranked."""
    return (
        "First come alternatives that leave fewest targets missed or undecided (those of machines "
        "and hosts do not count, as a machine may be cut), then those that leave fewest folders "
        "waiting without end, then those that take most off the folders' P95 Pending, each folder "
        "counting by its jobs. One is better than today if some folder clearly gains, and more "
        "targets are met, or the whole interval of that last change lies below zero."
    )


def change_text(change: Difference) -> str:
    """Return a change with its interval: `falls by 9.1 min (8.2 to 10.0)`."""
    scale = scale_of("s", abs(change.mean))
    verb = "falls" if change.mean < 0 else "rises"
    amount = f"{number(abs(change.mean) / scale.divisor)}\N{NO-BREAK SPACE}{scale.unit}"
    return f"{verb} by {amount}{interval_text(change, scale)}"


def standing_text(standing: Standing) -> str:
    """Return how many targets are not met, and how many folders wait without end."""
    endless = f", {plural(standing.endless, 'folder')} without end" if standing.endless else ""
    return f"{number(standing.not_met)}{endless}"


def _targets(count: int) -> str:
    return "no target" if not count else plural(count, "target")


def _changed(folders: Sequence[FolderChange], *, single: bool) -> Iterator[str]:
    """Yield a clause for each folder that clearly changes; the first says what its figure is."""
    clear = [one for one in folders if _is_clear(one, single=single)]
    ordered = sorted(clear, key=lambda one: -abs(one.p95.mean))
    told = 0
    for verb, sign in (("gain", -1), ("pay", 1)):
        side = [one for one in ordered if one.p95.mean * sign > 0]
        for one in side[:MOST_NAMED]:
            yield f"{one.folder}'s {'' if told else 'P95 '}{change_text(one.p95)}"
            told += 1
        if len(side) > MOST_NAMED:
            yield f"{plural(len(side) - MOST_NAMED, 'further folder')} {verb}"
    yield from map(_without_difference, [one for one in folders if math.isnan(one.p95.mean)])


def _unchanged(folders: Sequence[FolderChange], *, single: bool) -> Iterator[str]:
    """Yield for which folders no change is clear, and which are as they are."""
    same = [one.folder for one in folders if one.p95.is_none]
    others = [one.folder for one in folders if not _is_settled(one, single=single)]
    if others:
        yield f"no clear change for {_listed(others)}"
    if same:
        yield f"{_listed(same)} as {'it is' if len(same) == 1 else 'they are'}"


def _is_clear(one: FolderChange, *, single: bool) -> bool:
    return not math.isnan(one.p95.mean) and is_clear(one.p95, single=single)


def _is_settled(one: FolderChange, *, single: bool) -> bool:
    """Return whether it is known what becomes of a folder."""
    return one.p95.is_none or math.isnan(one.p95.mean) or _is_clear(one, single=single)


def _without_difference(one: FolderChange) -> str:
    """Return what becomes of a folder that has a P95 only today, or only then."""
    if one.why:
        return f"{one.folder} waits ever longer ({one.why})"
    if math.isnan(one.after_s):
        return f"no job of {one.folder} starts any more"
    return f"{one.folder}'s P95, without end today, is {quantity(one.after_s, 's')}"


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown.append(plural(len(names) - MOST_NAMED, "further folder"))
    return joined(shown)
