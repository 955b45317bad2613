"""What is shared holds no path of one machine and no address of a package index."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOREIGN = re.compile(
    rb"/(?:home|Users|root|work)/\w|/tmp/\w|--(?:extra-)?index-url|find-links", re.IGNORECASE
)
INDEX = re.compile(rb"https?://[\w.-]*(?:pypi|pythonhosted)[\w.-]*", re.IGNORECASE)
PINNED = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+(?:; python_version (?:<|>=) \"3\.\d+\")?")


def _tracked() -> list[Path]:
    """Return the files git tracks or would; without git, those a clone has."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603 - a fixed command
    if listed.returncode:
        kept = ("simulator", "scenarios", "notebooks", "tests", "benchmarks", "docs")
        return [path for folder in kept for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_machine_or_a_package_index() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}: {found[0].decode()}"
        for path in _tracked()
        if path != Path(__file__) and "__pycache__" not in path.parts
        for found in [FOREIGN.search(path.read_bytes()) or INDEX.search(path.read_bytes())]
        if found
    ]
    assert offenders == []


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [line for line in pins if not PINNED.fullmatch(line)] == []
