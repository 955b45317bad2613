"""What somebody probably meant: the did-you-mean of every error."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(given: str, known: Iterable[str]) -> str:
    """Return ` did you mean 'x'?` for the known name closest to `given`, or an empty text."""
    names = list(known)
    lower = {name.lower(): name for name in names}
    close = difflib.get_close_matches(given.lower(), lower, n=1, cutoff=0.6)
    return f" did you mean {lower[close[0]]!r}?" if close else ""
