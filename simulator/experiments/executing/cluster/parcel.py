"""Work as another machine gets it: with what has to be equal there, and done one at a time."""

from __future__ import annotations

import os
import pickle
import platform
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, Final
from uuid import uuid4

from simulator.errors import ClusterError, DataFileError
from simulator.experiments.executing.spool import pickled
from simulator.experiments.executing.workforce import Work
from simulator.experiments.keeping.identity import versions

Setting = Mapping[str, str]
"""What results depend on, and what has to be equal for processes to understand each other."""


@cache
def setting() -> Setting:
    """Return the setting of this process."""
    return {
        **versions(),
        **{name: version(name) for name in ("dask", "distributed")},
        "processor": platform.machine(),
    }


def assert_equal(here: Setting, there: Mapping[str, Setting | Exception]) -> None:
    """Raise unless all settings are those of this process.

    there: by the name of each process; an error where it could not tell.

    Raises:
        ClusterError: they are not; it tells which process has what.
    """
    told = [f"{name} has {text}" for name, found in there.items() if (text := _other(here, found))]
    if told:
        raise ClusterError(
            f"a cluster must have what is installed here, or its results would differ; "
            f"{'; '.join(told)}"
        )


def _other(here: Setting, there: Setting | Exception) -> str:
    """Return what differs, as `simpy 4.0 (here 4.1)`."""
    if isinstance(there, Exception):
        return f"no simulator like this one ({there})"
    return ", ".join(
        f"{name} {there.get(name)} (here {here.get(name)})"
        for name in {**here, **there}
        if here.get(name) != there.get(name)
    )


@dataclass(frozen=True, slots=True)
class Parcel:
    """Work and the setting it was made in; `name` is no other's."""

    name: str
    setting: Setting
    content: bytes


def parcel_of(work: Work[Any]) -> Parcel:
    """Return work ready to be sent.

    Raises:
        TypeError: it cannot be sent.
    """
    return Parcel(uuid4().hex, setting(), pickled(work))


def held(parcel: Parcel) -> Parcel:
    """Return a parcel as it is: a task whose result a cluster can make again where it is lost."""
    return parcel


_ONE_AT_A_TIME: Final = threading.Lock()
"""A worker may have several threads: they would only take turns, and share what is cached."""

_AT_HAND: Final[dict[str, Work[Any]]] = {}
"""The work this process did last, by the name of its parcel."""


def done(parcel: Parcel, replication: int) -> bytes:
    """Do a replication of a parcel's work; return the result, pickled.

    It is pickled here so that it arrives as it does from a process of the same machine: Dask would
    make arrays of it that cannot be written to.

    Raises:
        ClusterError: this process is not what the work was made for.
        DataFileError: a file cannot be read here.
        Exception: whatever the work raises.
    """
    with _ONE_AT_A_TIME:
        work = _work_of(parcel)
        try:
            return pickle.dumps(work(replication), pickle.HIGHEST_PROTOCOL)
        except DataFileError as error:
            raise DataFileError(
                f"{error} (on {_here()}, a worker of the cluster: data files have to lie under the "
                "same path on every worker)"
            ) from error


def _work_of(parcel: Parcel) -> Work[Any]:
    if parcel.name not in _AT_HAND:
        assert_equal(parcel.setting, {_here(): setting()})
        _AT_HAND.clear()
        _AT_HAND[parcel.name] = pickle.loads(parcel.content)  # noqa: S301 - whoever reaches the cluster may run code there anyway
    return _AT_HAND[parcel.name]


def _here() -> str:
    return f"{platform.node()}, process {os.getpid()}"
