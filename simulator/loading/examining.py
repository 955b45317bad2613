"""One edition of a scenario examined: what it means, and all there is to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from simulator.access.grants import Access, access_of
from simulator.errors import Issue
from simulator.loading.building import build
from simulator.loading.calendars import calendars
from simulator.loading.catalogue import default_roles
from simulator.loading.costs import cost_issues
from simulator.loading.data_files import DataFiles
from simulator.loading.draws import draws
from simulator.loading.faults import Fault
from simulator.loading.grafting import grafted
from simulator.loading.moments import moments
from simulator.loading.overrides import Edition
from simulator.loading.positions import MOST_ISSUES, order
from simulator.loading.traces import trace_issues, traces_of
from simulator.loading.wording import issue_of
from simulator.model.references import dangling
from simulator.model.scenario import Scenario
from simulator.plan.doubts import doubts
from simulator.plan.same_place import same_place
from simulator.plan.volume import volume

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Examined:
    """An edition, its scenario if it fits the models, and the issues of it.

    Without an error among them there is also the scenario's `access`. `known` is the file itself,
    where this is a variant of it.
    """

    edition: Edition
    scenario: Scenario | None
    access: Access | None
    issues: tuple[Issue, ...]
    known: Examined | None = None

    def placed(self, severity: Severity) -> list[Issue]:
        """Return the issues of a severity with their positions.

        What the file itself says too keeps its place there, and is no issue of the variant.
        """
        return [self._placed(issue) for issue in self.issues if issue.severity == severity]

    def news(self, severity: Severity) -> list[Issue]:
        """Return those of the placed issues that the file itself does not have."""
        return [
            self._placed(issue)
            for issue in self.issues
            if issue.severity == severity and not self._is_told(issue)
        ]

    def _placed(self, issue: Issue) -> Issue:
        if self.known is None:
            return self.edition.placed(issue)
        if self._is_told(issue) and self.edition.override_of(issue.path) is None:
            return self.known.edition.placed(issue)
        # A file with errors was not asked for its doubts, so a warning need not be the variant's.
        blaming = issue.severity == "error" or self.known.access is not None
        return self.edition.placed(issue, blaming=blaming and not self._is_told(issue))

    def _is_told(self, issue: Issue) -> bool:
        return self.known is not None and _meaning(issue) in self.known.meanings

    @cached_property
    def meanings(self) -> frozenset[object]:
        """Return what its issues mean, wherever they are shown."""
        return frozenset(map(_meaning, self.issues))


def examine(chosen: Edition, files: DataFiles, known: Examined | None = None) -> Examined:
    """Build and check an edition; `known` is the file itself, if that was examined before."""
    catalogue = default_roles()
    data = chosen.data
    if known is not None and known.scenario is not None:
        data = grafted(data, known.scenario, chosen.replaced - known.edition.replaced)

    def inspect(scenario: Scenario) -> list[Issue]:
        issues = [
            *dangling(scenario, catalogue),
            *moments(scenario),
            *calendars(scenario),
            *draws(scenario, files),
            *trace_issues(scenario, files),
            *cost_issues(scenario, chosen),
        ]
        if _has_error(issues):
            return issues
        return [*issues, *volume(scenario, files.columns, traces_of(scenario, files))]

    scenario, faults, found = build(data, chosen.data, chosen.document.unread, inspect)
    issues = [*chosen.issues, *_worded(faults, chosen), *found]
    if scenario is None or _has_error(issues):
        return Examined(chosen, scenario, None, tuple(issues), known)
    access = access_of(scenario, catalogue)
    issues += same_place(scenario, access, traces_of(scenario, files))
    if _has_error(issues):
        return Examined(chosen, scenario, None, tuple(issues), known)
    told = doubts(scenario, access, files.columns, traces_of(scenario, files))
    return Examined(chosen, scenario, access, (*issues, *told), known)


def _has_error(issues: list[Issue]) -> bool:
    return any(issue.severity == "error" for issue in issues)


def _worded(faults: list[Fault], chosen: Edition) -> list[Issue]:
    """Return faults as issues; past the cap only their number counts, so they get no words."""
    if len(faults) > MOST_ISSUES:
        faults.sort(key=lambda fault: order(chosen.placed(Issue(fault.path, "", fault.kind))))
    rest = [Issue(fault.path, fault.kind, "more") for fault in faults[MOST_ISSUES:]]
    return [*map(issue_of, faults[:MOST_ISSUES]), *rest]


def _meaning(issue: Issue) -> tuple[object, ...]:
    return issue.path, issue.code, issue.message
