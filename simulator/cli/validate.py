"""`simulator validate`: is a scenario valid, and what in it looks doubtful."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from simulator.cli.exits import ExitCode, exit_codes
from simulator.cli.options import Debug, Files, Json, Overrides, Strict
from simulator.cli.streams import aside, result
from simulator.errors import DataFileError, Issue, ScenarioError
from simulator.escaping import escaped
from simulator.json_text import SCHEMA_VERSION

if TYPE_CHECKING:
    from simulator.model.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file: its issues, what it holds, the exit code it leads to."""

    file: str
    issues: tuple[Issue, ...]
    contents: str
    code: int


def validate(
    files: Files,
    *,
    overrides: Overrides = None,
    strict: Strict = False,
    as_json: Json = False,
    debug: Debug = False,
) -> None:
    """Check scenario files without running them, and warn of what can never work.

    All errors of a file come at once, each with file:line:column. Variants are checked too.

    \b
    Exit codes:
      0  every file is valid
      2  one is not; with --strict, also one in which something looks doubtful
      3  a file, or one that it names, is missing or cannot be read

    \b
    Examples:
      simulator validate estate.yaml
      simulator validate today.yaml tomorrow.yaml --json
      simulator validate estate.yaml --set machines.shared-vm.hosts=3 --strict
    """  # noqa: D301 - \b keeps the lines as they are
    with exit_codes(debug=debug):
        found = [_check(file, overrides or (), strict=strict) for file in files]
        if as_json:
            result(json.dumps(_as_json(found), indent=1))
        else:
            _tell(found)
        raise typer.Exit(max(one.code for one in found))


def _check(file: str, overrides: Sequence[str], *, strict: bool) -> Checked:
    from simulator.loading import load  # noqa: PLC0415 - slow to import

    try:
        loaded = load(file, overrides=overrides)
    except ScenarioError as error:
        return Checked(file, error.issues, "", error.exit_code)
    except DataFileError as error:
        issue = Issue(path=(), message=str(error), code="data-file")
        return Checked(file, (issue,), "", error.exit_code)
    warnings = (*loaded.warnings, *loaded.variant_warnings)
    code = ExitCode.NOT_VALID if strict and warnings else 0
    return Checked(file, warnings, _contents(loaded.scenario), code)


def _contents(scenario: Scenario) -> str:
    from simulator.model.folders import walk  # noqa: PLC0415 - slow to import

    folders = [folder for _, folder in walk(scenario.folders)]
    counts = {
        "folder": len(folders),
        "machine": len(scenario.machines),
        "account": len(scenario.accounts),
        "process": sum(len(folder.processes) for folder in folders),
        "queue": sum(len(folder.queues) for folder in folders),
        "trigger": sum(len(folder.triggers) for folder in folders),
        "arrival": sum(len(folder.arrivals) for folder in folders),
        "start": sum(len(folder.starts) for folder in folders),
        "variant": len(scenario.variants),
    }
    return ", ".join(_plural(count, noun) for noun, count in counts.items() if count)


def _plural(count: int, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun}{'es' if noun.endswith('s') else 's'}"


def _tell(found: Iterable[Checked]) -> None:
    from simulator.loading import render  # noqa: PLC0415 - slow to import

    for one in found:
        for issue in one.issues:
            aside(render(issue))
        counts = Counter(issue.severity for issue in one.issues)
        problems = ", ".join(_plural(counts[each], each) for each in sorted(counts))
        if one.code:
            aside(f"{escaped(one.file)}: not valid ({problems})")
        else:
            told = ", ".join(filter(None, (one.contents, problems)))
            result(f"{escaped(one.file)}: ok ({told})")


def _as_json(found: Iterable[Checked]) -> dict[str, Any]:
    files = [
        {"file": one.file, "ok": not one.code, "issues": [_issue(issue) for issue in one.issues]}
        for one in found
    ]
    return {"schema_version": SCHEMA_VERSION, "files": files}


def _issue(issue: Issue) -> dict[str, Any]:
    at = issue.position
    return {
        "severity": issue.severity,
        "code": issue.code,
        "message": issue.message,
        "hint": issue.hint,
        "variant": issue.variant,
        "path": list(issue.path),
        "file": at.file if at else None,
        "line": at.line if at else None,
        "column": at.column if at else None,
    }
