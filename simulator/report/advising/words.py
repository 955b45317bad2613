"""How advice is applied, and how its changes are written in tables."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from simulator.report.wording import number, plural, scale_of, signed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.experiments.advising.advice import Advice, Option
    from simulator.experiments.comparing.pairing import Difference
    from simulator.report.wording import Scale


def options_to_copy(texts: Iterable[str]) -> str:
    """Return changes as options of a command, quoted for a shell: `--set 'PATH=VALUE'`."""
    return " ".join(f"--set {shlex.quote(text)}" for text in texts)


def scale_for(options: Iterable[Option]) -> Scale:
    """Return in which unit changes of P95 are told, all alike."""
    largest = max((abs(one.standing.change.mean) for one in options), default=0.0)
    return scale_of("s", largest)


def overall(change: Difference, scale: Scale) -> str:
    """Return the change that options are ranked by: `-3.1 (-3.9 to -2.3)`."""
    return signed(change, scale, 1)


def better_by(option: Option, advice: Advice) -> str:
    """Return by what an alternative is better than today; empty where it is not, for sure."""
    if not option.is_better:
        return ""
    mine, today = option.standing, advice.standing
    if mine.not_met < today.not_met:
        return "meets more"
    return "fewer without end" if mine.endless < today.endless else "shorter waits"


def evidence(advice: Advice) -> str:
    """Return what the advice rests on."""
    replications = plural(advice.today.replications, "replication")
    tried = plural(len(advice.options), "alternative")
    return f"{tried}, {replications} of each and of today on the same random numbers"


def left_out(advice: Advice) -> str:
    """Return how many alternatives were not simulated; empty for none."""
    if not advice.left_out:
        return ""
    return (
        f"{number(advice.left_out)} more alternatives were not simulated: "
        "those that concern less work"
    )
