"""What advice says in a terminal: the best first, each alternative in a sentence, how to apply it.

Names are made harmless as in the tables of a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.escaping import escaped
from simulator.report.advising.sentences import conclusion, sentence, standing_text
from simulator.report.advising.words import (
    better_by,
    evidence,
    left_out,
    options_to_copy,
    overall,
    scale_for,
)
from simulator.report.fitting import listing, name
from simulator.report.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.experiments.advising.advice import Advice

MOST_OPTIONS: Final = 8
"""Alternatives that are shown; the report has all."""

MOST_NOT_TRIED: Final = 3

RANKED_BY: Final = (
    "Ranked by targets not met, then by the change of the folders' P95 Pending, each counting by "
    "its jobs."
)


def advice_table(advice: Advice) -> RenderableType:
    """Return advice: the best and how to apply it, the ranking, who gains and who pays."""
    parts = (
        Text(f"{escaped(conclusion(advice))}", style="bold"),
        *_to_apply(advice),
        _ranking(advice),
        *_sentences(advice),
        *_not_tried(advice),
        Text(f"\n{_evidence(advice)}"),
    )
    return Group(*(part for part in parts if part is not None))


def _to_apply(advice: Advice) -> Iterator[Text]:
    if advice.best is not None:
        options = options_to_copy(advice.best.alternative.texts)
        yield Text(f"To apply it: {escaped(options)}", overflow="fold")


def _ranking(advice: Advice) -> RenderableType | None:
    """Return the alternatives with what they are ranked by, and today where it belongs."""
    scale = scale_for(advice.options)
    rows = [
        (
            str(rank),
            name(one.alternative.words),
            standing_text(one.standing),
            overall(one.standing.change, scale),
            better_by(one, advice),
        )
        for rank, one in enumerate(advice.options, start=1)
    ]
    today = ("", name("Today"), standing_text(advice.standing), "", "")
    ahead = sum(one.standing.key <= advice.standing.key for one in advice.options)
    if not rows:
        return None
    columns = ("", "Alternative", "Targets not met", f"Change of P95, {scale.unit}", "Better")
    shown = [*rows[:ahead], today, *rows[ahead:]]
    return listing("Ranking", columns, shown, most=MOST_OPTIONS + 1, names=2)


def _sentences(advice: Advice) -> Iterator[Text]:
    """Yield what the first alternative of each kind does to folders, but for the best."""
    single = advice.today.replications == 1
    told = set() if advice.best is None else {advice.best.alternative.kind}
    for rank, one in enumerate(advice.options, start=1):
        if one.alternative.kind not in told:
            told.add(one.alternative.kind)
            yield Text(f"\n{rank}. {escaped(sentence(one, single=single))}")


def _not_tried(advice: Advice) -> Iterator[Text]:
    for one in advice.not_tried[:MOST_NOT_TRIED]:
        yield Text(f"\nNot tried: {escaped(f'{one.words}, as {one.reason}')}.")
    more = len(advice.not_tried) - MOST_NOT_TRIED
    if more > 0:
        yield Text(f"… and {more:,} more that could not be tried; see the report")


def _evidence(advice: Advice) -> str:
    sure = f"{percent(advice.today.loaded.scenario.run.confidence)} intervals"
    if advice.today.replications == 1:
        sure = "a single replication gives no interval"
    more = left_out(advice)
    return f"{evidence(advice)}; {sure}. {RANKED_BY}{f' {more}.' if more else ''}"
