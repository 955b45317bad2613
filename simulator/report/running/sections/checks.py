"""Does it add up? The self-checks of a run, each with its largest difference; loud if one fails."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.experiments.checks import failed_of, failure
from simulator.report.page import Column, Notice, Phrase, Section, Span, Table, Text, named
from simulator.report.wording import NOTHING, number, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.checks import StudyCheck
    from simulator.experiments.study import Study

NOT_TO_BE_USED: Final = (
    "The records of this run contradict themselves: do not rely on any of its figures. This is a "
    "fault of the simulator, please report it."
)
"""What a failed check means to whoever reads on."""

MOST_TOLD: Final = 5
"""Failed checks spelt out at the top of a page; the table has all."""


def verdict(checks: Sequence[StudyCheck]) -> str:
    """Return in a sentence whether all checks hold: `19 self-checks on each of 20 …`."""
    made, failed = f"{len(checks)} self-checks", failed_of(checks)
    of = checks[0].replications
    on = "" if of == 1 else f" on each of {number(of)} replications"
    if not failed:
        return f"{made}{on} hold."
    return f"{len(failed)} of {made}{on} {'fails' if len(failed) == 1 else 'fail'}."


def alarm(checks: Sequence[StudyCheck]) -> tuple[Phrase, ...]:
    """Return what has to stand above everything else: which checks failed; nothing if none did."""
    return alarm_of([failure(check) for check in failed_of(checks)])


def alarm_of(failures: Sequence[str]) -> tuple[Phrase, ...]:
    """Return the same of failed checks that are told already, a sentence each."""
    if not failures:
        return ()
    told = [(named(failed),) for failed in failures[:MOST_TOLD]]
    return ((Span("\N{BALLOT X} not to be used", "missed"), " ", NOT_TO_BE_USED), *told)


def notices(study: Study) -> tuple[Notice, ...]:
    """Return the verdict of all checks, for whoever asks whether to trust the figures."""
    if not study.checks:
        return ()
    is_warning = bool(failed_of(study.checks))
    return (Notice((verdict(study.checks),), is_warning=is_warning),)


def checks(study: Study) -> tuple[Section, ...]:
    """Return every check with what it compares; nothing where no replication has finished."""
    if not study.checks:
        return ()
    columns = (
        Column("Check"),
        Column("Verdict"),
        Column("Replications", numeric=True),
        Column("Largest difference", numeric=True),
        Column("What is compared"),
    )
    rows = tuple(map(_row, study.checks))
    table = Table("Every check, and by how much it was off at the most", columns, rows, folded=True)
    return (
        Section("checks", "Does it add up?", ((verdict(study.checks), " ", _LEAD),), (), (table,)),
    )


_LEAD: Final = (
    "Each compares what the records of a run say with what the engine counted apart from them, or "
    "with what the scenario allows. Whatever must be equal has to be so to the microsecond."
)


def _row(check: StudyCheck) -> tuple[Text, ...]:
    definition = check.definition
    compared = f"{definition.found}; against: {definition.expected}"
    return definition.title, _outcome(check), number(check.replications), _off(check), compared


def _outcome(check: StudyCheck) -> Span:
    if check.holds:
        return Span("\N{CHECK MARK} holds", "met")
    return Span(f"\N{BALLOT X} fails in {plural(len(check.failed), 'replication')}", "missed")


def _off(check: StudyCheck) -> str:
    """Return the largest difference, to two digits where it is not whole."""
    value, unit = check.worst.difference, check.definition.unit
    if math.isnan(value):
        return NOTHING
    text = number(value) if value == round(value) else f"{value:.2g}"
    return f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text
