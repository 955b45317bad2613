"""Python, this package, and the packages it needs: which versions there are, and which must be.

What must be is read from the package's own metadata, which `pip` goes by too (PEP 440, PEP 508).
"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib import metadata
from typing import Final

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

import simulator
from simulator.cli.examining.finding import Finding, State

PACKAGE: Final = "rpa-capacity-simulator"

EXTRAS: Final = {"pdf": "reports as PDF", "dask": "--cluster"}
"""The optional parts that people use, and what each is for; the others are for developers."""

_PROGRAM: Final = "This program"


def program_findings() -> Iterator[Finding]:
    """Yield what there is to say of Python, and of how this package is installed."""
    try:
        about = metadata.metadata(PACKAGE)
    except metadata.PackageNotFoundError:
        found = f"{simulator.__version__}, not installed as a package"
        advice = "install it, so that its requirements can be told: pip install ."
        yield Finding(_PROGRAM, "simulator", State.ABSENT, found, advice, needed=False)
        return
    yield _python(about["Requires-Python"] or "")
    yield _installed(about["Version"])


def _python(wanted: str) -> Finding:
    version = platform.python_version()
    found = f"{version}, needs {wanted}" if wanted else version
    if SpecifierSet(wanted).contains(version, prereleases=True):
        return Finding(_PROGRAM, "Python", State.FINE, found)
    return Finding(_PROGRAM, "Python", State.WRONG, found, f"use a Python {wanted}")


def _installed(version: str) -> Finding:
    if version == simulator.__version__:
        return Finding(_PROGRAM, "simulator", State.FINE, version)
    found = f"{simulator.__version__}, but installed as {version}"
    return Finding(_PROGRAM, "simulator", State.WRONG, found, "install it again: pip install .")


def package_findings() -> Iterator[Finding]:
    """Yield how each package stands that is always needed, then those of optional parts."""
    for requirement in _requirements(""):
        yield _package(requirement)
    for extra, purpose in EXTRAS.items():
        for requirement in _requirements(extra):
            yield _package(requirement, extra, purpose)


def _requirements(extra: str) -> Iterator[Requirement]:
    """Yield what an optional part needs on this platform; without its name, what all do."""
    try:
        texts = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return
    for requirement in map(Requirement, texts):
        always = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if always != bool(extra) and _is_for(requirement, extra):
            yield requirement


def _is_for(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _package(requirement: Requirement, extra: str = "", purpose: str = "") -> Finding:
    """Return how a package stands, of an optional part if one is named."""
    area = "Optional parts" if extra else "Packages"
    name = f"{requirement.name} [{extra}]" if extra else requirement.name
    wanted = f"needs {requirement.specifier}"
    mend = f"pip install '{requirement.name}{requirement.specifier}'"
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        if extra:
            found = f"not installed: no {purpose}"
            mend = f"if you want it: pip install '{PACKAGE}[{extra}]'"
            return Finding(area, name, State.ABSENT, found, mend, needed=False)
        return Finding(area, name, State.WRONG, f"not installed, {wanted}", mend)
    fits = requirement.specifier.contains(version, prereleases=True)
    state = State.FINE if fits else State.WRONG
    advice = "" if fits else mend
    return Finding(area, name, state, f"{version}, {wanted}", advice, needed=not extra)
