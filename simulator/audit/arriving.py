"""What comes of itself: items that somebody adds, jobs that jobs start; and who of these may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.audit.outcomes import refusal_row
from simulator.model.processes import Then
from simulator.model.scenario import Scenario
from simulator.plan.adders import adders, item_routes
from simulator.plan.followers import followers
from simulator.plan.submitters import Submitter, submitters, verdicts


class Barred(NamedTuple):
    """Accounts that are refused, all of them so."""

    who: tuple[str, ...]
    refusal: Refusal


class Adding(NamedTuple):
    """An arrival: whose items its queue takes, and whose are refused. Both names are full."""

    folder: str
    arrival: str
    queue: str
    may: tuple[str, ...]
    barred: tuple[Barred, ...]


class Following(NamedTuple):
    """A `then`: jobs of `process` start one of `starts`, as the account they ran under.

    `may` and `barred` are the accounts that jobs of the process may run under; where nothing in the
    scenario starts any, those that may run jobs of the folder. Both names are full.
    """

    folder: str
    process: str
    starts: str
    may: tuple[str, ...]
    barred: tuple[Barred, ...]


_Row = TypeVar("_Row", Adding, Following)


def addings(scenario: Scenario, access: Access) -> Iterator[Adding]:
    """Yield every arrival, in the order of the file."""
    everyone = adders(scenario, access)
    found: defaultdict[int, list[tuple[str, Refusal | None]]] = defaultdict(list)
    for route in item_routes(everyone, access):
        found[route.arrival].append((route.by, route.refusal))
    for number, one in enumerate(everyone):
        yield Adding(one.folder, one.path, one.queue_path, *_parted(found[number]))


def followings(scenario: Scenario, access: Access) -> Iterator[Following]:
    """Yield every `then`, in the order of the file."""
    everyone = submitters(scenario, access)
    known = {one.path: one for one in followers(everyone, scenario, access)}
    for one in everyone:
        if isinstance(one.item, Then):
            yield _following(known.get(one.path, one), scenario, access)


def _following(one: Submitter, scenario: Scenario, access: Access) -> Following:
    found = (
        (caller, verdict if isinstance(verdict, Refusal) else None)
        for caller, verdict in verdicts(one, scenario, access)
    )
    return Following(one.folder, one.path, one.process_path, *_parted(found))


def _parted(
    found: Iterable[tuple[str, Refusal | None]],
) -> tuple[tuple[str, ...], tuple[Barred, ...]]:
    """Part accounts into those that may, and the others by what refuses them."""
    by_refusal: defaultdict[Refusal | None, list[str]] = defaultdict(list)
    for account, refusal in found:
        by_refusal[refusal].append(account)
    may = tuple(by_refusal.pop(None, ()))
    barred = (Barred(tuple(who), refusal) for refusal, who in by_refusal.items() if refusal)
    return may, tuple(barred)


def narrowed(
    rows: Iterable[_Row], *, who: Collection[str] | None, folder: str | None
) -> Iterator[_Row]:
    """Yield rows of the accounts `who` and the folder of that path, if given.

    With `who`, rows in which none of them is are left out, and of the others all but them.
    """
    for row in rows:
        if folder in {None, row.folder}:
            kept = row if who is None else _of(row, who.__contains__)
            if who is None or kept.may or kept.barred:
                yield kept


def _of(row: _Row, is_asked: Callable[[str], bool]) -> _Row:
    barred = (Barred(tuple(filter(is_asked, one.who)), one.refusal) for one in row.barred)
    return row._replace(
        may=tuple(filter(is_asked, row.may)), barred=tuple(one for one in barred if one.who)
    )


def arriving_row(row: Adding | Following) -> dict[str, Any]:
    """Return a row as it stands in JSON."""
    barred = [{"who": one.who, **refusal_row(one.refusal)} for one in row.barred]
    return {**row._asdict(), "barred": barred}
