"""What tests print beyond their own success: exact figures beside ours, why some were skipped."""

from __future__ import annotations

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the catalogue's fast subset and why tests were skipped, wherever the tests run."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [text for one in reports for name, text in one.user_properties if name == "catalogue"]
    if lines:
        from theory.catalogue import HEAD  # noqa: PLC0415 - slow to import, and few runs have them

        terminalreporter.section("exact and simulated, a fast subset; 99.9 % intervals")
        for line in [HEAD, *sorted(lines)]:
            terminalreporter.write_line(line)
    skipped = terminalreporter.getreports("skipped")
    for reason in sorted({one.longrepr[2] for one in skipped if isinstance(one.longrepr, tuple)}):
        terminalreporter.write_line(reason)
