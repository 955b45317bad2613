"""How a command ends: every error as lines a person reads, and the exit code that goes with it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from simulator.cli.streams import aside
from simulator.errors import RunInterrupted, ScenarioError, SimulatorError
from simulator.escaping import escaped


class ExitCode(IntEnum):
    """What a command ends with, besides the codes that errors carry themselves."""

    TARGET_NOT_MET = 1
    DOUBTFUL = 1
    NOT_VALID = 2
    INTERNAL_ERROR = 4
    INTERRUPTED = 130


@contextmanager
def exit_codes(*, debug: bool) -> Iterator[None]:
    """Turn errors into messages on standard error and the exit codes of the help.

    Raises:
        typer.Exit: with the code, once the error is told.
    """
    try:
        yield
    except (typer.Exit, typer.BadParameter):
        raise
    except SimulatorError as error:
        for line in _told(error):
            aside(line)
        raise typer.Exit(error.exit_code) from None
    except (KeyboardInterrupt, Exception) as error:  # noqa: BLE001 - where all else ends
        if _is_interrupt(error):
            aside("interrupted")
            raise typer.Exit(ExitCode.INTERRUPTED) from None
        _tell_internal(error, debug=debug)
        raise typer.Exit(ExitCode.INTERNAL_ERROR) from None


def _is_interrupt(error: BaseException | None) -> bool:
    """Return whether it was Ctrl-C, though a library may have made an error of its own of it."""
    if error is None or isinstance(error, KeyboardInterrupt):
        return error is not None
    return "KeyboardInterrupt" in str(error) or _is_interrupt(error.__cause__ or error.__context__)


def _told(error: SimulatorError) -> list[str]:
    if isinstance(error, ScenarioError):
        from simulator.loading import render  # noqa: PLC0415 - slow to import

        return [render(issue) for issue in error.issues]
    return [escaped(str(error) if isinstance(error, RunInterrupted) else f"error: {error}")]


def _tell_internal(error: BaseException, *, debug: bool) -> None:
    if debug:
        aside("".join(traceback.format_exception(error)))
    what = escaped(" ".join(f"{type(error).__name__}: {error}".split()))
    hint = "" if debug else " (--debug shows where)"
    aside(f"internal error: {what}{hint}; this is a fault of the simulator, please report it")
