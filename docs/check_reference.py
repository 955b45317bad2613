"""The reference part of the page of self-checks: what each compares, and what it would catch."""  # noqa: INP001 - a module beside the pages it makes

from __future__ import annotations

from typing import Final

from simulator.measurement.checking.checks import DEFINITIONS, Definition

HEAD: Final = """
Made from `simulator/measurement/checking/checks.py` by `python docs/generate.py`; change it there.

| Check | What has to hold | Found | Expected | What it would catch |
| --- | --- | --- | --- | --- |
"""

CATCHES: Final = {
    "flow.submitted": "a refused job that counts as started",
    "flow.started": "a state that does not go with the times",
    "flow.end": "a job that is lost, or there twice",
    "flow.waiting": "a wait that the records do not tell of",
    "flow.running": "a start or an end that they do not tell of",
    "little.time": "a start that is noted too late",
    "little.edges": "the same at the edges",
    "slots.time": "a span that is lost",
    "slots.edges": "the same at the edges",
    "slots.exist": "a slot that is given back twice",
    "slots.states": "a state that is lost",
    "once.slot": "a slot that two jobs hold",
    "once.job": "a job that runs twice at once",
    "once.account": "an account that works twice",
    "rules.sessions": "a session too many",
    "rules.mapping": "a machine or an account that the job may not use",
    "jobs.times": "a time that does not go with the spans",
    "blame.free": "a job that was passed over",
    "blame.sum": "a charge that is lost",
}
"""What each check would catch, of what is broken on purpose in `test_checks_catch.py`."""


def check_reference() -> str:
    """Return a row for each check, in the order in which they are told."""
    return HEAD + "".join(map(_row, DEFINITIONS))


def _row(check: Definition) -> str:
    told = (check.title, check.found, check.expected, CATCHES[check.name])
    return f"| `{check.name}` | {' | '.join(told)} |\n"
