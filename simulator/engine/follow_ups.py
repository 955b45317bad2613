"""What the Successful end of a job submits: `then`, a while after, as the account it ran under.

Draws of a child belong to its parent: the k-th child of a chain's n-th submission has the same
duration in every variant of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import simpy

from simulator.engine.ahead import Ahead
from simulator.engine.clock import Instant
from simulator.engine.draws import Drawn, Link, Luck, within
from simulator.engine.orchestrator import Orchestrator
from simulator.plan.sources import FollowUp, Source


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
        self._source, self._orchestrator, self._luck = source, orchestrator, luck
        self._after = follows.after
        self._routes = dict(zip(follows.executors, source.routes, strict=True))
        self._goes_on = luck.plan.processes[source.process].then >= 0
        self._until_s = luck.plan.until_s
        self._works: dict[str, Ahead[Drawn]] = {}
        self._delays: dict[str, Ahead[float]] = {}

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
        delay_s = self._delay_s(child, link.nth)
        if not again or clock.now + delay_s < self._until_s:
            Instant(clock, partial(self._submit, child, account)).due_in(delay_s, self._phase)

    def _submit(self, first: Link, account: int, _event: simpy.Event) -> None:
        orchestrator = self._orchestrator
        for nth in range(first.nth, first.nth + self._source.jobs):
            run_s, ends_as, patience_s, _ = self._work(first, nth)
            link = first._replace(nth=nth) if self._goes_on else None
            orchestrator.submit(self._routes[account], (run_s, ends_as, patience_s, link))
        orchestrator.settle()

    def _work(self, link: Link, nth: int) -> Drawn:
        works, source = self._luck.works, self._source
        if link.lap:
            return next(works(source.work, self._returning(link, nth)))
        if link.root not in self._works:
            self._works[link.root] = Ahead(works(source.work, within(link.root, source.entity)))
        return self._works[link.root].take(nth)

    def _delay_s(self, link: Link, nth: int) -> float:
        """Return how long after its parent's end the child comes: a draw of the parent's."""
        if link.lap:
            return next(self._delays_of(self._returning(link, nth)))
        if link.root not in self._delays:
            entity = within(link.root, self._source.entity)
            self._delays[link.root] = Ahead(self._delays_of(entity))
        return self._delays[link.root].take(nth)

    def _delays_of(self, entity: str) -> Iterator[float]:
        return self._luck.one_after_the_other(entity, "after", self._after)

    def _returning(self, link: Link, nth: int) -> str:
        """Return a name of its own for a submission of a chain that has come back.

        Its number may be past all counting: a chain that doubles has doubled as often.
        """
        return within(link.root, self._source.entity, link.lap, nth)
