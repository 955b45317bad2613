"""`simulator doctor`: is everything there that the simulator needs, and does it reckon rightly."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import Debug, Json, Out
from simulator.cli.streams import result
from simulator.escaping import escaped
from simulator.json_text import SCHEMA_VERSION

if TYPE_CHECKING:
    from simulator.cli.examining.finding import Finding

_SIGNS: Final = {"fine": "✓", "wrong": "✗", "absent": "–"}  # noqa: RUF001 - a dash is meant


def doctor(*, out: Out = Path("reports"), as_json: Json = False, debug: Debug = False) -> None:
    """Look whether all that the simulator needs is there, and whether it reckons rightly.

    Tells versions beside those needed, whether runs can be kept, and what a small simulation comes
    to whose figures are known beforehand; what to do stands under each ✗. It uses no network, and
    leaves nothing behind. Put its output into a report of a fault.

    \b
    Exit codes:
      0  all that is needed is fine; an optional part may be missing
      1  something that is needed is wrong

    \b
    Examples:
      simulator doctor
      simulator doctor --json
      simulator doctor --out runs
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        from simulator.cli.examining.examination import examined  # noqa: PLC0415 - only here

        found = examined(out)
        result(
            json.dumps(_as_json(found), indent=1, ensure_ascii=False) if as_json else _told(found)
        )
        raise typer.Exit(ExitCode.DOUBTFUL if any(one.fatal for one in found) else 0)


def _told(found: Sequence[Finding]) -> str:
    widest = max(len(one.subject) for one in found)
    lines: list[str] = []
    for area, findings in groupby(found, lambda one: one.area):
        lines.append(area)
        for one in findings:
            told = escaped(f"{one.subject:{widest}}  {one.found}".rstrip())
            lines.append(f"  {_SIGNS[one.state]} {told}")
            if one.advice:
                lines.append(f"    {'':{widest}}  -> {escaped(one.advice)}")
    return "\n".join((*lines, "", _verdict(found)))


def _verdict(found: Sequence[Finding]) -> str:
    wrong = [one.subject for one in found if one.fatal]
    if wrong:
        return escaped(f"Something that is needed is wrong: {', '.join(wrong)}.")
    optional = [one.subject for one in found if one.state == "wrong"]
    rest = f" Only this is not, and can do without: {', '.join(optional)}." if optional else ""
    return escaped(f"All that is needed is fine.{rest}")


def _as_json(found: Sequence[Finding]) -> dict[str, Any]:
    findings = [
        {
            "area": one.area,
            "subject": one.subject,
            "state": one.state,
            "needed": one.needed,
            "found": one.found,
            "advice": one.advice,
        }
        for one in found
    ]
    fine = not any(one.fatal for one in found)
    return {"schema_version": SCHEMA_VERSION, "fine": fine, "findings": findings}
