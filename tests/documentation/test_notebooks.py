"""The notebooks run from the first cell to the last, and carry no outputs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pytest
from documentation.pages import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def _code_cells(notebook: Path) -> list[dict[str, Any]]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_runs(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell by cell in one namespace, as a kernel would."""
    monkeypatch.chdir(notebook.parent)
    namespace: dict[str, Any] = {}
    with mpl.rc_context():
        mpl.use("agg")
        for number, cell in enumerate(_code_cells(notebook)):
            source = compile("".join(cell["source"]), f"{notebook.name}, cell {number}", "exec")
            exec(source, namespace)  # noqa: S102 - our own notebook


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda notebook: notebook.stem)
def test_a_notebook_carries_no_outputs(notebook: Path) -> None:
    cells = _code_cells(notebook)
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert {cell["execution_count"] for cell in cells} == {None}
