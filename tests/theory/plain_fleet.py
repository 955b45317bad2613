"""A shared fleet in plain SimPy, written from the rules in docs/choices.md as they are put there.

One generator process a job, one list of the jobs that wait. Whenever something came free or came
in, the first of the list that can start does, and so on until none can. Nothing of the product is
used: not its engine, nor its plan, its policies or its draws.
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from enum import IntEnum
from math import isnan, nan
from typing import Any, TypeAlias

import simpy
from simpy.events import EventPriority
from theory.plain_jobs import Host, Job, Outage, Outcome, Place, Submission
from theory.plain_places import places_of
from theory.shared_estate import Estate, Folder, Process

Life: TypeAlias = Generator[simpy.Event, Any, None]


class Phase(IntEnum):
    """What comes first within one instant; SimPy itself uses 0 and 1."""

    END = 2
    HOSTS = 3
    BEGIN = 4
    MATCH_AFTER_ENDS = 5
    SUBMIT = 6
    MATCH_AFTER_SUBMISSIONS = 7


class PlainFleet:
    """The hosts of an estate, and the jobs that wait for them in the order of their turn."""

    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        self.env = simpy.Environment()
        self.hosts = {
            name: Host(name, machine, dict(machine.slots), self.env.event())
            for machine in estate.machines
            for name in machine.host_names()
        }
        self.lives: dict[Job, simpy.Process] = {}
        self.waiting: list[Job] = []
        self.matches_due: set[Phase] = set()
        self.starts = 0
        self.served: dict[str, int] = {}
        self.last_host: dict[str, Host] = {}
        self.at_work_alone: dict[str, Job] = {}
        self.account_busy_s = defaultdict[str, float](float)
        self.order = estate.dispatch.get("order", "priority")
        self.blocks = estate.dispatch.get("blocked") == "block"
        self.host_choice = estate.dispatch.get("hosts", "first")
        self.account_choice = estate.dispatch.get("accounts", "first")
        self.after_each = estate.dispatch.get("match") == "submission"
        self.all_take_accounts = bool(estate.assumptions.get("background_needs_account"))

    def serve(
        self, submissions: Iterable[Submission], outages: Iterable[Outage] = ()
    ) -> list[Outcome]:
        """Run everything to its end; return what became of each submission, in their order."""
        jobs = self.jobs(submissions)
        for outage in outages:
            self.env.process(self.suffer(outage))
        for job in jobs:
            self.lives[job] = self.env.process(self.live(job))
        self.run()
        return [job.outcome for job in jobs]

    def run(self) -> None:
        self.env.run()

    def jobs(self, submissions: Iterable[Submission]) -> list[Job]:
        """Return the jobs of some submissions, numbered in their order."""
        known = {
            f"{folder.path}:{process.name}": (folder.path, process, self.hosts_of(folder, process))
            for folder in self.estate.folders
            for process in folder.processes
        }
        return [
            Job(number, submission, *known[submission.process], self.env.event())
            for number, submission in enumerate(submissions)
        ]

    def hosts_of(self, folder: Folder, process: Process) -> list[tuple[Host, tuple[str, ...]]]:
        places = places_of(self.estate, folder, process)
        return [(self.hosts[name], accounts) for name, accounts in places]

    # --- one life a job, one an outage ----------------------------------------------------------

    def live(self, job: Job) -> Life:
        """Be submitted, wait, run to the end; wait again whenever the host was lost before."""
        yield self.due_in(job.submission.submitted_s, Phase.SUBMIT)
        self.wait(job, Phase.MATCH_AFTER_SUBMISSIONS)
        while isnan(job.outcome.ended_s):
            place = yield job.granted
            try:
                yield from self.run_there(job, place)
                job.outcome = job.outcome._replace(ended_s=self.env.now)
            except simpy.Interrupt:
                self.wait(job, Phase.MATCH_AFTER_ENDS)
            self.give_back(job, place)

    def wait(self, job: Job, phase: Phase) -> None:
        job.granted = self.env.event()
        insort(self.waiting, job, key=self.rank)
        self.match_at(phase)

    def run_there(self, job: Job, place: Place) -> Life:
        """Wait out the latency, then run; where a host that is down only pauses, to the end."""
        if self.estate.latency_s:
            yield self.due_in(self.estate.latency_s, Phase.BEGIN)
            self.begin(job, place)
        left_s = job.submission.duration_s
        while left_s:
            try:
                yield self.due_in(left_s, Phase.END)
                left_s = 0.0
            except simpy.Interrupt:
                if place.host.machine.when_lost != "pause":
                    raise
                left_s -= job.ran_s(self.env.now)
                self.stop(job, place)
                yield place.host.repaired
                job.begun_s = self.env.now

    def suffer(self, outage: Outage) -> Life:
        """Take a host out of service, and put it back. No job begins there meanwhile."""
        host = self.hosts[outage.host]
        yield self.due_in(outage.from_s, Phase.HOSTS)
        host.outages.append(outage)
        for job in host.jobs:
            if job.is_expected or not outage.maintenance:
                self.lives[job].interrupt()
        yield self.due_in(outage.to_s - outage.from_s, Phase.HOSTS)
        host.outages.remove(outage)
        if not outage.maintenance:
            host.repaired.succeed()
            host.repaired = self.env.event()
        self.match_at(Phase.MATCH_AFTER_ENDS)

    def due_in(self, seconds: float, phase: Phase) -> simpy.Event:
        """Return a timeout that knows its place within its instant."""
        event = self.env.event()
        event._ok, event._value = True, None
        self.env.schedule(event, priority=EventPriority(phase), delay=seconds)
        return event

    def match_at(self, phase: Phase) -> None:
        """Match later in this instant, once however many ask for it; or after each submission."""
        if phase is Phase.MATCH_AFTER_SUBMISSIONS and self.after_each:
            self.match()
        elif phase not in self.matches_due:
            self.matches_due.add(phase)
            self.due_in(0, phase).callbacks.append(lambda _event: self.match_due(phase))

    def match_due(self, phase: Phase) -> None:
        self.matches_due.remove(phase)
        self.match()

    # --- who is next ----------------------------------------------------------------------------

    def match(self) -> None:
        """Start the first that can start, and so on until none can."""
        while found := self.first_that_fits():
            job, place = found
            self.waiting.remove(job)
            self.take(job, place)
            job.granted.succeed(place)

    def rank(self, job: Job) -> tuple[int, float, int]:
        """Return what those that wait are sorted by: priority, submission, number."""
        priority = 0 if self.order == "oldest" else job.process.priority
        return -priority, job.submission.submitted_s, job.number

    def in_turn(self) -> Sequence[Job]:
        """Return those that wait, whose turn it is first."""
        if self.order == "round_robin":
            return sorted(self.waiting, key=lambda job: self.served.get(job.folder, 0))
        return self.waiting

    def first_that_fits(self) -> tuple[Job, Place] | None:
        """Return the first in turn that can start, if one can.

        All jobs of a process need the same: where one finds no place, none that follows does.
        """
        in_vain = set[str]()
        for job in self.in_turn():
            process = job.submission.process
            if process not in in_vain and not (self.blocks and self.is_held_back(job)):
                place = self.place_for(job)
                if place is not None:
                    return job, place
                in_vain.add(process)
        return None

    def is_held_back(self, job: Job) -> bool:
        """Tell whether an older job of the same folder waits that goes before it."""
        older = (one for one in self.waiting if one.number < job.number)
        return any(one.folder == job.folder and self.rank(one) < self.rank(job) for one in older)

    # --- where it runs --------------------------------------------------------------------------

    def place_for(self, job: Job) -> Place | None:
        """Return the first host with all that the job needs, and the first account there."""
        for host, accounts in self.search(job):
            if host.free[job.process.runtime] and not host.outages:
                account = self.account_for(job, host, accounts)
                if account is not None:
                    return Place(host, account)
        return None

    def search(self, job: Job) -> Sequence[tuple[Host, tuple[str, ...]]]:
        """Return the job's hosts in the order in which they are looked at."""
        if self.host_choice == "least_used":
            return sorted(job.hosts, key=lambda one: self.busy_s(one[0]))
        if self.host_choice == "sticky":
            last = self.last_host.get(job.submission.process)
            return sorted(job.hosts, key=lambda one: one[0] is not last)
        return job.hosts

    def busy_s(self, host: Host) -> float:
        return host.busy_s + sum(job.ran_s(self.env.now) for job in host.jobs)

    def account_for(self, job: Job, host: Host, accounts: Sequence[str]) -> str | None:
        """Return the account under which the job can run there, if it has a session too."""
        if job.process.foreground and not host.has_session():
            return None
        if self.takes_account(job):
            accounts = [one for one in accounts if self.is_idle(one, host)]
        if self.account_choice == "least_used":
            return min(accounts, key=self.busy_under_s, default=None)
        return next(iter(accounts), None)

    def is_idle(self, account: str, host: Host) -> bool:
        """Tell whether an account is idle on a host; one of one job at a time, everywhere."""
        return account not in host.accounts and account not in self.at_work_alone

    def busy_under_s(self, account: str) -> float:
        """Return how long jobs have run under an account, those too that leave it free."""
        running = (job for host in self.hosts.values() for job in host.jobs)
        now_s = (one.ran_s(self.env.now) for one in running if one.outcome.account == account)
        return self.account_busy_s[account] + sum(now_s)

    def takes_account(self, job: Job) -> bool:
        """Foreground work has its account to itself on its host; other work may leave it free."""
        return job.process.foreground or self.all_take_accounts

    def take(self, job: Job, place: Place) -> None:
        """Give a job its place; without a latency it is Running at once."""
        host, account = place
        host.free[job.process.runtime] -= 1
        host.jobs.append(job)
        if self.takes_account(job):
            host.accounts[account] = job
            if account in self.estate.alone:
                self.at_work_alone[account] = job
        self.starts += 1
        self.served[job.folder] = self.starts
        job.is_expected = True
        if not self.estate.latency_s:
            self.begin(job, place)

    def begin(self, job: Job, place: Place) -> None:
        job.begins(self.env.now, place)
        self.last_host[job.submission.process] = place.host

    def give_back(self, job: Job, place: Place) -> None:
        host, account = place
        host.free[job.process.runtime] += 1
        host.jobs.remove(job)
        if self.takes_account(job):
            del host.accounts[account]
            self.at_work_alone.pop(account, None)
        self.stop(job, place)
        self.match_at(Phase.MATCH_AFTER_ENDS)

    def stop(self, job: Job, place: Place) -> None:
        """Be Running no more; what it ran is added up."""
        place.host.busy_s += job.ran_s(self.env.now)
        self.account_busy_s[place.account] += job.ran_s(self.env.now)
        job.begun_s = nan
