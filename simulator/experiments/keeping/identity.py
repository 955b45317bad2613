"""Which run it is: a hash of what was run, the versions it ran on, and the name that follows."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Final

import simulator
from simulator.access.sight import Sight
from simulator.loading import Loaded

_LIBRARIES: Final = ("numpy", "scipy", "simpy", "pandas", "pyarrow", "tzdata", "holidays")


def resolved(loaded: Loaded) -> dict[str, Any]:
    """Return the scenario as it was run, defaults filled in, ready for JSON."""
    content: dict[str, Any] = loaded.scenario.model_dump(mode="json")
    return content


def content_hash(loaded: Loaded) -> str:
    """Return the SHA-256, in hex, of the resolved scenario and the data files it reads."""
    return _sha256({"scenario": resolved(loaded), "data_files": dict(loaded.data_files)})


def run_id(loaded: Loaded, sight: Sight | None = None) -> str:
    """Return the name of a run: twelve hex digits of what is run and by which version, the seed.

    The scenario's own `run` says with which seed and how often, so equal runs have equal names. A
    run that is told as one account sees it has a name of its own.
    """
    content = {"content": content_hash(loaded), "simulator": simulator.__version__}
    digits = _sha256(content if sight is None else {**content, "seen_by": sight.who})
    return f"{digits[:12]}-s{loaded.scenario.run.seed}"


def study_name(kind: str, content: Mapping[str, Any], seed: int) -> str:
    """Return the name of a study of many runs: `<kind>-<twelve hex digits>-s<seed>`.

    content: all that its bytes depend on besides the version of the simulator, ready for JSON.
    """
    return f"{kind}-{_sha256({**content, 'simulator': simulator.__version__})[:12]}-s{seed}"


def versions() -> dict[str, str]:
    """Return the versions that a run's bytes depend on.

    Time-zone rules are always tzdata's, public holidays those of `holidays`.
    """
    return {
        "simulator": simulator.__version__,
        "python": ".".join(platform.python_version_tuple()[:2]),
        **{name: version(name) for name in _LIBRARIES},
    }


def other_versions(made_with: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return what a run was made with that is not what is here: by name, that and what is here.

    What one of them lacks is `none`.
    """
    here = versions()
    pairs = {
        name: (made_with.get(name, "none"), here.get(name, "none"))
        for name in sorted({*here, *made_with})
    }
    return {name: (then, now) for name, (then, now) in pairs.items() if then != now}


def _sha256(content: Mapping[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
