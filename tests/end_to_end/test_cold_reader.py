"""A cold reader: an empty folder, the README's commands and no others, and the report is open."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from builders_browser import chromium_path
from documentation.pages import ROOT, blocks

LONGEST_S: Final = 300.0
"""What a reader waits for at most, installation and all; it takes one minute where downloads do."""

SET_UP: Final = ("PATH", "HOME", "LANG", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE")
"""What a shell on a fresh machine has, and where its packages come from."""


def test_the_readme_leads_from_an_empty_folder_to_an_open_report(
    tmp_path: Path, record_testsuite_property: Callable[[str, Any], None]
) -> None:
    if chromium_path() is None:
        pytest.skip("no Chromium: apt install chromium; no report can be opened")
    _skip_without_an_index(tmp_path)
    checkout = _fresh_checkout(tmp_path)
    began = time.monotonic()
    done = _told(_first_command(), checkout)
    assert done.returncode == 0, done.stdout + done.stderr
    report = re.search(r"^Report: (\S+)$", done.stdout, re.MULTILINE)
    assert report, f"the README's command says where the report is:\n{done.stdout}"
    assert "one in twenty of the jobs of HR" in _answer_shown(checkout / report[1])
    took_s = time.monotonic() - began
    record_testsuite_property("seconds from an empty folder to an open report", round(took_s, 1))
    assert took_s < LONGEST_S


def _answer_shown(report: Path) -> str:
    """Return what a reader sees as the answer, in a browser."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - not installed everywhere

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(report.as_uri())
        shown = page.get_by_role("region", name="The answer").inner_text()
        browser.close()
        return shown


def _skip_without_an_index(folder: Path) -> None:
    """Skip where no package can be had from anywhere: then nobody can install anything."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "hatchling"]
    command += ["--dest", str(folder)]
    found = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - ours
    if found.returncode:
        pytest.skip("no package index can be reached: nothing can be installed")


def _fresh_checkout(folder: Path) -> Path:
    """Return a copy of all that git knows of or would add, as somebody has it who clones it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - the reader's
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    checkout = folder / "checkout"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, checkout / name)
    return checkout


def _first_command() -> str:
    """Return the first command of the README: what it says a fresh machine needs."""
    shown = next(one for one in blocks("console", "make") if one.page.name == "README.md")
    first = re.match(r"\$ (make \w+)", shown.text)
    assert first, shown.text
    return first[1]


def _told(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: os.environ[name] for name in SET_UP if name in os.environ}
    return subprocess.run(  # noqa: S603 - a command of our own README
        command.split(),
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
