"""Jobs in line: what each brings, and who counts it while it is Pending."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from simulator.engine.clock import Clock
from simulator.engine.expiry import Expiry
from simulator.engine.journal import Journal
from simulator.engine.limits import Limits
from simulator.engine.work_draws import Drawn
from simulator.plan.plan import Plan


class PendingJobs:
    """Whoever waits, for the first time or again.

    Pending guards and limits count a job that is Pending, a restarted one too; a Resumed job counts
    for neither. Only the first wait ends for want of patience.

    Args:
        clock: SimPy's environment.
        plan: what there is.
        journal: where every submission is noted.
        withdraw: takes jobs, each with its line, out of line for good.
        late_phase: the phase after the last of an instant.
    """

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        journal: Journal,
        withdraw: Callable[[Sequence[tuple[int, int]]], None],
        late_phase: int,
    ) -> None:
        self.work: dict[int, Drawn] = {}
        """What each of them brings."""

        self.counted = [0] * plan.counter_count
        """Jobs Pending now, by pending-guard counter."""

        self.limits = Limits([rules.pending_limit for rules in plan.processes])
        self.are_counted = bool(plan.counter_count) or any(
            one.is_limited or one.work.patience is not None for one in plan.sources
        )
        self._clock, self._plan, self._journal = clock, plan, journal
        self._withdraw = withdraw
        self._processes = plan.legend.routes.process.tolist()
        self._sources = plan.legend.routes.source.tolist()
        self._again: set[int] = set()
        self._resumed: set[int] = set()
        self._expiry = Expiry(clock, self._waited_out, self.work.__contains__, late_phase)

    def process_of(self, job: int) -> int:
        """Return the process of a job."""
        return int(self._processes[self._journal.route[job]])

    def came(self, job: int, line: int, patience_s: float) -> None:
        """Count a job that has come to stand in a line for the first time."""
        self._count(job, 1)
        self.limits.came(job, line, self.process_of(job))
        if patience_s != math.inf:
            self._expiry.add(job, line, patience_s)

    def _count(self, job: int, change: int) -> None:
        for counter in self._plan.counters[self._journal.route[job]]:
            self.counted[counter] += change

    def resumed(self, job: int, work: Drawn) -> None:
        """Have a Suspended job wait again."""
        self.work[job] = work
        if self.are_counted:
            self._resumed.add(job)
            self._again.add(job)

    def restarted(self, job: int, work: Drawn) -> None:
        """Have a job wait again that was Running and lost its host."""
        self.work[job] = work
        if self.are_counted:
            self._count(job, 1)
            self.limits.came_again(self.process_of(job))
            self._again.add(job)

    def put_off(self, job: int, line: int, work: Drawn) -> None:
        """Have a job wait on that had its place, but lost it before it was Running."""
        self.work[job] = work
        if not self.are_counted or job in self._resumed:
            return
        self.limits.came_again(self.process_of(job))
        _, _, patience_s, _, _ = work
        if job not in self._again and patience_s != math.inf:
            waited_s = self._clock.now - self._journal.submitted_s[job]
            self._expiry.add_again(job, line, max(patience_s - waited_s, 0.0))

    def has_place(self, job: int) -> None:
        """Take a job off the limit of its process: it has its place, though not yet Running."""
        if job not in self._resumed:
            self.limits.left(self.process_of(job))

    def begun(self, job: int) -> None:
        """Count off a job that is Running now."""
        if job in self._resumed:
            self._resumed.remove(job)
        else:
            self._count(job, -1)
        self._again.discard(job)

    def left(self, job: int) -> None:
        """Count off a job that leaves its line for good."""
        del self.work[job]
        self.limits.left(self.process_of(job))
        self._count(job, -1)

    def _waited_out(self, waited: Sequence[tuple[int, int]]) -> None:
        """Withdraw those who have waited too long, unless they run, or have run before.

        One that was put off may be told twice.
        """
        first = [one for one in waited if one[0] in self.work and one[0] not in self._again]
        self._withdraw([*dict.fromkeys(first)])

    def over_limits(self) -> Mapping[int, list[tuple[int, int]]]:
        """Return, by source, the instant's youngest jobs that wait over their process's limit.

        Each with its line; they have left when this returns.
        """
        over: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for job, line, process in self.limits.youngest_first():
            if job in self.work and self.limits.is_over(process):
                over[int(self._sources[self._journal.route[job]])].append((job, line))
                self.left(job)
        return over
