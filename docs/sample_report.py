"""Write the sample report: what a run of the flagship scenario says, without its records.

python docs/sample_report.py FOLDER [--picture]

The picture is of the report's first screen; it takes Chromium. All else needs the package alone,
and is the same bytes every time.
"""  # noqa: INP001 - a script beside the pages it writes for

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from simulator.experiments.keeping.publishing import run_and_keep
from simulator.loading import load
from simulator.report.rendering.formats import write_formats
from simulator.report.rendering.page_html import write_report
from simulator.report.running.page import page

FLAGSHIP: Final = Path(__file__).parents[1] / "scenarios" / "flagship-shared-machines.yaml"
PICTURE: Final = "report.png"
KEPT: Final = ("manifest.json", "report.html", "summary.csv")
"""What is taken over from the folder of the run as it is."""

_WINDOW: Final = (1280, 900)
_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")


def write_sample(folder: Path) -> None:
    """Run the flagship and write its report into a folder, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with TemporaryDirectory() as scratch:
        out = Path(scratch)
        kept = run_and_keep(load(FLAGSHIP), out=out, report=write_report, with_records=False)
        for name in KEPT:
            shutil.copyfile(kept.folder / name, folder / name)
    write_formats(page(kept.study), folder, ("md",))


def take_picture(folder: Path) -> None:
    """Write a picture of what a browser shows first of a report.

    Raises:
        FileNotFoundError: there is no browser to take it.
    """
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise FileNotFoundError("no Chromium to take the picture: apt install chromium")
    report, picture = (folder / "report.html").resolve(), (folder / PICTURE).resolve()
    options = ("--headless", "--no-sandbox", "--hide-scrollbars", "--force-color-profile=srgb")
    size = "--window-size={},{}".format(*_WINDOW)
    command = [browser, *options, size, f"--screenshot={picture}", report.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: S603 - our own words


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description="Write the sample report.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--picture", action="store_true", help="take a picture of it too")
    asked = parser.parse_args()
    write_sample(asked.folder)
    if asked.picture:
        take_picture(asked.folder)
    sys.stdout.write(f"{asked.folder}\n")


if __name__ == "__main__":
    main()
