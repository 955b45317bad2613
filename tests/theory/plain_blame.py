"""Why jobs were Pending in the plain model: asked of all that wait, between any two events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import inf

from theory.plain_fleet import PlainFleet
from theory.plain_jobs import Charge, Host, Job
from theory.shared_estate import Estate


class BlamedFleet(PlainFleet):
    """A plain fleet that charges each second of the first waits; `blame` is seconds by charge."""

    def __init__(self, estate: Estate) -> None:
        super().__init__(estate)
        self.blame = defaultdict[Charge, float](float)

    def run(self) -> None:
        """Go from event to event; what lies between two is charged by how things stand."""
        while self.env.peek() < inf:
            seconds = self.env.peek() - self.env.now
            if seconds > 0:
                self.charge(seconds)
            self.env.step()

    def charge(self, seconds: float) -> None:
        """Charge so many seconds of every first wait: of those in line, in equal parts by slot."""
        pending = [job for job in self.waiting if job.waits_for_the_first_time()]
        number = Counter(job.submission.process for job in pending)
        for job in {job.submission.process: job for job in pending}.values():
            pending_s = number[job.submission.process] * seconds
            slots = sum(host.machine.slots[job.process.runtime] for host, _ in job.hosts)
            for charge, part in self.parts(job):
                self.blame[charge] += pending_s * part / slots
        for charge in self.within_the_latency():
            self.blame[charge] += seconds

    def within_the_latency(self) -> Iterator[Charge]:
        """Yield whom to charge for each job that has its slot already, and does not run yet."""
        for host in self.hosts.values() if self.estate.latency_s else ():
            for job in host.jobs:
                if job.waits_for_the_first_time():
                    yield Charge(job.folder, "dispatch latency", None, host.machine.name)

    def parts(self, job: Job) -> Iterator[tuple[Charge, float]]:
        """Yield what holds the slots that the job could use, each of which is 1."""
        for host, accounts in job.hosts:
            machine, runtime = host.machine.name, job.process.runtime
            if host.is_down():
                slots = host.machine.slots[runtime]
                yield Charge(job.folder, "host down", None, machine), slots
                continue
            for one in host.jobs:
                if one.process.runtime == runtime:
                    yield Charge(job.folder, "slot held", one.folder, machine), 1
            if host.free[runtime]:
                reasons = list(self.reasons(job, host, accounts))
                for cause, held_by in reasons:
                    part = host.free[runtime] / len(reasons)
                    yield Charge(job.folder, cause, held_by, machine), part

    def reasons(
        self, job: Job, host: Host, accounts: tuple[str, ...]
    ) -> Iterator[tuple[str, str | None]]:
        """Yield what keeps the job off a free slot, in equal parts, with the folder that does."""
        at_work = [host.accounts.get(one, self.at_work_alone.get(one)) for one in accounts]
        if host.outages:
            yield "maintenance", None
        elif self.takes_account(job) and all(at_work):
            yield from (("account busy", one.folder) for one in at_work if one is not None)
        elif job.process.foreground and not host.has_session():
            yield from (("session busy", one.folder) for one in host.on_screen())
        else:
            yield "held back" if self.blocks else "nothing", job.folder
