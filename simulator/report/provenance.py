"""What every kind of page says of its scenario: its name and question, and what was run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.experiments.keeping.identity import content_hash, versions
from simulator.report.page import named
from simulator.report.wording import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulator.loading import Loaded
    from simulator.model.scenario import Scenario
    from simulator.report.page import Span

UNNAMED: Final = "Scenario without a name"


def title(scenario: Scenario) -> Span:
    """Return the name of a scenario, or that it has none."""
    return named(scenario.name or UNNAMED)


def question(scenario: Scenario) -> str:
    """Return the question of a scenario on one line; empty where it asks none."""
    return visible(" ".join(scenario.question.split()))


def starts(scenario: Scenario) -> tuple[str, str]:
    """Return when the run begins, by the scenario's own clock."""
    begins = scenario.time.start.isoformat(sep=" ", timespec="minutes")
    return "Starts", f"{begins}, {visible(scenario.time.zone)}"


def origin(loaded: Loaded, what: str = "Scenario") -> Iterator[tuple[str, str]]:
    """Yield the hashes of a scenario and its data files."""
    yield f"{what}, SHA-256", content_hash(loaded)
    for name, digest in loaded.data_files.items():
        yield f"Data file {visible(name)}", digest


def made_with(made_by: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return the versions that figures come from, by default those of here."""
    known = versions() if made_by is None else made_by
    return "Versions", visible(", ".join(f"{name} {version}" for name, version in known.items()))
