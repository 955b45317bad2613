"""Who adds items to queues, and who of them may: by the vendor's AddQueueItem."""

from __future__ import annotations

from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.adders import adders, item_routes

MAIL = {"queue": "work", "by": "crew", "items": {"every": "1h"}, "item_duration": "5m"}


def test_an_arrival_has_a_route_for_each_who_adds() -> None:
    """A Folder Administrator has Queues.View and Transactions.Create; `dev-b` is not in there."""
    crew = {name: {"type": "user", "groups": ["crew"]} for name in ("dev-a", "dev-b")}
    roles = folder()["assign"] | {"dev-a": ["Folder Administrator"]}
    estate = scenario(
        accounts={**ACCOUNTS, **crew},
        folders={
            "HR": {
                "folders": {
                    "Pay": folder(assign=roles, queues={"work": None}, arrivals={"mail": MAIL})
                }
            }
        },
    )
    access = access_of(estate, catalogue())
    (mail,) = adders(estate, access)
    assert (mail.path, mail.queue_path) == ("HR/Pay:mail", "HR/Pay:work")
    assert mail.place == ("folders", "HR", "folders", "Pay", "arrivals", "mail")
    routes = [
        (route.arrival, route.by, route.refusal and route.refusal.code)
        for route in item_routes([mail], access)
    ]
    assert routes == [(0, "dev-a", None), (0, "dev-b", "1100")]
