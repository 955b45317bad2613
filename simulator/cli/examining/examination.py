"""The whole examination: each part by itself, so that a broken one cannot hide the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from simulator.cli.examining.finding import Finding, State


def examined(out: Path) -> tuple[Finding, ...]:
    """Look at everything, with `out` the folder where runs are kept; nothing stays behind."""
    return tuple(
        finding
        for subject, part in (
            ("packages", _packages),
            ("surroundings", lambda: _surroundings(out)),
            ("time zones", _zones),
            ("a PDF", _pdf),
            ("a simulation", _simulation),
        )
        for finding in _guarded(subject, part)
    )


def _guarded(subject: str, part: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """Yield what a part finds; if it breaks, that is found."""
    try:
        yield from part()
    except Exception as error:  # noqa: BLE001 - a broken installation may fail in any way
        why = " ".join(f"{type(error).__name__}: {error}".split())
        advice = "install again, with the versions of constraints.txt"
        yield Finding("Cannot be examined", subject, State.WRONG, why, advice)


def _packages() -> Iterator[Finding]:
    from simulator.cli.examining.packages import (  # noqa: PLC0415 - may be broken
        package_findings,
        program_findings,
    )

    yield from program_findings()
    yield from package_findings()


def _surroundings(out: Path) -> Iterator[Finding]:
    from simulator.cli.examining.surroundings import (  # noqa: PLC0415 - may be broken
        environment_findings,
        machine_findings,
    )

    yield from machine_findings(out)
    yield from environment_findings(os.environ)


def _zones() -> Iterator[Finding]:
    from simulator.cli.examining.trials import zone_finding  # noqa: PLC0415 - may be broken

    yield zone_finding()


def _pdf() -> Iterator[Finding]:
    from simulator.cli.examining.trials import pdf_finding  # noqa: PLC0415 - may be broken

    found = pdf_finding()
    if found is not None:
        yield found


def _simulation() -> Iterator[Finding]:
    from simulator.cli.examining.trials import simulation_finding  # noqa: PLC0415 - may be broken

    yield simulation_finding()
