"""Queues as the reference knows them: all items there ever were, looked through at every turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, nan

from invariants.reference_items import Item
from invariants.reference_jobs import Job

from simulator.plan.items import ItemSource
from simulator.plan.plan import Plan
from simulator.records.codes import ItemStatus


@dataclass
class ReferenceQueues:
    """The items of all queues, in the order in which they were added."""

    plan: Plan
    items: list[Item] = field(default_factory=list)

    def add(self, source: ItemSource, turn: int, now: float) -> bool:
        """Add what a source adds at a time; tell whether it is let in."""
        route = source.routes[turn % len(source.routes)]
        refused = bool(self.plan.legend.item_routes.refusal[route] >= 0)
        for _ in range(source.items):
            deadline_s = nan if source.deadline_s == inf else now + source.deadline_s
            row, available_s = len(self.items), now + source.defer_s
            item = Item(row, route, row, 0, now, available_s, deadline_s, source)
            self.items.append(item)
            if refused:
                item.status = ItemStatus.REFUSED
        return not refused

    def ended(self, item: Item, now: float, *, cut: bool) -> None:
        """Note how an attempt ended, and add it anew if there is to be another."""
        if item.ended(now, cut=cut):
            row, retry = len(self.items), item.retry + 1
            again = Item(row, item.route, item.first, retry, now, now, item.deadline_s, item.source)
            self.items.append(again)

    def new(self, queue: int, now: float) -> list[Item]:
        return [
            item
            for item in self.items
            if item.status is ItemStatus.NEW
            and item.source.queue == queue
            and item.available_s <= now
        ]

    def taken(self, job: Job, now: float) -> Item | None:
        """Take the first item of the process's queue, unless there is none or no time left."""
        found = self.new(self.plan.processes[job.process].queue, now)
        if not found:
            return None
        if job.stop_after_left_s(now) == 0:
            job.cut = True
            return None
        item = min(found, key=lambda one: one.turn)
        item.status, item.taken_s, item.job = ItemStatus.IN_PROGRESS, now, job.id
        return item
