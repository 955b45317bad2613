"""The connection to a cluster, and whether all that is there is as here."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from simulator.errors import ClusterError
from simulator.experiments.executing.cluster.parcel import Setting, assert_equal, setting

if TYPE_CHECKING:
    from distributed import Client

CONNECT_S: Final = 8
"""How long a scheduler may take to answer."""

FIRST_WORKER_S: Final = 10
"""How long a cluster is waited for that has no worker yet."""

CLOSE_S: Final = 5

_SCHEMES: Final = ("tcp", "tls", "ws", "wss")


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Give a client that says nothing of its own, neither by warnings nor by its log.

    Raises:
        ClusterError: nobody answers at the address, or Dask is not installed.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - slow, rarely used
        from distributed.versions import VersionMismatchWarning  # noqa: PLC0415 - likewise
    except ModuleNotFoundError as error:
        raise ClusterError(
            f"a cluster needs Dask ({error}): pip install 'rpa-capacity-simulator[dask]'"
        ) from error
    with _silence():
        _assert_scheduler(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", VersionMismatchWarning)  # we tell it ourselves
            client = Client(address, timeout=CONNECT_S, set_as_default=False)
        try:
            yield client
        finally:
            _close(client)


def equal_workers(client: Client, address: str) -> int:
    """Return how many workers there are, all of which are as this process is, and the scheduler.

    Raises:
        ClusterError: there is none, or they differ.
    """
    try:
        client.wait_for_workers(1, timeout=FIRST_WORKER_S)
    except TimeoutError:
        raise ClusterError(
            f"the cluster at {address} has no workers; start some: "
            f"dask worker {address} --nthreads 1"
        ) from None
    workers = client.run(setting, on_error="return")
    assert_equal(setting(), {f"worker {name}": found for name, found in workers.items()})
    assert_equal(setting(), {"the scheduler": _setting_of_scheduler(client)})
    return len(workers)


def _setting_of_scheduler(client: Client) -> Setting | Exception:
    try:
        found: Setting = client.run_on_scheduler(setting)
    except Exception as error:  # noqa: BLE001 - whatever keeps it from importing the simulator
        return error
    return found


def _assert_scheduler(address: str) -> None:
    """Raise unless a scheduler greets us in time; a client would wait for it without end.

    The greeting has a thread of its own, as a notebook's is busy with events of its own.

    Raises:
        ClusterError: none does, or it is no address.
    """
    if not _is_address(address):
        raise ClusterError(f"{address!r} is no address of a scheduler, such as tcp://host:8786")
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(lambda: asyncio.run(_greeted(address))).result()
        except Exception as error:
            why = str(error) or f"it is silent for {CONNECT_S} s"
            raise ClusterError(
                f"no Dask scheduler answers at {address}: {why}; start one: dask scheduler"
            ) from error


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.scheme in _SCHEMES and parts.hostname and parts.port)
    except ValueError:
        return False


async def _greeted(address: str) -> None:
    from distributed.comm.core import connect  # noqa: PLC0415 - only who has a cluster needs it
    from distributed.security import Security  # noqa: PLC0415 - likewise

    arguments = Security().get_connection_args("client")
    connecting = connect(address, timeout=CONNECT_S, **arguments)
    comm = await asyncio.wait_for(connecting, CONNECT_S + 1)
    await comm.close()


def _close(client: Client) -> None:
    with suppress(Exception):  # a scheduler that is gone does not say goodbye
        client.close(timeout=CLOSE_S)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep Dask's log to itself: what befalls a cluster is told as a notice or an error."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
