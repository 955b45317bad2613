"""Places in line where they are not given by the age of jobs alone."""

from __future__ import annotations

from array import array
from typing import Final

_NO_TICKET: Final = -1


class Tickets:
    """Numbers drawn on coming into line, as under `resumed_place: resume_time`.

    A Resumed job draws anew, and so stands behind all that came before its return; a restarted one
    keeps its number.
    """

    def __init__(self) -> None:
        self._job_of = array("q")
        self._ticket_of = array("q")

    def draw(self, job: int) -> int:
        """Return a job's new number."""
        ticket = len(self._job_of)
        self._job_of.append(job)
        self._ticket_of.extend([_NO_TICKET] * (job + 1 - len(self._ticket_of)))
        self._ticket_of[job] = ticket
        return ticket

    def ticket_of(self, job: int) -> int:
        """Return the number a job drew last."""
        return self._ticket_of[job]

    def job_of(self, ticket: int) -> int:
        """Return who drew a number."""
        return self._job_of[ticket]
