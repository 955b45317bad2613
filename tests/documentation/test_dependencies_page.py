"""The page of dependencies has a row for each of them, and for no other."""

from __future__ import annotations

import re
import tomllib

from documentation.pages import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?!Package|---)(.+?) \|", re.MULTILINE)


def test_the_page_tells_of_every_dependency() -> None:
    extras = PROJECT["optional-dependencies"].values()
    asked = [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]
    packages = {re.split(r"[>=<\[]", one)[0].lower() for one in asked} - {PROJECT["name"]}
    told = {
        name.lower()
        for row in ROW.findall(PAGE.split("\n## ")[0])
        for name in re.sub(r" \(.*\)", "", row).split(", ")
    }
    assert told == packages
