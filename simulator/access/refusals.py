"""How a submission is refused: the vendor's HTTP status and code, and what was missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a submission may not become a job.

    `status` and `code` are the vendor's; `missing` says in words what a grant or an assignment
    would have to add: `Jobs.Create in HR`.
    """

    status: int
    code: str
    missing: str

    @property
    def code_text(self) -> str:
        """Return status and code, as tables name a refusal: `403/0`."""
        return f"{self.status}/{self.code}"

    @property
    def in_words(self) -> str:
        """Return it with what was missing: `403/0: Jobs.Create in HR`."""
        return f"{self.code_text}: {self.missing}"
