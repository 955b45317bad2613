"""The answer of a sizing in sentences, and what of it is not proven."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.experiments.checks import failed_of
from simulator.report.page import Phrase, Span, named
from simulator.report.promises import promise
from simulator.report.sizing.binding_words import sentence
from simulator.report.sizing.words import (
    bound_of,
    cost,
    deciding,
    fleet,
    has_costs,
    measured,
    short_fleet,
)
from simulator.report.wording import number, percent, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from simulator.experiments.sizing.sizing import (
        Effect,
        Sizing,
        TargetFigure,
        Tried,
        Values,
    )

MOST_TOLD: Final = 3
"""Targets, or steps down, that the answer tells of; the tables have all."""


def answer(sizing: Sizing) -> tuple[Phrase, ...]:
    """Return the answer: the cheapest fleet and how it fares; at one less; what load rules out."""
    found = sizing.of(sizing.answer)
    told = _none_found(sizing) if found is None else _found(sizing, found)
    return (told, *_one_less(sizing), *_ruled_out(sizing))


def _found(sizing: Sizing, tried: Tried) -> Phrase:
    told = (_fleet(sizing, tried.values), *_priced(sizing, tried.cost))
    return (*told, f" is {_rank(sizing)}: ", *_figures(tried.targets), ".")


def _rank(sizing: Sizing) -> str:
    """Return what the answer is among all fleets; the cheapest only where that is proven."""
    all_targets = "the target" if len(sizing.targets) == 1 else "all targets"
    fleets = number(sizing.bound.fleets)
    if sizing.unproven:
        return f"the cheapest found of {fleets} fleets to meet {all_targets}"
    return f"the cheapest of {fleets} fleets that meets {all_targets}"


def _figures(figures: Sequence[TargetFigure]) -> Iterator[str | Span]:
    """Yield how a fleet fares by its targets, a clause each."""
    for place, one in enumerate(figures[:MOST_TOLD]):
        yield "; " if place else ""
        yield from _figure(one)
    if len(figures) > MOST_TOLD:
        yield f"; and {plural(len(figures) - MOST_TOLD, 'further target')} met"


def _figure(figure: TargetFigure) -> Phrase:
    return (Span(promise(figure.target), "name"), *_value(figure), f", {bound_of(figure.target)}")


def _value(figure: TargetFigure) -> Phrase:
    return (" has " if math.isnan(figure.mean) else " is ", Span(measured(figure), "figure"))


def _none_found(sizing: Sizing) -> Phrase:
    """Return that there is no answer, with how the dearest fleet fares that was simulated."""
    none = Span("None", "figure")
    first: Phrase = (none, f" of {number(sizing.bound.fleets)} fleets was found to meet ")
    what = "the target." if len(sizing.targets) == 1 else "all targets."
    simulated = [one for one in sizing.tried if one.targets]
    largest = max(simulated, key=lambda one: one.cost, default=None)
    if largest is None:
        return (*first, what)
    figure = deciding(largest.targets)
    told = (" With ", _fleet(sizing, largest.values), ", ", *_figure(figure))
    return (*first, what, *told, f": {figure.outcome}.")


def _one_less(sizing: Sizing) -> Iterator[Phrase]:
    """Yield how the fleets with one step less fare, but for what load rules out alone."""
    less = [one for one in sizing.effects if one.step == "less"]
    for one in less[:MOST_TOLD]:
        tried = sizing.of(one.values)
        if one.why:
            if len(sizing.quantities) > 1:
                yield "With ", _fleet(sizing, one.values), ": ", named(one.why), "."
        elif tried is not None and tried.targets:
            yield _at_less(sizing, tried)
        else:
            yield _not_tried(sizing, one)


def _at_less(sizing: Sizing, tried: Tried) -> Phrase:
    figure = deciding(tried.targets)
    it: Phrase = (" it",)
    if len(sizing.targets) > 1:
        it = (", ", Span(promise(figure.target), "name"))
    less = named(short_fleet(sizing, tried.values))
    return ("With ", less, *it, *_value(figure), f": {tried.outcome}.")


def _not_tried(sizing: Sizing, effect: Effect) -> Phrase:
    """Return that a fleet with less was not tested itself."""
    fate = _FATES[effect.outcome or "undecided"]
    told = "is taken to miss" if sizing.more_never_hurts else fate
    return (_fleet(sizing, effect.values), f" {told}.")


_FATES: Final = {"met": "meets the targets", "missed": "misses", "undecided": "is undecided"}


def _ruled_out(sizing: Sizing) -> Iterator[Phrase]:
    bound = sizing.bound
    if not bound.excluded:
        return
    reason: Phrase = (" whatever the order of jobs: ", named(bound.why), ".")
    if bound.values is None:
        yield (f"None of the {number(bound.fleets)} fleets can keep up,", *reason)
    elif len(sizing.quantities) == 1:
        yield ("Less than ", Span(bound.values[0], "figure"), " cannot keep up,", *reason)
    else:
        one = bound.excluded == 1
        cheapest = "The cheapest fleet" if one else f"The {number(bound.excluded)} cheapest fleets"
        yield (f"{cheapest} cannot keep up,", *reason)


def binding(sizing: Sizing) -> Phrase:
    """Return what keeps jobs waiting at one less, or at the answer where nothing less misses.

    Nothing where no job waits there.
    """
    told = sentence(sizing.binding)
    if sizing.bound_at is None or not told:
        return ()
    return ("At ", named(short_fleet(sizing, sizing.bound_at)), ": ", *told)


def unproven(sizing: Sizing) -> tuple[Phrase, ...]:
    """Return what the answer rests on without proof; nothing where all is proven."""
    return (*_undecided(sizing), *_taken_for_granted(sizing))


def _undecided(sizing: Sizing) -> Iterator[Phrase]:
    if not sizing.unproven:
        return
    cheaper = "fleet" if sizing.answer is None else "cheaper fleet"
    told = (
        " could not be decided with the replications that a fleet may have; give them more with "
        "--at-most, or move the limit."
    )
    among = _among(sizing, (one.values for one in _open(sizing)))
    fleets = f": {plural(sizing.unproven, cheaper)}"
    yield (Span("Not proven", "undecided"), fleets, *among, told)


def _open(sizing: Sizing) -> Iterator[Tried]:
    """Yield the undecided fleets that are cheaper than the answer."""
    found = sizing.of(sizing.answer)
    for one in sizing.tried:
        if one.outcome == "undecided" and (found is None or one.cost < found.cost):
            yield one


def _among(sizing: Sizing, fleets: Iterable[Values]) -> Phrase:
    names = [short_fleet(sizing, values) for values in fleets]
    shown = "; ".join(names[:MOST_TOLD]) + ("; …" if len(names) > MOST_TOLD else "")
    return (" (", named(shown), ")") if names else ()


def _taken_for_granted(sizing: Sizing) -> Iterator[Phrase]:
    if sizing.more_never_hurts:
        text = (
            "Taken for granted, as --more-never-hurts says: a fleet without more of anything than "
            "one that misses was taken to miss too. Where machines are shared, that can be wrong."
        )
        yield (text,)


def evidence(sizing: Sizing) -> Phrase:
    """Return how many fleets and replications the answer rests on, and how sure it is."""
    replications = sum(one.replications for one in sizing.tried)
    tests = (
        f"{plural(len(sizing.tried), 'fleet')} tried, {plural(replications, 'replication')} in all"
    )
    return (f"{tests}; {_sureness(sizing)}.", *(f" {one}" for one in _checked(sizing)))


def _sureness(sizing: Sizing) -> str:
    if all(one.replications <= 1 for one in sizing.tried):
        return "each replication is like any other, so that one tells all"
    return f"the chance that any of their tests is wrong is at most {percent(sizing.error)}"


def _checked(sizing: Sizing) -> Iterator[str]:
    """Yield whether the self-checks of all replications hold."""
    failed = failed_of(sizing.checks)
    if failed:
        yield f"{len(failed)} of {plural(len(sizing.checks), 'self-check')} failed."
    elif sizing.checks:
        yield f"{number(len(sizing.checks))} self-checks on each replication hold."


def _fleet(sizing: Sizing, values: Values) -> Span:
    return Span(fleet(sizing, values), "name")


def _priced(sizing: Sizing, amount: float) -> Phrase:
    return (f", at a cost of {cost(sizing, amount)},",) if has_costs(sizing) else ()
