"""A sweep before anything is run: every point loaded and checked, and a name for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from simulator.errors import Issue, ScenarioError
from simulator.experiments.keeping.identity import (
    content_hash,
    run_id,
    study_name,
    versions,
)
from simulator.experiments.keeping.study_folders import origin
from simulator.experiments.study import Progress
from simulator.experiments.sweeping.question import Question
from simulator.experiments.varying.designs import Design, grid, sampled
from simulator.experiments.varying.quantities import of_vary, quantities_of, varied_of
from simulator.loading import Loaded, OpenScenario
from simulator.loading.override_paths import parse_path
from simulator.loading.positions import capped
from simulator.measurement.summary import SummaryRow


class Checked(NamedTuple):
    """What is known of a point that can be run: the name of its run, the replications at most."""

    run_id: str
    content: str
    replications: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sweep that can be run: all its points are valid. `warnings` are what looks doubtful.

    `written` is the scenario without any of the values, `checked` has an entry for each point.
    """

    source: OpenScenario
    question: Question
    written: Loaded
    design: Design
    checked: tuple[Checked, ...]
    warnings: tuple[Issue, ...]
    name: str

    def loaded(self, number: int) -> Loaded:
        """Return the scenario of a point, counted from 1."""
        values = self.design.points[number - 1]
        return self.question.loaded(self.source, self.design.overrides(values))

    def told(self, number: int) -> str:
        """Return which point it is, for messages."""
        values = self.design.told(self.design.points[number - 1])
        return f"point {number:,} of {len(self.checked):,}: {values}"

    def manifest(self) -> dict[str, Any]:
        """Return what was asked, ready for JSON; `scenario` is without the values of any point."""
        return {
            "sweep_id": self.name,
            **origin(self.written),
            **_fixed(self.question, self.written, self.design),
        }


@dataclass(frozen=True, slots=True)
class _Found:
    """Issues of the points of a design, each with the points it is of, counted from 1."""

    design: Design
    issues: dict[Issue, tuple[Issue, list[int]]] = field(default_factory=dict)

    def add(self, issues: Iterable[Issue], number: int) -> None:
        """Take the issues of a point; one that differs by the value alone is no other."""
        overrides = self.design.overrides(self.design.points[number - 1])
        for issue in issues:
            placed = of_vary(issue, overrides)
            alike = replace(placed, excerpt="") if placed is not issue else placed
            self.issues.setdefault(alike, (placed, []))[1].append(number)

    def told(self) -> Iterator[Issue]:
        """Yield each issue once, with the first of the points it is of, unless it is of all."""
        for issue, numbers in self.issues.values():
            if len(numbers) == len(self.design.points):
                yield issue
                continue
            first = self.design.told(self.design.points[numbers[0] - 1])
            more = f" and {len(numbers) - 1:,} more" if len(numbers) > 1 else ""
            at = f"at point {numbers[0]:,}{more} ({first}): "
            yield replace(issue, message=f"{at}{issue.message}")


def prepare(
    source: OpenScenario,
    question: Question,
    progress: Progress = lambda _checked, _of: None,
) -> Prepared:
    """Load and check every point of a sweep, so that none of them fails for that later.

    `progress` takes how many points are checked, and of how many.

    Raises:
        ScenarioError: what is varied cannot be, or the scenario is not valid, as it is written or
            at a point; with the points and all that is wrong.
        DataFileError: a data file is missing or cannot be read.
    """
    written = question.loaded(source)
    design = _design(question, written.scenario.run.seed)
    _refuse_clashes(question, design)
    checked, warnings = _all_checked(source, question, design, progress)
    content = {
        **_fixed(question, written, design),
        "written": content_hash(written),  # a warm-up is looked for there
        "content": [one.content for one in checked],
    }
    return Prepared(
        source=source,
        question=question,
        written=written,
        design=design,
        checked=checked,
        warnings=warnings,
        name=study_name("sweep", content, written.scenario.run.seed),
    )


def _all_checked(
    source: OpenScenario, question: Question, design: Design, progress: Progress
) -> tuple[tuple[Checked, ...], tuple[Issue, ...]]:
    """Return what is known of each point, and the warnings of all of them."""
    checked, warnings, errors = list[Checked](), _Found(design), _Found(design)
    for number, values in enumerate(design.points, 1):
        progress(number, len(design.points))
        try:
            loaded = question.loaded(source, design.overrides(values))
        except ScenarioError as error:
            errors.add(error.issues, number)
            continue
        warnings.add(loaded.warnings, number)
        checked.append(_checked(loaded))
    if errors.issues:
        raise ScenarioError(capped(errors.told()))
    return tuple(checked), tuple(warnings.told())


def _fixed(question: Question, written: Loaded, design: Design) -> dict[str, Any]:
    """Return what a sweep is known by, besides the scenarios of its points; ready for JSON."""
    return {
        "seed": written.scenario.run.seed,
        "vary": list(question.vary),
        "design": design.kind,
        "paths": list(design.paths),
        "points": [list(values) for values in design.points],
        "overrides": list(question.overrides),
        "variant": question.variant,
        "versions": versions(),
    }


def _checked(loaded: Loaded) -> Checked:
    return Checked(run_id(loaded), content_hash(loaded), loaded.scenario.run.most_replications)


def _design(question: Question, seed: int) -> Design:
    if question.design == "grid":
        if question.points is not None:
            raise _refused(
                "a grid has as many points as there are combinations",
                "leave --points out, or say how they are chosen: --design latin or --design sobol",
            )
        return grid(quantities_of(question.vary))
    if question.points is None:
        raise _refused(f"a {question.design} design has to be told how many points", "--points 64")
    return sampled(varied_of(question.vary), question.design, question.points, seed)


def _refuse_clashes(question: Question, design: Design) -> None:
    """Refuse to vary what something else settles for all points."""
    parts = {parse_path(path): path for path in design.paths}
    for key, given in (("seed", question.seed), ("replications", question.replications)):
        if given is not None and ("run", key) in parts:
            raise _refused(f"run.{key} is varied, and --{key} would undo that", "give one of them")
    for column in ("point", *SummaryRow._fields):
        if (column,) in parts:
            raise _refused(f"{column!r} changes no figure, so there is nothing to sweep over")


def _refused(message: str, hint: str = "") -> ScenarioError:
    return ScenarioError([Issue((), message, "vary", hint)])
