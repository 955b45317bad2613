"""How many items each route added in the window, in records written by hand."""

from __future__ import annotations

from builders_records import MAIL, POST, POST_BY_ANNA, Item, legend, records

from simulator.measurement.counts import additions_of
from simulator.records.codes import ItemStatus

REFUSED = ItemStatus.REFUSED


def test_additions_are_those_of_the_window_without_retries() -> None:
    """The window is [100 s, 200 s): what comes before and at its end is left out, its start in."""
    items = (
        Item(99.0, route=MAIL),
        Item(100.0, route=MAIL, status=ItemStatus.RETRIED),
        Item(150.0, route=MAIL, first=1, retry=1),
        Item(160.0, route=POST, status=ItemStatus.NEW),
        Item(160.0, route=POST_BY_ANNA, status=REFUSED),
        Item(170.0, route=POST_BY_ANNA, status=REFUSED),
        Item(200.0, route=POST_BY_ANNA, status=REFUSED),
    )
    added, refused = additions_of(legend(100.0, 200.0), records(items=items).queue_items)
    assert added.tolist() == [1, 1, 2]
    assert refused.tolist() == [0, 0, 2]


def test_without_items_every_route_added_none() -> None:
    added, refused = additions_of(legend(), records().queue_items)
    assert added.tolist() == refused.tolist() == [0, 0, 0]
