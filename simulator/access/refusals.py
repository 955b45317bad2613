"""How a submission is refused: the vendor's HTTP status and code, and what was missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FORBIDDEN: Final = 403
"""The status of whoever lacks a permission."""


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

    @property
    def sentence(self) -> str:
        """Return it as the end of a sentence: `403/0: Jobs.Create in HR is missing`.

        Permissions come first in what a 403 says, and only they are ever several.
        """
        several = self.status == FORBIDDEN and " and " in self.missing.partition(" in ")[0]
        return f"{self.in_words} {'are' if several else 'is'} missing"
