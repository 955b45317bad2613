"""Self-checks that fail, as Python tells of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from simulator.experiments.checks import StudyCheck, failed_of, failure


def warn_of_checks(checks: Iterable[StudyCheck]) -> None:
    """Warn of each self-check that fails, at whoever called the caller."""
    for check in failed_of([*checks]):
        warnings.warn(f"self-check failed: {failure(check)}", RuntimeWarning, stacklevel=3)


def warn_of_points(failures: Iterable[str]) -> None:
    """Warn of what fails at the points of a sweep, at whoever called the caller."""
    for failed in failures:
        warnings.warn(f"self-check failed: {failed}", RuntimeWarning, stacklevel=3)
