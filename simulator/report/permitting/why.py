"""The walk through the checks, in a terminal: each with what was found, and how to mend it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from simulator.audit.overrides import override_text
from simulator.escaping import escaped
from simulator.model.registers import full_name
from simulator.policies.admission import Question
from simulator.report.fitting import name
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.access.refusals import Refusal
    from simulator.audit.why import Step, Walk
    from simulator.audit.why_adding import AddingWalk
    from simulator.policies.changes import Mend

_SIGNS: Final = {
    True: Text("✓", style="green"),
    False: Text("✗", style="red"),
    None: Text(NOTHING, style="dim"),
}
_WIDEST_QUESTION: Final = max(len(question) for question in Question)
_INDENTED: Final = (0, 0, 0, 4)


def why_table(walk: Walk) -> RenderableType:
    """Return every check with what it found, what mends it, and what comes of the request.

    The arguments after `--set` are quoted for a shell, to be pasted: each stands on a line of its
    own, which is never broken, whatever the width.
    """
    process = full_name(walk.folder, walk.process)
    asked = f"{walk.account} starts {process}, run as: {walk.run_as}"
    return Group(name(asked), Text(), *_steps(walk.steps), _outcome(walk))


def why_adding_table(walk: AddingWalk) -> RenderableType:
    """Return the same of adding items to a queue."""
    asked = f"{walk.account} adds items to {full_name(walk.folder, walk.queue)}"
    outcome = Text("→ let in: a job may take them", style="green")
    if walk.outcome is not None:
        outcome = _refused(walk.outcome)
    return Group(name(asked), Text(), *_steps(walk.steps), outcome)


def _steps(steps: Iterable[Step]) -> Iterator[RenderableType]:
    told: list[Mend] = []
    for step in steps:
        yield _step(step)
        if step.mend is None:
            continue
        if step.mend in told:
            yield Padding("the same mends it", _INDENTED)
        else:
            yield from _mend(step.mend)
            told.append(step.mend)


def _step(step: Step) -> RenderableType:
    refused = "" if step.refusal is None else f"{step.refusal.code_text}: "
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=1)
    grid.add_column(width=_WIDEST_QUESTION)
    grid.add_column(overflow="fold")
    grid.add_row(_SIGNS[step.passed], step.question, name(f"{refused}{step.finding}"))
    return grid


def _mend(mend: Mend) -> Iterator[RenderableType]:
    yield Padding(name(f"to mend it, {mend.words}:"), _INDENTED)
    for change in mend.changes:
        argument = escaped(shlex.quote(override_text(change)))
        yield Text(f"    --set {argument}", style="cyan", no_wrap=True, overflow="ignore")


def _outcome(walk: Walk) -> Text:
    if walk.outcome is not None:
        return _refused(walk.outcome)
    if walk.stays_pending:
        stays = f"→ accepted, but Pending for ever: {walk.pending_reason}"
        return Text(stays, style="yellow", overflow="fold")
    return Text("→ accepted: the job may wait as Pending", style="green")


def _refused(refusal: Refusal) -> Text:
    refused = f"→ refused {refusal.sentence}"
    return Text(escaped(refused), style="red", overflow="fold")
