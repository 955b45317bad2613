"""The codes in the columns of records: states, reasons, kinds and outcomes, as the vendor has them.

NumPy is given the `.value` of a state or reason, never the member: it asks whatever it meets for
`__array_interface__` and the like and drops every exception, and an enumeration answers in Python,
where Ctrl-C may be raised.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class JobState(IntEnum):
    """The vendor's nine states, and the two ends the vendor has no state for."""

    PENDING = 0
    RUNNING = 1
    STOPPING = 2
    TERMINATING = 3
    SUSPENDED = 4
    RESUMED = 5
    SUCCESSFUL = 6
    FAULTED = 7
    STOPPED = 8
    REFUSED = 9
    EXPIRED = 10

    @property
    def label(self) -> str:
        """Return the state as the product spells it: `Successful`."""
        return self.name.capitalize()


class PendingReason(IntEnum):
    """The vendor's codes for what a Pending job waits for, as of its submission."""

    NONE = 0
    ROBOT_BUSY = 1
    ROBOT_CONCURRENCY_LIMIT = 2
    TEMPLATE_FULL_CAPACITY = 3
    TEMPLATE_NO_HOSTS_AVAILABLE = 4
    TEMPLATE_NO_LICENSE = 5
    TEMPLATE_MAINTENANCE_MODE = 6
    DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID = 7
    DYNAMIC_JOB_BACKGROUND_AUTOMATION_TYPE_INVALID = 8

    @property
    def label(self) -> str:
        """Return the vendor's code: `TemplateFullCapacity`; empty for none."""
        if self is PendingReason.NONE:
            return ""
        return _as_one_word(self)

    @classmethod
    def type_invalid(cls, *, foreground: bool) -> PendingReason:
        """Return the code of a job of a type that none of its machines takes."""
        if foreground:
            return cls.DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID
        return cls.DYNAMIC_JOB_BACKGROUND_AUTOMATION_TYPE_INVALID


class SlotState(IntEnum):
    """Whether slots that exist, or ought to, can be used, and why not.

    MAINTENANCE and DOWN slots are of a connected host; where both are so, they are DOWN. BOOTING
    and UNLICENSED ones do not exist: their host is not connected yet, or they have no licence.
    """

    USABLE = 0
    MAINTENANCE = 1
    DOWN = 2
    UNLICENSED = 3
    BOOTING = 4

    @property
    def label(self) -> str:
        """Return a short text for tables: `maintenance`; empty for usable."""
        return "" if self is SlotState.USABLE else self.name.lower()


class BlameCause(IntEnum):
    """What a slot that a Pending job could use was held by, or what kept the job off a free one.

    JOB: a job held it. ACCOUNT, SESSION: it was free, and every account that may run the job there,
    or every Windows session of the host, was busy. HELD_BACK: an older job of the folder had to go
    first (`blocked: block`). LATENCY: the job has its slot, and waits out `dispatch.latency`.
    MAINTENANCE, DOWN: the slot was free, its host in maintenance or down. A machine without any
    slot counts as one that was UNLICENSED, BOOTING, or had NO_HOST. NO_MACHINE: none takes such
    jobs. FREE: nothing kept the job off it; no run may have any.
    """

    JOB = 0
    ACCOUNT = 1
    SESSION = 2
    HELD_BACK = 3
    LATENCY = 4
    MAINTENANCE = 5
    DOWN = 6
    UNLICENSED = 7
    BOOTING = 8
    NO_HOST = 9
    NO_MACHINE = 10
    FREE = 11

    @property
    def label(self) -> str:
        """Return a short text for tables: `account busy`."""
        return _BLAME_LABELS[self]


_BLAME_LABELS: Final = {
    BlameCause.JOB: "slot held",
    BlameCause.ACCOUNT: "account busy",
    BlameCause.SESSION: "session busy",
    BlameCause.HELD_BACK: "held back",
    BlameCause.LATENCY: "dispatch latency",
    BlameCause.MAINTENANCE: "maintenance",
    BlameCause.DOWN: "host down",
    BlameCause.UNLICENSED: "unlicensed",
    BlameCause.BOOTING: "booting",
    BlameCause.NO_HOST: "no host",
    BlameCause.NO_MACHINE: "no machine",
    BlameCause.FREE: "slot free",
}


class Interruption(IntEnum):
    """Why a job left its slot before it was over: it was Suspended, or lost its host."""

    SUSPENDED = 0
    RESTARTED = 1

    @property
    def label(self) -> str:
        """Return it as the product spells it: `Suspended`."""
        return self.name.capitalize()


class SourceKind(IntEnum):
    """The vendor's `SourceType` of a job."""

    MANUAL = 0
    SCHEDULE = 1
    QUEUE = 2
    INTEGRATION_TRIGGER = 3
    HTTP_TRIGGER = 4
    JOB = 5

    @property
    def label(self) -> str:
        """Return the vendor's spelling: `IntegrationTrigger`."""
        return _as_one_word(self)


class FiringOutcome(IntEnum):
    """What came of one firing of a trigger; DISABLED is the failed one that disabled it.

    Of a firing PARTLY_REFUSED some jobs were refused over the process's pending limit.
    """

    CREATED = 0
    PARTLY_GUARDED = 1
    GUARDED = 2
    REFUSED = 3
    DISABLED = 4
    EXCLUDED_DAY = 5
    PARTLY_REFUSED = 6

    @property
    def label(self) -> str:
        """Return a short text for tables: `partly guarded`."""
        return self.name.lower().replace("_", " ")


class ItemStatus(IntEnum):
    """The vendor's states of a queue item, and REFUSED for one that nobody let in.

    An item is ABANDONED whose job was stopped or lost while it worked at it; RETRIED is one that
    failed and was added anew.
    """

    NEW = 0
    IN_PROGRESS = 1
    SUCCESSFUL = 2
    FAILED = 3
    RETRIED = 4
    ABANDONED = 5
    REFUSED = 6

    @property
    def label(self) -> str:
        """Return the vendor's spelling: `InProgress`."""
        return _as_one_word(self)


class ItemException(IntEnum):
    """The vendor's `ProcessingExceptionType`: why an attempt at an item failed."""

    NONE = 0
    APPLICATION = 1
    BUSINESS = 2

    @property
    def label(self) -> str:
        """Return the vendor's spelling: `ApplicationException`; empty for none."""
        return "" if self is ItemException.NONE else f"{self.name.capitalize()}Exception"


def _as_one_word(code: IntEnum) -> str:
    """Return a code as the vendor spells names of several words: `IntegrationTrigger`."""
    return "".join(word.capitalize() for word in code.name.split("_"))
