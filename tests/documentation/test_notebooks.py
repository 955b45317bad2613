"""The notebooks run in a kernel of their own without a warning, and decide by what they found."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest
from documentation import notebook_claims
from documentation.pages import ROOT
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

import simulator
from simulator.audit.rights import Rights
from simulator.notebook import results

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
IDS = [path.stem for path in NOTEBOOKS]
RESULTS = (
    *(results.StudyResult, results.ComparisonResult, results.SweepResult, results.SizeResult),
    Rights,
)

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
"""A number of a sentence; the 95 of `P95` is none."""

MATPLOTLIBS = {"legend"}
"""What axes have as well, by the name of something else of ours."""

LINK = re.compile(r"\]\(([^)]+)\)")
STRICT = "import warnings\nwarnings.simplefilter('error')"
KERNEL = {
    "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # else a debugger that nobody uses asks for it
}


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call] - it has no hints


def code_of(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def run(notebook: Any, folder: str) -> None:
    """Run a notebook with this very Python, in place; whatever kernels are installed.

    Without folders of kernels, Jupyter makes up one of the Python it runs in. Sockets are files of
    the `folder`: ports could be taken by the test beside this one.
    """
    manager = AsyncKernelManager(
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        transport="ipc",
        connection_file=str(Path(folder, "kernel.json")),
    )
    where = {"metadata": {"path": ROOT / "notebooks"}}
    client = NotebookClient(notebook, km=manager, timeout=120, resources=where)
    places = {"IPYTHONDIR": folder, "JUPYTER_RUNTIME_DIR": folder}
    client.execute(cleanup_kc=True, env={**os.environ, **KERNEL, **places})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_notebook_runs_and_decides_by_what_it_found(path: Path) -> None:
    """Each figure of its decision is one of the results', made anew, with the words around it."""
    notebook = read(path)
    written = len(notebook.cells)
    claims = getattr(notebook_claims, path.stem.replace("-", "_"))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(STRICT))
    notebook.cells.append(nbformat.v4.new_code_cell(telling(claims)))
    with tempfile.TemporaryDirectory() as folder:
        run(notebook, folder)
    shown = notebook.cells[1 : written + 1]
    assert [one["text"] for one in outputs(shown) if one.output_type == "stream"] == []
    assert [cell.source for cell in shown if cell.cell_type == "code" and not cell.outputs] == []
    said = json.loads(notebook.cells[-1].outputs[0]["text"])
    decision = " ".join(shown[-1].source.split())
    assert [text for text in said if text not in decision] == []
    assert sorted(NUMBER.findall(decision)) == sorted(NUMBER.findall(" ".join(said)))


def telling(claims: Any) -> str:
    """Return the code that prints what a notebook's variables have to say."""
    given = ", ".join(inspect.signature(claims).parameters)
    name = claims.__name__
    return (
        f"import json\nfrom documentation.notebook_claims import {name}\n"
        f"print(json.dumps({name}({given})))"
    )


def outputs(cells: list[Any]) -> Iterator[Any]:
    for cell in cells:
        yield from cell.get("outputs", [])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_a_notebook_is_thin_and_carries_no_outputs(path: Path) -> None:
    """It opens with its question and ends with a decision; its metadata are only of Python."""
    notebook = read(path)
    nbformat.validate(notebook)
    first, last = notebook.cells[0].source, notebook.cells[-1].source
    assert 8 <= len(notebook.cells) <= 14
    assert first.startswith("# ")
    assert "?**" in first
    assert last.startswith("## Decision\n\n**")
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in code] == [[]] * len(code)
    assert {cell.execution_count for cell in code} == {None}
    assert [cell.metadata for cell in notebook.cells] == [{}] * len(notebook.cells)
    assert notebook.metadata["kernelspec"]["name"] == "python3"
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata["language_info"] == {"name": "python"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_what_a_notebook_links_to_is_there(path: Path) -> None:
    links = LINK.findall("\n".join(cell.source for cell in read(path).cells))
    assert [link for link in links if not (path.parent / link).is_file()] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)
def test_what_a_notebook_calls_is_on_the_page(path: Path) -> None:
    page = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    ours = {*simulator.__all__, *(name for kind in RESULTS for name in dir(kind))} - MATPLOTLIBS
    tree = ast.parse("\n".join(code_of(read(path))))
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & ours
    assert len(called) > 2
    assert [name for name in sorted(called) if not re.search(rf"\b{name}\b", page)] == []


def test_every_notebook_is_told_of() -> None:
    listed = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    page = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        assert f"]({path.name})" in listed
        assert f"`{path.stem}`" in page
