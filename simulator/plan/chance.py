"""What is left to chance: streams and time spans of which two replications need not agree."""

from __future__ import annotations

from simulator.model.distributions import Constant, Distribution, Shifted, Uniform
from simulator.model.folders import streams_in, walk
from simulator.model.processes import Process
from simulator.model.queues import Arrival, Queue
from simulator.model.scenario import Scenario
from simulator.model.streams import At, ClosedLoop, Every, Interarrival, Stream
from simulator.plan.submitters import Submitter


def varies(distribution: Distribution | None) -> bool:
    """Return whether draws may differ; what is bounded to a single value may be taken to vary."""
    match distribution:
        case None | Constant():
            return False
        case Uniform(uniform=(low, high)):
            return low != high
        case Shifted(shifted=moved):
            return varies(moved.of)
        case _:
            return True


def stream_varies(stream: Stream | None) -> bool:
    """Return whether instants are drawn; a trace has the same in each replication, but no order."""
    match stream:
        case None | At():
            return False
        case Every(jitter=jitter):
            return varies(jitter)
        case Interarrival(interarrival=gap):
            return varies(gap)
        case ClosedLoop(think=think):
            return varies(think)
        case _:
            return True


def process_varies(process: Process) -> bool:
    """Return whether its jobs differ in how long they take, or in how they end."""
    spans = (process.duration, process.start_up, process.pending_expiry)
    return any(map(varies, spans)) or 0 < process.faults < 1 or process.suspends is not None


def submitter_drifts(one: Submitter) -> bool:
    """Return whether chance adds up, in how much has come by some time and how long it takes.

    So it does not where each arrival is late by itself, nor where jobs merely end one way or other.
    """
    process = one.process
    return (
        _stream_drifts(one.stream)
        or varies(process.duration)
        or varies(process.start_up)
        or process.suspends is not None
        or (process.then is not None and 0 < process.faults < 1)
    )


def arrival_drifts(one: Arrival, queue: Queue) -> bool:
    """Return whether chance adds up in how many items have come by some time, and their time."""
    is_retried = queue.retries > 0 and 0 < one.faults < 1
    return _stream_drifts(one.items) or varies(one.item_duration) or is_retried


def _stream_drifts(stream: Stream | None) -> bool:
    return not isinstance(stream, Every) and stream_varies(stream)


def arrival_varies(one: Arrival) -> bool:
    """Return whether chance plays a part in when items come, how long they take, how they end."""
    shares = (one.faults, one.business_faults)
    return (
        stream_varies(one.items)
        or varies(one.item_duration)
        or any(0 < share < 1 for share in shares)
    )


def scenario_varies(scenario: Scenario) -> bool:
    """Return whether chance plays a part anywhere: in what comes, in jobs and items, in hosts."""
    folders = [folder for _, folder in walk(scenario.folders)]
    return (
        fleet_varies(scenario)
        or any(stream_varies(one) for folder in folders for _, one in streams_in(folder))
        or any(process_varies(one) for folder in folders for one in folder.processes.values())
        or any(arrival_varies(one) for folder in folders for one in folder.arrivals.values())
    )


def fleet_varies(scenario: Scenario) -> bool:
    """Return whether hosts fail, or the dispatch draws lots."""
    dispatch = scenario.dispatch
    return hosts_fail(scenario) or "random" in {dispatch.order, dispatch.hosts, dispatch.accounts}


def hosts_fail(scenario: Scenario) -> bool:
    """Return whether there are hosts that fail."""
    return any(one.failures is not None for one in scenario.machines.values())
