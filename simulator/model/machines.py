"""Machine templates: hosts, the slots each offers, and who may run there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.quantities import Name, Part, RuntimeType

MOST_HOSTS: Final = 100_000
"""The most a machine may have, and all machines together."""

HostCount = Annotated[int, Field(ge=0, le=MOST_HOSTS)]
SlotCount = Annotated[int, Field(ge=0, le=10_000)]


def _by_runtime(value: object) -> object:
    return value if isinstance(value, Mapping) else {"unattended": value}


class Machine(Part):
    """A machine template: each of its hosts offers the same slots."""

    hosts: HostCount | None = None
    """How many hosts it has, called `name/1`, `name/2` and so on; by default one."""

    names: Annotated[tuple[Name, ...], Field(json_schema_extra={"uniqueItems": True})] | None = None
    """Its hosts by name, in place of `hosts`."""

    slots: Annotated[
        dict[RuntimeType, SlotCount],
        BeforeValidator(
            _by_runtime, json_schema_input_type=SlotCount | dict[RuntimeType, SlotCount]
        ),
    ] = {"unattended": 1}
    """The slots of each host by runtime type; a bare number is of `unattended` ones."""

    windows_sessions: Annotated[int, Field(ge=0, le=10_000)] | None = None
    """How many foreground jobs a host takes at once; by default any number."""

    accounts: tuple[Name, ...] | None = None
    """The only accounts that may run here; by default every account."""

    @model_validator(mode="after")
    def _hosts_or_names(self) -> Machine:
        if self.hosts is not None and self.names is not None:
            raise PydanticCustomError("hosts", "give either hosts or names, not both")
        if self.names is not None and len(set(self.names)) != len(self.names):
            raise PydanticCustomError("hosts", "names lists a host twice")
        return self

    @property
    def host_count(self) -> int:
        """Return how many hosts there are; one by default."""
        if self.names is not None:
            return len(self.names)
        return 1 if self.hosts is None else self.hosts

    def can_run(self, *, foreground: bool) -> bool:
        """Return whether a job finds a host here at all, and in the foreground a session on it."""
        return self.host_count > 0 and not (foreground and self.windows_sessions == 0)

    def host_names(self) -> tuple[str, ...]:
        """Return the hosts' own names: those given, or `1`, `2`, …; one host by default."""
        if self.names is not None:
            return self.names
        return tuple(str(number) for number in range(1, self.host_count + 1))

    def own_host_name(self, machine: str, host: str) -> str | None:
        """Return a host's own name, given that or `machine/name`; None if it has no such host."""
        names = self.host_names()
        if host in names:
            return host
        own = host.removeprefix(f"{machine}/")
        return own if own in names else None
