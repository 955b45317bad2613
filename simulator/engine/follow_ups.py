"""What the Successful end of a job submits: `then`, a while after, as the account it ran under.

Draws of a child belong to its parent: the k-th child of a chain's n-th submission has the same
duration in every variant of a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Generic

import simpy

from simulator.engine.ahead import Ahead, Thing
from simulator.engine.clock import Instant
from simulator.engine.draws import Luck, within
from simulator.engine.orchestrator import Orchestrator
from simulator.engine.work_draws import Link
from simulator.plan.sources import FollowUp, Source


class _Draws(Generic[Thing]):
    """What is drawn for the children of chains; `of` gives the draws of an entity, one by one."""

    def __init__(self, entity: str, of: Callable[[str], Iterator[Thing]]) -> None:
        self._entity, self._of = entity, of
        self._ahead: dict[str, Ahead[Thing]] = {}

    def take(self, link: Link, nth: int) -> Thing:
        """Return the n-th draw of a link's chain.

        A chain that has come back has draws of its own for each submission: their number may be
        past all counting, for a chain that doubles has doubled as often.
        """
        if link.lap:
            return next(self._of(within(link.root, self._entity, link.lap, nth)))
        if link.root not in self._ahead:
            self._ahead[link.root] = Ahead(self._of(within(link.root, self._entity)))
        return self._ahead[link.root].take(nth)


class FollowUps:
    """The `then` of one process."""

    def __init__(
        self,
        number: int,
        source: Source,
        follows: FollowUp,
        orchestrator: Orchestrator,
        luck: Luck,
    ) -> None:
        self._phase = orchestrator.phase_of(number)
        self._source, self._orchestrator = source, orchestrator
        self._routes = dict(zip(follows.executors, source.routes, strict=True))
        self._goes_on = luck.plan.processes[source.process].then >= 0
        self._until_s = luck.plan.until_s
        self._works = _Draws(source.entity, partial(luck.works, source.work))
        self._delays = _Draws(
            source.entity,
            partial(luck.one_after_the_other, purpose="after", distribution=follows.after),
        )

    def ended(self, link: Link, account: int) -> None:
        """Take in the Successful end of a job of a chain, which ran under an account.

        After the window a chain goes on, but comes back to no process it has been at.
        """
        clock, source = self._orchestrator.clock, self._source
        again = source.process in link.been
        child = Link(
            root=link.root,
            nth=link.nth * source.jobs,
            lap=link.lap + again,
            been=link.been if again else link.been | {source.process},
        )
        delay_s = self._delays.take(child, link.nth)  # a draw of the parent's
        if not again or clock.now + delay_s < self._until_s:
            Instant(clock, partial(self._submit, child, account)).due_in(delay_s, self._phase)

    def _submit(self, first: Link, account: int, _event: simpy.Event) -> None:
        orchestrator = self._orchestrator
        for nth in range(first.nth, first.nth + self._source.jobs):
            run_s, ends_as, patience_s, _, course = self._works.take(first, nth)
            link = first._replace(nth=nth) if self._goes_on else None
            work = (run_s, ends_as, patience_s, link, course)
            orchestrator.submit(self._routes[account], work)
        orchestrator.settle()
