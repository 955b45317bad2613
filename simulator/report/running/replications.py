"""Why a study has as many replications as it has, where it was to find that itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.experiments.stopping import standings
from simulator.model.figure_names import figure_name
from simulator.model.precision import Precision
from simulator.report.page import named
from simulator.report.promises import lowered
from simulator.report.wording import percent, plural

if TYPE_CHECKING:
    from simulator.experiments.stopping import Goal
    from simulator.experiments.study import Study
    from simulator.report.page import Phrase


def why_so_many(study: Study) -> Phrase:
    """Return what the last replication brought about; nothing where a number was asked for.

    Nothing either where the study was interrupted, or ended without it, which a caution tells.
    """
    asked = study.loaded.scenario.run.replications
    if not isinstance(asked, Precision) or not study.complete:
        return ()
    found = standings(study.loaded.scenario, study.long_run, study.summary)
    if any(standing == "open" for _, standing in found):
        return ()
    precise = [goal for goal, standing in found if standing == "precise"]
    decided = sum(standing == "decided" for _, standing in found)
    within = f"within {percent(asked.precision)}"
    if not precise and not decided:
        return (" No more were run: what was to be precise had nothing to measure.",)
    if not precise:
        return (f" With so many, {plural(decided, 'target')} {_are(decided)} decided.",)
    also = f", and {plural(decided, 'target')} {_are(decided)} decided" if decided else ""
    if len(precise) > 1:
        return (f" With so many, {len(precise)} figures are {within}{also}.",)
    return (" With so many, ", named(_row(precise[0])), f" is {within}{also}.")


def _row(goal: Goal) -> str:
    return lowered(figure_name(*goal.key))


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
