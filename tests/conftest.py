"""What tests print beyond their own success: the figures that were held against closed forms."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the catalogue's fast subset, so that it is seen wherever the tests run."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [text for one in reports for name, text in one.user_properties if name == "catalogue"]
    if lines:
        from theory.catalogue import HEAD  # noqa: PLC0415 - slow to import, and few runs have them

        terminalreporter.section("exact and simulated, a fast subset; 99.9 % intervals")
        for line in [HEAD, *sorted(lines)]:
            terminalreporter.write_line(line)
